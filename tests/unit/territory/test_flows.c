/* Home-work flows: totals of the base file, shares of the detail, and a balance that closes. */
#include "files.h"

#include <math.h>

static const char places[] = "code,lon,lat\n77001,2.5,48.5\n77002,2.6,48.5\n75056,2.35,48.86\n";

static double workers_total(const flows *f)
{
    double total = 0;
    for (size_t i = 0; i < f->count; i++) {
        total += number_of(f->rows, "workers", i);
    }
    return total;
}

static flows *share(fixture *f, const territory *t, const imported *base, const imported *detail)
{
    static const double modes[COMMUTE_MODE_COUNT] = {0, 0.1, 0, 0, 0, 0.9, 0, 0};
    static const double cs[7] = {0, 0, 0, 0.5, 0.5, 0, 0};
    flows *out = NULL;
    error err;
    const flows_inputs in = {
        .base = base, .detail = detail, .mode_share = modes, .cs_share = cs, .weight = 2.5};
    const status rc = flows_build(t, &in, f->balance, &out, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    return out;
}

static void totals_take_the_shares_of_the_detail(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.csv", places);
    imported base = import_good(f, "flows", "b.csv",
                                "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C20_ACTOCC15P\n"
                                "77001;a;77002;b;100\n77001;a;75056;p;40\n77002;b;75056;p;10\n"
                                "77002;b;99999;x;8\n");
    imported detail = import_good(f, "detail", "d.csv",
                                  "ORI;ORILIB;DES;DESLIB;MODE;CSP;FLOW\n"
                                  "77001;a;77002;b;VP;3;30\n77001;a;77002;b;TC;4;10\n");
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    assert_int_equal(base.vintage, 2020);
    flows *made = share(f, t, &base, &detail);
    assert_int_equal(made->pair_count, 4);
    assert_true(made->detailed);
    assert_true(fabs(workers_total(made) - 158) < 1e-9);
    /* 77001-75056 takes the shares of residents of 77001 working elsewhere */
    assert_int_equal(made->pair_start[1], 2);
    assert_string_equal(text_of(made->rows, "work_code", 0), "75056");
    assert_int_equal(table_find(made->rows, "shares")->at.u32[0], SHARES_DETAIL_ORIGIN);
    assert_true(number_of(made->rows, "workers", 0) == 30);
    assert_int_equal(table_find(made->rows, "mode")->at.u32[0], COMMUTE_CAR);
    /* 77001-77002 has its own, scaled from 40 to 100 */
    assert_int_equal(table_find(made->rows, "shares")->at.u32[2], SHARES_DETAIL);
    assert_true(fabs(number_of(made->rows, "workers", 2) - 75) < 1e-9);
    assert_true(fabs(number_of(made->rows, "variance", 2) - 75 * 1.5) < 1e-9);
    assert_true(fabs(number_of(made->rows, "crow_km", 2) - 7.3681) < 1e-3);
    /* abroad: kept, counted apart, no distance */
    const size_t last = made->count - 1;
    assert_int_equal(made->j[last], WORK_OUTSIDE);
    assert_int_equal(column_state(table_find(made->rows, "crow_km"), last), VALUE_MISSING);
    assert_int_equal(table_find(made->rows, "shares")->at.u32[last], SHARES_DETAIL_ALL);
    assert_true(says(f->list, "abroad"));
    flows_free(made);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
    imported_clear(&detail);
}

/* 77001 is at 2.5, 48.5; the work place of BE25F 50 km due north of it, 0.44966 degree. */
static void frontier_workers_have_a_distance_of_their_own(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.csv", places);
    imported base = import_good(f, "flows", "b.csv",
                                "CODGEO;DCLT;NBFLUX_C20_ACTOCC15P\n77001;BE25F;20\n"
                                "77001;AL000;5\n77001;99999;8\n77001;ZZZZZ;2\n77001;77002;40\n");
    imported foreign = import_good(f, "foreign_places", "f.csv",
                                   "code,name,lon,lat\nBE25F,Mouscron,2.5,48.949660\n");
    static const double modes[COMMUTE_MODE_COUNT] = {0, 0, 0, 0, 0, 1, 0, 0};
    static const double cs[7] = {0, 0, 0, 1, 0, 0, 0};
    static const char *const codes[] = {"77002", "99999", "AL000", "BE25F", "ZZZZZ"};
    static const uint32_t how[] = {ABROAD_NO, ABROAD_NO, ABROAD_NO_POINT, ABROAD_LOCATED,
                                   ABROAD_NO};
    error err;
    flows *made = NULL;
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    const flows_inputs wanted = {
        .base = &base, .foreign = &foreign, .mode_share = modes, .cs_share = cs, .weight = 2.5};
    assert_int_equal(flows_build(t, &wanted, f->balance, &made, f->list), STATUS_OK);
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    assert_int_equal(made->count, 5);
    const column *abroad = table_find(made->rows, "abroad");
    const column *km = table_find(made->rows, "abroad_crow_km");
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(text_of(made->rows, "work_code", i), codes[i]);
        assert_int_equal(abroad->at.u32[i], how[i]);
        assert_int_equal(column_state(km, i) == VALUE_PRESENT, how[i] == ABROAD_LOCATED);
    }
    assert_true(fabs(km->at.f64[3] - 50) < 1e-3);
    /* never a work place inside, and no distance of the others' kind */
    assert_int_equal(made->j[3], WORK_OUTSIDE);
    assert_int_equal(column_state(table_find(made->rows, "crow_km"), 3), VALUE_MISSING);
    assert_true(says(f->list, "25.0 workers work in a neighbouring country, 20.0 of them"));
    assert_true(says(f->list, "10.0 have 99999 or ZZZZZ"));
    flows_free(made);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
    imported_clear(&foreign);
}

static void without_a_detail_the_shares_are_assumed(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.csv", places);
    imported base = import_good(f, "flows", "b.csv", "CODGEO;DCLT;NBFLUX_C20\n77001;77002;100\n");
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    flows *made = share(f, t, &base, NULL);
    assert_int_equal(made->count, 4);
    assert_false(made->detailed);
    assert_true(fabs(number_of(made->rows, "workers", 0) - 5) < 1e-12);
    assert_int_equal(table_find(made->rows, "shares")->at.u32[0], SHARES_ASSUMED);
    assert_true(says(f->list, "national assumption"));
    flows_free(made);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
}

/* Two arrondissements of Paris are two work places of the file and one place here. */
static void arrondissements_add_up_in_their_commune(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.csv", places);
    imported base =
        import_good(f, "flows", "b.csv",
                    "CODGEO;DCLT;NBFLUX_C20\n75101;75102;1\n75103;75101;2\n77001;75101;3\n"
                    "77001;75102;4\n92050;75101;7\n77555;75101;9\n");
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    flows *made = share(f, t, &base, NULL);
    assert_int_equal(made->pair_count, 2);
    assert_true(fabs(workers_total(made) - 10) < 1e-9);
    assert_true(number_of(made->rows, "crow_km", 0) == 0);
    assert_true(says(f->list, "1 flows have an unknown residence commune (the first: 77555)"));
    flows_free(made);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
}

static double balance_of(const ledger *l, const char *outcome, bool weight)
{
    error err;
    table *balance = NULL;
    table *rejects = NULL;
    double sum = 0;
    assert_int_equal(ledger_tables(l, &balance, &rejects, &err), STATUS_OK);
    const column *rows = table_find(balance, "rows");
    for (size_t i = 0; i < balance->rows; i++) {
        if (strcmp(text_of(balance, "role", i), "detail") == 0 &&
            strcmp(text_of(balance, "outcome", i), outcome) == 0) {
            sum += weight ? number_of(balance, "weight", i) : (double)rows->at.i64[i];
        }
    }
    table_free(balance);
    table_free(rejects);
    return sum;
}

static bool says_in_french(const faults *list, const char *text)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        if (strstr(faults_at(list, i)->fr, text)) {
            return true;
        }
    }
    return false;
}

/* The balance is of the file, whose rows are respondents; the importer has gathered them. */
static void a_detail_file_is_balanced_by_its_respondents(void **state)
{
    fixture *f = *state;
    imported communes = import_good(f, "communes", "c.csv", places);
    imported detail = import_good(f, "detail", "FD_MOBPRO_2020.csv",
                                  "COMMUNE;ARM;DCLT;DCFLT;TRANS;CS1;IPONDI\n"
                                  "77001;ZZZZZ;77002;99999;5;3;2\n"
                                  "77001;ZZZZZ;77002;99999;5;3;3.5\n"
                                  "77001;ZZZZZ;13055;99999;5;3;1500.5\n"
                                  "13055;ZZZZZ;77001;99999;5;3;7\n"
                                  "13055;ZZZZZ;77001;99999;5;3;4.3\n"
                                  "77555;ZZZZZ;77001;99999;5;3;1\n"
                                  "77555;ZZZZZ;77001;99999;5;3;2\n"
                                  "77555;ZZZZZ;77001;99999;5;3;3\n");
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    flows *made = share(f, t, NULL, &detail);
    const struct {
        const char *outcome;
        double rows, weight;
    } expected[] = {
        {"read", 8, 1523.3}, {"used", 3, 1506}, {"ignored", 2, 11.3}, {"rejected", 3, 6}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(balance_of(f->balance, expected[i].outcome, false) == expected[i].rows);
        assert_true(fabs(balance_of(f->balance, expected[i].outcome, true) - expected[i].weight) <
                    1e-9);
    }
    assert_true(says(f->list, "3 flows have an unknown residence commune (the first: 77555)"));
    assert_true(says(f->list, "2 flows, 11.3 workers, ignored"));
    assert_true(says(f->list, "1 flows, 1,500.5 workers, work in France"));
    assert_true(says_in_french(f->list, "1 flux, 1\u202f500,5 actifs, travaillent en France"));
    assert_true(says_in_french(f->list, "2 flux, 11,3 actifs, ignorés"));
    flows_free(made);
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&detail);
}

static void a_pair_twice_is_refused_with_both_lines(void **state)
{
    fixture *f = *state;
    flows *made = NULL;
    imported communes = import_good(f, "communes", "c.csv", places);
    imported base =
        import_good(f, "flows", "b.csv",
                    "CODGEO;DCLT;NBFLUX_C20\n77001;75056;1\n77002;75056;2\n77001;75056;1\n");
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    const flows_inputs inputs = {.base = &base, .weight = 2.5};
    assert_int_equal(flows_build(t, &inputs, f->balance, &made, f->list), STATUS_INPUT);
    assert_null(made);
    assert_true(says(f->list, "duplicate pair 77001-75056: lines 2 and 4"));
    territory_free(t);
    imported_clear(&communes);
    imported_clear(&base);
}

/* --- a hundred thousand flows, in two orders --- */

enum { SIDE = 317, PROPERTY_ROWS = SIDE * SIDE };

static char *property_file(const size_t *order)
{
    char *text = malloc((size_t)PROPERTY_ROWS * 40 + 64);
    size_t used = (size_t)sprintf(text, "CODGEO;DCLT;NBFLUX_C20\n");
    for (size_t i = 0; i < PROPERTY_ROWS; i++) {
        const size_t k = order[i];
        used += (size_t)sprintf(text + used, "77%03zu;77%03zu;%.6f\n", 1 + k / SIDE, 1 + k % SIDE,
                                0.1 + (double)(k * 2654435761u % 100003) / 7.0);
    }
    return text;
}

static char *property_places(void)
{
    char *text = malloc((size_t)SIDE * 40 + 64);
    size_t used = (size_t)sprintf(text, "code,lon,lat\n");
    for (size_t i = 0; i < SIDE - 1; i++) { /* the last commune is unknown */
        used += (size_t)sprintf(text + used, "77%03zu,%.4f,%.4f\n", 1 + i, 2.4 + 0.001 * (double)i,
                                48.3 + 0.0007 * (double)(i * 7 % 311));
    }
    return text;
}

static void shuffled_flows_give_the_same_bytes(void **state)
{
    fixture *f = *state;
    error err;
    size_t *order = malloc(PROPERTY_ROWS * sizeof *order);
    flows *made[2] = {NULL, NULL};
    imported base[2];
    char *text = property_places();
    imported communes = import_good(f, "communes", "c.csv", text);
    free(text);
    const territory_inputs in = {.communes = &communes};
    territory *t = build(f, &in);
    for (size_t run = 0; run < 2; run++) {
        for (size_t i = 0; i < PROPERTY_ROWS; i++) {
            order[i] = run ? (i * 7919 + 13) % PROPERTY_ROWS : i; /* 7919 is prime to 317² */
        }
        text = property_file(order);
        base[run] = import_good(f, "flows", "b.csv", text);
        free(text);
        made[run] = share(f, t, &base[run], NULL);
    }
    assert_int_equal(made[0]->pair_count, (SIDE - 1) * SIDE);
    assert_int_equal(made[0]->count, made[1]->count);
    const char *const names[] = {"workers", "variance", "crow_km"};
    for (size_t c = 0; c < 3; c++) {
        assert_memory_equal(table_find(made[0]->rows, names[c])->at.f64,
                            table_find(made[1]->rows, names[c])->at.f64,
                            made[0]->count * sizeof(double));
    }
    assert_memory_equal(made[0]->o, made[1]->o, made[0]->count * sizeof(uint32_t));
    assert_memory_equal(made[0]->j, made[1]->j, made[0]->count * sizeof(uint32_t));
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    for (size_t run = 0; run < 2; run++) {
        flows_free(made[run]);
        imported_clear(&base[run]);
    }
    territory_free(t);
    imported_clear(&communes);
    free(order);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(totals_take_the_shares_of_the_detail),
        TEST(frontier_workers_have_a_distance_of_their_own),
        TEST(without_a_detail_the_shares_are_assumed),
        TEST(arrondissements_add_up_in_their_commune),
        TEST(a_detail_file_is_balanced_by_its_respondents),
        TEST(a_pair_twice_is_refused_with_both_lines),
        TEST(shuffled_flows_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
