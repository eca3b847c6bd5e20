/* What the methods of a table share. */
#include "network/search/table_work.h"

#include <stdlib.h>

#include "base/blocks.h"
#include "network/search/node_bits.h"

static size_t value_bytes(const table_request *r)
{
    return r->times_only ? sizeof(uint32_t) : sizeof(road_cost);
}

static int compare_entries(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

status table_work_make(table_work *out, const table_request *r, table_sink sink, void *context,
                       error *err)
{
    const uint32_t nodes = r->network->node_count;
    *out = (table_work){.request = r,
                        .cancel = r->progress ? r->progress->cancel : NULL,
                        .sink = sink,
                        .context = context};
    status result = node_set_make(&out->from, r->from, r->from_count, nodes, err);
    if (result == STATUS_OK)
        result = node_set_make(&out->to, r->to, r->to_count, nodes, err);
    if (result)
        return result;
    out->order = memory_new(r->to_count, sizeof *out->order);
    if (!out->order)
        return memory_error(err, r->to_count * sizeof *out->order);
    for (size_t i = 0; i < r->to_count; i++)
        out->order[i] = out->to.entry[i];
    for (size_t i = 0; i < r->to_count; i += TABLE_BATCH) {
        size_t left = r->to_count - i;
        qsort(out->order + i, left < TABLE_BATCH ? left : TABLE_BATCH, sizeof *out->order,
              compare_entries);
    }
    return STATUS_OK;
}

void table_work_clear(table_work *w)
{
    node_set_clear(&w->from);
    node_set_clear(&w->to);
    memory_free(w->order);
    w->order = NULL;
}

uint64_t table_work_memory(const table_request *r)
{
    const uint32_t nodes = r->network->node_count;
    return node_set_memory(r->from_count, nodes) + node_set_memory(r->to_count, nodes) +
           r->to_count * sizeof(uint32_t) + sizeof(table_work);
}

/* --- columns --- */

/* Whole cache lines, and an odd number of them: columns that are written side by side must not
 * all fall into the same few places of the cache. */
static size_t stride_of(const table_request *r)
{
    return ((r->from_count / TABLE_BATCH + 1) | 1) * TABLE_BATCH;
}

status table_columns_make(table_columns *out, const table_request *r, error *err)
{
    bool limited = r->limit != TABLE_UNBOUNDED;
    *out = (table_columns){.stride = stride_of(r)};
    out->value = memory_new(out->stride, TABLE_BATCH * value_bytes(r));
    out->bits = memory_new(node_bits_words((uint32_t)r->from_count), sizeof *out->bits);
    if (limited)
        out->from = memory_new(out->stride, TABLE_BATCH * sizeof *out->from);
    if (out->value && out->bits && (out->from || !limited))
        return STATUS_OK;
    table_columns_clear(out);
    return memory_error(err, table_columns_memory(r));
}

void table_columns_clear(table_columns *c)
{
    memory_free(c->value);
    memory_free(c->from);
    memory_free(c->bits);
    *c = (table_columns){0};
}

uint64_t table_columns_memory(const table_request *r)
{
    uint64_t each = value_bytes(r) + (r->limit == TABLE_UNBOUNDED ? 0 : sizeof(uint32_t));
    return stride_of(r) * TABLE_BATCH * each + r->from_count / 8 + sizeof(uint64_t);
}

void table_from_add(const table_work *w, table_columns *c, uint32_t rank)
{
    for (size_t k = w->from.start[rank]; k < w->from.start[rank + 1]; k++)
        node_bits_add(c->bits, w->from.entry[k]);
}

size_t table_from_list(const table_work *w, table_columns *c, uint32_t *list)
{
    size_t count = 0;
    for (size_t word = 0; word < node_bits_words((uint32_t)w->from.entries); word++)
        while (c->bits[word])
            list[count++] = node_bits_lowest(c->bits, word);
    return count;
}

status table_hand_over(table_work *w, const table_columns *c, size_t first, size_t columns,
                       error *err)
{
    const table_request *r = w->request;
    cost_column handed[TABLE_BATCH];
    for (size_t k = 0; k < columns; k++)
        handed[k] = (cost_column){.to = w->order[first + k],
                                  .count = c->count[k],
                                  .from = c->from ? c->from + k * c->stride : NULL,
                                  .cost = r->times_only ? NULL : table_costs(c, k),
                                  .time = r->times_only ? table_times(c, k) : NULL};
    status result = w->sink(w->context, handed, columns, err);
    size_t done = atomic_fetch_add(&w->done, columns) + columns;
    if (r->progress)
        progress_advance(r->progress, done, r->to_count);
    return result;
}
