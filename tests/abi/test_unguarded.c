/* What each guard is good for: this program is linked without one of them, which the build names,
 * and the hostile plugin that it stops then goes through, or harms the run. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/apart/plugin_worker.h"
#include "hostile_run.h"

int __wrap_sandbox_landlock_abi(void); /* NOLINT: the linker's name */
int __wrap_sandbox_landlock_abi(void)  /* seccomp alone */
{
    return 0;
}

/* How a run ended. */
typedef enum outcome { FAILED_ALONE, WENT_THROUGH, DIED, STUCK } outcome;

enum { STUCK_AFTER_S = HOSTILE_LIMIT_S + 5 };

/* The run, in a process of its own. */
static _Noreturn void run_and_leave(const char *id)
{
    hostile_run h;
    zygote *workers = NULL;
    error err;
    if (zygote_start(&workers, &plugin_worker_job, 1, false, &err) != STATUS_OK)
        _exit(DIED);
    hostile_run_open(&h, workers, id);
    hostile_tell(&h);
    const plan_plugin *plugin = hostile_plugin(&h, id);
    const bool through = h.ran == STATUS_OK && plugin != NULL && plugin->jobs[0].done;
    _exit(through ? WENT_THROUGH : FAILED_ALONE);
}

static outcome ended(int how)
{
    if (!WIFEXITED(how))
        return DIED;
    return WEXITSTATUS(how) == WENT_THROUGH   ? WENT_THROUGH
           : WEXITSTATUS(how) == FAILED_ALONE ? FAILED_ALONE
                                              : DIED;
}

static outcome outcome_of(const char *id)
{
    int how = 0;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_and_leave(id);
    for (int tenths = 0; tenths < 10 * STUCK_AFTER_S; tenths++) {
        if (waitpid(child, &how, WNOHANG) == child)
            return ended(how);
        (void)usleep(100000);
    }
    (void)kill(child, SIGKILL); /* its zygote and workers end with it */
    (void)waitpid(child, &how, 0);
    return STUCK;
}

static void the_guard_is_what_stops_it(void **state)
{
    (void)state;
    (void)unlink(HOSTILE_FILE);
    assert_int_equal(outcome_of("fr.hostile." HOSTILE_ID), HOSTILE_OUTCOME);
    if (strcmp(HOSTILE_ID, "open_file") == 0)
        assert_int_equal(access(HOSTILE_FILE, F_OK), 0);
    (void)unlink(HOSTILE_FILE);
}

/* The other guards are where they were. */
static void another_is_still_stopped(void **state)
{
    (void)state;
    assert_int_equal(outcome_of("fr.hostile." HOSTILE_OTHER), FAILED_ALONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_guard_is_what_stops_it),
        cmocka_unit_test(another_is_still_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
