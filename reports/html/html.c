/* report.html: title, what matters, maps, tables, methods; in one file. */
#include "reports/html/html.h"

#include <stdio.h>
#include <string.h>

#include "base/files.h"
#include "reports/html/messages.h"
#include "reports/html/page.h"

enum { PATH_BYTES = 4096 };

/* The contents: ids and titles of the sections that came out, read back from the page itself. */
static void contents_add(page *p, text_buffer *contents)
{
    static const char mark[] = "\n<section id=\"", title_mark[] = "-h\">";
    const char *at = p->out.at ? p->out.at : "";
    text_add(contents, "<nav class=\"contents\" aria-label=\"");
    text_add(contents, tr(p->lang, M_CONTENTS));
    text_add(contents, "\">\n<ul>\n");
    while ((at = strstr(at, mark)) != NULL) {
        at += strlen(mark);
        const size_t id = strcspn(at, "\"");
        const char *title = strstr(at, "<h2");
        title = title ? strstr(title, title_mark) : NULL;
        const char *const end = title ? strstr(title, "</h2>") : NULL;
        if (!end)
            break;
        title += strlen(title_mark);
        text_add(contents, "<li><a href=\"#");
        text_add_n(contents, at, id);
        text_add(contents, "\">");
        text_add_n(contents, title, (size_t)(end - title));
        text_add(contents, "</a></li>\n");
    }
    text_add(contents, "</ul>\n</nav>\n<main id=\"contenu\">\n");
}

static status put_sections(page *p, error *err)
{
    put_essentials(p);
    status s = put_maps(p, err);
    if (s != STATUS_OK)
        return s;
    put_access(p);
    put_gaps(p);
    put_venues(p);
    put_territories(p);
    put_commuting(p);
    put_avoided(p);
    s = put_added(p, err);
    if (s != STATUS_OK)
        return s;
    put_other_tables(p);
    put_methods(p);
    put_parameters(p);
    put_sources(p);
    put_quality(p);
    return STATUS_OK;
}

/* The sections first, so that the contents name those that the run has. */
static status page_fill(page *p, error *err)
{
    text_buffer contents = {0}, body = {0};
    status s = put_sections(p, err);
    if (s == STATUS_OK)
        contents_add(p, &contents);
    body = p->out;
    p->out = (text_buffer){0};
    if (s == STATUS_OK) {
        put_head(p);
        text_add_n(&p->out, contents.at ? contents.at : "", contents.size);
        text_add_n(&p->out, body.at ? body.at : "", body.size);
        put_tail(p);
    }
    if (s == STATUS_OK && (p->out.failed || body.failed || contents.failed))
        s = memory_error(err, p->out.size);
    text_buffer_clear(&contents);
    text_buffer_clear(&body);
    return s;
}

/* By commune, whatever the places are: one cell alone has no meaning. */
static status html_write(const results *all, const report_request *request, error *err)
{
    const results *const r = results_of_communes(all);
    report_model *m = NULL;
    page p = {.results = r, .lang = r->language};
    char path[PATH_BYTES];
    status s = report_model_build(r, &m, err);
    if (s == STATUS_OK)
        s = arena_new(&p.memory, err);
    if (s != STATUS_OK)
        goto done;
    p.model = m;
    screen_fit(&p.screen, m);
    s = page_fill(&p, err);
    if (s != STATUS_OK)
        goto done;
    if (snprintf(path, sizeof path, "%s/report.html", request->folder) >= PATH_BYTES)
        s = error_set(err, STATUS_ENVIRONMENT, M_HTML_PATH, request->folder);
    else
        s = file_write_atomic(path, p.out.at, p.out.size, err);
done:
    text_buffer_clear(&p.out);
    arena_free(p.memory);
    report_model_free(m);
    return s;
}

const report_writer html_writer = {
    .id = "html",
    .title_fr = "Rapport à ouvrir dans un navigateur",
    .title_en = "Report for a browser",
    .write = html_write,
};
