/* The nodes and ways of an OSM PBF file as rows: a column a tag. Inside the worker. */
#include <stdio.h>
#include <string.h>

#include "geo/layer_reading.h"
#include "geo/layer_source.h"
#include "geo/messages.h"
#include "osm/features.h"

enum { ID_BYTES = 32, OWN_COLUMNS = 2 };

/* "name,opening_hours" -> the keys, and a column for each. */
static status take_keys(layer_reading *r, const char *text, osm_query *q, error *err)
{
    size_t room = 1;
    for (const char *at = text; *at; at++)
        room += *at == ',';
    const char **keys = arena_take(r->names, room, sizeof *keys);
    if (!keys)
        return memory_error(err, room * sizeof *keys);
    status s = reading_reserve(r, (int)room + OWN_COLUMNS, err);
    if (s == STATUS_OK)
        s = reading_add_field(r, 0, "@id", err);
    if (s == STATUS_OK)
        s = reading_add_field(r, 1, "@rules", err);
    for (const char *at = text; s == STATUS_OK && *at;) {
        size_t size = strcspn(at, ",");
        keys[q->key_count] = arena_text_n(r->names, at, size);
        if (!keys[q->key_count])
            return memory_error(err, size);
        s = reading_add_field(r, (int)(q->key_count + OWN_COLUMNS), keys[q->key_count], err);
        q->key_count++;
        at += size + (at[size] != '\0');
    }
    q->keys = keys;
    return s;
}

static status put(layer_reading *r, size_t column_index, size_t row, const char *text, error *err)
{
    return text && *text ? table_builder_text(r->cells, column_index, row,
                                              text_slice_of(text, strlen(text)), err)
                         : STATUS_OK;
}

static status add_row(layer_reading *r, const osm_feature *f, size_t key_count, uint64_t number,
                      error *err)
{
    char id[ID_BYTES];
    size_t row = 0;
    snprintf(id, sizeof id, "%s/%lld", f->kind == OSM_NODE ? "node" : "way", (long long)f->id);
    status s = table_builder_rows(r->cells, 1, &row, err);
    if (s)
        return s;
    table_builder_from(r->cells, row, r->file, number);
    s = put(r, 0, row, id, err);
    if (s == STATUS_OK)
        s = put(r, 1, row, f->rules, err);
    for (size_t k = 0; s == STATUS_OK && k < key_count; k++)
        s = put(r, k + OWN_COLUMNS, row, f->values[k], err);
    return s == STATUS_OK ? reading_add_point(r, f->lon, f->lat, err) : s;
}

static status add_features(layer_reading *r, const osm_features *found, size_t key_count,
                           error *err)
{
    const source_ref file = source_at(r->options->path, 0, 0);
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < found->count; i++)
        s = add_row(r, &found->items[i], key_count, i + 1, err);
    if (found->relations)
        faults_note(r->found, file, M_GEO_OSM_RELATIONS, found->relations);
    if (found->incomplete)
        faults_note(r->found, file, M_GEO_OSM_INCOMPLETE, found->incomplete);
    return s;
}

status reading_osm(layer_reading *r, error *err)
{
    size_t size = 0;
    osm_query q = {.rule_count = 0};
    osm_features *found = NULL;
    const char *bytes = layer_source_text(r->source, &size);
    if (!r->options->osm_rules || !r->options->osm_keys)
        return error_set(err, STATUS_INPUT, M_GEO_OSM_ROLE);
    status s = osm_rules_parse(r->options->osm_rules, r->names, &q.rules, &q.rule_count, err);
    if (s == STATUS_OK)
        s = take_keys(r, r->options->osm_keys, &q, err);
    if (s == STATUS_OK)
        s = osm_features_find(bytes, size, &q, r->options->threads, &found, err);
    if (s == STATUS_OK)
        s = add_features(r, found, q.key_count, err);
    osm_features_free(found);
    return s;
}
