#include <string.h>

#include "network/messages.h"
#include "network/source/road_join.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, PASSES = (64 + DIGIT_BITS - 1) / DIGIT_BITS };

/* Signed order as unsigned order. */
static uint64_t ordered(int64_t id)
{
    return (uint64_t)id ^ (UINT64_C(1) << 63);
}

static size_t digit(int64_t id, int pass)
{
    return (size_t)(ordered(id) >> (pass * DIGIT_BITS)) & (DIGITS - 1);
}

/* One stable pass of the radix sort; false when every id has the same digit (nothing moved). */
static bool sort_pass(const int64_t *from, int64_t *to, size_t count, int pass)
{
    size_t start[DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        start[digit(from[i], pass)]++;
    if (start[digit(from[0], pass)] == count)
        return false;
    size_t sum = 0;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t here = start[d];
        start[d] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++)
        to[start[digit(from[i], pass)]++] = from[i];
    return true;
}

/* Sorts `ids` with `spare` of the same size; returns the one that holds the result. */
static int64_t *ids_sort(int64_t *ids, int64_t *spare, size_t count)
{
    for (int pass = 0; pass < PASSES && count > 0; pass++) {
        if (!sort_pass(ids, spare, count, pass))
            continue;
        int64_t *swap = ids;
        ids = spare;
        spare = swap;
    }
    return ids;
}

static size_t ids_distinct(int64_t *ids, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || ids[kept - 1] != ids[i])
            ids[kept++] = ids[i];
    return kept;
}

status road_reading_wanted(road_reading *reading, error *err)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < reading->part_count; i++)
        total += reading->roads[i].ref_count;
    int64_t *ids = memory_new(total, sizeof *ids);
    int64_t *spare = memory_new(total, sizeof *spare);
    status result = STATUS_OK;
    if (!ids || !spare) {
        result = memory_error(err, total * 2 * sizeof *ids);
        goto done;
    }
    for (size_t i = 0; i < reading->part_count; i++) {
        const road_part *part = &reading->roads[i];
        if (part->ref_count > 0)
            memcpy(ids + at, part->refs, part->ref_count * sizeof *ids);
        at += part->ref_count;
    }
    int64_t *sorted = ids_sort(ids, spare, total);
    if (sorted != ids) {
        spare = ids;
        ids = sorted;
    }
    reading->wanted_count = ids_distinct(ids, total);
    if (reading->wanted_count >= OSM_NODE_NONE) {
        result = error_set(err, STATUS_INPUT, M_ROADS_TOO_LARGE, (unsigned long long)OSM_NODE_NONE);
        goto done;
    }
    reading->wanted = ids;
    ids = NULL;
done:
    memory_free(ids);
    memory_free(spare);
    return result;
}

status road_reading_open(road_reading *r, size_t part_count, error *err)
{
    r->part_count = part_count;
    r->roads = memory_new(part_count, sizeof *r->roads);
    r->positions = memory_new(part_count, sizeof *r->positions);
    return r->roads && r->positions ? STATUS_OK
                                    : memory_error(err, part_count * 2 * sizeof *r->roads);
}

void road_reading_close(road_reading *r)
{
    for (size_t i = 0; i < r->part_count; i++) {
        if (r->roads)
            road_part_clear(&r->roads[i]);
        if (r->positions)
            road_part_clear(&r->positions[i]);
    }
    memory_free(r->roads);
    memory_free(r->positions);
    memory_free(r->wanted);
}
