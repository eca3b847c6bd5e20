#include "base/ordered_output.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/messages.h"

enum { COPY_BYTES = 1 << 18 };

typedef struct waiting_text {
    char *bytes;      /* NULL: in the scratch file, or empty */
    uint64_t scratch; /* offset in it */
    size_t size;
    size_t count; /* parts covered; 0: not given yet */
} waiting_text;

struct ordered_output {
    pthread_mutex_t lock;
    pthread_cond_t written; /* the one that writes has stopped */
    file_stream *to;
    const char *path;
    waiting_text *waiting; /* one a part */
    size_t parts, next;    /* next: the part whose turn it is */
    size_t held, held_max; /* bytes in memory */
    bool writing;
    int scratch; /* -1: not made */
    uint64_t scratch_size;
    error failure; /* the first one: later texts go nowhere, and tell it again */
};

size_t ordered_output_bytes(size_t parts)
{
    return sizeof(ordered_output) + parts * sizeof(waiting_text) + COPY_BYTES;
}

status ordered_output_new(ordered_output **out, file_stream *to, const char *path, size_t parts,
                          size_t waiting_max, error *err)
{
    *out = NULL;
    ordered_output *o = memory_new(1, sizeof *o);
    if (!o)
        return memory_error(err, sizeof *o);
    *o = (ordered_output){
        .to = to, .path = path, .parts = parts, .held_max = waiting_max, .scratch = -1};
    (void)pthread_mutex_init(&o->lock, NULL);
    (void)pthread_cond_init(&o->written, NULL);
    o->waiting = memory_new(parts, sizeof *o->waiting);
    if (!o->waiting) {
        ordered_output_free(o);
        return memory_error(err, parts * sizeof *o->waiting);
    }
    *out = o;
    return STATUS_OK;
}

void ordered_output_free(ordered_output *o)
{
    if (!o)
        return;
    for (size_t i = 0; o->waiting && i < o->parts; i++)
        memory_free(o->waiting[i].bytes);
    memory_free(o->waiting);
    if (o->scratch >= 0)
        (void)close(o->scratch);
    (void)pthread_mutex_destroy(&o->lock);
    (void)pthread_cond_destroy(&o->written);
    memory_free(o);
}

/* --- the scratch file --- */

static status scratch_failed(const ordered_output *o, int cause, error *err)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_FILE_WRITE, o->path, SYSTEM_CAUSE(cause));
}

static status scratch_write(const ordered_output *o, const waiting_text *t, const char *bytes,
                            error *err)
{
    for (size_t done = 0; done < t->size;) {
        ssize_t n = pwrite(o->scratch, bytes + done, t->size - done, (off_t)(t->scratch + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return scratch_failed(o, n < 0 ? errno : ENOSPC, err);
        done += (size_t)n;
    }
    return STATUS_OK;
}

static status scratch_copy(const ordered_output *o, const waiting_text *t, error *err)
{
    char *room = memory_new(COPY_BYTES, 1);
    status result = room ? STATUS_OK : memory_error(err, COPY_BYTES);
    for (size_t done = 0; done < t->size && result == STATUS_OK;) {
        size_t left = t->size - done;
        ssize_t n = pread(o->scratch, room, left < COPY_BYTES ? left : COPY_BYTES,
                          (off_t)(t->scratch + done));
        if (n < 0 && errno == EINTR)
            continue;
        result = n <= 0 ? scratch_failed(o, n < 0 ? errno : EIO, err)
                        : file_stream_write(o->to, room, (size_t)n, err);
        done += n > 0 ? (size_t)n : 0;
    }
    memory_free(room);
    return result;
}

/* --- writing in turn; all with the lock held, but given up while bytes move --- */

static status write_text(ordered_output *o, waiting_text *t, error *err)
{
    status result = STATUS_OK;
    if (t->bytes)
        result = file_stream_write(o->to, t->bytes, t->size, err);
    else if (t->size > 0)
        result = scratch_copy(o, t, err);
    memory_free(t->bytes);
    t->bytes = NULL;
    return result;
}

static bool has_failed(const ordered_output *o)
{
    return o->failure.status != STATUS_OK;
}

static void keep_failure(ordered_output *o, const error *err)
{
    if (!has_failed(o))
        o->failure = *err;
}

/* Every text whose turn has come, unless somebody is at it. */
static status write_ready(ordered_output *o, error *err)
{
    status result = STATUS_OK;
    if (o->writing)
        return STATUS_OK;
    while (o->next < o->parts && o->waiting[o->next].count > 0 && !has_failed(o)) {
        waiting_text t = o->waiting[o->next];
        const size_t held = t.bytes ? t.size : 0;
        o->waiting[o->next].bytes = NULL;
        o->writing = true;
        (void)pthread_mutex_unlock(&o->lock);
        result = write_text(o, &t, err);
        (void)pthread_mutex_lock(&o->lock);
        o->writing = false;
        o->held -= held;
        o->next += t.count;
        (void)pthread_cond_broadcast(&o->written);
        if (result)
            keep_failure(o, err);
    }
    return result;
}

/* Memory is full of texts that wait: this one goes to the disk. */
static status put_aside(ordered_output *o, waiting_text *t, error *err)
{
    status result = o->scratch < 0 ? file_scratch(o->path, &o->scratch, err) : STATUS_OK;
    if (result)
        return result;
    char *bytes = t->bytes;
    t->scratch = o->scratch_size;
    t->bytes = NULL;
    o->scratch_size += t->size;
    o->held -= t->size;
    (void)pthread_mutex_unlock(&o->lock);
    result = scratch_write(o, t, bytes, err);
    memory_free(bytes);
    (void)pthread_mutex_lock(&o->lock);
    return result;
}

status ordered_output_put(ordered_output *o, size_t first, size_t count, char *bytes, size_t size,
                          error *err)
{
    status result = STATUS_OK;
    waiting_text t = {.bytes = bytes, .size = size, .count = count};
    (void)pthread_mutex_lock(&o->lock);
    o->held += bytes ? size : 0;
    /* A slow disk is waited for; a slow thread is not. */
    while (o->writing && o->held > o->held_max && !has_failed(o))
        (void)pthread_cond_wait(&o->written, &o->lock);
    if (has_failed(o)) {
        memory_free(t.bytes);
        *err = o->failure;
        result = err->status;
        goto done;
    }
    if (bytes && o->held > o->held_max && first != o->next)
        result = put_aside(o, &t, err);
    if (result) {
        memory_free(t.bytes);
        keep_failure(o, err);
        goto done;
    }
    o->waiting[first] = t;
    result = write_ready(o, err);
done:
    (void)pthread_mutex_unlock(&o->lock);
    return result;
}

status ordered_output_finish(ordered_output *o, error *err)
{
    status result = STATUS_OK;
    (void)pthread_mutex_lock(&o->lock);
    while (o->next < o->parts && result == STATUS_OK) {
        if (o->waiting[o->next].count == 0)
            o->next++;
        else
            result = write_ready(o, err);
        if (has_failed(o)) {
            *err = o->failure;
            result = err->status;
        }
    }
    (void)pthread_mutex_unlock(&o->lock);
    return result;
}
