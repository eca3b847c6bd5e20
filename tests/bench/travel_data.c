#include "travel_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "network/graph/network_file.h"
#include "network/graph/network_ids.h"

enum { THREADS_TO_OPEN = 0, LISTED_MAX = 1 << 24 };

void stop(const error *err)
{
    (void)fprintf(stderr, "%s\n", err->en);
    exit(1);
}

void misuse(const char *what)
{
    (void)fprintf(stderr, "%s\n", what);
    exit(64);
}

double wall_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

long peak_mib(void)
{
    struct rusage used;
    (void)getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

void *bench_room(size_t count, size_t size)
{
    error err;
    void *room = memory_new(count, size);
    if (!room) {
        (void)memory_error(&err, count * size);
        stop(&err);
    }
    return room;
}

network *bench_network(const char *path)
{
    error err;
    network *n = NULL;
    if (network_open(&n, path, THREADS_TO_OPEN, NULL, &err))
        stop(&err);
    return n;
}

node_list bench_nodes(const network *n, const char *path, size_t most)
{
    error err;
    network_ids *ids = NULL;
    unsigned long id = 0;
    node_list list = {.node = bench_room(most < LISTED_MAX ? most : LISTED_MAX, sizeof(uint32_t))};
    FILE *f = fopen(path, "r");
    if (!f)
        misuse(path);
    if (network_ids_new(&ids, n, &err))
        stop(&err);
    while (list.count < most && fscanf(f, "%lu", &id) == 1) {
        list.node[list.count] = network_ids_trips(ids, (int64_t)id + 1);
        if (list.node[list.count++] == NETWORK_NONE)
            misuse("a node of the list is not in the network");
    }
    (void)fclose(f);
    network_ids_free(ids);
    return list;
}
