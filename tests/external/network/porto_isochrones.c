/* Isochrones of a published extract: right about every place at every limit, nested, valid, the
 * same bytes for any number of threads.
 *   porto_isochrones PROFILE.csv     (77: no shared data) */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/random.h"
#include "geo/geos_work.h"
#include "geo/projection.h"
#include "network/build/network_build.h"
#include "network/travel/costs.h"
#include "network/travel/isochrones.h"

enum {
    PLACES = 3000,
    VENUES = 12,
    LIMITS = 4,
    SUBJECTS = VENUES + 1,
    UTM_29N = 32629,
    SKIPPED = 77
};
static const double limits[LIMITS] = {10, 15, 20, 30};

typedef struct porto {
    double lon[PLACES], lat[PLACES], x[PLACES], y[PLACES];
    double venue_lon[VENUES], venue_lat[VENUES], venue_x[VENUES], venue_y[VENUES];
    uint32_t density[PLACES], venue_place[VENUES];
} porto;

static void check(status s, const error *err)
{
    if (s == STATUS_OK)
        return;
    (void)fprintf(stderr, "%s\n", err->en);
    exit(1);
}

static void to_metres(double *x, double *y, const double *lon, const double *lat, size_t count)
{
    error err;
    projection *p = NULL;
    memcpy(x, lon, count * sizeof *x);
    memcpy(y, lat, count * sizeof *y);
    check(projection_new(&p, 4326, UTM_29N, &err), &err);
    check(projection_apply(p, x, y, count, NULL, &err), &err);
    projection_free(p);
}

/* Places all over the extract and the sea beside it, every other venue in a dense commune. */
static void points_make(porto *p)
{
    const random_key key = random_key_of(11, "porto-isochrones");
    for (uint32_t i = 0; i < PLACES; i++) {
        p->lon[i] = -8.75 + 0.45 * random_uniform(key, 1, i, 0);
        p->lat[i] = 41.0 + 0.35 * random_uniform(key, 2, i, 0);
        p->density[i] = i % 2 ? 1 : 5;
    }
    for (uint32_t v = 0; v < VENUES; v++) {
        p->venue_lon[v] = -8.7 + 0.35 * random_uniform(key, 3, v, 0);
        p->venue_lat[v] = 41.05 + 0.25 * random_uniform(key, 4, v, 0);
        p->venue_place[v] = v;
    }
    to_metres(p->x, p->y, p->lon, p->lat, PLACES);
    to_metres(p->venue_x, p->venue_y, p->venue_lon, p->venue_lat, VENUES);
}

static network *network_of(const char *path, const char *profile)
{
    error err = {0};
    faults *list = NULL;
    network *n = NULL;
    network_outlook outlook;
    atomic_int cancel = 0;
    progress quiet = {.cancel = &cancel};
    const network_request r = {
        .files = &path, .file_count = 1, .profile = profile, .progress = &quiet};
    check(faults_new(&list, &err), &err);
    (void)snprintf(err.en, sizeof err.en, "%s cannot be built", path);
    check(network_foresee(&r, &outlook, list), &err);
    check(network_build(&r, &outlook, &n, list), &err);
    faults_free(list);
    return n;
}

static cost_engine *engine_open(const porto *p, const network *n, int threads)
{
    error err = {0};
    faults *list = NULL;
    cost_engine *e = NULL;
    const travel_mode mode = {.id = "car",
                              .source = TRAVEL_ROADS,
                              .path = "Porto",
                              .network = n,
                              .limit_min = 30,
                              .circuity = 1.3,
                              .parking_min = 1};
    const travel_points points = {.place_count = PLACES,
                                  .venue_count = VENUES,
                                  .place_lon = p->lon,
                                  .place_lat = p->lat,
                                  .venue_lon = p->venue_lon,
                                  .venue_lat = p->venue_lat,
                                  .place_density = p->density,
                                  .venue_place = p->venue_place};
    check(faults_new(&list, &err), &err);
    (void)snprintf(err.en, sizeof err.en, "costs cannot be opened");
    check(cost_engine_new(&e, &mode, &points, threads, NULL, NULL, list), &err);
    faults_free(list);
    return e;
}

static polygons *regions(const porto *p, cost_engine *e)
{
    error err;
    uint64_t start[SUBJECTS + 1];
    uint32_t venue[2 * VENUES];
    isochrone_facts facts;
    polygons *out = NULL;
    for (uint32_t v = 0; v < VENUES; v++) {
        start[v] = v;
        venue[v] = venue[VENUES + v] = v;
    }
    start[VENUES] = VENUES;
    start[SUBJECTS] = 2 * VENUES;
    const isochrone_request r = {.epsg = UTM_29N,
                                 .place_x = p->x,
                                 .place_y = p->y,
                                 .venue_x = p->venue_x,
                                 .venue_y = p->venue_y,
                                 .limit_min = limits,
                                 .limit_count = LIMITS,
                                 .subject_start = start,
                                 .subject_venue = venue,
                                 .subject_count = SUBJECTS};
    check(cost_engine_isochrones(e, &r, &out, &facts, &err), &err);
    return out;
}

/* Minutes to each venue, then to the nearest; INFINITY beyond. */
static double (*minutes_of(cost_engine *e))[PLACES]
{
    error err;
    costs *c = NULL;
    double(*minutes)[PLACES] = memory_new(SUBJECTS, sizeof *minutes);
    check(minutes ? STATUS_OK : memory_error(&err, sizeof *minutes), &err);
    check(cost_engine_venues(e, &c, &err), &err);
    for (size_t s = 0; s < SUBJECTS; s++)
        for (size_t i = 0; i < PLACES; i++)
            minutes[s][i] = INFINITY;
    for (size_t v = 0; v < VENUES; v++) {
        for (uint64_t k = c->venue_start[v]; k < c->venue_start[v + 1]; k++) {
            const uint32_t place = c->venue_place[k];
            minutes[v][place] = c->venue_minutes[k];
            minutes[VENUES][place] = fmin(minutes[VENUES][place], c->venue_minutes[k]);
        }
    }
    costs_free(c);
    return minutes;
}

/* Places on the wrong side, and outlines that are not valid or not nested. */
static size_t faults_of(const porto *p, const polygons *o, double (*minutes)[PLACES],
                        size_t *within)
{
    error err;
    geos_work g;
    size_t wrong = 0;
    GEOSGeometry *inner = NULL;
    check(geos_work_init(&g, &err), &err);
    for (size_t row = 0; row < o->rows; row++) {
        GEOSGeometry *shape = geos_of_row(&g, o, row, NULL);
        const GEOSPreparedGeometry *ready = GEOSPrepare_r(g.handle, shape);
        wrong += GEOSisValid_r(g.handle, shape) != 1;
        if (row % LIMITS != 0 && !GEOSisEmpty_r(g.handle, inner))
            wrong += GEOSCovers_r(g.handle, shape, inner) != 1;
        for (size_t i = 0; i < PLACES; i++) {
            GEOSGeometry *point = GEOSGeom_createPointFromXY_r(g.handle, p->x[i], p->y[i]);
            const bool holds = GEOSPreparedContains_r(g.handle, ready, point) == 1;
            wrong += holds != (minutes[row / LIMITS][i] <= limits[row % LIMITS]);
            *within += holds;
            GEOSGeom_destroy_r(g.handle, point);
        }
        GEOSPreparedGeom_destroy_r(g.handle, ready);
        GEOSGeom_destroy_r(g.handle, inner);
        inner = shape;
    }
    GEOSGeom_destroy_r(g.handle, inner);
    geos_work_clear(&g);
    return wrong;
}

int main(int argc, char **argv)
{
    char path[4096];
    const char *own = getenv("BASSIN_SHARED"),
               *shared = own ? own : getenv("BASSIN_SHARED_DEFAULT");
    size_t within = 0;
    (void)snprintf(path, sizeof path, "%s/data/porto_portugal.osm.pbf", shared ? shared : "");
    if (argc < 2 || access(path, R_OK) != 0) {
        (void)puts("skipped: no shared data");
        return SKIPPED;
    }
    porto *p = memory_new(1, sizeof *p);
    if (!p)
        return 1;
    points_make(p);
    network *n = network_of(path, argv[1]);
    cost_engine *e = engine_open(p, n, 1);
    polygons *one = regions(p, e);
    double(*minutes)[PLACES] = minutes_of(e);
    size_t wrong = faults_of(p, one, minutes, &within);
    cost_engine_free(e);
    for (int threads = 2; threads <= 8; threads *= 2) {
        e = engine_open(p, n, threads);
        polygons *many = regions(p, e);
        wrong += many->memory.size != one->memory.size ||
                 memcmp(many->memory.at, one->memory.at, one->memory.size) != 0;
        polygons_free(many);
        cost_engine_free(e);
    }
    (void)printf("%d places, %zu outlines, %zu places inside, %zu faults\n", PLACES,
                 (size_t)one->rows, within, wrong);
    polygons_free(one);
    network_free(n);
    memory_free(minutes);
    memory_free(p);
    return wrong == 0 && within > 10000 ? 0 : 1;
}
