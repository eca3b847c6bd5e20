/* The head of the page, its title and contents, and the scripts at its end. */
#include <string.h>

#include "reports/html/assets.h"
#include "reports/html/messages.h"
#include "reports/html/pack.h"
#include "reports/html/page.h"

/* Nothing may be fetched; only the style and the two scripts with these digests may act. */
static void put_policy(page *p)
{
    put(p, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri "
           "'none'; form-action 'none'; script-src '");
    pack_csp_hash(asset_map_library_js, asset_map_library_js_size, &p->out);
    put(p, "' '");
    pack_csp_hash(asset_report_js, asset_report_js_size, &p->out);
    put(p, "'; style-src '");
    pack_csp_hash(asset_report_css, asset_report_css_size, &p->out);
    put(p, "'\">\n");
}

/* "2024-05-31" as "31 mai 2024" or "31 May 2024"; another form as it is. */
static void put_date(page *p, const char *date)
{
    static const char *const months[12][2] = {
        {M_MONTH_1}, {M_MONTH_2}, {M_MONTH_3}, {M_MONTH_4},  {M_MONTH_5},  {M_MONTH_6},
        {M_MONTH_7}, {M_MONTH_8}, {M_MONTH_9}, {M_MONTH_10}, {M_MONTH_11}, {M_MONTH_12}};
    uint64_t year = 0, month = 0, day = 0;
    const bool iso = strlen(date) == 10 && text_to_u64(text_slice_of(date, 4), &year) &&
                     text_to_u64(text_slice_of(date + 5, 2), &month) &&
                     text_to_u64(text_slice_of(date + 8, 2), &day);
    if (!iso || month < 1 || month > 12) {
        put_text(p, date);
        return;
    }
    put_format(p, "<time datetime=\"%04u-%02u-%02u\">%u%s ", (unsigned)year, (unsigned)month,
               (unsigned)day, (unsigned)day, day == 1 && p->lang == LANGUAGE_FR ? "er" : "");
    put_text(p, tr(p->lang, months[month - 1][0], months[month - 1][1]));
    put_format(p, " %u</time>", (unsigned)year);
}

static void put_title(page *p)
{
    const results *const r = p->results;
    put(p, "<header class=\"top\">\n<p class=\"kicker\">");
    put_say(p, M_KICKER);
    put(p, "</p>\n<h1>");
    put_text(p, r->title && *r->title ? r->title : tr(p->lang, M_NO_TITLE));
    put(p, "</h1>\n<p class=\"where\">");
    if (r->territory_title && *r->territory_title)
        put_text(p, r->territory_title);
    if (r->date && *r->date) {
        put(p, r->territory_title && *r->territory_title ? " — " : "");
        put_date(p, r->date);
    }
    put(p, "</p>\n<p class=\"run\">");
    put_say(p, M_RUN_LINE, r->version ? r->version : "", r->fingerprint ? r->fingerprint : "");
    put(p, "</p>\n</header>\n");
}

void put_head(page *p)
{
    put_format(p, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
               p->lang == LANGUAGE_FR ? "fr" : "en");
    put_policy(p);
    put(p,
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
        "name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"bassin ");
    put_text(p, p->results->version);
    put(p, "\">\n<title>");
    put_text(p,
             p->results->title && *p->results->title ? p->results->title : tr(p->lang, M_NO_TITLE));
    put(p, "</title>\n<style>");
    text_add_n(&p->out, (const char *)asset_report_css, asset_report_css_size);
    put(p, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#contenu\">");
    put_say(p, M_SKIP);
    put(p, "</a>\n");
    put_title(p);
}

void put_tail(page *p)
{
    put(p, "</main>\n<footer>\n<p>");
    put_say(p, M_FOOTER, p->results->version ? p->results->version : "",
            p->results->fingerprint ? p->results->fingerprint : "");
    put(p, "</p>\n</footer>\n<script>");
    text_add_n(&p->out, (const char *)asset_map_library_js, asset_map_library_js_size);
    put(p, "</script>\n<script>");
    text_add_n(&p->out, (const char *)asset_report_js, asset_report_js_size);
    put(p, "</script>\n</body>\n</html>\n");
}
