#include "network/travel/isochrones.h"

#include <math.h>
#include <string.h>

#include "network/travel/isochrones_work.h"

enum { VENUES_A_BLOCK = 4, MEASURED_ARC_M = 20 };

double isochrone_step_m(const char *mode)
{
    return strcmp(mode, "foot") == 0 ? 25 : strcmp(mode, "bike") == 0 ? 50 : 100;
}

static double usual_kmh(const char *mode)
{
    return strcmp(mode, "foot") == 0 ? 8 : strcmp(mode, "bike") == 0 ? 45 : 140;
}

/* Faster than anybody goes: how far a venue's regions may come. Profiles, layers and graphs give
 * what speeds they like; arcs too short for their rounded times are no measure. */
static double fastest_kmh(const isochrone_roads *roads)
{
    const road_arcs *to = &roads->network->to;
    const uint32_t arcs = to->start[to->node_count];
    double kmh = usual_kmh(roads->mode);
    for (uint32_t i = 0; i < arcs; i++) {
        const road_link *l = &to->link[i];
        if (l->length_m < MEASURED_ARC_M)
            continue;
        kmh = fmax(kmh, l->length_m * 0.06 * roads->network->units_per_minute /
                            (l->time > 0 ? l->time : 1));
    }
    return kmh;
}

/* The longest time that is within the limit as a number of minutes: what indicators compare. */
static uint32_t level_of(double limit_min, double units_per_minute)
{
    double level = floor(limit_min * units_per_minute + 1);
    while (level > 0 && level / units_per_minute > limit_min)
        level -= 1;
    return level < UINT32_MAX / 2 ? (uint32_t)level : UINT32_MAX / 2;
}

/* --- who is in which subject --- */

/* Subjects by venue, in order, and the venues that have one and are on the network. */
static status venues_gather(drawing *d, error *err)
{
    const isochrone_request *r = d->r;
    const size_t venues = d->roads->venues->count,
                 uses = (size_t)r->subject_start[r->subject_count];
    d->venue = memory_new(venues, sizeof *d->venue);
    d->subject_start = memory_new(venues + 2, sizeof *d->subject_start);
    d->subject = memory_new(uses, sizeof *d->subject);
    if (!d->venue || !d->subject_start || !d->subject)
        return memory_error(err, (venues + uses) * sizeof *d->subject_start);
    for (size_t i = 0; i < uses; i++)
        d->subject_start[r->subject_venue[i] + 2]++;
    for (uint32_t v = 0; v < venues; v++) {
        if (d->subject_start[v + 2] > 0 && d->roads->venues->node[v] != SNAP_NONE)
            d->venue[d->venue_count++] = v;
        d->subject_start[v + 2] += d->subject_start[v + 1];
    }
    for (uint32_t s = 0; s < r->subject_count; s++) /* start[v + 1] runs to the venue's end */
        for (uint64_t i = r->subject_start[s]; i < r->subject_start[s + 1]; i++)
            d->subject[d->subject_start[r->subject_venue[i] + 1]++] = s;
    return STATUS_OK;
}

static status least_open(drawing *d, error *err)
{
    const size_t points = d->l->place_first + d->roads->places->count;
    d->least = memory_new(d->r->subject_count, sizeof *d->least);
    d->rings = memory_new(d->r->subject_count, sizeof *d->rings);
    if (!d->least || !d->rings)
        return memory_error(err, d->r->subject_count * sizeof *d->rings);
    for (size_t s = 0; s < d->r->subject_count; s++) {
        if (is_single(d->r, s))
            continue;
        d->least[s] = memory_new(points, sizeof *d->least[s]);
        if (!d->least[s])
            return memory_error(err, points * sizeof *d->least[s]);
        for (size_t p = 0; p < points; p++)
            atomic_init(&d->least[s][p], d->far);
    }
    return STATUS_OK;
}

/* --- outlines --- */

static status ring_append(const drawing *d, const contour_rings *rings, size_t k,
                          polygons_builder *b, error *err)
{
    const lattice *l = d->l;
    status s = rings->hole[k] ? STATUS_OK : polygons_builder_part(b, err);
    if (s == STATUS_OK)
        s = polygons_builder_ring(b, err);
    for (size_t i = rings->start[k]; i < rings->start[k + 1] && s == STATUS_OK; i++)
        s = polygons_builder_point(b, l->x + rings->x[i] * l->step_x,
                                   l->y + rings->y[i] * l->step_y, err);
    return s;
}

static status subject_append(const drawing *d, size_t subject, polygons_builder *b, error *err)
{
    const contour_rings *rings = &d->rings[subject];
    status s = STATUS_OK;
    size_t k = 0;
    for (uint32_t level = 0; level < d->r->limit_count && s == STATUS_OK; level++) {
        s = polygons_builder_row(b, err);
        for (; k < rings->count && rings->level[k] == level && s == STATUS_OK; k++)
            s = ring_append(d, rings, k, b, err);
    }
    return s;
}

static status outlines_build(const drawing *d, polygons **out, isochrone_facts *facts, error *err)
{
    polygons_builder *b = NULL;
    status s = polygons_builder_new(&b, err);
    for (size_t i = 0; i < d->r->subject_count && s == STATUS_OK; i++) {
        s = subject_append(d, i, b, err);
        facts->vertices += d->rings[i].count > 0 ? d->rings[i].start[d->rings[i].count] : 0;
    }
    if (s == STATUS_OK)
        s = polygons_build(b, out, err);
    polygons_builder_free(b);
    return s;
}

/* --- the whole --- */

static status lattice_open(const drawing *d, lattice **out, error *err)
{
    const isochrone_roads *roads = d->roads;
    const size_t count = roads->venues->count;
    double *x = memory_new(count, sizeof *x), *y = memory_new(count, sizeof *y);
    status s = x && y ? STATUS_OK : memory_error(err, count * 2 * sizeof *x);
    for (size_t i = 0; i < d->venue_count && s == STATUS_OK; i++) {
        x[i] = d->r->venue_x[d->venue[i]];
        y[i] = d->r->venue_y[d->venue[i]];
    }
    const lattice_request request = {
        .snapper = roads->snapper,
        .node_count = roads->network->node_count,
        .epsg = d->r->epsg,
        .place_count = roads->places->count,
        .venue_count = d->venue_count,
        .place_x = d->r->place_x,
        .place_y = d->r->place_y,
        .venue_x = x,
        .venue_y = y,
        .places = roads->places,
        .land = d->r->land,
        .step_m = isochrone_step_m(roads->mode),
        .reach_m = d->r->limit_min[d->r->limit_count - 1] / 60 * 1000 * fastest_kmh(roads),
        .threads = roads->threads,
        .cancel = roads->progress ? roads->progress->cancel : NULL,
    };
    if (s == STATUS_OK)
        s = travel_lattice_new(out, &request, err);
    memory_free(x);
    memory_free(y);
    return s;
}

static void drawing_clear(drawing *d)
{
    for (size_t s = 0; s < d->r->subject_count; s++) {
        if (d->least)
            memory_free(d->least[s]);
        if (d->rings)
            contour_rings_clear(&d->rings[s]);
    }
    lender_free(d->pens);
    memory_free(d->least);
    memory_free(d->rings);
    memory_free(d->venue);
    memory_free(d->subject_start);
    memory_free(d->subject);
}

static status regions_draw(drawing *d, error *err)
{
    const atomic_int *cancel = d->roads->progress ? d->roads->progress->cancel : NULL;
    const uint32_t longest = d->level[d->r->limit_count - 1];
    d->far = longest + snap_walk(d->roads->network, (uint32_t)ceil(d->l->step_m));
    status s = least_open(d, err);
    if (s == STATUS_OK)
        s = lender_new(&d->pens, &pens_of_drawing, d, (size_t)blocks_threads(d->roads->threads),
                       err);
    if (s == STATUS_OK)
        s = blocks_run(d->venue_count, VENUES_A_BLOCK, d->roads->threads, cancel, venues_draw, d,
                       err);
    return s == STATUS_OK
               ? blocks_run(d->r->subject_count, 1, d->roads->threads, cancel, shared_draw, d, err)
               : s;
}

status isochrones_build(const isochrone_roads *roads, const isochrone_request *r, polygons **out,
                        isochrone_facts *facts, error *err)
{
    lattice *l = NULL;
    drawing d = {.roads = roads, .r = r};
    *out = NULL;
    *facts = (isochrone_facts){0};
    for (size_t i = 0; i < r->limit_count; i++)
        d.level[i] = level_of(r->limit_min[i], roads->network->units_per_minute);
    status s = venues_gather(&d, err);
    if (s == STATUS_OK)
        s = lattice_open(&d, &l, err);
    d.l = l;
    if (s == STATUS_OK)
        s = regions_draw(&d, err);
    if (s == STATUS_OK) {
        facts->step_m = l->step_m;
        facts->least_m2 = ISOCHRONE_LEAST_SQUARES * l->step_m * l->step_m;
        facts->points = l->kept_count * TILE_POINTS;
        s = outlines_build(&d, out, facts, err);
    }
    drawing_clear(&d);
    travel_lattice_free(l);
    return s;
}
