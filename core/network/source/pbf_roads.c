/* The parts of an OSM PBF file: one for each blob of data, decoded in parallel. */
#include "base/blocks.h"
#include "network/source/pbf_part.h"
#include "network/source/road_format.h"

typedef struct pbf_file {
    const char *bytes;
    const road_filter *filter;
    pbf_frame *frames; /* data frames */
    size_t frame_count;
    road_reading *reading;
} pbf_file;

static status roads_block(void *context, block b, error *err)
{
    const pbf_file *f = context;
    status result = STATUS_OK;
    for (size_t i = b.begin; i < b.end && result == STATUS_OK; i++)
        result = pbf_part_roads(&f->reading->roads[i], f->filter, f->bytes, &f->frames[i], err);
    return result;
}

static status positions_block(void *context, block b, error *err)
{
    const pbf_file *f = context;
    status result = STATUS_OK;
    for (size_t i = b.begin; i < b.end && result == STATUS_OK; i++)
        if (f->reading->roads[i].nodes_seen > 0)
            result = pbf_part_positions(&f->reading->positions[i], f->filter, f->bytes,
                                        &f->frames[i], road_reading_ids(f->reading), err);
    return result;
}

/* Finds the blobs, judges the headers and keeps the data frames. */
static status frames_find(pbf_file *f, size_t size, error *err)
{
    size_t kept = 0;
    status result = pbf_frames(f->bytes, size, &f->frames, &f->frame_count, err);
    if (result)
        return result;
    for (size_t i = 0; i < f->frame_count; i++) {
        if (!f->frames[i].header) {
            f->frames[kept++] = f->frames[i];
            continue;
        }
        result = pbf_header_check(f->bytes, &f->frames[i], err);
        if (result)
            return result;
    }
    f->frame_count = kept;
    return STATUS_OK;
}

status pbf_roads_read(road_reading *r, const char *bytes, size_t size, const road_filter *filter,
                      int threads, error *err)
{
    pbf_file f = {.bytes = bytes, .filter = filter, .reading = r};
    status result = frames_find(&f, size, err);
    if (result == STATUS_OK)
        result = road_reading_open(r, f.frame_count, threads, err);
    if (result == STATUS_OK)
        result = blocks_run(f.frame_count, 1, threads, NULL, roads_block, &f, err);
    if (result == STATUS_OK)
        result = road_reading_wanted(r, err);
    if (result == STATUS_OK)
        result = blocks_run(f.frame_count, 1, threads, NULL, positions_block, &f, err);
    memory_free(f.frames);
    return result;
}
