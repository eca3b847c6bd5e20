/* Short searches in a table of their own, small enough for the nearest cache whatever the size of
 * the network. */
#include "network/search/witness.h"

#include <string.h>

#include "base/arrays.h"
#include "base/messages.h"

/* A node seen around the one that is contracted. `cost` holds in the search numbered `search`. */
typedef struct seen {
    uint32_t node, search;
    road_cost cost;
    road_cost onward; /* of the arc v -> node; ROAD_COST_NONE: not a target */
    uint32_t hops;    /* of that arc */
} seen;

typedef struct waiting {
    road_cost cost;
    uint32_t seen;
} waiting;

struct witness {
    uint32_t *table;   /* by hash of a node: index in `seen` + 1, 0: free */
    size_t table_size; /* a power of two, at least twice seen_count */
    seen *seen;
    waiting *heap;
    size_t seen_count, seen_capacity, heap_count, heap_capacity;
    uint32_t search;
    /* the search under way */
    road_cost first;  /* of the arc u -> v */
    road_cost bound;  /* no witness costs more */
    uint32_t missing; /* targets without a witness yet */
    uint32_t scanned; /* edges */
};

enum { TABLE_FIRST = 1024 };

status witness_new(witness **out, error *err)
{
    witness *w = memory_new(1, sizeof *w);
    *out = w;
    if (!w)
        return memory_error(err, sizeof *w);
    w->table_size = TABLE_FIRST;
    w->table = memory_new(w->table_size, sizeof *w->table);
    if (w->table)
        return STATUS_OK;
    witness_free(w);
    *out = NULL;
    return memory_error(err, TABLE_FIRST * sizeof *w->table);
}

void witness_free(witness *w)
{
    if (!w)
        return;
    memory_free(w->table);
    memory_free(w->seen);
    memory_free(w->heap);
    memory_free(w);
}

/* --- nodes seen --- */

static size_t place_of(const witness *w, uint32_t node)
{
    size_t at = node * UINT64_C(0x9E3779B97F4A7C15) >> 32;
    for (at &= w->table_size - 1; w->table[at] != 0; at = (at + 1) & (w->table_size - 1))
        if (w->seen[w->table[at] - 1].node == node)
            break;
    return at;
}

static status table_grow(witness *w, error *err)
{
    uint32_t *wider = memory_new(w->table_size * 2, sizeof *wider);
    if (!wider)
        return memory_error(err, w->table_size * 2 * sizeof *wider);
    memory_free(w->table);
    w->table = wider;
    w->table_size *= 2;
    for (size_t i = 0; i < w->seen_count; i++)
        w->table[place_of(w, w->seen[i].node)] = (uint32_t)i + 1;
    return STATUS_OK;
}

/* The entry of a node, new if need be; NULL without memory. */
static seen *seen_at(witness *w, uint32_t node, error *err)
{
    size_t at = place_of(w, node);
    if (w->table[at] != 0)
        return &w->seen[w->table[at] - 1];
    seen *all = array_grown(w->seen, &w->seen_capacity, w->seen_count + 1, sizeof *all);
    if (!all) {
        (void)memory_error(err, (w->seen_count + 1) * sizeof *all);
        return NULL;
    }
    w->seen = all;
    w->table[at] = (uint32_t)w->seen_count + 1;
    seen *s = &all[w->seen_count++];
    *s = (seen){.node = node, .onward = ROAD_COST_NONE};
    if (w->seen_count * 2 > w->table_size && table_grow(w, err) != STATUS_OK)
        return NULL;
    return s;
}

static void seen_forget(witness *w)
{
    if (w->seen_count > w->table_size / 16)
        memset(w->table, 0, w->table_size * sizeof *w->table);
    else /* last in, first out: a chain of collisions is never cut in the middle */
        for (size_t i = w->seen_count; i > 0; i--)
            w->table[place_of(w, w->seen[i - 1].node)] = 0;
    w->seen_count = 0;
    w->search = 0;
}

/* --- heap: four children --- */

static status heap_push(witness *w, waiting e, error *err)
{
    waiting *heap = array_grown(w->heap, &w->heap_capacity, w->heap_count + 1, sizeof *heap);
    if (!heap)
        return memory_error(err, (w->heap_count + 1) * sizeof *heap);
    w->heap = heap;
    size_t at = w->heap_count++;
    for (; at > 0 && e.cost < heap[(at - 1) / 4].cost; at = (at - 1) / 4)
        heap[at] = heap[(at - 1) / 4];
    heap[at] = e;
    return STATUS_OK;
}

static waiting heap_pop(witness *w)
{
    waiting *heap = w->heap;
    const waiting first = heap[0], last = heap[--w->heap_count];
    size_t at = 0, count = w->heap_count;
    for (;;) {
        size_t child = 4 * at + 1, end = child + 4 < count ? child + 4 : count;
        if (child >= count)
            break;
        size_t least = child;
        for (size_t c = child + 1; c < end; c++)
            least = heap[c].cost < heap[least].cost ? c : least;
        if (heap[least].cost >= last.cost)
            break;
        heap[at] = heap[least];
        at = least;
    }
    heap[at] = last;
    return first;
}

/* --- one search --- */

/* A sum past 64 bits is no path: a fastest path that can be told has no such part. */
static road_cost cost_sum(road_cost a, road_cost b)
{
    road_cost sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? ROAD_COST_NONE : sum;
}

static bool reached(const witness *w, const seen *s)
{
    return s->search == w->search;
}

/* Whether a target's way through v has a witness; not a target, or no way: true. */
static bool spared(const witness *w, const seen *s)
{
    road_cost through =
        s->onward == ROAD_COST_NONE ? ROAD_COST_NONE : cost_sum(w->first, s->onward);
    return through == ROAD_COST_NONE || (reached(w, s) && s->cost <= through);
}

static status relax(witness *w, uint32_t node, road_cost cost, error *err)
{
    if (cost > w->bound)
        return STATUS_OK;
    seen *s = seen_at(w, node, err);
    if (!s)
        return STATUS_ENVIRONMENT;
    if (reached(w, s) && s->cost <= cost)
        return STATUS_OK;
    bool was_spared = spared(w, s);
    s->cost = cost;
    s->search = w->search;
    w->missing -= !was_spared && spared(w, s);
    return heap_push(w, (waiting){.cost = cost, .seen = (uint32_t)(s - w->seen)}, err);
}

static status scan(witness *w, const core *c, const witness_limit *limit, uint32_t node,
                   road_cost cost, error *err)
{
    const core_edge *edge = core_edges(c, node);
    status result = STATUS_OK;
    for (uint32_t i = 0; i < c->degree[node] && result == STATUS_OK && w->missing > 0; i++) {
        if (++w->scanned > limit->scanned)
            break;
        if (edge[i].out != ROAD_COST_NONE && !(c->mark[edge[i].node] & limit->barred))
            result = relax(w, edge[i].node, cost_sum(cost, edge[i].out), err);
    }
    return result;
}

/* From u, until every target has a witness or a limit is reached. v is entry 0. */
static status search_from(witness *w, const core *c, uint32_t u, const witness_limit *limit,
                          error *err)
{
    uint32_t settled = 0;
    w->heap_count = 0;
    w->scanned = 0;
    w->seen[0].search = w->search; /* v: reached for nothing, so never entered */
    w->seen[0].cost = 0;
    seen *start = seen_at(w, u, err);
    if (!start)
        return STATUS_ENVIRONMENT;
    start->search = w->search;
    start->cost = 0;
    status result = heap_push(w, (waiting){.seen = (uint32_t)(start - w->seen)}, err);
    while (result == STATUS_OK && w->missing > 0 && w->heap_count > 0) {
        const waiting top = heap_pop(w);
        const seen s = w->seen[top.seen];
        if (top.cost > s.cost)
            continue;
        if (settled++ == limit->settled || w->scanned > limit->scanned)
            break;
        result = scan(w, c, limit, s.node, s.cost, err);
    }
    return result;
}

/* --- a node --- */

/* v (which may be no node), then the targets of the arcs `edge`, and the dearest of these. */
static status targets_note(witness *w, uint32_t v, const core_edge *edge, uint32_t degree,
                           road_cost *dearest, error *err)
{
    seen_forget(w);
    *dearest = 0;
    if (!seen_at(w, v, err))
        return STATUS_ENVIRONMENT;
    for (uint32_t i = 0; i < degree; i++) {
        if (edge[i].out == ROAD_COST_NONE)
            continue;
        seen *s = seen_at(w, edge[i].node, err);
        if (!s)
            return STATUS_ENVIRONMENT;
        s->onward = edge[i].out;
        s->hops = edge[i].out_hops;
        *dearest = edge[i].out > *dearest ? edge[i].out : *dearest;
    }
    return STATUS_OK;
}

static status shortcut_add(shortcut_list *list, core_shortcut s, error *err)
{
    core_shortcut *at = array_grown(list->at, &list->capacity, list->count + 1, sizeof *at);
    if (!at)
        return memory_error(err, (list->count + 1) * sizeof *at);
    list->at = at;
    at[list->count++] = s;
    return STATUS_OK;
}

/* The targets left without a witness from u. */
static status shortcuts_take(const witness *w, const core_edge *from, size_t target_count,
                             contraction *out, shortcut_list *list, error *err)
{
    status result = STATUS_OK;
    for (size_t t = 1; t <= target_count && result == STATUS_OK; t++) {
        const seen *s = &w->seen[t];
        if (s->node == from->node || spared(w, s))
            continue;
        uint32_t hops = (uint32_t)from->in_hops + s->hops;
        out->added++;
        out->added_hops += hops;
        if (list)
            result = shortcut_add(
                list,
                (core_shortcut){
                    .from = from->node, .to = s->node, .cost = w->first + s->onward, .hops = hops},
                err);
    }
    return result;
}

static void removed_count(const core *c, uint32_t node, contraction *out)
{
    const core_edge *edge = core_edges(c, node);
    for (uint32_t i = 0; i < c->degree[node]; i++) {
        out->removed += edge[i].out != ROAD_COST_NONE;
        out->removed += edge[i].in != ROAD_COST_NONE;
        out->removed_hops += (uint64_t)edge[i].out_hops + edge[i].in_hops;
    }
}

status witness_detours(witness *w, const core *c, uint32_t node, const witness_limit *limit,
                       shortcut_list *list, error *err)
{
    const core_edge *edge = core_edges(c, node);
    status result = targets_note(w, UINT32_MAX, edge, c->degree[node], &w->bound, err);
    w->search++;
    w->first = 0;
    w->missing = 0;
    for (size_t t = 1; t < w->seen_count; t++) {
        seen *s = &w->seen[t];
        s->onward = s->onward == 0 ? ROAD_COST_NONE : s->onward - 1; /* a detour is dearer by 1 */
        w->missing += s->onward != ROAD_COST_NONE;
    }
    if (result == STATUS_OK && w->missing > 0)
        result = search_from(w, c, node, limit, err);
    for (uint32_t i = 0; i < c->degree[node] && result == STATUS_OK; i++) {
        if (edge[i].out == ROAD_COST_NONE)
            continue;
        const seen *s = seen_at(w, edge[i].node, err);
        if (s && s->onward != ROAD_COST_NONE && spared(w, s))
            result = shortcut_add(
                list, (core_shortcut){.from = node, .to = edge[i].node, .cost = edge[i].out}, err);
    }
    return result;
}

/* Past this many ways through a node, nobody counts them for an estimate. */
enum { WAYS_COUNTED = 1 << 18 };

/* Every way through a node as a shortcut: what an estimate says of a hub. */
static bool is_hub(const core *c, uint32_t node, contraction *out)
{
    const core_edge *edge = core_edges(c, node);
    uint64_t in = 0, through_in = 0, through_out = 0;
    for (uint32_t i = 0; i < c->degree[node]; i++) {
        in += edge[i].in != ROAD_COST_NONE;
        through_in += edge[i].in_hops;
        through_out += edge[i].out_hops;
    }
    uint64_t away = out->removed - in;
    out->added = in * away;
    out->added_hops = through_in * away + through_out * in;
    return out->added > WAYS_COUNTED;
}

status witness_contract(witness *w, const core *c, uint32_t node, const witness_limit *limit,
                        contraction *out, shortcut_list *list, error *err)
{
    const core_edge *edge = core_edges(c, node);
    road_cost dearest = 0;
    *out = (contraction){0};
    removed_count(c, node, out);
    if (!list && is_hub(c, node, out))
        return STATUS_OK;
    out->added = out->added_hops = 0;
    status result = targets_note(w, node, edge, c->degree[node], &dearest, err);
    size_t target_count = w->seen_count - 1;
    for (uint32_t i = 0; i < c->degree[node] && result == STATUS_OK; i++) {
        if (edge[i].in == ROAD_COST_NONE)
            continue;
        if (cancel_asked(limit->cancel))
            return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
        w->search++;
        w->first = edge[i].in;
        w->bound = cost_sum(w->first, dearest);
        w->bound -= w->bound == ROAD_COST_NONE;
        w->missing = 0;
        for (size_t t = 1; t <= target_count; t++)
            w->missing += w->seen[t].node != edge[i].node && !spared(w, &w->seen[t]);
        if (w->missing > 0)
            result = search_from(w, c, edge[i].node, limit, err);
        if (result == STATUS_OK && w->missing > 0)
            result = shortcuts_take(w, &edge[i], target_count, out, list, err);
    }
    return result;
}
