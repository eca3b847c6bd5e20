/* Palettes stay apart for colour-blind readers: the figures measured for OUTPUTS section 3. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "reports/model/palette.h"

static void assert_about(double value, double expected)
{
    assert_true(fabs(value - expected) < 0.05);
}

static void six_classes_have_the_measured_distances(void **state)
{
    (void)state;
    static const struct {
        palette_id palette;
        double deuteranopia, protanopia, tritanopia;
    } measured[] = {{PALETTE_YLGNBU, 11.0, 9.0, 11.0},
                    {PALETTE_VIRIDIS, 17.5, 19.7, 17.1},
                    {PALETTE_YLORRD, 7.5, 11.8, 16.1}};
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
        const uint32_t *const colours = palette_colours(measured[i].palette, 6);
        assert_about(palette_distance(colours, 6, VISION_DEUTERANOPIA), measured[i].deuteranopia);
        assert_about(palette_distance(colours, 6, VISION_PROTANOPIA), measured[i].protanopia);
        assert_about(palette_distance(colours, 6, VISION_TRITANOPIA), measured[i].tritanopia);
    }
}

static void a_red_green_palette_would_fail(void **state)
{
    (void)state;
    static const uint32_t rdylgn[] = {0xd73027, 0xfc8d59, 0xfee08b, 0xd9ef8b, 0x91cf60, 0x1a9850};
    assert_about(palette_distance(rdylgn, 6, VISION_DEUTERANOPIA), 1.3);
}

static void every_number_of_classes_is_told_apart(void **state)
{
    (void)state;
    for (palette_id p = PALETTE_YLGNBU; p <= PALETTE_PUOR; p++) {
        for (size_t n = 2; n <= CLASSES_MAX; n++) {
            for (colour_vision v = VISION_FULL; v <= VISION_TRITANOPIA; v++)
                assert_true(palette_distance(palette_colours(p, n), n, v) > 7.0);
        }
    }
}

static void too_many_or_no_classes_give_a_palette_all_the_same(void **state)
{
    (void)state;
    assert_ptr_equal(palette_colours(PALETTE_YLGNBU, 9),
                     palette_colours(PALETTE_YLGNBU, CLASSES_MAX));
    assert_ptr_equal(palette_colours(PALETTE_YLGNBU, 0), palette_colours(PALETTE_YLGNBU, 1));
}

/* Bright yellow is no colour for a no: the pale end of a pair is a grey. */
static void a_no_and_a_yes_are_told_apart_in_every_palette(void **state)
{
    (void)state;
    for (palette_id p = PALETTE_YLGNBU; p <= PALETTE_PUOR; p++) {
        uint32_t pair[2];
        palette_pair(p, pair);
        assert_int_equal(pair[1], palette_colours(p, 2)[1]);
        assert_true(p == PALETTE_PUOR || pair[0] == palette_colours(PALETTE_BINARY, 2)[0]);
        for (colour_vision v = VISION_FULL; v <= VISION_TRITANOPIA; v++)
            assert_true(palette_distance(pair, 2, v) > 20.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_classes_have_the_measured_distances),
        cmocka_unit_test(a_red_green_palette_would_fail),
        cmocka_unit_test(every_number_of_classes_is_told_apart),
        cmocka_unit_test(a_no_and_a_yes_are_told_apart_in_every_palette),
        cmocka_unit_test(too_many_or_no_classes_give_a_palette_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
