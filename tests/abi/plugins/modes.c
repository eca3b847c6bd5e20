/* One job a travel mode. */
#include <bassin/plugin.h>

#include <math.h>

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)before;
    (void)partial;
    (void)err;
    for (size_t p = block->begin; p < block->end; p++) {
        job->out[0].items[0].at.u32[p] =
            (uint32_t)(job->costs->place_start[p + 1] - job->costs->place_start[p]);
        job->out[0].items[0].state[p] = BASSIN_PRESENT;
    }
    return BASSIN_OK;
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    const bassin_total t = {.size = sizeof t,
                            .name = "limit",
                            .title_fr = "Limite",
                            .title_en = "Limit",
                            .unit = "min",
                            .value = job->costs->limit_min,
                            .low = NAN,
                            .high = NAN};
    (void)before;
    (void)total;
    return job->host->total(job, &t, err);
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "modes",
    .title_fr = "Modes",
    .title_en = "Modes",
    .version = "1.0.0",
    .method_fr = "Compte.",
    .method_en = "Count.",
    .flags = BASSIN_PER_MODE,
    .needs = BASSIN_NEED_COSTS,
    .outputs = BASSIN_LIST(bassin_output, {.table = "places",
                                           .id = "reachable",
                                           .title_fr = "Lieux à portée",
                                           .title_en = "Venues in reach",
                                           .unit = "{venue}",
                                           .type = BASSIN_U32,
                                           .decimals = -1,
                                           .aggregate = BASSIN_AGGREGATE_SUM}),
    .stages =
        BASSIN_LIST(bassin_stage,
                    {.size = sizeof(bassin_stage), .over = "places", .run = run, .finish = finish}),
};
