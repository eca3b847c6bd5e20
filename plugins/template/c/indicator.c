/* @ID@: how many of the eight functions a-h the residents of a place reach within a limit.
 * A function counts when an open venue that offers it is within `limit` minutes. */
#include <bassin/plugin.h>
#include <math.h>

/* Numbers of what the descriptor below lists, in its order. */
enum { PARAM_LIMIT };
enum { IN_POPULATION, IN_FUNCTION };
enum { OUT_FUNCTIONS };

/* Whether an open venue within the limit of place p offers function f. */
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

/* Rows begin..end of places: each row is told, or stays missing. */
static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    (void)before, (void)partial, (void)err;
    for (size_t p = block->begin; p < block->end; p++) {
        double count = 0.0;
        if (job->costs->place_state[p] != BASSIN_PRESENT)
            continue; /* nothing is known of its travel times */
        for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
            count += reaches(job, p, f);
        bassin_set(&job->out[OUT_FUNCTIONS].items[0], p, count);
    }
    return BASSIN_OK;
}

/* Once all rows are there: the headline figure, over kept places (not the margin around them). */
static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    const bassin_column *population = &job->in[IN_POPULATION].items[0];
    const bassin_slot *functions = &job->out[OUT_FUNCTIONS].items[0];
    double residents = 0.0, without = 0.0;
    (void)before, (void)total;
    for (size_t p = 0; p < job->place_count; p++) {
        if (!job->place_kept[p] || functions->state[p] != BASSIN_PRESENT ||
            !bassin_is_present(population, p))
            continue;
        residents += population->at.f64[p];
        without += functions->at.f64[p] == 0.0 ? population->at.f64[p] : 0.0;
    }
    const bassin_total share = {.size = sizeof share,
                                .name = "without",
                                .title_fr =
                                    "Habitants qui n’atteignent aucune fonction dans la limite",
                                .title_en = "Residents who reach no function within the limit",
                                .unit = "%",
                                .value = residents > 0.0 ? 100.0 * without / residents : 0.0,
                                .low = NAN, /* no interval */
                                .high = NAN,
                                .state = residents > 0.0 ? BASSIN_PRESENT : BASSIN_NOT_APPLICABLE,
                                .decimals = 1};
    return job->host->total(job, &share, err);
}

static const double breaks[] = {0.5, 2.5, 4.5, 6.5};
static const bassin_map map = {.size = sizeof map,
                               .kind = BASSIN_MAP_CHOROPLETH,
                               .palette = BASSIN_PALETTE_YLGNBU,
                               .sheet = "@NAME@",
                               .title_fr = "Fonctions accessibles",
                               .title_en = "Functions within reach",
                               .breaks = breaks,
                               .break_count = 4,
                               .show_venues = 1};

BASSIN_EXPORT const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "@ID@",
    .version = "0.1",
    .title_fr = "Fonctions accessibles",
    .title_en = "Functions within reach",
    .method_fr = "Nombre de fonctions distinctes (a à h) qu’offrent les lieux ouverts situés à "
                 "moins de la limite, en temps de parcours depuis le point de la commune.",
    .method_en =
        "Number of distinct functions (a to h) that open venues offer within the limit, by "
        "travel time from the point of the commune.",
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
                     .map = &map,
                     .sheet_fr = "Accès par fonction",
                     .sheet_en = "Access by function",
                     .reading_fr = "à {name}, les habitants atteignent {value} fonctions sur huit.",
                     .reading_en = "in {name}, residents reach {value} functions out of eight.",
                     .lowest = 0,
                     .highest = 8}),
    .stages =
        BASSIN_LIST(bassin_stage,
                    {.size = sizeof(bassin_stage), .over = "places", .run = run, .finish = finish}),
};
