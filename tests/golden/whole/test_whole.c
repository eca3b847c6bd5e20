/* The whole program on the demonstration: the same bytes whatever the threads and the order of the
 * rows, and an earlier good results folder that nothing can spoil. */
#include "tests/golden/run/program.h"
#include "tests/golden/whole/process.h"

#include <fcntl.h>
#include <sys/file.h>
#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>

#include "base/files.h"
#include "table/reader.h"

#define COMMUNES "60"
#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

typedef struct demo {
    char folder[64], data[256], run_file[256], results[256];
} demo;

static void demo_paths(demo *d)
{
    folder_new(d->folder);
    (void)in_folder(d->data, d->folder, "data");
    (void)in_folder(d->run_file, d->folder, "data/run.yaml");
    (void)in_folder(d->results, d->folder, "results");
}

static void must_do(const char *const *arguments)
{
    static char text[1 << 16];
    const ending e = process_run(arguments, text, sizeof text);
    if (e.code != 0)
        print_error("exit %d: %s\n", e.code, text);
    assert_int_equal(e.code, 0);
}
#define MUST(...) must_do((const char *const[]){__VA_ARGS__, NULL})

static int make_demo(void **state)
{
    static demo d;
    demo_paths(&d);
    MUST("demo", "--communes", COMMUNES, "-j", "1", "-o", d.folder, "--lang", "en");
    *state = &d;
    return 0;
}

static int drop_demo(void **state)
{
    const demo *d = *state;
    folder_drop(d->folder);
    return 0;
}

/* --- comparing trees --- */

static bool is_listed(const char *name, const char *const *list)
{
    for (size_t i = 0; list != NULL && list[i] != NULL; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

/* How many files of `a` differ from those of `b`, each told; `but`: names left out,
 * NULL-terminated.
 */
static size_t trees_differ(const char *a, const char *b, const char *const *but)
{
    size_t differing = 0;
    DIR *folder = opendir(a);
    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char x[512], y[512];
        struct stat facts;
        if (entry->d_name[0] == '.' || is_listed(entry->d_name, but))
            continue;
        (void)snprintf(x, sizeof x, "%s/%s", a, entry->d_name);
        (void)snprintf(y, sizeof y, "%s/%s", b, entry->d_name);
        assert_int_equal(lstat(x, &facts), 0);
        if (S_ISDIR(facts.st_mode)) {
            differing += trees_differ(x, y, but);
        } else if (!same_file(x, y)) {
            print_error("differs: %s\n", x);
            differing++;
        }
    }
    (void)closedir(folder);
    return differing;
}

/* --- the same bytes --- */

static void the_same_command_gives_the_same_bytes(void **state)
{
    const demo *d = *state;
    demo again;
    demo_paths(&again);
    MUST("demo", "--communes", COMMUNES, "-j", "2", "-o", again.folder, "--lang", "en");
    assert_int_equal(trees_differ(d->data, again.data, NULL), 0);
    assert_int_equal(trees_differ(d->results, again.results, NULL), 0);
    assert_int_equal(trees_differ(again.results, d->results, NULL), 0);
    folder_drop(again.folder);
}

static void four_threads_give_the_same_bytes(void **state)
{
    const demo *d = *state;
    char out[256];
    cache_at(d->folder, "cache-four");
    MUST("run", d->run_file, "-j", "4", "-o", in_folder(out, d->folder, "four"), "--lang", "en");
    assert_int_equal(trees_differ(d->results, out, NULL), 0);
    assert_int_equal(trees_differ(out, d->results, NULL), 0);
}

/* A fixed permutation: a linear congruential generator and Fisher-Yates. */
static void shuffle(char **lines, size_t count)
{
    uint64_t random = 20240229;
    for (size_t i = count; i > 1; i--) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const size_t k = (size_t)((random >> 33) % i);
        char *kept = lines[i - 1];
        lines[i - 1] = lines[k];
        lines[k] = kept;
    }
}

typedef struct text_lines {
    char *text, **line;
    size_t count;
} text_lines;

/* Lines without their ends; the demonstration's files hold no line end within quotes. */
static text_lines lines_of(const char *path)
{
    error err;
    file_view file;
    text_lines t = {0};
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    t.text = malloc(file.size + 1);
    t.line = malloc((file.size + 1) * sizeof *t.line);
    assert_true(t.text != NULL && t.line != NULL);
    memcpy(t.text, file.at, file.size);
    t.text[file.size] = '\0';
    for (char *at = t.text; *at != '\0';) {
        t.line[t.count++] = at;
        at += strcspn(at, "\n");
        if (*at != '\0')
            *at++ = '\0';
    }
    file_unmap(&file);
    return t;
}

static void lines_free(text_lines *t)
{
    free(t->text);
    free(t->line);
}

static void shuffle_csv(const char *from, const char *to)
{
    text_lines t = lines_of(from);
    shuffle(t.line + 1, t.count - 1);
    FILE *out = fopen(to, "w");
    assert_non_null(out);
    for (size_t i = 0; i < t.count; i++)
        (void)fprintf(out, "%s\n", t.line[i]);
    assert_int_equal(fclose(out), 0);
    lines_free(&t);
}

/* One feature a line, between the line that opens the collection and the one that closes it. */
static void shuffle_features(const char *from, const char *to)
{
    text_lines t = lines_of(from);
    assert_true(t.count > 3);
    for (size_t i = 1; i + 1 < t.count; i++)
        if (t.line[i][strlen(t.line[i]) - 1] == ',')
            t.line[i][strlen(t.line[i]) - 1] = '\0';
    shuffle(t.line + 1, t.count - 2);
    FILE *out = fopen(to, "w");
    assert_non_null(out);
    for (size_t i = 0; i < t.count; i++)
        (void)fprintf(out, "%s%s\n", t.line[i], i > 0 && i + 2 < t.count ? "," : "");
    assert_int_equal(fclose(out), 0);
    lines_free(&t);
}

static void shuffle_folder(const char *from, const char *to)
{
    error err;
    DIR *folder = opendir(from);
    assert_non_null(folder);
    assert_int_equal(folder_make(to, &err), STATUS_OK);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char x[512], y[512];
        const char *dot = strrchr(entry->d_name, '.');
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(x, sizeof x, "%s/%s", from, entry->d_name);
        (void)snprintf(y, sizeof y, "%s/%s", to, entry->d_name);
        if (dot != NULL && strcmp(dot, ".csv") == 0)
            shuffle_csv(x, y);
        else if (dot != NULL && strcmp(dot, ".geojson") == 0)
            shuffle_features(x, y);
        else
            file_copy(x, y);
    }
    (void)closedir(folder);
}

static table *read_texts(const char *path)
{
    error err;
    faults *list = NULL;
    table *t = NULL;
    const read_options options = {.path = path};
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(table_read(&options, &t, NULL, list), STATUS_OK);
    faults_free(list);
    return t;
}

/* The two lists hold the same rows in the same order, but for the lines of the files. */
static void assert_same_but_lines(const char *a, const char *b, const char *name)
{
    char path[512];
    table *x = read_texts(in_folder(path, a, name)), *y = read_texts(in_folder(path, b, name));
    size_t told = 0, moved = 0;
    assert_int_equal(x->rows, y->rows);
    assert_int_equal(x->column_count, y->column_count);
    for (size_t c = 0; c < x->column_count; c++) {
        for (size_t row = 0; row < x->rows; row++) {
            const char *u = column_text(&x->columns[c], row), *v = column_text(&y->columns[c], row);
            if (strcmp(x->columns[c].name, "line") != 0) {
                assert_string_equal(u, v);
                continue;
            }
            told += u[0] != '\0';
            moved += strcmp(u, v) != 0;
        }
    }
    assert_true(strcmp(name, "tables/warnings.csv") != 0 || (told > 0 && moved > 0));
    table_free(x);
    table_free(y);
}

/* The lines of every file in another order give the same bytes of every output, but for the
 * manifest, which tells the files' digests, and the lists that tell their lines. */
static void the_order_of_the_rows_never_matters(void **state)
{
    static const char *const of_files[] = {"run.json", "rejects.csv", "warnings.csv", NULL};
    const demo *d = *state;
    char shuffled[256], run[256], of_shuffled[256];
    shuffle_folder(d->data, in_folder(shuffled, d->folder, "shuffled"));
    cache_at(d->folder, "cache-shuffled");
    MUST("run", in_folder(run, shuffled, "run.yaml"), "-j", "2", "-o",
         in_folder(of_shuffled, d->folder, "of-shuffled"), "--lang", "en");
    assert_int_equal(trees_differ(d->results, of_shuffled, of_files), 0);
    assert_int_equal(trees_differ(of_shuffled, d->results, of_files), 0);
    assert_same_but_lines(d->results, of_shuffled, "tables/warnings.csv");
    assert_same_but_lines(d->results, of_shuffled, "tables/rejects.csv");
}

/* --- places as cells --- */

static table *read_texts_of(const char *folder, const char *name)
{
    char path[512];
    return read_texts(in_folder(path, folder, name));
}

static double number_at_row(const table *t, const char *name, size_t row)
{
    double value = 0;
    const char *text = column_text(table_find(t, name), row);
    assert_true(text_to_f64(text_slice_of(text, strlen(text)), '.', &value));
    return value;
}

/* Every cell has a commune, and every commune is the mean of its cells weighted by their
 * inhabitants, as the tables print them. */
static void communes_are_means(const char *folder)
{
    table *cells = read_texts_of(folder, "tables/places.csv"),
          *communes = read_texts_of(folder, "tables/communes.csv");
    size_t checked = 0;
    assert_int_equal(communes->rows, (size_t)atol(COMMUNES));
    assert_true(cells->rows > 20 * communes->rows);
    for (size_t row = 0; row < communes->rows; row++) {
        const char *code = column_text(table_find(communes, "code"), row);
        double persons = 0, white = 0, count = 0;
        for (size_t c = 0; c < cells->rows; c++) {
            if (strcmp(column_text(table_find(cells, "commune"), c), code) != 0)
                continue;
            const double one = number_at_row(cells, "population", c);
            persons += one;
            white += one * number_at_row(cells, "white_a", c);
            count++;
        }
        if (count < 1)
            continue;
        checked++;
        assert_true(fabs(count - number_at_row(communes, "cells", row)) < 0.5);
        assert_true(fabs(white / persons - number_at_row(communes, "white_a", row)) < 1e-4);
        assert_true(fabs(white - number_at_row(communes, "white_a_population", row)) < 0.1);
    }
    assert_true(checked > communes->rows / 2);
    table_free(cells);
    table_free(communes);
}

/* Threads and the order of the rows of every file, cells too, do not change one byte. */
static void a_run_over_cells_gives_communes_and_the_same_bytes(void **state)
{
    static const char *const of_files[] = {"run.json", "rejects.csv", "warnings.csv", NULL};
    const demo *d = *state;
    char run[256], one[256], four[256], shuffled[256], of_shuffled[256], path[512];
    (void)in_folder(run, d->folder, "data/run-carreaux.yaml");
    MUST("run", run, "-j", "1", "-o", in_folder(one, d->folder, "cells-one"), "--lang", "en");
    cache_at(d->folder, "cache-cells-four");
    MUST("run", run, "-j", "4", "-o", in_folder(four, d->folder, "cells-four"), "--lang", "en");
    assert_int_equal(trees_differ(one, four, NULL), 0);
    shuffle_folder(d->data, in_folder(shuffled, d->folder, "cells-data"));
    cache_at(d->folder, "cache-cells-shuffled");
    MUST("run", in_folder(run, shuffled, "run-carreaux.yaml"), "-j", "2", "-o",
         in_folder(of_shuffled, d->folder, "cells-shuffled"), "--lang", "en");
    assert_int_equal(trees_differ(one, of_shuffled, of_files), 0);
    communes_are_means(one);
    /* flows stay between communes, and only the file of places lists cells */
    table *flows = read_texts_of(one, "tables/flows.csv"),
          *gaps = read_texts_of(one, "tables/gaps.csv");
    for (size_t row = 0; row < flows->rows; row++)
        assert_int_equal(strlen(column_text(table_find(flows, "o"), row)), 5);
    for (size_t row = 0; row < gaps->rows; row++) {
        assert_int_equal(strlen(column_text(table_find(gaps, "code"), row)), 5);
        assert_true(number_at_row(gaps, "places", row) > 1);
    }
    table_free(flows);
    table_free(gaps);
    error err;
    file_view page;
    assert_int_equal(file_map(in_folder(path, one, "report.html"), &page, &err), STATUS_OK);
    assert_null(memmem(page.at, page.size, "CRS3035RES", 10));
    assert_non_null(memmem(page.at, page.size, "mean of their cells", 19));
    file_unmap(&page);
}

/* --- figures --- */

static const wanted_column total_columns[] = {
    {.name = "indicator", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
    {.name = "name", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
    {.name = "value", .type = COLUMN_F64, .decimals = -1, .unit = "1", .required = true},
};
static const wanted_column balance_columns[] = {
    {.name = "file", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
    {.name = "outcome", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
    {.name = "rows", .type = COLUMN_F64, .decimals = -1, .unit = "1", .required = true},
    {.name = "weight", .type = COLUMN_F64, .decimals = -1, .unit = "1", .required = true},
};

static table *read_table(const demo *d, const char *name, const wanted_column *columns,
                         size_t count)
{
    char path[256];
    error err;
    faults *list = NULL;
    table *t = NULL;
    const read_options options = {
        .path = in_folder(path, d->results, name), .columns = columns, .column_count = count};
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const status s = table_read(&options, &t, NULL, list);
    for (size_t i = 0; s != STATUS_OK && i < faults_count(list); i++)
        print_error("%s\n", faults_at(list, i)->en);
    assert_int_equal(s, STATUS_OK);
    faults_free(list);
    return t;
}

static double total(const table *t, const char *indicator, const char *name)
{
    for (size_t row = 0; row < t->rows; row++)
        if (strcmp(column_text(&t->columns[0], row), indicator) == 0 &&
            strcmp(column_text(&t->columns[1], row), name) == 0)
            return t->columns[2].at.f64[row];
    fail_msg("no total %s,%s", indicator, name);
    return NAN;
}

/* METHODS section 9: a mean commute of 14.2 km, 36 % working in their commune, in France. A
 * territory of a département's size: in a smaller one, those who work far away work outside. */
static void the_demonstration_looks_like_a_french_territory(void **state)
{
    demo wide;
    (void)state;
    demo_paths(&wide);
    MUST("demo", "--communes", "240", "-o", wide.folder, "--lang", "en");
    table *t = read_table(&wide, "tables/totals.csv", total_columns, COUNT_OF(total_columns));
    const double km = total(t, "commuting", "mean_km"),
                 own = total(t, "commuting", "share_same_commune");
    print_message("mean commute %.2f km, %.1f %% in their commune\n", km, own);
    assert_true(km > 10.0 && km < 18.0);
    assert_true(own > 20.0 && own < 45.0);
    table_free(t);
    folder_drop(wide.folder);
}

/* What is read of a file, less what is used, rejected and ignored, in the column: 0. */
static double unaccounted(const table *t, const char *file, size_t column_index)
{
    double left = 0.0;
    for (size_t row = 0; row < t->rows; row++) {
        if (strcmp(column_text(&t->columns[0], row), file) != 0)
            continue;
        const double n = t->columns[column_index].at.f64[row];
        left += strcmp(column_text(&t->columns[1], row), "read") == 0 ? n : -n;
    }
    return left;
}

static void every_row_read_is_used_rejected_or_ignored(void **state)
{
    table *t = read_table(*state, "tables/balance.csv", balance_columns, COUNT_OF(balance_columns));
    size_t files = 0;
    for (size_t row = 0; row < t->rows; row++) {
        const char *file = column_text(&t->columns[0], row);
        if (strcmp(column_text(&t->columns[1], row), "read") != 0)
            continue;
        files++;
        if (fabs(unaccounted(t, file, 2)) > 0.0 ||
            fabs(unaccounted(t, file, 3)) > 1e-9 * fmax(1.0, t->columns[3].at.f64[row]))
            fail_msg("%s: %.0f rows, weight %g are not accounted for", file,
                     unaccounted(t, file, 2), unaccounted(t, file, 3));
    }
    assert_int_equal(files, 10); /* every input of the run file */
    table_free(t);
}

/* --- bad inputs: one clear sentence, and the earlier results stay --- */

/* The demonstration's data with one thing made wrong. */
typedef struct bad_input {
    const char *title;
    const char *from, *to; /* replaced in the run file; NULL: nothing */
    const char *spoilt;    /* a data file made wrong; NULL: none */
    size_t cut;            /* it keeps its first bytes; 0: a quote is opened at its third line */
    const char *says[3];
} bad_input;

static const bad_input bad_inputs[] = {
    {"a file that is not there",
     "file: populations.csv",
     "file: population.csv",
     NULL,
     0,
     {"population.csv", "run.yaml:9:", NULL}},
    {"an unknown key",
     "white-zone: 20 min",
     "wite-zone: 20 min",
     NULL,
     0,
     {"wite-zone", "did you mean 'white-zone'", "run.yaml:"}},
    {"a unit of another kind",
     "limit: 60 min",
     "limit: 30 km",
     NULL,
     0,
     {"30 km", "run.yaml:", NULL}},
    {"a column that is not there",
     "code: COM, value: PMUN",
     "code: CODE_COM, value: PMUN",
     NULL,
     0,
     {"CODE_COM", "PMUN", NULL}},
    {"a quote that is never closed",
     NULL,
     NULL,
     "populations.csv",
     0,
     {"populations.csv", "line 3", "quote"}},
    {"a road file cut short", NULL, NULL, "routes.osm.pbf", 3000, {"routes.osm.pbf", NULL}},
    {"a plugin of another ABI", "  supply: {}", "  major2: {}", NULL, 0, {"major2", "ABI", NULL}},
    {"not a run file at all", "bassin: 1", "bassin: [", NULL, 0, {"run.yaml:", NULL}},
};

static void replace_in(const char *path, const char *from, const char *to)
{
    text_lines t = lines_of(path);
    FILE *out = fopen(path, "w");
    size_t found = 0;
    assert_non_null(out);
    for (size_t i = 0; i < t.count; i++) {
        const char *at = strstr(t.line[i], from);
        if (at != NULL && found++ == 0)
            (void)fprintf(out, "%.*s%s%s\n", (int)(at - t.line[i]), t.line[i], to,
                          at + strlen(from));
        else
            (void)fprintf(out, "%s\n", t.line[i]);
    }
    assert_int_equal(fclose(out), 0);
    lines_free(&t);
    assert_true(found > 0);
}

static void open_a_quote(const char *path)
{
    text_lines t = lines_of(path);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (size_t i = 0; i < t.count; i++) {
        const size_t first = i == 2 ? strcspn(t.line[i], ";") + 1 : 0;
        (void)fprintf(out, "%.*s%s%s\n", (int)first, t.line[i], i == 2 ? "\"" : "",
                      t.line[i] + first);
    }
    assert_int_equal(fclose(out), 0);
    lines_free(&t);
}

static void make_bad(const demo *d, const bad_input *bad, const char *data)
{
    char to[512];
    error err;
    DIR *folder = opendir(d->data);
    assert_non_null(folder);
    assert_int_equal(folder_make(data, &err), STATUS_OK);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char from[512];
        if (entry->d_name[0] == '.')
            continue;
        (void)snprintf(from, sizeof from, "%s/%s", d->data, entry->d_name);
        (void)snprintf(to, sizeof to, "%s/%s", data, entry->d_name);
        file_copy(from, to);
    }
    (void)closedir(folder);
    (void)snprintf(to, sizeof to, "%s/run.yaml", data);
    if (bad->from != NULL)
        replace_in(to, bad->from, bad->to);
    if (bad->spoilt == NULL)
        return;
    (void)snprintf(to, sizeof to, "%s/%s", data, bad->spoilt);
    if (bad->cut > 0)
        assert_int_equal(truncate(to, (off_t)bad->cut), 0);
    else
        open_a_quote(to);
}

static size_t count_of(const char *text, const char *wanted)
{
    size_t n = 0;
    for (const char *at = strstr(text, wanted); at != NULL; at = strstr(at + 1, wanted))
        n++;
    return n;
}

static size_t entries_of(const char *folder)
{
    struct dirent **list = NULL;
    const int n = scandir(folder, &list, NULL, alphasort);
    assert_true(n >= 0);
    for (int i = 0; i < n; i++)
        free(list[i]);
    free(list);
    return (size_t)n;
}

static bool is_refused_well(const demo *d, const bad_input *bad, const char *run)
{
    static char text[1 << 16];
    const ending e =
        process_run((const char *const[]){"run", run, "-o", d->results, "--lang", "en", NULL}, text,
                    sizeof text);
    bool well = e.code == 1 && count_of(text, "1 fault") == 1 && strstr(text, "Sanitizer") == NULL;
    for (size_t i = 0; i < COUNT_OF(bad->says) && bad->says[i] != NULL; i++)
        well = well && strstr(text, bad->says[i]) != NULL;
    if (!well)
        print_error("%s: exit %d\n%s\n", bad->title, e.code, text);
    return well;
}

static void bad_input_is_refused_with_one_sentence_and_the_results_stay(void **state)
{
    const demo *d = *state;
    char before[65], after[65], plugins[256], path[256];
    error err;
    size_t failed = 0;
    assert_int_equal(folder_make(in_folder(plugins, d->folder, "plugins"), &err), STATUS_OK);
    file_copy(TEST_PLUGINS "/broken/major2.so", in_folder(path, plugins, "major2.so"));
    assert_int_equal(setenv("BASSIN_PLUGIN_PATH", plugins, 1), 0);
    tree_digest(before, d->results);
    for (size_t i = 0; i < COUNT_OF(bad_inputs); i++) {
        char data[256], run[256], name[32];
        (void)snprintf(name, sizeof name, "bad-%zu", i);
        (void)in_folder(data, d->folder, name);
        make_bad(d, &bad_inputs[i], data);
        const size_t beside = entries_of(d->folder);
        failed += !is_refused_well(d, &bad_inputs[i], in_folder(run, data, "run.yaml"));
        tree_digest(after, d->results);
        assert_string_equal(before, after);
        assert_int_equal(entries_of(d->folder), beside); /* no lock, no staging folder is left */
        folder_drop(data);
    }
    assert_int_equal(unsetenv("BASSIN_PLUGIN_PATH"), 0);
    assert_int_equal(failed, 0);
}

/* --- misuse, two at once, interruptions --- */

static void misuse_is_64(void **state)
{
    static const char *const cases[][5] = {{NULL},
                                           {"rnu", "x.yaml"},
                                           {"run"},
                                           {"run", "x.yaml", "-j", "many"},
                                           {"demo", "--communes", "-5"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(process_run(cases[i], NULL, 0).code, 64);
}

/* The test itself holds the lock, as another run would: no race with how long a run takes. */
static void a_folder_that_another_run_holds_is_75(void **state)
{
    static char text[1 << 16];
    const demo *d = *state;
    char lock[300], before[65], after[65];
    tree_digest(before, d->results);
    (void)snprintf(lock, sizeof lock, "%s.lock", d->results);
    const int held = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    assert_true(held >= 0);
    assert_int_equal(flock(held, LOCK_EX | LOCK_NB), 0);
    const ending refused = process_run(
        (const char *const[]){"run", d->run_file, "-o", d->results, NULL}, text, sizeof text);
    assert_int_equal(refused.code, 75);
    assert_non_null(strstr(text, "results"));
    tree_digest(after, d->results);
    assert_string_equal(before, after);
    (void)close(held);
    (void)unlink(lock);
    assert_int_equal(
        process_run((const char *const[]){"run", d->run_file, "-o", d->results, NULL}, NULL, 0)
            .code,
        0);
}

/* At several moments of a run, reading, computing and writing. */
static void an_interruption_is_130_within_a_second(void **state)
{
    static const long after_ms[] = {20, 100, 300, 700, 1500, 3000};
#ifdef __SANITIZE_ADDRESS__
    const double allowed_s = 5.0; /* a sanitised program is several times slower */
#else
    const double allowed_s = 1.0;
#endif
    const demo *d = *state;
    char before[65], after[65];
    size_t stopped = 0;
    tree_digest(before, d->results);
    const size_t beside = entries_of(d->folder);
    for (size_t i = 0; i < COUNT_OF(after_ms); i++) {
        static char text[1 << 16];
        process p;
        const struct timespec pause = {.tv_sec = after_ms[i] / 1000,
                                       .tv_nsec = after_ms[i] % 1000 * 1000000};
        process_start(&p, (const char *const[]){"run", d->run_file, "-o", d->results, NULL});
        (void)nanosleep(&pause, NULL);
        process_signal(&p, SIGINT);
        const ending e = process_wait(&p, text, sizeof text);
        if (e.code != 130 && e.code != 0)
            print_error("after %ld ms: exit %d\n%s\n", after_ms[i], e.code, text);
        assert_true(e.code == 130 || e.code == 0); /* 0: it was done before */
        stopped += e.code == 130;
        assert_true(e.seconds < allowed_s);
        tree_digest(after, d->results);
        assert_string_equal(before, after);
        assert_int_equal(entries_of(d->folder), beside);
    }
    assert_true(stopped > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_command_gives_the_same_bytes),
        cmocka_unit_test(four_threads_give_the_same_bytes),
        cmocka_unit_test(the_order_of_the_rows_never_matters),
        cmocka_unit_test(a_run_over_cells_gives_communes_and_the_same_bytes),
        cmocka_unit_test(the_demonstration_looks_like_a_french_territory),
        cmocka_unit_test(every_row_read_is_used_rejected_or_ignored),
        cmocka_unit_test(bad_input_is_refused_with_one_sentence_and_the_results_stay),
        cmocka_unit_test(misuse_is_64),
        cmocka_unit_test(a_folder_that_another_run_holds_is_75),
        cmocka_unit_test(an_interruption_is_130_within_a_second),
    };
    return cmocka_run_group_tests(tests, make_demo, drop_demo);
}
