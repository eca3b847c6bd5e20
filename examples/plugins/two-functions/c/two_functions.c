/* fr.lab.two_functions: whether the residents of a place reach two different functions.
 * A place counts (1, else 0) when the open venues within `limit` minutes offer at least two
 * distinct functions a-h between them. The same function at two venues is one function. */
#include <bassin/plugin.h>
#include <math.h>

/* Numbers of what the descriptor below lists, in its order. */
enum { PARAM_LIMIT };
enum { IN_POPULATION, IN_FUNCTION };
enum { OUT_TWO };

/* Whether an open venue within the limit of place p offers function f, wholly or in part. */
static int reaches(const bassin_job *job, size_t p, uint32_t f)
{
    const bassin_costs *costs = job->costs;
    const bassin_column *offer = &job->in[IN_FUNCTION].items[f];
    const double limit_min = job->param[PARAM_LIMIT].value[0];
    for (uint64_t i = costs->place_start[p]; i < costs->place_start[p + 1]; i++) {
        const uint32_t v = costs->place_venue[i];
        if (costs->place_minutes[i] <= limit_min && job->venue_open[v] &&
            bassin_is_present(offer, v) && offer->at.f64[v] > 0.0)
            return 1;
    }
    return 0;
}

/* Rows begin..end of places: 1 or 0, or missing where nothing is known of the travel times. */
static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)before, (void)partial, (void)err;
    for (size_t p = block->begin; p < block->end; p++) {
        int count = 0;
        if (job->costs->place_state[p] != BASSIN_PRESENT)
            continue;
        for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
            count += reaches(job, p, f);
        bassin_set(&job->out[OUT_TWO].items[0], p, count >= 2 ? 1.0 : 0.0);
    }
    return BASSIN_OK;
}

/* The share of residents, in percent, over kept places whose value and population are known. */
static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    const bassin_column *population = &job->in[IN_POPULATION].items[0];
    const bassin_slot *two = &job->out[OUT_TWO].items[0];
    double residents = 0.0, with = 0.0;
    (void)before, (void)total;
    for (size_t p = 0; p < job->place_count; p++) {
        if (!job->place_kept[p] || two->state[p] != BASSIN_PRESENT ||
            !bassin_is_present(population, p))
            continue;
        residents += population->at.f64[p];
        with += two->at.f64[p] * population->at.f64[p];
    }
    const bassin_total share = {.size = sizeof share,
                                .name = "share",
                                .title_fr = "Habitants qui atteignent deux fonctions différentes",
                                .title_en = "Residents who reach two different functions",
                                .unit = "%",
                                .value = residents > 0.0 ? 100.0 * with / residents : 0.0,
                                .low = NAN, /* no interval */
                                .high = NAN,
                                .state = residents > 0.0 ? BASSIN_PRESENT : BASSIN_NOT_APPLICABLE,
                                .decimals = 1};
    return job->host->total(job, &share, err);
}

static const double breaks[] = {0.5};
static const bassin_map map = {.size = sizeof map,
                               .kind = BASSIN_MAP_CHOROPLETH,
                               .palette = BASSIN_PALETTE_YLGNBU,
                               .sheet = "two_functions",
                               .title_fr = "Deux fonctions différentes à portée",
                               .title_en = "Two different functions within reach",
                               .breaks = breaks,
                               .break_count = 1,
                               .show_venues = 1,
                               .labels_fr = "non|oui",
                               .labels_en = "no|yes"};

BASSIN_EXPORT const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.lab.two_functions",
    .version = "1.0.0",
    .title_fr = "Deux fonctions différentes à portée",
    .title_en = "Two different functions within reach",
    .method_fr =
        "Une commune compte lorsque les lieux ouverts situés à moins de la limite, en temps "
        "de parcours depuis son point, offrent à eux tous au moins deux fonctions "
        "distinctes (a à h), en tout ou en partie. La part d’un territoire est la moyenne "
        "de ses communes, pondérée par la population.",
    .method_en = "A commune counts when the open venues within the limit, by travel time from its "
                 "point, offer at least two distinct functions (a to h) between them, wholly or in "
                 "part. The share of a territory is the mean of its communes, weighted by "
                 "population.",
    .needs = BASSIN_NEED_COSTS,
    .params = BASSIN_LIST(bassin_param, {.id = "limit",
                                         .title_fr = "Temps limite",
                                         .title_en = "Time limit",
                                         .unit = "min",
                                         .kind = BASSIN_PARAM_NUMBER,
                                         .lowest = 1,
                                         .highest = 120,
                                         .fallback = 20,
                                         .basis = "assumed"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64}),
    .outputs = BASSIN_LIST(
        bassin_output,
        {.table = "places",
         .id = "two",
         .title_fr = "Deux fonctions différentes à portée",
         .title_en = "Two different functions within reach",
         .unit = "1",
         .type = BASSIN_F64,
         .decimals = 3,
         .aggregate = BASSIN_AGGREGATE_MEAN,
         .weight = "population",
         .map = &map,
         .sheet_fr = "Deux fonctions",
         .sheet_en = "Two functions",
         .reading_fr = "à {name}, la part des habitants qui atteignent deux fonctions différentes "
                       "est de {value} (0 : aucun ; 1 : tous).",
         .reading_en = "in {name}, the share of residents who reach two different functions is "
                       "{value} (0: none; 1: all).",
         .lowest = 0,
         .highest = 1}),
    .stages =
        BASSIN_LIST(bassin_stage,
                    {.size = sizeof(bassin_stage), .over = "places", .run = run, .finish = finish}),
};
