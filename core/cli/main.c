/* The composition root: the only place that sees every room. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/progress.h"
#include "cli/command.h"
#include "cli/install.h"
#include "cli/messages.h"
#include "cli/parts.h"
#include "cli/say.h"
#include "cli/signals.h"

static const command commands[] = {
    {"run", FOR_RUN, true, M_COMMAND_RUN, M_ARGS_RUN_FILE, command_run},
    {"check", FOR_CHECK, true, M_COMMAND_CHECK, M_ARGS_CHECK, command_check},
    {"demo", FOR_DEMO, true, M_COMMAND_DEMO, "", "", command_demo},
    {"fetch", FOR_FETCH, true, M_COMMAND_FETCH, M_ARGS_TERRITORY, command_fetch},
    {"init", FOR_INIT, true, M_COMMAND_INIT, M_ARGS_INIT, command_init},
    {"plugins", FOR_PLUGINS, true, M_COMMAND_PLUGINS, M_ARGS_PLUGIN, command_plugins},
    {"vintage", FOR_VINTAGE, true, M_COMMAND_VINTAGE, M_ARGS_FILE, command_vintage},
    {"network", FOR_NETWORK, true, M_COMMAND_NETWORK, M_ARGS_NETWORK, command_network},
    {"travel", FOR_TRAVEL, true, M_COMMAND_TRAVEL, M_ARGS_TRAVEL, command_travel},
    {"explain", FOR_EXPLAIN, true, M_COMMAND_EXPLAIN, M_ARGS_EXPLAIN, command_explain},
    {"cache", FOR_CACHE, true, M_COMMAND_CACHE, M_ARGS_CACHE, command_cache},
    {"schema", FOR_SCHEMA, false, M_COMMAND_SCHEMA, "", "", command_schema},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

/* --- help and misuse --- */

static void print_help(language lang)
{
    say_line(stdout, lang, M_CLI_USAGE);
    (void)printf("\n%s\n\n%s\n", tr(lang, M_CLI_PURPOSE), tr(lang, M_CLI_COMMANDS));
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        (void)printf("  %-10s %s\n", commands[i].name, tr(lang, commands[i].fr, commands[i].en));
    }
    (void)printf("\n%s\n%s\n", tr(lang, M_CLI_MORE), tr(lang, M_CLI_EXIT_CODES));
}

static void print_command_help(const command *c, language lang)
{
    (void)printf("bassin %s %s\n\n%s\n\n", c->name, tr(lang, c->arguments_fr, c->arguments_en),
                 tr(lang, c->fr, c->en));
    if ((c->bit & (FOR_FETCH | FOR_INIT)) != 0) {
        (void)printf("%s\n\n", tr(lang, M_CLI_TERRITORY_FORMS));
    }
    if (c->bit == FOR_TRAVEL) {
        (void)printf("%s\n\n", tr(lang, M_CLI_TRAVEL_FORMS));
    }
    (void)printf("%s\n", tr(lang, M_CLI_OPTIONS));
    options_print(c->bit, lang);
}

static int misuse(const error *err, language lang)
{
    (void)fprintf(stderr, "bassin: %s\n", error_text(err, lang));
    return status_exit_code(STATUS_USAGE);
}

static int unknown_command(const char *typed, language lang)
{
    const char *names[COMMAND_COUNT];
    char list[160] = "", shown[128];
    error err;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        size_t used = strlen(list);
        names[i] = commands[i].name;
        (void)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                       commands[i].name);
    }
    (void)text_escape(text_slice_of(typed, strlen(typed)), shown, sizeof shown);
    const char *near = text_suggest(typed, names, COMMAND_COUNT);
    (void)(typed[0] == '\0' ? error_set(&err, STATUS_USAGE, M_CLI_NO_COMMAND)
           : near != NULL   ? error_set(&err, STATUS_USAGE, M_CLI_UNKNOWN_COMMAND_NEAR, shown, near)
                            : error_set(&err, STATUS_USAGE, M_CLI_UNKNOWN_COMMAND, shown));
    int code = misuse(&err, lang);
    say_line(stderr, lang, M_CLI_THERE_ARE, list);
    return code;
}

static const command *command_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

/* --- a command's surroundings --- */

static status run_in(const command *c, const cli_options *options, zygote *workers,
                     atomic_int *cancel, progress_log *log, faults *list)
{
    error err;
    installation installed = {0};
    status result = installation_find(&installed, &err);
    installed.plugins.workers = workers;
    installed.plugins.in_process = options->in_process;
    if (result != STATUS_OK) {
        result = faults_add_error(list, SOURCE_NONE, &err);
        faults_print(list, options, NULL);
        return result;
    }
    progress p = {.lang = options->language,
                  .json = options->json,
                  .terminal = isatty(STDERR_FILENO) == 1,
                  .cancel = cancel,
                  .started_s = progress_clock_s(),
                  .log = log};
    library_version libraries[PARTS_LIBRARIES_MAX];
    const size_t library_count = parts_libraries(libraries);
    const run_environment environment = {
        .importers = parts_importers(),
        .writers = parts_writers(),
        .plugins = installed.plugins,
        .reference_folder = installed.reference_folder,
        .libraries = libraries,
        .library_count = library_count,
        .workers = workers,
        .progress = &p,
    };
    const command_context context = {
        .options = options, .environment = &environment, .faults_list = list};
    result = c->run(&context);
    installation_clear(&installed);
    return result;
}

/* The zygote is forked before threads, GDAL and any input (DESIGN.md section 2). */
static status run_with_workers(const command *c, const cli_options *options, error *err)
{
    worker_job jobs[PARTS_JOBS_MAX];
    size_t job_count = parts_jobs(jobs);
    signal_watch watch = {0};
    zygote *workers = NULL;
    faults *list = NULL;
    progress_log *log = NULL;
    status result = zygote_start(&workers, jobs, job_count, options->in_process, err);
    result = result == STATUS_OK ? signal_watch_start(&watch, err) : result;
    if (result == STATUS_OK) {
        zygote_cancel_on(workers, &watch.cancel);
    }
    result = result == STATUS_OK ? faults_new(&list, err) : result;
    result = result == STATUS_OK ? progress_log_new(&log, err) : result;
    if (result == STATUS_OK) {
        *err = (error){0};
        result = run_in(c, options, workers, &watch.cancel, log, list);
    }
    progress_log_free(log);
    faults_free(list);
    signal_watch_stop(&watch);
    zygote_stop(workers);
    return result;
}

static int run_command(const command *c, const cli_options *options)
{
    error err = {0};
    const command_context alone = {.options = options};
    status result = c->reads_inputs ? run_with_workers(c, options, &err) : c->run(&alone);
    if (err.status != STATUS_OK) {
        (void)fprintf(stderr, "bassin: %s\n", error_text(&err, options->language));
    }
    return status_exit_code(result);
}

/* `--lang` may also come before the command. Returns where the command's name is, 0 when misused.
 */
static int command_place(int argc, char *const *argv, cli_options *options, error *err)
{
    int at = 1;
    const char *value = NULL;
    while (at < argc && strncmp(argv[at], "--lang", strlen("--lang")) == 0) {
        if (argv[at][strlen("--lang")] == '=') {
            value = argv[at++] + strlen("--lang=");
        } else if (strcmp(argv[at], "--lang") == 0 && at + 1 < argc) {
            value = argv[at + 1];
            at += 2;
        } else if (strcmp(argv[at], "--lang") == 0) {
            (void)error_set(err, STATUS_USAGE, M_CLI_OPTION_VALUE, "bassin", "lang");
            return 0;
        } else {
            break;
        }
        if (strcmp(value, "fr") != 0 && strcmp(value, "en") != 0) {
            (void)error_set(err, STATUS_USAGE, M_CLI_LANG, value);
            return 0;
        }
        options->language = value[0] == 'f' ? LANGUAGE_FR : LANGUAGE_EN;
        options->language_given = true;
    }
    return at;
}

int main(int argc, char **argv)
{
    error err;
    language lang = options_language(argc, argv);
    cli_options options = {.language = lang};
    const int at = command_place(argc, argv, &options, &err);
    if (at == 0) {
        return misuse(&err, lang);
    }
    const char *name = at < argc ? argv[at] : "";
    if (strcmp(name, "--version") == 0) {
        (void)printf("bassin %s\n", BASSIN_VERSION);
        return 0;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(lang);
        return 0;
    }
    const command *c = command_find(name);
    if (c == NULL) {
        return unknown_command(name, lang);
    }
    if (options_parse(&options, c->bit, argc - at, argv + at, &err) != STATUS_OK) {
        return misuse(&err, lang);
    }
    if (options.help) {
        print_command_help(c, options.language);
        return 0;
    }
    return run_command(c, &options);
}
