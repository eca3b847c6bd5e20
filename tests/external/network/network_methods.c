/* Every method of travel costs against the slow reference, pair for pair, on one network; and the
 * pairs and the arcs, for independent programs to check:
 *   network_methods FILE.net FOLDER THREADS
 * FOLDER/arcs.txt (from to time m), pairs.txt (from to time m; -1 -1: no path), from.csv and to.csv
 * (id,node of the source, for `bassin travel`), facts.txt (key value). Nodes of every kind: also
 * those out of reach of the others. Exits with 1 at the first pair that differs. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "network/graph/network_file.h"
#include "network/search/search.h"
#include "network/search/tables.h"
#include "slow_search.h"

enum { FROM_COUNT = 400, TO_COUNT = 40, PATHS_A_NODE = 5 };

typedef struct world {
    network *network;
    uint32_t from[FROM_COUNT], to[TO_COUNT];
    uint32_t limit;      /* the median of the times that there are */
    road_cost *expected; /* TO_COUNT x FROM_COUNT, without a limit */
    int threads;
} world;

static void stop(const error *err)
{
    (void)fprintf(stderr, "%s\n", err->en);
    exit(1);
}

static void *room(size_t count, size_t size)
{
    void *p = memory_new(count, size);
    if (!p)
        exit(3);
    return p;
}

static void differs(const world *w, const char *method, size_t to, size_t from, uint64_t got)
{
    (void)fprintf(stderr,
                  "FAILED: %s: from node %u to node %u: %" PRIu64 ", expected %" PRIu64 "\n",
                  method, w->from[from], w->to[to], got, w->expected[to * FROM_COUNT + from]);
    exit(1);
}

static road_cost expected_at(const world *w, size_t to, size_t from, uint32_t limit)
{
    road_cost cost = w->expected[to * FROM_COUNT + from];
    return limit == TABLE_UNBOUNDED || road_cost_time(cost) <= limit ? cost : ROAD_COST_NONE;
}

/* --- the reference --- */

/* Spread over the network, then some of the nodes outside its main component. */
static void nodes_choose(const network *n, uint32_t *node, size_t count, size_t shift)
{
    size_t apart = 0;
    for (size_t i = 0; i < count; i++)
        node[i] =
            (uint32_t)((2 * i + shift) * (uint64_t)n->node_count / (2 * count) % n->node_count);
    for (uint32_t k = 0; k < n->node_count && apart < count / 10; k++)
        if (!(n->node_flags[k] & NODE_MAIN) && k % 3 == shift % 3)
            node[10 * apart++] = k;
}

static int compare_times(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void reference_make(world *w)
{
    const network *n = w->network;
    road_cost *cost = room(n->node_count, sizeof *cost);
    uint32_t *times = room((size_t)TO_COUNT * FROM_COUNT, sizeof *times);
    size_t known = 0;
    w->expected = room((size_t)TO_COUNT * FROM_COUNT, sizeof *w->expected);
    nodes_choose(n, w->from, FROM_COUNT, 1);
    nodes_choose(n, w->to, TO_COUNT, 0);
    for (size_t t = 0; t < TO_COUNT; t++) {
        slow_search(&n->to, w->to[t], UINT32_MAX, cost);
        for (size_t f = 0; f < FROM_COUNT; f++) {
            w->expected[t * FROM_COUNT + f] = cost[w->from[f]];
            if (cost[w->from[f]] != ROAD_COST_NONE)
                times[known++] = road_cost_time(cost[w->from[f]]);
        }
    }
    qsort(times, known, sizeof *times, compare_times);
    w->limit = known > 0 ? times[known / 2] : 0;
    memory_free(cost);
    memory_free(times);
}

/* --- searches --- */

static void expect_labels(const world *w, const search *s, size_t t, uint32_t limit, bool times)
{
    for (size_t f = 0; f < FROM_COUNT; f++) {
        road_cost expected = expected_at(w, t, f, limit);
        if (search_time(s, w->from[f]) != road_cost_time(expected))
            differs(w, "search, times", t, f, search_time(s, w->from[f]));
        if (!times && search_cost(s, w->from[f]) != expected)
            differs(w, "search, costs", t, f, search_cost(s, w->from[f]));
    }
}

static void check_searches(const world *w, search_labels labels)
{
    error err;
    search *s = NULL;
    const search_options options = {.labels = labels};
    if (search_new(&s, &w->network->to, &options, &err))
        stop(&err);
    for (size_t t = 0; t < TO_COUNT; t++) {
        if (search_within(s, w->to[t], w->limit, &err))
            stop(&err);
        expect_labels(w, s, t, w->limit, labels == SEARCH_TIMES);
        if (search_within(s, w->to[t], SEARCH_UNBOUNDED, &err))
            stop(&err);
        expect_labels(w, s, t, TABLE_UNBOUNDED, labels == SEARCH_TIMES);
        if (search_targets(s, w->to[t], w->from, FROM_COUNT, &err))
            stop(&err);
        expect_labels(w, s, t, TABLE_UNBOUNDED, labels == SEARCH_TIMES);
    }
    search_free(s);
}

static void check_paths(const world *w)
{
    error err;
    search *s = NULL;
    if (search_new(&s, &w->network->to, NULL, &err))
        stop(&err);
    for (size_t t = 0; t < TO_COUNT; t++)
        for (size_t f = t; f < FROM_COUNT; f += FROM_COUNT / PATHS_A_NODE) {
            road_cost expected = expected_at(w, t, f, TABLE_UNBOUNDED), whole = 0;
            search_step *steps = NULL;
            size_t count = 0;
            if (search_path(s, w->to[t], w->from[f], &steps, &count, &err))
                stop(&err);
            for (size_t i = 0; i < count; i++)
                whole += road_link_cost(&w->network->to.link[steps[i].link]);
            if (count == 0 && w->from[f] != w->to[t])
                whole = ROAD_COST_NONE;
            if (whole != expected)
                differs(w, "path", t, f, whole);
            memory_free(steps);
        }
    search_free(s);
}

/* --- tables and pairs --- */

typedef struct table_check {
    const world *world;
    const table_request *request;
    const char *name;
    uint8_t seen[TO_COUNT];
} table_check;

static void column_check(table_check *c, const cost_column *column)
{
    const world *w = c->world;
    size_t k = 0;
    c->seen[column->to]++;
    for (size_t f = 0; f < FROM_COUNT; f++) {
        bool listed = !column->from || (k < column->count && column->from[k] == f);
        size_t at = column->from ? k : f;
        road_cost expected = expected_at(w, column->to, f, c->request->limit), got = ROAD_COST_NONE;
        if (listed)
            got = column->cost                     ? column->cost[at]
                  : column->time[at] == UINT32_MAX ? ROAD_COST_NONE
                                                   : road_cost_of(column->time[at], 0);
        if (c->request->times_only && expected != ROAD_COST_NONE)
            expected = road_cost_of(road_cost_time(expected), 0);
        if (got != expected)
            differs(w, c->name, column->to, f, got);
        k += listed;
    }
}

static status columns_check(void *context, const cost_column *columns, size_t count, error *err)
{
    (void)err;
    for (size_t i = 0; i < count; i++)
        column_check(context, &columns[i]);
    return STATUS_OK;
}

static void check_table(const world *w, table_method method, const char *name, uint32_t limit,
                        bool times_only)
{
    error err;
    const table_request r = {.network = w->network,
                             .from = w->from,
                             .to = w->to,
                             .from_count = FROM_COUNT,
                             .to_count = TO_COUNT,
                             .limit = limit,
                             .times_only = times_only,
                             .threads = w->threads};
    table_check c = {.world = w, .request = &r, .name = name};
    if (table_run(&r, method, columns_check, &c, &err))
        stop(&err);
    for (size_t t = 0; t < TO_COUNT; t++)
        if (c.seen[t] != 1)
            differs(w, "column not given once", t, 0, c.seen[t]);
}

static void check_tables(const world *w)
{
    static const struct {
        table_method method;
        const char *name;
    } methods[] = {{METHOD_SEARCH, "table by searches"},
                   {METHOD_CUT_SWEEP, "table by cut sweeps"},
                   {METHOD_SWEEP, "table by sweeps"}};
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
        for (int times_only = 0; times_only < 2; times_only++) {
            check_table(w, methods[m].method, methods[m].name, TABLE_UNBOUNDED, times_only);
            check_table(w, methods[m].method, methods[m].name, w->limit, times_only);
        }
}

static void check_pairs(const world *w)
{
    error err;
    size_t count = (size_t)TO_COUNT * FROM_COUNT;
    uint32_t *from = room(count, sizeof *from), *to = room(count, sizeof *to);
    road_cost *cost = room(count, sizeof *cost);
    for (size_t i = 0; i < count; i++) {
        from[i] = w->from[i % FROM_COUNT];
        to[i] = w->to[i / FROM_COUNT];
    }
    const pairs_request r = {
        .network = w->network, .from = from, .to = to, .count = count, .threads = w->threads};
    if (pairs_run(&r, cost, &err))
        stop(&err);
    for (size_t i = 0; i < count; i++)
        if (cost[i] != w->expected[i])
            differs(w, "pairs", i / FROM_COUNT, i % FROM_COUNT, cost[i]);
    memory_free(from);
    memory_free(to);
    memory_free(cost);
}

/* --- for others to check --- */

static FILE *out_file(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    if (!f) {
        perror(path);
        exit(3);
    }
    return f;
}

static void write_arcs(const network *n, const char *folder)
{
    FILE *f = out_file(folder, "arcs.txt");
    for (uint32_t k = 0; k < n->node_count; k++)
        for (uint32_t i = n->to.start[k]; i < n->to.start[k + 1]; i++)
            (void)fprintf(f, "%u %u %u %u\n", n->to.link[i].node, k, n->to.link[i].time,
                          n->to.link[i].length_m);
    (void)fclose(f);
}

static void write_pairs(const world *w, const char *folder)
{
    FILE *f = out_file(folder, "pairs.txt");
    for (size_t i = 0; i < (size_t)TO_COUNT * FROM_COUNT; i++) {
        road_cost c = w->expected[i];
        bool none = c == ROAD_COST_NONE;
        (void)fprintf(f, "%u %u %" PRId64 " %" PRId64 "\n", w->from[i % FROM_COUNT],
                      w->to[i / FROM_COUNT], none ? -1 : (int64_t)road_cost_time(c),
                      none ? -1 : (int64_t)road_cost_m(c));
    }
    (void)fclose(f);
}

static void write_list(const network *n, const uint32_t *node, size_t count, const char *folder,
                       const char *name)
{
    FILE *f = out_file(folder, name);
    (void)fprintf(f, "id,node\n");
    for (size_t i = 0; i < count; i++)
        if (node_takes_trips(n->node_flags[node[i]]))
            (void)fprintf(f, "%u,%" PRId64 "\n", node[i], n->node_id[node[i]]);
    (void)fclose(f);
}

static void write_facts(const world *w, const char *folder)
{
    const network *n = w->network;
    FILE *f = out_file(folder, "facts.txt");
    size_t loops = 0, parallel = 0, timeless = 0, none = 0;
    for (uint32_t k = 0; k < n->node_count; k++)
        for (uint32_t i = n->to.start[k]; i < n->to.start[k + 1]; i++) {
            loops += n->to.link[i].node == k;
            parallel += i > n->to.start[k] && n->to.link[i].node == n->to.link[i - 1].node;
            timeless += n->to.link[i].time == 0;
        }
    for (size_t i = 0; i < (size_t)TO_COUNT * FROM_COUNT; i++)
        none += w->expected[i] == ROAD_COST_NONE;
    (void)fprintf(f, "nodes %u\narcs %u\nmain %u\nloops %zu\nparallel %zu\ntimeless %zu\n",
                  n->node_count, n->arc_count, n->main_size, loops, parallel, timeless);
    (void)fprintf(f, "pairs_without_path %zu\nlimit %u\nunits_per_minute %u\nhierarchy %d\n", none,
                  w->limit, n->units_per_minute, n->hierarchy != NULL);
    (void)fclose(f);
}

int main(int argc, char **argv)
{
    error err;
    world w = {0};
    if (argc != 4) {
        (void)fprintf(stderr, "network_methods FILE.net FOLDER THREADS\n");
        return 64;
    }
    w.threads = (int)strtol(argv[3], NULL, 10);
    if (network_open(&w.network, argv[1], w.threads, NULL, &err))
        stop(&err);
    reference_make(&w);
    check_searches(&w, SEARCH_COSTS);
    check_searches(&w, SEARCH_TIMES);
    check_paths(&w);
    check_tables(&w);
    check_pairs(&w);
    write_arcs(w.network, argv[2]);
    write_pairs(&w, argv[2]);
    write_list(w.network, w.from, FROM_COUNT, argv[2], "from.csv");
    write_list(w.network, w.to, TO_COUNT, argv[2], "to.csv");
    write_facts(&w, argv[2]);
    memory_free(w.expected);
    network_free(w.network);
    return 0;
}
