/* table/code_ranks.h: the codes of several text columns, numbered from 0 in the order of their
 * bytes. A row's code becomes one look-up by its word. */
#ifndef TABLE_CODE_RANKS_H
#define TABLE_CODE_RANKS_H

#include "table/table.h"

typedef struct code_ranks code_ranks;
/* A NULL column has no code; `others` are codes added to those of the columns (other_count may be
 * 0). The columns must outlive the ranks. */
MUST_CHECK status code_ranks_new(code_ranks **out, const column *const *columns,
                                 size_t column_count, const char *const *others, size_t other_count,
                                 error *err);
void code_ranks_free(code_ranks *r);
uint32_t code_ranks_count(const code_ranks *r);
text_slice code_ranks_at(const code_ranks *r, uint32_t rank);
/* The rank of each word of columns[c]; NULL for a NULL column. */
const uint32_t *code_ranks_of_words(const code_ranks *r, size_t c);
/* UINT32_MAX when there is no such code. */
uint32_t code_ranks_find(const code_ranks *r, const char *code);

#endif
