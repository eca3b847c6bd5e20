#include "geo/polygons.h"

#include <math.h>
#include <string.h>

#include "geo/messages.h"
#include "geo/polygons_block.h"

/* --- one block: header, then the arrays, each aligned by being made of 8-byte values --- */

static bool block_size(const polygons_header *h, size_t *size)
{
    /* 2^40 items of 8 bytes in each of five arrays cannot overflow 64 bits. */
    const uint64_t most = UINT64_C(1) << 40;
    if (h->rows > most || h->parts > most || h->rings > most || h->points > most)
        return false;
    uint64_t words = (h->rows + 1) + (h->parts + 1) + (h->rings + 1) + 2 * h->points;
    *size = sizeof *h + (size_t)words * 8;
    return true;
}

static void polygons_point_into(polygons *p, const polygons_header *h)
{
    const char *at = (const char *)(h + 1);
    p->rows = (size_t)h->rows;
    p->part_start = (const void *)at;
    at += (h->rows + 1) * 8;
    p->ring_start = (const void *)at;
    at += (h->parts + 1) * 8;
    p->point_start = (const void *)at;
    at += (h->rings + 1) * 8;
    p->x = (const void *)at;
    at += h->points * 8;
    p->y = (const void *)at;
}

status polygons_block_new(polygons **out, polygons_header h, polygons_arrays *arrays, error *err)
{
    *out = NULL;
    h.magic = POLYGONS_MAGIC;
    size_t size = 0;
    polygons *p = memory_new(1, sizeof *p);
    if (!p || !block_size(&h, &size)) {
        memory_free(p);
        return memory_error(err, sizeof *p);
    }
    status s = shared_memory_new(&p->memory, "polygons", size, err);
    if (s) {
        memory_free(p);
        return s;
    }
    polygons_header *at = p->memory.at;
    *at = h;
    polygons_point_into(p, at);
    arrays->part_start = (uint64_t *)(at + 1);
    arrays->ring_start = arrays->part_start + h.rows + 1;
    arrays->point_start = arrays->ring_start + h.parts + 1;
    arrays->x = (double *)(arrays->point_start + h.rings + 1);
    arrays->y = arrays->x + h.points;
    *out = p;
    return STATUS_OK;
}

status polygons_block_freeze(polygons *p, error *err)
{
    status s = shared_memory_freeze(&p->memory, err);
    if (!s)
        polygons_point_into(p, p->memory.at);
    return s;
}

static bool starts_are_sound(const uint64_t *start, uint64_t count, uint64_t last)
{
    if (start[0] != 0 || start[count] != last)
        return false;
    for (uint64_t i = 0; i < count; i++)
        if (start[i] > start[i + 1])
            return false;
    return true;
}

/* The block may come from a worker that was broken by its input: nothing in it is believed. */
static status block_judge(const polygons *p, error *err)
{
    const polygons_header *h = p->memory.at;
    if (p->memory.size < sizeof *h || h->magic != POLYGONS_MAGIC)
        return error_set(err, STATUS_INPUT, M_GEO_OUTLINE_BLOCK, "header");
    size_t size = 0;
    if (!block_size(h, &size) || size > p->memory.size)
        return error_set(err, STATUS_INPUT, M_GEO_OUTLINE_BLOCK, "size");
    return STATUS_OK;
}

status polygons_open(polygons **out, int fd, error *err)
{
    *out = NULL;
    polygons *p = memory_new(1, sizeof *p);
    if (!p)
        return memory_error(err, sizeof *p);
    status s = shared_memory_open(&p->memory, fd, err);
    if (s) {
        memory_free(p);
        return s;
    }
    s = block_judge(p, err);
    if (!s) {
        const polygons_header *h = p->memory.at;
        polygons_point_into(p, h);
        if (!starts_are_sound(p->part_start, h->rows, h->parts) ||
            !starts_are_sound(p->ring_start, h->parts, h->rings) ||
            !starts_are_sound(p->point_start, h->rings, h->points))
            s = error_set(err, STATUS_INPUT, M_GEO_OUTLINE_BLOCK, "offsets");
    }
    if (s) {
        p->memory.fd = -1; /* the descriptor stays the caller's */
        polygons_free(p);
        return s;
    }
    *out = p;
    return STATUS_OK;
}

void polygons_free(polygons *p)
{
    if (!p)
        return;
    shared_memory_clear(&p->memory);
    memory_free(p);
}

/* --- selection --- */

static polygons_header selection_size(const polygons *p, const size_t *rows, size_t count)
{
    polygons_header h = {.rows = count};
    for (size_t i = 0; i < count; i++) {
        uint64_t part = p->part_start[rows[i]], part_end = p->part_start[rows[i] + 1];
        uint64_t ring = p->ring_start[part], ring_end = p->ring_start[part_end];
        h.parts += part_end - part;
        h.rings += ring_end - ring;
        h.points += p->point_start[ring_end] - p->point_start[ring];
    }
    return h;
}

static void copy_starts(uint64_t *to, const uint64_t *from, uint64_t count, uint64_t base)
{
    for (uint64_t i = 0; i < count; i++)
        to[i] = base + from[i + 1] - from[0];
}

static void copy_row(const polygons *p, size_t row, polygons_arrays a, polygons_header *done)
{
    uint64_t part = p->part_start[row], parts = p->part_start[row + 1] - part;
    uint64_t ring = p->ring_start[part], rings = p->ring_start[part + parts] - ring;
    uint64_t point = p->point_start[ring], points = p->point_start[ring + rings] - point;
    a.part_start[done->rows + 1] = done->parts + parts;
    copy_starts(a.ring_start + done->parts + 1, p->ring_start + part, parts, done->rings);
    copy_starts(a.point_start + done->rings + 1, p->point_start + ring, rings, done->points);
    memcpy(a.x + done->points, p->x + point, points * sizeof *a.x);
    memcpy(a.y + done->points, p->y + point, points * sizeof *a.y);
    *done = (polygons_header){.rows = done->rows + 1,
                              .parts = done->parts + parts,
                              .rings = done->rings + rings,
                              .points = done->points + points};
}

status polygons_select(const polygons *p, const size_t *rows, size_t count, polygons **out,
                       error *err)
{
    *out = NULL;
    for (size_t i = 0; i < count; i++)
        if (rows[i] >= p->rows)
            return error_set(err, STATUS_ENVIRONMENT, M_GEO_OUTLINE_ROW, rows[i], p->rows);
    polygons_arrays arrays = {.x = NULL};
    polygons *chosen = NULL;
    status s = polygons_block_new(&chosen, selection_size(p, rows, count), &arrays, err);
    if (s)
        return s;
    polygons_header done = {.rows = 0};
    for (size_t i = 0; i < count; i++)
        copy_row(p, rows[i], arrays, &done);
    s = polygons_block_freeze(chosen, err);
    if (s) {
        polygons_free(chosen);
        return s;
    }
    *out = chosen;
    return STATUS_OK;
}

/* --- measures --- */

bounds polygons_bounds(const polygons *p, const uint8_t *kept)
{
    bounds b = {.x_min = INFINITY, .y_min = INFINITY, .x_max = -INFINITY, .y_max = -INFINITY};
    for (size_t r = 0; r < p->rows; r++) {
        if (kept && !kept[r])
            continue;
        uint64_t first = p->point_start[p->ring_start[p->part_start[r]]];
        uint64_t end = p->point_start[p->ring_start[p->part_start[r + 1]]];
        for (uint64_t i = first; i < end; i++) {
            b.x_min = fmin(b.x_min, p->x[i]);
            b.y_min = fmin(b.y_min, p->y[i]);
            b.x_max = fmax(b.x_max, p->x[i]);
            b.y_max = fmax(b.y_max, p->y[i]);
        }
    }
    return b;
}

double ring_signed_area(const double *x, const double *y, size_t count)
{
    double twice = 0;
    /* Relative to the first point: a small ring far from the origin keeps its digits. */
    for (size_t i = 1; i + 1 < count; i++)
        twice += (x[i] - x[0]) * (y[i + 1] - y[0]) - (x[i + 1] - x[0]) * (y[i] - y[0]);
    return twice / 2;
}

double polygons_area(const polygons *p, size_t row)
{
    double area = 0;
    for (uint64_t part = p->part_start[row]; part < p->part_start[row + 1]; part++) {
        for (uint64_t k = p->ring_start[part]; k < p->ring_start[part + 1]; k++) {
            uint64_t first = p->point_start[k], count = p->point_start[k + 1] - first;
            double ring = fabs(ring_signed_area(p->x + first, p->y + first, (size_t)count));
            area += k == p->ring_start[part] ? ring : -ring;
        }
    }
    return area;
}
