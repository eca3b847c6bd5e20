/* Uses what is new in ABI 1.2, and does without it in an older host. */
#include <bassin/plugin.h>

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    static const double sorted[] = {1, 2, 3, 4};
    (void)before;
    (void)partial;
    (void)err;
    for (size_t p = block->begin; p < block->end; p++)
        bassin_set(&job->out[0].items[0], p,
                   job->param[0].value[0] * bassin_quantile(sorted, 4, 0.5));
    return BASSIN_OK;
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)before;
    (void)total;
    (void)err;
    job->host->log(job, BASSIN_LOG_NOTE,
                   BASSIN_HAS(job->costs, mode_title_fr) ? job->costs->mode_title_fr
                                                         : job->costs->mode);
    return BASSIN_OK;
}

static const double breaks[] = {5, 15};
static const bassin_map map = {.size = sizeof map,
                               .kind = BASSIN_MAP_CHOROPLETH,
                               .palette = BASSIN_PALETTE_VIRIDIS,
                               .title_fr = "Valeur",
                               .title_en = "Value",
                               .breaks = breaks,
                               .break_count = 2,
                               .labels_fr = "peu||beaucoup",
                               .labels_en = "little||much"};

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.test.newer",
    .title_fr = "Récent",
    .title_en = "Newer",
    .version = "1.2.0",
    .method_fr = "Écrit contre l’ABI 1.2.",
    .method_en = "Written against ABI 1.2.",
    .needs = BASSIN_NEED_COSTS,
    .params = BASSIN_LIST(bassin_param, {.id = "factor",
                                         .title_fr = "Facteur",
                                         .title_en = "Factor",
                                         .unit = "1",
                                         .kind = BASSIN_PARAM_NUMBER,
                                         .lowest = 0,
                                         .highest = 10,
                                         .fallback = 5,
                                         .basis = "assumed : un nombre rond",
                                         .basis_en = "assumed: a round number"}),
    .outputs = BASSIN_LIST(bassin_output, {.table = "places",
                                           .id = "value",
                                           .title_fr = "Valeur",
                                           .title_en = "Value",
                                           .unit = "1",
                                           .type = BASSIN_F64,
                                           .map = &map,
                                           .sheet_fr = "Récent",
                                           .sheet_en = "Newer"}),
    .stages =
        BASSIN_LIST(bassin_stage,
                    {.size = sizeof(bassin_stage), .over = "places", .run = run, .finish = finish}),
};
