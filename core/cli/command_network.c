#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/same_file.h"
#include "cli/say.h"
#include "network/build/network_build.h"
#include "network/travel/costs.h"

enum { NUMBER_BYTES = 48 };
static const double MIB = 1 << 20;

typedef struct network_command {
    const command_context *context;
    const cli_options *options;
    faults *list;
    arena *memory;
    network_request request;
    line_options lines;
    network_outlook outlook;
    network_written written;
} network_command;

/* --- what was typed --- */

static status misused(const network_command *n, const error *err)
{
    return faults_add_error(n->list, SOURCE_NONE, err);
}

/* The place of `value` among the choices, which `wanted` shows. */
static status choose(const network_command *n, const char *option, const char *value,
                     const char *const *choices, const char *wanted, size_t *place)
{
    error err;
    for (size_t i = 0; choices[i] != NULL; i++) {
        if (strcmp(choices[i], value) == 0) {
            *place = i;
            return STATUS_OK;
        }
    }
    (void)error_set(&err, STATUS_USAGE, M_NETWORK_CHOICE, option, wanted, value);
    return misused(n, &err);
}

static status read_units(network_command *n)
{
    static const char *const weights[] = {"ms", "ds", "s", NULL};
    static const uint32_t per_minute[] = {60000, 600, 60};
    static const char *const places[] = {"m", "udeg", NULL};
    static const dimacs_unit units[] = {DIMACS_METRES, DIMACS_MICRODEGREES};
    const cli_options *o = n->options;
    error err;
    size_t weight = 0, place = 0;
    status result = STATUS_OK;
    if (o->weight_unit != NULL) {
        result = choose(n, "weight-unit", o->weight_unit, weights, "ms, ds, s", &weight);
    }
    if (result == STATUS_OK && o->coordinates_unit != NULL) {
        result = choose(n, "coordinates-unit", o->coordinates_unit, places, "m, udeg", &place);
    }
    if (result == STATUS_OK && (o->coordinates == NULL) != (o->coordinates_unit == NULL)) {
        (void)error_set(&err, STATUS_USAGE, M_NETWORK_UNIT_NEEDED);
        result = misused(n, &err);
    }
    n->request.units_per_minute = per_minute[weight];
    n->request.coordinates_unit = units[place];
    return result;
}

/* car, bike and foot are files that ship with the program; any other word is a path. */
static status read_profile(network_command *n)
{
    static const char *const shipped[] = {"car", "bike", "foot"};
    const char *typed = n->options->profile != NULL ? n->options->profile : shipped[0];
    error err;
    n->request.profile = typed;
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        if (strcmp(typed, shipped[i]) == 0) {
            n->request.profile =
                arena_format(n->memory, "%s/profile_%s.csv",
                             n->context->environment->reference_folder, shipped[i]);
        }
    }
    return n->request.profile != NULL ? STATUS_OK
                                      : misused(n, (memory_error(&err, NUMBER_BYTES), &err));
}

/* "Bretelle=40,*=20": names and speeds of the memory. */
static status read_speeds(network_command *n)
{
    const char *typed = n->options->speeds;
    error err;
    size_t most = 1;
    for (const char *at = typed; *at != '\0'; at++) {
        most += *at == ',';
    }
    line_class_speed *speeds = arena_take(n->memory, most, sizeof *speeds);
    for (const char *at = typed; speeds != NULL && *at != '\0';) {
        const size_t size = strcspn(at, ","), name = strcspn(at, "=,");
        line_class_speed *one = &speeds[n->lines.speed_count++];
        one->class_name = arena_text_n(n->memory, at, name);
        if (one->class_name == NULL || name == 0 || name >= size ||
            !text_to_f64(text_slice_of(at + name + 1, size - name - 1), '.', &one->kmh) ||
            !(one->kmh >= 0 && one->kmh <= LINE_SPEED_MAX_KMH)) {
            (void)error_set(&err, STATUS_USAGE, M_NETWORK_SPEEDS, typed);
            return misused(n, &err);
        }
        at += size + (at[size] == ',');
    }
    n->lines.speeds = speeds;
    return speeds != NULL ? STATUS_OK : misused(n, (memory_error(&err, most), &err));
}

static status read_tolerance(network_command *n)
{
    const char *typed = n->options->tolerance;
    error err;
    double m = 0;
    const text_slice text = text_slice_of(typed, strlen(typed));
    if ((quantity_parse(text, "m", &m) || text_to_f64(text, '.', &m)) && m >= 0 &&
        m <= LINE_TOLERANCE_MAX_M) {
        n->lines.tolerance_m = m;
        return STATUS_OK;
    }
    (void)error_set(&err, STATUS_USAGE, M_NETWORK_TOLERANCE, typed, LINE_TOLERANCE_MAX_M);
    return misused(n, &err);
}

static status read_lines(network_command *n)
{
    const cli_options *o = n->options;
    n->lines = (line_options){.layer = o->layer,
                              .speed = o->speed,
                              .direction = o->direction,
                              .class_ = o->line_class,
                              .name = o->line_name,
                              .closed = o->closed,
                              .mode = o->profile != NULL ? o->profile : "car",
                              .tolerance_m = -1};
    n->request.lines = &n->lines;
    status result = o->speeds != NULL ? read_speeds(n) : STATUS_OK;
    return result == STATUS_OK && o->tolerance != NULL ? read_tolerance(n) : result;
}

static status take_options(network_command *n)
{
    const cli_options *o = n->options;
    error err;
    if (o->argument_count == 0) {
        (void)error_set(&err, STATUS_USAGE, M_NETWORK_NO_FILE);
        return misused(n, &err);
    }
    if (o->output == NULL) {
        (void)error_set(&err, STATUS_USAGE, M_NETWORK_NO_OUTPUT);
        return misused(n, &err);
    }
    n->request = (network_request){.files = o->arguments,
                                   .file_count = o->argument_count,
                                   .urban = o->urban,
                                   .coordinates = o->coordinates,
                                   .hierarchy = !o->no_hierarchy,
                                   .threads = (int)o->threads,
                                   .progress = n->context->environment->progress,
                                   .workers = n->context->environment->workers};
    status result = read_units(n);
    result = result == STATUS_OK ? read_lines(n) : result;
    return result == STATUS_OK ? read_profile(n) : result;
}

/* --- before the work --- */

static status judge_output(const network_command *n)
{
    const cli_options *o = n->options;
    bool same = is_same_file(o->coordinates, o->output) || is_same_file(o->urban, o->output) ||
                is_same_file(n->request.profile, o->output);
    for (size_t i = 0; i < o->argument_count; i++) {
        same = same || is_same_file(o->arguments[i], o->output);
    }
    return same ? faults_refuse(n->list, source_at(o->output, 0, 0), M_NETWORK_SAME_FILE)
                : STATUS_OK;
}

/* An option that would say nothing about these files is a misunderstanding. */
static status judge_options(const network_command *n)
{
    const cli_options *o = n->options;
    const struct {
        const char *name;
        bool given;
        bool for_kind[3];
    } options[] = {
        {"profile", o->profile != NULL, {false, true, true}},
        {"urban", o->urban != NULL, {false, true, false}},
        {"coordinates", o->coordinates != NULL, {true, false, false}},
        {"weight-unit", o->weight_unit != NULL, {true, false, false}},
        {"layer", o->layer != NULL, {false, false, true}},
        {"speed", o->speed != NULL, {false, false, true}},
        {"direction", o->direction != NULL, {false, false, true}},
        {"class", o->line_class != NULL, {false, false, true}},
        {"name", o->line_name != NULL, {false, false, true}},
        {"closed", o->closed != NULL, {false, false, true}},
        {"speeds", o->speeds != NULL, {false, false, true}},
        {"tolerance", o->tolerance != NULL, {false, false, true}},
    };
    status result = STATUS_OK;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (options[i].given && !options[i].for_kind[n->outlook.source]) {
            error err;
            (void)error_set(&err, STATUS_USAGE, M_NETWORK_NOT_FOR, options[i].name);
            result = faults_add_error(n->list, source_at(o->argument, 0, 0), &err);
        }
    }
    if (n->outlook.source == NETWORK_OF_LINES && !profile_is_built_in(n->lines.mode)) {
        error err;
        (void)error_set(&err, STATUS_USAGE, M_NETWORK_LINES_MODE, n->lines.mode);
        result = faults_add_error(n->list, source_at(o->argument, 0, 0), &err);
    }
    return result;
}

static const char *number(double value, int decimals, language lang, char buffer[NUMBER_BYTES])
{
    (void)text_number(value, decimals, lang, buffer, NUMBER_BYTES);
    return buffer;
}

static void say_memory(const network_command *n)
{
    char mib[NUMBER_BYTES];
    if (n->options->json) {
        (void)fprintf(stderr, "{\"event\":\"memory\",\"bytes\":%llu}\n",
                      (unsigned long long)n->outlook.memory);
        return;
    }
    say_line(stderr, n->options->language, M_NETWORK_MEMORY,
             number((double)n->outlook.memory / MIB + 1, 0, n->options->language, mib));
}

/* --- what was written --- */

static double main_percent(const network_written *w)
{
    return w->node_count > 0 ? 100.0 * (double)w->main_size / (double)w->node_count : 0;
}

static void tell_json(const network_command *n)
{
    const network_written *w = &n->written;
    text_buffer b = {0};
    text_add(&b, "{\"event\":\"network\",\"file\":");
    text_add_json(&b, text_slice_of(n->options->output, strlen(n->options->output)));
    text_add_format(&b,
                    ",\"bytes\":%llu,\"nodes\":%u,\"arcs\":%u,\"components\":%u,\"main_nodes\":%u,"
                    "\"split_nodes\":%u,\"shortcuts\":%llu,\"units_per_minute\":%u,"
                    "\"positions\":%s,\"lengths\":%s,\"snap_limit_m\":%d}\n",
                    (unsigned long long)w->bytes, w->node_count, w->arc_count, w->component_count,
                    w->main_size, w->split_nodes, (unsigned long long)w->shortcuts,
                    w->units_per_minute, w->positions != POSITIONS_NONE ? "true" : "false",
                    w->lengths ? "true" : "false", (int)NETWORK_REACH_M);
    if (!b.failed) {
        (void)fputs(b.at, stderr);
    }
    text_buffer_clear(&b);
}

static void tell_main(const network_written *w, language lang)
{
    char nodes[NUMBER_BYTES], percent[NUMBER_BYTES];
    (void)number(w->main_size, 0, lang, nodes);
    (void)number(main_percent(w), 2, lang, percent);
    if (w->positions == POSITIONS_NONE) {
        say_line(stderr, lang, M_NETWORK_UNPLACED, nodes, percent);
    } else {
        say_line(stderr, lang, M_NETWORK_MAIN, nodes, percent, (unsigned)NETWORK_REACH_M);
    }
}

static void tell_units(const network_written *w, language lang)
{
    const char *fr = w->units_per_minute == 600     ? "dixièmes de seconde"
                     : w->units_per_minute == 60000 ? "millisecondes"
                                                    : "secondes";
    const char *en = w->units_per_minute == 600     ? "tenths of a second"
                     : w->units_per_minute == 60000 ? "milliseconds"
                                                    : "seconds";
    say_line(stderr, lang, M_NETWORK_TIME, fr, en, w->lengths ? "mètres" : "aucune",
             w->lengths ? "metres" : "none");
}

static void tell(const network_command *n)
{
    const network_written *w = &n->written;
    const language lang = n->options->language;
    char first[NUMBER_BYTES], second[NUMBER_BYTES], third[NUMBER_BYTES];
    if (n->options->json) {
        tell_json(n);
        return;
    }
    say_line(stderr, lang, M_NETWORK_WRITTEN, n->options->output,
             number((double)w->bytes / MIB, 1, lang, first));
    say_line(stderr, lang, M_NETWORK_COUNTS, number(w->node_count, 0, lang, first),
             number(w->arc_count, 0, lang, second), number(w->component_count, 0, lang, third));
    tell_main(w, lang);
    if (w->split_nodes > 0) {
        say_line(stderr, lang, M_NETWORK_SPLIT, number(w->split_nodes, 0, lang, first));
    }
    tell_units(w, lang);
    if (w->shortcuts > 0) {
        say_line(stderr, lang, M_NETWORK_SHORTCUTS, number((double)w->shortcuts, 0, lang, first));
    } else {
        say_line(stderr, lang, M_NETWORK_NO_SHORTCUTS);
    }
}

/* FILE.. are recognised, read, built, written: complete or absent. */
status command_network(const command_context *c)
{
    error err;
    network_command n = {.context = c, .options = c->options, .list = c->faults_list};
    status result = arena_new(&n.memory, &err);
    if (result != STATUS_OK) {
        result = faults_add_error(n.list, SOURCE_NONE, &err);
    }
    result = result == STATUS_OK ? take_options(&n) : result;
    result = result == STATUS_OK ? network_foresee(&n.request, &n.outlook, n.list) : result;
    result = result == STATUS_OK ? judge_options(&n) : result;
    result = result == STATUS_OK ? judge_output(&n) : result;
    if (result == STATUS_OK) {
        say_memory(&n);
        result = network_build_file(&n.request, &n.outlook, c->options->output, &n.written, n.list);
        progress_end(n.request.progress);
    }
    faults_print(n.list, c->options, NULL);
    if (result == STATUS_OK) {
        tell(&n);
    }
    arena_free(n.memory);
    return result;
}
