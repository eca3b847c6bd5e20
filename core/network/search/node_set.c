/* Node sets: a bit per node of the network, and counts of the bits before each word. */
#include "network/search/node_set.h"

#include "network/search/node_bits.h"

static void nodes_counted(node_set *s, const uint32_t *nodes)
{
    for (size_t i = 0; i < s->entries; i++)
        if (nodes[i] < s->node_limit)
            node_bits_add(s->bit, nodes[i]);
    for (size_t w = 0; w < node_bits_words(s->node_limit); w++) {
        s->before[w] = (uint32_t)s->count;
        s->count += (size_t)__builtin_popcountll(s->bit[w]);
    }
}

static void nodes_listed(node_set *s)
{
    size_t count = 0;
    for (size_t w = 0; w < node_bits_words(s->node_limit); w++)
        for (uint64_t left = s->bit[w]; left; left &= left - 1)
            s->node[count++] = (uint32_t)(w * NODE_BITS_WORD + (unsigned)__builtin_ctzll(left));
}

static void ranks_set(node_set *s, const uint32_t *nodes)
{
    for (size_t i = 0; i < s->entries; i++) {
        s->rank[i] = nodes[i] < s->node_limit ? node_set_rank(s, nodes[i]) : NODE_SET_NONE;
        if (s->rank[i] != NODE_SET_NONE)
            s->start[s->rank[i] + 1]++;
    }
    for (size_t k = 0; k < s->count; k++)
        s->start[k + 1] += s->start[k];
}

/* Entries by rank, in their own order within each. Filling a node's leaves its start where the next
 * one's was. */
static void entries_ordered(node_set *s)
{
    size_t last = s->start[s->count];
    for (size_t i = 0; i < s->entries; i++)
        if (s->rank[i] == NODE_SET_NONE)
            s->entry[last++] = (uint32_t)i;
        else
            s->entry[s->start[s->rank[i]]++] = (uint32_t)i;
    for (size_t k = s->count; k > 0; k--)
        s->start[k] = s->start[k - 1];
    s->start[0] = 0;
}

status node_set_make(node_set *out, const uint32_t *nodes, size_t entries, uint32_t node_count,
                     error *err)
{
    node_set s = {.entries = entries, .node_limit = node_count};
    status result = STATUS_OK;
    s.bit = memory_new(node_bits_words(node_count), sizeof *s.bit);
    s.before = memory_new(node_bits_words(node_count), sizeof *s.before);
    if (s.bit && s.before)
        nodes_counted(&s, nodes);
    s.node = memory_new(s.count, sizeof *s.node);
    s.start = memory_new(s.count + 1, sizeof *s.start);
    s.rank = memory_new(entries, sizeof *s.rank);
    s.entry = memory_new(entries, sizeof *s.entry);
    if (!s.bit || !s.before || !s.node || !s.start || !s.rank || !s.entry) {
        node_set_clear(&s);
        result = memory_error(err, node_set_memory(entries, node_count));
        goto done;
    }
    nodes_listed(&s);
    ranks_set(&s, nodes);
    entries_ordered(&s);
done:
    *out = s;
    return result;
}

void node_set_clear(node_set *s)
{
    memory_free(s->node);
    memory_free(s->rank);
    memory_free(s->start);
    memory_free(s->entry);
    memory_free(s->bit);
    memory_free(s->before);
    *s = (node_set){0};
}

uint64_t node_set_memory(size_t entries, uint32_t node_count)
{
    uint64_t distinct = entries < node_count ? entries : node_count;
    return node_bits_words(node_count) * (sizeof(uint64_t) + sizeof(uint32_t)) +
           distinct * (sizeof(uint32_t) + sizeof(size_t)) + sizeof(size_t) +
           (uint64_t)entries * 2 * sizeof(uint32_t);
}
