/* Which files are ever opened, and which are refused with a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "base/hash.h"
#include "engine/plugin/descriptor_wire.h"
#include "engine/plugin/plugin_describe.h"
#include "engine/plugin/plugin_open.h"
#include "engine/apart/plugin_worker.h"

static const char *const foreign_folder = TEST_PLUGINS "/foreign";
static const plugin_search search = {
    .builtin_folder = TEST_PLUGINS "/builtin", .folders = &foreign_folder, .folder_count = 1};
/* Started by main before any thread. */
static zygote *workers;

static const plugin_search broken = {.builtin_folder = TEST_PLUGINS "/broken"};

typedef struct opened {
    arena *memory;
    faults *list;
    const loaded_plugin *loaded;
    size_t count;
    status s;
} opened;

static opened open_all(const plugin_search *where, const char *const *wanted, size_t count)
{
    opened o = {.memory = NULL};
    error err;
    assert_int_equal(arena_new(&o.memory, &err), STATUS_OK);
    assert_int_equal(faults_new(&o.list, &err), STATUS_OK);
    o.s = plugins_open(where, wanted, count, o.memory, &o.loaded, &o.count, o.list);
    return o;
}

static void close_all(opened *o)
{
    plugins_close(o->loaded, o->count);
    faults_free(o->list);
    arena_free(o->memory);
}

static bool says(const opened *o, const char *text)
{
    for (size_t i = 0; i < faults_count(o->list); i++) {
        if (strstr(faults_at(o->list, i)->en, text) != NULL)
            return true;
    }
    return false;
}

static void an_id_opens_the_file_of_its_name(void **state)
{
    static const char *const wanted[] = {"follower", "reach"};
    (void)state;
    opened o = open_all(&search, wanted, 2);
    assert_int_equal(o.s, STATUS_OK);
    assert_int_equal(o.count, 2);
    assert_string_equal(o.loaded[1].plugin->id, "reach");
    assert_true(o.loaded[1].kind == PLUGIN_BUILT_IN);
    assert_int_equal(strlen(o.loaded[1].sha256), 64);
    assert_int_equal(faults_count(o.list), 0);
    close_all(&o);
}

static void without_a_list_everything_is_opened(void **state)
{
    (void)state;
    opened o = open_all(&search, NULL, 0);
    assert_int_equal(o.s, STATUS_OK);
    assert_int_equal(o.count, 5);
    assert_string_equal(o.loaded[0].plugin->id,
                        "follower"); /* built-in ones by name, then foreign */
    assert_string_equal(o.loaded[4].plugin->id, "fr.test.foreign");
    close_all(&o);
}

static void a_foreign_plugin_opens_with_a_warning(void **state)
{
    static const char *const wanted[] = {"fr.test.foreign"};
    static const char *const by_file[] = {"fr.test.foreign.so"};
    (void)state;
    opened o = open_all(&search, wanted, 1);
    assert_int_equal(o.s, STATUS_OK);
    assert_false(o.loaded[0].kind == PLUGIN_BUILT_IN);
    assert_true(says(&o, "runs without isolation"));
    close_all(&o);
    o = open_all(&search, by_file, 1);
    assert_int_equal(o.s, STATUS_OK);
    assert_int_equal(o.count, 1);
    close_all(&o);
}

/* The searches of a program that has workers. */
static plugin_search apart_in(const char *const *folder)
{
    return (plugin_search){.folders = folder, .folder_count = 1, .workers = workers};
}

static void a_foreign_plugin_is_described_in_a_worker(void **state)
{
    static const char *const folder = TEST_PLUGINS "/builtin";
    static const char *const wanted[] = {"reach", "modes", "follower"};
    const plugin_search where = apart_in(&folder);
    (void)state;
    opened apart = open_all(&where, wanted, 3), here = open_all(&search, wanted, 3);
    assert_int_equal(apart.s, STATUS_OK);
    assert_int_equal(apart.count, 3);
    assert_int_equal(faults_count(apart.list), 0);
    for (size_t i = 0; i < 3; i++) {
        pack_writer a = {.at = NULL}, b = {.at = NULL};
        assert_true(apart.loaded[i].kind == PLUGIN_LIBRARY && apart.loaded[i].handle == NULL);
        descriptor_pack(&a, apart.loaded[i].plugin);
        descriptor_pack(&b, here.loaded[i].plugin);
        assert_int_equal(a.size, b.size);
        assert_memory_equal(a.at, b.at, a.size);
        assert_string_equal(apart.loaded[i].sha256, here.loaded[i].sha256);
        pack_writer_clear(&a);
        pack_writer_clear(&b);
    }
    close_all(&here);
    close_all(&apart);
}

static void broken_ones_are_refused_in_a_worker_too(void **state)
{
    static const char *const folder = TEST_PLUGINS "/broken";
    static const char *const wanted[] = {"major2", "no_symbol"};
    const plugin_search where = apart_in(&folder);
    (void)state;
    opened o = open_all(&where, wanted, 2);
    assert_int_equal(o.s, STATUS_INPUT);
    assert_true(says(&o, "plugin major2.so speaks ABI 2.0, this bassin speaks ABI 1.2"));
    assert_true(says(&o, "no_symbol.so' is not a bassin plugin: it does not export"));
    close_all(&o);
}

static void copy_file(const char *from, const char *to);

/* What was digested is what runs, whatever becomes of the file. */
static void a_file_that_changes_later_does_not_count(void **state)
{
    char folder[] = "/tmp/bassin-plugins-XXXXXX", file[64];
    const char *const at = folder;
    static const char *const wanted[] = {"fr.test.foreign"};
    const plugin_search where = apart_in(&at);
    file_view now;
    error err;
    bassin_plugin *again = NULL;
    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(file, sizeof file, "%s/fr.test.foreign.so", folder);
    copy_file(TEST_PLUGINS "/foreign/fr.test.foreign.so", file);
    opened o = open_all(&where, wanted, 1);
    assert_int_equal(o.s, STATUS_OK);
    FILE *in_place = fopen(file, "r+e");
    assert_non_null(in_place);
    assert_int_equal(fputs("not a library any more", in_place) >= 0, 1);
    assert_int_equal(fclose(in_place), 0);
    assert_int_equal(plugin_describe(workers, file, o.loaded[0].file, o.memory, &again, &err),
                     STATUS_OK);
    assert_string_equal(again->id, "fr.test.foreign");
    assert_int_equal(file_map(file, &now, &err), STATUS_OK);
    assert_string_not_equal(sha256_of(now.at, now.size).hex, o.loaded[0].sha256);
    file_unmap(&now);
    close_all(&o);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void a_file_outside_the_listed_folders_is_never_opened(void **state)
{
    static const char *const wanted[] = {TEST_PLUGINS "/broken/no_symbol.so"};
    (void)state;
    opened o = open_all(&search, wanted, 1);
    assert_int_equal(o.s, STATUS_INPUT);
    assert_true(says(&o, "in no folder of BASSIN_PLUGIN_PATH"));
    close_all(&o);
}

static void an_unknown_id_has_a_suggestion(void **state)
{
    static const char *const wanted[] = {"folower", "nothing_like_it"};
    (void)state;
    opened o = open_all(&search, wanted, 2);
    assert_int_equal(o.s, STATUS_INPUT);
    assert_true(says(&o, "did you mean 'follower'"));
    assert_true(says(&o, "'nothing_like_it' not found"));
    close_all(&o);
}

static void broken_ones_are_refused_all_at_once(void **state)
{
    static const char *const wanted[] = {"major2", "no_symbol", "misnamed"};
    (void)state;
    opened o = open_all(&broken, wanted, 3);
    assert_int_equal(o.s, STATUS_INPUT);
    assert_int_equal(o.count, 0);
    assert_true(says(&o, "plugin major2 speaks ABI 2.0, this bassin speaks ABI 1.2: the first "
                         "number must be the same"));
    assert_true(says(&o, "does not export 'bassin_plugin_main'"));
    assert_true(says(&o, "rename it another.so"));
    close_all(&o);
}

static void copy_file(const char *from, const char *to)
{
    file_view view;
    error err;
    assert_int_equal(file_map(from, &view, &err), STATUS_OK);
    assert_int_equal(file_write_atomic(to, view.at, view.size, &err), STATUS_OK);
    file_unmap(&view);
}

static void what_others_can_write_is_refused(void **state)
{
    char folder[] = "/tmp/bassin-plugins-XXXXXX", file[64];
    static const char *const wanted[] = {"follower"};
    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(file, sizeof file, "%s/follower.so", folder);
    copy_file(TEST_PLUGINS "/builtin/follower.so", file);
    const plugin_search here = {.builtin_folder = folder};
    static const struct {
        mode_t folder, file;
        const char *says;
    } cases[] = {{0755, 0644, NULL},
                 {0775, 0644, "the plugin folder"},
                 {0757, 0644, "the plugin folder"},
                 {0755, 0664, "can be written by others"},
                 {0755, 0646, "can be written by others"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(chmod(file, cases[i].file), 0);
        assert_int_equal(chmod(folder, cases[i].folder), 0);
        opened o = open_all(&here, wanted, 1);
        assert_int_equal(o.s, cases[i].says == NULL ? STATUS_OK : STATUS_INPUT);
        assert_true(cases[i].says == NULL || says(&o, cases[i].says));
        close_all(&o);
    }
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* One byte of a colleague's can become another: shown by whoever may give files away. */
static void what_another_user_owns_is_refused(void **state)
{
    enum { NOBODY = 65534 };
    char folder[] = "/tmp/bassin-plugins-XXXXXX", file[64];
    static const char *const wanted[] = {"follower"};
    (void)state;
    if (geteuid() != 0)
        skip();
    assert_non_null(mkdtemp(folder));
    (void)snprintf(file, sizeof file, "%s/follower.so", folder);
    copy_file(TEST_PLUGINS "/builtin/follower.so", file);
    assert_int_equal(chmod(folder, 0755), 0);
    const plugin_search here = {.builtin_folder = folder};
    static const struct {
        uid_t folder, file;
        const char *says;
    } cases[] = {{0, 0, NULL},
                 {NOBODY, 0, "the plugin folder"},
                 {0, NOBODY, "belongs to another user (uid 65534)"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(chown(file, cases[i].file, 0), 0);
        assert_int_equal(chown(folder, cases[i].folder, 0), 0);
        opened o = open_all(&here, wanted, 1);
        assert_int_equal(o.s, cases[i].says == NULL ? STATUS_OK : STATUS_INPUT);
        assert_true(cases[i].says == NULL || says(&o, cases[i].says));
        close_all(&o);
    }
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_opens_the_file_of_its_name),
        cmocka_unit_test(without_a_list_everything_is_opened),
        cmocka_unit_test(a_foreign_plugin_opens_with_a_warning),
        cmocka_unit_test(a_foreign_plugin_is_described_in_a_worker),
        cmocka_unit_test(broken_ones_are_refused_in_a_worker_too),
        cmocka_unit_test(a_file_that_changes_later_does_not_count),
        cmocka_unit_test(a_file_outside_the_listed_folders_is_never_opened),
        cmocka_unit_test(an_unknown_id_has_a_suggestion),
        cmocka_unit_test(broken_ones_are_refused_all_at_once),
        cmocka_unit_test(what_others_can_write_is_refused),
        cmocka_unit_test(what_another_user_owns_is_refused),
    };
    error err;
    if (zygote_start(&workers, &plugin_worker_job, 1, false, &err) != STATUS_OK)
        return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    zygote_stop(workers);
    return failed;
}
