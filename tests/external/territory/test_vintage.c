/* The official geographic code through time, against an independent result (../shared/cases/
 * cog_passage) and INSEE's own lists of communes. README.md beside this file explains each commune
 * that differs. */
#include "shared.h"

#include <math.h>

#include "territory/support.h"
#include "territory/vintage_table.h"

#define CASE "cases/cog_passage/"
#define MOVEMENTS "data/cog2024_mouvements-communes.csv.gz"
#define COG "data/cog2024_communes.csv.gz"
#define POPULATION "data/cog2024_donnees_communes.csv.gz"

static const double PERSONS = 65241241;
static const double HECTARES = 632784;

typedef struct cog {
    fixture f;
    imported movements, communes, passage;
    vintage_history *history;
    table *weights; /* of cog_2024.csv, as the independent result used it */
} cog;

static table *read_columns(fixture *f, const char *relative, const wanted_column *columns,
                           size_t count)
{
    table *out = NULL;
    const read_options options = {
        .path = shared_path(relative), .columns = columns, .column_count = count};
    if (table_read(&options, &out, NULL, f->list) != STATUS_OK) {
        print_faults(f->list);
    }
    assert_non_null(out);
    return out;
}

static void cog_open(cog *c)
{
    static const char *const code[] = {"CODGEO", NULL};
    static const char *const pop[] = {"POP", NULL};
    static const wanted_column columns[] = {
        {.name = "code", .aliases = code, .unit = "", .type = COLUMN_TEXT, .required = true},
        {.name = "population", .aliases = pop, .unit = "", .type = COLUMN_F64, .required = true}};
    fixture_open(&c->f);
    c->movements = import_ok(&c->f, "movements", MOVEMENTS);
    c->communes = import_ok(&c->f, "names", COG);
    c->passage = import_ok(&c->f, "passage", CASE "passage_2013_2024_insee.csv");
    assert_int_equal(vintage_history_build(&c->movements, c->communes.rows, &c->history, c->f.list),
                     STATUS_OK);
    c->weights = read_columns(&c->f, CASE "cog_2024.csv", columns, 2);
}

static void cog_close(cog *c)
{
    table_free(c->weights);
    vintage_history_free(c->history);
    imported_clear(&c->movements);
    imported_clear(&c->communes);
    imported_clear(&c->passage);
    fixture_close(&c->f);
}

/* --- the sets of codes --- */

/* Arrondissements and Mayotte apart, which the old lists do not have in the same way. */
static void the_codes_of_a_year_are_those_that_insee_lists(void **state)
{
    (void)state;
    SKIP_WITHOUT(CASE "cog_2014.csv");
    const int32_t years[] = {2014, 2017, 2019, 2024};
    cog c = {0};
    error err;
    cog_open(&c);
    for (size_t y = 0; y < 4; y++) {
        static const char *const code[] = {"CODGEO", NULL};
        static const wanted_column columns[] = {
            {.name = "code", .aliases = code, .unit = "", .type = COLUMN_TEXT, .required = true}};
        char file[64];
        arena *memory = NULL;
        const char *const *ours = NULL;
        size_t count = 0;
        size_t foreign = 0;
        size_t met = 0;
        (void)snprintf(file, sizeof file, CASE "cog_%d.csv", (int)years[y]);
        table *list = read_columns(&c.f, file, columns, 1);
        assert_int_equal(arena_new(&memory, &err), STATUS_OK);
        assert_int_equal(vintage_codes(c.history, years[y], memory, &ours, &count, &err),
                         STATUS_OK);
        for (size_t i = 0; i < list->rows; i++) {
            const char *text = column_text(&list->columns[0], i);
            met += sorted_find(ours, count, text) < count;
            foreign += vintage_code_at(c.history, text, years[y]) != CODE_STANDS;
        }
        assert_int_equal(foreign, 0);
        /* 2014: Culey (55138), restored on 2014-01-01, enters INSEE's statistics in 2015 */
        print_message("%d: %zu codes, %zu in the list of %zu\n", (int)years[y], count, met,
                      list->rows);
        assert_true(count - met <= (years[y] == 2014 ? 1 : 0));
        arena_free(memory);
        table_free(list);
    }
    cog_close(&c);
}

/* --- the table of 2014 in other years --- */

static table *data_2014(cog *c)
{
    static const char *const code[] = {"CODGEO", NULL};
    static const char *const pop[] = {"P12_POP", NULL};
    static const char *const area[] = {"SUPERF", NULL};
    static const wanted_column columns[] = {
        {.name = "code", .aliases = code, .unit = "", .type = COLUMN_TEXT, .required = true},
        {.name = "pop", .aliases = pop, .unit = "", .type = COLUMN_F64, .required = true},
        {.name = "area", .aliases = area, .unit = "", .type = COLUMN_F64, .required = true}};
    return read_columns(&c->f, CASE "exemple_popcom_2014.csv", columns, 3);
}

static table *expected_of(cog *c, int32_t year)
{
    static const char *const code[] = {"CODGEO", NULL};
    static const char *const pop[] = {"P12_POP", NULL};
    static const char *const area[] = {"SUPERF", NULL};
    static const wanted_column columns[] = {
        {.name = "code", .aliases = code, .unit = "", .type = COLUMN_TEXT, .required = true},
        {.name = "pop", .aliases = pop, .unit = "", .type = COLUMN_F64, .required = true},
        {.name = "area", .aliases = area, .unit = "", .type = COLUMN_F64, .required = true}};
    char file[80];
    (void)snprintf(file, sizeof file, CASE "expected/popcom_2014_to_%d.csv", (int)year);
    return read_columns(&c->f, file, columns, 3);
}

static carried carry_2014(cog *c, const table *data, const vintage_history *history,
                          const imported *passage, int32_t year)
{
    static const char *const codes[] = {"code"};
    static const carried_column columns[] = {{"pop", CARRY_SUM, NULL}, {"area", CARRY_SUM, NULL}};
    const split_weights weights = {c->weights, 2024};
    const conversion_options options = {.history = history,
                                        .passage = passage,
                                        .from = 2014,
                                        .to = year,
                                        .weights = &weights,
                                        .weight_count = 1};
    const carry_plan plan = {
        .codes = codes, .code_count = 1, .columns = columns, .column_count = 2, .unique = true};
    conversion *by = NULL;
    carried out;
    assert_int_equal(conversion_build(&options, &by, c->f.list), STATUS_OK);
    assert_int_equal(table_carry(data, &plan, by, &out, c->f.list), STATUS_OK);
    assert_int_equal(out.report.lost_rows, 0);
    conversion_free(by);
    return out;
}

static double total(const table *t, const char *name)
{
    const column *c = table_find(t, name);
    double sum = 0;
    for (size_t i = 0; i < t->rows; i++) {
        sum += c->at.f64[i];
    }
    return sum;
}

static double value_of(const table *t, const code_index *x, const char *code, const char *name)
{
    const uint32_t row = code_index_find(x, code);
    return row == ROW_NONE ? (double)NAN : table_find(t, name)->at.f64[row];
}

static bool is_near(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-6;
}

static bool is_listed(const char *const *codes, const char *code)
{
    for (; *codes; codes++) {
        if (strcmp(*codes, code) == 0) {
            return true;
        }
    }
    return false;
}

/* Every commune but those of `allowed`, which must differ. */
static void compare(cog *c, const table *ours, const table *theirs, const char *const *allowed)
{
    code_index *x = NULL;
    code_index *y = NULL;
    size_t differing = 0;
    size_t expected = 0;
    assert_int_equal(code_index_new(&x, ours, "code", c->f.list), STATUS_OK);
    assert_int_equal(code_index_new(&y, theirs, "code", c->f.list), STATUS_OK);
    for (const char *const *a = allowed; *a; a++) {
        expected++;
    }
    const table *const both[] = {ours, theirs};
    for (size_t t = 0; t < 2; t++) {
        const column *code = table_find(both[t], "code");
        for (size_t i = 0; i < both[t]->rows; i++) {
            const char *text = column_text(code, i);
            const bool once = t == 0 || code_index_find(x, text) == ROW_NONE;
            const bool same =
                is_near(value_of(ours, x, text, "pop"), value_of(theirs, y, text, "pop")) &&
                is_near(value_of(ours, x, text, "area"), value_of(theirs, y, text, "area"));
            if (!same && once) {
                if (!is_listed(allowed, text)) {
                    print_message("%s differs\n", text);
                }
                assert_true(is_listed(allowed, text));
                differing++;
            }
        }
    }
    assert_int_equal(differing, expected);
    code_index_free(x);
    code_index_free(y);
}

static void totals_are_kept(const carried *c)
{
    assert_true(fabs(total(c->rows, "pop") - PERSONS) <= 1e-9 * PERSONS);
    assert_true(fabs(total(c->rows, "area") - HECTARES) <= 1e-9 * HECTARES);
    assert_true(fabs(c->report.weight_after - PERSONS) <= 1e-9 * PERSONS);
}

static void by_the_movements_every_commune_but_the_explained_ones_is_equal(void **state)
{
    (void)state;
    SKIP_WITHOUT(CASE "cog_2014.csv");
    static const char *const before_2020[] = {"55138", "55298", "76601", "76676", NULL};
    static const char *const since_2020[] = {"14666", "14712", "55138", "55298",
                                             "76601", "76676", NULL};
    const int32_t years[] = {2017, 2019, 2024};
    cog c = {0};
    cog_open(&c);
    table *data = data_2014(&c);
    for (size_t i = 0; i < 3; i++) {
        carried ours = carry_2014(&c, data, c.history, NULL, years[i]);
        table *theirs = expected_of(&c, years[i]);
        totals_are_kept(&ours);
        compare(&c, ours.rows, theirs, years[i] < 2020 ? before_2020 : since_2020);
        table_free(theirs);
        carried_clear(&ours);
    }
    table_free(data);
    cog_close(&c);
}

static void by_the_passage_table_every_commune_is_equal(void **state)
{
    (void)state;
    SKIP_WITHOUT(CASE "cog_2014.csv");
    static const char *const none[] = {NULL};
    const int32_t years[] = {2017, 2019, 2024};
    cog c = {0};
    cog_open(&c);
    table *data = data_2014(&c);
    for (size_t i = 0; i < 3; i++) {
        for (size_t alone = 0; alone < 2; alone++) { /* with the movements beside it, or not */
            carried ours = carry_2014(&c, data, alone ? NULL : c.history, &c.passage, years[i]);
            table *theirs = expected_of(&c, years[i]);
            totals_are_kept(&ours);
            compare(&c, ours.rows, theirs, none);
            table_free(theirs);
            carried_clear(&ours);
        }
    }
    assert_true(says(c.f.list, "written backwards"));
    table_free(data);
    cog_close(&c);
}

/* Corbon (14178) joined 14474 (antuki/COGugaison#10): 237 inhabitants. */
static void corbon_and_its_heir_have_237_inhabitants(void **state)
{
    (void)state;
    SKIP_WITHOUT(CASE "cog_2014.csv");
    cog c = {0};
    code_index *x = NULL;
    cog_open(&c);
    table *data = data_2014(&c);
    carried ours = carry_2014(&c, data, c.history, NULL, 2019);
    assert_int_equal(code_index_new(&x, ours.rows, "code", c.f.list), STATUS_OK);
    assert_true(is_near(value_of(ours.rows, x, "14474", "pop"), 237));
    assert_true(is_near(value_of(ours.rows, x, "14474", "area"), 11));
    assert_int_equal(code_index_find(x, "14178"), ROW_NONE);
    code_index_free(x);
    carried_clear(&ours);
    table_free(data);
    cog_close(&c);
}

/* --- detection --- */

static void the_legal_population_of_2021_is_of_2023(void **state)
{
    (void)state;
    SKIP_WITHOUT(CASE "cog_2014.csv");
    static const char *const codes[] = {"code"};
    cog c = {0};
    error err;
    vintage_match m;
    cog_open(&c);
    imported population = import_ok(&c.f, "population", POPULATION);
    assert_int_equal(vintage_detect(c.history, population.rows, codes, 1, &m, &err), STATUS_OK);
    assert_true(vintage_fits(&m, 2023));
    assert_false(vintage_fits(&m, 2024));
    assert_int_equal(m.absent[2024 - m.first], 13);
    assert_int_equal(m.last_fit, 2023);
    assert_int_equal(vintage_nearest_fit(&m, 2024), 2023);
    assert_int_equal(m.unknown, 0);
    vintage_match_clear(&m);
    imported_clear(&population);
    cog_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_codes_of_a_year_are_those_that_insee_lists),
        cmocka_unit_test(by_the_movements_every_commune_but_the_explained_ones_is_equal),
        cmocka_unit_test(by_the_passage_table_every_commune_is_equal),
        cmocka_unit_test(corbon_and_its_heir_have_237_inhabitants),
        cmocka_unit_test(the_legal_population_of_2021_is_of_2023),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
