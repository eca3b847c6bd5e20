#include "geo/layer.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/hash.h"
#include "geo/layer_reply.h"
#include "geo/layer_source.h"

static const worker_limits layer_limits = {
    .memory_bytes = UINT64_C(4) << 30, .cpu_s = 120, .wall_s = 300};

/* An OSM extract or a layer of roads may be large: a megabyte a second is ten times slower than the
 * slowest seen. */
static worker_limits limits_of(const layer_options *options)
{
    struct stat facts;
    worker_limits limits = layer_limits;
    const bool large = layer_format_of(options->path) == FORMAT_OSM || options->only;
    if (large && stat(options->path, &facts) == 0) {
        uint64_t seconds = limits.wall_s + (uint64_t)facts.st_size / (UINT64_C(1) << 20);
        limits.cpu_s = limits.wall_s = seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
        limits.memory_bytes += (uint64_t)facts.st_size * (options->only ? 8 : 1);
        limits.memory_bytes += (uint64_t)(options->threads > 0 ? options->threads : 1) << 30;
    }
    return limits;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), wanted = strlen(ending);
    return size > wanted && !strcasecmp(name + size - wanted, ending);
}

bool layer_is_called_for(const char *path)
{
    static const char *const packed[] = {".geojson.gz", ".json.gz", ".gpkg.gz", ".xlsx.gz",
                                         ".ods.gz"};
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
        if (ends_with(path, packed[i]))
            return true;
    if (ends_with(path, ".zip"))
        return layer_source_zip_format(path) != FORMAT_UNKNOWN;
    return layer_format_of(path) != FORMAT_UNKNOWN;
}

static status file_digest(const char *path, char out[65], error *err)
{
    file_view view;
    status s = file_map(path, &view, err);
    if (s)
        return s;
    sha256_hex digest = sha256_of(view.at, view.size);
    memcpy(out, digest.hex, sizeof digest.hex);
    file_unmap(&view);
    return STATUS_OK;
}

static status ask_worker(zygote *z, const layer_options *options, worker_answer *answer, error *err)
{
    pack_writer w = {.at = NULL};
    layer_request_pack(options, &w);
    worker_message request = {.bytes = w.at, .size = w.size};
    status s = w.failed ? memory_error(err, w.size)
                        : zygote_run(z, layer_job.name, &request, limits_of(options), answer, err);
    pack_writer_clear(&w);
    return s;
}

status layer_read(zygote *z, const layer_options *options, layer **out, faults *faults_list)
{
    *out = NULL;
    error err = {.status = STATUS_OK};
    worker_answer answer = {.bytes = NULL};
    layer *l = memory_new(1, sizeof *l);
    status s = l ? file_digest(options->path, l->sha256, &err) : memory_error(&err, sizeof *l);
    if (!s)
        s = ask_worker(z, options, &answer, &err);
    if (!s)
        s = layer_reply_unpack(&answer, l, faults_list, &err);
    if (s && err.status)
        s = faults_add_error(faults_list, source_at(options->path, 0, 0), &err);
    worker_answer_clear(&answer);
    if (s)
        layer_free(l);
    else
        *out = l;
    return s;
}

void layer_free(layer *l)
{
    if (!l)
        return;
    table_free(l->cells);
    polygons_free(l->outlines);
    polylines_free(l->lines);
    memory_free(l->lon);
    memory_free(l->lat);
    for (size_t i = 0; i < l->layer_count; i++)
        memory_free(l->layers[i]);
    memory_free(l->layers);
    memory_free(l->name);
    memory_free(l->fields);
    memory_free(l);
}
