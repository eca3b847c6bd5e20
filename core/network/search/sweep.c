/* Climbs and sweeps of one batch. Nodes wait for their turn as bits: all that bears on a node has a
 * larger number in a climb, a smaller one in a sweep. */
#include "network/search/sweep.h"

#include <string.h>

#include "base/messages.h"
#include "network/search/node_bits.h"

enum { PULL_ARCS = 32, CANCEL_NODES = 1 << 16 };

/* Rows on a 64-byte boundary. */
typedef struct row_block {
    void *memory, *at;
} row_block;

/* The climb from the to-nodes, and the nodes of `from` that it comes to. */
typedef struct sweep_climb {
    row_block to, from;
    uint32_t *to_row; /* of each node of `to`, 0 where it has none */
    uint32_t to_used, from_used;
    uint64_t *to_bits, *from_bits;
    uint32_t *first; /* of each node of `from`, the row of the climb that ends there; 0: none */
    uint32_t *met;   /* those that have one */
    uint32_t met_count;
    road_link gathered[PULL_ARCS]; /* not on the stack, which hardened builds fill with zeros */
} sweep_climb;

/* --- making --- */

static row_block rows_new(size_t rows)
{
    row_block b = {.memory = memory_new(rows + 1, LANES_ROW_BYTES)};
    if (b.memory) {
        size_t past = (uintptr_t)b.memory % 64;
        b.at = (char *)b.memory + (past ? 64 - past : 0);
    }
    return b;
}

void sweep_free(sweep *s)
{
    if (!s)
        return;
    if (s->climb) {
        memory_free(s->climb->to.memory);
        memory_free(s->climb->from.memory);
        memory_free(s->climb->to_row);
        memory_free(s->climb->to_bits);
        memory_free(s->climb->from_bits);
        memory_free(s->climb->first);
        memory_free(s->climb->met);
    }
    memory_free(s->climb);
    memory_free(s->from_row);
    memory_free(s->live);
    memory_free(s);
}

static bool climb_arrays(sweep_climb *c, const sweep_plan *p)
{
    size_t from = p->from.count, to = p->to.count;
    c->to = rows_new(to + 1);
    c->from = rows_new(p->from_rows);
    c->to_row = memory_new(to, sizeof *c->to_row);
    c->to_bits = memory_new(node_bits_words(p->to.count), sizeof *c->to_bits);
    c->from_bits = memory_new(node_bits_words(p->from.count), sizeof *c->from_bits);
    c->first = memory_new(from, sizeof *c->first);
    c->met = memory_new(from, sizeof *c->met);
    return c->to.memory && c->from.memory && c->to_row && c->to_bits && c->from_bits && c->first &&
           c->met;
}

status sweep_new(sweep **out, const sweep_plan *p, error *err)
{
    size_t rows = (size_t)p->from_rows + p->to.count;
    sweep *s = memory_new(1, sizeof *s);
    if (!s)
        return memory_error(err, sizeof *s);
    s->plan = p;
    s->climb = memory_new(1, sizeof *s->climb);
    bool good = s->climb && climb_arrays(s->climb, p);
    if (good && p->kind != SWEEP_WHOLE) {
        s->from_row = memory_new(p->from.count, sizeof *s->from_row);
        s->live = memory_new(p->from.count, sizeof *s->live);
        good = s->from_row && s->live;
    }
    if (!good) {
        sweep_free(s);
        return memory_error(err, rows * LANES_ROW_BYTES);
    }
    s->rows = s->climb->from.at;
    p->kernel->fill(s->rows, 0);
    *out = s;
    return STATUS_OK;
}

/* --- climbing --- */

static uint32_t to_row_of(sweep *s, uint32_t node)
{
    sweep_climb *c = s->climb;
    if (c->to_row[node] == 0) {
        c->to_row[node] = c->to_used++;
        s->plan->kernel->fill(c->to.at, c->to_row[node]);
        node_bits_add(c->to_bits, node);
    }
    return c->to_row[node];
}

static void lane_begin(sweep *s, uint32_t node, size_t lane)
{
    const lanes_kernel *k = s->plan->kernel;
    size_t at = (size_t)to_row_of(s, node) * k->lanes + lane;
    memset((char *)s->climb->to.at + at * (LANES_ROW_BYTES / k->lanes), 0,
           LANES_ROW_BYTES / k->lanes);
}

static void meet(sweep *s, uint32_t node, uint32_t row)
{
    sweep_climb *c = s->climb;
    if (node == CLOSURE_NONE)
        return;
    c->first[node] = row;
    c->met[c->met_count++] = node;
}

/* All below the node are done: its costs are final. */
static void climb_from(sweep *s, uint32_t node, uint32_t limit)
{
    const sweep_plan *p = s->plan;
    sweep_climb *c = s->climb;
    uint32_t row = c->to_row[node];
    c->to_row[node] = 0;
    if (p->kind == SWEEP_CUT && !p->kernel->within(c->to.at, row, limit))
        return;
    meet(s, p->meet[node], row);
    for (uint32_t i = p->to.start[node]; i < p->to.start[node + 1]; i++)
        p->kernel->push(c->to.at, to_row_of(s, p->to.link[i].node), row, &p->to.link[i]);
}

static void climb(sweep *s, const uint32_t *to, size_t count, uint32_t limit)
{
    sweep_climb *c = s->climb;
    for (uint32_t i = 0; i < c->met_count; i++)
        c->first[c->met[i]] = 0;
    c->met_count = 0;
    c->to_used = 1;
    for (size_t i = 0; i < count; i++)
        if (to[i] != NODE_SET_NONE)
            lane_begin(s, s->plan->to.given[to[i]], i);
    for (size_t w = node_bits_words(s->plan->to.count); w-- > 0;)
        while (c->to_bits[w])
            climb_from(s, node_bits_highest(c->to_bits, w), limit);
}

static const void *first_row(const sweep_climb *c, uint32_t node)
{
    uint32_t row = c->first[node];
    return row == 0 ? NULL : (const char *)c->to.at + (size_t)row * LANES_ROW_BYTES;
}

/* --- sweeping --- */

static bool cancelled(const sweep_plan *p)
{
    return p->cancel && atomic_load(p->cancel) != 0;
}

/* Nodes begin .. end - 1, which the climb did not come to. */
static bool sweep_between(sweep *s, const road_arcs *arcs, uint32_t begin, uint32_t end)
{
    const sweep_plan *p = s->plan;
    while (begin < end) {
        uint32_t stop = end - begin < CANCEL_NODES ? end : begin + CANCEL_NODES;
        if (end - begin > CANCEL_NODES && cancelled(p))
            return false;
        p->kernel->sweep(s->rows, p->row, arcs, begin, stop);
        begin = stop;
    }
    return true;
}

static bool sweep_whole(sweep *s)
{
    const sweep_plan *p = s->plan;
    sweep_climb *c = s->climb;
    road_arcs arcs = closure_arcs(&p->from);
    uint32_t next = 0;
    bool going = true;
    for (uint32_t i = 0; i < c->met_count; i++)
        node_bits_add(c->from_bits, c->met[i]);
    for (size_t w = 0; w < node_bits_words(p->from.count); w++) {
        while (c->from_bits[w]) {
            uint32_t node = node_bits_lowest(c->from_bits, w);
            going = going && sweep_between(s, &arcs, next, node);
            p->kernel->pull(s->rows, p->row[node], first_row(c, node), arcs.link + arcs.start[node],
                            arcs.start[node + 1] - arcs.start[node]);
            next = node + 1;
        }
    }
    return going && sweep_between(s, &arcs, next, p->from.count);
}

/* The costs of a node from those above it that have a row. */
static uint32_t node_pull(sweep *s, uint32_t node)
{
    const sweep_plan *p = s->plan;
    const closure *f = &p->from;
    sweep_climb *c = s->climb;
    const void *first = first_row(c, node);
    uint32_t row = c->from_used;
    road_link *arcs = c->gathered;
    size_t count = 0;
    for (uint32_t i = f->start[node]; i < f->start[node + 1]; i++) {
        arcs[count] = f->link[i];
        arcs[count].node = s->from_row[f->link[i].node];
        count += arcs[count].node != 0;
        if (count < PULL_ARCS)
            continue;
        p->kernel->pull(s->rows, row, first, arcs, count);
        first = (char *)s->rows + (size_t)row * LANES_ROW_BYTES;
        count = 0;
    }
    p->kernel->pull(s->rows, row, first, arcs, count);
    return row;
}

static void node_keep(sweep *s, uint32_t node, uint32_t row)
{
    s->from_row[node] = row;
    s->live[s->live_count++] = node;
    s->climb->from_used = row + 1;
}

/* From the nodes where the climb came to, down to those that have a lane within the limit. */
static bool sweep_cut(sweep *s, uint32_t limit)
{
    const sweep_plan *p = s->plan;
    sweep_climb *c = s->climb;
    for (uint32_t i = 0; i < c->met_count; i++)
        node_bits_add(c->from_bits, c->met[i]);
    for (size_t w = 0; w < node_bits_words(p->from.count); w++) {
        while (c->from_bits[w]) {
            uint32_t node = node_bits_lowest(c->from_bits, w), row = node_pull(s, node);
            if (!p->kernel->within(s->rows, row, limit))
                continue;
            node_keep(s, node, row);
            for (uint32_t i = p->user_start[node]; i < p->user_start[node + 1]; i++)
                node_bits_add(c->from_bits, p->user[i]);
        }
    }
    return !cancelled(p);
}

/* All that the chosen nodes see: a node's bit is there before its turn in a loop downwards. */
static void chosen_seen(sweep *s, const uint32_t *chosen, size_t count)
{
    const closure *f = &s->plan->from;
    uint64_t *bits = s->climb->from_bits;
    for (size_t i = 0; i < count; i++)
        node_bits_add(bits, f->given[chosen[i]]);
    for (size_t w = node_bits_words(f->count); w-- > 0;) {
        uint64_t seen = 0;
        while (bits[w]) {
            uint32_t node = node_bits_highest(bits, w);
            seen |= UINT64_C(1) << node % NODE_BITS_WORD;
            for (uint32_t i = f->start[node]; i < f->start[node + 1]; i++)
                node_bits_add(bits, f->link[i].node);
        }
        bits[w] = seen;
    }
}

static bool sweep_chosen(sweep *s, const uint32_t *chosen, size_t count)
{
    uint64_t *bits = s->climb->from_bits;
    chosen_seen(s, chosen, count);
    for (size_t w = 0; w < node_bits_words(s->plan->from.count); w++)
        while (bits[w]) {
            uint32_t node = node_bits_lowest(bits, w);
            node_keep(s, node, node_pull(s, node));
        }
    return !cancelled(s->plan);
}

status sweep_run(sweep *s, const uint32_t *to, size_t to_count, uint32_t limit,
                 const uint32_t *chosen, size_t chosen_count, error *err)
{
    for (uint32_t i = 0; i < s->live_count; i++)
        s->from_row[s->live[i]] = 0;
    s->live_count = 0;
    s->climb->from_used = 1;
    climb(s, to, to_count, limit);
    bool done = s->plan->kind == SWEEP_WHOLE ? sweep_whole(s)
                : s->plan->kind == SWEEP_CUT ? sweep_cut(s, limit)
                                             : sweep_chosen(s, chosen, chosen_count);
    return done ? STATUS_OK : error_set(err, STATUS_INTERRUPTED, M_BASE_STOPPED);
}
