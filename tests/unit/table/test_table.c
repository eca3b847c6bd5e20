/* What the rooms above rely on: a table keeps values, states, texts and provenance exactly, through
 * building, sharing with another process, selecting, ordering and joining. */
#include "fixture.h"

#include <math.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static table_builder *new_builder(void)
{
    table_builder *b = NULL;
    error err;
    assert_int_equal(table_builder_new(&b, "places", &err), STATUS_OK);
    return b;
}

static size_t add_column(table_builder *b, const char *name, column_type type)
{
    size_t index = 0;
    error err;
    column_spec spec = {
        .name = name, .title_fr = "Titre", .unit = "1", .type = type, .decimals = 2};
    assert_int_equal(table_builder_column(b, &spec, &index, &err), STATUS_OK);
    return index;
}

static void set_text(table_builder *b, size_t c, size_t row, const char *text)
{
    error err;
    assert_int_equal(table_builder_text(b, c, row, text_slice_of(text, strlen(text)), &err),
                     STATUS_OK);
}

static table *build(table_builder *b)
{
    table *t = NULL;
    error err;
    assert_int_equal(table_build(b, &t, &err), STATUS_OK);
    table_builder_free(b);
    return t;
}

/* code (text), population (f64), rank (i64), class (u32); row 2 has a missing population and code.
 */
static table *sample(void)
{
    static const char *const codes[] = {"23096", "01004", NULL, "2A004", "23096"};
    static const double populations[] = {12.5, -3, 0, 7, 12.5};
    table_builder *b = new_builder();
    size_t code = add_column(b, "code", COLUMN_TEXT), pop = add_column(b, "population", COLUMN_F64);
    size_t rank = add_column(b, "rank", COLUMN_I64), class = add_column(b, "class", COLUMN_U32);
    uint32_t file = 0;
    size_t first = 0;
    error err;
    assert_int_equal(table_builder_source(b, "communes.csv", &file, &err), STATUS_OK);
    assert_int_equal(table_builder_rows(b, 5, &first, &err), STATUS_OK);
    for (size_t r = 0; r < 5; r++) {
        if (codes[r])
            set_text(b, code, r, codes[r]);
        table_builder_f64(b, pop, r, populations[r]);
        table_builder_i64(b, rank, r, -(int64_t)r);
        table_builder_u32(b, class, r, (uint32_t)r);
        table_builder_from(b, r, file, 10 + r);
    }
    table_builder_state(b, pop, 2, VALUE_SECRET);
    return build(b);
}

static void assert_sample(const table *t)
{
    assert_string_equal(t->name, "places");
    assert_int_equal(t->rows, 5);
    assert_int_equal(t->column_count, 4);
    const column *code = table_find(t, "code"), *pop = table_find(t, "population");
    assert_string_equal(code->title_fr, "Titre");
    assert_string_equal(code->title_en, "");
    assert_int_equal(code->decimals, 2);
    assert_int_equal(code->words.count, 3);
    assert_string_equal(column_text(code, 3), "2A004");
    assert_string_equal(column_text(code, 2), "");
    assert_int_equal(column_state(code, 2), VALUE_MISSING);
    assert_int_equal(column_state(pop, 2), VALUE_SECRET);
    assert_true(pop->at.f64[2] == 0);
    assert_true(pop->at.f64[1] == -3);
    assert_null(table_find(t, "rank")->state);
    assert_true(table_find(t, "rank")->at.i64[4] == -4);
    assert_string_equal(table_source(t, 3).file, "communes.csv");
    assert_int_equal(table_source(t, 3).line, 13);
}

static void keeps_values_states_and_provenance(void **state)
{
    (void)state;
    table *t = sample();
    assert_sample(t);
    table_free(t);
    table_free(NULL);
}

static void another_process_maps_it(void **state)
{
    (void)state;
    table *t = sample();
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        error err;
        table *mapped = NULL;
        int fd = dup(table_fd(t));
        bool ok = table_open(&mapped, fd, &err) == STATUS_OK && mapped->rows == 5 &&
                  strcmp(column_text(table_find(mapped, "code"), 3), "2A004") == 0;
        _exit(ok ? 0 : 1);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    error err;
    table *again = NULL;
    assert_int_equal(table_open(&again, dup(table_fd(t)), &err), STATUS_OK);
    assert_sample(again);
    table_free(again);
    table_free(t);
}

static int memory_with(const void *bytes, size_t size)
{
    int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), (ssize_t)size);
    return fd;
}

/* A worker may send anything: whatever byte is wrong, a table is refused or reads within bounds. */
static void believes_nothing_of_a_received_block(void **state)
{
    (void)state;
    table *t = sample();
    off_t size = lseek(table_fd(t), 0, SEEK_END);
    unsigned char *bytes = malloc((size_t)size);
    assert_non_null(bytes);
    assert_int_equal(pread(table_fd(t), bytes, (size_t)size, 0), size);
    error err;
    table *opened = NULL;
    int fd = memory_with(bytes, (size_t)size / 2);
    assert_int_equal(table_open(&opened, fd, &err), STATUS_INPUT);
    (void)close(fd);
    for (size_t i = 0; i < (size_t)size; i++) {
        static const unsigned char flips[] = {0x01, 0x80, 0xff};
        for (size_t k = 0; k < sizeof flips; k++) {
            bytes[i] ^= flips[k];
            fd = memory_with(bytes, (size_t)size);
            if (table_open(&opened, fd, &err) == STATUS_OK) {
                size_t length = 0;
                for (size_t c = 0; c < opened->column_count; c++) {
                    for (size_t r = 0; r < opened->rows; r++)
                        length += opened->columns[c].type == COLUMN_TEXT
                                      ? strlen(column_text(&opened->columns[c], r))
                                      : column_state(&opened->columns[c], r);
                }
                assert_true(length < (size_t)size * 100);
                table_free(opened);
            } else {
                assert_null(opened);
                (void)close(fd);
            }
            bytes[i] ^= flips[k];
        }
    }
    free(bytes);
    table_free(t);
}

static void refuses_values_that_are_not_finite(void **state)
{
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < 3; i++) {
        table_builder *b = new_builder();
        size_t c = add_column(b, "minutes", COLUMN_F64), first = 0;
        error err;
        table *t = NULL;
        assert_int_equal(table_builder_rows(b, 2, &first, &err), STATUS_OK);
        table_builder_f64(b, c, 1, bad[i]);
        assert_int_equal(table_build(b, &t, &err), STATUS_INPUT);
        assert_null(t);
        assert_contains(err.en, "minutes");
        assert_contains(err.en, "row 2");
        table_builder_free(b);
    }
}

static void refuses_texts_that_are_not_utf8(void **state)
{
    (void)state;
    table_builder *b = new_builder();
    size_t c = add_column(b, "name", COLUMN_TEXT), first = 0;
    error err;
    table *t = NULL;
    assert_int_equal(table_builder_rows(b, 1, &first, &err), STATUS_OK);
    assert_int_equal(table_builder_text(b, c, 0, text_slice_of("a\0b", 3), &err), STATUS_INPUT);
    set_text(b, c, 0, "Cr\xe9teil");
    assert_int_equal(table_build(b, &t, &err), STATUS_INPUT);
    table_builder_free(b);
}

static void has_no_rows_and_no_columns_when_asked(void **state)
{
    (void)state;
    table *t = build(new_builder());
    assert_int_equal(t->rows, 0);
    assert_int_equal(t->column_count, 0);
    table *none = NULL;
    error err;
    assert_int_equal(table_select(t, NULL, 0, &none, &err), STATUS_OK);
    table_free(none);
    table_free(t);
    table_builder *b = new_builder();
    size_t c = add_column(b, "code", COLUMN_TEXT), first = 0;
    assert_int_equal(table_builder_rows(b, 3, &first, &err), STATUS_OK);
    t = build(b);
    assert_string_equal(column_text(&t->columns[c], 2), "");
    assert_string_equal(words_at(&t->columns[c].words, t->columns[c].at.u32[2]), "");
    table_free(t);
}

static void says_which_column_is_absent_or_of_another_type(void **state)
{
    (void)state;
    table *t = sample();
    const column *c = NULL;
    error err;
    assert_int_equal(table_column(t, "code", COLUMN_TEXT, &c, &err), STATUS_OK);
    assert_int_equal(table_column(t, "nom", COLUMN_TEXT, &c, &err), STATUS_INPUT);
    assert_contains(err.fr, "nom");
    assert_int_equal(table_column(t, "code", COLUMN_F64, &c, &err), STATUS_INPUT);
    assert_contains(err.fr, "texte");
    assert_contains(err.en, "text");
    assert_null(c);
    table_free(t);
}

static void selects_rows_with_their_provenance(void **state)
{
    (void)state;
    static const size_t rows[] = {3, 2, 3};
    table *t = sample(), *s = NULL;
    error err;
    assert_int_equal(table_select(t, rows, 3, &s, &err), STATUS_OK);
    assert_int_equal(s->rows, 3);
    assert_string_equal(column_text(&s->columns[0], 0), "2A004");
    assert_int_equal(s->columns[0].words.count, 1);
    assert_int_equal(column_state(&s->columns[0], 1), VALUE_MISSING);
    assert_int_equal(column_state(&s->columns[1], 1), VALUE_SECRET);
    assert_true(s->columns[1].at.f64[2] == 7);
    assert_int_equal(s->columns[3].at.u32[0], 3);
    assert_int_equal(table_source(s, 1).line, 12);
    table_free(t);
    assert_string_equal(table_source(s, 1).file, "communes.csv");
    table_free(s);
}

static void orders_by_several_keys_with_missing_last(void **state)
{
    (void)state;
    static const char *const by_code[] = {"code", "rank"}, *const by_population[] = {"population"};
    static const size_t codes[] = {1, 4, 0, 3, 2}, populations[] = {1, 3, 0, 4, 2};
    size_t order[5];
    table *t = sample();
    error err;
    assert_int_equal(table_order(t, by_code, 2, order, &err), STATUS_OK);
    assert_memory_equal(order, codes, sizeof codes);
    assert_int_equal(table_order(t, by_population, 1, order, &err), STATUS_OK);
    assert_memory_equal(order, populations, sizeof populations);
    static const char *const absent[] = {"nom"};
    assert_int_equal(table_order(t, absent, 1, order, &err), STATUS_INPUT);
    table_free(t);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Against the definition: each neighbour is in order, ties by row, every row once. */
static void orders_random_tables(void **state)
{
    (void)state;
    static const char *const names[] = {"x", "n"};
    enum { ROWS = 3000 };
    uint64_t seed = 7;
    table_builder *b = new_builder();
    size_t x = add_column(b, "x", COLUMN_F64), n = add_column(b, "n", COLUMN_I64), first = 0;
    error err;
    assert_int_equal(table_builder_rows(b, ROWS, &first, &err), STATUS_OK);
    for (size_t r = 0; r < ROWS; r++) {
        table_builder_f64(b, x, r, ((double)(next_random(&seed) % 20) - 10) / 3);
        if (next_random(&seed) % 10)
            table_builder_i64(b, n, r, (int64_t)(next_random(&seed) % 7) - 3);
    }
    table *t = build(b);
    size_t *order = calloc(ROWS, sizeof *order);
    char *seen = calloc(ROWS, 1);
    assert_true(order && seen);
    assert_int_equal(table_order(t, names, 2, order, &err), STATUS_OK);
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(seen[order[i]]++, 0);
        if (!i)
            continue;
        size_t p = order[i - 1], q = order[i];
        double xp = t->columns[x].at.f64[p], xq = t->columns[x].at.f64[q];
        assert_true(xp <= xq);
        if (xp < xq)
            continue;
        bool mp = column_state(&t->columns[n], p), mq = column_state(&t->columns[n], q);
        int64_t np = t->columns[n].at.i64[p], nq = t->columns[n].at.i64[q];
        assert_true(mp <= mq);
        if (mp == mq)
            assert_true(np < nq || (np == nq && p < q));
    }
    free(order);
    free(seen);
    table_free(t);
}

static void indexes_codes_and_names_both_lines_of_a_repeat(void **state)
{
    (void)state;
    table *t = sample(), *unique = NULL;
    code_index *x = NULL;
    faults *list = NULL;
    error err;
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(code_index_new(&x, t, "code", list), STATUS_INPUT);
    assert_null(x);
    assert_int_equal(faults_count(list), 1);
    assert_int_equal(faults_at(list, 0)->line, 14);
    assert_contains(faults_at(list, 0)->en, "23096");
    assert_contains(faults_at(list, 0)->en, "line 10");
    static const size_t rows[] = {0, 1, 2, 3};
    assert_int_equal(table_select(t, rows, 4, &unique, &err), STATUS_OK);
    assert_int_equal(code_index_new(&x, unique, "code", list), STATUS_OK);
    assert_int_equal(code_index_find(x, "2A004"), 3);
    assert_int_equal(code_index_find(x, "01004"), 1);
    assert_int_equal(code_index_find(x, "1004"), ROW_NONE);
    assert_int_equal(code_index_find(x, ""), ROW_NONE);
    code_index_free(x);
    assert_int_equal(code_index_new(&x, t, "population", list), STATUS_INPUT);
    code_index_free(NULL);
    faults_free(list);
    table_free(unique);
    table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_values_states_and_provenance),
        cmocka_unit_test(another_process_maps_it),
        cmocka_unit_test(believes_nothing_of_a_received_block),
        cmocka_unit_test(refuses_values_that_are_not_finite),
        cmocka_unit_test(refuses_texts_that_are_not_utf8),
        cmocka_unit_test(has_no_rows_and_no_columns_when_asked),
        cmocka_unit_test(says_which_column_is_absent_or_of_another_type),
        cmocka_unit_test(selects_rows_with_their_provenance),
        cmocka_unit_test(orders_by_several_keys_with_missing_last),
        cmocka_unit_test(orders_random_tables),
        cmocka_unit_test(indexes_codes_and_names_both_lines_of_a_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
