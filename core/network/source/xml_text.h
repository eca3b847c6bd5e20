/* network/source/xml_text.h: the text of an XML file, plain or packed, chunk by chunk: a country's
 * file does not fit in memory once unpacked. */
#ifndef NETWORK_XML_TEXT_H
#define NETWORK_XML_TEXT_H

#include <stdint.h>

#include "base/error.h"

typedef struct xml_text xml_text;
/* Borrows `bytes`, the file as it is. Packed: gzip, bzip2, xz, zstd, told by the first bytes. */
MUST_CHECK status xml_text_open(xml_text **out, const char *bytes, size_t size, error *err);
void xml_text_close(xml_text *t); /* takes NULL */
/* The next bytes into `buffer`; *got 0: the end. Refused: damaged, or unpacked beyond the limits.
 */
MUST_CHECK status xml_text_next(xml_text *t, char *buffer, size_t size, size_t *got, error *err);
/* Whether the bytes begin as XML, or as a packed file. */
bool xml_text_is(const char *bytes, size_t size);

#endif
