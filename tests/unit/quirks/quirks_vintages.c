/* Codes that come and go with the years: what the movements file makes of them, and what is said
 * where it is not given. */
#include "quirks.h"

#include <math.h>

#define HEAD "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"
#define FEATURES(text) "{\"type\":\"FeatureCollection\",\"features\":[" text "]}"
#define SQUARE(code, x0, x1)                                                                       \
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code "\"},\"geometry\":{\"type\":"         \
    "\"Polygon\",\"coordinates\":[[[" x0 ",48.4],[" x1 ",48.4],[" x1 ",48.6],[" x0 ",48.6],[" x0   \
    ",48.4]]]}}"

/* Beautheil joins Saints in 2019, and is a delegated commune no more in 2020: as in INSEE's file.
 */
static const char merger[] = HEAD "32,2019-01-01,COM,77028,COMD,77028\n"
                                  "32,2019-01-01,COM,77028,COM,77433\n"
                                  "32,2019-01-01,COM,77433,COM,77433\n"
                                  "32,2019-01-01,COM,77433,COMD,77433\n"
                                  "35,2020-03-15,COMD,77028,COM,77433\n"
                                  "35,2020-03-15,COMD,77433,COM,77433\n";

/* Workers from one place to another, all rows of the pair. */
static double workers(const job *j, const char *from, const char *to)
{
    double sum = 0;
    const uint32_t o = territory_place(j->t, from);
    const uint32_t d = territory_place(j->t, to);
    for (size_t i = 0; i < j->made->count; i++) {
        sum +=
            j->made->o[i] == o && j->made->j[i] == d ? number_of(j->made->rows, "workers", i) : 0;
    }
    return sum;
}

QUIRK(15)
{
    fixture *f = *state;
    const job_files files = {.communes = "code,lon,lat\n77001,2.5,48.5\n77433,2.9,48.7\n",
                             .flows = "CODGEO;DCLT;NBFLUX\n77001;77433;5\n77028;77001;7\n"
                                      "77001;77028;2\n77028;77028;4\n77433;77028;1\n",
                             .movements = merger,
                             .pivot = 2024};
    job j = run_files(f, &files);
    assert_true(territory_place(j.t, "77028") == PLACE_NONE);
    assert_true(fabs(workers(&j, "77001", "77433") - 7) < 1e-12);
    assert_true(fabs(workers(&j, "77433", "77001") - 7) < 1e-12);
    assert_true(fabs(workers(&j, "77433", "77433") - 5) < 1e-12);
    assert_int_equal(counted(f, "flows", "rejected", ""), 0);
    (void)told(f, "codes carried from vintage 2018 to 2024; communes merged: 1");
    job_clear(&j);
    anew(f);
    j = run_job(f, files.communes, NULL, files.flows, false);
    rejected(f, "77028", 3);
    assert_int_equal(counted(f, "flows", "rejected", "unknown code"), 2);
    /* as a work place it is somewhere that is not loaded: its workers stay in the total */
    assert_int_equal(counted(f, "flows", "used", ""), 3);
    assert_true(fabs(workers(&j, "77001", "77433") - 5) < 1e-12);
    job_clear(&j);
}

QUIRK(16)
{
    fixture *f = *state;
    const job_files files = {
        .communes = FEATURES(SQUARE("77028", "2.4", "2.5") "," SQUARE("77433", "2.5", "2.7")),
        .population = "COM;PMUN\n77433;2500\n",
        .movements = merger,
        .pivot = 2024};
    job whole = run_files(f, &files);
    assert_int_equal(whole.t->place_count, 1);
    assert_string_equal(whole.t->code[0], "77433");
    assert_true(whole.t->population[0] == 2500);
    const double area = number_of(whole.t->places, "area_km2", 0);
    job_clear(&whole);
    anew(f);
    job apart = run_job(f, files.communes, files.population, NULL, false);
    assert_int_equal(apart.t->place_count, 2);
    assert_true(isnan(apart.t->population[0]));
    (void)told(f, "1 communes without population");
    const double parts =
        number_of(apart.t->places, "area_km2", 0) + number_of(apart.t->places, "area_km2", 1);
    assert_true(fabs(area - parts) < 1e-6 * parts); /* the heir has the ground of both */
    job_clear(&apart);
}

/* L'Oie and Sainte-Florence joined Essarts en Bocage in 2016, and left it in 2024. */
static const char returning[] = HEAD "32,2016-01-01,COM,85084,COM,85084\n"
                                     "32,2016-01-01,COM,85165,COM,85084\n"
                                     "32,2016-01-01,COM,85165,COMD,85165\n"
                                     "32,2016-01-01,COM,85212,COM,85084\n"
                                     "32,2016-01-01,COM,85212,COMD,85212\n"
                                     "21,2024-01-01,COM,85084,COM,85084\n"
                                     "21,2024-01-01,COM,85084,COM,85165\n"
                                     "21,2024-01-01,COM,85084,COM,85212\n"
                                     "21,2024-01-01,COMD,85165,COM,85165\n"
                                     "21,2024-01-01,COMD,85212,COM,85212\n";

QUIRK(17)
{
    fixture *f = *state;
    const job_files old_outlines = {.communes = FEATURES(SQUARE("85084", "-1.2", "-1.0")),
                                    .population = "COM;PMUN\n85084;7000\n85165;1200\n85212;1300\n",
                                    .movements = returning,
                                    .pivot = 2024,
                                    .communes_vintage = 2023};
    job j = run_files(f, &old_outlines);
    assert_int_equal(j.t->place_count, 1);
    assert_true(fabs(j.t->population[0] - 9500) < 1e-9);
    (void)told(f, "85165 was made out of 85084: this file gives neither its outline nor its point; "
                  "in this run it stays counted with 85084");
    (void)told(f, "85212 was made out of 85084");
    job_clear(&j);
    /* A population of before, outlines of after: an estimate, and told as one. */
    anew(f);
    const job_files old_population = {.communes = "code,lon,lat\n85084,-1.1,46.7\n85165,-1.1,46.8\n"
                                                  "85212,-1.1,46.6\n",
                                      .population = "COM;PMUN\n85084;9000\n",
                                      .movements = returning,
                                      .pivot = 2024,
                                      .population_vintage = 2023};
    j = run_files(f, &old_population);
    assert_int_equal(j.t->place_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(fabs(j.t->population[i] - 3000) < 1e-9);
    }
    (void)told(f, "1 communes are split before 2024 while the population of a part is unknown");
    job_clear(&j);
    anew(f);
    j = run_job(f, "code,lon,lat\n85084,-1.1,46.7\n", old_outlines.population, NULL, false);
    assert_int_equal(counted(f, "population", "ignored", "commune not loaded"), 2);
    assert_int_equal(counted(f, "population", "used", ""), 1);
    job_clear(&j);
}

/* Every kind of event of INSEE's file, one a département: what it makes of the first code. */
static const char events[] = HEAD "10,2018-01-01,COM,01001,COM,01001\n"
                                  "20,2018-01-01,COM,02001,COM,02001\n"
                                  "20,2018-01-01,COM,02001,COM,02002\n"
                                  "21,2018-01-01,COM,03001,COM,03001\n"
                                  "21,2018-01-01,COM,03001,COM,03002\n"
                                  "21,2018-01-01,COMA,03002,COM,03002\n"
                                  "30,2018-01-01,COM,04001,COM,04002\n"
                                  "30,2018-01-01,COM,04001,COM,04003\n"
                                  "30,2018-01-01,COM,04002,COM,04002\n"
                                  "30,2018-01-01,COM,04003,COM,04003\n"
                                  "31,2018-01-01,COM,05001,COM,05002\n"
                                  "31,2018-01-01,COM,05002,COM,05002\n"
                                  "32,2018-01-01,COM,06001,COM,06002\n"
                                  "32,2018-01-01,COM,06001,COMD,06001\n"
                                  "32,2018-01-01,COM,06002,COM,06002\n"
                                  "33,2018-01-01,COM,07001,COM,07002\n"
                                  "33,2018-01-01,COM,07001,COMA,07001\n"
                                  "33,2018-01-01,COM,07002,COM,07002\n"
                                  "34,2018-01-01,COMA,08001,COM,08002\n"
                                  "34,2018-01-01,COM,08002,COM,08002\n"
                                  "35,2018-01-01,COMD,09001,COM,09002\n"
                                  "41,2018-01-01,COM,10001,COM,11001\n"
                                  "50,2018-01-01,COM,12001,COM,12002\n"
                                  "70,2018-01-01,COMA,13001,COMD,13001\n"
                                  "71,2018-01-01,COMA,14001,COMA,14001\n";

static const struct {
    const char *from, *to;
    double ratio;
    link_kind kind;
} meanings[] = {
    {"01001", "01001", 1, LINK_SAME},    {"02001", "02002", 0.5, LINK_SPLIT},
    {"03001", "03002", 0.5, LINK_SPLIT}, {"04001", "04003", 0.5, LINK_SPLIT},
    {"05001", "05002", 1, LINK_MERGE},   {"06001", "06002", 1, LINK_MERGE},
    {"07001", "07002", 1, LINK_MERGE},   {"08002", "08002", 1, LINK_SAME},
    {"10001", "11001", 1, LINK_SIMPLE},  {"12001", "12002", 1, LINK_SIMPLE},
};

QUIRK(20)
{
    fixture *f = *state;
    vintage_history *h = NULL;
    conversion *c = NULL;
    imported in = import_good(f, "movements", "m.csv", events);
    assert_int_equal(in.rows->rows, 18);
    assert_int_equal(in.left_out, 7); /* of delegated and associated communes */
    assert_non_null(strstr(in.left_out_en, "associated or delegated commune"));
    assert_int_equal(vintage_history_build(&in, NULL, &h, f->list), STATUS_OK);
    const conversion_options options = {.history = h, .from = 2017, .to = 2018};
    assert_int_equal(conversion_build(&options, &c, f->list), STATUS_OK);
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        size_t count = 0, at = 0;
        const vintage_link *links = conversion_find(c, meanings[i].from, &count);
        while (at < count && strcmp(links[at].to, meanings[i].to) != 0) {
            at++;
        }
        if (at == count || links[at].kind != meanings[i].kind ||
            links[at].ratio != meanings[i].ratio) {
            fail_msg("%s to %s", meanings[i].from, meanings[i].to);
        }
    }
    /* Codes of delegated or associated communes alone are no communes. */
    static const char *const apart[] = {"08001", "09001", "13001", "14001"};
    for (size_t i = 0; i < 4; i++) {
        size_t count = 0;
        (void)conversion_find(c, apart[i], &count);
        assert_int_equal(count, 0);
    }
    conversion_free(c);
    vintage_history_free(h);
    imported_clear(&in);
}
