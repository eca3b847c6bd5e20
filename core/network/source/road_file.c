#include "network/source/road_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "network/messages.h"

enum { WANTED_MAX = 4096 };
static const char JOB[] = "road_file";

/* What a worker may take for a file of `bytes`: about thirty times the file for its roads, and for
 * each thread a blob being decoded. Eight seconds a megabyte: a tenth of the speed at which bzip2
 * gives its twenty megabytes of XML, twice. */
static worker_limits limits_for(uint64_t bytes, int threads)
{
    const uint64_t gib = UINT64_C(1) << 30;
    uint64_t seconds = 300 + 8 * (bytes >> 20);
    uint32_t capped = seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
    return (worker_limits){.memory_bytes = 4 * gib + (uint64_t)threads * gib + 32 * bytes,
                           .cpu_s = capped,
                           .wall_s = capped};
}

/* --- in the worker --- */

static status reply_send(worker_reply *reply, status outcome, const faults *list,
                         const osm_roads *roads, error *err)
{
    void *packed = NULL;
    size_t size = 0;
    pack_writer w = {0};
    int fd = -1;
    status result = faults_pack(list, &packed, &size, err);
    if (result)
        goto done;
    pack_u64(&w, (uint64_t)outcome);
    pack_bytes(&w, packed, size);
    result = w.failed ? memory_error(err, size) : worker_reply_bytes(reply, w.at, w.size, err);
    if (result || !roads)
        goto done;
    fd = fcntl(osm_roads_fd(roads), F_DUPFD_CLOEXEC, 0);
    result = fd < 0 ? error_set(err, STATUS_ENVIRONMENT, M_ROADS_WORKER)
                    : worker_reply_fd(reply, fd, err);
    if (result == STATUS_OK)
        fd = -1;
done:
    if (fd >= 0)
        (void)close(fd);
    pack_writer_clear(&w);
    memory_free(packed);
    return result;
}

/* The lists of a request, at most WANTED_MAX of each; memory of `a`. */
static status wanted_unpack(pack_reader *r, arena *a, road_wanted *out, error *err)
{
    size_t key_count = (size_t)unpack_u64(r), way_count = (size_t)unpack_u64(r);
    if (r->failed || key_count > WANTED_MAX || way_count > WANTED_MAX)
        return error_set(err, STATUS_INPUT, M_ROADS_BLOCK);
    const char **keys = arena_take(a, key_count, sizeof *keys);
    osm_tag *ways = arena_take(a, way_count, sizeof *ways);
    if (!keys || !ways)
        return memory_error(err, key_count * sizeof *keys + way_count * sizeof *ways);
    for (size_t i = 0; i < key_count; i++)
        keys[i] = unpack_text(r);
    for (size_t i = 0; i < way_count; i++) {
        ways[i].key = unpack_text(r);
        ways[i].value = unpack_text(r);
    }
    *out =
        (road_wanted){.keys = keys, .key_count = key_count, .ways = ways, .way_count = way_count};
    for (size_t i = 0; i < key_count; i++)
        r->failed |= !keys[i];
    for (size_t i = 0; i < way_count; i++)
        r->failed |= !ways[i].key || !ways[i].value;
    return r->failed ? error_set(err, STATUS_INPUT, M_ROADS_BLOCK) : STATUS_OK;
}

static status paths_unpack(pack_reader *r, arena *a, const char ***out, size_t *count, error *err)
{
    *count = (size_t)unpack_u64(r);
    if (r->failed || *count == 0 || *count > WANTED_MAX)
        return error_set(err, STATUS_INPUT, M_ROADS_BLOCK);
    *out = arena_take(a, *count, sizeof **out);
    if (!*out)
        return memory_error(err, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++) {
        (*out)[i] = unpack_text(r);
        r->failed |= !(*out)[i];
    }
    return r->failed ? error_set(err, STATUS_INPUT, M_ROADS_BLOCK) : STATUS_OK;
}

static status road_file_run(const worker_message *request, worker_reply *reply, error *err)
{
    pack_reader r = {.at = request->bytes, .size = request->size};
    const int threads = (int)unpack_u64(&r);
    const char **paths = NULL;
    size_t count = 0;
    road_wanted wanted = {0};
    arena *memory = NULL;
    faults *list = NULL;
    osm_roads *roads = NULL;
    status result = arena_new(&memory, err);
    if (result == STATUS_OK)
        result = paths_unpack(&r, memory, &paths, &count, err);
    if (result == STATUS_OK)
        result = wanted_unpack(&r, memory, &wanted, err);
    if (result == STATUS_OK)
        result = faults_new(&list, err);
    if (result)
        goto done;
    status outcome = osm_roads_read_all(paths, count, &wanted, threads, &roads, list);
    result = reply_send(reply, outcome, list, roads, err);
done:
    osm_roads_free(roads);
    faults_free(list);
    arena_free(memory);
    return result;
}

const worker_job road_file_job = {.name = JOB, .run = road_file_run};

/* --- in the program --- */

static status answer_read(worker_answer *answer, osm_roads **out, faults *list, error *err)
{
    pack_reader r = {.at = answer->bytes, .size = answer->size};
    uint64_t outcome = unpack_u64(&r);
    size_t size = 0;
    const void *packed = unpack_bytes(&r, &size);
    if (r.failed || (outcome == STATUS_OK && answer->fd_count != 1))
        return error_set(err, STATUS_INPUT, M_ROADS_BLOCK);
    status result = faults_unpack(list, packed, size, err);
    if (result || outcome != STATUS_OK)
        return result;
    result = osm_roads_open(out, answer->fds[0], err);
    if (result == STATUS_OK)
        answer->fd_count = 0; /* taken */
    return result;
}

static void wanted_pack(pack_writer *w, const road_wanted *wanted)
{
    const road_wanted none = {0}, *given = wanted ? wanted : &none;
    pack_u64(w, given->key_count);
    pack_u64(w, given->way_count);
    for (size_t i = 0; i < given->key_count; i++)
        pack_text(w, given->keys[i]);
    for (size_t i = 0; i < given->way_count; i++) {
        pack_text(w, given->ways[i].key);
        pack_text(w, given->ways[i].value);
    }
}

static uint64_t bytes_of(const char *const *paths, size_t count)
{
    struct stat facts;
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        if (stat(paths[i], &facts) == 0 && facts.st_size > 0)
            bytes += (uint64_t)facts.st_size;
    return bytes;
}

status road_files_load(zygote *z, const char *const *paths, size_t count, const road_wanted *wanted,
                       int threads, osm_roads **out, faults *faults_list)
{
    pack_writer w = {0};
    worker_answer answer = {0};
    error err = {0};
    *out = NULL;
    if (!z)
        return osm_roads_read_all(paths, count, wanted, threads, out, faults_list);
    pack_u64(&w, (uint64_t)threads);
    pack_u64(&w, count);
    for (size_t i = 0; i < count; i++)
        pack_text(&w, paths[i]);
    wanted_pack(&w, wanted);
    const worker_message request = {.bytes = w.at, .size = w.size};
    const worker_limits limits = limits_for(bytes_of(paths, count), threads);
    status result =
        w.failed ? memory_error(&err, w.size) : zygote_run(z, JOB, &request, limits, &answer, &err);
    if (result == STATUS_OK)
        result = answer_read(&answer, out, faults_list, &err);
    if (result)
        result = faults_add_error(faults_list, source_at(paths[0], 0, 0), &err);
    else if (!*out)
        result = faults_status(faults_list);
    if (result == STATUS_OK && !*out)
        result = faults_refuse(faults_list, source_at(paths[0], 0, 0), M_ROADS_BLOCK);
    worker_answer_clear(&answer);
    pack_writer_clear(&w);
    return result;
}

status road_file_load(zygote *z, const char *path, const road_wanted *wanted, int threads,
                      osm_roads **out, faults *faults_list)
{
    return road_files_load(z, &path, 1, wanted, threads, out, faults_list);
}
