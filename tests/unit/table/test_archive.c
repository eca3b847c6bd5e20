/* Files as people have them: plain, .gz, inside a .zip; and archives that are damaged or too big.
 */
#include "fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>
#include <zlib.h>

#include "base/files.h"

static const wanted_column CODE[] = {{.name = "code", .type = COLUMN_TEXT, .required = true}};
static const char TEXT[] = "code;n\n01004;1\n2A004;2\n";

typedef struct bytes {
    char *at;
    size_t size;
} bytes;

static bytes gzip_of(const char *text, size_t size)
{
    z_stream z = {0};
    bytes out = {.size = size / 50 + 4096};
    out.at = malloc(out.size);
    assert_non_null(out.at);
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    z.next_in = (unsigned char *)copy;
    z.avail_in = (uInt)size;
    z.next_out = (unsigned char *)out.at;
    z.avail_out = (uInt)out.size;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.size = z.total_out;
    (void)deflateEnd(&z);
    free(copy);
    return out;
}

/* `names`: NULL-terminated; each member holds TEXT. */
static bytes zip_of(const char *const *names)
{
    bytes out = {.at = malloc(1 << 16)};
    assert_non_null(out.at);
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, out.at, 1 << 16, &out.size), ARCHIVE_OK);
    for (size_t i = 0; names[i]; i++) {
        struct archive_entry *e = archive_entry_new();
        archive_entry_set_pathname(e, names[i]);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, sizeof TEXT - 1);
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        assert_int_equal(archive_write_data(a, TEXT, sizeof TEXT - 1), sizeof TEXT - 1);
        archive_entry_free(e);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    (void)archive_write_free(a);
    return out;
}

static outcome read_packed(bytes b, read_options options)
{
    return read_bytes(b.at, b.size, CODE, 1, options);
}

static void assert_read(bytes b, read_options options, const char *file)
{
    char printed[1024];
    outcome o = read_packed(b, options);
    if (o.status != STATUS_OK)
        fail_msg("%s", first_fault(&o, printed));
    assert_string_equal(column_text(&o.table->columns[0], 1), "2A004");
    assert_string_equal(table_source(o.table, 0).file, file);
    outcome_clear(&o);
}

static void assert_refused(bytes b, read_options options, const char *message)
{
    char printed[1024];
    outcome o = read_packed(b, options);
    assert_int_equal(o.status, STATUS_INPUT);
    assert_contains(first_fault(&o, printed), message);
    outcome_clear(&o);
}

static void reads_gzip_by_its_bytes(void **state)
{
    (void)state;
    bytes b = gzip_of(TEXT, sizeof TEXT - 1);
    assert_read(b, (read_options){.path = "communes.csv"}, "communes.csv");
    for (size_t cut = 3; cut < b.size; cut++)
        assert_refused((bytes){.at = b.at, .size = cut}, (read_options){0}, "damaged");
    free(b.at);
}

static void reads_every_gzip_member(void **state)
{
    (void)state;
    bytes first = gzip_of(TEXT, 10), second = gzip_of(TEXT + 10, sizeof TEXT - 11);
    bytes both = {.at = malloc(first.size + second.size + 8), .size = first.size + second.size};
    assert_non_null(both.at);
    memcpy(both.at, first.at, first.size);
    memcpy(both.at + first.size, second.at, second.size);
    assert_read(both, (read_options){.path = "f.gz"}, "f.gz");
    memcpy(both.at + both.size, "garbage", 7);
    both.size += 7;
    assert_refused(both, (read_options){0}, "after the end of the compressed data");
    memset(both.at + both.size - 7, 0, 7);
    assert_read(both, (read_options){.path = "f.gz"}, "f.gz");
    free(both.at);
    free(first.at);
    free(second.at);
}

static void reads_the_member_of_a_zip(void **state)
{
    (void)state;
    bytes one = zip_of((const char *const[]){"__MACOSX/._f.csv", "dossier/f.csv", NULL});
    assert_read(one, (read_options){.path = "in.zip"}, "in.zip/dossier/f.csv");
    bytes two = zip_of((const char *const[]){"meta.csv", "flux.csv", NULL});
    assert_refused(two, (read_options){0}, "meta.csv, flux.csv");
    assert_read(two, (read_options){.path = "in.zip", .member = "flux.csv"}, "in.zip/flux.csv");
    assert_refused(two, (read_options){.member = "autre.csv"}, "no “autre.csv” in the archive");
    bytes book = zip_of((const char *const[]){"[Content_Types].xml", "xl/workbook.xml", NULL});
    assert_refused(book, (read_options){0}, "workbook");
    bytes none = zip_of((const char *const[]){NULL});
    assert_refused(none, (read_options){0}, "archive without a file");
    assert_refused((bytes){.at = one.at, .size = one.size / 3}, (read_options){0}, "archive");
    one.at[one.size / 3] ^= 0x55;
    outcome o = read_packed(one, (read_options){0});
    assert_int_equal(o.status, STATUS_INPUT);
    outcome_clear(&o);
    free(one.at);
    free(two.at);
    free(book.at);
    free(none.at);
    char plain[] = "code;n\n";
    assert_refused((bytes){.at = plain, .size = 7}, (read_options){.member = "f.csv"},
                   "not a .zip");
}

static void holds_the_size_limit(void **state)
{
    (void)state;
    bytes b = gzip_of(TEXT, sizeof TEXT - 1);
    assert_read(b, (read_options){.path = "f", .max_bytes = sizeof TEXT - 1}, "f");
    assert_refused(b, (read_options){.max_bytes = sizeof TEXT - 2}, "over the limit of");
    free(b.at);
}

static void refuses_a_bomb_but_not_a_small_repetitive_file(void **state)
{
    (void)state;
    for (size_t over = 0; over < 2; over++) {
        size_t size = READER_RATIO_FLOOR_BYTES + over;
        char *text = malloc(size);
        assert_non_null(text);
        memset(text, 'x', size);
        memcpy(text, "code\n", 5);
        for (size_t i = 1 << 19; i < size; i += 1 << 19)
            text[i] = '\n';
        bytes b = gzip_of(text, size);
        free(text);
        if (over)
            assert_refused(b, (read_options){0}, "suspect compression ratio");
        outcome o = read_packed(b, (read_options){.max_bytes = over ? size : 0});
        assert_int_equal(o.status, STATUS_OK);
        outcome_clear(&o);
        free(b.at);
    }
}

static void recognises_a_file_by_its_header(void **state)
{
    (void)state;
    char folder[] = "/tmp/bassin-archive-XXXXXX", path[128];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/f.csv", folder);
    static const char latin1[] = "code;Libell\xe9\n1;2\n1;\"2\n\0\n";
    bytes packed = gzip_of(latin1, sizeof latin1 - 1);
    for (int gz = 0; gz < 2; gz++) {
        error err;
        faults *list = NULL;
        table *t = NULL;
        read_options options = {.path = path};
        assert_int_equal(faults_new(&list, &err), STATUS_OK);
        assert_int_equal(file_write_atomic(path, gz ? packed.at : latin1,
                                           gz ? packed.size : sizeof latin1 - 1, &err),
                         STATUS_OK);
        assert_int_equal(table_read_header(&options, &t, list), STATUS_OK);
        assert_int_equal(faults_count(list), 0);
        assert_int_equal(t->rows, 2);
        assert_string_equal(column_text(&t->columns[0], 1), "Libellé");
        table_free(t);
        faults_free(list);
    }
    error err;
    free(packed.at);
    assert_int_equal(folder_remove(folder, &err), STATUS_OK);
}

static void reads_from_disk_and_states_the_digest(void **state)
{
    (void)state;
    char folder[] = "/tmp/bassin-archive-XXXXXX", path[128];
    error err;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/f.csv", folder);
    assert_int_equal(file_write_atomic(path, "abc", 3, &err), STATUS_OK);
    faults *list = NULL;
    table *t = NULL;
    read_facts facts;
    read_options options = {.path = path};
    assert_int_equal(faults_new(&list, &err), STATUS_OK);
    assert_int_equal(table_read(&options, &t, &facts, list), STATUS_OK);
    assert_string_equal(facts.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(t->rows, 0);
    assert_int_equal(faults_at(list, 0)->severity, SEVERITY_WARNING);
    table_free(t);
    options.path = folder;
    assert_int_not_equal(table_read(&options, &t, &facts, list), STATUS_OK);
    assert_null(t);
    options.path = "/vsicurl/http://example.org/f.csv";
    assert_int_not_equal(table_read(&options, &t, &facts, list), STATUS_OK);
    faults_free(list);
    assert_int_equal(folder_remove(folder, &err), STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_gzip_by_its_bytes),
        cmocka_unit_test(reads_every_gzip_member),
        cmocka_unit_test(reads_the_member_of_a_zip),
        cmocka_unit_test(holds_the_size_limit),
        cmocka_unit_test(refuses_a_bomb_but_not_a_small_repetitive_file),
        cmocka_unit_test(recognises_a_file_by_its_header),
        cmocka_unit_test(reads_from_disk_and_states_the_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
