/* Reading results folders and the shared data. */
#ifndef TESTS_EXTERNAL_RUNS_FIGURES_H
#define TESTS_EXTERNAL_RUNS_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "table/table.h"

/* A path in the shared data: false where absent. */
bool shared_file(char out[256], const char *relative);
#define SKIP_WITHOUT_SHARED(out, relative)                                                         \
    do {                                                                                           \
        if (!shared_file(out, relative)) {                                                         \
            print_message("skipped: no shared data\n");                                            \
            skip();                                                                                \
        }                                                                                          \
    } while (0)

/* Every column as text; what is wrong fails the test. */
table *read_texts(const char *path);
const char *text_in(const table *t, size_t row, const char *column_name);
double number_in(const table *t, size_t row, const char *column_name); /* NAN: not a number */
/* tables/totals.csv of a results folder. */
double total_in(const char *results, const char *indicator, const char *name);
/* The run file `from` with `old` replaced (once), written to `to`. */
void copy_with(const char *from, const char *to, const char *old, const char *replacement);

#endif
