#include "engine/inspect_roads.h"

#include <string.h>

#include "base/files.h"
#include "engine/messages.h"
#include "network/source/road_file.h"
#include "table/archive.h"

enum { GRAPH_FAULTS_SHOWN = 50 };

static bool holds(text_slice t, const char *text)
{
    return memmem(t.at, t.size, text, strlen(text)) != NULL;
}

static bool starts_with(text_slice t, const char *text)
{
    return t.size >= strlen(text) && memcmp(t.at, text, strlen(text)) == 0;
}

/* DIMACS shortest-path graphs: comments, a problem line, arcs. Some lack the first two. */
static bool looks_like_graph(text_slice t)
{
    size_t digits = 2;
    while (digits < t.size && t.at[digits] >= '0' && t.at[digits] <= '9') {
        digits++;
    }
    return starts_with(t, "c ") || starts_with(t, "p sp ") ||
           (starts_with(t, "a ") && digits > 2 && digits < t.size && t.at[digits] == ' ');
}

road_form road_form_of(const char *path, text_slice start)
{
    const size_t size = strlen(path);
    if (holds(text_slice_of(start.at, start.size < 64 ? start.size : 64), "OSMHeader") ||
        (size > 4 && strcmp(path + size - 4, ".pbf") == 0)) {
        return ROADS_PBF;
    }
    if (start.size > 0 && start.at[0] == '<' && holds(start, "<osm ")) {
        return ROADS_XML;
    }
    const bool named = strstr(path, ".gr") != NULL;
    return named && looks_like_graph(start) ? ROADS_GRAPH : ROADS_NONE;
}

/* --- OpenStreetMap PBF --- */

static status inspect_pbf(const char *path, const run_environment *environment, inspection *out,
                          faults *faults_list)
{
    osm_roads *roads = NULL;
    out->form = INSPECTED_PBF;
    const status result = road_file_load(environment->workers, path, 1, &roads, faults_list);
    if (result == STATUS_OK) {
        out->nodes = osm_roads_nodes_in_file(roads);
        out->highways = osm_roads_ways(roads);
        out->rows = out->highways;
    }
    osm_roads_free(roads);
    return result;
}

/* --- OpenStreetMap XML --- */

/* One element after the other; nothing is believed of the text beyond its tags. */
static status count_elements(const char *path, text_slice text, inspection *out,
                             faults *faults_list)
{
    bool in_way = false;
    bool highway = false;
    bool closed = false;
    const char *end = text.at + text.size;
    for (const char *at = memchr(text.at, '<', text.size); at != NULL;
         at = memchr(at + 1, '<', (size_t)(end - at - 1))) {
        const text_slice rest = text_slice_of(at, (size_t)(end - at));
        const char *stop = memchr(at, '>', rest.size);
        const text_slice element = text_slice_of(at, stop ? (size_t)(stop - at) : rest.size);
        if (starts_with(element, "<node ")) {
            out->nodes++;
        } else if (starts_with(element, "<way ")) {
            out->ways++;
            in_way = true;
            highway = false;
        } else if (starts_with(element, "<tag ") && in_way) {
            highway = highway || holds(element, "k=\"highway\"") || holds(element, "k='highway'");
        } else if (starts_with(element, "</way")) {
            out->highways += highway;
            in_way = false;
        } else if (starts_with(element, "</osm")) {
            closed = true;
        }
    }
    out->rows = out->highways;
    return closed ? STATUS_OK
                  : faults_refuse(faults_list, source_at(path, 0, 0), M_INSPECT_OSM_CUT);
}

/* --- DIMACS graphs --- */

static bool take_number(text_slice *line, uint64_t *out)
{
    size_t start = 0;
    while (start < line->size && line->at[start] == ' ') {
        start++;
    }
    size_t end = start;
    while (end < line->size && line->at[end] != ' ') {
        end++;
    }
    const bool read = text_to_u64(text_slice_of(line->at + start, end - start), out);
    *line = text_slice_of(line->at + end, line->size - end);
    return read;
}

static bool read_arc(text_slice line, inspection *out)
{
    uint64_t from = 0, to = 0, weight = 0;
    text_slice rest = text_slice_of(line.at + 1, line.size - 1);
    if (!take_number(&rest, &from) || !take_number(&rest, &to) || !take_number(&rest, &weight)) {
        return false;
    }
    const uint64_t low = from < to ? from : to;
    const uint64_t high = from < to ? to : from;
    out->first_node = out->ways == 0 || low < out->first_node ? low : out->first_node;
    out->nodes = high + 1 > out->nodes ? high + 1 : out->nodes;
    out->ways++;
    return rest.size == 0 || (rest.size == 1 && rest.at[0] == '\r');
}

static bool read_graph_line(text_slice line, inspection *out)
{
    if (line.size == 0 || line.at[0] == 'c') {
        return true;
    }
    if (line.at[0] == 'p') {
        out->has_problem_line = true;
        return starts_with(line, "p sp ");
    }
    return line.at[0] == 'a' && read_arc(line, out);
}

static status count_arcs(const char *path, text_slice text, inspection *out, faults *faults_list)
{
    status result = STATUS_OK;
    size_t bad = 0;
    uint64_t number = 0;
    for (const char *at = text.at, *end = text.at + text.size; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t size = stop ? (size_t)(stop - at) : (size_t)(end - at);
        number++;
        if (!read_graph_line(text_slice_of(at, size), out) && bad++ < GRAPH_FAULTS_SHOWN) {
            result = faults_refuse(faults_list, source_at(path, number, 1), M_INSPECT_GRAPH_LINE);
        }
        at += size + 1;
    }
    /* ids start at 0 or at 1: the number of nodes follows */
    out->nodes -= out->nodes > 0 ? out->first_node : 0;
    out->rows = out->ways;
    if (!out->has_problem_line) {
        faults_note(faults_list, source_at(path, 0, 0), M_INSPECT_GRAPH_NO_PROBLEM,
                    (unsigned long long)out->first_node);
    }
    return result;
}

status inspect_roads(road_form form, const char *path, const run_environment *environment,
                     inspection *out, faults *faults_list)
{
    error err;
    file_view file = {0};
    unpacked text = {0};
    const unpack_limits limits = {0};
    if (form == ROADS_PBF) {
        return inspect_pbf(path, environment, out, faults_list);
    }
    out->form = form == ROADS_XML ? INSPECTED_OSM : INSPECTED_GRAPH;
    status result = file_map(path, &file, &err);
    if (result == STATUS_OK) {
        result = unpack(&text, file.at, file.size, &limits, &err);
    }
    if (result != STATUS_OK) {
        result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    } else {
        const text_slice whole = text_slice_of(text.at ? text.at : "", text.size);
        result = form == ROADS_XML ? count_elements(path, whole, out, faults_list)
                                   : count_arcs(path, whole, out, faults_list);
    }
    unpacked_clear(&text);
    file_unmap(&file);
    return result;
}
