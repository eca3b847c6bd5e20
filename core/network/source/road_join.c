#include "network/source/road_join.h"

#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"
#include "network/messages.h"

typedef struct joined_tag {
    uint32_t node, key, value;
    size_t order; /* in the file */
} joined_tag;

/* Everything between the parts and the result. */
typedef struct join {
    const road_reading *reading;
    interner *words;
    uint32_t **road_words, **position_words; /* per part: its words -> all words */
    double *lon, *lat;                       /* per wanted id */
    uint32_t *node;                          /* per wanted id: its index, OSM_NODE_NONE: absent */
    joined_tag *tags;
    size_t tag_count;
    osm_roads_counts counts;
    size_t *way_at, *ref_at, *way_tag_at; /* per part: where its rows start */
    osm_roads *roads;
} join;

/* --- words --- */

static status words_map(join *j, const road_part *part, uint32_t **out, error *err)
{
    uint32_t count = part->words ? interner_count(part->words) : 0;
    *out = memory_new(count, sizeof **out);
    if (!*out)
        return memory_error(err, count * sizeof **out);
    for (uint32_t w = 0; w < count; w++) {
        status result = interner_add(j->words, interner_at(part->words, w), &(*out)[w], err);
        if (result)
            return result;
    }
    return STATUS_OK;
}

static status words_join(join *j, error *err)
{
    const road_reading *r = j->reading;
    status result = interner_new(&j->words, err);
    for (size_t i = 0; i < r->part_count && result == STATUS_OK; i++)
        result = words_map(j, &r->roads[i], &j->road_words[i], err);
    for (size_t i = 0; i < r->part_count && result == STATUS_OK; i++)
        result = words_map(j, &r->positions[i], &j->position_words[i], err);
    if (result)
        return result;
    j->counts.words = interner_count(j->words);
    for (uint32_t w = 0; w < j->counts.words; w++)
        j->counts.word_bytes += interner_at(j->words, w).size + 1;
    return STATUS_OK;
}

/* --- nodes --- */

/* Positions and tags, the first mention of a node winning. */
static void part_nodes(join *j, const road_part *part, const uint32_t *words)
{
    size_t tag = 0;
    for (size_t i = 0; i < part->node_count; i++) {
        const part_node *n = &part->nodes[i];
        bool first = j->node[n->index] == OSM_NODE_NONE;
        if (first) {
            j->node[n->index] = 0; /* present; numbered below */
            j->lon[n->index] = n->lon;
            j->lat[n->index] = n->lat;
        } else {
            j->counts.duplicate_nodes++;
        }
        for (uint32_t k = 0; k < n->tag_count; k++, tag++)
            if (first) {
                j->tags[j->tag_count] = (joined_tag){.node = n->index,
                                                     .key = words[part->tags[tag].key],
                                                     .value = words[part->tags[tag].value],
                                                     .order = j->tag_count};
                j->tag_count++;
            }
    }
}

static int tag_compare(const void *a, const void *b)
{
    const joined_tag *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static status nodes_join(join *j, error *err)
{
    const road_reading *r = j->reading;
    size_t tag_total = 0;
    for (size_t i = 0; i < r->part_count; i++)
        tag_total += r->positions[i].tag_count;
    j->tags = memory_new(tag_total, sizeof *j->tags);
    j->lon = memory_new(r->wanted_count, sizeof *j->lon);
    j->lat = memory_new(r->wanted_count, sizeof *j->lat);
    j->node = memory_new(r->wanted_count, sizeof *j->node);
    if (!j->tags || !j->lon || !j->lat || !j->node)
        return memory_error(err, tag_total * sizeof *j->tags + r->wanted_count * 20);
    for (size_t i = 0; i < r->wanted_count; i++)
        j->node[i] = OSM_NODE_NONE;
    for (size_t i = 0; i < r->part_count; i++)
        part_nodes(j, &r->positions[i], j->position_words[i]);
    uint32_t next = 0;
    for (size_t i = 0; i < r->wanted_count; i++)
        if (j->node[i] != OSM_NODE_NONE)
            j->node[i] = next++;
    j->counts.nodes = next;
    j->counts.node_tags = j->tag_count;
    if (j->tag_count > 1)
        qsort(j->tags, j->tag_count, sizeof *j->tags, tag_compare);
    return STATUS_OK;
}

/* Index of a node by its id. */
static uint32_t node_of(const join *j, int64_t id)
{
    const int64_t *wanted = j->reading->wanted;
    size_t low = 0, high = j->reading->wanted_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (wanted[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < j->reading->wanted_count && wanted[low] == id ? j->node[low] : OSM_NODE_NONE;
}

/* --- filling the result --- */

static void count_parts(join *j)
{
    osm_roads_counts *c = &j->counts;
    for (size_t i = 0; i < j->reading->part_count; i++) {
        const road_part *part = &j->reading->roads[i];
        j->way_at[i] = (size_t)c->ways;
        j->ref_at[i] = (size_t)c->refs;
        j->way_tag_at[i] = (size_t)c->way_tags;
        c->ways += part->way_count;
        c->refs += part->ref_count;
        c->way_tags += part->tag_count;
        c->turns += part->turn_count;
        for (size_t k = 0; k < part->turn_count; k++)
            c->turn_tags += part->turns[k].tag_end - part->turns[k].tag_begin;
        c->via_way_turns += part->via_ways;
        c->incomplete_turns += part->incomplete;
        for (size_t w = 0; w < part->way_count; w++)
            c->highway_ways += part->ways[w].highway;
        c->nodes_in_file += part->nodes_seen;
        c->ways_in_file += part->ways_seen;
    }
}

static void fill_words(join *j)
{
    uint64_t *start = osm_roads_writable(j->roads, j->roads->word_start);
    char *bytes = osm_roads_writable(j->roads, j->roads->word_bytes);
    for (uint32_t w = 0; w < j->counts.words; w++) {
        text_slice s = interner_at(j->words, w);
        if (s.size > 0)
            memcpy(bytes + start[w], s.at, s.size);
        start[w + 1] = start[w] + s.size + 1;
    }
}

static void fill_nodes(join *j)
{
    osm_roads *r = j->roads;
    int64_t *id = osm_roads_writable(r, r->node_id);
    double *lon = osm_roads_writable(r, r->node_lon);
    double *lat = osm_roads_writable(r, r->node_lat);
    for (size_t i = 0; i < j->reading->wanted_count; i++) {
        if (j->node[i] == OSM_NODE_NONE)
            continue;
        id[j->node[i]] = j->reading->wanted[i];
        lon[j->node[i]] = j->lon[i];
        lat[j->node[i]] = j->lat[i];
    }
    uint32_t *node = osm_roads_writable(r, r->node_tag_node);
    uint32_t *key = osm_roads_writable(r, r->node_tag_key);
    uint32_t *value = osm_roads_writable(r, r->node_tag_value);
    for (size_t t = 0; t < j->tag_count; t++) {
        node[t] = j->node[j->tags[t].node];
        key[t] = j->tags[t].key;
        value[t] = j->tags[t].value;
    }
}

static void fill_turns(join *j)
{
    osm_roads *r = j->roads;
    int64_t *id = osm_roads_writable(r, r->turn_relation);
    int64_t *from = osm_roads_writable(r, r->turn_from);
    int64_t *to = osm_roads_writable(r, r->turn_to);
    uint32_t *via = osm_roads_writable(r, r->turn_via);
    uint64_t *start = osm_roads_writable(r, r->turn_tag_start);
    uint32_t *key = osm_roads_writable(r, r->turn_tag_key);
    uint32_t *value = osm_roads_writable(r, r->turn_tag_value);
    size_t at = 0, tag = 0;
    for (size_t i = 0; i < j->reading->part_count; i++) {
        const road_part *part = &j->reading->roads[i];
        for (size_t k = 0; k < part->turn_count; k++, at++) {
            const part_turn *turn = &part->turns[k];
            id[at] = turn->relation;
            from[at] = turn->from;
            to[at] = turn->to;
            via[at] = node_of(j, turn->via);
            for (size_t t = turn->tag_begin; t < turn->tag_end; t++, tag++) {
                key[tag] = j->road_words[i][part->turn_tags[t].key];
                value[tag] = j->road_words[i][part->turn_tags[t].value];
            }
            start[at + 1] = tag;
        }
    }
}

/* [any thread] The ways of one part. */
static void fill_ways(const join *j, size_t i)
{
    const road_part *part = &j->reading->roads[i];
    osm_roads *r = j->roads;
    int64_t *id = osm_roads_writable(r, r->way_id);
    uint64_t *ref_start = osm_roads_writable(r, r->way_ref_start);
    uint64_t *tag_start = osm_roads_writable(r, r->way_tag_start);
    uint32_t *ref = osm_roads_writable(r, r->way_ref);
    uint32_t *key = osm_roads_writable(r, r->way_tag_key);
    uint32_t *value = osm_roads_writable(r, r->way_tag_value);
    for (size_t w = 0; w < part->way_count; w++) {
        id[j->way_at[i] + w] = part->ways[w].id;
        ref_start[j->way_at[i] + w + 1] = j->ref_at[i] + part->ways[w].ref_end;
        tag_start[j->way_at[i] + w + 1] = j->way_tag_at[i] + part->ways[w].tag_end;
    }
    for (size_t k = 0; k < part->ref_count; k++)
        ref[j->ref_at[i] + k] = node_of(j, part->refs[k]);
    for (size_t k = 0; k < part->tag_count; k++) {
        key[j->way_tag_at[i] + k] = j->road_words[i][part->tags[k].key];
        value[j->way_tag_at[i] + k] = j->road_words[i][part->tags[k].value];
    }
}

static status fill_block(void *context, block b, error *err)
{
    (void)err;
    for (size_t i = b.begin; i < b.end; i++)
        fill_ways(context, i);
    return STATUS_OK;
}

/* --- one after the other --- */

static status join_open(join *j, error *err)
{
    size_t n = j->reading->part_count;
    j->road_words = memory_new(n, sizeof *j->road_words);
    j->position_words = memory_new(n, sizeof *j->position_words);
    j->way_at = memory_new(n, sizeof *j->way_at);
    j->ref_at = memory_new(n, sizeof *j->ref_at);
    j->way_tag_at = memory_new(n, sizeof *j->way_tag_at);
    if (!j->road_words || !j->position_words || !j->way_at || !j->ref_at || !j->way_tag_at)
        return memory_error(err, n * 5 * sizeof(void *));
    return STATUS_OK;
}

static void join_close(join *j)
{
    for (size_t i = 0; i < j->reading->part_count; i++) {
        if (j->road_words)
            memory_free(j->road_words[i]);
        if (j->position_words)
            memory_free(j->position_words[i]);
    }
    memory_free(j->road_words);
    memory_free(j->position_words);
    memory_free(j->way_at);
    memory_free(j->ref_at);
    memory_free(j->way_tag_at);
    memory_free(j->lon);
    memory_free(j->lat);
    memory_free(j->node);
    memory_free(j->tags);
    interner_free(j->words);
    osm_roads_free(j->roads);
}

/* Nodes of the file that a highway uses, and references to nodes that the file lacks: known once
 * the ways are filled. */
static status count_nodes(join *j, error *err)
{
    osm_roads_counts *written = j->roads->memory.at;
    const osm_roads *r = j->roads;
    uint8_t *used = memory_new((size_t)j->counts.nodes, 1);
    if (!used)
        return memory_error(err, (size_t)j->counts.nodes);
    for (size_t i = 0, way = 0; i < j->reading->part_count; i++)
        for (size_t w = 0; w < j->reading->roads[i].way_count; w++, way++)
            for (uint64_t k = r->way_ref_start[way]; k < r->way_ref_start[way + 1]; k++)
                if (r->way_ref[k] == OSM_NODE_NONE)
                    written->missing_refs++;
                else
                    used[r->way_ref[k]] |= j->reading->roads[i].ways[w].highway;
    for (uint64_t n = 0; n < j->counts.nodes; n++)
        written->highway_nodes += used[n];
    j->roads->counts = *written;
    memory_free(used);
    return STATUS_OK;
}

status road_reading_join(const road_reading *reading, osm_roads **out, error *err)
{
    join j = {.reading = reading};
    status result = join_open(&j, err);
    if (result == STATUS_OK)
        result = words_join(&j, err);
    if (result == STATUS_OK)
        result = nodes_join(&j, err);
    if (result)
        goto done;
    count_parts(&j);
    j.counts.wanted = reading->wanted_hash;
    result = osm_roads_new(&j.roads, &j.counts, err);
    if (result)
        goto done;
    fill_words(&j);
    fill_nodes(&j);
    fill_turns(&j);
    result = blocks_run(reading->part_count, 1, reading->threads, NULL, fill_block, &j, err);
    if (result == STATUS_OK)
        result = count_nodes(&j, err);
    if (result == STATUS_OK)
        result = osm_roads_freeze(j.roads, err);
    if (result)
        goto done;
    *out = j.roads;
    j.roads = NULL;
done:
    join_close(&j);
    return result;
}
