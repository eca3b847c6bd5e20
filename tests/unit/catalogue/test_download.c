/* One file, from good servers and bad ones: whole and verified, or nothing under its name; and what
 * was received is not received twice. */
#include "tests/unit/base/support.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "datasets/catalogue/download.h"
#include "tests/http/server.h"

enum { FILE_BYTES = 200000, CUT_AT = 70000 };

typedef struct bench {
    http_server *server;
    char served[256], folder[256];
    char *bytes;
    char digest[65];
} bench;
static bench b;

static int open_bench(void **state)
{
    error err;
    uint64_t seed = 20260302;
    (void)state;
    (void)folder_fresh(b.served);
    b.bytes = malloc(FILE_BYTES + 1);
    assert_non_null(b.bytes);
    for (size_t i = 0; i < FILE_BYTES; i++)
        b.bytes[i] = (char)('a' + next_random(&seed) % 26);
    b.bytes[FILE_BYTES] = '\0';
    write_text(in_folder(b.served, "data.csv"), b.bytes);
    write_text(in_folder(b.served, "fake.zip"), "this is no archive at all");
    (void)snprintf(b.digest, sizeof b.digest, "%s", sha256_of(b.bytes, FILE_BYTES).hex);
    b.server = http_server_start(b.served);
    return download_begin(&err) == STATUS_OK ? 0 : -1;
}

static int close_bench(void **state)
{
    (void)state;
    http_server_stop(b.server);
    download_end();
    folder_clear(b.served);
    free(b.bytes);
    return 0;
}

static int open_folder(void **state)
{
    (void)state;
    (void)folder_fresh(b.folder);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    folder_clear(b.folder);
    return 0;
}

typedef struct trial {
    download_request request;
    download_facts facts;
    error err;
    arena *memory;
    atomic_int cancel;
    char address[512], path[512];
} trial;

static void trial_init(trial *t, const char *how, const char *name)
{
    error err;
    *t = (trial){.request = {.sha256 = "", .page = "", .rules = download_usual_rules}};
    assert_int_equal(arena_new(&t->memory, &err), STATUS_OK);
    (void)snprintf(t->address, sizeof t->address, "%s%s/%s", http_server_base(b.server), how, name);
    (void)snprintf(t->path, sizeof t->path, "%s/%s", b.folder, name);
    atomic_init(&t->cancel, 0);
    t->request.address = t->address;
    t->request.path = t->path;
    t->request.cancel = &t->cancel;
    t->request.rules.first_wait_s = 0.05;
    t->request.rules.longest_wait_s = 0.2;
    t->request.rules.stall_s = 1;
    t->request.rules.attempts = 3;
}

static status get(trial *t)
{
    return download_part(&t->request, t->memory, &t->facts, &t->err);
}

static bool is_there(const char *path, const char *end)
{
    struct stat facts;
    char whole[600];
    (void)snprintf(whole, sizeof whole, "%s%s", path, end);
    return stat(whole, &facts) == 0;
}

static void assert_whole(const trial *t)
{
    char part[600];
    error err;
    sha256_hex digest;
    (void)snprintf(part, sizeof part, "%s.part", t->path);
    assert_int_equal(sha256_of_file(part, &digest, &err), STATUS_OK);
    assert_string_equal(digest.hex, b.digest);
    assert_string_equal(t->facts.sha256, b.digest);
    assert_int_equal(t->facts.bytes, FILE_BYTES);
    assert_false(is_there(t->path, "")); /* its name is given by the caller, at the end */
}

/* Nothing under the final name, and nothing to go on from that would be wrong. */
static void assert_nothing(const trial *t)
{
    assert_false(is_there(t->path, ""));
    assert_false(is_there(t->path, ".part"));
    assert_false(is_there(t->path, ".part.json"));
    assert_true(t->err.fr[0] != '\0' && t->err.en[0] != '\0');
}

static void a_good_server_gives_the_file_in_one_request(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    t.request.sha256 = b.digest;
    t.request.size = FILE_BYTES;
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_int_equal(t.facts.attempts, 1);
    assert_string_equal(t.facts.etag, "\"one\"");
    arena_free(t.memory);
}

static void a_cut_is_gone_on_from_with_a_range(void **state)
{
    trial t;
    (void)state;
    const unsigned ranges = http_server_ranges(b.server);
    trial_init(&t, "/cut/70000", "data.csv");
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_int_equal(t.facts.attempts, 2);
    assert_int_equal(t.facts.resumed_from, CUT_AT);
    assert_int_equal(http_server_ranges(b.server), ranges + 1);
    arena_free(t.memory);
}

/* 70,000 bytes an answer: three answers, though only two failures in a row are allowed. */
static void progress_counts_as_success(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/always-cut/40000", "data.csv");
    t.request.rules.attempts = 2;
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_int_equal(t.facts.attempts, 5);
    arena_free(t.memory);
}

static void another_command_goes_on_where_one_stopped(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/always-cut/70000", "data.csv");
    t.request.rules.attempts = 1;
    assert_int_equal(get(&t), STATUS_BUSY);
    assert_false(is_there(t.path, ""));
    assert_true(is_there(t.path, ".part"));
    arena_free(t.memory);
    trial_init(&t, "/always-cut/70000", "data.csv"); /* as a new process would */
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_int_equal(t.facts.resumed_from, CUT_AT);
    arena_free(t.memory);
}

static void a_date_vouches_for_bytes_as_a_tag_does(void **state)
{
    trial t;
    (void)state;
    char part[600];
    trial_init(&t, "/dated", "data.csv");
    (void)snprintf(part, sizeof part, "%s.part", t.path);
    char *half = strndup(b.bytes, CUT_AT);
    write_text(part, half);
    free(half);
    (void)snprintf(part, sizeof part, "%s.part.json", t.path);
    char companion[1024];
    (void)snprintf(companion, sizeof companion,
                   "{\"address\": \"%s\", \"last_modified\": \"Mon, 02 Mar 2026 08:00:00 GMT\", "
                   "\"total\": %d}",
                   t.address, (int)FILE_BYTES);
    write_text(part, companion);
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_int_equal(t.facts.resumed_from, CUT_AT);
    arena_free(t.memory);
}

/* The bytes of two versions are never mixed. */
static void a_file_renewed_meanwhile_is_fetched_whole(void **state)
{
    trial t;
    char part[600];
    (void)state;
    trial_init(&t, "/renewed/70000", "data.csv");
    assert_int_equal(get(&t), STATUS_OK);
    (void)snprintf(part, sizeof part, "%s.part", t.path);
    file_view f;
    assert_int_equal(file_map(part, &f, &t.err), STATUS_OK);
    assert_int_equal(f.size, FILE_BYTES);
    assert_true(f.at[0] == 'n' && f.at[CUT_AT] == 'n' && f.at[FILE_BYTES - 1] == 'n');
    file_unmap(&f);
    assert_string_equal(t.facts.etag, "\"new\"");
    assert_int_equal(t.facts.resumed_from, 0);
    arena_free(t.memory);
}

static void a_part_of_unknown_origin_is_not_trusted(void **state)
{
    trial t;
    char part[600];
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    (void)snprintf(part, sizeof part, "%s.part", t.path);
    write_text(part, "bytes of something else");
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    arena_free(t.memory);
}

/* A companion that lies: the checksum tells, and the file is fetched again from the start. */
static void a_wrong_part_is_found_out_by_the_checksum(void **state)
{
    trial t;
    char path[600], companion[1024];
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    (void)snprintf(path, sizeof path, "%s.part", t.path);
    write_text(path, "wrong bytes of the right origin");
    (void)snprintf(path, sizeof path, "%s.part.json", t.path);
    (void)snprintf(companion, sizeof companion, "{\"address\": \"%s\", \"etag\": \"\\\"one\\\"\"}",
                   t.address);
    write_text(path, companion);
    t.request.sha256 = b.digest;
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    arena_free(t.memory);
}

static void a_server_without_ranges_sends_all_again(void **state)
{
    trial t;
    char path[600], companion[1024];
    (void)state;
    trial_init(&t, "/no-ranges", "data.csv");
    (void)snprintf(path, sizeof path, "%s.part", t.path);
    write_text(path, "xxxx");
    (void)snprintf(path, sizeof path, "%s.part.json", t.path);
    (void)snprintf(companion, sizeof companion, "{\"address\": \"%s\", \"etag\": \"\\\"one\\\"\"}",
                   t.address);
    write_text(path, companion);
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_int_equal(t.facts.resumed_from, 0);
    arena_free(t.memory);
}

static void a_range_that_was_not_asked_for_is_not_kept(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/wrong-range", "data.csv");
    assert_int_not_equal(get(&t), STATUS_ENVIRONMENT);
    assert_false(is_there(t.path, ""));
    if (t.facts.sha256[0] != '\0')
        assert_string_equal(t.facts.sha256, b.digest);
    arena_free(t.memory);
}

static void a_body_short_of_its_length_is_never_whole(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/short", "data.csv");
    assert_int_equal(get(&t), STATUS_BUSY); /* worth trying again, in a while */
    assert_false(is_there(t.path, ""));
    assert_true(t.facts.attempts >= 3);
    arena_free(t.memory);
}

static void a_wrong_checksum_is_refused_and_not_kept(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    t.request.sha256 = "0000000000000000000000000000000000000000000000000000000000000000";
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_non_null(strstr(t.err.en, b.digest));
    assert_nothing(&t);
    arena_free(t.memory);
}

static void a_wrong_size_is_refused_before_it_is_fetched(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    t.request.size = FILE_BYTES + 1;
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_non_null(strstr(t.err.en, "200000 bytes, not the 200001"));
    assert_nothing(&t);
    arena_free(t.memory);
}

static void a_dead_link_says_where_to_look(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/missing", "data.csv");
    t.request.page = "https://www.insee.fr/fr/information/1";
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_int_equal(t.facts.attempts, 1); /* a 404 is not worth a second try */
    assert_non_null(strstr(t.err.fr, "n’est plus à cette adresse (404)"));
    assert_non_null(strstr(t.err.en, "https://www.insee.fr/fr/information/1"));
    assert_nothing(&t);
    arena_free(t.memory);
}

static void a_refusal_to_programs_says_to_do_it_by_hand(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/forbidden", "data.csv");
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_non_null(strstr(t.err.en, "by hand"));
    assert_nothing(&t);
    arena_free(t.memory);
}

static void a_busy_server_is_asked_again(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/busy/2", "data.csv");
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_int_equal(t.facts.attempts, 3);
    arena_free(t.memory);
    trial_init(&t, "/busy/9", "data.csv");
    part_forget(t.path, true, t.memory);
    assert_int_equal(get(&t), STATUS_BUSY);
    assert_int_equal(t.facts.attempts, 3);
    arena_free(t.memory);
}

static void a_stalled_server_is_given_up(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/stall/70000", "data.csv");
    t.request.rules.attempts = 1;
    const time_t before = time(NULL);
    assert_int_equal(get(&t), STATUS_BUSY);
    assert_true(time(NULL) - before < 20);
    assert_non_null(strstr(t.err.en, "sends nothing any more"));
    assert_true(is_there(t.path, ".part")); /* to go on from */
    arena_free(t.memory);
}

static void a_slow_server_is_borne_with(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/slow", "data.csv");
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    arena_free(t.memory);
}

static void a_page_in_place_of_a_file_is_refused(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/page", "data.csv");
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_non_null(strstr(t.err.en, "web page"));
    assert_nothing(&t);
    arena_free(t.memory);
}

static void a_zip_that_is_none_is_refused(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/plain", "fake.zip");
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_non_null(strstr(t.err.en, ".zip"));
    assert_nothing(&t);
    arena_free(t.memory);
}

static void an_empty_file_is_refused(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/empty", "data.csv");
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_nothing(&t);
    arena_free(t.memory);
}

static void redirects_are_followed_within_reason(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/redirect", "data.csv");
    assert_int_equal(get(&t), STATUS_OK);
    assert_whole(&t);
    assert_non_null(strstr(t.facts.final_address, "/plain/data.csv"));
    arena_free(t.memory);
    trial_init(&t, "/loop", "data.csv");
    part_forget(t.path, true, t.memory);
    const unsigned before = http_server_requests(b.server);
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_non_null(strstr(t.err.en, "redirects"));
    assert_int_equal(http_server_requests(b.server) - before, t.request.rules.redirects + 1);
    assert_nothing(&t);
    arena_free(t.memory);
}

static void a_redirect_to_a_local_file_is_refused(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/to-file", "data.csv");
    assert_int_equal(get(&t), STATUS_INPUT);
    assert_nothing(&t);
    arena_free(t.memory);
}

static void other_protocols_are_refused(void **state)
{
    static const char *const addresses[] = {"ftp://127.0.0.1/data.csv", "file:///etc/passwd",
                                            "gopher://127.0.0.1/1"};
    trial t;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        trial_init(&t, "/plain", "data.csv");
        t.request.address = addresses[i];
        assert_int_equal(get(&t), STATUS_INPUT);
        assert_nothing(&t);
        arena_free(t.memory);
    }
}

static void a_server_that_is_not_there_is_worth_another_try(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    t.request.address = "http://127.0.0.1:1/data.csv";
    assert_int_equal(get(&t), STATUS_BUSY);
    assert_true(t.facts.unreachable);
    assert_nothing(&t);
    arena_free(t.memory);
}

static void a_folder_that_cannot_be_written_is_the_environment(void **state)
{
    trial t;
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    t.request.path = "/nowhere/at/all/data.csv";
    assert_int_equal(get(&t), STATUS_ENVIRONMENT);
    assert_non_null(strstr(t.err.en, "cannot write"));
    arena_free(t.memory);
}

/* A limit on the size of files fails a write as a full disk does. */
static void a_full_disk_is_said_and_leaves_no_half_file(void **state)
{
    trial t;
    struct rlimit before, small;
    (void)state;
    trial_init(&t, "/plain", "data.csv");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 65536;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const status s = get(&t);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, handler);
    assert_int_equal(s, STATUS_ENVIRONMENT);
    assert_false(is_there(t.path, ""));
    assert_int_equal(get(&t), STATUS_OK); /* once there is room again */
    assert_whole(&t);
    arena_free(t.memory);
}

static void *stop_soon(void *context)
{
    const struct timespec wait = {.tv_nsec = 300000000L};
    (void)nanosleep(&wait, NULL);
    atomic_store((atomic_int *)context, 1);
    return NULL;
}

static void a_stop_is_heard_within_a_second(void **state)
{
    static const char *const hows[] = {"/slow", "/stall/100"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        trial t;
        pthread_t thread;
        struct timespec from, to;
        trial_init(&t, hows[i], "data.csv");
        t.request.rules.stall_s = 30;
        assert_int_equal(pthread_create(&thread, NULL, stop_soon, &t.cancel), 0);
        (void)clock_gettime(CLOCK_MONOTONIC, &from);
        assert_int_equal(get(&t), STATUS_INTERRUPTED);
        (void)clock_gettime(CLOCK_MONOTONIC, &to);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_true((double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec) <
                    1.3);
        assert_true(is_there(t.path, ".part"));
        arena_free(t.memory);
        folder_clear(b.folder);
        (void)folder_fresh(b.folder);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_folder, close_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_good_server_gives_the_file_in_one_request),
        TEST(a_cut_is_gone_on_from_with_a_range),
        TEST(progress_counts_as_success),
        TEST(another_command_goes_on_where_one_stopped),
        TEST(a_date_vouches_for_bytes_as_a_tag_does),
        TEST(a_file_renewed_meanwhile_is_fetched_whole),
        TEST(a_part_of_unknown_origin_is_not_trusted),
        TEST(a_wrong_part_is_found_out_by_the_checksum),
        TEST(a_server_without_ranges_sends_all_again),
        TEST(a_range_that_was_not_asked_for_is_not_kept),
        TEST(a_body_short_of_its_length_is_never_whole),
        TEST(a_wrong_checksum_is_refused_and_not_kept),
        TEST(a_wrong_size_is_refused_before_it_is_fetched),
        TEST(a_dead_link_says_where_to_look),
        TEST(a_refusal_to_programs_says_to_do_it_by_hand),
        TEST(a_busy_server_is_asked_again),
        TEST(a_stalled_server_is_given_up),
        TEST(a_slow_server_is_borne_with),
        TEST(a_page_in_place_of_a_file_is_refused),
        TEST(a_zip_that_is_none_is_refused),
        TEST(an_empty_file_is_refused),
        TEST(redirects_are_followed_within_reason),
        TEST(a_redirect_to_a_local_file_is_refused),
        TEST(other_protocols_are_refused),
        TEST(a_server_that_is_not_there_is_worth_another_try),
        TEST(a_folder_that_cannot_be_written_is_the_environment),
        TEST(a_full_disk_is_said_and_leaves_no_half_file),
        TEST(a_stop_is_heard_within_a_second),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
