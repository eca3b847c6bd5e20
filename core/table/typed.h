/* table/typed.h: texts to typed values, the same rules for every source of rows. Private to this
 * room.
 *
 * Numbers: blanks around are dropped; "" NA nd n.d. … are missing, s is secret, /// not applicable;
 * one decimal mark a file. Texts are kept as they are; one made of blanks alone is missing (files
 * pad empty codes with blanks). */
#ifndef TABLE_TYPED_H
#define TABLE_TYPED_H

#include "table/reader.h"

typedef struct typed_column {
    const wanted_column *wanted;
    size_t source; /* field of the record */
    size_t target; /* column of the builder */
} typed_column;

typedef enum typed_defect {
    TYPED_SOUND = 0,
    TYPED_NOT_NUMBER,
    TYPED_NOT_WHOLE,
    TYPED_NOT_FINITE,
    TYPED_MARK,
    TYPED_BELOW,
    TYPED_ABOVE,
    TYPED_FAILED, /* out of memory: `err` is set */
} typed_defect;

/* The decimal mark, fixed by the first number that has one. */
typedef struct decimal_mark {
    char mark; /* 0: none yet */
    uint64_t line;
} decimal_mark;

/* A value read, before it is kept anywhere. */
typedef struct typed_value {
    value_state state;
    union {
        double f64;
        int64_t i64;
        uint32_t u32;
    } at;
    text_slice text; /* of a text column: borrows the text read */
} typed_value;

/* Reads one text as a value of the column. `line` is remembered with the decimal mark. */
MUST_CHECK typed_defect typed_read(const wanted_column *w, text_slice text, decimal_mark *mark,
                                   uint64_t line, typed_value *out);
/* The same, set in the builder. */
MUST_CHECK typed_defect typed_set(table_builder *b, const typed_column *c, size_t row,
                                  text_slice value, decimal_mark *mark, uint64_t line, error *err);
/* The same for a value that came as a number, into a column of numbers. */
MUST_CHECK typed_defect typed_set_f64(table_builder *b, const typed_column *c, size_t row,
                                      double value);
MUST_CHECK typed_defect typed_set_i64(table_builder *b, const typed_column *c, size_t row,
                                      int64_t value);
/* Adds the fault of a value to the list. */
void typed_refuse(faults *list, source_ref at, const typed_column *c, typed_defect defect,
                  text_slice value, const decimal_mark *mark);
/* Makes the builder's columns for the wanted columns that have a position; *out has wanted_count
 * elements, *count of them filled. */
MUST_CHECK status typed_columns(table_builder *b, const wanted_column *wanted, size_t wanted_count,
                                const int64_t *position, typed_column *out, size_t *count,
                                error *err);

#endif
