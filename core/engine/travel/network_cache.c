#include "engine/travel/network_cache.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/files.h"
#include "base/hash.h"
#include "engine/messages.h"
#include "network/graph/network_file.h"

enum { DIGEST_DIGITS = 64 };

/* --- under what name --- */

static status add_file(text_buffer *key, const char *role, const char *path,
                       const network_request *r, error *err)
{
    sha256_hex digest;
    status result = sha256_of_file_until(path, r->progress->cancel, &digest, err);
    if (result == STATUS_OK) {
        text_add_format(key, "%s %s\n", role, digest.hex);
    }
    return result;
}

/* A shapefile is several files. */
static status add_companions(text_buffer *key, const char *path, const network_request *r,
                             error *err)
{
    static const char *const endings[] = {"shx", "dbf", "prj", "cpg", "SHX", "DBF", "PRJ", "CPG"};
    const size_t size = strlen(path);
    status result = STATUS_OK;
    if (size < 4 || strcasecmp(path + size - 4, ".shp") != 0) {
        return STATUS_OK;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings && result == STATUS_OK; i++) {
        text_buffer name = {0};
        text_add_format(&name, "%.*s%s", (int)(size - 3), path, endings[i]);
        if (!name.failed && access(name.at, F_OK) == 0) {
            result = add_file(key, endings[i], name.at, r, err);
        }
        key->failed = key->failed || name.failed;
        text_buffer_clear(&name);
    }
    return result;
}

static void add_text(text_buffer *key, const char *name, const char *value)
{
    text_add_format(key, "%s %zu %s\n", name, value != NULL ? strlen(value) : 0,
                    value != NULL ? value : "-");
}

static void add_lines(text_buffer *key, const line_options *o)
{
    add_text(key, "layer", o->layer);
    add_text(key, "speed", o->speed);
    add_text(key, "direction", o->direction);
    add_text(key, "class", o->class_);
    add_text(key, "name", o->name);
    add_text(key, "closed", o->closed);
    add_text(key, "mode", o->mode);
    text_add_format(key, "tolerance %.17g\n", o->tolerance_m);
    for (size_t i = 0; i < o->speed_count; i++) {
        add_text(key, "class", o->speeds[i].class_name);
        text_add_format(key, "kmh %.17g\n", o->speeds[i].kmh);
    }
}

/* By its bytes: its version stays the same from one state of the sources to the next. */
static status add_program(text_buffer *key, const network_request *r, error *err)
{
    static const char own[] = "/proc/self/exe";
    return access(own, R_OK) == 0 ? add_file(key, "program", own, r, err) : STATUS_OK;
}

static status key_fill(text_buffer *key, const network_request *r, error *err)
{
    status result = add_program(key, r, err);
    text_add_format(key, "bassin %s\nformat %d\nhierarchy %d\n", BASSIN_VERSION,
                    (int)NETWORK_FILE_VERSION, r->hierarchy);
    for (size_t i = 0; i < r->file_count && result == STATUS_OK; i++) {
        result = add_file(key, "source", r->files[i], r, err);
        if (result == STATUS_OK) {
            result = add_companions(key, r->files[i], r, err);
        }
    }
    if (result == STATUS_OK && r->urban != NULL) {
        result = add_file(key, "urban", r->urban, r, err);
    }
    if (result == STATUS_OK && r->urban != NULL) {
        result = add_companions(key, r->urban, r, err);
    }
    if (result == STATUS_OK && r->profile != NULL && access(r->profile, F_OK) == 0) {
        result = add_file(key, "profile", r->profile, r, err);
    }
    if (r->lines != NULL) {
        add_lines(key, r->lines);
    }
    return result;
}

status network_cache_name(const char *folder, const network_request *r, arena *memory,
                          const char **path, error *err)
{
    text_buffer key = {0};
    *path = NULL;
    if (folder == NULL) {
        return STATUS_OK;
    }
    status result = key_fill(&key, r, err);
    if (result == STATUS_OK && key.failed) {
        result = memory_error(err, key.size);
    }
    if (result == STATUS_OK) {
        *path = arena_format(memory, "%s/networks/%s.net", folder, sha256_of(key.at, key.size).hex);
        result = *path != NULL ? STATUS_OK : memory_error(err, strlen(folder));
    }
    text_buffer_clear(&key);
    return result;
}

/* --- what was said while it was built: a digest, then the list --- */

static char *notes_path(const char *path)
{
    const size_t size = strlen(path) + sizeof ".notes";
    char *notes = memory_new(size, 1);
    if (notes != NULL) {
        (void)snprintf(notes, size, "%s.notes", path);
    }
    return notes;
}

static status notes_save(const char *path, const faults *said, error *err)
{
    void *bytes = NULL;
    size_t size = 0;
    char *whole = NULL;
    char *name = notes_path(path);
    status result = name != NULL ? faults_pack(said, &bytes, &size, err) : memory_error(err, 0);
    if (result == STATUS_OK) {
        whole = memory_new(size + DIGEST_DIGITS, 1);
        result = whole != NULL ? STATUS_OK : memory_error(err, size);
    }
    if (result == STATUS_OK) {
        memcpy(whole, sha256_of(bytes, size).hex, DIGEST_DIGITS);
        memcpy(whole + DIGEST_DIGITS, bytes, size);
        result = file_write_atomic(name, whole, size + DIGEST_DIGITS, err);
    }
    memory_free(whole);
    memory_free(bytes);
    memory_free(name);
    return result;
}

static status notes_load(const char *path, faults *said, error *err)
{
    file_view file = {0};
    char *name = notes_path(path);
    status result = name != NULL ? file_map(name, &file, err) : memory_error(err, 0);
    if (result == STATUS_OK) {
        const bool whole = file.size >= DIGEST_DIGITS &&
                           memcmp(sha256_of(file.at + DIGEST_DIGITS, file.size - DIGEST_DIGITS).hex,
                                  file.at, DIGEST_DIGITS) == 0;
        result = whole
                     ? faults_unpack(said, file.at + DIGEST_DIGITS, file.size - DIGEST_DIGITS, err)
                     : error_set(err, STATUS_INPUT, M_CACHE_NOTES);
    }
    file_unmap(&file);
    memory_free(name);
    return result;
}

/* Notes come last: a network without them is one that another run is writing, or could not. */
static status is_whole(const char *path, bool *whole, error *err)
{
    char *notes = notes_path(path);
    if (notes == NULL) {
        return memory_error(err, strlen(path));
    }
    *whole = access(path, F_OK) == 0 && access(notes, F_OK) == 0;
    memory_free(notes);
    return STATUS_OK;
}

/* The file may have another name than when it was read. */
static void retell(const faults *said, const char *source, faults *list)
{
    for (size_t i = 0; i < faults_count(said); i++) {
        const fault *f = faults_at(said, i);
        const source_ref at = source_at(f->file != NULL ? source : NULL, f->line, f->column);
        if (f->severity == SEVERITY_WARNING) {
            faults_warn(list, at, M_INSPECT_AS_IT_IS, f->fr, f->en);
        } else if (f->severity == SEVERITY_NOTE) {
            faults_note(list, at, M_INSPECT_AS_IT_IS, f->fr, f->en);
        }
    }
}

/* --- finding and making --- */

status network_cache_find(const char *path, const char *source, const network_request *r,
                          network **out, faults *asides, faults *faults_list)
{
    error err;
    faults *said = NULL;
    bool whole = false;
    *out = NULL;
    status result = is_whole(path, &whole, &err);
    if (result == STATUS_OK && !whole) {
        return STATUS_OK;
    }
    result = result == STATUS_OK ? faults_new(&said, &err) : result;
    if (result != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    result = network_open(out, path, r->threads, r->progress, &err);
    if (result == STATUS_OK) {
        result = notes_load(path, said, &err);
    }
    if (result == STATUS_OK) {
        retell(said, source, faults_list);
    } else if (result == STATUS_INTERRUPTED) {
        (void)faults_add_error(faults_list, SOURCE_NONE, &err);
    } else {
        faults_note(asides, source_at(path, 0, 0), M_CACHE_DAMAGED, err.fr, err.en);
        result = STATUS_OK;
        network_free(*out);
        *out = NULL;
    }
    faults_free(said);
    return result;
}

status network_cache_look(const char *path, int threads, progress *shown, bool *damaged, error *err)
{
    network *found = NULL;
    faults *said = NULL;
    status result = faults_new(&said, err);
    result = result == STATUS_OK ? network_open(&found, path, threads, shown, err) : result;
    result = result == STATUS_OK ? notes_load(path, said, err) : result;
    *damaged = result != STATUS_OK;
    network_free(found);
    faults_free(said);
    return result == STATUS_INTERRUPTED ? result : STATUS_OK;
}

status network_cache_make(const char *folder, const char *path, const network_request *r,
                          const network_outlook *outlook, network **out, faults *asides,
                          faults *faults_list)
{
    error err;
    network_written written;
    faults *said = NULL;
    char *place = memory_new(strlen(path) + 1, 1);
    *out = NULL;
    status result = place != NULL ? faults_new(&said, &err) : memory_error(&err, strlen(path));
    if (result != STATUS_OK) {
        memory_free(place);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    memcpy(place, path, (size_t)(strrchr(path, '/') - path));
    if (folder_make(place, &err) != STATUS_OK || access(place, W_OK | X_OK) != 0) {
        faults_note(asides, source_at(folder, 0, 0), M_CACHE_UNWRITABLE);
        goto done;
    }
    result = network_build_file(r, outlook, path, &written, said);
    if (result == STATUS_ENVIRONMENT) { /* a full disk: the same in memory */
        faults_note(asides, source_at(folder, 0, 0), M_CACHE_UNWRITABLE);
        result = STATUS_OK;
        goto done;
    }
    faults_append(faults_list, said);
    if (result == STATUS_OK && notes_save(path, said, &err) != STATUS_OK) {
        faults_note(asides, source_at(folder, 0, 0), M_CACHE_UNWRITABLE); /* not found again */
    }
    if (result == STATUS_OK && network_open(out, path, r->threads, r->progress, &err)) {
        result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    }
done:
    faults_free(said);
    memory_free(place);
    return result;
}
