#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"

static const wanted_column columns[] = {
    {.name = "code",
     .aliases = ALIASES(CODE_HEADERS),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "density7",
     .aliases = ALIASES("DENS7", "DENS", "density7", "densite", "GRILLE_DENSITE", "niveau",
                        "niveau_densite", "Degré densité", "Degré de densité", "Code degré densité",
                        "Degré de densité de la commune"),
     .title_fr = "Niveau de densité",
     .title_en = "Density level",
     .unit = "{class}",
     .type = COLUMN_U32,
     .required = true,
     .lowest = 1,
     .highest = 7},
    /* shares of the population by level: they tell the grid of 3 levels from that of 7 */
    TEXT_OF("share_3", "P3"),
    TEXT_OF("share_4", "P4"),
};

enum { GRID_ROWS = 100 };

/* The grids of 3 and of 4 levels have the same header: their levels are not those of the seven. */
static status judge_grid(const import_request *request, imported *in, faults *faults_list)
{
    uint32_t highest = 0;
    const table *t = in->rows;
    const column *density = table_find(t, "density7");
    const source_ref file = source_at(request->path, 0, 0);
    for (size_t i = 0; density && i < t->rows; i++) {
        const bool known = column_state(density, i) == VALUE_PRESENT;
        highest = known && density->at.u32[i] > highest ? density->at.u32[i] : highest;
    }
    in->vintage = year_in_path(request->path);
    if (table_find(t, "share_3") && !table_find(t, "share_4")) {
        return faults_refuse(faults_list, file, M_DENSITY_THREE);
    }
    if (highest <= 4 && t->rows >= GRID_ROWS) {
        faults_warn(faults_list, file, M_DENSITY_FOUR, highest);
    }
    return STATUS_OK;
}

const importer importer_insee_density = {
    .id = "insee-density",
    .role = "density",
    .title_fr = "Grille communale de densité à 7 niveaux",
    .title_en = "Density grid of communes, 7 levels",
    .producer = "Insee",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES("LIBDENS", "Degré densité", "Libellé degré densité"),
    .generic = true,
    .finish = judge_grid,
};
