/* Entering a level: no more rights, no core, Landlock, handlers, then seccomp. */
#include "base/sandbox.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/sandbox_guards.h"
#include "base/sandbox_messages.h"

static int renounce(void)
{
    const struct rlimit no_core = {0};
    if (setrlimit(RLIMIT_CORE, &no_core) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return errno;
    return 0;
}

static status refused(error *err, const char *guard, int cause)
{
    return error_set(err, STATUS_ENVIRONMENT, M_BASE_SANDBOX_REFUSED, guard, SYSTEM_CAUSE(cause));
}

/* LOADING comes first or never; RUNNING keeps its Landlock and its handlers. */
static int enter_first(sandbox_level level, const sandbox_options *options, int landlock_abi,
                       const char **guard)
{
    *guard = "no_new_privs";
    int failed = renounce();
    if (failed == 0) {
        *guard = "Landlock";
        if (landlock_abi == SANDBOX_KERNELS_LANDLOCK)
            landlock_abi = sandbox_landlock_abi();
        failed = sandbox_landlock_enter(level, options, landlock_abi);
    }
    if (failed == 0 && level != SANDBOX_PROGRAM && options->trace != NULL) {
        *guard = "sigaction";
        failed = sandbox_handlers_set(options->trace);
    }
    return failed;
}

status sandbox_enter_with(sandbox_level level, const sandbox_options *options, int landlock_abi,
                          error *err)
{
    static bool entered; /* of the process, as its handlers are */
    const char *guard = "seccomp";
    int failed = entered ? 0 : enter_first(level, options, landlock_abi, &guard);
    if (failed != 0)
        return refused(err, guard, failed);
    entered = true;
    failed = sandbox_seccomp_enter(level, options);
    return failed == 0 ? STATUS_OK : refused(err, "seccomp", failed);
}

status sandbox_enter(sandbox_level level, const sandbox_options *options, error *err)
{
    return sandbox_enter_with(level, options, SANDBOX_KERNELS_LANDLOCK, err);
}

void sandbox_leave(int exit_code)
{
    for (;;)
        (void)syscall(SYS_exit_group,
                      (long)(SANDBOX_EXIT_KEY | ((uint64_t)exit_code & ~SANDBOX_EXIT_MASK)));
}

const char *sandbox_means(void)
{
    static const char *const means[] = {
        "seccomp",
        "seccomp, Landlock ABI 1",
        "seccomp, Landlock ABI 2",
        "seccomp, Landlock ABI 3",
        "seccomp, Landlock ABI 4",
        "seccomp, Landlock ABI 5",
        "seccomp, Landlock ABI 6",
    };
    enum { KNOWN = sizeof means / sizeof *means };
    int abi = sandbox_landlock_abi();
    return means[abi < KNOWN ? abi : KNOWN - 1];
}
