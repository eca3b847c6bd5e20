/* Units that tables carry, quantities that people type. */
#include "support.h"

#include <math.h>

#include "base/units.h"

static void every_unit_has_its_labels(void **state)
{
    (void)state;
    static const char *const codes[] = {
        "1",       "%",      "min",          "km",          "km/h", "m",       "{person}",
        "{venue}", "{job}",  "{person}.min", "{person}.km", "km/d", "km/a",    "t/a",
        "d/a",     "/10000", "/1000",        "ha",          "km2",  "{index}", "{class}",
        ""};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const unit *u = unit_find(codes[i]);
        assert_non_null(u);
        assert_string_equal(u->code, codes[i]);
        assert_int_equal(u->label_fr[0] == '\0', u->label_en[0] == '\0');
    }
    assert_string_equal(unit_find("{person}")->label_fr, "habitants");
    assert_null(unit_find("furlong"));
    assert_null(unit_find("MIN"));
}

static void quantities_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *unit;
        double value;
    } cases[] = {
        {"30 min", "min", 30},
        {"30min", "min", 30},
        {" 30\u00a0min ", "min", 30},
        {"1 h 30", "min", 90},
        {"1h30", "min", 90},
        {"1 h 30 min", "min", 90},
        {"2 heures", "min", 120},
        {"1,5 heure", "min", 90},
        {"90 s", "min", 1.5},
        {"1 h", "h", 1},
        {"30 minutes", "h", 0.5},
        {"5 km", "km", 5},
        {"500 m", "km", 0.5},
        {"2,5 km", "m", 2500},
        {"0.5", "1", 0.5},
        {"50 %", "1", 0.5},
        {"50 %", "%", 50},
        {"12 %", "%", 12},
        {"130 km/h", "km/h", 130},
        {"3 km2", "ha", 300},
        {"3 km²", "km2", 3},
        {"250 ha", "km2", 2.5},
        {"200 habitants", "{person}", 200},
        {"220 jours/an", "d/a", 220},
        {"-3 km", "km", -3},
        {"7,5 MINUTES", "min", 7.5},
        {"8 GiB", "MiB", 8192},
        {"512 Mio", "MiB", 512},
        {"1 Go", "MiB", 1e9 / 1048576},
        {"45 mètres", "m", 45},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = NAN;
        if (!quantity_parse(slice(cases[i].typed), cases[i].unit, &value) ||
            value != cases[i].value)
            fail_msg("'%s' in %s: %g", cases[i].typed, cases[i].unit, value);
    }
}

static void a_mismatch_is_refused(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"30", "min"},       {"30 km", "min"},     {"30 min", "km"},   {"", "min"},
        {"min", "min"},      {"30 furlongs", "m"}, {"1 h 75", "min"},  {"1 h 30 km", "min"},
        {"1 h -5", "min"},   {"30 min 20", "min"}, {"5 km 3", "km"},   {"0.5 km", "1"},
        {"50 % x", "1"},     {"1e3 m", "m"},       {"nan min", "min"}, {"1.000,5 km", "km"},
        {"5 km", "{index}"}, {"3 km2", "km"},      {"5 k\xff", "km"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 42.0;
        if (quantity_parse(slice(cases[i][0]), cases[i][1], &value))
            fail_msg("'%s' passed as %s: %g", cases[i][0], cases[i][1], value);
        assert_true(value == 42.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_has_its_labels),
        cmocka_unit_test(quantities_read_as_people_write_them),
        cmocka_unit_test(a_mismatch_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
