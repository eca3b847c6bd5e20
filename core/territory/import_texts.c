/* What a source's own tools did to its texts (QUIRKS 7, 8, 10, 27): signs for "no value" and lost
 * zeros are put right and told; a broken encoding is told, since nobody can repair it here. Whole
 * columns are judged by their distinct texts. */
#include <string.h>

#include "table/damage.h"
#include "territory/importing.h"
#include "territory/messages.h"
#include "territory/support.h"

/* --- one text --- */

static bool is_absent_sign(const char *text)
{
    static const char *const signs[] = {"NA", "N/A", "#N/A", "NULL", "NaN"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (strcmp(text, signs[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Codes whose width is fixed, and that a JSON number or a spreadsheet cuts by their zero. */
static bool lost_its_zero(const char *column_name, const char *text)
{
    const size_t width = strcmp(column_name, "postcode") == 0      ? 4
                         : strcmp(column_name, "departement") == 0 ? 1
                                                                   : 0;
    return width && strlen(text) == width && strspn(text, "0123456789") == width;
}

static bool is_damaged(const char *text)
{
    damage found;
    return damage_find(text_slice_of(text, strlen(text)), false, 0, &found);
}

/* --- one column --- */

typedef enum text_verdict {
    TEXT_GOOD,
    TEXT_ABSENT,
    TEXT_ZERO,
    TEXT_DAMAGED,
    TEXT_VERDICTS
} text_verdict;

typedef struct judged_column {
    const column *from;
    uint8_t *verdict;            /* a word */
    size_t rows[TEXT_VERDICTS];  /* that hold such a word */
    size_t first[TEXT_VERDICTS]; /* the row whose text comes first by its bytes */
} judged_column;

static text_verdict verdict_of(const column *c, const char *text)
{
    return is_absent_sign(text)           ? TEXT_ABSENT
           : lost_its_zero(c->name, text) ? TEXT_ZERO
           : is_damaged(text)             ? TEXT_DAMAGED
                                          : TEXT_GOOD;
}

static bool judge_words(judged_column *j)
{
    bool all_good = true;
    for (uint32_t w = 0; w < j->from->words.count; w++) {
        j->verdict[w] = (uint8_t)verdict_of(j->from, words_at(&j->from->words, w));
        all_good = all_good && j->verdict[w] == TEXT_GOOD;
    }
    return all_good;
}

static void count_rows(judged_column *j, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        if (column_state(j->from, r) != VALUE_PRESENT) {
            continue;
        }
        const uint8_t v = j->verdict[j->from->at.u32[r]];
        if (v != TEXT_GOOD &&
            (j->rows[v]++ == 0 ||
             strcmp(column_text(j->from, r), column_text(j->from, j->first[v])) < 0)) {
            j->first[v] = r;
        }
    }
}

static void tell(const importing *r, const table *t, const judged_column *j)
{
    char shown[96];
    const char *name = j->from->name;
    if (j->rows[TEXT_ABSENT]) {
        faults_note(r->list, source_at(r->request->path, 0, 0), M_TERRITORY_TEXT_ABSENT, name,
                    j->rows[TEXT_ABSENT], column_text(j->from, j->first[TEXT_ABSENT]));
    }
    if (j->rows[TEXT_ZERO]) {
        faults_warn(r->list, source_at(r->request->path, 0, 0), M_TERRITORY_TEXT_ZERO, name,
                    j->rows[TEXT_ZERO], column_text(j->from, j->first[TEXT_ZERO]),
                    column_text(j->from, j->first[TEXT_ZERO]));
    }
    if (j->rows[TEXT_DAMAGED]) {
        const size_t row = j->first[TEXT_DAMAGED];
        const char *text = column_text(j->from, row);
        (void)text_escape(text_slice_of(text, strnlen(text, 60)), shown, sizeof shown);
        faults_warn(r->list, table_source(t, row), M_TERRITORY_TEXT_DAMAGED, name,
                    j->rows[TEXT_DAMAGED], shown);
    }
}

/* --- the table without its signs --- */

static status put_text(table_builder *b, size_t to, size_t row, const judged_column *j, error *err)
{
    char whole[8] = "0";
    const char *text = column_text(j->from, row);
    const text_verdict v = (text_verdict)j->verdict[j->from->at.u32[row]];
    if (v == TEXT_ABSENT) {
        return STATUS_OK;
    }
    if (v == TEXT_ZERO) {
        memcpy(whole + 1, text, strlen(text) + 1);
        text = whole;
    }
    return table_builder_text(b, to, row, text_slice_of(text, strlen(text)), err);
}

static status put_columns(table_builder *b, const table *t, const judged_column *judged,
                          size_t count, const size_t *to, error *err)
{
    status rc = STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        for (size_t row = 0; rc == STATUS_OK && row < t->rows; row++) {
            if (column_state(judged[i].from, row) == VALUE_PRESENT) {
                rc = put_text(b, to[i], row, &judged[i], err);
            }
        }
    }
    return rc;
}

static status rewrite(const importing *r, imported *in, const judged_column *judged, size_t count,
                      error *err)
{
    table_builder *b = NULL;
    table *made = NULL;
    size_t *to = arena_take(r->memory, count + 1, sizeof *to);
    const char **names = arena_take(r->memory, count + 1, sizeof *names);
    if (!to || !names) {
        return memory_error(err, count * sizeof *names);
    }
    status rc = table_builder_new(&b, in->rows->name, err);
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        const column *c = judged[i].from;
        const column_spec spec = {.name = c->name,
                                  .title_fr = c->title_fr,
                                  .title_en = c->title_en,
                                  .unit = c->unit,
                                  .type = COLUMN_TEXT,
                                  .decimals = c->decimals};
        names[i] = c->name;
        rc = table_builder_column(b, &spec, &to[i], err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_copy(b, in->rows, NULL, in->rows->rows, (const char *const *)names, err);
    }
    if (rc == STATUS_OK) {
        rc = put_columns(b, in->rows, judged, count, to, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, &made, err);
    }
    table_builder_free(b);
    if (rc == STATUS_OK) {
        table_free(in->rows);
        in->rows = made;
    }
    return rc;
}

status import_texts(const importing *r, imported *in)
{
    error err;
    status rc = STATUS_OK;
    size_t count = 0;
    judged_column *changed = NULL;
    const table *t = in->rows;
    rc = take_array(r->memory, t->column_count + 1, sizeof *changed, &changed, r->list);
    for (size_t c = 0; rc == STATUS_OK && c < t->column_count; c++) {
        judged_column j = {.from = &t->columns[c]};
        if (j.from->type != COLUMN_TEXT) {
            continue;
        }
        rc = take_array(r->memory, (size_t)j.from->words.count + 1, 1, &j.verdict, r->list);
        if (rc != STATUS_OK || judge_words(&j)) {
            continue;
        }
        count_rows(&j, t->rows);
        tell(r, t, &j);
        if (j.rows[TEXT_ABSENT] || j.rows[TEXT_ZERO]) {
            changed[count++] = j;
        }
    }
    if (rc == STATUS_OK && count) {
        rc = fault_of(rewrite(r, in, changed, count, &err), &err, r->list);
    }
    return rc;
}
