/* The growing text. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"

void text_buffer_clear(text_buffer *b)
{
    memory_free(b->at);
    *b = (text_buffer){0};
}

/* Room for `more` bytes and the NUL that always follows the text. */
static bool room_for(text_buffer *b, size_t more)
{
    size_t needed = 0, capacity = b->capacity == 0 ? 256 : b->capacity;
    if (b->failed || __builtin_add_overflow(b->size, more, &needed) || needed == SIZE_MAX) {
        b->failed = true;
        return false;
    }
    needed++;
    if (needed <= b->capacity)
        return true;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : 2 * capacity;
    char *grown = memory_resize(b->at, capacity, 1);
    if (grown == NULL) {
        b->failed = true;
        return false;
    }
    b->at = grown;
    b->capacity = capacity;
    return true;
}

void text_add_n(text_buffer *b, const char *bytes, size_t size)
{
    if (!room_for(b, size))
        return;
    if (size > 0)
        memcpy(b->at + b->size, bytes, size);
    b->size += size;
    b->at[b->size] = '\0';
}

void text_add(text_buffer *b, const char *text)
{
    text_add_n(b, text, strlen(text));
}

void text_add_format(text_buffer *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length < 0) {
        b->failed = true;
    } else if (room_for(b, (size_t)length)) {
        (void)vsnprintf(b->at + b->size, (size_t)length + 1, format, again);
        b->size += (size_t)length;
    }
    va_end(again);
    va_end(args);
}

static const char replacement[] = "\uFFFD";

static const char *markup_of(uint32_t code)
{
    switch (code) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
        return "\n";
    case '\t':
        return "\t";
    case 0xFFFE: /* not allowed in XML */
    case 0xFFFF:
        return "";
    default:
        return utf8_is_unsafe(code) ? "" : NULL;
    }
}

void text_add_markup(text_buffer *b, text_slice s)
{
    for (size_t i = 0; i < s.size;) {
        uint32_t code = 0;
        size_t step = utf8_decode(s.at + i, s.size - i, &code);
        const char *instead = step == 0 ? replacement : markup_of(code);
        if (instead != NULL)
            text_add(b, instead);
        else
            text_add_n(b, s.at + i, step);
        i += step == 0 ? 1 : step;
    }
}

/* UTF-16 escapes: a code point past U+FFFF takes a pair. */
static void add_json_escape(text_buffer *b, uint32_t code)
{
    if (code <= 0xFFFF) {
        text_add_format(b, "\\u%04x", (unsigned)code);
        return;
    }
    code -= 0x10000;
    text_add_format(b, "\\u%04x\\u%04x", (unsigned)(0xD800 + (code >> 10)),
                    (unsigned)(0xDC00 + (code & 0x3FF)));
}

static const char *json_short(uint32_t code)
{
    switch (code) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

void text_add_json(text_buffer *b, text_slice s)
{
    text_add(b, "\"");
    for (size_t i = 0; i < s.size;) {
        uint32_t code = 0;
        size_t step = utf8_decode(s.at + i, s.size - i, &code);
        const char *instead = step == 0 ? replacement : json_short(code);
        if (instead != NULL)
            text_add(b, instead);
        else if (code == '<' || code == '>' || code == '&' || utf8_is_unsafe(code))
            add_json_escape(b, code);
        else
            text_add_n(b, s.at + i, step);
        i += step == 0 ? 1 : step;
    }
    text_add(b, "\"");
}
