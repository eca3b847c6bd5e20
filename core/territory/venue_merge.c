/* The same venue in several lists becomes one (METHODS.md section 1). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/messages.h"
#include "territory/name_likeness.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

/* Two points that only say the commune are no distance: the names must then be all but the same. */
static const double commune_likeness = 0.9;

typedef struct candidate {
    uint32_t a, b; /* drafts, a < b */
    bool same_siret;
    double likeness, km; /* km 0 when it says nothing */
} candidate;

typedef struct merging {
    venue_placer *p;
    venue_draft *all;
    size_t count;
    const venues_inputs *in;
    duplicate_rule rule;
    faults *list;
    name_key *key;
    uint32_t *root; /* of each draft's group */
    candidate *pairs;
    size_t pair_count, pair_capacity;
} merging;

static size_t list_rank(const merging *m, const venue_draft *v)
{
    return (size_t)(v->list - m->in->lists);
}

/* --- which pairs --- */

static bool same_group(const venue_draft *a, const venue_draft *b)
{
    static const char unknown[] = "XXX.AUTRE";
    return strcmp(a->main->family, b->main->family) == 0 || strcmp(a->main->code, unknown) == 0 ||
           strcmp(b->main->code, unknown) == 0;
}

static bool says_more_than_commune(const venue_draft *v)
{
    return v->quality < QUALITY_COMMUNE;
}

static bool may_be_same(const venue_draft *a, const venue_draft *b)
{
    return a->list != b->list && a->place != PLACE_NONE && b->place != PLACE_NONE && !a->outside &&
           !b->outside && strcmp(a->status, b->status) == 0 && same_group(a, b);
}

static void add_pair(merging *m, const candidate *c)
{
    if (m->pair_count == m->pair_capacity) {
        const size_t wanted = m->pair_capacity ? 2 * m->pair_capacity : 64;
        candidate *grown = memory_resize(m->pairs, wanted, sizeof *grown);
        if (!grown) {
            m->p->rc = memory_error(&m->p->err, wanted * sizeof *grown);
            return;
        }
        m->pairs = grown;
        m->pair_capacity = wanted;
    }
    m->pairs[m->pair_count++] = *c;
}

static void judge_pair(merging *m, uint32_t x, uint32_t y)
{
    candidate c = {.a = x < y ? x : y, .b = x < y ? y : x};
    const venue_draft *a = &m->all[c.a];
    const venue_draft *b = &m->all[c.b];
    if (!may_be_same(a, b)) {
        return;
    }
    c.likeness = name_likeness(&m->key[c.a], &m->key[c.b]);
    const bool measured = says_more_than_commune(a) && says_more_than_commune(b);
    c.km = measured ? haversine_km(a->lon, a->lat, b->lon, b->lat) : 0;
    if (measured ? c.km < m->rule.distance_km && c.likeness > m->rule.likeness
                 : a->place == b->place && c.likeness > commune_likeness) {
        add_pair(m, &c);
    }
}

/* By commune, then by latitude: the only neighbours worth a look. */
typedef struct spot {
    uint32_t place, draft;
    double lat;
} spot;

static int compare_latitudes(const void *a, const void *b)
{
    const spot *x = a;
    const spot *y = b;
    if (x->lat != y->lat) {
        return x->lat < y->lat ? -1 : 1;
    }
    return (x->draft > y->draft) - (x->draft < y->draft);
}

static int compare_places(const void *a, const void *b)
{
    const spot *x = a;
    const spot *y = b;
    if (x->place != y->place) {
        return x->place < y->place ? -1 : 1;
    }
    return (x->draft > y->draft) - (x->draft < y->draft);
}

static void pair_by_distance(merging *m, spot *spots, size_t count)
{
    const double degrees = m->rule.distance_km / (EARTH_RADIUS_KM * 3.14159265358979323846 / 180);
    qsort(spots, count, sizeof *spots, compare_latitudes);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count && spots[k].lat - spots[i].lat <= degrees * 1.001; k++) {
            const venue_draft *a = &m->all[spots[i].draft];
            const venue_draft *b = &m->all[spots[k].draft];
            if (says_more_than_commune(a) && says_more_than_commune(b) && a->list != b->list) {
                judge_pair(m, spots[i].draft, spots[k].draft);
            }
        }
    }
}

static void pair_by_commune(merging *m, spot *spots, size_t count)
{
    qsort(spots, count, sizeof *spots, compare_places);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count && spots[k].place == spots[i].place; k++) {
            const venue_draft *a = &m->all[spots[i].draft];
            const venue_draft *b = &m->all[spots[k].draft];
            if (!(says_more_than_commune(a) && says_more_than_commune(b)) && a->list != b->list) {
                judge_pair(m, spots[i].draft, spots[k].draft);
            }
        }
    }
}

typedef struct siret_row {
    const char *siret;
    uint32_t draft;
} siret_row;

static int compare_sirets(const void *a, const void *b)
{
    const siret_row *x = a;
    const siret_row *y = b;
    const int order = strcmp(x->siret, y->siret);
    return order ? order : (x->draft > y->draft) - (x->draft < y->draft);
}

/* The same establishment is the same venue, wherever each list puts it. */
static void pair_by_siret(merging *m, siret_row *rows, size_t count)
{
    qsort(rows, count, sizeof *rows, compare_sirets);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count && strcmp(rows[k].siret, rows[i].siret) == 0; k++) {
            const candidate c = {.a = rows[i].draft,
                                 .b = rows[k].draft,
                                 .same_siret = true,
                                 .likeness =
                                     name_likeness(&m->key[rows[i].draft], &m->key[rows[k].draft])};
            const venue_draft *a = &m->all[c.a];
            const venue_draft *b = &m->all[c.b];
            if (a->list != b->list && !a->outside && !b->outside &&
                strcmp(a->status, b->status) == 0) {
                add_pair(m, &c);
            }
        }
    }
}

static status find_pairs(merging *m)
{
    spot *spots = NULL;
    siret_row *sirets = NULL;
    size_t spot_count = 0;
    size_t siret_count = 0;
    status rc = take_array(m->p->memory, m->count, sizeof *spots, &spots, m->list);
    if (rc == STATUS_OK) {
        rc = take_array(m->p->memory, m->count, sizeof *sirets, &sirets, m->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < m->count; i++) {
        const venue_draft *v = &m->all[i];
        if (isfinite(v->lat) && v->place != PLACE_NONE && !v->outside) {
            spots[spot_count++] = (spot){.place = v->place, .draft = (uint32_t)i, .lat = v->lat};
        }
        if (*v->siret) {
            sirets[siret_count++] = (siret_row){.siret = v->siret, .draft = (uint32_t)i};
        }
    }
    if (rc == STATUS_OK) {
        pair_by_distance(m, spots, spot_count);
        pair_by_commune(m, spots, spot_count);
        pair_by_siret(m, sirets, siret_count);
        rc = m->p->rc == STATUS_OK ? STATUS_OK : faults_add_error(m->list, SOURCE_NONE, &m->p->err);
    }
    return rc;
}

/* --- groups: at most one venue of each list --- */

/* The surest pair first. Drafts are in the order of ids, whatever the order of rows and lists. */
static int compare_pairs(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    if (x->same_siret != y->same_siret) {
        return x->same_siret ? -1 : 1;
    }
    if (x->likeness != y->likeness) {
        return x->likeness > y->likeness ? -1 : 1;
    }
    if (x->km != y->km) {
        return x->km < y->km ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return (x->b > y->b) - (x->b < y->b);
}

static bool shares_list(const merging *m, uint32_t root_a, uint32_t root_b)
{
    for (size_t i = 0; i < m->count; i++) {
        for (size_t k = 0; m->root[i] == root_a && k < m->count; k++) {
            if (m->root[k] == root_b && m->all[i].list == m->all[k].list) {
                return true;
            }
        }
    }
    return false;
}

static void group_pairs(merging *m)
{
    if (m->pair_count) {
        qsort(m->pairs, m->pair_count, sizeof *m->pairs, compare_pairs);
    }
    for (size_t i = 0; i < m->pair_count; i++) {
        const uint32_t a = m->root[m->pairs[i].a];
        const uint32_t b = m->root[m->pairs[i].b];
        if (a == b || shares_list(m, a, b)) {
            continue;
        }
        const uint32_t low = a < b ? a : b;
        for (size_t k = 0; k < m->count; k++) {
            m->root[k] = m->root[k] == a || m->root[k] == b ? low : m->root[k];
        }
    }
}

/* --- one venue of each group --- */

/* The order in which a group's venues are believed: quality, list of the run file, id. */
static bool goes_before(const merging *m, const venue_draft *a, const venue_draft *b)
{
    if (a->quality != b->quality) {
        return a->quality < b->quality;
    }
    const size_t rank_a = list_rank(m, a);
    const size_t rank_b = list_rank(m, b);
    return rank_a != rank_b ? rank_a < rank_b : strcmp(a->id, b->id) < 0;
}

static const char *joined(merging *m, const char *a, const char *b)
{
    const size_t size = strlen(b);
    for (const char *at = strstr(a, b); *b && at; at = strstr(at + 1, b)) {
        const bool begins = at == a || (at - a >= 2 && strncmp(at - 2, "; ", 2) == 0);
        if (begins && (at[size] == '\0' || at[size] == ';')) {
            return a; /* already said */
        }
    }
    if (!*a || !*b) {
        return *a ? a : b;
    }
    const char *both = arena_format(m->p->memory, "%s; %s", a, b);
    if (!both) {
        m->p->rc = memory_error(&m->p->err, strlen(a) + size);
    }
    return both ? both : a;
}

static const char *first_said(const char *a, const char *b)
{
    return *a ? a : b;
}

static int first_flag(int a, int b)
{
    return a >= 0 ? a : b;
}

/* Labels add up; the state and the dates stay those of the first that has a label. What one list
 * says of the opening hours, the wheelchair or a fixed address, the other need not repeat. */
static void absorb_facts(merging *m, venue_facts *kept, const venue_facts *other)
{
    if (!*kept->label) {
        kept->label_state = other->label_state;
        kept->label_start = other->label_start;
        kept->label_end = other->label_end;
    }
    kept->label = joined(m, kept->label, other->label);
    if (isnan(kept->hours_week)) {
        kept->hours_week = other->hours_week;
        kept->saturday = first_flag(other->saturday, kept->saturday);
        kept->evening = first_flag(other->evening, kept->evening);
    }
    kept->by_appointment = first_flag(kept->by_appointment, other->by_appointment);
    kept->wheelchair = first_said(kept->wheelchair, other->wheelchair);
    kept->itinerant = kept->itinerant && other->itinerant;
}

static void absorb(merging *m, venue_draft *kept, venue_draft *other)
{
    for (size_t f = 0; f < FUNCTION_COUNT; f++) {
        kept->function[f] = fmax(kept->function[f], other->function[f]);
    }
    kept->capacity = fmax(kept->capacity, other->capacity); /* a NaN gives way */
    absorb_facts(m, &kept->facts, &other->facts);
    kept->sources = joined(m, kept->sources, other->sources);
    kept->legal_form = first_said(kept->legal_form, other->legal_form);
    kept->opened = first_said(kept->opened, other->opened);
    kept->siret = first_said(kept->siret, other->siret);
    kept->declared = kept->declared || other->declared;
    if (kept->in_scope == 2 || other->in_scope == 1) {
        kept->in_scope = other->in_scope;
    }
    if (strcmp(kept->main->code, "XXX.AUTRE") == 0) {
        kept->main = other->main;
    }
    if (isfinite(kept->lon) && isfinite(other->lon)) {
        const double km = haversine_km(kept->lon, kept->lat, other->lon, other->lat);
        other_add(m->p, kept, M_OTHER_SOURCE, other->id, SHOWN(shown(km * 1000, 0)));
    }
    other->duplicate = true;
    faults_note(m->list, venue_source(other), M_VENUES_DUPLICATE, other->name, other->id, kept->id,
                kept->name);
}

static void merge_group(merging *m, uint32_t *member, size_t count)
{
    for (size_t i = 1; i < count; i++) { /* a group has as many venues as lists at most */
        for (size_t k = i; k > 0 && goes_before(m, &m->all[member[k]], &m->all[member[k - 1]]);
             k--) {
            const uint32_t swapped = member[k];
            member[k] = member[k - 1];
            member[k - 1] = swapped;
        }
    }
    for (size_t i = 1; i < count; i++) {
        absorb(m, &m->all[member[0]], &m->all[member[i]]);
    }
}

static status merge_groups(merging *m)
{
    uint32_t *member = NULL;
    uint8_t *done = NULL;
    status rc = take_array(m->p->memory, m->count, sizeof *member, &member, m->list);
    if (rc == STATUS_OK) {
        rc = take_array(m->p->memory, m->count, sizeof *done, &done, m->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < m->pair_count; i++) {
        const uint32_t root = m->root[m->pairs[i].a];
        size_t count = 0;
        if (done[root] || m->root[m->pairs[i].b] != root) {
            continue; /* or a pair that was not grouped: each list already had its venue */
        }
        done[root] = 1;
        for (size_t k = root; k < m->count; k++) {
            if (m->root[k] == root) {
                member[count++] = (uint32_t)k;
            }
        }
        merge_group(m, member, count);
    }
    return rc;
}

/* With `keep`, the likeness is told and both stay. */
static void tell_twins(merging *m)
{
    for (size_t i = 0; i < m->pair_count; i++) {
        venue_draft *a = &m->all[m->pairs[i].a];
        venue_draft *b = &m->all[m->pairs[i].b];
        doubt_add(m->p, a, DOUBT_TWIN, M_DOUBT_TWIN, b->id);
        doubt_add(m->p, b, DOUBT_TWIN, M_DOUBT_TWIN, a->id);
    }
}

status venues_merge(venue_placer *p, venue_draft *all, size_t count, const venues_inputs *in,
                    faults *list)
{
    merging m = {
        .p = p, .all = all, .count = count, .in = in, .rule = in->duplicates, .list = list};
    m.rule.distance_km = m.rule.distance_km > 0 ? m.rule.distance_km : DUPLICATE_DISTANCE_KM;
    m.rule.likeness = m.rule.likeness > 0 ? m.rule.likeness : DUPLICATE_LIKENESS;
    if (in->list_count < 2) {
        return STATUS_OK;
    }
    status rc = take_array(p->memory, count, sizeof *m.root, &m.root, list);
    m.key = memory_new(count, sizeof *m.key);
    if (rc == STATUS_OK && !m.key) {
        error err;
        rc = fault_of(memory_error(&err, count * sizeof *m.key), &err, list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        m.root[i] = (uint32_t)i;
        name_key_of(all[i].name, &m.key[i]);
    }
    if (rc == STATUS_OK) {
        rc = find_pairs(&m);
    }
    if (rc == STATUS_OK && m.rule.keep) {
        tell_twins(&m);
    } else if (rc == STATUS_OK) {
        group_pairs(&m);
        rc = merge_groups(&m);
    }
    memory_free(m.key);
    memory_free(m.pairs);
    return rc;
}
