#include <assert.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "geo/duckdb_library.h"
#include "geo/messages.h"

static const char LIBRARY_NAME[] = "libduckdb.so";
enum { LIBRARY_PATH_BYTES = 4096 };

typedef struct binding {
    const char *symbol;
    size_t at; /* of the function in duckdb_library */
} binding;

#define BOUND(member)                                                                              \
    {                                                                                              \
        "duckdb_" #member, offsetof(duckdb_library, member)                                        \
    }
static const binding bindings[] = {
    BOUND(library_version),
    BOUND(create_config),
    BOUND(set_config),
    BOUND(destroy_config),
    BOUND(open_ext),
    BOUND(close),
    BOUND(connect),
    BOUND(disconnect),
    BOUND(query),
    BOUND(prepare),
    BOUND(prepare_error),
    BOUND(destroy_prepare),
    BOUND(execute_prepared_streaming),
    BOUND(result_error),
    BOUND(destroy_result),
    BOUND(column_count),
    BOUND(column_name),
    BOUND(column_type),
    BOUND(fetch_chunk),
    BOUND(destroy_data_chunk),
    BOUND(data_chunk_get_size),
    BOUND(data_chunk_get_vector),
    BOUND(vector_get_data),
    BOUND(vector_get_validity),
    BOUND(free),
};
static_assert(sizeof bindings / sizeof bindings[0] * sizeof(void *) == sizeof(duckdb_library),
              "every function is bound");

static status bind_all(duckdb_library *out, void *handle, const char *path, error *err)
{
    text_buffer lacking = {.size = 0};
    status s = STATUS_OK;
    for (size_t i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
        void *function = dlsym(handle, bindings[i].symbol);
        memcpy((char *)out + bindings[i].at, &function, sizeof function);
        if (!function)
            text_add_format(&lacking, "%s%s", lacking.size ? ", " : "", bindings[i].symbol);
    }
    if (lacking.size || lacking.failed)
        s = error_set(err, STATUS_ENVIRONMENT, M_PARQUET_SYMBOLS, path,
                      lacking.at ? lacking.at : "?");
    text_buffer_clear(&lacking);
    return s;
}

/* The file that a person named: itself, or libduckdb.so in that folder. */
static bool told_path(const char *told, char out[LIBRARY_PATH_BYTES])
{
    struct stat facts;
    const bool folder = stat(told, &facts) == 0 && S_ISDIR(facts.st_mode);
    const int size = folder ? snprintf(out, LIBRARY_PATH_BYTES, "%s/%s", told, LIBRARY_NAME)
                            : snprintf(out, LIBRARY_PATH_BYTES, "%s", told);
    return size > 0 && size < LIBRARY_PATH_BYTES;
}

/* A name without a slash would be looked for in the library path: not what was said. */
static status load_told(void **handle, const char *told, char path[LIBRARY_PATH_BYTES], error *err)
{
    if (!told_path(told, path) || !strchr(path, '/'))
        return error_set(err, STATUS_ENVIRONMENT, M_PARQUET_TOLD, told, "/");
    *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (*handle)
        return STATUS_OK;
    const char *why = dlerror();
    return error_set(err, STATUS_ENVIRONMENT, M_PARQUET_TOLD, path, why ? why : "?");
}

/* One that lies in bassin's folder and does not load is refused; one that is nowhere is not. */
static status load_found(void **handle, const char *folder, char path[LIBRARY_PATH_BYTES],
                         error *err)
{
    (void)snprintf(path, LIBRARY_PATH_BYTES, "%s", LIBRARY_NAME);
    *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (*handle || !folder || !told_path(folder, path) || access(path, F_OK) != 0)
        return STATUS_OK;
    *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (*handle)
        return STATUS_OK;
    const char *why = dlerror();
    return error_set(err, STATUS_ENVIRONMENT, M_PARQUET_OWN, path, why ? why : "?");
}

status duckdb_library_load(duckdb_library *out, const duckdb_places *places, bool *found,
                           error *err)
{
    void *handle = NULL;
    char path[LIBRARY_PATH_BYTES] = "";
    status s = places->told ? load_told(&handle, places->told, path, err)
                            : load_found(&handle, places->folder, path, err);
    *found = s == STATUS_OK && handle;
    return *found ? bind_all(out, handle, path, err) : s;
}
