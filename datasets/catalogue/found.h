/* datasets/catalogue/found.h: what the files of a data folder are: by their provenance, and always
 * by their header, through the importers. */
#ifndef CATALOGUE_FOUND_H
#define CATALOGUE_FOUND_H

#include "base/progress.h"
#include "datasets/catalogue/provenance.h"

typedef struct found_file {
    const char *path;       /* from the folder's own path */
    const char *name;       /* last part */
    const char *role;       /* of the importers, or "roads"; "" when nothing reads it */
    const importer *by;     /* NULL: roads, or not recognised */
    const provenance *from; /* of the file, or of the archive it was in; NULL: put there by hand */
    bool told;              /* the catalogue says what it is; else its header alone */
    uint64_t bytes;
    const char *unread_fr, *unread_en; /* why its header cannot be read; NULL: it can */
} found_file;

typedef struct found_files {
    const found_file *at; /* in the order of their paths */
    size_t count;
    arena *memory;
} found_files;

/* Looks into every file of the folder and its subfolders, except what is being fetched. Files that
 * no importer knows are listed without a role. STATUS_INPUT when the folder is not there. */
MUST_CHECK status found_scan(const char *folder, const importer *const *importers, zygote *workers,
                             progress *p, found_files **out, faults *faults_list);
void found_free(found_files *f); /* takes NULL */

/* The headers of a file as importers see them (text column "name"), and whether it has outlines. */
typedef struct file_header {
    table *names;
    table *cells; /* of a spreadsheet or layer; NULL for text */
    geometry_kind kind;
    layer *source; /* of a spreadsheet or layer, less its cells: its other sheets */
} file_header;
MUST_CHECK status file_header_read(const char *path, zygote *workers, file_header *out,
                                   faults *faults_list);
void file_header_clear(file_header *h);
/* The importer that fits best, NULL when none does. */
const importer *file_header_recognise(const file_header *h, const importer *const *importers);

#endif
