/* engine/conformance/conformance.h: what every plugin must keep to, tried on a made-up territory.
 *
 * `bassin plugin check`: the plugin, judged as data already, is run as a job many times: on other
 * numbers of threads, other blocks, other orders, with nothing known, with no row at all; its
 * results must not change, or change only as the contract says. No run file is needed. */
#ifndef ENGINE_CONFORMANCE_CONFORMANCE_H
#define ENGINE_CONFORMANCE_CONFORMANCE_H

#include <stdatomic.h>

#include "engine/plugin/plugin_open.h"

typedef enum verdict {
    VERDICT_GOOD,
    VERDICT_WARNING, /* allowed, and worth a look */
    VERDICT_SKIPPED, /* cannot be tried here; `why` says the reason */
    VERDICT_BAD,     /* does not conform */
    VERDICT_FAILED,  /* the plugin failed while it ran */
} verdict;

/* One check, done. */
typedef struct conformance_line {
    const char *id; /* "threads": for machines */
    const char *title_fr, *title_en;
    verdict verdict;
    error why; /* texts empty when VERDICT_GOOD */
} conformance_line;

typedef struct conformance_options {
    zygote *workers;         /* for foreign plugins */
    atomic_int *cancel;      /* non-zero stops; NULL: nobody stops it */
    const char *case_folder; /* a worked case, tried too; NULL: none */
    /* Told each check as soon as it is done. */
    void (*told)(void *context, const conformance_line *line);
    /* Told what differs from the worked case, or what is wrong with its files. */
    void (*told_case)(void *context, const faults *list);
    void *context;
} conformance_options;

/* Does every check. STATUS_OK: the plugin conforms; STATUS_INPUT: it does not; STATUS_PLUGIN: it
 * failed while it ran. Another status (memory, interruption) is told in `err` alone. [one thread]
 */
MUST_CHECK status conformance_run(const loaded_plugin *loaded, const conformance_options *options,
                                  error *err);

#endif
