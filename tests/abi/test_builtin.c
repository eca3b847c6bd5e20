/* The plugins that ship with bassin: they pass their own judge, and run on a small territory with
 * the same bytes for any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plugin/plugin_open.h"
#include "small_run.h"

static const plugin_search search = {.builtin_folder = BASSIN_BINARY_DIR "/plugins"};

static void tell(const faults *list)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        if (faults_at(list, i)->severity == SEVERITY_FAULT)
            print_error("%s\n", faults_at(list, i)->en);
    }
}

static void all_pass_the_judge(void **state)
{
    arena *memory = NULL;
    faults *list = NULL;
    error err;
    const loaded_plugin *loaded = NULL;
    size_t count = 0;
    (void)state;
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    status s = plugins_open(&search, NULL, 0, memory, &loaded, &count, list);
    tell(list);
    assert_int_equal(s, STATUS_OK);
    assert_true(count >= 5);
    plugins_close(loaded, count);
    faults_free(list);
    arena_free(memory);
}

static char *run_all(int threads)
{
    small_run run;
    plan *p = NULL;
    results *r = NULL;
    faults *list = NULL;
    error err = {.status = STATUS_OK};
    small_run_open(&run);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    status s = plan_build(&run.data, &search, &p, list);
    if (s == STATUS_OK)
        s = plan_run(p, threads, NULL, list);
    tell(list);
    assert_int_equal(s, STATUS_OK);
    s = results_build(&run.data, p, NULL, NULL, 0, NULL, &r, &err);
    if (s != STATUS_OK)
        print_error("%s\n", err.en);
    assert_int_equal(s, STATUS_OK);
    double value = 0.0;
    assert_true(results_total(r, "commuting", "workers", &value) && value > 0.0);
    assert_non_null(table_find(results_find(r, "places")->rows, "minutes_nearest"));
    assert_non_null(table_find(results_find(r, "places")->rows, "gap_a"));
    assert_non_null(table_find(results_find(r, "places")->rows, "minutes_a_bike"));
    char *digest = results_digest(r);
    results_free(r);
    plan_free(p);
    faults_free(list);
    small_run_close(&run);
    return digest;
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    char *first = run_all(1);
    (void)state;
    for (int threads = 2; threads <= 4; threads *= 2) {
        char *digest = run_all(threads);
        assert_string_equal(digest, first);
        memory_free(digest);
    }
    memory_free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_pass_the_judge),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
