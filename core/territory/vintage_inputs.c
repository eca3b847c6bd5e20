#include "territory/vintage_inputs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage_messages.h"
#include "territory/vintage_roles.h"

enum { WEIGHTS_MAX = 4, YEARS_MAX = 400, CODES_SHOWN = 12, CODES_BYTES = 160 };

struct vintage_converter {
    converter_options options;
    vintage_history *history; /* NULL: the passage alone */
    split_weights weights[WEIGHTS_MAX];
    size_t weight_count;
    conversion *made[YEARS_MAX]; /* by the year they start from, less first_year */
    int32_t first_year;
};

status converter_new(const converter_options *options, vintage_converter **out,
                     faults *faults_list)
{
    error err;
    *out = NULL;
    vintage_converter *c = memory_new(1, sizeof *c);
    if (!c) {
        return fault_of(memory_error(&err, sizeof *c), &err, faults_list);
    }
    c->options = *options;
    c->first_year = options->pivot - YEARS_MAX / 2;
    const status rc =
        options->movements
            ? vintage_history_build(options->movements, NULL, &c->history, faults_list)
            : STATUS_OK;
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

static status conversion_from(vintage_converter *c, int32_t year, const conversion **out,
                              faults *faults_list)
{
    const conversion_options options = {.history = c->history,
                                        .passage = c->options.passage,
                                        .from = year,
                                        .to = c->options.pivot,
                                        .weights = c->weights,
                                        .weight_count = c->weight_count};
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

/* --- which vintage a file is of --- */

/* "77028, 77149 (line 12)...": the first codes of a file that are not of `year`, and where the
 * first one is. */
static source_ref codes_at_fault(const vintage_converter *c, const vintage_role *r, const table *t,
                                 int32_t year, char *list)
{
    size_t shown = 0;
    source_ref first = SOURCE_NONE;
    list[0] = '\0';
    for (size_t i = 0; i < r->code_count; i++) {
        const column *code = text_column(t, r->codes[i]);
        for (size_t row = 0; code && row < t->rows && shown <= CODES_SHOWN; row++) {
            const char *text = column_text(code, row);
            const size_t used = strlen(list);
            if (strlen(text) != COMMUNE_CODE_BYTES || strstr(list, text) ||
                vintage_code_at(c->history, text, year) != CODE_ANOTHER_YEAR) {
                continue;
            }
            first = shown == 0 ? table_source(t, row) : first;
            (void)snprintf(list + used, CODES_BYTES - used, shown == CODES_SHOWN ? "%s…" : "%s%s",
                           shown ? ", " : "", text);
            shown++;
        }
    }
    return first;
}

/* INSEE's data may lag the official date, or run ahead of it, by a year. */
static bool lags(const vintage_converter *c, const vintage_role *r, const table *t, int32_t year)
{
    bool near = true;
    for (size_t i = 0; i < r->code_count; i++) {
        const column *code = text_column(t, r->codes[i]);
        for (uint32_t k = 0; code && near && k < code->words.count; k++) {
            const char *text = words_at(&code->words, k);
            near = vintage_code_at(c->history, text, year) != CODE_ANOTHER_YEAR ||
                   vintage_code_at(c->history, text, year - 1) == CODE_STANDS ||
                   vintage_code_at(c->history, text, year + 1) == CODE_STANDS;
        }
    }
    return near;
}

static void nearest_print(const vintage_match *m, char *buffer, size_t size)
{
    (void)snprintf(buffer, size, "%d (%zu), %d (%zu), %d (%zu)", (int)m->nearest[0].year,
                   m->nearest[0].absent, (int)m->nearest[1].year, m->nearest[1].absent,
                   (int)m->nearest[2].year, m->nearest[2].absent);
}

static status said_is_denied(vintage_converter *c, const vintage_role *r, const imported *in,
                             int32_t said, const vintage_match *m, faults *list)
{
    char codes[CODES_BYTES];
    char years[CODES_BYTES];
    const bool one_fits = m->fit_count > 0;
    const source_ref at = codes_at_fault(c, r, in->rows, said, codes);
    const size_t absent = said >= m->first && said <= m->last ? m->absent[said - m->first] : 0;
    if (one_fits) {
        vintage_fits_print(m, years, sizeof years);
    } else {
        nearest_print(m, years, sizeof years);
    }
    if (r->by_people) {
        faults_warn(list, at, M_VINTAGE_OF_ANOTHER_YEAR, absent, (int)said, codes);
        return STATUS_OK;
    }
    if (!one_fits && lags(c, r, in->rows, said)) {
        faults_warn(list, at, M_VINTAGE_LAGS, absent, (int)said, codes);
        return STATUS_OK;
    }
    return one_fits ? faults_refuse(list, at, M_VINTAGE_DENIED, (int)said, absent, codes, years)
                    : faults_refuse(list, at, M_VINTAGE_DENIED_ALL, (int)said, absent, codes,
                                    years);
}

static status none_fits(vintage_converter *c, const vintage_role *r, const imported *in,
                        const vintage_match *m, int32_t *vintage, faults *list)
{
    char codes[CODES_BYTES];
    char years[CODES_BYTES];
    const source_ref at = codes_at_fault(c, r, in->rows, m->nearest[0].year, codes);
    nearest_print(m, years, sizeof years);
    *vintage = m->nearest[0].year;
    if (r->by_people) {
        const int32_t known = c->options.pivot > m->last ? m->last : c->options.pivot;
        const source_ref first = codes_at_fault(c, r, in->rows, known, codes);
        *vintage = c->options.pivot;
        faults_warn(list, first, M_VINTAGE_MIXED, (size_t)m->absent[known - m->first], (int)known,
                    codes);
        return STATUS_OK;
    }
    return faults_refuse(list, at, M_VINTAGE_NONE_FITS, years, codes);
}

/* Years that fit must carry the file's codes alike: else only its author can tell. */
static status fits_agree(vintage_converter *c, const vintage_role *r, const imported *in,
                         const vintage_match *m, int32_t chosen, faults *list)
{
    char years[CODES_BYTES];
    const conversion *ours = NULL;
    status rc = conversion_from(c, chosen, &ours, list);
    for (int32_t year = m->first_fit; rc == STATUS_OK && year <= m->last_fit; year++) {
        const conversion *other = NULL;
        if (!vintage_fits(m, year) || year < c->options.pivot - 60) {
            continue;
        }
        rc = conversion_from(c, year, &other, list);
        if (rc == STATUS_OK && !conversion_equal(ours, other, in->rows, r->codes, r->code_count)) {
            vintage_fits_print(m, years, sizeof years);
            return faults_refuse(list,
                                 source_at(in->rows->source_file_count ? in->rows->source_files[0]
                                                                       : NULL,
                                           0, 0),
                                 M_VINTAGE_SEVERAL, years);
        }
    }
    return rc;
}

static status judge_match(vintage_converter *c, const vintage_role *r, const imported *in,
                          int32_t said, const vintage_match *m, int32_t *vintage, faults *list)
{
    const int32_t pivot = c->options.pivot;
    const int32_t beyond = said > m->last ? m->last : said; /* nothing is known to change after */
    if (said != VINTAGE_NONE) {
        *vintage = said;
        return vintage_fits(m, beyond) ? STATUS_OK : said_is_denied(c, r, in, beyond, m, list);
    }
    if (vintage_fits(m, pivot > m->last ? m->last : pivot)) {
        *vintage = pivot;
        return STATUS_OK;
    }
    if (m->fit_count == 0) {
        return none_fits(c, r, in, m, vintage, list);
    }
    *vintage = vintage_nearest_fit(m, pivot);
    return r->by_people ? STATUS_OK : fits_agree(c, r, in, m, *vintage, list);
}

status converter_judge(vintage_converter *c, const char *role, const imported *in, int32_t said,
                       source_ref where, int32_t *vintage, faults *faults_list)
{
    error err;
    vintage_match m;
    const vintage_role *r = vintage_role_find(role);
    *vintage = said != VINTAGE_NONE ? said : c->options.pivot;
    if (!r || !in->rows || r->several) {
        return STATUS_OK;
    }
    if (!c->history) {
        if (said == VINTAGE_NONE) {
            faults_note(faults_list, where, M_VINTAGE_NOT_SAID, (int)c->options.pivot);
        }
        return STATUS_OK;
    }
    status rc = fault_of(
        vintage_detect(c->history, in->rows, r->codes, r->code_count, &m, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = judge_match(c, r, in, said, &m, vintage, faults_list);
        vintage_match_clear(&m);
    }
    return rc;
}

/* --- conversion --- */

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
        const bool told = at != ROW_NONE && population &&
                          column_state(population, at) == VALUE_PRESENT;
        (*sizes)[row] = told ? population->at.f64[at] : (double)NAN;
    }
    code_index_free(index);
    return rc;
}

/* The new rows that got an old one: parts without outline or point of their own are no communes,
 * each is told. */
static status owned_rows(const carried *made, const uint32_t *owner, const table *old,
                         size_t **rows, size_t *count, faults *list)
{
    uint8_t *has = NULL;
    const size_t all = made->rows->rows;
    const column *code = text_column(made->rows, "code");
    const column *whole = text_column(old, "code");
    status rc = take_array(made->report.memory, all, sizeof *has, &has, list);
    rc = rc == STATUS_OK ? take_array(made->report.memory, all, sizeof **rows, rows, list) : rc;
    for (size_t row = 0; rc == STATUS_OK && row < old->rows; row++) {
        if (owner[row] != UINT32_MAX) {
            has[owner[row]] = 1;
        }
    }
    *count = 0;
    for (size_t r = 0; rc == STATUS_OK && r < all; r++) {
        if (has[r]) {
            (*rows)[(*count)++] = r;
        } else {
            const uint32_t row = made->piece_row[made->piece_start[r]];
            faults_warn(list, table_source(old, row), M_VINTAGE_NO_OUTLINE, text_at(code, r),
                        text_at(whole, row));
        }
    }
    return rc;
}

static status keep_rows(carried *made, imported *in, polygons *outlines, const size_t *rows,
                        size_t count, faults *list)
{
    error err;
    table *kept = NULL;
    polygons *kept_outlines = NULL;
    status rc = table_select(made->rows, rows, count, &kept, &err);
    if (rc == STATUS_OK && outlines) {
        rc = polygons_select(outlines, rows, count, &kept_outlines, &err);
    }
    if (rc != STATUS_OK) {
        table_free(kept);
        return fault_of(rc, &err, list);
    }
    table_free(made->rows);
    made->rows = kept;
    if (kept_outlines) {
        polygons_free(in->outlines);
        in->outlines = kept_outlines;
    }
    return rc;
}

static status carry_places(carried *made, imported *in, faults *list)
{
    uint32_t *owner = NULL;
    size_t *rows = NULL;
    size_t count = 0;
    polygons *outlines = NULL;
    status rc = carried_owners(made, in->rows, &owner, list);
    if (rc == STATUS_OK && in->outlines) {
        rc = carried_outlines(made, in->outlines, in->rows, owner, &outlines, list);
    }
    rc = rc == STATUS_OK ? owned_rows(made, owner, in->rows, &rows, &count, list) : rc;
    rc = rc == STATUS_OK ? keep_rows(made, in, outlines, rows, count, list) : rc;
    polygons_free(outlines);
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
        faults_warn(list,
                    source_at(old->source_file_count ? old->source_files[0] : NULL, 0, 0),
                    M_VINTAGE_TORN, torn, first);
    }
}

static void tell(const carried *made, const char *role, const table *old, faults *list)
{
    const carry_report *r = &made->report;
    const source_ref at = source_at(old->source_file_count ? old->source_files[0] : NULL, 0, 0);
    faults_note(list, at, M_VINTAGE_CONVERTED, role, (int)r->from, (int)r->to,
                r->merged + r->renamed, r->split, r->lost_rows);
    for (size_t i = 0; i < r->link_count; i++) {
        const vintage_link *l = r->links[i].link;
        const bool first = i == 0 || strcmp(r->links[i - 1].link->from, l->from) != 0;
        if (first && !l->weight_known) {
            faults_warn(list, at, M_VINTAGE_EQUAL_SHARES, l->from, (int)r->to);
        }
    }
    if (r->lost_rows) {
        faults_warn(list, at, M_VINTAGE_LOST, r->lost_rows, (int)r->from, (int)r->to);
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
        return table_recode(in->rows, r->codes[0], by, r->several, made, list);
    }
    status rc = fault_of(arena_new(&scratch, &err), &err, list);
    rc = rc == STATUS_OK ? vintage_role_columns(r, in->rows, scratch, &columns, &count, list) : rc;
    rc = rc == STATUS_OK ? sizes_of(c, r, in->rows, by->from, scratch, &sizes, list) : rc;
    if (rc == STATUS_OK) {
        const carry_plan plan = {.codes = r->codes,
                                 .code_count = r->code_count,
                                 .columns = columns,
                                 .column_count = count,
                                 .size = sizes,
                                 .unique = r->unique};
        rc = table_carry(in->rows, &plan, by, made, list);
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
    status rc = conversion_from(c, vintage, &by, faults_list);
    if (rc != STATUS_OK || (!r->several && !carry_is_needed(by, in->rows, r->codes, r->code_count))) {
        return rc;
    }
    rc = carry_one(c, r, by, in, &made, faults_list);
    if (rc == STATUS_OK && strcmp(role, "communes") == 0) {
        rc = carry_places(&made, in, faults_list);
    }
    if (rc == STATUS_OK && made.report.link_count + made.report.lost_rows > 0) {
        const char *file = in->rows->source_file_count ? in->rows->source_files[0] : "";
        tell_torn_groups(&made, in->rows, faults_list);
        tell(&made, role, in->rows, faults_list);
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
