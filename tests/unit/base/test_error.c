/* What a user relies on: exit codes, texts that are safe to print, a list that loses nothing. */
#include "support.h"

#include <errno.h>

#include "base/error.h"
#include "base/memory.h"

static void exit_codes_are_those_of_the_manual(void **state)
{
    (void)state;
    const int expected[][2] = {{STATUS_OK, 0},           {STATUS_INPUT, 1},  {STATUS_PLUGIN, 2},
                               {STATUS_ENVIRONMENT, 3},  {STATUS_USAGE, 64}, {STATUS_BUSY, 75},
                               {STATUS_INTERRUPTED, 130}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(status_exit_code((status)expected[i][0]), expected[i][1]);
}

static void an_error_keeps_both_languages(void **state)
{
    (void)state;
    error err;
    assert_int_equal(error_set(&err, STATUS_BUSY, "occupé %d", "busy %d", 3), STATUS_BUSY);
    assert_string_equal(error_text(&err, LANGUAGE_FR), "occupé 3");
    assert_string_equal(error_text(&err, LANGUAGE_EN), "busy 3");
    error_prefix(&err, "dossier %s", "folder %s", "x");
    assert_string_equal(err.fr, "dossier x\u00a0: occupé 3");
    assert_string_equal(err.en, "folder x: busy 3");
    assert_int_equal(err.status, STATUS_BUSY);
}

static void a_cause_of_the_system_is_told_in_both_languages(void **state)
{
    (void)state;
    error err;
    (void)error_set(&err, STATUS_ENVIRONMENT, "a : %s%.0s", "a: %.0s%s", SYSTEM_CAUSE(ENOSPC));
    assert_string_equal(err.fr, "a : disque plein");
    assert_string_equal(err.en, "a: disk full");
    assert_true(system_cause(EPROTO, LANGUAGE_FR)[0] != '\0');
}

static void a_text_of_the_error_itself_may_be_an_argument(void **state)
{
    (void)state;
    error err;
    (void)error_set(&err, STATUS_INPUT, "un", "one");
    (void)error_set(&err, STATUS_INPUT, "a %s b%.0s", "a%.0s %s b", err.fr, err.en);
    assert_string_equal(err.fr, "a un b");
    assert_string_equal(err.en, "a one b");
}

static void input_bytes_cannot_drive_a_terminal(void **state)
{
    (void)state;
    error err;
    (void)error_set(&err, STATUS_INPUT, "valeur « %s »", "value '%s'", "\033[2J\xff\u202e\n");
    assert_string_equal(err.fr, "valeur « \\u{1B}[2J\\xFF\\u{202E}\\u{A} »");
    assert_int_equal(text_utf8_valid_prefix(err.fr, strlen(err.fr)), strlen(err.fr));
}

static void a_long_text_is_cut_between_characters(void **state)
{
    (void)state;
    char value[4001];
    for (size_t shift = 0; shift < 4; shift++) {
        error err;
        memset(value, 'a', shift);
        for (size_t i = shift; i + 3 < sizeof value; i += 3)
            memcpy(value + i, "…", 4);
        (void)error_set(&err, STATUS_INPUT, "%s", "%s", value);
        size_t size = strlen(err.fr);
        assert_true(size > ERROR_TEXT_BYTES - 16 && size < ERROR_TEXT_BYTES);
        assert_int_equal(text_utf8_valid_prefix(err.fr, size), size);
        for (int i = 0; i < 5; i++)
            error_prefix(&err, "%s", "%s", value);
        assert_int_equal(text_utf8_valid_prefix(err.en, strlen(err.en)), strlen(err.en));
    }
}

static faults *some_faults(void)
{
    faults *list = NULL;
    error err;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    faults_warn(list, source_at("a.csv", 3, 0), "attention %s", "mind %s", "x");
    assert_int_equal(faults_refuse(list, source_at("b.csv", 12, 7), "non %d", "no %d", 5),
                     STATUS_INPUT);
    faults_excerpt(list, "1;2;\x01\n    ^");
    faults_note(list, SOURCE_NONE, "voir", "see");
    return list;
}

static void every_fault_is_kept_in_order_with_its_place(void **state)
{
    (void)state;
    char line[256];
    faults *list = some_faults();
    assert_int_equal(faults_count(list), 3);
    assert_int_equal(faults_status(list), STATUS_INPUT);
    (void)fault_format(faults_at(list, 0), LANGUAGE_FR, line, sizeof line);
    assert_string_equal(line, "a.csv:3: avertissement\u00a0: attention x");
    (void)fault_format(faults_at(list, 1), LANGUAGE_EN, line, sizeof line);
    assert_string_equal(line, "b.csv:12:7: no 5");
    assert_string_equal(faults_at(list, 1)->excerpt, "1;2;\\u{1}\n    ^");
    assert_int_equal(fault_format(faults_at(list, 2), LANGUAGE_EN, line, 5), strlen("note: see"));
    assert_string_equal(line, "note");
    assert_null(faults_at(list, 3));
    faults_free(list);
}

static void the_gravest_status_wins(void **state)
{
    (void)state;
    error err;
    faults *list = some_faults();
    (void)error_set(&err, STATUS_ENVIRONMENT, "disque", "disk");
    assert_int_equal(faults_add_error(list, SOURCE_NONE, &err), STATUS_ENVIRONMENT);
    assert_int_equal(faults_refuse(list, SOURCE_NONE, "a", "b"), STATUS_INPUT);
    assert_int_equal(faults_status(list), STATUS_ENVIRONMENT);
    faults_free(list);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    faults_warn(list, SOURCE_NONE, "a", "b");
    assert_int_equal(faults_status(list), STATUS_OK);
    faults_free(list);
}

static void assert_same_fault(const fault *a, const fault *b)
{
    assert_int_equal(a->severity, b->severity);
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->column, b->column);
    assert_string_equal(a->fr, b->fr);
    assert_string_equal(a->en, b->en);
    assert_int_equal(a->file == NULL, b->file == NULL);
    if (a->file != NULL)
        assert_string_equal(a->file, b->file);
    assert_int_equal(a->excerpt == NULL, b->excerpt == NULL);
    if (a->excerpt != NULL)
        assert_string_equal(a->excerpt, b->excerpt);
}

static void a_list_survives_a_worker_reply(void **state)
{
    (void)state;
    error err;
    void *bytes = NULL;
    size_t size = 0;
    faults *list = some_faults(), *back = NULL;
    assert_int_equal(faults_new(&back, &err), STATUS_OK);
    assert_int_equal(faults_pack(list, &bytes, &size, &err), STATUS_OK);
    assert_int_equal(faults_unpack(back, bytes, size, &err), STATUS_OK);
    faults_append(back, list);
    assert_int_equal(faults_count(back), 6);
    for (size_t i = 0; i < 6; i++)
        assert_same_fault(faults_at(back, i), faults_at(list, i % 3));
    for (size_t cut = 0; cut < size; cut++) { /* a damaged reply is an error, never a crash */
        faults *part = NULL;
        assert_int_equal(faults_new(&part, &err), STATUS_OK);
        assert_int_equal(faults_unpack(part, bytes, cut, &err), STATUS_ENVIRONMENT);
        faults_free(part);
    }
    memory_free(bytes);
    faults_free(back);
    faults_free(list);
}

static void a_very_long_value_is_cut_in_a_fault(void **state)
{
    (void)state;
    error err;
    faults *list = NULL;
    char *value = memory_new(100001, 1);
    assert_non_null(value);
    for (size_t i = 0; i < 100000; i += 2)
        memcpy(value + i, "é", 2);
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    (void)faults_refuse(list, SOURCE_NONE, "a%s", "%s", value);
    const char *fr = faults_at(list, 0)->fr;
    assert_true(strlen(fr) > 4000 && strlen(fr) < 5000);
    assert_null(strstr(fr, "\\x"));
    memory_free(value);
    faults_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exit_codes_are_those_of_the_manual),
        cmocka_unit_test(an_error_keeps_both_languages),
        cmocka_unit_test(a_cause_of_the_system_is_told_in_both_languages),
        cmocka_unit_test(a_text_of_the_error_itself_may_be_an_argument),
        cmocka_unit_test(input_bytes_cannot_drive_a_terminal),
        cmocka_unit_test(a_long_text_is_cut_between_characters),
        cmocka_unit_test(every_fault_is_kept_in_order_with_its_place),
        cmocka_unit_test(the_gravest_status_wins),
        cmocka_unit_test(a_list_survives_a_worker_reply),
        cmocka_unit_test(a_very_long_value_is_cut_in_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
