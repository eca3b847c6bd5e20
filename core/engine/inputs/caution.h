/* engine/inputs/caution.h: where times estimated in a straight line are not to be trusted
 * (mountains, islands): the départements of an editable list (METHODS.md section 4). Private to the
 * room. */
#ifndef ENGINE_CAUTION_H
#define ENGINE_CAUTION_H

#include "territory/territory.h"

/* The list (datasets/reference/estimate_caution.csv); caller frees with table_free. */
MUST_CHECK status caution_read(const char *path, table **out, faults *faults_list);
/* Whether the département is of the list; a NULL list holds none. */
bool caution_holds(const table *list, const char *departement);
/* For every place, 1 where estimated times are classed insuffisante. */
void caution_places(const table *list, const territory *t, uint8_t *held);
/* Kept places of unknown density, whose speed is that of class 5. */
size_t places_without_density(const territory *t);

#endif
