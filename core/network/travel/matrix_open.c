/* Which rows of a matrix serve the run, what became of the others, and what is told. */
#include <string.h>

#include "network/messages.h"
#include "network/travel/matrix_work.h"

/* --- which rows serve --- */

/* What a word of `from` or `to` is to this run. */
typedef enum word_use { WORD_UNKNOWN, WORD_ELSEWHERE, WORD_SERVES, WORD_UNKNOWN_TOLD } word_use;

typedef struct word_uses {
    uint8_t *from, *to;               /* word_use */
    uint8_t *from_wanted, *to_wanted; /* 1: serves */
} word_uses;

static void uses_clear(word_uses *u)
{
    memory_free(u->from);
    memory_free(u->to);
    memory_free(u->from_wanted);
    memory_free(u->to_wanted);
}

static word_use use_of(const travel_points *p, bool serves, const char *code)
{
    if (serves)
        return WORD_SERVES;
    return p->commune_exists && p->commune_exists(p->commune_context, code) ? WORD_ELSEWHERE
                                                                            : WORD_UNKNOWN;
}

static status uses_make(const matrix_state *s, const travel_points *p, const column *from,
                        const column *to, word_uses *u, error *err)
{
    const uint32_t froms = from->words.count, tos = to->words.count;
    u->from = memory_new(froms, 1);
    u->to = memory_new(tos, 1);
    u->from_wanted = memory_new(froms, 1);
    u->to_wanted = memory_new(tos, 1);
    if (!u->from || !u->to || !u->from_wanted || !u->to_wanted)
        return memory_error(err, 2 * ((size_t)froms + tos));
    for (size_t i = 0; i < p->place_count; i++)
        if (s->place_to[i] != MATRIX_NONE)
            u->to_wanted[s->place_to[i]] = 1;
    for (size_t v = 0; v < p->venue_count; v++)
        if (s->venue_to[v] != MATRIX_NONE)
            u->to_wanted[s->venue_to[v]] = 1;
    for (uint32_t f = 0; f < froms; f++) {
        u->from_wanted[f] = s->first_place[f] != MATRIX_NONE;
        u->from[f] = (uint8_t)use_of(p, u->from_wanted[f] != 0, words_at(&from->words, f));
    }
    for (size_t v = 0; v < p->venue_count; v++) { /* a row that leaves a venue serves nobody */
        const uint32_t back = matrix_word(s->from_words, p->venue_id ? p->venue_id[v] : NULL);
        if (back != MATRIX_NONE && !u->from_wanted[back])
            u->from[back] = WORD_ELSEWHERE;
    }
    for (uint32_t t = 0; t < tos; t++)
        u->to[t] = (uint8_t)use_of(p, u->to_wanted[t] != 0, words_at(&to->words, t));
    return STATUS_OK;
}

/* How the rows of the file end. */
typedef struct row_counts {
    size_t rejected, unknown_again, elsewhere;
} row_counts;

/* The first row of each unknown code is rejected by its line; the others are counted. */
static status reject_row(const table *t, size_t row, const column *c, uint8_t *use, ledger *balance,
                         size_t entry, row_counts *n, error *err)
{
    if (*use == WORD_UNKNOWN_TOLD || !balance) {
        n->unknown_again++;
        return STATUS_OK;
    }
    *use = WORD_UNKNOWN_TOLD;
    n->rejected++;
    return ledger_reject(balance, entry, table_source(t, row).line, 1, column_text(c, row), err,
                         M_LEDGER_CODE_UNKNOWN);
}

static status rows_count(const table *t, const column *from, const column *to, word_uses *u,
                         ledger *balance, size_t entry, row_counts *n, error *err)
{
    status result = STATUS_OK;
    uint8_t empty[2] = {WORD_UNKNOWN, WORD_UNKNOWN}; /* rows without a code */
    for (size_t row = 0; row < t->rows && result == STATUS_OK; row++) {
        uint8_t *a = column_state(from, row) ? &empty[0] : &u->from[from->at.u32[row]];
        uint8_t *b = column_state(to, row) ? &empty[1] : &u->to[to->at.u32[row]];
        if (*a == WORD_UNKNOWN || *a == WORD_UNKNOWN_TOLD)
            result = reject_row(t, row, from, a, balance, entry, n, err);
        else if (*b == WORD_UNKNOWN || *b == WORD_UNKNOWN_TOLD)
            result = reject_row(t, row, to, b, balance, entry, n, err);
        else if (*a == WORD_ELSEWHERE || *b == WORD_ELSEWHERE)
            n->elsewhere++;
    }
    return result;
}

static status ignore(ledger *balance, size_t entry, size_t rows, error *err, const char *fr,
                     const char *en)
{
    return rows > 0 ? ledger_ignore(balance, entry, rows, (double)rows, err, fr, en) : STATUS_OK;
}

static status balance_fill(const matrix_state *s, const table *t, ledger *balance, size_t entry,
                           const row_counts *n, error *err)
{
    if (!balance)
        return STATUS_OK;
    ledger_read(balance, entry, t->rows, (double)t->rows);
    ledger_use(balance, entry, s->rows.count, (double)s->rows.count);
    status result = ignore(balance, entry, n->unknown_again, err, M_LEDGER_CODE_AGAIN);
    if (result == STATUS_OK)
        result = ignore(balance, entry, n->elsewhere, err, M_LEDGER_PAIR_ELSEWHERE);
    if (result == STATUS_OK)
        result = ignore(balance, entry, s->rows.twice, err, M_LEDGER_PAIR_TWICE);
    return result;
}

/* --- opening --- */

static void matrix_facts(cost_engine *e, const table *t, const row_counts *n)
{
    const matrix_state *s = e->provider_state;
    costs_facts *f = &e->facts;
    facts_add(f, "rows_in_file", "%zu", t->rows);
    facts_add(f, "rows_used", "%zu", s->rows.count);
    facts_add(f, "rows_twice_the_same", "%zu", s->rows.twice);
    facts_add(f, "rows_elsewhere", "%zu", n->elsewhere);
    facts_add(f, "rows_of_unknown_codes", "%zu", n->rejected + n->unknown_again);
    facts_add(f, "codes_from", "%zu", s->rows.from_count);
    facts_add(f, "codes_to", "%zu", s->rows.to_count);
    facts_add(f, "rows_without_minutes", "%zu", s->rows.without_minutes);
    facts_add(f, "rows_without_km", "%zu", s->rows.without_km);
    facts_add(f, "places_by_code", "%zu", s->place_by[BY_PLACE]);
    facts_add(f, "places_by_commune", "%zu", s->place_by[BY_COMMUNE]);
    facts_add(f, "places_not_in_matrix", "%zu", s->place_by[BY_NOTHING]);
    facts_add(f, "venues_by_id", "%zu", s->venue_by[BY_ID]);
    facts_add(f, "venues_by_place", "%zu", s->venue_by[BY_PLACE]);
    facts_add(f, "venues_by_commune", "%zu", s->venue_by[BY_COMMUNE]);
    facts_add(f, "venues_not_in_matrix", "%zu", s->venue_by[BY_NOTHING]);
}

/* A matrix of elsewhere would make a white zone of the whole territory. */
static status judge_cover(const cost_engine *e, const table *t, faults *list)
{
    const matrix_state *s = e->provider_state;
    const source_ref at = source_at(e->mode.path, 0, 0);
    const unsigned long long places = e->points.place_count, venues = e->points.venue_count;
    const unsigned long long missing = s->place_by[BY_NOTHING];
    const unsigned long long lost = s->venue_by[BY_NOTHING];
    if (s->rows.count == 0)
        return faults_refuse(list, at, M_MATRIX_NOTHING, e->mode.id,
                             t->rows > 0 ? column_text(table_find(t, "from"), 0) : "",
                             t->rows > 0 ? column_text(table_find(t, "to"), 0) : "");
    if (missing > places / 2)
        return faults_refuse(list, at, M_MATRIX_ELSEWHERE, e->mode.id, missing, places);
    if (missing > 0)
        faults_warn(list, at, M_MATRIX_PLACES, e->mode.id, missing, places);
    if (lost > 0)
        faults_warn(list, at, M_MATRIX_VENUES, e->mode.id, lost, venues);
    if (s->rows.without_km > 0)
        faults_warn(list, at, M_MATRIX_NO_KM, e->mode.id, (unsigned long long)s->rows.without_km,
                    (unsigned long long)s->rows.count);
    return STATUS_OK;
}

static status rows_open(cost_engine *e, const column *from, const column *to, ledger *balance,
                        faults *list)
{
    error err = {0};
    matrix_state *s = e->provider_state;
    const table *t = e->mode.matrix;
    word_uses u = {0};
    row_counts n = {0};
    size_t entry = 0;
    status result = uses_make(s, &e->points, from, to, &u, &err);
    if (result == STATUS_OK && balance)
        result = ledger_open(balance, "matrix", e->mode.path, &entry, &err);
    if (result == STATUS_OK)
        result = rows_count(t, from, to, &u, balance, entry, &n, &err);
    if (result != STATUS_OK) {
        result = faults_add_error(list, SOURCE_NONE, &err);
        goto done;
    }
    result = matrix_rows_take(t, u.from_wanted, u.to_wanted, &s->rows, list);
    if (result != STATUS_OK)
        goto done;
    matrix_facts(e, t, &n);
    result = balance_fill(s, t, balance, entry, &n, &err)
                 ? faults_add_error(list, SOURCE_NONE, &err)
                 : judge_cover(e, t, list);
done:
    uses_clear(&u);
    return result;
}

status matrix_open(cost_engine *e, ledger *balance, faults *faults_list)
{
    error err = {0};
    const column *from = NULL, *to = NULL;
    matrix_state *s = memory_new(1, sizeof *s);
    e->provider_state = s;
    status result = s ? STATUS_OK : memory_error(&err, sizeof *s);
    if (result == STATUS_OK)
        result = table_column(e->mode.matrix, "from", COLUMN_TEXT, &from, &err);
    if (result == STATUS_OK)
        result = table_column(e->mode.matrix, "to", COLUMN_TEXT, &to, &err);
    if (result == STATUS_OK)
        result = matrix_codes_make(s, &e->points, from, to, &err);
    return result == STATUS_OK ? rows_open(e, from, to, balance, faults_list)
                               : faults_add_error(faults_list, SOURCE_NONE, &err);
}
