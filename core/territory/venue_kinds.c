#include <string.h>

#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

enum { FOLD_BYTES = 192, PREFIX_BYTES = 5, LIST_BYTES = 420, KIND_BYTES = 128 };

static void fold(text_slice s, char *buffer)
{
    buffer[0] = '\0';
    (void)text_fold(s, buffer, FOLD_BYTES);
}

static void fold_text(const char *text, char *buffer)
{
    fold(text_slice_of(text, strlen(text)), buffer);
}

static const char *mapped(const venue_list *list, text_slice value)
{
    char wanted[FOLD_BYTES];
    char candidate[FOLD_BYTES];
    for (size_t i = 0; i < list->kind_map_count; i++) {
        if (text_equal(value, list->kind_map[i].value)) {
            return list->kind_map[i].kind;
        }
    }
    fold(value, wanted);
    for (size_t i = 0; i < list->kind_map_count; i++) {
        fold_text(list->kind_map[i].value, candidate);
        if (strcmp(candidate, wanted) == 0) {
            return list->kind_map[i].kind;
        }
    }
    return NULL;
}

/* Variants of one string exist with and without what follows a parenthesis or a slash (METHODS.md
 * section 1): one text begins the other, up to there. A mere beginning ("tiers-lieu") decides
 * nothing. */
static bool same_beginning(const char *a, const char *b)
{
    const size_t size_a = strlen(a);
    const size_t size_b = strlen(b);
    const size_t least = size_a < size_b ? size_a : size_b;
    if (least < PREFIX_BYTES || strncmp(a, b, least) != 0) {
        return false;
    }
    const char *rest = (size_a > size_b ? a : b) + least;
    rest += *rest == ' ';
    return *rest == '\0' || *rest == '(' || *rest == '/';
}

static const kind *kind_of_label(const taxonomy *kinds, const char *folded)
{
    char label[FOLD_BYTES];
    for (size_t i = 0; i < kinds->count; i++) {
        const kind *k = &kinds->kinds[i];
        const char *const labels[] = {k->code, k->label_fr, k->label_en};
        for (size_t l = 0; l < sizeof labels / sizeof labels[0]; l++) {
            fold_text(labels[l], label);
            if (*label && strcmp(label, folded) == 0) {
                return k;
            }
        }
    }
    return NULL;
}

/* The only kind whose label begins as the text does; NULL when several do. */
static const kind *kind_of_beginning(const taxonomy *kinds, const char *folded)
{
    char label_fr[FOLD_BYTES];
    char label_en[FOLD_BYTES];
    const kind *found = NULL;
    for (size_t i = 0; i < kinds->count; i++) {
        fold_text(kinds->kinds[i].label_fr, label_fr);
        fold_text(kinds->kinds[i].label_en, label_en);
        if (same_beginning(label_fr, folded) || same_beginning(label_en, folded)) {
            if (found) {
                return NULL;
            }
            found = &kinds->kinds[i];
        }
    }
    return found;
}

/* What stands before a slash or a parenthesis, without blanks: "Tiers-lieu culturel / Lieux
 * intermédiaires..." and "Tiers-lieu culturel / lieu intermédiaire", "LivingLab" and "Living lab".
 */
static void fold_head(const char *folded, char head[FOLD_BYTES])
{
    size_t used = 0;
    for (; *folded && *folded != '/' && *folded != '('; folded++) {
        head[used] = *folded;
        used += *folded != ' ';
    }
    head[used] = '\0';
}

static bool same_head(const char *a, const char *b)
{
    char head_a[FOLD_BYTES];
    char head_b[FOLD_BYTES];
    fold_head(a, head_a);
    fold_head(b, head_b);
    return strlen(head_a) >= PREFIX_BYTES && strcmp(head_a, head_b) == 0;
}

/* A family of the France Tiers-Lieux census stands for its first kind in the taxonomy. */
static const kind *kind_of_family(const taxonomy *kinds, const char *folded)
{
    char family[FOLD_BYTES];
    for (size_t i = 0; i < kinds->count; i++) {
        fold_text(kinds->kinds[i].ftl_family, family);
        if (same_beginning(family, folded) || same_head(family, folded)) {
            return &kinds->kinds[i];
        }
    }
    return NULL;
}

static const kind *kind_exactly(const venue_list *list, const taxonomy *kinds, text_slice value)
{
    char folded[FOLD_BYTES];
    const char *code = mapped(list, value);
    if (code) {
        return taxonomy_find(kinds, code);
    }
    fold(value, folded);
    return kind_of_label(kinds, folded);
}

static const kind *kind_of(const venue_list *list, const taxonomy *kinds, text_slice value)
{
    char folded[FOLD_BYTES];
    const kind *found = kind_exactly(list, kinds, value);
    fold(value, folded);
    if (!found) {
        found = kind_of_family(kinds, folded);
    }
    return found ? found : kind_of_beginning(kinds, folded);
}

static void list_kinds(const taxonomy *kinds, char *list)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < kinds->count; i++) {
        const size_t size = strlen(kinds->kinds[i].code);
        if (used + size + 3 < LIST_BYTES) {
            memcpy(list + used, used ? ", " : "", used ? 2 : 0);
            used += used ? 2 : 0;
            memcpy(list + used, kinds->kinds[i].code, size + 1);
            used += size;
        }
    }
}

static status refuse_kind(const venue_draft *v, const taxonomy *kinds, text_slice value,
                          faults *list)
{
    char allowed[LIST_BYTES];
    char shown[KIND_BYTES];
    list_kinds(kinds, allowed);
    (void)text_escape(text_slice_of(value.at, value.size < 100 ? value.size : 100), shown,
                      sizeof shown);
    return faults_refuse(list, venue_source(v), M_VENUES_KIND_UNKNOWN, shown, allowed);
}

/* A venue of several kinds offers a function as its best kind does. */
static void add_kind(venue_draft *v, const kind *k)
{
    if (!v->main) {
        v->main = k;
        v->in_scope = k->in_scope;
    } else if (k->in_scope == 1 || v->in_scope == 2) {
        v->in_scope = k->in_scope;
    }
    for (size_t f = 0; f < FUNCTION_COUNT; f++) {
        v->function[f] = k->function[f] > v->function[f] ? k->function[f] : v->function[f];
    }
}

static text_slice next_part(text_slice *rest, const char *separators)
{
    size_t size = 0;
    while (size < rest->size && !strchr(separators, rest->at[size])) {
        size++;
    }
    text_slice part = text_slice_of(rest->at, size);
    *rest = size < rest->size ? text_slice_of(rest->at + size + 1, rest->size - size - 1)
                              : text_slice_of(rest->at + size, 0);
    while (part.size && part.at[0] == ' ') {
        part = text_slice_of(part.at + 1, part.size - 1);
    }
    while (part.size && part.at[part.size - 1] == ' ') {
        part.size--;
    }
    return part;
}

static status add_kinds(venue_draft *v, const taxonomy *kinds, text_slice value, faults *list)
{
    const kind *whole = kind_exactly(v->list, kinds, value);
    if (whole) {
        add_kind(v, whole);
        return STATUS_OK;
    }
    for (text_slice rest = value; rest.size;) {
        const text_slice part = next_part(&rest, ";|");
        const kind *k = part.size ? kind_of(v->list, kinds, part) : NULL;
        if (k) {
            add_kind(v, k);
        } else if (part.size) {
            return refuse_kind(v, kinds, part, list);
        }
    }
    return STATUS_OK;
}

static status class_kind(venue_draft *v, const taxonomy *kinds, bool *no_kind, faults *list)
{
    const char *text = v->list->kind;
    if (!text) {
        text = text_at(text_column(v->list->rows->rows, "kind"), v->row);
    }
    const text_slice value = text_trimmed(text);
    *no_kind = value.size == 0;
    const status rc = *no_kind ? STATUS_OK : add_kinds(v, kinds, value, list);
    if (rc == STATUS_OK && !v->main) {
        const kind *other = taxonomy_find(kinds, "XXX.AUTRE");
        if (!other) {
            return refuse_kind(v, kinds, text_slice_of("XXX.AUTRE", 9), list);
        }
        add_kind(v, other);
    }
    return rc;
}

/* "a", or "a:0.5" */
static status add_function(venue_draft *v, text_slice part, faults *list)
{
    char shown[KIND_BYTES];
    double weight = 1;
    (void)text_escape(text_slice_of(part.at, part.size < 60 ? part.size : 60), shown, sizeof shown);
    const char letter = (char)(part.at[0] | 0x20);
    const bool weighted = part.size > 2 && (part.at[1] == ':' || part.at[1] == '=');
    if (letter < 'a' || letter > 'h' || (part.size > 1 && !weighted)) {
        return faults_refuse(list, venue_source(v), M_VENUES_FUNCTION, shown);
    }
    if (weighted) {
        const text_slice number = text_slice_of(part.at + 2, part.size - 2);
        const bool good =
            text_to_f64(number, '.', &weight) &&
            (text_equal(number, "0") || text_equal(number, "0.5") || text_equal(number, "1"));
        if (!good) {
            return faults_refuse(list, venue_source(v), M_VENUES_FUNCTION_WEIGHT, shown);
        }
    }
    v->function[letter - 'a'] = weight;
    return STATUS_OK;
}

/* Declared functions take the place of the kind's altogether. */
static status class_functions(venue_draft *v, faults *list)
{
    status rc = STATUS_OK;
    const char *text = text_at(text_column(v->list->rows->rows, "functions"), v->row);
    text_slice rest = text_trimmed(text);
    if (rest.size == 0) {
        return STATUS_OK;
    }
    v->declared = true;
    memset(v->function, 0, sizeof v->function);
    while (rest.size) {
        const text_slice part = next_part(&rest, ";, |/");
        if (part.size) {
            const status one = add_function(v, part, list);
            rc = rc == STATUS_OK ? one : rc;
        }
    }
    return rc;
}

typedef struct word_value {
    const char *word, *value;
} word_value;

static const char *value_of(const word_value *known, size_t count, const char *text)
{
    char folded[FOLD_BYTES];
    fold_text(text, folded);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i].word, folded) == 0) {
            return known[i].value;
        }
    }
    return NULL;
}

static status class_status(venue_draft *v, faults *list)
{
    static const word_value known[] = {{"open", "open"},          {"ouvert", "open"},
                                       {"ouverte", "open"},       {"en activite", "open"},
                                       {"project", "project"},    {"projet", "project"},
                                       {"en projet", "project"},  {"candidate", "candidate"},
                                       {"candidat", "candidate"}, {"candidature", "candidate"},
                                       {"closed", "closed"},      {"ferme", "closed"},
                                       {"fermee", "closed"}};
    const char *text = text_at(text_column(v->list->rows->rows, "status"), v->row);
    if (!*text) {
        text = v->list->status ? v->list->status : "open";
    }
    v->status = value_of(known, sizeof known / sizeof known[0], text);
    return v->status ? STATUS_OK : faults_refuse(list, venue_source(v), M_VENUES_STATUS, text);
}

static status class_scope(venue_draft *v, faults *list)
{
    static const word_value known[] = {
        {"tiers_lieu", "1"}, {"tiers lieu", "1"}, {"1", "1"}, {"oui", "1"}, {"yes", "1"},
        {"autre_lieu", "0"}, {"autre lieu", "0"}, {"0", "0"}, {"non", "0"}, {"no", "0"}};
    const char *text = text_at(text_column(v->list->rows->rows, "in_scope"), v->row);
    if (!*text) {
        return STATUS_OK;
    }
    const char *value = value_of(known, sizeof known / sizeof known[0], text);
    if (!value) {
        return faults_refuse(list, venue_source(v), M_VENUES_SCOPE, text);
    }
    v->in_scope = *value == '1';
    return STATUS_OK;
}

status venue_class(venue_draft *v, const taxonomy *kinds, bool *no_kind, faults *list)
{
    const status results[] = {class_kind(v, kinds, no_kind, list), class_functions(v, list),
                              class_status(v, list), class_scope(v, list)};
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        if (results[i] != STATUS_OK) {
            return results[i];
        }
    }
    return STATUS_OK;
}
