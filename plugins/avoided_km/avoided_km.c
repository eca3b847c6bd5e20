/* Km évités: net avoided commuting kilometres, break-even first, with an interval (METHODS.md
 * section 3).
 *
 * The Monte Carlo never goes back to the flows: what depends on them is summed once (model.h), then
 * each draw of the parameters is a few products. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

enum {
    OUT_P_WORKERS,
    OUT_P_DAYS,
    OUT_P_GROSS,
    OUT_P_NET,
    OUT_P_NET_PER_WORKER,
    OUT_V_DAYS,
    OUT_V_GROSS,
    OUT_V_NET,
    OUT_V_P05,
    OUT_V_P50,
    OUT_V_P95,
    OUT_V_MARGINAL,
    OUT_V_CO2_P05,
    OUT_V_CO2,
    OUT_V_CO2_P95,
    OUT_V_BREAKEVEN,
    OUT_V_RELIABILITY,
    OUT_T_P05,
    OUT_T_P50,
    OUT_T_P95,
    OUT_T_BREAKEVEN,
    OUT_T_RELIABILITY,
    OUT_S_ID,
    OUT_S_P05,
    OUT_S_P50,
    OUT_S_P95,
};

/* The accumulator of the first stage: venues, then territories, then the whole (kept places), then
 * the frontier workers of kept places, then each venue's marginal net km (central). */
static size_t moments_count(const bassin_job *job)
{
    return job->venue_count + job->groups->rows + 2;
}
static moments *venue_moments(void *partial, size_t v)
{
    return (moments *)partial + v;
}
static moments *territory_moments(const bassin_job *job, void *partial, size_t t)
{
    return (moments *)partial + job->venue_count + t;
}
static moments *whole_moments(const bassin_job *job, void *partial)
{
    return (moments *)partial + job->venue_count + job->groups->rows;
}
static moments *frontier_moments(const bassin_job *job, void *partial)
{
    return (moments *)partial + job->venue_count + job->groups->rows + 1;
}
static double *marginals(const bassin_job *job, void *partial)
{
    return (double *)((moments *)partial + moments_count(job));
}

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    venue_plan *plan = NULL;
    bassin_status result = venue_plan_new(job, &plan, err);
    if (result != BASSIN_OK)
        return result;
    job->host->set_plan(job, plan);
    return job->host->partial(
        job, 0, moments_count(job) * sizeof(moments) + (job->venue_count + 1) * sizeof(double),
        err);
}

/* --- stage 1: flows into venues and territories
 * ------------------------------------------------------ */

/* What one worker of a row does in a venue day, km there and back: see cell in model.h. */
typedef struct day {
    double share, saved, trip, other;
} day;

static void cell_add(cell *c, double n, double variance, const day *d)
{
    c->workers += n * d->share;
    c->saved += n * d->saved;
    c->trip += n * d->trip;
    c->other += n * d->other;
    c->aa += variance * d->saved * d->saved;
    c->ab += variance * d->saved * d->trip;
    c->bb += variance * d->trip * d->trip;
    c->ao += variance * d->saved * d->other;
    c->bo += variance * d->trip * d->other;
    c->oo += variance * d->other * d->other;
}

static day day_at(const choice *c, double commute_km, uint32_t class_)
{
    const double driven = driving_share(c->km, class_), there_and_back = 2.0 * c->km * c->share;
    return (day){.share = c->share,
                 .saved = 2.0 * commute_km * c->share,
                 .trip = there_and_back * driven,
                 .other = there_and_back * (1.0 - driven)};
}

static void moments_add(moments *into, const moments *from)
{
    double *a = (double *)into;
    const double *b = (const double *)from;
    for (size_t i = 0; i < sizeof(moments) / sizeof(double); i++)
        a[i] += b[i];
}

/* Net km a year of one worker-row sent wholly to one venue, with the default parameters. */
static double net_of_choice(const parameters *p, const choice *c, double commute_km,
                            uint32_t class_, uint32_t s)
{
    const double kept = s <= 2 ? 0.0 : p->alpha * (1.0 - p->rho);
    const double factor = class_ == CLASS_CAR ? 1.0 / p->occ : class_ == CLASS_MOTO ? 1.0 : 0.0;
    return p->days_per_share * p->tau[s] *
           (kept * 2.0 * commute_km * factor - 2.0 * c->km * driving_share(c->km, class_) / p->occ);
}

/* K(V) - K(V without u) for the row: the days of u go to the other venues by their shares, or stay
 * commutes. */
static void row_marginals(const parameters *p, const choice *choices, uint32_t count, double n,
                          double commute_km, uint32_t class_, uint32_t s, double *marginal)
{
    double total = 0.0, shared = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        total += choices[i].share * net_of_choice(p, &choices[i], commute_km, class_, s);
        shared += choices[i].share;
    }
    for (uint32_t i = 0; i < count; i++) {
        const double own = choices[i].share * net_of_choice(p, &choices[i], commute_km, class_, s);
        const double others = shared - choices[i].share;
        const double without = others > 0.0 && count > 1 ? (total - own) * shared / others : 0.0;
        marginal[choices[i].venue] += n * (total - without);
    }
}

static void add_row(const bassin_job *job, void *partial, moments *place, const choice *choices,
                    uint32_t count, size_t row)
{
    const bassin_flows *f = job->flows;
    const venue_plan *plan = job->plan;
    const uint32_t class_ = class_of_mode(f->mode[row]), s = f->occupation[row];
    const double n = f->workers[row], variance = f->variance[row], commute = commute_of(job, row);
    day all = {0};
    for (uint32_t i = 0; i < count; i++) {
        const day d = day_at(&choices[i], commute, class_);
        cell_add(moments_cell(venue_moments(partial, choices[i].venue), class_, s), n, variance,
                 &d);
        all.share += d.share;
        all.saved += d.saved;
        all.trip += d.trip;
        all.other += d.other;
    }
    cell_add(moments_cell(place, class_, s), n, variance, &all);
    row_marginals(&plan->central, choices, count, n, commute, class_, s, marginals(job, partial));
}

/* A frontier worker: a line of their own, and with the others only on request. */
static void add_frontier(const bassin_job *job, void *partial, size_t place, size_t row,
                         moments *sum, double *workers, choice *buffer)
{
    const bassin_flows *f = job->flows;
    const uint32_t class_ = class_of_mode(f->mode[row]), s = f->occupation[row];
    const double commute = commute_of(job, row);
    const uint32_t count = choices_of(job, job->plan, (uint32_t)place, commute, buffer);
    day all = {0};
    for (uint32_t i = 0; i < count; i++) {
        const day d = day_at(&buffer[i], commute, class_);
        all.share += d.share;
        all.saved += d.saved;
        all.trip += d.trip;
        all.other += d.other;
    }
    if (job->place_kept[place])
        cell_add(moments_cell(frontier_moments(job, partial), class_, s), f->workers[row],
                 f->variance[row], &all);
    if (!frontier_added(job))
        return;
    *workers += count > 0 ? f->workers[row] : 0.0;
    add_row(job, partial, sum, buffer, count, row);
}

/* Rows of one residence come by work place: the choice is made once a pair. */
static void place_rows(const bassin_job *job, void *partial, size_t place, moments *sum,
                       double *workers, choice *buffer)
{
    const bassin_flows *f = job->flows;
    uint32_t count = 0, of = BASSIN_OUTSIDE;
    for (uint64_t row = f->origin_start[place]; row < f->origin_start[place + 1]; row++) {
        if (!row_counts(job, job->plan, row))
            continue;
        if (row_is_frontier(job, row)) {
            add_frontier(job, partial, place, row, sum, workers, buffer);
            of = BASSIN_OUTSIDE;
            continue;
        }
        if (f->j[row] != of) {
            of = f->j[row];
            count = choices_of(job, job->plan, (uint32_t)place, f->km[row], buffer);
        }
        *workers += count > 0 ? f->workers[row] : 0.0;
        add_row(job, partial, sum, buffer, count, row);
    }
}

static void put_place(const bassin_job *job, size_t place, const moments *sum, double workers)
{
    const venue_plan *plan = job->plan;
    const bassin_column *employed = &job->in[IN_EMPLOYED].items[0];
    const outcome o = outcome_of(sum, &plan->central, 0.0);
    if (job->costs->place_state[place] != BASSIN_PRESENT) {
        for (uint32_t k = OUT_P_WORKERS; k <= OUT_P_NET_PER_WORKER; k++)
            job->out[k].items[0].state[place] = job->costs->place_state[place];
        return;
    }
    bassin_set(&job->out[OUT_P_WORKERS].items[0], place, workers);
    bassin_set(&job->out[OUT_P_DAYS].items[0], place, o.days);
    bassin_set(&job->out[OUT_P_GROSS].items[0], place, o.gross_km);
    bassin_set(&job->out[OUT_P_NET].items[0], place, o.net_km);
    if (bassin_is_present(employed, place) && employed->at.f64[place] > 0.0)
        bassin_set(&job->out[OUT_P_NET_PER_WORKER].items[0], place,
                   o.net_km / employed->at.f64[place]);
    else
        job->out[OUT_P_NET_PER_WORKER].items[0].state[place] = BASSIN_NOT_APPLICABLE;
}

static void add_to_territories(const bassin_job *job, void *partial, size_t place,
                               const moments *sum)
{
    for (uint32_t i = 0; i < job->groups->levels.count; i++) {
        const bassin_level *l = bassin_level_at(job->groups, i);
        if (l->of_place[place] != BASSIN_OUTSIDE)
            moments_add(territory_moments(job, partial, l->first_row + l->of_place[place]), sum);
    }
    moments_add(whole_moments(job, partial), sum);
}

static bassin_status places_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    (void)before;
    choice *buffer = job->host->scratch(job, (job->venue_count + 1) * sizeof *buffer);
    if (buffer == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu venues",
                           job->venue_count);
    for (size_t p = block->begin; p < block->end; p++) {
        moments sum = {0};
        double workers = 0.0;
        place_rows(job, partial, p, &sum, &workers, buffer);
        put_place(job, p, &sum, workers);
        if (job->place_kept[p])
            add_to_territories(job, partial, p, &sum);
    }
    return BASSIN_OK;
}

static void places_merge(const bassin_job *job, void *into, const void *from)
{
    double *a = into;
    const double *b = from;
    const size_t n = moments_count(job) * (sizeof(moments) / sizeof(double)) + job->venue_count + 1;
    for (size_t i = 0; i < n; i++)
        a[i] += b[i];
}

/* --- draws
 * ------------------------------------------------------------------------------------------------
 */

typedef struct interval {
    spread net, co2;
} interval;

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static spread spread_of(double *values, uint32_t n)
{
    qsort(values, n, sizeof *values, by_value);
    return (spread){.p05 = bassin_quantile(values, n, 0.05),
                    .p50 = bassin_quantile(values, n, 0.50),
                    .p95 = bassin_quantile(values, n, 0.95)};
}

/* Standard normal by Box and Muller from the host's counter-based uniforms. */
static double normal(const bassin_job *job, uint64_t draw, uint64_t stream)
{
    const double two_pi = 6.283185307179586;
    return sqrt(-2.0 * log(job->host->uniform(job, draw, stream, 0))) *
           cos(two_pi * job->host->uniform(job, draw, stream, 1));
}

/* `stream` gives each venue or territory its own sampling noise; `buffer` holds 2 x draws values.
 */
static interval interval_of(const bassin_job *job, const moments *m, uint64_t stream,
                            double *buffer)
{
    const venue_plan *plan = job->plan;
    double *net = buffer, *co2 = buffer + plan->draws;
    for (uint32_t d = 0; d < plan->draws; d++) {
        const parameters *p = &plan->draw[d];
        const outcome o = outcome_of(m, p, p->flow_noise ? normal(job, d, stream) : 0.0);
        net[d] = o.net_km;
        co2[d] = o.co2_t;
    }
    return (interval){.net = spread_of(net, plan->draws), .co2 = spread_of(co2, plan->draws)};
}

/* Alpha and pi are assumed, so never better than fragile; without a certain sign, or on assumed
 * shares: insufficient. */
static const char *reliability(const bassin_job *job, const spread *net)
{
    const int sign_known = net->p05 > 0.0 || net->p95 < 0.0;
    return sign_known && !job->flows->assumed_shares ? "fragile" : "insuffisante";
}

static void set_breakeven(const bassin_slot *slot, size_t row, double alpha)
{
    if (isinf(alpha))
        slot->state[row] = BASSIN_NOT_APPLICABLE;
    else
        bassin_set(slot, row, alpha);
}

static bassin_status venue_row(const bassin_job *job, const moments *m, double marginal, size_t v,
                               double *buffer, bassin_error *err)
{
    const venue_plan *plan = job->plan;
    const outcome central = outcome_of(m, &plan->central, 0.0);
    const interval i = interval_of(job, m, v, buffer);
    bassin_set(&job->out[OUT_V_DAYS].items[0], v, central.days);
    bassin_set(&job->out[OUT_V_GROSS].items[0], v, central.gross_km);
    bassin_set(&job->out[OUT_V_NET].items[0], v, central.net_km);
    bassin_set(&job->out[OUT_V_P05].items[0], v, i.net.p05);
    bassin_set(&job->out[OUT_V_P50].items[0], v, i.net.p50);
    bassin_set(&job->out[OUT_V_P95].items[0], v, i.net.p95);
    bassin_set(&job->out[OUT_V_MARGINAL].items[0], v, marginal);
    bassin_set(&job->out[OUT_V_CO2_P05].items[0], v, i.co2.p05);
    bassin_set(&job->out[OUT_V_CO2].items[0], v, i.co2.p50);
    bassin_set(&job->out[OUT_V_CO2_P95].items[0], v, i.co2.p95);
    set_breakeven(&job->out[OUT_V_BREAKEVEN].items[0], v, breakeven_alpha(m, &plan->central));
    return job->host->text(job, OUT_V_RELIABILITY, 0, v, reliability(job, &i.net), err);
}

static double *draw_buffer(const bassin_job *job, bassin_error *err, bassin_status *result)
{
    const venue_plan *plan = job->plan;
    double *buffer = job->host->scratch(job, ((size_t)plan->draws * 2 + 1) * sizeof *buffer);
    *result = buffer != NULL ? BASSIN_OK
                             : bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %u draws",
                                           (unsigned)plan->draws);
    return buffer;
}

/* Stage 2. A venue that is closed, or no place to work, has no avoided km: not applicable, not
 * zero. */
static bassin_status venues_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    (void)partial;
    const venue_plan *plan = job->plan;
    bassin_status result = BASSIN_OK;
    double *buffer = draw_buffer(job, err, &result);
    const double *marginal = (const double *)((const moments *)before + moments_count(job));
    for (size_t v = block->begin; result == BASSIN_OK && v < block->end; v++) {
        if (plan->attraction[v] > 0.0)
            result = venue_row(job, (const moments *)before + v, marginal[v], v, buffer, err);
        else
            for (uint32_t o = OUT_V_DAYS; o <= OUT_V_RELIABILITY; o++)
                job->out[o].items[0].state[v] = BASSIN_NOT_APPLICABLE;
    }
    return result;
}

/* --- territories, headline figures, what the interval is made of
 * ---------------------------------------- */

static bassin_status territory_row(const bassin_job *job, const moments *m, size_t t,
                                   double *buffer, bassin_error *err)
{
    const interval i = interval_of(job, m, job->venue_count, buffer);
    bassin_set(&job->out[OUT_T_P05].items[0], t, i.net.p05);
    bassin_set(&job->out[OUT_T_P50].items[0], t, i.net.p50);
    bassin_set(&job->out[OUT_T_P95].items[0], t, i.net.p95);
    set_breakeven(&job->out[OUT_T_BREAKEVEN].items[0], t,
                  breakeven_alpha(m, &((venue_plan *)job->plan)->central));
    return job->host->text(job, OUT_T_RELIABILITY, 0, t, reliability(job, &i.net), err);
}

typedef struct headline {
    const char *name, *fr, *en, *unit;
    double value, low, high;
    int32_t decimals;
} headline;

static bassin_status put_headline(const bassin_job *job, const headline *h, bassin_error *err)
{
    const int known = isfinite(h->value);
    const bassin_total t = {.size = sizeof t,
                            .name = h->name,
                            .title_fr = h->fr,
                            .title_en = h->en,
                            .unit = h->unit,
                            .value = known ? h->value : 0.0,
                            .low = h->low,
                            .high = h->high,
                            .state = known ? BASSIN_PRESENT : BASSIN_NOT_APPLICABLE,
                            .decimals = h->decimals};
    return job->host->total(job, &t, err);
}

/* Their days and kilometres, whether they join the others or not; none: no line. */
static bassin_status frontier_totals(const bassin_job *job, const moments *frontier, double *buffer,
                                     bassin_error *err)
{
    const venue_plan *plan = job->plan;
    const outcome c = outcome_of(frontier, &plan->central, 0.0);
    if (!(c.days > 0.0))
        return BASSIN_OK;
    const interval i = interval_of(job, frontier, job->venue_count, buffer);
    const headline all[] = {
        {"frontier_days", "Journées de travail en tiers-lieu de travailleurs frontaliers par an",
         "Working days of frontier workers in venues a year", "d/a", c.days, NAN, NAN, 3},
        {"frontier_net_km", "Kilomètres évités nets par an des travailleurs frontaliers",
         "Net avoided kilometres a year of frontier workers", "km/a", i.net.p50, i.net.p05,
         i.net.p95, 1},
    };
    bassin_status result = BASSIN_OK;
    for (size_t k = 0; result == BASSIN_OK && k < sizeof all / sizeof *all; k++)
        result = put_headline(job, &all[k], err);
    return result;
}

static bassin_status totals(const bassin_job *job, const moments *whole, double *buffer,
                            bassin_error *err)
{
    const venue_plan *plan = job->plan;
    const outcome c = outcome_of(whole, &plan->central, 0.0);
    const double alpha = breakeven_alpha(whole, &plan->central);
    const interval i = interval_of(job, whole, job->venue_count, buffer);
    const headline all[] = {
        {"breakeven_alpha",
         "Part des journées devant remplacer un trajet pour que le bilan soit positif",
         "Share of venue days that must replace a commute for a positive balance", "1", alpha, NAN,
         NAN, 4},
        {"net_km", "Kilomètres évités nets par an (valeur centrale : médiane des tirages)",
         "Net avoided kilometres a year (median of the draws)", "km/a", i.net.p50, i.net.p05,
         i.net.p95, 1},
        {"net_km_default", "Kilomètres évités nets par an, paramètres par défaut",
         "Net avoided kilometres a year, default parameters", "km/a", c.net_km, NAN, NAN, 1},
        {"gross_km",
         "Kilomètres bruts par an (trajets domicile-travail non faits, avant toute déduction)",
         "Gross kilometres a year (commutes not made, before any deduction)", "km/a", c.gross_km,
         NAN, NAN, 1},
        {"days", "Journées de travail en tiers-lieu par an", "Working days in venues a year", "d/a",
         c.days, NAN, NAN, 3},
        {"co2_t", "Tonnes de CO₂ évitées par an (usage et amont)",
         "Tonnes of CO₂ avoided a year (use and upstream)", "t/a", i.co2.p50, i.co2.p05, i.co2.p95,
         3},
    };
    bassin_status result = BASSIN_OK;
    for (size_t k = 0; result == BASSIN_OK && k < sizeof all / sizeof *all; k++)
        result = put_headline(job, &all[k], err);
    return result;
}

/* One parameter drawn at a time, the others at their default: which one moves the answer most. */
static bassin_status sensitivity(const bassin_job *job, const moments *whole, double *buffer,
                                 bassin_error *err)
{
    const venue_plan *plan = job->plan;
    bassin_status result = job->host->table_rows(job, "avoided_km_sensitivity", DRAWN_COUNT, err);
    for (uint32_t k = 0; result == BASSIN_OK && k < DRAWN_COUNT; k++) {
        for (uint32_t d = 0; d < plan->draws; d++) {
            const parameters p = parameters_with(job, plan, drawn_order[k], d);
            const double noise = p.flow_noise ? normal(job, d, job->venue_count) : 0.0;
            buffer[d] = outcome_of(whole, &p, noise).net_km;
        }
        const spread s = spread_of(buffer, plan->draws);
        bassin_set(&job->out[OUT_S_P05].items[0], k, s.p05);
        bassin_set(&job->out[OUT_S_P50].items[0], k, s.p50);
        bassin_set(&job->out[OUT_S_P95].items[0], k, s.p95);
        result = job->host->text(job, OUT_S_ID, 0, k, drawn_name(drawn_order[k]), err);
    }
    return result;
}

static void say_undeclared(const bassin_job *job)
{
    const venue_plan *plan = job->plan;
    char line[240];
    if (plan->undeclared == 0)
        return;
    (void)snprintf(
        line, sizeof line,
        job->english
            ? "%u open venues declare no capacity: they are taken to have room for everyone"
            : "%u lieux ouverts ne déclarent pas leur capacité : ils sont réputés pouvoir "
              "accueillir tout le monde",
        (unsigned)plan->undeclared);
    job->host->log(job, BASSIN_LOG_NOTE, line);
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)total;
    bassin_status result = BASSIN_OK;
    double *buffer = draw_buffer(job, err, &result);
    const moments *territories = (const moments *)before + job->venue_count;
    const moments *whole = territories + job->groups->rows;
    for (size_t t = 0; result == BASSIN_OK && t < job->groups->rows; t++)
        result = territory_row(job, &territories[t], t, buffer, err);
    if (result == BASSIN_OK)
        result = totals(job, whole, buffer, err);
    if (result == BASSIN_OK)
        result = frontier_totals(job, whole + 1, buffer, err);
    if (result == BASSIN_OK)
        result = sensitivity(job, whole, buffer, err);
    if (result == BASSIN_OK)
        say_undeclared(job);
    return result;
}

static const double net_breaks[] = {-10, -3, 0, 3, 10};
static const bassin_map map_net = {
    .size = sizeof map_net,
    .kind = BASSIN_MAP_CHOROPLETH,
    .palette = BASSIN_PALETTE_PUOR,
    .sheet = "08_km_evites",
    .title_fr = "Kilomètres évités nets par actif et par an",
    .title_en = "Net avoided kilometres per worker and year",
    .breaks = net_breaks,
    .break_count = 5,
    .show_venues = 1,
};

#define SHEET "Km évités"
#define OUTPUT(table_, id_, fr_, en_, unit_, decimals_, ...)                                       \
    {                                                                                              \
        .table = table_, .id = id_, .title_fr = fr_, .title_en = en_, .unit = unit_,               \
        .type = BASSIN_F64, .decimals = decimals_, .sheet_fr = SHEET, __VA_ARGS__                  \
    }
#define TEXT_OUTPUT(table_, id_, fr_, en_)                                                         \
    {                                                                                              \
        .table = table_, .id = id_, .title_fr = fr_, .title_en = en_, .unit = "",                  \
        .type = BASSIN_TEXT, .decimals = -1, .sheet_fr = SHEET                                     \
    }
#define NUMBER(id_, fr_, en_, unit_, fallback_, low_, high_, law_, basis_, basis_en_)              \
    {                                                                                              \
        .id = id_, .title_fr = fr_, .title_en = en_, .unit = unit_, .kind = BASSIN_PARAM_NUMBER,   \
        .lowest = 0, .highest = 1e6, .fallback = fallback_, .basis = basis_,                       \
        .basis_en = basis_en_, .low = low_, .high = high_, .distribution = law_                    \
    }
#define SHARE(id_, fr_, en_, fallback_, low_, high_, law_, basis_, basis_en_)                      \
    {                                                                                              \
        .id = id_, .title_fr = fr_, .title_en = en_, .unit = "1", .kind = BASSIN_PARAM_NUMBER,     \
        .lowest = 0, .highest = 1, .fallback = fallback_, .basis = basis_, .basis_en = basis_en_,  \
        .low = low_, .high = high_, .distribution = law_                                           \
    }

/* Defaults, ranges and laws: METHODS.md section 3 and datasets/reference/factors.csv; a test keeps
 * them equal. */
const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "avoided_km",
    .title_fr = "Kilomètres évités",
    .title_en = "Avoided kilometres",
    .version = "1.0.0",
    .method_fr = "Journées passées dans un lieu de travail partagé = actifs × part "
                 "télétravaillable × part des journées en "
                 "tiers-lieu × jours par semaine × semaines. Bilan net : trajet domicile-travail "
                 "évité (pour la part "
                 "alpha des journées qui remplace un trajet, moins l’effet rebond), moins le "
                 "trajet vers le lieu. Chaque "
                 "actif va dans un seul lieu, partagé selon l’attraction (capacité ou poids de la "
                 "fonction a, divisée par le "
                 "carré de la distance). L’intervalle vient de tirages de tous les paramètres et "
                 "de l’aléa de sondage. "
                 "Alpha et la part des journées en tiers-lieu sont des hypothèses. Émissions : "
                 "usage et amont.",
    .method_en = "Days in a shared work place = workers x teleworkable share x share of days in "
                 "third places x days a week "
                 "x weeks. Net balance: commute avoided (for the share alpha of days that replaces "
                 "a commute, less the "
                 "rebound), minus the trip to the venue. Each worker goes to one venue, shared by "
                 "attraction (capacity or "
                 "weight of function a, over the squared distance). The interval comes from draws "
                 "of all parameters and of "
                 "the sampling error. Alpha and the share of days in third places are assumptions. "
                 "Emissions: use and "
                 "upstream.",
    .needs = BASSIN_NEED_COSTS | BASSIN_NEED_FLOWS | BASSIN_NEED_FLOW_COSTS | BASSIN_NEED_GROUPS,
    .params = BASSIN_LIST(
        bassin_param,
        NUMBER("k", "Jours par semaine en lieu de travail partagé", "Days a week in a venue",
               "d/wk", 1.4, 1.0, 2.1, "triangular",
               "Ifop-France Tiers-Lieux : 1,4 en pratique, 2,1 dans les chartes",
               "Ifop-France Tiers-Lieux: 1.4 in practice, 2.1 in charters"),
        NUMBER("w", "Semaines travaillées par an", "Working weeks a year", "wk/a", 46, 44, 47,
               "triangular", "simulateur de l’ADEME, 52-5-1", "ADEME simulator 52-5-1"),
        SHARE("tau-cs1", "Part télétravaillable, agriculteurs", "Teleworkable share, farmers", 0, 0,
              0.02, "beta", "assumed", NULL),
        SHARE("tau-cs2", "Part télétravaillable, artisans et commerçants",
              "Teleworkable share, self-employed", 0.10, 0, 0.30, "beta", "assumed", NULL),
        SHARE("tau-cs3", "Part télétravaillable, cadres", "Teleworkable share, managers", 0.522,
              0.45, 0.60, "beta", "Insee, enquête Emploi 2022", "Insee, Labour Force Survey 2022"),
        SHARE("tau-cs4", "Part télétravaillable, professions intermédiaires",
              "Teleworkable share, intermediate occupations", 0.194, 0.15, 0.25, "beta",
              "Insee, enquête Emploi 2022", "Insee, Labour Force Survey 2022"),
        SHARE("tau-cs5", "Part télétravaillable, employés", "Teleworkable share, employees", 0.085,
              0.06, 0.12, "beta", "Insee, enquête Emploi 2022", "Insee, Labour Force Survey 2022"),
        SHARE("tau-cs6", "Part télétravaillable, ouvriers", "Teleworkable share, manual workers",
              0.002, 0, 0.01, "beta", "Insee, enquête Emploi 2022",
              "Insee, Labour Force Survey 2022"),
        SHARE("pi", "Part des journées de télétravail en tiers-lieu",
              "Share of telework days in third places", 0.10, 0.02, 0.25, "uniform", "assumed",
              NULL),
        SHARE("alpha", "Part des journées remplaçant un trajet",
              "Share of days replacing a commute", 0.5, 0.2, 0.9, "uniform", "assumed", NULL),
        SHARE("rho", "Effet rebond", "Rebound", 0.25, 0.10, 0.40, "triangular", "ADEME 2020", NULL),
        {.id = "occ",
         .title_fr = "Personnes par voiture",
         .title_en = "Persons per car",
         .unit = "1",
         .kind = BASSIN_PARAM_NUMBER,
         .lowest = 1,
         .highest = 9,
         .fallback = 1.10,
         .basis = "en partie sourcé : baromètre autoroutier, 1,24 à 1,25 aux heures de pointe ; "
                  "moins vers le travail",
         .basis_en = "partly sourced: motorway barometer 1.24-1.25 at peak; commute lower",
         .low = 1.04,
         .high = 1.25,
         .distribution = "triangular"},
        NUMBER("dmin", "Trajet le plus court compté", "Shortest commute counted", "km", 2, 1, 5,
               "fixed", "Insee-SDES", NULL),
        NUMBER("dmax", "Trajet le plus long compté", "Longest commute counted", "km", 100, 80, 200,
               "fixed", "Insee-SDES", NULL),
        NUMBER("ef-car", "Émissions d’une voiture", "Car emissions", "kg/km", 0.19, 0.13, 0.22,
               "triangular", "d’après nosgestesclimat", "derived from nosgestesclimat"),
        NUMBER("ef-moto", "Émissions d’un deux-roues", "Two-wheeler emissions", "kg/km", 0.0872,
               0.0851, 0.220, "triangular", "Base Empreinte 2023", NULL),
        NUMBER("ef-transit", "Émissions des transports en commun", "Public transport emissions",
               "kg/km", 0.0277, 0.00503, 0.110, "triangular",
               "Base Empreinte : TER 2022, du métro au bus",
               "Base Empreinte: TER 2022, from metro to bus"),
        NUMBER("b-distance", "Exposant de la distance dans l’attraction",
               "Distance exponent of the attraction", "1", 2, 1, 3, "fixed", "assumed", NULL),
        SHARE("u-occupancy", "Part utilisable des places", "Usable share of seats", 0.8, 0.6, 0.95,
              "fixed", "assumed", NULL),
        NUMBER("open-days", "Jours d’ouverture par an", "Opening days a year", "d/a", 230, 200, 250,
               "fixed", "assumed", NULL),
        NUMBER("delta", "Gain de distance minimal", "Least distance saved", "km", 2, 0, 5, "fixed",
               "assumed", NULL),
        {.id = "draws",
         .title_fr = "Tirages",
         .title_en = "Draws",
         .unit = "1",
         .kind = BASSIN_PARAM_NUMBER,
         .lowest = 100,
         .highest = 100000,
         .fallback = 1000,
         .basis = "méthode de bassin : 1 000 à 10 000",
         .basis_en = "bassin's method: 1,000 to 10,000"},
        {.id = "vary",
         .title_fr = "Paramètres tirés",
         .title_en = "Parameters drawn",
         .unit = "",
         .kind = BASSIN_PARAM_TEXT,
         .fallback_text = "all",
         .basis = "all, none, ou des identifiants ; flows pour l’aléa de sondage",
         .basis_en = "all, none, or ids; flows for the sampling error"},
        {.id = "self-employed",
         .title_fr = "Trajets ajoutés des indépendants",
         .title_en = "Added trips of the self-employed",
         .unit = "",
         .kind = BASSIN_PARAM_CHOICE,
         .fallback_text = "counted",
         .choices = "counted|excluded",
         .basis = "Cerema 2019"},
        {.id = "frontier",
         .title_fr = "Travailleurs frontaliers",
         .title_en = "Frontier workers",
         .unit = "",
         .kind = BASSIN_PARAM_CHOICE,
         .fallback_text = "separate",
         .choices = "separate|added",
         .basis = "méthode de bassin : une ligne à part, ajoutée au total sur demande",
         .basis_en = "bassin's method: a line of their own, added to the total on request"}),
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "places", .column = "employed", .unit = "{worker}", .type = BASSIN_F64},
        {.table = "venues", .column = "function_{function}", .unit = "1", .type = BASSIN_F64},
        {.table = "venues",
         .column = "capacity",
         .unit = "1",
         .type = BASSIN_F64,
         .flags = BASSIN_INPUT_OPTIONAL}),
    .outputs = BASSIN_LIST(
        bassin_output,
        OUTPUT("places", "workers_feasible", "Actifs pour qui un lieu est plus proche que l’emploi",
               "Workers with a venue closer than work", "{worker}", 1,
               .aggregate = BASSIN_AGGREGATE_SUM),
        OUTPUT("places", "venue_days", "Journées en tiers-lieu par an", "Days in venues a year",
               "d/a", 1, .aggregate = BASSIN_AGGREGATE_SUM),
        OUTPUT("places", "gross_km", "Kilomètres bruts par an", "Gross kilometres a year", "km/a",
               0, .aggregate = BASSIN_AGGREGATE_SUM),
        OUTPUT("places", "net_km", "Kilomètres évités nets par an", "Net avoided kilometres a year",
               "km/a", 0, .aggregate = BASSIN_AGGREGATE_SUM),
        OUTPUT("places", "net_km_per_worker", "Kilomètres évités nets par actif et par an",
               "Net avoided kilometres per worker and year", "km/a", 2,
               .aggregate = BASSIN_AGGREGATE_MEAN, .weight = "employed", .map = &map_net,
               .reading_fr =
                   "à {name}, le bilan par actif est de {value} avec les paramètres par défaut.",
               .reading_en =
                   "in {name} the balance per worker is {value} with the default parameters."),
        OUTPUT("venues", "venue_days", "Journées par an", "Days a year", "d/a", 1, .map = NULL),
        OUTPUT("venues", "gross_km", "Kilomètres bruts par an", "Gross kilometres a year", "km/a",
               0, .map = NULL),
        OUTPUT("venues", "net_km", "Kilomètres évités nets, paramètres par défaut",
               "Net avoided kilometres, default parameters", "km/a", 0, .map = NULL),
        OUTPUT("venues", "net_km_p05", "Kilomètres évités nets, borne basse (P5)",
               "Net avoided kilometres, P5", "km/a", 0, .map = NULL),
        OUTPUT("venues", "net_km_p50", "Kilomètres évités nets, médiane",
               "Net avoided kilometres, median", "km/a", 0, .map = NULL),
        OUTPUT("venues", "net_km_p95", "Kilomètres évités nets, borne haute (P95)",
               "Net avoided kilometres, P95", "km/a", 0, .map = NULL),
        OUTPUT("venues", "net_km_marginal", "Kilomètres évités nets que le lieu ajoute (marginal)",
               "Net kilometres that the venue adds (marginal)", "km/a", 0, .map = NULL),
        OUTPUT("venues", "co2_t_p05", "CO₂ évité, borne basse (P5)", "CO₂ avoided, P5", "t/a", 3,
               .map = NULL),
        OUTPUT("venues", "co2_t_p50", "CO₂ évité, médiane", "CO₂ avoided, median", "t/a", 3,
               .map = NULL),
        OUTPUT("venues", "co2_t_p95", "CO₂ évité, borne haute (P95)", "CO₂ avoided, P95", "t/a", 3,
               .map = NULL),
        OUTPUT("venues", "breakeven_alpha", "Alpha d’équilibre", "Break-even alpha", "1", 3,
               .map = NULL),
        TEXT_OUTPUT("venues", "net_km_reliability", "Fiabilité des km évités",
                    "Reliability of avoided km"),
        OUTPUT("territories", "net_km_p05", "Kilomètres évités nets, borne basse (P5)",
               "Net avoided kilometres, P5", "km/a", 0, .map = NULL),
        OUTPUT("territories", "net_km_p50", "Kilomètres évités nets, médiane",
               "Net avoided kilometres, median", "km/a", 0, .map = NULL),
        OUTPUT("territories", "net_km_p95", "Kilomètres évités nets, borne haute (P95)",
               "Net avoided kilometres, P95", "km/a", 0, .map = NULL),
        OUTPUT("territories", "breakeven_alpha", "Alpha d’équilibre", "Break-even alpha", "1", 3,
               .map = NULL),
        TEXT_OUTPUT("territories", "net_km_reliability", "Fiabilité des km évités",
                    "Reliability of avoided km"),
        TEXT_OUTPUT("avoided_km_sensitivity", "parameter", "Paramètre tiré seul",
                    "Parameter drawn alone"),
        OUTPUT("avoided_km_sensitivity", "net_km_p05", "Borne basse (P5)", "P5", "km/a", 0,
               .map = NULL),
        OUTPUT("avoided_km_sensitivity", "net_km_p50", "Médiane", "Median", "km/a", 0, .map = NULL),
        OUTPUT("avoided_km_sensitivity", "net_km_p95", "Borne haute (P95)", "P95", "km/a", 0,
               .map = NULL)),
    .tables = BASSIN_LIST(bassin_table, {.id = "avoided_km_sensitivity",
                                         .title_fr = "Ce qui fait l’incertitude des km évités",
                                         .title_en = "What makes the avoided km uncertain",
                                         .sheet_fr = SHEET,
                                         .key = "parameter"}),
    .stages = BASSIN_LIST(
        bassin_stage,
        {.size = sizeof(bassin_stage), .over = "places", .run = places_run, .merge = places_merge},
        {.size = sizeof(bassin_stage), .over = "venues", .run = venues_run, .finish = finish}),
    .prepare = prepare,
    .release = venue_plan_free,
};
