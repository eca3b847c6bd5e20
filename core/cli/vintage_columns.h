/* cli/vintage_columns.h: what `bassin vintage` was asked to do with each column. */
#ifndef CLI_VINTAGE_COLUMNS_H
#define CLI_VINTAGE_COLUMNS_H

#include "cli/options.h"
#include "territory/vintage_table.h"

enum { VINTAGE_COLUMNS_MAX = 128 };

typedef struct vintage_columns {
    const char *codes[CARRY_CODES_MAX];
    size_t code_count;
    carried_column columns[VINTAGE_COLUMNS_MAX]; /* as asked: what the new table holds */
    size_t column_count;
    wanted_column wanted[VINTAGE_COLUMNS_MAX]; /* of the file: codes, columns, weights */
    size_t wanted_count;
    const char *population; /* file; NULL */
    int32_t population_year;
    arrondissement_rule arrondissements;
} vintage_columns;

/* Every misuse is told; texts are taken from `memory`. */
MUST_CHECK status vintage_columns_read(const cli_options *o, arena *memory, vintage_columns *out,
                                       faults *faults_list);

/* cli/vintage_files.c: the file of commune movements: as named, else the only one that its header
 * shows in the data folder, or beside FILE. *out NULL: none is needed, a passage table is given. */
MUST_CHECK status vintage_movements_find(const cli_options *o, const importer *const *importers,
                                         arena *memory, const char **out, faults *faults_list);

/* The last movement file of a folder, in the order of names, or NULL; and whether a file is one. */
MUST_CHECK status vintage_movements_in(const char *folder, const importer *const *importers,
                                       arena *memory, const char **out, error *err);
bool vintage_has_movements(const char *path, const importer *const *importers);

/* cli/vintage_report.c: what was merged, split and lost, one a row. */
MUST_CHECK status vintage_report_write(const vintage_columns *columns, const table *t,
                                       const carry_report *r, const char *path, error *err);

#endif
