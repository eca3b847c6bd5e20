/* Aires de desserte: population within each limit of each venue, the nearest venue of each place,
 * per function too, and floating-catchment accessibility (2SFCA family, METHODS.md section 4). */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "catchment.h"

/* Weight of a trip: the step it falls in, borders included (<=); 2SFCA weighs every step 1. */
static double weight_at(const steps *s, double minutes)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (minutes <= s->limit[i])
            return s->method == METHOD_2SFCA ? 1.0 : s->weight[i];
    return 0.0;
}

/* Sum of the weights of a place over the open venues: the selection weights of 3SFCA. */
static double place_weight_sum(const bassin_job *job, const steps *s, size_t place)
{
    const bassin_costs *c = job->costs;
    double sum = 0.0;
    for (uint64_t e = c->place_start[place]; e < c->place_start[place + 1]; e++)
        if (counts(job, c->place_venue[e]))
            sum += weight_at(s, c->place_minutes[e]);
    return sum;
}

/* What is computed once. */
typedef struct catchment_plan {
    double *weight_sum;            /* 3SFCA: of each place; else NULL */
    double mean_hours, mean_seats; /* of the venues that declare them; 0: none does */
} catchment_plan;

/* Mean of what the counted venues declare. */
static double mean_declared(const bassin_job *job, uint32_t in)
{
    double sum = 0.0, declared = 0.0;
    for (size_t v = 0; v < job->venue_count; v++)
        if (counts(job, v) && bassin_is_present(&job->in[in].items[0], v)) {
            sum += job->in[in].items[0].at.f64[v];
            declared += 1.0;
        }
    return declared > 0.0 ? sum / declared : 0.0;
}

/* 1 where nothing is declared: the mean venue. */
static double relative(const bassin_job *job, uint32_t in, double mean, size_t v)
{
    const bassin_column *c = &job->in[in].items[0];
    return mean > 0.0 && bassin_is_present(c, v) ? c->at.f64[v] / mean : 1.0;
}

/* S_v = open hours x seats, each against the mean venue that declares it: METHODS.md section 4, in
 * a unit (the mean venue) in which "1 where undeclared" makes sense. */
static double supply_of(const bassin_job *job, size_t v)
{
    const catchment_plan *plan = job->plan;
    const uint32_t rule = (uint32_t)job->param[P_SUPPLY].value[0];
    const double hours = rule == SUPPLY_VENUE ? 1.0 : relative(job, IN_HOURS, plan->mean_hours, v);
    return rule == SUPPLY_HOURS_SEATS ? hours * relative(job, IN_SEATS, plan->mean_seats, v)
                                      : hours;
}

static bassin_status prepare_plan(const bassin_job *job, const steps *s, bassin_error *err)
{
    catchment_plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory");
    job->host->set_plan(job, plan);
    plan->mean_hours = mean_declared(job, IN_HOURS);
    plan->mean_seats = mean_declared(job, IN_SEATS);
    if (s->method != METHOD_3SFCA)
        return BASSIN_OK;
    plan->weight_sum = calloc(job->place_count + 1, sizeof *plan->weight_sum);
    if (plan->weight_sum == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu places",
                           job->place_count);
    for (size_t p = 0; p < job->place_count; p++)
        plan->weight_sum[p] = place_weight_sum(job, s, p);
    return BASSIN_OK;
}

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    const steps s = steps_of(job);
    for (uint32_t i = 1; i < s.count; i++)
        if (!(s.limit[i] > s.limit[i - 1]))
            return bassin_fail(err, BASSIN_E_ARGUMENT, -1,
                               "limits must rise: %g min comes after %g min", s.limit[i],
                               s.limit[i - 1]);
    if (s.method != METHOD_2SFCA && job->param[P_WEIGHTS].count != s.count)
        return bassin_fail(
            err, BASSIN_E_ARGUMENT, -1,
            "%u weights for %u limits: give one weight a limit (weights: [1, 0.68, 0.22])",
            (unsigned)job->param[P_WEIGHTS].count, (unsigned)s.count);
    if (s.limit[s.count - 1] > job->costs->limit_min)
        return bassin_fail(err, BASSIN_E_ARGUMENT, -1,
                           "limit %g min is beyond the travel limit of %g min: raise travel.limit",
                           s.limit[s.count - 1], job->costs->limit_min);
    return prepare_plan(job, &s, err);
}

static void release(void *data)
{
    catchment_plan *plan = data;
    if (plan != NULL)
        free(plan->weight_sum);
    free(plan);
}

/* Weight of the pair in both steps: w, or w * G with G = w / sum of w (3SFCA). */
static double pair_weight(const bassin_job *job, const steps *s, size_t place, double minutes)
{
    const double w = weight_at(s, minutes);
    if (s->method != METHOD_3SFCA || w <= 0.0)
        return w;
    const catchment_plan *plan = job->plan;
    return w * (w / plan->weight_sum[place]);
}

/* --- stage 1: venues ----------------------------------------------------------------------------
 */

static void venue_row(const bassin_job *job, const steps *s, size_t v)
{
    const bassin_costs *c = job->costs;
    const bassin_column *population = &job->in[IN_POPULATION].items[0];
    const int counted = counts(job, v);
    double demand = 0.0;
    for (uint32_t i = 0; i < s->count; i++)
        bassin_set(&job->out[OUT_V_POPULATION].items[i], v, 0.0);
    for (uint64_t e = c->venue_start[v]; e < c->venue_start[v + 1]; e++) {
        const size_t place = c->venue_place[e];
        if (!bassin_is_present(population, place))
            continue;
        const double persons = population->at.f64[place];
        for (uint32_t i = 0; i < s->count; i++)
            if (c->venue_minutes[e] <= s->limit[i])
                job->out[OUT_V_POPULATION].items[i].at.f64[v] += persons;
        if (counted)
            demand += persons * pair_weight(job, s, place, c->venue_minutes[e]);
    }
    const bassin_slot *ratio = &job->out[OUT_V_RATIO].items[0];
    if (counted && demand > 0.0)
        bassin_set(ratio, v, 1000.0 * supply_of(job, v) / demand);
    else
        ratio->state[v] = BASSIN_NOT_APPLICABLE;
}

/* Not placed, or off the network: who reaches it is not known, which is not nobody. */
static void venue_unknown(const bassin_job *job, const steps *s, size_t v)
{
    for (uint32_t i = 0; i < s->count; i++)
        job->out[OUT_V_POPULATION].items[i].state[v] = job->costs->venue_state[v];
    job->out[OUT_V_RATIO].items[0].state[v] = job->costs->venue_state[v];
}

static bassin_status venues_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    (void)before, (void)partial, (void)err;
    const steps s = steps_of(job);
    for (size_t v = block->begin; v < block->end; v++)
        if (job->costs->venue_state[v] == BASSIN_PRESENT)
            venue_row(job, &s, v);
        else
            venue_unknown(job, &s, v);
    return BASSIN_OK;
}

/* --- stage 2: places ----------------------------------------------------------------------------
 */

typedef struct nearest {
    double minutes, km;
    uint32_t venue;
} nearest;

/* Entries come by ascending venue, so a strict comparison leaves ties to the first id. */
static void nearest_take(nearest *best, double minutes, double km, uint32_t venue)
{
    if (best->venue == BASSIN_OUTSIDE || minutes < best->minutes ||
        (!(minutes > best->minutes) && km < best->km))
        *best = (nearest){.minutes = minutes, .km = km, .venue = venue};
}

typedef struct place_answers {
    nearest any, third, function[BASSIN_FUNCTIONS], function_third[BASSIN_FUNCTIONS];
    double access, access_third;
} place_answers;

static void answers_clear(place_answers *a)
{
    const nearest none = {.venue = BASSIN_OUTSIDE};
    *a = (place_answers){.any = none, .third = none};
    for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
        a->function[f] = a->function_third[f] = none;
}

static double access_gain(const bassin_job *job, const steps *s, size_t place, uint32_t v,
                          double minutes)
{
    const bassin_slot *ratio = &job->out[OUT_V_RATIO].items[0];
    if (ratio->state[v] != BASSIN_PRESENT)
        return 0.0;
    const double w = pair_weight(job, s, place, minutes);
    return ratio->at.f64[v] * (s->method == METHOD_M2SFCA ? w * w : w);
}

static void answers_find(const bassin_job *job, const steps *s, size_t place, place_answers *a)
{
    const bassin_costs *c = job->costs;
    for (uint64_t e = c->place_start[place]; e < c->place_start[place + 1]; e++) {
        const uint32_t v = c->place_venue[e];
        if (!counts(job, v))
            continue;
        const double minutes = c->place_minutes[e], km = c->place_km[e];
        const int third = job->in[IN_SCOPE].items[0].at.u32[v] == 1u;
        const double gain = access_gain(job, s, place, v, minutes);
        nearest_take(&a->any, minutes, km, v);
        a->access += gain;
        if (third) {
            nearest_take(&a->third, minutes, km, v);
            a->access_third += gain;
        }
        for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++) {
            if (job->in[IN_FUNCTION].items[f].at.f64[v] < FUNCTION_THRESHOLD)
                continue;
            nearest_take(&a->function[f], minutes, km, v);
            if (third)
                nearest_take(&a->function_third[f], minutes, km, v);
        }
    }
}

/* A place without a point is missing, one off the network unreachable; one with no venue within the
 * travel limit is beyond it. */
static void put_minutes(const bassin_job *job, uint32_t output, uint32_t member, size_t place,
                        const nearest *n)
{
    const bassin_slot *slot = &job->out[output].items[member];
    if (job->costs->place_state[place] != BASSIN_PRESENT)
        slot->state[place] = job->costs->place_state[place];
    else if (n->venue == BASSIN_OUTSIDE)
        slot->state[place] = BASSIN_BEYOND_LIMIT;
    else
        bassin_set(slot, place, n->minutes);
}

static bassin_status put_venue(const bassin_job *job, uint32_t output, uint32_t member,
                               size_t place, const nearest *n, bassin_error *err)
{
    if (n->venue == BASSIN_OUTSIDE)
        return BASSIN_OK;
    return job->host->text(job, output, member, place,
                           bassin_text_at(&job->in[IN_ID].items[0], n->venue), err);
}

static bassin_status put_functions(const bassin_job *job, size_t place, const place_answers *a,
                                   bassin_error *err)
{
    bassin_status result = BASSIN_OK;
    for (uint32_t f = 0; result == BASSIN_OK && f < BASSIN_FUNCTIONS; f++) {
        put_minutes(job, OUT_MINUTES_F, f, place, &a->function[f]);
        put_minutes(job, OUT_MINUTES_F_TL, f, place, &a->function_third[f]);
        result = put_venue(job, OUT_VENUE_F, f, place, &a->function[f], err);
    }
    return result;
}

static void put_within_and_access(const bassin_job *job, const steps *s, size_t place,
                                  const place_answers *a)
{
    const uint8_t known = job->costs->place_state[place];
    if (known != BASSIN_PRESENT) {
        for (uint32_t i = 0; i < s->count; i++)
            job->out[OUT_WITHIN].items[i].state[place] = known;
        job->out[OUT_ACCESS].items[0].state[place] = known;
        job->out[OUT_ACCESS_TL].items[0].state[place] = known;
        job->out[OUT_KM].items[0].state[place] = known;
        return;
    }
    for (uint32_t i = 0; i < s->count; i++)
        bassin_set(&job->out[OUT_WITHIN].items[i], place,
                   a->any.venue != BASSIN_OUTSIDE && a->any.minutes <= s->limit[i] ? 1.0 : 0.0);
    bassin_set(&job->out[OUT_ACCESS].items[0], place, a->access);
    bassin_set(&job->out[OUT_ACCESS_TL].items[0], place, a->access_third);
    if (a->any.venue != BASSIN_OUTSIDE && isnan(a->any.km)) /* a matrix without distances */
        job->out[OUT_KM].items[0].state[place] = BASSIN_MISSING;
    else if (a->any.venue != BASSIN_OUTSIDE)
        bassin_set(&job->out[OUT_KM].items[0], place, a->any.km);
    else
        job->out[OUT_KM].items[0].state[place] = BASSIN_BEYOND_LIMIT;
}

static bassin_status place_row(const bassin_job *job, const steps *s, size_t place,
                               bassin_error *err)
{
    place_answers a;
    answers_clear(&a);
    answers_find(job, s, place, &a);
    put_minutes(job, OUT_MINUTES, 0, place, &a.any);
    put_minutes(job, OUT_MINUTES_TL, 0, place, &a.third);
    put_within_and_access(job, s, place, &a);
    bassin_status result = put_venue(job, OUT_VENUE, 0, place, &a.any, err);
    if (result == BASSIN_OK)
        result = put_venue(job, OUT_VENUE_TL, 0, place, &a.third, err);
    if (result == BASSIN_OK)
        result = put_functions(job, place, &a, err);
    return result;
}

static bassin_status places_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    (void)before, (void)partial;
    const steps s = steps_of(job);
    bassin_status result = BASSIN_OK;
    for (size_t p = block->begin; result == BASSIN_OK && p < block->end; p++)
        result = place_row(job, &s, p, err);
    return result;
}

/* --- headline figures ---------------------------------------------------------------------------
 */

/* 7.5 is written 7_5 in a name, as in columns. */
static void name_clean(char *name)
{
    for (char *c = name; *c != 0; c++)
        if (*c == '.')
            *c = '_';
}

/* Percent of the population of kept places within a limit of an open venue, or third place; NaN
 * over nobody. Those for whom it is not known are left out of both. */
static double share_within(const bassin_job *job, uint32_t step, bool third)
{
    const bassin_column *population = &job->in[IN_POPULATION].items[0];
    const bassin_slot *within = &job->out[OUT_WITHIN].items[step];
    const bassin_slot *minutes = &job->out[OUT_MINUTES_TL].items[0];
    const double limit = job->param[P_LIMITS].value[step];
    double all = 0.0, inside = 0.0;
    for (size_t p = 0; p < job->place_count; p++) {
        if (!job->place_kept[p] || !bassin_is_present(population, p) ||
            within->state[p] != BASSIN_PRESENT)
            continue;
        const bool near = minutes->state[p] == BASSIN_PRESENT && minutes->at.f64[p] <= limit;
        all += population->at.f64[p];
        inside += (third ? near : within->at.f64[p]) * population->at.f64[p];
    }
    return all > 0.0 ? 100.0 * inside / all : (double)NAN;
}

static bassin_status within_total(const bassin_job *job, uint32_t step, bool third,
                                  bassin_error *err)
{
    char name[48], fr[96], en[96];
    const double limit = job->param[P_LIMITS].value[step];
    const double share = share_within(job, step, third);
    (void)snprintf(name, sizeof name, "within_%g_min%s", limit, third ? "_tl" : "");
    name_clean(name);
    (void)snprintf(fr, sizeof fr, "Habitants à %g min au plus d’un %s ouvert", limit,
                   third ? "tiers-lieu" : "lieu");
    (void)snprintf(en, sizeof en, "Inhabitants within %g min of an open %s", limit,
                   third ? "third place" : "venue");
    const bassin_total t = {.size = sizeof t,
                            .name = name,
                            .title_fr = fr,
                            .title_en = en,
                            .unit = "%",
                            .value = isnan(share) ? 0.0 : share,
                            .low = NAN,
                            .high = NAN,
                            .state = isnan(share) ? BASSIN_NOT_APPLICABLE : BASSIN_PRESENT,
                            .decimals = 4};
    return job->host->total(job, &t, err);
}

/* The supply distributed equals the supply there is (METHODS.md section 4): shown as a check. */
static bassin_status conservation_total(const bassin_job *job, bassin_error *err)
{
    const bassin_column *population = &job->in[IN_POPULATION].items[0];
    double distributed = 0.0;
    for (size_t p = 0; p < job->place_count; p++)
        if (bassin_is_present(population, p) &&
            job->out[OUT_ACCESS].items[0].state[p] == BASSIN_PRESENT)
            distributed += job->out[OUT_ACCESS].items[0].at.f64[p] * population->at.f64[p] / 1000.0;
    char name[48], fr[128], en[128];
    const char *method = job->param[P_METHOD].text;
    (void)snprintf(name, sizeof name, "access_supply_%s", method);
    (void)snprintf(fr, sizeof fr,
                   "Lieux répartis par l’accessibilité pondérée (%s), marge comprise", method);
    (void)snprintf(en, sizeof en,
                   "Venues shared out by weighted accessibility (%s), margin included", method);
    const bassin_total t = {.size = sizeof t,
                            .name = name,
                            .title_fr = fr,
                            .title_en = en,
                            .unit = "{venue}",
                            .value = distributed,
                            .low = NAN,
                            .high = NAN,
                            .decimals = 4};
    return job->host->total(job, &t, err);
}

/* Venues that count for a mean venue since they declare no hours, or no seats: flagged. */
static bassin_status undeclared_total(const bassin_job *job, uint32_t in, const char *name,
                                      const char *fr, const char *en, bassin_error *err)
{
    double undeclared = 0.0;
    for (size_t v = 0; v < job->venue_count; v++)
        undeclared += counts(job, v) && !bassin_is_present(&job->in[in].items[0], v);
    const bassin_total t = {.size = sizeof t,
                            .name = name,
                            .title_fr = fr,
                            .title_en = en,
                            .unit = "{venue}",
                            .value = undeclared,
                            .low = NAN,
                            .high = NAN,
                            .decimals = 0};
    return job->host->total(job, &t, err);
}

/* Only where some venue declares what the others do not. */
static bassin_status undeclared_totals(const bassin_job *job, bassin_error *err)
{
    const catchment_plan *plan = job->plan;
    const uint32_t rule = (uint32_t)job->param[P_SUPPLY].value[0];
    bassin_status result = BASSIN_OK;
    if (rule != SUPPLY_VENUE && plan->mean_hours > 0.0)
        result =
            undeclared_total(job, IN_HOURS, "access_without_hours",
                             "Lieux sans horaires, comptés pour un lieu moyen, marge comprise",
                             "Venues without hours, counted as a mean venue, margin included", err);
    if (result == BASSIN_OK && rule == SUPPLY_HOURS_SEATS && plan->mean_seats > 0.0)
        result = undeclared_total(
            job, IN_SEATS, "access_without_seats",
            "Lieux sans capacité, comptés pour un lieu moyen, marge comprise",
            "Venues without a capacity, counted as a mean venue, margin included", err);
    return result;
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)before, (void)total;
    bassin_status result = BASSIN_OK;
    for (uint32_t i = 0; result == BASSIN_OK && i < job->param[P_LIMITS].count; i++)
        result = within_total(job, i, false, err);
    for (uint32_t i = 0; result == BASSIN_OK && i < job->param[P_LIMITS].count; i++)
        result = within_total(job, i, true, err);
    if (result == BASSIN_OK)
        result = conservation_total(job, err);
    if (result == BASSIN_OK)
        result = undeclared_totals(job, err);
    if (result == BASSIN_OK)
        result = areas_make(job, err);
    return result;
}

static const double minute_breaks[] = {10, 15, 20, 30, 45};
static const bassin_map map_minutes = {
    .size = sizeof map_minutes,
    .kind = BASSIN_MAP_CHOROPLETH,
    .palette = BASSIN_PALETTE_YLGNBU,
    .sheet = "02_temps_acces",
    .title_fr = "Temps d’accès au lieu ouvert le plus proche",
    .title_en = "Travel time to the nearest open venue",
    .breaks = minute_breaks,
    .break_count = 5,
    .show_venues = 1,
};

#define TEXT_COLUMN(table_, id_, fr_, en_)                                                         \
    {                                                                                              \
        .table = table_, .id = id_, .title_fr = fr_, .title_en = en_, .unit = "",                  \
        .type = BASSIN_TEXT, .decimals = -1                                                        \
    }
#define MINUTES(id_, fr_, en_, ...)                                                                \
    {                                                                                              \
        .table = "places", .id = id_, .title_fr = fr_, .title_en = en_, .unit = "min",             \
        .type = BASSIN_F64, .decimals = 1, .aggregate = BASSIN_AGGREGATE_MEAN,                     \
        .weight = "population", .sheet_fr = "Accès par fonction", .lowest = 0, .highest = 1e5,     \
        __VA_ARGS__                                                                                \
    }

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "catchment",
    .title_fr = "Aires de desserte",
    .title_en = "Catchments",
    .version = "1.0.0",
    .method_fr =
        "Population à portée de chaque lieu, lieu le plus proche de chaque commune (ex "
        "æquo : le premier "
        "identifiant), pour l’ensemble des lieux et pour les seuls tiers-lieux, et "
        "accessibilité pondérée "
        "par aires flottantes (Luo et Qi 2009 ; méthode, limites et poids : voir les paramètres) : "
        "l’offre d’un lieu "
        "(ses heures d’ouverture rapportées à celles du lieu moyen ; 1 s’il n’en déclare pas) est "
        "divisée par la population pondérée à sa portée, puis sommée sur les "
        "lieux à portée de la "
        "commune. Les bornes sont comprises (≤).",
    .method_en =
        "Population within reach of each venue, nearest venue of each commune (ties: the "
        "first id), for all "
        "venues and for third places only, and floating-catchment accessibility (Luo and Qi "
        "2009; method, limits and weights: see the parameters): the supply of a venue (its open "
        "hours "
        "against those of the mean venue; 1 where it declares none) is divided by the "
        "weighted population "
        "within its reach, then summed over the venues within reach of the commune. "
        "Limits are inclusive.",
    .flags = BASSIN_PER_MODE,
    .needs = BASSIN_NEED_COSTS,
    .params = BASSIN_LIST(
        bassin_param,
        {.id = "limits",
         .title_fr = "Limites des aires",
         .title_en = "Catchment limits",
         .unit = "min",
         .kind = BASSIN_PARAM_LIST,
         .lowest = 1,
         .highest = 600,
         .fallback_text = "10;20;30",
         .basis = "isochrones usuelles des études d’accès (10, 20, 30 min)",
         .basis_en = "usual isochrones of French access studies (10, 20, 30 min)"},
        {.id = "method",
         .title_fr = "Méthode d’accessibilité",
         .title_en = "Accessibility method",
         .unit = "",
         .kind = BASSIN_PARAM_CHOICE,
         .fallback_text = "e2sfca",
         .choices = "2sfca|e2sfca|3sfca|m2sfca",
         .basis = "Luo et Qi 2009",
         .basis_en = "Luo and Qi 2009"},
        {.id = "weights",
         .title_fr = "Poids par pas",
         .title_en = "Step weights",
         .unit = "1",
         .kind = BASSIN_PARAM_LIST,
         .lowest = 0,
         .highest = 1,
         .fallback_text = "1;0.68;0.22",
         .basis = "Luo et Qi 2009",
         .basis_en = "Luo and Qi 2009"},
        {.id = "supply",
         .title_fr = "Offre d’un lieu",
         .title_en = "Supply of a venue",
         .unit = "",
         .kind = BASSIN_PARAM_CHOICE,
         .fallback_text = "hours",
         .choices = "hours|venue|hours-seats",
         .basis = "méthode de bassin : heures d’ouverture × places ; supposé : la moyenne des "
                  "lieux qui en déclarent, pour un lieu qui n’en déclare pas",
         .basis_en = "bassin's method: open hours x seats; assumed: the mean of the venues that "
                     "declare them where a venue declares none"},
        {.id = "members",
         .title_fr = "Communes ou carreaux de chaque aire",
         .title_en = "Communes or cells of each catchment",
         .unit = "",
         .kind = BASSIN_PARAM_CHOICE,
         .fallback_text = "outline",
         .choices = "outline|list",
         .basis = "list : une table de lieux, limites et communes, qui peut avoir des millions de "
                  "lignes quand ce sont des carreaux",
         .basis_en = "list: a table of venue, limit and place, which may hold millions of rows "
                     "where places are cells"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "population", .unit = "{person}", .type = BASSIN_F64},
        {.table = "venues", .column = "id", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "name", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "in_scope", .unit = "1", .type = BASSIN_U32},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64},
        {.table = "venues",
         .column = "hours_week",
         .unit = "h",
         .type = BASSIN_F64,
         .flags = BASSIN_INPUT_OPTIONAL},
        {.table = "venues",
         .column = "capacity",
         .unit = "1",
         .type = BASSIN_F64,
         .flags = BASSIN_INPUT_OPTIONAL},
        {.table = "places", .column = "code", .unit = "", .type = BASSIN_TEXT}),
    .outputs = BASSIN_LIST(
        bassin_output,
        {.table = "venues",
         .id = "population_{limits}",
         .title_fr = "Habitants à {limits} min au plus",
         .title_en = "Inhabitants within {limits} min",
         .unit = "{person}",
         .type = BASSIN_F64,
         .decimals = 0,
         .sheet_fr = "Aires de desserte"},
        {.table = "venues",
         .id = "supply_ratio",
         .title_fr = "Offre pour 1 000 habitants pondérés à portée",
         .title_en = "Supply per 1,000 weighted inhabitants within reach",
         .unit = "/1000",
         .type = BASSIN_F64,
         .decimals = 6},
        MINUTES("minutes_nearest", "Temps d’accès au lieu le plus proche",
                "Time to the nearest venue", .map = &map_minutes,
                .reading_fr =
                    "les habitants de {name} sont à {value} min du lieu ouvert le plus proche.",
                .reading_en =
                    "the inhabitants of {name} are {value} min from the nearest open venue."),
        {.table = "places",
         .id = "km_nearest",
         .title_fr = "Distance au lieu le plus proche",
         .title_en = "Distance to the nearest venue",
         .unit = "km",
         .type = BASSIN_F64,
         .decimals = 2,
         .aggregate = BASSIN_AGGREGATE_MEAN,
         .weight = "population",
         .sheet_fr = "Accès par fonction"},
        TEXT_COLUMN("places", "venue_nearest", "Lieu le plus proche", "Nearest venue"),
        MINUTES("minutes_nearest_tl", "Temps d’accès au tiers-lieu le plus proche",
                "Time to the nearest third place", .map = NULL),
        TEXT_COLUMN("places", "venue_nearest_tl", "Tiers-lieu le plus proche",
                    "Nearest third place"),
        MINUTES("minutes_{function}", "{function} : temps d’accès", "{function}: travel time",
                .map = NULL),
        TEXT_COLUMN("places", "venue_{function}", "{function} : lieu le plus proche",
                    "{function}: nearest venue"),
        MINUTES("minutes_{function}_tl", "{function} : temps d’accès, tiers-lieux seuls",
                "{function}: travel time, third places only", .map = NULL),
        {.table = "places",
         .id = "within_{limits}",
         .title_fr = "À {limits} min au plus d’un lieu",
         .title_en = "Within {limits} min of a venue",
         .unit = "1",
         .type = BASSIN_F64,
         .decimals = 4,
         .aggregate = BASSIN_AGGREGATE_MEAN,
         .weight = "population",
         .sheet_fr = "Aires de desserte",
         .lowest = 0,
         .highest = 1},
        {.table = "places",
         .id = "access",
         .title_fr = "Accessibilité pondérée (lieux pour 1 000 habitants)",
         .title_en = "Weighted accessibility (venues per 1,000 inhabitants)",
         .unit = "/1000",
         .type = BASSIN_F64,
         .decimals = 4,
         .aggregate = BASSIN_AGGREGATE_MEAN,
         .weight = "population",
         .sheet_fr = "Aires de desserte"},
        {.table = "places",
         .id = "access_tl",
         .title_fr = "Accessibilité pondérée aux tiers-lieux (pour 1 000 habitants)",
         .title_en = "Weighted accessibility to third places (per 1,000 inhabitants)",
         .unit = "/1000",
         .type = BASSIN_F64,
         .decimals = 4,
         .aggregate = BASSIN_AGGREGATE_MEAN,
         .weight = "population",
         .sheet_fr = "Aires de desserte"},
        TEXT_COLUMN("catchments", "id", "Aire", "Catchment"),
        TEXT_COLUMN("catchments", "venue", "Lieu", "Venue"),
        TEXT_COLUMN("catchments", "name", "Nom du lieu", "Name of the venue"),
        {.table = "catchments",
         .id = "limit_min",
         .title_fr = "Limite",
         .title_en = "Limit",
         .unit = "min",
         .type = BASSIN_F64,
         .decimals = -1},
        {.table = "catchments",
         .id = "places",
         .title_fr = "Communes ou carreaux",
         .title_en = "Communes or cells",
         .unit = "1",
         .type = BASSIN_U32,
         .decimals = -1},
        {.table = "catchments",
         .id = "population",
         .title_fr = "Habitants",
         .title_en = "Inhabitants",
         .unit = "{person}",
         .type = BASSIN_F64,
         .decimals = 0},
        TEXT_COLUMN("reach", "id", "Zone", "Zone"),
        {.table = "reach",
         .id = "limit_min",
         .title_fr = "Temps d’accès au plus",
         .title_en = "Travel time at most",
         .unit = "min",
         .type = BASSIN_F64,
         .decimals = -1},
        {.table = "reach",
         .id = "places",
         .title_fr = "Communes ou carreaux",
         .title_en = "Communes or cells",
         .unit = "1",
         .type = BASSIN_U32,
         .decimals = -1},
        {.table = "reach",
         .id = "population",
         .title_fr = "Habitants",
         .title_en = "Inhabitants",
         .unit = "{person}",
         .type = BASSIN_F64,
         .decimals = 0},
        {.table = "reach",
         .id = "share",
         .title_fr = "Part des habitants",
         .title_en = "Share of inhabitants",
         .unit = "%",
         .type = BASSIN_F64,
         .decimals = 2},
        TEXT_COLUMN("catchment_members", "venue", "Lieu", "Venue"),
        {.table = "catchment_members",
         .id = "limit_min",
         .title_fr = "Plus petite limite qui comprend la commune ou le carreau",
         .title_en = "Shortest limit that holds the commune or cell",
         .unit = "min",
         .type = BASSIN_F64,
         .decimals = -1},
        TEXT_COLUMN("catchment_members", "place", "Commune ou carreau", "Commune or cell"),
        {.table = "catchment_members",
         .id = "minutes",
         .title_fr = "Temps de trajet",
         .title_en = "Travel time",
         .unit = "min",
         .type = BASSIN_F64,
         .decimals = 1}),
    .tables = BASSIN_LIST(bassin_table,
                          {.id = "catchments",
                           .title_fr = "Aires de desserte des tiers-lieux ouverts",
                           .title_en = "Catchments of open third places",
                           .geometry = BASSIN_GEOMETRY_PLACE_SET,
                           .key = "id"},
                          {.id = "reach",
                           .title_fr = "Zones à portée d’un lieu ouvert",
                           .title_en = "Within reach of an open venue",
                           .geometry = BASSIN_GEOMETRY_PLACE_SET,
                           .key = "id"},
                          {.id = "catchment_members",
                           .title_fr = "Communes ou carreaux des aires de desserte",
                           .title_en = "Communes or cells of catchments"}),
    .stages = BASSIN_LIST(
        bassin_stage, {.size = sizeof(bassin_stage), .over = "venues", .run = venues_run},
        {.size = sizeof(bassin_stage), .over = "places", .run = places_run, .finish = finish}),
    .prepare = prepare,
    .release = release,
};
