#include "table/scan.h"

#include <string.h>

uint64_t text_newlines(const char *from, const char *to)
{
    uint64_t count = 0;
    while (from < to && (from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
        count++;
        from++;
    }
    return count;
}

text_place text_place_of(const char *start, uint64_t line, const char *at, bool utf8)
{
    text_place p = {.line = line, .column = 1, .line_start = start};
    const char *next = NULL;
    while (p.line_start < at &&
           (next = memchr(p.line_start, '\n', (size_t)(at - p.line_start))) != NULL) {
        p.line++;
        p.line_start = next + 1;
    }
    for (const char *c = p.line_start; c < at; c++)
        p.column += !utf8 || ((unsigned char)*c & 0xc0) != 0x80;
    return p;
}

static void defect_set(record *r, record_defect defect, const char *at, const char *quote_at)
{
    if (r->defect != RECORD_SOUND)
        return;
    r->defect = defect;
    r->defect_at = at;
    r->quote_at = quote_at;
}

static void skip_line(scanner *s)
{
    const char *next = memchr(s->at, '\n', (size_t)(s->end - s->at));
    s->at = next ? next : s->end;
}

/* Leaves s->at at the separator, the newline or the end. */
static cell bare_cell(scanner *s, record *r)
{
    const char *start = s->at, *p = start, *end = s->end;
    const char separator = s->separator;
    while (p < end && *p != separator && *p != '\n')
        p++;
    s->at = p;
    if (p > start && p[-1] == '\r' && (p == end || *p == '\n')) {
        p--;
        r->crlf = true;
    }
    if ((size_t)(p - start) > s->field_limit)
        defect_set(r, RECORD_FIELD_TOO_LONG, start, NULL);
    return (cell){.at = start, .size = (size_t)(p - start)};
}

/* The closing quote, or NULL; `doubled` tells whether there are doubled ones before. */
static const char *closing_quote(const char *from, const char *end, bool *doubled)
{
    while (from < end) {
        const char *quote = memchr(from, '"', (size_t)(end - from));
        if (!quote || quote + 1 == end || quote[1] != '"')
            return quote;
        *doubled = true;
        from = quote + 2;
    }
    return NULL;
}

/* s->at is on the opening quote. */
static cell quoted_cell(scanner *s, record *r)
{
    const char *open = s->at, *start = open + 1;
    /* One byte past the limit is enough to know that the field is over it. */
    bool cut = (size_t)(s->end - start) > s->field_limit + 2;
    const char *limit = cut ? start + s->field_limit + 2 : s->end;
    cell c = {.at = start, .quoted = true};
    const char *close = closing_quote(start, limit, &c.doubled);
    if (!close || (cut && close + 1 == limit)) {
        defect_set(r, cut ? RECORD_FIELD_TOO_LONG : RECORD_UNCLOSED_QUOTE, open, open);
        s->at = s->end;
        return c;
    }
    c.size = (size_t)(close - start);
    if (c.size > s->field_limit)
        defect_set(r, RECORD_FIELD_TOO_LONG, open, open);
    s->line += text_newlines(start, close);
    s->at = close + 1;
    if (s->at < s->end && *s->at == '\r' && (s->at + 1 == s->end || s->at[1] == '\n')) {
        s->at++;
        r->crlf = true;
    }
    if (s->at < s->end && *s->at != s->separator && *s->at != '\n') {
        defect_set(r, RECORD_AFTER_QUOTE, s->at, open);
        skip_line(s);
    }
    return c;
}

void scanner_leave_quotes(scanner *s)
{
    bool doubled = false;
    const char *start = s->at, *close = closing_quote(start, s->end, &doubled);
    s->at = close ? close + 1 : s->end;
    s->line += text_newlines(start, s->at);
}

bool record_next(scanner *s, record *r)
{
    if (s->at >= s->end)
        return false;
    r->start = s->at;
    r->line = s->line;
    r->count = 0;
    r->defect = RECORD_SOUND;
    r->crlf = false;
    for (;;) {
        bool quoted = s->at < s->end && *s->at == '"';
        cell c = quoted ? quoted_cell(s, r) : bare_cell(s, r);
        if (r->count < r->capacity)
            r->cells[r->count] = c;
        r->count++;
        if (s->at >= s->end || *s->at != s->separator)
            break;
        s->at++;
    }
    r->blank =
        r->count == 1 && r->cells[0].size == 0 && !r->cells[0].quoted && r->defect == RECORD_SOUND;
    if (s->at < s->end) {
        s->at++;
        s->line++;
    }
    return true;
}
