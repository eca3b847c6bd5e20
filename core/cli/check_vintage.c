#include "cli/check_vintage.h"

#include <string.h>

#include "cli/messages.h"
#include "cli/say.h"
#include "cli/vintage_columns.h"

/* "." where a path has no folder. */
static const char *folder_of(const char *path, arena *memory)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? arena_text_n(memory, path, (size_t)(slash - path) + 1) : ".";
}

static status search_beside(const command_context *c, arena *memory, const char **out, error *err)
{
    const cli_options *o = c->options;
    const char *last = "";
    status result = STATUS_OK;
    for (size_t i = 0; i < o->argument_count && *out == NULL && result == STATUS_OK; i++) {
        const char *folder = folder_of(o->arguments[i], memory);
        if (folder == NULL) {
            return memory_error(err, strlen(o->arguments[i]));
        }
        if (strcmp(folder, last) != 0) {
            result = vintage_movements_in(folder, c->environment->importers, memory, out, err);
        }
        last = folder;
    }
    return result;
}

static status search(const command_context *c, arena *memory, const char **out, error *err)
{
    const cli_options *o = c->options;
    const importer *const *importers = c->environment->importers;
    for (size_t i = 0; i < o->argument_count && *out == NULL; i++) {
        *out = vintage_has_movements(o->arguments[i], importers) ? o->arguments[i] : NULL;
    }
    if (*out != NULL) {
        return STATUS_OK;
    }
    return o->data != NULL ? vintage_movements_in(o->data, importers, memory, out, err)
                           : search_beside(c, memory, out, err);
}

/* Its faults are told where it is checked itself. */
static status read_history(const command_context *c, check_vintages *v, error *err)
{
    faults *aside = NULL;
    const import_request request = {.path = v->file,
                                    .role = "movements",
                                    .workers = c->environment->workers,
                                    .where = source_at(v->file, 0, 0)};
    const status result = faults_new(&aside, err);
    if (result != STATUS_OK) {
        return result;
    }
    status read = import_file(c->environment->importers, &request, &v->movements, aside);
    if (read == STATUS_OK) {
        read = vintage_history_build(&v->movements, NULL, &v->history, aside);
    }
    if (read != STATUS_OK && !c->options->json) {
        say_line(stderr, c->options->language, M_CHECK_NO_HISTORY, v->file);
    }
    faults_free(aside);
    return STATUS_OK;
}

status check_vintages_open(const command_context *c, check_vintages *out, error *err)
{
    *out = (check_vintages){0};
    status result = arena_new(&out->memory, err);
    if (result == STATUS_OK) {
        result = search(c, out->memory, &out->file, err);
    }
    if (result == STATUS_OK && out->file != NULL) {
        result = read_history(c, out, err);
    }
    return result;
}

void check_vintages_close(check_vintages *v)
{
    vintage_history_free(v->history);
    imported_clear(&v->movements);
    arena_free(v->memory);
    *v = (check_vintages){0};
}
