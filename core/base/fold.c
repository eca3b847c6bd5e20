/* Texts compared as people mean them: folding, distance, suggestion.
 *
 * The table covers the Latin letters with diacritics of the Latin-1 Supplement and Latin
 * Extended-A, the ligatures œ æ ß ĳ, and combining marks (dropped: a decomposed é folds like a
 * composed one). Other letters stay as they are. */
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* U+00C0 to U+017F, in order; "" is not a letter of the table and stays as it is. */
static const char folded_latin[][3] = {
    /* C0 */ "a",  "a", "a",  "a",  "a", "a", "ae", "c",
    "e",           "e", "e",  "e",  "i", "i", "i",  "i",
    /* D0 */ "d",  "n", "o",  "o",  "o", "o", "o",  "",
    "o",           "u", "u",  "u",  "u", "y", "th", "ss",
    /* E0 */ "a",  "a", "a",  "a",  "a", "a", "ae", "c",
    "e",           "e", "e",  "e",  "i", "i", "i",  "i",
    /* F0 */ "d",  "n", "o",  "o",  "o", "o", "o",  "",
    "o",           "u", "u",  "u",  "u", "y", "th", "y",
    /* 100 */ "a", "a", "a",  "a",  "a", "a", "c",  "c",
    "c",           "c", "c",  "c",  "c", "c", "d",  "d",
    /* 110 */ "d", "d", "e",  "e",  "e", "e", "e",  "e",
    "e",           "e", "e",  "e",  "g", "g", "g",  "g",
    /* 120 */ "g", "g", "g",  "g",  "h", "h", "h",  "h",
    "i",           "i", "i",  "i",  "i", "i", "i",  "i",
    /* 130 */ "i", "i", "ij", "ij", "j", "j", "k",  "k",
    "k",           "l", "l",  "l",  "l", "l", "l",  "l",
    /* 140 */ "l", "l", "l",  "n",  "n", "n", "n",  "n",
    "n",           "n", "n",  "n",  "o", "o", "o",  "o",
    /* 150 */ "o", "o", "oe", "oe", "r", "r", "r",  "r",
    "r",           "r", "s",  "s",  "s", "s", "s",  "s",
    /* 160 */ "s", "s", "t",  "t",  "t", "t", "t",  "t",
    "u",           "u", "u",  "u",  "u", "u", "u",  "u",
    /* 170 */ "u", "u", "u",  "u",  "w", "w", "y",  "y",
    "y",           "z", "z",  "z",  "z", "z", "z",  "s",
};
_Static_assert(sizeof folded_latin / sizeof *folded_latin == 0x180 - 0xC0,
               "the whole of both blocks");

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0xAD || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 ||
           c == 0xFF0D;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2BC || (c >= 0x2018 && c <= 0x201B) ||
           c == 0x2032 || c == 0xFF07;
}

/* A word is written when it ends, so that a whole word "st" or "ste" can be told. */
typedef struct folding {
    char *at;
    size_t size, used, needed;
    bool full;
    char word[4]; /* the first bytes of the current word */
    size_t word_size;
    bool pending_blank;
} folding;

static void put(folding *f, const char *bytes, size_t size)
{
    f->needed += size;
    if (f->full || f->used + size >= f->size) {
        f->full = true;
        return;
    }
    memcpy(f->at + f->used, bytes, size);
    f->used += size;
}

/* "st" and "ste" followed by another word are saint and sainte; held back until one is seen. */
static void flush_word(folding *f, bool followed)
{
    if (f->word_size == 0 || f->word_size > 3)
        return;
    if (followed && f->word_size == 2 && memcmp(f->word, "st", 2) == 0)
        put(f, "saint", 5);
    else if (followed && f->word_size == 3 && memcmp(f->word, "ste", 3) == 0)
        put(f, "sainte", 6);
    else
        put(f, f->word, f->word_size);
}

static void add_letter(folding *f, const char *bytes, size_t size)
{
    if (f->pending_blank) {
        flush_word(f, true);
        if (f->needed > 0)
            put(f, " ", 1);
        f->word_size = 0;
        f->pending_blank = false;
    }
    if (f->word_size + size <= 3) {
        memcpy(f->word + f->word_size, bytes, size);
    } else {
        if (f->word_size <= 3)
            put(f, f->word, f->word_size);
        put(f, bytes, size);
        f->word_size = 4; /* already written */
        return;
    }
    f->word_size += size;
}

static void fold_code(folding *f, uint32_t code, const char *bytes, size_t size)
{
    if (is_blank(code) || is_hyphen(code) || is_apostrophe(code)) {
        f->pending_blank = f->needed > 0 || f->word_size > 0;
        return;
    }
    if (code >= 0x300 && code <= 0x36F)
        return;
    if (code >= 0xC0 && code < 0x180 && folded_latin[code - 0xC0][0] != '\0') {
        const char *plain = folded_latin[code - 0xC0];
        add_letter(f, plain, strlen(plain));
        return;
    }
    char lower = (char)code;
    if (code >= 'A' && code <= 'Z') {
        lower = (char)(code + 32);
        bytes = &lower;
    }
    add_letter(f, bytes, size);
}

size_t text_fold(text_slice s, char *buffer, size_t size)
{
    folding f = {.at = buffer, .size = size};
    for (size_t i = 0; i < s.size;) {
        uint32_t code = 0;
        size_t step = utf8_decode(s.at + i, s.size - i, &code);
        if (step == 0)
            add_letter(&f, "\uFFFD", 3);
        else
            fold_code(&f, code, s.at + i, step);
        i += step == 0 ? 1 : step;
    }
    flush_word(&f, false);
    if (size > 0)
        buffer[f.used] = '\0';
    return f.needed;
}

/* Names and keys are short; a longer text is nobody's misspelling. */
enum { DISTANCE_CODES = 128, DISTANCE_BYTES = 4 * DISTANCE_CODES + 1 };

static bool folded_codes(const char *text, uint32_t codes[DISTANCE_CODES], size_t *count)
{
    char folded[DISTANCE_BYTES];
    size_t size = text_fold(text_slice_of(text, strlen(text)), folded, sizeof folded);
    *count = 0;
    if (size >= sizeof folded)
        return false;
    for (size_t i = 0; i < size; (*count)++) {
        if (*count == DISTANCE_CODES)
            return false;
        i += utf8_decode(folded + i, size - i, &codes[*count]);
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, three rows at a time. */
static size_t distance_of(const uint32_t *a, size_t n, const uint32_t *b, size_t m, size_t limit)
{
    size_t rows[3][DISTANCE_CODES + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3], best = i;
        const size_t *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = least(least(before[j] + 1, now[j - 1] + 1), before[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], earlier[j - 2] + 1);
            best = least(best, now[j]);
        }
        if (best > limit + 1) /* + 1: a transposition reaches back over one row */
            return limit + 1;
    }
    return least(rows[n % 3][m], limit + 1);
}

size_t text_distance(const char *a, const char *b, size_t limit)
{
    uint32_t codes_a[DISTANCE_CODES], codes_b[DISTANCE_CODES];
    size_t n = 0, m = 0;
    if (limit > DISTANCE_CODES)
        limit = DISTANCE_CODES;
    if (!folded_codes(a, codes_a, &n) || !folded_codes(b, codes_b, &m))
        return limit + 1;
    if ((n > m ? n - m : m - n) > limit)
        return limit + 1;
    return distance_of(codes_a, n, codes_b, m, limit);
}

const char *text_suggest(const char *word, const char *const *candidates, size_t count)
{
    uint32_t codes[DISTANCE_CODES];
    size_t length = 0;
    if (!folded_codes(word, codes, &length) || length < 2)
        return NULL;
    size_t best = (length < 3 ? 3 : length) / 3 + 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < count && best > 0; i++) {
        size_t distance = text_distance(word, candidates[i], best - 1);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
