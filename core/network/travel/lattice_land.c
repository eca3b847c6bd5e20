/* Which points of the lattice are on land: on each row, an odd number of crossings of the rim of
 * the territory's outlines lies on their left. */
#include <math.h>
#include <stdlib.h>

#include "base/arrays.h"
#include "network/travel/lattice.h"

typedef struct rim_crossing {
    uint32_t row;
    double x;
} rim_crossing;

typedef struct rim {
    rim_crossing *at;
    size_t count, room;
} rim;

static int by_row_and_x(const void *a, const void *b)
{
    const rim_crossing *p = a, *q = b;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    return (p->x > q->x) - (p->x < q->x);
}

/* Rows j with low <= j < high, so that an edge's upper end is the next one's lower. */
static status edge_cross(rim *r, const lattice *l, size_t rows, const double *a, const double *b,
                         error *err)
{
    const double va = (a[1] - l->y) / l->step_y, vb = (b[1] - l->y) / l->step_y;
    const double ua = (a[0] - l->x) / l->step_x, ub = (b[0] - l->x) / l->step_x;
    const double low = fmax(0, ceil(fmin(va, vb))), high = fmin((double)rows, ceil(fmax(va, vb)));
    for (double row = low; row < high; row += 1) {
        rim_crossing *grown = array_grown(r->at, &r->room, r->count + 1, sizeof *grown);
        if (!grown)
            return memory_error(err, (r->count + 1) * sizeof *grown);
        r->at = grown;
        grown[r->count++] = (rim_crossing){(uint32_t)row, ua + (row - va) * (ub - ua) / (vb - va)};
    }
    return STATUS_OK;
}

static status rim_find(rim *r, const topology *land, const lattice *l, size_t rows, error *err)
{
    status s = STATUS_OK;
    for (size_t a = 0; a < land->arc_count && s == STATUS_OK; a++) {
        if ((land->left[a] == UINT32_MAX) == (land->right[a] == UINT32_MAX))
            continue; /* land, or none, on both sides */
        for (uint64_t i = land->arc_start[a]; i + 1 < land->arc_start[a + 1] && s == STATUS_OK;
             i++) {
            const double from[2] = {land->x[i], land->y[i]},
                         to[2] = {land->x[i + 1], land->y[i + 1]};
            s = edge_cross(r, l, rows, from, to, err);
        }
    }
    return s;
}

status land_rows_new(land_rows *out, const topology *land, const lattice *l, error *err)
{
    rim r = {0};
    const size_t rows = (size_t)l->tiles_y * TILE_SIDE;
    *out = (land_rows){.rows = rows};
    if (!land)
        return STATUS_OK;
    status s = rim_find(&r, land, l, rows, err);
    out->start = memory_new(rows + 1, sizeof *out->start);
    out->x = memory_new(r.count, sizeof *out->x);
    if (s == STATUS_OK && (!out->start || !out->x))
        s = memory_error(err, (rows + r.count) * sizeof *out->x);
    if (s == STATUS_OK && r.count > 0)
        qsort(r.at, r.count, sizeof *r.at, by_row_and_x);
    for (size_t i = 0; i < r.count && s == STATUS_OK; i++) {
        out->start[r.at[i].row + 1]++;
        out->x[i] = r.at[i].x;
    }
    for (size_t row = 0; row < rows && s == STATUS_OK; row++)
        out->start[row + 1] += out->start[row];
    memory_free(r.at);
    return s;
}

void land_rows_clear(land_rows *r)
{
    memory_free(r->start);
    memory_free(r->x);
    *r = (land_rows){0};
}

bool land_holds(const land_rows *r, uint32_t i, uint32_t j)
{
    if (!r->start)
        return true;
    size_t low = r->start[j], high = r->start[j + 1];
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (r->x[middle] < (double)i)
            low = middle + 1;
        else
            high = middle;
    }
    return (low - r->start[j]) % 2 == 1;
}
