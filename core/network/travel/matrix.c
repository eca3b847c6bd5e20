/* A matrix as a provider: look-ups. */
#include "network/travel/matrix.h"

#include <math.h>

#include "network/travel/matrix_work.h"

static void matrix_close(void *provider_state)
{
    matrix_state *s = provider_state;
    if (!s)
        return;
    matrix_rows_clear(&s->rows);
    interner_free(s->from_words);
    interner_free(s->to_words);
    memory_free(s->place_from);
    memory_free(s->place_to);
    memory_free(s->venue_to);
    memory_free(s->first_place);
    memory_free(s->next_place);
    memory_free(s->from_of_to);
    memory_free(s->place_snap_m);
    memory_free(s->venue_snap_m);
    memory_free(s);
}

/* --- place x venue --- */

/* What the caller says of a trip within a place, where the matrix has no row from a code to itself:
 * the venue lies in that place. */
static status inner_rows(const cost_engine *e, uint32_t to, double parking, cost_rows *rows,
                         error *err)
{
    const matrix_state *s = e->provider_state;
    const travel_points *p = &e->points;
    const uint32_t from = s->from_of_to[to];
    status result = STATUS_OK;
    if (!p->inner_minutes || from == MATRIX_NONE ||
        matrix_rows_find(&s->rows, from, to) != UINT64_MAX)
        return STATUS_OK;
    for (uint32_t i = s->first_place[from]; i != MATRIX_NONE && result == STATUS_OK;
         i = s->next_place[i]) {
        const double minutes = p->inner_minutes[i] + parking;
        if (minutes <= e->mode.limit_min)
            result = cost_rows_add(
                rows, (cost_row){.place = i, .minutes = minutes, .km = p->inner_km[i]}, err);
    }
    return result;
}

static status venue_rows(const cost_engine *e, uint32_t venue, cost_rows *rows, error *err)
{
    const matrix_state *s = e->provider_state;
    const matrix_rows *m = &s->rows;
    const uint32_t to = s->venue_to[venue];
    const double parking = cost_engine_parking_min(e, venue);
    status result = STATUS_OK;
    if (to == MATRIX_NONE)
        return STATUS_OK;
    for (uint64_t r = m->start[to]; r < m->start[to + 1]; r++) {
        const double minutes = m->minutes[r] + parking;
        if (!(minutes <= e->mode.limit_min)) /* also without a path */
            continue;
        for (uint32_t i = s->first_place[m->from[r]]; i != MATRIX_NONE && result == STATUS_OK;
             i = s->next_place[i])
            result = cost_rows_add(rows, (cost_row){.place = i, .minutes = minutes, .km = m->km[r]},
                                   err);
    }
    if (result == STATUS_OK)
        result = inner_rows(e, to, parking, rows, err);
    cost_rows_sort(rows);
    return result;
}

static status matrix_venues(const cost_engine *e, block b, cost_rows *rows, error *err)
{
    status result = STATUS_OK;
    for (size_t v = b.begin; v < b.end && result == STATUS_OK; v++)
        result = venue_rows(e, (uint32_t)v, &rows[v - b.begin], err);
    return result;
}

/* --- pairs --- */

static void trip_set(const matrix_state *s, uint32_t from, uint32_t to, double *minutes, double *km,
                     uint8_t *state)
{
    const uint64_t r = matrix_rows_find(&s->rows, from, to);
    *minutes = *km = 0;
    *state = r == UINT64_MAX ? VALUE_MISSING : VALUE_PRESENT;
    if (r == UINT64_MAX)
        return;
    if (isnan(s->rows.minutes[r])) {
        *state = VALUE_UNREACHABLE;
        return;
    }
    *minutes = s->rows.minutes[r];
    *km = s->rows.km[r];
}

static bool is_within(const matrix_state *s, uint32_t from, uint32_t to)
{
    return from != MATRIX_NONE && to != MATRIX_NONE && s->from_of_to[to] == from;
}

static status matrix_pairs(const cost_engine *e, const cost_trips *t, error *err)
{
    const matrix_state *s = e->provider_state;
    const uint32_t from = s->place_from[t->origin];
    const double *inner = e->points.inner_minutes;
    (void)err;
    for (size_t i = 0; i < t->count; i++) {
        const uint32_t to = s->place_to[t->destination[i]];
        trip_set(s, from, to, &t->minutes[i], &t->km[i], &t->state[i]);
        /* two cells of one commune, by the rows of communes */
        if (t->state[i] == VALUE_MISSING && inner && is_within(s, from, to) &&
            !isnan(inner[t->origin])) {
            t->minutes[i] = inner[t->origin];
            t->km[i] = e->points.inner_km[t->origin];
            t->state[i] = VALUE_PRESENT;
        }
    }
    return STATUS_OK;
}

static bool is_by_commune(const cost_engine *e)
{
    return ((const matrix_state *)e->provider_state)->place_by[BY_COMMUNE] > 0;
}

static void commune_trip(const cost_engine *e, const char *from, const char *to, double *minutes,
                         double *km, uint8_t *state)
{
    const matrix_state *s = e->provider_state;
    trip_set(s, matrix_word(s->from_words, from), matrix_word(s->to_words, to), minutes, km, state);
}

static const double *place_snap_m(const cost_engine *e)
{
    return ((const matrix_state *)e->provider_state)->place_snap_m;
}

static const double *venue_snap_m(const cost_engine *e)
{
    return ((const matrix_state *)e->provider_state)->venue_snap_m;
}

const cost_provider matrix_provider = {
    .open = matrix_open,
    .close = matrix_close,
    .venues = matrix_venues,
    .pairs = matrix_pairs,
    .place_snap_m = place_snap_m,
    .venue_snap_m = venue_snap_m,
    .is_by_commune = is_by_commune,
    .commune_trip = commune_trip,
};
