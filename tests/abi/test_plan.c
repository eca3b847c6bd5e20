/* A plan refuses what does not fit before anything runs, and a plugin that fails, fails alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/plan_model.h"
#include "small_run.h"

static const char *const foreign_folder = TEST_PLUGINS "/foreign";
static const plugin_search search = {
    .builtin_folder = TEST_PLUGINS "/builtin", .folders = &foreign_folder, .folder_count = 1};
static const char *const bad_folder = TEST_PLUGINS "/bad_foreign";
static const plugin_search bad = {
    .builtin_folder = TEST_PLUGINS "/bad", .folders = &bad_folder, .folder_count = 1};
static const char *const tables_folder = TEST_PLUGINS "/tables";
static const plugin_search tables = {
    .builtin_folder = TEST_PLUGINS "/builtin", .folders = &tables_folder, .folder_count = 1};
static const plugin_search odd = {.builtin_folder = TEST_PLUGINS "/odd"};

typedef struct tried {
    small_run run;
    plan *p;
    status s;
    faults *list;
} tried;

static void plan_try(tried *t, const plugin_search *where, const indicator *asked, size_t count)
{
    error err;
    small_run_open(&t->run);
    small_run_ask(&t->run, asked, count);
    assert_int_equal(faults_new(&t->list, &err), STATUS_OK);
    t->p = NULL;
    t->s = plan_build(&t->run.data, where, &t->p, t->list);
}

static void plan_close(tried *t)
{
    plan_free(t->p);
    faults_free(t->list);
    small_run_close(&t->run);
}

static const fault *fault_saying(const faults *list, const char *text)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        if (strstr(faults_at(list, i)->en, text) != NULL)
            return faults_at(list, i);
    }
    return NULL;
}

static void must_say(const tried *t, const char *text, uint64_t line)
{
    const fault *f = fault_saying(t->list, text);
    if (f == NULL) {
        for (size_t i = 0; i < faults_count(t->list); i++)
            print_error("said: %s\n", faults_at(t->list, i)->en);
        fail_msg("nobody said \"%s\"", text);
    } else if (line > 0) {
        assert_int_equal(f->line, line);
    }
}

/* The outputs of one plugin, by id. */
static const plan_plugin *plugin_of(const plan *p, const char *id)
{
    for (size_t i = 0; i < p->plugin_count; i++) {
        if (strcmp(p->plugins[i].is->id, id) == 0)
            return &p->plugins[i];
    }
    return NULL;
}

static void settings_are_typed_against_parameters(void **state)
{
    static const char *const limits[] = {"3 km", "7500 m", "0,5 km"}, *const method[] = {
                                                                          "weighted"};
    static const char *const standard[] = {"15 min", "g=1 h", "c=45 min"}, *const share[] = {
                                                                               "0.95"};
    const indicator_setting settings[] = {
        {.name = "limits", .values = limits, .value_count = 3},
        {.name = "method", .values = method, .value_count = 1},
        {.name = "standard", .values = standard, .value_count = 3},
        {.name = "share", .values = share, .value_count = 1}};
    const indicator asked = {.plugin = "reach", .settings = settings, .setting_count = 4};
    tried t;
    (void)state;
    plan_try(&t, &search, &asked, 1);
    assert_int_equal(t.s, STATUS_OK);
    const plan_plugin *p = plugin_of(t.p, "reach");
    assert_int_equal(p->params[0].value.count, 3);
    assert_true(p->params[0].value.value[1] == 7.5 && p->params[0].value.value[2] == 0.5);
    assert_string_equal(p->params[1].value.text, "weighted");
    assert_true(p->params[1].value.value[0] == 1.0);
    assert_true(p->params[2].value.value[0] == 15.0 && p->params[2].value.value[2] == 45.0 &&
                p->params[2].value.value[6] == 60.0);
    assert_true(p->params[3].high == 0.95 && p->params[3].low == 0.2); /* widened to the value */
    assert_string_equal(p->jobs[0].outputs[1].columns[1].name, "within_7_5_km");
    assert_string_equal(p->jobs[0].outputs[1].columns[1].title_fr, "À moins de 7,5 km");
    assert_string_equal(p->jobs[0].outputs[2].columns[7].name, "score_h");
    plan_close(&t);
}

static void wrong_settings_are_refused_at_their_lines(void **state)
{
    static const char *const minutes[] = {"20 min"}, *const big[] = {"3"},
                             *const word[] = {"plian"};
    static const char *const letters[] = {"z=20 min"};
    const indicator_setting settings[] = {
        {.name = "limit", .values = minutes, .value_count = 1, .where = {"run.yaml", 4, 1}},
        {.name = "limits", .values = minutes, .value_count = 1, .where = {"run.yaml", 5, 1}},
        {.name = "share", .values = big, .value_count = 1, .where = {"run.yaml", 6, 1}},
        {.name = "method", .values = word, .value_count = 1, .where = {"run.yaml", 7, 1}},
        {.name = "standard", .values = letters, .value_count = 1, .where = {"run.yaml", 8, 1}}};
    const indicator asked[] = {{.plugin = "reach", .settings = settings, .setting_count = 5},
                               {.plugin = "folower", .where = {"run.yaml", 9, 1}}};
    tried t;
    (void)state;
    plan_try(&t, &search, asked, 2);
    assert_int_equal(t.s, STATUS_INPUT);
    assert_null(t.p);
    must_say(&t, "did you mean 'limits'", 4);
    must_say(&t, "'20 min' is not a quantity expected here", 5);
    must_say(&t, "outside the allowed range, 0 to 1", 6);
    must_say(&t, "did you mean 'plain'", 7);
    must_say(&t, "one value a function", 8);
    must_say(&t, "did you mean 'follower'", 9);
    plan_close(&t);
}

static void a_reader_runs_after_what_it_reads(void **state)
{
    static const indicator asked[] = {{.plugin = "follower"}, {.plugin = "misbehave"}};
    tried t;
    (void)state;
    plan_try(&t, &search, asked, 2);
    assert_int_equal(t.s, STATUS_OK);
    assert_string_equal(t.p->plugins[0].is->id, "misbehave");
    assert_string_equal(t.p->plugins[1].is->id, "follower");
    assert_int_equal(plan_run(t.p, 2, NULL, t.list), STATUS_OK);
    const double *followed = t.p->plugins[1].jobs[0].outputs[0].columns[0].values;
    assert_true(followed[599] == 1.0);
    plan_close(&t);
}

static void what_a_reader_needs_is_called_in(void **state)
{
    static const indicator asked[] = {{.plugin = "follower"}};
    tried t;
    (void)state;
    plan_try(&t, &search, asked, 1);
    assert_int_equal(t.s, STATUS_OK);
    assert_int_equal(t.p->plugin_count, 2);
    assert_string_equal(t.p->plugins[0].is->id, "misbehave");
    plan_close(&t);
}

static void what_is_missing_mismatched_or_in_a_cycle_is_refused(void **state)
{
    static const indicator lonely[] = {{.plugin = "orphan", .where = {"run.yaml", 3, 1}}};
    static const indicator cycle[] = {{.plugin = "cycle_a"}, {.plugin = "cycle_b"}};
    static const indicator unit_fault[] = {{.plugin = "wrong_unit", .where = {"run.yaml", 6, 1}}};
    static const indicator clash[] = {{.plugin = "clash"}};
    tried t;
    (void)state;
    plan_try(&t, &odd, lonely, 1);
    assert_int_equal(t.s, STATUS_INPUT);
    must_say(&t, "needs the column 'no_such_column' of the table 'places'", 3);
    plan_close(&t);
    plan_try(&t, &odd, cycle, 2);
    assert_int_equal(t.s, STATUS_INPUT);
    must_say(&t, "cycle_a reads 'b_value' of cycle_b, which reads 'a_value' of cycle_a", 0);
    plan_close(&t);
    plan_try(&t, &odd, unit_fault, 1);
    assert_int_equal(t.s, STATUS_INPUT);
    must_say(&t, "expected in 'km', it is in '{person}'", 6);
    plan_close(&t);
    plan_try(&t, &odd, clash, 1);
    assert_int_equal(t.s, STATUS_INPUT);
    must_say(&t, "'population' of the table 'places' is made twice: by bassin and by clash", 0);
    plan_close(&t);
}

static size_t said(const faults *list, const char *fr, const char *en)
{
    size_t count = 0;
    for (size_t i = 0; i < faults_count(list); i++)
        count += faults_at(list, i)->severity == SEVERITY_FAULT &&
                 strstr(faults_at(list, i)->fr, fr) != NULL &&
                 strstr(faults_at(list, i)->en, en) != NULL;
    return count;
}

/* One world that holds all of them: each is told once, in both languages, and nothing else is. */
static void every_fault_of_a_plan_is_told_at_once(void **state)
{
    static const char *const names[] = {
        "loop_a",     "loop_b",     "loop_c",   "loop_d",    "loop_e",    "after_loop",
        "wrong_unit", "wrong_made", "orphan",   "clash_a",   "clash_b",   "clash_base",
        "weightless", "reads_gone", "loop_aa",  "twin_a.so", "twin_b.so", "fr.test.gone",
        "major2",     "wrong_type", "loop_b.so"};
    static const char *const sentences[][2] = {
        {"loop_a lit « b_value » de loop_b, qui lit « a_value » de loop_a",
         "loop_a reads 'b_value' of loop_b, which reads 'a_value' of loop_a"},
        {"loop_c lit « d_value » de loop_d, qui lit « e_value » de loop_e, qui lit « c_value » de "
         "loop_c",
         "loop_c reads 'd_value' of loop_d, which reads 'e_value' of loop_e, which reads 'c_value' "
         "of loop_c"},
        {"wrong_unit : l’entrée « population »", "wrong_unit: input 'population'"},
        {"wrong_made : l’entrée « a_value »", "wrong_made: input 'a_value'"},
        {"wrong_type : l’entrée « population » de la table « places » est attendue en U32",
         "wrong_type: input 'population' of the table 'places' is expected as U32, it is F64"},
        {"orphan : il lui faut la colonne « no_such_column »",
         "orphan: it needs the column 'no_such_column' of the table 'places'"},
        {"« nothing » n’est pas un paramètre de l’indicateur orphan",
         "'nothing' is no parameter of the indicator orphan"},
        {"« same_value » de la table « places » est faite deux fois : par clash_a et par clash_b",
         "'same_value' of the table 'places' is made twice: by clash_a and by clash_b"},
        {"« area_km2 » de la table « places » est faite deux fois : par bassin et par clash_base",
         "'area_km2' of the table 'places' is made twice: by bassin and by clash_base"},
        {"weightless : sortie « mean_value » : moyenne sans poids connu (« no_such_weight »)",
         "weightless: output 'mean_value': mean without a known weight ('no_such_weight')"},
        {"« loop_aa » inconnu ; vouliez-vous dire « loop_a »", "did you mean 'loop_a'"},
        {"deux fichiers donnent le même indicateur « fr.test.twin »",
         "two files give the same plugin 'fr.test.twin'"},
        {"« fr.test.gone » introuvable", "'fr.test.gone' not found"},
        {"major2 parle l’ABI 2.0, ce bassin parle l’ABI 1.2",
         "major2 speaks ABI 2.0, this bassin speaks ABI 1.2"},
        {"« loop_b.so » n’est dans aucun dossier", "'loop_b.so' is in no folder"},
    };
    enum { NAMES = sizeof names / sizeof *names, SENTENCES = sizeof sentences / sizeof *sentences };
    static const char *const value[] = {"1"};
    const indicator_setting nothing = {.name = "nothing", .values = value, .value_count = 1};
    indicator asked[NAMES] = {{.plugin = NULL}};
    tried t;
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        const bool set = strcmp(names[i], "orphan") == 0;
        asked[i] = (indicator){
            .plugin = names[i], .settings = set ? &nothing : NULL, .setting_count = set};
    }
    plan_try(&t, &bad, asked, NAMES);
    assert_int_equal(t.s, STATUS_INPUT);
    assert_null(t.p);
    for (size_t i = 0; i < SENTENCES; i++) {
        if (said(t.list, sentences[i][0], sentences[i][1]) != 1)
            print_error("not told once: %s\n", sentences[i][1]);
    }
    for (size_t i = 0; i < faults_count(t.list); i++)
        print_message("%s\n", faults_at(t.list, i)->fr);
    for (size_t i = 0; i < SENTENCES; i++)
        assert_int_equal(said(t.list, sentences[i][0], sentences[i][1]), 1);
    assert_int_equal(said(t.list, "", ""), SENTENCES);
    assert_non_null(strstr(fault_saying(t.list, "two files give")->en, "bad_foreign/twin_a.so"));
    assert_non_null(strstr(fault_saying(t.list, "two files give")->en, "bad_foreign/twin_b.so"));
    plan_close(&t);
}

/* Before hours of reading: what needs no data is told first. */
static void plugins_that_are_not_there_are_told_before_any_input(void **state)
{
    static const scenario_plugin plugins[] = {{.name = "fr.test.gone"},
                                              {.name = "fr.test.foreign"}};
    static const char *const value[] = {"1"};
    const indicator_setting nothing = {.name = "nothing", .values = value, .value_count = 1};
    const indicator asked[] = {{.plugin = "reach", .settings = &nothing, .setting_count = 1}};
    scenario s = {.path = "run.yaml", .plugins = plugins, .plugin_count = 2};
    faults *list = NULL;
    error err;
    (void)state;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(plan_judge_settings(&s, &search, list), STATUS_INPUT);
    assert_int_equal(said(list, "", "'fr.test.gone' not found"), 1);
    faults_free(list);
    s.indicators = asked;
    s.indicator_count = 1;
    s.plugins = plugins + 1;
    s.plugin_count = 1;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(plan_judge_settings(&s, &search, list), STATUS_INPUT);
    assert_int_equal(said(list, "", "'nothing' is no parameter"), 1);
    assert_int_equal(said(list, "", ""), 1);
    faults_free(list);
    s.indicator_count = 0;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(plan_judge_settings(&s, &search, list), STATUS_OK);
    assert_int_equal(faults_count(list), 0);
    faults_free(list);
}

static double total_of(const plan_plugin *plugin, const char *name)
{
    const plugin_job *job = &plugin->jobs[0];
    for (size_t i = 0; i < job->total_count; i++) {
        if (strcmp(job->totals[i].name, name) == 0)
            return job->totals[i].value;
    }
    fail_msg("no total %s", name);
    return 0.0;
}

/* A table of another plugin by its name in the results; what the run file gives beside. */
static void tables_of_others_and_what_is_given_beside_can_be_read(void **state)
{
    static const indicator asked[] = {{.plugin = "fr.test.area-sum"}, {.plugin = "fr.test.areas"}};
    tried t;
    (void)state;
    plan_try(&t, &tables, asked, 2); /* nothing beside: told once each, once a column */
    assert_int_equal(t.s, STATUS_INPUT);
    assert_int_equal(said(t.list, "", ""), 3);
    must_say(&t, "it needs the column 'zoning_frr_class' of the table 'places'", 0);
    small_run_zonings(&t.run);
    assert_int_equal(plan_build(&t.run.data, &tables, &t.p, t.list), STATUS_OK);
    assert_string_equal(t.p->plugins[0].is->id, "fr.test.areas");
    assert_int_equal(plan_run(t.p, 2, NULL, t.list), STATUS_OK);
    const plan_plugin *sum = plugin_of(t.p, "fr.test.area-sum");
    assert_true(total_of(sum, "size") == 60.0);
    assert_true(total_of(sum, "letters") == 4.0 + 6.0 + 3.0);
    assert_true(total_of(sum, "zoned") == SMALL_PLACES / 4.0);
    assert_true(total_of(sum, "classes") == SMALL_PLACES / 4.0);
    assert_true(total_of(sum, "zoned_venues") == SMALL_VENUES / 2.0);
    assert_true(total_of(sum, "nowhere") == 0.0);
    plan_close(&t);
}

/* The same file by its id and by its name is one plugin. */
static void one_file_asked_for_twice_is_loaded_once(void **state)
{
    static const indicator asked[] = {{.plugin = "fr.test.areas"}, {.plugin = "fr.test.areas.so"}};
    tried t;
    (void)state;
    plan_try(&t, &tables, asked, 2);
    assert_int_equal(t.s, STATUS_OK);
    assert_int_equal(t.p->plugin_count, 1);
    assert_null(fault_saying(t.list, "two files"));
    plan_close(&t);
}

static void without_flows_a_plugin_that_needs_them_is_refused_or_left_out(void **state)
{
    static const indicator asked[] = {{.plugin = "reach"}};
    tried t;
    error err;
    (void)state;
    small_run_open(&t.run);
    t.run.data.flows = NULL;
    small_run_ask(&t.run, asked, 1);
    assert_int_equal(faults_new(&t.list, &err), STATUS_OK);
    t.p = NULL;
    t.s = plan_build(&t.run.data, &search, &t.p, t.list);
    assert_int_equal(t.s, STATUS_INPUT);
    must_say(&t, "needs commuting flows", 0);
    small_run_ask(&t.run, NULL, 0); /* nothing named: every built-in one that can run */
    t.s = plan_build(&t.run.data, &search, &t.p, t.list);
    assert_int_equal(t.s, STATUS_OK);
    must_say(&t, "indicator reach left out", 0);
    assert_non_null(plugin_of(t.p, "modes"));
    assert_null(plugin_of(t.p, "reach"));
    assert_null(plugin_of(t.p, "fr.test.foreign"));
    assert_int_equal(plan_run(t.p, 1, NULL, t.list), STATUS_OK);
    plan_close(&t);
}

static void one_job_a_mode_with_its_suffix(void **state)
{
    static const indicator asked[] = {{.plugin = "modes"}};
    tried t;
    (void)state;
    plan_try(&t, &search, asked, 1);
    assert_int_equal(t.s, STATUS_OK);
    assert_int_equal(t.p->plugins[0].job_count, 2);
    assert_string_equal(t.p->plugins[0].jobs[0].outputs[0].columns[0].name, "reachable");
    assert_string_equal(t.p->plugins[0].jobs[1].outputs[0].columns[0].name, "reachable_bike");
    assert_int_equal(plan_run(t.p, 2, NULL, t.list), STATUS_OK);
    assert_string_equal(t.p->plugins[0].jobs[1].totals[0].name, "limit_bike");
    const uint32_t *car = t.p->plugins[0].jobs[0].outputs[0].columns[0].values;
    const uint32_t *bike = t.p->plugins[0].jobs[1].outputs[0].columns[0].values;
    assert_true(car[300] > bike[300]);
    plan_close(&t);
}

static void a_foreign_plugin_has_its_name_in_front(void **state)
{
    static const indicator asked[] = {{.plugin = "fr.test.foreign"}};
    tried t;
    (void)state;
    plan_try(&t, &search, asked, 1);
    assert_int_equal(t.s, STATUS_OK);
    assert_string_equal(t.p->plugins[0].jobs[0].outputs[1].columns[0].name, "foreign_blue");
    assert_int_equal(plan_run(t.p, 2, NULL, t.list), STATUS_OK);
    plan_close(&t);
}

/* Each broken rule: the run goes on, the failure names plugin, stage, column and row. */
static void a_failure_names_what_failed(void **state)
{
    static const struct {
        const char *word, *says;
    } cases[] = {
        {"nan", "indicator misbehave: stage 1: block 2 (rows 256 to 511): output 'misbehaved', row "
                "300, 77300 Commune 300: value that is not finite"},
        {"range", "row 300, 77300 Commune 300: value 7 is outside the declared range (0 to 1)"},
        {"state", "row 300, 77300 Commune 300: unknown value state"},
        {"forgotten", "row 300, 77300 Commune 300: value written without setting its state"},
        {"fail", "indicator misbehave: stage 1 (run), row 10, 77010 Commune 10: no such thing: 12"},
        {"foreign_row", "row 0 of \"misbehaved_text\" is not of this block"},
        {"table", "stage 1 (finish): table_rows: table \"undeclared\""},
        {"total", "unknown unit \"parsec\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const word[] = {cases[i].word};
        const indicator_setting setting = {.name = "fault", .values = word, .value_count = 1};
        const indicator asked[] = {
            {.plugin = "misbehave", .settings = &setting, .setting_count = 1},
            {.plugin = "follower"},
            {.plugin = "modes"}};
        for (int threads = 1; threads <= 4; threads *= 4) {
            tried t;
            plan_try(&t, &search, asked, 3);
            assert_int_equal(t.s, STATUS_OK);
            assert_int_equal(plan_run(t.p, threads, NULL, t.list), STATUS_PLUGIN);
            must_say(&t, cases[i].says, 0);
            must_say(&t, "indicator follower: not computed, because the indicator misbehave", 0);
            assert_true(plugin_of(t.p, "modes")->jobs[0].done);
            assert_null(plugin_of(t.p, "misbehave")->jobs[0].outputs[0].columns[0].values);
            plan_close(&t);
        }
    }
}

static void an_interruption_stops_the_run(void **state)
{
    static const indicator asked[] = {{.plugin = "reach"}};
    atomic_int cancel = 1;
    progress shown = {.cancel = &cancel};
    tried t;
    (void)state;
    plan_try(&t, &search, asked, 1);
    assert_int_equal(t.s, STATUS_OK);
    assert_int_equal(plan_run(t.p, 2, &shown, t.list), STATUS_INTERRUPTED);
    plan_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_typed_against_parameters),
        cmocka_unit_test(wrong_settings_are_refused_at_their_lines),
        cmocka_unit_test(a_reader_runs_after_what_it_reads),
        cmocka_unit_test(what_a_reader_needs_is_called_in),
        cmocka_unit_test(what_is_missing_mismatched_or_in_a_cycle_is_refused),
        cmocka_unit_test(every_fault_of_a_plan_is_told_at_once),
        cmocka_unit_test(plugins_that_are_not_there_are_told_before_any_input),
        cmocka_unit_test(tables_of_others_and_what_is_given_beside_can_be_read),
        cmocka_unit_test(one_file_asked_for_twice_is_loaded_once),
        cmocka_unit_test(without_flows_a_plugin_that_needs_them_is_refused_or_left_out),
        cmocka_unit_test(one_job_a_mode_with_its_suffix),
        cmocka_unit_test(a_foreign_plugin_has_its_name_in_front),
        cmocka_unit_test(a_failure_names_what_failed),
        cmocka_unit_test(an_interruption_stops_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
