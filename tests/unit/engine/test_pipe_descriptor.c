/* The descriptor of a pipe plugin: what it says becomes what a library would, and each fault stands
 * at its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "engine/plugin/pipe_descriptor.h"
#include "engine/plugin/plugin_descriptor.h"
#include "engine/plugin/plugin_open.h"

typedef struct fixture {
    arena *memory;
    faults *list;
    pipe_descriptor d;
} fixture;

static int set_up(void **state)
{
    fixture *x = memory_new(1, sizeof *x);
    error err;
    assert_non_null(x);
    assert_int_equal(arena_new(&x->memory, &err), STATUS_OK);
    assert_int_equal(faults_new(&x->list, &err), STATUS_OK);
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    fixture *x = *state;
    faults_free(x->list);
    arena_free(x->memory);
    memory_free(x);
    return 0;
}

static void show(const fixture *x)
{
    char text[1024];
    for (size_t i = 0; i < faults_count(x->list); i++) {
        (void)fault_format(faults_at(x->list, i), LANGUAGE_EN, text, sizeof text);
        print_error("%s\n", text);
    }
}

static status read_text(fixture *x, const char *text)
{
    return pipe_descriptor_read(text_slice_of(text, strlen(text)), "p.yaml", x->memory, &x->d,
                                x->list);
}

static bool told(const fixture *x, uint64_t line, uint64_t column, const char *said)
{
    for (size_t i = 0; i < faults_count(x->list); i++) {
        const fault *f = faults_at(x->list, i);
        if (f->line == line && f->column == column && strstr(f->en, said) != NULL &&
            f->excerpt != NULL)
            return true;
    }
    show(x);
    return false;
}

#define HEAD                                                                                       \
    "bassin-plugin: 1\nid: fr.test.pipe\nversion: 1.2\ntitle: {fr: T, en: U}\n"                    \
    "method: {fr: M, en: N}\nprogram: [python3, p.py]\n"

static const char everything[] = HEAD
    "needs: [costs, flow-costs, neighbours]\nper-mode: yes\ncommunes: no\n"
    "params:\n"
    "  - {id: a, title: {fr: A, en: A}, unit: min, value: 1 h, range: [1, 2 h], basis: assumed,\n"
    "     plausible: [50, 70 min], law: triangular}\n"
    "  - {id: b, title: {fr: B, en: B}, unit: km, list: [1, 2.5 km], basis: {fr: Bf, en: Be}}\n"
    "  - {id: c, title: {fr: C, en: C}, choice: [one, two], value: two}\n"
    "  - {id: d, title: {fr: D, en: D}, text: words}\n"
    "  - {id: e, title: {fr: E, en: E}, unit: min, by-function: 5, range: [0, 60]}\n"
    "inputs:\n"
    "  - {table: places, column: population, unit: \"{person}\"}\n"
    "  - {table: venues, column: kind, type: text, optional: yes}\n"
    "outputs:\n"
    "  - {table: places, id: \"x_{b}\", title: {fr: X, en: X}, unit: km, decimals: 1,\n"
    "     range: [0, 9], aggregate: mean by population, sheet: Feuille,\n"
    "     map: {palette: ylorrd, breaks: [1, 2], sheet: xs, venues: yes},\n"
    "     reading: {fr: Rf, en: Re}}\n"
    "  - {table: places, id: n, title: {fr: N, en: N}, type: count, aggregate: sum}\n"
    "  - {table: venues, id: w, title: {fr: W, en: W}, type: text}\n"
    "  - {table: pts, id: lon, title: {fr: L, en: L}}\n"
    "  - {table: pts, id: lat, title: {fr: L, en: L}, decimals: 5}\n"
    "tables:\n"
    "  - {id: pts, title: {fr: P, en: P}, geometry: point, sheet: {fr: F, en: G}, key: lon}\n";

static void it_says_what_a_library_would(void **state)
{
    fixture *x = *state;
    const status s = read_text(x, everything);
    if (s != STATUS_OK)
        show(x);
    assert_int_equal(s, STATUS_OK);
    const bassin_plugin *p = x->d.plugin;
    assert_string_equal(p->id, "fr.test.pipe");
    assert_string_equal(p->title_en, "U");
    assert_int_equal(p->needs, BASSIN_NEED_COSTS | BASSIN_NEED_FLOW_COSTS | BASSIN_NEED_NEIGHBOURS);
    assert_int_equal(p->flags, BASSIN_PER_MODE);
    const bassin_param *a = descriptor_param(p, 0), *b = descriptor_param(p, 1),
                       *c = descriptor_param(p, 2), *e = descriptor_param(p, 4);
    assert_true(a->kind == BASSIN_PARAM_NUMBER && a->fallback == 60.0 && a->highest == 120.0);
    assert_true(a->low == 50.0 && a->high == 70.0);
    assert_string_equal(a->basis, "assumed");
    assert_null(a->basis_en);
    assert_string_equal(a->distribution, "triangular");
    assert_string_equal(b->fallback_text, "1;2.5");
    assert_string_equal(b->basis_en, "Be");
    assert_string_equal(c->choices, "one|two");
    assert_string_equal(c->fallback_text, "two");
    assert_int_equal(e->kind, BASSIN_PARAM_BY_FUNCTION);
    assert_int_equal(descriptor_input(p, 1)->flags, BASSIN_INPUT_OPTIONAL);
    assert_int_equal(descriptor_input(p, 1)->type, BASSIN_TEXT);
    const bassin_output *o = descriptor_output(p, 0);
    assert_int_equal(o->aggregate, BASSIN_AGGREGATE_MEAN);
    assert_string_equal(o->weight, "population");
    assert_string_equal(o->sheet_fr, "Feuille");
    assert_true(o->map->break_count == 2 && o->map->breaks[1] == 2.0 && o->map->show_venues == 1);
    assert_string_equal(o->map->title_fr, "X");
    assert_int_equal(descriptor_output(p, 1)->decimals, -1);
    assert_int_equal(descriptor_output(p, 1)->type, BASSIN_U32);
    assert_int_equal(descriptor_table(p, 0)->geometry, BASSIN_GEOMETRY_POINT);
    assert_string_equal(descriptor_table(p, 0)->sheet_en, "G");
    assert_int_equal(x->d.program_count, 2);
    assert_string_equal(x->d.program[1], "p.py");
    assert_int_equal(plugin_judge(p, "p.yaml", x->list), STATUS_OK);
}

static void every_fault_is_told_at_its_place(void **state)
{
    fixture *x = *state;
    assert_int_equal(read_text(x, "bassin-plugin: 2\n"                         /* 1 */
                                  "id: fr.test.pipe\n"                         /* 2 */
                                  "version: 1\n"                               /* 3 */
                                  "titel: {fr: T, en: T}\n"                    /* 4 */
                                  "method: M\n"                                /* 5 */
                                  "program: []\n"                              /* 6 */
                                  "needs: [cost]\n"                            /* 7 */
                                  "per-mode: maybe\n"                          /* 8 */
                                  "params:\n"                                  /* 9 */
                                  "  - {id: a, title: {fr: A}, value: 5 km}\n" /* 10 */
                                  "  - {id: b, title: {fr: B, en: B}, text: x, list: [1]}\n"
                                  "  - {id: c, title: {fr: C, en: C}, value: 1, range: [2, 1]}\n"
                                  "outputs:\n" /* 13 */
                                  "  - {table: places, id: x, title: {fr: X, en: X},\n"
                                  "     aggregate: means, decimals: 99,\n" /* 15 */
                                  "     map: {palette: ylgnbo, break: [1]}}\n"
                                  "tables:\n" /* 17 */
                                  "  - {id: t, title: {fr: T, en: T}, geometry: place-set}\n"),
                     STATUS_INPUT);
    assert_null(x->d.plugin);
    assert_true(told(x, 1, 16, "descriptor of format 2"));
    assert_true(told(x, 4, 1, "unknown key 'titel'; is it 'title'?"));
    assert_true(told(x, 5, 9, "'method' is said in two languages"));
    assert_true(told(x, 6, 1, "'program' takes a plain value"));
    assert_true(told(x, 7, 9, "'cost' is not one of the expected words; is it 'costs'?"));
    assert_true(told(x, 8, 11, "'maybe' is not one of the expected words"));
    assert_true(told(x, 10, 13, "the key 'en' is missing"));
    assert_true(told(x, 10, 36, "'5 km' is not a finite number in the unit '1'"));
    assert_true(told(x, 11, 6, "the parameter 'b' takes one of the keys"));
    assert_true(told(x, 12, 46, "'range' is given by two ascending numbers"));
    assert_true(told(x, 15, 17, "unknown aggregate 'means'"));
    assert_true(told(x, 15, 34, "from 0 to 15"));
    assert_true(told(x, 16, 21, "is it 'ylgnbu'?"));
    assert_true(told(x, 16, 29, "is it 'breaks'?"));
    assert_true(told(x, 18, 46, "'place-set' is not one of the expected words"));
}

static void a_key_that_is_missing_is_named(void **state)
{
    fixture *x = *state;
    assert_int_equal(read_text(x, "bassin-plugin: 1\nid: x\n"), STATUS_INPUT);
    assert_true(told(x, 1, 1, "the key 'outputs' is missing"));
    assert_true(told(x, 1, 1, "the key 'method' is missing"));
}

static void what_is_no_descriptor_is_refused(void **state)
{
    fixture *x = *state;
    assert_int_equal(read_text(x, ""), STATUS_INPUT);
    assert_int_equal(read_text(x, "- 1\n"), STATUS_INPUT);
    assert_int_equal(read_text(x, HEAD "outputs: [{table: places"), STATUS_INPUT);
    assert_int_equal(read_text(x, HEAD "outputs: &a [*a]\n"), STATUS_INPUT);
}

/* What the descriptor as a whole may not say is judged as that of a library. */
static void a_unit_that_nobody_knows_is_judged(void **state)
{
    fixture *x = *state;
    assert_int_equal(
        read_text(x, HEAD "outputs: [{table: places, id: v, title: {fr: V, en: V}, unit: kmm}]\n"),
        STATUS_OK);
    assert_int_equal(plugin_judge(x->d.plugin, "p.yaml", x->list), STATUS_INPUT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_says_what_a_library_would),       TEST(every_fault_is_told_at_its_place),
        TEST(a_key_that_is_missing_is_named),     TEST(what_is_no_descriptor_is_refused),
        TEST(a_unit_that_nobody_knows_is_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
