/* table/chunk_words.h: the distinct texts of one column of one chunk, in the order of their first
 * row. Private to this room; one thread.
 *
 * Codes are short: one of at most eight bytes is its own key, compared as one number. */
#ifndef TABLE_CHUNK_WORDS_H
#define TABLE_CHUNK_WORDS_H

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

typedef struct chunk_slot {
    uint64_t key;  /* the bytes of a short text, the hash of a longer one */
    uint32_t word; /* index + 1; 0: free */
    uint32_t size; /* bytes of the text, at most UINT32_MAX */
} chunk_slot;

typedef struct chunk_words {
    text_slice *texts; /* borrow the text read, or `copies`; once settled, `settled` */
    uint32_t count, capacity;
    chunk_slot *slots;
    unsigned bits; /* slots: 1 << bits */
    arena *copies; /* of texts that do not lie in the text read; NULL: none */
    chunk_slot last;
    char *settled;
} chunk_words;

/* No larger than any text. */
enum { SHORT_BYTES = 8 };

void chunk_words_clear(chunk_words *w);
/* The index of a text that stays where it is until the words are cleared; `end` is past the last
 * byte that may be read. False: out of memory. */
MUST_CHECK bool chunk_words_add(chunk_words *w, text_slice s, const char *end, uint32_t *index);
/* The same for a text that will move: it is copied when it is new. */
MUST_CHECK bool chunk_words_copy(chunk_words *w, text_slice s, uint32_t *index);

/* No word will be added: the words keep their own copy of every text, and nothing but it. */
MUST_CHECK bool chunk_words_settle(chunk_words *w);

#endif
