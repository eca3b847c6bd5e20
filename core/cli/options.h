/* cli/options.h: what was typed. One table of options drives parsing, suggestions and the help. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/error.h"

enum { PARAMS_MAX = 64, ARGUMENTS_MAX = 4096 };

/* Bits of the commands that take an option. */
enum {
    FOR_RUN = 1u,
    FOR_CHECK = 2u,
    FOR_DEMO = 4u,
    FOR_PLUGINS = 8u,
    FOR_SCHEMA = 16u,
    FOR_FETCH = 32u,
    FOR_INIT = 64u,
    FOR_VINTAGE = 128u,
    FOR_NETWORK = 256u,
    FOR_TRAVEL = 512u,
    FOR_EXPLAIN = 1024u,
    FOR_CACHE = 2048u,
    FOR_ALL = 4095u
};

typedef struct cli_options {
    language language;
    bool language_given, help, strict, json, in_process, page, list, resume;
    const char *output, *data, *only, *mirror, *catalogue;
    const char *params[PARAMS_MAX];
    size_t param_count;
    uint64_t threads, communes, seed;     /* threads, communes 0: not given */
    const char *argument;                 /* RUN.yaml, ID or TERRITORY: the first one typed; NULL */
    const char *arguments[ARGUMENTS_MAX]; /* all of them, for commands that take several */
    size_t argument_count;
    /* bassin vintage; NULL and 0: not given */
    const char *code, *sum, *mean, *median, *classes, *by;
    const char *movements, *passage, *population, *arrondissements;
    uint64_t from, to;
    /* bassin network; NULL: not given */
    const char *profile, *urban, *coordinates, *coordinates_unit, *weight_unit;
    bool no_hierarchy;
    /* bassin travel and explain */
    const char *origins, *destinations; /* lists, or one point each */
    const char *max_minutes, *network;
    bool pairs, summary;
    /* bassin cache; NULL: not given */
    const char *keep, *max_size, *folder;
    bool all;
    const char *layer, *speed, *direction, *line_class, *line_name, *closed, *speeds, *tolerance;
} cli_options;

/* Commands that take several arguments, four (a figure of a results folder), or two (a territory
 * and a list); the others take one. */
enum { TAKES_SEVERAL = FOR_CHECK | FOR_NETWORK, TAKES_FOUR = FOR_EXPLAIN, TAKES_TWO = FOR_INIT };

/* argv[0] is the command's name. STATUS_USAGE with a hint. */
MUST_CHECK status options_parse(cli_options *out, unsigned command, int argc, char *const *argv,
                                error *err);
/* The options of a command, one a line, on stdout. */
void options_print(unsigned command, language lang);
/* --lang wherever it stands, else LC_ALL, LC_MESSAGES or LANG. */
language options_language(int argc, char *const *argv);

#endif
