/* Checked allocation and arenas. */
#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"

void *memory_new(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        return calloc(1, 1);
    return calloc(count, size); /* calloc refuses an overflowing product */
}

void *memory_resize(void *old, size_t count, size_t size)
{
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return realloc(old, bytes == 0 ? 1 : bytes);
}

void memory_free(void *p)
{
    free(p);
}

status memory_error(error *err, size_t bytes)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_MEMORY, bytes);
}

/* Chunks grow from 16 KiB to 1 MiB; a request past a quarter of a chunk gets its own. */
enum { CHUNK_FIRST = 16 << 10, CHUNK_LAST = 1 << 20, ALIGNMENT = 16 };

typedef struct chunk {
    struct chunk *next;
    size_t used, capacity;
    _Alignas(ALIGNMENT) unsigned char bytes[];
} chunk;

struct arena {
    chunk *current; /* being filled; the full and the large ones follow */
    size_t next_capacity;
};

static chunk *chunk_new(size_t capacity)
{
    size_t bytes = 0;
    if (__builtin_add_overflow(sizeof(chunk), capacity, &bytes))
        return NULL;
    chunk *c = calloc(1, bytes);
    if (c != NULL)
        c->capacity = capacity;
    return c;
}

status arena_new(arena **out, error *err)
{
    *out = memory_new(1, sizeof **out);
    if (*out == NULL)
        return memory_error(err, sizeof **out);
    (*out)->next_capacity = CHUNK_FIRST;
    return STATUS_OK;
}

void arena_free(arena *a)
{
    if (a == NULL)
        return;
    for (chunk *c = a->current; c != NULL;) {
        chunk *next = c->next;
        free(c);
        c = next;
    }
    free(a);
}

static void *take_alone(arena *a, size_t bytes)
{
    chunk *c = chunk_new(bytes);
    if (c == NULL)
        return NULL;
    c->used = bytes;
    if (a->current == NULL) {
        a->current = c;
    } else { /* behind the current one, which keeps its room */
        c->next = a->current->next;
        a->current->next = c;
    }
    return c->bytes;
}

static bool next_chunk(arena *a)
{
    chunk *c = chunk_new(a->next_capacity);
    if (c == NULL)
        return false;
    c->next = a->current;
    a->current = c;
    if (a->next_capacity < CHUNK_LAST)
        a->next_capacity *= 2;
    return true;
}

void *arena_take(arena *a, size_t count, size_t size)
{
    size_t bytes = 0, rounded = 0;
    if (__builtin_mul_overflow(count, size, &bytes) ||
        __builtin_add_overflow(bytes, ALIGNMENT - 1, &rounded))
        return NULL;
    rounded &= ~(size_t)(ALIGNMENT - 1);
    if (rounded == 0)
        rounded = ALIGNMENT;
    if (rounded > a->next_capacity / 4)
        return take_alone(a, rounded);
    if (a->current == NULL || a->current->capacity - a->current->used < rounded) {
        if (!next_chunk(a))
            return NULL;
    }
    void *at = a->current->bytes + a->current->used;
    a->current->used += rounded;
    return at;
}

char *arena_text_n(arena *a, const char *bytes, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = arena_take(a, size + 1, 1);
    if (copy != NULL && size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_text(arena *a, const char *text)
{
    return text == NULL ? NULL : arena_text_n(a, text, strlen(text));
}

char *arena_format(arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = length < 0 ? NULL : arena_take(a, (size_t)length + 1, 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}
