/* reports/csv/csv.h: every table of the results as text.
 *
 * tables/<name>.csv is for machines (comma, point, UTF-8, exact text) and described by
 * tables/datapackage.json (Frictionless); excel/<name>.csv is for spreadsheets (`;`, decimal comma,
 * byte order mark, titles as header, formulas defused). The places of each catchment and each gap
 * are in <name>_places.csv. */
#ifndef REPORTS_CSV_H
#define REPORTS_CSV_H

#include "engine/results/results.h"

extern const report_writer csv_writer;

#endif
