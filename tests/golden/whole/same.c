#include "tests/golden/whole/same.h"

#include "tests/golden/run/program.h"

#include <archive.h>
#include <archive_entry.h>
#include <sqlite3.h>

#include "base/files.h"
#include "base/text.h"

enum { HASH_DIGITS = 12 };

static size_t hex_run(const char *at, const char *end)
{
    size_t n = 0;
    while (at + n < end && ((at[n] >= '0' && at[n] <= '9') || (at[n] >= 'a' && at[n] <= 'f')))
        n++;
    return n;
}

/* Appends the bytes, hashes as "#". */
static void add_masked(text_buffer *to, const char *bytes, size_t size)
{
    const char *const end = bytes + size;
    for (const char *at = bytes; at < end;) {
        const size_t run = hex_run(at, end);
        if (run >= HASH_DIGITS)
            text_add_format(to, "#");
        else
            text_add_n(to, at, run > 0 ? run : 1);
        at += run > 0 ? run : 1;
    }
}

static void add_text_file(text_buffer *to, const char *path)
{
    error err;
    file_view file;
    assert_int_equal(file_map(path, &file, &err), STATUS_OK);
    add_masked(to, file.at, file.size);
    file_unmap(&file);
}

static void add_workbook(text_buffer *to, const char *path)
{
    struct archive *from = archive_read_new();
    struct archive_entry *entry;
    char bytes[65536];
    assert_non_null(from);
    assert_int_equal(archive_read_support_format_zip(from), ARCHIVE_OK);
    assert_int_equal(archive_read_open_filename(from, path, sizeof bytes), ARCHIVE_OK);
    while (archive_read_next_header(from, &entry) == ARCHIVE_OK) {
        text_buffer member = {0};
        text_add_format(to, "\n[%s]\n", archive_entry_pathname(entry));
        for (ssize_t got = 1; got > 0;) {
            got = archive_read_data(from, bytes, sizeof bytes);
            assert_true(got >= 0);
            text_add_n(&member, bytes, (size_t)got);
        }
        assert_false(member.failed);
        add_masked(to, member.at, member.size);
        text_buffer_clear(&member);
    }
    assert_int_equal(archive_read_free(from), ARCHIVE_OK);
}

static void add_rows(text_buffer *to, sqlite3 *db, const char *table_name)
{
    char query[256];
    sqlite3_stmt *rows = NULL;
    (void)snprintf(query, sizeof query, "SELECT * FROM \"%s\"", table_name);
    text_add_format(to, "\n[%s]\n", table_name);
    assert_int_equal(sqlite3_prepare_v2(db, query, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int c = 0; c < sqlite3_column_count(rows); c++) {
            const void *value = sqlite3_column_blob(rows, c);
            text_add_format(to, "|%d:", sqlite3_column_type(rows, c));
            if (value != NULL)
                add_masked(to, value, (size_t)sqlite3_column_bytes(rows, c));
        }
    (void)sqlite3_finalize(rows);
}

static void add_geopackage(text_buffer *to, const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *tables = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT name FROM sqlite_master WHERE type = 'table' AND "
                                        "sql NOT LIKE 'CREATE VIRTUAL%' "
                                        "ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW)
        add_rows(to, db, (const char *)sqlite3_column_text(tables, 0));
    (void)sqlite3_finalize(tables);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void add_file(text_buffer *to, const char *path)
{
    const char *extension = strrchr(path, '.');
    if (extension != NULL && strcmp(extension, ".xlsx") == 0)
        add_workbook(to, path);
    else if (extension != NULL && strcmp(extension, ".gpkg") == 0)
        add_geopackage(to, path);
    else
        add_text_file(to, path);
    assert_false(to->failed);
}

bool same_but_hashes(const char *a, const char *b)
{
    text_buffer x = {0}, y = {0};
    add_file(&x, a);
    add_file(&y, b);
    size_t at = 0;
    while (at < x.size && at < y.size && x.at[at] == y.at[at])
        at++;
    const bool same = at == x.size && at == y.size;
    if (!same)
        print_error("%s: \"%.80s\" became \"%.80s\"\n", a, x.at + (at > 40 ? at - 40 : 0),
                    y.at + (at > 40 ? at - 40 : 0));
    text_buffer_clear(&x);
    text_buffer_clear(&y);
    return same;
}
