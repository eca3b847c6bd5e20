/* Finished work on disk: what is cut, damaged or another job's is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "engine/store/job_file.h"

enum { RANGES = 3, BODY_NUMBERS = 5, FILE_MAX = 4096 };

typedef struct place {
    char folder[64];
    sha256_hex key;
} place;

static int place_new(void **state)
{
    static place p;
    (void)snprintf(p.folder, sizeof p.folder, "/tmp/bassin-store-XXXXXX");
    assert_non_null(mkdtemp(p.folder));
    p.key = sha256_of("job", 3);
    *state = &p;
    return 0;
}

static int place_drop(void **state)
{
    const place *p = *state;
    error err;
    assert_int_equal(folder_remove(p->folder, &err), STATUS_OK);
    return 0;
}

static void path_of(const place *p, char path[256])
{
    (void)snprintf(path, 256, "%s/jobs/%.2s/%s.job", p->folder, p->key.hex, p->key.hex);
}

static job_store *store_open(const place *p)
{
    job_store *s = NULL;
    error err;
    assert_int_equal(job_store_new(p->folder, true, 1, &s, &err), STATUS_OK);
    return s;
}

static job_file *file_open_at(const place *p, job_store *s)
{
    job_file *f = NULL;
    error err;
    assert_int_equal(job_file_open(s, &p->key, "fr.lab.essai", &f, &err), STATUS_OK);
    return f;
}

static double number_of(uint64_t first, size_t i)
{
    return 1000.0 * (double)first + (double)i;
}

static pack_writer body_of(uint64_t first)
{
    pack_writer w = {0};
    job_body_begin(&w);
    for (size_t i = 0; i < BODY_NUMBERS; i++)
        pack_f64(&w, number_of(first, i));
    return w;
}

static void put(job_file *f, uint64_t first)
{
    pack_writer w = body_of(first);
    job_file_append(
        f, &(job_record){.kind = JOB_RECORD_RANGE, .stage = 1, .first = first, .count = 4}, &w);
    pack_writer_clear(&w);
}

/* Whether it is there; then it is what was put. */
static bool there(const job_file *f, job_record_kind of, uint64_t stage, uint64_t first)
{
    unsigned char *body = NULL;
    job_record found;
    error err;
    assert_int_equal(job_file_read(f, of, stage, first, &body, &found, &err), STATUS_OK);
    if (body == NULL)
        return false;
    assert_int_equal(found.size, BODY_NUMBERS * sizeof(double));
    for (size_t i = 0; i < BODY_NUMBERS; i++) {
        double value;
        memcpy(&value, body + i * sizeof value, sizeof value);
        assert_true(value == number_of(first, i));
    }
    memory_free(body);
    return true;
}

static void make(const place *p)
{
    job_store *s = store_open(p);
    job_file *f = file_open_at(p, s);
    for (uint64_t i = 0; i < RANGES; i++)
        put(f, i);
    job_file_close(f);
    job_store_free(s);
}

static size_t bytes_of(const char *path, unsigned char bytes[FILE_MAX])
{
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    const size_t size = fread(bytes, 1, FILE_MAX, in);
    assert_int_equal(fclose(in), 0);
    assert_true(size > 0 && size < FILE_MAX);
    return size;
}

static void bytes_put(const char *path, const unsigned char *bytes, size_t size)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
}

static size_t count_there(const place *p)
{
    job_store *s = store_open(p);
    job_file *f = file_open_at(p, s);
    size_t count = 0;
    for (uint64_t i = 0; i < RANGES; i++)
        count += there(f, JOB_RECORD_RANGE, 1, i);
    job_file_close(f);
    job_store_free(s);
    return count;
}

static void what_is_written_is_read(void **state)
{
    const place *p = *state;
    make(p);
    assert_int_equal(count_there(p), RANGES);
    job_store *s = store_open(p);
    job_file *f = file_open_at(p, s);
    assert_false(there(f, JOB_RECORD_RANGE, 0, 0));
    assert_false(there(f, JOB_RECORD_RANGE, 1, RANGES));
    assert_false(there(f, JOB_RECORD_RESULT, 1, 0));
    pack_writer w = body_of(0);
    job_file_replace(f, &(job_record){.kind = JOB_RECORD_RESULT}, &w);
    pack_writer_clear(&w);
    job_file_close(f);
    f = file_open_at(p, s);
    assert_true(there(f, JOB_RECORD_RESULT, 0, 0));
    assert_false(there(f, JOB_RECORD_RANGE, 1, 0)); /* the result stands for its ranges */
    job_file_close(f);
    job_store_free(s);
}

/* there() asserts the values of what it finds. */
static void no_damaged_byte_is_believed(void **state)
{
    static unsigned char whole[FILE_MAX], bytes[FILE_MAX];
    const place *p = *state;
    char path[256];
    make(p);
    path_of(p, path);
    const size_t size = bytes_of(path, whole);
    size_t kept = 0;
    for (size_t at = 0; at < size; at++) {
        memcpy(bytes, whole, size);
        bytes[at] ^= (unsigned char)(1u << (at % 8));
        bytes_put(path, bytes, size);
        const size_t count = count_there(p);
        assert_true(count < RANGES || at < 200); /* the name may be damaged alone */
        kept += count;
    }
    assert_true(kept > 0); /* records before and after a damaged body are still there */
    bytes_put(path, whole, size);
    assert_int_equal(count_there(p), RANGES);
}

static void a_cut_file_keeps_what_is_whole_and_goes_on(void **state)
{
    static unsigned char whole[FILE_MAX];
    const place *p = *state;
    char path[256];
    make(p);
    path_of(p, path);
    const size_t size = bytes_of(path, whole);
    size_t before = 0;
    for (size_t cut = 0; cut <= size; cut++) {
        bytes_put(path, whole, cut);
        const size_t count = count_there(p);
        assert_true(count >= before && count <= RANGES);
        before = count;
        job_store *s = store_open(p);
        job_file *f = file_open_at(p, s);
        for (uint64_t i = count; i < RANGES; i++)
            put(f, i);
        job_file_close(f);
        job_store_free(s);
        assert_int_equal(count_there(p), RANGES);
    }
    assert_int_equal(before, RANGES);
}

static void one_process_writes_and_others_read(void **state)
{
    const place *p = *state;
    job_store *a = store_open(p), *b = store_open(p);
    job_file *first = file_open_at(p, a);
    put(first, 0);
    job_file *second = file_open_at(p, b);
    assert_true(there(second, JOB_RECORD_RANGE, 1, 0));
    put(second, 1); /* not its turn: nothing is written, nothing is wrong */
    assert_int_equal(job_store_trouble(b)->status, STATUS_OK);
    put(first, 2);
    job_file_close(second);
    job_file_close(first);
    first = file_open_at(p, a);
    assert_true(there(first, JOB_RECORD_RANGE, 1, 0));
    assert_false(there(first, JOB_RECORD_RANGE, 1, 1));
    assert_true(there(first, JOB_RECORD_RANGE, 1, 2));
    job_file_close(first);
    job_store_free(a);
    job_store_free(b);
}

static void a_file_of_another_key_is_not_there(void **state)
{
    static unsigned char bytes[FILE_MAX];
    place p = *(const place *)*state;
    char path[256];
    make(&p);
    path_of(&p, path);
    const size_t size = bytes_of(path, bytes);
    p.key.hex[63] = p.key.hex[63] == '0' ? '1' : '0';
    path_of(&p, path);
    bytes_put(path, bytes, size);
    assert_int_equal(count_there(&p), 0);
}

static void a_folder_that_cannot_be_made_stops_the_keeping_alone(void **state)
{
    place p = *(const place *)*state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/jobs", p.folder);
    bytes_put(path, (const unsigned char *)"x", 1); /* a file where a folder should be */
    job_store *s = store_open(&p);
    job_file *f = file_open_at(&p, s);
    put(f, 0);
    put(f, 1);
    assert_int_equal(job_store_trouble(s)->status, STATUS_ENVIRONMENT);
    assert_false(job_store_writes(s));
    assert_false(there(f, JOB_RECORD_RANGE, 1, 0));
    job_file_close(f);
    job_store_free(s);
}

/* As on a full disk: what does not fit is not there, what was there stays, nothing more is tried.
 */
static void a_write_that_does_not_fit_leaves_the_rest_whole(void **state)
{
    const place *p = *state;
    struct rlimit before, small;
    char path[256];
    struct stat facts;
    make(p);
    path_of(p, path);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = (rlim_t)facts.st_size + 40; /* less than a record */
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    job_store *s = store_open(p);
    job_file *f = file_open_at(p, s);
    put(f, RANGES);
    const status trouble = job_store_trouble(s)->status;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(trouble, STATUS_ENVIRONMENT);
    put(f, RANGES); /* the disk has room again: this run goes on without */
    job_file_close(f);
    job_store_free(s);
    assert_int_equal(count_there(p), RANGES);
    s = store_open(p);
    f = file_open_at(p, s);
    assert_false(there(f, JOB_RECORD_RANGE, 1, RANGES));
    put(f, RANGES);
    job_file_close(f);
    f = file_open_at(p, s);
    assert_true(there(f, JOB_RECORD_RANGE, 1, RANGES));
    job_file_close(f);
    job_store_free(s);
}

static void a_file_on_its_own_is_looked_at(void **state)
{
    static unsigned char bytes[FILE_MAX];
    const place *p = *state;
    char path[256];
    job_file_facts facts;
    error err;
    make(p);
    path_of(p, path);
    assert_int_equal(job_file_look(path, true, &facts, &err), STATUS_OK);
    assert_string_equal(facts.plugin, "fr.lab.essai");
    assert_int_equal(facts.ranges, RANGES);
    assert_false(facts.result);
    assert_false(facts.damaged);
    const size_t size = bytes_of(path, bytes);
    bytes[size - 1] ^= 1;
    bytes_put(path, bytes, size);
    assert_int_equal(job_file_look(path, true, &facts, &err), STATUS_OK);
    assert_true(facts.damaged);
    assert_int_equal(facts.ranges, RANGES - 1);
    assert_true(job_file_is_name(strrchr(path, '/') + 1));
    assert_false(job_file_is_name("aa.job"));
}

/* The same digest wherever the array lies, and whatever the number of threads. */
static void big_arrays_are_digested_in_parts(void **state)
{
    enum { BYTES = (9 << 20) + 17 };
    const place *p = *state;
    unsigned char *a = memory_new(BYTES, 1), *b = memory_new(BYTES, 1);
    sha256_hex one, two;
    error err;
    assert_non_null(a);
    assert_non_null(b);
    for (size_t i = 0; i < BYTES; i++)
        a[i] = b[i] = (unsigned char)(i * 2654435761u >> 13);
    job_store *alone = store_open(p), *many = NULL;
    assert_int_equal(job_store_new(p->folder, true, 4, &many, &err), STATUS_OK);
    assert_int_equal(job_store_digest(alone, a, BYTES, &one, &err), STATUS_OK);
    assert_int_equal(job_store_digest(many, b, BYTES, &two, &err), STATUS_OK);
    assert_string_equal(one.hex, two.hex);
    job_store_free(many);
    b[BYTES - 1] ^= 1;
    assert_int_equal(job_store_digest(alone, b, BYTES, &two, &err), STATUS_OK);
    assert_string_not_equal(one.hex, two.hex);
    job_store_free(alone);
    memory_free(a);
    memory_free(b);
}

static void a_digest_ends_when_the_run_is_stopped(void **state)
{
    enum { BYTES = 9 << 20 };
    atomic_int cancel = 1;
    sha256_hex one;
    error err;
    unsigned char *a = memory_new(BYTES, 1);
    job_store *s = store_open(*state);
    assert_non_null(a);
    job_store_cancel_on(s, &cancel);
    assert_int_equal(job_store_digest(s, a, BYTES, &one, &err), STATUS_INTERRUPTED);
    cancel = 0; /* nothing of it was kept */
    assert_int_equal(job_store_digest(s, a, BYTES, &one, &err), STATUS_OK);
    sha256_hex first = one;
    assert_int_equal(job_store_digest(s, a, BYTES, &one, &err), STATUS_OK);
    assert_string_equal(one.hex, first.hex);
    job_store_free(s);
    memory_free(a);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, place_new, place_drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(what_is_written_is_read),
        IN_PLACE(no_damaged_byte_is_believed),
        IN_PLACE(a_cut_file_keeps_what_is_whole_and_goes_on),
        IN_PLACE(one_process_writes_and_others_read),
        IN_PLACE(a_file_of_another_key_is_not_there),
        IN_PLACE(a_folder_that_cannot_be_made_stops_the_keeping_alone),
        IN_PLACE(a_write_that_does_not_fit_leaves_the_rest_whole),
        IN_PLACE(a_file_on_its_own_is_looked_at),
        IN_PLACE(big_arrays_are_digested_in_parts),
        IN_PLACE(a_digest_ends_when_the_run_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
