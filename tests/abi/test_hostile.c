/* Plugins that do what they must not: each fails alone, by name, in time. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/worker_wire.h"
#include "engine/apart/plugin_worker.h"
#include "hostile_run.h"

/* Started by main before any thread. */
static zygote *workers, *mortal;

#ifdef TEST_SECCOMP_ALONE
/* A kernel without Landlock: the linker puts this in place of the question (--wrap). */
int __wrap_sandbox_landlock_abi(void); /* NOLINT: the linker's name */
int __wrap_sandbox_landlock_abi(void)
{
    return 0;
}
#endif

/* Memory is not limited under these (base/worker.h); ThreadSanitizer besides holds traps back
 * inside fork, and exits in its own way. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNDER_TSAN 1
#endif
#endif
#ifndef UNDER_TSAN
#define UNDER_TSAN 0
#endif
#if defined(__SANITIZE_ADDRESS__) || UNDER_TSAN
enum { MEMORY_IS_LIMITED = 0 };
#else
enum { MEMORY_IS_LIMITED = 1 };
#endif

/* The plugin fails, the others do not, and give what they give without it. */
static void fails_alone(const char *id, bool in_row, const char *says)
{
    hostile_run without, with;
    char full[64];
    (void)snprintf(full, sizeof full, "fr.hostile.%s", id);
    hostile_run_open(&without, workers, NULL);
    hostile_run_open(&with, workers, full);
    hostile_tell(&with);
    assert_int_equal(without.ran, STATUS_OK);
    assert_int_equal(with.built, STATUS_OK);
    assert_int_equal(with.ran, STATUS_PLUGIN);
    const plan_plugin *plugin = hostile_plugin(&with, full);
    assert_non_null(plugin);
    assert_true(plugin->jobs[0].failed);
    assert_int_equal(plugin->jobs[0].failure.status, STATUS_PLUGIN);
    assert_true(strstr(plugin->jobs[0].failure.en, full) != NULL);
    assert_true(strstr(plugin->jobs[0].failure.fr, full) != NULL);
    if (in_row)
        assert_true(hostile_says(&with, "block 2 (rows 256 to 511)"));
    if (in_row)
        assert_true(hostile_says(&with, "row 300, 77300 Commune 300: "));
    assert_true(hostile_says(&with, says));
    sha256_hex a = hostile_good_results(&without), b = hostile_good_results(&with);
    assert_string_equal(a.hex, b.hex);
    assert_true(with.wall_s < HOSTILE_LIMIT_S + 2.0);
    hostile_run_close(&with);
    hostile_run_close(&without);
}

static void refused_at_loading(const char *id, double within_s, const char *says)
{
    hostile_run h;
    char full[64], file[64];
    (void)snprintf(full, sizeof full, "fr.hostile.%s", id);
    (void)snprintf(file, sizeof file, "fr.hostile.%s.so", id);
    hostile_run_open(&h, workers, full);
    hostile_tell(&h);
    assert_int_equal(h.built, STATUS_INPUT);
    assert_null(h.p);
    assert_true(hostile_says(&h, file));
    assert_true(hostile_says(&h, says));
    assert_true(h.wall_s < within_s);
    hostile_run_close(&h);
}

static void a_crash_fails_alone(void **state)
{
    (void)state;
    fails_alone("crash", true, "followed a null pointer");
}

static void a_hang_is_stopped(void **state)
{
    (void)state;
    fails_alone("hang", true, "did not answer within 1 s");
}

static void a_leak_is_stopped(void **state)
{
    (void)state;
    if (!MEMORY_IS_LIMITED)
        skip();
    fails_alone("leak", true, "memory");
}

static void inputs_cannot_be_written(void **state)
{
    (void)state;
    fails_alone("write_input", true, "wrote into the input places.population");
}

static void files_cannot_be_opened(void **state)
{
    (void)state;
    (void)unlink(HOSTILE_FILE);
    fails_alone("open_file", true, "an indicator opens no file");
    assert_int_not_equal(access(HOSTILE_FILE, F_OK), 0);
}

static void exit_and_abort_end_the_plugin_alone(void **state)
{
    (void)state;
    fails_alone("quit", true, "called exit(7)");
    fails_alone("give_up", true, "was stopped by abort()");
}

static void what_is_no_value_is_refused(void **state)
{
    (void)state;
    fails_alone("not_a_number", true, "value that is not finite");
    fails_alone("out_of_range", true, "is outside the declared range");
}

static void too_many_rows_are_refused(void **state)
{
    (void)state;
    fails_alone("too_many_rows", false, "table \"many\"");
}

static void nothing_is_started(void **state)
{
    (void)state;
    fails_alone("thread", true, "an indicator starts no process and no thread");
    fails_alone("child", true, UNDER_TSAN ? "" : "an indicator starts no process and no thread");
}

static void memory_has_borders(void **state)
{
    (void)state;
    fails_alone("deep", true, "filled its stack");
    fails_alone("overrun", true, "read or wrote outside its memory");
}

/* What it holds of the program's memory it cannot take away from it. */
static void shared_memory_stays(void **state)
{
    (void)state;
    fails_alone("shrink", true, "followed a null pointer");
    fails_alone("seal", true, "followed a null pointer");
}

static void a_plugin_does_not_stop_the_run(void **state)
{
    (void)state;
    fails_alone("interrupt", true, "an indicator sends no signal");
}

/* The line to the program is open to it; what it writes there is not believed. */
static void forged_answers_are_its_own_failure(void **state)
{
    (void)state;
    fails_alone("forge_turn", true, "answered otherwise than through the host");
    fails_alone("forge_size", true, "answered otherwise than through the host");
    fails_alone("forge_status", false, "interrompu, dit-il");
    fails_alone("forge_count", false, "unreadable answer");
}

/* Who kills the workers' service ends the run; no plugin is blamed for it. */
static void *kill_soon(void *victim)
{
    const zygote *z = victim;
    (void)usleep(700000);
    (void)kill(z->pid, SIGKILL);
    return NULL;
}

static void a_lost_service_is_no_plugins_fault(void **state)
{
    pthread_t killer;
    hostile_run h;
    (void)state;
    assert_int_equal(pthread_create(&killer, NULL, kill_soon, mortal), 0);
    hostile_run_open(&h, mortal, "fr.hostile.hang");
    hostile_tell(&h);
    assert_int_equal(pthread_join(killer, NULL), 0);
    assert_int_equal(h.built, STATUS_OK);
    assert_int_equal(h.ran, STATUS_ENVIRONMENT);
    hostile_run_close(&h);
}

static void what_cannot_load_is_refused_by_its_file(void **state)
{
    (void)state;
    refused_at_loading("load_crash", 2, "followed a null pointer");
    refused_at_loading("load_exit", 2, UNDER_TSAN ? "called exit(" : "called exit(3)");
    refused_at_loading("load_garbage", 2, "followed a null pointer");
    refused_at_loading("load_hang", 12, "did not end within 10 s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crash_fails_alone),
        cmocka_unit_test(a_hang_is_stopped),
        cmocka_unit_test(a_leak_is_stopped),
        cmocka_unit_test(inputs_cannot_be_written),
        cmocka_unit_test(files_cannot_be_opened),
        cmocka_unit_test(exit_and_abort_end_the_plugin_alone),
        cmocka_unit_test(what_is_no_value_is_refused),
        cmocka_unit_test(too_many_rows_are_refused),
        cmocka_unit_test(nothing_is_started),
        cmocka_unit_test(memory_has_borders),
        cmocka_unit_test(shared_memory_stays),
        cmocka_unit_test(a_plugin_does_not_stop_the_run),
        cmocka_unit_test(forged_answers_are_its_own_failure),
        cmocka_unit_test(a_lost_service_is_no_plugins_fault),
        cmocka_unit_test(what_cannot_load_is_refused_by_its_file),
    };
    error err;
    if (zygote_start(&workers, &plugin_worker_job, 1, false, &err) != STATUS_OK ||
        zygote_start(&mortal, &plugin_worker_job, 1, false, &err) != STATUS_OK)
        return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    zygote_stop(mortal);
    zygote_stop(workers);
    return failed;
}
