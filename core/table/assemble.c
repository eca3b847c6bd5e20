/* Gathered chunks to one frozen table: their words are merged in the order of the chunks, which is
 * that of the rows, so that every word has the number that one reader alone would give it. */
#include <string.h>

#include "base/blocks.h"
#include "base/hash.h"
#include "table/frozen.h"
#include "table/gather.h"
#include "table/messages.h"

typedef struct assembly {
    reading *reading;
    gathered *all;
    size_t count; /* chunks */
    size_t rows;
    size_t *first_row;     /* of each chunk */
    interner **words;      /* one a text column, else NULL */
    uint32_t **renumbered; /* of chunk i, column c at [i * column_count + c]: NULL, not text */
    frozen_column_shape *shapes;
    shared_memory memory;
} assembly;

static uint32_t **renumbered_at(const assembly *a, size_t chunk, size_t c)
{
    return &a->renumbered[chunk * a->reading->column_count + c];
}

/* --- words --- */

static status merge_chunk(assembly *a, size_t c, size_t chunk, error *err)
{
    chunk_words *w = &a->all[chunk].columns[c].words;
    uint32_t *numbers = memory_new(w->count, sizeof *numbers);
    *renumbered_at(a, chunk, c) = numbers;
    if (!numbers)
        return memory_error(err, w->count * sizeof *numbers);
    status result = STATUS_OK;
    for (uint32_t i = 0; result == STATUS_OK && i < w->count; i++)
        result = interner_add(a->words[c], w->texts[i], &numbers[i], err);
    chunk_words_clear(w);
    return result;
}

static bool is_missing_somewhere(const assembly *a, size_t c)
{
    for (size_t i = 0; i < a->count; i++) {
        if (a->all[i].rows && a->all[i].columns[c].state)
            return true;
    }
    return false;
}

static status shape_column(void *context, block b, error *err)
{
    assembly *a = context;
    size_t c = b.begin;
    const wanted_column *w = a->reading->columns[c].wanted;
    status result = STATUS_OK;
    a->shapes[c] = (frozen_column_shape){.spec = {.name = w->name,
                                                  .title_fr = w->title_fr,
                                                  .title_en = w->title_en,
                                                  .unit = w->unit,
                                                  .type = w->type,
                                                  .decimals = w->decimals},
                                         .has_state = is_missing_somewhere(a, c)};
    if (w->type != COLUMN_TEXT)
        return STATUS_OK;
    result = interner_new(&a->words[c], err);
    for (size_t i = 0; result == STATUS_OK && i < a->count; i++) {
        if (a->all[i].rows)
            result = merge_chunk(a, c, i, err);
    }
    return result == STATUS_OK
               ? frozen_shape_words(&a->shapes[c], a->words[c], a->reading->file, err)
               : result;
}

/* --- filling --- */

static void fill_texts(const assembly *a, size_t chunk, size_t c, uint32_t *out)
{
    const gathered *g = &a->all[chunk];
    const gathered_column *k = &g->columns[c];
    const uint32_t *numbers = *renumbered_at(a, chunk, c);
    for (size_t r = 0; r < g->rows; r++)
        out[r] = k->state && k->state[r] ? 0 : numbers[k->values.u32[r]];
}

static void fill_lines(const assembly *a, size_t chunk)
{
    const gathered *g = &a->all[chunk];
    uint64_t *out = frozen_source_row(&a->memory) + a->first_row[chunk];
    for (size_t r = 0; r < g->rows; r++)
        out[r] = g->first_line + (g->line ? g->line[r] : r);
}

/* Each chunk's own memory goes as soon as it is copied. */
static status fill_chunk(void *context, block b, error *err)
{
    const assembly *a = context;
    gathered *g = &a->all[b.begin];
    size_t first = a->first_row[b.begin];
    (void)err;
    if (!g->rows)
        return STATUS_OK;
    for (size_t c = 0; c < a->reading->column_count; c++) {
        gathered_column *k = &g->columns[c];
        size_t size = column_value_size(a->shapes[c].spec.type);
        char *values = frozen_values(&a->memory, c);
        uint8_t *state = frozen_state(&a->memory, c);
        if (a->shapes[c].spec.type == COLUMN_TEXT)
            fill_texts(a, b.begin, c, (uint32_t *)(void *)values + first);
        else
            memcpy(values + first * size, k->values.any, g->rows * size);
        if (state && k->state) /* the block is zeroed: present */
            memcpy(state + first, k->state, g->rows);
        memory_free(k->values.any);
        memory_free(k->state);
        *k = (gathered_column){0};
    }
    fill_lines(a, b.begin);
    return STATUS_OK;
}

static status fill(assembly *a, error *err)
{
    const reading *r = a->reading;
    const char *slash = strrchr(r->file, '/');
    const frozen_shape shape = {.name = slash ? slash + 1 : r->file,
                                .rows = a->rows,
                                .column_count = r->column_count,
                                .columns = a->shapes,
                                .source_files = &r->file,
                                .source_file_count = 1,
                                .has_source = true};
    status result = frozen_new(&a->memory, &shape, err);
    for (size_t c = 0; result == STATUS_OK && c < r->column_count; c++) {
        if (a->words[c])
            frozen_fill_words(&a->memory, c, a->words[c]);
    }
    if (result == STATUS_OK) /* source_file: 0 is the only file */
        result = blocks_run(a->count, 1, r->survey.threads, NULL, fill_chunk, a, err);
    return result;
}

static status prepare(assembly *a, error *err)
{
    size_t columns = a->reading->column_count;
    a->first_row = memory_new(a->count, sizeof *a->first_row);
    a->words = memory_new(columns, sizeof(interner *));
    a->renumbered = memory_new(a->count, columns * sizeof(uint32_t *));
    a->shapes = memory_new(columns, sizeof *a->shapes);
    if (!a->first_row || !a->words || !a->renumbered || !a->shapes)
        return memory_error(err, a->count * columns * sizeof *a->renumbered);
    for (size_t i = 0; i < a->count; i++) {
        a->first_row[i] = a->rows;
        a->rows += a->all[i].rows;
    }
    return STATUS_OK;
}

static void assembly_clear(assembly *a)
{
    for (size_t c = 0; a->words && c < a->reading->column_count; c++)
        interner_free(a->words[c]);
    for (size_t i = 0; a->renumbered && i < a->count * a->reading->column_count; i++)
        memory_free(a->renumbered[i]);
    memory_free(a->first_row);
    memory_free(a->words);
    memory_free(a->renumbered);
    memory_free(a->shapes);
    shared_memory_clear(&a->memory);
}

status assemble_table(reading *r, gathered *all, table **out, error *err)
{
    assembly a = {.reading = r, .all = all, .count = r->survey.count, .memory = {.fd = -1}};
    unpacked_clear(&r->text);
    status result = prepare(&a, err);
    if (result == STATUS_OK)
        result = blocks_run(r->column_count, 1, r->survey.threads, NULL, shape_column, &a, err);
    if (result == STATUS_OK)
        result = fill(&a, err);
    if (result == STATUS_OK)
        result = frozen_seal(&a.memory, out, err);
    assembly_clear(&a);
    return result;
}
