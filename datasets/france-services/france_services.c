#include <string.h>

#include "datasets/importers.h"
#include "datasets/support.h"
#include "territory/support.h"

#define TEXT_COLUMN(canonical, header)                                                             \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(header), .unit = "", .type = COLUMN_TEXT             \
    }

/* Mail, telephone and comments are not read. */
static const wanted_column columns[] = {
    {.name = "id", .aliases = ALIASES("id_fs"), .unit = "", .type = COLUMN_TEXT, .required = true},
    {.name = "name",
     .aliases = ALIASES("lib_fs"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "commune",
     .aliases = ALIASES("insee_com"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "lon",
     .aliases = ALIASES("longitude"),
     .unit = "deg",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true},
    {.name = "lat",
     .aliases = ALIASES("latitude"),
     .unit = "deg",
     .type = COLUMN_F64,
     .decimals = -1,
     .required = true},
    TEXT_COLUMN("address", "adresse"),
    TEXT_COLUMN("postcode", "code_postal"),
    TEXT_COLUMN("city", "lib_com"),
    TEXT_COLUMN("format", "format_fs"),
    TEXT_COLUMN("labelled", "labellisation_fs"),
};

/* "Itinérante" and "Bus_équivalent" move from one stop to the next (quirk 40): their point is one
 * of them. */
static const char *itinerant_of(const char *format)
{
    return strcmp(format, "Itinérante") == 0 || strcmp(format, "Bus_équivalent") == 0 ? "1" : "0";
}

/* Every desk is ACT.FS; the label is an attribute, with the date that the list gives. */
static status describe(const import_request *request, imported *in, faults *faults_list)
{
    (void)request;
    const size_t count = in->rows->rows;
    const column *format = text_column(in->rows, "format");
    const column *labelled = text_column(in->rows, "labelled");
    const char **values = memory_new(count * 3, sizeof *values);
    if (!values) {
        error err;
        return fault_of(memory_error(&err, count * 3 * sizeof *values), &err, faults_list);
    }
    for (size_t i = 0; i < count; i++) {
        const char *date = text_at(labelled, i);
        values[i] = "ACT.FS";
        values[count + i] = *date ? date : "France services";
        values[2 * count + i] = itinerant_of(text_at(format, i));
    }
    const made_column made[] = {{"kind", (const char *const *)values},
                                {"label", (const char *const *)(values + count)},
                                {"itinerant", (const char *const *)(values + 2 * count)}};
    const status rc = imported_replace(in, NULL, count, made, 3, faults_list);
    memory_free(values);
    return rc;
}

const importer importer_france_services = {
    .id = "france-services",
    .role = "venues",
    .title_fr = "Liste des France services",
    .title_en = "List of France services desks",
    .producer = "ANCT",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .finish = describe,
};
