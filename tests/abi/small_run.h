/* A small territory made by hand: 600 places on a grid (500 kept), 70 venues, flows, two travel
 * modes. More than one block of each, so that every merge happens. */
#ifndef TESTS_ABI_SMALL_RUN_H
#define TESTS_ABI_SMALL_RUN_H

#include "engine/plan/plan.h"

enum { SMALL_PLACES = 600, SMALL_KEPT = 500, SMALL_VENUES = 70, SMALL_FLOWS = 1800 };

typedef struct small_run {
    run_data data;
    scenario scenario;
    territory territory;
    venues venues;
    flows flows;
    costs mode_costs[2];
    costs *modes[2];
    faults *notes;
    ledger *balance;
    table *place_context, *venue_context;
    arena *memory;
} small_run;

/* With flows, outlines and two modes. */
void small_run_open(small_run *r);
void small_run_close(small_run *r);
/* Gives a zoning "frr" beside: every fourth place is in (class "socle"), every second venue. */
void small_run_zonings(small_run *r);
/* indicators: of the run file, borrowed. */
void small_run_ask(small_run *r, const indicator *indicators, size_t count);
/* Every table of results as text, one digest: equal digests, equal bytes. */
char *results_digest(const results *r);

#endif
