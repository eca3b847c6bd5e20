/* Communes that bear the same name: a venue geocoded to the wrong one (MARIE-GALANTE placed in La
 * Réunion, because both have a Saint-Louis).
 *
 * Two signs, both from the official names (COG), both told and never acted upon:
 * - the list's name of the commune is not that of its code, and no commune of that name is in the
 *   code's département;
 * - the venue's name holds a rare word (in the names of at most three communes, all in other
 *   départements) and a commune of the same name as the code's is in the département of that word,
 *   in another region: near homonyms (Le Pont-de-Beauvoisin on both banks) are no error. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/french_names.h"
#include "territory/messages.h"
#include "territory/name_likeness.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

enum { WORD_LEAST = 5, RARE_MOST = 3 };

typedef struct commune_name {
    const char *code, *name, *words; /* words: folded */
} commune_name;

typedef struct name_word {
    const char *at; /* not terminated by itself */
    size_t size;
    uint32_t commune; /* into by_name */
} name_word;

typedef struct name_book {
    venue_placer *p;
    commune_name *by_name; /* in the order of folded names, then codes */
    commune_name *by_code;
    size_t count;
    name_word *words;
    size_t word_count;
} name_book;

static int compare_by_name(const void *a, const void *b)
{
    const commune_name *x = a;
    const commune_name *y = b;
    const int order = strcmp(x->words, y->words);
    return order ? order : strcmp(x->code, y->code);
}

static int compare_by_code(const void *a, const void *b)
{
    return strcmp(((const commune_name *)a)->code, ((const commune_name *)b)->code);
}

static int compare_bytes(const char *a, size_t a_size, const char *b, size_t b_size)
{
    return text_compare(text_slice_of(a, a_size), text_slice_of(b, b_size));
}

static int compare_words(const void *a, const void *b)
{
    const name_word *x = a;
    const name_word *y = b;
    const int order = compare_bytes(x->at, x->size, y->at, y->size);
    return order ? order : (x->commune > y->commune) - (x->commune < y->commune);
}

/* --- the book of names --- */

static status add_name(name_book *b, const char *code, const char *name, faults *list)
{
    error err;
    char folded[NAME_BYTES];
    name_words(name, folded);
    char *kept = arena_text(b->p->memory, folded);
    if (!kept) {
        return fault_of(memory_error(&err, NAME_BYTES), &err, list);
    }
    b->by_name[b->count++] = (commune_name){.code = code, .name = name, .words = kept};
    return STATUS_OK;
}

static status add_names(name_book *b, const imported *names, faults *list)
{
    const territory *t = b->p->t;
    const column *codes = names ? text_column(names->rows, "code") : NULL;
    const column *titles = names ? text_column(names->rows, "name") : NULL;
    const size_t most = names ? names->rows->rows : t->place_count;
    status rc = take_array(b->p->memory, most, sizeof *b->by_name, &b->by_name, list);
    for (size_t i = 0; rc == STATUS_OK && names && i < most; i++) {
        rc = add_name(b, text_at(codes, i), text_at(titles, i), list);
    }
    for (size_t i = 0; rc == STATUS_OK && !names && i < most; i++) {
        rc = add_name(b, t->code[i], t->name[i], list);
    }
    return rc;
}

static void cut_words(name_book *b, uint32_t commune)
{
    for (const char *at = b->by_name[commune].words; *at;) {
        const size_t size = strcspn(at, " ");
        if (size >= WORD_LEAST) {
            b->words[b->word_count++] = (name_word){.at = at, .size = size, .commune = commune};
        }
        at += size + (at[size] == ' ');
    }
}

static status book_build(name_book *b, const imported *names, faults *list)
{
    size_t most = 0;
    status rc = add_names(b, names, list);
    for (size_t i = 0; i < b->count; i++) {
        most += strlen(b->by_name[i].words) / WORD_LEAST + 1;
    }
    if (rc == STATUS_OK) {
        rc = take_array(b->p->memory, b->count, sizeof *b->by_code, &b->by_code, list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(b->p->memory, most, sizeof *b->words, &b->words, list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    qsort(b->by_name, b->count, sizeof *b->by_name, compare_by_name);
    memcpy(b->by_code, b->by_name, b->count * sizeof *b->by_code);
    qsort(b->by_code, b->count, sizeof *b->by_code, compare_by_code);
    for (size_t i = 0; i < b->count; i++) {
        cut_words(b, (uint32_t)i);
    }
    qsort(b->words, b->word_count, sizeof *b->words, compare_words);
    return STATUS_OK;
}

static const commune_name *name_of_code(const name_book *b, const char *code)
{
    const commune_name wanted = {.code = code};
    return b->count ? bsearch(&wanted, b->by_code, b->count, sizeof wanted, compare_by_code) : NULL;
}

/* The first commune of a folded name, then the others after it; `count` of them. */
static const commune_name *names_of(const name_book *b, const char *folded, size_t *count)
{
    size_t low = 0;
    size_t high = b->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(b->by_name[middle].words, folded) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (*count = 0; low + *count < b->count && strcmp(b->by_name[low + *count].words, folded) == 0;
         (*count)++) {
    }
    return b->by_name + low;
}

static const name_word *words_of(const name_book *b, const char *word, size_t size, size_t *count)
{
    size_t low = 0;
    size_t high = b->word_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_bytes(b->words[middle].at, b->words[middle].size, word, size) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (*count = 0;
         low + *count < b->word_count &&
         compare_bytes(b->words[low + *count].at, b->words[low + *count].size, word, size) == 0;
         (*count)++) {
    }
    return b->words + low;
}

/* --- where codes are --- */

static bool same_departement(const char *a, const char *b)
{
    char of_a[DEPARTEMENT_CODE_BYTES];
    char of_b[DEPARTEMENT_CODE_BYTES];
    departement_of_commune(a, of_a);
    departement_of_commune(b, of_b);
    return strcmp(of_a, of_b) == 0;
}

static const char *region_of(const char *code)
{
    char departement[DEPARTEMENT_CODE_BYTES];
    departement_of_commune(code, departement);
    const french_departement *found = french_departement_find(departement);
    return found ? found->region : departement[0] ? "" : NULL;
}

static bool other_region(const char *a, const char *b)
{
    const char *of_a = region_of(a);
    const char *of_b = region_of(b);
    return of_a && of_b && strcmp(of_a, of_b) != 0;
}

static void mark(venue_placer *p, venue_draft *v, const commune_name *other)
{
    const uint32_t place = territory_place(p->t, other->code);
    const bool measured = place != PLACE_NONE && isfinite(p->t->lon[place]) && isfinite(v->lon);
    if (measured) {
        other_add(
            p, v, M_OTHER_COMMUNE, other->code, other->name,
            SHOWN(shown(haversine_km(v->lon, v->lat, p->t->lon[place], p->t->lat[place]), 0)));
    } else {
        other_add(p, v, M_OTHER_COMMUNE_AWAY, other->code, other->name);
    }
    if (v->quality < QUALITY_DOUBTFUL) {
        v->quality = QUALITY_DOUBTFUL;
    }
    v->effect = v->how == PLACED_NOWHERE ? EFFECT_ABSENT : EFFECT_ELSEWHERE;
}

/* --- both signs --- */

static bool doubt_city(const name_book *b, venue_draft *v, const commune_name *named)
{
    char city[NAME_BYTES];
    size_t count = 0;
    name_words(text_at(text_column(v->list->rows->rows, "city"), v->row), city);
    if (!*city || strcmp(city, named->words) == 0) {
        return false;
    }
    const commune_name *others = names_of(b, city, &count);
    for (size_t i = 0; i < count; i++) {
        if (same_departement(others[i].code, named->code)) {
            return false;
        }
    }
    if (count) {
        doubt_add(b->p, v, DOUBT_CITY, M_DOUBT_CITY, others[0].name, named->code, named->name);
        mark(b->p, v, &others[0]);
    }
    return count > 0;
}

/* The homonym of `named` in the département of the communes that bear the word. */
static const commune_name *homonym_of_word(const name_book *b, const commune_name *named,
                                           const char *word, size_t size)
{
    size_t bearers = 0;
    size_t count = 0;
    const name_word *with = words_of(b, word, size, &bearers);
    const commune_name *alike = names_of(b, named->words, &count);
    if (bearers == 0 || bearers > RARE_MOST) {
        return NULL;
    }
    for (size_t i = 0; i < bearers; i++) {
        if (same_departement(b->by_name[with[i].commune].code, named->code)) {
            return NULL;
        }
    }
    for (size_t i = 0; i < bearers * count; i++) {
        const commune_name *bearer = &b->by_name[with[i / count].commune];
        const commune_name *other = &alike[i % count];
        if (same_departement(other->code, bearer->code) && other_region(other->code, named->code)) {
            return other;
        }
    }
    return NULL;
}

static void doubt_homonym(const name_book *b, venue_draft *v, const commune_name *named)
{
    char folded[NAME_BYTES];
    char padded[NAME_BYTES + 2];
    name_words(v->name, folded);
    for (const char *at = folded; *at;) {
        const size_t size = strcspn(at, " ");
        const commune_name *other = NULL;
        if (size >= WORD_LEAST) {
            memcpy(padded, at, size);
            padded[size] = '\0';
            other = strstr(named->words, padded) ? NULL : homonym_of_word(b, named, at, size);
        }
        if (other) {
            doubt_add(b->p, v, DOUBT_HOMONYM, M_DOUBT_HOMONYM, padded, named->code, named->name,
                      other->code);
            mark(b->p, v, other);
            return;
        }
        at += size + (at[size] == ' ');
    }
}

status venues_homonyms(venue_placer *p, venue_draft *all, size_t count, const imported *names,
                       faults *list)
{
    name_book b = {.p = p};
    status rc = count ? book_build(&b, names, list) : STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        const char *code = text_at(text_column(all[i].list->rows->rows, "commune"), all[i].row);
        const commune_name *named = *code ? name_of_code(&b, code) : NULL;
        if (named && !doubt_city(&b, &all[i], named)) {
            doubt_homonym(&b, &all[i], named);
        }
    }
    return rc;
}
