#include "engine/inputs/inspect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "engine/inputs/inspect_roads.h"
#include "engine/messages.h"
#include "table/archive.h"
#include "table/archive_walk.h"
#include "table/damage.h"

enum { PREFIX_BYTES = 4096, PATH_BYTES = 4096 };
static const uint64_t MEMBER_MAX_BYTES = UINT64_C(8) << 30;

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), wanted = strlen(ending);
    return size > wanted && strcasecmp(name + size - wanted, ending) == 0;
}

/* --- delimited text and layers --- */

/* Names that were broken before: the first offending bytes and their line. */
static void tell_damage(const char *path, text_slice text, inspection *out, faults *faults_list)
{
    const bool latin1 = out->found.facts.encoding == ENCODING_LATIN1;
    damage d;
    size_t from = 0;
    while (damage_find(text, latin1, from, &d)) {
        if (out->damaged++ == 0) {
            uint64_t line = 1;
            for (size_t i = 0; i < d.offset; i++) {
                line += text.at[i] == '\n';
            }
            const damage_label label = damage_label_of(text, latin1, &d);
            faults_warn(faults_list, source_at(path, line, 0), M_INSPECT_DAMAGED, label.bytes,
                        label.word);
        }
        from = d.offset + d.size;
    }
}

static status read_damage(const char *path, inspection *out, faults *faults_list)
{
    error err;
    file_view file = {0};
    unpacked text = {0};
    const unpack_limits limits = {.member = out->member[0] != '\0' ? out->member : NULL};
    status result = file_map(path, &file, &err);
    if (result == STATUS_OK) {
        result = unpack(&text, file.at, file.size, &limits, &err);
    }
    if (result == STATUS_OK && text.size > 0) {
        tell_damage(path, text_slice_of(text.at, text.size), out, faults_list);
    }
    unpacked_clear(&text);
    file_unmap(&file);
    return result == STATUS_OK ? result
                               : faults_add_error(faults_list, source_at(path, 0, 0), &err);
}

/* "pack.zip/member.csv" is how the rows name their source. */
static void note_member(const char *path, inspection *out)
{
    const table *rows = out->found.rows.rows;
    const char *source = rows != NULL && rows->source_file_count > 0 ? rows->source_files[0] : "";
    const size_t size = strlen(path);
    if (strncmp(source, path, size) == 0 && source[size] == '/') {
        (void)snprintf(out->member, sizeof out->member, "%s", source + size + 1);
    }
}

/* No importer: its rows are counted all the same. */
static status count_rows(const char *path, inspection *out, faults *faults_list)
{
    error err;
    table *rows = NULL;
    faults *aside = NULL;
    const read_options options = {.path = path};
    if (out->found.is_layer) {
        return STATUS_OK;
    }
    status result = faults_new(&aside, &err);
    if (result != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    result = table_read(&options, &rows, &out->found.facts, aside);
    table_free(rows);
    faults_append(faults_list, aside);
    faults_free(aside);
    return result;
}

static status inspect_table(const char *path, const run_environment *environment, inspection *out,
                            faults *faults_list)
{
    const import_request request = {
        .path = path, .workers = environment->workers, .where = source_at(path, 0, 0)};
    status result = import_recognise(environment->importers, &request, &out->found, faults_list);
    out->form = layer_is_called_for(path) ? INSPECTED_LAYER : INSPECTED_TEXT;
    if (out->found.header != NULL && out->found.by == NULL) {
        (void)count_rows(path, out, faults_list);
    }
    out->rows = out->found.facts.rows;
    out->left_out = out->found.rows.left_out;
    out->damaged = out->found.damaged;
    note_member(path, out);
    if (result == STATUS_OK && out->form == INSPECTED_TEXT) {
        result = read_damage(path, out, faults_list);
    }
    return result;
}

/* --- archives of several files --- */

/* What is said of one file of a pack; of an unknown one (a list of variables beside the table),
 * only as notes. */
typedef enum passing { PASS_AS_IT_IS, PASS_AS_NOTES } passing;

static void pass_on(const faults *from, const char *pack, const char *member, passing how,
                    faults *to)
{
    char file[PATH_BYTES];
    (void)snprintf(file, sizeof file, "%s/%s", pack, member);
    for (size_t i = 0; i < faults_count(from); i++) {
        const fault *f = faults_at(from, i);
        const source_ref at = source_at(file, f->line, f->column);
        if (how == PASS_AS_IT_IS && f->severity == SEVERITY_FAULT) {
            (void)faults_refuse(to, at, M_INSPECT_AS_IT_IS, f->fr, f->en);
        } else if (how == PASS_AS_IT_IS && f->severity == SEVERITY_WARNING) {
            faults_warn(to, at, M_INSPECT_AS_IT_IS, f->fr, f->en);
        } else {
            faults_note(to, at, M_INSPECT_AS_IT_IS, f->fr, f->en);
        }
        if (f->excerpt != NULL) {
            faults_excerpt(to, f->excerpt);
        }
    }
}

typedef struct packed_file {
    const char *pack, *name;
    const char *path; /* where it was written */
} packed_file;

static status inspect_member(const packed_file *m, const run_environment *environment,
                             inspection *out, faults *faults_list)
{
    error err;
    inspection one = {0};
    faults *found = NULL;
    status result = faults_new(&found, &err);
    if (result != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    result = inspect_table(m->path, environment, &one, found);
    if (out->members++ == 0) {
        (void)snprintf(out->member, sizeof out->member, "%s", m->name);
    }
    const bool unknown = one.found.by == NULL && one.found.header != NULL;
    pass_on(found, m->pack, m->name, unknown ? PASS_AS_NOTES : PASS_AS_IT_IS, faults_list);
    result = unknown ? STATUS_OK : result;
    out->rows += one.rows;
    out->left_out += one.left_out;
    out->damaged += one.damaged;
    out->unknown += one.found.by == NULL;
    if (out->found.by == NULL && one.found.by != NULL) {
        imported_clear(&one.found.rows);
        out->found = one.found;
        one.found = (recognition){0};
    }
    recognition_clear(&one.found);
    faults_free(found);
    return result;
}

/* The ending says how a file is read: the name keeps it. */
static status member_path(const char *folder, const char *name, size_t number, char *out,
                          size_t size, error *err)
{
    const char *slash = strrchr(name, '/');
    const int used = snprintf(out, size, "%s/%zu_%s", folder, number, slash ? slash + 1 : name);
    return used > 0 && (size_t)used < size ? STATUS_OK
                                           : error_set(err, STATUS_INPUT, M_INSPECT_NAME, name);
}

static status walk_members(archive_walk *walk, const char *pack, const char *folder,
                           const run_environment *environment, inspection *out, faults *faults_list,
                           error *err)
{
    status first = STATUS_OK;
    for (;;) {
        char path[PATH_BYTES];
        const char *name = NULL;
        status result = archive_walk_next(walk, &name, err);
        if (result == STATUS_OK && name == NULL) {
            return first;
        }
        if (result == STATUS_OK) {
            result = member_path(folder, name, out->members, path, sizeof path, err);
        }
        if (result == STATUS_OK) {
            result = archive_walk_save(walk, path, MEMBER_MAX_BYTES, err);
        }
        if (result != STATUS_OK) {
            return faults_add_error(faults_list, source_at(pack, 0, 0), err);
        }
        const packed_file m = {.pack = pack, .name = name, .path = path};
        result = inspect_member(&m, environment, out, faults_list);
        first = first == STATUS_OK ? result : first;
        (void)unlink(path);
    }
}

static status inspect_pack(const char *path, const run_environment *environment, inspection *out,
                           faults *faults_list)
{
    error err = {0};
    archive_walk *walk = NULL;
    char folder[PATH_BYTES];
    const char *base = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%s/bassin-check-XXXXXX",
                   base != NULL && base[0] == '/' ? base : "/tmp");
    out->form = INSPECTED_PACK;
    if (mkdtemp(folder) == NULL) {
        (void)error_set(&err, STATUS_ENVIRONMENT, M_INSPECT_FOLDER, folder);
        return faults_add_error(faults_list, source_at(path, 0, 0), &err);
    }
    status result = archive_walk_open(&walk, path, &err);
    if (result != STATUS_OK) {
        result = faults_add_error(faults_list, source_at(path, 0, 0), &err);
    } else {
        result = walk_members(walk, path, folder, environment, out, faults_list, &err);
    }
    if (result == STATUS_OK && out->members == 0) {
        result = faults_refuse(faults_list, source_at(path, 0, 0), M_INSPECT_PACK_EMPTY);
    }
    if (result == STATUS_OK && out->found.by == NULL) {
        result = faults_refuse(faults_list, source_at(path, 0, 0), M_INSPECT_PACK_UNKNOWN);
    } else if (result == STATUS_OK && out->members > 1) {
        faults_note(faults_list, source_at(path, 0, 0), M_INSPECT_PACK_SEVERAL);
    }
    archive_walk_close(walk);
    const status removed = folder_remove(folder, &err);
    return result != STATUS_OK || removed == STATUS_OK
               ? result
               : faults_add_error(faults_list, source_at(path, 0, 0), &err);
}

/* A .zip of one file is read as that file; of several, one after the other. */
static bool is_pack(const char *path)
{
    static const char *const endings[] = {".tar", ".tar.gz",  ".tgz",     ".tar.xz",
                                          ".txz", ".tar.bz2", ".tar.zst", ".7z"};
    error err;
    archive_walk *walk = NULL;
    const char *name = NULL;
    size_t count = 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(path, endings[i])) {
            return true;
        }
    }
    if (!ends_with(path, ".zip") || layer_is_called_for(path) ||
        archive_walk_open(&walk, path, &err) != STATUS_OK) {
        return false;
    }
    while (archive_walk_next(walk, &name, &err) == STATUS_OK && name != NULL) {
        count++;
    }
    archive_walk_close(walk);
    return count > 1;
}

/* --- the whole --- */

status inspect_file(const char *path, const run_environment *environment, inspection *out,
                    faults *faults_list)
{
    error err;
    file_view file = {0};
    unpacked start = {0};
    const unpack_limits limits = {.prefix = PREFIX_BYTES};
    *out = (inspection){0};
    status result = file_map(path, &file, &err);
    if (result != STATUS_OK) {
        return faults_add_error(faults_list, source_at(path, 0, 0), &err);
    }
    /* What does not unpack here is told by the reader that it is given to. */
    if (unpack(&start, file.at, file.size, &limits, &err) != STATUS_OK) {
        start = (unpacked){0};
    }
    const road_form form = road_form_of(path, text_slice_of(start.at ? start.at : "", start.size));
    unpacked_clear(&start);
    file_unmap(&file);
    if (form != ROADS_NONE) {
        return inspect_roads(form, path, environment, out, faults_list);
    }
    return is_pack(path) ? inspect_pack(path, environment, out, faults_list)
                         : inspect_table(path, environment, out, faults_list);
}

void inspection_clear(inspection *i)
{
    recognition_clear(&i->found);
    *i = (inspection){0};
}
