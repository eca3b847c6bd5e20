/* Frictionless Data Package (specs.frictionlessdata.io): resources, their fields, sources,
 * licences. */
#include "reports/csv/datapackage.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/memory.h"
#include "base/units.h"
#include "reports/csv/messages.h"

struct datapackage {
    json_t *root, *resources;
    language lang;
    bool failed;
};

/* Takes the value; NULL (no memory, or not UTF-8) is remembered. */
static void set(datapackage *p, json_t *object, const char *key, json_t *value)
{
    p->failed |= !object || !value || json_object_set_new(object, key, value) != 0;
}

static void append(datapackage *p, json_t *array, json_t *value)
{
    p->failed |= !array || !value || json_array_append_new(array, value) != 0;
}

static void set_text(datapackage *p, json_t *object, const char *key, const char *text)
{
    if (text && *text)
        set(p, object, key, json_string(text));
}

/* --- sources and licences --- */

/* Identifiers of the Open Definition, for the licences that French public data carry; by a folded
 * word of their names. */
static const char *const licences[][3] = {
    {"ouverte", "etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
    {"etalab", "etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
    {"odbl", "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"},
    {"cc0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"},
    {"cc by", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"},
};

static json_t *licence_of(datapackage *p, const char *text)
{
    char folded[256];
    json_t *object = json_object();
    (void)text_fold(text_slice_of(text, strlen(text)), folded, sizeof folded);
    folded[sizeof folded - 1] = '\0';
    set_text(p, object, "title", text);
    for (size_t i = 0; i < sizeof licences / sizeof *licences; i++) {
        if (strstr(folded, licences[i][0])) {
            set_text(p, object, "name", licences[i][1]);
            set_text(p, object, "path", licences[i][2]);
            return object;
        }
    }
    set_text(p, object, "name", text);
    return object;
}

static bool listed(const json_t *list, const char *title)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *seen = json_string_value(json_object_get(json_array_get(list, i), "title"));
        if (seen && !strcmp(seen, title))
            return true;
    }
    return false;
}

static const char *cell(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    return c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

static void add_source(datapackage *p, json_t *list, const table *t, size_t row)
{
    char title[700];
    const char *producer = cell(t, "producer", row), *file = cell(t, "file", row);
    const char *name = cell(t, "title", row);
    json_t *source = json_object();
    (void)snprintf(title, sizeof title, "%.300s%s%.300s", producer, *producer && *name ? ", " : "",
                   *name ? name : file);
    title[text_utf8_valid_prefix(title, strlen(title))] = '\0';
    set_text(p, source, "title", *title ? title : file);
    set_text(p, source, "path", file);
    set_text(p, source, "role", cell(t, "role", row));
    set_text(p, source, "licence", cell(t, "licence", row));
    set_text(p, source, "contentSha256", cell(t, "content_sha256", row));
    const column *vintage = table_find(t, "vintage");
    if (vintage && vintage->type == COLUMN_I64 && column_state(vintage, row) == VALUE_PRESENT)
        set(p, source, "vintage", json_integer(vintage->at.i64[row]));
    append(p, list, source);
}

static void add_sources(datapackage *p, const results *r)
{
    const result_table *sources = results_find(r, "sources");
    json_t *list = json_array(), *rights = json_array();
    for (size_t row = 0; sources && row < sources->rows->rows; row++) {
        const char *licence = cell(sources->rows, "licence", row);
        add_source(p, list, sources->rows, row);
        if (*licence && !listed(rights, licence))
            append(p, rights, licence_of(p, licence));
    }
    set(p, p->root, "sources", list);
    if (json_array_size(rights) > 0)
        set(p, p->root, "licenses", rights);
    else
        json_decref(rights);
}

/* --- the package --- */

status datapackage_new(datapackage **out, const results *r, error *err)
{
    char name[40];
    datapackage *p = memory_new(1, sizeof *p);
    *out = p;
    if (!p)
        return memory_error(err, sizeof *p);
    p->lang = r->language;
    p->root = json_object();
    p->resources = json_array();
    (void)snprintf(name, sizeof name, "bassin-%.24s", r->fingerprint ? r->fingerprint : "");
    set_text(p, p->root, "profile", "tabular-data-package");
    set_text(p, p->root, "name", name);
    set_text(p, p->root, "title", r->title);
    set_text(p, p->root, "description", tr(r->language, r->champ_fr, r->champ_en));
    set_text(p, p->root, "note", tr(r->language, r->note_fr, r->note_en));
    set_text(p, p->root, "created", r->date);
    set_text(p, p->root, "generator", "bassin");
    set_text(p, p->root, "generatorVersion", r->version);
    add_sources(p, r);
    if (p->failed)
        return error_set(err, STATUS_ENVIRONMENT, M_CSV_JSON);
    return STATUS_OK;
}

void datapackage_free(datapackage *p)
{
    if (!p)
        return;
    json_decref(p->root);
    json_decref(p->resources);
    memory_free(p);
}

/* --- resources --- */

static const char *type_word(const column *c)
{
    return c->type == COLUMN_TEXT ? "string" : c->type == COLUMN_F64 ? "number" : "integer";
}

static json_t *field_of(datapackage *p, const column *c)
{
    json_t *field = json_object();
    const unit *known = unit_find(c->unit);
    set_text(p, field, "name", c->name);
    set_text(p, field, "type", type_word(c));
    set_text(p, field, "title", tr(p->lang, c->title_fr, c->title_en));
    set_text(p, field, "unit", c->unit);
    set_text(p, field, "unitLabel", known ? tr(p->lang, known->label_fr, known->label_en) : "");
    if (c->type == COLUMN_F64 && c->decimals >= 0)
        set(p, field, "decimals", json_integer(c->decimals));
    return field;
}

static json_t *schema_of(datapackage *p, const table *rows)
{
    json_t *schema = json_object(), *fields = json_array(), *missing = json_array();
    for (size_t c = 0; c < rows->column_count; c++)
        append(p, fields, field_of(p, &rows->columns[c]));
    append(p, missing, json_string(""));
    set(p, schema, "fields", fields);
    set(p, schema, "missingValues", missing);
    return schema;
}

static json_t *dialect(datapackage *p)
{
    json_t *d = json_object();
    set(p, d, "delimiter", json_string(","));
    set(p, d, "lineTerminator", json_string("\n"));
    set(p, d, "quoteChar", json_string("\""));
    set(p, d, "doubleQuote", json_true());
    set(p, d, "header", json_true());
    return d;
}

static status add_digest(datapackage *p, json_t *resource, const char *path, const char *file,
                         error *err)
{
    struct stat facts;
    char hash[80];
    sha256_hex digest;
    status s = sha256_of_file(path, &digest, err);
    if (s)
        return s;
    if (stat(path, &facts))
        return error_set(err, STATUS_ENVIRONMENT, M_CSV_NO_FILE, file, SYSTEM_CAUSE(errno));
    (void)snprintf(hash, sizeof hash, "sha256:%s", digest.hex);
    set_text(p, resource, "hash", hash);
    set(p, resource, "bytes", json_integer((json_int_t)facts.st_size));
    return STATUS_OK;
}

status datapackage_add(datapackage *p, const table *rows, const char *title, const char *file,
                       const char *path, error *err)
{
    char name[256];
    json_t *resource = json_object();
    status s = path ? add_digest(p, resource, path, file, err) : STATUS_OK;
    if (s) {
        json_decref(resource);
        return s;
    }
    (void)snprintf(name, sizeof name, "%s", file);
    char *dot = strrchr(name, '.');
    if (dot)
        *dot = '\0';
    set_text(p, resource, "profile", "tabular-data-resource");
    set_text(p, resource, "name", name);
    set_text(p, resource, "path", file);
    set_text(p, resource, "title", title);
    set_text(p, resource, "description", tr(p->lang, M_STATE_NOTE));
    set_text(p, resource, "format", "csv");
    set_text(p, resource, "mediatype", "text/csv");
    set_text(p, resource, "encoding", "utf-8");
    set(p, resource, "rows", json_integer((json_int_t)rows->rows));
    set(p, resource, "dialect", dialect(p));
    set(p, resource, "schema", schema_of(p, rows));
    append(p, p->resources, resource);
    return p->failed ? error_set(err, STATUS_ENVIRONMENT, M_CSV_JSON) : STATUS_OK;
}

status datapackage_write(const datapackage *p, const char *path, error *err)
{
    status s = STATUS_OK;
    char *text = NULL;
    if (json_object_set(p->root, "resources", p->resources) == 0)
        text = json_dumps(p->root, JSON_SORT_KEYS | JSON_INDENT(2));
    s = text ? file_write_atomic(path, text, strlen(text), err)
             : error_set(err, STATUS_ENVIRONMENT, M_CSV_JSON);
    free(text);
    return s;
}
