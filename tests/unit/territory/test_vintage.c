/* The official geographic code through time, on small histories: what each kind of event does to
 * tables, in both directions, and what is said of it. */
#include "files.h"

#include <math.h>

#include "territory/vintage_inputs.h"

#define HEAD "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"

typedef struct world {
    imported movements;
    vintage_history *history;
} world;

static world history_of(fixture *f, const char *text)
{
    world w;
    w.movements = import_good(f, "movements", "movements.csv", text);
    const status rc = vintage_history_build(&w.movements, NULL, &w.history, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return w;
}

static void world_clear(world *w)
{
    vintage_history_free(w->history);
    imported_clear(&w->movements);
}

static conversion *convert(fixture *f, const world *w, int32_t from, int32_t to,
                           const split_weights *weights, arrondissement_rule rule)
{
    conversion *c = NULL;
    const conversion_options options = {.history = w->history,
                                        .from = from,
                                        .to = to,
                                        .weights = weights,
                                        .weight_count = weights ? 1 : 0,
                                        .arrondissements = rule};
    const status rc = conversion_build(&options, &c, f->list);
    if (rc != STATUS_OK) {
        print_faults(f->list);
    }
    assert_int_equal(rc, STATUS_OK);
    return c;
}

/* The ratio of `from` that goes to `to`, 0 when there is no such link. */
static double ratio(const conversion *c, const char *from, const char *to)
{
    size_t count = 0;
    const vintage_link *links = conversion_find(c, from, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(links[i].to, to) == 0) {
            return links[i].ratio;
        }
    }
    return 0;
}

static link_kind kind_of(const conversion *c, const char *from)
{
    size_t count = 0;
    const vintage_link *links = conversion_find(c, from, &count);
    assert_true(count > 0);
    return links[0].kind;
}

#define ALONE(f, w, from, to) convert(f, w, from, to, NULL, ARRONDISSEMENTS_AS_THEY_ARE)

/* --- events, one by one --- */

/* 32: 01002 and 01003 join 01001; their COMD rows, and those of 35, are no communes. */
static void mergers_join_whole(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "32,2016-01-01,COM,01001,COM,01001\n"
                                 "32,2016-01-01,COM,01001,COMD,01001\n"
                                 "32,2016-01-01,COM,01002,COM,01001\n"
                                 "32,2016-01-01,COM,01002,COMD,01002\n"
                                 "32,2016-01-01,COM,01003,COM,01001\n"
                                 "35,2017-01-01,COMD,01003,COM,01001\n"
                                 "35,2017-01-01,COMD,01002,COMD,01001\n");
    conversion *c = ALONE(f, &w, 2015, 2020);
    assert_int_equal(w.movements.rows->rows, 3);
    assert_int_equal(w.movements.left_out, 4);
    assert_int_equal(kind_of(c, "01001"), LINK_MERGE);
    assert_int_equal(kind_of(c, "01002"), LINK_MERGE);
    assert_true(ratio(c, "01002", "01001") == 1 && ratio(c, "01003", "01001") == 1);
    assert_int_equal(vintage_code_at(w.history, "01002", 2015), CODE_STANDS);
    assert_int_equal(vintage_code_at(w.history, "01002", 2016), CODE_ANOTHER_YEAR);
    conversion_free(c);
    world_clear(&w);
}

/* 10: a name alone; 41 and 50: another code for the same commune. */
static void changes_of_name_and_of_code_are_simple(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "10,2018-01-01,COM,01001,COM,01001\n"
                                 "41,2015-12-31,COM,44060,COM,49382\n"
                                 "50,2014-01-07,COM,14697,COM,14472\n"
                                 "41,1976-01-01,COM,20004,COM,2A004\n"
                                 "41,1976-01-01,COM,20002,COM,2B002\n");
    conversion *c = ALONE(f, &w, 2014, 2020);
    assert_int_equal(kind_of(c, "01001"), LINK_SAME);
    assert_int_equal(kind_of(c, "44060"), LINK_SIMPLE);
    assert_true(ratio(c, "44060", "49382") == 1);
    /* 31 December and 7 January count from the next 1 January */
    assert_int_equal(vintage_code_at(w.history, "44060", 2015), CODE_STANDS);
    assert_int_equal(vintage_code_at(w.history, "49382", 2016), CODE_STANDS);
    assert_int_equal(vintage_code_at(w.history, "14697", 2014), CODE_STANDS);
    assert_int_equal(vintage_code_at(w.history, "14697", 2015), CODE_ANOTHER_YEAR);
    conversion_free(c);
    c = ALONE(f, &w, 1970, 2020);
    assert_true(ratio(c, "20004", "2A004") == 1 && ratio(c, "20002", "2B002") == 1);
    conversion_free(c);
    c = ALONE(f, &w, 2020, 1970);
    assert_true(ratio(c, "2A004", "20004") == 1 && ratio(c, "14472", "14697") == 1);
    conversion_free(c);
    world_clear(&w);
}

/* 2018-01-01: 49144 becomes 44225 (41), which joins 44180 (32) on the same day; the file may list
 * them in any order. */
static void events_of_one_day_follow_each_other(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "32,2018-01-01,COM,44180,COM,44180\n"
                                 "32,2018-01-01,COM,44225,COM,44180\n"
                                 "41,2018-01-01,COM,49144,COM,44225\n");
    conversion *c = ALONE(f, &w, 2017, 2018);
    assert_true(ratio(c, "49144", "44180") == 1 && ratio(c, "44180", "44180") == 1);
    assert_int_equal(vintage_code_at(w.history, "44225", 2017), CODE_ANOTHER_YEAR);
    assert_int_equal(vintage_code_at(w.history, "44225", 2018), CODE_ANOTHER_YEAR);
    assert_int_equal(faults_count(f->list), 0);
    conversion_free(c);
    world_clear(&w);
}

/* 32, then 21: a code that lives, dies and comes back; the ratio is the population's of the parts.
 */
static void an_unmerger_shares_by_the_population_of_the_parts(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "32,2017-01-01,COM,14666,COM,14712\n"
                                 "32,2017-01-01,COM,14712,COM,14712\n"
                                 "21,2019-12-31,COM,14712,COM,14666\n"
                                 "21,2019-12-31,COM,14712,COM,14712\n");
    imported population =
        import_good(f, "population", "pop.csv", "COM,PMUN\n14666,300\n14712,700\n");
    const split_weights weights = {population.rows, 2021};
    conversion *c = convert(f, &w, 2018, 2024, &weights, ARRONDISSEMENTS_AS_THEY_ARE);
    assert_int_equal(kind_of(c, "14712"), LINK_SPLIT);
    assert_true(fabs(ratio(c, "14712", "14666") - 0.3) < 1e-15);
    assert_true(fabs(ratio(c, "14712", "14712") - 0.7) < 1e-15);
    assert_int_equal(vintage_code_at(w.history, "14666", 2016), CODE_STANDS);
    assert_int_equal(vintage_code_at(w.history, "14666", 2019), CODE_ANOTHER_YEAR);
    assert_int_equal(vintage_code_at(w.history, "14666", 2020), CODE_STANDS);
    conversion_free(c);
    /* composed: both went in, both come out, by the ratios of the split */
    c = convert(f, &w, 2016, 2024, &weights, ARRONDISSEMENTS_AS_THEY_ARE);
    assert_true(fabs(ratio(c, "14666", "14666") - 0.3) < 1e-15);
    assert_true(fabs(ratio(c, "14666", "14712") - 0.7) < 1e-15);
    conversion_free(c);
    /* a code that 2018 has not is read in the nearest year that has it */
    c = convert(f, &w, 2018, 2019, &weights, ARRONDISSEMENTS_AS_THEY_ARE);
    size_t count = 0;
    const vintage_link *stray = conversion_find(c, "14666", &count);
    assert_int_equal(count, 1);
    assert_string_equal(stray->to, "14712");
    assert_int_equal(stray->read_in, 2016);
    conversion_free(c);
    imported_clear(&population);
    world_clear(&w);
}

static void a_split_without_populations_is_equal_and_says_so(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "21,2024-01-01,COM,85084,COM,85084\n"
                                 "21,2024-01-01,COM,85084,COM,85165\n"
                                 "21,2024-01-01,COM,85084,COM,85212\n");
    imported population = import_good(f, "population", "pop.csv", "COM,PMUN\n85084,9000\n");
    const split_weights weights = {population.rows, 2023};
    conversion *c = convert(f, &w, 2023, 2024, &weights, ARRONDISSEMENTS_AS_THEY_ARE);
    size_t count = 0;
    const vintage_link *links = conversion_find(c, "85084", &count);
    assert_int_equal(count, 3);
    assert_false(links[0].weight_known);
    assert_true(fabs(links[2].ratio - 1.0 / 3) < 1e-15);
    conversion_free(c);
    imported_clear(&population);
    world_clear(&w);
}

/* 30: one commune shared out among its neighbours; 20: a new one made of parts of several. */
static void suppressions_and_creations(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "30,1968-03-02,COM,08203,COM,08203\n"
                                 "30,1968-03-02,COM,08227,COM,08203\n"
                                 "30,1968-03-02,COM,08227,COM,08454\n"
                                 "30,1968-03-02,COM,08454,COM,08454\n"
                                 "20,1989-02-15,COM,38422,COM,38422\n"
                                 "20,1989-02-15,COM,38422,COM,38567\n"
                                 "20,1989-02-15,COM,38478,COM,38478\n"
                                 "20,1989-02-15,COM,38478,COM,38567\n");
    conversion *c = ALONE(f, &w, 1967, 1990);
    assert_true(ratio(c, "08227", "08203") == 0.5 && ratio(c, "08227", "08454") == 0.5);
    assert_true(ratio(c, "08203", "08203") == 1);
    assert_true(ratio(c, "38422", "38567") == 0.5 && ratio(c, "38478", "38567") == 0.5);
    conversion_free(c);
    world_clear(&w);
}

static void back_in_time_a_merger_is_a_split(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "31,1973-01-01,COM,01001,COM,01001\n"
                                 "31,1973-01-01,COM,01002,COM,01001\n");
    imported population = import_good(f, "population", "pop.csv", "COM,PMUN\n01001,90\n01002,10\n");
    const split_weights weights = {population.rows, 1968};
    conversion *c = convert(f, &w, 2020, 1970, &weights, ARRONDISSEMENTS_AS_THEY_ARE);
    assert_int_equal(kind_of(c, "01001"), LINK_SPLIT);
    assert_true(fabs(ratio(c, "01001", "01002") - 0.1) < 1e-15);
    conversion_free(c);
    imported_clear(&population);
    world_clear(&w);
}

static void arrondissements_fold_and_unfold(void **state)
{
    fixture *f = *state;
    world w = history_of(f, HEAD "10,2018-01-01,COM,01001,COM,01001\n");
    imported population = import_good(f, "population", "pop.csv",
                                      "COM,PMUN\n69381,10\n69382,10\n69383,10\n69384,10\n69385,10\n"
                                      "69386,10\n69387,10\n69388,10\n69389,20\n");
    const split_weights weights = {population.rows, 2021};
    conversion *c = convert(f, &w, 2018, 2024, &weights, ARRONDISSEMENTS_FOLD);
    assert_true(ratio(c, "75101", "75056") == 1 && ratio(c, "13216", "13055") == 1);
    assert_true(ratio(c, "75056", "75056") == 1);
    conversion_free(c);
    c = convert(f, &w, 2018, 2024, &weights, ARRONDISSEMENTS_UNFOLD);
    assert_true(fabs(ratio(c, "69123", "69389") - 0.2) < 1e-15);
    assert_true(fabs(ratio(c, "75056", "75120") - 0.05) < 1e-15); /* no population: equal */
    conversion_free(c);
    imported_clear(&population);
    world_clear(&w);
}

static void bad_rows_are_all_told(void **state)
{
    fixture *f = *state;
    vintage_history *h = NULL;
    imported in = import_good(f, "movements", "movements.csv",
                              HEAD "32,01/01/2016,COM,01002,COM,01001\n"
                                   "32,2016-13-01,COM,01002,COM,01001\n"
                                   "32,2016-01-01,COM,01002,COM,01001\n");
    assert_int_equal(vintage_history_build(&in, NULL, &h, f->list), STATUS_INPUT);
    assert_int_equal(faults_count(f->list), 2);
    assert_int_equal(faults_at(f->list, 0)->line, 2);
    assert_int_equal(faults_at(f->list, 1)->line, 3);
    imported_clear(&in);
}

/* --- detection --- */

static void the_year_is_told_by_the_set_of_codes(void **state)
{
    static const char *const codes[] = {"code"};
    fixture *f = *state;
    error err;
    vintage_match m;
    char years[64];
    world w = history_of(f, HEAD "32,2016-01-01,COM,01001,COM,01001\n"
                                 "32,2016-01-01,COM,01002,COM,01001\n"
                                 "32,2019-01-01,COM,01003,COM,01003\n"
                                 "32,2019-01-01,COM,01004,COM,01003\n"
                                 "21,2022-01-01,COM,01001,COM,01001\n"
                                 "21,2022-01-01,COM,01001,COM,01002\n");
    imported good = import_good(f, "names", "a.csv",
                                "COM,LIBELLE\n01001,A\n01003,C\n01004,D\n75101,P\n01999,X\n");
    assert_int_equal(vintage_detect(w.history, good.rows, codes, 1, &m, &err), STATUS_OK);
    vintage_fits_print(&m, years, sizeof years);
    assert_string_equal(years, "2015-2018");
    assert_int_equal(vintage_nearest_fit(&m, 2024), 2018);
    vintage_match_clear(&m);
    /* 01002 and 01004: before 2016 only; 01002 without 01004: also since 2022 */
    imported bad = import_good(f, "names", "b.csv", "COM,LIBELLE\n01002,B\n01003,C\n");
    assert_int_equal(vintage_detect(w.history, bad.rows, codes, 1, &m, &err), STATUS_OK);
    vintage_fits_print(&m, years, sizeof years);
    assert_string_equal(years, "2015, 2022");
    vintage_match_clear(&m);
    imported_clear(&good);
    imported_clear(&bad);
    world_clear(&w);
}

/* --- tables --- */

static double cell_of(const table *t, const char *code, const char *name)
{
    const column *c = table_find(t, name);
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(text_of(t, "code", row), code) == 0) {
            return column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : (double)NAN;
        }
    }
    return -1;
}

#define MERGER_AND_SPLIT                                                                           \
    HEAD "32,2016-01-01,COM,01001,COM,01001\n"                                                     \
         "32,2016-01-01,COM,01002,COM,01001\n"                                                     \
         "21,2018-01-01,COM,02001,COM,02001\n"                                                     \
         "21,2018-01-01,COM,02001,COM,02002\n"                                                     \
         "41,2018-01-01,COM,03001,COM,04001\n"

static table *read_table(fixture *f, const char *text)
{
    static const wanted_column columns[] = {
        {.name = "code", .unit = "", .type = COLUMN_TEXT, .required = true},
        {.name = "jobs", .unit = "", .type = COLUMN_F64, .required = true},
        {.name = "share", .unit = "", .type = COLUMN_F64},
        {.name = "median", .unit = "", .type = COLUMN_F64},
        {.name = "class", .unit = "", .type = COLUMN_TEXT},
    };
    char path[160];
    table *out = NULL;
    write_file(f, "t.csv", text, path, sizeof path);
    const read_options options = {.path = path, .columns = columns, .column_count = 5};
    assert_int_equal(table_read(&options, &out, NULL, f->list), STATUS_OK);
    return out;
}

static void sums_means_medians_and_classes(void **state)
{
    static const char *const codes[] = {"code"};
    static const carried_column columns[] = {{"jobs", CARRY_SUM, NULL},
                                             {"share", CARRY_MEAN, "jobs"},
                                             {"median", CARRY_MEDIAN, NULL},
                                             {"class", CARRY_MIXED, "mixed"}};
    const carry_plan plan = {
        .codes = codes, .code_count = 1, .columns = columns, .column_count = 4, .unique = true};
    fixture *f = *state;
    carried out;
    world w = history_of(f, MERGER_AND_SPLIT);
    table *t =
        read_table(f, "code,jobs,share,median,class\n01001,100,0.5,10,a\n01002,300,0.1,20,b\n"
                      "02001,80,0.3,30,a\n03001,7,0.2,40,c\n05001,1,0.9,50,a\n");
    conversion *c = ALONE(f, &w, 2015, 2020);
    assert_int_equal(table_carry(t, &plan, c, &out, f->list), STATUS_OK);
    assert_int_equal(out.rows->rows, 5);
    assert_true(cell_of(out.rows, "01001", "jobs") == 400);
    assert_true(fabs(cell_of(out.rows, "01001", "share") - 0.2) < 1e-15);
    assert_true(isnan(cell_of(out.rows, "01001", "median")));
    assert_string_equal(text_of(out.rows, "class", 0), "mixed");
    assert_true(cell_of(out.rows, "02002", "jobs") == 40);
    assert_true(isnan(cell_of(out.rows, "02001", "share"))); /* a mean is never split */
    assert_true(isnan(cell_of(out.rows, "02001", "median")));
    assert_true(cell_of(out.rows, "04001", "median") == 40);
    assert_true(cell_of(out.rows, "05001", "share") == 0.9);
    const carry_report *r = &out.report;
    assert_int_equal(r->merged, 1);
    assert_int_equal(r->merged_into, 1);
    assert_int_equal(r->renamed, 1);
    assert_int_equal(r->split, 1);
    assert_int_equal(r->split_into, 2);
    assert_int_equal(r->unknown_weights, 1);
    assert_int_equal(r->lost_rows, 0);
    assert_true(r->weight_before == 488 && r->weight_after == 488);
    assert_true(r->weight_split == 80 && r->weight_merged == 400);
    assert_int_equal(r->missing_merged[2], 1);
    assert_int_equal(r->missing_split[2], 2);
    assert_int_equal(r->missing_split[1], 2);
    assert_int_equal(out.rows->source_row[0], 2); /* the row that keeps the code leads */
    carried_clear(&out);
    conversion_free(c);
    table_free(t);
    world_clear(&w);
}

/* A sum with an unknown part is unknown, and its known part is counted as lost. */
static void a_missing_part_makes_the_sum_missing(void **state)
{
    static const char *const codes[] = {"code"};
    static const carried_column columns[] = {{"jobs", CARRY_SUM, NULL}};
    const carry_plan plan = {
        .codes = codes, .code_count = 1, .columns = columns, .column_count = 1, .unique = true};
    fixture *f = *state;
    carried out;
    world w = history_of(f, MERGER_AND_SPLIT);
    table *t = read_table(f, "code,jobs\n01001,100\n01002,s\n05001,1\n");
    conversion *c = ALONE(f, &w, 2015, 2020);
    assert_int_equal(table_carry(t, &plan, c, &out, f->list), STATUS_OK);
    assert_int_equal(column_state(table_find(out.rows, "jobs"), 0), VALUE_SECRET);
    assert_true(out.report.missing_weight == 100 && out.report.weight_after == 1);
    carried_clear(&out);
    conversion_free(c);
    table_free(t);
    world_clear(&w);
}

static void a_code_twice_is_refused_with_both_lines(void **state)
{
    static const char *const codes[] = {"code"};
    static const carried_column columns[] = {{"jobs", CARRY_SUM, NULL}};
    const carry_plan plan = {
        .codes = codes, .code_count = 1, .columns = columns, .column_count = 1, .unique = true};
    fixture *f = *state;
    carried out;
    world w = history_of(f, MERGER_AND_SPLIT);
    table *t = read_table(f, "code,jobs\n01001,100\n02001,1\n01001,3\n02001,1\n");
    conversion *c = ALONE(f, &w, 2015, 2020);
    assert_int_equal(table_carry(t, &plan, c, &out, f->list), STATUS_INPUT);
    assert_int_equal(faults_count(f->list), 2);
    assert_int_equal(faults_at(f->list, 0)->line, 4);
    assert_int_equal(faults_at(f->list, 1)->line, 5);
    conversion_free(c);
    table_free(t);
    world_clear(&w);
}

/* Both ends of a flow, then equal cells: what was between two communes is now within one. */
static void flows_convert_both_ends_and_merge(void **state)
{
    fixture *f = *state;
    error err;
    vintage_converter *converter = NULL;
    carry_log *log = NULL;
    world w = history_of(f, MERGER_AND_SPLIT);
    imported commuting =
        import_good(f, "flows", "flux.csv",
                    "CODGEO;DCLT;NBFLUX_C14_ACTOCC15P\n01001;01001;10\n01001;01002;5\n"
                    "01002;01001;7\n02001;01002;8\n01001;99999;2\n02001;02001;16\n");
    const converter_options options = {.movements = &w.movements, .pivot = 2018};
    assert_int_equal(converter_new(&options, &converter, f->list), STATUS_OK);
    assert_int_equal(carry_log_new(&log, &err), STATUS_OK);
    assert_int_equal(converter_convert(converter, "flows", 2015, &commuting, log, f->list),
                     STATUS_OK);
    const table *t = commuting.rows;
    double sum = 0;
    for (size_t row = 0; row < t->rows; row++) {
        sum += number_of(t, "workers", row);
    }
    assert_true(fabs(sum - 48) < 48e-9);
    assert_int_equal(t->rows, 8);
    assert_string_equal(text_of(t, "o", 0), "01001");
    assert_string_equal(text_of(t, "j", 0), "01001");
    assert_true(number_of(t, "workers", 0) == 22);
    assert_string_equal(text_of(t, "j", 1), "99999");
    assert_true(number_of(t, "workers", 1) == 2);
    assert_string_equal(text_of(t, "o", 2), "02001"); /* to 01001: half of 8 */
    assert_true(number_of(t, "workers", 2) == 4);
    assert_string_equal(text_of(t, "j", 3), "02001"); /* a quarter of 16 */
    assert_true(number_of(t, "workers", 3) == 4);
    assert_int_equal(carry_log_count(log), 1);
    assert_true(says(f->list, "carried from vintage 2015 to 2018"));
    assert_true(says(f->list, "equal shares"));
    carry_log_free(log);
    converter_free(converter);
    imported_clear(&commuting);
    world_clear(&w);
}

/* --- totals are kept, whatever happened --- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

enum { CODES = 60, EVENTS = 80 };

/* Random mergers and splits of communes that are alive; returns the rows of the movement file. */
static void random_history(uint32_t seed, char *text, size_t size, bool alive[CODES])
{
    size_t used = (size_t)snprintf(text, size, HEAD);
    for (size_t i = 0; i < CODES; i++) {
        alive[i] = i < CODES / 2;
    }
    for (unsigned e = 0; e < EVENTS; e++) {
        const unsigned year = 1990 + e / 3;
        const unsigned day = 1 + e % 3;
        const size_t a = next_random(&seed) % CODES;
        const size_t b = next_random(&seed) % CODES;
        if (a == b || !alive[a]) {
            continue;
        }
        const char *mod = alive[b] ? "32" : "21";
        const size_t pairs[2][2] = {{a, a}, {alive[b] ? b : a, alive[b] ? a : b}};
        for (size_t k = 0; k < 2; k++) {
            used +=
                (size_t)snprintf(text + used, size - used, "%s,%u-01-%02u,COM,%05zu,COM,%05zu\n",
                                 mod, year, day, 1000 + pairs[k][0], 1000 + pairs[k][1]);
        }
        alive[b] = !alive[b];
    }
}

static double total_of(const table *t)
{
    double sum = 0;
    for (size_t row = 0; row < t->rows; row++) {
        sum += number_of(t, "jobs", row);
    }
    return sum;
}

/* Rows of every commune of `year`, in an order that depends on `seed`. */
static table *random_table(fixture *f, const vintage_history *h, int32_t year, uint32_t seed)
{
    static char text[CODES * 40];
    size_t used = (size_t)snprintf(text, sizeof text, "code,jobs\n");
    const size_t first = next_random(&seed) % CODES;
    for (size_t i = 0; i < CODES; i++) {
        char code[8];
        const size_t k = (first + 7 * i) % CODES;
        (void)snprintf(code, sizeof code, "%05zu", 1000 + k);
        if (vintage_code_at(h, code, year) == CODE_STANDS) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s,%.17g\n", code,
                                     (double)(k * k + 1) / 7);
        }
    }
    return read_table(f, text);
}

static void totals_are_kept_by_any_conversion(void **state)
{
    static const char *const codes[] = {"code"};
    static const carried_column columns[] = {{"jobs", CARRY_SUM, NULL}};
    const carry_plan plan = {
        .codes = codes, .code_count = 1, .columns = columns, .column_count = 1, .unique = true};
    fixture *f = *state;
    for (uint32_t seed = 1; seed <= 12; seed++) {
        static char text[EVENTS * 120];
        bool alive[CODES];
        random_history(seed, text, sizeof text, alive);
        world w = history_of(f, text);
        const int32_t years[] = {1989, 1998, 2016};
        for (size_t i = 0; i < 9; i++) {
            const int32_t from = years[i / 3];
            const int32_t to = years[i % 3];
            carried one;
            carried other;
            table *t = random_table(f, w.history, from, seed);
            table *again = random_table(f, w.history, from, seed + 100);
            conversion *c = ALONE(f, &w, from, to);
            assert_int_equal(table_carry(t, &plan, c, &one, f->list), STATUS_OK);
            assert_int_equal(table_carry(again, &plan, c, &other, f->list), STATUS_OK);
            assert_int_equal(one.report.lost_rows, 0);
            assert_true(fabs(total_of(one.rows) - total_of(t)) <= 1e-9 * total_of(t));
            assert_int_equal(one.rows->rows, other.rows->rows);
            for (size_t row = 0; row < one.rows->rows; row++) {
                const char *code = text_of(one.rows, "code", row);
                assert_int_equal(vintage_code_at(w.history, code, to), CODE_STANDS);
                /* the same bits whatever the order of the rows */
                assert_string_equal(code, text_of(other.rows, "code", row));
                assert_true(number_of(one.rows, "jobs", row) == number_of(other.rows, "jobs", row));
            }
            carried_clear(&one);
            carried_clear(&other);
            conversion_free(c);
            table_free(t);
            table_free(again);
        }
        world_clear(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(mergers_join_whole, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(changes_of_name_and_of_code_are_simple, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(events_of_one_day_follow_each_other, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(an_unmerger_shares_by_the_population_of_the_parts,
                                        fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_split_without_populations_is_equal_and_says_so,
                                        fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(suppressions_and_creations, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(back_in_time_a_merger_is_a_split, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(arrondissements_fold_and_unfold, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(bad_rows_are_all_told, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_year_is_told_by_the_set_of_codes, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(sums_means_medians_and_classes, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_missing_part_makes_the_sum_missing, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_code_twice_is_refused_with_both_lines, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(flows_convert_both_ends_and_merge, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(totals_are_kept_by_any_conversion, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
