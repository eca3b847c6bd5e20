/* engine/results/results_model.h: results being built. Private to this room. */
#ifndef ENGINE_RESULTS_MODEL_H
#define ENGINE_RESULTS_MODEL_H

#include "engine/inputs/caution.h"
#include "engine/plan/plan_model.h"
#include "engine/results/results.h"

/* Flows below this many workers are never listed alone (METHODS.md sections 0.10 and 8). */
#define FLOW_LISTED_WORKERS 200.0

/* Results and what they own. `seen` is first: results_free finds its way back. */
typedef struct results_owned {
    results seen;
    result_table *tables;
    size_t table_count, table_capacity;
    table **rows;      /* of the tables, to free */
    polygons **shapes; /* outlines, context, place sets */
    size_t shape_count, shape_capacity;
    table *apart[4]; /* those seen through `with_lines` */
    size_t apart_count;
    topology *borders;
    /* where places are cells: the view by commune and what it owns */
    results communes;
    result_table *commune_tables;
    topology *commune_borders;
} results_owned;

typedef struct result_input {
    const char *role;
    const imported *rows;
} result_input;

/* Everything at hand while results are built. */
typedef struct build {
    const run_data *d;
    const plan *p;
    const imported *const *inputs;
    const char *const *input_roles;
    size_t input_count;
    const sha256_hex *input_content; /* imported_digest of each */
    const costs_facts *const *cost_facts;
    results_owned *r;
    arena *memory;      /* of the results */
    size_t *place_rows; /* kept places */
    size_t place_count;
    uint32_t *row_of_place; /* result row, PLACE_NONE for the margin */
    /* the communes; the same as the places where these are communes */
    const territory *communes;
    size_t *commune_rows;
    size_t commune_count;
    uint32_t *row_of_commune;
    size_t *venue_rows; /* listed venues */
    size_t venue_count;
    size_t caution_count; /* kept places where an estimate of travel is insuffisante */
    bool **estimate;      /* [plugin][job]: rests on estimates or assumed shares */
} build;

/* A table under construction: its builder and, column by column, where it comes from. */
typedef struct maker {
    build *b;
    table_builder *builder;
    result_column *columns;
    size_t count, capacity;
    size_t rows;
} maker;

/* --- results_maker.c --- */
MUST_CHECK status maker_begin(maker *m, build *b, const char *name, error *err);
void maker_end(maker *m); /* takes an emptied or half-made maker */
MUST_CHECK status maker_column(maker *m, const column_spec *spec, const result_column *from,
                               size_t *index, error *err);
MUST_CHECK status maker_rows(maker *m, size_t rows, error *err);
MUST_CHECK status maker_text(maker *m, size_t column_index, size_t row, const char *text,
                             error *err);
/* Copies rows[0..m->rows) of a column; rows NULL: in place. */
typedef struct value_source {
    column_type type;
    const void *values;
    const uint8_t *state;
    const words *words;
} value_source;
MUST_CHECK status maker_copy(maker *m, size_t column_index, const value_source *from,
                             const size_t *rows, error *err);
value_source source_of_column(const column *c);
value_source source_of_made(const made_output *o, const made_column *c);
/* Freezes the table and lists it among the results; `shape` gives titles, sheet and geometry. */
MUST_CHECK status maker_finish(maker *m, const result_table *shape, error *err);
/* Lists a table that is built already; takes `rows` in every case. */
MUST_CHECK status results_list(build *b, table *rows, const result_table *shape, error *err);
/* A table that is not listed, freed with the results. */
void results_own_table(build *b, table *rows);
MUST_CHECK status results_own_shape(build *b, polygons *shape, error *err);
const char *base_name_of(const char *path);
/* A copy in the results' memory of where a made column comes from. */
MUST_CHECK status result_column_of(build *b, size_t plugin, size_t job, const made_output *o,
                                   size_t member, result_column *out, error *err);

/* --- results_places.c, results_communes.c, results_flows.c, results_facts.c --- */
/* A column taken from a loaded table, with the title used when that table gives none. */
typedef struct wanted_base {
    const char *name, *title_fr, *title_en, *unit;
    column_type type;
    int32_t decimals;
} wanted_base;
MUST_CHECK status base_columns(maker *m, const wanted_base *wanted, size_t count, const table *from,
                               error *err);
/* A loaded table that lacks a column leaves it missing. */
MUST_CHECK status base_values(maker *m, const wanted_base *wanted, size_t count, const table *from,
                              const size_t *rows, error *err);
/* Columns of places and communes: code to lat. */
enum { PLACE_POPULATION = 2, PLACE_BORDER = 8, PLACE_COLUMNS = 12 };
extern const wanted_base place_columns[PLACE_COLUMNS];
/* 1 where something outside the loaded data could be nearer than what was found in it. */
MUST_CHECK status border_values(maker *m, const territory *t, const size_t *rows, error *err);

/* Zonings and numbers by commune, after the rest: territory/context.h; NULL: nothing given. */
MUST_CHECK status context_columns(maker *m, const table *from, size_t *first, error *err);
MUST_CHECK status context_values(maker *m, const table *from, size_t first, const size_t *rows,
                                 error *err);

/* Walks the columns that plugins made in a table. */
typedef status (*column_visit)(maker *m, size_t plugin, size_t job, const made_output *o,
                               size_t member, size_t *next, const void *context, error *err);
MUST_CHECK status visit_columns(maker *m, const char *table_name, column_visit visit, size_t first,
                                const void *context, error *err);
column_spec spec_of_made(const made_output *o, const made_column *c);
/* The spec of a column of sums or means. */
column_spec spec_of_aggregate(const made_output *o, const made_column *c);
status declare_made(maker *m, size_t plugin, size_t job, const made_output *o, size_t member,
                    size_t *next, const void *context, error *err);
status copy_made(maker *m, size_t plugin, size_t job, const made_output *o, size_t member,
                 size_t *next, const void *context, error *err);
/* Where a weight's values are: a column of the ground, or of a plugin on it. */
value_source weight_source(const build *b, const plan_ground *ground, const char *name);

MUST_CHECK status results_places(build *b, error *err);
MUST_CHECK status results_communes(build *b, error *err);
/* The view of the run by commune, once everything else is built. */
MUST_CHECK status results_by_commune(build *b, error *err);
MUST_CHECK status results_venues(build *b, error *err);
MUST_CHECK status results_placements(build *b, error *err);
MUST_CHECK status results_territories(build *b, error *err);
MUST_CHECK status results_flows(build *b, error *err);
MUST_CHECK status results_plugin_tables(build *b, error *err);
MUST_CHECK status results_totals(build *b, error *err);
MUST_CHECK status results_parameters(build *b, error *err);
MUST_CHECK status results_balance(build *b, error *err);
MUST_CHECK status results_series(build *b, error *err);
MUST_CHECK status results_vintages(build *b, error *err);
/* --- results_sources.c --- */
MUST_CHECK status results_sources(build *b, error *err);
/* A file of roads, or a network made of it. */
typedef struct road_source {
    const char *file; /* without its folder */
    const char *title_fr, *title_en, *producer_fr, *producer_en, *licence_fr, *licence_en;
    const char *credit_fr, *credit_en; /* the producer as a line of sources names it */
    uint64_t ways;                     /* 0: not known */
} road_source;
/* The roads that a travel mode goes by; false when it does not, or when an earlier mode goes by the
 * same file. */
bool road_source_at(const build *b, size_t mode, road_source *out);
/* --- results_indicators.c --- */
MUST_CHECK status results_indicators(build *b, error *err);
MUST_CHECK status results_warnings(build *b, error *err);
MUST_CHECK status results_dictionary(build *b, error *err);
const char *encoding_word(encoding e);
/* Name of the file without its folder. */
const char *input_file(const imported *in);
/* --- results_sets.c, results_shapes.c --- */
MUST_CHECK status results_shapes(build *b, error *err);
/* Outlines, borders, points and levels of the kept rows of a territory into `r`. */
MUST_CHECK status results_ground(build *b, const territory *t, const size_t *rows, size_t count,
                                 results *r, topology **borders, error *err);
MUST_CHECK status results_sets(build *b, const made_table *t, result_table *shape, error *err);
/* --- results_reach.c --- */
/* outlines[t] of each table t of the job whose rows are what reaches venues within limits, where
 * travel in its mode is by road and places are communes; the others stay NULL. Owned by the
 * results. */
MUST_CHECK status results_reach(build *b, const plugin_job *job, const polygons **outlines,
                                struct isochrone_facts *facts, error *err);
/* --- results_lines.c --- */
/* Whether an indicator of the run rests on travel estimated in a straight line. */
bool travel_is_estimated(const build *b);
MUST_CHECK status results_lines(build *b, error *err);
/* --- manifest.c --- */
MUST_CHECK status results_manifest(build *b, error *err);

/* --- aggregate.c --- */
/* Kept members of every group of one level, in place order (CSR over groups). */
typedef struct members {
    uint64_t *start;
    uint32_t *place;
} members;
MUST_CHECK status members_build(const territory *t, const grouping *g, members *out, error *err);
void members_clear(members *m);
typedef struct aggregate_rule {
    uint32_t rule; /* BASSIN_AGGREGATE_... */
    value_source value, weight;
    double *work; /* 2 * place_count */
    size_t places;
} aggregate_rule;
value_state aggregate_group(const aggregate_rule *a, const members *m, size_t group, double *out);

/* What a job's columns are worth: done, and not failed. */
static inline bool job_counts(const plugin_job *job)
{
    return job->done && !job->failed;
}

#endif
