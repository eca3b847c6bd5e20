/* What is written reads back the same; nothing of an input becomes a formula. */
#include "fixture.h"

#include "base/files.h"
#include "table/writer.h"

static char *new_folder(void)
{
    static const char pattern[] = "/tmp/bassin-table-XXXXXX";
    char *path = malloc(sizeof pattern);
    assert_non_null(path);
    memcpy(path, pattern, sizeof pattern);
    assert_non_null(mkdtemp(path));
    return path;
}

static void folder_clear(char *path)
{
    error err;
    assert_int_equal(folder_remove(path, &err), STATUS_OK);
    free(path);
}

static char *path_in(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static void assert_file(const char *path, const char *expected)
{
    file_view view;
    error err;
    assert_int_equal(file_map(path, &view, &err), STATUS_OK);
    assert_int_equal(view.size, strlen(expected));
    assert_memory_equal(view.at, expected, view.size);
    file_unmap(&view);
}

static table *sample(void)
{
    static const wanted_column wanted[] = {
        {.name = "code", .type = COLUMN_TEXT, .title_fr = "Code", .title_en = "Code"},
        {.name = "name", .type = COLUMN_TEXT, .title_fr = "=Nom", .title_en = "Name"},
        {.name = "km",
         .type = COLUMN_F64,
         .title_fr = "Distance",
         .title_en = "Distance",
         .unit = "km",
         .decimals = 1},
        {.name = "exact", .type = COLUMN_F64, .decimals = -1},
        {.name = "n", .type = COLUMN_I64}};
    const char *text = "code;name;km;exact;n\n"
                       "01004;=1+1;12.25;0.1;-5\n"
                       "2A004;\"a;b,c \"\"d\"\"\";s;1e-300;\n"
                       "-;@x;///;NA;7\n";
    outcome o = read_bytes(text, strlen(text), wanted, 5, (read_options){0});
    assert_int_equal(o.status, STATUS_OK);
    faults_free(o.faults);
    return o.table;
}

static void writes_exact_text_for_machines(void **state)
{
    (void)state;
    char *folder = new_folder(), *path = path_in(folder, "t.csv");
    table *t = sample();
    error err;
    assert_int_equal(table_write_csv(t, path, &err), STATUS_OK);
    assert_file(path, "code,name,km,exact,n\n"
                      "01004,=1+1,12.3,0.1,-5\n"
                      "2A004,\"a;b,c \"\"d\"\"\",,1e-300,\n"
                      "-,@x,,,7\n");
    table_free(t);
    free(path);
    folder_clear(folder);
}

static void defuses_formulas_and_prints_signs_for_spreadsheets(void **state)
{
    (void)state;
    char *folder = new_folder(), *path = path_in(folder, "t.csv");
    table *t = sample();
    error err;
    assert_int_equal(table_write_csv_for_spreadsheets(t, LANGUAGE_FR, path, &err), STATUS_OK);
    assert_file(path, "\xef\xbb\xbf"
                      "Code;'=Nom;Distance;exact;n\r\n"
                      "01004;'=1+1;12,3;0,1;-5\r\n"
                      "2A004;\"a;b,c \"\"d\"\"\";s;1e-300;…\r\n"
                      "'-;'@x;///;…;7\r\n");
    assert_string_equal(value_state_sign(VALUE_UNREACHABLE, LANGUAGE_FR), "hors d’atteinte");
    assert_string_equal(value_state_sign(VALUE_NOT_SIGNIFICANT, LANGUAGE_EN), "n.s.");
    assert_string_equal(value_state_sign(VALUE_PRESENT, LANGUAGE_FR), "");
    table_free(t);
    free(path);
    folder_clear(folder);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

static void random_text(uint64_t *seed, char *out)
{
    static const char *const pieces[] = {"a",  "é",  ",", ";", "\"", "\n", "\r\n", " ",
                                         "01", "\t", "œ", "𝄞", "'",  "=",  "s",    "\x1b"};
    size_t count = next_random(seed) % 6;
    *out = '\0';
    for (size_t i = 0; i < count; i++)
        strcat(out, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
}

static double random_number(uint64_t *seed)
{
    for (;;) {
        uint64_t bits = next_random(seed) << 40 ^ next_random(seed) << 20 ^ next_random(seed);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (value - value == 0)
            return next_random(seed) % 2 ? value : (double)(int64_t)(bits % 100000) / 8;
    }
}

static table *random_table(uint64_t *seed, size_t columns)
{
    table_builder *b = NULL;
    error err;
    size_t rows = next_random(seed) % 40, first = 0;
    assert_int_equal(table_builder_new(&b, "random", &err), STATUS_OK);
    for (size_t c = 0; c < columns; c++) {
        static const char *const names[] = {"c1", "c2", "c3", "c4"};
        size_t index = 0;
        column_spec spec = {
            .name = names[c], .type = c % 2 ? COLUMN_F64 : COLUMN_TEXT, .decimals = -1};
        assert_int_equal(table_builder_column(b, &spec, &index, &err), STATUS_OK);
    }
    assert_int_equal(table_builder_rows(b, rows, &first, &err), STATUS_OK);
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            char text[64];
            if (next_random(seed) % 5 == 0)
                continue;
            if (c % 2) {
                table_builder_f64(b, c, r, random_number(seed));
                continue;
            }
            random_text(seed, text);
            assert_int_equal(table_builder_text(b, c, r, text_slice_of(text, strlen(text)), &err),
                             STATUS_OK);
        }
    }
    table *t = NULL;
    assert_int_equal(table_build(b, &t, &err), STATUS_OK);
    table_builder_free(b);
    return t;
}

/* A text of blanks alone is the same as a missing one once it is written. */
static bool is_blank(const char *text)
{
    return text[strspn(text, " \t")] == '\0';
}

static void assert_same(const table *a, const table *b)
{
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->column_count, b->column_count);
    for (size_t c = 0; c < a->column_count; c++) {
        const column *p = &a->columns[c], *q = &b->columns[c];
        for (size_t r = 0; r < a->rows; r++) {
            if (p->type == COLUMN_TEXT) {
                const char *text = column_text(p, r);
                assert_string_equal(is_blank(text) ? "" : text, column_text(q, r));
            } else {
                assert_int_equal(column_state(p, r), column_state(q, r));
                assert_memory_equal(&p->at.f64[r], &q->at.f64[r], sizeof(double));
            }
        }
    }
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    static const wanted_column wanted[] = {
        {.name = "c1", .type = COLUMN_TEXT, .required = true},
        {.name = "c2", .type = COLUMN_F64, .required = true, .decimals = -1},
        {.name = "c3", .type = COLUMN_TEXT, .required = true},
        {.name = "c4", .type = COLUMN_F64, .required = true, .decimals = -1}};
    char *folder = new_folder(), *path = path_in(folder, "t.csv"), *copy = path_in(folder, "u.csv");
    uint64_t seed = 20240801;
    for (int i = 0; i < 300; i++) {
        size_t columns = 1 + next_random(&seed) % 4;
        table *t = random_table(&seed, columns), *again = NULL;
        error err;
        faults *list = NULL;
        read_options options = {.path = path, .columns = wanted, .column_count = columns};
        assert_int_equal(faults_new(&list, &err), STATUS_OK);
        assert_int_equal(table_write_csv(t, path, &err), STATUS_OK);
        assert_int_equal(table_read(&options, &again, NULL, list), STATUS_OK);
        assert_same(t, again);
        /* ... and writing it again gives the same bytes. */
        assert_int_equal(table_write_csv(again, copy, &err), STATUS_OK);
        file_view view;
        assert_int_equal(file_map(path, &view, &err), STATUS_OK);
        char *expected = calloc(view.size + 1, 1);
        assert_non_null(expected);
        memcpy(expected, view.at, view.size);
        bool blanks = false;
        for (size_t c = 0; c < t->column_count; c += 2) {
            for (size_t r = 0; r < t->rows; r++)
                blanks |=
                    *column_text(&t->columns[c], r) && is_blank(column_text(&t->columns[c], r));
        }
        if (!blanks)
            assert_file(copy, expected);
        free(expected);
        file_unmap(&view);
        faults_free(list);
        table_free(again);
        table_free(t);
    }
    free(copy);
    free(path);
    folder_clear(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_exact_text_for_machines),
        cmocka_unit_test(defuses_formulas_and_prints_signs_for_spreadsheets),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
