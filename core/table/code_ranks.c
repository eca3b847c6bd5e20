#include "table/code_ranks.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

struct code_ranks {
    interner *codes;
    text_slice *sorted;
    uint32_t *rank_of; /* by number in `codes` */
    uint32_t **of_words;
    size_t column_count;
};

void code_ranks_free(code_ranks *r)
{
    if (!r)
        return;
    for (size_t c = 0; r->of_words && c < r->column_count; c++)
        memory_free(r->of_words[c]);
    interner_free(r->codes);
    memory_free(r->sorted);
    memory_free(r->rank_of);
    memory_free(r->of_words);
    memory_free(r);
}

static int compare_slices(const void *a, const void *b)
{
    return text_compare(*(const text_slice *)a, *(const text_slice *)b);
}

/* The number of each word in `codes`, to become its rank. */
static status add_words(code_ranks *r, size_t c, const words *w, error *err)
{
    status result = STATUS_OK;
    r->of_words[c] = memory_new(w->count, sizeof *r->of_words[c]);
    if (!r->of_words[c])
        return memory_error(err, w->count * sizeof *r->of_words[c]);
    for (uint32_t i = 0; result == STATUS_OK && i < w->count; i++) {
        text_slice s = text_slice_of(words_at(w, i), (size_t)(w->start[i + 1] - w->start[i] - 1));
        result = interner_add(r->codes, s, &r->of_words[c][i], err);
    }
    return result;
}

static status rank(code_ranks *r, error *err)
{
    uint32_t count = interner_count(r->codes);
    r->sorted = memory_new(count, sizeof *r->sorted);
    r->rank_of = memory_new(count, sizeof *r->rank_of);
    if (!r->sorted || !r->rank_of)
        return memory_error(err, count * sizeof *r->sorted);
    for (uint32_t i = 0; i < count; i++)
        r->sorted[i] = interner_at(r->codes, i);
    qsort(r->sorted, count, sizeof *r->sorted, compare_slices);
    for (uint32_t i = 0; i < count; i++)
        r->rank_of[interner_find(r->codes, r->sorted[i])] = i;
    return STATUS_OK;
}

static status fill(code_ranks *r, const column *const *columns, const char *const *others,
                   size_t other_count, error *err)
{
    status result = interner_new(&r->codes, err);
    uint32_t number = 0;
    for (size_t c = 0; result == STATUS_OK && c < r->column_count; c++) {
        if (columns[c])
            result = add_words(r, c, &columns[c]->words, err);
    }
    for (size_t i = 0; result == STATUS_OK && i < other_count; i++)
        result = interner_add(r->codes, text_slice_of(others[i], strlen(others[i])), &number, err);
    if (result == STATUS_OK)
        result = rank(r, err);
    for (size_t c = 0; result == STATUS_OK && c < r->column_count; c++) {
        for (uint32_t i = 0; columns[c] && i < columns[c]->words.count; i++)
            r->of_words[c][i] = r->rank_of[r->of_words[c][i]];
    }
    return result;
}

status code_ranks_new(code_ranks **out, const column *const *columns, size_t column_count,
                      const char *const *others, size_t other_count, error *err)
{
    *out = NULL;
    code_ranks *r = memory_new(1, sizeof *r);
    if (!r)
        return memory_error(err, sizeof *r);
    r->column_count = column_count;
    r->of_words = memory_new(column_count, sizeof(uint32_t *));
    status result = r->of_words ? fill(r, columns, others, other_count, err)
                                : memory_error(err, column_count * sizeof(uint32_t *));
    if (result != STATUS_OK) {
        code_ranks_free(r);
        return result;
    }
    *out = r;
    return STATUS_OK;
}

uint32_t code_ranks_count(const code_ranks *r)
{
    return interner_count(r->codes);
}

text_slice code_ranks_at(const code_ranks *r, uint32_t rank_wanted)
{
    return r->sorted[rank_wanted];
}

const uint32_t *code_ranks_of_words(const code_ranks *r, size_t c)
{
    return r->of_words[c];
}

uint32_t code_ranks_find(const code_ranks *r, const char *code)
{
    uint32_t number = interner_find(r->codes, text_slice_of(code, strlen(code)));
    return number == INTERN_NONE ? UINT32_MAX : r->rank_of[number];
}
