#include "network/travel/surface.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arrays.h"

enum { GATHERED = TILE_SIDE + 1 };
/* Ids of corners that are places, above those of points. */
static const uint64_t place_ids = UINT64_C(1) << 48;

status surface_init(surface *s, const lattice *l, size_t place_count, uint32_t far, error *err)
{
    const size_t tiles = (size_t)l->tiles_x * l->tiles_y;
    *s = (surface){.l = l,
                   .far = far,
                   .place_count = place_count,
                   .slot_of_tile = memory_new(tiles, sizeof *s->slot_of_tile),
                   .place_value = memory_new(place_count, sizeof *s->place_value)};
    if (!s->slot_of_tile || !s->place_value)
        return memory_error(err, (tiles + place_count) * sizeof *s->place_value);
    memset(s->slot_of_tile, 0xff, tiles * sizeof *s->slot_of_tile);
    for (size_t p = 0; p < place_count; p++)
        s->place_value[p] = far;
    return STATUS_OK;
}

void surface_clear(surface *s)
{
    memory_free(s->slot_of_tile);
    memory_free(s->tile);
    memory_free(s->value);
    memory_free(s->place_value);
    memory_free(s->place);
    memory_free(s->drawn);
    *s = (surface){0};
}

void surface_restart(surface *s)
{
    for (size_t i = 0; i < s->slots; i++)
        s->slot_of_tile[s->tile[i]] = LATTICE_NONE;
    for (size_t i = 0; i < s->places; i++)
        s->place_value[s->place[i]] = s->far;
    s->slots = s->places = 0;
}

/* --- values --- */

static status slot_open(surface *s, uint32_t tile, error *err)
{
    if (s->slot_of_tile[tile] != LATTICE_NONE)
        return STATUS_OK;
    uint32_t *tiles = array_grown(s->tile, &s->tile_room, s->slots + 1, sizeof *tiles);
    s->tile = tiles ? tiles : s->tile;
    uint32_t *values =
        array_grown(s->value, &s->value_room, (s->slots + 1) * TILE_POINTS, sizeof *values);
    s->value = values ? values : s->value;
    if (!tiles || !values)
        return memory_error(err, (s->slots + 1) * TILE_POINTS * sizeof *values);
    for (size_t k = s->slots * TILE_POINTS; k < (s->slots + 1) * TILE_POINTS; k++)
        values[k] = s->far;
    tiles[s->slots] = tile;
    s->slot_of_tile[tile] = (uint32_t)s->slots++;
    return STATUS_OK;
}

static status place_put(surface *s, uint32_t place, uint32_t time, error *err)
{
    const lattice *l = s->l;
    uint32_t *places = array_grown(s->place, &s->place_room, s->places + 1, sizeof *places);
    if (!places)
        return memory_error(err, (s->places + 1) * sizeof *places);
    s->place = places;
    places[s->places++] = place;
    s->place_value[place] = time;
    return slot_open(s,
                     (uint32_t)(l->place_v[place] / TILE_SIDE) * l->tiles_x +
                         (uint32_t)(l->place_u[place] / TILE_SIDE),
                     err);
}

status surface_put(surface *s, uint32_t point, uint32_t time, error *err)
{
    if (point >= s->l->place_first)
        return place_put(s, point - s->l->place_first, time, err);
    const uint32_t tile = s->l->tile_of_kept[point / TILE_POINTS];
    const status result = slot_open(s, tile, err);
    if (result == STATUS_OK)
        s->value[s->slot_of_tile[tile] * (size_t)TILE_POINTS + point % TILE_POINTS] = time;
    return result;
}

/* --- drawing --- */

/* A tile being drawn: its points, and the first ones of the tiles on its right and above it. */
typedef struct tile_view {
    const surface *s;
    contours *c;
    const uint32_t *level;
    size_t level_count;
    uint32_t i0, j0; /* of its first point */
    uint32_t value[GATHERED * GATHERED];
    uint8_t band[GATHERED * GATHERED];     /* levels below the value */
    uint8_t crossed[TILE_SIDE * GATHERED]; /* squares whose corners are in several bands */
} tile_view;

static const uint32_t *values_of(const surface *s, uint32_t tx, uint32_t ty)
{
    if (tx >= s->l->tiles_x || ty >= s->l->tiles_y)
        return NULL;
    const uint32_t slot = s->slot_of_tile[ty * s->l->tiles_x + tx];
    return slot == LATTICE_NONE ? NULL : s->value + (size_t)slot * TILE_POINTS;
}

static void row_gather(tile_view *v, uint32_t j, const uint32_t *own, const uint32_t *right)
{
    uint32_t *to = v->value + (size_t)j * GATHERED;
    const size_t from = (size_t)(j % TILE_SIDE) * TILE_SIDE;
    for (size_t i = 0; own && i < TILE_SIDE; i++)
        to[i] = own[from + i];
    for (size_t i = 0; !own && i < TILE_SIDE; i++)
        to[i] = v->s->far;
    to[TILE_SIDE] = right ? right[from] : v->s->far;
}

/* Plain loops over the tile, for the compiler to make vectors of: most squares hold no curve. */
static void tile_gather(tile_view *v)
{
    const uint32_t tx = v->i0 / TILE_SIDE, ty = v->j0 / TILE_SIDE;
    const uint32_t *own = values_of(v->s, tx, ty), *right = values_of(v->s, tx + 1, ty);
    for (uint32_t j = 0; j < TILE_SIDE; j++)
        row_gather(v, j, own, right);
    row_gather(v, TILE_SIDE, values_of(v->s, tx, ty + 1), values_of(v->s, tx + 1, ty + 1));
    memset(v->band, 0, sizeof v->band);
    for (size_t k = 0; k < v->level_count; k++) {
        const uint32_t level = v->level[k];
        for (size_t at = 0; at < GATHERED * GATHERED; at++)
            v->band[at] = (uint8_t)(v->band[at] + (v->value[at] > level));
    }
    for (size_t at = 0; at < TILE_SIDE * GATHERED - 1; at++)
        v->crossed[at] =
            (uint8_t)((v->band[at] ^ v->band[at + 1]) | (v->band[at] ^ v->band[at + GATHERED]) |
                      (v->band[at] ^ v->band[at + GATHERED + 1]));
}

/* Corner 0 to 3 of the square at (i, j) of the tile, counter-clockwise from the lower left. */
static contour_corner square_corner(const tile_view *v, uint32_t i, uint32_t j, uint32_t corner)
{
    const uint32_t ci = i + (corner == 1 || corner == 2), cj = j + (corner >= 2);
    const uint64_t gi = v->i0 + ci, gj = v->j0 + cj;
    return (contour_corner){.id = gj << 24 | gi,
                            .value = v->value[cj * GATHERED + ci],
                            .x = (double)gi,
                            .y = (double)gj};
}

/* Along the diagonal whose ends differ less: curves then follow the slope. */
static status square_plain(const tile_view *v, uint32_t i, uint32_t j, error *err)
{
    contour_corner at[4];
    for (uint32_t k = 0; k < 4; k++)
        at[k] = square_corner(v, i, j, k);
    const int64_t rising = llabs((int64_t)at[0].value - (int64_t)at[2].value),
                  falling = llabs((int64_t)at[1].value - (int64_t)at[3].value);
    const size_t first = rising <= falling ? 0 : 1;
    const contour_corner one[3] = {at[first], at[first + 1], at[first + 2]},
                         other[3] = {at[first], at[first + 2], at[(first + 3) % 4]};
    const status s = contours_triangle(v->c, one, err);
    return s == STATUS_OK ? contours_triangle(v->c, other, err) : s;
}

static status square_with_places(const tile_view *v, const lattice_square *q, error *err)
{
    const lattice *l = v->s->l;
    const uint32_t i = q->local % TILE_SIDE, j = q->local / TILE_SIDE;
    status s = STATUS_OK;
    for (uint32_t t = q->triangle_first;
         t < q->triangle_first + q->triangle_count && s == STATUS_OK; t++) {
        contour_corner at[3];
        for (size_t k = 0; k < 3; k++) {
            const uint32_t corner = l->square_triangle[t][k];
            if (corner < 4) {
                at[k] = square_corner(v, i, j, corner);
                continue;
            }
            const uint32_t place = l->square_place[q->place_first + corner - 4];
            at[k] = (contour_corner){.id = place_ids + place,
                                     .value = v->s->place_value[place],
                                     .x = l->place_u[place],
                                     .y = l->place_v[place]};
        }
        s = contours_triangle(v->c, at, err);
    }
    return s;
}

/* The first square of a tile, or of a later one. */
static size_t square_from(const lattice *l, uint32_t tile)
{
    size_t low = 0, high = l->square_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (l->squares[middle].tile < tile)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static status tile_draw(tile_view *v, uint32_t tile, error *err)
{
    const lattice *l = v->s->l;
    size_t next = square_from(l, tile);
    status s = STATUS_OK;
    v->i0 = tile % l->tiles_x * TILE_SIDE;
    v->j0 = tile / l->tiles_x * TILE_SIDE;
    tile_gather(v);
    for (uint32_t local = 0; local < TILE_POINTS && s == STATUS_OK; local++) {
        const uint32_t i = local % TILE_SIDE, j = local / TILE_SIDE;
        if (next < l->square_count && l->squares[next].tile == tile &&
            l->squares[next].local == local)
            s = square_with_places(v, &l->squares[next++], err);
        else if (v->crossed[j * GATHERED + i])
            s = square_plain(v, i, j, err);
    }
    return s;
}

static int ascending(const void *a, const void *b)
{
    const uint32_t p = *(const uint32_t *)a, q = *(const uint32_t *)b;
    return (p > q) - (p < q);
}

/* Tiles where something is known, and those whose squares lean on them. */
static status tiles_to_draw(surface *s, size_t *count, error *err)
{
    const uint32_t wide = s->l->tiles_x;
    uint32_t *tiles = array_grown(s->drawn, &s->drawn_room, 4 * s->slots, sizeof *tiles);
    if (!tiles)
        return memory_error(err, 4 * s->slots * sizeof *tiles);
    s->drawn = tiles;
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < s->slots; i++) {
        const uint32_t tile = s->tile[i], x = tile % wide, y = tile / wide;
        tiles[all++] = tile;
        if (x > 0)
            tiles[all++] = tile - 1;
        if (y > 0)
            tiles[all++] = tile - wide;
        if (x > 0 && y > 0)
            tiles[all++] = tile - wide - 1;
    }
    if (all > 0)
        qsort(tiles, all, sizeof *tiles, ascending);
    for (size_t i = 0; i < all; i++)
        if (i == 0 || tiles[i] != tiles[kept - 1])
            tiles[kept++] = tiles[i];
    *count = kept;
    return STATUS_OK;
}

/* Places in the box of what is drawn. */
static status marks_add(const surface *s, const uint32_t *tiles, size_t count, contours *c,
                        error *err)
{
    const lattice *l = s->l;
    uint32_t x_min = UINT32_MAX, x_max = 0;
    status result = STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        const uint32_t x = tiles[i] % l->tiles_x;
        x_min = x < x_min ? x : x_min;
        x_max = x > x_max ? x : x_max;
    }
    for (size_t p = 0; count > 0 && p < s->place_count && result == STATUS_OK; p++) {
        const double u = l->place_u[p] / TILE_SIDE, v = l->place_v[p] / TILE_SIDE;
        if (u >= x_min && u <= x_max + 1.0 && v >= tiles[0] / l->tiles_x &&
            v <= tiles[count - 1] / l->tiles_x + 1.0)
            result = contours_mark(c, l->place_u[p], l->place_v[p], err);
    }
    return result;
}

status surface_draw(surface *s, contours *c, const contour_rule *rule, error *err)
{
    size_t count = 0;
    tile_view *v = memory_new(1, sizeof *v);
    if (!v)
        return memory_error(err, sizeof *v);
    *v = (tile_view){.s = s, .c = c};
    v->level = contours_levels(c, &v->level_count);
    contours_restart(c);
    status result = tiles_to_draw(s, &count, err);
    for (size_t i = 0; i < count && result == STATUS_OK; i++)
        result = tile_draw(v, s->drawn[i], err);
    if (result == STATUS_OK)
        result = marks_add(s, s->drawn, count, c, err);
    if (result == STATUS_OK)
        result = contours_draw(c, rule, err);
    memory_free(v);
    return result;
}
