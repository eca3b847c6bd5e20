/* engine/tables/job_tables_form.h: what the files of a job's folder hold, for whoever writes,
 * reads, opens or compares them. Private to job_tables*.c. */
#ifndef ENGINE_TABLES_JOB_TABLES_FORM_H
#define ENGINE_TABLES_JOB_TABLES_FORM_H

#include "base/hash.h"
#include "engine/tables/csv_files.h"
#include "engine/tables/job_tables.h"

enum { TABLES_ROWS_MAX = 16000000 };

/* The columns of a file that every job has, before those that its plugin declares. */
typedef struct sheet_form {
    const char *name; /* "places" */
    const wanted_column *columns;
    size_t count;
} sheet_form;
extern const sheet_form form_run, form_parameters, form_places, form_venues, form_territories,
    form_memberships, form_costs, form_flows, form_neighbours, form_totals;
/* Of the last column of form_places and form_venues: only where costs are read. */
#define FORM_TRAVEL "travel"

/* What the plugin reads, hence what is written. */
bool tables_has_costs(const bassin_plugin *is);
bool tables_has_flows(const bassin_plugin *is);
bool tables_has_neighbours(const bassin_plugin *is);

/* "folder/part/name.csv"; NULL: out of memory. */
MUST_CHECK char *tables_path(arena *memory, const char *folder, const char *part, const char *name);
/* Names of one member of a family, without prefix and mode. NULL: out of memory. */
MUST_CHECK const char *tables_output_id(const plugin_job *job, size_t output, size_t member,
                                        arena *memory);
MUST_CHECK const char *tables_input_id(const bassin_input *in, size_t member, arena *memory);
size_t tables_input_count(const bassin_input *in);
column_type tables_column_type(int32_t type); /* of BASSIN_... */

/* A table of out/: the columns that name a row, then the outputs of the plugin there. */
typedef struct out_column {
    size_t output, member;
} out_column;
typedef struct out_sheet {
    const char *name;       /* "places", or the id of a new table */
    size_t made_table;      /* NO_INDEX for places, venues, territories */
    size_t key_count;       /* columns of the key: 1, 2 for territories, 0 for a new table */
    wanted_column *columns; /* all of the file */
    out_column *from;       /* of columns + key_count */
    size_t count;           /* of columns */
} out_sheet;
/* Those with outputs, in the order places, venues, territories, new tables. `totals` is apart. */
MUST_CHECK status out_sheets(const plugin_job *job, arena *memory, out_sheet **out, size_t *count,
                             error *err);

/* Rows of a table by the texts that name them: the code of a place, the id of a venue, the level
 * and the code of a territory. */
typedef struct row_index {
    interner *names;
    size_t count;
} row_index;
MUST_CHECK status row_index_new(row_index *out, const plugin_job *job, const char *table_id,
                                error *err);
/* Adds the next row; *row is an earlier one where the name is there already. */
MUST_CHECK status row_index_add(row_index *x, const char *level, const char *code, size_t *row,
                                error *err);
void row_index_clear(row_index *x);
/* `level` NULL but for territories. NO_INDEX: no such row. */
size_t row_index_find(const row_index *x, const char *level, const char *code);
/* Level i, and the level of a row of territories. */
const bassin_level *tables_level(const bassin_groups *groups, uint32_t i);
const bassin_level *tables_level_of(const bassin_groups *groups, size_t row);

#endif
