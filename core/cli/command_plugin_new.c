/* bassin plugin new ID: a folder that builds, and passes its own test, as it is. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"

enum { ID_BYTES_MAX = 64 };

/* A file of the template; marks are replaced in its name too. */
typedef struct template_file {
    const char *from, *to;
} template_file;

static const template_file in_c[] = {
    {"c/indicator.c", "@NAME@.c"},
    {"c/CMakeLists.txt", "CMakeLists.txt"},
    {"c/README.md", "README.md"},
    {NULL, NULL},
};
static const template_file in_python[] = {
    {"python/indicator.yaml", "@ID@.yaml"},
    {"python/indicator.py", "@NAME@.py"},
    {"python/README.md", "README.md"},
    {NULL, NULL},
};
/* One case for both: the same indicator, the same results. */
static const template_file of_the_case[] = {
    {"case/in/run.csv", "case/in/run.csv"},
    {"case/in/parameters.csv", "case/in/parameters.csv"},
    {"case/in/places.csv", "case/in/places.csv"},
    {"case/in/venues.csv", "case/in/venues.csv"},
    {"case/in/costs.csv", "case/in/costs.csv"},
    {"case/expected/places.csv", "case/expected/places.csv"},
    {NULL, NULL},
};

/* What is being written. */
typedef struct writing {
    const command_context *c;
    const char *id, *name; /* "fr.lab.green-space", "green_space" */
    const char *folder;
    bool python;
    arena *memory;
    error *err;
} writing;

/* --- the id --- */

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* A domain the other way round, then a name: at least two parts, each begins with a letter. */
static bool is_foreign_id(const char *id)
{
    size_t dots = 0;
    for (const char *c = id; *c != '\0'; c++) {
        const bool begins = c == id || c[-1] == '.';
        const bool word = is_lower(*c) || (*c >= '0' && *c <= '9') || *c == '_' || *c == '-';
        dots += *c == '.';
        if (begins ? !is_lower(*c) : !word && *c != '.') {
            return false;
        }
    }
    const size_t size = strlen(id);
    return dots > 0 && size <= ID_BYTES_MAX && id[size - 1] != '.';
}

/* The last part, as a prefix of columns and as a name in C. */
static char *name_of(const char *id, arena *memory)
{
    char *name = arena_text(memory, strrchr(id, '.') + 1);
    for (char *c = name; c != NULL && *c != '\0'; c++) {
        if (*c == '-') {
            *c = '_';
        }
    }
    return name;
}

/* --- marks --- */

/* Copies a text with @ID@ and @NAME@ replaced. */
static void fill_marks(const writing *w, text_slice from, text_buffer *out)
{
    const struct {
        const char *mark, *with;
    } marks[] = {{"@ID@", w->id}, {"@NAME@", w->name}};
    for (size_t at = 0; at < from.size;) {
        size_t used = 0;
        for (size_t k = 0; used == 0 && k < sizeof marks / sizeof *marks; k++) {
            const size_t size = strlen(marks[k].mark);
            if (from.size - at >= size && memcmp(from.at + at, marks[k].mark, size) == 0) {
                text_add(out, marks[k].with);
                used = size;
            }
        }
        if (used == 0) {
            text_add_n(out, from.at + at, 1);
            used = 1;
        }
        at += used;
    }
}

/* --- files --- */

static status write_filled(const writing *w, const char *to, text_slice text)
{
    text_buffer path = {0}, filled = {0};
    text_add(&path, w->folder);
    text_add(&path, "/");
    fill_marks(w, text_slice_of(to, strlen(to)), &path);
    fill_marks(w, text, &filled);
    status result =
        path.failed || filled.failed
            ? memory_error(w->err, text.size)
            : file_write_atomic(path.at, filled.at != NULL ? filled.at : "", filled.size, w->err);
    text_buffer_clear(&path);
    text_buffer_clear(&filled);
    return result;
}

static status write_file(const writing *w, const template_file *file)
{
    file_view view = {0};
    const char *from =
        arena_format(w->memory, "%s/template/%s", w->c->environment->reference_folder, file->from);
    if (from == NULL) {
        return memory_error(w->err, strlen(file->from));
    }
    if (file_map(from, &view, w->err) != STATUS_OK) {
        return error_set(w->err, STATUS_ENVIRONMENT, M_PLUGIN_NEW_TEMPLATE, from);
    }
    status result = write_filled(w, file->to, text_slice_of(view.at, view.size));
    file_unmap(&view);
    return result;
}

static status write_files(const writing *w, const template_file *files)
{
    status result = STATUS_OK;
    for (; result == STATUS_OK && files->from != NULL; files++) {
        result = write_file(w, files);
    }
    return result;
}

static status make_folders(const writing *w)
{
    static const char *const inside[] = {"case/in", "case/expected"};
    struct stat facts;
    const mode_t usual = umask(S_IRWXG | S_IRWXO);
    (void)umask(usual | S_IWGRP | S_IWOTH); /* what others may write is refused as a plugin */
    if (lstat(w->folder, &facts) == 0) {
        return error_set(w->err, STATUS_INPUT, M_PLUGIN_NEW_THERE, w->folder);
    }
    status result = STATUS_OK;
    for (size_t i = 0; result == STATUS_OK && i < sizeof inside / sizeof *inside; i++) {
        const char *path = arena_format(w->memory, "%s/%s", w->folder, inside[i]);
        result = path != NULL ? folder_make(path, w->err) : memory_error(w->err, 256);
    }
    return result;
}

static void tell_next(const writing *w)
{
    const language lang = w->c->options->language;
    say_line(stdout, lang, M_PLUGIN_NEW_WRITTEN, w->folder);
    if (w->python) {
        (void)printf("    bassin plugin check %s/%s.yaml --case %s/case\n", w->folder, w->id,
                     w->folder);
    } else {
        (void)printf("    cd %s\n    cmake -B build && cmake --build build && ctest --test-dir "
                     "build --output-on-failure\n",
                     w->folder);
    }
}

/* A folder that could not be finished is taken away again. */
static status write_all(writing *w)
{
    status result = make_folders(w);
    if (result != STATUS_OK) {
        return result;
    }
    result = write_files(w, w->python ? in_python : in_c);
    result = result == STATUS_OK ? write_files(w, of_the_case) : result;
    if (result != STATUS_OK) {
        error second;
        if (folder_remove(w->folder, &second) != STATUS_OK) {
            (void)faults_add_error(w->c->faults_list, SOURCE_NONE, &second);
        }
    }
    return result;
}

/* --- the command --- */

static status judge_typed(const cli_options *o, error *err)
{
    if (o->argument == NULL) {
        return error_set(err, STATUS_USAGE, M_PLUGIN_NEEDS_ID);
    }
    if (o->pipe != NULL && strcmp(o->pipe, "python") != 0) {
        return error_set(err, STATUS_USAGE, M_PLUGIN_NEW_PIPE, o->pipe);
    }
    char shown[2 * ID_BYTES_MAX];
    (void)text_escape(text_slice_of(o->argument, strlen(o->argument)), shown, sizeof shown);
    return is_foreign_id(o->argument) ? STATUS_OK
                                      : error_set(err, STATUS_USAGE, M_PLUGIN_NEW_ID, shown);
}

status command_plugin_new(const command_context *c)
{
    error err;
    writing w = {
        .c = c, .id = c->options->argument, .python = c->options->pipe != NULL, .err = &err};
    status result = judge_typed(c->options, &err);
    result = result == STATUS_OK ? arena_new(&w.memory, &err) : result;
    if (result == STATUS_OK) {
        w.name = name_of(w.id, w.memory);
        w.folder = c->options->output != NULL ? c->options->output : w.name;
        result = w.name != NULL ? write_all(&w) : memory_error(&err, strlen(w.id));
    }
    if (result == STATUS_OK) {
        tell_next(&w);
    } else {
        (void)faults_add_error(c->faults_list, SOURCE_NONE, &err);
        faults_print(c->faults_list, c->options, NULL);
    }
    arena_free(w.memory);
    return result;
}
