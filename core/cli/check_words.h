/* cli/check_words.h: what a data file is, said to people or as JSON. */
#ifndef CLI_CHECK_WORDS_H
#define CLI_CHECK_WORDS_H

#include "engine/inputs/inspect.h"
#include "territory/vintage.h"

/* What the codes of a file say of its year. */
typedef struct told_vintage {
    const char *movements; /* the file that tells */
    vintage_match match;   /* code_count 0: nothing told */
} told_vintage;

/* On standard output. */
void check_say(const char *path, const inspection *i, const told_vintage *v, language lang);
void check_say_json(const char *path, const inspection *i, const told_vintage *v, bool sound);

#endif
