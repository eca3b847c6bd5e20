/* Every rule of the contract is held by a check that a plugin which breaks it fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/conformance/conformance.h"

static const char *const folder = TEST_PLUGINS "/conform";
static const plugin_search search = {.folders = &folder, .folder_count = 1, .in_process = true};

enum { LINES_MAX = 32 };
typedef struct report {
    status result;
    size_t count;
    conformance_line lines[LINES_MAX];
} report;

static void told(void *context, const conformance_line *line)
{
    report *r = context;
    assert_true(r->count < LINES_MAX);
    r->lines[r->count++] = *line;
}

static void check_with(const plugin_search *where, const char *id, report *r)
{
    arena *memory = NULL;
    faults *list = NULL;
    const loaded_plugin *loaded = NULL;
    size_t count = 0;
    error err = {.status = STATUS_OK};
    const conformance_options options = {.told = told, .context = r};
    *r = (report){.count = 0};
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(plugins_open(where, &id, 1, memory, &loaded, &count, list), STATUS_OK);
    assert_int_equal(count, 1);
    r->result = conformance_run(&loaded[0], &options, &err);
    plugins_close(loaded, count);
    faults_free(list);
    arena_free(memory);
}

static const conformance_line *find_line(const report *r, const char *id)
{
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->lines[i].id, id) == 0)
            return &r->lines[i];
    }
    return NULL;
}

static const conformance_line *line_of(const report *r, const char *id)
{
    const conformance_line *line = find_line(r, id);
    if (line == NULL)
        fail_msg("no check is called %s", id);
    return line;
}

/* The check that finds it, as what, and words of what it says. */
typedef struct expectation {
    const char *plugin, *check;
    verdict verdict;
    status result;
    const char *says;
} expectation;

static void every_fault_is_found(void **state)
{
    static const expectation wanted[] = {
        {"fr.test.unit", "units", VERDICT_BAD, STATUS_INPUT, "declares F64 in 'km'"},
        {"fr.test.range", "runs", VERDICT_FAILED, STATUS_PLUGIN, "outside the declared range"},
        {"fr.test.clock", "again", VERDICT_BAD, STATUS_INPUT, "places.more, row "},
        {"fr.test.order", "shuffled", VERDICT_BAD, STATUS_INPUT, "places.more, row "},
        {"fr.test.block", "block_sizes", VERDICT_BAD, STATUS_INPUT, "with blocks of 1 rows"},
        {"fr.test.repeat", "repeated", VERDICT_BAD, STATUS_INPUT, "places.more, row 0, 99000"},
        {"fr.test.neighbour", "own_rows", VERDICT_BAD, STATUS_INPUT, "rows 0 to 37"},
        {"fr.test.invent", "unknown", VERDICT_BAD, STATUS_INPUT, "no input is known"},
        {"fr.test.optional", "optional", VERDICT_FAILED, STATUS_PLUGIN, "cannot do this"},
        {"fr.test.empty", "empty", VERDICT_FAILED, STATUS_PLUGIN, "there is no place"},
        {"fr.test.single", "one_row", VERDICT_FAILED, STATUS_PLUGIN, "cannot do this"},
        {"fr.test.highest", "parameters", VERDICT_FAILED, STATUS_PLUGIN, "at their highest"},
        {"fr.test.unfilled", "filled", VERDICT_WARNING, STATUS_OK, "places.more has no value"},
    };
    static report r;
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        check_with(&search, wanted[i].plugin, &r);
        const conformance_line *line = line_of(&r, wanted[i].check);
        print_message("%s: %s: %s\n", wanted[i].plugin, line->id, line->why.en);
        assert_int_equal(line->verdict, wanted[i].verdict);
        assert_non_null(strstr(line->why.en, wanted[i].says));
        assert_true(strlen(line->why.fr) > 0);
        assert_int_equal(r.result, wanted[i].result);
    }
}

static void conforms(const plugin_search *where, const char *id)
{
    static report r;
    check_with(where, id, &r);
    for (size_t i = 0; i < r.count; i++) {
        if (r.lines[i].verdict == VERDICT_BAD || r.lines[i].verdict == VERDICT_FAILED)
            print_error("%s: %s: %s\n", id, r.lines[i].id, r.lines[i].why.en);
    }
    assert_int_equal(r.result, STATUS_OK);
    assert_true(r.count >= 14);
}

static void what_is_right_conforms(void **state)
{
    (void)state;
    conforms(&search, "fr.test.none");
    conforms(&search, "fr.test.refuse");
}

/* A plugin that does not run is asked nothing more. */
static void checks_stop_where_nothing_runs(void **state)
{
    static report r;
    (void)state;
    check_with(&search, "fr.test.range", &r);
    assert_int_equal(line_of(&r, "threads")->verdict, VERDICT_SKIPPED);
    assert_int_equal(line_of(&r, "empty")->verdict, VERDICT_SKIPPED);
}

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define ALLOCATIONS_ARE_COUNTED 0
#endif
#endif
#if !defined(ALLOCATIONS_ARE_COUNTED)
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ALLOCATIONS_ARE_COUNTED 0
#else
#define ALLOCATIONS_ARE_COUNTED 1
#endif
#endif

/* Seen where the allocator counts: not under the sanitizers. */
static void memory_that_is_kept_is_seen(void **state)
{
    static report r;
    (void)state;
#if !ALLOCATIONS_ARE_COUNTED
    check_with(&search, "fr.test.none", &r); /* it has no release: nothing is said */
    assert_null(find_line(&r, "release"));
#else
    check_with(&search, "fr.test.leak", &r);
    assert_int_equal(line_of(&r, "release")->verdict, VERDICT_BAD);
    assert_non_null(strstr(line_of(&r, "release")->why.en, "more bytes are held after every run"));
    check_with(&search, "fr.test.none", &r);
    assert_int_equal(line_of(&r, "release")->verdict, VERDICT_GOOD);
#endif
}

static void built_in_plugins_conform(void **state)
{
    static const char *const ids[] = {"supply", "commuting", "catchment", "coverage", "avoided_km"};
    static const plugin_search builtin = {.builtin_folder = BASSIN_BINARY_DIR "/plugins"};
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        conforms(&builtin, ids[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_found),
        cmocka_unit_test(what_is_right_conforms),
        cmocka_unit_test(checks_stop_where_nothing_runs),
        cmocka_unit_test(memory_that_is_kept_is_seen),
        cmocka_unit_test(built_in_plugins_conform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
