/* A plugin that behaves but for one row, of the second block of places. A file defines
 * HOSTILE_ID, then misbehave() before it includes this. */
#include <bassin/plugin.h>

enum { HOSTILE_ROW = 300 };

#ifdef HOSTILE_ROWS
static void misbehave(const bassin_job *job, size_t row);
#endif
#ifdef HOSTILE_EACH_BLOCK
static void each_block(void);
#endif

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    const bassin_slot *value = &job->out[0].items[0];
    (void)before;
    (void)partial;
    (void)err;
#ifdef HOSTILE_EACH_BLOCK
    each_block();
#endif
    for (size_t p = block->begin; p < block->end; p++) {
        bassin_set(value, p, 0.5);
#ifdef HOSTILE_ROWS
        if (p == HOSTILE_ROW)
            misbehave(job, p);
#endif
    }
    return BASSIN_OK;
}

#ifndef HOSTILE_FINISH
#define HOSTILE_FINISH NULL
#endif
#ifndef HOSTILE_TITLE
#define HOSTILE_TITLE "Hostile"
#endif

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.hostile." HOSTILE_ID,
    .title_fr = "Hostile",
    .title_en = HOSTILE_TITLE,
    .version = "1.0.0",
    .method_fr = "Aucune.",
    .method_en = "None.",
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64}),
    .outputs = BASSIN_LIST(bassin_output,
                           {.table = "places",
                            .id = "value",
                            .title_fr = "Valeur",
                            .title_en = "Value",
                            .unit = "1",
                            .type = BASSIN_F64,
                            .decimals = 1,
                            .lowest = 0,
                            .highest = 1},
                           {.table = "many",
                            .id = "one",
                            .title_fr = "Un",
                            .title_en = "One",
                            .unit = "1",
                            .type = BASSIN_F64}),
    .tables = BASSIN_LIST(bassin_table, {.id = "many", .title_fr = "Trop", .title_en = "Too many"}),
    .stages = BASSIN_LIST(
        bassin_stage,
        {.size = sizeof(bassin_stage), .over = "places", .run = run, .finish = HOSTILE_FINISH}),
};
