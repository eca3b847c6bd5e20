/* Pairwise merge in block order. */
#include "engine/plugin/block_merge.h"

#include <string.h>

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
    return STATUS_OK;
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

/* [locked] */
static status climb(block_merge *m, size_t index, void *partial, error *err)
{
    uint8_t level = 0;
    status s = STATUS_OK;
    while (s == STATUS_OK) {
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

status block_merge_give(block_merge *m, size_t index, void *partial, error *err)
{
    if (m->bytes == 0)
        return STATUS_OK;
    (void)pthread_mutex_lock(&m->lock);
    status s = climb(m, index, partial, err);
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
