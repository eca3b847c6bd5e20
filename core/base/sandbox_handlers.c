/* The last words of a process: its fatal signals write a trace, by means that are safe in a
 * handler, and leave.
 *
 * State of the process, as handlers are: they have no argument of their own. Foreign code can write
 * over it, and mistell its own death; it gains nothing else. */
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <ucontext.h>

#include "base/sandbox_guards.h"

enum { HANDLER_STACK_BYTES = 128 << 10 };

typedef struct region {
    uintptr_t start;
    size_t size;
    char name[sizeof((sandbox_trace *)0)->region];
} region;

static region regions[SANDBOX_REGIONS];
static size_t region_count;
static sandbox_trace *trace;
static uintptr_t stack_top, stack_end; /* it grows down to here; 0, 0: unknown */

void sandbox_region(const void *at, size_t size, const char *name)
{
    if (region_count == SANDBOX_REGIONS)
        return;
    region *r = &regions[region_count++];
    *r = (region){.start = (uintptr_t)at, .size = size};
    memccpy(r->name, name, '\0', sizeof r->name - 1);
}

/* An argument, the first or the fourth, of the call that a signal interrupted; 0 where it is not
 * known how to read it. */
static long argument(const ucontext_t *context, int which)
{
#if defined(__x86_64__)
    return (long)context->uc_mcontext.gregs[which == 0 ? REG_RDI : REG_R10];
#elif defined(__aarch64__)
    return (long)context->uc_mcontext.regs[which];
#else
    (void)context;
    (void)which;
    return 0;
#endif
}

/* The stack of a thread (sandbox_seccomp.c) is told as the clone that it is for. */
static void tell_call(const siginfo_t *info, const ucontext_t *context)
{
    int call = info->si_syscall;
    if (call == SYS_mmap && (argument(context, 3) & MAP_STACK) != 0)
        call = SYS_clone;
    if (call == SYS_exit_group || call == SYS_exit)
        trace->exit_code = (int32_t)argument(context, 0);
    trace->syscall_number = call;
}

static void tell_address(uintptr_t address)
{
    trace->address = address;
    trace->stack_full = address >= stack_end && address < stack_top;
    for (size_t i = 0; i < region_count; i++) {
        const region *r = &regions[i];
        if (address >= r->start && address - r->start < r->size) {
            for (size_t k = 0; k < sizeof r->name; k++)
                trace->region[k] = r->name[k];
            return;
        }
    }
}

/* Not for AddressSanitizer, which opens files before a call that does not return. */
__attribute__((no_sanitize("address"))) static void last_words(int number, siginfo_t *info,
                                                               void *context)
{
    trace->signal = number;
    trace->code = info->si_code;
    trace->out_of_memory = errno == ENOMEM; /* as malloc leaves it; nothing here has touched it */
    trace->syscall_number = -1;
    trace->exit_code = -1;
    if (number == SIGSYS)
        tell_call(info, context);
    else if (number == SIGSEGV || number == SIGBUS)
        tell_address((uintptr_t)info->si_addr);
    atomic_store_explicit(&trace->written, 1, memory_order_release);
    sandbox_leave(128 + number);
}

/* A fault between the stack's limit, with the gap that the kernel keeps, and this frame is a stack
 * that is full. */
static void note_stack(void)
{
    const uintptr_t gap_bytes = 1 << 20;
    struct rlimit limit;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
        limit.rlim_cur + gap_bytes > here)
        return;
    stack_top = here;
    stack_end = here - (uintptr_t)limit.rlim_cur - gap_bytes;
}

int sandbox_handlers_set(sandbox_trace *into)
{
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};
    static _Alignas(16) char stack[HANDLER_STACK_BYTES];
    const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction act = {.sa_sigaction = last_words, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    trace = into;
    note_stack();
    (void)sigfillset(&act.sa_mask);
    if (sigaltstack(&own, NULL) != 0)
        return errno;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (sigaction(numbers[i], &act, NULL) != 0)
            return errno;
    }
    return 0;
}

#if SANITIZED
/* A leak is looked for at exit, by a thread of its own, which the sandbox refuses: an exit would be
 * told as a thread. Asked by the sanitizer. */
__attribute__((visibility("default"))) int __lsan_is_turned_off(void);
__attribute__((visibility("default"))) int __lsan_is_turned_off(void)
{
    return trace != NULL;
}
#endif
