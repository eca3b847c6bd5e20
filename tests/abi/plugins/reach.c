/* Uses everything a plugin can use: venues, then places, then flows, then once; families, texts, a
 * new table with place sets, totals, draws. */
#include <bassin/plugin.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { P_LIMITS, P_METHOD, P_STANDARD, P_SHARE, P_LABEL };
enum { IN_POPULATION, IN_NAME, IN_FUNCTION, IN_ABSENT };
enum {
    OUT_REACHED,
    OUT_WITHIN,
    OUT_SCORE,
    OUT_NEAREST,
    OUT_DRAWN,
    OUT_LEVEL,
    OUT_G_RANK,
    OUT_G_LABEL
};

/* The number of rows seen, and a hash of their order that only one order of merges gives. */
typedef struct order_sum {
    double sum;
    uint64_t count, hash, power;
} order_sum;

static void order_add(order_sum *s, uint64_t item, double value)
{
    if (s->power == 0)
        s->power = 1;
    s->hash = s->hash * 1000003u + item + 1;
    s->power *= 1000003u;
    s->count++;
    s->sum += value;
}

static void merge(const bassin_job *job, void *into, const void *from)
{
    order_sum *a = into;
    const order_sum *b = from;
    (void)job;
    if (b->power == 0)
        return;
    if (a->power == 0) {
        *a = *b;
        return;
    }
    a->hash = a->hash * b->power + b->hash;
    a->power *= b->power;
    a->count += b->count;
    a->sum += b->sum;
}

static void set(const bassin_slot *slot, size_t row, double value)
{
    slot->at.f64[row] = value;
    slot->state[row] = BASSIN_PRESENT;
}

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    int *plan = malloc(sizeof *plan);
    if (plan == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory");
    *plan = 42;
    job->host->set_plan(job, plan);
    job->host->log(job, BASSIN_LOG_NOTE, "prepared");
    for (uint32_t stage = 0; stage < 3; stage++) {
        bassin_status s = job->host->partial(job, stage, sizeof(order_sum), err);
        if (s != BASSIN_OK)
            return s;
    }
    return job->host->partial(job, 3, 0, err);
}

static void release(void *plan)
{
    free(plan);
}

static bassin_status venues_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    const bassin_costs *c = job->costs;
    if (before != NULL || *(const int *)job->plan != 42)
        return bassin_fail(err, BASSIN_E_INTERNAL, -1, "the first stage sees nothing before it");
    for (size_t v = block->begin; v < block->end; v++) {
        double sum = 0.0;
        for (uint64_t i = c->venue_start[v]; i < c->venue_start[v + 1]; i++) {
            const bassin_column *population = &job->in[IN_POPULATION].items[0];
            if (population->state == NULL || population->state[c->venue_place[i]] == BASSIN_PRESENT)
                sum += population->at.f64[c->venue_place[i]];
        }
        set(&job->out[OUT_REACHED].items[0], v, sum);
        order_add(partial, v, sum * 0.1);
    }
    if (block->begin == 16)
        job->host->log(job, BASSIN_LOG_WARNING, "second block of venues");
    return BASSIN_OK;
}

static bassin_status venues_finish(const bassin_job *job, const void *before, void *total,
                                   bassin_error *err)
{
    const order_sum *t = total;
    order_sum expected = {0};
    (void)before;
    for (size_t v = 0; v < job->venue_count; v++)
        order_add(&expected, v, 0.0);
    if (t->count != job->venue_count || t->hash != expected.hash)
        return bassin_fail(err, BASSIN_E_INTERNAL, -1, "blocks were merged out of order");
    return BASSIN_OK;
}

static bassin_status places_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    const order_sum *venues = before;
    size_t rows = block->end - block->begin;
    double *km = job->host->scratch(job, rows * sizeof *km);
    uint32_t *venue = job->host->scratch(job, rows * sizeof *venue);
    if (km == NULL || venue == NULL || venues->count != job->venue_count)
        return bassin_fail(err, BASSIN_E_INTERNAL, -1, "scratch, or the stage before");
    bassin_status s =
        job->host->nearest_crow(job, job->venue_open, block->begin, block->end, km, venue, err);
    const bassin_column *names = &job->in[IN_NAME].items[0];
    for (size_t i = 0; s == BASSIN_OK && i < rows; i++) {
        size_t p = block->begin + i;
        double u = job->host->uniform(job, 0, p, 0);
        order_add(partial, p, u * 0.1);
        set(&job->out[OUT_DRAWN].items[0], p, job->host->draw_param(job, P_SHARE, p));
        for (uint32_t k = 0; k < job->param[P_LIMITS].count; k++)
            set(&job->out[OUT_WITHIN].items[k], p, km[i] <= job->param[P_LIMITS].value[k]);
        for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
            set(&job->out[OUT_SCORE].items[f], p, job->param[P_STANDARD].value[f] + u);
        if (venue[i] != (uint32_t)BASSIN_OUTSIDE)
            s = job->host->text(job, OUT_NEAREST, 0, p,
                                names->words.bytes + names->words.start[names->at.u32[venue[i]]],
                                err);
    }
    return s;
}

static bassin_status flows_run(const bassin_job *job, const bassin_block *block, const void *before,
                               void *partial, bassin_error *err)
{
    (void)before;
    (void)err;
    for (size_t i = block->begin; i < block->end; i++)
        order_add(partial, i, job->flows->workers[i]);
    return BASSIN_OK;
}

static bassin_status flows_finish(const bassin_job *job, const void *before, void *total,
                                  bassin_error *err)
{
    const order_sum *t = total, *places = before;
    const bassin_total workers = {.size = sizeof workers,
                                  .name = "workers",
                                  .title_fr = "Actifs",
                                  .title_en = "Workers",
                                  .unit = "{person}",
                                  .value = t->sum,
                                  .low = t->sum - 1.0,
                                  .high = t->sum + 1.0};
    const bassin_total drawn = {.size = sizeof drawn,
                                .name = "drawn",
                                .title_fr = "Tirage",
                                .title_en = "Draw",
                                .unit = "1",
                                .value = places->sum,
                                .low = NAN,
                                .high = NAN,
                                .decimals = 3};
    bassin_status s = job->host->total(job, &workers, err);
    return s == BASSIN_OK ? job->host->total(job, &drawn, err) : s;
}

static bassin_status last_finish(const bassin_job *job, const void *before, void *total,
                                 bassin_error *err)
{
    const order_sum *flows = before;
    uint32_t places[64];
    (void)total;
    if (flows->count != job->flows->rows)
        return bassin_fail(err, BASSIN_E_INTERNAL, -1, "flows seen %llu",
                           (unsigned long long)flows->count);
    for (size_t g = 0; g < job->groups->rows; g++)
        set(&job->out[OUT_LEVEL].items[0], g, (double)g);
    bassin_status s = job->host->table_rows(job, "clusters", 3, err);
    for (uint32_t row = 0; s == BASSIN_OK && row < 3; row++) {
        char label[32];
        for (uint32_t i = 0; i < 64; i++)
            places[i] = row * 40u + i; /* neighbouring sets overlap */
        (void)snprintf(label, sizeof label, "groupe %u", (unsigned)(row + 1));
        job->out[OUT_G_RANK].items[0].at.u32[row] = row + 1;
        job->out[OUT_G_RANK].items[0].state[row] = BASSIN_PRESENT;
        s = job->host->text(job, OUT_G_LABEL, 0, row, label, err);
        if (s == BASSIN_OK)
            s = job->host->place_set(job, "clusters", row, places, 64, err);
    }
    return s;
}

static const double breaks[] = {1.0, 2.5};
static const bassin_map map = {.size = sizeof map,
                               .kind = BASSIN_MAP_CHOROPLETH,
                               .palette = BASSIN_PALETTE_VIRIDIS,
                               .sheet = "",
                               .title_fr = "Score {function}",
                               .title_en = "Score {function}",
                               .breaks = breaks,
                               .break_count = 2};

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "reach",
    .title_fr = "Portée",
    .title_en = "Reach",
    .version = "1.2.3",
    .method_fr = "Somme des habitants à portée.",
    .method_en = "Sum of residents within reach.",
    .needs = BASSIN_NEED_COSTS | BASSIN_NEED_FLOWS | BASSIN_NEED_GROUPS,
    .params = BASSIN_LIST(bassin_param,
                          {.id = "limits",
                           .title_fr = "Seuils",
                           .title_en = "Limits",
                           .unit = "km",
                           .kind = BASSIN_PARAM_LIST,
                           .lowest = 0,
                           .highest = 500,
                           .fallback_text = "5;12.5"},
                          {.id = "method",
                           .title_fr = "Méthode",
                           .title_en = "Method",
                           .unit = "",
                           .kind = BASSIN_PARAM_CHOICE,
                           .fallback_text = "plain",
                           .choices = "plain|weighted"},
                          {.id = "standard",
                           .title_fr = "Standard",
                           .title_en = "Standard",
                           .unit = "min",
                           .kind = BASSIN_PARAM_BY_FUNCTION,
                           .lowest = 0,
                           .highest = 120,
                           .fallback = 20},
                          {.id = "share",
                           .title_fr = "Part",
                           .title_en = "Share",
                           .unit = "1",
                           .kind = BASSIN_PARAM_NUMBER,
                           .lowest = 0,
                           .highest = 1,
                           .fallback = 0.5,
                           .basis = "assumed",
                           .low = 0.2,
                           .high = 0.9,
                           .distribution = "triangular"},
                          {.id = "label",
                           .title_fr = "Mot",
                           .title_en = "Word",
                           .unit = "",
                           .kind = BASSIN_PARAM_TEXT,
                           .fallback_text = "x"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64},
        {.table = "venues", .column = "name", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64},
        {.table = "places",
         .column = "nowhere",
         .unit = "1",
         .type = BASSIN_F64,
         .flags = BASSIN_INPUT_OPTIONAL}),
    .outputs = BASSIN_LIST(bassin_output,
                           {.table = "venues",
                            .id = "reached",
                            .title_fr = "Habitants à portée",
                            .title_en = "Residents in reach",
                            .unit = "{person}",
                            .type = BASSIN_F64},
                           {.table = "places",
                            .id = "within_{limits}_km",
                            .title_fr = "À moins de {limits} km",
                            .title_en = "Within {limits} km",
                            .unit = "1",
                            .type = BASSIN_F64,
                            .aggregate = BASSIN_AGGREGATE_MEAN,
                            .weight = "population"},
                           {.table = "places",
                            .id = "score_{function}",
                            .title_fr = "Score : {function}",
                            .title_en = "Score: {function}",
                            .unit = "min",
                            .type = BASSIN_F64,
                            .decimals = 2,
                            .map = &map,
                            .aggregate = BASSIN_AGGREGATE_SUM,
                            .reading_fr = "à {name}, {function} : {value}",
                            .reading_en = "in {name}, {function}: {value}"},
                           {.table = "places",
                            .id = "nearest_name",
                            .title_fr = "Plus proche",
                            .title_en = "Nearest",
                            .unit = "",
                            .type = BASSIN_TEXT,
                            .decimals = -1},
                           {.table = "places",
                            .id = "drawn",
                            .title_fr = "Tirage",
                            .title_en = "Drawn",
                            .unit = "1",
                            .type = BASSIN_F64,
                            .decimals = 6,
                            .lowest = 0.2,
                            .highest = 0.9},
                           {.table = "territories",
                            .id = "rank",
                            .title_fr = "Rang",
                            .title_en = "Rank",
                            .unit = "1",
                            .type = BASSIN_F64},
                           {.table = "clusters",
                            .id = "rank",
                            .title_fr = "Rang",
                            .title_en = "Rank",
                            .unit = "1",
                            .type = BASSIN_U32,
                            .decimals = -1},
                           {.table = "clusters",
                            .id = "label",
                            .title_fr = "Nom",
                            .title_en = "Name",
                            .unit = "",
                            .type = BASSIN_TEXT,
                            .decimals = -1}),
    .tables = BASSIN_LIST(bassin_table, {.id = "clusters",
                                         .title_fr = "Groupes",
                                         .title_en = "Clusters",
                                         .geometry = BASSIN_GEOMETRY_PLACE_SET,
                                         .key = "rank"}),
    .stages = BASSIN_LIST(
        bassin_stage,
        {.size = sizeof(bassin_stage),
         .over = "venues",
         .run = venues_run,
         .merge = merge,
         .finish = venues_finish},
        {.size = sizeof(bassin_stage), .over = "places", .run = places_run, .merge = merge},
        {.size = sizeof(bassin_stage),
         .over = "flows",
         .run = flows_run,
         .merge = merge,
         .finish = flows_finish},
        {.size = sizeof(bassin_stage), .finish = last_finish}),
    .prepare = prepare,
    .release = release,
};
