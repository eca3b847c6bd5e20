#include "territory/vintage_inputs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/support.h"
#include "territory/vintage_messages.h"
#include "territory/vintage_converter.h"

status converter_new(const converter_options *options, vintage_converter **out, faults *faults_list)
{
    error err;
    *out = NULL;
    vintage_converter *c = memory_new(1, sizeof *c);
    if (!c) {
        return fault_of(memory_error(&err, sizeof *c), &err, faults_list);
    }
    c->options = *options;
    c->first_year = options->pivot - YEARS_MAX / 2;
    status rc = fault_of(arena_new(&c->memory, &err), &err, faults_list);
    if (rc == STATUS_OK && options->movements) {
        rc = vintage_history_build(options->movements, NULL, &c->history, faults_list);
    }
    if (rc != STATUS_OK) {
        converter_free(c);
        return rc;
    }
    if (c->history) {
        vintage_history_reaches(c->history, options->pivot, faults_list);
    }
    *out = c;
    return STATUS_OK;
}

void converter_free(vintage_converter *c)
{
    if (c) {
        for (size_t i = 0; i < YEARS_MAX; i++) {
            conversion_free(c->made[i]);
        }
        for (size_t i = 0; i < c->weight_count; i++) {
            table_free((table *)(uintptr_t)c->weights[i].rows);
        }
        vintage_history_free(c->history);
        arena_free(c->memory);
        memory_free(c);
    }
}

status converter_weigh(vintage_converter *c, const table *population, int32_t vintage,
                       faults *faults_list)
{
    error err;
    table *kept = NULL;
    size_t *rows = memory_new(population->rows, sizeof *rows);
    if (!rows || c->weight_count == WEIGHTS_MAX) {
        memory_free(rows);
        return rows ? STATUS_OK : fault_of(memory_error(&err, population->rows), &err, faults_list);
    }
    for (size_t i = 0; i < population->rows; i++) {
        rows[i] = i;
    }
    const status rc = table_select(population, rows, population->rows, &kept, &err);
    memory_free(rows);
    if (rc == STATUS_OK) {
        c->weights[c->weight_count++] = (split_weights){kept, vintage};
    }
    return fault_of(rc, &err, faults_list);
}

status conversion_from(vintage_converter *c, int32_t year, const conversion **out,
                       faults *faults_list)
{
    const conversion_options options = {.history = c->history,
                                        .passage = c->options.passage,
                                        .from = year,
                                        .to = c->options.pivot,
                                        .weights = c->weights,
                                        .weight_count = c->weight_count,
                                        .arrondissements = c->options.arrondissements,
                                        .folds = c->folds,
                                        .fold_count = c->fold_count};
    const int32_t at = year - c->first_year;
    *out = NULL;
    if (at < 0 || at >= YEARS_MAX) {
        return faults_refuse(faults_list, c->options.where, M_VINTAGE_NOT_COVERED, 0, 0, (int)year,
                             (int)c->options.pivot);
    }
    status rc = STATUS_OK;
    if (!c->made[at]) {
        rc = conversion_build(&options, &c->made[at], faults_list);
    }
    *out = c->made[at];
    return rc;
}

/* --- conversion --- */

status converter_carry(vintage_converter *c, int32_t vintage, const table *t,
                       const carry_plan *plan, carried *out, faults *faults_list)
{
    const conversion *by = NULL;
    *out = (carried){0};
    const status rc = conversion_from(c, vintage, &by, faults_list);
    return rc == STATUS_OK ? table_carry(t, plan, by, out, faults_list) : rc;
}

/* The population of each row's commune, as the file of weights nearest to its vintage tells. */
static status sizes_of(const vintage_converter *c, const vintage_role *r, const table *t,
                       int32_t vintage, arena *a, double **sizes, faults *list)
{
    const split_weights *best = NULL;
    code_index *index = NULL;
    *sizes = NULL;
    for (size_t i = 0; i < c->weight_count; i++) {
        const bool nearer = !best || labs((long)c->weights[i].vintage - vintage) <
                                         labs((long)best->vintage - vintage);
        best = nearer ? &c->weights[i] : best;
    }
    if (!best || r->code_count > 1) {
        return STATUS_OK;
    }
    status rc = take_array(a, t->rows, sizeof **sizes, sizes, list);
    rc = rc == STATUS_OK ? code_index_new(&index, best->rows, "code", list) : rc;
    const column *code = text_column(t, r->codes[0]);
    const column *population = number_column_of(best->rows, "population");
    for (size_t row = 0; rc == STATUS_OK && row < t->rows; row++) {
        const uint32_t at = code_index_find(index, text_at(code, row));
        const bool told =
            at != ROW_NONE && population && column_state(population, at) == VALUE_PRESENT;
        (*sizes)[row] = told ? population->at.f64[at] : (double)NAN;
    }
    code_index_free(index);
    return rc;
}

/* A part is counted with the commune that keeps the outline, in this file and those to come. */
static status fold_part(vintage_converter *c, const char *part, const char *whole, faults *list)
{
    vintage_fold *grown = NULL;
    error err;
    status rc = take_array(c->memory, c->fold_count + 1, sizeof *grown, &grown, list);
    if (rc != STATUS_OK) {
        return rc;
    }
    if (c->fold_count) {
        memcpy(grown, c->folds, c->fold_count * sizeof *grown);
    }
    grown[c->fold_count] =
        (vintage_fold){arena_text(c->memory, part), arena_text(c->memory, whole)};
    c->folds = grown;
    c->fold_count++;
    for (size_t i = 0; i < YEARS_MAX; i++) { /* made without it */
        conversion_free(c->made[i]);
        c->made[i] = NULL;
    }
    const vintage_fold *last = &grown[c->fold_count - 1];
    return last->from && last->to ? rc : fault_of(memory_error(&err, sizeof *last), &err, list);
}

/* Parts of splits that got neither outline nor point; each is told. The outline of a row that was
 * cut lies with `owner`. */
static status fold_parts(vintage_converter *c, const carried *made, const table *old, faults *list)
{
    uint8_t *has = NULL;
    uint32_t *owner = NULL;
    const column *code = text_column(made->rows, "code");
    const column *whole = text_column(old, "code");
    status rc = carried_owners(made, old, &owner, list);
    if (rc == STATUS_OK) {
        rc = take_array(made->report.memory, made->rows->rows, sizeof *has, &has, list);
    }
    for (size_t row = 0; rc == STATUS_OK && row < old->rows; row++) {
        if (owner[row] != UINT32_MAX) {
            has[owner[row]] = 1;
        }
    }
    for (size_t r = 0; rc == STATUS_OK && r < made->rows->rows; r++) {
        if (!has[r]) {
            const uint32_t row = made->piece_row[made->piece_start[r]];
            const char *keeper = text_at(code, owner[row]);
            faults_warn(list, table_source(old, row), M_VINTAGE_NO_OUTLINE, text_at(code, r),
                        text_at(whole, row), keeper);
            rc = fold_part(c, text_at(code, r), keeper, list);
        }
    }
    return rc;
}

static status carry_places(const carried *made, imported *in, faults *list)
{
    uint32_t *owner = NULL;
    polygons *outlines = NULL;
    status rc = carried_owners(made, in->rows, &owner, list);
    if (rc == STATUS_OK && in->outlines) {
        rc = carried_outlines(made, in->outlines, in->rows, owner, &outlines, list);
    }
    if (rc == STATUS_OK && outlines) {
        polygons_free(in->outlines);
        in->outlines = outlines;
    }
    return rc;
}

/* Communes of two groups, or without one, that became one commune. */
static void tell_torn_groups(const carried *made, const table *old, faults *list)
{
    size_t torn = 0;
    const char *first = "";
    const column *group = text_column(old, "group");
    const column *code = text_column(made->rows, "code");
    for (size_t r = 0; group && r < made->rows->rows; r++) {
        const char *one = text_at(group, made->piece_row[made->piece_start[r]]);
        for (size_t i = made->piece_start[r] + 1; i < made->piece_start[r + 1]; i++) {
            if (strcmp(one, text_at(group, made->piece_row[i])) != 0) {
                first = torn++ ? first : text_at(code, r);
                break;
            }
        }
    }
    if (torn) {
        faults_warn(list, source_at(old->source_file_count ? old->source_files[0] : NULL, 0, 0),
                    M_VINTAGE_TORN, torn, first);
    }
}

static void tell(const carried *made, const table *old, faults *list)
{
    const carry_report *r = &made->report;
    const source_ref at = source_at(old->source_file_count ? old->source_files[0] : NULL, 0, 0);
    faults_note(list, at, M_VINTAGE_CONVERTED, (int)r->from, (int)r->to, r->merged, r->renamed,
                r->split, r->lost_rows);
    if (r->unknown_weights) {
        char codes[CODES_BYTES];
        carry_unknown_print(r, codes, sizeof codes);
        faults_warn(list, at, M_VINTAGE_EQUAL_SHARES, r->unknown_weights, (int)r->to, codes);
    }
    if (r->lost_rows) {
        faults_warn(list, at, M_VINTAGE_LOST, r->lost_rows, (int)r->from, (int)r->to);
    }
}

/* Medians and rates of communes that merged or were split. */
static void tell_missing(const carry_report *r, const carry_plan *plan, const table *old,
                         faults *list)
{
    size_t missing = 0;
    const char *first = "";
    for (size_t i = 0; i < plan->column_count; i++) {
        const size_t cells = r->missing_merged[i] + r->missing_split[i];
        first = missing == 0 && cells ? plan->columns[i].name : first;
        missing += cells;
    }
    if (missing) {
        faults_warn(list, source_at(old->source_file_count ? old->source_files[0] : NULL, 0, 0),
                    M_VINTAGE_FIGURES_MISSING, missing, first);
    }
}

static status carry_one(vintage_converter *c, const vintage_role *r, const conversion *by,
                        imported *in, carried *made, faults *list)
{
    arena *scratch = NULL;
    carried_column *columns = NULL;
    size_t count = 0;
    error err;
    double *sizes = NULL;
    if (r->recoded) {
        return table_recode(in->rows, r->codes[0], by, r->form, made, list);
    }
    status rc = fault_of(arena_new(&scratch, &err), &err, list);
    rc = rc == STATUS_OK ? vintage_role_columns(r, in, scratch, &columns, &count, list) : rc;
    rc = rc == STATUS_OK ? sizes_of(c, r, in->rows, by->from, scratch, &sizes, list) : rc;
    if (rc == STATUS_OK) {
        const carry_plan plan = {.codes = r->codes,
                                 .code_count = r->code_count,
                                 .columns = columns,
                                 .column_count = count,
                                 .size = sizes,
                                 .unique = r->unique};
        rc = table_carry(in->rows, &plan, by, made, list);
        if (rc == STATUS_OK && r->figures) {
            tell_missing(&made->report, &plan, in->rows, list);
        }
    }
    arena_free(scratch);
    return rc;
}

status converter_convert(vintage_converter *c, const char *role, int32_t vintage, imported *in,
                         carry_log *log, faults *faults_list)
{
    error err;
    carried made = {0};
    const conversion *by = NULL;
    const vintage_role *r = vintage_role_find(role);
    if (!r || !in->rows) {
        return STATUS_OK;
    }
    const bool places = strcmp(role, "communes") == 0;
    status rc = conversion_from(c, vintage, &by, faults_list);
    if (rc != STATUS_OK ||
        (r->form == RECODE_ONE && !carry_is_needed(by, in->rows, r->codes, r->code_count))) {
        return rc;
    }
    rc = carry_one(c, r, by, in, &made, faults_list);
    const size_t folds = c->fold_count;
    rc = rc == STATUS_OK && places ? fold_parts(c, &made, in->rows, faults_list) : rc;
    if (rc == STATUS_OK && c->fold_count > folds) { /* again, without the parts */
        carried_clear(&made);
        rc = conversion_from(c, vintage, &by, faults_list);
        rc = rc == STATUS_OK ? carry_one(c, r, by, in, &made, faults_list) : rc;
    }
    rc = rc == STATUS_OK && places ? carry_places(&made, in, faults_list) : rc;
    if (rc == STATUS_OK && made.report.link_count + made.report.lost_rows > 0) {
        const char *file = in->rows->source_file_count ? in->rows->source_files[0] : "";
        tell_torn_groups(&made, in->rows, faults_list);
        tell(&made, in->rows, faults_list);
        rc = fault_of(carry_log_add(log, role, file, &made.report, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        table_free(in->rows);
        in->rows = made.rows;
        made.rows = NULL;
    }
    carried_clear(&made);
    return rc;
}
