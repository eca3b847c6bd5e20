/* Material and clocks of the programs of `make bench-travel`; any failure ends the program. */
#ifndef TESTS_BENCH_TRAVEL_DATA_H
#define TESTS_BENCH_TRAVEL_DATA_H

#include "network/graph/network.h"

void stop(const error *err) __attribute__((noreturn));
void misuse(const char *what) __attribute__((noreturn));
double wall_s(void);
long peak_mib(void); /* of this process so far */

void *bench_room(size_t count, size_t size);
network *bench_network(const char *path);

typedef struct node_list {
    uint32_t *node;
    size_t count;
} node_list;
/* The nodes of a file of ids (one a line, from 0, where the network counts from 1), `most` of them
 * at most. */
node_list bench_nodes(const network *n, const char *path, size_t most);

#endif
