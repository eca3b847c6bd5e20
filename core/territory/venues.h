/* territory/venues.h: points of supply, placed and classed. Immutable. */
#ifndef TERRITORY_VENUES_H
#define TERRITORY_VENUES_H

#include "territory/territory.h"

enum { FUNCTION_COUNT = 8 };
/* "Travailler autrement", ... letter 'a'..'h'. */
const char *function_title(size_t f, language lang);

typedef enum placement {
    PLACED_COORDINATES = 0,
    PLACED_ADDRESS,
    PLACED_POSTCODE,
    PLACED_COMMUNE,
    PLACED_NOWHERE
} placement;
const char *placement_name(placement p); /* "coordinates" "address" "postcode" "commune" "none" */

/* The taxonomy (datasets/reference/taxonomy.csv): one row a kind. */
typedef struct kind {
    const char *code, *family, *label_fr, *label_en;
    const char *ftl_family; /* of the France Tiers-Lieux census, "" none */
    const char *osm;        /* tags: "amenity=x+key!=y|office=z", "" none */
    const char *osm_name;   /* words between bars, one of which the name must hold; "": any name */
    uint32_t in_scope;      /* 1 tiers_lieu, 0 autre_lieu, 2 unknown */
    double function[FUNCTION_COUNT];
} kind;
typedef struct taxonomy {
    const kind *kinds;
    size_t count;
    arena *memory;
} taxonomy;
MUST_CHECK status taxonomy_read(const char *path, taxonomy **out, faults *faults_list);
void taxonomy_free(taxonomy *t);
const kind *taxonomy_find(const taxonomy *t, const char *code);

/* One list of the run file. */
typedef struct kind_rule {
    const char *value, *kind;
} kind_rule;
typedef struct venue_list {
    const char *id; /* list name: file name without extension, or the run file's */
    const imported *rows;
    const char *kind;          /* for the whole list; NULL: by column */
    const kind_rule *kind_map; /* column value -> kind */
    size_t kind_map_count;
    const char *status;        /* open project candidate closed; NULL: open */
    const imported *postcodes; /* role postcodes; NULL */
    const char *date;          /* of the run, ISO; NULL: none. Labels are judged at this date */
    bool itinerants_aside;     /* itinerant venues are kept, and do not count in the reference */
    source_ref where;
} venue_list;

typedef struct venues {
    const table *rows; /* id, name, list, kind, family, in_scope (u32 1/0), function_a..function_h
                          f64, status, capacity, placement, code (commune), lon, lat, x_m, y_m,
                          open (u32: counts in the reference), legal_form, opened,
                          functions_declared (u32: by the list, else its kind's), label,
                          label_state, label_start, label_end, presence (fixed itinerant),
                          itinerant (u32), hours_week f64 {h}, open_saturday, open_evening,
                          by_appointment (u32), wheelchair; ordered by id; provenance */
    size_t count;
    const char *const *id, *const *name;
    const double *lon, *lat, *x_m, *y_m; /* NaN: not placed */
    const uint32_t *place;               /* commune holding it, PLACE_NONE */
    const uint8_t *open;
    const uint8_t *in_scope;
    const double (*function)[FUNCTION_COUNT];
    arena *memory;
} venues;

/* Where a venue is, when the territory has outlines: the commune whose outline holds the point,
 * even when the list names another one (warned); a point in no outline and farther than 2 km from
 * every place point is outside the perimeter. Without outlines: the commune named, else the nearest
 * place point; farther than 20 km from every place point is outside. Coordinates; else commune code
 * (the commune's point); else postcode and name through `postcodes`. 0,0, swapped and foreign
 * coordinates are warned and fall back. Venues farther than the margin from every place are ignored
 * and counted. An unknown function letter, an unknown kind are refused. A venue that cannot be
 * placed is kept in the table (placement none), warned and counted. */
MUST_CHECK status venues_place(const territory *t, const taxonomy *kinds, const venue_list *lists,
                               size_t list_count, ledger *balance, venues **out,
                               faults *faults_list);
void venues_free(venues *v);

#endif
