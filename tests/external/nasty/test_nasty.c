/* Bad input: every file of the corpus is refused, warned about, accepted or made harmless as its
 * index says (RELIABILITY.md, gate 1). The base set, with one file replaced, goes through `bassin
 * check`. */
#include "tests/golden/run/program.h"

#include "table/reader.h"

typedef struct role_file {
    const char *role, *file, *run;
} role_file;
static const role_file roles[] = {
    {"communes", "communes.csv", "run.yaml"},     {"contours", "contours.geojson", "run.yaml"},
    {"flows", "flows.csv", "run.yaml"},           {"venues", "venues.csv", "run.yaml"},
    {"population", "population.csv", "run.yaml"}, {"grid", "grid.csv", "run-grid.yaml"},
    {"roads", "roads.osm.pbf", "run-roads.yaml"}, {"run", "run.yaml", "run.yaml"},
};

static const char *shared(void)
{
    const char *folder = getenv("BASSIN_SHARED");
    return folder != NULL ? folder : getenv("BASSIN_SHARED_DEFAULT");
}

static const role_file *role_of(const char *role)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(roles[i].role, role) == 0) {
            return &roles[i];
        }
    }
    return NULL;
}

static void copy_base(const char *nasty, const char *folder)
{
    static const char *const files[] = {"communes.csv", "contours.geojson", "flows.csv",
                                        "grid.csv",     "population.csv",   "venues.csv",
                                        "run.yaml",     "run-grid.yaml",    "run-roads.yaml"};
    char from[256], to[256], name[64];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        (void)snprintf(name, sizeof name, "base/%s", files[i]);
        file_copy(in_folder(from, nasty, name), in_folder(to, folder, files[i]));
    }
}

/* Another extension replaces the name in the run file. */
static void rename_in_run_file(const char *run_file, const char *old_name, const char *new_name)
{
    static char text[1 << 16];
    FILE *in = fopen(run_file, "r");
    assert_non_null(in);
    size_t size = fread(text, 1, sizeof text - 1, in);
    (void)fclose(in);
    text[size] = '\0';
    char *at = strstr(text, old_name);
    assert_non_null(at);
    FILE *out = fopen(run_file, "w");
    assert_non_null(out);
    (void)fprintf(out, "%.*s%s%s", (int)(at - text), text, new_name, at + strlen(old_name));
    assert_int_equal(fclose(out), 0);
}

/* "line 6", "lines 3 and 5": the number that the message must name; 0 when the index gives none. */
static unsigned line_of(const char *where)
{
    unsigned line = 0;
    return sscanf(where, "line %u", &line) == 1 || sscanf(where, "lines %u", &line) == 1 ? line : 0;
}

static void put_in_place(const char *nasty, const char *folder, const role_file *role,
                         const char *file, char run_file[256])
{
    char from[256], to[256], renamed[64];
    const char *extension = strchr(strrchr(file, '/'), '.');
    (void)in_folder(run_file, folder, role->run);
    (void)snprintf(renamed, sizeof renamed, "%.*s%s", (int)strcspn(role->file, "."), role->file,
                   extension);
    file_copy(in_folder(from, nasty, file), in_folder(to, folder, renamed));
    if (strcmp(renamed, role->file) != 0) {
        rename_in_run_file(run_file, role->file, renamed);
    }
}

static bool says_line(const char *text, unsigned line)
{
    char colon[32], word[32];
    (void)snprintf(colon, sizeof colon, ":%u:", line);
    (void)snprintf(word, sizeof word, "line %u", line);
    return strstr(text, colon) != NULL || strstr(text, word) != NULL ||
           ((void)snprintf(word, sizeof word, "lines %u", line), strstr(text, word) != NULL);
}

static bool is_as_told(const said *s, const char *class, const char *where)
{
    unsigned line = line_of(where);
    if (strstr(s->text, "Sanitizer") != NULL) {
        return false;
    }
    if (strcmp(class, "REJECT") == 0) {
        return s->code == 1 && (line == 0 || says_line(s->text, line));
    }
    if (strcmp(class, "WARN") == 0) {
        /* one more than the base set's own warning (no detail file) */
        return s->code == 0 && strstr(s->text, "0 fault(s), 1 warning") == NULL;
    }
    return strcmp(class, "LIMIT") == 0 ? s->code == 0 || s->code == 1 : s->code == 0;
}

static void every_file_is_treated_as_its_index_says(void **state)
{
    static said s;
    char nasty[256], path[256];
    error err;
    faults *list = NULL;
    table *index = NULL;
    size_t failed = 0;
    (void)state;
    (void)snprintf(nasty, sizeof nasty, "%s/nasty", shared() != NULL ? shared() : "");
    if (shared() == NULL || !file_there(in_folder(path, nasty, "open/index.tsv"))) {
        print_message("skipped: no shared data\n");
        skip();
    }
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    const read_options options = {.path = path};
    assert_int_equal(table_read(&options, &index, NULL, list), STATUS_OK);
    assert_true(index->rows > 0);
    for (size_t row = 0; row < index->rows; row++) {
        const char *file = column_text(table_find(index, "file"), row);
        const char *class = column_text(table_find(index, "class"), row);
        const role_file *role = role_of(column_text(table_find(index, "role"), row));
        char folder[64], run_file[256];
        assert_non_null(role);
        folder_new(folder);
        copy_base(nasty, folder);
        put_in_place(nasty, folder, role, file, run_file);
        PROGRAM(&s, "check", run_file);
        if (!is_as_told(&s, class, column_text(table_find(index, "where"), row))) {
            print_message("%s (%s): exit %d\n%s\n", file, class, s.code, s.text);
            failed++;
        }
        folder_drop(folder);
    }
    assert_int_equal(failed, 0);
    table_free(index);
    faults_free(list);
}

static void the_base_sets_pass(void **state)
{
    static said s;
    char nasty[256], path[256], folder[64], out[256];
    (void)state;
    (void)snprintf(nasty, sizeof nasty, "%s/nasty", shared() != NULL ? shared() : "");
    if (shared() == NULL || !file_there(in_folder(path, nasty, "base/run.yaml"))) {
        print_message("skipped: no shared data\n");
        skip();
    }
    folder_new(folder);
    copy_base(nasty, folder);
    PROGRAM(&s, "run", in_folder(path, folder, "run.yaml"), "-o", in_folder(out, folder, "out"));
    assert_int_equal(s.code, 0);
    assert_true(file_there(in_folder(path, out, "run.json")));
    PROGRAM(&s, "check", in_folder(path, folder, "run-grid.yaml"));
    assert_int_equal(s.code, 0);
    folder_drop(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_sets_pass),
        cmocka_unit_test(every_file_is_treated_as_its_index_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
