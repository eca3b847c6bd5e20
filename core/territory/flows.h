/* territory/flows.h: residents of commune o working in commune j, by mode and occupation.
 * Immutable. */
#ifndef TERRITORY_FLOWS_H
#define TERRITORY_FLOWS_H

#include "territory/territory.h"

typedef enum commute_mode {
    COMMUTE_UNKNOWN = 0,
    COMMUTE_HOME,
    COMMUTE_WALK,
    COMMUTE_BICYCLE,
    COMMUTE_TWO_WHEELER,
    COMMUTE_CAR,
    COMMUTE_TRANSIT,
    COMMUTE_NON_MOTORISED,
    COMMUTE_MODE_COUNT
} commute_mode;
const char *commute_mode_name(commute_mode m); /* "home" "walk" "bicycle" "two_wheeler" "car" ... */
const char *commute_mode_title(commute_mode m, language lang);

/* How the mode and occupation of a row are known. */
typedef enum share_source {
    SHARES_DETAIL = 0,
    SHARES_DETAIL_ORIGIN,
    SHARES_DETAIL_ALL,
    SHARES_ASSUMED
} share_source;

#define WORK_OUTSIDE UINT32_MAX

/* A work place with a code of a neighbouring country ("BE25F"), as against 99999 and ZZZZZ, which
 * are no place at all. */
typedef enum work_abroad { ABROAD_NO = 0, ABROAD_NO_POINT, ABROAD_LOCATED } work_abroad;

typedef struct flows {
    /* Ordered by o, j (code), mode, cs. o, j u32 (place rows; j WORK_OUTSIDE for a work place that
     * is not loaded), work_code text, mode u32, cs u32 (1..6, 0 unknown), workers f64 {person},
     * variance f64, crow_km f64 (haversine between the places' points; 0 within a place; missing
     * outside), shares u32 (share_source), abroad u32 (work_abroad), abroad_crow_km f64 (to the
     * point of the work place abroad; missing without one); provenance of the base row. */
    const table *rows;
    size_t count;
    const uint32_t *o, *j;
    /* Distinct residence-work pairs, in row order: rows pair_start[i]..pair_start[i+1]. */
    size_t pair_count;
    const uint64_t *pair_start;
    bool detailed; /* a detail file gave mode and CS (else assumed shares) */
    arena *memory;
} flows;

typedef struct flows_inputs {
    const imported *base;    /* role flows; may be NULL when detail is given: totals are its sums */
    const imported *detail;  /* role detail; NULL */
    const imported *foreign; /* role foreign_places: work places abroad and their points; NULL */
    const double *mode_share; /* COMMUTE_MODE_COUNT assumed shares, sum 1 */
    const double *cs_share;   /* 7: index 1..6 */
    double weight;            /* w of V = n(w-1) where the file has no weights; 2.5 [P] */
} flows_inputs;

/* Base totals take the shares of the detail by pair, else by residence, else overall; differences
 * between the two files are reported. Unknown codes are rejected with file and line and counted;
 * codes of foreign countries and 99999/ZZZZZ go to "abroad or unknown"; residence outside the kept
 * places: margin rows are kept as rows (their `o` is a margin place), outside the loaded places:
 * ignored, counted. A pair twice in the base file is refused with both lines. */
MUST_CHECK status flows_build(const territory *t, const flows_inputs *in, ledger *balance,
                              flows **out, faults *faults_list);
void flows_free(flows *f);

#endif
