/* Priority neighbourhoods: outlines, tested with a venue's point, or a list by commune. */
#include "datasets/importers.h"
#include "datasets/support.h"
#include "territory/support.h"

#define QPV_HEADERS                                                                                \
    "code_qp", "CODE_QP", "codeqp", "code_qpv", "CODE_QPV", "QPV2024", "QPV2015", "QP2024",        \
        "QP2015", "code_quartier", "cod_qpv", "id_qpv", "COD_QP", "QP"

static const wanted_column columns[] = {
    {.name = "zone",
     .aliases = ALIASES(QPV_HEADERS),
     .title_fr = "Quartier prioritaire",
     .title_en = "Priority neighbourhood",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_OF("zone_name", "lib_qp", "LIB_QP", "nom_qp", "NOM_QP", "lib_qpv", "LIBQPV", "LIB_QPV",
            "quartier_prioritaire", "LIBQP"),
    TEXT_OF("code", "insee_com", "CODGEO", "COM", "code_insee", "code_commune", "commune_qp",
            "LIST_COM_20??", "INSEE_COM", "DEPCOM"),
};

static status take_year(const import_request *request, imported *in, faults *faults_list)
{
    (void)faults_list;
    in->vintage = in->vintage ? in->vintage : year_in_path(request->path);
    return STATUS_OK;
}

const importer importer_qpv = {
    .id = "qpv",
    .role = "zoning",
    .title_fr = "Quartiers prioritaires de la politique de la ville (QPV)",
    .title_en = "Priority neighbourhoods of the city policy (QPV)",
    .producer = "ANCT",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES(QPV_HEADERS),
    .generic = true,
    .finish = take_year,
};
