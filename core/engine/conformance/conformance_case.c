/* The worked case of a plugin: its own small tables, and what it must make of them. */
#include "engine/conformance/conformance_case.h"

#include "engine/conformance/conformance_messages.h"
#include "engine/tables/job_tables.h"

enum { DIFFERENCES_TOLD = 20 };

static status run_case(const conformance_options *options, plugin_job *job, conformance_line *line,
                       error *err)
{
    progress silent = {.cancel = options->cancel};
    const job_options how = {.threads = 1,
                             .progress = options->cancel != NULL ? &silent : NULL,
                             .workers = options->workers};
    status s = job_run(job, &how, err);
    if (s == STATUS_OK && job->failed) {
        line->verdict = VERDICT_FAILED;
        line->why = job->failure;
    }
    return s;
}

status conformance_case(const loaded_plugin *loaded, const conformance_options *options,
                        conformance_line *line, error *err)
{
    faults *list = NULL;
    arena *memory = NULL;
    plugin_job job = {.is = loaded->plugin}; /* takes `memory` */
    const char *const titles[] = {M_TRIAL_CASE};
    line->title_fr = titles[LANGUAGE_FR];
    line->title_en = titles[LANGUAGE_EN];
    status s = faults_new(&list, err);
    if (s == STATUS_OK)
        s = arena_new(&memory, err);
    if (s != STATUS_OK)
        goto done;
    if (job_tables_open(loaded, options->case_folder, memory, &job, list) != STATUS_OK) {
        line->verdict = VERDICT_BAD; /* whatever the reason, the list tells it */
        (void)error_set(&line->why, STATUS_INPUT, M_CONFORM_CASE_FILES, options->case_folder);
    } else {
        s = run_case(options, &job, line, err);
    }
    if (s == STATUS_OK && line->verdict == VERDICT_GOOD &&
        job_tables_compare(&job, options->case_folder, DIFFERENCES_TOLD, list) != STATUS_OK) {
        line->verdict = VERDICT_BAD;
        (void)error_set(&line->why, STATUS_INPUT, M_CONFORM_CASE_DIFFERS, options->case_folder);
    }
    if (s == STATUS_OK) {
        options->told(options->context, line);
        options->told_case(options->context, list);
    }

done:
    job_tables_close(&job);
    faults_free(list);
    return s;
}
