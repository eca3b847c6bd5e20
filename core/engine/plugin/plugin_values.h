/* engine/plugin/plugin_values.h: texts that a descriptor writes in its own small languages.
 * Private. */
#ifndef ENGINE_PLUGIN_VALUES_H
#define ENGINE_PLUGIN_VALUES_H

#include "base/memory.h"
#include "base/text.h"
#include "engine/plugin/plugin_descriptor.h"

/* The next element of "10;20;30", blanks around it dropped; *rest moves past it. */
text_slice list_next(text_slice *rest, char mark);
/* Position of `word` in "2sfca|e2sfca|3sfca"; SIZE_MAX when it is none of them. */
size_t choice_index(const char *choices, const char *word);
/* How many stand between the bars, empty ones counted: 3 for "a||c". */
size_t choices_count(const char *choices);
/* Whether the basis of a default says that it is an assumption. NULL: no. */
bool is_assumption(const char *basis);
/* The choices one by one. */
MUST_CHECK status choices_split(const char *choices, arena *memory, const char *const **out,
                                size_t *count, error *err);

typedef enum distribution {
    DISTRIBUTION_FIXED,
    DISTRIBUTION_UNIFORM,
    DISTRIBUTION_TRIANGULAR,
    DISTRIBUTION_BETA,
    DISTRIBUTION_UNKNOWN
} distribution;
distribution distribution_of(const char *name); /* NULL: fixed */

/* `text` with its placeholder, if any, replaced; other braces ({name}, {value}) stay. NULL gives
 * NULL; out of memory sets *failed. */
const char *text_fill(const char *text, const char *placeholder_name, const char *with,
                      arena *memory, bool *failed);
/* A number as part of a column name: 10 -> "10", 7.5 -> "7_5", -2 -> "m2". */
void number_for_name(double value, char *buffer, size_t size);

#endif
