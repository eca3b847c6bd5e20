#include <string.h>

#include "base/blocks.h"
#include "base/files.h"
#include "network/messages.h"
#include "network/source/pbf_join.h"

static status roads_block(void *context, block b, error *err)
{
    pbf_reading *r = context;
    status result = STATUS_OK;
    for (size_t i = b.begin; i < b.end && result == STATUS_OK; i++)
        result = pbf_part_roads(&r->roads[i], r->bytes, &r->frames[i], err);
    return result;
}

static status positions_block(void *context, block b, error *err)
{
    pbf_reading *r = context;
    status result = STATUS_OK;
    for (size_t i = b.begin; i < b.end && result == STATUS_OK; i++)
        if (r->roads[i].nodes_seen > 0)
            result = pbf_part_positions(&r->positions[i], r->bytes, &r->frames[i], r->wanted,
                                        r->wanted_count, err);
    return result;
}

/* Finds the blobs, judges the headers and keeps the data frames. */
static status reading_open(pbf_reading *r, size_t size, error *err)
{
    size_t kept = 0;
    status result = pbf_frames(r->bytes, size, &r->frames, &r->frame_count, err);
    if (result)
        return result;
    for (size_t i = 0; i < r->frame_count; i++) {
        if (!r->frames[i].header) {
            r->frames[kept++] = r->frames[i];
            continue;
        }
        result = pbf_header_check(r->bytes, &r->frames[i], err);
        if (result)
            return result;
    }
    r->frame_count = kept;
    r->roads = memory_new(kept, sizeof *r->roads);
    r->positions = memory_new(kept, sizeof *r->positions);
    return r->roads && r->positions ? STATUS_OK : memory_error(err, kept * 2 * sizeof *r->roads);
}

static void reading_close(pbf_reading *r)
{
    for (size_t i = 0; i < r->frame_count; i++) {
        if (r->roads)
            pbf_part_clear(&r->roads[i]);
        if (r->positions)
            pbf_part_clear(&r->positions[i]);
    }
    memory_free(r->roads);
    memory_free(r->positions);
    memory_free(r->frames);
    memory_free(r->wanted);
}

static status reading_run(pbf_reading *r, size_t size, osm_roads **out, error *err)
{
    status result = reading_open(r, size, err);
    if (result == STATUS_OK)
        result = blocks_run(r->frame_count, 1, r->threads, NULL, roads_block, r, err);
    if (result == STATUS_OK)
        result = pbf_wanted(r, err);
    if (result == STATUS_OK)
        result = blocks_run(r->frame_count, 1, r->threads, NULL, positions_block, r, err);
    if (result == STATUS_OK)
        result = pbf_join(r, out, err);
    return result;
}

static void reading_notes(const osm_roads *roads, const char *name, faults *list)
{
    const osm_roads_counts *c = &roads->counts;
    if (c->duplicate_nodes > 0)
        faults_warn(list, source_at(name, 0, 0), M_PBF_DUPLICATES,
                    (unsigned long long)c->duplicate_nodes);
    if (c->missing_refs > 0)
        faults_warn(list, source_at(name, 0, 0), M_PBF_MISSING_NODES,
                    (unsigned long long)c->missing_refs);
}

status osm_roads_parse(const char *bytes, size_t size, const char *name, int threads,
                       osm_roads **out, faults *faults_list)
{
    pbf_reading r = {.bytes = bytes, .threads = threads};
    osm_roads *roads = NULL;
    error err = {0};
    status result = reading_run(&r, size, &roads, &err);
    if (result) {
        result = faults_add_error(faults_list, source_at(name, 0, 0), &err);
        goto done;
    }
    if (roads->counts.ways == 0) {
        result = faults_refuse(faults_list, source_at(name, 0, 0), M_PBF_NO_ROADS);
        goto done;
    }
    reading_notes(roads, name, faults_list);
    *out = roads;
    roads = NULL;
done:
    osm_roads_free(roads);
    reading_close(&r);
    return result;
}

status osm_roads_read(const char *path, int threads, osm_roads **out, faults *faults_list)
{
    file_view file = {0};
    error err = {0};
    status result = file_map(path, &file, &err);
    if (result)
        return faults_add_error(faults_list, source_at(path, 0, 0), &err);
    result = osm_roads_parse(file.at, file.size, path, threads, out, faults_list);
    file_unmap(&file);
    return result;
}
