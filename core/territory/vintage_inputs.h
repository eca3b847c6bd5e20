/* territory/vintage_inputs.h: the files of a run, each of its own vintage, brought to one pivot.
 *
 * The vintage of a file is what the run file says, checked against its set of codes; where it says
 * nothing, the pivot when the codes fit it, else the fitting year nearest to the pivot. */
#ifndef TERRITORY_VINTAGE_INPUTS_H
#define TERRITORY_VINTAGE_INPUTS_H

#include "territory/vintage_table.h"

typedef struct vintage_converter vintage_converter;

typedef struct converter_options {
    const imported *movements, *passage; /* one of them may be NULL; both must outlive it */
    int32_t pivot;
    arrondissement_rule arrondissements;
    source_ref where; /* of the run file, for faults about the whole */
} converter_options;

MUST_CHECK status converter_new(const converter_options *options, vintage_converter **out,
                                faults *faults_list);
void converter_free(vintage_converter *c);
/* A population file of a known vintage, for the shares of splits and the largest of merged
 * communes. Before any conversion; the table is copied where it must outlive its file. */
MUST_CHECK status converter_weigh(vintage_converter *c, const table *population, int32_t vintage,
                                  faults *faults_list);
/* The vintage of a file of `role`; `said` VINTAGE_NONE: the run file does not say. A vintage that
 * its codes deny is refused, with the years that fit, else the closest and the codes at fault;
 * lists made by people (venues, postcodes, groups, zonings...) are warned, and each of their codes
 * is read in its own year. */
MUST_CHECK status converter_judge(vintage_converter *c, const char *role, const imported *in,
                                  int32_t said, source_ref where, int32_t *vintage,
                                  faults *faults_list);
/* The same for any table with these columns of codes. */
MUST_CHECK status converter_judge_table(vintage_converter *c, const table *t,
                                        const char *const *codes, size_t code_count, int32_t said,
                                        int32_t *vintage, faults *faults_list);
/* The years that a file of `role` may be of. No codes that tell (cells, a role without): code_count
 * 0. */
MUST_CHECK status vintage_detect_role(const vintage_history *h, const char *role, const table *t,
                                      vintage_match *out, error *err);
MUST_CHECK status converter_carry(vintage_converter *c, int32_t vintage, const table *t,
                                  const carry_plan *plan, carried *out, faults *faults_list);
/* Replaces rows and outlines of `in` by those of the pivot, when its codes change; says what was
 * done in a note and in the log. Communes first: an outline is never cut, and a part that has none
 * stays counted with the commune that keeps it, in every file converted since. */
MUST_CHECK status converter_convert(vintage_converter *c, const char *role, int32_t vintage,
                                    imported *in, carry_log *log, faults *faults_list);

#endif
