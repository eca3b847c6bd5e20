/* datasets/catalogue/fetch.h: the files of a territory, from the catalogue to a data folder.
 *
 * plan: what the territory calls for, and what is already there. fetch_all: download, verify, name,
 * unpack, one after the other; every failure is told at the end, and an earlier good file stays. */
#ifndef CATALOGUE_FETCH_H
#define CATALOGUE_FETCH_H

#include "base/progress.h"
#include "datasets/catalogue/areas.h"
#include "datasets/catalogue/download.h"

typedef struct fetch_options {
    const char *territory, *folder;
    const char *mirror; /* NULL; a folder, or the start of an address */
    const char *only;   /* NULL; "id,id": these entries, default or not */
    const catalogue *catalogue;
    const areas *areas;
    const importer *const *importers;
    zygote *workers;
    progress *progress;
    download_rules rules;
} fetch_options;

typedef enum item_state {
    ITEM_ABSENT,
    ITEM_PART,    /* begun: will be gone on with */
    ITEM_THERE,   /* as it was fetched */
    ITEM_BY_HAND, /* there, and nothing says whence */
    ITEM_OTHER,   /* not what the catalogue's checksum says: replaced */
    ITEM_CHANGED  /* changed by someone since it was fetched: left alone */
} item_state;

typedef struct fetch_item {
    const catalogue_entry *entry;
    const char *address, *file, *path;
    item_state state;
    const char *fetched; /* the day it was; "" */
    uint64_t bytes;      /* on the disk; else as catalogued, 0 not known */
    bool done;           /* fetched now */
} fetch_item;

typedef struct fetch_plan {
    fetch_item *items;
    size_t count;
    territory_word word;
    bool cut_waits;   /* entries by département wait for the communes to be known */
    size_t elsewhere; /* entries that do not cover the territory */
    size_t there, done, failed;
    uint64_t done_bytes;
    arena *memory;
} fetch_plan;

/* Opens no socket. STATUS_USAGE for a territory that means nothing or two things. */
MUST_CHECK status fetch_plan_make(const fetch_options *options, fetch_plan **out,
                                  faults *faults_list);
/* Takes the folder's lock (STATUS_BUSY when held). */
MUST_CHECK status fetch_all(const fetch_options *options, fetch_plan *plan, faults *faults_list);
void fetch_plan_free(fetch_plan *plan); /* takes NULL */

#endif
