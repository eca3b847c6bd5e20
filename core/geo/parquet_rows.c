#include "geo/parquet_rows.h"

#include <string.h>

#include "geo/messages.h"

/* How a type of DuckDB is asked for. Exact numbers and texts come as they are. A decimal, a float
 * (its own shortest text, not that of the nearest double), a date come as DuckDB prints them, which
 * is how they stand in the CSV of the same table; times as ISO 8601, as every layer gives them. */
typedef struct type_rule {
    int type;
    const char *before, *after; /* around "#3": the column's number */
} type_rule;

#define AS_IS "", ""
#define AS_TEXT "CAST(", " AS VARCHAR)"
#define AS_TIME "strftime(CAST(", " AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S')"
/* A cast would use the time zone of the machine; this is the instant in UTC. */
#define AS_UTC "strftime(make_timestamp(epoch_us(", ")), '%Y-%m-%dT%H:%M:%S')"
static const type_rule rules[] = {
    {DUCKDB_VARCHAR, AS_IS},        {DUCKDB_DOUBLE, AS_IS},         {DUCKDB_INT8, AS_IS},
    {DUCKDB_INT16, AS_IS},          {DUCKDB_INT32, AS_IS},          {DUCKDB_INT64, AS_IS},
    {DUCKDB_UINT8, AS_IS},          {DUCKDB_UINT16, AS_IS},         {DUCKDB_UINT32, AS_IS},
    {DUCKDB_UINT64, AS_TEXT},       {DUCKDB_INT128, AS_TEXT},       {DUCKDB_UINT128, AS_TEXT},
    {DUCKDB_DECIMAL, AS_TEXT},      {DUCKDB_FLOAT, AS_TEXT},        {DUCKDB_ENUM, AS_TEXT},
    {DUCKDB_BOOLEAN, AS_TEXT},      {DUCKDB_UUID, AS_TEXT},         {DUCKDB_DATE, AS_TEXT},
    {DUCKDB_TIME, AS_TEXT},         {DUCKDB_TIMESTAMP, AS_TIME},    {DUCKDB_TIMESTAMP_S, AS_TIME},
    {DUCKDB_TIMESTAMP_MS, AS_TIME}, {DUCKDB_TIMESTAMP_NS, AS_TIME}, {DUCKDB_TIMESTAMP_TZ, AS_UTC},
};

static const type_rule *rule_of(int type)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].type == type)
            return &rules[i];
    return NULL;
}

/* Columns by their numbers: no name of the file is ever part of the query. */
static status write_query(const parquet_session *s, const parquet_columns *columns,
                          const typing *to, text_buffer *sql, faults *found)
{
    status result = STATUS_OK;
    text_add(sql, "SELECT ");
    for (size_t i = 0; i < typing_count(to); i++) {
        const size_t source = typing_header(to, i);
        const type_rule *rule = rule_of(columns->types[source]);
        if (!rule) {
            result = faults_refuse(found, source_at(s->file, 0, source + 1), M_PARQUET_NESTED,
                                   columns->names[source]);
            continue;
        }
        text_add_format(sql, "%s%s#%zu%s", i ? ", " : "", rule->before, source + 1, rule->after);
    }
    text_add_format(sql,
                    " FROM read_parquet('%s', binary_as_string = true, "
                    "hive_partitioning = false)",
                    s->path);
    return result;
}

/* One column of one chunk. */
typedef struct chunk_column {
    const void *values;
    const uint64_t *valid; /* a bit a row; NULL: all */
    size_t rows, first;    /* of the table */
} chunk_column;

static bool is_present(const chunk_column *c, size_t r)
{
    return !c->valid || (c->valid[r / 64] >> (r % 64) & 1);
}

static text_slice text_of(const duckdb_text *t)
{
    const char *at = t->as.inlined;
    if (t->size > DUCKDB_INLINE_BYTES)
        memcpy(&at, t->as.apart.at, sizeof at);
    return text_slice_of(at, t->size);
}

static status take_texts(typing *to, size_t i, const chunk_column *c, error *err)
{
    const duckdb_text *values = c->values;
    status s = STATUS_OK;
    for (size_t r = 0; s == STATUS_OK && r < c->rows; r++)
        if (is_present(c, r))
            s = typing_text(to, i, c->first + r, text_of(&values[r]), err);
    return s;
}

static status take_doubles(typing *to, size_t i, const chunk_column *c, error *err)
{
    const double *values = c->values;
    status s = STATUS_OK;
    for (size_t r = 0; s == STATUS_OK && r < c->rows; r++)
        if (is_present(c, r))
            s = typing_f64(to, i, c->first + r, values[r], err);
    return s;
}

static int64_t whole_at(const void *values, int type, size_t r)
{
    switch (type) {
    case DUCKDB_INT8:
        return ((const int8_t *)values)[r];
    case DUCKDB_INT16:
        return ((const int16_t *)values)[r];
    case DUCKDB_INT32:
        return ((const int32_t *)values)[r];
    case DUCKDB_UINT8:
        return ((const uint8_t *)values)[r];
    case DUCKDB_UINT16:
        return ((const uint16_t *)values)[r];
    case DUCKDB_UINT32:
        return ((const uint32_t *)values)[r];
    default:
        return ((const int64_t *)values)[r];
    }
}

static status take_wholes(typing *to, size_t i, const chunk_column *c, int type, error *err)
{
    status s = STATUS_OK;
    for (size_t r = 0; s == STATUS_OK && r < c->rows; r++)
        if (is_present(c, r))
            s = typing_i64(to, i, c->first + r, whole_at(c->values, type, r), err);
    return s;
}

static status take_column(parquet_query *q, typing *to, size_t i, size_t first, size_t rows,
                          error *err)
{
    const duckdb_library *api = q->session->api;
    void *vector = api->data_chunk_get_vector(q->chunk, i);
    const int type = api->column_type(&q->answer, i);
    const chunk_column c = {.values = api->vector_get_data(vector),
                            .valid = api->vector_get_validity(vector),
                            .rows = rows,
                            .first = first};
    if (type == DUCKDB_VARCHAR)
        return take_texts(to, i, &c, err);
    return type == DUCKDB_DOUBLE ? take_doubles(to, i, &c, err) : take_wholes(to, i, &c, type, err);
}

static status contradiction(size_t told, size_t read, error *err)
{
    return error_set(err, STATUS_INPUT, M_PARQUET_COUNT, told, read);
}

static status take_chunks(parquet_query *q, size_t rows, typing *to, error *err)
{
    size_t done = 0;
    size_t count = 0;
    status s = parquet_query_next(q, &count, err);
    while (s == STATUS_OK && count > 0) {
        if (count > rows - done)
            return contradiction(rows, done + count, err);
        for (size_t i = 0; s == STATUS_OK && i < typing_count(to); i++)
            s = take_column(q, to, i, done, count, err);
        done += count;
        if (s == STATUS_OK)
            s = parquet_query_next(q, &count, err);
    }
    return s == STATUS_OK && done != rows ? contradiction(rows, done, err) : s;
}

status parquet_rows_read(const parquet_session *s, const parquet_columns *columns, size_t rows,
                         typing *to, faults *found, error *err)
{
    text_buffer sql = {.size = 0};
    parquet_query q = {.session = NULL};
    status result = STATUS_OK;
    if (typing_count(to) == 0)
        return STATUS_OK;
    result = write_query(s, columns, to, &sql, found);
    if (result == STATUS_OK && sql.failed)
        result = memory_error(err, sql.size);
    if (result == STATUS_OK)
        result = parquet_query_start(&q, s, sql.at, err);
    if (result == STATUS_OK)
        result = take_chunks(&q, rows, to, err);
    parquet_query_end(&q);
    text_buffer_clear(&sql);
    return result;
}
