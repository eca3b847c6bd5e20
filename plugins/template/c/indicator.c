/* @ID@: how many of the functions a-h the residents of a place reach, from open venues. */
#include <bassin/plugin.h>

/* Positions in the lists of the descriptor below. */
enum { PARAM_LIMIT = 0, IN_FUNCTION = 0, IN_POPULATION = 1, OUT_FUNCTIONS = 0 };

/* Whether an open venue within the limit of place p offers function f. */
static int reaches(const bassin_job *job, size_t p, uint32_t f)
{
    const bassin_costs *costs = job->costs;
    const bassin_column *offer = &job->in[IN_FUNCTION].items[f];
    for (uint64_t i = costs->place_start[p]; i < costs->place_start[p + 1]; i++) {
        const uint32_t v = costs->place_venue[i];
        if (costs->place_minutes[i] <= job->param[PARAM_LIMIT].value[0] && job->venue_open[v] &&
            bassin_is_present(offer, v) && offer->at.f64[v] > 0.0)
            return 1;
    }
    return 0;
}

/* Rows begin..end of places. A row that is not set is missing: its travel times are not known. */
static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)before, (void)partial, (void)err;
    for (size_t p = block->begin; p < block->end; p++) {
        double count = 0.0;
        for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
            count += reaches(job, p, f);
        if (job->costs->place_state[p] == BASSIN_PRESENT)
            bassin_set(&job->out[OUT_FUNCTIONS].items[0], p, count);
    }
    return BASSIN_OK;
}

BASSIN_EXPORT const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "@ID@",
    .version = "0.1",
    .title_fr = "Fonctions accessibles",
    .title_en = "Functions within reach",
    .method_fr = "Nombre de fonctions (a à h) qu’offrent les lieux ouverts à moins de la limite.",
    .method_en = "Number of functions (a to h) that open venues within the limit offer.",
    .needs = BASSIN_NEED_COSTS,
    .params = BASSIN_LIST(bassin_param, {.id = "limit",
                                         .title_fr = "Temps limite",
                                         .title_en = "Time limit",
                                         .unit = "min",
                                         .highest = 120,
                                         .fallback = 20,
                                         .basis = "assumed"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64},
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64}),
    .outputs =
        BASSIN_LIST(bassin_output,
                    {.table = "places",
                     .id = "functions",
                     .title_fr = "Fonctions accessibles",
                     .title_en = "Functions within reach",
                     .unit = "1",
                     .type = BASSIN_F64,
                     .decimals = 1,
                     .aggregate = BASSIN_AGGREGATE_MEAN,
                     .weight = "population",
                     .map = &(const bassin_map){.size = sizeof(bassin_map),
                                                .kind = BASSIN_MAP_CHOROPLETH,
                                                .palette = BASSIN_PALETTE_YLGNBU,
                                                .title_fr = "Fonctions accessibles",
                                                .title_en = "Functions within reach",
                                                .breaks = (const double[]){0.5, 2.5, 4.5, 6.5},
                                                .break_count = 4},
                     .reading_fr = "à {name}, les habitants atteignent {value} fonctions sur huit.",
                     .reading_en = "in {name}, residents reach {value} functions out of eight.",
                     .highest = 8}),
    .stages =
        BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .over = "places", .run = run}),
};
