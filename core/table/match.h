/* table/match.h: which column of a header is which wanted column. Private to this room. */
#ifndef TABLE_MATCH_H
#define TABLE_MATCH_H

#include "table/reader.h"

enum { MATCH_NONE = -1 };

typedef struct header_names {
    const char *const *names;
    size_t count;
} header_names;

/* position[i] of wanted column i, or MATCH_NONE. `at` is the header's place: a required column that
 * is absent, and a name found twice, are refused there. */
MUST_CHECK status columns_match(const header_names *header, const wanted_column *wanted,
                                size_t wanted_count, source_ref at, int64_t *position,
                                faults *faults_list);
/* How many wanted columns the header has, silently: the required ones weigh more. */
size_t columns_match_score(const header_names *header, const wanted_column *wanted,
                           size_t wanted_count);

#endif
