/* reports/maps/frame.h: from the territory's coordinates to the page. */
#ifndef REPORTS_MAPS_FRAME_H
#define REPORTS_MAPS_FRAME_H

#include "reports/maps/layout.h"
#include "reports/model/model.h"

typedef struct frame {
    rect at;       /* on the page */
    size_t region; /* of the model */
    bounds extent; /* of the region */
    double centre_x, centre_y;
    double across; /* length of a unit of x over a unit of y: cos(latitude) for degrees, else 1 */
    double scale;  /* points a unit of y */
    double metres; /* metres a point */
} frame;

/* Width over height of a region as drawn. */
double region_aspect(const report_model *m, size_t region);
/* Fits a region into a rectangle, `inset` points free around it. */
frame frame_fit(const report_model *m, size_t region, rect at, double inset);
static inline double frame_x(const frame *f, double x)
{
    return f->at.x + f->at.w / 2 + (x - f->centre_x) * f->across * f->scale;
}
static inline double frame_y(const frame *f, double y)
{
    return f->at.y + f->at.h / 2 - (y - f->centre_y) * f->scale;
}
/* What the region covers on the page. */
rect frame_data(const frame *f);

#endif
