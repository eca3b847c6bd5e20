/* Costs, flows and neighbours as the ABI shows them: pointers into what is frozen already. */
#include <math.h>
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/plan/plan_model.h"

/* What is known of each point: no point, not in the matrix, out of the network's reach, or fine.
 * `snap_m` NULL: an estimate reaches every point. */
static status point_states(plan *p, const double *lon, const double *snap_m, travel_source source,
                           size_t count, const uint8_t **out, error *err)
{
    uint8_t *state = arena_take(p->memory, count, sizeof *state);
    *out = state;
    if (state == NULL)
        return memory_error(err, count);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(lon[i]))
            state[i] = BASSIN_MISSING;
        else if (snap_m != NULL && !(snap_m[i] <= NETWORK_REACH_M))
            state[i] = source == TRAVEL_MATRIX ? BASSIN_MISSING : BASSIN_UNREACHABLE;
    }
    return STATUS_OK;
}

static status costs_struct(plan *p, plan_ground *g, costs *const *of, error *err)
{
    const run_data *d = p->data;
    g->costs = arena_take(p->memory, d->cost_count, sizeof *g->costs);
    if (g->costs == NULL)
        return memory_error(err, d->cost_count * sizeof *g->costs);
    for (size_t i = 0; i < d->cost_count; i++) {
        const costs *c = of[i];
        g->costs[i] = (bassin_costs){
            .size = sizeof g->costs[i],
            .estimate = c->source == TRAVEL_ESTIMATE,
            .mode = c->mode,
            .limit_min = c->limit_min,
            .place_count = c->place_count,
            .venue_count = c->venue_count,
            .venue_start = c->venue_start,
            .venue_place = c->venue_place,
            .venue_minutes = c->venue_minutes,
            .venue_km = c->venue_km,
            .place_start = c->place_start,
            .place_venue = c->place_venue,
            .place_minutes = c->place_minutes,
            .place_km = c->place_km,
            .mode_title_fr = mode_words(c->mode, LANGUAGE_FR),
            .mode_title_en = mode_words(c->mode, LANGUAGE_EN),
        };
        if (c->place_count != g->territory->place_count || c->venue_count != d->venues->count)
            return error_set(err, STATUS_ENVIRONMENT, M_PLAN_COSTS_SHAPE, c->mode);
        status s = point_states(p, g->territory->lon, c->place_snap_m, c->source, c->place_count,
                                &g->costs[i].place_state, err);
        if (s == STATUS_OK)
            s = point_states(p, d->venues->lon, c->venue_snap_m, c->source, c->venue_count,
                             &g->costs[i].venue_state, err);
        if (s != STATUS_OK)
            return s;
    }
    return STATUS_OK;
}

/* First flow row of each place; the rows are in the order of their place of residence. */
static status origin_starts(plan *p, error *err)
{
    const flows *f = p->data->flows;
    size_t places = plan_communes(p)->territory->place_count;
    p->origin_start = arena_take(p->memory, places + 1, sizeof *p->origin_start);
    if (p->origin_start == NULL)
        return memory_error(err, (places + 1) * sizeof *p->origin_start);
    for (size_t i = 0; i < f->count; i++) {
        if (f->o[i] >= places || (i > 0 && f->o[i] < f->o[i - 1]))
            return error_set(err, STATUS_ENVIRONMENT, M_PLAN_FLOW_ORDER, i);
        p->origin_start[f->o[i] + 1]++;
    }
    for (size_t k = 0; k < places; k++)
        p->origin_start[k + 1] += p->origin_start[k];
    return STATUS_OK;
}

/* Frontier workers: a flows table without the columns has none. */
static status abroad_struct(plan *p, error *err)
{
    const run_data *d = p->data;
    const column *abroad = table_find(d->flows->rows, "abroad");
    const column *crow = table_find(d->flows->rows, "abroad_crow_km");
    const double detour = d->scenario->mode_count > 0 && d->scenario->modes[0].circuity > 0
                              ? d->scenario->modes[0].circuity
                              : 1;
    p->abroad = arena_take(p->memory, d->flows->count, sizeof *p->abroad);
    p->abroad_crow_km = arena_take(p->memory, d->flows->count, sizeof *p->abroad_crow_km);
    p->abroad_km = arena_take(p->memory, d->flows->count, sizeof *p->abroad_km);
    if (p->abroad == NULL || p->abroad_crow_km == NULL || p->abroad_km == NULL)
        return memory_error(err, d->flows->count * 2 * sizeof *p->abroad_km);
    for (size_t i = 0; abroad != NULL && crow != NULL && i < d->flows->count; i++) {
        p->abroad[i] = (uint8_t)abroad->at.u32[i];
        p->abroad_crow_km[i] = crow->at.f64[i];
        p->abroad_km[i] = detour * crow->at.f64[i];
    }
    return STATUS_OK;
}

static status flows_struct(plan *p, error *err)
{
    const run_data *d = p->data;
    const column *mode, *occupation, *workers, *variance, *crow;
    if (d->flows == NULL)
        return STATUS_OK;
    const table *t = d->flows->rows;
    const struct {
        const char *name;
        column_type type;
        const column **out;
    } wanted[] = {
        {"mode", COLUMN_U32, &mode},       {"cs", COLUMN_U32, &occupation},
        {"workers", COLUMN_F64, &workers}, {"variance", COLUMN_F64, &variance},
        {"crow_km", COLUMN_F64, &crow},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        status s = table_column(t, wanted[i].name, wanted[i].type, wanted[i].out, err);
        if (s != STATUS_OK)
            return s;
    }
    status s = origin_starts(p, err);
    if (s == STATUS_OK)
        s = abroad_struct(p, err);
    p->flows = (bassin_flows){
        .size = sizeof p->flows,
        .rows = d->flows->count,
        .o = d->flows->o,
        .j = d->flows->j,
        .mode = mode->at.u32,
        .occupation = occupation->at.u32,
        .workers = workers->at.f64,
        .variance = variance->at.f64,
        .crow_km = crow->at.f64,
        .minutes = d->flow_minutes,
        .km = d->flow_km,
        .state = d->flow_minutes != NULL ? d->flow_state : crow->state,
        .origin_start = p->origin_start,
        .assumed_shares = !d->flows->detailed,
        .abroad = p->abroad,
        .abroad_crow_km = p->abroad_crow_km,
        .abroad_km = p->abroad_km,
    };
    return s;
}

status plan_structs(plan *p, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < p->ground_count; i++) {
        plan_ground *g = &p->ground[i];
        g->neighbours = (bassin_neighbours){.start = g->territory->neighbour_start,
                                            .place = g->territory->neighbour};
        s = costs_struct(p, g, i == 0 ? p->data->costs : p->data->commune_costs, err);
    }
    if (s == STATUS_OK)
        s = flows_struct(p, err);
    return s;
}
