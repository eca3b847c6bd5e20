/* The key of a sheet. */
#include "reports/maps/legend.h"

#include <math.h>
#include <string.h>

#include "reports/maps/messages.h"
#include "reports/maps/overlay.h"

#define SWATCH_W 19.0
#define SWATCH_H 10.0
#define TEXT_AT 26.0
#define GROUP_GAP 10.0
enum { INK = 0x16181b, GREY_INK = 0x4a4f54 };

static legend_item *item_add(legend *l, legend_kind kind, const char *text)
{
    /* The last place is kept for what overflows: a legend of 96 lines is no legend. */
    legend_item *const item =
        &l->items[l->count < LEGEND_ITEMS - 1 ? l->count++ : LEGEND_ITEMS - 1];
    *item = (legend_item){.kind = kind, .text = text ? text : ""};
    return item;
}

/* "10 à 15 (66)"; a state begins with the sign that tables show. */
static const char *class_text(legend *l, const report_model *m, const map_class *k,
                              const char *const counted)
{
    char number[48];
    (void)text_number((double)k->count, 0, m->lang, number, sizeof number);
    const bool sign = *k->sign && strlen(k->sign) <= 4;
    return arena_format(l->memory, "%s%s%s%s%s%s", sign ? k->sign : "", sign ? "\xc2\xa0: " : "",
                        k->label, *counted ? "\xc2\xa0 (" : "", *counted ? number : "",
                        *counted ? ")" : "");
}

static void add_classes(legend *l, const report_model *m, const map_panel *p, const char *title,
                        const char *counted)
{
    const bool venues = p->kind == MAP_VENUES;
    (void)item_add(l, LEGEND_TITLE, title);
    for (size_t k = 0; k < p->class_count; k++) {
        const bool state = p->classes[k].state != VALUE_PRESENT;
        legend_item *const item = item_add(l,
                                           !venues ? LEGEND_CLASS
                                           : state ? LEGEND_MARKER
                                                   : LEGEND_CIRCLE,
                                           class_text(l, m, &p->classes[k], counted));
        item->k = &p->classes[k];
        item->dots = !m->outlines;
        if (venues) {
            item->colour = state ? 0x9a9a96 : p->classes[k].colour;
            item->shape = MARKER_CROSS;
            item->size = state ? 2.2 : 4.2;
        }
    }
}

static const char *counted_text(const report_model *m, const map_panel *p)
{
    if (p->kind == MAP_VENUES)
        return tr(m->lang, M_LEGEND_COUNT_VENUES);
    return m->cells ? tr(m->lang, M_LEGEND_COUNT_CELLS) : tr(m->lang, M_LEGEND_COUNT_COMMUNES);
}

static bool has_negative(const map_panel *p)
{
    double v = 0;
    for (size_t row = 0; row < p->table->rows->rows; row++) {
        if (value_number(&p->table->rows->columns[p->column], row, &v) && v < 0)
            return true;
    }
    return false;
}

static void add_venue_values(legend *l, const report_model *m, const map_panel *p)
{
    static const double shares[] = {1, 0.25};
    const double largest = panel_largest(p);
    const column *const c = &p->table->rows->columns[p->column];
    (void)item_add(l, LEGEND_TITLE, tr(m->lang, M_LEGEND_AREA));
    for (size_t i = 0; i < 2 && largest > 0; i++) {
        char number[64];
        (void)quantity_for_people(largest * shares[i], c->unit, 0, true, m->lang, number,
                                  sizeof number);
        legend_item *const item = item_add(l, LEGEND_CIRCLE, arena_text(l->memory, number));
        item->size = value_radius(largest * shares[i], largest);
        item->colour = 0xe4e4e0;
    }
    if (has_negative(p)) {
        legend_item *const item = item_add(l, LEGEND_CIRCLE, tr(m->lang, M_LEGEND_NEGATIVE));
        item->hollow = true;
        item->size = 4.2;
    }
}

static void add_families(legend *l, const report_model *m)
{
    (void)item_add(l, LEGEND_TITLE, tr(m->lang, M_LEGEND_FAMILIES));
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        const venue_family *const f = &m->families[i];
        char number[48];
        if (f->count == 0)
            continue;
        (void)text_number((double)f->count, 0, m->lang, number, sizeof number);
        legend_item *const item = item_add(
            l, LEGEND_MARKER, arena_format(l->memory, "%s\xc2\xa0 (%s)", f->title, number));
        item->shape = f->shape;
        item->colour = f->colour;
        item->size = 4;
    }
}

static void add_plain_venues(legend *l, const report_model *m, const map_panel *p)
{
    legend_item *const item =
        item_add(l, LEGEND_MARKER,
                 *p->letter ? tr(m->lang, M_LEGEND_VENUE_FUNCTION) : tr(m->lang, M_LEGEND_VENUE));
    item->shape = MARKER_CIRCLE;
    item->colour = plain_marker_colour(p->palette);
    item->size = 3.2;
}

/* 1, 2 or 5 times a power of ten, not above the value. */
static double round_below(double value)
{
    const double base = pow(10, floor(log10(value)));
    return value >= 5 * base ? 5 * base : value >= 2 * base ? 2 * base : base;
}

static void add_flow(legend *l, const report_model *m, double workers)
{
    char number[48];
    (void)text_number(workers, 0, m->lang, number, sizeof number);
    legend_item *const item = item_add(l, LEGEND_FLOW, arena_text(l->memory, number));
    item->size = flow_width(workers, m->flows[0].workers);
}

static void add_flows(legend *l, const report_model *m)
{
    (void)item_add(l, LEGEND_TITLE, tr(m->lang, M_LEGEND_FLOWS));
    const double top = round_below(m->flows[0].workers), middle = round_below(top / 2.4);
    add_flow(l, m, top);
    if (middle > FLOW_SHOWN_FROM && middle < top)
        add_flow(l, m, middle);
    if (top > FLOW_SHOWN_FROM)
        add_flow(l, m, FLOW_SHOWN_FROM);
    (void)item_add(l, LEGEND_TEXT, tr(m->lang, M_LEGEND_FLOW_WAY));
    legend_item *const node = item_add(l, LEGEND_MARKER, tr(m->lang, M_LEGEND_WORK_PLACE));
    node->shape = MARKER_CIRCLE;
    node->colour = 0x1e2226;
    node->size = 2.4;
}

static void add_borders(legend *l, const report_model *m, const border_lines *lines)
{
    const report_model *const land = report_model_land(m);
    const bool many = outlines_crowd(land);
    const bool epci = lines->epci_count > 0 && !many, departement = lines->departement_count > 0;
    if (epci || departement)
        (void)item_add(l, LEGEND_TITLE, tr(m->lang, M_LEGEND_LIMITS));
    if (departement) {
        legend_item *const item = item_add(l, LEGEND_LINE, lines->departement_title);
        item->colour = 0x1e2226;
        item->size = many ? 0.5 : 1.3;
    }
    if (epci) {
        legend_item *const item = item_add(l, LEGEND_LINE, lines->epci_title);
        item->colour = 0x55585c;
        item->size = 0.75;
    }
    if (m->land && m->land->borders) {
        static const map_class empty = {
            .label = "", .sign = "", .colour = LAND_COLOUR, .fill = FILL_COLOUR};
        legend_item *const item = item_add(l, LEGEND_CLASS, tr(m->lang, M_LEGEND_EMPTY));
        item->k = &empty;
    }
    if (land->results->context && land->results->context->rows > 0) {
        static const map_class context = {
            .label = "", .sign = "", .colour = 0xf1f1ee, .fill = FILL_COLOUR};
        legend_item *const item = item_add(l, LEGEND_CLASS, tr(m->lang, M_LEGEND_CONTEXT));
        item->k = &context;
    }
}

/* A shared legend shows every state that occurs on one of its maps. */
static void add_other_states(legend *l, const map_sheet *sheet)
{
    const map_panel *const first = sheet->panels;
    for (size_t i = 0; i < sheet->panel_count; i++) {
        const map_panel *const p = &sheet->panels[i];
        for (size_t k = p->value_class_count; k < p->class_count; k++) {
            bool known = false;
            for (size_t j = 0; j < l->count; j++)
                known = known || (l->items[j].k && l->items[j].k->state == p->classes[k].state &&
                                  strcmp(l->items[j].k->label, p->classes[k].label) == 0);
            if (known)
                continue;
            legend_item *const item = item_add(l, LEGEND_CLASS, p->classes[k].label);
            item->k = &p->classes[k];
            item->dots = first->classes && l->items[1].dots;
        }
    }
}

static void add_panels(legend *l, const report_model *m, const map_sheet *sheet)
{
    const size_t shown =
        sheet->same_classes || sheet->kind == SHEET_VENUES ? 1 : sheet->panel_count;
    for (size_t i = 0; i < shown && i < sheet->panel_count; i++) {
        const map_panel *const p = &sheet->panels[sheet->same_classes ? sheet->key_panel : i];
        const char *const counted = sheet->same_classes ? "" : counted_text(m, p);
        const char *const title =
            sheet->panel_count > 1 && !sheet->same_classes ? p->title : p->legend_title;
        add_classes(l, m, p, title, counted);
        if (i + 1 == shown && (sheet->kind == SHEET_CHOROPLETH || sheet->kind == SHEET_REACH) &&
            sheet->panels[0].venue_shown)
            add_plain_venues(l, m, &sheet->panels[0]);
        if (sheet->same_classes)
            add_other_states(l, sheet);
        if (*counted)
            (void)item_add(l, LEGEND_TEXT, counted);
        if (sheet->panel_count > 1)
            (void)item_add(l, LEGEND_TEXT,
                           m->cells ? tr(m->lang, M_LEGEND_BAND_CELLS)
                                    : tr(m->lang, M_LEGEND_BAND_COMMUNES));
        if (p->estimate)
            (void)item_add(l, LEGEND_TEXT, tr(m->lang, M_LEGEND_ESTIMATE));
        if (p->kind == MAP_VENUES)
            add_venue_values(l, m, p);
    }
}

status legend_build(const report_model *m, const map_sheet *sheet, const border_lines *lines,
                    legend *out, error *err)
{
    *out = (legend){0};
    const status s = arena_new(&out->memory, err);
    if (s != STATUS_OK)
        return s;
    if (sheet->kind == SHEET_VENUES)
        add_families(out, m);
    if (sheet->kind == SHEET_FLOWS)
        add_flows(out, m);
    add_panels(out, m, sheet);
    add_borders(out, m, lines);
    return STATUS_OK;
}

void legend_clear(legend *l)
{
    arena_free(l->memory);
    *l = (legend){0};
}

/* --- laying out --- */

static text_style item_style(const legend_item *item, double width)
{
    const bool title = item->kind == LEGEND_TITLE, plain = item->kind == LEGEND_TEXT;
    return (text_style){.size = title   ? 8.2
                                : plain ? 6.6
                                        : 7.4,
                        .bold = title,
                        .colour = plain ? GREY_INK : INK,
                        .wrap = title || plain ? width : width - TEXT_AT};
}

static void swatch_draw(cairo_t *cr, const legend_item *item, double x, double y)
{
    if (item->dots) {
        static const double at[][2] = {{3, 3}, {8, 7}, {13, 3}, {17, 8}, {4, 9}, {12, 9}};
        for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
            cairo_new_path(cr);
            cairo_arc(cr, x + at[i][0], y + at[i][1] - 1, 1.6, 0, 2 * 3.14159265358979323846);
            set_colour(cr, dot_colour(item->k), 1);
            cairo_fill_preserve(cr);
            set_colour(cr, 0x9b9b96, 1);
            cairo_set_line_width(cr, 0.35);
            cairo_stroke(cr);
        }
        return;
    }
    const rect at = {x, y, SWATCH_W, SWATCH_H};
    cairo_rectangle(cr, at.x, at.y, at.w, at.h);
    class_fill(cr, item->k, at, 1);
    cairo_rectangle(cr, at.x, at.y, at.w, at.h);
    set_colour(cr, 0x6f6f6b, 1);
    cairo_set_line_width(cr, 0.4);
    cairo_stroke(cr);
}

static void circle_draw(cairo_t *cr, const legend_item *item, double x, double y)
{
    cairo_new_path(cr);
    cairo_arc(cr, x, y, item->size, 0, 2 * 3.14159265358979323846);
    set_colour(cr, item->hollow ? 0xffffff : item->colour, 1);
    cairo_fill_preserve(cr);
    set_colour(cr, item->hollow ? 0xa02c1c : 0x33383c, 1);
    cairo_set_line_width(cr, item->hollow ? 1.1 : 0.5);
    cairo_stroke(cr);
}

static void symbol_draw(cairo_t *cr, const legend_item *item, double x, double y, double h)
{
    const double middle = y + h / 2;
    switch (item->kind) {
    case LEGEND_CLASS:
        swatch_draw(cr, item, x, middle - SWATCH_H / 2);
        break;
    case LEGEND_MARKER:
        marker_draw(cr, item->shape, x + SWATCH_W / 2, middle, item->size, item->colour);
        break;
    case LEGEND_CIRCLE:
        circle_draw(cr, item, x + SWATCH_W / 2, middle);
        break;
    case LEGEND_FLOW:
        flow_draw(cr, x - 2, middle, x + SWATCH_W + 3, middle, item->size);
        break;
    case LEGEND_LINE:
        cairo_move_to(cr, x, middle);
        cairo_line_to(cr, x + SWATCH_W, middle);
        set_colour(cr, item->colour, 1);
        cairo_set_line_width(cr, item->size);
        cairo_stroke(cr);
        break;
    case LEGEND_TITLE:
    case LEGEND_TEXT:
        break;
    }
}

static double item_lay(canvas *c, const legend_item *item, double x, double y, double width,
                       legend_pass pass)
{
    const text_style style = item_style(item, width);
    const rect text = text_measure(c, item->text, &style);
    const bool bare = item->kind == LEGEND_TITLE || item->kind == LEGEND_TEXT;
    const double symbol = bare                          ? 0
                          : item->kind == LEGEND_CIRCLE ? fmax(13, 2 * item->size + 2)
                                                        : 13;
    const double height = fmax(symbol, text.h) + (item->kind == LEGEND_TITLE ? 3 : 1);
    if (pass == LEGEND_DRAW) {
        symbol_draw(c->cr, item, x, y, fmax(symbol, text.h));
        (void)text_draw(c, bare ? x : x + TEXT_AT,
                        y + (bare ? 0 : (fmax(symbol, text.h) - text.h) / 2), item->text, &style);
    }
    return height;
}

enum { COLUMNS_MAX = 4 };

double legend_lay(canvas *c, const legend *l, rect at, size_t columns, legend_pass pass)
{
    double used[COLUMNS_MAX] = {0}, deepest = 0;
    const size_t count = columns > COLUMNS_MAX ? COLUMNS_MAX : columns;
    const double gap = 16, width = (at.w - gap * (double)(count - 1)) / (double)count;
    size_t column_index = 0;
    for (size_t i = 0; i < l->count; i++) {
        if (l->items[i].kind == LEGEND_TITLE && i > 0) {
            column_index = (column_index + 1) % count;
            used[column_index] += used[column_index] > 0 ? GROUP_GAP : 0;
        }
        used[column_index] += item_lay(c, &l->items[i], at.x + (double)column_index * (width + gap),
                                       at.y + used[column_index], width, pass);
        deepest = fmax(deepest, used[column_index]);
    }
    return deepest;
}
