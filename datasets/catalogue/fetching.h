/* datasets/catalogue/fetching.h: between the plan and the work. Private to the folder. */
#ifndef CATALOGUE_FETCHING_H
#define CATALOGUE_FETCHING_H

#include "datasets/catalogue/fetch.h"
#include "datasets/catalogue/provenance.h"

/* Adds the entries that are one file for everybody, or those cut by the territory. */
MUST_CHECK status plan_add(const fetch_options *o, fetch_plan *plan, bool cut_ones, error *err);
/* Looks among the communes fetched for a territory given by a name or an EPCI; leaves it unknown
 * when none is there yet. */
MUST_CHECK status plan_find_territory(const fetch_options *o, fetch_plan *plan, error *err);
/* What stands under the item's name. */
MUST_CHECK status item_look(fetch_item *item, arena *memory, const atomic_int *cancel, error *err);

#endif
