/* table/damage.h: texts whose encoding was broken before they were written.
 *
 * No reader can mend them: they are shown with their first offending bytes, and counted. */
#ifndef TABLE_DAMAGE_H
#define TABLE_DAMAGE_H

#include "base/text.h"

typedef enum damage_kind {
    DAMAGE_NONE,
    DAMAGE_BYTES,    /* bytes that no French letter has, inside a word: "Rh\x92\x82ne" (quirk 7) */
    DAMAGE_TWICE,    /* UTF-8 read as ISO-8859-1, then encoded again: "CrÃ©teil" */
    DAMAGE_REPLACED, /* U+FFFD where a letter was */
    DAMAGE_ESCAPED,  /* "Ren<e9> Nicod" (quirk 8) */
} damage_kind;

typedef struct damage {
    damage_kind kind;
    size_t offset, size; /* of the offending bytes */
} damage;

/* The first damage at or after `from`. `latin1`: a text of single bytes, else UTF-8. */
bool damage_find(text_slice text, bool latin1, size_t from, damage *out);

/* "92 82" and the word around, safe to print. */
typedef struct damage_label {
    char bytes[40];
    char word[120];
} damage_label;
damage_label damage_label_of(text_slice text, bool latin1, const damage *d);

#endif
