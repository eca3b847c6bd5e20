#include <stdio.h>
#include <string.h>

#include "cli/check_words.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/say.h"

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

/* An unknown file is a fault of its own: nothing of it would enter a run. */
static status check_data_file(const command_context *c, const char *path, faults *list)
{
    const cli_options *o = c->options;
    inspection found = {0};
    const status result = inspect_file(path, c->environment, &found, list);
    if (o->json) {
        check_say_json(path, &found, result == STATUS_OK);
    } else {
        check_say(path, &found, o->language);
    }
    faults_print(list, o, NULL);
    if (result == STATUS_OK && !o->json) {
        say_line(stderr, o->language, M_CHECK_SOUND, path);
    }
    inspection_clear(&found);
    return result;
}

static status check_one(const command_context *c, const char *path)
{
    error err;
    faults *list = NULL;
    status result = faults_new(&list, &err);
    if (result != STATUS_OK) {
        return faults_add_error(c->faults_list, SOURCE_NONE, &err);
    }
    result = is_run_file(path) ? check_run_file(c, path, list) : check_data_file(c, path, list);
    faults_free(list);
    return result;
}

/* Every file is told, whatever the one before; the first failure is the outcome. */
status command_check(const command_context *c)
{
    const cli_options *o = c->options;
    status result = needs_run_file(c, "check");
    if (result != STATUS_OK) {
        faults_print(c->faults_list, o, NULL);
        return result;
    }
    for (size_t i = 0; i < o->argument_count; i++) {
        const status one = check_one(c, o->arguments[i]);
        result = result == STATUS_OK ? one : result;
    }
    return result;
}
