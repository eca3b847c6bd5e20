#include "datasets/importers.h"

#include <stddef.h>

const importer *const dataset_importers[] = {
    &importer_communes_outlines,
    &importer_insee_cog,
    &importer_insee_membership,
    &importer_insee_density,
    &importer_insee_population,
    &importer_insee_base_flux,
    &importer_mobpro_mode_csp,
    &importer_insee_fd_mobpro,
    &importer_insee_fd_mobpro_before_2017,
    &importer_insee_grid_200m,
    &importer_insee_grid_1km,
    &importer_france_services,
    &importer_anct_labels,
    &importer_tiers_lieux_census,
    &importer_venues,
    &importer_laposte_postcodes,
    &importer_ban,
    &importer_ban_localities,
    &importer_group,
    &importer_perimeter,
    NULL,
};
