/* The files of a run at one pivot vintage: how the vintage of each is told, what becomes of each
 * kind of file, and what people are told. */
#include "files.h"

#include <math.h>

#include "territory/vintage_inputs.h"

/* 2016: 01002 joins 01001. 2018: 01005 is made out of 01003. 2020: 01006 becomes 01007. */
#define MOVEMENTS                                                                                  \
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"                                           \
    "32,2016-01-01,COM,01001,COM,01001\n"                                                          \
    "32,2016-01-01,COM,01002,COM,01001\n"                                                          \
    "21,2018-01-01,COM,01003,COM,01003\n"                                                          \
    "21,2018-01-01,COM,01003,COM,01005\n"                                                          \
    "50,2019-06-01,COM,01006,COM,01007\n"

typedef struct desk {
    imported movements;
    vintage_converter *converter;
    carry_log *log;
} desk;

static void desk_open(fixture *f, desk *d, int32_t pivot)
{
    error err;
    d->movements = import_good(f, "movements", "movements.csv", MOVEMENTS);
    const converter_options options = {
        .movements = &d->movements, .pivot = pivot, .where = source_at("run.yaml", 3, 1)};
    assert_int_equal(converter_new(&options, &d->converter, f->list), STATUS_OK);
    assert_int_equal(carry_log_new(&d->log, &err), STATUS_OK);
}

static void desk_close(desk *d)
{
    carry_log_free(d->log);
    converter_free(d->converter);
    imported_clear(&d->movements);
}

static status judge(fixture *f, desk *d, const char *role, const imported *in, int32_t said,
                    int32_t *vintage)
{
    return converter_judge(d->converter, role, in, said, source_at("run.yaml", 5, 1), vintage,
                           f->list);
}

/* Judged and carried; the vintage it was taken to be of. */
static int32_t carry(fixture *f, desk *d, const char *role, imported *in, int32_t said)
{
    int32_t vintage = 0;
    status rc = judge(f, d, role, in, said, &vintage);
    rc = rc == STATUS_OK ? converter_convert(d->converter, role, vintage, in, d->log, f->list) : rc;
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return vintage;
}

/* --- vintages --- */

static void a_vintage_that_codes_deny_is_refused(void **state)
{
    fixture *f = *state;
    int32_t vintage = 0;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "population", "p.csv", "COM,PMUN\n01001,5\n01002,6\n01006,7\n");
    assert_int_equal(judge(f, &d, "population", &in, 2021, &vintage), STATUS_INPUT);
    assert_true(says(f->list, "not of vintage 2021: 2 codes do not exist then (01002, 01006)"));
    assert_true(says(f->list, "may be of: 2015"));
    const fault *last = faults_at(f->list, faults_count(f->list) - 1);
    assert_int_equal(last->line, 3);
    imported_clear(&in);
    desk_close(&d);
}

static void without_a_fitting_year_the_closest_three_are_told(void **state)
{
    fixture *f = *state;
    int32_t vintage = 0;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "population", "p.csv", "COM,PMUN\n01002,6\n01005,7\n01007,8\n");
    assert_int_equal(judge(f, &d, "population", &in, VINTAGE_NONE, &vintage), STATUS_INPUT);
    assert_true(says(f->list, "no vintage fits this file; the closest (codes at fault): 2020 (1), "
                              "2019 (2), 2018 (2); codes at fault of the first: 01002"));
    imported_clear(&in);
    desk_close(&d);
}

/* INSEE's data lag the official date: the code of the year before is read in that year. */
static void a_lag_of_one_year_is_accepted_and_said(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "population", "p.csv", "COM,PMUN\n01002,6\n01005,7\n01007,8\n");
    imported late = import_good(f, "population", "q.csv",
                                "COM,PMUN\n01001,1\n01005,6\n01006,7\n"
                                "01007,9\n");
    assert_int_equal(carry(f, &d, "population", &late, 2020), 2020);
    assert_true(says(f->list, "1 codes are not of vintage 2020, but of a year before or after"));
    assert_int_equal(late.rows->rows, 3);
    assert_true(number_of(late.rows, "population", 2) == 16);
    imported_clear(&in);
    imported_clear(&late);
    desk_close(&d);
}

static void the_pivot_is_taken_where_it_fits_else_the_nearest(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported now = import_good(f, "population", "a.csv", "COM,PMUN\n01001,5\n01007,7\n");
    imported then = import_good(f, "population", "b.csv", "COM,PMUN\n01001,5\n01006,7\n");
    assert_int_equal(carry(f, &d, "population", &now, VINTAGE_NONE), 2024);
    assert_int_equal(carry_log_count(d.log), 0);
    assert_int_equal(carry(f, &d, "population", &then, VINTAGE_NONE), 2019);
    assert_string_equal(text_of(then.rows, "code", 1), "01007");
    assert_int_equal(carry_log_count(d.log), 1);
    imported_clear(&now);
    imported_clear(&then);
    desk_close(&d);
}

/* 01003 and 01006 fit 2015 to 2019; 2018 has it in two parts: only the author knows. */
static void years_that_fit_and_disagree_are_left_to_the_author(void **state)
{
    fixture *f = *state;
    int32_t vintage = 0;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "population", "p.csv", "COM,PMUN\n01003,5\n01006,6\n");
    assert_int_equal(judge(f, &d, "population", &in, VINTAGE_NONE, &vintage), STATUS_INPUT);
    assert_true(says(f->list, "several vintages fit this file (2015-2019)"));
    assert_int_equal(judge(f, &d, "population", &in, 2017, &vintage), STATUS_OK);
    assert_int_equal(vintage, 2017);
    imported_clear(&in);
    desk_close(&d);
}

/* --- files that people keep --- */

static void lists_of_people_may_mix_years(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported list = import_good(f, "venues", "v.csv",
                                "id,nom,code_commune,longitude,latitude\n1,A,01002,5,46\n"
                                "2,B,01007,5,46\n3,C,,5,46\n4,D,01003,5,46\n");
    imported keep = import_good(f, "perimeter", "k.csv", "code\n01001\n01002\n01006\n");
    assert_int_equal(carry(f, &d, "venues", &list, VINTAGE_NONE), 2024);
    assert_true(says(f->list, "codes of several vintages: 1 are not of 2024 (01002)"));
    assert_int_equal(list.rows->rows, 4);
    assert_string_equal(text_of(list.rows, "commune", 0), "01001");
    assert_string_equal(text_of(list.rows, "commune", 1), "01007");
    assert_string_equal(text_of(list.rows, "commune", 2), "");
    assert_string_equal(text_of(list.rows, "commune", 3), "01003");
    assert_int_equal(list.rows->source_row[3], 5);
    (void)carry(f, &d, "perimeter", &keep, 2015);
    assert_int_equal(keep.rows->rows, 2);
    assert_string_equal(text_of(keep.rows, "code", 0), "01001");
    assert_string_equal(text_of(keep.rows, "code", 1), "01007");
    imported_clear(&list);
    imported_clear(&keep);
    desk_close(&d);
}

static void groups_that_a_merger_joins_are_told(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in =
        import_good(f, "group", "g.csv", "code,groupe\n01001,N\n01002,S\n01003,S\n01006,N\n");
    (void)carry(f, &d, "group", &in, 2015);
    assert_true(says(f->list, "1 communes join communes of different groups (the first: 01001)"));
    assert_int_equal(in.rows->rows, 4);
    assert_string_equal(text_of(in.rows, "group", 0), "N"); /* of the one that keeps the code */
    assert_string_equal(text_of(in.rows, "code", 2), "01005");
    assert_string_equal(text_of(in.rows, "group", 2), "S");
    imported_clear(&in);
    desk_close(&d);
}

/* --- communes --- */

#define SQUARE(code, x0, x1)                                                                       \
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code "\",\"nom\":\"N" code                 \
    "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" x0 ",46],[" x1 ",46],[" x1        \
    ",47],[" x0 ",47],[" x0 ",46]]]}}"

static void outlines_merge_and_are_never_cut(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in =
        import_good(f, "communes", "c.geojson",
                    "{\"type\":\"FeatureCollection\",\"features\":[" SQUARE(
                        "01002", "1", "2") "," SQUARE("01001", "2", "4") "," SQUARE("0100"
                                                                                    "3",
                                                                                    "4", "5") "]}");
    (void)carry(f, &d, "communes", &in, 2015);
    assert_int_equal(in.rows->rows, 2); /* 01005 has no outline of its own */
    assert_int_equal(in.outlines->rows, 2);
    assert_string_equal(text_of(in.rows, "code", 0), "01001");
    assert_string_equal(text_of(in.rows, "name", 0), "N01001");
    assert_true(fabs(polygons_area(in.outlines, 0) - 3) < 1e-12);
    assert_int_equal(in.outlines->part_start[1] - in.outlines->part_start[0], 1);
    assert_string_equal(text_of(in.rows, "code", 1), "01003");
    assert_true(fabs(polygons_area(in.outlines, 1) - 1) < 1e-12);
    assert_true(says(f->list, "01005 was made out of 01003: this file gives neither its outline"));
    /* and so its people stay with 01003, whatever the year of their file */
    imported then = import_good(f, "population", "p.csv", "COM,PMUN\n01002,1\n01003,10\n");
    imported now = import_good(f, "population", "q.csv", "COM,PMUN\n01001,1\n01003,7\n01005,3\n");
    (void)carry(f, &d, "population", &then, 2015);
    (void)carry(f, &d, "population", &now, 2024);
    assert_int_equal(then.rows->rows, 2);
    assert_true(fabs(number_of(then.rows, "population", 1) - 10) < 1e-12);
    assert_int_equal(now.rows->rows, 2);
    assert_true(number_of(now.rows, "population", 1) == 10);
    imported_clear(&then);
    imported_clear(&now);
    imported_clear(&in);
    desk_close(&d);
}

/* Names of a part are unknown; a class is that of the largest population. */
static void names_and_classes_follow_their_rules(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported population =
        import_good(f, "population", "p.csv", "COM,PMUN\n01001,100\n01002,900\n01003,50\n");
    assert_int_equal(converter_weigh(d.converter, population.rows, 2015, f->list), STATUS_OK);
    imported names =
        import_good(f, "names", "n.csv", "COM,LIBELLE\n01001,Petite\n01002,Grande\n01003,Tout\n");
    imported density =
        import_good(f, "density", "d.csv", "CODGEO,DENS\n01001,7\n01002,2\n01003,5\n");
    (void)carry(f, &d, "names", &names, 2015);
    (void)carry(f, &d, "density", &density, 2015);
    assert_string_equal(text_of(names.rows, "name", 0), "Petite");
    assert_string_equal(text_of(names.rows, "name", 1), "Tout");
    assert_string_equal(text_of(names.rows, "code", 2), "01005");
    assert_string_equal(text_of(names.rows, "name", 2), "");
    const column *density7 = table_find(density.rows, "density7");
    assert_int_equal(density7->at.u32[0], 2);
    assert_int_equal(density7->at.u32[2], 5);
    imported_clear(&population);
    imported_clear(&names);
    imported_clear(&density);
    desk_close(&d);
}

/* Modes and occupations keep the rows of a pair apart. */
static void details_merge_by_mode_and_occupation(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "detail", "detail.csv",
                              "ORI;DES;MODE;CSP;FLOW\n01001;01001;VP;1;3\n01002;01001;VP;1;4\n"
                              "01001;01002;TC;1;5\n01001;01002;VP;2;6\n");
    (void)carry(f, &d, "detail", &in, 2015);
    assert_int_equal(in.rows->rows, 3);
    double car = 0;
    for (size_t row = 0; row < 3; row++) {
        assert_string_equal(text_of(in.rows, "o", row), "01001");
        assert_string_equal(text_of(in.rows, "j", row), "01001");
        const bool first = table_find(in.rows, "cs")->at.u32[row] == 1;
        car += strcmp(text_of(in.rows, "mode", row), "car") == 0 && first
                   ? number_of(in.rows, "workers", row)
                   : 0;
    }
    assert_true(car == 7);
    imported_clear(&in);
    desk_close(&d);
}

/* Times of merged communes are those of the one that keeps the code; ids of venues and cells stay;
 * each part of a split has the row. */
static void times_follow_their_communes(void **state)
{
    fixture *f = *state;
    desk d;
    size_t met = 0;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "travel_times", "times.csv",
                              "from,to,minutes,km\n01001,01006,10.125,8\n01002,01006,99,98\n"
                              "01006,list:1,3.5,\n01003,list:1,7,5\n");
    (void)carry(f, &d, "travel_times", &in, 2015);
    assert_int_equal(in.rows->rows, 4);
    for (size_t row = 0; row < 4; row++) {
        const char *from = text_of(in.rows, "from", row), *to = text_of(in.rows, "to", row);
        const double minutes = number_of(in.rows, "minutes", row);
        if (strcmp(from, "01001") == 0) {
            met += strcmp(to, "01007") == 0 && minutes == 10.125;
        } else if (strcmp(from, "01007") == 0) {
            met += strcmp(to, "list:1") == 0 && minutes == 3.5 &&
                   column_state(table_find(in.rows, "km"), row) == VALUE_MISSING;
        } else { /* 01003, and 01005 that was made out of it */
            met += strcmp(to, "list:1") == 0 && minutes == 7;
        }
    }
    assert_int_equal(met, 4);
    imported_clear(&in);
    desk_close(&d);
}

/* The digest of the content owes nothing to the order of rows, and everything to their values. */
static void the_content_of_a_large_file_has_one_digest(void **state)
{
    fixture *f = *state;
    enum { ROWS = 70000 };
    sha256_hex there, back, other;
    error err;
    text_buffer text[3] = {{0}, {0}, {0}};
    for (size_t k = 0; k < 3; k++) {
        text_add(&text[k], "from,to,minutes\n");
        for (size_t i = 0; i < ROWS; i++) {
            const size_t row = k == 1 ? ROWS - 1 - i : i;
            text_add_format(&text[k], "%05zu,%05zu,%zu\n", row % 300, row / 300,
                            row + (k == 2 && row == 40000));
        }
    }
    imported a = import_good(f, "travel_times", "a.csv", text[0].at);
    imported b = import_good(f, "travel_times", "b.csv", text[1].at);
    imported c = import_good(f, "travel_times", "c.csv", text[2].at);
    assert_int_equal(imported_digest(&a, 1, &there, &err), STATUS_OK);
    assert_int_equal(imported_digest(&b, 4, &back, &err), STATUS_OK);
    assert_int_equal(imported_digest(&c, 2, &other, &err), STATUS_OK);
    assert_string_equal(there.hex, back.hex);
    assert_string_not_equal(there.hex, other.hex);
    imported_clear(&a);
    imported_clear(&b);
    imported_clear(&c);
    for (size_t k = 0; k < 3; k++) {
        text_buffer_clear(&text[k]);
    }
}

/* A file of respondents: how many rows of the file are behind a row is kept, for the balance. */
/* A zoning keeps its rows: a merged commune is named by each, every part of a split is in. */
static void a_zoning_follows_its_communes(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "zoning", "z.csv",
                              "CODGEO;FRR\n01002;FRR\n01003;FRR+\n01006;FRR\n01004;FRR\n");
    assert_int_equal(carry(f, &d, "zoning", &in, VINTAGE_NONE), 2015);
    assert_int_equal(in.rows->rows, 4);
    assert_string_equal(text_of(in.rows, "code", 0), "01001");
    assert_string_equal(text_of(in.rows, "code", 1), "01003 01005");
    assert_string_equal(text_of(in.rows, "code", 2), "01007");
    assert_string_equal(text_of(in.rows, "code", 3), "01004");
    assert_string_equal(text_of(in.rows, "class", 1), "FRR+");
    imported_clear(&in);
    desk_close(&d);
}

/* Addresses are looked up by the pivot's codes; the former commune they name stays. */
static void addresses_are_recoded_row_for_row(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "addresses", "ban.csv",
                              "numero;nom_voie;code_insee;nom_commune;code_insee_ancienne_commune;"
                              "lon;lat\n1;Rue A;01002;B;01002;2;46\n2;Rue A;01006;F;;2;46\n");
    assert_int_equal(carry(f, &d, "addresses", &in, VINTAGE_NONE), 2015);
    assert_int_equal(in.rows->rows, 2);
    assert_string_equal(text_of(in.rows, "code", 0), "01001");
    assert_string_equal(text_of(in.rows, "old_code", 0), "01002");
    assert_string_equal(text_of(in.rows, "code", 1), "01007");
    imported_clear(&in);
    desk_close(&d);
}

/* Households add up; a median of two communes is nobody's. */
static void numbers_of_communes_add_up_or_are_missing(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "context", "c.csv",
                              "CODGEO;NBMENFISC20;MED20\n01001;40;20000\n01002;20;21500\n"
                              "01004;7;18000\n01006;5;19000\n");
    assert_int_equal(carry(f, &d, "context", &in, VINTAGE_NONE), 2015);
    const column *households = table_find(in.rows, "fiscal_households");
    const column *median = table_find(in.rows, "median_income_eur");
    assert_int_equal(in.rows->rows, 3);
    assert_string_equal(text_of(in.rows, "code", 0), "01001");
    assert_true(fabs(households->at.f64[0] - 60) < 1e-9);
    assert_int_equal(column_state(median, 0), VALUE_MISSING);
    assert_string_equal(text_of(in.rows, "code", 2), "01007");
    assert_true(fabs(median->at.f64[2] - 19000) < 1e-9);
    assert_true(says(f->list, "1 values of communes that merged or were split are missing (the "
                              "first: median_income_eur)"));
    imported_clear(&in);
    desk_close(&d);
}

static void rows_of_respondents_are_counted_through(void **state)
{
    fixture *f = *state;
    desk d;
    desk_open(f, &d, 2024);
    imported in = import_good(f, "detail", "FD_MOBPRO_2018.csv",
                              "COMMUNE;ARM;CS1;DCFLT;DCLT;IPONDI;TRANS\n"
                              "01001;ZZZZZ;5;99999;01001;1.5;5\n01001;ZZZZZ;5;99999;01001;2.5;5\n"
                              "01002;ZZZZZ;5;99999;01001;2;5\n");
    (void)carry(f, &d, "detail", &in, 2015);
    assert_int_equal(in.rows->rows, 1);
    assert_true(number_of(in.rows, "workers", 0) == 6);
    assert_int_equal(table_find(in.rows, "respondents")->at.u32[0], 3);
    imported_clear(&in);
    desk_close(&d);
}

/* --- passage tables --- */

static void a_passage_table_needs_no_movements(void **state)
{
    fixture *f = *state;
    error err;
    vintage_converter *converter = NULL;
    carry_log *log = NULL;
    imported passage = import_good(f, "passage", "passage.csv",
                                   "cod_from,cod_to,ratio,y0,y1\n01002,01001,1,2015,2016\n"
                                   "01003,01003,0.8,2017,2018\n01003,01005,0.2,2017,2018\n");
    imported in = import_good(f, "population", "p.csv", "COM,PMUN\n01001,1\n01002,2\n01003,10\n");
    const converter_options options = {.passage = &passage, .pivot = 2018};
    assert_int_equal(converter_new(&options, &converter, f->list), STATUS_OK);
    assert_int_equal(carry_log_new(&log, &err), STATUS_OK);
    assert_int_equal(converter_convert(converter, "population", 2015, &in, log, f->list),
                     STATUS_OK);
    assert_int_equal(in.rows->rows, 3);
    assert_true(number_of(in.rows, "population", 0) == 3);
    assert_true(fabs(number_of(in.rows, "population", 2) - 2) < 1e-12);
    carry_log_free(log);
    converter_free(converter);
    imported_clear(&in);
    imported_clear(&passage);
}

static void bad_passage_tables_are_refused(void **state)
{
    fixture *f = *state;
    const char *const texts[] = {
        "cod_from,cod_to,ratio,y0,y1\n01003,01003,0.8,2017,2018\n01003,01005,0.1,2017,2018\n",
        "cod_from,cod_to,ratio,y0,y1\n01003,01004,1,2018,2018\n",
        "cod_from,cod_to,ratio,y0,y1\n01003,01004,1,2015,2016\n"};
    const char *const told[] = {"the shares of 01003 do not sum to 1 (0.900000)",
                                "the second must follow the first",
                                "the passage table goes from 2015 to 2016, not from 2014 to 2020"};
    for (size_t i = 0; i < 3; i++) {
        conversion *c = NULL;
        imported passage = import_good(f, "passage", "passage.csv", texts[i]);
        const conversion_options options = {.passage = &passage, .from = 2014, .to = 2020};
        assert_int_equal(conversion_build(&options, &c, f->list), STATUS_INPUT);
        assert_true(says(f->list, told[i]));
        imported_clear(&passage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_vintage_that_codes_deny_is_refused, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(without_a_fitting_year_the_closest_three_are_told,
                                        fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_lag_of_one_year_is_accepted_and_said, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(the_pivot_is_taken_where_it_fits_else_the_nearest,
                                        fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(years_that_fit_and_disagree_are_left_to_the_author,
                                        fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(lists_of_people_may_mix_years, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(groups_that_a_merger_joins_are_told, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(outlines_merge_and_are_never_cut, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(names_and_classes_follow_their_rules, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(details_merge_by_mode_and_occupation, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(times_follow_their_communes, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_content_of_a_large_file_has_one_digest, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_zoning_follows_its_communes, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(addresses_are_recoded_row_for_row, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(numbers_of_communes_add_up_or_are_missing, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(rows_of_respondents_are_counted_through, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_passage_table_needs_no_movements, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(bad_passage_tables_are_refused, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
