/* reports/model/model.h: what every report shows, derived once from the results.
 *
 * Map sheets with their classes, colours, counts and four lines; the display geometry; venues by
 * family; the main commuting flows. Immutable once built; read by any thread; texts are in the
 * results' language and safe to show (no control or bidi characters), but not escaped for any
 * format. */
#ifndef REPORTS_MODEL_MODEL_H
#define REPORTS_MODEL_MODEL_H

#include "engine/results/results.h"
#include "reports/model/numbers.h"
#include "reports/model/palette.h"

typedef enum map_fill {
    FILL_COLOUR = 0,
    FILL_HATCH, /* farther than the travel limit: dense hatching, dark on pale */
    FILL_CROSS, /* no path: the same, crossed */
    FILL_BLANK, /* not available: sparse hatching, falling */
    FILL_SLANT, /* not applicable, "///": sparse hatching, rising */
    FILL_PALE,  /* secret, not significant: pale, no hatching */
} map_fill;

/* One line of a legend. */
typedef struct map_class {
    const char
        *label; /* "moins de 10", "10 à 15", "45 et plus"; "hors d’atteinte (aucun chemin)" */
    const char *sign; /* the sign in tables: "…", "///"; "" for a class of values */
    uint32_t colour;  /* 0xRRGGBB */
    map_fill fill;
    value_state state; /* VALUE_PRESENT for a class of values */
    double lower,
        upper;    /* lower <= value < upper; -INFINITY and INFINITY at the ends; NaN for states */
    size_t count; /* rows (places, or venues) */
    double population; /* living there; 0 for venues */
} map_class;

enum { MAP_CLASSES_CAPACITY = CLASSES_MAX + 6, CLASS_NONE = 255 };

typedef enum breaks_kind {
    BREAKS_FIXED = 0,
    BREAKS_QUANTILE,
    BREAKS_SINGLE,
    BREAKS_YES_NO
} breaks_kind;

/* One map: a column of `places` as a choropleth, or of `venues` as symbols. */
typedef struct map_panel {
    const char *title;        /* "a. Travailler autrement" in a sheet of small maps */
    const char *letter;       /* "a" .. "h", or "" */
    const char *legend_title; /* "Temps de trajet (minutes)" */
    const result_table *table;
    size_t column; /* of table->rows */
    map_kind kind;
    palette_id palette;
    breaks_kind breaks;
    bool whole;                  /* whole numbers: classes are "1 à 2", "3", with both bounds in */
    const map_class *classes;    /* values from low to high, then states that occur */
    size_t class_count;          /* at most MAP_CLASSES_CAPACITY */
    size_t value_class_count;    /* the first ones are of values */
    const uint8_t *class_of_row; /* index into classes, one a row of the table */
    const uint8_t *venue_shown;  /* a row of venues: 1 to draw (open, placed, offering the panel's
                                  function);  NULL: no venues on this map */
    bool estimate;               /* the mark "e" */
    bool offered; /* false: no venue of the run offers its function. All places are then of one
                     class, which says so */
} map_panel;

/* INSEE's four lines under a map, a chart or a table, without their first word; "" when there is
 * none. */
typedef struct four_lines {
    const char *reading, *champ, *source, *note;
} four_lines;

typedef enum sheet_kind {
    SHEET_CHOROPLETH = 1,
    SHEET_VENUES,
    SHEET_FLOWS,
    SHEET_VENUE_VALUES,
    SHEET_REACH /* one panel; its table's set_outlines, drawn in row order */
} sheet_kind;

typedef struct map_sheet {
    const char *name; /* file name without extension: "02_temps_acces" */
    sheet_kind kind;
    const char *title, *subtitle;
    const map_panel *panels; /* SHEET_VENUES and SHEET_FLOWS may have none */
    size_t panel_count;
    bool same_classes; /* panels share breaks and palette: one legend for the sheet, */
    size_t key_panel;  /* that of this panel */
    bool estimate;
    four_lines lines;
    const char *description; /* one sentence for screen readers */
} map_sheet;

/* Families of venues, in the order of the taxonomy; colour and shape never used alone. */
typedef enum marker_shape {
    MARKER_CIRCLE = 0,
    MARKER_SQUARE,
    MARKER_TRIANGLE,
    MARKER_DIAMOND,
    MARKER_CROSS
} marker_shape;
typedef struct venue_family {
    const char *code, *title; /* "ART", "Artisanal" */
    uint32_t colour;
    marker_shape shape;
    size_t count; /* open venues with a point */
} venue_family;
enum { FAMILY_COUNT = 5 };

/* A part of the map drawn in a frame of its own: metropolitan France, La Réunion... One, unless the
 * results are in degrees over several of them. */
typedef struct map_region {
    const char *title; /* "" when there is only one */
    bounds extent;     /* of its places (outlines, else points), in the results' CRS */
    size_t place_count;
} map_region;
enum { REGIONS_MAX = 10 };

/* Commuters between two places, all modes and occupations together. */
typedef struct flow_line {
    double x_a, y_a, x_b, y_b; /* residence, work; in the results' CRS */
    double workers;
    uint32_t residence, work; /* rows of places; ROW_NONE for a work place outside the perimeter */
    const char *work_name;    /* clean; "" when no table names it */
} flow_line;
/* METHODS 8: flows under 200 are never shown alone. */
#define FLOW_SHOWN_FROM 200.0
enum { FLOW_LINES_MAX = 250 };

/* What the numbers of a column say. */
typedef enum number_sense {
    SENSE_NUMBER = 0,
    SENSE_YES_NO, /* 0 or 1, read as words */
    SENSE_SHARE   /* within 0 and 1, read in percent */
} number_sense;

typedef struct report_model report_model;
struct report_model {
    const results *results;
    language lang;
    bool cells;    /* places are grid cells, not communes */
    bool of_cells; /* communes whose access is the mean of their cells */
    /* Of cells: the model of their communes, whose land, borders and names are drawn with them;
     * NULL: places are drawn on their own land. Set by who draws. */
    const report_model *land;
    const char *places_word;             /* "communes", "carreaux" */
    const result_table *places, *venues; /* NULL when the run has none */
    const double *population; /* a row of places, that of their cells where of_cells; 0 where not
                                 present */
    const char *const *place_name, *const *place_code; /* clean; "" when unknown */
    const char *const *venue_name;
    const uint8_t *venue_family; /* a row of venues: index into families */
    const uint8_t *venue_drawn;  /* a row of venues: 1 when open and placed */
    size_t venue_not_placed, venue_not_open;
    /* Some open and placed venue offers it (weight of at least one half), or some place has one
     * within reach. */
    bool function_offered[8];
    venue_family families[FAMILY_COUNT];
    /* Display geometry, simplified for a page (or a screen), in the results' CRS; NULL: only
     * points. */
    topology *borders;
    polygons *outlines;              /* the same, as rings, row for row with places */
    map_region regions[REGIONS_MAX]; /* the one with most places first */
    size_t region_count;
    const uint8_t *region_of_place; /* a row of places */
    const map_sheet *sheets;
    size_t sheet_count;
    const flow_line *flows; /* largest first */
    size_t flow_count;
    size_t flow_hidden;           /* main flows of 200 and more that are not among the largest */
    const uint8_t *const *senses; /* a table of the results, a column: number_sense */
    arena *memory;
};

static inline const report_model *report_model_land(const report_model *m)
{
    return m->land ? m->land : m;
}

/* Borrows `r`, which must outlive the model. */
MUST_CHECK status report_model_build(const results *r, report_model **out, error *err);
void report_model_free(report_model *m);
const map_sheet *report_model_sheet(const report_model *m, const char *name); /* NULL when absent */

/* Of tables of the results, and of copies of them with the same columns. */
number_sense number_sense_of(const report_model *m, const result_table *t, size_t column_index);
/* A yes or no in the words of the column's map, else "oui", "non". Returns bytes needed. */
size_t yes_no_word(const report_model *m, const result_table *t, size_t column_index, bool yes,
                   char *buffer, size_t size);
/* value_for_people, but a yes or no in words, and a share in percent. */
size_t value_in_words(const report_model *m, const result_table *t, size_t column_index, size_t row,
                      bool with_unit, char *buffer, size_t size);

/* Rows of a table that are shown: `rows` NULL for all of them. */
typedef struct rows_shown {
    const size_t *rows;
    size_t count;
} rows_shown;
/* The four lines of one column of a table (workbook sheets, charts); a row that is shown is read.
 * Texts live in `into`. */
MUST_CHECK status four_lines_of(const report_model *m, const result_table *t, size_t column_index,
                                const rows_shown *shown, arena *into, four_lines *out, error *err);
/* Whether its indicator gives a sentence to read the column, of a place or of a group of them. */
bool has_sentence(const report_model *m, const result_table *t, size_t column_index);

/* An indicator that does not come with bassin. */
bool is_added_indicator(const report_model *m, const char *plugin);
/* Title of a row of `parameters`, with its indicator's where several bear it; NULL: no memory. */
const char *parameter_title_at(const report_model *m, size_t row, arena *into);
/* "10;20" as "10 ; 20 min", "a=10;b=20" as "a : 10, b : 20 min"; one value where all functions have
 * the same. NULL: no memory. */
const char *parameter_value_said(arena *into, language lang, const char *text,
                                 const char *unit_label);
/* With the decimals it needs, four at most. */
void text_add_shortest(text_buffer *to, double value, language lang);
/* "Lecture", "Champ", "Source", "Note" in the model's language. */
typedef enum line_word { LINE_READING = 0, LINE_CHAMP, LINE_SOURCE, LINE_NOTE } line_word;
const char *line_word_text(line_word w, language lang);

#endif
