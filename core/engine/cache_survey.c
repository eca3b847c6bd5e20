#include "engine/cache_survey.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/paths.h"
#include "engine/cache_folder.h"
#include "engine/messages.h"
#include "engine/store/job_file.h"
#include "engine/travel/network_cache.h"

enum { KEY_DIGITS = 64, DAY_S = 86400 };
static const char net_end[] = ".net", notes_end[] = ".notes", new_mark[] = ".new-";

/* --- looking --- */

typedef struct survey_run {
    cache_survey *out;
    int threads;
    progress *shown; /* NULL: contents are not read */
    error *err;
} survey_run;

static bool digits_at(const char *name, size_t count)
{
    return strspn(name, "0123456789abcdef") == count;
}

/* "<64 digits>.job.new-<12 digits>" and the like. */
static bool is_leftover(const char *name)
{
    const char *mark = strstr(name, new_mark);
    const size_t suffix = mark != NULL ? strlen(mark + strlen(new_mark)) : 0;
    return digits_at(name, KEY_DIGITS) && suffix == PATH_SUFFIX_DIGITS &&
           digits_at(mark + strlen(new_mark), PATH_SUFFIX_DIGITS) &&
           (strncmp(name + KEY_DIGITS, ".job", 4) == 0 ||
            strncmp(name + KEY_DIGITS, net_end, strlen(net_end)) == 0);
}

static bool is_network(const char *name)
{
    return digits_at(name, KEY_DIGITS) && strcmp(name + KEY_DIGITS, net_end) == 0;
}

static status add(survey_run *r, const cache_entry *entry)
{
    cache_survey *s = r->out;
    if (s->count == s->capacity) {
        const size_t wanted = s->capacity == 0 ? 64 : 2 * s->capacity;
        cache_entry *grown = memory_resize(s->entries, wanted, sizeof *grown);
        if (grown == NULL) {
            return memory_error(r->err, wanted * sizeof *grown);
        }
        s->entries = grown;
        s->capacity = wanted;
    }
    s->entries[s->count++] = *entry;
    return STATUS_OK;
}

static status look_job(survey_run *r, cache_entry *entry)
{
    job_file_facts facts;
    status result = job_file_look(entry->path, r->shown != NULL, &facts, r->err);
    if (result == STATUS_OK) {
        entry->plugin = arena_text(r->out->memory, facts.plugin);
        entry->damaged = facts.damaged;
        entry->begun = !facts.result;
        result = entry->plugin != NULL ? STATUS_OK : memory_error(r->err, sizeof facts.plugin);
    }
    return result;
}

static status look_network(survey_run *r, cache_entry *entry)
{
    struct stat notes;
    const char *path = arena_format(r->out->memory, "%s%s", entry->path, notes_end);
    if (path == NULL) {
        return memory_error(r->err, strlen(entry->path));
    }
    const bool noted = lstat(path, &notes) == 0 && S_ISREG(notes.st_mode);
    entry->bytes += noted ? (uint64_t)notes.st_size : 0;
    entry->damaged = !noted; /* without its notes it is not found */
    return noted && r->shown != NULL
               ? network_cache_look(entry->path, r->threads, r->shown, &entry->damaged, r->err)
               : STATUS_OK;
}

static status look(survey_run *r, const char *folder, const char *name)
{
    struct stat facts;
    cache_entry entry = {.plugin = "", .path = arena_format(r->out->memory, "%s/%s", folder, name)};
    const bool job = job_file_is_name(name), net = is_network(name);
    if (entry.path == NULL) {
        return memory_error(r->err, strlen(name));
    }
    if ((!job && !net && !is_leftover(name)) || lstat(entry.path, &facts) != 0 ||
        !S_ISREG(facts.st_mode)) {
        return STATUS_OK;
    }
    entry.kind = job ? CACHE_JOB : net ? CACHE_NETWORK : CACHE_LEFTOVER;
    entry.bytes = (uint64_t)facts.st_size;
    entry.used_s = facts.st_mtime;
    status result = STATUS_OK;
    if (job) {
        result = look_job(r, &entry);
    } else if (net) {
        result = look_network(r, &entry);
    }
    return result == STATUS_OK ? add(r, &entry) : result;
}

/* Everything of a folder, in the order of names. `visit` may be look or a folder of folders. */
static status each(survey_run *r, const char *folder,
                   status (*visit)(survey_run *r, const char *folder, const char *name))
{
    struct dirent **list = NULL;
    struct stat facts;
    status result = STATUS_OK;
    if (lstat(folder, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        return STATUS_OK;
    }
    const int count = scandir(folder, &list, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        if (result == STATUS_OK && list[i]->d_name[0] != '.') {
            result = visit(r, folder, list[i]->d_name);
        }
        free(list[i]);
    }
    free(list);
    return result;
}

static status look_shelf(survey_run *r, const char *folder, const char *name)
{
    if (!digits_at(name, 2) || name[2] != '\0') {
        return STATUS_OK;
    }
    const char *path = arena_format(r->out->memory, "%s/%s", folder, name);
    return path != NULL ? each(r, path, look) : memory_error(r->err, strlen(folder));
}

status cache_survey_read(cache_survey *out, const char *folder, int threads, progress *shown,
                         error *err)
{
    *out = (cache_survey){.folder = folder};
    survey_run r = {.out = out, .threads = threads, .shown = shown, .err = err};
    status result = arena_new(&out->memory, err);
    if (result == STATUS_OK && folder == NULL) {
        out->folder = cache_folder(NULL, out->memory);
    }
    if (result != STATUS_OK || out->folder == NULL) {
        return result;
    }
    const char *jobs = arena_format(out->memory, "%s/jobs", out->folder);
    const char *networks = arena_format(out->memory, "%s/networks", out->folder);
    if (jobs == NULL || networks == NULL) {
        return memory_error(err, strlen(out->folder));
    }
    result = each(&r, jobs, look_shelf);
    return result == STATUS_OK ? each(&r, networks, look) : result;
}

void cache_survey_clear(cache_survey *s)
{
    memory_free(s->entries);
    arena_free(s->memory);
    *s = (cache_survey){.folder = NULL};
}

/* --- pruning --- */

static int oldest_first(const void *a, const void *b)
{
    const cache_entry *x = a, *y = b;
    if (x->used_s != y->used_s) {
        return x->used_s < y->used_s ? -1 : 1;
    }
    return strcmp(x->path, y->path);
}

/* Whether another process has the file locked; *fd keeps the lock. */
static bool is_held(const char *path, int *fd)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return *fd >= 0 && flock(*fd, LOCK_EX | LOCK_NB) != 0;
}

static bool gone(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

/* The notes last: a network without them is not found. */
static bool entry_remove(const cache_entry *e)
{
    char notes[4096];
    bool done = gone(e->path);
    if (done && e->kind == CACHE_NETWORK) {
        const int size = snprintf(notes, sizeof notes, "%s%s", e->path, notes_end);
        done = size > 0 && (size_t)size < sizeof notes && gone(notes);
    }
    return done;
}

static status remove_one(const cache_entry *e, cache_pruned *out, error *err)
{
    int fd = -1;
    status result = STATUS_OK;
    if (is_held(e->path, &fd)) {
        out->held++;
    } else if (entry_remove(e)) {
        out->removed++;
        out->bytes += e->bytes;
    } else {
        result = error_set(err, STATUS_ENVIRONMENT, M_CACHE_REMOVE, e->path, SYSTEM_CAUSE(errno));
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return result;
}

static bool goes(const cache_entry *e, const cache_rule *rule, uint64_t total)
{
    if (e->kind == CACHE_LEFTOVER) {
        return rule->all || e->used_s < rule->now_s - DAY_S;
    }
    return rule->all || e->used_s < rule->before_s || total > rule->max_bytes;
}

status cache_prune(const cache_survey *s, const cache_rule *rule, cache_pruned *out, error *err)
{
    status result = STATUS_OK;
    uint64_t total = 0;
    *out = (cache_pruned){.removed = 0};
    if (s->count > 0) {
        qsort(s->entries, s->count, sizeof *s->entries, oldest_first);
    }
    for (size_t i = 0; i < s->count; i++) {
        total += s->entries[i].bytes;
    }
    for (size_t i = 0; i < s->count; i++) {
        error own;
        const uint64_t before = out->bytes;
        if (!goes(&s->entries[i], rule, total)) {
            continue;
        }
        if (remove_one(&s->entries[i], out, &own) != STATUS_OK && result == STATUS_OK) {
            *err = own;
            result = own.status;
        }
        total -= out->bytes - before;
    }
    return result;
}
