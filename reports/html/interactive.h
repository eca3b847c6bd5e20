/* reports/html/interactive.h: the map that answers to a mouse, a finger and a keyboard. */
#ifndef REPORTS_HTML_INTERACTIVE_H
#define REPORTS_HTML_INTERACTIVE_H

#include "reports/html/page.h"

/* The controls, hidden until the script has shown that it can draw, and the packed data. */
MUST_CHECK status put_interactive(page *p, error *err);
/* What the script draws, as JSON. */
MUST_CHECK status payload_json(page *p, text_buffer *out, error *err);

#endif
