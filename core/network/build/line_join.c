#include "network/build/line_join.h"

#include <math.h>
#include <stdlib.h>

#include "geo/locator.h"
#include "geo/projection.h"
#include "network/messages.h"

enum { CHECK_EVERY = 4096 };
static const double near_tolerances = 10, near_least_m = 5;

int32_t line_position(double degrees)
{
    return (int32_t)llround(degrees * 1e7);
}

void line_joined_clear(line_joined *j)
{
    memory_free(j->first);
    memory_free(j->last);
    memory_free(j->x);
    memory_free(j->y);
    memory_free(j->ends);
    memory_free(j->on_vertex);
    memory_free(j->slot_key);
    memory_free(j->slot_node);
    *j = (line_joined){0};
}

/* Longitude above latitude, so that keys are in the order of positions. */
static uint64_t key_of(int32_t x, int32_t y)
{
    return (uint64_t)((int64_t)x - INT32_MIN) << 32 | (uint32_t)((int64_t)y - INT32_MIN);
}

static int32_t x_of(uint64_t key)
{
    return (int32_t)((int64_t)(key >> 32) + INT32_MIN);
}

static int32_t y_of(uint64_t key)
{
    return (int32_t)((int64_t)(key & UINT32_MAX) + INT32_MIN);
}

static int compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* --- positions of ends --- */

typedef struct positions {
    uint64_t *key; /* distinct, ascending */
    size_t count;
    uint32_t *node;
    double *lon, *lat;
} positions;

static void positions_clear(positions *p)
{
    memory_free(p->key);
    memory_free(p->node);
    memory_free(p->lon);
    memory_free(p->lat);
}

static uint64_t key_at(const polylines *l, uint64_t point)
{
    return key_of(line_position(l->x[point]), line_position(l->y[point]));
}

static status positions_take(const polylines *l, const uint8_t *open, positions *p, error *err)
{
    size_t ends = 0;
    p->key = memory_new(2 * l->parts, sizeof *p->key);
    if (!p->key)
        return memory_error(err, 2 * l->parts * sizeof *p->key);
    for (size_t i = 0; i < l->parts; i++) {
        if (!open[i])
            continue;
        p->key[ends++] = key_at(l, l->point_start[i]);
        p->key[ends++] = key_at(l, l->point_start[i + 1] - 1);
    }
    if (ends > 0)
        qsort(p->key, ends, sizeof *p->key, compare_keys);
    for (size_t i = 0; i < ends; i++)
        if (i == 0 || p->key[i] != p->key[i - 1])
            p->key[p->count++] = p->key[i];
    p->node = memory_new(p->count, sizeof *p->node);
    p->lon = memory_new(p->count, sizeof *p->lon);
    p->lat = memory_new(p->count, sizeof *p->lat);
    if (!p->node || !p->lon || !p->lat)
        return memory_error(err, p->count * (sizeof *p->node + 2 * sizeof *p->lon));
    for (size_t i = 0; i < p->count; i++) {
        p->node[i] = NETWORK_NONE;
        p->lon[i] = x_of(p->key[i]) / 1e7;
        p->lat[i] = y_of(p->key[i]) / 1e7;
    }
    return STATUS_OK;
}

/* --- nodes --- */

/* Room for the positions near one. */
typedef struct near_room {
    uint32_t *at;
    size_t capacity;
} near_room;

static status find_near(const nearest_index *index, const positions *p, size_t i, double km,
                        near_room *room, size_t *count, error *err)
{
    for (;;) {
        *count = nearest_within(index, p->lon[i], p->lat[i], km, room->at, NULL, room->capacity);
        if (*count <= room->capacity)
            return STATUS_OK;
        uint32_t *grown = memory_resize(room->at, 2 * *count, sizeof *grown);
        if (!grown)
            return memory_error(err, 2 * *count * sizeof *grown);
        room->at = grown;
        room->capacity = 2 * *count;
    }
}

static status nodes_found(positions *p, double tolerance_m, const progress *progress_shown,
                          line_joined *j, error *err)
{
    status result = STATUS_OK;
    nearest_index *index = NULL;
    near_room room = {0};
    if (tolerance_m > 0)
        result = nearest_index_new(&index, p->lon, p->lat, NULL, p->count, err);
    for (size_t i = 0; i < p->count && result == STATUS_OK; i++) {
        size_t near = 0;
        if (i % CHECK_EVERY == 0 && progress_shown && progress_cancelled(progress_shown))
            result = error_set(err, STATUS_INTERRUPTED, M_NETWORK_STOPPED);
        if (p->node[i] != NETWORK_NONE || result)
            continue;
        const uint32_t node = (uint32_t)j->count++;
        p->node[i] = node;
        j->x[node] = x_of(p->key[i]);
        j->y[node] = y_of(p->key[i]);
        if (index)
            result = find_near(index, p, i, tolerance_m / 1000, &room, &near, err);
        for (size_t k = 0; k < near && result == STATUS_OK; k++)
            if (p->node[room.at[k]] == NETWORK_NONE)
                p->node[room.at[k]] = node;
    }
    memory_free(room.at);
    nearest_index_free(index);
    return result;
}

/* --- look-ups by position --- */

static size_t slot_of(const line_joined *j, uint64_t key)
{
    size_t slot = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & j->slot_mask;
    while (j->slot_node[slot] != NETWORK_NONE && j->slot_key[slot] != key)
        slot = (slot + 1) & j->slot_mask;
    return slot;
}

static status slots_fill(line_joined *j, const positions *p, error *err)
{
    size_t slots = 64;
    while (slots < 2 * p->count)
        slots *= 2;
    j->slot_mask = slots - 1;
    j->slot_key = memory_new(slots, sizeof *j->slot_key);
    j->slot_node = memory_new(slots, sizeof *j->slot_node);
    if (!j->slot_key || !j->slot_node)
        return memory_error(err, slots * (sizeof *j->slot_key + sizeof *j->slot_node));
    for (size_t i = 0; i < slots; i++)
        j->slot_node[i] = NETWORK_NONE;
    for (size_t i = 0; i < p->count; i++) {
        const size_t slot = slot_of(j, p->key[i]);
        j->slot_key[slot] = p->key[i];
        j->slot_node[slot] = p->node[i];
    }
    return STATUS_OK;
}

uint32_t line_joined_at(const line_joined *j, int32_t x, int32_t y)
{
    return j->slot_node[slot_of(j, key_of(x, y))];
}

/* --- ends --- */

static uint32_t end_node(line_joined *j, const polylines *l, uint64_t point)
{
    const int32_t x = line_position(l->x[point]), y = line_position(l->y[point]);
    const uint32_t node = line_joined_at(j, x, y);
    line_join_facts *f = &j->facts;
    j->ends[node]++;
    f->ends++;
    if (x != j->x[node] || y != j->y[node]) {
        const double m = 1000 * haversine_km(x / 1e7, y / 1e7, j->x[node] / 1e7, j->y[node] / 1e7);
        f->apart++;
        f->apart_max_m = fmax(f->apart_max_m, m);
    }
    return node;
}

static status ends_give(line_joined *j, const polylines *l, const uint8_t *open, error *err)
{
    j->first = memory_new(l->parts, sizeof *j->first);
    j->last = memory_new(l->parts, sizeof *j->last);
    j->ends = memory_new(j->count, sizeof *j->ends);
    j->on_vertex = memory_new(j->count, 1);
    if (!j->first || !j->last || !j->ends || !j->on_vertex)
        return memory_error(err, (2 * l->parts + 2 * j->count) * sizeof *j->first);
    for (size_t i = 0; i < l->parts; i++) {
        j->first[i] = j->last[i] = NETWORK_NONE;
        if (!open[i])
            continue;
        j->first[i] = end_node(j, l, l->point_start[i]);
        j->last[i] = end_node(j, l, l->point_start[i + 1] - 1);
    }
    return STATUS_OK;
}

status line_join(const polylines *l, const uint8_t *open, double tolerance_m, const progress *p,
                 line_joined *out, error *err)
{
    positions at = {0};
    *out = (line_joined){0};
    out->facts.near_m = fmax(near_tolerances * tolerance_m, near_least_m);
    status result = l->parts >= UINT32_MAX / 2 ? error_set(err, STATUS_INPUT, M_ROADS_TOO_LARGE,
                                                           (unsigned long long)(UINT32_MAX / 2))
                                               : positions_take(l, open, &at, err);
    if (result)
        goto done;
    out->x = memory_new(at.count, sizeof *out->x);
    out->y = memory_new(at.count, sizeof *out->y);
    if (!out->x || !out->y) {
        result = memory_error(err, 2 * at.count * sizeof *out->x);
        goto done;
    }
    result = nodes_found(&at, tolerance_m, p, out, err);
    if (result == STATUS_OK)
        result = slots_fill(out, &at, err);
    if (result == STATUS_OK)
        result = ends_give(out, l, open, err);
done:
    positions_clear(&at);
    return result;
}

/* --- ends that meet nothing --- */

status line_joined_dangling(line_joined *j, const progress *p, error *err)
{
    line_join_facts *f = &j->facts;
    nearest_index *index = NULL;
    uint32_t near[2];
    double *lon = memory_new(j->count, sizeof *lon), *lat = memory_new(j->count, sizeof *lat);
    status result = lon && lat ? STATUS_OK : memory_error(err, 2 * j->count * sizeof *lon);
    for (size_t n = 0; n < j->count && result == STATUS_OK; n++) {
        lon[n] = j->x[n] / 1e7;
        lat[n] = j->y[n] / 1e7;
        f->on_vertices += j->on_vertex[n];
    }
    if (result == STATUS_OK)
        result = nearest_index_new(&index, lon, lat, NULL, j->count, err);
    for (size_t n = 0; n < j->count && result == STATUS_OK; n++) {
        if (n % CHECK_EVERY == 0 && p && progress_cancelled(p))
            result = error_set(err, STATUS_INTERRUPTED, M_NETWORK_STOPPED);
        if (j->ends[n] != 1 || j->on_vertex[n] || result)
            continue;
        f->dangling++;
        f->dangling_near +=
            nearest_within(index, lon[n], lat[n], f->near_m / 1000, near, NULL, 2) > 1;
    }
    nearest_index_free(index);
    memory_free(lon);
    memory_free(lat);
    return result;
}
