/* base/utf8.h: one code point at a time; private to the room. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/text.h"

/* Decodes the code point at `at` (size > 0). Returns its bytes, or 0 when it is not UTF-8:
 * overlong, surrogate, past U+10FFFF or cut. */
size_t utf8_decode(const char *at, size_t size, uint32_t *code);
/* Writes 1 to 4 bytes; `code` is a Unicode scalar value. */
size_t utf8_encode(uint32_t code, char out[4]);

/* C0, C1, DEL, line separators, bidi marks and overrides, zero-width and tag characters: what could
 * hide or reorder text on a terminal or a page. */
bool utf8_is_unsafe(uint32_t code);

#endif
