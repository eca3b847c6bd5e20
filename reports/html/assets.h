/* reports/html/assets.h: the files of assets/, compiled in. UTF-8, not terminated. */
#ifndef REPORTS_HTML_ASSETS_H
#define REPORTS_HTML_ASSETS_H

#include <stddef.h>

extern const unsigned char asset_report_css[], asset_report_js[], asset_map_library_js[];
extern const size_t asset_report_css_size, asset_report_js_size, asset_map_library_js_size;

#endif
