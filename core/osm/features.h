/* osm/features.h: the nodes and ways of an OSM PBF file that carry given tags.
 *
 * Two passes over the file's blobs, in parallel: what carries the tags, then the positions of the
 * nodes of the ways found. The result does not depend on threads nor on the order of the file. */
#ifndef OSM_FEATURES_H
#define OSM_FEATURES_H

#include "base/memory.h"
#include "base/text.h"

/* "amenity=library", "community_centre!=village_hall" (also true where the key is absent). */
typedef struct osm_condition {
    const char *key, *value;
    bool differs;
} osm_condition;
/* All of them. */
typedef struct osm_rule {
    const osm_condition *all;
    size_t count;
} osm_rule;

typedef struct osm_query {
    const osm_rule *rules; /* a feature is wanted when it obeys one */
    size_t rule_count;
    const char *const *keys; /* the tags to bring; no other is kept */
    size_t key_count;
} osm_query;

/* "amenity=cafe+operator:type=association|office=coworking": rules between bars. Every rule must
 * demand a value of a key. Borrows from `memory`. */
MUST_CHECK status osm_rules_parse(const char *text, arena *memory, const osm_rule **rules,
                                  size_t *count, error *err);

typedef enum osm_kind { OSM_NODE = 0, OSM_WAY = 1 } osm_kind;
typedef struct osm_feature {
    osm_kind kind;
    int64_t id;
    double lon, lat;   /* degrees; of a way its centre; NaN when none of its nodes is there */
    const char *rules; /* the numbers of the rules that it obeys, from 0: "0;3" */
    const char *const *values; /* of query.keys; NULL: no such tag */
} osm_feature;
typedef struct osm_features {
    const osm_feature *items; /* nodes then ways, by ascending id */
    size_t count;
    size_t relations;  /* that obey a rule: counted, not read */
    size_t incomplete; /* ways that miss a node (edge of the extract) */
    arena *memory;
} osm_features;

MUST_CHECK status osm_features_find(const char *bytes, size_t size, const osm_query *query,
                                    int threads, osm_features **out, error *err);
void osm_features_free(osm_features *f);

#endif
