/* The table of quirks: what must hold, and the test that shows it. */
#include "quirks.h"

#define HOLDS(n, statement)                                                                        \
    {                                                                                              \
        .number = n, .holds = statement, .test = quirk_##n                                         \
    }

static const quirk quirks[QUIRKS] = {
    HOLDS(1, "a semicolon separates, and a comma may stand in a name"),
    HOLDS(2, "a comma separates, and a quoted semicolon is text"),
    HOLDS(3, "ISO-8859-1 with CRLF gives what UTF-8 with LF gives, and says it"),
    HOLDS(4, "ISO-8859-1 with LF is read and said, with the line of the first such byte"),
    HOLDS(5, "UTF-8 with CRLF is plain, without a warning"),
    HOLDS(6, "a byte order mark is no part of the first header"),
    HOLDS(7, "a text encoded twice is told with its line; two encodings in a file are refused"),
    HOLDS(8, "bytes printed as <e9> are put back in the list known for them, and told in others"),
    HOLDS(9, "a code of four digits refuses the file, line by line"),
    HOLDS(10, "a postcode or département that is a number gets its zero back, and it is said"),
    HOLDS(11, "2A and 2B are kept, and give their départements"),
    HOLDS(12, "arrondissements alone add up into Paris, in populations and in flows"),
    HOLDS(13, "one code for the three is not shared among arrondissements, and it is said"),
    HOLDS(14, "a venue in an arrondissement stands in its commune"),
    HOLDS(15,
          "a vanished code arrives in its heir; without movements it is rejected with its line"),
    HOLDS(16, "old outlines join in their heir; without movements they have no population, told"),
    HOLDS(
        17,
        "a code that came back stays with its outline's commune; without movements it is counted"),
    HOLDS(18, "a commune wins over its delegated namesake; those left out are counted"),
    HOLDS(19, "delegated communes without region are no fault"),
    HOLDS(20, "each kind of event has its meaning; only rows from commune to commune count"),
    HOLDS(21, "a commune twice is refused with both lines"),
    HOLDS(22, "communes without a row have a missing value, not zero, and it is said"),
    HOLDS(23, "overseas collectivities are codes; outside the communes they are counted"),
    HOLDS(24, "a field of blanks is missing"),
    HOLDS(25, "s is a secret, never a number"),
    HOLDS(26, "nd is missing"),
    HOLDS(27, "NA is missing, in numbers and in texts, and it is said"),
    HOLDS(28, "a decimal comma beside whole numbers; two marks in a file are refused"),
    HOLDS(29, "weights keep their fifteen digits"),
    HOLDS(30, "rounded totals stay, and take the shares of the detail"),
    HOLDS(31, "work places abroad are flows of their own; as a residence they are refused"),
    HOLDS(32, "a table without header is read for what it is, and not mistaken for another"),
    HOLDS(33, "a label in place of a code is refused with its line"),
    HOLDS(34, "double blanks do not hide a name"),
    HOLDS(35, "plain lower-case names are found, shortened ones are not placed by guess"),
    HOLDS(36, "several venues in a feature are as many venues"),
    HOLDS(37, "an empty geometry is no point: the commune places the venue"),
    HOLDS(38, "a homonym geocoded elsewhere is told, and so is a point outside the commune named"),
    HOLDS(39, "a newline inside quotes is text, and lines stay right after it"),
    HOLDS(40, "itinerant services are marked"),
    HOLDS(41, "the header of a sheet is found under its titles"),
    HOLDS(42, "numbers stored as texts are numbers"),
    HOLDS(43, "in a crosstab an empty cell is zero"),
    HOLDS(44, "a zip of one workbook is read; an old workbook is refused with what to do"),
    HOLDS(45, "quoted and bare cells mix"),
    HOLDS(46, "points in five coordinate systems land on the same place"),
    HOLDS(47, "GeoJSON with CRS84 or without crs is the same"),
    HOLDS(48, "a crossed outline is repaired and named"),
    HOLDS(49, "the year is the column's; residence and work have their columns"),
    HOLDS(50, "a .gr without its p line is counted from its arcs, from node 0, and it is said"),
    HOLDS(51, "the three spellings of the grid's columns"),
};

static void every_quirk_is_in_the_table(void **state)
{
    (void)state;
    for (int i = 0; i < QUIRKS; i++) {
        assert_int_equal(quirks[i].number, i + 1);
        assert_true(strlen(quirks[i].holds) > 10);
        assert_non_null(quirks[i].test);
    }
}

int main(void)
{
    static char names[QUIRKS][160];
    struct CMUnitTest tests[QUIRKS + 1] = {cmocka_unit_test(every_quirk_is_in_the_table)};
    size_t count = 1;
    for (size_t i = 0; i < QUIRKS; i++) {
        const quirk *q = &quirks[i];
        (void)snprintf(names[i], sizeof names[i], "quirk %d: %s", q->number, q->holds);
        tests[count++] = (struct CMUnitTest){.name = names[i],
                                             .test_func = q->test,
                                             .setup_func = fixture_open,
                                             .teardown_func = fixture_close};
    }
    return _cmocka_run_group_tests("quirks", tests, count, NULL, NULL);
}
