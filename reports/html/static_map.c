/* Maps as SVG: classes dissolved into one shape each, so that a map of France stays small. */
#include "reports/html/static_map.h"

#include <math.h>
#include <string.h>

#include "reports/html/messages.h"

enum { LABELS_MAX = 8, LABEL_SIZE = 250, GROUPS_SHOWN_MAX = 150 };
#define MARKER_RADIUS 75.0
#define FLOW_WIDEST 130.0

const result_level *guiding_level(const page *p)
{
    static const char *const wanted[] = {"epci", "departement", "region"};
    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
        for (size_t i = 0; i < p->results->level_count; i++) {
            const result_level *const level = &p->results->levels[i];
            if (strcmp(level->id, wanted[w]) == 0 && level->group_count >= 2 &&
                level->group_count <= GROUPS_SHOWN_MAX)
                return level;
        }
    }
    return NULL;
}

/* --- shapes shared by every map --- */

static void put_patterns(page *p)
{
    put(p, "<pattern id=\"hatch\" width=\"120\" height=\"120\" patternUnits=\"userSpaceOnUse\">"
           "<rect width=\"120\" height=\"120\" fill=\"#efefef\"/><path d=\"M-30 30l60-60M0 "
           "120l120-120M90 150l60-60\" stroke=\"#4a4a4a\" "
           "stroke-width=\"22\"/></pattern>\n"
           "<pattern id=\"blank\" width=\"240\" height=\"240\" patternUnits=\"userSpaceOnUse\">"
           "<rect width=\"240\" height=\"240\" fill=\"#f7f7f7\"/><path d=\"M0 240l240-240\" "
           "stroke=\"#9a9a9a\" stroke-width=\"16\"/></pattern>\n");
}

static status put_land(page *p, error *err)
{
    const report_model *const m = p->model;
    polygons *land = NULL;
    uint32_t *const group = arena_take(p->memory, m->borders->row_count + 1, sizeof *group);
    if (!group)
        return memory_error(err, m->borders->row_count);
    const status s = topology_dissolve(m->borders, group, 1, &land, err);
    if (s == STATUS_OK) {
        put(p, "<path id=\"land\" d=\"");
        screen_path_rows(&p->screen, land, 0, 1, &p->out);
        put(p, "\"/>\n");
    }
    polygons_free(land);
    return s;
}

static status put_limits(page *p, const char *id, const uint32_t *group_of_row, error *err)
{
    const uint32_t *arcs = NULL;
    size_t count = 0;
    const status s =
        topology_borders(p->model->borders, group_of_row, p->memory, &arcs, &count, err);
    put_format(p, "<path id=\"%s\" fill=\"none\" d=\"", id);
    for (size_t i = 0; s == STATUS_OK && i < count; i++)
        screen_path_arc(&p->screen, p->model->borders, arcs[i], &p->out);
    put(p, "\"/>\n");
    return s;
}

status put_shared_shapes(page *p, error *err)
{
    const result_level *const level = guiding_level(p);
    status s = STATUS_OK;
    put(p, "<svg width=\"0\" height=\"0\" class=\"defs\" aria-hidden=\"true\" "
           "focusable=\"false\"><defs>\n");
    put_patterns(p);
    if (p->model->borders) {
        s = put_land(p, err);
        if (s == STATUS_OK && level)
            s = put_limits(p, "limits", level->of_place, err);
    }
    put(p, "</defs></svg>\n");
    return s;
}

/* --- fills --- */

static void put_fill(page *p, const map_class *c)
{
    if (c->fill == FILL_HATCH)
        put(p, "url(#hatch)");
    else if (c->fill == FILL_BLANK)
        put(p, "url(#blank)");
    else
        put_format(p, "#%06x", (unsigned)c->colour);
}

static status put_class_shapes(page *p, const map_panel *panel, error *err)
{
    const size_t rows = panel->table->rows->rows;
    uint32_t *const group = memory_new(rows + 1, sizeof *group);
    polygons *shapes = NULL;
    if (!group)
        return memory_error(err, rows * sizeof *group);
    for (size_t row = 0; row < rows; row++)
        group[row] = panel->class_of_row[row] == CLASS_NONE ? UINT32_MAX : panel->class_of_row[row];
    const status s = topology_dissolve(p->model->borders, group, panel->class_count, &shapes, err);
    for (size_t k = 0; s == STATUS_OK && k < panel->class_count; k++) {
        if (panel->classes[k].count == 0)
            continue;
        put(p, "<path fill=\"");
        put_fill(p, &panel->classes[k]);
        put(p, "\" stroke=\"#8a8a8a\" stroke-width=\"8\" d=\"");
        screen_path_rows(&p->screen, shapes, k, k + 1, &p->out);
        put(p, "\"/>\n");
    }
    polygons_free(shapes);
    memory_free(group);
    return s;
}

/* Without outlines a place is a dot; as many as there are must fit side by side. */
static double dot_width(const page *p, size_t count)
{
    const double area = SCREEN_WIDTH * p->screen.height;
    return fmin(260, fmax(24, 0.7 * sqrt(area / (double)(count + 1))));
}

static void put_class_dots(page *p, const map_class *c, size_t k, const map_panel *panel,
                           const double *x, const double *y)
{
    const size_t rows = panel->table->rows->rows;
    const double width = dot_width(p, rows);
    for (int halo = 1; halo >= 0; halo--) {
        put_format(p,
                   "<path fill=\"none\" stroke-linecap=\"round\" stroke-width=\"%.0f\" stroke=\"",
                   width + 16 * halo);
        if (halo)
            put(p, "#6b6b6b");
        else
            put_format(p, "#%06x", c->fill == FILL_COLOUR ? (unsigned)c->colour : 0xffffffu);
        put(p, "\" d=\"");
        for (size_t row = 0; row < rows; row++) {
            int64_t px = 0, py = 0;
            if (panel->class_of_row[row] != k || !isfinite(x[row]) || !isfinite(y[row]))
                continue;
            screen_place(&p->screen, x[row], y[row], &px, &py);
            screen_path_dot(px, py, &p->out);
        }
        put(p, "\"/>\n");
    }
}

static void put_dots(page *p, const map_panel *panel, const double *x, const double *y)
{
    for (size_t k = 0; k < panel->class_count; k++) {
        if (panel->classes[k].count > 0)
            put_class_dots(p, &panel->classes[k], k, panel, x, y);
    }
}

/* --- markers and flows --- */

void marker_path(marker_shape shape, double x, double y, double radius, text_buffer *out)
{
    const double r = radius, t = radius / 2.6;
    switch (shape) {
    case MARKER_CIRCLE:
        text_add_format(out, "M%.0f %.0fa%.0f %.0f 0 1 0 %.0f 0a%.0f %.0f 0 1 0 %.0f 0z", x - r, y,
                        r, r, 2 * r, r, r, -2 * r);
        return;
    case MARKER_SQUARE:
        text_add_format(out, "M%.0f %.0fh%.0fv%.0fh%.0fz", x - r, y - r, 2 * r, 2 * r, -2 * r);
        return;
    case MARKER_TRIANGLE:
        text_add_format(out, "M%.0f %.0fl%.0f %.0fh%.0fz", x, y - 1.3 * r, 1.2 * r, 2.2 * r,
                        -2.4 * r);
        return;
    case MARKER_DIAMOND:
        text_add_format(out, "M%.0f %.0fl%.0f %.0fl%.0f %.0fl%.0f %.0fz", x, y - 1.3 * r, 1.3 * r,
                        1.3 * r, -1.3 * r, 1.3 * r, -1.3 * r, -1.3 * r);
        return;
    case MARKER_CROSS:
        break;
    }
    text_add_format(out, "M%.0f %.0fh%.0fv%.0fh%.0fv%.0fh%.0fv%.0fh%.0fv%.0fh%.0fv%.0fh%.0fz",
                    x - t, y - r, 2 * t, r - t, r - t, 2 * t, t - r, r - t, -2 * t, t - r, t - r,
                    -2 * t, r - t);
}

static void put_family_markers(page *p, size_t family, double radius)
{
    const report_model *const m = p->model;
    const results *const r = p->results;
    put_format(p, "<path fill=\"#%06x\" stroke=\"#fff\" stroke-width=\"14\" d=\"",
               (unsigned)m->families[family].colour);
    for (size_t v = 0; v < m->venues->rows->rows; v++) {
        int64_t x = 0, y = 0;
        if (m->venue_family[v] != family || !isfinite(r->venue_x_m[v]) ||
            !isfinite(r->venue_y_m[v]))
            continue;
        screen_place(&p->screen, r->venue_x_m[v], r->venue_y_m[v], &x, &y);
        marker_path(m->families[family].shape, (double)x, (double)y, radius, &p->out);
    }
    put(p, "\"/>\n");
}

static void put_families(page *p)
{
    const size_t venues = p->model->venues ? p->model->venues->rows->rows : 0;
    for (size_t f = 0; f < FAMILY_COUNT; f++) {
        if (p->model->families[f].count > 0)
            put_family_markers(p, f, venues > 500 ? MARKER_RADIUS / 2 : MARKER_RADIUS);
    }
}

static void put_venue_dots(page *p, const map_panel *panel)
{
    const results *const r = p->results;
    const size_t rows = panel->venue_shown ? p->model->venues->rows->rows : 0;
    for (int halo = 1; rows > 0 && halo >= 0; halo--) {
        put_format(
            p,
            "<path fill=\"none\" stroke-linecap=\"round\" stroke-width=\"%d\" stroke=\"%s\" d=\"",
            (rows > 500 ? 44 : 84) + 26 * halo, halo ? "#fff" : "#1b1b1b");
        for (size_t v = 0; v < rows; v++) {
            int64_t x = 0, y = 0;
            if (!panel->venue_shown[v])
                continue;
            screen_place(&p->screen, r->venue_x_m[v], r->venue_y_m[v], &x, &y);
            screen_path_dot(x, y, &p->out);
        }
        put(p, "\"/>\n");
    }
}

static void put_flow_lines(page *p)
{
    const report_model *const m = p->model;
    const double most = m->flow_count > 0 ? m->flows[0].workers : 1;
    put(p, "<g stroke=\"#7a1f4b\" stroke-opacity=\"0.75\" stroke-linecap=\"round\">\n");
    for (size_t i = m->flow_count; i-- > 0;) {
        const flow_line *const f = &m->flows[i];
        int64_t xa = 0, ya = 0, xb = 0, yb = 0;
        screen_place(&p->screen, f->x_a, f->y_a, &xa, &ya);
        screen_place(&p->screen, f->x_b, f->y_b, &xb, &yb);
        put_format(p, "<path stroke-width=\"%.0f\" d=\"M%lld %lldL%lld %lld\"/>\n",
                   fmax(10, FLOW_WIDEST * f->workers / most), (long long)xa, (long long)ya,
                   (long long)xb, (long long)yb);
    }
    put(p, "</g>\n");
}

/* --- names of towns: the most populated ones whose names do not meet --- */

typedef struct label {
    double x, y, width;
    size_t row;
} label;

/* In code points; bytes that continue one are not counted. */
static double label_width(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return 0.56 * LABEL_SIZE * (double)count;
}

static bool meets(const label *a, const label *b)
{
    return fabs(a->x - b->x) < (a->width + b->width) / 2 + 60 &&
           fabs(a->y - b->y) < 1.25 * LABEL_SIZE;
}

static bool label_fits(const page *p, const label *l, const label *chosen, size_t count)
{
    if (l->x - l->width / 2 < 0 || l->x + l->width / 2 > SCREEN_WIDTH || l->y < LABEL_SIZE ||
        l->y > p->screen.height)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (meets(l, &chosen[i]))
            return false;
    }
    return true;
}

static bool is_chosen(const label *chosen, size_t count, size_t row)
{
    for (size_t i = 0; i < count; i++) {
        if (chosen[i].row == row)
            return true;
    }
    return false;
}

/* The most populated place not tried yet, in the main frame. */
static size_t next_town(const page *p, const uint8_t *tried, size_t rows)
{
    size_t best = SIZE_MAX;
    for (size_t row = 0; row < rows; row++) {
        const bool better =
            best == SIZE_MAX || p->model->population[row] > p->model->population[best];
        if (!tried[row] && p->model->population[row] > 0 && better)
            best = row;
    }
    return best;
}

static void put_labels(page *p)
{
    const report_model *const m = p->model;
    const size_t rows = m->cells || !m->places ? 0 : m->places->rows->rows;
    label chosen[LABELS_MAX];
    size_t count = 0;
    uint8_t *const tried = arena_take(p->memory, rows + 1, 1);
    for (size_t attempt = 0; tried && count < LABELS_MAX && attempt < 3 * LABELS_MAX; attempt++) {
        const size_t row = next_town(p, tried, rows);
        if (row == SIZE_MAX)
            break;
        tried[row] = 1;
        int64_t x = 0, y = 0;
        screen_place(&p->screen, p->results->place_x_m[row], p->results->place_y_m[row], &x, &y);
        const label l = {(double)x, (double)y - 90, label_width(m->place_name[row]), row};
        if (!is_chosen(chosen, count, row) && label_fits(p, &l, chosen, count))
            chosen[count++] = l;
    }
    put_format(p, "<g class=\"towns\" font-size=\"%d\" text-anchor=\"middle\">\n", LABEL_SIZE);
    for (size_t i = 0; i < count; i++) {
        put_format(p, "<text x=\"%.0f\" y=\"%.0f\">", chosen[i].x, chosen[i].y);
        put_text(p, m->place_name[chosen[i].row]);
        put(p, "</text>\n");
    }
    put(p, "</g>\n");
}

/* --- one map --- */

static void put_frames(page *p)
{
    for (size_t i = 1; i < p->screen.frame_count; i++) {
        const screen_frame *const f = &p->screen.frames[i];
        put_format(p,
                   "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" fill=\"none\" "
                   "stroke=\"#9a9a9a\" stroke-width=\"12\"/>"
                   "<text x=\"%.0f\" y=\"%.0f\" font-size=\"190\">",
                   f->left - 60, f->top - 60, f->width + 120, f->height + 120, f->left,
                   f->top + 140);
        put_text(p, f->title);
        put(p, "</text>\n");
    }
}

/* Bands between limits, the longest first. */
static void put_bands(page *p, const map_panel *panel)
{
    for (size_t row = 0; row < panel->table->rows->rows; row++) {
        if (panel->class_of_row[row] == CLASS_NONE)
            continue;
        put(p, "<path fill-rule=\"evenodd\" fill=\"");
        put_fill(p, &panel->classes[panel->class_of_row[row]]);
        put(p, "\" d=\"");
        screen_path_rows(&p->screen, panel->table->set_outlines, row, row + 1, &p->out);
        put(p, "\"/>\n");
    }
}

static status put_ground(page *p, const map_panel *panel, error *err)
{
    const bool of_places = panel && panel->table == p->model->places;
    if (of_places && p->model->borders)
        return put_class_shapes(p, panel, err);
    if (of_places)
        put_dots(p, panel, p->results->place_x_m, p->results->place_y_m);
    else if (p->model->borders)
        put(p, "<use href=\"#land\" fill=\"#efece6\" stroke=\"#8a8a8a\" stroke-width=\"12\"/>\n");
    return STATUS_OK;
}

status put_static_map(page *p, const map_sheet *sheet, const map_panel *panel, bool is_small,
                      error *err)
{
    put_format(p, "<svg class=\"map\" viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"",
               SCREEN_WIDTH, p->screen.height);
    put_text(p, sheet->description);
    if (panel && sheet->panel_count > 1) {
        put(p, " ");
        put_text(p, panel->title);
    }
    put(p, "\">\n");
    const status s = put_ground(p, panel, err);
    if (sheet->kind == SHEET_REACH)
        put_bands(p, panel);
    if (p->model->borders && guiding_level(p))
        put_format(p, "<use href=\"#limits\" stroke=\"#3a3a3a\" stroke-width=\"%d\"/>\n",
                   is_small ? 26 : 16);
    if (sheet->kind == SHEET_VENUES && p->model->venues)
        put_families(p);
    else if (sheet->kind == SHEET_FLOWS)
        put_flow_lines(p);
    else if (panel && panel->table == p->model->venues)
        put_dots(p, panel, p->results->venue_x_m, p->results->venue_y_m);
    else if (panel && !is_small)
        put_venue_dots(p, panel);
    if (!is_small)
        put_labels(p);
    put_frames(p);
    put(p, "</svg>\n");
    return s;
}

void put_class_swatch(page *p, const map_class *c)
{
    put(p, "<svg class=\"swatch\" viewBox=\"0 0 480 320\" aria-hidden=\"true\" "
           "focusable=\"false\"><rect x=\"8\" y=\"8\" width=\"464\" height=\"304\" "
           "stroke=\"#6b6b6b\" stroke-width=\"16\" fill=\"");
    put_fill(p, c);
    put(p, "\"/></svg>");
}

void put_family_swatch(page *p, const venue_family *f)
{
    put_format(p,
               "<svg class=\"swatch\" viewBox=\"0 0 480 320\" aria-hidden=\"true\" "
               "focusable=\"false\"><path fill=\"#%06x\" d=\"",
               (unsigned)f->colour);
    marker_path(f->shape, 240, 160, 110, &p->out);
    put(p, "\"/></svg>");
}
