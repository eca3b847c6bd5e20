#include <stdio.h>
#include <string.h>

#include "cli/check_vintage.h"
#include "cli/check_words.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"
#include "territory/support.h"
#include "territory/vintage_inputs.h"

static bool is_run_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static status check_run_file(const command_context *c, const char *path, faults *list)
{
    const cli_options *o = c->options;
    const run_options options = run_options_of(o, NULL, NULL);
    const status result = check_scenario(path, &options, c->environment, list);
    faults_print(list, o, path);
    if (result == STATUS_OK && !o->json) {
        say_line(stderr, o->language, M_CLI_CHECKED, path);
    }
    return result;
}

static status tell_vintage(const check_vintages *v, const inspection *found, told_vintage *out,
                           faults *list)
{
    error err;
    const recognition *r = &found->found;
    *out = (told_vintage){.movements = v->file};
    return v->history != NULL && r->by != NULL && r->rows.rows != NULL
               ? fault_of(
                     vintage_detect_role(v->history, r->by->role, r->rows.rows, &out->match, &err),
                     &err, list)
               : STATUS_OK;
}

/* An unknown file is a fault of its own: nothing of it would enter a run. */
static status check_data_file(const command_context *c, const check_vintages *vintages,
                              const char *path, faults *list)
{
    const cli_options *o = c->options;
    inspection found = {0};
    told_vintage told;
    const status inspected = inspect_file(path, c->environment, &found, list);
    const status judged = tell_vintage(vintages, &found, &told, list);
    const status result = inspected != STATUS_OK ? inspected : judged;
    if (o->json) {
        check_say_json(path, &found, &told, result == STATUS_OK);
    } else {
        check_say(path, &found, &told, o->language);
    }
    faults_print(list, o, NULL);
    if (result == STATUS_OK && !o->json) {
        say_line(stderr, o->language, M_CHECK_SOUND, path);
    }
    vintage_match_clear(&told.match);
    inspection_clear(&found);
    return result;
}

static status check_one(const command_context *c, const check_vintages *vintages, const char *path)
{
    error err;
    faults *list = NULL;
    status result = faults_new(&list, &err);
    if (result != STATUS_OK) {
        return faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    result = is_run_file(path) ? check_run_file(c, path, list)
                               : check_data_file(c, vintages, path, list);
    faults_free(list);
    return result;
}

/* Every file is told, whatever the one before; the first failure is the outcome. */
status command_check(const command_context *c)
{
    error err;
    check_vintages vintages = {0};
    const cli_options *o = c->options;
    bool data = false;
    status result = needs_run_file(c, "check");
    if (result != STATUS_OK) {
        faults_print(c->faults_list, o, NULL);
        return result;
    }
    for (size_t i = 0; i < o->argument_count; i++) {
        data = data || !is_run_file(o->arguments[i]);
    }
    if (data) {
        result = fault_of(check_vintages_open(c, &vintages, &err), &err, c->faults_list);
    }
    for (size_t i = 0; i < o->argument_count; i++) {
        const status one = check_one(c, &vintages, o->arguments[i]);
        result = result == STATUS_OK ? one : result;
    }
    check_vintages_close(&vintages);
    return result;
}
