#include "network/build/network_source.h"

#include <string.h>
#include <strings.h>

#include "base/files.h"
#include "network/build/line_build.h"
#include "network/graph/network_file.h"
#include "network/messages.h"
#include "network/source/dimacs.h"
#include "table/archive.h"

enum { PREFIX_BYTES = 1 << 16, ARC_LINE_MIN = 8 /* "a 0 1 5\n" */ };

static bool ends_with(const char *path, const char *end)
{
    size_t size = strlen(path), tail = strlen(end);
    return size >= tail && strcasecmp(path + size - tail, end) == 0;
}

static bool is_gzip(const file_view *f)
{
    return f->size >= 18 && memcmp(f->at, "\x1f\x8b", 2) == 0;
}

static bool holds(const char *bytes, size_t size, const char *word)
{
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

/* PBF: its first block is called OSMHeader. XML: an element <osm>, after a prolog. */
static bool osm_like(const char *bytes, size_t size)
{
    const size_t head = size < 64 ? size : 64;
    while (size > 0 && (*bytes == '\xef' || *bytes == '\xbb' || *bytes == '\xbf' || *bytes == ' ' ||
                        *bytes == '\n' || *bytes == '\r' || *bytes == '\t')) {
        bytes++;
        size--;
    }
    if (holds(bytes, head < size ? head : size, "OSMHeader"))
        return true;
    return size > 0 && *bytes == '<' && holds(bytes, size < 4096 ? size : 4096, "<osm");
}

static bool osm_called(const char *path)
{
    static const char *const ends[] = {".osm",    ".osm.gz",  ".osm.bz2",
                                       ".osm.xz", ".osm.zst", ".osm.pbf"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(path, ends[i]))
            return true;
    return false;
}

/* The first bytes of the text, out of the .gz that may hold it. */
static status prefix_open(const file_view *f, unpacked *out, error *err)
{
    const unpack_limits limits = {.prefix = PREFIX_BYTES};
    *out = (unpacked){.at = f->at, .size = f->size < PREFIX_BYTES ? f->size : PREFIX_BYTES};
    return is_gzip(f) ? unpack(out, f->at, f->size, &limits, err) : STATUS_OK;
}

status network_source_of(const char *path, network_source *out, faults *faults_list)
{
    error err = {0};
    file_view f = {0};
    unpacked start = {0};
    status result = file_map(path, &f, &err);
    if (result == STATUS_OK)
        result = prefix_open(&f, &start, &err);
    if (result)
        result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    else if (network_file_like(start.at, start.size))
        result = faults_refuse(faults_list, source_at(path, 0, 0), M_SOURCE_NETWORK);
    else if (dimacs_like(start.at, start.size))
        *out = NETWORK_OF_DIMACS;
    else if (osm_like(start.at, start.size) || osm_called(path))
        *out = NETWORK_OF_OSM;
    else if (line_build_reads(path))
        *out = NETWORK_OF_LINES;
    else
        result = faults_refuse(faults_list, source_at(path, 0, 0), M_SOURCE_UNKNOWN);
    unpacked_clear(&start);
    file_unmap(&f);
    return result;
}

/* --- extents --- */

/* A .gz ends with the size of what it holds, modulo 2^32. */
static uint64_t gzip_says(const file_view *f)
{
    const unsigned char *at = (const unsigned char *)f->at + f->size - 4;
    return at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

/* By the line p when it stands near the start, else by what lines could fit. */
static void dimacs_extent(const unpacked *start, source_extent *out)
{
    const uint64_t text = out->text_bytes > 0 ? out->text_bytes : out->file_bytes;
    if (dimacs_announced(start->at, start->size, &out->nodes, &out->arcs) &&
        out->arcs <= text / ARC_LINE_MIN + 1)
        return;
    out->arcs = text / ARC_LINE_MIN + 1;
    out->nodes = 2 * out->arcs;
}

status network_source_extent(const char *path, network_source source, source_extent *out,
                             error *err)
{
    file_view f = {0};
    unpacked start = {0};
    *out = (source_extent){0};
    status result = file_map(path, &f, err);
    if (result == STATUS_OK)
        result = prefix_open(&f, &start, err);
    if (result == STATUS_OK) {
        out->file_bytes = f.size;
        out->text_bytes = is_gzip(&f) ? gzip_says(&f) : 0;
        if (source == NETWORK_OF_DIMACS)
            dimacs_extent(&start, out);
    }
    unpacked_clear(&start);
    file_unmap(&f);
    return result;
}
