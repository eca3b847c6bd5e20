#include "engine/inputs/inspect_roads.h"

#include <string.h>

#include "base/files.h"
#include "engine/messages.h"
#include "network/graph/network_file.h"
#include "network/source/dimacs.h"
#include "network/source/road_file.h"
#include "table/archive.h"

static bool holds(text_slice t, const char *text)
{
    return memmem(t.at, t.size, text, strlen(text)) != NULL;
}

static bool ends_with(const char *path, const char *end)
{
    const size_t size = strlen(path), tail = strlen(end);
    return size >= tail && strcmp(path + size - tail, end) == 0;
}

/* Packings that `start` is not unpacked from. */
static bool packed_osm(const char *path)
{
    return ends_with(path, ".osm.bz2") || ends_with(path, ".osm.xz") || ends_with(path, ".osm.zst");
}

road_form road_form_of(const char *path, text_slice start)
{
    if (holds(text_slice_of(start.at, start.size < 64 ? start.size : 64), "OSMHeader") ||
        ends_with(path, ".pbf")) {
        return ROADS_PBF;
    }
    if ((start.size > 0 && start.at[0] == '<' && holds(start, "<osm ")) || packed_osm(path)) {
        return ROADS_XML;
    }
    if (network_file_like(start.at, start.size)) {
        return ROADS_NETWORK;
    }
    const bool named = strstr(path, ".gr") != NULL;
    return named && dimacs_like(start.at, start.size) ? ROADS_GRAPH : ROADS_NONE;
}

/* --- OpenStreetMap --- */

static status inspect_osm(road_form form, const char *path, const run_environment *environment,
                          inspection *out, faults *faults_list)
{
    osm_roads *roads = NULL;
    out->form = form == ROADS_PBF ? INSPECTED_PBF : INSPECTED_OSM;
    const status result = road_file_load(environment->workers, path, NULL, 1, &roads, faults_list);
    if (result == STATUS_OK) {
        out->nodes = osm_roads_nodes_in_file(roads);
        out->ways = osm_roads_ways_in_file(roads);
        out->highways = osm_roads_ways(roads);
        out->rows = out->highways;
    }
    osm_roads_free(roads);
    return result;
}

/* --- DIMACS graphs, networks --- */

static status inspect_graph(const char *path, text_slice text, const run_environment *environment,
                            inspection *out, faults *faults_list)
{
    dimacs_graph g = {0};
    out->form = INSPECTED_GRAPH;
    const status result =
        dimacs_parse(text.at, text.size, path, 0, environment->progress, &g, faults_list);
    out->nodes = g.node_count;
    out->ways = out->rows = g.arc_count;
    dimacs_graph_clear(&g);
    return result;
}

static status inspect_network(const char *path, const run_environment *environment, inspection *out,
                              faults *faults_list)
{
    error err;
    network *n = NULL;
    out->form = INSPECTED_NETWORK;
    if (network_open(&n, path, 0, environment->progress, &err) != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err); /* which names the file */
    }
    out->nodes = n->node_count;
    out->ways = out->rows = n->arc_count;
    out->main_nodes = n->main_size;
    out->has_hierarchy = n->hierarchy != NULL;
    network_free(n);
    return STATUS_OK;
}

status inspect_roads(road_form form, const char *path, const run_environment *environment,
                     inspection *out, faults *faults_list)
{
    error err;
    file_view file = {0};
    unpacked text = {0};
    const unpack_limits limits = {0};
    if (form == ROADS_PBF || form == ROADS_XML) {
        return inspect_osm(form, path, environment, out, faults_list);
    }
    if (form == ROADS_NETWORK) {
        return inspect_network(path, environment, out, faults_list);
    }
    status result = file_map(path, &file, &err);
    if (result == STATUS_OK) {
        result = unpack(&text, file.at, file.size, &limits, &err);
    }
    if (result != STATUS_OK) {
        result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    } else {
        const text_slice whole = text_slice_of(text.at ? text.at : "", text.size);
        result = inspect_graph(path, whole, environment, out, faults_list);
    }
    unpacked_clear(&text);
    file_unmap(&file);
    return result;
}
