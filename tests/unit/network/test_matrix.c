/* A matrix of times as a provider: whose rows each point takes, what is missing, what is refused,
 * and every pair against a slow look-up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "maps.h"
#include "network/travel/matrix.h"

/* --- a table of a few rows --- */

typedef struct typed_row {
    const char *from, *to;
    double minutes, km; /* NaN: empty */
} typed_row;

static table *matrix_of(const typed_row *rows, size_t count)
{
    error err = {0};
    table_builder *b = NULL;
    table *t = NULL;
    uint32_t file = 0;
    size_t first = 0, index = 0;
    static const char *const names[] = {"from", "to", "minutes", "km"};
    assert_int_equal(table_builder_new(&b, "matrix", &err), STATUS_OK);
    assert_int_equal(table_builder_source(b, "times.csv", &file, &err), STATUS_OK);
    for (size_t c = 0; c < 4; c++) {
        const column_spec spec = {.name = names[c],
                                  .title_fr = "",
                                  .title_en = "",
                                  .unit = c == 2   ? "min"
                                          : c == 3 ? "km"
                                                   : "",
                                  .type = c < 2 ? COLUMN_TEXT : COLUMN_F64,
                                  .decimals = -1};
        assert_int_equal(table_builder_column(b, &spec, &index, &err), STATUS_OK);
    }
    assert_int_equal(table_builder_rows(b, count, &first, &err), STATUS_OK);
    for (size_t r = 0; r < count; r++) {
        const typed_row *x = &rows[r];
        table_builder_from(b, r, file, r + 2);
        assert_int_equal(table_builder_text(b, 0, r, text_slice_of(x->from, strlen(x->from)), &err),
                         STATUS_OK);
        assert_int_equal(table_builder_text(b, 1, r, text_slice_of(x->to, strlen(x->to)), &err),
                         STATUS_OK);
        if (!isnan(x->minutes))
            table_builder_f64(b, 2, r, x->minutes);
        if (!isnan(x->km))
            table_builder_f64(b, 3, r, x->km);
    }
    assert_int_equal(table_build(b, &t, &err), STATUS_OK);
    table_builder_free(b);
    return t;
}

/* --- three communes, three venues --- */

enum { PLACES = 3, VENUES = 4 };
static const double lon[] = {2, 2.1, 2.2, 2.05}, lat[] = {48, 48, 48, 48};
static const char *const place_code[] = {"01001", "01002", "2A004"};
static const char *const venue_id[] = {"list:1", "list:2", "list:3", "list:4"};
static const uint32_t venue_place[] = {0, 1, 1, UINT32_MAX};
static const char *const venue_commune[] = {"01001", "01002", "01002", NULL};
static const uint32_t density[] = {7, 1, 7};
static const double inner_minutes[] = {3.5, 4.5, NAN}, inner_km[] = {1.5, 2.5, NAN};

static bool exists(const void *context, const char *code)
{
    (void)context;
    return strcmp(code, "99001") == 0;
}

static travel_points communes(void)
{
    return (travel_points){.place_count = PLACES,
                           .venue_count = VENUES,
                           .place_lon = lon,
                           .place_lat = lat,
                           .venue_lon = lon,
                           .venue_lat = lat,
                           .place_density = density,
                           .venue_place = venue_place,
                           .place_code = place_code,
                           .venue_id = venue_id,
                           .venue_commune = venue_commune,
                           .commune_exists = exists,
                           .inner_minutes = inner_minutes,
                           .inner_km = inner_km};
}

static const typed_row known[] = {
    {"01001", "01002", 10.123456789012345, 8.25}, /* venues 2 and 3, through their commune */
    {"01002", "01001", 12, NAN},                  /* not symmetric; a km that is not given */
    {"01002", "list:2", 1.5, 0.75},               /* venue 2 has rows of its own */
    {"2A004", "01002", NAN, NAN},                 /* there is no path */
    {"2A004", "01001", 30, 20},                   /* the limit itself */
    {"01001", "01001", 2, 1},                     /* the matrix has its own diagonal here */
    {"01001", "99001", 50, 40},                   /* a commune of elsewhere */
    {"01001", "nowhere", 1, 1},                   /* nobody's code, twice */
    {"01002", "nowhere", 1, 1},
    {"01002", "01001", 12, NAN}, /* the same again */
    {"list:1", "01002", 5, 5},   /* back from a venue */
};

static travel_mode mode_of(const table *t)
{
    return (travel_mode){.id = "transit",
                         .source = TRAVEL_MATRIX,
                         .path = "times.csv",
                         .matrix = t,
                         .limit_min = 30,
                         .parking_min = 0};
}

static cost_engine *engine_of(const table *t, const travel_points *p, ledger *balance, faults *list)
{
    cost_engine *e = NULL;
    const travel_mode mode = mode_of(t);
    if (cost_engine_new(&e, &mode, p, 2, balance, NULL, list))
        return NULL;
    return e;
}

static costs *costs_of(cost_engine *e)
{
    error err = {0};
    costs *c = NULL;
    assert_int_equal(cost_engine_venues(e, &c, &err), STATUS_OK);
    return c;
}

static const char *fact(const cost_engine *e, const char *key)
{
    const costs_facts *f = cost_engine_facts(e);
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->item[i].key, key) == 0)
            return f->item[i].value;
    fail_msg("no fact %s", key);
    return "";
}

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void entry_is(const costs *c, uint32_t venue, size_t i, uint32_t place, double minutes,
                     double km)
{
    const uint64_t at = c->venue_start[venue] + i;
    assert_true(at < c->venue_start[venue + 1]);
    assert_int_equal(c->venue_place[at], place);
    assert_true(same(c->venue_minutes[at], minutes));
    assert_true(isnan(km) ? isnan(c->venue_km[at]) : same(c->venue_km[at], km));
}

static size_t entries(const costs *c, uint32_t venue)
{
    return (size_t)(c->venue_start[venue + 1] - c->venue_start[venue]);
}

static void a_venue_takes_its_own_rows_then_those_of_its_commune(void **state)
{
    (void)state;
    table *t = matrix_of(known, sizeof known / sizeof *known);
    const travel_points p = communes();
    faults *list = map_faults();
    cost_engine *e = engine_of(t, &p, NULL, list);
    assert_non_null(e);
    costs *c = costs_of(e);
    assert_int_equal(entries(c, 0), 3);
    entry_is(c, 0, 0, 0, 2, 1); /* the matrix's own diagonal */
    entry_is(c, 0, 1, 1, 12, NAN);
    entry_is(c, 0, 2, 2, 30, 20); /* the limit is inclusive */
    assert_int_equal(entries(c, 1), 1);
    entry_is(c, 1, 0, 1, 1.5, 0.75);
    assert_int_equal(entries(c, 2), 2);
    entry_is(c, 2, 0, 0, 10.123456789012345, 8.25); /* never rounded */
    entry_is(c, 2, 1, 1, 4.5, 2.5);                 /* no diagonal: the caller's rule */
    assert_int_equal(entries(c, 3), 0);             /* of no commune */
    assert_true(same(c->venue_snap_m[2], 0) && isnan(c->venue_snap_m[3]));
    assert_string_equal(fact(e, "venues_by_id"), "1");
    assert_string_equal(fact(e, "venues_by_place"), "2");
    assert_string_equal(fact(e, "venues_not_in_matrix"), "1");
    assert_string_equal(fact(e, "source"), "matrix");
    costs_free(c);
    cost_engine_free(e);
    faults_free(list);
    table_free(t);
}

static void pairs_are_as_given_missing_or_without_a_path(void **state)
{
    (void)state;
    table *t = matrix_of(known, sizeof known / sizeof *known);
    const travel_points p = communes();
    faults *list = map_faults();
    cost_engine *e = engine_of(t, &p, NULL, list);
    const uint32_t o[] = {0, 1, 2, 2, 0, 1}, d[] = {1, 0, 1, 0, 2, 1};
    double minutes[6], km[6];
    uint8_t there[6];
    error err = {0};
    assert_non_null(e);
    assert_int_equal(cost_engine_pairs(e, o, d, 6, minutes, km, there, &err), STATUS_OK);
    assert_true(there[0] == VALUE_PRESENT && same(minutes[0], 10.123456789012345) &&
                same(km[0], 8.25));
    assert_true(there[1] == VALUE_PRESENT && same(minutes[1], 12) && isnan(km[1]));
    assert_int_equal(there[2], VALUE_UNREACHABLE); /* a row without minutes */
    assert_true(there[3] == VALUE_PRESENT && same(km[3], 20));
    assert_int_equal(there[4], VALUE_MISSING);                     /* no row */
    assert_true(there[5] == VALUE_PRESENT && same(minutes[5], 0)); /* the caller's to fill */
    assert_false(cost_engine_is_by_commune(e));
    cost_engine_free(e);
    faults_free(list);
    table_free(t);
}

static double balance_rows(const table *t, const char *outcome, const char *reason)
{
    const column *what = table_find(t, "outcome"), *why = table_find(t, "reason_en");
    const column *rows = table_find(t, "rows");
    double sum = 0;
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(column_text(what, i), outcome) == 0 &&
            (!reason || strcmp(column_text(why, i), reason) == 0))
            sum += rows->type == COLUMN_F64 ? rows->at.f64[i] : (double)rows->at.i64[i];
    return sum;
}

static void every_row_is_used_rejected_or_ignored(void **state)
{
    (void)state;
    error err = {0};
    ledger *balance = NULL;
    table *t = matrix_of(known, sizeof known / sizeof *known), *rows = NULL, *rejects = NULL;
    const travel_points p = communes();
    faults *list = map_faults();
    assert_int_equal(ledger_new(&balance, &err), STATUS_OK);
    cost_engine *e = engine_of(t, &p, balance, list);
    assert_non_null(e);
    assert_int_equal(ledger_check(balance, &err), STATUS_OK);
    assert_int_equal(ledger_tables(balance, &rows, &rejects, &err), STATUS_OK);
    assert_true(same(balance_rows(rows, "read", NULL), 11));
    assert_true(same(balance_rows(rows, "used", NULL), 6));
    assert_true(same(balance_rows(rows, "rejected", NULL), 1));
    assert_true(same(balance_rows(rows, "ignored", "no trip of this run"), 2));
    assert_true(same(balance_rows(rows, "ignored", "pair given twice, the same"), 1));
    assert_true(same(balance_rows(rows, "ignored", "unknown code, told above already"), 1));
    assert_string_equal(column_text(table_find(rejects, "value"), 0), "nowhere");
    assert_int_equal(table_find(rejects, "line")->at.i64[0], 9);
    table_free(rows);
    table_free(rejects);
    cost_engine_free(e);
    ledger_free(balance);
    faults_free(list);
    table_free(t);
}

static void two_rows_that_differ_are_refused_with_both_lines(void **state)
{
    (void)state;
    const typed_row rows[] = {{"01001", "01002", 10, 8},
                              {"01002", "01001", 10, 8},
                              {"01001", "01002", 10, 8},
                              {"01001", "01002", 10, 9},
                              {"01002", "01001", NAN, 8}};
    table *t = matrix_of(rows, 5);
    const travel_points p = communes();
    faults *list = map_faults();
    assert_null(engine_of(t, &p, NULL, list));
    assert_int_equal(faults_status(list), STATUS_INPUT);
    assert_int_equal(faults_count(list), 2);
    bool told = false;
    for (size_t i = 0; i < 2; i++) {
        const fault *f = faults_at(list, i);
        assert_non_null(f->file);
        told |= f->line == 5 && strstr(f->en, "line 2") && strstr(f->en, "01001");
    }
    assert_true(told);
    faults_free(list);
    table_free(t);
}

static void a_matrix_of_elsewhere_is_refused(void **state)
{
    (void)state;
    const typed_row rows[] = {{"75101", "75102", 10, 8}};
    const typed_row few[] = {{"01001", "01002", 10, 8}};
    const travel_points p = communes();
    faults *list = map_faults();
    table *t = matrix_of(rows, 1), *u = matrix_of(few, 1);
    assert_null(engine_of(t, &p, NULL, list));
    assert_non_null(strstr(map_fault(list, 0), "\"75101\" to \"75102\""));
    assert_null(engine_of(u, &p, NULL, list)); /* one place of three leaves from somewhere */
    assert_non_null(strstr(map_fault(list, faults_count(list) - 1), "2 places out of 3"));
    faults_free(list);
    table_free(t);
    table_free(u);
}

static void parking_is_added_where_it_is_asked_for(void **state)
{
    (void)state;
    table *t = matrix_of(known, sizeof known / sizeof *known);
    const travel_points p = communes();
    faults *list = map_faults();
    travel_mode mode = mode_of(t);
    cost_engine *e = NULL;
    mode.parking_min = 2;
    assert_int_equal(cost_engine_new(&e, &mode, &p, 1, NULL, NULL, list), STATUS_OK);
    costs *c = costs_of(e);
    entry_is(c, 2, 0, 0, 12.123456789012345, 8.25); /* commune 01002 is dense */
    entry_is(c, 0, 0, 0, 2, 1);                     /* 01001 is not */
    costs_free(c);
    cost_engine_free(e);
    faults_free(list);
    table_free(t);
}

/* --- cells by the rows of their commune --- */

static void cells_take_the_rows_of_their_commune(void **state)
{
    (void)state;
    static const char *const cell[] = {"c1", "c2", "c3"};
    static const char *const commune[] = {"01001", "01001", "01002"};
    static const uint32_t cell_of_venue[] = {1, 2, 2, UINT32_MAX};
    static const char *const both[] = {"01001", "01002"};
    table *t = matrix_of(known, 3);
    travel_points p = communes();
    p.place_code = cell;
    p.place_commune = commune;
    p.venue_place = cell_of_venue;
    faults *list = map_faults();
    cost_engine *e = engine_of(t, &p, NULL, list);
    assert_non_null(e);
    costs *c = costs_of(e);
    assert_string_equal(fact(e, "places_by_commune"), "3");
    assert_string_equal(fact(e, "venues_by_commune"), "2");
    assert_int_equal(entries(c, 0), 3);
    entry_is(c, 0, 0, 0, 3.5, 1.5); /* its own commune, by the caller's rule */
    entry_is(c, 0, 1, 1, 4.5, 2.5);
    entry_is(c, 0, 2, 2, 12, NAN);
    assert_true(cost_engine_is_by_commune(e));
    const uint32_t o[] = {0, 1}, d[] = {1, 0};
    double minutes[2], km[2];
    uint8_t there[2];
    error err = {0};
    assert_int_equal(cost_engine_commune_pairs(e, both, o, d, 2, minutes, km, there, &err),
                     STATUS_OK);
    assert_true(there[0] == VALUE_PRESENT && same(minutes[0], 10.123456789012345));
    assert_true(there[1] == VALUE_PRESENT && same(minutes[1], 12) && isnan(km[1]));
    costs_free(c);
    cost_engine_free(e);
    faults_free(list);
    table_free(t);
}

/* --- many rows, against a slow look-up --- */

enum { MANY = 60, DRAWN = 2200 };

typedef struct drawn {
    char code[MANY][8];
    const char *codes[MANY];
    double lon[MANY], lat[MANY], minutes[MANY][MANY], km[MANY][MANY];
    bool there[MANY][MANY];
    typed_row rows[DRAWN];
    size_t count;
} drawn;

static drawn *draw(void)
{
    const random_key key = random_key_of(11, "test_matrix");
    drawn *d = memory_new(1, sizeof *d);
    assert_non_null(d);
    for (uint32_t i = 0; i < MANY; i++) {
        (void)snprintf(d->code[i], sizeof d->code[i], "%05u", (i * 37) % 100 + 1000);
        d->codes[i] = d->code[i];
        d->lon[i] = 2;
        d->lat[i] = 48;
    }
    for (uint32_t k = 0; k < DRAWN; k++) {
        const uint32_t o = (uint32_t)(random_uniform(key, 1, k, 0) * MANY);
        const uint32_t j = (uint32_t)(random_uniform(key, 1, k, 1) * MANY);
        if (!d->there[o][j]) {
            d->there[o][j] = true;
            d->minutes[o][j] = 60 * random_uniform(key, 1, k, 2);
            d->km[o][j] = k % 7 == 0 ? (double)NAN : 50 * random_uniform(key, 1, k, 3);
        }
        d->rows[d->count++] = (typed_row){d->code[o], d->code[j], d->minutes[o][j], d->km[o][j]};
    }
    return d;
}

static void every_pair_equals_the_slow_look_up(void **state)
{
    (void)state;
    drawn *d = draw();
    table *t = matrix_of(d->rows, d->count);
    uint32_t commune[MANY];
    for (uint32_t i = 0; i < MANY; i++)
        commune[i] = i;
    const travel_points p = {.place_count = MANY,
                             .venue_count = MANY,
                             .place_lon = d->lon,
                             .place_lat = d->lat,
                             .venue_lon = d->lon,
                             .venue_lat = d->lat,
                             .venue_place = commune,
                             .place_code = d->codes,
                             .venue_commune = d->codes};
    faults *list = map_faults();
    cost_engine *e = engine_of(t, &p, NULL, list);
    assert_non_null(e);
    costs *c = costs_of(e);
    size_t expected = 0;
    for (uint32_t o = 0; o < MANY; o++)
        for (uint32_t v = 0; v < MANY; v++) {
            const bool within = d->there[o][v] && d->minutes[o][v] <= 30;
            bool found = false;
            for (uint64_t i = c->venue_start[v]; i < c->venue_start[v + 1]; i++)
                if (c->venue_place[i] == o) {
                    found = true;
                    assert_true(same(c->venue_minutes[i], d->minutes[o][v]));
                    assert_true(isnan(d->km[o][v]) ? isnan(c->venue_km[i])
                                                   : same(c->venue_km[i], d->km[o][v]));
                }
            assert_int_equal(found, within);
            expected += within;
        }
    assert_int_equal(c->venue_start[MANY], expected);
    assert_true(expected > 500);
    costs_free(c);
    cost_engine_free(e);
    faults_free(list);
    table_free(t);
    memory_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_venue_takes_its_own_rows_then_those_of_its_commune),
        cmocka_unit_test(pairs_are_as_given_missing_or_without_a_path),
        cmocka_unit_test(every_row_is_used_rejected_or_ignored),
        cmocka_unit_test(two_rows_that_differ_are_refused_with_both_lines),
        cmocka_unit_test(a_matrix_of_elsewhere_is_refused),
        cmocka_unit_test(parking_is_added_where_it_is_asked_for),
        cmocka_unit_test(cells_take_the_rows_of_their_commune),
        cmocka_unit_test(every_pair_equals_the_slow_look_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
