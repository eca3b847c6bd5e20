/* datasets/catalogue/provenance.h: where a file of the data folder comes from: JSON beside it. */
#ifndef CATALOGUE_PROVENANCE_H
#define CATALOGUE_PROVENANCE_H

#include "datasets/catalogue/catalogue.h"
#include "datasets/catalogue/download.h"
#include "datasets/catalogue/unpack_folder.h"

typedef struct provenance {
    const char *id, *title_fr, *title_en, *producer, *licence, *vintage, *role, *importer;
    int32_t geography; /* 0: not known */
    const char *address, *final_address;
    const char *origin;   /* "address", "mirror", or "by_hand": found there under that name */
    const char *mirror;   /* the folder or address used in place; "" none */
    const char *fetched;  /* 2026-03-01T08:00:00Z */
    const char *verified; /* "sha256", "size", "none" */
    uint64_t bytes;
    const char *sha256;
    const char *unpacked; /* name of the folder beside; "" none */
} provenance;

/* "<path>.provenance.json" */
char *provenance_path(const char *path, arena *memory);
bool is_provenance_name(const char *name);
/* False when there is none, or it cannot be read. Texts are of the arena. */
MUST_CHECK bool provenance_read(const char *path, arena *memory, provenance *out);
MUST_CHECK status provenance_write(const char *path, const provenance *p,
                                   const unpacked_list *members, arena *memory, error *err);

#endif
