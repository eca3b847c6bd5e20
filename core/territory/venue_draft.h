/* territory/venue_draft.h: one venue while it is read, classed and placed. For this room only. */
#ifndef TERRITORY_VENUE_DRAFT_H
#define TERRITORY_VENUE_DRAFT_H

#include "geo/locator.h"
#include "territory/venues.h"

/* What a list says of a venue beside what it is and where it stands. */
typedef struct venue_facts {
    double hours_week;                           /* NaN: not told */
    int saturday, evening, by_appointment;       /* 1, 0; -1 not told */
    bool itinerant;                              /* its point is one of its stops */
    const char *label, *label_start, *label_end; /* dates: ISO, or a year; "" none */
    const char *label_state; /* at the run's date: labelled relabelled left not_yet; "" none */
    const char *wheelchair;  /* yes limited no; "" not told */
} venue_facts;

typedef struct venue_draft {
    const venue_list *list;
    size_t row;
    const char *id, *name, *legal_form, *opened; /* "" none */
    const char *status;                          /* open project candidate closed */
    const kind *main;                            /* the first of its kinds */
    double function[FUNCTION_COUNT];
    uint32_t in_scope; /* 1, 0, 2 unknown */
    bool declared;     /* functions told by the list */
    bool outside;      /* outside the perimeter: ignored */
    double capacity;   /* NaN: undeclared */
    placement how;
    uint32_t place;            /* PLACE_NONE */
    double lon, lat, x_m, y_m; /* NaN: not placed */
    venue_facts facts;
} venue_draft;

static inline source_ref venue_source(const venue_draft *v)
{
    return table_source(v->list->rows->rows, v->row);
}

/* --- what it is (venue_kinds.c) --- */
/* Kinds, functions, scope and status. *no_kind is set when the row tells no kind. */
MUST_CHECK status venue_class(venue_draft *v, const taxonomy *kinds, bool *no_kind, faults *list);

/* --- when it is open, how it is there, its label (venue_facts.c) --- */
/* `memory`: of the venues made. */
MUST_CHECK status venue_facts_read(venue_draft *v, arena *memory, faults *list);
typedef enum facts_column {
    FACTS_LABEL,
    FACTS_LABEL_STATE,
    FACTS_LABEL_START,
    FACTS_LABEL_END,
    FACTS_PRESENCE,
    FACTS_ITINERANT,
    FACTS_HOURS_WEEK,
    FACTS_OPEN_SATURDAY,
    FACTS_OPEN_EVENING,
    FACTS_BY_APPOINTMENT,
    FACTS_WHEELCHAIR,
    FACTS_COUNT
} facts_column;
extern const column_spec venue_facts_columns[FACTS_COUNT];
/* The columns begin at `first` of the builder. */
MUST_CHECK status venue_facts_fill(table_builder *b, size_t first, size_t row, const venue_facts *f,
                                   error *err);
/* `text` without the characters that are no part of a text (venues.c). */
MUST_CHECK status venue_text(arena *memory, const venue_draft *v, const char *name,
                             const char **out, faults *list);

/* --- where it is (venue_points.c) --- */
typedef struct venue_placer venue_placer;
MUST_CHECK status venue_placer_new(venue_placer **out, const territory *t, faults *list);
void venue_placer_free(venue_placer *p);
/* Before the venues of a list: its postcodes. */
MUST_CHECK status venue_placer_list(venue_placer *p, const venue_list *list, faults *faults_list);
MUST_CHECK status venue_place(venue_placer *p, venue_draft *v, faults *list);

#endif
