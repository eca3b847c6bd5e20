/* A run file written to a temporary folder, and what loading it says. */
#ifndef TEST_RUN_FILE_H
#define TEST_RUN_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/scenario/scenario.h"

typedef struct run_file {
    char folder[64], path[96];
    faults *list;
    scenario *loaded;
    status result;
} run_file;

/* Loads `text`; everything is checked by the test through f->list and f->loaded. */
static inline void run_file_load(run_file *f, const char *text, const scenario_overrides *overrides)
{
    error err;
    FILE *out;
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/bassin-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    (void)snprintf(f->path, sizeof f->path, "%s/run.yaml", f->folder);
    out = fopen(f->path, "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(faults_new(&f->list, &err), STATUS_OK);
    f->result = scenario_load(f->path, overrides, &f->loaded, f->list);
}

static inline void run_file_clear(run_file *f)
{
    scenario_free(f->loaded);
    faults_free(f->list);
    (void)unlink(f->path);
    (void)rmdir(f->folder);
}

/* The first fault at that line and column whose English text holds `words`. */
static inline const fault *fault_about(const faults *list, uint64_t line, uint64_t at,
                                       const char *text)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        if (f->line == line && f->column == at && strstr(f->en, text) != NULL) {
            return f;
        }
    }
    for (size_t i = 0; i < faults_count(list); i++) {
        const fault *f = faults_at(list, i);
        print_message("%llu:%llu %s\n", (unsigned long long)f->line, (unsigned long long)f->column,
                      f->en);
    }
    return NULL;
}

#endif
