/* Controls of the interactive map. */
#include "reports/html/interactive.h"

#include "reports/html/messages.h"
#include "reports/html/pack.h"

static void put_button(page *p, const char *id, const char *sign, const char *title)
{
    put_format(p, "<button type=\"button\" id=\"%s\" aria-label=\"", id);
    put_text(p, title);
    put(p, "\" title=\"");
    put_text(p, title);
    put_format(p, "\">%s</button>\n", sign);
}

static void put_controls(page *p)
{
    put(p, "<div class=\"controls\">\n<div class=\"field\"><label for=\"map-choice\">");
    put_say(p, M_MAP_CHOICE);
    put(p, "</label><select id=\"map-choice\"></select></div>\n<div class=\"field search\"><label "
           "for=\"map-search\">");
    put_text(p, p->model->cells ? tr(p->lang, M_MAP_SEARCH_CELL) : tr(p->lang, M_MAP_SEARCH));
    put(p, "</label><input id=\"map-search\" type=\"text\" role=\"combobox\" autocomplete=\"off\" "
           "spellcheck=\"false\" "
           "aria-autocomplete=\"list\" aria-expanded=\"false\" aria-controls=\"map-found\">"
           "<ul id=\"map-found\" role=\"listbox\" aria-label=\"");
    put_say(p, M_MAP_FOUND);
    put(p, "\" hidden></ul></div>\n<div class=\"field check\"><label><input type=\"checkbox\" "
           "id=\"map-venues\" checked> ");
    put_say(p, M_MAP_VENUES);
    put(p, "</label></div>\n</div>\n");
}

static void put_frame(page *p)
{
    put(p, "<div class=\"map-frame\">\n<div id=\"map\" role=\"application\" tabindex=\"0\" "
           "aria-describedby=\"map-help\" aria-label=\"");
    put_say(p, M_MAP_LABEL);
    put(p, "\"><div id=\"map-tip\" hidden></div></div>\n<div class=\"zoom\">\n");
    put_button(p, "zoom-in", "+", tr(p->lang, M_MAP_ZOOM_IN));
    put_button(p, "zoom-out", "\u2212", tr(p->lang, M_MAP_ZOOM_OUT));
    put_button(p, "zoom-all", "\u2922", tr(p->lang, M_MAP_ZOOM_ALL));
    put(p, "</div>\n</div>\n");
}

static void put_aside(page *p)
{
    put(p, "<div class=\"map-side\">\n<h3 id=\"map-title\"></h3>\n<p id=\"map-subtitle\"></p>\n"
           "<p class=\"legend-title\" id=\"map-legend-title\"></p>\n<ul class=\"legend\" "
           "id=\"map-legend\"></ul>\n"
           "<ul class=\"legend\" id=\"map-families\"></ul>\n<div id=\"map-info\"><p>");
    put_say(p, M_MAP_INFO_EMPTY);
    put(p, "</p></div>\n</div>\n");
}

static status put_payload(page *p, error *err)
{
    text_buffer json = {0}, packed = {0};
    status s = payload_json(p, &json, err);
    if (s == STATUS_OK && json.failed)
        s = memory_error(err, json.size);
    if (s == STATUS_OK)
        s = pack_gzip(json.at, json.size, &packed, err);
    if (s == STATUS_OK) {
        put(p, "<script type=\"application/octet-stream\" id=\"map-data\">");
        pack_base64(packed.at, packed.size, &p->out);
        put(p, "</script>\n");
    }
    text_buffer_clear(&json);
    text_buffer_clear(&packed);
    return s;
}

status put_interactive(page *p, error *err)
{
    put(p, "<div id=\"map-app\" hidden>\n");
    put_controls(p);
    put(p, "<div class=\"map-grid\">\n");
    put_frame(p);
    put_aside(p);
    put(p, "</div>\n<p id=\"map-live\" class=\"unseen\" aria-live=\"polite\"></p>\n<p "
           "id=\"map-help\" class=\"help\">");
    put_say(p, M_MAP_HELP);
    put(p, "</p>\n<div class=\"lines\" id=\"map-lines\"></div>\n</div>\n<noscript><p "
           "class=\"notice\">");
    put_say(p, M_MAP_NO_SCRIPT);
    put(p, "</p></noscript>\n<p class=\"notice\" id=\"map-failed\" hidden>");
    put_say(p, M_MAP_FAILED);
    put(p, "</p>\n");
    return put_payload(p, err);
}
