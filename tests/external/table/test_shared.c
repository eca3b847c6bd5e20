/* The bad files and the real files of the shared folder, at the level of the reader. */
#include "fixture.h"
#include "same_read.h"
#include "base/files.h"

#include <dirent.h>

#include <unistd.h>

static const char *shared_folder(void)
{
    const char *path = getenv("BASSIN_SHARED");
    return path ? path : getenv("BASSIN_SHARED_DEFAULT");
}

static bool shared_path(char out[1024], const char *name)
{
    const char *folder = shared_folder();
    if (folder && (size_t)snprintf(out, 1024, "%s/%s", folder, name) < 1024 &&
        access(out, R_OK) == 0)
        return true;
    print_message("skipped: no shared data (%s)\n", name);
    return false;
}

static const char *const COM[] = {"COM", NULL}, *const LIBELLE[] = {"LIBELLE", NULL};
static const wanted_column COMMUNES[] = {
    {.name = "code", .aliases = COM, .type = COLUMN_TEXT, .required = true},
    {.name = "name", .aliases = LIBELLE, .type = COLUMN_TEXT}};
static const char *const CODGEO[] = {"CODGEO", NULL}, *const DCLT[] = {"DCLT", "DCFLT", NULL};
static const char *const NBFLUX[] = {"NBFLUX_C*", NULL};
static const wanted_column FLOWS[] = {
    {.name = "o", .aliases = CODGEO, .type = COLUMN_TEXT, .required = true},
    {.name = "j", .aliases = DCLT, .type = COLUMN_TEXT, .required = true},
    {.name = "weight",
     .aliases = NBFLUX,
     .type = COLUMN_F64,
     .required = true,
     .decimals = 3,
     .lowest = 0,
     .highest = 1e9}};

typedef struct expectation {
    const char *file;
    bool flows;
    char separator;
    const char *fault; /* NULL: read without a fault */
    uint64_t line;
    const char *warning; /* NULL: none */
} expectation;

static const expectation NASTY[] = {
    {"base/communes.csv", false, 0, NULL, 0, NULL},
    {"base/flows.csv", true, ';', NULL, 0, NULL},
    {"open/01_communes_bom_crlf.csv", false, 0, NULL, 0, NULL},
    {"open/03_communes_latin1.csv", false, 0, NULL, 2, "ISO-8859-1"},
    {"open/09_communes_missing_col.csv", false, 0, "missing column “COM”", 1, NULL},
    {"open/11_communes_empty.csv", false, 0, "empty file", 0, NULL},
    {"open/13_communes_ragged.csv", false, 0, "expected 12 fields, found 3", 6, NULL},
    {"open/15_communes_nul.csv", false, 0, "NUL byte", 6, NULL},
    {"open/17_communes_unclosed_quote.csv", false, 0, "unclosed quote opened at line 4", 4, NULL},
    {"open/19_flows_negative.csv", true, ';', "negative value -310.25", 3, NULL},
    {"open/21_flows_nan.csv", true, ';', "not a finite number", 5, NULL},
    {"open/23_flows_decimal_comma.csv", true, ';', "one file has one decimal mark", 7, NULL},
    {"open/31_flows_huge_field.csv", true, ';', "field longer than the limit", 2, NULL},
    {"open/33_flows_wrong_sep.csv", true, ';', "one column found", 1, NULL},
    {"open/35_flows_number_junk.csv", true, ';', "is not a number", 8, NULL},
    {"open/61_venues_vrt_disguised.csv", false, 0, "missing column “COM”", 1, NULL},
    {"open/65_flows_bomb.zip", true, ';', "ratio", 0, NULL},
};

static void assert_expected(const expectation *e, const outcome *o)
{
    const char *message = e->fault ? e->fault : e->warning;
    if ((e->fault ? STATUS_INPUT : STATUS_OK) != o->status)
        fail_msg("%s: status %d", e->file, (int)o->status);
    if (faults_count(o->faults) != (message ? 1 : 0))
        fail_msg("%s: %zu faults", e->file, faults_count(o->faults));
    if (!message)
        return;
    const fault *f = faults_at(o->faults, 0);
    assert_contains(f->en, message);
    assert_int_equal(f->line, e->line);
    assert_int_equal(f->severity, e->fault ? SEVERITY_FAULT : SEVERITY_WARNING);
}

static void each_bad_file_has_its_outcome(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof NASTY / sizeof *NASTY; i++) {
        char name[256], path[1024];
        (void)snprintf(name, sizeof name, "nasty/%s", NASTY[i].file);
        if (!shared_path(path, name))
            skip();
        outcome o = {0};
        error err;
        assert_int_equal(faults_new(&o.faults, &err), STATUS_OK);
        read_options options = {.path = path,
                                .separator = NASTY[i].separator,
                                .columns = NASTY[i].flows ? FLOWS : COMMUNES,
                                .column_count = NASTY[i].flows ? 3 : 2};
        o.status = table_read(&options, &o.table, &o.facts, o.faults);
        assert_expected(&NASTY[i], &o);
        outcome_clear(&o);
    }
}

static table *read_shared(const char *name, const wanted_column *columns, size_t count,
                          read_options options, read_facts *facts)
{
    char path[1024], printed[1024] = "";
    outcome o = {0};
    error err;
    if (!shared_path(path, name))
        skip();
    assert_int_equal(faults_new(&o.faults, &err), STATUS_OK);
    options.path = path;
    options.columns = columns;
    options.column_count = count;
    o.status = table_read(&options, &o.table, facts, o.faults);
    if (o.status != STATUS_OK)
        fail_msg("%s", first_fault(&o, printed));
    faults_free(o.faults);
    return o.table;
}

static void reads_real_flows(void **state)
{
    (void)state;
    read_facts facts;
    table *t = read_shared("data/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv.gz", FLOWS,
                           3, (read_options){0}, &facts);
    assert_int_equal(t->rows, 126125);
    assert_int_equal(facts.separator, ';');
    assert_string_equal(column_text(&t->columns[0], 0), "75101");
    assert_true(t->columns[2].at.f64[0] == 4137.62470753);
    table_free(t);
}

static void reads_real_communes(void **state)
{
    (void)state;
    read_facts facts;
    table *t = read_shared("data/cog2024_communes.csv.gz", COMMUNES, 2, (read_options){0}, &facts);
    assert_int_equal(t->rows, 37544);
    assert_int_equal(facts.separator, ',');
    assert_true(facts.crlf);
    assert_string_equal(column_text(&t->columns[0], 0), "01001");
    assert_string_equal(column_text(&t->columns[1], 0), "L'Abergement-Clémenciat");
    table_free(t);
}

/* Quirks 25, 26 and 28: secrecy, "nd", decimal commas. */
static void reads_real_secrets(void **state)
{
    (void)state;
    static const wanted_column wanted[] = {
        {.name = "MED20", .type = COLUMN_F64, .required = true},
        {.name = "TP6020", .type = COLUMN_F64, .required = true}};
    read_facts facts;
    size_t secret = 0;
    table *t =
        read_shared("data/cc_filosofi_2020_COM.csv.gz", wanted, 2, (read_options){0}, &facts);
    for (size_t r = 0; r < t->rows; r++)
        secret += column_state(&t->columns[0], r) == VALUE_SECRET;
    assert_int_equal(secret, 3591);
    assert_int_equal(facts.decimal_mark, ',');
    table_free(t);
}

/* Quirks 39 and 45: newlines in quoted fields, quoted and bare cells mixed. */
static void reads_real_quotes(void **state)
{
    (void)state;
    static const wanted_column wanted[] = {
        {.name = "id_fs", .type = COLUMN_TEXT, .required = true},
        {.name = "latitude", .type = COLUMN_F64, .required = true}};
    table *t = read_shared("data/liste-fs-20240801.csv", wanted, 2, (read_options){0}, NULL);
    assert_int_equal(t->rows, 2845);
    table_free(t);
    static const wanted_column bpe[] = {
        {.name = "DEPCOM", .type = COLUMN_TEXT, .required = true},
        {.name = "LAMBERT_X", .type = COLUMN_F64, .required = true}};
    t = read_shared("data/bpe2019_94.csv.gz", bpe, 2, (read_options){0}, NULL);
    assert_int_equal(t->rows, 47171);
    table_free(t);
}

/* --- every file of the folder, by both readers --- */

static bool ends_with(const char *name, const char *end)
{
    size_t size = strlen(name), end_size = strlen(end);
    return size >= end_size && strcmp(name + size - end_size, end) == 0;
}

static bool is_delimited(const char *name)
{
    static const char *const ends[] = {".csv", ".csv.gz"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_with(name, ends[i]))
            return true;
    }
    return false;
}

static void read_both_ways(const char *path, size_t number)
{
    error err;
    file_view f;
    assert_int_equal(file_map(path, &f, &err), STATUS_OK);
    for (size_t i = 0; i < 3; i++) {
        const read_options options = {.path = path,
                                      .columns = i == 1 ? FLOWS : COMMUNES,
                                      .column_count = i == 0   ? 0
                                                      : i == 1 ? 3
                                                               : 2};
        static const size_t chunks[] = {0, 4099, 100003, 1 << 20};
        const read_tuning tuning = {.level = (marks_level)((number + i) % 4),
                                    .chunk_bytes = chunks[(number + i) % 4],
                                    .threads = 1 << ((number + i) % 4)};
        const char *found = read_difference(f.at, f.size, &options, &tuning, NULL);
        if (found)
            fail_msg("%s: %s differ", path, found);
    }
    file_unmap(&f);
}

static size_t read_folder(const char *name)
{
    char folder[1024], path[2048];
    size_t count = 0;
    if (!shared_path(folder, name))
        skip();
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e = readdir(d); e; e = readdir(d)) {
        if (!is_delimited(e->d_name))
            continue;
        assert_true((size_t)snprintf(path, sizeof path, "%s/%s", folder, e->d_name) < sizeof path);
        read_both_ways(path, count++);
    }
    (void)closedir(d);
    return count;
}

static void every_file_is_read_alike(void **state)
{
    (void)state;
    assert_true(read_folder("data") > 10);
    assert_true(read_folder("nasty/open") > 20);
    assert_true(read_folder("nasty/base") > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_file_has_its_outcome),
        cmocka_unit_test(reads_real_flows),
        cmocka_unit_test(reads_real_communes),
        cmocka_unit_test(reads_real_secrets),
        cmocka_unit_test(reads_real_quotes),
        cmocka_unit_test(every_file_is_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
