/* Plugins opened and judged. Built-in ones are opened in this process; loading a library runs code,
 * so a foreign one is opened in a worker (plugin_describe.c). */
#include "engine/plugin/plugin_open.h"

#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

#include "engine/plan_messages.h"
#include "engine/plugin/pipe_open.h"
#include "engine/plugin/plugin_descriptor.h"
#include "engine/plugin/plugin_describe.h"
#include "engine/plugin/plugin_file.h"
#include "engine/plugin/plugin_find.h"

/* A plugin on its way in. */
typedef struct opening {
    const plugin_search *where;
    const plugin_found *found;
    const char *stem;
    source_ref at;
    arena *memory;
    faults *list;
} opening;

static status out_of_memory(const opening *o, size_t bytes)
{
    error err = {.status = STATUS_OK};
    (void)memory_error(&err, bytes);
    return faults_add_error(o->list, o->at, &err);
}

/* The descriptor behind the one symbol, of our major: its first three fields never move. */
static status descriptor_of(const opening *o, void *handle, const bassin_plugin **out)
{
    const bassin_plugin *raw = dlsym(handle, BASSIN_PLUGIN_SYMBOL);
    if (raw == NULL)
        return faults_refuse(o->list, o->at, M_PLUGIN_NO_SYMBOL, o->found->path,
                             BASSIN_PLUGIN_SYMBOL);
    if (raw->abi_major != BASSIN_ABI_MAJOR)
        return faults_refuse(o->list, o->at, M_PLUGIN_ABI, o->stem, (unsigned)raw->abi_major,
                             (unsigned)raw->abi_minor, (unsigned)BASSIN_ABI_MAJOR,
                             (unsigned)BASSIN_ABI_MINOR);
    *out = raw;
    return STATUS_OK;
}

/* Judges a descriptor, raw or whole, and keeps a whole copy. */
static status judge_and_copy(const opening *o, const bassin_plugin *raw, loaded_plugin *out)
{
    error flaw = {.status = STATUS_OK};
    bassin_plugin *copy = NULL;
    error err = {.status = STATUS_OK};
    status s = plugin_judge(raw, o->found->path, o->list);
    if (s != STATUS_OK)
        return s;
    if (descriptor_copy(raw, o->memory, &copy, &flaw, &err) != STATUS_OK)
        return faults_add_error(o->list, o->at, &err);
    if (strcmp(copy->id, o->stem) != 0 && o->found->builtin)
        return faults_refuse(o->list, o->at, M_PLUGIN_ID_FILE, copy->id, o->stem, copy->id);
    out->plugin = copy;
    return STATUS_OK;
}

/* --- in this process --- */

static status load_here(const opening *o, loaded_plugin *out)
{
    const bassin_plugin *raw = NULL;
    out->handle = dlopen(o->found->path, RTLD_NOW | RTLD_LOCAL);
    if (out->handle == NULL)
        return faults_refuse(o->list, o->at, M_PLUGIN_DLOPEN, o->found->path, dlerror());
    status s = descriptor_of(o, out->handle, &raw);
    if (s == STATUS_OK)
        s = judge_and_copy(o, raw, out);
    if (s == STATUS_OK && !o->found->builtin)
        faults_warn(o->list, o->at, M_PLUGIN_FOREIGN, out->plugin->id);
    return s;
}

/* --- in a worker --- */

#ifdef BASSIN_WITHOUT_ISOLATION /* cmake/flags.cmake */
static bool opens_here(const opening *o)
{
    (void)o;
    return true;
}
#else
static bool opens_here(const opening *o)
{
    return o->found->builtin || o->where->in_process || o->where->workers == NULL;
}
#endif

static status load_apart(const opening *o, loaded_plugin *out)
{
    error err = {.status = STATUS_OK};
    bassin_plugin *described = NULL;
    if (plugin_describe(o->where->workers, o->found->path, out->file, o->memory, &described,
                        &err) != STATUS_OK)
        return faults_add_error(o->list, o->at, &err);
    return judge_and_copy(o, described, out);
}

/* --- any --- */

static void loaded_close(loaded_plugin *l)
{
    if (l->handle != NULL)
        (void)dlclose(l->handle);
    if (l->file >= 0)
        (void)close(l->file);
    l->handle = NULL;
    l->file = -1;
}

static status load(const opening *o, loaded_plugin *out)
{
    error err = {.status = STATUS_OK};
    sha256_hex digest;
    const plugin_wish *wish = o->found->wish;
    *out = (loaded_plugin){.path = o->found->path,
                           .kind = o->found->builtin ? PLUGIN_BUILT_IN : PLUGIN_LIBRARY,
                           .file = -1};
    if (wish != NULL)
        out->limits = wish->limits;
    if (o->stem == NULL)
        return out_of_memory(o, strlen(o->found->path));
    if (pipe_is(o->found->path)) {
        out->kind = PLUGIN_PIPE;
        return pipe_open(o->at, o->memory, out, o->list);
    }
    if (plugin_file_read(o->found->path, &out->file, &digest, &err) != STATUS_OK)
        return faults_add_error(o->list, o->at, &err);
    memcpy(out->sha256, digest.hex, sizeof out->sha256);
    if (opens_here(o)) {
        (void)close(out->file);
        out->file = -1;
    }
    status s = opens_here(o) ? load_here(o, out) : load_apart(o, out);
    if (s != STATUS_OK)
        loaded_close(out);
    return s;
}

/* One that is loaded under the same id; NULL: none. */
static const loaded_plugin *same_id(const loaded_plugin *loaded, size_t count,
                                    const loaded_plugin *one)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(loaded[i].plugin->id, one->plugin->id) == 0)
            return &loaded[i];
    }
    return NULL;
}

/* The same plugin reached by two names is loaded once; two plugins of one name are refused. */
static status loaded_add(loaded_plugin *loaded, size_t *count, const loaded_plugin *one,
                         source_ref at, faults *faults_list)
{
    const loaded_plugin *other = same_id(loaded, *count, one);
    if (other == NULL) {
        loaded[(*count)++] = *one;
        return STATUS_OK;
    }
    const bool same = memcmp(other->sha256, one->sha256, sizeof one->sha256) == 0;
    status s = same ? STATUS_OK
                    : faults_refuse(faults_list, at, M_PLUGIN_TWICE, one->plugin->id, other->path,
                                    one->path);
    plugins_close(one, 1);
    return s;
}

status plugins_open_wished(const plugin_search *where, const plugin_wish *wishes, size_t wish_count,
                           arena *memory, const loaded_plugin **out, size_t *count,
                           faults *faults_list)
{
    plugin_found *found = NULL;
    size_t found_count = 0;
    error err = {.status = STATUS_OK};
    status worst = STATUS_OK;
    *out = NULL;
    *count = 0;
    if (wish_count > 0)
        worst = plugins_find(where, wishes, wish_count, memory, &found, &found_count, faults_list);
    else if (plugins_find_all(where, memory, &found, &found_count, &err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    loaded_plugin *loaded = arena_take(memory, found_count, sizeof *loaded);
    if (loaded == NULL) {
        (void)memory_error(&err, found_count * sizeof *loaded);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < found_count; i++) {
        loaded_plugin one = {.path = NULL};
        const opening o = {.where = where,
                           .found = &found[i],
                           .stem = plugin_stem(found[i].path, memory),
                           .at = found[i].wish != NULL ? found[i].wish->at : SOURCE_NONE,
                           .memory = memory,
                           .list = faults_list};
        status s = load(&o, &one);
        if (s == STATUS_OK)
            s = loaded_add(loaded, count, &one, o.at, faults_list);
        worst = s != STATUS_OK ? s : worst;
    }
    *out = loaded;
    return worst;
}

status plugins_open(const plugin_search *where, const char *const *wanted, size_t wanted_count,
                    arena *memory, const loaded_plugin **out, size_t *count, faults *faults_list)
{
    plugin_wish *wishes = arena_take(memory, wanted_count, sizeof *wishes);
    error err = {.status = STATUS_OK};
    *out = NULL;
    *count = 0;
    if (wishes == NULL) {
        (void)memory_error(&err, wanted_count * sizeof *wishes);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < wanted_count; i++)
        wishes[i] = (plugin_wish){.name = wanted[i], .at = SOURCE_NONE};
    return plugins_open_wished(where, wishes, wanted_count, memory, out, count, faults_list);
}

void plugins_close(const loaded_plugin *loaded, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        loaded_plugin one = loaded[i];
        loaded_close(&one);
    }
}

const char *plugin_prefix(const char *id, arena *memory)
{
    const char *dot = strrchr(id, '.');
    char *prefix = arena_format(memory, "%s_", dot != NULL ? dot + 1 : id);
    for (char *c = prefix; c != NULL && *c != '\0'; c++) {
        if (*c == '-')
            *c = '_';
    }
    return prefix;
}
