#include "geo/vertices.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "geo/messages.h"

#define SLOT_EMPTY UINT32_MAX

status vertices_init(vertices *v, size_t capacity, double snap, error *err)
{
    *v = (vertices){.capacity = capacity, .snap = snap, .slots = 16};
    if (capacity >= SLOT_EMPTY / 2)
        return error_set(err, STATUS_INPUT, M_GEO_TOO_MANY, capacity, (size_t)SLOT_EMPTY / 2);
    while (v->slots < 2 * capacity)
        v->slots *= 2;
    v->x = memory_new(capacity, sizeof *v->x);
    v->y = memory_new(capacity, sizeof *v->y);
    v->slot = memory_new(v->slots, sizeof *v->slot);
    if (!v->x || !v->y || !v->slot) {
        vertices_clear(v);
        return memory_error(err, capacity * 2 * sizeof *v->x);
    }
    memset(v->slot, 0xff, v->slots * sizeof *v->slot);
    return STATUS_OK;
}

void vertices_clear(vertices *v)
{
    memory_free(v->x);
    memory_free(v->y);
    memory_free(v->slot);
    *v = (vertices){.count = 0};
}

/* Finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t mix(uint64_t h)
{
    h = (h ^ (h >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94d049bb133111eb);
    return h ^ (h >> 31);
}

static size_t slot_of(const vertices *v, double x, double y)
{
    uint64_t a, b;
    memcpy(&a, &x, sizeof a);
    memcpy(&b, &y, sizeof b);
    return (size_t)(mix(mix(a) + b)) & (v->slots - 1);
}

static uint32_t vertices_append(vertices *v, size_t slot, double x, double y)
{
    while (v->slot[slot] != SLOT_EMPTY)
        slot = (slot + 1) & (v->slots - 1);
    v->slot[slot] = (uint32_t)v->count;
    v->x[v->count] = x;
    v->y[v->count] = y;
    return (uint32_t)v->count++;
}

static uint32_t add_exact(vertices *v, double x, double y)
{
    size_t slot = slot_of(v, x, y);
    for (size_t i = slot; v->slot[i] != SLOT_EMPTY; i = (i + 1) & (v->slots - 1))
        if (v->x[v->slot[i]] == x && v->y[v->slot[i]] == y)
            return v->slot[i];
    return vertices_append(v, slot, x, y);
}

/* The lowest number within `snap` among those hashed from one cell (others met on the way are as
 * good as those: near is near). */
static uint32_t find_near(const vertices *v, size_t slot, double x, double y, uint32_t best)
{
    for (; v->slot[slot] != SLOT_EMPTY; slot = (slot + 1) & (v->slots - 1)) {
        uint32_t n = v->slot[slot];
        if (n < best && hypot(v->x[n] - x, v->y[n] - y) < v->snap)
            best = n;
    }
    return best;
}

static uint32_t add_snapped(vertices *v, double x, double y)
{
    double column = floor(x / v->snap), row = floor(y / v->snap);
    uint32_t best = SLOT_EMPTY;
    for (int i = -1; i <= 1; i++)
        for (int k = -1; k <= 1; k++)
            best = find_near(v, slot_of(v, column + i + 0.0, row + k + 0.0), x, y, best);
    return best != SLOT_EMPTY ? best
                              : vertices_append(v, slot_of(v, column + 0.0, row + 0.0), x, y);
}

uint32_t vertices_add(vertices *v, double x, double y)
{
    x += 0.0; /* -0.0 becomes 0.0 */
    y += 0.0;
    return v->snap > 0 ? add_snapped(v, x, y) : add_exact(v, x, y);
}
