/* Official and community files, read where they lie (BASSIN_SHARED); nothing of them is copied. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/progress.h"
#include "geo/layer.h"
#include "geo/locator.h"
#include "geo/topology.h"
#include "shapes.h"
#include "slow_locator.h"

typedef struct desk {
    zygote *z;
    const char *shared;
    char path[400];
    faults *found;
    layer *got;
} desk;

static int desk_open(void **state)
{
    error err;
    desk *d = memory_new(1, sizeof *d);
    struct stat facts;
    OK(zygote_start(&d->z, &layer_job, 1, false, &err));
    d->shared = getenv("BASSIN_SHARED");
    if (!d->shared)
        d->shared = getenv("BASSIN_SHARED_DEFAULT");
    if (!d->shared || stat(d->shared, &facts) || !S_ISDIR(facts.st_mode))
        d->shared = NULL;
    *state = d;
    return 0;
}

static int desk_close(void **state)
{
    desk *d = *state;
    zygote_stop(d->z);
    memory_free(d);
    return 0;
}

static void need_shared(const desk *d)
{
    if (d->shared)
        return;
    print_message("skipped: no shared data\n");
    skip();
}

static status read_sheet(desk *d, const char *name, const char *sheet)
{
    error err;
    double begin = progress_clock_s();
    snprintf(d->path, sizeof d->path, "%s/%s", d->shared, name);
    layer_options options = {.path = d->path, .name = sheet};
    OK(faults_new(&d->found, &err));
    status s = layer_read(d->z, &options, &d->got, d->found);
    print_message("%s: read in %.2f s\n", name, progress_clock_s() - begin);
    return s;
}

static status read_file(desk *d, const char *name)
{
    return read_sheet(d, name, NULL);
}

static void clear(desk *d)
{
    layer_free(d->got);
    faults_free(d->found);
    d->got = NULL;
    d->found = NULL;
}

static bool says(const desk *d, const char *word)
{
    for (size_t i = 0; i < faults_count(d->found); i++)
        if (strstr(faults_at(d->found, i)->en, word))
            return true;
    return false;
}

static const char *cell(const desk *d, const char *name, size_t row)
{
    const column *c = table_find(d->got->cells, name);
    assert_non_null(c);
    return column_text(c, row);
}

static size_t row_of(const desk *d, const char *name, const char *code)
{
    for (size_t r = 0; r < d->got->cells->rows; r++)
        if (!strcmp(cell(d, name, r), code))
            return r;
    fail_msg("no %s", code);
    return 0;
}

/* --- sheets --- */

static void test_membership_table(void **state)
{
    desk *d = *state;
    need_shared(d);
    OK(read_sheet(d, "data/table-appartenance-geo-communes-22.xlsx", "COM"));
    assert_int_equal(d->got->cells->rows, 34955);
    assert_int_equal(d->got->cells->column_count, 17);
    size_t row = row_of(d, "CODGEO", "01004");
    assert_string_equal(cell(d, "LIBGEO", row), "Ambérieu-en-Bugey");
    assert_string_equal(cell(d, "EPCI", row), "240100883");
    assert_string_equal(cell(d, "DEP", row), "01");
    assert_int_equal(table_source(d->got->cells, 0).line, 7);
    (void)row_of(d, "CODGEO", "2A004");
    assert_true(says(d, "line 6"));
    clear(d);
    OK(read_sheet(d, "data/table-appartenance-geo-communes-22.xlsx", "ARM"));
    assert_int_equal(d->got->cells->rows, 45);
    (void)row_of(d, "CODGEO", "75101");
    clear(d);
}

static void test_equipment_crosstab(void **state)
{
    desk *d = *state;
    need_shared(d);
    OK(read_file(d, "data/bpe2013_communes.xlsx"));
    print_message("bpe2013: %zu rows, %zu columns, header \"%s\"\n", d->got->cells->rows,
                  d->got->cells->column_count, d->got->cells->columns[0].name);
    assert_in_range(d->got->cells->rows, 35000, 36000);
    assert_in_range(d->got->cells->column_count, 180, 184);
    clear(d);
}

/* --- outlines --- */

/* What a map does with them, and what must hold. */
static void weave(const polygons *p, double dissolve_tolerance)
{
    error err;
    topology *t = NULL, *thin = NULL;
    polygons *q = NULL, *all = NULL;
    arena *a = NULL;
    const uint64_t *start = NULL;
    const uint32_t *to = NULL;
    double area = 0, area_back = 0;
    uint32_t *group = memory_new(p->rows, sizeof *group);
    double t0 = progress_clock_s();
    OK(topology_build(p, 0, &t, &err));
    double t1 = progress_clock_s();
    OK(arena_new(&a, &err));
    OK(topology_neighbours(t, a, &start, &to, &err));
    double t2 = progress_clock_s();
    OK(topology_dissolve(t, group, 1, &all, &err));
    double t3 = progress_clock_s();
    OK(topology_simplify(t, 1e-6, 1e-6, &thin, &err));
    double t4 = progress_clock_s();
    OK(topology_to_polygons(t, &q, &err));
    for (size_t r = 0; r < p->rows; r++) {
        area += polygons_area(p, r);
        area_back += polygons_area(q, r);
    }
    print_message("%zu rows, %zu points, %zu arcs with %zu points, %zu thin, %zu neighbours, union "
                  "of %zu parts and %zu rings; build %.2f s, neighbours %.2f, dissolve %.2f, "
                  "simplify %.2f\n",
                  p->rows, (size_t)p->point_start[p->ring_start[p->part_start[p->rows]]],
                  t->arc_count, (size_t)t->arc_start[t->arc_count],
                  (size_t)thin->arc_start[thin->arc_count], (size_t)start[p->rows],
                  (size_t)all->part_start[1], (size_t)all->ring_start[all->part_start[1]], t1 - t0,
                  t2 - t1, t3 - t2, t4 - t3);
    assert_close(area, area_back, 1e-9 * area);
    assert_close(polygons_area(all, 0), area, dissolve_tolerance * area);
    for (size_t r = 0; r < p->rows; r++)
        for (uint64_t i = start[r]; i < start[r + 1]; i++)
            assert_true(to[i] < p->rows && to[i] != r && (i == start[r] || to[i - 1] < to[i]));
    memory_free(group);
    arena_free(a);
    topology_free(t);
    topology_free(thin);
    polygons_free(q);
    polygons_free(all);
}

static void test_ile_de_france_2018(void **state)
{
    desk *d = *state;
    need_shared(d);
    OK(read_file(d, "data/communes_idf_2018.geojson"));
    assert_int_equal(d->got->kind, GEOMETRY_POLYGON);
    assert_int_equal(d->got->epsg, 4326);
    assert_int_equal(d->got->cells->rows, 1276);
    weave(d->got->outlines, 1e-9);
    clear(d);
}

static void test_ile_de_france_2014_with_arrondissements(void **state)
{
    desk *d = *state;
    need_shared(d);
    OK(read_file(d, "data/communes_idf_2014_with_arm.geojson.gz"));
    assert_int_equal(d->got->kind, GEOMETRY_POLYGON);
    assert_int_equal(d->got->cells->rows, 1297);
    weave(d->got->outlines, 1e-6);
    clear(d);
}

/* A point inside each outline is found in that outline. */
static void test_places_find_themselves(void **state)
{
    desk *d = *state;
    error err;
    need_shared(d);
    OK(read_file(d, "data/communes_idf_2018.geojson"));
    const polygons *p = d->got->outlines;
    double *x = memory_new(p->rows, sizeof *x), *y = memory_new(p->rows, sizeof *y);
    uint8_t *has = memory_new(p->rows, 1);
    locator *l = NULL;
    OK(polygons_point_on_surface(p, x, y, has, &err));
    OK(locator_new(&l, p, &err));
    for (size_t r = 0; r < p->rows; r++) {
        uint32_t row = 0;
        OK(locator_find(l, x[r], y[r], &row, &err));
        assert_true(has[r]);
        assert_int_equal(row, r);
    }
    locator_free(l);
    memory_free(x);
    memory_free(y);
    memory_free(has);
    clear(d);
}

/* On every vertex and middle of an edge of real communes, and on points anywhere around them, the
 * row is the one that GEOS prepared geometries find. */
static void test_rows_are_those_of_geos(void **state)
{
    desk *d = *state;
    error err;
    need_shared(d);
    OK(read_file(d, "data/communes_idf_2018.geojson"));
    const polygons *p = d->got->outlines;
    const size_t vertices = (size_t)p->point_start[p->ring_start[p->part_start[p->rows]]];
    const size_t count = 3 * (vertices - 1);
    double *x = memory_new(count, sizeof *x), *y = memory_new(count, sizeof *y);
    uint32_t *got = memory_new(count, sizeof *got);
    locator *l = NULL;
    slow_locator *slow = NULL;
    bounds box = polygons_bounds(p, NULL);
    stream s = stream_new("real-locator");
    for (size_t k = 0; k + 1 < vertices; k++) {
        x[3 * k] = p->x[k];
        y[3 * k] = p->y[k];
        x[3 * k + 1] = (p->x[k] + p->x[k + 1]) / 2;
        y[3 * k + 1] = (p->y[k] + p->y[k + 1]) / 2;
        x[3 * k + 2] = box.x_min + stream_uniform(&s) * (box.x_max - box.x_min);
        y[3 * k + 2] = box.y_min + stream_uniform(&s) * (box.y_max - box.y_min);
    }
    OK(locator_new(&l, p, &err));
    OK(slow_locator_new(&slow, p, &err));
    OK(locator_find_all(l, x, y, count, 2, got, &err));
    for (size_t i = 0; i < count; i++) {
        uint32_t wanted = 0;
        OK(slow_locator_find(slow, x[i], y[i], &wanted, &err));
        assert_int_equal(got[i], wanted);
    }
    locator_free(l);
    slow_locator_free(slow);
    memory_free(x);
    memory_free(y);
    memory_free(got);
    clear(d);
}

/* --- venues --- */

static void test_venue_points(void **state)
{
    desk *d = *state;
    need_shared(d);
    OK(read_file(d, "data/fabt_geom.geojson"));
    assert_int_equal(d->got->kind, GEOMETRY_POINT);
    size_t without = 0;
    for (size_t r = 0; r < d->got->cells->rows; r++)
        without += isnan(d->got->lon[r]) != 0;
    print_message("fabt: %zu venues, %zu without a point\n", d->got->cells->rows, without);
    assert_true(without > 0 && without < d->got->cells->rows / 4);
    clear(d);
    OK(read_file(d, "data/manuprox_geom.geojson"));
    assert_int_equal(d->got->kind, GEOMETRY_POINT);
    clear(d);
}

/* --- bad input --- */

static void test_bad_files(void **state)
{
    desk *d = *state;
    need_shared(d);
    error err;
    OK(read_file(d, "nasty/base/contours.geojson"));
    assert_int_equal(d->got->kind, GEOMETRY_POLYGON);
    clear(d);
    assert_int_equal(read_file(d, "nasty/open/55_contours_nan.geojson"), STATUS_INPUT);
    assert_true(says(d, "NaN") && faults_at(d->found, 0)->line > 0);
    clear(d);
    assert_int_equal(read_file(d, "nasty/open/57_contours_deep.geojson"), STATUS_INPUT);
    assert_true(says(d, "nested"));
    clear(d);
    assert_int_equal(read_file(d, "nasty/open/59_venues_corrupt.gpkg"), STATUS_INPUT);
    assert_true(says(d, "database disk image is malformed"));
    assert_null(d->got);
    clear(d);
    OK(read_file(d, "nasty/open/53_contours_bowtie.geojson"));
    size_t rows = d->got->cells->rows;
    const char **codes = memory_new(rows, sizeof *codes);
    for (size_t r = 0; r < rows; r++)
        codes[r] = "place";
    polygons *repaired = NULL;
    faults *found = NULL;
    OK(faults_new(&found, &err));
    OK(polygons_repair(d->got->outlines, codes, d->path, &repaired, found));
    assert_int_equal(faults_count(found), 1);
    print_message("%s\n", faults_at(found, 0)->fr);
    for (size_t r = 0; r < rows; r++)
        assert_true(polygons_area(repaired, r) > 0);
    polygons_free(repaired);
    faults_free(found);
    memory_free(codes);
    clear(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_membership_table),
        cmocka_unit_test(test_equipment_crosstab),
        cmocka_unit_test(test_ile_de_france_2018),
        cmocka_unit_test(test_ile_de_france_2014_with_arrondissements),
        cmocka_unit_test(test_places_find_themselves),
        cmocka_unit_test(test_rows_are_those_of_geos),
        cmocka_unit_test(test_venue_points),
        cmocka_unit_test(test_bad_files),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
