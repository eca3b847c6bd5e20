/* network/build/builder.h: a draft in the making out of an OSM file. Of this folder alone. */
#ifndef NETWORK_BUILDER_H
#define NETWORK_BUILDER_H

#include "base/hash.h"
#include "network/build/osm_build.h"

/* Until the end, arcs lead between nodes of the file: the node's index in `roads`, and after those
 * the copies that turns made. */
typedef struct builder {
    const osm_roads *roads;
    const osm_build_options *options;
    road_draft *draft;
    osm_build_facts *facts;
    error *err;
    uint8_t *closed;       /* per node of the file: a barrier */
    node_penalty *penalty; /* per node of the file */
    uint8_t *urban;        /* per reference of a way: the stretch that begins there; NULL: none */
    uint32_t *way_of;      /* per way of the file: its number in the draft, or NETWORK_NONE */
    uint32_t *copies;      /* the node of the file that each copy stands for */
    uint8_t *split;        /* per node of the file: several nodes of the draft; NULL: none */
    size_t copy_count, copy_capacity;
    interner *words;
    size_t way_capacity, name_capacity, class_capacity;
} builder;

static inline bool build_cancelled(const builder *b)
{
    return b->options->progress && progress_cancelled(b->options->progress);
}

/* build/urban.c: fills `urban` when the options name areas. */
MUST_CHECK status urban_mark(builder *b);
/* build/turns.c: splits the nodes where turns are restricted; the draft's arcs are replaced. */
MUST_CHECK status turns_apply(builder *b);
/* build/osm_draft.c: nodes kept, words and facts: the draft is whole. */
MUST_CHECK status draft_way(builder *b, size_t way, road_tags tags);
MUST_CHECK status draft_finish(builder *b);

#endif
