/* territory/vintage_carry.h: a table on its way to another vintage. For this room only.
 *
 * Each row is cut into pieces, one per code that it goes to; pieces of the same codes and key make
 * a cell, a row of the new table. */
#ifndef TERRITORY_VINTAGE_CARRY_H
#define TERRITORY_VINTAGE_CARRY_H

#include "territory/vintage_table.h"

/* One place where a word of a code column goes. */
typedef struct carry_end {
    const char *text;
    uint32_t target; /* its number among the targets */
    double ratio;
    const vintage_link *link; /* NULL: unchanged */
} carry_end;

typedef struct word_ends {
    uint32_t first, count;
    bool lost;
} word_ends;

typedef struct carry_piece {
    uint32_t target[CARRY_CODES_MAX];
    uint32_t key, rank, row;
    double ratio;
    const vintage_link *link[CARRY_CODES_MAX];
} carry_piece;

typedef struct carrying {
    const table *t;
    const carry_plan *plan;
    const conversion *by;
    faults *list;
    arena *scratch, *memory;
    const column *code[CARRY_CODES_MAX];
    const column **columns;            /* of the plan; NULL where the table has none */
    size_t measure;                    /* the first sum; SIZE_MAX: none */
    word_ends *words[CARRY_CODES_MAX]; /* by word; one more for a value that is missing */
    carry_end *ends[CARRY_CODES_MAX];
    size_t end_count[CARRY_CODES_MAX];
    const char *const *targets;
    uint32_t *rank, *key; /* of a row */
    carry_piece *pieces;
    size_t piece_count;
    size_t *start; /* of a cell: pieces start[i] .. start[i + 1] */
    size_t cell_count;
    size_t *lost; /* rows */
    size_t lost_count;
    size_t *missing_split, *missing_merged; /* of a column */
    double missing_weight;
} carrying;

MUST_CHECK status carry_values(carrying *w, table **out);
MUST_CHECK status carry_account(carrying *w, carry_report *out);
/* Whether a piece is the first of its row: it speaks for it. */
bool carry_is_first_part(const carrying *w, const carry_piece *p);
/* What a piece weighs in the report: its share of the first sum, else its share of a row. */
double carry_weight(const carrying *w, const carry_piece *p);

#endif
