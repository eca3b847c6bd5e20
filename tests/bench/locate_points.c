/* Points in polygons, ours and GEOS prepared geometries: `make bench-points`. Fails when a point
 * falls elsewhere, never on a time.
 *   bench_points POLYGONS.bin POINTS.bin RUNS
 * The files: u32 count; polygons: u32 points, then x, y pairs; points: x, y pairs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/files.h"
#include "geo/curve.h"
#include "slow_locator.h"

enum { RUNS_MAX = 31 };

typedef struct points {
    double *x, *y;
    size_t count;
} points;

static double seconds_now(clockid_t clock_id)
{
    struct timespec t;
    (void)clock_gettime(clock_id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void stop(const error *err)
{
    (void)fprintf(stderr, "%s\n", err->en);
    exit(1);
}

static polygons *read_polygons(const char *path)
{
    error err;
    file_view f;
    polygons_builder *b = NULL;
    polygons *p = NULL;
    uint32_t count = 0, size = 0;
    if (file_map(path, &f, &err) || polygons_builder_new(&b, &err))
        stop(&err);
    const char *at = f.at + sizeof count;
    memcpy(&count, f.at, sizeof count);
    for (uint32_t i = 0; i < count; i++) {
        memcpy(&size, at, sizeof size);
        at += sizeof size;
        if (polygons_builder_row(b, &err) || polygons_builder_part(b, &err) ||
            polygons_builder_ring(b, &err))
            stop(&err);
        for (uint32_t k = 0; k < size; k++, at += 16) {
            double xy[2];
            memcpy(xy, at, sizeof xy);
            if (polygons_builder_point(b, xy[0], xy[1], &err))
                stop(&err);
        }
    }
    if (polygons_build(b, &p, &err))
        stop(&err);
    polygons_builder_free(b);
    file_unmap(&f);
    return p;
}

static points read_points(const char *path)
{
    error err;
    file_view f;
    uint32_t count = 0;
    if (file_map(path, &f, &err))
        stop(&err);
    memcpy(&count, f.at, sizeof count);
    points p = {.x = memory_new(count, 8), .y = memory_new(count, 8), .count = count};
    for (size_t i = 0; i < count; i++) {
        memcpy(&p.x[i], f.at + sizeof count + 16 * i, 8);
        memcpy(&p.y[i], f.at + sizeof count + 16 * i + 8, 8);
    }
    file_unmap(&f);
    return p;
}

static int compare_doubles(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void say(const char *what, double *wall, double *cpu, size_t runs, size_t count)
{
    qsort(wall, runs, sizeof *wall, compare_doubles);
    qsort(cpu, runs, sizeof *cpu, compare_doubles);
    (void)printf("%-34s median %7.3f s (%.3f to %.3f), cpu %7.3f s, %7.1f ns a point\n", what,
                 wall[runs / 2], wall[0], wall[runs - 1], cpu[runs / 2],
                 wall[runs / 2] / (double)count * 1e9);
}

static double find_all(const polygons *p, const points *at, int threads, size_t runs, uint32_t *out,
                       double *build)
{
    error err;
    char what[64];
    double wall[RUNS_MAX], cpu[RUNS_MAX];
    locator *l = NULL;
    double start = seconds_now(CLOCK_MONOTONIC);
    if (locator_new(&l, p, &err))
        stop(&err);
    *build = seconds_now(CLOCK_MONOTONIC) - start;
    for (size_t i = 0; i < runs; i++) {
        double from = seconds_now(CLOCK_MONOTONIC),
               from_cpu = seconds_now(CLOCK_PROCESS_CPUTIME_ID);
        if (locator_find_all(l, at->x, at->y, at->count, threads, out, &err))
            stop(&err);
        wall[i] = seconds_now(CLOCK_MONOTONIC) - from;
        cpu[i] = seconds_now(CLOCK_PROCESS_CPUTIME_ID) - from_cpu;
    }
    locator_free(l);
    (void)snprintf(what, sizeof what, "bassin, sort included, %d thread%s", threads,
                   threads > 1 ? "s" : "");
    say(what, wall, cpu, runs, at->count);
    return cpu[runs / 2];
}

static double find_by_geos(slow_locator *l, const points *at, const uint32_t *order, uint32_t *out,
                           size_t runs)
{
    error err;
    double wall[RUNS_MAX], cpu[RUNS_MAX];
    for (size_t r = 0; r < runs; r++) {
        double from = seconds_now(CLOCK_MONOTONIC),
               from_cpu = seconds_now(CLOCK_PROCESS_CPUTIME_ID);
        for (size_t i = 0; i < at->count; i++) {
            size_t k = order ? order[i] : i;
            if (slow_locator_find(l, at->x[k], at->y[k], &out[k], &err))
                stop(&err);
        }
        wall[r] = seconds_now(CLOCK_MONOTONIC) - from;
        cpu[r] = seconds_now(CLOCK_PROCESS_CPUTIME_ID) - from_cpu;
    }
    say(order ? "GEOS prepared, points sorted" : "GEOS prepared, random order", wall, cpu, runs,
        at->count);
    return cpu[runs / 2];
}

int main(int argc, char **argv)
{
    error err;
    struct rusage used;
    double build = 0;
    if (argc < 4)
        return 64;
    polygons *p = read_polygons(argv[1]);
    points at = read_points(argv[2]);
    size_t runs = (size_t)strtoul(argv[3], NULL, 10);
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    uint32_t *ours = memory_new(at.count, 4), *two = memory_new(at.count, 4);
    uint32_t *theirs = memory_new(at.count, 4), *order = NULL;
    if (!ours || !two || !theirs)
        return 3;
    (void)printf("%zu polygons, %zu points\n", p->rows, at.count);
    double one_thread = find_all(p, &at, 1, runs, ours, &build);
    (void)find_all(p, &at, 2, runs, two, &build);
    (void)getrusage(RUSAGE_SELF, &used);
    (void)printf("%-34s %.3f s; peak memory %ld MiB\n", "its index, once", build,
                 used.ru_maxrss / 1024);
    slow_locator *slow = NULL;
    if (slow_locator_new(&slow, p, &err))
        stop(&err);
    double random = find_by_geos(slow, &at, NULL, theirs, 1);
    bounds box = polygons_bounds(p, NULL);
    if (curve_order(&order, at.x, at.y, at.count, &box, 1, &err))
        stop(&err);
    double sorted = find_by_geos(slow, &at, order, theirs, 1);
    (void)getrusage(RUSAGE_SELF, &used);
    (void)printf("%-34s peak memory %ld MiB\n", "with GEOS", used.ru_maxrss / 1024);
    (void)printf("cpu, one thread: %.1f times GEOS in random order, %.1f times once sorted\n",
                 random / one_thread, sorted / one_thread);
    size_t differ = 0;
    for (size_t i = 0; i < at.count; i++)
        differ += ours[i] != theirs[i] || two[i] != theirs[i];
    (void)printf("points that fall elsewhere: %zu\n", differ);
    return differ ? 1 : 0;
}
