/* Commuting flows as a census sample would show them: one set of respondents, written one a row
 * (MOBPRO detail) and summed by pair (base-flux). Workers choose a work place by jobs and distance;
 * mode follows distance. */
#include <math.h>
#include <string.h>

#include "datasets/synthetic/files.h"
#include "datasets/synthetic/messages.h"
#include "geo/locator.h"

enum { STREAM_FLOW = 40, STREAM_RESPONDENT = 41, STREAM_OUTSIDE = 42 };
enum { HOME = 1, WALK, BICYCLE, TWO_WHEELER, CAR, TRANSIT, MODES = 7, OCCUPATIONS = 6 };

static const double reach_km = 70.0; /* commutes within the territory stay below */
static const double decay_km =
    8.5; /* of attraction with distance: tuned to a mean commute of 10 to 18 km */
static const double home_town_pull = 2.4;  /* work near home beyond what distance explains */
static const double outside_share = 0.035; /* work beyond the loaded communes */
static const double detour = 1.30;
/* Occupations of employed residents (CS1 1 to 6): datasets/reference/factors.csv. */
static const double occupation_share[OCCUPATIONS] = {0.015, 0.068, 0.216, 0.247, 0.262, 0.192};

/* Mode by road distance; at home only for those who work in their commune: walking and cycling fade
 * within a few km, cars and public transport take over. */
static void mode_shares(double km, bool here, uint32_t density, uint32_t occupation,
                        double share[MODES])
{
    memset(share, 0, MODES * sizeof *share);
    share[HOME] = !here ? 0.0 : occupation <= 2 ? 0.40 : 0.065;
    share[WALK] = 0.50 * exp(-km / 2.4);
    share[BICYCLE] = 0.055 * exp(-km / 5.0);
    share[TWO_WHEELER] = 0.022;
    const double served = density <= 2 ? 0.34 : density <= 4 ? 0.18 : 0.085;
    share[TRANSIT] = served * (0.35 + 0.65 * fmin(1.0, km / 12.0));
    share[CAR] = fmax(0.05, 1.0 - share[HOME] - share[WALK] - share[BICYCLE] - share[TWO_WHEELER] -
                                share[TRANSIT]);
}

static uint32_t choose(const double *share, uint32_t first, uint32_t end, double u)
{
    double sum = 0.0;
    for (uint32_t k = first; k < end; k++)
        sum += share[k];
    double left = u * sum;
    for (uint32_t k = first; k + 1 < end; k++) {
        left -= share[k];
        if (left < 0.0)
            return k;
    }
    return end - 1;
}

typedef struct survey {
    const land *land;
    output base, detail;
    nearest_index *near;
    uint32_t *work;    /* scratch: communes in reach */
    double *km, *pull; /* scratch, along the road; attraction */
    uint64_t respondents;
} survey;

/* Small communes are surveyed whole (weight near 1), large ones by sampling (near 2.5), as in the
 * census. */
static double base_weight(const land *l, const commune *c)
{
    return (c->population < 10000.0 ? 1.02 : 2.55) / l->respondents_share;
}

/* Writes the respondents of one pair; returns their weight. */
static double respond(survey *v, const commune *home, const char *work_code, double km,
                      uint64_t count)
{
    double sum = 0.0, share[MODES];
    for (uint64_t r = 0; r < count; r++) {
        const uint64_t id = v->respondents++;
        const uint32_t cs = 1 + choose(occupation_share, 0, OCCUPATIONS,
                                       land_uniform(v->land, STREAM_RESPONDENT, id, 0));
        mode_shares(km, strcmp(home->code, work_code) == 0, home->density7, cs, share);
        const uint32_t mode =
            choose(share, HOME, MODES, land_uniform(v->land, STREAM_RESPONDENT, id, 1));
        /* weights are printed with 15 digits in the published file (quirk 29) */
        const double weight = base_weight(v->land, home) *
                              (0.9 + 0.2 * land_uniform(v->land, STREAM_RESPONDENT, id, 2));
        output_format(&v->detail, "%s;ZZZZZ;%u;%s;%s;%.15f;%u\n", home->code, (unsigned)cs,
                      work_code[0] >= '0' && work_code[0] <= '9' ? "99999" : work_code,
                      work_code[0] >= '0' && work_code[0] <= '9' ? work_code : "99999", weight,
                      (unsigned)mode);
        sum += weight;
    }
    return sum;
}

/* About `expected` persons over the weight, rounded up or down by chance. */
static uint64_t sample(const survey *v, double expected, double weight, uint64_t row, uint32_t k)
{
    const double n = expected / weight;
    return (uint64_t)floor(n) + (land_uniform(v->land, STREAM_FLOW, row, k) < n - floor(n));
}

static void write_pair(survey *v, const commune *home, const char *code, const char *name,
                       double km, uint64_t count)
{
    if (count == 0)
        return;
    const double workers = respond(v, home, code, km, count);
    output_format(&v->base, "%s;%s;%s;%s;%.11f\n", home->code, home->name, code, name, workers);
}

static size_t work_places(survey *v, size_t home_row)
{
    const land *l = v->land;
    const commune *home = &l->communes[home_row];
    const size_t count =
        nearest_within(v->near, home->lon, home->lat, reach_km, v->work, v->km, l->count);
    for (size_t i = 0; i < count; i++) {
        const commune *work = &l->communes[v->work[i]];
        const int here = v->work[i] == home_row;
        /* within a commune: mean distance of two points of a disc, 0.905 R */
        v->km[i] = detour * (here ? 0.905 * sqrt(home->area_km2 / 3.14159265358979) : v->km[i]);
        v->pull[i] =
            work->jobs * exp(-v->km[i] / detour / decay_km) * (here ? home_town_pull : 1.0);
    }
    return count;
}

static void commune_flows(survey *v, size_t home_row)
{
    const commune *home = &v->land->communes[home_row];
    const size_t count = work_places(v, home_row);
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += v->pull[i];
    for (size_t i = 0; i < count; i++) {
        const commune *work = &v->land->communes[v->work[i]];
        const double expected = home->employed * (1.0 - outside_share) * v->pull[i] / sum;
        const uint64_t n = sample(v, expected, base_weight(v->land, home),
                                  home_row * v->land->count + v->work[i], 0);
        write_pair(v, home, work->code, work->name, v->km[i], n);
    }
    /* a far city, and abroad (quirk 31): one commune in twenty has someone across the border */
    const uint64_t far_away =
        sample(v, home->employed * outside_share, base_weight(v->land, home), home_row, 1);
    write_pair(v, home, "75056", "Paris", 250.0, far_away);
    if (home_row % 20 == 3)
        write_pair(v, home, "BE25F", "Tournai (BE25F)", 300.0, 1 + home_row % 3);
}

static status survey_open(survey *v, const land *l, const char *folder, error *err)
{
    double *lon = arena_take(l->memory, l->count, sizeof *lon),
           *lat = arena_take(l->memory, l->count, sizeof *lat);
    *v = (survey){.land = l};
    v->work = arena_take(l->memory, l->count, sizeof *v->work);
    v->km = arena_take(l->memory, l->count, sizeof *v->km);
    v->pull = arena_take(l->memory, l->count, sizeof *v->pull);
    if (lon == NULL || lat == NULL || v->work == NULL || v->km == NULL || v->pull == NULL)
        return memory_error(err, l->count * 40);
    for (size_t c = 0; c < l->count; c++) {
        lon[c] = l->communes[c].lon;
        lat[c] = l->communes[c].lat;
    }
    status s = nearest_index_new(&v->near, lon, lat, NULL, l->count, err);
    if (s == STATUS_OK)
        s = output_open(&v->base, folder, "base-flux-domicile-travail-2021.csv", err);
    if (s == STATUS_OK)
        s = output_open(&v->detail, folder, "FD_MOBPRO_2021.csv", err);
    return s;
}

status write_flows(const land *l, const char *folder, error *err)
{
    survey v;
    status s = survey_open(&v, l, folder, err);
    if (s == STATUS_OK) {
        output_format(&v.base, "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C21_ACTOCC15P\n");
        output_format(&v.detail, "COMMUNE;ARM;CS1;DCFLT;DCLT;IPONDI;TRANS\n");
        for (size_t c = 0; c < l->count; c++)
            commune_flows(&v, c);
    }
    s = output_close(&v.base, s, err);
    s = output_close(&v.detail, s, err);
    nearest_index_free(v.near);
    return s;
}
