/* network/source/pbf_write.h: an OSM PBF file from arrays; osm_pbf_write (network/source/pbf.h) is
 * the short way.
 */
#ifndef NETWORK_PBF_WRITE_H
#define NETWORK_PBF_WRITE_H

#include "network/source/pbf.h"

typedef struct osm_node_tags {
    size_t node; /* index in nodes; ascending */
    const osm_tag *tags;
    size_t tag_count;
} osm_node_tags;

typedef enum osm_member_type { OSM_MEMBER_NODE = 0, OSM_MEMBER_WAY = 1 } osm_member_type;
typedef struct osm_member {
    osm_member_type type;
    int64_t id;
    const char *role;
} osm_member;
typedef struct osm_relation {
    int64_t id;
    const osm_member *members;
    size_t member_count;
    const osm_tag *tags;
    size_t tag_count;
} osm_relation;

typedef struct osm_contents {
    const osm_node *nodes; /* ids ascending */
    size_t node_count;
    const osm_node_tags *node_tags;
    size_t node_tag_count;
    const osm_way *ways;
    size_t way_count;
    const osm_relation *relations;
    size_t relation_count;
} osm_contents;

typedef enum osm_pbf_form {
    OSM_PBF_USUAL = 0, /* dense nodes, zlib */
    OSM_PBF_PLAIN = 1, /* nodes one by one, not compressed: what some old programs write */
} osm_pbf_form;

/* The file's bytes; the same contents always give the same bytes (of one zlib). Caller frees with
 * memory_free. */
MUST_CHECK status osm_pbf_encode(const osm_contents *contents, osm_pbf_form form, char **bytes,
                                 size_t *size, error *err);

#endif
