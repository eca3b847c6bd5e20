/* tests/abi/old/host_1_1.h: a host that knows ABI 1.1 alone, compiled with its header. */
#ifndef TESTS_ABI_OLD_HOST_1_1_H
#define TESTS_ABI_OLD_HOST_1_1_H

#include <stddef.h>

typedef struct old_run {
    const char *basis;    /* of the first parameter, as read by the rules of 1.1 */
    const char *title_fr; /* of the first output */
    double value[4];      /* of the first output, four places */
    char log[128];        /* the last line */
} old_run;

/* Reads a descriptor whatever its minor, runs the first stage over four places, then its finish.
 * 0, or the plugin's status. */
int host_1_1_run(const void *plugin, old_run *out);

#endif
