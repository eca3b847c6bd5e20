/* The last words of a process, in French and English. */
#include <seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/sandbox.h"
#include "base/sandbox_messages.h"

/* Where both texts go. */
typedef struct pair {
    char *fr, *en;
    size_t size;
} pair;

static void say(pair into, const char *fr, const char *en, ...) MESSAGE_FORMAT(2, 3, 4);
static void say(pair into, const char *fr, const char *en, ...)
{
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    (void)vsnprintf(into.fr, into.size, fr, args);
    (void)vsnprintf(into.en, into.size, en, again);
    va_end(again);
    va_end(args);
}

typedef struct reason {
    const char *calls; /* between spaces */
    const char *fr, *en;
} reason;

static const reason reasons[] = {
    {" open openat openat2 creat open_by_handle_at ", M_CALL_FILE},
    {" write writev pwrite64 pwritev pwritev2 ", M_CALL_WRITE},
    {" read readv pread64 preadv preadv2 getdents64 ioctl lseek ", M_CALL_READ},
    {" unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink symlinkat "
     "truncate chmod fchmod fchmodat chown fchownat chdir stat lstat statx access faccessat "
     "faccessat2 readlink readlinkat getcwd fallocate fsync ",
     M_CALL_CHANGE},
    {" socket socketpair connect bind listen accept accept4 sendto recvfrom getsockopt setsockopt ",
     M_CALL_NETWORK},
    {" clone clone3 fork vfork ", M_CALL_START},
    {" execve execveat ", M_CALL_PROGRAM},
    {" kill tkill tgkill rt_sigqueueinfo pidfd_send_signal ", M_CALL_SIGNAL},
    {" rt_sigaction ", M_CALL_HANDLER},
    {" nanosleep clock_nanosleep pause poll ppoll select pselect6 epoll_wait wait4 waitid alarm "
     "setitimer rt_sigsuspend rt_sigtimedwait ",
     M_CALL_WAIT},
    {" mmap mprotect pkey_mprotect ", M_CALL_CODE},
    {" sendmsg recvmsg sendmmsg recvmmsg dup dup2 dup3 pipe pipe2 ", M_CALL_LINE},
    {" ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd ", M_CALL_PROCESS},
};

static reason reason_of(const char *call)
{
    static const reason other = {"", M_CALL_OTHER};
    char word[64];
    (void)snprintf(word, sizeof word, " %s ", call);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strstr(reasons[i].calls, word) != NULL)
            return reasons[i];
    }
    return other;
}

static void say_call(const sandbox_trace *t, pair into)
{
    char *call = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, t->syscall_number);
    if (call == NULL) {
        say(into, M_TRACE_CALL_NUMBER, (int)t->syscall_number);
    } else if (strcmp(call, "exit_group") == 0 || strcmp(call, "exit") == 0) {
        say(into, M_TRACE_EXIT, (int)t->exit_code);
    } else {
        reason why = reason_of(call);
        say(into, M_TRACE_CALL, call, why.fr, why.en);
    }
    memory_free(call); /* malloc'd by the library */
}

static void say_fault(const sandbox_trace *t, pair into)
{
    const uint64_t first_page_bytes = 4096;
    if (t->region[0] != '\0')
        say(into, M_TRACE_WRITE, t->region);
    else if (t->stack_full != 0)
        say(into, M_TRACE_STACK);
    else if (t->address < first_page_bytes && t->out_of_memory != 0)
        say(into, M_TRACE_NULL_MEMORY);
    else if (t->address < first_page_bytes)
        say(into, M_TRACE_NULL);
    else
        say(into, M_TRACE_OUTSIDE);
}

static void say_signal(const sandbox_trace *t, pair into)
{
    switch (t->signal) {
    case SIGSYS:
        say_call(t, into);
        break;
    case SIGSEGV:
    case SIGBUS:
        say_fault(t, into);
        break;
    case SIGABRT:
        if (t->out_of_memory != 0)
            say(into, M_TRACE_ABORT_MEMORY);
        else
            say(into, M_TRACE_ABORT);
        break;
    case SIGFPE:
        if (t->code == FPE_INTDIV)
            say(into, M_TRACE_DIVISION);
        else
            say(into, M_TRACE_ARITHMETIC);
        break;
    case SIGILL:
        say(into, M_TRACE_ILLEGAL);
        break;
    default:
        say(into, M_TRACE_SIGNAL, (int)t->signal);
    }
}

bool sandbox_trace_say(const sandbox_trace *t, char *fr, char *en, size_t size)
{
    if (atomic_load_explicit(&t->written, memory_order_acquire) == 0)
        return false;
    sandbox_trace copy; /* the memory is foreign: it could change between two looks */
    memcpy(&copy, t, sizeof copy);
    copy.region[sizeof copy.region - 1] = '\0';
    say_signal(&copy, (pair){.fr = fr, .en = en, .size = size});
    return true;
}
