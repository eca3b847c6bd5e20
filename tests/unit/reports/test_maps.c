/* The drawn pages: what a demanding reader would check with a ruler. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/files.h"
#include "fake_results.h"
#include "reports/maps/maps.h"
#include "reports/maps/sheet.h"

/* fontconfig keeps one configuration for the life of the process. */
const char *__lsan_default_suppressions(void);
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

typedef struct fixture {
    fake_results *fake;
    report_model *model;
    border_lines lines;
} fixture;

static fixture make(fake_options options)
{
    error err;
    fixture x = {.fake = fake_results_new(&options)};
    assert_int_equal(report_model_build(fake_results_view(x.fake), &x.model, &err), STATUS_OK);
    assert_int_equal(border_lines_find(x.model, &x.lines, &err), STATUS_OK);
    return x;
}

static void clear(fixture *x)
{
    border_lines_clear(&x->lines);
    report_model_free(x->model);
    fake_results_free(x->fake);
}

static bool solid(box_kind k)
{
    return k == BOX_TITLE || k == BOX_SUBTITLE || k == BOX_BODY || k == BOX_INSET ||
           k == BOX_PANEL_TITLE || k == BOX_LEGEND || k == BOX_SCALE || k == BOX_NORTH ||
           k == BOX_LINES;
}

static void assert_tidy(const layout *l)
{
    const rect page_at = {0, 0, l->width, l->height};
    for (size_t i = 0; i < l->count; i++) {
        const box *const a = &l->boxes[i];
        if (a->kind != BOX_MARKER)
            assert_true(rect_inside(a->at, page_at));
        for (size_t j = 0; j < i; j++) {
            const box *const b = &l->boxes[j];
            if (solid(a->kind) && solid(b->kind))
                assert_false(rect_overlap(a->at, b->at));
            if (a->kind == BOX_LABEL && b->kind == BOX_LABEL && a->panel == b->panel)
                assert_false(rect_overlap(a->at, b->at));
            if (a->kind == BOX_LABEL && b->kind == BOX_MARKER && a->panel == b->panel)
                assert_false(rect_overlap(a->at, b->at));
        }
    }
}

static size_t boxes_of(const layout *l, box_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += l->boxes[i].kind == kind;
    return count;
}

static const rect *body_of(const layout *l, size_t panel)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->boxes[i].kind == BOX_BODY && l->boxes[i].panel == panel)
            return &l->boxes[i].at;
    }
    return NULL;
}

/* Labels and data stay in the frame of their map; the key, the scale and the lines stay out of it.
 */
static void assert_in_frames(const layout *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const box *const b = &l->boxes[i];
        if (b->kind == BOX_LABEL || (b->kind == BOX_DATA && boxes_of(l, BOX_INSET) == 0))
            assert_true(rect_inside(b->at, *body_of(l, b->panel)));
    }
}

static void assert_pages(fake_options options)
{
    fixture x = make(options);
    error err;
    for (size_t i = 0; i < x.model->sheet_count; i++) {
        const map_sheet *const s = &x.model->sheets[i];
        text_buffer png = {0};
        layout boxes = {0};
        assert_int_equal(sheet_png(x.model, s, &x.lines, &png, &boxes, &err), STATUS_OK);
        assert_tidy(&boxes);
        assert_in_frames(&boxes);
        assert_int_equal(boxes_of(&boxes, BOX_LEGEND), 1);
        assert_int_equal(boxes_of(&boxes, BOX_SCALE), 1);
        assert_int_equal(boxes_of(&boxes, BOX_NORTH), 1);
        assert_int_equal(boxes_of(&boxes, BOX_LINES), 1);
        assert_true(boxes_of(&boxes, BOX_LABEL) >= 3);
        assert_true(boxes_of(&boxes, BOX_LABEL) <= 60);
        assert_int_equal(boxes_of(&boxes, BOX_BODY), s->panel_count > 1 ? s->panel_count : 1);
        layout_clear(&boxes);
        text_buffer_clear(&png);
    }
    clear(&x);
}

static void pages_are_tidy_for_a_wide_territory(void **state)
{
    (void)state;
    assert_pages((fake_options){.lang = LANGUAGE_FR});
}

static void pages_are_tidy_for_a_high_territory_in_english(void **state)
{
    (void)state;
    assert_pages((fake_options){
        .lang = LANGUAGE_EN, .columns = 6, .rows = 10, .estimate = true, .venues = 90});
}

static void pages_are_tidy_for_points_without_outlines(void **state)
{
    (void)state;
    assert_pages((fake_options){.lang = LANGUAGE_FR, .columns = 9, .rows = 9, .no_outlines = true});
}

static void pages_are_tidy_for_five_places_in_a_row(void **state)
{
    (void)state;
    assert_pages((fake_options){
        .lang = LANGUAGE_FR, .columns = 9, .rows = 1, .venues = 4, .no_flows = true});
}

static void the_most_populated_place_is_named_first(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    error err;
    text_buffer png = {0};
    layout boxes = {0};
    size_t largest = 0;
    for (size_t row = 1; row < x.model->places->rows->rows; row++)
        largest = x.model->population[row] > x.model->population[largest] ? row : largest;
    assert_int_equal(sheet_png(x.model, report_model_sheet(x.model, "02_temps_acces"), &x.lines,
                               &png, &boxes, &err),
                     STATUS_OK);
    const box *first = NULL;
    for (size_t i = 0; i < boxes.count && !first; i++)
        first = boxes.boxes[i].kind == BOX_LABEL ? &boxes.boxes[i] : NULL;
    assert_non_null(first);
    assert_string_equal(first->text, x.model->place_name[largest]);
    layout_clear(&boxes);
    text_buffer_clear(&png);
    clear(&x);
}

/* The sheet of venues names them; texts of the data are written as they are. */
static void venues_are_named_on_their_sheet(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    error err;
    text_buffer png = {0};
    layout boxes = {0};
    size_t venues = 0;
    assert_int_equal(
        sheet_png(x.model, report_model_sheet(x.model, "01_offre"), &x.lines, &png, &boxes, &err),
        STATUS_OK);
    for (size_t i = 0; i < boxes.count; i++) {
        for (size_t v = 0; boxes.boxes[i].kind == BOX_LABEL && v < x.model->venues->rows->rows; v++)
            venues += strcmp(boxes.boxes[i].text, x.model->venue_name[v]) == 0;
    }
    assert_true(venues >= 8);
    layout_clear(&boxes);
    text_buffer_clear(&png);
    clear(&x);
}

static uint32_t big_endian(const char *at)
{
    const unsigned char *const b = (const unsigned char *)at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void a_png_has_the_size_of_its_page(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR, .columns = 6, .rows = 10});
    error err;
    text_buffer png = {0};
    layout boxes = {0};
    assert_int_equal(sheet_png(x.model, &x.model->sheets[1], &x.lines, &png, &boxes, &err),
                     STATUS_OK);
    assert_memory_equal(png.at + 1, "PNG", 3);
    assert_int_equal(big_endian(png.at + 16), 1600);
    assert_in_range(big_endian(png.at + 20), 1200, 2200);
    layout_clear(&boxes);
    text_buffer_clear(&png);
    clear(&x);
}

static void an_svg_holds_no_markup_of_the_data(void **state)
{
    (void)state;
    fixture x = make((fake_options){.lang = LANGUAGE_FR});
    error err;
    for (size_t i = 0; i < x.model->sheet_count; i++) {
        text_buffer svg = {0};
        assert_int_equal(sheet_svg(x.model, &x.model->sheets[i], &x.lines, &svg, NULL, &err),
                         STATUS_OK);
        assert_non_null(strstr(svg.at, "<svg "));
        assert_non_null(strstr(svg.at, "</svg>"));
        assert_null(strstr(svg.at, "<script"));
        assert_null(strstr(svg.at, "onerror"));
        assert_null(strstr(svg.at, "<image"));
        text_buffer_clear(&svg);
    }
    clear(&x);
}

static void thousands_of_points_become_one_image_in_the_svg(void **state)
{
    (void)state;
    fixture x = make((fake_options){
        .lang = LANGUAGE_FR, .columns = 60, .rows = 55, .no_outlines = true, .no_flows = true});
    error err;
    text_buffer svg = {0};
    assert_int_equal(sheet_svg(x.model, report_model_sheet(x.model, "02_temps_acces"), &x.lines,
                               &svg, NULL, &err),
                     STATUS_OK);
    assert_non_null(strstr(svg.at, "<image"));
    assert_true(svg.size < 4000000);
    text_buffer_clear(&svg);
    clear(&x);
}

/* --- the writer --- */

static char *folder_new(void)
{
    char *const path = strdup("/tmp/bassin-maps-XXXXXX");
    assert_non_null(path);
    assert_non_null(mkdtemp(path));
    return path;
}

static void write_into(const char *folder, int threads)
{
    const fake_options options = {.lang = LANGUAGE_FR};
    fake_results *const fake = fake_results_new(&options);
    const report_request request = {.folder = folder, .threads = threads};
    error err;
    assert_int_equal(maps_writer.write(fake_results_view(fake), &request, &err), STATUS_OK);
    fake_results_free(fake);
}

static void assert_same_file(const char *a, const char *b, const char *name)
{
    char path_a[512], path_b[512];
    file_view x, y;
    error err;
    (void)snprintf(path_a, sizeof path_a, "%s/maps/%s", a, name);
    (void)snprintf(path_b, sizeof path_b, "%s/maps/%s", b, name);
    assert_int_equal(file_map(path_a, &x, &err), STATUS_OK);
    assert_int_equal(file_map(path_b, &y, &err), STATUS_OK);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.at, y.at, x.size);
    file_unmap(&x);
    file_unmap(&y);
}

static void the_same_bytes_come_from_any_number_of_threads(void **state)
{
    (void)state;
    static const char *const names[] = {"01_offre",
                                        "02_temps_acces",
                                        "03_zones_blanches",
                                        "04_nombre_fonctions",
                                        "06_flux_domicile_travail",
                                        "08_km_evites"};
    char *const one = folder_new(), *const four = folder_new();
    error err;
    write_into(one, 1);
    write_into(four, 4);
    for (size_t i = 0; i < 6; i++) {
        char name[128];
        (void)snprintf(name, sizeof name, "%s.png", names[i]);
        assert_same_file(one, four, name);
        (void)snprintf(name, sizeof name, "%s.svg", names[i]);
        assert_same_file(one, four, name);
    }
    assert_int_equal(folder_remove(one, &err), STATUS_OK);
    assert_int_equal(folder_remove(four, &err), STATUS_OK);
    free(one);
    free(four);
}

static void a_folder_that_cannot_be_written_is_said(void **state)
{
    (void)state;
    const fake_options options = {.lang = LANGUAGE_FR};
    fake_results *const fake = fake_results_new(&options);
    const report_request request = {.folder = "/proc/no-such-folder", .threads = 1};
    error err;
    assert_int_equal(maps_writer.write(fake_results_view(fake), &request, &err),
                     STATUS_ENVIRONMENT);
    assert_true(err.fr[0] && err.en[0]);
    fake_results_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_tidy_for_a_wide_territory),
        cmocka_unit_test(pages_are_tidy_for_a_high_territory_in_english),
        cmocka_unit_test(pages_are_tidy_for_points_without_outlines),
        cmocka_unit_test(pages_are_tidy_for_five_places_in_a_row),
        cmocka_unit_test(the_most_populated_place_is_named_first),
        cmocka_unit_test(venues_are_named_on_their_sheet),
        cmocka_unit_test(a_png_has_the_size_of_its_page),
        cmocka_unit_test(an_svg_holds_no_markup_of_the_data),
        cmocka_unit_test(thousands_of_points_become_one_image_in_the_svg),
        cmocka_unit_test(the_same_bytes_come_from_any_number_of_threads),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
