/* datasets/synthetic: a plausible, entirely fictitious territory in INSEE's own file formats.
 *
 * Deterministic: the same seed and number of communes give the same bytes. The files pass the real
 * importers; about one row in a hundred carries a fault seen in published files (README.md lists
 * them). */
#ifndef SYNTHETIC_SYNTHETIC_H
#define SYNTHETIC_SYNTHETIC_H

#include "base/progress.h"

enum {
    SYNTHETIC_MIN_COMMUNES = 20,
    SYNTHETIC_MAX_COMMUNES = 35000,
    SYNTHETIC_DEFAULT_COMMUNES = 345
};

typedef struct synthetic_options {
    const char *folder; /* made if absent; its files are replaced */
    size_t communes;    /* SYNTHETIC_MIN_COMMUNES..SYNTHETIC_MAX_COMMUNES */
    uint64_t seed;
    /* For benchmarks; 0: as the demo. */
    size_t crossings;         /* about so many, of a street lattice: routes.gr and routes.co, and a
                                 run file that expects routes.net */
    bool crossings_as_pbf;    /* ... routes.osm.pbf in their place */
    double respondents_share; /* of the demo's respondents, (0, 1]: the others weigh more */
    double venues_share;      /* of the demo's venues, (0, 1] */
    bool without_cells;
    int threads;
    progress *progress;
} synthetic_options;

/* Writes communes.geojson, cog_communes.csv, populations.csv, appartenance.csv,
 * base-flux-domicile-travail-2021.csv, FD_MOBPRO_2021.csv, routes.osm.pbf, tiers_lieux.csv,
 * france_services.csv, code_postal.csv, carreaux_200m.csv, carreaux_1km.csv, run.yaml, and
 * run-carreaux.yaml, whose places are the cells of 200 m.
 */
MUST_CHECK status synthetic_generate(const synthetic_options *options, error *err);

#endif
