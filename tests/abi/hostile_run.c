#include "hostile_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/progress.h"

static const char *const folders[] = {TEST_PLUGINS "/foreign", TEST_PLUGINS "/hostile"};

void hostile_run_open(hostile_run *h, zygote *workers, const char *hostile)
{
    static const indicator reach = {.plugin = "reach"};
    static scenario_plugin asked[2];
    const plugin_search where = {.builtin_folder = TEST_PLUGINS "/builtin",
                                 .folders = folders,
                                 .folder_count = 2,
                                 .workers = workers};
    error err;
    asked[0] = (scenario_plugin){.name = "fr.test.foreign"};
    asked[1] = (scenario_plugin){
        .name = hostile, .memory_mib = HOSTILE_LIMIT_MIB, .time_s = HOSTILE_LIMIT_S};
    *h = (hostile_run){.p = NULL};
    small_run_open(&h->run);
    small_run_ask(&h->run, &reach, 1);
    h->run.scenario.plugins = asked;
    h->run.scenario.plugin_count = hostile != NULL ? 2 : 1;
    assert_int_equal(faults_new(&h->list, &err), STATUS_OK);
    const double started_s = progress_clock_s();
    h->built = plan_build(&h->run.data, &where, &h->p, h->list);
    h->ran = h->built == STATUS_OK ? plan_run(h->p, 2, NULL, h->list) : h->built;
    h->wall_s = progress_clock_s() - started_s;
}

void hostile_run_close(hostile_run *h)
{
    plan_free(h->p);
    faults_free(h->list);
    small_run_close(&h->run);
}

const plan_plugin *hostile_plugin(const hostile_run *h, const char *id)
{
    for (size_t i = 0; h->p != NULL && i < h->p->plugin_count; i++) {
        if (strcmp(h->p->plugins[i].is->id, id) == 0)
            return &h->p->plugins[i];
    }
    return NULL;
}

bool hostile_says(const hostile_run *h, const char *text)
{
    for (size_t i = 0; i < faults_count(h->list); i++) {
        const fault *f = faults_at(h->list, i);
        if (strstr(f->en, text) != NULL || strstr(f->fr, text) != NULL)
            return true;
    }
    return false;
}

void hostile_tell(const hostile_run *h)
{
    for (size_t i = 0; i < faults_count(h->list); i++)
        print_message("  %s\n  %s\n", faults_at(h->list, i)->fr, faults_at(h->list, i)->en);
}

static void digest_output(text_buffer *b, const made_output *o)
{
    for (size_t m = 0; m < o->count; m++) {
        const made_column *c = &o->columns[m];
        text_add(b, c->name);
        text_add_n(b, c->values, c->rows * value_bytes(o->is->type));
        text_add_n(b, (const char *)c->state, c->rows);
    }
}

sha256_hex hostile_good_results(const hostile_run *h)
{
    static const char *const good[] = {"reach", "fr.test.foreign"};
    text_buffer b = {.at = NULL};
    for (size_t i = 0; i < 2; i++) {
        const plan_plugin *plugin = hostile_plugin(h, good[i]);
        assert_non_null(plugin);
        for (size_t j = 0; j < plugin->job_count; j++) {
            assert_true(plugin->jobs[j].done);
            for (size_t o = 0; o < plugin->is->outputs.count; o++)
                digest_output(&b, &plugin->jobs[j].outputs[o]);
        }
    }
    assert_false(b.failed);
    sha256_hex digest = sha256_of(b.at, b.size);
    text_buffer_clear(&b);
    return digest;
}
