/* Zones blanches: gap index and white zones per function a-h, for all venues and for third places
 * only, straight-line distances, and contiguous clusters (METHODS.md section 5). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <bassin/plugin.h>

enum { P_STANDARD, P_WHITE, P_DISTANCES };
enum {
    IN_POPULATION,
    IN_NAME,
    IN_CODE,
    IN_DENSITY,
    IN_SCOPE,
    IN_MINUTES,
    IN_MINUTES_TL,
    IN_AREA,
    IN_EPCI,
    IN_VENUE,
    IN_FUNCTION,
    IN_COMMUNE /* of a cell */
};
enum {
    OUT_GAP,
    OUT_GAP_TL,
    OUT_WHITE,
    OUT_WHITE_TL,
    OUT_INDEX,
    OUT_INDEX_TL,
    OUT_FUNCTIONS,
    OUT_FUNCTIONS_TL,
    OUT_SEVERITY,
    OUT_CROW,
    OUT_CROW_TL,
    OUT_BEYOND,
    OUT_G_ID,
    OUT_G_FUNCTION,
    OUT_G_SCOPE,
    OUT_G_RANK,
    OUT_G_NAME,
    OUT_G_CODE,
    OUT_G_PLACES,
    OUT_G_POPULATION,
    OUT_G_AREA,
    OUT_G_MINUTES,
    OUT_G_EPCI,
    OUT_G_VENUE,
};
enum { ALL_VENUES = 0, THIRD_PLACES = 1, SCOPES = 2 };

static const double function_threshold = 0.5; /* a venue offers f when q_f >= 0.5 */
static const char *const scope_names[SCOPES] = {"all", "third_places"};

static double population_at(const bassin_job *job, size_t place)
{
    const bassin_column *c = &job->in[IN_POPULATION].items[0];
    return bassin_is_present(c, place) ? c->at.f64[place] : 0.0;
}

/* 0 where the territory has no outlines. */
static double area_at(const bassin_job *job, size_t place)
{
    const bassin_column *c = &job->in[IN_AREA].items[0];
    return bassin_is_present(c, place) ? c->at.f64[place] : 0.0;
}

static const bassin_column *minutes_of(const bassin_job *job, uint32_t scope, uint32_t f)
{
    return &job->in[scope == ALL_VENUES ? IN_MINUTES : IN_MINUTES_TL].items[f];
}

static const bassin_slot *white_of(const bassin_job *job, uint32_t scope, uint32_t f)
{
    return &job->out[scope == ALL_VENUES ? OUT_WHITE : OUT_WHITE_TL].items[f];
}

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++) {
        const double standard = job->param[P_STANDARD].value[f],
                     white = job->param[P_WHITE].value[f];
        if (!(white > standard))
            return bassin_fail(err, BASSIN_E_ARGUMENT, -1,
                               "function %c: white-zone (%g min) must be beyond standard (%g min)",
                               (char)('a' + f), white, standard);
        if (white > job->costs->limit_min)
            return bassin_fail(err, BASSIN_E_ARGUMENT, -1,
                               "function %c: white-zone %g min is beyond the travel limit of %g "
                               "min: raise travel.limit",
                               (char)('a' + f), white, job->costs->limit_min);
    }
    return BASSIN_OK;
}

/* --- places --------------------------------------------------------------------------------------
 */

/* gap = clamp((t - standard) / (white - standard), 0, 1); beyond the travel limit it is 1. */
static void gap_and_white(const bassin_job *job, uint32_t scope, uint32_t f, size_t place)
{
    const bassin_column *minutes = minutes_of(job, scope, f);
    const bassin_slot *gap = &job->out[scope == ALL_VENUES ? OUT_GAP : OUT_GAP_TL].items[f];
    const double standard = job->param[P_STANDARD].value[f], white = job->param[P_WHITE].value[f];
    const uint8_t state = minutes->state == NULL ? BASSIN_PRESENT : minutes->state[place];
    if (state == BASSIN_MISSING || state == BASSIN_UNREACHABLE) {
        gap->state[place] = white_of(job, scope, f)->state[place] = state;
    } else if (state != BASSIN_PRESENT) {
        bassin_set(gap, place, 1.0);
        bassin_set(white_of(job, scope, f), place, 1.0);
    } else {
        const double t = minutes->at.f64[place];
        bassin_set(gap, place, fmin(1.0, fmax(0.0, (t - standard) / (white - standard))));
        bassin_set(white_of(job, scope, f), place, t > white ? 1.0 : 0.0);
    }
}

/* G = mean of the eight gaps; the count is of functions within the white-zone limit. */
static void composite(const bassin_job *job, uint32_t scope, size_t place)
{
    const uint32_t gap = scope == ALL_VENUES ? OUT_GAP : OUT_GAP_TL;
    double sum = 0.0, within = 0.0;
    for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++) {
        if (job->out[gap].items[f].state[place] != BASSIN_PRESENT)
            return;
        sum += job->out[gap].items[f].at.f64[place];
        within += 1.0 - white_of(job, scope, f)->at.f64[place];
    }
    bassin_set(&job->out[scope == ALL_VENUES ? OUT_INDEX : OUT_INDEX_TL].items[0], place,
               sum / BASSIN_FUNCTIONS);
    bassin_set(&job->out[scope == ALL_VENUES ? OUT_FUNCTIONS : OUT_FUNCTIONS_TL].items[0], place,
               within);
    if (scope == ALL_VENUES && bassin_is_present(&job->in[IN_POPULATION].items[0], place))
        bassin_set(&job->out[OUT_SEVERITY].items[0], place,
                   population_at(job, place) * sum / BASSIN_FUNCTIONS);
}

/* A venue counts when it is open and offers something: a kind that covers no function covers
 * nobody. */
static int counts(const bassin_job *job, size_t v)
{
    if (!job->venue_open[v])
        return 0;
    for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
        if (job->in[IN_FUNCTION].items[f].at.f64[v] >= function_threshold)
            return 1;
    return 0;
}

static void use_scope(const bassin_job *job, uint32_t scope, uint8_t *use)
{
    for (size_t v = 0; v < job->venue_count; v++)
        use[v] = (uint8_t)(counts(job, v) && !isnan(job->venue_lon[v]) &&
                           (scope == ALL_VENUES || job->in[IN_SCOPE].items[0].at.u32[v] == 1u));
}

static bassin_status crow(const bassin_job *job, const bassin_block *b, uint32_t scope,
                          bassin_error *err)
{
    const size_t rows = b->end - b->begin;
    uint8_t *use = job->host->scratch(job, job->venue_count + 1);
    double *km = job->host->scratch(job, (rows + 1) * sizeof *km);
    uint32_t *venue = job->host->scratch(job, (rows + 1) * sizeof *venue);
    if (use == NULL || km == NULL || venue == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu places", rows);
    use_scope(job, scope, use);
    const bassin_status result =
        job->host->nearest_crow(job, use, b->begin, b->end, km, venue, err);
    if (result != BASSIN_OK)
        return result;
    const bassin_slot *slot = &job->out[scope == ALL_VENUES ? OUT_CROW : OUT_CROW_TL].items[0];
    for (size_t i = 0; i < rows; i++) {
        if (isnan(job->place_lon[b->begin + i]))
            slot->state[b->begin + i] = BASSIN_MISSING;
        else if (venue[i] == BASSIN_OUTSIDE)
            slot->state[b->begin + i] = BASSIN_UNREACHABLE;
        else
            bassin_set(slot, b->begin + i, km[i]);
    }
    return BASSIN_OK;
}

/* 1 when the nearest open venue is strictly farther, or there is none. */
static void beyond(const bassin_job *job, size_t place)
{
    const bassin_slot *km = &job->out[OUT_CROW].items[0];
    for (uint32_t d = 0; d < job->param[P_DISTANCES].count; d++) {
        const bassin_slot *slot = &job->out[OUT_BEYOND].items[d];
        if (km->state[place] == BASSIN_PRESENT)
            bassin_set(slot, place,
                       km->at.f64[place] > job->param[P_DISTANCES].value[d] ? 1.0 : 0.0);
        else if (km->state[place] == BASSIN_UNREACHABLE)
            bassin_set(slot, place, 1.0);
    }
}

static bassin_status places_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    (void)before, (void)partial;
    for (size_t p = block->begin; p < block->end; p++)
        for (uint32_t scope = 0; scope < SCOPES; scope++) {
            for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
                gap_and_white(job, scope, f, p);
            composite(job, scope, p);
        }
    bassin_status result = crow(job, block, ALL_VENUES, err);
    if (result == BASSIN_OK)
        result = crow(job, block, THIRD_PLACES, err);
    if (result == BASSIN_OK)
        for (size_t p = block->begin; p < block->end; p++)
            beyond(job, p);
    return result;
}

/* 7.5 is written 7_5 in a name, as in columns. */
static void name_clean(char *name)
{
    for (char *c = name; *c != 0; c++)
        if (*c == '.')
            *c = '_';
}

/* --- headline figures
 * ------------------------------------------------------------------------------ */

/* Population-weighted sums over kept places of a 0/1 output; rural: density levels 5 to 7. */
typedef struct shares {
    double all, inside, rural_all, rural_inside;
} shares;

static shares shares_of(const bassin_job *job, const bassin_slot *flag)
{
    const bassin_column *density = &job->in[IN_DENSITY].items[0];
    shares s = {0};
    for (size_t p = 0; p < job->place_count; p++) {
        if (!job->place_kept[p] || flag->state[p] != BASSIN_PRESENT)
            continue;
        const double persons = population_at(job, p);
        const int rural = bassin_is_present(density, p) && density->at.u32[p] >= 5u;
        s.all += persons;
        s.inside += persons * flag->at.f64[p];
        s.rural_all += rural ? persons : 0.0;
        s.rural_inside += rural ? persons * flag->at.f64[p] : 0.0;
    }
    return s;
}

static bassin_status put_total(const bassin_job *job, const char *name, const char *fr,
                               const char *en, const char *unit, double value, int known,
                               int32_t decimals, bassin_error *err)
{
    const bassin_total t = {.size = sizeof t,
                            .name = name,
                            .title_fr = fr,
                            .title_en = en,
                            .unit = unit,
                            .value = known ? value : 0.0,
                            .low = NAN,
                            .high = NAN,
                            .state = known ? BASSIN_PRESENT : BASSIN_NOT_APPLICABLE,
                            .decimals = decimals};
    return job->host->total(job, &t, err);
}

static double percent(double part, double all)
{
    return all > 0.0 ? 100.0 * part / all : 0.0;
}

static bassin_status distance_totals(const bassin_job *job, uint32_t d, bassin_error *err)
{
    const double limit = job->param[P_DISTANCES].value[d];
    const bassin_slot *flag = &job->out[OUT_BEYOND].items[d];
    const shares s = shares_of(job, flag);
    double places = 0.0;
    for (size_t p = 0; p < job->place_count; p++)
        places += job->place_kept[p] && flag->state[p] == BASSIN_PRESENT ? flag->at.f64[p] : 0.0;
    char name[48], fr[128], en[128];
    (void)snprintf(name, sizeof name, "beyond_%g_km", limit);
    name_clean(name);
    (void)snprintf(fr, sizeof fr, "Habitants à plus de %g km à vol d’oiseau d’un lieu ouvert",
                   limit);
    (void)snprintf(en, sizeof en,
                   "Inhabitants more than %g km in a straight line from an open venue", limit);
    bassin_status result =
        put_total(job, name, fr, en, "%", percent(s.inside, s.all), s.all > 0.0, 4, err);
    (void)snprintf(name, sizeof name, "beyond_%g_km_places", limit);
    name_clean(name);
    const int cells = job->cell_m > 0.0;
    (void)snprintf(fr, sizeof fr, "%s à plus de %g km à vol d’oiseau d’un lieu ouvert",
                   cells ? "Carreaux" : "Communes", limit);
    (void)snprintf(en, sizeof en, "%s more than %g km in a straight line from an open venue",
                   cells ? "Cells" : "Communes", limit);
    if (result == BASSIN_OK)
        result = put_total(job, name, fr, en, "1", places, 1, 0, err);
    return result;
}

static bassin_status white_totals(const bassin_job *job, uint32_t scope, uint32_t f,
                                  bassin_error *err)
{
    const shares s = shares_of(job, white_of(job, scope, f));
    const char *suffix = scope == ALL_VENUES ? "" : "_tl";
    const char *fr_scope = scope == ALL_VENUES ? "" : ", tiers-lieux seuls";
    const char *en_scope = scope == ALL_VENUES ? "" : ", third places only";
    char name[48], fr[128], en[128];
    (void)snprintf(name, sizeof name, "white_share_%c%s", (char)('a' + f), suffix);
    (void)snprintf(fr, sizeof fr, "Habitants en zone blanche, fonction %c%s", (char)('a' + f),
                   fr_scope);
    (void)snprintf(en, sizeof en, "Inhabitants in a white zone, function %c%s", (char)('a' + f),
                   en_scope);
    bassin_status result =
        put_total(job, name, fr, en, "%", percent(s.inside, s.all), s.all > 0.0, 4, err);
    (void)snprintf(name, sizeof name, "white_population_%c%s", (char)('a' + f), suffix);
    if (result == BASSIN_OK)
        result = put_total(job, name, fr, en, "{person}", s.inside, 1, 0, err);
    if (result == BASSIN_OK && s.rural_all > 0.0) {
        (void)snprintf(name, sizeof name, "white_share_rural_%c%s", (char)('a' + f), suffix);
        (void)snprintf(fr, sizeof fr, "Habitants du rural en zone blanche, fonction %c%s",
                       (char)('a' + f), fr_scope);
        (void)snprintf(en, sizeof en, "Rural inhabitants in a white zone, function %c%s",
                       (char)('a' + f), en_scope);
        result = put_total(job, name, fr, en, "%", percent(s.rural_inside, s.rural_all), 1, 4, err);
    }
    return result;
}

/* --- clusters: contiguous white communes, by union-find
 * -------------------------------------------- */

typedef struct cluster {
    uint32_t root, head; /* head: most populated commune, the lowest row among equals */
    uint32_t places;
    double population, area_km2, minutes_max;
    int beyond; /* a commune of the cluster is beyond the travel limit */
} cluster;

typedef struct clusters {
    uint32_t *parent;  /* place_count; BASSIN_OUTSIDE: not white */
    uint32_t *index;   /* root -> cluster */
    uint32_t *members; /* scratch for a place set */
    cluster *items;
    uint32_t count;
    uint32_t single; /* clusters of one cell, left out */
    uint32_t scope, function;
} clusters;

static uint32_t find_root(uint32_t *parent, uint32_t p)
{
    while (parent[p] != p) {
        parent[p] = parent[parent[p]];
        p = parent[p];
    }
    return p;
}

/* The lower row becomes the root, so that roots do not depend on the order of unions. */
static void join(uint32_t *parent, uint32_t a, uint32_t b)
{
    const uint32_t x = find_root(parent, a), y = find_root(parent, b);
    if (x < y)
        parent[y] = x;
    else
        parent[x] = y;
}

static void clusters_connect(const bassin_job *job, clusters *c)
{
    const bassin_slot *white = white_of(job, c->scope, c->function);
    for (uint32_t p = 0; p < job->place_count; p++) {
        const int is_white =
            job->place_kept[p] && white->state[p] == BASSIN_PRESENT && white->at.f64[p] > 0.0;
        c->parent[p] = is_white ? p : BASSIN_OUTSIDE;
    }
    for (uint32_t p = 0; p < job->place_count; p++)
        for (uint64_t e = job->neighbours->start[p]; e < job->neighbours->start[p + 1]; e++) {
            const uint32_t q = job->neighbours->place[e];
            if (c->parent[p] != BASSIN_OUTSIDE && c->parent[q] != BASSIN_OUTSIDE)
                join(c->parent, p, q);
        }
}

static void cluster_add(const bassin_job *job, clusters *c, uint32_t place)
{
    const uint32_t root = find_root(c->parent, place);
    if (root == place) {
        c->index[root] = c->count;
        c->items[c->count++] = (cluster){.root = root, .head = place};
    }
    cluster *it = &c->items[c->index[root]];
    const bassin_column *minutes = minutes_of(job, c->scope, c->function);
    it->places++;
    it->population += population_at(job, place);
    it->area_km2 += area_at(job, place);
    if (population_at(job, place) > population_at(job, it->head))
        it->head = place;
    if (bassin_is_present(minutes, place))
        it->minutes_max = fmax(it->minutes_max, minutes->at.f64[place]);
    else
        it->beyond = 1;
}

static int by_population(const void *a, const void *b)
{
    const cluster *x = a, *y = b;
    if (x->population > y->population || x->population < y->population)
        return x->population > y->population ? -1 : 1;
    return x->root < y->root ? -1 : 1;
}

/* METHODS.md section 8: one cell alone has no meaning and is never listed. */
static void leave_single_cells(clusters *c)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < c->count; k++)
        if (c->items[k].places > 1)
            c->items[kept++] = c->items[k];
    c->single += c->count - kept;
    c->count = kept;
}

static void clusters_find(const bassin_job *job, clusters *c, uint32_t scope, uint32_t f)
{
    c->scope = scope;
    c->function = f;
    c->count = 0;
    clusters_connect(job, c);
    for (uint32_t p = 0; p < job->place_count; p++)
        if (c->parent[p] != BASSIN_OUTSIDE)
            cluster_add(job, c, p); /* a root is its cluster's lowest row: met first */
    if (job->cell_m > 0.0)
        leave_single_cells(c);
    qsort(c->items, c->count, sizeof *c->items, by_population);
}

static bassin_status cluster_texts(const bassin_job *job, const clusters *c, const cluster *it,
                                   size_t row, uint32_t rank, bassin_error *err)
{
    const char letter[2] = {(char)('a' + c->function), 0};
    const uint32_t code = job->cell_m > 0.0 ? IN_COMMUNE : IN_CODE;
    char id[64];
    (void)snprintf(id, sizeof id, "%s-%s-%03u", letter, scope_names[c->scope], (unsigned)rank);
    bassin_status result = job->host->text(job, OUT_G_ID, 0, row, id, err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_G_FUNCTION, 0, row, letter, err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_G_SCOPE, 0, row, scope_names[c->scope], err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_G_NAME, 0, row,
                                 bassin_text_at(&job->in[IN_NAME].items[0], it->head), err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_G_CODE, 0, row,
                                 bassin_text_at(&job->in[code].items[0], it->head), err);
    const bassin_column *epci = &job->in[IN_EPCI].items[0],
                        *venue = &job->in[IN_VENUE].items[c->function];
    if (result == BASSIN_OK && bassin_is_present(epci, it->head))
        result = job->host->text(job, OUT_G_EPCI, 0, row, bassin_text_at(epci, it->head), err);
    if (result == BASSIN_OK && c->scope == ALL_VENUES && bassin_is_present(venue, it->head))
        result = job->host->text(job, OUT_G_VENUE, 0, row, bassin_text_at(venue, it->head), err);
    return result;
}

static bassin_status cluster_row(const bassin_job *job, const clusters *c, const cluster *it,
                                 size_t row, uint32_t rank, bassin_error *err)
{
    size_t count = 0;
    for (uint32_t p = it->root; p < job->place_count; p++)
        if (c->parent[p] != BASSIN_OUTSIDE && find_root(c->parent, p) == it->root)
            c->members[count++] = p;
    const bassin_slot *minutes = &job->out[OUT_G_MINUTES].items[0];
    bassin_set(&job->out[OUT_G_POPULATION].items[0], row, it->population);
    if (it->area_km2 > 0.0)
        bassin_set(&job->out[OUT_G_AREA].items[0], row, it->area_km2);
    if (it->beyond)
        minutes->state[row] = BASSIN_BEYOND_LIMIT;
    else
        bassin_set(minutes, row, it->minutes_max);
    job->out[OUT_G_RANK].items[0].at.u32[row] = rank;
    job->out[OUT_G_RANK].items[0].state[row] = BASSIN_PRESENT;
    job->out[OUT_G_PLACES].items[0].at.u32[row] = it->places;
    job->out[OUT_G_PLACES].items[0].state[row] = BASSIN_PRESENT;
    bassin_status result = cluster_texts(job, c, it, row, rank, err);
    if (result == BASSIN_OK)
        result = job->host->place_set(job, "gaps", row, c->members, count, err);
    return result;
}

static bassin_status clusters_new(const bassin_job *job, clusters *c, bassin_error *err)
{
    const size_t n = job->place_count + 1;
    c->parent = job->host->scratch(job, n * sizeof *c->parent);
    c->index = job->host->scratch(job, n * sizeof *c->index);
    c->members = job->host->scratch(job, n * sizeof *c->members);
    c->items = job->host->scratch(job, n * sizeof *c->items);
    if (c->parent == NULL || c->index == NULL || c->members == NULL || c->items == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu places",
                           job->place_count);
    return BASSIN_OK;
}

static void say_single_cells(const bassin_job *job, uint32_t count)
{
    char line[200];
    (void)snprintf(line, sizeof line,
                   job->english ? "%u white zones of one cell alone are counted in the figures and "
                                  "left out of the list"
                                : "%u zones blanches d’un seul carreau comptent dans les chiffres "
                                  "et ne sont pas listées",
                   (unsigned)count);
    job->host->log(job, BASSIN_LOG_NOTE, line);
}

/* Twice over the functions and scopes: once to count the rows, once to fill them. */
static bassin_status gaps_table(const bassin_job *job, bassin_error *err)
{
    clusters c = {0};
    size_t rows = 0, row = 0;
    bassin_status result = clusters_new(job, &c, err);
    for (uint32_t s = 0; result == BASSIN_OK && s < SCOPES; s++)
        for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++) {
            clusters_find(job, &c, s, f);
            rows += c.count;
        }
    if (c.single > 0)
        say_single_cells(job, c.single);
    if (result == BASSIN_OK)
        result = job->host->table_rows(job, "gaps", rows, err);
    for (uint32_t s = 0; result == BASSIN_OK && s < SCOPES; s++)
        for (uint32_t f = 0; result == BASSIN_OK && f < BASSIN_FUNCTIONS; f++) {
            clusters_find(job, &c, s, f);
            for (uint32_t k = 0; result == BASSIN_OK && k < c.count; k++)
                result = cluster_row(job, &c, &c.items[k], row++, k + 1, err);
        }
    return result;
}

/* Nobody in the lists offers the function: everywhere is white for want of data, and the reader
 * must know. */
static void say_absent_functions(const bassin_job *job)
{
    for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++) {
        const bassin_column *weight = &job->in[IN_FUNCTION].items[f];
        int offered = 0;
        for (size_t v = 0; v < job->venue_count; v++)
            offered |= job->venue_open[v] && weight->at.f64[v] >= function_threshold;
        char line[240];
        (void)snprintf(line, sizeof line,
                       job->english ? "function %c: no open venue of the lists offers it; white "
                                      "everywhere says nothing of the territory"
                                    : "fonction %c : aucun lieu ouvert des listes ne l’offre ; des "
                                      "zones blanches partout ne disent rien du territoire",
                       (char)('a' + f));
        if (!offered)
            job->host->log(job, BASSIN_LOG_WARNING, line);
    }
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)before, (void)total;
    bassin_status result = BASSIN_OK;
    say_absent_functions(job);
    for (uint32_t d = 0; result == BASSIN_OK && d < job->param[P_DISTANCES].count; d++)
        result = distance_totals(job, d, err);
    for (uint32_t s = 0; result == BASSIN_OK && s < SCOPES; s++)
        for (uint32_t f = 0; result == BASSIN_OK && f < BASSIN_FUNCTIONS; f++)
            result = white_totals(job, s, f, err);
    if (result == BASSIN_OK && job->neighbours != NULL)
        result = gaps_table(job, err);
    else if (result == BASSIN_OK)
        job->host->log(job, BASSIN_LOG_NOTE,
                       job->english
                           ? "no outlines: white zones are not joined into clusters"
                           : "sans contours : les zones blanches ne sont pas réunies en secteurs");
    return result;
}

static const double gap_breaks[] = {0.01, 0.25, 0.5, 0.75, 0.99};
static const bassin_map map_gap = {
    .size = sizeof map_gap,
    .kind = BASSIN_MAP_CHOROPLETH,
    .palette = BASSIN_PALETTE_YLORRD,
    .sheet = "03_zones_blanches",
    .title_fr = "Zones blanches : indice d’éloignement par fonction",
    .title_en = "White zones: gap index by function",
    .breaks = gap_breaks,
    .break_count = 5,
    .labels_fr = "0 : dans la norme|||||1 : zone blanche",
    .labels_en = "0: within the standard|||||1: white zone",
};
static const double function_breaks[] = {0.5, 2.5, 4.5, 6.5, 7.5};
static const bassin_map map_functions = {
    .size = sizeof map_functions,
    .kind = BASSIN_MAP_CHOROPLETH,
    .palette = BASSIN_PALETTE_VIRIDIS,
    .sheet = "04_nombre_fonctions",
    .title_fr = "Nombre de fonctions accessibles (sur huit)",
    .title_en = "Number of functions within reach (out of eight)",
    .breaks = function_breaks,
    .break_count = 5,
    .show_venues = 1,
};

#define PLACE_MEAN(id_, fr_, en_, unit_, decimals_, highest_, sheet_, ...)                         \
    {                                                                                              \
        .table = "places", .id = id_, .title_fr = fr_, .title_en = en_, .unit = unit_,             \
        .type = BASSIN_F64, .decimals = decimals_, .aggregate = BASSIN_AGGREGATE_MEAN,             \
        .weight = "population", .sheet_fr = sheet_, .lowest = 0, .highest = highest_, __VA_ARGS__  \
    }
#define GAP_TEXT(id_, fr_, en_)                                                                    \
    {                                                                                              \
        .table = "gaps", .id = id_, .title_fr = fr_, .title_en = en_, .unit = "",                  \
        .type = BASSIN_TEXT, .decimals = -1                                                        \
    }

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "coverage",
    .title_fr = "Zones blanches",
    .title_en = "White zones",
    .version = "1.0.0",
    .method_fr = "Pour chaque fonction a à h : temps du lieu le plus proche qui l’offre (poids "
                 "d’au moins 0,5). Indice "
                 "d’éloignement = (temps − norme) / (seuil − norme), borné entre 0 et 1. Une "
                 "commune est en zone "
                 "blanche quand le temps dépasse le seuil (30 min par défaut), ou quand aucun lieu "
                 "n’est à portée de "
                 "la limite de calcul. Chaque chiffre est donné pour tous les lieux et pour les "
                 "seuls tiers-lieux. Les "
                 "zones blanches qui se touchent forment un secteur. La norme et le seuil sont des "
                 "hypothèses.",
    .method_en = "For each function a to h: time to the nearest venue that offers it (weight of at "
                 "least 0.5). Gap "
                 "index = (time - standard) / (threshold - standard), clamped to 0..1. A commune "
                 "is a white zone when "
                 "the time exceeds the threshold (30 min by default), or when no venue is within "
                 "the computing limit. "
                 "Every figure comes for all venues and for third places only. White zones that "
                 "touch form a cluster. "
                 "Standard and threshold are assumptions.",
    .flags = BASSIN_PER_MODE,
    .needs = BASSIN_NEED_COSTS,
    .params = BASSIN_LIST(bassin_param,
                          {.id = "standard",
                           .title_fr = "Norme d’accès",
                           .title_en = "Access standard",
                           .unit = "min",
                           .kind = BASSIN_PARAM_BY_FUNCTION,
                           .lowest = 0,
                           .highest = 600,
                           .fallback = 20,
                           .basis = "assumed : durée intermédiaire, environ 20 min",
                           .basis_en = "assumed: intermediate range of about 20 min"},
                          {.id = "white-zone",
                           .title_fr = "Seuil de zone blanche",
                           .title_en = "White-zone threshold",
                           .unit = "min",
                           .kind = BASSIN_PARAM_BY_FUNCTION,
                           .lowest = 1,
                           .highest = 600,
                           .fallback = 30,
                           .basis = "assumed : d’après l’engagement de France Services, 30 min",
                           .basis_en = "assumed: after the France Services pledge of 30 min"},
                          {.id = "distances",
                           .title_fr = "Distances à vol d’oiseau",
                           .title_en = "Straight-line distances",
                           .unit = "km",
                           .kind = BASSIN_PARAM_LIST,
                           .lowest = 0.1,
                           .highest = 500,
                           .fallback_text = "5;10",
                           .basis = "seuils usuels des études d’accès",
                           .basis_en = "usual thresholds of access studies"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64},
        {.table = "places", .column = "name", .unit = "", .type = BASSIN_TEXT},
        {.table = "places", .column = "code", .unit = "", .type = BASSIN_TEXT},
        {.table = "places",
         .column = "density7",
         .unit = "{class}",
         .type = BASSIN_U32,
         .flags = BASSIN_INPUT_OPTIONAL},
        {.table = "venues", .column = "in_scope", .unit = "1", .type = BASSIN_U32},
        {.table = "places", .column = "minutes_{function}", .unit = "min", .type = BASSIN_F64},
        {.table = "places", .column = "minutes_{function}_tl", .unit = "min", .type = BASSIN_F64},
        {.table = "places",
         .column = "area_km2",
         .unit = "km2",
         .type = BASSIN_F64,
         .flags = BASSIN_INPUT_OPTIONAL},
        {.table = "places",
         .column = "epci",
         .unit = "",
         .type = BASSIN_TEXT,
         .flags = BASSIN_INPUT_OPTIONAL},
        {.table = "places", .column = "venue_{function}", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64},
        {.table = "places",
         .column = "commune",
         .unit = "",
         .type = BASSIN_TEXT,
         .flags = BASSIN_INPUT_OPTIONAL}),
    .outputs = BASSIN_LIST(
        bassin_output,
        PLACE_MEAN(
            "gap_{function}", "{function}", "{function}", "{index}", 4, 1, "Zones blanches",
            .map = &map_gap,
            .reading_fr = "à {name}, l’indice d’éloignement vaut {value} (0 : dans la norme ; 1 : "
                          "zone blanche).",
            .reading_en =
                "in {name} the gap index is {value} (0: within the standard; 1: white zone)."),
        PLACE_MEAN("gap_{function}_tl", "{function} : indice d’éloignement, tiers-lieux seuls",
                   "{function}: gap index, third places only", "{index}", 4, 1, NULL, .map = NULL),
        PLACE_MEAN("white_{function}", "{function} : zone blanche", "{function}: white zone", "1",
                   4, 1, "Zones blanches", .map = NULL),
        PLACE_MEAN("white_{function}_tl", "{function} : zone blanche, tiers-lieux seuls",
                   "{function}: white zone, third places only", "1", 4, 1, "Zones blanches",
                   .map = NULL),
        PLACE_MEAN("gap_index", "Indice d’éloignement, toutes fonctions",
                   "Gap index, all functions", "{index}", 4, 1, "Zones blanches", .map = NULL),
        PLACE_MEAN("gap_index_tl", "Indice d’éloignement, toutes fonctions, tiers-lieux seuls",
                   "Gap index, all functions, third places only", "{index}", 4, 1, "Zones blanches",
                   .map = NULL),
        PLACE_MEAN(
            "functions_within", "Fonctions accessibles", "Functions within reach", "1", 2, 8,
            "Accès par fonction", .map = &map_functions,
            .reading_fr = "à {name}, {value} des huit fonctions sont accessibles avant le seuil de "
                          "zone blanche.",
            .reading_en =
                "in {name}, {value} of the eight functions are within the white-zone threshold."),
        PLACE_MEAN("functions_within_tl", "Fonctions accessibles, tiers-lieux seuls",
                   "Functions within reach, third places only", "1", 2, 8, "Accès par fonction",
                   .map = NULL),
        {.table = "places",
         .id = "severity",
         .title_fr = "Habitants pondérés par l’indice d’éloignement",
         .title_en = "Inhabitants weighted by the gap index",
         .unit = "{person}",
         .type = BASSIN_F64,
         .decimals = 1,
         .aggregate = BASSIN_AGGREGATE_SUM,
         .sheet_fr = "Zones blanches"},
        PLACE_MEAN("crow_km_nearest", "Distance à vol d’oiseau au lieu ouvert le plus proche",
                   "Straight-line distance to the nearest open venue", "km", 3, 25000,
                   "Accès par fonction", .map = NULL),
        PLACE_MEAN("crow_km_nearest_tl",
                   "Distance à vol d’oiseau au tiers-lieu ouvert le plus proche",
                   "Straight-line distance to the nearest open third place", "km", 3, 25000,
                   "Accès par fonction", .map = NULL),
        PLACE_MEAN("beyond_{distances}_km", "À plus de {distances} km d’un lieu ouvert",
                   "More than {distances} km from an open venue", "1", 4, 1, "Zones blanches",
                   .map = NULL),
        GAP_TEXT("id", "Secteur", "Cluster"), GAP_TEXT("function", "Fonction", "Function"),
        GAP_TEXT("scope", "Lieux comptés", "Venues counted"),
        {.table = "gaps",
         .id = "rank",
         .title_fr = "Rang",
         .title_en = "Rank",
         .unit = "1",
         .type = BASSIN_U32,
         .decimals = -1},
        GAP_TEXT("name", "Commune principale", "Main commune"),
        GAP_TEXT("code", "Code de la commune principale", "Code of the main commune"),
        {.table = "gaps",
         .id = "places",
         .title_fr = "Communes ou carreaux",
         .title_en = "Communes or cells",
         .unit = "1",
         .type = BASSIN_U32,
         .decimals = -1},
        {.table = "gaps",
         .id = "population",
         .title_fr = "Habitants",
         .title_en = "Inhabitants",
         .unit = "{person}",
         .type = BASSIN_F64,
         .decimals = 0},
        {.table = "gaps",
         .id = "area_km2",
         .title_fr = "Superficie",
         .title_en = "Area",
         .unit = "km2",
         .type = BASSIN_F64,
         .decimals = 1},
        {.table = "gaps",
         .id = "minutes_max",
         .title_fr = "Temps le plus long",
         .title_en = "Longest time",
         .unit = "min",
         .type = BASSIN_F64,
         .decimals = 1},
        GAP_TEXT("epci", "Intercommunalité de la commune principale", "EPCI of the main commune"),
        GAP_TEXT("venue_nearest", "Lieu le plus proche de la commune principale",
                 "Nearest venue of the main commune")),
    .tables = BASSIN_LIST(bassin_table, {.id = "gaps",
                                         .title_fr = "Zones blanches d’un seul tenant",
                                         .title_en = "Contiguous white zones",
                                         .geometry = BASSIN_GEOMETRY_PLACE_SET,
                                         .sheet_fr = "Zones blanches",
                                         .key = "id"}),
    .stages = BASSIN_LIST(
        bassin_stage,
        {.size = sizeof(bassin_stage), .over = "places", .run = places_run, .finish = finish}),
    .prepare = prepare,
};
