/* engine/plan_model.h: how a plan lies in memory. Private to this room.
 *
 * A plan holds the plugins that run, in the order they run; a plugin has one job a travel mode (one
 * job in all unless it asks for more); a job holds the columns it makes. Everything that is known
 * before the run is in the plan's arena; arrays of values are allocated when a job starts. */
#ifndef ENGINE_PLAN_MODEL_H
#define ENGINE_PLAN_MODEL_H

#include <pthread.h>
#include <stdatomic.h>

#include "engine/plan.h"
#include "base/random.h"
#include "engine/plugin_descriptor.h"
#include "geo/locator.h"

enum {
    FAMILY_MAX = 64,       /* elements of a LIST parameter that names columns */
    LIST_MAX = 1024,       /* elements of any LIST parameter */
    LOG_LINES_A_CALL = 32, /* then the number of lines left out */
    LOG_LINES_A_JOB = 1000,
    NEAREST_KEPT = 32, /* indexes of venues kept, one a distinct mask */
};
#define NO_INDEX SIZE_MAX

/* A parameter as this run sets it. */
typedef struct plan_param {
    const bassin_param *is;
    bassin_value value;
    double low, high; /* plausible range, widened to hold the value */
    bool said;        /* by the run file or the command line */
} plan_param;

/* One column that a job makes. Values and states are NULL until the job starts. */
typedef struct made_column {
    const char *name, *title_fr, *title_en, *reading_fr, *reading_en;
    const char *weight; /* column that weighs its mean, NULL */
    result_map *map;    /* NULL: not mapped */
    size_t rows;
    void *values; /* double, int64_t or uint32_t; word indices of a text once sealed */
    uint8_t *state;
    const char **text; /* TEXT, until sealed */
    words words;       /* TEXT, once sealed */
} made_column;

typedef struct made_output {
    const bassin_output *is;
    const char *table;    /* final name */
    size_t made_table;    /* index in the job's tables; NO_INDEX for places, venues, territories */
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

/* Where one member of an input comes from: a column of a base table, or one that a plugin makes. */
typedef struct input_source {
    const column *base;
    size_t plugin, output, member;
} input_source;

typedef struct plan_input {
    const bassin_input *is;
    size_t count; /* 1, or 8 for a family */
    bool absent;  /* optional, and nobody has it */
    input_source *sources;
} plan_input;

/* What a plugin takes for its places: the places of the run, or, where these are cells, their
 * communes. */
typedef struct plan_ground {
    const char *table; /* "places" or "communes": where its outputs go */
    const territory *territory;
    const uint32_t *venue_place;
    bassin_groups groups;
    bassin_neighbours neighbours;
    bassin_costs *costs; /* one a mode */
} plan_ground;

struct plan_plugin;

/* One run of one plugin for one travel mode. */
typedef struct plan_job {
    const struct plan_plugin *plugin;
    size_t mode;        /* index in run_data.costs */
    const char *suffix; /* "" for the first mode, else "bike" */
    made_output *outputs;
    made_table *tables;
    bool done, failed;
    error failure;
    size_t stage; /* at failure; NO_INDEX outside the stages */
    made_total *totals;
    size_t total_count, total_capacity;
    log_line *lines;
    size_t line_count, line_capacity, lines_lost;
    arena *memory; /* texts, totals, logs, place sets of this job */
    arena **kept;  /* texts that blocks made */
    size_t kept_count;
} plan_job;

typedef struct plan_plugin {
    const loaded_plugin *loaded;
    const bassin_plugin *is; /* full-size copy */
    const plan_ground *ground;
    const char *prefix;    /* "" or "indicator_" for a foreign plugin */
    const indicator *said; /* NULL: not named in the run file's indicators */
    plan_param *params;
    plan_input *inputs;
    plan_job *jobs;
    size_t job_count;
    bool *needs; /* plugins whose outputs it reads; plan->plugin_count */
    bool dropped;
} plan_plugin;

/* Nearest venues among those of one mask. */
typedef struct nearest_kept {
    uint64_t hash;
    uint8_t *mask;
    nearest_index *index;
} nearest_kept;

struct plan {
    const run_data *data;
    arena *memory;
    const loaded_plugin *loaded;
    size_t loaded_count;
    plan_plugin *plugins; /* in the order they run once built */
    size_t plugin_count;
    table *territories; /* level, code, name, population, places: rows of bassin_groups */
    /* The places; then, where these are cells, the communes. */
    plan_ground ground[2];
    size_t ground_count;
    bassin_flows flows;
    uint64_t *origin_start;
    uint8_t *abroad; /* of the flows */
    double *abroad_crow_km, *abroad_km;
    pthread_mutex_t nearest_lock;
    nearest_kept nearest[NEAREST_KEPT];
    size_t nearest_count;
    bool lock_ready;
    bool told_in_notes; /* log lines and failures went to run_data.notes already */
};

/* A job while it runs: what its calls share. */
typedef struct job_run {
    plan *p;
    plan_job *job;
    int threads;
    progress *progress; /* NULL: silent */
    bassin_job seen;    /* as the plugin sees it, without the context of a call */
    bassin_columns *in;
    bassin_slots *out;
    bassin_slot **slots; /* of each output: table_rows fills them */
    bassin_value *values;
    size_t *partial_bytes; /* one a stage */
    void *plugin_plan;
    random_key key;
    pthread_mutex_t lock; /* of `kept` */
    arena **kept;         /* texts made by calls; they die with the job */
    size_t kept_count, kept_capacity;
    void *before; /* merged partial of the stage before */
} job_run;

/* A call into a plugin: what the host functions find behind bassin_job.context. */
typedef struct plan_call {
    job_run *run;
    bassin_job seen;
    bool once; /* prepare and finish: [once] functions allowed */
    bool preparing;
    const char *over; /* table of the block's rows; NULL */
    size_t begin, end;
    arena *scratch; /* NULL until asked for */
    arena *texts;   /* NULL until asked for */
    log_line *lines;
    size_t line_count, lines_lost;
} plan_call;

/* --- plan_territories.c --- */
/* Rows of `territories`, level by level, and the groups that plugins see. */
MUST_CHECK status plan_territories(plan *p, error *err);

/* --- plan_params.c --- */
/* Types the settings of a plugin against its parameters; every fault at its line. */
MUST_CHECK status plan_params(plan *p, plan_plugin *plugin, faults *faults_list);
/* "20 min", "10;20;30", "a=20;b=15;..." for people and for the manifest, in the parameter's unit.
 */
MUST_CHECK char *plan_param_text(const plan_param *param, arena *into);

/* --- plan_outputs.c --- */
/* The columns, tables and names of every job of a plugin. */
MUST_CHECK status plan_outputs(plan *p, plan_plugin *plugin, faults *faults_list);
/* Names that two plugins, or a plugin and the territory, both claim. */
MUST_CHECK status plan_clashes(plan *p, faults *faults_list);

/* --- plan_inputs.c --- */
/* Finds every input; `quiet` NULL reports, else is set where something is missing. */
MUST_CHECK status plan_inputs(plan *p, plan_plugin *plugin, bool *quiet, faults *faults_list);
/* What the plugin needs as whole structures. */
MUST_CHECK status plan_needs(plan *p, plan_plugin *plugin, bool *quiet, faults *faults_list);
/* Producers before readers, else in the order given; a cycle is refused by its names. */
MUST_CHECK status plan_order(plan *p, faults *faults_list);
/* --- plan_helpers.c --- */
/* Built-in plugins that are not asked for start dropped; those whose columns a running plugin
 * requires are called in, with a note. */
void plan_helpers(plan *p, faults *faults_list);

/* The loaded table that a plugin of this ground knows by that name; NULL none. */
const table *plan_base_table(const plan *p, const plan_ground *ground, const char *name);
/* "places" is the table of the ground; others are what they are called. */
const char *plan_table_name(const plan_ground *ground, const char *name);
/* What the plugin takes for its places. */
const plan_ground *plan_ground_of(const plan *p, const bassin_plugin *is);
/* Flows are told by commune: the ground of the communes. */
static inline const plan_ground *plan_communes(const plan *p)
{
    return &p->ground[p->ground_count - 1];
}

/* --- plan_structs.c --- */
/* Costs, flows, neighbours as the ABI shows them. */
MUST_CHECK status plan_structs(plan *p, error *err);

/* --- plan_job.c --- */
/* Runs one job from prepare to the last finish. A plugin's own failure is kept in the job and gives
 * STATUS_OK; what stops the run (memory, interruption) is returned. */
MUST_CHECK status plan_job_run(plan *p, plan_job *job, int threads, progress *progress, error *err);
void plan_job_clear(plan_job *job);

/* --- host_call.c --- */
void call_begin(plan_call *c, job_run *run);
/* Hands the texts over to the job; scratch dies. */
MUST_CHECK status call_end(plan_call *c, error *err);
/* Joins the lines of a call to those of the job, in the order of the calls. */
MUST_CHECK status job_log(plan_job *job, const log_line *lines, size_t count, size_t lost,
                          error *err);

/* --- host.c --- */
extern const bassin_host plan_host;
/* --- host_reach.c --- */
extern const bassin_reach plan_reach;
/* --- host_services.c --- */
void plan_nearest_clear(plan *p);
MUST_CHECK status plan_nearest(plan *p, const territory *t, const uint8_t *use, size_t begin,
                               size_t end, double *km, uint32_t *venue, error *err);
double plan_param_draw(const plan_param *param, random_key key, uint64_t draw, uint32_t k);

/* --- host_slots.c --- */
/* Values, states (all missing) and texts of an output's columns. */
MUST_CHECK status columns_allocate(made_output *o, size_t rows, error *err);
void columns_clear(made_output *o);
/* Shows allocated columns as the slots of an output. */
void slots_show(const made_output *o, bassin_slot *slots);
/* Texts become words; a value that is not present becomes 0. */
MUST_CHECK status columns_seal(made_output *o, arena *memory, error *err);
/* Refuses what a stage may not leave behind; the error names output and row. */
MUST_CHECK status columns_check(const plan *p, const made_output *o, bool last, error *err);
/* "row 12 (77001 Achères-la-Forêt)" */
void row_label(const plan *p, const char *table_name, size_t row, char *buffer, size_t size);

static inline const bassin_plugin *job_descriptor(const plan_job *job)
{
    return job->plugin->is;
}

/* " (à vélo)": how the mode of a job is said after a title, "" for the first mode. NULL: out of
 * memory. */
const char *mode_label(const char *suffix, language lang, arena *memory);

#endif
