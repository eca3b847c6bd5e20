/* territory/vintage.h: the official geographic code (COG) from one year to another (METHODS.md
 * section 7).
 *
 * A vintage is a year: the code as it is on 1 January of that year. A history is made of INSEE's
 * movement file; it tells which code was a commune's in any year, and so which years a file may be
 * of. A conversion says where each code of one year went by another, in either direction of time.
 * Codes that no event names are unchanged. Immutable once built. */
#ifndef TERRITORY_VINTAGE_H
#define TERRITORY_VINTAGE_H

#include "territory/importer.h"

#define VINTAGE_NONE 0

/* --- history --- */

typedef struct vintage_edge {
    uint32_t from, to; /* codes of the history */
} vintage_edge;

/* What happened to some communes on one day: all edges of one (date, MOD). */
typedef struct vintage_event {
    int32_t date; /* 20191231 */
    int32_t year; /* the first 1 January that has it: 2020 */
    const vintage_edge *edges;
    size_t edge_count;
} vintage_event;

/* A code is a commune's on every 1 January of born <= year < dead. */
typedef struct vintage_life {
    int32_t born, dead; /* INT32_MIN: before the file; INT32_MAX: still there */
} vintage_life;

typedef struct vintage_history {
    const char *file;        /* of the movements, for messages */
    const char *const *code; /* named by an event, sorted by bytes */
    size_t code_count;
    const vintage_event *events; /* in the order they took place */
    size_t event_count;
    int32_t first_year, last_year; /* of the events: beyond, nothing is known to change */
    const vintage_life *lives;     /* of code c: life_start[c] .. life_start[c + 1] */
    const uint64_t *life_start;
    const char *const *unchanged; /* codes of a COG list that no event names; sorted; may be none */
    size_t unchanged_count;
    bool complete; /* a COG list was given: other codes do not exist */
    arena *memory;
} vintage_history;

/* `movements`: role movements. `cog`: a list of every commune (role names, whole country) of any
 * year, or NULL; with it, a code that neither names is unknown. Every bad row is told. */
MUST_CHECK status vintage_history_build(const imported *movements, const table *cog,
                                        vintage_history **out, faults *faults_list);
void vintage_history_free(vintage_history *h);
/* Warns when the movements stop before `year`. */
void vintage_history_reaches(const vintage_history *h, int32_t year, faults *faults_list);

typedef enum code_standing {
    CODE_STANDS,       /* a commune of that year */
    CODE_ANOTHER_YEAR, /* a commune, but of other years */
    CODE_UNKNOWN,      /* never a commune, as far as the COG list tells */
    CODE_BEYOND,       /* not of the COG: abroad, overseas collectivities, arrondissements apart */
} code_standing;
/* Arrondissements of Paris, Lyon and Marseille stand as their commune. */
code_standing vintage_code_at(const vintage_history *h, const char *code, int32_t year);
/* Every known code of a year, sorted; the array is taken from `into`. */
MUST_CHECK status vintage_codes(const vintage_history *h, int32_t year, arena *into,
                                const char *const **codes, size_t *count, error *err);

/* --- which years a file may be of (vintage_detect.c) --- */

enum { VINTAGE_NEAREST = 3 };

typedef struct vintage_year {
    int32_t year;
    size_t absent; /* distinct codes of the file that are no commune of that year */
} vintage_year;

typedef struct vintage_match {
    size_t codes;        /* distinct codes that an event names, or that are unknown */
    size_t unknown;      /* of no year at all: they keep no year from fitting */
    int32_t first, last; /* years looked at: absent[y - first] */
    const uint32_t *absent;
    const char *const *code; /* distinct, sorted; arrondissements as their commune */
    size_t code_count;
    size_t fit_count;                      /* years without an absent code */
    int32_t first_fit, last_fit;           /* VINTAGE_NONE when no year fits */
    vintage_year nearest[VINTAGE_NEAREST]; /* fewest absent codes first, later years first */
    /* Of the fitting years, the one with the fewest communes that the file leaves out in its
     * départements (`left_out` of them), the latest of several: a whole list tells its year. */
    int32_t most_complete;
    size_t left_out;
    arena *memory;
} vintage_match;

/* From the set of codes of one or several text columns of a table (a flow file has two), each
 * value a code or a list of codes. Empty values count for nothing. */
MUST_CHECK status vintage_detect(const vintage_history *h, const table *t,
                                 const char *const *columns, size_t column_count,
                                 vintage_match *out, error *err);
void vintage_match_clear(vintage_match *m);
static inline bool vintage_fits(const vintage_match *m, int32_t year)
{
    return year >= m->first && year <= m->last && m->absent[year - m->first] == 0;
}
/* Communes of a year that the file leaves out, in the départements that it names. */
size_t vintage_left_out(const vintage_history *h, const vintage_match *m, int32_t year);
/* The fitting year nearest to `wanted`, the later of two; VINTAGE_NONE when no year fits. */
int32_t vintage_nearest_fit(const vintage_match *m, int32_t wanted);
/* "2016-2018, 2020", in at most `size` bytes. */
void vintage_fits_print(const vintage_match *m, char *buffer, size_t size);
/* "2020 (1), 2019 (2), 2018 (2)": the closest years and the codes at fault. */
void vintage_nearest_print(const vintage_match *m, char *buffer, size_t size);

/* --- conversions (vintage_conversion.c, vintage_steps.c) --- */

typedef enum link_kind {
    LINK_SAME,   /* the code goes on, alone */
    LINK_SIMPLE, /* another code for the same commune */
    LINK_MERGE,  /* joins others, whole */
    LINK_SPLIT,  /* is shared out: an estimate */
} link_kind;
const char *link_kind_name(link_kind k); /* "same" "simple" "merge" "split" */

typedef struct vintage_link {
    const char *from, *to;
    link_kind kind;
    double ratio;      /* share of `from` that goes to `to`; of one `from` they sum to 1 */
    bool weight_known; /* false: the population of a part is unknown, equal shares were taken */
    int32_t read_in;   /* the year the code is read in: the conversion's `from`, or the nearest year
                          that had it where that one has not */
} vintage_link;

/* A population file: shares of splits. The vintage is the geography it is written in. */
typedef struct split_weights {
    const table *rows; /* text "code", f64 "population" */
    int32_t vintage;   /* VINTAGE_NONE: unknown, used last */
} split_weights;

typedef enum arrondissement_rule {
    ARRONDISSEMENTS_AS_THEY_ARE,
    ARRONDISSEMENTS_FOLD,   /* 751xx become 75056 */
    ARRONDISSEMENTS_UNFOLD, /* 75056 is shared out by population */
} arrondissement_rule;

/* A commune that is counted with another at the end of a conversion: it has no outline of its own.
 */
typedef struct vintage_fold {
    const char *from, *to;
} vintage_fold;

typedef struct conversion_options {
    const vintage_history *history; /* NULL: the passage alone */
    const imported *passage;        /* role passage, NULL: none. Years that it covers follow it */
    int32_t from, to;
    const split_weights *weights;
    size_t weight_count;
    arrondissement_rule arrondissements;
    const vintage_fold *folds;
    size_t fold_count;
} conversion_options;

typedef struct conversion {
    int32_t from, to;
    const vintage_history *history;
    const vintage_link *links; /* sorted by from, to: every code that an event names */
    size_t count;
    arena *memory;
} conversion;

/* The history and the tables must outlive it. Refused: years that neither the history nor the
 * passage covers, and shares of a passage that do not sum to 1 (each told). */
MUST_CHECK status conversion_build(const conversion_options *options, conversion **out,
                                   faults *faults_list);
void conversion_free(conversion *c);
/* Links of a code. None: the code is unchanged, unless conversion_loses it. */
const vintage_link *conversion_find(const conversion *c, const char *code, size_t *count);
/* Whether a code is a commune that neither year has, and that cannot be carried. */
bool conversion_loses(const conversion *c, const char *code);
/* Whether both carry every code of a match alike. */
bool conversion_equal(const conversion *a, const conversion *b, const table *t,
                      const char *const *columns, size_t column_count);

#endif
