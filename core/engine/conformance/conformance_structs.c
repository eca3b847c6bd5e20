/* Travel costs, flows, groups and neighbours of the made-up world. */
#include <math.h>
#include <string.h>

#include "engine/conformance/conformance_making.h"
#include "engine/tables/job_tables_form.h"

enum { GROUP_PLACES = 25, FLOWS_A_PLACE = 4 };
static const double KMH = 40.0, DETOUR = 1.3, LIMIT_MIN = 45.0;

/* --- costs --- */

static double crow_km(const made_world *w, size_t p, size_t v)
{
    return hypot(w->seen.place_x_m[p] - w->seen.venue_x_m[v],
                 w->seen.place_y_m[p] - w->seen.venue_y_m[v]) /
           1000.0;
}

static uint8_t *states(making *m, size_t rows)
{
    uint8_t *state = making_room(m, rows, sizeof *state);
    for (size_t i = 0; state != NULL && i < rows; i++)
        state[i] = making_point_state(m->w, i, rows);
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
    cost_side s = {.start = making_room(m, rows + 1, sizeof *s.start),
                   .other = making_room(m, rows * others, sizeof *s.other),
                   .minutes = making_room(m, rows * others, sizeof *s.minutes),
                   .km = making_room(m, rows * others, sizeof *s.km)};
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

void make_costs(making *m)
{
    made_world *w = m->w;
    bassin_costs *c = making_room(m, 1, sizeof *c);
    const uint8_t *place_state = states(m, w->spec.places),
                  *venue_state = states(m, w->spec.venues);
    if (m->failed || !tables_has_costs(w->loaded->plugin))
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
    return (flow_arrays){.o = making_room(m, rows, sizeof(uint32_t)),
                         .j = making_room(m, rows, sizeof(uint32_t)),
                         .mode = making_room(m, rows, sizeof(uint32_t)),
                         .occupation = making_room(m, rows, sizeof(uint32_t)),
                         .workers = making_room(m, rows, sizeof(double)),
                         .variance = making_room(m, rows, sizeof(double)),
                         .crow_km = making_room(m, rows, sizeof(double)),
                         .minutes = making_room(m, rows, sizeof(double)),
                         .km = making_room(m, rows, sizeof(double)),
                         .abroad_crow_km = making_room(m, rows, sizeof(double)),
                         .abroad_km = making_room(m, rows, sizeof(double)),
                         .state = making_room(m, rows, sizeof(uint8_t)),
                         .abroad = making_room(m, rows, sizeof(uint8_t)),
                         .origin_start = making_room(m, m->w->spec.places + 1, sizeof(uint64_t))};
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
    const random_key key = random_key_of(1, "conformance");
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

void make_flows(making *m)
{
    made_world *w = m->w;
    const size_t rows = making_unknown(w) ? 0 : w->spec.places * FLOWS_A_PLACE;
    const bool costed =
        w->spec.values != WORLD_BARE || (w->loaded->plugin->needs & BASSIN_NEED_FLOW_COSTS) != 0;
    if (w->spec.values == WORLD_BARE && !tables_has_flows(w->loaded->plugin))
        return;
    bassin_flows *out = making_room(m, 1, sizeof *out);
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

void make_groups(making *m)
{
    made_world *w = m->w;
    const size_t n = w->spec.places, kept = n - n / 5;
    static const char *const ids[] = {"epci", "bassin_vie", "departement"};
    enum { LEVELS = sizeof ids / sizeof *ids };
    bassin_groups *g = making_room(m, 1, sizeof *g);
    const char **code = making_room(m, LEVELS * (n + 1), sizeof *code);
    bassin_level *levels = making_room(m, LEVELS, sizeof *levels);
    size_t first = 0;
    for (size_t k = 0; !m->failed && k < LEVELS; k++) {
        const size_t size = k + 1 < LEVELS ? GROUP_PLACES * (k + 1) : kept;
        const size_t count = kept == 0 ? 0 : (kept + size - 1) / size;
        uint32_t *of_place = making_room(m, n, sizeof *of_place);
        for (size_t p = 0; of_place != NULL && p < n; p++)
            of_place[p] = p / size < count ? (uint32_t)(p / size) : BASSIN_OUTSIDE;
        levels[k] = (bassin_level){.size = sizeof levels[k],
                                   .id = ids[k],
                                   .first_row = first,
                                   .row_count = count,
                                   .of_place = of_place};
        for (size_t i = 0; !m->failed && i < count; i++)
            code[first + i] = making_numbered(m, "200", 3, i);
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
    if (p >= WORLD_GRID_WIDTH)
        out[count++] = (uint32_t)(p - WORLD_GRID_WIDTH);
    if (p % WORLD_GRID_WIDTH > 0)
        out[count++] = (uint32_t)(p - 1);
    if (p % WORLD_GRID_WIDTH + 1 < WORLD_GRID_WIDTH && p + 1 < places)
        out[count++] = (uint32_t)(p + 1);
    if (p + WORLD_GRID_WIDTH < places)
        out[count++] = (uint32_t)(p + WORLD_GRID_WIDTH);
    return count;
}

void make_neighbours(making *m)
{
    made_world *w = m->w;
    const size_t n = w->spec.places;
    if (w->spec.values == WORLD_BARE && !tables_has_neighbours(w->loaded->plugin))
        return;
    bassin_neighbours *out = making_room(m, 1, sizeof *out);
    uint64_t *start = making_room(m, n + 1, sizeof *start);
    uint32_t *place = making_room(m, 4 * n, sizeof *place);
    for (size_t p = 0; !m->failed && p < n; p++)
        start[p + 1] = start[p] + neighbours_of(p, n, place + start[p]);
    if (m->failed)
        return;
    *out = (bassin_neighbours){.start = start, .place = place};
    w->seen.neighbours = out;
}
