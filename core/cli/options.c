#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/messages.h"

typedef enum option_id {
    OPTION_OUTPUT,
    OPTION_THREADS,
    OPTION_DATA,
    OPTION_ONLY,
    OPTION_PARAM,
    OPTION_STRICT,
    OPTION_JSON,
    OPTION_IN_PROCESS,
    OPTION_COMMUNES,
    OPTION_SEED,
    OPTION_PAGE,
    OPTION_LIST,
    OPTION_MIRROR,
    OPTION_CATALOGUE,
    OPTION_CODE,
    OPTION_FROM,
    OPTION_TO,
    OPTION_SUM,
    OPTION_MEAN,
    OPTION_MEDIAN,
    OPTION_CLASS,
    OPTION_BY,
    OPTION_MOVEMENTS,
    OPTION_PASSAGE,
    OPTION_POPULATION,
    OPTION_ARRONDISSEMENTS,
    OPTION_PROFILE,
    OPTION_URBAN,
    OPTION_NO_HIERARCHY,
    OPTION_COORDINATES,
    OPTION_COORDINATES_UNIT,
    OPTION_WEIGHT_UNIT,
    OPTION_ORIGINS,
    OPTION_DESTINATIONS,
    OPTION_MAX_MINUTES,
    OPTION_NETWORK,
    OPTION_PAIRS,
    OPTION_SUMMARY,
    OPTION_LAYER,
    OPTION_SPEED,
    OPTION_DIRECTION,
    OPTION_LINE_CLASS,
    OPTION_LINE_NAME,
    OPTION_CLOSED,
    OPTION_SPEEDS,
    OPTION_TOLERANCE,
    OPTION_RESUME,
    OPTION_KEEP,
    OPTION_MAX_SIZE,
    OPTION_ALL,
    OPTION_FOLDER,
    OPTION_LANG,
    OPTION_HELP
} option_id;

typedef struct option {
    option_id id;
    const char *name;
    char letter;       /* 0: none */
    const char *value; /* shown in the help; NULL: takes none */
    unsigned commands;
    uint64_t lowest, highest; /* of a whole number, when lowest < highest */
    const char *fr, *en;
} option;

static const option options[] = {
    {OPTION_OUTPUT, "output", 'o', "DIR", FOR_RUN, 0, 0, M_OPTION_OUTPUT},
    {OPTION_OUTPUT, "output", 'o', "DIR", FOR_DEMO, 0, 0, M_OPTION_DEMO_OUTPUT},
    {OPTION_OUTPUT, "output", 'o', "DIR", FOR_FETCH, 0, 0, M_OPTION_FETCH_OUTPUT},
    {OPTION_OUTPUT, "output", 'o', "FILE", FOR_INIT, 0, 0, M_OPTION_INIT_OUTPUT},
    {OPTION_THREADS, "threads", 'j', "N", FOR_RUN | FOR_CHECK | FOR_DEMO | FOR_NETWORK, 1, 256,
     M_OPTION_THREADS},
    {OPTION_DATA, "data", 0, "DIR", FOR_RUN | FOR_CHECK, 0, 0, M_OPTION_DATA},
    {OPTION_DATA, "data", 0, "DIR", FOR_INIT, 0, 0, M_OPTION_INIT_DATA},
    {OPTION_ONLY, "only", 0, "ID,..", FOR_RUN | FOR_CHECK, 0, 0, M_OPTION_ONLY},
    {OPTION_ONLY, "only", 0, "ID,..", FOR_FETCH, 0, 0, M_OPTION_FETCH_ONLY},
    {OPTION_LIST, "list", 0, NULL, FOR_FETCH, 0, 0, M_OPTION_LIST},
    {OPTION_MIRROR, "mirror", 0, "DIR|URL", FOR_FETCH, 0, 0, M_OPTION_MIRROR},
    {OPTION_CATALOGUE, "catalogue", 0, "FILE", FOR_FETCH, 0, 0, M_OPTION_CATALOGUE},
    {OPTION_PARAM, "param", 0, "ID.NAME=VALUE", FOR_RUN | FOR_CHECK, 0, 0, M_OPTION_PARAM},
    {OPTION_STRICT, "strict", 0, NULL, FOR_RUN | FOR_CHECK, 0, 0, M_OPTION_STRICT},
    {OPTION_RESUME, "resume", 0, NULL, FOR_RUN, 0, 0, M_OPTION_RESUME},
    {OPTION_JSON, "json", 0, NULL,
     FOR_RUN | FOR_CHECK | FOR_DEMO | FOR_FETCH | FOR_INIT | FOR_NETWORK, 0, 0, M_OPTION_JSON},
    {OPTION_IN_PROCESS, "in-process", 0, NULL,
     FOR_RUN | FOR_CHECK | FOR_DEMO | FOR_FETCH | FOR_INIT | FOR_NETWORK, 0, 0,
     M_OPTION_IN_PROCESS},
    {OPTION_COMMUNES, "communes", 0, "N", FOR_DEMO, 20, 35000, M_OPTION_COMMUNES},
    {OPTION_SEED, "seed", 0, "S", FOR_DEMO, 0, UINT64_MAX, M_OPTION_SEED},
    {OPTION_PAGE, "page", 0, NULL, FOR_SCHEMA, 0, 0, M_OPTION_PAGE},
    {OPTION_CODE, "code", 0, "COL[,COL]", FOR_VINTAGE, 0, 0, M_OPTION_CODE},
    {OPTION_FROM, "from", 0, "YEAR", FOR_VINTAGE, 1943, 2100, M_OPTION_FROM},
    {OPTION_TO, "to", 0, "YEAR", FOR_VINTAGE, 1943, 2100, M_OPTION_TO},
    {OPTION_SUM, "sum", 0, "COL,..", FOR_VINTAGE, 0, 0, M_OPTION_SUM},
    {OPTION_MEAN, "mean", 0, "COL:WEIGHT,..", FOR_VINTAGE, 0, 0, M_OPTION_MEAN},
    {OPTION_MEDIAN, "median", 0, "COL,..", FOR_VINTAGE, 0, 0, M_OPTION_MEDIAN},
    {OPTION_CLASS, "class", 0, "COL:RULE,..", FOR_VINTAGE, 0, 0, M_OPTION_CLASS},
    {OPTION_BY, "by", 0, "COL,..", FOR_VINTAGE, 0, 0, M_OPTION_BY},
    {OPTION_MOVEMENTS, "movements", 0, "FILE", FOR_VINTAGE, 0, 0, M_OPTION_MOVEMENTS},
    {OPTION_PASSAGE, "passage", 0, "FILE", FOR_VINTAGE, 0, 0, M_OPTION_PASSAGE},
    {OPTION_POPULATION, "population", 0, "FILE", FOR_VINTAGE, 0, 0, M_OPTION_POPULATION},
    {OPTION_ARRONDISSEMENTS, "arrondissements", 0, "keep|fold|unfold", FOR_VINTAGE, 0, 0,
     M_OPTION_ARRONDISSEMENTS},
    {OPTION_OUTPUT, "output", 'o', "OUT.csv", FOR_VINTAGE, 0, 0, M_OPTION_VINTAGE_OUTPUT},
    {OPTION_DATA, "data", 0, "DIR", FOR_VINTAGE, 0, 0, M_OPTION_VINTAGE_DATA},
    {OPTION_STRICT, "strict", 0, NULL, FOR_VINTAGE, 0, 0, M_OPTION_STRICT},
    {OPTION_OUTPUT, "output", 'o', "NET", FOR_NETWORK, 0, 0, M_OPTION_NETWORK_OUTPUT},
    {OPTION_PROFILE, "profile", 0, "car|bike|foot|FILE", FOR_NETWORK, 0, 0, M_OPTION_PROFILE},
    {OPTION_URBAN, "urban", 0, "AREAS", FOR_NETWORK, 0, 0, M_OPTION_URBAN},
    {OPTION_NO_HIERARCHY, "no-hierarchy", 0, NULL, FOR_NETWORK, 0, 0, M_OPTION_NO_HIERARCHY},
    {OPTION_COORDINATES, "coordinates", 0, "F.co", FOR_NETWORK, 0, 0, M_OPTION_COORDINATES},
    {OPTION_COORDINATES_UNIT, "coordinates-unit", 0, "m|udeg", FOR_NETWORK, 0, 0,
     M_OPTION_COORDINATES_UNIT},
    {OPTION_WEIGHT_UNIT, "weight-unit", 0, "ms|ds|s", FOR_NETWORK, 0, 0, M_OPTION_WEIGHT_UNIT},
    {OPTION_ORIGINS, "from", 0, "A.csv", FOR_TRAVEL, 0, 0, M_OPTION_ORIGINS},
    {OPTION_DESTINATIONS, "to", 0, "B.csv", FOR_TRAVEL, 0, 0, M_OPTION_DESTINATIONS},
    {OPTION_MAX_MINUTES, "max-minutes", 0, "M", FOR_TRAVEL, 0, 0, M_OPTION_MAX_MINUTES},
    {OPTION_PAIRS, "pairs", 0, NULL, FOR_TRAVEL, 0, 0, M_OPTION_PAIRS},
    {OPTION_SUMMARY, "summary", 0, NULL, FOR_TRAVEL, 0, 0, M_OPTION_SUMMARY},
    {OPTION_OUTPUT, "output", 'o', "OUT.csv", FOR_TRAVEL, 0, 0, M_OPTION_TRAVEL_OUTPUT},
    {OPTION_ORIGINS, "from", 0, "LON,LAT|NODE", FOR_EXPLAIN, 0, 0, M_OPTION_ORIGIN},
    {OPTION_DESTINATIONS, "to", 0, "LON,LAT|NODE", FOR_EXPLAIN, 0, 0, M_OPTION_DESTINATION},
    {OPTION_NETWORK, "network", 0, "NET", FOR_EXPLAIN, 0, 0, M_OPTION_EXPLAIN_NETWORK},
    {OPTION_OUTPUT, "output", 'o', "PATH.geojson", FOR_EXPLAIN, 0, 0, M_OPTION_EXPLAIN_OUTPUT},
    {OPTION_THREADS, "threads", 'j', "N", FOR_TRAVEL, 1, 256, M_OPTION_THREADS},
    {OPTION_JSON, "json", 0, NULL, FOR_TRAVEL | FOR_EXPLAIN, 0, 0, M_OPTION_JSON},
    {OPTION_LAYER, "layer", 0, "NAME", FOR_NETWORK, 0, 0, M_OPTION_LAYER},
    {OPTION_SPEED, "speed", 0, "COLUMN", FOR_NETWORK, 0, 0, M_OPTION_SPEED},
    {OPTION_DIRECTION, "direction", 0, "COLUMN", FOR_NETWORK, 0, 0, M_OPTION_DIRECTION},
    {OPTION_LINE_CLASS, "class", 0, "COLUMN", FOR_NETWORK, 0, 0, M_OPTION_LINE_CLASS},
    {OPTION_LINE_NAME, "name", 0, "COLUMN", FOR_NETWORK, 0, 0, M_OPTION_LINE_NAME},
    {OPTION_CLOSED, "closed", 0, "COLUMN", FOR_NETWORK, 0, 0, M_OPTION_CLOSED},
    {OPTION_SPEEDS, "speeds", 0, "CLASS=KM/H,..", FOR_NETWORK, 0, 0, M_OPTION_SPEEDS},
    {OPTION_TOLERANCE, "tolerance", 0, "METRES", FOR_NETWORK, 0, 0, M_OPTION_TOLERANCE},
    {OPTION_KEEP, "keep", 0, "30d", FOR_CACHE, 0, 0, M_OPTION_KEEP},
    {OPTION_MAX_SIZE, "max-size", 0, "10GiB", FOR_CACHE, 0, 0, M_OPTION_MAX_SIZE},
    {OPTION_ALL, "all", 0, NULL, FOR_CACHE, 0, 0, M_OPTION_ALL},
    {OPTION_FOLDER, "folder", 0, "DIR", FOR_CACHE, 0, 0, M_OPTION_FOLDER},
    {OPTION_LANG, "lang", 0, "fr|en", FOR_ALL, 0, 0, M_OPTION_LANG},
    {OPTION_HELP, "help", 'h', NULL, FOR_ALL, 0, 0, M_OPTION_HELP},
};
enum { OPTION_COUNT = sizeof options / sizeof *options };

/* What is being read. */
typedef struct option_reader {
    cli_options *out;
    unsigned command;
    int argc, at;
    char *const *argv;
    error *err;
} option_reader;

static status unknown(const option_reader *r, const char *typed)
{
    const char *names[OPTION_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((options[i].commands & r->command) != 0) {
            names[count++] = options[i].name;
        }
    }
    const char *near = text_suggest(typed + strspn(typed, "-"), names, count);
    return near != NULL
               ? error_set(r->err, STATUS_USAGE, M_CLI_UNKNOWN_OPTION_NEAR, r->argv[0], typed, near)
               : error_set(r->err, STATUS_USAGE, M_CLI_UNKNOWN_OPTION, r->argv[0], typed,
                           r->argv[0]);
}

/* "--name", "--name=value", "-n", "-nvalue": the option, and where its value starts (NULL: none).
 */
static const option *find(const option_reader *r, const char *typed, const char **value)
{
    bool is_long = typed[1] == '-';
    size_t size = strcspn(typed, "=");
    *value = NULL;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option *o = &options[i];
        if ((o->commands & r->command) == 0) {
            continue;
        }
        if (is_long && strlen(o->name) + 2 == size && strncmp(o->name, typed + 2, size - 2) == 0) {
            *value = typed[size] == '=' ? typed + size + 1 : NULL;
            return o;
        }
        if (!is_long && o->letter != 0 && o->letter == typed[1]) {
            *value = typed[2] != '\0' ? typed + 2 : NULL;
            return o;
        }
    }
    return NULL;
}

static status whole(const option_reader *r, const option *o, const char *value, uint64_t *out)
{
    uint64_t read = 0;
    if (!text_to_u64(text_slice_of(value, strlen(value)), &read) || read < o->lowest ||
        read > o->highest) {
        return error_set(r->err, STATUS_USAGE, M_CLI_OPTION_RANGE, r->argv[0], o->name,
                         (unsigned long long)o->lowest, (unsigned long long)o->highest, value);
    }
    *out = read;
    return STATUS_OK;
}

static status add_param(const option_reader *r, const char *value)
{
    if (r->out->param_count == PARAMS_MAX) {
        return error_set(r->err, STATUS_USAGE, M_CLI_PARAMS, (int)PARAMS_MAX);
    }
    r->out->params[r->out->param_count++] = value;
    return STATUS_OK;
}

static status set_language(const option_reader *r, const char *value)
{
    if (strcmp(value, "fr") != 0 && strcmp(value, "en") != 0) {
        return error_set(r->err, STATUS_USAGE, M_CLI_LANG, value);
    }
    r->out->language = value[0] == 'f' ? LANGUAGE_FR : LANGUAGE_EN;
    r->out->language_given = true;
    return STATUS_OK;
}

static status apply(const option_reader *r, const option *o, const char *value)
{
    cli_options *out = r->out;
    switch (o->id) {
    case OPTION_OUTPUT:
        out->output = value;
        break;
    case OPTION_DATA:
        out->data = value;
        break;
    case OPTION_ONLY:
        out->only = value;
        break;
    case OPTION_STRICT:
        out->strict = true;
        break;
    case OPTION_JSON:
        out->json = true;
        break;
    case OPTION_IN_PROCESS:
        out->in_process = true;
        break;
    case OPTION_LIST:
        out->list = true;
        break;
    case OPTION_RESUME:
        out->resume = true;
        break;
    case OPTION_ALL:
        out->all = true;
        break;
    case OPTION_KEEP:
        out->keep = value;
        break;
    case OPTION_MAX_SIZE:
        out->max_size = value;
        break;
    case OPTION_FOLDER:
        out->folder = value;
        break;
    case OPTION_MIRROR:
        out->mirror = value;
        break;
    case OPTION_CATALOGUE:
        out->catalogue = value;
        break;
    case OPTION_PAGE:
        out->page = true;
        break;
    case OPTION_HELP:
        out->help = true;
        break;
    case OPTION_THREADS:
        return whole(r, o, value, &out->threads);
    case OPTION_COMMUNES:
        return whole(r, o, value, &out->communes);
    case OPTION_SEED:
        return whole(r, o, value, &out->seed);
    case OPTION_FROM:
        return whole(r, o, value, &out->from);
    case OPTION_TO:
        return whole(r, o, value, &out->to);
    case OPTION_CODE:
        out->code = value;
        break;
    case OPTION_SUM:
        out->sum = value;
        break;
    case OPTION_MEAN:
        out->mean = value;
        break;
    case OPTION_MEDIAN:
        out->median = value;
        break;
    case OPTION_CLASS:
        out->classes = value;
        break;
    case OPTION_BY:
        out->by = value;
        break;
    case OPTION_MOVEMENTS:
        out->movements = value;
        break;
    case OPTION_PASSAGE:
        out->passage = value;
        break;
    case OPTION_POPULATION:
        out->population = value;
        break;
    case OPTION_ARRONDISSEMENTS:
        out->arrondissements = value;
        break;
    case OPTION_PROFILE:
        out->profile = value;
        break;
    case OPTION_URBAN:
        out->urban = value;
        break;
    case OPTION_NO_HIERARCHY:
        out->no_hierarchy = true;
        break;
    case OPTION_COORDINATES:
        out->coordinates = value;
        break;
    case OPTION_COORDINATES_UNIT:
        out->coordinates_unit = value;
        break;
    case OPTION_WEIGHT_UNIT:
        out->weight_unit = value;
        break;
    case OPTION_ORIGINS:
        out->origins = value;
        break;
    case OPTION_DESTINATIONS:
        out->destinations = value;
        break;
    case OPTION_MAX_MINUTES:
        out->max_minutes = value;
        break;
    case OPTION_NETWORK:
        out->network = value;
        break;
    case OPTION_PAIRS:
        out->pairs = true;
        break;
    case OPTION_SUMMARY:
        out->summary = true;
        break;
    case OPTION_LAYER:
        out->layer = value;
        break;
    case OPTION_SPEED:
        out->speed = value;
        break;
    case OPTION_DIRECTION:
        out->direction = value;
        break;
    case OPTION_LINE_CLASS:
        out->line_class = value;
        break;
    case OPTION_LINE_NAME:
        out->line_name = value;
        break;
    case OPTION_CLOSED:
        out->closed = value;
        break;
    case OPTION_SPEEDS:
        out->speeds = value;
        break;
    case OPTION_TOLERANCE:
        out->tolerance = value;
        break;
    case OPTION_PARAM:
        return add_param(r, value);
    case OPTION_LANG:
        return set_language(r, value);
    }
    return STATUS_OK;
}

static status take_option(option_reader *r)
{
    const char *typed = r->argv[r->at], *value = NULL;
    const option *o = find(r, typed, &value);
    if (o == NULL) {
        return unknown(r, typed);
    }
    if (o->value == NULL && value != NULL) {
        return typed[1] == '-'
                   ? error_set(r->err, STATUS_USAGE, M_CLI_OPTION_NO_VALUE, r->argv[0], o->name)
                   : unknown(r, typed);
    }
    if (o->value != NULL && value == NULL) {
        if (r->at + 1 >= r->argc) {
            return error_set(r->err, STATUS_USAGE, M_CLI_OPTION_VALUE, r->argv[0], o->name);
        }
        value = r->argv[++r->at];
    }
    return apply(r, o, value);
}

static size_t arguments_max(unsigned command)
{
    return (command & TAKES_SEVERAL) != 0 ? ARGUMENTS_MAX
           : (command & TAKES_FOUR) != 0  ? 4
           : (command & TAKES_TWO) != 0   ? 2
                                          : 1;
}

status options_parse(cli_options *out, unsigned command, int argc, char *const *argv, error *err)
{
    option_reader r = {.out = out, .command = command, .argc = argc, .argv = argv, .err = err};
    bool only_arguments = false;
    for (r.at = 1; r.at < argc; r.at++) {
        const char *typed = argv[r.at];
        if (!only_arguments && strcmp(typed, "--") == 0) {
            only_arguments = true;
        } else if (!only_arguments && typed[0] == '-' && typed[1] != '\0') {
            status result = take_option(&r);
            if (result != STATUS_OK) {
                return result;
            }
        } else if (out->argument_count == arguments_max(command)) {
            return error_set(err, STATUS_USAGE, M_CLI_TOO_MANY, typed);
        } else {
            out->arguments[out->argument_count++] = typed;
            out->argument = out->arguments[0];
        }
    }
    return STATUS_OK;
}

void options_print(unsigned command, language lang)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option *o = &options[i];
        char shown[48];
        if ((o->commands & command) == 0) {
            continue;
        }
        (void)snprintf(shown, sizeof shown, "%s%c%s --%s%s%s", o->letter != 0 ? "-" : " ",
                       o->letter != 0 ? o->letter : ' ', o->letter != 0 ? "," : " ", o->name,
                       o->value != NULL ? " " : "", o->value != NULL ? o->value : "");
        (void)printf("  %-26s %s\n", shown, tr(lang, o->fr, o->en));
    }
}

language options_language(int argc, char *const *argv)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0) {
            return argv[i][7] == 'f' ? LANGUAGE_FR : LANGUAGE_EN;
        }
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            return argv[i + 1][0] == 'f' ? LANGUAGE_FR : LANGUAGE_EN;
        }
    }
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "fr", 2) == 0 ? LANGUAGE_FR : LANGUAGE_EN;
        }
    }
    return LANGUAGE_EN;
}
