#include "duck.h"

#include "geo/parquet.h"

static const char OWN_LIBRARY[] = BASSIN_SOURCE_DIR "/build/duckdb/libduckdb.so";

bool duck_is_here(void)
{
    const char *told = getenv("BASSIN_DUCKDB");
    if (told && *told)
        return true;
    if (access(OWN_LIBRARY, R_OK) != 0) {
        print_message("skipped: no DuckDB library (tests/parquet/get brings it)\n");
        return false;
    }
    return setenv("BASSIN_DUCKDB", OWN_LIBRARY, 1) == 0;
}

/* The worker's zygote starts before DuckDB's threads. */
int duck_open(void **state)
{
    error err;
    bool found = false;
    char *why = NULL;
    duck *d = calloc(1, sizeof *d);
    fixture *f = calloc(1, sizeof *f);
    *state = d;
    d->files = f;
    f->jobs[0] = layer_job;
    f->jobs[1] = parquet_job;
    (void)snprintf(f->folder, sizeof f->folder, "/tmp/bassin-test-XXXXXX");
    const duckdb_places places = {.told = getenv("BASSIN_DUCKDB")};
    if (!mkdtemp(f->folder) || zygote_start(&f->workers, f->jobs, 2, false, &err) != STATUS_OK ||
        faults_new(&f->list, &err) != STATUS_OK || ledger_new(&f->balance, &err) != STATUS_OK ||
        duckdb_library_load(&d->api, &places, &found, &err) != STATUS_OK || !found) {
        return 1;
    }
    return d->api.open_ext(NULL, &d->database, NULL, &why) != 0 ||
           d->api.connect(d->database, &d->connection) != 0;
}

int duck_close(void **state)
{
    duck *d = *state;
    void *inner = d->files;
    d->api.disconnect(&d->connection);
    d->api.close(&d->database);
    free(d);
    return fixture_close(&inner);
}

void duck_path(const duck *d, const char *name, char *path, size_t size)
{
    (void)snprintf(path, size, "%s/%s", d->files->folder, name);
}

void duck_run(duck *d, const char *format, ...)
{
    char sql[4096] = "", written[4096];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(written, sizeof written, format, arguments);
    va_end(arguments);
    size_t used = 0;
    for (const char *at = written; *at; at++) {
        const bool folder = at[0] == '$' && at[1] == 'F';
        used += (size_t)snprintf(sql + used, sizeof sql - used, folder ? "%s" : "%.1s",
                                 folder ? d->files->folder : at);
        at += folder;
    }
    duckdb_answer answer = {.inner = NULL};
    if (d->api.query(d->connection, sql, &answer) != 0)
        fail_msg("%s\n%s", sql, d->api.result_error(&answer));
    d->api.destroy_result(&answer);
}

static status import_path(duck *d, const char *role, const char *name, imported *out)
{
    error err;
    char path[256];
    duck_path(d, name, path, sizeof path);
    faults_free(d->files->list);
    assert_int_equal(faults_new(&d->files->list, &err), STATUS_OK);
    const import_request request = {.path = path,
                                    .role = role,
                                    .workers = d->files->workers,
                                    .where = source_at("run.yaml", 7, 1)};
    return import_file(dataset_importers, &request, out, d->files->list);
}

imported duck_import(duck *d, const char *role, const char *name)
{
    imported out;
    if (import_path(d, role, name, &out) != STATUS_OK) {
        print_faults(d->files->list);
        fail_msg("%s is refused", name);
    }
    return out;
}

void duck_refused(duck *d, const char *role, const char *name, const char *text)
{
    imported out;
    assert_int_not_equal(import_path(d, role, name, &out), STATUS_OK);
    if (!says(d->files->list, text)) {
        print_faults(d->files->list);
        fail_msg("%s: not said: %s", name, text);
    }
    imported_clear(&out);
}

status duck_read(duck *d, const char *name, const wanted_column *wanted, size_t count,
                 uint64_t memory_bytes, table **out)
{
    error err;
    char path[256];
    parquet_facts facts;
    duck_path(d, name, path, sizeof path);
    faults_free(d->files->list);
    assert_int_equal(faults_new(&d->files->list, &err), STATUS_OK);
    const parquet_options options = {.path = path, .memory_bytes = memory_bytes};
    return parquet_read(d->files->workers, &options, wanted, count, out, &facts, d->files->list);
}

static void assert_same_column(const column *a, const column *b, size_t rows)
{
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->unit, b->unit);
    assert_int_equal(a->type, b->type);
    for (size_t r = 0; r < rows; r++)
        assert_int_equal(column_state(a, r), column_state(b, r));
    const size_t size = a->type == COLUMN_F64 || a->type == COLUMN_I64 ? 8 : 4;
    assert_memory_equal(a->at.f64, b->at.f64, rows * size);
    if (a->type != COLUMN_TEXT)
        return;
    assert_int_equal(a->words.count, b->words.count);
    for (uint32_t w = 0; w < a->words.count; w++)
        assert_string_equal(words_at(&a->words, w), words_at(&b->words, w));
}

void assert_same_table(const table *text, const table *parquet)
{
    assert_int_equal(text->rows, parquet->rows);
    assert_int_equal(text->column_count, parquet->column_count);
    for (size_t c = 0; c < text->column_count; c++)
        assert_same_column(&text->columns[c], &parquet->columns[c], text->rows);
    for (size_t r = 0; r < text->rows; r++)
        assert_int_equal(text->source_row[r], parquet->source_row[r] + 1);
}
