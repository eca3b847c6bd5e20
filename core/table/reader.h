/* table/reader.h: the strict reader of delimited text.
 *
 * `;` `,` or tab; quotes (RFC 4180, also around newlines); LF or CRLF; BOM; UTF-8 or ISO-8859-1
 * (detected over the whole file, reported; a mixture is refused); one decimal mark a file; plain,
 * .gz, or a member of a .zip. Every fault has file:line:column; all faults are reported (at most
 * READER_MAX_FAULTS a file, then their number). Nothing is guessed silently: a NUL byte, an
 * unclosed quote (with the line it was opened at), a ragged row, a field over the limit, a number
 * with trailing text, NaN, or a second decimal mark refuses the file. */
#ifndef TABLE_READER_H
#define TABLE_READER_H

#include "table/table.h"

enum {
    READER_MAX_FAULTS = 50,
    READER_MAX_FIELD_BYTES = 1 << 20,
    READER_MAX_COLUMNS = 4096,
    READER_MAX_RATIO = 200,
    READER_RATIO_FLOOR_BYTES = 64 << 20
};

typedef enum encoding { ENCODING_DETECT = 0, ENCODING_UTF8, ENCODING_LATIN1 } encoding;

/* A wanted column: the first alias found in the header is taken (exact, else folded). */
typedef struct wanted_column {
    const char *name;           /* in the table made */
    const char *const *aliases; /* NULL-terminated; '*' at the end of one is a prefix match
                                   ("NBFLUX_C*": quirk 49), '?' a digit ("MED??"); NULL: the name
                                   itself */
    const char *title_fr, *title_en, *unit;
    column_type type;
    int32_t decimals;
    bool required; /* absent: refused, with the columns found; a column that is not
                      required and absent is left out of the table (table_find: NULL) */
    /* value texts that mean a state rather than a value ("s", "nd", "NA", ...); NULL-terminated
     * pairs are fixed by the reader: "" missing; "NA" "nd" "n.d." "…" missing; "s" secret; "///"
     * n/a. For text columns only "" is missing. */
    double lowest, highest; /* checked for numbers when lowest < highest; outside is refused */
} wanted_column;

typedef struct read_options {
    const char *path;
    const char *member; /* inside a .zip; NULL: the only one (more than one: refused, listed) */
    encoding encoding;
    char separator;         /* 0: detected on the header; else the only one accepted */
    const char *separators; /* the ones to choose among; NULL: ";,\t". Where `separator` or
                               `separators` is given, a header of one field that holds another one
                               is refused with a hint */
    bool headerless;        /* columns are then named by position: "1", "2"... as aliases */
    const wanted_column *columns;
    size_t column_count; /* 0: every column, as text, under its own header */
    uint64_t max_bytes;  /* of unpacked text; 0: 8 GiB and, for archives that hold more than
                            READER_RATIO_FLOOR_BYTES, a ratio of 1:READER_MAX_RATIO */
    int threads;         /* 0: as many as the machine gives; no result depends on it */
} read_options;

/* What was seen, for the balance and for `bassin check`. */
typedef struct read_facts {
    encoding encoding;
    bool bom, crlf;
    char separator, decimal_mark; /* 0 when no number had one */
    size_t rows;
    uint64_t bytes;  /* unpacked */
    char sha256[65]; /* of the file as it lies on disk */
    char duckdb[32]; /* version of the DuckDB that read it; "" for another reader */
} read_facts;

/* Refused input: STATUS_INPUT with all faults in `faults_list`, *out NULL. `facts` may be NULL. */
MUST_CHECK status table_read(const read_options *options, table **out, read_facts *facts,
                             faults *faults_list);
/* Whether a header is what an alias means; folded: without case nor accents. */
bool column_alias_fits(const char *alias, const char *header, bool with_folding);
/* The header alone (names as UTF-8 texts, one text column "name"): for recognising a file. */
MUST_CHECK status table_read_header(const read_options *options, table **out, faults *faults_list);

/* A source of lines already split into cells (an XLSX sheet, a vector layer) goes through the same
 * wanted columns: cells are texts. Row r, column c of `cells` (text columns) -> typed table. */
MUST_CHECK status table_type(const table *cells, const wanted_column *columns, size_t column_count,
                             table **out, faults *faults_list);

#endif
