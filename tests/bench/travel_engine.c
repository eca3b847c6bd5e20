/* bassin's side of `make bench-travel`: one measure a call, one line of figures. Opening the
 * network is not timed; what answers the question is, the columns handed over and summed included.
 *   bench_travel table NET FROM TO LIMIT|- search|sweep|auto times|costs THREADS VENUES
 *       "seconds pairs times lengths"; then " pairs times" of the first ten venues
 *   bench_travel pairs NET FROM COUNT THREADS    "seconds pairs times"; a sample is compared
 *   bench_travel hierarchy NET THREADS           "seconds peak_mib", of a network without one
 *   bench_travel spend FILE COMMAND..            "seconds peak_mib" of a command, into FILE */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "network/search/hierarchy_build.h"
#include "network/search/search.h"
#include "network/search/tables.h"
#include "travel_data.h"

enum { FIRST_VENUES = 10, COMPARED_EVERY = 25000 };

/* --- a table --- */

typedef struct sums {
    _Atomic uint64_t pairs, time, length_m, first_pairs, first_time;
} sums;

static status column_add(sums *s, const cost_column *c)
{
    uint64_t pairs = 0, time = 0, length_m = 0;
    for (size_t i = 0; i < c->count && c->time; i++) {
        uint64_t known = c->time[i] != UINT32_MAX;
        pairs += known;
        time += known * c->time[i];
    }
    for (size_t i = 0; i < c->count && c->cost; i++) {
        uint64_t known = c->cost[i] != ROAD_COST_NONE;
        pairs += known;
        time += known * road_cost_time(c->cost[i]);
        length_m += known * road_cost_m(c->cost[i]);
    }
    atomic_fetch_add(&s->pairs, pairs);
    atomic_fetch_add(&s->time, time);
    atomic_fetch_add(&s->length_m, length_m);
    if (c->to < FIRST_VENUES) {
        atomic_fetch_add(&s->first_pairs, pairs);
        atomic_fetch_add(&s->first_time, time);
    }
    return STATUS_OK;
}

static status columns_add(void *context, const cost_column *columns, size_t count, error *err)
{
    (void)err;
    for (size_t i = 0; i < count; i++)
        (void)column_add(context, &columns[i]);
    return STATUS_OK;
}

static table_method method_named(const char *name, const table_request *r)
{
    const char *why = NULL;
    if (strcmp(name, "auto") == 0)
        return table_method_for(r, &why);
    return strcmp(name, "sweep") == 0 ? METHOD_SWEEP : METHOD_SEARCH;
}

static int table_measure(char **word)
{
    error err;
    sums s = {0};
    network *n = bench_network(word[0]);
    node_list from = bench_nodes(n, word[1], SIZE_MAX);
    node_list to = bench_nodes(n, word[2], strtoul(word[7], NULL, 10));
    const table_request r = {
        .network = n,
        .from = from.node,
        .to = to.node,
        .from_count = from.count,
        .to_count = to.count,
        .limit = strcmp(word[3], "-") == 0 ? TABLE_UNBOUNDED : (uint32_t)strtoul(word[3], NULL, 10),
        .times_only = strcmp(word[5], "times") == 0,
        .threads = (int)strtol(word[6], NULL, 10),
    };
    double began = wall_s();
    if (table_run(&r, method_named(word[4], &r), columns_add, &s, &err))
        stop(&err);
    (void)printf("%.6f %llu %llu %llu %llu %llu\n", wall_s() - began, (unsigned long long)s.pairs,
                 (unsigned long long)s.time, (unsigned long long)s.length_m,
                 (unsigned long long)s.first_pairs, (unsigned long long)s.first_time);
    memory_free(from.node);
    memory_free(to.node);
    network_free(n);
    return 0;
}

/* --- pairs --- */

/* SplitMix64 (Steele, Lea, Flood 2014): the same trips every time. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

/* One trip in COMPARED_EVERY against a search. */
static void pairs_compare(const network *n, const pairs_request *r, const road_cost *cost)
{
    error err;
    search *s = NULL;
    if (search_new(&s, &n->to, NULL, &err))
        stop(&err);
    for (size_t i = 0; i < r->count; i += COMPARED_EVERY) {
        if (search_targets(s, r->to[i], &r->from[i], 1, &err))
            stop(&err);
        if (search_cost(s, r->from[i]) != cost[i])
            misuse("a pair has another cost than a search finds");
    }
    search_free(s);
}

static int pairs_measure(char **word)
{
    error err;
    network *n = bench_network(word[0]);
    node_list places = bench_nodes(n, word[1], SIZE_MAX);
    size_t count = strtoul(word[2], NULL, 10);
    uint64_t state = 1, time = 0, found = 0;
    uint32_t *from = bench_room(count, sizeof *from), *to = bench_room(count, sizeof *to);
    road_cost *cost = bench_room(count, sizeof *cost);
    for (size_t i = 0; i < count; i++) {
        from[i] = places.node[draw(&state) % places.count];
        to[i] = places.node[draw(&state) % places.count];
    }
    const pairs_request r = {.network = n,
                             .from = from,
                             .to = to,
                             .count = count,
                             .threads = (int)strtol(word[3], NULL, 10)};
    double began = wall_s();
    if (pairs_run(&r, cost, &err))
        stop(&err);
    double took = wall_s() - began;
    for (size_t i = 0; i < count; i++)
        if (cost[i] != ROAD_COST_NONE) {
            found++;
            time += road_cost_time(cost[i]);
        }
    (void)printf("%.6f %llu %llu\n", took, (unsigned long long)found, (unsigned long long)time);
    pairs_compare(n, &r, cost);
    memory_free(places.node);
    memory_free(from);
    memory_free(to);
    memory_free(cost);
    network_free(n);
    return 0;
}

/* --- the hierarchy, and whole commands --- */

static int hierarchy_measure(char **word)
{
    error err;
    hierarchy_store *made = NULL;
    network *n = bench_network(word[0]);
    double began = wall_s();
    if (hierarchy_build(&n->to, (int)strtol(word[1], NULL, 10), NULL, &made, &err))
        stop(&err);
    (void)printf("%.6f %ld\n", wall_s() - began, peak_mib());
    hierarchy_free(made);
    network_free(n);
    return 0;
}

static int spend_measure(char **word)
{
    int state = 0;
    struct rusage used;
    double began = wall_s();
    pid_t child = fork();
    if (child == 0) {
        (void)execvp(word[1], word + 1);
        perror(word[1]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &state, 0, &used) < 0)
        misuse("the command does not start");
    double took = wall_s() - began;
    FILE *f = fopen(word[0], "a");
    if (!f || fprintf(f, "%.6f %ld\n", took, used.ru_maxrss / 1024) < 0 || fclose(f) != 0)
        misuse(word[0]);
    return WIFEXITED(state) ? WEXITSTATUS(state) : 1;
}

typedef struct measure {
    const char *name;
    int words; /* after the name, at least */
    int (*run)(char **word);
} measure;

static const measure measures[] = {
    {"table", 8, table_measure},
    {"pairs", 4, pairs_measure},
    {"hierarchy", 2, hierarchy_measure},
    {"spend", 2, spend_measure},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (argc >= 2 + measures[i].words && strcmp(argv[1], measures[i].name) == 0)
            return measures[i].run(argv + 2);
    misuse("bench_travel table|pairs|hierarchy|spend ...: see travel_engine.c");
}
