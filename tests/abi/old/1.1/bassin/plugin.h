/* bassin/plugin.h: the only header an indicator plugin needs.
 *
 * A plugin is one exported constant struct, `bassin_plugin_main`: descriptors are data, judged
 * before any function of the plugin is called. It runs in 1..n stages; the host cuts the rows of a
 * stage's table into blocks, by the data alone, and calls the stage on many threads.
 *
 * Compatibility promise: within one ABI major, structs only grow at their end; every struct that
 * crosses the border carries its size, every list its stride; a missing tail reads as zero.
 *
 * Thread tags: [once] called once, on one thread; [block] many at once, never twice on one block.
 * Owners: everything the host hands over belongs to the host and lives until the plugin's release
 * returns, unless said otherwise; the plugin frees only what it allocated itself.
 * The header can be included from C++17; descriptors are written in C. */
#ifndef BASSIN_PLUGIN_H
#define BASSIN_PLUGIN_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define BASSIN_ABI_MAJOR 1u
#ifndef BASSIN_ABI_MINOR
#define BASSIN_ABI_MINOR 1u
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

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t bassin_status;
enum {
    BASSIN_OK = 0,
    BASSIN_E_ARGUMENT = 1, /* the caller broke a rule written in this header */
    BASSIN_E_DATA = 2,     /* an input value makes no sense; the error names the row */
    BASSIN_E_MEMORY = 3,
    BASSIN_E_CANCELLED = 4,
    BASSIN_E_MISSING = 5, /* something the host does not have */
    BASSIN_E_INTERNAL = 6,
};

/* Filled by whoever fails, owned by whoever calls; no allocation, so it also works out of memory.
 */
typedef struct bassin_error {
    uint32_t size;
    bassin_status status;
    int64_t row;       /* of the stage's table; -1 when no row is to blame */
    char message[496]; /* UTF-8 */
} bassin_error;

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

/* A list whose element type may grow: readers step by stride, never by their own sizeof. */
typedef struct bassin_list {
    const void *items;
    uint32_t count;
    uint32_t stride;
} bassin_list;
#define BASSIN_LIST(type, ...)                                                                     \
    {                                                                                              \
        (const type[]){__VA_ARGS__},                                                               \
            (uint32_t)(sizeof((const type[]){__VA_ARGS__}) / sizeof(type)), (uint32_t)sizeof(type) \
    }

/* ---- descriptors: constant data ---------------------------------------------------------------
 */

enum { BASSIN_F64 = 1, BASSIN_I64 = 2, BASSIN_U32 = 3, BASSIN_TEXT = 4 };

/* State of a value. A value that is not present holds 0, never NaN. */
enum {
    BASSIN_PRESENT = 0,
    BASSIN_MISSING = 1,
    BASSIN_UNREACHABLE = 2,
    BASSIN_BEYOND_LIMIT = 3,
    BASSIN_NOT_APPLICABLE = 4, /* a rate over nobody */
    BASSIN_SECRET = 5,
    BASSIN_NOT_SIGNIFICANT = 6,
};

/* Which letter-coded functions a family runs over: {function} in an id expands to a..h. */
enum { BASSIN_FUNCTIONS = 8 };

enum {
    BASSIN_PARAM_NUMBER = 0,
    BASSIN_PARAM_LIST = 1,
    BASSIN_PARAM_CHOICE = 2,
    BASSIN_PARAM_TEXT = 3,
    BASSIN_PARAM_BY_FUNCTION = 4
};

/* A parameter. Units are UCUM codes ("km", "min", "1"); the host converts "30 min", refuses others.
 */
typedef struct bassin_param {
    const char *id; /* as in the run file: "white-zone" */
    const char *title_fr, *title_en;
    const char *unit;
    uint32_t kind; /* BASSIN_PARAM_... */
    double lowest, highest, fallback;
    const char *fallback_text; /* LIST: "10;20;30"; CHOICE: one of choices; TEXT: any; else NULL */
    const char *choices;       /* CHOICE: "2sfca|e2sfca|3sfca" */
    const char *basis; /* source of the default, or "assumed": printed wherever it is shown */
    double low, high;  /* plausible range, for the interval; low == high: none */
    const char *distribution; /* "triangular" "beta" (PERT) "uniform" "fixed"; NULL: fixed */
} bassin_param;

enum { BASSIN_INPUT_OPTIONAL = 1u };

/* A column of a table: "places", "venues", "flows", "territories", or the new table of another
 * plugin. An id with {function} is a family of eight columns. Another plugin's output in places,
 * venues or territories is named by its column: the plan then runs that plugin first. */
typedef struct bassin_input {
    const char *table, *column, *unit;
    int32_t type;
    uint32_t flags;
} bassin_input;

/* Whole structures a plugin asks for (bits). The plan refuses the run when the territory lacks one.
 */
enum {
    BASSIN_NEED_COSTS = 1u,      /* job->costs */
    BASSIN_NEED_FLOW_COSTS = 2u, /* job->flows minutes and km */
    BASSIN_NEED_NEIGHBOURS = 4u, /* job->neighbours */
    BASSIN_NEED_GROUPS = 8u,     /* job->groups (always there, says that it is read) */
    BASSIN_NEED_FLOWS = 16u,     /* flows were loaded */
};

enum { BASSIN_AGGREGATE_NONE = 0, BASSIN_AGGREGATE_SUM = 1, BASSIN_AGGREGATE_MEAN = 2 };

enum { BASSIN_MAP_CHOROPLETH = 1, BASSIN_MAP_VENUES = 2 };
/* Palettes safe for colour-blind readers. */
enum {
    BASSIN_PALETTE_YLGNBU = 1,
    BASSIN_PALETTE_VIRIDIS = 2,
    BASSIN_PALETTE_YLORRD = 3,
    BASSIN_PALETTE_BINARY = 4,
    BASSIN_PALETTE_PUOR = 5 /* diverging: give an odd number of breaks around 0 */
};

/* How an output is mapped. All outputs with the same `sheet` share one page: one output, one map;
 * the members of a family, a sheet of small maps. */
typedef struct bassin_map {
    uint32_t size;
    uint32_t kind, palette;
    const char *sheet; /* file name: "02_temps_acces"; "" : made from the output's id */
    const char *title_fr, *title_en;
    const double *breaks; /* upper bounds of the classes but the last, ascending; NULL: quantiles */
    uint32_t break_count; /* at most 5 */
    uint32_t show_venues; /* draw venues on top */
} bassin_map;

/* A column the plugin makes. Tables "places", "venues", "territories" get one more column; another
 * name is a new table (see bassin_table). Ids are ASCII snake_case with the unit as suffix where
 * there is one. An id holding {function} expands to eight columns, {<param>} to one per element of
 * that LIST parameter (numbers printed without trailing zeros). */
typedef struct bassin_output {
    const char *table, *id;
    const char *title_fr, *title_en; /* may hold the same {..}: {function} gives its name */
    const char *unit;
    int32_t type;
    int32_t decimals;   /* in machine tables; -1 for U32, I64, TEXT */
    uint32_t aggregate; /* places -> territories, kept rows only */
    const char
        *weight;           /* AGGREGATE_MEAN: a column of places, or another output's id (before
                              the mode suffix); rows whose value or weight is not present do not count */
    const bassin_map *map; /* NULL: not mapped */
    const char *sheet_fr;  /* workbook sheet that shows it: "Accès par fonction"; NULL: only the
                              table's own */
    const char *reading_fr,
        *reading_en;        /* "Lecture" sentence: "à {name}, ... {value}"; NULL: none */
    double lowest, highest; /* declared range, checked after the stage, when lowest < highest */
} bassin_output;

enum {
    BASSIN_GEOMETRY_NONE = 0,
    BASSIN_GEOMETRY_PLACE_SET = 1,
    BASSIN_GEOMETRY_POINT = 2,
    BASSIN_GEOMETRY_LINE = 3
};

/* A new table. Its rows are made in a stage's finish by host->table_rows. */
typedef struct bassin_table {
    const char *id, *title_fr, *title_en;
    uint32_t geometry; /* BASSIN_GEOMETRY_...; POINT: outputs lon, lat; LINE: outputs lon_a, lat_a,
                          lon_b, lat_b; PLACE_SET: host->place_set, dissolved by the host */
    const char *sheet_fr; /* workbook sheet; NULL: none */
    const char *key;      /* output that identifies a row */
} bassin_table;

/* ---- data: arrays over whole tables
 * -------------------------------------------------------------- */

/* Distinct texts of a text column: text i is bytes + start[i], NUL-terminated. */
typedef struct bassin_words {
    const char *bytes;
    const uint64_t *start;
    uint32_t count;
} bassin_words;

typedef struct bassin_column {
    uint32_t size;
    int32_t type;
    size_t rows;
    union {
        const double *f64;
        const int64_t *i64;
        const uint32_t *u32; /* also word indices of a text column */
        const void *raw;
    } at;                 /* NULL: an optional input that is absent */
    const uint8_t *state; /* one state a row; NULL: all present */
    bassin_words words;
} bassin_column;

/* Where to write an output. All rows start as MISSING; writing a value means state PRESENT too. */
typedef struct bassin_slot {
    uint32_t size;
    int32_t type;
    size_t rows;
    union {
        double *f64;
        int64_t *i64;
        uint32_t *u32;
        void *raw;
    } at; /* TEXT: NULL, use host->text */
    uint8_t *state;
} bassin_slot;

/* Reading and writing one value. An optional input that is absent has no value at all. */
static inline int bassin_is_present(const bassin_column *c, size_t row)
{
    return c->at.raw != NULL && (c->state == NULL || c->state[row] == BASSIN_PRESENT);
}
/* "" where there is no text; lives as long as the column. */
static inline const char *bassin_text_at(const bassin_column *c, size_t row)
{
    return bassin_is_present(c, row) ? c->words.bytes + c->words.start[c->at.u32[row]] : "";
}
static inline void bassin_set(const bassin_slot *slot, size_t row, double value)
{
    slot->at.f64[row] = value;
    slot->state[row] = BASSIN_PRESENT;
}

/* Members of a family in order (functions a..h, or the elements of the list); count 1 otherwise. */
typedef struct bassin_columns {
    const bassin_column *items;
    uint32_t count, stride;
} bassin_columns;
typedef struct bassin_slots {
    const bassin_slot *items;
    uint32_t count, stride;
} bassin_slots;

/* A parameter's value: NUMBER value[0]; LIST count values; BY_FUNCTION 8 values; CHOICE index of
 * the choice in value[0] and its text; TEXT text. */
typedef struct bassin_value {
    const double *value;
    uint32_t count;
    const char *text;
} bassin_value;

/* Travel costs of the mode within its limit, as compressed sparse rows both ways round. A km is NaN
 * where a matrix of times does not give it: whoever uses it says so (missing), none is 0. */
typedef struct bassin_costs {
    uint32_t size;
    uint32_t estimate; /* 1: straight line, not roads */
    const char *mode;  /* "car" */
    double limit_min;
    size_t place_count, venue_count;
    const uint64_t
        *venue_start; /* venue v: entries venue_start[v]..venue_start[v+1], places ascending */
    const uint32_t *venue_place;
    const double *venue_minutes, *venue_km;
    const uint64_t *place_start; /* place p: venues ascending */
    const uint32_t *place_venue;
    const double *place_minutes, *place_km;
    /* PRESENT; MISSING without a point, or not in the matrix; UNREACHABLE too far from the network:
     * nothing is known of such a place or venue, which is not the same as nothing within the limit.
     */
    const uint8_t *place_state, *venue_state;
} bassin_costs;

#define BASSIN_OUTSIDE UINT32_MAX
/* Commuting flows, in the order o, j, mode, occupation. Costs are those of the first travel mode,
 * never cut; within one place they follow METHODS.md section 3 (and `intra`). */
typedef struct bassin_flows {
    uint32_t size;
    size_t rows;
    const uint32_t *o, *j; /* places; j may be BASSIN_OUTSIDE */
    const uint32_t
        *mode; /* 1 home 2 walk 3 bicycle 4 two_wheeler 5 car 6 transit 7 non_motorised */
    const uint32_t *occupation;   /* 1..6 (CS1), 0 unknown */
    const double *workers;        /* {person} */
    const double *variance;       /* of workers */
    const double *crow_km;        /* haversine; state below */
    const double *minutes, *km;   /* along the path (or estimated); NULL unless NEED_FLOW_COSTS; a
                                     km is NaN where a matrix of times does not give it */
    const uint8_t *state;         /* of minutes and km: PRESENT, UNREACHABLE, MISSING (outside) */
    const uint64_t *origin_start; /* place p: rows origin_start[p]..origin_start[p+1] */
    uint32_t assumed_shares;      /* 1: mode and occupation are assumed national shares */
    /* Work places in a neighbouring country (j BASSIN_OUTSIDE, state MISSING): 0 no; 1 yes, its
     * point unknown; 2 yes, with the two distances beside: the straight line, and the line times
     * the detour, whatever the travel mode. Otherwise these hold 0. */
    const uint8_t *abroad;
    const double *abroad_crow_km, *abroad_km;
} bassin_flows;

typedef struct bassin_neighbours {
    const uint64_t *start;
    const uint32_t *place;
} bassin_neighbours;

/* The rows of the table territories: level by level, groups by code. */
typedef struct bassin_level {
    uint32_t size;
    const char *id;              /* "epci" "bassin_vie" "departement" ... */
    size_t first_row, row_count; /* rows of territories */
    const uint32_t *of_place;    /* row within the level, BASSIN_OUTSIDE none; margin places have
                                    theirs too: sums test place_kept */
} bassin_level;
typedef struct bassin_groups {
    bassin_list levels;
    size_t rows;
} bassin_groups;

typedef struct bassin_host bassin_host;

/* One run of one plugin for one travel mode. Constant for the plugin. */
typedef struct bassin_job {
    uint32_t size;
    const bassin_host *host;
    const bassin_columns *in; /* in the order of descriptor.inputs */
    const bassin_slots
        *out; /* in the order of descriptor.outputs; a new table's after table_rows */
    const bassin_value *param; /* in the order of descriptor.params; range-checked */
    size_t place_count, venue_count;
    const uint8_t *place_kept; /* 1: in the perimeter; 0: margin (serves supply and demand) */
    const double *place_lon, *place_lat, *venue_lon, *venue_lat; /* degrees; NaN: no point */
    const double *place_x_m, *place_y_m, *venue_x_m, *venue_y_m;
    const bassin_costs *costs; /* NULL unless needed */
    const bassin_flows *flows;
    const bassin_neighbours *neighbours;
    const bassin_groups *groups;
    const uint8_t *venue_open;   /* counts in the reference */
    const uint32_t *venue_place; /* commune of the venue (where places are cells, the cell of that
                                    commune nearest to it), BASSIN_OUTSIDE none */
    uint64_t seed;
    int32_t english; /* language of texts made by the plugin: 0 French, 1 English */
    void *plan;      /* what prepare left through host->set_plan; read only in run */
    void *context;   /* the host's own */
    double cell_m;   /* side of the square where the places of this job are cells; 0: communes */
} bassin_job;

typedef struct bassin_block {
    uint32_t size, index;
    size_t begin, end;
} bassin_block; /* rows [begin, end) */

/* A headline figure: one row of `totals`. low, high: NaN when there is no interval. */
typedef struct bassin_total {
    uint32_t size;
    const char *name; /* "beyond_5_km" */
    const char *title_fr, *title_en;
    const char *unit;
    double value, low, high;
    uint32_t state; /* BASSIN_PRESENT ... */
    int32_t decimals;
} bassin_total;

enum { BASSIN_LOG_NOTE = 0, BASSIN_LOG_WARNING = 1 };

struct bassin_host {
    uint32_t size;
    uint32_t abi_minor;
    /* [once] in prepare: bytes of the accumulator of a stage; zeroed by the host for each block. */
    bassin_status (*partial)(const bassin_job *, uint32_t stage, size_t bytes, bassin_error *);
    /* [once] in prepare: the plugin's own precomputed data, handed back to release. */
    void (*set_plan)(const bassin_job *, void *plan);
    /* [once, block] a line for the log and the notes of the report, in the job's language. */
    void (*log)(const bassin_job *, int32_t level, const char *utf8);
    int32_t (*cancelled)(const bassin_job *); /* [once, block] */
    /* [block] memory freed when the call of run or finish returns; NULL when out of memory. */
    void *(*scratch)(const bassin_job *, size_t bytes);
    /* [block] uniform in (0,1), Philox4x32-10, key (seed, plugin), counter (draw, row, k). */
    double (*uniform)(const bassin_job *, uint64_t draw, uint64_t row, uint32_t k);
    /* [block] one draw of a parameter from its own distribution and range (k = the parameter's
     * number). */
    double (*draw_param)(const bassin_job *, uint32_t param, uint64_t draw);
    /* [block] straight-line distance (haversine, km) from places begin..end to the nearest venue
     * with use[v] != 0; venue BASSIN_OUTSIDE and km 0 where there is none. Not cut by the travel
     * limit. */
    bassin_status (*nearest_crow)(const bassin_job *, const uint8_t *use, size_t begin, size_t end,
                                  double *km, uint32_t *venue, bassin_error *);
    /* [once] in finish: makes the rows of a new table, then its slots are valid. */
    bassin_status (*table_rows)(const bassin_job *, const char *table, size_t rows, bassin_error *);
    /* [once, block] text of a TEXT output; member of the family, row. Copied. In a block: only the
     * block's rows. */
    bassin_status (*text)(const bassin_job *, uint32_t output, uint32_t member, size_t row,
                          const char *utf8, bassin_error *);
    /* [once] geometry of a row of a PLACE_SET table. Copied. */
    bassin_status (*place_set)(const bassin_job *, const char *table, size_t row,
                               const uint32_t *places, size_t count, bassin_error *);
    /* [once] a headline figure. Copied. */
    bassin_status (*total)(const bassin_job *, const bassin_total *, bassin_error *);
    /* [once] extensions by name; NULL when the host has none of it. */
    const void *(*service)(const bassin_job *, const char *id);
};

/* ---- extensions
 * ------------------------------------------------------------------------------------ */

/* Says what a row of a PLACE_SET table is, beside its places: everything from which the nearest of
 * `venues` (each once) is within `limit_min` minutes. Where travel is by road and the places are
 * communes, the row is then drawn as that very region, from the travel times of all points; else as
 * the union of its places. Only counts where every row of the table has one. */
#define BASSIN_SERVICE_REACH "reach"
typedef struct bassin_reach {
    uint32_t size;
    /* [once] in finish, after table_rows. Copied; the last of a row wins. */
    bassin_status (*within)(const bassin_job *, const char *table, size_t row,
                            const uint32_t *venues, size_t count, double limit_min, bassin_error *);
} bassin_reach;

/* ---- the plugin
 * ------------------------------------------------------------------------------------- */

/* A stage runs over the rows of a table, cut in blocks (256 rows; 16 venues), or once (over NULL:
 * one block, begin 0, end 1). It sees the merged partial of the stage before. */
typedef struct bassin_stage {
    uint32_t size;
    const char *over; /* "places" "venues" "flows" or NULL */
    /* [block] writes rows begin..end of outputs of the table `over` only; adds to `partial`. */
    bassin_status (*run)(const bassin_job *, const bassin_block *, const void *before,
                         void *partial, bassin_error *);
    /* [once] neighbouring blocks, in order, pairwise: results do not move. NULL: no partial. */
    void (*merge)(const bassin_job *, void *into, const void *from);
    /* [once] after the last merge: may write any row of any output, totals, new tables. NULL:
     * nothing. */
    bassin_status (*finish)(const bassin_job *, const void *before, void *total, bassin_error *);
} bassin_stage;

/* PER_MODE: run once per travel mode; from the second on, outputs in places, venues and territories
 * and totals get the suffix _<mode>.
 * COMMUNES: where the places of a run are cells, this plugin sees communes as its places: costs are
 * population-weighted means over the cells, its outputs in "places" go to the table "communes". A
 * plugin that reads flows always does, since flows are told by commune. */
enum { BASSIN_PER_MODE = 1u, BASSIN_COMMUNES = 2u };

typedef struct bassin_plugin {
    uint32_t size;
    uint16_t abi_major, abi_minor;
    const char *id; /* built in: "coverage"; foreign: reverse domain, "fr.lab.indicator" */
    const char *title_fr, *title_en, *version;
    const char *method_fr,
        *method_en; /* one paragraph: formula and source, printed in the report */
    uint32_t flags, needs;
    bassin_list params, inputs, outputs, tables, stages; /* bassin_param ... bassin_stage */
    /* [once] checks what ranges cannot say, sets partials and plan. NULL: nothing to prepare. */
    bassin_status (*prepare)(const bassin_job *, bassin_error *);
    void (*release)(void *plan); /* [once] NULL: nothing to free */
    /* [once] the slow independent way for `bassin verify`: recomputes one value of a "places",
     * "venues" or "territories" output. NULL: none. */
    bassin_status (*check)(const bassin_job *, uint32_t output, uint32_t member, size_t row,
                           double *value, uint8_t *state, bassin_error *);
} bassin_plugin;

#define BASSIN_HEADER                                                                              \
    .size = sizeof(bassin_plugin), .abi_major = BASSIN_ABI_MAJOR, .abi_minor = BASSIN_ABI_MINOR

/* The one symbol a plugin exports. */
#define BASSIN_PLUGIN_SYMBOL "bassin_plugin_main"
extern BASSIN_EXPORT const bassin_plugin bassin_plugin_main;

#ifdef __cplusplus
}
#endif
#endif
