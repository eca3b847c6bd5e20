/* cli/check_words.h: what a data file is, said to people or as JSON. */
#ifndef CLI_CHECK_WORDS_H
#define CLI_CHECK_WORDS_H

#include "engine/inspect.h"

/* On standard output. */
void check_say(const char *path, const inspection *i, language lang);
void check_say_json(const char *path, const inspection *i, bool sound);

#endif
