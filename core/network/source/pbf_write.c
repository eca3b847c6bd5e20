#include "network/source/pbf_write.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/arrays.h"
#include "osm/fileformat.pb-c.h"
#include "network/messages.h"
#include "osm/osmformat.pb-c.h"

enum { ROWS_PER_BLOB = 8000, ZLIB_LEVEL = 6 }; /* 8,000 is what other writers use */

/* The file being made, and the block being filled: texts and messages live in `memory`. */
typedef struct writer {
    const osm_contents *contents;
    osm_pbf_form form;
    char *bytes;
    size_t size, capacity;
    arena *memory;
    interner *texts;
    error *err;
} writer;

static void *take(writer *w, size_t count, size_t size)
{
    void *at = arena_take(w->memory, count ? count : 1, size);
    if (!at)
        (void)memory_error(w->err, count * size);
    return at;
}

static status append(writer *w, const void *bytes, size_t size)
{
    char *grown = array_grown(w->bytes, &w->capacity, w->size + size, 1);
    if (!grown)
        return memory_error(w->err, w->size + size);
    w->bytes = grown;
    memcpy(w->bytes + w->size, bytes, size);
    w->size += size;
    return STATUS_OK;
}

/* --- frame: length, BlobHeader, Blob --- */

static status pack_message(writer *w, const ProtobufCMessage *message, uint8_t **out, size_t *size)
{
    *size = protobuf_c_message_get_packed_size(message);
    *out = take(w, *size, 1);
    if (!*out)
        return STATUS_ENVIRONMENT;
    protobuf_c_message_pack(message, *out);
    return STATUS_OK;
}

static status blob_fill(writer *w, Osm__Blob *blob, uint8_t *content, size_t size)
{
    uLongf packed = compressBound((uLong)size);
    if (w->form == OSM_PBF_PLAIN) {
        blob->has_raw = 1;
        blob->raw = (ProtobufCBinaryData){.data = content, .len = size};
        return STATUS_OK;
    }
    uint8_t *zlib = take(w, packed, 1);
    if (!zlib)
        return STATUS_ENVIRONMENT;
    if (compress2(zlib, &packed, content, (uLong)size, ZLIB_LEVEL) != Z_OK)
        return memory_error(w->err, size);
    blob->has_raw_size = 1;
    blob->raw_size = (int32_t)size;
    blob->has_zlib_data = 1;
    blob->zlib_data = (ProtobufCBinaryData){.data = zlib, .len = packed};
    return STATUS_OK;
}

static status write_blob(writer *w, const char *type, const ProtobufCMessage *message)
{
    Osm__Blob blob = OSM__BLOB__INIT;
    Osm__BlobHeader header = OSM__BLOB_HEADER__INIT;
    uint8_t *content = NULL, *blob_bytes = NULL, *header_bytes = NULL;
    size_t content_size = 0, blob_size = 0, header_size = 0;
    char type_text[16] = {0};
    memcpy(type_text, type, strnlen(type, sizeof type_text - 1));
    status result = pack_message(w, message, &content, &content_size);
    if (result == STATUS_OK)
        result = blob_fill(w, &blob, content, content_size);
    if (result == STATUS_OK)
        result = pack_message(w, &blob.base, &blob_bytes, &blob_size);
    header.type = type_text;
    header.datasize = (int32_t)blob_size;
    if (result == STATUS_OK)
        result = pack_message(w, &header.base, &header_bytes, &header_size);
    if (result)
        return result;
    const uint8_t length[4] = {0, 0, (uint8_t)(header_size >> 8), (uint8_t)header_size};
    result = append(w, length, sizeof length);
    if (result == STATUS_OK)
        result = append(w, header_bytes, header_size);
    return result ? result : append(w, blob_bytes, blob_size);
}

static status write_header(writer *w)
{
    Osm__HeaderBlock header = OSM__HEADER_BLOCK__INIT;
    char schema[] = "OsmSchema-V0.6", dense[] = "DenseNodes", program[] = "bassin";
    char *features[] = {schema, dense};
    header.n_required_features = 2;
    header.required_features = features;
    header.writingprogram = program;
    return write_blob(w, "OSMHeader", &header.base);
}

/* --- one block: texts, then a group --- */

static status block_begin(writer *w)
{
    uint32_t empty = 0; /* text 0 ends the tags of a dense node: it stays empty */
    arena_free(w->memory);
    w->memory = NULL;
    interner_free(w->texts);
    w->texts = NULL;
    status result = arena_new(&w->memory, w->err);
    if (result == STATUS_OK)
        result = interner_new(&w->texts, w->err);
    return result ? result : interner_add(w->texts, text_slice_of("", 0), &empty, w->err);
}

static status block_text(writer *w, const char *text, uint32_t *index)
{
    return interner_add(w->texts, text_slice_of(text, strlen(text)), index, w->err);
}

static status write_block(writer *w, Osm__PrimitiveGroup *group)
{
    Osm__PrimitiveBlock block = OSM__PRIMITIVE_BLOCK__INIT;
    Osm__StringTable strings = OSM__STRING_TABLE__INIT;
    Osm__PrimitiveGroup *groups[] = {group};
    strings.n_s = interner_count(w->texts);
    strings.s = take(w, strings.n_s, sizeof *strings.s);
    if (!strings.s)
        return STATUS_ENVIRONMENT;
    for (uint32_t i = 0; i < strings.n_s; i++) {
        text_slice s = interner_at(w->texts, i);
        uint8_t *copy = take(w, s.size, 1);
        if (!copy)
            return STATUS_ENVIRONMENT;
        if (s.size > 0)
            memcpy(copy, s.at, s.size);
        strings.s[i] = (ProtobufCBinaryData){.data = copy, .len = s.size};
    }
    block.stringtable = &strings;
    block.n_primitivegroup = 1;
    block.primitivegroup = groups;
    return write_blob(w, "OSMData", &block.base);
}

static status tag_indices(writer *w, const osm_tag *tags, size_t count, uint32_t **keys,
                          uint32_t **values)
{
    *keys = take(w, count, sizeof **keys);
    *values = take(w, count, sizeof **values);
    if (!*keys || !*values)
        return STATUS_ENVIRONMENT;
    for (size_t i = 0; i < count; i++) {
        status result = block_text(w, tags[i].key, &(*keys)[i]);
        if (result == STATUS_OK)
            result = block_text(w, tags[i].value, &(*values)[i]);
        if (result)
            return result;
    }
    return STATUS_OK;
}

/* --- nodes --- */

static int64_t hundred_nanodegrees(double degrees)
{
    return llround(degrees * 1e7);
}

/* Tags of nodes [begin, end): *first is the next entry of node_tags. */
static const osm_node_tags *tags_of(const writer *w, size_t node, size_t *next)
{
    const osm_contents *c = w->contents;
    if (*next < c->node_tag_count && c->node_tags[*next].node == node)
        return &c->node_tags[(*next)++];
    return NULL;
}

static size_t tags_room(const writer *w, size_t end, size_t next)
{
    size_t room = 0;
    for (; next < w->contents->node_tag_count && w->contents->node_tags[next].node < end; next++)
        room += 2 * w->contents->node_tags[next].tag_count;
    return room;
}

static status dense_tags(writer *w, Osm__DenseNodes *dense, size_t begin, size_t end, size_t *next)
{
    dense->keys_vals = take(w, tags_room(w, end, *next) + (end - begin), sizeof *dense->keys_vals);
    if (!dense->keys_vals)
        return STATUS_ENVIRONMENT;
    for (size_t n = begin; n < end; n++) {
        const osm_node_tags *tags = tags_of(w, n, next);
        uint32_t *keys = NULL, *values = NULL;
        if (tags && tag_indices(w, tags->tags, tags->tag_count, &keys, &values))
            return w->err->status;
        for (size_t k = 0; tags && k < tags->tag_count; k++) {
            dense->keys_vals[dense->n_keys_vals++] = (int32_t)keys[k];
            dense->keys_vals[dense->n_keys_vals++] = (int32_t)values[k];
        }
        dense->keys_vals[dense->n_keys_vals++] = 0;
    }
    return STATUS_OK;
}

static status write_dense(writer *w, size_t begin, size_t end, size_t *next)
{
    Osm__PrimitiveGroup group = OSM__PRIMITIVE_GROUP__INIT;
    Osm__DenseNodes dense = OSM__DENSE_NODES__INIT;
    osm_node last = {0};
    size_t count = end - begin;
    dense.id = take(w, count, sizeof *dense.id);
    dense.lat = take(w, count, sizeof *dense.lat);
    dense.lon = take(w, count, sizeof *dense.lon);
    if (!dense.id || !dense.lat || !dense.lon)
        return STATUS_ENVIRONMENT;
    dense.n_id = dense.n_lat = dense.n_lon = count;
    for (size_t i = 0; i < count; i++) {
        osm_node n = w->contents->nodes[begin + i];
        dense.id[i] = n.id - last.id;
        dense.lat[i] = hundred_nanodegrees(n.lat) - hundred_nanodegrees(last.lat);
        dense.lon[i] = hundred_nanodegrees(n.lon) - hundred_nanodegrees(last.lon);
        last = n;
    }
    status result = dense_tags(w, &dense, begin, end, next);
    group.dense = &dense;
    return result ? result : write_block(w, &group);
}

static status write_plain(writer *w, size_t begin, size_t end, size_t *next)
{
    Osm__PrimitiveGroup group = OSM__PRIMITIVE_GROUP__INIT;
    size_t count = end - begin;
    Osm__Node *nodes = take(w, count, sizeof *nodes);
    group.nodes = take(w, count, sizeof *group.nodes);
    if (!nodes || !group.nodes)
        return STATUS_ENVIRONMENT;
    group.n_nodes = count;
    for (size_t i = 0; i < count; i++) {
        const osm_node *n = &w->contents->nodes[begin + i];
        const osm_node_tags *tags = tags_of(w, begin + i, next);
        osm__node__init(&nodes[i]);
        group.nodes[i] = &nodes[i];
        nodes[i].id = n->id;
        nodes[i].lat = hundred_nanodegrees(n->lat);
        nodes[i].lon = hundred_nanodegrees(n->lon);
        nodes[i].n_keys = nodes[i].n_vals = tags ? tags->tag_count : 0;
        if (tags && tag_indices(w, tags->tags, tags->tag_count, &nodes[i].keys, &nodes[i].vals))
            return w->err->status;
    }
    return write_block(w, &group);
}

static status write_nodes(writer *w)
{
    size_t next = 0, count = w->contents->node_count;
    status result = STATUS_OK;
    for (size_t begin = 0; begin < count && result == STATUS_OK; begin += ROWS_PER_BLOB) {
        size_t end = count - begin > ROWS_PER_BLOB ? begin + ROWS_PER_BLOB : count;
        result = block_begin(w);
        if (result == STATUS_OK)
            result = w->form == OSM_PBF_PLAIN ? write_plain(w, begin, end, &next)
                                              : write_dense(w, begin, end, &next);
    }
    return result;
}

/* --- ways and relations --- */

static status way_fill(writer *w, const osm_way *from, Osm__Way *way)
{
    osm__way__init(way);
    way->id = from->id;
    way->n_refs = from->node_count;
    way->refs = take(w, from->node_count, sizeof *way->refs);
    if (!way->refs)
        return STATUS_ENVIRONMENT;
    for (size_t i = 0; i < from->node_count; i++)
        way->refs[i] = from->nodes[i] - (i > 0 ? from->nodes[i - 1] : 0);
    way->n_keys = way->n_vals = from->tag_count;
    return tag_indices(w, from->tags, from->tag_count, &way->keys, &way->vals);
}

static status write_ways(writer *w)
{
    size_t count = w->contents->way_count;
    for (size_t begin = 0; begin < count; begin += ROWS_PER_BLOB) {
        Osm__PrimitiveGroup group = OSM__PRIMITIVE_GROUP__INIT;
        group.n_ways = count - begin > ROWS_PER_BLOB ? ROWS_PER_BLOB : count - begin;
        status result = block_begin(w);
        if (result)
            return result;
        Osm__Way *ways = take(w, group.n_ways, sizeof *ways);
        group.ways = take(w, group.n_ways, sizeof *group.ways);
        if (!ways || !group.ways)
            return STATUS_ENVIRONMENT;
        for (size_t i = 0; i < group.n_ways && result == STATUS_OK; i++) {
            group.ways[i] = &ways[i];
            result = way_fill(w, &w->contents->ways[begin + i], &ways[i]);
        }
        if (result == STATUS_OK)
            result = write_block(w, &group);
        if (result)
            return result;
    }
    return STATUS_OK;
}

static status relation_fill(writer *w, const osm_relation *from, Osm__Relation *relation)
{
    size_t count = from->member_count;
    osm__relation__init(relation);
    relation->id = from->id;
    relation->n_roles_sid = relation->n_memids = relation->n_types = count;
    relation->roles_sid = take(w, count, sizeof *relation->roles_sid);
    relation->memids = take(w, count, sizeof *relation->memids);
    relation->types = take(w, count, sizeof *relation->types);
    if (!relation->roles_sid || !relation->memids || !relation->types)
        return STATUS_ENVIRONMENT;
    for (size_t i = 0; i < count; i++) {
        uint32_t role = 0;
        if (block_text(w, from->members[i].role, &role))
            return w->err->status;
        relation->roles_sid[i] = (int32_t)role;
        relation->memids[i] = from->members[i].id - (i > 0 ? from->members[i - 1].id : 0);
        relation->types[i] = (int32_t)from->members[i].type;
    }
    relation->n_keys = relation->n_vals = from->tag_count;
    return tag_indices(w, from->tags, from->tag_count, &relation->keys, &relation->vals);
}

/* One block: relations are few. */
static status write_relations(writer *w)
{
    Osm__PrimitiveGroup group = OSM__PRIMITIVE_GROUP__INIT;
    size_t count = w->contents->relation_count;
    if (count == 0)
        return STATUS_OK;
    status result = block_begin(w);
    if (result)
        return result;
    Osm__Relation *relations = take(w, count, sizeof *relations);
    group.relations = take(w, count, sizeof *group.relations);
    if (!relations || !group.relations)
        return STATUS_ENVIRONMENT;
    group.n_relations = count;
    for (size_t i = 0; i < count && result == STATUS_OK; i++) {
        group.relations[i] = &relations[i];
        result = relation_fill(w, &w->contents->relations[i], &relations[i]);
    }
    return result ? result : write_block(w, &group);
}

/* --- all of it --- */

static bool tags_valid(const osm_tag *tags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!tags[i].key || !tags[i].value || !*tags[i].key)
            return false;
    return true;
}

static status contents_check(const osm_contents *c, error *err)
{
    for (size_t i = 0; i < c->node_count; i++) {
        const osm_node *n = &c->nodes[i];
        if (!(n->lon >= -180 && n->lon <= 180 && n->lat >= -90 && n->lat <= 90) ||
            (i > 0 && n->id <= c->nodes[i - 1].id))
            return error_set(err, STATUS_INPUT, M_PBF_WRITE_NODE, (long long)n->id);
    }
    for (size_t i = 0; i < c->way_count; i++)
        if (!tags_valid(c->ways[i].tags, c->ways[i].tag_count))
            return error_set(err, STATUS_INPUT, M_PBF_WRITE_WAY, (long long)c->ways[i].id);
    return STATUS_OK;
}

status osm_pbf_encode(const osm_contents *contents, osm_pbf_form form, char **bytes, size_t *size,
                      error *err)
{
    writer w = {.contents = contents, .form = form, .err = err};
    status result = contents_check(contents, err);
    if (result == STATUS_OK)
        result = block_begin(&w);
    if (result == STATUS_OK)
        result = write_header(&w);
    if (result == STATUS_OK)
        result = write_nodes(&w);
    if (result == STATUS_OK)
        result = write_ways(&w);
    if (result == STATUS_OK)
        result = write_relations(&w);
    if (result)
        goto done;
    *bytes = w.bytes;
    *size = w.size;
    w.bytes = NULL;
done:
    arena_free(w.memory);
    interner_free(w.texts);
    memory_free(w.bytes);
    return result;
}

status osm_pbf_write(const char *path, const osm_node *nodes, size_t node_count,
                     const osm_way *ways, size_t way_count, error *err)
{
    const osm_contents contents = {
        .nodes = nodes, .node_count = node_count, .ways = ways, .way_count = way_count};
    char *bytes = NULL;
    size_t size = 0;
    status result = osm_pbf_encode(&contents, OSM_PBF_USUAL, &bytes, &size, err);
    if (result == STATUS_OK)
        result = file_write_atomic(path, bytes, size, err);
    if (result)
        error_prefix(err, M_PBF_WRITE);
    memory_free(bytes);
    return result;
}
