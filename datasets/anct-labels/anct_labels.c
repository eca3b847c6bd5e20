#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

static const wanted_column columns[] = {
    {.name = "id",
     .aliases = ALIASES("id_territoire"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "name",
     .aliases = ALIASES("lib_territoire"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "commune",
     .aliases = ALIASES("id_geo"),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "city", .aliases = ALIASES("lib_geo"), .unit = "", .type = COLUMN_TEXT},
    {.name = "lon", .aliases = ALIASES("lon"), .unit = "deg", .type = COLUMN_F64, .decimals = -1},
    {.name = "lat", .aliases = ALIASES("lat"), .unit = "deg", .type = COLUMN_F64, .decimals = -1},
};

typedef struct split_rows {
    size_t *row; /* of the file, for each venue */
    const char **id, **name, **label, **city;
    size_t count;
    arena *memory;
} split_rows;

static const char joint[] = "; ";

static size_t part_count(const char *text)
{
    size_t count = 1;
    for (const char *at = strstr(text, joint); at; at = strstr(at + 2, joint)) {
        count++;
    }
    return count;
}

static text_slice part_at(const char *text, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        text = strstr(text, joint) + 2;
    }
    const char *end = strstr(text, joint);
    return text_slice_of(text, end ? (size_t)(end - text) : strlen(text));
}

static const char *label_of(const char *id)
{
    if (strncmp(id, "fabt", 4) == 0) {
        return "Fabrique de territoire";
    }
    return strncmp(id, "manuprox", 8) == 0 ? "Manufacture de proximité" : "";
}

/* "NA" is how the publisher writes no name (quirk 27). */
static const char *city_of(const char *text)
{
    return strcmp(text, "NA") == 0 ? "" : text;
}

static status split_row(split_rows *s, size_t row, const char *ids, const char *names,
                        const char *city, faults *faults_list)
{
    error err;
    const size_t parts = part_count(ids);
    const bool paired = part_count(names) == parts;
    for (size_t i = 0; i < parts; i++) {
        const text_slice id = part_at(ids, i);
        const text_slice name = paired ? part_at(names, i) : text_slice_of(names, strlen(names));
        s->row[s->count] = row;
        s->id[s->count] = arena_text_n(s->memory, id.at, id.size);
        s->name[s->count] = arena_text_n(s->memory, name.at, name.size);
        if (!s->id[s->count] || !s->name[s->count]) {
            return fault_of(memory_error(&err, id.size + name.size), &err, faults_list);
        }
        s->label[s->count] = label_of(s->id[s->count]);
        s->city[s->count] = city;
        s->count++;
    }
    return STATUS_OK;
}

static status split_all(split_rows *s, const table *t, faults *faults_list)
{
    size_t total = 0;
    const column *id = text_column(t, "id");
    const column *name = text_column(t, "name");
    const column *city = text_column(t, "city");
    for (size_t i = 0; i < t->rows; i++) {
        total += part_count(text_at(id, i));
    }
    status rc = take_array(s->memory, total, sizeof *s->row, &s->row, faults_list);
    if (rc == STATUS_OK) {
        rc = take_array(s->memory, total, sizeof *s->id, &s->id, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(s->memory, total, sizeof *s->name, &s->name, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(s->memory, total, sizeof *s->label, &s->label, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(s->memory, total, sizeof *s->city, &s->city, faults_list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < t->rows; i++) {
        rc = split_row(s, i, text_at(id, i), text_at(name, i), city_of(text_at(city, i)),
                       faults_list);
    }
    return rc;
}

/* Several venues may share one feature, ids and names joined by "; " (quirk 36). A name that does
 * not split as the ids do is given whole to each. */
static status split_features(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    split_rows s = {0};
    const size_t features = in->rows->rows;
    status rc = fault_of(arena_new(&s.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = split_all(&s, in->rows, faults_list);
    }
    if (rc == STATUS_OK) {
        const made_column made[] = {{"id", (const char *const *)s.id},
                                    {"name", (const char *const *)s.name},
                                    {"label", (const char *const *)s.label},
                                    {"city", (const char *const *)s.city}};
        rc = imported_replace(in, s.row, s.count, made, 4, faults_list);
    }
    if (rc == STATUS_OK && s.count != features) {
        faults_note(faults_list, source_at(request->path, 0, 0), M_VENUES_SPLIT, s.count, features);
    }
    arena_free(s.memory);
    return rc;
}

const importer importer_anct_labels = {
    .id = "anct-labels",
    .role = "venues",
    .title_fr = "Fabriques de territoire et manufactures de proximité",
    .title_en = "Labelled third places: Fabriques de territoire, Manufactures de proximité",
    .producer = "ANCT",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .finish = split_features,
};
