/* The plan: which plugins run, in which order, and the run itself. */
#include "engine/plan/plan.h"

#include <string.h>

#include "engine/plan_messages.h"
#include "engine/plan/plan_model.h"
#include "engine/plugin/plugin_find.h"
#include "engine/job/runner.h"

/* What the run file asks for: ids or files, and the lines that ask. */
typedef struct wanted_list {
    const char **name;
    source_ref *at;
    plugin_limits *limits;
    size_t count, asked; /* the first `asked` are; the others may be called in by them */
    bool all;            /* none is asked for by name: every built-in plugin whose needs are met */
} wanted_list;

static bool listed(const wanted_list *w, const char *name)
{
    for (size_t i = 0; i < w->count; i++) {
        if (strcmp(w->name[i], name) == 0)
            return true;
    }
    return false;
}

static void want(wanted_list *w, const char *name, source_ref at)
{
    if (listed(w, name))
        return;
    w->name[w->count] = name;
    w->at[w->count++] = at;
}

/* What a foreign plugin may take also holds where it is named among the indicators. */
static void want_plugin(wanted_list *w, const scenario_plugin *asked)
{
    want(w, asked->name, asked->where);
    for (size_t i = 0; i < w->count; i++) {
        if (strcmp(w->name[i], asked->name) == 0)
            w->limits[i] = (plugin_limits){
                .memory_bytes = (uint64_t)(asked->memory_mib * 1048576.0), .call_s = asked->time_s};
    }
}

static status open_wanted(plan *p, const plugin_search *where, const wanted_list *w,
                          faults *faults_list)
{
    plugin_wish *wishes = arena_take(p->memory, w->count, sizeof *wishes);
    error err = {.status = STATUS_OK};
    if (wishes == NULL) {
        (void)memory_error(&err, w->count * sizeof *wishes);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < w->count; i++)
        wishes[i] = (plugin_wish){.name = w->name[i], .at = w->at[i], .limits = w->limits[i]};
    return plugins_open_wished(where, wishes, w->count, p->memory, &p->loaded, &p->loaded_count,
                               faults_list);
}

static status wanted_of(plan *p, const plugin_search *where, wanted_list *w, error *err)
{
    const scenario *s = p->data->scenario;
    const char *const *builtin = NULL;
    size_t builtin_count = 0;
    *w = (wanted_list){.all = s->indicator_count == 0 || s->all_indicators};
    status result = plugins_listed(where, p->memory, &builtin, &builtin_count, err);
    if (result != STATUS_OK)
        return result;
    size_t most = builtin_count + s->indicator_count + s->plugin_count;
    w->name = arena_take(p->memory, most, sizeof *w->name);
    w->at = arena_take(p->memory, most, sizeof *w->at);
    w->limits = arena_take(p->memory, most, sizeof *w->limits);
    if (w->name == NULL || w->at == NULL || w->limits == NULL)
        return memory_error(err, most * sizeof *w->at);
    for (size_t i = 0; w->all && i < builtin_count; i++)
        want(w, builtin[i], SOURCE_NONE);
    for (size_t i = 0; i < s->indicator_count; i++)
        want(w, s->indicators[i].plugin, s->indicators[i].where);
    for (size_t i = 0; i < s->plugin_count; i++)
        want_plugin(w, &s->plugins[i]);
    w->asked = w->count;
    for (size_t i = 0; i < builtin_count; i++)
        want(w, builtin[i], SOURCE_NONE);
    return STATUS_OK;
}

static const indicator *indicator_of(const scenario *s, const char *id)
{
    for (size_t i = 0; i < s->indicator_count; i++) {
        if (strcmp(s->indicators[i].plugin, id) == 0)
            return &s->indicators[i];
    }
    return NULL;
}

/* "fr.lab.x" of "/folder/fr.lab.x.so" and "fr.lab.x.yaml", and of itself. */
static text_slice id_of(const char *name)
{
    const char *slash = strrchr(name, '/'), *id = slash != NULL ? slash + 1 : name;
    const char *ending = plugin_ending(id);
    return text_slice_of(id, ending != NULL ? (size_t)(ending - id) : strlen(id));
}

/* Whether a name of the run file, an id or a file, means that plugin. */
static bool means(const char *name, const loaded_plugin *loaded)
{
    const text_slice id = id_of(name), file = id_of(loaded->path);
    return text_equal(id, loaded->plugin->id) ||
           (id.size == file.size && memcmp(id.at, file.at, id.size) == 0);
}

static bool is_loaded(const plan *p, const char *name)
{
    for (size_t k = 0; k < p->loaded_count; k++) {
        if (means(name, &p->loaded[k]))
            return true;
    }
    return false;
}

/* Whether the run file asks for it; else it may be called in. */
static bool is_asked(const wanted_list *w, const loaded_plugin *loaded)
{
    for (size_t i = 0; i < w->asked; i++) {
        if (means(w->name[i], loaded))
            return true;
    }
    return false;
}

/* Foreign plugins that are asked for and could not be opened: what they would have made is not
 * missing besides. */
static status note_lost(plan *p, const wanted_list *w, error *err)
{
    p->lost_prefix = arena_take(p->memory, w->asked, sizeof *p->lost_prefix);
    if (p->lost_prefix == NULL)
        return memory_error(err, w->asked * sizeof *p->lost_prefix);
    for (size_t i = 0; i < w->asked; i++) {
        const text_slice id = id_of(w->name[i]);
        if (is_loaded(p, w->name[i]) || memchr(id.at, '.', id.size) == NULL)
            continue;
        const char *text = arena_text_n(p->memory, id.at, id.size);
        const char *prefix = text != NULL ? plugin_prefix(text, p->memory) : NULL;
        if (prefix == NULL)
            return memory_error(err, id.size);
        p->lost_prefix[p->lost_count++] = prefix;
    }
    return STATUS_OK;
}

static status open_plugins(plan *p, const plugin_search *where, bool *all, faults *faults_list)
{
    wanted_list w;
    error err = {.status = STATUS_OK};
    if (wanted_of(p, where, &w, &err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    *all = w.all;
    status worst = w.count == 0 ? STATUS_OK : open_wanted(p, where, &w, faults_list);
    p->plugins = arena_take(p->memory, p->loaded_count, sizeof *p->plugins);
    if (note_lost(p, &w, &err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    if (p->plugins == NULL) {
        (void)memory_error(&err, p->loaded_count * sizeof *p->plugins);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < p->loaded_count; i++)
        p->plugins[i] =
            (plan_plugin){.loaded = &p->loaded[i],
                          .is = p->loaded[i].plugin,
                          .ground = plan_ground_of(p, p->loaded[i].plugin),
                          .dropped = !is_asked(&w, &p->loaded[i]),
                          .said = indicator_of(p->data->scenario, p->loaded[i].plugin->id)};
    p->plugin_count = p->loaded_count;
    if (p->plugin_count == 0 && worst == STATUS_OK)
        faults_warn(faults_list, source_at(p->data->scenario->path, 0, 0), M_PLAN_EMPTY);
    return worst;
}

static status first_of(status a, status b)
{
    return a != STATUS_OK ? a : b;
}

/* Settings, then the names that depend on them. */
static status shape_plugins(plan *p, faults *faults_list)
{
    status worst = STATUS_OK;
    for (size_t i = 0; i < p->plugin_count; i++) {
        status settings = plan_params(p, &p->plugins[i], faults_list);
        p->plugins[i].unsure = settings != STATUS_OK;
        if (settings != STATUS_OK && settings != STATUS_INPUT)
            return settings;
        status named = plan_outputs(p, &p->plugins[i], faults_list);
        worst = first_of(first_of(settings, named), worst);
    }
    return worst;
}

/* --only: the others run where they can, and are left out where they lack something. */
static bool may_be_left_out(const plan *p, const plan_plugin *plugin, bool all)
{
    const scenario *s = p->data->scenario;
    for (size_t i = 0; i < s->only_count; i++) {
        if (strcmp(s->only[i], plugin->is->id) == 0)
            return false;
    }
    return all || s->only_count > 0;
}

/* A plugin that nobody named and that lacks something is left out, and so are those that read it.
 */
static status leave_out(plan *p, bool all, faults *faults_list)
{
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = 0; i < p->plugin_count; i++) {
            plan_plugin *plugin = &p->plugins[i];
            bool lacks = false;
            if (plugin->dropped || !may_be_left_out(p, plugin, all))
                continue;
            status s = plan_needs(p, plugin, &lacks, faults_list);
            if (s == STATUS_OK)
                s = plan_inputs(p, plugin, &lacks, faults_list);
            if (s != STATUS_OK)
                return s;
            if (!lacks)
                continue;
            faults_note(faults_list, SOURCE_NONE, M_PLAN_LEFT_OUT, plugin->is->id);
            plugin->dropped = again = true;
        }
    }
    return STATUS_OK;
}

static status bind_plugins(plan *p, bool all, faults *faults_list)
{
    status worst = leave_out(p, all, faults_list);
    for (size_t i = 0; i < p->plugin_count; i++) {
        if (p->plugins[i].dropped || may_be_left_out(p, &p->plugins[i], all))
            continue;
        status needs = plan_needs(p, &p->plugins[i], NULL, faults_list);
        status inputs = plan_inputs(p, &p->plugins[i], NULL, faults_list);
        if (needs != STATUS_OK || inputs != STATUS_OK)
            worst = needs != STATUS_OK ? needs : inputs;
    }
    return worst;
}

static status plan_new(const run_data *data, const plugin_search *where, plan **out, error *err)
{
    plan *p = memory_new(1, sizeof *p);
    *out = p;
    if (p == NULL)
        return memory_error(err, sizeof *p);
    p->data = data;
    p->workers = where->workers;
    p->ground[0] = (plan_ground){.table = "places",
                                 .territory = data->territory,
                                 .venue_place = data->communes != NULL ? data->venue_cell
                                                                       : data->venues->place};
    p->ground[1] = (plan_ground){
        .table = "communes", .territory = data->communes, .venue_place = data->venues->place};
    p->ground_count = data->communes != NULL ? 2 : 1;
    status s = arena_new(&p->memory, err);
    if (s == STATUS_OK)
        s = nearest_venues_new(&p->nearest, data->venues->lon, data->venues->lat,
                               data->venues->count, err);
    if (s == STATUS_OK)
        s = plan_territories(p, err);
    if (s == STATUS_OK)
        s = plan_structs(p, err);
    return s;
}

/* Judges all plugins that could be opened, so that every fault is told at once: settings and names,
 * what each reads, what two claim, who waits for whom. */
static status judge_plugins(plan *p, bool all, faults *faults_list)
{
    status s = shape_plugins(p, faults_list);
    if (s != STATUS_OK && s != STATUS_INPUT)
        return s;
    if (!all)
        plan_helpers(p, faults_list);
    s = first_of(s, bind_plugins(p, all, faults_list));
    s = first_of(s, plan_clashes(p, faults_list));
    return first_of(s, plan_cycles(p, faults_list));
}

status plan_build(const run_data *data, const plugin_search *where, plan **out, faults *faults_list)
{
    plan *p = NULL;
    bool all = false;
    error err = {.status = STATUS_OK};
    *out = NULL;
    status s = plan_new(data, where, &p, &err);
    if (s != STATUS_OK) {
        s = faults_add_error(faults_list, SOURCE_NONE, &err);
    } else {
        s = open_plugins(p, where, &all, faults_list);
        if (s == STATUS_OK || s == STATUS_INPUT)
            s = first_of(s, judge_plugins(p, all, faults_list));
        if (s == STATUS_OK &&
            (plan_order(p, &err) != STATUS_OK || plan_spare(p, &err) != STATUS_OK))
            s = faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    if (s == STATUS_OK)
        *out = p;
    else
        plan_free(p);
    return s;
}

/* --- the run --- */

/* The first producer whose job did not come through; NULL when all did. */
static const plan_plugin *failed_producer(const plan *p, const plugin_job *job)
{
    for (size_t i = 0; i < p->plugin_count; i++) {
        const plan_plugin *producer = &p->plugins[i];
        if (job->plugin->needs[i] &&
            producer->jobs[job->mode < producer->job_count ? job->mode : 0].failed)
            return producer;
    }
    return NULL;
}

/* A job that the store alone may give, and that reads one that it did not give. */
static bool lacks_producer(const plan *p, const plugin_job *job)
{
    for (size_t i = 0; i < p->plugin_count; i++) {
        const plan_plugin *producer = &p->plugins[i];
        if (job->plugin->needs[i] &&
            !producer->jobs[job->mode < producer->job_count ? job->mode : 0].done)
            return true;
    }
    return false;
}

static void tell_log(const plugin_job *job, faults *faults_list)
{
    const char *id = job->is->id;
    for (size_t i = 0; i < job->line_count; i++) {
        if (job->lines[i].level == BASSIN_LOG_WARNING)
            faults_warn(faults_list, SOURCE_NONE, M_RUN_LOG, id, job->lines[i].text);
        else
            faults_note(faults_list, SOURCE_NONE, M_RUN_LOG, id, job->lines[i].text);
    }
    if (job->lines_lost > 0)
        faults_note(faults_list, SOURCE_NONE, M_RUN_LOG_CUT, id, job->lines_lost);
}

static status run_job(plan *p, plugin_job *job, int threads, progress *shown, faults *faults_list)
{
    error err = {.status = STATUS_OK};
    const plan_plugin *missing = failed_producer(p, job);
    if (job->plugin->spared && lacks_producer(p, job))
        return STATUS_OK;
    if (missing != NULL) {
        (void)error_set(&job->failure, STATUS_PLUGIN, M_RUN_AFTER, missing->is->id);
        job->failed = true;
    } else {
        const job_options options = {.threads = threads,
                                     .progress = shown,
                                     .workers = p->workers,
                                     .store = p->store,
                                     .look_only = job->plugin->spared};
        status s = plan_bind(p, job, &err);
        if (s == STATUS_OK)
            s = job_run(job, &options, &err);
        if (s != STATUS_OK) {
            error_prefix(&err, M_RUN_PLUGIN, job->is->id);
            return faults_add_error(faults_list, SOURCE_NONE, &err);
        }
    }
    if (shown != NULL && (job->found || job->blocks_found > 0))
        progress_found(shown, job->is->id, job->suffix, job->found, job->blocks_found, job->blocks);
    tell_log(job, faults_list);
    if (job->failed) {
        error_prefix(&job->failure, M_RUN_PLUGIN, job->is->id);
        return faults_add_error(faults_list, SOURCE_NONE, &job->failure);
    }
    return STATUS_OK;
}

static status run_jobs(plan *p, int threads, progress *shown, faults *faults_list)
{
    status worst = STATUS_OK;
    for (size_t i = 0; i < p->plugin_count; i++) {
        const plan_plugin *plugin = &p->plugins[i];
        if (shown != NULL)
            progress_step(shown, plugin->is->id, plugin->is->title_fr, plugin->is->title_en);
        for (size_t j = 0; j < plugin->job_count; j++) {
            status s = run_job(p, &plugin->jobs[j], threads, shown, faults_list);
            if (s != STATUS_OK && s != STATUS_PLUGIN)
                return s;
            if (s == STATUS_PLUGIN)
                worst = s;
        }
    }
    return worst;
}

status plan_run(plan *p, int threads, progress *shown, faults *faults_list)
{
    error err = {.status = STATUS_OK};
    p->told_in_notes = faults_list == p->data->notes;
    if (job_store_new(p->keeping.folder, true, threads, &p->store, &err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    if (p->store != NULL && shown != NULL)
        job_store_cancel_on(p->store, shown->cancel);
    const status ran = run_jobs(p, threads, shown, faults_list);
    const bool whole = ran == STATUS_OK || ran == STATUS_PLUGIN;
    const status left = whole ? plan_leave_spared(p, &err) : STATUS_OK;
    plan_tell_kept(p);
    return left != STATUS_OK ? faults_add_error(faults_list, SOURCE_NONE, &err) : ran;
}

void plan_free(plan *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; p->plugins != NULL && i < p->plugin_count; i++) {
        for (size_t j = 0; p->plugins[i].jobs != NULL && j < p->plugins[i].job_count; j++)
            job_clear(&p->plugins[i].jobs[j]);
    }
    job_store_free(p->store);
    nearest_venues_free(p->nearest);
    table_free(p->territories);
    plugins_close(p->loaded, p->loaded_count);
    arena_free(p->memory);
    memory_free(p);
}
