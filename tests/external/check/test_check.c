/* `bassin check` on every file of the shared data: what it is, how many rows, what is wrong. */
#include "tests/golden/run/program.h"

#include <dirent.h>
#include <jansson.h>

static const char *shared(void)
{
    const char *folder = getenv("BASSIN_SHARED");
    return folder != NULL ? folder : getenv("BASSIN_SHARED_DEFAULT");
}

typedef struct expectation {
    const char *file, *kind;
    long long rows;    /* as the folder's README tells them */
    int code;          /* exit code */
    const char *fact;  /* one more member of the JSON object, or NULL */
    const char *value; /* its text; NULL: `number` */
    long long number;
    const char *says; /* a fault, warning or note; NULL */
} expectation;

static const expectation expectations[] = {
    {"Commune_1001-1004.csv", "insee-fd-mobpro", 2149, 1, NULL, NULL, 0,
     "code 1001 is not 5 characters"},
    {"Flux_DomicileTravail_2016_Dep.csv", "insee-flows-departement", 930, 0, "encoding",
     "ISO-8859-1", 0, "first offending bytes 92 E5, in \\\"Is\\\\x92\\\\xE5re\\\""},
    {"andorra.osm.pbf", "roads", 1615, 0, "highways", NULL, 1615, NULL},
    {"base-flux-mobilite-domicile-lieu-travail-2014-idf.csv.gz", "insee-base-flux", 126125, 0,
     "vintage", NULL, 2014, NULL},
    {"bpe2013_communes.xlsx", "insee-bpe-crosstab", 35190, 0, "header_row", NULL, 1, NULL},
    {"bpe2019_94.csv.gz", "insee-bpe-points", 47171, 0, "separator", ";", 0,
     "1,842 facilities without coordinates"},
    {"bremen_time.gr", "roads", 86475, 0, "arcs", NULL, 86475, "no line \\\"p sp\\\""},
    {"cc_filosofi_2020_COM.csv.gz", "insee-filosofi", 34929, 0, "decimal_mark", ",", 0, NULL},
    {"cnfs_2022.json.gz", "conseillers-numeriques", 1450, 0, "damaged", NULL, 499,
     "112 postcodes written as numbers"},
    {"cog2024_communes.csv.gz", "insee-cog", 37544, 0, "vintage", NULL, 2024, NULL},
    {"cog2024_donnees_communes.csv.gz", "insee-population", 34970, 0, NULL, NULL, 0, NULL},
    {"cog2024_mouvements-communes.csv.gz", "insee-cog-movements", 13284, 0, "left_out", NULL, 4553,
     NULL},
    {"communes_2023_aav_chefslieux.csv.gz", "communes-outlines", 34945, 0, NULL, NULL, 0, NULL},
    {"communes_france_2018_par_departement.tar.xz", "communes-outlines", 35357, 0, "members", NULL,
     101, NULL},
    {"communes_idf_2014_with_arm.geojson.gz", "communes-outlines", 1297, 0, "sheet",
     "idf_communes_2014", 0, NULL},
    {"communes_idf_2018.geojson", "communes-outlines", 1276, 0, NULL, NULL, 0, NULL},
    {"fabt_geom.geojson", "anct-labels", 342, 0, NULL, NULL, 0, NULL},
    {"frr_77.csv", "frr", 507, 0, NULL, NULL, 0, "classes read (1 in, 0 out): 0 = 0 ; 1 = 1"},
    {"insee_RP2021_mobpro_border_cities.csv", "insee-foreign-places", 4707, 0, NULL, NULL, 0, NULL},
    {"liste-fs-20240801.csv", "france-services", 2845, 0, "separator", ",", 0, NULL},
    {"manuprox_geom.geojson", "anct-labels", 98, 0, NULL, NULL, 0, NULL},
    {"mobpro_idf_2014_mode_csp.csv.gz", "mobpro-mode-csp", 383932, 0, NULL, NULL, 0, NULL},
    {"monaco.osm.gz", "roads", 866, 0, "nodes", NULL, 13739, NULL},
    {"porto_portugal.osm.pbf", "roads", 51349, 0, NULL, NULL, 0, NULL},
    {"tab_IDF_mobpro_over100_official.csv", "insee-base-flux", 7905, 0, "vintage", NULL, 2014,
     NULL},
    {"table-appartenance-geo-communes-22.xlsx", "insee-membership", 34955 + 45, 0, "header_row",
     NULL, 6, "45 municipal arrondissements"},
};
enum { EXPECTATIONS = sizeof expectations / sizeof expectations[0] };

static bool is_data(const char *name)
{
    const size_t size = strlen(name);
    return name[0] != '.' && (size < 3 || strcmp(name + size - 3, ".md") != 0);
}

/* The object of the line {"event":"file",...}. */
static json_t *event_file(const said *s)
{
    static const char start[] = "{\"event\":\"file\"";
    json_error_t why;
    const char *at = strstr(s->text, start);
    if (at == NULL) {
        fail_msg("no event: %s", s->text);
        return NULL;
    }
    json_t *object = json_loadb(at, strcspn(at, "\n"), 0, &why);
    if (object == NULL) {
        fail_msg("%s", why.text);
    }
    return object;
}

static void assert_fact(const json_t *object, const expectation *e)
{
    const json_t *fact = json_object_get(object, e->fact);
    if (fact == NULL) {
        fail_msg("%s: no %s", e->file, e->fact);
    }
    if (e->value != NULL) {
        assert_string_equal(json_string_value(fact), e->value);
    } else {
        assert_int_equal(json_integer_value(fact), e->number);
    }
}

static void assert_as_expected(const expectation *e, const said *s)
{
    json_t *object = event_file(s);
    const char *kind = json_string_value(json_object_get(object, "kind"));
    const long long rows = json_integer_value(json_object_get(object, "rows"));
    if (rows != e->rows) {
        fail_msg("%s: %lld rows", e->file, rows);
    }
    if (strcmp(kind, e->kind) != 0) {
        fail_msg("%s: %s", e->file, kind);
    }
    if (s->code != e->code) {
        fail_msg("%s: exit code %d: %s", e->file, s->code, s->text);
    }
    assert_int_equal(json_is_true(json_object_get(object, "sound")), e->code == 0);
    if (e->fact != NULL) {
        assert_fact(object, e);
    }
    if (e->says != NULL && strstr(s->text, e->says) == NULL) {
        fail_msg("%s: says nothing of %s: %s", e->file, e->says, s->text);
    }
    json_decref(object);
}

static const expectation *expectation_of(const char *name)
{
    for (size_t i = 0; i < EXPECTATIONS; i++) {
        if (strcmp(expectations[i].file, name) == 0) {
            return &expectations[i];
        }
    }
    return NULL;
}

static void every_shared_file_is_named_and_counted(void **state)
{
    static said s;
    char folder[512], path[1024];
    size_t met = 0;
    (void)state;
    (void)snprintf(folder, sizeof folder, "%s/data", shared() != NULL ? shared() : "");
    DIR *data = opendir(folder);
    if (data == NULL) {
        print_message("skipped: no shared data\n");
        skip();
    }
    for (struct dirent *one; (one = readdir(data)) != NULL;) {
        const expectation *e = expectation_of(one->d_name);
        if (!is_data(one->d_name)) {
            continue;
        }
        if (e == NULL) {
            fail_msg("no expectation for %s", one->d_name);
            break;
        }
        (void)snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        PROGRAM(&s, "check", "--json", path);
        assert_as_expected(e, &s);
        met++;
    }
    (void)closedir(data);
    assert_int_equal(met, EXPECTATIONS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shared_file_is_named_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
