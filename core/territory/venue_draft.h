/* territory/venue_draft.h: one venue while it is read, classed and placed. For this room only. */
#ifndef TERRITORY_VENUE_DRAFT_H
#define TERRITORY_VENUE_DRAFT_H

#include "geo/locator.h"
#include "territory/venues.h"

typedef struct venue_draft {
    const venue_list *list;
    size_t row;
    const char *id, *name, *label, *legal_form, *opened; /* "" none */
    const char *status;                                  /* open project candidate closed */
    const kind *main;                                    /* the first of its kinds */
    double function[FUNCTION_COUNT];
    uint32_t in_scope;       /* 1, 0, 2 unknown */
    bool declared;           /* functions told by the list */
    bool itinerant, outside; /* outside the perimeter: ignored */
    double capacity;         /* NaN: undeclared */
    placement how;
    uint32_t place;            /* PLACE_NONE */
    double lon, lat, x_m, y_m; /* NaN: not placed */
} venue_draft;

static inline source_ref venue_source(const venue_draft *v)
{
    return table_source(v->list->rows->rows, v->row);
}

/* --- what it is (venue_kinds.c) --- */
/* Kinds, functions, scope and status. *no_kind is set when the row tells no kind. */
MUST_CHECK status venue_class(venue_draft *v, const taxonomy *kinds, bool *no_kind, faults *list);

/* --- where it is (venue_points.c) --- */
typedef struct venue_placer venue_placer;
MUST_CHECK status venue_placer_new(venue_placer **out, const territory *t, faults *list);
void venue_placer_free(venue_placer *p);
/* Before the venues of a list: its postcodes. */
MUST_CHECK status venue_placer_list(venue_placer *p, const venue_list *list, faults *faults_list);
MUST_CHECK status venue_place(venue_placer *p, venue_draft *v, faults *list);

#endif
