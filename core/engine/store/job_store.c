/* The store of a run: its folder, the digests that keys are made of, and why it stopped. */
#include "engine/store/job_store.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/blocks.h"

enum { DIGEST_PART = 1 << 22 /* bytes that a thread digests at a time */ };

/* The digest of an array, by where it lies. */
typedef struct known_digest {
    const void *at;
    size_t bytes;
    sha256_hex digest;
} known_digest;

struct job_store {
    char *folder;
    bool writes;
    int threads;
    const atomic_int *cancel; /* NULL: none */
    known_digest *known;
    size_t known_count, known_capacity;
    sha256_hex program;   /* "": not asked for yet */
    pthread_mutex_t lock; /* of `trouble` */
    error trouble;
    _Atomic size_t damaged;
    bool ready;
};

status job_store_new(const char *folder, bool writes, int threads, job_store **out, error *err)
{
    *out = NULL;
    if (folder == NULL)
        return STATUS_OK;
    const size_t size = strlen(folder) + 1;
    job_store *s = memory_new(1, sizeof *s);
    char *copy = memory_new(size, 1);
    if (s != NULL)
        s->ready = pthread_mutex_init(&s->lock, NULL) == 0;
    if (s == NULL || copy == NULL || !s->ready) {
        memory_free(copy);
        job_store_free(s);
        return memory_error(err, sizeof *s + size);
    }
    memcpy(copy, folder, size);
    s->folder = copy;
    s->writes = writes;
    s->threads = threads;
    *out = s;
    return STATUS_OK;
}

void job_store_free(job_store *s)
{
    if (s == NULL)
        return;
    if (s->ready)
        (void)pthread_mutex_destroy(&s->lock);
    memory_free(s->known);
    memory_free(s->folder);
    memory_free(s);
}

void job_store_cancel_on(job_store *s, const atomic_int *cancel)
{
    s->cancel = cancel;
}

const char *job_store_folder(const job_store *s)
{
    return s->folder;
}

const error *job_store_trouble(const job_store *s)
{
    return &s->trouble;
}

bool job_store_writes(job_store *s)
{
    (void)pthread_mutex_lock(&s->lock);
    const bool writes = s->writes && s->trouble.status == STATUS_OK;
    (void)pthread_mutex_unlock(&s->lock);
    return writes;
}

void job_store_stop(job_store *s, const error *cause)
{
    (void)pthread_mutex_lock(&s->lock);
    if (s->trouble.status == STATUS_OK)
        s->trouble = *cause;
    (void)pthread_mutex_unlock(&s->lock);
}

void job_store_damage(job_store *s)
{
    atomic_fetch_add(&s->damaged, 1);
}

size_t job_store_damaged(const job_store *s)
{
    return atomic_load(&s->damaged);
}

/* --- digests --- */

typedef struct array_parts {
    const unsigned char *at;
    uint8_t *digests; /* SHA256_BYTES a part */
} array_parts;

static status digest_part(void *context, block b, error *err)
{
    const array_parts *parts = context;
    (void)err;
    sha256_bytes_of(parts->at + b.begin, b.end - b.begin, parts->digests + b.index * SHA256_BYTES);
    return STATUS_OK;
}

/* The digest of the digests of its parts, which are digested on all threads. */
static status digest_in_parts(const job_store *s, const void *at, size_t bytes, sha256_hex *out,
                              error *err)
{
    const size_t count = blocks_count(bytes, DIGEST_PART);
    array_parts parts = {.at = at, .digests = memory_new(count, SHA256_BYTES)};
    if (parts.digests == NULL)
        return memory_error(err, count * SHA256_BYTES);
    status result = blocks_run(bytes, DIGEST_PART, s->threads, s->cancel, digest_part, &parts, err);
    *out = sha256_of(parts.digests, count * SHA256_BYTES);
    memory_free(parts.digests);
    return result;
}

static status remember(job_store *s, const void *at, size_t bytes, const sha256_hex *digest,
                       error *err)
{
    if (s->known_count == s->known_capacity) {
        const size_t wanted = s->known_capacity == 0 ? 64 : 2 * s->known_capacity;
        known_digest *grown = memory_resize(s->known, wanted, sizeof *grown);
        if (grown == NULL)
            return memory_error(err, wanted * sizeof *grown);
        s->known = grown;
        s->known_capacity = wanted;
    }
    s->known[s->known_count++] = (known_digest){.at = at, .bytes = bytes, .digest = *digest};
    return STATUS_OK;
}

status job_store_digest(job_store *s, const void *at, size_t bytes, sha256_hex *out, error *err)
{
    for (size_t i = 0; i < s->known_count; i++) {
        if (s->known[i].at == at && s->known[i].bytes == bytes) {
            *out = s->known[i].digest;
            return STATUS_OK;
        }
    }
    status result = digest_in_parts(s, at, bytes, out, err);
    return result == STATUS_OK ? remember(s, at, bytes, out, err) : result;
}

/* By its bytes: its version stays the same from one state of the sources to the next. */
status job_store_program(job_store *s, sha256_hex *out, error *err)
{
    static const char own[] = "/proc/self/exe";
    status result = STATUS_OK;
    if (s->program.hex[0] == '\0' && access(own, R_OK) == 0)
        result = sha256_of_file(own, &s->program, err);
    *out = s->program;
    return result;
}
