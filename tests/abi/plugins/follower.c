/* Reads what another plugin makes: it runs after it, whatever the order asked for. */
#include <bassin/plugin.h>

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    const bassin_column *in = &job->in[0].items[0];
    const bassin_slot *out = &job->out[0].items[0];
    (void)before;
    (void)partial;
    (void)err;
    for (size_t p = block->begin; p < block->end; p++) {
        if (in->state != NULL && in->state[p] != BASSIN_PRESENT)
            continue;
        out->at.f64[p] = 2.0 * in->at.f64[p];
        out->state[p] = BASSIN_PRESENT;
    }
    return BASSIN_OK;
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "follower",
    .title_fr = "Suiveur",
    .title_en = "Follower",
    .version = "1.0.0",
    .method_fr = "Le double.",
    .method_en = "Twice.",
    .inputs = BASSIN_LIST(
        bassin_input, {.table = "places", .column = "misbehaved", .unit = "1", .type = BASSIN_F64}),
    .outputs = BASSIN_LIST(bassin_output, {.table = "places",
                                           .id = "followed",
                                           .title_fr = "Double",
                                           .title_en = "Twice",
                                           .unit = "1",
                                           .type = BASSIN_F64,
                                           .aggregate = BASSIN_AGGREGATE_MEAN,
                                           .weight = "misbehaved"}),
    .stages =
        BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .over = "places", .run = run}),
};
