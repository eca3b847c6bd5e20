/* What the generator writes, one function a file. */
#ifndef SYNTHETIC_FILES_H
#define SYNTHETIC_FILES_H

#include <stdio.h>

#include "datasets/synthetic/land.h"

/* An output file; the first failed write is remembered and told on closing. */
typedef struct output {
    FILE *file;
    char path[4096];
    bool failed;
} output;
MUST_CHECK status output_open(output *o, const char *folder, const char *name, error *err);
void output_format(output *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
MUST_CHECK status output_close(output *o, status so_far, error *err);

MUST_CHECK status write_outlines(const land *l, const char *folder,
                                 error *err);                                 /* communes.geojson */
MUST_CHECK status write_names(const land *l, const char *folder, error *err); /* cog_communes.csv */
MUST_CHECK status write_populations(const land *l, const char *folder,
                                    error *err); /* populations.csv */
MUST_CHECK status write_memberships(const land *l, const char *folder,
                                    error *err); /* appartenance.csv */
MUST_CHECK status write_postcodes(const land *l, const char *folder,
                                  error *err); /* code_postal.csv */
MUST_CHECK status write_cells(const land *l, const char *folder,
                              error *err); /* carreaux_200m.csv, carreaux_1km.csv */
/* base-flux-domicile-travail-2021.csv (base-flux totals) and FD_MOBPRO_2021.csv (one respondent a
 * row) of one and the same sample. */
MUST_CHECK status write_flows(const land *l, const char *folder, error *err);
MUST_CHECK status write_roads(const land *l, const char *folder, error *err);  /* routes.osm.pbf */
MUST_CHECK status write_venues(const land *l, const char *folder, error *err); /* two lists */
/* run.yaml and, with cells, run-carreaux.yaml; `network` is the road file that they name. */
MUST_CHECK status write_run_files(const char *folder, const char *network, bool cells,
                                  uint64_t seed, error *err);

#endif
