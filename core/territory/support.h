/* territory/support.h: small helpers of this room and of the importers: arrays of an arena, tables
 * made from tables. */
#ifndef TERRITORY_SUPPORT_H
#define TERRITORY_SUPPORT_H

#include "table/table.h"

/* Zeroed array from the arena: *(T **)out; out of memory becomes a fault. */
MUST_CHECK status take_array(arena *a, size_t count, size_t size, void *out, faults *faults_list);
/* Adds `err` as a fault without a place when rc is a failure; gives rc back. */
MUST_CHECK status fault_of(status rc, const error *err, faults *faults_list);

/* Appends the columns of `t` to a builder that has no row yet, except those named in `leave_out`
 * (NULL-terminated, or NULL), then its rows in the order of `rows` (NULL: all, as they are), with
 * their provenance. Columns of the builder that were there before stay missing in the new rows. */
MUST_CHECK status table_builder_copy(table_builder *b, const table *t, const size_t *rows,
                                     size_t count, const char *const *leave_out, error *err);
/* The value of `from` on a row, with its state, into a column of the same type. */
MUST_CHECK status table_builder_value(table_builder *b, size_t to, size_t to_row,
                                      const column *from, size_t row, error *err);
/* The columns of a row of `t` that come from a source, registered in `b`: sources[i] is the
 * builder's index of t->source_files[i]; taken from `a`. */
MUST_CHECK status table_builder_sources(table_builder *b, const table *t, arena *a,
                                        uint32_t **sources, error *err);

/* A column of numbers to put in place of, or beside, those of a table; NaN is missing. */
typedef struct number_column {
    column_spec spec;
    const double *values;
} number_column;
MUST_CHECK status table_with_numbers(const table *t, const number_column *added, size_t added_count,
                                     table **out, error *err);

/* Values of an optional f64 column, NaN where not present or absent; `values` has t->rows elements.
 */
void column_numbers(const table *t, const char *name, double *values);
/* Text of an optional column: "" when the column is NULL or the value is not present. */
const char *text_at(const column *c, size_t row);
/* A table's text column, NULL when absent or of another type. */
const column *text_column(const table *t, const char *name);
const column *number_column_of(const table *t, const char *name);

/* A number in a message pair: both texts get both, each prints its own ("%s%.0s" in the French
 * text, "%.0s%s" in the English one). */
typedef struct shown_number {
    char fr[48], en[48];
} shown_number;
shown_number shown(double value, int decimals);
#define SHOWN(number) (number).fr, (number).en

/* `text` without blanks at its ends. */
text_slice text_trimmed(const char *text);
/* Sorted array of distinct texts: position, or `count` when absent. */
size_t sorted_find(const char *const *texts, size_t count, const char *wanted);
int compare_texts(const void *a, const void *b);   /* qsort of const char * by bytes */
int compare_numbers(const void *a, const void *b); /* qsort of double */

#endif
