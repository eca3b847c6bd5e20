/* Which vintage a file is of: what the run file says, checked against its codes. */
#include <stdio.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage_converter.h"
#include "territory/vintage_messages.h"

enum { CODES_SHOWN = 12 };

static bool list_holds(const char *list, const char *code)
{
    size_t size = 0;
    for (; *(list = code_list_next(list, &size)); list += size) {
        if (size == strlen(code) && strncmp(list, code, size) == 0) {
            return true;
        }
    }
    return false;
}

/* Where a code is first met. */
static source_ref place_of(const vintage_role *r, const table *t, const char *wanted)
{
    for (size_t i = 0; i < r->code_count; i++) {
        const column *code = text_column(t, r->codes[i]);
        for (size_t row = 0; code && row < t->rows; row++) {
            if (list_holds(text_at(code, row), wanted)) {
                return table_source(t, row);
            }
        }
    }
    return SOURCE_NONE;
}

/* "77028, 77149...": the first codes of a file, in their order, that are not of `year`, and where
 * the first one is. */
static source_ref codes_at_fault(const vintage_converter *c, const vintage_role *r, const table *t,
                                 const vintage_match *m, int32_t year, char *list)
{
    size_t shown = 0;
    size_t used = 0;
    source_ref first = SOURCE_NONE;
    list[0] = '\0';
    for (size_t i = 0; i < m->code_count && shown <= CODES_SHOWN; i++) {
        if (vintage_code_at(c->history, m->code[i], year) == CODE_ANOTHER_YEAR) {
            first = shown == 0 ? place_of(r, t, m->code[i]) : first;
            used += (size_t)snprintf(list + used, CODES_BYTES - used, "%s%s", shown ? ", " : "",
                                     shown == CODES_SHOWN ? "…" : m->code[i]);
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

/* Nothing is known to change after the last year of the history, nor before its first. */
static int32_t known_year(const vintage_match *m, int32_t year)
{
    return year > m->last ? m->last : year < m->first ? m->first : year;
}

static size_t absent_in(const vintage_match *m, int32_t year)
{
    return m->absent[known_year(m, year) - m->first];
}

static status said_is_denied(vintage_converter *c, const vintage_role *r, const table *t,
                             int32_t said, const vintage_match *m, faults *list)
{
    char codes[CODES_BYTES];
    char years[CODES_BYTES];
    const bool one_fits = m->fit_count > 0;
    const source_ref at = codes_at_fault(c, r, t, m, said, codes);
    const size_t absent = absent_in(m, said);
    if (one_fits) {
        vintage_fits_print(m, years, sizeof years);
    } else {
        vintage_nearest_print(m, years, sizeof years);
    }
    if (r->by_people) {
        faults_warn(list, at, M_VINTAGE_OF_ANOTHER_YEAR, absent, (int)said, codes);
        return STATUS_OK;
    }
    if (!one_fits && lags(c, r, t, said)) {
        faults_warn(list, at, M_VINTAGE_LAGS, absent, (int)said, codes);
        return STATUS_OK;
    }
    return one_fits
               ? faults_refuse(list, at, M_VINTAGE_DENIED, (int)said, absent, codes, years)
               : faults_refuse(list, at, M_VINTAGE_DENIED_ALL, (int)said, absent, codes, years);
}

static status none_fits(vintage_converter *c, const vintage_role *r, const table *t,
                        const vintage_match *m, int32_t *vintage, faults *list)
{
    char codes[CODES_BYTES];
    char years[CODES_BYTES];
    const source_ref at = codes_at_fault(c, r, t, m, m->nearest[0].year, codes);
    vintage_nearest_print(m, years, sizeof years);
    *vintage = m->nearest[0].year;
    if (r->by_people) {
        *vintage = c->options.pivot;
        const source_ref first = codes_at_fault(c, r, t, m, *vintage, codes);
        faults_warn(list, first, M_VINTAGE_MIXED, absent_in(m, *vintage), (int)*vintage, codes);
        return STATUS_OK;
    }
    return faults_refuse(list, at, M_VINTAGE_NONE_FITS, years, codes);
}

/* Years that fit must carry the file's codes alike: else only its author can tell. */
static status fits_agree(vintage_converter *c, const vintage_role *r, const table *t,
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
        if (rc == STATUS_OK && !conversion_equal(ours, other, t, r->codes, r->code_count)) {
            vintage_fits_print(m, years, sizeof years);
            return faults_refuse(list,
                                 source_at(t->source_file_count ? t->source_files[0] : NULL, 0, 0),
                                 M_VINTAGE_SEVERAL, years, (int)m->most_complete);
        }
    }
    return rc;
}

/* Codes that fit the pivot may still be the whole list of another year: a commune that absorbed
 * others since keeps its code. */
static void warn_of_another_list(const vintage_converter *c, const table *t, const vintage_match *m,
                                 faults *list)
{
    const int32_t pivot = known_year(m, c->options.pivot);
    const bool whole = m->left_out == 0 && m->code_count > 1;
    const size_t left_out = whole ? vintage_left_out(c->history, m, pivot) : 0;
    if (left_out > 0) {
        faults_warn(list, source_at(t->source_file_count ? t->source_files[0] : NULL, 0, 0),
                    M_VINTAGE_ANOTHER_LIST, (int)pivot, (int)m->most_complete, left_out);
    }
}

static status judge_match(vintage_converter *c, const vintage_role *r, const table *t, int32_t said,
                          const vintage_match *m, int32_t *vintage, faults *list)
{
    const int32_t pivot = c->options.pivot;
    if (said != VINTAGE_NONE) {
        *vintage = said;
        return absent_in(m, said) == 0 ? STATUS_OK : said_is_denied(c, r, t, said, m, list);
    }
    if (absent_in(m, pivot) == 0) {
        *vintage = pivot;
        warn_of_another_list(c, t, m, list);
        return STATUS_OK;
    }
    if (m->fit_count == 0) {
        return none_fits(c, r, t, m, vintage, list);
    }
    *vintage = vintage_nearest_fit(m, pivot);
    return r->by_people ? STATUS_OK : fits_agree(c, r, t, m, *vintage, list);
}

static status judge_table(vintage_converter *c, const vintage_role *r, const table *t, int32_t said,
                          int32_t *vintage, faults *list)
{
    error err;
    vintage_match m;
    status rc =
        fault_of(vintage_detect(c->history, t, r->codes, r->code_count, &m, &err), &err, list);
    if (rc == STATUS_OK) {
        rc = judge_match(c, r, t, said, &m, vintage, list);
        vintage_match_clear(&m);
    }
    return rc;
}

status converter_judge(vintage_converter *c, const char *role, const imported *in, int32_t said,
                       source_ref where, int32_t *vintage, faults *faults_list)
{
    const vintage_role *r = vintage_role_find(role);
    *vintage = said != VINTAGE_NONE ? said : c->options.pivot;
    if (!r || !in->rows || r->form == RECODE_RUN_ON) {
        return STATUS_OK;
    }
    if (c->history) {
        return judge_table(c, r, in->rows, said, vintage, faults_list);
    }
    if (said == VINTAGE_NONE) {
        faults_note(faults_list, where, M_VINTAGE_NOT_SAID, (int)c->options.pivot);
    }
    return STATUS_OK;
}

status converter_judge_table(vintage_converter *c, const table *t, const char *const *codes,
                             size_t code_count, int32_t said, int32_t *vintage, faults *faults_list)
{
    vintage_role r = {.role = "", .code_count = code_count};
    for (size_t i = 0; i < code_count && i < CARRY_CODES_MAX; i++) {
        r.codes[i] = codes[i];
    }
    *vintage = said != VINTAGE_NONE ? said : c->options.pivot;
    return c->history ? judge_table(c, &r, t, said, vintage, faults_list) : STATUS_OK;
}

status vintage_detect_role(const vintage_history *h, const char *role, const table *t,
                           vintage_match *out, error *err)
{
    const vintage_role *r = vintage_role_find(role);
    *out = (vintage_match){0};
    return r && r->form != RECODE_RUN_ON ? vintage_detect(h, t, r->codes, r->code_count, out, err)
                                         : STATUS_OK;
}
