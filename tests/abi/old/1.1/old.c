/* A plugin as somebody wrote it against the header of ABI 1.1. Never to be changed: README.md. */
#include <bassin/plugin.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { P_LIMITS, P_METHOD };
enum { IN_POPULATION, IN_NAME, IN_FUNCTION };
enum { OUT_REACHED, OUT_WITHIN, OUT_LETTER, OUT_RANK, OUT_LABEL };

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    int *plan = malloc(sizeof *plan);
    if (plan == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory");
    *plan = 11;
    job->host->set_plan(job, plan);
    return job->host->partial(job, 1, sizeof(double), err);
}

static void release(void *plan)
{
    free(plan);
}

static bassin_status venues_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    const bassin_costs *c = job->costs;
    const bassin_column *population = &job->in[IN_POPULATION].items[0];
    (void)before;
    (void)partial;
    (void)err;
    for (size_t v = block->begin; v < block->end; v++) {
        double sum = 0.0;
        for (uint64_t i = c->venue_start[v]; i < c->venue_start[v + 1]; i++)
            sum += bassin_is_present(population, c->venue_place[i])
                       ? population->at.f64[c->venue_place[i]]
                       : 0.0;
        bassin_set(&job->out[OUT_REACHED].items[0], v, sum);
    }
    return BASSIN_OK;
}

static bassin_status places_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    const bassin_value *limits = &job->param[P_LIMITS];
    const bassin_costs *c = job->costs;
    double *sum = partial;
    bassin_status s = BASSIN_OK;
    (void)before;
    for (size_t p = block->begin; s == BASSIN_OK && p < block->end; p++) {
        double nearest = INFINITY;
        for (uint64_t i = c->place_start[p]; i < c->place_start[p + 1]; i++)
            nearest = fmin(nearest, c->place_minutes[i]);
        for (uint32_t k = 0; k < limits->count; k++)
            bassin_set(&job->out[OUT_WITHIN].items[k], p, nearest <= limits->value[k]);
        *sum += nearest <= limits->value[0];
        s = job->host->text(job, OUT_LETTER, 0, p,
                            job->in[IN_FUNCTION].count == BASSIN_FUNCTIONS ? "a-h" : "?", err);
    }
    return s;
}

static void places_merge(const bassin_job *job, void *into, const void *from)
{
    (void)job;
    *(double *)into += *(const double *)from;
}

static bassin_status give_total(const bassin_job *job, const char *name, double value,
                                bassin_error *err)
{
    const bassin_total t = {.size = sizeof t,
                            .name = name,
                            .title_fr = "Total",
                            .title_en = "Total",
                            .unit = "1",
                            .value = value,
                            .low = NAN,
                            .high = NAN};
    return job->host->total(job, &t, err);
}

static bassin_status places_finish(const bassin_job *job, const void *before, void *total,
                                   bassin_error *err)
{
    static const uint32_t places[] = {3, 1, 2};
    const bassin_reach *reach = job->host->service(job, BASSIN_SERVICE_REACH);
    const uint32_t venue = 0;
    (void)before;
    bassin_status s = job->host->table_rows(job, "groups", 1, err);
    if (s == BASSIN_OK)
        s = job->host->place_set(job, "groups", 0, places, 3, err);
    if (s == BASSIN_OK && reach != NULL)
        s = reach->within(job, "groups", 0, &venue, 1, 10.0, err);
    if (s == BASSIN_OK)
        s = job->host->text(job, OUT_LABEL, 0, 0, bassin_text_at(&job->in[IN_NAME].items[0], 2),
                            err);
    job->out[OUT_RANK].items[0].at.u32[0] = 1;
    job->out[OUT_RANK].items[0].state[0] = BASSIN_PRESENT;
    s = s == BASSIN_OK ? give_total(job, "near", *(const double *)total, err) : s;
    s = s == BASSIN_OK ? give_total(job, "plan", *(const int *)job->plan, err) : s;
    s = s == BASSIN_OK ? give_total(job, "draw", job->host->uniform(job, 1, 2, 3), err) : s;
    s = s == BASSIN_OK ? give_total(job, "minor", job->host->abi_minor >= 1, err) : s;
    return s == BASSIN_OK ? give_total(job, "limit", job->costs->limit_min, err) : s;
}

static const double breaks[] = {0.5};
static const bassin_map map = {.size = sizeof map,
                               .kind = BASSIN_MAP_CHOROPLETH,
                               .palette = BASSIN_PALETTE_BINARY,
                               .sheet = "20_old",
                               .title_fr = "À moins de {limits} min",
                               .title_en = "Within {limits} min",
                               .breaks = breaks,
                               .break_count = 1};

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.test.old",
    .title_fr = "Ancien",
    .title_en = "Old",
    .version = "1.1.0",
    .method_fr = "Écrit contre l’ABI 1.1.",
    .method_en = "Written against ABI 1.1.",
    .needs = BASSIN_NEED_COSTS,
    .params = BASSIN_LIST(bassin_param,
                          {.id = "limits",
                           .title_fr = "Seuils",
                           .title_en = "Limits",
                           .unit = "min",
                           .kind = BASSIN_PARAM_LIST,
                           .lowest = 0,
                           .highest = 60,
                           .fallback_text = "10;20",
                           .basis = "assumed: round numbers"},
                          {.id = "method",
                           .title_fr = "Méthode",
                           .title_en = "Method",
                           .unit = "",
                           .kind = BASSIN_PARAM_CHOICE,
                           .fallback_text = "plain",
                           .choices = "plain|other"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64},
        {.table = "places", .column = "name", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64}),
    .outputs = BASSIN_LIST(bassin_output,
                           {.table = "venues",
                            .id = "reached",
                            .title_fr = "Habitants à portée",
                            .title_en = "Residents in reach",
                            .unit = "{person}",
                            .type = BASSIN_F64,
                            .sheet_fr = "Ancien"},
                           {.table = "places",
                            .id = "within_{limits}",
                            .title_fr = "À moins de {limits} min",
                            .title_en = "Within {limits} min",
                            .unit = "1",
                            .type = BASSIN_F64,
                            .aggregate = BASSIN_AGGREGATE_MEAN,
                            .weight = "population",
                            .map = &map,
                            .sheet_fr = "Ancien",
                            .lowest = 0,
                            .highest = 1},
                           {.table = "places",
                            .id = "letters",
                            .title_fr = "Lettres",
                            .title_en = "Letters",
                            .unit = "",
                            .type = BASSIN_TEXT,
                            .decimals = -1},
                           {.table = "groups",
                            .id = "rank",
                            .title_fr = "Rang",
                            .title_en = "Rank",
                            .unit = "1",
                            .type = BASSIN_U32,
                            .decimals = -1},
                           {.table = "groups",
                            .id = "label",
                            .title_fr = "Nom",
                            .title_en = "Name",
                            .unit = "",
                            .type = BASSIN_TEXT,
                            .decimals = -1}),
    .tables = BASSIN_LIST(bassin_table, {.id = "groups",
                                         .title_fr = "Groupes",
                                         .title_en = "Groups",
                                         .geometry = BASSIN_GEOMETRY_PLACE_SET,
                                         .sheet_fr = "Ancien",
                                         .key = "rank"}),
    .stages = BASSIN_LIST(bassin_stage,
                          {.size = sizeof(bassin_stage), .over = "venues", .run = venues_run},
                          {.size = sizeof(bassin_stage),
                           .over = "places",
                           .run = places_run,
                           .merge = places_merge,
                           .finish = places_finish}),
    .prepare = prepare,
    .release = release,
};
