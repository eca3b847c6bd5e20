#include "reports/maps/frame.h"

#include <math.h>

enum { EPSG_DEGREES = 4326 };
#define METRES_A_DEGREE 111195.08 /* of latitude, on the sphere of geo/projection.h */

static double across_of(const report_model *m, size_t region)
{
    const bounds e = m->regions[region].extent;
    return m->results->epsg == EPSG_DEGREES
               ? cos((e.y_min + e.y_max) / 2 * 3.14159265358979323846 / 180)
               : 1;
}

double region_aspect(const report_model *m, size_t region)
{
    const bounds e = m->regions[region].extent;
    const double w = (e.x_max - e.x_min) * across_of(m, region), h = e.y_max - e.y_min;
    return w > 0 && h > 0 ? w / h : 1;
}

frame frame_fit(const report_model *m, size_t region, rect at, double inset)
{
    frame f = {.at = at,
               .region = region,
               .extent = m->regions[region].extent,
               .across = across_of(m, region)};
    const bounds e = f.extent;
    f.centre_x = (e.x_min + e.x_max) / 2;
    f.centre_y = (e.y_min + e.y_max) / 2;
    const double w = (e.x_max - e.x_min) * f.across, h = e.y_max - e.y_min;
    const double by_width = w > 0 ? (at.w - 2 * inset) / w : INFINITY,
                 by_height = h > 0 ? (at.h - 2 * inset) / h : INFINITY;
    f.scale = fmin(by_width, by_height);
    if (!isfinite(f.scale))
        f.scale = 1; /* a single point: any scale shows it */
    f.metres = (m->results->epsg == EPSG_DEGREES ? METRES_A_DEGREE : 1) / f.scale;
    return f;
}

rect frame_data(const frame *f)
{
    const double left = frame_x(f, f->extent.x_min), top = frame_y(f, f->extent.y_max);
    return (rect){left, top, frame_x(f, f->extent.x_max) - left, frame_y(f, f->extent.y_min) - top};
}
