/* The avoided-kilometre model of METHODS.md section 3: who would go where, and what it saves. */
#ifndef AVOIDED_KM_MODEL_H
#define AVOIDED_KM_MODEL_H

#include <bassin/plugin.h>

enum {
    P_K,
    P_W,
    P_TAU1,
    P_TAU2,
    P_TAU3,
    P_TAU4,
    P_TAU5,
    P_TAU6,
    P_PI,
    P_ALPHA,
    P_RHO,
    P_OCC,
    P_DMIN,
    P_DMAX,
    P_EF_CAR,
    P_EF_MOTO,
    P_EF_TRANSIT,
    P_B,
    P_U,
    P_OPEN_DAYS,
    P_DELTA,
    P_DRAWS,
    P_VARY,
    P_SELF_EMPLOYED,
    P_FRONTIER,
    P_COUNT
};
enum { IN_EMPLOYED, IN_FUNCTION, IN_CAPACITY };

/* Commute modes by what a day at the venue saves: vehicle-km of a car or a two-wheeler,
 * passenger-km of public transport (CO2 only), nothing. */
enum { CLASS_CAR, CLASS_MOTO, CLASS_TRANSIT, CLASS_NONE, CLASSES };
enum { OCCUPATIONS = 6, CELLS = CLASSES * OCCUPATIONS, MAX_ROUNDS = 64 };

/* Sums over flows of n (workers) by class and occupation, for a venue, a territory or the whole.
 * With P the share of the flow's venue days at the venue, D its commute and d its trip to the
 * venue, km one way: A = 2 D P and B = 2 d c'(d) P, per venue day and worker; c' is the probability
 * of driving there. O = 2 d (1 - c') P is the rest of the trip: by public transport for its users,
 * on foot or by bicycle for others. */
typedef struct cell {
    double workers;            /* sum n P */
    double saved, trip, other; /* sum n A, n B, n O */
    /* sum V A A, V A B ...: the variance of n carried to the result */
    double aa, ab, bb, ao, bo, oo;
} cell;
typedef struct moments {
    cell at[CELLS];
} moments;
static inline cell *moments_cell(moments *m, uint32_t class_, uint32_t occupation)
{
    return &m->at[class_ * OCCUPATIONS + occupation - 1];
}

/* One drawn (or default) set of parameters. */
typedef struct parameters {
    double days_per_share; /* pi k W: venue days a year per teleworking worker */
    double tau[OCCUPATIONS + 1];
    double alpha, rho, occ, ef_car, ef_moto, ef_transit;
    int count_self_employed; /* CS 1-2: their trips are added (alpha 0), or they are left out */
    int flow_noise;          /* the sampling of n is drawn too */
} parameters;

typedef struct outcome {
    double days, gross_km, net_km, co2_t;
} outcome; /* a year */
typedef struct spread {
    double p05, p50, p95;
} spread;

/* A year's outcome of the sums; `noise` is a standard normal (0: none) for the sampling of flows.
 */
outcome outcome_of(const moments *m, const parameters *p, double noise);
/* The alpha from which net km are positive; infinite when nothing can be saved. It needs neither
 * alpha, pi nor k. */
double breakeven_alpha(const moments *m, const parameters *p);

/* Where the workers of one residence-work pair would go: venues that are feasible, and the share of
 * each. */
typedef struct choice {
    uint32_t venue;
    double km, attraction, share;
} choice;
typedef struct venue_plan {
    double *attraction; /* venue_count; 0: not a place to work */
    double *capacity;   /* worker-days a year; infinite when undeclared */
    double
        *accept; /* rounds x venue_count: share of the asked days that a venue takes in a round */
    uint32_t rounds;
    uint32_t undeclared;        /* open working venues without a declared capacity */
    uint8_t drawn[P_COUNT + 1]; /* which parameters are drawn; the last: the sampling of flows */
    parameters *draw;           /* drawn once for all venues */
    uint32_t draws;
    parameters central;
} venue_plan;

/* Fills `out` (room for every venue) for the pair; D in km. Returns how many venues take someone.
 */
uint32_t choices_of(const bassin_job *job, const venue_plan *plan, uint32_t origin,
                    double commute_km, choice *out);
/* c'(d): 0.53 up to 2 km (INSEE 2017), else that of the commute mode. */
double driving_share(double km, uint32_t class_);
uint32_t class_of_mode(uint32_t mode);
/* A frontier worker whose work place abroad has a point; and whether such rows join the others. */
int row_is_frontier(const bassin_job *job, size_t row);
int frontier_added(const bassin_job *job);
/* The commute of a row, km one way. */
double commute_of(const bassin_job *job, size_t row);
/* Whether a row of flows can give venue days at all. */
int row_counts(const bassin_job *job, const venue_plan *plan, size_t row);

/* The parameters that can be drawn, in the order of the sensitivity table; P_COUNT stands for the
 * sampling of flows. */
enum { DRAWN_COUNT = 16 };
extern const uint32_t drawn_order[DRAWN_COUNT];
const char *drawn_name(uint32_t param);
/* The default parameters with one of them drawn. */
parameters parameters_with(const bassin_job *job, const venue_plan *plan, uint32_t param,
                           uint64_t draw);

bassin_status venue_plan_new(const bassin_job *job, venue_plan **out, bassin_error *err);
void venue_plan_free(void *plan);

#endif
