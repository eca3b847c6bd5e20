/* Venues, flows and names. */
#include "reports/maps/overlay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "reports/maps/labels.h"

enum {
    FLOW_COLOUR = 0x1b5e8c,
    NODE_COLOUR = 0x1e2226,
    LABEL_COLOUR = 0x16181b,
    STATE_MARKER = 0x9a9a96
};
#define VALUE_RADIUS_MAX 10.0
#define FLOW_WIDTH_MAX 7.0
#define NODE_RADIUS 2.0

uint32_t plain_marker_colour(palette_id palette)
{
    return palette == PALETTE_YLGNBU ? 0xd7191c : 0x14171a;
}

double value_radius(double value, double largest)
{
    return largest > 0 ? fmax(1.2, VALUE_RADIUS_MAX * sqrt(fabs(value) / largest)) : 1.2;
}

double panel_largest(const map_panel *p)
{
    double largest = 0, value = 0;
    for (size_t row = 0; row < p->table->rows->rows; row++) {
        if (value_number(&p->table->rows->columns[p->column], row, &value))
            largest = fmax(largest, fabs(value));
    }
    return largest;
}

double flow_width(double workers, double largest)
{
    return fmax(0.35, FLOW_WIDTH_MAX * workers / largest);
}

static bool venue_here(const overlay *o, size_t v, double *x, double *y)
{
    const double vx = o->m->results->venue_x_m[v], vy = o->m->results->venue_y_m[v];
    if (!isfinite(vx) || !isfinite(vy))
        return false;
    *x = frame_x(o->frame, vx);
    *y = frame_y(o->frame, vy);
    const rect at = {*x, *y, 0, 0};
    return rect_inside(at, o->frame->at);
}

static void record_marker(const overlay *o, double x, double y, double r)
{
    layout_add(o->c->boxes, BOX_MARKER, o->panel_index, (rect){x - r, y - r, 2 * r, 2 * r}, NULL);
}

static size_t shown_count(const overlay *o)
{
    size_t count = 0;
    for (size_t v = 0; v < o->m->venues->rows->rows; v++)
        count += o->panel->venue_shown[v];
    return count;
}

static void draw_plain_venues(const overlay *o, double small)
{
    if (!o->panel || !o->panel->venue_shown)
        return;
    const double r = small * 0.8 * marker_radius(shown_count(o));
    for (size_t v = 0; v < o->m->venues->rows->rows; v++) {
        double x, y;
        if (!o->panel->venue_shown[v] || !venue_here(o, v, &x, &y))
            continue;
        marker_draw(o->c->cr, MARKER_CIRCLE, x, y, r, plain_marker_colour(o->panel->palette));
        record_marker(o, x, y, r);
    }
}

static void draw_families(const overlay *o)
{
    size_t count = 0;
    for (size_t i = 0; i < FAMILY_COUNT; i++)
        count += o->m->families[i].count;
    const double r = marker_radius(count);
    /* Family by family, the rarest on top. */
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        for (size_t v = 0; v < o->m->venues->rows->rows; v++) {
            double x, y;
            const venue_family *const family = &o->m->families[i];
            if (o->m->venue_family[v] != i || !o->m->venue_drawn[v] || !venue_here(o, v, &x, &y))
                continue;
            marker_draw(o->c->cr, family->shape, x, y, r, family->colour);
            record_marker(o, x, y, r);
        }
    }
}

/* --- venues sized by a value --- */

typedef struct sized {
    double x, y, r, value;
    size_t row;
    bool present;
} sized;

static int largest_first(const void *a, const void *b)
{
    const sized *const p = a, *const q = b;
    if (p->r != q->r)
        return p->r > q->r ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

static void draw_sized(const overlay *o, const sized *s)
{
    cairo_t *const cr = o->c->cr;
    const uint32_t colour =
        s->present ? o->panel->classes[o->panel->class_of_row[s->row]].colour : STATE_MARKER;
    if (!s->present) {
        marker_draw(cr, MARKER_CROSS, s->x, s->y, 2.2, colour);
        return;
    }
    cairo_new_path(cr);
    cairo_arc(cr, s->x, s->y, s->r, 0, 2 * 3.14159265358979323846);
    set_colour(cr, s->value < 0 ? 0xffffff : colour, s->value < 0 ? 0.85 : 0.9);
    cairo_fill_preserve(cr);
    set_colour(cr, s->value < 0 ? 0xa02c1c : 0x33383c, 1);
    cairo_set_line_width(cr, s->value < 0 ? 1.1 : 0.5);
    cairo_stroke(cr);
}

static status draw_venue_values(const overlay *o, error *err)
{
    const table *const t = o->panel->table->rows;
    const double largest = panel_largest(o->panel);
    size_t count = 0;
    sized *const all = memory_new(t->rows, sizeof *all);
    if (!all)
        return memory_error(err, t->rows * sizeof *all);
    for (size_t v = 0; v < t->rows; v++) {
        sized s = {.row = v};
        if (!venue_here(o, v, &s.x, &s.y) || o->panel->class_of_row[v] == CLASS_NONE)
            continue;
        s.present = value_number(&t->columns[o->panel->column], v, &s.value);
        s.r = s.present ? value_radius(s.value, largest) : 0;
        all[count++] = s;
    }
    qsort(all, count, sizeof *all, largest_first);
    for (size_t i = 0; i < count; i++) {
        draw_sized(o, &all[i]);
        record_marker(o, all[i].x, all[i].y, all[i].present ? all[i].r : 2.2);
    }
    memory_free(all);
    return STATUS_OK;
}

/* --- flows --- */

/* A bow to the right of the way, so that both ways of a pair are seen; it ends in an arrow head. */
void flow_draw(cairo_t *cr, double xa, double ya, double xb, double yb, double width)
{
    const double length = hypot(xb - xa, yb - ya);
    if (length < 2)
        return;
    const double ux = (xb - xa) / length, uy = (yb - ya) / length, bow = 0.14 * length;
    const double head = fmin(3.2 + 1.15 * width, 0.6 * length), stop = fmin(3.5, 0.15 * length);
    const double mx = (xa + xb) / 2 - uy * bow, my = (ya + yb) / 2 + ux * bow;
    /* The way the curve arrives. */
    const double arrive = hypot(xb - mx, yb - my), ax = (xb - mx) / arrive, ay = (yb - my) / arrive;
    const double tip_x = xb - ax * stop, tip_y = yb - ay * stop, neck_x = tip_x - ax * head,
                 neck_y = tip_y - ay * head;
    const double half = 0.5 * width + 1.5;
    set_colour(cr, FLOW_COLOUR, 0.72);
    cairo_new_path(cr);
    cairo_move_to(cr, xa, ya);
    cairo_curve_to(cr, xa + (mx - xa) * 2 / 3, ya + (my - ya) * 2 / 3, neck_x + (mx - xb) * 0.5,
                   neck_y + (my - yb) * 0.5, neck_x, neck_y);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
    cairo_move_to(cr, tip_x, tip_y);
    cairo_line_to(cr, neck_x - ay * half, neck_y + ax * half);
    cairo_line_to(cr, neck_x + ay * half, neck_y - ax * half);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void draw_flows(const overlay *o)
{
    const report_model *const m = o->m;
    cairo_save(o->c->cr);
    cairo_rectangle(o->c->cr, o->frame->at.x, o->frame->at.y, o->frame->at.w, o->frame->at.h);
    cairo_clip(o->c->cr);
    /* The largest first: the others stay visible on top of it. */
    for (size_t i = 0; i < m->flow_count; i++) {
        const flow_line *const f = &m->flows[i];
        flow_draw(o->c->cr, frame_x(o->frame, f->x_a), frame_y(o->frame, f->y_a),
                  frame_x(o->frame, f->x_b), frame_y(o->frame, f->y_b),
                  flow_width(f->workers, m->flows[0].workers));
    }
    cairo_restore(o->c->cr);
}

/* --- names --- */

typedef struct named {
    size_t row;
    double weight;
    const char *code;
} named;

static int heaviest_first(const void *a, const void *b)
{
    const named *const p = a, *const q = b;
    if (p->weight != q->weight)
        return p->weight > q->weight ? -1 : 1;
    return strcmp(p->code, q->code);
}

/* On a map of flows the communes where most of the drawn workers go are named; else the most
 * populated. */
static void weights_make(const overlay *o, double *weight)
{
    const report_model *const m = report_model_land(o->m);
    for (size_t row = 0; row < m->places->rows->rows; row++)
        weight[row] = o->sheet->kind == SHEET_FLOWS ? 0 : m->population[row] + 1;
    for (size_t i = 0; o->sheet->kind == SHEET_FLOWS && i < m->flow_count; i++) {
        if (m->flows[i].work != ROW_NONE)
            weight[m->flows[i].work] += m->flows[i].workers;
    }
}

static size_t candidates_order(const overlay *o, const double *weight, named *names)
{
    const report_model *const m = report_model_land(o->m);
    size_t count = 0;
    for (size_t row = 0; row < m->places->rows->rows; row++) {
        if (m->region_of_place[row] == o->frame->region && weight[row] > 0 && *m->place_name[row] &&
            isfinite(m->results->place_x_m[row]) && isfinite(m->results->place_y_m[row]))
            names[count++] = (named){row, weight[row], m->place_code[row]};
    }
    qsort(names, count, sizeof *names, heaviest_first);
    return count;
}

/* What may be written, in order of priority. */
typedef struct caption {
    double x, y;
    const char *text;
    text_style style;
} caption;

/* A name wider than a third of the map would push the others away. */
static bool caption_fits(const overlay *o, const caption *n, rect *size)
{
    *size = text_measure(o->c, n->text, &n->style);
    return *n->text && size->w <= o->frame->at.w * 0.34;
}

static size_t place_captions(const overlay *o, const named *names, size_t count, size_t wanted,
                             caption *out)
{
    const report_model *const land = report_model_land(o->m);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < wanted; i++) {
        const bool large = kept < 4 && o->label_limit > 6;
        const size_t row = names[i].row;
        rect size;
        const caption n = {.x = frame_x(o->frame, land->results->place_x_m[row]),
                           .y = frame_y(o->frame, land->results->place_y_m[row]),
                           .text = land->place_name[row],
                           .style = {.size = o->label_size + (large ? 1.3 : 0),
                                     .bold = large,
                                     .colour = LABEL_COLOUR,
                                     .halo = 1.1}};
        if (caption_fits(o, &n, &size))
            out[kept++] = n;
    }
    return kept;
}

/* Darker than the marker: a text this small needs contrast. */
static uint32_t darker(uint32_t rgb)
{
    return (rgb >> 16 & 255) * 6 / 10 << 16 | (rgb >> 8 & 255) * 6 / 10 << 8 | (rgb & 255) * 6 / 10;
}

static size_t venue_captions(const overlay *o, size_t wanted, caption *out)
{
    size_t kept = 0;
    for (size_t v = 0; v < o->m->venues->rows->rows && kept < wanted; v++) {
        rect size;
        caption n = {.text = o->m->venue_name[v],
                     .style = {.size = 6.3,
                               .italic = true,
                               .halo = 1.1,
                               .colour = darker(o->m->families[o->m->venue_family[v]].colour)}};
        if (o->m->venue_drawn[v] && venue_here(o, v, &n.x, &n.y) && caption_fits(o, &n, &size))
            out[kept++] = n;
    }
    return kept;
}

/* Among this many dots no large town could be named: names then stand over them. */
enum { VENUES_IN_THE_WAY = 600 };

static status obstacles_gather(const overlay *o, rect **out, size_t *count, error *err)
{
    const layout *const boxes = o->c->boxes;
    *count = 0;
    *out = memory_new(boxes->count + 1, sizeof **out);
    if (!*out)
        return memory_error(err, boxes->count * sizeof **out);
    for (size_t i = 0; i < boxes->count; i++) {
        if (boxes->boxes[i].kind == BOX_MARKER && boxes->boxes[i].panel == o->panel_index &&
            boxes->count < VENUES_IN_THE_WAY)
            (*out)[(*count)++] = boxes->boxes[i].at;
    }
    return STATUS_OK;
}

/* More venues than this, and the few names that fit would look chosen. */
enum { VENUES_NAMED = 80 };

static size_t venues_drawn(const overlay *o)
{
    size_t count = 0;
    for (size_t i = 0; i < FAMILY_COUNT; i++)
        count += o->m->families[i].count;
    return count;
}

/* Just clear of the symbol that a name belongs to. */
static double label_gap(const overlay *o)
{
    return o->sheet->kind == SHEET_VENUES ? marker_radius(venues_drawn(o)) + 0.8 : 3.2;
}

static status captions_write(const overlay *o, const caption *names, size_t count, size_t limit,
                             error *err)
{
    rect *obstacles = NULL;
    size_t obstacle_count = 0;
    label *const labels = memory_new(count, sizeof *labels);
    status s = labels ? obstacles_gather(o, &obstacles, &obstacle_count, err)
                      : memory_error(err, count * sizeof *labels);
    if (s != STATUS_OK)
        goto done;
    const bool beside = o->sheet->kind == SHEET_FLOWS;
    for (size_t i = 0; i < count; i++) {
        const rect size = text_measure(o->c, names[i].text, &names[i].style);
        labels[i] =
            (label){.x = names[i].x, .y = names[i].y, .w = size.w, .h = size.h, .beside = beside};
    }
    labels_place(labels, count, obstacles, obstacle_count, o->frame->at, label_gap(o), 2.5, limit);
    for (size_t i = 0; i < count; i++) {
        if (!labels[i].placed)
            continue;
        (void)text_draw(o->c, labels[i].at.x, labels[i].at.y, names[i].text, &names[i].style);
        layout_add(o->c->boxes, BOX_LABEL, o->panel_index, labels[i].at, names[i].text);
    }
done:
    memory_free(obstacles);
    memory_free(labels);
    return s;
}

static void nodes_draw(const overlay *o, const double *weight)
{
    const results *const r = o->m->results;
    for (size_t row = 0; o->sheet->kind == SHEET_FLOWS && row < o->m->places->rows->rows; row++) {
        if (weight[row] <= 0)
            continue;
        const double x = frame_x(o->frame, r->place_x_m[row]),
                     y = frame_y(o->frame, r->place_y_m[row]);
        marker_draw(o->c->cr, MARKER_CIRCLE, x, y, NODE_RADIUS, NODE_COLOUR);
        record_marker(o, x, y, NODE_RADIUS);
    }
}

/* On the sheet of venues a few towns to find one's way, then the venues themselves. */
static status names_draw(const overlay *o, error *err)
{
    const size_t places = report_model_land(o->m)->places->rows->rows, tried = 6 * o->label_limit;
    double *const weight = memory_new(places, sizeof *weight);
    named *const names = memory_new(places, sizeof *names);
    caption *const captions = memory_new(tried + 12 + VENUES_NAMED, sizeof *captions);
    status s = weight && names && captions ? STATUS_OK : memory_error(err, places * sizeof *names);
    if (s == STATUS_OK) {
        const bool of_venues = o->sheet->kind == SHEET_VENUES;
        weights_make(o, weight);
        nodes_draw(o, weight);
        size_t count =
            place_captions(o, names, candidates_order(o, weight, names),
                           of_venues && venues_drawn(o) <= VENUES_NAMED ? 12 : tried, captions);
        if (of_venues && venues_drawn(o) <= VENUES_NAMED)
            count += venue_captions(o, VENUES_NAMED, captions + count);
        s = captions_write(o, captions, count, o->label_limit, err);
    }
    memory_free(captions);
    memory_free(names);
    memory_free(weight);
    return s;
}

status overlay_draw(const overlay *o, error *err)
{
    status s = STATUS_OK;
    switch (o->sheet->kind) {
    case SHEET_FLOWS:
        draw_flows(o);
        break;
    case SHEET_VENUES:
        draw_families(o);
        break;
    case SHEET_VENUE_VALUES:
        s = draw_venue_values(o, err);
        break;
    case SHEET_REACH:
    case SHEET_CHOROPLETH:
        draw_plain_venues(o, o->sheet->panel_count > 1 ? 0.6 : 1);
        break;
    }
    return s == STATUS_OK && o->label_limit > 0 ? names_draw(o, err) : s;
}
