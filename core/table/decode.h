/* table/decode.h: which encoding a text is in, and its cells as UTF-8. Private to this room. */
#ifndef TABLE_DECODE_H
#define TABLE_DECODE_H

#include "table/reader.h"
#include "table/scan.h"

/* What the bytes of a whole text tell. Offsets are into the text after its byte order mark;
 * SIZE_MAX: none. */
typedef struct text_nature {
    size_t bom; /* bytes to skip */
    bool utf16;
    size_t nul;       /* first NUL byte */
    size_t not_utf8;  /* first byte that is not UTF-8 */
    size_t multibyte; /* first valid multi-byte UTF-8 sequence */
    size_t windows;   /* first byte 80..9F, looked for when not_utf8 exists */
    bool cr_only;     /* carriage returns and no line feed */
} text_nature;
text_nature text_nature_of(const char *bytes, size_t size);
/* Byte order marks alone, and all the rest but them (size > 0). */
text_nature text_nature_of_start(const char *bytes, size_t size);
text_nature text_nature_of_body(const char *bytes, size_t size);

/* Scratch space for cells that are not already UTF-8 as they lie. */
typedef struct decoder {
    encoding encoding; /* UTF8 or LATIN1 */
    char *scratch;
    size_t capacity;
} decoder;
void decoder_clear(decoder *d);
/* The value of a cell; borrows the text, or the scratch until the next call. False: out of memory.
 */
MUST_CHECK bool decoder_cell(decoder *d, const cell *c, text_slice *out);
/* "0xE9" of one byte. */
typedef struct byte_label {
    char text[8];
} byte_label;
byte_label byte_label_of(char byte);

#endif
