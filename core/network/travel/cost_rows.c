#include "network/travel/cost_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/arrays.h"

status cost_rows_add(cost_rows *rows, cost_row row, error *err)
{
    cost_row *grown = array_grown(rows->at, &rows->capacity, rows->count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (rows->count + 1) * sizeof *grown);
    rows->at = grown;
    rows->at[rows->count++] = row;
    return STATUS_OK;
}

static int row_compare(const void *a, const void *b)
{
    const cost_row *x = a, *y = b;
    return x->place < y->place ? -1 : x->place > y->place;
}

void cost_rows_sort(cost_rows *rows)
{
    if (rows->count > 1)
        qsort(rows->at, rows->count, sizeof *rows->at, row_compare);
}

void cost_rows_clear(cost_rows *rows)
{
    memory_free(rows->at);
    *rows = (cost_rows){0};
}

/* The arrays of `costs` as the block being written. */
typedef struct costs_arrays {
    uint64_t *venue_start, *place_start;
    uint32_t *venue_place, *place_venue;
    double *venue_minutes, *venue_km, *place_minutes, *place_km;
    double *place_snap_m, *venue_snap_m;
    char *mode;
} costs_arrays;

typedef struct costs_size {
    size_t places, venues, entries, mode_bytes;
    bool snaps;
} costs_size;

/* Lays the arrays out in `block` (NULL: only measures); returns the size, 0 when it does not fit.
 */
static size_t arrays_place(costs_arrays *a, const costs_size *n, char *block)
{
    layout l = {0};
#define PLACE(array, count)                                                                        \
    do {                                                                                           \
        size_t at = layout_take(&l, (count), sizeof *a->array);                                    \
        a->array = block ? (void *)(block + at) : NULL;                                            \
    } while (0)
    PLACE(venue_start, n->venues + 1);
    PLACE(place_start, n->places + 1);
    PLACE(venue_place, n->entries);
    PLACE(place_venue, n->entries);
    PLACE(venue_minutes, n->entries);
    PLACE(venue_km, n->entries);
    PLACE(place_minutes, n->entries);
    PLACE(place_km, n->entries);
    PLACE(place_snap_m, n->snaps ? n->places : 0);
    PLACE(venue_snap_m, n->snaps ? n->venues : 0);
    PLACE(mode, n->mode_bytes);
#undef PLACE
    return l.failed ? 0 : l.size;
}

static void fill_by_venue(const costs_arrays *a, const cost_rows *rows, size_t venues)
{
    uint64_t at = 0;
    for (size_t v = 0; v < venues; v++) {
        for (size_t i = 0; i < rows[v].count; i++, at++) {
            a->venue_place[at] = rows[v].at[i].place;
            a->venue_minutes[at] = rows[v].at[i].minutes;
            a->venue_km[at] = rows[v].at[i].km;
        }
        a->venue_start[v + 1] = at;
    }
}

/* Counting sort by place: venues stay ascending. */
static void fill_by_place(const costs_arrays *a, const costs_size *n)
{
    for (size_t i = 0; i < n->entries; i++)
        a->place_start[a->venue_place[i] + 1]++;
    for (size_t p = 0; p < n->places; p++)
        a->place_start[p + 1] += a->place_start[p];
    for (size_t v = 0; v < n->venues; v++)
        for (uint64_t i = a->venue_start[v]; i < a->venue_start[v + 1]; i++) {
            uint64_t at = a->place_start[a->venue_place[i]]++;
            a->place_venue[at] = (uint32_t)v;
            a->place_minutes[at] = a->venue_minutes[i];
            a->place_km[at] = a->venue_km[i];
        }
    memmove(a->place_start + 1, a->place_start, n->places * sizeof *a->place_start);
    a->place_start[0] = 0;
}

static void costs_point(costs *c, const costs_arrays *a, const costs_size *n)
{
    c->mode = a->mode;
    c->place_count = n->places;
    c->venue_count = n->venues;
    c->venue_start = a->venue_start;
    c->venue_place = a->venue_place;
    c->venue_minutes = a->venue_minutes;
    c->venue_km = a->venue_km;
    c->place_start = a->place_start;
    c->place_venue = a->place_venue;
    c->place_minutes = a->place_minutes;
    c->place_km = a->place_km;
    c->place_snap_m = n->snaps ? a->place_snap_m : NULL;
    c->venue_snap_m = n->snaps ? a->venue_snap_m : NULL;
}

static costs_size size_of(const travel_mode *mode, size_t places, size_t venues,
                          const cost_rows *rows, bool snaps)
{
    costs_size n = {
        .places = places, .venues = venues, .mode_bytes = strlen(mode->id) + 1, .snaps = snaps};
    for (size_t v = 0; v < venues; v++)
        n.entries += rows[v].count;
    return n;
}

static void copy_snaps(const costs_arrays *a, const costs_size *n, const double *place_snap_m,
                       const double *venue_snap_m)
{
    if (n->snaps && n->places > 0)
        memcpy(a->place_snap_m, place_snap_m, n->places * sizeof *place_snap_m);
    if (n->snaps && n->venues > 0)
        memcpy(a->venue_snap_m, venue_snap_m, n->venues * sizeof *venue_snap_m);
}

status costs_freeze(const travel_mode *mode, size_t place_count, size_t venue_count,
                    const cost_rows *rows, const double *place_snap_m, const double *venue_snap_m,
                    costs **out, error *err)
{
    status result = STATUS_OK;
    costs_arrays a = {0};
    const costs_size n =
        size_of(mode, place_count, venue_count, rows, place_snap_m && venue_snap_m);
    size_t bytes = arrays_place(&a, &n, NULL);
    costs *c = memory_new(1, sizeof *c);
    if (!c || bytes == 0) {
        result = memory_error(err, bytes);
        goto done;
    }
    *c = (costs){.source = mode->source, .limit_min = mode->limit_min, .memory = {.fd = -1}};
    result = shared_memory_new(&c->memory, "bassin-costs", bytes, err);
    if (result)
        goto done;
    arrays_place(&a, &n, c->memory.at);
    memcpy(a.mode, mode->id, n.mode_bytes);
    fill_by_venue(&a, rows, venue_count);
    fill_by_place(&a, &n);
    copy_snaps(&a, &n, place_snap_m, venue_snap_m);
    result = shared_memory_freeze(&c->memory, err);
    if (result)
        goto done;
    costs_point(c, &a, &n);
    *out = c;
    c = NULL;
done:
    costs_free(c);
    return result;
}

void costs_free(costs *c)
{
    if (!c)
        return;
    shared_memory_clear(&c->memory);
    memory_free(c);
}
