/* A street lattice over the land, of any number of crossings: every third line a road, every ninth
 * a better one, and so on; streets between them come and go. All of it is drawn from counters, so
 * that a lattice of ten million crossings takes no memory and is written as it is drawn. */
#ifndef SYNTHETIC_LATTICE_H
#define SYNTHETIC_LATTICE_H

#include "datasets/synthetic/land.h"

enum { LATTICE_CLASSES = 6 };

typedef struct lattice {
    const land *land;
    double left_m, bottom_m, spacing_m; /* Lambert-93 */
    uint32_t columns, rows;
    uint8_t *settled; /* raster of 1 km: within a few km of a town hall */
    uint32_t raster_columns, raster_rows;
} lattice;

/* About `crossings` of them; memory of the land. */
MUST_CHECK status lattice_new(lattice *out, const land *l, size_t crossings, error *err);

/* Whether there is a crossing at (i, j), and where. */
bool lattice_has(const lattice *a, uint32_t i, uint32_t j);
void lattice_point(const lattice *a, uint32_t i, uint32_t j, double *x_m, double *y_m);

typedef enum lattice_way { LATTICE_CLOSED, LATTICE_BOTH, LATTICE_ONWARD, LATTICE_BACK } lattice_way;
/* The street from (i, j) to the next crossing eastwards (dir 0) or northwards (dir 1). */
lattice_way lattice_street(const lattice *a, uint32_t i, uint32_t j, uint32_t dir);
/* 0 (a street) to LATTICE_CLASSES - 1 (a trunk road): of a whole line. */
uint32_t lattice_class(uint32_t line);
/* Milliseconds along that street, onwards and back, each at least 1. */
void lattice_times(const lattice *a, uint32_t i, uint32_t j, uint32_t dir, uint32_t ms[2]);

/* routes.gr and routes.co (DIMACS; milliseconds, millionths of a degree). */
MUST_CHECK status write_lattice_gr(const lattice *a, const char *folder, error *err);
/* routes.osm.pbf; more crossings are refused. */
enum { LATTICE_PBF_MAX = 1500000 };
MUST_CHECK status write_lattice_pbf(const lattice *a, const char *folder, error *err);

#endif
