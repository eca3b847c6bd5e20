#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "table/frozen.h"
#include "table/messages.h"

typedef struct builder_column {
    column_spec spec; /* texts in the arena */
    void *values;
    uint8_t *state;
    interner *words; /* text columns */
    uint32_t last;   /* the word set latest: files often repeat the code of the row above */
} builder_column;

struct table_builder {
    arena *arena;
    const char *name;
    builder_column *columns;
    size_t column_count, column_capacity;
    size_t rows, capacity;
    uint32_t *source_file;
    uint64_t *source_row;
    const char **files;
    size_t file_count, file_capacity;
};

status table_builder_new(table_builder **out, const char *name, error *err)
{
    *out = NULL;
    table_builder *b = memory_new(1, sizeof *b);
    if (!b)
        return memory_error(err, sizeof *b);
    status result = arena_new(&b->arena, err);
    if (result == STATUS_OK) {
        b->name = arena_text(b->arena, name ? name : "");
        if (!b->name)
            result = memory_error(err, strlen(name));
    }
    if (result != STATUS_OK) {
        table_builder_free(b);
        return result;
    }
    *out = b;
    return STATUS_OK;
}

static void columns_release(table_builder *b)
{
    for (size_t c = 0; c < b->column_count; c++) {
        memory_free(b->columns[c].values);
        memory_free(b->columns[c].state);
        interner_free(b->columns[c].words);
    }
    memory_free(b->columns);
    memory_free(b->source_file);
    memory_free(b->source_row);
    memory_free(b->files);
    b->columns = NULL;
    b->source_file = NULL;
    b->source_row = NULL;
    b->files = NULL;
    b->column_count = b->column_capacity = 0;
    b->file_count = b->file_capacity = 0;
    b->rows = b->capacity = 0;
}

void table_builder_free(table_builder *b)
{
    if (!b)
        return;
    columns_release(b);
    arena_free(b->arena);
    memory_free(b);
}

/* Room for one more element, doubling. */
static status reserve_one(void **at, size_t count, size_t *capacity, size_t size, error *err)
{
    if (count < *capacity)
        return STATUS_OK;
    size_t wanted = *capacity ? *capacity * 2 : 8;
    void *grown = memory_resize(*at, wanted, size);
    if (!grown)
        return memory_error(err, wanted * size);
    *at = grown;
    *capacity = wanted;
    return STATUS_OK;
}

static const char *kept_text(table_builder *b, const char *text, bool *failed)
{
    const char *copy = arena_text(b->arena, text ? text : "");
    *failed |= copy == NULL;
    return copy;
}

status table_builder_column(table_builder *b, const column_spec *spec, size_t *index, error *err)
{
    if (b->rows)
        return error_set(err, STATUS_INPUT, M_TABLE_LATE_COLUMN, spec->name);
    void *columns = b->columns;
    status result =
        reserve_one(&columns, b->column_count, &b->column_capacity, sizeof *b->columns, err);
    b->columns = columns;
    if (result != STATUS_OK)
        return result;
    bool failed = false;
    builder_column c = {.spec = {.name = kept_text(b, spec->name, &failed),
                                 .title_fr = kept_text(b, spec->title_fr, &failed),
                                 .title_en = kept_text(b, spec->title_en, &failed),
                                 .unit = kept_text(b, spec->unit, &failed),
                                 .type = spec->type,
                                 .decimals = spec->decimals},
                        .last = INTERN_NONE};
    if (failed)
        return memory_error(err, sizeof c);
    if (spec->type == COLUMN_TEXT)
        result = interner_new(&c.words, err);
    if (result != STATUS_OK)
        return result;
    *index = b->column_count;
    b->columns[b->column_count++] = c;
    return STATUS_OK;
}

status table_builder_source(table_builder *b, const char *file, uint32_t *index, error *err)
{
    for (size_t i = 0; i < b->file_count; i++) {
        if (strcmp(b->files[i], file) == 0) {
            *index = (uint32_t)i;
            return STATUS_OK;
        }
    }
    void *files = b->files;
    status result = reserve_one(&files, b->file_count, &b->file_capacity, sizeof *b->files, err);
    b->files = files;
    if (result != STATUS_OK)
        return result;
    const char *copy = arena_text(b->arena, file);
    if (!copy)
        return memory_error(err, strlen(file));
    *index = (uint32_t)b->file_count;
    b->files[b->file_count++] = copy;
    return STATUS_OK;
}

/* Grows one array to `capacity` elements; the new ones hold `fill` bytes. */
static bool grow_array(void **at, size_t old, size_t capacity, size_t size, int fill)
{
    void *grown = memory_resize(*at, capacity, size);
    if (!grown)
        return false;
    memset((char *)grown + old * size, fill, (capacity - old) * size);
    *at = grown;
    return true;
}

static bool grow_sources(table_builder *b, size_t capacity)
{
    void *file = b->source_file, *row = b->source_row;
    bool ok = grow_array(&file, b->capacity, capacity, sizeof *b->source_file, 0);
    b->source_file = file;
    ok = ok && grow_array(&row, b->capacity, capacity, sizeof *b->source_row, 0);
    b->source_row = row;
    return ok;
}

static status grow_rows(table_builder *b, size_t wanted, error *err)
{
    /* Doubled for rows that come one by one; exact for a file that tells its rows at once. */
    size_t capacity = b->capacity ? b->capacity : 128;
    capacity = capacity <= SIZE_MAX / 2 ? capacity * 2 : SIZE_MAX;
    capacity = capacity < wanted ? wanted : capacity;
    bool ok = true;
    for (size_t c = 0; ok && c < b->column_count; c++) {
        builder_column *k = &b->columns[c];
        void *state = k->state;
        ok = grow_array(&k->values, b->capacity, capacity, column_value_size(k->spec.type), 0) &&
             grow_array(&state, b->capacity, capacity, 1, VALUE_MISSING);
        k->state = state;
    }
    if (!ok || !grow_sources(b, capacity))
        return memory_error(err, capacity);
    b->capacity = capacity;
    return STATUS_OK;
}

status table_builder_rows(table_builder *b, size_t count, size_t *first, error *err)
{
    size_t wanted = 0;
    if (__builtin_add_overflow(b->rows, count, &wanted))
        return memory_error(err, SIZE_MAX);
    if (wanted > b->capacity) {
        status result = grow_rows(b, wanted, err);
        if (result != STATUS_OK)
            return result;
    }
    *first = b->rows;
    b->rows = wanted;
    return STATUS_OK;
}

static builder_column *cell_column(table_builder *b, size_t c, size_t row, column_type type)
{
    assert(c < b->column_count && row < b->rows && b->columns[c].spec.type == type);
    (void)row;
    (void)type;
    return &b->columns[c];
}

void table_builder_f64(table_builder *b, size_t column_index, size_t row, double value)
{
    builder_column *c = cell_column(b, column_index, row, COLUMN_F64);
    ((double *)c->values)[row] = value;
    c->state[row] = VALUE_PRESENT;
}

void table_builder_i64(table_builder *b, size_t column_index, size_t row, int64_t value)
{
    builder_column *c = cell_column(b, column_index, row, COLUMN_I64);
    ((int64_t *)c->values)[row] = value;
    c->state[row] = VALUE_PRESENT;
}

void table_builder_u32(table_builder *b, size_t column_index, size_t row, uint32_t value)
{
    builder_column *c = cell_column(b, column_index, row, COLUMN_U32);
    ((uint32_t *)c->values)[row] = value;
    c->state[row] = VALUE_PRESENT;
}

status table_builder_text(table_builder *b, size_t column_index, size_t row, text_slice value,
                          error *err)
{
    builder_column *c = cell_column(b, column_index, row, COLUMN_TEXT);
    uint32_t *at = (uint32_t *)c->values + row;
    if (c->last != INTERN_NONE) {
        text_slice last = interner_at(c->words, c->last);
        if (last.size == value.size && memcmp(last.at, value.at, value.size) == 0) {
            *at = c->last;
            c->state[row] = VALUE_PRESENT;
            return STATUS_OK;
        }
    }
    status result = table_builder_word(b, column_index, value, &c->last, err);
    if (result != STATUS_OK)
        return result;
    *at = c->last;
    c->state[row] = VALUE_PRESENT;
    return STATUS_OK;
}

status table_builder_word(table_builder *b, size_t column_index, text_slice value, uint32_t *word,
                          error *err)
{
    assert(column_index < b->column_count && b->columns[column_index].spec.type == COLUMN_TEXT);
    const builder_column *c = &b->columns[column_index];
    if (value.size && memchr(value.at, 0, value.size))
        return error_set(err, STATUS_INPUT, M_TABLE_NUL_TEXT, c->spec.name);
    return interner_add(c->words, value, word, err);
}

void table_builder_set_word(table_builder *b, size_t column_index, size_t row, uint32_t word)
{
    builder_column *c = cell_column(b, column_index, row, COLUMN_TEXT);
    ((uint32_t *)c->values)[row] = word;
    c->state[row] = VALUE_PRESENT;
}

void table_builder_state(table_builder *b, size_t column_index, size_t row, value_state state)
{
    assert(column_index < b->column_count && row < b->rows);
    builder_column *c = &b->columns[column_index];
    c->state[row] = (uint8_t)state;
    if (state != VALUE_PRESENT)
        memset((char *)c->values + row * column_value_size(c->spec.type), 0,
               column_value_size(c->spec.type));
}

void table_builder_from(table_builder *b, size_t row, uint32_t source, uint64_t source_row)
{
    assert(row < b->rows && source < b->file_count);
    b->source_file[row] = source;
    b->source_row[row] = source_row;
}

size_t table_builder_row_count(const table_builder *b)
{
    return b->rows;
}

/* --- freezing --- */

static bool has_absent(const uint8_t *state, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        if (state[r])
            return true;
    }
    return false;
}

static status check_finite(const table_builder *b, const builder_column *c, error *err)
{
    const double *values = c->values;
    for (size_t r = 0; r < b->rows; r++) {
        if (!isfinite(values[r]))
            return error_set(err, STATUS_INPUT, M_TABLE_NOT_FINITE, b->name, c->spec.name, r + 1);
    }
    return STATUS_OK;
}

static status shape_column(const table_builder *b, size_t c, frozen_column_shape *out, error *err)
{
    const builder_column *k = &b->columns[c];
    *out = (frozen_column_shape){.spec = k->spec, .has_state = has_absent(k->state, b->rows)};
    if (k->spec.type == COLUMN_F64)
        return check_finite(b, k, err);
    if (k->spec.type == COLUMN_TEXT)
        return frozen_shape_words(out, k->words, b->name, err);
    return STATUS_OK;
}

/* Each column's own memory goes as soon as it is copied. */
static void fill_column(table_builder *b, const shared_memory *m, size_t c)
{
    builder_column *k = &b->columns[c];
    uint8_t *state = frozen_state(m, c);
    if (b->rows)
        memcpy(frozen_values(m, c), k->values, b->rows * column_value_size(k->spec.type));
    if (state)
        memcpy(state, k->state, b->rows);
    if (k->words)
        frozen_fill_words(m, c, k->words);
    memory_free(k->values);
    memory_free(k->state);
    interner_free(k->words);
    k->values = NULL;
    k->state = NULL;
    k->words = NULL;
}

status table_build(table_builder *b, table **out, error *err)
{
    status result = STATUS_OK;
    shared_memory m = {.fd = -1};
    frozen_column_shape *shapes = memory_new(b->column_count, sizeof *shapes);
    *out = NULL;
    if (!shapes) {
        result = memory_error(err, b->column_count * sizeof *shapes);
        goto done;
    }
    for (size_t c = 0; result == STATUS_OK && c < b->column_count; c++)
        result = shape_column(b, c, &shapes[c], err);
    if (result != STATUS_OK)
        goto done;
    frozen_shape shape = {.name = b->name,
                          .rows = b->rows,
                          .column_count = b->column_count,
                          .columns = shapes,
                          .source_files = b->files,
                          .source_file_count = b->file_count,
                          .has_source = b->file_count > 0 && b->rows > 0};
    result = frozen_new(&m, &shape, err);
    if (result != STATUS_OK)
        goto done;
    for (size_t c = 0; c < b->column_count; c++)
        fill_column(b, &m, c);
    if (shape.has_source) {
        memcpy(frozen_source_file(&m), b->source_file, b->rows * sizeof *b->source_file);
        memcpy(frozen_source_row(&m), b->source_row, b->rows * sizeof *b->source_row);
    }
    columns_release(b);
    result = frozen_seal(&m, out, err);
done:
    memory_free(shapes);
    return result;
}
