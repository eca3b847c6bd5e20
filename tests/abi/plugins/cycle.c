/* One column read, one made: two of them make a cycle, or a wrong unit, or a clash. */
#include <bassin/plugin.h>

#ifndef CYCLE_UNIT
#define CYCLE_UNIT "{person}"
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
        {.table = "places", .column = CYCLE_READS, .unit = CYCLE_UNIT, .type = BASSIN_F64}),
    .outputs = BASSIN_LIST(bassin_output, {.table = "places",
                                           .id = CYCLE_MAKES,
                                           .title_fr = "Valeur",
                                           .title_en = "Value",
                                           .unit = "{person}",
                                           .type = BASSIN_F64}),
    .stages =
        BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .over = "places", .run = run}),
};
