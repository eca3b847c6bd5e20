/* Texts to indices: open addressing over 32-bit slots, texts in an arena. */
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/messages.h"

struct interner {
    arena *bytes;
    text_slice *texts; /* index -> text */
    uint64_t *hashes;  /* index -> hash */
    uint32_t count, capacity;
    uint32_t *slots; /* index + 1; 0: free */
    size_t slot_mask;
};

enum { FIRST_TEXTS = 64, FIRST_SLOTS = 2 * FIRST_TEXTS };

status interner_new(interner **out, error *err)
{
    *out = NULL;
    interner *t = memory_new(1, sizeof *t);
    if (t == NULL)
        return memory_error(err, sizeof *t);
    status s = arena_new(&t->bytes, err);
    if (s != STATUS_OK)
        goto failed;
    s = STATUS_ENVIRONMENT;
    t->slots = memory_new(FIRST_SLOTS, sizeof *t->slots);
    t->slot_mask = FIRST_SLOTS - 1;
    if (t->slots == NULL) {
        (void)memory_error(err, FIRST_SLOTS * sizeof *t->slots);
        goto failed;
    }
    *out = t;
    return STATUS_OK;
failed:
    interner_free(t);
    return s;
}

void interner_free(interner *t)
{
    if (t == NULL)
        return;
    arena_free(t->bytes);
    memory_free(t->texts);
    memory_free(t->hashes);
    memory_free(t->slots);
    memory_free(t);
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t slot_of(const interner *t, text_slice s, uint64_t hash)
{
    size_t slot = (size_t)hash & t->slot_mask;
    for (; t->slots[slot] != 0; slot = (slot + 1) & t->slot_mask) {
        uint32_t i = t->slots[slot] - 1;
        if (t->hashes[i] == hash && text_compare(t->texts[i], s) == 0)
            break;
    }
    return slot;
}

static bool grow_slots(interner *t)
{
    size_t count = 2 * (t->slot_mask + 1);
    uint32_t *slots = memory_new(count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < t->count; i++) {
        size_t slot = (size_t)t->hashes[i] & (count - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (count - 1);
        slots[slot] = i + 1;
    }
    memory_free(t->slots);
    t->slots = slots;
    t->slot_mask = count - 1;
    return true;
}

static bool grow_texts(interner *t)
{
    uint32_t wanted = t->capacity == 0               ? FIRST_TEXTS
                      : t->capacity > UINT32_MAX / 2 ? UINT32_MAX
                                                     : 2 * t->capacity;
    text_slice *texts = memory_resize(t->texts, wanted, sizeof *texts);
    if (texts == NULL)
        return false;
    t->texts = texts;
    uint64_t *hashes = memory_resize(t->hashes, wanted, sizeof *hashes);
    if (hashes == NULL)
        return false;
    t->hashes = hashes;
    t->capacity = wanted;
    return true;
}

status interner_add(interner *t, text_slice s, uint32_t *index, error *err)
{
    uint64_t hash = hash_bytes(s.at, s.size, 0);
    size_t slot = slot_of(t, s, hash);
    if (t->slots[slot] != 0) {
        *index = t->slots[slot] - 1;
        return STATUS_OK;
    }
    if (t->count == INTERN_NONE - 1)
        return error_set(err, STATUS_ENVIRONMENT, M_BASE_INTERN_FULL, (unsigned)t->count);
    if (t->count == t->capacity && !grow_texts(t))
        return memory_error(err, 2 * (size_t)t->capacity * sizeof *t->texts);
    if ((size_t)t->count * 3 >= (t->slot_mask + 1) * 2) {
        if (!grow_slots(t))
            return memory_error(err, 2 * (t->slot_mask + 1) * sizeof *t->slots);
        slot = slot_of(t, s, hash);
    }
    const char *copy = arena_text_n(t->bytes, s.at, s.size);
    if (copy == NULL)
        return memory_error(err, s.size);
    t->texts[t->count] = text_slice_of(copy, s.size);
    t->hashes[t->count] = hash;
    *index = t->count++;
    t->slots[slot] = t->count;
    return STATUS_OK;
}

uint32_t interner_find(const interner *t, text_slice s)
{
    size_t slot = slot_of(t, s, hash_bytes(s.at, s.size, 0));
    return t->slots[slot] == 0 ? (uint32_t)INTERN_NONE : t->slots[slot] - 1;
}

text_slice interner_at(const interner *t, uint32_t index)
{
    return index < t->count ? t->texts[index] : text_slice_of(NULL, 0);
}

uint32_t interner_count(const interner *t)
{
    return t->count;
}
