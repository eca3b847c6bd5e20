/* reports/html/markdown.h: the little Markdown of method pages. */
#ifndef REPORTS_HTML_MARKDOWN_H
#define REPORTS_HTML_MARKDOWN_H

#include "base/text.h"

/* Headings (from level 2 on, printed one level lower), paragraphs, "- " lists, **strong** and
 * `code`; anything else stays text. Always escaped and always balanced. */
void markdown_to_markup(const char *text, text_buffer *out);

#endif
