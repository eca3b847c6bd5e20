/* The least that an indicator can do with a row: what isolation costs shows beside it. */
#include <bassin/plugin.h>

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    return job->host->partial(job, 0, sizeof(double), err);
}

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    const double *population = job->in[0].items[0].at.f64;
    const bassin_slot *value = &job->out[0].items[0];
    double *sum = partial;
    (void)before;
    (void)err;
    for (size_t p = block->begin; p < block->end; p++) {
        bassin_set(value, p, 2.0 * population[p]);
        *sum += population[p];
    }
    return BASSIN_OK;
}

static void merge(const bassin_job *job, void *into, const void *from)
{
    (void)job;
    *(double *)into += *(const double *)from;
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.bench.double",
    .title_fr = "Le double",
    .title_en = "The double",
    .version = "1.0.0",
    .method_fr = "Deux fois.",
    .method_en = "Twice.",
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64}),
    .outputs = BASSIN_LIST(bassin_output, {.table = "places",
                                           .id = "double",
                                           .title_fr = "Le double",
                                           .title_en = "The double",
                                           .unit = "{person}",
                                           .type = BASSIN_F64}),
    .stages = BASSIN_LIST(
        bassin_stage, {.size = sizeof(bassin_stage), .over = "places", .run = run, .merge = merge}),
    .prepare = prepare,
};
