/* A page drawn after its plan. */
#include "reports/maps/sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "reports/maps/legend.h"
#include "reports/maps/messages.h"
#include "reports/maps/overlay.h"
#include "reports/maps/page.h"
#include "reports/maps/svg_ids.h"

/* What every part of the page is drawn from. */
typedef struct drawing {
    canvas *c;
    const report_model *m;
    const map_sheet *sheet;
    const border_lines *lines;
    const legend *key;
    const page *page;
} drawing;

static void text_at(const drawing *d, rect at, const char *text, text_style style, box_kind kind,
                    size_t panel)
{
    style.wrap = at.w;
    (void)text_draw(d->c, at.x, at.y, text, &style);
    layout_add(d->c->boxes, kind, panel, at, text);
}

/* --- scale and north --- */

/* The longest of 1, 2 or 5 times a power of ten km that takes at most `points`. */
static double scale_km(double metres_a_point, double points)
{
    const double room = metres_a_point * points / 1000;
    const double base = pow(10, floor(log10(room)));
    return room >= 5 * base ? 5 * base : room >= 2 * base ? 2 * base : base;
}

static void scale_draw(const drawing *d, rect at, double metres_a_point)
{
    cairo_t *const cr = d->c->cr;
    const text_style style = {.size = 7, .colour = 0x16181b};
    const double km = scale_km(metres_a_point, at.w), length = km * 1000 / metres_a_point;
    char text[64], number[48];
    (void)text_number(km < 1 ? km * 1000 : km, 0, d->m->lang, number, sizeof number);
    (void)snprintf(text, sizeof text, "%s\xc2\xa0%s", number, km < 1 ? "m" : "km");
    const double y = at.y + at.h - 4;
    /* Two halves, dark and white: read at a glance, printed in black or not. */
    for (int half = 0; half < 2; half++) {
        cairo_rectangle(cr, at.x + half * length / 2, y - 3, length / 2, 3);
        set_colour(cr, half ? 0xffffff : 0x16181b, 1);
        cairo_fill_preserve(cr);
        set_colour(cr, 0x16181b, 1);
        cairo_set_line_width(cr, 0.5);
        cairo_stroke(cr);
    }
    const rect size = text_measure(d->c, text, &style);
    (void)text_draw(d->c,
                    at.x + length - size.w / 2 > at.x + at.w - size.w ? at.x + at.w - size.w
                                                                      : at.x + length - size.w / 2,
                    y - 5 - size.h, text, &style);
    (void)text_draw(d->c, at.x, y - 5 - size.h, "0", &style);
    layout_add(d->c->boxes, BOX_SCALE, 0, (rect){at.x, y - 5 - size.h, at.w, size.h + 5}, NULL);
}

static void north_draw(const drawing *d, rect at)
{
    cairo_t *const cr = d->c->cr;
    const text_style style = {.size = 8, .bold = true, .colour = 0x16181b};
    const char *const letter = tr(d->m->lang, M_NORTH);
    const rect size = text_measure(d->c, letter, &style);
    const double x = at.x + at.w / 2, top = at.y + size.h - 1, bottom = at.y + at.h - 2;
    (void)text_draw(d->c, x - size.w / 2, at.y - 1, letter, &style);
    cairo_move_to(cr, x, top);
    cairo_line_to(cr, x + 5, bottom);
    cairo_line_to(cr, x, bottom - 4);
    cairo_line_to(cr, x - 5, bottom);
    cairo_close_path(cr);
    set_colour(cr, 0x16181b, 1);
    cairo_fill(cr);
    layout_add(d->c->boxes, BOX_NORTH, 0, at, NULL);
}

static void furniture_draw(const drawing *d, double metres_a_point)
{
    const rect at = d->page->furniture;
    scale_draw(d, (rect){at.x, at.y, at.w - 26, at.h}, metres_a_point);
    north_draw(d, (rect){at.x + at.w - 16, at.y, 16, at.h});
}

/* --- the four lines --- */

static status lines_draw(const drawing *d, error *err)
{
    const rect at = d->page->lines;
    double y = at.y + 6;
    cairo_move_to(d->c->cr, at.x, at.y);
    cairo_line_to(d->c->cr, at.x + at.w, at.y);
    set_colour(d->c->cr, 0xb9bcbf, 1);
    cairo_set_line_width(d->c->cr, 0.5);
    cairo_stroke(d->c->cr);
    for (line_word w = LINE_READING; w <= LINE_NOTE; w++) {
        const char *const text = page_line(d->key->memory, d->m, d->sheet, w);
        if (!text)
            return memory_error(err, 256);
        if (!*text)
            continue;
        text_style style = page_line_style;
        style.wrap = at.w;
        style.bold_bytes = strlen(line_word_text(w, d->m->lang));
        y += text_draw(d->c, at.x, y, text, &style).h + LINE_GAP;
    }
    layout_add(d->c->boxes, BOX_LINES, 0, at, NULL);
    return STATUS_OK;
}

/* --- maps --- */

/* As many names as the map can carry: one a square inch and a quarter. */
static size_t label_limit(const drawing *d, const frame *f)
{
    const rect data = frame_data(f);
    if (d->page->panel_count > 1)
        return 3;
    const double room = data.w * data.h / 5200;
    return room < 10 ? 10 : room > 38 ? 38 : (size_t)room;
}

static void body_rule(const drawing *d, rect at)
{
    if (!report_model_land(d->m)->results->context)
        return;
    cairo_rectangle(d->c->cr, at.x, at.y, at.w, at.h);
    set_colour(d->c->cr, 0xc9ccc9, 1);
    cairo_set_line_width(d->c->cr, 0.5);
    cairo_stroke(d->c->cr);
}

static const map_panel *panel_of(const map_sheet *sheet, size_t i)
{
    return i < sheet->panel_count ? &sheet->panels[i] : NULL;
}

static status map_draw(const drawing *d, size_t panel, size_t region, rect at, error *err)
{
    const map_panel *const p = panel_of(d->sheet, panel);
    const bool coloured = p && p->kind == MAP_CHOROPLETH && p->table == d->m->places;
    const frame f = frame_fit(d->m, region, at, d->page->panel_count > 1 ? 3 : 6);
    const body_style style = {.panel = coloured ? p : NULL,
                              .bands = d->sheet->kind == SHEET_REACH ? p : NULL,
                              .plain =
                                  d->sheet->kind == SHEET_FLOWS || !coloured ? 0xf4f1e6 : 0xffffff,
                              .thin = d->page->thin};
    const overlay o = {.c = d->c,
                       .m = d->m,
                       .sheet = d->sheet,
                       .panel = p,
                       .panel_index = panel,
                       .frame = &f,
                       .label_limit = region == 0 ? label_limit(d, &f) : 0,
                       .label_size = d->page->panel_count > 1 ? 5.8 : 7};
    layout_add(d->c->boxes, region == 0 ? BOX_BODY : BOX_INSET, panel, at, NULL);
    layout_add(d->c->boxes, BOX_DATA, panel, frame_data(&f), NULL);
    status s = body_fill(d->c, d->m, d->lines, &f, &style, err);
    if (s == STATUS_OK)
        s = overlay_draw(&o, err);
    body_rule(d, at);
    if (region == 0 && panel == 0)
        furniture_draw(d, f.metres);
    return s;
}

static status insets_draw(const drawing *d, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; i < d->page->inset_count && s == STATUS_OK; i++) {
        rect at = d->page->inset[i];
        text_style style = page_inset_style;
        style.wrap = at.w;
        const rect title = text_draw(d->c, at.x, at.y, d->m->regions[i + 1].title, &style);
        at.y += title.h + 2;
        at.h -= title.h + 2;
        s = map_draw(d, 0, i + 1, at, err);
    }
    return s;
}

/* How many places each class has, as one band; black or white figures where they fit. */
static void counts_draw(const drawing *d, size_t panel)
{
    const map_panel *const p = panel_of(d->sheet, panel);
    const rect at = d->page->counts[panel];
    double total = 0, x = at.x;
    for (size_t k = 0; k < p->class_count; k++)
        total += (double)p->classes[k].count;
    for (size_t k = 0; k < p->class_count && total > 0; k++) {
        const map_class *const class = &p->classes[k];
        const double width = at.w * (double)class->count / total;
        if (class->count == 0)
            continue;
        const rect band = {x, at.y, width, at.h};
        char number[48];
        const uint32_t c = class->colour;
        const double light = 0.299 * (c >> 16 & 255) + 0.587 * (c >> 8 & 255) + 0.114 * (c & 255);
        const bool state = class->fill != FILL_COLOUR && p->offered;
        const text_style style = {.size = 6.2,
                                  .bold = state,
                                  .colour = light > 140 ? 0x16181b : 0xffffff,
                                  .halo = state ? 1.2 : 0};
        if (p->offered)
            (void)text_number((double)class->count, 0, d->m->lang, number, sizeof number);
        else
            (void)snprintf(number, sizeof number, "%s", tr(d->m->lang, M_NOT_OFFERED));
        cairo_rectangle(d->c->cr, band.x, band.y, band.w, band.h);
        class_fill(d->c->cr, class, band, 1);
        const rect size = text_measure(d->c, number, &style);
        if (size.w + 2 <= width)
            (void)text_draw(d->c, x + (width - size.w) / 2, at.y + (at.h - size.h) / 2, number,
                            &style);
        x += width;
    }
    cairo_rectangle(d->c->cr, at.x, at.y, at.w, at.h);
    set_colour(d->c->cr, 0x8c8c88, 1);
    cairo_set_line_width(d->c->cr, 0.4);
    cairo_stroke(d->c->cr);
}

static status panels_draw(const drawing *d, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; i < d->page->panel_count && s == STATUS_OK; i++) {
        if (d->page->panel_count > 1)
            text_at(d, d->page->panel_title[i], d->sheet->panels[i].title, page_panel_style,
                    BOX_PANEL_TITLE, i);
        s = map_draw(d, i, 0, d->page->body[i], err);
        if (s == STATUS_OK && d->page->panel_count > 1)
            counts_draw(d, i);
    }
    return s;
}

static status page_draw(const drawing *d, error *err)
{
    set_colour(d->c->cr, 0xffffff, 1);
    cairo_paint(d->c->cr);
    text_at(d, d->page->title, d->sheet->title, page_title_style, BOX_TITLE, 0);
    text_at(d, d->page->subtitle, d->sheet->subtitle, page_subtitle_style, BOX_SUBTITLE, 0);
    status s = panels_draw(d, err);
    if (s == STATUS_OK)
        s = insets_draw(d, err);
    if (s != STATUS_OK)
        return s;
    (void)legend_lay(d->c, d->key, d->page->legend, d->page->legend_columns, LEGEND_DRAW);
    layout_add(d->c->boxes, BOX_LEGEND, 0, d->page->legend, NULL);
    return lines_draw(d, err);
}

/* --- surfaces --- */

static status plan_measure(const report_model *m, const map_sheet *sheet, const legend *key,
                           page *out, error *err)
{
    canvas c;
    layout none = {0};
    status s = canvas_measure(&c, &none, err);
    if (s == STATUS_OK)
        *out = page_plan(&c, m, sheet, key);
    canvas_clear(&c);
    layout_clear(&none);
    return s;
}

typedef enum sheet_format { FORMAT_PNG, FORMAT_SVG } sheet_format;

static status surface_draw(const report_model *m, const map_sheet *sheet, const border_lines *lines,
                           const legend *key, const page *p, sheet_format format, text_buffer *out,
                           layout *boxes, error *err)
{
    canvas c = {0};
    status s = format == FORMAT_PNG ? canvas_image(&c, p->width, p->height, PNG_SCALE, boxes, err)
                                    : canvas_svg(&c, p->width, p->height, out, boxes, err);
    const drawing d = {&c, m, sheet, lines, key, p};
    if (s == STATUS_OK)
        s = page_draw(&d, err);
    if (s == STATUS_OK && format == FORMAT_PNG)
        s = canvas_png(&c, out, err);
    if (s == STATUS_OK)
        s = canvas_finish(&c, err);
    canvas_clear(&c);
    if (s == STATUS_OK && (boxes->failed || out->failed))
        s = memory_error(err, out->size);
    return s;
}

static status sheet_draw(const report_model *m, const map_sheet *sheet, const border_lines *lines,
                         sheet_format format, text_buffer *out, layout *boxes, error *err)
{
    legend key = {0};
    layout own = {0}, *const record = boxes ? boxes : &own;
    page p = {0};
    status s = legend_build(m, sheet, lines, &key, err);
    if (s == STATUS_OK)
        s = plan_measure(m, sheet, &key, &p, err);
    if (s == STATUS_OK) {
        record->width = p.width;
        record->height = p.height;
        s = surface_draw(m, sheet, lines, &key, &p, format, out, record, err);
    }
    layout_clear(&own);
    legend_clear(&key);
    return s;
}

status sheet_png(const report_model *m, const map_sheet *sheet, const border_lines *lines,
                 text_buffer *out, layout *boxes, error *err)
{
    return sheet_draw(m, sheet, lines, FORMAT_PNG, out, boxes, err);
}

status sheet_svg(const report_model *m, const map_sheet *sheet, const border_lines *lines,
                 text_buffer *out, layout *boxes, error *err)
{
    text_buffer raw = {0};
    status s = sheet_draw(m, sheet, lines, FORMAT_SVG, &raw, boxes, err);
    if (s == STATUS_OK)
        s = svg_tidy(&raw, out, err);
    text_buffer_clear(&raw);
    return s;
}
