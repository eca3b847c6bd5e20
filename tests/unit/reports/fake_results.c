#include "fake_results.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const fake_nasty_places[4] = {
    "=HYPERLINK(\"http://example.invalid\";\"Saint-Rémy\")", "<script>alert('Évry')</script>",
    "L’Haÿ \"les\" Roses & Œuvres", "Abbaye\u202eevren\u202c-sur-Mer"};
const char *const fake_nasty_venues[4] = {
    "=1+cmd|' /C calc'!A0", "</script><img src=x onerror=alert(1)>",
    "Le \"Tiers\" & l’Atelier <d'à côté>", "+33 1 23 @SUM(A1:A9)"};

static const char *const first_names[] = {"Saint-Brieuc", "Évreux",     "Forges",   "La Chapelle",
                                          "Le Mesnil",    "Noyers",     "Château",  "Pont",
                                          "Beaumont",     "Villeneuve", "Mézières", "Bœuf"};
static const char *const last_names[] = {"-sur-Yerres", "-le-Vieux",  "-en-Brie", "-aux-Bois",
                                         "-la-Forêt",   "-lès-Ormes", ""};
static const char *const kinds[] = {"ACT.COWORK", "ART.FABLAB", "AGR.NOURR", "EDU.MICROFOLIE",
                                    "ACT.FS",     "ART.REPAIR", "XXX.AUTRE"};
static const char *const function_fr[] = {"Travailler autrement",
                                          "Culture et savoirs",
                                          "Moyens de recherche mutualisés",
                                          "Créer, fabriquer, innover",
                                          "Contribuer et participer",
                                          "Transition écologique",
                                          "Services publics et droits sociaux",
                                          "Appropriation du numérique"};
enum { FUNCTIONS = 8, TABLES_MAX = 12, COLUMNS_MAX = 80 };

struct fake_results {
    results r;
    result_table tables[TABLES_MAX];
    table *owned[TABLES_MAX];
    size_t table_count;
    arena *memory;
    topology *borders;
    polygons *outlines, *context, *degrees, *sets;
    /* working data */
    fake_geometry g;
    size_t venue_count;
    double *vx, *vy;
    bool (*offers)[FUNCTIONS];
    uint32_t *kind;
    double (*minutes)[FUNCTIONS + 1]; /* [8]: nearest of all; NaN beyond the limit */
    fake_options options;
};

static void must(status s, const error *err)
{
    if (s != STATUS_OK) {
        (void)fprintf(stderr, "fake results: %s\n", err->en);
        abort();
    }
}

static void *take(arena *a, size_t count, size_t size)
{
    void *const p = arena_take(a, count + 1, size);
    if (!p)
        abort();
    return p;
}

/* A number in [0, 1) from two integers: the same on every machine. */
static double noise(size_t a, size_t b)
{
    uint64_t x =
        (uint64_t)a * 0x9e3779b97f4a7c15u + (uint64_t)b * 0xc2b2ae3d27d4eb4fu + 0x165667b19e3779f9u;
    x ^= x >> 31;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    x ^= x >> 31;
    return (double)(x >> 11) / 9007199254740992.0;
}

/* --- a table in the making --- */

typedef struct maker {
    fake_results *f;
    table_builder *b;
    result_column *columns;
    size_t count, rows;
} maker;

static maker start(fake_results *f, const char *name, size_t rows)
{
    error err;
    maker k = {
        .f = f, .rows = rows, .columns = take(f->memory, COLUMNS_MAX, sizeof(result_column))};
    must(table_builder_new(&k.b, name, &err), &err);
    return k;
}

static const char *text_of(fake_results *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static const char *text_of(fake_results *f, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const char *const copy = arena_text(f->memory, text);
    if (!copy)
        abort();
    return copy;
}

static size_t col(maker *k, const char *name, const char *fr, const char *unit_code,
                  column_type type, int decimals)
{
    error err;
    size_t index = 0;
    const column_spec spec = {.name = name,
                              .title_fr = fr,
                              .title_en = fr,
                              .unit = unit_code,
                              .type = type,
                              .decimals = decimals};
    must(table_builder_column(k->b, &spec, &index, &err), &err);
    k->columns[k->count++] = (result_column){.plugin = "", .output = name, .mode = ""};
    return index;
}

static void rows_make(maker *k)
{
    error err;
    size_t first = 0;
    must(table_builder_rows(k->b, k->rows, &first, &err), &err);
}

static void put_text(maker *k, size_t c, size_t row, const char *text)
{
    error err;
    must(table_builder_text(k->b, c, row, text_slice_of(text, strlen(text)), &err), &err);
}

static result_table *finish(maker *k, const char *name, const char *title, const char *sheet,
                            result_geometry geometry)
{
    error err;
    fake_results *const f = k->f;
    must(table_build(k->b, &f->owned[f->table_count], &err), &err);
    table_builder_free(k->b);
    result_table *const t = &f->tables[f->table_count];
    *t = (result_table){.name = name,
                        .title_fr = title,
                        .title_en = title,
                        .sheet_fr = sheet,
                        .rows = f->owned[f->table_count],
                        .columns = k->columns,
                        .geometry = geometry};
    f->table_count++;
    return t;
}

/* --- geography --- */

typedef struct grid {
    size_t columns, rows, margin;
} grid;
#define CELL_M 4000.0

static void corner(const grid *g, size_t i, size_t j, double *x, double *y)
{
    (void)g;
    *x = 650000 + CELL_M * ((double)i + 0.45 * (noise(i, 2 * j + 1) - 0.5));
    *y = 6800000 + CELL_M * ((double)j + 0.45 * (noise(i + 1000, 2 * j) - 0.5));
}

/* Points from corner a to corner b, b left out; the same points in the other order backwards. */
static void edge(polygons_builder *p, const grid *g, const size_t a[2], const size_t b[2])
{
    error err;
    enum { STEPS = 6 };
    double xa, ya, xb, yb;
    const bool forward = a[0] < b[0] || (a[0] == b[0] && a[1] < b[1]);
    const size_t *const low = forward ? a : b, *const high = forward ? b : a;
    corner(g, low[0], low[1], &xa, &ya);
    corner(g, high[0], high[1], &xb, &yb);
    for (size_t step = 0; step < STEPS; step++) {
        const size_t k = forward ? step : STEPS - step;
        const double t = (double)k / STEPS;
        const size_t key = low[0] * 977 + low[1] * 31 + (low[1] == high[1] ? 7 : 0);
        const double wiggle = k == 0 || k == STEPS ? 0 : 0.09 * (noise(key, k) - 0.5);
        must(polygons_builder_point(p, xa + (xb - xa) * t - (yb - ya) * wiggle,
                                    ya + (yb - ya) * t + (xb - xa) * wiggle, &err),
             &err);
    }
}

static void cell_outline(polygons_builder *p, const grid *g, size_t i, size_t j)
{
    error err;
    const size_t corners[5][2] = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}, {i, j}};
    double x, y;
    must(polygons_builder_row(p, &err), &err);
    must(polygons_builder_part(p, &err), &err);
    must(polygons_builder_ring(p, &err), &err);
    for (size_t k = 0; k < 4; k++)
        edge(p, g, corners[k], corners[k + 1]);
    corner(g, i, j, &x, &y);
    must(polygons_builder_point(p, x, y, &err), &err);
}

static bool kept_cell(const grid *g, size_t i, size_t j)
{
    return i >= g->margin && j >= g->margin && i < g->columns + g->margin &&
           j < g->rows + g->margin;
}

static polygons *outlines_make(const grid *g, bool kept)
{
    error err;
    polygons_builder *b = NULL;
    polygons *p = NULL;
    must(polygons_builder_new(&b, &err), &err);
    for (size_t j = 0; j < g->rows + 2 * g->margin; j++) {
        for (size_t i = 0; i < g->columns + 2 * g->margin; i++) {
            if (kept_cell(g, i, j) == kept)
                cell_outline(b, g, i, j);
        }
    }
    must(polygons_build(b, &p, &err), &err);
    polygons_builder_free(b);
    return p;
}

static const char *place_name(fake_results *f, size_t p)
{
    if (p >= 4 && p < 8)
        return fake_nasty_places[p - 4];
    return text_of(f, "%s%s", first_names[p % 12], last_names[(p / 12 + p) % 7]);
}

static fake_geometry geometry_make(fake_results *f)
{
    const grid g = {f->options.columns ? f->options.columns : 10,
                    f->options.rows ? f->options.rows : 6, 1};
    const size_t n = g.columns * g.rows;
    const char **const code = take(f->memory, n, sizeof *code),
                       **const name = take(f->memory, n, sizeof *name);
    double *const population = take(f->memory, n, sizeof *population);
    double *const x = take(f->memory, n, sizeof *x), *const y = take(f->memory, n, sizeof *y);
    uint32_t *const epci = take(f->memory, n, sizeof *epci), *const departement = take(
                                                                 f->memory, n, sizeof *departement);
    for (size_t p = 0; p < n; p++) {
        const size_t i = p % g.columns, j = p / g.columns;
        code[p] = text_of(f, "%05zu", 77001 + p);
        name[p] = place_name(f, p);
        population[p] = p == 3 ? 0 : floor(120 * pow(2, 8 * noise(p, 77)));
        x[p] = 650000 + CELL_M * ((double)(i + g.margin) + 0.4 + 0.2 * noise(p, 5));
        y[p] = 6800000 + CELL_M * ((double)(j + g.margin) + 0.4 + 0.2 * noise(p, 6));
        epci[p] = (uint32_t)(i / 4 + 3 * (j / 3)) % 6;
        departement[p] = i < g.columns * 2 / 3 ? 0 : 1;
    }
    if (!f->options.no_outlines) {
        f->outlines = outlines_make(&g, true);
        f->context = outlines_make(&g, false);
    }
    return (fake_geometry){.count = n,
                           .code = code,
                           .name = name,
                           .population = population,
                           .x_m = x,
                           .y_m = y,
                           .epci = epci,
                           .departement = departement,
                           .epci_count = 6,
                           .departement_count = 2,
                           .outlines = f->outlines,
                           .context = f->context,
                           .epsg = 2154};
}

/* --- venues and times --- */

static void venues_make(fake_results *f)
{
    const fake_geometry *const g = &f->g;
    const size_t n = f->venue_count;
    f->vx = take(f->memory, n, sizeof *f->vx);
    f->vy = take(f->memory, n, sizeof *f->vy);
    f->kind = take(f->memory, n, sizeof *f->kind);
    f->offers = take(f->memory, n, sizeof *f->offers);
    for (size_t v = 0; v < n; v++) {
        /* Towns first: the place is drawn by squared noise among the southern two thirds. */
        const size_t p = (size_t)(noise(v, 11) * noise(v, 12) * (double)g->count);
        f->vx[v] = v + 1 == n ? NAN : g->x_m[p] + 900 * (noise(v, 13) - 0.5);
        f->vy[v] = v + 1 == n ? NAN : g->y_m[p] + 900 * (noise(v, 14) - 0.5);
        f->kind[v] = (uint32_t)(noise(v, 15) * 6.999);
        for (size_t k = 0; k < FUNCTIONS; k++)
            f->offers[v][k] = k != 2 && (noise(v, 20 + k) < 0.22 || (k == 6 && noise(v, 40) < 0.5));
        f->offers[v][f->kind[v] % FUNCTIONS] = true;
        if (f->options.nobody_offers != 0)
            f->offers[v][f->options.nobody_offers - 'a'] = false;
    }
}

static double minutes_to(const fake_results *f, size_t p, size_t k)
{
    double best = INFINITY;
    for (size_t v = 0; v < f->venue_count; v++) {
        if (isnan(f->vx[v]) || (k < FUNCTIONS && !f->offers[v][k]))
            continue;
        const double km = hypot(f->vx[v] - f->g.x_m[p], f->vy[v] - f->g.y_m[p]) / 1000;
        best = fmin(best, 2 + 1.3 * km / 42 * 60);
    }
    return best > 60 ? NAN : best;
}

static void minutes_make(fake_results *f)
{
    f->minutes = take(f->memory, f->g.count, sizeof *f->minutes);
    for (size_t p = 0; p < f->g.count; p++) {
        for (size_t k = 0; k <= FUNCTIONS; k++)
            f->minutes[p][k] = minutes_to(f, p, k);
    }
}

static void degrees(const double *x, const double *y, size_t n, double *lon, double *lat)
{
    for (size_t i = 0; i < n; i++) {
        lon[i] = 3 + (x[i] - 700000) / 73000;
        lat[i] = 46.5 + (y[i] - 6600000) / 111000;
    }
}

/* --- tables --- */

static const double minute_breaks[] = {10, 15, 20, 30, 45},
                    gap_breaks[] = {0.01, 0.25, 0.5, 0.75, 0.99},
                    function_breaks[] = {0.5, 2.5, 4.5, 6.5, 7.5}, supply_breaks[] = {0.5, 1, 2, 5};
static const result_map map_minutes = {.kind = MAP_CHOROPLETH,
                                       .palette = PALETTE_YLGNBU,
                                       .sheet = "02_temps_acces",
                                       .title_fr = "Temps d’accès au lieu ouvert le plus proche",
                                       .title_en = "Travel time to the nearest open venue",
                                       .breaks = minute_breaks,
                                       .break_count = 5,
                                       .show_venues = true};
static const result_map map_gap = {.kind = MAP_CHOROPLETH,
                                   .palette = PALETTE_YLORRD,
                                   .sheet = "03_zones_blanches",
                                   .title_fr = "Zones blanches : indice d’éloignement par fonction",
                                   .title_en = "White zones: gap index by function",
                                   .breaks = gap_breaks,
                                   .break_count = 5,
                                   .labels_fr = "0 : dans la norme|||||1 : zone blanche",
                                   .labels_en = "0: within the standard|||||1: white zone"};
static const result_map map_functions = {.kind = MAP_CHOROPLETH,
                                         .palette = PALETTE_VIRIDIS,
                                         .sheet = "04_nombre_fonctions",
                                         .title_fr = "Nombre de fonctions accessibles (sur huit)",
                                         .title_en = "Number of functions within reach (of eight)",
                                         .breaks = function_breaks,
                                         .break_count = 5};
static const result_map map_supply = {.kind = MAP_CHOROPLETH,
                                      .palette = PALETTE_YLGNBU,
                                      .sheet = "01_offre",
                                      .title_fr = "Lieux ouverts pour 10 000 habitants",
                                      .title_en = "Open venues per 10,000 inhabitants",
                                      .breaks = supply_breaks,
                                      .break_count = 4,
                                      .show_venues = true};
static const result_map map_km = {.kind = MAP_VENUES,
                                  .palette = PALETTE_YLGNBU,
                                  .sheet = "08_km_evites",
                                  .title_fr = "Kilomètres évités par lieu",
                                  .title_en = "Avoided kilometres by venue"};

static void mark(maker *k, size_t c, const char *plugin, const char *output, size_t member,
                 const result_map *map, const char *sheet, const char *fr, const char *en)
{
    k->columns[c] =
        (result_column){.plugin = plugin,
                        .output = output,
                        .member = (uint32_t)member,
                        .mode = "",
                        .map = map,
                        .sheet_fr = sheet,
                        .reading_fr = fr,
                        .reading_en = en,
                        .estimate = k->f->options.estimate && strcmp(plugin, "supply") != 0};
}

static void put_minutes(maker *k, size_t c, size_t row, double minutes)
{
    if (isnan(minutes))
        table_builder_state(k->b, c, row, row % 5 == 2 ? VALUE_UNREACHABLE : VALUE_BEYOND_LIMIT);
    else
        table_builder_f64(k->b, c, row, minutes);
}

static double gap_of(double minutes)
{
    return isnan(minutes) ? 1 : fmin(1, fmax(0, (minutes - 20) / 10));
}

static void identity_fill(maker *k, const size_t c[9])
{
    const fake_geometry *const g = &k->f->g;
    for (size_t p = 0; p < g->count; p++) {
        put_text(k, c[0], p, g->code[p]);
        put_text(k, c[1], p, g->name[p]);
        table_builder_f64(k->b, c[2], p, g->population[p]);
        put_text(k, c[3], p, p % 7 ? "chef_lieu" : "surface");
        put_text(k, c[4], p, text_of(k->f, "2000%05u", 23000 + g->epci[p]));
        put_text(k, c[5], p, g->departement[p] ? "91" : "77");
        put_text(k, c[6], p, "11");
        table_builder_u32(k->b, c[7], p, 1 + (uint32_t)(noise(p, 8) * 6.99));
        table_builder_u32(k->b, c[8], p, p % 11 == 0);
    }
}

static void identity_columns(maker *k, size_t c[9])
{
    c[0] = col(k, "code", "Code", "", COLUMN_TEXT, -1);
    c[1] = col(k, "name", "Commune", "", COLUMN_TEXT, -1);
    c[2] = col(k, "population", "Habitants", "{person}", COLUMN_F64, 0);
    c[3] = col(k, "point_class", "Point retenu", "", COLUMN_TEXT, -1);
    c[4] = col(k, "epci", "EPCI", "", COLUMN_TEXT, -1);
    c[5] = col(k, "departement", "Département", "", COLUMN_TEXT, -1);
    c[6] = col(k, "region", "Région", "", COLUMN_TEXT, -1);
    c[7] = col(k, "density7", "Densité (7 niveaux)", "{class}", COLUMN_U32, -1);
    c[8] = col(k, "border", "Bord des données", "", COLUMN_U32, -1);
}

typedef struct access_columns {
    size_t nearest, minutes[FUNCTIONS], within[3], gap[FUNCTIONS], white[FUNCTIONS], functions,
        supply, access;
} access_columns;

static void access_declare(maker *k, access_columns *a)
{
    static const char *const reading =
        "les habitants de {name} sont à {value} min du lieu ouvert le plus proche.";
    static const char *const reading_en =
        "the inhabitants of {name} are {value} min from the nearest open venue.";
    static const unsigned limits[] = {10, 20, 30};
    fake_results *const f = k->f;
    a->nearest = col(k, "minutes_nearest", "Temps au lieu le plus proche", "min", COLUMN_F64, 1);
    mark(k, a->nearest, "catchment", "minutes_nearest", 0, &map_minutes, "Accès par fonction",
         reading, reading_en);
    for (size_t i = 0; i < FUNCTIONS; i++) {
        a->minutes[i] = col(k, text_of(f, "minutes_%c", 'a' + (int)i),
                            text_of(f, "Temps : %s", function_fr[i]), "min", COLUMN_F64, 1);
        mark(k, a->minutes[i], "catchment", "minutes_{function}", i, NULL, "Accès par fonction",
             NULL, NULL);
    }
    for (size_t i = 0; i < 3; i++) {
        a->within[i] = col(k, text_of(f, "within_%u", limits[i]),
                           text_of(f, "À %u min au plus d’un lieu", limits[i]), "1", COLUMN_F64, 4);
        mark(k, a->within[i], "catchment", "within_{limits}", i, NULL, "Aires de desserte", NULL,
             NULL);
    }
    for (size_t i = 0; i < FUNCTIONS; i++) {
        a->gap[i] = col(k, text_of(f, "gap_%c", 'a' + (int)i),
                        text_of(f, "Éloignement : %s", function_fr[i]), "{index}", COLUMN_F64, 3);
        mark(
            k, a->gap[i], "coverage", "gap_{function}", i, &map_gap, "Zones blanches",
            "à {name}, l’indice d’éloignement vaut {value} (0 : dans la norme ; 1 : zone blanche).",
            "in {name} the gap index is {value} (0: within the standard; 1: white zone).");
    }
    for (size_t i = 0; i < FUNCTIONS; i++) {
        a->white[i] = col(k, text_of(f, "white_%c", 'a' + (int)i),
                          text_of(f, "Zone blanche : %s", function_fr[i]), "1", COLUMN_F64, 4);
        mark(k, a->white[i], "coverage", "white_{function}", i, NULL, "Zones blanches", NULL, NULL);
    }
    a->functions = col(k, "functions_within", "Fonctions accessibles", "1", COLUMN_F64, 0);
    mark(k, a->functions, "coverage", "functions_within", 0, &map_functions, "Zones blanches",
         "à {name}, {value} des huit fonctions sont accessibles avant le seuil de zone blanche.",
         "in {name}, {value} of the eight functions are within the white-zone threshold.");
    a->supply =
        col(k, "venues_per_10000", "Lieux ouverts pour 10 000 habitants", "/10000", COLUMN_F64, 2);
    mark(k, a->supply, "supply", "venues_per_10000", 0, &map_supply, "Offre",
         "à {name}, on compte {value} lieu ouvert pour 10 000 habitants.",
         "{name} has {value} open venues per 10,000 inhabitants.");
    a->access = col(k, "access", "Accessibilité pondérée", "/1000", COLUMN_F64, 4);
}

static double venues_near(const fake_results *f, size_t p)
{
    double count = 0;
    for (size_t v = 0; v < f->venue_count; v++)
        count += hypot(f->vx[v] - f->g.x_m[p], f->vy[v] - f->g.y_m[p]) < 2000 ? 1 : 0;
    return count;
}

static void access_fill(maker *k, const access_columns *a, size_t p)
{
    const fake_results *const f = k->f;
    const double *const t = f->minutes[p];
    uint32_t functions = 0;
    put_minutes(k, a->nearest, p, t[FUNCTIONS]);
    for (size_t i = 0; i < FUNCTIONS; i++) {
        put_minutes(k, a->minutes[i], p, t[i]);
        if (p % 29 == 13)
            table_builder_state(k->b, a->gap[i], p, VALUE_MISSING);
        else
            table_builder_f64(k->b, a->gap[i], p, gap_of(t[i]));
        table_builder_f64(k->b, a->white[i], p, !(t[i] <= 30));
        functions += t[i] <= 30;
    }
    for (size_t i = 0; i < 3; i++)
        table_builder_f64(k->b, a->within[i], p, t[FUNCTIONS] <= 10.0 * (double)(i + 1));
    table_builder_f64(k->b, a->functions, p, functions);
    if (f->g.population[p] > 0)
        table_builder_f64(k->b, a->supply, p, venues_near(f, p) * 10000 / f->g.population[p]);
    else
        table_builder_state(k->b, a->supply, p, VALUE_NOT_APPLICABLE);
    table_builder_f64(k->b, a->access, p, venues_near(f, p) * 0.0137);
}

static void places_table(fake_results *f)
{
    maker k = start(f, "places", f->g.count);
    size_t identity[9];
    access_columns a;
    identity_columns(&k, identity);
    access_declare(&k, &a);
    rows_make(&k);
    identity_fill(&k, identity);
    for (size_t p = 0; p < f->g.count; p++)
        access_fill(&k, &a, p);
    (void)finish(&k, "places", "Communes", "Communes", RESULT_PLACES);
}

static void venue_row(maker *k, const size_t *c, size_t v)
{
    fake_results *const f = k->f;
    const double net = 21000 * (noise(v, 31) - 0.15);
    put_text(k, c[0], v, text_of(f, "lieux:%03zu", v + 1));
    put_text(k, c[1], v,
             v < 4 ? fake_nasty_venues[v]
                   : text_of(f, "Le %s n° %zu", v % 2 ? "Comptoir" : "Tiers-lieu", v));
    put_text(k, c[2], v, kinds[f->kind[v]]);
    table_builder_u32(k->b, c[3], v, f->kind[v] != 4);
    put_text(k, c[4], v, v % 9 == 8 ? "project" : "open");
    put_text(k, c[5], v, isnan(f->vx[v]) ? "none" : v % 3 ? "coordinates" : "address");
    put_text(k, c[6], v, f->g.code[v % f->g.count]);
    for (size_t i = 0; i < FUNCTIONS; i++)
        table_builder_f64(k->b, c[7 + i], v,
                          f->offers[v][i]          ? 1
                          : noise(v, 60 + i) < 0.1 ? 0.5
                                                   : 0);
    if (v == 5) {
        table_builder_state(k->b, c[15], v, VALUE_SECRET);
        table_builder_state(k->b, c[16], v, VALUE_NOT_SIGNIFICANT);
        table_builder_state(k->b, c[17], v, VALUE_NOT_SIGNIFICANT);
    } else {
        table_builder_f64(k->b, c[15], v, net * 0.4 - 900);
        table_builder_f64(k->b, c[16], v, net);
        table_builder_f64(k->b, c[17], v, net * 1.8 + 900);
    }
    table_builder_f64(k->b, c[18], v, 300 + floor(9000 * noise(v, 33)));
}

static void venues_table(fake_results *f)
{
    maker k = start(f, "venues", f->venue_count);
    size_t c[19];
    c[0] = col(&k, "id", "Identifiant", "", COLUMN_TEXT, -1);
    c[1] = col(&k, "name", "Lieu", "", COLUMN_TEXT, -1);
    c[2] = col(&k, "kind", "Nature", "", COLUMN_TEXT, -1);
    c[3] = col(&k, "in_scope", "Tiers-lieu", "", COLUMN_U32, -1);
    c[4] = col(&k, "status", "État", "", COLUMN_TEXT, -1);
    c[5] = col(&k, "placement", "Mode de localisation", "", COLUMN_TEXT, -1);
    c[6] = col(&k, "code", "Commune", "", COLUMN_TEXT, -1);
    for (size_t i = 0; i < FUNCTIONS; i++)
        c[7 + i] =
            col(&k, text_of(f, "function_%c", 'a' + (int)i), function_fr[i], "1", COLUMN_F64, 1);
    c[15] = col(&k, "net_km_p05", "Km évités, bas (P5)", "km/a", COLUMN_F64, 1);
    c[16] = col(&k, "net_km_p50", "Km évités nets", "km/a", COLUMN_F64, 1);
    c[17] = col(&k, "net_km_p95", "Km évités, haut (P95)", "km/a", COLUMN_F64, 1);
    mark(&k, c[16], "avoided_km", "net_km_p50", 0, &map_km, "Km évités",
         "« {name} » ferait éviter {value} km par an.",
         "\"{name}\" would save {value} km per year.");
    k.columns[c[16]].estimate = true;
    c[18] = col(&k, "population_20", "Habitants à 20 min au plus", "{person}", COLUMN_F64, 0);
    rows_make(&k);
    for (size_t v = 0; v < f->venue_count; v++)
        venue_row(&k, c, v);
    (void)finish(&k, "venues", "Lieux", "Lieux", RESULT_POINTS);
}

static void territories_table(fake_results *f)
{
    const size_t groups = f->g.epci_count + f->g.departement_count;
    maker k = start(f, "territories", groups);
    const size_t level = col(&k, "level", "Maille", "", COLUMN_TEXT, -1),
                 code = col(&k, "code", "Code", "", COLUMN_TEXT, -1),
                 name = col(&k, "name", "Territoire", "", COLUMN_TEXT, -1),
                 population = col(&k, "population", "Habitants", "{person}", COLUMN_F64, 0),
                 minutes = col(&k, "minutes_nearest", "Temps moyen au lieu le plus proche", "min",
                               COLUMN_F64, 1);
    rows_make(&k);
    for (size_t r = 0; r < groups; r++) {
        const bool epci = r < f->g.epci_count;
        const size_t group = epci ? r : r - f->g.epci_count;
        double sum = 0, weighted = 0;
        for (size_t p = 0; p < f->g.count; p++) {
            if ((epci ? f->g.epci[p] : f->g.departement[p]) != group ||
                isnan(f->minutes[p][FUNCTIONS]))
                continue;
            sum += f->g.population[p];
            weighted += f->g.population[p] * f->minutes[p][FUNCTIONS];
        }
        put_text(&k, level, r, epci ? "epci" : "departement");
        put_text(&k, code, r, epci ? text_of(f, "2000%05zu", 23000 + group) : group ? "91" : "77");
        put_text(&k, name, r,
                 epci    ? text_of(f, "CC du Pays n° %zu", group + 1)
                 : group ? "Essonne"
                         : "Seine-et-Marne");
        table_builder_f64(k.b, population, r, sum);
        if (sum > 0)
            table_builder_f64(k.b, minutes, r, weighted / sum);
        else
            table_builder_state(k.b, minutes, r, VALUE_NOT_APPLICABLE);
    }
    (void)finish(&k, "territories", "Territoires", "Territoires", RESULT_PLAIN);
}

static double flow_workers(const fake_results *f, size_t o, size_t j)
{
    const double km = hypot(f->g.x_m[o] - f->g.x_m[j], f->g.y_m[o] - f->g.y_m[j]) / 1000;
    return f->g.population[o] * f->g.population[j] / (3000 + 900 * km * km) * 0.25;
}

/* Columns as the engine makes them: pairs of 200 workers and more, and one to a place outside. */
static void flow_row(maker *k, const size_t c[11], size_t row, size_t o, size_t j)
{
    fake_results *const f = k->f;
    const fake_geometry *const g = &f->g;
    double at[4];
    const bool outside = j == SIZE_MAX;
    const double x = outside ? g->x_m[o] - 90000 : g->x_m[j],
                 y = outside ? g->y_m[o] + 20000 : g->y_m[j];
    put_text(k, c[0], row, g->code[o]);
    put_text(k, c[1], row, g->name[o]);
    put_text(k, c[2], row, outside ? "75056" : g->code[j]);
    put_text(k, c[3], row, outside ? "Paris" : g->name[j]);
    table_builder_f64(k->b, c[4], row, outside ? 2650 : flow_workers(f, o, j));
    table_builder_f64(k->b, c[5], row, hypot(g->x_m[o] - x, g->y_m[o] - y) / 1000);
    put_text(k, c[6], row, "correcte");
    degrees(&g->x_m[o], &g->y_m[o], 1, &at[0], &at[1]);
    degrees(&x, &y, 1, &at[2], &at[3]);
    for (size_t i = 0; i < 4; i++)
        table_builder_f64(k->b, c[7 + i], row, at[i]);
}

static void flows_table(fake_results *f)
{
    size_t count = 1, row = 0, c[11];
    for (size_t o = 0; o < f->g.count; o++) {
        for (size_t j = 0; j < f->g.count; j++)
            count += j != o && flow_workers(f, o, j) >= 200;
    }
    maker k = start(f, "flows", count);
    c[0] = col(&k, "o", "Commune de résidence", "", COLUMN_TEXT, -1);
    c[1] = col(&k, "o_name", "Nom de la commune de résidence", "", COLUMN_TEXT, -1);
    c[2] = col(&k, "j", "Commune de travail", "", COLUMN_TEXT, -1);
    c[3] = col(&k, "j_name", "Nom de la commune de travail", "", COLUMN_TEXT, -1);
    c[4] = col(&k, "workers", "Actifs occupés", "{person}", COLUMN_F64, 0);
    c[5] = col(&k, "crow_km", "Distance à vol d’oiseau", "km", COLUMN_F64, 1);
    c[6] = col(&k, "reliability", "Fiabilité", "", COLUMN_TEXT, -1);
    c[7] = col(&k, "lon_a", "Longitude de la résidence", "1", COLUMN_F64, 6);
    c[8] = col(&k, "lat_a", "Latitude de la résidence", "1", COLUMN_F64, 6);
    c[9] = col(&k, "lon_b", "Longitude du travail", "1", COLUMN_F64, 6);
    c[10] = col(&k, "lat_b", "Latitude du travail", "1", COLUMN_F64, 6);
    rows_make(&k);
    for (size_t o = 0; o < f->g.count; o++) {
        for (size_t j = 0; j < f->g.count; j++) {
            if (j != o && flow_workers(f, o, j) >= 200)
                flow_row(&k, c, row++, o, j);
        }
    }
    flow_row(&k, c, row, 0, SIZE_MAX);
    (void)finish(&k, "flows", "Principaux flux domicile-travail (200 actifs ou plus)",
                 "Domicile-travail", RESULT_LINES);
}

static const char *const total_rows[][5] = {
    {"coverage", "beyond_5_km", "17.25", "%", "Habitants à plus de 5 km d’un lieu"},
    {"commuting", "workers", "10234.5", "{person}", "Actifs ayant un emploi"},
    {"commuting", "crow_km", "98765.4", "km/d", "Kilomètres à vol d’oiseau"},
    {"catchment", "within_20", "88.125", "%", "Habitants à 20 min au plus"}};
static const char *const parameter_rows[][6] = {
    {"coverage", "white-zone", "Seuil de zone blanche", "30", "min",
     "loi NOTRe, schémas d’accessibilité"},
    {"coverage", "standard", "Norme d’accès", "20", "min", "assumed"},
    {"catchment", "limits", "Limites des aires", "10;20;30", "min", "assumed"}};
static const char *const source_rows[][7] = {
    {"communes", "communes.geojson", "Admin Express", "IGN", "Licence ouverte 2.0", "utf-8",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    {"flows", "base-flux-2014.csv", "Mobilités professionnelles", "Insee, RP 2014",
     "Licence ouverte 2.0", "latin-1",
     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}};
static const char *const balance_rows[][3] = {{"communes.csv", "lues", "60"},
                                              {"lieux.csv", "=rejet <b>\"code\"</b>", "2"}};

static void put_number(maker *k, size_t c, size_t row, const char *text)
{
    double value = 0;
    if (text_to_f64(text_slice_of(text, strlen(text)), '.', &value))
        table_builder_f64(k->b, c, row, value);
}

static void totals_table(fake_results *f)
{
    maker k = start(f, "totals", 4);
    const size_t a = col(&k, "indicator", "Indicateur", "", COLUMN_TEXT, -1),
                 b = col(&k, "name", "Nom", "", COLUMN_TEXT, -1),
                 value = col(&k, "value", "Valeur", "1", COLUMN_F64, -1),
                 low = col(&k, "low", "Borne basse", "1", COLUMN_F64, -1),
                 high = col(&k, "high", "Borne haute", "1", COLUMN_F64, -1),
                 units = col(&k, "unit", "Unité", "", COLUMN_TEXT, -1),
                 fr = col(&k, "title_fr", "Intitulé", "", COLUMN_TEXT, -1),
                 en = col(&k, "title_en", "Intitulé en anglais", "", COLUMN_TEXT, -1),
                 decimals = col(&k, "decimals", "Décimales", "1", COLUMN_I64, -1);
    rows_make(&k);
    for (size_t r = 0; r < 4; r++) {
        put_text(&k, a, r, total_rows[r][0]);
        put_text(&k, b, r, total_rows[r][1]);
        put_number(&k, value, r, total_rows[r][2]);
        if (r == 2) {
            table_builder_f64(k.b, low, r, 90000);
            table_builder_f64(k.b, high, r, 110000);
        }
        put_text(&k, units, r, total_rows[r][3]);
        put_text(&k, fr, r, total_rows[r][4]);
        put_text(&k, en, r, total_rows[r][4]);
        table_builder_i64(k.b, decimals, r, 1);
    }
    (void)finish(&k, "totals", "Chiffres clés", "Synthèse", RESULT_PLAIN);
}

/* Texts, then the range of the parameter and whether it rests on no source. */
static void parameters_table(fake_results *f)
{
    static const char *const names[] = {"plugin", "parameter", "title", "value", "unit", "basis"};
    maker k = start(f, "parameters", 3);
    size_t c[6];
    for (size_t i = 0; i < 6; i++)
        c[i] = col(&k, names[i], names[i], "", COLUMN_TEXT, -1);
    const size_t low = col(&k, "low", "Borne basse", "1", COLUMN_F64, -1),
                 high = col(&k, "high", "Borne haute", "1", COLUMN_F64, -1),
                 assumed = col(&k, "assumed", "Hypothèse sans source (1)", "1", COLUMN_U32, -1);
    rows_make(&k);
    for (size_t r = 0; r < 3; r++) {
        for (size_t i = 0; i < 6; i++)
            put_text(&k, c[i], r, parameter_rows[r][i]);
        table_builder_u32(k.b, assumed, r, strcmp(parameter_rows[r][5], "assumed") == 0);
        if (r == 0) {
            table_builder_f64(k.b, low, r, 20);
            table_builder_f64(k.b, high, r, 45);
        }
    }
    (void)finish(&k, "parameters", "Paramètres", "Paramètres", RESULT_PLAIN);
}

static void texts_table(fake_results *f, const char *name, const char *title,
                        const char *const *columns, size_t column_count, const char *const *cells,
                        size_t rows)
{
    maker k = start(f, name, rows);
    size_t c[8];
    for (size_t i = 0; i < column_count; i++)
        c[i] = col(&k, columns[i], columns[i], "", COLUMN_TEXT, -1);
    rows_make(&k);
    for (size_t r = 0; r < rows; r++) {
        for (size_t i = 0; i < column_count; i++)
            put_text(&k, c[i], r, cells[r * column_count + i]);
    }
    (void)finish(&k, name, title, title, RESULT_PLAIN);
}

/* White zones of function c: every place, then those beyond 30 minutes of function a. */
static void gaps_table(fake_results *f)
{
    error err;
    uint64_t *const start_of = take(f->memory, 3, sizeof *start_of);
    uint32_t *const places = take(f->memory, 2 * f->g.count, sizeof *places);
    size_t at = 0;
    for (size_t z = 0; z < 2; z++) {
        start_of[z] = at;
        for (size_t p = 0; p < f->g.count; p++) {
            if (!(f->minutes[p][z ? 0 : 2] <= 30))
                places[at++] = (uint32_t)p;
        }
    }
    start_of[2] = at;
    maker k = start(f, "gaps", 2);
    const size_t id = col(&k, "id", "Zone", "", COLUMN_TEXT, -1),
                 function = col(&k, "function", "Fonction", "", COLUMN_TEXT, -1),
                 count = col(&k, "places", "Communes", "1", COLUMN_U32, -1),
                 population = col(&k, "population", "Habitants", "{person}", COLUMN_F64, 0);
    rows_make(&k);
    for (size_t z = 0; z < 2; z++) {
        double people = 0;
        for (uint64_t i = start_of[z]; i < start_of[z + 1]; i++)
            people += f->g.population[places[i]];
        put_text(&k, id, z, z ? "a1" : "c1");
        put_text(&k, function, z, z ? "a" : "c");
        table_builder_u32(k.b, count, z, (uint32_t)(start_of[z + 1] - start_of[z]));
        table_builder_f64(k.b, population, z, people);
    }
    result_table *const t =
        finish(&k, "gaps", "Zones blanches d’un seul tenant", "Zones blanches", RESULT_PLACE_SETS);
    t->set_start = start_of;
    t->set_place = places;
    if (f->borders) {
        uint32_t *const group = take(f->memory, f->g.count, sizeof *group);
        for (size_t p = 0; p < f->g.count; p++)
            group[p] = UINT32_MAX;
        for (size_t z = 0; z < 2; z++) {
            for (uint64_t i = start_of[z]; i < start_of[z + 1]; i++)
                group[places[i]] = (uint32_t)z;
        }
        must(topology_dissolve(f->borders, group, 2, &f->sets, &err), &err);
        t->set_outlines = f->sets;
    }
}

/* --- the whole --- */

static polygons *outlines_in_degrees(const polygons *p)
{
    error err;
    polygons_builder *b = NULL;
    polygons *out = NULL;
    must(polygons_builder_new(&b, &err), &err);
    for (size_t r = 0; r < p->rows; r++) {
        must(polygons_builder_row(b, &err), &err);
        for (uint64_t part = p->part_start[r]; part < p->part_start[r + 1]; part++) {
            must(polygons_builder_part(b, &err), &err);
            for (uint64_t ring = p->ring_start[part]; ring < p->ring_start[part + 1]; ring++) {
                must(polygons_builder_ring(b, &err), &err);
                for (uint64_t i = p->point_start[ring]; i < p->point_start[ring + 1]; i++) {
                    double lon, lat;
                    degrees(&p->x[i], &p->y[i], 1, &lon, &lat);
                    must(polygons_builder_point(b, lon, lat, &err), &err);
                }
            }
        }
    }
    must(polygons_build(b, &out, &err), &err);
    polygons_builder_free(b);
    return out;
}

static result_level level_make(fake_results *f, const char *id, const char *fr, const uint32_t *of,
                               size_t groups)
{
    const char **const names = take(f->memory, groups, sizeof *names);
    for (size_t g = 0; g < groups; g++)
        names[g] = text_of(f, "%s %zu", fr, g + 1);
    return (result_level){.id = id,
                          .title_fr = fr,
                          .title_en = fr,
                          .of_place = of,
                          .group_count = groups,
                          .group_name = names};
}

static void tables_make(fake_results *f)
{
    static const char *const source_columns[] = {"role",    "file",     "title",         "producer",
                                                 "licence", "encoding", "content_sha256"},
                             *const balance_columns[] = {"file", "reason", "rows"};
    places_table(f);
    territories_table(f);
    venues_table(f);
    if (!f->options.no_flows)
        flows_table(f);
    gaps_table(f);
    totals_table(f);
    parameters_table(f);
    texts_table(f, "sources", "Sources", source_columns, 7, source_rows[0], 2);
    texts_table(f, "balance", "Qualité", balance_columns, 3, balance_rows[0], 2);
}

static void geometry_publish(fake_results *f)
{
    error err;
    const fake_geometry *const g = &f->g;
    double *const lon = take(f->memory, g->count, sizeof *lon), *const lat =
                                                                    take(f->memory, g->count,
                                                                         sizeof *lat);
    result_level *const levels = take(f->memory, 2, sizeof *levels);
    degrees(g->x_m, g->y_m, g->count, lon, lat);
    levels[0] = level_make(f, "epci", "EPCI", g->epci, g->epci_count);
    levels[1] = level_make(f, "departement", "Département", g->departement, g->departement_count);
    f->r.levels = levels;
    f->r.level_count = 2;
    f->r.place_lon = lon;
    f->r.place_lat = lat;
    f->r.epsg = f->options.no_outlines ? 4326 : g->epsg;
    f->r.place_x_m = f->options.no_outlines ? lon : g->x_m;
    f->r.place_y_m = f->options.no_outlines ? lat : g->y_m;
    f->r.context = g->context;
    if (g->outlines && !f->options.no_outlines) {
        f->degrees = outlines_in_degrees(g->outlines);
        f->r.outlines = f->degrees;
        must(topology_build(g->outlines, 0, &f->borders, &err), &err);
        f->r.borders = f->borders;
    }
}

static void venues_publish(fake_results *f)
{
    f->r.venue_x_m = f->vx;
    f->r.venue_y_m = f->vy;
    if (f->options.no_outlines) {
        double *const lon = take(f->memory, f->venue_count, sizeof *lon), *const lat =
                                                                              take(f->memory,
                                                                                   f->venue_count,
                                                                                   sizeof *lat);
        degrees(f->vx, f->vy, f->venue_count, lon, lat);
        f->r.venue_x_m = lon;
        f->r.venue_y_m = lat;
    }
}

fake_results *fake_results_of(const fake_options *options, const fake_geometry *geometry)
{
    error err;
    fake_results *const f = memory_new(1, sizeof *f);
    if (!f)
        abort();
    must(arena_new(&f->memory, &err), &err);
    f->options = *options;
    f->g = geometry ? *geometry : geometry_make(f);
    f->venue_count = options->venues ? options->venues : 25;
    venues_make(f);
    minutes_make(f);
    geometry_publish(f);
    venues_publish(f);
    tables_make(f);
    results *const r = &f->r;
    r->title = "Tiers-lieux du Pays d’Essai";
    r->territory_title = "Pays d’Essai";
    r->language = options->lang;
    r->version = "0.1.0";
    r->fingerprint = "0123456789ab";
    r->tables = f->tables;
    r->table_count = f->table_count;
    r->champ_fr = "les 60 communes du Pays d’Essai, géographie au 1er janvier 2024.";
    r->champ_en = "the 60 communes of Pays d’Essai, geography of 1 January 2024.";
    r->source_fr = "Insee, recensement de la population 2021 ; IGN, Admin Express 2018 ; listes de "
                   "lieux ; calculs bassin 0.1.0 (exécution 0123456789ab).";
    r->source_en = "INSEE, 2021 census; IGN, Admin Express 2018; venue lists; computed by bassin "
                   "0.1.0 (run 0123456789ab).";
    r->note_fr = "Temps en voiture hors embouteillages. Les lieux en projet ne comptent pas.";
    r->note_en = "Car times without congestion. Planned venues do not count.";
    r->method_pages = "## Zones blanches\n\nUne définition.\n";
    r->manifest_json = "{\"bassin\": 1}\n";
    r->settled_json = r->manifest_json;
    r->memory = f->memory;
    return f;
}

fake_results *fake_results_new(const fake_options *options)
{
    return fake_results_of(options, NULL);
}

const results *fake_results_view(const fake_results *f)
{
    return &f->r;
}

void fake_results_free(fake_results *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->table_count; i++)
        table_free(f->owned[i]);
    topology_free(f->borders);
    polygons_free(f->outlines);
    polygons_free(f->context);
    polygons_free(f->degrees);
    polygons_free(f->sets);
    arena_free(f->memory);
    memory_free(f);
}

const result_table *results_find(const results *r, const char *name)
{
    for (size_t i = 0; i < r->table_count; i++) {
        if (strcmp(r->tables[i].name, name) == 0)
            return &r->tables[i];
    }
    return NULL;
}

bool results_total(const results *r, const char *indicator, const char *name, double *value)
{
    const result_table *const t = results_find(r, "totals");
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        if (strcmp(column_text(table_find(t->rows, "indicator"), row), indicator) == 0 &&
            strcmp(column_text(table_find(t->rows, "name"), row), name) == 0) {
            *value = table_find(t->rows, "value")->at.f64[row];
            return true;
        }
    }
    return false;
}
