#include "osm/features_part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arrays.h"
#include "osm/messages.h"
#include "osm/osmformat.pb-c.h"

typedef unsigned long long ull;

/* One blob being read. */
typedef struct decoder {
    features_part *part;
    const pbf_frame *frame;
    const osm_query *query;
    const Osm__PrimitiveBlock *block;
    uint8_t *demanded; /* per text: a key that a rule demands */
    uint32_t *tags;    /* of the current entity: key, value, key, value */
    size_t tag_count, tag_capacity;
    pbf_arena arena;
    error *err;
} decoder;

void features_part_clear(features_part *part)
{
    memory_free(part->items);
    memory_free(part->refs);
    memory_free(part->positions);
    arena_free(part->memory);
    *part = (features_part){0};
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

static bool is_demanded(const osm_query *q, text_slice key)
{
    for (size_t r = 0; r < q->rule_count; r++)
        for (size_t c = 0; c < q->rules[r].count; c++)
            if (!q->rules[r].all[c].differs && text_equal(key, q->rules[r].all[c].key))
                return true;
    return false;
}

static status decoder_open(decoder *d, const char *bytes)
{
    const uint8_t *content = NULL;
    size_t size = 0;
    status s = pbf_arena_open(&d->arena, d->err);
    if (s == STATUS_OK)
        s = pbf_blob_open(bytes, d->frame, &d->arena, &content, &size, d->err);
    if (s)
        return s;
    d->block = osm__primitive_block__unpack(&d->arena.allocator, size, content);
    if (!d->block)
        return pbf_message_error(d->frame, &d->arena, d->err);
    return d->block->granularity > 0 ? STATUS_OK : inconsistent(d, "granularity");
}

static status mark_keys(decoder *d)
{
    const Osm__StringTable *strings = d->block->stringtable;
    d->demanded = memory_new(strings->n_s, sizeof *d->demanded);
    if (!d->demanded)
        return memory_error(d->err, strings->n_s);
    for (size_t i = 0; i < strings->n_s; i++)
        d->demanded[i] = is_demanded(d->query, block_text(d, (uint32_t)i));
    return STATUS_OK;
}

static void decoder_close(decoder *d)
{
    memory_free(d->demanded);
    memory_free(d->tags);
    pbf_arena_close(&d->arena);
}

/* --- tags --- */

static status take_tag(decoder *d, uint32_t key, uint32_t value, const char *what)
{
    size_t known = d->block->stringtable->n_s;
    if (key >= known || value >= known)
        return inconsistent(d, what);
    uint32_t *grown = array_grown(d->tags, &d->tag_capacity, 2 * d->tag_count + 2, sizeof *grown);
    if (!grown)
        return memory_error(d->err, 2 * d->tag_count * sizeof *grown);
    d->tags = grown;
    d->tags[2 * d->tag_count] = key;
    d->tags[2 * d->tag_count + 1] = value;
    d->tag_count++;
    return STATUS_OK;
}

static status take_tags(decoder *d, const uint32_t *keys, size_t key_count, const uint32_t *values,
                        size_t value_count, const char *what)
{
    status s = key_count == value_count ? STATUS_OK : inconsistent(d, what);
    d->tag_count = 0;
    for (size_t i = 0; s == STATUS_OK && i < key_count; i++)
        s = take_tag(d, keys[i], values[i], what);
    return s;
}

static bool find_value(const decoder *d, const char *key, text_slice *value)
{
    for (size_t i = 0; i < d->tag_count; i++)
        if (text_equal(block_text(d, d->tags[2 * i]), key)) {
            *value = block_text(d, d->tags[2 * i + 1]);
            return true;
        }
    return false;
}

/* "company;coworking" holds both. */
static bool value_holds(text_slice value, const char *wanted)
{
    for (size_t at = 0; at <= value.size;) {
        const char *next = memchr(value.at + at, ';', value.size - at);
        size_t size = next ? (size_t)(next - value.at) - at : value.size - at;
        text_slice part = text_slice_of(value.at + at, size);
        for (; part.size > 0 && part.at[0] == ' '; part.size--)
            part.at++;
        for (; part.size > 0 && part.at[part.size - 1] == ' ';)
            part.size--;
        if (text_equal(part, wanted))
            return true;
        at += size + 1;
    }
    return false;
}

static bool obeys(const decoder *d, const osm_rule *rule)
{
    for (size_t c = 0; c < rule->count; c++) {
        text_slice value;
        bool holds =
            find_value(d, rule->all[c].key, &value) && value_holds(value, rule->all[c].value);
        if (holds == rule->all[c].differs)
            return false;
    }
    return true;
}

static bool may_obey(const decoder *d)
{
    for (size_t i = 0; i < d->tag_count; i++)
        if (d->demanded[d->tags[2 * i]])
            return true;
    return false;
}

/* The numbers of the rules obeyed, "" when none; NULL: out of memory. */
static const char *rules_obeyed(const decoder *d)
{
    const char *text = "";
    if (!may_obey(d))
        return text;
    for (size_t r = 0; text && r < d->query->rule_count; r++)
        if (obeys(d, &d->query->rules[r]))
            text = arena_format(d->part->memory, *text ? "%s;%zu" : "%s%zu", text, r);
    return text;
}

/* --- features --- */

static status take_values(decoder *d, const char **values)
{
    for (size_t k = 0; k < d->query->key_count; k++) {
        text_slice value;
        if (!find_value(d, d->query->keys[k], &value))
            continue;
        values[k] = arena_text_n(d->part->memory, value.at, value.size);
        if (!values[k])
            return memory_error(d->err, value.size);
        if (text_utf8_valid_prefix(value.at, value.size) < value.size)
            return inconsistent(d, "UTF-8");
    }
    return STATUS_OK;
}

/* Adds the entity whose tags were taken, when it obeys a rule; NULL in *out when it does not. */
static status add_feature(decoder *d, osm_kind kind, int64_t id, part_feature **out)
{
    features_part *p = d->part;
    const char *rules = rules_obeyed(d);
    *out = NULL;
    if (!rules)
        return memory_error(d->err, 16);
    if (!*rules)
        return STATUS_OK;
    part_feature *grown = array_grown(p->items, &p->capacity, p->count + 1, sizeof *grown);
    const char **values = arena_take(p->memory, d->query->key_count + 1, sizeof *values);
    if (grown)
        p->items = grown;
    if (!grown || !values)
        return memory_error(d->err, (p->count + 1) * sizeof *grown);
    part_feature *f = &p->items[p->count++];
    *f = (part_feature){.is = {.kind = kind,
                               .id = id,
                               .lon = (double)NAN,
                               .lat = (double)NAN,
                               .rules = rules,
                               .values = (const char *const *)values},
                        .ref_start = p->ref_count};
    *out = f;
    return take_values(d, values);
}

/* 1e-9 degree per unit of granularity * value + offset; wraps around on a damaged file. */
static double degrees(const Osm__PrimitiveBlock *block, int64_t value, int64_t offset)
{
    uint64_t nano = (uint64_t)block->granularity * (uint64_t)value + (uint64_t)offset;
    return (double)(int64_t)nano / 1e9;
}

static status locate(const decoder *d, int64_t id, int64_t raw_lon, int64_t raw_lat, double *lon,
                     double *lat)
{
    *lon = degrees(d->block, raw_lon, d->block->lon_offset);
    *lat = degrees(d->block, raw_lat, d->block->lat_offset);
    bool good = *lon >= -180 && *lon <= 180 && *lat >= -90 && *lat <= 90;
    return good ? STATUS_OK
                : error_set(d->err, STATUS_INPUT, M_PBF_POSITION, (ull)d->frame->offset,
                            (long long)id, *lon, *lat);
}

static void see_node(features_part *p, int64_t id)
{
    p->first_node = p->has_nodes && p->first_node < id ? p->first_node : id;
    p->last_node = p->has_nodes && p->last_node > id ? p->last_node : id;
    p->has_nodes = true;
}

static status add_node(decoder *d, int64_t id, int64_t lon, int64_t lat)
{
    part_feature *f = NULL;
    status s = add_feature(d, OSM_NODE, id, &f);
    return s == STATUS_OK && f ? locate(d, id, lon, lat, &f->is.lon, &f->is.lat) : s;
}

static status add_way(decoder *d, const Osm__Way *way)
{
    features_part *p = d->part;
    part_feature *f = NULL;
    status s = take_tags(d, way->keys, way->n_keys, way->vals, way->n_vals, "way");
    if (s == STATUS_OK)
        s = add_feature(d, OSM_WAY, way->id, &f);
    if (s || !f)
        return s;
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
    f->ref_count = way->n_refs;
    return STATUS_OK;
}

static status count_relation(decoder *d, const Osm__Relation *r)
{
    status s = take_tags(d, r->keys, r->n_keys, r->vals, r->n_vals, "relation");
    const char *rules = s == STATUS_OK ? rules_obeyed(d) : "";
    if (!rules)
        return memory_error(d->err, 16);
    d->part->relations += *rules != '\0';
    return s;
}

/* --- nodes of a group, plain and dense --- */

typedef status (*node_visit)(decoder *d, void *context, int64_t id, int64_t lon, int64_t lat);

/* The tags of the current node of a dense group: key, value, ..., 0. *at moves past the 0. */
static status dense_tags(decoder *d, const Osm__DenseNodes *dense, size_t *at)
{
    status s = STATUS_OK;
    d->tag_count = 0;
    while (s == STATUS_OK && *at < dense->n_keys_vals && dense->keys_vals[*at] != 0) {
        if (*at + 1 >= dense->n_keys_vals)
            return inconsistent(d, "keys_vals");
        s = take_tag(d, (uint32_t)dense->keys_vals[*at], (uint32_t)dense->keys_vals[*at + 1],
                     "keys_vals");
        *at += 2;
    }
    *at += 1;
    return s;
}

static status dense_nodes(decoder *d, const Osm__DenseNodes *dense, bool tags, node_visit visit,
                          void *context)
{
    uint64_t id = 0, lat = 0, lon = 0;
    size_t tag = 0;
    status s = dense->n_lat == dense->n_id && dense->n_lon == dense->n_id
                   ? STATUS_OK
                   : inconsistent(d, "dense nodes");
    for (size_t i = 0; s == STATUS_OK && i < dense->n_id; i++) {
        id += (uint64_t)dense->id[i];
        lat += (uint64_t)dense->lat[i];
        lon += (uint64_t)dense->lon[i];
        if (tags)
            s = dense_tags(d, dense, &tag);
        if (s == STATUS_OK)
            s = visit(d, context, (int64_t)id, (int64_t)lon, (int64_t)lat);
    }
    return s;
}

static status group_nodes(decoder *d, const Osm__PrimitiveGroup *g, bool tags, node_visit visit,
                          void *context)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < g->n_nodes; i++) {
        const Osm__Node *n = g->nodes[i];
        if (tags)
            s = take_tags(d, n->keys, n->n_keys, n->vals, n->n_vals, "node");
        if (s == STATUS_OK)
            s = visit(d, context, n->id, n->lon, n->lat);
    }
    if (s == STATUS_OK && g->dense)
        s = dense_nodes(d, g->dense, tags, visit, context);
    return s;
}

/* --- first pass --- */

static status visit_feature(decoder *d, void *context, int64_t id, int64_t lon, int64_t lat)
{
    (void)context;
    see_node(d->part, id);
    return d->tag_count > 0 ? add_node(d, id, lon, lat) : STATUS_OK;
}

static status group_features(decoder *d, const Osm__PrimitiveGroup *g)
{
    status s = group_nodes(d, g, true, visit_feature, NULL);
    for (size_t i = 0; s == STATUS_OK && i < g->n_ways; i++)
        s = add_way(d, g->ways[i]);
    for (size_t i = 0; s == STATUS_OK && i < g->n_relations; i++)
        s = count_relation(d, g->relations[i]);
    return s;
}

status features_part_find(features_part *part, const char *bytes, const pbf_frame *frame,
                          const osm_query *query, error *err)
{
    decoder d = {.part = part, .frame = frame, .query = query, .err = err};
    status s = arena_new(&part->memory, err);
    if (s == STATUS_OK)
        s = decoder_open(&d, bytes);
    if (s == STATUS_OK)
        s = mark_keys(&d);
    for (size_t i = 0; s == STATUS_OK && i < d.block->n_primitivegroup; i++)
        s = group_features(&d, d.block->primitivegroup[i]);
    decoder_close(&d);
    return s;
}

/* --- second pass --- */

typedef struct wanted_nodes {
    const int64_t *id;
    size_t count, cursor; /* files are in the order of ids: the cursor goes forward */
} wanted_nodes;

static status visit_position(decoder *d, void *context, int64_t id, int64_t lon, int64_t lat)
{
    wanted_nodes *w = context;
    features_part *p = d->part;
    if (w->cursor > 0 && w->id[w->cursor - 1] >= id)
        w->cursor = 0;
    while (w->cursor < w->count && w->id[w->cursor] < id)
        w->cursor++;
    if (w->cursor == w->count || w->id[w->cursor] != id)
        return STATUS_OK;
    part_position *grown =
        array_grown(p->positions, &p->position_capacity, p->position_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(d->err, (p->position_count + 1) * sizeof *grown);
    p->positions = grown;
    part_position *at = &p->positions[p->position_count++];
    at->index = w->cursor;
    return locate(d, id, lon, lat, &at->lon, &at->lat);
}

status features_part_positions(features_part *part, const char *bytes, const pbf_frame *frame,
                               const int64_t *wanted, size_t count, error *err)
{
    decoder d = {.part = part, .frame = frame, .err = err};
    wanted_nodes w = {.id = wanted, .count = count};
    status s = decoder_open(&d, bytes);
    for (size_t i = 0; s == STATUS_OK && i < d.block->n_primitivegroup; i++)
        s = group_nodes(&d, d.block->primitivegroup[i], false, visit_position, &w);
    decoder_close(&d);
    return s;
}
