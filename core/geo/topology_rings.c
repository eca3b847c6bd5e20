#include "geo/topology_rings.h"

#include <math.h>

#include "geo/messages.h"

void vertex_rings_clear(vertex_rings *r)
{
    memory_free(r->at);
    memory_free(r->start);
    memory_free(r->row);
    memory_free(r->part);
    memory_free(r->hole);
    *r = (vertex_rings){.count = 0};
}

/* Drops repeated vertices and spikes (a, b, a) as they come. */
static void push(uint32_t *ring, size_t *count, uint32_t vertex)
{
    if (*count > 0 && ring[*count - 1] == vertex)
        return;
    if (*count > 1 && ring[*count - 2] == vertex)
        *count -= 1;
    else
        ring[(*count)++] = vertex;
}

/* The same where the end meets the beginning: what is left is ring[*first] .. ring[*count - 1]. */
static void trim(const uint32_t *ring, size_t *first, size_t *count)
{
    for (;;) {
        size_t left = *count - *first;
        if (left >= 2 && ring[*count - 1] == ring[*first])
            *count -= 1;
        else if (left >= 3 && ring[*count - 2] == ring[*first])
            *count -= 1;
        else if (left >= 3 && ring[*count - 1] == ring[*first + 1])
            *first += 1;
        else
            return;
    }
}

/* The vertices kept of one ring; 0 when it encloses nothing. */
static size_t read_ring(uint32_t *to, vertices *v, const polygons *p, uint64_t ring)
{
    size_t first = 0, count = 0;
    for (uint64_t i = p->point_start[ring]; i < p->point_start[ring + 1]; i++)
        push(to, &count, vertices_add(v, p->x[i], p->y[i]));
    trim(to, &first, &count);
    size_t kept = count - first;
    for (size_t i = 0; i < kept; i++)
        to[i] = to[first + i];
    return kept >= 3 ? kept : 0;
}

static void read_row(vertex_rings *r, vertices *v, const polygons *p, size_t row)
{
    uint32_t parts = 0;
    for (uint64_t part = p->part_start[row]; part < p->part_start[row + 1]; part++) {
        bool shell_kept = false;
        for (uint64_t ring = p->ring_start[part]; ring < p->ring_start[part + 1]; ring++) {
            bool hole = ring != p->ring_start[part];
            size_t from = r->start[r->count];
            size_t kept = !hole || shell_kept ? read_ring(r->at + from, v, p, ring) : 0;
            if (kept == 0)
                continue;
            parts += !hole;
            shell_kept = true;
            r->row[r->count] = (uint32_t)row;
            r->part[r->count] = parts - 1;
            r->hole[r->count] = hole;
            r->start[++r->count] = from + kept;
        }
    }
}

static status judge_coordinates(const polygons *p, size_t points, error *err)
{
    for (size_t i = 0; i < points; i++)
        if (!isfinite(p->x[i]) || !isfinite(p->y[i]))
            return error_set(err, STATUS_INPUT, M_GEO_VERTEX_NOT_FINITE, i);
    return STATUS_OK;
}

status vertex_rings_read(vertex_rings *out, vertices *v, const polygons *p, error *err)
{
    *out = (vertex_rings){.count = 0};
    size_t rings = (size_t)p->ring_start[p->part_start[p->rows]];
    size_t points = (size_t)p->point_start[rings];
    status s = judge_coordinates(p, points, err);
    if (s)
        return s;
    out->at = memory_new(points, sizeof *out->at);
    out->start = memory_new(rings + 1, sizeof *out->start);
    out->row = memory_new(rings, sizeof *out->row);
    out->part = memory_new(rings, sizeof *out->part);
    out->hole = memory_new(rings, sizeof *out->hole);
    if (!out->at || !out->start || !out->row || !out->part || !out->hole) {
        vertex_rings_clear(out);
        return memory_error(err, points * sizeof *out->at);
    }
    for (size_t row = 0; row < p->rows; row++)
        read_row(out, v, p, row);
    return STATUS_OK;
}
