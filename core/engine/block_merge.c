/* Pairwise merge in block order. */
#include "engine/block_merge.h"

#include <string.h>

status block_merge_init(block_merge *m, size_t bytes, size_t blocks, merge_function merge,
                        void *context, error *err)
{
    *m = (block_merge){.bytes = bytes, .blocks = blocks, .merge = merge, .context = context};
    m->node = memory_new(blocks, sizeof *m->node);
    m->level = memory_new(blocks, sizeof *m->level);
    m->spare_capacity = blocks;
    m->spare = memory_new(blocks, sizeof *m->spare);
    m->ready = pthread_mutex_init(&m->lock, NULL) == 0;
    if (m->node == NULL || m->level == NULL || m->spare == NULL || !m->ready)
        return memory_error(err, blocks * sizeof *m->node);
    return STATUS_OK;
}

void block_merge_clear(block_merge *m)
{
    for (size_t i = 0; m->node != NULL && i < m->blocks; i++)
        memory_free(m->node[i]);
    for (size_t i = 0; i < m->spare_count; i++)
        memory_free(m->spare[i]);
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
    if (m->spare_count > 0)
        *out = m->spare[--m->spare_count];
    (void)pthread_mutex_unlock(&m->lock);
    if (*out != NULL)
        memset(*out, 0, m->bytes);
    else
        *out = memory_new(1, m->bytes);
    return *out != NULL ? STATUS_OK : memory_error(err, m->bytes);
}

/* [locked] Merges the later subtree into the earlier one. There is room: at most one partial a
 * block. */
static void join(block_merge *m, void *earlier, void *later)
{
    if (m->merge != NULL)
        m->merge(m->context, earlier, later);
    m->spare[m->spare_count++] = later;
}

void block_merge_give(block_merge *m, size_t index, void *partial)
{
    uint8_t level = 0;
    if (m->bytes == 0)
        return;
    (void)pthread_mutex_lock(&m->lock);
    for (;;) {
        size_t span = (size_t)1 << level;
        size_t sibling = (index & span) != 0 ? index - span : index + span;
        if (sibling >= m->blocks || m->node[sibling] == NULL || m->level[sibling] != level)
            break;
        if (sibling < index) {
            join(m, m->node[sibling], partial);
            partial = m->node[sibling];
        } else {
            join(m, partial, m->node[sibling]);
        }
        m->node[sibling] = NULL;
        index = sibling < index ? sibling : index;
        level++;
    }
    m->node[index] = partial;
    m->level[index] = level;
    (void)pthread_mutex_unlock(&m->lock);
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
    for (size_t i = m->blocks; i-- > 0;) {
        if (m->node[i] == NULL)
            continue;
        if (whole != NULL)
            join(m, m->node[i], whole);
        whole = m->node[i];
        m->node[i] = NULL;
    }
    *out = whole;
    return STATUS_OK;
}
