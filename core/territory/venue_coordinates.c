/* A venue's own point: whether it stands, and what may be wrong with it. */
#include <math.h>
#include <string.h>

#include "geo/outline_distance.h"
#include "territory/codes.h"
#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

/* A point in no outline may still be on a quay or a simplified border: 2 km. Without outlines a
 * commune reaches at most some 20 km from its point (the largest, Arles, about 30). A point that
 * misses its commune by less than 1 km is near its border, not somewhere else. */
static const double slack_outlines_km = 2;
static const double slack_points_km = 20;
static const double border_km = 1;

enum { DEGREES_BYTES = 32 };

typedef struct point_text {
    char lon[DEGREES_BYTES], lat[DEGREES_BYTES];
} point_text;

static point_text text_of_point(double lon, double lat)
{
    point_text t;
    (void)text_from_f64(lon, t.lon, sizeof t.lon);
    (void)text_from_f64(lat, t.lat, sizeof t.lat);
    return t;
}

/* Boxes in degrees: metropole, then each overseas part with its départements. */
typedef struct part_of_france {
    bounds box;
    const char *departements; /* NULL: all the others */
} part_of_france;
static const part_of_france parts_of_france[] = {
    {{-5.6, 41.2, 9.8, 51.3}, NULL},         {{-63.3, 14.2, -60.7, 18.3}, "971 972 977 978"},
    {{-54.8, 2.0, -51.4, 6.0}, "973"},       {{55.1, -21.5, 55.9, -20.8}, "974"},
    {{44.9, -13.1, 45.4, -12.5}, "976"},     {{-56.6, 46.6, -56.0, 47.3}, "975"},
    {{157.5, -24, 173, -17}, "988"},         {{-155, -28.5, -134, -7}, "987"},
    {{-178.5, -14.6, -175.8, -12.9}, "986"},
};
enum { PARTS_OF_FRANCE = sizeof parts_of_france / sizeof *parts_of_france };

static bool in_box(const bounds *box, double lon, double lat)
{
    return lon >= box->x_min && lon <= box->x_max && lat >= box->y_min && lat <= box->y_max;
}

static bool in_france(double lon, double lat)
{
    for (size_t i = 0; i < PARTS_OF_FRANCE; i++) {
        if (in_box(&parts_of_france[i].box, lon, lat)) {
            return true;
        }
    }
    return false;
}

/* Whether a point is in the part of France that its commune is in. */
static bool in_own_part(const char *code, double lon, double lat)
{
    char departement[DEPARTEMENT_CODE_BYTES];
    departement_of_commune(code, departement);
    for (size_t i = 1; i < PARTS_OF_FRANCE; i++) {
        if (strlen(departement) == 3 && strstr(parts_of_france[i].departements, departement)) {
            return in_box(&parts_of_france[i].box, lon, lat);
        }
    }
    return in_box(&parts_of_france[0].box, lon, lat);
}

bool venue_said_point(const venue_draft *v, double *lon, double *lat)
{
    const table *t = v->list->rows->rows;
    const column *x = number_column_of(t, "lon");
    const column *y = number_column_of(t, "lat");
    const bool has = x && y && column_state(x, v->row) == VALUE_PRESENT &&
                     column_state(y, v->row) == VALUE_PRESENT;
    *lon = has ? x->at.f64[v->row] : (double)NAN;
    *lat = has ? y->at.f64[v->row] : (double)NAN;
    return has;
}

uint32_t venue_locate(venue_placer *p, double lon, double lat)
{
    uint32_t located = LOCATED_NOWHERE;
    if (p->outlines && p->rc == STATUS_OK) {
        p->rc = locator_find(p->outlines, lon, lat, &located, &p->err);
    }
    return p->rc == STATUS_OK ? located : LOCATED_NOWHERE;
}

static double point_km(const territory *t, uint32_t place, double lon, double lat)
{
    return isfinite(t->lon[place]) ? haversine_km(lon, lat, t->lon[place], t->lat[place]) : 0;
}

double venue_commune_km(venue_placer *p, uint32_t place, double lon, double lat)
{
    double km = INFINITY;
    if (p->outlines) {
        km = venue_locate(p, lon, lat) == place
                 ? 0
                 : outline_distance_km(p->t->outlines, place, lon, lat);
    }
    return isfinite(km) ? km : point_km(p->t, place, lon, lat);
}

/* Whether a point put right is in the commune named, which is what makes it more than a guess. */
static bool confirmed(venue_placer *p, const char *code, double lon, double lat)
{
    const uint32_t named = *code ? territory_place(p->t, code) : PLACE_NONE;
    return in_france(lon, lat) && named != PLACE_NONE &&
           venue_commune_km(p, named, lon, lat) <=
               (p->outlines ? slack_outlines_km : slack_points_km);
}

/* --- points that can be put right --- */

static bool from_metres(venue_placer *p, int32_t epsg, double *lon, double *lat)
{
    projection *how = NULL;
    status rc = projection_new(&how, epsg, 4326, &p->err);
    if (rc == STATUS_OK) {
        rc = projection_apply(how, lon, lat, 1, NULL, &p->err);
    }
    projection_free(how);
    p->rc = p->rc == STATUS_OK ? rc : p->rc;
    return rc == STATUS_OK && isfinite(*lon) && isfinite(*lat);
}

/* Metres of a legal French system, or of web maps, in columns of degrees. Without a commune to
 * confirm it, an outline must hold the point. */
static bool repair_metres(venue_placer *p, venue_draft *v, const char *code, double *lon,
                          double *lat)
{
    static const int32_t systems[] = {2154, 5490, 2972, 2975, 4471, 4467, 3857};
    const point_text said = text_of_point(*lon, *lat);
    for (size_t i = 0; i < sizeof systems / sizeof systems[0]; i++) {
        double x = *lon;
        double y = *lat;
        if (!from_metres(p, systems[i], &x, &y) || !in_france(x, y)) {
            continue;
        }
        const bool held = !*code && venue_locate(p, x, y) != LOCATED_NOWHERE;
        if (held || confirmed(p, code, x, y)) {
            const char *title = projection_title(systems[i]);
            doubt_add(p, v, DOUBT_METRES, M_DOUBT_METRES_CONVERTED, said.lon, said.lat,
                      *title ? title : "EPSG:3857", (int)systems[i]);
            *lon = x;
            *lat = y;
            return true;
        }
    }
    return false;
}

static bool repair_swapped(venue_placer *p, venue_draft *v, const char *code, double *lon,
                           double *lat)
{
    const point_text said = text_of_point(*lon, *lat);
    if (!confirmed(p, code, *lat, *lon)) {
        return false;
    }
    const double swapped = *lon;
    *lon = *lat;
    *lat = swapped;
    doubt_add(p, v, DOUBT_SWAPPED, M_DOUBT_SWAPPED_BACK, said.lon, said.lat);
    return true;
}

static bool repair_sign(venue_placer *p, venue_draft *v, const char *code, double *lon, double *lat)
{
    static const double signs[][2] = {{-1, 1}, {1, -1}, {-1, -1}};
    const point_text said = text_of_point(*lon, *lat);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (confirmed(p, code, signs[i][0] * *lon, signs[i][1] * *lat)) {
            *lon *= signs[i][0];
            *lat *= signs[i][1];
            doubt_add(p, v, DOUBT_SIGN, M_DOUBT_SIGN_BACK, said.lon, said.lat);
            return true;
        }
    }
    return false;
}

static bool is_metres(double lon, double lat)
{
    return fabs(lon) > 180 || fabs(lat) > 90;
}

static bool repair(venue_placer *p, venue_draft *v, const char *code, double *lon, double *lat)
{
    if (is_metres(*lon, *lat)) {
        return repair_metres(p, v, code, lon, lat);
    }
    return repair_swapped(p, v, code, lon, lat) || repair_sign(p, v, code, lon, lat);
}

static void refuse_point(venue_placer *p, venue_draft *v, double lon, double lat)
{
    const point_text said = text_of_point(lon, lat);
    if (is_metres(lon, lat)) {
        doubt_add(p, v, DOUBT_METRES, M_DOUBT_METRES, said.lon, said.lat);
    } else if (in_france(lat, lon)) {
        doubt_add(p, v, DOUBT_SWAPPED, M_DOUBT_SWAPPED, said.lon, said.lat);
    } else {
        doubt_add(p, v, DOUBT_ABROAD, M_DOUBT_ABROAD, said.lon, said.lat);
    }
}

/* --- the point and the commune named --- */

static bool same_commune(const territory *t, uint32_t place, const char *code)
{
    const char *whole = commune_of_arrondissement(t->code[place]);
    return territory_place(t, code) == place || (whole && strcmp(whole, code) == 0);
}

/* The point is kept, in a commune that the list does not name. */
static void keep_elsewhere(venue_placer *p, venue_draft *v, const char *code, double lon,
                           double lat, uint32_t place, double named_km)
{
    const territory *t = p->t;
    const uint32_t named = territory_place(t, code);
    const shown_number km = shown(named_km, named_km < 10 ? 1 : 0);
    venue_put(v, lon, lat, place, PLACED_COORDINATES, QUALITY_DOUBTFUL);
    v->distance_km = named_km;
    if (named == PLACE_NONE && !territory_knows(t, code)) {
        v->quality = QUALITY_POINT;
        doubt_add(p, v, DOUBT_CODE, M_DOUBT_CODE, code);
    } else if (named == PLACE_NONE) {
        doubt_add(p, v, DOUBT_OTHER_COMMUNE, M_DOUBT_NOT_LOADED, t->code[place], t->name[place],
                  code);
    } else if (named_km <= border_km && p->outlines) {
        v->quality = QUALITY_POINT;
        doubt_add(p, v, DOUBT_BORDER, M_DOUBT_BORDER, SHOWN(shown(named_km * 1000, 0)), code,
                  t->name[named], t->code[place], t->name[place]);
    } else {
        doubt_add(p, v, DOUBT_OTHER_COMMUNE, M_DOUBT_OTHER_COMMUNE, t->code[place], t->name[place],
                  code, t->name[named], SHOWN(km));
    }
    if (named != PLACE_NONE && isfinite(t->lon[named])) {
        other_add(p, v, M_OTHER_COMMUNE, code, t->name[named],
                  SHOWN(shown(point_km(t, named, lon, lat), 1)));
    }
}

static void refuse_far(venue_placer *p, venue_draft *v, uint32_t named, double lon, double lat,
                       double named_km)
{
    const point_text said = text_of_point(lon, lat);
    v->distance_km = named_km;
    doubt_add(p, v, DOUBT_FAR, M_DOUBT_FAR, SHOWN(shown(named_km, named_km < 10 ? 1 : 0)),
              p->t->code[named], p->t->name[named]);
    other_add(p, v, M_OTHER_POINT, said.lon, said.lat);
}

/* The commune's own point is out of its part of France, and the venue's is in it: the file of
 * communes is wrong, not the list. */
static bool commune_is_misplaced(const territory *t, uint32_t named, double lon, double lat)
{
    return in_own_part(t->code[named], lon, lat) && isfinite(t->lon[named]) &&
           !in_own_part(t->code[named], t->lon[named], t->lat[named]);
}

/* In no outline: the sea, a quay, the edge of the data; or no outline is known. */
static void judge_outside(venue_placer *p, venue_draft *v, const char *code, double lon, double lat)
{
    double nearest_km = INFINITY;
    const territory *t = p->t;
    const uint32_t named = *code ? territory_place(t, code) : PLACE_NONE;
    const uint32_t nearest = nearest_find(p->nearest, lon, lat, &nearest_km);
    const double slack_km = p->outlines ? slack_outlines_km : slack_points_km;
    if (named == PLACE_NONE) {
        const bool elsewhere = *code && territory_knows(t, code);
        v->outside = elsewhere || nearest == LOCATED_NOWHERE || nearest_km > slack_km;
        venue_put(v, lon, lat, v->outside ? PLACE_NONE : nearest, PLACED_COORDINATES,
                  QUALITY_POINT);
        if (!v->outside && p->outlines) {
            doubt_add(p, v, DOUBT_NO_OUTLINE, M_DOUBT_NO_OUTLINE_NEAR, t->code[nearest],
                      t->name[nearest], SHOWN(shown(nearest_km, 1)));
        }
        return;
    }
    const double named_km = venue_commune_km(p, named, lon, lat);
    if (commune_is_misplaced(t, named, lon, lat)) {
        venue_put(v, lon, lat, named, PLACED_COORDINATES, QUALITY_POINT);
        doubt_add(p, v, DOUBT_COMMUNE, M_DOUBT_COMMUNE, code, t->name[named],
                  SHOWN(shown(named_km, 0)));
    } else if (named_km <= slack_km) {
        venue_put(v, lon, lat, named, PLACED_COORDINATES, QUALITY_POINT);
        if (p->outlines) {
            v->distance_km = named_km;
            doubt_add(p, v, DOUBT_NO_OUTLINE, M_DOUBT_NO_OUTLINE, SHOWN(shown(named_km * 1000, 0)),
                      code, t->name[named]);
        }
    } else if (nearest_km <= slack_km) {
        keep_elsewhere(p, v, code, lon, lat, nearest, named_km);
    } else {
        refuse_far(p, v, named, lon, lat, named_km);
    }
}

void place_by_coordinates(venue_placer *p, venue_draft *v, const char *code)
{
    double lon = 0;
    double lat = 0;
    if (!venue_said_point(v, &lon, &lat)) {
        return;
    }
    if (fabs(lon) < 1e-6 && fabs(lat) < 1e-6) {
        doubt_add(p, v, DOUBT_ZERO, M_DOUBT_ZERO);
        return;
    }
    if (!in_france(lon, lat) && !repair(p, v, code, &lon, &lat)) {
        refuse_point(p, v, lon, lat);
        return;
    }
    const uint32_t named = *code ? territory_place(p->t, code) : PLACE_NONE;
    if (named != PLACE_NONE && venue_commune_km(p, named, lon, lat) > slack_points_km) {
        (void)repair_sign(p, v, code, &lon, &lat);
    }
    const uint32_t located = venue_locate(p, lon, lat);
    if (located == LOCATED_NOWHERE) {
        judge_outside(p, v, code, lon, lat);
    } else if (!*code || same_commune(p->t, located, code)) {
        venue_put(v, lon, lat, located, PLACED_COORDINATES, QUALITY_POINT);
    } else {
        keep_elsewhere(p, v, code, lon, lat, located,
                       named == PLACE_NONE ? (double)NAN : venue_commune_km(p, named, lon, lat));
    }
}
