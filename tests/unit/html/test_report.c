/* report.html as a file: complete in itself, balanced, deaf to what its inputs contain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <jansson.h>
#include <zlib.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/memory.h"
#include "fake_results.h"
#include "markup.h"
#include "reports/html/assets.h"
#include "reports/html/html.h"

static char *written(const fake_options *options)
{
    error err;
    char folder[] = "/tmp/bassin-html-XXXXXX", path[64];
    file_view view;
    assert_non_null(mkdtemp(folder));
    fake_results *const f = fake_results_new(options);
    const report_request request = {.folder = folder, .threads = 1};
    assert_int_equal(html_writer.write(fake_results_view(f), &request, &err), STATUS_OK);
    (void)snprintf(path, sizeof path, "%s/report.html", folder);
    assert_int_equal(file_map(path, &view, &err), STATUS_OK);
    char *const text = memory_new(view.size + 1, 1);
    assert_non_null(text);
    memcpy(text, view.at, view.size);
    file_unmap(&view);
    assert_int_equal(folder_remove(folder, &err), STATUS_OK);
    fake_results_free(f);
    return text;
}

static const fake_options variants[] = {
    {.lang = LANGUAGE_FR},
    {.lang = LANGUAGE_EN},
    {.lang = LANGUAGE_FR, .no_outlines = true},
    {.lang = LANGUAGE_FR, .no_flows = true, .estimate = true},
    {.lang = LANGUAGE_FR, .columns = 60, .rows = 60, .venues = 300},
};
enum { VARIANTS = sizeof variants / sizeof *variants };

static void every_element_is_closed(void **state)
{
    (void)state;
    for (size_t i = 0; i < VARIANTS; i++) {
        char *const text = written(&variants[i]);
        const char *const broken = markup_fault(text);
        if (broken)
            print_error("variant %zu: %.200s\n", i, broken);
        assert_null(broken);
        assert_int_equal(markup_count(text, "h1"), 1);
        assert_int_equal(markup_count(text, "main"), 1);
        memory_free(text);
    }
}

static void judge_attribute(void *context, const char *name, size_t name_size, const char *value,
                            size_t value_size)
{
    size_t *const outward = context;
    const bool address = (name_size == 4 && memcmp(name, "href", 4) == 0) ||
                         (name_size == 3 && memcmp(name, "src", 3) == 0) ||
                         (name_size == 10 && memcmp(name, "xlink:href", 10) == 0) ||
                         (name_size == 6 && memcmp(name, "action", 6) == 0);
    const bool handler = name_size > 2 && memcmp(name, "on", 2) == 0;
    const bool inline_style =
        name_size == 5 && memcmp(name, "style", 5) == 0; /* the policy refuses it */
    const bool far_paint = value_size > 4 && memcmp(value, "url(", 4) == 0 && value[4] != '#';
    *outward += (address && value[0] != '#') || handler || inline_style || far_paint;
}

static void no_attribute_leads_out_of_the_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < VARIANTS; i++) {
        char *const text = written(&variants[i]);
        size_t outward = 0;
        markup_attributes(text, judge_attribute, &outward);
        assert_int_equal(outward, 0);
        assert_int_equal(markup_count(text, "link") + markup_count(text, "img") +
                             markup_count(text, "iframe"),
                         0);
        assert_int_equal(markup_count(text, "script"), 3); /* data, library, ours */
        memory_free(text);
    }
}

/* Names of the fake results hold scripts, quotes, formulas and bidi overrides. */
static void text_of_an_input_stays_text(void **state)
{
    (void)state;
    char *const text = written(&variants[0]);
    assert_null(strstr(text, "<script>alert"));
    assert_null(strstr(text, "<img"));
    assert_null(strstr(text, "<b>\"code\"</b>"));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "&lt;script&gt;alert(&#39;Évry&#39;)&lt;/script&gt;"));
    assert_non_null(strstr(text, "=rejet &lt;b&gt;&quot;code&quot;&lt;/b&gt;"));
    memory_free(text);
}

static void the_policy_forbids_everything_else(void **state)
{
    (void)state;
    char *const text = written(&variants[0]);
    assert_non_null(strstr(
        text, "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'sha256-"));
    assert_null(strstr(text, "unsafe-inline"));
    assert_null(strstr(text, "unsafe-eval"));
    memory_free(text);
}

static void no_cell_is_blank(void **state)
{
    (void)state;
    for (size_t i = 0; i < VARIANTS; i++) {
        char *const text = written(&variants[i]);
        assert_null(strstr(text, "<td></td>"));
        assert_null(strstr(text, "<td class=\"n\"></td>"));
        assert_null(strstr(text, "<th scope=\"row\"></th>"));
        memory_free(text);
    }
}

static void tables_name_themselves_and_their_headings(void **state)
{
    (void)state;
    char *const text = written(&variants[0]);
    const size_t tables = markup_count(text, "table");
    assert_true(tables >= 8);
    assert_int_equal(markup_count(text, "caption"), tables);
    assert_null(strstr(text, "<th>"));
    memory_free(text);
}

static void the_language_is_said_and_kept(void **state)
{
    (void)state;
    char *const french = written(&variants[0]), *const english = written(&variants[1]);
    assert_non_null(strstr(french, "<html lang=\"fr\">"));
    assert_non_null(strstr(french, ">L’essentiel</h2>"));
    assert_non_null(strstr(french, "88,1\xc2\xa0%"));
    assert_non_null(strstr(english, "<html lang=\"en\">"));
    assert_non_null(strstr(english, ">In short</h2>"));
    assert_null(strstr(english, "L’essentiel"));
    memory_free(french);
    memory_free(english);
}

static void each_map_has_its_four_lines(void **state)
{
    (void)state;
    char *const text = written(&variants[0]);
    size_t figures = 0;
    for (const char *at = text; (at = strstr(at, "<figure")) != NULL; figures++) {
        const char *const end = strstr(at, "</figure>");
        const char *const source = strstr(at, "<strong>Source\xc2\xa0:</strong>");
        const char *const champ = strstr(at, "<strong>Champ\xc2\xa0:</strong>");
        assert_true(source && source < end && champ && champ < end);
        at = end;
    }
    assert_true(figures >= 4);
    memory_free(text);
}

static void same_results_give_same_bytes(void **state)
{
    (void)state;
    char *const first = written(&variants[0]), *const second = written(&variants[0]);
    assert_string_equal(first, second);
    memory_free(first);
    memory_free(second);
}

/* --- the packed map --- */

static unsigned char digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *const at = strchr(digits, c);
    assert_true(at && *at);
    return (unsigned char)(at - digits);
}

static size_t unbase64(const char *text, size_t size, unsigned char *out)
{
    size_t used = 0;
    uint32_t bits = 0;
    for (size_t i = 0, have = 0; i < size && text[i] != '='; i++) {
        bits = bits << 6 | digit(text[i]);
        if (++have % 4 != 1)
            out[used++] = (unsigned char)(bits >> ((have % 4 == 0) ? 0 : have % 4 == 3 ? 2 : 4));
    }
    return used;
}

static json_t *payload_of(const char *text)
{
    static const char mark[] = "id=\"map-data\">";
    const char *const at = strstr(text, mark) + strlen(mark);
    const size_t size = strcspn(at, "<"), room = 64u << 20;
    unsigned char *const packed = memory_new(size, 1), *const json = memory_new(room, 1);
    z_stream z = {.next_in = packed,
                  .avail_in = (uInt)unbase64(at, size, packed),
                  .next_out = json,
                  .avail_out = (uInt)room};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    json_error_t where;
    json_t *const data = json_loadb((const char *)json, z.total_out, 0, &where);
    if (!data)
        print_error("%s at %d\n", where.text, where.position);
    (void)inflateEnd(&z);
    memory_free(packed);
    memory_free(json);
    return data;
}

static void the_packed_map_reads_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < VARIANTS; i++) {
        char *const text = written(&variants[i]);
        json_t *const data = payload_of(text);
        assert_non_null(data);
        const size_t places = (variants[i].columns ? variants[i].columns : 10) *
                              (variants[i].rows ? variants[i].rows : 6);
        assert_int_equal(json_array_size(json_object_get(data, "names")), places);
        assert_string_equal(json_string_value(json_array_get(json_object_get(data, "names"), 5)),
                            fake_nasty_places[1]);
        const json_t *const shapes = json_object_get(
            json_object_get(json_object_get(json_object_get(data, "topology"), "objects"),
                            "places"),
            "geometries");
        assert_int_equal(json_array_size(shapes), variants[i].no_outlines ? 0 : places);
        const json_t *const sheets = json_object_get(data, "sheets");
        assert_true(json_array_size(sheets) >= 4);
        const json_t *const white = json_object_get(json_array_get(sheets, 2), "panels");
        assert_int_equal(json_array_size(white), 8);
        assert_int_equal(json_array_size(json_object_get(json_array_get(white, 0), "classOf")),
                         places);
        json_decref(data);
        memory_free(text);
    }
}

/* Quantized borders close: a ring's arcs meet end to end. */
static void rings_close(void **state)
{
    (void)state;
    char *const text = written(&variants[0]);
    json_t *const data = payload_of(text), *const topo = json_object_get(data, "topology"),
                  *const arcs = json_object_get(topo, "arcs");
    json_t *const shapes =
        json_object_get(json_object_get(json_object_get(topo, "objects"), "places"), "geometries");
    for (size_t r = 0; r < json_array_size(shapes); r++) {
        const json_t *const ring = json_array_get(
            json_array_get(json_object_get(json_array_get(shapes, r), "arcs"), 0), 0);
        json_int_t x = 0, y = 0;
        for (size_t k = 0; k < json_array_size(ring); k++) {
            const json_int_t signed_arc = json_integer_value(json_array_get(ring, k));
            const json_t *const arc =
                json_array_get(arcs, (size_t)(signed_arc < 0 ? ~signed_arc : signed_arc));
            /* The first point is absolute, the others are steps: their sum is how far the arc goes.
             */
            for (size_t i = 1; i < json_array_size(arc); i++) {
                const int sign = signed_arc < 0 ? -1 : 1;
                x += sign * json_integer_value(json_array_get(json_array_get(arc, i), 0));
                y += sign * json_integer_value(json_array_get(json_array_get(arc, i), 1));
            }
        }
        assert_int_equal(x, 0);
        assert_int_equal(y, 0);
    }
    json_decref(data);
    memory_free(text);
}

/* The bundle is the one that was reviewed; rebuild and review it before changing this sum. */
static void the_map_library_is_the_reviewed_one(void **state)
{
    (void)state;
    const sha256_hex digest = sha256_of(asset_map_library_js, asset_map_library_js_size);
    assert_string_equal(digest.hex,
                        "828261527d1f47270f15074cae26a0b717ce2695a0660dede73319ea9588883f");
}

static void assets_cannot_end_their_element(void **state)
{
    (void)state;
    assert_null(memmem(asset_map_library_js, asset_map_library_js_size, "</script", 8));
    assert_null(memmem(asset_report_js, asset_report_js_size, "</script", 8));
    assert_null(memmem(asset_report_css, asset_report_css_size, "</style", 7));
    assert_null(memmem(asset_report_css, asset_report_css_size, "http", 4));
    assert_null(memmem(asset_report_css, asset_report_css_size, "@import", 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_element_is_closed),
        cmocka_unit_test(no_attribute_leads_out_of_the_file),
        cmocka_unit_test(text_of_an_input_stays_text),
        cmocka_unit_test(the_policy_forbids_everything_else),
        cmocka_unit_test(no_cell_is_blank),
        cmocka_unit_test(tables_name_themselves_and_their_headings),
        cmocka_unit_test(the_language_is_said_and_kept),
        cmocka_unit_test(each_map_has_its_four_lines),
        cmocka_unit_test(same_results_give_same_bytes),
        cmocka_unit_test(the_packed_map_reads_back),
        cmocka_unit_test(rings_close),
        cmocka_unit_test(the_map_library_is_the_reviewed_one),
        cmocka_unit_test(assets_cannot_end_their_element),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
