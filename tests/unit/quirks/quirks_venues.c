/* Venue lists. */
#include "quirks.h"

#include <math.h>

#define FEATURE(properties, geometry)                                                              \
    "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":" geometry "}"
#define POINT(x, y) "{\"type\":\"Point\",\"coordinates\":[" #x "," #y "]}"
#define SQUARE(x0, x1)                                                                             \
    "{\"type\":\"Polygon\",\"coordinates\":[[[" #x0 ",48.4],[" #x1 ",48.4],[" #x1 ",48.6],[" #x0   \
    ",48.6],[" #x0 ",48.4]]]}"

QUIRK(36)
{
    fixture *f = *state;
    imported in = import_good(
        f, "venues", "fabt.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
            "\"id_geo\":\"77001\",\"id_territoire\":\"fabt-51; fabt-52\",\"lib_territoire\":\"Un; "
            "Deux\"",
            POINT(2.5, 48.5)) "," FEATURE("\"id_geo\":\"77002\",\"id_territoire\":\"fabt-53\","
                                          "\"lib_territoire\":\"Trois\"",
                                          POINT(2.6, 48.5)) "]}");
    assert_int_equal(in.rows->rows, 3);
    assert_string_equal(text_of(in.rows, "name", row_of(in.rows, "id", "fabt-52")), "Deux");
    assert_true(number_of(in.rows, "lon", row_of(in.rows, "id", "fabt-52")) == 2.5);
    (void)told(f, "3 venues");
    imported_clear(&in);
}

QUIRK(37)
{
    fixture *f = *state;
    placing p = place_venues(
        f, NULL, "fabt.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
            "\"id_geo\":\"77001\",\"id_territoire\":\"fabt-1\",\"lib_territoire\":\"A\"",
            "{\"type\":\"GeometryCollection\",\"geometries\":[]}") "," FEATURE("\"id_geo\":"
                                                                               "\"77002\",\"id_"
                                                                               "territoire\":"
                                                                               "\"fabt-2\",\"lib_"
                                                                               "territoire\":\"B\"",
                                                                               POINT(2.61,
                                                                                     48.51)) "]}",
        NULL);
    const size_t empty = row_of(p.made->rows, "id", "liste:fabt-1");
    const size_t point = row_of(p.made->rows, "id", "liste:fabt-2");
    assert_string_equal(text_of(p.made->rows, "placement", empty), "commune");
    assert_true(p.made->lon[empty] == 2.5);
    assert_string_equal(text_of(p.made->rows, "placement", point), "coordinates");
    placing_clear(&p);
}

static void points_beside_the_commune_named(fixture *f)
{
    anew(f);
    placing p =
        place_venues(f,
                     "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
                         "\"code\":\"77001\",\"nom\":\"Achères\"",
                         SQUARE(2.4, 2.5)) "," FEATURE("\"code\":\"77002\",\"nom\":\"Barbizon\"",
                                                       SQUARE(2.5, 2.6)) "]}",
                     "v.csv",
                     "id,nom,code_commune,lon,lat\n1,Barbizon,77002,2.45,48.5\n"
                     "2,Barbizon,77002,2.55,48.5\n",
                     NULL);
    assert_int_equal(p.made->count, 2);
    const fault *warning = told(f, "outside the commune named, 77002");
    assert_int_equal(warning->severity, SEVERITY_WARNING);
    assert_int_equal(warning->line, 2);
    assert_string_equal(text_of(p.made->rows, "code", 0), "77001");
    assert_string_equal(text_of(p.made->placements, "quality", 0), "doubtful");
    assert_string_equal(text_of(p.made->placements, "quality", 1), "point");
    placing_clear(&p);
}

static const char islands[] =
    "TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT\nCOM,97414,04,974,Saint-Louis,\n"
    "COM,97126,01,971,Saint-Louis,\nCOM,97108,01,971,Capesterre-de-Marie-Galante,\n";

/* Marie-Galante has a Saint-Louis, and Réunion another one: the point given is kept, doubted. */
QUIRK(38)
{
    fixture *f = *state;
    placing p = place_named(
        f,
        "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
            "\"code\":\"97414\",\"nom\":\"Saint-Louis\"",
            "{\"type\":\"Polygon\",\"coordinates\":[[[55.3,-21.3],[55.5,-21.3],[55.5,-21.1],"
            "[55.3,-21.1],[55.3,-21.3]]]}") "]}",
        "manuprox.csv",
        "id,nom,code_commune,lon,lat\n103,PÔLE DE MARIE-GALANTE,97414,55.4,-21.2\n"
        "104,Atelier de Saint-Louis,97414,55.41,-21.2\n",
        NULL, islands);
    const size_t homonym = row_of(p.made->rows, "id", "liste:103");
    const size_t other = row_of(p.made->rows, "id", "liste:104");
    const fault *warning = told(f, "homonyms");
    assert_int_equal(warning->severity, SEVERITY_WARNING);
    assert_int_equal(warning->line, 2);
    assert_string_equal(text_of(p.made->placements, "code", homonym), "97414");
    assert_string_equal(text_of(p.made->placements, "quality", homonym), "doubtful");
    assert_string_equal(text_of(p.made->placements, "effect", homonym), "elsewhere");
    assert_non_null(
        strstr(text_of(p.made->placements, "alternatives_en", homonym), "97126 Saint-Louis"));
    assert_string_equal(text_of(p.made->placements, "quality", other), "point");
    placing_clear(&p);
    points_beside_the_commune_named(f);
}

QUIRK(40)
{
    fixture *f = *state;
    imported in = import_good(
        f, "venues", "fs.csv",
        "id_fs,lib_fs,insee_com,latitude,longitude,format_fs\n1,A,77001,48.5,2.5,Itinérante\n"
        "2,B,77001,48.5,2.5,Bus_équivalent\n3,C,77001,48.5,2.5,Site principal\n");
    assert_string_equal(text_of(in.rows, "itinerant", 0), "1");
    assert_string_equal(text_of(in.rows, "itinerant", 1), "1");
    assert_string_equal(text_of(in.rows, "itinerant", 2), "0");
    assert_true(number_of(in.rows, "lon", 0) == 2.5);
    imported_clear(&in);
}
