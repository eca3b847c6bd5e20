#include "base/files.h"
#include "network/messages.h"
#include "network/source/road_format.h"

static void reading_notes(const osm_roads *roads, const char *name, faults *list)
{
    const osm_roads_counts *c = &roads->counts;
    if (c->duplicate_nodes > 0)
        faults_warn(list, source_at(name, 0, 0), M_ROADS_DUPLICATES,
                    (unsigned long long)c->duplicate_nodes);
    if (c->missing_refs > 0)
        faults_warn(list, source_at(name, 0, 0), M_ROADS_MISSING_NODES,
                    (unsigned long long)c->missing_refs);
}

status osm_roads_parse(const char *bytes, size_t size, const char *name, const road_wanted *wanted,
                       int threads, osm_roads **out, faults *faults_list)
{
    road_reading r = {.wanted_hash = road_wanted_hash(wanted)};
    road_filter *filter = NULL;
    osm_roads *roads = NULL;
    uint64_t line = 0, column = 0;
    error err = {0};
    status result = road_filter_new(&filter, wanted, &err);
    if (result == STATUS_OK && xml_roads_are(bytes, size))
        result = xml_roads_read(&r, bytes, size, filter, &line, &column, &err);
    else if (result == STATUS_OK)
        result = pbf_roads_read(&r, bytes, size, filter, threads, &err);
    if (result == STATUS_OK)
        result = road_reading_join(&r, &roads, &err);
    if (result) {
        result = faults_add_error(faults_list, source_at(name, line, column), &err);
        goto done;
    }
    if (roads->counts.ways == 0) {
        result = faults_refuse(faults_list, source_at(name, 0, 0), M_ROADS_NONE);
        goto done;
    }
    reading_notes(roads, name, faults_list);
    *out = roads;
    roads = NULL;
done:
    osm_roads_free(roads);
    road_reading_close(&r);
    road_filter_free(filter);
    return result;
}

status osm_roads_read(const char *path, const road_wanted *wanted, int threads, osm_roads **out,
                      faults *faults_list)
{
    file_view file = {0};
    error err = {0};
    status result = file_map(path, &file, &err);
    if (result)
        return faults_add_error(faults_list, source_at(path, 0, 0), &err);
    result = osm_roads_parse(file.at, file.size, path, wanted, threads, out, faults_list);
    file_unmap(&file);
    return result;
}
