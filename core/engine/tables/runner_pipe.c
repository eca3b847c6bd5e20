/* A program that reads in/ and writes out/ of a folder of its own, once a job. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/program.h"
#include "engine/tables/job_tables.h"
#include "engine/plugin/pipe_messages.h"
#include "engine/plugin/pipe_open.h"
#include "engine/job/runner.h"

enum { COMPLAINT_LINES = 4, ENVIRONMENT = 9, READS = 5, REMOVE_TRIES = 40, REMOVE_WAIT_US = 25000 };

struct runner {
    job_state *state;
    arena *memory;
    char *folder; /* NULL: not made */
    bool kept;    /* to be looked at: BASSIN_KEEP_TABLES is set */
};

/* --- the folder --- */

static status make_folder(runner *r, error *err)
{
    const char *base = getenv("TMPDIR");
    if (base == NULL || base[0] != '/')
        base = "/tmp";
    char *folder = arena_format(r->memory, "%s/bassin-pipe-XXXXXX", base);
    if (folder == NULL)
        return memory_error(err, strlen(base));
    if (mkdtemp(folder) == NULL) /* 0700 */
        return error_set(err, STATUS_ENVIRONMENT, M_PIPE_FOLDER, base, SYSTEM_CAUSE(errno));
    r->folder = folder;
    const char *out = arena_format(r->memory, "%s/out", folder);
    if (out == NULL)
        return memory_error(err, strlen(folder));
    if (mkdir(out, 0700) != 0)
        return error_set(err, STATUS_ENVIRONMENT, M_PIPE_FOLDER, out, SYSTEM_CAUSE(errno));
    return STATUS_OK;
}

/* A program that is being killed may still write for a moment. */
static void remove_folder(const runner *r)
{
    error ignored;
    for (int i = 0; i < REMOVE_TRIES; i++) {
        if (folder_remove(r->folder, &ignored) == STATUS_OK)
            return;
        (void)usleep(REMOVE_WAIT_US);
    }
}

static void pipe_close(runner *r)
{
    if (r == NULL)
        return;
    if (r->folder != NULL && !r->kept)
        remove_folder(r);
    arena_free(r->memory);
    memory_free(r);
}

static status pipe_runner_open(job_state *s, int lanes, runner **out, error *err)
{
    runner *r = memory_new(1, sizeof *r);
    (void)lanes; /* a program runs once: it has no block */
    *out = r;
    if (r == NULL)
        return memory_error(err, sizeof *r);
    r->state = s;
    const char *keep = getenv("BASSIN_KEEP_TABLES");
    r->kept = keep != NULL && keep[0] != '\0';
    status result = arena_new(&r->memory, err);
    if (result == STATUS_OK)
        result = pipe_unchanged(s->job->loaded, err);
    if (result == STATUS_OK)
        result = make_folder(r, err);
    const atomic_int *cancel = s->options->progress != NULL ? s->options->progress->cancel : NULL;
    return result == STATUS_OK ? job_tables_write(s->job, r->folder, cancel, err) : result;
}

/* --- the program --- */

/* All that it sees. Python: a set of texts has one order, and an error is told in plain lines. */
static status make_environment(const runner *r, const char **list, error *err)
{
    const char *path = getenv("PATH");
    const char *const values[ENVIRONMENT] = {
        arena_format(r->memory, "PATH=%s", path != NULL ? path : "/usr/bin:/bin"),
        "LANG=C.UTF-8",
        r->state->seen.english ? "BASSIN_LANGUAGE=en" : "BASSIN_LANGUAGE=fr",
        arena_format(r->memory, "HOME=%s", r->folder),
        arena_format(r->memory, "TMPDIR=%s", r->folder),
        "PYTHONHASHSEED=0",
        "PYTHONNODEBUGRANGES=1",
        "OMP_NUM_THREADS=1",
        NULL};
    if (values[0] == NULL || values[3] == NULL || values[4] == NULL)
        return memory_error(err, 256);
    memcpy(list, values, sizeof values);
    return STATUS_OK;
}

/* Cuts the last part off; false where none is left. */
static bool cut_part(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path)
        return false;
    *slash = '\0';
    return true;
}

/* Where a program is installed: /home/x/conda of /home/x/conda/bin/python3; the program's own
 * folder where it is not of such a place. Never the home itself. NULL: out of memory. */
static const char *installed_in(const runner *r, const char *program)
{
    char *folder = arena_text(r->memory, program);
    if (folder == NULL || !cut_part(folder))
        return folder;
    const char *name = strrchr(folder, '/') + 1, *home = getenv("HOME");
    const bool commands = strcmp(name, "bin") == 0 || strcmp(name, "shims") == 0;
    char *place = arena_text(r->memory, folder);
    if (place == NULL || !commands || !cut_part(place) || (home != NULL && !strcmp(home, place)))
        return place == NULL ? NULL : folder;
    return place;
}

/* What Landlock lets it read besides the system: its own folder, that of the descriptor, and where
 * its interpreter is installed, as named (a virtual environment) and links resolved. */
static status make_reads(const runner *r, const char **list, error *err)
{
    const loaded_plugin *l = r->state->job->loaded;
    char *beside = arena_text(r->memory, l->path);
    char *resolved = realpath(l->program, NULL);
    const char *named = installed_in(r, l->program);
    const char *real = installed_in(r, resolved != NULL ? resolved : l->program);
    free(resolved);
    if (beside == NULL || named == NULL || real == NULL)
        return memory_error(err, 256);
    (void)cut_part(beside);
    const char *const values[READS] = {r->folder, beside, named, real, NULL};
    memcpy(list, values, sizeof values);
    return STATUS_OK;
}

static status run_program(const runner *r, program_end *end, error *err)
{
    const loaded_plugin *l = r->state->job->loaded;
    const uint64_t memory =
        l->limits.memory_bytes > 0 ? l->limits.memory_bytes : PLUGIN_MEMORY_BYTES;
    const char *environment[ENVIRONMENT], *reads[READS];
    program_request asked = {.arguments = l->arguments,
                             .environment = environment,
                             .read_paths = reads,
                             .folder = r->folder,
                             .wall_s = l->limits.call_s > 0.0 ? l->limits.call_s : PLUGIN_CALL_S,
                             .memory_bytes = memory,
                             .file_bytes = memory};
    status s = make_environment(r, environment, err);
    if (s == STATUS_OK)
        s = make_reads(r, reads, err);
    if (s == STATUS_OK)
        s = program_execute(r->state->options->workers, &asked, end, err);
    return s == STATUS_INPUT ? (err->status = STATUS_PLUGIN) : s;
}

/* --- what it said --- */

/* The folder has another name in every run; what is told has not. */
static void add_line(const runner *r, text_buffer *to, const char *at, size_t size)
{
    const size_t folder = strlen(r->folder);
    while (size > 0) {
        const char *found = memmem(at, size, r->folder, folder);
        const size_t before = found != NULL ? (size_t)(found - at) : size;
        text_add_n(to, at, before);
        text_add(to, found != NULL ? "." : "");
        const size_t used = before + (found != NULL ? folder : 0);
        at += used;
        size -= used;
    }
}

/* Each line a note, as many as a call may say. */
static void log_lines(runner *r, plugin_call *call, const program_end *end)
{
    uint64_t told = 0;
    for (const char *at = end->said; *at != '\0'; told++) {
        const size_t size = strcspn(at, "\n");
        text_buffer line = {.at = NULL};
        add_line(r, &line, at, size);
        if (line.at != NULL && !line.failed)
            plugin_host.log(&call->seen, BASSIN_LOG_NOTE, line.at);
        text_buffer_clear(&line);
        at += size + (at[size] == '\n');
    }
    if (end->said_lines > told)
        call->lines_lost += (size_t)(end->said_lines - told);
}

/* Where the last lines of a text begin. */
static const char *last_lines(const char *text, size_t size, int lines)
{
    const char *from = text + size;
    while (from > text && (from[-1] != '\n' || --lines > 0))
        from--;
    return from;
}

/* The last lines of its standard error, in one: "File ... / raise ... / ValueError: x". */
static const char *complaint(const runner *r, const program_end *end)
{
    size_t size = strlen(end->complained);
    while (size > 0 && end->complained[size - 1] == '\n')
        size--;
    const char *stop = end->complained + size;
    text_buffer b = {.at = NULL};
    for (const char *at = last_lines(end->complained, size, COMPLAINT_LINES); at < stop;) {
        const size_t left = (size_t)(stop - at), line = strcspn(at, "\n");
        const size_t whole = line < left ? line : left, blanks = strspn(at, " \t");
        if (whole > blanks) {
            text_add(&b, b.size > 0 ? " / " : "");
            add_line(r, &b, at + blanks, whole - blanks);
        }
        at += whole + 1;
    }
    const char *text = b.failed || b.at == NULL ? "" : arena_text(r->memory, b.at);
    text_buffer_clear(&b);
    return text != NULL ? text : "";
}

/* "indicator.py": what people know the program by. */
static const char *program_name(const loaded_plugin *l)
{
    const char *name = l->program;
    for (size_t i = 0; l->arguments[i] != NULL; i++) {
        if (l->arguments[i][0] == '/')
            name = l->arguments[i];
    }
    return strrchr(name, '/') + 1;
}

static status judge_end(const runner *r, const program_end *end, error *err)
{
    const loaded_plugin *l = r->state->job->loaded;
    const char *name = program_name(l), *said = complaint(r, end);
    const double wall_s = l->limits.call_s > 0.0 ? l->limits.call_s : PLUGIN_CALL_S;
    if (end->timed_out)
        return error_set(err, STATUS_PLUGIN, M_PIPE_TIMED_OUT, name, wall_s);
    if (end->signal != 0)
        return error_set(err, STATUS_PLUGIN, M_PIPE_SIGNAL, name, end->signal);
    if (end->exit_code != 0 && said[0] != '\0')
        return error_set(err, STATUS_PLUGIN, M_PIPE_EXIT_SAID, name, end->exit_code, said);
    if (end->exit_code != 0)
        return error_set(err, STATUS_PLUGIN, M_PIPE_EXIT, name, end->exit_code);
    return STATUS_OK;
}

/* Where the tables stay, when whoever writes the program wants to see them. */
static void tell_kept(const runner *r, const plugin_call *call)
{
    const language lang = r->state->seen.english ? LANGUAGE_EN : LANGUAGE_FR;
    const char *line = arena_format(r->memory, "%s%s", tr(lang, M_PIPE_KEPT), r->folder);
    if (line != NULL)
        plugin_host.log(&call->seen, BASSIN_LOG_NOTE, line);
}

static status run_and_read(runner *r, plugin_call *call, error *err)
{
    program_end end;
    if (r->kept)
        tell_kept(r, call);
    status s = run_program(r, &end, err);
    if (s != STATUS_OK)
        return s;
    log_lines(r, call, &end);
    s = judge_end(r, &end, err);
    program_end_clear(&end);
    return s == STATUS_OK ? job_tables_read(call, r->folder, err) : s;
}

static status pipe_finish(runner *r, size_t stage, void *total, call_said *said, error *err)
{
    plugin_call call;
    error second = {.status = STATUS_OK};
    (void)stage, (void)total; /* one stage, no partial */
    call_begin(&call, r->state, NULL);
    call.once = true;
    status s = run_and_read(r, &call, err);
    status ended = call_end(&call, said, &second);
    if (s == STATUS_OK && ended != STATUS_OK) {
        *err = second;
        s = ended;
    }
    return s;
}

/* The one stage of a pipe has no block, hence no partial and no merge. */
const runner_kind runner_pipe = {
    .open = pipe_runner_open, .finish = pipe_finish, .close = pipe_close};
