#include "geo/outline_distance.h"

#include <math.h>

#include "geo/projection.h"

static const double degree = 3.14159265358979323846 / 180;

/* Squared distance from the origin to a segment. */
static double segment_distance2(double ax, double ay, double bx, double by)
{
    const double dx = bx - ax;
    const double dy = by - ay;
    const double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const double x = ax + t * dx;
    const double y = ay + t * dy;
    return x * x + y * y;
}

double outline_distance_km(const polygons *p, size_t row, double lon, double lat)
{
    double nearest2 = INFINITY;
    const double y_km = EARTH_RADIUS_KM * degree;
    const double x_km = y_km * cos(lat * degree);
    for (uint64_t part = p->part_start[row]; part < p->part_start[row + 1]; part++) {
        for (uint64_t k = p->ring_start[part]; k < p->ring_start[part + 1]; k++) {
            for (uint64_t i = p->point_start[k]; i + 1 < p->point_start[k + 1]; i++) {
                const double d2 =
                    segment_distance2((p->x[i] - lon) * x_km, (p->y[i] - lat) * y_km,
                                      (p->x[i + 1] - lon) * x_km, (p->y[i + 1] - lat) * y_km);
                nearest2 = d2 < nearest2 ? d2 : nearest2;
            }
        }
    }
    return sqrt(nearest2);
}

bool outline_centre(const polygons *p, size_t row, double *lon, double *lat)
{
    double area2 = 0;
    double x_sum = 0;
    double y_sum = 0;
    if (p->part_start[row] == p->part_start[row + 1]) {
        return false;
    }
    /* From the first vertex, so that small outlines keep their digits. */
    const uint64_t origin = p->point_start[p->ring_start[p->part_start[row]]];
    const double x0 = p->x[origin];
    const double y0 = p->y[origin];
    for (uint64_t k = p->ring_start[p->part_start[row]]; k < p->ring_start[p->part_start[row + 1]];
         k++) {
        for (uint64_t i = p->point_start[k]; i + 1 < p->point_start[k + 1]; i++) {
            const double ax = p->x[i] - x0;
            const double ay = p->y[i] - y0;
            const double bx = p->x[i + 1] - x0;
            const double by = p->y[i + 1] - y0;
            const double cross = ax * by - bx * ay;
            area2 += cross;
            x_sum += (ax + bx) * cross;
            y_sum += (ay + by) * cross;
        }
    }
    if (!(area2 > 0)) {
        return false;
    }
    *lon = x0 + x_sum / (3 * area2);
    *lat = y0 + y_sum / (3 * area2);
    return true;
}
