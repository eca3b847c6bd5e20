#include "geo/parquet.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "geo/layer_source.h"
#include "geo/messages.h"
#include "geo/parquet_wire.h"
#include "table/archive.h"

static const uint64_t DUCKDB_MEMORY_BYTES = UINT64_C(1) << 30;
/* The library's code, its threads' stacks, the distinct texts of the columns. */
static const uint64_t OTHER_MEMORY_BYTES = UINT64_C(2) << 30;

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), wanted = strlen(ending);
    return size > wanted && strcasecmp(name + size - wanted, ending) == 0;
}

bool parquet_is_called_for(const char *path)
{
    if (ends_with(path, ".zip"))
        return layer_source_zip_format(path) == FORMAT_PARQUET;
    return ends_with(path, ".parquet");
}

/* --- the file: a descriptor, and what its first and last bytes tell --- */

static status judge_bytes(file_view v, const char *path, faults *list)
{
    static const char mark[4] = {'P', 'A', 'R', '1'};
    static const char hidden[4] = {'P', 'A', 'R', 'E'};
    const source_ref at = source_at(path, 0, 0);
    if (v.size >= sizeof hidden && memcmp(v.at, hidden, sizeof hidden) == 0)
        return faults_refuse(list, at, M_PARQUET_ENCRYPTED);
    if (v.size < sizeof mark || memcmp(v.at, mark, sizeof mark) != 0)
        return faults_refuse(list, at, M_PARQUET_NOT);
    if (v.size < 12 || memcmp(v.at + v.size - sizeof mark, mark, sizeof mark) != 0)
        return faults_refuse(list, at, M_PARQUET_CUT);
    return STATUS_OK;
}

/* A descriptor of unpacked bytes, as a file of its own in memory. */
static status publish(const unpacked *u, int *fd, error *err)
{
    shared_memory m = {.fd = -1};
    status s = shared_memory_new(&m, "bassin-parquet", u->size, err);
    if (s != STATUS_OK)
        return s;
    memcpy(m.at, u->at, u->size);
    s = shared_memory_freeze(&m, err);
    *fd = s == STATUS_OK ? dup(m.fd) : -1;
    if (s == STATUS_OK && *fd < 0)
        s = error_set(err, STATUS_ENVIRONMENT, M_PARQUET_OPEN, SYSTEM_CAUSE(errno));
    shared_memory_clear(&m);
    return s;
}

static status open_member(const parquet_options *o, file_view packed, parquet_facts *facts, int *fd,
                          faults *list)
{
    char only[1024] = "";
    error err = {.status = STATUS_OK};
    unpacked u = {.at = NULL};
    status s = STATUS_OK;
    if (!o->member)
        s = layer_source_zip_only(o->path, only, sizeof only, &err);
    const unpack_limits limits = {.member = o->member ? o->member : only};
    if (s == STATUS_OK)
        s = unpack(&u, packed.at, packed.size, &limits, &err);
    if (s == STATUS_OK) {
        facts->bytes = u.size;
        s = judge_bytes((file_view){.at = u.at, .size = u.size}, o->path, list);
        if (s == STATUS_OK)
            s = publish(&u, fd, &err);
    }
    unpacked_clear(&u);
    return err.status != STATUS_OK ? faults_add_error(list, source_at(o->path, 0, 0), &err) : s;
}

static status open_file(const parquet_options *o, parquet_facts *facts, int *fd, faults *list)
{
    error err = {.status = STATUS_OK};
    file_view v;
    *fd = -1;
    if (o->member && !ends_with(o->path, ".zip"))
        return faults_refuse(list, source_at(o->path, 0, 0), M_PARQUET_MEMBER, o->member);
    status s = file_map(o->path, &v, &err);
    if (s != STATUS_OK)
        return faults_add_error(list, source_at(o->path, 0, 0), &err);
    const sha256_hex digest = sha256_of(v.at, v.size);
    memcpy(facts->sha256, digest.hex, sizeof digest.hex);
    facts->bytes = v.size;
    if (ends_with(o->path, ".zip")) {
        s = open_member(o, v, facts, fd, list);
    } else {
        s = judge_bytes(v, o->path, list);
        if (s == STATUS_OK && file_open(o->path, fd, &err) != STATUS_OK)
            s = faults_add_error(list, source_at(o->path, 0, 0), &err);
    }
    file_unmap(&v);
    return s;
}

/* --- the worker --- */

/* bassin's own libraries: lib/bassin beside the bin folder that holds the program. */
static bool own_folder(char out[PATH_MAX + 16])
{
    char path[PATH_MAX];
    const ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    path[size > 0 ? size : 0] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');
        if (slash)
            *slash = '\0';
    }
    (void)snprintf(out, PATH_MAX + 16, "%s/lib/bassin", path);
    return size > 0;
}

/* What the table takes in the worker: values and states, where each row comes from, and all that
 * once more while it is put in shareable memory. */
static uint64_t table_bytes(const parquet_options *o, size_t wanted_count)
{
    return 2 * (uint64_t)o->rows * (12 + 9 * (uint64_t)wanted_count);
}

static status ask_worker(zygote *z, const parquet_options *o, int fd, const wanted_column *wanted,
                         size_t wanted_count, worker_answer *answer, error *err)
{
    char folder[PATH_MAX + 16];
    const uint64_t memory = o->memory_bytes ? o->memory_bytes : DUCKDB_MEMORY_BYTES;
    const char *told = getenv("BASSIN_DUCKDB");
    const parquet_request body = {.file = o->path,
                                  .places = {.told = told && *told ? told : NULL,
                                             .folder = own_folder(folder) ? folder : NULL},
                                  .memory_bytes = memory,
                                  .wanted = wanted,
                                  .wanted_count = wanted_count};
    const worker_limits limits = {.memory_bytes =
                                      memory + OTHER_MEMORY_BYTES + table_bytes(o, wanted_count),
                                  .cpu_s = 1200,
                                  .wall_s = 1800};
    pack_writer w = {.at = NULL};
    parquet_request_pack(&body, &w);
    const worker_message request = {.bytes = w.at, .size = w.size, .fds = {fd}, .fd_count = 1};
    const status s = w.failed ? memory_error(err, w.size)
                              : zygote_run(z, parquet_job.name, &request, limits, answer, err);
    pack_writer_clear(&w);
    return s;
}

static status read_file(zygote *z, const parquet_options *o, const wanted_column *wanted,
                        size_t wanted_count, table **out, parquet_facts *facts, faults *list)
{
    error err = {.status = STATUS_OK};
    worker_answer answer = {.bytes = NULL};
    int fd = -1;
    *out = NULL;
    *facts = (parquet_facts){.rows = 0};
    status s = open_file(o, facts, &fd, list);
    if (s == STATUS_OK)
        s = ask_worker(z, o, fd, wanted, wanted_count, &answer, &err);
    if (fd >= 0 && s == STATUS_OK)
        s = parquet_reply_unpack(&answer, out, facts, list, &err);
    if (err.status != STATUS_OK)
        s = faults_add_error(list, source_at(o->path, 0, 0), &err);
    if (fd >= 0)
        (void)close(fd);
    worker_answer_clear(&answer);
    return s;
}

status parquet_header(zygote *z, const parquet_options *options, table **out, parquet_facts *facts,
                      faults *faults_list)
{
    return read_file(z, options, NULL, 0, out, facts, faults_list);
}

status parquet_read(zygote *z, const parquet_options *options, const wanted_column *wanted,
                    size_t wanted_count, table **out, parquet_facts *facts, faults *faults_list)
{
    return read_file(z, options, wanted, wanted_count, out, facts, faults_list);
}
