#include "engine/scenario/descriptor_keys.h"

#include <string.h>

/* --- keys of every input --- */
static const key input_keys[] = {
    {.name = "file",
     .kind = KEY_FILE,
     .flags = KEY_REQUIRED,
     .offset = IN_INPUT(file),
     .words = "fichier|chemin|path",
     .fr = "le fichier : texte délimité, tableur, Parquet, GeoJSON, GeoPackage ou shapefile, tel "
           "quel, .gz "
           "ou dans un .zip",
     .en = "the file: delimited text, spreadsheet, Parquet, GeoJSON, GeoPackage or shapefile, as "
           "it is, .gz "
           "or inside a .zip"},
    {.name = "format",
     .kind = KEY_TEXT,
     .offset = IN_INPUT(format),
     .words = "importeur|lecteur",
     .fr = "le nom du lecteur, si l’en-tête ne suffit pas à le reconnaître",
     .en = "the name of the importer, where the header does not tell it"},
    {.name = "encoding",
     .kind = KEY_ENCODING,
     .choices = "utf-8|latin-1",
     .words = "encodage",
     .offset = IN_INPUT(encoding),
     .fr = "l’encodage du texte ; sans lui, il est reconnu sur tout le fichier",
     .en = "the encoding of the text; without it, it is recognised over the whole file"},
    {.name = "layer",
     .kind = KEY_TEXT,
     .offset = IN_INPUT(member),
     .words = "couche|feuille|sheet",
     .fr = "la couche du GeoPackage ou la feuille du classeur, si ce n’est pas la première",
     .en = "the layer of a GeoPackage or the sheet of a workbook, where it is not the first"},
    {.name = "member",
     .kind = KEY_TEXT,
     .offset = IN_INPUT(member),
     .words = "membre|archive",
     .fr = "le fichier à lire dans un .zip qui en contient plusieurs",
     .en = "the file to read inside a .zip that holds several"},
    {.name = "crs",
     .kind = KEY_CRS,
     .offset = IN_INPUT(epsg),
     .fallback = "EPSG:4326",
     .words = "projection|srs|scr|epsg",
     .fr = "le système de coordonnées des colonnes de position",
     .en = "the coordinate system of the position columns"},
    {.name = "vintage",
     .kind = KEY_WHOLE,
     .offset = IN_INPUT(vintage),
     .lowest = 1943,
     .highest = 2100,
     .words = "millesime|annee|year|geographie",
     .fr = "le millésime du fichier (année du code officiel géographique)",
     .en = "the vintage of the file (year of the official geographic code)"},
};
const section input_section = {.name = "input", .keys = input_keys, .count = COUNT_OF(input_keys)};

/* --- territory --- */
#define LEVEL_COLUMNS                                                                              \
    COLUMN("departement", "departement", "department|dep", "la colonne du département",            \
           "the column of the département"),                                                       \
        COLUMN("region", "region", "reg", "la colonne de la région", "the column of the region"),  \
        COLUMN("epci", "epci", "intercommunalite", "la colonne de l’EPCI",                         \
               "the column of the EPCI"),                                                          \
        COLUMN("bassin_vie", "bassin_vie", "bassin|bv", "la colonne du bassin de vie",             \
               "the column of the bassin de vie"),                                                 \
        COLUMN("zone_emploi", "zone_emploi", "ze", "la colonne de la zone d’emploi",               \
               "the column of the zone d’emploi"),                                                 \
        COLUMN("arrondissement", "arrondissement", "arr",                                          \
               "la colonne de l’arrondissement départemental",                                     \
               "the column of the arrondissement"),                                                \
        COLUMN("aav", "aav", "aire", "la colonne de l’aire d’attraction des villes",               \
               "the column of the attraction area of cities"),                                     \
        COLUMN("density", "density7", "densite|densite7",                                          \
               "la colonne de la grille de densité, niveaux 1 à 7",                                \
               "the column of the density grid, levels 1 to 7")

static const key communes_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com",
           "la colonne du code de la commune, texte brut (01004, 2A004)",
           "the column of the commune's code, raw text (01004, 2A004)"),
    COLUMN("name", "name", "nom|libelle|libgeo", "la colonne du nom", "the column of the name"),
    COLUMN("population", "population", "habitants", "la colonne de la population",
           "the column of the population"),
    {.name = "point",
     .kind = KEY_POINT,
     .column = "lon",
     .words = "position|coordonnees|xy",
     .fr = "les deux colonnes du point de la commune : [longitude, latitude], ou [x, y] avec crs",
     .en = "the two columns of the commune's point: [longitude, latitude], or [x, y] with crs"},
    LEVEL_COLUMNS,
};
static const section communes_section = {
    .name = "communes", .keys = communes_keys, .count = COUNT_OF(communes_keys), .input = true};

static const key names_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code", "the column of the code"),
    COLUMN("name", "name", "nom|libelle", "la colonne du nom", "the column of the name"),
    COLUMN("type", "type", "typecom", "la colonne du type (COM, ARM, COMD, COMA)",
           "the column of the type (COM, ARM, COMD, COMA)"),
    COLUMN("parent", "parent", "comparent", "la colonne de la commune parente",
           "the column of the parent commune"),
    COLUMN("departement", "departement", "department|dep", "la colonne du département",
           "the column of the département"),
    COLUMN("region", "region", "reg", "la colonne de la région", "the column of the region"),
    COLUMN("arrondissement", "arrondissement", "arr", "la colonne de l’arrondissement",
           "the column of the arrondissement"),
};
static const section names_section = {
    .name = "names", .keys = names_keys, .count = COUNT_OF(names_keys), .input = true};

static const key membership_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
    LEVEL_COLUMNS,
};
static const section membership_section = {.name = "membership",
                                           .keys = membership_keys,
                                           .count = COUNT_OF(membership_keys),
                                           .input = true};

static const key cells_keys[] = {
    COLUMN("id", "id", "idcar|idinspire", "la colonne de l’identifiant INSPIRE du carreau",
           "the column of the INSPIRE id of the cell"),
    COLUMN("population", "population", "ind|habitants", "la colonne de la population",
           "the column of the population"),
    COLUMN("commune", "commune", "code|codgeo", "la colonne du code de la commune",
           "the column of the commune's code"),
    {.name = "point",
     .kind = KEY_POINT,
     .column = "x",
     .words = "centre|xy",
     .fr = "les deux colonnes du centre, en mètres (EPSG:3035)",
     .en = "the two columns of the centre, in metres (EPSG:3035)"},
    {.name = "as",
     .kind = KEY_CHOICE,
     .flags = KEY_ROOT,
     .choices = "points|places",
     .fallback = "points",
     .offset = IN_DRAFT(cells_as),
     .words = "comme|usage|role",
     .fr = "points : les carreaux placent le point de chaque commune ; places : ils sont les lieux "
           "d’habitation de l’exécution, et les communes en sont la moyenne pondérée",
     .en = "points: cells place the point of each commune; places: they are the places of the run, "
           "and communes are their weighted means"},
};
static const section cells_section = {
    .name = "cells", .keys = cells_keys, .count = COUNT_OF(cells_keys), .input = true};

static const key density_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
    COLUMN("value", "density7", "valeur|dens|density|densite|niveau",
           "la colonne du niveau, de 1 (grands centres urbains) à 7 (rural très dispersé)",
           "the column of the level, from 1 (large urban centres) to 7 (very dispersed rural)"),
};
static const section density_section = {
    .name = "density", .keys = density_keys, .count = COUNT_OF(density_keys), .input = true};

static const key group_keys[] = {
    {.name = "name",
     .kind = KEY_TEXT,
     .flags = KEY_REQUIRED,
     .offset = offsetof(scenario_group, name),
     .words = "nom|titre",
     .fr = "le nom de la maille, tel qu’il s’imprime (SCoT)",
     .en = "the name of the level, as printed (SCoT)"},
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
    COLUMN("group", "group", "groupe", "la colonne du code du groupe",
           "the column of the group's code"),
    COLUMN("label", "group_name", "libelle|intitule", "la colonne du nom du groupe",
           "the column of the group's name"),
};
static const section group_section = {.name = "groups",
                                      .keys = group_keys,
                                      .count = COUNT_OF(group_keys),
                                      .size = sizeof(scenario_group),
                                      .input = true,
                                      .input_offset = offsetof(scenario_group, input)};

static const key zoning_keys[] = {
    {.name = "name",
     .kind = KEY_TEXT,
     .flags = KEY_REQUIRED,
     .offset = offsetof(scenario_zoning, name),
     .words = "nom|titre",
     .fr = "le nom du zonage, tel qu’il s’imprime (FRR) ; il donne aussi le nom de sa colonne",
     .en = "the name of the zoning, as printed (FRR); it gives the name of its column too"},
    {.name = "year",
     .kind = KEY_WHOLE,
     .lowest = 1990,
     .highest = 2100,
     .offset = offsetof(scenario_zoning, year),
     .words = "annee|an|date",
     .fr = "l’année du zonage ; sans elle, celle du nom du fichier s’il en a une",
     .en = "the year of the zoning; without it, that of the file's name, where it has one"},
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
    COLUMN("class", "class", "classe|classement|zonage|value|valeur",
           "la colonne du classement ; sans elle, toute commune du fichier est classée",
           "the column of the class; without it, every commune of the file is in"),
    COLUMN("zone", "zone", "quartier|qpv",
           "la colonne du code de la zone, dont le fichier a le contour",
           "the column of the code of the zone, whose outline the file has"),
};
static const section zoning_section = {.name = "zonings",
                                       .keys = zoning_keys,
                                       .count = COUNT_OF(zoning_keys),
                                       .size = sizeof(scenario_zoning),
                                       .input = true,
                                       .input_offset = offsetof(scenario_zoning, input)};

static const key context_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
    {.name = "columns",
     .kind = KEY_HEADERS,
     .offset = offsetof(scenario_context, columns),
     .count_offset = offsetof(scenario_context, column_count),
     .words = "colonnes|numbers|nombres|values|valeurs",
     .fr = "les colonnes de nombres à prendre de plus, par leur en-tête ; les fichiers que bassin "
           "connaît (Filosofi, BPE) donnent déjà les leurs",
     .en = "the columns of numbers to take besides, by their header; the files that bassin knows "
           "(Filosofi, BPE) give theirs already"},
};
static const section context_section = {.name = "context",
                                        .keys = context_keys,
                                        .count = COUNT_OF(context_keys),
                                        .size = sizeof(scenario_context),
                                        .input = true,
                                        .input_offset = offsetof(scenario_context, input)};

static const key keep_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
};
const section keep_section = {
    .name = "keep", .keys = keep_keys, .count = COUNT_OF(keep_keys), .input = true};

static const section movements_section = {.name = "movements", .input = true};
static const section passage_section = {.name = "passage", .input = true};

static const key territory_keys[] = {
    {.name = "communes",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &communes_section,
     .offset = IN_DRAFT(scenario.communes),
     .words = "villes|municipalities|contours",
     .fr = "les communes : contours ou points",
     .en = "the communes: outlines or points"},
    {.name = "places",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &communes_section,
     .offset = IN_DRAFT(scenario.communes),
     .words = "lieux_habites|points",
     .fr = "au lieu de communes : des points avec leur population",
     .en = "instead of communes: points with their population"},
    {.name = "cells",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &cells_section,
     .offset = IN_DRAFT(scenario.cells),
     .words = "carreaux|grille|grid",
     .fr = "les carreaux de population (200 m ou 1 km) : ils placent le point de chaque commune, "
           "ou sont eux-mêmes les lieux d’habitation (as: places)",
     .en = "the population cells (200 m or 1 km): they place the point of each commune, or are the "
           "places themselves (as: places)"},
    {.name = "names",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &names_section,
     .offset = IN_DRAFT(scenario.names),
     .words = "noms|cog|libelles",
     .fr = "le code officiel géographique, si les contours n’ont pas les noms",
     .en = "the official geographic code, where the outlines lack the names"},
    {.name = "membership",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &membership_section,
     .offset = IN_DRAFT(scenario.membership),
     .words = "appartenance|mailles|rattachement",
     .fr = "la table d’appartenance des communes (EPCI, bassin de vie, zone d’emploi...)",
     .en = "the membership table of communes (EPCI, bassin de vie, zone d'emploi...)"},
    {.name = "density",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &density_section,
     .offset = IN_DRAFT(scenario.density),
     .words = "densite|grille_de_densite|grille_densite",
     .fr = "la grille communale de densité de l’INSEE, si les communes ou l’appartenance ne l’ont "
           "pas : vitesses des temps estimés, comparaisons par densité",
     .en = "INSEE's density grid of communes, where communes and membership lack it: speeds of "
           "estimated times, comparisons by density"},
    {.name = "keep",
     .kind = KEY_KEEP,
     .words = "garder|perimetre|selection|perimeter",
     .fr = "le périmètre : departement:77, region:11, epci:<SIREN>, commune:77288, metropole, "
           "france, ou {file, code} ; sans lui, tout ce qui est chargé",
     .en = "the perimeter: departement:77, region:11, epci:<SIREN>, commune:77288, metropole, "
           "france, or {file, code}; without it, all that is loaded"},
    {.name = "margin",
     .kind = KEY_QUANTITY,
     .unit = "km",
     .lowest = 0,
     .highest = 500,
     .fallback = "0 km",
     .offset = IN_DRAFT(margin_km),
     .words = "marge|bordure|buffer",
     .fr = "les communes à moins de cette distance du périmètre servent l’offre et la demande, "
           "sans entrer dans les tableaux",
     .en = "communes within this distance of the perimeter serve supply and demand, but stay out "
           "of the tables"},
    {.name = "vintage",
     .kind = KEY_WHOLE,
     .lowest = 1943,
     .highest = 2100,
     .offset = IN_DRAFT(scenario.pivot_vintage),
     .words = "millesime|annee|year|pivot",
     .fr = "le millésime pivot de l’exécution",
     .en = "the pivot vintage of the run"},
    {.name = "movements",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &movements_section,
     .offset = IN_DRAFT(scenario.movements),
     .words = "mouvements|evenements",
     .fr = "les mouvements de communes de l’INSEE : chaque fichier passe de son millésime au pivot "
           "(vintage) ; sans eux, les codes d’une autre année restent sans correspondance",
     .en = "INSEE's movements of communes: every file is carried from its vintage to the pivot "
           "(vintage); without them, codes of another year stay unmatched"},
    {.name = "passage",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &passage_section,
     .offset = IN_DRAFT(scenario.passage),
     .words = "table_de_passage|passages",
     .fr = "une table de passage (cod_from, cod_to, ratio, y0, y1), qui l’emporte sur les "
           "mouvements pour les années qu’elle couvre",
     .en = "a passage table (cod_from, cod_to, ratio, y0, y1), which wins over the movements for "
           "the years that it covers"},
    {.name = "groups",
     .kind = KEY_LIST,
     .section = &group_section,
     .offset = IN_DRAFT(scenario.groups),
     .count_offset = IN_DRAFT(scenario.group_count),
     .words = "groupes|zonages|territoires",
     .fr = "vos propres mailles (SCoT, pays...)",
     .en = "your own levels (SCoT, pays...)"},
    {.name = "zonings",
     .kind = KEY_LIST,
     .section = &zoning_section,
     .offset = IN_DRAFT(scenario.zonings),
     .count_offset = IN_DRAFT(scenario.zoning_count),
     .words = "eligibilite|frr|zrr|qpv|zonage",
     .fr = "les zonages d’éligibilité (FRR, ZRR, QPV, Petites villes de demain...) : dedans ou "
           "dehors, pour chaque commune et chaque lieu",
     .en = "the eligibility zonings (FRR, ZRR, QPV, Petites villes de demain...): in or out, for "
           "each commune and each venue"},
    {.name = "context",
     .kind = KEY_LIST,
     .section = &context_section,
     .offset = IN_DRAFT(scenario.contexts),
     .count_offset = IN_DRAFT(scenario.context_count),
     .words = "contexte|revenus|equipements|filosofi|bpe",
     .fr = "des nombres par commune (revenus, équipements...), joints aux tableaux",
     .en = "numbers by commune (incomes, facilities...), joined to the tables"},
};
static const section territory_section = {
    .name = "territory", .keys = territory_keys, .count = COUNT_OF(territory_keys)};

/* --- population and flows --- */
static const key population_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
    COLUMN("value", "population", "valeur|population|pmun|habitants", "la colonne de la population",
           "the column of the population"),
    {.name = "arrondissements",
     .kind = KEY_CHOICE,
     .flags = KEY_ROOT,
     .choices = "fold|keep",
     .fallback = "fold",
     .offset = IN_DRAFT(arrondissements),
     .words = "plm|paris",
     .fr =
         "Paris, Lyon, Marseille : fold les réunit en une commune, keep garde les arrondissements",
     .en = "Paris, Lyon, Marseille: fold makes each one commune, keep leaves the arrondissements"},
};
static const section population_section = {.name = "population",
                                           .keys = population_keys,
                                           .count = COUNT_OF(population_keys),
                                           .input = true};

#define FLOW_COLUMNS                                                                               \
    COLUMN("origin", "o", "origine|residence|codgeo", "la colonne de la commune de résidence",     \
           "the column of the commune of residence"),                                              \
        COLUMN("destination", "j", "dclt|travail|work", "la colonne de la commune de travail",     \
               "the column of the commune of work"),                                               \
        COLUMN("workers", "workers", "flux|actifs|effectif|nbflux|ipondi",                         \
               "la colonne de l’effectif (actifs ayant un emploi)",                                \
               "the column of the number of workers")

static const key detail_keys[] = {
    FLOW_COLUMNS,
    COLUMN("mode", "mode", "trans|transport", "la colonne du mode de transport",
           "the column of the mode of transport"),
    COLUMN("occupation", "cs", "cs|csp|cs1|profession",
           "la colonne de la catégorie socioprofessionnelle (1 à 6)",
           "the column of the occupation (CS, 1 to 6)"),
};
static const section detail_section = {
    .name = "detail", .keys = detail_keys, .count = COUNT_OF(detail_keys), .input = true};

static const key series_keys[] = {
    FLOW_COLUMNS,
    {.name = "year",
     .kind = KEY_WHOLE,
     .lowest = 1943,
     .highest = 2100,
     .offset = offsetof(scenario_series, year),
     .words = "annee|recensement",
     .fr = "l’année des données (du recensement), si l’en-tête du fichier ne la dit pas",
     .en = "the year of the data (of the census), where the file's header does not tell it"},
};
static const section series_section = {.name = "series",
                                       .keys = series_keys,
                                       .count = COUNT_OF(series_keys),
                                       .size = sizeof(scenario_series),
                                       .input = true,
                                       .input_offset = offsetof(scenario_series, input)};

static const key foreign_keys[] = {
    COLUMN("code", "code", "codgeo|dclt", "la colonne du code du lieu de travail (BE25F, MO001)",
           "the column of the code of the work place (BE25F, MO001)"),
    COLUMN("name", "name", "nom|libelle", "la colonne du nom", "the column of the name"),
    {.name = "point",
     .kind = KEY_POINT,
     .column = "lon",
     .words = "position|coordonnees|xy",
     .fr = "les deux colonnes de la position : [longitude, latitude], ou [x, y] avec crs",
     .en = "the two columns of the position: [longitude, latitude], or [x, y] with crs"},
};
static const section foreign_section = {
    .name = "foreign", .keys = foreign_keys, .count = COUNT_OF(foreign_keys), .input = true};

static const key flows_keys[] = {
    FLOW_COLUMNS,
    {.name = "foreign",
     .kind = KEY_SECTION,
     .flags = KEY_ROOT | KEY_OR_FILE,
     .section = &foreign_section,
     .offset = IN_DRAFT(scenario.foreign),
     .words = "etranger|frontaliers|frontalier|border",
     .fr = "les lieux de travail à l’étranger et leur position : les travailleurs frontaliers ont "
           "alors une distance, comptée à part",
     .en = "work places abroad and where they are: frontier workers then have a distance, counted "
           "apart"},
    {.name = "detail",
     .kind = KEY_SECTION,
     .flags = KEY_ROOT | KEY_OR_FILE,
     .section = &detail_section,
     .offset = IN_DRAFT(scenario.detail),
     .words = "mobpro|modes",
     .fr = "le fichier détail (MOBPRO), qui donne les parts par mode et par catégorie "
           "socioprofessionnelle",
     .en = "the detail file (MOBPRO), which gives the shares by mode and occupation"},
    {.name = "series",
     .kind = KEY_LIST,
     .flags = KEY_ROOT,
     .section = &series_section,
     .offset = IN_DRAFT(scenario.series),
     .count_offset = IN_DRAFT(scenario.series_count),
     .words = "serie|evolution|annees",
     .fr = "des fichiers de flux de plusieurs recensements, comparés dans la géographie pivot : "
           "emplois, actifs, part travaillant dans sa commune ; cinq ans d’écart au moins",
     .en = "flow files of several censuses, compared in the pivot geography: jobs, employed "
           "residents, share working in their commune; at least five years apart"},
    {.name = "intra",
     .kind = KEY_CHOICE,
     .flags = KEY_ROOT,
     .choices = "disc|insee",
     .fallback = "disc",
     .offset = IN_DRAFT(intra),
     .words = "interne|intracommunal",
     .fr = "distance dans une même commune : disc (0,905 rayon équivalent), ou insee (0 km, comme "
           "les chiffres publiés)",
     .en = "distance within one commune: disc (0.905 equivalent radius), or insee (0 km, as in "
           "published figures)"},
};
static const section flows_section = {
    .name = "flows", .keys = flows_keys, .count = COUNT_OF(flows_keys), .input = true};

/* --- venues --- */
static const key postcodes_keys[] = {
    COLUMN("code", "code", "codgeo|insee|com", "la colonne du code de la commune",
           "the column of the commune's code"),
    COLUMN("name", "name", "nom|libelle", "la colonne du nom de la commune",
           "the column of the commune's name"),
    COLUMN("postcode", "postcode", "code_postal|cp", "la colonne du code postal",
           "the column of the postcode"),
};
static const section postcodes_section = {
    .name = "postcodes", .keys = postcodes_keys, .count = COUNT_OF(postcodes_keys), .input = true};

static const key addresses_keys[] = {
    COLUMN("street", "street", "rue|voie|nom_voie", "la colonne du nom de la voie",
           "the column of the street's name"),
    COLUMN("number", "number", "numero", "la colonne du numéro", "the column of the number"),
    COLUMN("suffix", "suffix", "rep|repetition", "la colonne de l’indice (bis, ter)",
           "the column of the suffix (bis, ter)"),
    COLUMN("code", "code", "code_insee|codgeo|insee", "la colonne du code de la commune",
           "the column of the commune's code"),
    COLUMN("city", "city", "nom_commune|ville", "la colonne du nom de la commune",
           "the column of the commune's name"),
    COLUMN("postcode", "postcode", "code_postal|cp", "la colonne du code postal",
           "the column of the postcode"),
};
static const section addresses_section = {.name = "addresses",
                                          .keys = addresses_keys,
                                          .count = COUNT_OF(addresses_keys),
                                          .size = sizeof(scenario_input),
                                          .input = true};
static const key theme_keys[] = {
    COLUMN("id", "id", "identifiant", "la colonne de l’identifiant du lieu",
           "the column of the venue's id"),
};
static const section theme_section = {.name = "theme",
                                      .keys = theme_keys,
                                      .count = COUNT_OF(theme_keys),
                                      .size = sizeof(scenario_theme),
                                      .input = true,
                                      .input_offset = offsetof(scenario_theme, input)};

static const key venues_keys[] = {
    {.name = "list",
     .kind = KEY_TEXT,
     .offset = IN_VENUES(list),
     .words = "liste|nom_liste",
     .fr = "le nom de la liste, qui préfixe les identifiants ; sans lui, celui du fichier",
     .en = "the name of the list, in front of the ids; without it, the file's"},
    COLUMN("id", "id", "identifiant|numero", "la colonne de l’identifiant du lieu",
           "the column of the venue's id"),
    COLUMN("name", "name", "nom|intitule", "la colonne du nom", "the column of the name"),
    {.name = "kind",
     .kind = KEY_KINDS,
     .offset = IN_VENUES(kind),
     .words = "type|categorie|nature",
     .fr = "le genre de toute la liste (ART.FABLAB), ou {column, map} : une colonne et ce que "
           "valent ses textes",
     .en = "the kind of the whole list (ART.FABLAB), or {column, map}: a column and what its texts "
           "stand for"},
    COLUMN("functions", "functions", "fonctions",
           "la colonne des fonctions a à h (« a d », « d=0.5 »)",
           "the column of functions a to h (\"a d\", \"d=0.5\")"),
    COLUMN("commune", "commune", "code_commune|insee|code", "la colonne du code de la commune",
           "the column of the commune's code"),
    {.name = "point",
     .kind = KEY_POINT,
     .column = "lon",
     .words = "position|coordonnees|xy",
     .fr = "les deux colonnes de la position : [longitude, latitude], ou [x, y] avec crs",
     .en = "the two columns of the position: [longitude, latitude], or [x, y] with crs"},
    COLUMN("lon", "lon", "longitude|x", "la colonne de la longitude",
           "the column of the longitude"),
    COLUMN("lat", "lat", "latitude|y", "la colonne de la latitude", "the column of the latitude"),
    {.name = "status",
     .kind = KEY_STATUS,
     .offset = IN_VENUES(status),
     .choices = "open|project|candidate|closed",
     .fallback = "open",
     .words = "statut|etat",
     .fr = "le statut de toute la liste, ou {column}",
     .en = "the status of the whole list, or {column}"},
    COLUMN("postcode", "postcode", "code_postal|cp", "la colonne du code postal",
           "the column of the postcode"),
    COLUMN("city", "city", "ville|localite", "la colonne du nom de la commune",
           "the column of the commune's name"),
    COLUMN("capacity", "capacity", "capacite|places|postes", "la colonne de la capacité",
           "the column of the capacity"),
    COLUMN("label", "label", "labels|labellisation", "la colonne du label",
           "the column of the label"),
    COLUMN("legal_form", "legal_form", "statut_juridique|forme_juridique",
           "la colonne de la forme juridique", "the column of the legal form"),
    COLUMN("opened", "opened", "ouverture|date_ouverture", "la colonne de la date d’ouverture",
           "the column of the opening date"),
    COLUMN("in_scope", "in_scope", "tiers_lieu|perimetre", "la colonne tiers_lieu ou autre_lieu",
           "the column tiers_lieu or autre_lieu"),
    COLUMN("itinerant", "itinerant", "mobile", "la colonne des services itinérants (0 ou 1)",
           "the column of itinerant services (0 or 1)"),
    {.name = "itinerants",
     .kind = KEY_CHOICE,
     .choices = "count|aside",
     .fallback = "count",
     .offset = IN_VENUES(itinerants),
     .words = "itinerance",
     .fr = "les lieux itinérants, dont le point est un des arrêts : count les compte comme les "
           "autres, aside les garde dans les tableaux sans les compter dans la situation de "
           "référence",
     .en = "itinerant venues, whose point is one of their stops: count treats them as the others, "
           "aside keeps them in the tables and does not count them in the reference"},
    COLUMN("opening_hours", "opening_hours", "horaires|heures_ouverture",
           "la colonne des horaires (texte français ou opening_hours d’OpenStreetMap)",
           "the column of opening hours (French text or OpenStreetMap's opening_hours)"),
    COLUMN("label_state", "label_state", "etat_label",
           "la colonne de l’état du label : labellisé, relabellisé, sorti",
           "the column of the label's state: labellisé, relabellisé, sorti"),
    COLUMN("label_start", "label_start", "debut_label|date_label", "la colonne de la date du label",
           "the column of the label's date"),
    COLUMN("label_end", "label_end", "fin_label|sortie_label",
           "la colonne de la date de fin du label", "the column of the label's last date"),
    {.name = "themes",
     .kind = KEY_LIST,
     .section = &theme_section,
     .offset = IN_VENUES(themes),
     .count_offset = IN_VENUES(theme_count),
     .words = "thematiques|fichiers_thematiques",
     .fr = "les fichiers thématiques du recensement des tiers-lieux, joints sur ID_UNIQUE",
     .en = "the thematic files of the census of third places, joined on ID_UNIQUE"},
    {.name = "postcodes",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &postcodes_section,
     .offset = IN_VENUES(postcodes),
     .words = "codes_postaux|laposte",
     .fr = "la table des codes postaux, pour placer un lieu par son code postal et sa commune",
     .en = "the table of postcodes, to place a venue by its postcode and commune name"},
    {.name = "address",
     .kind = KEY_ADDRESS,
     .column = "address",
     .words = "adresse",
     .fr =
         "les colonnes de l’adresse : [numéro et rue, code postal, commune], ou la première seule",
     .en =
         "the columns of the address: [number and street, postcode, commune], or the first alone"},
    {.name = "addresses",
     .kind = KEY_FILES,
     .section = &addresses_section,
     .offset = IN_VENUES(addresses),
     .count_offset = IN_VENUES(address_count),
     .words = "adresses|ban|base_adresse",
     .fr = "les fichiers de la Base Adresse Nationale, un par département : un lieu sans point, ou "
           "dont le point est écarté, est placé à son adresse",
     .en = "the files of the Base Adresse Nationale, one a département: a venue without a point, "
           "or whose point is refused, is placed at its address"},
    COLUMN("siret", "siret", "numero_siret", "la colonne du SIRET, qui trahit les doublons",
           "the column of the SIRET number, which gives duplicates away"),
};
static const section venues_section = {.name = "venues",
                                       .keys = venues_keys,
                                       .count = COUNT_OF(venues_keys),
                                       .size = sizeof(scenario_venues),
                                       .input = true,
                                       .input_offset = offsetof(scenario_venues, input)};

/* --- duplicates --- */
static const key duplicates_keys[] = {
    {.name = "merge",
     .kind = KEY_CHOICE,
     .choices = "yes|no",
     .fallback = "yes",
     .offset = IN_DRAFT(merge_duplicates),
     .words = "fusionner|reunir",
     .fr = "yes : le même lieu dans deux listes n’en fait qu’un ; no : il est signalé et compte "
           "deux fois",
     .en = "yes: the same venue in two lists is made one; no: it is told and counts twice"},
    {.name = "distance",
     .kind = KEY_QUANTITY,
     .unit = "m",
     .lowest = 1,
     .highest = 5000,
     .fallback = "150 m",
     .offset = IN_DRAFT(duplicate_m),
     .words = "ecart|rayon",
     .fr = "deux lieux plus éloignés ne sont pas le même ; hypothèse",
     .en = "two venues farther apart are not the same; assumed"},
    {.name = "likeness",
     .kind = KEY_QUANTITY,
     .unit = "1",
     .lowest = 0.1,
     .highest = 1,
     .fallback = "0.6",
     .offset = IN_DRAFT(duplicate_likeness),
     .words = "ressemblance|similarite|similarity",
     .fr = "ressemblance des noms au-delà de laquelle deux lieux proches sont le même (0 à 1) ; "
           "hypothèse",
     .en = "likeness of names above which two near venues are the same (0 to 1); assumed"},
};
static const section duplicates_section = {
    .name = "duplicates", .keys = duplicates_keys, .count = COUNT_OF(duplicates_keys)};

/* --- reports and the rest --- */
static const key reports_keys[] = {
    {.name = "language",
     .kind = KEY_CHOICE,
     .choices = "fr|en",
     .fallback = "fr",
     .offset = IN_DRAFT(language_id),
     .words = "langue",
     .fr = "la langue des sorties",
     .en = "the language of the outputs"},
    {.name = "formats",
     .kind = KEY_CHOICES,
     .choices = "gpkg|xlsx|html|maps|csv|pdf",
     .fallback = "[gpkg, xlsx, html, maps, csv]",
     .offset = IN_DRAFT(scenario.formats),
     .count_offset = IN_DRAFT(scenario.format_count),
     .words = "sorties|format|outputs",
     .fr = "les sorties à écrire ; pdf : report.html s’imprime en PDF depuis un navigateur",
     .en = "the outputs to write; pdf: print report.html to PDF from a browser"},
    {.name = "audiences",
     .kind = KEY_LATER,
     .flags = KEY_NOTE_ONLY,
     .words = "publics|lecteurs",
     .fr = "un rapport par public",
     .en = "one report per audience"},
};
static const section reports_section = {
    .name = "reports", .keys = reports_keys, .count = COUNT_OF(reports_keys)};

static const key plugins_keys[] = {
    {.name = "id",
     .kind = KEY_TEXT,
     .flags = KEY_REQUIRED,
     .offset = offsetof(scenario_plugin, name),
     .words = "nom|name|identifiant|file|fichier",
     .fr = "l’identifiant de l’indicateur, ou son fichier",
     .en = "the id of the indicator, or its file"},
    {.name = "memory",
     .kind = KEY_QUANTITY,
     .unit = "MiB",
     .lowest = 16,
     .highest = 1048576,
     .fallback = "2 GiB",
     .offset = offsetof(scenario_plugin, memory_mib),
     .words = "memoire|ram|mem",
     .fr = "la mémoire qu’il peut prendre, entrées et sorties non comprises",
     .en = "the memory it may take, beside its inputs and outputs"},
    {.name = "time",
     .kind = KEY_QUANTITY,
     .unit = "s",
     .lowest = 1,
     .highest = 86400,
     .fallback = "120 s",
     .offset = offsetof(scenario_plugin, time_s),
     .words = "temps|duree|delai|timeout",
     .fr = "le temps qu’un appel (un bloc de lignes) peut prendre ; pour un programme, toute "
           "son exécution",
     .en = "the time that one call (a block of rows) may take; of a program, its whole run"},
};
static const section plugins_section = {.name = "plugins",
                                        .keys = plugins_keys,
                                        .count = COUNT_OF(plugins_keys),
                                        .size = sizeof(scenario_plugin),
                                        .where_offset = offsetof(scenario_plugin, where)};

static const key root_keys[] = {
    {.name = "bassin",
     .kind = KEY_WHOLE,
     .flags = KEY_REQUIRED,
     .lowest = 1,
     .highest = 1,
     .offset = IN_DRAFT(version),
     .words = "version",
     .fr = "la version de ce format : 1",
     .en = "the version of this format: 1"},
    {.name = "title",
     .kind = KEY_TEXT,
     .offset = IN_DRAFT(scenario.title),
     .words = "titre|nom|name",
     .fr = "le titre du rapport",
     .en = "the title of the report"},
    {.name = "data",
     .kind = KEY_FOLDER,
     .offset = IN_DRAFT(data),
     .words = "donnees|dossier",
     .fr = "le dossier d’où partent les chemins relatifs ; sans lui, celui de ce fichier",
     .en = "the folder that relative paths start from; without it, this file's own"},
    {.name = "territory",
     .kind = KEY_SECTION,
     .flags = KEY_REQUIRED,
     .section = &territory_section,
     .words = "territoire|zone",
     .fr = "le territoire étudié",
     .en = "the territory studied"},
    {.name = "population",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &population_section,
     .offset = IN_DRAFT(scenario.population),
     .words = "habitants|demande",
     .fr = "la population des communes",
     .en = "the population of communes"},
    {.name = "flows",
     .kind = KEY_SECTION,
     .flags = KEY_OR_FILE,
     .section = &flows_section,
     .offset = IN_DRAFT(scenario.flows),
     .words = "flux|navettes|mobilites",
     .fr = "les flux domicile-travail : totaux par couple de communes",
     .en = "the commuting flows: totals by pair of communes"},
    {.name = "venues",
     .kind = KEY_LIST,
     .section = &venues_section,
     .offset = IN_DRAFT(scenario.venues),
     .count_offset = IN_DRAFT(scenario.venue_list_count),
     .words = "lieux|tiers-lieux|offre",
     .fr = "les listes de lieux",
     .en = "the lists of venues"},
    {.name = "duplicates",
     .kind = KEY_SECTION,
     .section = &duplicates_section,
     .words = "doublons|dedoublonnage|deduplicate",
     .fr = "le même lieu dans plusieurs listes : même état, même famille de types, nom "
           "ressemblant et même endroit, ou même SIRET",
     .en = "the same venue in several lists: same status, same family of kinds, a name alike and "
           "the same spot, or the same SIRET"},
    {.name = "travel",
     .kind = KEY_LIST,
     .section = &travel_section,
     .offset = IN_DRAFT(travel),
     .count_offset = IN_DRAFT(travel_count),
     .words = "trajets|deplacements|transport|parcours",
     .fr = "les modes de déplacement ; le premier est celui des colonnes sans suffixe",
     .en = "the travel modes; the first is that of the columns without suffix"},
    {.name = "indicators",
     .kind = KEY_INDICATORS,
     .words = "indicateurs|calculs",
     .fr = "les indicateurs et leurs paramètres ; sans cette clé, tous ceux que les données "
           "permettent",
     .en = "the indicators and their parameters; without this key, all that the data allow"},
    {.name = "plugins",
     .kind = KEY_PLUGINS,
     .section = &plugins_section,
     .offset = IN_DRAFT(scenario.plugins),
     .count_offset = IN_DRAFT(scenario.plugin_count),
     .words = "modules|greffons|extensions",
     .fr = "des indicateurs ajoutés : un identifiant, un fichier d’un dossier du chemin de "
           "recherche, ou {id, memory, time}",
     .en = "added indicators: an id, a file inside a folder of the search path, or "
           "{id, memory, time}"},
    {.name = "reports",
     .kind = KEY_SECTION,
     .section = &reports_section,
     .words = "rapports|sorties",
     .fr = "ce qui s’écrit",
     .en = "what is written"},
    {.name = "seed",
     .kind = KEY_SEED,
     .offset = IN_DRAFT(scenario.seed),
     .fallback = "1",
     .words = "graine",
     .fr = "la graine des tirages",
     .en = "the seed of random draws"},
    {.name = "date",
     .kind = KEY_DATE,
     .offset = IN_DRAFT(scenario.date),
     .words = "jour",
     .fr = "la date imprimée (AAAA-MM-JJ) ; sans elle, SOURCE_DATE_EPOCH, sinon aucune",
     .en = "the date printed (YYYY-MM-DD); without it, SOURCE_DATE_EPOCH, else none"},
    {.name = "threads",
     .kind = KEY_WHOLE,
     .lowest = 1,
     .highest = 256,
     .offset = IN_DRAFT(scenario.threads),
     .words = "fils|coeurs|processeurs|cores",
     .fr = "le nombre de fils de calcul, tous sans lui ; il ne change aucun résultat",
     .en = "the number of threads, all without it; it changes no result"},
    {.name = "scenarios",
     .kind = KEY_LATER,
     .words = "variantes",
     .fr = "les scénarios d’ouverture et de fermeture de lieux",
     .en = "scenarios that open and close venues"},
    {.name = "compare",
     .kind = KEY_LATER,
     .words = "comparer|comparaison",
     .fr = "la comparaison avec une exécution de référence",
     .en = "comparison with a reference run"},
    {.name = "cache",
     .kind = KEY_TEXT,
     .offset = IN_DRAFT(cache),
     .words = "memoire|reserve",
     .fr =
         "le dossier où les réseaux bâtis et les indicateurs calculés restent pour les exécutions "
         "suivantes, ou no ; sans elle, $XDG_CACHE_HOME/bassin, sinon ~/.cache/bassin",
     .en = "the folder where built networks and finished indicators stay for the next runs, or no; "
           "without it, $XDG_CACHE_HOME/bassin, else ~/.cache/bassin"},
    {.name = "theme",
     .kind = KEY_LATER,
     .words = "charte|style",
     .fr = "une charte graphique",
     .en = "a graphic theme"},
};
const section root_section = {.name = "run file",
                              .name_fr = "fichier d’exécution",
                              .keys = root_keys,
                              .count = COUNT_OF(root_keys)};

size_t section_key_count(const section *s)
{
    return s->count + (s->input ? input_section.count : 0);
}

const key *section_key_at(const section *s, size_t i)
{
    return i < s->count ? &s->keys[i] : &input_section.keys[i - s->count];
}

const key *section_find(const section *s, const char *name)
{
    for (size_t i = 0; i < section_key_count(s); i++) {
        if (strcmp(section_key_at(s, i)->name, name) == 0) {
            return section_key_at(s, i);
        }
    }
    return NULL;
}

/* Whether `word` (folded) is one of the words of `list` ("a|b|c"). */
static bool is_one_of(const char *word, const char *list)
{
    char folded[96], wanted[96];
    (void)text_fold(text_slice_of(word, strlen(word)), wanted, sizeof wanted);
    while (list != NULL && *list != '\0') {
        size_t size = strcspn(list, "|");
        (void)text_fold(text_slice_of(list, size), folded, sizeof folded);
        if (strcmp(folded, wanted) == 0) {
            return true;
        }
        list += size + (list[size] == '|');
    }
    return false;
}

const key *section_suggest(const section *s, const char *word)
{
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < section_key_count(s) && count < COUNT_OF(names); i++) {
        const key *k = section_key_at(s, i);
        if (is_one_of(word, k->words)) {
            return k;
        }
        names[count++] = k->name;
    }
    const char *near = text_suggest(word, names, count);
    return near != NULL ? section_find(s, near) : NULL;
}
