/* reports/maps/page.h: where the parts of a page go, before anything is drawn. Private to this
 * room. */
#ifndef REPORTS_MAPS_PAGE_H
#define REPORTS_MAPS_PAGE_H

#include "reports/maps/frame.h"
#include "reports/maps/legend.h"

enum { PAGE_PANELS = 9 };

typedef struct page {
    double width, height;
    rect title, subtitle, legend, furniture /* scale and north */, lines;
    rect panel_title[PAGE_PANELS], body[PAGE_PANELS], counts[PAGE_PANELS];
    rect inset[REGIONS_MAX]; /* regions after the first, on a page of one map */
    size_t panel_count, inset_count, legend_columns;
    double thin; /* factor on lines and names of small maps */
} page;

extern const text_style page_title_style, page_subtitle_style, page_panel_style, page_line_style,
    page_inset_style;

/* Measures on `c`. */
page page_plan(canvas *c, const report_model *m, const map_sheet *sheet, const legend *key);
/* "Lecture : à Melun, ..." */
MUST_CHECK const char *page_line(arena *into, const report_model *m, const map_sheet *sheet,
                                 line_word word);
#define LINE_GAP 2.2

#endif
