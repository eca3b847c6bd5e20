/* The three-zone hospital example of pysal/access: four scenarios of asymmetric costs, 2SFCA and
 * 3SFCA.
 *
 * Its 3SFCA lets the sites beyond the cut-off take part in the selection weights; ours does not
 * (METHODS section 4: G = w / sum of w, and w is 0 there). So 3SFCA is compared where every pair is
 * within the cut-off, 2SFCA everywhere.
 *
 * Its weights are 1/cost below 61. Its costs are 1, 20, 40 and 80 only, so that limits at 1, 20, 40
 * and 60 min with the weights 1, 1/20, 1/40 and 0 say the same. A venue of bassin supplies 1:
 * accessibility is linear in the supplies, and access_tl gives the part of the one venue that is a
 * third place. */
#include "world.h"

#include <stdlib.h>

#include "figures.h"

enum { ZONES = 3, SCENARIOS = 4, PAIRS = ZONES * ZONES };

/* Places and venues of one scenario; zone i is row i - 1 of both. */
typedef struct hospital {
    world_place places[ZONES];
    world_venue venues[ZONES];
    world_trip trips[PAIRS];
    size_t trip_count;
    double supply[ZONES];
} hospital;

static void hospital_read(hospital *h, const table *zones, const table *costs_table,
                          const char *scenario_id)
{
    static const char *const codes[ZONES] = {"1", "2", "3"}, *const ids[ZONES] = {"d:1", "d:2",
                                                                                  "d:3"};
    *h = (hospital){.trip_count = 0};
    for (uint32_t z = 0; z < ZONES; z++) {
        assert_string_equal(text_in(zones, z, "geoid"), codes[z]);
        h->supply[z] = number_in(zones, z, "doc");
        h->places[z] = (world_place){
            .code = codes[z], .population = number_in(zones, z, "pop"), .lat = 46.0 + 0.1 * z};
        h->venues[z] = (world_venue){.id = ids[z], .place = z, .functions = "g"};
    }
    for (size_t row = 0; row < costs_table->rows; row++) {
        const double minutes = number_in(costs_table, row, "cost");
        if (strcmp(text_in(costs_table, row, "scenario"), scenario_id) != 0 || minutes > 60.0)
            continue;
        h->trips[h->trip_count++] =
            (world_trip){(uint32_t)number_in(costs_table, row, "origin") - 1,
                         (uint32_t)number_in(costs_table, row, "dest") - 1, minutes, minutes};
    }
}

/* Supply of each zone in `access`, by the part of one venue at a time. */
static void hospital_access(hospital *h, const char *method, double access[ZONES])
{
    static const char *const limits[] = {"1 min", "20 min", "40 min", "60 min"},
                             *const weights[] = {"1", "0.05", "0.025", "0"};
    const indicator_setting settings[] = {{.name = "method", .values = &method, .value_count = 1},
                                          {.name = "limits", .values = limits, .value_count = 4},
                                          {.name = "weights", .values = weights, .value_count = 4}};
    const indicator asked = {.plugin = "catchment", .settings = settings, .setting_count = 3};
    memset(access, 0, ZONES * sizeof *access);
    for (size_t v = 0; v < ZONES; v++) {
        world w;
        for (size_t k = 0; k < ZONES; k++)
            h->venues[k].other = k != v;
        const world_spec spec = {.places = h->places,
                                 .place_count = ZONES,
                                 .venues = h->venues,
                                 .venue_count = ZONES,
                                 .trips = h->trips,
                                 .trip_count = h->trip_count,
                                 .limit_min = 60};
        world_open(&w, &spec);
        world_run(&w, &asked, 1, 1);
        for (size_t z = 0; z < ZONES; z++)
            access[z] +=
                h->supply[v] * value_of(&w, "places", h->places[z].code, "access_tl") / 1000.0;
        world_close(&w);
    }
}

static double expected(const table *t, const char *scenario_id, const char *measure,
                       const char *zone)
{
    for (size_t row = 0; row < t->rows; row++)
        if (strcmp(text_in(t, row, "scenario"), scenario_id) == 0 &&
            strcmp(text_in(t, row, "measure"), measure) == 0 &&
            strcmp(text_in(t, row, "geoid"), zone) == 0)
            return number_in(t, row, "access");
    fail_msg("no value for %s %s %s", scenario_id, measure, zone);
    return NAN;
}

static void the_published_values(void **state)
{
    static const char *const measures[] = {"2sfca", "3sfca"}, *const methods[] = {"e2sfca",
                                                                                  "3sfca"};
    static const char *const scenarios[SCENARIOS] = {"0", "1", "2", "3"};
    char path[256];
    size_t compared = 0;
    (void)state;
    SKIP_WITHOUT_SHARED(path, "cases/pysal_hospital/zones.csv");
    table *zones = read_texts(path);
    assert_true(shared_file(path, "cases/pysal_hospital/costs.csv"));
    table *costs_table = read_texts(path);
    assert_true(shared_file(path, "cases/pysal_hospital/expected.csv"));
    table *golden = read_texts(path);
    for (size_t s = 0; s < SCENARIOS; s++)
        for (size_t m = 0; m < COUNT_OF(measures); m++) {
            hospital h;
            double access[ZONES];
            hospital_read(&h, zones, costs_table, scenarios[s]);
            if (m == 1 && h.trip_count < PAIRS)
                continue;
            compared += ZONES;
            hospital_access(&h, methods[m], access);
            for (size_t z = 0; z < ZONES; z++)
                assert_near(access[z],
                            expected(golden, scenarios[s], measures[m], h.places[z].code), 1e-12);
        }
    assert_int_equal(compared, SCENARIOS * ZONES + ZONES);
    table_free(zones);
    table_free(costs_table);
    table_free(golden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_published_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
