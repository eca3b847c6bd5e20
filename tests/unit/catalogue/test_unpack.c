/* Archives into folders: what good ones hold, and nothing of dangerous ones. */
#include "tests/unit/base/support.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "datasets/catalogue/unpack_folder.h"

typedef struct member {
    const char *name, *text, *link; /* link: a symbolic one, to there */
} member;

static void archive_make(const char *path, bool seven, const member *members, size_t count)
{
    /* the writer, too, turns names into the thread's encoding */
    const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    const locale_t before = uselocale(utf8);
    struct archive *a = archive_write_new();
    assert_int_equal(seven ? archive_write_set_format_7zip(a) : archive_write_set_format_zip(a),
                     ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *e = archive_entry_new();
        const size_t size = members[i].text != NULL ? strlen(members[i].text) : 0;
        archive_entry_set_pathname_utf8(e, members[i].name);
        archive_entry_set_filetype(e, members[i].link != NULL ? AE_IFLNK : AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, members[i].link != NULL ? 0 : (la_int64_t)size);
        if (members[i].link != NULL)
            archive_entry_set_symlink(e, members[i].link);
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        if (size > 0)
            assert_int_equal(archive_write_data(a, members[i].text, size), size);
        archive_entry_free(e);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    (void)archive_write_free(a);
    (void)uselocale(before);
    freelocale(utf8);
}

typedef struct trial {
    char folder[256];
    unpack_request request;
    unpacked_list list;
    arena *memory;
    error err;
    atomic_int cancel;
} trial;

static void trial_open(trial *t, bool seven, const member *members, size_t count)
{
    error err;
    *t = (trial){.request = {.members = "", .rules = unpack_usual_rules}};
    (void)folder_fresh(t->folder);
    assert_int_equal(arena_new(&t->memory, &err), STATUS_OK);
    atomic_init(&t->cancel, 0);
    t->request.archive = in_folder(t->folder, seven ? "data.7z" : "data.zip");
    t->request.folder = unpack_folder_of(t->request.archive, t->memory);
    t->request.cancel = &t->cancel;
    archive_make(t->request.archive, seven, members, count);
}

static status run(trial *t)
{
    return unpack_into_folder(&t->request, t->memory, &t->list, &t->err);
}

static void trial_close(trial *t)
{
    arena_free(t->memory);
    folder_clear(t->folder);
}

static bool there(const trial *t, const char *name)
{
    struct stat facts;
    return lstat(in_folder(t->folder, name), &facts) == 0;
}

static void both_kinds_are_unpacked_with_their_folders(void **state)
{
    static const member members[] = {{"lisez-moi.txt", "bonjour", NULL},
                                     {"a/b/Données.csv", "code;n\n01004;1\n", NULL},
                                     {"__MACOSX/a", "litter", NULL},
                                     {".DS_Store", "litter", NULL}};
    (void)state;
    for (int seven = 0; seven < 2; seven++) {
        trial t;
        trial_open(&t, seven != 0, members, 4);
        if (run(&t) != STATUS_OK)
            fail_msg("%s", t.err.en);
        assert_int_equal(t.list.count, 2);
        char *text = read_text(in_folder(t.folder, "data/a/b/Données.csv"));
        assert_string_equal(text, "code;n\n01004;1\n");
        assert_string_equal(t.list.first->next->sha256, sha256_of(text, strlen(text)).hex);
        free(text);
        assert_false(there(&t, "data/.DS_Store"));
        trial_close(&t);
    }
}

static void only_the_members_asked_for_are_written(void **state)
{
    static const member members[] = {
        {"meta.csv", "m", NULL}, {"x/COMMUNE.shp", "s", NULL}, {"x/COMMUNE.dbf", "d", NULL}};
    trial t;
    (void)state;
    trial_open(&t, true, members, 3);
    t.request.members = "COMMUNE.*|nothing";
    assert_int_equal(run(&t), STATUS_OK);
    assert_int_equal(t.list.count, 2);
    assert_int_equal(t.list.left, 1);
    assert_true(there(&t, "data/x/COMMUNE.shp"));
    assert_false(there(&t, "data/meta.csv"));
    trial_close(&t);
    trial_open(&t, false, members, 3);
    t.request.members = "*.xlsx";
    assert_int_equal(run(&t), STATUS_INPUT);
    assert_non_null(strstr(t.err.en, "*.xlsx"));
    assert_false(there(&t, "data"));
    trial_close(&t);
}

/* Nothing outside the folder, and nothing inside it either. */
static void dangerous_archives_are_refused_whole(void **state)
{
    static const member cases[] = {{"../escaped.csv", "x", NULL},
                                   {"a/../../escaped.csv", "x", NULL},
                                   {"/tmp/bassin-escaped.csv", "x", NULL},
                                   {"..", "x", NULL},
                                   {"C:/escaped.csv", "x", NULL},
                                   {"a\\..\\escaped.csv", "x", NULL},
                                   {"bell\007.csv", "x", NULL},
                                   {"link", NULL, "/etc/passwd"},
                                   {"good.csv", "twice", NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const member members[] = {{"good.csv", "x", NULL}, cases[i]};
        trial t;
        trial_open(&t, false, members, 2);
        if (run(&t) != STATUS_INPUT)
            fail_msg("case %zu (%s) is not refused", i, cases[i].name);
        assert_non_null(strstr(t.err.en, "refused"));
        assert_false(there(&t, "data"));
        assert_false(there(&t, "escaped.csv"));
        assert_false(there(&t, "../escaped.csv"));
        assert_int_not_equal(access("/tmp/bassin-escaped.csv", F_OK), 0);
        trial_close(&t);
    }
}

static void a_bomb_is_stopped(void **state)
{
    trial t;
    (void)state;
    char *zeros = calloc(1, 1 << 20);
    assert_non_null(zeros);
    memset(zeros, '0', (1 << 20) - 1);
    const member members[] = {{"zeros.csv", zeros, NULL}};
    trial_open(&t, false, members, 1);
    t.request.rules.floor_bytes = 4096;
    assert_int_equal(run(&t), STATUS_INPUT);
    assert_false(there(&t, "data"));
    t.request.rules = unpack_usual_rules;
    t.request.rules.max_bytes = (1 << 20) - 2; /* one byte less than it holds */
    assert_int_equal(run(&t), STATUS_INPUT);
    t.request.rules.max_bytes = (1 << 20) - 1;
    assert_int_equal(run(&t), STATUS_OK);
    free(zeros);
    trial_close(&t);
}

static void too_many_members_are_refused(void **state)
{
    static const member members[] = {{"a", "x", NULL}, {"b", "x", NULL}, {"c", "x", NULL}};
    trial t;
    (void)state;
    trial_open(&t, false, members, 3);
    t.request.rules.max_members = 2;
    assert_int_equal(run(&t), STATUS_INPUT);
    t.request.rules.max_members = 3;
    assert_int_equal(run(&t), STATUS_OK);
    trial_close(&t);
}

static void a_damaged_archive_leaves_the_earlier_folder(void **state)
{
    static const member members[] = {{"a.csv", "the good one", NULL}};
    trial t;
    (void)state;
    trial_open(&t, false, members, 1);
    assert_int_equal(run(&t), STATUS_OK);
    write_text(t.request.archive, "PK\3\4 and nothing more");
    assert_int_equal(run(&t), STATUS_INPUT);
    char *text = read_text(in_folder(t.folder, "data/a.csv"));
    assert_string_equal(text, "the good one");
    free(text);
    /* and a better one takes its place */
    static const member better[] = {{"b.csv", "the better one", NULL}};
    archive_make(t.request.archive, false, better, 1);
    assert_int_equal(run(&t), STATUS_OK);
    assert_false(there(&t, "data/a.csv"));
    assert_true(there(&t, "data/b.csv"));
    trial_close(&t);
}

static void a_stop_leaves_nothing(void **state)
{
    static const member members[] = {{"a.csv", "x", NULL}};
    trial t;
    (void)state;
    trial_open(&t, false, members, 1);
    atomic_store(&t.cancel, 1);
    assert_int_equal(run(&t), STATUS_INTERRUPTED);
    assert_false(there(&t, "data"));
    trial_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_kinds_are_unpacked_with_their_folders),
        cmocka_unit_test(only_the_members_asked_for_are_written),
        cmocka_unit_test(dangerous_archives_are_refused_whole),
        cmocka_unit_test(a_bomb_is_stopped),
        cmocka_unit_test(too_many_members_are_refused),
        cmocka_unit_test(a_damaged_archive_leaves_the_earlier_folder),
        cmocka_unit_test(a_stop_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
