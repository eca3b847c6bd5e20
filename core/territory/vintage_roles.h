/* territory/vintage_roles.h: which columns of a canonical table follow the vintage, and how. For
 * this room only. */
#ifndef TERRITORY_VINTAGE_ROLES_H
#define TERRITORY_VINTAGE_ROLES_H

#include "territory/vintage_inputs.h"

typedef struct vintage_role {
    const char *role;
    const char *codes[CARRY_CODES_MAX];
    size_t code_count;
    const char *keys[3], *sums[3], *counts[2],
        *classes[2]; /* NULL-terminated, '*' at the end as in aliases; the others follow their
                        leader */
    bool by_people;  /* a list that people keep: codes of several years are usual */
    bool recoded;    /* row for row */
    recode_form form;
    bool unique;
    bool figures; /* other numbers than `sums` add up by their unit, else cannot be recombined */
} vintage_role;

const vintage_role *vintage_role_find(const char *role); /* NULL: no code follows */
/* How each column of `in` is carried; taken from `a`. It has no column of these: count 0. */
MUST_CHECK status vintage_role_columns(const vintage_role *r, const imported *in, arena *a,
                                       carried_column **out, size_t *count, faults *faults_list);

/* The outlines of the rows of `c`, out of those of the old rows. An outline that would have to be
 * cut stays whole with the commune that keeps the code, else with the largest part; `*owner` tells
 * the new row that got each old row. Taken from the memory of the report. */
MUST_CHECK status carried_owners(const carried *c, const table *old, uint32_t **owner,
                                 faults *faults_list);
MUST_CHECK status carried_outlines(const carried *c, const polygons *old, const table *old_rows,
                                   const uint32_t *owner, polygons **out, faults *faults_list);

#endif
