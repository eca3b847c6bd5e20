/* network/source/pbf.h: roads read from OSM files (PBF, XML); OSM PBF written. */
#ifndef NETWORK_PBF_H
#define NETWORK_PBF_H

#include "base/error.h"
#include "base/text.h"

/* What a file holds of roads, as flat arrays; ids as in the file. Ways keep the tags that matter to
 * a profile as text indices; restrictions keep from, via node, to and their tags. */
typedef struct osm_roads osm_roads;

typedef struct osm_tag {
    const char *key, *value;
} osm_tag;
/* What is kept beside ways with a highway key and the tags that any profile reads: keys of tags,
 * and ways with one of these tags ("route" "ferry"). Borrowed. */
typedef struct road_wanted {
    const char *const *keys;
    size_t key_count;
    const osm_tag *ways;
    size_t way_count;
} road_wanted;

/* A file's first bytes tell PBF from XML (plain, or packed by gzip, bzip2, xz or zstd). PBF: blobs
 * are decoded in parallel. Limits: blob header 64 KiB, blob 32 MiB, unpacked 32 MiB; XML: one
 * element 1 MiB, no document type. A damaged or truncated file is refused with the byte offset, or
 * the line. `wanted` may be NULL. */
MUST_CHECK status osm_roads_read(const char *path, const road_wanted *wanted, int threads,
                                 osm_roads **out, faults *faults_list);
/* Several files as one, at least one: of a node, a way or a restriction that several hold, as
 * neighbouring extracts do, the first is taken. */
MUST_CHECK status osm_roads_read_all(const char *const *paths, size_t count,
                                     const road_wanted *wanted, int threads, osm_roads **out,
                                     faults *faults_list);
void osm_roads_free(osm_roads *r);
size_t osm_roads_nodes_in_file(const osm_roads *r);     /* every node read */
size_t osm_roads_nodes_on_highways(const osm_roads *r); /* distinct nodes used by a highway way */
size_t osm_roads_ways_in_file(const osm_roads *r);      /* every way read */
size_t osm_roads_ways(const osm_roads *r);              /* highway ways */

/* Writing (the synthetic generator): nodes ascending, then ways. Deterministic bytes. */
typedef struct osm_node {
    int64_t id;
    double lon, lat;
} osm_node;
typedef struct osm_way {
    int64_t id;
    const int64_t *nodes;
    size_t node_count;
    const osm_tag *tags;
    size_t tag_count;
} osm_way;
MUST_CHECK status osm_pbf_write(const char *path, const osm_node *nodes, size_t node_count,
                                const osm_way *ways, size_t way_count, error *err);
#endif
