#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "cli/explain_figure.h"
#include "cli/messages.h"
#include "cli/same_file.h"
#include "cli/say.h"
#include "cli/travel_say.h"
#include "network/travel/trip_path.h"

enum { NUMBER_BYTES = 48 };
static const double FIGURE_ROUNDING_MIN = 0.07; /* half a tenth, and the rounding of points */

typedef struct explain_command {
    const command_context *context;
    const cli_options *options;
    language lang;
    network *network;
    bool of_figure; /* DIR TABLE ROW COLUMN */
    explained_figure figure;
    trip_path path;
} explain_command;

/* --- what was typed --- */

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* A results folder, or more words than a network: the other form of the command. */
static bool asks_for_figure(const cli_options *o)
{
    return o->argument_count > 1 || (o->argument != NULL && is_folder(o->argument));
}

/* A network is not written again once it is there. */
static status check_output(const explain_command *x)
{
    const cli_options *o = x->options;
    return is_same_file(x->of_figure ? o->network : o->argument, o->output)
               ? faults_refuse(x->context->faults_list, source_at(o->output, 0, 0),
                               M_TRAVEL_SAME_FILE)
               : STATUS_OK;
}

static status check_options(explain_command *x)
{
    const cli_options *o = x->options;
    status result = STATUS_OK;
    x->of_figure = asks_for_figure(o);
    result = check_output(x);
    if (x->of_figure) {
        if (o->network == NULL) {
            result = travel_wants(x->context, "explain", M_EXPLAIN_OPTION_NETWORK);
        }
        return first_failure(result, explained_figure_read(o, &x->figure, x->context->faults_list));
    }
    if (o->argument == NULL) {
        result = travel_wants(x->context, "explain", M_TRAVEL_A_NETWORK);
    }
    if (o->origins == NULL) {
        result = travel_wants(x->context, "explain", M_EXPLAIN_OPTION_FROM);
    }
    if (o->destinations == NULL) {
        result = travel_wants(x->context, "explain", M_EXPLAIN_OPTION_TO);
    }
    return result;
}

/* --- the table --- */

/* "12,3 s", "1,234 km", "50 km/h": right-aligned before the words, whose width varies. */
static void say_row(const explain_command *x, const char *number, uint64_t time, uint64_t length_m,
                    bool timed)
{
    char seconds[NUMBER_BYTES], km[NUMBER_BYTES] = "", kmh[NUMBER_BYTES] = "";
    const network *n = x->network;
    (void)text_number(trip_seconds(n, time), trip_second_decimals(n), x->lang, seconds,
                      sizeof seconds);
    if (n->lengths || !timed) {
        (void)text_number((double)length_m / 1000.0, 3, x->lang, km, sizeof km);
        (void)text_number(trip_kmh(n, time, length_m), 0, x->lang, kmh, sizeof kmh);
    }
    (void)printf("%4s %10s km %10s s %5s km/h  ", number, km, seconds, time > 0 ? kmh : "");
}

static void say_walk(const explain_command *x, const trip_end *e, const char *fr, const char *en)
{
    if (!e->by_node) {
        say_row(x, "", e->walk, e->walk_m, false);
        (void)printf("%s\n", tr(x->lang, fr, en));
    }
}

/* Texts of the network come from a file: no control character reaches the terminal. */
static void say_way(const network *n, const trip_stretch *s)
{
    char name[512], class[128];
    if (s->way == NETWORK_NONE) {
        (void)printf("-\n");
        return;
    }
    const char *of_name = n->way_name != NULL ? network_word(n, n->way_name[s->way]) : "";
    const char *of_class = n->way_class != NULL ? network_word(n, n->way_class[s->way]) : "";
    (void)text_escape(text_slice_of(of_name, strlen(of_name)), name, sizeof name);
    (void)text_escape(text_slice_of(of_class, strlen(of_class)), class, sizeof class);
    (void)printf("%s%s%s%s(%lld)\n", class, class[0] != '\0' ? "  " : "", name,
                 name[0] != '\0' ? "  " : "", (long long)n->way_id[s->way]);
}

static void say_total(const explain_command *x)
{
    const network *n = x->network;
    char minutes[NUMBER_BYTES], units[NUMBER_BYTES], a_minute[NUMBER_BYTES];
    (void)text_number((double)x->path.time / n->units_per_minute, 2, x->lang, minutes,
                      sizeof minutes);
    (void)text_number((double)x->path.time, 0, x->lang, units, sizeof units);
    (void)text_number(n->units_per_minute, 0, x->lang, a_minute, sizeof a_minute);
    say_row(x, "", x->path.time, x->path.length_m, true);
    say_line(stdout, x->lang, M_EXPLAIN_TOTAL, minutes, units, a_minute);
}

/* What the path does not explain of a figure printed to a tenth of a minute. */
static void say_figure(const explain_command *x)
{
    char figure[NUMBER_BYTES], rest[NUMBER_BYTES];
    const double minutes = (double)x->path.time / x->network->units_per_minute;
    const double gap = x->figure.minutes - minutes;
    (void)text_number(x->figure.minutes, 1, x->lang, figure, sizeof figure);
    (void)text_number(gap, 2, x->lang, rest, sizeof rest);
    say_line(stdout, x->lang, M_FIGURE_TOLD, x->options->arguments[2], x->options->arguments[3],
             figure, x->figure.venue);
    if (gap > FIGURE_ROUNDING_MIN || gap < -FIGURE_ROUNDING_MIN) {
        say_line(stdout, x->lang, M_FIGURE_GAP, rest);
    }
}

static void say_path(const explain_command *x)
{
    const trip_path *p = &x->path;
    const network *n = x->network;
    say_line(stdout, x->lang, M_EXPLAIN_NODES, (long long)n->node_id[p->from.node],
             (long long)n->node_id[p->to.node], p->node_count);
    say_walk(x, &p->from, M_EXPLAIN_WALK_TO);
    for (size_t i = 0; i < p->stretch_count; i++) {
        char number[NUMBER_BYTES];
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        say_row(x, number, p->stretch[i].time, p->stretch[i].length_m, true);
        say_way(n, &p->stretch[i]);
    }
    say_walk(x, &p->to, M_EXPLAIN_WALK_FROM);
    say_total(x);
    if (x->of_figure) {
        say_figure(x);
    }
}

/* --- the work --- */

static status write_path(const explain_command *x, error *err)
{
    const char *path = x->options->output;
    text_buffer text = {0};
    if (x->network->positions == POSITIONS_NONE) {
        return error_set(err, STATUS_INPUT, M_EXPLAIN_NO_POSITIONS);
    }
    trip_path_geojson(x->network, &x->path, &text);
    status result = text.failed ? memory_error(err, text.capacity)
                                : file_write_atomic(path, text.at, text.size, err);
    text_buffer_clear(&text);
    if (result == STATUS_OK && !x->options->json) {
        say_line(stderr, x->lang, M_TRAVEL_WRITTEN, path);
    }
    return result;
}

static status read_end(const explain_command *x, const char *typed, trip_end *out)
{
    error err;
    status result = trip_end_read(x->network, typed, (int)x->options->threads, out, &err);
    return result == STATUS_OK ? result
                               : faults_add_error(x->context->faults_list, SOURCE_NONE, &err);
}

/* The ends of a figure: the place, and the venue that its row names. */
static status figure_ends(const explain_command *x, trip_end *from, trip_end *to)
{
    error err;
    const explained_figure *f = &x->figure;
    const int threads = (int)x->options->threads;
    status result = trip_end_at(x->network, f->place_lon, f->place_lat, x->options->arguments[2],
                                threads, from, &err);
    if (result == STATUS_OK) {
        result = trip_end_at(x->network, f->venue_lon, f->venue_lat, f->venue, threads, to, &err);
    }
    return result == STATUS_OK ? result
                               : faults_add_error(x->context->faults_list, SOURCE_NONE, &err);
}

static status find_path(explain_command *x)
{
    error err;
    trip_end from = {0}, to = {0};
    status result =
        x->of_figure ? figure_ends(x, &from, &to) : read_end(x, x->options->origins, &from);
    if (!x->of_figure) {
        result = first_failure(result, read_end(x, x->options->destinations, &to));
    }
    if (result != STATUS_OK) {
        return result;
    }
    result = trip_path_find(x->network, &from, &to, x->context->environment->progress->cancel,
                            &x->path, &err);
    if (result == STATUS_OK && x->options->output != NULL) {
        result = write_path(x, &err);
    }
    return result == STATUS_OK ? result
                               : faults_add_error(x->context->faults_list, SOURCE_NONE, &err);
}

status command_explain(const command_context *c)
{
    explain_command x = {.context = c, .options = c->options, .lang = c->options->language};
    status result = check_options(&x);
    result =
        result == STATUS_OK
            ? travel_open(c, x.of_figure ? c->options->network : c->options->argument, &x.network)
            : result;
    result = result == STATUS_OK ? find_path(&x) : result;
    faults_print(c->faults_list, c->options, NULL);
    if (result == STATUS_OK) {
        say_path(&x);
    }
    trip_path_clear(&x.path);
    network_free(x.network);
    return result;
}
