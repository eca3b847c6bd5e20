/* A search from each venue gives times to the points of the nodes that it reaches. */
#include "network/search/search.h"
#include "network/travel/isochrones_work.h"

enum { MANY_VENUES = 256 };
static const contour_rule rule = {ISOCHRONE_LEAST_SQUARES, ISOCHRONE_THIN_SQUARES};

/* --- times --- */

/* One thread's tools. */
typedef struct pen {
    surface surface;
    contours *contours;
    search *to; /* against the traffic */
} pen;

static void pen_free(void *thing)
{
    pen *p = thing;
    surface_clear(&p->surface);
    contours_free(p->contours);
    search_free(p->to);
    memory_free(p);
}

static status pen_make(const void *context, void **out, error *err)
{
    const drawing *d = context;
    const isochrone_roads *roads = d->roads;
    const search_options options = {.labels = SEARCH_TIMES,
                                    .cancel = roads->progress ? roads->progress->cancel : NULL,
                                    .many = d->venue_count >= MANY_VENUES};
    pen *p = memory_new(1, sizeof *p);
    if (!p)
        return memory_error(err, sizeof *p);
    status s = surface_init(&p->surface, d->l, roads->places->count, d->far, err);
    if (s == STATUS_OK)
        s = contours_new(&p->contours, d->level, d->r->limit_count, err);
    if (s == STATUS_OK)
        s = search_new(&p->to, &roads->network->to, &options, err);
    if (s == STATUS_OK)
        *out = p;
    else
        pen_free(p);
    return s;
}

const lender_kind pens_of_drawing = {.make = pen_make, .free = pen_free};

/* The least of all threads: the same in any order. */
static void least_take(_Atomic uint32_t *least, uint32_t time)
{
    uint32_t seen = atomic_load_explicit(least, memory_order_relaxed);
    while (time < seen && !atomic_compare_exchange_weak_explicit(
                              least, &seen, time, memory_order_relaxed, memory_order_relaxed))
        continue;
}

/* Where times of a venue go: its own surface, and the subjects that it shares. */
typedef struct destination {
    surface *own; /* NULL: in no subject of its own */
    const uint32_t *subject;
    size_t subjects;
} destination;

static status times_put(const drawing *d, const search *found, uint32_t fixed,
                        const destination *to, error *err)
{
    const lattice *l = d->l;
    size_t count = 0;
    const uint32_t *reached = search_reached(found, &count);
    status s = STATUS_OK;
    for (size_t i = 0; i < count && s == STATUS_OK; i++) {
        const uint32_t node = reached[i], first = l->node_start[node],
                       end = l->node_start[node + 1];
        const uint32_t drive = first < end ? search_time(found, node) : 0;
        for (uint32_t e = first; e < end && s == STATUS_OK; e++) {
            const uint64_t time =
                (uint64_t)fixed + drive + snap_walk(d->roads->network, l->walk_m[e]);
            if (time >= d->far)
                continue;
            if (to->own)
                s = surface_put(to->own, l->point[e], (uint32_t)time, err);
            for (size_t k = 0; k < to->subjects; k++)
                if (d->least[to->subject[k]])
                    least_take(&d->least[to->subject[k]][l->point[e]], (uint32_t)time);
        }
    }
    return s;
}

/* --- one venue --- */

static status subject_draw(drawing *d, pen *p, size_t subject, error *err)
{
    const status s = surface_draw(&p->surface, p->contours, &rule, err);
    if (s == STATUS_OK)
        d->rings[subject] = contours_take(p->contours);
    return s;
}

static status venue_search(drawing *d, pen *p, uint32_t venue, error *err)
{
    const uint32_t fixed = d->roads->venue_fixed[venue], longest = d->level[d->r->limit_count - 1];
    const uint32_t *subject = d->subject + d->subject_start[venue];
    const size_t subjects = (size_t)(d->subject_start[venue + 1] - d->subject_start[venue]);
    bool own = false;
    for (size_t k = 0; k < subjects; k++)
        own = own || is_single(d->r, subject[k]);
    const destination at = {own ? &p->surface : NULL, subject, subjects};
    surface_restart(&p->surface);
    if (fixed > longest)
        return STATUS_OK;
    status s = search_within(p->to, d->roads->venues->node[venue], longest - fixed, err);
    if (s == STATUS_OK)
        s = times_put(d, p->to, fixed, &at, err);
    for (size_t k = 0; k < subjects && s == STATUS_OK; k++)
        if (is_single(d->r, subject[k]))
            s = subject_draw(d, p, subject[k], err);
    return s;
}

status venues_draw(void *context, block b, error *err)
{
    drawing *d = context;
    lent p = {0};
    status s = lender_borrow(d->pens, &p, err);
    if (s != STATUS_OK)
        return s;
    for (size_t i = b.begin; i < b.end && s == STATUS_OK; i++)
        s = venue_search(d, p.thing, d->venue[i], err);
    lender_return(d->pens, p);
    const size_t done = atomic_fetch_add(&d->done, b.end - b.begin) + b.end - b.begin;
    if (d->roads->progress)
        progress_advance(d->roads->progress, done, d->venue_count);
    return s;
}

/* --- the nearest of several --- */

status shared_draw(void *context, block b, error *err)
{
    drawing *d = context;
    const size_t points = d->l->place_first + d->roads->places->count;
    lent lent_pen = {0};
    if (!d->least[b.begin])
        return STATUS_OK;
    status s = lender_borrow(d->pens, &lent_pen, err);
    if (s != STATUS_OK)
        return s;
    pen *p = lent_pen.thing;
    surface_restart(&p->surface);
    for (size_t k = 0; k < points && s == STATUS_OK; k++) {
        const uint32_t time = atomic_load_explicit(&d->least[b.begin][k], memory_order_relaxed);
        if (time < d->far)
            s = surface_put(&p->surface, (uint32_t)k, time, err);
    }
    if (s == STATUS_OK)
        s = subject_draw(d, p, b.begin, err);
    lender_return(d->pens, lent_pen);
    return s;
}
