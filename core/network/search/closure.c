/* Closures, in two walks. The first is in breadth: what it will read next stands in a queue, so
 * that it can be fetched from a hierarchy much larger than the cache before its turn; it copies the
 * arcs. The second, in depth over that copy, numbers the nodes. */
#include "network/search/closure.h"

#include "base/arrays.h"
#include "base/messages.h"
#include "network/search/node_bits.h"

enum { CANCEL_EVERY = 4096, AHEAD = 32 };

/* The first walk: nodes as they were met, the given ones first. */
typedef struct survey {
    const road_arcs *arcs;
    uint64_t *seen;     /* of each position */
    uint32_t *position; /* of each node met */
    size_t count, capacity;
    uint32_t *start; /* of each node met, and one more */
    size_t start_capacity;
    road_link *link; /* of each node met, to positions, then to nodes met */
    size_t link_count, link_capacity;
} survey;

static status node_meet(survey *s, uint32_t position, error *err)
{
    uint32_t *grown = array_grown(s->position, &s->capacity, s->count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (s->count + 1) * sizeof *grown);
    s->position = grown;
    s->position[s->count++] = position;
    node_bits_add(s->seen, position);
    return STATUS_OK;
}

static status starts_grow(survey *s, error *err)
{
    uint32_t *grown = array_grown(s->start, &s->start_capacity, s->count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (s->count + 1) * sizeof *grown);
    s->start = grown;
    return STATUS_OK;
}

static status links_grow(survey *s, size_t more, error *err)
{
    size_t wanted = s->link_count + more;
    road_link *grown = array_grown(s->link, &s->link_capacity, wanted, sizeof *grown);
    if (!grown)
        return memory_error(err, wanted * sizeof *grown);
    s->link = grown;
    return STATUS_OK;
}

static void fetch_ahead(const survey *s, size_t node)
{
    const road_arcs *a = s->arcs;
    if (node + 2 * AHEAD < s->count)
        __builtin_prefetch(&a->start[s->position[node + 2 * AHEAD]]);
    if (node + AHEAD < s->count) {
        const uint32_t *start = &a->start[s->position[node + AHEAD]];
        __builtin_prefetch(&a->link[start[0]]);
        __builtin_prefetch((const char *)&a->link[start[1]] - 1); /* of the last one, the end */
    }
}

/* The arcs of a node, and those of their ends that are new. */
static status node_look(survey *s, size_t node, error *err)
{
    const road_arcs *a = s->arcs;
    uint32_t position = s->position[node];
    size_t arcs = a->start[position + 1] - a->start[position];
    status result = starts_grow(s, err);
    if (result == STATUS_OK)
        result = links_grow(s, arcs, err);
    if (result)
        return result;
    s->start[node] = (uint32_t)s->link_count;
    for (size_t i = 0; i < arcs && result == STATUS_OK; i++) {
        const road_link *l = &a->link[a->start[position] + i];
        s->link[s->link_count++] = *l;
        if (!(s->seen[l->node / NODE_BITS_WORD] >> l->node % NODE_BITS_WORD & 1))
            result = node_meet(s, l->node, err);
    }
    s->start[node + 1] = (uint32_t)s->link_count;
    return result;
}

static bool stopped(const atomic_int *cancel)
{
    return cancel && atomic_load(cancel) != 0;
}

static status survey_run(survey *s, const road_hierarchy *h, const node_set *set,
                         const atomic_int *cancel, error *err)
{
    status result = starts_grow(s, err); /* of no node at all, too */
    for (size_t i = 0; i < set->count && result == STATUS_OK; i++) {
        if (i + AHEAD < set->count)
            __builtin_prefetch(&h->position[set->node[i + AHEAD]]);
        result = node_meet(s, h->position[set->node[i]], err);
    }
    for (size_t i = 0; i < s->count && result == STATUS_OK; i++) {
        if (i % CANCEL_EVERY == 0 && stopped(cancel))
            return error_set(err, STATUS_INTERRUPTED, M_BASE_STOPPED);
        fetch_ahead(s, i);
        result = node_look(s, i, err);
    }
    return result;
}

static void survey_clear(survey *s)
{
    memory_free(s->position);
    memory_free(s->start);
    memory_free(s->link);
}

/* --- positions as nodes --- */

static uint32_t rank_of(const closure *c, uint32_t position)
{
    uint64_t bit = UINT64_C(1) << position % NODE_BITS_WORD;
    uint64_t lower = c->seen[position / NODE_BITS_WORD] & (bit - 1);
    return c->before[position / NODE_BITS_WORD] + (uint32_t)__builtin_popcountll(lower);
}

/* Arcs lead to nodes met, in place of positions. */
static status links_turned(closure *c, survey *s, uint32_t positions, error *err)
{
    uint32_t count = 0;
    c->before = memory_new(node_bits_words(positions), sizeof *c->before);
    c->node_by_position = memory_new(c->count, sizeof *c->node_by_position);
    if (!c->before || !c->node_by_position)
        return memory_error(err, c->count * sizeof *c->node_by_position);
    for (size_t i = 0; i < node_bits_words(positions); i++) {
        c->before[i] = count;
        count += (uint32_t)__builtin_popcountll(c->seen[i]);
    }
    for (uint32_t x = 0; x < c->count; x++)
        c->node_by_position[rank_of(c, s->position[x])] = x;
    for (size_t i = 0; i < s->link_count; i++)
        s->link[i].node = c->node_by_position[rank_of(c, s->link[i].node)];
    return STATUS_OK;
}

/* --- numbers --- */

typedef struct step {
    uint32_t node, arc; /* the next arc to follow */
} step;

/* Everything above a node gets its number, then the node: number[node], and the nodes by number. */
static void nodes_number(const survey *s, size_t given, uint32_t *number, uint32_t *node_of,
                         step *path)
{
    uint32_t count = 0;
    for (uint32_t x = 0; x < s->count; x++)
        number[x] = CLOSURE_NONE;
    for (uint32_t x = 0; x < given; x++) {
        size_t depth = 0;
        if (number[x] == CLOSURE_NONE)
            path[depth++] = (step){.node = x, .arc = s->start[x]};
        while (depth > 0) {
            step *top = &path[depth - 1];
            while (top->arc < s->start[top->node + 1] &&
                   number[s->link[top->arc].node] != CLOSURE_NONE)
                top->arc++;
            if (top->arc < s->start[top->node + 1]) {
                uint32_t above = s->link[top->arc++].node;
                path[depth++] = (step){.node = above, .arc = s->start[above]};
                continue;
            }
            node_of[count] = top->node;
            number[top->node] = count++;
            depth--;
        }
    }
}

/* An arc that another one between the same ends beats stays: hierarchies have hardly any. */
static void arcs_numbered(closure *c, const survey *s, const uint32_t *number,
                          const uint32_t *node_of)
{
    uint32_t arcs = 0;
    for (uint32_t x = 0; x < c->count; x++) {
        c->start[x] = arcs;
        for (uint32_t i = s->start[node_of[x]]; i < s->start[node_of[x] + 1]; i++) {
            c->link[arcs] = s->link[i];
            c->link[arcs++].node = number[s->link[i].node];
        }
    }
    c->start[c->count] = arcs;
}

static status closure_number(closure *c, const survey *s, error *err)
{
    status result = STATUS_OK;
    uint32_t *number = memory_new(c->count, sizeof *number);
    uint32_t *node_of = memory_new(c->count, sizeof *node_of);
    step *path = memory_new(c->count, sizeof *path);
    c->start = memory_new((size_t)c->count + 1, sizeof *c->start);
    c->link = memory_new(s->link_count, sizeof *c->link);
    c->given = memory_new(c->given_count, sizeof *c->given);
    if (!number || !node_of || !path || !c->start || !c->link || !c->given) {
        result = memory_error(err, s->link_count * sizeof *c->link);
        goto done;
    }
    nodes_number(s, c->given_count, number, node_of, path);
    arcs_numbered(c, s, number, node_of);
    for (size_t i = 0; i < c->given_count; i++)
        c->given[i] = number[i];
    for (uint32_t i = 0; i < c->count; i++)
        c->node_by_position[i] = number[c->node_by_position[i]];
done:
    memory_free(number);
    memory_free(node_of);
    memory_free(path);
    return result;
}

/* --- closures --- */

status closure_make(closure *out, const road_hierarchy *h, const road_arcs *arcs,
                    const node_set *set, const atomic_int *cancel, error *err)
{
    closure c = {.given_count = set->count};
    survey s = {.arcs = arcs};
    status result = STATUS_OK;
    s.seen = c.seen = memory_new(node_bits_words(h->node_count), sizeof *c.seen);
    if (!c.seen)
        result = memory_error(err, node_bits_words(h->node_count) * sizeof *c.seen);
    if (result == STATUS_OK)
        result = survey_run(&s, h, set, cancel, err);
    c.count = (uint32_t)s.count;
    if (result == STATUS_OK)
        result = links_turned(&c, &s, h->node_count, err);
    if (result == STATUS_OK && stopped(cancel))
        result = error_set(err, STATUS_INTERRUPTED, M_BASE_STOPPED);
    if (result == STATUS_OK)
        result = closure_number(&c, &s, err);
    survey_clear(&s);
    if (result)
        closure_clear(&c);
    *out = c;
    return result;
}

void closure_clear(closure *c)
{
    memory_free(c->given);
    memory_free(c->start);
    memory_free(c->link);
    memory_free(c->seen);
    memory_free(c->before);
    memory_free(c->node_by_position);
    *c = (closure){0};
}

/* --- sizes --- */

static closure_size whole(const road_hierarchy *h, const road_arcs *arcs)
{
    return (closure_size){.nodes = h->node_count, .arcs = arcs->start[h->node_count]};
}

/* Positions from the lowest up: all that leads to one is known when its turn comes. */
closure_size closure_measure(const road_hierarchy *h, const road_arcs *arcs, const uint32_t *nodes,
                             size_t count, const atomic_int *cancel)
{
    closure_size size = {0};
    uint64_t *seen = memory_new(node_bits_words(h->node_count), sizeof *seen);
    if (!seen)
        return whole(h, arcs);
    for (size_t i = 0; i < count; i++)
        if (nodes[i] < h->node_count)
            node_bits_add(seen, h->position[nodes[i]]);
    for (size_t w = node_bits_words(h->node_count); w-- > 0 && !(cancel && atomic_load(cancel));)
        while (seen[w]) {
            uint32_t p = node_bits_highest(seen, w);
            size.nodes++;
            size.arcs += arcs->start[p + 1] - arcs->start[p];
            for (uint32_t i = arcs->start[p]; i < arcs->start[p + 1]; i++)
                node_bits_add(seen, arcs->link[i].node);
        }
    memory_free(seen);
    return size;
}

/* Lists that grow by doubling may stand twice as large, and once more while they are copied. */
uint64_t closure_memory(const road_hierarchy *h, closure_size size, size_t given)
{
    enum { WORD = sizeof(uint32_t) };
    uint64_t nodes = size.nodes + 32, arcs = size.arcs + 32;
    uint64_t surveyed = 3 * (2 * nodes * WORD + arcs * sizeof(road_link));
    return node_bits_words(h->node_count) * (sizeof(uint64_t) + WORD) + given * WORD + surveyed +
           nodes * (4 * WORD + sizeof(step)) + arcs * sizeof(road_link);
}
