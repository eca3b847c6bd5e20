#include "territory/name_likeness.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { TEXT_BYTES = 2 * NAME_BYTES };

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void name_words(const char *text, char *words)
{
    char folded[TEXT_BYTES] = "";
    size_t used = 0;
    const size_t size = strlen(text);
    (void)text_fold(text_slice_of(text, size < TEXT_BYTES ? size : TEXT_BYTES - 1), folded,
                    sizeof folded);
    for (size_t i = 0; folded[i] && used + 2 < NAME_BYTES; i++) {
        if (is_word_byte(folded[i])) {
            words[used++] = folded[i];
        } else if (used && words[used - 1] != ' ') {
            words[used++] = ' ';
        }
    }
    used -= used && words[used - 1] == ' ';
    words[used] = '\0';
}

bool word_is_article(const char *word, size_t size)
{
    static const char *const articles[] = {"de", "du", "des", "la", "le", "les", "l",  "d",
                                           "a",  "au", "aux", "en", "et", "un",  "une"};
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        if (strlen(articles[i]) == size && memcmp(articles[i], word, size) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_trigrams(const void *a, const void *b)
{
    const uint32_t *x = a;
    const uint32_t *y = b;
    return (*x > *y) - (*x < *y);
}

static void add_word(name_key *k, const char *word, size_t size)
{
    uint32_t window = (uint32_t)' ' << 8 | (uint32_t)' ';
    for (size_t i = 0; i <= size && k->count < NAME_TRIGRAMS; i++) {
        const unsigned char next = i < size ? (unsigned char)word[i] : ' ';
        window = (window << 8 | next) & 0xFFFFFFu;
        k->trigram[k->count++] = window;
    }
}

void name_key_of(const char *name, name_key *out)
{
    char words[NAME_BYTES];
    size_t distinct = 0;
    out->count = 0;
    name_words(name, words);
    for (const char *at = words; *at;) {
        const size_t size = strcspn(at, " ");
        if (!word_is_article(at, size)) {
            add_word(out, at, size);
        }
        at += size + (at[size] == ' ');
    }
    qsort(out->trigram, out->count, sizeof *out->trigram, compare_trigrams);
    for (size_t i = 0; i < out->count; i++) {
        if (i == 0 || out->trigram[i] != out->trigram[distinct - 1]) {
            out->trigram[distinct++] = out->trigram[i];
        }
    }
    out->count = distinct;
}

double trigram_likeness(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
        const uint32_t x = a[i];
        const uint32_t y = b[k];
        common += x == y;
        i += x <= y;
        k += x >= y;
    }
    return a_count + b_count ? 2.0 * (double)common / (double)(a_count + b_count) : 0;
}

double name_likeness(const name_key *a, const name_key *b)
{
    return trigram_likeness(a->trigram, a->count, b->trigram, b->count);
}
