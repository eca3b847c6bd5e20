/* Reading whole files, writing them atomically, and results that are complete or absent. */
#include "support.h"

#include <errno.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"

/* A file system without RENAME_EXCHANGE, at will: this definition stands in for the library's. */
static bool exchange_unsupported;

__attribute__((visibility("default"))) int renameat2(int from, const char *old, int to,
                                                     const char *fresh, unsigned int flags)
{
    if (exchange_unsupported) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_renameat2, from, old, to, fresh, flags);
}

static void a_file_is_mapped_whole(void **state)
{
    (void)state;
    char folder[256];
    file_view f;
    error err;
    sha256_hex digest;
    const char *path = in_folder(folder_fresh(folder), "a");
    write_text(path, "abc");
    assert_int_equal(file_map(path, &f, &err), STATUS_OK);
    assert_int_equal(f.size, 3);
    assert_memory_equal(f.at, "abc", 3);
    file_unmap(&f);
    file_unmap(&f);
    assert_int_equal(sha256_of_file(path, &digest, &err), STATUS_OK);
    assert_string_equal(digest.hex, sha256_of("abc", 3).hex);
    write_text(path, "");
    assert_int_equal(file_map(path, &f, &err), STATUS_OK);
    assert_null(f.at);
    assert_int_equal(f.size, 0);
    folder_clear(folder);
}

static void only_local_regular_files_are_opened(void **state)
{
    (void)state;
    char folder[256];
    const char *pipe_path = in_folder(folder_fresh(folder), "pipe");
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    const char *refused[] = {folder,
                             pipe_path,
                             "/dev/null",
                             "/vsicurl/http://x",
                             "https://x/y.csv",
                             "/vsizip/a.zip",
                             in_folder(folder, "absent"),
                             ""};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        file_view f;
        error err;
        assert_int_equal(file_map(refused[i], &f, &err), STATUS_INPUT);
        assert_null(f.at);
    }
    folder_clear(folder);
}

static void a_file_is_replaced_or_left(void **state)
{
    (void)state;
    char folder[256];
    error err;
    const char *path = in_folder(folder_fresh(folder), "a");
    assert_int_equal(file_write_atomic(path, "one", 3, &err), STATUS_OK);
    assert_int_equal(file_write_atomic(path, "two!", 4, &err), STATUS_OK);
    char *text = read_text(path);
    assert_string_equal(text, "two!");
    free(text);
    assert_int_equal(file_write_atomic(in_folder(folder, "no/such"), "x", 1, &err),
                     STATUS_ENVIRONMENT);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left beside */
}

static void folders_come_with_parents_and_go_with_children(void **state)
{
    (void)state;
    char folder[256], outside[256];
    error err;
    folder_fresh(folder);
    folder_fresh(outside);
    write_text(in_folder(outside, "kept"), "x");
    assert_int_equal(folder_make(in_folder(folder, "a//b/c/"), &err), STATUS_OK);
    assert_int_equal(folder_make(in_folder(folder, "a/b"), &err), STATUS_OK);
    write_text(in_folder(folder, "a/b/c/file"), "x");
    assert_int_equal(folder_make(in_folder(folder, "a/b/c/file/d"), &err), STATUS_ENVIRONMENT);
    assert_int_equal(folder_make("", &err), STATUS_INPUT);
    assert_int_equal(symlink(outside, in_folder(folder, "a/link")), 0);
    assert_int_equal(folder_remove(folder, &err), STATUS_OK);
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(access(in_folder(outside, "kept"), F_OK), 0); /* links are not followed */
    assert_int_equal(folder_remove(folder, &err), STATUS_OK);      /* absent: as wanted */
    folder_clear(outside);
}

static size_t entries_of(const char *folder)
{
    size_t count = 0;
    DIR *list = opendir(folder);
    assert_non_null(list);
    for (struct dirent *entry; (entry = readdir(list)) != NULL;)
        count += entry->d_name[0] != '.';
    (void)closedir(list);
    return count;
}

enum { RESULT_FILES = 6 };

/* Every file of one publication says the same generation. */
static void write_generation(const char *folder, int generation)
{
    char text[32], name[32];
    (void)snprintf(text, sizeof text, "%d", generation);
    for (int i = 0; i < RESULT_FILES; i++) {
        (void)snprintf(name, sizeof name, "%d.csv", i);
        write_text(in_folder(folder, name), text);
    }
    write_text(in_folder(folder, "run.json"), text);
}

static status publish(const char *final_path, int generation, error *err)
{
    publication *p = NULL;
    status s = publication_begin(&p, final_path, err);
    if (s == STATUS_OK) {
        write_generation(publication_path(p), generation);
        s = publication_commit(p, err);
    }
    publication_free(p);
    return s;
}

/* -1: absent, -2: mixed or incomplete. */
static int generation_of(const char *folder)
{
    char *manifest = read_text(in_folder(folder, "run.json"));
    if (manifest == NULL)
        return access(folder, F_OK) == 0 ? -2 : -1;
    int generation = -2;
    int64_t number = 0;
    if (text_to_i64(slice(manifest), &number))
        generation = (int)number;
    for (int i = 0; i < RESULT_FILES; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%d.csv", i);
        char *text = read_text(in_folder(folder, name));
        if (text == NULL || strcmp(text, manifest) != 0)
            generation = -2;
        free(text);
    }
    free(manifest);
    return generation;
}

static void results_replace_results_whole(void **state)
{
    (void)state;
    for (int variant = 0; variant < 2; variant++) {
        char folder[256];
        error err;
        exchange_unsupported = variant == 1;
        const char *final_path = in_folder(folder_fresh(folder), "deep/out");
        assert_int_equal(publish(final_path, 1, &err), STATUS_OK);
        assert_int_equal(generation_of(final_path), 1);
        assert_int_equal(publish(in_folder(folder, "deep/out//"), 2, &err), STATUS_OK);
        assert_int_equal(generation_of(final_path), 2);
        assert_int_equal(entries_of(in_folder(folder, "deep")), 1); /* no lock, no staging */
        folder_clear(folder);
    }
    exchange_unsupported = false;
}

static void an_abandoned_publication_changes_nothing(void **state)
{
    (void)state;
    char folder[256];
    error err;
    publication *p = NULL;
    const char *final_path = in_folder(folder_fresh(folder), "out");
    assert_int_equal(publish(final_path, 1, &err), STATUS_OK);
    assert_int_equal(publication_begin(&p, final_path, &err), STATUS_OK);
    write_text(in_folder(publication_path(p), "half"), "x");
    publication_free(p);
    publication_free(NULL);
    assert_int_equal(generation_of(final_path), 1);
    assert_int_equal(entries_of(folder), 1);
    folder_clear(folder);
}

static void a_folder_of_someone_else_is_refused(void **state)
{
    (void)state;
    char folder[256];
    error err;
    publication *p = NULL;
    const char *final_path = in_folder(folder_fresh(folder), "thesis");
    assert_int_equal(mkdir(final_path, 0777), 0);
    write_text(in_folder(final_path, "chapter1"), "years of work");
    assert_int_equal(publication_begin(&p, final_path, &err), STATUS_INPUT);
    assert_null(p);
    write_text(in_folder(folder, "file"), "x");
    assert_int_equal(publication_begin(&p, in_folder(folder, "file"), &err), STATUS_INPUT);
    assert_int_equal(publication_begin(&p, "/", &err), STATUS_INPUT);
    assert_int_equal(publication_begin(&p, "", &err), STATUS_INPUT);
    assert_int_equal(entries_of(folder), 2);
    folder_clear(folder);
}

static void a_folder_that_became_someone_elses_is_kept(void **state)
{
    (void)state;
    char folder[256];
    error err;
    publication *p = NULL;
    const char *final_path = in_folder(folder_fresh(folder), "out");
    assert_int_equal(publication_begin(&p, final_path, &err), STATUS_OK);
    write_generation(publication_path(p), 1);
    assert_int_equal(mkdir(final_path, 0777), 0);
    write_text(in_folder(final_path, "chapter1"), "x");
    assert_int_equal(publication_commit(p, &err), STATUS_INPUT);
    publication_free(p);
    assert_int_equal(access(in_folder(final_path, "chapter1"), F_OK), 0);
    folder_clear(folder);
}

static void an_empty_folder_and_a_link_are_good_places(void **state)
{
    (void)state;
    char folder[256];
    error err;
    const char *target = in_folder(folder_fresh(folder), "target");
    const char *link_path = in_folder(folder, "link");
    assert_int_equal(mkdir(target, 0777), 0);
    assert_int_equal(symlink("target", link_path), 0);
    assert_int_equal(publish(link_path, 3, &err), STATUS_OK);
    assert_int_equal(generation_of(target), 3);
    struct stat facts;
    assert_int_equal(lstat(link_path, &facts), 0);
    assert_true(S_ISLNK(facts.st_mode));
    folder_clear(folder);
}

static void two_runs_cannot_hold_one_folder(void **state)
{
    (void)state;
    char folder[256];
    error err;
    publication *first = NULL, *second = NULL;
    const char *final_path = in_folder(folder_fresh(folder), "out");
    assert_int_equal(publication_begin(&first, final_path, &err), STATUS_OK);
    assert_int_equal(publication_begin(&second, in_folder(folder, "./out/"), &err), STATUS_BUSY);
    assert_int_equal(status_exit_code(err.status), 75);
    publication_free(first);
    assert_int_equal(publication_begin(&second, final_path, &err), STATUS_OK);
    publication_free(second);
    folder_clear(folder);
}

static void leftovers_of_a_killed_run_are_removed_and_nothing_else(void **state)
{
    (void)state;
    char folder[256];
    error err;
    const char *final_path = in_folder(folder_fresh(folder), "out");
    assert_int_equal(folder_make(in_folder(folder, "out.new-0123456789ab/x"), &err), STATUS_OK);
    assert_int_equal(folder_make(in_folder(folder, "out.new-mine"), &err), STATUS_OK);
    assert_int_equal(folder_make(in_folder(folder, "out.new-0123456789abc"), &err), STATUS_OK);
    write_text(in_folder(folder, "out.lock"), "");
    assert_int_equal(publish(final_path, 1, &err), STATUS_OK);
    assert_int_equal(access(in_folder(folder, "out.new-0123456789ab"), F_OK), -1);
    assert_int_equal(entries_of(folder), 3);
    folder_clear(folder);
}

static void results_put_aside_by_a_killed_run_come_back(void **state)
{
    (void)state;
    char folder[256];
    error err;
    publication *p = NULL;
    const char *final_path = in_folder(folder_fresh(folder), "out");
    const char *aside = in_folder(folder, "out.old-0123456789ab");
    assert_int_equal(publish(final_path, 1, &err), STATUS_OK);
    assert_int_equal(rename(final_path, aside), 0); /* killed between the two renames */
    assert_int_equal(publication_begin(&p, final_path, &err), STATUS_OK);
    assert_int_equal(generation_of(final_path), 1);
    publication_free(p);
    folder_clear(folder);
}

static _Noreturn void publish_for_ever(const char *final_path, int generation)
{
    error err;
    for (;; generation++) {
        if (publish(final_path, generation, &err) != STATUS_OK)
            _exit(1);
    }
}

static void a_kill_at_any_moment_leaves_whole_results(void **state)
{
    (void)state;
    char folder[256], final_path[512];
    uint64_t seed = 2024;
    error err;
    (void)snprintf(final_path, sizeof final_path, "%s/out", folder_fresh(folder));
    assert_int_equal(publish(final_path, 0, &err), STATUS_OK);
    for (int round = 1; round <= 30; round++) {
        int before = generation_of(final_path);
        struct timespec moment = {.tv_nsec = (long)(next_random(&seed) % 60) * 1000000 + 200000};
        pid_t pid = fork();
        if (pid == 0)
            publish_for_ever(final_path, before + 1);
        (void)nanosleep(&moment, NULL);
        assert_int_equal(kill(pid, SIGKILL), 0);
        int how = 0;
        assert_int_equal(waitpid(pid, &how, 0), pid);
        assert_true(WIFSIGNALED(how));
        if (generation_of(final_path) < before)
            fail_msg("round %d: generation %d after %d", round, generation_of(final_path), before);
    }
    assert_int_equal(publish(final_path, 1000000, &err), STATUS_OK);
    assert_int_equal(generation_of(final_path), 1000000);
    assert_int_equal(entries_of(folder), 1); /* all leftovers are gone */
    folder_clear(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_mapped_whole),
        cmocka_unit_test(only_local_regular_files_are_opened),
        cmocka_unit_test(a_file_is_replaced_or_left),
        cmocka_unit_test(folders_come_with_parents_and_go_with_children),
        cmocka_unit_test(results_replace_results_whole),
        cmocka_unit_test(an_abandoned_publication_changes_nothing),
        cmocka_unit_test(a_folder_of_someone_else_is_refused),
        cmocka_unit_test(a_folder_that_became_someone_elses_is_kept),
        cmocka_unit_test(an_empty_folder_and_a_link_are_good_places),
        cmocka_unit_test(two_runs_cannot_hold_one_folder),
        cmocka_unit_test(leftovers_of_a_killed_run_are_removed_and_nothing_else),
        cmocka_unit_test(results_put_aside_by_a_killed_run_come_back),
        cmocka_unit_test(a_kill_at_any_moment_leaves_whole_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
