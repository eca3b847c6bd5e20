/* Places as corners of the surface: the squares that hold one are cut into triangles around it.
 * Coordinates inside a square are whole numbers of 2^-30 steps, so that which side of an edge a
 * place is on is exact. */
#include <math.h>
#include <stdlib.h>

#include "base/arrays.h"
#include "network/travel/lattice.h"

static const double fine = 1073741824.0; /* 2^30 */
enum { FINE_BITS = 30 };

/* A place in one of the squares that hold it. */
typedef struct square_place {
    uint32_t tile, local, place;
} square_place;

typedef struct spot {
    int64_t x, y; /* in the square, 0 .. 2^30 */
} spot;

typedef struct cutting {
    lattice *l;
    square_place *held;
    size_t held_count, held_room;
    int64_t *x, *y; /* of each place, from the lattice's first point; -1: none */
    spot *corner;   /* of the square being cut */
    size_t corner_room, triangle_room;
} cutting;

/* --- which squares hold which places --- */

static int by_square(const void *a, const void *b)
{
    const square_place *p = a, *q = b;
    if (p->tile != q->tile)
        return p->tile < q->tile ? -1 : 1;
    if (p->local != q->local)
        return p->local < q->local ? -1 : 1;
    return (p->place > q->place) - (p->place < q->place);
}

static status hold(cutting *c, int64_t i, int64_t j, uint32_t place, error *err)
{
    const lattice *l = c->l;
    if (i < 0 || j < 0 || i >= (int64_t)l->tiles_x * TILE_SIDE ||
        j >= (int64_t)l->tiles_y * TILE_SIDE)
        return STATUS_OK;
    square_place *grown = array_grown(c->held, &c->held_room, c->held_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (c->held_count + 1) * sizeof *grown);
    c->held = grown;
    grown[c->held_count++] =
        (square_place){(uint32_t)(j / TILE_SIDE * l->tiles_x + i / TILE_SIDE),
                       (uint32_t)(j % TILE_SIDE * TILE_SIDE + i % TILE_SIDE), place};
    return STATUS_OK;
}

/* A place on an edge is in the squares on both sides of it; on a corner, in none: it is the same
 * point. */
static status place_hold(cutting *c, uint32_t place, error *err)
{
    const int64_t rest = (INT64_C(1) << FINE_BITS) - 1;
    const int64_t x = c->x[place], y = c->y[place], i = x >> FINE_BITS, j = y >> FINE_BITS;
    const bool upright = (x & rest) == 0, level = (y & rest) == 0;
    if (upright && level)
        return STATUS_OK;
    status s = hold(c, i, j, place, err);
    if (s == STATUS_OK && upright)
        s = hold(c, i - 1, j, place, err);
    if (s == STATUS_OK && level)
        s = hold(c, i, j - 1, place, err);
    return s;
}

static status places_find(cutting *c, const lattice_request *r, error *err)
{
    lattice *l = c->l;
    const double width = (double)l->tiles_x * TILE_SIDE, height = (double)l->tiles_y * TILE_SIDE;
    status s = STATUS_OK;
    for (uint32_t p = 0; p < r->place_count && s == STATUS_OK; p++) {
        const double u = (r->place_x[p] - l->x) / l->step_x, v = (r->place_y[p] - l->y) / l->step_y;
        l->place_u[p] = l->place_v[p] = NAN;
        c->x[p] = c->y[p] = -1;
        if (!(u >= 0 && v >= 0 && u < width && v < height))
            continue;
        c->x[p] = llround(u * fine);
        c->y[p] = llround(v * fine);
        l->place_u[p] = (double)c->x[p] / fine;
        l->place_v[p] = (double)c->y[p] / fine;
        s = place_hold(c, p, err);
    }
    if (s == STATUS_OK && c->held_count > 0)
        qsort(c->held, c->held_count, sizeof *c->held, by_square);
    return s;
}

/* --- triangles --- */

/* Twice the area of abp: positive when p is on the left of ab. */
static int64_t side_of(const spot *a, const spot *b, const spot *p)
{
    return (b->x - a->x) * (p->y - a->y) - (p->x - a->x) * (b->y - a->y);
}

static status triangle_add(cutting *c, uint32_t a, uint32_t b, uint32_t d, error *err)
{
    lattice *l = c->l;
    uint32_t(*grown)[3] =
        array_grown(l->square_triangle, &c->triangle_room, l->triangle_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (l->triangle_count + 1) * sizeof *grown);
    l->square_triangle = grown;
    grown[l->triangle_count][0] = a;
    grown[l->triangle_count][1] = b;
    grown[l->triangle_count++][2] = d;
    return STATUS_OK;
}

/* Splits the triangle t around corner p inside it, or on one of its edges: one triangle for each
 * edge that p is not on, the first in place of t. */
static status triangle_split(cutting *c, size_t t, uint32_t p, const bool *on, error *err)
{
    const uint32_t *old = c->l->square_triangle[t];
    const uint32_t corner[3] = {old[0], old[1], old[2]};
    bool replaced = false;
    status s = STATUS_OK;
    for (size_t k = 0; k < 3 && s == STATUS_OK; k++) {
        const uint32_t a = corner[k], b = corner[(k + 1) % 3];
        if (on[k])
            continue;
        if (replaced) {
            s = triangle_add(c, a, b, p, err);
            continue;
        }
        uint32_t *first = c->l->square_triangle[t];
        first[0] = a;
        first[1] = b;
        first[2] = p;
        replaced = true;
    }
    return s;
}

/* Into every triangle that holds it: one, or the two on both sides of an edge; none where another
 * corner stands at the same point. */
static status corner_insert(cutting *c, size_t first, uint32_t p, error *err)
{
    status s = STATUS_OK;
    const size_t end = c->l->triangle_count;
    for (size_t t = first; t < end && s == STATUS_OK; t++) {
        const uint32_t *k = c->l->square_triangle[t];
        const int64_t side[3] = {
            side_of(&c->corner[k[0]], &c->corner[k[1]], &c->corner[p]),
            side_of(&c->corner[k[1]], &c->corner[k[2]], &c->corner[p]),
            side_of(&c->corner[k[2]], &c->corner[k[0]], &c->corner[p]),
        };
        const bool on[3] = {side[0] == 0, side[1] == 0, side[2] == 0};
        if (side[0] >= 0 && side[1] >= 0 && side[2] >= 0 && on[0] + on[1] + on[2] < 2)
            s = triangle_split(c, t, p, on, err);
    }
    return s;
}

static status square_cut(cutting *c, lattice_square *square, error *err)
{
    lattice *l = c->l;
    const int64_t one = INT64_C(1) << FINE_BITS;
    const int64_t x = (int64_t)(square->tile % l->tiles_x * TILE_SIDE + square->local % TILE_SIDE)
                      << FINE_BITS;
    const int64_t y = (int64_t)(square->tile / l->tiles_x * TILE_SIDE + square->local / TILE_SIDE)
                      << FINE_BITS;
    spot *corner = array_grown(c->corner, &c->corner_room, 4 + square->place_count, sizeof *corner);
    if (!corner)
        return memory_error(err, (4 + square->place_count) * sizeof *corner);
    c->corner = corner;
    corner[0] = (spot){0, 0};
    corner[1] = (spot){one, 0};
    corner[2] = (spot){one, one};
    corner[3] = (spot){0, one};
    square->triangle_first = (uint32_t)l->triangle_count;
    status s = triangle_add(c, 0, 1, 2, err);
    if (s == STATUS_OK)
        s = triangle_add(c, 0, 2, 3, err);
    for (uint32_t k = 0; k < square->place_count && s == STATUS_OK; k++) {
        const uint32_t place = l->square_place[square->place_first + k];
        corner[4 + k] = (spot){c->x[place] - x, c->y[place] - y};
        s = corner_insert(c, square->triangle_first, 4 + k, err);
    }
    square->triangle_count = (uint32_t)l->triangle_count - square->triangle_first;
    return s;
}

/* Consecutive places of one square. */
static status squares_cut(cutting *c, error *err)
{
    lattice *l = c->l;
    status s = STATUS_OK;
    for (size_t i = 0; i < c->held_count && s == STATUS_OK;) {
        lattice_square *square = &l->squares[l->square_count++];
        *square = (lattice_square){
            .tile = c->held[i].tile, .local = c->held[i].local, .place_first = (uint32_t)i};
        for (; i < c->held_count && c->held[i].tile == square->tile &&
               c->held[i].local == square->local;
             i++)
            l->square_place[square->place_first + square->place_count++] = c->held[i].place;
        s = square_cut(c, square, err);
    }
    l->square_place_count = c->held_count;
    return s;
}

status lattice_squares_cut(lattice *l, const lattice_request *r, error *err)
{
    cutting c = {.l = l,
                 .x = memory_new(r->place_count, sizeof *c.x),
                 .y = memory_new(r->place_count, sizeof *c.y)};
    l->place_u = memory_new(r->place_count, sizeof *l->place_u);
    l->place_v = memory_new(r->place_count, sizeof *l->place_v);
    status s = c.x && c.y && l->place_u && l->place_v
                   ? STATUS_OK
                   : memory_error(err, r->place_count * 4 * sizeof *c.x);
    if (s == STATUS_OK)
        s = places_find(&c, r, err);
    l->squares = memory_new(c.held_count, sizeof *l->squares);
    l->square_place = memory_new(c.held_count, sizeof *l->square_place);
    if (s == STATUS_OK && (!l->squares || !l->square_place))
        s = memory_error(err, c.held_count * sizeof *l->squares);
    if (s == STATUS_OK)
        s = squares_cut(&c, err);
    memory_free(c.x);
    memory_free(c.y);
    memory_free(c.held);
    memory_free(c.corner);
    return s;
}
