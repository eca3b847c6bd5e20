#include "network/source/pbf_part.h"

#include <string.h>

#include "base/arrays.h"
#include "osm/messages.h"
#include "osm/osmformat.pb-c.h"

typedef unsigned long long ull;

/* One blob being decoded. `local` gives, per text of the blob's string table, its index in the
 * part's words once it was needed. */
typedef struct decoder {
    road_part *part;
    const road_filter *filter;
    const pbf_frame *frame;
    const Osm__PrimitiveBlock *block;
    uint32_t *local;
    uint8_t *kept; /* per text: a key that a profile reads */
    turn_member *members;
    size_t member_capacity;
    pbf_arena arena;
    error *err;
} decoder;

#define LOCAL_NONE UINT32_MAX /* not a word of the part yet */

static status inconsistent(const decoder *d, const char *what)
{
    return error_set(d->err, STATUS_INPUT, M_PBF_CONTENT, (ull)d->frame->offset, what);
}

static text_slice block_text(const decoder *d, uint32_t i)
{
    const ProtobufCBinaryData *s = &d->block->stringtable->s[i];
    return s->len ? text_slice_of((const char *)s->data, s->len) : text_slice_of("", 0);
}

static bool text_known(const decoder *d, uint32_t i)
{
    return i < d->block->stringtable->n_s;
}

/* The part's word for text i of the blob. */
static status local_word(decoder *d, uint32_t i, uint32_t *word)
{
    status result = STATUS_OK;
    if (d->local[i] == LOCAL_NONE)
        result = interner_add(d->part->words, block_text(d, i), &d->local[i], d->err);
    *word = d->local[i];
    return result;
}

/* A tag in the part's words. */
static status local_tag(decoder *d, uint32_t key, uint32_t value, part_tag *out)
{
    status result = local_word(d, key, &out->key);
    return result == STATUS_OK ? local_word(d, value, &out->value) : result;
}

/* --- opening --- */

static status strings_prepare(decoder *d)
{
    const Osm__StringTable *strings = d->block->stringtable;
    d->local = memory_new(strings->n_s, sizeof *d->local);
    d->kept = memory_new(strings->n_s, sizeof *d->kept);
    if (!d->local || !d->kept)
        return memory_error(d->err, strings->n_s * (sizeof *d->local + sizeof *d->kept));
    for (size_t i = 0; i < strings->n_s; i++) {
        d->local[i] = LOCAL_NONE;
        d->kept[i] = road_filter_key(d->filter, block_text(d, (uint32_t)i));
    }
    return road_part_open(d->part, d->err);
}

static status decoder_open(decoder *d, const char *bytes)
{
    const uint8_t *content = NULL;
    size_t size = 0;
    status result = pbf_arena_open(&d->arena, d->err);
    if (result)
        return result;
    result = pbf_blob_open(bytes, d->frame, &d->arena, &content, &size, d->err);
    if (result)
        return result;
    d->block = osm__primitive_block__unpack(&d->arena.allocator, size, content);
    if (!d->block)
        return pbf_message_error(d->frame, &d->arena, d->err);
    if (d->block->granularity <= 0)
        return inconsistent(d, "granularity");
    return strings_prepare(d);
}

static void decoder_close(decoder *d)
{
    memory_free(d->local);
    memory_free(d->kept);
    memory_free(d->members);
    pbf_arena_close(&d->arena);
}

/* --- first pass: ways --- */

static bool tags_known(const decoder *d, const uint32_t *keys, size_t key_count,
                       const uint32_t *values, size_t value_count)
{
    if (key_count != value_count)
        return false;
    for (size_t i = 0; i < key_count; i++)
        if (!text_known(d, keys[i]) || !text_known(d, values[i]))
            return false;
    return true;
}

/* Whether the way is one to keep; *highway: as a highway. */
static bool way_kept(const decoder *d, const Osm__Way *way, bool *highway)
{
    bool kept = false;
    *highway = false;
    for (size_t i = 0; i < way->n_keys; i++) {
        if (!d->kept[way->keys[i]])
            continue;
        text_slice key = block_text(d, way->keys[i]);
        kept |= road_filter_way(d->filter, key, block_text(d, way->vals[i]));
        *highway |= text_equal(key, "highway");
    }
    return kept;
}

static status add_refs(decoder *d, const Osm__Way *way)
{
    status result = STATUS_OK;
    uint64_t id = 0; /* unsigned: a damaged file may wrap around */
    for (size_t i = 0; i < way->n_refs && result == STATUS_OK; i++) {
        id += (uint64_t)way->refs[i];
        result = road_part_ref(d->part, (int64_t)id, d->err);
    }
    return result;
}

static status add_way(decoder *d, const Osm__Way *way)
{
    bool highway = false;
    part_tag tag = {0};
    if (!tags_known(d, way->keys, way->n_keys, way->vals, way->n_vals))
        return inconsistent(d, "way");
    if (!way_kept(d, way, &highway))
        return STATUS_OK;
    status result = add_refs(d, way);
    for (size_t i = 0; i < way->n_keys && result == STATUS_OK; i++) {
        if (!d->kept[way->keys[i]])
            continue;
        result = local_tag(d, way->keys[i], way->vals[i], &tag);
        if (result == STATUS_OK)
            result = road_part_tag(d->part, tag, d->err);
    }
    return result == STATUS_OK ? road_part_way(d->part, way->id, highway, d->err) : result;
}

/* --- first pass: turn restrictions --- */

enum { MEMBER_NODE = 0, MEMBER_WAY = 1 };

/* type=restriction, and a tag that says which. */
static bool is_restriction(const decoder *d, const Osm__Relation *r)
{
    bool type = false, kind = false;
    for (size_t i = 0; i < r->n_keys; i++) {
        text_slice key = block_text(d, r->keys[i]);
        type |= text_equal(key, "type") && text_equal(block_text(d, r->vals[i]), "restriction");
        kind |= road_filter_turn(key) && !text_equal(key, "except");
    }
    return type && kind;
}

static status members_read(decoder *d, const Osm__Relation *r)
{
    uint64_t id = 0;
    if (r->n_roles_sid != r->n_memids || r->n_types != r->n_memids)
        return inconsistent(d, "relation");
    turn_member *grown =
        array_grown(d->members, &d->member_capacity, r->n_memids, sizeof *d->members);
    if (!grown)
        return memory_error(d->err, r->n_memids * sizeof *d->members);
    d->members = grown;
    for (size_t i = 0; i < r->n_memids; i++) {
        id += (uint64_t)r->memids[i];
        if (!text_known(d, (uint32_t)r->roles_sid[i]))
            return inconsistent(d, "relation");
        d->members[i] = (turn_member){
            .role = road_turn_role(block_text(d, (uint32_t)r->roles_sid[i]),
                                   (int)r->types[i] == MEMBER_NODE, (int)r->types[i] == MEMBER_WAY),
            .id = (int64_t)id};
    }
    return STATUS_OK;
}

static status add_relation(decoder *d, const Osm__Relation *r)
{
    part_tag tag = {0};
    if (!tags_known(d, r->keys, r->n_keys, r->vals, r->n_vals))
        return inconsistent(d, "relation");
    if (!is_restriction(d, r))
        return STATUS_OK;
    status result = members_read(d, r);
    for (size_t i = 0; i < r->n_keys && result == STATUS_OK; i++) {
        if (!road_filter_turn(block_text(d, r->keys[i])))
            continue;
        result = local_tag(d, r->keys[i], r->vals[i], &tag);
        if (result == STATUS_OK)
            result = road_part_turn_tag(d->part, tag, d->err);
    }
    return result == STATUS_OK ? road_part_turn(d->part, r->id, d->members, r->n_memids, d->err)
                               : result;
}

static status group_roads(decoder *d, const Osm__PrimitiveGroup *g)
{
    status result = STATUS_OK;
    d->part->ways_seen += g->n_ways;
    d->part->nodes_seen += g->n_nodes + (g->dense ? g->dense->n_id : 0);
    for (size_t i = 0; i < g->n_ways && result == STATUS_OK; i++)
        result = add_way(d, g->ways[i]);
    for (size_t i = 0; i < g->n_relations && result == STATUS_OK; i++)
        result = add_relation(d, g->relations[i]);
    return result;
}

status pbf_part_roads(road_part *part, const road_filter *filter, const char *bytes,
                      const pbf_frame *frame, error *err)
{
    decoder d = {.part = part, .filter = filter, .frame = frame, .err = err};
    status result = decoder_open(&d, bytes);
    for (size_t i = 0; result == STATUS_OK && i < d.block->n_primitivegroup; i++)
        result = group_roads(&d, d.block->primitivegroup[i]);
    decoder_close(&d);
    return result;
}

/* --- second pass: positions --- */

/* 1e-9 degree per unit of granularity * value + offset; wraps around on a damaged file. */
static double degrees(const decoder *d, int64_t value, int64_t offset)
{
    uint64_t nano = (uint64_t)d->block->granularity * (uint64_t)value + (uint64_t)offset;
    return (double)(int64_t)nano / 1e9;
}

static status add_node(decoder *d, uint32_t index, int64_t id, int64_t lon, int64_t lat)
{
    const part_node node = {.index = index,
                            .lon = degrees(d, lon, d->block->lon_offset),
                            .lat = degrees(d, lat, d->block->lat_offset)};
    if (node.lon < -180 || node.lon > 180 || node.lat < -90 || node.lat > 90)
        return error_set(d->err, STATUS_INPUT, M_PBF_POSITION, (ull)d->frame->offset, (long long)id,
                         node.lon, node.lat);
    return road_part_node(d->part, node, d->err);
}

static status add_node_tag(decoder *d, uint32_t key, uint32_t value)
{
    part_tag tag = {0};
    if (!text_known(d, key) || !text_known(d, value))
        return inconsistent(d, "node");
    if (!d->kept[key])
        return STATUS_OK;
    status result = local_tag(d, key, value, &tag);
    return result == STATUS_OK ? road_part_node_tag(d->part, tag, d->err) : result;
}

static status plain_nodes(decoder *d, const Osm__PrimitiveGroup *g, road_ids *w)
{
    for (size_t i = 0; i < g->n_nodes; i++) {
        const Osm__Node *node = g->nodes[i];
        uint32_t index = 0;
        if (node->n_keys != node->n_vals)
            return inconsistent(d, "node");
        if (!road_ids_find(w, node->id, &index))
            continue;
        status result = add_node(d, index, node->id, node->lon, node->lat);
        for (size_t k = 0; k < node->n_keys && result == STATUS_OK; k++)
            result = add_node_tag(d, node->keys[k], node->vals[k]);
        if (result)
            return result;
    }
    return STATUS_OK;
}

/* The tags of the current node of a dense group: key, value, ..., 0. *at moves past the 0. */
static status dense_tags(decoder *d, const Osm__DenseNodes *dense, bool wanted, size_t *at)
{
    status result = STATUS_OK;
    while (*at < dense->n_keys_vals && dense->keys_vals[*at] != 0) {
        if (*at + 1 >= dense->n_keys_vals)
            return inconsistent(d, "keys_vals");
        if (wanted)
            result = add_node_tag(d, (uint32_t)dense->keys_vals[*at],
                                  (uint32_t)dense->keys_vals[*at + 1]);
        if (result)
            return result;
        *at += 2;
    }
    *at += 1;
    return STATUS_OK;
}

static status dense_nodes(decoder *d, const Osm__DenseNodes *dense, road_ids *w)
{
    uint64_t id = 0, lat = 0, lon = 0;
    size_t tag = 0;
    if (dense->n_lat != dense->n_id || dense->n_lon != dense->n_id)
        return inconsistent(d, "dense nodes");
    for (size_t i = 0; i < dense->n_id; i++) {
        uint32_t index = 0;
        status result = STATUS_OK;
        id += (uint64_t)dense->id[i];
        lat += (uint64_t)dense->lat[i];
        lon += (uint64_t)dense->lon[i];
        bool wanted = road_ids_find(w, (int64_t)id, &index);
        if (wanted)
            result = add_node(d, index, (int64_t)id, (int64_t)lon, (int64_t)lat);
        if (result == STATUS_OK)
            result = dense_tags(d, dense, wanted, &tag);
        if (result)
            return result;
    }
    return STATUS_OK;
}

status pbf_part_positions(road_part *part, const road_filter *filter, const char *bytes,
                          const pbf_frame *frame, road_ids wanted, error *err)
{
    decoder d = {.part = part, .filter = filter, .frame = frame, .err = err};
    status result = decoder_open(&d, bytes);
    for (size_t i = 0; result == STATUS_OK && i < d.block->n_primitivegroup; i++) {
        const Osm__PrimitiveGroup *g = d.block->primitivegroup[i];
        result = plain_nodes(&d, g, &wanted);
        if (result == STATUS_OK && g->dense)
            result = dense_nodes(&d, g->dense, &wanted);
    }
    decoder_close(&d);
    return result;
}
