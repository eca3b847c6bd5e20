#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double short_trip_km = 2.0,
                    short_trip_driving = 0.53; /* INSEE 2017: 53 % drive up to 2 km */
static const double least_distance_km = 1.0;   /* of the attraction d^-b */

double driving_share(double km, uint32_t class_)
{
    if (km <= short_trip_km)
        return short_trip_driving;
    return class_ == CLASS_CAR || class_ == CLASS_MOTO ? 1.0 : 0.0;
}

uint32_t class_of_mode(uint32_t mode)
{
    switch (mode) {
    case 4:
        return CLASS_MOTO;
    case 5:
        return CLASS_CAR;
    case 6:
        return CLASS_TRANSIT;
    default:
        return CLASS_NONE;
    }
}

int row_is_frontier(const bassin_job *job, size_t row)
{
    enum { ABROAD_LOCATED = 2 };
    return job->flows->abroad != NULL && job->flows->abroad[row] == ABROAD_LOCATED;
}

int frontier_added(const bassin_job *job)
{
    return strcmp(job->param[P_FRONTIER].text, "added") == 0;
}

double commute_of(const bassin_job *job, size_t row)
{
    return row_is_frontier(job, row) ? job->flows->abroad_km[row] : job->flows->km[row];
}

int row_counts(const bassin_job *job, const venue_plan *plan, size_t row)
{
    const bassin_flows *f = job->flows;
    enum { MODE_HOME = 1 };
    const uint32_t s = f->occupation[row];
    if (f->mode[row] == MODE_HOME || s < 1 || s > OCCUPATIONS)
        return 0;
    if (f->state[row] != BASSIN_PRESENT && !row_is_frontier(job, row))
        return 0;
    if (s <= 2 && !plan->central.count_self_employed)
        return 0;
    const double km = commute_of(job, row);
    return km >= job->param[P_DMIN].value[0] && km <= job->param[P_DMAX].value[0];
}

/* --- from sums to a year's outcome
 * ---------------------------------------------------------------- */

static double saved_km_factor(uint32_t class_, const parameters *p)
{
    return class_ == CLASS_CAR ? 1.0 / p->occ : class_ == CLASS_MOTO ? 1.0 : 0.0;
}

/* kg per km of the part of the trip to the venue that is not driven. */
static double other_kg_factor(uint32_t class_, const parameters *p)
{
    return class_ == CLASS_TRANSIT ? p->ef_transit : 0.0;
}

static double saved_kg_factor(uint32_t class_, const parameters *p)
{
    switch (class_) {
    case CLASS_CAR:
        return p->ef_car / p->occ;
    case CLASS_MOTO:
        return p->ef_moto;
    case CLASS_TRANSIT:
        return p->ef_transit;
    default:
        return 0.0;
    }
}

outcome outcome_of(const moments *m, const parameters *p, double noise)
{
    outcome o = {0};
    double variance = 0.0, variance_kg = 0.0, kg = 0.0;
    for (uint32_t c = 0; c < CLASSES; c++)
        for (uint32_t s = 1; s <= OCCUPATIONS; s++) {
            const cell *it = &m->at[c * OCCUPATIONS + s - 1];
            const double days = p->days_per_share * p->tau[s]; /* a year, per worker of the cell */
            const double kept = s <= 2 ? 0.0 : p->alpha * (1.0 - p->rho);
            const double a = kept * saved_km_factor(c, p), b = 1.0 / p->occ;
            const double e = kept * saved_kg_factor(c, p), g = p->ef_car / p->occ;
            const double h = other_kg_factor(c, p);
            o.days += days * it->workers;
            o.gross_km += days * it->saved * saved_km_factor(c, p);
            o.net_km += days * (a * it->saved - b * it->trip);
            kg += days * (e * it->saved - g * it->trip - h * it->other);
            variance += days * days * (a * a * it->aa - 2.0 * a * b * it->ab + b * b * it->bb);
            variance_kg += days * days *
                           (e * e * it->aa - 2.0 * e * g * it->ab + g * g * it->bb +
                            h * (h * it->oo - 2.0 * e * it->ao + 2.0 * g * it->bo));
        }
    if (p->flow_noise) {
        o.net_km += noise * sqrt(fmax(variance, 0.0));
        kg += noise * sqrt(fmax(variance_kg, 0.0));
    }
    o.co2_t = kg / 1000.0;
    return o;
}

double breakeven_alpha(const moments *m, const parameters *p)
{
    double gain = 0.0, loss = 0.0;
    for (uint32_t c = 0; c < CLASSES; c++)
        for (uint32_t s = 1; s <= OCCUPATIONS; s++) {
            const cell *it = &m->at[c * OCCUPATIONS + s - 1];
            gain += s <= 2 ? 0.0 : p->tau[s] * (1.0 - p->rho) * saved_km_factor(c, p) * it->saved;
            loss += p->tau[s] * it->trip / p->occ;
        }
    return gain > 0.0 ? loss / gain : INFINITY;
}

/* --- who goes where
 * ---------------------------------------------------------------------------------- */

/* Feasible: a venue to work in, and a trip shorter than the commute by more than delta. */
static uint32_t feasible(const bassin_job *job, const venue_plan *plan, uint32_t origin,
                         double commute_km, choice *out)
{
    const bassin_costs *c = job->costs;
    const double delta = job->param[P_DELTA].value[0], b = job->param[P_B].value[0];
    uint32_t count = 0;
    for (uint64_t e = c->place_start[origin]; e < c->place_start[origin + 1]; e++) {
        const uint32_t v = c->place_venue[e];
        const double km = c->place_km[e];
        if (!(plan->attraction[v] > 0.0) || !(km + delta < commute_km))
            continue;
        out[count++] =
            (choice){.venue = v,
                     .km = km,
                     .attraction = plan->attraction[v] * pow(fmax(km, least_distance_km), -b)};
    }
    return count;
}

/* Plays the rounds: in each, what is left of the pair is offered to the venues not yet full, by
 * attraction; a venue takes the share it has room for, the rest goes on to the next round. What
 * nobody takes stays a commuter. */
uint32_t choices_of(const bassin_job *job, const venue_plan *plan, uint32_t origin,
                    double commute_km, choice *out)
{
    const uint32_t count = feasible(job, plan, origin, commute_km, out);
    double left = 1.0;
    for (uint32_t r = 0; r < plan->rounds && left > 0.0; r++) {
        const double *accept = plan->accept + (size_t)r * job->venue_count;
        double sum = 0.0, refused = 0.0;
        for (uint32_t i = 0; i < count; i++)
            sum += accept[out[i].venue] > 0.0 ? out[i].attraction : 0.0;
        if (!(sum > 0.0))
            break;
        for (uint32_t i = 0; i < count; i++) {
            if (!(accept[out[i].venue] > 0.0))
                continue;
            const double asked = left * out[i].attraction / sum;
            out[i].share += asked * accept[out[i].venue];
            refused += asked * (1.0 - accept[out[i].venue]);
        }
        left = refused;
    }
    return count;
}

/* --- the plan: attraction, capacity, rounds, draws
 * ------------------------------------------------------ */

static double param(const bassin_job *job, uint32_t i)
{
    return job->param[i].value[0];
}

/* A_v: declared capacity, else the weight of function a. Closed venues and those without function a
 * take nobody. */
static void attractions(const bassin_job *job, venue_plan *plan)
{
    const bassin_column *work = &job->in[IN_FUNCTION].items[0],
                        *seats = &job->in[IN_CAPACITY].items[0];
    const double days = param(job, P_U) * param(job, P_OPEN_DAYS);
    for (size_t v = 0; v < job->venue_count; v++) {
        /* Declared to seat nobody: it takes nobody; only an undeclared capacity is without limit.
         */
        const int declared = bassin_is_present(seats, v);
        const int room = !declared || seats->at.f64[v] > 0.0;
        const int open = job->venue_open[v] && work->at.f64[v] > 0.0 && room &&
                         job->costs->venue_state[v] == BASSIN_PRESENT;
        plan->attraction[v] = !open ? 0.0 : declared ? seats->at.f64[v] : work->at.f64[v];
        plan->capacity[v] = declared ? seats->at.f64[v] * days : INFINITY;
        plan->undeclared += open && !declared;
    }
}

/* Days asked of each venue when `rounds` rounds have been played and one more is offered. */
static void asked_days(const bassin_job *job, const venue_plan *plan, choice *buffer, double *asked)
{
    const bassin_flows *f = job->flows;
    const double *open = plan->accept + (size_t)plan->rounds * job->venue_count;
    memset(asked, 0, job->venue_count * sizeof *asked);
    for (size_t row = 0; row < f->rows; row++) {
        if (!row_counts(job, plan, row) || (row_is_frontier(job, row) && !frontier_added(job)))
            continue;
        const uint32_t count = choices_of(job, plan, f->o[row], commute_of(job, row), buffer);
        double left = 1.0, sum = 0.0;
        for (uint32_t i = 0; i < count; i++) {
            left -= buffer[i].share;
            sum += open[buffer[i].venue] > 0.0 ? buffer[i].attraction : 0.0;
        }
        const double days =
            f->workers[row] * plan->central.days_per_share * plan->central.tau[f->occupation[row]];
        for (uint32_t i = 0; sum > 0.0 && i < count; i++)
            if (open[buffer[i].venue] > 0.0)
                asked[buffer[i].venue] += fmax(left, 0.0) * days * buffer[i].attraction / sum;
    }
}

/* Fixes the acceptance of the round; returns whether some venue was full. */
static int fix_round(const bassin_job *job, venue_plan *plan, const double *asked, double *room)
{
    double *accept = plan->accept + (size_t)plan->rounds * job->venue_count;
    int full = 0;
    for (size_t v = 0; v < job->venue_count; v++) {
        if (!(accept[v] > 0.0) || !(asked[v] > room[v])) {
            room[v] -= accept[v] > 0.0 ? asked[v] : 0.0;
            continue;
        }
        accept[v] = room[v] / asked[v];
        room[v] = 0.0;
        full = 1;
    }
    plan->rounds++;
    return full;
}

static int capacity_declared(const bassin_job *job, const venue_plan *plan)
{
    for (size_t v = 0; v < job->venue_count; v++)
        if (plan->attraction[v] > 0.0 && !isinf(plan->capacity[v]))
            return 1;
    return 0;
}

/* Proportional rationing with the default parameters; the acceptances then hold for every draw. */
static bassin_status ration(const bassin_job *job, venue_plan *plan, bassin_error *err)
{
    const size_t n = job->venue_count;
    choice *buffer = calloc(n + 1, sizeof *buffer);
    double *asked = calloc(n + 1, sizeof *asked), *room = calloc(n + 1, sizeof *room);
    bassin_status result = BASSIN_OK;
    int again = capacity_declared(job, plan);
    for (size_t v = 0; v < n; v++)
        plan->accept[v] = plan->attraction[v] > 0.0 ? 1.0 : 0.0;
    plan->rounds = again ? 0 : 1; /* one round where no venue can be full */
    if (buffer == NULL || asked == NULL || room == NULL)
        result = bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu venues", n);
    for (size_t v = 0; result == BASSIN_OK && v < n; v++)
        room[v] = plan->capacity[v];
    while (result == BASSIN_OK && again && plan->rounds < MAX_ROUNDS) {
        double *accept = plan->accept + (size_t)plan->rounds * n;
        for (size_t v = 0; v < n; v++)
            accept[v] = plan->attraction[v] > 0.0 && room[v] > 0.0 ? 1.0 : 0.0;
        if (job->host->cancelled(job))
            result = bassin_fail(err, BASSIN_E_CANCELLED, -1, "interrupted");
        if (result == BASSIN_OK) {
            asked_days(job, plan, buffer, asked);
            again = fix_round(job, plan, asked, room);
        }
    }
    free(buffer);
    free(asked);
    free(room);
    return result;
}

static parameters central_parameters(const bassin_job *job)
{
    parameters p = {.days_per_share = param(job, P_PI) * param(job, P_K) * param(job, P_W),
                    .alpha = param(job, P_ALPHA),
                    .rho = param(job, P_RHO),
                    .occ = param(job, P_OCC),
                    .ef_car = param(job, P_EF_CAR),
                    .ef_moto = param(job, P_EF_MOTO),
                    .ef_transit = param(job, P_EF_TRANSIT),
                    .count_self_employed =
                        strcmp(job->param[P_SELF_EMPLOYED].text, "counted") == 0};
    for (uint32_t s = 1; s <= OCCUPATIONS; s++)
        p.tau[s] = param(job, P_TAU1 + s - 1);
    return p;
}

/* Whether the parameter is drawn: `vary` is "all", "none" or a list of ids ("flows" for the
 * sampling). */
static int varies(const bassin_job *job, const char *id)
{
    const char *list = job->param[P_VARY].text;
    const size_t size = strlen(id);
    if (strcmp(list, "all") == 0)
        return 1;
    for (const char *at = strstr(list, id); at != NULL; at = strstr(at + 1, id)) {
        const int begins = at == list || strchr(" ,;", at[-1]) != NULL;
        if (begins && (at[size] == 0 || strchr(" ,;", at[size]) != NULL))
            return 1;
    }
    return 0;
}

static const char *const drawn_ids[P_COUNT] = {
    [P_K] = "k",
    [P_W] = "w",
    [P_TAU1] = "tau-cs1",
    [P_TAU2] = "tau-cs2",
    [P_TAU3] = "tau-cs3",
    [P_TAU4] = "tau-cs4",
    [P_TAU5] = "tau-cs5",
    [P_TAU6] = "tau-cs6",
    [P_PI] = "pi",
    [P_ALPHA] = "alpha",
    [P_RHO] = "rho",
    [P_OCC] = "occ",
    [P_EF_CAR] = "ef-car",
    [P_EF_MOTO] = "ef-moto",
    [P_EF_TRANSIT] = "ef-transit",
};

const uint32_t drawn_order[DRAWN_COUNT] = {
    P_ALPHA, P_PI,   P_K,   P_W,   P_TAU1,   P_TAU2,    P_TAU3,       P_TAU4,
    P_TAU5,  P_TAU6, P_RHO, P_OCC, P_EF_CAR, P_EF_MOTO, P_EF_TRANSIT, P_COUNT};

const char *drawn_name(uint32_t param_index)
{
    return param_index == P_COUNT ? "flows" : drawn_ids[param_index];
}

static double chosen(const bassin_job *job, const uint8_t *drawn, uint32_t i, uint64_t draw)
{
    return drawn[i] ? job->host->draw_param(job, i, draw) : param(job, i);
}

static parameters drawn_parameters(const bassin_job *job, const uint8_t *drawn, uint64_t draw)
{
    parameters p = central_parameters(job);
    p.days_per_share = chosen(job, drawn, P_PI, draw) * chosen(job, drawn, P_K, draw) *
                       chosen(job, drawn, P_W, draw);
    for (uint32_t s = 1; s <= OCCUPATIONS; s++)
        p.tau[s] = chosen(job, drawn, P_TAU1 + s - 1, draw);
    p.alpha = chosen(job, drawn, P_ALPHA, draw);
    p.rho = chosen(job, drawn, P_RHO, draw);
    p.occ = chosen(job, drawn, P_OCC, draw);
    p.ef_car = chosen(job, drawn, P_EF_CAR, draw);
    p.ef_moto = chosen(job, drawn, P_EF_MOTO, draw);
    p.ef_transit = chosen(job, drawn, P_EF_TRANSIT, draw);
    p.flow_noise = drawn[P_COUNT];
    return p;
}

parameters parameters_with(const bassin_job *job, const venue_plan *plan, uint32_t param_index,
                           uint64_t draw)
{
    uint8_t drawn[P_COUNT + 1] = {0};
    drawn[param_index] = plan->drawn[param_index];
    return drawn_parameters(job, drawn, draw);
}

static bassin_status check_vary(const bassin_job *job, bassin_error *err)
{
    const char *list = job->param[P_VARY].text;
    if (strcmp(list, "all") == 0 || strcmp(list, "none") == 0)
        return BASSIN_OK;
    for (const char *at = list; *at != 0;) {
        const size_t size = strcspn(at, " ,;");
        int known = size == 0 || (size == 5 && strncmp(at, "flows", 5) == 0);
        for (uint32_t i = 0; !known && i < P_COUNT; i++)
            known = drawn_ids[i] != NULL && strlen(drawn_ids[i]) == size &&
                    strncmp(at, drawn_ids[i], size) == 0;
        if (!known)
            return bassin_fail(err, BASSIN_E_ARGUMENT, -1,
                               "vary: \"%.*s\" is not a parameter that can be drawn; say all, "
                               "none, flows, or ids such as alpha",
                               (int)(size < 40 ? size : 40), at);
        at += size + (at[size] != 0);
    }
    return BASSIN_OK;
}

void venue_plan_free(void *plan)
{
    venue_plan *p = plan;
    if (p == NULL)
        return;
    free(p->attraction);
    free(p->capacity);
    free(p->accept);
    free(p->draw);
    free(p);
}

static bassin_status venue_plan_allocate(const bassin_job *job, venue_plan *p, bassin_error *err)
{
    const size_t n = job->venue_count + 1;
    p->draws = (uint32_t)param(job, P_DRAWS);
    p->attraction = calloc(n, sizeof *p->attraction);
    p->capacity = calloc(n, sizeof *p->capacity);
    p->accept = calloc(n * MAX_ROUNDS, sizeof *p->accept);
    p->draw = calloc((size_t)p->draws + 1, sizeof *p->draw);
    if (p->attraction == NULL || p->capacity == NULL || p->accept == NULL || p->draw == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu venues",
                           job->venue_count);
    return BASSIN_OK;
}

bassin_status venue_plan_new(const bassin_job *job, venue_plan **out, bassin_error *err)
{
    bassin_status result = check_vary(job, err);
    venue_plan *p = result == BASSIN_OK ? calloc(1, sizeof *p) : NULL;
    *out = NULL;
    if (result == BASSIN_OK && p == NULL)
        result = bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory");
    if (result == BASSIN_OK)
        result = venue_plan_allocate(job, p, err);
    if (result == BASSIN_OK) {
        p->central = central_parameters(job);
        for (uint32_t k = 0; k < DRAWN_COUNT; k++)
            p->drawn[drawn_order[k]] = (uint8_t)varies(job, drawn_name(drawn_order[k]));
        for (uint32_t d = 0; d < p->draws; d++)
            p->draw[d] = drawn_parameters(job, p->drawn, d);
        attractions(job, p);
        result = ration(job, p, err);
    }
    if (result == BASSIN_OK)
        *out = p;
    else
        venue_plan_free(p);
    return result;
}
