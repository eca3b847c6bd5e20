#include "network/source/osm_roads.h"

#include "base/arrays.h"
#include "network/messages.h"

static const uint64_t ROADS_MAGIC = 0x324461526e736162; /* "basnRaD2" */

/* Points the arrays of `r` into its block; returns the block's size, 0 when the counts do not fit.
 * With no block (NULL) only the size is computed. */
static size_t arrays_place(osm_roads *r, char *block)
{
    const osm_roads_counts *c = &r->counts;
    layout l = {0};
    (void)layout_take(&l, 1, sizeof *c);
#define PLACE(array, count)                                                                        \
    do {                                                                                           \
        size_t at = layout_take(&l, (count), sizeof *r->array);                                    \
        if (block)                                                                                 \
            r->array = (const void *)(block + at);                                                 \
    } while (0)
    PLACE(node_id, c->nodes);
    PLACE(node_lon, c->nodes);
    PLACE(node_lat, c->nodes);
    PLACE(way_id, c->ways);
    PLACE(way_ref_start, c->ways + 1);
    PLACE(way_ref, c->refs);
    PLACE(way_tag_start, c->ways + 1);
    PLACE(way_tag_key, c->way_tags);
    PLACE(way_tag_value, c->way_tags);
    PLACE(node_tag_node, c->node_tags);
    PLACE(node_tag_key, c->node_tags);
    PLACE(node_tag_value, c->node_tags);
    PLACE(turn_relation, c->turns);
    PLACE(turn_from, c->turns);
    PLACE(turn_to, c->turns);
    PLACE(turn_via, c->turns);
    PLACE(turn_tag_start, c->turns + 1);
    PLACE(turn_tag_key, c->turn_tags);
    PLACE(turn_tag_value, c->turn_tags);
    PLACE(word_start, c->words + 1);
    PLACE(word_bytes, c->word_bytes);
#undef PLACE
    return l.failed ? 0 : l.size;
}

status osm_roads_new(osm_roads **out, const osm_roads_counts *counts, error *err)
{
    status result = STATUS_OK;
    osm_roads *r = memory_new(1, sizeof *r);
    if (!r)
        return memory_error(err, sizeof *r);
    r->memory.fd = -1;
    r->counts = *counts;
    r->counts.magic = ROADS_MAGIC;
    r->counts.size = arrays_place(r, NULL);
    if (r->counts.size == 0) {
        result = memory_error(err, SIZE_MAX);
        goto done;
    }
    result = shared_memory_new(&r->memory, "bassin-osm-roads", (size_t)r->counts.size, err);
    if (result)
        goto done;
    arrays_place(r, r->memory.at);
    *(osm_roads_counts *)r->memory.at = r->counts;
    *out = r;
    r = NULL;
done:
    osm_roads_free(r);
    return result;
}

status osm_roads_freeze(osm_roads *r, error *err)
{
    status result = shared_memory_freeze(&r->memory, err);
    if (result == STATUS_OK)
        arrays_place(r, r->memory.at);
    return result;
}

void osm_roads_free(osm_roads *r)
{
    if (!r)
        return;
    shared_memory_clear(&r->memory);
    memory_free(r);
}

int osm_roads_fd(const osm_roads *r)
{
    return r->memory.fd;
}

size_t osm_roads_nodes_in_file(const osm_roads *r)
{
    return (size_t)r->counts.nodes_in_file;
}

size_t osm_roads_nodes_on_highways(const osm_roads *r)
{
    return (size_t)r->counts.highway_nodes;
}

size_t osm_roads_ways_in_file(const osm_roads *r)
{
    return (size_t)r->counts.ways_in_file;
}

size_t osm_roads_ways(const osm_roads *r)
{
    return (size_t)r->counts.highway_ways;
}

/* start[0] == 0, ascending, start[count] == total. */
static bool starts_valid(const uint64_t *start, uint64_t count, uint64_t total)
{
    if (start[0] != 0 || start[count] != total)
        return false;
    for (uint64_t i = 0; i < count; i++)
        if (start[i] > start[i + 1])
            return false;
    return true;
}

/* Every index below `limit`, or OSM_NODE_NONE where that is allowed. */
static bool indices_valid(const uint32_t *index, uint64_t count, uint64_t limit, bool none_allowed)
{
    for (uint64_t i = 0; i < count; i++)
        if (index[i] >= limit && !(none_allowed && index[i] == OSM_NODE_NONE))
            return false;
    return true;
}

static bool words_valid(const osm_roads *r)
{
    const osm_roads_counts *c = &r->counts;
    if (!starts_valid(r->word_start, c->words, c->word_bytes))
        return false;
    for (uint64_t i = 0; i < c->words; i++)
        if (r->word_start[i] == r->word_start[i + 1] || r->word_bytes[r->word_start[i + 1] - 1])
            return false;
    return true;
}

static bool positions_valid(const osm_roads *r)
{
    for (uint64_t i = 0; i < r->counts.nodes; i++) {
        if (!(r->node_lon[i] >= -180.0 && r->node_lon[i] <= 180.0 && r->node_lat[i] >= -90.0 &&
              r->node_lat[i] <= 90.0))
            return false;
        if (i > 0 && r->node_id[i - 1] >= r->node_id[i])
            return false;
    }
    return true;
}

static bool contents_valid(const osm_roads *r)
{
    const osm_roads_counts *c = &r->counts;
    return starts_valid(r->way_ref_start, c->ways, c->refs) &&
           starts_valid(r->way_tag_start, c->ways, c->way_tags) && words_valid(r) &&
           positions_valid(r) && indices_valid(r->way_ref, c->refs, c->nodes, true) &&
           indices_valid(r->way_tag_key, c->way_tags, c->words, false) &&
           indices_valid(r->way_tag_value, c->way_tags, c->words, false) &&
           indices_valid(r->node_tag_node, c->node_tags, c->nodes, false) &&
           indices_valid(r->node_tag_key, c->node_tags, c->words, false) &&
           indices_valid(r->node_tag_value, c->node_tags, c->words, false) &&
           starts_valid(r->turn_tag_start, c->turns, c->turn_tags) &&
           indices_valid(r->turn_via, c->turns, c->nodes, true) &&
           indices_valid(r->turn_tag_key, c->turn_tags, c->words, false) &&
           indices_valid(r->turn_tag_value, c->turn_tags, c->words, false);
}

/* A count as large as the block itself cannot be right: keeps the sizes from wrapping around. */
static bool counts_valid(const osm_roads_counts *c)
{
    const uint64_t counts[] = {c->nodes, c->ways,      c->refs,  c->way_tags,  c->node_tags,
                               c->turns, c->turn_tags, c->words, c->word_bytes};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] >= c->size)
            return false;
    return c->magic == ROADS_MAGIC;
}

status osm_roads_open(osm_roads **out, int fd, error *err)
{
    status result = STATUS_OK;
    osm_roads *r = memory_new(1, sizeof *r);
    if (!r)
        return memory_error(err, sizeof *r);
    r->memory.fd = -1;
    result = shared_memory_open(&r->memory, fd, err);
    if (result)
        goto done;
    if (r->memory.size >= sizeof r->counts)
        r->counts = *(const osm_roads_counts *)r->memory.at;
    if (r->counts.size != r->memory.size || !counts_valid(&r->counts) ||
        arrays_place(r, NULL) != r->memory.size) {
        result = error_set(err, STATUS_INPUT, M_ROADS_BLOCK);
        goto done;
    }
    arrays_place(r, r->memory.at);
    if (!contents_valid(r)) {
        result = error_set(err, STATUS_INPUT, M_ROADS_BLOCK);
        goto done;
    }
    *out = r;
    r = NULL;
done:
    if (r)
        r->memory.fd = -1; /* refused: the descriptor stays the caller's */
    osm_roads_free(r);
    return result;
}
