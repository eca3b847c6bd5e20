/* Pairwise merge in block order. */
#include "engine/job/block_merge.h"

#include <string.h>

/* Blocks of each range. */
static status ranges_init(block_merge *m, error *err)
{
    const size_t size = (size_t)1 << m->calls.range_level;
    const size_t count = m->blocks / size + (m->blocks % size != 0);
    m->left = memory_new(count, sizeof *m->left);
    if (m->left == NULL)
        return memory_error(err, count * sizeof *m->left);
    for (size_t i = 0; i < count; i++)
        m->left[i] = i + 1 < count || m->blocks % size == 0 ? size : m->blocks % size;
    return STATUS_OK;
}

status block_merge_init(block_merge *m, size_t bytes, size_t blocks, const block_merge_calls *calls,
                        error *err)
{
    *m = (block_merge){.bytes = bytes, .blocks = blocks, .calls = *calls};
    m->node = memory_new(blocks, sizeof *m->node);
    m->level = memory_new(blocks, sizeof *m->level);
    m->spare_capacity = 2 * blocks; /* a trial holds two a block */
    m->spare = memory_new(m->spare_capacity, sizeof *m->spare);
    m->ready = pthread_mutex_init(&m->lock, NULL) == 0;
    if (m->node == NULL || m->level == NULL || m->spare == NULL || !m->ready)
        return memory_error(err, blocks * sizeof *m->node);
    return calls->range_whole != NULL ? ranges_init(m, err) : STATUS_OK;
}

void block_merge_clear(block_merge *m)
{
    for (size_t i = 0; m->node != NULL && i < m->blocks; i++) {
        if (m->node[i] != NULL)
            m->calls.partial_free(m->calls.context, m->node[i]);
    }
    for (size_t i = 0; i < m->spare_count; i++)
        m->calls.partial_free(m->calls.context, m->spare[i]);
    memory_free(m->node);
    memory_free(m->level);
    memory_free(m->left);
    memory_free(m->spare);
    if (m->ready)
        (void)pthread_mutex_destroy(&m->lock);
    *m = (block_merge){.bytes = 0};
}

status block_merge_take(block_merge *m, void **out, error *err)
{
    *out = NULL;
    if (m->bytes == 0)
        return STATUS_OK;
    (void)pthread_mutex_lock(&m->lock);
    *out = m->spare_count > 0 ? m->spare[--m->spare_count] : m->calls.partial_new(m->calls.context);
    (void)pthread_mutex_unlock(&m->lock);
    if (*out == NULL)
        return memory_error(err, m->bytes);
    memset(*out, 0, m->bytes);
    return STATUS_OK;
}

/* [locked] There is room: at most a partial a block, and one a block of a trial. */
static void put_aside(block_merge *m, void *partial)
{
    m->spare[m->spare_count++] = partial;
}

void block_merge_spare(block_merge *m, void *partial)
{
    if (partial == NULL)
        return;
    (void)pthread_mutex_lock(&m->lock);
    put_aside(m, partial);
    (void)pthread_mutex_unlock(&m->lock);
}

/* [locked] Merges the later subtree into the earlier one. */
static status join(block_merge *m, void *earlier, void *later, error *err)
{
    status s = STATUS_OK;
    if (m->calls.merge != NULL)
        s = m->calls.merge(m->calls.context, earlier, later, err);
    put_aside(m, later);
    return s;
}

/* [locked] From a subtree upwards, no higher than a level. */
static status climb(block_merge *m, block_node from, uint8_t highest, error *err)
{
    size_t index = from.block;
    uint8_t level = from.level;
    void *partial = from.partial;
    status s = STATUS_OK;
    while (s == STATUS_OK && level < highest) {
        size_t span = (size_t)1 << level;
        size_t sibling = (index & span) != 0 ? index - span : index + span;
        if (sibling >= m->blocks || m->node[sibling] == NULL || m->level[sibling] != level)
            break;
        void *other = m->node[sibling];
        m->node[sibling] = NULL;
        s = sibling < index ? join(m, other, partial, err) : join(m, partial, other, err);
        partial = sibling < index ? other : partial;
        index = sibling < index ? sibling : index;
        level++;
    }
    m->node[index] = partial;
    m->level[index] = level;
    return s;
}

/* --- ranges --- */

/* [locked] Takes what a range merged to out of the tree: nobody merges it further meanwhile. */
static void nodes_take(block_merge *m, block_range *range, block_node nodes[BLOCK_NODES_MAX])
{
    range->node_count = 0;
    range->nodes = nodes;
    for (size_t i = range->first; m->bytes > 0 && i < range->first + range->count; i++) {
        if (m->node[i] == NULL)
            continue;
        nodes[range->node_count++] =
            (block_node){.block = i, .level = m->level[i], .partial = m->node[i]};
        m->node[i] = NULL;
    }
}

/* [locked] Puts the nodes of a whole range into the tree. */
static status nodes_put(block_merge *m, const block_range *range, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; i < range->node_count; i++) {
        const block_node *n = &range->nodes[i];
        if (s == STATUS_OK)
            s = climb(m, *n, UINT8_MAX, err);
        else
            m->node[n->block] = n->partial; /* to be freed with the tree */
    }
    return s;
}

/* [locked] The range of a block that just gave; false while others of it are missing. */
static bool range_is_whole(block_merge *m, size_t index, block_range *range)
{
    const size_t number = index >> m->calls.range_level;
    const size_t size = (size_t)1 << m->calls.range_level;
    range->first = number << m->calls.range_level;
    range->count = m->blocks - range->first < size ? m->blocks - range->first : size;
    return --m->left[number] == 0;
}

/* What is kept is written outside the lock: other blocks go on. */
static status give_to_range(block_merge *m, size_t index, void *partial, error *err)
{
    block_node nodes[BLOCK_NODES_MAX];
    block_range range;
    status s = STATUS_OK;
    (void)pthread_mutex_lock(&m->lock);
    if (m->bytes > 0)
        s = climb(m, (block_node){.block = index, .partial = partial}, m->calls.range_level, err);
    const bool whole = s == STATUS_OK && range_is_whole(m, index, &range);
    if (whole)
        nodes_take(m, &range, nodes);
    (void)pthread_mutex_unlock(&m->lock);
    if (!whole)
        return s;
    m->calls.range_whole(m->calls.context, &range);
    (void)pthread_mutex_lock(&m->lock);
    s = nodes_put(m, &range, err);
    (void)pthread_mutex_unlock(&m->lock);
    return s;
}

status block_merge_restore(block_merge *m, const block_range *range, error *err)
{
    block_node nodes[BLOCK_NODES_MAX];
    const block_range own = {.nodes = nodes, .node_count = m->bytes > 0 ? range->node_count : 0};
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < own.node_count; i++) {
        nodes[i] = range->nodes[i];
        s = block_merge_take(m, &nodes[i].partial, err);
        if (s == STATUS_OK)
            memcpy(nodes[i].partial, range->nodes[i].partial, m->bytes);
        else
            nodes[i].partial = NULL;
    }
    m->left[range->first >> m->calls.range_level] = 0;
    if (s != STATUS_OK) {
        for (size_t i = 0; i < own.node_count && nodes[i].partial != NULL; i++)
            block_merge_spare(m, nodes[i].partial);
        return s;
    }
    (void)pthread_mutex_lock(&m->lock);
    s = nodes_put(m, &own, err);
    (void)pthread_mutex_unlock(&m->lock);
    return s;
}

status block_merge_give(block_merge *m, size_t index, void *partial, error *err)
{
    if (m->left != NULL)
        return give_to_range(m, index, partial, err);
    if (m->bytes == 0)
        return STATUS_OK;
    (void)pthread_mutex_lock(&m->lock);
    status s = climb(m, (block_node){.block = index, .partial = partial}, UINT8_MAX, err);
    (void)pthread_mutex_unlock(&m->lock);
    return s;
}

/* What is left are the whole subtrees of the binary digits of `blocks`, largest first: the smallest
 * goes into the one before it, and so on to the first. */
status block_merge_total(block_merge *m, void **out, error *err)
{
    void *whole = NULL;
    *out = NULL;
    if (m->bytes == 0)
        return STATUS_OK;
    if (m->blocks == 0)
        return block_merge_take(m, out, err);
    status s = STATUS_OK;
    for (size_t i = m->blocks; s == STATUS_OK && i-- > 0;) {
        if (m->node[i] == NULL)
            continue;
        if (whole != NULL)
            s = join(m, m->node[i], whole, err);
        whole = m->node[i];
        m->node[i] = NULL;
    }
    if (s == STATUS_OK)
        *out = whole;
    else
        put_aside(m, whole);
    return s;
}
