#include "table/frozen.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "table/messages.h"

enum { FROZEN_VERSION = 1, FROZEN_ALIGNMENT = 64 };
static const char FROZEN_MAGIC[8] = {'b', 'a', 's', 's', 't', 'a', 'b', 'l'};

/* Offsets are from the start of the block; 0 means none. */
typedef struct frozen_header {
    char magic[8];
    uint32_t version;
    uint32_t source_file_count;
    uint64_t size;
    uint64_t rows;
    uint64_t column_count;
    uint64_t name;
    uint64_t columns;      /* frozen_column[column_count] */
    uint64_t source_files; /* uint64_t[source_file_count], offsets of texts */
    uint64_t source_file;  /* uint32_t[rows] */
    uint64_t source_row;   /* uint64_t[rows] */
} frozen_header;

typedef struct frozen_column {
    uint64_t name, title_fr, title_en, unit;
    uint64_t values;
    uint64_t state;
    uint64_t word_bytes, word_byte_count;
    uint64_t word_start; /* uint64_t[word_count + 1] */
    uint32_t word_count;
    uint32_t type;
    int32_t decimals;
    uint32_t reserved;
} frozen_column;
static_assert(sizeof(frozen_header) % 8 == 0 && sizeof(frozen_column) == 88, "shared layout");

/* A table and what it owns. The view comes first: a table * is the address of its owner. */
typedef struct table_owner {
    table view;
    shared_memory memory;
    column *columns;
    const char **source_files;
} table_owner;

size_t column_value_size(column_type type)
{
    return type == COLUMN_F64 || type == COLUMN_I64 ? 8 : 4;
}

const char *column_type_label(column_type type, language lang)
{
    switch (type) {
    case COLUMN_F64:
        return tr(lang, M_TYPE_NUMBER);
    case COLUMN_I64:
        return tr(lang, M_TYPE_WHOLE);
    case COLUMN_U32:
        return tr(lang, M_TYPE_U32);
    case COLUMN_TEXT:
        break;
    }
    return tr(lang, M_TYPE_TEXT);
}

/* --- shaping --- */

typedef struct layout {
    uint64_t size;
    bool overflow;
} layout;

static uint64_t layout_take(layout *l, uint64_t count, uint64_t element, uint64_t alignment)
{
    uint64_t at = 0, bytes = 0, end = 0;
    l->overflow |= __builtin_add_overflow(l->size, alignment - 1, &at);
    at -= at % alignment;
    l->overflow |= __builtin_mul_overflow(count, element, &bytes);
    l->overflow |= __builtin_add_overflow(at, bytes, &end);
    l->size = end;
    return at;
}

static uint64_t layout_text(layout *l, const char *text)
{
    return layout_take(l, text ? strlen(text) + 1 : 1, 1, 1);
}

static void layout_column_texts(layout *l, const frozen_column_shape *shape, frozen_column *out)
{
    out->name = layout_text(l, shape->spec.name);
    out->title_fr = layout_text(l, shape->spec.title_fr);
    out->title_en = layout_text(l, shape->spec.title_en);
    out->unit = layout_text(l, shape->spec.unit);
}

static void layout_column_arrays(layout *l, const frozen_column_shape *shape, size_t rows,
                                 frozen_column *out)
{
    out->type = (uint32_t)shape->spec.type;
    out->decimals = shape->spec.decimals;
    out->values = layout_take(l, rows, column_value_size(shape->spec.type), FROZEN_ALIGNMENT);
    if (shape->has_state)
        out->state = layout_take(l, rows, 1, FROZEN_ALIGNMENT);
    if (shape->spec.type != COLUMN_TEXT)
        return;
    out->word_count = shape->word_count;
    out->word_byte_count = shape->word_bytes;
    out->word_start =
        layout_take(l, (uint64_t)shape->word_count + 1, sizeof(uint64_t), FROZEN_ALIGNMENT);
    out->word_bytes = layout_take(l, shape->word_bytes, 1, FROZEN_ALIGNMENT);
}

status frozen_shape_words(frozen_column_shape *out, const interner *words_in,
                          const char *table_name, error *err)
{
    uint32_t count = interner_count(words_in);
    for (uint32_t i = 0; i < count; i++) {
        text_slice s = interner_at(words_in, i);
        if (text_utf8_valid_prefix(s.at, s.size) != s.size)
            return error_set(err, STATUS_INPUT, M_TABLE_BAD_TEXT, table_name, out->spec.name);
        out->word_bytes += s.size + 1;
    }
    /* Rows that are not present point at word 0, so there is always one. */
    out->word_count = count ? count : 1;
    if (!count)
        out->word_bytes = 1;
    return STATUS_OK;
}

static void put_text(const shared_memory *m, uint64_t offset, const char *text)
{
    if (text)
        memcpy((char *)m->at + offset, text, strlen(text) + 1);
}

static void put_texts(const shared_memory *m, const frozen_shape *shape, const frozen_header *head,
                      const frozen_column *columns, const uint64_t *files)
{
    put_text(m, head->name, shape->name);
    for (size_t c = 0; c < shape->column_count; c++) {
        put_text(m, columns[c].name, shape->columns[c].spec.name);
        put_text(m, columns[c].title_fr, shape->columns[c].spec.title_fr);
        put_text(m, columns[c].title_en, shape->columns[c].spec.title_en);
        put_text(m, columns[c].unit, shape->columns[c].spec.unit);
    }
    for (size_t i = 0; i < shape->source_file_count; i++)
        put_text(m, files[i], shape->source_files[i]);
}

status frozen_new(shared_memory *out, const frozen_shape *shape, error *err)
{
    status result = STATUS_OK;
    layout l = {0};
    frozen_header head = {.version = FROZEN_VERSION,
                          .rows = shape->rows,
                          .column_count = shape->column_count,
                          .source_file_count = (uint32_t)shape->source_file_count};
    frozen_column *columns = memory_new(shape->column_count, sizeof *columns);
    uint64_t *files = memory_new(shape->source_file_count, sizeof *files);
    *out = (shared_memory){.fd = -1};
    if (!columns || !files) {
        result = memory_error(err, shape->column_count * sizeof *columns);
        goto done;
    }
    memcpy(head.magic, FROZEN_MAGIC, sizeof head.magic);
    layout_take(&l, 1, sizeof head, 8);
    head.columns = layout_take(&l, shape->column_count, sizeof *columns, 8);
    head.source_files = layout_take(&l, shape->source_file_count, sizeof *files, 8);
    head.name = layout_text(&l, shape->name);
    for (size_t c = 0; c < shape->column_count; c++)
        layout_column_texts(&l, &shape->columns[c], &columns[c]);
    for (size_t i = 0; i < shape->source_file_count; i++)
        files[i] = layout_text(&l, shape->source_files[i]);
    for (size_t c = 0; c < shape->column_count; c++)
        layout_column_arrays(&l, &shape->columns[c], shape->rows, &columns[c]);
    if (shape->has_source) {
        head.source_file = layout_take(&l, shape->rows, sizeof(uint32_t), FROZEN_ALIGNMENT);
        head.source_row = layout_take(&l, shape->rows, sizeof(uint64_t), FROZEN_ALIGNMENT);
    }
    if (l.overflow || l.size > SIZE_MAX / 2) {
        result = error_set(err, STATUS_ENVIRONMENT, M_TABLE_TOO_LARGE, shape->name);
        goto done;
    }
    head.size = l.size;
    result = shared_memory_new(out, "bassin-table", (size_t)l.size, err);
    if (result != STATUS_OK)
        goto done;
    memcpy(out->at, &head, sizeof head);
    if (shape->column_count)
        memcpy((char *)out->at + head.columns, columns, shape->column_count * sizeof *columns);
    if (shape->source_file_count)
        memcpy((char *)out->at + head.source_files, files,
               shape->source_file_count * sizeof *files);
    put_texts(out, shape, &head, columns, files);
done:
    memory_free(columns);
    memory_free(files);
    return result;
}

/* --- filling --- */

static const frozen_header *header_of(const shared_memory *m)
{
    return m->at;
}

static const frozen_column *column_of(const shared_memory *m, size_t c)
{
    const void *at = (const char *)m->at + header_of(m)->columns;
    return (const frozen_column *)at + c;
}

static void *array_at(const shared_memory *m, uint64_t offset)
{
    return offset ? (char *)m->at + offset : NULL;
}

void *frozen_values(const shared_memory *m, size_t c)
{
    return array_at(m, column_of(m, c)->values);
}

uint8_t *frozen_state(const shared_memory *m, size_t c)
{
    return array_at(m, column_of(m, c)->state);
}

char *frozen_word_bytes(const shared_memory *m, size_t c)
{
    return array_at(m, column_of(m, c)->word_bytes);
}

uint64_t *frozen_word_start(const shared_memory *m, size_t c)
{
    return array_at(m, column_of(m, c)->word_start);
}

void frozen_fill_words(const shared_memory *m, size_t c, const interner *words_in)
{
    char *bytes = frozen_word_bytes(m, c);
    uint64_t *start = frozen_word_start(m, c);
    uint64_t at = 0;
    uint32_t count = interner_count(words_in);
    for (uint32_t i = 0; i < count; i++) {
        text_slice s = interner_at(words_in, i);
        start[i] = at;
        if (s.size)
            memcpy(bytes + at, s.at, s.size);
        at += s.size + 1;
    }
    start[count] = at;
    if (!count)
        start[1] = 1;
}

uint32_t *frozen_source_file(const shared_memory *m)
{
    return array_at(m, header_of(m)->source_file);
}

uint64_t *frozen_source_row(const shared_memory *m)
{
    return array_at(m, header_of(m)->source_row);
}

/* --- viewing --- */

static void view_column(const shared_memory *m, size_t c, column *out)
{
    const char *base = m->at;
    const frozen_column *f = column_of(m, c);
    out->name = base + f->name;
    out->title_fr = base + f->title_fr;
    out->title_en = base + f->title_en;
    out->unit = base + f->unit;
    out->type = (column_type)f->type;
    out->decimals = f->decimals;
    if (out->type == COLUMN_F64)
        out->at.f64 = array_at(m, f->values);
    else if (out->type == COLUMN_I64)
        out->at.i64 = array_at(m, f->values);
    else
        out->at.u32 = array_at(m, f->values);
    out->state = array_at(m, f->state);
    if (out->type == COLUMN_TEXT)
        out->words = (words){.bytes = base + f->word_bytes,
                             .start = array_at(m, f->word_start),
                             .count = f->word_count};
}

/* A view over sealed memory that was laid out or verified by this room. Takes the memory
 * on success. */
static status table_over(shared_memory *m, table **out, error *err)
{
    const frozen_header *head = header_of(m);
    table_owner *owner = memory_new(1, sizeof *owner);
    column *columns = memory_new((size_t)head->column_count, sizeof *columns);
    const char **files = memory_new(head->source_file_count, sizeof *files);
    if (!owner || !columns || !files) {
        memory_free(owner);
        memory_free(columns);
        memory_free(files);
        return memory_error(err, (size_t)head->column_count * sizeof *columns);
    }
    for (size_t c = 0; c < head->column_count; c++)
        view_column(m, c, &columns[c]);
    const uint64_t *offsets = array_at(m, head->source_files);
    for (size_t i = 0; i < head->source_file_count; i++)
        files[i] = (const char *)m->at + offsets[i];
    *owner = (table_owner){.memory = *m, .columns = columns, .source_files = files};
    owner->view = (table){.name = (const char *)m->at + head->name,
                          .rows = (size_t)head->rows,
                          .column_count = (size_t)head->column_count,
                          .columns = columns,
                          .source_file = frozen_source_file(m),
                          .source_row = frozen_source_row(m),
                          .source_files = files,
                          .source_file_count = head->source_file_count};
    *m = (shared_memory){.fd = -1};
    *out = &owner->view;
    return STATUS_OK;
}

status frozen_seal(shared_memory *m, table **out, error *err)
{
    status result = shared_memory_freeze(m, err);
    *out = NULL;
    if (result == STATUS_OK)
        result = table_over(m, out, err);
    if (result != STATUS_OK)
        shared_memory_clear(m);
    return result;
}

void table_free(table *t)
{
    table_owner *owner = (table_owner *)(void *)t;
    if (!owner)
        return;
    memory_free(owner->columns);
    memory_free(owner->source_files);
    shared_memory_clear(&owner->memory);
    memory_free(owner);
}

int table_fd(const table *t)
{
    return ((const table_owner *)(const void *)t)->memory.fd;
}

const shared_memory *table_shared(const table *t)
{
    return &((const table_owner *)(const void *)t)->memory;
}

/* --- opening a block that another process made: nothing in it is believed --- */

static bool range_ok(const shared_memory *m, uint64_t offset, uint64_t count, uint64_t element,
                     uint64_t alignment)
{
    uint64_t bytes = 0, end = 0;
    return offset % alignment == 0 && !__builtin_mul_overflow(count, element, &bytes) &&
           !__builtin_add_overflow(offset, bytes, &end) && offset >= sizeof(frozen_header) &&
           end <= m->size;
}

static bool text_ok(const shared_memory *m, uint64_t offset)
{
    return range_ok(m, offset, 1, 1, 1) &&
           memchr((const char *)m->at + offset, 0, m->size - (size_t)offset) != NULL;
}

static bool words_ok(const shared_memory *m, const frozen_column *f)
{
    if (!range_ok(m, f->word_start, (uint64_t)f->word_count + 1, sizeof(uint64_t), 8) ||
        !range_ok(m, f->word_bytes, f->word_byte_count, 1, 1))
        return false;
    const uint64_t *start = array_at(m, f->word_start);
    const char *bytes = array_at(m, f->word_bytes);
    if (!start || !bytes || start[0] != 0 || start[f->word_count] != f->word_byte_count)
        return false;
    for (uint32_t i = 0; i < f->word_count; i++) {
        if (start[i + 1] <= start[i] || start[i + 1] > f->word_byte_count ||
            bytes[start[i + 1] - 1] != 0)
            return false;
    }
    return true;
}

static bool values_ok(const shared_memory *m, const frozen_column *f, uint64_t rows)
{
    const void *values = array_at(m, f->values);
    if (f->type == COLUMN_F64) {
        const double *at = values;
        for (uint64_t r = 0; r < rows; r++) {
            if (!isfinite(at[r]))
                return false;
        }
    } else if (f->type == COLUMN_TEXT) {
        const uint32_t *at = values;
        for (uint64_t r = 0; r < rows; r++) {
            if (at[r] >= f->word_count)
                return false;
        }
    }
    return true;
}

static bool states_ok(const shared_memory *m, const frozen_column *f, uint64_t rows)
{
    const uint8_t *state = array_at(m, f->state);
    for (uint64_t r = 0; state && r < rows; r++) {
        if (state[r] > VALUE_NOT_SIGNIFICANT)
            return false;
    }
    return true;
}

static bool column_ok(const shared_memory *m, const frozen_column *f, uint64_t rows)
{
    if (f->type < COLUMN_F64 || f->type > COLUMN_TEXT)
        return false;
    if (!text_ok(m, f->name) || !text_ok(m, f->title_fr) || !text_ok(m, f->title_en) ||
        !text_ok(m, f->unit))
        return false;
    if (!range_ok(m, f->values, rows, column_value_size((column_type)f->type), 8))
        return false;
    if (f->state && !range_ok(m, f->state, rows, 1, 1))
        return false;
    if (f->type == COLUMN_TEXT && !words_ok(m, f))
        return false;
    return states_ok(m, f, rows) && values_ok(m, f, rows);
}

static bool sources_ok(const shared_memory *m, const frozen_header *head)
{
    if (!range_ok(m, head->source_files, head->source_file_count, sizeof(uint64_t), 8))
        return false;
    const uint64_t *files = array_at(m, head->source_files);
    for (uint32_t i = 0; i < head->source_file_count; i++) {
        if (!files || !text_ok(m, files[i]))
            return false;
    }
    if (!head->source_file != !head->source_row)
        return false;
    if (!head->source_file)
        return true;
    if (!range_ok(m, head->source_file, head->rows, sizeof(uint32_t), 4) ||
        !range_ok(m, head->source_row, head->rows, sizeof(uint64_t), 8))
        return false;
    const uint32_t *file = array_at(m, head->source_file);
    for (uint64_t r = 0; r < head->rows; r++) {
        if (file[r] >= head->source_file_count)
            return false;
    }
    return true;
}

/* NULL when sound, else the part at fault. */
static const char *block_defect(const shared_memory *m)
{
    if (!m->at || m->size < sizeof(frozen_header))
        return "size";
    const frozen_header *head = header_of(m);
    if (memcmp(head->magic, FROZEN_MAGIC, sizeof head->magic) != 0)
        return "magic";
    if (head->version != FROZEN_VERSION)
        return "version";
    if (head->size != m->size || !text_ok(m, head->name) ||
        !range_ok(m, head->columns, head->column_count, sizeof(frozen_column), 8))
        return "header";
    if (!sources_ok(m, head))
        return "sources";
    for (uint64_t c = 0; c < head->column_count; c++) {
        if (!column_ok(m, column_of(m, (size_t)c), head->rows))
            return "columns";
    }
    return NULL;
}

status table_open(table **out, int fd, error *err)
{
    shared_memory m = {.fd = -1};
    *out = NULL;
    status result = shared_memory_open(&m, fd, err);
    if (result != STATUS_OK)
        return result;
    const char *defect = block_defect(&m);
    result = defect ? error_set(err, STATUS_INPUT, M_TABLE_BLOCK_DAMAGED, defect)
                    : table_over(&m, out, err);
    if (result != STATUS_OK) {
        m.fd = -1; /* a refused descriptor stays the caller's */
        shared_memory_clear(&m);
    }
    return result;
}
