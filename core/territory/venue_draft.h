/* territory/venue_draft.h: one venue while it is read, classed, placed, doubted and merged with its
 * duplicates. For this room only. */
#ifndef TERRITORY_VENUE_DRAFT_H
#define TERRITORY_VENUE_DRAFT_H

#include "geo/locator.h"
#include "geo/projection.h"
#include "territory/addresses.h"
#include "territory/venues.h"

/* What makes a placement suspicious. */
typedef enum doubt {
    DOUBT_ZERO = 0,
    DOUBT_SWAPPED,
    DOUBT_SIGN,
    DOUBT_METRES,
    DOUBT_ABROAD,
    DOUBT_FAR,
    DOUBT_OTHER_COMMUNE,
    DOUBT_BORDER,
    DOUBT_NO_OUTLINE,
    DOUBT_CODE,
    DOUBT_COMMUNE,
    DOUBT_CENTRE,
    DOUBT_SHARED,
    DOUBT_CITY,
    DOUBT_HOMONYM,
    DOUBT_ADDRESS,
    DOUBT_ADDRESS_FAR,
    DOUBT_TWIN,
    DOUBT_NOT_PLACED,
    DOUBT_COUNT
} doubt;

/* A sentence about a venue, in both languages; of the placer's memory. */
typedef struct venue_line {
    struct venue_line *next;
    doubt kind; /* of a doubt */
    bool quiet; /* told for the whole list, not venue by venue */
    const char *fr, *en;
} venue_line;
typedef struct venue_lines {
    venue_line *first, *last;
} venue_lines;
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
    const char *siret;                           /* 14 digits, "" none */
    const char *sources;                         /* its ids, "; " between them */
    const char *status;                          /* open project candidate closed */
    const kind *main;                            /* the first of its kinds */
    double function[FUNCTION_COUNT];
    uint32_t in_scope; /* 1, 0, 2 unknown */
    bool declared;     /* functions told by the list */
    bool outside;      /* outside the perimeter: ignored */
    bool duplicate;    /* of a venue that is kept: ignored */
    double capacity;   /* NaN: undeclared */
    /* Where it is, and how sure that is. */
    placement how;
    placement_quality quality;
    placement_effect effect;
    uint32_t place;            /* PLACE_NONE */
    double lon, lat, x_m, y_m; /* NaN: not placed */
    double score;              /* of an address; NaN */
    double distance_km;    /* between what was said and what was used; NaN: nothing to compare */
    double uncertainty_km; /* NaN: unknown */
    venue_lines doubts, others; /* others: the alternatives considered */
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

/* --- where it is (venue_points.c, venue_coordinates.c, venue_address.c) --- */
typedef struct venue_placer {
    const territory *t;
    locator *outlines;      /* NULL without outlines */
    nearest_index *nearest; /* of place points */
    const double *area_km2; /* of places; NaN unknown */
    const table *postcodes; /* of the current list; NULL */
    size_t *postcode_order;
    const addresses *addresses; /* of the current list; NULL */
    arena *memory;
    status rc; /* of what could not be computed; err tells it */
    error err;
} venue_placer;
MUST_CHECK status venue_placer_new(venue_placer **out, const territory *t, faults *list);
void venue_placer_free(venue_placer *p);
/* Before the venues of a list: its postcodes and addresses. */
MUST_CHECK status venue_placer_list(venue_placer *p, const venue_list *list, const addresses *known,
                                    faults *faults_list);
MUST_CHECK status venue_place(venue_placer *p, venue_draft *v, faults *list);

/* The point that the row gives; false: none. */
bool venue_said_point(const venue_draft *v, double *lon, double *lat);
/* By the row's own point, when it stands. */
void place_by_coordinates(venue_placer *p, venue_draft *v, const char *code);
/* By the addresses of the list. Then, when the point was placed otherwise, how far they are. */
void place_by_address(venue_placer *p, venue_draft *v, const char *code);
void compare_with_address(venue_placer *p, venue_draft *v, const char *code);
/* The commune that holds a point, LOCATED_NOWHERE. */
uint32_t venue_locate(venue_placer *p, double lon, double lat);
/* Km from a point to a commune: 0 inside its outline; to its point when no outline is known. */
double venue_commune_km(venue_placer *p, uint32_t place, double lon, double lat);
/* Radius of the disc that has the commune's area, km; NaN unknown. For a row that names Paris, Lyon
 * or Marseille where their arrondissements are the places: that of the whole city. */
double venue_radius_km(const venue_placer *p, const venue_draft *v);
bool venue_names_whole_city(const venue_placer *p, const venue_draft *v);
/* The codes of communes that postcodes and a name call for: the one, or NULL. */
const char *venue_code_of_postcode(const venue_placer *p, const char *postcode, const char *city);
static inline void venue_put(venue_draft *v, double lon, double lat, uint32_t place, placement how,
                             placement_quality quality)
{
    v->lon = lon;
    v->lat = lat;
    v->place = place;
    v->how = how;
    v->quality = quality;
}

/* --- what is doubtful (venue_doubts.c) --- */
void doubt_add(venue_placer *p, venue_draft *v, doubt what, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(4, 5, 6);
void other_add(venue_placer *p, venue_draft *v, const char *fr, const char *en, ...)
    MESSAGE_FORMAT(3, 4, 5);
bool doubt_has(const venue_draft *v, doubt what);
/* What only shows once every venue is placed: `all` is in the order of ids. */
MUST_CHECK status venues_doubt(venue_placer *p, venue_draft *all, size_t count,
                               const venues_inputs *in, faults *list);
/* Every doubt becomes a warning with its file and line, and what was used instead; the same doubt
 * of many venues of a list is counted after the first twenty. */
void venues_tell(const venue_placer *p, const venue_draft *all, size_t count,
                 const venues_inputs *in, faults *list);

/* --- homonyms (venue_homonyms.c) --- */
MUST_CHECK status venues_homonyms(venue_placer *p, venue_draft *all, size_t count,
                                  const imported *names, faults *list);

/* --- duplicates across lists (venue_merge.c) --- */
MUST_CHECK status venues_merge(venue_placer *p, venue_draft *all, size_t count,
                               const venues_inputs *in, faults *list);

/* --- tables (venues_table.c, placements_table.c) --- */
MUST_CHECK status venues_table(const territory *t, const venue_draft *all, size_t count,
                               table **out, error *err);
MUST_CHECK status placements_table(const territory *t, const venue_draft *all, size_t count,
                                   table **out, error *err);
/* Appends the drafts' rows to a builder whose columns are set, with their provenance. */
MUST_CHECK status venue_rows(table_builder *b, const venue_draft *all, size_t count, error *err);
MUST_CHECK status venue_put_text(table_builder *b, size_t column_index, size_t row,
                                 const char *text, error *err);
bool venue_is_open(const venue_draft *v);

#endif
