/* reports/model/build.h: the steps that fill a model, in this order. Private to this room. */
#ifndef REPORTS_MODEL_BUILD_H
#define REPORTS_MODEL_BUILD_H

#include "base/text.h"
#include "reports/model/model.h"

/* A clean copy in the arena; NULL gives "". NULL when out of memory. */
MUST_CHECK const char *clean_copy(arena *into, const char *text);
/* A message pair of messages.h filled in, in the arena; NULL when out of memory. */
MUST_CHECK const char *say(arena *into, language lang, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(3, 4, 5);
/* The text of a column on a row, or "" where the column is absent. */
const char *text_or_empty(const column *c, size_t row);

MUST_CHECK status senses_build(report_model *m, error *err);   /* of columns */
MUST_CHECK status display_build(report_model *m, error *err);  /* regions, outlines, borders */
MUST_CHECK status families_build(report_model *m, error *err); /* of venues */
void functions_offered(report_model *m);
MUST_CHECK status flow_lines_build(report_model *m, error *err);
MUST_CHECK status sheets_build(report_model *m, error *err);

/* The columns of one sheet become panels with shared breaks where they are one family. */
typedef struct panel_source {
    const result_table *table;
    size_t column;
} panel_source;
MUST_CHECK status panels_build(const report_model *m, const panel_source *sources, size_t count,
                               const char *sheet_title, map_panel *out, error *err);

/* Labels of classes between breaks; `whole` values read "1 à 2", others "1 à 2,5". */
MUST_CHECK status class_labels(arena *into, language lang, const double *breaks, size_t break_count,
                               bool whole, double lowest, const char **labels, error *err);
/* "minutes", "km", "pour 10 000 habitants"; "" when the unit says nothing to people. */
const char *unit_title(const char *unit, language lang);
/* "à vélo" for the suffix of a travel mode; "" for the first mode. */
MUST_CHECK const char *mode_title(arena *into, const char *mode, language lang);
const char *function_name(size_t f, language lang);

/* --- reach.c: tables whose rows are regions of travel time around open venues --- */
bool is_reach_table(const result_table *t);
MUST_CHECK status reach_panel(const report_model *m, const result_table *t, map_panel *panel,
                              error *err);
MUST_CHECK status reach_reading(const report_model *m, const map_panel *p, const char **out,
                                error *err);
MUST_CHECK status reach_note(const report_model *m, const map_panel *p, const char **out,
                             error *err);

/* The column of places that a column of groups of places was made of; SIZE_MAX: none. */
size_t column_of_places(const report_model *m, const result_table *t, size_t column_index);

/* --- readings.c: the line Lecture --- */
/* A line's text in `into`, its spaces such that no mark and no unit begins a line of the page. */
MUST_CHECK status keep_line(const report_model *m, arena *into, text_buffer *b, const char **out,
                            error *err);
MUST_CHECK status reading_of_panels(const report_model *m, const map_sheet *sheet, const char **out,
                                    error *err);
MUST_CHECK status reading_of_flows(const report_model *m, const char **out, error *err);
/* A row among those shown; "" when no value is known. */
MUST_CHECK status reading_of_column(const report_model *m, const result_table *t,
                                    size_t column_index, const rows_shown *shown, arena *into,
                                    const char **out, error *err);

/* --- lines.c, parameters.c: the line Note --- */
MUST_CHECK status sheet_lines(const report_model *m, map_sheet *sheet, error *err);
void note_add_sentence(text_buffer *b, const char *text);
/* "Paramètres : Temps limite 20 min (hypothèse)." */
MUST_CHECK status note_add_parameters(const report_model *m, const char *plugin, arena *into,
                                      text_buffer *b, error *err);

/* Where the panel's column comes from, and how it asks to be shown. */
static inline const result_column *panel_hint(const map_panel *p)
{
    return &p->table->columns[p->column];
}

#endif
