/* Structures that host conseillers numériques (digital advisers): a JSON array of objects. */
#include <math.h>
#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"

#define TEXT_COLUMN(canonical, needed, ...)                                                        \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .unit = "", .type = COLUMN_TEXT,       \
        .required = needed                                                                         \
    }
#define DEGREES(canonical, header)                                                                 \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(header), .unit = "deg", .type = COLUMN_F64,          \
        .decimals = -1                                                                             \
    }

static const wanted_column columns[] = {
    TEXT_COLUMN("id", true, "id"),
    TEXT_COLUMN("name", true, "raison_sociale"),
    TEXT_COLUMN("advisers", true, "nb_cnfs"),
    TEXT_COLUMN("siret", false, "siret"),
    TEXT_COLUMN("commune", false, "insee_com"),
    TEXT_COLUMN("city", false, "commune_insee"),
    TEXT_COLUMN("address", false, "adresse"),
    TEXT_COLUMN("geocoded", false, "result_label"),
    TEXT_COLUMN("geocoded_commune", false, "result_citycode"),
    TEXT_COLUMN("postcode", false, "code_postal_bis"),
    TEXT_COLUMN("postcode_number", false, "code_postal"),
    TEXT_COLUMN("departement", false, "code_département"),
    TEXT_COLUMN("label_start", false, "date_de_validation_en_comité_de_sélection"),
    DEGREES("lon", "longitude"),
    DEGREES("lat", "latitude"),
};

enum { NAME, CITY, SIRET, ADDRESS, POSTCODE, KIND, FUNCTIONS, SCOPE, LABEL, MADE };
static const char *const made_names[MADE] = {"name", "city",      "siret",    "address", "postcode",
                                             "kind", "functions", "in_scope", "label"};

typedef struct structures {
    const table *rows;
    arena *memory;
    const char **made[MADE];
    double *lon, *lat;
    size_t unnamed, padded, refused;
} structures;

static const char *at(const structures *s, const char *column_name, size_t row)
{
    return text_at(text_column(s->rows, column_name), row);
}

/* "0" and "null" stand for nothing in this file. */
static const char *or_nothing(const char *text)
{
    return strcmp(text, "0") == 0 || strcmp(text, "null") == 0 ? "" : text;
}

/* A code kept as a number lost its zeros in front ("1100", "1"; quirk 10). */
static const char *padded(const structures *s, const char *digits, size_t size)
{
    static const char zeros[] = "00000";
    const size_t length = strlen(digits);
    return !length || length >= size
               ? digits
               : arena_format(s->memory, "%.*s%s", (int)(size - length), zeros, digits);
}

static size_t departement_size(const char *code)
{
    return code[0] == '9' && (code[1] == '7' || code[1] == '8') ? 3 : 2;
}

/* Rows without an address were geocoded all the same, to a hamlet whose name resembles nothing
 * ("Nas"): the point is refused when it lies in another département than the row. */
static bool geocoded_elsewhere(const structures *s, size_t row)
{
    const char *found = at(s, "geocoded_commune", row);
    const char *own = at(s, "commune", row);
    own = *own ? own : padded(s, at(s, "departement", row), 2);
    return own && *own && *found && strncmp(found, own, departement_size(own)) != 0;
}

static bool make_row(structures *s, size_t row)
{
    const char *bis = at(s, "postcode", row);
    const char *number = at(s, "postcode_number", row);
    const char *geocoded = at(s, "geocoded", row);
    const bool elsewhere = geocoded_elsewhere(s, row);
    const char *const values[MADE] = {
        [NAME] = or_nothing(at(s, "name", row)),
        [CITY] = or_nothing(at(s, "city", row)),
        [SIRET] = or_nothing(at(s, "siret", row)),
        [ADDRESS] = *geocoded && !elsewhere ? geocoded : at(s, "address", row),
        [POSTCODE] = *bis ? bis : padded(s, number, 5),
        [KIND] = "XXX.AUTRE",
        [FUNCTIONS] = "h:0.5",
        [SCOPE] = "autre_lieu",
        [LABEL] = "Conseiller numérique",
    };
    for (size_t m = 0; m < MADE; m++) {
        s->made[m][row] = values[m];
    }
    s->unnamed += !*values[NAME];
    s->padded += *number && strlen(number) < 5;
    s->refused += elsewhere;
    if (elsewhere) {
        s->lon[row] = s->lat[row] = (double)NAN;
    }
    return values[POSTCODE] != NULL;
}

static status make_all(structures *s, faults *faults_list)
{
    error err;
    const size_t count = s->rows->rows;
    status rc = STATUS_OK;
    for (size_t m = 0; rc == STATUS_OK && m < MADE; m++) {
        rc = take_array(s->memory, count, sizeof *s->made[m], &s->made[m], faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(s->memory, count, sizeof *s->lon, &s->lon, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(s->memory, count, sizeof *s->lat, &s->lat, faults_list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    column_numbers(s->rows, "lon", s->lon);
    column_numbers(s->rows, "lat", s->lat);
    for (size_t row = 0; row < count; row++) {
        if (!make_row(s, row)) {
            return fault_of(memory_error(&err, 16), &err, faults_list);
        }
    }
    return rc;
}

static status hand_over(structures *s, imported *in, faults *faults_list)
{
    made_column made[MADE];
    const number_column points[] = {
        {{.name = "lon", .unit = "deg", .type = COLUMN_F64, .decimals = 6}, s->lon},
        {{.name = "lat", .unit = "deg", .type = COLUMN_F64, .decimals = 6}, s->lat}};
    for (size_t m = 0; m < MADE; m++) {
        made[m] = (made_column){made_names[m], (const char *const *)s->made[m]};
    }
    const status rc = imported_replace(in, NULL, in->rows->rows, made, MADE, faults_list);
    return rc == STATUS_OK ? imported_numbers(in, points, 2, faults_list) : rc;
}

static void tell(const structures *s, const char *path, faults *faults_list)
{
    const source_ref file = source_at(path, 0, 0);
    if (s->padded) {
        faults_note(faults_list, file, M_CNFS_PADDED, SHOWN(shown((double)s->padded, 0)));
    }
    if (s->unnamed) {
        faults_warn(faults_list, file, M_CNFS_UNNAMED, SHOWN(shown((double)s->unnamed, 0)));
    }
    if (s->refused) {
        faults_warn(faults_list, file, M_CNFS_ELSEWHERE, SHOWN(shown((double)s->refused, 0)));
    }
}

static status describe(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    structures s = {0};
    status rc = imported_repair(request, in, faults_list);
    if (rc == STATUS_OK) {
        rc = fault_of(arena_new(&s.memory, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        s.rows = in->rows;
        rc = make_all(&s, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = hand_over(&s, in, faults_list);
        tell(&s, request->path, faults_list);
    }
    arena_free(s.memory);
    return rc;
}

const importer importer_conseillers_numeriques = {
    .id = "conseillers-numeriques",
    .role = "venues",
    .title_fr = "Structures d’accueil des conseillers numériques",
    .title_en = "Host structures of digital advisers",
    .producer = "ANCT",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .finish = describe,
};
