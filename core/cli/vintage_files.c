#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "cli/messages.h"
#include "cli/say.h"
#include "cli/vintage_columns.h"
#include "territory/support.h"

enum { FILES_MAX = 4096 };

static bool ends_with(const char *name, const char *end)
{
    const size_t size = strlen(name), of_end = strlen(end);
    return size > of_end && strcmp(name + size - of_end, end) == 0;
}

static bool may_be_a_table(const char *name)
{
    static const char *const ends[] = {".csv", ".csv.gz", ".txt", ".zip"};
    for (size_t i = 0; name[0] != '.' && i < sizeof ends / sizeof *ends; i++) {
        if (ends_with(name, ends[i])) {
            return true;
        }
    }
    return false;
}

static const char *folder_of(const cli_options *o, arena *memory)
{
    const char *slash = strrchr(o->argument, '/');
    if (o->data != NULL) {
        return o->data;
    }
    return slash != NULL ? arena_text_n(memory, o->argument, (size_t)(slash - o->argument) + 1)
                         : ".";
}

/* Tables of a folder, in the order of their names; one that cannot be listed holds none. */
static size_t list_tables(const char *folder, arena *memory, const char **names)
{
    size_t count = 0;
    DIR *at = opendir(folder);
    const struct dirent *entry;
    while (at != NULL && count < FILES_MAX && (entry = readdir(at)) != NULL) {
        const char *path = may_be_a_table(entry->d_name)
                               ? arena_format(memory, "%s/%s", folder, entry->d_name)
                               : NULL;
        if (path != NULL) {
            names[count++] = path;
        }
    }
    if (at != NULL) {
        (void)closedir(at);
    }
    qsort(names, count, sizeof *names, compare_texts);
    return count;
}

/* What cannot be read is no movement file; its faults are nobody's business here. */
bool vintage_has_movements(const char *path, const importer *const *importers)
{
    const char *slash = strrchr(path, '/');
    if (!may_be_a_table(slash != NULL ? slash + 1 : path)) {
        return false;
    }
    error err;
    faults *aside = NULL;
    table *header = NULL;
    const read_options options = {.path = path};
    bool found = faults_new(&aside, &err) == STATUS_OK &&
                 table_read_header(&options, &header, aside) == STATUS_OK &&
                 importer_recognise(importers, "movements", header) != NULL;
    table_free(header);
    faults_free(aside);
    return found;
}

static status search_folder(const cli_options *o, const importer *const *importers, arena *memory,
                            const char **out, faults *list)
{
    error err;
    const char *folder = folder_of(o, memory);
    const char **names = arena_take(memory, FILES_MAX, sizeof *names);
    if (names == NULL || folder == NULL) {
        (void)memory_error(&err, FILES_MAX * sizeof *names);
        return faults_add_error(list, SOURCE_NONE, &err);
    }
    const size_t count = list_tables(folder, memory, names);
    for (size_t i = 0; i < count; i++) {
        if (vintage_has_movements(names[i], importers)) {
            if (*out != NULL) {
                return faults_refuse(list, SOURCE_NONE, M_VINTAGE_SEVERAL_MOVEMENTS, folder, *out,
                                     names[i]);
            }
            *out = names[i];
        }
    }
    if (*out == NULL && o->passage == NULL) {
        return faults_refuse(list, SOURCE_NONE, M_VINTAGE_NO_MOVEMENTS, folder);
    }
    if (*out != NULL && !o->json) {
        say_line(stderr, o->language, M_VINTAGE_FOUND_MOVEMENTS, *out);
    }
    return STATUS_OK;
}

status vintage_movements_find(const cli_options *o, const importer *const *importers, arena *memory,
                              const char **out, faults *faults_list)
{
    *out = o->movements;
    return o->movements != NULL ? STATUS_OK : search_folder(o, importers, memory, out, faults_list);
}

status vintage_movements_in(const char *folder, const importer *const *importers, arena *memory,
                            const char **out, error *err)
{
    const char **names = arena_take(memory, FILES_MAX, sizeof *names);
    if (names == NULL) {
        return memory_error(err, FILES_MAX * sizeof *names);
    }
    *out = NULL;
    for (size_t i = list_tables(folder, memory, names); i > 0 && *out == NULL; i--) {
        *out = vintage_has_movements(names[i - 1], importers) ? names[i - 1] : NULL;
    }
    return STATUS_OK;
}
