/* The checks that every plugin must pass, one function each. */
#include "engine/conformance/conformance.h"

#include <malloc.h>

#include "engine/conformance/conformance_messages.h"
#include "engine/conformance/conformance_case.h"
#include "engine/conformance/conformance_checks.h"

/* More than one block of places, and of venues; nothing is done in one piece by chance. */
enum { PLACES = 300, VENUES = 45 };
static const world_spec ordinary = {.places = PLACES, .venues = VENUES};

typedef struct conformance {
    const loaded_plugin *loaded;
    const conformance_options *options;
    progress progress;    /* silent: to be stopped alone */
    made_world world;     /* the ordinary one */
    plugin_job reference; /* run on it, on one thread, with the blocks of the ABI */
    bool runs;            /* the reference is there */
} conformance;

/* A check says its verdict in `line` (good until then). What it returns is not the plugin's fault.
 */
typedef struct check {
    const char *id, *fr, *en;
    status (*run)(conformance *c, conformance_line *line, error *err);
    bool of_blocks; /* says nothing of a program that sees the whole tables at once */
} check;

/* --- running --- */

/* How a job is run. */
typedef struct manner {
    int threads;
    const job_trial *trial;
    const runner_kind *runner;
} manner;
static const manner plainly = {.threads = 1};

/* Runs a job in a world. A failure of the plugin is its verdict, and leaves *out without results.
 */
static status run_in(const conformance *c, const made_world *w, manner how, plugin_job *out,
                     conformance_line *line, error *err)
{
    progress silent = c->progress;
    const job_options options = {.threads = how.threads,
                                 .progress = silent.cancel != NULL ? &silent : NULL,
                                 .workers = c->options->workers,
                                 .runner = how.runner,
                                 .trial = how.trial};
    status s = made_world_job(w, out, err);
    if (s == STATUS_OK)
        s = job_run(out, &options, err);
    if (s == STATUS_OK && out->failed) {
        line->verdict = VERDICT_FAILED;
        line->why = out->failure;
    }
    return s;
}

/* Runs in the ordinary world, and compares with the reference. */
static status run_again(const conformance *c, manner how, likeness wanted, conformance_line *line,
                        error *err)
{
    plugin_job job;
    status s = run_in(c, &c->world, how, &job, line, err);
    if (s == STATUS_OK && !job.failed && !jobs_alike(&c->reference, &job, wanted, &line->why))
        line->verdict = VERDICT_BAD;
    job_clear(&job);
    return s;
}

static bool is_bad(const conformance_line *line)
{
    return line->verdict == VERDICT_BAD || line->verdict == VERDICT_FAILED;
}

/* --- checks on the ordinary world --- */

static status check_units(conformance *c, conformance_line *line, error *err)
{
    (void)err;
    for (size_t i = 0; i < c->loaded->plugin->inputs.count; i++) {
        if (!input_is_known_so(descriptor_input(c->loaded->plugin, i), &line->why)) {
            line->verdict = VERDICT_BAD;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static status check_runs(conformance *c, conformance_line *line, error *err)
{
    status s = run_in(c, &c->world, plainly, &c->reference, line, err);
    c->runs = s == STATUS_OK && !c->reference.failed;
    return s;
}

static status check_same_again(conformance *c, conformance_line *line, error *err)
{
    return run_again(c, plainly, SAME_BYTES, line, err);
}

static status check_threads(conformance *c, conformance_line *line, error *err)
{
    static const int threads[] = {2, 4, 8};
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && !is_bad(line) && i < sizeof threads / sizeof *threads;
         i++) {
        s = run_again(c, (manner){.threads = threads[i]}, SAME_BYTES, line, err);
        if (is_bad(line))
            error_prefix(&line->why, M_CONFORM_THREADS, threads[i]);
    }
    return s;
}

static status check_block_sizes(conformance *c, conformance_line *line, error *err)
{
    static const size_t rows[] = {1, 7, 64, 1000};
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && !is_bad(line) && i < sizeof rows / sizeof *rows; i++) {
        const job_trial trial = {.rows_per_block = rows[i]};
        s = run_again(c, (manner){.threads = 1, .trial = &trial}, SAME_VALUES, line, err);
        if (is_bad(line))
            error_prefix(&line->why, M_CONFORM_BLOCKS, rows[i]);
    }
    return s;
}

static status check_shuffled(conformance *c, conformance_line *line, error *err)
{
    const job_trial trial = {.shuffle = 7};
    return run_again(c, (manner){.threads = 1, .trial = &trial}, SAME_BYTES, line, err);
}

static status check_repeated(conformance *c, conformance_line *line, error *err)
{
    const job_trial trial = {.repeat = true};
    return run_again(c, (manner){.threads = 1, .trial = &trial}, SAME_BYTES, line, err);
}

/* Blocks that are no multiple of anything: a row of the next one is soon met. */
static status check_own_rows(conformance *c, conformance_line *line, error *err)
{
    enum { ROWS = 37 };
    block_watch watch = {.strayed = false};
    const job_trial trial = {.rows_per_block = ROWS, .watch = &watch};
    plugin_job job;
    status s = run_in(c, &c->world, (manner){1, &trial, &runner_watch}, &job, line, err);
    if (s == STATUS_OK && !job.failed && watch.strayed) {
        line->verdict = VERDICT_BAD;
        line->why = watch.stray;
    }
    job_clear(&job);
    return s;
}

static status check_filled(conformance *c, conformance_line *line, error *err)
{
    (void)err;
    if (!job_fills_all(&c->reference, &line->why))
        line->verdict = VERDICT_WARNING;
    return STATUS_OK;
}

/* --- checks on other worlds --- */

/* What a job says where nothing is known, as a verdict. */
static verdict judge_unknown(const plugin_job *job, error *why)
{
    static const verdict verdicts[] = {[SAYS_NOTHING] = VERDICT_GOOD,
                                       [SAYS_NONE] = VERDICT_WARNING,
                                       [SAYS_SOMETHING] = VERDICT_BAD};
    return verdicts[job_says_of_nothing(job, why)];
}

/* Runs in a world made for it. */
static status run_elsewhere(const conformance *c, world_spec spec, conformance_line *line,
                            error *err)
{
    made_world w;
    plugin_job job = {.is = NULL};
    status s = made_world_new(&w, c->loaded, spec, err);
    if (s == STATUS_OK)
        s = run_in(c, &w, plainly, &job, line, err);
    if (s == STATUS_OK && !job.failed && spec.values == WORLD_UNKNOWN)
        line->verdict = judge_unknown(&job, &line->why);
    if (s == STATUS_OK && job.refused && spec.params != WORLD_FALLBACK)
        line->verdict = VERDICT_GOOD; /* it says which values do not go together */
    if (job.is != NULL)
        job_clear(&job);
    made_world_clear(&w);
    return s;
}

static status check_unknown(conformance *c, conformance_line *line, error *err)
{
    const bassin_plugin *is = c->loaded->plugin;
    if (is->inputs.count == 0 && is->needs == 0) {
        line->verdict = VERDICT_SKIPPED;
        (void)error_set(&line->why, STATUS_INPUT, M_CONFORM_NO_INPUT);
        return STATUS_OK;
    }
    return run_elsewhere(
        c, (world_spec){.places = PLACES, .venues = VENUES, .values = WORLD_UNKNOWN}, line, err);
}

static status check_bare(conformance *c, conformance_line *line, error *err)
{
    return run_elsewhere(c, (world_spec){.places = PLACES, .venues = VENUES, .values = WORLD_BARE},
                         line, err);
}

static status check_empty(conformance *c, conformance_line *line, error *err)
{
    return run_elsewhere(c, (world_spec){.places = 0, .venues = 0}, line, err);
}

static status check_one(conformance *c, conformance_line *line, error *err)
{
    return run_elsewhere(c, (world_spec){.places = 1, .venues = 1}, line, err);
}

static status check_params(conformance *c, conformance_line *line, error *err)
{
    world_spec spec = ordinary;
    spec.params = WORLD_LOWEST;
    status s = run_elsewhere(c, spec, line, err);
    if (is_bad(line))
        error_prefix(&line->why, M_CONFORM_LOWEST);
    spec.params = WORLD_HIGHEST;
    if (s != STATUS_OK || is_bad(line))
        return s;
    s = run_elsewhere(c, spec, line, err);
    if (is_bad(line))
        error_prefix(&line->why, M_CONFORM_HIGHEST);
    return s;
}

/* --- memory --- */

/* What the process holds after a run. */
static status held_after(const conformance *c, size_t *bytes, conformance_line *line, error *err)
{
    plugin_job job;
    status s = run_in(c, &c->world, plainly, &job, line, err);
    job_clear(&job);
    *bytes = mallinfo2().uordblks;
    return s;
}

/* Memory is seen only where the plugin runs in this process and the allocator counts. */
static bool is_memory_seen(const conformance *c)
{
    return c->loaded->handle != NULL && mallinfo2().uordblks > 0;
}

/* The second run and the third leave as much: what the first leaves for ever is the C library's. */
static status check_release(conformance *c, conformance_line *line, error *err)
{
    size_t held[3] = {0};
    if (!is_memory_seen(c)) {
        line->verdict = VERDICT_SKIPPED;
        (void)(c->loaded->handle == NULL
                   ? error_set(&line->why, STATUS_INPUT, M_CONFORM_UNSEEN)
                   : error_set(&line->why, STATUS_INPUT, M_CONFORM_UNCOUNTED));
        return STATUS_OK;
    }
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && !is_bad(line) && i < 3; i++)
        s = held_after(c, &held[i], line, err);
    if (s != STATUS_OK || is_bad(line) || held[2] <= held[1])
        return s;
    line->verdict = VERDICT_BAD;
    (void)error_set(&line->why, STATUS_INPUT, M_CONFORM_LEAK, held[2] - held[1]);
    return s;
}

/* --- all of them --- */

static const check checks[] = {
    {"units", M_TRIAL_UNITS, check_units, false},
    {"runs", M_TRIAL_RUNS, check_runs, false},
    {"again", M_TRIAL_AGAIN, check_same_again, false},
    {"threads", M_TRIAL_THREADS, check_threads, true},
    {"block_sizes", M_TRIAL_BLOCK_SIZES, check_block_sizes, true},
    {"shuffled", M_TRIAL_SHUFFLED, check_shuffled, true},
    {"repeated", M_TRIAL_REPEATED, check_repeated, true},
    {"own_rows", M_TRIAL_OWN_ROWS, check_own_rows, true},
    {"unknown", M_TRIAL_UNKNOWN, check_unknown, false},
    {"optional", M_TRIAL_BARE, check_bare, false},
    {"empty", M_TRIAL_EMPTY, check_empty, false},
    {"one_row", M_TRIAL_ONE, check_one, false},
    {"parameters", M_TRIAL_PARAMS, check_params, false},
    {"filled", M_TRIAL_FILLED, check_filled, false},
    {"release", M_TRIAL_RELEASE, check_release, false},
};
enum { CHECK_COUNT = sizeof checks / sizeof *checks };

/* The gravest verdict as a status. */
static status graver(status worst, verdict v)
{
    if (v == VERDICT_FAILED || worst == STATUS_PLUGIN)
        return STATUS_PLUGIN;
    return v == VERDICT_BAD ? STATUS_INPUT : worst;
}

/* A plugin that does not run at all is asked nothing more. */
static bool is_skipped(const conformance *c, const check *k, conformance_line *line)
{
    const bool first = k->run == check_units || k->run == check_runs;
    if (c->runs ? k->of_blocks && c->loaded->kind == PLUGIN_PIPE : !first) {
        line->verdict = VERDICT_SKIPPED;
        (void)(c->runs ? error_set(&line->why, STATUS_INPUT, M_CONFORM_PIPE)
                       : error_set(&line->why, STATUS_INPUT, M_CONFORM_DOES_NOT_RUN));
    }
    return line->verdict == VERDICT_SKIPPED;
}

/* Nobody misses what has no release, where its memory is not seen. */
static bool is_left_out(const conformance *c, const check *k)
{
    return k->run == check_release && c->loaded->plugin->release == NULL && !is_memory_seen(c);
}

static status run_check(conformance *c, const check *k, status *worst, error *err)
{
    if (is_left_out(c, k))
        return STATUS_OK;
    conformance_line line = {.id = k->id, .title_fr = k->fr, .title_en = k->en};
    status s = is_skipped(c, k, &line) ? STATUS_OK : k->run(c, &line, err);
    if (s != STATUS_OK)
        return s;
    *worst = graver(*worst, line.verdict);
    c->options->told(c->options->context, &line);
    return STATUS_OK;
}

status conformance_run(const loaded_plugin *loaded, const conformance_options *options, error *err)
{
    conformance c = {.loaded = loaded,
                     .options = options,
                     .progress = {.cancel = options->cancel},
                     .reference = {.is = loaded->plugin}};
    status worst = STATUS_OK;
    status s = made_world_new(&c.world, loaded, ordinary, err);
    for (size_t i = 0; s == STATUS_OK && i < CHECK_COUNT; i++)
        s = run_check(&c, &checks[i], &worst, err);
    if (s == STATUS_OK && options->case_folder != NULL) {
        conformance_line line = {.id = "case"};
        s = conformance_case(loaded, options, &line, err);
        worst = graver(worst, line.verdict);
    }
    job_clear(&c.reference);
    made_world_clear(&c.world);
    return s != STATUS_OK ? s : worst;
}
