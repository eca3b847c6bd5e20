/* geo/gdal_session.h: GDAL with one driver, no configuration of the machine, and its messages kept.
 * For jobs inside a worker: here and in reports/gpkg. */
#ifndef GEO_GDAL_SESSION_H
#define GEO_GDAL_SESSION_H

#include <gdal.h>

#include "geo/layer_source.h"

enum { GDAL_WARNINGS = 8 };

typedef struct gdal_session {
    layer_format format;
    char failure[400]; /* the first failure since the last forget, "" when none */
    char warning[GDAL_WARNINGS][300];
    size_t warnings; /* also counts those that were not kept */
} gdal_session;

void gdal_session_begin(gdal_session *g, layer_format format);
void gdal_session_end(gdal_session *g);
/* Opens through the one driver; `encoding` (may be NULL) is that of a .dbf, "" for its bytes. */
GDALDatasetH gdal_session_open(gdal_session *g, const char *path, const char *encoding);
const char *gdal_session_driver(const gdal_session *g);

#endif
