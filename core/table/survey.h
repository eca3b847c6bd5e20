/* table/survey.h: a text cut into chunks, and what is known of each before it is read. Private to
 * this room.
 *
 * Chunks end after a newline, at places that the text alone decides. Whether a chunk begins inside
 * a quoted field is worked out from its quotes for both cases, then settled from the start of the
 * text: nothing is guessed. */
#ifndef TABLE_SURVEY_H
#define TABLE_SURVEY_H

#include "base/error.h"
#include "table/decode.h"
#include "table/marks.h"

/* How a text is read; every setting gives the same table and the same faults. */
typedef struct read_tuning {
    bool plain;         /* by the plain reader alone: one thread, one record after the other */
    marks_level level;  /* MARKS_BEST: what the processor has */
    size_t chunk_bytes; /* 0: CHUNK_BYTES */
    int threads;        /* 0: as many as the machine gives */
    bool mapped;        /* the bytes are those of a mapped file: pages are given back once read */
} read_tuning;

enum { CHUNK_BYTES = 4 << 20, CHUNK_MAX_BYTES = 1 << 30 };

typedef struct text_chunk {
    const char *start, *end;
    marks_facts facts;
    size_t valid;      /* bytes of its longest UTF-8 prefix */
    uint64_t line;     /* of `start`; 1-based */
    bool opens_quoted; /* known after survey_quotes */
} text_chunk;

typedef struct survey {
    const marks_kernel *kernel;
    int threads;
    bool mapped;
    const char *start, *end;
    text_chunk *chunks; /* owned */
    size_t count;
} survey;

/* Cuts and surveys [start, end); start < end. */
MUST_CHECK status survey_new(survey *out, const char *start, const char *end,
                             const read_tuning *tuning, error *err);
void survey_clear(survey *s);
/* The same as text_nature_of, of the text after its byte order mark. */
text_nature survey_nature(const survey *s);
/* Settles which chunks begin inside a quoted field, from a place known to begin a record. *sound is
 * false where a quoted field is not well closed. */
MUST_CHECK status survey_quotes(survey *s, const char *record_start, char separator, bool *sound,
                                error *err);

/* Where the quotes of a text lead: kept from block to block. */
typedef struct quote_walk {
    const char *start, *end; /* of the text; `start` begins a record */
    char separator;
    bool quoted;  /* inside a quoted field */
    bool doubled; /* the next byte is the second quote of a pair */
    bool broken;  /* a closing quote is followed by text */
} quote_walk;
/* Bits of the 64 bytes that are inside quotes, for the quotes of `mask`. */
uint64_t quote_walk_block(quote_walk *w, const char *bytes, uint64_t mask);

#endif
