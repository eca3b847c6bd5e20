/* engine/tables/job_tables_writing.h: the files of in/ while they are written. Private to
 * job_tables_write*.c. */
#ifndef ENGINE_TABLES_JOB_TABLES_WRITING_H
#define ENGINE_TABLES_JOB_TABLES_WRITING_H

#include "engine/tables/job_tables_form.h"

/* A column of an input, to be written after those that every job has. */
typedef struct shown_column {
    const char *name;
    const bassin_column *column;
} shown_column;

typedef struct tables_writer {
    const plugin_job *job;
    const bassin_job *seen;
    const char *folder;
    const atomic_int *cancel; /* NULL: none */
    arena *memory;
    csv_file file;
} tables_writer;

/* A new file of in/; csv_close(&w->file) ends it. */
MUST_CHECK status tables_begin(tables_writer *w, const char *name, error *err);
/* The first `count` columns of the form, then those of inputs. */
void tables_heading(tables_writer *w, const sheet_form *form, size_t count,
                    const shown_column *shown, size_t shown_count);
/* Every input of a table that the form does not hold already, each name once. An optional one that
 * is absent has no column. `form` NULL: none. */
MUST_CHECK status tables_shown(const tables_writer *w, const char *table_id, const sheet_form *form,
                               shown_column **out, size_t *count, error *err);
/* The values of inputs, then the end of the row. */
void tables_end_row(tables_writer *w, const shown_column *shown, size_t count, size_t row);

/* --- job_tables_write_rows.c --- */
MUST_CHECK status tables_write_places(tables_writer *w, error *err);
MUST_CHECK status tables_write_venues(tables_writer *w, error *err);
MUST_CHECK status tables_write_territories(tables_writer *w, error *err);
MUST_CHECK status tables_write_memberships(tables_writer *w, error *err);
MUST_CHECK status tables_write_costs(tables_writer *w, error *err);
MUST_CHECK status tables_write_flows(tables_writer *w, error *err);
MUST_CHECK status tables_write_neighbours(tables_writer *w, error *err);

#endif
