/* reports/html/pack.h: bytes as text that a page can carry. */
#ifndef REPORTS_HTML_PACK_H
#define REPORTS_HTML_PACK_H

#include "base/text.h"

/* gzip without time or name: the same bytes give the same bytes. */
MUST_CHECK status pack_gzip(const void *bytes, size_t size, text_buffer *out, error *err);
/* Base64 with padding, no line breaks (RFC 4648). */
void pack_base64(const void *bytes, size_t size, text_buffer *out);
/* "sha256-<base64>", as a content security policy names an inline script or style. */
void pack_csp_hash(const void *bytes, size_t size, text_buffer *out);

#endif
