#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage.h"

static void count_absent(const vintage_history *h, const char *code, uint32_t *absent,
                         vintage_match *out)
{
    size_t years = 0;
    for (int32_t year = out->first; year <= out->last; year++) {
        const code_standing standing = vintage_code_at(h, code, year);
        if (standing == CODE_UNKNOWN) {
            out->unknown++;
            break;
        }
        absent[year - out->first] += standing == CODE_ANOTHER_YEAR;
        years++;
    }
    out->codes += years > 0;
}

static bool is_nearer(const vintage_year *a, const vintage_year *b)
{
    return a->absent != b->absent ? a->absent < b->absent : a->year > b->year;
}

static void rank_years(vintage_match *out)
{
    size_t kept = 0;
    for (int32_t year = out->first; year <= out->last; year++) {
        vintage_year one = {year, out->absent[year - out->first]};
        if (one.absent == 0) {
            out->fit_count++;
            out->first_fit = out->first_fit == VINTAGE_NONE ? year : out->first_fit;
            out->last_fit = year;
        }
        for (size_t i = 0; i < VINTAGE_NEAREST; i++) {
            if (i == kept || is_nearer(&one, &out->nearest[i])) {
                const vintage_year pushed = out->nearest[i];
                out->nearest[i] = one;
                one = pushed;
                if (i == kept) {
                    kept++;
                    break;
                }
            }
        }
    }
}

/* The first code of the file in a département, or none. */
static bool names_departement(const vintage_match *m, const char *code)
{
    char departement[DEPARTEMENT_CODE_BYTES];
    size_t low = 0;
    size_t high = m->code_count;
    departement_of_commune(code, departement);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(m->code[middle], departement) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < m->code_count && strncmp(m->code[low], departement, strlen(departement)) == 0;
}

size_t vintage_left_out(const vintage_history *h, const vintage_match *m, int32_t year)
{
    size_t left_out = 0;
    for (size_t c = 0; c < h->code_count; c++) {
        left_out += vintage_code_at(h, h->code[c], year) == CODE_STANDS &&
                    sorted_find(m->code, m->code_count, h->code[c]) == m->code_count &&
                    names_departement(m, h->code[c]);
    }
    return left_out;
}

static void find_most_complete(const vintage_history *h, vintage_match *out)
{
    for (int32_t year = out->first; year <= out->last; year++) {
        if (vintage_fits(out, year)) {
            const size_t left_out = vintage_left_out(h, out, year);
            if (out->most_complete == VINTAGE_NONE || left_out <= out->left_out) {
                out->most_complete = year;
                out->left_out = left_out;
            }
        }
    }
}

static size_t codes_in(const column *c)
{
    size_t count = 0;
    for (uint32_t k = 0; c && k < c->words.count; k++) {
        size_t size = 0;
        for (const char *at = words_at(&c->words, k); *(at = code_list_next(at, &size));
             at += size) {
            count++;
        }
    }
    return count;
}

/* Adds the codes of one word; a word that is one code is not copied. */
static bool add_codes(const char *word, arena *into, const char **codes, size_t *count)
{
    size_t size = 0;
    for (const char *at = word; *(at = code_list_next(at, &size)); at += size) {
        const char *one = at[size] ? arena_text_n(into, at, size) : at;
        const char *commune = one ? commune_of_arrondissement(one) : NULL;
        codes[(*count)++] = commune ? commune : one;
        if (!one) {
            return false;
        }
    }
    return true;
}

/* Distinct codes of several columns, arrondissements as their commune. */
static status distinct_codes(const table *t, const char *const *columns, size_t column_count,
                             arena *into, const char ***codes, size_t *count, error *err)
{
    size_t most = 0;
    *count = 0;
    for (size_t i = 0; i < column_count; i++) {
        most += codes_in(text_column(t, columns[i]));
    }
    *codes = arena_take(into, most + 1, sizeof **codes);
    if (!*codes) {
        return memory_error(err, most * sizeof **codes);
    }
    size_t all = 0;
    for (size_t i = 0; i < column_count; i++) {
        const column *c = text_column(t, columns[i]);
        for (uint32_t k = 0; c && k < c->words.count; k++) {
            if (!add_codes(words_at(&c->words, k), into, *codes, &all)) {
                return memory_error(err, COMMUNE_CODE_BYTES);
            }
        }
    }
    qsort(*codes, all, sizeof **codes, compare_texts);
    for (size_t i = 0; i < all; i++) {
        if (!*count || strcmp((*codes)[*count - 1], (*codes)[i]) != 0) {
            (*codes)[(*count)++] = (*codes)[i];
        }
    }
    return STATUS_OK;
}

status vintage_detect(const vintage_history *h, const table *t, const char *const *columns,
                      size_t column_count, vintage_match *out, error *err)
{
    const char **codes = NULL;
    size_t count = 0;
    *out = (vintage_match){.first = h->first_year - 1, .last = h->last_year};
    status rc = arena_new(&out->memory, err);
    if (rc == STATUS_OK) {
        rc = distinct_codes(t, columns, column_count, out->memory, &codes, &count, err);
    }
    uint32_t *absent = NULL;
    if (rc == STATUS_OK) {
        absent = arena_take(out->memory, (size_t)(out->last - out->first + 1), sizeof *absent);
        rc = absent ? STATUS_OK : memory_error(err, sizeof *absent);
    }
    if (rc != STATUS_OK) {
        vintage_match_clear(out);
        return rc;
    }
    out->absent = absent;
    for (size_t i = 0; i < count; i++) {
        count_absent(h, codes[i], absent, out);
    }
    out->code = (const char *const *)codes;
    out->code_count = count;
    rank_years(out);
    find_most_complete(h, out);
    return STATUS_OK;
}

void vintage_match_clear(vintage_match *m)
{
    arena_free(m->memory);
    *m = (vintage_match){0};
}

int32_t vintage_nearest_fit(const vintage_match *m, int32_t wanted)
{
    int32_t best = VINTAGE_NONE;
    for (int32_t year = m->first; year <= m->last; year++) {
        const bool nearer =
            best == VINTAGE_NONE || labs((long)year - wanted) <= labs((long)best - wanted);
        best = vintage_fits(m, year) && nearer ? year : best;
    }
    return best;
}

void vintage_fits_print(const vintage_match *m, char *buffer, size_t size)
{
    size_t used = 0;
    buffer[0] = '\0';
    for (int32_t year = m->first; year <= m->last; year++) {
        int32_t end = year;
        while (vintage_fits(m, year) && vintage_fits(m, end + 1)) {
            end++;
        }
        if (vintage_fits(m, year) && used + 16 < size) {
            used += (size_t)(end > year ? snprintf(buffer + used, size - used, "%s%d-%d",
                                                   used ? ", " : "", (int)year, (int)end)
                                        : snprintf(buffer + used, size - used, "%s%d",
                                                   used ? ", " : "", (int)year));
        }
        year = end;
    }
}

void vintage_nearest_print(const vintage_match *m, char *buffer, size_t size)
{
    (void)snprintf(buffer, size, "%d (%zu), %d (%zu), %d (%zu)", (int)m->nearest[0].year,
                   m->nearest[0].absent, (int)m->nearest[1].year, m->nearest[1].absent,
                   (int)m->nearest[2].year, m->nearest[2].absent);
}
