/* territory/importer.h: how a published file becomes a canonical table.
 *
 * An importer is a constant struct in datasets/<source>/, listed once in cli/main.c and handed
 * down. It is chosen by the run file's `format:`, else by the header of the file among those of the
 * role.
 *
 * Canonical columns, by role (text unless said; absent ones are simply not there):
 * - communes: code, name, population f64 {person}, lon lat f64 deg, arrondissement, departement,
 *   region, epci, bassin_vie, zone_emploi, aav, density7 u32; outlines may come with it
 * - names: code, name, type (COM ARM COMD COMA), departement, region, arrondissement, parent
 * - membership: code, then one column per level (epci, epci_name, bassin_vie, bassin_vie_name, ...)
 * - population: code, population f64, population_apart f64, population_total f64 {person}
 * - flows: o, j (codes of communes), workers f64 {person}
 * - flows_departement: o, o_name, j, j_name, workers f64 {worker}
 * - detail: o, j, mode (home walk bicycle two_wheeler car transit non_motorised), cs u32 1..6,
 *   workers f64
 * - venues: id, name, kind, functions, commune, lon f64, lat f64, address, postcode, city, status,
 *   label, label_state, label_start, label_end, capacity f64, legal_form, opened (date), in_scope,
 *   itinerant ("1"), wheelchair, hours_week f64 h, open_saturday, open_evening, by_appointment f64
 *   (0 or 1), siret
 * - venue-themes: id, and any text or f64 column of venues
 * - postcodes: postcode, name, code
 * - addresses: street, number, suffix, postcode, code, city, old_code, old_city, lon f64, lat f64
 * - cells: id, x f64 m, y f64 m (centre), size_m f64, grid f64 (EPSG of the grid), population f64,
 *   commune, imputed f64 (above 0: imputed)
 * - group: code, group, group_name
 * - density: code, density7 u32 (1..7)
 * - perimeter: code
 * - movements: mod, date (YYYY-MM-DD), type_from, from, type_to, to; communes only
 * - passage: from, to, ratio f64, year_from year_to i64
 * - zoning: code (of a commune; with outlines: codes, any separator, or none), member f64 0 or 1
 *   (absent: every row is in), class (the file's word where it says more), zone and zone_name (of
 *   the zone itself); outlines may come with it, row for row
 * - foreign_places: code (of a work place abroad), name, lon lat f64 deg
 * - context: code, then f64 columns with unit and titles, one value a commune
 * - travel_times: from, to (codes of communes or cells, ids of venues), minutes f64 {min}, km f64
 * {km}
 * - facilities: code, type (TYPEQU), lon lat f64 deg (missing: no point), quality, year
 *
 * Codes of communes are checked here, every fault at once: five characters, digits or 2A/2B and
 * three; a four-digit code is refused (a spreadsheet dropped its zero). */
#ifndef TERRITORY_IMPORTER_H
#define TERRITORY_IMPORTER_H

#include "base/hash.h"
#include "base/worker.h"
#include "geo/layer.h"
#include "table/ledger.h"
#include "table/reader.h"

/* The run file's word on a column: canonical name -> header of the file. */
typedef struct column_binding {
    const char *column;
    const char *header;
} column_binding;

typedef struct import_request {
    const char *path;
    const char *member; /* of a .zip, or layer/sheet name; NULL: the only or first one */
    const char *format; /* importer id from the run file; NULL: recognised */
    const char *role;   /* NULL: any (recognising a file) */
    encoding encoding;
    int32_t epsg; /* of the point columns; 0: 4326 */
    const column_binding *bindings;
    size_t binding_count;
    const char *const *numbers; /* headers read beside, as numbers named "context_<header>"; NULL */
    size_t number_count;
    zygote *workers;
    const struct taxonomy *kinds; /* whose tags call venues out of an OSM extract; NULL: none */
    int threads;                  /* for an OSM extract; 0: one */
    int32_t vintage;              /* as the run file says it; 0: not said */
    source_ref where;             /* the run file's line, for faults about the file as a whole */
} import_request;

typedef struct imported {
    table *rows;        /* canonical; provenance kept */
    polygons *outlines; /* row for row with `rows`, or NULL */
    const struct importer *by;
    read_facts facts; /* sha256, encoding, rows... */
    int32_t vintage;  /* data year told by the file itself (NBFLUX_C14 -> 2014); 0 unknown */
    /* Rows that the importer left out (associated communes of the COG), and why; 0: none. */
    size_t left_out;
    const char *left_out_fr, *left_out_en;
} imported;
void imported_clear(imported *i);
/* What the rows say, outlines included, in whatever order the file gives them: two files that
 * differ in the order of their rows alone have the same digest. */
MUST_CHECK status imported_digest(const imported *in, int threads, sha256_hex *out, error *err);
/* Adds the columns of `theme` (texts and f64) to the rows of `into` with the same id: where both
 * say something, what `into` says stands, and kinds add up. *matched: rows of the theme that were
 * used. A repeated id of the theme is refused. */
MUST_CHECK status imported_join(imported *into, const imported *theme, size_t *matched,
                                faults *faults_list);

typedef struct importer {
    const char *id; /* "insee-base-flux" */
    const char *role;
    const char *title_fr, *title_en;
    const char *producer, *licence; /* printed under Sources */
    const wanted_column *columns;
    size_t column_count;
    const char *const *marks; /* headers of this source alone ('*' at the end as in aliases): one
                                 of them says that the file is it; NULL: its columns tell */
    bool generic; /* its columns may be told by the run file alone; else the header must show them
                     (and a mark, where it has marks) */
    bool osm;     /* reads an OSM extract: the aliases of its columns are the tags to bring */
    const char
        *separators; /* of the published text file, ";,"; NULL: any. Another one is refused */
    bool headerless; /* its columns are "1", "2"...; told by the form of the first line's code */
    bool others_are_data; /* reads columns that the run file names: there must be some */
    bool empty_is_zero;   /* numbers of `numbers` below: a crosstab leaves its zeros empty */
    /* After the columns were read by the shared code: unpivots, maps codes, checks. NULL: nothing
     * to do. Replaces in->rows when it must. */
    status (*finish)(const import_request *request, imported *in, faults *faults_list);
} importer;

/* Reads by the importer that the request names or the header calls for: `importers` is
 * NULL-terminated. No importer fits: refused, with the columns found and those of the nearest
 * importers. */
MUST_CHECK status import_file(const importer *const *importers, const import_request *request,
                              imported *out, faults *faults_list);
/* The importer whose required columns the header has; NULL when none. */
const importer *importer_recognise(const importer *const *importers, const char *role,
                                   const table *header);
/* The header that a column of an importer takes among those of a file, as reading does: exact
 * aliases first, then folded ones; NULL when it shows none. */
const char *importer_header_of(const table *header, const wanted_column *wanted);

/* Whether an importer reads such a file; how many of its columns the header shows, and whether a
 * mark of its source is among them. */
MUST_CHECK bool importer_fits(const importer *by, const table *header, size_t *columns,
                              bool *marked);

/* What a file is, whatever its role: for `bassin check`. */
enum { RECOGNITION_OTHERS = 8 };
typedef struct recognition {
    const importer *by;      /* marked by the header, else the one that reads most of it; NULL */
    const importer *nearest; /* when none fits; NULL */
    const importer *others[RECOGNITION_OTHERS]; /* of other roles, that the header fits too */
    size_t other_count;
    table *header;    /* text column "name"; NULL: unreadable */
    read_facts facts; /* of a refused file too */
    int32_t vintage;  /* told by the file, 0 unknown */
    bool is_layer;    /* read through geo/layer.h */
    char sheet[256];  /* layer or sheet that was read, "" none */
    uint64_t header_row;
    uint64_t damaged; /* of a layer: texts whose encoding was broken before (warned of) */
    char unread[384]; /* headers that the importer does not read, as a list */
    imported rows;    /* rows.rows NULL when refused */
} recognition;
/* Recognises among every role, then reads; request->role is NULL. All faults are in the list. */
MUST_CHECK status import_recognise(const importer *const *importers, const import_request *request,
                                   recognition *out, faults *faults_list);
void recognition_clear(recognition *r);

#endif
