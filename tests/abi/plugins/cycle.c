/* One column read, one made: two of them make a cycle, or a wrong unit, or a clash. The macros say
 * which. */
#include <bassin/plugin.h>

#ifndef CYCLE_UNIT
#define CYCLE_UNIT "{person}"
#endif
#ifndef CYCLE_TYPE
#define CYCLE_TYPE BASSIN_F64
#endif
#ifndef CYCLE_AGGREGATE
#define CYCLE_AGGREGATE BASSIN_AGGREGATE_NONE
#endif
#ifndef CYCLE_WEIGHT
#define CYCLE_WEIGHT NULL
#endif

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)job;
    (void)block;
    (void)before;
    (void)partial;
    (void)err;
    return BASSIN_OK;
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = CYCLE_ID,
    .title_fr = "Cycle",
    .title_en = "Cycle",
    .version = "1.0.0",
    .method_fr = "Aucune.",
    .method_en = "None.",
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = CYCLE_READS, .unit = CYCLE_UNIT, .type = CYCLE_TYPE}),
    .outputs = BASSIN_LIST(bassin_output, {.table = "places",
                                           .id = CYCLE_MAKES,
                                           .title_fr = "Valeur",
                                           .title_en = "Value",
                                           .unit = "{person}",
                                           .type = BASSIN_F64,
                                           .aggregate = CYCLE_AGGREGATE,
                                           .weight = CYCLE_WEIGHT}),
    .stages =
        BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .over = "places", .run = run}),
};
