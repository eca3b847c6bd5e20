/* reports/html/html.h: report.html, one file that opens offline from an e-mail. */
#ifndef REPORTS_HTML_HTML_H
#define REPORTS_HTML_HTML_H

#include "engine/results/results.h"

extern const report_writer html_writer; /* "html" */

#endif
