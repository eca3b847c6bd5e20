/* Jobs that are interrupted after any block, then taken up, leave the bytes of jobs that ran
 * through: the plugins that ship with bassin, on a small territory of several blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdatomic.h>

#include "apart_plan.h"
#include "base/files.h"
#include "engine/plan/plan_model.h"
#include "engine/store/job_key.h"
#include "engine/store/job_keep.h"
#include "engine/apart/plugin_worker.h"
#include "small_run.h"

/* Started by main before any thread. */
static zygote *apart;

typedef struct bench {
    small_run run;
    plan *plan;
    faults *list;
    char folder[64];
    const runner_kind *kind; /* that makes the calls */
} bench;

static int bench_new(void **state)
{
    static bench b;
    const plugin_search search = {.builtin_folder = BASSIN_BINARY_DIR "/plugins"};
    error err;
    b = (bench){.kind = &runner_here};
    small_run_open(&b.run);
    assert_int_equal(faults_new(&b.list, &err), STATUS_OK);
    assert_int_equal(plan_build(&b.run.data, &search, &b.plan, b.list), STATUS_OK);
    (void)snprintf(b.folder, sizeof b.folder, "/tmp/bassin-keep-XXXXXX");
    assert_non_null(mkdtemp(b.folder));
    *state = &b;
    return 0;
}

/* The same plugins as foreign ones, in workers. */
static int bench_apart(void **state)
{
    (void)bench_new(state);
    bench *b = *state;
    b->kind = &runner_apart;
    plan_make_foreign(b->plan);
    return 0;
}

static int bench_drop(void **state)
{
    bench *b = *state;
    error err;
    plan_free(b->plan);
    faults_free(b->list);
    small_run_close(&b->run);
    assert_int_equal(folder_remove(b->folder, &err), STATUS_OK);
    return 0;
}

/* --- what a job left, as one digest --- */

static void add_bytes(text_buffer *b, const void *at, size_t size)
{
    text_add_format(b, "%zu %s\n", size, sha256_of(at != NULL ? at : "", size).hex);
}

static void add_columns(text_buffer *b, const plugin_job *job)
{
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; m < o->count; m++) {
            const made_column *c = &o->columns[m];
            text_add_format(b, "%s ", c->name);
            add_bytes(b, c->values, c->rows * value_bytes(o->is->type));
            add_bytes(b, c->state, c->rows);
            if (o->is->type == BASSIN_TEXT)
                add_bytes(b, c->words.bytes, (size_t)c->words.start[c->words.count]);
        }
    }
}

static void add_tables(text_buffer *b, const plugin_job *job)
{
    for (size_t i = 0; i < job->is->tables.count; i++) {
        const made_table *t = &job->tables[i];
        text_add_format(b, "%s %zu %zu\n", t->name, t->rows, t->set_count);
        for (size_t k = 0; k < t->set_count; k++)
            add_bytes(b, t->sets[k].places, t->sets[k].count * sizeof *t->sets[k].places);
        for (size_t k = 0; t->reach != NULL && k < t->rows; k++) {
            text_add_format(b, "%g ", t->reach[k].limit_min);
            add_bytes(b, t->reach[k].venues, t->reach[k].count * sizeof *t->reach[k].venues);
        }
    }
}

static sha256_hex left_by(const plugin_job *job)
{
    text_buffer b = {0};
    add_columns(&b, job);
    add_tables(&b, job);
    for (size_t i = 0; i < job->total_count; i++) {
        const made_total *t = &job->totals[i];
        text_add_format(&b, "%s %s %s %s %a %a %a %d %d\n", t->name, t->title_fr, t->title_en,
                        t->unit, t->value, t->low, t->high, (int)t->state, t->decimals);
    }
    for (size_t i = 0; i < job->line_count; i++)
        text_add_format(&b, "%d %s\n", job->lines[i].level, job->lines[i].text);
    text_add_format(&b, "%zu\n", job->lines_lost);
    assert_false(b.failed);
    const sha256_hex digest = sha256_of(b.at, b.size);
    text_buffer_clear(&b);
    return digest;
}

/* --- a runner that is interrupted --- */

static atomic_long calls_left;
static const runner_kind *halted; /* the one that is interrupted */

static status stopping_block(runner *r, int lane, size_t stage, block b, void *partial,
                             call_said *said, error *err)
{
    if (atomic_fetch_sub(&calls_left, 1) <= 0)
        return error_set(err, STATUS_INTERRUPTED, "arrêté", "stopped");
    return halted->block(r, lane, stage, b, partial, said, err);
}

static runner_kind stopping(const bench *b)
{
    runner_kind k = *b->kind;
    halted = b->kind;
    k.block = stopping_block;
    return k;
}

/* Blocks run: LONG_MAX / 2 never stops. Returns how many calls were made. */
static long run_once(bench *b, plugin_job *job, const char *folder, int threads, long calls,
                     status wanted)
{
    const runner_kind halting = stopping(b);
    job_store *store = NULL;
    error err = {.status = STATUS_OK};
    job_clear(job);
    assert_int_equal(job_store_new(folder, true, threads, &store, &err), STATUS_OK);
    assert_int_equal(plan_bind(b->plan, job, &err), STATUS_OK);
    const job_options options = {
        .threads = threads, .workers = apart, .runner = &halting, .store = store};
    atomic_store(&calls_left, calls);
    const status s = job_run(job, &options, &err);
    if (s != wanted)
        print_error("%s\n", err.en);
    assert_int_equal(s, wanted);
    assert_false(job->failed);
    job_store_free(store);
    return calls - atomic_load(&calls_left);
}

static void an_interrupted_job_is_taken_up(void **state)
{
    enum { NEVER = 1 << 30 };
    static const int threads[] = {1, 2, 4};
    bench *b = *state;
    size_t taken_up = 0, tried = 0;
    for (size_t k = 0; k < b->plan->plugin_count; k++) {
        for (size_t j = 0; j < b->plan->plugins[k].job_count; j++) {
            plugin_job *job = &b->plan->plugins[k].jobs[j];
            const long calls = run_once(b, job, NULL, 2, NEVER, STATUS_OK);
            const sha256_hex wanted = left_by(job);
            for (long stop = 0; stop < calls; stop++) {
                char folder[128];
                (void)snprintf(folder, sizeof folder, "%s/%s-%zu-%ld", b->folder, job->is->id, j,
                               stop);
                (void)run_once(b, job, folder, threads[stop % 3], stop, STATUS_INTERRUPTED);
                const long rest =
                    run_once(b, job, folder, threads[(stop + 1) % 3], NEVER, STATUS_OK);
                assert_string_equal(left_by(job).hex, wanted.hex);
                assert_false(job->found);
                assert_int_equal(rest + (long)job->blocks_found, calls);
                taken_up += job->blocks_found > 0;
                tried++;
                assert_int_equal(run_once(b, job, folder, 1, NEVER, STATUS_OK), 0);
                assert_true(job->found);
                assert_string_equal(left_by(job).hex, wanted.hex);
            }
        }
    }
    print_message("%zu interruptions, %zu with blocks to take up\n", tried, taken_up);
    assert_true(taken_up > 20);
}

/* --- keys --- */

static sha256_hex key_of(bench *b, plugin_job *job)
{
    job_store *store = NULL;
    error err;
    sha256_hex key;
    assert_int_equal(job_store_new(b->folder, true, 1, &store, &err), STATUS_OK);
    assert_int_equal(plan_bind(b->plan, job, &err), STATUS_OK);
    assert_int_equal(job_key_of(job, store, &key, &err), STATUS_OK);
    job_store_free(store);
    job_clear(job);
    return key;
}

static plugin_job *first_job(const bench *b, const char *id)
{
    for (size_t k = 0; k < b->plan->plugin_count; k++) {
        if (strcmp(b->plan->plugins[k].is->id, id) == 0)
            return &b->plan->plugins[k].jobs[0];
    }
    fail_msg("%s does not run", id);
    return NULL;
}

/* supply reads neither flows nor costs: theirs are not in its key. */
static void a_key_depends_on_what_the_job_sees(void **state)
{
    bench *b = *state;
    plugin_job *supply = first_job(b, "supply"), *commuting = first_job(b, "commuting");
    plugin_job *catchment = first_job(b, "catchment");
    const sha256_hex supply_key = key_of(b, supply), commuting_key = key_of(b, commuting);
    const sha256_hex catchment_key = key_of(b, catchment);
    assert_string_equal(key_of(b, supply).hex, supply_key.hex);
    assert_string_not_equal(supply_key.hex, catchment_key.hex);

    const double *workers = b->plan->flows.workers;
    static double others[SMALL_FLOWS];
    memcpy(others, workers, sizeof others);
    others[7] += 1.0;
    b->plan->flows.workers = others;
    assert_string_equal(key_of(b, supply).hex, supply_key.hex);
    assert_string_equal(key_of(b, catchment).hex, catchment_key.hex);
    assert_string_not_equal(key_of(b, commuting).hex, commuting_key.hex);
    others[7] -= 1.0; /* the same values elsewhere */
    assert_string_equal(key_of(b, commuting).hex, commuting_key.hex);
    b->plan->flows.workers = workers;

    double *minutes = NULL;
    memcpy(&minutes, &b->plan->ground[0].costs[0].place_minutes, sizeof minutes);
    minutes[0] += 0.5;
    assert_string_equal(key_of(b, supply).hex, supply_key.hex);
    assert_string_not_equal(key_of(b, catchment).hex, catchment_key.hex);
    minutes[0] -= 0.5;

    b->run.scenario.language = LANGUAGE_EN;
    assert_string_not_equal(key_of(b, supply).hex, supply_key.hex);
    b->run.scenario.language = LANGUAGE_FR;
    b->run.scenario.seed++;
    assert_string_not_equal(key_of(b, supply).hex, supply_key.hex);
    b->run.scenario.seed--;
    assert_string_equal(key_of(b, supply).hex, supply_key.hex);
}

/* --- ranges --- */

static void ranges_follow_the_data_alone(void **state)
{
    (void)state;
    assert_int_equal(job_range_level(1, 0), 0);
    assert_int_equal(job_range_level(64, 0), 0);
    assert_int_equal(job_range_level(65, 0), 1);
    assert_int_equal(job_range_level(137, 0), 2);
    assert_int_equal(job_range_level(1 << 20, 0), 14);
    assert_int_equal(job_range_level(64, 1 << 20), 0);
    assert_int_equal(job_range_level(64, 3 << 20), 2);  /* 16 of 3 MiB are within 64 MiB */
    assert_int_equal(job_range_level(64, 60 << 20), 6); /* one range */
    assert_int_equal(job_range_level(63, 60 << 20), JOB_NO_RANGES); /* one range of six nodes */
    assert_int_equal(job_range_level(64, (size_t)1 << 30), JOB_NO_RANGES);
    assert_int_equal(job_range_level(0, 0), JOB_NO_RANGES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_interrupted_job_is_taken_up, bench_new, bench_drop),
        cmocka_unit_test_setup_teardown(an_interrupted_job_is_taken_up, bench_apart, bench_drop),
        cmocka_unit_test_setup_teardown(a_key_depends_on_what_the_job_sees, bench_new, bench_drop),
        cmocka_unit_test(ranges_follow_the_data_alone),
    };
    error err;
    if (zygote_start(&apart, &plugin_worker_job, 1, false, &err) != STATUS_OK)
        return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    zygote_stop(apart);
    return failed;
}
