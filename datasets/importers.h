/* datasets/importers.h: every importer, listed once; handed down by the command line. */
#ifndef DATASETS_IMPORTERS_H
#define DATASETS_IMPORTERS_H

#include "territory/importer.h"

/* NULL-terminated; within a role, the most particular first. */
extern const importer *const dataset_importers[];

extern const importer importer_communes_outlines;
extern const importer importer_insee_cog;
extern const importer importer_insee_membership;
extern const importer importer_insee_density;
extern const importer importer_insee_population;
extern const importer importer_insee_base_flux;
extern const importer importer_mobpro_mode_csp;
extern const importer importer_insee_fd_mobpro;
extern const importer importer_insee_fd_mobpro_before_2017;
extern const importer importer_insee_grid_200m;
extern const importer importer_insee_grid_1km;
extern const importer importer_france_services;
extern const importer importer_anct_labels;
extern const importer importer_tiers_lieux_census;
extern const importer importer_venues;
extern const importer importer_laposte_postcodes;
extern const importer importer_ban;
extern const importer importer_ban_localities;
extern const importer importer_group;
extern const importer importer_perimeter;

#endif
