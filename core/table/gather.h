/* table/gather.h: the rows of a sound text, chunk by chunk, on threads. Private to this room.
 *
 * The fast way from text to columns. It reads only what the plain reader (reading_rows) would read
 * without a fault, to the same values; anything else - a ragged row, a broken quote, a value that
 * is not of its type, a second decimal mark - it declines, and the plain reader says what is wrong
 * and where. Cells of columns that nobody wants are counted, not decoded. */
#ifndef TABLE_GATHER_H
#define TABLE_GATHER_H

#include "table/chunk_words.h"
#include "table/reading.h"

typedef struct gathered_column {
    union {
        void *any;
        double *f64;
        int64_t *i64;
        uint32_t *u32; /* of a text column: the words of this chunk */
    } values;
    uint8_t *state; /* NULL: every value is present */
    chunk_words words;
} gathered_column;

/* One chunk: the rows that begin in it. */
typedef struct gathered {
    size_t rows, capacity;
    gathered_column *columns; /* one each of the reading's */
    uint64_t first_line;
    uint32_t *line; /* of each row, from first_line; NULL: one line a row */
    decimal_mark mark;
} gathered;

/* From the header to the end of the text. *out has r->survey.count elements, or is NULL when the
 * text was declined (*declined) or memory ran out. */
MUST_CHECK status gather_rows(reading *r, gathered **out, bool *declined, error *err);
void gathered_free(gathered *all, const reading *r);

/* The chunks to a table, in their order; empties them, and frees the text, which nothing borrows.
 */
MUST_CHECK status assemble_table(reading *r, gathered *all, table **out, error *err);

#endif
