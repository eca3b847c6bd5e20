/* More tables than descriptors: all arrive, whatever their way. */
#include "bench.h"

#include <stdlib.h>

#include "reports/parcel/parcel.h"
#include "reports/parcel/published.h"

enum { TABLES = WORKER_MAX_FDS + 9 };

static status sum_job(const worker_message *m, worker_reply *reply, error *err)
{
    parcel_content things;
    double sum = 0;
    status s = parcel_open(m, &things, err);
    uint64_t wanted = unpack_u64(&things.body);
    for (uint64_t i = 0; !s && i < wanted; i++) {
        const table *t = parcel_table_at(&things, i);
        for (size_t row = 0; t && row < t->rows; row++)
            sum += t->columns[0].at.f64[row];
    }
    if (!s && parcel_shape_at(&things, 0))
        s = error_set(err, STATUS_PLUGIN, "%s", "%s", "a table is no outline");
    if (!s)
        s = worker_reply_bytes(reply, &sum, sizeof sum, err);
    parcel_content_clear(&things);
    return s;
}

static table *table_of(size_t rows, double value)
{
    error err;
    table_builder *b = NULL;
    table *t = NULL;
    size_t c = 0, first = 0;
    const column_spec spec = {.name = "v",
                              .title_fr = "",
                              .title_en = "",
                              .unit = "1",
                              .type = COLUMN_F64,
                              .decimals = 1};
    OK(table_builder_new(&b, "t", &err));
    OK(table_builder_column(b, &spec, &c, &err));
    OK(table_builder_rows(b, rows, &first, &err));
    for (size_t row = 0; row < rows; row++)
        table_builder_f64(b, c, row, value);
    OK(table_build(b, &t, &err));
    table_builder_free(b);
    return t;
}

static void every_table_arrives(void **state)
{
    (void)state;
    error err;
    const worker_job job = {.name = "sum", .run = sum_job};
    zygote *z = NULL;
    parcel *p = NULL;
    table *tables[TABLES];
    double wanted = 0, got = 0;
    worker_answer answer = {.bytes = NULL};
    pack_writer body = {.at = NULL};
    OK(zygote_start(&z, &job, 1, false, &err));
    OK(parcel_new(&p, &err));
    for (size_t i = 0; i < TABLES; i++) {
        uint64_t number = 0;
        tables[i] = table_of(i * 400, (double)i);
        wanted += (double)(i * 400 * i);
        OK(parcel_table(p, tables[i], &number, &err));
        assert_int_equal(number, i);
        OK(parcel_table(p, tables[i], &number, &err)); /* not sent twice */
        assert_int_equal(number, i);
    }
    pack_u64(&body, TABLES);
    OK(parcel_send(p, z, "sum", &body, (worker_limits){.wall_s = 60}, &answer, &err));
    assert_int_equal(answer.size, sizeof got);
    memcpy(&got, answer.bytes, sizeof got);
    assert_true(got == wanted);
    worker_answer_clear(&answer);
    pack_writer_clear(&body);
    parcel_free(p);
    for (size_t i = 0; i < TABLES; i++)
        table_free(tables[i]);
    zygote_stop(z);
}

static status crash_job(const worker_message *m, worker_reply *reply, error *err)
{
    (void)m;
    (void)reply;
    (void)err;
    _Exit(7);
}

static void a_lost_worker_is_the_environments_fault(void **state)
{
    (void)state;
    error err;
    const worker_job job = {.name = "crash", .run = crash_job};
    zygote *z = NULL;
    parcel *p = NULL;
    worker_answer answer = {.bytes = NULL};
    pack_writer body = {.at = NULL};
    OK(zygote_start(&z, &job, 1, false, &err));
    OK(parcel_new(&p, &err));
    assert_int_equal(
        parcel_send(p, z, "crash", &body, (worker_limits){.wall_s = 60}, &answer, &err),
        STATUS_ENVIRONMENT);
    assert_int_equal(err.status, STATUS_ENVIRONMENT);
    pack_writer_clear(&body);
    parcel_free(p);
    zygote_stop(z);
}

static void numbers_are_those_of_the_machine_tables(void **state)
{
    (void)state;
    double n = 0;
    table *t = table_of(1, 12.345);
    assert_true(published_number(&t->columns[0], 0, &n));
    assert_true(n == 12.3);
    table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_arrives),
        cmocka_unit_test(a_lost_worker_is_the_environments_fault),
        cmocka_unit_test(numbers_are_those_of_the_machine_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
