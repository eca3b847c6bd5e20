/* A descriptor is judged as data, and every fault is said at once. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/plan.h"

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)job, (void)block, (void)before, (void)partial, (void)err;
    return BASSIN_OK;
}

static const bassin_stage stage = {.size = sizeof stage, .over = "places", .run = run};
static const bassin_output good_output = {.table = "places",
                                          .id = "minutes_{function}",
                                          .title_fr = "x",
                                          .title_en = "x",
                                          .unit = "min",
                                          .type = BASSIN_F64};

static bassin_plugin good(void)
{
    return (bassin_plugin){
        BASSIN_HEADER,
        .id = "good",
        .title_fr = "Bon",
        .title_en = "Good",
        .version = "1.0",
        .method_fr = "m",
        .method_en = "m",
        .outputs = {.items = &good_output, .count = 1, .stride = sizeof good_output},
        .stages = {.items = &stage, .count = 1, .stride = sizeof stage},
    };
}

/* Judges; returns the faults, to be freed. */
static faults *judged(const bassin_plugin *p, status wanted)
{
    faults *list = NULL;
    error err;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(plugin_judge(p, "/x/good.so", list), wanted);
    return list;
}

static bool says(const faults *list, const char *text)
{
    for (size_t i = 0; i < faults_count(list); i++) {
        if (strstr(faults_at(list, i)->en, text) != NULL)
            return true;
    }
    return false;
}

static void refused_for(const bassin_plugin *p, const char *text)
{
    faults *list = judged(p, STATUS_INPUT);
    if (!says(list, text))
        print_error("wanted \"%s\", got \"%s\"\n", text, faults_at(list, 0)->en);
    assert_true(says(list, text));
    faults_free(list);
}

static void a_good_one_passes(void **state)
{
    (void)state;
    bassin_plugin p = good();
    faults *list = judged(&p, STATUS_OK);
    assert_int_equal(faults_count(list), 0);
    faults_free(list);
}

static void another_major_is_refused_naming_both(void **state)
{
    (void)state;
    bassin_plugin p = good();
    p.abi_major = 2;
    refused_for(&p, "speaks ABI 2.2, this bassin speaks ABI 1.2");
}

static void sizes_and_strides(void **state)
{
    (void)state;
    bassin_plugin p = good();
    p.size = 40;
    refused_for(&p, "plugin struct of 40 bytes");
    p = good();
    p.outputs.stride = 8;
    refused_for(&p, "stride of 8 bytes");
    p = good();
    p.outputs.count = UINT32_MAX;
    refused_for(&p, "too long");
    p = good();
    p.outputs.items = NULL;
    refused_for(&p, "unreadable list");
}

/* A shorter struct of an older minor: the tail that is missing reads as zero. */
static void a_shorter_struct_reads_as_zero(void **state)
{
    (void)state;
    struct {
        const char *table, *id, *title_fr, *title_en, *unit;
        int32_t type, decimals;
    } old = {"places", "minutes", "x", "x", "min", BASSIN_F64, 1};
    bassin_plugin p = good();
    p.outputs = (bassin_list){.items = &old, .count = 1, .stride = sizeof old};
    p.size = (uint32_t)(offsetof(bassin_plugin, stages) + sizeof p.stages);
    faults *list = judged(&p, STATUS_OK);
    faults_free(list);
}

static void ids_texts_and_units(void **state)
{
    (void)state;
    static const char *const bad_ids[] = {"",      "Good",   "9good",   "go od",
                                          "fr..x", "fr.Lab", "bad-one", "é"};
    for (size_t i = 0; i < sizeof bad_ids / sizeof *bad_ids; i++) {
        bassin_plugin p = good();
        p.id = bad_ids[i];
        refused_for(&p, "refused (ASCII lower case");
    }
    bassin_plugin p = good();
    p.id = "fr.lab.green-space";
    faults_free(judged(&p, STATUS_OK));
    p.title_fr = NULL;
    p.method_en = "\xff\xfe";
    bassin_output o = good_output;
    o.unit = "furlong";
    p.outputs.items = &o;
    faults *list = judged(&p, STATUS_INPUT);
    assert_true(says(list, "title_fr is missing") && says(list, "method_en is not UTF-8") &&
                says(list, "unknown unit 'furlong'"));
    assert_int_equal(faults_count(list), 3);
    faults_free(list);
    p = good();
    o.unit = "person";
    p.outputs.items = &o;
    refused_for(&p, "unknown unit 'person'; is it '{person}'?");
}

static void outputs(void **state)
{
    static const double breaks_down[] = {5.0, 4.0};
    static const double breaks_many[] = {1, 2, 3, 4, 5, 6};
    static const bassin_map down = {.size = sizeof down,
                                    .kind = BASSIN_MAP_CHOROPLETH,
                                    .palette = 1,
                                    .title_fr = "x",
                                    .title_en = "x",
                                    .breaks = breaks_down,
                                    .break_count = 2};
    static const bassin_map many = {.size = sizeof many,
                                    .kind = BASSIN_MAP_CHOROPLETH,
                                    .palette = 1,
                                    .title_fr = "x",
                                    .title_en = "x",
                                    .breaks = breaks_many,
                                    .break_count = 6};
    static const double one_break[] = {0.5};
    static const bassin_map few_words = {.size = sizeof few_words,
                                         .kind = BASSIN_MAP_CHOROPLETH,
                                         .palette = 1,
                                         .title_fr = "x",
                                         .title_en = "x",
                                         .breaks = one_break,
                                         .break_count = 1,
                                         .labels_fr = "non|oui|peut-être",
                                         .labels_en = "no|yes"};
    static const bassin_map one_language = {.size = sizeof one_language,
                                            .kind = BASSIN_MAP_CHOROPLETH,
                                            .palette = 1,
                                            .title_fr = "x",
                                            .title_en = "x",
                                            .labels_fr = "non|oui"};
    static const struct {
        bassin_output o;
        const char *says;
    } cases[] = {
        {{.table = "places", .id = "x", .unit = "min", .type = BASSIN_F64, .map = &few_words},
         "need 2 words"},
        {{.table = "places", .id = "x", .unit = "min", .type = BASSIN_F64, .map = &one_language},
         "or neither"},
        {{.table = "places", .id = "x", .unit = "min", .type = BASSIN_F64, .sheet_en = "Mine"},
         "without a French one"},
        {{.table = "places",
          .id = "x",
          .unit = "min",
          .type = BASSIN_F64,
          .sheet_fr = "x",
          .sheet_en = "\xff"},
         "sheet_en is not UTF-8"},
        {{.table = "places", .id = "Minutes", .unit = "min", .type = BASSIN_F64}, "'Minutes'"},
        {{.table = "places", .id = "x_{nothing}", .unit = "min", .type = BASSIN_F64},
         "may stand in braces"},
        {{.table = "places", .id = "x_{function}_{function}", .unit = "min", .type = BASSIN_F64},
         "may stand in braces"},
        {{.table = "planets", .id = "x", .unit = "min", .type = BASSIN_F64},
         "'planets' is none of"},
        {{.table = "places", .id = "x", .unit = "min", .type = 9}, "unknown type 9"},
        {{.table = "places", .id = "x", .unit = "min", .type = BASSIN_F64, .decimals = 40},
         "40 decimals"},
        {{.table = "venues", .id = "x", .unit = "min", .type = BASSIN_F64, .aggregate = 1},
         "aggregation rule"},
        {{.table = "places", .id = "x", .unit = "min", .type = BASSIN_F64, .aggregate = 2},
         "mean without"},
        {{.table = "places", .id = "x", .unit = "min", .type = BASSIN_F64, .map = &down},
         "ascending"},
        {{.table = "places", .id = "x", .unit = "min", .type = BASSIN_F64, .map = &many},
         "at most 5"},
        {{.table = "venues", .id = "x", .unit = "min", .type = BASSIN_F64, .map = &down},
         "cannot be mapped"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bassin_plugin p = good();
        bassin_output o = cases[i].o;
        o.title_fr = o.title_en = "x";
        p.outputs.items = &o;
        refused_for(&p, cases[i].says);
    }
    bassin_plugin p = good();
    const bassin_output twice[] = {good_output, good_output};
    p.outputs = (bassin_list){.items = twice, .count = 2, .stride = sizeof *twice};
    refused_for(&p, "declared twice");
}

static void params(void **state)
{
    static const struct {
        bassin_param q;
        const char *says;
    } cases[] = {
        {{.id = "White Zone", .unit = "min"}, "'White Zone'"},
        {{.id = "x", .unit = "min", .kind = 17}, "unknown kind 17"},
        {{.id = "x", .unit = "min", .lowest = 5, .highest = 1}, "range 5 to 1"},
        {{.id = "x", .unit = "min", .lowest = 0, .highest = 1, .fallback = 3}, "default 3"},
        {{.id = "x", .unit = "min", .fallback = NAN}, "range"},
        {{.id = "x", .unit = "min", .kind = BASSIN_PARAM_LIST, .fallback_text = "1;;2"},
         "default list"},
        {{.id = "x",
          .unit = "",
          .kind = BASSIN_PARAM_CHOICE,
          .fallback_text = "c",
          .choices = "a|b"},
         "none of the choices"},
        {{.id = "x", .unit = "min", .low = 3, .high = 1}, "plausible range"},
        {{.id = "x", .unit = "min", .distribution = "cauchy"}, "unknown distribution"},
        {{.id = "x", .unit = "min", .basis_en = "a survey"}, "basis_en needs basis"},
        {{.id = "x", .unit = "min", .basis = "assumed : rond", .basis_en = "round"},
         "'assumed' at the beginning of both"},
        {{.id = "x", .unit = "min", .basis = "x", .basis_en = "\xff"}, "basis_en is not UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bassin_plugin p = good();
        bassin_param q = cases[i].q;
        q.title_fr = q.title_en = "x";
        p.params = (bassin_list){.items = &q, .count = 1, .stride = sizeof q};
        refused_for(&p, cases[i].says);
    }
}

static void tables_and_stages(void **state)
{
    (void)state;
    bassin_plugin p = good();
    bassin_table t = {.id = "totals", .title_fr = "x", .title_en = "x"};
    p.tables = (bassin_list){.items = &t, .count = 1, .stride = sizeof t};
    refused_for(&p, "reserved");
    refused_for(&p, "has no output");
    const bassin_output of_table = {.table = "sites",
                                    .id = "rank",
                                    .title_fr = "x",
                                    .title_en = "x",
                                    .unit = "1",
                                    .type = BASSIN_U32,
                                    .decimals = -1};
    t = (bassin_table){.id = "sites",
                       .title_fr = "x",
                       .title_en = "x",
                       .geometry = BASSIN_GEOMETRY_POINT,
                       .key = "name"};
    p.outputs.items = &of_table;
    refused_for(&p, "key 'name' is none");
    refused_for(&p, "lon, lat");
    p = good();
    bassin_stage s = {.size = sizeof s, .over = "planets", .run = run};
    p.stages.items = &s;
    refused_for(&p, "unknown table 'planets'");
    p.stages.count = 0;
    refused_for(&p, "no stage");
    p = good();
    p.needs = 1u << 20;
    refused_for(&p, "newer bassin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_one_passes),
        cmocka_unit_test(another_major_is_refused_naming_both),
        cmocka_unit_test(sizes_and_strides),
        cmocka_unit_test(a_shorter_struct_reads_as_zero),
        cmocka_unit_test(ids_texts_and_units),
        cmocka_unit_test(outputs),
        cmocka_unit_test(params),
        cmocka_unit_test(tables_and_stages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
