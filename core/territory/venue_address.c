/* A venue's address, looked up in the addresses of the run file. */
#include <math.h>
#include <string.h>

#include "territory/messages.h"
#include "territory/support.h"
#include "territory/venue_draft.h"

/* Assumptions, printed: an address this good contradicts a point farther than this. */
static const double contradiction_score = 0.8;
static const double contradiction_km = 1;

static bool look_up(const venue_placer *p, const venue_draft *v, const char *code,
                    address_result *found)
{
    const table *t = v->list->rows->rows;
    const char *postcode = text_at(text_column(t, "postcode"), v->row);
    const char *city = text_at(text_column(t, "city"), v->row);
    const address_query query = {.address = text_at(text_column(t, "address"), v->row),
                                 .postcode = postcode,
                                 .city = city,
                                 .code = code};
    if (!p->addresses || !*query.address) {
        return false;
    }
    addresses_find(p->addresses, &query, found);
    return found->best.class != ADDRESS_NONE;
}

static placement_quality quality_of(address_class class)
{
    return class == ADDRESS_HOUSENUMBER ? QUALITY_HOUSENUMBER
           : class == ADDRESS_STREET    ? QUALITY_STREET
                                        : QUALITY_LOCALITY;
}

static void tell_address(venue_placer *p, venue_draft *v, const address_match *m, double km)
{
    if (m->class == ADDRESS_NONE) {
        return;
    }
    if (isfinite(km)) {
        other_add(p, v, M_OTHER_ADDRESS_KM, m->label, SHOWN(shown(m->score, 2)),
                  SHOWN(shown(km, km < 10 ? 1 : 0)));
    } else {
        other_add(p, v, M_OTHER_ADDRESS, m->label, SHOWN(shown(m->score, 2)));
    }
}

static double apart_km(const address_match *m, double lon, double lat)
{
    return m->class == ADDRESS_NONE ? (double)NAN : haversine_km(m->lon, m->lat, lon, lat);
}

/* The outline that holds the address, else the commune that the address file names. */
static uint32_t place_of(venue_placer *p, const address_match *m)
{
    const uint32_t located = venue_locate(p, m->lon, m->lat);
    return located != LOCATED_NOWHERE ? located : territory_place(p->t, m->code);
}

static void use_address(venue_placer *p, venue_draft *v, const address_result *found)
{
    const address_match *m = &found->best;
    const uint32_t place = place_of(p, m);
    v->outside = place == PLACE_NONE;
    venue_put(v, m->lon, m->lat, place, PLACED_ADDRESS, quality_of(m->class));
    v->score = m->score;
    v->uncertainty_km = m->spread_km;
    other_add(p, v, M_OTHER_FOUND, m->label);
    tell_address(p, v, &found->second, apart_km(&found->second, m->lon, m->lat));
}

/* The street is not sure, the commune is: by its postcode and name in the address files. */
static void use_commune(const venue_placer *p, venue_draft *v, const char *code)
{
    const uint32_t place = *code ? territory_place(p->t, code) : PLACE_NONE;
    if (place != PLACE_NONE && isfinite(p->t->lon[place])) {
        venue_put(v, p->t->lon[place], p->t->lat[place], place, PLACED_ADDRESS, QUALITY_COMMUNE);
    }
}

void place_by_address(venue_placer *p, venue_draft *v, const char *code)
{
    address_result found = {.ambiguous = false};
    const char *address = text_at(text_column(v->list->rows->rows, "address"), v->row);
    const bool matched = look_up(p, v, code, &found);
    if (matched && !found.ambiguous) {
        use_address(p, v, &found);
        return;
    }
    if (matched) {
        doubt_add(p, v, DOUBT_ADDRESS, M_DOUBT_ADDRESS_AMBIGUOUS, SHOWN(shown(found.apart_km, 1)));
        tell_address(p, v, &found.best, (double)NAN);
        tell_address(p, v, &found.second, (double)NAN);
    } else if (p->addresses && *address) {
        doubt_add(p, v, DOUBT_ADDRESS, M_DOUBT_ADDRESS_UNKNOWN, address);
    }
    if (!*code) {
        use_commune(p, v, found.commune);
    }
}

/* A point that the commune and the address both contradict is worth less than they are. */
static bool outvotes(const venue_placer *p, const venue_draft *v, const address_result *found,
                     const char *code)
{
    return doubt_has(v, DOUBT_OTHER_COMMUNE) && found->best.class == ADDRESS_HOUSENUMBER &&
           found->best.score >= contradiction_score &&
           territory_place(p->t, found->best.code) == territory_place(p->t, code) &&
           territory_place(p->t, code) != PLACE_NONE;
}

void compare_with_address(venue_placer *p, venue_draft *v, const char *code)
{
    address_result found;
    if (!look_up(p, v, code, &found) || found.ambiguous) {
        return;
    }
    const double km = apart_km(&found.best, v->lon, v->lat);
    if (outvotes(p, v, &found, code)) {
        char lon[32];
        char lat[32];
        (void)text_from_f64(v->lon, lon, sizeof lon);
        (void)text_from_f64(v->lat, lat, sizeof lat);
        other_add(p, v, M_OTHER_POINT, lon, lat);
        use_address(p, v, &found);
        v->distance_km = km;
        return;
    }
    if (found.best.class == ADDRESS_HOUSENUMBER && found.best.score >= contradiction_score &&
        km > contradiction_km && v->quality == QUALITY_POINT) {
        doubt_add(p, v, DOUBT_ADDRESS_FAR, M_DOUBT_ADDRESS_FAR, SHOWN(shown(km, km < 10 ? 1 : 0)),
                  found.best.label);
        v->quality = QUALITY_DOUBTFUL;
        v->distance_km = km;
    }
    if (v->quality != QUALITY_POINT) {
        tell_address(p, v, &found.best, km);
    }
}
