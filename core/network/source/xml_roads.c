/* OSM XML (API 0.6 and what editors save), parsed by libexpat: one part, read twice, since nodes
 * may stand in any order. Nothing but elements and attributes is looked at; a document type is
 * refused, hence any entity of the file's own. */
#include <expat.h>
#include <string.h>

#include "base/arrays.h"
#include "network/messages.h"
#include "network/source/road_format.h"
#include "network/source/xml_text.h"

enum {
    CHUNK_BYTES = 1 << 16,
    ELEMENT_BYTES_MAX = 1 << 20, /* OSM's own limit: 255 characters a key or value */
    DEPTH_MAX = 32
};

typedef enum xml_object { OBJECT_OTHER, OBJECT_NODE, OBJECT_WAY, OBJECT_RELATION } xml_object;

/* A tag of the element being read: offsets in the texts. */
typedef struct xml_tag {
    size_t key, value;
} xml_tag;

typedef struct xml_reading {
    XML_Parser parser;
    const road_filter *filter;
    road_part *part;
    road_ids *wanted; /* NULL: the first pass */
    unsigned depth;
    xml_object object; /* of which the elements inside are read */
    int64_t id;
    text_buffer texts; /* of the tags of a way or relation, each NUL-terminated */
    xml_tag *tags;
    int64_t *refs;
    turn_member *members;
    size_t tag_count, ref_count, member_count;
    size_t tag_capacity, ref_capacity, member_capacity;
    status result;
    error *err;
} xml_reading;

/* The first thing wrong ends the parsing. */
static void stop(xml_reading *x, status result)
{
    if (result == STATUS_OK || x->result != STATUS_OK)
        return;
    x->result = result;
    (void)XML_StopParser(x->parser, XML_FALSE);
}

static const char *attribute(const XML_Char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    return NULL;
}

static bool number_of(const char *text, double *out)
{
    return text && text_to_f64(text_slice_of(text, strlen(text)), '.', out);
}

static bool id_of(const char *text, int64_t *out)
{
    return text && text_to_i64(text_slice_of(text, strlen(text)), out);
}

static text_slice text_at(const xml_reading *x, size_t offset)
{
    const char *at = x->texts.at + offset;
    return text_slice_of(at, strlen(at));
}

static status part_word_tag(const xml_reading *x, text_slice key, text_slice value, part_tag *out)
{
    status result = interner_add(x->part->words, key, &out->key, x->err);
    return result == STATUS_OK ? interner_add(x->part->words, value, &out->value, x->err) : result;
}

/* --- an object begins --- */

static status node_begins(xml_reading *x, const XML_Char **attributes)
{
    part_node node = {0};
    if (!x->wanted) {
        x->part->nodes_seen++;
        return STATUS_OK;
    }
    if (!road_ids_find(x->wanted, x->id, &node.index))
        return STATUS_OK;
    if (!number_of(attribute(attributes, "lon"), &node.lon) ||
        !number_of(attribute(attributes, "lat"), &node.lat) || node.lon < -180 || node.lon > 180 ||
        node.lat < -90 || node.lat > 90)
        return error_set(x->err, STATUS_INPUT, M_XML_POSITION, (long long)x->id);
    x->object = OBJECT_NODE;
    return road_part_node(x->part, node, x->err);
}

/* Deleted in the history, or by an editor before it was sent. */
static bool is_deleted(const XML_Char **attributes)
{
    const char *visible = attribute(attributes, "visible"),
               *action = attribute(attributes, "action");
    return (visible && strcmp(visible, "false") == 0) || (action && strcmp(action, "delete") == 0);
}

static status object_begins(xml_reading *x, const char *name, const XML_Char **attributes)
{
    xml_object object = strcmp(name, "node") == 0       ? OBJECT_NODE
                        : strcmp(name, "way") == 0      ? OBJECT_WAY
                        : strcmp(name, "relation") == 0 ? OBJECT_RELATION
                                                        : OBJECT_OTHER;
    x->object = OBJECT_OTHER;
    if (object == OBJECT_OTHER || is_deleted(attributes))
        return STATUS_OK;
    if (!id_of(attribute(attributes, "id"), &x->id))
        return error_set(x->err, STATUS_INPUT, M_XML_ID, name);
    if (object == OBJECT_NODE)
        return node_begins(x, attributes);
    if (!x->wanted) {
        x->object = object;
        x->part->ways_seen += object == OBJECT_WAY;
    }
    x->tag_count = x->ref_count = x->member_count = 0;
    x->texts.size = 0;
    return STATUS_OK;
}

/* --- inside an object --- */

static status tag_add(xml_reading *x, const char *key, const char *value)
{
    xml_tag *grown = array_grown(x->tags, &x->tag_capacity, x->tag_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(x->err, (x->tag_count + 1) * sizeof *grown);
    x->tags = grown;
    x->tags[x->tag_count].key = x->texts.size;
    text_add_n(&x->texts, key, strlen(key) + 1);
    x->tags[x->tag_count++].value = x->texts.size;
    text_add_n(&x->texts, value, strlen(value) + 1);
    return x->texts.failed ? memory_error(x->err, x->texts.size) : STATUS_OK;
}

static status tag_inside(xml_reading *x, const XML_Char **attributes)
{
    const char *key = attribute(attributes, "k"), *value = attribute(attributes, "v");
    part_tag tag = {0};
    if (!key || !value)
        return error_set(x->err, STATUS_INPUT, M_XML_TAG, (long long)x->id);
    if (x->object != OBJECT_NODE)
        return tag_add(x, key, value);
    text_slice k = text_slice_of(key, strlen(key));
    if (!road_filter_key(x->filter, k))
        return STATUS_OK;
    status result = part_word_tag(x, k, text_slice_of(value, strlen(value)), &tag);
    return result == STATUS_OK ? road_part_node_tag(x->part, tag, x->err) : result;
}

static status ref_inside(xml_reading *x, const XML_Char **attributes)
{
    int64_t *grown = array_grown(x->refs, &x->ref_capacity, x->ref_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(x->err, (x->ref_count + 1) * sizeof *grown);
    x->refs = grown;
    if (!id_of(attribute(attributes, "ref"), &x->refs[x->ref_count++]))
        return error_set(x->err, STATUS_INPUT, M_XML_REF, (long long)x->id);
    return STATUS_OK;
}

static status member_inside(xml_reading *x, const XML_Char **attributes)
{
    const char *type = attribute(attributes, "type"), *role = attribute(attributes, "role");
    turn_member *grown =
        array_grown(x->members, &x->member_capacity, x->member_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(x->err, (x->member_count + 1) * sizeof *grown);
    x->members = grown;
    turn_member *m = &x->members[x->member_count++];
    if (!type || !id_of(attribute(attributes, "ref"), &m->id))
        return error_set(x->err, STATUS_INPUT, M_XML_REF, (long long)x->id);
    m->role = road_turn_role(text_slice_of(role ? role : "", role ? strlen(role) : 0),
                             strcmp(type, "node") == 0, strcmp(type, "way") == 0);
    return STATUS_OK;
}

static status element_inside(xml_reading *x, const char *name, const XML_Char **attributes)
{
    if (x->object != OBJECT_OTHER && strcmp(name, "tag") == 0)
        return tag_inside(x, attributes);
    if (x->object == OBJECT_WAY && strcmp(name, "nd") == 0)
        return ref_inside(x, attributes);
    if (x->object == OBJECT_RELATION && strcmp(name, "member") == 0)
        return member_inside(x, attributes);
    return STATUS_OK;
}

/* --- an object ends --- */

static status way_ends(xml_reading *x)
{
    bool kept = false, highway = false;
    status result = STATUS_OK;
    part_tag tag = {0};
    for (size_t i = 0; i < x->tag_count; i++) {
        text_slice key = text_at(x, x->tags[i].key);
        kept |= road_filter_way(x->filter, key, text_at(x, x->tags[i].value));
        highway |= text_equal(key, "highway");
    }
    if (!kept)
        return STATUS_OK;
    for (size_t i = 0; i < x->ref_count && result == STATUS_OK; i++)
        result = road_part_ref(x->part, x->refs[i], x->err);
    for (size_t i = 0; i < x->tag_count && result == STATUS_OK; i++) {
        text_slice key = text_at(x, x->tags[i].key);
        if (!road_filter_key(x->filter, key))
            continue;
        result = part_word_tag(x, key, text_at(x, x->tags[i].value), &tag);
        if (result == STATUS_OK)
            result = road_part_tag(x->part, tag, x->err);
    }
    return result == STATUS_OK ? road_part_way(x->part, x->id, highway, x->err) : result;
}

static status relation_ends(xml_reading *x)
{
    bool type = false, kind = false;
    status result = STATUS_OK;
    part_tag tag = {0};
    for (size_t i = 0; i < x->tag_count; i++) {
        text_slice key = text_at(x, x->tags[i].key);
        type |= text_equal(key, "type") && text_equal(text_at(x, x->tags[i].value), "restriction");
        kind |= road_filter_turn(key) && !text_equal(key, "except");
    }
    if (!type || !kind)
        return STATUS_OK;
    for (size_t i = 0; i < x->tag_count && result == STATUS_OK; i++) {
        text_slice key = text_at(x, x->tags[i].key);
        if (!road_filter_turn(key))
            continue;
        result = part_word_tag(x, key, text_at(x, x->tags[i].value), &tag);
        if (result == STATUS_OK)
            result = road_part_turn_tag(x->part, tag, x->err);
    }
    return result == STATUS_OK ? road_part_turn(x->part, x->id, x->members, x->member_count, x->err)
                               : result;
}

/* --- what expat calls --- */

static void element_starts(void *context, const XML_Char *name, const XML_Char **attributes)
{
    xml_reading *x = context;
    if (x->result != STATUS_OK)
        return;
    if (x->depth == 0 && strcmp(name, "osm") != 0)
        stop(x, error_set(x->err, STATUS_INPUT, M_XML_ROOT, name));
    else if (x->depth == 1)
        stop(x, object_begins(x, name, attributes));
    else if (x->depth == 2)
        stop(x, element_inside(x, name, attributes));
    else if (x->depth >= DEPTH_MAX)
        stop(x, error_set(x->err, STATUS_INPUT, M_XML_DEPTH, (int)DEPTH_MAX));
    x->depth++;
}

static void element_ends(void *context, const XML_Char *name)
{
    xml_reading *x = context;
    (void)name;
    if (x->result != STATUS_OK)
        return;
    x->depth--;
    if (x->depth == 1 && x->object == OBJECT_WAY)
        stop(x, way_ends(x));
    else if (x->depth == 1 && x->object == OBJECT_RELATION)
        stop(x, relation_ends(x));
}

static void doctype_starts(void *context, const XML_Char *name, const XML_Char *system,
                           const XML_Char *public, int internal)
{
    xml_reading *x = context;
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    stop(x, error_set(x->err, STATUS_INPUT, M_XML_DOCTYPE));
}

/* --- a pass --- */

static status parser_open(xml_reading *x)
{
    x->parser = XML_ParserCreate(NULL);
    if (!x->parser)
        return memory_error(x->err, CHUNK_BYTES);
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, element_starts, element_ends);
    XML_SetStartDoctypeDeclHandler(x->parser, doctype_starts);
    return STATUS_OK;
}

static status chunk_read(xml_reading *x, xml_text *text, uint64_t *fed, bool *last)
{
    size_t got = 0;
    char *buffer = XML_GetBuffer(x->parser, CHUNK_BYTES);
    if (!buffer)
        return memory_error(x->err, CHUNK_BYTES);
    status result = xml_text_next(text, buffer, CHUNK_BYTES, &got, x->err);
    if (result)
        return result;
    *last = got == 0;
    *fed += got;
    if (XML_ParseBuffer(x->parser, (int)got, got == 0) == XML_STATUS_ERROR)
        return x->result != STATUS_OK ? x->result
                                      : error_set(x->err, STATUS_INPUT, M_XML_BROKEN,
                                                  XML_ErrorString(XML_GetErrorCode(x->parser)));
    XML_Index at = XML_GetCurrentByteIndex(x->parser);
    if (!*last && at >= 0 && *fed - (uint64_t)at > ELEMENT_BYTES_MAX + CHUNK_BYTES)
        return error_set(x->err, STATUS_INPUT, M_XML_LONG, (unsigned)ELEMENT_BYTES_MAX >> 10);
    return STATUS_OK;
}

static void xml_close(xml_reading *x)
{
    if (x->parser)
        XML_ParserFree(x->parser);
    text_buffer_clear(&x->texts);
    memory_free(x->tags);
    memory_free(x->refs);
    memory_free(x->members);
}

static status pass_run(xml_reading *x, road_source *s)
{
    xml_text *text = NULL;
    uint64_t fed = 0;
    bool last = false;
    status result = road_part_open(x->part, x->err);
    if (result == STATUS_OK)
        result = parser_open(x);
    if (result == STATUS_OK)
        result = xml_text_open(&text, s->text->bytes, s->text->size, x->err);
    while (result == STATUS_OK && !last)
        result = chunk_read(x, text, &fed, &last);
    if (result == STATUS_INPUT && x->parser) {
        s->line = (uint64_t)XML_GetCurrentLineNumber(x->parser);
        s->column = (uint64_t)XML_GetCurrentColumnNumber(x->parser) + 1;
    }
    xml_text_close(text);
    xml_close(x);
    return result;
}

bool xml_source_is(const char *bytes, size_t size)
{
    return xml_text_is(bytes, size);
}

status xml_source_pass(road_source *s, road_reading *r, const road_filter *filter, road_pass pass,
                       error *err)
{
    road_ids ids = road_reading_ids(r);
    const bool roads = pass == PASS_ROADS;
    xml_reading x = {.filter = filter,
                     .part = roads ? &r->roads[s->first_part] : &r->positions[s->first_part],
                     .wanted = roads ? NULL : &ids,
                     .err = err};
    return pass_run(&x, s);
}
