/* network/source/dimacs_text.h: a DIMACS file as text, unpacked where it is packed. For this floor
 * only. */
#ifndef NETWORK_DIMACS_TEXT_H
#define NETWORK_DIMACS_TEXT_H

#include "base/files.h"
#include "network/source/dimacs_lines.h"
#include "table/archive.h"

typedef struct dimacs_file {
    file_view view;
    unpacked text;
} dimacs_file;
/* The bytes of the file into `t`; closed with dimacs_file_close, also after a failure. */
MUST_CHECK status dimacs_file_open(dimacs_file *f, const char *path, dimacs_text *t);
void dimacs_file_close(dimacs_file *f);

#endif
