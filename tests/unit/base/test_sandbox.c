/* In a sandbox each forbidden deed ends the process, and is told for what it was; each allowed one
 * works. With the Landlock of this kernel, and without. */
#include "support.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/sandbox.h"
#include "base/sandbox_guards.h"
#include "base/worker.h"

ALLOCATIONS_MAY_FAIL

#define UNCHECKED __attribute__((noinline, no_sanitize("address", "undefined", "thread")))

/* What a worker is given: input 0 is read-only, and named. */
typedef struct place {
    worker_line *line;
    volatile unsigned char *input;
    const char *folder; /* to write in, of a program */
} place;

/* True when the deed did what it is allowed to do; a forbidden one has no such answer. */
typedef bool (*deed_function)(const place *p);

static bool read_a_file(const place *p)
{
    (void)p;
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static bool write_a_file(const place *p)
{
    (void)p;
    return open("/tmp/bassin-never", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0;
}

static bool cut_a_file(const place *p)
{
    (void)p;
    return open("/tmp/bassin-never", O_RDONLY | O_TRUNC | O_CLOEXEC) >= 0;
}

static bool write_on_screen(const place *p)
{
    (void)p;
    return write(STDOUT_FILENO, "x", 1) == 1;
}

static bool make_a_socket(const place *p)
{
    (void)p;
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool make_a_process(const place *p)
{
    (void)p;
    pid_t pid = fork();
    if (pid == 0)
        sandbox_leave(0);
    return pid > 0;
}

static void *no_work(void *nothing)
{
    return nothing;
}

static bool make_a_thread(const place *p)
{
    (void)p;
    pthread_t thread;
    return pthread_create(&thread, NULL, no_work, NULL) == 0;
}

static bool call_exit(const place *p)
{
    (void)p;
    exit(3);
}

static bool call_exit_at_once(const place *p)
{
    (void)p;
    _exit(0);
}

static bool call_abort(const place *p)
{
    (void)p;
    abort();
}

static bool kill_another(const place *p)
{
    (void)p;
    return kill(1, 0) == 0;
}

static bool run_a_program(const place *p)
{
    (void)p;
    char name[] = "true";
    char *const words[] = {name, NULL};
    (void)execve("/bin/true", words, NULL);
    return true;
}

static bool change_a_handler(const place *p)
{
    (void)p;
    return signal(SIGSYS, SIG_IGN) != SIG_ERR;
}

static bool sleep_a_while(const place *p)
{
    (void)p;
    const struct timespec moment = {.tv_nsec = 1000};
    return nanosleep(&moment, NULL) == 0;
}

static bool make_code(const place *p)
{
    (void)p;
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool speak_on_another_line(const place *p)
{
    (void)p;
    struct msghdr nothing = {.msg_iov = NULL};
    return sendmsg(STDERR_FILENO, &nothing, 0) == 0;
}

static bool write_an_input(const place *p)
{
    p->input[17] = 1;
    return true;
}

static bool unlock_an_input(const place *p)
{
    union {
        volatile unsigned char *seen;
        void *any;
    } at = {.seen = p->input};
    return mprotect(at.any, 4096, PROT_READ | PROT_WRITE) != 0; /* sealed: the kernel refuses */
}

UNCHECKED static bool follow_null(const place *p)
{
    (void)p;
    volatile int *volatile nowhere = NULL;
    return *nowhere == 0;
}

UNCHECKED static bool use_refused_memory(const place *p)
{
    (void)p;
    volatile size_t size = (size_t)1 << 60;
    volatile char *bytes = malloc(size);
    bytes[7] = 1;
    return bytes[7] == 1;
}

static bool abort_without_memory(const place *p)
{
    (void)p;
    volatile size_t size = (size_t)1 << 60;
    void *volatile bytes = malloc(size);
    if (bytes == NULL)
        abort();
    free(bytes);
    return true;
}

UNCHECKED static bool read_nowhere(const place *p)
{
    (void)p;
    volatile int *volatile nowhere = (int *)(uintptr_t)0x10000000;
    return *nowhere == 0;
}

UNCHECKED static unsigned fill_stack(volatile unsigned depth)
{
    volatile unsigned char local[4096];
    local[0] = (unsigned char)depth;
    local[4095] = local[0];
    return depth == 0xFFFFFFFFu ? 0 : fill_stack(depth + 1) + local[4095];
}

static bool overflow_the_stack(const place *p)
{
    (void)p;
    return fill_stack(1) != 0;
}

UNCHECKED static bool divide_by_zero(const place *p)
{
    volatile int zero = p->line == NULL;
    volatile int one = 1;
    volatile int result = one / zero;
    return result != 0;
}

static bool take_memory(const place *p)
{
    (void)p;
    size_t size = (size_t)100 << 20;
    unsigned char *bytes = malloc(size);
    if (bytes == NULL)
        return false;
    for (size_t i = 0; i < size; i += 4096)
        bytes[i] = 1;
    unsigned char *more = realloc(bytes, size * 2);
    free(more == NULL ? bytes : more);
    void *small[64];
    for (size_t i = 0; i < 64; i++)
        small[i] = malloc(1000 * (i + 1));
    for (size_t i = 0; i < 64; i++)
        free(small[i]);
    return true;
}

static bool read_clocks(const place *p)
{
    (void)p;
    struct timespec now;
    struct rlimit limit;
    char bytes[8];
    return time(NULL) > 0 && clock() != (clock_t)-1 && clock_gettime(CLOCK_MONOTONIC, &now) == 0 &&
           getrandom(bytes, sizeof bytes, 0) == 8 && getrlimit(RLIMIT_AS, &limit) == 0;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool sort_and_format(const place *p)
{
    (void)p;
    enum { NUMBERS = 200000 };
    double *numbers = malloc(NUMBERS * sizeof *numbers);
    uint64_t seed = 88;
    char text[64];
    if (numbers == NULL)
        return false;
    for (size_t i = 0; i < NUMBERS; i++)
        numbers[i] = (double)(next_random(&seed) % 1000000);
    qsort(numbers, NUMBERS, sizeof *numbers, by_value);
    bool sorted = numbers[0] <= numbers[NUMBERS - 1];
    int written = snprintf(text, sizeof text, "%.17g %s", numbers[7], strerror(ENOENT));
    free(numbers);
    return sorted && written > 0;
}

static bool read_the_input(const place *p)
{
    return p->input[17] == 'x';
}

static bool open_a_library(const place *p)
{
    (void)p;
    void *library = dlopen("libresolv.so.2", RTLD_NOW | RTLD_LOCAL);
    return library != NULL && dlsym(library, "ns_get16") != NULL;
}

static bool open_the_file_of_a_user(const place *p)
{
    (void)p;
    int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    return fd < 0 && errno == EACCES;
}

static bool do_nothing(const place *p)
{
    (void)p;
    return true;
}

/* A shell in SANDBOX_PROGRAM. True when it ends with 0. */
static bool shell(const char *script, const char *folder)
{
    char name[] = "sh", option[] = "-c", own[512], at[512];
    (void)snprintf(own, sizeof own, "%s", script);
    (void)snprintf(at, sizeof at, "%s", folder);
    char *const words[] = {name, option, own, name, at, NULL};
    pid_t pid = fork();
    int how = 0;
    if (pid == 0) {
        (void)execv("/bin/sh", words);
        sandbox_leave(127);
    }
    return pid > 0 && waitpid(pid, &how, 0) == pid && WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

static bool run_a_script(const place *p)
{
    return shell("cd \"$1\" && echo 3 | cat >made && test \"$(cat made)\" = 3 && mkdir sub && "
                 "mv made sub/made && rm -r sub && cat /etc/passwd >/dev/null",
                 p->folder);
}

static bool write_beside(const place *p)
{
    return shell("! (echo 3 >\"$1/../bassin-never\") 2>/dev/null && ! (echo >>\"$1.other\") "
                 "2>/dev/null",
                 p->folder);
}

static bool reach_out(const place *p)
{
    (void)p;
    return socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM && setsid() < 0 &&
           errno == EPERM && syscall(SYS_ptrace, 0, 0, 0, 0) < 0 && errno == EPERM &&
           syscall(SYS_setuid, getuid()) < 0 && errno == EPERM &&
           syscall(SYS_unshare, 0x10000000) < 0 && errno == EPERM;
}

static bool start_threads(const place *p)
{
    (void)p;
    pthread_t thread;
    return pthread_create(&thread, NULL, no_work, NULL) == 0 && pthread_join(thread, NULL) == 0;
}

/* fr and en: how a forbidden deed is told; NULL: it is allowed. */
typedef struct deed {
    const char *name;
    deed_function run;
    sandbox_level level;
    bool by_landlock; /* not refused without it */
    const char *fr, *en;
} deed;

#define LOADING SANDBOX_LOADING, false
#define RUNNING SANDBOX_RUNNING, false
#define PROGRAM SANDBOX_PROGRAM, false
#define NO_FILE "a appelé openat : un indicateur n’ouvre pas de fichier", "called openat: "
#define NO_START "un indicateur ne démarre ni processus ni fil", "an indicator starts no process"

static const deed deeds[] = {
    {"read a file", read_a_file, RUNNING, NO_FILE},
    {"write a file", write_a_file, RUNNING, NO_FILE},
    {"write a file, loading", write_a_file, LOADING, NO_FILE},
    {"cut a file, loading", cut_a_file, LOADING, NO_FILE},
    {"open a library", open_a_library, RUNNING, NO_FILE},
    {"write on screen", write_on_screen, RUNNING, "a appelé write", "called write: "},
    {"socket", make_a_socket, RUNNING, "a appelé socket : un indicateur n’a pas", "called socket"},
    {"socket, loading", make_a_socket, LOADING, "a appelé socket", "called socket"},
    {"process", make_a_process, RUNNING, NO_START},
    {"process, loading", make_a_process, LOADING, NO_START},
    {"thread", make_a_thread, RUNNING, NO_START},
    {"thread, loading", make_a_thread, LOADING, NO_START},
    {"exit", call_exit, RUNNING, "a appelé exit(3)", "called exit(3)"},
    {"_exit", call_exit_at_once, RUNNING, "a appelé exit(0)", "called exit(0)"},
    {"exit, loading", call_exit, LOADING, "a appelé exit(3)", "called exit(3)"},
    {"abort", call_abort, RUNNING, "arrêté par abort()", "stopped by abort()"},
    {"kill", kill_another, RUNNING, "n’envoie pas de signal", "called kill: an indicator sends"},
    {"execve", run_a_program, RUNNING, "ne lance pas de programme", "called execve: "},
    {"execve, loading", run_a_program, LOADING, "a appelé execve", "called execve: "},
    {"handler", change_a_handler, RUNNING, "a appelé rt_sigaction", "called rt_sigaction"},
    {"handler, loading", change_a_handler, LOADING, "a appelé rt_sigaction", "rt_sigaction"},
    {"sleep", sleep_a_while, RUNNING, "un indicateur n’attend pas", "an indicator does not wait"},
    {"code", make_code, RUNNING, "a appelé mmap", "called mmap: an indicator makes no code"},
    {"another line", speak_on_another_line, RUNNING, "a appelé sendmsg", "called sendmsg"},
    {"write an input", write_an_input, RUNNING, "a écrit dans l’entrée places.population",
     "wrote into the input places.population"},
    {"null", follow_null, RUNNING, "a suivi un pointeur nul", "followed a null pointer"},
    {"refused memory", use_refused_memory, RUNNING, "pointeur nul après un refus de mémoire",
     "followed a null pointer after memory was refused"},
    {"abort without memory", abort_without_memory, RUNNING, "abort() après un refus de mémoire",
     "abort() after memory was refused"},
    {"nowhere", read_nowhere, RUNNING, "hors de sa mémoire", "outside its memory"},
    {"stack", overflow_the_stack, RUNNING, "a rempli sa pile", "filled its stack"},
#if defined(__x86_64__) /* others give 0 */
    {"division", divide_by_zero, RUNNING, "divisé un entier par zéro",
     "divided an integer by zero"},
#endif
    {"nothing", do_nothing, RUNNING, NULL, NULL},
    {"memory", take_memory, RUNNING, NULL, NULL},
    {"memory, loading", take_memory, LOADING, NULL, NULL},
    {"clocks", read_clocks, RUNNING, NULL, NULL},
    {"sort", sort_and_format, RUNNING, NULL, NULL},
    {"read an input", read_the_input, RUNNING, NULL, NULL},
    {"unlock an input", unlock_an_input, RUNNING, NULL, NULL},
    {"open a library, loading", open_a_library, LOADING, NULL, NULL},
    {"a user's file, loading", open_the_file_of_a_user, SANDBOX_LOADING, true, NULL, NULL},
    {"script", run_a_script, PROGRAM, NULL, NULL},
    {"write beside", write_beside, SANDBOX_PROGRAM, true, NULL, NULL},
    {"reach out", reach_out, PROGRAM, NULL, NULL},
    {"threads", start_threads, PROGRAM, NULL, NULL},
};

typedef struct order {
    uint32_t deed;
    int32_t landlock_abi;
    char folder[256];
} order;

static status enter(const order *o, const worker_line *line, sandbox_trace *trace, error *err)
{
    sandbox_level level = deeds[o->deed].level;
    sandbox_options options = {
        .line_fd = worker_line_fd(line), .trace = trace, .write_path = o->folder};
    status s = STATUS_OK;
    if (level == SANDBOX_RUNNING)
        s = sandbox_enter_with(SANDBOX_LOADING, &options, o->landlock_abi, err);
    if (s == STATUS_OK)
        s = sandbox_enter_with(level, &options, o->landlock_abi, err);
    return s;
}

/* The request: an order, memory for the trace, an input. Every question does the deed, and answers
 * "done" in 100,000 bytes when it is well. */
static status talk_deed(const worker_message *request, worker_line *line, error *err)
{
    static unsigned char done[100000];
    order o;
    shared_memory input;
    worker_message asked, answer = {.bytes = done, .size = sizeof done};
    memcpy(&o, request->bytes, sizeof o);
    sandbox_trace *trace =
        mmap(NULL, sizeof *trace, PROT_READ | PROT_WRITE, MAP_SHARED, request->fds[0], 0);
    status s = trace == MAP_FAILED ? memory_error(err, sizeof *trace)
                                   : shared_memory_open(&input, request->fds[1], err);
    if (s != STATUS_OK)
        return s;
    sandbox_region(input.at, input.size, "places.population");
    s = enter(&o, line, trace, err);
    place p = {.line = line, .input = input.at, .folder = o.folder};
    while (s == STATUS_OK && worker_line_receive(line, &asked)) {
        done[99999] = deeds[o.deed].run(&p);
        s = worker_line_answer(line, STATUS_OK, &answer, err, err);
    }
    return s;
}

static const worker_job jobs[] = {{.name = "deed", .talk = talk_deed}};
/* ThreadSanitizer handles signals badly inside calls that it replaces (fork): it ends the process
 * itself, or stands still. The deed is not done all the same. */
#if defined(__SANITIZE_THREAD__)
#define TRACE_MAY_LACK true
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TRACE_MAY_LACK true
#endif
#endif
#ifndef TRACE_MAY_LACK
#define TRACE_MAY_LACK false
#endif

static zygote *service;
static char folder[256];

typedef struct scene {
    shared_memory trace, input;
    worker_talk *talk;
} scene;

static scene open_scene(size_t which, int landlock_abi)
{
    scene s;
    error err;
    order o = {.deed = (uint32_t)which, .landlock_abi = landlock_abi};
    (void)snprintf(o.folder, sizeof o.folder, "%s", folder);
    assert_int_equal(shared_memory_new(&s.trace, "trace", sizeof(sandbox_trace), &err), STATUS_OK);
    assert_int_equal(shared_memory_new(&s.input, "input", 8192, &err), STATUS_OK);
    memset(s.input.at, 'x', 8192);
    assert_int_equal(shared_memory_freeze(&s.input, &err), STATUS_OK);
    worker_message request = {
        .bytes = &o, .size = sizeof o, .fds = {s.trace.fd, s.input.fd}, .fd_count = 2};
    assert_int_equal(
        worker_talk_begin(service, "deed", &request, (worker_limits){0}, &s.talk, &err), STATUS_OK);
    return s;
}

static void close_scene(scene *s)
{
    worker_talk_close(s->talk);
    shared_memory_clear(&s->trace);
    shared_memory_clear(&s->input);
}

/* It also keeps handlers of its own, changed without a call, and the error number of a signal. */
static bool is_told_otherwise(const deed *d)
{
    return d->run == change_a_handler || d->run == use_refused_memory ||
           d->run == abort_without_memory;
}

static void assert_told(const deed *d, const sandbox_trace *trace)
{
    char fr[640], en[640];
    if (!sandbox_trace_say(trace, fr, en, sizeof fr)) {
        if (!TRACE_MAY_LACK)
            fail_msg("%s: no trace", d->name);
        return;
    }
    if (strstr(fr, d->fr) == NULL || strstr(en, d->en) == NULL ||
        (strstr(en, "memory was refused") != NULL) != (strstr(d->en, "was refused") != NULL))
        fail_msg("%s: '%s' / '%s' does not say '%s' / '%s'", d->name, fr, en, d->fr, d->en);
}

static void assert_forbidden(const deed *d, size_t which, int landlock_abi)
{
    scene s = open_scene(which, landlock_abi);
    worker_message asked = {.bytes = "go", .size = 2};
    worker_answer a;
    error err;
    status told = worker_talk_ask(s.talk, &asked, TRACE_MAY_LACK ? 3.0 : 60.0, &a, &err);
    if (told != STATUS_INPUT)
        fail_msg("%s: status %d, %s", d->name, (int)told, told == STATUS_OK ? "done" : err.en);
    const worker_end *end = worker_talk_end(s.talk);
    const sandbox_trace *trace = s.trace.at;
    assert_non_null(end);
    assert_told(d, trace);
    if (trace->written == 1) {
        assert_int_equal(end->signal, 0);
        assert_int_equal(end->exit_code, 128 + trace->signal);
    }
    close_scene(&s);
}

static void assert_allowed(const deed *d, size_t which, int landlock_abi)
{
    scene s = open_scene(which, landlock_abi);
    unsigned char *body = memory_new(100000, 1);
    for (int again = 0; again < 2; again++) { /* a small question, then one by memfd */
        worker_message asked = {.bytes = body, .size = again == 0 ? 2 : 100000};
        worker_answer a;
        error err;
        char fr[640] = "", en[640] = "";
        if (worker_talk_ask(s.talk, &asked, 60.0, &a, &err) != STATUS_OK) {
            (void)!sandbox_trace_say(s.trace.at, fr, en, sizeof fr);
            fail_msg("%s: %s (%s)", d->name, err.en, en);
        }
        if (a.size != 100000 || ((unsigned char *)a.bytes)[99999] != 1)
            fail_msg("%s: not well, Landlock ABI %d", d->name, landlock_abi);
        worker_answer_clear(&a);
    }
    memory_free(body);
    close_scene(&s);
}

static void each_deed_ends_as_it_should(void **state)
{
    (void)state;
    static const int abis[] = {SANDBOX_KERNELS_LANDLOCK, 1, 0};
    bool has_landlock = sandbox_landlock_abi() > 0;
    for (size_t k = has_landlock ? 0 : 2; k < 3; k++) {
        for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
            const deed *d = &deeds[i];
            if (d->by_landlock && abis[k] == 0)
                continue;
            if (TRACE_MAY_LACK && is_told_otherwise(d))
                continue;
            if (d->en == NULL)
                assert_allowed(d, i, abis[k]);
            else
                assert_forbidden(d, i, abis[k]);
        }
    }
}

static void a_trace_is_not_trusted(void **state)
{
    (void)state;
    char fr[640], en[640];
    sandbox_trace t = {.signal = SIGSEGV};
    assert_false(sandbox_trace_say(&t, fr, en, sizeof fr));
    t.written = 1;
    memset(t.region, 'r', sizeof t.region);
    assert_true(sandbox_trace_say(&t, fr, en, sizeof fr));
    assert_non_null(strstr(en, "input rrrr"));
    assert_true(strlen(en) < 200);
    t = (sandbox_trace){.written = 1, .signal = SIGSYS, .syscall_number = 987654};
    assert_true(sandbox_trace_say(&t, fr, en, sizeof fr));
    assert_non_null(strstr(fr, "l’appel système 987654"));
    assert_non_null(strstr(en, "system call 987654"));
    t = (sandbox_trace){.written = 1, .signal = -5};
    assert_true(sandbox_trace_say(&t, fr, en, sizeof fr));
    assert_non_null(strstr(en, "signal -5"));
    char small[8];
    assert_true(sandbox_trace_say(&t, small, en, sizeof small));
    assert_true(strlen(small) < sizeof small);
}

static void what_the_machine_gives_is_said(void **state)
{
    (void)state;
    const char *means = sandbox_means();
    assert_non_null(strstr(means, "seccomp"));
    assert_int_equal(strstr(means, "Landlock") != NULL, sandbox_landlock_abi() > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_deed_ends_as_it_should),
        cmocka_unit_test(a_trace_is_not_trusted),
        cmocka_unit_test(what_the_machine_gives_is_said),
    };
    error err;
    if (zygote_start(&service, jobs, sizeof jobs / sizeof *jobs, false, &err) != STATUS_OK)
        return 1;
    (void)folder_fresh(folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    folder_clear(folder);
    zygote_stop(service);
    return failed;
}
