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
extern const importer importer_insee_population_ensemble;
extern const importer importer_insee_base_flux;
extern const importer importer_insee_flows_departement;
extern const importer importer_insee_filosofi;
extern const importer importer_insee_bpe_points;
extern const importer importer_insee_bpe_points_counted;
extern const importer importer_insee_bpe_counts;
extern const importer importer_insee_bpe_crosstab;
extern const importer importer_context;
extern const importer importer_foreign_places;
extern const importer importer_frr;
extern const importer importer_zrr;
extern const importer importer_programme;
extern const importer importer_qpv;
extern const importer importer_zoning;
extern const importer importer_mobpro_mode_csp;
extern const importer importer_insee_fd_mobpro;
extern const importer importer_insee_fd_mobpro_before_2017;
extern const importer importer_insee_grid_200m;
extern const importer importer_insee_grid_1km;
extern const importer importer_france_services;
extern const importer importer_anct_labels;
extern const importer importer_osm_venues;
extern const importer importer_conseillers_numeriques;
extern const importer importer_tiers_lieux_census;
extern const importer importer_tiers_lieux_themes;
extern const importer importer_venues;
extern const importer importer_laposte_postcodes;
extern const importer importer_foreign_work_places;
extern const importer importer_ban;
extern const importer importer_ban_localities;
extern const importer importer_insee_movements;
extern const importer importer_insee_passage;
extern const importer importer_travel_times;
extern const importer importer_travel_times_seconds;
extern const importer importer_group;
extern const importer importer_perimeter;

#endif
