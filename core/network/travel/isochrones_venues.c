/* A search from each venue gives times to the points of the nodes that it reaches. */
#include "network/travel/isochrones_work.h"

static const contour_rule rule = {ISOCHRONE_LEAST_SQUARES, ISOCHRONE_THIN_SQUARES};

/* --- times --- */

/* One thread's tools. */
typedef struct pen {
    surface surface;
    contours *contours;
} pen;

static status pen_init(pen *p, const drawing *d, error *err)
{
    *p = (pen){0};
    status s = surface_init(&p->surface, d->l, d->roads->places->count, d->far, err);
    return s == STATUS_OK ? contours_new(&p->contours, d->level, d->r->limit_count, err) : s;
}

static void pen_clear(pen *p)
{
    surface_clear(&p->surface);
    contours_free(p->contours);
}

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
        const uint32_t drive = first < end ? road_cost_time(search_cost(found, node)) : 0;
        for (uint32_t e = first; e < end && s == STATUS_OK; e++) {
            const uint64_t time = (uint64_t)fixed + drive + walk_time(l->walk_m[e]);
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

static status venue_search(drawing *d, pen *p, search *to, uint32_t venue, error *err)
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
    status s = search_within(to, d->roads->venues->node[venue], longest - fixed, err);
    if (s == STATUS_OK)
        s = times_put(d, to, fixed, &at, err);
    for (size_t k = 0; k < subjects && s == STATUS_OK; k++)
        if (is_single(d->r, subject[k]))
            s = subject_draw(d, p, subject[k], err);
    return s;
}

status venues_draw(void *context, block b, error *err)
{
    drawing *d = context;
    search *to = NULL;
    pen p = {0};
    status s = pen_init(&p, d, err);
    if (s == STATUS_OK)
        s = search_pool_borrow(d->roads->to, &to, err);
    for (size_t i = b.begin; i < b.end && s == STATUS_OK; i++)
        s = venue_search(d, &p, to, d->venue[i], err);
    if (to)
        search_pool_return(d->roads->to, to);
    pen_clear(&p);
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
    pen p = {0};
    status s = d->least[b.begin] ? pen_init(&p, d, err) : STATUS_OK;
    for (size_t k = 0; d->least[b.begin] && k < points && s == STATUS_OK; k++) {
        const uint32_t time = atomic_load_explicit(&d->least[b.begin][k], memory_order_relaxed);
        if (time < d->far)
            s = surface_put(&p.surface, (uint32_t)k, time, err);
    }
    if (s == STATUS_OK && d->least[b.begin])
        s = subject_draw(d, &p, b.begin, err);
    pen_clear(&p);
    return s;
}
