#include "datasets/importers.h"
#include "datasets/support.h"

/* A figure of the file; its header ends with the two digits of the year ("MED20"). */
#define FIGURE(canonical, in_french, in_english, of_unit, places, ...)                             \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .title_fr = in_french,                 \
        .title_en = in_english, .unit = of_unit, .type = COLUMN_F64, .decimals = places            \
    }

static const wanted_column columns[] = {
    CODE_COLUMN("CODGEO", "COM"),
    FIGURE("median_income_eur", "Niveau de vie médian", "Median standard of living", "EUR", 0,
           "MED??", "Q2??"),
    FIGURE("poverty_rate_percent", "Taux de pauvreté au seuil de 60 %",
           "Poverty rate at 60 % of the median", "%", 1, "TP60??"),
    FIGURE("fiscal_households", "Ménages fiscaux", "Tax households", "1", 0, "NBMENFISC??",
           "NBMEN??"),
    FIGURE("fiscal_persons", "Personnes dans les ménages fiscaux", "Persons in tax households",
           "{person}", 0, "NBPERSMENFISC??", "NBPERS??"),
    FIGURE("taxed_households_percent", "Part des ménages fiscaux imposés",
           "Share of taxed households", "%", 1, "PIMP??"),
    FIGURE("income_decile_1_eur", "1er décile du niveau de vie",
           "First decile of the standard of living", "EUR", 0, "D1??"),
    FIGURE("income_decile_9_eur", "9e décile du niveau de vie",
           "Ninth decile of the standard of living", "EUR", 0, "D9??"),
    FIGURE("income_decile_ratio", "Rapport interdécile 9e décile/1er décile",
           "Ratio of the ninth to the first decile", "1", 1, "RD??"),
    FIGURE("activity_income_percent", "Part des revenus d’activité",
           "Share of income from activity", "%", 1, "PACT??"),
    FIGURE("pension_income_percent", "Part des pensions, retraites et rentes",
           "Share of pensions and annuities", "%", 1, "PPEN??"),
    FIGURE("social_income_percent", "Part de l’ensemble des prestations sociales",
           "Share of social benefits", "%", 1, "PPSOC??"),
};

const importer importer_insee_filosofi = {
    .id = "insee-filosofi",
    .role = "context",
    .title_fr = "Filosofi : revenus et pauvreté des communes",
    .title_en = "Filosofi: incomes and poverty of communes",
    .producer = "Insee-DGFiP-Cnaf-Cnav-CCMSA, Filosofi",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES("NBMENFISC??", "MED??", "TP60??", "Q2??"),
};
