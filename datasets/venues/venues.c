#include "datasets/hours/columns.h"
#include "datasets/importers.h"

#define TEXT_COLUMN(canonical, ...)                                                                \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT        \
    }
#define NUMBER(canonical, of_unit, ...)                                                            \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = of_unit, .type = COLUMN_F64,   \
        .decimals = -1                                                                             \
    }

static const wanted_column columns[] = {
    {.name = "name",
     .aliases = ALIASES("name", "nom", "nom_lieu", "nom_du_lieu", "lieu", "libelle", "intitule"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_COLUMN("id", "id", "identifiant", "id_lieu", "code_lieu"),
    TEXT_COLUMN("kind", "kind", "type", "type_lieu", "typologie", "categorie"),
    TEXT_COLUMN("functions", "functions", "fonctions"),
    TEXT_COLUMN("commune", "code_commune", "code_insee", "insee_com", "codgeo", "depcom", "insee",
                "com"),
    NUMBER("lon", "deg", "lon", "longitude", "lng", "long"),
    NUMBER("lat", "deg", "lat", "latitude"),
    TEXT_COLUMN("address", "address", "adresse"),
    TEXT_COLUMN("postcode", "postcode", "code_postal", "codpost", "cp"),
    TEXT_COLUMN("city", "city", "ville", "lib_com", "nom_commune", "commune"),
    TEXT_COLUMN("status", "status", "statut", "etat"),
    TEXT_COLUMN("label", "label", "labels"),
    {.name = "capacity",
     .aliases = ALIASES("capacity", "capacite", "postes", "places"),
     .unit = "1",
     .type = COLUMN_F64,
     .decimals = -1,
     .lowest = 0,
     .highest = 1e6},
    TEXT_COLUMN("legal_form", "legal_form", "statut_juridique", "forme_juridique"),
    TEXT_COLUMN("opened", "opened", "date_ouverture", "date_ouv"),
    TEXT_COLUMN("in_scope", "in_scope", "perimetre"),
    TEXT_COLUMN("itinerant", "itinerant", "itinerance", "presence"),
    TEXT_COLUMN("siret", "siret", "numero_siret"),
    TEXT_COLUMN("label_state", "label_state", "etat_label", "statut_label"),
    TEXT_COLUMN("label_start", "label_start", "date_label", "date_labellisation", "debut_label"),
    TEXT_COLUMN("label_end", "label_end", "fin_label", "date_fin_label", "date_sortie"),
    TEXT_COLUMN("wheelchair", "wheelchair", "acces_pmr", "pmr"),
    HOURS_COLUMNS,
};

const importer importer_venues = {
    .id = "venues",
    .role = "venues",
    .title_fr = "Liste de lieux",
    .title_en = "List of venues",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .generic = true,
    .finish = imported_hours,
};
