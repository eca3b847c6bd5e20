#include "datasets/synthetic/lattice.h"

#include <math.h>

enum {
    STREAM_CROSSING = 80, /* k 0, 1: position; 2: the street that an inner crossing keeps */
    STREAM_STRETCH = 81,  /* k 0: kept; 1: one way; 2: winding; 3: speed; 4: the way back */
    SETTLED_KM = 3,
    LINES = 3 /* from one road to the next */
};
static const double raster_m = 1000.0;
static const double jitter = 0.3;
static const double street_kept = 0.325, street_one_way = 0.08;
static const double class_kmh[LATTICE_CLASSES] = {32, 50, 65, 80, 90, 110};

/* --- where --- */

static void settle_around(lattice *a, double x_m, double y_m)
{
    const long i = (long)((x_m - a->left_m) / raster_m), j = (long)((y_m - a->bottom_m) / raster_m);
    for (long dj = -SETTLED_KM; dj <= SETTLED_KM; dj++)
        for (long di = -SETTLED_KM; di <= SETTLED_KM; di++)
            if (di * di + dj * dj <= SETTLED_KM * SETTLED_KM)
                a->settled[(size_t)(j + dj) * a->raster_columns + (size_t)(i + di)] = 1;
}

status lattice_new(lattice *out, const land *l, size_t crossings, error *err)
{
    double right = -INFINITY, top = -INFINITY;
    const double edge = (SETTLED_KM + 1) * raster_m;
    size_t settled = 0;
    *out = (lattice){.land = l, .left_m = INFINITY, .bottom_m = INFINITY};
    for (size_t c = 0; c < l->count; c++) {
        out->left_m = fmin(out->left_m, l->communes[c].x_m - edge);
        out->bottom_m = fmin(out->bottom_m, l->communes[c].y_m - edge);
        right = fmax(right, l->communes[c].x_m + edge);
        top = fmax(top, l->communes[c].y_m + edge);
    }
    out->raster_columns = (uint32_t)ceil((right - out->left_m) / raster_m) + 1;
    out->raster_rows = (uint32_t)ceil((top - out->bottom_m) / raster_m) + 1;
    const size_t cells = (size_t)out->raster_columns * out->raster_rows;
    out->settled = arena_take(l->memory, cells, 1);
    if (out->settled == NULL)
        return memory_error(err, cells);
    for (size_t c = 0; c < l->count; c++)
        settle_around(out, l->communes[c].x_m, l->communes[c].y_m);
    for (size_t c = 0; c < cells; c++)
        settled += out->settled[c];
    out->spacing_m = raster_m * sqrt((double)settled / (double)(crossings > 0 ? crossings : 1));
    out->columns = (uint32_t)((right - out->left_m) / out->spacing_m) + 1;
    out->rows = (uint32_t)((top - out->bottom_m) / out->spacing_m) + 1;
    return STATUS_OK;
}

bool lattice_has(const lattice *a, uint32_t i, uint32_t j)
{
    const size_t column = (size_t)(i * a->spacing_m / raster_m),
                 row = (size_t)(j * a->spacing_m / raster_m);
    return i < a->columns && j < a->rows && column < a->raster_columns && row < a->raster_rows &&
           a->settled[row * a->raster_columns + column];
}

static double drawn(const lattice *a, uint64_t stream, uint64_t row, uint32_t k)
{
    return land_uniform(a->land, stream, row, k);
}

static uint64_t crossing(const lattice *a, uint32_t i, uint32_t j)
{
    return (uint64_t)j * a->columns + i;
}

void lattice_point(const lattice *a, uint32_t i, uint32_t j, double *x_m, double *y_m)
{
    const uint64_t at = crossing(a, i, j);
    *x_m = a->left_m + a->spacing_m * (i + jitter * (2.0 * drawn(a, STREAM_CROSSING, at, 0) - 1.0));
    *y_m =
        a->bottom_m + a->spacing_m * (j + jitter * (2.0 * drawn(a, STREAM_CROSSING, at, 1) - 1.0));
}

/* --- streets --- */

uint32_t lattice_class(uint32_t line)
{
    uint32_t class_ = 0;
    while (line > 0 && line % LINES == 0 && class_ + 1 < LATTICE_CLASSES) {
        line /= LINES;
        class_++;
    }
    return class_;
}

/* A crossing of two streets keeps the one of its two streets towards a road, so that nobody is cut
 * off: eastwards or westwards (true), northwards or southwards (false). */
static bool keeps_east_west(const lattice *a, uint32_t i, uint32_t j)
{
    return drawn(a, STREAM_CROSSING, crossing(a, i, j), 2) < 0.5;
}

static bool inner(uint32_t i, uint32_t j)
{
    return i % LINES != 0 && j % LINES != 0;
}

/* One of its two ends keeps it: along the axis, the end at 1 of 3 goes back to the road at 0, the
 * end at 2 goes on to the next. */
static bool street_needed(const lattice *a, uint32_t i, uint32_t j, uint32_t dir)
{
    const uint32_t along = dir == 0 ? i : j, next_i = i + (dir == 0), next_j = j + (dir == 1);
    const bool east_west = dir == 0;
    if (along % LINES == 2 && inner(i, j) && keeps_east_west(a, i, j) == east_west)
        return true;
    return (along + 1) % LINES == 1 && inner(next_i, next_j) &&
           keeps_east_west(a, next_i, next_j) == east_west;
}

static uint64_t stretch(const lattice *a, uint32_t i, uint32_t j, uint32_t dir)
{
    return crossing(a, i, j) * 2 + dir;
}

lattice_way lattice_street(const lattice *a, uint32_t i, uint32_t j, uint32_t dir)
{
    if (!lattice_has(a, i, j) || !lattice_has(a, i + (dir == 0), j + (dir == 1)))
        return LATTICE_CLOSED;
    if (lattice_class(dir == 0 ? j : i) > 0 || street_needed(a, i, j, dir))
        return LATTICE_BOTH;
    const uint64_t row = stretch(a, i, j, dir);
    if (drawn(a, STREAM_STRETCH, row, 0) >= street_kept)
        return LATTICE_CLOSED;
    const double one_way = drawn(a, STREAM_STRETCH, row, 1);
    return one_way >= street_one_way      ? LATTICE_BOTH
           : one_way < street_one_way / 2 ? LATTICE_ONWARD
                                          : LATTICE_BACK;
}

void lattice_times(const lattice *a, uint32_t i, uint32_t j, uint32_t dir, uint32_t ms[2])
{
    const uint64_t row = stretch(a, i, j, dir);
    double x[2], y[2];
    lattice_point(a, i, j, &x[0], &y[0]);
    lattice_point(a, i + (dir == 0), j + (dir == 1), &x[1], &y[1]);
    const double winding = 1.05 + 0.3 * drawn(a, STREAM_STRETCH, row, 2);
    const double kmh =
        class_kmh[lattice_class(dir == 0 ? j : i)] * (0.8 + 0.4 * drawn(a, STREAM_STRETCH, row, 3));
    const double onward_ms = 3600.0 * winding * hypot(x[1] - x[0], y[1] - y[0]) / kmh;
    const double back_ms = onward_ms * (0.95 + 0.1 * drawn(a, STREAM_STRETCH, row, 4));
    ms[0] = (uint32_t)fmax(1.0, floor(onward_ms + 0.5));
    ms[1] = (uint32_t)fmax(1.0, floor(back_ms + 0.5));
}
