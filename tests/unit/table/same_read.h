/* The plain reader and the gathering one, side by side: the same table, the same faults. */
#ifndef TESTS_TABLE_SAME_READ_H
#define TESTS_TABLE_SAME_READ_H

#include "table/reading.h"

/* NULL, or what differs between the plain reader and the one tuned so. *declined (may be NULL)
 * tells that the text was left to the plain reader. */
const char *read_difference(const char *bytes, size_t size, const read_options *options,
                            const read_tuning *tuning, bool *declined);

#endif
