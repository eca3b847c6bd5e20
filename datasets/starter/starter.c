#include "datasets/starter/starter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/paths.h"
#include "datasets/starter/messages.h"
#include "datasets/starter/run_file.h"
#include "geo/parquet.h"
#include "territory/support.h"

/* What one beginning needs, until it is written. */
typedef struct starting {
    const starter_options *options;
    arena *memory;
    found_files *found;
    chosen files;
    territory_word word;
    user_list list;
    table *cells;
    starter_summary *summary;
    faults *list_of_faults;
} starting;

/* --- the territory --- */

static status find_in(starting *s, const found_file *f)
{
    error err;
    faults *aside = NULL;
    imported in = {0};
    if (!f || territory_word_is_whole(&s->word)) {
        return STATUS_OK;
    }
    status rc = fault_of(faults_new(&aside, &err), &err, s->list_of_faults);
    if (rc != STATUS_OK) {
        return rc;
    }
    const import_request request = {
        .path = f->path, .role = f->role, .workers = s->options->workers};
    if (import_file(s->options->importers, &request, &in, aside) == STATUS_OK) {
        rc = fault_of(territory_word_find(s->options->areas, in.rows, s->memory, &s->word, &err),
                      &err, s->list_of_faults);
    }
    imported_clear(&in);
    faults_free(aside);
    return rc;
}

static status read_territory(starting *s)
{
    error err;
    status rc = fault_of(
        territory_word_read(s->options->areas, s->options->territory, s->memory, &s->word, &err),
        &err, s->list_of_faults);
    return rc;
}

/* A name is looked for among the communes of the folder; an EPCI needs no département here. */
static status find_territory(starting *s)
{
    error err;
    if (s->word.keep) {
        return STATUS_OK;
    }
    status rc = find_in(s, s->files.membership);
    if (rc == STATUS_OK && !s->word.keep) {
        rc = find_in(s, s->files.names);
    }
    if (rc == STATUS_OK && !s->word.keep) {
        rc = fault_of(territory_word_unknown(s->options->areas, &s->word, &err), &err,
                      s->list_of_faults);
    }
    return rc;
}

/* --- the list of venues --- */

/* The rows as texts, whatever the kind of file. */
static status read_cells(starting *s, file_header *header)
{
    const char *path = s->options->venues;
    if (header->cells) {
        s->cells = header->cells;
        header->cells = NULL;
        return STATUS_OK;
    }
    if (parquet_is_called_for(path)) {
        return faults_refuse(s->list_of_faults, source_at(path, 0, 0), M_START_PARQUET_LIST);
    }
    const read_options options = {.path = path};
    return table_read(&options, &s->cells, NULL, s->list_of_faults);
}

static status read_list(starting *s)
{
    error err;
    file_header header = {0};
    const starter_options *o = s->options;
    if (!o->venues) {
        return STATUS_OK;
    }
    status rc = file_header_read(o->venues, o->workers, &header, s->list_of_faults);
    if (rc == STATUS_OK) {
        const importer *by = file_header_recognise(&header, o->importers);
        const bool published = by && strcmp(by->role, "venues") == 0 && !by->generic;
        s->list = (user_list){.path = o->venues, .by = published ? by : NULL};
        rc = read_cells(s, &header);
    }
    if (rc == STATUS_OK && s->cells->rows == 0) {
        rc = faults_refuse(s->list_of_faults, source_at(o->venues, 0, 0), M_START_EMPTY_LIST);
    }
    if (rc == STATUS_OK) {
        s->list.cells = s->cells;
        rc = fault_of(venue_columns_guess(s->cells, o->kinds, header.kind == GEOMETRY_POINT,
                                          s->memory, &s->list.columns, &err),
                      &err, s->list_of_faults);
    }
    if (rc == STATUS_OK && !s->list.by && !guessed_header(&s->list.columns, FIELD_NAME)) {
        rc = faults_refuse(s->list_of_faults, source_at(o->venues, 1, 0), M_START_NO_NAME);
    }
    file_header_clear(&header);
    return rc;
}

/* --- the file --- */

static status check_output(const starting *s)
{
    struct stat facts;
    const char *path = s->options->output;
    return lstat(path, &facts) != 0
               ? STATUS_OK
               : faults_refuse(s->list_of_faults, source_at(path, 0, 0), M_START_EXISTS);
}

static status write_text(starting *s, const char *folder)
{
    error err;
    run_file_text r = {.options = s->options,
                       .word = &s->word,
                       .files = &s->files,
                       .found = s->found,
                       .list = &s->list,
                       .folder = folder,
                       .memory = s->memory,
                       .summary = s->summary};
    run_file_write(&r);
    status rc = r.failed ? memory_error(&err, r.text.size)
                         : file_write_atomic(s->options->output, r.text.at, r.text.size, &err);
    text_buffer_clear(&r.text);
    return fault_of(rc, &err, s->list_of_faults);
}

static status write_output(starting *s)
{
    error err;
    char *parent = path_parent(s->options->output);
    status rc = parent ? folder_make(parent, &err) : memory_error(&err, 64);
    char *real = rc == STATUS_OK ? realpath(parent, NULL) : NULL;
    if (rc == STATUS_OK && !real) {
        rc = error_set(&err, STATUS_ENVIRONMENT, M_START_FOLDER, parent, SYSTEM_CAUSE(errno));
    }
    rc = rc == STATUS_OK ? write_text(s, real) : fault_of(rc, &err, s->list_of_faults);
    free(real); /* realpath's own allocation */
    memory_free(parent);
    return rc;
}

static status start(starting *s)
{
    const starter_options *o = s->options;
    status rc = check_output(s);
    if (rc == STATUS_OK) {
        rc = read_territory(s);
    }
    if (rc == STATUS_OK) {
        rc = found_scan(o->data_folder, o->importers, o->workers, o->progress, &s->found,
                        s->list_of_faults);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    files_choose(s->found, &s->files);
    if (!s->files.communes) {
        return faults_refuse(s->list_of_faults, source_at(o->data_folder, 0, 0),
                             M_START_NO_COMMUNES, o->territory);
    }
    rc = find_territory(s);
    if (rc == STATUS_OK) {
        rc = read_list(s);
    }
    return rc == STATUS_OK ? write_output(s) : rc;
}

status starter_write(const starter_options *options, starter_summary *out, faults *faults_list)
{
    error err;
    starting s = {.options = options, .summary = out, .list_of_faults = faults_list};
    *out = (starter_summary){0};
    status rc = fault_of(arena_new(&s.memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = start(&s);
    }
    table_free(s.cells);
    found_free(s.found);
    arena_free(s.memory);
    return rc;
}
