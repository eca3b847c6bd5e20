/* network/source/osm_roads.h: what a file holds of roads, as flat arrays in one block of shareable
 * memory: made by the reader in a worker, mapped as it is by the program. Immutable; [any thread].
 */
#ifndef NETWORK_OSM_ROADS_H
#define NETWORK_OSM_ROADS_H

#include "base/memory.h"
#include "network/source/pbf.h"

#define OSM_NODE_NONE UINT32_MAX /* a node that the file does not hold */

/* The block begins with these counts; the arrays follow in the order of struct osm_roads. */
typedef struct osm_roads_counts {
    uint64_t magic, size;
    uint64_t nodes, ways, refs, way_tags, node_tags, turns, turn_tags, words, word_bytes;
    uint64_t nodes_in_file, ways_in_file, missing_refs, duplicate_nodes;
    uint64_t highway_ways, highway_nodes; /* without what is not a highway: ferries */
    uint64_t via_way_turns;               /* restrictions through a way: counted, not kept */
    uint64_t wanted;                      /* road_wanted_hash of what they were read for */
    uint64_t incomplete_turns;            /* ... without a from, a to or one via node: the same */
} osm_roads_counts;

struct osm_roads {
    osm_roads_counts counts;
    /* nodes used by a way that is kept and present in the file, by ascending id; degrees */
    const int64_t *node_id;
    const double *node_lon, *node_lat;
    /* ways kept, in the order of the file */
    const int64_t *way_id;
    const uint64_t *way_ref_start;               /* ways + 1 */
    const uint32_t *way_ref;                     /* node index, or OSM_NODE_NONE */
    const uint64_t *way_tag_start;               /* ways + 1 */
    const uint32_t *way_tag_key, *way_tag_value; /* words */
    /* tags of nodes (barriers and access), by ascending node */
    const uint32_t *node_tag_node, *node_tag_key, *node_tag_value;
    /* turn restrictions through a node, a row for each from and to; rows of a relation are
     * neighbours */
    const int64_t *turn_relation;                  /* relation ids */
    const int64_t *turn_from, *turn_to;            /* way ids */
    const uint32_t *turn_via;                      /* node index, or OSM_NODE_NONE */
    const uint64_t *turn_tag_start;                /* turns + 1 */
    const uint32_t *turn_tag_key, *turn_tag_value; /* words: restriction, restriction:*, except */
    /* distinct texts */
    const uint64_t *word_start; /* words + 1; each text is NUL-terminated */
    const char *word_bytes;
    shared_memory memory;
};

static inline const char *osm_word(const osm_roads *r, uint32_t word)
{
    return r->word_bytes + r->word_start[word];
}

/* The arrays for these counts, zeroed; magic and size are filled. The maker writes them through
 * osm_roads_writable, then freezes. */
MUST_CHECK status osm_roads_new(osm_roads **out, const osm_roads_counts *counts, error *err);
static inline void *osm_roads_writable(osm_roads *r, const void *array)
{
    return (char *)r->memory.at + ((const char *)array - (const char *)r->memory.at);
}
/* Makes the memory read-only. */
MUST_CHECK status osm_roads_freeze(osm_roads *r, error *err);
/* The block as a descriptor to send (borrowed), and back: every index is checked, since the sender
 * read a hostile file. Takes fd on success. */
int osm_roads_fd(const osm_roads *r);
MUST_CHECK status osm_roads_open(osm_roads **out, int fd, error *err);

/* A file in memory; `name` stands in messages. */
typedef struct osm_text {
    const char *name, *bytes;
    size_t size;
} osm_text;
/* As osm_roads_read_all and osm_roads_read, from memory. */
MUST_CHECK status osm_roads_parse_all(const osm_text *texts, size_t count,
                                      const road_wanted *wanted, int threads, osm_roads **out,
                                      faults *faults_list);
MUST_CHECK status osm_roads_parse(const char *bytes, size_t size, const char *name,
                                  const road_wanted *wanted, int threads, osm_roads **out,
                                  faults *faults_list);

#endif
