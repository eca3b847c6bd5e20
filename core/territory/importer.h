/* territory/importer.h: how a published file becomes a canonical table.
 *
 * An importer is a constant struct in datasets/<source>/, listed once in cli/main.c and handed
 * down. It is chosen by the run file's `format:`, else by the header of the file among those of the
 * role. Canonical columns (text unless said; absent ones are simply not there): communes    code,
 * name, population f64 {person}, lon lat f64 deg, arrondissement, departement, region, epci,
 * bassin_vie, zone_emploi, aav, density7 u32; outlines may come with it names       code, name,
 * type (COM ARM COMD COMA), departement, region, arrondissement, parent membership  code, then one
 * column per level (epci, epci_name, bassin_vie, bassin_vie_name, ...) population  code, population
 * f64 flows       o, j, workers f64 {person}                            (codes of communes) detail
 * o, j, mode (home walk bicycle two_wheeler car transit non_motorised), cs u32 1..6, workers f64
 *   venues      id, name, kind, functions, commune, lon f64, lat f64, address, postcode, city,
 * status, label, capacity f64, legal_form, opened (date), in_scope, itinerant ("1"), siret
 * postcodes postcode, name, code addresses street, number, suffix, postcode, code, city, old_code,
 * old_city, lon f64, lat f64 cells       id, x f64 m, y f64 m (centre, EPSG:3035), size_m f64,
 * population f64, commune group       code, group, group_name density     code, density7 u32 (1..7)
 * perimeter code Codes of communes are checked here, every fault at once: five characters, digits
 * or 2A/2B and three; a four-digit code is refused (a spreadsheet dropped its zero). */
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
    const char *role;
    encoding encoding;
    int32_t epsg; /* of the point columns; 0: 4326 */
    const column_binding *bindings;
    size_t binding_count;
    zygote *workers;
    int32_t vintage;  /* as the run file says it; 0: not said */
    source_ref where; /* the run file's line, for faults about the file as a whole */
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

typedef struct importer {
    const char *id; /* "insee-base-flux" */
    const char *role;
    const char *title_fr, *title_en;
    const char *producer, *licence; /* printed under Sources */
    const wanted_column *columns;
    size_t column_count;
    bool
        generic; /* its columns may be told by the run file alone; else the header must show them */
    const char
        *separators; /* of the published text file, ";,"; NULL: any. Another one is refused */
    /* After the columns were read by the shared code: unpivots, maps codes, checks. NULL: nothing
     * to do. Replaces in->rows when it must. */
    status (*finish)(const import_request *request, imported *in, faults *faults_list);
} importer;

/* Reads by the importer that the request names or the header calls for: `importers` is
 * NULL-terminated. No importer fits: refused, with the columns found and those of the nearest
 * importers. */
MUST_CHECK status import_file(const importer *const *importers, const import_request *request,
                              imported *out, faults *faults_list);
/* The importer whose required columns the header has; NULL when none (for `bassin check`). */
const importer *importer_recognise(const importer *const *importers, const char *role,
                                   const table *header);
/* The header that a column of an importer takes among those of a file, as reading does: exact
 * aliases first, then folded ones; NULL when it shows none. */
const char *importer_header_of(const table *header, const wanted_column *wanted);

#endif
