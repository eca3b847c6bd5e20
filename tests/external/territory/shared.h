/* Published instances lie outside the repository; without them these tests are skipped. */
#ifndef TEST_TERRITORY_SHARED_H
#define TEST_TERRITORY_SHARED_H

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
#include "territory/flows.h"
#include "territory/venues.h"

static inline const char *shared_path(const char *relative)
{
    static char paths[16][512];
    static int next;
    const char *root = getenv("BASSIN_SHARED");
    char *path = paths[next++ % 16];
    root = root ? root : getenv("BASSIN_SHARED_DEFAULT");
    (void)snprintf(path, sizeof paths[0], "%s/%s", root ? root : "", relative);
    return path;
}

#define SKIP_WITHOUT(relative)                                                                     \
    do {                                                                                           \
        if (access(shared_path(relative), R_OK) != 0) {                                            \
            printf("skipped: no shared data\n");                                                   \
            skip();                                                                                \
        }                                                                                          \
    } while (0)

typedef struct fixture {
    zygote *workers;
    faults *list;
    ledger *balance;
} fixture;

static inline void fixture_open(fixture *f)
{
    static const worker_job *const job = &layer_job;
    error err;
    assert_int_equal(zygote_start(&f->workers, job, 1, true, &err), STATUS_OK);
    assert_int_equal(faults_new(&f->list, &err), STATUS_OK);
    assert_int_equal(ledger_new(&f->balance, &err), STATUS_OK);
}

static inline void fixture_close(fixture *f)
{
    ledger_free(f->balance);
    faults_free(f->list);
    zygote_stop(f->workers);
}

static inline void print_faults(const faults *list)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        char text[2048];
        (void)fault_format(faults_at(list, i), LANGUAGE_EN, text, sizeof text);
        print_message("%s\n", text);
    }
}

/* A fault or warning whose English text holds `words`. */
static inline bool says(const faults *list, const char *text)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        if (strstr(faults_at(list, i)->en, text)) {
            return true;
        }
    }
    return false;
}

static inline status import(fixture *f, const char *role, const char *path, const char *format,
                            const column_binding *bindings, size_t count, int32_t epsg,
                            imported *out)
{
    const import_request request = {.path = path,
                                    .role = role,
                                    .format = format,
                                    .bindings = bindings,
                                    .binding_count = count,
                                    .epsg = epsg,
                                    .workers = f->workers,
                                    .where = source_at("run.yaml", 1, 1)};
    return import_file(dataset_importers, &request, out, f->list);
}

static inline imported import_ok(fixture *f, const char *role, const char *relative)
{
    imported out;
    const status rc = import(f, role, shared_path(relative), NULL, NULL, 0, 0, &out);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return out;
}

#endif
