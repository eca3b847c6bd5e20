/* Outlines, points and borders. */
#include "reports/maps/body.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

enum {
    GREY_COMMUNE = 0x8c8c88,
    GREY_EPCI = 0x55585c,
    GREY_DEPARTEMENT = 0x1e2226,
    GREY_CONTEXT = 0xf1f1ee,
    GREY_CONTEXT_LINE = 0xd9d9d4,
    GREY_HATCH = 0x4a4a48,
    GREY_CROSS = 0x101010,
    GREY_BLANK = 0xb4b4ae,
    GREY_UNDER_DOTS = 0x9b9b96
};
#define POINT_STEP 0.3 /* points: 0.1 mm, closer vertices are not seen */

bool outlines_crowd(const report_model *m)
{
    return m->cells || m->places->rows->rows > OUTLINES_MANY;
}

/* --- borders between groups --- */

static const result_level *level_find(const results *r, const char *id)
{
    for (size_t i = 0; i < r->level_count; i++) {
        if (strcmp(r->levels[i].id, id) == 0)
            return &r->levels[i];
    }
    return NULL;
}

static status level_borders(const report_model *m, const char *id, arena *into,
                            const uint32_t **arcs, size_t *count, const char **title, error *err)
{
    const result_level *const level = level_find(m->results, id);
    *count = 0;
    if (!level || !level->of_place)
        return STATUS_OK;
    *title = tr(m->lang, level->title_fr, level->title_en);
    return topology_borders(m->borders, level->of_place, into, arcs, count, err);
}

status border_lines_find(const report_model *of, border_lines *out, error *err)
{
    const report_model *const m = report_model_land(of);
    *out = (border_lines){0};
    if (!m->borders)
        return STATUS_OK;
    status s = arena_new(&out->memory, err);
    if (s == STATUS_OK)
        s = level_borders(m, "departement", out->memory, &out->departement, &out->departement_count,
                          &out->departement_title, err);
    if (s == STATUS_OK)
        s = level_borders(m, "epci", out->memory, &out->epci, &out->epci_count, &out->epci_title,
                          err);
    return s;
}

void border_lines_clear(border_lines *b)
{
    arena_free(b->memory);
    *b = (border_lines){0};
}

/* --- paths --- */

static void path_points(cairo_t *cr, const frame *f, const double *x, const double *y,
                        uint64_t begin, uint64_t end)
{
    double last_x = frame_x(f, x[begin]), last_y = frame_y(f, y[begin]);
    cairo_move_to(cr, last_x, last_y);
    for (uint64_t i = begin + 1; i < end; i++) {
        const double px = frame_x(f, x[i]), py = frame_y(f, y[i]);
        if (i + 1 < end && hypot(px - last_x, py - last_y) < POINT_STEP)
            continue;
        cairo_line_to(cr, px, py);
        last_x = px;
        last_y = py;
    }
}

static void path_row(cairo_t *cr, const frame *f, const polygons *p, size_t row)
{
    const uint64_t begin = p->ring_start[p->part_start[row]],
                   end = p->ring_start[p->part_start[row + 1]];
    for (uint64_t ring = begin; ring < end; ring++) {
        if (p->point_start[ring + 1] - p->point_start[ring] < 4)
            continue;
        path_points(cr, f, p->x, p->y, p->point_start[ring], p->point_start[ring + 1] - 1);
        cairo_close_path(cr);
    }
}

/* Which vertices of the borders are drawn in a frame: decided once an arc, so that both of its
 * sides and the line between them are the same. */
static uint8_t *vertices_keep(const frame *f, const topology *t, double thin)
{
    uint8_t *const keep = memory_new(t->arc_start[t->arc_count], 1);
    for (size_t arc = 0; keep && arc < t->arc_count; arc++) {
        const uint64_t begin = t->arc_start[arc], end = t->arc_start[arc + 1];
        double last_x = INFINITY, last_y = INFINITY;
        for (uint64_t i = begin; i < end; i++) {
            const double x = frame_x(f, t->x[i]), y = frame_y(f, t->y[i]);
            keep[i] =
                i == begin || i + 1 == end || hypot(x - last_x, y - last_y) >= POINT_STEP / thin;
            if (keep[i]) {
                last_x = x;
                last_y = y;
            }
        }
    }
    return keep;
}

typedef struct outline_ink {
    cairo_t *cr;
    const frame *f;
    const topology *t;
    const uint8_t *keep;
} outline_ink;

static void arc_vertex(const outline_ink *ink, uint64_t i)
{
    if (ink->keep[i])
        cairo_line_to(ink->cr, frame_x(ink->f, ink->t->x[i]), frame_y(ink->f, ink->t->y[i]));
}

/* The first vertex of a later arc of a ring is the last one of the arc before. */
static void arc_walk(const outline_ink *ink, int32_t signed_arc, uint64_t skip)
{
    const size_t arc = (size_t)(signed_arc < 0 ? ~signed_arc : signed_arc);
    const uint64_t begin = ink->t->arc_start[arc], end = ink->t->arc_start[arc + 1];
    for (uint64_t i = skip; i < end - begin; i++)
        arc_vertex(ink, signed_arc < 0 ? end - 1 - i : begin + i);
}

static void path_outline(const outline_ink *ink, size_t row)
{
    const topology *const t = ink->t;
    for (uint64_t ring = t->row_start[row]; ring < t->row_start[row + 1]; ring++) {
        cairo_new_sub_path(ink->cr);
        for (uint64_t i = t->ring_start[ring]; i < t->ring_start[ring + 1]; i++)
            arc_walk(ink, t->ring_arc[i], i == t->ring_start[ring] ? 0 : 1);
        cairo_close_path(ink->cr);
    }
}

static void path_arc(const outline_ink *ink, size_t arc)
{
    cairo_new_sub_path(ink->cr);
    arc_walk(ink, (int32_t)arc, 0);
}

static void stroke_arcs(const outline_ink *ink, const uint32_t *arcs, size_t count, uint32_t colour,
                        double width)
{
    for (size_t i = 0; i < count; i++)
        path_arc(ink, arcs[i]);
    set_colour(ink->cr, colour, 1);
    cairo_set_line_width(ink->cr, width);
    cairo_stroke(ink->cr);
}

static void stroke_all_arcs(const outline_ink *ink, uint32_t colour, double width)
{
    for (size_t arc = 0; arc < ink->t->arc_count; arc++)
        path_arc(ink, arc);
    set_colour(ink->cr, colour, 1);
    cairo_set_line_width(ink->cr, width);
    cairo_stroke(ink->cr);
}

/* --- filling --- */

void class_fill(cairo_t *cr, const map_class *k, rect extent, double density)
{
    set_colour(cr, k->colour, 1);
    cairo_fill_preserve(cr);
    const bool far = k->fill == FILL_HATCH || k->fill == FILL_CROSS;
    set_colour(cr, far ? GREY_HATCH : GREY_BLANK, 1);
    if (k->fill == FILL_CROSS)
        hatch_path(cr, extent, 2.8 * density, 0.5, false);
    if (far)
        hatch_path(cr, extent, (k->fill == FILL_CROSS ? 2.8 : 2.6) * density,
                   k->fill == FILL_CROSS ? 0.5 : 0.75, true);
    else if (k->fill == FILL_BLANK || k->fill == FILL_SLANT)
        hatch_path(cr, extent, 4.2 * density, 0.5, k->fill == FILL_SLANT);
    cairo_new_path(cr);
}

static void fill_outlines(const outline_ink *ink, const report_model *m, const body_style *style)
{
    const size_t classes = style->panel ? style->panel->class_count : 1;
    const map_class plain = {.colour = style->plain, .fill = FILL_COLOUR};
    /* Where outlines are too many for borders of their own, whole pixels: no pale seam between two
     * of one class. */
    if (outlines_crowd(m))
        cairo_set_antialias(ink->cr, CAIRO_ANTIALIAS_NONE);
    for (size_t k = 0; k < classes; k++) {
        bool any = false;
        for (size_t row = 0; row < m->places->rows->rows; row++) {
            if (m->region_of_place[row] == ink->f->region &&
                (!style->panel || style->panel->class_of_row[row] == k)) {
                path_outline(ink, row);
                any = true;
            }
        }
        if (any)
            class_fill(ink->cr, style->panel ? &style->panel->classes[k] : &plain, ink->f->at,
                       style->thin);
        cairo_new_path(ink->cr);
    }
    cairo_set_antialias(ink->cr, CAIRO_ANTIALIAS_DEFAULT);
}

/* As wide as their share of the frame allows, so that 34,000 points read as a surface. */
static double dot_radius(const frame *f, size_t count)
{
    const rect data = frame_data(f);
    return fmin(3, fmax(0.55, 0.42 * sqrt(data.w * data.h / (double)(count ? count : 1))));
}

uint32_t dot_colour(const map_class *k)
{
    switch (k->fill) {
    case FILL_COLOUR:
        return k->colour;
    case FILL_HATCH:
        return GREY_HATCH;
    case FILL_CROSS:
        return GREY_CROSS;
    case FILL_BLANK:
    case FILL_SLANT:
    case FILL_PALE:
        break;
    }
    return GREY_BLANK;
}

static void dots_stroke(cairo_t *cr, double radius, uint32_t colour)
{
    set_colour(cr, colour, 1);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, 2 * radius);
    cairo_stroke(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

/* Points of one class; CLASS_NONE: of every class. */
static void dots_path(canvas *c, const report_model *m, const frame *f, const map_panel *panel,
                      size_t k)
{
    for (size_t row = 0; row < m->places->rows->rows; row++) {
        const double x = m->results->place_x_m[row], y = m->results->place_y_m[row];
        if (m->region_of_place[row] != f->region || !isfinite(x) || !isfinite(y) ||
            (panel && k != CLASS_NONE && panel->class_of_row[row] != k))
            continue;
        cairo_move_to(c->cr, frame_x(f, x), frame_y(f, y));
        cairo_close_path(c->cr);
    }
}

/* Every point on a slightly larger grey one: the palest class is seen on white, and so is the
 * coast. */
static void fill_points(canvas *c, const report_model *m, const frame *f, const body_style *style)
{
    const map_panel *const panel = style->panel;
    const double radius = dot_radius(f, m->regions[f->region].place_count);
    dots_path(c, m, f, panel, CLASS_NONE);
    dots_stroke(c->cr, radius + 0.35, GREY_UNDER_DOTS);
    for (size_t k = 0; k < (panel ? panel->class_count : 1); k++) {
        const bool state = panel && panel->classes[k].fill != FILL_COLOUR;
        dots_path(c, m, f, panel, k);
        dots_stroke(c->cr, (state ? 0.75 : 1) * radius,
                    panel ? dot_colour(&panel->classes[k]) : style->plain);
    }
}

/* The longest limit first, so that each shorter one lies on top. */
static void fill_bands(canvas *c, const frame *f, const map_panel *bands)
{
    const polygons *const p = bands->table->set_outlines;
    for (size_t row = 0; row < p->rows; row++) {
        if (bands->class_of_row[row] == CLASS_NONE)
            continue;
        path_row(c->cr, f, p, row);
        set_colour(c->cr, bands->classes[bands->class_of_row[row]].colour, 1);
        cairo_set_fill_rule(c->cr, CAIRO_FILL_RULE_EVEN_ODD);
        cairo_fill(c->cr);
    }
}

/* Rows that cannot touch the frame are left out of the file. */
static bool row_near(const frame *f, const polygons *p, size_t row)
{
    const uint64_t begin = p->point_start[p->ring_start[p->part_start[row]]],
                   end = p->point_start[p->ring_start[p->part_start[row + 1]]];
    bounds b = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (uint64_t i = begin; i < end; i++) {
        const double x = frame_x(f, p->x[i]), y = frame_y(f, p->y[i]);
        b = (bounds){fmin(b.x_min, x), fmin(b.y_min, y), fmax(b.x_max, x), fmax(b.y_max, y)};
    }
    return b.x_max >= f->at.x && b.x_min <= f->at.x + f->at.w && b.y_max >= f->at.y &&
           b.y_min <= f->at.y + f->at.h;
}

static void fill_context(canvas *c, const report_model *m, const frame *f)
{
    const polygons *const p = report_model_land(m)->results->context;
    for (size_t row = 0; p && row < p->rows; row++) {
        if (row_near(f, p, row))
            path_row(c->cr, f, p, row);
    }
    set_colour(c->cr, GREY_CONTEXT, 1);
    cairo_fill_preserve(c->cr);
    set_colour(c->cr, GREY_CONTEXT_LINE, 1);
    cairo_set_line_width(c->cr, 0.25);
    cairo_stroke(c->cr);
}

static void draw_borders(const outline_ink *ink, const report_model *m, const border_lines *lines,
                         double thin)
{
    const bool many = outlines_crowd(report_model_land(m));
    cairo_set_line_join(ink->cr, CAIRO_LINE_JOIN_ROUND);
    if (!many) {
        stroke_all_arcs(ink, GREY_COMMUNE, 0.28 * thin);
        stroke_arcs(ink, lines->epci, lines->epci_count, GREY_EPCI, 0.75 * thin);
    }
    stroke_arcs(ink, lines->departement, lines->departement_count, GREY_DEPARTEMENT,
                (many ? 0.5 : 1.3) * thin);
}

static status outlines_draw(canvas *c, const report_model *m, const border_lines *lines,
                            const frame *f, const body_style *style, error *err)
{
    uint8_t *const keep = vertices_keep(f, m->borders, style->thin);
    if (!keep)
        return memory_error(err, m->borders->arc_start[m->borders->arc_count]);
    const outline_ink ink = {c->cr, f, m->borders, keep};
    fill_outlines(&ink, m, style);
    if (style->bands)
        fill_bands(c, f, style->bands);
    if (!m->land)
        draw_borders(&ink, m, lines, style->thin);
    memory_free(keep);
    return STATUS_OK;
}

/* Cells lie on the land of their communes, and under its borders: where nobody lives shows. */
static status cells_draw(canvas *c, const report_model *m, const border_lines *lines,
                         const frame *f, const body_style *style, error *err)
{
    const body_style empty = {.plain = LAND_COLOUR, .thin = style->thin};
    const report_model *const land = m->land;
    uint8_t *const keep = vertices_keep(f, land->borders, style->thin);
    if (!keep)
        return memory_error(err, land->borders->arc_start[land->borders->arc_count]);
    const outline_ink ink = {c->cr, f, land->borders, keep};
    fill_outlines(&ink, land, &empty);
    const status s = outlines_draw(c, m, lines, f, style, err);
    draw_borders(&ink, land, lines, style->thin);
    memory_free(keep);
    return s;
}

static status body_ink(canvas *c, const report_model *m, const border_lines *lines, const frame *f,
                       const body_style *style, error *err)
{
    status s = STATUS_OK;
    cairo_save(c->cr);
    cairo_rectangle(c->cr, f->at.x, f->at.y, f->at.w, f->at.h);
    cairo_clip(c->cr);
    fill_context(c, m, f);
    if (m->borders && m->land && m->land->borders)
        s = cells_draw(c, m, lines, f, style, err);
    else if (m->borders)
        s = outlines_draw(c, m, lines, f, style, err);
    else if (style->bands)
        fill_bands(c, f, style->bands);
    else
        fill_points(c, m, f, style);
    cairo_restore(c->cr);
    return s;
}

/* The body as an image inside a vector page. */
static status body_embed(canvas *c, const report_model *m, const border_lines *lines,
                         const frame *f, const body_style *style, error *err)
{
    canvas image;
    frame inner = *f;
    inner.at.x = inner.at.y = 0;
    status s = canvas_image(&image, f->at.w, f->at.h, EMBEDDED_SCALE, NULL, err);
    if (s == STATUS_OK) {
        set_colour(image.cr, 0xffffff, 1);
        cairo_paint(image.cr);
        s = body_ink(&image, m, lines, &inner, style, err);
        cairo_surface_flush(image.surface);
        cairo_save(c->cr);
        cairo_translate(c->cr, f->at.x, f->at.y);
        cairo_scale(c->cr, 1 / EMBEDDED_SCALE, 1 / EMBEDDED_SCALE);
        cairo_set_source_surface(c->cr, image.surface, 0, 0);
        cairo_paint(c->cr);
        cairo_restore(c->cr);
    }
    canvas_clear(&image);
    return s;
}

status body_fill(canvas *c, const report_model *m, const border_lines *lines, const frame *f,
                 const body_style *style, error *err)
{
    if (c->vector && outlines_crowd(m))
        return body_embed(c, m, lines, f, style, err);
    return body_ink(c, m, lines, f, style, err);
}

/* --- markers --- */

double marker_radius(size_t count)
{
    return count <= 30 ? 3.4 : fmax(0.9, 3.4 * pow(30.0 / (double)count, 0.3));
}

static void cross_path(cairo_t *cr, double x, double y, double a, double b)
{
    const double dx[] = {-b, b, b, a, a, b, b, -b, -b, -a, -a, -b};
    const double dy[] = {-a, -a, -b, -b, b, b, a, a, b, b, -b, -b};
    for (size_t k = 0; k < sizeof dx / sizeof *dx; k++)
        cairo_line_to(cr, x + dx[k], y + dy[k]);
}

static void shape_path(cairo_t *cr, marker_shape shape, double x, double y, double r)
{
    cairo_new_path(cr);
    switch (shape) {
    case MARKER_CIRCLE:
        cairo_arc(cr, x, y, r, 0, 2 * 3.14159265358979323846);
        break;
    case MARKER_SQUARE:
        cairo_rectangle(cr, x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
        break;
    case MARKER_TRIANGLE:
        cairo_move_to(cr, x, y - 1.2 * r);
        cairo_line_to(cr, x + 1.12 * r, y + 0.8 * r);
        cairo_line_to(cr, x - 1.12 * r, y + 0.8 * r);
        break;
    case MARKER_DIAMOND:
        cairo_move_to(cr, x, y - 1.25 * r);
        cairo_line_to(cr, x + 1.1 * r, y);
        cairo_line_to(cr, x, y + 1.25 * r);
        cairo_line_to(cr, x - 1.1 * r, y);
        break;
    case MARKER_CROSS:
        cross_path(cr, x, y, 1.15 * r, 0.42 * r);
        break;
    }
    cairo_close_path(cr);
}

void marker_draw(cairo_t *cr, marker_shape shape, double x, double y, double radius,
                 uint32_t colour)
{
    shape_path(cr, shape, x, y, radius);
    set_colour(cr, 0xffffff, 1);
    cairo_set_line_width(cr, fmin(1.6, 0.5 * radius + 0.4));
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke_preserve(cr);
    set_colour(cr, colour, 1);
    cairo_fill(cr);
}
