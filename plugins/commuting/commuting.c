/* Domicile-travail: employed residents, jobs, where they work, how far, by mode and occupation. */
#include <math.h>
#include <string.h>

#include <bassin/plugin.h>

enum {
    OUT_EMPLOYED,
    OUT_JOBS,
    OUT_JOBS_PER_100,
    OUT_SHARE_PLACE,
    OUT_SHARE_EPCI,
    OUT_SHARE_BASIN,
    OUT_LOCATED,
    OUT_CROW_KM,
    OUT_MEAN_CROW_KM,
    OUT_ROUTED,
    OUT_KM,
    OUT_MEAN_KM,
    OUT_MEAN_MINUTES,
    OUT_SHARE_CAR,
    OUT_SHARE_TRANSIT,
    OUT_SHARE_ACTIVE,
    OUT_SHARE_HOME,
    OUT_RELIABILITY,
    OUT_T_JOBS_PER_100,
    OUT_T_RELIABILITY,
    OUT_M_ID,
    OUT_M_MODE,
    OUT_M_OCCUPATION,
    OUT_M_WORKERS,
    OUT_M_SHARE,
    OUT_M_CROW_KM,
    OUT_M_MEAN_CROW_KM,
};
enum {
    MODE_HOME = 1,
    MODE_WALK,
    MODE_BICYCLE,
    MODE_TWO_WHEELER,
    MODE_CAR,
    MODE_TRANSIT,
    MODE_NON_MOTORISED
};
enum { MODES = 8, OCCUPATIONS = 7 };

enum { P_FRONTIER };
enum { FRONTIER_SEPARATE, FRONTIER_ADDED };
enum { ABROAD_NO, ABROAD_NO_POINT, ABROAD_LOCATED };
/* Farther than this nobody commutes every day (METHODS.md section 3). */
static const double farthest_km = 100.0;

/* Residents of one place, or of all kept places. Distances are one way. */
typedef struct sums {
    double employed, variance;
    double here, same_epci, same_basin; /* working in their commune, EPCI, bassin de vie */
    double outside;                     /* working in a commune that is not loaded, or abroad */
    double frontier, frontier_located, frontier_far; /* working in a neighbouring country; of them,
                                                        within, and beyond, 100 km */
    double frontier_crow_km, frontier_km;
    double located, crow_km;    /* those whose work place is loaded; passenger-km in line */
    double routed, km, minutes; /* those with a path; passenger-km, passenger-minutes */
    double km_unknown;          /* those of them whose distance is not known (a matrix of times) */
    double workers[MODES][OCCUPATIONS], mode_crow_km[MODES][OCCUPATIONS],
        mode_located[MODES][OCCUPATIONS];
} sums;

static void set_ratio(const bassin_job *job, uint32_t output, size_t row, double part, double whole,
                      double factor)
{
    const bassin_slot *slot = &job->out[output].items[0];
    if (whole > 0.0)
        bassin_set(slot, row, factor * part / whole);
    else
        slot->state[row] = BASSIN_NOT_APPLICABLE;
}

static const bassin_level *level(const bassin_job *job, const char *id)
{
    for (uint32_t i = 0; i < job->groups->levels.count; i++) {
        const bassin_level *l = bassin_level_at(job->groups, i);
        if (strcmp(l->id, id) == 0)
            return l;
    }
    return NULL;
}

/* A place outside every group of the level has no share of it: missing, not 0. */
static int in_level(const bassin_job *job, const char *id, size_t place)
{
    const bassin_level *l = level(job, id);
    return l != NULL && l->of_place[place] != BASSIN_OUTSIDE;
}

static int same_group(const bassin_level *l, uint32_t a, uint32_t b)
{
    return l != NULL && l->of_place[a] != BASSIN_OUTSIDE && l->of_place[a] == l->of_place[b];
}

/* --- one place: its rows of flows are contiguous -------------------------------------------------
 */

static void add_distance(const bassin_flows *f, size_t row, sums *s)
{
    const double n = f->workers[row];
    s->located += n;
    s->crow_km += n * f->crow_km[row];
    s->mode_crow_km[f->mode[row]][f->occupation[row]] += n * f->crow_km[row];
    s->mode_located[f->mode[row]][f->occupation[row]] += n;
    /* Those who work at home make no trip: they are in no mean along the path. */
    const int travels = f->mode[row] != MODE_HOME;
    if (travels && f->km != NULL && f->minutes != NULL && f->state[row] == BASSIN_PRESENT) {
        s->routed += n;
        s->minutes += n * f->minutes[row];
        if (isnan(f->km[row]))
            s->km_unknown += n;
        else
            s->km += n * f->km[row];
    }
}

static void add_frontier_distance(const bassin_job *job, size_t row, sums *s)
{
    const bassin_flows *f = job->flows;
    const double n = f->workers[row];
    s->frontier_located += n;
    s->frontier_crow_km += n * f->abroad_crow_km[row];
    s->frontier_km += n * f->abroad_km[row];
    if (job->param[P_FRONTIER].value[0] < FRONTIER_ADDED)
        return;
    s->located += n;
    s->crow_km += n * f->abroad_crow_km[row];
    s->mode_crow_km[f->mode[row]][f->occupation[row]] += n * f->abroad_crow_km[row];
    s->mode_located[f->mode[row]][f->occupation[row]] += n;
}

/* Frontier workers are a line of their own; distances join the others only on request. */
static void add_abroad(const bassin_job *job, size_t row, sums *s)
{
    const bassin_flows *f = job->flows;
    if (f->abroad == NULL || f->abroad[row] == ABROAD_NO)
        return;
    s->frontier += f->workers[row];
    if (f->abroad[row] != ABROAD_LOCATED)
        return;
    if (f->abroad_crow_km[row] > farthest_km)
        s->frontier_far += f->workers[row];
    else
        add_frontier_distance(job, row, s);
}

static void add_row(const bassin_job *job, const bassin_level *epci, const bassin_level *basin,
                    size_t row, sums *s)
{
    const bassin_flows *f = job->flows;
    const uint32_t o = f->o[row], j = f->j[row];
    const double n = f->workers[row];
    s->employed += n;
    s->variance += f->variance[row];
    s->workers[f->mode[row]][f->occupation[row]] += n;
    if (j == BASSIN_OUTSIDE) {
        s->outside += n;
        add_abroad(job, row, s);
        return;
    }
    s->here += o == j ? n : 0.0;
    s->same_epci += same_group(epci, o, j) ? n : 0.0;
    s->same_basin += same_group(basin, o, j) ? n : 0.0;
    if (!isnan(job->place_lon[o]) && !isnan(job->place_lon[j]))
        add_distance(f, row, s);
}

static double mode_workers(const sums *s, uint32_t mode)
{
    double n = 0.0;
    for (uint32_t c = 0; c < OCCUPATIONS; c++)
        n += s->workers[mode][c];
    return n;
}

/* Class of a sum from its own variance: CV up to 5 % good, 10 % fair, 20 % fragile (METHODS.md
 * section 8). */
static const char *reliability(const sums *s)
{
    if (!(s->employed > 0.0))
        return "insuffisante";
    const double cv = sqrt(s->variance) / s->employed;
    return cv <= 0.05 ? "bonne" : cv <= 0.10 ? "correcte" : cv <= 0.20 ? "fragile" : "insuffisante";
}

static void put_shares(const bassin_job *job, size_t place, const sums *s)
{
    const double modes_known = s->employed - mode_workers(s, 0);
    set_ratio(job, OUT_SHARE_PLACE, place, s->here, s->employed, 100.0);
    if (in_level(job, "epci", place))
        set_ratio(job, OUT_SHARE_EPCI, place, s->same_epci, s->employed, 100.0);
    if (in_level(job, "bassin_vie", place))
        set_ratio(job, OUT_SHARE_BASIN, place, s->same_basin, s->employed, 100.0);
    set_ratio(job, OUT_SHARE_CAR, place, mode_workers(s, MODE_CAR), modes_known, 100.0);
    set_ratio(job, OUT_SHARE_TRANSIT, place, mode_workers(s, MODE_TRANSIT), modes_known, 100.0);
    set_ratio(job, OUT_SHARE_ACTIVE, place,
              mode_workers(s, MODE_WALK) + mode_workers(s, MODE_BICYCLE) +
                  mode_workers(s, MODE_NON_MOTORISED),
              modes_known, 100.0);
    set_ratio(job, OUT_SHARE_HOME, place, mode_workers(s, MODE_HOME), modes_known, 100.0);
}

static void put_place(const bassin_job *job, size_t place, const sums *s)
{
    bassin_set(&job->out[OUT_EMPLOYED].items[0], place, s->employed);
    bassin_set(&job->out[OUT_LOCATED].items[0], place, s->located);
    bassin_set(&job->out[OUT_CROW_KM].items[0], place, s->crow_km);
    set_ratio(job, OUT_MEAN_CROW_KM, place, s->crow_km, s->located, 1.0);
    if (job->flows->km != NULL) {
        bassin_set(&job->out[OUT_ROUTED].items[0], place, s->routed);
        if (s->km_unknown > 0.0) {
            job->out[OUT_KM].items[0].state[place] = BASSIN_MISSING;
            job->out[OUT_MEAN_KM].items[0].state[place] = BASSIN_MISSING;
        } else {
            bassin_set(&job->out[OUT_KM].items[0], place, s->km);
            set_ratio(job, OUT_MEAN_KM, place, s->km, s->routed, 1.0);
        }
        set_ratio(job, OUT_MEAN_MINUTES, place, s->minutes, s->routed, 1.0);
    }
    put_shares(job, place, s);
}

static void sums_add(sums *into, const sums *from)
{
    double *a = (double *)into;
    const double *b = (const double *)from;
    for (size_t i = 0; i < sizeof(sums) / sizeof(double); i++)
        a[i] += b[i];
}

static bassin_status places_run(const bassin_job *job, const bassin_block *block,
                                const void *before, void *partial, bassin_error *err)
{
    (void)before;
    const bassin_level *epci = level(job, "epci"), *basin = level(job, "bassin_vie");
    for (size_t p = block->begin; p < block->end; p++) {
        sums s = {0};
        for (uint64_t row = job->flows->origin_start[p]; row < job->flows->origin_start[p + 1];
             row++)
            add_row(job, epci, basin, row, &s);
        put_place(job, p, &s);
        const bassin_status result =
            job->host->text(job, OUT_RELIABILITY, 0, p, reliability(&s), err);
        if (result != BASSIN_OK)
            return result;
        if (job->place_kept[p])
            sums_add(partial, &s);
    }
    return BASSIN_OK;
}

static void places_merge(const bassin_job *job, void *into, const void *from)
{
    (void)job;
    sums_add(into, from);
}

/* --- whole territory
 * -------------------------------------------------------------------------------- */

/* Jobs held by residents of the loaded places; those held by others are not in the files read. */
static void put_jobs(const bassin_job *job)
{
    const bassin_flows *f = job->flows;
    const bassin_slot *jobs = &job->out[OUT_JOBS].items[0],
                      *employed = &job->out[OUT_EMPLOYED].items[0];
    for (size_t p = 0; p < job->place_count; p++)
        bassin_set(jobs, p, 0.0);
    for (size_t row = 0; row < f->rows; row++)
        if (f->j[row] != BASSIN_OUTSIDE)
            jobs->at.f64[f->j[row]] += f->workers[row];
    for (size_t p = 0; p < job->place_count; p++)
        set_ratio(job, OUT_JOBS_PER_100, p, jobs->at.f64[p], employed->at.f64[p], 100.0);
}

/* Of a territory: what reliability and the job ratio need, from the rows of flows. */
typedef struct territory_sums {
    sums residents; /* employed and variance, of its kept places */
    double jobs;    /* in its kept places */
} territory_sums;

static void territory_add(const bassin_job *job, const bassin_level *l, size_t row,
                          territory_sums *all)
{
    const bassin_flows *f = job->flows;
    const uint32_t o = f->o[row], j = f->j[row];
    if (job->place_kept[o] && l->of_place[o] != BASSIN_OUTSIDE) {
        all[l->first_row + l->of_place[o]].residents.employed += f->workers[row];
        all[l->first_row + l->of_place[o]].residents.variance += f->variance[row];
    }
    if (j != BASSIN_OUTSIDE && job->place_kept[j] && l->of_place[j] != BASSIN_OUTSIDE)
        all[l->first_row + l->of_place[j]].jobs += f->workers[row];
}

/* Jobs over employed residents is made of the sums: a mean of the communes' ratios would leave out
 * those with jobs and no employed resident. */
static bassin_status territories(const bassin_job *job, bassin_error *err)
{
    territory_sums *all = job->host->scratch(job, (job->groups->rows + 1) * sizeof *all);
    if (all == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "out of memory for %zu territories",
                           job->groups->rows);
    memset(all, 0, job->groups->rows * sizeof *all);
    for (uint32_t i = 0; i < job->groups->levels.count; i++)
        for (size_t row = 0; row < job->flows->rows; row++)
            territory_add(job, bassin_level_at(job->groups, i), row, all);
    bassin_status result = BASSIN_OK;
    for (size_t t = 0; result == BASSIN_OK && t < job->groups->rows; t++) {
        set_ratio(job, OUT_T_JOBS_PER_100, t, all[t].jobs, all[t].residents.employed, 100.0);
        result = job->host->text(job, OUT_T_RELIABILITY, 0, t, reliability(&all[t].residents), err);
    }
    return result;
}

static const char *const mode_names[MODES] = {"unknown",     "home", "walk",    "bicycle",
                                              "two_wheeler", "car",  "transit", "non_motorised"};

static bassin_status mode_row(const bassin_job *job, const sums *s, size_t row, uint32_t m,
                              uint32_t c, bassin_error *err)
{
    char id[48];
    (void)snprintf(id, sizeof id, "%s-%u", mode_names[m], (unsigned)c);
    bassin_set(&job->out[OUT_M_WORKERS].items[0], row, s->workers[m][c]);
    set_ratio(job, OUT_M_SHARE, row, s->workers[m][c], s->employed, 100.0);
    bassin_set(&job->out[OUT_M_CROW_KM].items[0], row, s->mode_crow_km[m][c]);
    set_ratio(job, OUT_M_MEAN_CROW_KM, row, s->mode_crow_km[m][c], s->mode_located[m][c], 1.0);
    const bassin_slot *occupation = &job->out[OUT_M_OCCUPATION].items[0];
    occupation->at.u32[row] = c;
    occupation->state[row] = c == 0 ? BASSIN_MISSING : BASSIN_PRESENT;
    bassin_status result = job->host->text(job, OUT_M_ID, 0, row, id, err);
    if (result == BASSIN_OK)
        result = job->host->text(job, OUT_M_MODE, 0, row, mode_names[m], err);
    return result;
}

static bassin_status modes_table(const bassin_job *job, const sums *s, bassin_error *err)
{
    size_t rows = 0, row = 0;
    for (uint32_t m = 0; m < MODES; m++)
        for (uint32_t c = 0; c < OCCUPATIONS; c++)
            rows += s->workers[m][c] > 0.0;
    bassin_status result = job->host->table_rows(job, "commuting_modes", rows, err);
    for (uint32_t m = 0; m < MODES; m++)
        for (uint32_t c = 0; result == BASSIN_OK && c < OCCUPATIONS; c++)
            if (s->workers[m][c] > 0.0)
                result = mode_row(job, s, row++, m, c, err);
    return result;
}

typedef struct headline {
    const char *name, *fr, *en, *unit;
    double value, over; /* value / over when over is not 1; nobody: not applicable */
    int32_t decimals;
} headline;

static bassin_status put_headline(const bassin_job *job, const headline *h, bassin_error *err)
{
    const int known = h->over > 0.0;
    const double value = known ? h->value / h->over : 0.0;
    const bassin_total t = {.size = sizeof t,
                            .name = h->name,
                            .title_fr = h->fr,
                            .title_en = h->en,
                            .unit = h->unit,
                            .value = value,
                            .low = NAN,
                            .high = NAN,
                            .state = known ? BASSIN_PRESENT : BASSIN_NOT_APPLICABLE,
                            .decimals = h->decimals};
    return job->host->total(job, &t, err);
}

static bassin_status frontier_totals(const bassin_job *job, const sums *s, bassin_error *err)
{
    const headline all[] = {
        {"frontier_workers", "Travailleurs frontaliers", "Frontier workers", "{worker}",
         s->frontier, 1.0, 4},
        {"frontier_located",
         "Travailleurs frontaliers dont le lieu de travail est situé, à 100 km au plus",
         "Frontier workers whose work place is located, within 100 km", "{worker}",
         s->frontier_located, 1.0, 4},
        {"frontier_beyond_100_km", "Travailleurs frontaliers à plus de 100 km, hors distances",
         "Frontier workers beyond 100 km, in no distance", "{worker}", s->frontier_far, 1.0, 4},
        {"frontier_crow_km", "Distance cumulée à vol d’oiseau des frontaliers, aller simple",
         "Total straight-line commute of frontier workers, one way", "{person}.km",
         s->frontier_crow_km, 1.0, 4},
        {"frontier_km", "Distance cumulée des frontaliers, estimée avec le détour, aller simple",
         "Total commute of frontier workers, estimated with the detour, one way", "{person}.km",
         s->frontier_km, 1.0, 4},
        {"frontier_mean_crow_km", "Distance moyenne à vol d’oiseau des frontaliers",
         "Mean straight-line commute of frontier workers", "km", s->frontier_crow_km,
         s->frontier_located, 4},
    };
    bassin_status result = BASSIN_OK;
    for (size_t i = 0; result == BASSIN_OK && i < sizeof all / sizeof *all; i++)
        result = put_headline(job, &all[i], err);
    return result;
}

static bassin_status totals(const bassin_job *job, const sums *s, bassin_error *err)
{
    const double in_percent = s->employed / 100.0;
    const headline all[] = {
        {"workers", "Actifs ayant un emploi résidant dans le périmètre", "Employed residents",
         "{worker}", s->employed, 1.0, 4},
        {"crow_km", "Distance domicile-travail cumulée à vol d’oiseau, aller simple",
         "Total straight-line commute, one way", "{person}.km", s->crow_km, 1.0, 4},
        {"mean_crow_km", "Distance domicile-travail moyenne à vol d’oiseau",
         "Mean straight-line commute", "km", s->crow_km, s->located, 4},
        {"mean_km", "Distance domicile-travail moyenne par le trajet",
         "Mean commute along the path", "km", s->km, s->km_unknown > 0.0 ? 0.0 : s->routed, 4},
        {"mean_minutes", "Durée domicile-travail moyenne", "Mean commuting time", "min", s->minutes,
         s->routed, 4},
        {"share_same_commune", "Actifs travaillant dans leur commune", "Working in their commune",
         "%", s->here, in_percent, 4},
        {"share_same_epci", "Actifs travaillant dans leur intercommunalité",
         "Working in their EPCI", "%", s->same_epci, level(job, "epci") ? in_percent : 0.0, 4},
        {"share_same_bassin_vie", "Actifs travaillant dans leur bassin de vie",
         "Working in their bassin de vie", "%", s->same_basin,
         level(job, "bassin_vie") ? in_percent : 0.0, 4},
        {"share_car", "Actifs se rendant au travail en voiture", "Commuting by car", "%",
         mode_workers(s, MODE_CAR), (s->employed - mode_workers(s, 0)) / 100.0, 4},
        {"outside", "Actifs travaillant hors des communes chargées",
         "Working outside the loaded communes", "{worker}", s->outside, 1.0, 4},
    };
    bassin_status result = BASSIN_OK;
    for (size_t i = 0; result == BASSIN_OK && i < sizeof all / sizeof *all; i++)
        result = put_headline(job, &all[i], err);
    return result == BASSIN_OK && s->frontier > 0.0 ? frontier_totals(job, s, err) : result;
}

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    return job->host->partial(job, 0, sizeof(sums), err);
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)before;
    const sums *s = total;
    put_jobs(job);
    bassin_status result = totals(job, s, err);
    if (result == BASSIN_OK)
        result = modes_table(job, s, err);
    if (result == BASSIN_OK)
        result = territories(job, err);
    return result;
}

#define SHEET "Domicile-travail"
#define SUM(id_, fr_, en_, unit_, decimals_)                                                       \
    {                                                                                              \
        .table = "places", .id = id_, .title_fr = fr_, .title_en = en_, .unit = unit_,             \
        .type = BASSIN_F64, .decimals = decimals_, .aggregate = BASSIN_AGGREGATE_SUM,              \
        .sheet_fr = SHEET                                                                          \
    }
#define MEAN(id_, fr_, en_, unit_, decimals_, weight_)                                             \
    {                                                                                              \
        .table = "places", .id = id_, .title_fr = fr_, .title_en = en_, .unit = unit_,             \
        .type = BASSIN_F64, .decimals = decimals_, .aggregate = BASSIN_AGGREGATE_MEAN,             \
        .weight = weight_, .sheet_fr = SHEET                                                       \
    }
#define MODE_COLUMN(id_, fr_, en_, unit_, type_, decimals_)                                        \
    {                                                                                              \
        .table = "commuting_modes", .id = id_, .title_fr = fr_, .title_en = en_, .unit = unit_,    \
        .type = type_, .decimals = decimals_                                                       \
    }

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "commuting",
    .title_fr = "Déplacements domicile-travail",
    .title_en = "Commuting",
    .version = "1.0.0",
    .method_fr = "Actifs ayant un emploi, par commune de résidence (Insee, recensement). "
                 "L’indicateur de concentration "
                 "d’emploi rapporte les emplois occupés par des résidents des communes chargées à "
                 "100 actifs occupés "
                 "résidents. Distances à vol d’oiseau entre les points des communes (haversine, R "
                 "= 6 371,0088 km), "
                 "nulles à l’intérieur d’une commune ; les distances par le trajet suivent le "
                 "réseau ou l’estimation. "
                 "Les travailleurs frontaliers forment une ligne à part ; leurs distances, à 100 "
                 "km au plus, ne rejoignent les autres que sur demande (frontier: added). "
                 "La fiabilité vient du coefficient de variation des effectifs (sondage).",
    .method_en =
        "Employed residents by commune of residence (Insee, census). The job "
        "concentration ratio relates the "
        "jobs held by residents of the loaded communes to 100 employed residents. "
        "Straight-line distances "
        "between the points of communes (haversine, R = 6371.0088 km), zero within a "
        "commune; distances along "
        "the path follow the network or the estimate. Frontier workers are a line of their "
        "own; their distances, up to 100 km, join the others only on request (frontier: "
        "added). Reliability is the coefficient of "
        "variation of the "
        "counts (sampling).",
    .needs = BASSIN_NEED_FLOWS | BASSIN_NEED_GROUPS,
    .params = BASSIN_LIST(
        bassin_param,
        {.id = "frontier",
         .title_fr = "Travailleurs frontaliers",
         .title_en = "Frontier workers",
         .unit = "",
         .kind = BASSIN_PARAM_CHOICE,
         .fallback_text = "separate",
         .choices = "separate|added",
         .basis = "méthode de bassin : une ligne à part, ajoutée aux distances sur demande",
         .basis_en = "bassin's method: a line of their own, added to distances on request"}),
    .outputs = BASSIN_LIST(
        bassin_output,
        SUM("employed", "Actifs occupés résidents", "Employed residents", "{worker}", 4),
        SUM("jobs", "Emplois au lieu de travail", "Jobs at the work place", "{job}", 4),
        {.table = "places",
         .id = "jobs_per_100",
         .title_fr = "Indicateur de concentration d’emploi",
         .title_en = "Jobs per 100 employed residents",
         .unit = "1",
         .type = BASSIN_F64,
         .decimals = 2,
         .sheet_fr = SHEET},
        MEAN("share_same_commune", "Travaillent dans leur commune", "Work in their commune", "%", 2,
             "employed"),
        MEAN("share_same_epci", "Travaillent dans leur intercommunalité", "Work in their EPCI", "%",
             2, "employed"),
        MEAN("share_same_bassin_vie", "Travaillent dans leur bassin de vie",
             "Work in their bassin de vie", "%", 2, "employed"),
        SUM("workers_located", "Actifs dont le lieu de travail est situé",
            "Workers whose work place is located", "{worker}", 4),
        SUM("crow_km", "Distance cumulée à vol d’oiseau, aller",
            "Total straight-line distance, one way", "{person}.km", 4),
        MEAN("mean_crow_km", "Distance moyenne à vol d’oiseau", "Mean straight-line distance", "km",
             2, "workers_located"),
        SUM("workers_routed", "Actifs dont le trajet est calculé", "Workers whose path is known",
            "{worker}", 4),
        SUM("path_km", "Distance cumulée par le trajet, aller",
            "Total distance along the path, one way", "{person}.km", 4),
        MEAN("mean_path_km", "Distance moyenne par le trajet", "Mean distance along the path", "km",
             2, "workers_routed"),
        MEAN("mean_path_minutes", "Durée moyenne du trajet", "Mean travel time", "min", 1,
             "workers_routed"),
        MEAN("share_car", "Part de la voiture", "Share of cars", "%", 2, "employed"),
        MEAN("share_transit", "Part des transports en commun", "Share of public transport", "%", 2,
             "employed"),
        MEAN("share_active", "Part de la marche et du vélo", "Share of walking and cycling", "%", 2,
             "employed"),
        MEAN("share_home", "Part du travail à domicile", "Share working at home", "%", 2,
             "employed"),
        {.table = "places",
         .id = "reliability",
         .title_fr = "Fiabilité des effectifs",
         .title_en = "Reliability of counts",
         .unit = "",
         .type = BASSIN_TEXT,
         .decimals = -1,
         .sheet_fr = SHEET},
        {.table = "territories",
         .id = "jobs_per_100",
         .title_fr = "Indicateur de concentration d’emploi",
         .title_en = "Jobs per 100 employed residents",
         .unit = "1",
         .type = BASSIN_F64,
         .decimals = 2},
        {.table = "territories",
         .id = "reliability",
         .title_fr = "Fiabilité des effectifs",
         .title_en = "Reliability of counts",
         .unit = "",
         .type = BASSIN_TEXT,
         .decimals = -1},
        MODE_COLUMN("id", "Mode et catégorie", "Mode and occupation", "", BASSIN_TEXT, -1),
        MODE_COLUMN("mode", "Mode de transport", "Mode", "", BASSIN_TEXT, -1),
        MODE_COLUMN("occupation", "Catégorie socioprofessionnelle (CS1)", "Occupation (CS1)",
                    "{class}", BASSIN_U32, -1),
        MODE_COLUMN("workers", "Actifs", "Workers", "{worker}", BASSIN_F64, 2),
        MODE_COLUMN("share", "Part des actifs", "Share of workers", "%", BASSIN_F64, 2),
        MODE_COLUMN("crow_km", "Distance cumulée à vol d’oiseau, aller",
                    "Total straight-line distance, one way", "{person}.km", BASSIN_F64, 2),
        MODE_COLUMN("mean_crow_km", "Distance moyenne à vol d’oiseau",
                    "Mean straight-line distance", "km", BASSIN_F64, 2)),
    .tables =
        BASSIN_LIST(bassin_table, {.id = "commuting_modes",
                                   .title_fr = "Actifs par mode et catégorie socioprofessionnelle",
                                   .title_en = "Workers by mode and occupation",
                                   .sheet_fr = SHEET,
                                   .key = "id"}),
    .stages = BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage),
                                         .over = "places",
                                         .run = places_run,
                                         .merge = places_merge,
                                         .finish = finish}),
    .prepare = prepare,
};
