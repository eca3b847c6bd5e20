/* geo/versions.h: the libraries that decide the bytes of a result, as they are loaded. */
#ifndef GEO_VERSIONS_H
#define GEO_VERSIONS_H

#include "base/error.h"

/* `version` is borrowed from the library itself: it lives as long as the program. */
typedef struct library_version {
    const char *name, *version;
} library_version;

enum { GEO_LIBRARIES = 4 };
/* GDAL, GEOS, PROJ, libarchive. Opens no file and starts no driver. */
void geo_versions(library_version out[GEO_LIBRARIES]);

#endif
