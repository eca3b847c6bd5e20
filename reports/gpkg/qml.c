#include "reports/gpkg/qml.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* NULL is no value of a class: it is shown as this number, in a class of its own. */
#define STAND_IN 1e12
/* A class holds its lower bound and not its upper one; QGIS gives a bound to the first class. */
#define BOUND_GAP 1e-9

static void attribute(text_buffer *out, const char *name, const char *value)
{
    text_add_format(out, " %s=\"", name);
    text_add_markup(out, text_slice_of(value, strlen(value)));
    text_add(out, "\"");
}

void qml_column(text_buffer *out, const char *name)
{
    text_add(out, "\"");
    for (; *name; name++)
        text_add_n(out, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
    text_add(out, "\"");
}

/* --- symbols --- */

typedef struct property {
    const char *key;
    char value[48];
} property;

/* Old and new spelling: QGIS before 3.18 reads the second one only. */
static void properties_add(text_buffer *out, const property *list, size_t count)
{
    text_add(out, "<Option type=\"Map\">");
    for (size_t i = 0; i < count; i++)
        text_add_format(out, "<Option name=\"%s\" type=\"QString\" value=\"%s\"/>", list[i].key,
                        list[i].value);
    text_add(out, "</Option>");
    for (size_t i = 0; i < count; i++)
        text_add_format(out, "<prop k=\"%s\" v=\"%s\"/>", list[i].key, list[i].value);
}

static property colour_of(const char *key, uint32_t colour, unsigned alpha)
{
    property p = {.key = key};
    (void)snprintf(p.value, sizeof p.value, "%u,%u,%u,%u", (colour >> 16) & 0xff,
                   (colour >> 8) & 0xff, colour & 0xff, alpha);
    return p;
}

static property text_of(const char *key, const char *value)
{
    property p = {.key = key};
    (void)snprintf(p.value, sizeof p.value, "%s", value);
    return p;
}

static property number_of(const char *key, double value)
{
    property p = {.key = key};
    (void)text_from_f64(value, p.value, sizeof p.value);
    return p;
}

static void fill_add(text_buffer *out, const qml_symbol *s)
{
    const property list[] = {colour_of("color", s->colour, s->hollow ? 70 : 255),
                             text_of("style", s->hatched ? "b_diagonal" : "solid"),
                             colour_of("outline_color", s->hollow ? s->colour : 0x787878, 255),
                             text_of("outline_style", s->bare ? "no" : "solid"),
                             number_of("outline_width", s->hollow ? 0.4 : 0.1),
                             text_of("outline_width_unit", "MM"),
                             text_of("joinstyle", "bevel")};
    text_add(out, "<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">");
    properties_add(out, list, sizeof list / sizeof *list);
}

static void marker_add(text_buffer *out, const qml_symbol *s)
{
    const property list[] = {colour_of("color", s->colour, 255),
                             text_of("name", s->marker),
                             number_of("size", s->size),
                             text_of("size_unit", "MM"),
                             colour_of("outline_color", 0xffffff, 255),
                             text_of("outline_style", "solid"),
                             number_of("outline_width", 0.2),
                             text_of("outline_width_unit", "MM")};
    text_add(out, "<layer class=\"SimpleMarker\" enabled=\"1\" locked=\"0\" pass=\"0\">");
    properties_add(out, list, sizeof list / sizeof *list);
}

static void line_add(text_buffer *out, const qml_symbol *s)
{
    const property list[] = {colour_of("line_color", s->colour, 200),
                             number_of("line_width", s->size),
                             text_of("line_width_unit", "MM"),
                             text_of("line_style", "solid"),
                             text_of("capstyle", "round"),
                             text_of("joinstyle", "round")};
    text_add(out, "<layer class=\"SimpleLine\" enabled=\"1\" locked=\"0\" pass=\"0\">");
    properties_add(out, list, sizeof list / sizeof *list);
}

static void symbol_add(text_buffer *out, const qml_symbol *s, size_t number)
{
    static const char *const types[] = {
        [QML_FILL] = "fill", [QML_MARKER] = "marker", [QML_LINE] = "line"};
    text_add_format(
        out, "<symbol name=\"%zu\" type=\"%s\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">",
        number, types[s->shape]);
    if (s->shape == QML_FILL)
        fill_add(out, s);
    else if (s->shape == QML_MARKER)
        marker_add(out, s);
    else
        line_add(out, s);
    text_add(out, "</layer></symbol>\n");
}

/* --- documents --- */

void qml_begin(text_buffer *out)
{
    text_add(out, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                  "<qgis version=\"3.22.0\" styleCategories=\"Symbology|Fields\">\n");
}

void qml_end(text_buffer *out, const table *rows, language lang)
{
    text_add(out, "<blendMode>0</blendMode>\n<aliases>\n");
    for (size_t c = 0; c < rows->column_count; c++) {
        const char *title = tr(lang, rows->columns[c].title_fr, rows->columns[c].title_en);
        if (!title || !*title)
            continue;
        text_add(out, "<alias");
        attribute(out, "field", rows->columns[c].name);
        attribute(out, "name", title);
        text_add_format(out, " index=\"%zu\"/>\n", c + 1); /* after the identifier */
    }
    text_add(out, "</aliases>\n</qgis>\n");
}

static void begin(text_buffer *out, const char *type)
{
    text_add_format(
        out, "<renderer-v2 type=\"%s\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"",
        type);
}

static void end(text_buffer *out)
{
    text_add(out, "</renderer-v2>\n");
}

void qml_single(text_buffer *out, const qml_symbol *symbol)
{
    begin(out, "singleSymbol");
    text_add(out, ">\n<symbols>\n");
    symbol_add(out, symbol, 0);
    text_add(out, "</symbols>\n");
    end(out);
}

static void range_add(text_buffer *out, const qml_class *c, double lower, double upper,
                      size_t number)
{
    char low[64], high[64];
    (void)text_from_f64(isfinite(lower) ? lower : -STAND_IN, low, sizeof low);
    (void)text_from_f64(isfinite(upper) ? upper - BOUND_GAP : STAND_IN / 2, high, sizeof high);
    text_add_format(out, "<range lower=\"%s\" upper=\"%s\" symbol=\"%zu\" render=\"true\"", low,
                    high, number);
    attribute(out, "label", c->label);
    text_add(out, "/>\n");
}

void qml_by_classes(text_buffer *out, const qml_graduated *g)
{
    text_buffer expression = {.at = NULL};
    if (g->missing)
        text_add(&expression, "coalesce(");
    qml_column(&expression, g->column);
    if (g->missing)
        text_add(&expression, ", 1000000000000)");
    begin(out, "graduatedSymbol");
    attribute(out, "attr", expression.at ? expression.at : "");
    out->failed |= expression.failed;
    text_buffer_clear(&expression);
    text_add_format(out, " graduatedMethod=\"%s\">\n<ranges>\n",
                    g->sizes ? "GraduatedSize" : "GraduatedColor");
    for (size_t i = 0; i < g->count; i++)
        range_add(out, &g->classes[i], g->classes[i].lower, g->classes[i].upper, i);
    if (g->missing)
        range_add(out, g->missing, STAND_IN - 1, STAND_IN + 1, g->count);
    text_add(out, "</ranges>\n<symbols>\n");
    for (size_t i = 0; i < g->count; i++)
        symbol_add(out, &g->classes[i].symbol, i);
    if (g->missing)
        symbol_add(out, &g->missing->symbol, g->count);
    text_add(out, "</symbols>\n");
    end(out);
}

static void category_add(text_buffer *out, const qml_class *c, size_t number)
{
    text_add_format(out, "<category symbol=\"%zu\" render=\"true\" type=\"string\"", number);
    attribute(out, "value", c->value);
    attribute(out, "label", c->label);
    text_add(out, "/>\n");
}

void qml_by_values(text_buffer *out, const char *expression, const qml_class *classes, size_t count,
                   const qml_class *other)
{
    begin(out, "categorizedSymbol");
    attribute(out, "attr", expression);
    text_add(out, ">\n<categories>\n");
    for (size_t i = 0; i < count; i++)
        category_add(out, &classes[i], i);
    category_add(out, other, count);
    text_add(out, "</categories>\n<symbols>\n");
    for (size_t i = 0; i < count; i++)
        symbol_add(out, &classes[i].symbol, i);
    symbol_add(out, &other->symbol, count);
    text_add(out, "</symbols>\n");
    end(out);
}
