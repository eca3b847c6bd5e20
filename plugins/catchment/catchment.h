/* What the parts of this plugin share: its columns and parameters by number, its steps. */
#ifndef PLUGINS_CATCHMENT_H
#define PLUGINS_CATCHMENT_H

#include <bassin/plugin.h>

enum { P_LIMITS, P_METHOD, P_WEIGHTS, P_SUPPLY, P_MEMBERS };
enum { MEMBERS_OUTLINE, MEMBERS_LIST };
enum { SUPPLY_HOURS, SUPPLY_VENUE, SUPPLY_HOURS_SEATS };
enum { METHOD_2SFCA, METHOD_E2SFCA, METHOD_3SFCA, METHOD_M2SFCA };
enum { IN_POPULATION, IN_ID, IN_NAME, IN_SCOPE, IN_FUNCTION, IN_HOURS, IN_SEATS, IN_CODE };
enum {
    OUT_V_POPULATION,
    OUT_V_RATIO,
    OUT_MINUTES,
    OUT_KM,
    OUT_VENUE,
    OUT_MINUTES_TL,
    OUT_VENUE_TL,
    OUT_MINUTES_F,
    OUT_VENUE_F,
    OUT_MINUTES_F_TL,
    OUT_WITHIN,
    OUT_ACCESS,
    OUT_ACCESS_TL,
    OUT_C_ID,
    OUT_C_VENUE,
    OUT_C_NAME,
    OUT_C_LIMIT,
    OUT_C_PLACES,
    OUT_C_POPULATION,
    OUT_R_ID,
    OUT_R_LIMIT,
    OUT_R_PLACES,
    OUT_R_POPULATION,
    OUT_R_SHARE,
    OUT_M_VENUE,
    OUT_M_LIMIT,
    OUT_M_PLACE,
    OUT_M_MINUTES,
};

#define FUNCTION_THRESHOLD 0.5 /* a venue offers f when q_f >= 0.5 */

typedef struct steps {
    const double *limit; /* minutes, ascending */
    const double *weight;
    uint32_t count;
    uint32_t method;
} steps;

static inline steps steps_of(const bassin_job *job)
{
    return (steps){.limit = job->param[P_LIMITS].value,
                   .weight = job->param[P_WEIGHTS].value,
                   .count = job->param[P_LIMITS].count,
                   .method = (uint32_t)job->param[P_METHOD].value[0]};
}

/* A venue counts when it is open and offers something: a kind that covers no function covers
 * nobody. */
static inline int counts(const bassin_job *job, size_t v)
{
    if (!job->venue_open[v])
        return 0;
    for (uint32_t f = 0; f < BASSIN_FUNCTIONS; f++)
        if (job->in[IN_FUNCTION].items[f].at.f64[v] >= FUNCTION_THRESHOLD)
            return 1;
    return 0;
}

/* [once] The tables of areas: catchments, reach and, where asked for, catchment_members. */
bassin_status areas_make(const bassin_job *job, bassin_error *err);

#endif
