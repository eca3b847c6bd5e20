#include <stdlib.h>
#include <string.h>

#include "table/frozen.h"
#include "table/messages.h"

/* --- selection --- */

#define WORD_UNUSED UINT32_MAX

/* The words that a selection keeps, in order of first use. */
typedef struct word_map {
    uint32_t *to;   /* old word -> new word */
    uint32_t *kept; /* new word -> old word */
    uint32_t count;
    uint64_t bytes;
} word_map;

static status word_map_init(word_map *out, const column *c, const size_t *rows, size_t count,
                            error *err)
{
    out->to = memory_new(c->words.count, sizeof *out->to);
    out->kept = memory_new(c->words.count, sizeof *out->kept);
    if (!out->to || !out->kept)
        return memory_error(err, c->words.count * sizeof *out->to);
    memset(out->to, 0xff, c->words.count * sizeof *out->to);
    for (size_t i = 0; i < count; i++) {
        uint32_t word = c->at.u32[rows[i]];
        if ((c->state && c->state[rows[i]]) || out->to[word] != WORD_UNUSED)
            continue;
        out->to[word] = out->count;
        out->kept[out->count++] = word;
        out->bytes += c->words.start[word + 1] - c->words.start[word];
    }
    return STATUS_OK;
}

static void word_map_clear(word_map *m)
{
    memory_free(m->to);
    memory_free(m->kept);
}

static bool selection_has_absent(const column *c, const size_t *rows, size_t count)
{
    for (size_t i = 0; c->state && i < count; i++) {
        if (c->state[rows[i]])
            return true;
    }
    return false;
}

static status shape_selection(const column *c, const size_t *rows, size_t count, word_map *map,
                              frozen_column_shape *out, error *err)
{
    *out = (frozen_column_shape){.spec = {.name = c->name,
                                          .title_fr = c->title_fr,
                                          .title_en = c->title_en,
                                          .unit = c->unit,
                                          .type = c->type,
                                          .decimals = c->decimals},
                                 .has_state = selection_has_absent(c, rows, count)};
    if (c->type != COLUMN_TEXT)
        return STATUS_OK;
    status result = word_map_init(map, c, rows, count, err);
    out->word_count = map->count ? map->count : 1;
    out->word_bytes = map->count ? map->bytes : 1;
    return result;
}

static void fill_numbers(const shared_memory *m, size_t c, const column *from, const size_t *rows,
                         size_t count)
{
    void *values = frozen_values(m, c);
    if (from->type == COLUMN_U32) {
        uint32_t *to = values;
        for (size_t i = 0; i < count; i++)
            to[i] = from->at.u32[rows[i]];
    } else if (from->type == COLUMN_I64) {
        int64_t *to = values;
        for (size_t i = 0; i < count; i++)
            to[i] = from->at.i64[rows[i]];
    } else {
        double *to = values;
        for (size_t i = 0; i < count; i++)
            to[i] = from->at.f64[rows[i]];
    }
}

static void fill_texts(const shared_memory *m, size_t c, const column *from, const size_t *rows,
                       size_t count, const word_map *map)
{
    uint32_t *values = frozen_values(m, c);
    uint64_t *start = frozen_word_start(m, c);
    char *bytes = frozen_word_bytes(m, c);
    uint64_t at = 0;
    for (size_t i = 0; i < count; i++) {
        bool absent = from->state && from->state[rows[i]];
        values[i] = absent ? 0 : map->to[from->at.u32[rows[i]]];
    }
    for (uint32_t w = 0; w < map->count; w++) {
        uint64_t size = from->words.start[map->kept[w] + 1] - from->words.start[map->kept[w]];
        start[w] = at;
        memcpy(bytes + at, words_at(&from->words, map->kept[w]), (size_t)size);
        at += size;
    }
    start[map->count ? map->count : 1] = map->count ? at : 1;
}

static void fill_selection(const shared_memory *m, const table *t, const size_t *rows, size_t count,
                           const word_map *maps)
{
    for (size_t c = 0; c < t->column_count; c++) {
        const column *from = &t->columns[c];
        uint8_t *state = frozen_state(m, c);
        if (from->type == COLUMN_TEXT)
            fill_texts(m, c, from, rows, count, &maps[c]);
        else
            fill_numbers(m, c, from, rows, count);
        for (size_t i = 0; state && i < count; i++)
            state[i] = from->state[rows[i]];
    }
    uint32_t *file = frozen_source_file(m);
    uint64_t *row = frozen_source_row(m);
    for (size_t i = 0; file && i < count; i++) {
        file[i] = t->source_file[rows[i]];
        row[i] = t->source_row[rows[i]];
    }
}

status table_select(const table *t, const size_t *rows, size_t count, table **out, error *err)
{
    status result = STATUS_OK;
    shared_memory m = {.fd = -1};
    frozen_column_shape *shapes = memory_new(t->column_count, sizeof *shapes);
    word_map *maps = memory_new(t->column_count, sizeof *maps);
    *out = NULL;
    if (!shapes || !maps) {
        result = memory_error(err, t->column_count * sizeof *shapes);
        goto done;
    }
    for (size_t c = 0; result == STATUS_OK && c < t->column_count; c++)
        result = shape_selection(&t->columns[c], rows, count, &maps[c], &shapes[c], err);
    if (result != STATUS_OK)
        goto done;
    result = frozen_new(&m,
                        &(frozen_shape){.name = t->name,
                                        .rows = count,
                                        .column_count = t->column_count,
                                        .columns = shapes,
                                        .source_files = t->source_files,
                                        .source_file_count = t->source_file_count,
                                        .has_source = t->source_file != NULL},
                        err);
    if (result != STATUS_OK)
        goto done;
    fill_selection(&m, t, rows, count, maps);
    result = frozen_seal(&m, out, err);
done:
    for (size_t c = 0; maps && c < t->column_count; c++)
        word_map_clear(&maps[c]);
    memory_free(maps);
    memory_free(shapes);
    return result;
}

/* --- order: stable passes from the last key to the first, so that ties stay in row order --- */

typedef struct keyed_row {
    uint64_t key;
    size_t row;
} keyed_row;

static int compare_words(const void *a, const void *b, void *context)
{
    const words *w = context;
    return strcmp(words_at(w, *(const uint32_t *)a), words_at(w, *(const uint32_t *)b));
}

/* rank[word] in the order of bytes. */
static status words_rank(const words *w, uint32_t **out, error *err)
{
    uint32_t *sorted = memory_new(w->count, sizeof *sorted);
    uint32_t *rank = memory_new(w->count, sizeof *rank);
    *out = rank;
    if (!sorted || !rank) {
        memory_free(sorted);
        return memory_error(err, w->count * sizeof *rank);
    }
    for (uint32_t i = 0; i < w->count; i++)
        sorted[i] = i;
    words view = *w;
    qsort_r(sorted, w->count, sizeof *sorted, compare_words, &view);
    for (uint32_t i = 0; i < w->count; i++)
        rank[sorted[i]] = i;
    memory_free(sorted);
    return STATUS_OK;
}

/* Unsigned keys in the order of the doubles; -0 and 0 are one value. */
static uint64_t f64_key(double value)
{
    uint64_t bits = 0;
    double plain = value + 0.0;
    memcpy(&bits, &plain, sizeof bits);
    return bits >> 63 ? ~bits : bits | (UINT64_C(1) << 63);
}

static uint64_t column_key(const column *c, const uint32_t *rank, size_t row)
{
    switch (c->type) {
    case COLUMN_F64:
        return f64_key(c->at.f64[row]);
    case COLUMN_I64:
        return (uint64_t)c->at.i64[row] ^ (UINT64_C(1) << 63);
    case COLUMN_U32:
        return c->at.u32[row];
    case COLUMN_TEXT:
        break;
    }
    return rank[c->at.u32[row]];
}

static void radix_pass(const keyed_row *from, keyed_row *to, size_t count, unsigned shift,
                       const size_t *histogram)
{
    size_t start[256];
    size_t at = 0;
    for (size_t d = 0; d < 256; d++) {
        start[d] = at;
        at += histogram[d];
    }
    for (size_t i = 0; i < count; i++)
        to[start[from[i].key >> shift & 0xff]++] = from[i];
}

/* Sorts by key, stable; `rows` holds the result, `spare` is scratch. */
static void radix_sort(keyed_row *rows, keyed_row *spare, size_t count)
{
    size_t histogram[8][256] = {{0}};
    keyed_row *from = rows, *to = spare;
    for (size_t i = 0; i < count; i++) {
        for (unsigned d = 0; d < 8; d++)
            histogram[d][rows[i].key >> (8 * d) & 0xff]++;
    }
    for (unsigned d = 0; count && d < 8; d++) {
        if (histogram[d][from[0].key >> (8 * d) & 0xff] == count)
            continue;
        radix_pass(from, to, count, 8 * d, histogram[d]);
        keyed_row *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != rows)
        memcpy(rows, from, count * sizeof *rows);
}

/* Stable: present rows first. */
static void absent_last(const column *c, keyed_row *rows, keyed_row *spare, size_t count)
{
    size_t present = 0, absent = 0;
    if (!c->state)
        return;
    for (size_t i = 0; i < count; i++) {
        if (c->state[rows[i].row])
            spare[absent++] = rows[i];
        else
            rows[present++] = rows[i];
    }
    memcpy(rows + present, spare, absent * sizeof *rows);
}

static status order_by(const column *c, keyed_row *rows, keyed_row *spare, size_t count, error *err)
{
    uint32_t *rank = NULL;
    if (c->type == COLUMN_TEXT) {
        status result = words_rank(&c->words, &rank, err);
        if (result != STATUS_OK) {
            memory_free(rank);
            return result;
        }
    }
    for (size_t i = 0; i < count; i++)
        rows[i].key = column_key(c, rank, rows[i].row);
    radix_sort(rows, spare, count);
    absent_last(c, rows, spare, count);
    memory_free(rank);
    return STATUS_OK;
}

status table_order(const table *t, const char *const *names, size_t name_count, size_t *order,
                   error *err)
{
    status result = STATUS_OK;
    keyed_row *rows = memory_new(t->rows, sizeof *rows);
    keyed_row *spare = memory_new(t->rows, sizeof *spare);
    if (!rows || !spare) {
        result = memory_error(err, t->rows * sizeof *rows);
        goto done;
    }
    for (size_t i = 0; i < t->rows; i++)
        rows[i].row = i;
    for (size_t n = name_count; n-- > 0;) {
        const column *c = table_find(t, names[n]);
        result = c ? order_by(c, rows, spare, t->rows, err)
                   : error_set(err, STATUS_INPUT, M_TABLE_NO_COLUMN, t->name, names[n]);
        if (result != STATUS_OK)
            goto done;
    }
    for (size_t i = 0; i < t->rows; i++)
        order[i] = rows[i].row;
done:
    memory_free(rows);
    memory_free(spare);
    return result;
}
