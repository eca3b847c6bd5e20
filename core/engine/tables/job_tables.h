/* engine/tables/job_tables.h: what a job sees, and what it leaves, as a folder of CSV files.
 *
 * One format for three uses: what the program of a pipe plugin reads and writes, the worked case of
 * a plugin's own test (`bassin plugin check --case`), and a look at what a plugin was given.
 *
 *   in/run.csv          key,value: mode, limit_min, estimate, seed, language, cell_m,
 * assumed_shares in/parameters.csv   id,value: numbers of a list apart by ";", of a function
 * "a=20;b=15;..." in/places.csv       code,name,kept,lon,lat,x_m,y_m,travel, then the inputs of
 * "places" in/venues.csv       id,place,open,lon,lat,x_m,y_m,travel, then the inputs of "venues"
 *   in/territories.csv  level,code, then the inputs of "territories"
 *   in/memberships.csv  place,level,code
 *   in/costs.csv        place,venue,minutes,km
 *   in/flows.csv        o,j,mode,occupation,workers,variance,crow_km,minutes,km,abroad,
 *                       abroad_crow_km,abroad_km, then the inputs of "flows"
 *   in/neighbours.csv   place,neighbour
 *   in/<table>.csv      the inputs of another plugin's table
 *   out/places.csv      code, then the outputs of "places"; so for venues (id), territories (level,
 *                       code), new tables (no key of their own), totals
 * (name,title_fr,title_en,unit,value,low,high,decimals)
 *
 * Comma, point, UTF-8, a heading. A value that is not present is an empty cell; in out/ a number
 * may also be "NA" (missing), "///" (not applicable) or "s" (secret). Places are named by their
 * code and venues by their id everywhere. Only what the descriptor asks for is written: costs,
 * flows and neighbours where it needs them, `travel` (present, missing, unreachable: what costs
 * know of a row) with costs. A family has one column a member, as its id unfolds; ids bear no
 * prefix and no mode. */
#ifndef ENGINE_TABLES_JOB_TABLES_H
#define ENGINE_TABLES_JOB_TABLES_H

#include "engine/job/job.h"

/* Writes `folder`/in, which must not exist; `folder` does. STATUS_INTERRUPTED soon after `*cancel`
 * is non-zero; NULL: never. */
MUST_CHECK status job_tables_write(const plugin_job *job, const char *folder,
                                   const atomic_int *cancel, error *err);
/* Writes what a finished job left to the new folder `folder`/`part`, in the format of out/. */
MUST_CHECK status job_tables_write_made(const plugin_job *job, const char *folder, const char *part,
                                        error *err);

/* Fills the outputs of a job that runs, from `folder`/out, through the host functions of a call
 * that may say everything (`once`). Each declared table must be there, with every column. Faults of
 * the files (an unknown code, a column that nobody declared, a number that is none) name file and
 * line: STATUS_PLUGIN. */
struct plugin_call;
MUST_CHECK status job_tables_read(struct plugin_call *call, const char *folder, error *err);

/* Builds what a job sees out of `folder`/in, for a plugin as loaded: parameters, names, columns,
 * costs, flows; places.csv alone must be there, an absent file has no rows, an absent column of
 * `kept` or `open` says yes, parameters that are not said have their default. The job lives in
 * `memory`, which is its own from now on, also after a failure: job_tables_close. It runs as any
 * other (job_run), once. Faults at their file and line, all of them. */
MUST_CHECK status job_tables_open(const loaded_plugin *loaded, const char *folder, arena *memory,
                                  plugin_job *job, faults *faults_list);
void job_tables_close(plugin_job *job);

/* Compares what a finished job left with `folder`/expected, in the format of out/: numbers within
 * 1e-9 relative; a row that is not there is expected to be missing; a file that is not there is not
 * compared, but one must be. Every difference is told at its line, at most `most`:
 * STATUS_INPUT. */
MUST_CHECK status job_tables_compare(const plugin_job *job, const char *folder, size_t most,
                                     faults *faults_list);

#endif
