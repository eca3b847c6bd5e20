/* engine/results/results.h: what a run found, as reports see it. The only engine header a report
 * includes.
 *
 * Everything is a table: places, territories, venues, flows, gaps, catchments, totals, and also the
 * parameters, sources, balance and rejects. Tables hold kept rows only. Immutable; read by any
 * thread. */
#ifndef ENGINE_RESULTS_H
#define ENGINE_RESULTS_H

#include "base/progress.h"
#include "base/worker.h"
#include "geo/topology.h"
#include "table/table.h"

typedef enum result_geometry {
    RESULT_PLAIN = 0,
    RESULT_PLACES,
    RESULT_POINTS,
    RESULT_PLACE_SETS,
    RESULT_LINES,
    RESULT_COMMUNES /* the table communes, where places are cells: geometry of by_commune */
} result_geometry;
typedef enum map_kind { MAP_CHOROPLETH = 1, MAP_VENUES = 2 } map_kind;
typedef enum palette_id {
    PALETTE_YLGNBU = 1,
    PALETTE_VIRIDIS = 2,
    PALETTE_YLORRD = 3,
    PALETTE_BINARY = 4,
    PALETTE_PUOR = 5
} palette_id;

typedef struct result_map {
    map_kind kind;
    palette_id palette;
    const char *sheet; /* "02_temps_acces" */
    const char *title_fr, *title_en;
    const double *breaks; /* NULL: quantiles */
    size_t break_count;
    bool show_venues;
    /* Words of the classes apart by '|', the lowest first; an empty one is made from the breaks.
     * NULL: all are. */
    const char *labels_fr, *labels_en;
} result_map;

/* Parallel to table->columns: where a column comes from and how it is shown. */
typedef struct result_column {
    const char *plugin;    /* "" for columns of the territory itself */
    const char *output;    /* id in the descriptor: "gap_{function}"; family members share it */
    uint32_t member;       /* position in the family */
    const char *mode;      /* "" for the first travel mode, else "bike" ... */
    const result_map *map; /* NULL: not mapped */
    const char *sheet_fr;  /* workbook sheet, NULL */
    const char *sheet_en;  /* its English name; NULL: as in French */
    const char *reading_fr, *reading_en; /* with {name} and {value}; NULL */
    bool estimate; /* rests on an estimate of travel, or on assumed shares: marked */
    bool of_cells; /* of communes: made of the values of their cells */
} result_column;

typedef struct result_table {
    const char *name, *title_fr, *title_en, *sheet_fr, *sheet_en;
    const table *rows;
    const result_column *columns; /* rows->column_count */
    /* Lists of rows of input files (rejects, warnings): the same rows with their column `line`;
     * else NULL. For CSV alone: a line changes with the order of a file's rows, and no other output
     * may. */
    const table *with_lines;
    result_geometry geometry;
    /* PLACE_SETS: row r covers places set_place[set_start[r]..set_start[r+1]) (rows of `places`),
     * and their union as outlines (EPSG of the results; NULL without outlines); with
     * isochrone_step_m: instead of the union, the region from which travel by road is within the
     * row's limit (limit_min, rows from the longest), drawn from points at such a step, islands and
     * holes under isochrone_least_km2 without a place left out; 0 else. */
    const uint64_t *set_start;
    const uint32_t *set_place;
    const polygons *set_outlines;
    double isochrone_step_m, isochrone_least_km2;
} result_table;

typedef struct result_level {
    const char *id, *title_fr, *title_en;
    const uint32_t *of_place;
    size_t group_count;
    const char *const *group_name;
} result_level;

typedef struct results {
    const char *title, *territory_title; /* of the run; of the perimeter */
    language language;
    const char *date;    /* ISO or NULL */
    const char *version; /* "0.1.0" */
    const char
        *fingerprint; /* first 12 hex digits of the manifest's hash of inputs and parameters */
    const result_table *tables;
    size_t table_count;
    /* Geometry of kept places, row for row with the table places. */
    int32_t epsg;             /* of borders, x_m, y_m; 4326 where there are several */
    const polygons *outlines; /* EPSG:4326; NULL when only points are known */
    const topology *borders;  /* in `epsg`; NULL with them */
    const polygons *context;  /* margin places in `epsg`; NULL */
    const double *place_lon, *place_lat, *place_x_m, *place_y_m;
    const double *venue_x_m, *venue_y_m; /* row for row with the table venues; NaN: not placed */
    /* Where places are cells: side of the square in metres, and the same run with its communes as
     * places: its table "places" is the table "communes" here. Lists, prose and sheets are by
     * commune, one cell alone has no meaning (METHODS.md section 8). 0 and NULL where places are
     * communes; by_commune is NULL in that second view too. */
    double cell_m;
    const struct results *by_commune;
    const result_level *levels;
    size_t level_count;
    /* The lines under each map, chart and table. */
    const char *champ_fr, *champ_en;   /* who and where it is about */
    const char *source_fr, *source_en; /* producers, vintages, "calculs bassin" */
    const char *note_fr, *note_en;     /* estimates and assumptions that apply to the whole run */
    const char *method_pages;          /* Markdown: one section a plugin, method_fr/en */
    const char *manifest_json;         /* run.json */
    const char *settled_json; /* the same without the digests of the files as they lie on disk:
                                 nothing in it changes with the order of their rows */
    arena *memory;
} results;

const result_table *results_find(const results *r, const char *name);
/* What to list, print and write about: communes, whatever the places are. */
static inline const results *results_of_communes(const results *r)
{
    return r->by_commune != NULL ? r->by_commune : r;
}
/* One row of totals: false when absent or not present. */
bool results_total(const results *r, const char *indicator, const char *name, double *value);

/* A writer of one kind of output; constant structs listed once in cli/main.c. */
typedef struct report_request {
    const char *folder;           /* the staging folder */
    const char *reference_folder; /* fonts, scripts and styles that ship with bassin */
    zygote *workers;
    int threads;
    progress *progress;
} report_request;
typedef struct report_writer {
    const char *id; /* as in formats: "gpkg" "xlsx" "html" "maps" "csv" */
    const char *title_fr, *title_en;
    status (*write)(const results *r, const report_request *request, error *err);
} report_writer;

#endif
