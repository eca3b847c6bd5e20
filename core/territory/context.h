/* territory/context.h: what else is known of places and venues: eligibility zonings (in or out, and
 * the class), and numbers by commune. Immutable tables, row for row with the places or venues. */
#ifndef TERRITORY_CONTEXT_H
#define TERRITORY_CONTEXT_H

#include "territory/venues.h"

/* A zoning of the run file. */
typedef struct zoning_input {
    const char *name;     /* as printed: "FRR" */
    int32_t year;         /* of the zoning; 0: the file's, else not said */
    const imported *rows; /* role zoning */
    source_ref where;
} zoning_input;

/* A table of numbers by commune. */
typedef struct context_input {
    const imported *rows; /* role context */
    source_ref where;
} context_input;

typedef struct context_inputs {
    const zoning_input *zonings;
    size_t zoning_count;
    const context_input *tables;
    size_t table_count;
} context_inputs;

/* One row a place of `t`: zoning_<name> u32 (1 in, 0 out; missing: the file has no row for the
 * commune and lists the others; a zoning of outlines or a list of members alone leaves 0),
 * zoning_<name>_class text where the file has classes, then the numbers of the tables under their
 * own names. *out NULL when nothing is given. A name used twice is refused. Opens a ledger entry a
 * file. */
MUST_CHECK status context_of_places(const territory *t, const context_inputs *in, ledger *balance,
                                    table **out, faults *faults_list);
/* One row a venue: zoning_<name> u32, by its point where the zoning has outlines (and
 * zoning_<name>_zone text: the zone that holds it), else by its commune. Missing where the venue
 * has no point of its own (it was placed by its commune or postcode), or no commune. `places`: of
 * context_of_places. *out NULL without zonings. */
MUST_CHECK status context_of_venues(const territory *t, const venues *v, const table *places,
                                    const context_inputs *in, table **out, faults *faults_list);

#endif
