/* Published lists of venues, read as they are. The expected figures were counted by other means: a
 * few lines of Python on the same files. */
#include <math.h>

#include "shared.h"

#define DESKS "data/liste-fs-20240801.csv"
#define ADVISERS "data/cnfs_2022.json.gz"
#define FACTORIES "data/manuprox_geom.geojson"
#define LABELS "data/fabt_geom.geojson"

static const char *told(const imported *in, const char *name, size_t row)
{
    const column *c = table_find(in->rows, name);
    return c ? column_text(c, row) : "(no such column)";
}

static size_t count_text(const imported *in, const char *name, const char *text)
{
    size_t count = 0;
    for (size_t i = 0; i < in->rows->rows; i++) {
        count += strcmp(told(in, name, i), text) == 0;
    }
    return count;
}

typedef struct total {
    size_t present;
    double sum;
} total;

static total total_of(const imported *in, const char *name)
{
    total t = {0};
    const column *c = table_find(in->rows, name);
    assert_non_null(c);
    for (size_t i = 0; i < in->rows->rows; i++) {
        if (column_state(c, i) == VALUE_PRESENT) {
            t.present++;
            t.sum += c->at.f64[i];
        }
    }
    return t;
}

static bool holds(const table *t, const char *secret)
{
    for (size_t c = 0; c < t->column_count; c++) {
        for (uint32_t w = 0; t->columns[c].type == COLUMN_TEXT && w < t->columns[c].words.count;
             w++) {
            if (strstr(words_at(&t->columns[c].words, w), secret)) {
                return true;
            }
        }
    }
    return false;
}

static void the_desks_of_france(void **state)
{
    (void)state;
    SKIP_WITHOUT(DESKS);
    fixture f = {0};
    fixture_open(&f);
    imported in = import_ok(&f, "venues", DESKS);
    assert_string_equal(in.by->id, "france-services");
    assert_int_equal(in.rows->rows, 2845);
    assert_int_equal(count_text(&in, "format", "Itinérante"), 29);
    assert_int_equal(count_text(&in, "format", "Bus_équivalent"), 134);
    assert_int_equal(count_text(&in, "itinerant", "1"), 163);
    assert_int_equal(count_text(&in, "label", "France services"), 2845);
    assert_int_equal(count_text(&in, "label_start", ""), 0);
    /* Every cell of hours is understood; 48 desks have none. */
    const total hours = total_of(&in, "hours_week");
    assert_int_equal(hours.present, 2797);
    assert_true(fabs(hours.sum - 4841470.0 / 60) < 1e-6);
    assert_true(fabs(total_of(&in, "open_saturday").sum - 602) < 0.5);
    assert_true(fabs(total_of(&in, "open_evening").sum - 14) < 0.5);
    assert_true(fabs(total_of(&in, "by_appointment").sum - 992) < 0.5);
    assert_int_equal(total_of(&in, "by_appointment").present, 2845);
    assert_false(says(f.list, "left missing"));
    assert_true(says(f.list, "75 empty spans (00:00 - 00:00) say nothing, 103 spans overlap"));
    assert_false(holds(in.rows, "@france-services") || holds(in.rows, "04 50 56 87 49"));
    imported_clear(&in);
    fixture_close(&f);
}

static void the_digital_advisers(void **state)
{
    (void)state;
    SKIP_WITHOUT(ADVISERS);
    fixture f = {0};
    fixture_open(&f);
    imported in = import_ok(&f, "venues", ADVISERS);
    assert_string_equal(in.by->id, "conseillers-numeriques");
    assert_int_equal(in.rows->rows, 1450);
    /* 499 rows hold a letter as its number, 317 of them "<e9>"; none is left. */
    assert_true(says(f.list, "499 rows held letters written as their number"));
    assert_false(holds(in.rows, "<e9>") || holds(in.rows, "<c9>") || holds(in.rows, "<fb>"));
    assert_true(says(f.list, "112 postcodes written as numbers"));
    assert_true(says(f.list, "7 structures without a name"));
    assert_true(says(f.list, "11 points geocoded in another département"));
    assert_int_equal(total_of(&in, "lon").present, 1438 - 11);
    assert_string_equal(told(&in, "address", 0), "57 Rue René Nicod 01100 Oyonnax");
    assert_string_equal(told(&in, "postcode", 0), "01100");
    assert_string_equal(told(&in, "commune", 0), "01283");
    for (size_t i = 0; i < in.rows->rows; i++) {
        const size_t size = strlen(told(&in, "postcode", i));
        assert_int_equal(size, 5);
    }
    imported_clear(&in);
    fixture_close(&f);
}

static void the_factories_and_the_manufactories(void **state)
{
    (void)state;
    SKIP_WITHOUT(FACTORIES);
    fixture f = {0};
    fixture_open(&f);
    imported in = import_ok(&f, "venues", FACTORIES);
    assert_string_equal(in.by->id, "anct-labels");
    assert_int_equal(in.rows->rows, 111);
    assert_int_equal(count_text(&in, "label", "Manufacture de proximité"), 111);
    assert_int_equal(total_of(&in, "lon").present, 111);
    imported_clear(&in);
    in = import_ok(&f, "venues", LABELS);
    assert_int_equal(in.rows->rows, 382);
    assert_int_equal(total_of(&in, "lon").present, 381); /* an empty GeometryCollection */
    assert_int_equal(count_text(&in, "city", "NA"), 0);
    imported_clear(&in);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_desks_of_france),
        cmocka_unit_test(the_digital_advisers),
        cmocka_unit_test(the_factories_and_the_manufactories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
