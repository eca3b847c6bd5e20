/* Maps of what is within reach of an open venue: the bands between limits, drawn as regions of
 * travel time. */
#include <math.h>
#include <string.h>

#include "reports/model/build.h"
#include "reports/model/messages.h"

bool is_reach_table(const result_table *t)
{
    return strncmp(t->name, "reach", strlen("reach")) == 0 && t->set_outlines &&
           t->isochrone_step_m > 0 && t->rows->rows > 0 && table_find(t->rows, "limit_min") &&
           table_find(t->rows, "population") && table_find(t->rows, "places");
}

static double number_at(const result_table *t, const char *name, size_t row)
{
    double value = 0;
    return value_number(table_find(t->rows, name), row, &value) ? value : 0;
}

/* "10 ou moins", "plus de 10 à 20": limits are inclusive. */
static const char *band_label(const report_model *m, double inner, double outer)
{
    char low[48], high[48];
    (void)text_number(inner, inner == floor(inner) ? 0 : 1, m->lang, low, sizeof low);
    (void)text_number(outer, outer == floor(outer) ? 0 : 1, m->lang, high, sizeof high);
    return inner > 0 ? say(m->memory, m->lang, M_CLASS_BAND, low, high)
                     : say(m->memory, m->lang, M_CLASS_WITHIN, high);
}

/* Rows come from the longest limit; classes from the shortest. Beyond CLASSES_MAX limits the
 * longest are drawn. */
static status bands_fill(const report_model *m, map_panel *panel, error *err)
{
    const result_table *const t = panel->table;
    const size_t rows = t->rows->rows, count = rows < CLASSES_MAX ? rows : CLASSES_MAX;
    map_class *const classes = arena_take(m->memory, count, sizeof *classes);
    uint8_t *const of_row = arena_take(m->memory, rows, 1);
    if (!classes || !of_row)
        return memory_error(err, rows * sizeof *classes);
    memset(of_row, CLASS_NONE, rows);
    const uint32_t *const colours = palette_colours(panel->palette, count);
    for (size_t k = 0; k < count; k++) {
        const size_t row = count - 1 - k;
        const double outer = number_at(t, "limit_min", row),
                     inner = k > 0 ? number_at(t, "limit_min", row + 1) : 0;
        classes[k] = (map_class){.label = band_label(m, inner, outer),
                                 .sign = "",
                                 .colour = colours[k],
                                 .fill = FILL_COLOUR,
                                 .lower = k > 0 ? inner : -INFINITY,
                                 .upper = outer,
                                 .count = (size_t)number_at(t, "places", row) -
                                          (k > 0 ? (size_t)number_at(t, "places", row + 1) : 0),
                                 .population = number_at(t, "population", row) -
                                               (k > 0 ? number_at(t, "population", row + 1) : 0)};
        of_row[row] = (uint8_t)k;
        if (!classes[k].label)
            return memory_error(err, 64);
    }
    panel->classes = classes;
    panel->class_of_row = of_row;
    panel->class_count = panel->value_class_count = count;
    return STATUS_OK;
}

status reach_panel(const report_model *m, const result_table *t, map_panel *panel, error *err)
{
    *panel = (map_panel){.table = t,
                         .kind = MAP_CHOROPLETH,
                         .palette = PALETTE_YLGNBU,
                         .breaks = BREAKS_FIXED,
                         .whole = true,
                         .title = "",
                         .letter = "",
                         .legend_title = tr(m->lang, M_LEGEND_REACH),
                         .venue_shown = m->venue_drawn,
                         .offered = true};
    for (size_t c = 0; c < t->rows->column_count; c++)
        if (strcmp(t->rows->columns[c].name, "limit_min") == 0)
            panel->column = c;
    return bands_fill(m, panel, err);
}

/* The shortest limit: the last row. */
status reach_reading(const report_model *m, const map_panel *p, const char **out, error *err)
{
    char limit[48], persons[64], share[48];
    const size_t row = p->table->rows->rows - 1;
    const double minutes = number_at(p->table, "limit_min", row);
    (void)text_number(minutes, minutes == floor(minutes) ? 0 : 1, m->lang, limit, sizeof limit);
    (void)text_number(number_at(p->table, "population", row), 0, m->lang, persons, sizeof persons);
    (void)text_number(number_at(p->table, "share", row), 1, m->lang, share, sizeof share);
    *out = say(m->memory, m->lang, M_READING_REACH, persons, share, limit);
    return *out ? STATUS_OK : memory_error(err, 256);
}

status reach_note(const report_model *m, const map_panel *p, const char **out, error *err)
{
    char step[48], area[48];
    const double step_m = p->table->isochrone_step_m;
    (void)text_number(step_m, 0, m->lang, step, sizeof step);
    (void)text_number(p->table->isochrone_least_km2, 2, m->lang, area, sizeof area);
    *out = say(m->memory, m->lang, M_NOTE_REACH, step, area);
    return *out ? STATUS_OK : memory_error(err, 256);
}
