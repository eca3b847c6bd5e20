#include "network/build/network_build.h"

#include <sys/stat.h>

#include "base/hash.h"
#include "geo/layer.h"
#include "network/build/osm_build.h"
#include "network/graph/network_file.h"
#include "network/messages.h"
#include "network/search/hierarchy_build.h"
#include "network/source/road_file.h"

static const uint64_t MIB = UINT64_C(1) << 20;

/* --- before the work --- */

static status sources_judge(const network_request *r, network_source *out, faults *faults_list)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < r->file_count; i++) {
        network_source found = NETWORK_OF_OSM;
        status one = network_source_of(r->files[i], &found, faults_list);
        result = result ? result : one;
        if (i == 0)
            *out = found;
        if (one == STATUS_OK && r->file_count > 1 && found != NETWORK_OF_OSM)
            result = faults_refuse(faults_list, source_at(r->files[i], 0, 0), M_SOURCE_SEVERAL);
    }
    return result;
}

static uint64_t most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Of the network and its hierarchy in the making. */
static uint64_t hierarchy_height(uint64_t nodes, uint64_t arcs)
{
    return network_memory(nodes, arcs) + hierarchy_memory(nodes, arcs);
}

/* By the bytes of the files. Measured: 16 a byte for an extract with all its buildings, 24 for one
 * of roads alone, 24 and 37 with the hierarchy. */
static uint64_t osm_height(const network_request *r, uint64_t file_bytes)
{
    return file_bytes * (r->hierarchy ? 64 : 40);
}

static uint64_t memory_of(const network_request *r, network_source source, const source_extent *e)
{
    const uint64_t text = e->text_bytes + e->text_bytes / 2;
    uint64_t memory = 0;
    switch (source) {
    case NETWORK_OF_DIMACS:
        memory = most(network_make_memory(e->nodes, e->arcs),
                      text + e->arcs * sizeof(draft_arc) + 8 * e->nodes);
        if (r->hierarchy)
            memory = most(memory, hierarchy_height(e->nodes, e->arcs));
        break;
    case NETWORK_OF_OSM:
        memory = osm_height(r, e->file_bytes);
        break;
    case NETWORK_OF_LINES:
        memory = 32 * e->file_bytes;
        break;
    }
    return memory + 64 * MIB;
}

status network_foresee(const network_request *r, network_outlook *out, faults *faults_list)
{
    error err = {0};
    source_extent all = {0};
    *out = (network_outlook){0};
    status result = sources_judge(r, &out->source, faults_list);
    for (size_t i = 0; i < r->file_count && result == STATUS_OK; i++) {
        source_extent one = {0};
        if (network_source_extent(r->files[i], out->source, &one, &err))
            return faults_add_error(faults_list, source_at(r->files[i], 0, 0), &err);
        all.nodes += one.nodes;
        all.arcs += one.arcs;
        all.file_bytes += one.file_bytes;
        all.text_bytes += one.text_bytes;
    }
    out->memory = memory_of(r, out->source, &all);
    return result;
}

/* --- provenance --- */

static status file_fact(const network_request *r, road_draft *d, const char *key, const char *path,
                        error *err)
{
    sha256_hex digest;
    status result = sha256_of_file_until(path, r->progress->cancel, &digest, err);
    return result ? result : road_draft_fact(d, err, key, "%s", digest.hex);
}

static status sources_tell(const network_request *r, road_draft *d, error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < r->file_count && result == STATUS_OK; i++)
        result = file_fact(r, d, "source_sha256", r->files[i], err);
    if (result == STATUS_OK && r->coordinates)
        result = file_fact(r, d, "coordinates_sha256", r->coordinates, err);
    return result;
}

/* --- drafts --- */

static status draft_of_dimacs(const network_request *r, road_draft *out, faults *faults_list)
{
    const dimacs_options options = {.path = r->files[0],
                                    .coordinates = r->coordinates,
                                    .coordinates_unit = r->coordinates_unit,
                                    .units_per_minute = r->units_per_minute,
                                    .threads = r->threads};
    return dimacs_build(&options, out, r->progress, faults_list);
}

/* Outlines of the areas where the profile's peak factor holds. */
static status areas_read(const network_request *r, layer **out, faults *faults_list)
{
    const layer_options options = {.path = r->urban, .threads = r->threads};
    *out = NULL;
    if (!r->urban)
        return STATUS_OK;
    status result = layer_read(r->workers, &options, out, faults_list);
    if (result == STATUS_OK && !(*out)->outlines)
        result = faults_refuse(faults_list, source_at(r->urban, 0, 0), M_BUILD_NO_AREAS);
    return result;
}

static status draft_of_osm(const network_request *r, road_draft *out, faults *faults_list)
{
    road_profile *profile = NULL;
    layer *areas = NULL;
    osm_roads *roads = NULL;
    osm_build_facts built;
    status result = road_profile_read(r->profile, &profile, faults_list);
    const status of_areas = areas_read(r, &areas, faults_list);
    result = result ? result : of_areas;
    if (result == STATUS_OK)
        result = road_files_load(r->workers, r->files, r->file_count, road_profile_wanted(profile),
                                 r->threads, &roads, faults_list);
    if (result == STATUS_OK) {
        const osm_build_options options = {.name = r->files[0],
                                           .profile = profile,
                                           .urban = areas ? areas->outlines : NULL,
                                           .threads = r->threads,
                                           .progress = r->progress};
        result = osm_build(roads, &options, out, &built, faults_list);
    }
    osm_roads_free(roads);
    layer_free(areas);
    road_profile_free(profile);
    return result;
}

static status draft_of_lines(const network_request *r, road_draft *out, faults *faults_list)
{
    line_options options = r->lines ? *r->lines : (line_options){.mode = "car", .tolerance_m = -1};
    options.path = r->files[0];
    return line_build(r->workers, &options, out, r->progress, faults_list);
}

static status draft_make(const network_request *r, network_source source, road_draft *out,
                         faults *faults_list)
{
    status result = STATUS_OK;
    error err = {0};
    switch (source) {
    case NETWORK_OF_DIMACS:
        result = draft_of_dimacs(r, out, faults_list);
        break;
    case NETWORK_OF_OSM:
        result = draft_of_osm(r, out, faults_list);
        break;
    case NETWORK_OF_LINES:
        result = draft_of_lines(r, out, faults_list);
        break;
    }
    if (result == STATUS_OK && sources_tell(r, out, &err))
        result = faults_add_error(faults_list, source_at(r->files[0], 0, 0), &err);
    return result;
}

/* --- the network --- */

static status hierarchy_add(const network_request *r, network *n, error *err)
{
    hierarchy_store *store = NULL;
    progress_step(r->progress, "hierarchy", M_STEP_HIERARCHY);
    const status result = hierarchy_build(&n->to, r->threads, r->progress, &store, err);
    if (result == STATUS_OK)
        hierarchy_give(store, n);
    return result;
}

status network_build(const network_request *r, const network_outlook *outlook, network **out,
                     faults *faults_list)
{
    road_draft draft = {0};
    error err = {0};
    progress_step(r->progress, "roads", M_STEP_ROADS);
    status result = draft_make(r, outlook->source, &draft, faults_list);
    if (result) {
        road_draft_clear(&draft);
        return result;
    }
    progress_step(r->progress, "components", M_STEP_COMPONENTS);
    network *n = NULL;
    result = network_make(&n, &draft, r->threads, r->progress, &err);
    if (result == STATUS_OK && r->hierarchy)
        result = hierarchy_add(r, n, &err);
    if (result == STATUS_OK) {
        *out = n;
        return STATUS_OK;
    }
    network_free(n);
    return faults_add_error(faults_list, source_at(r->files[0], 0, 0), &err);
}

static network_written written_of(const network *n)
{
    network_written w = {.node_count = n->node_count,
                         .arc_count = n->arc_count,
                         .component_count = n->component_count,
                         .main_size = n->main_size,
                         .units_per_minute = n->units_per_minute,
                         .positions = n->positions,
                         .lengths = n->lengths};
    for (uint32_t i = 0; i < n->node_count; i++)
        w.split_nodes += (n->node_flags[i] & NODE_SPLIT) != 0;
    return w;
}

static status file_write(const network_request *r, const network *n, const road_hierarchy *h,
                         const char *path, network_written *out, error *err)
{
    struct stat facts;
    progress_step(r->progress, "file", M_STEP_FILE);
    status result = network_save(n, h, path, r->threads, r->progress, err);
    if (result == STATUS_OK && stat(path, &facts) == 0 && facts.st_size > 0)
        out->bytes = (uint64_t)facts.st_size;
    return result;
}

status network_build_file(const network_request *r, const network_outlook *outlook,
                          const char *path, network_written *out, faults *faults_list)
{
    network *n = NULL;
    error err = {0};
    status result = network_build(r, outlook, &n, faults_list);
    if (result)
        return result;
    const road_hierarchy *h = n->hierarchy;
    *out = written_of(n);
    if (h)
        out->shortcuts = (uint64_t)h->up.start[h->node_count] + h->down.start[h->node_count];
    if (file_write(r, n, h, path, out, &err))
        result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    network_free(n);
    return result;
}
