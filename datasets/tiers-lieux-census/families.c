#include "datasets/tiers-lieux-census/families.h"

#include <string.h>

#include "datasets/messages.h"
#include "datasets/support.h"

enum { FOLD_BYTES = 192, FAMILIES = 7 };

/* The seven families of the census; each stands for a kind by the taxonomy's column ftl_family. */
static const char *const families[FAMILIES] = {
    "Ateliers artisanaux partagés",
    "Bureaux partagés / Coworking",
    "Cuisine partagée / Foodlab",
    "Fablab / Makerspace / Hackerspace (Espaces du Faire)",
    "LivingLab / Laboratoire d'innovation sociale",
    "Tiers-lieu nourricier",
    "Tiers-lieu culturel / Lieux intermédiaires et indépendants",
};
/* Choices of the list of activities that are a family under another name. */
static const struct {
    const char *choice;
    size_t family;
} choices[] = {{"bureau / coworking", 1},
               {"bureaux partages", 1},
               {"coworking", 1},
               {"atelier artisanal partage", 0},
               {"foodlab", 2},
               {"makerspace", 3},
               {"hackerspace", 3},
               {"living lab", 4}};

/* What stands before a slash or a parenthesis: the part that variants share. */
static void fold_head(text_slice s, char head[FOLD_BYTES])
{
    head[0] = '\0';
    (void)text_fold(s, head, FOLD_BYTES);
    head[strcspn(head, "/(")] = '\0';
    for (size_t size = strlen(head); size && head[size - 1] == ' '; size--) {
        head[size - 1] = '\0';
    }
}

static size_t family_of(text_slice s)
{
    char whole[FOLD_BYTES] = "";
    char head[FOLD_BYTES];
    char known[FOLD_BYTES];
    (void)text_fold(s, whole, sizeof whole);
    fold_head(s, head);
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        if (strcmp(choices[i].choice, whole) == 0) {
            return choices[i].family;
        }
    }
    for (size_t i = 0; i < FAMILIES; i++) {
        fold_head(text_slice_of(families[i], strlen(families[i])), known);
        if (strcmp(known, head) == 0) {
            return i;
        }
    }
    return FAMILIES;
}

/* --- kinds --- */

typedef struct boxes {
    table *all;     /* every column of the file, as text */
    size_t *family; /* of each column; FAMILIES: not a box of a family */
    size_t unknown;
    arena *memory;
    const char **kinds;
} boxes;

static unsigned listed_families(boxes *b, const char *text)
{
    unsigned found = 0;
    while (*text) {
        const size_t size = strcspn(text, ";|");
        const size_t blanks = strspn(text, " ");
        if (blanks < size) {
            const size_t family = family_of(text_slice_of(text + blanks, size - blanks));
            found |= family < FAMILIES ? 1u << family : 0;
            b->unknown += family == FAMILIES;
        }
        text += size + (text[size] != '\0');
    }
    return found;
}

static unsigned ticked_families(const boxes *b, size_t row)
{
    unsigned found = 0;
    for (size_t c = 0; c < b->all->column_count; c++) {
        if (b->family[c] < FAMILIES && strcmp(column_text(&b->all->columns[c], row), "1") == 0) {
            found |= 1u << b->family[c];
        }
    }
    return found;
}

static const char *joined(const boxes *b, unsigned found)
{
    const char *text = "";
    for (size_t i = 0; text && i < FAMILIES; i++) {
        if (found & 1u << i) {
            text = *text ? arena_format(b->memory, "%s;%s", text, families[i]) : families[i];
        }
    }
    return text;
}

/* The file once more, with all its columns: the boxes have their labels for headers. */
static status open_boxes(boxes *b, const import_request *request, faults *faults_list)
{
    const read_options options = {
        .path = request->path, .member = request->member, .encoding = request->encoding};
    status rc = table_read(&options, &b->all, NULL, faults_list);
    if (rc == STATUS_OK) {
        rc =
            take_array(b->memory, b->all->column_count, sizeof *b->family, &b->family, faults_list);
    }
    for (size_t c = 0; rc == STATUS_OK && c < b->all->column_count; c++) {
        const char *header = b->all->columns[c].name;
        b->family[c] = family_of(text_slice_of(header, strlen(header)));
    }
    return rc;
}

static status make_kinds(boxes *b, const import_request *request, imported *in, faults *faults_list)
{
    error err;
    const size_t count = in->rows->rows;
    const column *listed = text_column(in->rows, "kind");
    status rc = open_boxes(b, request, faults_list);
    if (rc == STATUS_OK) {
        rc = take_array(b->memory, count, sizeof *b->kinds, &b->kinds, faults_list);
    }
    for (size_t row = 0; rc == STATUS_OK && row < count; row++) {
        b->kinds[row] =
            joined(b, listed_families(b, text_at(listed, row)) | ticked_families(b, row));
        if (!b->kinds[row]) {
            rc = fault_of(memory_error(&err, 64), &err, faults_list);
        }
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    if (b->unknown) {
        faults_note(faults_list, source_at(request->path, 0, 0), M_CENSUS_CHOICES,
                    SHOWN(shown((double)b->unknown, 0)));
    }
    const made_column made = {"kind", (const char *const *)b->kinds};
    return imported_replace(in, NULL, count, &made, 1, faults_list);
}

status census_families(const import_request *request, imported *in, faults *faults_list)
{
    error err;
    boxes b = {0};
    status rc = fault_of(arena_new(&b.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = make_kinds(&b, request, in, faults_list);
    }
    table_free(b.all);
    arena_free(b.memory);
    return rc;
}

/* --- status --- */

static const char *status_of(const char *text)
{
    char folded[FOLD_BYTES] = "";
    (void)text_fold(text_slice_of(text, strnlen(text, FOLD_BYTES / 2)), folded, sizeof folded);
    if (strstr(folded, "projet")) {
        return "project";
    }
    if (strstr(folded, "ferme")) {
        return "closed";
    }
    return strstr(folded, "activite") || strstr(folded, "ouvert") ? "open" : text;
}

status census_status(const import_request *request, imported *in, faults *faults_list)
{
    (void)request;
    const size_t count = in->rows->rows;
    const column *told = text_column(in->rows, "status");
    if (!told) {
        return STATUS_OK;
    }
    const char **values = memory_new(count, sizeof *values);
    if (!values) {
        error err;
        return fault_of(memory_error(&err, count * sizeof *values), &err, faults_list);
    }
    for (size_t row = 0; row < count; row++) {
        values[row] = status_of(text_at(told, row));
    }
    const made_column made = {"status", (const char *const *)values};
    const status rc = imported_replace(in, NULL, count, &made, 1, faults_list);
    memory_free(values);
    return rc;
}
