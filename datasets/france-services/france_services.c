#include <string.h>

#include "datasets/hours/columns.h"
#include "datasets/importers.h"
#include "territory/support.h"

#define TEXT_COLUMN(canonical, header)                                                             \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(header), .unit = "", .type = COLUMN_TEXT             \
    }

/* Mail, telephone and comments (which hold both) are not read. */
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
    HOURS_COLUMNS,
};

/* "Itinérante" and "Bus_équivalent" move from one stop to the next (quirk 40): their point is one
 * of them. */
static const char *itinerant_of(const char *format)
{
    return strcmp(format, "Itinérante") == 0 || strcmp(format, "Bus_équivalent") == 0 ? "1" : "0";
}

/* "Espace labellisé 01/01/2020": the date, and whether the desk has left the network. */
static const char *date_in(const char *label)
{
    const char *blank = strrchr(label, ' ');
    const bool dated = blank && strlen(blank + 1) == 10 && blank[3] == '/' && blank[6] == '/';
    return dated ? blank + 1 : "";
}

static const char *state_in(const char *label)
{
    char folded[64] = "";
    (void)text_fold(text_slice_of(label, strnlen(label, 60)), folded, sizeof folded);
    if (strstr(folded, "sorti") || strstr(folded, "delabellis")) {
        return "sorti";
    }
    return strstr(folded, "relabellis") ? "relabellisé"
           : strstr(folded, "labellis") ? "labellisé"
                                        : "";
}

enum { KIND, LABEL, STATE, START, END, ITINERANT, MADE };
static const char *const made_names[MADE] = {"kind",        "label",     "label_state",
                                             "label_start", "label_end", "itinerant"};

static void describe_row(const char **values, size_t count, size_t i, const char *label,
                         const char *format)
{
    const char *state = state_in(label);
    const bool left = strcmp(state, "sorti") == 0;
    values[KIND * count + i] = "ACT.FS";
    values[LABEL * count + i] = "France services";
    values[STATE * count + i] = state;
    values[START * count + i] = left ? "" : date_in(label);
    values[END * count + i] = left ? date_in(label) : "";
    values[ITINERANT * count + i] = itinerant_of(format);
}

/* Every desk is ACT.FS; the label is an attribute, with the date that the list gives. */
static status describe(const import_request *request, imported *in, faults *faults_list)
{
    const size_t count = in->rows->rows;
    const column *format = text_column(in->rows, "format");
    const column *labelled = text_column(in->rows, "labelled");
    made_column made[MADE];
    const char **values = memory_new(count * MADE, sizeof *values);
    if (!values) {
        error err;
        return fault_of(memory_error(&err, count * MADE * sizeof *values), &err, faults_list);
    }
    for (size_t i = 0; i < count; i++) {
        describe_row(values, count, i, text_at(labelled, i), text_at(format, i));
    }
    for (size_t m = 0; m < MADE; m++) {
        made[m] = (made_column){made_names[m], (const char *const *)(values + m * count)};
    }
    status rc = imported_replace(in, NULL, count, made, MADE, faults_list);
    memory_free(values);
    return rc == STATUS_OK ? imported_hours(request, in, faults_list) : rc;
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
