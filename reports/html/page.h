/* reports/html/page.h: the page in the making, and the few ways to write into it.
 *
 * put() takes markup of ours; every other text goes through put_text or put_say, which escape it:
 * no text of an input becomes markup. Out of memory is kept in `out.failed` and told once at the
 * end. */
#ifndef REPORTS_HTML_PAGE_H
#define REPORTS_HTML_PAGE_H

#include "reports/html/screen.h"
#include "reports/model/model.h"

typedef struct page {
    const results *results;
    const report_model *model;
    language lang;
    text_buffer out;
    screen screen;
    arena *memory;     /* lives as long as the page */
    size_t identifier; /* the last one given */
} page;

void put(page *p, const char *markup);
void put_format(page *p, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* markup and numbers of ours */
void put_text(page *p, const char *text);
/* A message pair of messages.h, filled in, then escaped as a whole. */
void put_say(page *p, const char *fr, const char *en, ...) MESSAGE_FORMAT(2, 3, 4);
/* <tag>text</tag> */
void put_element(page *p, const char *tag, const char *text);
/* A message pair filled in, in the page's memory; "" when out of memory (the page has then failed).
 */
const char *page_say(page *p, const char *fr, const char *en, ...) MESSAGE_FORMAT(2, 3, 4);
/* <section id=".."><h2>..</h2> ... </section> */
void section_begin(page *p, const char *id, const char *title);
void section_end(page *p);
/* INSEE's four lines as a list; nothing for an empty line. */
void put_four_lines(page *p, const four_lines *lines);
/* Champ, Source and Note of the run, with a reading of one's own (NULL: none). */
void put_run_lines(page *p, const char *reading);

/* The sections, in their order. */
void put_head(page *p);
void put_missing(page *p); /* indicators that failed */
void put_essentials(page *p);
MUST_CHECK status put_maps(page *p, error *err);
void put_access(page *p);
void put_white_definition(page *p); /* a paragraph: wherever the words are used */
void put_gaps(page *p);
void put_venues(page *p);
void put_territories(page *p);
void put_commuting(page *p);
void put_avoided(page *p);
MUST_CHECK status put_added(page *p, error *err); /* indicators without a section of their own */
void put_other_tables(page *p);
void put_methods(page *p);
void put_parameters(page *p);
void put_sources(page *p);
void put_quality(page *p);
void put_tail(page *p);

#endif
