/* The bodies of messages between the program and its workers. Every item starts on eight bytes, so
 * that an array of doubles can be read where it lies. */
#include <string.h>

#include "base/memory.h"
#include "base/worker.h"

enum { PACK_ALIGNMENT = 8 };

static bool padded_size(size_t size, size_t *out)
{
    if (__builtin_add_overflow(size, PACK_ALIGNMENT - 1, out))
        return false;
    *out &= ~(size_t)(PACK_ALIGNMENT - 1);
    return true;
}

static void append(pack_writer *w, const void *bytes, size_t size)
{
    size_t padded = 0, needed = 0, capacity = w->capacity == 0 ? 256 : w->capacity;
    if (w->failed || !padded_size(size, &padded) ||
        __builtin_add_overflow(w->size, padded, &needed)) {
        w->failed = true;
        return;
    }
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : 2 * capacity;
    if (capacity != w->capacity) {
        unsigned char *grown = memory_resize(w->at, capacity, 1);
        if (grown == NULL) {
            w->failed = true;
            return;
        }
        w->at = grown;
        w->capacity = capacity;
    }
    if (size > 0)
        memcpy(w->at + w->size, bytes, size);
    memset(w->at + w->size + size, 0, padded - size);
    w->size = needed;
}

void pack_u64(pack_writer *w, uint64_t v)
{
    append(w, &v, sizeof v);
}

void pack_f64(pack_writer *w, double v)
{
    append(w, &v, sizeof v);
}

/* Size with its NUL; 0 is a NULL text. */
void pack_text(pack_writer *w, const char *text)
{
    size_t size = text == NULL ? 0 : strlen(text) + 1;
    pack_u64(w, size);
    append(w, text, size);
}

void pack_bytes(pack_writer *w, const void *bytes, size_t size)
{
    pack_u64(w, size);
    append(w, bytes, size);
}

void pack_writer_clear(pack_writer *w)
{
    memory_free(w->at);
    *w = (pack_writer){0};
}

static const unsigned char *take(pack_reader *r, uint64_t size)
{
    size_t padded = 0;
    if (r->failed || size > SIZE_MAX || !padded_size((size_t)size, &padded) ||
        padded > r->size - r->offset) {
        r->failed = true;
        return NULL;
    }
    const unsigned char *at = r->at + r->offset;
    r->offset += padded;
    return at;
}

uint64_t unpack_u64(pack_reader *r)
{
    uint64_t v = 0;
    const unsigned char *at = take(r, sizeof v);
    if (at != NULL)
        memcpy(&v, at, sizeof v);
    return v;
}

double unpack_f64(pack_reader *r)
{
    double v = 0.0;
    const unsigned char *at = take(r, sizeof v);
    if (at != NULL)
        memcpy(&v, at, sizeof v);
    return v;
}

const char *unpack_text(pack_reader *r)
{
    uint64_t size = unpack_u64(r);
    if (size == 0 || r->failed)
        return NULL;
    const unsigned char *at = take(r, size);
    if (at == NULL)
        return NULL;
    if (memchr(at, '\0', (size_t)size) != at + size - 1) { /* one NUL, at the end */
        r->failed = true;
        return NULL;
    }
    return (const char *)at;
}

const void *unpack_bytes(pack_reader *r, size_t *size)
{
    uint64_t wanted = unpack_u64(r);
    const unsigned char *at = take(r, wanted);
    *size = at == NULL ? 0 : (size_t)wanted;
    return at;
}
