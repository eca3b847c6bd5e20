/* engine/job/job.h: one run of one plugin for one travel mode: what it is given, what it leaves.
 *
 * The plan fills a job in (plan_bind.c), job_run() runs it, the results read it. A job says nothing
 * of where the functions of the plugin are called: job/runner.h. */
#ifndef ENGINE_JOB_JOB_H
#define ENGINE_JOB_JOB_H

#include "base/progress.h"
#include "base/random.h"
#include "engine/job/nearest_venues.h"
#include "engine/plugin/plugin_descriptor.h"
#include "engine/plugin/plugin_open.h"
#include "table/table.h"

enum {
    FAMILY_MAX = 64,       /* elements of a LIST parameter that names columns */
    LIST_MAX = 1024,       /* elements of any LIST parameter */
    LOG_LINES_A_CALL = 32, /* then the number of lines left out */
    LOG_LINES_A_JOB = 1000,
};
#define NO_INDEX SIZE_MAX

/* A parameter as this run sets it. */
typedef struct plugin_param {
    const bassin_param *is;
    bassin_value value;
    double low, high; /* plausible range, widened to hold the value */
    bool said;        /* by the run file or the command line */
} plugin_param;

/* One column that a job makes. Values and states are NULL until the job starts. */
typedef struct made_column {
    const char *name, *title_fr, *title_en, *reading_fr, *reading_en;
    const char *weight;     /* column that weighs its mean, NULL */
    struct result_map *map; /* NULL: not mapped */
    size_t rows;
    void *values; /* double, int64_t or uint32_t; word indices of a text once sealed */
    uint8_t *state;
    const char **text; /* TEXT, until sealed */
    words words;       /* TEXT, once sealed */
    bool lent;         /* values and state lie in the job's `lent`, not in memory of their own */
} made_column;

typedef struct made_output {
    const bassin_output *is;
    const char *table;    /* final name */
    size_t made_table;    /* index in the job's tables; NO_INDEX for places, venues, territories */
    size_t rows;          /* of that table, where it is no new one */
    made_column *columns; /* members of the family, in order */
    size_t count;
} made_output;

typedef struct place_set {
    size_t row;
    const uint32_t *places;
    size_t count;
} place_set;

/* What a row is: everything from which the nearest of some venues is within a limit. */
typedef struct reach_row {
    const uint32_t *venues; /* NULL: not said */
    size_t count;
    double limit_min;
} reach_row;

/* A new table of a job. */
typedef struct made_table {
    const bassin_table *is;
    const char *name, *title_fr, *title_en;
    bool made;
    size_t rows;
    place_set *sets; /* in the order given; the last of a row wins */
    size_t set_count, set_capacity;
    reach_row *reach; /* one a row; NULL: none said */
} made_table;

typedef struct made_total {
    const char *name, *title_fr, *title_en, *unit;
    double value, low, high;
    value_state state;
    int32_t decimals;
} made_total;

typedef struct log_line {
    int32_t level;
    const char *text;
} log_line;

/* What the rows of the base tables are called. */
typedef struct row_names {
    const char *places; /* "places" or "communes": the final name of the table of places */
    const char *const *place_code, *const *place_name;
    const char *const *venue_id;
    const char *const *territory_code; /* NULL: there is no group */
} row_names;

/* Sealed memory that other processes can map, with what lies in it. */
typedef struct shared_region {
    const void *at;
    size_t size;
    int fd;
} shared_region;

typedef struct plugin_job {
    /* --- given --- */
    const struct plan_plugin *plugin; /* the plan's own; nothing on this floor looks at it */
    const loaded_plugin *loaded;
    const bassin_plugin *is;    /* full-size copy */
    const plugin_param *params; /* in the order of is->params */
    size_t mode;                /* index of the travel mode */
    const char *suffix;         /* "" for the first mode, else "bike" */
    made_output *outputs;       /* in the order of is->outputs */
    made_table *tables;         /* in the order of is->tables */
    /* --- bound when the job starts --- */
    bassin_job seen; /* arrays and needs; without host, out, plan and context */
    const shared_region
        *regions; /* that arrays of `seen` lie in; others lie in memory of their own */
    size_t region_count;
    row_names names;
    random_key key;
    nearest_venues *nearest;
    arena *memory; /* texts, totals, logs, place sets; columns of `seen` */
    /* --- left --- */
    bool done, failed;
    bool refused;                /* the failure is what the plugin itself said in prepare */
    bool found;                  /* the store had the result: nothing was called */
    size_t blocks, blocks_found; /* of the stages that are cut; those that the store had */
    error failure;
    size_t stage; /* at failure; NO_INDEX outside the stages */
    made_total *totals;
    size_t total_count, total_capacity;
    log_line *lines;
    size_t line_count, line_capacity, lines_lost;
    arena **kept; /* texts that blocks made */
    size_t kept_count;
    shared_memory lent; /* columns of the base tables; fd 0 or -1: none */
} plugin_job;

/* Other blocks than those of the ABI, to try a plugin out (conformance/). */
struct block_watch;
typedef struct job_trial {
    size_t rows_per_block;     /* 0: as the ABI says */
    uint64_t shuffle;          /* 0: blocks in order; else the seed of another order */
    bool repeat;               /* every block is run twice, the first partial thrown away */
    struct block_watch *watch; /* NULL: nobody watches what a block writes */
} job_trial;

struct runner_kind;
struct job_store;
typedef struct job_options {
    int threads;
    progress *progress;               /* NULL: silent, cannot be cancelled */
    zygote *workers;                  /* for foreign plugins */
    const struct runner_kind *runner; /* job/runner.h; NULL: the one for the plugin */
    struct job_store *store;          /* finished work on disk; NULL: none is kept */
    bool look_only; /* takes what the store has alone: a job without a result there stays undone */
    const job_trial *trial; /* NULL: none. Nothing of a trial is kept */
} job_options;

/* Runs a bound job from prepare to the last finish. A plugin's own failure is kept in the job and
 * gives STATUS_OK; what stops the run (memory, interruption) is returned. */
MUST_CHECK status job_run(plugin_job *job, const job_options *options, error *err);
/* Frees what a job left; a job may be run again after. */
void job_clear(plugin_job *job);

/* --- job_columns.c --- */
size_t value_bytes(int32_t type);
/* Values, states (all missing) and texts of an output's columns. */
MUST_CHECK status columns_allocate(made_output *o, size_t rows, error *err);
void columns_clear(made_output *o);
/* Shows allocated columns as the slots of an output. */
void slots_show(const made_output *o, bassin_slot *slots);
/* Texts become words; a value that is not present becomes 0. */
MUST_CHECK status columns_seal(made_output *o, arena *memory, error *err);
/* Refuses what a stage may not leave behind; the error names output and row. */
MUST_CHECK status columns_check(const plugin_job *job, const made_output *o, bool last, error *err);
/* "12, 77001 Achères-la-Forêt": `table_name` is a final name. */
void row_label(const plugin_job *job, const char *table_name, size_t row, char *buffer,
               size_t size);

/* One draw of a parameter from its own law. */
double plugin_param_draw(const plugin_param *param, random_key key, uint64_t draw, uint32_t k);
/* "à vélo", "by bike"; a mode that is not known is said as it is written. */
const char *mode_words(const char *mode, language lang);
/* " (à vélo)": how the mode of a job is said after a title, "" for the first mode. NULL: out of
 * memory. */
const char *mode_label(const char *suffix, language lang, arena *memory);

#endif
