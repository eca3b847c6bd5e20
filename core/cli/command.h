/* cli/command.h: what a command gets, and the commands. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/options.h"
#include "engine/run.h"

/* Where `fetch` puts files and `init` looks for them, unless told otherwise. */
#define DATA_FOLDER "bassin-data"

typedef struct command_context {
    const cli_options *options;
    const run_environment *environment; /* NULL for a command that reads no input */
    faults *faults_list;
} command_context;

typedef struct command {
    const char *name;
    unsigned bit;
    bool reads_inputs;   /* needs the environment of a run */
    const char *fr, *en; /* one line */
    const char *arguments_fr, *arguments_en;
    status (*run)(const command_context *c);
} command;

status command_run(const command_context *c);
status command_check(const command_context *c);
status command_demo(const command_context *c);
status command_plugins(const command_context *c);
status command_fetch(const command_context *c);
status command_init(const command_context *c);
status command_vintage(const command_context *c);
status command_network(const command_context *c);
status command_travel(const command_context *c);
status command_explain(const command_context *c);
status command_cache(const command_context *c);
status command_schema(const command_context *c);

/* Says that a run file is missing. */
MUST_CHECK status needs_run_file(const command_context *c, const char *name);
/* What was typed, for run_scenario and check_scenario. */
run_options run_options_of(const cli_options *o, const char *results_folder, run_summary *summary);

/* Every fault, then how many, on stderr; `run_file` (NULL: none) shows its lines. */
void faults_print(const faults *list, const cli_options *options, const char *run_file);

#endif
