#include "tests/golden/run/program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "base/files.h"
#include "base/hash.h"

static void become_program(const char *const *arguments, int out)
{
    char *argv[ARGUMENTS_MAX + 2] = {(char *)(uintptr_t)BASSIN_BINARY_DIR "/bin/bassin"};
    for (size_t i = 0; arguments[i] != NULL && i < ARGUMENTS_MAX; i++) {
        argv[i + 1] = (char *)(uintptr_t)arguments[i];
    }
    (void)setenv("LC_ALL", "en_GB.UTF-8", 1);
    (void)setenv("XDG_CACHE_HOME", BASSIN_BINARY_DIR "/cache", 0); /* nothing in the home */
    (void)setenv(
        "LSAN_OPTIONS",
        "suppressions=" BASSIN_SOURCE_DIR "/tests/golden/run/lsan.supp:print_suppressions=0", 1);
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0) {
        _exit(126);
    }
    (void)execv(argv[0], argv);
    _exit(127);
}

static void drain(int from, said *out)
{
    size_t used = 0;
    for (;;) {
        char lost[4096];
        bool room = used + 1 < sizeof out->text;
        ssize_t got = room ? read(from, out->text + used, sizeof out->text - 1 - used)
                           : read(from, lost, sizeof lost);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        used += room ? (size_t)got : 0;
    }
    out->text[used] = '\0';
}

void program_run(said *out, const char *const *arguments, unsigned signal_after_ms)
{
    int ends[2], how = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        become_program(arguments, ends[1]);
    }
    (void)close(ends[1]);
    if (signal_after_ms > 0) {
        const struct timespec wait = {.tv_sec = signal_after_ms / 1000,
                                      .tv_nsec = (long)(signal_after_ms % 1000) * 1000000L};
        (void)nanosleep(&wait, NULL);
        (void)kill(child, SIGINT);
    }
    drain(ends[0], out);
    (void)close(ends[0]);
    assert_true(waitpid(child, &how, 0) == child);
    out->code = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

void cache_at(const char *folder, const char *name)
{
    char path[256];
    assert_int_equal(setenv("XDG_CACHE_HOME", in_folder(path, folder, name), 1), 0);
}

void folder_new(char path[64])
{
    (void)snprintf(path, 64, "/tmp/bassin-run-XXXXXX");
    assert_non_null(mkdtemp(path));
}

void folder_drop(const char *path)
{
    error err;
    assert_int_equal(folder_remove(path, &err), STATUS_OK);
}

const char *in_folder(char out[256], const char *folder, const char *name)
{
    (void)snprintf(out, 256, "%s/%s", folder, name);
    return out;
}

void file_put(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

void file_copy(const char *from, const char *to)
{
    error err;
    file_view file;
    assert_int_equal(file_map(from, &file, &err), STATUS_OK);
    FILE *out = fopen(to, "w");
    assert_non_null(out);
    assert_true(file.size == 0 || fwrite(file.at, 1, file.size, out) == file.size);
    assert_int_equal(fclose(out), 0);
    file_unmap(&file);
}

bool file_there(const char *path)
{
    return access(path, R_OK) == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void digest_into(text_buffer *all, const char *folder)
{
    struct dirent **list = NULL;
    int count = scandir(folder, &list, NULL, by_name);
    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        const char *name = list[i]->d_name;
        char path[512];
        struct stat facts;
        sha256_hex digest;
        error err;
        (void)snprintf(path, sizeof path, "%s/%s", folder, name);
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
            assert_int_equal(lstat(path, &facts), 0);
            if (S_ISDIR(facts.st_mode)) {
                digest_into(all, path);
            } else {
                assert_int_equal(sha256_of_file(path, &digest, &err), STATUS_OK);
                text_add_format(all, "%s %s\n", digest.hex, name);
            }
        }
        free(list[i]);
    }
    free(list);
}

void tree_digest(char digest[65], const char *folder)
{
    text_buffer all = {0};
    digest_into(&all, folder);
    assert_false(all.failed);
    (void)snprintf(digest, 65, "%s", sha256_of(all.at, all.size).hex);
    text_buffer_clear(&all);
}

bool same_file(const char *a, const char *b)
{
    error err;
    file_view x, y;
    assert_int_equal(file_map(a, &x, &err), STATUS_OK);
    if (file_map(b, &y, &err) != STATUS_OK) {
        file_unmap(&x);
        return false;
    }
    const bool same = x.size == y.size && (x.size == 0 || memcmp(x.at, y.at, x.size) == 0);
    file_unmap(&x);
    file_unmap(&y);
    return same;
}
