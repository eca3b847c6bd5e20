#include <inttypes.h>
#include <string.h>

#include "base/hash.h"
#include "table/messages.h"
#include "table/table.h"

enum { CODE_MAX_FAULTS = 50 };

struct code_index {
    const words *words; /* of the indexed column: the table outlives the index */
    uint32_t *row_of;   /* word -> row */
    uint32_t *slots;    /* open addressing, word + 1; 0: free */
    size_t mask;
};

static size_t slots_wanted(uint32_t count)
{
    size_t n = 16;
    while (n < (size_t)count * 2)
        n *= 2;
    return n;
}

static size_t slot_of(const code_index *x, const char *code, size_t size)
{
    size_t at = (size_t)hash_bytes(code, size, 0) & x->mask;
    while (x->slots[at] && strcmp(words_at(x->words, x->slots[at] - 1), code) != 0)
        at = (at + 1) & x->mask;
    return at;
}

static void refuse_repeat(faults *list, const table *t, const column *c, size_t row, uint32_t first)
{
    source_ref at = table_source(t, row), before = table_source(t, first);
    uint64_t line = at.file ? before.line : first + UINT64_C(1);
    (void)faults_refuse(list, at.file ? at : source_at(t->name, row + 1, 0), M_CODE_REPEATED,
                        column_text(c, row), c->name, line);
}

/* A repeated code keeps its first row while the others are reported. */
static status index_rows(code_index *x, const table *t, const column *c, faults *list)
{
    size_t repeats = 0;
    for (size_t r = 0; r < t->rows; r++) {
        uint32_t word = c->at.u32[r];
        if (c->state && c->state[r])
            continue;
        if (x->row_of[word] == ROW_NONE) {
            x->row_of[word] = (uint32_t)r;
            x->slots[slot_of(x, words_at(&c->words, word), strlen(words_at(&c->words, word)))] =
                word + 1;
        } else if (repeats++ < CODE_MAX_FAULTS) {
            refuse_repeat(list, t, c, r, x->row_of[word]);
        }
    }
    if (repeats > CODE_MAX_FAULTS)
        (void)faults_refuse(list, source_at(table_source(t, 0).file, 0, 0), M_CODE_REPEATED_MORE,
                            repeats - CODE_MAX_FAULTS, c->name);
    return repeats ? STATUS_INPUT : STATUS_OK;
}

static status code_index_make(code_index **out, const table *t, const column *c, error *err)
{
    code_index *x = memory_new(1, sizeof *x);
    *out = x;
    if (!x)
        return memory_error(err, sizeof *x);
    size_t slots = slots_wanted(c->words.count);
    x->words = &c->words;
    x->mask = slots - 1;
    x->slots = memory_new(slots, sizeof *x->slots);
    x->row_of = memory_new(c->words.count, sizeof *x->row_of);
    if (!x->slots || !x->row_of)
        return memory_error(err, slots * sizeof *x->slots);
    memset(x->row_of, 0xff, c->words.count * sizeof *x->row_of);
    if (t->rows >= ROW_NONE)
        return error_set(err, STATUS_INPUT, M_TABLE_TOO_MANY_ROWS, t->name, t->rows);
    return STATUS_OK;
}

status code_index_new(code_index **out, const table *t, const char *name, faults *faults_list)
{
    error err = {0};
    code_index *x = NULL;
    const column *c = table_find(t, name);
    *out = NULL;
    if (!c)
        return faults_refuse(faults_list, SOURCE_NONE, M_TABLE_NO_COLUMN, t->name, name);
    if (c->type != COLUMN_TEXT)
        return faults_refuse(faults_list, SOURCE_NONE, M_TABLE_COLUMN_NOT_TEXT, name, t->name);
    status result = code_index_make(&x, t, c, &err);
    if (result != STATUS_OK)
        result = faults_add_error(faults_list, SOURCE_NONE, &err);
    else
        result = index_rows(x, t, c, faults_list);
    if (result != STATUS_OK) {
        code_index_free(x);
        return result;
    }
    *out = x;
    return STATUS_OK;
}

void code_index_free(code_index *x)
{
    if (!x)
        return;
    memory_free(x->row_of);
    memory_free(x->slots);
    memory_free(x);
}

uint32_t code_index_find(const code_index *x, const char *code)
{
    uint32_t slot = x->slots[slot_of(x, code, strlen(code))];
    return slot ? x->row_of[slot - 1] : ROW_NONE;
}
