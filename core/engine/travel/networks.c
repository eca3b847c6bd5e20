#include "engine/travel/networks.h"

#include <math.h>
#include <string.h>

#include "base/files.h"
#include "engine/cache_folder.h"
#include "engine/messages.h"
#include "engine/travel/network_cache.h"
#include "engine/run_steps.h"
#include "network/build/network_build.h"
#include "network/graph/network_file.h"

enum { DS_PER_MINUTE = 600, MAGIC_BYTES = 64 };

typedef struct opening {
    const networks_options *options;
    const scenario *scenario;
    arena *memory;
    const char *cache; /* NULL: none */
    faults *list;
} opening;

/* --- a file of bassin network --- */

static status is_built(const char *path, bool *built, error *err)
{
    file_view file = {0};
    status result = file_map(path, &file, err);
    *built = result == STATUS_OK &&
             network_file_like(file.at, file.size < MAGIC_BYTES ? file.size : MAGIC_BYTES);
    file_unmap(&file);
    return result;
}

static const char *fact_of(const network *n, const char *key)
{
    for (uint32_t i = 0; i < n->fact_count; i++) {
        if (strcmp(n->facts[i].key, key) == 0) {
            return n->facts[i].value;
        }
    }
    return NULL;
}

/* Made for another mode, or of a graph that is no map. */
static status judge_built(const opening *o, const network *n, size_t m)
{
    const scenario_input *input = &o->scenario->travel[m].network;
    const char *mode = o->scenario->modes[m].id;
    const char *profile = fact_of(n, "profile");
    if (n->positions != POSITIONS_DEGREES || !n->lengths) {
        return faults_refuse(o->list, input->where, M_NETWORK_NO_MAP, input->file);
    }
    if (profile != NULL && profile_is_built_in(profile) && strcmp(profile, mode) != 0) {
        return faults_refuse(o->list, input->where, M_NETWORK_OTHER_MODE, input->file, profile,
                             mode);
    }
    return STATUS_OK;
}

static status open_built(const opening *o, size_t m, network **out)
{
    error err;
    const char *path = o->scenario->travel[m].network.path;
    status result =
        network_open(out, path, run_threads(o->scenario), o->options->environment->progress, &err);
    return result == STATUS_OK ? judge_built(o, *out, m)
                               : faults_add_error(o->list, source_at(path, 0, 0), &err);
}

/* --- another file: built --- */

static const char *bound(const scenario_input *input, const char *name)
{
    for (size_t i = 0; i < input->binding_count; i++) {
        if (strcmp(input->bindings[i].column, name) == 0) {
            return input->bindings[i].header;
        }
    }
    return NULL;
}

static line_options lines_of(const scenario_travel *t, const char *profile)
{
    return (line_options){.path = t->network.path,
                          .layer = t->network.member,
                          .speed = bound(&t->network, "speed"),
                          .direction = bound(&t->network, "direction"),
                          .class_ = bound(&t->network, "class"),
                          .name = bound(&t->network, "name"),
                          .closed = bound(&t->network, "closed"),
                          .speeds = t->speeds,
                          .speed_count = t->speed_count,
                          .mode = profile,
                          .tolerance_m = isnan(t->tolerance_m) ? -1 : t->tolerance_m};
}

/* car, bike and foot are files that come with the program. */
static const char *profile_path(const opening *o, const char *profile)
{
    return profile_is_built_in(profile)
               ? arena_format(o->memory, "%s/profile_%s.csv",
                              o->options->environment->reference_folder, profile)
               : profile;
}

static status judge_source(const opening *o, size_t m, const network_outlook *outlook,
                           const char *profile)
{
    const scenario_travel *t = &o->scenario->travel[m];
    const source_ref where = t->network.where;
    if (outlook->source == NETWORK_OF_DIMACS) {
        return faults_refuse(o->list, where, M_NETWORK_NO_MAP, t->network.file);
    }
    if (outlook->source == NETWORK_OF_LINES && !profile_is_built_in(profile)) {
        return faults_refuse(o->list, where, M_NETWORK_LINES_PROFILE, t->network.file);
    }
    if (outlook->source == NETWORK_OF_LINES && t->urban != NULL) {
        return faults_refuse(o->list, where, M_NETWORK_LINES_URBAN, t->network.file);
    }
    return STATUS_OK;
}

/* Out of the cache, else into it, else in memory alone. */
static status build_cached(const opening *o, const network_request *r,
                           const network_outlook *outlook, network **out)
{
    error err;
    const char *path = NULL;
    status result = network_cache_name(o->cache, r, o->memory, &path, &err);
    if (result != STATUS_OK) {
        return faults_add_error(o->list, source_at(r->files[0], 0, 0), &err);
    }
    if (path != NULL) {
        result = network_cache_find(path, r->files[0], r, out, o->options->asides, o->list);
    }
    if (*out != NULL && o->options->writes_cache) {
        cache_file_used(path);
    }
    if (result == STATUS_OK && *out == NULL && path != NULL && o->options->writes_cache) {
        result = network_cache_make(o->cache, path, r, outlook, out, o->options->asides, o->list);
    }
    return result == STATUS_OK && *out == NULL ? network_build(r, outlook, out, o->list) : result;
}

static status build(const opening *o, size_t m, network **out)
{
    const scenario_travel *t = &o->scenario->travel[m];
    const run_environment *e = o->options->environment;
    const char *profile = t->profile != NULL ? t->profile : o->scenario->modes[m].id;
    const line_options lines = lines_of(t, profile);
    network_outlook outlook;
    network_request r = {.files = &t->network.path,
                         .file_count = 1,
                         .urban = t->urban,
                         .profile = profile_path(o, profile),
                         .lines = &lines,
                         .units_per_minute = DS_PER_MINUTE,
                         .hierarchy = true,
                         .threads = run_threads(o->scenario),
                         .progress = e->progress,
                         .workers = e->workers};
    if (r.profile == NULL) {
        error err;
        (void)memory_error(&err, strlen(profile));
        return faults_add_error(o->list, SOURCE_NONE, &err);
    }
    status result = network_foresee(&r, &outlook, o->list);
    result = result == STATUS_OK ? judge_source(o, m, &outlook, profile) : result;
    if (outlook.source != NETWORK_OF_LINES) {
        r.lines = NULL;
    }
    return result == STATUS_OK ? build_cached(o, &r, &outlook, out) : result;
}

/* --- all of them --- */

static status open_one(const opening *o, size_t m, network **out)
{
    error err;
    bool built = false;
    const char *path = o->scenario->travel[m].network.path;
    if (path == NULL) {
        return STATUS_OK;
    }
    if (is_built(path, &built, &err) != STATUS_OK) {
        return faults_add_error(o->list, source_at(path, 0, 0), &err);
    }
    return built ? open_built(o, m, out) : build(o, m, out);
}

status networks_open(const networks_options *options, network ***out, faults *faults_list)
{
    error err;
    const scenario *s = options->scenario;
    opening o = {.options = options, .scenario = s, .list = faults_list};
    *out = memory_new(s->mode_count, sizeof **out);
    if (*out == NULL || arena_new(&o.memory, &err) != STATUS_OK) {
        (void)memory_error(&err, s->mode_count * sizeof **out);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    o.cache = cache_folder(s, o.memory);
    status result = STATUS_OK;
    for (size_t m = 0; m < s->mode_count; m++) {
        const status one = open_one(&o, m, &(*out)[m]);
        result = result == STATUS_OK ? one : result;
        if (one != STATUS_OK && one != STATUS_INPUT) {
            break;
        }
    }
    arena_free(o.memory);
    return result;
}

void networks_free(network **all, size_t count)
{
    for (size_t i = 0; all != NULL && i < count; i++) {
        network_free(all[i]);
    }
    memory_free(all);
}
