/* Closures: a walk in depth numbers the nodes, then the arcs are copied in that order. The
 * hierarchy is much larger than the cache: what the next steps will read is fetched ahead. */
#include "network/search/closure.h"

#include "base/arrays.h"
#include "base/messages.h"
#include "network/search/node_bits.h"

enum { CANCEL_EVERY = 1024, AHEAD = 8 };

typedef struct step {
    uint32_t position, arc, end; /* the next arc to follow, and where they end */
} step;

typedef struct walk {
    const road_arcs *arcs;
    uint64_t *seen;     /* of each position */
    uint32_t *position; /* of each node numbered */
    size_t count, capacity;
    step *path; /* from a given node upwards */
    size_t depth, path_capacity;
} walk;

static inline bool seen(const walk *w, uint32_t position)
{
    return w->seen[position / NODE_BITS_WORD] >> position % NODE_BITS_WORD & 1;
}

static inline void fetch_start(const road_arcs *a, uint32_t position)
{
    __builtin_prefetch(&a->start[position]);
}

static inline void fetch_links(const road_arcs *a, uint32_t position)
{
    __builtin_prefetch(&a->link[a->start[position]]);
}

static status step_in(walk *w, uint32_t position, error *err)
{
    const road_arcs *a = w->arcs;
    step *path = array_grown(w->path, &w->path_capacity, w->depth + 1, sizeof *path);
    if (!path)
        return memory_error(err, (w->depth + 1) * sizeof *path);
    w->path = path;
    step s = {.position = position, .arc = a->start[position], .end = a->start[position + 1]};
    w->path[w->depth++] = s;
    node_bits_add(w->seen, position);
    for (uint32_t i = s.arc; i < s.end; i++)
        if (!seen(w, a->link[i].node))
            fetch_links(a, a->link[i].node);
    return STATUS_OK;
}

static status number(walk *w, uint32_t position, error *err)
{
    uint32_t *grown = array_grown(w->position, &w->capacity, w->count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (w->count + 1) * sizeof *grown);
    w->position = grown;
    w->position[w->count++] = position;
    return STATUS_OK;
}

/* Everything above `position` that has no number yet, then itself. */
static status climb(walk *w, uint32_t position, error *err)
{
    status result = STATUS_OK;
    if (!seen(w, position))
        result = step_in(w, position, err);
    while (w->depth > 0 && result == STATUS_OK) {
        step *top = &w->path[w->depth - 1];
        if (top->arc == top->end) {
            w->depth--;
            result = number(w, top->position, err);
            continue;
        }
        uint32_t above = w->arcs->link[top->arc++].node;
        if (!seen(w, above))
            result = step_in(w, above, err);
    }
    return result;
}

static status climb_all(walk *w, const road_hierarchy *h, const node_set *set,
                        const atomic_int *cancel, error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < set->count && result == STATUS_OK; i++) {
        if (i % CANCEL_EVERY == 0 && cancel && atomic_load(cancel))
            return error_set(err, STATUS_INTERRUPTED, M_BASE_STOPPED);
        if (i + 3 * AHEAD < set->count)
            __builtin_prefetch(&h->position[set->node[i + 3 * AHEAD]]);
        if (i + 2 * AHEAD < set->count)
            fetch_start(w->arcs, h->position[set->node[i + 2 * AHEAD]]);
        if (i + AHEAD < set->count)
            fetch_links(w->arcs, h->position[set->node[i + AHEAD]]);
        result = climb(w, h->position[set->node[i]], err);
    }
    return result;
}

/* --- what the walk found, kept --- */

static status positions_kept(closure *c, const walk *w, uint32_t positions, error *err)
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
    for (uint32_t x = 0; x < c->count; x++) {
        uint32_t p = w->position[x], word = p / NODE_BITS_WORD;
        uint64_t lower = c->seen[word] & ((UINT64_C(1) << p % NODE_BITS_WORD) - 1);
        c->node_by_position[c->before[word] + (uint32_t)__builtin_popcountll(lower)] = x;
    }
    return STATUS_OK;
}

static status starts_copied(closure *c, const walk *w, error *err)
{
    uint64_t arcs = 0;
    const uint32_t *start = w->arcs->start;
    c->start = memory_new((size_t)c->count + 1, sizeof *c->start);
    if (!c->start)
        return memory_error(err, c->count * sizeof *c->start);
    for (uint32_t x = 0; x < c->count; x++) {
        if (x + AHEAD < c->count)
            fetch_start(w->arcs, w->position[x + AHEAD]);
        c->start[x] = (uint32_t)arcs;
        arcs += start[w->position[x] + 1] - start[w->position[x]];
    }
    c->start[c->count] = (uint32_t)arcs;
    c->link = memory_new(arcs, sizeof *c->link);
    return c->link ? STATUS_OK : memory_error(err, arcs * sizeof *c->link);
}

/* An arc that another one between the same ends beats stays: hierarchies have hardly any. */
static void links_copied(closure *c, const walk *w)
{
    for (uint32_t x = 0; x < c->count; x++) {
        if (x + 2 * AHEAD < c->count)
            fetch_start(w->arcs, w->position[x + 2 * AHEAD]);
        if (x + AHEAD < c->count)
            fetch_links(w->arcs, w->position[x + AHEAD]);
        const road_link *from = w->arcs->link + w->arcs->start[w->position[x]];
        for (uint32_t i = c->start[x]; i < c->start[x + 1]; i++) {
            c->link[i] = *from++;
            c->link[i].node = closure_at(c, c->link[i].node);
        }
    }
}

static status closure_fill(closure *c, walk *w, const road_hierarchy *h, const node_set *set,
                           const atomic_int *cancel, error *err)
{
    c->given_count = set->count;
    c->seen = memory_new(node_bits_words(h->node_count), sizeof *c->seen);
    c->given = memory_new(set->count, sizeof *c->given);
    if (!c->seen || !c->given)
        return memory_error(err, h->node_count / 8 + set->count * sizeof *c->given);
    w->seen = c->seen;
    status result = climb_all(w, h, set, cancel, err);
    if (result)
        return result;
    c->count = (uint32_t)w->count;
    result = positions_kept(c, w, h->node_count, err);
    if (result == STATUS_OK)
        result = starts_copied(c, w, err);
    if (result)
        return result;
    links_copied(c, w);
    for (size_t i = 0; i < set->count; i++)
        c->given[i] = closure_at(c, h->position[set->node[i]]);
    return STATUS_OK;
}

status closure_make(closure *out, const road_hierarchy *h, const road_arcs *arcs,
                    const node_set *set, const atomic_int *cancel, error *err)
{
    closure c = {0};
    walk w = {.arcs = arcs};
    status result = closure_fill(&c, &w, h, set, cancel, err);
    memory_free(w.path);
    memory_free(w.position);
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
                             size_t count)
{
    closure_size size = {0};
    uint64_t *seen = memory_new(node_bits_words(h->node_count), sizeof *seen);
    if (!seen)
        return whole(h, arcs);
    for (size_t i = 0; i < count; i++)
        if (nodes[i] < h->node_count)
            node_bits_add(seen, h->position[nodes[i]]);
    for (size_t w = node_bits_words(h->node_count); w-- > 0;)
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

/* Lists that grow by doubling may stand twice as large, and once more while they are copied; the
 * path of a walk is no longer than the closure is large. */
uint64_t closure_memory(const road_hierarchy *h, closure_size size, size_t given)
{
    uint64_t grown = 3 * (size.nodes + 32);
    return node_bits_words(h->node_count) * (sizeof(uint64_t) + sizeof(uint32_t)) +
           given * sizeof(uint32_t) + grown * (sizeof(uint32_t) + sizeof(step)) +
           2 * (size.nodes + 1) * sizeof(uint32_t) + size.arcs * sizeof(road_link);
}
