/* Quirks 15, 16, 17 and 20 in the files where they were seen: codes that come and go with the
 * years, and the official events that tell where they went. Counts are those of the files, taken
 * with another program (Python's csv). */
#include "../territory/shared.h"

#include <math.h>

#include "geo/polygons.h"
#include "territory/vintage_inputs.h"

#define MOVEMENTS "data/cog2024_mouvements-communes.csv.gz"
#define COG "data/cog2024_communes.csv.gz"
#define FLOWS "data/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv.gz"
#define OUTLINES "data/communes_idf_2018.geojson"

enum { PIVOT = 2024 };

typedef struct desk {
    fixture f;
    imported movements;
} desk;

static int desk_open(void **state)
{
    static desk d;
    d = (desk){0};
    *state = &d;
    fixture_open(&d.f);
    return 0;
}

static int desk_close(void **state)
{
    desk *d = *state;
    imported_clear(&d->movements);
    fixture_close(&d->f);
    return 0;
}

static const char *text_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    assert_non_null(c);
    return column_text(c, row);
}

static bool holds(const table *t, const char *name, const char *text)
{
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(text_of(t, name, row), text) == 0) {
            return true;
        }
    }
    return false;
}

/* Workers of one residence, or of all (NULL). */
static double workers_of(const imported *in, const char *residence)
{
    double sum = 0;
    const column *workers = table_find(in->rows, "workers");
    for (size_t row = 0; row < in->rows->rows; row++) {
        const bool counts = !residence || strcmp(text_of(in->rows, "o", row), residence) == 0;
        sum += counts ? workers->at.f64[row] : 0;
    }
    return sum;
}

static imported carry(desk *d, const char *role, const char *file, int32_t said)
{
    error err;
    int32_t vintage = 0;
    carry_log *log = NULL;
    vintage_converter *c = NULL;
    imported in = import_ok(&d->f, role, file);
    d->movements = import_ok(&d->f, "movements", MOVEMENTS);
    const converter_options options = {
        .movements = &d->movements, .pivot = PIVOT, .where = source_at("run.yaml", 1, 1)};
    const source_ref where = source_at("run.yaml", 2, 1);
    status rc = converter_new(&options, &c, d->f.list);
    assert_int_equal(carry_log_new(&log, &err), STATUS_OK);
    if (rc == STATUS_OK) {
        rc = converter_judge(c, role, &in, said, where, &vintage, d->f.list);
    }
    if (rc == STATUS_OK) {
        rc = converter_convert(c, role, vintage, &in, log, d->f.list);
    }
    if (rc != STATUS_OK) {
        print_faults(d->f.list);
    }
    assert_int_equal(rc, STATUS_OK);
    carry_log_free(log);
    converter_free(c);
    return in;
}

static const struct {
    const char *gone, *heir;
} heirs[] = {{"77028", "77433"}, {"77149", "77109"}, {"77399", "77504"}, {"77491", "77316"},
             {"78251", "78551"}, {"78503", "78320"}, {"78524", "78158"}, {"91182", "91228"},
             {"91222", "91390"}, {"95259", "95040"}, {"95282", "95169"}};
enum { HEIRS = sizeof heirs / sizeof heirs[0] };

static void vanished_codes_arrive_in_their_heirs(void **state)
{
    desk *d = *state;
    SKIP_WITHOUT(FLOWS);
    imported in = carry(d, "flows", FLOWS, 2014);
    for (size_t i = 0; i < HEIRS; i++) {
        assert_false(holds(in.rows, "o", heirs[i].gone) || holds(in.rows, "j", heirs[i].gone));
        assert_true(holds(in.rows, "o", heirs[i].heir));
    }
    assert_true(fabs(workers_of(&in, NULL) - 5323745.436314037) < 1e-6);
    assert_true(fabs(workers_of(&in, "77433") - 1009.8585598827399) < 1e-9); /* 640.36 before */
    assert_true(fabs(workers_of(&in, "91228") - 26958.25509564757) < 1e-9);
    imported_clear(&in);
}

/* Every commune that INSEE lists in Île-de-France in 2024 has an outline, and no other. */
static void old_outlines_join_into_the_communes_of_today(void **state)
{
    desk *d = *state;
    size_t listed = 0;
    SKIP_WITHOUT(OUTLINES);
    imported before = import_ok(&d->f, "communes", OUTLINES);
    imported names = import_ok(&d->f, "names", COG);
    double area = 0, area_before = 0;
    for (size_t row = 0; row < before.rows->rows; row++) {
        area_before += polygons_area(before.outlines, row);
    }
    assert_int_equal(before.rows->rows, 1276);
    imported in = carry(d, "communes", OUTLINES, VINTAGE_NONE);
    for (size_t row = 0; row < in.rows->rows; row++) {
        area += polygons_area(in.outlines, row);
        listed += holds(names.rows, "code", text_of(in.rows, "code", row));
    }
    assert_int_equal(in.rows->rows, 1267);
    assert_int_equal(listed, 1267);
    assert_true(fabs(area - area_before) < 1e-9 * area_before);
    imported_clear(&before);
    imported_clear(&names);
    imported_clear(&in);
}

static void codes_that_came_back_stand_again(void **state)
{
    static const struct {
        const char *code;
        int32_t lived, gone, back;
    } returned[] = {{"14666", 2016, 2018, 2020},
                    {"85165", 2015, 2023, 2024},
                    {"85212", 2015, 2023, 2024},
                    {"60694", 2018, 2023, 2024}};
    desk *d = *state;
    vintage_history *h = NULL;
    SKIP_WITHOUT(MOVEMENTS);
    d->movements = import_ok(&d->f, "movements", MOVEMENTS);
    assert_int_equal(vintage_history_build(&d->movements, NULL, &h, d->f.list), STATUS_OK);
    for (size_t i = 0; i < sizeof returned / sizeof returned[0]; i++) {
        const char *code = returned[i].code;
        assert_int_equal(vintage_code_at(h, code, returned[i].lived), CODE_STANDS);
        assert_int_equal(vintage_code_at(h, code, returned[i].gone), CODE_ANOTHER_YEAR);
        assert_int_equal(vintage_code_at(h, code, returned[i].back), CODE_STANDS);
    }
    vintage_history_free(h);
}

static void only_rows_from_commune_to_commune_are_events(void **state)
{
    static const struct {
        const char *mod;
        size_t rows;
    } kinds[] = {{"10", 1380}, {"20", 176},  {"21", 441}, {"30", 28}, {"31", 1316},
                 {"32", 2626}, {"33", 1730}, {"34", 125}, {"35", 1},  {"41", 904},
                 {"50", 4},    {"70", 0},    {"71", 0}};
    desk *d = *state;
    size_t total = 0;
    SKIP_WITHOUT(MOVEMENTS);
    d->movements = import_ok(&d->f, "movements", MOVEMENTS);
    assert_int_equal(d->movements.rows->rows, 8731);
    assert_int_equal(d->movements.left_out, 13284 - 8731);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t rows = 0;
        for (size_t row = 0; row < d->movements.rows->rows; row++) {
            rows += strcmp(text_of(d->movements.rows, "mod", row), kinds[i].mod) == 0;
        }
        assert_int_equal(rows, kinds[i].rows);
        total += rows;
    }
    assert_int_equal(total, 8731);
}

int main(void)
{
#define SEEN(numbers, test)                                                                        \
    {                                                                                              \
        .name = "quirks " numbers, .test_func = test, .setup_func = desk_open,                     \
        .teardown_func = desk_close                                                                \
    }
    const struct CMUnitTest tests[] = {
        SEEN("15", vanished_codes_arrive_in_their_heirs),
        SEEN("16", old_outlines_join_into_the_communes_of_today),
        SEEN("17", codes_that_came_back_stand_again),
        SEEN("20", only_rows_from_commune_to_commune_are_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
