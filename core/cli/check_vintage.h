/* cli/check_vintage.h: the years that the codes of checked files fit, where a movement file is at
 * hand. */
#ifndef CLI_CHECK_VINTAGE_H
#define CLI_CHECK_VINTAGE_H

#include "cli/command.h"
#include "territory/vintage.h"

typedef struct check_vintages {
    const char *file; /* of movements; NULL: none was found */
    imported movements;
    vintage_history *history; /* NULL: none, or its file has faults */
    arena *memory;
} check_vintages;

/* Looks among the files named, then in --data, else beside them. Not finding any, or one with
 * faults, is no failure: a line says the latter. */
MUST_CHECK status check_vintages_open(const command_context *c, check_vintages *out, error *err);
void check_vintages_close(check_vintages *v);

#endif
