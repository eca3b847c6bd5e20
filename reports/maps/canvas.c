/* Surfaces, text and hatching. */
#include "reports/maps/canvas.h"

#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "reports/maps/messages.h"

/* The font that ships with Debian's fonts-open-sans; any sans serif elsewhere. */
static const char family[] = "Open Sans, DejaVu Sans, sans-serif";

static status cairo_error(cairo_status_t s, error *err)
{
    return error_set(err, STATUS_ENVIRONMENT, M_MAPS_CAIRO, cairo_status_to_string(s));
}

static status canvas_start(canvas *c, double scale, layout *boxes, error *err)
{
    const cairo_status_t s = cairo_surface_status(c->surface);
    if (s != CAIRO_STATUS_SUCCESS)
        return cairo_error(s, err);
    c->boxes = boxes;
    c->cr = cairo_create(c->surface);
    cairo_scale(c->cr, scale, scale);
    c->fonts = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(c->fonts), 72);
    c->text = pango_font_map_create_context(c->fonts);
    /* Glyphs at their exact places: PNG, SVG and measures agree. */
    cairo_font_options_t *const options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(c->text, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(c->text, FALSE);
    return STATUS_OK;
}

status canvas_image(canvas *c, double width, double height, double scale, layout *boxes, error *err)
{
    *c = (canvas){0};
    c->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(width * scale),
                                            (int)lround(height * scale));
    return canvas_start(c, scale, boxes, err);
}

status canvas_measure(canvas *c, layout *boxes, error *err)
{
    return canvas_image(c, 1, 1, 1, boxes, err);
}

static cairo_status_t to_buffer(void *closure, const unsigned char *bytes, unsigned int size)
{
    text_buffer *const out = closure;
    text_add_n(out, (const char *)bytes, size);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

status canvas_svg(canvas *c, double width, double height, text_buffer *out, layout *boxes,
                  error *err)
{
    *c = (canvas){.vector = true};
    c->surface = cairo_svg_surface_create_for_stream(to_buffer, out, width, height);
    cairo_svg_surface_restrict_to_version(c->surface, CAIRO_SVG_VERSION_1_2);
    return canvas_start(c, 1, boxes, err);
}

status canvas_finish(canvas *c, error *err)
{
    const cairo_status_t drawn = cairo_status(c->cr);
    cairo_surface_finish(c->surface);
    const cairo_status_t written = cairo_surface_status(c->surface);
    const cairo_status_t s = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
    return s == CAIRO_STATUS_SUCCESS ? STATUS_OK : cairo_error(s, err);
}

status canvas_png(canvas *c, text_buffer *out, error *err)
{
    const cairo_status_t drawn = cairo_status(c->cr);
    const cairo_status_t s = drawn != CAIRO_STATUS_SUCCESS
                                 ? drawn
                                 : cairo_surface_write_to_png_stream(c->surface, to_buffer, out);
    return s == CAIRO_STATUS_SUCCESS ? STATUS_OK : cairo_error(s, err);
}

void canvas_clear(canvas *c)
{
    if (c->text)
        g_object_unref(c->text);
    if (c->fonts)
        g_object_unref(c->fonts);
    if (c->cr)
        cairo_destroy(c->cr);
    if (c->surface)
        cairo_surface_destroy(c->surface);
    *c = (canvas){0};
}

void set_colour(cairo_t *cr, uint32_t rgb, double alpha)
{
    const double r = (double)(rgb >> 16 & 255) / 255, g = (double)(rgb >> 8 & 255) / 255,
                 b = (double)(rgb & 255) / 255;
    if (alpha >= 1)
        cairo_set_source_rgb(cr, r, g, b);
    else
        cairo_set_source_rgba(cr, r, g, b, alpha);
}

void hatch_path(cairo_t *cr, rect extent, double step, double width, bool rising)
{
    cairo_path_t *const shape = cairo_copy_path(cr);
    cairo_save(cr);
    cairo_clip(cr);
    cairo_new_path(cr);
    const double reach = extent.w + extent.h;
    /* Lines start at multiples of the step, so that neighbouring shapes hatch as one. */
    for (double at = floor((extent.x - extent.h) / step) * step; at < extent.x + reach;
         at += step) {
        cairo_move_to(cr, at, rising ? extent.y + extent.h : extent.y);
        cairo_line_to(cr, at + extent.h, rising ? extent.y : extent.y + extent.h);
    }
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
    cairo_restore(cr);
    cairo_append_path(cr, shape);
    cairo_path_destroy(shape);
}

/* Open Sans draws U+202F too thin to be seen between thousands: U+00A0 does as well. */
static void set_text(PangoLayout *l, const char *text)
{
    static const char narrow[] = "\xe2\x80\xaf";
    if (!strstr(text, narrow)) {
        pango_layout_set_text(l, text, -1);
        return;
    }
    text_buffer wide = {0};
    for (const char *next; (next = strstr(text, narrow)) != NULL; text = next + strlen(narrow)) {
        text_add_n(&wide, text, (size_t)(next - text));
        text_add(&wide, "\xc2\xa0");
    }
    text_add(&wide, text);
    pango_layout_set_text(l, wide.failed ? "" : wide.at, -1);
    text_buffer_clear(&wide);
}

static PangoLayout *text_shape(canvas *c, const char *text, const text_style *style)
{
    PangoLayout *const l = pango_layout_new(c->text);
    PangoFontDescription *const font = pango_font_description_new();
    pango_font_description_set_family_static(font, family);
    pango_font_description_set_size(font, (int)lround(style->size * PANGO_SCALE));
    pango_font_description_set_weight(font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(l, FALSE);
    if (style->wrap > 0) {
        pango_layout_set_width(l, (int)lround(style->wrap * PANGO_SCALE));
        pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    }
    pango_layout_set_alignment(l, style->align == TEXT_CENTRE  ? PANGO_ALIGN_CENTER
                                  : style->align == TEXT_RIGHT ? PANGO_ALIGN_RIGHT
                                                               : PANGO_ALIGN_LEFT);
    set_text(l, text);
    if (style->bold_bytes > 0) {
        PangoAttrList *const list = pango_attr_list_new();
        PangoAttribute *const bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        bold->start_index = 0;
        bold->end_index = (guint)style->bold_bytes;
        pango_attr_list_insert(list, bold);
        pango_layout_set_attributes(l, list);
        pango_attr_list_unref(list);
    }
    return l;
}

static rect text_extent(PangoLayout *l)
{
    PangoRectangle logical;
    pango_layout_get_extents(l, NULL, &logical);
    return (rect){(double)logical.x / PANGO_SCALE, (double)logical.y / PANGO_SCALE,
                  (double)logical.width / PANGO_SCALE, (double)logical.height / PANGO_SCALE};
}

rect text_measure(canvas *c, const char *text, const text_style *style)
{
    PangoLayout *const l = text_shape(c, text, style);
    const rect r = text_extent(l);
    g_object_unref(l);
    return r;
}

rect text_draw(canvas *c, double x, double y, const char *text, const text_style *style)
{
    PangoLayout *const l = text_shape(c, text, style);
    const rect r = text_extent(l);
    cairo_new_path(c->cr);
    if (style->halo > 0) {
        cairo_move_to(c->cr, x, y);
        pango_cairo_layout_path(c->cr, l);
        set_colour(c->cr, 0xffffff, 0.9);
        cairo_set_line_width(c->cr, 2 * style->halo);
        cairo_set_line_join(c->cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(c->cr);
    }
    cairo_move_to(c->cr, x, y);
    set_colour(c->cr, style->colour, 1);
    pango_cairo_show_layout(c->cr, l);
    cairo_new_path(c->cr);
    g_object_unref(l);
    return (rect){x + r.x, y + r.y, r.w, r.h};
}
