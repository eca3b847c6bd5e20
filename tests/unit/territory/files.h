/* Small input files for the tests of the territory and of the importers. */
#ifndef TEST_TERRITORY_FILES_H
#define TEST_TERRITORY_FILES_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "datasets/importers.h"
#include "geo/layer.h"
#include "geo/parquet.h"
#include "territory/flows.h"
#include "territory/venues.h"

#define TAXONOMY BASSIN_SOURCE_DIR "/datasets/reference/taxonomy.csv"

typedef struct fixture {
    char folder[64];
    worker_job jobs[2];
    zygote *workers;
    faults *list;
    ledger *balance;
} fixture;

static inline int fixture_open(void **state)
{
    error err;
    fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->jobs[0] = layer_job;
    f->jobs[1] = parquet_job;
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/bassin-test-XXXXXX");
    return !mkdtemp(f->folder) || zygote_start(&f->workers, f->jobs, 2, true, &err) != STATUS_OK ||
           faults_new(&f->list, &err) != STATUS_OK || ledger_new(&f->balance, &err) != STATUS_OK;
}

static inline int fixture_close(void **state)
{
    fixture *f = *state;
    char command[96];
    (void)snprintf(command, sizeof command, "rm -r %s", f->folder);
    ledger_free(f->balance);
    faults_free(f->list);
    zygote_stop(f->workers);
    const int rc = system(command);
    free(f);
    return rc;
}

static inline bool says(const faults *list, const char *text)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        if (strstr(faults_at(list, i)->en, text)) {
            return true;
        }
    }
    return false;
}

static inline void print_faults(const faults *list)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        print_message("%s: %s\n", faults_at(list, i)->file ? faults_at(list, i)->file : "",
                      faults_at(list, i)->en);
    }
}

static inline void write_file(const fixture *f, const char *name, const char *text, char *path,
                              size_t size)
{
    (void)snprintf(path, size, "%s/%s", f->folder, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    assert_int_equal(fclose(out), 0);
}

static inline status import_text(fixture *f, const char *role, const char *format, const char *name,
                                 const char *text, const column_binding *bindings, size_t count,
                                 imported *out)
{
    char path[160];
    write_file(f, name, text, path, sizeof path);
    const import_request request = {.path = path,
                                    .role = role,
                                    .format = format,
                                    .bindings = bindings,
                                    .binding_count = count,
                                    .workers = f->workers,
                                    .where = source_at("run.yaml", 7, 1)};
    return import_file(dataset_importers, &request, out, f->list);
}

static inline imported import_good(fixture *f, const char *role, const char *name, const char *text)
{
    imported out;
    const status rc = import_text(f, role, NULL, name, text, NULL, 0, &out);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return out;
}

static inline const char *text_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    return column_text(c, row);
}

static inline double number_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    assert_int_equal(column_state(c, row), VALUE_PRESENT);
    return c->at.f64[row];
}

static inline territory *build(fixture *f, const territory_inputs *in)
{
    territory *t = NULL;
    const status rc = territory_build(in, f->balance, &t, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return t;
}

#endif
