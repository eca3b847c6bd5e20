/* Libraries that call themselves DuckDB: one with a single function, one whose start ends the
 * process that opened it. */
#include <signal.h>
#include <stdint.h>

#define SHOWN __attribute__((visibility("default")))

SHOWN const char *duckdb_library_version(void);
SHOWN const char *duckdb_library_version(void)
{
    return "v0.0.1";
}

#ifdef STUB_IS_WHOLE
/* Never called: what comes before them ends the process. */
#define UNREACHED(name)                                                                            \
    SHOWN int duckdb_##name(void);                                                                 \
    SHOWN int duckdb_##name(void)                                                                  \
    {                                                                                              \
        return 1;                                                                                  \
    }
UNREACHED(set_config)
UNREACHED(destroy_config)
UNREACHED(open_ext)
UNREACHED(close)
UNREACHED(connect)
UNREACHED(disconnect)
UNREACHED(query)
UNREACHED(prepare)
UNREACHED(prepare_error)
UNREACHED(destroy_prepare)
UNREACHED(execute_prepared_streaming)
UNREACHED(result_error)
UNREACHED(destroy_result)
UNREACHED(column_count)
UNREACHED(column_name)
UNREACHED(column_type)
UNREACHED(fetch_chunk)
UNREACHED(destroy_data_chunk)
UNREACHED(data_chunk_get_size)
UNREACHED(data_chunk_get_vector)
UNREACHED(vector_get_data)
UNREACHED(vector_get_validity)
UNREACHED(free)

SHOWN int duckdb_create_config(void **config);
SHOWN int duckdb_create_config(void **config)
{
    *config = config;
    return raise(SIGKILL);
}
#endif
