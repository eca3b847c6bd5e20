/* Memory may run out at any allocation: the answer is right or an error, never a crash or a leak.
 * The linker sends the room's calloc and realloc here. */
#include "support.h"

#include <stdlib.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/progress.h"
#include "base/worker.h"

void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static size_t calls, fails_at; /* 1-based; 0: never */
static bool for_ever;

static bool refused(void)
{
    calls++;
    return fails_at != 0 && (for_ever ? calls >= fails_at : calls == fails_at);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return refused() ? NULL : __real_realloc(old, size);
}

static status use_interner(error *err)
{
    interner *t = NULL;
    status s = interner_new(&t, err);
    for (uint32_t i = 0; i < 500 && s == STATUS_OK; i++) {
        uint32_t index = 0;
        s = interner_add(t, text_slice_of((const char *)&i, sizeof i), &index, err);
        if (s == STATUS_OK && interner_find(t, text_slice_of((const char *)&i, sizeof i)) != i)
            fail_msg("text %u is lost", i);
    }
    interner_free(t);
    return s;
}

static status use_faults(error *err)
{
    void *bytes = NULL;
    size_t size = 0;
    faults *list = NULL, *back = NULL;
    status s = faults_new(&list, err);
    if (s == STATUS_OK)
        s = faults_new(&back, err);
    if (s != STATUS_OK)
        goto done;
    for (int i = 0; i < 40; i++) {
        (void)faults_refuse(list, source_at("a.csv", 1, 2), "non %d", "no %d", i);
        faults_excerpt(list, "1;2\n  ^");
    }
    s = faults_pack(list, &bytes, &size, err);
    if (s == STATUS_OK)
        s = faults_unpack(back, bytes, size, err);
    if (s == STATUS_OK && faults_count(back) != 40)
        s = faults_status(back); /* the list says that it is incomplete */
    if (s == STATUS_INPUT)
        fail_msg("a fault is lost without a word");
done:
    memory_free(bytes);
    faults_free(list);
    faults_free(back);
    return s;
}

static status echo(const worker_message *request, worker_reply *reply, error *err)
{
    return worker_reply_bytes(reply, request->bytes, request->size, err);
}

static status use_worker(error *err)
{
    static const worker_job job = {.name = "echo", .run = echo};
    worker_message request = {.bytes = "abc", .size = 3};
    worker_answer answer = {0};
    zygote *z = NULL;
    status s = zygote_start(&z, &job, 1, true, err);
    if (s == STATUS_OK)
        s = zygote_run(z, "echo", &request, (worker_limits){0}, &answer, err);
    if (s == STATUS_OK)
        assert_memory_equal(answer.bytes, "abc", 3);
    worker_answer_clear(&answer);
    zygote_stop(z);
    return s;
}

static char place[256];

static status use_publication(error *err)
{
    publication *p = NULL;
    status s = publication_begin(&p, in_folder(place, "deep/out"), err);
    if (s == STATUS_OK) {
        write_text(in_folder(publication_path(p), "run.json"), "{}");
        s = publication_commit(p, err);
    }
    publication_free(p);
    if (s == STATUS_OK)
        s = file_write_atomic(in_folder(place, "file"), "x", 1, err);
    return s;
}

static status use_progress(error *err)
{
    atomic_int cancel = 0;
    progress p = {.cancel = &cancel, .json = true};
    status s = progress_log_new(&p.log, err);
    progress_log_free(p.log);
    return s;
}

static void survive(status (*use)(error *err))
{
    for (int kind = 0; kind < 2; kind++) {
        for (size_t n = 1;; n++) {
            error err = {.status = STATUS_OK};
            calls = 0;
            fails_at = n;
            for_ever = kind == 1;
            status s = use(&err);
            bool reached = calls >= n;
            fails_at = 0;
            if (s != STATUS_OK && s != STATUS_ENVIRONMENT)
                fail_msg("failure %zu gave status %d: %s", n, (int)s, err.en);
            if (!reached) {
                assert_int_equal(s, STATUS_OK);
                assert_true(n > 1); /* the linker did send the calls here */
                break;
            }
        }
    }
}

static void texts_survive(void **state)
{
    (void)state;
    survive(use_interner);
}

static void faults_survive(void **state)
{
    (void)state;
    survive(use_faults);
}

static void workers_survive(void **state)
{
    (void)state;
    survive(use_worker);
}

static void publications_survive(void **state)
{
    (void)state;
    folder_fresh(place);
    survive(use_publication);
    folder_clear(place);
}

static void progress_survives(void **state)
{
    (void)state;
    survive(use_progress);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_survive),     cmocka_unit_test(faults_survive),
        cmocka_unit_test(workers_survive),   cmocka_unit_test(publications_survive),
        cmocka_unit_test(progress_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
