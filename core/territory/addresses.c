/* The index of addresses: rows in the order of commune, street and number. */
#include <stdlib.h>
#include <string.h>

#include "territory/address_words.h"
#include "territory/addresses_index.h"
#include "territory/support.h"

enum { NUMBER_MOST = 9000 }; /* from there on, numbers are fictive in the address files */

size_t addresses_count(const addresses *a)
{
    return a ? a->row_count : 0;
}

/* --- building: texts --- */

/* Everything that is computed once a distinct text, not once a row. */
typedef struct word_map {
    uint32_t *of_word;
} word_map;

typedef struct building {
    addresses *a;
    arena *scratch;
    interner *names;         /* spelled streets */
    const char **now, **old; /* names of codes, by interned index plus 1 */
    size_t named;
    faults *list;
    error err;
} building;

static status intern_words(building *b, const column *c, word_map *out)
{
    if (!c) {
        out->of_word = NULL;
        return STATUS_OK;
    }
    status rc =
        take_array(b->scratch, c->words.count, sizeof *out->of_word, &out->of_word, b->list);
    for (uint32_t i = 0; rc == STATUS_OK && i < c->words.count; i++) {
        const char *word = words_at(&c->words, i);
        rc = fault_of(interner_add(b->a->texts, text_slice_of(word, strlen(word) + 1),
                                   &out->of_word[i], &b->err),
                      &b->err, b->list);
    }
    return rc;
}

static status intern_streets(building *b, const column *c, word_map *out)
{
    status rc =
        take_array(b->scratch, c->words.count, sizeof *out->of_word, &out->of_word, b->list);
    for (uint32_t i = 0; rc == STATUS_OK && i < c->words.count; i++) {
        street_words spelled;
        street_words_of(words_at(&c->words, i), &spelled);
        rc = fault_of(interner_add(b->names, text_slice_of(spelled.text, strlen(spelled.text) + 1),
                                   &out->of_word[i], &b->err),
                      &b->err, b->list);
    }
    return rc;
}

static status intern_suffixes(building *b, const column *c, word_map *out)
{
    if (!c) {
        out->of_word = NULL;
        return STATUS_OK;
    }
    status rc =
        take_array(b->scratch, c->words.count, sizeof *out->of_word, &out->of_word, b->list);
    for (uint32_t i = 0; rc == STATUS_OK && i < c->words.count; i++) {
        char suffix[SUFFIX_BYTES];
        address_suffix(words_at(&c->words, i), suffix);
        rc = fault_of(interner_add(b->a->texts, text_slice_of(suffix, strlen(suffix) + 1),
                                   &out->of_word[i], &b->err),
                      &b->err, b->list);
    }
    return rc;
}

static status read_numbers(building *b, const column *c, word_map *out)
{
    if (!c) {
        out->of_word = NULL;
        return STATUS_OK;
    }
    const status rc =
        take_array(b->scratch, c->words.count, sizeof *out->of_word, &out->of_word, b->list);
    for (uint32_t i = 0; rc == STATUS_OK && i < c->words.count; i++) {
        uint64_t number = 0;
        const char *word = words_at(&c->words, i);
        const bool good = text_to_u64(text_slice_of(word, strlen(word)), &number);
        out->of_word[i] = good && number < NUMBER_MOST ? (uint32_t)number : NO_NUMBER;
    }
    return rc;
}

/* The index of a row's text, plus 1; 0: none. */
static uint32_t mapped(const word_map *m, const column *c, size_t row)
{
    return m->of_word && column_state(c, row) == VALUE_PRESENT ? m->of_word[c->at.u32[row]] + 1 : 0;
}

/* --- building: rows --- */

/* Names of codes, while indices are the interner's. */
static status grow_names(building *b, const char ***names)
{
    const size_t count = interner_count(b->a->texts) + 1;
    const char **grown = NULL;
    const status rc = take_array(b->scratch, count, sizeof *grown, &grown, b->list);
    if (rc == STATUS_OK) {
        if (*names) {
            memcpy(grown, *names, b->named * sizeof *grown);
        }
        *names = grown;
    }
    return rc;
}

static void keep_names(const table *t, const column *code, const word_map *codes,
                       const char *name_column, const char **names)
{
    const column *name = text_column(t, name_column);
    for (size_t i = 0; code && name && i < t->rows; i++) {
        const uint32_t at = mapped(codes, code, i);
        if (at && !names[at] && column_state(name, i) == VALUE_PRESENT) {
            names[at] = column_text(name, i);
        }
    }
}

static status add_table(building *b, const table *t)
{
    const column *lon = number_column_of(t, "lon");
    const column *lat = number_column_of(t, "lat");
    const column *name = text_column(t, "street");
    const column *number = text_column(t, "number");
    const column *suffix = text_column(t, "suffix");
    const column *postcode = text_column(t, "postcode");
    const column *code = text_column(t, "code");
    const column *old = text_column(t, "old_code");
    word_map names = {0}, numbers = {0}, suffixes = {0}, postcodes = {0}, codes = {0}, olds = {0},
             labels = {0};
    status rc = lon && lat && name && code ? intern_streets(b, name, &names) : STATUS_OK;
    rc = rc == STATUS_OK ? intern_words(b, name, &labels) : rc;
    rc = rc == STATUS_OK ? read_numbers(b, number, &numbers) : rc;
    rc = rc == STATUS_OK ? intern_suffixes(b, suffix, &suffixes) : rc;
    rc = rc == STATUS_OK ? intern_words(b, postcode, &postcodes) : rc;
    rc = rc == STATUS_OK ? intern_words(b, code, &codes) : rc;
    rc = rc == STATUS_OK ? intern_words(b, old, &olds) : rc;
    rc = rc == STATUS_OK ? grow_names(b, &b->now) : rc;
    rc = rc == STATUS_OK ? grow_names(b, &b->old) : rc;
    if (rc != STATUS_OK || !lon || !lat || !name || !code) {
        return rc;
    }
    b->named = interner_count(b->a->texts) + 1;
    keep_names(t, code, &codes, "city", b->now);
    keep_names(t, old, &olds, "old_city", b->old);
    for (size_t i = 0; i < t->rows; i++) {
        if (column_state(lon, i) != VALUE_PRESENT || column_state(lat, i) != VALUE_PRESENT ||
            column_state(name, i) != VALUE_PRESENT || column_state(code, i) != VALUE_PRESENT) {
            continue;
        }
        b->a->rows[b->a->row_count++] = (address_row){
            .commune = mapped(&codes, code, i),
            .old = mapped(&olds, old, i),
            .postcode = mapped(&postcodes, postcode, i),
            .name = mapped(&names, name, i),
            .label = mapped(&labels, name, i),
            .number = numbers.of_word ? mapped(&numbers, number, i) : NO_NUMBER,
            .suffix = mapped(&suffixes, suffix, i),
            .lon = lon->at.f64[i],
            .lat = lat->at.f64[i],
        };
        address_row *made = &b->a->rows[b->a->row_count - 1];
        made->number -= made->number > 0; /* the value itself, not an index plus 1 */
    }
    return STATUS_OK;
}

/* rank[i + 1] of the text interned as i; by_rank[0] is "". Both of the given memory. */
typedef struct ranked_text {
    const char *text;
    uint32_t index;
} ranked_text;

static int compare_ranked(const void *a, const void *b)
{
    return strcmp(((const ranked_text *)a)->text, ((const ranked_text *)b)->text);
}

static status rank_texts(building *b, const interner *texts, uint32_t **rank, const char ***by_rank,
                         arena *memory)
{
    const size_t count = interner_count(texts);
    ranked_text *sorted = NULL;
    status rc = take_array(b->scratch, count, sizeof *sorted, &sorted, b->list);
    if (rc == STATUS_OK) {
        rc = take_array(b->scratch, count + 1, sizeof **rank, rank, b->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(memory, count + 1, sizeof **by_rank, by_rank, b->list);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = (ranked_text){.text = interner_at(texts, i).at, .index = i};
    }
    qsort(sorted, count, sizeof *sorted, compare_ranked);
    (*by_rank)[0] = "";
    for (size_t i = 0; i < count; i++) {
        (*rank)[sorted[i].index + 1] = (uint32_t)i + 1;
        (*by_rank)[i + 1] = sorted[i].text;
    }
    return STATUS_OK;
}

static status rank_names(building *b, const uint32_t *rank, const char *const *names,
                         const char ***out)
{
    const size_t count = interner_count(b->a->texts) + 1;
    status rc = take_array(b->a->memory, count, sizeof **out, out, b->list);
    for (size_t i = 0; rc == STATUS_OK && i < b->named; i++) {
        if (names[i]) {
            (*out)[rank[i]] = names[i];
        }
    }
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        (*out)[i] = (*out)[i] ? (*out)[i] : "";
    }
    return rc;
}

static status rank_rows(building *b, const char ***street_texts)
{
    addresses *a = b->a;
    uint32_t *rank = NULL;
    uint32_t *street_rank = NULL;
    status rc = rank_texts(b, a->texts, &rank, &a->text, a->memory);
    rc = rc == STATUS_OK ? rank_texts(b, b->names, &street_rank, street_texts, b->scratch) : rc;
    rc = rc == STATUS_OK ? rank_names(b, rank, (const char *const *)b->now, &a->now) : rc;
    rc = rc == STATUS_OK ? rank_names(b, rank, (const char *const *)b->old, &a->old) : rc;
    for (size_t i = 0; rc == STATUS_OK && i < a->row_count; i++) {
        address_row *r = &a->rows[i];
        r->commune = rank[r->commune];
        r->old = rank[r->old];
        r->postcode = rank[r->postcode];
        r->label = rank[r->label];
        r->suffix = rank[r->suffix];
        r->name = street_rank[r->name];
    }
    return rc;
}

#define BY(field)                                                                                  \
    if (x->field != y->field) {                                                                    \
        return x->field < y->field ? -1 : 1;                                                       \
    }

static int compare_rows(const void *a, const void *b)
{
    const address_row *x = a;
    const address_row *y = b;
    BY(commune)
    BY(name)
    BY(old)
    BY(number)
    BY(suffix)
    BY(label)
    BY(lon)
    BY(lat)
    return 0;
}
#undef BY

/* --- building: names, streets, communes --- */

static status build_names(building *b, const char *const *by_rank)
{
    addresses *a = b->a;
    a->name_count = interner_count(b->names) + 1;
    status rc = take_array(a->memory, a->name_count, sizeof *a->names, &a->names, b->list);
    for (size_t i = 1; rc == STATUS_OK && i < a->name_count; i++) {
        name_key key;
        street_words spelled;
        uint32_t *trigram = NULL;
        street_words_of(by_rank[i], &spelled);
        name_key_of(by_rank[i] + spelled.type_size, &key);
        a->names[i].text = arena_text(a->memory, by_rank[i]);
        rc = take_array(a->memory, key.count, sizeof *trigram, &trigram, b->list);
        if (rc == STATUS_OK && a->names[i].text) {
            memcpy(trigram, key.trigram, key.count * sizeof *trigram);
            a->names[i].type_size = spelled.type_size;
            a->names[i].trigram = trigram;
            a->names[i].trigram_count = key.count;
        } else if (rc == STATUS_OK) {
            rc = fault_of(memory_error(&b->err, NAME_BYTES), &b->err, b->list);
        }
    }
    return rc;
}

static bool same_street(const address_row *x, const address_row *y)
{
    return x->commune == y->commune && x->name == y->name && x->old == y->old;
}

static status build_streets(building *b)
{
    addresses *a = b->a;
    size_t streets = 0;
    size_t communes = 0;
    for (size_t i = 0; i < a->row_count; i++) {
        streets += i == 0 || !same_street(&a->rows[i], &a->rows[i - 1]);
        communes += i == 0 || a->rows[i].commune != a->rows[i - 1].commune;
    }
    status rc = take_array(a->memory, streets, sizeof *a->streets, &a->streets, b->list);
    if (rc == STATUS_OK) {
        rc = take_array(a->memory, communes, sizeof *a->communes, &a->communes, b->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < a->row_count; i++) {
        const address_row *r = &a->rows[i];
        if (i == 0 || r->commune != a->rows[i - 1].commune) {
            a->communes[a->commune_count++] =
                (commune_entry){.code = a->text[r->commune], .first = a->street_count};
        }
        if (i == 0 || !same_street(r, &a->rows[i - 1])) {
            a->streets[a->street_count++] = (street){.commune = (uint32_t)a->commune_count - 1,
                                                     .old = r->old,
                                                     .name = r->name,
                                                     .first = i};
            a->communes[a->commune_count - 1].count++;
        }
        a->streets[a->street_count - 1].count++;
    }
    return rc;
}

static int compare_links(const void *a, const void *b)
{
    const link *x = a;
    const link *y = b;
    const int order = strcmp(x->key, y->key);
    return order ? order : (x->commune > y->commune) - (x->commune < y->commune);
}

static size_t distinct_links(link *links, size_t count)
{
    size_t kept = 0;
    qsort(links, count, sizeof *links, compare_links);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare_links(&links[kept - 1], &links[i]) != 0) {
            links[kept++] = links[i];
        }
    }
    return kept;
}

/* One link a street, then distinct ones: a street hardly spans two postcodes, but rows tell. */
static status build_links(building *b)
{
    addresses *a = b->a;
    status rc =
        take_array(a->memory, 2 * a->street_count, sizeof *a->postcodes, &a->postcodes, b->list);
    if (rc == STATUS_OK) {
        rc = take_array(a->memory, a->street_count, sizeof *a->former, &a->former, b->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < a->street_count; i++) {
        const street *s = &a->streets[i];
        const address_row *first = &a->rows[s->first];
        const address_row *last = &a->rows[s->first + s->count - 1];
        a->postcodes[a->postcode_count++] = (link){a->text[first->postcode], s->commune};
        if (last->postcode != first->postcode) {
            a->postcodes[a->postcode_count++] = (link){a->text[last->postcode], s->commune};
        }
        if (s->old) {
            a->former[a->former_count++] = (link){a->text[s->old], s->commune};
        }
    }
    if (rc == STATUS_OK) {
        a->postcode_count = distinct_links(a->postcodes, a->postcode_count);
        a->former_count = distinct_links(a->former, a->former_count);
    }
    return rc;
}

static status build_index(building *b, const imported *const *tables, size_t count)
{
    addresses *a = b->a;
    size_t rows = 0;
    const char **street_texts = NULL;
    for (size_t i = 0; i < count; i++) {
        rows += tables[i]->rows->rows;
    }
    status rc = take_array(a->memory, rows, sizeof *a->rows, &a->rows, b->list);
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        rc = add_table(b, tables[i]->rows);
    }
    rc = rc == STATUS_OK ? rank_rows(b, &street_texts) : rc;
    if (rc == STATUS_OK) {
        qsort(a->rows, a->row_count, sizeof *a->rows, compare_rows);
        rc = build_names(b, (const char *const *)street_texts);
    }
    rc = rc == STATUS_OK ? build_streets(b) : rc;
    return rc == STATUS_OK ? build_links(b) : rc;
}

status addresses_build(const imported *const *tables, size_t count, addresses **out,
                       faults *faults_list)
{
    error err;
    arena *memory = NULL;
    building b = {.list = faults_list};
    *out = NULL;
    if (count == 0) {
        return STATUS_OK;
    }
    status rc = fault_of(arena_new(&memory, &err), &err, faults_list);
    if (rc != STATUS_OK) {
        return rc;
    }
    rc = take_array(memory, 1, sizeof *b.a, &b.a, faults_list);
    if (rc != STATUS_OK) {
        arena_free(memory);
        return rc;
    }
    b.a->memory = memory;
    rc = fault_of(arena_new(&b.scratch, &err), &err, faults_list);
    rc = rc == STATUS_OK ? fault_of(interner_new(&b.a->texts, &err), &err, faults_list) : rc;
    rc = rc == STATUS_OK ? fault_of(interner_new(&b.names, &err), &err, faults_list) : rc;
    rc = rc == STATUS_OK ? build_index(&b, tables, count) : rc;
    interner_free(b.names);
    arena_free(b.scratch);
    if (rc != STATUS_OK) {
        addresses_free(b.a);
        return rc;
    }
    *out = b.a;
    return STATUS_OK;
}

void addresses_free(addresses *a)
{
    if (a) {
        interner_free(a->texts);
        arena_free(a->memory);
    }
}
