/* Outlines and borders of the kept places, the margin as context, points. */
#include <string.h>

#include "engine/results/results_model.h"

/* A territory being shown: its kept rows, and the view that gets their shapes. */
typedef struct shape_work {
    build *b;
    const territory *t;
    const size_t *rows;
    size_t count;
    results *r;
} shape_work;

/* Outlines of all places in the territory's own coordinates, from the shared borders. */
static status borders_of_kept(const shape_work *w, const polygons *all, topology **borders,
                              error *err)
{
    polygons *kept = NULL;
    status s = polygons_select(all, w->rows, w->count, &kept, err);
    if (s == STATUS_OK)
        s = topology_build(kept, 0.0, borders, err);
    polygons_free(kept);
    w->r->borders = *borders;
    return s;
}

static status context_of(const shape_work *w, const polygons *all, error *err)
{
    const territory *t = w->t;
    size_t *rows = memory_new(t->place_count, sizeof *rows), count = 0;
    polygons *context = NULL;
    if (rows == NULL)
        return memory_error(err, t->place_count * sizeof *rows);
    for (size_t p = 0; p < t->place_count; p++) {
        if (!t->kept[p])
            rows[count++] = p;
    }
    status s = count > 0 ? polygons_select(all, rows, count, &context, err) : STATUS_OK;
    memory_free(rows);
    if (s == STATUS_OK && context != NULL)
        s = results_own_shape(w->b, context, err);
    w->r->context = s == STATUS_OK ? context : NULL;
    return s;
}

static status outlines_of_kept(const shape_work *w, error *err)
{
    polygons *kept = NULL;
    status s = polygons_select(w->t->outlines, w->rows, w->count, &kept, err);
    if (s == STATUS_OK)
        s = results_own_shape(w->b, kept, err);
    w->r->outlines = s == STATUS_OK ? kept : NULL;
    return s;
}

/* The kept rows of a column of doubles. */
static const double *kept_values(build *b, const double *from, const size_t *rows, size_t count,
                                 bool *failed)
{
    double *to = arena_take(b->memory, count, sizeof *to);
    *failed = *failed || to == NULL;
    for (size_t i = 0; to != NULL && i < count; i++)
        to[i] = from[rows[i]];
    return to;
}

static status points(const shape_work *w, error *err)
{
    build *b = w->b;
    const territory *t = w->t;
    const venues *v = b->d->venues;
    results *r = w->r;
    bool failed = false;
    r->place_lon = kept_values(b, t->lon, w->rows, w->count, &failed);
    r->place_lat = kept_values(b, t->lat, w->rows, w->count, &failed);
    r->place_x_m = kept_values(b, t->x_m, w->rows, w->count, &failed);
    r->place_y_m = kept_values(b, t->y_m, w->rows, w->count, &failed);
    r->venue_x_m = kept_values(b, v->x_m, b->venue_rows, b->venue_count, &failed);
    r->venue_y_m = kept_values(b, v->y_m, b->venue_rows, b->venue_count, &failed);
    return failed ? memory_error(err, w->count * sizeof(double)) : STATUS_OK;
}

static status level_of(const shape_work *w, const grouping *g, result_level *out, error *err)
{
    build *b = w->b;
    uint32_t *of_place = arena_take(b->memory, w->count, sizeof *of_place);
    const char **names = arena_take(b->memory, g->group_count, sizeof *names);
    if (of_place == NULL || names == NULL)
        return memory_error(err, w->count * sizeof *of_place);
    for (size_t i = 0; i < w->count; i++)
        of_place[i] = g->of_place[w->rows[i]];
    bool failed = false;
    for (size_t i = 0; i < g->group_count; i++) {
        names[i] = arena_text(b->memory, g->name[i] != NULL ? g->name[i] : g->code[i]);
        failed = failed || names[i] == NULL;
    }
    *out = (result_level){.id = arena_text(b->memory, g->level),
                          .title_fr = arena_text(b->memory, g->title_fr),
                          .title_en = arena_text(b->memory, g->title_en),
                          .of_place = of_place,
                          .group_count = g->group_count,
                          .group_name = names};
    failed = failed || out->id == NULL || out->title_fr == NULL || out->title_en == NULL;
    return failed ? memory_error(err, 256) : STATUS_OK;
}

static status levels(const shape_work *w, error *err)
{
    const territory *t = w->t;
    result_level *list = arena_take(w->b->memory, t->grouping_count, sizeof *list);
    if (list == NULL)
        return memory_error(err, t->grouping_count * sizeof *list);
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < t->grouping_count; i++)
        s = level_of(w, &t->groupings[i], &list[i], err);
    w->r->levels = list;
    w->r->level_count = t->grouping_count;
    return s;
}

status results_ground(build *b, const territory *t, const size_t *rows, size_t count, results *r,
                      topology **borders, error *err)
{
    polygons *all = NULL;
    const shape_work w = {.b = b, .t = t, .rows = rows, .count = count, .r = r};
    r->epsg = t->epsg;
    status s = points(&w, err);
    if (s == STATUS_OK)
        s = levels(&w, err);
    if (s == STATUS_OK && t->outlines != NULL)
        s = outlines_of_kept(&w, err);
    if (s == STATUS_OK && t->borders != NULL)
        s = topology_to_polygons(t->borders, &all, err);
    if (s == STATUS_OK && all != NULL)
        s = borders_of_kept(&w, all, borders, err);
    if (s == STATUS_OK && all != NULL)
        s = context_of(&w, all, err);
    polygons_free(all);
    return s;
}

status results_shapes(build *b, error *err)
{
    return results_ground(b, b->d->territory, b->place_rows, b->place_count, &b->r->seen,
                          &b->r->borders, err);
}
