/* The plan of a page. Units are points; a page of one map is 8 inches wide (1,600 pixels). */
#include "reports/maps/page.h"

#include <math.h>

#include "reports/maps/messages.h"

#define MARGIN 24.0
#define GAP 11.0
#define SIDE 126.0     /* width of the key beside the map */
#define FURNITURE 34.0 /* height of scale and north */
#define INSET_HEIGHT 84.0
#define COUNTS_HEIGHT 15.0 /* the band of counts under a small map */

const text_style page_title_style = {.size = 16, .bold = true, .colour = 0x101214};
const text_style page_subtitle_style = {.size = 9.6, .colour = 0x3a3f44};
const text_style page_panel_style = {.size = 8.4, .bold = true, .colour = 0x16181b};
const text_style page_line_style = {.size = 6.7, .colour = 0x2a2e32};
const text_style page_inset_style = {
    .size = 6.6, .italic = true, .colour = 0x3a3f44, .align = TEXT_CENTRE};

const char *page_line(arena *into, const report_model *m, const map_sheet *sheet, line_word word)
{
    const char *const texts[] = {[LINE_READING] = sheet->lines.reading,
                                 [LINE_CHAMP] = sheet->lines.champ,
                                 [LINE_SOURCE] = sheet->lines.source,
                                 [LINE_NOTE] = sheet->lines.note};
    if (!texts[word] || !*texts[word])
        return "";
    return arena_format(into, "%s%s %s", line_word_text(word, m->lang),
                        tr(m->lang, "\xc2\xa0:", ":"), texts[word]);
}

static double wrapped_height(canvas *c, const char *text, text_style style, double width)
{
    style.wrap = width;
    return text && *text ? text_measure(c, text, &style).h : 0;
}

static double lines_height(canvas *c, const report_model *m, const map_sheet *sheet, arena *memory,
                           double width)
{
    double height = 0;
    for (line_word w = LINE_READING; w <= LINE_NOTE; w++) {
        const char *const text = page_line(memory, m, sheet, w);
        const double h = wrapped_height(c, text, page_line_style, width);
        height += h > 0 ? h + LINE_GAP : 0;
    }
    return height;
}

static double head_plan(canvas *c, const map_sheet *sheet, page *p)
{
    const double width = p->width - 2 * MARGIN;
    p->title =
        (rect){MARGIN, MARGIN, width, wrapped_height(c, sheet->title, page_title_style, width)};
    p->subtitle = (rect){MARGIN, p->title.y + p->title.h + 2, width,
                         wrapped_height(c, sheet->subtitle, page_subtitle_style, width)};
    return p->subtitle.y + p->subtitle.h + GAP;
}

static void foot_plan(canvas *c, const report_model *m, const map_sheet *sheet, const legend *key,
                      page *p, double top)
{
    const double width = p->width - 2 * MARGIN;
    p->lines = (rect){MARGIN, top, width, 6 + lines_height(c, m, sheet, key->memory, width)};
    p->height = ceil(p->lines.y + p->lines.h + MARGIN - 6);
}

static double clamp(double value, double low, double high)
{
    return fmin(high, fmax(low, value));
}

/* Insets go under the main map, side by side. */
static void insets_plan(const report_model *m, page *p)
{
    p->inset_count = m->region_count - 1;
    if (p->inset_count == 0)
        return;
    const double width =
        (p->body[0].w - GAP * (double)(p->inset_count - 1)) / (double)p->inset_count;
    p->body[0].h -= INSET_HEIGHT + GAP;
    for (size_t i = 0; i < p->inset_count; i++)
        p->inset[i] = (rect){p->body[0].x + (double)i * (width + GAP),
                             p->body[0].y + p->body[0].h + GAP, width, INSET_HEIGHT};
}

/* The key on the right: the usual page. */
static double side_plan(canvas *c, const report_model *m, const legend *key, page *p, double top,
                        double aspect)
{
    const double width = p->width - 2 * MARGIN - SIDE - GAP;
    const double key_height = legend_lay(c, key, (rect){0, 0, SIDE, 0}, 1, LEGEND_MEASURE);
    const double insets = m->region_count > 1 ? INSET_HEIGHT + GAP : 0;
    const double height =
        fmax(clamp(width / aspect + 12, 300, 560) + insets, key_height + FURNITURE + 2 * GAP);
    p->body[0] = (rect){MARGIN, top, width, height};
    p->legend = (rect){MARGIN + width + GAP, top, SIDE, key_height};
    p->furniture = (rect){p->legend.x, top + height - FURNITURE, SIDE, FURNITURE};
    p->legend_columns = 1;
    return top + height + GAP;
}

/* The key below: territories wider than high. */
static double bottom_plan(canvas *c, const report_model *m, const legend *key, page *p, double top,
                          double aspect)
{
    const double width = p->width - 2 * MARGIN;
    const double insets = m->region_count > 1 ? INSET_HEIGHT + GAP : 0;
    p->body[0] = (rect){MARGIN, top, width, clamp(width / aspect + 12, 160, 480) + insets};
    const double key_width = width - SIDE - GAP;
    p->legend_columns = 3;
    const double key_top = top + p->body[0].h + GAP;
    const double key_height =
        legend_lay(c, key, (rect){0, 0, key_width, 0}, p->legend_columns, LEGEND_MEASURE);
    p->legend = (rect){MARGIN, key_top, key_width, key_height};
    p->furniture = (rect){MARGIN + key_width + GAP, key_top, SIDE, FURNITURE};
    return key_top + fmax(key_height, FURNITURE) + GAP;
}

static void single_plan(canvas *c, const report_model *m, const map_sheet *sheet, const legend *key,
                        page *p)
{
    p->width = 576;
    const double top = head_plan(c, sheet, p), aspect = region_aspect(m, 0);
    const double below = aspect <= 1.25 ? side_plan(c, m, key, p, top, aspect)
                                        : bottom_plan(c, m, key, p, top, aspect);
    insets_plan(m, p);
    foot_plan(c, m, sheet, key, p, below);
}

/* Small maps in a grid; the key in the first free cell, else below. */
static void grid_plan(canvas *c, const report_model *m, const map_sheet *sheet, const legend *key,
                      page *p)
{
    const size_t n = p->panel_count, columns = n <= 4 ? 2 : 3, rows = (n + columns - 1) / columns;
    p->width = columns == 2 ? 600 : 720;
    p->thin = columns == 2 ? 0.75 : 0.6;
    const double top = head_plan(c, sheet, p);
    const double width = (p->width - 2 * MARGIN - GAP * (double)(columns - 1)) / (double)columns;
    double title = 0;
    for (size_t i = 0; i < n; i++)
        title = fmax(title, wrapped_height(c, sheet->panels[i].title, page_panel_style, width));
    const double body = clamp(width / region_aspect(m, 0) + 8, 0.55 * width, 1.35 * width);
    const bool free_cell = n < columns * rows;
    /* A wide territory leaves a low cell: the key takes two columns in it. */
    const double wanted = title + 3 + body + COUNTS_HEIGHT,
                 one = legend_lay(c, key, (rect){0, 0, width, 0}, 1, LEGEND_MEASURE);
    p->legend_columns = one + FURNITURE + GAP <= wanted ? 1 : 2;
    const double key_height =
        legend_lay(c, key, (rect){0, 0, width, 0}, p->legend_columns, LEGEND_MEASURE);
    const double cell =
        fmax(wanted, free_cell && sheet->same_classes ? key_height + FURNITURE + GAP : 0);
    for (size_t i = 0; i < n; i++) {
        const double x = MARGIN + (double)(i % columns) * (width + GAP),
                     y = top + (double)(i / columns) * (cell + GAP);
        p->panel_title[i] = (rect){x, y, width, title};
        p->body[i] = (rect){x, y + title + 3, width, cell - title - 3 - COUNTS_HEIGHT};
        p->counts[i] = (rect){x, y + cell - COUNTS_HEIGHT + 4, width, COUNTS_HEIGHT - 5};
    }
    double below = top + (double)rows * (cell + GAP);
    if (free_cell && sheet->same_classes) {
        const double x = MARGIN + (double)(n % columns) * (width + GAP),
                     y = top + (double)(n / columns) * (cell + GAP);
        p->legend = (rect){x, y, width, key_height};
        p->furniture = (rect){x, y + cell - FURNITURE, fmin(width, SIDE), FURNITURE};
    } else {
        const double key_width = p->width - 2 * MARGIN - SIDE - GAP;
        p->legend_columns = 3;
        p->legend = (rect){MARGIN, below, key_width,
                           legend_lay(c, key, (rect){0, 0, key_width, 0}, 3, LEGEND_MEASURE)};
        p->furniture = (rect){MARGIN + key_width + GAP, below, SIDE, FURNITURE};
        below += fmax(p->legend.h, FURNITURE) + GAP;
    }
    foot_plan(c, m, sheet, key, p, below);
}

page page_plan(canvas *c, const report_model *m, const map_sheet *sheet, const legend *key)
{
    page p = {.panel_count = 1, .thin = 1};
    if (sheet->panel_count > 1 &&
        (sheet->kind == SHEET_CHOROPLETH || sheet->kind == SHEET_VENUE_VALUES)) {
        p.panel_count = sheet->panel_count < PAGE_PANELS ? sheet->panel_count : PAGE_PANELS;
        grid_plan(c, m, sheet, key, &p);
    } else {
        single_plan(c, m, sheet, key, &p);
    }
    return p;
}
