#include "table/decode.h"

#include <stdio.h>
#include <string.h>

/* Bytes 80..9F of Windows-1252, which files announced as ISO-8859-1 hold for œ, ’ and €
 * (WHATWG Encoding, index-windows-1252). The five holes stay control characters. */
static const uint16_t WINDOWS_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

static size_t first_where(const char *bytes, size_t size, bool (*is)(const char *, size_t))
{
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)bytes[i] >= 0x80 && is(bytes + i, size - i))
            return i;
    }
    return SIZE_MAX;
}

static size_t sequence_size(unsigned char lead)
{
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

static bool is_multibyte(const char *at, size_t left)
{
    size_t n = sequence_size((unsigned char)*at);
    return n > 1 && n <= left && text_utf8_valid_prefix(at, n) == n;
}

static bool is_windows(const char *at, size_t left)
{
    (void)left;
    return (unsigned char)*at < 0xa0;
}

static size_t offset_or_none(const char *bytes, const char *found)
{
    return found ? (size_t)(found - bytes) : SIZE_MAX;
}

static const text_nature NATURE_PLAIN = {
    .nul = SIZE_MAX, .not_utf8 = SIZE_MAX, .multibyte = SIZE_MAX, .windows = SIZE_MAX};

text_nature text_nature_of_start(const char *bytes, size_t size)
{
    text_nature n = NATURE_PLAIN;
    n.utf16 = size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
    if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        n.bom = 3;
    return n;
}

text_nature text_nature_of_body(const char *bytes, size_t size)
{
    text_nature n = NATURE_PLAIN;
    n.nul = offset_or_none(bytes, memchr(bytes, 0, size));
    n.cr_only = !memchr(bytes, '\n', size) && memchr(bytes, '\r', size - 1);
    size_t valid = text_utf8_valid_prefix(bytes, size);
    n.multibyte = first_where(bytes, size, is_multibyte);
    if (valid == size)
        return n;
    n.not_utf8 = valid;
    n.windows = first_where(bytes, size, is_windows);
    return n;
}

text_nature text_nature_of(const char *bytes, size_t size)
{
    text_nature start = text_nature_of_start(bytes, size);
    if (start.utf16 || size == start.bom)
        return start;
    text_nature n = text_nature_of_body(bytes + start.bom, size - start.bom);
    n.bom = start.bom;
    return n;
}

void decoder_clear(decoder *d)
{
    memory_free(d->scratch);
    d->scratch = NULL;
    d->capacity = 0;
}

static bool has_high_byte(const char *at, size_t size)
{
    unsigned char bits = 0;
    for (size_t i = 0; i < size; i++)
        bits |= (unsigned char)at[i];
    return bits & 0x80;
}

static size_t put_utf8(char *out, unsigned code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3f));
    out[2] = (char)(0x80 | (code & 0x3f));
    return 3;
}

static size_t convert(const decoder *d, const cell *c)
{
    size_t size = 0;
    for (size_t i = 0; i < c->size; i++) {
        unsigned char byte = (unsigned char)c->at[i];
        if (byte < 0x80 || d->encoding == ENCODING_UTF8)
            d->scratch[size++] = (char)byte;
        else
            size += put_utf8(d->scratch + size, byte < 0xa0 ? WINDOWS_1252[byte - 0x80] : byte);
        if (c->doubled && byte == '"')
            i++;
    }
    return size;
}

bool decoder_cell(decoder *d, const cell *c, text_slice *out)
{
    bool plain = d->encoding == ENCODING_UTF8 || !has_high_byte(c->at, c->size);
    if (plain && !c->doubled) {
        *out = text_slice_of(c->at, c->size);
        return true;
    }
    if (d->capacity < 3 * c->size) {
        char *grown = memory_resize(d->scratch, c->size, 3);
        if (!grown)
            return false;
        d->scratch = grown;
        d->capacity = 3 * c->size;
    }
    *out = text_slice_of(d->scratch, convert(d, c));
    return true;
}

byte_label byte_label_of(char byte)
{
    byte_label label;
    (void)snprintf(label.text, sizeof label.text, "0x%02X", (unsigned)(unsigned char)byte);
    return label;
}
