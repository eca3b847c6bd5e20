#include "table/chunk_words.h"

#include <endian.h>
#include <string.h>

#include "base/hash.h"

enum { FIRST_BITS = 8, FIRST_TEXTS = 1 << (FIRST_BITS - 1) };

void chunk_words_clear(chunk_words *w)
{
    memory_free(w->texts);
    memory_free(w->slots);
    memory_free(w->settled);
    arena_free(w->copies);
    *w = (chunk_words){0};
}

/* Zero bytes after the text: none holds a NUL, so that two texts never share a key and a size. */
static inline uint64_t short_key(text_slice s, const char *end)
{
    uint64_t key = 0;
    if (s.size == 0)
        return 0;
    if (end - s.at < SHORT_BYTES) {
        memcpy(&key, s.at, s.size);
        return le64toh(key);
    }
    memcpy(&key, s.at, SHORT_BYTES);
    return le64toh(key) & (UINT64_MAX >> (8 * (SHORT_BYTES - s.size)));
}

static inline size_t slot_first(const chunk_words *w, uint64_t key)
{
    return (size_t)((key ^ key >> 29) * UINT64_C(0x9E3779B97F4A7C15) >> (64 - w->bits));
}

static bool same_text(const chunk_words *w, const chunk_slot *slot, text_slice s)
{
    return s.size <= SHORT_BYTES || memcmp(w->texts[slot->word - 1].at, s.at, s.size) == 0;
}

/* The slot that holds the text, or the free one where it belongs. */
static chunk_slot *slot_of(const chunk_words *w, uint64_t key, text_slice s)
{
    size_t mask = ((size_t)1 << w->bits) - 1, at = slot_first(w, key);
    for (;; at = (at + 1) & mask) {
        chunk_slot *slot = &w->slots[at];
        if (!slot->word || (slot->key == key && slot->size == s.size && same_text(w, slot, s)))
            return slot;
    }
}

static bool grow(chunk_words *w)
{
    unsigned bits = w->bits ? w->bits + 1 : FIRST_BITS;
    uint32_t capacity = w->capacity ? 2 * w->capacity : FIRST_TEXTS;
    chunk_words grown = {.bits = bits};
    if (bits > 32)
        return false;
    grown.slots = memory_new((size_t)1 << bits, sizeof *grown.slots);
    text_slice *texts = memory_resize(w->texts, capacity, sizeof *texts);
    if (texts) {
        w->texts = texts;
        w->capacity = capacity;
    }
    if (!grown.slots || !texts) {
        memory_free(grown.slots);
        return false;
    }
    size_t mask = ((size_t)1 << bits) - 1, before = w->bits ? (size_t)1 << w->bits : 0;
    for (size_t i = 0; i < before; i++) {
        if (!w->slots[i].word)
            continue;
        size_t at = slot_first(&grown, w->slots[i].key);
        while (grown.slots[at].word)
            at = (at + 1) & mask;
        grown.slots[at] = w->slots[i];
    }
    memory_free(w->slots);
    w->slots = grown.slots;
    w->bits = bits;
    return true;
}

static bool add_new(chunk_words *w, chunk_slot *slot, uint64_t key, text_slice s)
{
    if (s.size > UINT32_MAX)
        return false;
    w->texts[w->count] = s;
    *slot = (chunk_slot){.key = key, .word = ++w->count, .size = (uint32_t)s.size};
    return true;
}

static bool is_full(const chunk_words *w)
{
    return w->count == w->capacity;
}

bool chunk_words_add(chunk_words *w, text_slice s, const char *end, uint32_t *index)
{
    uint64_t key = s.size <= SHORT_BYTES ? short_key(s, end) : hash_bytes(s.at, s.size, 0);
    if (w->last.word && w->last.key == key && w->last.size == s.size && same_text(w, &w->last, s)) {
        *index = w->last.word - 1;
        return true;
    }
    if (is_full(w) && !grow(w))
        return false;
    chunk_slot *slot = slot_of(w, key, s);
    if (!slot->word && !add_new(w, slot, key, s))
        return false;
    w->last = *slot;
    *index = slot->word - 1;
    return true;
}

bool chunk_words_copy(chunk_words *w, text_slice s, uint32_t *index)
{
    error err;
    uint32_t before = w->count;
    if (!chunk_words_add(w, s, s.at + s.size, index))
        return false;
    if (w->count == before)
        return true;
    if (!w->copies && arena_new(&w->copies, &err) != STATUS_OK)
        return false;
    char *copy = arena_text_n(w->copies, s.at, s.size);
    if (!copy)
        return false;
    w->texts[before].at = copy;
    return true;
}

bool chunk_words_settle(chunk_words *w)
{
    size_t size = 0, at = 0;
    for (uint32_t i = 0; i < w->count; i++)
        size += w->texts[i].size;
    w->settled = memory_new(size, 1);
    if (!w->settled)
        return false;
    for (uint32_t i = 0; i < w->count; i++) {
        text_slice *s = &w->texts[i];
        memcpy(w->settled + at, s->at, s->size);
        s->at = w->settled + at;
        at += s->size;
    }
    memory_free(w->slots);
    arena_free(w->copies);
    w->slots = NULL;
    w->copies = NULL;
    w->bits = 0;
    return true;
}
