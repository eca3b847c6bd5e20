#include <math.h>
#include <string.h>

#include "geo/projection.h"
#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

/* A point in no outline may still be on a quay or a simplified border: 2 km from a place point.
 * Without outlines a commune reaches at most some 20 km from its point (the largest, Arles, about
 * 30). */
static const double slack_outlines_km = 2;
static const double slack_points_km = 20;

enum { FOLD_BYTES = 160, KM_BYTES = 32 };

struct venue_placer {
    const territory *t;
    locator *outlines;      /* NULL without outlines */
    nearest_index *nearest; /* of place points */
    const table *postcodes; /* of the current list; NULL */
    size_t *postcode_order;
    arena *memory;
};

status venue_placer_new(venue_placer **out, const territory *t, faults *list)
{
    error err;
    arena *memory = NULL;
    uint8_t *use = NULL;
    venue_placer *p = NULL;
    *out = NULL;
    status rc = fault_of(arena_new(&memory, &err), &err, list);
    if (rc != STATUS_OK) {
        return rc;
    }
    rc = take_array(memory, 1, sizeof *p, &p, list);
    if (rc == STATUS_OK) {
        p->t = t;
        p->memory = memory;
        *out = p;
        rc = take_array(memory, t->place_count, sizeof *use, &use, list);
    } else {
        arena_free(memory);
        return rc;
    }
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        use[i] = isfinite(t->lon[i]) && isfinite(t->lat[i]);
    }
    if (rc == STATUS_OK) {
        rc = nearest_index_new(&p->nearest, t->lon, t->lat, use, t->place_count, &err);
        if (rc == STATUS_OK && t->outlines) {
            rc = locator_new(&p->outlines, t->outlines, &err);
        }
        rc = fault_of(rc, &err, list);
    }
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

status venue_placer_list(venue_placer *p, const venue_list *list, faults *faults_list)
{
    static const char *const by_postcode[] = {"postcode"};
    error err;
    p->postcodes = list->postcodes ? list->postcodes->rows : NULL;
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

/* --- is it in France? Boxes in degrees: metropole, then each overseas part --- */

static bool in_france(double lon, double lat)
{
    static const bounds boxes[] = {
        {-5.6, 41.2, 9.8, 51.3},       /* metropole, Corse */
        {-63.3, 14.2, -60.7, 18.3},    /* Guadeloupe, Martinique, Saint-Martin, Saint-Barthélemy */
        {-54.8, 2.0, -51.4, 6.0},      /* Guyane */
        {55.1, -21.5, 55.9, -20.8},    /* La Réunion */
        {44.9, -13.1, 45.4, -12.5},    /* Mayotte */
        {-56.6, 46.6, -56.0, 47.3},    /* Saint-Pierre-et-Miquelon */
        {157.5, -24, 173, -17},        /* Nouvelle-Calédonie */
        {-155, -28.5, -134, -7},       /* Polynésie */
        {-178.5, -14.6, -175.8, -12.9} /* Wallis-et-Futuna */
    };
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++) {
        if (lon >= boxes[i].x_min && lon <= boxes[i].x_max && lat >= boxes[i].y_min &&
            lat <= boxes[i].y_max) {
            return true;
        }
    }
    return false;
}

static void point_texts(double lon, double lat, char *lon_text, char *lat_text)
{
    (void)text_from_f64(lon, lon_text, KM_BYTES);
    (void)text_from_f64(lat, lat_text, KM_BYTES);
}

/* The point is refused: what becomes of the venue is said in both languages. */
static void warn_point(const venue_draft *v, bool has_commune, double lon, double lat, faults *list)
{
    char x[KM_BYTES];
    char y[KM_BYTES];
    point_texts(lon, lat, x, y);
    const bool null_island = fabs(lon) < 1e-6 && fabs(lat) < 1e-6;
    const bool swapped = in_france(lat, lon);
#define WARN_THEN(...) faults_warn(list, venue_source(v), __VA_ARGS__)
    if (null_island) {
        if (has_commune) {
            WARN_THEN(M_VENUES_NULL_ISLAND_COMMUNE, v->name);
        } else {
            WARN_THEN(M_VENUES_NULL_ISLAND, v->name);
        }
    } else if (swapped) {
        if (has_commune) {
            WARN_THEN(M_VENUES_SWAPPED_COMMUNE, v->name, x, y);
        } else {
            WARN_THEN(M_VENUES_SWAPPED, v->name, x, y);
        }
    } else if (has_commune) {
        WARN_THEN(M_VENUES_ABROAD_COMMUNE, v->name, x, y);
    } else {
        WARN_THEN(M_VENUES_ABROAD, v->name, x, y);
    }
#undef WARN_THEN
}

static void put(venue_draft *v, double lon, double lat, uint32_t place, placement how)
{
    v->lon = lon;
    v->lat = lat;
    v->place = place;
    v->how = how;
}

static double distance_to(const territory *t, uint32_t place, double lon, double lat)
{
    return isfinite(t->lon[place]) ? haversine_km(lon, lat, t->lon[place], t->lat[place]) : 0;
}

/* Whether the point stands; when it does, the venue is placed, or known to be outside. */
static bool stands_without_outline(const venue_placer *p, venue_draft *v, const char *code,
                                   double lon, double lat, faults *list)
{
    double nearest_km = INFINITY;
    const territory *t = p->t;
    const uint32_t declared = *code ? territory_place(t, code) : PLACE_NONE;
    const uint32_t nearest = nearest_find(p->nearest, lon, lat, &nearest_km);
    const double slack_km = p->outlines ? slack_outlines_km : slack_points_km;
    if (declared == PLACE_NONE) {
        const bool elsewhere = *code && territory_knows(t, code);
        v->outside = elsewhere || nearest == LOCATED_NOWHERE || nearest_km > slack_km;
        put(v, lon, lat, v->outside ? PLACE_NONE : nearest, PLACED_COORDINATES);
        return true;
    }
    const double declared_km = distance_to(t, declared, lon, lat);
    if (declared_km <= slack_points_km) {
        put(v, lon, lat, declared, PLACED_COORDINATES);
        return true;
    }
    if (nearest_km <= slack_km) {
        faults_warn(list, venue_source(v), M_VENUES_OTHER_COMMUNE, v->name, t->code[nearest], code);
        put(v, lon, lat, nearest, PLACED_COORDINATES);
        return true;
    }
    faults_warn(list, venue_source(v), M_VENUES_FAR, v->name, SHOWN(shown(declared_km, 0)), code);
    return false;
}

static status place_by_coordinates(venue_placer *p, venue_draft *v, const char *code, double lon,
                                   double lat, bool *placed, faults *list)
{
    error err;
    uint32_t located = LOCATED_NOWHERE;
    const bool zero = fabs(lon) < 1e-6 && fabs(lat) < 1e-6;
    *placed = false;
    if (zero || !in_france(lon, lat)) {
        warn_point(v, *code != '\0', lon, lat, list);
        return STATUS_OK;
    }
    if (p->outlines) {
        const status rc = locator_find(p->outlines, lon, lat, &located, &err);
        if (rc != STATUS_OK) {
            return fault_of(rc, &err, list);
        }
    }
    if (located == LOCATED_NOWHERE) {
        *placed = stands_without_outline(p, v, code, lon, lat, list);
        return STATUS_OK;
    }
    if (*code && territory_place(p->t, code) != located) {
        faults_warn(list, venue_source(v), M_VENUES_OTHER_COMMUNE, v->name, p->t->code[located],
                    code);
    }
    put(v, lon, lat, located, PLACED_COORDINATES);
    *placed = true;
    return STATUS_OK;
}

/* At the commune's point; outside when the commune exists elsewhere. False: unknown code. */
static bool place_by_code(const venue_placer *p, venue_draft *v, const char *code, placement how)
{
    const uint32_t place = territory_place(p->t, code);
    if (place != PLACE_NONE) {
        put(v, p->t->lon[place], p->t->lat[place], place, how);
        return isfinite(v->lon);
    }
    v->outside = territory_knows(p->t, code);
    return v->outside;
}

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
static const char *code_of_postcode(const venue_placer *p, const char *postcode, const char *city)
{
    const column *postcodes = text_column(p->postcodes, "postcode");
    const column *names = text_column(p->postcodes, "name");
    const column *codes = text_column(p->postcodes, "code");
    const char *only = NULL;
    bool several = false;
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
    const char *postcode = text_at(text_column(t, "postcode"), v->row);
    const char *city = text_at(text_column(t, "city"), v->row);
    if (!p->postcodes || !*postcode) {
        return false;
    }
    const char *code = code_of_postcode(p, postcode, city);
    return code && place_by_code(p, v, code, PLACED_POSTCODE);
}

status venue_place(venue_placer *p, venue_draft *v, faults *list)
{
    const table *t = v->list->rows->rows;
    const column *lon = number_column_of(t, "lon");
    const column *lat = number_column_of(t, "lat");
    const char *code = text_at(text_column(t, "commune"), v->row);
    const bool has_point = lon && lat && column_state(lon, v->row) == VALUE_PRESENT &&
                           column_state(lat, v->row) == VALUE_PRESENT;
    bool placed = false;
    put(v, (double)NAN, (double)NAN, PLACE_NONE, PLACED_NOWHERE);
    if (has_point) {
        const status rc = place_by_coordinates(p, v, code, lon->at.f64[v->row], lat->at.f64[v->row],
                                               &placed, list);
        if (rc != STATUS_OK) {
            return rc;
        }
    }
    if (!placed && *code) {
        placed = place_by_code(p, v, code, PLACED_COMMUNE);
        if (!placed) {
            faults_warn(list, venue_source(v), M_VENUES_COMMUNE_UNKNOWN, v->name, code);
        }
    }
    if (!placed) {
        placed = place_by_postcode(p, v);
    }
    if (!placed) {
        put(v, (double)NAN, (double)NAN, PLACE_NONE, PLACED_NOWHERE);
        faults_warn(list, venue_source(v), M_VENUES_NOT_PLACED, v->name);
    }
    return STATUS_OK;
}
