/* The workbook: the figures are all there, as numbers; texts stay texts; what is lost is noticed.
 */
#include "bench.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/layer.h"
#include "reports/xlsx/check.h"
#include "reports/xlsx/plan.h"
#include "reports/xlsx/xlsx.h"

static layer *sheet_read(const bench *b, const char *folder, const char *name, uint32_t header_row)
{
    error err;
    char path[400];
    faults *found = NULL;
    layer *l = NULL;
    (void)snprintf(path, sizeof path, "%s/workbook.xlsx", folder);
    OK(faults_new(&found, &err));
    const layer_options options = {.path = path, .name = name, .header_row = header_row};
    if (layer_read(b->z, &options, &l, found) != STATUS_OK)
        fail_msg("%s: %s", name, faults_count(found) ? faults_at(found, 0)->fr : "?");
    faults_free(found);
    return l;
}

static const column *field_starting(const layer *l, const char *begin)
{
    for (size_t i = 0; i < l->cells->column_count; i++) {
        if (!strncmp(l->cells->columns[i].name, begin, strlen(begin)))
            return &l->cells->columns[i];
    }
    fail_msg("no column that begins with %s", begin);
    return NULL;
}

enum { HEADER_ROW = 4 };

static void a_planner_finds_every_commune_with_its_code_as_text(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    const results *r = fake_results_view(f);
    OK(bench_write(*state, &xlsx_writer, r, "whole", folder, &err));
    layer *l = sheet_read(*state, folder, "Communes", HEADER_ROW);
    const table *places = results_find(r, "places")->rows;
    const column *code = field_starting(l, "Code"), *people = field_starting(l, "Habitants");
    double sum = 0, wanted = 0;
    for (size_t row = 0; row < places->rows; row++) {
        double n = 0;
        assert_string_equal(column_text(code, row), column_text(table_find(places, "code"), row));
        assert_true(text_to_f64(
            text_slice_of(column_text(people, row), strlen(column_text(people, row))), '.', &n));
        sum += n;
        wanted += table_find(places, "population")->at.f64[row];
    }
    assert_true(sum == wanted);
    layer_free(l);
    fake_results_free(f);
}

static void a_formula_in_a_name_stays_text(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    OK(bench_write(*state, &xlsx_writer, fake_results_view(f), "formula", folder, &err));
    layer *l = sheet_read(*state, folder, "Communes", HEADER_ROW);
    const column *name = field_starting(l, "Commune");
    assert_string_equal(column_text(name, 4), fake_nasty_places[0]);
    layer_free(l);
    l = sheet_read(*state, folder, "Lieux", HEADER_ROW);
    assert_string_equal(column_text(field_starting(l, "Lieu"), 0), fake_nasty_venues[0]);
    layer_free(l);
    fake_results_free(f);
}

static void a_value_that_is_not_there_has_its_sign(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    OK(bench_write(*state, &xlsx_writer, fake_results_view(f), "signs", folder, &err));
    layer *l = sheet_read(*state, folder, "Km évités", HEADER_ROW);
    const column *net = field_starting(l, "Km évités nets");
    assert_string_equal(column_text(net, 5), "n.s.");
    assert_non_null(strstr(net->name, "(e)"));
    layer_free(l);
    fake_results_free(f);
}

static void two_runs_give_the_same_bytes(void **state)
{
    error err;
    char first[256], second[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    OK(bench_write(*state, &xlsx_writer, fake_results_view(f), "one", first, &err));
    OK(bench_write(*state, &xlsx_writer, fake_results_view(f), "two", second, &err));
    sha256_hex a = bench_digest(first, "workbook.xlsx"), b = bench_digest(second, "workbook.xlsx");
    assert_string_equal(a.hex, b.hex);
    fake_results_free(f);
}

static void an_english_run_has_english_sheets(void **state)
{
    error err;
    char folder[256];
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_EN, .estimate = true});
    OK(bench_write(*state, &xlsx_writer, fake_results_view(f), "english", folder, &err));
    layer_free(sheet_read(*state, folder, "Read me", 1));
    layer_free(sheet_read(*state, folder, "White zones", HEADER_ROW));
    fake_results_free(f);
}

/* A sheet that an indicator asks for, and that no report knows, has the name it gives. */
static void a_new_sheet_has_its_own_name_in_each_language(void **state)
{
    static const char *const names[] = {[LANGUAGE_FR] = "Mes secteurs", [LANGUAGE_EN] = "My areas"};
    for (language lang = LANGUAGE_FR; lang <= LANGUAGE_EN; lang++) {
        error err;
        char folder[256];
        result_table tables[64];
        fake_results *f = fake_results_new(&(fake_options){.lang = lang});
        results r = *fake_results_view(f);
        assert_in_range(r.table_count, 1, 64);
        memcpy(tables, r.tables, r.table_count * sizeof *tables);
        r.tables = tables;
        for (size_t i = 0; i < r.table_count; i++) {
            if (strcmp(tables[i].name, "gaps") == 0) {
                tables[i].sheet_fr = names[LANGUAGE_FR];
                tables[i].sheet_en = names[LANGUAGE_EN];
            }
        }
        OK(bench_write(*state, &xlsx_writer, &r, names[lang], folder, &err));
        layer_free(sheet_read(*state, folder, names[lang], HEADER_ROW));
        fake_results_free(f);
    }
}

/* --- what is lost is noticed --- */

typedef struct planned {
    report_model *m;
    book_plan p;
    book b;
    char path[400];
} planned;

static void plan_of(planned *out, const results *r, const char *folder)
{
    error err;
    (void)snprintf(out->path, sizeof out->path, "%s/workbook.xlsx", folder);
    out->b = (book){.path = out->path};
    OK(report_model_build(r, &out->m, &err));
    OK(book_plan_build(&out->p, out->m, &out->b, &err));
}

static void planned_clear(planned *p)
{
    book_plan_clear(&p->p);
    report_model_free(p->m);
}

static void a_sheet_with_fewer_rows_is_noticed(void **state)
{
    error err;
    const bench *b = *state;
    char folder[256];
    fake_results *few = fake_results_new(&(fake_options){.lang = LANGUAGE_FR, .rows = 5});
    fake_results *many = fake_results_new(&(fake_options){.lang = LANGUAGE_FR, .rows = 6});
    planned *p = memory_new(1, sizeof *p);
    OK(bench_write(b, &xlsx_writer, fake_results_view(few), "fewer", folder, &err));
    plan_of(p, fake_results_view(many), folder);
    assert_int_equal(book_check(&p->b, b->z, &err), STATUS_ENVIRONMENT);
    assert_non_null(strstr(err.en, "read back differs"));
    planned_clear(p);
    plan_of(p, fake_results_view(few), folder);
    OK(book_check(&p->b, b->z, &err));
    /* One figure that is not what was sent. */
    book_sheet *s = &p->b.sheets[p->b.sheet_count - 1];
    book_cell other = {.kind = CELL_TEXT, .text = "autre"};
    book_row *rows = memory_new(s->above_count, sizeof *rows);
    memcpy(rows, s->above, s->above_count * sizeof *rows);
    rows[1] = (book_row){.cells = &other, .count = 1};
    s->above = rows;
    assert_int_equal(book_check(&p->b, b->z, &err), STATUS_ENVIRONMENT);
    planned_clear(p);
    memory_free(rows);
    memory_free(p);
    fake_results_free(few);
    fake_results_free(many);
}

static void a_cut_file_is_noticed(void **state)
{
    error err;
    const bench *b = *state;
    char folder[256];
    struct stat facts;
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    planned *p = memory_new(1, sizeof *p);
    OK(bench_write(b, &xlsx_writer, fake_results_view(f), "cut", folder, &err));
    plan_of(p, fake_results_view(f), folder);
    assert_int_equal(stat(p->path, &facts), 0);
    for (int part = 1; part < 10; part += 3) {
        assert_int_equal(truncate(p->path, facts.st_size * (10 - part) / 10), 0);
        assert_int_equal(book_check(&p->b, b->z, &err), STATUS_ENVIRONMENT);
    }
    planned_clear(p);
    memory_free(p);
    fake_results_free(f);
}

/* A disk that fills up: no file may be longer than `bytes`, at every length that matters. */
static void a_full_disk_is_an_error_never_a_shorter_book(void **state)
{
    (void)state;
    error err;
    static const rlim_t lengths[] = {0, 100, 4096, 20000, 40000, 60000};
    worker_job mine[2] = {xlsx_job, layer_job};
    fake_results *f = fake_results_new(&(fake_options){.lang = LANGUAGE_FR});
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    bench here = {.folder = "/tmp/bassin-full-XXXXXX"};
    assert_non_null(mkdtemp(here.folder));
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char folder[256], name[32];
        (void)snprintf(name, sizeof name, "full-%zu", i);
        const struct rlimit small = {.rlim_cur = lengths[i], .rlim_max = before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        status started = zygote_start(&here.z, mine, 2, false, &err);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(started, STATUS_OK);
        status s = bench_write(&here, &xlsx_writer, fake_results_view(f), name, folder, &err);
        if (s != STATUS_ENVIRONMENT)
            fail_msg("files of %llu bytes at most: status %d", (unsigned long long)lengths[i],
                     (int)s);
        zygote_stop(here.z);
    }
    OK(folder_remove(here.folder, &err));
    fake_results_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_planner_finds_every_commune_with_its_code_as_text),
        cmocka_unit_test(a_formula_in_a_name_stays_text),
        cmocka_unit_test(a_value_that_is_not_there_has_its_sign),
        cmocka_unit_test(two_runs_give_the_same_bytes),
        cmocka_unit_test(an_english_run_has_english_sheets),
        cmocka_unit_test(a_new_sheet_has_its_own_name_in_each_language),
        cmocka_unit_test(a_sheet_with_fewer_rows_is_noticed),
        cmocka_unit_test(a_cut_file_is_noticed),
        cmocka_unit_test(a_full_disk_is_an_error_never_a_shorter_book),
    };
    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
