/* Finished work taken up by the next run: the same bytes, only what changed computed again. */
#include "tests/golden/resume/lean.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

static int group_new(void **state)
{
    static lean l;
    lean_new(&l, "60");
    *state = &l;
    return 0;
}

static int group_drop(void **state)
{
    lean_drop(*state);
    return 0;
}

/* An empty cache for each test. */
static int fresh(void **state)
{
    static int number;
    char name[32];
    (void)snprintf(name, sizeof name, "cache-%d", number++);
    lean_cache(*state, name);
    return 0;
}

static void run(const lean *l, said *s, char digest[65])
{
    PROGRAM(s, "run", l->run_file, "-o", l->results, "--lang", "en");
    assert_int_equal(s->code, 0);
    tree_digest(digest, l->results);
}

/* Calls for every job file of the cache; returns how many there are. */
static size_t each_job(const lean *l, void (*act)(const char *path))
{
    char folder[300];
    size_t count = 0;
    struct dirent **shelves = NULL, **files = NULL;
    (void)snprintf(folder, sizeof folder, "%s/bassin/jobs", l->cache);
    const int n = scandir(folder, &shelves, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char shelf[600];
        (void)snprintf(shelf, sizeof shelf, "%s/%s", folder, shelves[i]->d_name);
        const int m = shelves[i]->d_name[0] != '.' ? scandir(shelf, &files, NULL, alphasort) : 0;
        for (int k = 0; k < m; k++) {
            char path[1024];
            (void)snprintf(path, sizeof path, "%s/%s", shelf, files[k]->d_name);
            if (files[k]->d_name[0] != '.') {
                count++;
                if (act != NULL)
                    act(path);
            }
            free(files[k]);
        }
        if (m > 0)
            free(files);
        free(shelves[i]);
    }
    if (n >= 0)
        free(shelves);
    return count;
}

static void the_second_run_computes_nothing_and_gives_the_same(void **state)
{
    static said s;
    const lean *l = *state;
    char first[65], second[65];
    run(l, &s, first);
    assert_null(strstr(s.text, "taken from the cache"));
    run(l, &s, second);
    assert_non_null(strstr(s.text, "taken from the cache, not computed again: 5 of 5"));
    assert_string_equal(first, second);
    assert_int_equal(each_job(l, NULL), 5);
}

static void one_parameter_recomputes_what_reads_it(void **state)
{
    static said s;
    const lean *l = *state;
    char digest[65];
    run(l, &s, digest);
    PROGRAM(&s, "run", l->run_file, "-o", l->results, "--json", "--lang", "en", "--param",
            "coverage.standard=15 min");
    assert_int_equal(s.code, 0);
    static const char *const same[] = {"supply", "commuting", "catchment", "avoided_km"};
    for (size_t i = 0; i < 4; i++) {
        char event[128];
        (void)snprintf(event, sizeof event,
                       "{\"event\":\"found\",\"id\":\"%s\",\"mode\":\"\",\"whole\":true", same[i]);
        assert_non_null(strstr(s.text, event));
    }
    assert_null(strstr(s.text, "\"found\",\"id\":\"coverage\""));
    assert_non_null(strstr(s.text, "4 of 5 (supply, commuting, catchment, avoided_km)"));
}

/* The last byte belongs to the result. */
static void damage(const char *path)
{
    struct stat facts;
    unsigned char byte;
    const int fd = open(path, O_RDWR);
    assert_true(fd >= 0 && fstat(fd, &facts) == 0);
    assert_int_equal(pread(fd, &byte, 1, facts.st_size - 1), 1);
    byte ^= 1;
    assert_int_equal(pwrite(fd, &byte, 1, facts.st_size - 1), 1);
    assert_int_equal(close(fd), 0);
}

static void damaged_work_is_done_again(void **state)
{
    static said s;
    const lean *l = *state;
    char first[65], second[65];
    run(l, &s, first);
    assert_int_equal(each_job(l, damage), 5);
    PROGRAM(&s, "cache", "--lang", "en");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "damaged: 1"));
    assert_non_null(strstr(s.text, "never believed"));
    run(l, &s, second);
    assert_null(strstr(s.text, "taken from the cache"));
    assert_non_null(strstr(s.text, "5 damaged pieces"));
    assert_string_equal(first, second);
    run(l, &s, second);
    assert_non_null(strstr(s.text, "5 of 5"));
    assert_null(strstr(s.text, "damaged pieces"));
    assert_string_equal(first, second);
}

static void only_takes_the_others_from_the_cache(void **state)
{
    static said s;
    const lean *l = *state;
    char whole[65], part[65], table[256];
    PROGRAM(&s, "run", l->run_file, "-o", l->results, "--lang", "en", "--only", "coverage");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "--only: left out, because the cache does not have them: "
                                   "supply, commuting, avoided_km"));
    assert_non_null(strstr(s.text, "'bassin run "));
    assert_false(file_there(in_folder(table, l->results, "tables/commuting_modes.csv")));
    run(l, &s, whole);
    assert_non_null(strstr(s.text, "2 of 5 (catchment, coverage)"));
    assert_true(file_there(in_folder(table, l->results, "tables/commuting_modes.csv")));
    PROGRAM(&s, "run", l->run_file, "-o", l->results, "--lang", "en", "--only", "supply");
    assert_int_equal(s.code, 0);
    assert_null(strstr(s.text, "--only"));
    tree_digest(part, l->results);
    assert_string_equal(whole, part);
    PROGRAM(&s, "run", l->run_file, "-o", l->results, "--lang", "en", "--only", "coverage",
            "--param", "coverage.standard=15 min");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "4 of 5 (supply, commuting, catchment, avoided_km)"));
}

static void resume_tells_what_it_found(void **state)
{
    static said s;
    const lean *l = *state;
    char digest[65], none[256];
    PROGRAM(&s, "run", l->run_file, "-o", l->results, "--lang", "en", "--resume");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "nothing to take up"));
    run(l, &s, digest);
    PROGRAM(&s, "run", l->run_file, "-o", l->results, "--lang", "en", "--resume");
    assert_non_null(strstr(s.text, "avoided_km: found finished"));
    lean_put(l->run_file, in_folder(none, l->folder, "data/none.yaml"), "seed: 1",
             "seed: 1\ncache: no");
    PROGRAM(&s, "run", none, "-o", l->results, "--lang", "en", "--resume");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "this run keeps nothing (cache: no"));
    PROGRAM(&s, "run", none, "-o", l->results, "--lang", "fr", "--resume");
    assert_int_equal(s.code, 1);
    assert_non_null(strstr(s.text, "cette exécution ne garde rien"));
}

static void a_check_writes_nothing(void **state)
{
    static said s;
    const lean *l = *state;
    PROGRAM(&s, "check", l->run_file);
    assert_int_equal(s.code, 0);
    assert_false(file_there(l->cache));
}

static void a_cache_that_cannot_be_written_stops_no_run(void **state)
{
    static said s;
    lean *l = *state;
    char wanted[65], digest[65], block[256];
    run(l, &s, wanted);
    file_put(in_folder(block, l->folder, "file"), "x");
    lean_cache(l, "file/below");
    run(l, &s, digest);
    assert_string_equal(digest, wanted);
    const char *told = strstr(s.text, "the cache cannot be written any more");
    assert_non_null(told);
    assert_null(strstr(told + 1, "the cache cannot be written any more")); /* once */
}

static void make_old(const char *path)
{
    const struct timespec then = {.tv_sec = time(NULL) - 40 * 86400};
    const struct timespec both[2] = {then, then};
    assert_int_equal(utimensat(AT_FDCWD, path, both, 0), 0);
}

static char held_path[1024];
static void remember(const char *path)
{
    (void)snprintf(held_path, sizeof held_path, "%s", path);
}

static void prune_removes_what_is_old_and_its_own(void **state)
{
    static said s;
    const lean *l = *state;
    char digest[65], mine[300];
    run(l, &s, digest);
    (void)snprintf(mine, sizeof mine, "%s/bassin/jobs/notes.txt", l->cache);
    file_put(mine, "mine");
    PROGRAM(&s, "cache", "prune", "--lang", "en");
    assert_int_equal(s.code, 0);
    assert_non_null(strstr(s.text, "Removed: 0"));
    assert_int_equal(each_job(l, make_old), 5);
    run(l, &s, digest); /* used today */
    PROGRAM(&s, "cache", "prune", "--lang", "en");
    assert_non_null(strstr(s.text, "Removed: 0"));
    assert_int_equal(each_job(l, make_old), 5);
    (void)each_job(l, remember);
    const int fd = open(held_path, O_RDONLY);
    assert_true(fd >= 0 && flock(fd, LOCK_EX) == 0);
    PROGRAM(&s, "cache", "prune", "--keep", "41d", "--lang", "en");
    assert_non_null(strstr(s.text, "Removed: 0"));
    PROGRAM(&s, "cache", "prune", "--lang", "en");
    assert_non_null(strstr(s.text, "Removed: 4"));
    assert_non_null(strstr(s.text, "Left, because a run is writing them: 1"));
    assert_int_equal(close(fd), 0);
    PROGRAM(&s, "cache", "prune", "--max-size", "1KiB", "--lang", "fr");
    assert_non_null(strstr(s.text, "Enlevés : 1"));
    assert_int_equal(each_job(l, NULL), 0);
    assert_true(file_there(mine));
    PROGRAM(&s, "cache", "prune", "--keep", "soon", "--lang", "en");
    assert_int_equal(s.code, 64);
    PROGRAM(&s, "cache", "--all", "--lang", "en");
    assert_int_equal(s.code, 64);
}

#define FRESH(test) cmocka_unit_test_setup(test, fresh)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(the_second_run_computes_nothing_and_gives_the_same),
        FRESH(one_parameter_recomputes_what_reads_it),
        FRESH(damaged_work_is_done_again),
        FRESH(only_takes_the_others_from_the_cache),
        FRESH(resume_tells_what_it_found),
        FRESH(a_check_writes_nothing),
        FRESH(a_cache_that_cannot_be_written_stops_no_run),
        FRESH(prune_removes_what_is_old_and_its_own),
    };
    return cmocka_run_group_tests(tests, group_new, group_drop);
}
