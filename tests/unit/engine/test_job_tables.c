/* A job as a folder of files: what is written can be opened, and what is opened is the same job;
 * what a job left is compared with what is expected. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/files.h"
#include "engine/tables/job_tables.h"
#include "engine/job/runner.h"

/* --- a plugin that uses every part of the folder --- */

/* Inhabitants within reach of each venue, and the like: enough to fill every kind of column. */
static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    const bassin_slot *near = &job->out[0].items[0];
    (void)before, (void)total;
    for (size_t p = 0; p < job->place_count; p++) {
        const uint64_t count = job->costs->place_start[p + 1] - job->costs->place_start[p];
        if (job->costs->place_state[p] != BASSIN_PRESENT) {
            near->state[p] = BASSIN_NOT_APPLICABLE;
            continue;
        }
        bassin_set(near, p, (double)count / 3.0);
    }
    for (uint32_t m = 0; m < job->out[1].count; m++)
        bassin_set(&job->out[1].items[m], 0, job->param[1].value[m]);
    if (job->host->text(job, 2, 0, 0, "Mairie, \"la belle\"", err) != BASSIN_OK)
        return err->status;
    job->out[3].items[0].at.u32[1] = 7;
    job->out[3].items[0].state[1] = BASSIN_PRESENT;
    if (job->host->table_rows(job, "trips", 2, err) != BASSIN_OK)
        return err->status;
    bassin_set(&job->out[4].items[0], 0, 1.5);
    bassin_set(&job->out[4].items[0], 1, 2.5);
    const bassin_total t = {.size = sizeof t,
                            .name = "workers",
                            .title_fr = "Actifs",
                            .title_en = "Workers",
                            .unit = "{person}",
                            .value = job->flows->workers[0],
                            .low = NAN,
                            .high = NAN,
                            .decimals = 0};
    return job->host->total(job, &t, err);
}

static const bassin_plugin whole = {
    BASSIN_HEADER,
    .id = "fr.test.whole",
    .title_fr = "Tout",
    .title_en = "Whole",
    .version = "1",
    .method_fr = "Tout.",
    .method_en = "Whole.",
    .needs = BASSIN_NEED_COSTS | BASSIN_NEED_FLOW_COSTS | BASSIN_NEED_NEIGHBOURS,
    .params = BASSIN_LIST(bassin_param,
                          {.id = "limit",
                           .title_fr = "L",
                           .title_en = "L",
                           .unit = "min",
                           .fallback = 20,
                           .lowest = 1,
                           .highest = 60},
                          {.id = "steps",
                           .title_fr = "P",
                           .title_en = "S",
                           .unit = "min",
                           .kind = BASSIN_PARAM_LIST,
                           .fallback_text = "10;20",
                           .lowest = 1,
                           .highest = 60},
                          {.id = "way",
                           .title_fr = "F",
                           .title_en = "W",
                           .unit = "1",
                           .kind = BASSIN_PARAM_CHOICE,
                           .choices = "one|two",
                           .fallback_text = "one"},
                          {.id = "wait",
                           .title_fr = "A",
                           .title_en = "W",
                           .unit = "min",
                           .kind = BASSIN_PARAM_BY_FUNCTION,
                           .fallback = 5,
                           .lowest = 0,
                           .highest = 60},
                          {.id = "label",
                           .title_fr = "E",
                           .title_en = "L",
                           .unit = "",
                           .kind = BASSIN_PARAM_TEXT,
                           .fallback_text = "rien"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64},
        {.table = "places",
         .column = "remark",
         .unit = "",
         .type = BASSIN_TEXT,
         .flags = BASSIN_INPUT_OPTIONAL},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64},
        {.table = "flows", .column = "cs", .unit = "{class}", .type = BASSIN_U32},
        {.table = "territories", .column = "places", .unit = "1", .type = BASSIN_U32},
        {.table = "stops", .column = "lines", .unit = "1", .type = BASSIN_I64}),
    .outputs = BASSIN_LIST(bassin_output,
                           {.table = "places",
                            .id = "near",
                            .title_fr = "P",
                            .title_en = "N",
                            .unit = "1",
                            .type = BASSIN_F64,
                            .lowest = 0,
                            .highest = 100},
                           {.table = "places",
                            .id = "within_{steps}",
                            .title_fr = "P",
                            .title_en = "N",
                            .unit = "1",
                            .type = BASSIN_F64},
                           {.table = "venues",
                            .id = "word",
                            .title_fr = "P",
                            .title_en = "N",
                            .unit = "",
                            .type = BASSIN_TEXT},
                           {.table = "territories",
                            .id = "rank",
                            .title_fr = "P",
                            .title_en = "N",
                            .unit = "1",
                            .type = BASSIN_U32},
                           {.table = "trips",
                            .id = "km",
                            .title_fr = "P",
                            .title_en = "N",
                            .unit = "km",
                            .type = BASSIN_F64}),
    .tables =
        BASSIN_LIST(bassin_table, {.id = "trips", .title_fr = "Trajets", .title_en = "Trips"}),
    .stages = BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .finish = finish}),
};

/* In the very form that bassin writes. */
static const struct {
    const char *name, *text;
} files[] = {
    {"run", "key,value\nmode,bike\nlimit_min,45\nestimate,1\nseed,18446744073709551615\n"
            "language,en\ncell_m,0\nassumed_shares,1\n"},
    {"parameters", "id,value\nlimit,1.1\nsteps,5;7.5;30\nway,two\n"
                   "wait,a=1;b=2;c=3;d=4;e=5;f=6;g=7;h=8.25\nlabel,\"a, \"\"b\"\"\"\n"},
    {"places", "code,name,kept,lon,lat,x_m,y_m,travel,population,remark\n"
               "01004,\"Ambérieu, \"\"haut\"\"\",1,5.35,45.95,880000,6545000,present,14000,calme\n"
               "2A004,Ajaccio,0,8.7,41.9,1177000,6108000,unreachable,,\n"
               "77001,Nulle part,1,,,,,missing,0.30000000000000004,\"deux\nlignes\"\n"},
    {"venues", "id,place,open,lon,lat,x_m,y_m,travel,function_a,function_b,function_c,function_d,"
               "function_e,function_f,function_g,function_h\n"
               "liste:1,01004,1,5.36,45.96,880100,6545100,present,1,0.5,0,0,0,0,0,1e-300\n"
               "liste:2,,0,,,,,missing,,,,,,,,\n"},
    {"territories", "level,code,places\nepci,200,2\nepci,300,1\ndepartement,01,3\n"},
    {"memberships", "place,level,code\n01004,epci,200\n2A004,epci,200\n77001,epci,300\n"
                    "01004,departement,01\n"},
    {"costs", "place,venue,minutes,km\n01004,liste:1,0,0\n01004,liste:2,12.5,\n"
              "2A004,liste:1,44.9,30.125\n"},
    {"flows", "o,j,mode,occupation,workers,variance,crow_km,minutes,km,abroad,abroad_crow_km,"
              "abroad_km,cs\n"
              "01004,01004,5,1,120.5,10,0,4,2,0,,,3\n"
              "01004,2A004,1,0,3,1,480,,,0,,,6\n"
              "2A004,,6,2,8,2,,,,2,17,22.1,1\n"},
    {"neighbours", "place,neighbour\n01004,2A004\n2A004,01004\n"},
    {"stops", "lines\n3\n-1\n"},
};

/* --- folders --- */

typedef struct fixture {
    char folder[64];
    plugin_job job;
    arena *memory;
    faults *list;
    loaded_plugin loaded;
} fixture;

static void put(const char *folder, const char *part, const char *name, const char *text)
{
    char path[256];
    error err;
    (void)snprintf(path, sizeof path, "%s/%s", folder, part);
    assert_int_equal(folder_make(path, &err), STATUS_OK);
    (void)snprintf(path, sizeof path, "%s/%s/%s.csv", folder, part, name);
    assert_int_equal(file_write_atomic(path, text, strlen(text), &err), STATUS_OK);
}

static char *got(const char *folder, const char *part, const char *name)
{
    char path[256];
    error err;
    file_view f;
    (void)snprintf(path, sizeof path, "%s/%s/%s.csv", folder, part, name);
    if (file_map(path, &f, &err) != STATUS_OK)
        fail_msg("%s", err.en);
    char *text = memory_new(f.size + 1, 1);
    assert_non_null(text);
    if (f.size > 0)
        memcpy(text, f.at, f.size);
    file_unmap(&f);
    return text;
}

static int set_up(void **state)
{
    fixture *x = memory_new(1, sizeof *x);
    error err;
    assert_non_null(x);
    (void)snprintf(x->folder, sizeof x->folder, "/tmp/bassin-tables-XXXXXX");
    assert_non_null(mkdtemp(x->folder));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put(x->folder, "in", files[i].name, files[i].text);
    assert_int_equal(faults_new(&x->list, &err), STATUS_OK);
    assert_int_equal(arena_new(&x->memory, &err), STATUS_OK);
    x->loaded = (loaded_plugin){.plugin = &whole, .path = "whole.so", .file = -1};
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    fixture *x = *state;
    error err;
    if (x->job.memory != NULL)
        job_tables_close(&x->job);
    else
        arena_free(x->memory);
    faults_free(x->list);
    assert_int_equal(folder_remove(x->folder, &err), STATUS_OK);
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

static void open_case(fixture *x)
{
    status s = job_tables_open(&x->loaded, x->folder, x->memory, &x->job, x->list);
    if (s != STATUS_OK)
        show(x);
    assert_int_equal(s, STATUS_OK);
}

/* Whether a fault was told at that line of that file, with these words. */
static bool told(const fixture *x, const char *file, uint64_t line, const char *text)
{
    for (size_t i = 0; i < faults_count(x->list); i++) {
        const fault *f = faults_at(x->list, i);
        if (f->severity == SEVERITY_FAULT && f->file != NULL && strstr(f->file, file) != NULL &&
            f->line == line && strstr(f->en, text) != NULL)
            return true;
    }
    show(x);
    return false;
}

/* --- in/ --- */

static void what_is_opened_is_written_again_byte_for_byte(void **state)
{
    fixture *x = *state;
    char again[96];
    error err;
    open_case(x);
    (void)snprintf(again, sizeof again, "%s/again", x->folder);
    assert_int_equal(folder_make(again, &err), STATUS_OK);
    assert_int_equal(job_tables_write(&x->job, again, NULL, &err), STATUS_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *text = got(again, "in", files[i].name);
        assert_string_equal(text, files[i].text);
        memory_free(text);
    }
}

static void writing_ends_when_the_run_is_stopped(void **state)
{
    fixture *x = *state;
    char again[96];
    error err;
    const atomic_int cancel = 1;
    open_case(x);
    (void)snprintf(again, sizeof again, "%s/again", x->folder);
    assert_int_equal(folder_make(again, &err), STATUS_OK);
    assert_int_equal(job_tables_write(&x->job, again, &cancel, &err), STATUS_INTERRUPTED);
}

static void a_job_sees_what_the_files_say(void **state)
{
    fixture *x = *state;
    open_case(x);
    const bassin_job *seen = &x->job.seen;
    assert_int_equal(seen->place_count, 3);
    assert_int_equal(seen->place_kept[1], 0);
    assert_true(isnan(seen->place_lon[2]));
    assert_int_equal(seen->venue_place[1], BASSIN_OUTSIDE);
    assert_int_equal(seen->venue_open[1], 0);
    assert_true(seen->seed == UINT64_MAX && seen->english);
    assert_string_equal(x->job.names.place_code[1], "2A004");
    /* Both ways round, and what costs do not know. */
    assert_int_equal(seen->costs->place_start[1], 2);
    assert_int_equal(seen->costs->venue_start[1], 2);
    assert_int_equal(seen->costs->venue_place[1], 1);
    assert_true(seen->costs->venue_minutes[1] == 44.9 && isnan(seen->costs->place_km[1]));
    assert_int_equal(seen->costs->place_state[1], BASSIN_UNREACHABLE);
    assert_string_equal(seen->costs->mode_title_en, "by bike");
    assert_int_equal(seen->flows->origin_start[1], 2);
    assert_int_equal(seen->flows->origin_start[3], 3);
    assert_int_equal(seen->flows->state[0], BASSIN_PRESENT);
    assert_int_equal(seen->flows->state[1], BASSIN_UNREACHABLE);
    assert_int_equal(seen->flows->state[2], BASSIN_MISSING);
    assert_true(seen->flows->abroad_km[2] == 22.1);
    const bassin_level *levels = seen->groups->levels.items;
    assert_int_equal(levels[0].row_count, 2);
    assert_int_equal(levels[0].of_place[2], 1);
    assert_int_equal(levels[1].of_place[1], BASSIN_OUTSIDE);
    assert_int_equal(seen->neighbours->place[0], 1);
    assert_true(x->job.params[1].value.count == 3 && x->job.params[1].value.value[1] == 7.5);
    assert_string_equal(x->job.params[2].value.text, "two");
    assert_true(x->job.params[3].value.value[7] == 8.25);
    assert_string_equal(bassin_text_at(&seen->in[1].items[0], 2), "deux\nlignes");
    assert_int_equal(seen->in[2].count, 8);
    assert_true(seen->in[2].items[7].at.f64[0] == 1e-300);
    assert_int_equal(seen->in[5].items[0].at.i64[1], -1);
}

static void a_small_case_needs_places_alone(void **state)
{
    fixture *x = *state;
    error err;
    char path[96];
    (void)snprintf(path, sizeof path, "%s/in", x->folder);
    assert_int_equal(folder_remove(path, &err), STATUS_OK);
    put(x->folder, "in", "places", "code,population\nA,10\nB,20\n");
    open_case(x);
    assert_int_equal(x->job.seen.place_count, 2);
    assert_int_equal(x->job.seen.place_kept[0], 1);
    assert_int_equal(x->job.seen.venue_count, 0);
    assert_int_equal(x->job.seen.flows->rows, 0);
    assert_true(x->job.params[0].value.value[0] == 20.0);
    assert_null(x->job.seen.in[1].items[0].at.raw); /* optional and absent */
    assert_non_null(x->job.seen.in[2].items[0].at.raw);
}

static void every_fault_is_told_at_its_line(void **state)
{
    fixture *x = *state;
    put(x->folder, "in", "run", "key,value\nsead,1\n");
    put(x->folder, "in", "parameters", "id,value\nlimit,90\nlimits,3\n");
    put(x->folder, "in", "places", "code,kept,population\nA,1,10\nB,1,20\n");
    put(x->folder, "in", "venues",
        "id,place,function_a,function_b,function_c,function_d,function_e,function_f,function_g,"
        "function_h\nV,C,1,1,1,1,1,1,1,1\n");
    put(x->folder, "in", "territories", "level,code,places\nepci,1,1\nepci,1,1\n");
    assert_int_equal(job_tables_open(&x->loaded, x->folder, x->memory, &x->job, x->list),
                     STATUS_INPUT);
    assert_true(told(x, "in/run.csv", 2, "'sead'; is it 'seed'"));
    assert_true(told(x, "in/parameters.csv", 2, "'90' is not a value of 'limit'"));
    assert_true(told(x, "in/parameters.csv", 3, "is it 'limit'"));
    assert_true(told(x, "in/venues.csv", 2, "'C' (column 'place') is not a row"));
    assert_true(told(x, "in/territories.csv", 3, "already at line 2"));
}

static void rows_of_structures_are_checked(void **state)
{
    fixture *x = *state;
    put(x->folder, "in", "memberships",
        "place,level,code\n01004,epci,999\n01004,epci,200\n"
        "01004,epci,300\n");
    put(x->folder, "in", "costs",
        "place,venue,minutes,km\n01004,liste:1,1,\n01004,liste:1,2,\nX,liste:1,2,\n");
    put(x->folder, "in", "flows",
        "o,j,mode,occupation,workers,cs\n2A004,,1,1,1,1\n"
        "01004,,1,1,1,1\n");
    put(x->folder, "in", "neighbours", "place,neighbour\n01004,\n");
    assert_int_equal(job_tables_open(&x->loaded, x->folder, x->memory, &x->job, x->list),
                     STATUS_INPUT);
    assert_true(told(x, "in/memberships.csv", 2, "'999' (column 'code') is not a row"));
    assert_true(told(x, "in/memberships.csv", 4, "twice together"));
    put(x->folder, "in", "memberships", "place,level,code\n");
    assert_int_equal(job_tables_open(&x->loaded, x->folder, x->memory, &x->job, x->list),
                     STATUS_INPUT);
    assert_true(told(x, "in/costs.csv", 4, "'X' (column 'place') is not a row"));
    assert_true(told(x, "in/flows.csv", 3, "comes too late"));
    assert_true(told(x, "in/neighbours.csv", 2, "the column 'neighbour' is empty"));
    put(x->folder, "in", "costs", "place,venue,minutes,km\n01004,liste:1,1,\n01004,liste:1,2,\n");
    assert_int_equal(job_tables_open(&x->loaded, x->folder, x->memory, &x->job, x->list),
                     STATUS_INPUT);
    assert_true(told(x, "in/costs.csv", 3, "twice together"));
}

static void a_column_that_nobody_declared_is_refused(void **state)
{
    fixture *x = *state;
    put(x->folder, "in", "places", "code,popullation\nA,1\n");
    assert_int_equal(job_tables_open(&x->loaded, x->folder, x->memory, &x->job, x->list),
                     STATUS_INPUT);
    assert_true(told(x, "in/places.csv", 1, "is it 'population'"));
}

/* --- out/ and expected/ --- */

static void run_case(fixture *x)
{
    error err;
    open_case(x);
    const job_options options = {.threads = 1, .runner = &runner_here};
    assert_int_equal(job_run(&x->job, &options, &err), STATUS_OK);
    if (x->job.failed)
        fail_msg("%s", x->job.failure.en);
}

static const char places_left[] = "code,near,within_5,within_7_5,within_30\n"
                                  "01004,0.6666666666666666,5,7.5,30\n2A004,///,,,\n77001,///,,,\n";

static void what_a_job_left_agrees_with_itself(void **state)
{
    fixture *x = *state;
    error err;
    run_case(x);
    assert_int_equal(job_tables_write_made(&x->job, x->folder, "expected", &err), STATUS_OK);
    char *text = got(x->folder, "expected", "places");
    assert_string_equal(text, places_left);
    memory_free(text);
    text = got(x->folder, "expected", "venues");
    assert_string_equal(text, "id,word\nliste:1,\"Mairie, \"\"la belle\"\"\"\nliste:2,\n");
    memory_free(text);
    text = got(x->folder, "expected", "totals");
    assert_string_equal(text, "name,title_fr,title_en,unit,value,low,high,decimals\n"
                              "workers,Actifs,Workers,{person},120.5,,,0\n");
    memory_free(text);
    const status s = job_tables_compare(&x->job, x->folder, 10, x->list);
    if (s != STATUS_OK)
        show(x);
    assert_int_equal(s, STATUS_OK);
}

static void every_difference_is_told_at_its_line(void **state)
{
    fixture *x = *state;
    run_case(x);
    put(x->folder, "expected", "places",
        "code,near,within_5,within_7_5,within_30\n"
        "01004,0.66666667,5,7.5,30\n77001,///,1,,\nZ,,,,\n");
    put(x->folder, "expected", "venues", "id,word\nliste:1,Mairie\n");
    put(x->folder, "expected", "territories", "level,code,rank\nepci,300,8\nepci,200,\n");
    put(x->folder, "expected", "trips", "km\n1.5\n");
    put(x->folder, "expected", "totals",
        "name,title_fr,title_en,unit,value,low,high,decimals\nworker,A,W,{person},1,,,\n");
    assert_int_equal(job_tables_compare(&x->job, x->folder, 20, x->list), STATUS_INPUT);
    assert_true(told(x, "expected/places.csv", 2, "column 'near': 0.66666667 expected"));
    assert_true(told(x, "expected/places.csv", 3, "column 'within_5': 1 expected, ∅ found"));
    assert_true(told(x, "expected/places.csv", 4, "'Z' (column 'code') is not a row"));
    assert_true(told(x, "expected/places.csv", 0, "column 'near': ∅ expected, /// found"));
    assert_true(told(x, "expected/venues.csv", 2, "column 'word': Mairie expected"));
    assert_true(told(x, "expected/territories.csv", 2, "column 'rank': 8 expected, 7 found"));
    assert_true(told(x, "expected/trips.csv", 0, "1 rows expected, 2 found"));
    assert_true(told(x, "expected/totals.csv", 2, "'worker' is expected"));
    assert_true(told(x, "expected/totals.csv", 0, "'workers', which is not expected"));
}

static void no_more_differences_are_told_than_asked(void **state)
{
    fixture *x = *state;
    run_case(x);
    put(x->folder, "expected", "places", "code,near,within_5,within_7_5,within_30\n");
    assert_int_equal(job_tables_compare(&x->job, x->folder, 2, x->list), STATUS_INPUT);
    assert_true(told(x, "expected", 0, "and 4 more differences"));
}

static void nothing_to_compare_with_is_a_fault(void **state)
{
    fixture *x = *state;
    run_case(x);
    assert_int_equal(job_tables_compare(&x->job, x->folder, 2, x->list), STATUS_INPUT);
    assert_true(told(x, "expected", 0, "no file to compare"));
}

/* --- out/ into a job that runs --- */

static bassin_status read_out(const bassin_job *job, const void *before, void *total,
                              bassin_error *err)
{
    plugin_call *call = job->context;
    error own = {.status = STATUS_OK};
    const char *folder = (const char *)job->param[4].text;
    (void)before, (void)total;
    if (job_tables_read(call, folder, &own) != STATUS_OK)
        return bassin_fail(err, BASSIN_E_DATA, -1, "%s", own.en);
    return BASSIN_OK;
}

/* Runs the case with a plugin that reads out/ of its folder; the text of its failure, "" none. */
static const char *read_back(fixture *x)
{
    static char said[640];
    error err;
    static const bassin_stage stage = {.size = sizeof stage, .finish = read_out};
    static bassin_plugin reads; /* lives as long as the job */
    reads = whole;
    reads.stages = (bassin_list){&stage, 1, sizeof stage};
    x->loaded.plugin = &reads;
    char text[160];
    (void)snprintf(text, sizeof text, "id,value\nsteps,5;7.5;30\nlabel,%s\n", x->folder);
    put(x->folder, "in", "parameters", text);
    open_case(x);
    const job_options options = {.threads = 1, .runner = &runner_here};
    assert_int_equal(job_run(&x->job, &options, &err), STATUS_OK);
    (void)snprintf(said, sizeof said, "%s", x->job.failed ? x->job.failure.en : "");
    return said;
}

static void put_out(fixture *x)
{
    put(x->folder, "out", "places", places_left);
    put(x->folder, "out", "venues", "id,word\nliste:2,B\nliste:1,A\n");
    put(x->folder, "out", "territories", "level,code,rank\ndepartement,01,3\nepci,300,2\n");
    put(x->folder, "out", "trips", "km\n1.25\nNA\n");
    put(x->folder, "out", "totals",
        "name,title_fr,title_en,unit,value,low,high,decimals\nall,Tous,All,km,3,2,4,1\n");
}

static void what_a_program_wrote_is_taken_whatever_the_order_of_its_rows(void **state)
{
    fixture *x = *state;
    put_out(x);
    assert_string_equal(read_back(x), "");
    const made_output *o = x->job.outputs;
    assert_true(((double *)o[0].columns[0].values)[0] == 2.0 / 3.0);
    assert_int_equal(o[0].columns[0].state[1], BASSIN_NOT_APPLICABLE);
    assert_true(((double *)o[1].columns[1].values)[0] == 7.5);
    assert_string_equal(words_at(&o[2].columns[0].words, ((uint32_t *)o[2].columns[0].values)[1]),
                        "B");
    assert_int_equal(((uint32_t *)o[3].columns[0].values)[2], 3);
    assert_int_equal(o[3].columns[0].state[0], BASSIN_MISSING);
    assert_int_equal(x->job.tables[0].rows, 2);
    assert_int_equal(o[4].columns[0].state[1], BASSIN_MISSING);
    assert_int_equal(x->job.total_count, 1);
    assert_true(x->job.totals[0].low == 2.0);
}

typedef struct wrong_file {
    const char *name, *text, *said;
} wrong_file;

static const wrong_file wrong[] = {
    {"places", "code,near,within_5,within_7_5,within_30\n01004,x,,,\n",
     "out/places.csv:2:7: “x” is not a number"},
    {"places", "code,near,within_5,within_7_5,within_30\n01004,nan,,,\n",
     "out/places.csv:2:7: “nan” is not a finite number"},
    {"places", "code,near,within_5,within_7_5,within_30\n01004,101,,,\n",
     "out/places.csv:2:7: value 101 is above 100"},
    {"places", "code,near,within_5,within_7_5,within_30\n01004,1,,,\n99,1,,,\n",
     "out/places.csv:3: '99' (column 'code') is not a row of the table 'places'"},
    {"places", "code,near,within_5,within_7_5,within_30\n01004,1,,,\n01004,1,,,\n",
     "out/places.csv:3: '01004' is twice in this file: already at line 2"},
    {"places", "code,near,within_5,within_7_5\n", "missing column “within_30”"},
    {"places", "code,near,within_5,within_7_5,within_30,nea\n", "is it 'near'"},
    {"territories", "level,code,rank\nepci,,1\n", "the column 'code' is empty"},
    {"territories", "level,code,rank\nepci,200,-1\n", "out/territories.csv:2:10: negative value"},
    {"totals", "name,title_fr,title_en,unit,value,low,high,decimals\nall,T,A,kmm,3,,,\n",
     "out/totals.csv:2: total all: unknown unit \"kmm\""},
    {"place", "code\n", "is it 'places.csv'"},
};

static void what_a_program_wrote_wrong_is_its_failure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        void *own = NULL;
        (void)set_up(&own);
        fixture *x = own;
        put_out(x);
        put(x->folder, "out", wrong[i].name, wrong[i].text);
        const char *said = read_back(x);
        if (strstr(said, wrong[i].said) == NULL)
            fail_msg("wanted: %s\nsaid: %s", wrong[i].said, said);
        (void)tear_down(&own);
    }
}

static void a_file_that_was_not_written_is_missed(void **state)
{
    fixture *x = *state;
    char path[96];
    put_out(x);
    (void)snprintf(path, sizeof path, "%s/out/trips.csv", x->folder);
    assert_int_equal(unlink(path), 0);
    assert_non_null(strstr(read_back(x), "out/trips.csv: the program did not write this file"));
}

static void a_link_is_not_followed(void **state)
{
    fixture *x = *state;
    char path[96], elsewhere[96];
    put_out(x);
    (void)snprintf(path, sizeof path, "%s/out/trips.csv", x->folder);
    (void)snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere.csv", x->folder);
    assert_int_equal(rename(path, elsewhere), 0);
    assert_int_equal(symlink(elsewhere, path), 0);
    assert_non_null(strstr(read_back(x), "out/trips.csv: this is not a plain file"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_opened_is_written_again_byte_for_byte),
        TEST(writing_ends_when_the_run_is_stopped),
        TEST(a_job_sees_what_the_files_say),
        TEST(a_small_case_needs_places_alone),
        TEST(every_fault_is_told_at_its_line),
        TEST(rows_of_structures_are_checked),
        TEST(a_column_that_nobody_declared_is_refused),
        TEST(what_a_job_left_agrees_with_itself),
        TEST(every_difference_is_told_at_its_line),
        TEST(no_more_differences_are_told_than_asked),
        TEST(nothing_to_compare_with_is_a_fault),
        TEST(what_a_program_wrote_is_taken_whatever_the_order_of_its_rows),
        cmocka_unit_test(what_a_program_wrote_wrong_is_its_failure),
        TEST(a_file_that_was_not_written_is_missed),
        TEST(a_link_is_not_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
