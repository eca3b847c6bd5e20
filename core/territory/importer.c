#include "territory/importer.h"

#include <string.h>

#include "territory/importing.h"
#include "territory/messages.h"
#include "territory/support.h"

void imported_clear(imported *i)
{
    if (i) {
        table_free(i->rows);
        polygons_free(i->outlines);
        *i = (imported){0};
    }
}

/* --- headers and aliases --- */

static bool alias_matches(const char *alias, const char *header, bool folded)
{
    const size_t size = strlen(alias);
    if (size && alias[size - 1] == '*') {
        return strncmp(alias, header, size - 1) == 0;
    }
    if (!folded) {
        return strcmp(alias, header) == 0;
    }
    char a[128];
    char b[128];
    (void)text_fold(text_slice_of(alias, size), a, sizeof a);
    const size_t wanted = text_fold(text_slice_of(header, strlen(header)), b, sizeof b);
    return wanted < sizeof b && strcmp(a, b) == 0;
}

static const char *header_of_alias(const column *names, size_t count, const char *alias,
                                   bool folded)
{
    for (size_t i = 0; i < count; i++) {
        const char *header = column_text(names, i);
        if (alias_matches(alias, header, folded)) {
            return header;
        }
    }
    return NULL;
}

/* The header that a wanted column takes: exact aliases first, then folded ones; as table_read does.
 */
static const char *header_of(const column *names, size_t count, const wanted_column *w,
                             const char **alias_found)
{
    const char *const own[] = {w->name, NULL};
    const char *const *aliases = w->aliases ? w->aliases : own;
    for (int folded = 0; folded < 2; folded++) {
        for (size_t a = 0; aliases[a]; a++) {
            const char *header = header_of_alias(names, count, aliases[a], folded != 0);
            if (header) {
                *alias_found = aliases[a];
                return header;
            }
        }
    }
    return NULL;
}

static const column_binding *binding_of(const import_request *request, const char *name)
{
    for (size_t i = 0; request && i < request->binding_count; i++) {
        if (request->bindings[i].header && strcmp(request->bindings[i].column, name) == 0) {
            return &request->bindings[i];
        }
    }
    return NULL;
}

static void required_found(const importer *by, const import_request *request, const column *names,
                           size_t count, size_t *found, size_t *wanted)
{
    *found = *wanted = 0;
    for (size_t c = 0; c < by->column_count; c++) {
        const char *alias = NULL;
        const wanted_column *w = &by->columns[c];
        if (w->required) {
            (*wanted)++;
            *found += (by->generic && binding_of(request, w->name)) ||
                      header_of(names, count, w, &alias) != NULL;
        }
    }
}

static const importer *recognise(const importer *const *importers, const char *role,
                                 const import_request *request, const column *names, size_t count,
                                 const importer **nearest)
{
    size_t best = 0;
    *nearest = NULL;
    for (size_t i = 0; importers[i]; i++) {
        size_t found = 0;
        size_t wanted = 0;
        if (strcmp(importers[i]->role, role) != 0) {
            continue;
        }
        required_found(importers[i], request, names, count, &found, &wanted);
        if (found == wanted) {
            return importers[i];
        }
        if (!*nearest || found > best) {
            best = found;
            *nearest = importers[i];
        }
    }
    return NULL;
}

const importer *importer_recognise(const importer *const *importers, const char *role,
                                   const table *header)
{
    const importer *nearest = NULL;
    const column *names = text_column(header, "name");
    return names ? recognise(importers, role, NULL, names, header->rows, &nearest) : NULL;
}

const char *importer_header_of(const table *header, const wanted_column *wanted)
{
    const char *alias = NULL;
    const column *names = text_column(header, "name");
    return names ? header_of(names, header->rows, wanted, &alias) : NULL;
}

/* --- lists for messages: at most a line of names, then an ellipsis --- */

enum { LIST_BYTES = 360 };

static void list_add(char *list, const char *name)
{
    const size_t used = strlen(list);
    const size_t size = strlen(name);
    if (used + size + 8 < LIST_BYTES) {
        memcpy(list + used, used ? ", " : "", used ? 2 : 0);
        memcpy(list + used + (used ? 2 : 0), name, size + 1);
    } else if (used + 4 < LIST_BYTES && strcmp(list + used - 3, "…") != 0) {
        memcpy(list + used, "…", 4);
    }
}

static void list_headers(const importing *r, char *list)
{
    list[0] = '\0';
    for (size_t i = 0; i < r->header->rows; i++) {
        char name[64];
        const char *header = column_text(r->names, i);
        (void)text_escape(text_slice_of(header, strnlen(header, 40)), name, sizeof name);
        list_add(list, name);
    }
}

static void list_required(const importer *by, char *list)
{
    list[0] = '\0';
    for (size_t c = 0; c < by->column_count; c++) {
        const wanted_column *w = &by->columns[c];
        if (w->required) {
            list_add(list, w->aliases ? w->aliases[0] : w->name);
        }
    }
}

/* --- choice --- */

static status choose_by_name(importing *r, const importer *const *importers)
{
    const char *format = r->request->format;
    const char *nearest = "";
    size_t nearest_distance = SIZE_MAX;
    char known[LIST_BYTES] = "";
    for (size_t i = 0; importers[i]; i++) {
        if (strcmp(importers[i]->role, r->request->role) != 0) {
            continue;
        }
        if (strcmp(importers[i]->id, format) == 0) {
            r->by = importers[i];
            return STATUS_OK;
        }
        list_add(known, importers[i]->id);
        const size_t distance = text_distance(format, importers[i]->id, 40);
        if (distance < nearest_distance) {
            nearest_distance = distance;
            nearest = importers[i]->id;
        }
    }
    return faults_refuse(r->list, r->request->where, M_TERRITORY_FORMAT_UNKNOWN, format,
                         r->request->role, nearest, known);
}

static status choose_by_header(importing *r, const importer *const *importers)
{
    const importer *nearest = NULL;
    char found[LIST_BYTES];
    char wanted[LIST_BYTES] = "";
    r->by = recognise(importers, r->request->role, r->request, r->names, r->header->rows, &nearest);
    if (r->by) {
        return STATUS_OK;
    }
    list_headers(r, found);
    if (nearest) {
        list_required(nearest, wanted);
    }
    return faults_refuse(r->list, source_at(r->request->path, 1, 0), M_TERRITORY_NO_IMPORTER,
                         r->request->role, found, nearest ? nearest->id : "-", wanted);
}

/* Every bound header must be there: the run file's word is not a guess. */
static status check_bindings(const importing *r)
{
    status rc = STATUS_OK;
    char found[LIST_BYTES];
    list_headers(r, found);
    for (size_t i = 0; i < r->request->binding_count; i++) {
        const column_binding *b = &r->request->bindings[i];
        if (b->header && !header_of_alias(r->names, r->header->rows, b->header, false) &&
            !header_of_alias(r->names, r->header->rows, b->header, true)) {
            rc = faults_refuse(r->list, source_at(r->request->path, 1, 0), M_TERRITORY_BOUND_ABSENT,
                               b->header, b->column, found);
        }
    }
    return rc;
}

static status check_bound_columns(const importing *r)
{
    status rc = STATUS_OK;
    for (size_t i = 0; i < r->request->binding_count; i++) {
        bool known = false;
        for (size_t c = 0; c < r->by->column_count; c++) {
            known = known || strcmp(r->by->columns[c].name, r->request->bindings[i].column) == 0;
        }
        if (!known) {
            rc = faults_refuse(r->list, r->request->where, M_TERRITORY_BOUND_UNKNOWN, r->by->id,
                               r->request->bindings[i].column);
        }
    }
    return rc;
}

/* A header that the run file gives to one column is not another one's by its aliases. */
static void leave_bound_headers(importing *r)
{
    static const char *const none[] = {NULL};
    for (size_t c = 0; c < r->by->column_count; c++) {
        const char *header = importer_header_of(r->header, &r->wanted[c]);
        bool taken = false;
        for (size_t i = 0; header && i < r->request->binding_count; i++) {
            const char *bound = r->request->bindings[i].header;
            taken = taken || (bound && strcmp(bound, header) == 0);
        }
        if (taken && !binding_of(r->request, r->wanted[c].name) && !r->wanted[c].required) {
            r->wanted[c].aliases = none;
        }
    }
}

static status bind_columns(importing *r)
{
    status rc = check_bound_columns(r);
    if (rc == STATUS_OK) {
        rc = take_array(r->memory, r->by->column_count, sizeof *r->wanted, &r->wanted, r->list);
    }
    for (size_t c = 0; rc == STATUS_OK && c < r->by->column_count; c++) {
        r->wanted[c] = r->by->columns[c];
        const column_binding *b = binding_of(r->request, r->wanted[c].name);
        if (b) {
            const char **aliases = NULL;
            rc = take_array(r->memory, 2, sizeof *aliases, &aliases, r->list);
            if (rc == STATUS_OK) {
                aliases[0] = b->header;
                r->wanted[c].aliases = (const char *const *)aliases;
                r->wanted[c].required = true;
            }
        }
    }
    if (rc == STATUS_OK) {
        leave_bound_headers(r);
    }
    return rc;
}

/* --- reading --- */

/* The names of a layer's fields, in the form that table_read_header gives. */
static status header_of_layer(importing *r)
{
    error err;
    table_builder *b = NULL;
    size_t index = 0;
    size_t first = 0;
    const column_spec spec = {.name = "name", .type = COLUMN_TEXT, .unit = ""};
    status rc = table_builder_new(&b, "header", &err);
    if (rc == STATUS_OK) {
        rc = table_builder_column(b, &spec, &index, &err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_rows(b, r->source->cells->column_count, &first, &err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < r->source->cells->column_count; i++) {
        const char *name = r->source->cells->columns[i].name;
        rc = table_builder_text(b, index, i, text_slice_of(name, strlen(name)), &err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, &r->header, &err);
    }
    table_builder_free(b);
    return fault_of(rc, &err, r->list);
}

static read_options options_of(const importing *r)
{
    return (read_options){.path = r->request->path,
                          .member = r->request->member,
                          .encoding = r->request->encoding,
                          .columns = r->wanted,
                          .column_count = r->by ? r->by->column_count : 0};
}

static status read_header(importing *r)
{
    status rc = import_parquet_header(r);
    r->parquet = r->header != NULL;
    if (rc != STATUS_OK || r->parquet) {
        ; /* read, or refused */
    } else if (layer_is_called_for(r->request->path)) {
        const layer_options options = {.path = r->request->path, .name = r->request->member};
        rc = layer_read(r->request->workers, &options, &r->source, r->list);
        if (rc == STATUS_OK) {
            rc = header_of_layer(r);
        }
    } else {
        const read_options options = options_of(r);
        rc = table_read_header(&options, &r->header, r->list);
    }
    if (rc == STATUS_OK) {
        error err;
        rc = fault_of(table_column(r->header, "name", COLUMN_TEXT, &r->names, &err), &err, r->list);
    }
    return rc;
}

static status check_separator(const importing *r, const read_facts *facts)
{
    const char *allowed = r->by->separators;
    if (!allowed || !facts->separator || strchr(allowed, facts->separator)) {
        return STATUS_OK;
    }
    const char found[] = {facts->separator, '\0'};
    return faults_refuse(r->list, source_at(r->request->path, 1, 0), M_TERRITORY_SEPARATOR,
                         r->by->id, allowed[0], facts->separator == '\t' ? "\\t" : found,
                         allowed[0]);
}

static status read_rows(importing *r, imported *out)
{
    if (r->source) {
        memcpy(out->facts.sha256, r->source->sha256, sizeof out->facts.sha256);
        out->facts.encoding = ENCODING_UTF8;
        out->facts.rows = r->source->cells->rows;
        return table_type(r->source->cells, r->wanted, r->by->column_count, &out->rows, r->list);
    }
    if (r->parquet) {
        return import_parquet_rows(r, r->wanted, r->by->column_count, out);
    }
    const read_options options = options_of(r);
    status rc = table_read(&options, &out->rows, &out->facts, r->list);
    return rc == STATUS_OK ? check_separator(r, &out->facts) : rc;
}

/* --- the whole --- */

/* "NBFLUX_C14_ACTOCC15P" read by the alias "NBFLUX_C*" tells the year 2014 (quirk 49). */
static int32_t vintage_of(const importing *r)
{
    for (size_t c = 0; c < r->by->column_count; c++) {
        const char *alias = NULL;
        const char *header = header_of(r->names, r->header->rows, &r->wanted[c], &alias);
        const size_t size = header ? strlen(alias) : 0;
        if (size > 1 && alias[size - 1] == '*') {
            uint64_t year = 0;
            const char *digits = header + size - 1;
            if (strlen(digits) >= 2 && text_to_u64(text_slice_of(digits, 2), &year)) {
                return (int32_t)(2000 + year);
            }
        }
    }
    return 0;
}

static status read_whole(importing *r, const importer *const *importers, imported *out)
{
    status rc = read_header(r);
    if (rc == STATUS_OK) {
        rc = check_bindings(r);
    }
    if (rc == STATUS_OK) {
        rc = r->request->format ? choose_by_name(r, importers) : choose_by_header(r, importers);
    }
    if (rc == STATUS_OK) {
        rc = bind_columns(r);
    }
    if (rc == STATUS_OK) {
        rc = read_rows(r, out);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    out->by = r->by;
    out->vintage = vintage_of(r);
    if (r->source) {
        out->outlines = r->source->outlines;
        r->source->outlines = NULL;
    }
    rc = import_texts(r, out);
    if (rc == STATUS_OK) {
        rc = import_points(r, out);
    }
    if (rc == STATUS_OK && r->by->finish) {
        rc = r->by->finish(r->request, out, r->list);
    }
    return rc == STATUS_OK ? import_codes(r, out) : rc;
}

status import_file(const importer *const *importers, const import_request *request, imported *out,
                   faults *faults_list)
{
    error err;
    importing r = {.request = request, .list = faults_list};
    *out = (imported){0};
    status rc = fault_of(arena_new(&r.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = read_whole(&r, importers, out);
    }
    if (rc != STATUS_OK) {
        imported_clear(out);
    }
    layer_free(r.source);
    table_free(r.header);
    arena_free(r.memory);
    return rc;
}
