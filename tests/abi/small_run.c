#include "small_run.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "geo/projection.h"

enum { COLUMNS = 25, STEP_M = 2000 };

static void *room(small_run *r, size_t count, size_t size)
{
    void *at = arena_take(r->memory, count, size);
    assert_non_null(at);
    return at;
}

/* A prefix and a number of at least `digits` digits. */
static const char *textf(small_run *r, const char *prefix, int digits, size_t number)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%s%0*zu", prefix, digits, number);
    char *copy = arena_text(r->memory, text);
    assert_non_null(copy);
    return copy;
}

static double x_of(size_t p)
{
    return 600000.0 + (double)(p % COLUMNS) * STEP_M;
}

static double y_of(size_t p)
{
    return 6700000.0 + (double)(p / COLUMNS) * STEP_M;
}

/* Degrees: near enough for a test, distances stay about 2 km a step. */
static double lon_of(double x)
{
    return 2.0 + (x - 600000.0) / 72000.0;
}

static double lat_of(double y)
{
    return 48.0 + (y - 6700000.0) / 111000.0;
}

static size_t add_column(table_builder *b, const char *name, const char *unit_code,
                         column_type type)
{
    error err;
    size_t index;
    const column_spec spec = {name, name, name, unit_code, type, -1};
    assert_int_equal(table_builder_column(b, &spec, &index, &err), STATUS_OK);
    return index;
}

static void set_text(table_builder *b, size_t c, size_t row, const char *text)
{
    error err;
    assert_int_equal(table_builder_text(b, c, row, text_slice_of(text, strlen(text)), &err),
                     STATUS_OK);
}

static table *finish(table_builder *b)
{
    table *t = NULL;
    error err;
    assert_int_equal(table_build(b, &t, &err), STATUS_OK);
    table_builder_free(b);
    return t;
}

static table_builder *start(const char *name)
{
    table_builder *b = NULL;
    error err;
    assert_int_equal(table_builder_new(&b, name, &err), STATUS_OK);
    return b;
}

static void add_rows(table_builder *b, size_t rows)
{
    size_t first;
    error err;
    assert_int_equal(table_builder_rows(b, rows, &first, &err), STATUS_OK);
}

/* --- places --- */

static void place_arrays(small_run *r)
{
    territory *t = &r->territory;
    const char **code = room(r, SMALL_PLACES, sizeof *code),
               **name = room(r, SMALL_PLACES, sizeof *name);
    double *population = room(r, SMALL_PLACES, sizeof *population);
    double *lon = room(r, SMALL_PLACES, sizeof *lon), *lat = room(r, SMALL_PLACES, sizeof *lat);
    double *x = room(r, SMALL_PLACES, sizeof *x), *y = room(r, SMALL_PLACES, sizeof *y);
    uint32_t *density = room(r, SMALL_PLACES, sizeof *density);
    uint8_t *kept = room(r, SMALL_PLACES, sizeof *kept);
    for (size_t p = 0; p < SMALL_PLACES; p++) {
        code[p] = textf(r, "77", 3, p);
        name[p] = textf(r, "Commune ", 1, p);
        population[p] = p % 50 == 3 ? (double)NAN : 100.0 + (double)(p * 37 % 5000);
        x[p] = x_of(p);
        y[p] = y_of(p);
        lon[p] = lon_of(x[p]);
        lat[p] = lat_of(y[p]);
        density[p] = (uint32_t)(1 + p % 7);
        kept[p] = p < SMALL_KEPT;
    }
    t->place_count = SMALL_PLACES;
    t->code = code;
    t->name = name;
    t->population = population;
    t->lon = lon;
    t->lat = lat;
    t->x_m = x;
    t->y_m = y;
    t->density = density;
    t->kept = kept;
    t->epsg = 2154;
    t->title = "Petit pays";
}

static void place_table(small_run *r)
{
    const territory *t = &r->territory;
    table_builder *b = start("places");
    size_t code = add_column(b, "code", "", COLUMN_TEXT),
           name = add_column(b, "name", "", COLUMN_TEXT);
    size_t population = add_column(b, "population", "{person}", COLUMN_F64);
    size_t class = add_column(b, "point_class", "", COLUMN_TEXT);
    size_t area = add_column(b, "area_km2", "km2", COLUMN_F64);
    size_t density = add_column(b, "density7", "{class}", COLUMN_U32);
    size_t departement = add_column(b, "departement", "", COLUMN_TEXT);
    size_t edge = add_column(b, "border_km", "km", COLUMN_F64);
    size_t lon = add_column(b, "lon", "1", COLUMN_F64), lat = add_column(b, "lat", "1", COLUMN_F64);
    add_rows(b, SMALL_PLACES);
    for (size_t p = 0; p < SMALL_PLACES; p++) {
        set_text(b, code, p, t->code[p]);
        set_text(b, name, p, t->name[p]);
        set_text(b, class, p, "given");
        set_text(b, departement, p, "77");
        if (isfinite(t->population[p]))
            table_builder_f64(b, population, p, t->population[p]);
        table_builder_f64(b, area, p, 4.0);
        table_builder_u32(b, density, p, t->density[p]);
        table_builder_f64(b, edge, p, (double)(p % COLUMNS));
        table_builder_f64(b, lon, p, t->lon[p]);
        table_builder_f64(b, lat, p, t->lat[p]);
    }
    r->territory.places = finish(b);
}

static void groupings(small_run *r)
{
    grouping *list = room(r, 2, sizeof *list);
    for (size_t g = 0; g < 2; g++) {
        size_t size = g == 0 ? 25 : SMALL_PLACES, count = g == 0 ? 20 : 1;
        const char **code = room(r, count, sizeof *code), **name = room(r, count, sizeof *name);
        uint32_t *of_place = room(r, SMALL_PLACES, sizeof *of_place);
        for (size_t i = 0; i < count; i++) {
            code[i] = g == 0 ? textf(r, "2000", 2, i) : "77";
            name[i] = textf(r, "Groupe ", 1, i);
        }
        for (size_t p = 0; p < SMALL_PLACES; p++)
            of_place[p] = p / size < count ? (uint32_t)(p / size) : (uint32_t)GROUP_NONE;
        list[g] = (grouping){.level = g == 0 ? "epci" : "departement",
                             .title_fr = g == 0 ? "EPCI" : "Département",
                             .title_en = g == 0 ? "EPCI" : "Département",
                             .group_count = count,
                             .code = code,
                             .name = name,
                             .of_place = of_place};
    }
    r->territory.groupings = list;
    r->territory.grouping_count = 2;
}

static polygons *squares(bool degrees)
{
    polygons_builder *b = NULL;
    polygons *p = NULL;
    error err;
    static const double corner[5][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
    assert_int_equal(polygons_builder_new(&b, &err), STATUS_OK);
    for (size_t i = 0; i < SMALL_PLACES; i++) {
        assert_int_equal(polygons_builder_row(b, &err), STATUS_OK);
        assert_int_equal(polygons_builder_part(b, &err), STATUS_OK);
        assert_int_equal(polygons_builder_ring(b, &err), STATUS_OK);
        for (size_t k = 0; k < 5; k++) {
            double x = x_of(i) + corner[k][0] * STEP_M / 2, y = y_of(i) + corner[k][1] * STEP_M / 2;
            assert_int_equal(
                polygons_builder_point(b, degrees ? lon_of(x) : x, degrees ? lat_of(y) : y, &err),
                STATUS_OK);
        }
    }
    assert_int_equal(polygons_build(b, &p, &err), STATUS_OK);
    polygons_builder_free(b);
    return p;
}

static void outlines(small_run *r)
{
    error err;
    topology *borders = NULL;
    polygons *metres = squares(false);
    r->territory.outlines = squares(true);
    assert_int_equal(topology_build(metres, 0.0, &borders, &err), STATUS_OK);
    polygons_free(metres);
    r->territory.borders = borders;
    assert_int_equal(topology_neighbours(borders, r->memory, &r->territory.neighbour_start,
                                         &r->territory.neighbour, &err),
                     STATUS_OK);
}

/* --- venues --- */

static void venue_arrays(small_run *r)
{
    venues *v = &r->venues;
    const char **id = room(r, SMALL_VENUES, sizeof *id),
               **name = room(r, SMALL_VENUES, sizeof *name);
    double *lon = room(r, SMALL_VENUES, sizeof *lon), *lat = room(r, SMALL_VENUES, sizeof *lat);
    double *x = room(r, SMALL_VENUES, sizeof *x), *y = room(r, SMALL_VENUES, sizeof *y);
    uint32_t *place = room(r, SMALL_VENUES, sizeof *place);
    uint8_t *is_open = room(r, SMALL_VENUES, sizeof *is_open),
            *scope = room(r, SMALL_VENUES, sizeof *scope);
    double(*function)[FUNCTION_COUNT] = room(r, SMALL_VENUES, sizeof *function);
    for (size_t i = 0; i < SMALL_VENUES; i++) {
        bool placed = i != 5;
        size_t p = i * 59 % SMALL_PLACES;
        id[i] = textf(r, "liste:", 3, i);
        name[i] = textf(r, "Lieu ", 1, i);
        place[i] = placed ? (uint32_t)p : (uint32_t)PLACE_NONE;
        x[i] = placed ? x_of(p) + 150.0 : (double)NAN;
        y[i] = placed ? y_of(p) - 250.0 : (double)NAN;
        lon[i] = placed ? lon_of(x[i]) : (double)NAN;
        lat[i] = placed ? lat_of(y[i]) : (double)NAN;
        is_open[i] = i % 9 != 0;
        scope[i] = i % 2 == 0;
        for (size_t f = 0; f < FUNCTION_COUNT; f++)
            function[i][f] = (i + f) % 3 == 0 ? 1.0 : (i + f) % 3 == 1 ? 0.5 : 0.0;
    }
    *v = (venues){.count = SMALL_VENUES,
                  .id = id,
                  .name = name,
                  .lon = lon,
                  .lat = lat,
                  .x_m = x,
                  .y_m = y,
                  .place = place,
                  .open = is_open,
                  .in_scope = scope,
                  .function = (const double(*)[FUNCTION_COUNT])function};
}

static void venue_table(small_run *r)
{
    const venues *v = &r->venues;
    table_builder *b = start("venues");
    size_t id = add_column(b, "id", "", COLUMN_TEXT), name = add_column(b, "name", "", COLUMN_TEXT);
    size_t scope = add_column(b, "in_scope", "1", COLUMN_U32),
           how = add_column(b, "placement", "", COLUMN_TEXT);
    size_t code = add_column(b, "code", "", COLUMN_TEXT), function[FUNCTION_COUNT];
    size_t what = add_column(b, "kind", "", COLUMN_TEXT),
           family = add_column(b, "family", "", COLUMN_TEXT);
    size_t state = add_column(b, "status", "", COLUMN_TEXT);
    for (size_t f = 0; f < FUNCTION_COUNT; f++) {
        char column_name[16];
        (void)snprintf(column_name, sizeof column_name, "function_%c", (int)('a' + (int)f));
        function[f] = add_column(b, column_name, "1", COLUMN_F64);
    }
    add_rows(b, SMALL_VENUES);
    for (size_t i = 0; i < SMALL_VENUES; i++) {
        set_text(b, id, i, v->id[i]);
        set_text(b, name, i, v->name[i]);
        set_text(b, how, i, v->place[i] == PLACE_NONE ? "none" : "coordinates");
        if (v->place[i] != PLACE_NONE)
            set_text(b, code, i, r->territory.code[v->place[i]]);
        set_text(b, what, i, i % 2 == 0 ? "ART.FABLAB" : "EDU.MEDIA");
        set_text(b, family, i, i % 2 == 0 ? "artisanal" : "educatif");
        set_text(b, state, i, v->open[i] ? "open" : "project");
        table_builder_u32(b, scope, i, v->in_scope[i]);
        for (size_t f = 0; f < FUNCTION_COUNT; f++)
            table_builder_f64(b, function[f], i, v->function[i][f]);
    }
    r->venues.rows = finish(b);
}

/* --- costs --- */

static double minutes_between(const small_run *r, size_t p, size_t v, double kmh)
{
    double km =
        haversine_km(r->territory.lon[p], r->territory.lat[p], r->venues.lon[v], r->venues.lat[v]);
    return isfinite(km) ? km / kmh * 60.0 : (double)INFINITY;
}

/* One side of the sparse matrix: rows are places or venues. */
static void cost_side(small_run *r, bool by_place, double kmh, double limit,
                      const uint64_t **start_out, const uint32_t **other_out,
                      const double **minutes_out, const double **km_out)
{
    size_t rows = by_place ? SMALL_PLACES : SMALL_VENUES,
           others = by_place ? SMALL_VENUES : SMALL_PLACES;
    uint64_t *begin = room(r, rows + 1, sizeof *begin);
    uint32_t *other = room(r, rows * others, sizeof *other);
    double *minutes = room(r, rows * others, sizeof *minutes),
           *km = room(r, rows * others, sizeof *km);
    uint64_t used = 0;
    for (size_t i = 0; i < rows; i++) {
        begin[i] = used;
        for (size_t k = 0; k < others; k++) {
            double m = by_place ? minutes_between(r, i, k, kmh) : minutes_between(r, k, i, kmh);
            if (m > limit)
                continue;
            other[used] = (uint32_t)k;
            minutes[used] = m;
            km[used++] = m * kmh / 60.0 * 1.3;
        }
    }
    begin[rows] = used;
    *start_out = begin;
    *other_out = other;
    *minutes_out = minutes;
    *km_out = km;
}

static void cost_mode(small_run *r, size_t index, const char *mode, double kmh, double limit)
{
    costs *c = &r->mode_costs[index];
    *c = (costs){.mode = mode,
                 .source = TRAVEL_ESTIMATE,
                 .limit_min = limit,
                 .place_count = SMALL_PLACES,
                 .venue_count = SMALL_VENUES};
    cost_side(r, false, kmh, limit, &c->venue_start, &c->venue_place, &c->venue_minutes,
              &c->venue_km);
    cost_side(r, true, kmh, limit, &c->place_start, &c->place_venue, &c->place_minutes,
              &c->place_km);
    r->modes[index] = c;
}

/* --- flows --- */

static void flow_rows(small_run *r)
{
    table_builder *b = start("flows");
    size_t o = add_column(b, "o", "1", COLUMN_U32), j = add_column(b, "j", "1", COLUMN_U32);
    size_t mode = add_column(b, "mode", "{class}", COLUMN_U32),
           cs = add_column(b, "cs", "{class}", COLUMN_U32);
    size_t workers = add_column(b, "workers", "{person}", COLUMN_F64);
    size_t variance = add_column(b, "variance", "{person}", COLUMN_F64);
    size_t crow = add_column(b, "crow_km", "km", COLUMN_F64);
    uint32_t *origin = room(r, SMALL_FLOWS, sizeof *origin),
             *work = room(r, SMALL_FLOWS, sizeof *work);
    uint64_t *pair = room(r, SMALL_FLOWS + 1, sizeof *pair);
    add_rows(b, SMALL_FLOWS);
    for (size_t i = 0; i < SMALL_FLOWS; i++) {
        size_t from = i / 3;
        uint32_t to = i % 3 == 2 ? (uint32_t)WORK_OUTSIDE
                                 : (uint32_t)(i % 3 == 0 ? from : (from + 13) % SMALL_PLACES);
        double n = i % 3 == 1 ? 150.0 + (double)(from % 7) * 40.0 : 30.0;
        origin[i] = (uint32_t)from;
        work[i] = to;
        pair[i] = i;
        table_builder_u32(b, o, i, origin[i]);
        table_builder_u32(b, j, i, to);
        table_builder_u32(b, mode, i, 5);
        table_builder_u32(b, cs, i, (uint32_t)(1 + i % 6));
        table_builder_f64(b, workers, i, n);
        table_builder_f64(b, variance, i, n * 1.5);
        if (to != (uint32_t)WORK_OUTSIDE)
            table_builder_f64(b, crow, i, i % 3 == 0 ? 0.0 : 5.0 + (double)(from % 11));
    }
    pair[SMALL_FLOWS] = SMALL_FLOWS;
    r->flows = (flows){.rows = finish(b),
                       .count = SMALL_FLOWS,
                       .o = origin,
                       .j = work,
                       .pair_count = SMALL_FLOWS,
                       .pair_start = pair,
                       .detailed = true};
}

/* Of the first mode; nothing outside the loaded places. */
static void flow_costs(small_run *r)
{
    double *minutes = room(r, SMALL_FLOWS, sizeof *minutes), *km = room(r, SMALL_FLOWS, sizeof *km);
    uint8_t *state = room(r, SMALL_FLOWS, sizeof *state);
    const column *crow = table_find(r->flows.rows, "crow_km");
    for (size_t i = 0; i < SMALL_FLOWS; i++) {
        state[i] = (uint8_t)column_state(crow, i);
        km[i] = state[i] == VALUE_PRESENT ? 1.0 + 1.3 * crow->at.f64[i] : 0.0;
        minutes[i] = km[i] * 1.5;
    }
    r->data.flow_minutes = minutes;
    r->data.flow_km = km;
    r->data.flow_state = state;
}

void small_run_open(small_run *r)
{
    error err;
    *r = (small_run){.memory = NULL};
    assert_int_equal(arena_new(&r->memory, &err), STATUS_OK);
    assert_int_equal(faults_new(&r->notes, &err), STATUS_OK);
    assert_int_equal(ledger_new(&r->balance, &err), STATUS_OK);
    place_arrays(r);
    place_table(r);
    groupings(r);
    outlines(r);
    venue_arrays(r);
    venue_table(r);
    cost_mode(r, 0, "car", 40.0, 30.0);
    cost_mode(r, 1, "bike", 12.0, 30.0);
    flow_rows(r);
    r->scenario = (scenario){
        .path = "/somewhere/run.yaml", .title = "Essai", .seed = 7, .language = LANGUAGE_FR};
    r->data = (run_data){.scenario = &r->scenario,
                         .territory = &r->territory,
                         .venues = &r->venues,
                         .flows = &r->flows,
                         .costs = r->modes,
                         .cost_count = 2,
                         .balance = r->balance,
                         .notes = r->notes};
    flow_costs(r);
}

void small_run_close(small_run *r)
{
    const table *const tables[] = {r->territory.places, r->venues.rows, r->flows.rows};
    for (size_t i = 0; i < 3; i++) {
        table *t = NULL;
        memcpy(&t, &tables[i], sizeof t); /* ours: built above */
        table_free(t);
    }
    polygons *p = NULL;
    topology *t = NULL;
    memcpy(&p, &r->territory.outlines, sizeof p);
    memcpy(&t, &r->territory.borders, sizeof t);
    polygons_free(p);
    topology_free(t);
    table_free(r->place_context);
    table_free(r->venue_context);
    ledger_free(r->balance);
    faults_free(r->notes);
    arena_free(r->memory);
}

static table *zoning(const char *name, size_t rows, size_t every, bool classes)
{
    table_builder *b = start(name);
    size_t in = add_column(b, "zoning_frr", "1", COLUMN_U32);
    size_t class = classes ? add_column(b, "zoning_frr_class", "", COLUMN_TEXT) : SIZE_MAX;
    add_rows(b, rows);
    for (size_t row = 0; row < rows; row++) {
        table_builder_u32(b, in, row, row % every == 0);
        if (classes && row % every == 0)
            set_text(b, class, row, "socle");
    }
    return finish(b);
}

void small_run_zonings(small_run *r)
{
    r->place_context = zoning("place_context", SMALL_PLACES, 4, true);
    r->venue_context = zoning("venue_context", SMALL_VENUES, 2, false);
    r->data.place_context = r->place_context;
    r->data.venue_context = r->venue_context;
}

void small_run_ask(small_run *r, const indicator *indicators, size_t count)
{
    r->scenario.indicators = indicators;
    r->scenario.indicator_count = count;
}

static void digest_table(text_buffer *b, const result_table *t)
{
    text_add_format(b, "[%s]\n", t->name);
    for (size_t c = 0; c < t->rows->column_count; c++) {
        const column *k = &t->rows->columns[c];
        text_add_format(b, "%s:", k->name);
        for (size_t row = 0; row < t->rows->rows; row++) {
            char number[64] = "";
            value_state s = column_state(k, row);
            if (s != VALUE_PRESENT)
                text_add_format(b, "!%d,", (int)s);
            else if (k->type == COLUMN_TEXT)
                text_add_format(b, "%s,", column_text(k, row));
            else if (k->type == COLUMN_F64 &&
                     text_from_f64(k->at.f64[row], number, sizeof number) > 0)
                text_add_format(b, "%s,", number);
            else if (k->type == COLUMN_U32)
                text_add_format(b, "%u,", k->at.u32[row]);
            else
                text_add_format(b, "%lld,", (long long)k->at.i64[row]);
        }
        text_add(b, "\n");
    }
}

char *results_digest(const results *r)
{
    text_buffer b = {.at = NULL};
    for (size_t i = 0; i < r->table_count; i++)
        digest_table(&b, &r->tables[i]);
    text_add(&b, r->manifest_json);
    text_add(&b, r->note_fr);
    text_add(&b, r->champ_en);
    assert_false(b.failed);
    sha256_hex digest = sha256_of(b.at, b.size);
    text_buffer_clear(&b);
    char *copy = memory_new(sizeof digest.hex, 1);
    assert_non_null(copy);
    memcpy(copy, digest.hex, sizeof digest.hex);
    return copy;
}
