/* A Parquet file gives what the CSV of the same table gives, bit for bit; and a damaged, hostile or
 * unfit one is refused with its reason. The files are written by DuckDB from CSV that the test
 * writes. */
#include "duck.h"

#include <archive.h>
#include <archive_entry.h>
#include <inttypes.h>
#include <math.h>

#include <sys/stat.h>

#include "base/files.h"
#include "geo/parquet_session.h"

/* --- the same table, twice --- */

/* A detail file as INSEE lays it out: 30 columns, of which the importer wants eight. */
static void write_detail(const duck *d, const char *name, size_t rows)
{
    char path[256];
    uint64_t seed = 88172645463325252u;
    duck_path(d, name, path, sizeof path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    (void)fprintf(out, "COMMUNE;ARM;DCLT;DCFLT;TRANS;CS1;IPONDI");
    for (int i = 0; i < 23; i++)
        (void)fprintf(out, ";X%d", i);
    (void)fprintf(out, "\n");
    for (size_t r = 0; r < rows; r++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        const unsigned long long s = seed;
        (void)fprintf(out, "%02llu%03llu;ZZZZZ;%s%03llu;%s;%llu;%llu;%.15g", 1 + s % 9,
                      1 + s / 16 % 200, s % 7 ? "01" : "2A", 1 + s / 256 % 200,
                      s % 31 ? "99999" : "LU001", 1 + s / 65536 % 6, 1 + s / 4096 % 8,
                      0.5 + (double)(s % 1000003) / 99991.0);
        for (int i = 0; i < 23; i++)
            (void)fprintf(out, ";%llu", s >> i & 7);
        (void)fprintf(out, "\n");
    }
    assert_int_equal(fclose(out), 0);
}

static void same_detail(duck *d, const char *parquet)
{
    imported text = duck_import(d, "detail", "RP2021_mobpro.csv");
    imported packed = duck_import(d, "detail", parquet);
    assert_string_equal(packed.by->id, "insee-fd-mobpro");
    assert_int_equal(packed.vintage, 2021);
    assert_int_equal(packed.facts.rows, text.facts.rows);
    assert_int_equal(strlen(packed.facts.sha256), 64);
    assert_int_equal(packed.facts.duckdb[0], 'v');
    assert_same_table(text.rows, packed.rows);
    imported_clear(&text);
    imported_clear(&packed);
}

static void the_detail_file_is_the_same_as_text_or_with_types(void **state)
{
    duck *d = *state;
    write_detail(d, "RP2021_mobpro.csv", 30000);
    duck_run(d, "COPY (SELECT * FROM read_csv('$F/RP2021_mobpro.csv', all_varchar = true)) TO "
                "'$F/RP2021_mobpro.parquet' (FORMAT parquet, ROW_GROUP_SIZE 4096)");
    same_detail(d, "RP2021_mobpro.parquet");
    duck_run(d, "COPY (SELECT * REPLACE (TRANS::TINYINT AS TRANS, CS1::UINTEGER AS CS1, "
                "IPONDI::DOUBLE AS IPONDI) FROM read_csv('$F/RP2021_mobpro.csv', all_varchar = "
                "true)) TO '$F/typed_2021.parquet' (FORMAT parquet, COMPRESSION zstd)");
    same_detail(d, "typed_2021.parquet");
    duck_run(d, "CREATE TYPE commune AS ENUM (SELECT DISTINCT COMMUNE FROM "
                "read_csv('$F/RP2021_mobpro.csv', all_varchar = true))");
    duck_run(d, "COPY (SELECT * REPLACE (COMMUNE::commune AS COMMUNE, CS1::DOUBLE AS CS1, "
                "TRANS::BIGINT AS TRANS) FROM read_csv('$F/RP2021_mobpro.csv', all_varchar = "
                "true)) TO '$F/enum_2021.parquet' (FORMAT parquet, COMPRESSION uncompressed)");
    same_detail(d, "enum_2021.parquet");
}

static void flows_are_the_same(void **state)
{
    duck *d = *state;
    char path[256];
    write_file(d->files, "flux.csv",
               "CODGEO,LIBGEO,DCLT,L_DCLT,NBFLUX_C21_ACTOCC15P\n"
               "01004,\"Ambérieu, en \"\"Bugey\"\"\",2A004,Ajaccio,4.843533072555049\n"
               "01004,Ambérieu,BE25F,Belgique,12\n"
               "75056,Paris,01004,,11481.093\n"
               "971231,Ailleurs,01004,,1\n",
               path, sizeof path);
    duck_refused(d, "flows", "flux.csv", "971231");
    write_file(d->files, "flux.csv",
               "CODGEO,LIBGEO,DCLT,L_DCLT,NBFLUX_C21_ACTOCC15P\n"
               "01004,\"Ambérieu, en \"\"Bugey\"\"\",2A004,Ajaccio,4.843533072555049\n"
               "01004,Ambérieu,BE25F,Belgique,12\n"
               "75056,Paris,01004,,11481.093\n",
               path, sizeof path);
    duck_run(d, "COPY (SELECT * REPLACE (NBFLUX_C21_ACTOCC15P::DOUBLE AS NBFLUX_C21_ACTOCC15P) "
                "FROM read_csv('$F/flux.csv', all_varchar = true)) TO '$F/flux.parquet' (FORMAT "
                "parquet)");
    imported text = duck_import(d, "flows", "flux.csv");
    imported packed = duck_import(d, "flows", "flux.parquet");
    assert_string_equal(packed.by->id, "insee-base-flux");
    assert_int_equal(packed.vintage, 2021);
    assert_same_table(text.rows, packed.rows);
    imported_clear(&text);
    imported_clear(&packed);
}

/* --- types --- */

static const wanted_column text_a = {.name = "a", .unit = "", .type = COLUMN_TEXT};

static void one_text(duck *d, const char *expression, const char *expected)
{
    table *t = NULL;
    duck_run(d, "COPY (SELECT %s AS a) TO '$F/one.parquet' (FORMAT parquet)", expression);
    if (duck_read(d, "one.parquet", &text_a, 1, 0, &t) != STATUS_OK) {
        print_faults(d->files->list);
        fail_msg("%s", expression);
    }
    if (strcmp(text_of(t, "a", 0), expected) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", expression, text_of(t, "a", 0), expected);
    assert_int_equal(column_state(table_find(t, "a"), 0),
                     *expected ? VALUE_PRESENT : VALUE_MISSING);
    table_free(t);
}

static void every_type_has_one_text(void **state)
{
    duck *d = *state;
    const char *const cases[][2] = {
        {"'01004'", "01004"},
        {"'L''Abergement-Clémenciat, un nom de plus de douze octets'",
         "L'Abergement-Clémenciat, un nom de plus de douze octets"},
        {"''", ""},
        {"'  '", ""},
        {"NULL::VARCHAR", ""},
        {"1004", "1004"},
        {"(-7)::TINYINT", "-7"},
        {"65535::USMALLINT", "65535"},
        {"18446744073709551615::UBIGINT", "18446744073709551615"},
        {"4.843533072555049::DOUBLE", "4.843533072555049"},
        {"1e300::DOUBLE", "1e+300"},
        {"0.1::FLOAT", "0.1"},
        {"12.30::DECIMAL(9,2)", "12.30"},
        {"true", "true"},
        {"DATE '2024-01-02'", "2024-01-02"},
        {"TIME '08:30:00'", "08:30:00"},
        {"TIMESTAMP '2024-01-02 03:04:05'", "2024-01-02T03:04:05"},
        {"TIMESTAMP_NS '2024-01-02 03:04:05'", "2024-01-02T03:04:05"},
        {"TIMESTAMPTZ '2024-01-02 03:04:05+01'", "2024-01-02T02:04:05"},
        {"'x'::ENUM ('x', 'y')", "x"},
        {"'6d3d22f8-2f86-4b0b-a8e6-8a2f7a1b2c3d'::UUID", "6d3d22f8-2f86-4b0b-a8e6-8a2f7a1b2c3d"},
        {"'01004'::BLOB", "01004"}, /* texts of writers that do not say so */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        one_text(d, cases[i][0], cases[i][1]);
}

static void numbers_are_kept_whatever_their_type(void **state)
{
    duck *d = *state;
    static const wanted_column wanted[] = {
        {.name = "f", .unit = "", .type = COLUMN_F64, .decimals = -1},
        {.name = "i", .unit = "", .type = COLUMN_I64},
        {.name = "u", .unit = "", .type = COLUMN_U32},
    };
    const char *const rows[] = {
        "12::DOUBLE AS f, 12::DOUBLE AS i, 12::DOUBLE AS u",
        "12::INTEGER AS f, 12::BIGINT AS i, 12::UTINYINT AS u",
        "'12' AS f, '12' AS i, '12' AS u",
        "12::DECIMAL(5, 0) AS f, 12::HUGEINT AS i, 12::UBIGINT AS u",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        table *t = NULL;
        duck_run(d,
                 "COPY (SELECT %s UNION ALL SELECT NULL, NULL, NULL) TO '$F/n.parquet' (FORMAT "
                 "parquet)",
                 rows[i]);
        assert_int_equal(duck_read(d, "n.parquet", wanted, 3, 0, &t), STATUS_OK);
        assert_int_equal(t->rows, 2);
        assert_true(table_find(t, "f")->at.f64[0] == 12.0);
        assert_true(table_find(t, "i")->at.i64[0] == 12);
        assert_true(table_find(t, "u")->at.u32[0] == 12);
        for (size_t c = 0; c < 3; c++)
            assert_int_equal(column_state(&t->columns[c], 1), VALUE_MISSING);
        table_free(t);
    }
    /* A float is its shortest decimal, as in the CSV of the same table. */
    table *t = NULL;
    duck_run(d, "COPY (SELECT 0.1::FLOAT AS f) TO '$F/n.parquet' (FORMAT parquet)");
    assert_int_equal(duck_read(d, "n.parquet", wanted, 1, 0, &t), STATUS_OK);
    assert_true(table_find(t, "f")->at.f64[0] == 0.1);
    table_free(t);
}

static void signs_of_insee_are_states(void **state)
{
    duck *d = *state;
    table *t = NULL;
    static const wanted_column wanted = {.name = "v", .unit = "", .type = COLUMN_F64};
    duck_run(d, "COPY (SELECT unnest(['48,5', 's', 'nd', 'NA', '///', NULL]) AS v) TO "
                "'$F/s.parquet' (FORMAT parquet)");
    assert_int_equal(duck_read(d, "s.parquet", &wanted, 1, 0, &t), STATUS_OK);
    const value_state states[] = {VALUE_PRESENT, VALUE_SECRET,         VALUE_MISSING,
                                  VALUE_MISSING, VALUE_NOT_APPLICABLE, VALUE_MISSING};
    for (size_t r = 0; r < 6; r++)
        assert_int_equal(column_state(table_find(t, "v"), r), states[r]);
    assert_true(number_of(t, "v", 0) == 48.5);
    table_free(t);
}

/* --- large --- */

static void rows_keep_their_order_and_their_number(void **state)
{
    duck *d = *state;
    static const wanted_column wanted[] = {
        {.name = "n", .unit = "", .type = COLUMN_I64},
        {.name = "name", .unit = "", .type = COLUMN_TEXT},
    };
    duck_run(d, "COPY (SELECT i AS n, 'name ' || (i * 7919 %% 1000) AS name, i * 0.5 AS other FROM "
                "range(1, 400001) t(i)) TO '$F/large.parquet' (FORMAT parquet, ROW_GROUP_SIZE "
                "10000)");
    table *first = NULL, *again = NULL;
    assert_int_equal(duck_read(d, "large.parquet", wanted, 2, 0, &first), STATUS_OK);
    assert_int_equal(first->rows, 400000);
    assert_int_equal(first->column_count, 2);
    for (size_t r = 0; r < first->rows; r++) {
        assert_int_equal(table_find(first, "n")->at.i64[r], r + 1);
        assert_int_equal(first->source_row[r], r + 1);
    }
    assert_int_equal(table_find(first, "name")->words.count, 1000);
    assert_int_equal(duck_read(d, "large.parquet", wanted, 2, 0, &again), STATUS_OK);
    const column *a = table_find(first, "name"), *b = table_find(again, "name");
    assert_memory_equal(a->at.u32, b->at.u32, first->rows * sizeof *a->at.u32);
    assert_memory_equal(a->words.bytes, b->words.bytes, a->words.start[a->words.count]);
    table_free(first);
    table_free(again);
}

static void too_little_memory_is_said(void **state)
{
    duck *d = *state;
    table *t = NULL;
    duck_run(d, "COPY (SELECT repeat('x', 3000) || i AS a FROM range(40000) t(i)) TO "
                "'$F/wide.parquet' (FORMAT parquet)");
    assert_int_not_equal(duck_read(d, "wide.parquet", &text_a, 1, 1 << 20, &t), STATUS_OK);
    if (!says(d->files->list, "Out of Memory")) {
        print_faults(d->files->list);
        fail();
    }
    assert_null(t);
}

/* --- names --- */

static void a_name_is_only_a_name(void **state)
{
    duck *d = *state;
    char from[256], to[256];
    const char *const names[] = {
        "x*.parquet",        "x[12].parquet",      "a'; DROP TABLE t; --.parquet",
        "http:x.parquet",    "é è.parquet",        "s3:bucket.parquet",
        "year=2021.parquet", "\"quoted\".parquet", "?.parquet",
        "{x1,x2}.parquet",   "x%41.parquet",       "--.parquet",
    };
    duck_run(d, "COPY (SELECT unnest(['1', '2', '3', '4', '5']) AS a) TO '$F/x1.parquet' (FORMAT "
                "parquet)");
    duck_run(d, "COPY (SELECT unnest(['1', '2', '3', '4', '5']) AS a) TO '$F/x2.parquet' (FORMAT "
                "parquet)");
    duck_run(d, "COPY (SELECT unnest(['u', 'v']) AS a) TO '$F/plain.parquet' (FORMAT parquet)");
    duck_path(d, "plain.parquet", from, sizeof from);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        table *t = NULL;
        duck_path(d, names[i], to, sizeof to);
        assert_int_equal(link(from, to), 0);
        if (duck_read(d, names[i], &text_a, 1, 0, &t) != STATUS_OK) {
            print_faults(d->files->list);
            fail_msg("%s", names[i]);
        }
        assert_int_equal(t->rows, 2);
        assert_string_equal(text_of(t, "a", 0), "u");
        assert_string_equal(table_source(t, 1).file, to);
        table_free(t);
    }
}

static void addresses_and_pipes_are_refused(void **state)
{
    duck *d = *state;
    char path[256];
    parquet_facts facts;
    table *t = NULL;
    duck_path(d, "pipe.parquet", path, sizeof path);
    assert_int_equal(mkfifo(path, 0600), 0);
    const char *const paths[] = {"http://127.0.0.1/a.parquet", "s3://bucket/a.parquet",
                                 "/vsicurl/http://127.0.0.1/a.parquet", path, d->files->folder};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        const parquet_options options = {.path = paths[i]};
        assert_int_equal(parquet_header(d->files->workers, &options, &t, &facts, d->files->list),
                         STATUS_INPUT);
        assert_null(t);
    }
}

/* What the worker's own database may do: read its file, and nothing else. */
static void the_session_reaches_nothing_else(void **state)
{
    duck *d = *state;
    error err;
    int fd = -1;
    char path[256];
    parquet_session s;
    size_t count = 0;
    duck_run(d, "COPY (SELECT 1 AS a) TO '$F/mine.parquet' (FORMAT parquet)");
    duck_run(d, "COPY (SELECT 2 AS a) TO '$F/other.parquet' (FORMAT parquet)");
    duck_path(d, "mine.parquet", path, sizeof path);
    assert_int_equal(file_open(path, &fd, &err), STATUS_OK);
    assert_int_equal(parquet_session_open(&s, &d->api, fd, path, 1 << 28, &err), STATUS_OK);
    const char *const refused[] = {
        "SELECT * FROM read_parquet('%s/other.parquet')",
        "SELECT * FROM read_text('%s/other.parquet')",
        "SELECT * FROM glob('%s/*')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM 'http://127.0.0.1:9/%s.parquet'",
        "COPY (SELECT 1) TO '%s/written.parquet' (FORMAT parquet)",
        "ATTACH '%s/new.db'",
        "INSTALL httpfs",
        "LOAD '%s/x.duckdb_extension'",
        "SET enable_external_access = true",
        "SET autoload_known_extensions = true",
        "SET threads = 64",
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char sql[512];
        parquet_query q;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        (void)snprintf(sql, sizeof sql, refused[i], d->files->folder);
#pragma GCC diagnostic pop
        status rc = parquet_query_start(&q, &s, sql, &err);
        if (rc == STATUS_OK)
            rc = parquet_query_next(&q, &count, &err);
        if (rc == STATUS_OK)
            fail_msg("allowed: %s", sql);
        parquet_query_end(&q);
    }
    parquet_session_close(&s);
    assert_int_equal(close(fd), 0);
}

/* --- faults --- */

static void spoil(const duck *d, const char *from, const char *to, size_t keep_percent, long flip)
{
    char path[256];
    duck_path(d, from, path, sizeof path);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    const size_t size = (size_t)ftell(in);
    rewind(in);
    unsigned char *bytes = malloc(size);
    assert_int_equal(fread(bytes, 1, size, in), size);
    assert_int_equal(fclose(in), 0);
    if (flip >= 0)
        bytes[(size_t)flip % size] ^= 0x55;
    duck_path(d, to, path, sizeof path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, size * keep_percent / 100, out), size * keep_percent / 100);
    assert_int_equal(fclose(out), 0);
    free(bytes);
}

static void damaged_files_are_refused(void **state)
{
    duck *d = *state;
    char path[256];
    duck_run(d, "COPY (SELECT '0100' || (i %% 9 + 1) AS CODGEO, '01004' AS DCLT, i * 0.37 AS "
                "NBFLUX_C21_ACTOCC15P FROM range(20000) t(i)) TO '$F/good.parquet' (FORMAT "
                "parquet)");
    spoil(d, "good.parquet", "cut.parquet", 60, -1);
    duck_refused(d, "flows", "cut.parquet", "Parquet file cut short");
    write_file(d->files, "text.parquet", "CODGEO;DCLT;NBFLUX_C21_ACTOCC15P\n01004;01004;1\n", path,
               sizeof path);
    duck_refused(d, "flows", "text.parquet", "this is no Parquet file");
    write_file(d->files, "empty.parquet", "", path, sizeof path);
    duck_refused(d, "flows", "empty.parquet", "this is no Parquet file");
    write_file(d->files, "marks.parquet", "PAR1PAR1PAR1", path, sizeof path);
    duck_refused(d, "flows", "marks.parquet", "unreadable Parquet");
    assert_false(says(d->files->list, "/proc/self/fd"));
    write_file(d->files, "hidden.parquet", "PARE....PARE", path, sizeof path);
    duck_refused(d, "flows", "hidden.parquet", "encrypted");
}

/* Any byte may be wrong: the program lives, and what it gives has the shape announced. */
static void a_flipped_byte_never_ends_the_program(void **state)
{
    duck *d = *state;
    size_t refused = 0;
    static const wanted_column wanted[] = {
        {.name = "a", .unit = "", .type = COLUMN_TEXT},
        {.name = "b", .unit = "", .type = COLUMN_F64},
    };
    duck_run(d, "COPY (SELECT 'commune ' || i AS a, i * 0.37 AS b FROM range(500) t(i)) TO "
                "'$F/sound.parquet' (FORMAT parquet)");
    for (long i = 0; i < 60; i++) {
        table *t = NULL;
        spoil(d, "sound.parquet", "flipped.parquet", 100, 4 + i * i * 7);
        if (duck_read(d, "flipped.parquet", wanted, 2, 0, &t) == STATUS_OK) {
            assert_int_equal(t->column_count, 2);
        } else {
            assert_null(t);
            assert_true(faults_count(d->files->list) > 0);
            refused++;
        }
        table_free(t);
    }
    assert_true(refused > 0);
}

static void unfit_columns_are_refused(void **state)
{
    duck *d = *state;
    duck_run(d, "COPY (SELECT '01004' AS CODGEO, '01004' AS DCLT) TO '$F/a.parquet' (FORMAT "
                "parquet)");
    duck_refused(d, "flows", "a.parquet", "NBFLUX_C*");
    duck_run(d, "COPY (SELECT '01004' AS CODGEO, '01004' AS DCLT, [1.5] AS NBFLUX_C21_ACTOCC15P) "
                "TO '$F/b.parquet' (FORMAT parquet)");
    duck_refused(d, "flows", "b.parquet", "not made of plain values");
    duck_run(d, "COPY (SELECT '01004' AS CODGEO, '01004' AS DCLT, unnest(['1.5', 'beaucoup']) AS "
                "NBFLUX_C21_ACTOCC15P) TO '$F/c.parquet' (FORMAT parquet)");
    duck_refused(d, "flows", "c.parquet", "“beaucoup” is not a number");
    const fault *first = faults_at(d->files->list, 0);
    assert_int_equal(first->line, 2); /* the second row */
    assert_int_equal(first->column, 3);
    duck_run(d, "COPY (SELECT '01004' AS CODGEO, '01004' AS DCLT, unnest([1, 'nan'::DOUBLE, "
                "'inf'::DOUBLE, -3]) AS NBFLUX_C21_ACTOCC15P) TO '$F/e.parquet' (FORMAT parquet)");
    duck_refused(d, "flows", "e.parquet", "“NaN” is not a finite number");
    assert_true(says(d->files->list, "negative value -3"));
    assert_int_equal(faults_count(d->files->list), 3);
    /* A code that became a number lost its zero: as in a CSV. */
    duck_run(d, "COPY (SELECT 1004 AS CODGEO, '01004' AS DCLT, 1.5 AS NBFLUX_C21_ACTOCC15P) TO "
                "'$F/g.parquet' (FORMAT parquet)");
    duck_refused(d, "flows", "g.parquet", "1004");
}

static void geometries_are_not_lost_in_silence(void **state)
{
    duck *d = *state;
    duck_run(d, "COPY (SELECT '01004' AS code, '\\x00'::BLOB AS geometry) TO '$F/geo.parquet' "
                "(FORMAT parquet, KV_METADATA {geo: '{\"version\":\"9\"}'})");
    imported in = duck_import(d, "perimeter", "geo.parquet");
    assert_true(says(d->files->list, "geometries of this Parquet file are not read"));
    imported_clear(&in);
}

/* Two files in one archive, the second when there is a name for it. */
static void zip_files(const duck *d, const char *zip, const char *const *names, size_t count)
{
    char path[256];
    duck_path(d, zip, path, sizeof path);
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        error err;
        file_view v;
        duck_path(d, names[i], path, sizeof path);
        assert_int_equal(file_map(path, &v, &err), STATUS_OK);
        struct archive_entry *e = archive_entry_new();
        archive_entry_set_pathname(e, names[i]);
        archive_entry_set_size(e, (la_int64_t)v.size);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        assert_int_equal(archive_write_data(a, v.at, v.size), v.size);
        archive_entry_free(e);
        file_unmap(&v);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

static void a_zip_may_hold_it(void **state)
{
    duck *d = *state;
    table *t = NULL;
    const char *const names[] = {"in1.parquet", "in2.parquet"};
    duck_run(d, "COPY (SELECT 'first' AS a) TO '$F/in1.parquet' (FORMAT parquet)");
    duck_run(d, "COPY (SELECT 'second' AS a) TO '$F/in2.parquet' (FORMAT parquet)");
    zip_files(d, "one.zip", names, 1);
    assert_int_equal(duck_read(d, "one.zip", &text_a, 1, 0, &t), STATUS_OK);
    assert_string_equal(text_of(t, "a", 0), "first");
    table_free(t);
    zip_files(d, "two.zip", names, 2);
    assert_int_equal(duck_read(d, "two.zip", &text_a, 1, 0, &t), STATUS_INPUT);
    assert_true(says(d->files->list, "several"));
}

int main(void)
{
    if (!duck_is_here() || setenv("TZ", "America/Cayenne", 1) != 0)
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_detail_file_is_the_same_as_text_or_with_types),
        cmocka_unit_test(flows_are_the_same),
        cmocka_unit_test(every_type_has_one_text),
        cmocka_unit_test(numbers_are_kept_whatever_their_type),
        cmocka_unit_test(signs_of_insee_are_states),
        cmocka_unit_test(rows_keep_their_order_and_their_number),
        cmocka_unit_test(too_little_memory_is_said),
        cmocka_unit_test(a_name_is_only_a_name),
        cmocka_unit_test(addresses_and_pipes_are_refused),
        cmocka_unit_test(the_session_reaches_nothing_else),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(a_flipped_byte_never_ends_the_program),
        cmocka_unit_test(unfit_columns_are_refused),
        cmocka_unit_test(a_zip_may_hold_it),
        cmocka_unit_test(geometries_are_not_lost_in_silence),
    };
    return cmocka_run_group_tests(tests, duck_open, duck_close);
}
