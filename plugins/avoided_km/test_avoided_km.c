/* Avoided kilometres with expected values: the golden case of METHODS section 3, a closed-form
 * interval, and each rule of the model on a case computed by hand. */
#include "world.h"

#include "table/reader.h"

enum { HOME = 1, WALK, BICYCLE, TWO_WHEELER, CAR, TRANSIT };

static const world_place places[] = {
    {.code = "77001", .population = 1000, .lat = 48.0, .epci = "E1"},
    {.code = "77002", .population = 1000, .lat = 48.2, .epci = "E1"}};
static const world_venue one_venue[] = {{.id = "l:1", .place = 0, .functions = "a"}};

/* Days a year of n managers with the default parameters: n tau pi k W. */
static const double days_a_manager = 0.522 * 0.10 * 1.4 * 46;
static const double occ = 1.10, kept = 0.5 * (1.0 - 0.25), ef_car = 0.19;

/* n workers of the class going `commute_km` away, and one venue at `trip_km`. */
typedef struct one_flow {
    world_spec spec;
    world_flow flow;
    world_trip trip;
    world w;
} one_flow;

static void open_one(one_flow *o, double n, uint32_t mode, uint32_t cs, double commute_km,
                     double trip_km)
{
    o->flow = (world_flow){0, 1, mode, cs, n, 0.0, commute_km, 1.2 * commute_km, commute_km};
    o->trip = (world_trip){0, 0, 1.2 * trip_km, trip_km};
    o->spec = (world_spec){.places = places,
                           .place_count = 2,
                           .venues = one_venue,
                           .venue_count = 1,
                           .trips = &o->trip,
                           .trip_count = 1,
                           .flows = &o->flow,
                           .flow_count = 1,
                           .limit_min = 200};
    world_open(&o->w, &o->spec);
}

enum { SETTINGS_MAX = 4 };
typedef struct asked_for {
    const char *value[SETTINGS_MAX];
    indicator_setting setting[SETTINGS_MAX];
    indicator list[2];
} asked_for;

/* name, value, name, value ... NULL */
static const indicator *ask(asked_for *a, const char *const *pairs)
{
    size_t count = 0;
    for (; pairs[2 * count] != NULL; count++) {
        a->value[count] = pairs[2 * count + 1];
        a->setting[count] = (indicator_setting){.name = pairs[2 * count],
                                                .values = &a->value[count],
                                                .value_count = 1,
                                                .where = {"run.yaml", 4, 3}};
    }
    a->list[0] = (indicator){.plugin = "commuting"};
    a->list[1] =
        (indicator){.plugin = "avoided_km", .settings = a->setting, .setting_count = count};
    return a->list;
}
#define ASK(a, ...) ask((a), (const char *const[]){__VA_ARGS__, NULL})
#define RUN(w, ...)                                                                                \
    do {                                                                                           \
        asked_for a_;                                                                              \
        world_run((w), ASK(&a_, __VA_ARGS__), 2, 1);                                               \
    } while (0)

static double venue(const world *w, const char *id, const char *column_name)
{
    return value_of(w, "venues", id, column_name);
}

/* --- the golden case --- */

static void a_hundred_managers_twenty_km_from_work_five_from_the_venue(void **state)
{
    one_flow o;
    (void)state;
    open_one(&o, 100, CAR, 3, 20, 5);
    RUN(&o.w, "vary", "none");
    assert_near(venue(&o.w, "l:1", "venue_days"), 336.168, 1e-12);
    assert_near(venue(&o.w, "l:1", "gross_km"), 336.168 * 40 / 1.1, 1e-12);
    assert_near(venue(&o.w, "l:1", "net_km"), 336.168 * (0.5 * 40 / 1.1 * 0.75 - 10 / 1.1), 1e-12);
    assert_near(venue(&o.w, "l:1", "breakeven_alpha"), 1.0 / 3.0, 1e-12);
    /* as printed in METHODS */
    assert_true(fabs(venue(&o.w, "l:1", "gross_km") - 12224.3) < 0.05);
    assert_true(fabs(venue(&o.w, "l:1", "net_km") - 1528.0) < 0.05);
    assert_near(venue(&o.w, "l:1", "co2_t_p50"), venue(&o.w, "l:1", "net_km") * ef_car / 1000.0,
                1e-12);
    /* the commune, the territory and the total say the same */
    assert_near(value_of(&o.w, "places", "77001", "net_km"), venue(&o.w, "l:1", "net_km"), 1e-12);
    assert_near(value_of(&o.w, "places", "77001", "workers_feasible"), 100, 0);
    assert_near(value_of(&o.w, "places", "77001", "net_km_per_worker"),
                venue(&o.w, "l:1", "net_km") / 100, 1e-12);
    assert_near(value_of(&o.w, "territories", "E1", "net_km"), venue(&o.w, "l:1", "net_km"), 1e-12);
    assert_near(total_of(&o.w, "avoided_km", "net_km_default"), venue(&o.w, "l:1", "net_km"),
                1e-12);
    assert_near(total_of(&o.w, "avoided_km", "days"), 336.168, 1e-12);
    world_close(&o.w);
}

static void nothing_drawn_gives_equal_ends(void **state)
{
    one_flow o;
    double ends[3];
    (void)state;
    open_one(&o, 100, CAR, 3, 20, 5);
    RUN(&o.w, "vary", "none");
    total_interval(&o.w, "avoided_km", "net_km", ends);
    for (size_t i = 0; i < 3; i++)
        assert_near(ends[i], venue(&o.w, "l:1", "net_km"), 0);
    assert_near(venue(&o.w, "l:1", "net_km_p05"), venue(&o.w, "l:1", "net_km_p95"), 0);
    assert_near(venue(&o.w, "l:1", "net_km_p50"), venue(&o.w, "l:1", "net_km"), 0);
    world_close(&o.w);
}

/* Net km are linear in alpha, alpha uniform in 0.2..0.9: the quantiles are known. The error of a
 * sample quantile q of n draws is sqrt(q (1 - q) / n) of the range; four of them are allowed. */
static void drawing_alpha_alone_gives_the_exact_quantiles(void **state)
{
    static const double q[] = {0.05, 0.50, 0.95};
    static const char *const columns[] = {"net_km_p05", "net_km_p50", "net_km_p95"};
    const double draws = 10000, days = 100 * days_a_manager;
    double ends[3];
    one_flow o;
    (void)state;
    open_one(&o, 100, CAR, 3, 20, 5);
    RUN(&o.w, "vary", "alpha", "draws", "10000");
    total_interval(&o.w, "avoided_km", "net_km", ends);
    for (size_t i = 0; i < 3; i++) {
        const double slope = days * 40 * 0.75 / occ,
                     wanted = slope * (0.2 + 0.7 * q[i]) - days * 10 / occ;
        const double allowed = 4.0 * 0.7 * slope * sqrt(q[i] * (1.0 - q[i]) / draws);
        assert_true(fabs(venue(&o.w, "l:1", columns[i]) - wanted) <= allowed);
        assert_true(fabs(ends[i] - wanted) <= allowed);
        assert_true(fabs(value_of(&o.w, "territories", "E1", columns[i]) - wanted) <= allowed);
        assert_true(fabs(value_of(&o.w, "avoided_km_sensitivity", "alpha", columns[i]) - wanted) <=
                    allowed);
        /* drawn alone, a parameter that is not drawn moves nothing */
        assert_near(value_of(&o.w, "avoided_km_sensitivity", "rho", columns[i]),
                    days * (40 * kept - 10) / occ, 1e-12);
    }
    world_close(&o.w);
}

/* The sampling of flows alone: normal, standard deviation |a| sqrt(V) with a the net km of one
 * worker. */
static void the_sampling_of_flows_widens_the_interval_by_its_variance(void **state)
{
    one_flow o;
    (void)state;
    open_one(&o, 100, CAR, 3, 20, 5);
    world_close(&o.w);
    o.flow.variance = 150;
    world_open(&o.w, &o.spec);
    RUN(&o.w, "vary", "flows", "draws", "10000");
    const double central = venue(&o.w, "l:1", "net_km"), sd = central / 100 * sqrt(150.0);
    assert_true(fabs(venue(&o.w, "l:1", "net_km_p50") - central) < 4 * 1.2533 * sd / 100);
    /* error of a normal quantile at 5 %: sqrt(0.05 0.95 / n) / density(1.645) */
    assert_true(fabs(venue(&o.w, "l:1", "net_km_p05") - (central - 1.6449 * sd)) <
                4 * 2.113 * sd / 100);
    assert_true(fabs(venue(&o.w, "l:1", "net_km_p95") - (central + 1.6449 * sd)) <
                4 * 2.113 * sd / 100);
    world_close(&o.w);
}

/* --- who counts, and how --- */

static void each_mode_and_occupation_counts_in_its_own_way(void **state)
{
    static const double ef_moto = 0.0872, ef_transit = 0.0277, drive = 0.53;
    const double d3 = 1000 * days_a_manager, d2 = 1000 * 0.10 * 0.10 * 1.4 * 46;
    const struct {
        uint32_t mode, cs;
        double commute, trip, days, net, co2_kg;
    } cases[] = {
        {CAR, 3, 20, 5, d3, (40 * kept - 10) / occ, (40 * kept - 10) / occ * ef_car},
        {CAR, 3, 20, 2, d3, (40 * kept - 4 * drive) / occ,
         (40 * kept - 4 * drive) / occ * ef_car}, /* 2 km: 53 % drive */
        {CAR, 3, 20, 2.001, d3, (40 * kept - 4.002) / occ, (40 * kept - 4.002) / occ * ef_car},
        {TWO_WHEELER, 3, 20, 5, d3, 40 * kept - 10 / occ, 40 * kept * ef_moto - 10 / occ * ef_car},
        {TRANSIT, 3, 20, 5, d3, 0,
         (40 * kept - 10) * ef_transit}, /* the trip is by public transport */
        {TRANSIT, 3, 20, 1.5, d3, -3 * drive / occ,
         (40 * kept - 3 * (1 - drive)) * ef_transit - 3 * drive / occ * ef_car},
        {WALK, 3, 20, 5, d3, 0, 0}, /* no car on the commute, none to the venue beyond 2 km */
        {WALK, 3, 20, 1.5, d3, -3 * drive / occ, -3 * drive / occ * ef_car},
        {BICYCLE, 3, 20, 1.5, d3, -3 * drive / occ, -3 * drive / occ * ef_car},
        {CAR, 2, 20, 5, d2, -10 / occ,
         -10 / occ * ef_car}, /* self-employed: alpha is 0, the trip is added */
        {HOME, 3, 20, 5, 0, 0, 0},
        {CAR, 0, 20, 5, 0, 0, 0}, /* occupation unknown: no teleworkable share */
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        one_flow o;
        open_one(&o, 1000, cases[i].mode, cases[i].cs, cases[i].commute, cases[i].trip);
        RUN(&o.w, "vary", "none");
        assert_true(fabs(venue(&o.w, "l:1", "venue_days") - cases[i].days) <=
                    1e-9 * (1 + cases[i].days));
        const double net = cases[i].days * cases[i].net,
                     co2 = cases[i].days * cases[i].co2_kg / 1000.0;
        if (fabs(venue(&o.w, "l:1", "net_km") - net) > 1e-9 * (1 + fabs(net)))
            fail_msg("case %zu: net %.9g, wanted %.9g", i, venue(&o.w, "l:1", "net_km"), net);
        if (fabs(venue(&o.w, "l:1", "co2_t_p50") - co2) > 1e-9 * (1 + fabs(co2)))
            fail_msg("case %zu: CO2 %.9g, wanted %.9g", i, venue(&o.w, "l:1", "co2_t_p50"), co2);
        world_close(&o.w);
    }
}

static void the_self_employed_may_be_left_out(void **state)
{
    one_flow o;
    (void)state;
    open_one(&o, 1000, CAR, 2, 20, 5);
    RUN(&o.w, "vary", "none");
    assert_int_equal(state_of(&o.w, "venues", "l:1", "breakeven_alpha"),
                     VALUE_NOT_APPLICABLE); /* no alpha is enough */
    RUN(&o.w, "vary", "none", "self-employed", "excluded");
    assert_near(venue(&o.w, "l:1", "venue_days"), 0, 0);
    assert_near(venue(&o.w, "l:1", "net_km"), 0, 0);
    world_close(&o.w);
}

/* d + delta < D strictly; Dmin and Dmax included. */
static void only_feasible_trips_count(void **state)
{
    static const struct {
        double commute, trip;
        const char *delta;
        bool counts;
    } cases[] = {
        {7, 5, "2 km", false},     {7.001, 5, "2 km", true}, {2, 1, "0 km", true},
        {1.999, 1, "0 km", false}, {100, 5, "2 km", true},   {100.001, 5, "2 km", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        one_flow o;
        open_one(&o, 1000, CAR, 3, cases[i].commute, cases[i].trip);
        RUN(&o.w, "vary", "none", "delta", cases[i].delta);
        assert_int_equal(venue(&o.w, "l:1", "venue_days") > 0.0, cases[i].counts);
        assert_int_equal(value_of(&o.w, "places", "77001", "workers_feasible") > 0.0,
                         cases[i].counts);
        world_close(&o.w);
    }
}

static void a_venue_takes_workers_when_open_with_the_function_a(void **state)
{
    static const world_venue offer[] = {
        {.id = "l:1", .place = 0, .functions = "a", .status = "closed"},
        {.id = "l:2", .place = 0, .functions = "bcdefgh"},
        {.id = "l:3", .place = 0, .functions = "A"},
    };
    static const world_trip trips[] = {{0, 0, 1, 5}, {0, 1, 1, 5}, {0, 2, 1, 5}};
    static const world_flow flow = {0, 1, CAR, 3, 100, 0, 20, 24, 20};
    static const world_spec spec = {.places = places,
                                    .place_count = 2,
                                    .venues = offer,
                                    .venue_count = 3,
                                    .trips = trips,
                                    .trip_count = 3,
                                    .flows = &flow,
                                    .flow_count = 1,
                                    .limit_min = 60};
    world w;
    (void)state;
    world_open(&w, &spec);
    RUN(&w, "vary", "none");
    assert_near(venue(&w, "l:3", "venue_days"), 336.168, 1e-12);
    assert_int_equal(state_of(&w, "venues", "l:1", "venue_days"), VALUE_NOT_APPLICABLE);
    assert_int_equal(state_of(&w, "venues", "l:2", "venue_days"), VALUE_NOT_APPLICABLE);
    world_close(&w);
}

/* --- several venues --- */

typedef struct two_venues {
    world_venue list[2];
    world_trip trips[2];
    world_flow flow;
    world_spec spec;
    world w;
} two_venues;

static void open_two(two_venues *t, double n, const double km[2], const double seats[2])
{
    static const char *const ids[] = {"l:1", "l:2"};
    for (uint32_t v = 0; v < 2; v++) {
        t->list[v] =
            (world_venue){.id = ids[v], .place = 0, .functions = "a", .capacity = seats[v]};
        t->trips[v] = (world_trip){0, v, km[v], km[v]};
    }
    t->flow = (world_flow){0, 1, CAR, 3, n, 0.0, 20, 24, 20};
    t->spec = (world_spec){.places = places,
                           .place_count = 2,
                           .venues = t->list,
                           .venue_count = 2,
                           .trips = t->trips,
                           .trip_count = 2,
                           .flows = &t->flow,
                           .flow_count = 1,
                           .limit_min = 60};
    world_open(&t->w, &t->spec);
}

/* Distance exponent 2: a venue twice as far draws a quarter. */
static void a_worker_goes_to_one_venue_by_attraction(void **state)
{
    static const double km[] = {5, 10}, undeclared[] = {0, 0};
    const double days = 1000 * days_a_manager;
    two_venues t;
    (void)state;
    open_two(&t, 1000, km, undeclared);
    RUN(&t.w, "vary", "none");
    assert_near(venue(&t.w, "l:1", "venue_days"), 0.8 * days, 1e-12);
    assert_near(venue(&t.w, "l:2", "venue_days"), 0.2 * days, 1e-12);
    /* attributed kilometres sum to the total */
    assert_near(venue(&t.w, "l:1", "net_km") + venue(&t.w, "l:2", "net_km"),
                total_of(&t.w, "avoided_km", "net_km_default"), 1e-12);
    world_close(&t.w);
}

/* K(V) - K(V without v): the days of v go to the other one. Mean trip 6 km; without l:1 10 km,
 * without l:2 5 km. */
static void the_marginal_is_what_the_venue_adds(void **state)
{
    static const double km[] = {5, 10}, undeclared[] = {0, 0};
    const double days = 1000 * days_a_manager;
    two_venues t;
    one_flow o;
    (void)state;
    open_two(&t, 1000, km, undeclared);
    RUN(&t.w, "vary", "none");
    assert_near(venue(&t.w, "l:1", "net_km_marginal"), days * 2 * (10 - 6) / occ, 1e-10);
    assert_near(venue(&t.w, "l:2", "net_km_marginal"), days * 2 * (5 - 6) / occ, 1e-10);
    world_close(&t.w);
    /* alone, it adds all */
    open_one(&o, 100, CAR, 3, 20, 5);
    RUN(&o.w, "vary", "none");
    assert_near(venue(&o.w, "l:1", "net_km_marginal"), venue(&o.w, "l:1", "net_km"), 1e-12);
    world_close(&o.w);
}

/* 1,000 managers ask 3,361.68 days. Two seats give 2 x 0.8 x 230 = 368: the excess goes to the
 * other venue. */
static void a_full_venue_passes_its_excess_on(void **state)
{
    static const double km[] = {5, 5}, seats[] = {2, 0};
    const double days = 1000 * days_a_manager, room = 2 * 0.8 * 230;
    two_venues t;
    (void)state;
    open_two(&t, 1000, km, seats);
    RUN(&t.w, "vary", "none");
    assert_near(venue(&t.w, "l:1", "venue_days"), room, 1e-12);
    assert_near(venue(&t.w, "l:2", "venue_days"), days - room, 1e-12);
    world_close(&t.w);
}

/* Two and three seats: 368 + 552 days, all the others stay commuters. */
static void declared_seats_are_never_exceeded(void **state)
{
    static const double km[] = {5, 7}, seats[] = {2, 3};
    two_venues t;
    (void)state;
    open_two(&t, 1000, km, seats);
    RUN(&t.w, "vary", "none");
    assert_near(venue(&t.w, "l:1", "venue_days"), 2 * 0.8 * 230, 1e-9);
    assert_near(venue(&t.w, "l:2", "venue_days"), 3 * 0.8 * 230, 1e-9);
    assert_near(value_of(&t.w, "places", "77001", "venue_days"), 5 * 0.8 * 230, 1e-9);
    world_close(&t.w);
}

static void seats_are_never_exceeded_over_many_flows(void **state)
{
    const world_spec *spec = world_large();
    world w;
    (void)state;
    world_open(&w, spec);
    RUN(&w, "vary", "none", "open-days", "1 d/a"); /* hardly any room: many rounds */
    double taken = 0.0;
    for (size_t v = 0; v < spec->venue_count; v++) {
        const world_venue *from = &spec->venues[v];
        if (from->place == PLACE_NONE || spec->places[from->place].margin ||
            state_of(&w, "venues", from->id, "venue_days") != VALUE_PRESENT)
            continue;
        const double days = venue(&w, from->id, "venue_days");
        taken += days;
        assert_true(days >= 0.0);
        if (from->capacity > 0.0)
            assert_true(days <= from->capacity * 0.8 * 1.0 * (1.0 + 1e-9));
    }
    assert_true(taken > 0.0);
    world_close(&w);
}

/* --- reliability, parameters --- */

static void it_is_never_better_than_fragile(void **state)
{
    one_flow o;
    (void)state;
    open_one(&o, 100, CAR, 3, 60, 1.5);
    RUN(&o.w, "vary", "alpha");
    assert_string_equal(text_of(&o.w, "venues", "l:1", "net_km_reliability"),
                        "fragile"); /* positive for every alpha */
    world_close(&o.w);
    o.spec.assumed_shares = true;
    world_open(&o.w, &o.spec);
    RUN(&o.w, "vary", "alpha");
    assert_string_equal(text_of(&o.w, "venues", "l:1", "net_km_reliability"), "insuffisante");
    world_close(&o.w);
    open_one(&o, 100, CAR, 3, 20, 5);
    RUN(&o.w, "vary", "alpha");
    assert_string_equal(text_of(&o.w, "venues", "l:1", "net_km_reliability"),
                        "insuffisante"); /* its sign is not known */
    world_close(&o.w);
}

static void an_unknown_parameter_to_draw_is_refused(void **state)
{
    one_flow o;
    asked_for a;
    (void)state;
    open_one(&o, 100, CAR, 3, 20, 5);
    assert_int_not_equal(world_try(&o.w, ASK(&a, "vary", "alfa"), 2, 1), STATUS_OK);
    assert_true(world_said(&o.w, "\"alfa\" is not a parameter that can be drawn"));
    assert_int_not_equal(world_try(&o.w, ASK(&a, "alpha", "1.5"), 2, 1), STATUS_OK);
    assert_true(world_said(&o.w, "outside the allowed range"));
    world_close(&o.w);
}

/* --- the reference table --- */

typedef struct factor {
    double value, low, high;
    const char *law;
} factor;

static factor factor_of(const table *t, const char *symbol)
{
    const column *name = table_find(t, "symbol");
    const char *const numbers[] = {"default", "low", "high"};
    double values[3];
    assert_non_null(name);
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(column_text(name, row), symbol) != 0)
            continue;
        for (size_t i = 0; i < 3; i++) {
            const column *c = table_find(t, numbers[i]);
            assert_non_null(c);
            assert_int_equal(sscanf(column_text(c, row), "%lf", &values[i]), 1);
        }
        return (factor){values[0], values[1], values[2],
                        column_text(table_find(t, "distribution"), row)};
    }
    fail_msg("no factor %s", symbol);
    return (factor){0};
}

static const bassin_param *param_of(const bassin_plugin *p, const char *id)
{
    for (uint32_t i = 0; i < p->params.count; i++) {
        const bassin_param *q =
            (const void *)((const char *)p->params.items + (size_t)i * p->params.stride);
        if (strcmp(q->id, id) == 0)
            return q;
    }
    fail_msg("no parameter %s", id);
    return NULL;
}

static void compare_factors(const bassin_plugin *p, const table *t)
{
    static const char *const names[][2] = {
        {"k", "k"},
        {"w", "W"},
        {"tau-cs1", "tau_CS1"},
        {"tau-cs2", "tau_CS2"},
        {"tau-cs3", "tau_CS3"},
        {"tau-cs4", "tau_CS4"},
        {"tau-cs5", "tau_CS5"},
        {"tau-cs6", "tau_CS6"},
        {"pi", "pi"},
        {"alpha", "alpha"},
        {"rho", "rho"},
        {"occ", "occ"},
        {"dmin", "Dmin"},
        {"dmax", "Dmax"},
        {"ef-car", "EF_car"},
        {"ef-moto", "EF_moto"},
        {"b-distance", "b_distance"},
        {"u-occupancy", "u_occupancy"},
        {"open-days", "open_days"},
        {"delta", "delta"},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const bassin_param *q = param_of(p, names[i][0]);
        const factor f = factor_of(t, names[i][1]);
        if (strcmp(q->distribution, f.law) != 0)
            fail_msg("%s: %s in the plugin, %s in factors.csv", names[i][0], q->distribution,
                     f.law);
        assert_near(q->fallback, f.value, 0);
        assert_near(q->low, f.low, 0);
        assert_near(q->high, f.high, 0);
    }
    /* public transport as a whole: a regional train, from the metro to the bus */
    assert_near(param_of(p, "ef-transit")->fallback, factor_of(t, "EF_ter").value, 0);
    assert_near(param_of(p, "ef-transit")->low, factor_of(t, "EF_metro").value, 0);
    assert_near(param_of(p, "ef-transit")->high, factor_of(t, "EF_bus").value, 0);
}

static void parameters_are_those_of_the_reference_table(void **state)
{
    static const plugin_search where = {.builtin_folder = BASSIN_BINARY_DIR "/plugins"};
    static const char *const wanted[] = {"avoided_km"};
    const read_options options = {.path = BASSIN_SOURCE_DIR "/datasets/reference/factors.csv"};
    const loaded_plugin *list = NULL;
    size_t count = 0;
    faults *faults_list = NULL;
    arena *memory = NULL;
    table *t = NULL;
    error err;
    (void)state;
    assert_int_equal(faults_new(&faults_list, &err), STATUS_OK);
    assert_int_equal(arena_new(&memory, &err), STATUS_OK);
    assert_int_equal(table_read(&options, &t, NULL, faults_list), STATUS_OK);
    assert_int_equal(plugins_open(&where, wanted, 1, memory, &list, &count, faults_list),
                     STATUS_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].plugin->id, "avoided_km") == 0)
            compare_factors(list[i].plugin, t);
    table_free(t);
    arena_free(memory);
    faults_free(faults_list);
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    static const char *const draws[] = {"200"};
    static const indicator_setting setting = {.name = "draws", .values = draws, .value_count = 1};
    static const indicator asked[] = {
        {.plugin = "commuting"},
        {.plugin = "avoided_km", .settings = &setting, .setting_count = 1}};
    (void)state;
    assert_any_threads(world_large(), asked, 2);
}

/* No seat declared is not no declaration: the days go to the other venue. */
static void a_venue_declared_to_seat_nobody_takes_nobody(void **state)
{
    two_venues t;
    (void)state;
    open_two(&t, 100, (const double[]){5, 5}, (const double[]){-1, 0});
    RUN(&t.w, "vary", "none");
    assert_int_equal(state_of(&t.w, "venues", "l:1", "venue_days"), VALUE_NOT_APPLICABLE);
    assert_near(value_of(&t.w, "venues", "l:2", "venue_days"), 100 * days_a_manager, 1e-9);
    world_close(&t.w);
}

/* The golden commuters, their work place over the border, 20 km away: a line apart, with the others
 * only on request, and then the same kilometres as anyone. */
static void frontier_workers_are_a_line_apart_unless_asked(void **state)
{
    (void)state;
    const double days = 100 * days_a_manager, net = days * (kept * 2 * 20 / occ - 2 * 5 / occ);
    for (int with = 0; with < 2; with++) {
        one_flow o;
        o.flow = (world_flow){
            .o = 0, .j = WORK_OUTSIDE, .mode = CAR, .cs = 3, .workers = 100, .crow_km = 20};
        o.trip = (world_trip){0, 0, 6, 5};
        o.spec = (world_spec){.places = places,
                              .place_count = 2,
                              .venues = one_venue,
                              .venue_count = 1,
                              .trips = &o.trip,
                              .trip_count = 1,
                              .flows = &o.flow,
                              .flow_count = 1,
                              .limit_min = 200};
        world_open(&o.w, &o.spec);
        RUN(&o.w, "vary", "none", "frontier", with ? "added" : "separate");
        assert_near(total_of(&o.w, "avoided_km", "frontier_days"), days, 1e-12);
        assert_near(total_of(&o.w, "avoided_km", "frontier_net_km"), net, 1e-12);
        assert_near(total_of(&o.w, "avoided_km", "days"), with ? days : 0, 1e-12);
        assert_near(total_of(&o.w, "avoided_km", "net_km_default"), with ? net : 0, 1e-12);
        world_close(&o.w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frontier_workers_are_a_line_apart_unless_asked),
        cmocka_unit_test(a_venue_declared_to_seat_nobody_takes_nobody),
        cmocka_unit_test(a_hundred_managers_twenty_km_from_work_five_from_the_venue),
        cmocka_unit_test(nothing_drawn_gives_equal_ends),
        cmocka_unit_test(drawing_alpha_alone_gives_the_exact_quantiles),
        cmocka_unit_test(the_sampling_of_flows_widens_the_interval_by_its_variance),
        cmocka_unit_test(each_mode_and_occupation_counts_in_its_own_way),
        cmocka_unit_test(the_self_employed_may_be_left_out),
        cmocka_unit_test(only_feasible_trips_count),
        cmocka_unit_test(a_venue_takes_workers_when_open_with_the_function_a),
        cmocka_unit_test(a_worker_goes_to_one_venue_by_attraction),
        cmocka_unit_test(the_marginal_is_what_the_venue_adds),
        cmocka_unit_test(a_full_venue_passes_its_excess_on),
        cmocka_unit_test(declared_seats_are_never_exceeded),
        cmocka_unit_test(seats_are_never_exceeded_over_many_flows),
        cmocka_unit_test(it_is_never_better_than_fragile),
        cmocka_unit_test(an_unknown_parameter_to_draw_is_refused),
        cmocka_unit_test(parameters_are_those_of_the_reference_table),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
