#include "geo/contours.h"

#include <string.h>

#include "geo/contours_work.h"

enum { FIRST_SLOTS = 1024 };

status contours_new(contours **out, const uint32_t *levels, size_t count, error *err)
{
    contours *c = memory_new(1, sizeof *c);
    *out = NULL;
    if (!c)
        return memory_error(err, sizeof *c);
    c->level_count = count < CONTOUR_LEVELS_MAX ? count : CONTOUR_LEVELS_MAX;
    memcpy(c->level, levels, c->level_count * sizeof *levels);
    c->slots = FIRST_SLOTS;
    c->slot = memory_new(c->slots, sizeof *c->slot);
    if (!c->slot) {
        contours_free(c);
        return memory_error(err, FIRST_SLOTS * sizeof *c->slot);
    }
    *out = c;
    return STATUS_OK;
}

void contours_free(contours *c)
{
    if (!c)
        return;
    memory_free(c->x);
    memory_free(c->y);
    memory_free(c->next);
    memory_free(c->level_of);
    memory_free(c->slot);
    memory_free(c->mark_x);
    memory_free(c->mark_y);
    contour_rings_clear(&c->rings);
    memory_free(c);
}

const uint32_t *contours_levels(const contours *c, size_t *count)
{
    *count = c->level_count;
    return c->level;
}

void contours_restart(contours *c)
{
    if (c->count > 0)
        memset(c->slot, 0, c->slots * sizeof *c->slot);
    c->count = c->mark_count = 0;
    contour_rings_clear(&c->rings);
}

const contour_rings *contours_rings(const contours *c)
{
    return &c->rings;
}

status contours_mark(contours *c, double x, double y, error *err)
{
    double *xs = array_grown(c->mark_x, &c->mark_x_room, c->mark_count + 1, sizeof *xs);
    c->mark_x = xs ? xs : c->mark_x;
    double *ys = array_grown(c->mark_y, &c->mark_y_room, c->mark_count + 1, sizeof *ys);
    c->mark_y = ys ? ys : c->mark_y;
    if (!xs || !ys)
        return memory_error(err, (c->mark_count + 1) * sizeof *xs);
    xs[c->mark_count] = x;
    ys[c->mark_count++] = y;
    return STATUS_OK;
}

contour_rings contours_take(contours *c)
{
    const contour_rings taken = c->rings;
    c->rings = (contour_rings){0};
    return taken;
}

/* --- crossings --- */

static uint64_t mixed(uint64_t v)
{
    v ^= v >> 31;
    v *= UINT64_C(0x9e3779b97f4a7c15);
    return v ^ v >> 29;
}

static size_t slot_of(const contours *c, uint64_t a, uint64_t b, uint32_t level)
{
    const size_t mask = c->slots - 1;
    size_t at = (size_t)mixed(a + mixed(b * CONTOUR_LEVELS_MAX + level)) & mask;
    while (c->slot[at].point &&
           (c->slot[at].a != a || c->slot[at].b != b || c->slot[at].level != level))
        at = (at + 1) & mask;
    return at;
}

static status slots_double(contours *c, error *err)
{
    crossing_key *old = c->slot;
    const size_t count = c->slots;
    crossing_key *grown = memory_new(2 * count, sizeof *grown);
    if (!grown)
        return memory_error(err, 2 * count * sizeof *grown);
    c->slot = grown;
    c->slots = 2 * count;
    for (size_t i = 0; i < count; i++)
        if (old[i].point)
            c->slot[slot_of(c, old[i].a, old[i].b, old[i].level)] = old[i];
    memory_free(old);
    return STATUS_OK;
}

static status point_add(contours *c, double x, double y, uint32_t level, error *err)
{
    const size_t wanted = c->count + 1;
    double *xs = array_grown(c->x, &c->x_room, wanted, sizeof *xs);
    c->x = xs ? xs : c->x;
    double *ys = array_grown(c->y, &c->y_room, wanted, sizeof *ys);
    c->y = ys ? ys : c->y;
    uint32_t *next = array_grown(c->next, &c->next_room, wanted, sizeof *next);
    c->next = next ? next : c->next;
    uint8_t *levels = array_grown(c->level_of, &c->level_room, wanted, sizeof *levels);
    c->level_of = levels ? levels : c->level_of;
    if (!xs || !ys || !next || !levels || wanted >= POINT_NONE)
        return memory_error(err, wanted * sizeof *xs);
    xs[c->count] = x;
    ys[c->count] = y;
    next[c->count] = POINT_NONE;
    levels[c->count++] = (uint8_t)level;
    return STATUS_OK;
}

/* The point where a level crosses an edge: computed once, from the corner of lower id. */
static status crossing_find(contours *c, const contour_corner *p, const contour_corner *q,
                            uint32_t level, uint32_t *point, error *err)
{
    const contour_corner *a = p->id < q->id ? p : q, *b = p->id < q->id ? q : p;
    size_t at = slot_of(c, a->id, b->id, level);
    status s = STATUS_OK;
    if (!c->slot[at].point) {
        if (2 * (c->count + 1) > c->slots) {
            s = slots_double(c, err);
            at = s == STATUS_OK ? slot_of(c, a->id, b->id, level) : at;
        }
        const double along = ((double)c->level[level] + 0.5 - (double)a->value) /
                             ((double)b->value - (double)a->value);
        if (s == STATUS_OK)
            s = point_add(c, a->x + along * (b->x - a->x), a->y + along * (b->y - a->y), level,
                          err);
        if (s == STATUS_OK)
            c->slot[at] = (crossing_key){a->id, b->id, level, (uint32_t)c->count};
    }
    *point = s == STATUS_OK ? c->slot[at].point - 1 : 0;
    return s;
}

/* One corner is alone on its side: the curve goes around it, the region on its left. */
static status segment_add(contours *c, const contour_corner *corner, size_t alone, bool inside,
                          uint32_t level, error *err)
{
    uint32_t first = 0, second = 0;
    const contour_corner *a = &corner[alone], *b = &corner[(alone + 1) % 3],
                         *d = &corner[(alone + 2) % 3];
    status s = crossing_find(c, a, b, level, &first, err);
    if (s == STATUS_OK)
        s = crossing_find(c, d, a, level, &second, err);
    if (s != STATUS_OK)
        return s;
    if (inside)
        c->next[first] = second;
    else
        c->next[second] = first;
    return STATUS_OK;
}

status contours_triangle(contours *c, const contour_corner *corner, error *err)
{
    status s = STATUS_OK;
    for (uint32_t i = 0; i < c->level_count && s == STATUS_OK; i++) {
        const uint32_t level = c->level[i];
        const bool in[3] = {corner[0].value <= level, corner[1].value <= level,
                            corner[2].value <= level};
        const int inside = in[0] + in[1] + in[2];
        if (inside == 3)
            break; /* and at every higher level */
        for (size_t k = 0; k < 3 && inside > 0; k++)
            if (in[k] == (inside == 1) && s == STATUS_OK)
                s = segment_add(c, corner, k, inside == 1, i, err);
    }
    return s;
}

/* --- outlines --- */

status contours_draw(contours *c, const contour_rule *rule, error *err)
{
    contour_rings_clear(&c->rings);
    status s = contours_link(c, &c->rings, err);
    if (s == STATUS_OK)
        s = contours_drop(c, &c->rings, rule->least_area, err);
    if (s == STATUS_OK)
        s = contours_thin(c, &c->rings, rule->thin_area, err);
    return s == STATUS_OK ? contours_nest(&c->rings, err) : s;
}
