#include "geo/versions.h"

#include <archive.h>
#include <gdal.h>
#include <geos_c.h>
#include <proj.h>
#include <string.h>

/* "libarchive 3.6.2" -> "3.6.2" */
static const char *after_blank(const char *text)
{
    const char *blank = strrchr(text, ' ');
    return blank != NULL ? blank + 1 : text;
}

void geo_versions(library_version out[GEO_LIBRARIES])
{
    out[0] = (library_version){"gdal", GDALVersionInfo("RELEASE_NAME")};
    out[1] = (library_version){"geos", GEOSversion()};
    out[2] = (library_version){"proj", proj_info().version};
    out[3] = (library_version){"libarchive", after_blank(archive_version_string())};
}
