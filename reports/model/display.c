/* Display geometry: what to draw in which frame, simplified once for every map. */
#include <math.h>

#include "reports/model/build.h"
#include "reports/model/messages.h"

/* Degrees; wide enough for every commune of the region, apart from each other. */
typedef struct region_box {
    const char *title_fr, *title_en;
    bounds box;
} region_box;
static const region_box region_boxes[] = {
    {M_REGION_MAINLAND, {-6, 41, 10, 52}},
    {M_REGION_GUADELOUPE, {-62.2, 15.5, -60.8, 16.8}},
    {M_REGION_MARTINIQUE, {-61.5, 14.2, -60.6, 15.1}},
    {M_REGION_GUYANE, {-55, 1.5, -51, 6.5}},
    {M_REGION_REUNION, {55, -21.6, 56.1, -20.6}},
    {M_REGION_MAYOTTE, {44.8, -13.3, 45.5, -12.4}},
    {M_REGION_MIQUELON, {-56.8, 46.6, -56, 47.3}},
    {M_REGION_NORTHERN_ISLES, {-63.4, 17.6, -62.6, 18.4}},
    {M_REGION_ELSEWHERE, {-180, -90, 180, 90}},
};
enum { REGION_BOXES = sizeof region_boxes / sizeof *region_boxes, EPSG_DEGREES = 4326 };

static size_t region_at(double x, double y)
{
    for (size_t i = 0; i < REGION_BOXES; i++) {
        const bounds b = region_boxes[i].box;
        if (x >= b.x_min && x <= b.x_max && y >= b.y_min && y <= b.y_max)
            return i;
    }
    return REGION_BOXES - 1;
}

static void bounds_add(bounds *b, double x, double y)
{
    if (!isfinite(x) || !isfinite(y))
        return;
    b->x_min = fmin(b->x_min, x);
    b->y_min = fmin(b->y_min, y);
    b->x_max = fmax(b->x_max, x);
    b->y_max = fmax(b->y_max, y);
}

static void bounds_add_outline(bounds *b, const polygons *p, size_t row)
{
    const uint64_t rings_begin = p->ring_start[p->part_start[row]],
                   rings_end = p->ring_start[p->part_start[row + 1]];
    for (uint64_t i = p->point_start[rings_begin]; i < p->point_start[rings_end]; i++)
        bounds_add(b, p->x[i], p->y[i]);
}

/* Boxes by number of places, ties by their order; those without a place come last. */
static void regions_rank(const size_t *count, size_t *order)
{
    for (size_t i = 0; i < REGION_BOXES; i++) {
        size_t at = i;
        for (; at > 0 && count[i] > count[order[at - 1]]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

static void region_start(report_model *m, size_t region, const region_box *box, size_t count)
{
    m->regions[region] = (map_region){
        .title = box ? tr(m->lang, box->title_fr, box->title_en) : "",
        .extent = {INFINITY, INFINITY, -INFINITY, -INFINITY},
        .place_count = count,
    };
}

static void regions_split(report_model *m, uint8_t *region_of, size_t places)
{
    const results *const r = m->results;
    size_t count[REGION_BOXES] = {0}, order[REGION_BOXES], region_of_box[REGION_BOXES];
    for (size_t p = 0; p < places; p++)
        count[region_at(r->place_x_m[p], r->place_y_m[p])]++;
    regions_rank(count, order);
    m->region_count = 0;
    for (size_t i = 0; i < REGION_BOXES && (i == 0 || count[order[i]] > 0); i++) {
        region_of_box[order[i]] = m->region_count;
        region_start(m, m->region_count++, &region_boxes[order[i]], count[order[i]]);
    }
    for (size_t p = 0; p < places; p++)
        region_of[p] = (uint8_t)region_of_box[region_at(r->place_x_m[p], r->place_y_m[p])];
    if (m->region_count == 1)
        m->regions[0].title = "";
}

static void regions_measure(report_model *m, size_t places)
{
    for (size_t p = 0; p < places; p++) {
        bounds *const extent = &m->regions[m->region_of_place[p]].extent;
        if (m->results->borders && m->outlines)
            bounds_add_outline(extent, m->outlines, p);
        bounds_add(extent, m->results->place_x_m[p], m->results->place_y_m[p]);
    }
    const results *const communes = m->results->by_commune;
    const topology *const land = communes ? communes->borders : NULL;
    for (uint64_t i = 0; land && m->region_count == 1 && i < land->arc_start[land->arc_count]; i++)
        bounds_add(&m->regions[0].extent, land->x[i], land->y[i]);
    for (size_t i = 0; i < m->region_count; i++) {
        if (m->regions[i].extent.x_min > m->regions[i].extent.x_max)
            m->regions[i].extent = (bounds){0, 0, 1, 1};
    }
}

/* Three pixels in four thousand across the territory: under a tenth of a millimetre on a page. */
static status outlines_simplify(report_model *m, error *err)
{
    const topology *const full = m->results->borders;
    bounds all = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (uint64_t i = 0; i < full->arc_start[full->arc_count]; i++)
        bounds_add(&all, full->x[i], full->y[i]);
    const double span = m->region_count > 1
                            ? m->regions[0].extent.y_max - m->regions[0].extent.y_min
                            : fmax(all.x_max - all.x_min, all.y_max - all.y_min);
    /* Squares have nothing to lose: only what lies between two corners goes. */
    const double pixel = span > 0 && !m->results->by_commune ? span / 2500 : 0;
    status s = topology_simplify(full, pixel * pixel, 4 * pixel * pixel, &m->borders, err);
    if (s == STATUS_OK)
        s = topology_to_polygons(m->borders, &m->outlines, err);
    return s;
}

status display_build(report_model *m, error *err)
{
    const size_t places = m->places ? m->places->rows->rows : 0;
    uint8_t *const region_of = arena_take(m->memory, places + 1, sizeof *region_of);
    if (!region_of)
        return memory_error(err, places);
    m->region_of_place = region_of;
    if (m->results->epsg == EPSG_DEGREES && places > 0) {
        regions_split(m, region_of, places);
        regions_measure(m, places);
    } else {
        m->region_count = 1;
        region_start(m, 0, NULL, places);
    }
    status s = STATUS_OK;
    if (m->results->borders && places > 0)
        s = outlines_simplify(m, err);
    if (s == STATUS_OK) {
        for (size_t i = 0; i < m->region_count; i++)
            m->regions[i].extent = (bounds){INFINITY, INFINITY, -INFINITY, -INFINITY};
        regions_measure(m, places);
    }
    return s;
}

void report_model_free(report_model *m)
{
    if (!m)
        return;
    topology_free(m->borders);
    polygons_free(m->outlines);
    arena_free(m->memory);
    memory_free(m);
}
