/* network/build/line_build.h: the draft of a network out of any layer of lines (IGN BD TOPO and
 * ROUTE 500, or a layer of one's own).
 *
 * Every vertex of an open line is a node. Lines meet where they end: ends are joined with each
 * other within the tolerance, and with a vertex of another line where the two positions are the
 * same; two lines that only cross, as under a bridge, do not meet (docs/decisions/034). Times and
 * lengths are integers, differences of the rounded running totals along each line, as for OSM
 * (docs/decisions/004); a way is a feature, its id the feature's number in the layer. */
#ifndef NETWORK_LINE_BUILD_H
#define NETWORK_LINE_BUILD_H

#include "base/progress.h"
#include "base/worker.h"
#include "network/graph/network.h"

enum { LINE_SPEED_MAX_KMH = 400 };
#define LINE_TOLERANCE_M 0.5 /* unless told otherwise */
#define LINE_TOLERANCE_MAX_M 50.0

/* The speed of every line of a class that has none of its own; class "*": of all the others. */
typedef struct line_class_speed {
    const char *class_name;
    double kmh;
} line_class_speed;

typedef struct line_options {
    const char *path;
    const char *layer; /* NULL: the one called TRONCON_DE_ROUTE or TRONCON_ROUTE, else the first */
    /* Headers; NULL: recognised among those of IGN and the usual ones, or none. */
    const char *speed; /* km/h; 0: closed */
    const char
        *direction;     /* "Double sens" "Sens direct" "Sens inverse", both/forward/backward... */
    const char *class_; /* NATURE, VOCATION... */
    const char *name;
    const char *closed; /* "Physiquement impossible", "oui"... */
    const line_class_speed *speeds;
    size_t speed_count; /* 0: those of ROUTE 500's VOCATION, where that is the class */
    const char *mode;   /* "car" "bike" "foot": a pedestrian goes both ways, and a column of car
                           speeds that nobody named is not taken for another mode */
    double tolerance_m; /* below 0: LINE_TOLERANCE_M */
} line_options;

/* Whether the name of a file is that of a layer: .gpkg .shp .geojson .json, .gz or inside a .zip.
 */
bool line_build_reads(const char *path);
/* *out is cleared with road_draft_clear, also after a failure. A faulty feature is refused with its
 * number, every fault at once. `p` may be NULL; its cancel flag ends the work within a second. */
MUST_CHECK status line_build(zygote *z, const line_options *options, road_draft *out, progress *p,
                             faults *faults_list);

#endif
