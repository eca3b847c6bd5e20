/* The remaining graph: one array of edges, made anew for each round. */
#include "network/search/hierarchy_core.h"

#include <stdlib.h>

#include "base/blocks.h"
#include "base/messages.h"

enum { BLOCK_NODES = 4096 };

void core_clear(core *c)
{
    memory_free(c->id);
    memory_free(c->level);
    memory_free(c->key);
    memory_free(c->mark);
    memory_free(c->start);
    memory_free(c->degree);
    memory_free(c->edge);
    *c = (core){0};
}

static status core_take_nodes(core *c, uint32_t node_count, error *err)
{
    size_t n = node_count;
    c->node_count = node_count;
    c->id = memory_new(n, sizeof *c->id);
    c->level = memory_new(n, sizeof *c->level);
    c->key = memory_new(n, sizeof *c->key);
    c->mark = memory_new(n, sizeof *c->mark);
    c->start = memory_new(n + 1, sizeof *c->start);
    c->degree = memory_new(n, sizeof *c->degree);
    if (!c->id || !c->level || !c->key || !c->mark || !c->start || !c->degree)
        return memory_error(err, n * (4 + 4 + 8 + 1 + 8 + 4));
    return STATUS_OK;
}

/* start[] holds counts, one further: sums them, takes the edges. */
static status core_take_edges(core *c, error *err)
{
    for (size_t n = 0; n < c->node_count; n++)
        c->start[n + 1] += c->start[n];
    c->edge = memory_new(c->start[c->node_count], sizeof *c->edge);
    return c->edge ? STATUS_OK : memory_error(err, c->start[c->node_count] * sizeof *c->edge);
}

/* --- edges of one node --- */

static int by_node(const void *a, const void *b)
{
    const core_edge *p = a, *q = b;
    return (p->node > q->node) - (p->node < q->node);
}

/* The order among equal nodes does not matter: edges_merge takes minima. */
static void edges_sort(core_edge *edge, size_t count)
{
    if (count > 24) {
        qsort(edge, count, sizeof *edge, by_node);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        const core_edge e = edge[i];
        size_t at = i;
        for (; at > 0 && edge[at - 1].node > e.node; at--)
            edge[at] = edge[at - 1];
        edge[at] = e;
    }
}

/* The cheaper of two arcs, by (cost, hops). */
static void arc_improve(road_cost *cost, uint16_t *hops, road_cost other, uint16_t other_hops)
{
    if (other > *cost || (other == *cost && other_hops >= *hops))
        return;
    *cost = other;
    *hops = other_hops;
}

static void edge_improve(core_edge *e, const core_edge *other)
{
    arc_improve(&e->out, &e->out_hops, other->out, other->out_hops);
    arc_improve(&e->in, &e->in_hops, other->in, other->in_hops);
}

/* Makes edges to the same node one; returns how many are left. */
static uint32_t edges_merge(core_edge *edge, size_t count)
{
    uint32_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && edge[kept - 1].node == edge[i].node)
            edge_improve(&edge[kept - 1], &edge[i]);
        else
            edge[kept++] = edge[i];
    }
    return kept;
}

/* --- the network as a core --- */

static bool arc_counts(uint32_t node, const road_link *l)
{
    return l->node != node && road_link_cost(l) != ROAD_COST_NONE;
}

static core_edge edge_of(uint32_t node, road_cost out, road_cost in)
{
    return (core_edge){.node = node,
                       .out_hops = out == ROAD_COST_NONE ? 0 : 1,
                       .in_hops = in == ROAD_COST_NONE ? 0 : 1,
                       .out = out,
                       .in = in};
}

static void edge_put(core *c, uint32_t node, core_edge e)
{
    c->edge[c->start[node] + c->degree[node]++] = e;
}

static status edges_fill(core *c, const road_arcs *to, const atomic_int *cancel, error *err)
{
    for (uint32_t n = 0; n < to->node_count; n++) {
        if (cancel_now(cancel, n))
            return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
        for (uint32_t i = to->start[n]; i < to->start[n + 1]; i++) {
            const road_link *l = &to->link[i];
            if (!arc_counts(n, l))
                continue;
            edge_put(c, n, edge_of(l->node, ROAD_COST_NONE, road_link_cost(l)));
            edge_put(c, l->node, edge_of(n, road_link_cost(l), ROAD_COST_NONE));
        }
    }
    return STATUS_OK;
}

/* Sorts and merges every node's edges, and closes the gaps: half of the room is given back. */
static status edges_settle(core *c, const atomic_int *cancel, error *err)
{
    size_t end = 0;
    for (uint32_t n = 0; n < c->node_count; n++) {
        if (cancel_now(cancel, n))
            return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
        core_edge *edge = c->edge + c->start[n];
        edges_sort(edge, c->degree[n]);
        c->degree[n] = edges_merge(edge, c->degree[n]);
        for (uint32_t i = 0; i < c->degree[n]; i++)
            c->edge[end + i] = edge[i];
        c->start[n] = end;
        end += c->degree[n];
    }
    c->start[c->node_count] = end;
    core_edge *smaller = memory_resize(c->edge, end > 0 ? end : 1, sizeof *c->edge);
    if (smaller)
        c->edge = smaller;
    return STATUS_OK;
}

static status room_for_arcs(core *c, const road_arcs *to, const atomic_int *cancel, error *err)
{
    for (uint32_t n = 0; n < to->node_count; n++) {
        if (cancel_now(cancel, n))
            return error_set(err, STATUS_INTERRUPTED, M_BASE_CANCELLED);
        c->id[n] = n;
        c->mark[n] = CORE_STALE;
        for (uint32_t i = to->start[n]; i < to->start[n + 1]; i++) {
            if (arc_counts(n, &to->link[i])) {
                c->start[n + 1]++;
                c->start[to->link[i].node + 1]++;
            }
        }
    }
    return STATUS_OK;
}

status core_new(core *out, const road_arcs *to, const atomic_int *cancel, error *err)
{
    *out = (core){0};
    status result = core_take_nodes(out, to->node_count, err);
    if (result == STATUS_OK)
        result = room_for_arcs(out, to, cancel, err);
    if (result == STATUS_OK)
        result = core_take_edges(out, err);
    if (result == STATUS_OK)
        result = edges_fill(out, to, cancel, err);
    if (result == STATUS_OK)
        result = edges_settle(out, cancel, err);
    if (result != STATUS_OK)
        core_clear(out);
    return result;
}

/* --- arcs that no fastest path takes --- */

static core_edge *edge_between(core *c, uint32_t node, uint32_t other)
{
    const core_edge wanted = {.node = other};
    return bsearch(&wanted, c->edge + c->start[node], c->degree[node], sizeof wanted, by_node);
}

static void edges_close(core *c, uint32_t node)
{
    core_edge *edge = c->edge + c->start[node];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->degree[node]; i++)
        if (edge[i].out != ROAD_COST_NONE || edge[i].in != ROAD_COST_NONE)
            edge[kept++] = edge[i];
    c->degree[node] = kept;
}

void core_drop(core *c, const shortcut_list *lists, int list_count)
{
    for (int l = 0; l < list_count; l++) {
        for (size_t i = 0; i < lists[l].count; i++) {
            uint32_t from = lists[l].at[i].from, to = lists[l].at[i].to;
            core_edge *there = edge_between(c, from, to), *back = edge_between(c, to, from);
            if (there && back) {
                there->out = back->in = ROAD_COST_NONE;
                there->out_hops = back->in_hops = 0;
            }
        }
    }
    for (uint32_t n = 0; n < c->node_count; n++)
        edges_close(c, n);
}

/* --- the next core --- */

typedef struct renewal {
    const core *before;
    core *after;
    uint32_t *renumbered; /* node of `before` -> node of `after`; of those kept */
    uint32_t *kept;       /* the reverse */
} renewal;

static void nodes_number(renewal *r)
{
    uint32_t next = 0;
    for (uint32_t n = 0; n < r->before->node_count; n++) {
        if (r->before->mark[n] & CORE_CHOSEN)
            continue;
        r->kept[next] = n;
        r->renumbered[n] = next++;
    }
}

static uint32_t kept_count(const core *c)
{
    uint32_t kept = 0;
    for (uint32_t n = 0; n < c->node_count; n++)
        kept += !(c->mark[n] & CORE_CHOSEN);
    return kept;
}

/* Room for what stays of a node's edges, in start[n + 1]. */
static status room_count(void *context, block b, error *err)
{
    (void)err;
    renewal *r = context;
    for (size_t n = b.begin; n < b.end; n++) {
        uint32_t old = r->kept[n];
        const core_edge *edge = core_edges(r->before, old);
        size_t room = 0;
        for (uint32_t i = 0; i < r->before->degree[old]; i++)
            room += !(r->before->mark[edge[i].node] & CORE_CHOSEN);
        r->after->start[n + 1] = room;
    }
    return STATUS_OK;
}

static void room_for_shortcuts(renewal *r, const shortcut_list *lists, int list_count)
{
    for (int l = 0; l < list_count; l++) {
        for (size_t i = 0; i < lists[l].count; i++) {
            r->after->start[r->renumbered[lists[l].at[i].from] + 1]++;
            r->after->start[r->renumbered[lists[l].at[i].to] + 1]++;
        }
    }
}

static void shortcuts_put(renewal *r, const shortcut_list *lists, int list_count)
{
    for (int l = 0; l < list_count; l++) {
        for (size_t i = 0; i < lists[l].count; i++) {
            const core_shortcut *s = &lists[l].at[i];
            uint32_t from = r->renumbered[s->from], to = r->renumbered[s->to];
            uint16_t hops = s->hops < UINT16_MAX ? (uint16_t)s->hops : UINT16_MAX;
            edge_put(
                r->after, from,
                (core_edge){.node = to, .out = s->cost, .out_hops = hops, .in = ROAD_COST_NONE});
            edge_put(
                r->after, to,
                (core_edge){.node = from, .in = s->cost, .in_hops = hops, .out = ROAD_COST_NONE});
        }
    }
}

/* Merges the sorted shortcuts at the head of a node's room with its former edges: from the back,
 * so that neither overwrites the other. */
static void node_renew(renewal *r, uint32_t node)
{
    const core *before = r->before;
    core *after = r->after;
    uint32_t old = r->kept[node], shortcuts = after->degree[node], left = before->degree[old];
    core_edge *edge = after->edge + after->start[node];
    const core_edge *former = core_edges(before, old);
    size_t room = after->start[node + 1] - after->start[node], at = room;
    after->id[node] = before->id[old];
    after->level[node] = before->level[old];
    after->key[node] = before->key[old];
    edges_sort(edge, shortcuts);
    for (; left > 0; left--) {
        const core_edge *e = &former[left - 1];
        if (before->mark[e->node] & CORE_CHOSEN) {
            uint32_t above = before->level[e->node] + 1;
            after->level[node] = after->level[node] < above ? above : after->level[node];
            after->mark[node] = CORE_STALE;
            continue;
        }
        core_edge moved = *e;
        moved.node = r->renumbered[e->node];
        while (shortcuts > 0 && edge[shortcuts - 1].node > moved.node)
            edge[--at] = edge[--shortcuts];
        edge[--at] = moved;
    }
    after->degree[node] = edges_merge(edge, room);
}

static status nodes_renew(void *context, block b, error *err)
{
    (void)err;
    for (size_t n = b.begin; n < b.end; n++)
        node_renew(context, (uint32_t)n);
    return STATUS_OK;
}

status core_next(core *out, const core *c, const shortcut_list *lists, int list_count, int threads,
                 const atomic_int *cancel, error *err)
{
    *out = (core){0};
    renewal r = {.before = c, .after = out};
    uint32_t kept = kept_count(c);
    status result = core_take_nodes(out, kept, err);
    if (result != STATUS_OK)
        goto done;
    r.renumbered = memory_new(c->node_count, sizeof *r.renumbered);
    r.kept = memory_new(kept, sizeof *r.kept);
    if (!r.renumbered || !r.kept) {
        result = memory_error(err, ((size_t)c->node_count + kept) * sizeof *r.kept);
        goto done;
    }
    nodes_number(&r);
    result = blocks_run(kept, BLOCK_NODES, threads, cancel, room_count, &r, err);
    if (result != STATUS_OK)
        goto done;
    room_for_shortcuts(&r, lists, list_count);
    result = core_take_edges(out, err);
    if (result != STATUS_OK)
        goto done;
    shortcuts_put(&r, lists, list_count);
    result = blocks_run(kept, BLOCK_NODES, threads, cancel, nodes_renew, &r, err);
done:
    memory_free(r.renumbered);
    memory_free(r.kept);
    if (result != STATUS_OK)
        core_clear(out);
    return result;
}
