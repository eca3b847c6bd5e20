/* Memory that runs out at any point gives an error that says so: no crash, no leak, no half table.
 * The program is linked with its allocation calls wrapped; the n-th one of each trial fails, once
 * or with all that follow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/files.h"
#include "table/ledger.h"
#include "table/reading.h"
#include "table/writer.h"

/* A test program may count globally: it has one thread and no library user. */
static struct {
    long left; /* calls until the failure; negative: none planned */
    bool forever;
    bool failed;
} plan = {.left = -1};

static bool fails_now(void)
{
    if (plan.left < 0)
        return false;
    if (plan.left > 0) {
        plan.left--;
        return false;
    }
    plan.failed = true;
    if (!plan.forever)
        plan.left = -1;
    return true;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}
void *__wrap_realloc(void *old, size_t size)
{
    return fails_now() ? NULL : __real_realloc(old, size);
}

static const char TEXT[] =
    "o;name;weight\n01004;\"Amb\"\"rieu\";1,5\n2A004;Cr\xe9teil;s\n23096;;2\n";
static const wanted_column WANTED[] = {{.name = "o", .type = COLUMN_TEXT, .required = true},
                                       {.name = "name", .type = COLUMN_TEXT, .required = true},
                                       {.name = "weight", .type = COLUMN_F64, .required = true}};

typedef struct input {
    const char *bytes;
    size_t size;
    char *folder;
} input;

typedef status (*trial)(const input *in);

static status read_text(const input *in, table **out)
{
    error err;
    faults *list = NULL;
    read_options options = {.path = "in.csv", .columns = WANTED, .column_count = 3};
    status result = faults_new(&list, &err);
    if (result != STATUS_OK)
        return result;
    result = table_read_bytes(in->bytes, in->size, &options, out, NULL, list);
    assert_true((result == STATUS_OK) == (*out != NULL));
    faults_free(list);
    return result;
}

static status trial_read(const input *in)
{
    table *t = NULL;
    status result = read_text(in, &t);
    table_free(t);
    return result;
}

static status trial_refuse(const input *in)
{
    static const char bad[] = "o;name;weight\n1;2;x\n1;2\n1;\"2\n";
    (void)in;
    table *t = NULL;
    status result = read_text(&(input){.bytes = bad, .size = sizeof bad - 1}, &t);
    assert_null(t);
    return result == STATUS_INPUT ? STATUS_OK : result;
}

static status derive(const table *t, const char *path)
{
    static const char *const keys[] = {"name", "o"};
    size_t order[3] = {0};
    table *selected = NULL;
    code_index *x = NULL;
    faults *list = NULL;
    error err;
    status result = table_order(t, keys, 2, order, &err);
    if (result == STATUS_OK)
        result = table_select(t, order, 3, &selected, &err);
    if (result == STATUS_OK)
        result = faults_new(&list, &err);
    if (result == STATUS_OK)
        result = code_index_new(&x, selected, "o", list);
    if (result == STATUS_OK)
        result = table_write_csv(selected, path, &err);
    if (result == STATUS_OK)
        result = table_write_csv_for_spreadsheets(selected, LANGUAGE_FR, path, &err);
    code_index_free(x);
    faults_free(list);
    table_free(selected);
    return result;
}

static status trial_derive(const input *in)
{
    char path[256];
    table *t = NULL;
    (void)snprintf(path, sizeof path, "%s/t.csv", in->folder);
    status result = read_text(in, &t);
    if (result == STATUS_OK)
        result = derive(t, path);
    table_free(t);
    return result;
}

static status fill_ledger(ledger *l, error *err)
{
    size_t entry = 0;
    status result = ledger_open(l, "flows", "f.csv", &entry, err);
    if (result != STATUS_OK)
        return result;
    ledger_read(l, entry, 2, 2);
    result = ledger_reject(l, entry, 3, 1, "x", err, "code inconnu", "unknown code");
    return result == STATUS_OK ? ledger_ignore(l, entry, 1, 1, err, "hors périmètre", "outside")
                               : result;
}

static status trial_ledger(const input *in)
{
    (void)in;
    ledger *l = NULL;
    table *balance = NULL, *rejects = NULL;
    error err;
    status result = ledger_new(&l, &err);
    if (result == STATUS_OK)
        result = fill_ledger(l, &err);
    if (result == STATUS_OK)
        result = ledger_tables(l, &balance, &rejects, &err);
    assert_true((result == STATUS_OK) == (balance && rejects));
    table_free(balance);
    table_free(rejects);
    ledger_free(l);
    return result;
}

/* Fails each allocation in turn until a whole trial passes without meeting the failure. */
static void fail_everywhere(trial run, const input *in)
{
    for (int forever = 0; forever < 2; forever++) {
        for (long n = 0;; n++) {
            plan.left = n;
            plan.forever = forever;
            plan.failed = false;
            status result = run(in);
            plan.left = -1;
            assert_true(result == STATUS_OK || (plan.failed && result == STATUS_ENVIRONMENT));
            if (!plan.failed) {
                assert_true(n > 3); /* failures were met */
                break;
            }
        }
    }
}

static void gzip_of(const char *text, size_t size, char *out, size_t *out_size)
{
    z_stream z = {0};
    unsigned char copy[512];
    memcpy(copy, text, size);
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = copy;
    z.avail_in = (uInt)size;
    z.next_out = (unsigned char *)out;
    z.avail_out = (uInt)*out_size;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    *out_size = z.total_out;
    (void)deflateEnd(&z);
}

static void reading_survives(void **state)
{
    (void)state;
    char packed[1024];
    size_t packed_size = sizeof packed;
    gzip_of(TEXT, sizeof TEXT - 1, packed, &packed_size);
    fail_everywhere(trial_read, &(input){.bytes = TEXT, .size = sizeof TEXT - 1});
    fail_everywhere(trial_read, &(input){.bytes = packed, .size = packed_size});
    fail_everywhere(trial_refuse, NULL);
}

static void deriving_and_writing_survive(void **state)
{
    (void)state;
    char folder[] = "/tmp/bassin-fault-XXXXXX";
    error err;
    assert_non_null(mkdtemp(folder));
    fail_everywhere(trial_derive,
                    &(input){.bytes = TEXT, .size = sizeof TEXT - 1, .folder = folder});
    assert_int_equal(folder_remove(folder, &err), STATUS_OK);
}

static void the_ledger_survives(void **state)
{
    (void)state;
    fail_everywhere(trial_ledger, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_survives),
        cmocka_unit_test(deriving_and_writing_survive),
        cmocka_unit_test(the_ledger_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
