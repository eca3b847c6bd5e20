/* table/groups.h: the rows of a table grouped by a pair of codes and a small number (a mode and an
 * occupation, say).
 *
 * Rows are cut by their first code into parts, each sorted by one thread at a time: first code,
 * second code, minor, then weight, the smallest first. What is summed over a group in that order
 * depends neither on the order of the file's rows nor on the number of threads. */
#ifndef TABLE_GROUPS_H
#define TABLE_GROUPS_H

#include "base/error.h"

typedef struct group_row {
    uint32_t first, second; /* codes, numbered from 0 */
    uint32_t minor;
    double weight; /* finite, not negative */
} group_row;

typedef struct group_source {
    size_t rows; /* fewer than 2^32 */
    uint32_t codes, minors;
    int threads; /* 0: as many as the machine gives */
    /* Rows [begin, end) to out[0 ..]. [any thread] */
    void (*read)(const void *context, size_t begin, size_t end, group_row *out);
    const void *context;
} group_source;

typedef struct group_member {
    uint32_t key;
    uint32_t row;
    double weight;
} group_member;

typedef struct group {
    uint32_t first, second, minor;
    const group_member *members; /* by weight, then row */
    size_t count;
} group;

typedef struct groups groups;
MUST_CHECK status groups_new(groups **out, const group_source *source, error *err);
void groups_free(groups *g);
size_t groups_count(const groups *g);
/* Every group, numbered in the order of first code, second code, minor. [any thread, any order] */
MUST_CHECK status groups_each(const groups *g, void (*visit)(void *, size_t, const group *),
                              void *context, error *err);

#endif
