/* territory/draft.h: what territory_build works on: loaded communes in the order of their code,
 * before the perimeter drops some. For this room only. */
#ifndef TERRITORY_DRAFT_H
#define TERRITORY_DRAFT_H

#include "territory/territory.h"

typedef enum level {
    LEVEL_EPCI,
    LEVEL_BASSIN_VIE,
    LEVEL_ZONE_EMPLOI,
    LEVEL_ARRONDISSEMENT,
    LEVEL_DEPARTEMENT,
    LEVEL_REGION,
    LEVEL_COUNT
} level;
const char *level_name(level l); /* "epci" ... as in grouping.level */
const char *level_title(level l, language lang);

typedef enum fate { FATE_DROPPED = 0, FATE_KEPT = 1, FATE_MARGIN = 2 } fate;

typedef struct draft {
    const territory_inputs *in;
    ledger *balance;
    faults *list;
    arena *scratch;
    size_t count;
    size_t *row;                    /* of in->communes->rows */
    const char **code, **name;      /* borrowed from the inputs or the scratch */
    double *population, *lon, *lat; /* NaN: missing */
    uint8_t *point;                 /* point_class */
    uint32_t *density;
    const char **level[LEVEL_COUNT];       /* code of the zone, "" unknown */
    const char **level_label[LEVEL_COUNT]; /* its name, "" unknown */
    uint8_t *fate;
    polygons *outlines;        /* of the loaded communes, repaired; NULL */
    uint32_t *population_of;   /* loaded commune of each population row, PLACE_NONE */
    uint8_t *population_twice; /* row of an arrondissement whose commune has a row of its own */
} draft;

/* Steps, in this order. */
MUST_CHECK status draft_communes(draft *d);
MUST_CHECK status draft_names(draft *d);
MUST_CHECK status draft_zones(draft *d);
MUST_CHECK status draft_population(draft *d);
MUST_CHECK status draft_outlines(draft *d);
MUST_CHECK status draft_points(draft *d);
MUST_CHECK status draft_perimeter(draft *d, const char **title);
MUST_CHECK status draft_balance(draft *d);

/* Loaded commune of a code, arrondissements folded; PLACE_NONE. */
uint32_t draft_find(const draft *d, const char *code);
uint32_t draft_find_exactly(const draft *d, const char *code);
/* "…/file.csv" that a table comes from, for messages and the ledger. */
const char *file_of(const table *t);

/* An empty territory with an arena of its own. */
MUST_CHECK status territory_new(territory **out, error *err);
/* The finished territory: rows of the draft that stay, then shapes and groupings. */
MUST_CHECK status territory_places(territory *t, const draft *d, const size_t *rows, size_t count);
MUST_CHECK status territory_shapes(territory *t, const draft *d, const size_t *rows,
                                   double *area_km2, double *border_km);
/* Distance of each place's point to the outer border of `borders`, which are in the territory's
 * own CRS. */
MUST_CHECK status border_distances(const territory *t, const topology *borders, arena *scratch,
                                   double *border_km, faults *list);
/* Shared borders of outlines in EPSG:4326, in the metres of `epsg`. */
MUST_CHECK status borders_build(const polygons *outlines, int32_t epsg, arena *scratch,
                                topology **out, faults *list);
MUST_CHECK status territory_groups(territory *t, const draft *d, const size_t *rows);
MUST_CHECK status territory_groups_outside(territory *t, const draft *d, grouping *list);
MUST_CHECK status territory_elsewhere(territory *t, const draft *d);

#endif
