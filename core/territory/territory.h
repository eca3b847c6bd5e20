/* territory/territory.h: places, their outlines, points, groupings and neighbours. Immutable. */
#ifndef TERRITORY_TERRITORY_H
#define TERRITORY_TERRITORY_H

#include "geo/polygons.h"
#include "geo/topology.h"
#include "territory/importer.h"

#define PLACE_NONE UINT32_MAX
#define GROUP_NONE UINT32_MAX

typedef enum point_class {
    POINT_GIVEN = 0,
    POINT_CELLS,
    POINT_CHEF_LIEU,
    POINT_SURFACE,
    POINT_NONE
} point_class;
const char *point_class_name(point_class c); /* "given" "cells" "chef_lieu" "surface" "none" */

/* One way of grouping places: level "epci", "bassin_vie", "zone_emploi", "arrondissement",
 * "departement", "region", "densite", "france", or a group of the run file ("group_<n>"). */
typedef struct grouping {
    const char *level, *title_fr, *title_en;
    size_t group_count;
    const char *const *code, *const *name; /* by code; only groups that hold a kept place */
    const uint32_t *of_place; /* place_count, margin too; GROUP_NONE: in none of these */
    const uint32_t *outside;  /* communes of each group that are known and not kept; 0 for the
                                 levels that are no areas ("densite") and the whole ("france") */
} grouping;

typedef struct territory {
    /* Places in the order of their code: those kept, then nothing else is different about margin
     * places than kept[p] == 0. */
    const table *places; /* code, name, population, point_class, lon, lat, x_m, y_m, area_km2,
                            density7, departement, region, epci, bassin_vie, zone_emploi,
                            arrondissement, kept, border_km (to the edge of the data); provenance */
    size_t place_count;
    const char *const *code, *const *name;
    const double *population; /* NaN where missing */
    const double *lon, *lat;  /* NaN where the place has no point */
    const double *x_m,
        *y_m; /* in `epsg`; when that is 4326, in the CRS of the place's département */
    const uint32_t *density; /* 1..7, 0 unknown */
    const uint8_t *kept;
    int32_t epsg;             /* projected CRS of the territory; 4326 where there are several */
    const polygons *outlines; /* EPSG:4326, row for row; NULL when only points are known */
    const topology
        *borders; /* of the outlines in `epsg` metres (degrees when 4326); NULL with them */
    const uint64_t *neighbour_start; /* queen contiguity, CSR; NULL without outlines */
    const uint32_t *neighbour;
    const grouping *groupings;
    size_t grouping_count;
    const code_index *by_code;
    /* Codes of communes that exist without being places here: dropped by the perimeter, or named by
     * the COG, membership or population file. Sorted. And the départements that have a loaded
     * commune. */
    const char *const *elsewhere;
    size_t elsewhere_count;
    const char *const *departements;
    size_t departement_count;
    const char *title; /* of the perimeter: "Seine-et-Marne", "Île-de-France", ... */
    /* Where the places are cells: the communes they lie in (they outlive this), the commune of each
     * cell, and the cells of each commune as CSR, ascending. All NULL and 0 where the places are
     * communes. */
    const struct territory *communes;
    const uint32_t *commune;
    const uint64_t *cell_start;
    const uint32_t *cell;
    double cell_m;          /* side of the square */
    const uint8_t *imputed; /* 1: INSEE estimated the cell's figures from a larger one */
    arena *memory;
} territory;

/* What the run file says of the perimeter. */
typedef struct perimeter {
    const char *keep; /* "departement:77" "region:11" "epci:<SIREN>" "commune:77288" "metropole"
                         "france", a level of the membership and a code or name
                         ("bassin_vie:77186", "departement:Seine-et-Marne"), or a bare name;
                         NULL: everything loaded */
    const table *keep_codes; /* or a table with a text column "code"; NULL */
    double margin_km; /* places whose point is within this distance of a kept place's point stay */
    source_ref where;
} perimeter;

typedef struct group_input {
    const char *title;
    const imported *rows;
} group_input;

typedef struct territory_inputs {
    const imported *communes; /* required: role communes */
    const imported *names;    /* others may be NULL */
    const imported *membership;
    const imported *population;
    const imported
        *cells; /* population-weighted points; a cell of several communes is shared equally */
    const imported *density; /* role density; else density7 of membership or communes */
    const group_input *groups;
    size_t group_count;
    bool cells_are_places;     /* territory_cells is called next, and counts the cells */
    bool fold_arrondissements; /* Paris, Lyon, Marseille arrondissements into their commune */
    perimeter perimeter;
} territory_inputs;

MUST_CHECK status territory_build(const territory_inputs *in, ledger *balance, territory **out,
                                  faults *faults_list);
/* The cells of loaded communes as places: code (INSPIRE id), name of their commune, population,
 * centre, square outline, everything else from their commune; kept where it is. Its table `places`
 * has two more columns, commune and imputed. Neighbours are the cells whose centres are at most
 * 1 km apart, and groupings hold the same groups as those of the communes. */
MUST_CHECK status territory_cells(const territory *communes, const imported *cells, ledger *balance,
                                  territory **out, faults *faults_list);
void territory_free(territory *t);
/* Place of a commune code, arrondissements folded when the territory's codes are (751xx -> 75056);
 * PLACE_NONE when unknown. */
uint32_t territory_place(const territory *t, const char *code);
/* Whether a commune that is no place here may well exist: in `elsewhere`, or in a département none
 * of whose communes was loaded. False: an unknown code. */
bool territory_knows(const territory *t, const char *code);
/* Whether a commune's département has a loaded commune. */
bool territory_covers(const territory *t, const char *code);

#endif
