/* The parts of an OSM PBF file: one for each blob of data, decoded in parallel. */
#include "base/blocks.h"
#include "network/source/pbf_part.h"
#include "network/source/road_format.h"

typedef struct pbf_work {
    const road_source *source;
    const road_filter *filter;
    road_reading *reading;
} pbf_work;

static status roads_block(void *context, block b, error *err)
{
    const pbf_work *w = context;
    const road_source *s = w->source;
    status result = STATUS_OK;
    for (size_t i = b.begin; i < b.end && result == STATUS_OK; i++)
        result = pbf_part_roads(&w->reading->roads[s->first_part + i], w->filter, s->text->bytes,
                                &s->frames[i], err);
    return result;
}

static status positions_block(void *context, block b, error *err)
{
    const pbf_work *w = context;
    const road_source *s = w->source;
    status result = STATUS_OK;
    for (size_t i = b.begin; i < b.end && result == STATUS_OK; i++)
        if (w->reading->roads[s->first_part + i].nodes_seen > 0)
            result = pbf_part_positions(&w->reading->positions[s->first_part + i], w->filter,
                                        s->text->bytes, &s->frames[i], road_reading_ids(w->reading),
                                        err);
    return result;
}

status pbf_source_open(road_source *s, error *err)
{
    size_t count = 0;
    status result = pbf_frames(s->text->bytes, s->text->size, &s->frames, &count, err);
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        if (!s->frames[i].header)
            s->frames[s->part_count++] = s->frames[i];
        else
            result = pbf_header_check(s->text->bytes, &s->frames[i], err);
    }
    return result;
}

status pbf_source_pass(const road_source *s, road_reading *r, const road_filter *filter,
                       road_pass pass, error *err)
{
    pbf_work w = {.source = s, .filter = filter, .reading = r};
    return blocks_run(s->part_count, 1, r->threads, NULL,
                      pass == PASS_ROADS ? roads_block : positions_block, &w, err);
}
