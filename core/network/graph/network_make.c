/* From a draft to a network: nodes along a curve, arcs by their end, components. */
#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"
#include "base/text.h"
#include "network/graph/network_store.h"
#include "network/graph/key_sort.h"
#include "network/graph/node_order.h"
#include "network/graph/road_parts.h"
#include "network/messages.h"

enum { NODES_A_BLOCK = 1 << 14, INSERTION_MAX = 24 };

typedef struct making {
    road_draft *draft;
    network *made;
    int threads;
    const atomic_int *cancel;
    progress *progress;
    error *err;
    uint32_t *order, *number; /* the node of the draft at each place; the place of each node */
    uint32_t *start;
    road_link *link;
    uint32_t *way; /* NULL without ways */
    uint8_t *flags;
} making;

/* An array of the network, freed with it. */
static void *array_new(making *m, size_t count, size_t size)
{
    void *array = memory_new(count, size);
    return array ? network_own(m->made, array) : NULL;
}

/* An array of the draft becomes one of the network. */
static void *array_taken(making *m, void *array)
{
    return array ? network_own(m->made, array) : NULL;
}

/* --- nodes --- */

static status nodes_number(making *m)
{
    const road_draft *d = m->draft;
    const size_t count = d->node_count;
    status result = STATUS_OK;
    m->order = memory_new(count, sizeof *m->order);
    m->number = memory_new(count, sizeof *m->number);
    if (!m->order || !m->number)
        return memory_error(m->err, 2 * count * sizeof *m->order);
    for (uint32_t i = 0; i < count; i++)
        m->order[i] = i;
    if (d->positions != POSITIONS_NONE)
        result = node_order(m->order, d->x, d->y, count, m->threads, m->err);
    for (uint32_t i = 0; i < count; i++)
        m->number[m->order[i]] = i;
    return result;
}

static status nodes_copy(making *m)
{
    const road_draft *d = m->draft;
    const size_t count = d->node_count;
    const bool placed = d->positions != POSITIONS_NONE;
    int64_t *id = array_new(m, count, sizeof *id);
    int32_t *x = placed ? array_new(m, count, sizeof *x) : NULL;
    int32_t *y = placed ? array_new(m, count, sizeof *y) : NULL;
    m->flags = array_new(m, count, sizeof *m->flags);
    if (!id || !m->flags || (placed && (!x || !y)))
        return memory_error(m->err, count * (sizeof *id + sizeof *x + sizeof *y));
    for (size_t i = 0; i < count; i++) {
        uint32_t from = m->order[i];
        id[i] = d->node_id[from];
        m->flags[i] = d->node_flags ? d->node_flags[from] & NODE_SPLIT : 0;
        if (placed) {
            x[i] = d->x[from];
            y[i] = d->y[from];
        }
    }
    m->made->node_id = id;
    m->made->x = x;
    m->made->y = y;
    m->made->node_flags = m->flags;
    return STATUS_OK;
}

/* --- arcs --- */

static void arcs_place(making *m)
{
    const road_draft *d = m->draft;
    const size_t nodes = d->node_count;
    for (size_t i = 0; i < d->arc_count; i++)
        m->start[m->number[d->arcs[i].to] + 1]++;
    for (size_t n = 0; n < nodes; n++)
        m->start[n + 1] += m->start[n];
    for (size_t i = 0; i < d->arc_count; i++) {
        const draft_arc *a = &d->arcs[i];
        uint32_t at = m->start[m->number[a->to]]++;
        m->link[at] =
            (road_link){.node = m->number[a->from], .time = a->time, .length_m = a->length_m};
        if (m->way)
            m->way[at] = a->way;
    }
    memmove(m->start + 1, m->start, nodes * sizeof *m->start); /* moved to the next one's */
    m->start[0] = 0;
}

typedef struct wayed_link {
    road_link link;
    uint32_t way;
} wayed_link;

static int wayed_compare(const void *left, const void *right)
{
    const wayed_link *a = left, *b = right;
    if (a->link.node != b->link.node)
        return a->link.node < b->link.node ? -1 : 1;
    road_cost a_cost = road_link_cost(&a->link), b_cost = road_link_cost(&b->link);
    if (a_cost != b_cost)
        return a_cost < b_cost ? -1 : 1;
    return (a->way > b->way) - (a->way < b->way);
}

static wayed_link wayed_at(const making *m, uint32_t at)
{
    return (wayed_link){.link = m->link[at], .way = m->way ? m->way[at] : 0};
}

static void wayed_put(making *m, uint32_t at, const wayed_link *l)
{
    m->link[at] = l->link;
    if (m->way)
        m->way[at] = l->way;
}

static void few_sort(making *m, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin + 1; i < end; i++) {
        wayed_link moved = wayed_at(m, i);
        uint32_t at = i;
        for (; at > begin; at--) {
            wayed_link before = wayed_at(m, at - 1);
            if (wayed_compare(&before, &moved) <= 0)
                break;
            wayed_put(m, at, &before);
        }
        wayed_put(m, at, &moved);
    }
}

static status many_sort(making *m, uint32_t begin, uint32_t end, error *err)
{
    const uint32_t count = end - begin;
    wayed_link *all = memory_new(count, sizeof *all);
    if (!all)
        return memory_error(err, count * sizeof *all);
    for (uint32_t i = 0; i < count; i++)
        all[i] = wayed_at(m, begin + i);
    qsort(all, count, sizeof *all, wayed_compare);
    for (uint32_t i = 0; i < count; i++)
        wayed_put(m, begin + i, &all[i]);
    memory_free(all);
    return STATUS_OK;
}

static status sort_block(void *context, block b, error *err)
{
    making *m = context;
    status result = STATUS_OK;
    for (size_t n = b.begin; n < b.end && result == STATUS_OK; n++) {
        uint32_t begin = m->start[n], end = m->start[n + 1];
        if (end - begin <= INSERTION_MAX)
            few_sort(m, begin, end);
        else
            result = many_sort(m, begin, end, err);
    }
    return result;
}

static status arcs_make(making *m)
{
    road_draft *d = m->draft;
    m->start = array_new(m, d->node_count + 1, sizeof *m->start);
    m->link = array_new(m, d->arc_count, sizeof *m->link);
    m->way = d->way_count > 0 ? array_new(m, d->arc_count, sizeof *m->way) : NULL;
    if (!m->start || !m->link || (d->way_count > 0 && !m->way))
        return memory_error(m->err, d->arc_count * (sizeof *m->link + sizeof *m->way));
    arcs_place(m);
    memory_free(d->arcs);
    d->arcs = NULL;
    m->made->to =
        (road_arcs){.node_count = (uint32_t)d->node_count, .start = m->start, .link = m->link};
    m->made->arc_way = m->way;
    return blocks_run(d->node_count, NODES_A_BLOCK, m->threads, m->cancel, sort_block, m, m->err);
}

/* --- components --- */

static uint32_t main_part(const making *m, const uint32_t *part, uint32_t *size)
{
    uint32_t best = 0;
    for (uint32_t n = 0; n < m->made->node_count; n++)
        size[part[n]]++;
    for (uint32_t d = 0; d < m->made->node_count; d++) { /* in the order of the draft */
        uint32_t found = part[m->number[d]];
        if (size[found] > m->made->main_size) {
            m->made->main_size = size[found];
            best = found;
        }
    }
    return best;
}

static status parts_mark(making *m)
{
    const uint32_t nodes = m->made->node_count;
    uint32_t *size = NULL, *part = memory_new(nodes, sizeof *part);
    status result =
        part ? road_parts_find(&m->made->to, m->cancel, part, &m->made->component_count, m->err)
             : memory_error(m->err, nodes * sizeof *part);
    if (result)
        goto done;
    size = memory_new(m->made->component_count, sizeof *size);
    if (!size) {
        result = memory_error(m->err, m->made->component_count * sizeof *size);
        goto done;
    }
    uint32_t largest = main_part(m, part, size);
    for (uint32_t n = 0; n < nodes; n++)
        if (part[n] == largest)
            m->flags[n] |= NODE_MAIN;
done:
    memory_free(part);
    memory_free(size);
    return result;
}

/* --- the rest --- */

/* Texts of a source may be anything; those of a network are UTF-8. */
static void words_mend(road_draft *d)
{
    char *at = d->word_bytes;
    size_t left = (size_t)d->word_start[d->word_count];
    for (size_t good = 0; (good = text_utf8_valid_prefix(at, left)) < left;) {
        at[good] = '?';
        at += good + 1;
        left -= good + 1;
    }
}

/* Word 0 is "" also where the draft has no word. */
static status words_take(making *m)
{
    road_draft *d = m->draft;
    if (d->word_count == 0) {
        memory_free(d->word_start);
        memory_free(d->word_bytes);
        d->word_start = memory_new(2, sizeof *d->word_start);
        d->word_bytes = memory_new(1, 1);
        if (!d->word_start || !d->word_bytes)
            return memory_error(m->err, 2 * sizeof *d->word_start);
        d->word_start[1] = 1;
        d->word_count = 1;
    }
    words_mend(d);
    m->made->word_count = (uint32_t)d->word_count;
    m->made->word_start = array_taken(m, d->word_start);
    m->made->word_bytes = array_taken(m, d->word_bytes);
    d->word_start = NULL;
    d->word_bytes = NULL;
    return STATUS_OK;
}

static status ways_take(making *m)
{
    road_draft *d = m->draft;
    network *n = m->made;
    if (!d->way_name)
        d->way_name = memory_new(d->way_count, sizeof *d->way_name);
    if (!d->way_class)
        d->way_class = memory_new(d->way_count, sizeof *d->way_class);
    if (!d->way_name || !d->way_class)
        return memory_error(m->err, d->way_count * sizeof *d->way_name);
    n->way_count = (uint32_t)d->way_count;
    n->way_id = array_taken(m, d->way_id);
    n->way_name = array_taken(m, d->way_name);
    n->way_class = array_taken(m, d->way_class);
    n->fact_count = (uint32_t)d->fact_count;
    n->facts = array_taken(m, d->facts);
    n->store->facts_memory = d->facts_memory;
    d->way_id = NULL;
    d->way_name = d->way_class = NULL;
    d->facts = NULL;
    d->facts_memory = NULL;
    return STATUS_OK;
}

static status make(making *m)
{
    road_draft *d = m->draft;
    network *n = m->made;
    n->node_count = (uint32_t)d->node_count;
    n->arc_count = (uint32_t)d->arc_count;
    n->units_per_minute = d->units_per_minute;
    n->positions = d->positions;
    n->lengths = d->lengths;
    static status (*const steps[])(making *) = {nodes_number, nodes_copy, arcs_make,
                                                parts_mark,   words_take, ways_take};
    const size_t count = sizeof steps / sizeof *steps;
    status result = STATUS_OK;
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        result = m->cancel && atomic_load(m->cancel)
                     ? error_set(m->err, STATUS_INTERRUPTED, M_NETWORK_STOPPED)
                     : steps[i](m);
        if (m->progress)
            progress_advance(m->progress, i + 1, count);
    }
    return result;
}

/* id, x, y and flags, start; link and way. */
uint64_t network_memory(uint64_t nodes, uint64_t arcs)
{
    return nodes * (8 + 4 + 4 + 1 + 4) + arcs * (sizeof(road_link) + 4);
}

static uint64_t most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Three heights: keys being sorted; arcs being placed; components being looked for, after the arcs
 * of the draft are gone. */
uint64_t network_make_memory(uint64_t nodes, uint64_t arcs)
{
    const uint64_t drafted = nodes * (8 + 4 + 4 + 1), numbers = 8 * nodes;
    const uint64_t draft_arcs = arcs * sizeof(draft_arc);
    const uint64_t keys = drafted + draft_arcs + numbers + 2 * nodes * sizeof(keyed_node);
    const uint64_t placing = drafted + draft_arcs + numbers + network_memory(nodes, arcs);
    const uint64_t parts = drafted + numbers + network_memory(nodes, arcs) + 7 * 4 * nodes;
    return most(keys, most(placing, parts));
}

status network_make(network **out, road_draft *d, int threads, progress *p, error *err)
{
    making m = {
        .draft = d, .threads = threads, .cancel = p ? p->cancel : NULL, .progress = p, .err = err};
    status result = STATUS_OK;
    if (d->node_count >= NETWORK_NONE || d->arc_count >= NETWORK_NONE ||
        d->way_count >= NETWORK_NONE)
        result = error_set(err, STATUS_INPUT, M_GRAPH_LARGE, (unsigned long long)d->node_count,
                           (unsigned long long)d->arc_count);
    if (result == STATUS_OK)
        result = network_new(&m.made, err);
    if (result == STATUS_OK)
        result = make(&m);
    if (result)
        network_free(m.made);
    else
        *out = m.made;
    memory_free(m.order);
    memory_free(m.number);
    road_draft_clear(d);
    return result;
}
