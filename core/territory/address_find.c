/* An address, looked up: the communes it may be in, the street most alike, the number on it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/projection.h"
#include "territory/address_words.h"
#include "territory/addresses_index.h"
#include "territory/codes.h"

/* Assumptions, printed with the methods: a street is the one meant from this likeness on; two
 * streets this near in likeness and this far apart are ambiguous. */
static const double likeness_least = 0.75;
static const double ambiguous_likeness = 0.05;
static const double ambiguous_km = 0.5;
/* What is left of the score when the number is not found as it stands. */
static const double other_suffix = 0.95;
static const double nearest_number = 0.85;
static const double street_middle = 0.7;

/* A street of another kind (a rue for an avenue), without a kind, or of another postcode is less
 * alike; one of the former commune named is more. */
static const double other_kind = 0.1;
static const double no_kind = 0.05;
static const double other_postcode = 0.03;
static const double former_named = 0.06;

/* One street found for one reading of the address. */
typedef struct found_street {
    const street *at;
    double score;
    const address_part *part;
} found_street;

typedef struct search {
    const addresses *a;
    const address_query *query;
    char city[NAME_BYTES];
    const address_part *part;
    name_key key; /* of the part's street without its kind */
    found_street best, second;
    const commune_entry *only; /* the commune searched */
    bool several;              /* another one too */
} search;

/* --- streets --- */

static double street_score(const search *s, const street *at)
{
    const street_name *name = &s->a->names[at->name];
    const street_words *wanted = &s->part->street;
    double score =
        trigram_likeness(s->key.trigram, s->key.count, name->trigram, name->trigram_count);
    const bool both = wanted->type_size && name->type_size;
    if (both && (wanted->type_size != name->type_size ||
                 memcmp(wanted->text, name->text, name->type_size) != 0)) {
        score -= other_kind;
    } else if (!both && (wanted->type_size || name->type_size)) {
        score -= no_kind;
    }
    const char *postcode = s->a->text[s->a->rows[at->first].postcode];
    if (*s->query->postcode && *postcode && strcmp(postcode, s->query->postcode) != 0) {
        score -= other_postcode;
    }
    if (at->old && *s->city && *s->a->old[at->old]) {
        char old[NAME_BYTES];
        name_words(s->a->old[at->old], old);
        score += strcmp(old, s->city) == 0 ? former_named : 0;
    }
    if (at->old && strcmp(s->a->text[at->old], s->query->code) == 0 &&
        strcmp(s->a->communes[at->commune].code, s->query->code) != 0) {
        score += former_named;
    }
    return score;
}

/* Ties go to the first in the order of communes and streets. */
static void consider(search *s, const street *at)
{
    const found_street now = {.at = at, .score = street_score(s, at), .part = s->part};
    if (now.score < likeness_least) {
        return;
    }
    if (!s->best.at || now.score > s->best.score) {
        if (s->best.at != at) {
            s->second = s->best;
        }
        s->best = now;
    } else if (at != s->best.at && (!s->second.at || now.score > s->second.score)) {
        s->second = now;
    }
}

static void search_commune(search *s, uint32_t commune)
{
    const commune_entry *c = &s->a->communes[commune];
    s->several = s->several || (s->only && s->only != c);
    s->only = c;
    for (size_t i = c->first; i < c->first + c->count; i++) {
        consider(s, &s->a->streets[i]);
    }
}

/* --- communes --- */

static size_t first_link(const link *links, size_t count, const char *key)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(links[middle].key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool search_links(search *s, const link *links, size_t count, const char *key)
{
    bool any = false;
    for (size_t i = first_link(links, count, key);
         *key && i < count && strcmp(links[i].key, key) == 0; i++) {
        search_commune(s, links[i].commune);
        any = true;
    }
    return any;
}

/* By its code; the arrondissements of Paris, Lyon and Marseille for the whole city. */
static bool search_code(search *s, const char *code)
{
    bool any = false;
    for (uint32_t i = 0; *code && i < s->a->commune_count; i++) {
        const char *known = s->a->communes[i].code;
        const char *whole = commune_of_arrondissement(known);
        if (strcmp(known, code) == 0 || (whole && strcmp(whole, code) == 0)) {
            search_commune(s, i);
            any = true;
        }
    }
    return any;
}

static const char *name_of_commune(const search *s, uint32_t commune)
{
    const street *first = &s->a->streets[s->a->communes[commune].first];
    return s->a->now[s->a->rows[first->first].commune];
}

/* Of the communes of a postcode, those of that name; when none has it, all. */
static void search_postcode(search *s)
{
    const addresses *a = s->a;
    const char *postcode = s->query->postcode;
    bool named = false;
    const size_t from = first_link(a->postcodes, a->postcode_count, postcode);
    for (size_t i = from; *postcode && *s->city && i < a->postcode_count &&
                          strcmp(a->postcodes[i].key, postcode) == 0;
         i++) {
        char name[NAME_BYTES];
        name_words(name_of_commune(s, a->postcodes[i].commune), name);
        if (strcmp(name, s->city) == 0) {
            search_commune(s, a->postcodes[i].commune);
            named = true;
        }
    }
    if (!named) {
        (void)search_links(s, a->postcodes, a->postcode_count, postcode);
    }
}

static void search_part(search *s, const address_part *part)
{
    s->part = part;
    name_key_of(part->street.text + part->street.type_size, &s->key);
    if (!search_code(s, s->query->code) &&
        !search_links(s, s->a->former, s->a->former_count, s->query->code)) {
        search_postcode(s);
    }
}

/* --- the number on the street --- */

static uint32_t apart(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* Numbers of the same side of the street first, then the nearest, then the lowest. */
static bool nearer(uint32_t wanted, const address_row *a, const address_row *b)
{
    const bool side_a = a->number % 2 == wanted % 2;
    const bool side_b = b->number % 2 == wanted % 2;
    return side_a != side_b ? side_a : apart(a->number, wanted) < apart(b->number, wanted);
}

static const address_row *number_on(const search *s, const found_street *f, double *factor)
{
    const address_row *found = NULL;
    const address_row *near = NULL;
    const address_row *rows = s->a->rows + f->at->first;
    for (size_t i = 0; f->part->number && i < f->at->count; i++) {
        if (rows[i].number == f->part->number) {
            const bool exact = strcmp(s->a->text[rows[i].suffix], f->part->suffix) == 0;
            if (exact) {
                *factor = 1;
                return &rows[i];
            }
            found = found ? found : &rows[i];
        } else if (rows[i].number && (!near || nearer(f->part->number, &rows[i], near))) {
            near = &rows[i];
        }
    }
    *factor = found ? other_suffix : near ? nearest_number : street_middle;
    return found ? found : near;
}

/* The address nearest the mean of the street's: a point that exists. */
static const address_row *middle_of(const search *s, const street *at)
{
    double lon = 0;
    double lat = 0;
    const address_row *rows = s->a->rows + at->first;
    const address_row *best = rows;
    for (size_t i = 0; i < at->count; i++) {
        lon += rows[i].lon / (double)at->count;
        lat += rows[i].lat / (double)at->count;
    }
    for (size_t i = 1; i < at->count; i++) {
        if (haversine_km(lon, lat, rows[i].lon, rows[i].lat) <
            haversine_km(lon, lat, best->lon, best->lat)) {
            best = &rows[i];
        }
    }
    return best;
}

/* How far the street's other addresses are: no farther can the true one be, if it is on it. For a
 * neighbouring number, only those whose number is as near. */
static double spread_of(const search *s, const found_street *f, const address_row *used)
{
    double most = 0;
    const address_row *rows = s->a->rows + f->at->first;
    const uint32_t gap = f->part->number && used->number ? apart(used->number, f->part->number) : 0;
    for (size_t i = 0; i < f->at->count; i++) {
        if (gap == 0 || apart(rows[i].number, used->number) <= gap) {
            most = fmax(most, haversine_km(used->lon, used->lat, rows[i].lon, rows[i].lat));
        }
    }
    return most;
}

static void label_of(const search *s, const address_row *r, bool with_number, char *out)
{
    const addresses *a = s->a;
    char number[24] = "";
    if (with_number && r->number) {
        (void)snprintf(number, sizeof number, "%u%s ", r->number, a->text[r->suffix]);
    }
    (void)snprintf(out, ADDRESS_LABEL_BYTES, "%s%s %s %s", number, a->text[r->label],
                   a->text[r->postcode], a->now[r->commune]);
    out[text_utf8_valid_prefix(out, strlen(out))] = '\0';
}

static void match_of(const search *s, const found_street *f, address_match *out)
{
    double factor = 0;
    if (!f->at) {
        return;
    }
    const address_row *rows = s->a->rows + f->at->first;
    const bool numbered = rows[f->at->count - 1].number > 0; /* rows are in order of number */
    const address_row *used = numbered ? number_on(s, f, &factor) : NULL;
    const bool exact = used && used->number == f->part->number;
    if (!used) {
        used = middle_of(s, f->at);
        factor = numbered ? street_middle : f->part->number ? nearest_number : 1;
    }
    out->class = exact ? ADDRESS_HOUSENUMBER : numbered ? ADDRESS_STREET : ADDRESS_LOCALITY;
    out->score = (f->score < 1 ? f->score : 1) * factor;
    out->lon = used->lon;
    out->lat = used->lat;
    out->spread_km = exact ? 0 : spread_of(s, f, used);
    (void)snprintf(out->code, sizeof out->code, "%s", s->a->text[used->commune]);
    label_of(s, used, numbered && f->part->number > 0, out->label);
}

/* The same number of a street of the same name elsewhere in the commune (two communes became one):
 * as good an answer. */
static void find_twin(const search *s, address_result *out)
{
    const address_row *rows = s->a->rows + s->best.at->first;
    for (size_t i = 0; out->best.class == ADDRESS_HOUSENUMBER && i < s->best.at->count; i++) {
        const double km = haversine_km(out->best.lon, out->best.lat, rows[i].lon, rows[i].lat);
        if (rows[i].number == s->best.part->number && km > ambiguous_km &&
            strcmp(s->a->text[rows[i].suffix], s->best.part->suffix) == 0) {
            out->second = out->best;
            out->second.lon = rows[i].lon;
            out->second.lat = rows[i].lat;
            out->apart_km = km;
            out->ambiguous = true;
            return;
        }
    }
}

void addresses_find(const addresses *a, const address_query *query, address_result *out)
{
    address_part parts[ADDRESS_PARTS];
    search s = {.a = a, .query = query};
    const size_t count = address_parts(query->address, parts);
    *out = (address_result){.best = {.class = ADDRESS_NONE}};
    name_words(query->city, s.city);
    for (size_t i = 0; i < count; i++) {
        search_part(&s, &parts[i]);
    }
    if (s.only && !s.several) {
        (void)snprintf(out->commune, sizeof out->commune, "%s", s.only->code);
    }
    match_of(&s, &s.best, &out->best);
    match_of(&s, &s.second, &out->second);
    if (s.second.at) {
        out->apart_km =
            haversine_km(out->best.lon, out->best.lat, out->second.lon, out->second.lat);
        out->ambiguous =
            s.best.score - s.second.score < ambiguous_likeness && out->apart_km > ambiguous_km;
    }
    if (s.best.at && !out->ambiguous) {
        find_twin(&s, out);
    }
}
