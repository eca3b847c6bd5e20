/* Turn restrictions through a node, by splitting the node (docs/decisions/031).
 *
 * Each arc that arrives at a via node has a set of exits, the arcs that it may go on by. Arcs with
 * the same set share one copy of the node, which only those exits leave. A search over nodes then
 * follows the restrictions without knowing of them; no cost changes. */
#include <stdlib.h>
#include <string.h>

#include "base/arrays.h"
#include "network/build/builder.h"
#include "network/build/osm_tags.h"
#include "network/messages.h"

enum { ARMS_MAX = 64 }; /* of a junction, each way; a real one has a dozen */

typedef struct way_id {
    int64_t id;
    uint32_t way;
} way_id;

/* A via node: its arcs are arriving[in_begin ..] and leaving[out_begin ..], in the draft's order.
 */
typedef struct junction {
    uint32_t node;
    size_t in_begin, in_count, out_begin, out_count;
} junction;

/* What an arriving arc may do: exits are bits in the order of the leaving arcs. */
typedef struct arrival {
    size_t arc;
    uint64_t forbidden, mandatory; /* mandatory 0: none said */
    uint64_t exits;                /* in the end */
    uint32_t node;                 /* the copy where it arrives */
} arrival;

typedef struct turning {
    builder *b;
    way_id *ids; /* ascending */
    size_t id_count;
    uint32_t *slot; /* per node of the file: its junction, or NETWORK_NONE */
    junction *junctions;
    size_t junction_count;
    arrival *arriving;
    size_t *leaving; /* arcs */
} turning;

/* --- finding ways --- */

static int id_compare(const void *a, const void *b)
{
    const way_id *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->way < y->way ? -1 : x->way > y->way;
}

static status ids_sort(turning *t)
{
    const osm_roads *r = t->b->roads;
    t->id_count = (size_t)r->counts.ways;
    t->ids = memory_new(t->id_count, sizeof *t->ids);
    if (!t->ids)
        return memory_error(t->b->err, t->id_count * sizeof *t->ids);
    for (size_t w = 0; w < t->id_count; w++)
        t->ids[w] = (way_id){.id = r->way_id[w], .way = (uint32_t)w};
    qsort(t->ids, t->id_count, sizeof *t->ids, id_compare);
    return STATUS_OK;
}

/* NETWORK_NONE: not in the file, or not a way that was kept. */
static uint32_t way_find(const turning *t, int64_t id)
{
    size_t low = 0, high = t->id_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->ids[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->id_count && t->ids[low].id == id ? t->ids[low].way : NETWORK_NONE;
}

/* The nodes next to `via` at the ends of a way: none unless the way ends there, two when it is a
 * loop. A restriction speaks of a way that ends at its node, not of one that passes. */
typedef struct way_ends {
    uint32_t node[2];
    size_t count;
} way_ends;

static way_ends ends_at(const osm_roads *r, uint32_t way, uint32_t via)
{
    way_ends ends = {0};
    const uint64_t begin = r->way_ref_start[way], end = r->way_ref_start[way + 1];
    if (end - begin < 2)
        return ends;
    for (uint64_t i = begin; r->way_ref[begin] == via && i < end; i++)
        if (r->way_ref[i] != via) {
            ends.node[ends.count++] = r->way_ref[i];
            break;
        }
    for (uint64_t i = end; r->way_ref[end - 1] == via && i > begin; i--)
        if (r->way_ref[i - 1] != via) {
            ends.node[ends.count++] = r->way_ref[i - 1];
            break;
        }
    return ends;
}

static bool among(const way_ends *ends, uint32_t node)
{
    return (ends->count > 0 && ends->node[0] == node) || (ends->count > 1 && ends->node[1] == node);
}

/* --- junctions --- */

static bool applies(turn_rule rule)
{
    return rule == TURN_FORBIDDEN || rule == TURN_NO_U || rule == TURN_MANDATORY;
}

static turn_rule rule_of(const turning *t, size_t turn)
{
    const tag_range range = tags_of_turn(t->b->roads, turn);
    return road_profile_turn(t->b->options->profile, tags_in(&range));
}

/* Via nodes of the turns that the profile follows; the others are counted. */
static status junctions_find(turning *t)
{
    const osm_roads *r = t->b->roads;
    osm_build_facts *f = t->b->facts;
    const size_t nodes = (size_t)r->counts.nodes;
    t->slot = memory_new(nodes, sizeof *t->slot);
    t->junctions = memory_new((size_t)r->counts.turns, sizeof *t->junctions);
    if (!t->slot || !t->junctions)
        return memory_error(t->b->err, nodes * sizeof *t->slot);
    memset(t->slot, 0xff, nodes * sizeof *t->slot);
    for (size_t i = 0; i < r->counts.turns; i++) {
        const turn_rule rule = rule_of(t, i);
        const uint32_t via = r->turn_via[i];
        f->turns_exempt += rule == TURN_EXEMPT;
        f->turns_conditional += rule == TURN_CONDITIONAL;
        f->turns_of_others += rule == TURN_OF_OTHERS;
        f->turns_unknown += rule == TURN_UNKNOWN_VALUE;
        if (!applies(rule) || via == OSM_NODE_NONE || t->slot[via] != NETWORK_NONE)
            continue;
        t->junctions[t->junction_count].node = via;
        t->slot[via] = (uint32_t)t->junction_count++;
    }
    return STATUS_OK;
}

static junction *junction_of(const turning *t, uint32_t node)
{
    return t->slot[node] == NETWORK_NONE ? NULL : &t->junctions[t->slot[node]];
}

static status junction_arcs(turning *t)
{
    const road_draft *d = t->b->draft;
    size_t in = 0, out = 0;
    for (size_t a = 0; a < d->arc_count; a++) {
        junction *from = junction_of(t, d->arcs[a].from), *to = junction_of(t, d->arcs[a].to);
        if (from)
            from->out_count++;
        if (to)
            to->in_count++;
    }
    for (size_t j = 0; j < t->junction_count; j++) {
        t->junctions[j].in_begin = in;
        t->junctions[j].out_begin = out;
        in += t->junctions[j].in_count;
        out += t->junctions[j].out_count;
        t->junctions[j].in_count = t->junctions[j].out_count = 0;
    }
    t->arriving = memory_new(in, sizeof *t->arriving);
    t->leaving = memory_new(out, sizeof *t->leaving);
    if (!t->arriving || !t->leaving)
        return memory_error(t->b->err, in * sizeof *t->arriving + out * sizeof *t->leaving);
    for (size_t a = 0; a < d->arc_count; a++) {
        junction *from = junction_of(t, d->arcs[a].from), *to = junction_of(t, d->arcs[a].to);
        if (from)
            t->leaving[from->out_begin + from->out_count++] = a;
        if (to)
            t->arriving[to->in_begin + to->in_count++] = (arrival){.arc = a};
    }
    return STATUS_OK;
}

/* --- what is forbidden --- */

/* The exits by the ends of a way at the junction. */
static uint64_t exits_by(const turning *t, const junction *j, uint32_t way, const way_ends *ends)
{
    uint64_t exits = 0;
    for (size_t k = 0; k < j->out_count; k++) {
        const draft_arc *arc = &t->b->draft->arcs[t->leaving[j->out_begin + k]];
        if (arc->way == way && among(ends, arc->to))
            exits |= UINT64_C(1) << k;
    }
    return exits;
}

/* ... that lead back to where an arc came from. */
static uint64_t exits_back(const turning *t, const junction *j, uint64_t exits, uint32_t to)
{
    uint64_t back = 0;
    for (size_t k = 0; k < j->out_count; k++)
        if (t->b->draft->arcs[t->leaving[j->out_begin + k]].to == to)
            back |= UINT64_C(1) << k;
    return exits & back;
}

/* From a way onto itself: a U-turn is the way back; any other turn is round a loop, unless the way
 * back is all that there is. */
static uint64_t exits_of_same_way(const turning *t, const junction *j, uint64_t exits,
                                  uint32_t came_from, turn_rule rule)
{
    const uint64_t back = exits_back(t, j, exits, came_from);
    if (rule == TURN_NO_U)
        return back;
    return exits & ~back ? exits & ~back : back;
}

/* True when an arc arrives that the restriction holds for, and it has what it speaks of. */
static bool turn_apply(turning *t, size_t turn, turn_rule rule)
{
    const osm_roads *r = t->b->roads;
    const uint32_t from = way_find(t, r->turn_from[turn]), to = way_find(t, r->turn_to[turn]);
    const uint32_t via = r->turn_via[turn];
    const junction *j = via == OSM_NODE_NONE ? NULL : junction_of(t, via);
    bool applied = false;
    if (!j || from == NETWORK_NONE || to == NETWORK_NONE || j->out_count > ARMS_MAX ||
        j->in_count > ARMS_MAX)
        return false;
    const way_ends from_ends = ends_at(r, from, via), to_ends = ends_at(r, to, via);
    const uint64_t all = exits_by(t, j, to, &to_ends);
    for (size_t i = 0; i < j->in_count && all; i++) {
        arrival *in = &t->arriving[j->in_begin + i];
        const draft_arc *arc = &t->b->draft->arcs[in->arc];
        if (arc->way != from || !among(&from_ends, arc->from))
            continue;
        uint64_t exits = from == to ? exits_of_same_way(t, j, all, arc->from, rule) : all;
        if (rule == TURN_MANDATORY)
            in->mandatory |= exits;
        else
            in->forbidden |= exits;
        applied |= exits != 0;
    }
    return applied;
}

static void turns_read(turning *t)
{
    for (size_t i = 0; i < t->b->roads->counts.turns; i++) {
        const turn_rule rule = rule_of(t, i);
        if (!applies(rule))
            continue;
        if (turn_apply(t, i, rule))
            t->b->facts->turns_applied++;
        else
            t->b->facts->turns_unplaced++;
    }
}

/* --- the copies --- */

static uint64_t all_exits(const junction *j)
{
    return j->out_count >= ARMS_MAX ? UINT64_MAX : (UINT64_C(1) << j->out_count) - 1;
}

static status copy_add(builder *b, uint32_t of, uint32_t *node)
{
    const size_t of_file = (size_t)b->roads->counts.nodes;
    if (of_file + b->copy_count + 1 >= NETWORK_NONE)
        return error_set(b->err, STATUS_INPUT, M_ROADS_TOO_LARGE, (unsigned long long)NETWORK_NONE);
    uint32_t *grown = array_grown(b->copies, &b->copy_capacity, b->copy_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(b->err, (b->copy_count + 1) * sizeof *grown);
    b->copies = grown;
    b->copies[b->copy_count] = of;
    *node = (uint32_t)(of_file + b->copy_count++);
    return STATUS_OK;
}

/* An arc whose set of exits another arc before it has: they arrive at the same copy. */
static const arrival *same_before(const turning *t, const junction *j, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (t->arriving[j->in_begin + k].exits == t->arriving[j->in_begin + i].exits)
            return &t->arriving[j->in_begin + k];
    return NULL;
}

/* The node itself stays the copy of those that may go everywhere, else of the first. */
static uint64_t exits_of_original(const turning *t, const junction *j)
{
    for (size_t i = 0; i < j->in_count; i++)
        if (t->arriving[j->in_begin + i].exits == all_exits(j))
            return all_exits(j);
    return j->in_count > 0 ? t->arriving[j->in_begin].exits : all_exits(j);
}

static status junction_split(turning *t, const junction *j)
{
    bool same = true;
    for (size_t i = 0; i < j->in_count; i++) {
        arrival *in = &t->arriving[j->in_begin + i];
        in->exits = (in->mandatory ? in->mandatory : all_exits(j)) & ~in->forbidden;
        in->node = j->node;
        same &= in->exits == all_exits(j);
    }
    if (same)
        return STATUS_OK;
    t->b->split[j->node] = 1;
    t->b->facts->nodes_split++;
    const uint64_t original = exits_of_original(t, j);
    for (size_t i = 0; i < j->in_count; i++) {
        arrival *in = &t->arriving[j->in_begin + i];
        const arrival *before = same_before(t, j, i);
        if (in->exits == original)
            continue;
        status result = STATUS_OK;
        if (before)
            in->node = before->node;
        else
            result = copy_add(t->b, j->node, &in->node);
        if (result)
            return result;
    }
    return STATUS_OK;
}

static status junctions_split(turning *t)
{
    const size_t nodes = (size_t)t->b->roads->counts.nodes;
    status result = STATUS_OK;
    t->b->split = memory_new(nodes, 1);
    if (!t->b->split)
        return memory_error(t->b->err, nodes);
    for (size_t j = 0; j < t->junction_count && result == STATUS_OK; j++)
        result = junction_split(t, &t->junctions[j]);
    return result;
}

/* --- the arcs again --- */

/* Arcs of the split draft, as those of the plain one are taken in order: the k-th arc that leaves a
 * junction is its exit k. */
typedef struct rewriting {
    turning *t;
    road_draft arcs;        /* its arcs alone */
    size_t *in_at, *out_at; /* per junction: arcs taken so far */
} rewriting;

/* The arc from every copy that it leaves; the copies of a junction are those where arcs arrive. */
static status leave_copies(rewriting *w, const junction *j, size_t exit, draft_arc arc)
{
    const turning *t = w->t;
    status result = STATUS_OK;
    for (size_t i = 0; i < j->in_count && result == STATUS_OK; i++) {
        const arrival *in = &t->arriving[j->in_begin + i];
        if (same_before(t, j, i) || !(in->exits >> exit & 1))
            continue;
        arc.from = in->node;
        result = road_draft_arc(&w->arcs, arc, t->b->err);
    }
    return result;
}

static status arc_rewrite(rewriting *w, const draft_arc *old)
{
    const turning *t = w->t;
    draft_arc arc = *old;
    const uint32_t from = t->slot[old->from], to = t->slot[old->to];
    if (to != NETWORK_NONE)
        arc.to = t->arriving[t->junctions[to].in_begin + w->in_at[to]++].node;
    if (from == NETWORK_NONE)
        return road_draft_arc(&w->arcs, arc, t->b->err);
    const size_t exit = w->out_at[from]++;
    return t->b->split[old->from] ? leave_copies(w, &t->junctions[from], exit, arc)
                                  : road_draft_arc(&w->arcs, arc, t->b->err);
}

static status arcs_rewrite(turning *t)
{
    road_draft *d = t->b->draft;
    rewriting w = {.t = t,
                   .in_at = memory_new(t->junction_count, sizeof *w.in_at),
                   .out_at = memory_new(t->junction_count, sizeof *w.out_at)};
    status result = w.in_at && w.out_at
                        ? STATUS_OK
                        : memory_error(t->b->err, t->junction_count * 2 * sizeof *w.in_at);
    for (size_t a = 0; a < d->arc_count && result == STATUS_OK; a++)
        result = arc_rewrite(&w, &d->arcs[a]);
    if (result == STATUS_OK) {
        memory_free(d->arcs);
        d->arcs = w.arcs.arcs;
        d->arc_count = w.arcs.arc_count;
        d->arc_capacity = w.arcs.arc_capacity;
        w.arcs.arcs = NULL;
    }
    memory_free(w.arcs.arcs);
    memory_free(w.in_at);
    memory_free(w.out_at);
    return result;
}

status turns_apply(builder *b)
{
    turning t = {.b = b};
    if (b->roads->counts.turns == 0)
        return STATUS_OK;
    status result = junctions_find(&t);
    if (result == STATUS_OK)
        result = ids_sort(&t);
    if (result == STATUS_OK)
        result = junction_arcs(&t);
    if (result)
        goto done;
    turns_read(&t);
    result = junctions_split(&t);
    if (result == STATUS_OK && b->copy_count + b->facts->nodes_split > 0)
        result = arcs_rewrite(&t);
done:
    memory_free(t.ids);
    memory_free(t.slot);
    memory_free(t.junctions);
    memory_free(t.arriving);
    memory_free(t.leaving);
    return result;
}
