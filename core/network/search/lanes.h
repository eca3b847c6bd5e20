/* network/search/lanes.h: costs to many venues at once, one venue a lane of a vector.
 * Private to this room.
 *
 * A row holds the costs of one node, in as many lanes as the kernel has; rows lie side by side from
 * a 64-byte boundary on. Times are unsigned 32-bit lanes, costs unsigned 64-bit ones (a time and a
 * length, added and compared as one number); all ones: no path, and a sum that would pass it stays
 * there. The same bits at every level; the level is the best that the processor has, unless a test
 * asks for a lower one. */
#ifndef NETWORK_LANES_H
#define NETWORK_LANES_H

#include <stdbool.h>
#include <stddef.h>

#include "network/graph/road_arcs.h"
#include "network/search/lanes_level.h"

/* A cost as it is handed out: a time of 2^32 - 1 units is no path, whatever the length. */
static inline road_cost lanes_cost_entry(road_cost cost)
{
    return road_cost_time(cost) == UINT32_MAX ? ROAD_COST_NONE : cost;
}

/* Lanes that are turned into columns together. */
enum { LANES_GROUP = 16, LANES_ROW_BYTES = 256 };

typedef struct lanes_kernel {
    lanes_level level;
    unsigned lanes; /* of a row: 64 times, 32 costs */
    /* No path in every lane. */
    void (*fill)(void *rows, uint32_t row);
    /* into = min(into, from + arc). */
    void (*push)(void *rows, uint32_t into, uint32_t from, const road_link *arc);
    /* into = min(first, row of each arc + that arc); arc.node is a row. first NULL: no path. */
    void (*pull)(void *rows, uint32_t into, const void *first, const road_link *arcs, size_t count);
    /* pull for the nodes begin .. end - 1, in that order: node x into row into[x]. */
    void (*sweep)(void *rows, const uint32_t *into, const road_arcs *arcs, uint32_t begin,
                  uint32_t end);
    /* Whether any lane holds a time of at most `limit`. */
    bool (*within)(const void *rows, uint32_t row, uint32_t limit);
    /* Lanes first .. first + LANES_GROUP - 1 of the rows row[0] .. row[count - 1] as columns:
     * entry i of column c at out[c * stride + i], in items of the lanes' width. */
    void (*columns)(const void *rows, const uint32_t *row, size_t count, unsigned first, void *out,
                    size_t stride);
} lanes_kernel;

/* The kernel of the level, or the best one below it that the processor has. */
const lanes_kernel *lanes_times(lanes_level level);
const lanes_kernel *lanes_costs(lanes_level level);
/* NULL where the processor, or the compiler's target, has none. */
const lanes_kernel *lanes_times_avx2(void);
const lanes_kernel *lanes_costs_avx2(void);
const lanes_kernel *lanes_times_avx512(void);
const lanes_kernel *lanes_costs_avx512(void);

#endif
