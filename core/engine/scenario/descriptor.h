/* engine/scenario/descriptor.h: the one table that says what a run file may hold.
 *
 * A section is a mapping of the run file; a key is one of its entries: its kind, unit, range,
 * default, French and English help, and the words that people type in its place. The reader,
 * `bassin schema` and the reference page all walk this table. Constant data; private to the room.
 */
#ifndef ENGINE_DESCRIPTOR_H
#define ENGINE_DESCRIPTOR_H

#include "engine/scenario/scenario.h"

typedef enum key_kind {
    KEY_TEXT,       /* const char * */
    KEY_FILE,       /* const char *, a local path */
    KEY_FOLDER,     /* const char * */
    KEY_COLUMN,     /* a column of the file: becomes a binding */
    KEY_POINT,      /* [LON, LAT]: two bindings */
    KEY_QUANTITY,   /* double, in `unit` */
    KEY_WHOLE,      /* int32_t */
    KEY_SEED,       /* uint64_t */
    KEY_CHOICE,     /* const char *, one of `choices` */
    KEY_CHOICES,    /* a list of them: const char *const *, count at `count_offset` */
    KEY_FILES,      /* a file, or a list of files or of {file, ...}: scenario_input *, with count */
    KEY_ADDRESS,    /* [address, postcode, city]: up to three bindings */
    KEY_HEADERS,    /* a list of headers of the file: the same */
    KEY_DATE,       /* const char *, ISO */
    KEY_CRS,        /* int32_t, "EPSG:3857" */
    KEY_ENCODING,   /* encoding, one of `choices` in the enum's order after ENCODING_DETECT */
    KEY_SECTION,    /* a mapping, into the struct at `offset` */
    KEY_LIST,       /* a list of mappings: pointer at `offset`, count at `count_offset` */
    KEY_KEEP,       /* a territory, or {file, code} */
    KEY_KINDS,      /* a kind, or {column, map} */
    KEY_STATUS,     /* a status, or {column} */
    KEY_INDICATORS, /* {plugin: {parameter: value}} */
    KEY_PLUGINS,    /* a list of ids or files, or of {id, ...}: scenario_plugin *, with count */
    KEY_SPEEDS,     /* {class: km/h}: line_class_speed *, count at `count_offset` */
    KEY_LATER       /* known, not done by this version: refused with its help */
} key_kind;

enum {
    KEY_REQUIRED = 1u,
    KEY_ROOT = 2u,      /* offsets are those of the run file's own struct */
    KEY_OR_FILE = 4u,   /* a section that may be the file's name alone */
    KEY_NOTE_ONLY = 8u, /* KEY_LATER: said in a note, never refused */
    KEY_UNSET = 16u     /* KEY_QUANTITY: NaN where it is not given */
};

typedef struct key {
    const char *name;
    key_kind kind;
    unsigned flags;
    size_t offset, count_offset;
    const char *column; /* canonical column of a binding; the first of the two of a point */
    const char *unit;
    double lowest, highest;
    const char *fallback; /* as printed; NULL: none */
    const char *choices;  /* "fold|keep" */
    const struct section *section;
    const char *words;   /* what people type in its place: "territoire|zone" */
    const char *fr, *en; /* what it is */
} key;

typedef struct section {
    const char *name;    /* in messages and as the schema's definition */
    const char *name_fr; /* in French messages; NULL: `name`, a key as typed */
    const key *keys;
    size_t count;
    size_t size;         /* of one element of a list */
    bool input;          /* names a file: input_section's keys are its own too */
    size_t input_offset; /* of its scenario_input */
    size_t where_offset; /* of a source_ref, in an element of a list; 0: none */
} section;

/* A travel mode as typed, before it is judged. */
typedef struct travel_draft {
    const char *mode, *estimate;
    scenario_travel from;
    double limit_min, circuity, parking_min; /* parking NaN: not given */
    source_ref where;
} travel_draft;

/* What the sections fill: the scenario, and what must be judged before it enters it. */
typedef struct scenario_draft {
    scenario scenario;
    const char *data;
    const char *arrondissements, *cells_as, *intra, *language_id;
    const travel_draft *travel;
    size_t travel_count;
    int32_t version;
    double margin_km;
    const char *merge_duplicates; /* "yes" or "no" */
    const char *cache;            /* a folder, or "no" */
    double duplicate_m, duplicate_likeness;
    bool indicators_given;
    source_ref indicators_where;
} scenario_draft;

extern const section root_section;
extern const section input_section; /* file, format, encoding...: keys of every input */
extern const section keep_section;  /* of a perimeter given as a file */

/* The key of a section (its own, then the input keys), NULL when there is none. */
const key *section_find(const section *s, const char *name);
size_t section_key_count(const section *s);
const key *section_key_at(const section *s, size_t i);
/* The key that a mistyped word is likely to mean, NULL. */
const key *section_suggest(const section *s, const char *word);

#endif
