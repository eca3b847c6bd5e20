/* The weights of a census detail file grouped by home and work commune: one engine of
 * tests/bench/read. Prints "seconds cpu_seconds groups sum peak_kib".
 *   bench_read_groups FILE THREADS digest|plain [OUT.csv]
 *   bench_read_groups compare A.csv B.csv     the same groups, the same sums to 1e-9 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "table/code_ranks.h"
#include "table/groups.h"
#include "table/reader.h"

static const char *const HOME[] = {"COMMUNE", "o", NULL}, *const WORK[] = {"DCLT", "j", NULL};
static const char *const WEIGHT[] = {"IPONDI", "workers", NULL};
static const wanted_column WANTED[] = {
    {.name = "o", .aliases = HOME, .type = COLUMN_TEXT, .required = true},
    {.name = "j", .aliases = WORK, .type = COLUMN_TEXT, .required = true},
    {.name = "weight", .aliases = WEIGHT, .type = COLUMN_F64, .required = true, .decimals = -1}};

typedef struct work {
    const table *t;
    code_ranks *ranks;
    const uint32_t *o_rank, *j_rank;
    const column *o, *j, *weight;
    uint32_t *first, *second; /* of each group */
    double *sum;
} work;

static double seconds_of(clockid_t clock_id)
{
    struct timespec t;
    (void)clock_gettime(clock_id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static table *read_file(const char *path, int threads, read_facts *facts)
{
    error err;
    char text[1024];
    faults *list = NULL;
    table *t = NULL;
    const read_options options = {
        .path = path, .columns = WANTED, .column_count = 3, .threads = threads};
    if (faults_new(&list, &err) != STATUS_OK)
        return NULL;
    if (table_read(&options, &t, facts, list) != STATUS_OK) {
        (void)fault_format(faults_at(list, 0), LANGUAGE_EN, text, sizeof text);
        (void)fprintf(stderr, "%s\n", text);
    }
    faults_free(list);
    return t;
}

static void read_rows(const void *context, size_t begin, size_t end, group_row *out)
{
    const work *w = context;
    for (size_t r = begin; r < end; r++)
        *out++ = (group_row){.first = w->o_rank[w->o->at.u32[r]],
                             .second = w->j_rank[w->j->at.u32[r]],
                             .weight = w->weight->at.f64[r]};
}

static void keep_group(void *context, size_t index, const group *g)
{
    work *w = context;
    double sum = 0;
    for (size_t i = 0; i < g->count; i++)
        sum += g->members[i].weight;
    w->first[index] = g->first;
    w->second[index] = g->second;
    w->sum[index] = sum;
}

static status group_all(work *w, int threads, size_t *count, error *err)
{
    groups *g = NULL;
    const column *const coded[] = {w->o, w->j};
    status result = code_ranks_new(&w->ranks, coded, 2, NULL, 0, err);
    if (result != STATUS_OK)
        return result;
    w->o_rank = code_ranks_of_words(w->ranks, 0);
    w->j_rank = code_ranks_of_words(w->ranks, 1);
    const group_source source = {.rows = w->t->rows,
                                 .codes = code_ranks_count(w->ranks),
                                 .minors = 1,
                                 .threads = threads,
                                 .read = read_rows,
                                 .context = w};
    result = groups_new(&g, &source, err);
    if (result != STATUS_OK)
        return result;
    *count = groups_count(g);
    w->first = memory_new(*count, sizeof *w->first);
    w->second = memory_new(*count, sizeof *w->second);
    w->sum = memory_new(*count, sizeof *w->sum);
    result = w->first && w->second && w->sum ? groups_each(g, keep_group, w, err)
                                             : memory_error(err, *count * 16);
    groups_free(g);
    return result;
}

static bool write_groups(const work *w, size_t count, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f)
        return false;
    (void)fputs("o;j;workers\n", f);
    for (size_t i = 0; i < count; i++) {
        text_slice o = code_ranks_at(w->ranks, w->first[i]);
        text_slice j = code_ranks_at(w->ranks, w->second[i]);
        (void)fprintf(f, "%.*s;%.*s;%.17g\n", (int)o.size, o.at, (int)j.size, j.at, w->sum[i]);
    }
    return fclose(f) == 0;
}

static int run(const char *path, int threads, bool digest, const char *out)
{
    error err = {0};
    read_facts facts;
    struct rusage used;
    work w = {0};
    size_t count = 0;
    double start = seconds_of(CLOCK_MONOTONIC), cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID), sum = 0;
    table *t = read_file(path, threads, digest ? &facts : NULL);
    if (!t)
        return 1;
    w.t = t;
    w.o = table_find(t, "o");
    w.j = table_find(t, "j");
    w.weight = table_find(t, "weight");
    if (group_all(&w, threads, &count, &err) != STATUS_OK) {
        (void)fprintf(stderr, "%s\n", err.en);
        return 1;
    }
    double wall = seconds_of(CLOCK_MONOTONIC) - start;
    cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    for (size_t i = 0; i < count; i++)
        sum += w.sum[i];
    (void)getrusage(RUSAGE_SELF, &used);
    (void)printf("%.3f %.3f %zu %.6f %ld\n", wall, cpu, count, sum, used.ru_maxrss);
    return !out || write_groups(&w, count, out) ? 0 : 1;
}

/* Both lists are in the order of their codes. */
static int compare(const char *a_path, const char *b_path)
{
    table *a = read_file(a_path, 0, NULL), *b = read_file(b_path, 0, NULL);
    if (!a || !b)
        return 1;
    if (a->rows != b->rows) {
        (void)printf("%zu groups against %zu\n", a->rows, b->rows);
        return 1;
    }
    for (size_t r = 0; r < a->rows; r++) {
        double x = table_find(a, "weight")->at.f64[r], y = table_find(b, "weight")->at.f64[r];
        if (strcmp(column_text(&a->columns[0], r), column_text(&b->columns[0], r)) != 0 ||
            strcmp(column_text(&a->columns[1], r), column_text(&b->columns[1], r)) != 0 ||
            fabs(x - y) > 1e-9 * fmax(1, fabs(x))) {
            (void)printf("group %zu differs\n", r + 1);
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "compare") == 0)
        return compare(argv[2], argv[3]);
    if (argc < 4)
        return 64;
    return run(argv[1], (int)strtol(argv[2], NULL, 10), strcmp(argv[3], "digest") == 0,
               argc > 4 ? argv[4] : NULL);
}
