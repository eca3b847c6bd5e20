/* What it costs that a foreign plugin runs in processes of its own: its start, and its rows. The
 * same library in the program and apart, turn by turn; outputs must be equal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/progress.h"
#include "engine/job/job.h"
#include "engine/apart/plugin_worker.h"

enum { ROWS = 1000000, TURNS_OF_START = 31, TURNS_OF_ROWS = 9, TURNS_MAX = 31 };

static zygote *workers;

/* Times of the two ways, turn by turn. */
typedef struct duel {
    double here_s[TURNS_MAX], apart_s[TURNS_MAX];
    size_t count;
} duel;

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times_s, size_t count)
{
    qsort(times_s, count, sizeof *times_s, by_size);
    return times_s[count / 2];
}

static void print_duel(const char *what, duel *d)
{
    const double here = median(d->here_s, d->count), apart = median(d->apart_s, d->count);
    (void)printf("%-40s in the program %9.2f ms   apart %9.2f ms   x %.2f, + %.2f ms\n", what,
                 1e3 * here, 1e3 * apart, apart / here, 1e3 * (apart - here));
}

static _Noreturn void stop(const char *what, const char *why)
{
    (void)fprintf(stderr, "bench_isolation: %s: %s\n", what, why);
    exit(1);
}

/* --- a plugin, opened one way or the other --- */

typedef struct opened {
    arena *memory;
    const loaded_plugin *loaded;
    size_t count;
} opened;

static void open_plugin(opened *o, bool apart)
{
    static const char *const folder = BENCH_PLUGINS, *const wanted[] = {"fr.bench.double"};
    const plugin_search where = {
        .folders = &folder, .folder_count = 1, .workers = workers, .in_process = !apart};
    faults *list = NULL;
    error err;
    if (arena_new(&o->memory, &err) != STATUS_OK || faults_new(&list, &err) != STATUS_OK)
        stop("memory", err.en);
    if (plugins_open(&where, wanted, 1, o->memory, &o->loaded, &o->count, list) != STATUS_OK)
        stop("open", faults_count(list) > 0 ? faults_at(list, 0)->en : "?");
    faults_free(list);
}

static void close_plugin(opened *o)
{
    plugins_close(o->loaded, o->count);
    arena_free(o->memory);
}

/* --- a job over places that have a population --- */

typedef struct scene {
    shared_memory population;
    shared_region region;
    double *zeros;
    uint8_t *kept;
} scene;

static void scene_open(scene *s)
{
    error err;
    if (shared_memory_new(&s->population, "population", ROWS * sizeof(double), &err) != STATUS_OK)
        stop("memory", err.en);
    double *population = s->population.at;
    for (size_t i = 0; i < ROWS; i++)
        population[i] = (double)(i % 1000);
    if (shared_memory_freeze(&s->population, &err) != STATUS_OK)
        stop("memory", err.en);
    s->region =
        (shared_region){.at = s->population.at, .size = s->population.size, .fd = s->population.fd};
    s->zeros = memory_new(ROWS, sizeof *s->zeros);
    s->kept = memory_new(ROWS, sizeof *s->kept);
    if (s->zeros == NULL || s->kept == NULL)
        stop("memory", "none left");
}

/* Runs the job; gives its output, the caller's to free. */
static double run_job(const scene *s, const opened *o, size_t rows, int threads, double **values)
{
    const bassin_column population = {
        .size = sizeof population, .type = BASSIN_F64, .rows = rows, .at.raw = s->population.at};
    const bassin_columns in = {.items = &population, .count = 1, .stride = sizeof population};
    made_column made = {.name = "double"};
    made_output output = {.is = (const bassin_output *)o->loaded->plugin->outputs.items,
                          .table = "places",
                          .made_table = NO_INDEX,
                          .rows = rows,
                          .columns = &made,
                          .count = 1};
    plugin_job job = {.loaded = o->loaded,
                      .is = o->loaded->plugin,
                      .suffix = "",
                      .outputs = &output,
                      .regions = &s->region,
                      .region_count = 1,
                      .names = {.places = "places"},
                      .seen = {.size = sizeof job.seen,
                               .in = &in,
                               .place_count = rows,
                               .place_kept = s->kept,
                               .place_lon = s->zeros,
                               .place_lat = s->zeros,
                               .place_x_m = s->zeros,
                               .place_y_m = s->zeros}};
    const job_options options = {.threads = threads, .workers = workers};
    error err;
    if (arena_new(&job.memory, &err) != STATUS_OK)
        stop("memory", err.en);
    const double started_s = progress_clock_s();
    const status ran = job_run(&job, &options, &err);
    const double took_s = progress_clock_s() - started_s;
    if (ran != STATUS_OK || job.failed)
        stop("run", job.failed ? job.failure.en : err.en);
    *values = memory_new(rows, sizeof **values);
    if (*values == NULL)
        stop("memory", "none left");
    memcpy(*values, made.values, rows * sizeof **values);
    job_clear(&job);
    return took_s;
}

/* --- the two measures --- */

static void time_opening(void)
{
    duel d = {.count = TURNS_OF_START};
    for (size_t i = 0; i < 2 * d.count; i++) {
        opened o;
        const double started_s = progress_clock_s();
        open_plugin(&o, i % 2 == 1);
        (i % 2 == 1 ? d.apart_s : d.here_s)[i / 2] = progress_clock_s() - started_s;
        close_plugin(&o);
    }
    print_duel("read, judge, digest a library", &d);
}

static void time_rows(const scene *s, const char *what, size_t rows, int threads, size_t turns)
{
    duel d = {.count = turns};
    opened way[2];
    open_plugin(&way[0], false);
    open_plugin(&way[1], true);
    for (size_t i = 0; i < turns; i++) {
        double *here = NULL, *apart = NULL;
        d.here_s[i] = run_job(s, &way[0], rows, threads, &here);
        d.apart_s[i] = run_job(s, &way[1], rows, threads, &apart);
        if (memcmp(here, apart, rows * sizeof *here) != 0)
            stop(what, "the outputs differ");
        memory_free(here);
        memory_free(apart);
    }
    print_duel(what, &d);
    close_plugin(&way[0]);
    close_plugin(&way[1]);
}

int main(void)
{
    error err;
    scene s;
    if (zygote_start(&workers, &plugin_worker_job, 1, false, &err) != STATUS_OK)
        stop("zygote", err.en);
    scene_open(&s);
    time_opening();
    time_rows(&s, "a job of one row, one worker", 1, 1, TURNS_OF_START);
    time_rows(&s, "a job of 512 rows, two workers", 512, 2, TURNS_OF_START);
    time_rows(&s, "a million rows, one worker", ROWS, 1, TURNS_OF_ROWS);
    time_rows(&s, "a million rows, two workers", ROWS, 2, TURNS_OF_ROWS);
    shared_memory_clear(&s.population);
    memory_free(s.zeros);
    memory_free(s.kept);
    zygote_stop(workers);
    return 0;
}
