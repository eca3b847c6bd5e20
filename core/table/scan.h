/* table/scan.h: bytes to records. One pass, nothing allocated a field; private to this room.
 *
 * A record is one line, or several when a quoted field holds newlines (RFC 4180). Cells borrow the
 * text scanned; a quoted cell is without its outer quotes, its inner quotes still doubled. */
#ifndef TABLE_SCAN_H
#define TABLE_SCAN_H

#include "base/text.h"

typedef struct cell {
    const char *at;
    size_t size;
    bool quoted;
    bool doubled; /* holds "" for " */
} cell;

typedef enum record_defect {
    RECORD_SOUND = 0,
    RECORD_UNCLOSED_QUOTE,
    RECORD_AFTER_QUOTE, /* bytes between a closing quote and the separator */
    RECORD_FIELD_TOO_LONG,
} record_defect;

typedef struct record {
    const char *start; /* of its first line */
    uint64_t line;     /* 1-based */
    size_t count;      /* fields; may exceed the capacity, cells past it are not kept */
    cell *cells;
    size_t capacity;
    record_defect defect;
    const char *defect_at;
    const char *quote_at; /* the quote that opened the faulty field; NULL: none */
    bool blank;           /* an empty line */
    bool crlf;
} record;

typedef struct scanner {
    const char *at, *end;
    uint64_t line; /* of `at` */
    char separator;
    size_t field_limit; /* bytes */
} scanner;

/* False at the end of the text. A faulty record ends with its line (unclosed: with the text). */
MUST_CHECK bool record_next(scanner *s, record *r);

/* From inside a quoted field past its closing quote, or to the end of the text. */
void scanner_leave_quotes(scanner *s);
uint64_t text_newlines(const char *from, const char *to);

/* Line and column (in characters, 1-based) of a place inside a text whose `start` is a line start
 * on line `line`. */
typedef struct text_place {
    uint64_t line, column;
    const char *line_start;
} text_place;
text_place text_place_of(const char *start, uint64_t line, const char *at, bool utf8);

#endif
