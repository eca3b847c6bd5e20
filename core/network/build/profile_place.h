/* network/build/profile_place.h: where a field of a delimited table stands in its file, for faults
 * that are found once its rows are read. Of this folder alone. */
#ifndef NETWORK_PROFILE_PLACE_H
#define NETWORK_PROFILE_PLACE_H

#include "base/files.h"
#include "base/text.h"

typedef struct field_places {
    file_view file; /* of text; another one (packed) gives no column */
    char separator;
} field_places;

/* 1-based column of a field, by the header's name, in a row that begins at `line`; 0: not found. */
uint64_t field_column(const field_places *p, uint64_t line, const char *field);

#endif
