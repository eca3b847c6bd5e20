/* engine/scenario/excerpt.h: the faulty line of a text file, and a caret below it. */
#ifndef ENGINE_EXCERPT_H
#define ENGINE_EXCERPT_H

#include "base/text.h"

/* Two lines, UTF-8, safe for a terminal, cut to a window around the column when long. `column`
 * counts characters from 1. Returns false (and "") when the text has no such line. */
bool excerpt_make(text_slice text, uint64_t line, uint64_t column, char *buffer, size_t size);

#endif
