/* Every venue says how it was placed, how sure that is, and what it can change; what is suspicious
 * is told with its line and what was used instead. */
#include "placing.h"

#include <math.h>

#include "geo/projection.h"

/* A warning with these words, at this line. */
static bool told_at(const faults *list, const char *text, uint64_t line)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        if (strstr(faults_at(list, i)->en, text) && faults_at(list, i)->line == line) {
            return true;
        }
    }
    return false;
}

static void a_sure_point_changes_nothing(void **state)
{
    const placing in = {.lists = {"id;nom;code_commune;lon;lat\n1;A;77001;2.53;48.52\n"}};
    placed p = place(*state, &in);
    assert_placed(&p, "a:1", "coordinates", "point", "none");
    assert_true(number_of(p.made->placements, "uncertainty_km", 0) == 0);
    assert_int_equal(column_state(table_find(p.made->placements, "distance_km"), 0),
                     VALUE_NOT_APPLICABLE);
    assert_int_equal(table_find(p.made->placements, "doubt_count")->at.u32[0], 0);
    placed_free(&p);
}

/* The radius of the disc of the commune's area says how far the truth may be. */
static void a_commune_is_uncertain_by_its_radius(void **state)
{
    const placing in = {.lists = {"id;nom;code_commune;lon;lat\n1;A;77001;;\n2;B;;;\n"}};
    placed p = place(*state, &in);
    const double km2 = number_of(p.t->places, "area_km2", territory_place(p.t, "77001"));
    assert_placed(&p, "a:1", "commune", "commune", "commune");
    assert_true(fabs(number_of(p.made->placements, "uncertainty_km", 0) -
                     sqrt(km2 / 3.14159265358979)) < 1e-9);
    assert_placed(&p, "a:2", "none", "none", "absent");
    assert_true(told_at(((fixture *)*state)->list, "could not be placed", 3));
    placed_free(&p);
}

static void refused_points_fall_back_and_are_told(void **state)
{
    fixture *f = *state;
    const placing in = {.lists = {"id;nom;code_commune;lon;lat\n"
                                  "1;Zéro;77001;0;0\n"
                                  "2;Échangé;77002;48.55;2.65\n"
                                  "3;Échangé ailleurs;77002;47.2;-1.5\n"
                                  "4;Tokyo;77003;139.7;35.7\n"
                                  "5;En mer;77001;-2.9;47.2\n"
                                  "6;Signe;29001;4.65;48.35\n"}};
    placed p = place(f, &in);
    assert_placed(&p, "a:1", "commune", "commune", "commune");
    assert_true(told_at(f->list, "0, 0 is refused", 2));
    assert_placed(&p, "a:2", "coordinates", "point", "none");
    assert_true(fabs(p.made->lon[1] - 2.65) < 1e-9 && fabs(p.made->lat[1] - 48.55) < 1e-9);
    assert_true(told_at(f->list, "put back in order", 3));
    /* The commune named does not confirm it: a guess, so not made. */
    assert_placed(&p, "a:3", "commune", "commune", "commune");
    assert_true(told_at(f->list, "longitude and latitude swapped?", 4));
    assert_placed(&p, "a:4", "commune", "commune", "commune");
    assert_true(told_at(f->list,
                        "outside France; the venue is placed at the point of its commune "
                        "(77003 Chailly)",
                        5));
    assert_placed(&p, "a:5", "commune", "commune", "commune");
    assert_doubt(&p, "a:5", "and in no other (sea");
    assert_true(number_of(p.made->placements, "distance_km", 4) > 400);
    assert_non_null(strstr(ledger_text(&p, "a:5", "alternatives"), "point donné (-2.9 ; 47.2)"));
    assert_placed(&p, "a:6", "coordinates", "point", "none");
    assert_true(fabs(p.made->lon[5] + 4.65) < 1e-9);
    assert_true(told_at(f->list, "sign lost", 7));
    placed_free(&p);
}

/* Lambert-93 of 2.55 east, 48.55 north, by PROJ; Web Mercator of the same. */
static void metres_in_degrees_are_recognised(void **state)
{
    fixture *f = *state;
    error err;
    projection *how[2] = {NULL};
    const int32_t systems[] = {2154, 3857};
    char text[300] = "id;nom;code_commune;lon;lat\n";
    for (size_t i = 0; i < 2; i++) {
        double x = 2.55;
        double y = 48.55;
        assert_int_equal(projection_new(&how[i], 4326, systems[i], &err), STATUS_OK);
        assert_int_equal(projection_apply(how[i], &x, &y, 1, NULL, &err), STATUS_OK);
        projection_free(how[i]);
        char row[80];
        (void)snprintf(row, sizeof row, "%zu;M%zu;77001;%.2f;%.2f\n", i + 1, i + 1, x, y);
        strcat(text, row);
    }
    strcat(text, "3;M3;77001;600000;100\n");
    const placing in = {.lists = {text}};
    placed p = place(f, &in);
    for (size_t i = 0; i < 2; i++) {
        assert_true(fabs(p.made->lon[i] - 2.55) < 1e-6 && fabs(p.made->lat[i] - 48.55) < 1e-6);
    }
    assert_doubt(&p, "a:1", "recognised as Lambert-93 (EPSG:2154) and converted");
    assert_doubt(&p, "a:2", "EPSG:3857");
    assert_placed(&p, "a:3", "commune", "commune", "commune");
    assert_doubt(&p, "a:3", "is not in degrees");
    placed_free(&p);
}

static void a_point_outside_the_commune_named_says_how_far(void **state)
{
    const placing in = {.lists = {"id;nom;code_commune;lon;lat\n"
                                  "1;Loin;77001;2.75;48.55\n"   /* 11 km into 77003 */
                                  "2;Bord;77001;2.6005;48.55\n" /* 37 m into 77002 */
                                  "3;Quai;77001;2.55;48.4991\n" /* 100 m south of every outline */
                                  "4;Inconnue;77999;2.65;48.55\n"}};
    placed p = place(*state, &in);
    assert_placed(&p, "a:1", "coordinates", "doubtful", "elsewhere");
    assert_true(fabs(number_of(p.made->placements, "distance_km", 0) - 11.04) < 0.05);
    assert_string_equal(ledger_text(&p, "a:1", "code"), "77003");
    assert_doubt(&p, "a:1", "in commune 77003 Chailly, outside the commune named, 77001 Achères");
    assert_non_null(strstr(ledger_text(&p, "a:1", "alternatives_en"), "point of commune 77001"));
    assert_placed(&p, "a:2", "coordinates", "point", "none");
    assert_doubt(&p, "a:2", "37 m outside the commune named");
    assert_placed(&p, "a:3", "coordinates", "point", "none");
    assert_string_equal(ledger_text(&p, "a:3", "code"), "77001");
    assert_doubt(&p, "a:3", "in no outline");
    assert_placed(&p, "a:4", "coordinates", "point", "none");
    assert_doubt(&p, "a:4", "commune 77999 is not known");
    placed_free(&p);
}

/* Two venues may share a house; three different ones at exactly one point share a commune. */
static void venues_at_one_point_are_told(void **state)
{
    const placing in = {.lists = {"id;nom;lon;lat\n1;Le Fablab;2.61;48.51\n2;La Ressourcerie;2.61;"
                                  "48.51\n3;Café;2.62;48.52\n4;Atelier;2.62;48.52\n5;Jardin;2.62;"
                                  "48.52\n"}};
    placed p = place(*state, &in);
    assert_placed(&p, "a:1", "coordinates", "point", "none");
    assert_doubt(&p, "a:1", "same point as another venue: a:2");
    assert_placed(&p, "a:3", "coordinates", "doubtful", "commune");
    assert_doubt(&p, "a:3", "same point as 2 other venues: a:4, a:5");
    placed_free(&p);
}

/* Half of five points or more at the centre of their commune: the list says communes, not points.
 */
static void a_list_geocoded_to_the_commune_is_found(void **state)
{
    fixture *f = *state;
    const placing in = {
        .lists = {"id;nom;lon;lat\n1;A;2.55;48.55\n2;B;2.6501;48.55\n3;C;2.75;48.5501\n"
                  "4;D;-4.65;48.35\n5;E;2.51;48.51\n",
                  "id;nom;lon;lat\n1;F;2.55;48.55\n2;G;2.52;48.52\n"}};
    placed p = place(f, &in);
    assert_placed(&p, "a:1", "coordinates", "commune", "commune");
    assert_placed(&p, "a:5", "coordinates", "commune", "commune");
    assert_true(says(f->list, "the list \"a\" is geocoded to the commune: 4 of its 5 points"));
    assert_placed(&p, "b:1", "coordinates", "point", "none"); /* two points prove nothing */
    placed_free(&p);
}

/* Without outlines no centre is known: venues of one commune that always share a point tell it. */
static void points_shared_commune_by_commune_are_found(void **state)
{
    fixture *f = *state;
    char communes[400] = "code,nom,lon,lat\n";
    char list[800] = "id;nom;code_commune;lon;lat\n";
    for (int i = 1; i <= 5; i++) {
        char row[120];
        (void)snprintf(row, sizeof row, "7700%d,C%d,%.1f,48.5\n", i, i, 2 + 0.1 * i);
        strcat(communes, row);
        (void)snprintf(row, sizeof row, "%da;A%d;7700%d;%.3f;48.51\n%db;B%d;7700%d;%.3f;48.51\n", i,
                       i, i, 2.01 + 0.1 * i, i, i, i, 2.01 + 0.1 * i);
        strcat(list, row);
    }
    const placing in = {.lists = {list}, .communes = communes};
    placed p = place(f, &in);
    assert_true(says(f->list, "in 5 communes where it has several venues, nearly all"));
    for (size_t i = 0; i < p.made->count; i++) {
        assert_string_equal(text_of(p.made->placements, "quality", i), "commune");
    }
    placed_free(&p);
}

/* The file of communes puts La Réunion in the Gulf of Guinea: the list is right. */
static void a_misplaced_commune_does_not_move_its_venues(void **state)
{
    const placing in = {.lists = {"id;nom;code_commune;lon;lat\n1;A;97418;55.55;-20.9\n"},
                        .communes = "code,nom,lon,lat\n97418,Sainte-Marie,3.1,-19.4\n"};
    placed p = place(*state, &in);
    assert_placed(&p, "a:1", "coordinates", "point", "none");
    assert_true(p.made->lon[0] == 55.55);
    assert_doubt(&p, "a:1", "outside its département");
    placed_free(&p);
}

static const char cog[] = "TYPECOM,COM,REG,DEP,ARR,LIBELLE,COMPARENT\n"
                          "COM,77001,11,77,773,Saint-Louis,\n"
                          "COM,97126,01,971,9711,Saint-Louis,\n"
                          "COM,97108,01,971,9711,Capesterre-de-Marie-Galante,\n"
                          "COM,77002,11,77,773,Le Pont-de-Beauvoisin,\n"
                          "COM,78315,11,78,783,Le Pont-de-Beauvoisin,\n"
                          "COM,78155,11,78,783,Entre-deux-Guiers,\n"
                          "COM,33063,75,33,333,Bordeaux,\n";

/* Quirk 38: the name says Marie-Galante, the code says another Saint-Louis. Neighbours of the same
 * region that share a name are no error. */
static void homonyms_are_told(void **state)
{
    fixture *f = *state;
    const placing in = {.lists = {"id;nom;code_commune;ville;lon;lat\n"
                                  "1;PÔLE DE MARIE-GALANTE;77001;Saint-Louis;2.55;48.51\n"
                                  "2;Agora Guiers;77002;;2.65;48.51\n"
                                  "3;Darwin;77001;Bordeaux;2.56;48.51\n"
                                  "4;Tiers-lieu de Saint-Louis;77001;;2.57;48.51\n"},
                        .official = cog};
    placed p = place(f, &in);
    assert_placed(&p, "a:1", "coordinates", "doubtful", "elsewhere");
    assert_doubt(&p, "a:1", "homonyms: the venue's name says \"marie\"");
    assert_non_null(strstr(ledger_text(&p, "a:1", "alternatives_en"), "commune 97126 Saint-Louis"));
    assert_true(told_at(f->list, "homonyms", 2));
    assert_placed(&p, "a:2", "coordinates", "point", "none");
    assert_placed(&p, "a:3", "coordinates", "doubtful", "elsewhere");
    assert_doubt(&p, "a:3", "the list says \"Bordeaux\", but code 77001 is that of Saint-Louis");
    assert_placed(&p, "a:4", "coordinates", "point", "none");
    placed_free(&p);
}

/* The same doubt of a whole list is counted after twenty; the ledger has them all. */
static void many_doubts_are_summed_up(void **state)
{
    fixture *f = *state;
    char text[2000] = "id;nom;code_commune;lon;lat\n";
    for (int i = 0; i < 25; i++) {
        char row[48];
        (void)snprintf(row, sizeof row, "%02d;Lieu %d;77001;0;0\n", i, i);
        strcat(text, row);
    }
    const placing in = {.lists = {text}};
    placed p = place(f, &in);
    size_t told = 0;
    for (size_t i = 0; i < faults_count(f->list); i++) {
        told += faults_at(f->list, i)->line && strstr(faults_at(f->list, i)->en, "0, 0 is refused");
    }
    assert_int_equal(told, 20);
    assert_true(says(f->list, "5 more venues of the list \"a\" have the same doubt"));
    assert_doubt(&p, "a:24", "0, 0 is refused");
    placed_free(&p);
}

/* The order of rows and of files changes no byte of what is made. */
static void the_order_of_rows_changes_nothing(void **state)
{
    static const char *const head = "id;nom;code_commune;lon;lat\n";
    static const char *const rows[] = {"1;A;77001;0;0\n",        "2;B;77002;2.62;48.52\n",
                                       "3;C;77003;2.62;48.52\n", "4;D;77001;2.62;48.52\n",
                                       "5;E;77002;48.55;2.65\n", "6;F;77001;2.75;48.55\n"};
    char text[2][300];
    for (size_t order = 0; order < 2; order++) {
        strcpy(text[order], head);
        for (size_t i = 0; i < 6; i++) {
            strcat(text[order], rows[order ? 5 - i : i]);
        }
    }
    const placing one = {.lists = {text[0]}};
    const placing two = {.lists = {text[1]}};
    placed p = place(*state, &one);
    placed q = place(*state, &two);
    assert_int_equal(p.made->count, q.made->count);
    for (size_t c = 0; c < p.made->placements->column_count; c++) {
        const column *a = &p.made->placements->columns[c];
        const column *b = &q.made->placements->columns[c];
        for (size_t i = 0; i < p.made->count; i++) {
            assert_int_equal(column_state(a, i), column_state(b, i));
            if (a->type == COLUMN_TEXT) {
                assert_string_equal(column_text(a, i), column_text(b, i));
            } else if (a->type == COLUMN_F64) {
                assert_memory_equal(&a->at.f64[i], &b->at.f64[i], sizeof(double));
            }
        }
    }
    placed_free(&p);
    placed_free(&q);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(a_sure_point_changes_nothing),
        TEST(a_commune_is_uncertain_by_its_radius),
        TEST(refused_points_fall_back_and_are_told),
        TEST(metres_in_degrees_are_recognised),
        TEST(a_point_outside_the_commune_named_says_how_far),
        TEST(venues_at_one_point_are_told),
        TEST(a_list_geocoded_to_the_commune_is_found),
        TEST(points_shared_commune_by_commune_are_found),
        TEST(a_misplaced_commune_does_not_move_its_venues),
        TEST(homonyms_are_told),
        TEST(many_doubts_are_summed_up),
        TEST(the_order_of_rows_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
