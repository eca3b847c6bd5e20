/* territory/french_names.h: départements and régions of the French official geographic code. */
#ifndef TERRITORY_FRENCH_NAMES_H
#define TERRITORY_FRENCH_NAMES_H

#include <stddef.h>

typedef struct french_departement {
    const char *code, *name, *region; /* "77", "Seine-et-Marne", "11" */
} french_departement;

typedef struct french_region {
    const char *code, *name; /* "11", "Île-de-France" */
} french_region;

/* In the order of their codes; constant data. */
const french_departement *french_departements(size_t *count);
const french_region *french_regions(size_t *count);
const french_departement *french_departement_find(const char *code); /* NULL when unknown */
const french_region *french_region_find(const char *code);

#endif
