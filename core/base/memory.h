/* base/memory.h: allocation. The only room that calls malloc; sizes are overflow-checked. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/error.h"

/* Zeroed array of count * size bytes; NULL when out of memory or on overflow. Size 0 gives a
 * unique non-NULL pointer. */
MUST_CHECK void *memory_new(size_t count, size_t size);
/* Grows or shrinks to count * size bytes; on failure returns NULL and `old` stays valid. New bytes
 * are not zeroed. */
MUST_CHECK void *memory_resize(void *old, size_t count, size_t size);
/* Takes NULL. */
void memory_free(void *p);
/* error_set(STATUS_ENVIRONMENT, "out of memory while ...") with what was wanted. */
status memory_error(error *err, size_t bytes);

/* An arena: allocations that die together. One thread at a time. */
typedef struct arena arena;
MUST_CHECK status arena_new(arena **out, error *err);
void arena_free(arena *a);
/* Zeroed, 16-byte aligned, count * size bytes; NULL when out of memory or on overflow. */
MUST_CHECK void *arena_take(arena *a, size_t count, size_t size);
MUST_CHECK char *arena_text(arena *a, const char *text); /* NULL gives NULL */
MUST_CHECK char *arena_text_n(arena *a, const char *bytes, size_t size);
MUST_CHECK char *arena_format(arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Shareable memory (memfd): written once, then sealed and mapped read-only by any process. */
typedef struct shared_memory {
    void *at; /* NULL when size is 0 */
    size_t size;
    int fd; /* -1: none */
    bool writable;
} shared_memory;
MUST_CHECK status shared_memory_new(shared_memory *out, const char *name, size_t size, error *err);
/* Maps a received descriptor read-only; takes the descriptor on success. */
MUST_CHECK status shared_memory_open(shared_memory *out, int fd, error *err);
/* Holds its size and its seals for good: a process that may write to it can neither cut it (its
 * other holders would die of SIGBUS) nor seal it off from them. */
MUST_CHECK status shared_memory_pin(shared_memory *m, error *err);
/* Remaps read-only; later writes are faults. */
MUST_CHECK status shared_memory_freeze(shared_memory *m, error *err);
void shared_memory_clear(shared_memory *m);

#endif
