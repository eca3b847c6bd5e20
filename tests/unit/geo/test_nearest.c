#include <stdlib.h>

#include "geo/locator.h"
#include "geo/projection.h"
#include "shapes.h"

enum { MANY = 3000 };

typedef struct cloud {
    size_t count;
    double lon[MANY], lat[MANY];
    uint8_t use[MANY];
} cloud;

/* Clusters with exact duplicates, both poles, both sides of the antimeridian, a grid with ties. */
static void cloud_fill(cloud *c, stream *s, size_t count)
{
    c->count = count;
    for (size_t i = 0; i < count; i++) {
        size_t kind = stream_below(s, 8);
        c->use[i] = stream_uniform(s) < 0.9;
        c->lon[i] = -180 + 360 * stream_uniform(s);
        c->lat[i] = -90 + 180 * stream_uniform(s);
        if (kind < 2 && i > 0) {
            size_t k = stream_below(s, i);
            c->lon[i] = c->lon[k];
            c->lat[i] = c->lat[k];
        } else if (kind == 2) {
            c->lat[i] = stream_uniform(s) < 0.5 ? 90 : -90;
        } else if (kind == 3) {
            c->lon[i] = stream_uniform(s) < 0.5 ? 180 : -180;
            c->lat[i] = floor(c->lat[i]);
        } else if (kind == 4) {
            c->lon[i] = floor(4 * stream_uniform(s));
            c->lat[i] = 45 + floor(4 * stream_uniform(s));
        } else if (kind == 5) {
            c->lon[i] = 2.35 + 1e-9 * stream_uniform(s);
            c->lat[i] = 48.85 + 1e-9 * stream_uniform(s);
        }
    }
}

static uint32_t scan_nearest(const cloud *c, const uint8_t *use, double lon, double lat, double *km)
{
    uint32_t found = LOCATED_NOWHERE;
    *km = INFINITY;
    for (size_t i = 0; i < c->count; i++) {
        double d = haversine_km(lon, lat, c->lon[i], c->lat[i]);
        if ((!use || use[i]) && d < *km) {
            *km = d;
            found = (uint32_t)i;
        }
    }
    return found;
}

static void compare(const cloud *c, const uint8_t *use, const nearest_index *x, double lon,
                    double lat)
{
    double km = 0, wanted_km = 0;
    uint32_t wanted = scan_nearest(c, use, lon, lat, &wanted_km);
    assert_int_equal(nearest_find(x, lon, lat, &km), wanted);
    assert_true(km == wanted_km);
}

static void test_nearest_equals_a_scan(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 7, 8, 9, 17, 100, 1000, MANY};
    stream s = stream_new("nearest");
    cloud *c = memory_new(1, sizeof *c);
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
        error err;
        nearest_index *x = NULL;
        cloud_fill(c, &s, counts[k]);
        const uint8_t *use = k % 2 ? c->use : NULL;
        OK(nearest_index_new(&x, c->lon, c->lat, use, c->count, &err));
        for (int i = 0; i < 300; i++) {
            size_t n = stream_below(&s, c->count);
            compare(c, use, x, -180 + 360 * stream_uniform(&s), -90 + 180 * stream_uniform(&s));
            compare(c, use, x, c->lon[n], c->lat[n]);
            compare(c, use, x, c->lon[n] + 0.5, fmin(90, c->lat[n] + 0.5));
            compare(c, use, x, c->lon[n] + 180, -c->lat[n]); /* the antipode */
        }
        nearest_index_free(x);
    }
    memory_free(c);
}

static void compare_within(const cloud *c, const nearest_index *x, double lon, double lat,
                           double km, uint32_t *out, double *out_km, size_t capacity)
{
    size_t count = nearest_within(x, lon, lat, km, out, out_km, capacity), wanted = 0;
    for (size_t i = 0; i < c->count; i++) {
        double d = haversine_km(lon, lat, c->lon[i], c->lat[i]);
        if (d > km)
            continue;
        if (wanted < capacity) {
            assert_int_equal(out[wanted], i);
            assert_true(out_km[wanted] == d);
        }
        wanted++;
    }
    assert_int_equal(count, wanted);
}

static void test_within_equals_a_scan(void **state)
{
    (void)state;
    stream s = stream_new("within");
    cloud *c = memory_new(1, sizeof *c);
    uint32_t *out = memory_new(MANY, sizeof *out);
    double *km = memory_new(MANY, sizeof *km);
    error err;
    nearest_index *x = NULL;
    cloud_fill(c, &s, MANY);
    OK(nearest_index_new(&x, c->lon, c->lat, NULL, c->count, &err));
    for (int i = 0; i < 400; i++) {
        size_t n = stream_below(&s, c->count), m = stream_below(&s, c->count);
        /* The limit is exactly the distance of a point: inclusive. */
        double exact = haversine_km(c->lon[n], c->lat[n], c->lon[m], c->lat[m]);
        compare_within(c, x, c->lon[n], c->lat[n], exact, out, km, MANY);
        compare_within(c, x, c->lon[n], c->lat[n], 0, out, km, MANY);
        compare_within(c, x, c->lon[n], c->lat[n], exact, out, km, 5);
        compare_within(c, x, c->lon[n], c->lat[n], 1e9, out, km, (size_t)i % 7);
    }
    assert_int_equal(nearest_within(x, 0, 0, NAN, out, km, MANY), 0);
    assert_int_equal(nearest_within(x, 0, 0, -1, out, km, MANY), 0);
    nearest_index_free(x);
    memory_free(c);
    memory_free(out);
    memory_free(km);
}

static void test_an_empty_index_finds_nowhere(void **state)
{
    (void)state;
    error err;
    nearest_index *x = NULL;
    double lon = 2, lat = 48, km = 0;
    uint8_t no = 0;
    OK(nearest_index_new(&x, &lon, &lat, &no, 1, &err));
    assert_true(nearest_find(x, 2, 48, &km) == LOCATED_NOWHERE);
    assert_int_equal(nearest_within(x, 2, 48, 100, NULL, NULL, 0), 0);
    nearest_index_free(x);
}

static void test_a_point_without_coordinates_is_refused_unless_unused(void **state)
{
    (void)state;
    error err;
    nearest_index *x = NULL;
    double lon[] = {2, NAN}, lat[] = {48, NAN};
    uint8_t use[] = {1, 0};
    double km = 0;
    assert_int_equal(nearest_index_new(&x, lon, lat, NULL, 2, &err), STATUS_INPUT);
    OK(nearest_index_new(&x, lon, lat, use, 2, &err));
    assert_int_equal(nearest_find(x, 3, 48, &km), 0);
    nearest_index_free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nearest_equals_a_scan),
        cmocka_unit_test(test_within_equals_a_scan),
        cmocka_unit_test(test_an_empty_index_finds_nowhere),
        cmocka_unit_test(test_a_point_without_coordinates_is_refused_unless_unused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
