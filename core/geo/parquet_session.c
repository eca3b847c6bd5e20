#include "geo/parquet_session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "geo/messages.h"

enum { THREADS = 2 };

/* The library's words, first line only, without the name that it was given for the file. */
static status library_says(const parquet_session *s, const char *why, error *err)
{
    char line[256] = "?";
    if (why && *why)
        (void)snprintf(line, sizeof line, "%.*s", (int)strcspn(why, "\n"), why);
    const char *named = strstr(line, s->path);
    if (!named || !s->path[0])
        return error_set(err, STATUS_INPUT, M_PARQUET_SAYS, line);
    char shown[512];
    (void)snprintf(shown, sizeof shown, "%.*s%s%s", (int)(named - line), line, "…",
                   named + strlen(s->path));
    return error_set(err, STATUS_INPUT, M_PARQUET_SAYS, shown);
}

static status run(const parquet_session *s, const char *sql, error *err)
{
    duckdb_answer answer = {.inner = NULL};
    status result = STATUS_OK;
    if (s->api->query(s->connection, sql, &answer) != 0)
        result = library_says(s, s->api->result_error(&answer), err);
    s->api->destroy_result(&answer);
    return result;
}

static status open_database(parquet_session *s, uint64_t memory_bytes, error *err)
{
    char memory[32], threads[16];
    (void)snprintf(memory, sizeof memory, "%" PRIu64 "B", memory_bytes);
    (void)snprintf(threads, sizeof threads, "%d", THREADS);
    const char *const settings[][2] = {
        {"autoinstall_known_extensions", "false"},
        {"autoload_known_extensions", "false"},
        {"allow_unsigned_extensions", "false"},
        {"max_memory", memory},
        {"threads", threads},
    };
    void *config = NULL;
    char *why = NULL;
    status result = STATUS_OK;
    if (s->api->create_config(&config) != 0)
        result = library_says(s, "duckdb_create_config", err);
    for (size_t i = 0; result == STATUS_OK && i < sizeof settings / sizeof settings[0]; i++)
        if (s->api->set_config(config, settings[i][0], settings[i][1]) != 0)
            result = library_says(s, settings[i][0], err);
    if (result == STATUS_OK && s->api->open_ext(NULL, &s->database, config, &why) != 0)
        result = library_says(s, why, err);
    if (why)
        s->api->free(why);
    s->api->destroy_config(&config);
    if (result == STATUS_OK && s->api->connect(s->database, &s->connection) != 0)
        result = library_says(s, "duckdb_connect", err);
    return result;
}

/* Nothing is spilled to disk; no file but this one is opened from now on; nothing of this can be
 * undone. Rows keep the order of the file. */
static status fence(const parquet_session *s, error *err)
{
    char allowed[96];
    (void)snprintf(allowed, sizeof allowed, "SET allowed_paths = ['%s']", s->path);
    const char *const settings[] = {
        "SET temp_directory = ''", "SET preserve_insertion_order = true", allowed,
        "SET enable_external_access = false", "SET lock_configuration = true"};
    error unknown; /* a setting of some versions only */
    const status geometries = run(s, "SET enable_geoparquet_conversion = false", &unknown);
    status result = STATUS_OK;
    (void)geometries;
    for (size_t i = 0; result == STATUS_OK && i < sizeof settings / sizeof settings[0]; i++)
        result = run(s, settings[i], err);
    return result;
}

status parquet_session_open(parquet_session *s, const duckdb_library *api, int fd, const char *file,
                            uint64_t memory_bytes, error *err)
{
    *s = (parquet_session){.api = api, .file = file};
    (void)snprintf(s->path, sizeof s->path, "/proc/self/fd/%d", fd);
    status result = open_database(s, memory_bytes, err);
    if (result == STATUS_OK)
        result = fence(s, err);
    if (result != STATUS_OK)
        parquet_session_close(s);
    return result;
}

void parquet_session_close(parquet_session *s)
{
    if (s->connection)
        s->api->disconnect(&s->connection);
    if (s->database)
        s->api->close(&s->database);
    s->connection = s->database = NULL;
}

status parquet_query_start(parquet_query *q, const parquet_session *s, const char *sql, error *err)
{
    *q = (parquet_query){.session = s};
    if (s->api->prepare(s->connection, sql, &q->statement) != 0)
        return library_says(s, s->api->prepare_error(q->statement), err);
    if (s->api->execute_prepared_streaming(q->statement, &q->answer) != 0)
        return library_says(s, s->api->result_error(&q->answer), err);
    return STATUS_OK;
}

status parquet_query_next(parquet_query *q, size_t *count, error *err)
{
    const duckdb_library *api = q->session->api;
    if (q->chunk)
        api->destroy_data_chunk(&q->chunk);
    q->chunk = api->fetch_chunk(q->answer);
    *count = q->chunk ? (size_t)api->data_chunk_get_size(q->chunk) : 0;
    const char *why = q->chunk ? NULL : api->result_error(&q->answer);
    return why && *why ? library_says(q->session, why, err) : STATUS_OK;
}

void parquet_query_end(parquet_query *q)
{
    if (!q->session)
        return;
    const duckdb_library *api = q->session->api;
    if (q->chunk)
        api->destroy_data_chunk(&q->chunk);
    api->destroy_result(&q->answer);
    if (q->statement)
        api->destroy_prepare(&q->statement);
    *q = (parquet_query){.session = NULL};
}
