#include "network/source/pbf_part.h"

#include <string.h>

#include "base/arrays.h"
#include "osm/messages.h"
#include "osm/osmformat.pb-c.h"
#include "network/source/road_keys.h"

typedef unsigned long long ull;

/* One blob being decoded. `local` gives, per text of the blob's string table, its index in the
 * part's words once it was needed. */
typedef struct decoder {
    pbf_part *part;
    const pbf_frame *frame;
    const Osm__PrimitiveBlock *block;
    uint32_t *local;
    uint8_t *kept; /* per text: a key that a profile reads */
    pbf_arena arena;
    error *err;
} decoder;

#define LOCAL_NONE UINT32_MAX /* not a word of the part yet; no such tag */

void pbf_part_clear(pbf_part *part)
{
    interner_free(part->words);
    memory_free(part->ways);
    memory_free(part->refs);
    memory_free(part->tags);
    memory_free(part->restrictions);
    memory_free(part->nodes);
    *part = (pbf_part){0};
}

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

static status add_tag(decoder *d, uint32_t key, uint32_t value)
{
    pbf_part *p = d->part;
    part_tag tag = {0};
    status result = local_word(d, key, &tag.key);
    if (result == STATUS_OK)
        result = local_word(d, value, &tag.value);
    if (result)
        return result;
    part_tag *grown = array_grown(p->tags, &p->tag_capacity, p->tag_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(d->err, (p->tag_count + 1) * sizeof *grown);
    p->tags = grown;
    p->tags[p->tag_count++] = tag;
    return STATUS_OK;
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
        d->kept[i] = road_key_kept(block_text(d, (uint32_t)i));
    }
    return interner_new(&d->part->words, d->err);
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

/* Index of the value of `key`, or LOCAL_NONE. */
static uint32_t tag_value(const decoder *d, const char *key, const uint32_t *keys,
                          const uint32_t *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(block_text(d, keys[i]), key))
            return values[i];
    return LOCAL_NONE;
}

static bool is_highway(const decoder *d, const Osm__Way *way)
{
    for (size_t i = 0; i < way->n_keys; i++)
        if (d->kept[way->keys[i]] && text_equal(block_text(d, way->keys[i]), "highway"))
            return true;
    return false;
}

static status add_refs(decoder *d, const Osm__Way *way)
{
    pbf_part *p = d->part;
    int64_t *grown =
        array_grown(p->refs, &p->ref_capacity, p->ref_count + way->n_refs, sizeof *grown);
    if (!grown)
        return memory_error(d->err, (p->ref_count + way->n_refs) * sizeof *grown);
    p->refs = grown;
    uint64_t id = 0; /* unsigned: a damaged file may wrap around */
    for (size_t i = 0; i < way->n_refs; i++) {
        id += (uint64_t)way->refs[i];
        p->refs[p->ref_count++] = (int64_t)id;
    }
    return STATUS_OK;
}

static status add_way(decoder *d, const Osm__Way *way)
{
    pbf_part *p = d->part;
    if (!tags_known(d, way->keys, way->n_keys, way->vals, way->n_vals))
        return inconsistent(d, "way");
    if (!is_highway(d, way))
        return STATUS_OK;
    status result = add_refs(d, way);
    for (size_t i = 0; i < way->n_keys && result == STATUS_OK; i++)
        if (d->kept[way->keys[i]])
            result = add_tag(d, way->keys[i], way->vals[i]);
    if (result)
        return result;
    part_way *grown = array_grown(p->ways, &p->way_capacity, p->way_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(d->err, (p->way_count + 1) * sizeof *grown);
    p->ways = grown;
    p->ways[p->way_count++] =
        (part_way){.id = way->id, .ref_end = p->ref_count, .tag_end = p->tag_count};
    return STATUS_OK;
}

/* --- first pass: turn restrictions --- */

static status add_restriction(decoder *d, int64_t from, int64_t via, int64_t to, uint32_t kind)
{
    pbf_part *p = d->part;
    part_restriction r = {.from = from, .via = via, .to = to};
    status result = local_word(d, kind, &r.kind);
    if (result)
        return result;
    part_restriction *grown = array_grown(p->restrictions, &p->restriction_capacity,
                                          p->restriction_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(d->err, (p->restriction_count + 1) * sizeof *grown);
    p->restrictions = grown;
    p->restrictions[p->restriction_count++] = r;
    return STATUS_OK;
}

/* Members of a restriction. no_entry may have several `from`, no_exit several `to`. */
typedef struct turn {
    int64_t from, via, to;
    size_t from_count, via_node_count, via_way_count, to_count;
} turn;

enum { MEMBER_NODE = 0, MEMBER_WAY = 1 };

static void turn_member(turn *t, text_slice role, int32_t type, int64_t id)
{
    if (type == MEMBER_WAY && text_equal(role, "from") && t->from_count++ == 0)
        t->from = id;
    else if (type == MEMBER_WAY && text_equal(role, "to") && t->to_count++ == 0)
        t->to = id;
    else if (type == MEMBER_NODE && text_equal(role, "via") && t->via_node_count++ == 0)
        t->via = id;
    else if (type == MEMBER_WAY && text_equal(role, "via"))
        t->via_way_count++;
}

static bool turn_read(const decoder *d, const Osm__Relation *r, turn *t)
{
    uint64_t id = 0;
    if (r->n_roles_sid != r->n_memids || r->n_types != r->n_memids)
        return false;
    for (size_t i = 0; i < r->n_memids; i++) {
        id += (uint64_t)r->memids[i];
        if (!text_known(d, (uint32_t)r->roles_sid[i]))
            return false;
        turn_member(t, block_text(d, (uint32_t)r->roles_sid[i]), r->types[i], (int64_t)id);
    }
    return true;
}

/* One restriction for each further `from` (with the first `to`), or each `to` (with the one
 * `from`). */
static status add_turns(decoder *d, const Osm__Relation *r, const turn *t, uint32_t kind)
{
    uint64_t id = 0;
    status result = STATUS_OK;
    const char *varying = t->from_count > 1 ? "from" : "to";
    for (size_t i = 0; i < r->n_memids && result == STATUS_OK; i++) {
        id += (uint64_t)r->memids[i];
        if (r->types[i] != MEMBER_WAY ||
            !text_equal(block_text(d, (uint32_t)r->roles_sid[i]), varying))
            continue;
        int64_t from = t->from_count > 1 ? (int64_t)id : t->from;
        int64_t to = t->from_count > 1 ? t->to : (int64_t)id;
        result = add_restriction(d, from, t->via, to, kind);
    }
    return result;
}

static status add_relation(decoder *d, const Osm__Relation *r)
{
    turn t = {0};
    if (!tags_known(d, r->keys, r->n_keys, r->vals, r->n_vals))
        return inconsistent(d, "relation");
    uint32_t type = tag_value(d, "type", r->keys, r->vals, r->n_keys);
    uint32_t kind = tag_value(d, "restriction", r->keys, r->vals, r->n_keys);
    if (type == LOCAL_NONE || kind == LOCAL_NONE || !text_equal(block_text(d, type), "restriction"))
        return STATUS_OK;
    if (!turn_read(d, r, &t))
        return inconsistent(d, "relation");
    if (t.via_way_count > 0) {
        d->part->via_ways++;
        return STATUS_OK;
    }
    if (t.from_count == 0 || t.to_count == 0 || t.via_node_count != 1)
        return STATUS_OK; /* incomplete: nothing to forbid */
    return add_turns(d, r, &t, kind);
}

static status group_roads(decoder *d, const Osm__PrimitiveGroup *g)
{
    status result = STATUS_OK;
    d->part->nodes_seen += g->n_nodes + (g->dense ? g->dense->n_id : 0);
    for (size_t i = 0; i < g->n_ways && result == STATUS_OK; i++)
        result = add_way(d, g->ways[i]);
    for (size_t i = 0; i < g->n_relations && result == STATUS_OK; i++)
        result = add_relation(d, g->relations[i]);
    return result;
}

status pbf_part_roads(pbf_part *part, const char *bytes, const pbf_frame *frame, error *err)
{
    decoder d = {.part = part, .frame = frame, .err = err};
    status result = decoder_open(&d, bytes);
    for (size_t i = 0; result == STATUS_OK && i < d.block->n_primitivegroup; i++)
        result = group_roads(&d, d.block->primitivegroup[i]);
    decoder_close(&d);
    return result;
}

/* --- second pass: positions --- */

/* The ids wanted, and where the last one was found: files are in the order of ids. */
typedef struct wanted_ids {
    const int64_t *id;
    size_t count, cursor;
} wanted_ids;

static bool wanted_find(wanted_ids *w, int64_t id, uint32_t *index)
{
    size_t low = w->cursor < w->count && w->id[w->cursor] <= id ? w->cursor : 0;
    size_t high = low, step = 1; /* the first id not below is in [low, high] */
    while (high < w->count && w->id[high] < id) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    high = high < w->count ? high : w->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    w->cursor = low;
    *index = (uint32_t)low;
    return low < w->count && w->id[low] == id;
}

/* 1e-9 degree per unit of granularity * value + offset; wraps around on a damaged file. */
static double degrees(const decoder *d, int64_t value, int64_t offset)
{
    uint64_t nano = (uint64_t)d->block->granularity * (uint64_t)value + (uint64_t)offset;
    return (double)(int64_t)nano / 1e9;
}

static status add_node(decoder *d, uint32_t index, int64_t id, int64_t lon, int64_t lat)
{
    pbf_part *p = d->part;
    part_node node = {.index = index,
                      .lon = degrees(d, lon, d->block->lon_offset),
                      .lat = degrees(d, lat, d->block->lat_offset)};
    if (node.lon < -180 || node.lon > 180 || node.lat < -90 || node.lat > 90)
        return error_set(d->err, STATUS_INPUT, M_PBF_POSITION, (ull)d->frame->offset, (long long)id,
                         node.lon, node.lat);
    part_node *grown = array_grown(p->nodes, &p->node_capacity, p->node_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(d->err, (p->node_count + 1) * sizeof *grown);
    p->nodes = grown;
    p->nodes[p->node_count++] = node;
    return STATUS_OK;
}

static status add_node_tag(decoder *d, uint32_t key, uint32_t value)
{
    if (!text_known(d, key) || !text_known(d, value))
        return inconsistent(d, "node");
    if (!d->kept[key])
        return STATUS_OK;
    d->part->nodes[d->part->node_count - 1].tag_count++;
    return add_tag(d, key, value);
}

static status plain_nodes(decoder *d, const Osm__PrimitiveGroup *g, wanted_ids *w)
{
    for (size_t i = 0; i < g->n_nodes; i++) {
        const Osm__Node *node = g->nodes[i];
        uint32_t index = 0;
        if (node->n_keys != node->n_vals)
            return inconsistent(d, "node");
        if (!wanted_find(w, node->id, &index))
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

static status dense_nodes(decoder *d, const Osm__DenseNodes *dense, wanted_ids *w)
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
        bool wanted = wanted_find(w, (int64_t)id, &index);
        if (wanted)
            result = add_node(d, index, (int64_t)id, (int64_t)lon, (int64_t)lat);
        if (result == STATUS_OK)
            result = dense_tags(d, dense, wanted, &tag);
        if (result)
            return result;
    }
    return STATUS_OK;
}

status pbf_part_positions(pbf_part *part, const char *bytes, const pbf_frame *frame,
                          const int64_t *wanted, size_t wanted_count, error *err)
{
    decoder d = {.part = part, .frame = frame, .err = err};
    wanted_ids w = {.id = wanted, .count = wanted_count};
    status result = decoder_open(&d, bytes);
    for (size_t i = 0; result == STATUS_OK && i < d.block->n_primitivegroup; i++) {
        const Osm__PrimitiveGroup *g = d.block->primitivegroup[i];
        result = plain_nodes(&d, g, &w);
        if (result == STATUS_OK && g->dense)
            result = dense_nodes(&d, g->dense, &w);
    }
    decoder_close(&d);
    return result;
}
