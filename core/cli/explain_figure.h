/* cli/explain_figure.h: which two points lie behind a travel time of a results folder. */
#ifndef CLI_EXPLAIN_FIGURE_H
#define CLI_EXPLAIN_FIGURE_H

#include "cli/command.h"

typedef struct explained_figure {
    double place_lon, place_lat, venue_lon, venue_lat; /* as the tables print them */
    double minutes;
    char venue[128]; /* its id */
} explained_figure;

/* "DIR places CODE minutes_nearest": the place's row and the row of the venue that it names, in
 * DIR/tables. Refused, with what is there, where the table, row or column has no such time. */
MUST_CHECK status explained_figure_read(const cli_options *o, explained_figure *out,
                                        faults *faults_list);

#endif
