/* What a Parquet file meets where DuckDB is absent, unfit or dies: one sentence each. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "geo/layer.h"
#include "geo/parquet.h"
#include "shapes.h"

typedef struct bench {
    worker_job jobs[2];
    zygote *z;
    char folder[64], path[96];
    faults *found;
    table *got;
    parquet_facts facts;
} bench;

static int bench_open(void **state)
{
    error err;
    bench *b = memory_new(1, sizeof *b);
    b->jobs[0] = layer_job;
    b->jobs[1] = parquet_job;
    OK(zygote_start(&b->z, b->jobs, 2, false, &err));
    OK(faults_new(&b->found, &err));
    snprintf(b->folder, sizeof b->folder, "/tmp/bassin-parquet-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    snprintf(b->path, sizeof b->path, "%s/a.parquet", b->folder);
    OK(file_write_atomic(b->path, "PAR1............PAR1", 20, &err));
    *state = b;
    return 0;
}

static int bench_close(void **state)
{
    error err;
    bench *b = *state;
    zygote_stop(b->z);
    faults_free(b->found);
    OK(folder_remove(b->folder, &err));
    memory_free(b);
    return 0;
}

static status read_with(bench *b, const char *library)
{
    const parquet_options options = {.path = b->path};
    assert_int_equal(library ? setenv("BASSIN_DUCKDB", library, 1) : unsetenv("BASSIN_DUCKDB"), 0);
    return parquet_header(b->z, &options, &b->got, &b->facts, b->found);
}

static bool says(const bench *b, const char *text)
{
    for (size_t i = 0; i < faults_count(b->found); i++)
        if (strstr(faults_at(b->found, i)->en, text))
            return true;
    for (size_t i = 0; i < faults_count(b->found); i++)
        print_error("%s\n", faults_at(b->found, i)->en);
    return false;
}

static void an_absent_library_is_told_with_what_to_install(void **state)
{
    bench *b = *state;
    layer *l = NULL;
    if (dlopen("libduckdb.so", RTLD_LAZY | RTLD_LOCAL)) {
        print_message("skipped: this machine has a DuckDB in its library path\n");
        skip();
    }
    assert_int_equal(read_with(b, NULL), STATUS_INPUT);
    assert_true(b->facts.absent);
    assert_int_equal(faults_count(b->found), 0);
    /* The caller then tries GDAL, which says it where it has no Parquet either. */
    if (dlsym(RTLD_DEFAULT, "RegisterOGRParquet"))
        skip();
    const layer_options options = {.path = b->path};
    assert_true(layer_is_called_for(b->path));
    assert_int_equal(layer_read(b->z, &options, &l, b->found), STATUS_INPUT);
    assert_true(says(b, "needs the DuckDB library"));
    assert_true(says(b, "BASSIN_DUCKDB"));
    assert_true(says(b, "https://duckdb.org/install"));
}

static void a_library_that_was_told_must_load(void **state)
{
    bench *b = *state;
    const char *const wrong[] = {"/nowhere/libduckdb.so", b->path, b->folder, "libduckdb.so"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(read_with(b, wrong[i]), STATUS_ENVIRONMENT);
        assert_false(b->facts.absent);
        assert_int_equal(faults_count(b->found), i + 1);
        assert_true(says(b, "BASSIN_DUCKDB: the library"));
    }
}

static void a_library_that_lacks_functions_names_them(void **state)
{
    bench *b = *state;
    assert_int_equal(read_with(b, DUCKDB_STUB_PARTIAL), STATUS_ENVIRONMENT);
    assert_true(says(b, "no usable DuckDB: it lacks duckdb_create_config, duckdb_set_config"));
}

static void a_library_that_dies_is_a_fault_of_the_file(void **state)
{
    bench *b = *state;
    assert_int_equal(read_with(b, DUCKDB_STUB_DYING), STATUS_INPUT);
    assert_true(says(b, "signal 9"));
    assert_string_equal(faults_at(b->found, 0)->file, b->path);
    assert_null(b->got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_absent_library_is_told_with_what_to_install, bench_open,
                                        bench_close),
        cmocka_unit_test_setup_teardown(a_library_that_was_told_must_load, bench_open, bench_close),
        cmocka_unit_test_setup_teardown(a_library_that_lacks_functions_names_them, bench_open,
                                        bench_close),
        cmocka_unit_test_setup_teardown(a_library_that_dies_is_a_fault_of_the_file, bench_open,
                                        bench_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
