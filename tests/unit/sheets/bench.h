/* bench.h: a zygote, a folder that goes away, and a writer run on fake results. */
#ifndef TESTS_SHEETS_BENCH_H
#define TESTS_SHEETS_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/files.h"
#include "base/hash.h"
#include "fake_results.h"

typedef struct bench {
    zygote *z;
    char folder[64];
} bench;

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != STATUS_OK)                                                                   \
            fail_msg("%s: %s", #call, err.fr);                                                     \
    } while (0)

int bench_open(void **state); /* group setup: forks the zygote before anything else */
int bench_close(void **state);
/* An empty folder below the bench's. */
void bench_folder(const bench *b, const char *name, char out[256]);
/* Runs the writer on results into such a folder. */
status bench_write(const bench *b, const report_writer *w, const results *r, const char *name,
                   char folder[256], error *err);
sha256_hex bench_digest(const char *folder, const char *file);

#endif
