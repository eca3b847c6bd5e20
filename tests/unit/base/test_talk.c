/* A worker that is asked several things: its answers come back in turn, and whatever it does wrong
 * ends as an error that says so, at once. */
#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/worker.h"

ALLOCATIONS_MAY_FAIL

static _Noreturn void leak(void)
{
    for (;;) {
        char *block = malloc(1 << 20);
        if (block == NULL)
            abort();
        memset(block, 1, 1 << 20);
    }
}

/* On the line itself, past worker_line_answer. */
static void lie(const worker_line *line, size_t size)
{
    static char noise[100000];
    memset(noise, 0x5A, sizeof noise);
    (void)send(worker_line_fd(line), noise, size, MSG_NOSIGNAL);
}

static _Noreturn void sleep_for_ever(void)
{
    for (;;)
        (void)pause();
}

/* Does what the first letter of the question says; false for an echo. */
static bool misbehave(const worker_message *asked, const worker_line *line)
{
    char deed = asked->size == 0 ? ' ' : *(const char *)asked->bytes;
    if (deed == '!') {
        (void)signal(SIGSEGV, SIG_DFL);
        (void)raise(SIGSEGV);
    } else if (deed == 'x') {
        _exit(7);
    } else if (deed == 'h') {
        sleep_for_ever();
    } else if (deed == 'm') {
        leak();
    } else if (deed == 'l') {
        lie(line, asked->size);
    } else if (deed == 'c') { /* lives on without its line */
        (void)close(worker_line_fd(line));
        sleep_for_ever();
    }
    return deed == 'l';
}

static status answer_echo(worker_line *line, const worker_message *asked, error *err)
{
    error said = {.status = STATUS_OK};
    status s = STATUS_OK;
    if (asked->size > 0 && *(const char *)asked->bytes == 'e')
        s = error_set(&said, STATUS_PLUGIN, "refusé\n%s", "refused\n%s", "x");
    s = worker_line_answer(line, s, asked, &said, err);
    for (size_t i = 0; i < asked->fd_count; i++)
        (void)close(asked->fds[i]);
    return s;
}

/* Answers with what it was asked; with its request when that is "first". */
static status talk_echo(const worker_message *request, worker_line *line, error *err)
{
    worker_message asked;
    status s = STATUS_OK;
    char first[16] = "";
    if (request->size < sizeof first && request->size > 0)
        memcpy(first, request->bytes, request->size);
    while (s == STATUS_OK && worker_line_receive(line, &asked)) {
        if (misbehave(&asked, line))
            continue;
        if (asked.size == 5 && memcmp(asked.bytes, "first", 5) == 0)
            asked.bytes = first;
        s = answer_echo(line, &asked, err);
    }
    return s;
}

static status talk_refuse(const worker_message *request, worker_line *line, error *err)
{
    (void)request;
    (void)line;
    return error_set(err, STATUS_PLUGIN, "pas de greffon", "no plugin");
}

static status talk_leave(const worker_message *request, worker_line *line, error *err)
{
    (void)request;
    (void)line;
    (void)err;
    return STATUS_OK;
}

/* Counts in shared memory for ever, whatever is asked. */
static status talk_count(const worker_message *request, worker_line *line, error *err)
{
    (void)line;
    volatile uint64_t *at =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, request->fds[0], 0);
    if (at == MAP_FAILED)
        return memory_error(err, 4096);
    for (;;)
        at[0]++;
}

/* Makes a process that holds the request's descriptor for ever, then talks as an echo. */
static status talk_breed(const worker_message *request, worker_line *line, error *err)
{
    pid_t pid = fork();
    if (pid == 0)
        sleep_for_ever();
    if (pid < 0)
        return memory_error(err, 0);
    (void)close(request->fds[0]);
    return talk_echo(request, line, err);
}

static status run_nothing(const worker_message *request, worker_reply *reply, error *err)
{
    return worker_reply_bytes(reply, request->bytes, request->size, err);
}

static const worker_job jobs[] = {
    {.name = "echo", .talk = talk_echo},   {.name = "refuse", .talk = talk_refuse},
    {.name = "leave", .talk = talk_leave}, {.name = "count", .talk = talk_count},
    {.name = "breed", .talk = talk_breed}, {.name = "run", .run = run_nothing},
};

static zygote *service;

static worker_talk *begin(const char *job, worker_limits limits)
{
    worker_talk *t = NULL;
    error err;
    worker_message request = {.bytes = "12345", .size = 5};
    status s = worker_talk_begin(service, job, &request, limits, &t, &err);
    if (s != STATUS_OK)
        fail_msg("%s", err.en);
    return t;
}

static status ask(worker_talk *t, const char *what, double limit_s, error *err)
{
    worker_answer a;
    worker_message asked = {.bytes = what, .size = strlen(what)};
    status s = worker_talk_ask(t, &asked, limit_s, &a, err);
    if (s == STATUS_OK) {
        assert_int_equal(a.size, asked.size);
        assert_memory_equal(a.bytes, asked.bytes, a.size);
    } else {
        assert_null(a.bytes);
        assert_int_equal(a.fd_count, 0);
    }
    worker_answer_clear(&a);
    return s;
}

static void an_echo_of_any_size_comes_back(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 1000, 32767, 32768, 32769, 65536, 3 << 20, 5, 40000, 0};
    unsigned char *bytes = memory_new(3 << 20, 1);
    worker_talk *t = begin("echo", (worker_limits){0});
    error err;
    for (size_t i = 0; i < 3 << 20; i++)
        bytes[i] = (unsigned char)(i * 31 >> 8);
    bytes[0] = 'a';
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        worker_message asked = {.bytes = bytes, .size = sizes[i]};
        worker_answer a;
        assert_int_equal(worker_talk_ask(t, &asked, 0.0, &a, &err), STATUS_OK);
        assert_int_equal(a.size, sizes[i]);
        if (a.size > 0)
            assert_memory_equal(a.bytes, bytes, a.size);
        worker_answer_clear(&a);
    }
    assert_null(worker_talk_end(t));
    worker_talk_close(t);
    memory_free(bytes);
}

static void the_request_is_there_for_the_whole_talk(void **state)
{
    (void)state;
    worker_message asked = {.bytes = "first", .size = 5};
    worker_answer a;
    error err;
    worker_talk *t = begin("echo", (worker_limits){0});
    assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_OK);
    assert_int_equal(worker_talk_ask(t, &asked, 0.0, &a, &err), STATUS_OK);
    assert_memory_equal(a.bytes, "12345", 5);
    worker_answer_clear(&a);
    worker_talk_close(t);
}

static void ask_with_descriptors(worker_talk *t, size_t size, size_t count)
{
    static char body[40000];
    worker_message asked = {.bytes = body, .size = size, .fd_count = count};
    worker_answer a;
    error err;
    shared_memory m, back;
    assert_int_equal(shared_memory_new(&m, "data", 6, &err), STATUS_OK);
    memcpy(m.at, "shared", 6);
    for (size_t i = 0; i < count; i++)
        asked.fds[i] = m.fd;
    assert_int_equal(worker_talk_ask(t, &asked, 0.0, &a, &err), STATUS_OK);
    assert_int_equal(a.fd_count, count);
    assert_int_equal(a.size, size);
    int fd = a.fds[--a.fd_count];
    assert_int_equal(shared_memory_open(&back, fd, &err), STATUS_OK);
    assert_memory_equal(back.at, "shared", 6);
    shared_memory_clear(&back);
    shared_memory_clear(&m);
    worker_answer_clear(&a);
}

static void descriptors_go_both_ways(void **state)
{
    (void)state;
    worker_talk *t = begin("echo", (worker_limits){0});
    for (int again = 0; again < 3; again++) {
        ask_with_descriptors(t, 3, 1);
        ask_with_descriptors(t, 3, WORKER_MAX_FDS);
        ask_with_descriptors(t, 40000, WORKER_MAX_FDS); /* the body is one more */
    }
    worker_message asked = {.fd_count = WORKER_MAX_FDS + 1};
    worker_answer a;
    error err;
    assert_int_equal(worker_talk_ask(t, &asked, 0.0, &a, &err), STATUS_ENVIRONMENT);
    assert_null(worker_talk_end(t));
    assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_OK);
    worker_talk_close(t);
}

static void the_error_of_an_ask_does_not_end_the_talk(void **state)
{
    (void)state;
    worker_talk *t = begin("echo", (worker_limits){0});
    error err;
    for (int again = 0; again < 3; again++) {
        assert_int_equal(ask(t, "error", 0.0, &err), STATUS_PLUGIN);
        assert_string_equal(err.fr, "refusé\\u{A}x");
        assert_string_equal(err.en, "refused\\u{A}x");
        assert_null(worker_talk_end(t));
        assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_OK);
    }
    worker_talk_close(t);
}

static void a_job_that_fails_by_itself_tells_the_first_who_asks(void **state)
{
    (void)state;
    worker_talk *t = begin("refuse", (worker_limits){0});
    error err;
    assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_PLUGIN);
    assert_string_equal(err.en, "no plugin");
    assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_INPUT);
    assert_non_null(strstr(err.en, "ended without a reply (code 0)"));
    assert_non_null(worker_talk_end(t));
    worker_talk_close(t);
}

static void only_known_jobs_talk(void **state)
{
    (void)state;
    worker_message request = {.bytes = NULL};
    worker_answer a;
    worker_talk *t = NULL;
    zygote *here = NULL;
    error err;
    static const char *const names[] = {"run", "nothing"};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(
            worker_talk_begin(service, names[i], &request, (worker_limits){0}, &t, &err),
            STATUS_ENVIRONMENT);
    assert_int_equal(zygote_run(service, "echo", &request, (worker_limits){0}, &a, &err),
                     STATUS_ENVIRONMENT);
    assert_int_equal(zygote_run(service, "run", &request, (worker_limits){0}, &a, &err), STATUS_OK);
    worker_answer_clear(&a);
    assert_int_equal(zygote_start(&here, jobs, sizeof jobs / sizeof *jobs, true, &err), STATUS_OK);
    assert_int_equal(worker_talk_begin(here, "echo", &request, (worker_limits){0}, &t, &err),
                     STATUS_ENVIRONMENT);
    assert_null(t);
    zygote_stop(here);
    worker_talk_close(NULL);
}

/* One deed in a talk that went well before; how its end is told, twice. */
static worker_end lose(const char *deed, double limit_s, worker_limits limits, const char *said)
{
    worker_talk *t = begin("echo", limits);
    error err;
    assert_int_equal(ask(t, "abc", 10.0, &err), STATUS_OK);
    double start_s = progress_clock_s();
    for (int again = 0; again < 2; again++) {
        assert_int_equal(ask(t, deed, limit_s, &err), STATUS_INPUT);
        if (strstr(err.en, said) == NULL || strstr(err.en, "echo") == NULL)
            fail_msg("'%s' does not say '%s'", err.en, said);
    }
    assert_true(progress_clock_s() - start_s < 20.0);
    const worker_end *end = worker_talk_end(t);
    assert_non_null(end);
    worker_end copy = *end;
    assert_true(copy.peak_bytes > 0);
    worker_talk_close(t);
    return copy;
}

static void a_lost_worker_says_how_it_ended(void **state)
{
    (void)state;
    worker_end end = lose("!", 0.0, (worker_limits){0}, "SIGSEGV");
    assert_int_equal(end.signal, SIGSEGV);
    assert_false(end.timed_out);
    end = lose("x", 0.0, (worker_limits){0}, "code 7");
    assert_int_equal(end.signal, 0);
    assert_int_equal(end.exit_code, 7);
    end = lose("h", 0.25, (worker_limits){0}, "time limit of 0.25 s");
    assert_true(end.timed_out);
    assert_int_equal(end.signal, SIGKILL);
    end = lose("h", 0.0, (worker_limits){.wall_s = 1}, "time limit of 1 s");
    assert_true(end.timed_out);
    end = lose("c", 0.0, (worker_limits){0}, "SIGKILL");
    assert_int_equal(end.signal, SIGKILL);
    end = lose("lie", 0.0, (worker_limits){0}, "damaged reply");
    assert_false(end.timed_out);
    (void)lose("lies of the length of a head", 0.0, (worker_limits){0}, "damaged reply");
}

static void a_lie_longer_than_a_parcel_is_damage(void **state)
{
    (void)state;
    static char lies[60000];
    worker_talk *t = begin("echo", (worker_limits){0});
    worker_message asked = {.bytes = lies, .size = sizeof lies};
    worker_answer a;
    error err;
    lies[0] = 'l';
    assert_int_equal(worker_talk_ask(t, &asked, 0.0, &a, &err), STATUS_INPUT);
    assert_non_null(strstr(err.en, "damaged reply"));
    worker_talk_close(t);
}

static void a_leaking_worker_meets_its_memory_limit(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip(); /* the limit is not applied under the sanitizers */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    skip();
#endif
#endif
    worker_end end = lose("m", 0.0, (worker_limits){.memory_bytes = 64 << 20}, "64.0 MiB");
    assert_true(end.out_of_memory);
}

static void a_worker_that_left_is_told_when_it_is_asked(void **state)
{
    (void)state;
    worker_talk *t = begin("leave", (worker_limits){0});
    const struct timespec moment = {.tv_nsec = 50000000};
    error err;
    (void)nanosleep(&moment, NULL);
    assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_INPUT);
    assert_non_null(strstr(err.en, "code 0"));
    worker_talk_close(t);
}

static void *talk_a_lot(void *failures)
{
    for (uint32_t i = 0; i < 20; i++) {
        worker_talk *t = NULL;
        worker_message request = {.bytes = NULL};
        worker_answer a;
        error err;
        if (worker_talk_begin(service, "echo", &request, (worker_limits){0}, &t, &err) !=
            STATUS_OK) {
            atomic_fetch_add((atomic_int *)failures, 1);
            continue;
        }
        for (uint32_t k = 0; k < 50; k++) {
            uint32_t body[2] = {k << 8, i};
            worker_message asked = {.bytes = body, .size = sizeof body};
            if (worker_talk_ask(t, &asked, 60.0, &a, &err) != STATUS_OK || a.size != sizeof body ||
                memcmp(a.bytes, body, sizeof body) != 0)
                atomic_fetch_add((atomic_int *)failures, 1);
            worker_answer_clear(&a);
        }
        if (i % 2 == 0 && ask(t, i % 4 == 0 ? "!" : "x", 60.0, &err) != STATUS_INPUT)
            atomic_fetch_add((atomic_int *)failures, 1);
        worker_talk_close(t);
    }
    return NULL;
}

static void many_threads_may_talk_at_once(void **state)
{
    (void)state;
    pthread_t threads[8];
    atomic_int failures = 0;
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, talk_a_lot, &failures), 0);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(atomic_load(&failures), 0);
}

static void *cancel_soon(void *cancel)
{
    const struct timespec moment = {.tv_nsec = 200000000};
    (void)nanosleep(&moment, NULL);
    atomic_store((atomic_int *)cancel, 1);
    return NULL;
}

static void a_cancelled_ask_does_not_wait_for_its_worker(void **state)
{
    (void)state;
    atomic_int cancel = 0;
    pthread_t thread;
    error err;
    zygote_cancel_on(service, &cancel);
    worker_talk *t = begin("echo", (worker_limits){0});
    assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_OK);
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, &cancel), 0);
    status s = ask(t, "hang", 100.0, &err);
    assert_int_equal(pthread_join(thread, NULL), 0);
    zygote_cancel_on(service, NULL);
    assert_int_equal(s, STATUS_INTERRUPTED);
    assert_non_null(worker_talk_end(t));
    worker_talk_close(t);
}

/* Closed while it works, or killed at its limit: dead when the call returns. */
static void no_memory_changes_after_the_end(void **state)
{
    (void)state;
    const struct timespec moment = {.tv_nsec = 20000000};
    for (int closed = 0; closed < 2; closed++) {
        shared_memory m;
        worker_talk *t = NULL;
        error err;
        assert_int_equal(shared_memory_new(&m, "count", 4096, &err), STATUS_OK);
        volatile uint64_t *count = m.at;
        worker_message request = {.fds = {m.fd}, .fd_count = 1};
        assert_int_equal(
            worker_talk_begin(service, "count", &request, (worker_limits){0}, &t, &err), STATUS_OK);
        while (*count == 0)
            (void)nanosleep(&moment, NULL);
        if (closed == 1)
            worker_talk_close(t);
        else
            assert_int_equal(ask(t, "go", 0.1, &err), STATUS_INPUT);
        uint64_t stood = *count;
        (void)nanosleep(&moment, NULL);
        assert_true(stood == *count);
        if (closed == 0)
            worker_talk_close(t);
        shared_memory_clear(&m);
    }
}

/* The end of the pipe is seen when the last process that holds it is gone. */
static void what_a_worker_made_dies_with_it(void **state)
{
    (void)state;
    for (int by_itself = 0; by_itself < 2; by_itself++) {
        int ends[2];
        char nothing;
        worker_talk *t = NULL;
        error err;
        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
        worker_message request = {.fds = {ends[1]}, .fd_count = 1};
        assert_int_equal(
            worker_talk_begin(service, "breed", &request, (worker_limits){0}, &t, &err), STATUS_OK);
        (void)close(ends[1]);
        assert_int_equal(ask(t, "abc", 0.0, &err), STATUS_OK);
        if (by_itself == 1)
            assert_int_equal(ask(t, "x", 0.0, &err), STATUS_INPUT);
        worker_talk_close(t);
        assert_int_equal(read(ends[0], &nothing, 1), 0);
        (void)close(ends[0]);
    }
}

static size_t open_descriptors(void)
{
    size_t count = 0;
    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static void a_talk_leaves_no_descriptor_behind(void **state)
{
    (void)state;
    static const char *const deeds[] = {"abc", "error", "!", "x", "c", "lie"};
    size_t before = open_descriptors();
    error err;
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        worker_talk *t = begin("echo", (worker_limits){0});
        ask_with_descriptors(t, 40000, 3);
        status s = ask(t, deeds[i], 0.0, &err);
        assert_true(i > 0 || s == STATUS_OK);
        worker_talk_close(t);
    }
    assert_int_equal(open_descriptors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_echo_of_any_size_comes_back),
        cmocka_unit_test(the_request_is_there_for_the_whole_talk),
        cmocka_unit_test(descriptors_go_both_ways),
        cmocka_unit_test(the_error_of_an_ask_does_not_end_the_talk),
        cmocka_unit_test(a_job_that_fails_by_itself_tells_the_first_who_asks),
        cmocka_unit_test(only_known_jobs_talk),
        cmocka_unit_test(a_lost_worker_says_how_it_ended),
        cmocka_unit_test(a_lie_longer_than_a_parcel_is_damage),
        cmocka_unit_test(a_leaking_worker_meets_its_memory_limit),
        cmocka_unit_test(a_worker_that_left_is_told_when_it_is_asked),
        cmocka_unit_test(many_threads_may_talk_at_once),
        cmocka_unit_test(a_cancelled_ask_does_not_wait_for_its_worker),
        cmocka_unit_test(no_memory_changes_after_the_end),
        cmocka_unit_test(what_a_worker_made_dies_with_it),
        cmocka_unit_test(a_talk_leaves_no_descriptor_behind),
    };
    error err;
    if (zygote_start(&service, jobs, sizeof jobs / sizeof *jobs, false, &err) != STATUS_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    zygote_stop(service);
    return failed;
}
