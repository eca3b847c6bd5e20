/* datasets/support.h: what importers share after the columns are read. */
#ifndef DATASETS_SUPPORT_H
#define DATASETS_SUPPORT_H

#include "territory/importer.h"

/* Aliases of a wanted column, as a constant list. */
#define ALIASES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A text column made by an importer. */
typedef struct made_column {
    const char *name;
    const char *const *values; /* one a row; "" or NULL: missing */
} made_column;

/* The rows of `rows` (NULL: all, in order) with the columns `made` added, in place of those of the
 * same name. Replaces in->rows. values[i] belongs to the new row i. */
MUST_CHECK status imported_replace(imported *in, const size_t *rows, size_t count,
                                   const made_column *made, size_t made_count, faults *faults_list);

/* Leaves out rows; in->left_out grows, with the reason. `keep` has in->rows->rows elements. */
MUST_CHECK status imported_filter(imported *in, const uint8_t *keep, const char *reason_fr,
                                  const char *reason_en, faults *faults_list);

#endif
