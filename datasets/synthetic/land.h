/* The land: communes as a gap-free tessellation, who lives there, and how they are grouped. */
#ifndef SYNTHETIC_LAND_H
#define SYNTHETIC_LAND_H

#include "base/memory.h"
#include "base/random.h"
#include "geo/polygons.h"
#include "geo/topology.h"

typedef struct commune {
    char code[6];
    const char *name;
    double x_m, y_m, lon, lat; /* the main settlement, Lambert-93 and degrees */
    double area_km2;
    uint32_t rank; /* 0: the most populated */
    double population, employed, jobs;
    uint32_t density7;
    uint32_t epci, bassin_vie, zone_emploi,
        arrondissement; /* rows of communes that head the group */
} commune;

typedef struct land {
    size_t count;
    commune *communes;  /* by code */
    polygons *outlines; /* EPSG:4326, row for row */
    topology *borders;  /* Lambert-93, row for row */
    const uint64_t *neighbour_start;
    const uint32_t *neighbour;
    double respondents_share, venues_share; /* of what a demo draws, (0, 1] */
    random_key key;
    arena *memory;
} land;

MUST_CHECK status land_new(land **out, size_t communes, uint64_t seed, error *err);
void land_free(land *l);

/* A name nobody has yet, from French roots; k counts the tries. names.c */
void place_name(random_key key, uint64_t row, uint32_t k, char *buffer, size_t size);
/* people.c: populations by rank-size, jobs, density, groups. */
MUST_CHECK status land_people(land *l, error *err);

static inline double land_uniform(const land *l, uint64_t stream, uint64_t row, uint32_t k)
{
    return random_uniform(l->key, stream, row, k);
}

#endif
