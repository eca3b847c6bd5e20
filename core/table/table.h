/* table/table.h: a table has named, typed columns with a unit, a title and a state per value.
 *
 * A table is filled through a builder, then frozen into one block of shareable memory and never
 * changed: any thread reads it without a lock, any process maps it without a copy. Every row of an
 * input keeps the file and the line it came from, through selections, sorts and joins. */
#ifndef TABLE_TABLE_H
#define TABLE_TABLE_H

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

typedef enum column_type {
    COLUMN_F64 = 1,
    COLUMN_I64 = 2,
    COLUMN_U32 = 3,
    COLUMN_TEXT = 4, /* dictionary: u32 index per row into `words` */
} column_type;

/* The same numbers as bassin_state in <bassin/plugin.h>. */
typedef enum value_state {
    VALUE_PRESENT = 0,
    VALUE_MISSING = 1,         /* not available: "…" */
    VALUE_UNREACHABLE = 2,     /* no path */
    VALUE_BEYOND_LIMIT = 3,    /* farther than the travel limit */
    VALUE_NOT_APPLICABLE = 4,  /* "///": a rate over nobody, for one */
    VALUE_SECRET = 5,          /* "s" */
    VALUE_NOT_SIGNIFICANT = 6, /* "n.s." */
} value_state;

/* Distinct texts of a text column: text i is bytes[start[i] .. start[i+1]), also NUL-terminated
 * (start[i+1] counts the NUL). */
typedef struct words {
    const char *bytes;
    const uint64_t *start; /* count + 1 */
    uint32_t count;
} words;
static inline const char *words_at(const words *w, uint32_t i)
{
    return w->bytes + w->start[i];
}

typedef struct column {
    const char *name;                /* ASCII snake_case */
    const char *title_fr, *title_en; /* "" when none */
    const char *unit;                /* UCUM code, "" for text */
    column_type type;
    int32_t decimals; /* fixed decimals in machine tables; -1: exact shortest */
    union {
        const double *f64;
        const int64_t *i64;
        const uint32_t *u32; /* also the word indices of a text column */
    } at;
    const uint8_t *state; /* one value_state a row; NULL: all present. A value that is not present
                             holds 0 (never NaN), or word 0 */
    words words;
} column;

typedef struct table {
    const char *name;
    size_t rows;
    size_t column_count;
    const column *columns;
    /* Provenance; NULL when the table is computed. */
    const uint32_t *source_file; /* index into source_files, a row */
    const uint64_t *source_row;  /* 1-based line (text) or feature number */
    const char *const *source_files;
    size_t source_file_count;
} table;

/* Lookups borrow until the table is freed. */
const column *table_find(const table *t, const char *name); /* NULL when absent */
MUST_CHECK status table_column(const table *t, const char *name, column_type type,
                               const column **out, error *err); /* absent or other type: says so */
static inline value_state column_state(const column *c, size_t row)
{
    return c->state ? (value_state)c->state[row] : VALUE_PRESENT;
}
static inline const char *column_text(const column *c, size_t row) /* "" when not present */
{
    return c->state && c->state[row] ? "" : words_at(&c->words, c->at.u32[row]);
}
source_ref table_source(const table *t, size_t row);
void table_free(table *t); /* takes NULL */
/* The table's memory as a descriptor to send to a worker (borrowed), and back. */
int table_fd(const table *t);
/* That memory as it is mapped here: the arrays of columns lie in it (borrowed). */
const shared_memory *table_shared(const table *t);
MUST_CHECK status table_open(table **out, int fd, error *err); /* takes fd on success */

/* --- building: one thread --- */
typedef struct column_spec {
    const char *name, *title_fr, *title_en, *unit;
    column_type type;
    int32_t decimals;
} column_spec;
typedef struct table_builder table_builder;
MUST_CHECK status table_builder_new(table_builder **out, const char *name, error *err);
void table_builder_free(table_builder *b);
/* Columns first, then rows. Returns the column's index. */
MUST_CHECK status table_builder_column(table_builder *b, const column_spec *spec, size_t *index,
                                       error *err);
/* Registers a source file; returns its index. */
MUST_CHECK status table_builder_source(table_builder *b, const char *file, uint32_t *index,
                                       error *err);
/* Appends `count` rows, every value missing. Returns the first new row. */
MUST_CHECK status table_builder_rows(table_builder *b, size_t count, size_t *first, error *err);
/* Set values; presence follows. Out of range is a programming error (assert). */
void table_builder_f64(table_builder *b, size_t column_index, size_t row, double value);
void table_builder_i64(table_builder *b, size_t column_index, size_t row, int64_t value);
void table_builder_u32(table_builder *b, size_t column_index, size_t row, uint32_t value);
MUST_CHECK status table_builder_text(table_builder *b, size_t column_index, size_t row,
                                     text_slice value, error *err);
/* A word of a text column, to be set in many rows: adds it, then sets it without a look at its
 * bytes. Rows are independent: any thread sets its own. */
MUST_CHECK status table_builder_word(table_builder *b, size_t column_index, text_slice value,
                                     uint32_t *word, error *err);
void table_builder_set_word(table_builder *b, size_t column_index, size_t row, uint32_t word);
void table_builder_state(table_builder *b, size_t column_index, size_t row, value_state state);
void table_builder_from(table_builder *b, size_t row, uint32_t source, uint64_t source_row);
size_t table_builder_row_count(const table_builder *b);
/* Freezes; the builder is emptied and must still be freed. Refuses NaN and infinite values. */
MUST_CHECK status table_build(table_builder *b, table **out, error *err);

/* --- derived tables: rows chosen and ordered, provenance kept --- */
/* rows[i] is a row of t; all columns are kept. */
MUST_CHECK status table_select(const table *t, const size_t *rows, size_t count, table **out,
                               error *err);
/* The order of rows by the named columns (text by bytes, numbers by value, missing last), ties by
 * row; `order` has t->rows elements. */
MUST_CHECK status table_order(const table *t, const char *const *names, size_t name_count,
                              size_t *order, error *err);

/* --- joins on codes --- */
typedef struct code_index code_index;
#define ROW_NONE UINT32_MAX
/* Index of a text column; a repeated code is refused through faults with both lines. */
MUST_CHECK status code_index_new(code_index **out, const table *t, const char *name,
                                 faults *faults_list);
void code_index_free(code_index *x);
uint32_t code_index_find(const code_index *x, const char *code); /* row, or ROW_NONE */

#endif
