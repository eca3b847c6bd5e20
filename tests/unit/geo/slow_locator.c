/* The slow way: an STR tree and GEOS prepared geometries, one point after the other. */
#include "slow_locator.h"

#include "geo/geos_work.h"
#include "geo/messages.h"

struct slow_locator {
    geos_work geos;
    const polygons *outlines;
    size_t rows;
    GEOSGeometry **shape;
    const GEOSPreparedGeometry **prepared;
    uint32_t *row; /* what the tree hands back: the address of a row's number */
    GEOSSTRtree *tree;
    uint32_t *candidate;
    size_t candidates, capacity;
    bool failed;
};

void slow_locator_free(slow_locator *l)
{
    if (!l)
        return;
    if (l->tree)
        GEOSSTRtree_destroy_r(l->geos.handle, l->tree);
    for (size_t i = 0; l->prepared && i < l->rows; i++)
        if (l->prepared[i])
            GEOSPreparedGeom_destroy_r(l->geos.handle, l->prepared[i]);
    for (size_t i = 0; l->shape && i < l->rows; i++)
        if (l->shape[i])
            GEOSGeom_destroy_r(l->geos.handle, l->shape[i]);
    geos_work_clear(&l->geos);
    memory_free(l->prepared);
    memory_free(l->shape);
    memory_free(l->row);
    memory_free(l->candidate);
    memory_free(l);
}

static status slow_locator_add(slow_locator *l, size_t row, error *err)
{
    l->row[row] = (uint32_t)row;
    if (l->outlines->part_start[row] == l->outlines->part_start[row + 1])
        return STATUS_OK;
    l->shape[row] = geos_of_row(&l->geos, l->outlines, row, NULL);
    if (!l->shape[row])
        return geos_work_error(&l->geos, err);
    if (GEOSisEmpty_r(l->geos.handle, l->shape[row]))
        return STATUS_OK;
    l->prepared[row] = GEOSPrepare_r(l->geos.handle, l->shape[row]);
    if (!l->prepared[row])
        return geos_work_error(&l->geos, err);
    GEOSSTRtree_insert_r(l->geos.handle, l->tree, l->shape[row], &l->row[row]);
    return STATUS_OK;
}

status slow_locator_new(slow_locator **out, const polygons *p, error *err)
{
    *out = NULL;
    if (p->rows >= LOCATED_NOWHERE)
        return error_set(err, STATUS_INPUT, M_GEO_TOO_MANY, p->rows, (size_t)LOCATED_NOWHERE - 1);
    slow_locator *l = memory_new(1, sizeof *l);
    if (!l)
        return memory_error(err, sizeof *l);
    status s = geos_work_init(&l->geos, err);
    if (s)
        goto done;
    l->outlines = p;
    l->rows = p->rows;
    l->shape = memory_new(p->rows, sizeof(GEOSGeometry *));
    l->prepared = memory_new(p->rows, sizeof(GEOSPreparedGeometry *));
    l->row = memory_new(p->rows, sizeof *l->row);
    l->tree = GEOSSTRtree_create_r(l->geos.handle, 10);
    if (!l->shape || !l->prepared || !l->row || !l->tree) {
        s = memory_error(err, p->rows * sizeof(GEOSGeometry *));
        goto done;
    }
    for (size_t row = 0; !s && row < p->rows; row++)
        s = slow_locator_add(l, row, err);
done:
    if (s)
        slow_locator_free(l);
    else
        *out = l;
    return s;
}

/* Called back by GEOS: an exception or a jump must not cross it, so a lack of memory is noted. */
static void note_candidate(void *item, void *context)
{
    slow_locator *l = context;
    const uint32_t *row = item;
    if (l->candidates == l->capacity) {
        size_t wanted = l->capacity ? 2 * l->capacity : 16;
        uint32_t *more = memory_resize(l->candidate, wanted, sizeof *more);
        if (!more) {
            l->failed = true;
            return;
        }
        l->candidate = more;
        l->capacity = wanted;
    }
    l->candidate[l->candidates++] = *row;
}

static void locate(slow_locator *l, const GEOSGeometry *point, uint32_t *row)
{
    for (size_t i = 0; i < l->candidates; i++) {
        uint32_t r = l->candidate[i];
        if (r < *row && GEOSPreparedIntersects_r(l->geos.handle, l->prepared[r], point) == 1)
            *row = r;
    }
}

status slow_locator_find(slow_locator *l, double x, double y, uint32_t *row, error *err)
{
    *row = LOCATED_NOWHERE;
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(l->geos.handle, x, y);
    if (!point)
        return geos_work_error(&l->geos, err);
    l->candidates = 0;
    l->failed = false;
    /* A NaN or an infinity is in no envelope, hence nowhere. */
    GEOSSTRtree_query_r(l->geos.handle, l->tree, point, note_candidate, l);
    status s = l->failed ? memory_error(err, 2 * l->capacity * sizeof *l->candidate) : STATUS_OK;
    if (!s)
        locate(l, point, row);
    GEOSGeom_destroy_r(l->geos.handle, point);
    return s;
}
