#include "engine/scenario/excerpt.h"

#include <string.h>

enum { EXCERPT_BEFORE = 60, EXCERPT_AFTER = 40, EXCERPT_CHARACTER_BYTES = 16 };

/* One character of UTF-8 (a byte when it is none). */
static size_t character_bytes(const char *at, size_t size)
{
    size_t n = 1;
    while (n < size && n < 4 && ((unsigned char)at[n] & 0xC0u) == 0x80u) {
        n++;
    }
    return n;
}

static bool line_find(text_slice text, uint64_t line, text_slice *out)
{
    const char *at = text.at, *end = text.at + text.size;
    for (uint64_t n = 1; at != NULL && at < end; n++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((stop != NULL ? stop : end) - at);
        if (n == line) {
            *out = text_slice_of(at, size > 0 && at[size - 1] == '\r' ? size - 1 : size);
            return true;
        }
        at = stop != NULL ? stop + 1 : NULL;
    }
    return false;
}

/* Appends text within the buffer; false when it is full. */
static bool put(char *buffer, size_t size, size_t *used, const char *text, size_t bytes)
{
    if (*used + bytes + 1 > size) {
        return false;
    }
    memcpy(buffer + *used, text, bytes);
    *used += bytes;
    buffer[*used] = '\0';
    return true;
}

static size_t characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++) {
        n += ((unsigned char)*text & 0xC0u) != 0x80u;
    }
    return n;
}

bool excerpt_make(text_slice text, uint64_t line, uint64_t column, char *buffer, size_t size)
{
    text_slice row;
    size_t used = 0, caret = 0;
    buffer[0] = '\0';
    if (line == 0 || column == 0 || !line_find(text, line, &row)) {
        return false;
    }
    uint64_t from = column > EXCERPT_BEFORE ? column - EXCERPT_BEFORE : 1;
    bool room = true;
    if (from > 1) {
        room = put(buffer, size, &used, "…", strlen("…"));
        caret = 1;
    }
    uint64_t at = 1;
    for (size_t i = 0; i < row.size && room && at < column + EXCERPT_AFTER; at++) {
        size_t bytes = character_bytes(row.at + i, row.size - i);
        char shown[EXCERPT_CHARACTER_BYTES];
        (void)text_escape(text_slice_of(row.at + i, bytes), shown, sizeof shown);
        if (at >= from) {
            room = put(buffer, size, &used, shown, strlen(shown));
            caret += at < column ? characters(shown) : 0;
        }
        i += bytes;
    }
    room = room && put(buffer, size, &used, "\n", 1);
    for (size_t i = 0; i < caret && room; i++) {
        room = put(buffer, size, &used, " ", 1);
    }
    return room && put(buffer, size, &used, "^", 1);
}
