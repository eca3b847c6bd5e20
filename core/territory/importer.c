#include "territory/importer.h"

#include <math.h>
#include <string.h>

#include "territory/codes.h"
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

static const char *header_of_alias(const column *names, size_t count, const char *alias,
                                   bool folded)
{
    for (size_t i = 0; i < count; i++) {
        const char *header = column_text(names, i);
        if (column_alias_fits(alias, header, folded)) {
            return header;
        }
    }
    return NULL;
}

const char *header_of(const column *names, size_t count, const wanted_column *w,
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

static bool is_marked(const importer *by, const column *names, size_t count)
{
    for (size_t i = 0; by->marks && by->marks[i]; i++) {
        if (header_of_alias(names, count, by->marks[i], false)) {
            return true;
        }
    }
    return false;
}

/* The first line of a file without a header is data: its first cell is a code with a digit. */
static bool is_headerless(const importer *by, const column *names, size_t count)
{
    const char *first = count ? column_text(names, 0) : "";
    const code_form form = commune_code_form(first);
    return count >= 2 && count <= by->column_count && strpbrk(first, "0123456789") &&
           (form == CODE_ABROAD || form == CODE_COMMUNE);
}

header_fit header_fit_of(const importer *by, const import_request *request, const column *names,
                         size_t count)
{
    size_t wanted = 0;
    header_fit fit = {.marked = is_marked(by, names, count)};
    if (by->headerless) {
        fit.fits = fit.marked = is_headerless(by, names, count);
        fit.columns = fit.fits ? count : 0;
        return fit;
    }
    for (size_t c = 0; c < by->column_count; c++) {
        const char *alias = NULL;
        const wanted_column *w = &by->columns[c];
        const bool there = (by->generic && binding_of(request, w->name)) ||
                           header_of(names, count, w, &alias) != NULL;
        fit.columns += there;
        fit.found += there && w->required;
        wanted += w->required;
    }
    fit.fits = fit.found == wanted && (!by->others_are_data || count > by->column_count) &&
               (fit.marked || by->generic || !by->marks);
    return fit;
}

/* The marked one; else within a role the first that fits, among all roles the one that reads most
 * columns. */
const importer *header_choose(const importer *const *importers, const import_request *request,
                              const column *names, size_t count, const importer **nearest)
{
    size_t most = 0;
    size_t found = 0;
    const importer *best = NULL;
    *nearest = NULL;
    for (size_t i = 0; importers[i]; i++) {
        const header_fit fit = header_fit_of(importers[i], request, names, count);
        if (request->role && strcmp(importers[i]->role, request->role) != 0) {
            continue;
        }
        const size_t read = request->role ? 1 : fit.columns; /* within a role the order decides */
        const size_t weight = read + (fit.marked ? READER_MAX_COLUMNS : 0);
        /* of those that read the code alone, the last of the list: the most general one */
        const bool general = !request->role && weight == 1 && most == 1;
        if (fit.fits && (weight > most || general)) {
            most = weight;
            best = importers[i];
        }
        if (!*nearest || fit.found > found) {
            found = fit.found;
            *nearest = importers[i];
        }
    }
    return best;
}

const importer *importer_recognise(const importer *const *importers, const char *role,
                                   const table *header)
{
    const importer *nearest = NULL;
    const column *names = text_column(header, "name");
    const import_request request = {.role = role};
    return names ? header_choose(importers, &request, names, header->rows, &nearest) : NULL;
}

bool importer_fits(const importer *by, const table *header, size_t *columns, bool *marked)
{
    const column *names = text_column(header, "name");
    const import_request any = {.role = NULL};
    const header_fit fit =
        names ? header_fit_of(by, &any, names, header->rows) : (header_fit){.fits = false};
    *columns = fit.columns;
    *marked = fit.marked;
    return fit.fits;
}

const char *importer_header_of(const table *header, const wanted_column *wanted)
{
    const char *alias = NULL;
    const column *names = text_column(header, "name");
    return names ? header_of(names, header->rows, wanted, &alias) : NULL;
}

/* --- lists for messages: at most a line of names, then an ellipsis --- */

void list_add(char *list, const char *name)
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
    r->by = header_choose(importers, r->request, r->names, r->header->rows, &nearest);
    if (r->by) {
        return STATUS_OK;
    }
    list_headers(r, found);
    if (nearest) {
        list_required(nearest, wanted);
    }
    const source_ref at = source_at(r->request->path, 1, 0);
    return r->request->role ? faults_refuse(r->list, at, M_TERRITORY_NO_IMPORTER, r->request->role,
                                            found, nearest ? nearest->id : "-", wanted)
                            : faults_refuse(r->list, at, M_TERRITORY_UNKNOWN, found,
                                            nearest ? nearest->id : "-", wanted);
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

/* "context_boulangerie" of "Boulangerie": lower case, ASCII, underscores. */
static char *number_name(const importing *r, const char *header)
{
    char folded[96];
    (void)text_fold(text_slice_of(header, strlen(header)), folded, sizeof folded);
    char *name = arena_format(r->memory, "context_%s", folded);
    for (char *at = name; at && *at; at++) {
        const bool kept = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
        *at = kept ? *at : '_';
    }
    return name;
}

/* A column of numbers that the run file names by its header. */
static status want_number(importing *r, size_t i)
{
    error err;
    const char **aliases = NULL;
    const char *header = r->request->numbers[i];
    const char *name = number_name(r, header);
    const status rc = take_array(r->memory, 2, sizeof *aliases, &aliases, r->list);
    if (rc != STATUS_OK || !name) {
        return name ? rc : fault_of(memory_error(&err, strlen(header)), &err, r->list);
    }
    aliases[0] = header;
    r->wanted[r->by->column_count + i] = (wanted_column){.name = name,
                                                         .aliases = (const char *const *)aliases,
                                                         .title_fr = header,
                                                         .title_en = header,
                                                         .unit = "1",
                                                         .type = COLUMN_F64,
                                                         .decimals = -1,
                                                         .required = true};
    return STATUS_OK;
}

static status bind_columns(importing *r)
{
    status rc = check_bound_columns(r);
    if (rc == STATUS_OK) {
        rc = take_array(r->memory, r->by->column_count + r->request->number_count,
                        sizeof *r->wanted, &r->wanted, r->list);
        r->wanted_count = r->by->column_count + r->request->number_count;
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
    for (size_t i = 0; rc == STATUS_OK && i < r->request->number_count; i++) {
        rc = want_number(r, i);
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
                          .headerless = r->by && r->by->headerless,
                          .columns = r->wanted,
                          .column_count = r->by ? r->wanted_count : 0};
}

/* `sheet` NULL: the first layer or sheet. */
static status read_layer(importing *r, const importer *const *importers, const char *sheet)
{
    layer_options options = {.path = r->request->path, .name = sheet};
    status rc = import_osm(r, importers, &options);
    if (rc == STATUS_OK) {
        rc = layer_read(r->request->workers, &options, &r->source, r->list);
    }
    return rc == STATUS_OK ? header_of_layer(r) : rc;
}

static bool header_fits(const importing *r, const importer *const *importers)
{
    const importer *nearest = NULL;
    const char *format = r->request->format;
    const column *names = text_column(r->header, "name");
    for (size_t i = 0; format && names && importers[i]; i++) {
        if (strcmp(importers[i]->id, format) == 0) {
            return header_fit_of(importers[i], r->request, names, r->header->rows).columns > 0;
        }
    }
    return names && header_choose(importers, r->request, names, r->header->rows, &nearest);
}

/* A workbook's first sheet often presents the file or lists the zones: the first sheet that an
 * importer knows is read, and said. The first one stays when none is known. */
static status find_sheet(importing *r, const importer *const *importers)
{
    error err;
    faults *list = r->list;
    const layer *first = r->source;
    status rc = STATUS_OK;
    for (size_t i = 0; i < first->layer_count; i++) {
        importing other = {.request = r->request};
        if (strcmp(first->layers[i], first->name) == 0) {
            continue;
        }
        rc = faults_new(&other.list, &err);
        if (rc != STATUS_OK) {
            return fault_of(rc, &err, list);
        }
        const bool found = read_layer(&other, importers, first->layers[i]) == STATUS_OK &&
                           header_fits(&other, importers);
        if (found) {
            faults_note(list, source_at(r->request->path, 0, 0), M_TERRITORY_SHEET,
                        first->layers[i]);
            faults_append(list, other.list);
            layer_free(r->source);
            table_free(r->header);
            r->source = other.source;
            r->header = other.header;
        } else {
            layer_free(other.source);
            table_free(other.header);
        }
        faults_free(other.list);
        if (found) {
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static status read_header(importing *r, const importer *const *importers)
{
    status rc = import_parquet_header(r);
    r->parquet = r->header != NULL;
    if (rc != STATUS_OK || r->parquet) {
        ; /* read, or refused */
    } else if (layer_is_called_for(r->request->path)) {
        rc = read_layer(r, importers, r->request->member);
        if (rc == STATUS_OK && !r->request->member && r->source->header_row &&
            r->source->layer_count > 1 && !header_fits(r, importers)) {
            rc = find_sheet(r, importers);
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
        return table_type(r->source->cells, r->wanted, r->wanted_count, &out->rows, r->list);
    }
    if (r->parquet) {
        return import_parquet_rows(r, r->wanted, r->wanted_count, out);
    }
    const read_options options = options_of(r);
    status rc = table_read(&options, &out->rows, &out->facts, r->list);
    return rc == STATUS_OK ? check_separator(r, &out->facts) : rc;
}

/* --- the whole --- */

/* "NBFLUX_C14_ACTOCC15P" read by the alias "NBFLUX_C*", "MED20" by "MED??" tell the year (quirk
 * 49). */
static int32_t vintage_of(const importing *r)
{
    for (size_t c = 0; c < r->by->column_count; c++) {
        const char *alias = NULL;
        const char *header = header_of(r->names, r->header->rows, &r->wanted[c], &alias);
        const size_t start = header ? strcspn(alias, "*?") : 0;
        uint64_t year = 0;
        if (start > 0 && alias[start] != '\0' && strlen(header) >= start + 2 &&
            text_to_u64(text_slice_of(header + start, 2), &year)) {
            return (int32_t)(2000 + year);
        }
    }
    return 0;
}

/* A crosstab leaves its zeros empty (quirk 43). */
static status fill_zeros(const importing *r, imported *out)
{
    error err;
    table *made = NULL;
    const size_t count = r->request->number_count;
    number_column *filled = NULL;
    status rc = take_array(r->memory, count + 1, sizeof *filled, &filled, r->list);
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        double *values = NULL;
        const wanted_column *w = &r->wanted[r->by->column_count + i];
        const column_spec spec = {w->name, w->title_fr, w->title_en, w->unit, w->type, w->decimals};
        rc = take_array(r->memory, out->rows->rows, sizeof *values, &values, r->list);
        if (rc == STATUS_OK) {
            column_numbers(out->rows, w->name, values);
            for (size_t row = 0; row < out->rows->rows; row++) {
                values[row] = isnan(values[row]) ? 0 : values[row];
            }
            filled[i] = (number_column){spec, values};
        }
    }
    if (rc != STATUS_OK || count == 0) {
        return rc;
    }
    rc = table_with_numbers(out->rows, filled, count, &made, &err);
    if (rc == STATUS_OK) {
        table_free(out->rows);
        out->rows = made;
    }
    return fault_of(rc, &err, r->list);
}

static status read_whole(importing *r, const importer *const *importers, imported *out)
{
    status rc = read_header(r, importers);
    if (rc == STATUS_OK) {
        recognition_see(r->seen, r, importers);
        rc = check_bindings(r);
    }
    if (rc == STATUS_OK) {
        rc = r->request->format ? choose_by_name(r, importers) : choose_by_header(r, importers);
    }
    if (rc == STATUS_OK) {
        rc = bind_columns(r);
    }
    if (rc == STATUS_OK) {
        out->by = r->by;
        out->vintage = vintage_of(r);
        rc = read_rows(r, out);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    if (r->source) {
        out->outlines = r->source->outlines;
        r->source->outlines = NULL;
    }
    rc = import_texts(r, out);
    if (rc == STATUS_OK && r->by->empty_is_zero) {
        rc = fill_zeros(r, out);
    }
    if (rc == STATUS_OK) {
        rc = import_points(r, out);
    }
    if (rc == STATUS_OK && r->by->finish) {
        rc = r->by->finish(r->request, out, r->list);
    }
    return rc == STATUS_OK ? import_codes(r, out) : rc;
}

static status import_into(importing *r, const importer *const *importers, imported *out)
{
    error err;
    *out = (imported){0};
    status rc = fault_of(arena_new(&r->memory, &err), &err, r->list);
    if (rc == STATUS_OK) {
        rc = read_whole(r, importers, out);
    }
    if (r->seen) {
        r->seen->facts = out->facts;
        if (r->source && !r->seen->by) {
            r->seen->facts.rows = r->source->cells->rows; /* unknown: counted all the same */
        }
        r->seen->vintage = out->vintage;
        r->seen->header = r->header;
        r->header = NULL;
    }
    if (rc != STATUS_OK) {
        imported_clear(out);
    }
    layer_free(r->source);
    table_free(r->header);
    arena_free(r->memory);
    return rc;
}

status import_file(const importer *const *importers, const import_request *request, imported *out,
                   faults *faults_list)
{
    importing r = {.request = request, .list = faults_list};
    return import_into(&r, importers, out);
}

status import_recognise(const importer *const *importers, const import_request *request,
                        recognition *out, faults *faults_list)
{
    importing r = {.request = request, .list = faults_list, .seen = out};
    *out = (recognition){0};
    return import_into(&r, importers, &out->rows);
}

void recognition_clear(recognition *r)
{
    table_free(r->header);
    imported_clear(&r->rows);
    *r = (recognition){0};
}
