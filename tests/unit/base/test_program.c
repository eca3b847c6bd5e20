/* A program run apart: what it says and how it ends, and what it cannot do. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/files.h"
#include "base/memory.h"
#include "base/program.h"
#include "base/progress.h"
#include "base/sandbox.h"

typedef struct fixture {
    char folder[64];
    zygote *workers; /* NULL: in this process */
    atomic_int cancel;
} fixture;

static int set_up_with(void **state, bool apart)
{
    fixture *x = memory_new(1, sizeof *x);
    error err;
    assert_non_null(x);
    (void)snprintf(x->folder, sizeof x->folder, "/tmp/bassin-program-XXXXXX");
    assert_non_null(mkdtemp(x->folder));
    if (apart) {
        assert_int_equal(zygote_start(&x->workers, &program_job, 1, false, &err), STATUS_OK);
        zygote_cancel_on(x->workers, &x->cancel);
    }
    *state = x;
    return 0;
}

static int set_up(void **state)
{
    return set_up_with(state, true);
}

static int set_up_here(void **state)
{
    return set_up_with(state, false);
}

static int tear_down(void **state)
{
    fixture *x = *state;
    error err;
    zygote_stop(x->workers);
    assert_int_equal(folder_remove(x->folder, &err), STATUS_OK);
    memory_free(x);
    return 0;
}

static status run_shell(fixture *x, const char *script, program_request limits, program_end *end,
                        error *err)
{
    const char *const arguments[] = {"/bin/sh", "-c", script, NULL};
    const char *const environment[] = {"PATH=/usr/bin:/bin", "WORD=said", NULL};
    const char *const read_paths[] = {x->folder, NULL};
    limits.arguments = arguments;
    limits.environment = environment;
    limits.read_paths = read_paths;
    limits.folder = x->folder;
    return program_execute(x->workers, &limits, end, err);
}

static program_end ran(fixture *x, const char *script, program_request limits)
{
    program_end end;
    error err = {.status = STATUS_OK};
    const status s = run_shell(x, script, limits, &end, &err);
    if (s != STATUS_OK)
        fail_msg("%s", err.en);
    return end;
}

static void what_it_says_and_how_it_ends_are_told(void **state)
{
    program_end end = ran(*state, "echo $WORD; echo two; echo oh >&2; pwd; read x || exit 3",
                          (program_request){.wall_s = 30});
    fixture *x = *state;
    char wanted[128];
    (void)snprintf(wanted, sizeof wanted, "said\ntwo\n%s\n", x->folder);
    assert_string_equal(end.said, wanted);
    assert_int_equal(end.said_lines, 3);
    assert_string_equal(end.complained, "oh\n");
    assert_int_equal(end.exit_code, 3);
    assert_int_equal(end.signal, 0);
    assert_false(end.timed_out);
    program_end_clear(&end);
}

static void a_signal_is_told(void **state)
{
    program_end end = ran(*state, "kill -SEGV $$", (program_request){.wall_s = 30});
    assert_int_equal(end.signal, SIGSEGV);
    program_end_clear(&end);
}

static void its_environment_is_what_is_given(void **state)
{
    program_end end = ran(*state, "env | sort", (program_request){.wall_s = 30});
    assert_non_null(strstr(end.said, "WORD=said\n"));
    assert_null(strstr(end.said, "HOME="));
    program_end_clear(&end);
}

static void it_writes_in_its_folder(void **state)
{
    fixture *x = *state;
    char path[96];
    program_end end = ran(x, "echo 1 > here", (program_request){.wall_s = 30});
    (void)snprintf(path, sizeof path, "%s/here", x->folder);
    assert_int_equal(end.exit_code, 0);
    assert_int_equal(access(path, F_OK), 0);
    program_end_clear(&end);
}

static void it_writes_nowhere_else_where_landlock_is(void **state)
{
    char elsewhere[] = "/tmp/bassin-elsewhere-XXXXXX", script[96];
    error err;
    if (strstr(sandbox_means(), "Landlock") == NULL)
        skip();
    assert_non_null(mkdtemp(elsewhere));
    (void)snprintf(script, sizeof script, "echo 1 > %s/there", elsewhere);
    program_end end = ran(*state, script, (program_request){.wall_s = 30});
    assert_int_not_equal(end.exit_code, 0);
    (void)snprintf(script, sizeof script, "%s/there", elsewhere);
    assert_int_not_equal(access(script, F_OK), 0);
    assert_int_equal(folder_remove(elsewhere, &err), STATUS_OK);
    program_end_clear(&end);
}

static void a_great_deal_said_is_cut(void **state)
{
    program_end end = ran(*state,
                          "i=0; while [ $i -lt 20000 ]; do echo abcdefgh; echo z$i >&2;"
                          " i=$((i+1)); done",
                          (program_request){.wall_s = 60});
    assert_int_equal(strlen(end.said), PROGRAM_SAID_BYTES);
    assert_int_equal(end.said_lines, 20000);
    assert_int_equal(strlen(end.complained), PROGRAM_COMPLAINED_BYTES);
    assert_string_equal(end.complained + PROGRAM_COMPLAINED_BYTES - 7, "z19999\n");
    program_end_clear(&end);
}

/* Seconds of a sleep that no other test run has. */
static long nap(void)
{
    return 100000L + (long)getpid();
}

/* Whether that sleep still goes on in some process. */
static bool is_alive(void)
{
    char command[160];
    (void)snprintf(command, sizeof command,
                   "for p in /proc/[0-9]*/cmdline; do"
                   " tr '\\0' ' ' < $p 2>/dev/null | grep -q '^sleep %ld' && exit 9; done; exit 0",
                   nap());
    const char *const arguments[] = {"/bin/sh", "-c", command, NULL};
    const char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
    const program_request look = {
        .arguments = arguments, .environment = environment, .folder = "/tmp", .wall_s = 60};
    program_end end;
    error err;
    assert_int_equal(program_execute(NULL, &look, &end, &err), STATUS_OK);
    const bool alive = end.exit_code == 9;
    program_end_clear(&end);
    return alive;
}

static void its_time_is_limited_and_its_children_die_with_it(void **state)
{
    const double start = progress_clock_s();
    program_end end =
        ran(*state, "sleep 4713 & echo begun; sleep 4713", (program_request){.wall_s = 0.5});
    assert_true(end.timed_out);
    assert_string_equal(end.said, "begun\n");
    assert_true(progress_clock_s() - start < 100.0); /* far below that sleep */
    program_end_clear(&end);
    assert_false(is_alive());
}

static void what_it_leaves_behind_is_ended(void **state)
{
    char script[96];
    (void)snprintf(script, sizeof script, "(sleep %ld >/dev/null 2>&1 &) ; exit 0", nap());
    program_end end = ran(*state, script, (program_request){.wall_s = 30});
    assert_int_equal(end.exit_code, 0);
    program_end_clear(&end);
    assert_false(is_alive());
}

static void *cancel_soon(void *at)
{
    (void)usleep(300000);
    atomic_store((atomic_int *)at, 1);
    return NULL;
}

static void cancelling_ends_the_whole_group(void **state)
{
    fixture *x = *state;
    program_end end;
    error err;
    pthread_t thread;
    char script[96];
    (void)snprintf(script, sizeof script, "sleep %ld & sleep %ld", nap(), nap());
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, &x->cancel), 0);
    assert_int_equal(run_shell(x, script, (program_request){.wall_s = 0}, &end, &err),
                     STATUS_INTERRUPTED);
    (void)pthread_join(thread, NULL);
    bool alive = true;
    for (int i = 0; i < 40 && alive; i++) {
        alive = is_alive();
        (void)usleep(25000);
    }
    assert_false(alive);
}

static void files_have_a_longest_length(void **state)
{
    program_end end = ran(*state, "head -c 2000000 /dev/zero > big; echo $?",
                          (program_request){.wall_s = 30, .file_bytes = 1000000});
    assert_string_not_equal(end.said, "0\n");
    program_end_clear(&end);
}

static void a_program_that_is_not_there_does_not_start(void **state)
{
    fixture *x = *state;
    const char *const arguments[] = {"/nowhere/at/all", NULL};
    const char *const environment[] = {NULL};
    const program_request asked = {
        .arguments = arguments, .environment = environment, .folder = x->folder};
    program_end end;
    error err = {.status = STATUS_OK};
    assert_int_equal(program_execute(x->workers, &asked, &end, &err), STATUS_INPUT);
    assert_non_null(strstr(err.en, "'/nowhere/at/all' does not start"));
    assert_null(end.owned);
}

#define APART(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define HERE(name) cmocka_unit_test_setup_teardown(name, set_up_here, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        APART(what_it_says_and_how_it_ends_are_told),
        HERE(what_it_says_and_how_it_ends_are_told),
        APART(a_signal_is_told),
        APART(its_environment_is_what_is_given),
        APART(it_writes_in_its_folder),
        HERE(it_writes_in_its_folder),
        APART(it_writes_nowhere_else_where_landlock_is),
        APART(a_great_deal_said_is_cut),
        APART(its_time_is_limited_and_its_children_die_with_it),
        HERE(its_time_is_limited_and_its_children_die_with_it),
        APART(what_it_leaves_behind_is_ended),
        APART(cancelling_ends_the_whole_group),
        APART(files_have_a_longest_length),
        APART(a_program_that_is_not_there_does_not_start),
        HERE(a_program_that_is_not_there_does_not_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
