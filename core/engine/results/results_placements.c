/* The table of placements: how each listed venue was placed, how sure that is, what it can change.
 */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/results/results_model.h"

/* Which columns of the venues' ledger, and as reports name them. */
static const column_spec placement_columns[] = {
    {"id", "Identifiant", "Identifier", "", COLUMN_TEXT, -1},
    {"name", "Lieu", "Venue", "", COLUMN_TEXT, -1},
    {"code", "Code commune", "Commune code", "", COLUMN_TEXT, -1},
    {"placement", "Mode de localisation", "Placement", "", COLUMN_TEXT, -1},
    {"quality", "Qualité", "Quality", "", COLUMN_TEXT, -1},
    {"effect", "Ce que cela peut changer", "What it can change", "", COLUMN_TEXT, -1},
    {"uncertainty_km", "Incertitude du point", "Uncertainty of the point", "km", COLUMN_F64, 2},
    {"distance_km", "Écart entre le dit et le retenu", "Distance between said and used", "km",
     COLUMN_F64, 3},
    {"score", "Ressemblance de l’adresse", "Likeness of the address", "1", COLUMN_F64, 2},
    {"doubts", "Doutes", "Doubts in French", "", COLUMN_TEXT, -1},
    {"doubts_en", "Doutes en anglais", "Doubts", "", COLUMN_TEXT, -1},
    {"alternatives", "Autres possibilités", "Alternatives in French", "", COLUMN_TEXT, -1},
    {"alternatives_en", "Autres possibilités en anglais", "Alternatives", "", COLUMN_TEXT, -1},
    {"doubt_count", "Nombre de doutes", "Number of doubts", "1", COLUMN_U32, -1},
};
enum { PLACEMENT_COLUMNS = sizeof placement_columns / sizeof *placement_columns };

status results_placements(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Localisation des lieux",
                                       .title_en = "Placement of venues",
                                       .sheet_fr = "Qualité",
                                       .sheet_en = "Quality"};
    const table *from = b->d->venues->placements;
    maker m;
    if (from == NULL)
        return STATUS_OK;
    status s = maker_begin(&m, b, "placements", err);
    for (size_t i = 0; s == STATUS_OK && i < PLACEMENT_COLUMNS; i++)
        s = maker_column(&m, &placement_columns[i], NULL, NULL, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, b->venue_count, err);
    for (size_t i = 0; s == STATUS_OK && i < PLACEMENT_COLUMNS; i++) {
        const column *k = table_find(from, placement_columns[i].name);
        if (k == NULL)
            continue;
        value_source source = source_of_column(k);
        s = maker_copy(&m, i, &source, b->venue_rows, err);
    }
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}
