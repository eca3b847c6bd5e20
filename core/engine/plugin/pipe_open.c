#include "engine/plugin/pipe_open.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "engine/plugin/pipe_descriptor.h"
#include "engine/plugin/pipe_messages.h"
#include "engine/plugin/plugin_descriptor.h"
#include "engine/plugin/plugin_file.h"
#include "engine/scenario/yaml_tree.h"

enum { LOOKED_AT_BYTES = 4096 };
static const char ending[] = ".yaml";

bool pipe_is(const char *path)
{
    const size_t size = strlen(path), end = sizeof ending - 1;
    return size > end && strcmp(path + size - end, ending) == 0;
}

bool pipe_looks_like(const char *path)
{
    static const char key[] = "bassin-plugin:";
    file_view f;
    error ignored;
    bool found = false;
    if (file_map(path, &f, &ignored) != STATUS_OK)
        return true; /* whoever opens it says why it cannot be read */
    for (size_t at = 0; at + sizeof key <= f.size && at < LOOKED_AT_BYTES && !found; at++) {
        const bool line = at == 0 || f.at[at - 1] == '\n';
        found = line && memcmp(f.at + at, key, sizeof key - 1) == 0;
    }
    file_unmap(&f);
    return found;
}

/* --- digests --- */

/* What is digested is told by its name too: two files that change places are another plugin. */
static status add_digest(const char *path, text_buffer *all, error *err)
{
    sha256_hex digest;
    int fd = -1;
    const char *slash = strrchr(path, '/');
    status s = plugin_file_read(path, &fd, &digest, err);
    if (fd >= 0)
        (void)close(fd);
    if (s == STATUS_OK)
        text_add_format(all, "%s %s\n", digest.hex, slash != NULL ? slash + 1 : path);
    return s;
}

/* Whether the file lies in the folder of the descriptor, as written. */
static bool lies_beside(const char *descriptor, const char *path)
{
    const char *slash = strrchr(descriptor, '/');
    const size_t size = slash != NULL ? (size_t)(slash - descriptor) + 1 : 0;
    return strncmp(descriptor, path, size) == 0 && path[0] == '/';
}

/* The descriptor, then every word of the program that is a file of its folder. */
static status digest_all(const char *descriptor, const char *const *arguments, char out[65],
                         error *err)
{
    text_buffer all = {.at = NULL};
    status s = add_digest(descriptor, &all, err);
    for (size_t i = 0; s == STATUS_OK && arguments[i] != NULL; i++) {
        if (lies_beside(descriptor, arguments[i]))
            s = add_digest(arguments[i], &all, err);
    }
    if (s == STATUS_OK && all.failed)
        s = memory_error(err, all.size);
    if (s == STATUS_OK)
        memcpy(out, sha256_of(all.at, all.size).hex, sizeof sha256_of("", 0).hex);
    text_buffer_clear(&all);
    return s;
}

status pipe_unchanged(const loaded_plugin *loaded, error *err)
{
    char now[65];
    status s = digest_all(loaded->path, loaded->arguments, now, err);
    if (s == STATUS_OK && memcmp(now, loaded->sha256, sizeof now) != 0)
        return error_set(err, STATUS_PLUGIN, M_PIPE_CHANGED, loaded->path);
    return s == STATUS_INPUT ? STATUS_PLUGIN : s;
}

/* --- the program --- */

typedef struct pipe_opening {
    const char *folder; /* of the descriptor, resolved */
    arena *memory;
    faults *list;
    status worst;
} pipe_opening;

static bool is_file(const char *path, int access_mode)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode) && access(path, access_mode) == 0;
}

/* NULL: out of memory, which is told. */
static const char *joined(pipe_opening *o, const char *folder, size_t size, const char *name)
{
    const char *path = arena_format(o->memory, "%.*s/%s", (int)size, folder, name);
    error err = {.status = STATUS_OK};
    if (path == NULL) {
        (void)memory_error(&err, size);
        o->worst = faults_add_error(o->list, SOURCE_NONE, &err);
    }
    return path;
}

/* A command as a shell finds it. NULL: nowhere. */
static const char *in_path(pipe_opening *o, const char *name)
{
    const char *rest = getenv("PATH");
    while (rest != NULL && *rest != '\0') {
        const size_t size = strcspn(rest, ":");
        const char *path = size > 0 && rest[0] == '/' ? joined(o, rest, size, name) : NULL;
        if (path != NULL && is_file(path, X_OK))
            return path;
        rest += size + (rest[size] == ':');
    }
    return NULL;
}

/* The program: a path, a file beside the descriptor, or a command. */
static const char *find_program(pipe_opening *o, const char *word, source_ref at)
{
    const char *path = word[0] == '/' ? word : joined(o, o->folder, strlen(o->folder), word);
    if (path != NULL && is_file(path, X_OK))
        return path;
    if (path != NULL && is_file(path, F_OK)) {
        o->worst = faults_refuse(o->list, at, M_PIPE_NOT_EXECUTABLE, word);
        return NULL;
    }
    path = strchr(word, '/') == NULL ? in_path(o, word) : NULL;
    if (path == NULL && o->worst != STATUS_ENVIRONMENT)
        o->worst = faults_refuse(o->list, at, M_PIPE_NO_PROGRAM, word);
    return path;
}

/* Words that look like a script and are no file: a mistake that the interpreter would tell late. */
static bool looks_like_script(const char *word)
{
    static const char *const endings[] = {".py", ".R", ".r", ".jl", ".sh", ".pl", ".js"};
    const size_t size = strlen(word);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t end = strlen(endings[i]);
        if (size > end && strcmp(word + size - end, endings[i]) == 0)
            return true;
    }
    return false;
}

/* An argument: the path of a file of the folder, else the word itself. */
static const char *find_argument(pipe_opening *o, const char *word, source_ref at)
{
    const bool inside = word[0] != '/' && word[0] != '-' && strstr(word, "..") == NULL;
    const char *path = inside ? joined(o, o->folder, strlen(o->folder), word) : NULL;
    if (path != NULL && is_file(path, R_OK))
        return path;
    if (inside && looks_like_script(word))
        o->worst = faults_refuse(o->list, at, M_PIPE_NO_FILE, word, o->folder);
    return word;
}

static status find_words(pipe_opening *o, const pipe_descriptor *d, loaded_plugin *out)
{
    error err = {.status = STATUS_OK};
    const char **words = arena_take(o->memory, d->program_count + 1, sizeof *words);
    if (words == NULL) {
        (void)memory_error(&err, d->program_count * sizeof *words);
        return faults_add_error(o->list, SOURCE_NONE, &err);
    }
    for (size_t i = 0; i < d->program_count; i++)
        words[i] = i == 0 ? find_program(o, d->program[i], d->program_at[i])
                          : find_argument(o, d->program[i], d->program_at[i]);
    out->program = words[0];
    out->arguments = words;
    return o->worst;
}

/* --- the whole --- */

/* Reads the descriptor as the sealed bytes that were judged. */
static status read_descriptor(source_ref at, const loaded_plugin *out, arena *memory,
                              pipe_descriptor *d, faults *faults_list)
{
    error err = {.status = STATUS_OK};
    sha256_hex digest;
    struct stat facts;
    int fd = -1;
    if (plugin_file_read(out->path, &fd, &digest, &err) != STATUS_OK)
        return faults_add_error(faults_list, at, &err);
    status s = STATUS_OK;
    if (fstat(fd, &facts) != 0 || facts.st_size > YAML_BYTES_LIMIT) {
        s = faults_refuse(faults_list, source_at(out->path, 0, 0), M_PIPE_LONG,
                          (int)YAML_BYTES_LIMIT);
    } else {
        const size_t size = (size_t)facts.st_size;
        void *bytes = size > 0 ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
        if (bytes == MAP_FAILED)
            bytes = NULL;
        s = pipe_descriptor_read(text_slice_of(bytes, bytes != NULL ? size : 0), out->path, memory,
                                 d, faults_list);
        if (bytes != NULL)
            (void)munmap(bytes, size);
    }
    (void)close(fd);
    return s;
}

/* The folder of the descriptor, and its path there: a run may start anywhere. */
static status resolve(source_ref at, arena *memory, loaded_plugin *out, const char **folder,
                      faults *faults_list)
{
    char real[PATH_MAX];
    error err = {.status = STATUS_OK};
    if (realpath(out->path, real) == NULL)
        return faults_refuse(faults_list, at, M_PIPE_ABSENT, out->path, SYSTEM_CAUSE(errno));
    out->path = arena_text(memory, real);
    *folder = arena_text_n(memory, real, (size_t)(strrchr(real, '/') - real));
    if (out->path != NULL && *folder != NULL)
        return STATUS_OK;
    (void)memory_error(&err, strlen(real));
    return faults_add_error(faults_list, at, &err);
}

static status judge(const pipe_descriptor *d, arena *memory, loaded_plugin *out,
                    faults *faults_list)
{
    error flaw = {.status = STATUS_OK}, err = {.status = STATUS_OK};
    bassin_plugin *copy = NULL;
    status s = plugin_judge(d->plugin, out->path, faults_list);
    if (s != STATUS_OK)
        return s;
    if (descriptor_copy(d->plugin, memory, &copy, &flaw, &err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    out->plugin = copy;
    return STATUS_OK;
}

status pipe_open(source_ref at, arena *memory, loaded_plugin *out, faults *faults_list)
{
    pipe_descriptor d = {.plugin = NULL};
    pipe_opening o = {.memory = memory, .list = faults_list};
    error err = {.status = STATUS_OK};
    status s = resolve(at, memory, out, &o.folder, faults_list);
    if (s == STATUS_OK)
        s = read_descriptor(at, out, memory, &d, faults_list);
    if (s != STATUS_OK)
        return s;
    status found = find_words(&o, &d, out);
    s = judge(&d, memory, out, faults_list);
    if (found != STATUS_OK || s != STATUS_OK)
        return found != STATUS_OK ? found : s;
    if (digest_all(out->path, out->arguments, out->sha256, &err) != STATUS_OK)
        return faults_add_error(faults_list, at, &err);
    return STATUS_OK;
}
