/* The system calls of each level, by libseccomp.
 *
 * Loading and running are allow-lists whose default is SIGSYS: the handler tells which call it was
 * (sandbox_handlers.c). A program is held by a list of what it must not do, which fails with EPERM:
 * interpreters try many a thing and go on. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/sandbox_guards.h"

/* A filter being made: the first failure stays. */
typedef struct filter {
    scmp_filter_ctx context;
    uint32_t action; /* of the rules */
    int failed;      /* errno */
} filter;

/* A thread, or a process of posix_spawn, begins with its stack. Their clone comes with all signals
 * blocked: it would end the process before it can tell. */
#define NO_THREAD_STACK masked(3, MAP_STACK, 0)
#define COUNT(a) (sizeof(a) / sizeof *(a))

static void add(filter *f, int call, const struct scmp_arg_cmp *tests, unsigned count)
{
    int code =
        f->failed == 0 ? seccomp_rule_add_array(f->context, f->action, call, count, tests) : 0;
    if (code < 0)
        f->failed = -code;
}

/* Tests of an argument, from 0 on: its value, or some of its bits. */
static struct scmp_arg_cmp is(unsigned argument, scmp_datum_t value)
{
    return (struct scmp_arg_cmp){.arg = argument, .op = SCMP_CMP_EQ, .datum_a = value};
}

static struct scmp_arg_cmp masked(unsigned argument, scmp_datum_t mask, scmp_datum_t value)
{
    return (struct scmp_arg_cmp){
        .arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
}

static void add_if(filter *f, int call, struct scmp_arg_cmp test)
{
    add(f, call, &test, 1);
}

static void add_all(filter *f, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(f, calls[i], NULL, 0);
}

/* What memory, clocks and signals of its own take. qsort asks sysinfo for the machine's memory. */
static void allow_computing(filter *f)
{
    static const int calls[] = {
        SCMP_SYS(brk),          SCMP_SYS(munmap),          SCMP_SYS(mremap),
        SCMP_SYS(madvise),      SCMP_SYS(futex),           SCMP_SYS(clock_gettime),
        SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),    SCMP_SYS(time),
        SCMP_SYS(getrusage),    SCMP_SYS(getrandom),       SCMP_SYS(sysinfo),
        SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),  SCMP_SYS(sigaltstack),
        SCMP_SYS(gettid),       SCMP_SYS(getpid),          SCMP_SYS(sched_yield),
        SCMP_SYS(close),        SCMP_SYS(restart_syscall), SCMP_SYS(sched_getaffinity),
    };
    const struct scmp_arg_cmp aborting[] = {is(0, (scmp_datum_t)getpid()), is(2, SIGABRT)};
    add_all(f, calls, COUNT(calls));
    add(f, SCMP_SYS(tgkill), aborting, COUNT(aborting));
    /* Two signals of the C library's own, that it prepares before a thread, whose clone is told. */
    add_if(f, SCMP_SYS(rt_sigaction), is(0, __SIGRTMIN));
    add_if(f, SCMP_SYS(rt_sigaction), is(0, __SIGRTMIN + 1));
    add_if(f, SCMP_SYS(prlimit64), is(2, 0)); /* reads limits, sets none */
    add_if(f, SCMP_SYS(exit_group), masked(0, SANDBOX_EXIT_MASK, SANDBOX_EXIT_KEY));
    if (SANITIZED)
        add_if(f, SCMP_SYS(write), is(0, STDERR_FILENO));
}

/* The line to the program; large bodies and answers are memfd, made and sealed here. */
static void allow_answering(filter *f, int line_fd)
{
    static const scmp_datum_t commands[] = {F_GET_SEALS, F_ADD_SEALS, F_GETFD,
                                            F_SETFD,     F_GETFL,     F_DUPFD_CLOEXEC};
    static const int calls[] = {SCMP_SYS(memfd_create), SCMP_SYS(ftruncate), SCMP_SYS(fstat)};
    add_all(f, calls, COUNT(calls));
    for (size_t i = 0; i < COUNT(commands); i++)
        add_if(f, SCMP_SYS(fcntl), is(1, commands[i]));
    /* The fstat of newer C libraries. */
    add_if(f, SCMP_SYS(newfstatat), masked(3, AT_EMPTY_PATH, AT_EMPTY_PATH));
    if (line_fd < 0)
        return;
    add_if(f, SCMP_SYS(sendmsg), is(0, (scmp_datum_t)line_fd));
    add_if(f, SCMP_SYS(recvmsg), is(0, (scmp_datum_t)line_fd));
}

/* Libraries are opened, read and mapped; then the next level is entered. seccomp can but narrow. */
static void allow_loading(filter *f)
{
    const scmp_datum_t writing =
        O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    static const int calls[] = {
        SCMP_SYS(mprotect),   SCMP_SYS(read),      SCMP_SYS(pread64),    SCMP_SYS(lseek),
        SCMP_SYS(newfstatat), SCMP_SYS(readlink),  SCMP_SYS(readlinkat), SCMP_SYS(seccomp),
        SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(getcwd),
    };
    add_all(f, calls, COUNT(calls));
    add_if(f, SCMP_SYS(mmap), NO_THREAD_STACK);
    add_if(f, SCMP_SYS(openat), masked(2, writing, O_RDONLY));
}

/* Memory that is code is made by dlopen alone. */
static void allow_running(filter *f)
{
    const struct scmp_arg_cmp data[] = {NO_THREAD_STACK, masked(2, PROT_EXEC, 0)};
    add(f, SCMP_SYS(mmap), data, COUNT(data));
    add_if(f, SCMP_SYS(mprotect), masked(2, PROT_EXEC, 0));
}

/* What no indicator needs and that reaches past its process: the network, other processes, the
 * machine. A process that left its group would outlive its limits. */
static void refuse_reach(filter *f)
{
    static const int calls[] = {
        SCMP_SYS(socket),
        SCMP_SYS(connect),
        SCMP_SYS(bind),
        SCMP_SYS(listen),
        SCMP_SYS(accept),
        SCMP_SYS(accept4),
        SCMP_SYS(ptrace),
        SCMP_SYS(process_vm_readv),
        SCMP_SYS(process_vm_writev),
        SCMP_SYS(process_madvise),
        SCMP_SYS(kcmp),
        SCMP_SYS(pidfd_getfd),
        SCMP_SYS(mount),
        SCMP_SYS(umount2),
        SCMP_SYS(pivot_root),
        SCMP_SYS(chroot),
        SCMP_SYS(move_mount),
        SCMP_SYS(open_tree),
        SCMP_SYS(fsopen),
        SCMP_SYS(fsconfig),
        SCMP_SYS(fsmount),
        SCMP_SYS(fspick),
        SCMP_SYS(mount_setattr),
        SCMP_SYS(unshare),
        SCMP_SYS(setns),
        SCMP_SYS(bpf),
        SCMP_SYS(perf_event_open),
        SCMP_SYS(userfaultfd),
        SCMP_SYS(io_uring_setup),
        SCMP_SYS(io_uring_enter),
        SCMP_SYS(io_uring_register),
        SCMP_SYS(add_key),
        SCMP_SYS(request_key),
        SCMP_SYS(keyctl),
        SCMP_SYS(init_module),
        SCMP_SYS(finit_module),
        SCMP_SYS(delete_module),
        SCMP_SYS(kexec_load),
        SCMP_SYS(kexec_file_load),
        SCMP_SYS(reboot),
        SCMP_SYS(swapon),
        SCMP_SYS(swapoff),
        SCMP_SYS(settimeofday),
        SCMP_SYS(clock_settime),
        SCMP_SYS(adjtimex),
        SCMP_SYS(clock_adjtime),
        SCMP_SYS(acct),
        SCMP_SYS(quotactl),
        SCMP_SYS(syslog),
        SCMP_SYS(sethostname),
        SCMP_SYS(setdomainname),
        SCMP_SYS(iopl),
        SCMP_SYS(ioperm),
        SCMP_SYS(open_by_handle_at),
        SCMP_SYS(setuid),
        SCMP_SYS(setgid),
        SCMP_SYS(setreuid),
        SCMP_SYS(setregid),
        SCMP_SYS(setresuid),
        SCMP_SYS(setresgid),
        SCMP_SYS(setgroups),
        SCMP_SYS(setfsuid),
        SCMP_SYS(setfsgid),
        SCMP_SYS(capset),
        SCMP_SYS(setsid),
        SCMP_SYS(setpgid),
    };
    static const scmp_datum_t spaces[] = {CLONE_NEWNS,  CLONE_NEWUTS, CLONE_NEWIPC,   CLONE_NEWUSER,
                                          CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP};
    add_all(f, calls, COUNT(calls));
    for (size_t i = 0; i < COUNT(spaces); i++)
        add_if(f, SCMP_SYS(clone), masked(0, spaces[i], spaces[i]));
    f->action = SCMP_ACT_ERRNO(ENOSYS); /* its flags lie in memory: the C library takes clone */
    add(f, SCMP_SYS(clone3), NULL, 0);
}

static void add_rules(filter *f, sandbox_level level, const sandbox_options *options)
{
    f->action = SCMP_ACT_ALLOW;
    if (level == SANDBOX_PROGRAM) {
        f->action = SCMP_ACT_ERRNO(EPERM);
        refuse_reach(f);
        return;
    }
    allow_computing(f);
    allow_answering(f, options->line_fd);
    if (level == SANDBOX_LOADING)
        allow_loading(f);
    else
        allow_running(f);
}

int sandbox_seccomp_enter(sandbox_level level, const sandbox_options *options)
{
#ifdef BASSIN_WITHOUT_SECCOMP /* cmake/flags.cmake */
    (void)add_rules;
    (void)level;
    (void)options;
    return 0;
#else
    filter f = {.context = seccomp_init(level == SANDBOX_PROGRAM ? SCMP_ACT_ALLOW : SCMP_ACT_TRAP)};
    if (f.context == NULL)
        return ENOMEM;
    /* The program is of one architecture: calls of another (32 bits) end the process. */
    int code = seccomp_attr_set(f.context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (code == 0) /* set by sandbox_enter; prctl is refused by then */
        code = seccomp_attr_set(f.context, SCMP_FLTATR_CTL_NNP, 0);
    add_rules(&f, level, options);
    if (code == 0 && f.failed == 0)
        code = seccomp_load(f.context);
    seccomp_release(f.context);
    return f.failed != 0 ? f.failed : -code;
#endif
}
