/* Plugins of an earlier minor keep running here, and plugins of this one run in an earlier host. */
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/plan/plan_model.h"
#include "engine/results/results.h"
#include "old/host_1_1.h"
#include "old/members.h"
#include "small_run.h"

typedef struct ran {
    small_run run;
    plan *p;
    faults *list;
} ran;

static void run_alone(ran *r, const char *folder, const char *id)
{
    const indicator asked[] = {{.plugin = id}};
    const plugin_search where = {.folders = &folder, .folder_count = 1};
    error err;
    small_run_open(&r->run);
    small_run_ask(&r->run, asked, 1);
    assert_int_equal(faults_new(&r->list, &err), STATUS_OK);
    status s = plan_build(&r->run.data, &where, &r->p, r->list);
    for (size_t i = 0; i < faults_count(r->list) && s != STATUS_OK; i++)
        print_error("%s\n", faults_at(r->list, i)->en);
    assert_int_equal(s, STATUS_OK);
    assert_int_equal(plan_run(r->p, 2, NULL, r->list), STATUS_OK);
    r->run.scenario.indicator_count = 0;
}

static void close_run(ran *r)
{
    plan_free(r->p);
    faults_free(r->list);
    small_run_close(&r->run);
}

static double total_of(const plugin_job *job, const char *name)
{
    for (size_t i = 0; i < job->total_count; i++) {
        if (strcmp(job->totals[i].name, name) == 0)
            return job->totals[i].value;
    }
    fail_msg("no total %s", name);
    return 0.0;
}

/* The sum over places within the limit, worked out from the costs of the run. */
static double reached_by(const small_run *r, size_t venue)
{
    const costs *c = r->modes[0];
    double sum = 0.0;
    for (uint64_t i = c->venue_start[venue]; i < c->venue_start[venue + 1]; i++) {
        const double population = r->territory.population[c->venue_place[i]];
        sum += population == population ? population : 0.0; /* NaN: missing */
    }
    return sum;
}

static size_t near_places(const small_run *r, double minutes)
{
    const costs *c = r->modes[0];
    size_t near = 0;
    for (size_t p = 0; p < c->place_count; p++) {
        bool within = false;
        for (uint64_t i = c->place_start[p]; i < c->place_start[p + 1]; i++)
            within = within || c->place_minutes[i] <= minutes;
        near += within;
    }
    return near;
}

/* What members since 1.2 hold in a descriptor of 1.1. */
static void newer_members_read_as_zero(const bassin_plugin *is)
{
    assert_null(descriptor_param(is, 0)->basis_en);
    assert_string_equal(descriptor_param(is, 0)->basis, "assumed: round numbers");
    assert_null(descriptor_output(is, 1)->sheet_en);
    assert_null(descriptor_output(is, 1)->map->labels_fr);
    assert_null(descriptor_output(is, 1)->map->labels_en);
    assert_null(descriptor_table(is, 0)->sheet_en);
}

static void an_old_plugin_gives_what_it_gave(const char *folder)
{
    ran r = {.p = NULL};
    run_alone(&r, folder, "fr.test.old");
    const plugin_job *job = &r.p->plugins[0].jobs[0];
    assert_int_equal(job->is->abi_minor, 1);
    newer_members_read_as_zero(job->is);
    const double *reached = job->outputs[0].columns[0].values;
    assert_true(reached[0] > 0.0 && reached[0] == reached_by(&r.run, 0));
    assert_true(reached[SMALL_VENUES - 1] == reached_by(&r.run, SMALL_VENUES - 1));
    assert_string_equal(job->outputs[1].columns[1].name, "old_within_20");
    assert_string_equal(words_at(&job->outputs[2].columns[0].words, 1), "a-h");
    assert_string_equal(words_at(&job->outputs[4].columns[0].words, 1), "Commune 2");
    assert_string_equal(job->tables[0].name, "old_groups");
    assert_int_equal(job->tables[0].sets[0].count, 3);
    assert_int_equal(job->tables[0].sets[0].places[0], 1);
    assert_true(total_of(job, "near") == (double)near_places(&r.run, 10.0));
    assert_true(total_of(job, "near") > 0.0);
    assert_true(total_of(job, "plan") == 11.0);
    assert_true(total_of(job, "draw") == random_uniform(job->key, 1, 2, 3));
    assert_true(total_of(job, "minor") == 1.0 && total_of(job, "limit") == 30.0);
    close_run(&r);
}

static void an_old_header_still_makes_plugins(void **state)
{
    (void)state;
    an_old_plugin_gives_what_it_gave(TEST_PLUGINS "/old_source");
}

static void an_old_binary_still_runs(void **state)
{
    (void)state;
#if defined(__x86_64__)
    an_old_plugin_gives_what_it_gave(TEST_PLUGINS "/old_binary");
#else
    print_message("skipped: the kept binary is of x86-64\n");
    skip();
#endif
}

static void every_member_of_1_1_lies_where_it_lay(void **state)
{
    size_t then_count, now_count;
    const abi_member *then = members_then(&then_count), *now = members_now(&now_count);
    (void)state;
    assert_int_equal(then_count, 203);
    assert_int_equal(then_count, now_count);
    for (size_t i = 0; i < then_count; i++) {
        if (then[i].offset != now[i].offset || then[i].size > now[i].size ||
            then[i].struct_size > now[i].struct_size)
            fail_msg("%s.%s has moved", then[i].of, then[i].name);
    }
}

static void a_newer_plugin_runs_in_an_older_host(void **state)
{
    old_run out = {.basis = NULL};
    (void)state;
    void *handle = dlopen(TEST_PLUGINS "/newer/fr.test.newer.so", RTLD_NOW | RTLD_LOCAL);
    assert_non_null(handle);
    const void *plugin = dlsym(handle, BASSIN_PLUGIN_SYMBOL);
    assert_non_null(plugin);
    assert_int_equal(host_1_1_run(plugin, &out), 0);
    assert_string_equal(out.basis, "assumed : un nombre rond");
    assert_string_equal(out.title_fr, "Valeur");
    assert_true(out.value[0] == 10.0 && out.value[3] == 10.0);
    assert_string_equal(out.log, "car"); /* 1.1 has no words for it */
    assert_int_equal(dlclose(handle), 0);
}

static void a_newer_plugin_sees_what_is_new_here(void **state)
{
    ran r = {.p = NULL};
    (void)state;
    run_alone(&r, TEST_PLUGINS "/newer", "fr.test.newer");
    const plugin_job *job = &r.p->plugins[0].jobs[0];
    assert_true(((const double *)job->outputs[0].columns[0].values)[599] == 10.0);
    assert_string_equal(job->outputs[0].columns[0].map->sheet, "newer_value");
    assert_int_equal(job->line_count, 1);
    assert_string_equal(job->lines[0].text, "en voiture");
    assert_string_equal(descriptor_param(job->is, 0)->basis_en, "assumed: a round number");
    close_run(&r);
}

static void a_host_is_asked_before_its_newest_function_is_called(void **state)
{
    bassin_host host = {.size = sizeof host};
    (void)state;
    assert_true(BASSIN_HAS(&host, service) && BASSIN_HAS(&host, size));
    host.size = offsetof(bassin_host, service);
    assert_false(BASSIN_HAS(&host, service));
    assert_true(BASSIN_HAS(&host, total));
    host.size += 4; /* half of it is not all of it */
    assert_false(BASSIN_HAS(&host, service));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_1_1_lies_where_it_lay),
        cmocka_unit_test(an_old_header_still_makes_plugins),
        cmocka_unit_test(an_old_binary_still_runs),
        cmocka_unit_test(a_newer_plugin_runs_in_an_older_host),
        cmocka_unit_test(a_newer_plugin_sees_what_is_new_here),
        cmocka_unit_test(a_host_is_asked_before_its_newest_function_is_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
