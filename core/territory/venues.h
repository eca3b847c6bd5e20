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

/* How sure a placement is, best first. */
typedef enum placement_quality {
    QUALITY_POINT = 0,   /* the point given, nothing against it */
    QUALITY_HOUSENUMBER, /* the number of an address */
    QUALITY_STREET,      /* a neighbouring number, or the middle of the street */
    QUALITY_LOCALITY,    /* a lieu-dit */
    QUALITY_DOUBTFUL,    /* a point that something contradicts */
    QUALITY_COMMUNE,     /* the commune's point, or a point that only says the commune */
    QUALITY_NONE
} placement_quality;
const char *quality_name(placement_quality q); /* "point" "housenumber" "street" ... "none" */

/* What an uncertain placement can change in the results, least first. */
typedef enum placement_effect {
    EFFECT_NONE = 0,  /* nothing: the point is sure */
    EFFECT_NEARBY,    /* times, by some hundred metres */
    EFFECT_COMMUNE,   /* times, by about the radius of the commune */
    EFFECT_ELSEWHERE, /* times and territory: the venue may be in another commune */
    EFFECT_ABSENT     /* the venue counts nowhere */
} placement_effect;
const char *effect_name(placement_effect e); /* "none" "nearby" "commune" "elsewhere" "absent" */

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
    bool by_address;           /* its addresses are looked up in venues_inputs.addresses */
    const char *date;          /* of the run, ISO; NULL: none. Labels are judged at this date */
    bool itinerants_aside;     /* itinerant venues are kept, and do not count in the reference */
    source_ref where;
} venue_list;

/* Duplicates across lists: METHODS.md section 1, values [P]. */
#define DUPLICATE_DISTANCE_KM 0.150
#define DUPLICATE_LIKENESS 0.6
typedef struct duplicate_rule {
    bool keep; /* duplicates are told, not merged */
    double distance_km, likeness;
} duplicate_rule;

typedef struct venues_inputs {
    const venue_list *lists;
    size_t list_count;
    const imported *names;            /* role names: communes that bear the same name; NULL */
    const imported *const *addresses; /* role addresses */
    size_t address_count;
    duplicate_rule duplicates; /* zeros: the values above */
} venues_inputs;

typedef struct venues {
    const table *rows; /* id, name, list, kind, family, in_scope (u32 1/0), function_a..function_h
                          f64, status, capacity, placement, code (commune), lon, lat, x_m, y_m,
                          open (u32: counts in the reference), legal_form, opened,
                          functions_declared (u32: by the list, else its kind's), label,
                          label_state, label_start, label_end, presence (fixed itinerant),
                          itinerant (u32), hours_week f64 {h}, open_saturday, open_evening,
                          by_appointment (u32), wheelchair, quality, sources (ids of the
                          rows it comes from); ordered by id; provenance */

    const table *placements; /* row for row: id, name, code, placement, quality, score f64,
                                distance_km f64, uncertainty_km f64, alternatives, alternatives_en,
                                doubts, doubts_en, effect, doubt_count u32 */
    size_t count;
    const char *const *id, *const *name;
    const double *lon, *lat, *x_m, *y_m; /* NaN: not placed */
    const uint32_t *place;               /* commune holding it, PLACE_NONE */
    const uint8_t *open;
    const uint8_t *in_scope;
    const double (*function)[FUNCTION_COUNT];
    arena *memory;
} venues;

/* Where a venue is: its own point when it stands, else its address (of a list with `by_address`),
 * else the point of the commune named, else that of its postcode and name.
 *
 * A point stands in the commune whose outline holds it, even when the list names another one
 * (doubted, with the distance); in no outline, within 2 km of the commune named or of a place
 * point. Without outlines: within 20 km of the point of the commune named, else of the nearest.
 * 0,0 and points out of France are refused; swapped coordinates, lost signs and metres are put
 * right only where the commune named confirms it. What only shows among venues is doubted once all
 * are placed: points shared by several venues, lists geocoded to the commune's centre, homonyms.
 * A venue that cannot be placed is kept in the table (placement none), warned and counted.
 *
 * Venues farther than the margin from every place are ignored and counted. So are duplicates of
 * another list's venue: same status and family, a likeness of names (name_likeness.h) above
 * `likeness`, closer than `distance_km` (points that only say the commune: the same commune and a
 * likeness of 0.9), or the same SIRET. The one kept has the best quality, then the first list, then
 * the first id; functions and capacity are the highest, labels and ids are joined, other gaps are
 * filled in that order. An unknown function letter, an unknown kind are refused. */
MUST_CHECK status venues_place(const territory *t, const taxonomy *kinds, const venues_inputs *in,
                               ledger *balance, venues **out, faults *faults_list);
void venues_free(venues *v);

#endif
