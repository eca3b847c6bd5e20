/* base/text.h: UTF-8 text, strict numbers, printing for people and for machines. No locale. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/error.h"

/* Bytes borrowed from somewhere else; not terminated. */
typedef struct text_slice {
    const char *at;
    size_t size;
} text_slice;
static inline text_slice text_slice_of(const char *at, size_t size)
{
    return (text_slice){.at = at, .size = size};
}
bool text_equal(text_slice a, const char *b);
int text_compare(text_slice a, text_slice b); /* by bytes, then by length */

/* Offset of the first byte that is not UTF-8 (overlong, surrogate, cut), or size when valid. */
size_t text_utf8_valid_prefix(const char *bytes, size_t size);
/* Decimal number, the whole slice: [+-]digits[mark digits][e[+-]digits]. No blanks, no inf/nan, no
 * hex. mark is '.' or ','. Correctly rounded. */
MUST_CHECK bool text_to_f64(text_slice s, char decimal_mark, double *out);
MUST_CHECK bool text_to_u64(text_slice s, uint64_t *out);
MUST_CHECK bool text_to_i64(text_slice s, int64_t *out);

/* Folds for comparison and search: lower case, no accents, œ to oe, any run of blanks, hyphens and
 * apostrophes to one blank, "st "/"ste " to "saint "/"sainte ". Returns bytes needed. */
size_t text_fold(text_slice s, char *buffer, size_t size);
/* Damerau-Levenshtein distance in code points on folded texts; stops above `limit`. */
size_t text_distance(const char *a, const char *b, size_t limit);
/* Nearest candidate within a third of the length; NULL when none. */
const char *text_suggest(const char *word, const char *const *candidates, size_t count);

/* Copies with control characters, bidi marks and zero-width characters shown as \u{...}: safe for
 * a terminal and a log. Invalid UTF-8 becomes \x... . Returns bytes needed, like snprintf. */
size_t text_escape(text_slice s, char *buffer, size_t size);

/* Exact shortest decimal that reads back as the same double ("." mark); "" for NaN. */
size_t text_from_f64(double value, char *buffer, size_t size);
/* Fixed decimals, "." mark, half away from zero as printf does; never "-0.00". */
size_t text_from_f64_fixed(double value, int decimals, char *buffer, size_t size);
/* For people: French "1 234 567,8" (U+202F between thousands) or English "1,234,567.8". */
size_t text_number(double value, int decimals, language lang, char *buffer, size_t size);

/* A growing UTF-8 buffer. Once out of memory it stays failed; check at the end. */
typedef struct text_buffer {
    char *at;
    size_t size, capacity;
    bool failed;
} text_buffer;
void text_buffer_clear(text_buffer *b);
void text_add(text_buffer *b, const char *text);
void text_add_n(text_buffer *b, const char *bytes, size_t size);
void text_add_format(text_buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* <, >, &, ", ' escaped; control characters and bidi overrides dropped. For HTML and SVG/XML. */
void text_add_markup(text_buffer *b, text_slice s);
/* A JSON string with its quotes; also safe inside an HTML script element (< is \u003c). */
void text_add_json(text_buffer *b, text_slice s);

#endif
