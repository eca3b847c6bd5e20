/* reports/maps/sheet.h: one page: title, maps, key, scale, north, and the four lines. */
#ifndef REPORTS_MAPS_SHEET_H
#define REPORTS_MAPS_SHEET_H

#include "reports/maps/body.h"

/* Bytes of the page; `boxes` (may be NULL) records where everything is. */
MUST_CHECK status sheet_png(const report_model *m, const map_sheet *sheet,
                            const border_lines *lines, text_buffer *out, layout *boxes, error *err);
MUST_CHECK status sheet_svg(const report_model *m, const map_sheet *sheet,
                            const border_lines *lines, text_buffer *out, layout *boxes, error *err);

#endif
