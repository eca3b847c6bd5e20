#include "table/damage.h"

#include <stdio.h>
#include <string.h>

static unsigned char byte_at(text_slice t, size_t i)
{
    return i < t.size ? (unsigned char)t.at[i] : 0;
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters with accents of French in ISO-8859-1, both cases, and those of names of neighbours. */
static bool is_accented(unsigned char c)
{
    static const char letters[] = "\xe0\xe1\xe2\xe4\xe6\xe7\xe8\xe9\xea\xeb\xed\xee\xef\xf1\xf3\xf4"
                                  "\xf6\xf9\xfa\xfb\xfc\xff";
    return strchr(letters, c | (c >= 0xc0 ? 0x20 : 0)) != NULL;
}

/* --- single bytes --- */

/* Bytes 80 to 9F inside a word are Windows-1252 when they are one apostrophe or an "oe"; else the
 * text went through another encoding (Mac, DOS) on its way. */
static bool run_is_damaged(text_slice t, size_t start, size_t end)
{
    size_t controls = 0;
    size_t strange = 0;
    for (size_t i = start; i < end; i++) {
        const unsigned char c = byte_at(t, i);
        const bool control = c < 0xa0;
        controls += control;
        strange += control ? c != 0x92 && c != 0x8c && c != 0x9c : !is_accented(c);
    }
    return controls > 1 || (controls == 1 && strange > 0);
}

static bool find_in_bytes(text_slice t, size_t from, damage *out)
{
    for (size_t i = from; i < t.size; i++) {
        if (byte_at(t, i) < 0x80) {
            continue;
        }
        size_t end = i;
        while (byte_at(t, end) >= 0x80) {
            end++;
        }
        const bool inside = i > 0 && is_letter(byte_at(t, i - 1)) && is_letter(byte_at(t, end));
        if (inside && run_is_damaged(t, i, end)) {
            *out = (damage){.kind = DAMAGE_BYTES, .offset = i, .size = end - i};
            return true;
        }
        i = end;
    }
    return false;
}

/* --- UTF-8 --- */

/* "Ã" or "Â" (C3 83, C3 82), then a character of U+0080..U+00BF: the two bytes of one letter. */
static bool is_twice(text_slice t, size_t i)
{
    const unsigned char second = byte_at(t, i + 1);
    const unsigned char third = byte_at(t, i + 2);
    const unsigned char fourth = byte_at(t, i + 3);
    return byte_at(t, i) == 0xc3 && (second == 0x83 || second == 0x82) && third == 0xc2 &&
           fourth >= 0x80 && fourth <= 0xbf;
}

/* "Ã" then a sign of Windows-1252 (E2 80 xx): the same, through that encoding. */
static bool is_twice_through_windows(text_slice t, size_t i)
{
    return byte_at(t, i) == 0xc3 && byte_at(t, i + 1) == 0x83 && byte_at(t, i + 2) == 0xe2 &&
           byte_at(t, i + 3) == 0x80;
}

/* The low quotes and the florin of Windows-1252, which no French word has inside: "Rh’‚ne". Their
 * size in bytes; 0: none. */
static size_t stray_sign(text_slice t, size_t i)
{
    const unsigned char first = byte_at(t, i), third = byte_at(t, i + 2);
    const bool quote =
        first == 0xe2 && byte_at(t, i + 1) == 0x80 && (third == 0x9a || third == 0x9e);
    const bool florin = first == 0xc6 && byte_at(t, i + 1) == 0x92;
    const size_t size = quote ? 3 : florin ? 2 : 0;
    const bool inside =
        size > 0 && i > 0 && byte_at(t, i - 1) != ' ' && is_letter(byte_at(t, i + size));
    return inside ? size : 0;
}

static bool is_hexadecimal(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* "<e9>": R prints so the bytes that its locale lacks. */
static bool is_escaped(text_slice t, size_t i)
{
    const unsigned char high = byte_at(t, i + 1);
    return byte_at(t, i) == '<' && is_hexadecimal(high) && high >= '8' &&
           is_hexadecimal(byte_at(t, i + 2)) && byte_at(t, i + 3) == '>';
}

static bool find_in_utf8(text_slice t, size_t from, damage *out)
{
    for (size_t i = from; i < t.size; i++) {
        const unsigned char c = byte_at(t, i);
        if (c != 0xc3 && c != 0xc2 && c != 0xef && c != '<' && c != 0xe2 && c != 0xc6) {
            continue;
        }
        if (stray_sign(t, i) > 0) {
            *out = (damage){.kind = DAMAGE_BYTES, .offset = i, .size = stray_sign(t, i)};
            return true;
        }
        if (is_twice(t, i) || is_twice_through_windows(t, i)) {
            *out = (damage){.kind = DAMAGE_TWICE, .offset = i, .size = 4};
            return true;
        }
        if (c == 0xc2 && byte_at(t, i + 1) >= 0x80 && byte_at(t, i + 1) < 0xa0) {
            *out = (damage){.kind = DAMAGE_BYTES, .offset = i, .size = 2};
            return true;
        }
        if (c == 0xef && byte_at(t, i + 1) == 0xbf && byte_at(t, i + 2) == 0xbd) {
            *out = (damage){.kind = DAMAGE_REPLACED, .offset = i, .size = 3};
            return true;
        }
        if (is_escaped(t, i)) {
            *out = (damage){.kind = DAMAGE_ESCAPED, .offset = i, .size = 4};
            return true;
        }
    }
    return false;
}

bool damage_find(text_slice text, bool latin1, size_t from, damage *out)
{
    *out = (damage){0};
    return latin1 ? find_in_bytes(text, from, out) : find_in_utf8(text, from, out);
}

/* --- to people --- */

static bool ends_word(unsigned char c)
{
    return c <= ' ' || c == ',' || c == ';' || c == '"' || c == '\t';
}

damage_label damage_label_of(text_slice text, bool latin1, const damage *d)
{
    enum { WORD_BYTES = 40, BYTES_SHOWN = 8 };
    damage_label out = {0};
    size_t start = d->offset;
    size_t end = d->offset + d->size;
    for (size_t i = 0; i < d->size && i < BYTES_SHOWN; i++) {
        (void)snprintf(out.bytes + (i ? 3 * i - 1 : 0), sizeof out.bytes - 3 * i, "%s%02X",
                       i ? " " : "", (unsigned)byte_at(text, d->offset + i));
    }
    while (start > 0 && d->offset - start < WORD_BYTES && !ends_word(byte_at(text, start - 1))) {
        start--;
    }
    while (end < text.size && end - d->offset < WORD_BYTES && !ends_word(byte_at(text, end))) {
        end++;
    }
    while (!latin1 && start < d->offset && (byte_at(text, start) & 0xc0) == 0x80) {
        start++;
    }
    while (!latin1 && end < text.size && (byte_at(text, end) & 0xc0) == 0x80) {
        end++;
    }
    (void)text_escape(text_slice_of(text.at + start, end - start), out.word, sizeof out.word);
    return out;
}
