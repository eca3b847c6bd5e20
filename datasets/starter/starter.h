/* datasets/starter: the first run file of a territory, written for what its data folder holds.
 *
 * Every file is recognised by its header through the importers; every column of the user's list of
 * venues is guessed from its name and its values. Guesses and doubts are said as comments, in the
 * user's language: the file is a beginning that its reader can judge. */
#ifndef STARTER_STARTER_H
#define STARTER_STARTER_H

#include "base/progress.h"
#include "datasets/catalogue/areas.h"
#include "territory/venues.h"

typedef struct starter_options {
    const char *territory;
    const char *data_folder;
    const char *venues; /* the user's list; NULL: none */
    const char *output;
    language language;
    const areas *areas;
    const taxonomy *kinds;
    const importer *const *importers;
    zygote *workers;
    progress *progress;
} starter_options;

typedef struct starter_summary {
    size_t files_used, files_unused; /* of the data folder */
    size_t columns_guessed, doubts;  /* of the list of venues */
} starter_summary;

/* Writes options->output, which must not exist. STATUS_INPUT when the folder holds no communes;
 * STATUS_USAGE for a territory that means nothing or two things. */
MUST_CHECK status starter_write(const starter_options *options, starter_summary *out,
                                faults *faults_list);

#endif
