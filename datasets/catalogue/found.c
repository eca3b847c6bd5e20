#include "datasets/catalogue/found.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "datasets/catalogue/messages.h"
#include "geo/parquet.h"
#include "territory/support.h"

enum { DEPTH_MAX = 8, FILES_MAX = 5000 };

/* --- headers --- */

void file_header_clear(file_header *h)
{
    table_free(h->names);
    table_free(h->cells);
    layer_free(h->source);
    *h = (file_header){0};
}

/* The names of a layer's fields, in the form that table_read_header gives. */
static status names_of(const table *cells, table **out, error *err)
{
    table_builder *b = NULL;
    size_t index = 0;
    size_t first = 0;
    const column_spec spec = {.name = "name", .type = COLUMN_TEXT, .unit = ""};
    status rc = table_builder_new(&b, "header", err);
    if (rc == STATUS_OK) {
        rc = table_builder_column(b, &spec, &index, err);
    }
    if (rc == STATUS_OK) {
        rc = table_builder_rows(b, cells->column_count, &first, err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < cells->column_count; i++) {
        const char *name = cells->columns[i].name;
        rc = table_builder_text(b, index, i, text_slice_of(name, strlen(name)), err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, out, err);
    }
    table_builder_free(b);
    return rc;
}

/* `sheet` NULL: the first layer or sheet. */
static status layer_header(const char *path, const char *sheet, zygote *workers, file_header *out,
                           faults *faults_list)
{
    error err;
    const layer_options options = {.path = path, .name = sheet};
    status rc = layer_read(workers, &options, &out->source, faults_list);
    if (rc == STATUS_OK) {
        rc = fault_of(names_of(out->source->cells, &out->names, &err), &err, faults_list);
        out->kind = out->source->kind;
        out->cells = out->source->cells;
        out->source->cells = NULL;
    }
    return rc;
}

/* Without DuckDB nothing is read and nothing refused: the file is then a layer, as for imports. */
static status parquet_names(const char *path, zygote *workers, file_header *out,
                            faults *faults_list)
{
    parquet_facts facts = {0};
    const parquet_options options = {.path = path};
    const status rc = parquet_header(workers, &options, &out->names, &facts, faults_list);
    return facts.absent ? STATUS_OK : rc;
}

status file_header_read(const char *path, zygote *workers, file_header *out, faults *faults_list)
{
    *out = (file_header){0};
    if (parquet_is_called_for(path)) {
        const status rc = parquet_names(path, workers, out, faults_list);
        if (rc != STATUS_OK || out->names) {
            return rc;
        }
    }
    if (layer_is_called_for(path)) {
        return layer_header(path, NULL, workers, out, faults_list);
    }
    const read_options options = {.path = path};
    return table_read_header(&options, &out->names, faults_list);
}

/* --- which importer --- */

/* A header of codes alone fits many importers: what must also be there for a role to be meant. */
typedef struct decisive {
    const char *role;
    const char *columns[4];
} decisive;
static const decisive decisives[] = {
    {"communes", {"lon", "chef_lieu_lon"}},
    {"names", {"type", "departement", "region"}},
    {"membership", {"epci", "bassin_vie", "zone_emploi"}},
    {"venues", {"lon", "commune", "postcode"}},
    {"zoning", {"zone", "class"}},
};
/* Any list, or pair, of codes is one: never guessed. Facilities serve a run as counts by commune,
 * which the same file gives. */
static const char *const never_guessed[] = {"group", "perimeter", "passage", "facilities"};

static bool shows(const file_header *h, const importer *i, const char *name)
{
    for (size_t c = 0; c < i->column_count; c++) {
        if (strcmp(i->columns[c].name, name) == 0) {
            return importer_header_of(h->names, &i->columns[c]) != NULL;
        }
    }
    return false;
}

static bool is_meant(const file_header *h, const importer *i)
{
    for (size_t n = 0; n < sizeof never_guessed / sizeof *never_guessed; n++) {
        if (strcmp(i->role, never_guessed[n]) == 0) {
            return false;
        }
    }
    for (size_t d = 0; d < sizeof decisives / sizeof *decisives; d++) {
        if (strcmp(decisives[d].role, i->role) != 0 || !i->generic) {
            continue;
        }
        bool met = h->kind == GEOMETRY_POINT ||
                   (h->kind == GEOMETRY_POLYGON && strcmp(i->role, "communes") == 0);
        for (size_t c = 0; c < 4 && decisives[d].columns[c] && !met; c++) {
            met = shows(h, i, decisives[d].columns[c]);
        }
        return met;
    }
    return true;
}

/* Its columns that the header shows; 0 when it is not meant. A format that is nobody else's counts
 * more than any general one, one with a mark of its source most, and outlines are those of
 * communes.
 */
static size_t fit(const file_header *h, const importer *i)
{
    size_t shown = 0;
    bool marked = false;
    if (i->others_are_data || !importer_fits(i, h->names, &shown, &marked) || !is_meant(h, i)) {
        return 0;
    }
    const bool outlines = h->kind == GEOMETRY_POLYGON && strcmp(i->role, "communes") == 0;
    return shown + (i->generic ? 0 : 1000) + (marked ? 2000 : 0) + (outlines ? 500 : 0);
}

const importer *file_header_recognise(const file_header *h, const importer *const *importers)
{
    const importer *best = NULL;
    size_t best_fit = 0;
    for (size_t i = 0; importers[i]; i++) {
        const size_t own = fit(h, importers[i]);
        if (own > best_fit) {
            best = importers[i];
            best_fit = own;
        }
    }
    return best;
}

/* --- the folder --- */

typedef struct scan {
    const importer *const *importers;
    zygote *workers;
    progress *progress;
    found_file *files;
    size_t count;
    arena *memory;
    faults *list;
} scan;

static bool ends(const char *name, const char *end)
{
    const size_t size = strlen(name);
    const size_t tail = strlen(end);
    return size > tail && strcmp(name + size - tail, end) == 0;
}

static bool is_data_name(const char *name)
{
    static const char *const ends_of_data[] = {
        ".csv",     ".csv.gz", ".txt", ".txt.gz", ".tsv", ".geojson", ".geojson.gz", ".json",
        ".json.gz", ".gpkg",   ".shp", ".xlsx",   ".ods", ".zip",     ".parquet",    ".osm.pbf"};
    if (name[0] == '.' || is_provenance_name(name) || ends(name, ".part.json") ||
        strstr(name, ".new-") || strstr(name, ".old-")) {
        return false;
    }
    for (size_t i = 0; i < sizeof ends_of_data / sizeof *ends_of_data; i++) {
        if (ends(name, ends_of_data[i])) {
            return true;
        }
    }
    return false;
}

static status scan_failed(scan *s, size_t bytes)
{
    error err;
    return fault_of(memory_error(&err, bytes), &err, s->list);
}

static status scan_add(scan *s, const char *path, uint64_t bytes, const provenance *of_archive)
{
    const char *slash = strrchr(path, '/');
    if (s->count == FILES_MAX) {
        return faults_refuse(s->list, source_at(path, 0, 0), M_FOUND_TOO_MANY, (int)FILES_MAX);
    }
    provenance *own = arena_take(s->memory, 1, sizeof *own);
    if (!own) {
        return scan_failed(s, sizeof *own);
    }
    const bool known = provenance_read(path, s->memory, own);
    s->files[s->count++] = (found_file){.path = path,
                                        .name = slash ? slash + 1 : path,
                                        .role = "",
                                        .from = known ? own : of_archive,
                                        .bytes = bytes};
    return STATUS_OK;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static status scan_folder(scan *s, const char *folder, const provenance *of_archive, size_t depth);

/* A folder that an archive was unpacked into inherits what the archive is. */
static const provenance *folder_provenance(scan *s, const char *path, const provenance *above)
{
    static const char *const ends_of_archives[] = {".zip", ".7z"};
    for (size_t i = 0; i < 2; i++) {
        const char *archive = arena_format(s->memory, "%s%s", path, ends_of_archives[i]);
        provenance *own = arena_take(s->memory, 1, sizeof *own);
        if (archive && own && provenance_read(archive, s->memory, own) && *own->unpacked) {
            return own;
        }
    }
    return above;
}

static bool is_unpacked_archive(scan *s, const char *path)
{
    struct stat facts;
    const char *folder = unpack_folder_of(path, s->memory);
    return ends(path, ".zip") && folder && stat(folder, &facts) == 0 && S_ISDIR(facts.st_mode);
}

static status scan_entry(scan *s, const char *path, const char *name, const provenance *of_archive,
                         size_t depth)
{
    struct stat facts;
    struct stat own;
    if (lstat(path, &own) != 0 || stat(path, &facts) != 0 || name[0] == '.') {
        return STATUS_OK;
    }
    /* a link to a file is that file; a link to a folder could lead in circles */
    if (S_ISDIR(own.st_mode) && depth < DEPTH_MAX && !strstr(name, ".new-") &&
        !strstr(name, ".old-")) {
        return scan_folder(s, path, folder_provenance(s, path, of_archive), depth + 1);
    }
    if (!S_ISREG(facts.st_mode) || !is_data_name(name) || is_unpacked_archive(s, path)) {
        return STATUS_OK;
    }
    return scan_add(s, path, (uint64_t)facts.st_size, of_archive);
}

static status scan_folder(scan *s, const char *folder, const provenance *of_archive, size_t depth)
{
    struct dirent **list = NULL;
    const int count = scandir(folder, &list, NULL, by_name);
    status rc = STATUS_OK;
    if (count < 0) {
        return faults_refuse(s->list, source_at(folder, 0, 0), M_FOUND_NO_FOLDER, folder,
                             SYSTEM_CAUSE(errno));
    }
    for (int i = 0; i < count; i++) {
        const char *path = arena_format(s->memory, "%s/%s", folder, list[i]->d_name);
        if (!path) {
            rc = scan_failed(s, 256);
        }
        if (rc == STATUS_OK) {
            rc = scan_entry(s, path, list[i]->d_name, of_archive, depth);
        }
        free(list[i]);
    }
    free(list);
    return rc;
}

static const importer *importer_named(const importer *const *importers, const char *id)
{
    for (size_t i = 0; *id && importers[i]; i++) {
        if (strcmp(importers[i]->id, id) == 0) {
            return importers[i];
        }
    }
    return NULL;
}

/* What the catalogue says, where the header agrees; else what the header says. */
static void judge(const scan *s, found_file *f, const file_header *header)
{
    const importer *told = f->from ? importer_named(s->importers, f->from->importer) : NULL;
    const importer *by_role = f->from && !told && *f->from->role
                                  ? importer_recognise(s->importers, f->from->role, header->names)
                                  : NULL;
    const importer *claimed = told ? told : by_role;
    f->told = claimed && importer_recognise((const importer *const[]){claimed, NULL}, claimed->role,
                                            header->names) != NULL;
    f->by = f->told ? claimed : file_header_recognise(header, s->importers);
    f->role = f->by ? f->by->role : "";
}

/* A workbook's first sheet may present the file or list the zones: the first sheet that tells, as
 * reading does. */
static void judge_other_sheets(const scan *s, found_file *f, const layer *book)
{
    error err;
    for (size_t i = 0; !f->by && i < book->layer_count; i++) {
        faults *aside = NULL;
        file_header header = {0};
        if (strcmp(book->layers[i], book->name) != 0 && faults_new(&aside, &err) == STATUS_OK &&
            layer_header(f->path, book->layers[i], s->workers, &header, aside) == STATUS_OK) {
            judge(s, f, &header);
        }
        file_header_clear(&header);
        faults_free(aside);
    }
}

/* Why it cannot be read: a damaged file, a library to install. */
static status keep_cause(scan *s, found_file *f, const faults *aside)
{
    for (size_t i = 0; i < faults_count(aside); i++) {
        const fault *one = faults_at(aside, i);
        if (one->severity == SEVERITY_FAULT) {
            f->unread_fr = arena_text(s->memory, one->fr);
            f->unread_en = arena_text(s->memory, one->en);
            return f->unread_fr && f->unread_en ? STATUS_OK : scan_failed(s, 256);
        }
    }
    return STATUS_OK;
}

static status recognise(scan *s, found_file *f)
{
    error err;
    faults *aside = NULL;
    file_header header = {0};
    if (ends(f->name, ".osm.pbf")) {
        f->role = "roads";
        f->told = f->from != NULL;
        return STATUS_OK;
    }
    status rc = fault_of(faults_new(&aside, &err), &err, s->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    if (file_header_read(f->path, s->workers, &header, aside) == STATUS_OK) {
        judge(s, f, &header);
        if (!f->by && header.source && header.source->header_row) {
            judge_other_sheets(s, f, header.source);
        }
    } else if (faults_status(aside) == STATUS_INTERRUPTED) {
        rc = STATUS_INTERRUPTED;
        faults_append(s->list, aside);
    } else {
        rc = keep_cause(s, f, aside);
    }
    file_header_clear(&header);
    faults_free(aside);
    return rc;
}

static status recognise_all(scan *s)
{
    error err;
    for (size_t i = 0; i < s->count; i++) {
        if (progress_cancelled(s->progress)) {
            (void)error_set(&err, STATUS_INTERRUPTED, M_FETCH_STOPPED);
            return faults_add_error(s->list, SOURCE_NONE, &err);
        }
        const status rc = recognise(s, &s->files[i]);
        if (rc != STATUS_OK) {
            return rc;
        }
        progress_advance(s->progress, i + 1, s->count);
    }
    return STATUS_OK;
}

status found_scan(const char *folder, const importer *const *importers, zygote *workers,
                  progress *p, found_files **out, faults *faults_list)
{
    error err;
    found_files *made = NULL;
    scan s = {.importers = importers, .workers = workers, .progress = p, .list = faults_list};
    *out = NULL;
    status rc = fault_of(arena_new(&s.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = take_array(s.memory, 1, sizeof *made, &made, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(s.memory, FILES_MAX, sizeof *s.files, &s.files, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = scan_folder(&s, folder, NULL, 0);
    }
    if (rc == STATUS_OK) {
        rc = recognise_all(&s);
    }
    if (rc != STATUS_OK) {
        arena_free(s.memory);
        return rc;
    }
    *made = (found_files){.at = s.files, .count = s.count, .memory = s.memory};
    *out = made;
    return rc;
}

void found_free(found_files *f)
{
    if (f) {
        arena_free(f->memory);
    }
}
