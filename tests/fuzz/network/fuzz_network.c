#include "fuzz_network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "network/graph/network_file.h"
#include "network/graph/network_ids.h"
#include "network/graph/node_tree.h"
#include "network/graph/transposed.h"
#include "network/search/search.h"
#include "network/source/dimacs.h"
#include "network_seal.h"

static void must(bool good)
{
    if (!good)
        abort();
}

static void spoken(const error *err)
{
    must(err->fr[0] != '\0' && err->en[0] != '\0');
}

/* --- a network in use --- */

static void searches_end(const network *n)
{
    error err = {0};
    search *s = NULL;
    transposed leaving = {0};
    size_t count = 0;
    must(transposed_make(&leaving, &n->to, &err) == STATUS_OK);
    must(search_new(&s, &leaving.arcs, NULL, &err) == STATUS_OK);
    if (n->node_count > 0)
        must(search_within(s, n->node_count - 1, SEARCH_UNBOUNDED, &err) == STATUS_OK);
    (void)search_reached(s, &count);
    must(count <= n->node_count);
    search_free(s);
    transposed_clear(&leaving);
}

static void nodes_are_found(const network *n)
{
    error err = {0};
    network_ids *ids = NULL;
    node_tree *tree = NULL;
    double m = 0;
    must(network_ids_new(&ids, n, &err) == STATUS_OK);
    for (uint32_t i = 0; i < n->node_count; i++) {
        size_t count = 0;
        (void)network_ids_find(ids, n->node_id[i], &count);
        must(count > 0);
    }
    network_ids_free(ids);
    if (n->positions == POSITIONS_NONE)
        return;
    must(node_tree_new(&tree, n, 1, &err) == STATUS_OK);
    uint32_t node = node_tree_nearest(tree, 2.5, 48.5, &m);
    must((node == NETWORK_NONE) == isinf(m));
    node_tree_free(tree);
}

static uint64_t arcs_looked_at(const road_arcs *arcs, uint32_t nodes)
{
    uint64_t sum = 0;
    must(arcs->node_count == nodes);
    for (uint32_t n = 0; n < nodes; n++)
        for (uint32_t i = arcs->start[n]; i < arcs->start[n + 1]; i++) {
            must(arcs->link[i].node < n);
            sum += arcs->link[i].time;
        }
    return sum;
}

static void texts_end(const network *n)
{
    for (uint32_t i = 0; i < n->way_count; i++) {
        const char *name = network_word(n, n->way_name[i]),
                   *kind = network_word(n, n->way_class[i]);
        must(text_utf8_valid_prefix(name, strlen(name)) == strlen(name) && strlen(kind) < 1 << 20);
    }
    for (uint32_t i = 0; i < n->arc_count && n->arc_way; i++)
        must(n->arc_way[i] == NETWORK_NONE || n->way_id[n->arc_way[i]] != INT64_MIN);
    for (uint32_t i = 0; i < n->fact_count; i++)
        must(strlen(n->facts[i].key) + strlen(n->facts[i].value) < 1 << 20);
}

bool fuzz_network_file(const uint8_t *bytes, size_t size)
{
    error err = {0};
    network *n = NULL;
    char *copy = aligned_alloc(64, (size / 64 + 1) * 64);
    must(copy != NULL);
    memcpy(copy, bytes, size);
    must(network_seal(copy, size));
    bool taken = network_parse(&n, copy, size, 1, NULL, &err) == STATUS_OK;
    if (!taken) {
        must(err.status == STATUS_INPUT && n == NULL);
        spoken(&err);
    } else {
        searches_end(n);
        nodes_are_found(n);
        texts_end(n);
        if (n->hierarchy)
            (void)(arcs_looked_at(&n->hierarchy->up, n->node_count) +
                   arcs_looked_at(&n->hierarchy->down, n->node_count));
    }
    network_free(n);
    free(copy);
    return taken;
}

/* --- DIMACS --- */

static faults *list_new(void)
{
    error err = {0};
    faults *list = NULL;
    must(faults_new(&list, &err) == STATUS_OK);
    return list;
}

static void positions_are_taken_or_told(const char *text, size_t size)
{
    static const char small[] = "p sp 3 1\na 1 2 5\n";
    dimacs_graph g = {0};
    faults *list = list_new();
    must(dimacs_parse(small, strlen(small), "small", 1, NULL, &g, list) == STATUS_OK);
    status result =
        dimacs_positions_parse(text, size, "fuzz", DIMACS_MICRODEGREES, 1, NULL, &g, list);
    must(result == STATUS_OK ? g.x != NULL : faults_count(list) > 0);
    dimacs_graph_clear(&g);
    faults_free(list);
}

bool fuzz_network_dimacs(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    dimacs_graph g = {0};
    faults *list = list_new();
    (void)dimacs_like(text, size);
    bool taken = dimacs_parse(text, size, "fuzz", 1, NULL, &g, list) == STATUS_OK;
    must(taken || faults_count(list) > 0);
    must(faults_count(list) <= 52);
    for (size_t i = 0; i < g.arc_count && taken; i++)
        must(g.arcs[i].from < g.node_count && g.arcs[i].to < g.node_count &&
             g.arcs[i].weight <= DIMACS_WEIGHT_MAX);
    dimacs_graph_clear(&g);
    faults_free(list);
    positions_are_taken_or_told(text, size);
    return taken;
}
