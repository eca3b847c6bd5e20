/* network/source/road_part.h: what a part of a file gives (a PBF blob, or a whole XML file), before
 * the parts are joined in the order of the file.
 *
 * First pass (roads): ways with the tags that a profile reads, turn restrictions, the number of
 * nodes. Second pass (positions): the nodes that those ways use. */
#ifndef NETWORK_ROAD_PART_H
#define NETWORK_ROAD_PART_H

#include "base/hash.h"
#include "base/memory.h"

typedef struct part_way {
    int64_t id;
    size_t ref_end, tag_end; /* in the part's refs and tags */
    bool highway;            /* false: a ferry, or whatever else the profile opens */
} part_way;
typedef struct part_tag {
    uint32_t key, value;
} part_tag; /* the part's words */
typedef struct part_turn {
    int64_t relation, from, via, to;
    size_t tag_begin, tag_end; /* in the part's turn_tags */
} part_turn;
typedef struct part_node {
    uint32_t index; /* in the ids wanted */
    uint32_t tag_count;
    double lon, lat;
} part_node;

typedef struct road_part {
    interner *words;
    part_way *ways;
    int64_t *refs;
    part_tag *tags; /* of ways (first pass) or of nodes (second pass) */
    part_turn *turns;
    part_tag *turn_tags;
    part_node *nodes;
    size_t way_count, ref_count, tag_count, turn_count, turn_tag_count, node_count;
    size_t way_capacity, ref_capacity, tag_capacity, turn_capacity, turn_tag_capacity,
        node_capacity;
    uint64_t nodes_seen, ways_seen;
    uint64_t via_ways;   /* turn restrictions through a way */
    uint64_t incomplete; /* ... without a from, a to or one via node */
} road_part;
MUST_CHECK status road_part_open(road_part *part, error *err);
void road_part_clear(road_part *part);

MUST_CHECK status road_part_ref(road_part *p, int64_t id, error *err);
MUST_CHECK status road_part_tag(road_part *p, part_tag tag, error *err);
/* Ends a way: it holds the references and tags added since the one before. */
MUST_CHECK status road_part_way(road_part *p, int64_t id, bool highway, error *err);
/* Tags follow by road_part_node_tag. */
MUST_CHECK status road_part_node(road_part *p, part_node node, error *err);
MUST_CHECK status road_part_node_tag(road_part *p, part_tag tag, error *err);

/* A member of a turn restriction; others are left out. */
typedef enum turn_role { TURN_FROM, TURN_TO, TURN_VIA_NODE, TURN_VIA_WAY, TURN_NONE } turn_role;
typedef struct turn_member {
    turn_role role;
    int64_t id;
} turn_member;
turn_role road_turn_role(text_slice role, bool node, bool way);
MUST_CHECK status road_part_turn_tag(road_part *p, part_tag tag, error *err);
/* Ends a restriction: it holds the turn tags added since the one before; one turn for each pair of
 * a `from` and a `to`. */
MUST_CHECK status road_part_turn(road_part *p, int64_t relation, const turn_member *members,
                                 size_t count, error *err);

/* The ids wanted, and where the last one was found: files are mostly in the order of ids. */
typedef struct road_ids {
    const int64_t *id; /* ascending */
    size_t count, cursor;
} road_ids;
bool road_ids_find(road_ids *w, int64_t id, uint32_t *index);

#endif
