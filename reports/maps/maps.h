/* reports/maps/maps.h: the map sheets, maps/<sheet>.png and maps/<sheet>.svg (Cairo and Pango). */
#ifndef REPORTS_MAPS_MAPS_H
#define REPORTS_MAPS_MAPS_H

#include "engine/results/results.h"

extern const report_writer maps_writer; /* "maps" */

#endif
