/* A worker may crash, hang, leak or lie: the program gets an error that says so, and goes on. */
#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/worker.h"

ALLOCATIONS_MAY_FAIL

static status job_echo(const worker_message *request, worker_reply *reply, error *err)
{
    status s = worker_reply_bytes(reply, request->bytes, request->size, err);
    for (size_t i = 0; i < request->fd_count && s == STATUS_OK; i++)
        s = worker_reply_fd(reply, request->fds[i], err);
    return s;
}

static status job_refuse(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    (void)reply;
    return error_set(err, STATUS_PLUGIN, "refusé\n%s", "refused\n%s", "x");
}

static status job_silent(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    (void)reply;
    (void)err;
    return STATUS_INPUT;
}

static status job_crash(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    (void)reply;
    (void)err;
    (void)signal(SIGSEGV, SIG_DFL);
    (void)raise(SIGSEGV);
    return STATUS_OK;
}

static status job_sleep(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    (void)reply;
    (void)err;
    while (pause() != 0)
        continue;
    return STATUS_OK;
}

static status job_spin(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    (void)reply;
    (void)err;
    volatile unsigned turn = 1;
    while (turn != 0)
        turn = turn | 1;
    return STATUS_OK;
}

static status job_exit(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    (void)reply;
    (void)err;
    _exit(7);
}

static status job_leak(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    (void)reply;
    for (size_t taken = 0;; taken += 1 << 20) {
        char *block = malloc(1 << 20);
        if (block == NULL)
            return memory_error(err, taken);
        memset(block, 1, 1 << 20);
    }
}

static status job_large(const worker_message *request, worker_reply *reply, error *err)
{
    (void)request;
    size_t size = (size_t)20 << 20;
    unsigned char *bytes = memory_new(size, 1);
    if (bytes == NULL)
        return memory_error(err, size);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(i * 31 >> 8);
    return worker_reply_bytes(reply, bytes, size, err);
}

/* A worker that got hold of its own reply socket and writes nonsense on it. */
static status job_lie(const worker_message *request, worker_reply *reply, error *err)
{
    (void)reply;
    (void)err;
    char noise[2000];
    memset(noise, 0x5A, sizeof noise);
    for (int fd = 3; fd < 64; fd++)
        (void)send(fd, noise, request->size % sizeof noise + 1, MSG_NOSIGNAL);
    return STATUS_OK;
}

static const worker_job jobs[] = {
    {.name = "echo", .run = job_echo},     {.name = "refuse", .run = job_refuse},
    {.name = "silent", .run = job_silent}, {.name = "crash", .run = job_crash},
    {.name = "sleep", .run = job_sleep},   {.name = "spin", .run = job_spin},
    {.name = "exit", .run = job_exit},     {.name = "leak", .run = job_leak},
    {.name = "large", .run = job_large},   {.name = "lie", .run = job_lie},
};

static zygote *service, *here;

static status run_job(zygote *z, const char *job, worker_limits limits, worker_answer *a,
                      error *err)
{
    worker_message request = {.bytes = "abc", .size = 3};
    return zygote_run(z, job, &request, limits, a, err);
}

static void assert_lost(const char *job, worker_limits limits, const char *said)
{
    worker_answer a;
    error err;
    assert_int_equal(run_job(service, job, limits, &a, &err), STATUS_INPUT);
    assert_null(a.bytes);
    if (strstr(err.en, said) == NULL || strstr(err.en, job) == NULL)
        fail_msg("'%s' does not say '%s'", err.en, said);
}

static void a_reply_brings_bytes_and_descriptors_back(void **state)
{
    (void)state;
    zygote *both[] = {service, here};
    for (size_t i = 0; i < 2; i++) {
        worker_message request = {.bytes = "12345", .size = 5};
        worker_answer a;
        error err;
        shared_memory m, back;
        assert_int_equal(shared_memory_new(&m, "data", 6, &err), STATUS_OK);
        memcpy(m.at, "shared", 6);
        assert_int_equal(shared_memory_freeze(&m, &err), STATUS_OK);
        for (request.fd_count = 0; request.fd_count < WORKER_MAX_FDS; request.fd_count++)
            request.fds[request.fd_count] = m.fd;
        assert_int_equal(zygote_run(both[i], "echo", &request, (worker_limits){0}, &a, &err),
                         STATUS_OK);
        assert_int_equal(a.size, 5);
        assert_memory_equal(a.bytes, "12345", 5);
        assert_int_equal(a.fd_count, WORKER_MAX_FDS);
        int fd = a.fds[--a.fd_count];
        assert_int_equal(shared_memory_open(&back, fd, &err), STATUS_OK);
        assert_memory_equal(back.at, "shared", 6);
        shared_memory_clear(&back);
        shared_memory_clear(&m);
        worker_answer_clear(&a);
    }
}

static void an_empty_request_and_a_large_reply_pass(void **state)
{
    (void)state;
    worker_message empty = {.bytes = NULL};
    worker_answer a;
    error err;
    assert_int_equal(zygote_run(service, "echo", &empty, (worker_limits){0}, &a, &err), STATUS_OK);
    assert_int_equal(a.size, 0);
    worker_answer_clear(&a);
    assert_int_equal(zygote_run(service, "large", &empty, (worker_limits){0}, &a, &err), STATUS_OK);
    assert_int_equal(a.size, (size_t)20 << 20);
    const unsigned char *bytes = a.bytes;
    for (size_t i = 0; i < a.size; i += 997)
        assert_int_equal(bytes[i], (unsigned char)(i * 31 >> 8));
    worker_answer_clear(&a);
}

static void the_error_of_a_job_is_the_error_of_the_request(void **state)
{
    (void)state;
    zygote *both[] = {service, here};
    for (size_t i = 0; i < 2; i++) {
        worker_answer a;
        error err;
        assert_int_equal(run_job(both[i], "refuse", (worker_limits){0}, &a, &err), STATUS_PLUGIN);
        assert_string_equal(err.fr, "refusé\\u{A}x");
        assert_string_equal(err.en, "refused\\u{A}x");
        assert_int_equal(run_job(both[i], "nothing", (worker_limits){0}, &a, &err),
                         STATUS_ENVIRONMENT);
    }
    worker_answer a;
    error err;
    assert_int_equal(run_job(service, "silent", (worker_limits){0}, &a, &err), STATUS_INPUT);
    assert_true(err.fr[0] != '\0' && err.en[0] != '\0');
}

static void a_lost_worker_says_how_it_ended(void **state)
{
    (void)state;
    assert_lost("crash", (worker_limits){0}, "SIGSEGV");
    assert_lost("sleep", (worker_limits){.wall_s = 1}, "time limit of 1 s");
    assert_lost("spin", (worker_limits){.cpu_s = 1}, "time limit of 1 s");
    assert_lost("spin", (worker_limits){.cpu_s = 50, .wall_s = 1}, "time limit of 1 s");
    assert_lost("exit", (worker_limits){0}, "code 7");
    assert_lost("lie", (worker_limits){0}, "damaged reply");
    worker_answer a; /* and the service goes on */
    error err;
    assert_int_equal(run_job(service, "echo", (worker_limits){0}, &a, &err), STATUS_OK);
    worker_answer_clear(&a);
}

static void a_leaking_job_meets_its_memory_limit(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip(); /* the limit is not applied under the sanitizers */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    skip();
#endif
#endif
    worker_answer a;
    error err;
    worker_limits limits = {.memory_bytes = 64 << 20, .wall_s = 60};
    assert_int_equal(run_job(service, "leak", limits, &a, &err), STATUS_ENVIRONMENT);
    assert_non_null(strstr(err.en, "out of memory"));
}

static void *echo_many(void *failures)
{
    for (uint32_t i = 0; i < 25; i++) {
        uint32_t body[256];
        worker_message request = {.bytes = body, .size = sizeof body};
        worker_answer a;
        error err;
        for (uint32_t k = 0; k < 256; k++)
            body[k] = i * 1000 + k;
        if (zygote_run(service, "echo", &request, (worker_limits){.wall_s = 60}, &a, &err) !=
                STATUS_OK ||
            a.size != sizeof body || memcmp(a.bytes, body, sizeof body) != 0)
            atomic_fetch_add((atomic_int *)failures, 1);
        worker_answer_clear(&a);
        if (run_job(service, i % 2 == 0 ? "crash" : "exit", (worker_limits){0}, &a, &err) !=
            STATUS_INPUT)
            atomic_fetch_add((atomic_int *)failures, 1);
    }
    return NULL;
}

static void many_threads_may_ask_at_once(void **state)
{
    (void)state;
    pthread_t threads[8];
    atomic_int failures = 0;
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, echo_many, &failures), 0);
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

static void a_cancelled_request_does_not_wait_for_its_worker(void **state)
{
    (void)state;
    atomic_int cancel = 0;
    pthread_t thread;
    worker_answer a;
    error err;
    zygote_cancel_on(service, &cancel);
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, &cancel), 0);
    status s = run_job(service, "sleep", (worker_limits){0}, &a, &err);
    assert_int_equal(pthread_join(thread, NULL), 0);
    zygote_cancel_on(service, NULL);
    assert_int_equal(s, STATUS_INTERRUPTED);
    assert_int_equal(run_job(service, "echo", (worker_limits){0}, &a, &err), STATUS_OK);
    worker_answer_clear(&a);
}

/* A program that is killed leaves no process behind: the worker holds the write end of `pipe_ends`,
 * whose end is seen when the last holder is gone. */
static void nothing_outlives_a_killed_program(void **state)
{
    (void)state;
    int pipe_ends[2];
    assert_int_equal(pipe2(pipe_ends, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        zygote *own = NULL;
        worker_answer a;
        error err;
        worker_message request = {.fds = {pipe_ends[1]}, .fd_count = 1};
        (void)close(pipe_ends[0]);
        if (zygote_start(&own, jobs, sizeof jobs / sizeof *jobs, false, &err) == STATUS_OK) {
            (void)!write(pipe_ends[1], "r", 1);
            status s = zygote_run(own, "sleep", &request, (worker_limits){0}, &a, &err);
            (void)s;
        }
        _exit(1);
    }
    char ready = 0;
    (void)close(pipe_ends[1]);
    assert_int_equal(read(pipe_ends[0], &ready, 1), 1);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_int_equal(read(pipe_ends[0], &ready, 1),
                     0); /* blocks while anyone holds the other end */
    (void)close(pipe_ends[0]);
}

static void a_dead_service_is_an_error_and_not_a_wait(void **state)
{
    (void)state;
    zygote *own = NULL;
    worker_answer a;
    error err;
    /* The last child made is the service; a job tells its parent's id. */
    assert_int_equal(zygote_start(&own, jobs, sizeof jobs / sizeof *jobs, false, &err), STATUS_OK);
    char children[128] = "", path[64];
    (void)snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    char *list = read_text(path);
    if (list == NULL) {
        zygote_stop(own);
        skip();
    }
    (void)snprintf(children, sizeof children, "%s", list);
    free(list);
    children[strcspn(children, "\n")] = '\0';
    while (children[0] != '\0' && children[strlen(children) - 1] == ' ')
        children[strlen(children) - 1] = '\0';
    const char *last = strrchr(children, ' ');
    int64_t id = 0;
    assert_true(text_to_i64(slice(last == NULL ? children : last + 1), &id));
    assert_int_equal(kill((pid_t)id, SIGKILL), 0);
    assert_int_equal(run_job(own, "echo", (worker_limits){0}, &a, &err), STATUS_ENVIRONMENT);
    zygote_stop(own);
}

static void too_many_descriptors_are_refused(void **state)
{
    (void)state;
    worker_message request = {.fd_count = WORKER_MAX_FDS + 1};
    worker_answer a;
    error err;
    assert_int_equal(zygote_run(service, "echo", &request, (worker_limits){0}, &a, &err),
                     STATUS_ENVIRONMENT);
}

static void packed_records_read_back(void **state)
{
    (void)state;
    pack_writer w = {0};
    double numbers[] = {1.5, -2.5, 1e300};
    size_t size = 0;
    pack_u64(&w, UINT64_MAX);
    pack_text(&w, "été");
    pack_text(&w, NULL);
    pack_text(&w, "");
    pack_f64(&w, -0.0);
    pack_bytes(&w, numbers, sizeof numbers);
    pack_bytes(&w, NULL, 0);
    assert_false(w.failed);
    for (size_t cut = 0; cut <= w.size; cut++) {
        pack_reader r = {.at = w.at, .size = cut};
        (void)unpack_u64(&r);
        const char *text = unpack_text(&r);
        assert_true(text == NULL || strcmp(text, "été") == 0);
        assert_null(unpack_text(&r));
        (void)unpack_text(&r);
        (void)unpack_f64(&r);
        const void *at = unpack_bytes(&r, &size);
        assert_true(at == NULL || (uintptr_t)at % 8 == 0);
        assert_true(at == NULL || memcmp(at, numbers, sizeof numbers) == 0);
        (void)unpack_bytes(&r, &size);
        assert_int_equal(size, 0);
        assert_int_equal(r.failed, cut < w.size);
    }
    pack_writer_clear(&w);
}

static void a_text_without_its_end_is_damage(void **state)
{
    (void)state;
    pack_writer w = {0};
    pack_bytes(&w, "ab\0c", 4);
    pack_reader r = {.at = w.at, .size = w.size};
    assert_null(unpack_text(&r));
    assert_true(r.failed);
    pack_writer_clear(&w);
    pack_u64(&w, UINT64_MAX - 3);
    r = (pack_reader){.at = w.at, .size = w.size};
    assert_null(unpack_text(&r));
    assert_true(r.failed);
    pack_writer_clear(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_brings_bytes_and_descriptors_back),
        cmocka_unit_test(an_empty_request_and_a_large_reply_pass),
        cmocka_unit_test(the_error_of_a_job_is_the_error_of_the_request),
        cmocka_unit_test(a_lost_worker_says_how_it_ended),
        cmocka_unit_test(a_leaking_job_meets_its_memory_limit),
        cmocka_unit_test(a_dead_service_is_an_error_and_not_a_wait),
        cmocka_unit_test(nothing_outlives_a_killed_program),
        cmocka_unit_test(many_threads_may_ask_at_once),
        cmocka_unit_test(a_cancelled_request_does_not_wait_for_its_worker),
        cmocka_unit_test(too_many_descriptors_are_refused),
        cmocka_unit_test(packed_records_read_back),
        cmocka_unit_test(a_text_without_its_end_is_damage),
    };
    error err;
    size_t count = sizeof jobs / sizeof *jobs;
    if (zygote_start(&service, jobs, count, false, &err) != STATUS_OK ||
        zygote_start(&here, jobs, count, true, &err) != STATUS_OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    zygote_stop(service);
    zygote_stop(here);
    zygote_stop(NULL);
    return failed;
}
