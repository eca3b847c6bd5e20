/* fake_results.h: results made by hand, for the tests of every report.
 *
 * A generated tessellation of communes (10 x 6 by default, wiggly borders shared exactly), 25
 * venues, eight functions with minutes, gaps and white zones computed from the geometry, commuting
 * flows, territories, totals, parameters, sources, balance, place sets. Names carry accents and the
 * texts that reports must defuse: formulas, markup, quotes, bidi overrides. Also gives results_find
 * and results_total, so that a test of a report needs no engine. Any failure aborts. */
#ifndef TESTS_FAKE_RESULTS_H
#define TESTS_FAKE_RESULTS_H

#include "engine/results/results.h"

typedef struct fake_results fake_results;

typedef struct fake_options {
    language lang;
    size_t columns, rows; /* of the tessellation; 0: 10 and 6 */
    size_t venues;        /* 0: 25 */
    bool no_outlines;     /* only points, EPSG:4326 */
    bool no_flows;
    bool estimate;      /* travel times are estimated as the crow flies */
    char nobody_offers; /* this function, 'a'..'h'; 0: each is offered */
} fake_options;

/* What fills the territory; the generated one, or any other of the same shape (metres). */
typedef struct fake_geometry {
    size_t count;
    const char *const *code, *const *name;
    const double *population, *x_m, *y_m;
    const uint32_t *epci, *departement; /* group numbers from 0 */
    size_t epci_count, departement_count;
    const polygons *outlines; /* in metres; NULL with no_outlines */
    const polygons *context;  /* NULL: none */
    int32_t epsg;
} fake_geometry;

fake_results *fake_results_new(const fake_options *options);
fake_results *fake_results_of(const fake_options *options, const fake_geometry *geometry);
const results *fake_results_view(const fake_results *f);
void fake_results_free(fake_results *f);

/* Texts found in the names of places and venues, in the order of their rows from 0. */
extern const char *const fake_nasty_places[4], *const fake_nasty_venues[4];

#endif
