/* territory/name_likeness.h: how alike two names are, whatever the order of their words.
 *
 * Dice's coefficient of the two sets of trigrams: the name is folded (lower case, no accents, "st"
 * to "saint"), what is neither letter nor digit separates words, articles are dropped ("de", "la",
 * "l"...), and each word gives the trigrams of "  word ". 1: the same words in any order; 0:
 * nothing in common, or nothing to compare. Pure functions. */
#ifndef TERRITORY_NAME_LIKENESS_H
#define TERRITORY_NAME_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAME_TRIGRAMS = 160, NAME_BYTES = 240 };
typedef struct name_key {
    uint32_t trigram[NAME_TRIGRAMS]; /* ascending, distinct; what is longer is cut */
    size_t count;
} name_key;
void name_key_of(const char *name, name_key *out);
double name_likeness(const name_key *a, const name_key *b);
double trigram_likeness(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count);

/* Folds into words of [a-z0-9] separated by one blank, without a blank at either end; `words` has
 * NAME_BYTES. What is longer is cut. */
void name_words(const char *text, char *words);
/* "de", "la", "l"...: words that names are told apart without. */
bool word_is_article(const char *word, size_t size);

#endif
