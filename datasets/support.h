/* datasets/support.h: what importers share after the columns are read. */
#ifndef DATASETS_SUPPORT_H
#define DATASETS_SUPPORT_H

#include "territory/importer.h"
#include "territory/support.h"

/* Aliases of a wanted column, as a constant list. */
#define ALIASES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A text column made by an importer. */
typedef struct made_column {
    const char *name;
    const char *const *values; /* one a row; "" or NULL: missing */
} made_column;

/* The rows of `rows` (NULL: all, in order) with the columns `made` added, in place of those of the
 * same name. Replaces in->rows. values[i] belongs to the new row i. */
MUST_CHECK status imported_replace(imported *in, const size_t *rows, size_t count,
                                   const made_column *made, size_t made_count, faults *faults_list);

/* Leaves out rows; in->left_out grows, with the reason. `keep` has in->rows->rows elements. */
MUST_CHECK status imported_filter(imported *in, const uint8_t *keep, const char *reason_fr,
                                  const char *reason_en, faults *faults_list);

/* A wanted column of texts, of the first alias found. */
#define TEXT_OF(canonical, ...)                                                                    \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT        \
    }
/* The column of codes of communes that every table of communes has. */
#define CODE_COLUMN(...)                                                                           \
    {                                                                                              \
        .name = "code", .aliases = ALIASES(__VA_ARGS__), .title_fr = "Code de la commune",         \
        .title_en = "Commune code", .unit = "", .type = COLUMN_TEXT, .required = true              \
    }
/* The headers under which files of communes give it. */
#define CODE_HEADERS                                                                               \
    "CODGEO", "COM", "code", "code_commune", "INSEE_COM", "code_insee", "DEPCOM", "geo_code",      \
        "code_commune_insee", "insee", "com_insee", "Code commune"

/* The year of the geography in the name of a published file: "v_commune_2023.csv",
 * "ZE2020_au_01-01-2025.xlsx" (the last one counts), "...-communes-22.xlsx"; 0: none. */
int32_t year_in_path(const char *path);

/* Adds the rows of `more`, of the same wanted columns, after those of in->rows: a second sheet of
 * the same workbook. */
MUST_CHECK status imported_append(imported *in, const table *more, faults *faults_list);

/* Puts `made` in place of in->rows. Takes it. */
void imported_take(imported *in, table *made);

/* Columns of numbers added to in->rows, in place of those of the same name. */
MUST_CHECK status imported_numbers(imported *in, const number_column *made, size_t count,
                                   faults *faults_list);

/* Texts in which letters were written as their Latin-1 number ("Ren<e9>"): repaired in every text
 * column, with a note (quirk 8). */
MUST_CHECK status imported_repair(const import_request *request, imported *in, faults *faults_list);

#endif
