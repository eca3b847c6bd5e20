#include "geo/topology_edges.h"

#include <string.h>

#define SLOT_EMPTY UINT32_MAX

void edges_clear(edges *e)
{
    memory_free(e->at);
    memory_free(e->of);
    memory_free(e->junction);
    *e = (edges){.count = 0};
}

typedef struct edge_table {
    uint32_t *slot;
    size_t slots;
} edge_table;

static uint32_t edge_number(edges *e, const edge_table *t, uint32_t low, uint32_t high)
{
    uint64_t key = ((uint64_t)low << 32 | high) * UINT64_C(0x9e3779b97f4a7c15);
    size_t i = (size_t)(key ^ (key >> 29)) & (t->slots - 1);
    for (; t->slot[i] != SLOT_EMPTY; i = (i + 1) & (t->slots - 1))
        if (e->at[t->slot[i]].low == low && e->at[t->slot[i]].high == high)
            return t->slot[i];
    t->slot[i] = (uint32_t)e->count;
    e->at[e->count] = (edge){.low = low, .high = high, .side = {ROW_OUTSIDE, ROW_OUTSIDE}};
    return (uint32_t)e->count++;
}

/* The row lies on the left of its own rings. */
static void walk_ring(edges *e, const edge_table *t, const vertex_rings *r, size_t ring)
{
    size_t first = r->start[ring], end = r->start[ring + 1];
    for (size_t i = first; i < end; i++) {
        uint32_t from = r->at[i], to = r->at[i + 1 < end ? i + 1 : first];
        bool upward = from < to;
        uint32_t n = upward ? edge_number(e, t, from, to) : edge_number(e, t, to, from);
        uint32_t *side = &e->at[n].side[upward ? 0 : 1];
        e->at[n].contested |= *side != ROW_OUTSIDE;
        if (*side == ROW_OUTSIDE)
            *side = r->row[ring];
        e->of[i] = n;
    }
}

/* What lies on the left (0) or on the right (1) when the edge is walked away from `vertex`. */
static uint32_t seen_from(const edge *e, uint32_t vertex, int side)
{
    return e->low == vertex ? e->side[side] : e->side[1 - side];
}

/* Two edges meet at `vertex`: the same border goes on when left of one is right of the other. */
static bool goes_on(const edge *a, const edge *b, uint32_t vertex)
{
    return !a->contested && !b->contested && seen_from(a, vertex, 0) == seen_from(b, vertex, 1) &&
           seen_from(a, vertex, 1) == seen_from(b, vertex, 0);
}

/* degree counts edges at a vertex up to 3; meeting[2 v], meeting[2 v + 1] are its first two. */
static void note_end(uint32_t vertex, uint32_t n, uint8_t *degree, uint32_t *meeting)
{
    if (degree[vertex] < 2)
        meeting[2 * (size_t)vertex + degree[vertex]] = n;
    if (degree[vertex] < 3)
        degree[vertex]++;
}

static status find_junctions(edges *e, size_t vertex_count, error *err)
{
    status s = STATUS_OK;
    uint8_t *degree = memory_new(vertex_count, 1);
    uint32_t *meeting = memory_new(vertex_count, 2 * sizeof *meeting);
    if (!degree || !meeting) {
        s = memory_error(err, vertex_count * 2 * sizeof *meeting);
        goto done;
    }
    for (size_t n = 0; n < e->count; n++) {
        note_end(e->at[n].low, (uint32_t)n, degree, meeting);
        note_end(e->at[n].high, (uint32_t)n, degree, meeting);
    }
    for (size_t v = 0; v < vertex_count; v++)
        e->junction[v] = degree[v] != 2 ||
                         !goes_on(&e->at[meeting[2 * v]], &e->at[meeting[2 * v + 1]], (uint32_t)v);
done:
    memory_free(degree);
    memory_free(meeting);
    return s;
}

status edges_find(edges *out, const vertex_rings *r, size_t vertex_count, error *err)
{
    size_t positions = r->start[r->count];
    edge_table t = {.slots = 16};
    while (t.slots < 2 * positions)
        t.slots *= 2;
    *out = (edges){.count = 0};
    out->at = memory_new(positions, sizeof *out->at);
    out->of = memory_new(positions, sizeof *out->of);
    out->junction = memory_new(vertex_count, sizeof *out->junction);
    t.slot = memory_new(t.slots, sizeof *t.slot);
    status s = STATUS_OK;
    if (!out->at || !out->of || !out->junction || !t.slot) {
        s = memory_error(err, positions * sizeof *out->at);
        goto done;
    }
    memset(t.slot, 0xff, t.slots * sizeof *t.slot);
    for (size_t k = 0; k < r->count; k++)
        walk_ring(out, &t, r, k);
    s = find_junctions(out, vertex_count, err);
done:
    memory_free(t.slot);
    if (s)
        edges_clear(out);
    return s;
}
