/* table/gather_cells.h: the cells of a column in a run of records. Private to gather*.c. */
#ifndef TABLE_GATHER_CELLS_H
#define TABLE_GATHER_CELLS_H

#include "table/gather.h"

typedef struct chunk_reading {
    const reading *reading;
    const marks_kernel *kernel;
    gathered *out;
    size_t fields; /* a record */
    bool quotes, latin1;
    const char *base, *end; /* what is read of the chunk */
    uint64_t line;          /* of the next record */
    uint64_t newlines;      /* outside quotes */
    bool inner_newlines;    /* there was one inside quotes */
    uint32_t *index;        /* place before the next record, then the marks; from `base` */
    size_t count;           /* marks, without the first place */
    quote_walk walk;
    decoder decoder;
    decimal_mark mark;
    bool declined;
} chunk_reading;

/* Column i of `rows` records of the index, to the rows from out->rows on. Sets `declined` at the
 * first value that has a fault. */
MUST_CHECK status gather_cells(chunk_reading *c, size_t i, size_t rows, error *err);
/* The same for one cell that the scanner cut. */
MUST_CHECK status gather_cell(chunk_reading *c, size_t i, size_t row, const cell *k, error *err);

#endif
