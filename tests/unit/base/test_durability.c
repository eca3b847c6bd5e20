/* What reaches the disk before what: a power cut after the swap must find every byte, and a failed
 * fsync is final. The library's fsync and renameat2 are replaced by ones that keep a diary. */
#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/files.h"

enum { DIARY_LINES = 64 };

static char diary[DIARY_LINES][512]; /* "sync <path>" or "swap <path>" */
static size_t diary_count;
static size_t sync_fails_at; /* 1-based; 0: never */
static size_t syncs;

static void note(const char *what, const char *path)
{
    if (diary_count < DIARY_LINES)
        (void)snprintf(diary[diary_count++], sizeof diary[0], "%s %.400s", what, path);
}

__attribute__((visibility("default"))) int fsync(int fd)
{
    char link_path[64], path[400];
    (void)snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link_path, path, sizeof path - 1);
    path[size < 0 ? 0 : size] = '\0';
    if (++syncs == sync_fails_at) {
        errno = EIO;
        return -1;
    }
    note("sync", path);
    return 0;
}

__attribute__((visibility("default"))) int renameat2(int from, const char *old, int to,
                                                     const char *fresh, unsigned int flags)
{
    note("swap", fresh);
    return (int)syscall(SYS_renameat2, from, old, to, fresh, flags);
}

static void start_diary(size_t fails_at)
{
    diary_count = syncs = 0;
    sync_fails_at = fails_at;
}

static size_t line_of(const char *what, const char *path)
{
    char line[512];
    (void)snprintf(line, sizeof line, "%s %.400s", what, path);
    for (size_t i = 0; i < diary_count; i++) {
        if (strcmp(diary[i], line) == 0)
            return i;
    }
    return SIZE_MAX;
}

static void fill(publication *p, const char *text, error *err)
{
    const char *at = publication_path(p);
    assert_int_equal(folder_make(in_folder(at, "maps"), err), STATUS_OK);
    write_text(in_folder(at, "run.json"), text);
    write_text(in_folder(at, "maps/a.svg"), text);
}

static status publish(const char *final_path, const char *text, error *err)
{
    publication *p = NULL;
    status s = publication_begin(&p, final_path, err);
    if (s == STATUS_OK) {
        fill(p, text, err);
        s = publication_commit(p, err);
    }
    publication_free(p);
    return s;
}

static void everything_is_synced_before_the_swap_and_the_parent_after(void **state)
{
    (void)state;
    static const char *const names[] = {"run.json", "maps/a.svg", "maps"};
    char folder[256], staging[512];
    error err;
    publication *p = NULL;
    const char *final_path = in_folder(folder_fresh(folder), "out");
    assert_int_equal(publish(final_path, "1", &err), STATUS_OK);
    start_diary(0);
    assert_int_equal(publication_begin(&p, final_path, &err), STATUS_OK);
    (void)snprintf(staging, sizeof staging, "%s", publication_path(p));
    fill(p, "2", &err);
    assert_int_equal(publication_commit(p, &err), STATUS_OK);
    publication_free(p);
    size_t swap = line_of("swap", final_path);
    assert_true(swap != SIZE_MAX);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(line_of("sync", in_folder(staging, names[i])) < swap);
    assert_true(line_of("sync", staging) < swap);
    size_t parent = line_of("sync", folder);
    assert_true(parent != SIZE_MAX && parent > swap);
    folder_clear(folder);
}

static void a_failed_fsync_is_final_and_the_old_results_stay(void **state)
{
    (void)state;
    char folder[256];
    error err;
    const char *final_path = in_folder(folder_fresh(folder), "out");
    start_diary(0);
    assert_int_equal(publish(final_path, "old", &err), STATUS_OK);
    size_t last = syncs; /* the parent's, after the swap */
    for (size_t n = 1; n <= last; n++) {
        start_diary(n);
        assert_int_equal(publish(final_path, "new", &err), STATUS_ENVIRONMENT);
        char *text = read_text(in_folder(final_path, "run.json"));
        assert_string_equal(text, n < last ? "old" : "new");
        free(text);
    }
    start_diary(1);
    assert_int_equal(file_write_atomic(in_folder(folder, "file"), "x", 1, &err),
                     STATUS_ENVIRONMENT);
    assert_int_equal(access(in_folder(folder, "file"), F_OK), -1);
    start_diary(0);
    folder_clear(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_synced_before_the_swap_and_the_parent_after),
        cmocka_unit_test(a_failed_fsync_is_final_and_the_old_results_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
