/* What every batch of a request shares: the two closures, where they meet, and rows. */
#include "network/search/sweep.h"

#include "base/blocks.h"
#include "network/search/node_bits.h"

/* --- the two closures, on two threads --- */

typedef struct closures_job {
    sweep_plan *plan;
    const road_hierarchy *hierarchy;
    const node_set *from, *to;
} closures_job;

static status closures_block(void *context, block b, error *err)
{
    closures_job *j = context;
    sweep_plan *p = j->plan;
    const road_hierarchy *h = j->hierarchy;
    return b.index == 0 ? closure_make(&p->from, h, &h->up, j->from, p->cancel, err)
                        : closure_make(&p->to, h, &h->down, j->to, p->cancel, err);
}

static status closures_make(sweep_plan *p, const road_hierarchy *h, const node_set *from,
                            const node_set *to, int threads, error *err)
{
    closures_job j = {.plan = p, .hierarchy = h, .from = from, .to = to};
    status result = blocks_run(2, 1, threads, p->cancel, closures_block, &j, err);
    if (result)
        return result;
    p->meet = memory_new(p->to.count, sizeof *p->meet);
    if (!p->meet)
        return memory_error(err, p->to.count * sizeof *p->meet);
    uint32_t *node = p->to.node_by_position;
    for (size_t w = 0; w < node_bits_words(h->node_count); w++)
        for (uint64_t left = p->to.seen[w]; left; left &= left - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(left);
            p->meet[*node++] = closure_at(&p->from, (uint32_t)(w * NODE_BITS_WORD + bit));
        }
    return STATUS_OK;
}

/* --- rows of a whole sweep --- */

/* A node that nobody gave keeps its row until the last node with an arc to it is done; then the
 * next new node takes it, so that the rows in use stay in the cache. */
typedef struct slots {
    uint32_t *last_user; /* of each node */
    uint32_t *free;
    size_t free_count;
    uint32_t used;
} slots;

static uint32_t slot_take(slots *s)
{
    return s->free_count > 0 ? s->free[--s->free_count] : s->used++;
}

static void rows_assign(sweep_plan *p, slots *s)
{
    const closure *c = &p->from;
    for (uint32_t x = 0; x < c->count; x++)
        for (uint32_t i = c->start[x]; i < c->start[x + 1]; i++)
            s->last_user[c->link[i].node] = x;
    for (size_t k = 0; k < c->given_count; k++)
        p->row[c->given[k]] = s->used++;
    uint32_t given_end = s->used;
    for (uint32_t x = 0; x < c->count; x++) {
        if (p->row[x] == 0)
            p->row[x] = slot_take(s);
        for (uint32_t i = c->start[x]; i < c->start[x + 1]; i++) {
            uint32_t above = c->link[i].node;
            c->link[i].node = p->row[above];
            if (s->last_user[above] == x && p->row[above] >= given_end) {
                s->free[s->free_count++] = p->row[above];
                s->last_user[above] = CLOSURE_NONE; /* a parallel arc must not free it again */
            }
        }
    }
}

static status rows_plan(sweep_plan *p, error *err)
{
    size_t count = p->from.count;
    slots s = {.used = 1}; /* row 0: no path */
    status result = STATUS_OK;
    s.last_user = memory_new(count, sizeof *s.last_user);
    s.free = memory_new(count, sizeof *s.free);
    p->row = memory_new(count, sizeof *p->row);
    if (!s.last_user || !s.free || !p->row)
        result = memory_error(err, 3 * count * sizeof *p->row);
    else
        rows_assign(p, &s);
    p->from_rows = s.used;
    memory_free(s.last_user);
    memory_free(s.free);
    return result;
}

/* --- users of a cut sweep --- */

static status users_plan(sweep_plan *p, error *err)
{
    const closure *c = &p->from;
    size_t arcs = c->start[c->count];
    p->from_rank = memory_new(c->count, sizeof *p->from_rank);
    p->user_start = memory_new((size_t)c->count + 2, sizeof *p->user_start);
    p->user = memory_new(arcs, sizeof *p->user);
    if (!p->from_rank || !p->user_start || !p->user)
        return memory_error(err, (2 * (size_t)c->count + arcs) * sizeof *p->user);
    for (uint32_t x = 0; x < c->count; x++)
        p->from_rank[x] = CLOSURE_NONE;
    for (size_t k = 0; k < c->given_count; k++)
        p->from_rank[c->given[k]] = (uint32_t)k;
    uint32_t *next = p->user_start + 1; /* one behind, so that filling it leaves the starts */
    for (size_t i = 0; i < arcs; i++)
        next[c->link[i].node + 1]++;
    for (uint32_t x = 0; x < c->count; x++)
        next[x + 1] += next[x];
    for (uint32_t x = 0; x < c->count; x++)
        for (uint32_t i = c->start[x]; i < c->start[x + 1]; i++)
            p->user[next[c->link[i].node]++] = x;
    return STATUS_OK;
}

/* --- the plan --- */

status sweep_plan_make(sweep_plan *out, const road_hierarchy *h, const node_set *from,
                       const node_set *to, sweep_kind kind, const lanes_kernel *kernel, int threads,
                       const atomic_int *cancel, error *err)
{
    sweep_plan p = {.kind = kind, .kernel = kernel, .cancel = cancel};
    status result = closures_make(&p, h, from, to, threads, err);
    if (result == STATUS_OK) {
        p.from_rows = p.from.count + 1;
        if (kind == SWEEP_WHOLE)
            result = rows_plan(&p, err);
        else if (kind == SWEEP_CUT)
            result = users_plan(&p, err);
    }
    if (result)
        sweep_plan_clear(&p);
    *out = p;
    return result;
}

void sweep_plan_clear(sweep_plan *p)
{
    closure_clear(&p->from);
    closure_clear(&p->to);
    memory_free(p->meet);
    memory_free(p->row);
    memory_free(p->from_rank);
    memory_free(p->user_start);
    memory_free(p->user);
    *p = (sweep_plan){0};
}

sweep_sizes sweep_memory(const road_hierarchy *h, const uint32_t *from, size_t from_count,
                         const uint32_t *to, size_t to_count, sweep_kind kind,
                         const atomic_int *cancel)
{
    enum { WORD = sizeof(uint32_t), ROW = LANES_ROW_BYTES, SWEEP_FIXED_BYTES = 1024 };
    closure_size f = closure_measure(h, &h->up, from, from_count, cancel);
    closure_size t = closure_measure(h, &h->down, to, to_count, cancel);
    sweep_sizes s = {.plan = closure_memory(h, f, from_count) + closure_memory(h, t, to_count) +
                             (t.nodes + 3 * f.nodes + 2) * WORD +
                             (kind == SWEEP_CUT ? f.arcs * WORD : 0)};
    s.sweep =
        (f.nodes + t.nodes + 4) * (ROW + 4 * WORD) + (f.nodes + t.nodes) / 4 + SWEEP_FIXED_BYTES;
    return s;
}
