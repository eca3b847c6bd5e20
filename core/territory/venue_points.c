/* Where a venue is: its own point, else its address, its commune, its postcode. */
#include <math.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

enum { FOLD_BYTES = 160 };
/* Up to this spread, a street is a matter of some minutes on foot. */
static const double nearby_km = 1;
static const double pi = 3.14159265358979323846;

static status read_areas(venue_placer *p, const territory *t, faults *list)
{
    double *area = NULL;
    const status rc = take_array(p->memory, t->place_count, sizeof *area, &area, list);
    if (rc == STATUS_OK) {
        column_numbers(t->places, "area_km2", area);
        p->area_km2 = area;
    }
    return rc;
}

static status index_places(venue_placer *p, const territory *t, faults *list)
{
    error err;
    uint8_t *use = NULL;
    status rc = take_array(p->memory, t->place_count, sizeof *use, &use, list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < t->place_count; i++) {
        use[i] = isfinite(t->lon[i]) && isfinite(t->lat[i]);
    }
    rc = nearest_index_new(&p->nearest, t->lon, t->lat, use, t->place_count, &err);
    if (rc == STATUS_OK && t->outlines) {
        rc = locator_new(&p->outlines, t->outlines, &err);
    }
    return fault_of(rc, &err, list);
}

status venue_placer_new(venue_placer **out, const territory *t, faults *list)
{
    error err;
    arena *memory = NULL;
    venue_placer *p = NULL;
    *out = NULL;
    status rc = fault_of(arena_new(&memory, &err), &err, list);
    if (rc == STATUS_OK) {
        rc = take_array(memory, 1, sizeof *p, &p, list);
    }
    if (rc != STATUS_OK) {
        arena_free(memory);
        return rc;
    }
    p->t = t;
    p->memory = memory;
    rc = read_areas(p, t, list);
    if (rc == STATUS_OK) {
        rc = index_places(p, t, list);
    }
    if (rc != STATUS_OK) { /* half a placer places nothing */
        venue_placer_free(p);
        return rc;
    }
    *out = p;
    return rc;
}

void venue_placer_free(venue_placer *p)
{
    if (p) {
        locator_free(p->outlines);
        nearest_index_free(p->nearest);
        arena_free(p->memory);
    }
}

status venue_placer_list(venue_placer *p, const venue_list *list, const addresses *known,
                         faults *faults_list)
{
    static const char *const by_postcode[] = {"postcode"};
    error err;
    p->postcodes = list->postcodes ? list->postcodes->rows : NULL;
    p->addresses = list->by_address ? known : NULL;
    if (!p->postcodes) {
        return STATUS_OK;
    }
    const status rc = take_array(p->memory, p->postcodes->rows, sizeof *p->postcode_order,
                                 &p->postcode_order, faults_list);
    return rc == STATUS_OK
               ? fault_of(table_order(p->postcodes, by_postcode, 1, p->postcode_order, &err), &err,
                          faults_list)
               : rc;
}

static bool is_arrondissement_of(const char *code, const char *city)
{
    const char *whole = commune_of_arrondissement(code);
    return whole && strcmp(whole, city) == 0;
}

bool venue_names_whole_city(const venue_placer *p, const venue_draft *v)
{
    const char *code = text_at(text_column(v->list->rows->rows, "commune"), v->row);
    return v->place != PLACE_NONE && is_arrondissement_of(p->t->code[v->place], code);
}

double venue_radius_km(const venue_placer *p, const venue_draft *v)
{
    double area_km2 = 0;
    if (v->place == PLACE_NONE) {
        return (double)NAN;
    }
    if (!venue_names_whole_city(p, v)) {
        return sqrt(p->area_km2[v->place] / pi);
    }
    const char *city = text_at(text_column(v->list->rows->rows, "commune"), v->row);
    for (size_t i = 0; i < p->t->place_count; i++) {
        area_km2 += is_arrondissement_of(p->t->code[i], city) ? p->area_km2[i] : 0;
    }
    return sqrt(area_km2 / pi);
}

/* At the commune's point; outside when the commune exists elsewhere. False: unknown code. */
static bool place_by_code(const venue_placer *p, venue_draft *v, const char *code, placement how)
{
    const uint32_t place = territory_place(p->t, code);
    if (place != PLACE_NONE) {
        venue_put(v, p->t->lon[place], p->t->lat[place], place, how, QUALITY_COMMUNE);
        return isfinite(v->lon);
    }
    v->outside = territory_knows(p->t, code);
    return v->outside;
}

/* --- postcodes --- */

static size_t first_postcode(const venue_placer *p, const column *postcodes, const char *wanted)
{
    size_t low = 0;
    size_t high = p->postcodes->rows;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const size_t row = p->postcode_order[middle];
        if (strcmp(column_text(postcodes, row), wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool same_name(const char *a, const char *b)
{
    char folded_a[FOLD_BYTES] = "";
    char folded_b[FOLD_BYTES] = "";
    (void)text_fold(text_slice_of(a, strlen(a)), folded_a, sizeof folded_a);
    (void)text_fold(text_slice_of(b, strlen(b)), folded_b, sizeof folded_b);
    return *folded_a && strcmp(folded_a, folded_b) == 0;
}

/* The commune of a postcode: the one of that name, else the only one. */
const char *venue_code_of_postcode(const venue_placer *p, const char *postcode, const char *city)
{
    const char *only = NULL;
    bool several = false;
    if (!p->postcodes || !*postcode) {
        return NULL;
    }
    const column *postcodes = text_column(p->postcodes, "postcode");
    const column *names = text_column(p->postcodes, "name");
    const column *codes = text_column(p->postcodes, "code");
    for (size_t i = first_postcode(p, postcodes, postcode); i < p->postcodes->rows; i++) {
        const size_t row = p->postcode_order[i];
        if (strcmp(column_text(postcodes, row), postcode) != 0) {
            break;
        }
        const char *code = text_at(codes, row);
        if (same_name(text_at(names, row), city)) {
            return code;
        }
        several = several || (only && strcmp(only, code) != 0);
        only = code;
    }
    return several ? NULL : only;
}

static bool place_by_postcode(const venue_placer *p, venue_draft *v)
{
    const table *t = v->list->rows->rows;
    const char *code = venue_code_of_postcode(p, text_at(text_column(t, "postcode"), v->row),
                                              text_at(text_column(t, "city"), v->row));
    return code && place_by_code(p, v, code, PLACED_POSTCODE);
}

/* --- the whole --- */

static void unplace(venue_draft *v)
{
    venue_put(v, (double)NAN, (double)NAN, PLACE_NONE, PLACED_NOWHERE, QUALITY_NONE);
}

static bool is_placed(const venue_draft *v)
{
    return v->how != PLACED_NOWHERE;
}

/* By what the row says besides its point. */
static void place_otherwise(venue_placer *p, venue_draft *v, const char *code)
{
    place_by_address(p, v, code);
    if (!is_placed(v) && !v->outside && *code && !place_by_code(p, v, code, PLACED_COMMUNE)) {
        unplace(v);
        doubt_add(p, v, DOUBT_CODE, M_DOUBT_CODE, code);
    }
    if (!is_placed(v) && !v->outside && !place_by_postcode(p, v)) {
        unplace(v);
        doubt_add(p, v, DOUBT_NOT_PLACED, M_DOUBT_NOT_PLACED);
    }
}

/* How far from the truth the point may be, and what that changes. */
static void weigh(const venue_placer *p, venue_draft *v)
{
    static const placement_effect effects[] = {
        [QUALITY_POINT] = EFFECT_NONE,         [QUALITY_HOUSENUMBER] = EFFECT_NONE,
        [QUALITY_STREET] = EFFECT_NEARBY,      [QUALITY_LOCALITY] = EFFECT_NEARBY,
        [QUALITY_DOUBTFUL] = EFFECT_ELSEWHERE, [QUALITY_COMMUNE] = EFFECT_COMMUNE,
        [QUALITY_NONE] = EFFECT_ABSENT};
    v->effect = effects[v->quality];
    if (v->quality == QUALITY_COMMUNE) {
        v->uncertainty_km = venue_radius_km(p, v);
    } else if (v->effect == EFFECT_NEARBY && v->uncertainty_km > nearby_km) {
        v->effect = EFFECT_COMMUNE; /* a road across the commune, or two streets of one name */
    } else if (v->quality <= QUALITY_HOUSENUMBER) {
        v->uncertainty_km = 0;
    }
}

status venue_place(venue_placer *p, venue_draft *v, faults *list)
{
    const char *code = text_at(text_column(v->list->rows->rows, "commune"), v->row);
    unplace(v);
    v->score = v->distance_km = v->uncertainty_km = (double)NAN;
    place_by_coordinates(p, v, code);
    if (!is_placed(v) && !v->outside) {
        place_otherwise(p, v, code);
    } else if (!v->outside) {
        compare_with_address(p, v, code);
    }
    if (is_placed(v) && v->how != PLACED_COORDINATES && isfinite(v->lon)) {
        double lon = 0;
        double lat = 0;
        if (venue_said_point(v, &lon, &lat) && doubt_has(v, DOUBT_FAR)) {
            v->distance_km = haversine_km(lon, lat, v->lon, v->lat);
        }
    }
    weigh(p, v);
    return p->rc == STATUS_OK ? STATUS_OK : faults_add_error(list, SOURCE_NONE, &p->err);
}
