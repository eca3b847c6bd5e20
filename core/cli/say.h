/* cli/say.h: one line to people. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include <stdio.h>

#include "base/error.h"

/* A message pair and its arguments, then a line end. */
void say_line(FILE *to, language lang, const char *fr, const char *en, ...) MESSAGE_FORMAT(3, 4, 5);

#endif
