#include "geo/layer_source.h"

#include <archive.h>
#include <archive_entry.h>
#include <cpl_vsi.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/files.h"
#include "base/memory.h"
#include "base/text.h"
#include "geo/json_scan.h"
#include "geo/messages.h"
#include "table/archive.h"

typedef struct source_file {
    file_view packed;
    unpacked text;
    char name[64]; /* in GDAL's memory; "" when absent */
} source_file;

struct layer_source {
    layer_format format;
    source_file file[SOURCE_FILES]; /* the first is the one to open */
};

static const char *const shape_endings[SOURCE_FILES] = {".shp", ".shx", ".dbf", ".prj", ".cpg"};
enum { SHAPE_CPG = 4 };

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), wanted = strlen(ending);
    return size > wanted && !strcasecmp(name + size - wanted, ending);
}

layer_format layer_format_of(const char *name)
{
    static const struct {
        const char *ending;
        layer_format format;
    } known[] = {{".geojson", FORMAT_GEOJSON}, {".json", FORMAT_GEOJSON}, {".gpkg", FORMAT_GPKG},
                 {".shp", FORMAT_SHAPE},       {".xlsx", FORMAT_XLSX},    {".ods", FORMAT_ODS},
                 {".parquet", FORMAT_PARQUET}, {".pbf", FORMAT_OSM}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (ends_with(name, known[i].ending))
            return known[i].format;
    return FORMAT_UNKNOWN;
}

const char *layer_source_path(const layer_source *s)
{
    return s->file[0].name;
}

layer_format layer_source_format(const layer_source *s)
{
    return s->format;
}

bool layer_source_states_encoding(const layer_source *s)
{
    return s->file[SHAPE_CPG].name[0] != 0;
}

const char *layer_source_text(const layer_source *s, size_t *size)
{
    *size = s->file[0].text.size;
    return s->file[0].text.at;
}

bool layer_source_holds_rows(const layer_source *s)
{
    const char *text = s->file[0].text.at;
    size_t at = 0, size = s->file[0].text.size;
    while (at < size && strchr(" \t\r\n", text[at]) && text[at])
        at++;
    return s->format == FORMAT_GEOJSON && at < size && text[at] == '[';
}

void layer_source_close(layer_source *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < SOURCE_FILES; i++) {
        if (s->file[i].name[0])
            VSIUnlink(s->file[i].name);
        unpacked_clear(&s->file[i].text);
        file_unmap(&s->file[i].packed);
    }
    memory_free(s);
}

/* --- a .zip: which member --- */

typedef struct zip_choice {
    char member[1024];    /* the one layer file */
    text_buffer names;    /* of all layer files, for the refusal */
    size_t count, tables; /* layer files, delimited texts */
} zip_choice;

static const char *entry_name(struct archive_entry *e)
{
    const char *name = archive_entry_pathname_utf8(e);
    if (!name)
        name = archive_entry_pathname(e);
    return name ? name : "?";
}

static void zip_consider(zip_choice *choice, const char *name)
{
    const char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    if (base[0] == '.' || !strncmp(name, "__MACOSX/", 9))
        return;
    choice->tables += ends_with(base, ".csv") || ends_with(base, ".txt") || ends_with(base, ".tsv");
    if (!layer_format_of(base))
        return;
    if (choice->count++ == 0)
        snprintf(choice->member, sizeof choice->member, "%s", name);
    if (choice->count <= 8)
        text_add_format(&choice->names, "%s%s", choice->count > 1 ? ", " : "", name);
}

static status zip_list(file_view packed, zip_choice *choice, error *err)
{
    struct archive *a = archive_read_new();
    struct archive_entry *e = NULL;
    if (!a)
        return memory_error(err, packed.size);
    int code = archive_read_support_format_zip(a);
    if (code == ARCHIVE_OK)
        code = archive_read_open_memory(a, packed.at, packed.size);
    while (code == ARCHIVE_OK || code == ARCHIVE_WARN) {
        code = archive_read_next_header(a, &e);
        if (code == ARCHIVE_OK || code == ARCHIVE_WARN)
            zip_consider(choice, entry_name(e));
    }
    const char *why = archive_error_string(a);
    status s = STATUS_OK;
    if (code != ARCHIVE_EOF)
        s = error_set(err, STATUS_INPUT, M_GEO_ZIP_DAMAGED, why ? why : "zip");
    archive_read_free(a);
    return s;
}

static status zip_choose(file_view packed, zip_choice *choice, error *err)
{
    status s = zip_list(packed, choice, err);
    if (!s && choice->count == 0)
        s = error_set(err, STATUS_INPUT, M_GEO_ZIP_NONE);
    if (!s && choice->count > 1)
        s = error_set(err, STATUS_INPUT, M_GEO_ZIP_SEVERAL, choice->names.at);
    return s;
}

layer_format layer_source_zip_format(const char *path)
{
    error err;
    file_view packed;
    zip_choice choice = {.count = 0};
    if (file_map(path, &packed, &err))
        return FORMAT_UNKNOWN;
    bool holds = zip_list(packed, &choice, &err) == STATUS_OK && choice.count && !choice.tables;
    text_buffer_clear(&choice.names);
    file_unmap(&packed);
    return holds ? layer_format_of(choice.member) : FORMAT_UNKNOWN;
}

status layer_source_zip_only(const char *path, char *member, size_t size, error *err)
{
    file_view packed;
    zip_choice choice = {.count = 0};
    status s = file_map(path, &packed, err);
    if (s)
        return s;
    s = zip_choose(packed, &choice, err);
    snprintf(member, size, "%s", choice.member);
    text_buffer_clear(&choice.names);
    file_unmap(&packed);
    return s;
}

static status zip_take(source_file *f, file_view packed, const char *member, error *err)
{
    unpack_limits limits = {.member = member};
    return unpack(&f->text, packed.at, packed.size, &limits, err);
}

/* --- into GDAL's memory --- */

static status publish(layer_source *s, size_t i, const char *ending, error *err)
{
    source_file *f = &s->file[i];
    union {
        const char *read;
        GByte *any; /* GDAL opens it read-only; a write would be a fault of the worker */
    } bytes = {.read = f->text.at ? f->text.at : ""};
    char name[sizeof f->name];
    snprintf(name, sizeof name, "/vsimem/%p/layer%s", (const void *)s, ending);
    VSILFILE *handle = VSIFileFromMemBuffer(name, bytes.any, f->text.size, FALSE);
    if (!handle)
        return memory_error(err, f->text.size);
    VSIFCloseL(handle);
    memcpy(f->name, name, sizeof name);
    return STATUS_OK;
}

static const char *ending_of(layer_format format)
{
    switch (format) {
    case FORMAT_GEOJSON:
        return ".geojson";
    case FORMAT_GPKG:
        return ".gpkg";
    case FORMAT_SHAPE:
        return ".shp";
    case FORMAT_XLSX:
        return ".xlsx";
    case FORMAT_ODS:
        return ".ods";
    case FORMAT_PARQUET:
        return ".parquet";
    case FORMAT_OSM:
        return ".pbf";
    case FORMAT_UNKNOWN:
        break;
    }
    return "";
}

/* The name of a companion file: the same with another ending, in the case of the first. */
static bool companion_name(const char *shp, const char *ending, char *out, size_t size)
{
    size_t stem = strlen(shp) - 4;
    int written = snprintf(out, size, "%.*s%s", (int)stem, shp, ending);
    if (written < 0 || (size_t)written >= size)
        return false;
    bool upper = shp[strlen(shp) - 1] == 'P';
    for (size_t i = stem; upper && out[i]; i++)
        if (out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 'a' + 'A');
    return true;
}

static status add_companion_file(layer_source *s, size_t i, const char *path, error *err)
{
    source_file *f = &s->file[i];
    char name[4096];
    if (!companion_name(path, shape_endings[i], name, sizeof name) || access(name, F_OK))
        return STATUS_OK;
    status result = file_map(name, &f->packed, err);
    if (result)
        return result;
    f->text = (unpacked){.at = f->packed.at, .size = f->packed.size};
    return publish(s, i, shape_endings[i], err);
}

static status add_companion_member(layer_source *s, size_t i, const char *member, error *err)
{
    char name[1100];
    error absent;
    if (!companion_name(member, shape_endings[i], name, sizeof name))
        return STATUS_OK;
    if (zip_take(&s->file[i], s->file[0].packed, name, &absent)) {
        unpacked_clear(&s->file[i].text);
        return STATUS_OK; /* GDAL says what it misses */
    }
    return publish(s, i, shape_endings[i], err);
}

/* --- opening --- */

static status open_zip(layer_source *s, error *err)
{
    zip_choice choice = {.count = 0};
    status result = zip_choose(s->file[0].packed, &choice, err);
    if (!result) {
        s->format = layer_format_of(choice.member);
        result = zip_take(&s->file[0], s->file[0].packed, choice.member, err);
    }
    for (size_t i = 1; !result && s->format == FORMAT_SHAPE && i < SOURCE_FILES; i++)
        result = add_companion_member(s, i, choice.member, err);
    text_buffer_clear(&choice.names);
    return result;
}

static status open_gz(layer_source *s, const char *path, error *err)
{
    char inner[4096];
    int written = snprintf(inner, sizeof inner, "%.*s", (int)(strlen(path) - 3), path);
    s->format =
        written > 0 && written < (int)sizeof inner ? layer_format_of(inner) : FORMAT_UNKNOWN;
    if (s->format == FORMAT_UNKNOWN || s->format == FORMAT_SHAPE)
        return error_set(err, STATUS_INPUT, M_GEO_FORMAT);
    unpack_limits limits = {.member = NULL};
    return unpack(&s->file[0].text, s->file[0].packed.at, s->file[0].packed.size, &limits, err);
}

static status open_plain(layer_source *s, const char *path, error *err)
{
    s->format = layer_format_of(path);
    if (s->format == FORMAT_UNKNOWN)
        return error_set(err, STATUS_INPUT, M_GEO_FORMAT);
    file_view packed = s->file[0].packed;
    s->file[0].text = (unpacked){.at = packed.at, .size = packed.size};
    status result = STATUS_OK;
    for (size_t i = 1; !result && s->format == FORMAT_SHAPE && i < SOURCE_FILES; i++)
        result = add_companion_file(s, i, path, err);
    return result;
}

static status source_fill(layer_source *s, const char *path, error *err)
{
    status result = file_map(path, &s->file[0].packed, err);
    if (result)
        return result;
    if (ends_with(path, ".zip"))
        result = open_zip(s, err);
    else if (ends_with(path, ".gz"))
        result = open_gz(s, path, err);
    else
        result = open_plain(s, path, err);
    return result ? result : publish(s, 0, ending_of(s->format), err);
}

status layer_source_open(layer_source **out, const char *path, faults *faults_list)
{
    *out = NULL;
    error err = {.status = STATUS_OK};
    layer_source *s = memory_new(1, sizeof *s);
    status result = s ? source_fill(s, path, &err) : memory_error(&err, sizeof *s);
    if (result)
        result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    else if (s->format == FORMAT_GEOJSON)
        result = json_scan(s->file[0].text.at, s->file[0].text.size, path, faults_list);
    if (result)
        layer_source_close(s);
    else
        *out = s;
    return result;
}
