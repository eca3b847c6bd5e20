/* datasets/catalogue: the official files that `bassin fetch` knows, in an editable table.
 *
 * catalogue.csv holds one row a file: what it is, whose, under which licence, where it was
 * published, and what it serves. An address may hold {departement}, {region} or {osm_area}: one
 * file is then fetched per département, région or old région of the territory. Every fault of the
 * table is told at once, with its line. */
#ifndef CATALOGUE_CATALOGUE_H
#define CATALOGUE_CATALOGUE_H

#include "territory/importer.h"

/* How a territory was named; also the bits of `default` in the catalogue. */
typedef enum territory_level {
    TERRITORY_UNKNOWN = 0, /* a bare name, until it is found */
    TERRITORY_COMMUNE = 1,
    TERRITORY_EPCI = 2,
    TERRITORY_DEPARTEMENT = 4,
    TERRITORY_REGION = 8,
    TERRITORY_METROPOLE = 16,
    TERRITORY_FRANCE = 32,
    TERRITORY_ANY = 63
} territory_level;

typedef enum archive_kind { ARCHIVE_KEPT, ARCHIVE_ZIP, ARCHIVE_7Z } archive_kind;
typedef enum file_extent { EXTENT_FRANCE, EXTENT_METROPOLE } file_extent;

typedef struct catalogue_entry {
    const char *id;
    unsigned levels; /* territory_level bits it is fetched for by default; 0: when asked (--only) */
    const char *role;     /* of the importers, or "roads"; "" nothing reads it yet */
    const char *importer; /* "" told by the header */
    const char *title_fr, *title_en, *producer, *licence;
    const char *vintage; /* of the data, as printed: "2022" */
    int32_t geography;   /* year of the communes' codes; 0: not known */
    file_extent extent;
    const char *address, *file; /* both may hold placeholders */
    archive_kind archive;       /* ARCHIVE_KEPT: left as it is */
    const char *members;        /* patterns of what is unpacked, "a|b"; "" everything */
    uint64_t size;              /* bytes; 0: not known */
    bool size_exact;            /* verified; else only shown */
    const char *sha256;         /* 64 digits, "" when it changes or nobody recorded it */
    bool changes;               /* the file behind the address is renewed in place */
    const char *page;           /* where the producer presents it; "" not known */
    source_ref where;
} catalogue_entry;

typedef struct catalogue {
    const catalogue_entry *entries; /* in the order of the file */
    size_t count;
    arena *memory;
} catalogue;

/* `importers` (NULL-terminated) tell which roles and ids exist. */
MUST_CHECK status catalogue_read(const char *path, const importer *const *importers,
                                 catalogue **out, faults *faults_list);
void catalogue_free(catalogue *c); /* takes NULL */
const catalogue_entry *catalogue_find(const catalogue *c, const char *id);

/* What an address is cut by. */
typedef enum cut { CUT_NONE, CUT_DEPARTEMENT, CUT_REGION, CUT_OSM_AREA } cut;
cut entry_cut(const catalogue_entry *e);
/* `text` with its placeholder replaced by `value`; taken from `memory`, NULL when out of it. */
char *cut_text(const char *text, cut by, const char *value, arena *memory);

/* A plain name of a file, that nothing of ours or of the system reads otherwise. */
bool file_name_is_plain(const char *name);

#endif
