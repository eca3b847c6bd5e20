/* What happens in the worker: one Parquet file to its header or to a typed table. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "geo/messages.h"
#include "geo/parquet_rows.h"
#include "geo/parquet_wire.h"

typedef struct parquet_work {
    const parquet_request *request;
    duckdb_library api;
    parquet_session session;
    arena *memory;
    faults *found;
    parquet_columns columns;
    size_t rows;
    table *made;
} parquet_work;

/* --- what the file holds --- */

static status keep_columns(parquet_work *w, parquet_query *q, error *err)
{
    const size_t count = (size_t)w->api.column_count(&q->answer);
    parquet_columns *c = &w->columns;
    if (count > READER_MAX_COLUMNS)
        return error_set(err, STATUS_INPUT, M_GEO_FIELDS, (int)count, (int)READER_MAX_COLUMNS);
    c->names = arena_take(w->memory, count, sizeof *c->names);
    c->types = arena_take(w->memory, count, sizeof *c->types);
    if (!c->names || !c->types)
        return memory_error(err, count * sizeof *c->names);
    for (size_t i = 0; i < count; i++) {
        const char *name = w->api.column_name(&q->answer, i);
        c->types[i] = w->api.column_type(&q->answer, i);
        c->names[i] = arena_text(w->memory, name ? name : "");
        if (!c->names[i])
            return memory_error(err, 1);
        if (text_utf8_valid_prefix(c->names[i], strlen(c->names[i])) < strlen(c->names[i]))
            return error_set(err, STATUS_INPUT, M_GEO_FIELD_NAME, c->names[i]);
    }
    c->count = count;
    return STATUS_OK;
}

static status find_columns(parquet_work *w, error *err)
{
    text_buffer sql = {.size = 0};
    parquet_query q = {.session = NULL};
    text_add_format(&sql,
                    "SELECT * FROM read_parquet('%s', binary_as_string = true, "
                    "hive_partitioning = false) LIMIT 0",
                    w->session.path);
    status s = sql.failed ? memory_error(err, sql.size)
                          : parquet_query_start(&q, &w->session, sql.at, err);
    if (s == STATUS_OK)
        s = keep_columns(w, &q, err);
    parquet_query_end(&q);
    text_buffer_clear(&sql);
    return s;
}

/* One whole number that the file's own description tells. */
static status ask_number(parquet_work *w, const char *format_before, const char *format_after,
                         int64_t *out, error *err)
{
    text_buffer sql = {.size = 0};
    parquet_query q = {.session = NULL};
    size_t count = 0;
    text_add_format(&sql, "%s'%s'%s", format_before, w->session.path, format_after);
    status s = sql.failed ? memory_error(err, sql.size)
                          : parquet_query_start(&q, &w->session, sql.at, err);
    if (s == STATUS_OK)
        s = parquet_query_next(&q, &count, err);
    *out = 0;
    if (s == STATUS_OK && count == 1) {
        const int64_t *value = w->api.vector_get_data(w->api.data_chunk_get_vector(q.chunk, 0));
        *out = *value;
    }
    parquet_query_end(&q);
    text_buffer_clear(&sql);
    return s;
}

static status find_facts(parquet_work *w, error *err)
{
    int64_t rows = 0, geometries = 0;
    status s = find_columns(w, err);
    if (s == STATUS_OK)
        s = ask_number(w, "SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata(", ")",
                       &rows, err);
    if (s == STATUS_OK && !w->request->wanted)
        s = ask_number(w, "SELECT count(*) FROM parquet_kv_metadata(", ") WHERE key = 'geo'",
                       &geometries, err);
    w->rows = rows > 0 ? (size_t)rows : 0;
    if (geometries > 0)
        faults_warn(w->found, source_at(w->request->file, 0, 0), M_PARQUET_GEOMETRY);
    return s;
}

/* --- what is given back --- */

static status make_header(parquet_work *w, error *err)
{
    table_builder *b = NULL;
    size_t name = 0, row = 0;
    const column_spec spec = {.name = "name", .type = COLUMN_TEXT, .unit = ""};
    status s = table_builder_new(&b, "header", err);
    if (s == STATUS_OK)
        s = table_builder_column(b, &spec, &name, err);
    if (s == STATUS_OK)
        s = table_builder_rows(b, w->columns.count, &row, err);
    for (size_t i = 0; s == STATUS_OK && i < w->columns.count; i++) {
        const char *text = w->columns.names[i];
        s = table_builder_text(b, name, i, text_slice_of(text, strlen(text)), err);
    }
    if (s == STATUS_OK)
        s = table_build(b, &w->made, err);
    table_builder_free(b);
    return s;
}

/* A refusal is in w->found; `err` is set by what is not the input's. */
static status make_rows(parquet_work *w, error *err)
{
    typing *to = NULL;
    status s = typing_new(&to, w->request->file, w->columns.names, w->columns.count,
                          w->request->wanted, w->request->wanted_count, w->rows, w->found);
    if (s == STATUS_OK)
        s = parquet_rows_read(&w->session, &w->columns, w->rows, to, w->found, err);
    if (s == STATUS_OK)
        s = typing_build(to, &w->made, err);
    typing_free(to);
    return s;
}

static status read_file(parquet_work *w, int fd, error *err)
{
    status s = parquet_session_open(&w->session, &w->api, fd, w->request->file,
                                    w->request->memory_bytes, err);
    if (s != STATUS_OK)
        return s;
    s = find_facts(w, err);
    if (s == STATUS_OK)
        s = w->request->wanted ? make_rows(w, err) : make_header(w, err);
    parquet_session_close(&w->session);
    return s;
}

static status work(parquet_work *w, int fd, bool *found, error *err)
{
    status s = duckdb_library_load(&w->api, &w->request->places, found, err);
    if (s == STATUS_OK && *found)
        s = read_file(w, fd, err);
    return s;
}

static status parquet_run(const worker_message *m, worker_reply *out, error *err)
{
    error own = {.status = STATUS_OK};
    parquet_request request;
    parquet_work w = {.request = &request};
    bool found = false;
    status s = arena_new(&w.memory, err);
    if (s == STATUS_OK)
        s = parquet_request_unpack(m, w.memory, &request, err);
    if (s == STATUS_OK)
        s = faults_new(&w.found, err);
    if (s == STATUS_OK) {
        const status refused = work(&w, m->fds[0], &found, &own);
        if (refused != STATUS_OK && own.status != STATUS_OK)
            (void)faults_add_error(w.found, source_at(request.file, 0, 0), &own);
        const parquet_reply reply = {.found = w.found,
                                     .absent = refused == STATUS_OK && !found,
                                     .library = found ? w.api.library_version() : NULL,
                                     .rows = w.rows,
                                     .made = w.made};
        s = parquet_reply_pack(&reply, out, err);
    }
    table_free(w.made);
    faults_free(w.found);
    arena_free(w.memory);
    for (size_t i = 0; i < m->fd_count; i++)
        (void)close(m->fds[i]);
    return s;
}

const worker_job parquet_job = {.name = "parquet", .run = parquet_run};
