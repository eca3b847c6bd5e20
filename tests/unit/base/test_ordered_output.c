/* Files written in pieces are complete or absent; texts given in any order leave in theirs. */
#include "support.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/blocks.h"
#include "base/memory.h"
#include "base/ordered_output.h"

static size_t files_in(const char *folder)
{
    size_t count = 0;
    DIR *list = opendir(folder);
    assert_non_null(list);
    for (const struct dirent *e; (e = readdir(list)) != NULL;)
        count += e->d_name[0] != '.';
    assert_int_equal(closedir(list), 0);
    return count;
}

static void assert_holds(const char *path, const char *text)
{
    char *read = read_text(path);
    assert_non_null(read);
    assert_string_equal(read, text);
    memory_free(read);
}

/* --- a stream --- */

static void a_published_file_replaces_the_earlier_one(void **state)
{
    (void)state;
    char folder[256];
    error err;
    file_stream *f = NULL;
    const char *path = in_folder(folder_fresh(folder), "out.csv");
    write_text(path, "old");
    assert_int_equal(file_stream_open(&f, path, &err), STATUS_OK);
    assert_int_equal(file_stream_write(f, "ab", 2, &err), STATUS_OK);
    assert_int_equal(file_stream_write(f, "c", 1, &err), STATUS_OK);
    assert_holds(path, "old");
    assert_int_equal(file_stream_publish(f, &err), STATUS_OK);
    assert_int_equal(file_stream_size(f), 3);
    file_stream_free(f);
    assert_holds(path, "abc");
    assert_int_equal(files_in(folder), 1);
    folder_clear(folder);
}

static void an_unpublished_file_leaves_nothing(void **state)
{
    (void)state;
    char folder[256];
    error err;
    file_stream *f = NULL;
    const char *path = in_folder(folder_fresh(folder), "out.csv");
    assert_int_equal(file_stream_open(&f, path, &err), STATUS_OK);
    assert_int_equal(file_stream_write(f, "abc", 3, &err), STATUS_OK);
    file_stream_free(f);
    assert_int_equal(files_in(folder), 0);
    folder_clear(folder);
}

static void what_cannot_be_written_is_refused_before_the_work(void **state)
{
    (void)state;
    char folder[256];
    error err;
    file_stream *f = NULL;
    folder_fresh(folder);
    assert_int_equal(file_stream_open(&f, folder, &err), STATUS_ENVIRONMENT);
    assert_null(f);
    assert_non_null(strstr(err.en, folder));
    assert_int_equal(file_stream_open(&f, in_folder(folder, "none/out.csv"), &err),
                     STATUS_ENVIRONMENT);
    folder_clear(folder);
}

static void a_device_is_written_where_it_stands(void **state)
{
    (void)state;
    error err;
    file_stream *f = NULL;
    struct stat facts;
    assert_int_equal(file_stream_open(&f, "/dev/full", &err), STATUS_OK);
    assert_int_equal(file_stream_write(f, "abc", 3, &err), STATUS_ENVIRONMENT);
    assert_non_null(strstr(err.en, "/dev/full"));
    file_stream_free(f);
    assert_int_equal(file_stream_open(&f, "/dev/null", &err), STATUS_OK);
    assert_int_equal(file_stream_write(f, "abc", 3, &err), STATUS_OK);
    assert_int_equal(file_stream_publish(f, &err), STATUS_OK);
    file_stream_free(f);
    assert_int_equal(stat("/dev/null", &facts), 0);
    assert_true(S_ISCHR(facts.st_mode));
}

/* --- in order --- */

enum { PARTS = 300, TEXT_MAX = 16 };

static char *part_text(size_t part, size_t *size)
{
    char *text = memory_new(TEXT_MAX, 1);
    assert_non_null(text);
    *size = part % 7 == 3 ? 0 : (size_t)snprintf(text, TEXT_MAX, "part %zu\n", part);
    return text;
}

static char *expected_text(void)
{
    char *all = memory_new(PARTS, TEXT_MAX);
    assert_non_null(all);
    for (size_t i = 0, at = 0, size = 0; i < PARTS; i++, at += size) {
        char *text = part_text(i, &size);
        memcpy(all + at, text, size);
        memory_free(text);
    }
    return all;
}

static void shuffle(size_t *order, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i-- > 1;) {
        size_t j = (size_t)(next_random(&seed) % (i + 1)), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

typedef struct giving {
    ordered_output *output;
    const size_t *order;
} giving;

static status give(void *context, block b, error *err)
{
    const giving *g = context;
    status result = STATUS_OK;
    for (size_t i = b.begin; i < b.end && result == STATUS_OK; i++) {
        size_t size = 0;
        char *text = part_text(g->order[i], &size);
        result = ordered_output_put(g->output, g->order[i], 1, text, size, err);
    }
    return result;
}

/* Whatever the order, the memory allowed (none: all but the next one waits on the disk) and the
 * threads. */
static void texts_leave_in_their_order(void **state)
{
    (void)state;
    static const size_t memories[] = {0, 100, 1 << 20};
    char folder[256];
    error err;
    size_t order[PARTS];
    char *expected = expected_text();
    const char *path = in_folder(folder_fresh(folder), "out.txt");
    for (size_t run = 0; run < 24; run++) {
        file_stream *f = NULL;
        ordered_output *o = NULL;
        shuffle(order, PARTS, run + 1);
        assert_int_equal(file_stream_open(&f, path, &err), STATUS_OK);
        assert_int_equal(ordered_output_new(&o, f, path, PARTS, memories[run % 3], &err),
                         STATUS_OK);
        giving g = {.output = o, .order = order};
        assert_int_equal(blocks_run(PARTS, 5, (int)(run / 3 % 4) + 1, NULL, give, &g, &err),
                         STATUS_OK);
        assert_int_equal(ordered_output_finish(o, &err), STATUS_OK);
        ordered_output_free(o);
        assert_int_equal(file_stream_publish(f, &err), STATUS_OK);
        file_stream_free(f);
        assert_holds(path, expected);
    }
    assert_int_equal(files_in(folder), 1);
    memory_free(expected);
    folder_clear(folder);
}

static void parts_given_together_or_never(void **state)
{
    (void)state;
    char folder[256];
    error err;
    size_t size = 0;
    file_stream *f = NULL;
    ordered_output *o = NULL;
    const char *path = in_folder(folder_fresh(folder), "out.txt");
    assert_int_equal(file_stream_open(&f, path, &err), STATUS_OK);
    assert_int_equal(ordered_output_new(&o, f, path, 9, 1 << 20, &err), STATUS_OK);
    assert_int_equal(ordered_output_put(o, 6, 2, part_text(6, &size), 7, &err), STATUS_OK);
    assert_int_equal(ordered_output_put(o, 0, 4, part_text(1, &size), 7, &err), STATUS_OK);
    assert_int_equal(file_stream_size(f), 7);
    assert_int_equal(ordered_output_finish(o, &err), STATUS_OK);
    ordered_output_free(o);
    assert_int_equal(file_stream_publish(f, &err), STATUS_OK);
    file_stream_free(f);
    assert_holds(path, "part 1\npart 6\n");
    folder_clear(folder);
}

/* A full disk: whoever comes after the one that met it tells the same cause. */
static void the_first_failure_is_told_by_all(void **state)
{
    (void)state;
    error err;
    size_t size = 0;
    file_stream *f = NULL;
    ordered_output *o = NULL;
    assert_int_equal(file_stream_open(&f, "/dev/full", &err), STATUS_OK);
    assert_int_equal(ordered_output_new(&o, f, "/dev/full", 3, 1 << 20, &err), STATUS_OK);
    assert_int_equal(ordered_output_put(o, 2, 1, part_text(2, &size), 7, &err), STATUS_OK);
    assert_int_equal(ordered_output_put(o, 0, 1, part_text(0, &size), 7, &err), STATUS_ENVIRONMENT);
    err = (error){0};
    assert_int_equal(ordered_output_put(o, 1, 1, part_text(1, &size), 7, &err), STATUS_ENVIRONMENT);
    assert_non_null(strstr(err.en, "/dev/full"));
    err = (error){0};
    assert_int_equal(ordered_output_finish(o, &err), STATUS_ENVIRONMENT); /* part 2 still waits */
    assert_non_null(strstr(err.en, "/dev/full"));
    ordered_output_free(o);
    file_stream_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_published_file_replaces_the_earlier_one),
        cmocka_unit_test(an_unpublished_file_leaves_nothing),
        cmocka_unit_test(what_cannot_be_written_is_refused_before_the_work),
        cmocka_unit_test(a_device_is_written_where_it_stands),
        cmocka_unit_test(texts_leave_in_their_order),
        cmocka_unit_test(parts_given_together_or_never),
        cmocka_unit_test(the_first_failure_is_told_by_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
