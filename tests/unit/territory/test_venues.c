/* Venues: what they are, what they offer, where they stand, and what is said when a list is wrong.
 */
#include "files.h"

#include <math.h>

static const char places[] = "code,nom,lon,lat\n77001,Achères,2.5,48.5\n77002,Barbizon,2.6,48.5\n";

typedef struct placed {
    fixture *f;
    imported communes, rows, postcodes;
    territory *t;
    taxonomy *kinds;
    venues *made;
    status rc;
} placed;

static placed place_list(fixture *f, const char *text, const venue_list *pattern,
                         const char *postcodes)
{
    placed p = {.f = f};
    p.communes = import_good(f, "communes", "c.csv", places);
    p.rows = import_good(f, "venues", "v.csv", text);
    const territory_inputs in = {.communes = &p.communes};
    p.t = build(f, &in);
    assert_int_equal(taxonomy_read(TAXONOMY, &p.kinds, f->list), STATUS_OK);
    venue_list list = pattern ? *pattern : (venue_list){0};
    list.id = "lieux";
    list.rows = &p.rows;
    if (postcodes) {
        p.postcodes = import_good(f, "postcodes", "p.csv", postcodes);
        list.postcodes = &p.postcodes;
    }
    const venues_inputs wanted = {.lists = &list, .list_count = 1};
    p.rc = venues_place(p.t, p.kinds, &wanted, f->balance, &p.made, f->list);
    return p;
}

static void placed_clear(placed *p)
{
    venues_free(p->made);
    taxonomy_free(p->kinds);
    territory_free(p->t);
    imported_clear(&p->communes);
    imported_clear(&p->rows);
    imported_clear(&p->postcodes);
}

static void the_taxonomy_is_the_documented_one(void **state)
{
    fixture *f = *state;
    taxonomy *kinds = NULL;
    assert_int_equal(taxonomy_read(TAXONOMY, &kinds, f->list), STATUS_OK);
    assert_int_equal(kinds->count, 28);
    const kind *fablab = taxonomy_find(kinds, "ART.FABLAB");
    assert_non_null(fablab);
    const double expected[FUNCTION_COUNT] = {0, 0.5, 1, 1, 0, 0, 0, 0.5};
    assert_memory_equal(fablab->function, expected, sizeof expected);
    assert_int_equal(fablab->in_scope, 1);
    assert_int_equal(taxonomy_find(kinds, "ACT.FS")->in_scope, 0);
    assert_int_equal(taxonomy_find(kinds, "XXX.AUTRE")->in_scope, 2);
    assert_null(taxonomy_find(kinds, "ART.NONE"));
    taxonomy_free(kinds);
}

static void declared_functions_replace_those_of_the_kind(void **state)
{
    placed p = place_list(*state,
                          "id;nom;type;fonctions;lon;lat\n"
                          "1;A;ART.FABLAB;;2.51;48.51\n2;B;fablab;a, g:0.5;2.6;48.5\n"
                          "3;C;Espace de coworking;;2.5;48.5\n"
                          "4;D;Ateliers artisanaux partagés;;2.5;48.5\n"
                          "5;E;ACT.CAFE|EDU.MEDIA;;2.5;48.5\n6;F;;;2.5;48.5\n",
                          NULL, NULL);
    assert_int_equal(p.rc, STATUS_OK);
    assert_int_equal(p.made->count, 6);
    assert_string_equal(p.made->id[0], "lieux:1");
    const double none_but[FUNCTION_COUNT] = {1, 0, 0, 0, 0, 0, 0.5, 0};
    assert_memory_equal(p.made->function[1], none_but, sizeof none_but);
    assert_true(p.made->function[0][2] == 1 && p.made->function[0][7] == 0.5);
    assert_string_equal(text_of(p.made->rows, "kind", 2), "ACT.COWORK");
    assert_string_equal(text_of(p.made->rows, "kind", 3), "ART.ATELIER");
    const double best[FUNCTION_COUNT] = {0, 1, 0, 0, 1, 0, 0, 0.5};
    assert_memory_equal(p.made->function[4], best, sizeof best);
    assert_string_equal(text_of(p.made->rows, "kind", 5), "XXX.AUTRE");
    assert_int_equal(p.made->in_scope[5], 0);
    assert_int_equal(column_state(table_find(p.made->rows, "in_scope"), 5), VALUE_MISSING);
    assert_true(says(((fixture *)*state)->list, "1 venues of the list \"lieux\" have no kind"));
    placed_clear(&p);
}

static void what_is_not_known_is_refused_all_at_once(void **state)
{
    fixture *f = *state;
    placed p =
        place_list(f,
                   "id;nom;type;fonctions;statut;lon;lat\n"
                   "0;Z;Espace;;;2.5;48.5\n1;A;soucoupe;;;2.5;48.5\n2;B;ART.FABLAB;z;;2.5;48.5\n"
                   "3;C;ART.FABLAB;a:0.7;;2.5;48.5\n4;D;ART.FABLAB;;peut-être;2.5;48.5\n",
                   NULL, NULL);
    assert_int_equal(p.rc, STATUS_INPUT);
    assert_null(p.made);
    assert_true(says(f->list, "unknown kind of venue \"soucoupe\""));
    assert_true(says(f->list, "unknown kind of venue \"Espace\"")); /* three labels begin so */
    assert_true(says(f->list, "ART.FABLAB"));
    assert_true(says(f->list, "unknown function \"z\"; allowed: a-h"));
    assert_true(says(f->list, "weight \"a:0.7\""));
    assert_true(says(f->list, "unknown status"));
    placed_clear(&p);
}

static void points_that_cannot_be_fall_back(void **state)
{
    fixture *f = *state;
    const venue_list list = {.kind = "ART.FABLAB"};
    placed p = place_list(
        f,
        "id;nom;code_commune;code_postal;ville;lon;lat\n"
        "a;vrai;77001;;;2.51;48.5\n"
        "b;échangé;77002;;;48.5;2.6\n"
        "c;zéro;77002;;;0;0\n"
        "d;postal;;77630;Barbizon;;\n"
        "e;perdu;;99999;Nulle part;;\n"
        "f;loin;;;;5.37;43.3\n"
        "g;autre;77001;;;2.9;48.5\n"
        "h;ailleurs;33063;;;;\n",
        &list,
        "Code_postal;Nom_commune;Code_commune_INSEE\n77630;ARBONNE;77001\n77630;BARBIZON;77002\n");
    assert_int_equal(p.rc, STATUS_OK);
    const struct {
        const char *id, *placement, *code;
    } expected[] = {{"lieux:a", "coordinates", "77001"},
                    {"lieux:b", "coordinates", "77002"},
                    {"lieux:c", "commune", "77002"},
                    {"lieux:d", "postcode", "77002"},
                    {"lieux:e", "none", ""},
                    {"lieux:g", "commune", "77001"}};
    assert_int_equal(p.made->count, 6); /* f is far from everything, h in another département */
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(p.made->id[i], expected[i].id);
        assert_string_equal(text_of(p.made->rows, "placement", i), expected[i].placement);
        assert_string_equal(text_of(p.made->rows, "code", i), expected[i].code);
    }
    assert_true(isnan(p.made->lon[4]));
    assert_true(says(f->list, "swapped"));
    assert_true(says(f->list, "0, 0 is refused"));
    assert_true(says(f->list, "could not be placed"));
    error err;
    assert_int_equal(ledger_check(f->balance, &err), STATUS_OK);
    placed_clear(&p);
}

static void ids_are_unique(void **state)
{
    fixture *f = *state;
    const venue_list list = {.kind = "ART.FABLAB"};
    placed p =
        place_list(f, "id;nom;lon;lat\n7;A;2.5;48.5\n8;B;2.5;48.5\n7;C;2.5;48.5\n", &list, NULL);
    assert_int_equal(p.rc, STATUS_INPUT);
    assert_true(says(f->list, "the id lieux:7 is twice in the list \"lieux\": lines 2 and 4"));
    placed_clear(&p);
}

/* An id made from the row does not depend on where the row stands. */
static void made_ids_follow_the_content(void **state)
{
    fixture *f = *state;
    const venue_list list = {.kind = "ART.FABLAB"};
    placed p = place_list(f, "nom;lon;lat\nA;2.5;48.5\nB;2.5;48.5\n", &list, NULL);
    placed q = place_list(f, "nom;lon;lat\nB;2.5;48.5\nA;2.5;48.5\n", &list, NULL);
    assert_int_equal(p.rc, STATUS_OK);
    assert_int_equal(q.rc, STATUS_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(p.made->id[i], q.made->id[i]);
        assert_string_equal(p.made->name[i], q.made->name[i]);
    }
    assert_true(says(f->list, "2 venues of the list \"lieux\" have no id"));
    placed_clear(&p);
    placed_clear(&q);
}

static void invisible_characters_leave_the_name(void **state)
{
    fixture *f = *state;
    const venue_list list = {.kind = "ART.FABLAB"};
    placed p =
        place_list(f,
                   "id;nom;lon;lat\n1;\"=1+\xe2\x80\xae(evil)\xe2\x80\x8b\x1b[31m\";2.5;48.5\n"
                   "2;\"deux\nlignes\";2.5;48.5\n",
                   &list, NULL);
    assert_int_equal(p.rc, STATUS_OK);
    assert_string_equal(p.made->name[0], "=1+(evil)[31m");
    assert_string_equal(p.made->name[1], "deux lignes");
    size_t changed = 0;
    for (size_t i = 0; i < faults_count(f->list); i++) {
        changed += strstr(faults_at(f->list, i)->en, "reported as changed") != NULL;
    }
    assert_int_equal(changed, 1);
    placed_clear(&p);
}

static void only_open_venues_count_in_the_reference(void **state)
{
    fixture *f = *state;
    const venue_list list = {.kind = "ART.FABLAB", .status = "project"};
    placed p = place_list(
        f, "id;nom;statut;lon;lat\n1;A;;2.5;48.5\n2;B;ouvert;2.5;48.5\n3;C;fermé;2.5;48.5\n", &list,
        NULL);
    assert_int_equal(p.rc, STATUS_OK);
    assert_string_equal(text_of(p.made->rows, "status", 0), "project");
    assert_int_equal(p.made->open[0], 0);
    assert_int_equal(p.made->open[1], 1);
    assert_string_equal(text_of(p.made->rows, "status", 2), "closed");
    placed_clear(&p);
}

/* A label is an attribute: its state is the one at the date of the run, when there is one. */
static void labels_are_judged_at_the_date_of_the_run(void **state)
{
    static const char text[] = "id;nom;lon;lat;label;debut_label;fin_label;etat_label\n"
                               "1;A;2.5;48.5;FS;01/02/2020;;labellisé\n"
                               "2;B;2.5;48.5;FS;2019-03-04;2023-12-31;\n"
                               "3;C;2.5;48.5;FS;2025;;\n"
                               "4;D;2.5;48.5;FS;;2030-01-01;sorti\n"
                               "5;E;2.5;48.5;;;;\n"
                               "6;F;2.5;48.5;FS;hier;;Relabellisé\n";
    static const struct {
        const char *date, *state[6];
    } cases[] = {
        {"2024-06-30", {"labelled", "left", "not_yet", "labelled", "", "relabelled"}},
        {"2023-12-30", {"labelled", "labelled", "not_yet", "labelled", "", "relabelled"}},
        {"2031-01-01", {"labelled", "left", "labelled", "left", "", "relabelled"}},
        {"2019-03-03", {"not_yet", "not_yet", "not_yet", "labelled", "", "relabelled"}},
        {NULL, {"labelled", "", "labelled", "left", "", "relabelled"}},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const venue_list list = {.kind = "ART.FABLAB", .date = cases[i].date};
        placed p = place_list(f, text, &list, NULL);
        assert_int_equal(p.rc, STATUS_OK);
        for (size_t v = 0; v < 6; v++) {
            assert_string_equal(text_of(p.made->rows, "label_state", v), cases[i].state[v]);
            assert_int_equal(p.made->open[v], 1);
        }
        assert_string_equal(text_of(p.made->rows, "label_start", 0), "2020-02-01");
        assert_string_equal(text_of(p.made->rows, "label_end", 1), "2023-12-31");
        assert_string_equal(text_of(p.made->rows, "label_start", 5), "");
        assert_true(says(f->list, "date \"hier\" not understood"));
        placed_clear(&p);
    }
}

/* An itinerant venue's point is one of its stops: it counts, unless the run file sets it aside. */
static void itinerant_venues_may_be_set_aside(void **state)
{
    static const char text[] =
        "id;nom;lon;lat;itinerant;horaires\n1;A;2.5;48.5;oui;Mo 18:00-20:00\n"
        "2;B;2.5;48.5;;\"by appointment\"\n";
    fixture *f = *state;
    for (size_t aside = 0; aside < 2; aside++) {
        const venue_list list = {.kind = "ART.FABLAB", .itinerants_aside = aside};
        placed p = place_list(f, text, &list, NULL);
        assert_int_equal(p.rc, STATUS_OK);
        assert_int_equal(p.made->open[0], !aside);
        assert_int_equal(p.made->open[1], 1);
        assert_string_equal(text_of(p.made->rows, "presence", 0), "itinerant");
        assert_string_equal(text_of(p.made->rows, "presence", 1), "fixed");
        assert_string_equal(text_of(p.made->rows, "status", 0), "open");
        assert_true(fabs(number_of(p.made->rows, "hours_week", 0) - 2) < 1e-9);
        assert_int_equal(table_find(p.made->rows, "open_evening")->at.u32[0], 1);
        assert_int_equal(table_find(p.made->rows, "open_saturday")->at.u32[0], 0);
        const column *hours = table_find(p.made->rows, "hours_week");
        assert_int_equal(column_state(hours, 1), VALUE_MISSING);
        assert_int_equal(table_find(p.made->rows, "by_appointment")->at.u32[1], 1);
        placed_clear(&p);
    }
}

/* Variants of the census' families: with and without what follows the slash, case, blanks. */
static void families_are_known_by_what_stands_before_the_slash(void **state)
{
    placed p = place_list(*state,
                          "id;nom;type;lon;lat\n"
                          "1;A;tiers-lieu culturel / lieu intermédiaire;2.5;48.5\n"
                          "2;B;FABLAB / MAKERSPACE;2.5;48.5\n"
                          "3;C;Living Lab (innovation);2.5;48.5\n"
                          "4;D;Bureaux partagés;2.5;48.5\n"
                          "5;E;Cuisine partagée/Foodlab|tiers-lieu nourricier;2.5;48.5\n",
                          NULL, NULL);
    static const char *const kinds[] = {"ART.CULT", "ART.FABLAB", "ACT.LIVINGLAB", "ACT.COWORK",
                                        "ACT.KITCHEN"};
    assert_int_equal(p.rc, STATUS_OK);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(text_of(p.made->rows, "kind", i), kinds[i]);
    }
    assert_true(p.made->function[4][3] == 1 && p.made->function[4][5] == 1);
    placed_clear(&p);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(the_taxonomy_is_the_documented_one),
        TEST(declared_functions_replace_those_of_the_kind),
        TEST(what_is_not_known_is_refused_all_at_once),
        TEST(points_that_cannot_be_fall_back),
        TEST(ids_are_unique),
        TEST(made_ids_follow_the_content),
        TEST(invisible_characters_leave_the_name),
        TEST(only_open_venues_count_in_the_reference),
        TEST(labels_are_judged_at_the_date_of_the_run),
        TEST(itinerant_venues_may_be_set_aside),
        TEST(families_are_known_by_what_stands_before_the_slash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
