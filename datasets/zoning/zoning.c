/* Eligibility zonings by commune: in or out, and the class where the file has several. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/importers.h"
#include "datasets/messages.h"
#include "datasets/support.h"
#include "territory/support.h"

#define CLASS_COLUMN(is_required, ...)                                                             \
    {                                                                                              \
        .name = "class", .aliases = ALIASES(__VA_ARGS__), .title_fr = "Classement",                \
        .title_en = "Class", .unit = "", .type = COLUMN_TEXT, .required = is_required              \
    }

#define FRR_HEADERS                                                                                \
    "FRR", "codefrr", "code_frr", "FRR_2024", "FRR_2025", "zonage_frr", "classement_frr", "lib_frr"
#define ZRR_HEADERS "ZRR_SIMP", "ZONAGE_ZRR", "ZRR", "zrr_simp", "zonage_zrr"
/* Identifiers of the programmes of the State: a commune of the list has one. */
#define PROGRAMME_HEADERS                                                                          \
    "id_pvd", "id_acv", "id_acv2", "id_ti", "id_va", "id_crte", "id_fabt", "pvd", "acv",           \
        "lib_pvd", "lib_acv"

static const wanted_column frr_columns[] = {
    CODE_COLUMN(CODE_HEADERS),
    CLASS_COLUMN(true, FRR_HEADERS),
};
static const wanted_column zrr_columns[] = {
    CODE_COLUMN(CODE_HEADERS),
    CLASS_COLUMN(true, ZRR_HEADERS),
};
static const wanted_column programme_columns[] = {
    CODE_COLUMN("insee_com", CODE_HEADERS),
    {.name = "zone",
     .aliases = ALIASES(PROGRAMME_HEADERS),
     .unit = "",
     .type = COLUMN_TEXT,
     .required = true},
    TEXT_OF("zone_name", "lib_pvd", "lib_acv", "lib_ti", "lib_va", "lib_crte"),
};
static const wanted_column any_columns[] = {
    CODE_COLUMN("insee_com", CODE_HEADERS),
    CLASS_COLUMN(false, "class", "classe", "classement", "zonage", "zone", FRR_HEADERS,
                 ZRR_HEADERS),
};

/* Words of a class, one after the other: letters, digits and '+'. */
static text_slice next_word(const char **at)
{
    static const char ends[] = " ,:;()/.";
    *at += strspn(*at, ends);
    const text_slice word = text_slice_of(*at, strcspn(*at, ends));
    *at += word.size;
    return word;
}

static bool is_one_of(text_slice word, const char *const *list)
{
    for (; *list; list++) {
        if (text_equal(word, *list)) {
            return true;
        }
    }
    return false;
}

/* "NC - Commune non classée", "hors zone": a word of these anywhere; "0", "N", "faux": the first
 * one. What was understood is told with the file (tell_classes). */
static bool says_out(const char *class)
{
    static const char *const anywhere[] = {"non", "nc",    "hors",   "sans",
                                           "pas", "aucun", "aucune", NULL};
    static const char *const first[] = {"0", "n", "no", "false", "faux", NULL};
    char folded[128];
    const char *at = folded;
    (void)text_fold(text_slice_of(class, strlen(class)), folded, sizeof folded);
    text_slice word = next_word(&at);
    if (is_one_of(word, first)) {
        return true;
    }
    for (; word.size; word = next_word(&at)) {
        if (is_one_of(word, anywhere)) {
            return true;
        }
    }
    return false;
}

/* 1 and "oui" say no more than that a commune is in. */
static bool says_in_only(const char *class)
{
    static const char *const said[] = {"1", "oui", "true", "vrai", "yes", "x", "o"};
    char folded[64];
    (void)text_fold(text_slice_of(class, strlen(class)), folded, sizeof folded);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (strcmp(said[i], folded) == 0) {
            return true;
        }
    }
    return false;
}

static status add_member(imported *in, const double *member, faults *faults_list)
{
    error err;
    table *made = NULL;
    const number_column column_made = {
        {.name = "member", .unit = "1", .type = COLUMN_F64, .decimals = 0}, member};
    const status rc = table_with_numbers(in->rows, &column_made, 1, &made, &err);
    if (rc == STATUS_OK) {
        imported_take(in, made);
    }
    return fault_of(rc, &err, faults_list);
}

enum { CLASSES_SHOWN = 8, CLASS_BYTES = 60 };

/* How each word of the file was understood, in the order of the words: the reader sees a class that
 * means something else. */
static status tell_classes(const imported *in, const column *class, faults *faults_list)
{
    error err;
    char list[CLASSES_SHOWN * (CLASS_BYTES + 32)] = "";
    const uint32_t count = class->words.count;
    const char **said = memory_new((size_t)count + 1, sizeof *said);
    if (!said) {
        return fault_of(memory_error(&err, count * sizeof *said), &err, faults_list);
    }
    size_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        said[found] = words_at(&class->words, i);
        found += *said[found] != '\0';
    }
    qsort(said, found, sizeof *said, compare_texts);
    for (size_t i = 0; i < found && i < CLASSES_SHOWN; i++) {
        char shown_class[CLASS_BYTES];
        const size_t used = strlen(list);
        (void)text_escape(text_slice_of(said[i], strlen(said[i])), shown_class, sizeof shown_class);
        (void)snprintf(list + used, sizeof list - used, "%s%s = %d", used ? " ; " : "", shown_class,
                       !says_out(said[i]));
    }
    if (found) {
        faults_note(faults_list, source_at(table_source(in->rows, 0).file, 0, 0), M_ZONING_CLASSES,
                    list);
    }
    memory_free(said);
    return STATUS_OK;
}

/* Without a class every commune of the list is in; an empty class is out, unless the column is
 * empty throughout. */
static status judge(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    const size_t rows = in->rows->rows;
    const column *class = text_column(in->rows, "class");
    double *member = memory_new(rows + 1, sizeof *member);
    const char **text = memory_new(rows + 1, sizeof *text);
    status rc = member && text
                    ? STATUS_OK
                    : fault_of(memory_error(&err, rows * sizeof *member), &err, faults_list);
    for (size_t i = 0; rc == STATUS_OK && i < rows; i++) {
        const char *value = text_at(class, i);
        const bool out = class && (!*value || says_out(value));
        member[i] = out ? 0 : 1;
        text[i] = !*value || says_in_only(value) || strcmp(value, "0") == 0 ? NULL : value;
    }
    if (rc == STATUS_OK && class) {
        rc = tell_classes(in, class, faults_list);
    }
    if (rc == STATUS_OK && class) {
        const made_column made = {"class", text};
        rc = imported_replace(in, NULL, rows, &made, 1, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = add_member(in, member, faults_list);
    }
    in->vintage = in->vintage ? in->vintage : year_in_path(request->path);
    memory_free(member);
    memory_free(text);
    return rc;
}

#define COLUMNS_OF(list) .columns = list, .column_count = sizeof list / sizeof list[0]

const importer importer_frr = {
    .id = "frr",
    .role = "zoning",
    .title_fr = "France ruralités revitalisation (FRR, FRR+)",
    .title_en = "France ruralités revitalisation (FRR, FRR+)",
    .producer = "DGCL, ANCT",
    .licence = "Licence Ouverte 2.0",
    COLUMNS_OF(frr_columns),
    .marks = ALIASES(FRR_HEADERS),
    .generic = true,
    .finish = judge,
};

const importer importer_zrr = {
    .id = "zrr",
    .role = "zoning",
    .title_fr = "Zones de revitalisation rurale (ZRR, jusqu’au 30 juin 2024)",
    .title_en = "Rural revitalisation zones (ZRR, until 30 June 2024)",
    .producer = "DGCL, ANCT",
    .licence = "Licence Ouverte 2.0",
    COLUMNS_OF(zrr_columns),
    .marks = ALIASES(ZRR_HEADERS),
    .generic = true,
    .finish = judge,
};

const importer importer_programme = {
    .id = "anct-programme",
    .role = "zoning",
    .title_fr = "Communes d’un programme (Petites villes de demain, Action cœur de ville, "
                "Territoires d’industrie...)",
    .title_en = "Communes of a programme (Petites villes de demain, Action cœur de ville, "
                "Territoires d’industrie...)",
    .producer = "ANCT",
    .licence = "Licence Ouverte 2.0",
    COLUMNS_OF(programme_columns),
    .marks = ALIASES(PROGRAMME_HEADERS),
    .generic = true,
    .finish = judge,
};

const importer importer_zoning = {
    .id = "zoning",
    .role = "zoning",
    .title_fr = "Zonage de l’utilisateur : liste de communes",
    .title_en = "The user’s zoning: a list of communes",
    .producer = "fichier de l’utilisateur",
    .licence = "celle du fichier",
    COLUMNS_OF(any_columns),
    .generic = true,
    .finish = judge,
};
