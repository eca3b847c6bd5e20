/* engine/plan/plan_model.h: how a plan lies in memory. Private to this room.
 *
 * A plan holds the plugins that run, in the order they run; a plugin has one job a travel mode (one
 * job in all unless it asks for more); a job holds the columns it makes. Everything that is known
 * before the run is in the plan's arena; arrays of values are allocated when a job starts. */
#ifndef ENGINE_PLAN_MODEL_H
#define ENGINE_PLAN_MODEL_H

#include "engine/plan/plan.h"
#include "engine/job/job.h"
#include "engine/store/job_store.h"

/* Where one member of an input comes from: a loaded column, or one that a plugin makes. */
typedef struct input_source {
    const column *base;
    size_t rows; /* of base */
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

typedef struct plan_plugin {
    const loaded_plugin *loaded;
    const bassin_plugin *is; /* full-size copy */
    const plan_ground *ground;
    const char *prefix;    /* "" or "indicator_" for a foreign plugin */
    const indicator *said; /* NULL: not named in the run file's indicators */
    plugin_param *params;
    plan_input *inputs;
    plugin_job *jobs;
    size_t job_count;
    bool *needs; /* plugins whose outputs it reads; plan->plugin_count */
    bool dropped;
    bool unsure; /* its settings are at fault: names that they make may be others */
    bool spared; /* --only: nobody asks for it; the store may have it */
} plan_plugin;

struct plan {
    const run_data *data;
    zygote *workers; /* for foreign plugins */
    arena *memory;
    const loaded_plugin *loaded;
    size_t loaded_count;
    const char **lost_prefix; /* of foreign plugins that are asked for and could not be opened */
    size_t lost_count;
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
    nearest_venues *nearest;
    bool told_in_notes; /* log lines and failures went to run_data.notes already */
    plan_keeping keeping;
    job_store *store; /* NULL: nothing is kept */
};

/* --- plan_territories.c --- */
/* Rows of `territories`, level by level, and the groups that plugins see. */
MUST_CHECK status plan_territories(plan *p, error *err);

/* --- plan_params.c --- */
/* Types the settings of a plugin against its parameters; every fault at its line. */
MUST_CHECK status plan_params(plan *p, plan_plugin *plugin, faults *faults_list);

/* --- plan_outputs.c --- */
/* The columns, tables and names of every job of a plugin. */
MUST_CHECK status plan_outputs(plan *p, plan_plugin *plugin, faults *faults_list);

/* --- plan_clashes.c --- */
/* Names that two plugins, or a plugin and the territory, both claim; weights that nobody has. */
MUST_CHECK status plan_clashes(plan *p, faults *faults_list);

/* --- plan_inputs.c --- */
/* Finds every input; `quiet` NULL reports, else is set where something is missing. */
MUST_CHECK status plan_inputs(plan *p, plan_plugin *plugin, bool *quiet, faults *faults_list);
/* What the plugin needs as whole structures. */
MUST_CHECK status plan_needs(plan *p, plan_plugin *plugin, bool *quiet, faults *faults_list);

/* --- plan_order.c --- */
/* Refuses every cycle by its plugins and columns. */
MUST_CHECK status plan_cycles(plan *p, faults *faults_list);
/* Producers before readers, else in the order given. There is no cycle. */
MUST_CHECK status plan_order(plan *p, error *err);

/* --- plan_helpers.c --- */
/* Built-in plugins that are not asked for start dropped; those whose columns a running plugin
 * requires are called in, with a note. */
void plan_helpers(plan *p, faults *faults_list);

/* The loaded column that a plugin of this ground knows by that name, of the data or of what the run
 * file gives beside, and the rows of its table; NULL none. */
const column *plan_base_column(const plan *p, const plan_ground *ground, const char *table_name,
                               const char *name, size_t *rows);
/* "places" is the table of the ground; others are what they are called. */
const char *plan_table_name(const plan_ground *ground, const char *name);
/* It needs flows, runs over them, or has one of their columns among its inputs; `optional`: those
 * that it can do without count too. */
bool plan_reads_flows(const bassin_plugin *is, bool optional);
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

/* --- plan_only.c --- */
/* --only: spares every plugin that is neither named nor read by one that is. */
MUST_CHECK status plan_spare(plan *p, error *err);
/* After the run: those that the store did not have leave the plan; told to the asides. */
MUST_CHECK status plan_leave_spared(plan *p, error *err);

/* --- plan_keeping.c --- */
/* One line at the end for what the store gave, and one a job where the run was to be resumed. */
void plan_tell_kept(const plan *p);

/* --- plan_bind.c --- */
/* Shows a job the columns, costs and flows of this run; the plugins it reads have run. */
MUST_CHECK status plan_bind(plan *p, plugin_job *job, error *err);

#endif
