#include "base/files.h"
#include "network/messages.h"
#include "network/source/road_format.h"

/* Several files share the nodes of their borders: nothing to tell. */
static void reading_notes(const osm_roads *roads, const char *name, bool alone, faults *list)
{
    const osm_roads_counts *c = &roads->counts;
    if (c->duplicate_nodes > 0 && alone)
        faults_warn(list, source_at(name, 0, 0), M_ROADS_DUPLICATES,
                    (unsigned long long)c->duplicate_nodes);
    if (c->missing_refs > 0)
        faults_warn(list, source_at(name, 0, 0), M_ROADS_MISSING_NODES,
                    (unsigned long long)c->missing_refs);
}

static status source_open(road_source *s, error *err)
{
    s->xml = xml_source_is(s->text->bytes, s->text->size);
    if (!s->xml)
        return pbf_source_open(s, err);
    s->part_count = 1;
    return STATUS_OK;
}

/* One pass over every file; *at is the one that failed. */
static status pass_all(road_source *sources, size_t count, road_reading *r,
                       const road_filter *filter, road_pass pass, size_t *at, error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        *at = i;
        result = sources[i].xml ? xml_source_pass(&sources[i], r, filter, pass, err)
                                : pbf_source_pass(&sources[i], r, filter, pass, err);
    }
    return result;
}

static status sources_read(road_source *sources, size_t count, road_reading *r,
                           const road_filter *filter, size_t *at, error *err)
{
    status result = STATUS_OK;
    size_t parts = 0;
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        *at = i;
        result = source_open(&sources[i], err);
        sources[i].first_part = parts;
        parts += sources[i].part_count;
    }
    if (result == STATUS_OK)
        result = road_reading_open(r, parts, err);
    if (result == STATUS_OK)
        result = pass_all(sources, count, r, filter, PASS_ROADS, at, err);
    if (result == STATUS_OK && count > 1)
        result = road_reading_distinct(r, err);
    if (result == STATUS_OK)
        result = road_reading_wanted(r, err);
    return result == STATUS_OK ? pass_all(sources, count, r, filter, PASS_POSITIONS, at, err)
                               : result;
}

static status roads_make(const osm_text *texts, size_t count, const road_wanted *wanted,
                         int threads, osm_roads **out, source_ref *at, error *err)
{
    road_reading r = {.threads = threads, .wanted_hash = road_wanted_hash(wanted)};
    road_filter *filter = NULL;
    size_t reading = 0;
    road_source *sources = memory_new(count, sizeof *sources);
    status result = sources ? road_filter_new(&filter, wanted, err)
                            : memory_error(err, count * sizeof *sources);
    if (result)
        goto done;
    for (size_t i = 0; i < count; i++)
        sources[i].text = &texts[i];
    result = sources_read(sources, count, &r, filter, &reading, err);
    *at = source_at(texts[reading].name, sources[reading].line, sources[reading].column);
    if (result == STATUS_OK)
        result = road_reading_join(&r, out, err);
done:
    for (size_t i = 0; sources && i < count; i++)
        memory_free(sources[i].frames);
    memory_free(sources);
    road_reading_close(&r);
    road_filter_free(filter);
    return result;
}

status osm_roads_parse_all(const osm_text *texts, size_t count, const road_wanted *wanted,
                           int threads, osm_roads **out, faults *faults_list)
{
    osm_roads *roads = NULL;
    source_ref at = source_at(texts[0].name, 0, 0);
    error err = {0};
    if (roads_make(texts, count, wanted, threads, &roads, &at, &err))
        return faults_add_error(faults_list, at, &err);
    if (roads->counts.ways == 0) {
        osm_roads_free(roads);
        return faults_refuse(faults_list, source_at(texts[0].name, 0, 0), M_ROADS_NONE);
    }
    reading_notes(roads, texts[0].name, count == 1, faults_list);
    *out = roads;
    return STATUS_OK;
}

status osm_roads_parse(const char *bytes, size_t size, const char *name, const road_wanted *wanted,
                       int threads, osm_roads **out, faults *faults_list)
{
    const osm_text text = {.name = name, .bytes = bytes, .size = size};
    return osm_roads_parse_all(&text, 1, wanted, threads, out, faults_list);
}

status osm_roads_read_all(const char *const *paths, size_t count, const road_wanted *wanted,
                          int threads, osm_roads **out, faults *faults_list)
{
    error err = {0};
    file_view *files = memory_new(count, sizeof *files);
    osm_text *texts = memory_new(count, sizeof *texts);
    status result = STATUS_OK;
    if (!files || !texts) {
        (void)memory_error(&err, count * (sizeof *files + sizeof *texts));
        result = faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        if (file_map(paths[i], &files[i], &err))
            result = faults_add_error(faults_list, source_at(paths[i], 0, 0), &err);
        else
            texts[i] = (osm_text){.name = paths[i], .bytes = files[i].at, .size = files[i].size};
    }
    if (result == STATUS_OK)
        result = osm_roads_parse_all(texts, count, wanted, threads, out, faults_list);
    for (size_t i = 0; files && i < count; i++)
        file_unmap(&files[i]);
    memory_free(files);
    memory_free(texts);
    return result;
}

status osm_roads_read(const char *path, const road_wanted *wanted, int threads, osm_roads **out,
                      faults *faults_list)
{
    return osm_roads_read_all(&path, 1, wanted, threads, out, faults_list);
}
