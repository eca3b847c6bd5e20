/* The demonstration with indicators that take a while and nothing to draw: for tests that run it
 * many times. */
#ifndef TESTS_GOLDEN_LEAN_H
#define TESTS_GOLDEN_LEAN_H

#include "tests/golden/run/program.h"

typedef struct lean {
    char folder[64];
    char run_file[256], results[256], cache[256];
} lean;

/* A folder with the demonstration, its lean run file, and a cache of its own, now empty. */
void lean_new(lean *l, const char *communes);
void lean_drop(const lean *l);
/* From now on the program keeps its work in folder/<name>. */
void lean_cache(lean *l, const char *name);
/* Replaces a piece of a run file that is there. */
void lean_put(const char *from, const char *to, const char *old, const char *new_text);

#endif
