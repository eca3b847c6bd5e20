/* The section of maps: the interactive one, then each sheet as a figure for paper and for browsers
 * without script. */
#include <stdio.h>

#include "reports/html/interactive.h"
#include "reports/html/messages.h"
#include "reports/html/static_map.h"
#include "reports/html/words.h"

static void put_class_item(page *p, const map_panel *panel, size_t k, bool counts)
{
    const map_class *const c = &panel->classes[k];
    char count[64];
    put(p, "<li>");
    put_class_swatch(p, c);
    put(p, " <span>");
    put_text(p, c->label);
    put(p, "</span>");
    if (counts) {
        (void)text_number((double)c->count, 0, p->lang, count, sizeof count);
        put(p, " <span class=\"count\">");
        put_text(p, count);
        put(p, " ");
        put_text(p, panel->table == p->model->venues ? venues_counted(p, (double)c->count)
                                                     : places_counted(p, (double)c->count));
        put(p, "</span>");
    }
    put(p, "</li>\n");
}

static void put_panel_legend(page *p, const map_panel *panel, bool counts)
{
    put(p, "<p class=\"legend-title\">");
    put_text(p, panel->legend_title);
    put(p, "</p>\n<ul class=\"legend\">\n");
    for (size_t k = 0; k < panel->class_count; k++)
        put_class_item(p, panel, k, counts);
    put(p, "</ul>\n");
}

static void put_family_legend(page *p)
{
    put(p, "<p class=\"legend-title\">");
    put_say(p, M_LEGEND_FAMILIES);
    put(p, "</p>\n<ul class=\"legend\">\n");
    for (size_t f = 0; f < FAMILY_COUNT; f++) {
        if (p->model->families[f].count == 0)
            continue;
        char count[64];
        put(p, "<li>");
        put_family_swatch(p, &p->model->families[f]);
        put(p, " <span>");
        put_text(p, p->model->families[f].title);
        put(p, "</span> <span class=\"count\">");
        (void)text_number((double)p->model->families[f].count, 0, p->lang, count, sizeof count);
        put_text(p, count);
        put(p, "</span></li>\n");
    }
    put(p, "</ul>\n");
}

static void put_sheet_legend(page *p, const map_sheet *sheet)
{
    const bool one = sheet->panel_count <= 1;
    put(p, "<div class=\"key-block\">\n");
    for (size_t i = 0; i < sheet->panel_count; i++) {
        if (i == sheet->key_panel || !sheet->same_classes)
            put_panel_legend(p, &sheet->panels[i], one || !sheet->same_classes);
    }
    if (sheet->kind == SHEET_VENUES)
        put_family_legend(p);
    if (sheet->panel_count == 1 && sheet->panels[0].venue_shown && sheet->kind != SHEET_VENUES) {
        put(p, "<p class=\"dot-key\"><svg class=\"swatch\" viewBox=\"0 0 480 320\" "
               "aria-hidden=\"true\" focusable=\"false\">"
               "<circle cx=\"240\" cy=\"160\" r=\"80\" fill=\"#1b1b1b\"/></svg> ");
        put_say(p, M_LEGEND_OPEN_VENUE);
        put(p, "</p>\n");
    }
    put(p, "</div>\n");
}

static status put_panels(page *p, const map_sheet *sheet, error *err)
{
    status s = STATUS_OK;
    if (sheet->panel_count <= 1)
        return put_static_map(p, sheet, sheet->panel_count == 1 ? &sheet->panels[0] : NULL, false,
                              err);
    put(p, "<div class=\"panels\">\n");
    for (size_t i = 0; i < sheet->panel_count && s == STATUS_OK; i++) {
        put(p, "<div class=\"panel\"><p>");
        put_text(p, sheet->panels[i].title);
        put(p, "</p>\n");
        s = put_static_map(p, sheet, &sheet->panels[i], true, err);
        put(p, "</div>\n");
    }
    put(p, "</div>\n");
    return s;
}

static status put_figure(page *p, const map_sheet *sheet, error *err)
{
    put(p, "<figure class=\"sheet\">\n<figcaption><strong>");
    put_text(p, sheet->title);
    put(p, "</strong><br>");
    put_text(p, sheet->subtitle);
    put(p, "</figcaption>\n<div class=\"sheet-body\">\n");
    const status s = put_panels(p, sheet, err);
    put_sheet_legend(p, sheet);
    put(p, "</div>\n");
    put_four_lines(p, &sheet->lines);
    put(p, "</figure>\n");
    return s;
}

status put_maps(page *p, error *err)
{
    const report_model *const m = p->model;
    if (m->sheet_count == 0 || !m->places || m->places->rows->rows == 0)
        return STATUS_OK;
    section_begin(p, "carte", tr(p->lang, M_SECTION_MAPS));
    status s = put_shared_shapes(p, err);
    if (s == STATUS_OK)
        s = put_interactive(p, err);
    put(p, "<div id=\"sheets\">\n");
    for (size_t i = 0; i < m->sheet_count && s == STATUS_OK; i++)
        if (m->sheets[i].kind != SHEET_REACH)
            s = put_figure(p, &m->sheets[i], err);
    put(p, "</div>\n");
    /* Not on the interactive map: always on the page. */
    for (size_t i = 0; i < m->sheet_count && s == STATUS_OK; i++)
        if (m->sheets[i].kind == SHEET_REACH)
            s = put_figure(p, &m->sheets[i], err);
    section_end(p);
    return s;
}
