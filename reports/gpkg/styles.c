#include "reports/gpkg/styles.h"

#include <math.h>
#include <string.h>

#include "reports/gpkg/messages.h"
#include "reports/gpkg/qml.h"
#include "reports/parcel/message.h"

/* Styles in the making. */
typedef struct making {
    const report_model *m;
    const char *place_layer; /* of the places of the model */
    arena *into;
    gpkg_style *list;
    size_t count, capacity;
} making;

/* Takes the text of the document. */
static status keep(making *k, gpkg_style style, text_buffer *qml, error *err)
{
    if (k->count == k->capacity) {
        size_t wanted = k->capacity ? 2 * k->capacity : 16;
        gpkg_style *grown = arena_take(k->into, wanted, sizeof *grown);
        if (!grown)
            return memory_error(err, wanted * sizeof *grown);
        if (k->count)
            memcpy(grown, k->list, k->count * sizeof *grown);
        k->list = grown;
        k->capacity = wanted;
    }
    const result_table *t = k->m->places && !strcmp(style.layer, k->place_layer)
                                ? k->m->places
                                : results_find(k->m->results, style.layer);
    if (t)
        qml_end(qml, t->rows, k->m->lang);
    style.qml = qml->failed || !qml->at ? NULL : arena_text(k->into, qml->at);
    text_buffer_clear(qml);
    if (!style.qml || !style.name)
        return memory_error(err, 1024);
    k->list[k->count++] = style;
    return STATUS_OK;
}

/* --- columns of places --- */

static qml_symbol place_symbol(const making *k, const map_class *c)
{
    bool outlines = k->m->results->borders || k->m->results->outlines;
    return (qml_symbol){.shape = outlines ? QML_FILL : QML_MARKER,
                        .colour = c->fill == FILL_COLOUR ? c->colour : 0x787878,
                        .hatched = c->fill != FILL_COLOUR,
                        .bare = k->m->cells,
                        .marker = "circle",
                        .size = 2};
}

/* The states that occur, as the one class of NULL. */
static bool missing_class(const making *k, const map_panel *p, text_buffer *label, qml_class *out)
{
    for (size_t i = p->value_class_count; i < p->class_count; i++) {
        if (p->classes[i].count == 0)
            continue;
        text_add(label, label->size ? " ; " : "");
        text_add(label, p->classes[i].label);
        out->symbol = place_symbol(k, &p->classes[i]);
    }
    out->label = label->at;
    return label->size > 0;
}

static status panel_style(making *k, const map_sheet *sheet, const map_panel *p, bool is_default,
                          error *err)
{
    qml_class classes[MAP_CLASSES_CAPACITY], missing = {.label = NULL};
    text_buffer qml = {.at = NULL}, label = {.at = NULL};
    size_t count =
        p->value_class_count < MAP_CLASSES_CAPACITY ? p->value_class_count : MAP_CLASSES_CAPACITY;
    for (size_t i = 0; i < count; i++) {
        classes[i] = (qml_class){.label = p->classes[i].label,
                                 .lower = p->classes[i].lower,
                                 .upper = p->classes[i].upper,
                                 .symbol = place_symbol(k, &p->classes[i])};
        if (p->table == k->m->venues)
            classes[i].symbol = (qml_symbol){.shape = QML_MARKER,
                                             .colour = p->classes[i].colour,
                                             .marker = "circle",
                                             .size = 2 + 0.6 * (double)i};
    }
    bool some_missing = missing_class(k, p, &label, &missing);
    missing.symbol.size = 1.6;
    if (p->table == k->m->venues)
        missing.symbol = (qml_symbol){
            .shape = QML_MARKER, .colour = 0x969696, .marker = "cross_fill", .size = 1.6};
    const qml_graduated g = {.column = p->table->rows->columns[p->column].name,
                             .classes = classes,
                             .count = count,
                             .missing = some_missing ? &missing : NULL};
    qml_begin(&qml);
    qml_by_classes(&qml, &g);
    qml.failed |= label.failed;
    text_buffer_clear(&label);
    const char *name = sheet->panel_count > 1
                           ? arena_format(k->into, "%s – %s", sheet->title, p->title)
                           : arena_text(k->into, sheet->title);
    return keep(k,
                (gpkg_style){.layer = p->table == k->m->places ? k->place_layer : p->table->name,
                             .name = name,
                             .description = p->legend_title,
                             .is_default = is_default},
                &qml, err);
}

static const map_panel *default_panel(const report_model *m)
{
    const map_panel *first = NULL;
    for (size_t s = 0; s < m->sheet_count; s++) {
        for (size_t i = 0; i < m->sheets[s].panel_count; i++) {
            const map_panel *p = &m->sheets[s].panels[i];
            if (p->table != m->places)
                continue;
            if (!strcmp(p->table->rows->columns[p->column].name, "minutes_nearest"))
                return p;
            first = first ? first : p;
        }
    }
    return first;
}

static status place_styles(making *k, error *err)
{
    const report_model *m = k->m;
    const map_panel *standard = default_panel(m);
    status s = STATUS_OK;
    for (size_t i = 0; i < m->sheet_count; i++) {
        for (size_t j = 0; !s && j < m->sheets[i].panel_count; j++) {
            const map_panel *p = &m->sheets[i].panels[j];
            if (p->offered && (p->table == m->places || p->table == m->venues))
                s = panel_style(k, &m->sheets[i], p, p == standard, err);
        }
    }
    return s;
}

/* --- venues, flows, sets --- */

static status family_style(making *k, error *err)
{
    static const char *const markers[] = {[MARKER_CIRCLE] = "circle",
                                          [MARKER_SQUARE] = "square",
                                          [MARKER_TRIANGLE] = "triangle",
                                          [MARKER_DIAMOND] = "diamond",
                                          [MARKER_CROSS] = "cross_fill"};
    qml_class classes[FAMILY_COUNT];
    text_buffer qml = {.at = NULL};
    const report_model *m = k->m;
    if (!m->venues)
        return STATUS_OK;
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        const venue_family *f = &m->families[i];
        classes[i] = (qml_class){.label = f->title,
                                 .value = f->code,
                                 .symbol = {.shape = QML_MARKER,
                                            .colour = f->colour,
                                            .marker = markers[f->shape],
                                            .size = 2.6}};
    }
    qml_class other = classes[FAMILY_COUNT - 1];
    other.label = tr(m->lang, M_STYLE_OTHER);
    other.value = "";
    const char *by =
        table_find(m->venues->rows, "family") ? "left(\"family\", 3)" : "left(\"kind\", 3)";
    qml_begin(&qml);
    qml_by_values(&qml, by, classes, FAMILY_COUNT, &other);
    return keep(k,
                (gpkg_style){.layer = m->venues->name,
                             .name = tr(m->lang, M_STYLE_FAMILIES),
                             .description = "",
                             .is_default = true},
                &qml, err);
}

static const char *workers_label(const making *k, double lower, double upper)
{
    char low[64], high[64];
    (void)text_number(lower, 0, k->m->lang, low, sizeof low);
    (void)text_number(upper, 0, k->m->lang, high, sizeof high);
    const char *label = isfinite(upper)
                            ? message_text(k->into, k->m->lang, M_STYLE_WORKERS_BETWEEN, low, high)
                            : message_text(k->into, k->m->lang, M_STYLE_WORKERS_OVER, low);
    return label ? label : "";
}

static status flow_style(making *k, const result_table *t, error *err)
{
    static const double steps[] = {0, 200, 500, 1000, 2000, INFINITY};
    enum { CLASSES = sizeof steps / sizeof *steps - 1 };
    qml_class classes[CLASSES];
    text_buffer qml = {.at = NULL};
    const qml_symbol plain = {.shape = QML_LINE, .colour = 0x5b2a86, .size = 0.4};
    for (size_t i = 0; i < CLASSES; i++) {
        classes[i] = (qml_class){.label = workers_label(k, steps[i], steps[i + 1]),
                                 .lower = steps[i],
                                 .upper = steps[i + 1],
                                 .symbol = plain};
        classes[i].symbol.size = 0.2 + 0.5 * (double)i;
    }
    const qml_graduated g = {
        .column = "workers", .classes = classes, .count = CLASSES, .sizes = true};
    qml_begin(&qml);
    if (table_find(t->rows, "workers"))
        qml_by_classes(&qml, &g);
    else
        qml_single(&qml, &plain);
    return keep(k,
                (gpkg_style){.layer = t->name,
                             .name = tr(k->m->lang, M_STYLE_FLOWS),
                             .description = "",
                             .is_default = true},
                &qml, err);
}

static status plain_style(making *k, const char *layer, uint32_t colour, const char *name,
                          error *err)
{
    text_buffer qml = {.at = NULL};
    const qml_symbol symbol = {.shape = QML_FILL, .colour = colour, .hollow = true};
    qml_begin(&qml);
    qml_single(&qml, &symbol);
    return keep(k,
                (gpkg_style){.layer = layer, .name = name, .description = "", .is_default = true},
                &qml, err);
}

/* The distinct limits of a table, ascending; 0: too many, or none. */
static size_t limits_of(const result_table *t, double limits[CLASSES_MAX])
{
    const column *const c = table_find(t->rows, "limit_min");
    size_t count = 0;
    for (size_t row = 0; c && row < t->rows->rows; row++) {
        double limit = 0;
        size_t at = 0;
        if (!value_number(c, row, &limit))
            continue;
        while (at < count && limits[at] < limit)
            at++;
        if (at < count && limits[at] == limit)
            continue;
        if (count == CLASSES_MAX - 1)
            return 0;
        memmove(limits + at + 1, limits + at, (count - at) * sizeof *limits);
        limits[at] = limit;
        count++;
    }
    return count;
}

static bool has_limits(const result_table *t)
{
    double limits[CLASSES_MAX];
    return limits_of(t, limits) > 0;
}

/* Regions of travel time: one colour a limit, the paler the shorter; nested ones of many venues as
 * lines. */
static status reach_style(making *k, const result_table *t, bool filled, error *err)
{
    double limits[CLASSES_MAX];
    qml_class classes[CLASSES_MAX];
    text_buffer qml = {.at = NULL};
    const size_t count = limits_of(t, limits);
    const uint32_t *const colours = palette_colours(PALETTE_YLGNBU, count + !filled);
    for (size_t i = 0; i < count; i++) {
        char number[48];
        (void)text_number(limits[i], limits[i] == floor(limits[i]) ? 0 : 1, k->m->lang, number,
                          sizeof number);
        const char *const label = message_text(k->into, k->m->lang, M_STYLE_MINUTES, number);
        classes[i] =
            (qml_class){.label = label ? label : "",
                        .lower = i > 0 ? (limits[i - 1] + limits[i]) / 2 : 0,
                        .upper = i + 1 < count ? (limits[i] + limits[i + 1]) / 2 : 2 * limits[i],
                        .symbol = {.shape = QML_FILL,
                                   .colour = colours[i + !filled],
                                   .hollow = !filled,
                                   .bare = filled}};
    }
    const qml_graduated g = {.column = "limit_min", .classes = classes, .count = count};
    qml_begin(&qml);
    qml_by_classes(&qml, &g);
    return keep(k,
                (gpkg_style){.layer = t->name,
                             .name = tr(k->m->lang, M_STYLE_REACH),
                             .description = t->isochrone_step_m > 0
                                                ? tr(k->m->lang, M_STYLE_ISOCHRONES)
                                                : tr(k->m->lang, M_STYLE_UNION),
                             .is_default = true},
                &qml, err);
}

static status other_styles(making *k, error *err)
{
    const results *r = k->m->results;
    status s = STATUS_OK;
    for (size_t i = 0; !s && i < r->table_count; i++) {
        const result_table *t = &r->tables[i];
        if (t->geometry == RESULT_LINES)
            s = flow_style(k, t, err);
        else if (t->geometry == RESULT_PLACE_SETS && t->set_outlines && has_limits(t))
            s = reach_style(k, t, strncmp(t->name, "reach", 5) == 0, err);
        else if (t->geometry == RESULT_PLACE_SETS && t->set_outlines)
            s = plain_style(k, t->name, strcmp(t->name, "gaps") ? 0x0072b2 : 0xb2182b,
                            tr(k->m->lang, M_STYLE_SETS), err);
        else if (t == k->m->places && !default_panel(k->m) && (r->borders || r->outlines))
            s = plain_style(k, k->place_layer, 0x5a5a5a, tr(k->m->lang, M_STYLE_PLACES), err);
    }
    return s;
}

status styles_build(const report_model *m, const report_model *communes, arena *into,
                    const gpkg_style **out, size_t *count, error *err)
{
    making k = {.m = m, .place_layer = "places", .into = into};
    status s = place_styles(&k, err);
    if (!s && communes) { /* venues, flows and sets are styled with the communes */
        k.m = communes;
        k.place_layer = "communes";
        s = place_styles(&k, err);
    }
    if (!s)
        s = family_style(&k, err);
    if (!s)
        s = other_styles(&k, err);
    *out = k.list;
    *count = k.count;
    return s;
}
