/* Costs, flows and neighbours of a job out of the files of in/. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/tables/job_tables_opening.h"
#include "engine/plugin/pipe_messages.h"

/* --- costs --- */

/* One entry of the matrix; `row` and `other` swap for the other way round. */
typedef struct cost_entry {
    uint32_t row, other;
    double minutes, km;
    size_t line; /* of the table */
} cost_entry;

static int entry_order(const void *a, const void *b)
{
    const cost_entry *left = a, *right = b;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    if (left->other != right->other)
        return left->other < right->other ? -1 : 1;
    return left->line < right->line ? -1 : left->line > right->line;
}

static status read_entries(tables_opener *o, const table *t, cost_entry *entries)
{
    const column *minutes = table_find(t, "minutes"), *km = table_find(t, "km");
    status worst = STATUS_OK;
    for (size_t i = 0; i < t->rows; i++) {
        size_t place = opener_row(o, &o->places, "places", t, "place", i, false, &worst);
        size_t venue = opener_row(o, &o->venues, "venues", t, "venue", i, false, &worst);
        if (!csv_present(minutes, i))
            worst = faults_refuse(o->list, table_source(t, i), M_TABLES_NO_KEY, "minutes");
        entries[i] = (cost_entry){.row = (uint32_t)place,
                                  .other = (uint32_t)venue,
                                  .minutes = csv_number(minutes, i),
                                  .km = csv_number(km, i),
                                  .line = i};
    }
    return worst;
}

/* Compressed sparse rows of entries in order. */
typedef struct sparse {
    uint64_t *start;
    uint32_t *other;
    double *minutes, *km;
} sparse;

static status sparse_make(const tables_opener *o, const cost_entry *entries, size_t count,
                          size_t rows, sparse *out)
{
    *out = (sparse){.start = opener_room(o, rows + 1, sizeof *out->start),
                    .other = opener_room(o, count, sizeof *out->other),
                    .minutes = opener_room(o, count, sizeof *out->minutes),
                    .km = opener_room(o, count, sizeof *out->km)};
    if (out->start == NULL || out->other == NULL || out->minutes == NULL || out->km == NULL)
        return STATUS_ENVIRONMENT;
    for (size_t i = 0; i < count; i++) {
        out->start[entries[i].row + 1]++;
        out->other[i] = entries[i].other;
        out->minutes[i] = entries[i].minutes;
        out->km[i] = entries[i].km;
    }
    for (size_t row = 0; row < rows; row++)
        out->start[row + 1] += out->start[row];
    return STATUS_OK;
}

static status refuse_repeated(const tables_opener *o, const table *t, const cost_entry *entries,
                              size_t count)
{
    status worst = STATUS_OK;
    for (size_t i = 1; i < count; i++) {
        if (entries[i].row == entries[i - 1].row && entries[i].other == entries[i - 1].other)
            worst = faults_refuse(o->list, table_source(t, entries[i].line), M_TABLES_PAIR_TWICE,
                                  o->job->names.place_code[entries[i].row],
                                  o->job->names.venue_id[entries[i].other]);
    }
    return worst;
}

static void turn(cost_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t row = entries[i].row;
        entries[i].row = entries[i].other;
        entries[i].other = row;
    }
    if (count > 0)
        qsort(entries, count, sizeof *entries, entry_order);
}

static status fill_costs(tables_opener *o, const table *t)
{
    const size_t count = t != NULL ? t->rows : 0;
    bassin_job *seen = &o->job->seen;
    bassin_costs *costs = opener_room(o, 1, sizeof *costs);
    cost_entry *entries = opener_room(o, count, sizeof *entries);
    sparse by_place, by_venue;
    if (costs == NULL || entries == NULL)
        return STATUS_ENVIRONMENT;
    status s = t != NULL ? read_entries(o, t, entries) : STATUS_OK;
    if (s != STATUS_OK)
        return s;
    if (count > 0)
        qsort(entries, count, sizeof *entries, entry_order);
    s = refuse_repeated(o, t, entries, count);
    if (s == STATUS_OK)
        s = sparse_make(o, entries, count, seen->place_count, &by_place);
    turn(entries, count);
    if (s == STATUS_OK)
        s = sparse_make(o, entries, count, seen->venue_count, &by_venue);
    if (s != STATUS_OK)
        return s;
    *costs = (bassin_costs){.size = sizeof *costs,
                            .estimate = o->estimate,
                            .mode = o->mode,
                            .mode_title_fr = mode_words(o->mode, LANGUAGE_FR),
                            .mode_title_en = mode_words(o->mode, LANGUAGE_EN),
                            .limit_min = o->limit_min,
                            .place_count = seen->place_count,
                            .venue_count = seen->venue_count,
                            .venue_start = by_venue.start,
                            .venue_place = by_venue.other,
                            .venue_minutes = by_venue.minutes,
                            .venue_km = by_venue.km,
                            .place_start = by_place.start,
                            .place_venue = by_place.other,
                            .place_minutes = by_place.minutes,
                            .place_km = by_place.km,
                            .place_state = o->place_state,
                            .venue_state = o->venue_state};
    seen->costs = costs;
    return STATUS_OK;
}

status open_costs(tables_opener *o)
{
    table *t = NULL;
    if (!tables_has_costs(o->job->is))
        return STATUS_OK;
    status s = opener_read(o, &form_costs, true, &t);
    if (s == STATUS_OK)
        s = fill_costs(o, t);
    table_free(t);
    return s;
}

/* --- flows --- */

typedef struct flow_arrays {
    uint32_t *o, *j, *mode, *occupation;
    double *workers, *variance, *crow_km, *minutes, *km, *abroad_crow_km, *abroad_km;
    uint8_t *state, *abroad;
    uint64_t *origin_start;
} flow_arrays;

static status flow_room(const tables_opener *o, size_t rows, flow_arrays *f)
{
    const size_t places = o->job->seen.place_count;
    uint32_t *whole = opener_room(o, rows, 4 * sizeof *whole);
    double *numbers = opener_room(o, rows, 7 * sizeof *numbers);
    uint8_t *marks = opener_room(o, rows, 2);
    f->origin_start = opener_room(o, places + 1, sizeof *f->origin_start);
    if (whole == NULL || numbers == NULL || marks == NULL || f->origin_start == NULL)
        return STATUS_ENVIRONMENT;
    f->o = whole;
    f->j = whole + rows;
    f->mode = whole + 2 * rows;
    f->occupation = whole + 3 * rows;
    f->workers = numbers;
    f->variance = numbers + rows;
    f->crow_km = numbers + 2 * rows;
    f->minutes = numbers + 3 * rows;
    f->km = numbers + 4 * rows;
    f->abroad_crow_km = numbers + 5 * rows;
    f->abroad_km = numbers + 6 * rows;
    f->state = marks;
    f->abroad = marks + rows;
    return STATUS_OK;
}

/* 0 where there is none: a value that is not present holds 0. */
static double number_at(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    return csv_present(c, row) ? csv_number(c, row) : 0.0;
}

/* What is known of the trip: nothing outside the places; no path where the minutes are empty. */
static uint8_t flow_state(const table *t, size_t row, bool outside, bool costs)
{
    if (outside)
        return BASSIN_MISSING;
    if (costs)
        return csv_present(table_find(t, "minutes"), row) ? BASSIN_PRESENT : BASSIN_UNREACHABLE;
    return csv_present(table_find(t, "crow_km"), row) ? BASSIN_PRESENT : BASSIN_MISSING;
}

static void flow_values(const table *t, size_t row, bool costs, flow_arrays *f)
{
    const column *km = table_find(t, "km");
    f->mode[row] = (uint32_t)number_at(t, "mode", row);
    f->occupation[row] = (uint32_t)number_at(t, "occupation", row);
    f->workers[row] = number_at(t, "workers", row);
    f->variance[row] = number_at(t, "variance", row);
    f->crow_km[row] = number_at(t, "crow_km", row);
    f->minutes[row] = number_at(t, "minutes", row);
    f->state[row] = flow_state(t, row, f->j[row] == BASSIN_OUTSIDE, costs);
    f->km[row] = f->state[row] == BASSIN_PRESENT && !csv_present(km, row)
                     ? (double)NAN /* a matrix of times gives none */
                     : number_at(t, "km", row);
    f->abroad[row] = (uint8_t)number_at(t, "abroad", row);
    f->abroad_crow_km[row] = number_at(t, "abroad_crow_km", row);
    f->abroad_km[row] = number_at(t, "abroad_km", row);
}

static status read_flows(tables_opener *o, const table *t, bool costs, flow_arrays *f)
{
    status worst = STATUS_OK;
    size_t last = 0;
    for (size_t i = 0; i < t->rows; i++) {
        size_t from = opener_row(o, &o->places, "places", t, "o", i, false, &worst);
        size_t to = opener_row(o, &o->places, "places", t, "j", i, true, &worst);
        if (!csv_present(table_find(t, "workers"), i))
            worst = faults_refuse(o->list, table_source(t, i), M_TABLES_NO_KEY, "workers");
        if (from == NO_INDEX)
            continue;
        if (from < last)
            worst = faults_refuse(o->list, table_source(t, i), M_TABLES_FLOW_ORDER,
                                  o->job->names.place_code[from]);
        last = from > last ? from : last;
        f->o[i] = (uint32_t)from;
        f->j[i] = to != NO_INDEX ? (uint32_t)to : BASSIN_OUTSIDE;
        f->origin_start[from + 1]++;
        flow_values(t, i, costs, f);
    }
    for (size_t p = 0; p < o->job->seen.place_count; p++)
        f->origin_start[p + 1] += f->origin_start[p];
    return worst;
}

static status fill_flows(tables_opener *o, const table *t)
{
    const size_t rows = t != NULL ? t->rows : 0;
    const bool costs = (o->job->is->needs & BASSIN_NEED_FLOW_COSTS) != 0;
    bassin_flows *flows = opener_room(o, 1, sizeof *flows);
    flow_arrays f = {.o = NULL};
    status s = flows != NULL ? flow_room(o, rows, &f) : STATUS_ENVIRONMENT;
    if (s == STATUS_OK && t != NULL)
        s = read_flows(o, t, costs, &f);
    if (s != STATUS_OK)
        return s;
    *flows = (bassin_flows){.size = sizeof *flows,
                            .rows = rows,
                            .o = f.o,
                            .j = f.j,
                            .mode = f.mode,
                            .occupation = f.occupation,
                            .workers = f.workers,
                            .variance = f.variance,
                            .crow_km = f.crow_km,
                            .minutes = costs ? f.minutes : NULL,
                            .km = costs ? f.km : NULL,
                            .state = f.state,
                            .origin_start = f.origin_start,
                            .assumed_shares = o->assumed_shares,
                            .abroad = f.abroad,
                            .abroad_crow_km = f.abroad_crow_km,
                            .abroad_km = f.abroad_km};
    o->job->seen.flows = flows;
    return STATUS_OK;
}

status open_flows(tables_opener *o)
{
    table *t = NULL;
    if (!tables_has_flows(o->job->is))
        return STATUS_OK;
    status s = opener_read(o, &form_flows, true, &t);
    if (s == STATUS_OK)
        s = fill_flows(o, t);
    if (s == STATUS_OK)
        s = opener_inputs(o, "flows", t);
    table_free(t);
    return s;
}

/* --- neighbours --- */

static status read_neighbours(tables_opener *o, const table *t, cost_entry *entries)
{
    status worst = STATUS_OK;
    for (size_t i = 0; i < t->rows; i++) {
        size_t place = opener_row(o, &o->places, "places", t, "place", i, false, &worst);
        size_t other = opener_row(o, &o->places, "places", t, "neighbour", i, false, &worst);
        entries[i] = (cost_entry){.row = (uint32_t)place, .other = (uint32_t)other, .line = i};
    }
    return worst;
}

static status fill_neighbours(tables_opener *o, const table *t)
{
    const size_t count = t != NULL ? t->rows : 0;
    bassin_neighbours *out = opener_room(o, 1, sizeof *out);
    cost_entry *entries = opener_room(o, count, sizeof *entries);
    sparse by_place;
    if (out == NULL || entries == NULL)
        return STATUS_ENVIRONMENT;
    status s = t != NULL ? read_neighbours(o, t, entries) : STATUS_OK;
    if (s == STATUS_OK && count > 0)
        qsort(entries, count, sizeof *entries, entry_order);
    if (s == STATUS_OK)
        s = sparse_make(o, entries, count, o->job->seen.place_count, &by_place);
    if (s != STATUS_OK)
        return s;
    *out = (bassin_neighbours){.start = by_place.start, .place = by_place.other};
    o->job->seen.neighbours = out;
    return STATUS_OK;
}

status open_neighbours(tables_opener *o)
{
    table *t = NULL;
    if (!tables_has_neighbours(o->job->is))
        return STATUS_OK;
    status s = opener_read(o, &form_neighbours, true, &t);
    if (s == STATUS_OK)
        s = fill_neighbours(o, t);
    table_free(t);
    return s;
}
