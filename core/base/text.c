/* Slices, UTF-8, and text made safe for a terminal. */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

bool text_equal(text_slice a, const char *b)
{
    size_t size = strlen(b);
    return a.size == size && (size == 0 || memcmp(a.at, b, size) == 0);
}

int text_compare(text_slice a, text_slice b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

size_t utf8_decode(const char *at, size_t size, uint32_t *code)
{
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)at[0];
    size_t bytes = lead < 0x80   ? 1
                   : lead < 0xC2 ? 0
                   : lead < 0xE0 ? 2
                   : lead < 0xF0 ? 3
                   : lead < 0xF5 ? 4
                                 : 0;
    if (bytes == 0 || bytes > size)
        return 0;
    uint32_t value = bytes == 1 ? lead : lead & (0x7Fu >> bytes);
    for (size_t i = 1; i < bytes; i++) {
        unsigned char next = (unsigned char)at[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3F);
    }
    if (value < lowest[bytes] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return bytes;
}

size_t utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)((0xF00u >> bytes & 0xFF) | code);
    return bytes;
}

bool utf8_is_unsafe(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x61C, 0x61C},
        {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
        {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1])
            return true;
    }
    return false;
}

/* ASCII is nearly everything: eight bytes at a time. */
static size_t ascii_run(const char *at, size_t size)
{
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, at + i, 8);
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (i < size && (unsigned char)at[i] < 0x80)
        i++;
    return i;
}

size_t text_utf8_valid_prefix(const char *bytes, size_t size)
{
    size_t i = 0;
    while (i < size) {
        i += ascii_run(bytes + i, size - i);
        if (i == size)
            break;
        uint32_t code;
        size_t step = utf8_decode(bytes + i, size - i, &code);
        if (step == 0)
            return i;
        i += step;
    }
    return size;
}

/* Appends a whole unit or, once one does not fit, nothing more: a text is never cut inside one. */
typedef struct bounded {
    char *at;
    size_t size, used, needed;
    bool full;
} bounded;

static void bounded_add(bounded *b, const char *bytes, size_t size)
{
    b->needed += size;
    if (b->full || b->used + size >= b->size) {
        b->full = true;
        return;
    }
    memcpy(b->at + b->used, bytes, size);
    b->used += size;
}

size_t text_escape(text_slice s, char *buffer, size_t size)
{
    bounded b = {.at = buffer, .size = size};
    for (size_t i = 0; i < s.size;) {
        uint32_t code = 0;
        char shown[16];
        size_t step = utf8_decode(s.at + i, s.size - i, &code);
        if (step != 0 && !utf8_is_unsafe(code)) {
            bounded_add(&b, s.at + i, step);
            i += step;
            continue;
        }
        int length = step == 0 ? snprintf(shown, sizeof shown, "\\x%02X", (unsigned char)s.at[i])
                               : snprintf(shown, sizeof shown, "\\u{%X}", (unsigned)code);
        bounded_add(&b, shown, (size_t)length);
        i += step == 0 ? 1 : step;
    }
    if (size > 0)
        buffer[b.used] = '\0';
    return b.needed;
}
