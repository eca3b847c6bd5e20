/* engine/job/runner.h: where the functions of a plugin are called. Private to the floor.
 *
 * job_run.c cuts the blocks, merges partials in order, keeps what is finished and checks what is
 * left, the same for every plugin. A runner makes the calls: in this process (runner_here: built-in
 * plugins), in sandboxed workers (runner_apart: foreign libraries), as a program that reads and
 * writes tables (runner_pipe). */
#ifndef ENGINE_JOB_RUNNER_H
#define ENGINE_JOB_RUNNER_H

#include <pthread.h>

#include "base/blocks.h"
#include "engine/job/job.h"

typedef struct runner runner;

/* A job while it runs: what its calls share. */
typedef struct job_state {
    plugin_job *job;
    const job_options *options;
    bassin_job seen;     /* as the plugin sees it, without the context of a call */
    bassin_slots *out;   /* in the order of the outputs */
    bassin_slot **slots; /* of each output: table_rows fills them */
    bassin_value *values;
    size_t *partial_bytes; /* one a stage; prepare says */
    pthread_mutex_t lock;  /* of `kept` */
    arena **kept;          /* texts made by calls; they die with the job */
    size_t kept_count, kept_capacity;
    size_t before_stage; /* of `before` */
    void *before;        /* merged partial of the stage before; the runner's memory; NULL: none */
    runner *runner;
    struct job_file *file; /* store/job_file.h: where finished work is kept; NULL: nowhere */
} job_state;

/* Readies a job's columns and slots; options live as long. End it also after a failure. */
MUST_CHECK status job_state_begin(job_state *s, plugin_job *job, const job_options *options,
                                  error *err);
void job_state_end(job_state *s);

/* What a call said for the log. The texts live with the job. */
typedef struct call_said {
    const log_line *lines;
    size_t count, lost;
} call_said;

typedef struct runner_kind {
    /* Gives the outputs of the base tables memory of its own, where they need one, before any of
     * the rest. NULL: the columns have theirs. */
    status (*lend)(job_state *s, error *err);
    /* Reads the plugin in and prepares: from now on calls may be under way on `lanes` threads at
     * once, each on a lane of its own [0, lanes). Fills state->partial_bytes. A refusal of the
     * plugin is STATUS_PLUGIN. On failure *out may be set: close is called all the same. */
    status (*open)(job_state *s, int lanes, runner **out, error *err);
    /* Memory of one partial of a stage, zeroed or not; NULL: out of memory. [lock of the merge] */
    void *(*partial_new)(runner *r, size_t stage);
    void (*partial_free)(runner *r, size_t stage, void *partial);
    /* [any lane] Rows [b.begin, b.end). `partial` NULL: the stage has none. */
    status (*block)(runner *r, int lane, size_t stage, block b, void *partial, call_said *said,
                    error *err);
    /* [any lane, never two at once] Adds `from` to `into`. */
    status (*merge)(runner *r, int lane, size_t stage, void *into, const void *from, error *err);
    /* [once] */
    status (*finish)(runner *r, size_t stage, void *total, call_said *said, error *err);
    /* Releases the plugin. Nothing of it writes to outputs any more. Takes NULL. */
    void (*close)(runner *r);
} runner_kind;

extern const runner_kind runner_here;  /* runner_here.c */
extern const runner_kind runner_apart; /* runner_apart.c */
extern const runner_kind runner_pipe;  /* runner_pipe.c */
/* The one for a plugin as it was loaded. */
const runner_kind *runner_of(const loaded_plugin *loaded);

/* --- a call, and what the host functions find behind bassin_job.context (job_call.c) --- */
typedef struct plugin_call {
    job_state *state;
    bassin_job seen;
    bool once; /* prepare and finish: [once] functions allowed */
    bool preparing;
    void *plugin_plan; /* left by prepare */
    const char *over;  /* final name of the table of the block's rows; NULL */
    size_t begin, end;
    arena *scratch; /* NULL until asked for */
    arena *texts;   /* NULL until asked for */
    log_line *lines;
    size_t line_count, lines_lost;
} plugin_call;

/* `plugin_plan`: what prepare left. */
void call_begin(plugin_call *c, job_state *s, void *plugin_plan);
/* Hands the texts over to the job and tells what was logged; scratch dies. */
MUST_CHECK status call_end(plugin_call *c, call_said *said, error *err);
/* Joins what a call said to the log of the job, in the order of the calls. */
MUST_CHECK status job_log(plugin_job *job, const call_said *said, error *err);
/* A job that failed leaves nothing but its failure and its log. */
void job_outputs_drop(plugin_job *job);
/* Ends a call that counts for nothing. */
void call_drop(plugin_call *c);
/* What the host offers; context is a plugin_call. */
extern const bassin_host plugin_host;
extern const bassin_reach plugin_reach;

/* A plugin's answer as a status. `step`: "prepare", "2 (run)"; `over`: final name of the table that
 * `from->row` is of, NULL none. Its own failure is STATUS_PLUGIN; one that stopped because the run
 * is stopped did not fail. */
MUST_CHECK status call_judge(const job_state *s, bassin_status code, const char *step,
                             const char *over, const bassin_error *from, error *err);
bool job_is_cancelled(const job_state *s);
/* The final name of the table a stage runs over; NULL: once. */
const char *stage_over(const plugin_job *job, size_t stage);
/* Rows of that table; 1 for a stage that runs once. */
size_t stage_rows(const plugin_job *job, size_t stage);

#endif
