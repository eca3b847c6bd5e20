/* bassin/plugin.h: the only header that an indicator needs (ABI 1.2).
 *
 * WHAT A PLUGIN IS
 * A shared library that exports one constant struct, `bassin_plugin_main` (the last one of this
 * header; read it first). It says as data what the indicator reads, which parameters it has, what
 * it makes and how that is printed. The host judges all of it before it calls any function.
 * The work is done in 1..n stages. A stage goes over the rows of a table (places, venues, flows);
 * the host cuts the rows into blocks, the same ones whatever the machine, and calls the stage once
 * a block, on many threads. A plugin takes no lock.
 *
 * THREADS. Every function bears one of these tags:
 *   [once]   on one thread; no other function of this plugin runs for the job meanwhile;
 *   [block]  on many threads at once, never twice at once for the same block;
 *   [merge]  one merge at a time, while blocks may run on other threads;
 *   [any]    anywhere: it touches nothing but what it is given.
 * Data has no tag: it is written by one side before the other sees it, and constant from then on.
 * Outputs and partials alone are written by the plugin, where the tag of its function allows it.
 *
 * OWNERS. What the host hands over is the host's, and lives until the plugin's release returns,
 * unless said otherwise. What the plugin hands over in its descriptor lives as long as the library;
 * other texts and arrays are copied before the host function returns. The plugin frees only what it
 * allocated itself.
 *
 * ISOLATION. A plugin that does not ship with bassin runs in worker processes, one a thread, under
 * limits: 2 GiB of memory beside inputs and outputs and 120 s a call, unless the run file says
 * otherwise. It may open no file and no connection, start no thread and no process, and not exit.
 * A crash, an endless loop or a value out of its declared range is the failure of that plugin
 * alone. Hence these rules, which hold for every plugin:
 *   - prepare may be called once in each worker, and must leave the same plan each time;
 *   - a partial holds numbers, no pointers: it is copied between processes and kept on disk;
 *   - a block may be run again, in any order, in any process, with the same results;
 *   - no static variable that changes, no static buffer; randomness from the host alone.
 *
 * COMPATIBILITY. Within a major, structs only grow at their end and nothing moves: a plugin built
 * with any 1.x header runs in any 1.y host. Every struct that crosses the border carries its size,
 * or lies in a list with its stride, unless it is said to be closed: it never grows. What a side
 * does not know reads as zero, and zero always means: as before. "Since 1.2" marks newer members.
 * A plugin that reads such a member of a host's struct asks BASSIN_HAS first: the host may be
 * older.
 *
 * UNITS are UCUM codes: "min" "h" "km" "m" "km2" "%" "{person}" "{worker}" "{venue}" "EUR"
 * "/1000" ...; "1" a number without unit, "" a text. Texts are UTF-8 and end with a NUL. Rows,
 * columns, parameters are numbered from 0. The header can be included from C++17; the descriptor is
 * written in C. */
#ifndef BASSIN_PLUGIN_H
#define BASSIN_PLUGIN_H

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define BASSIN_ABI_MAJOR 1u
#ifndef BASSIN_ABI_MINOR
#define BASSIN_ABI_MINOR 2u
#endif

#if defined(__GNUC__)
#define BASSIN_EXPORT __attribute__((visibility("default")))
#define BASSIN_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define BASSIN_MUST_CHECK __attribute__((warn_unused_result))
#else
#define BASSIN_EXPORT
#define BASSIN_PRINTF(f, a)
#define BASSIN_MUST_CHECK
#endif

/* Whether the struct behind `pointer`, which begins with its size, is long enough to hold `member`:
 * an older host has shorter structs. A function that is there may still be NULL where the header
 * says so. if (BASSIN_HAS(job->costs, mode_title_fr)) ... */
#define BASSIN_HAS(pointer, member)                                                                \
    ((pointer)->size >= (size_t)((const char *)(&(pointer)->member + 1) - (const char *)(pointer)))

#ifdef __cplusplus
extern "C" {
#endif

/* ==== errors ================================================================================= */

/* What a function answers: 0, or why it failed. */
typedef int32_t bassin_status;
enum {
    BASSIN_OK = 0,
    BASSIN_E_ARGUMENT = 1,  /* the caller broke a rule written in this header */
    BASSIN_E_DATA = 2,      /* an input value makes no sense; the error names the row */
    BASSIN_E_MEMORY = 3,    /* out of memory */
    BASSIN_E_CANCELLED = 4, /* stopped because host->cancelled said so */
    BASSIN_E_MISSING = 5,   /* something that the host does not have */
    BASSIN_E_INTERNAL = 6,  /* anything else */
};

/* Filled by whoever fails, owned by whoever calls. Nothing is allocated, so that it works when
 * memory is short. Closed. */
typedef struct bassin_error {
    uint32_t size;        /* bytes, set by the caller */
    bassin_status status; /* the same as what the function answers */
    int64_t row;          /* of the stage's table; -1 when no row is to blame */
    char message[496];    /* for people: what is wrong, in the job's language */
} bassin_error;

/* [any] Fills `err` as printf would and gives `code` back: return bassin_fail(err, ...);
 * row: see bassin_error. */
BASSIN_PRINTF(4, 5)
BASSIN_MUST_CHECK static inline bassin_status bassin_fail(bassin_error *err, bassin_status code,
                                                          int64_t row, const char *format, ...)
{
    va_list args;
    err->status = code;
    err->row = row;
    va_start(args, format);
    (void)vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return code;
}

/* ==== the descriptor: constant data, judged before anything runs ============================== */

/* A list whose element type may grow: readers step by stride, never by their own sizeof. Closed. */
typedef struct bassin_list {
    const void *items; /* `count` elements, the first at items; NULL only when count is 0 */
    uint32_t count;    /* elements */
    uint32_t stride;   /* bytes from one element to the next, as the plugin was compiled */
} bassin_list;
/* .params = BASSIN_LIST(bassin_param, {.id = ...}, {.id = ...}) */
#define BASSIN_LIST(type, ...)                                                                     \
    {                                                                                              \
        (const type[]){__VA_ARGS__},                                                               \
            (uint32_t)(sizeof((const type[]){__VA_ARGS__}) / sizeof(type)), (uint32_t)sizeof(type) \
    }

/* Type of a column: double, 64-bit integer, 32-bit unsigned integer, text. */
enum { BASSIN_F64 = 1, BASSIN_I64 = 2, BASSIN_U32 = 3, BASSIN_TEXT = 4 };

/* State of a value. A value that is not present holds 0, never NaN: look at the state first. */
enum {
    BASSIN_PRESENT = 0,
    BASSIN_MISSING = 1,         /* nobody knows */
    BASSIN_UNREACHABLE = 2,     /* no path leads there */
    BASSIN_BEYOND_LIMIT = 3,    /* farther than the travel limit of the run */
    BASSIN_NOT_APPLICABLE = 4,  /* a rate over nobody */
    BASSIN_SECRET = 5,          /* hidden by the producer to protect people */
    BASSIN_NOT_SIGNIFICANT = 6, /* too few observations */
};

/* The eight functions of a venue, a..h. {function} in the id of an input or output makes it a
 * family of eight columns: "minutes_{function}" is minutes_a .. minutes_h. */
enum { BASSIN_FUNCTIONS = 8 };

/* Kinds of parameters. */
enum {
    BASSIN_PARAM_NUMBER = 0,
    BASSIN_PARAM_LIST = 1,       /* numbers: limits of 10, 20 and 30 min */
    BASSIN_PARAM_CHOICE = 2,     /* one word among some */
    BASSIN_PARAM_TEXT = 3,       /* any text */
    BASSIN_PARAM_BY_FUNCTION = 4 /* eight numbers; the run file may give one for all */
};

/* A parameter that the run file may set. The host reads "30 min" or "5 km", converts to `unit`,
 * refuses other units and values out of range. */
typedef struct bassin_param {
    const char *id;                  /* as in the run file: "white-zone"; a-z, 0-9, - and _ */
    const char *title_fr, *title_en; /* a line, for reports */
    const char *unit;                /* of its numbers; "" for CHOICE and TEXT */
    uint32_t kind;                   /* BASSIN_PARAM_... */
    /* NUMBER, LIST, BY_FUNCTION: bounds, in unit; lowest == highest: none. The default. */
    double lowest, highest, fallback;
    const char *fallback_text; /* default of a LIST "10;20;30", CHOICE, TEXT; else NULL */
    const char *choices;       /* CHOICE: "2sfca|e2sfca|3sfca"; else NULL */
    /* Source of the default, printed wherever it is shown, in French when basis_en is there, else
     * in any language. An assumption begins with the word "assumed", whatever the language: alone,
     * or "assumed: why"; the reader sees it in their own. NULL: not said. */
    const char *basis;
    double low, high; /* plausible range in unit, from which draws are made; equal: none */
    const char
        *distribution; /* of draws: "triangular" "beta" (PERT) "uniform" "fixed"; NULL: fixed */
    /* Since 1.2: `basis` in English, with the same first word. NULL: basis is for all. */
    const char *basis_en;
} bassin_param;

/* Flags of an input. OPTIONAL: the plugin does without it where nobody gives it. */
enum { BASSIN_INPUT_OPTIONAL = 1u };

/* A column that the plugin reads. What is there: `bassin plugins`, and the dictionary of any
 * results folder. Type and unit must be those of the column: nothing is converted silently. */
typedef struct bassin_input {
    /* "places" "venues" "flows" "territories", or a table that another plugin makes, by its name
     * in the results ("areas", "indicator_areas" where the plugin does not ship with bassin). Where
     * places are cells, "places" has the columns of cells; with BASSIN_COMMUNES, of communes. */
    const char *table;
    /* A column of the loaded data; of zonings and numbers that the run file gives (places:
     * "zoning_frr", a number's own name; venues: "zoning_frr"); or of another plugin, which is then
     * run first: by its name in the results ("access", "indicator_x" where the plugin does not ship
     * with bassin). May hold {function}. */
    const char *column;
    const char *unit; /* UCUM; "" for a text */
    int32_t type;     /* BASSIN_F64 ... */
    uint32_t flags;   /* BASSIN_INPUT_OPTIONAL or 0 */
} bassin_input;

/* Whole structures that a plugin asks for (bits of bassin_plugin.needs). A run that lacks one is
 * refused before it starts. */
enum {
    BASSIN_NEED_COSTS = 1u,      /* job->costs */
    BASSIN_NEED_FLOW_COSTS = 2u, /* minutes and km of job->flows */
    BASSIN_NEED_NEIGHBOURS = 4u, /* job->neighbours */
    BASSIN_NEED_GROUPS = 8u,     /* job->groups (always there; says that they are read) */
    BASSIN_NEED_FLOWS = 16u,     /* job->flows */
};

/* How a value of places becomes one of territories, over the places kept by the run. */
enum {
    BASSIN_AGGREGATE_NONE = 0, /* not at all */
    BASSIN_AGGREGATE_SUM = 1,
    BASSIN_AGGREGATE_MEAN = 2, /* weighted, see bassin_output.weight */
};

/* What is drawn: areas in the colour of their class, or venues as points. */
enum { BASSIN_MAP_CHOROPLETH = 1, BASSIN_MAP_VENUES = 2 };
/* Palettes safe for colour-blind readers. */
enum {
    BASSIN_PALETTE_YLGNBU = 1,  /* more is better: light yellow to dark blue */
    BASSIN_PALETTE_VIRIDIS = 2, /* counts and classes */
    BASSIN_PALETTE_YLORRD = 3,  /* more is worse: light yellow to dark red */
    BASSIN_PALETTE_BINARY = 4,  /* no or yes: values 0 and 1 */
    BASSIN_PALETTE_PUOR = 5     /* diverging: give an odd number of breaks around 0 */
};

/* How an output is mapped. All outputs with the same `sheet` share one page: one output, one map;
 * the members of a family, a sheet of small maps. The legend has the title and unit of the output.
 */
typedef struct bassin_map {
    uint32_t size;     /* sizeof(bassin_map) */
    uint32_t kind;     /* BASSIN_MAP_...: CHOROPLETH of places, VENUES of venues */
    uint32_t palette;  /* BASSIN_PALETTE_... */
    const char *sheet; /* file name: "02_temps_acces"; a-z, 0-9, _; "": from the column */
    const char *title_fr, *title_en; /* of the page; may hold {function} */
    const double
        *breaks;          /* break_count upper bounds of the classes but the last, in the output's
                             unit, ascending: a value equal to a bound is above it; NULL: quantiles */
    uint32_t break_count; /* 1..5; 0 with breaks NULL */
    uint32_t show_venues; /* 1: open venues are drawn on top */
    /* Since 1.2: words of the classes in the legend, as many as classes (break_count + 1; two where
     * the values are 0 and 1), the lowest first: "no|yes". An empty one is made from the bounds
     * ("|high" names the second of two), as all are when NULL. Both languages or none. */
    const char *labels_fr, *labels_en;
} bassin_map;

/* A column that the plugin makes. "places", "venues" and "territories" get one more column; a new
 * table is declared as a bassin_table. Ids are ASCII: a-z, 0-9, _, with the unit at the end where
 * there is one. {function} in an id makes eight columns, {limits} one for each element of the LIST
 * parameter "limits" (at most 64; 10 -> "10", 7.5 -> "7_5"). */
typedef struct bassin_output {
    const char *table; /* "places" "venues" "territories", or a bassin_table's id */
    const char *id;    /* name of the column in the results */
    const char *title_fr,
        *title_en;      /* may hold the placeholder of the id: {function} gives its name */
    const char *unit;   /* UCUM; "" for a text */
    int32_t type;       /* BASSIN_F64 ... */
    int32_t decimals;   /* in machine tables: 0..15; -1 for U32, I64, TEXT */
    uint32_t aggregate; /* BASSIN_AGGREGATE_...; numbers of places alone */
    /* MEAN: a column of places, or the id of another output of places of this plugin. A place whose
     * value or weight is not present does not count. */
    const char *weight;
    const bassin_map *map; /* NULL: not mapped */
    const char *sheet_fr; /* workbook sheet that shows it: "Accès par fonction"; NULL: the sheet of
                             its table alone. Outputs of one name share a sheet */
    const char *reading_fr,
        *reading_en; /* how to read one value, under maps and tables: "à {name}, ... {value}".
                        {value} is a word of the map's labels where there are any, and a percent
                        for the mean of a 0/1 column over a territory */
    double lowest, highest; /* range that its values keep, checked after each stage; equal: none */
    /* Since 1.2: name of the sheet in an English workbook. NULL: sheet_fr. */
    const char *sheet_en;
} bassin_output;

/* What the rows of a new table are on a map. */
enum {
    BASSIN_GEOMETRY_NONE = 0,
    BASSIN_GEOMETRY_PLACE_SET =
        1,                     /* areas: host->place_set says which places, the host draws them */
    BASSIN_GEOMETRY_POINT = 2, /* outputs lon and lat, F64, degrees */
    BASSIN_GEOMETRY_LINE = 3   /* outputs lon_a, lat_a, lon_b, lat_b, F64, degrees */
};

/* A new table. Its rows are made in a stage's finish by host->table_rows. */
typedef struct bassin_table {
    const char *id;                  /* a-z, 0-9, _ */
    const char *title_fr, *title_en; /* a line */
    uint32_t geometry;               /* BASSIN_GEOMETRY_... */
    const char *sheet_fr;            /* workbook sheet that shows it; NULL: none */
    const char *key;                 /* id of the output that tells rows apart; NULL: none */
    /* Since 1.2: name of the sheet in an English workbook. NULL: sheet_fr. */
    const char *sheet_en;
} bassin_table;

/* ==== the data: arrays over whole tables ====================================================== */

/* The distinct texts of a text column; text i is bytes + start[i]. Closed. */
typedef struct bassin_words {
    const char *bytes;     /* all texts, each with its NUL */
    const uint64_t *start; /* count + 1 offsets into bytes */
    uint32_t count;        /* texts */
} bassin_words;

/* A column to read. Closed. */
typedef struct bassin_column {
    uint32_t size; /* bytes of this struct */
    int32_t type;  /* BASSIN_F64 ...: the member of `at` that holds it */
    size_t rows;   /* of its table */
    union {
        const double *f64;   /* rows values */
        const int64_t *i64;  /* rows values */
        const uint32_t *u32; /* rows values; of a text: the index of its word */
        const void *raw;     /* whichever it is */
    } at;                    /* NULL: an optional input that nobody gives */
    const uint8_t *state;    /* rows states; NULL: all present */
    bassin_words words;      /* of a text column */
} bassin_column;

/* A column to write. All rows start as MISSING; writing a value means its state too. Closed. */
typedef struct bassin_slot {
    uint32_t size; /* bytes of this struct */
    int32_t type;  /* BASSIN_F64 ... */
    size_t rows;   /* of its table; of a new one 0 until table_rows */
    union {
        double *f64;   /* rows values */
        int64_t *i64;  /* rows values */
        uint32_t *u32; /* rows values */
        void *raw;     /* whichever it is */
    } at;              /* of a text: NULL, use host->text */
    uint8_t *state;    /* rows states */
} bassin_slot;

/* [any] Whether a value is there. False everywhere for an optional input that nobody gives. */
static inline int bassin_is_present(const bassin_column *c, size_t row)
{
    return c->at.raw != NULL && (c->state == NULL || c->state[row] == BASSIN_PRESENT);
}
/* [any] A text, "" where there is none; lives as long as the column. */
static inline const char *bassin_text_at(const bassin_column *c, size_t row)
{
    return bassin_is_present(c, row) ? c->words.bytes + c->words.start[c->at.u32[row]] : "";
}
/* [block] Writes a value of an F64 output. */
static inline void bassin_set(const bassin_slot *slot, size_t row, double value)
{
    slot->at.f64[row] = value;
    slot->state[row] = BASSIN_PRESENT;
}
/* [any] The quantile q (0..1) of `count` values in ascending order, by nearest rank: the least of
 * them that a share q of all does not exceed. NaN when count is 0: a quantile of nothing is
 * missing. Since 1.2. */
static inline double bassin_quantile(const double *sorted, size_t count, double q)
{
    const double share = q * (double)count;
    if (count == 0)
        return (double)NAN;
    if (!(share > 1.0))
        return sorted[0];
    if (share >= (double)count)
        return sorted[count - 1];
    const size_t whole = (size_t)share;
    return sorted[(double)whole < share ? whole : whole - 1];
}

/* An input: its members in order (functions a..h of a family), one otherwise. Closed. */
typedef struct bassin_columns {
    const bassin_column *items; /* `count` columns */
    uint32_t count;             /* 8 for a family, else 1 */
    uint32_t stride;            /* sizeof(bassin_column) */
} bassin_columns;
/* An output: its members in order (functions, or elements of the list), one otherwise. Closed. */
typedef struct bassin_slots {
    const bassin_slot *items; /* `count` slots */
    uint32_t count;           /* members */
    uint32_t stride;          /* sizeof(bassin_slot) */
} bassin_slots;

/* The value of a parameter. Closed. */
typedef struct bassin_value {
    const double
        *value;       /* NUMBER: 1; LIST: count; BY_FUNCTION: 8; CHOICE: 1, index of the choice */
    uint32_t count;   /* of value; TEXT: 0 */
    const char *text; /* CHOICE, TEXT; else NULL */
} bassin_value;

/* Travel costs of one mode between places and venues, no farther than its limit, as compressed
 * sparse rows both ways round: the entries of venue v are venue_start[v] .. venue_start[v + 1] - 1.
 * A km is NaN where a matrix of times does not give it: whoever uses it says so (missing). */
typedef struct bassin_costs {
    uint32_t size;               /* bytes of this struct */
    uint32_t estimate;           /* 1: from the straight line, 0: along roads or from a matrix */
    const char *mode;            /* "car" "bike" "foot" "transit" */
    double limit_min;            /* minutes; farther pairs are not there */
    size_t place_count;          /* places of the job */
    size_t venue_count;          /* venues of the job */
    const uint64_t *venue_start; /* venue_count + 1 */
    const uint32_t *venue_place; /* of each entry: its place, ascending for a venue */
    const double *venue_minutes, *venue_km; /* of each entry: minutes, km */
    const uint64_t *place_start;            /* place_count + 1 */
    const uint32_t *place_venue;            /* of each entry: its venue, ascending for a place */
    const double *place_minutes, *place_km; /* of each entry: minutes, km */
    /* One state a place, one a venue. PRESENT; MISSING: it has no point, or is not in the matrix;
     * UNREACHABLE: too far from the network. Nothing is known of the last two, which is not the
     * same as nothing within the limit. */
    const uint8_t *place_state, *venue_state;
    /* Since 1.2: the mode in words, as after "temps de trajet": "en voiture", "by car". */
    const char *mode_title_fr, *mode_title_en;
} bassin_costs;

/* No such row: the work place lies outside the loaded ones, nobody is near. */
#define BASSIN_OUTSIDE UINT32_MAX

/* Commuting flows: one row for residents of place o who work in place j, by mode and occupation, in
 * this order. Places are communes. Costs are those of the first travel mode, never cut; within one
 * place they follow the method's own rule (`intra` in the run file). */
typedef struct bassin_flows {
    uint32_t size;         /* bytes of this struct */
    size_t rows;           /* length of the arrays below but the last of places */
    const uint32_t *o, *j; /* places; j may be BASSIN_OUTSIDE */
    const uint32_t *mode;  /* 1 home 2 walk 3 bicycle 4 two-wheeler 5 car 6 transit 7 on foot or by
                              bicycle */
    const uint32_t *occupation;   /* 1..6 (INSEE's CS1), 0 unknown */
    const double *workers;        /* {worker}, weighted */
    const double *variance;       /* of workers: the census is a sample */
    const double *crow_km;        /* straight line (haversine); not where state is MISSING */
    const double *minutes, *km;   /* along the path, or estimated; NULL unless NEED_FLOW_COSTS; a km
                                     is   NaN where a matrix of times does not give it */
    const uint8_t *state;         /* of minutes and km: PRESENT, UNREACHABLE, MISSING (outside) */
    const uint64_t *origin_start; /* place_count + 1: rows of place p as in bassin_costs */
    uint32_t assumed_shares;      /* 1: mode and occupation are assumed national shares */
    /* Work places in a neighbouring country (j BASSIN_OUTSIDE, state MISSING): 0 no; 1 yes, its
     * point is unknown; 2 yes, with the two distances below. */
    const uint8_t *abroad;
    /* To a work place abroad: the straight line, and the line times the detour, whatever the travel
     * mode; 0 elsewhere. */
    const double *abroad_crow_km, *abroad_km;
} bassin_flows;

/* Places that share a border, as compressed sparse rows. Closed. */
typedef struct bassin_neighbours {
    const uint64_t *start; /* place_count + 1 */
    const uint32_t *place; /* of each entry: a neighbour, ascending for a place */
} bassin_neighbours;

/* One level of territories, and who belongs to what. */
typedef struct bassin_level {
    uint32_t size;            /* bytes of this struct */
    const char *id;           /* "epci" "bassin_vie" "departement" "region" "france" ... */
    size_t first_row;         /* of this level in the table territories */
    size_t row_count;         /* of this level in the table territories */
    const uint32_t *of_place; /* a place: row within the level, BASSIN_OUTSIDE none. Places of the
                                 margin have theirs too: sums test place_kept */
} bassin_level;
/* The rows of the table territories: level by level, groups by code. Closed. */
typedef struct bassin_groups {
    bassin_list levels; /* of bassin_level */
    size_t rows;        /* of the table territories */
} bassin_groups;

typedef struct bassin_host bassin_host;

/* One run of one plugin for one travel mode: everything that its functions see. */
typedef struct bassin_job {
    uint32_t size;             /* bytes of this struct */
    const bassin_host *host;   /* functions of the host: job->host->total(job, ...) */
    const bassin_columns *in;  /* in the order of the descriptor's inputs */
    const bassin_slots *out;   /* in the order of the descriptor's outputs */
    const bassin_value *param; /* in the order of the descriptor's params; in range */
    size_t place_count;        /* places: communes, or cells (cell_m) */
    size_t venue_count;        /* venues, whatever their status */
    const uint8_t *place_kept; /* 1: in the perimeter of the run; 0: margin, which serves supply and
                                  demand but has no row in the results */
    const double *place_lon, *place_lat, *venue_lon, *venue_lat; /* degrees; NaN: no point */
    const double *place_x_m, *place_y_m, *venue_x_m,
        *venue_y_m;            /* metres, in the territory's own projection; NaN: no point */
    const bassin_costs *costs; /* of this job's mode; NULL unless NEED_COSTS */
    const bassin_flows *flows; /* NULL unless the plugin reads them (needs, a stage over "flows",
                                  one of their columns) and they were loaded */
    const bassin_neighbours *neighbours; /* NULL when outlines were not loaded */
    const bassin_groups *groups;         /* never NULL */
    const uint8_t *venue_open;           /* 1: open, counts in the reference */
    const uint32_t *venue_place; /* place of the venue: its commune (of cells: the cell of that
                                    commune nearest to it); BASSIN_OUTSIDE none */
    uint64_t seed;               /* of the run; host->uniform has it already */
    int32_t english;             /* language of texts made by the plugin: 0 French, 1 English */
    void *plan;    /* what prepare left through host->set_plan; only read after prepare */
    void *context; /* the host's own: not to be touched */
    double cell_m; /* metres: side of the cells that are the places; 0: communes */
} bassin_job;

/* Rows begin .. end - 1 of the stage's table. */
typedef struct bassin_block {
    uint32_t size;  /* bytes of this struct */
    uint32_t index; /* of the block, from 0 */
    size_t begin;   /* first row */
    size_t end;     /* first row after it */
} bassin_block;

/* [any] Level k of the territories, whatever the minor of the host. Since 1.2. */
static inline const bassin_level *bassin_level_at(const bassin_groups *groups, uint32_t k)
{
    const char *first = (const char *)groups->levels.items;
    return (const bassin_level *)(const void *)(first + (size_t)k * groups->levels.stride);
}

/* ==== the host: what a plugin may call ======================================================== */

/* A headline figure: one row of the table `totals`. Filled by the plugin; texts are copied. */
typedef struct bassin_total {
    uint32_t size;                   /* sizeof(bassin_total) */
    const char *name;                /* "beyond_5_km"; a-z, 0-9, _ ; once a job */
    const char *title_fr, *title_en; /* a line */
    const char *unit;                /* UCUM */
    double value;                    /* in unit */
    double low, high;                /* interval, in unit; both NaN: there is none */
    uint32_t state;                  /* BASSIN_PRESENT ... */
    int32_t decimals;                /* 0..15, -1 for an integer */
} bassin_total;

/* A note is for those who look; a warning is shown with the results. */
enum { BASSIN_LOG_NOTE = 0, BASSIN_LOG_WARNING = 1 };

/* The functions of the host. Its own, constant. Each takes the job as the plugin got it. */
struct bassin_host {
    uint32_t size;      /* bytes of this struct */
    uint32_t abi_minor; /* of the host */
    /* [once] in prepare: bytes of the partial of a stage, at most 1 GiB; the host zeroes one for
     * each block. E_ARGUMENT: no such stage, or too large. */
    bassin_status (*partial)(const bassin_job *, uint32_t stage, size_t bytes, bassin_error *);
    /* [once] in prepare: the plugin's own precomputed data. Stays the plugin's, handed back to
     * release; only read once prepare is over. */
    void (*set_plan)(const bassin_job *, void *plan);
    /* [once, block] a line for the log and the notes of the report, in the job's language. Copied.
     * 32 lines a call are kept. */
    void (*log)(const bassin_job *, int32_t level, const char *utf8);
    /* [once, block] 1: the run is being stopped; return BASSIN_E_CANCELLED soon. */
    int32_t (*cancelled)(const bassin_job *);
    /* [once, block] memory, zeroed, freed by the host when the plugin's function returns; NULL when
     * out of memory. */
    void *(*scratch)(const bassin_job *, size_t bytes);
    /* [once, block] uniform in (0,1): Philox4x32-10, key (seed, plugin), counter (draw, row, k).
     * The same three numbers give the same draw, on any thread or machine. */
    double (*uniform)(const bassin_job *, uint64_t draw, uint64_t row, uint32_t k);
    /* [once, block] draw number `draw` of a parameter, from its own distribution and range, in its
     * unit; its value where it has no range. param: index. */
    double (*draw_param)(const bassin_job *, uint32_t param, uint64_t draw);
    /* [once, block] straight-line distance from places begin .. end - 1 to the nearest venue with
     * use[venue] != 0 (venue_count entries). km and venue: end - begin entries, the plugin's;
     * BASSIN_OUTSIDE and 0 km where there is none. Not cut by the travel limit. */
    bassin_status (*nearest_crow)(const bassin_job *, const uint8_t *use, size_t begin, size_t end,
                                  double *km, uint32_t *venue, bassin_error *);
    /* [once] in finish: makes the rows of a new table, then its slots in job->out are valid until
     * that finish returns. Once a table. */
    bassin_status (*table_rows)(const bassin_job *, const char *table, size_t rows, bassin_error *);
    /* [once, block] a value of a TEXT output: index of the output, member of its family, row.
     * Copied. In a block: only the block's rows. */
    bassin_status (*text)(const bassin_job *, uint32_t output, uint32_t member, size_t row,
                          const char *utf8, bassin_error *);
    /* [once] in finish: the places of a row of a PLACE_SET table, `count` of them, in any order.
     * Copied. The last call for a row wins. */
    bassin_status (*place_set)(const bassin_job *, const char *table, size_t row,
                               const uint32_t *places, size_t count, bassin_error *);
    /* [once] in finish: a headline figure. Copied. */
    bassin_status (*total)(const bassin_job *, const bassin_total *, bassin_error *);
    /* [once, block] an extension by its name, a constant struct of the host; NULL when this host
     * has none of it. */
    const void *(*service)(const bassin_job *, const char *id);
};

/* ---- extensions: host->service(job, BASSIN_SERVICE_...) -------------------------------------- */

/* Says what a row of a PLACE_SET table is, beside its places: everything from which the nearest of
 * some venues is within a limit. Where travel is by road and the places are communes, the row is
 * then drawn as that very region, from the travel times of all points; else as the union of its
 * places. Only counts where every row of the table has one. */
#define BASSIN_SERVICE_REACH "reach"
typedef struct bassin_reach {
    uint32_t size; /* bytes of this struct */
    /* [once] in finish, after table_rows: `count` venues, each once, and minutes. Copied; the last
     * call for a row wins. */
    bassin_status (*within)(const bassin_job *, const char *table, size_t row,
                            const uint32_t *venues, size_t count, double limit_min, bassin_error *);
} bassin_reach;

/* ==== the plugin ============================================================================== */

/* A stage goes over the rows of a table in blocks (256 places or flows, 16 venues), or runs once
 * (over NULL: one block, begin 0, end 1). Sums over all rows go through a partial: each block adds
 * to its own, zeroed; the host merges them in order, pairwise, so that the last bit of a sum does
 * not depend on threads. The next stage and its finish see the merged one as `before`. */
typedef struct bassin_stage {
    uint32_t size;    /* sizeof(bassin_stage) */
    const char *over; /* "places" "venues" "flows" or NULL */
    /* [block] writes rows begin .. end - 1 of outputs of the table `over` only, adds to `partial`.
     * before, partial: NULL where that stage has none. NULL: nothing to do a row. */
    bassin_status (*run)(const bassin_job *, const bassin_block *, const void *before,
                         void *partial, bassin_error *);
    /* [merge] adds `from` to `into`: neighbouring blocks, into before from. NULL: no partial. */
    void (*merge)(const bassin_job *, void *into, const void *from);
    /* [once] after the last merge: may write any row of any output, totals, new tables; may change
     * `total`, which the next stage sees. NULL: nothing to finish. */
    bassin_status (*finish)(const bassin_job *, const void *before, void *total, bassin_error *);
} bassin_stage;

/* Bits of bassin_plugin.flags.
 * PER_MODE: run once a travel mode; from the second on, outputs in places, venues and territories,
 * new tables and totals get the suffix _<mode>.
 * COMMUNES: where the places of a run are cells, this plugin takes communes for its places: costs
 * are population-weighted means over the cells, its outputs in "places" go to the table "communes".
 * A plugin that reads flows always does, since flows are told by commune. */
enum { BASSIN_PER_MODE = 1u, BASSIN_COMMUNES = 2u };

/* The plugin. The columns of one that does not ship with bassin get the last part of its id in
 * front: `share` of "fr.lab.two-functions" is `two_functions_share` in the results. */
typedef struct bassin_plugin {
    uint32_t size;      /* BASSIN_HEADER sets these three: bytes of this struct, */
    uint16_t abi_major; /* major of the header it was compiled with: another one is refused, */
    uint16_t abi_minor; /* and its minor */
    const char *id; /* reverse domain: "fr.lab.two-functions"; shipped with bassin: "coverage" */
    const char *title_fr, *title_en; /* a line: what the indicator is called */
    const char *version;             /* of the plugin: "1.0.0" */
    const char *method_fr,
        *method_en;      /* one paragraph: formula and source, printed in the report */
    uint32_t flags;      /* BASSIN_PER_MODE ... */
    uint32_t needs;      /* BASSIN_NEED_... */
    bassin_list params;  /* of bassin_param */
    bassin_list inputs;  /* of bassin_input */
    bassin_list outputs; /* of bassin_output */
    bassin_list tables;  /* of bassin_table: the new ones */
    bassin_list stages;  /* of bassin_stage, at least one, run in this order */
    /* [once] in each process: checks what ranges cannot say, sets sizes of partials and the plan.
     * Writes no output. NULL: nothing to prepare. */
    bassin_status (*prepare)(const bassin_job *, bassin_error *);
    /* [once] last: frees the plan that prepare left; not called where the process ends instead.
     * NULL: nothing to free. */
    void (*release)(void *plan);
    /* [once] the slow independent way for `bassin verify`: value and state of one row of an output
     * of places, venues or territories, without looking at outputs. NULL: none. */
    bassin_status (*check)(const bassin_job *, uint32_t output, uint32_t member, size_t row,
                           double *value, uint8_t *state, bassin_error *);
} bassin_plugin;

/* First words of the descriptor: const bassin_plugin bassin_plugin_main = {BASSIN_HEADER, .id = ...
 */
#define BASSIN_HEADER                                                                              \
    .size = sizeof(bassin_plugin), .abi_major = BASSIN_ABI_MAJOR, .abi_minor = BASSIN_ABI_MINOR

/* The one symbol that a plugin exports. */
#define BASSIN_PLUGIN_SYMBOL "bassin_plugin_main"
extern BASSIN_EXPORT const bassin_plugin bassin_plugin_main;

#ifdef __cplusplus
}
#endif
#endif
