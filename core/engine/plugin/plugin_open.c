/* Plugins found on disk and loaded. Loading runs code: only files of the built-in folder, and of
 * the folders that the user lists in BASSIN_PLUGIN_PATH, are ever opened. */
#include "engine/plugin/plugin_open.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/text.h"
#include "engine/plan_messages.h"
#include "engine/plugin/plugin_descriptor.h"

/* A file to open, and what the user calls it. */
typedef struct candidate {
    const char *path, *wanted;
    bool builtin;
    source_ref at;
} candidate;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool ends_with_so(const char *name)
{
    size_t n = strlen(name);
    return n > 3 && strcmp(name + n - 3, ".so") == 0;
}

static int text_order(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Names of the .so files of a folder, sorted. An absent folder holds none. */
static status folder_list(const char *folder, arena *memory, const char ***out, size_t *count,
                          error *err)
{
    *out = NULL;
    *count = 0;
    DIR *d = folder != NULL ? opendir(folder) : NULL;
    if (d == NULL) {
        if (folder == NULL || errno == ENOENT)
            return STATUS_OK;
        return error_set(err, STATUS_ENVIRONMENT, M_PLUGIN_FOLDER_OPEN, folder, strerror(errno));
    }
    status s = STATUS_OK;
    const char **names = NULL;
    size_t capacity = 0;
    for (const struct dirent *e = readdir(d); e != NULL && s == STATUS_OK; e = readdir(d)) {
        if (!ends_with_so(e->d_name) || e->d_name[0] == '.')
            continue;
        if (*count == capacity) {
            capacity = capacity == 0 ? 16 : 2 * capacity;
            const char **grown = arena_take(memory, capacity, sizeof *grown);
            if (grown != NULL && *count > 0)
                memcpy(grown, names, *count * sizeof *grown);
            names = grown;
        }
        if (names == NULL || (names[*count] = arena_text(memory, e->d_name)) == NULL)
            s = memory_error(err, capacity * sizeof *names);
        else
            *count += 1;
    }
    (void)closedir(d);
    if (s == STATUS_OK && *count > 0)
        qsort(names, *count, sizeof *names, text_order);
    *out = names;
    return s;
}

status plugins_listed(const plugin_search *where, arena *memory, const char *const **out,
                      size_t *count, error *err)
{
    const char **names = NULL;
    status s = folder_list(where->builtin_folder, memory, &names, count, err);
    for (size_t i = 0; s == STATUS_OK && i < *count; i++) {
        names[i] = arena_text_n(memory, names[i], strlen(names[i]) - 3);
        if (names[i] == NULL)
            s = memory_error(err, 256);
    }
    *out = names;
    return s;
}

static bool is_regular(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* `id` as <folder>/<id>.so: the built-in folder first. NULL *out: nowhere. */
static status locate_id(const plugin_search *where, const char *id, arena *memory, candidate *out,
                        error *err)
{
    out->path = NULL;
    for (size_t i = 0; i <= where->folder_count; i++) {
        const char *folder = i == 0 ? where->builtin_folder : where->folders[i - 1];
        if (folder == NULL || folder[0] == '\0')
            continue;
        const char *path = arena_format(memory, "%s/%s.so", folder, id);
        if (path == NULL)
            return memory_error(err, strlen(folder) + strlen(id));
        if (is_regular(path)) {
            out->path = path;
            out->builtin = i == 0;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

/* Whether the file lies directly in the folder, links resolved. */
static bool lies_in(const char *path, const char *folder)
{
    char file[PATH_MAX], home[PATH_MAX];
    if (realpath(path, file) == NULL || realpath(folder, home) == NULL)
        return false;
    *strrchr(file, '/') = '\0';
    return strcmp(file, home) == 0;
}

/* A file typed by the user, which must lie in a listed folder. */
static status locate_file(const plugin_search *where, const char *file, arena *memory,
                          candidate *out, error *err)
{
    bool bare = strchr(file, '/') == NULL;
    out->path = NULL;
    for (size_t i = 0; i < where->folder_count; i++) {
        const char *path = bare ? arena_format(memory, "%s/%s", where->folders[i], file)
                                : arena_text(memory, file);
        if (path == NULL)
            return memory_error(err, strlen(file));
        if (is_regular(path) && lies_in(path, where->folders[i])) {
            out->path = path;
            out->builtin = false;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static status not_found(const plugin_search *where, const candidate *c, arena *memory,
                        faults *faults_list)
{
    const char *const *names = NULL;
    size_t count = 0;
    error err = {.status = STATUS_OK};
    if (strchr(c->wanted, '/') != NULL || ends_with_so(c->wanted))
        return faults_refuse(faults_list, c->at, M_PLUGIN_OUTSIDE, c->wanted);
    if (plugins_listed(where, memory, &names, &count, &err) != STATUS_OK)
        return faults_add_error(faults_list, c->at, &err);
    const char *near = text_suggest(c->wanted, names, count);
    if (near != NULL)
        return faults_refuse(faults_list, c->at, M_PLUGIN_NOT_FOUND_SUGGEST, c->wanted, near);
    return faults_refuse(faults_list, c->at, M_PLUGIN_NOT_FOUND, c->wanted);
}

enum { WRITABLE_BY_OTHERS = S_IWGRP | S_IWOTH };

/* Nobody but the owner may change what is about to run. */
static status check_writable(const candidate *c, faults *faults_list)
{
    struct stat st;
    char real[PATH_MAX];
    status s = STATUS_OK;
    if (realpath(c->path, real) == NULL || stat(real, &st) != 0)
        return faults_refuse(faults_list, c->at, M_PLUGIN_FILE, c->path, strerror(errno));
    if ((st.st_mode & WRITABLE_BY_OTHERS) != 0)
        s = faults_refuse(faults_list, c->at, M_PLUGIN_FILE_WRITABLE, c->path);
    char *slash = strrchr(real, '/');
    slash[slash == real] = '\0'; /* "/" stays "/" */
    if (stat(real, &st) != 0)
        return faults_refuse(faults_list, c->at, M_PLUGIN_FOLDER_OPEN, real, strerror(errno));
    if ((st.st_mode & WRITABLE_BY_OTHERS) != 0)
        return faults_refuse(faults_list, c->at, M_PLUGIN_FOLDER_WRITABLE, real);
    return s;
}

static const char *stem_of(const char *path, arena *memory)
{
    const char *name = base_name(path);
    size_t size = strlen(name);
    return arena_text_n(memory, name, ends_with_so(name) ? size - 3 : size);
}

/* The descriptor behind the one symbol, of our major: its first three fields never move. */
static status descriptor_of(void *handle, const candidate *c, const char *stem,
                            const bassin_plugin **out, faults *faults_list)
{
    const bassin_plugin *raw = dlsym(handle, BASSIN_PLUGIN_SYMBOL);
    if (raw == NULL)
        return faults_refuse(faults_list, c->at, M_PLUGIN_NO_SYMBOL, c->path, BASSIN_PLUGIN_SYMBOL);
    if (raw->abi_major != BASSIN_ABI_MAJOR)
        return faults_refuse(faults_list, c->at, M_PLUGIN_ABI, stem, (unsigned)raw->abi_major,
                             (unsigned)raw->abi_minor, (unsigned)BASSIN_ABI_MAJOR,
                             (unsigned)BASSIN_ABI_MINOR);
    *out = raw;
    return STATUS_OK;
}

static status judge_and_copy(const bassin_plugin *raw, const candidate *c, const char *stem,
                             arena *memory, loaded_plugin *out, faults *faults_list)
{
    error flaw = {.status = STATUS_OK};
    bassin_plugin *copy = NULL;
    error err = {.status = STATUS_OK};
    status s = plugin_judge(raw, c->path, faults_list);
    if (s != STATUS_OK)
        return s;
    if (descriptor_copy(raw, memory, &copy, &flaw, &err) != STATUS_OK)
        return faults_add_error(faults_list, c->at, &err);
    if (strcmp(copy->id, stem) != 0 && c->builtin)
        return faults_refuse(faults_list, c->at, M_PLUGIN_ID_FILE, copy->id, base_name(c->path),
                             copy->id);
    out->plugin = copy;
    if (!c->builtin)
        faults_warn(faults_list, c->at, M_PLUGIN_FOREIGN, copy->id);
    return STATUS_OK;
}

static status load(const candidate *c, arena *memory, loaded_plugin *out, faults *faults_list)
{
    error err = {.status = STATUS_OK};
    sha256_hex digest;
    const bassin_plugin *raw = NULL;
    const char *stem = stem_of(c->path, memory);
    if (stem == NULL) {
        (void)memory_error(&err, strlen(c->path));
        return faults_add_error(faults_list, c->at, &err);
    }
    status s = check_writable(c, faults_list);
    if (s != STATUS_OK)
        return s;
    if (sha256_of_file(c->path, &digest, &err) != STATUS_OK)
        return faults_add_error(faults_list, c->at, &err);
    void *handle = dlopen(c->path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return faults_refuse(faults_list, c->at, M_PLUGIN_DLOPEN, c->path, dlerror());
    *out = (loaded_plugin){.path = c->path,
                           .kind = c->builtin ? PLUGIN_BUILT_IN : PLUGIN_LIBRARY,
                           .handle = handle,
                           .file = -1};
    memcpy(out->sha256, digest.hex, sizeof out->sha256);
    s = descriptor_of(handle, c, stem, &raw, faults_list);
    if (s == STATUS_OK)
        s = judge_and_copy(raw, c, stem, memory, out, faults_list);
    if (s != STATUS_OK) {
        (void)dlclose(handle);
        out->handle = NULL;
    }
    return s;
}

/* Everything in the folders, built-in ones first. */
static status all_candidates(const plugin_search *where, arena *memory, candidate **out,
                             size_t *count, error *err)
{
    size_t capacity = 0;
    for (size_t i = 0; i <= where->folder_count; i++) {
        const char *folder = i == 0 ? where->builtin_folder : where->folders[i - 1];
        const char **names = NULL;
        size_t found = 0;
        status s = folder_list(folder, memory, &names, &found, err);
        if (s != STATUS_OK)
            return s;
        candidate *grown = arena_take(memory, capacity + found + 1, sizeof *grown);
        if (grown == NULL)
            return memory_error(err, (capacity + found) * sizeof *grown);
        if (*count > 0)
            memcpy(grown, *out, *count * sizeof *grown);
        *out = grown;
        capacity += found;
        for (size_t k = 0; k < found; k++) {
            const char *path = arena_format(memory, "%s/%s", folder, names[k]);
            if (path == NULL)
                return memory_error(err, strlen(folder));
            grown[(*count)++] = (candidate){.path = path, .wanted = names[k], .builtin = i == 0};
        }
    }
    return STATUS_OK;
}

static status wanted_candidates(const plugin_search *where, const char *const *wanted,
                                const source_ref *at, size_t wanted_count, arena *memory,
                                candidate **out, size_t *count, faults *faults_list)
{
    error err = {.status = STATUS_OK};
    status worst = STATUS_OK;
    *out = arena_take(memory, wanted_count, sizeof **out);
    if (*out == NULL) {
        (void)memory_error(&err, wanted_count * sizeof **out);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < wanted_count; i++) {
        candidate c = {.wanted = wanted[i], .at = at != NULL ? at[i] : SOURCE_NONE};
        bool file = strchr(wanted[i], '/') != NULL || ends_with_so(wanted[i]);
        status s = file ? locate_file(where, wanted[i], memory, &c, &err)
                        : locate_id(where, wanted[i], memory, &c, &err);
        if (s != STATUS_OK)
            return faults_add_error(faults_list, c.at, &err);
        if (c.path != NULL)
            (*out)[(*count)++] = c;
        else
            worst = not_found(where, &c, memory, faults_list);
    }
    return worst;
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

status plugins_open_at(const plugin_search *where, const char *const *wanted, const source_ref *at,
                       size_t wanted_count, arena *memory, const loaded_plugin **out, size_t *count,
                       faults *faults_list)
{
    candidate *found = NULL;
    size_t found_count = 0;
    error err = {.status = STATUS_OK};
    status worst = STATUS_OK;
    *out = NULL;
    *count = 0;
    if (wanted_count == 0) {
        if (all_candidates(where, memory, &found, &found_count, &err) != STATUS_OK)
            return faults_add_error(faults_list, SOURCE_NONE, &err);
    } else {
        worst = wanted_candidates(where, wanted, at, wanted_count, memory, &found, &found_count,
                                  faults_list);
    }
    loaded_plugin *loaded = arena_take(memory, found_count, sizeof *loaded);
    if (loaded == NULL) {
        (void)memory_error(&err, found_count * sizeof *loaded);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < found_count; i++) {
        loaded_plugin one = {.path = NULL};
        status s = load(&found[i], memory, &one, faults_list);
        if (s == STATUS_OK)
            s = loaded_add(loaded, count, &one, found[i].at, faults_list);
        worst = s != STATUS_OK ? s : worst;
    }
    *out = loaded;
    return worst;
}

status plugins_open(const plugin_search *where, const char *const *wanted, size_t wanted_count,
                    arena *memory, const loaded_plugin **out, size_t *count, faults *faults_list)
{
    return plugins_open_at(where, wanted, NULL, wanted_count, memory, out, count, faults_list);
}

void plugins_close(const loaded_plugin *loaded, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (loaded[i].handle != NULL)
            (void)dlclose(loaded[i].handle);
    }
}
