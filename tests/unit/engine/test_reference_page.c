/* The pages of docs/ are what the program prints, and the schema is JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/files.h"
#include "engine/scenario/scenario.h"

static void check_page(const char *path, language lang)
{
    error err;
    file_view file;
    text_buffer page = {0};
    scenario_reference_page(&page, lang);
    assert_false(page.failed);
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    assert_int_equal(file.size, page.size);
    assert_memory_equal(file.at, page.at, page.size);
    file_unmap(&file);
    text_buffer_clear(&page);
}

static void pages_are_up_to_date(void **state)
{
    (void)state;
    check_page(BASSIN_SOURCE_DIR "/docs/run-file.md", LANGUAGE_EN);
    check_page(BASSIN_SOURCE_DIR "/docs/fichier-execution.md", LANGUAGE_FR);
}

static void schema_is_json_and_refuses_unknown_keys(void **state)
{
    text_buffer text = {0};
    json_error_t where;
    (void)state;
    scenario_schema(&text);
    json_t *root = json_loadb(text.at, text.size, JSON_REJECT_DUPLICATES, &where);
    assert_non_null(root);
    assert_true(json_is_false(json_object_get(root, "additionalProperties")));
    assert_non_null(json_object_get(json_object_get(root, "properties"), "territory"));
    assert_null(json_object_get(json_object_get(root, "properties"), "compare"));
    const json_t *section = json_object_get(json_object_get(root, "properties"), "territory");
    assert_non_null(json_object_get(json_object_get(section, "properties"), "density"));
    json_decref(root);
    text_buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_up_to_date),
        cmocka_unit_test(schema_is_json_and_refuses_unknown_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
