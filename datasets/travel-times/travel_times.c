#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"

#include <math.h>

#define FROM_TO                                                                                    \
    {.name = "from",                                                                               \
     .aliases = ALIASES("from", "from_id", "origin", "origine", "source", "code_depart",           \
                        "codgeo_depart", "com_depart", "commune_depart", "depart", "codgeo_d",     \
                        "depcom_d", "idcom_d", "code départ", "insee_depart", "origin_id"),        \
     .title_fr = "Départ",                                                                         \
     .title_en = "From",                                                                           \
     .unit = "",                                                                                   \
     .type = COLUMN_TEXT,                                                                          \
     .required = true},                                                                            \
    {                                                                                              \
        .name = "to",                                                                              \
        .aliases =                                                                                 \
            ALIASES("to", "to_id", "destination", "target", "code_arrivee", "codgeo_arrivee",      \
                    "com_arrivee", "commune_arrivee", "arrivee", "codgeo_a", "depcom_a",           \
                    "idcom_a", "code arrivée", "insee_arrivee", "destination_id"),                 \
        .title_fr = "Arrivée", .title_en = "To", .unit = "", .type = COLUMN_TEXT, .required = true \
    }
#define NUMBER(canonical, french, english, unit_code, needed, ...)                                 \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .title_fr = french,                    \
        .title_en = english, .unit = unit_code, .type = COLUMN_F64, .decimals = -1, .lowest = 0,   \
        .highest = 1e9, .required = needed                                                         \
    }
#define KM                                                                                         \
    "km", "distance_km", "dist_km", "km_route", "distance_routiere_km", "length_km", "kilometres"
#define METRES "metres", "meters", "distance_m", "dist_m", "length_m", "total_distance"

/* A bare "distance" is told by its neighbour: kilometres beside minutes ("temps"), metres beside
 * seconds ("duration"). */
static const wanted_column in_minutes[] = {
    FROM_TO,
    NUMBER("minutes", "Minutes", "Minutes", "min", true, "minutes", "minute", "min", "temps",
           "temps_min", "temps_minutes", "duree_min", "duree", "time_min", "duration_min",
           "travel_time", "travel_time_p50", "travel_time_p*", "total_time", "total_duration",
           "travel_time_min"),
    NUMBER("km", "Kilomètres", "Kilometres", "km", false, KM, "distance"),
    NUMBER("metres", "Mètres", "Metres", "m", false, METRES),
};

static const wanted_column in_seconds[] = {
    FROM_TO,
    NUMBER("seconds", "Secondes", "Seconds", "s", true, "seconds", "secondes", "duration_s",
           "time_s", "duree_s", "temps_s", "duration", "durations"),
    NUMBER("km", "Kilomètres", "Kilometres", "km", false, KM),
    NUMBER("metres", "Mètres", "Metres", "m", false, METRES, "distance", "distances"),
};

/* A column of numbers divided; NULL where the file has none, or has the wanted one already. */
static status divided(const table *t, const char *name, double by, double **out, faults *list)
{
    error err;
    *out = memory_new(t->rows, sizeof **out);
    if (*out == NULL) {
        return fault_of(memory_error(&err, t->rows * sizeof **out), &err, list);
    }
    column_numbers(t, name, *out);
    for (size_t i = 0; i < t->rows; i++) {
        (*out)[i] /= by;
    }
    return STATUS_OK;
}

static status to_minutes_and_km(const import_request *request, imported *in, faults *faults_list)
{
    double *minutes = NULL, *km = NULL;
    number_column made[2];
    size_t count = 0;
    status result = STATUS_OK;
    const bool seconds = table_find(in->rows, "seconds") != NULL;
    const bool metres =
        table_find(in->rows, "metres") != NULL && table_find(in->rows, "km") == NULL;
    if (seconds) {
        result = divided(in->rows, "seconds", 60, &minutes, faults_list);
        made[count++] = (number_column){.spec = {.name = "minutes",
                                                 .title_fr = "Minutes",
                                                 .title_en = "Minutes",
                                                 .unit = "min",
                                                 .type = COLUMN_F64,
                                                 .decimals = -1},
                                        .values = minutes};
    }
    if (result == STATUS_OK && metres) {
        result = divided(in->rows, "metres", 1000, &km, faults_list);
        made[count++] = (number_column){.spec = {.name = "km",
                                                 .title_fr = "Kilomètres",
                                                 .title_en = "Kilometres",
                                                 .unit = "km",
                                                 .type = COLUMN_F64,
                                                 .decimals = -1},
                                        .values = km};
    }
    if (result == STATUS_OK && count > 0) {
        result = imported_numbers(in, made, count, faults_list);
        faults_note(faults_list, source_at(request->path, 0, 0), M_TIMES_UNITS,
                    seconds ? "s" : "min", metres ? "m" : "km");
    }
    memory_free(minutes);
    memory_free(km);
    return result;
}

const importer importer_travel_times = {
    .id = "travel-times",
    .role = "travel_times",
    .title_fr = "Temps et distances de parcours (matrice)",
    .title_en = "Travel times and distances (matrix)",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = in_minutes,
    .column_count = sizeof in_minutes / sizeof in_minutes[0],
    .generic = true,
    .finish = to_minutes_and_km,
};

const importer importer_travel_times_seconds = {
    .id = "travel-times-seconds",
    .role = "travel_times",
    .title_fr = "Temps et distances de parcours, en secondes (matrice)",
    .title_en = "Travel times and distances, in seconds (matrix)",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    .columns = in_seconds,
    .column_count = sizeof in_seconds / sizeof in_seconds[0],
    .generic = true,
    .finish = to_minutes_and_km,
};
