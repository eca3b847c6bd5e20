/* markup.h: enough of HTML to tell whether tags balance and what attributes name. */
#ifndef TESTS_HTML_MARKUP_H
#define TESTS_HTML_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

/* NULL when every element is closed in order; else where it goes wrong. */
const char *markup_fault(const char *text);
/* How many elements have this name. */
size_t markup_count(const char *text, const char *name);
/* Calls back for each attribute of each element; values are between quotes. */
typedef void (*attribute_seen)(void *context, const char *name, size_t name_size, const char *value,
                               size_t value_size);
void markup_attributes(const char *text, attribute_seen seen, void *context);

#endif
