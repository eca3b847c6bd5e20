/* cli/travel_say.h: what `travel` and `explain` share: opening a network, and telling. */
#ifndef CLI_TRAVEL_SAY_H
#define CLI_TRAVEL_SAY_H

#include "cli/command.h"
#include "network/graph/network.h"

/* Adds a misuse: what the command misses. */
status travel_wants(const command_context *c, const char *name, const char *fr, const char *en);
/* Maps a network, as a step, and says what it is; faults go to the context's list. */
MUST_CHECK status travel_open(const command_context *c, const char *path, network **out);
/* The gravest of two. */
static inline status first_failure(status a, status b)
{
    return a != STATUS_OK ? a : b;
}
/* A failure after the faults were printed: alone, in the same form. */
void travel_tell_error(const command_context *c, const error *err);

#endif
