/* Addresses: typed texts are read as a postman would, and what is not sure is not chosen. */
#include "placing.h"

#include <math.h>

#include "territory/address_words.h"

static void typed_addresses_are_cut(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        uint32_t number;
        const char *suffix, *street;
    } cases[] = {
        {"12 rue de la Paix", 12, "", "rue paix"},
        {"12bis, av. du Gal Leclerc", 12, "bis", "avenue general leclerc"},
        {"12 b bd St-Michel", 12, "bis", "boulevard saint michel"},
        {"n° 3 ter pl. de l’Église", 3, "ter", "place eglise"},
        {"5-9 Rue des Papetiers", 5, "", "rue papetiers"},
        {"4 et 6 chem des Prés 77000 Melun", 4, "", "chemin pres"},
        {"Rue du 8 mai 1945", 0, "", "rue 8 mai 1945"},
        {"1 rue du 8 mai 1945", 1, "", "rue 8 mai 1945"},
        {"Mairie 2 place Carnot", 2, "", "place carnot"},
        {"Maison des services rue Carnot", 0, "", "rue carnot"},
        {"Le Bourg", 0, "", "bourg"},
        {"7 A RUE D'ARC", 7, "a", "rue arc"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        address_part parts[ADDRESS_PARTS];
        const size_t count = address_parts(cases[i].typed, parts);
        assert_true(count >= 1);
        assert_string_equal(parts[0].street.text, cases[i].street);
        assert_int_equal(parts[0].number, cases[i].number);
        assert_string_equal(parts[0].suffix, cases[i].suffix);
    }
    address_part parts[ADDRESS_PARTS];
    assert_int_equal(address_parts("Maison des services, 12 rue Carnot", parts), 2);
    assert_int_equal(parts[1].number, 12);
    assert_int_equal(address_parts("", parts), 0);
}

#define BAN_HEADER                                                                                 \
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;"                        \
    "code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position\n"
/* In 77001 (2.5 to 2.6 east) and 77002 (2.6 to 2.7), the same postcode. */
static const char ban[] = BAN_HEADER
    "a1;;2;;Avenue du Général Leclerc;77630;77001;Achères;;;0;0;2.51;48.51;entrée\n"
    "a2;;12;;Avenue du Général Leclerc;77630;77001;Achères;;;0;0;2.52;48.51;entrée\n"
    "a3;;12;bis;Avenue du Général Leclerc;77630;77001;Achères;;;0;0;2.521;48.51;entrée\n"
    "a4;;20;;Avenue du Général Leclerc;77630;77001;Achères;;;0;0;2.53;48.51;entrée\n"
    "a5;;1;;Rue de l'Église;77630;77001;Achères;;;0;0;2.55;48.55;entrée\n"
    "a6;;1;;Rue de l'Église;77630;77002;Barbizon;;;0;0;2.65;48.55;entrée\n"
    "a7;;3;;Place du Marché;77630;77002;Barbizon;77444;Vieux-Barbizon;0;0;2.66;48.56;entrée\n"
    "a8;;3;;Place du Marché;77630;77002;Barbizon;77002;Barbizon;0;0;2.68;48.52;entrée\n"
    "b1;;5;;Rue du Stade;77630;77001;Achères;;;0;0;2.51;48.58;entrée\n"
    "b2;;5;;Rue du Stade;77630;77001;Achères;;;0;0;2.58;48.52;entrée\n"
    "a9;;99999;;Les Grands Prés;77630;77002;Barbizon;;;0;0;2.61;48.59;segment\n";

static placed place_addresses(fixture *f, const char *rows)
{
    static char text[1200];
    (void)snprintf(text, sizeof text, "id;nom;adresse;code_postal;ville;code_commune;lon;lat\n%s",
                   rows);
    const placing in = {.lists = {text}, .addresses = {ban}};
    return place(f, &in);
}

static void an_address_is_found_by_number_street_or_middle(void **state)
{
    placed p = place_addresses(*state, "1;A;12 av. du Gal Leclerc;77630;Achères;;;\n"
                                       "2;B;12 bis avenue General Leclerc;;;77001;;\n"
                                       "3;C;12 ter avenue du Général Leclerc;;;77001;;\n"
                                       "4;D;14 avenue du Général Leclerc;;;77001;;\n"
                                       "5;E;Avenue du Général Leclerc;;;77001;;\n"
                                       "6;F;Lieu-dit Les Grands Prés;;;77002;;\n"
                                       "7;G;12 rue du Général Leclerc;;;77001;;\n");
    assert_placed(&p, "a:1", "address", "housenumber", "none");
    assert_true(p.made->lon[0] == 2.52 && number_of(p.made->placements, "score", 0) == 1);
    assert_placed(&p, "a:2", "address", "housenumber", "none");
    assert_true(p.made->lon[1] == 2.521);
    assert_placed(&p, "a:3", "address", "housenumber", "none");
    assert_true(fabs(number_of(p.made->placements, "score", 2) - 0.95) < 1e-12);
    assert_placed(&p, "a:4", "address", "street", "nearby");
    assert_true(p.made->lon[3] == 2.52); /* the nearest even number */
    assert_true(fabs(number_of(p.made->placements, "score", 3) - 0.85) < 1e-12);
    assert_placed(&p, "a:5", "address", "street", "nearby");
    assert_true(fabs(number_of(p.made->placements, "score", 4) - 0.7) < 1e-12);
    assert_placed(&p, "a:6", "address", "locality", "nearby");
    assert_string_equal(ledger_text(&p, "a:6", "code"), "77002");
    assert_true(fabs(number_of(p.made->placements, "score", 6) - 0.9) < 1e-12); /* rue, avenue */
    assert_non_null(strstr(ledger_text(&p, "a:1", "alternatives"),
                           "12 Avenue du Général Leclerc 77630 Achères"));
    placed_free(&p);
}

/* Two streets of the same name in one postcode: neither is chosen, both are named. */
static void ambiguous_addresses_are_told_not_guessed(void **state)
{
    fixture *f = *state;
    placed p = place_addresses(f, "1;A;1 rue de l'Église;77630;;77003;;\n"
                                  "2;B;1 rue de l'Église;77630;Barbizon;;;\n"
                                  "3;C;3 place du Marché;77630;Vieux-Barbizon;77002;;\n"
                                  "4;D;3 place du Marché;77630;;77444;;\n"
                                  "5;E;9 rue Introuvable;;;77001;;\n"
                                  "6;F;5 rue du Stade;;;77001;;\n"
                                  "7;G;5 rue du Stade;77630;Achères;;;\n"
                                  "8;H;9 rue Introuvable;77630;Barbizon;;;\n");
    assert_placed(&p, "a:1", "commune", "commune", "commune");
    assert_doubt(&p, "a:1", "two addresses answer as well, 7.4 km apart: none is chosen");
    assert_non_null(strstr(ledger_text(&p, "a:1", "alternatives"), "77630 Achères"));
    assert_non_null(strstr(ledger_text(&p, "a:1", "alternatives"), "77630 Barbizon"));
    assert_placed(&p, "a:2", "address", "housenumber", "none");
    assert_true(p.made->lon[1] == 2.65);
    assert_placed(&p, "a:3", "address", "housenumber", "none"); /* the former commune decides */
    assert_true(p.made->lon[2] == 2.66);
    assert_placed(&p, "a:4", "address", "housenumber", "none"); /* so does its old code */
    assert_true(p.made->lon[3] == 2.66);
    assert_placed(&p, "a:6", "commune", "commune", "commune"); /* twice in one commune */
    assert_doubt(&p, "a:6", "two addresses answer as well");
    assert_placed(&p, "a:7", "address", "commune", "commune"); /* the postcode and name tell it */
    assert_string_equal(ledger_text(&p, "a:7", "code"), "77001");
    assert_placed(&p, "a:8", "address", "commune", "commune");
    assert_string_equal(ledger_text(&p, "a:8", "code"), "77002");
    assert_placed(&p, "a:5", "commune", "commune", "commune");
    assert_doubt(&p, "a:5", "is not in the addresses given");
    placed_free(&p);
}

/* A point is checked against its address; refused points take it. */
static void addresses_check_points(void **state)
{
    placed p = place_addresses(*state, "1;A;12 av Leclerc general;;;77001;2.5201;48.51\n"
                                       "2;B;12 avenue du Général Leclerc;;;77001;2.59;48.59\n"
                                       "3;C;12 avenue du Général Leclerc;;;77001;0;0\n"
                                       "4;D;12 avenue du Général Leclerc;;;77001;2.75;48.55\n");
    assert_placed(&p, "a:1", "coordinates", "point", "none");
    assert_placed(&p, "a:2", "coordinates", "doubtful", "elsewhere");
    assert_doubt(&p, "a:2", "km from its address, 12 Avenue du Général Leclerc");
    assert_true(number_of(p.made->placements, "distance_km", 1) > 9);
    assert_placed(&p, "a:3", "address", "housenumber", "none");
    /* The commune and the address agree against the point. */
    assert_placed(&p, "a:4", "address", "housenumber", "none");
    assert_true(p.made->lon[3] == 2.52);
    assert_non_null(strstr(ledger_text(&p, "a:4", "alternatives_en"), "point given (2.75; 48.55)"));
    placed_free(&p);
}

/* Files and rows in any order give the same index. */
static void the_order_of_addresses_changes_nothing(void **state)
{
    static const char list[] =
        "id;nom;adresse;code_postal;ville\n1;A;1 rue de l'Église;77630;\n"
        "2;B;rue Leclerc;77630;Achères\n3;C;13 av du general leclerc;77630;\n";
    char reversed[2][1200] = {BAN_HEADER, BAN_HEADER};
    const char *rows[16];
    size_t count = 0;
    for (const char *at = ban + strlen(BAN_HEADER); *at; at = strchr(at, '\n') + 1) {
        rows[count++] = at;
    }
    for (size_t i = count; i > 0; i--) {
        strncat(reversed[i % 2], rows[i - 1],
                (size_t)(strchr(rows[i - 1], '\n') + 1 - rows[i - 1]));
    }
    const placing one = {.lists = {list}, .addresses = {ban}};
    const placing two = {.lists = {list}, .addresses = {reversed[1], reversed[0]}};
    placed p = place(*state, &one);
    placed q = place(*state, &two);
    for (size_t i = 0; i < 3; i++) {
        assert_memory_equal(&p.made->lon[i], &q.made->lon[i], sizeof(double));
        assert_string_equal(text_of(p.made->placements, "alternatives", i),
                            text_of(q.made->placements, "alternatives", i));
        assert_string_equal(text_of(p.made->placements, "quality", i),
                            text_of(q.made->placements, "quality", i));
    }
    placed_free(&p);
    placed_free(&q);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_addresses_are_cut),
        TEST(an_address_is_found_by_number_street_or_middle),
        TEST(ambiguous_addresses_are_told_not_guessed),
        TEST(addresses_check_points),
        TEST(the_order_of_addresses_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
