#include "engine/travel/costs_build.h"

#include <math.h>
#include <string.h>

#include "engine/messages.h"
#include "engine/run_steps.h"
#include "territory/support.h"

/* Mean distance between two random points of a disc of radius 1: 128 / (45 pi). */
static const double disc_mean_distance = 128.0 / (45.0 * 3.14159265358979323846);
static const double pi = 3.14159265358979323846;
enum { DENSITY_LEVELS = 7, MINUTES_PER_HOUR = 60 };

/* On the straight line. */
static double speed_kmh(const char *mode, uint32_t density)
{
    const double bike_kmh = 15, walk_kmh = 4;
    return strcmp(mode, "car") == 0    ? estimate_speed_kmh[density <= DENSITY_LEVELS ? density : 0]
           : strcmp(mode, "bike") == 0 ? bike_kmh
                                       : walk_kmh;
}

within_place within_place_trip(const char *mode, double area_km2, uint32_t density, double circuity)
{
    double line_km = disc_mean_distance * sqrt(area_km2 / pi);
    return (within_place){.minutes = line_km / speed_kmh(mode, density) * MINUTES_PER_HOUR,
                          .km = circuity * line_km};
}

static travel_points points_of(const territory *t, const venues *v, const uint32_t *venue_cell)
{
    return (travel_points){
        .place_count = t->place_count,
        .venue_count = v->count,
        .place_lon = t->lon,
        .place_lat = t->lat,
        .venue_lon = v->lon,
        .venue_lat = v->lat,
        .place_density = t->density,
        .venue_place = venue_cell != NULL ? venue_cell : v->place,
    };
}

/* The distinct residence-work pairs between two different loaded places, and the costs of each. */
typedef struct pair_costs {
    uint32_t *origin, *destination;
    size_t *pair; /* its number among the flows' pairs */
    double *minutes, *km;
    uint8_t *state;
    size_t count;
} pair_costs;

static status pair_costs_new(pair_costs *p, size_t capacity, arena *memory, error *err)
{
    p->origin = arena_take(memory, capacity, sizeof *p->origin);
    p->destination = arena_take(memory, capacity, sizeof *p->destination);
    p->pair = arena_take(memory, capacity, sizeof *p->pair);
    p->minutes = arena_take(memory, capacity, sizeof *p->minutes);
    p->km = arena_take(memory, capacity, sizeof *p->km);
    p->state = arena_take(memory, capacity, sizeof *p->state);
    bool made = p->origin != NULL && p->destination != NULL && p->pair != NULL &&
                p->minutes != NULL && p->km != NULL && p->state != NULL;
    return made ? STATUS_OK : memory_error(err, capacity * sizeof *p->pair);
}

static void pairs_gather(const flows *f, pair_costs *p)
{
    for (size_t i = 0; i < f->pair_count; i++) {
        size_t row = f->pair_start[i];
        if (f->j[row] != WORK_OUTSIDE && f->o[row] != f->j[row]) {
            p->origin[p->count] = f->o[row];
            p->destination[p->count] = f->j[row];
            p->pair[p->count++] = i;
        }
    }
}

/* Writes one pair's costs on all its rows. */
static void spread(const flows *f, run_costs *c, size_t pair, double minutes, double km,
                   value_state state)
{
    for (size_t row = f->pair_start[pair]; row < f->pair_start[pair + 1]; row++) {
        c->flow_minutes[row] = state == VALUE_PRESENT ? minutes : 0;
        c->flow_km[row] = state == VALUE_PRESENT ? km : 0;
        c->flow_state[row] = (uint8_t)state;
    }
}

/* Trips within a place, and to a work place that is not loaded. Returns the places without an area.
 */
static size_t spread_others(const scenario *s, const territory *t, const flows *f,
                            const cell_points *inner, run_costs *c)
{
    const territory *communes = t->communes != NULL ? t->communes : t;
    const column *area = table_find(communes->places, "area_km2");
    size_t without = 0;
    for (size_t i = 0; i < f->pair_count; i++) {
        size_t row = f->pair_start[i];
        uint32_t o = f->o[row];
        if (f->j[row] == WORK_OUTSIDE) {
            spread(f, c, i, 0, 0, VALUE_MISSING);
        } else if (f->j[row] == o && s->intra_insee) {
            spread(f, c, i, 0, 0, VALUE_PRESENT);
        } else if (f->j[row] == o && inner != NULL && inner->start[o] < inner->start[o + 1]) {
            const double line_km = within_commune_km(t, inner, o);
            spread(f, c, i,
                   line_km / speed_kmh(s->modes[0].id, communes->density[o]) * MINUTES_PER_HOUR,
                   s->modes[0].circuity * line_km, VALUE_PRESENT);
        } else if (f->j[row] == o && area != NULL && column_state(area, o) == VALUE_PRESENT &&
                   area->at.f64[o] > 0) {
            within_place trip = within_place_trip(s->modes[0].id, area->at.f64[o],
                                                  communes->density[o], s->modes[0].circuity);
            spread(f, c, i, trip.minutes, trip.km, VALUE_PRESENT);
        } else if (f->j[row] == o) {
            spread(f, c, i, 0, 0, VALUE_MISSING);
            without++;
        }
    }
    return without;
}

static status flows_allocate(const flows *f, run_costs *c, error *err)
{
    c->flow_minutes = arena_take(c->memory, f->count, sizeof *c->flow_minutes);
    c->flow_km = arena_take(c->memory, f->count, sizeof *c->flow_km);
    c->flow_state = arena_take(c->memory, f->count, sizeof *c->flow_state);
    bool made = c->flow_minutes != NULL && c->flow_km != NULL && c->flow_state != NULL;
    return made ? STATUS_OK : memory_error(err, f->count * sizeof *c->flow_km);
}

/* Pairs of communes over the cells of both; as they are, where a matrix has them. */
static status cells_pairs(const territory *t, cost_engine *e, pair_costs *p, arena *scratch,
                          error *err)
{
    cell_points points;
    if (cost_engine_is_by_commune(e)) {
        return cost_engine_commune_pairs(e, t->communes->code, p->origin, p->destination, p->count,
                                         p->minutes, p->km, p->state, err);
    }
    status result = cell_points_new(t, PAIR_POINTS, scratch, &points, err);
    return result == STATUS_OK ? commune_pairs(e, &points, p->origin, p->destination, p->count,
                                               p->minutes, p->km, p->state, err)
                               : result;
}

/* Residence-work pairs that a matrix does not have, or has without a distance. */
static void tell_pairs(const scenario *s, const pair_costs *p, faults *faults_list)
{
    size_t missing = 0;
    size_t without_km = 0;
    if (s->modes[0].source != TRAVEL_MATRIX) {
        return;
    }
    for (size_t i = 0; i < p->count; i++) {
        missing += p->state[i] == VALUE_MISSING;
        without_km += p->state[i] == VALUE_PRESENT && isnan(p->km[i]);
    }
    if (missing > 0) {
        faults_warn(faults_list, source_at(s->modes[0].path, 0, 0), M_RUN_PAIRS_MISSING,
                    SHOWN(shown((double)missing, 0)), SHOWN(shown((double)p->count, 0)));
    }
    if (without_km > 0) {
        faults_warn(faults_list, source_at(s->modes[0].path, 0, 0), M_RUN_PAIRS_WITHOUT_KM,
                    SHOWN(shown((double)without_km, 0)), SHOWN(shown((double)p->count, 0)));
    }
}

static status flow_costs(const scenario *s, const territory *t, const flows *f, run_costs *c,
                         faults *faults_list, error *err)
{
    pair_costs p = {0};
    cell_points inner = {0};
    arena *scratch = NULL;
    const bool cells = t->communes != NULL;
    status result = arena_new(&scratch, err);
    if (result == STATUS_OK) {
        result = flows_allocate(f, c, err);
    }
    if (result == STATUS_OK) {
        result = pair_costs_new(&p, f->pair_count, scratch, err);
    }
    if (result == STATUS_OK) {
        pairs_gather(f, &p);
        result = cells ? cells_pairs(t, c->engines[0], &p, scratch, err)
                       : cost_engine_pairs(c->engines[0], p.origin, p.destination, p.count,
                                           p.minutes, p.km, p.state, err);
    }
    if (result == STATUS_OK && cells) {
        result = cell_points_new(t, INNER_POINTS, scratch, &inner, err);
    }
    if (result == STATUS_OK) {
        tell_pairs(s, &p, faults_list);
        for (size_t i = 0; i < p.count; i++) {
            spread(f, c, p.pair[i], p.minutes[i], p.km[i], (value_state)p.state[i]);
        }
        size_t without = spread_others(s, t, f, cells ? &inner : NULL, c);
        if (s->intra_insee) {
            faults_note(faults_list, SOURCE_NONE, M_RUN_INTRA_INSEE);
        } else if (cells) {
            faults_note(faults_list, SOURCE_NONE, M_RUN_INTRA_CELLS);
        } else {
            faults_note(faults_list, SOURCE_NONE, M_RUN_INTRA);
        }
        if (without > 0) {
            faults_warn(faults_list, SOURCE_NONE, M_RUN_NO_AREA, SHOWN(shown((double)without, 0)));
        }
    }
    arena_free(scratch);
    return result;
}

/* --- codes, for a matrix --- */

static bool commune_exists(const void *context, const char *code)
{
    const territory *communes = context;
    return territory_place(communes, code) != PLACE_NONE || territory_knows(communes, code);
}

/* A trip within each place, by the mode; within its commune, for a cell. */
static status inner_trips(const scenario *s, const territory *t, const travel_mode *mode,
                          arena *memory, travel_points *p, error *err)
{
    const territory *communes = t->communes != NULL ? t->communes : t;
    const column *area = table_find(communes->places, "area_km2");
    double *minutes = arena_take(memory, t->place_count, sizeof *minutes);
    double *km = arena_take(memory, t->place_count, sizeof *km);
    if (minutes == NULL || km == NULL) {
        return memory_error(err, t->place_count * 2 * sizeof *km);
    }
    for (size_t i = 0; i < t->place_count; i++) {
        const size_t commune = t->communes != NULL ? t->commune[i] : i;
        const bool known = area != NULL && column_state(area, commune) == VALUE_PRESENT &&
                           area->at.f64[commune] > 0;
        within_place trip = {.minutes = known ? 0 : (double)NAN, .km = known ? 0 : (double)NAN};
        if (s->intra_insee) {
            trip = (within_place){0};
        } else if (known) {
            trip = within_place_trip(mode->id, area->at.f64[commune], communes->density[commune],
                                     mode->circuity);
        }
        minutes[i] = trip.minutes;
        km[i] = trip.km;
    }
    p->inner_minutes = minutes;
    p->inner_km = km;
    return STATUS_OK;
}

static status name_points(const territory *t, const venues *v, arena *memory, travel_points *p,
                          error *err)
{
    const territory *communes = t->communes != NULL ? t->communes : t;
    const char **venue = arena_take(memory, v->count, sizeof *venue);
    const char **cell =
        t->communes != NULL ? arena_take(memory, t->place_count, sizeof *cell) : NULL;
    if (venue == NULL || (t->communes != NULL && cell == NULL)) {
        return memory_error(err, (v->count + t->place_count) * sizeof *venue);
    }
    for (size_t i = 0; i < v->count; i++) {
        venue[i] = v->place[i] != PLACE_NONE ? communes->code[v->place[i]] : NULL;
    }
    for (size_t i = 0; cell != NULL && i < t->place_count; i++) {
        cell[i] = communes->code[t->commune[i]];
    }
    p->place_code = t->code;
    p->place_commune = cell;
    p->venue_id = v->id;
    p->venue_commune = venue;
    p->commune_exists = commune_exists;
    p->commune_context = communes;
    return STATUS_OK;
}

static status mode_costs(const scenario *s, const territory *t, const travel_mode *mode, size_t m,
                         const travel_points *places, const run_environment *environment,
                         ledger *balance, run_costs *c, faults *faults_list)
{
    error err;
    travel_points points = *places;
    status result = STATUS_OK;
    if (mode->source == TRAVEL_MATRIX &&
        inner_trips(s, t, mode, c->memory, &points, &err) != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    result = cost_engine_new(&c->engines[m], mode, &points, run_threads(s), balance,
                             environment->progress, faults_list);
    if (result != STATUS_OK) {
        return result;
    }
    c->facts[m] = cost_engine_facts(c->engines[m]);
    result = cost_engine_venues(c->engines[m], &c->modes[m], &err);
    if (result == STATUS_OK && t->communes != NULL) {
        result = commune_costs(t, mode, c->modes[m], run_threads(s), &c->commune_modes[m], &err);
    }
    return result == STATUS_OK ? result : faults_add_error(faults_list, SOURCE_NONE, &err);
}

static status run_costs_new(run_costs **out, size_t mode_count, error *err)
{
    arena *memory = NULL;
    *out = NULL;
    status result = arena_new(&memory, err);
    if (result != STATUS_OK) {
        return result;
    }
    run_costs *c = arena_take(memory, 1, sizeof *c);
    if (c != NULL) {
        c->memory = memory;
        c->modes = arena_take(memory, mode_count, sizeof(costs *));
        c->commune_modes = arena_take(memory, mode_count, sizeof(costs *));
        c->facts = arena_take(memory, mode_count, sizeof *c->facts);
        c->engines = arena_take(memory, mode_count, sizeof(cost_engine *));
    }
    if (c == NULL || c->modes == NULL || c->commune_modes == NULL || c->facts == NULL ||
        c->engines == NULL) {
        arena_free(memory);
        return memory_error(err, sizeof *c);
    }
    c->count = mode_count;
    *out = c;
    return STATUS_OK;
}

status costs_build(const scenario *s, const territory *t, const venues *v, const flows *f,
                   const travel_sources *sources, const run_environment *environment,
                   ledger *balance, run_costs **out, faults *faults_list)
{
    error err;
    run_costs *c = NULL;
    status result = run_costs_new(&c, s->mode_count, &err);
    *out = NULL;
    if (result == STATUS_OK && t->communes != NULL) {
        result = venue_cells(t, v, c->memory, &c->venue_cell, &err);
    }
    travel_points points = {0};
    if (result == STATUS_OK) {
        points = points_of(t, v, c->venue_cell);
        result = name_points(t, v, c->memory, &points, &err);
    }
    if (result != STATUS_OK) {
        run_costs_free(c);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t m = 0; m < s->mode_count && result == STATUS_OK; m++) {
        travel_mode mode = s->modes[m];
        mode.matrix = sources->matrix[m].rows;
        mode.network = sources->network[m];
        result = mode_costs(s, t, &mode, m, &points, environment, balance, c, faults_list);
    }
    if (result == STATUS_OK && f != NULL) {
        result = flow_costs(s, t, f, c, faults_list, &err);
        if (result != STATUS_OK) {
            (void)faults_add_error(faults_list, SOURCE_NONE, &err);
        }
    }
    if (result == STATUS_OK) {
        *out = c;
    } else {
        run_costs_free(c);
    }
    return result;
}

void run_costs_free(run_costs *c)
{
    if (c == NULL) {
        return;
    }
    for (size_t m = 0; m < c->count; m++) {
        costs_free(c->modes[m]);
        costs_free(c->commune_modes[m]);
        cost_engine_free(c->engines[m]);
    }
    arena_free(c->memory);
}
