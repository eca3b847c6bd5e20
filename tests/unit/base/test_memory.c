/* Allocation, arenas, and memory shared with workers. */
#include "support.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdio.h>

#include "base/hash.h"
#include "base/memory.h"

ALLOCATIONS_MAY_FAIL

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    error err;
    arena *a = NULL;
    assert_null(memory_new(SIZE_MAX / 2, 4));
    assert_null(memory_resize(NULL, SIZE_MAX / 2, 4));
    assert_int_equal(arena_new(&a, &err), STATUS_OK);
    assert_null(arena_take(a, SIZE_MAX / 2, 4));
    assert_null(arena_take(a, SIZE_MAX, 1));
    assert_non_null(arena_take(a, 1, 1)); /* and it goes on */
    arena_free(a);
    arena_free(NULL);
}

static void memory_is_zeroed_and_never_null_for_zero(void **state)
{
    (void)state;
    unsigned char *p = memory_new(1000, 8);
    assert_non_null(p);
    for (size_t i = 0; i < 8000; i++)
        assert_int_equal(p[i], 0);
    memory_free(p);
    void *none = memory_new(0, 8);
    assert_non_null(none);
    none = memory_resize(none, 0, 8);
    assert_non_null(none);
    memory_free(none);
    memory_free(NULL);
}

static void an_arena_gives_zeroed_aligned_and_separate_pieces(void **state)
{
    (void)state;
    enum { PIECES = 3000 };
    static struct {
        unsigned char *at;
        size_t size;
    } pieces[PIECES];
    uint64_t seed = 5;
    error err;
    arena *a = NULL;
    assert_int_equal(arena_new(&a, &err), STATUS_OK);
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i].size = i % 97 == 0 ? 50000 + i : next_random(&seed) % 200;
        pieces[i].at = arena_take(a, pieces[i].size, 1);
        assert_non_null(pieces[i].at);
        assert_int_equal((uintptr_t)pieces[i].at % 16, 0);
        for (size_t b = 0; b < pieces[i].size; b++)
            assert_int_equal(pieces[i].at[b], 0);
        memset(pieces[i].at, (int)(i % 251) + 1, pieces[i].size);
    }
    for (size_t i = 0; i < PIECES; i++) {
        for (size_t b = 0; b < pieces[i].size; b++)
            assert_int_equal(pieces[i].at[b], i % 251 + 1);
    }
    arena_free(a);
}

static void an_arena_copies_texts(void **state)
{
    (void)state;
    error err;
    arena *a = NULL;
    assert_int_equal(arena_new(&a, &err), STATUS_OK);
    assert_null(arena_text(a, NULL));
    assert_string_equal(arena_text(a, "été"), "été");
    assert_string_equal(arena_text_n(a, "abcdef", 3), "abc");
    assert_string_equal(arena_format(a, "%s/%d", "x", 12), "x/12");
    arena_free(a);
}

static void frozen_memory_keeps_its_address_and_its_bytes(void **state)
{
    (void)state;
    error err;
    shared_memory m;
    assert_int_equal(shared_memory_new(&m, "test", 100000, &err), STATUS_OK);
    assert_true(m.writable);
    const unsigned char *at = m.at;
    memset(m.at, 7, m.size);
    assert_int_equal(shared_memory_freeze(&m, &err), STATUS_OK);
    assert_ptr_equal(m.at, at);
    assert_false(m.writable);
    for (size_t i = 0; i < m.size; i++)
        assert_int_equal(at[i], 7);
    assert_int_equal(pwrite(m.fd, "x", 1, 0), -1);
    assert_int_not_equal(ftruncate(m.fd, 0), 0);
    assert_int_equal(shared_memory_freeze(&m, &err), STATUS_OK); /* again: nothing to do */
    shared_memory_clear(&m);
    shared_memory_clear(&m);
}

static void writing_into_frozen_memory_is_a_fault(void **state)
{
    (void)state;
    error err;
    shared_memory m;
    assert_int_equal(shared_memory_new(&m, "test", 4096, &err), STATUS_OK);
    assert_int_equal(shared_memory_freeze(&m, &err), STATUS_OK);
    pid_t pid = fork();
    if (pid == 0) {
        (void)signal(SIGSEGV, SIG_DFL); /* not the sanitizer's report */
        *(volatile unsigned char *)m.at = 1;
        _exit(0);
    }
    int how = 0;
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGSEGV);
    shared_memory_clear(&m);
}

static void another_process_reads_the_same_bytes(void **state)
{
    (void)state;
    error err;
    shared_memory m, again;
    assert_int_equal(shared_memory_new(&m, "test", 5, &err), STATUS_OK);
    memcpy(m.at, "hello", 5);
    assert_int_equal(shared_memory_freeze(&m, &err), STATUS_OK);
    int copy = dup(m.fd);
    assert_int_equal(shared_memory_open(&again, copy, &err), STATUS_OK);
    assert_int_equal(again.size, 5);
    assert_memory_equal(again.at, "hello", 5);
    shared_memory_clear(&again);
    shared_memory_clear(&m);
}

static void a_descriptor_that_could_shrink_is_refused(void **state)
{
    (void)state;
    error err;
    shared_memory m;
    char path[256];
    folder_fresh(path);
    write_text(in_folder(path, "file"), "text");
    int fd = open(in_folder(path, "file"), O_RDWR | O_CLOEXEC);
    assert_int_equal(shared_memory_open(&m, fd, &err), STATUS_ENVIRONMENT);
    assert_int_equal(close(fd), 0); /* still the caller's */
    int unsealable = memfd_create("foreign", MFD_CLOEXEC);
    assert_int_equal(shared_memory_open(&m, unsealable, &err), STATUS_ENVIRONMENT);
    assert_int_equal(close(unsealable), 0);
    folder_clear(path);
}

static void empty_shared_memory_is_memory_too(void **state)
{
    (void)state;
    error err;
    shared_memory m;
    assert_int_equal(shared_memory_new(&m, "empty", 0, &err), STATUS_OK);
    assert_null(m.at);
    assert_int_equal(shared_memory_freeze(&m, &err), STATUS_OK);
    shared_memory_clear(&m);
    shared_memory zeroed = {0};
    shared_memory_clear(&zeroed); /* closes nobody's descriptor 0 */
    assert_int_not_equal(fcntl(0, F_GETFD), -1);
    assert_int_equal(shared_memory_new(&m, "huge", SIZE_MAX, &err), STATUS_ENVIRONMENT);
}

static void a_hundred_thousand_texts_keep_their_index(void **state)
{
    (void)state;
    enum { TEXTS = 100000 };
    error err;
    interner *t = NULL;
    assert_int_equal(interner_new(&t, &err), STATUS_OK);
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < TEXTS; i++) {
            char key[16];
            uint32_t index = 0;
            int size = snprintf(key, sizeof key, "%05u", i);
            assert_int_equal(interner_add(t, text_slice_of(key, (size_t)size), &index, &err),
                             STATUS_OK);
            assert_int_equal(index, i);
        }
    }
    assert_int_equal(interner_count(t), TEXTS);
    assert_true(text_equal(interner_at(t, 77288), "77288"));
    assert_int_equal(interner_find(t, slice("01004")), 1004);
    assert_int_equal(interner_find(t, slice("2A004")), INTERN_NONE);
    assert_int_equal(interner_find(t, slice("")), INTERN_NONE);
    assert_int_equal(interner_at(t, TEXTS).size, 0);
    interner_free(t);
    interner_free(NULL);
}

static void interned_texts_stay_where_they_are(void **state)
{
    (void)state;
    error err;
    interner *t = NULL;
    uint32_t first = 0, other = 0;
    assert_int_equal(interner_new(&t, &err), STATUS_OK);
    assert_int_equal(interner_add(t, text_slice_of(NULL, 0), &first, &err), STATUS_OK);
    assert_int_equal(interner_add(t, text_slice_of("a\0b", 3), &other, &err), STATUS_OK);
    text_slice kept = interner_at(t, other);
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t index = 0;
        assert_int_equal(interner_add(t, text_slice_of((const char *)&i, 4), &index, &err),
                         STATUS_OK);
    }
    assert_ptr_equal(interner_at(t, other).at, kept.at);
    assert_memory_equal(kept.at, "a\0b", 4);
    assert_int_equal(interner_find(t, text_slice_of("", 0)), first);
    interner_free(t);
}

/* NIST FIPS 180-4 examples. */
static void sha256_gives_the_published_digests(void **state)
{
    (void)state;
    assert_string_equal(sha256_of("abc", 3).hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(sha256_of(NULL, 0).hex,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* Vectors of the XXH64 specification's sanity check: PRIME32 generator, seeds 0 and 2654435761. */
static void hash_bytes_is_xxh64(void **state)
{
    (void)state;
    unsigned char data[222];
    uint64_t generator = 2654435761u;
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (unsigned char)(generator >> 56);
        generator *= UINT64_C(11400714785074694797);
    }
    assert_true(hash_bytes(data, 0, 0) == UINT64_C(0xEF46DB3751D8E999));
    assert_true(hash_bytes(data, 1, 0) == UINT64_C(0xE934A84ADB052768));
    assert_true(hash_bytes(data, 4, 0) == UINT64_C(0x9136A0DCA57457EE));
    assert_true(hash_bytes(data, 14, 0) == UINT64_C(0x8282DCC4994E35C8));
    assert_true(hash_bytes(data, 222, 0) == UINT64_C(0xB641AE8CB691C174));
    assert_true(hash_bytes(data, 222, 2654435761u) == UINT64_C(0x20CB8AB7AE10C14A));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(memory_is_zeroed_and_never_null_for_zero),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_and_separate_pieces),
        cmocka_unit_test(an_arena_copies_texts),
        cmocka_unit_test(frozen_memory_keeps_its_address_and_its_bytes),
        cmocka_unit_test(writing_into_frozen_memory_is_a_fault),
        cmocka_unit_test(another_process_reads_the_same_bytes),
        cmocka_unit_test(a_descriptor_that_could_shrink_is_refused),
        cmocka_unit_test(empty_shared_memory_is_memory_too),
        cmocka_unit_test(a_hundred_thousand_texts_keep_their_index),
        cmocka_unit_test(interned_texts_stay_where_they_are),
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(hash_bytes_is_xxh64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
