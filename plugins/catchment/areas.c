/* Who is within each limit of each open third place, and of the nearest open venue: as lists, and
 * as areas that the host draws. */
#include <stdbool.h>

#include "catchment.h"

static int has_catchment(const bassin_job *job, size_t v)
{
    const uint32_t place = job->venue_place[v];
    return job->venue_open[v] && place != BASSIN_OUTSIDE && job->place_kept[place] &&
           job->in[IN_SCOPE].items[0].at.u32[v] == 1u;
}

/* A row is drawn as a region of travel time where the host can. */
static bassin_status reach_say(const bassin_job *job, const char *table, size_t row,
                               const uint32_t *venues, size_t count, double limit,
                               bassin_error *err)
{
    const bassin_reach *reach = job->host->service(job, BASSIN_SERVICE_REACH);
    return reach != NULL ? reach->within(job, table, row, venues, count, limit, err) : BASSIN_OK;
}

static bassin_status catchment_row(const bassin_job *job, size_t row, size_t v, uint32_t step,
                                   uint32_t *places, bassin_error *err)
{
    const bassin_costs *c = job->costs;
    const double limit = job->param[P_LIMITS].value[step];
    size_t count = 0;
    for (uint64_t e = c->venue_start[v]; e < c->venue_start[v + 1]; e++)
        if (c->venue_minutes[e] <= limit)
            places[count++] = c->venue_place[e];
    char id[320];
    (void)snprintf(id, sizeof id, "%.256s@%g", bassin_text_at(&job->in[IN_ID].items[0], v), limit);
    bassin_set(&job->out[OUT_C_LIMIT].items[0], row, limit);
    bassin_set(&job->out[OUT_C_POPULATION].items[0], row,
               job->out[OUT_V_POPULATION].items[step].at.f64[v]);
    job->out[OUT_C_PLACES].items[0].at.u32[row] = (uint32_t)count;
    job->out[OUT_C_PLACES].items[0].state[row] = BASSIN_PRESENT;
    bassin_status result = job->host->text(job, OUT_C_ID, 0, row, id, err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_C_VENUE, 0, row,
                                 bassin_text_at(&job->in[IN_ID].items[0], v), err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_C_NAME, 0, row,
                                 bassin_text_at(&job->in[IN_NAME].items[0], v), err);
    if (result == BASSIN_OK)
        result = job->host->place_set(job, "catchments", row, places, count, err);
    if (result == BASSIN_OK) {
        const uint32_t venue = (uint32_t)v;
        result = reach_say(job, "catchments", row, &venue, 1, limit, err);
    }
    return result;
}

static bassin_status catchments_table(const bassin_job *job, bassin_error *err)
{
    const uint32_t step_count = job->param[P_LIMITS].count;
    size_t venues = 0, row = 0;
    for (size_t v = 0; v < job->venue_count; v++)
        venues += (size_t)has_catchment(job, v);
    uint32_t *places = job->host->scratch(job, (job->place_count + 1) * sizeof *places);
    if (places == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu places",
                           job->place_count);
    bassin_status result = job->host->table_rows(job, "catchments", venues * step_count, err);
    for (size_t v = 0; result == BASSIN_OK && v < job->venue_count; v++)
        for (uint32_t i = 0; result == BASSIN_OK && has_catchment(job, v) && i < step_count; i++)
            result = catchment_row(job, row++, v, i, places, err);
    return result;
}

/* --- the places of each catchment, where the run file asks for them --- */

static size_t members_count(const bassin_job *job, double longest)
{
    const bassin_costs *c = job->costs;
    size_t rows = 0;
    for (size_t v = 0; v < job->venue_count; v++)
        for (uint64_t e = c->venue_start[v]; has_catchment(job, v) && e < c->venue_start[v + 1];
             e++)
            rows += c->venue_minutes[e] <= longest && job->place_kept[c->venue_place[e]];
    return rows;
}

/* The shortest of the limits that hold the place: those above hold it too. */
static double limit_of(const steps *s, double minutes)
{
    uint32_t i = 0;
    while (minutes > s->limit[i])
        i++;
    return s->limit[i];
}

static bassin_status member_row(const bassin_job *job, const steps *s, size_t row, size_t v,
                                uint64_t e, bassin_error *err)
{
    const bassin_costs *c = job->costs;
    bassin_set(&job->out[OUT_M_LIMIT].items[0], row, limit_of(s, c->venue_minutes[e]));
    bassin_set(&job->out[OUT_M_MINUTES].items[0], row, c->venue_minutes[e]);
    const bassin_status result =
        job->host->text(job, OUT_M_VENUE, 0, row, bassin_text_at(&job->in[IN_ID].items[0], v), err);
    return result == BASSIN_OK
               ? job->host->text(job, OUT_M_PLACE, 0, row,
                                 bassin_text_at(&job->in[IN_CODE].items[0], c->venue_place[e]), err)
               : result;
}

static bassin_status members_table(const bassin_job *job, bassin_error *err)
{
    const bassin_costs *c = job->costs;
    const steps s = steps_of(job);
    const double longest = s.limit[s.count - 1];
    size_t row = 0;
    if ((uint32_t)job->param[P_MEMBERS].value[0] != MEMBERS_LIST)
        return BASSIN_OK;
    bassin_status result =
        job->host->table_rows(job, "catchment_members", members_count(job, longest), err);
    for (size_t v = 0; result == BASSIN_OK && v < job->venue_count; v++)
        for (uint64_t e = c->venue_start[v];
             result == BASSIN_OK && has_catchment(job, v) && e < c->venue_start[v + 1]; e++)
            if (c->venue_minutes[e] <= longest && job->place_kept[c->venue_place[e]])
                result = member_row(job, &s, row++, v, e, err);
    return result;
}

/* --- what reaches the nearest venue --- */

typedef struct reached {
    uint32_t *places, *venues;
    size_t place_count, venue_count;
    double population, all; /* of kept places: within the limit; with a known time */
} reached;

static void within_find(const bassin_job *job, uint32_t step, reached *w)
{
    const bassin_column *population = &job->in[IN_POPULATION].items[0];
    const bassin_slot *slot = &job->out[OUT_WITHIN].items[step];
    w->place_count = 0;
    w->population = w->all = 0.0;
    for (size_t p = 0; p < job->place_count; p++) {
        if (slot->state[p] != BASSIN_PRESENT)
            continue;
        const bool inside = slot->at.f64[p] > 0.5;
        const double persons =
            job->place_kept[p] && bassin_is_present(population, p) ? population->at.f64[p] : 0.0;
        w->all += persons;
        w->population += inside ? persons : 0.0;
        if (inside)
            w->places[w->place_count++] = (uint32_t)p;
    }
}

static bassin_status within_row(const bassin_job *job, size_t row, uint32_t step, reached *w,
                                bassin_error *err)
{
    const double limit = job->param[P_LIMITS].value[step];
    char id[32];
    within_find(job, step, w);
    (void)snprintf(id, sizeof id, "%g", limit);
    bassin_set(&job->out[OUT_R_LIMIT].items[0], row, limit);
    bassin_set(&job->out[OUT_R_POPULATION].items[0], row, w->population);
    if (w->all > 0.0)
        bassin_set(&job->out[OUT_R_SHARE].items[0], row, 100.0 * w->population / w->all);
    else
        job->out[OUT_R_SHARE].items[0].state[row] = BASSIN_NOT_APPLICABLE;
    job->out[OUT_R_PLACES].items[0].at.u32[row] = 0;
    for (size_t i = 0; i < w->place_count; i++)
        job->out[OUT_R_PLACES].items[0].at.u32[row] += job->place_kept[w->places[i]] != 0;
    job->out[OUT_R_PLACES].items[0].state[row] = BASSIN_PRESENT;
    bassin_status result = job->host->text(job, OUT_R_ID, 0, row, id, err);
    if (result == BASSIN_OK)
        result = job->host->place_set(job, "reach", row, w->places, w->place_count, err);
    return result == BASSIN_OK ? reach_say(job, "reach", row, w->venues, w->venue_count, limit, err)
                               : result;
}

/* The longest limit first: on a map the shorter ones lie on top. */
static bassin_status within_table(const bassin_job *job, bassin_error *err)
{
    const uint32_t step_count = job->param[P_LIMITS].count;
    reached w = {.places = job->host->scratch(job, (job->place_count + 1) * sizeof *w.places),
                 .venues = job->host->scratch(job, (job->venue_count + 1) * sizeof *w.venues)};
    if (w.places == NULL || w.venues == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu places",
                           job->place_count);
    for (size_t v = 0; v < job->venue_count; v++)
        if (counts(job, v))
            w.venues[w.venue_count++] = (uint32_t)v;
    bassin_status result = job->host->table_rows(job, "reach", step_count, err);
    for (uint32_t i = 0; result == BASSIN_OK && i < step_count; i++)
        result = within_row(job, i, step_count - 1 - i, &w, err);
    return result;
}

bassin_status areas_make(const bassin_job *job, bassin_error *err)
{
    bassin_status result = catchments_table(job, err);
    if (result == BASSIN_OK)
        result = within_table(job, err);
    return result == BASSIN_OK ? members_table(job, err) : result;
}
