/* Foreign plugins in workers: what they compute there is what they compute in the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "apart_plan.h"
#include "engine/apart/plugin_worker.h"
#include "small_run.h"

/* Started by main before any thread. */
static zygote *workers;

/* The results of every plugin of a folder. */
static char *digest_of(const char *folder, bool foreign, int threads)
{
    const plugin_search where = {.builtin_folder = folder, .workers = workers};
    small_run run;
    plan *p = NULL;
    results *r = NULL;
    faults *list = NULL;
    error err = {.status = STATUS_OK};
    small_run_open(&run);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    status s = plan_build(&run.data, &where, &p, list);
    if (s == STATUS_OK && foreign)
        plan_make_foreign(p);
    if (s == STATUS_OK)
        s = plan_run(p, threads, NULL, list);
    for (size_t i = 0; i < faults_count(list); i++) {
        if (faults_at(list, i)->severity == SEVERITY_FAULT)
            print_error("%s\n", faults_at(list, i)->en);
    }
    assert_int_equal(s, STATUS_OK);
    plan_make_built_in(p);
    for (size_t i = 0; i < p->plugin_count; i++)
        assert_false(p->plugins[i].dropped);
    s = results_build(&run.data, p, NULL, NULL, 0, NULL, &r, &err);
    if (s != STATUS_OK)
        print_error("%s\n", err.en);
    assert_int_equal(s, STATUS_OK);
    char *digest = results_digest(r);
    results_free(r);
    plan_free(p);
    faults_free(list);
    small_run_close(&run);
    return digest;
}

static void same_apart(const char *folder)
{
    char *here = digest_of(folder, false, 2);
    for (int threads = 1; threads <= 4; threads *= 2) {
        char *apart = digest_of(folder, true, threads);
        assert_string_equal(apart, here);
        memory_free(apart);
    }
    memory_free(here);
}

/* Stages with and without partials, texts, totals, new tables, place sets, reach, parameters of
 * every kind, flows, groups, costs of two modes. */
static void every_indicator_gives_the_same_bytes_apart(void **state)
{
    (void)state;
    same_apart(BASSIN_BINARY_DIR "/plugins");
}

static void test_plugins_give_the_same_bytes_apart(void **state)
{
    (void)state;
    same_apart(TEST_PLUGINS "/builtin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_indicator_gives_the_same_bytes_apart),
        cmocka_unit_test(test_plugins_give_the_same_bytes_apart),
    };
    error err;
    if (zygote_start(&workers, &plugin_worker_job, 1, false, &err) != STATUS_OK)
        return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    zygote_stop(workers);
    return failed;
}
