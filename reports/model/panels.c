/* One map: its classes, the class of each row, and the counts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reports/model/build.h"
#include "reports/model/classes.h"
#include "reports/model/messages.h"

enum { PALE = 0xf2f2ef, STATE_COUNT = VALUE_NOT_SIGNIFICANT + 1 };

/* The values of the columns that share their classes. */
typedef struct gathered {
    double *values; /* sorted */
    size_t count;
    bool whole, yes_no; /* all integers; all 0 or 1 */
} gathered;

static int by_value(const void *a, const void *b)
{
    const double *const x = a, *const y = b;
    return (*x > *y) - (*x < *y);
}

static status values_gather(const panel_source *sources, size_t count, gathered *out, error *err)
{
    size_t capacity = 0;
    for (size_t i = 0; i < count; i++)
        capacity += sources[i].table->rows->rows;
    *out =
        (gathered){.values = memory_new(capacity, sizeof(double)), .whole = true, .yes_no = true};
    if (!out->values)
        return memory_error(err, capacity * sizeof(double));
    for (size_t i = 0; i < count; i++) {
        const table *const t = sources[i].table->rows;
        for (size_t row = 0; row < t->rows; row++) {
            double v = 0;
            if (!value_number(&t->columns[sources[i].column], row, &v))
                continue;
            out->values[out->count++] = v;
            out->whole = out->whole && v == floor(v) && fabs(v) < 1e15;
            out->yes_no = out->yes_no && (v == 0 || v == 1);
        }
    }
    qsort(out->values, out->count, sizeof *out->values, by_value);
    return STATUS_OK;
}

/* Where to cut, and why there. */
typedef struct cuts {
    double breaks[CLASSES_MAX];
    size_t count;
    breaks_kind kind;
} cuts;

static cuts cuts_fixed(const result_map *map)
{
    cuts c = {.kind = BREAKS_FIXED};
    for (size_t i = 0; i < map->break_count && c.count < CLASSES_MAX - 1; i++) {
        if (c.count == 0 || map->breaks[i] > c.breaks[c.count - 1])
            c.breaks[c.count++] = map->breaks[i];
    }
    return c;
}

static cuts cuts_choose(const result_map *map, const gathered *g)
{
    if (map->palette == PALETTE_BINARY && g->yes_no)
        return (cuts){.breaks = {0.5}, .count = 1, .kind = BREAKS_YES_NO};
    if (map->breaks && map->break_count > 0)
        return cuts_fixed(map);
    if (g->yes_no && g->count > 0)
        return (cuts){.breaks = {0.5}, .count = 1, .kind = BREAKS_YES_NO};
    cuts c = {.kind = BREAKS_QUANTILE};
    c.count = classes_quantile(g->values, g->count, CLASSES_MAX - 1, c.breaks);
    classes_round(g->values, g->count, c.breaks, &c.count);
    if (c.count == 0)
        c.kind = BREAKS_SINGLE;
    return c;
}

/* The indicator's own words for its classes, where it has some. */
static status own_labels(const report_model *m, const result_map *map, const cuts *c,
                         const char **labels, error *err)
{
    const char *word = tr(m->lang, map->labels_fr, map->labels_en);
    for (size_t k = 0; word != NULL && k <= c->count; k++) {
        const size_t size = strcspn(word, "|");
        if (size > 0)
            labels[k] = arena_text_n(m->memory, word, size);
        if (labels[k] == NULL)
            return memory_error(err, size);
        word = word[size] == '|' ? word + size + 1 : NULL;
    }
    return STATUS_OK;
}

static status labels_make(const report_model *m, const gathered *g, const cuts *c,
                          const char **labels, error *err)
{
    if (c->kind == BREAKS_YES_NO) {
        labels[0] = tr(m->lang, M_CLASS_NO);
        labels[1] = tr(m->lang, M_CLASS_YES);
        return STATUS_OK;
    }
    const double lowest = g->count > 0 ? g->values[0] : 0;
    const bool whole = g->whole && g->count > 0;
    status s = class_labels(m->memory, m->lang, c->breaks, c->count, whole, lowest, labels, err);
    if (s != STATUS_OK)
        return s;
    /* "8" rather than "8 et plus" where nothing is above. */
    if (whole && c->count > 0 && g->values[g->count - 1] == ceil(c->breaks[c->count - 1])) {
        char number[64];
        (void)text_number(g->values[g->count - 1], 0, m->lang, number, sizeof number);
        labels[c->count] = arena_text(m->memory, number);
    }
    return labels[c->count] ? STATUS_OK : memory_error(err, 64);
}

/* Farthest first: what a reader asks about; then the gaps of the data. */
static const value_state state_order[] = {VALUE_BEYOND_LIMIT, VALUE_UNREACHABLE,
                                          VALUE_MISSING,      VALUE_NOT_APPLICABLE,
                                          VALUE_SECRET,       VALUE_NOT_SIGNIFICANT};

static size_t value_classes_fill(const cuts *c, const char *const *labels, const uint32_t *colours,
                                 map_class *out)
{
    for (size_t k = 0; k <= c->count; k++) {
        out[k] = (map_class){.label = labels[k],
                             .sign = "",
                             .colour = colours[k],
                             .fill = FILL_COLOUR,
                             .lower = k == 0 ? -INFINITY : c->breaks[k - 1],
                             .upper = k == c->count ? INFINITY : c->breaks[k]};
    }
    return c->count + 1;
}

static map_fill state_fill(value_state state)
{
    switch (state) {
    case VALUE_BEYOND_LIMIT:
        return FILL_HATCH;
    case VALUE_UNREACHABLE:
        return FILL_CROSS;
    case VALUE_NOT_APPLICABLE:
        return FILL_SLANT;
    case VALUE_SECRET:
    case VALUE_NOT_SIGNIFICANT:
        return FILL_PALE;
    case VALUE_PRESENT:
    case VALUE_MISSING:
        break;
    }
    return FILL_BLANK;
}

static size_t state_classes_fill(const report_model *m, const column *c, size_t rows, size_t at,
                                 map_class *out, uint8_t *class_of_state)
{
    size_t seen[STATE_COUNT] = {0};
    for (size_t row = 0; row < rows; row++)
        seen[column_state(c, row)]++;
    for (size_t i = 0; i < sizeof state_order / sizeof *state_order; i++) {
        const value_state state = state_order[i];
        if (seen[state] == 0)
            continue;
        class_of_state[state] = (uint8_t)at;
        out[at++] = (map_class){.label = state_title(state, m->lang),
                                .sign = state_sign(state, m->lang),
                                .colour = PALE,
                                .fill = state_fill(state),
                                .state = state,
                                .lower = NAN,
                                .upper = NAN};
    }
    return at;
}

static status rows_class(const report_model *m, const cuts *c, const uint8_t *class_of_state,
                         map_panel *panel, map_class *classes, error *err)
{
    const table *const t = panel->table->rows;
    const column *const values = &t->columns[panel->column];
    uint8_t *const of_row = arena_take(m->memory, t->rows + 1, sizeof *of_row);
    if (!of_row)
        return memory_error(err, t->rows);
    for (size_t row = 0; row < t->rows; row++) {
        double v = 0;
        const bool present = value_number(values, row, &v);
        of_row[row] = present ? (uint8_t)class_of(v, c->breaks, c->count)
                              : class_of_state[column_state(values, row)];
        if (of_row[row] == CLASS_NONE)
            continue;
        classes[of_row[row]].count++;
        if (panel->table == m->places)
            classes[of_row[row]].population += m->population[row];
    }
    panel->class_of_row = of_row;
    return STATUS_OK;
}

static bool of_functions(const result_column *hint)
{
    return hint->output && strstr(hint->output, "{function}") != NULL && hint->member < 8;
}

/* Open venues that have a point, and offer the map's function when it has one. */
static status venues_choose(const report_model *m, const result_column *hint, map_panel *panel,
                            error *err)
{
    if (!m->venues || !hint->map->show_venues)
        return STATUS_OK;
    const table *const t = m->venues->rows;
    uint8_t *const shown = arena_take(m->memory, t->rows + 1, sizeof *shown);
    if (!shown)
        return memory_error(err, t->rows);
    const char name[] = {
        'f', 'u', 'n', 'c', 't', 'i', 'o', 'n', '_', (char)('a' + hint->member % 8), '\0'};
    const column *const offers = of_functions(hint) ? table_find(t, name) : NULL;
    for (size_t v = 0; v < t->rows; v++) {
        double q = 1;
        const bool offered = !offers || (value_number(offers, v, &q) && q >= 0.5);
        shown[v] = m->venue_drawn[v] && offered;
    }
    panel->venue_shown = shown;
    return STATUS_OK;
}

static status panel_titles(const report_model *m, const char *sheet_title, map_panel *panel,
                           error *err)
{
    const column *const c = &panel->table->rows->columns[panel->column];
    const result_column *const hint = panel_hint(panel);
    const char *const own = tr(m->lang, c->title_fr, c->title_en);
    const char *const title = clean_copy(m->memory, own && *own ? own : c->name);
    const char *const unit = unit_title(c->unit, m->lang);
    const bool family = of_functions(hint);
    panel->letter = family ? arena_format(m->memory, "%c", 'a' + (int)hint->member) : "";
    panel->title = family ? arena_format(m->memory, "%s. %s", panel->letter,
                                         function_name(hint->member, m->lang))
                          : title;
    if (family)
        panel->legend_title = *unit ? unit : clean_copy(m->memory, sheet_title);
    else
        panel->legend_title = !*unit || (title && (strchr(title, '(') || strstr(title, unit)))
                                  ? title
                                  : arena_format(m->memory, "%s (%s)", title, unit);
    return title && panel->letter && panel->title && panel->legend_title ? STATUS_OK
                                                                         : memory_error(err, 128);
}

/* No class of values: every place in one that says why. */
static status panel_not_offered(const report_model *m, map_panel *panel, map_class *classes,
                                error *err)
{
    const size_t rows = panel->table->rows->rows;
    uint8_t *const of_row = arena_take(m->memory, rows + 1, sizeof *of_row);
    if (!of_row)
        return memory_error(err, rows);
    memset(of_row, 0, rows);
    classes[0] = (map_class){.label = tr(m->lang, M_CLASS_NOT_OFFERED),
                             .sign = "",
                             .colour = PALE,
                             .fill = FILL_PALE,
                             .state = VALUE_NOT_APPLICABLE,
                             .lower = NAN,
                             .upper = NAN,
                             .count = rows};
    for (size_t row = 0; panel->table == m->places && row < rows; row++)
        classes[0].population += m->population[row];
    panel->class_of_row = of_row;
    panel->value_class_count = 0;
    panel->class_count = 1;
    return STATUS_OK;
}

/* Two classes in words are a no and a yes. */
static const uint32_t *class_colours(const result_map *map, const cuts *c, uint32_t pair[2])
{
    const bool told = c->kind == BREAKS_YES_NO || (map->labels_fr && map->labels_en);
    if (c->count != 1 || !told)
        return palette_colours(map->palette, c->count + 1);
    palette_pair(map->palette, pair);
    return pair;
}

static status panel_fill(const report_model *m, const gathered *g, const cuts *c,
                         const char *sheet_title, map_panel *panel, error *err)
{
    const table *const t = panel->table->rows;
    const result_column *const hint = panel_hint(panel);
    const char *labels[CLASSES_MAX + 1] = {0};
    uint8_t class_of_state[STATE_COUNT];
    memset(class_of_state, CLASS_NONE, sizeof class_of_state);
    map_class *const classes = arena_take(m->memory, MAP_CLASSES_CAPACITY, sizeof *classes);
    if (!classes)
        return memory_error(err, MAP_CLASSES_CAPACITY * sizeof *classes);
    status s = labels_make(m, g, c, labels, err);
    if (s == STATUS_OK)
        s = own_labels(m, hint->map, c, labels, err);
    if (s == STATUS_OK)
        s = panel_titles(m, sheet_title, panel, err);
    if (s != STATUS_OK)
        return s;
    panel->kind = hint->map->kind == MAP_VENUES ? MAP_VENUES : MAP_CHOROPLETH;
    panel->palette = hint->map->palette;
    panel->breaks = c->kind;
    panel->whole = g->whole && g->count > 0;
    panel->estimate = hint->estimate;
    panel->classes = classes;
    panel->offered = !of_functions(hint) || m->function_offered[hint->member];
    if (!panel->offered)
        return panel_not_offered(m, panel, classes, err);
    uint32_t pair[2];
    panel->value_class_count =
        value_classes_fill(c, labels, class_colours(hint->map, c, pair), classes);
    panel->class_count = state_classes_fill(m, &t->columns[panel->column], t->rows,
                                            panel->value_class_count, classes, class_of_state);
    s = rows_class(m, c, class_of_state, panel, classes, err);
    return s == STATUS_OK ? venues_choose(m, hint, panel, err) : s;
}

status panels_build(const report_model *m, const panel_source *sources, size_t count,
                    const char *sheet_title, map_panel *out, error *err)
{
    gathered g = {0};
    status s = values_gather(sources, count, &g, err);
    if (s == STATUS_OK) {
        const cuts c = cuts_choose(sources[0].table->columns[sources[0].column].map, &g);
        for (size_t i = 0; i < count && s == STATUS_OK; i++) {
            out[i] = (map_panel){.table = sources[i].table, .column = sources[i].column};
            s = panel_fill(m, &g, &c, sheet_title, &out[i], err);
        }
    }
    memory_free(g.values);
    return s;
}
