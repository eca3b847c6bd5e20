/* The places and venues of the made-up world; its parameters; jobs on it. */
#include "engine/conformance/conformance_making.h"

#include <math.h>
#include <string.h>

#include "engine/tables/job_bare.h"

enum { STEP_M = 2000 };
static const double KM_A_DEGREE = 111.0;

void *making_room(making *m, size_t count, size_t size)
{
    void *at = arena_take(m->w->memory, count, size);
    m->failed = m->failed || at == NULL;
    return at;
}

const char *making_numbered(making *m, const char *before, int digits, size_t number)
{
    const char *text = arena_format(m->w->memory, "%s%0*zu", before, digits, number);
    m->failed = m->failed || text == NULL;
    return text;
}

/* --- points --- */

uint8_t making_point_state(const made_world *w, size_t i, size_t rows)
{
    if (making_unknown(w) || (rows > 1 && i % 41 == 7))
        return BASSIN_MISSING;
    return rows > 1 && i % 53 == 11 ? BASSIN_UNREACHABLE : BASSIN_PRESENT;
}

/* Four columns of positions; `aside_m` from the grid point. */
static void positions(making *m, size_t rows, const uint32_t *grid, double aside_m,
                      const double *out[4])
{
    double *at[4];
    for (size_t k = 0; k < 4; k++) {
        out[k] = at[k] = making_room(m, rows, sizeof(double));
        if (at[k] == NULL)
            return;
    }
    for (size_t i = 0; i < rows; i++) {
        const size_t g = grid != NULL ? grid[i] : i;
        const double east = (double)(g % WORLD_GRID_WIDTH) * STEP_M + aside_m;
        const double north = (double)(g / WORLD_GRID_WIDTH) * STEP_M - aside_m;
        const bool placed = making_point_state(m->w, i, rows) != BASSIN_MISSING;
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
    uint8_t *kept = making_room(m, n, sizeof *kept);
    const char **code = making_room(m, n, sizeof *code), **name = making_room(m, n, sizeof *name);
    positions(m, n, NULL, 0.0, at);
    for (size_t p = 0; !m->failed && p < n; p++) {
        kept[p] = p < n - n / 5;
        code[p] = making_numbered(m, "99", 3, p);
        name[p] = making_numbered(m, "Commune ", 1, p);
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
    uint8_t *open = making_room(m, n, sizeof *open);
    const char **id = making_room(m, n, sizeof *id);
    uint32_t *grid = making_room(m, n, sizeof *grid), *place = making_room(m, n, sizeof *place);
    for (size_t v = 0; !m->failed && v < n; v++) {
        const bool placed = places > 0 && making_point_state(w, v, n) != BASSIN_MISSING;
        grid[v] = places > 0 ? (uint32_t)(v * 59 % places) : 0;
        place[v] = placed ? grid[v] : BASSIN_OUTSIDE;
        open[v] = v % 9 != 4;
        id[v] = making_numbered(m, "liste:", 3, v);
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
