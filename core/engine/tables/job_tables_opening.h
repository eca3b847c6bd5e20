/* engine/tables/job_tables_opening.h: a job while it is built out of the files of in/. Private to
 * job_tables_open*.c. */
#ifndef ENGINE_TABLES_JOB_TABLES_OPENING_H
#define ENGINE_TABLES_JOB_TABLES_OPENING_H

#include "engine/tables/job_tables_form.h"

typedef struct tables_opener {
    plugin_job *job;
    const char *folder;
    arena *memory;
    faults *list;
    row_index places, venues, territories;
    bassin_columns *in; /* of the job */
    /* What run.csv says. */
    const char *mode;
    double limit_min;
    bool estimate, assumed_shares;
    /* `travel` of places and venues. */
    uint8_t *place_state, *venue_state;
} tables_opener;

/* Zeroed room in the job's memory; NULL after a fault. */
MUST_CHECK void *opener_room(const tables_opener *o, size_t count, size_t size);
status opener_out_of_memory(const tables_opener *o);
/* A file of in/ with the inputs of its table; *out NULL when it is absent and may be. */
MUST_CHECK status opener_read(const tables_opener *o, const sheet_form *form, bool optional,
                              table **out);
/* Hands the inputs of a table to the job; `t` NULL: no rows. */
MUST_CHECK status opener_inputs(const tables_opener *o, const char *table_id, const table *t);
/* The row that a cell names. NO_INDEX: none, or the cell is empty and `optional`; else a fault sets
 * *worst. */
size_t opener_row(const tables_opener *o, const row_index *index, const char *table_id,
                  const table *t, const char *column_name, size_t row, bool optional,
                  status *worst);

/* --- job_tables_open_rows.c --- */
MUST_CHECK status open_places(tables_opener *o);
MUST_CHECK status open_venues(tables_opener *o);
MUST_CHECK status open_territories(tables_opener *o); /* and memberships */

/* --- job_tables_open_structs.c --- */
MUST_CHECK status open_costs(tables_opener *o);
MUST_CHECK status open_flows(tables_opener *o);
MUST_CHECK status open_neighbours(tables_opener *o);

#endif
