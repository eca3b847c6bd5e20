#include "cli/travel_say.h"

#include <stdio.h>

#include "cli/messages.h"
#include "cli/say.h"
#include "network/graph/network_file.h"

enum { NUMBER_BYTES = 48 };

status travel_wants(const command_context *c, const char *name, const char *fr, const char *en)
{
    error err;
    (void)error_set(&err, STATUS_USAGE, M_TRAVEL_WANTS, name, fr, en);
    return faults_add_error(c->faults_list, SOURCE_NONE, &err);
}

static void say_network(const command_context *c, const network *n)
{
    const language lang = c->options->language;
    char nodes[NUMBER_BYTES], arcs[NUMBER_BYTES];
    if (c->options->json) {
        return;
    }
    (void)text_number(n->node_count, 0, lang, nodes, sizeof nodes);
    (void)text_number(n->arc_count, 0, lang, arcs, sizeof arcs);
    if (n->hierarchy != NULL) {
        say_line(stderr, lang, M_TRAVEL_NETWORK, nodes, arcs, M_TRAVEL_WITH_HIERARCHY);
    } else {
        say_line(stderr, lang, M_TRAVEL_NETWORK, nodes, arcs, "", "");
    }
}

status travel_open(const command_context *c, const char *path, network **out)
{
    error err;
    progress *p = c->environment->progress;
    progress_step(p, "network", M_TRAVEL_STEP_NETWORK);
    status result = network_open(out, path, (int)c->options->threads, p, &err);
    progress_end(p);
    if (result == STATUS_INTERRUPTED) {
        (void)error_set(&err, result, M_TRAVEL_STOPPED);
    }
    if (result != STATUS_OK) {
        return faults_add_error(c->faults_list, SOURCE_NONE, &err); /* it names the file */
    }
    say_network(c, *out);
    return STATUS_OK;
}

void travel_tell_error(const command_context *c, const error *err)
{
    error own;
    faults *list = NULL;
    if (faults_new(&list, &own) != STATUS_OK) {
        return;
    }
    (void)faults_add_error(list, SOURCE_NONE, err);
    faults_print(list, c->options, NULL);
    faults_free(list);
}
