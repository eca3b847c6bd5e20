/* france_data FOLDER COMMUNES CROSSINGS gr|pbf: the files of a synthetic France for `make
 * bench-france`: about 1.2 million flows, 3,500 venues, a street lattice. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/synthetic/synthetic.h"

int main(int argc, char **argv)
{
    error err = {0};
    if (argc != 5) {
        (void)fprintf(stderr, "usage: france_data FOLDER COMMUNES CROSSINGS gr|pbf\n");
        return 64;
    }
    const synthetic_options options = {
        .folder = argv[1],
        .communes = strtoul(argv[2], NULL, 10),
        .seed = 1,
        .crossings = strtoul(argv[3], NULL, 10),
        .crossings_as_pbf = strcmp(argv[4], "pbf") == 0,
        .respondents_share = 0.45,
        .venues_share = 0.24,
        .without_cells = true,
    };
    const status s = synthetic_generate(&options, &err);
    if (s != STATUS_OK)
        (void)fprintf(stderr, "%s\n", error_text(&err, LANGUAGE_EN));
    return status_exit_code(s);
}
