#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"

status needs_run_file(const command_context *c, const char *name)
{
    error err;
    if (c->options->argument != NULL) {
        return STATUS_OK;
    }
    (void)error_set(&err, STATUS_USAGE, M_CLI_NEEDS_RUN_FILE, name, name);
    return faults_add_error(c->faults_list, SOURCE_NONE, &err);
}

run_options run_options_of(const cli_options *o, const char *results_folder, run_summary *summary)
{
    return (run_options){
        .overrides = {.data_folder = o->data,
                      .params = o->params,
                      .param_count = o->param_count,
                      .only = o->only,
                      .threads = (int32_t)o->threads,
                      .language = o->language_given ? (int32_t)o->language : -1},
        .results_folder = results_folder,
        .strict = o->strict,
        .resume = o->resume,
        .summary = summary,
    };
}

/* "territory.yaml" -> "territory-results", in the current folder. */
static char *default_folder(const char *run_file, language lang, arena *memory)
{
    const char *slash = strrchr(run_file, '/');
    const char *name = slash != NULL ? slash + 1 : run_file;
    const char *dot = strrchr(name, '.');
    size_t size = dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name);
    return arena_format(memory, "%.*s-%s", (int)size, name, tr(lang, M_CLI_RESULTS_FOLDER));
}

static void say_results(const cli_options *o, const char *folder, const run_summary *summary)
{
    static const char *const opened[] = {"report.html", "results.gpkg", "workbook.xlsx"};
    char path[4096];
    say_line(stderr, o->language, M_CLI_RESULTS, folder);
    if (summary->lines.at != NULL && !summary->lines.failed) {
        (void)fputs(summary->lines.at, stderr);
    }
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++) {
        int size = snprintf(path, sizeof path, "%s/%s", folder, opened[i]);
        if (size > 0 && (size_t)size < sizeof path && access(path, R_OK) == 0) {
            say_line(stderr, o->language, M_CLI_OPEN, folder, opened[i]);
        }
    }
}

static void say_end(const cli_options *o, status result, const char *folder,
                    const run_summary *summary)
{
    if (!o->json) {
        if (summary->published) {
            say_results(o, folder, summary);
        }
        return;
    }
    text_buffer b = {0};
    text_add_format(&b, "{\"event\":\"end\",\"status\":%d", status_exit_code(result));
    if (summary->published) {
        text_add(&b, ",\"results\":");
        text_add_json(&b, text_slice_of(folder, strlen(folder)));
    }
    if (!b.failed) {
        (void)fprintf(stderr, "%s}\n", b.at);
    }
    text_buffer_clear(&b);
}

/* Runs, tells the faults, then where the results are. */
static status run_and_tell(const command_context *c, const char *run_file, const char *folder)
{
    run_summary summary = {.language = c->options->language};
    const run_options options = run_options_of(c->options, folder, &summary);
    status result = run_scenario(run_file, &options, c->environment, c->faults_list);
    faults_print(c->faults_list, c->options, run_file);
    say_end(c->options, result, folder, &summary);
    text_buffer_clear(&summary.lines);
    return result;
}

status command_run(const command_context *c)
{
    error err;
    arena *memory = NULL;
    const cli_options *o = c->options;
    status result = needs_run_file(c, "run");
    if (result != STATUS_OK) {
        faults_print(c->faults_list, o, NULL);
        return result;
    }
    const char *folder = o->output;
    if (folder == NULL && arena_new(&memory, &err) == STATUS_OK) {
        folder = default_folder(o->argument, o->language, memory);
    }
    if (folder != NULL) {
        result = run_and_tell(c, o->argument, folder);
    } else {
        result = STATUS_ENVIRONMENT;
        say_line(stderr, o->language, M_CLI_MEMORY);
    }
    arena_free(memory);
    return result;
}

#ifdef BASSIN_HAS_SYNTHETIC
#include "datasets/synthetic/synthetic.h"

enum { DEMO_SEED = 1 };
_Static_assert(SYNTHETIC_DEFAULT_COMMUNES == 345 && DEMO_SEED == 1,
               "as said by M_OPTION_COMMUNES and M_OPTION_SEED");

static status demo_make(const command_context *c, const char *folder)
{
    error err;
    const cli_options *o = c->options;
    const synthetic_options options = {
        .folder = folder,
        .communes = o->communes > 0 ? (size_t)o->communes : SYNTHETIC_DEFAULT_COMMUNES,
        .seed = o->seed > 0 ? o->seed : DEMO_SEED,
        .threads = (int)o->threads,
        .progress = c->environment->progress,
    };
    progress_step(c->environment->progress, "demo", M_DEMO_STEP);
    status result = synthetic_generate(&options, &err);
    progress_end(c->environment->progress);
    return result == STATUS_OK ? result : faults_add_error(c->faults_list, SOURCE_NONE, &err);
}

/* DIR/data holds the territory and its run file, DIR/results the results. */
status command_demo(const command_context *c)
{
    error err;
    arena *memory = NULL;
    const char *folder = c->options->output != NULL ? c->options->output : "bassin-demo";
    status result = arena_new(&memory, &err);
    if (result != STATUS_OK) {
        return faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    char *data = arena_format(memory, "%s/data", folder);
    char *run_file = arena_format(memory, "%s/data/run.yaml", folder);
    char *outputs = arena_format(memory, "%s/results", folder);
    result = data != NULL && run_file != NULL && outputs != NULL ? demo_make(c, data)
                                                                 : STATUS_ENVIRONMENT;
    if (result == STATUS_OK) {
        result = run_and_tell(c, run_file, outputs);
    } else {
        faults_print(c->faults_list, c->options, NULL);
    }
    arena_free(memory);
    return result;
}
#else
status command_demo(const command_context *c)
{
    error err;
    (void)error_set(&err, STATUS_ENVIRONMENT, M_CLI_NO_DEMO);
    status result = faults_add_error(c->faults_list, SOURCE_NONE, &err);
    faults_print(c->faults_list, c->options, NULL);
    return result;
}
#endif
