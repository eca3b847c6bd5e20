#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/codes.h"
#include "territory/support.h"

#define PERSONS(canonical, is_required, in_french, in_english, ...)                                \
    {                                                                                              \
        .name = canonical, .aliases = ALIASES(__VA_ARGS__), .title_fr = in_french,                 \
        .title_en = in_english, .unit = "{person}", .type = COLUMN_F64, .decimals = -1,            \
        .required = is_required, .lowest = 0, .highest = 1e9                                       \
    }
#define MUNICIPAL                                                                                  \
    PERSONS("population", true, "Population municipale", "Municipal population", "PMUN", "PMUN??", \
            "PMUN*", "population", "P23_POP", "P22_POP", "P21_POP", "P20_POP", "P19_POP",          \
            "P18_POP", "pop", "Population municipale")
#define OTHER_PERSONS                                                                              \
    PERSONS("population_apart", false, "Population comptée à part", "Population counted apart",    \
            "PCAP", "PCAP??", "Population comptée à part"),                                        \
        PERSONS("population_total", false, "Population totale", "Total population", "PTOT",        \
                "PTOT??", "Population totale")

static const wanted_column columns[] = {
    CODE_COLUMN("COM", CODE_HEADERS),
    MUNICIPAL,
    OTHER_PERSONS,
};

/* INSEE's workbook "ensemble": the code is made of the département and of the commune in it. */
static const wanted_column ensemble_columns[] = {
    {.name = "departement",
     .aliases = ALIASES("Code département", "CODDEP", "DEP"),
     .title_fr = "Département",
     .title_en = "Département",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    {.name = "commune",
     .aliases = ALIASES("Code commune", "CODCOM"),
     .title_fr = "Commune dans le département",
     .title_en = "Commune in the département",
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    MUNICIPAL,
    OTHER_PERSONS,
};

/* "1" and "4" -> "01004"; "971" and "101" (or "01") -> "97101". False: no code of a commune. */
static bool join_code(const char *departement, const char *commune, char out[8], bool *padded)
{
    char d[4] = "";
    const text_slice dep = text_trimmed(departement);
    const text_slice com = text_trimmed(commune);
    if (dep.size < 1 || dep.size > 3 || com.size < 1 || com.size > 3) {
        return false;
    }
    *padded = dep.size == 1 || (dep.size == 2 && com.size < 3);
    memcpy(d + (dep.size == 1), dep.at, dep.size);
    d[0] = dep.size == 1 ? '0' : d[0];
    const size_t head = dep.size == 3 && com.size == 3 ? 2 : strlen(d);
    memset(out, '0', COMMUNE_CODE_BYTES);
    out[COMMUNE_CODE_BYTES] = '\0';
    memcpy(out, d, head);
    memcpy(out + COMMUNE_CODE_BYTES - com.size, com.at, com.size);
    return head + com.size <= COMMUNE_CODE_BYTES && (head == strlen(d) || com.at[0] == d[2]) &&
           commune_code_form(out) == CODE_COMMUNE;
}

static status join_codes(const imported *in, arena *memory, const char **codes, size_t *padded,
                         faults *faults_list)
{
    error err;
    status rc = STATUS_OK;
    const column *departement = text_column(in->rows, "departement");
    const column *commune = text_column(in->rows, "commune");
    for (size_t i = 0; i < in->rows->rows; i++) {
        char code[8];
        bool was_padded = false;
        const char *d = text_at(departement, i);
        const char *c = text_at(commune, i);
        if (!join_code(d, c, code, &was_padded)) {
            rc = faults_refuse(faults_list, table_source(in->rows, i), M_POPULATION_CODE, d, c);
            continue;
        }
        *padded += was_padded;
        codes[i] = arena_text(memory, code);
        if (!codes[i]) {
            return fault_of(memory_error(&err, sizeof code), &err, faults_list);
        }
    }
    return rc;
}

static status make_codes(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    arena *memory = NULL;
    const char **codes = NULL;
    size_t padded = 0;
    status rc = fault_of(arena_new(&memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = take_array(memory, in->rows->rows, sizeof *codes, &codes, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = join_codes(in, memory, codes, &padded, faults_list);
    }
    if (rc == STATUS_OK && padded) {
        faults_warn(faults_list, source_at(request->path, 0, 0), M_POPULATION_PADDED,
                    SHOWN(shown((double)padded, 0)));
    }
    if (rc == STATUS_OK) {
        const made_column made = {"code", (const char *const *)codes};
        rc = imported_replace(in, NULL, in->rows->rows, &made, 1, faults_list);
    }
    arena_free(memory);
    return rc;
}

const importer importer_insee_population = {
    .id = "insee-population",
    .role = "population",
    .title_fr = "Populations légales des communes",
    .title_en = "Legal population of communes",
    .producer = "Insee, recensement de la population",
    .licence = "Licence Ouverte 2.0",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .marks = ALIASES("PMUN", "PMUN??", "PCAP", "PTOT"),
    .generic = true,
};

const importer importer_insee_population_ensemble = {
    .id = "insee-population-ensemble",
    .role = "population",
    .title_fr = "Populations légales des communes (classeur « ensemble »)",
    .title_en = "Legal population of communes (workbook \"ensemble\")",
    .producer = "Insee, recensement de la population",
    .licence = "Licence Ouverte 2.0",
    .columns = ensemble_columns,
    .column_count = sizeof ensemble_columns / sizeof ensemble_columns[0],
    .marks = ALIASES("Code commune", "Code département"),
    .finish = make_codes,
};
