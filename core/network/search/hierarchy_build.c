/* Contraction in rounds: in each, all nodes that are lower than everyone around them. */
#include "network/search/hierarchy_build.h"

#include <omp.h>

#include "base/blocks.h"
#include "network/search/hierarchy_arcs.h"
#include "network/search/hierarchy_core.h"
#include "network/search/witness.h"

/* Rounds may have a handful of nodes or a million: workers take them in bites. */
enum {
    HUB_DEGREE = 256,
    BITE_NODES = 64,
    BITES_LEAST = 8,
    SEARCHES_SHARED = 200,
    WORKERS_MOST = 256
};

/* Measured in docs/decisions/027. */
enum { LEVEL_WEIGHT = 500, RATIO_WEIGHT = 1000 };
static const witness_limit LIMIT_ESTIMATE = {.settled = 60, .scanned = 500};
static const witness_limit LIMIT_CONTRACT = {
    .settled = 500, .scanned = 5000, .barred = CORE_CHOSEN};

typedef struct worker {
    witness *scratch;
    shortcut_list found;
} worker;

typedef struct builder {
    core core;
    gathered_arcs gathered;
    worker *workers;
    int threads;
    const atomic_int *cancel;
    uint32_t *list; /* the nodes that the workers go through */
    size_t list_count;
    _Atomic size_t list_next;
} builder;

static status workers_new(builder *b, error *err)
{
    b->workers = memory_new((size_t)b->threads, sizeof *b->workers);
    if (!b->workers)
        return memory_error(err, (size_t)b->threads * sizeof *b->workers);
    status result = STATUS_OK;
    for (int i = 0; i < b->threads && result == STATUS_OK; i++)
        result = witness_new(&b->workers[i].scratch, err);
    return result;
}

static void builder_clear(builder *b)
{
    core_clear(&b->core);
    gathered_clear(&b->gathered);
    for (int i = 0; b->workers && i < b->threads; i++) {
        witness_free(b->workers[i].scratch);
        memory_free(b->workers[i].found.at);
    }
    memory_free(b->workers);
    memory_free(b->list);
}

/* --- the list of a round, shared by the workers --- */

static void list_marked(builder *b, uint8_t mark)
{
    b->list_count = 0;
    for (uint32_t n = 0; n < b->core.node_count; n++)
        if (b->core.mark[n] & mark)
            b->list[b->list_count++] = n;
    atomic_store(&b->list_next, 0);
}

/* The next bite; false when nothing is left. */
static bool list_bite(builder *b, size_t *begin, size_t *end)
{
    size_t bite = b->list_count / ((size_t)b->threads * BITES_LEAST) + 1;
    if (bite > BITE_NODES)
        bite = BITE_NODES;
    *begin = atomic_fetch_add(&b->list_next, bite);
    *end = *begin + bite < b->list_count ? *begin + bite : b->list_count;
    return *begin < b->list_count;
}

/* One run of `work` per worker; a round of few short searches is not worth waking the others. */
static status list_work(builder *b, block_function work, error *err)
{
    size_t workers = b->list_count < (size_t)b->threads ? b->list_count : (size_t)b->threads;
    size_t searches = 0;
    for (size_t i = 0; i < b->list_count && searches < SEARCHES_SHARED; i++)
        searches += b->core.degree[b->list[i]];
    if (searches < SEARCHES_SHARED && workers > 1)
        workers = 1;
    return blocks_run(workers, 1, (int)workers, b->cancel, work, b, err);
}

/* --- order --- */

/* One to one, so that no two nodes ever have the same key: neighbours would block each other. */
static uint32_t scattered(uint32_t id)
{
    id ^= id >> 16;
    id *= UINT32_C(0x7feb352d);
    id ^= id >> 15;
    id *= UINT32_C(0x846ca68b);
    return id ^ id >> 16;
}

static uint64_t key_of(const core *c, uint32_t node, const contraction *k)
{
    uint64_t arcs = k->removed == 0 ? 0 : RATIO_WEIGHT * k->added / k->removed;
    uint64_t hops = k->removed_hops == 0 ? 0 : RATIO_WEIGHT * k->added_hops / k->removed_hops;
    uint64_t rank = (uint64_t)c->level[node] * LEVEL_WEIGHT + arcs + hops;
    return (rank < UINT32_MAX ? rank : UINT32_MAX) << 32 | scattered(c->id[node]);
}

static status keys_work(void *context, block turn, error *err)
{
    builder *b = context;
    witness_limit limit = LIMIT_ESTIMATE;
    limit.cancel = b->cancel;
    for (size_t begin = 0, end = 0; !cancel_asked(b->cancel) && list_bite(b, &begin, &end);) {
        for (size_t i = begin; i < end; i++) {
            contraction k;
            uint32_t node = b->list[i];
            status result = witness_contract(b->workers[turn.index].scratch, &b->core, node, &limit,
                                             &k, NULL, err);
            if (result != STATUS_OK)
                return result;
            b->core.key[node] = key_of(&b->core, node, &k);
        }
    }
    return STATUS_OK;
}

/* Lower than all within two steps. All ends of a hub are two steps apart, and would have to go one
 * a round: steps past it do not count. */
static bool is_lowest(const core *c, uint32_t node)
{
    const core_edge *edge = core_edges(c, node);
    uint64_t key = c->key[node];
    for (uint32_t i = 0; i < c->degree[node]; i++)
        if (c->key[edge[i].node] < key)
            return false;
    for (uint32_t i = 0; i < c->degree[node]; i++) {
        const core_edge *next = core_edges(c, edge[i].node);
        uint32_t degree = c->degree[edge[i].node];
        for (uint32_t k = 0; degree <= HUB_DEGREE && k < degree; k++)
            if (c->key[next[k].node] < key)
                return false;
    }
    return true;
}

static status choice_work(void *context, block rows, error *err)
{
    (void)err;
    core *c = context;
    for (size_t n = rows.begin; n < rows.end; n++)
        c->mark[n] = is_lowest(c, (uint32_t)n) ? CORE_CHOSEN : 0;
    return STATUS_OK;
}

/* --- rounds --- */

static status contract_work(void *context, block turn, error *err)
{
    builder *b = context;
    worker *w = &b->workers[turn.index];
    witness_limit limit = LIMIT_CONTRACT;
    limit.cancel = b->cancel;
    for (size_t begin = 0, end = 0; !cancel_asked(b->cancel) && list_bite(b, &begin, &end);) {
        for (size_t i = begin; i < end; i++) {
            contraction k;
            status result =
                witness_contract(w->scratch, &b->core, b->list[i], &limit, &k, &w->found, err);
            if (result != STATUS_OK)
                return result;
        }
    }
    return STATUS_OK;
}

/* What the workers found, once; their lists are empty again. */
static void found_take(builder *b, shortcut_list lists[WORKERS_MOST])
{
    for (int i = 0; i < b->threads; i++) {
        lists[i] = b->workers[i].found;
        b->workers[i].found.count = 0;
    }
}

static status core_renew(builder *b, error *err)
{
    core next = {0};
    shortcut_list lists[WORKERS_MOST];
    found_take(b, lists);
    status result = core_next(&next, &b->core, lists, b->threads, b->threads, b->cancel, err);
    if (result != STATUS_OK)
        return result;
    core_clear(&b->core);
    b->core = next;
    return STATUS_OK;
}

static status detours_work(void *context, block turn, error *err)
{
    builder *b = context;
    worker *w = &b->workers[turn.index];
    for (size_t begin = 0, end = 0; !cancel_asked(b->cancel) && list_bite(b, &begin, &end);) {
        for (size_t i = begin; i < end; i++) {
            status result =
                witness_detours(w->scratch, &b->core, b->list[i], &LIMIT_ESTIMATE, &w->found, err);
            if (result != STATUS_OK)
                return result;
        }
    }
    return STATUS_OK;
}

/* Arcs dearer than another path are shed before all: they would be carried to the top. */
static status detours_shed(builder *b, error *err)
{
    shortcut_list lists[WORKERS_MOST];
    list_marked(b, CORE_STALE);
    status result = list_work(b, detours_work, err);
    if (result != STATUS_OK)
        return result;
    found_take(b, lists);
    core_drop(&b->core, lists, b->threads);
    return STATUS_OK;
}

static status round_run(builder *b, error *err)
{
    list_marked(b, CORE_STALE);
    status result = list_work(b, keys_work, err);
    if (result == STATUS_OK)
        result =
            blocks_run(b->core.node_count, 4096, b->threads, b->cancel, choice_work, &b->core, err);
    if (result != STATUS_OK)
        return result;
    list_marked(b, CORE_CHOSEN);
    result = list_work(b, contract_work, err);
    if (result == STATUS_OK)
        result = gathered_add(&b->gathered, &b->core, err);
    if (result == STATUS_OK)
        result = core_renew(b, err);
    return result;
}

static status rounds_run(builder *b, progress *p, error *err)
{
    uint32_t total = b->core.node_count;
    status result = STATUS_OK;
    while (result == STATUS_OK && b->core.node_count > 0) {
        result = round_run(b, err);
        if (p)
            progress_advance(p, total - b->core.node_count, total);
    }
    return result;
}

static int thread_count(int threads)
{
    if (threads < 1)
        threads = omp_get_max_threads();
    return threads < WORKERS_MOST ? threads : WORKERS_MOST;
}

/* A node: two cores (29 bytes each), the order and the lists of a round. An arc: an edge at both of
 * its ends, in two cores (4 x 24 bytes); less and less of it while the hierarchy grows. */
uint64_t hierarchy_memory(uint64_t nodes, uint64_t arcs)
{
    return nodes * 128 + arcs * 96;
}

status hierarchy_build(const road_arcs *to, int threads, progress *p, hierarchy_store **out,
                       error *err)
{
    builder b = {.threads = thread_count(threads), .cancel = p ? p->cancel : NULL};
    *out = NULL;
    status result = core_new(&b.core, to, b.cancel, err);
    if (result == STATUS_OK)
        result = gathered_new(&b.gathered, to->node_count, err);
    if (result == STATUS_OK)
        result = workers_new(&b, err);
    if (result != STATUS_OK)
        goto done;
    b.list = memory_new(to->node_count, sizeof *b.list);
    if (!b.list) {
        result = memory_error(err, to->node_count * sizeof *b.list);
        goto done;
    }
    result = detours_shed(&b, err);
    if (result == STATUS_OK)
        result = rounds_run(&b, p, err);
    core_clear(&b.core);
    if (result == STATUS_OK)
        result = gathered_finish(&b.gathered, b.cancel, out, err);
done:
    builder_clear(&b);
    return result;
}
