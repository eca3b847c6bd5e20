#include <stdio.h>

#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"
#include "datasets/starter/starter.h"

static void say_end(const command_context *c, const char *output, const starter_summary *summary)
{
    const language lang = c->options->language;
    if (c->options->json) {
        return;
    }
    say_line(stderr, lang, M_INIT_DONE, output, summary->files_used, summary->files_unused,
             summary->columns_guessed, summary->doubts);
    say_line(stderr, lang, M_INIT_NEXT, output);
}

static status init_with(const command_context *c, arena *memory)
{
    error err;
    areas *known = NULL;
    taxonomy *kinds = NULL;
    starter_summary summary;
    const cli_options *typed = c->options;
    const run_environment *e = c->environment;
    const char *of_areas = arena_format(memory, "%s/departements.csv", e->reference_folder);
    const char *of_kinds = arena_format(memory, "%s/taxonomy.csv", e->reference_folder);
    if (of_areas == NULL || of_kinds == NULL) {
        return faults_add_error(c->faults_list, SOURCE_NONE, (memory_error(&err, 64), &err));
    }
    status result = areas_read(of_areas, &known, c->faults_list);
    if (result == STATUS_OK) {
        result = taxonomy_read(of_kinds, &kinds, c->faults_list);
    }
    if (result == STATUS_OK) {
        const starter_options o = {
            .territory = typed->argument,
            .data_folder = typed->data != NULL ? typed->data : DATA_FOLDER,
            .venues = typed->arguments[1],
            .output = typed->output != NULL ? typed->output : "bassin.yaml",
            .language = typed->language,
            .areas = known,
            .kinds = kinds,
            .importers = e->importers,
            .workers = e->workers,
            .progress = e->progress,
        };
        progress_step(e->progress, "init", M_INIT_STEP);
        result = starter_write(&o, &summary, c->faults_list);
        progress_end(e->progress);
        faults_print(c->faults_list, typed, NULL);
        if (result == STATUS_OK) {
            say_end(c, o.output, &summary);
        }
    } else {
        faults_print(c->faults_list, typed, NULL);
    }
    taxonomy_free(kinds);
    areas_free(known);
    return result;
}

status command_init(const command_context *c)
{
    error err;
    arena *memory = NULL;
    if (c->options->argument == NULL) {
        (void)error_set(&err, STATUS_USAGE, M_CLI_NEEDS_TERRITORY, "init", "init");
        status missing = faults_add_error(c->faults_list, SOURCE_NONE, &err);
        faults_print(c->faults_list, c->options, NULL);
        return missing;
    }
    status result = arena_new(&memory, &err);
    if (result == STATUS_OK) {
        result = init_with(c, memory);
    } else {
        result = faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    arena_free(memory);
    return result;
}
