/* base/ordered_output.h: texts made by many threads in any order, written in the order of their
 * numbers, in bounded memory and without any thread waiting for another's work. */
#ifndef BASE_ORDERED_OUTPUT_H
#define BASE_ORDERED_OUTPUT_H

#include "base/file_stream.h"

typedef struct ordered_output ordered_output;
/* Parts 0 .. parts - 1 go to `to` (borrowed). Those whose turn has not come are kept in memory up
 * to about `waiting_max` bytes, the others in a scratch file beside `path`, made when wanted. */
MUST_CHECK status ordered_output_new(ordered_output **out, file_stream *to, const char *path,
                                     size_t parts, size_t waiting_max, error *err);
/* [any thread] `bytes` (of memory_new; taken, even by a failure; NULL when size is 0) is the text
 * of parts first .. first + count - 1, which nobody gave before. Writes whatever can go. */
MUST_CHECK status ordered_output_put(ordered_output *o, size_t first, size_t count, char *bytes,
                                     size_t size, error *err);
/* After the threads: what is left, in order; parts that nobody gave are empty. */
MUST_CHECK status ordered_output_finish(ordered_output *o, error *err);
void ordered_output_free(ordered_output *o); /* takes NULL */
/* Memory of its own for so many parts, beside the texts. */
size_t ordered_output_bytes(size_t parts);

#endif
