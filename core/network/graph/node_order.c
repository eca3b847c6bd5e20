#include "network/graph/node_order.h"

#include "base/blocks.h"
#include "base/memory.h"
#include "network/graph/key_sort.h"

/* 22 bits an axis: four digits to sort by, and cells of half a metre over France. */
enum { AXIS_BITS = 22, NODES_A_BLOCK = 1 << 16 };

typedef struct keying {
    const int32_t *x, *y;
    int32_t x_min, y_min;
    unsigned bits, shift; /* of an axis: kept, dropped */
    keyed_node *out;
} keying;

static uint32_t offset(int32_t value, int32_t lowest)
{
    return (uint32_t)((int64_t)value - lowest);
}

/* The number of cell (x, y) along the curve of `bits` bits an axis (Hilbert 1891): from the large
 * squares to the small, each quarter turned as the curve enters it. */
static uint64_t hilbert_key(uint32_t x, uint32_t y, unsigned bits)
{
    uint64_t key = 0;
    for (unsigned i = bits; i-- > 0;) {
        uint32_t right = x >> i & 1, above = y >> i & 1;
        key = key << 2 | ((3 * right) ^ above);
        if (above)
            continue;
        if (right) {
            x = ~x;
            y = ~y;
        }
        uint32_t swapped = x;
        x = y;
        y = swapped;
    }
    return key;
}

static status key_block(void *context, block b, error *err)
{
    const keying *k = context;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++)
        k->out[i] = (keyed_node){.key = hilbert_key(offset(k->x[i], k->x_min) >> k->shift,
                                                    offset(k->y[i], k->y_min) >> k->shift, k->bits),
                                 .node = (uint32_t)i};
    return STATUS_OK;
}

static keying box_of(const int32_t *x, const int32_t *y, size_t count)
{
    keying k = {.x = x, .y = y, .x_min = INT32_MAX, .y_min = INT32_MAX};
    int32_t x_max = INT32_MIN, y_max = INT32_MIN;
    for (size_t i = 0; i < count; i++) {
        k.x_min = x[i] < k.x_min ? x[i] : k.x_min;
        k.y_min = y[i] < k.y_min ? y[i] : k.y_min;
        x_max = x[i] > x_max ? x[i] : x_max;
        y_max = y[i] > y_max ? y[i] : y_max;
    }
    uint32_t side = count ? offset(x_max, k.x_min) | offset(y_max, k.y_min) : 0;
    while (side >> k.bits > 0 && ++k.bits < 32)
        ;
    k.shift = k.bits > AXIS_BITS ? k.bits - AXIS_BITS : 0;
    k.bits -= k.shift;
    return k;
}

status node_order(uint32_t *order, const int32_t *x, const int32_t *y, size_t count, int threads,
                  error *err)
{
    keying k = box_of(x, y, count);
    keyed_node *items = memory_new(count, sizeof *items), *other = memory_new(count, sizeof *other);
    k.out = items;
    status result = items && other ? STATUS_OK : memory_error(err, 2 * count * sizeof *items);
    if (result == STATUS_OK)
        result = blocks_run(count, NODES_A_BLOCK, threads, NULL, key_block, &k, err);
    if (result == STATUS_OK) {
        const keyed_node *sorted = key_sort(items, other, count);
        for (size_t i = 0; i < count; i++)
            order[i] = sorted[i].node;
    }
    memory_free(items);
    memory_free(other);
    return result;
}
