#include "outputs.h"

#include "tests/golden/run/program.h"

#include <archive.h>
#include <archive_entry.h>
#include <sqlite3.h>

#include "base/files.h"

static size_t count_in(const char *bytes, size_t size, const char *wanted)
{
    const size_t length = strlen(wanted);
    size_t n = 0;
    for (const char *at = bytes; at != NULL && (size_t)(bytes + size - at) >= length;) {
        at = memmem(at, (size_t)(bytes + size - at), wanted, length);
        n += at != NULL;
        at = at != NULL ? at + length : NULL;
    }
    return n;
}

size_t count_in_file(const char *path, const char *wanted)
{
    error err;
    file_view file;
    if (file_map(path, &file, &err) != STATUS_OK)
        fail_msg("%s is not there", path);
    const size_t n = file.size > 0 ? count_in(file.at, file.size, wanted) : 0;
    file_unmap(&file);
    return n;
}

static size_t count_in_member(struct archive *from, const char *wanted)
{
    char *bytes = NULL;
    size_t size = 0;
    for (;;) {
        char *grown = realloc(bytes, size + 65536);
        assert_non_null(grown);
        bytes = grown;
        const ssize_t got = archive_read_data(from, bytes + size, 65536);
        assert_true(got >= 0);
        if (got == 0)
            break;
        size += (size_t)got;
    }
    const size_t n = count_in(bytes, size, wanted);
    free(bytes);
    return n;
}

size_t count_in_archive(const char *path, const char *member, const char *wanted)
{
    struct archive *from = archive_read_new();
    struct archive_entry *entry;
    size_t n = 0;
    assert_non_null(from);
    assert_int_equal(archive_read_support_format_zip(from), ARCHIVE_OK);
    assert_int_equal(archive_read_open_filename(from, path, 65536), ARCHIVE_OK);
    while (archive_read_next_header(from, &entry) == ARCHIVE_OK)
        if (strncmp(archive_entry_pathname(entry), member, strlen(member)) == 0)
            n += count_in_member(from, wanted);
    assert_int_equal(archive_read_free(from), ARCHIVE_OK);
    return n;
}

static size_t one_number(sqlite3 *db, const char *query, const char *name)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, query, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", query, sqlite3_errmsg(db));
    if (name != NULL)
        assert_int_equal(sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const size_t n = (size_t)sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return n;
}

size_t gpkg_venues(const char *path, const char *name, size_t *named)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    const size_t rows = one_number(db, "SELECT count(*) FROM venues", NULL);
    *named = one_number(db, "SELECT count(*) FROM venues WHERE name = ?", name);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return rows;
}

bool has_control(const char *text)
{
    /* U+200B to U+200F, U+202A to U+202E, U+2066 to U+2069 in UTF-8 */
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if ((*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7f)
            return true;
        if (at[0] == 0xe2 && at[1] == 0x80 &&
            ((at[2] >= 0x8b && at[2] <= 0x8f) || (at[2] >= 0xaa && at[2] <= 0xae)))
            return true;
        if (at[0] == 0xe2 && at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9)
            return true;
    }
    return false;
}
