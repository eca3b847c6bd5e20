/* Where plugins are looked for: the built-in folder, then those of BASSIN_PLUGIN_PATH. */
#include "engine/plugin/plugin_find.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/paths.h"
#include "base/text.h"
#include "engine/plan_messages.h"
#include "engine/plugin/pipe_open.h"

static const char *const endings[] = {".so", ".yaml"};
enum { ENDINGS = sizeof endings / sizeof *endings };

const char *plugin_ending(const char *name)
{
    const size_t n = strlen(name);
    for (size_t i = 0; i < ENDINGS; i++) {
        const size_t size = strlen(endings[i]);
        if (n > size && strcmp(name + n - size, endings[i]) == 0)
            return name + n - size;
    }
    return NULL;
}

const char *plugin_stem(const char *path, arena *memory)
{
    const char *name = path_name(path), *ending = plugin_ending(name);
    return arena_text_n(memory, name, ending != NULL ? (size_t)(ending - name) : strlen(name));
}

static int text_order(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Names of the plugin files of a folder, sorted. An absent folder holds none. */
static status folder_list(const char *folder, arena *memory, const char ***out, size_t *count,
                          error *err)
{
    *out = NULL;
    *count = 0;
    DIR *d = folder != NULL ? opendir(folder) : NULL;
    if (d == NULL) {
        if (folder == NULL || errno == ENOENT)
            return STATUS_OK;
        return error_set(err, STATUS_ENVIRONMENT, M_PLUGIN_FOLDER_OPEN, folder,
                         SYSTEM_CAUSE(errno));
    }
    status s = STATUS_OK;
    const char **names = NULL;
    size_t capacity = 0;
    for (const struct dirent *e = readdir(d); e != NULL && s == STATUS_OK; e = readdir(d)) {
        if (plugin_ending(e->d_name) == NULL || e->d_name[0] == '.')
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
        names[i] = plugin_stem(names[i], memory);
        if (names[i] == NULL)
            s = memory_error(err, 256);
    }
    *out = names;
    return s;
}

/* A file rather than an id. */
static bool is_file_name(const char *name)
{
    return strchr(name, '/') != NULL || plugin_ending(name) != NULL;
}

static bool is_regular(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* `id` as a file of a folder, by any ending. NULL *out: it has none. */
static status locate_in(const char *folder, const char *id, arena *memory, const char **out,
                        error *err)
{
    *out = NULL;
    for (size_t i = 0; i < ENDINGS && *out == NULL; i++) {
        const char *path = arena_format(memory, "%s/%s%s", folder, id, endings[i]);
        if (path == NULL)
            return memory_error(err, strlen(folder) + strlen(id));
        *out = is_regular(path) ? path : NULL;
    }
    return STATUS_OK;
}

/* The built-in folder first. NULL out->path: nowhere. */
static status locate_id(const plugin_search *where, const char *id, arena *memory,
                        plugin_found *out, error *err)
{
    status s = STATUS_OK;
    out->path = NULL;
    for (size_t i = 0; i <= where->folder_count && s == STATUS_OK && out->path == NULL; i++) {
        const char *folder = i == 0 ? where->builtin_folder : where->folders[i - 1];
        if (folder == NULL || folder[0] == '\0')
            continue;
        s = locate_in(folder, id, memory, &out->path, err);
        out->builtin = i == 0;
    }
    return s;
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
                          plugin_found *out, error *err)
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

static status not_found(const plugin_search *where, const plugin_wish *wish, arena *memory,
                        faults *faults_list)
{
    const char *const *names = NULL;
    size_t count = 0;
    error err = {.status = STATUS_OK};
    if (is_file_name(wish->name))
        return faults_refuse(faults_list, wish->at, M_PLUGIN_OUTSIDE, wish->name);
    if (plugins_listed(where, memory, &names, &count, &err) != STATUS_OK)
        return faults_add_error(faults_list, wish->at, &err);
    const char *near = text_suggest(wish->name, names, count);
    if (near != NULL)
        return faults_refuse(faults_list, wish->at, M_PLUGIN_NOT_FOUND_SUGGEST, wish->name, near);
    return faults_refuse(faults_list, wish->at, M_PLUGIN_NOT_FOUND, wish->name);
}

/* Everything in the folders, built-in ones first. */
status plugins_find_all(const plugin_search *where, arena *memory, plugin_found **out,
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
        plugin_found *grown = arena_take(memory, capacity + found + 1, sizeof *grown);
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
            if (!pipe_is(path) || pipe_looks_like(path))
                grown[(*count)++] = (plugin_found){.path = path, .builtin = i == 0};
        }
    }
    return STATUS_OK;
}

status plugins_find(const plugin_search *where, const plugin_wish *wishes, size_t count,
                    arena *memory, plugin_found **out, size_t *found, faults *faults_list)
{
    error err = {.status = STATUS_OK};
    status worst = STATUS_OK;
    *found = 0;
    *out = arena_take(memory, count, sizeof **out);
    if (*out == NULL) {
        (void)memory_error(&err, count * sizeof **out);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < count; i++) {
        plugin_found one = {.wish = &wishes[i]};
        status s = is_file_name(wishes[i].name)
                       ? locate_file(where, wishes[i].name, memory, &one, &err)
                       : locate_id(where, wishes[i].name, memory, &one, &err);
        if (s != STATUS_OK)
            return faults_add_error(faults_list, wishes[i].at, &err);
        if (one.path != NULL)
            (*out)[(*found)++] = one;
        else
            worst = not_found(where, &wishes[i], memory, faults_list);
    }
    return worst;
}
