/* table/reading.h: one file being read. Private to this room.
 *
 * reading_open (bytes to text, encoding) -> reading_header (separator, names) -> rows -> the table.
 * Each step adds its faults to the list. The rows are gathered on threads (gather.h); those of a
 * text that has a fault are read by reading_rows, one after the other, which lists the faults. */
#ifndef TABLE_READING_H
#define TABLE_READING_H

#include "table/archive.h"
#include "table/decode.h"
#include "table/match.h"
#include "table/scan.h"
#include "table/survey.h"
#include "table/typed.h"

typedef struct reading {
    const read_options *options;
    read_tuning tuning;
    faults *faults;
    size_t fault_count;
    bool header_only;

    /* The file as it lies on disk, digested beside the rows: the one is not made of the other. */
    const char *bytes;
    size_t byte_count;
    bool digest_wanted, digested;

    arena *arena;
    const char *file; /* for people and provenance: the path, then the member of a .zip */
    unpacked text;
    const char *start, *end; /* of the text, after its byte order mark */
    survey survey;           /* empty for the plain reader */
    decoder decoder;
    scanner scanner;
    record record;
    header_names header;

    table_builder *builder;
    typed_column *columns;
    size_t column_count;
    decimal_mark mark;
    uint32_t source;     /* index of `file` in the builder */
    uint64_t blank_line; /* first of a run of empty lines, 0: none */
    uint64_t blank_count;
    read_facts facts;
} reading;

MUST_CHECK status reading_init(reading *r, const read_options *options, faults *faults_list);
void reading_clear(reading *r);
MUST_CHECK status reading_open(reading *r, const char *bytes, size_t size);
MUST_CHECK status reading_header(reading *r);
/* Sets *out, or declines: *out stays NULL, nothing is added to the faults. */
MUST_CHECK status reading_gather(reading *r, table **out);
MUST_CHECK status reading_rows(reading *r);

/* Fills facts.sha256 where it is wanted and not there. */
void reading_digest(reading *r);
/* Counts a fault; true while faults are still listed one by one. */
MUST_CHECK bool reading_lists(reading *r);
/* Where `at` lies, from the start of a line known to be `line`. */
text_place reading_place(const reading *r, const char *start, uint64_t line, const char *at);
source_ref reading_source(const reading *r, const text_place *p);
/* Shows the line of the latest fault and a caret below `at`. */
void reading_excerpt(reading *r, const text_place *p, const char *at);
/* An error that is not the input's (memory), as a fault. */
status reading_failed(reading *r, const error *err);

/* The whole of table_read on bytes in memory; options->path only names them. */
MUST_CHECK status table_read_bytes(const char *bytes, size_t size, const read_options *options,
                                   table **out, read_facts *facts, faults *faults_list);
/* The same, read in a way that a test chooses. */
MUST_CHECK status table_read_tuned(const char *bytes, size_t size, const read_options *options,
                                   const read_tuning *tuning, table **out, read_facts *facts,
                                   faults *faults_list);

#endif
