/* engine/inputs/inspect.h: what one data file is, for `bassin check FILE`: its kind among the
 * importers, a road file, or an archive of files; and every fault that a run would find in it. */
#ifndef ENGINE_INSPECT_H
#define ENGINE_INSPECT_H

#include "engine/run.h"

typedef enum inspected_form {
    INSPECTED_TEXT,    /* delimited text */
    INSPECTED_LAYER,   /* workbook, GeoJSON, GeoPackage, shapefile... */
    INSPECTED_PBF,     /* OpenStreetMap roads */
    INSPECTED_OSM,     /* OpenStreetMap XML */
    INSPECTED_GRAPH,   /* DIMACS .gr */
    INSPECTED_NETWORK, /* made by bassin network */
    INSPECTED_PACK,    /* an archive of several files */
} inspected_form;

typedef struct inspection {
    inspected_form form;
    recognition found;   /* TEXT, LAYER; PACK: of its first known file, without rows */
    char member[256];    /* file inside a .zip that was read; PACK: the first one; "" */
    size_t members;      /* PACK */
    size_t unknown;      /* PACK: files that no importer reads */
    uint64_t rows;       /* records in the file; PACK: of all files. Left out ones are counted */
    uint64_t left_out;   /* of them, rows that the importer leaves */
    uint64_t nodes;      /* PBF, OSM: nodes of the file; GRAPH, NETWORK: nodes */
    uint64_t ways;       /* OSM: every way; PBF, OSM: highways below; GRAPH, NETWORK: arcs */
    uint64_t highways;   /* ways with the tag highway */
    uint64_t damaged;    /* texts whose encoding was broken */
    uint64_t main_nodes; /* NETWORK: of the main component */
    bool has_hierarchy;  /* NETWORK */
} inspection;

/* Whether it is known and read; faults, warnings and notes are in the list. */
MUST_CHECK status inspect_file(const char *path, const run_environment *environment,
                               inspection *out, faults *faults_list);
void inspection_clear(inspection *i);

#endif
