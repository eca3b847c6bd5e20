/* The territory, venues, costs and flows of the world; its jobs. */
#include "engine/plugin/conformance_world.h"

#include <math.h>
#include <string.h>

#include "engine/plugin/job_bare.h"

enum { GRID_WIDTH = 20, STEP_M = 2000, GROUP_PLACES = 25, FLOWS_A_PLACE = 4 };
static const double KMH = 40.0, DETOUR = 1.3, LIMIT_MIN = 45.0, KM_A_DEGREE = 111.0;
static const char *const STREAM = "conformance";

/* Room in the world; a failure is kept until the end. */
typedef struct making {
    made_world *w;
    bool failed;
} making;

static void *room(making *m, size_t count, size_t size)
{
    void *at = arena_take(m->w->memory, count, size);
    m->failed = m->failed || at == NULL;
    return at;
}

static const char *numbered(making *m, const char *before, int digits, size_t number)
{
    const char *text = arena_format(m->w->memory, "%s%0*zu", before, digits, number);
    m->failed = m->failed || text == NULL;
    return text;
}

static bool unknown(const made_world *w)
{
    return w->spec.values == WORLD_UNKNOWN;
}

/* --- points --- */

/* A place without a point, and one too far from the network, now and then. */
static uint8_t point_state(const made_world *w, size_t i, size_t rows)
{
    if (unknown(w) || (rows > 1 && i % 41 == 7))
        return BASSIN_MISSING;
    return rows > 1 && i % 53 == 11 ? BASSIN_UNREACHABLE : BASSIN_PRESENT;
}

/* Four columns of positions; `aside_m` from the grid point. */
static void positions(making *m, size_t rows, const uint32_t *grid, double aside_m,
                      const double *out[4])
{
    double *at[4];
    for (size_t k = 0; k < 4; k++) {
        out[k] = at[k] = room(m, rows, sizeof(double));
        if (at[k] == NULL)
            return;
    }
    for (size_t i = 0; i < rows; i++) {
        const size_t g = grid != NULL ? grid[i] : i;
        const double east = (double)(g % GRID_WIDTH) * STEP_M + aside_m;
        const double north = (double)(g / GRID_WIDTH) * STEP_M - aside_m;
        const bool placed = point_state(m->w, i, rows) != BASSIN_MISSING;
        const double lat = 48.0 + north / 1000.0 / KM_A_DEGREE;
        at[0][i] = placed ? 2.0 + east / 1000.0 / (KM_A_DEGREE * 0.667) : (double)NAN;
        at[1][i] = placed ? lat : (double)NAN;
        at[2][i] = placed ? 650000.0 + east : (double)NAN;
        at[3][i] = placed ? 6780000.0 + north : (double)NAN;
    }
}

static void make_places(making *m)
{
    made_world *w = m->w;
    const size_t n = w->spec.places;
    const double *at[4] = {NULL};
    uint8_t *kept = room(m, n, sizeof *kept);
    const char **code = room(m, n, sizeof *code), **name = room(m, n, sizeof *name);
    positions(m, n, NULL, 0.0, at);
    for (size_t p = 0; !m->failed && p < n; p++) {
        kept[p] = p < n - n / 5;
        code[p] = numbered(m, "99", 3, p);
        name[p] = numbered(m, "Commune ", 1, p);
    }
    w->names.places = "places";
    w->names.place_code = code;
    w->names.place_name = name;
    w->seen.place_count = n;
    w->seen.place_kept = kept;
    w->seen.place_lon = at[0];
    w->seen.place_lat = at[1];
    w->seen.place_x_m = at[2];
    w->seen.place_y_m = at[3];
}

static void make_venues(making *m)
{
    made_world *w = m->w;
    const size_t n = w->spec.venues, places = w->spec.places;
    const double *at[4] = {NULL};
    uint8_t *open = room(m, n, sizeof *open);
    const char **id = room(m, n, sizeof *id);
    uint32_t *grid = room(m, n, sizeof *grid), *place = room(m, n, sizeof *place);
    for (size_t v = 0; !m->failed && v < n; v++) {
        const bool placed = places > 0 && point_state(w, v, n) != BASSIN_MISSING;
        grid[v] = places > 0 ? (uint32_t)(v * 59 % places) : 0;
        place[v] = placed ? grid[v] : BASSIN_OUTSIDE;
        open[v] = v % 9 != 4;
        id[v] = numbered(m, "liste:", 3, v);
    }
    if (!m->failed)
        positions(m, n, grid, 150.0, at);
    w->names.venue_id = id;
    w->seen.venue_count = n;
    w->seen.venue_open = open;
    w->seen.venue_place = place;
    w->seen.venue_lon = at[0];
    w->seen.venue_lat = at[1];
    w->seen.venue_x_m = at[2];
    w->seen.venue_y_m = at[3];
}

/* --- costs --- */

static double crow_km(const made_world *w, size_t p, size_t v)
{
    return hypot(w->seen.place_x_m[p] - w->seen.venue_x_m[v],
                 w->seen.place_y_m[p] - w->seen.venue_y_m[v]) /
           1000.0;
}

static uint8_t *states(making *m, size_t rows)
{
    uint8_t *state = room(m, rows, sizeof *state);
    for (size_t i = 0; state != NULL && i < rows; i++)
        state[i] = point_state(m->w, i, rows);
    return state;
}

/* One way round: `rows` are places (of_places) or venues. */
typedef struct cost_side {
    uint64_t *start;
    uint32_t *other;
    double *minutes, *km;
} cost_side;

static cost_side side_make(making *m, bool of_places, const uint8_t *row_state,
                           const uint8_t *other_state)
{
    const made_world *w = m->w;
    const size_t rows = of_places ? w->spec.places : w->spec.venues;
    const size_t others = of_places ? w->spec.venues : w->spec.places;
    cost_side s = {.start = room(m, rows + 1, sizeof *s.start),
                   .other = room(m, rows * others, sizeof *s.other),
                   .minutes = room(m, rows * others, sizeof *s.minutes),
                   .km = room(m, rows * others, sizeof *s.km)};
    uint64_t used = 0;
    for (size_t i = 0; !m->failed && i < rows; i++) {
        for (size_t k = 0; k < others && row_state[i] == BASSIN_PRESENT; k++) {
            const double km =
                DETOUR * (of_places ? crow_km(w, i, k) : crow_km(w, k, i)); /* NaN: no point */
            if (other_state[k] != BASSIN_PRESENT || !(km / KMH * 60.0 <= LIMIT_MIN))
                continue;
            s.other[used] = (uint32_t)k;
            s.minutes[used] = km / KMH * 60.0;
            s.km[used++] = km;
        }
        s.start[i + 1] = used;
    }
    return s;
}

static void make_costs(making *m)
{
    made_world *w = m->w;
    bassin_costs *c = room(m, 1, sizeof *c);
    const uint8_t *place_state = states(m, w->spec.places),
                  *venue_state = states(m, w->spec.venues);
    if (m->failed || (w->loaded->plugin->needs & BASSIN_NEED_COSTS) == 0)
        return;
    const cost_side venue = side_make(m, false, venue_state, place_state);
    const cost_side place = side_make(m, true, place_state, venue_state);
    *c = (bassin_costs){.size = sizeof *c,
                        .mode = "car",
                        .mode_title_fr = "en voiture",
                        .mode_title_en = "by car",
                        .limit_min = LIMIT_MIN,
                        .place_count = w->spec.places,
                        .venue_count = w->spec.venues,
                        .venue_start = venue.start,
                        .venue_place = venue.other,
                        .venue_minutes = venue.minutes,
                        .venue_km = venue.km,
                        .place_start = place.start,
                        .place_venue = place.other,
                        .place_minutes = place.minutes,
                        .place_km = place.km,
                        .place_state = place_state,
                        .venue_state = venue_state};
    w->seen.costs = c;
}

/* --- flows --- */

/* The arrays of bassin_flows, to write. */
typedef struct flow_arrays {
    uint32_t *o, *j, *mode, *occupation;
    double *workers, *variance, *crow_km, *minutes, *km, *abroad_crow_km, *abroad_km;
    uint8_t *state, *abroad;
    uint64_t *origin_start;
} flow_arrays;

static flow_arrays flows_room(making *m, size_t rows)
{
    return (flow_arrays){.o = room(m, rows, sizeof(uint32_t)),
                         .j = room(m, rows, sizeof(uint32_t)),
                         .mode = room(m, rows, sizeof(uint32_t)),
                         .occupation = room(m, rows, sizeof(uint32_t)),
                         .workers = room(m, rows, sizeof(double)),
                         .variance = room(m, rows, sizeof(double)),
                         .crow_km = room(m, rows, sizeof(double)),
                         .minutes = room(m, rows, sizeof(double)),
                         .km = room(m, rows, sizeof(double)),
                         .abroad_crow_km = room(m, rows, sizeof(double)),
                         .abroad_km = room(m, rows, sizeof(double)),
                         .state = room(m, rows, sizeof(uint8_t)),
                         .abroad = room(m, rows, sizeof(uint8_t)),
                         .origin_start = room(m, m->w->spec.places + 1, sizeof(uint64_t))};
}

/* Within the place, to a near one, to a far one, out of the territory: in the order of j. */
static uint32_t work_place(size_t from, size_t k, size_t places)
{
    const size_t to[FLOWS_A_PLACE] = {from, from + 3, from + 47, places};
    return to[k] < places ? (uint32_t)to[k] : BASSIN_OUTSIDE;
}

static void flow_make(const made_world *w, flow_arrays *f, size_t i)
{
    const size_t from = i / FLOWS_A_PLACE, k = i % FLOWS_A_PLACE;
    const uint32_t to = work_place(from, k, w->spec.places);
    const bool outside = to == BASSIN_OUTSIDE;
    const random_key key = random_key_of(1, STREAM);
    const double crow = outside ? 0.0
                                : hypot(w->seen.place_x_m[from] - w->seen.place_x_m[to],
                                        w->seen.place_y_m[from] - w->seen.place_y_m[to]) /
                                      1000.0;
    f->o[i] = (uint32_t)from;
    f->j[i] = to;
    f->mode[i] = k == 0 ? 2 : 5 + (uint32_t)(k == 3 && from % 2 == 0);
    f->occupation[i] = (uint32_t)((from + k) % 7);
    f->workers[i] = 2.0 + 240.0 * random_uniform(key, i, 0, 0);
    f->variance[i] = 1.5 * f->workers[i];
    f->state[i] = outside || !isfinite(crow) ? BASSIN_MISSING
                  : i % 61 == 17             ? BASSIN_UNREACHABLE
                                             : BASSIN_PRESENT;
    if (f->state[i] == BASSIN_PRESENT) {
        f->crow_km[i] = crow;
        f->km[i] = k == 0 ? 1.0 : DETOUR * crow;
        f->minutes[i] = f->km[i] / KMH * 60.0;
    }
    f->abroad[i] = outside && from % 17 == 3 ? (uint8_t)(1 + from % 2) : 0;
    f->abroad_crow_km[i] = f->abroad[i] == 2 ? 60.0 : 0.0;
    f->abroad_km[i] = f->abroad[i] == 2 ? 60.0 * DETOUR : 0.0;
}

static bool reads_flows(const bassin_plugin *is)
{
    bool reads = (is->needs & (BASSIN_NEED_FLOWS | BASSIN_NEED_FLOW_COSTS)) != 0;
    for (size_t i = 0; i < is->stages.count; i++) {
        const char *over = descriptor_stage(is, i)->over;
        reads = reads || (over != NULL && strcmp(over, "flows") == 0);
    }
    return reads;
}

static void make_flows(making *m)
{
    made_world *w = m->w;
    const size_t rows = unknown(w) ? 0 : w->spec.places * FLOWS_A_PLACE;
    const bool costed =
        w->spec.values != WORLD_BARE || (w->loaded->plugin->needs & BASSIN_NEED_FLOW_COSTS) != 0;
    if (w->spec.values == WORLD_BARE && !reads_flows(w->loaded->plugin))
        return;
    bassin_flows *out = room(m, 1, sizeof *out);
    flow_arrays f = flows_room(m, rows);
    for (size_t i = 0; !m->failed && i < rows; i++) {
        flow_make(w, &f, i);
        f.origin_start[f.o[i] + 1] = i + 1;
    }
    if (m->failed)
        return;
    *out = (bassin_flows){.size = sizeof *out,
                          .rows = rows,
                          .o = f.o,
                          .j = f.j,
                          .mode = f.mode,
                          .occupation = f.occupation,
                          .workers = f.workers,
                          .variance = f.variance,
                          .crow_km = f.crow_km,
                          .minutes = costed ? f.minutes : NULL,
                          .km = costed ? f.km : NULL,
                          .state = f.state,
                          .origin_start = f.origin_start,
                          .abroad = f.abroad,
                          .abroad_crow_km = f.abroad_crow_km,
                          .abroad_km = f.abroad_km};
    w->seen.flows = out;
}

/* --- groups and neighbours --- */

static void make_groups(making *m)
{
    made_world *w = m->w;
    const size_t n = w->spec.places, kept = n - n / 5;
    static const char *const ids[] = {"epci", "bassin_vie", "departement"};
    enum { LEVELS = sizeof ids / sizeof *ids };
    bassin_groups *g = room(m, 1, sizeof *g);
    const char **code = room(m, LEVELS * (n + 1), sizeof *code);
    bassin_level *levels = room(m, LEVELS, sizeof *levels);
    size_t first = 0;
    for (size_t k = 0; !m->failed && k < LEVELS; k++) {
        const size_t size = k + 1 < LEVELS ? GROUP_PLACES * (k + 1) : kept;
        const size_t count = kept == 0 ? 0 : (kept + size - 1) / size;
        uint32_t *of_place = room(m, n, sizeof *of_place);
        for (size_t p = 0; of_place != NULL && p < n; p++)
            of_place[p] = p / size < count ? (uint32_t)(p / size) : BASSIN_OUTSIDE;
        levels[k] = (bassin_level){.size = sizeof levels[k],
                                   .id = ids[k],
                                   .first_row = first,
                                   .row_count = count,
                                   .of_place = of_place};
        for (size_t i = 0; !m->failed && i < count; i++)
            code[first + i] = numbered(m, "200", 3, i);
        first += count;
    }
    if (m->failed)
        return;
    *g = (bassin_groups){.levels = {.items = levels, .count = LEVELS, .stride = sizeof *levels},
                         .rows = first};
    w->seen.groups = g;
    w->names.territory_code = code;
}

/* The four around, ascending. */
static size_t neighbours_of(size_t p, size_t places, uint32_t out[4])
{
    size_t count = 0;
    if (p >= GRID_WIDTH)
        out[count++] = (uint32_t)(p - GRID_WIDTH);
    if (p % GRID_WIDTH > 0)
        out[count++] = (uint32_t)(p - 1);
    if (p % GRID_WIDTH + 1 < GRID_WIDTH && p + 1 < places)
        out[count++] = (uint32_t)(p + 1);
    if (p + GRID_WIDTH < places)
        out[count++] = (uint32_t)(p + GRID_WIDTH);
    return count;
}

static void make_neighbours(making *m)
{
    made_world *w = m->w;
    const size_t n = w->spec.places;
    if (w->spec.values == WORLD_BARE && (w->loaded->plugin->needs & BASSIN_NEED_NEIGHBOURS) == 0)
        return;
    bassin_neighbours *out = room(m, 1, sizeof *out);
    uint64_t *start = room(m, n + 1, sizeof *start);
    uint32_t *place = room(m, 4 * n, sizeof *place);
    for (size_t p = 0; !m->failed && p < n; p++)
        start[p + 1] = start[p] + neighbours_of(p, n, place + start[p]);
    if (m->failed)
        return;
    *out = (bassin_neighbours){.start = start, .place = place};
    w->seen.neighbours = out;
}

/* --- parameters --- */

static void params_at_ends(made_world *w)
{
    for (size_t i = 0; i < w->loaded->plugin->params.count; i++) {
        plugin_param *param = &w->params[i];
        const bassin_param *q = param->is;
        const bool number = q->kind == BASSIN_PARAM_NUMBER || q->kind == BASSIN_PARAM_BY_FUNCTION;
        double *value = number && q->lowest < q->highest
                            ? arena_take(w->memory, param->value.count, sizeof *value)
                            : NULL;
        for (size_t k = 0; value != NULL && k < param->value.count; k++)
            value[k] = w->spec.params == WORLD_LOWEST ? q->lowest : q->highest;
        if (value == NULL)
            continue;
        param->value.value = value;
        param->low = fmin(param->low, value[0]);
        param->high = fmax(param->high, value[0]);
    }
}

/* --- the whole --- */

status made_world_new(made_world *out, const loaded_plugin *loaded, world_spec spec, error *err)
{
    making m = {.w = out};
    *out = (made_world){.loaded = loaded, .spec = spec};
    status s = arena_new(&out->memory, err);
    if (s == STATUS_OK)
        s = job_bare_params(loaded->plugin, out->memory, &out->params, err);
    if (s != STATUS_OK)
        return s;
    if (spec.params != WORLD_FALLBACK)
        params_at_ends(out);
    out->seen = (bassin_job){.size = sizeof out->seen, .seed = 1, .english = 1};
    make_places(&m);
    make_venues(&m);
    make_costs(&m);
    make_flows(&m);
    make_groups(&m);
    make_neighbours(&m);
    s = m.failed ? memory_error(err, spec.places * sizeof(double)) : made_world_inputs(out, err);
    return s != STATUS_OK ? s
                          : nearest_venues_new(&out->nearest, out->seen.venue_lon,
                                               out->seen.venue_lat, spec.venues, err);
}

void made_world_clear(made_world *w)
{
    nearest_venues_free(w->nearest);
    arena_free(w->memory);
    *w = (made_world){.loaded = w->loaded};
}

status made_world_job(const made_world *w, plugin_job *out, error *err)
{
    *out = (plugin_job){.is = w->loaded->plugin};
    arena *memory = NULL;
    status s = arena_new(&memory, err);
    if (s != STATUS_OK)
        return s;
    *out = (plugin_job){.loaded = w->loaded,
                        .is = w->loaded->plugin,
                        .params = w->params,
                        .suffix = "",
                        .seen = w->seen,
                        .names = w->names,
                        .key = random_key_of(w->seen.seed, w->loaded->plugin->id),
                        .nearest = w->nearest,
                        .memory = memory,
                        .stage = NO_INDEX};
    return job_bare_outputs(out, memory, err);
}
