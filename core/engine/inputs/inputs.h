/* engine/inputs/inputs.h: every file that the run file names, imported. Private to the room. */
#ifndef ENGINE_INPUTS_H
#define ENGINE_INPUTS_H

#include "engine/run.h"
#include "territory/context.h"
#include "territory/vintage_table.h"

typedef struct inputs {
    imported communes, names, membership, population, cells, density, flows, detail, foreign, keep;
    imported movements, passage;
    imported *groups;             /* as scenario->groups */
    imported *zonings, *contexts; /* as scenario->zonings, contexts */
    imported *venues;             /* as scenario->venues */
    imported *series;             /* as scenario->series */
    imported *matrices;           /* as scenario->modes */
    int32_t *series_year;         /* told by the file itself; 0: not told */
    imported *postcodes;
    imported *addresses; /* distinct files of all the lists, in the order first named */
    const imported **address_tables;
    size_t address_count;
    imported *themes;          /* of all lists, list after list */
    size_t *themes_matched;    /* rows of each that speak of a venue of the list */
    group_input *group_inputs; /* the same, as the territory wants them */
    zoning_input *zoning_inputs;
    context_input *context_inputs;
    venue_list *venue_lists;
    /* All of them, for the manifest. */
    const imported **all;
    const char **roles;
    const scenario_input **said; /* what the run file says of each */
    size_t count;
    arena *memory;
} inputs;

/* Checks that every file is there, then reads them all; every fault of every file is told. Takes
 * the scenario's texts by reference: it must outlive the inputs. */
MUST_CHECK status inputs_read(const scenario *s, const run_environment *environment,
                              const taxonomy *kinds, inputs **out, faults *faults_list);
/* Entries of the tables that are looked up: postcodes, addresses, perimeter, work places abroad,
 * movements, passage, themes of venues. The other rooms balance their own. */
MUST_CHECK status inputs_balance(const inputs *in, ledger *balance, error *err);
/* Brings every file to the pivot vintage, where the run file names the movements of communes or a
 * passage table; what was done goes to *log (NULL without them). Vintages that the codes of a file
 * deny are refused, all at once (inputs_vintage.c). */
MUST_CHECK status inputs_convert(const scenario *s, inputs *in, carry_log **log,
                                 faults *faults_list);
void inputs_free(inputs *in);

#endif
