/* The balance of a run: read = used + rejected + ignored, and every rejected row by line and
 * reason. */
#include "fixture.h"

#include "table/ledger.h"

static ledger *new_ledger(void)
{
    ledger *l = NULL;
    error err;
    assert_int_equal(ledger_new(&l, &err), STATUS_OK);
    return l;
}

static size_t open_entry(ledger *l, const char *role, const char *file)
{
    size_t entry = 0;
    error err;
    assert_int_equal(ledger_open(l, role, file, &entry, &err), STATUS_OK);
    return entry;
}

static void reject(ledger *l, size_t entry, uint64_t line, double weight, const char *value)
{
    error err;
    assert_int_equal(
        ledger_reject(l, entry, line, weight, value, &err, "code inconnu", "unknown code"),
        STATUS_OK);
}

static const char *text_at(const table *t, const char *name, size_t row)
{
    return column_text(table_find(t, name), row);
}

static void lists_the_balance_in_one_order(void **state)
{
    (void)state;
    for (int turned = 0; turned < 2; turned++) {
        ledger *l = new_ledger();
        size_t first = open_entry(l, turned ? "communes" : "flows", turned ? "c.csv" : "f.csv");
        size_t second = open_entry(l, turned ? "flows" : "communes", turned ? "f.csv" : "c.csv");
        size_t flows = turned ? second : first, communes = turned ? first : second;
        error err;
        ledger_read(l, flows, 10, 100);
        ledger_use(l, flows, 6, 60.5);
        reject(l, flows, turned ? 9 : 4, turned ? 0.3 : 0.1, turned ? "b" : "a");
        reject(l, flows, turned ? 4 : 9, turned ? 0.1 : 0.3, turned ? "a" : "b");
        assert_int_equal(ledger_ignore(l, flows, 2, 39.1, &err, "hors périmètre", "outside"),
                         STATUS_OK);
        ledger_read(l, communes, 3, 3);
        ledger_use(l, communes, 3, 3);
        assert_int_equal(ledger_check(l, &err), STATUS_OK);
        table *balance = NULL, *rejects = NULL;
        assert_int_equal(ledger_tables(l, &balance, &rejects, &err), STATUS_OK);
        ledger_free(l);
        assert_int_equal(balance->rows, 6);
        assert_string_equal(text_at(balance, "role", 0), "communes");
        assert_string_equal(text_at(balance, "outcome", 2), "read");
        assert_string_equal(text_at(balance, "outcome", 4), "rejected");
        assert_string_equal(text_at(balance, "reason", 4), "code inconnu");
        assert_int_equal(table_find(balance, "rows")->at.i64[4], 2);
        assert_true(table_find(balance, "weight")->at.f64[4] == 0.1 + 0.3);
        assert_string_equal(text_at(balance, "reason_en", 5), "outside");
        assert_int_equal(rejects->rows, 2);
        assert_string_equal(text_at(rejects, "value", 0), "a");
        assert_int_equal(table_find(rejects, "line")->at.i64[1], 9);
        table_free(balance);
        table_free(rejects);
    }
}

static void names_the_entry_that_does_not_close(void **state)
{
    (void)state;
    ledger *l = new_ledger();
    size_t entry = open_entry(l, "flows", "f.csv");
    error err;
    ledger_read(l, entry, 3, 10);
    ledger_use(l, entry, 2, 10);
    assert_int_equal(ledger_check(l, &err), STATUS_INPUT);
    assert_contains(err.en, "f.csv");
    reject(l, entry, 2, 0.5, "x");
    assert_int_equal(ledger_check(l, &err), STATUS_INPUT);
    assert_contains(err.fr, "poids");
    ledger_free(l);
    ledger_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_the_balance_in_one_order),
        cmocka_unit_test(names_the_entry_that_does_not_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
