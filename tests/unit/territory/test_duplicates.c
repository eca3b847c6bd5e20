/* The same venue in two lists counts once, whatever the order of rows; nothing of it is lost. */
#include "placing.h"

#include <math.h>

#include "territory/name_likeness.h"

static double alike(const char *a, const char *b)
{
    name_key x;
    name_key y;
    name_key_of(a, &x);
    name_key_of(b, &y);
    return name_likeness(&x, &y);
}

static void names_are_compared_by_their_words(void **state)
{
    (void)state;
    assert_true(alike("La Fabrique à Projets", "PROJETS FABRIQUE") == 1);
    assert_true(alike("Saint-Éloi", "st eloi") == 1);
    assert_true(alike("Le Hub", "Café associatif") == 0);
    assert_true(alike("", "Café") == 0);
    /* "  fablab " and "  fablabs " share 6 of 7 and 8 trigrams */
    assert_true(fabs(alike("fablab", "fablabs") - 2.0 * 6 / 15) < 1e-12);
    assert_true(alike("France services de Melun", "France services Melun Nord") > 0.6);
}

static const char first_list[] = "id;nom;fonctions;capacite;label;lon;lat;siret\n"
                                 "1;Le Grand Atelier;a;10;Fabrique;2.61;48.51;\n"
                                 "2;Le Hub;a;;;2.62;48.52;\n"
                                 "3;Sirène;a;;;2.63;48.53;123 456 789 00011\n"
                                 "4;La Halle;a;;;2.64;48.54;\n";
static const char second_list[] =
    "id;nom;fonctions;capacite;label;lon;lat;siret\n"
    "1;GRAND ATELIER;d;25;Manufacture;2.6101;48.5101;\n" /* 13 m away */
    "2;Le Hub;a;;;2.6245;48.52;\n"                       /* 331 m away */
    "3;Rien à voir;d:0.5;;;2.69;48.58;12345678900011\n"
    "4;Café;a;;;2.64;48.54;\n";

static void near_and_alike_is_the_same(void **state)
{
    fixture *f = *state;
    const placing in = {.lists = {first_list, second_list}};
    placed p = place(f, &in);
    error err;
    assert_int_equal(p.made->count, 6);
    const size_t kept = row_of(&p, "a:1");
    assert_string_equal(text_of(p.made->rows, "sources", kept), "a:1; b:1");
    assert_true(p.made->function[kept][0] == 1 && p.made->function[kept][3] == 1);
    assert_true(number_of(p.made->rows, "capacity", kept) == 25);
    assert_string_equal(text_of(p.made->rows, "label", kept), "Fabrique; Manufacture");
    assert_non_null(strstr(ledger_text(&p, "a:1", "alternatives_en"), "point of b:1, 13 m away"));
    /* The same SIRET is the same venue, wherever each list puts it. */
    assert_string_equal(text_of(p.made->rows, "sources", row_of(&p, "a:3")), "a:3; b:3");
    assert_string_equal(text_of(p.made->rows, "sources", row_of(&p, "b:2")), "b:2");
    assert_true(says(f->list, "\"GRAND ATELIER\" (b:1) is the same venue as a:1"));
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    placed_free(&p);
}

/* read = used + ignored for each list, the duplicates under their own reason. */
static void duplicates_are_in_the_balance(void **state)
{
    fixture *f = *state;
    error err;
    table *balance = NULL;
    table *rejects = NULL;
    const placing in = {.lists = {first_list, second_list}};
    placed p = place(f, &in);
    assert_int_equal(ledger_tables(f->balance, &balance, &rejects, &err), STATUS_OK);
    double ignored = 0;
    for (size_t i = 0; i < balance->rows; i++) {
        if (strstr(text_of(balance, "reason_en", i), "duplicate of another list's venue")) {
            ignored += number_of(balance, "weight", i);
        }
    }
    assert_true(ignored == 2);
    table_free(balance);
    table_free(rejects);
    placed_free(&p);
}

/* The best placed is kept, be it in the second list; then the first list. */
static void the_best_placed_is_kept(void **state)
{
    const placing in = {
        .lists = {"id;nom;code_commune;lon;lat;siret\n1;Le Hub;77002;;;12345678900011\n",
                  "id;nom;code_commune;lon;lat;siret\n9;Hub;77002;2.65;48.51;12345678900011\n"}};
    placed p = place(*state, &in);
    assert_int_equal(p.made->count, 1);
    assert_string_equal(p.made->id[0], "b:9");
    assert_string_equal(p.made->name[0], "Hub");
    assert_string_equal(text_of(p.made->rows, "sources", 0), "b:9; a:1");
    placed_free(&p);
}

/* Communes' points are no distance: the names must be all but the same, in the same commune. */
static void communes_points_prove_little(void **state)
{
    const placing in = {.lists = {"id;nom;code_commune\n1;Le Hub;77002\n2;Fablab du centre;77002\n",
                                  "id;nom;code_commune\n1;LE HUB;77002\n2;Fablab du bourg;77002\n"
                                  "3;Le Hub;77001\n"}};
    placed p = place(*state, &in);
    assert_int_equal(p.made->count, 4);
    assert_string_equal(text_of(p.made->rows, "sources", row_of(&p, "a:1")), "a:1; b:1");
    placed_free(&p);
}

/* A list says itself which venues are different; a candidate is not an open venue; a public desk is
 * not a workshop. */
static void what_differs_stays_apart(void **state)
{
    const placing in = {
        .lists = {"id;nom;statut;lon;lat\n1;Le Hub;;2.61;48.51\n2;Le Hub;;2.61;48.51\n",
                  "id;nom;statut;lon;lat\n1;Le Hub;projet;2.61;48.51\n",
                  "id;nom;statut;lon;lat\n1;Le Hub;;2.61;48.51\n"},
        .kinds = {NULL, NULL, "ACT.FS"}};
    placed p = place(*state, &in);
    assert_int_equal(p.made->count, 4);
    placed_free(&p);
}

static void the_rule_of_the_run_file_is_followed(void **state)
{
    fixture *f = *state;
    placing in = {.lists = {first_list, second_list}, .duplicates = {.distance_km = 0.4}};
    placed p = place(f, &in);
    assert_string_equal(text_of(p.made->rows, "sources", row_of(&p, "a:2")), "a:2; b:2");
    placed_free(&p);
    in.duplicates = (duplicate_rule){.keep = true};
    p = place(f, &in);
    assert_int_equal(p.made->count, 8);
    assert_doubt(&p, "a:1", "probably the same venue as b:1");
    placed_free(&p);
}

/* Three lists in six orders of rows: the same venues, ids and values. */
static void the_order_of_rows_changes_nothing(void **state)
{
    static const char *const head = "id;nom;label;lon;lat\n";
    static const char *const rows[] = {"1;Le Hub;X;2.61;48.51\n", "2;Hub;Y;2.6103;48.51\n",
                                       "3;Grand Hub;Z;2.6101;48.51\n"};
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    char expected[400] = "";
    for (size_t o = 0; o < 6; o++) {
        char text[200];
        char got[400] = "";
        strcpy(text, head);
        for (size_t i = 0; i < 3; i++) {
            strcat(text, rows[orders[o][i]]);
        }
        const placing in = {.lists = {text, text, text}};
        placed p = place(*state, &in);
        for (size_t i = 0; i < p.made->count; i++) {
            strcat(strcat(got, p.made->id[i]), "=");
            strcat(strcat(got, text_of(p.made->rows, "sources", i)), "|");
        }
        if (o == 0) {
            strcpy(expected, got);
        }
        assert_string_equal(got, expected);
        placed_free(&p);
    }
    assert_string_equal(expected, "a:1=a:1; b:1; c:1|a:2=a:2; b:2; c:2|a:3=a:3; b:3; c:3|");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_compared_by_their_words),
        TEST(near_and_alike_is_the_same),
        TEST(duplicates_are_in_the_balance),
        TEST(the_best_placed_is_kept),
        TEST(communes_points_prove_little),
        TEST(what_differs_stays_apart),
        TEST(the_rule_of_the_run_file_is_followed),
        TEST(the_order_of_rows_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
