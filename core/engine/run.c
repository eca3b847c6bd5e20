#include "engine/run.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#include "engine/cache_folder.h"
#include "engine/inputs/caution.h"
#include "engine/messages.h"
#include "engine/travel/networks.h"
#include "engine/run_steps.h"
#include "engine/inputs/series.h"
#include "engine/inputs/shares.h"
#include "territory/support.h"

/* A step begins: said to people, and the place where an interruption is seen. */
static status step(const run_state *r, const char *id, const char *fr, const char *en)
{
    error err;
    if (progress_cancelled(r->environment->progress)) {
        (void)error_set(&err, STATUS_INTERRUPTED, M_RUN_INTERRUPTED);
        return faults_add_error(r->faults_list, SOURCE_NONE, &err);
    }
    progress_step(r->environment->progress, id, fr, en);
    return STATUS_OK;
}

static status told(run_state *r, status s, const error *err)
{
    return s == STATUS_OK ? s : faults_add_error(r->faults_list, SOURCE_NONE, err);
}

int run_threads(const scenario *s)
{
    return s->threads > 0 ? (int)s->threads : omp_get_num_procs();
}

static status first_of(status a, status b)
{
    return a != STATUS_OK ? a : b;
}

static status asides_new(run_state *r)
{
    error err;
    return told(r, faults_new(&r->asides, &err), &err);
}

static status load(run_state *r, const char *run_file)
{
    status result = step(r, "scenario", M_STEP_SCENARIO);
    return result != STATUS_OK
               ? result
               : scenario_load(run_file, &r->options->overrides, &r->scenario, r->faults_list);
}

/* --resume: what an interrupted run had finished lies in the cache, or nowhere. */
static status judge_resume(run_state *r)
{
    return r->options->resume && cache_folder(r->scenario, r->scenario->memory) == NULL
               ? faults_refuse(r->faults_list, SOURCE_NONE, M_RESUME_NO_CACHE)
               : STATUS_OK;
}

/* Taken early: a folder that another run holds, or that is no results folder, is told at once. */
static status reserve_results(run_state *r)
{
    error err;
    return told(r, publication_begin(&r->publication, r->options->results_folder, &err), &err);
}

static char *reference_path(const run_state *r, const char *name)
{
    return arena_format(r->scenario->memory, "%s/%s", r->environment->reference_folder, name);
}

/* The taxonomy comes first: its tags call venues out of OpenStreetMap. */
static status read_inputs(run_state *r)
{
    error err;
    status result = step(r, "inputs", M_STEP_INPUTS);
    char *path = reference_path(r, "taxonomy.csv");
    if (result == STATUS_OK && path == NULL) {
        result = told(r, memory_error(&err, 0), &err);
    }
    if (result == STATUS_OK) {
        result = taxonomy_read(path, &r->kinds, r->faults_list);
    }
    return result != STATUS_OK
               ? result
               : inputs_read(r->scenario, r->environment, r->kinds, &r->inputs, r->faults_list);
}

/* A run file at fault still names its inputs and settings: their faults are told with its own. */
static status look_further(run_state *r, status loaded)
{
    if (loaded == STATUS_INPUT && r->scenario != NULL) {
        const status told[] = {
            plan_judge_settings(r->scenario, &r->environment->plugins, r->faults_list),
            read_inputs(r)};
        (void)told;
    }
    return loaded;
}

static status convert_inputs(run_state *r)
{
    const inputs *in = r->inputs;
    if (in->movements.rows == NULL && in->passage.rows == NULL) {
        return STATUS_OK;
    }
    status result = step(r, "vintages", M_STEP_VINTAGES);
    return result != STATUS_OK
               ? result
               : inputs_convert(r->scenario, r->inputs, &r->vintages, r->faults_list);
}

static const imported *given(const imported *i)
{
    return i->rows != NULL ? i : NULL;
}

static bool population_known(const territory *t)
{
    for (size_t i = 0; i < t->place_count; i++) {
        if (t->kept[i] != 0 && !isnan(t->population[i])) {
            return true;
        }
    }
    return false;
}

static status build_territory(run_state *r)
{
    error err;
    const inputs *in = r->inputs;
    status result = step(r, "territory", M_STEP_TERRITORY);
    if (result == STATUS_OK) {
        result = told(r, ledger_new(&r->balance, &err), &err);
    }
    if (result == STATUS_OK) {
        result = told(r, inputs_balance(in, r->balance, &err), &err);
    }
    if (result != STATUS_OK) {
        return result;
    }
    territory_inputs t = {
        .communes = given(&in->communes),
        .names = given(&in->names),
        .membership = given(&in->membership),
        .population = given(&in->population),
        .cells = given(&in->cells),
        .cells_are_places = r->scenario->cells_are_places,
        .density = given(&in->density),
        .groups = in->group_inputs,
        .group_count = r->scenario->group_count,
        .fold_arrondissements = r->scenario->fold_arrondissements,
        .perimeter = r->scenario->perimeter,
    };
    t.perimeter.keep_codes = in->keep.rows;
    result = territory_build(&t, r->balance, &r->communes, r->faults_list);
    if (result == STATUS_OK && r->scenario->cells_are_places) {
        result = territory_cells(r->communes, t.cells, r->balance, &r->cells, r->faults_list);
    }
    if (result == STATUS_OK && !population_known(r->communes)) {
        faults_warn(r->faults_list, SOURCE_NONE, M_RUN_NO_POPULATION);
    }
    return result;
}

static context_inputs context_of(const run_state *r)
{
    return (context_inputs){.zonings = r->inputs->zoning_inputs,
                            .zoning_count = r->scenario->zoning_count,
                            .tables = r->inputs->context_inputs,
                            .table_count = r->scenario->context_count};
}

/* Zonings and numbers by commune: beside the territory and the venues. */
static status join_context(run_state *r)
{
    const context_inputs in = context_of(r);
    const status result =
        context_of_places(r->communes, &in, r->balance, &r->place_context, r->faults_list);
    return result != STATUS_OK ? result
                               : context_of_venues(r->communes, r->venues, r->place_context, &in,
                                                   &r->venue_context, r->faults_list);
}

/* Communes, or the cells that stand for them. */
static const territory *places_of(const run_state *r)
{
    return r->cells != NULL ? r->cells : r->communes;
}

static status place_venues(run_state *r)
{
    status result = step(r, "venues", M_STEP_VENUES);
    const venues_inputs in = {
        .lists = r->inputs->venue_lists,
        .list_count = r->scenario->venue_list_count,
        .names = given(&r->inputs->names),
        .addresses = r->inputs->address_tables,
        .address_count = r->inputs->address_count,
        .duplicates = r->scenario->duplicates,
    };
    return result != STATUS_OK
               ? result
               : venues_place(r->communes, r->kinds, &in, r->balance, &r->venues, r->faults_list);
}

static status build_flows(run_state *r)
{
    error err;
    assumed_shares shares;
    const imported *base = given(&r->inputs->flows), *detail = given(&r->inputs->detail);
    if (base == NULL && detail == NULL) {
        return STATUS_OK;
    }
    status result = step(r, "flows", M_STEP_FLOWS);
    char *path = reference_path(r, "factors.csv");
    if (result == STATUS_OK && path == NULL) {
        result = told(r, memory_error(&err, 0), &err);
    }
    if (result == STATUS_OK) {
        result = assumed_shares_read(path, &shares, r->faults_list);
    }
    if (result != STATUS_OK) {
        return result;
    }
    const flows_inputs in = {.base = base,
                             .detail = detail,
                             .foreign = given(&r->inputs->foreign),
                             .mode_share = shares.mode,
                             .cs_share = shares.cs,
                             .weight = shares.weight};
    return flows_build(r->communes, &in, r->balance, &r->flows, r->faults_list);
}

static status build_series(run_state *r)
{
    status result = r->scenario->series_count > 0 ? step(r, "series", M_STEP_SERIES) : STATUS_OK;
    return result != STATUS_OK || r->scenario->series_count == 0
               ? result
               : series_build(r->scenario, r->communes, r->inputs, r->balance, &r->series,
                              r->faults_list);
}

/* Faults of venues, of flows and of the series are told together. */
static status build_demand_and_supply(run_state *r)
{
    status result = place_venues(r);
    if (result == STATUS_INPUT || result == STATUS_OK) {
        result = first_of(result, build_flows(r));
    }
    if (result == STATUS_INPUT || result == STATUS_OK) {
        result = first_of(result, build_series(r));
    }
    return result;
}

/* --strict: the first rejected row refuses the run. */
static status refuse_rejects(run_state *r, const table *rejects)
{
    if (rejects->rows == 0) {
        return STATUS_OK;
    }
    const column *file = table_find(rejects, "file"), *line = table_find(rejects, "line");
    const column *value = table_find(rejects, "value"), *fr = table_find(rejects, "reason");
    const column *en = table_find(rejects, "reason_en");
    int64_t first = line != NULL && line->type == COLUMN_I64 ? line->at.i64[0] : 0;
    return faults_refuse(r->faults_list, SOURCE_NONE, M_RUN_STRICT,
                         SHOWN(shown((double)rejects->rows, 0)), column_text(file, 0),
                         (unsigned long long)first, column_text(value, 0), column_text(fr, 0),
                         column_text(en, 0));
}

/* read = used + rejected + ignored, for every file. */
static status check_balance(run_state *r)
{
    error err;
    table *balance = NULL, *rejects = NULL;
    status result = told(r, ledger_check(r->balance, &err), &err);
    if (result == STATUS_OK && r->options->strict) {
        result = told(r, ledger_tables(r->balance, &balance, &rejects, &err), &err);
        result = result == STATUS_OK ? refuse_rejects(r, rejects) : result;
    }
    table_free(balance);
    table_free(rejects);
    return result;
}

/* Estimated times: which départements to distrust, and the communes whose speed is a guess. */
static status read_caution(run_state *r)
{
    error err;
    bool estimated = false;
    for (size_t i = 0; i < r->scenario->mode_count; i++) {
        estimated = estimated || r->scenario->modes[i].source == TRAVEL_ESTIMATE;
    }
    if (!estimated) {
        return STATUS_OK;
    }
    size_t unknown = places_without_density(r->communes);
    if (unknown > 0) {
        faults_warn(r->faults_list, SOURCE_NONE, M_RUN_NO_DENSITY,
                    SHOWN(shown((double)unknown, 0)));
    }
    char *path = reference_path(r, "estimate_caution.csv");
    return path != NULL ? caution_read(path, &r->caution, r->faults_list)
                        : told(r, memory_error(&err, 0), &err);
}

static status open_networks(run_state *r)
{
    const networks_options options = {.scenario = r->scenario,
                                      .environment = r->environment,
                                      .writes_cache = r->publication != NULL,
                                      .asides = r->asides};
    status result = step(r, "networks", M_STEP_NETWORKS);
    return result == STATUS_OK ? networks_open(&options, &r->networks, r->faults_list) : result;
}

static status build_costs(run_state *r)
{
    const travel_sources sources = {.matrix = r->inputs->matrices,
                                    .network = (network *const *)r->networks};
    status result = step(r, "costs", M_STEP_COSTS);
    result = result == STATUS_OK ? read_caution(r) : result;
    return result != STATUS_OK
               ? result
               : costs_build(r->scenario, places_of(r), r->venues, r->flows, &sources,
                             r->environment, r->balance, &r->costs, r->faults_list);
}

static status build_plan(run_state *r)
{
    status result = step(r, "plan", M_STEP_PLAN);
    r->data = (run_data){
        .scenario = r->scenario,
        .territory = places_of(r),
        .communes = r->cells != NULL ? r->communes : NULL,
        .venue_cell = r->costs->venue_cell,
        .commune_costs = r->cells != NULL ? r->costs->commune_modes : NULL,
        .venues = r->venues,
        .place_context = r->place_context,
        .venue_context = r->venue_context,
        .flows = r->flows,
        .costs = r->costs->modes,
        .cost_count = r->costs->count,
        .engines = r->costs->engines,
        .flow_minutes = r->costs->flow_minutes,
        .flow_km = r->costs->flow_km,
        .flow_state = r->costs->flow_state,
        .balance = r->balance,
        .series = r->series,
        .vintages = r->vintages,
        .notes = r->faults_list,
        .caution = r->caution,
        .libraries = r->environment->libraries,
        .library_count = r->environment->library_count,
    };
    return result != STATUS_OK
               ? result
               : plan_build(&r->data, &r->environment->plugins, &r->plan, r->faults_list);
}

/* STATUS_PLUGIN: an indicator failed, the others' results are kept. */
static status run_plan(run_state *r)
{
    status result = step(r, "indicators", M_STEP_RUN);
    const plan_keeping keeping = {.folder = cache_folder(r->scenario, r->scenario->memory),
                                  .tells_blocks = r->options->resume,
                                  .asides = r->asides};
    plan_keep(r->plan, &keeping);
    return result != STATUS_OK ? result
                               : plan_run(r->plan, run_threads(r->scenario),
                                          r->environment->progress, r->faults_list);
}

static status build_results(run_state *r)
{
    error err;
    status result = step(r, "results", M_STEP_RESULTS);
    if (result == STATUS_OK) {
        result = told(r,
                      results_build(&r->data, r->plan, r->inputs->all, r->inputs->roles,
                                    r->inputs->count, r->costs->facts, &r->results, &err),
                      &err);
    }
    return result;
}

static status write_results(run_state *r)
{
    status result = step(r, "write", M_STEP_WRITE);
    return result != STATUS_OK ? result : results_write(r);
}

static status publish_results(run_state *r)
{
    status result = step(r, "publish", M_STEP_PUBLISH);
    return result != STATUS_OK ? result : results_publish(r);
}

static void run_state_clear(run_state *r)
{
    progress_end(r->environment->progress);
    results_free(r->results);
    plan_free(r->plan);
    run_costs_free(r->costs);
    networks_free(r->networks, r->scenario != NULL ? r->scenario->mode_count : 0);
    if (r->asides != NULL) {
        faults_append(r->faults_list, r->asides);
        faults_free(r->asides);
    }
    table_free(r->caution);
    table_free(r->place_context);
    table_free(r->venue_context);
    table_free(r->series);
    flows_free(r->flows);
    venues_free(r->venues);
    taxonomy_free(r->kinds);
    territory_free(r->cells);
    territory_free(r->communes);
    carry_log_free(r->vintages);
    inputs_free(r->inputs);
    ledger_free(r->balance);
    publication_free(r->publication);
    scenario_free(r->scenario);
}

/* From the run file to a plan that is ready to run: the part that `bassin check` shares. */
static status prepare(run_state *r)
{
    status judged = plan_judge_settings(r->scenario, &r->environment->plugins, r->faults_list);
    status s = first_of(judged, read_inputs(r)); /* faults of both are told together */
    s = s == STATUS_OK ? convert_inputs(r) : s;
    s = s == STATUS_OK ? build_territory(r) : s;
    s = s == STATUS_OK ? build_demand_and_supply(r) : s;
    s = s == STATUS_OK ? join_context(r) : s;
    s = s == STATUS_OK ? check_balance(r) : s;
    s = s == STATUS_OK ? open_networks(r) : s;
    s = s == STATUS_OK ? build_costs(r) : s;
    return s == STATUS_OK ? build_plan(r) : s;
}

status run_scenario(const char *run_file, const run_options *options,
                    const run_environment *environment, faults *faults_list)
{
    run_state r = {.options = options, .environment = environment, .faults_list = faults_list};
    status ran = STATUS_OK;
    status s = asides_new(&r);
    s = s == STATUS_OK ? look_further(&r, load(&r, run_file)) : s;
    s = s == STATUS_OK ? judge_resume(&r) : s;
    s = s == STATUS_OK ? reserve_results(&r) : s;
    s = s == STATUS_OK ? prepare(&r) : s;
    if (s == STATUS_OK) {
        ran = run_plan(&r);
        s = ran == STATUS_PLUGIN ? STATUS_OK : ran;
    }
    s = s == STATUS_OK ? build_results(&r) : s;
    s = s == STATUS_OK ? write_results(&r) : s;
    s = s == STATUS_OK ? publish_results(&r) : s;
    run_state_clear(&r);
    return s == STATUS_OK ? ran : s;
}

status check_scenario(const char *run_file, const run_options *options,
                      const run_environment *environment, faults *faults_list)
{
    run_state r = {.options = options, .environment = environment, .faults_list = faults_list};
    status s = asides_new(&r);
    s = s == STATUS_OK ? look_further(&r, load(&r, run_file)) : s;
    s = s == STATUS_OK ? prepare(&r) : s;
    run_state_clear(&r);
    return s;
}
