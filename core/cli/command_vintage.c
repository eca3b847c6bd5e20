#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/messages.h"
#include "cli/same_file.h"
#include "cli/say.h"
#include "cli/vintage_columns.h"
#include "table/writer.h"
#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage_inputs.h"

/* Everything that one command holds. */
typedef struct vintage_command {
    const command_context *context;
    const cli_options *options;
    faults *list;
    arena *memory;
    vintage_columns columns;
    imported table, movements, passage, population;
    vintage_converter *converter;
    int32_t from;
    carried carried;
    const char *report; /* path */
} vintage_command;

static status first_of(status a, status b)
{
    return a != STATUS_OK ? a : b;
}

/* "OUT.csv" -> "OUT-report.csv" */
static status name_report(vintage_command *v)
{
    error err;
    const char *out = v->options->output;
    const size_t size = strlen(out);
    const size_t stem = size > 4 && strcmp(out + size - 4, ".csv") == 0 ? size - 4 : size;
    v->report = arena_format(v->memory, "%.*s%s", (int)stem, out,
                             tr(v->options->language, M_VINTAGE_REPORT_SUFFIX));
    return v->report != NULL
               ? STATUS_OK
               : faults_add_error(v->list, SOURCE_NONE, (memory_error(&err, size), &err));
}

/* --- reading --- */

static status read_file(const vintage_command *v, const importer *const *importers,
                        const char *role, const char *path, imported *out)
{
    const import_request request = {.path = path,
                                    .role = role,
                                    .workers = v->context->environment->workers,
                                    .where = SOURCE_NONE};
    return path != NULL ? import_file(importers, &request, out, v->list) : STATUS_OK;
}

/* The table has the columns that the command names, and no other way to be known. */
static status read_table(vintage_command *v)
{
    const importer own = {.id = "table",
                          .role = "table",
                          .title_fr = "",
                          .title_en = "",
                          .producer = "",
                          .licence = "",
                          .columns = v->columns.wanted,
                          .column_count = v->columns.wanted_count};
    const importer *const importers[] = {&own, NULL};
    const import_request request = {.path = v->options->argument,
                                    .format = own.id,
                                    .role = own.role,
                                    .workers = v->context->environment->workers,
                                    .where = SOURCE_NONE};
    status result = import_file(importers, &request, &v->table, v->list);
    v->table.by = NULL; /* the importer dies here */
    return result;
}

static bool is_code(const char *text)
{
    const code_form form = commune_code_form(text);
    return *text == '\0' || form == CODE_COMMUNE || form == CODE_ABROAD;
}

static status check_codes(const vintage_command *v)
{
    status result = STATUS_OK;
    size_t bad = 0;
    const table *t = v->table.rows;
    for (size_t c = 0; c < v->columns.code_count; c++) {
        const column *code = table_find(t, v->columns.codes[c]);
        for (size_t row = 0; row < t->rows; row++) {
            const char *text = column_text(code, row);
            if (!is_code(text) && ++bad <= READER_MAX_FAULTS) {
                result = faults_refuse(v->list, table_source(t, row), M_VINTAGE_BAD_CODE, text,
                                       v->columns.codes[c]);
            }
        }
    }
    if (bad > READER_MAX_FAULTS) {
        result = faults_refuse(v->list, source_at(v->options->argument, 0, 0),
                               M_VINTAGE_MORE_BAD_CODES, bad - READER_MAX_FAULTS);
    }
    return result;
}

/* Faults of every file are told together. */
static status read_all(vintage_command *v)
{
    const importer *const *importers = v->context->environment->importers;
    const char *movements = NULL;
    if (is_same_file(v->options->argument, v->options->output)) {
        return faults_refuse(v->list, source_at(v->options->output, 0, 0), M_VINTAGE_SAME_FILE);
    }
    status result = read_table(v);
    result = result == STATUS_OK ? check_codes(v) : result;
    status found = vintage_movements_find(v->options, importers, v->memory, &movements, v->list);
    result = first_of(result, found);
    result = first_of(result, read_file(v, importers, "movements", movements, &v->movements));
    result = first_of(result, read_file(v, importers, "passage", v->options->passage, &v->passage));
    return first_of(result,
                    read_file(v, importers, "population", v->columns.population, &v->population));
}

/* --- converting --- */

static status begin_conversion(vintage_command *v)
{
    const converter_options options = {.movements =
                                           v->movements.rows != NULL ? &v->movements : NULL,
                                       .passage = v->passage.rows != NULL ? &v->passage : NULL,
                                       .pivot = (int32_t)v->options->to,
                                       .arrondissements = v->columns.arrondissements,
                                       .where = SOURCE_NONE};
    int32_t year = VINTAGE_NONE;
    status result = converter_new(&options, &v->converter, v->list);
    if (result == STATUS_OK && v->population.rows != NULL) {
        result = converter_judge(v->converter, "population", &v->population,
                                 v->columns.population_year, SOURCE_NONE, &year, v->list);
    }
    if (result == STATUS_OK && v->population.rows != NULL) {
        result = converter_weigh(v->converter, v->population.rows, year, v->list);
    }
    return result;
}

static status convert(vintage_command *v)
{
    const carry_plan wanted = {.codes = v->columns.codes,
                               .code_count = v->columns.code_count,
                               .columns = v->columns.columns,
                               .column_count = v->columns.column_count,
                               .unique = true};
    status result = begin_conversion(v);
    if (result == STATUS_OK) {
        result = converter_judge_table(v->converter, v->table.rows, v->columns.codes,
                                       v->columns.code_count, (int32_t)v->options->from, &v->from,
                                       v->list);
    }
    if (result == STATUS_OK) {
        result =
            converter_carry(v->converter, v->from, v->table.rows, &wanted, &v->carried, v->list);
    }
    const carry_report *r = &v->carried.report;
    if (result == STATUS_OK && r->lost_rows > 0 && v->options->strict) {
        result = faults_refuse(v->list, table_source(v->table.rows, r->lost_row[0]),
                               M_VINTAGE_STRICT, r->lost_rows);
    }
    return result;
}

/* --- telling --- */

static double total_of(const table *t, const char *name)
{
    const column *c = table_find(t, name);
    double sum = 0;
    for (size_t row = 0; row < t->rows; row++) {
        sum += column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : 0;
    }
    return sum;
}

static void tell(const vintage_command *v)
{
    const carry_report *r = &v->carried.report;
    language lang = v->options->language;
    if (v->options->json) {
        return;
    }
    say_line(stderr, lang, M_VINTAGE_DONE, (int)r->from, (int)r->to,
             SHOWN(shown((double)r->rows_before, 0)), SHOWN(shown((double)r->rows_after, 0)),
             r->merged, r->renamed, r->split, r->lost_rows);
    for (size_t c = 0; c < v->columns.column_count; c++) {
        const char *name = v->columns.columns[c].name;
        if (v->columns.columns[c].rule == CARRY_SUM) {
            const double before = total_of(v->table.rows, name);
            const double after = total_of(v->carried.rows, name);
            const double gap = before - after;
            const bool none = gap <= 1e-9 * before && gap >= -1e-9 * before;
            say_line(stderr, lang, M_VINTAGE_TOTALS, name, SHOWN(shown(before, 2)),
                     SHOWN(shown(after, 2)), SHOWN(shown(none ? 0 : gap, 2)));
        }
    }
    say_line(stderr, lang, M_VINTAGE_REPORT, v->report);
}

static void warn(const vintage_command *v)
{
    const carry_report *r = &v->carried.report;
    if (r->unknown_weights > 0) {
        char codes[160];
        carry_unknown_print(r, codes, sizeof codes);
        faults_warn(v->list, source_at(v->options->argument, 0, 0), M_VINTAGE_EQUAL,
                    r->unknown_weights, codes);
    }
    for (size_t i = 0; i < r->lost_rows && i < READER_MAX_FAULTS; i++) {
        const column *code = table_find(v->table.rows, v->columns.codes[0]);
        faults_warn(v->list, table_source(v->table.rows, r->lost_row[i]), M_VINTAGE_LOST_ROW,
                    column_text(code, r->lost_row[i]), (int)r->from);
    }
}

static status write_both(vintage_command *v)
{
    error err;
    status result =
        vintage_report_write(&v->columns, v->table.rows, &v->carried.report, v->report, &err);
    result =
        result == STATUS_OK ? table_write_csv(v->carried.rows, v->options->output, &err) : result;
    return result == STATUS_OK ? result : faults_add_error(v->list, SOURCE_NONE, &err);
}

/* FILE is read, judged, carried, written: complete or absent. */
status command_vintage(const command_context *c)
{
    error err;
    vintage_command v = {.context = c, .options = c->options, .list = c->faults_list};
    status result = arena_new(&v.memory, &err);
    if (result != STATUS_OK) {
        result = faults_add_error(v.list, SOURCE_NONE, &err);
    }
    result = result == STATUS_OK ? vintage_columns_read(c->options, v.memory, &v.columns, v.list)
                                 : result;
    result = result == STATUS_OK ? name_report(&v) : result;
    result = result == STATUS_OK ? read_all(&v) : result;
    result = result == STATUS_OK ? convert(&v) : result;
    if (result == STATUS_OK) {
        warn(&v);
        result = write_both(&v);
    }
    faults_print(v.list, c->options, NULL);
    if (result == STATUS_OK) {
        tell(&v);
    }
    carried_clear(&v.carried);
    converter_free(v.converter);
    imported_clear(&v.table);
    imported_clear(&v.movements);
    imported_clear(&v.passage);
    imported_clear(&v.population);
    arena_free(v.memory);
    return result;
}
