#include "world.h"

#include <stdlib.h>

#include "base/hash.h"

static void *room(world *w, size_t count, size_t size)
{
    void *at = arena_take(w->memory, count, size);
    assert_non_null(at);
    return at;
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

static table *finish(table_builder *b)
{
    table *t = NULL;
    error err;
    assert_int_equal(table_build(b, &t, &err), STATUS_OK);
    table_builder_free(b);
    return t;
}

/* --- places --- */

static void place_arrays(world *w, const world_spec *spec)
{
    territory *t = &w->territory;
    const size_t n = spec->place_count;
    const char **code = room(w, n, sizeof *code);
    double *population = room(w, n, sizeof *population), *lon = room(w, n, sizeof *lon),
           *lat = room(w, n, sizeof *lat);
    double *x = room(w, n, sizeof *x), *y = room(w, n, sizeof *y);
    uint32_t *density = room(w, n, sizeof *density);
    uint8_t *kept = room(w, n, sizeof *kept);
    for (size_t p = 0; p < n; p++) {
        const world_place *from = &spec->places[p];
        code[p] = from->code;
        population[p] = from->population;
        lon[p] = from->no_point ? (double)NAN : from->lon;
        lat[p] = from->no_point ? (double)NAN : from->lat;
        x[p] = from->no_point ? (double)NAN : 600000.0 + from->lon * 72000.0;
        y[p] = from->no_point ? (double)NAN : 6000000.0 + from->lat * 111000.0;
        density[p] = from->density;
        kept[p] = !from->margin;
    }
    *t = (territory){.place_count = n,
                     .code = code,
                     .name = code,
                     .population = population,
                     .lon = lon,
                     .lat = lat,
                     .x_m = x,
                     .y_m = y,
                     .density = density,
                     .kept = kept,
                     .epsg = 2154,
                     .title = "Petit pays"};
}

static void place_table(world *w, const world_spec *spec)
{
    table_builder *b = start("places");
    size_t code = add_column(b, "code", "", COLUMN_TEXT),
           name = add_column(b, "name", "", COLUMN_TEXT);
    size_t population = add_column(b, "population", "{person}", COLUMN_F64);
    size_t class = add_column(b, "point_class", "", COLUMN_TEXT);
    size_t area = add_column(b, "area_km2", "km2", COLUMN_F64);
    size_t density = add_column(b, "density7", "{class}", COLUMN_U32);
    size_t edge = add_column(b, "border_km", "km", COLUMN_F64);
    size_t lon = add_column(b, "lon", "1", COLUMN_F64), lat = add_column(b, "lat", "1", COLUMN_F64);
    add_rows(b, spec->place_count);
    for (size_t p = 0; p < spec->place_count; p++) {
        const world_place *from = &spec->places[p];
        set_text(b, code, p, from->code);
        set_text(b, name, p, from->code);
        set_text(b, class, p, from->no_point ? "none" : "given");
        table_builder_f64(b, area, p, 4.0);
        table_builder_f64(b, edge, p, 1000.0);
        if (from->density > 0)
            table_builder_u32(b, density, p, from->density);
        if (isfinite(from->population))
            table_builder_f64(b, population, p, from->population);
        if (!from->no_point) {
            table_builder_f64(b, lon, p, from->lon);
            table_builder_f64(b, lat, p, from->lat);
        }
    }
    w->territory.places = finish(b);
}

static const char *group_code(const world_place *p, size_t level)
{
    return level == 0 ? p->epci : level == 1 ? p->basin : "FR";
}

/* Codes of a level in their order, and the group of each kept place. */
static void group_level(world *w, const world_spec *spec, size_t level, grouping *out)
{
    static const char *const ids[] = {"epci", "bassin_vie", "france"};
    const char **code = room(w, spec->place_count, sizeof *code);
    uint32_t *of_place = room(w, spec->place_count, sizeof *of_place);
    size_t count = 0;
    for (size_t p = 0; p < spec->place_count; p++) {
        const char *wanted = spec->places[p].margin ? NULL : group_code(&spec->places[p], level);
        size_t at = 0;
        of_place[p] = (uint32_t)GROUP_NONE;
        while (wanted != NULL && at < count && strcmp(code[at], wanted) < 0)
            at++;
        if (wanted == NULL || (at < count && strcmp(code[at], wanted) == 0))
            continue;
        memmove(&code[at + 1], &code[at], (count - at) * sizeof *code);
        code[at] = wanted;
        count++;
    }
    for (size_t p = 0; p < spec->place_count; p++)
        for (size_t g = 0; g < count; g++) {
            const char *own = group_code(&spec->places[p], level);
            if (own != NULL && strcmp(code[g], own) == 0)
                of_place[p] = (uint32_t)g;
        }
    *out = (grouping){.level = ids[level],
                      .title_fr = ids[level],
                      .title_en = ids[level],
                      .group_count = count,
                      .code = code,
                      .name = code,
                      .of_place = of_place};
}

static void groupings(world *w, const world_spec *spec)
{
    grouping *list = room(w, 3, sizeof *list);
    size_t used = 0;
    for (size_t level = 0; level < 3; level++) {
        group_level(w, spec, level, &list[used]);
        used += list[used].group_count > 0;
    }
    w->territory.groupings = list;
    w->territory.grouping_count = used;
}

static void neighbours(world *w, const world_spec *spec)
{
    uint64_t *first = room(w, spec->place_count + 1, sizeof *first);
    uint32_t *other = room(w, 2 * spec->edge_count + 1, sizeof *other);
    uint64_t used = 0;
    if (spec->edge_count == 0)
        return; /* no outlines */
    for (size_t p = 0; p < spec->place_count; p++) {
        first[p] = used;
        for (size_t e = 0; e < spec->edge_count; e++) {
            if (spec->edges[e][0] == p)
                other[used++] = spec->edges[e][1];
            else if (spec->edges[e][1] == p)
                other[used++] = spec->edges[e][0];
        }
    }
    first[spec->place_count] = used;
    w->territory.neighbour_start = first;
    w->territory.neighbour = other;
}

/* --- venues --- */

static double weight_of(const char *functions, size_t f)
{
    return strchr(functions, 'a' + (int)f) != NULL   ? 1.0
           : strchr(functions, 'A' + (int)f) != NULL ? 0.5
                                                     : 0.0;
}

static bool is_open(const world_venue *v)
{
    return v->status == NULL || strcmp(v->status, "open") == 0;
}

static void venue_arrays(world *w, const world_spec *spec)
{
    const size_t n = spec->venue_count;
    const char **id = room(w, n, sizeof *id);
    double *lon = room(w, n, sizeof *lon), *lat = room(w, n, sizeof *lat);
    double *x = room(w, n, sizeof *x), *y = room(w, n, sizeof *y);
    uint32_t *place = room(w, n, sizeof *place);
    uint8_t *open = room(w, n, sizeof *open), *scope = room(w, n, sizeof *scope);
    double(*function)[FUNCTION_COUNT] = room(w, n, sizeof *function);
    for (size_t v = 0; v < n; v++) {
        const world_venue *from = &spec->venues[v];
        const bool placed = from->place != PLACE_NONE;
        id[v] = from->id;
        place[v] = from->place;
        lon[v] = placed ? w->territory.lon[from->place] : (double)NAN;
        lat[v] = placed ? w->territory.lat[from->place] : (double)NAN;
        x[v] = placed ? w->territory.x_m[from->place] : (double)NAN;
        y[v] = placed ? w->territory.y_m[from->place] : (double)NAN;
        open[v] = is_open(from);
        scope[v] = !from->other;
        for (size_t f = 0; f < FUNCTION_COUNT; f++)
            function[v][f] = weight_of(from->functions, f);
    }
    w->venues = (venues){.count = n,
                         .id = id,
                         .name = id,
                         .lon = lon,
                         .lat = lat,
                         .x_m = x,
                         .y_m = y,
                         .place = place,
                         .open = open,
                         .in_scope = scope,
                         .function = (const double(*)[FUNCTION_COUNT])function};
}

static void venue_functions(table_builder *b, const world_spec *spec, const size_t *columns)
{
    for (size_t v = 0; v < spec->venue_count; v++)
        for (size_t f = 0; f < FUNCTION_COUNT; f++)
            table_builder_f64(b, columns[f], v, weight_of(spec->venues[v].functions, f));
}

static void venue_table(world *w, const world_spec *spec)
{
    table_builder *b = start("venues");
    size_t id = add_column(b, "id", "", COLUMN_TEXT), name = add_column(b, "name", "", COLUMN_TEXT);
    size_t kind_ = add_column(b, "kind", "", COLUMN_TEXT),
           family = add_column(b, "family", "", COLUMN_TEXT);
    size_t how = add_column(b, "status", "", COLUMN_TEXT),
           where = add_column(b, "placement", "", COLUMN_TEXT);
    size_t code = add_column(b, "code", "", COLUMN_TEXT),
           scope = add_column(b, "in_scope", "1", COLUMN_U32);
    size_t capacity = add_column(b, "capacity", "1", COLUMN_F64), function[FUNCTION_COUNT];
    size_t hours = add_column(b, "hours_week", "h", COLUMN_F64);
    for (size_t f = 0; f < FUNCTION_COUNT; f++) {
        char column_name[16];
        (void)snprintf(column_name, sizeof column_name, "function_%c", (int)('a' + (int)f));
        function[f] = add_column(b, column_name, "1", COLUMN_F64);
    }
    add_rows(b, spec->venue_count);
    for (size_t v = 0; v < spec->venue_count; v++) {
        const world_venue *from = &spec->venues[v];
        const char *kind_code = from->kind != NULL ? from->kind : "ACT.COWORK";
        char family_code[4] = {kind_code[0], kind_code[1], kind_code[2], '\0'};
        set_text(b, id, v, from->id);
        set_text(b, name, v, from->id);
        set_text(b, kind_, v, kind_code);
        set_text(b, family, v, family_code);
        set_text(b, how, v, from->status != NULL ? from->status : "open");
        set_text(b, where, v, from->place == PLACE_NONE ? "none" : "coordinates");
        if (from->place != PLACE_NONE)
            set_text(b, code, v, spec->places[from->place].code);
        table_builder_u32(b, scope, v, !from->other);
        if (from->hours_week > 0.0)
            table_builder_f64(b, hours, v, from->hours_week);
        if (from->capacity > 0.0 || from->capacity < 0.0)
            table_builder_f64(b, capacity, v, fmax(from->capacity, 0.0));
    }
    venue_functions(b, spec, function);
    w->venues.rows = finish(b);
}

/* --- costs and flows --- */

/* One side of the sparse costs: rows are places or venues, the other ones in their order. */
static void cost_side(world *w, const world_spec *spec, bool by_place)
{
    const size_t rows = by_place ? spec->place_count : spec->venue_count;
    uint64_t *first = room(w, rows + 1, sizeof *first), used = 0;
    uint32_t *other = room(w, spec->trip_count + 1, sizeof *other);
    double *minutes = room(w, spec->trip_count + 1, sizeof *minutes),
           *km = room(w, spec->trip_count + 1, sizeof *km);
    for (size_t i = 0; i < rows; i++) {
        first[i] = used;
        for (size_t t = 0; t < spec->trip_count; t++) {
            const world_trip *trip = &spec->trips[t];
            if ((by_place ? trip->place : trip->venue) != i)
                continue;
            uint64_t at = used++;
            for (; at > first[i] && other[at - 1] > (by_place ? trip->venue : trip->place); at--) {
                other[at] = other[at - 1];
                minutes[at] = minutes[at - 1];
                km[at] = km[at - 1];
            }
            other[at] = by_place ? trip->venue : trip->place;
            minutes[at] = trip->minutes;
            km[at] = trip->km;
        }
    }
    first[rows] = used;
    *(by_place ? &w->car.place_start : &w->car.venue_start) = first;
    *(by_place ? &w->car.place_venue : &w->car.venue_place) = other;
    *(by_place ? &w->car.place_minutes : &w->car.venue_minutes) = minutes;
    *(by_place ? &w->car.place_km : &w->car.venue_km) = km;
}

static table *flow_table(const world_spec *spec)
{
    table_builder *b = start("flows");
    size_t o = add_column(b, "o", "1", COLUMN_U32), j = add_column(b, "j", "1", COLUMN_U32);
    size_t mode = add_column(b, "mode", "{class}", COLUMN_U32),
           cs = add_column(b, "cs", "{class}", COLUMN_U32);
    size_t workers = add_column(b, "workers", "{person}", COLUMN_F64);
    size_t variance = add_column(b, "variance", "{person}", COLUMN_F64),
           crow = add_column(b, "crow_km", "km", COLUMN_F64);
    size_t abroad = add_column(b, "abroad", "{class}", COLUMN_U32),
           abroad_km = add_column(b, "abroad_crow_km", "km", COLUMN_F64);
    add_rows(b, spec->flow_count);
    for (size_t i = 0; i < spec->flow_count; i++) {
        const world_flow *f = &spec->flows[i];
        table_builder_u32(b, o, i, f->o);
        table_builder_u32(b, j, i, f->j);
        table_builder_u32(b, mode, i, f->mode);
        table_builder_u32(b, cs, i, f->cs);
        table_builder_f64(b, workers, i, f->workers);
        table_builder_f64(b, variance, i, f->variance);
        if (f->j != WORK_OUTSIDE)
            table_builder_f64(b, crow, i, f->crow_km);
        const bool located = f->j == WORK_OUTSIDE && f->crow_km > 0;
        table_builder_u32(b, abroad, i, located ? ABROAD_LOCATED : ABROAD_NO);
        if (located)
            table_builder_f64(b, abroad_km, i, f->crow_km);
    }
    return finish(b);
}

static void flow_rows(world *w, const world_spec *spec)
{
    const size_t n = spec->flow_count;
    uint32_t *o = room(w, n, sizeof *o), *j = room(w, n, sizeof *j);
    uint64_t *pair = room(w, n + 1, sizeof *pair);
    double *minutes = room(w, n, sizeof *minutes), *km = room(w, n, sizeof *km);
    uint8_t *state = room(w, n, sizeof *state);
    size_t pairs = 0;
    for (size_t i = 0; i < n; i++) {
        const world_flow *f = &spec->flows[i];
        o[i] = f->o;
        j[i] = f->j;
        minutes[i] = f->j == WORK_OUTSIDE ? 0.0 : f->minutes;
        km[i] = f->j == WORK_OUTSIDE ? 0.0 : f->km;
        state[i] = f->j == WORK_OUTSIDE ? VALUE_MISSING : VALUE_PRESENT;
        if (i == 0 || f->o != o[i - 1] || f->j != j[i - 1])
            pair[pairs++] = i;
    }
    pair[pairs] = n;
    w->flows = (flows){.rows = flow_table(spec),
                       .count = n,
                       .o = o,
                       .j = j,
                       .pair_count = pairs,
                       .pair_start = pair,
                       .detailed = !spec->assumed_shares};
    w->data.flows = &w->flows;
    w->data.flow_minutes = minutes;
    w->data.flow_km = km;
    w->data.flow_state = state;
}

void world_open(world *w, const world_spec *spec)
{
    error err;
    *w = (world){.r = NULL};
    assert_int_equal(arena_new(&w->memory, &err), STATUS_OK);
    assert_int_equal(faults_new(&w->notes, &err), STATUS_OK);
    assert_int_equal(faults_new(&w->list, &err), STATUS_OK);
    assert_int_equal(ledger_new(&w->balance, &err), STATUS_OK);
    place_arrays(w, spec);
    place_table(w, spec);
    groupings(w, spec);
    neighbours(w, spec);
    venue_arrays(w, spec);
    venue_table(w, spec);
    w->car = (costs){.mode = "car",
                     .source = TRAVEL_ROADS,
                     .limit_min = spec->limit_min,
                     .place_count = spec->place_count,
                     .venue_count = spec->venue_count};
    cost_side(w, spec, false);
    cost_side(w, spec, true);
    w->modes[0] = &w->car;
    w->scenario = (scenario){
        .path = "/somewhere/run.yaml", .title = "Essai", .seed = 1, .language = LANGUAGE_FR};
    w->data = (run_data){.scenario = &w->scenario,
                         .territory = &w->territory,
                         .venues = &w->venues,
                         .costs = w->modes,
                         .cost_count = 1,
                         .balance = w->balance,
                         .notes = w->notes};
    if (spec->flow_count > 0)
        flow_rows(w, spec);
}

void world_close(world *w)
{
    const table *const tables[] = {w->territory.places, w->venues.rows, w->flows.rows};
    results_free(w->r);
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        table *t = NULL;
        memcpy(&t, &tables[i], sizeof t); /* ours: built above */
        table_free(t);
    }
    ledger_free(w->balance);
    faults_free(w->notes);
    faults_free(w->list);
    arena_free(w->memory);
    *w = (world){.r = NULL};
}

/* --- running --- */

static status keep_results(world *w, const plan *p)
{
    error err = {.status = STATUS_OK};
    static const importer by = {.id = "insee-x",
                                .role = "communes",
                                .title_fr = "Communes",
                                .title_en = "Communes",
                                .producer = "Insee",
                                .licence = "LO"};
    imported in = {.by = &by,
                   .facts = {.rows = 1, .encoding = ENCODING_UTF8, .sha256 = "ab"},
                   .vintage = 2024};
    const imported *inputs[] = {&in};
    const char *const roles[] = {"communes"};
    results_free(w->r);
    w->r = NULL;
    const status s = results_build(&w->data, p, inputs, roles, 1, NULL, &w->r, &err);
    if (s != STATUS_OK)
        print_error("%s\n", err.en);
    return s;
}

status world_try(world *w, const indicator *asked, size_t count, int threads)
{
    static const plugin_search where = {.builtin_folder = BASSIN_BINARY_DIR "/plugins"};
    error err;
    plan *p = NULL;
    w->scenario.indicators = asked;
    w->scenario.indicator_count = count;
    faults_free(w->list);
    assert_int_equal(faults_new(&w->list, &err), STATUS_OK);
    status s = plan_build(&w->data, &where, &p, w->list);
    if (s == STATUS_OK)
        s = plan_run(p, threads, NULL, w->list);
    if (s == STATUS_OK)
        s = keep_results(w, p);
    plan_free(p);
    return s;
}

void world_run(world *w, const indicator *asked, size_t count, int threads)
{
    const status s = world_try(w, asked, count, threads);
    for (size_t i = 0; s != STATUS_OK && i < faults_count(w->list); i++)
        print_error("%s\n", faults_at(w->list, i)->en);
    assert_int_equal(s, STATUS_OK);
}

bool world_said(const world *w, const char *english)
{
    for (size_t i = 0; i < faults_count(w->list); i++)
        if (strstr(faults_at(w->list, i)->en, english) != NULL)
            return true;
    for (size_t i = 0; i < faults_count(w->list); i++)
        print_error("said: %s\n", faults_at(w->list, i)->en);
    return false;
}

/* --- reading --- */

static const table *rows_of(const world *w, const char *name)
{
    const result_table *t = results_find(w->r, name);
    if (t == NULL)
        fail_msg("no table %s", name);
    return t->rows;
}

static const column *column_of(const table *t, const char *name)
{
    const column *c = table_find(t, name);
    if (c == NULL)
        fail_msg("no column %s in %s", name, t->name);
    return c;
}

static const column *key_of(const table *t)
{
    const char *const names[] = {"code", "id"};
    const bool by_code = strcmp(t->name, "places") == 0 || strcmp(t->name, "territories") == 0;
    const column *c = table_find(t, names[by_code ? 0 : 1]);
    return c != NULL ? c : &t->columns[0];
}

size_t row_of(const world *w, const char *table_name, const char *key)
{
    const table *t = rows_of(w, table_name);
    for (size_t row = 0; row < t->rows; row++)
        if (strcmp(column_text(key_of(t), row), key) == 0)
            return row;
    fail_msg("no row %s in %s", key, table_name);
    return 0;
}

static double number_at(const column *c, size_t row)
{
    return c->type == COLUMN_F64   ? c->at.f64[row]
           : c->type == COLUMN_U32 ? (double)c->at.u32[row]
                                   : (double)c->at.i64[row];
}

double value_of(const world *w, const char *table_name, const char *key, const char *column_name)
{
    const column *c = column_of(rows_of(w, table_name), column_name);
    const size_t row = row_of(w, table_name, key);
    if (column_state(c, row) != VALUE_PRESENT)
        fail_msg("%s.%s of %s is not present: state %d", table_name, column_name, key,
                 (int)column_state(c, row));
    return number_at(c, row);
}

value_state state_of(const world *w, const char *table_name, const char *key,
                     const char *column_name)
{
    return column_state(column_of(rows_of(w, table_name), column_name), row_of(w, table_name, key));
}

const char *text_of(const world *w, const char *table_name, const char *key,
                    const char *column_name)
{
    return column_text(column_of(rows_of(w, table_name), column_name), row_of(w, table_name, key));
}

static size_t total_row(const world *w, const char *indicator_id, const char *name)
{
    const table *t = rows_of(w, "totals");
    for (size_t row = 0; row < t->rows; row++)
        if (strcmp(column_text(column_of(t, "indicator"), row), indicator_id) == 0 &&
            strcmp(column_text(column_of(t, "name"), row), name) == 0)
            return row;
    fail_msg("no total %s,%s", indicator_id, name);
    return 0;
}

bool total_is_present(const world *w, const char *indicator_id, const char *name)
{
    return column_state(column_of(rows_of(w, "totals"), "value"),
                        total_row(w, indicator_id, name)) == VALUE_PRESENT;
}

double total_of(const world *w, const char *indicator_id, const char *name)
{
    assert_true(total_is_present(w, indicator_id, name));
    return column_of(rows_of(w, "totals"), "value")->at.f64[total_row(w, indicator_id, name)];
}

void total_interval(const world *w, const char *indicator_id, const char *name, double out[3])
{
    const table *t = rows_of(w, "totals");
    const size_t row = total_row(w, indicator_id, name);
    out[0] = column_of(t, "low")->at.f64[row];
    out[1] = column_of(t, "value")->at.f64[row];
    out[2] = column_of(t, "high")->at.f64[row];
}

void assert_near(double got, double wanted, double relative)
{
    if (!(fabs(got - wanted) <= relative * fmax(fabs(wanted), 1e-300)))
        fail_msg("got %.15g, wanted %.15g", got, wanted);
}

/* --- the same bytes --- */

static void digest_value(text_buffer *b, const column *c, size_t row)
{
    char number[64] = "";
    if (column_state(c, row) != VALUE_PRESENT)
        text_add_format(b, "!%d,", (int)column_state(c, row));
    else if (c->type == COLUMN_TEXT)
        text_add_format(b, "%s,", column_text(c, row));
    else if (c->type == COLUMN_F64 && text_from_f64(c->at.f64[row], number, sizeof number) > 0)
        text_add_format(b, "%s,", number);
    else
        text_add_format(b, "%.0f,", number_at(c, row));
}

char *world_digest(const world *w)
{
    text_buffer b = {0};
    for (size_t i = 0; i < w->r->table_count; i++) {
        const table *t = w->r->tables[i].rows;
        text_add_format(&b, "[%s]", t->name);
        for (size_t c = 0; c < t->column_count; c++) {
            text_add_format(&b, "\n%s:", t->columns[c].name);
            for (size_t row = 0; row < t->rows; row++)
                digest_value(&b, &t->columns[c], row);
        }
    }
    assert_false(b.failed);
    char *digest = memory_new(65, 1);
    assert_non_null(digest);
    (void)snprintf(digest, 65, "%s", sha256_of(b.at, b.size).hex);
    text_buffer_clear(&b);
    return digest;
}

void assert_any_threads(const world_spec *spec, const indicator *asked, size_t count)
{
    char *first = NULL;
    for (int threads = 1; threads <= 4; threads *= 2) {
        world w;
        world_open(&w, spec);
        world_run(&w, asked, count, threads);
        char *digest = world_digest(&w);
        if (first == NULL) {
            first = digest;
        } else {
            assert_string_equal(digest, first);
            memory_free(digest);
        }
        world_close(&w);
    }
    memory_free(first);
}

/* --- a larger one --- */

enum {
    ROWS = 24,
    SIDE = 25,
    PLACES = ROWS * SIDE,
    VENUES = 60,
    TRIPS_A_PLACE = 5,
    FLOWS_A_PLACE = 3
};

const world_spec *world_large(void)
{
    static world_place places[PLACES];
    static world_venue offer[VENUES];
    static world_trip trips[PLACES * TRIPS_A_PLACE];
    static world_flow commutes[PLACES * FLOWS_A_PLACE];
    static uint32_t edges[2 * PLACES][2];
    static char codes[PLACES][8], ids[VENUES][16], groups[ROWS][16];
    static world_spec spec;
    static const char *const functions[] = {"aE", "bC", "cdH", "g", "Af", "h", "ab"};
    size_t edge_count = 0;
    for (uint32_t p = 0; p < PLACES; p++) {
        (void)snprintf(codes[p], sizeof codes[p], "77%03u", (unsigned)p);
        (void)snprintf(groups[p / SIDE], sizeof groups[0], "2000%02u", (unsigned)(p / SIDE));
        places[p] =
            (world_place){.code = codes[p],
                          .population = p % 41 == 7 ? (double)NAN : 90.0 + 13.37 * (p * 29 % 97),
                          .lon = 2.0 + 0.03 * (p % SIDE),
                          .lat = 46.0 + 0.02 * (p / SIDE),
                          .epci = groups[p / SIDE],
                          .density = 1 + p % 7,
                          .margin = p >= 23 * SIDE,
                          .no_point = p == 300};
        if (p % SIDE + 1 < SIDE)
            memcpy(edges[edge_count++], (uint32_t[2]){p, p + 1}, sizeof edges[0]);
        if (p + SIDE < PLACES)
            memcpy(edges[edge_count++], (uint32_t[2]){p, p + SIDE}, sizeof edges[0]);
        for (uint32_t k = 0; k < TRIPS_A_PLACE; k++) {
            const uint32_t v = (p * 7 + k * 11) % VENUES;
            const double km = 0.7 + 1.3 * ((p * 13 + v * 5) % 29);
            trips[p * TRIPS_A_PLACE + k] = (world_trip){p, v, 1.1 + 1.37 * km, km};
        }
        for (uint32_t k = 0; k < FLOWS_A_PLACE; k++) {
            const uint32_t j = k == 0 ? p : k == 1 ? (p + 17) % PLACES : (uint32_t)WORK_OUTSIDE;
            const double n = 3.3 + 7.1 * ((p + k) % 31), km = 1.2 + 0.9 * (p % 47) + 3.0 * k;
            commutes[p * FLOWS_A_PLACE + k] =
                (world_flow){p, j,       1 + (p + k) % 7,         1 + (p / 3 + k) % 6,
                             n, 1.5 * n, k == 0 ? 0.0 : km / 1.3, 1.5 * km,
                             km};
        }
    }
    for (uint32_t v = 0; v < VENUES; v++) {
        (void)snprintf(ids[v], sizeof ids[v], "liste:%03u", (unsigned)v);
        offer[v] = (world_venue){.id = ids[v],
                                 .place = v == 9 ? (uint32_t)PLACE_NONE : v * 37 % PLACES,
                                 .functions = functions[v % COUNT_OF(functions)],
                                 .capacity = v % 3 == 0 ? 1.0 + v % 5 : 0.0,
                                 .status = v % 8 == 5   ? "closed"
                                           : v % 8 == 6 ? "project"
                                                        : NULL,
                                 .other = v % 4 == 1};
    }
    /* a venue that is not placed has no trips */
    size_t kept = 0;
    for (size_t t = 0; t < COUNT_OF(trips); t++)
        if (trips[t].venue != 9 && trips[t].place != 300)
            trips[kept++] = trips[t];
    spec = (world_spec){.places = places,
                        .place_count = PLACES,
                        .venues = offer,
                        .venue_count = VENUES,
                        .trips = trips,
                        .trip_count = kept,
                        .flows = commutes,
                        .flow_count = COUNT_OF(commutes),
                        .edges = (const uint32_t(*)[2])edges,
                        .edge_count = edge_count,
                        .limit_min = 60.0};
    return &spec;
}
