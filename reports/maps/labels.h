/* reports/maps/labels.h: which names stand on a map, and where. */
#ifndef REPORTS_MAPS_LABELS_H
#define REPORTS_MAPS_LABELS_H

#include "reports/maps/layout.h"

typedef struct label {
    double x, y; /* the point it names */
    double w, h; /* of its text */
    rect at;     /* where it goes */
    bool beside; /* never on its point: something is drawn there */
    bool placed;
} label;

/* Greedy, in order: each label takes the first of nine positions around its point (on it, above,
 * below, right, left, corners, `gap` away) that is inside `frame` and clear of obstacles and of
 * earlier labels with `margin` around. At most `limit` are placed. */
void labels_place(label *labels, size_t count, const rect *obstacles, size_t obstacle_count,
                  rect frame, double gap, double margin, size_t limit);

#endif
