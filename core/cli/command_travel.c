#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "cli/messages.h"
#include "cli/same_file.h"
#include "cli/say.h"
#include "cli/travel_say.h"
#include "network/travel/trips.h"

/* What the program itself may still take: stacks of threads, buffers of the C library. */
enum { NUMBER_BYTES = 48, SLACK_MIB = 24 };
static const uint64_t bytes_per_mib = 1 << 20;

typedef struct travel_command {
    const command_context *context;
    const cli_options *options;
    language lang;
    network *network;
    trip_ends from, to;
    double minutes; /* NaN: no limit */
    uint64_t limit;
    trips *trips;
    trips_totals totals;
} travel_command;

/* --- what was typed --- */

static status misused(const travel_command *t, const error *err)
{
    return faults_add_error(t->context->faults_list, SOURCE_NONE, err);
}

static status read_minutes(travel_command *t)
{
    error err;
    const char *typed = t->options->max_minutes;
    t->minutes = NAN;
    if (typed == NULL) {
        return STATUS_OK;
    }
    const char mark = strchr(typed, ',') != NULL ? ',' : '.';
    if (text_to_f64(text_slice_of(typed, strlen(typed)), mark, &t->minutes) && t->minutes > 0) {
        return STATUS_OK;
    }
    (void)error_set(&err, STATUS_USAGE, M_TRAVEL_MINUTES, typed);
    return misused(t, &err);
}

static status check_output(const travel_command *t)
{
    error err;
    const cli_options *o = t->options;
    const char *const read[] = {o->argument, o->origins, o->destinations};
    if (o->output == NULL) {
        return o->summary ? STATUS_OK : travel_wants(t->context, "travel", M_TRAVEL_OPTION_OUTPUT);
    }
    if (o->summary && strcmp(o->output, "-") == 0) {
        (void)error_set(&err, STATUS_USAGE, M_TRAVEL_BOTH_OUT);
        return misused(t, &err);
    }
    for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
        if (is_same_file(read[i], o->output)) {
            return faults_refuse(t->context->faults_list, source_at(o->output, 0, 0),
                                 M_TRAVEL_SAME_FILE);
        }
    }
    return STATUS_OK;
}

static status check_options(travel_command *t)
{
    const cli_options *o = t->options;
    status result = STATUS_OK;
    if (o->argument == NULL) {
        result = travel_wants(t->context, "travel", M_TRAVEL_A_NETWORK);
    }
    if (o->origins == NULL) {
        result = travel_wants(t->context, "travel", M_TRAVEL_OPTION_FROM);
    }
    if (o->destinations == NULL) {
        result = travel_wants(t->context, "travel", M_TRAVEL_OPTION_TO);
    }
    result = first_failure(result, check_output(t));
    return first_failure(result, read_minutes(t));
}

/* Whole units, inclusive; the hair keeps 1.1 min at 660 ds. */
static status set_limit(travel_command *t)
{
    error err;
    const uint32_t units = t->network->units_per_minute;
    const uint64_t highest = (UINT32_MAX - 1) / units;
    t->limit = TRIPS_UNLIMITED;
    if (isnan(t->minutes)) {
        return STATUS_OK;
    }
    if (t->minutes > (double)highest) {
        (void)error_set(&err, STATUS_USAGE, M_TRAVEL_MINUTES_MAX, (unsigned long long)highest);
        return misused(t, &err);
    }
    t->limit = (uint64_t)floor(t->minutes * units + 1e-6);
    return STATUS_OK;
}

/* --- reading --- */

static status read_list(const travel_command *t, const char *path, trip_ends *out)
{
    const trip_ends_options options = {.path = path,
                                       .network = t->network,
                                       .ids_repeat = t->options->pairs,
                                       .threads = (int)t->options->threads};
    return trip_ends_read(&options, out, t->context->faults_list);
}

static status read_all(travel_command *t)
{
    const cli_options *o = t->options;
    progress *p = t->context->environment->progress;
    status result = travel_open(t->context, o->argument, &t->network);
    if (result != STATUS_OK) {
        return result;
    }
    result = set_limit(t);
    progress_step(p, "points", M_TRAVEL_STEP_LISTS);
    result = first_failure(result, read_list(t, o->origins, &t->from));
    result = first_failure(result, read_list(t, o->destinations, &t->to));
    progress_end(p);
    if (result == STATUS_OK && o->pairs && t->from.count != t->to.count) {
        result = faults_refuse(t->context->faults_list, source_at(o->destinations, 0, 0),
                               M_TRAVEL_PAIRS, t->from.count, t->to.count);
    }
    return result;
}

/* --- telling --- */

static void say_ends(const travel_command *t, const trip_ends *e, const char *fr, const char *en)
{
    char count[NUMBER_BYTES], mean[NUMBER_BYTES];
    (void)text_number((double)e->count, 0, t->lang, count, sizeof count);
    if (e->walks) {
        (void)text_number(e->walk_mean_m, 0, t->lang, mean, sizeof mean);
        say_line(stderr, t->lang, M_TRAVEL_SNAPS, fr, en, count, mean, e->walk_max_m, e->far);
    } else {
        say_line(stderr, t->lang, M_TRAVEL_NODES, fr, en, count, e->split);
    }
}

static void say_method(const travel_command *t, const trips_plan *planned)
{
    switch (planned->method) {
    case METHOD_SEARCH:
        say_line(stderr, t->lang, M_TRAVEL_METHOD, M_TRAVEL_METHOD_SEARCH, planned->why);
        break;
    case METHOD_CUT_SWEEP:
        say_line(stderr, t->lang, M_TRAVEL_METHOD, M_TRAVEL_METHOD_CUT, planned->why);
        break;
    case METHOD_SWEEP:
        say_line(stderr, t->lang, M_TRAVEL_METHOD, M_TRAVEL_METHOD_SWEEP, planned->why);
        break;
    }
}

/* What is held already, and what the work adds. */
static unsigned long long memory_mib(const trips_plan *planned)
{
    struct rusage used = {0};
    (void)getrusage(RUSAGE_SELF, &used);
    const uint64_t held = (uint64_t)used.ru_maxrss * 1024;
    return (held + planned->memory) / bytes_per_mib + 1 + SLACK_MIB;
}

static void say_plan(const travel_command *t)
{
    static const char *const names[] = {"search", "cut_sweep", "sweep"};
    const trips_plan *planned = trips_planned(t->trips);
    if (t->options->json) {
        (void)fprintf(stderr,
                      "{\"event\":\"plan\",\"method\":\"%s\",\"why\":\"%s\",\"memory_mib\":%llu,"
                      "\"from_without_node\":%zu,\"to_without_node\":%zu}\n",
                      names[planned->method], planned->why, memory_mib(planned),
                      t->from.far + t->from.split, t->to.far + t->to.split);
        return;
    }
    say_ends(t, &t->from, M_TRAVEL_FROM);
    say_ends(t, &t->to, M_TRAVEL_TO);
    say_method(t, planned);
    say_line(stderr, t->lang, M_TRAVEL_MEMORY, memory_mib(planned));
}

static void say_done(const travel_command *t)
{
    const trips_totals *s = &t->totals;
    char pairs[2][NUMBER_BYTES], without[2][NUMBER_BYTES];
    for (int l = 0; l < 2; l++) {
        const language lang = l == 0 ? LANGUAGE_FR : LANGUAGE_EN;
        (void)text_number((double)s->pairs, 0, lang, pairs[l], NUMBER_BYTES);
        (void)text_number((double)s->without, 0, lang, without[l], NUMBER_BYTES);
    }
    if (isnan(t->minutes)) {
        say_line(stderr, t->lang, M_TRAVEL_DONE, pairs[0], pairs[1], "", "", without[0],
                 without[1]);
    } else {
        say_line(stderr, t->lang, M_TRAVEL_DONE, pairs[0], pairs[1], M_TRAVEL_WITHIN, without[0],
                 without[1]);
    }
    if (t->options->output != NULL && strcmp(t->options->output, "-") != 0) {
        say_line(stderr, t->lang, M_TRAVEL_WRITTEN, t->options->output);
    }
}

static void say_end(const travel_command *t, status result)
{
    const trips_totals *s = &t->totals;
    if (t->options->json) {
        (void)fprintf(stderr,
                      "{\"event\":\"end\",\"status\":%d,\"pairs\":%llu,\"sum\":%llu,"
                      "\"without\":%llu}\n",
                      status_exit_code(result), (unsigned long long)s->pairs,
                      (unsigned long long)s->time, (unsigned long long)s->without);
    } else if (result == STATUS_OK) {
        say_done(t);
    }
}

static status print_summary(const travel_command *t, error *err)
{
    const trips_totals *s = &t->totals;
    int printed = printf("{\"pairs\":%llu,\"sum\":%llu}\n", (unsigned long long)s->pairs,
                         (unsigned long long)s->time);
    return printed > 0 && fflush(stdout) == 0 ? STATUS_OK
                                              : error_set(err, STATUS_ENVIRONMENT, M_TRAVEL_STDOUT);
}

/* --- the work --- */

static status compute(travel_command *t)
{
    error err = {0};
    progress *p = t->context->environment->progress;
    const trips_request request = {.network = t->network,
                                   .from = &t->from,
                                   .to = &t->to,
                                   .limit = t->limit,
                                   .pairs = t->options->pairs,
                                   .path = t->options->output,
                                   .threads = (int)t->options->threads,
                                   .progress = p};
    status result = trips_new(&t->trips, &request, &err);
    if (result == STATUS_OK) {
        say_plan(t);
        progress_step(p, "travel", M_TRAVEL_STEP_COSTS);
        progress_unit(p, M_TRAVEL_UNIT);
        result = trips_run(t->trips, &t->totals, &err);
        progress_end(p);
    }
    if (result == STATUS_OK && t->options->summary) {
        result = print_summary(t, &err);
    }
    if (result != STATUS_OK) {
        travel_tell_error(t->context, &err);
    }
    return result;
}

/* Faults of the network and of both lists are told together, before the work. */
status command_travel(const command_context *c)
{
    travel_command t = {.context = c, .options = c->options, .lang = c->options->language};
    (void)signal(SIGPIPE, SIG_IGN); /* a reader of standard output that left is an error */
    status result = check_options(&t);
    result = result == STATUS_OK ? read_all(&t) : result;
    faults_print(c->faults_list, c->options, NULL);
    result = result == STATUS_OK ? compute(&t) : result;
    say_end(&t, result);
    trips_free(t.trips);
    trip_ends_clear(&t.from);
    trip_ends_clear(&t.to);
    network_free(t.network);
    return result;
}
