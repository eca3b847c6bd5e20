/* network/source/dimacs_lines.h: the lines of a DIMACS text, in chunks that threads share. For this
 * floor only. */
#ifndef NETWORK_DIMACS_LINES_H
#define NETWORK_DIMACS_LINES_H

#include <stdatomic.h>

#include "base/progress.h"

enum { DIMACS_FAULTS_MAX = 50 }; /* told one by one, of a file; the others are counted */

typedef enum dimacs_fault_kind {
    DIMACS_LINE,     /* not a line of this format */
    DIMACS_NUMBER,   /* a whole number is wanted here */
    DIMACS_NODE,     /* no such node */
    DIMACS_WEIGHT,   /* too large */
    DIMACS_POSITION, /* out of range */
    DIMACS_TWICE     /* a second position of a node */
} dimacs_fault_kind;

typedef struct dimacs_fault {
    dimacs_fault_kind kind;
    uint64_t line, column, value;
} dimacs_fault;

typedef struct dimacs_chunk {
    const char *begin, *end; /* whole lines */
    uint64_t lines, items;   /* items: lines that begin with the letter looked for */
    uint64_t first_line, first_item;
    const char *problem; /* the first line that begins with p; NULL: none */
    uint64_t problem_line, problems;
    bool item_before;       /* an item comes before it */
    const char *line_begin; /* of the item being read, and its number */
    uint64_t line;
    dimacs_fault fault[DIMACS_FAULTS_MAX];
    uint64_t faults;
} dimacs_chunk;

typedef struct dimacs_text {
    const char *bytes, *name;
    size_t size;
    bool mapped; /* a file: its pages are given back as they are read */
    char letter; /* of the lines that hold something: 'a' or 'v' */
    int threads;
    const atomic_int *cancel; /* may be NULL */
    progress *progress;       /* hears of chunks read; may be NULL */
    atomic_size_t chunks_read;
    faults *list;
    dimacs_chunk *chunks;
    size_t chunk_count;
    uint64_t items;           /* of the whole text */
    uint64_t lowest, highest; /* node ids, for faults */
} dimacs_text;

/* Cuts the text at line ends and counts lines and items. Cleared with dimacs_text_clear, also after
 * a failure. */
MUST_CHECK status dimacs_text_cut(dimacs_text *t, error *err);
void dimacs_text_clear(dimacs_text *t);

/* Calls `item` for each item, on all threads, chunk by chunk; other lines are judged here. `number`
 * counts the items of the whole text from 0; the item is in [at, end), its letter left out. `item`
 * returns false once it has noted a fault with dimacs_fault_note. */
typedef bool (*dimacs_item)(void *context, dimacs_chunk *chunk, uint64_t number, const char *at,
                            const char *end);
MUST_CHECK status dimacs_text_read(dimacs_text *t, dimacs_item item, void *context, error *err);
/* The faults of all chunks into the list, in order: STATUS_INPUT when there are any. */
MUST_CHECK status dimacs_text_judge(dimacs_text *t);

/* A fault of the item being read, at `at`. Returns false. */
bool dimacs_fault_note(dimacs_chunk *chunk, dimacs_fault_kind kind, const char *at, uint64_t value);

/* The line "p WORD.. N..": `words` then `count` numbers. *found false: no such line. */
MUST_CHECK status dimacs_problem(dimacs_text *t, const char *words, uint64_t *numbers, size_t count,
                                 bool *found);

/* The same of one line, which begins with its p. */
bool dimacs_problem_line(const char *at, const char *end, const char *words, uint64_t *numbers,
                         size_t count);

/* --- one line --- */

static inline const char *dimacs_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    return at;
}
/* A blank, then a whole number of at most 10 digits with the sign that `sign` allows, then a blank
 * or the end; *at moves past it. */
bool dimacs_number(const char **at, const char *end, bool sign, int64_t *out);
/* A node id of an item: *out counts from 0. False: a fault is noted. */
bool dimacs_node(dimacs_chunk *c, const dimacs_text *t, const char **at, const char *end,
                 uint32_t *out);

#endif
