/* reports/csv/datapackage.h: tables/datapackage.json, what each machine table holds. Private. */
#ifndef REPORTS_CSV_DATAPACKAGE_H
#define REPORTS_CSV_DATAPACKAGE_H

#include "engine/results/results.h"

typedef struct datapackage datapackage;
MUST_CHECK status datapackage_new(datapackage **out, const results *r, error *err);
void datapackage_free(datapackage *p); /* takes NULL */
/* A file already written; `file` is its name in the folder of the package, `path` where it lies:
 * its digest is told. NULL: it is not. */
MUST_CHECK status datapackage_add(datapackage *p, const table *rows, const char *title,
                                  const char *file, const char *path, error *err);
MUST_CHECK status datapackage_write(const datapackage *p, const char *path, error *err);

#endif
