/* network/travel/isochrones_work.h: isochrones being drawn. For this topic only. */
#ifndef NETWORK_ISOCHRONES_WORK_H
#define NETWORK_ISOCHRONES_WORK_H

#include <stdatomic.h>

#include "base/blocks.h"
#include "network/search/lender.h"
#include "network/travel/isochrones.h"
#include "network/travel/surface.h"

/* What venues give their subjects. */
typedef struct drawing {
    const isochrone_roads *roads;
    const isochrone_request *r;
    const lattice *l;
    uint32_t level[ISOCHRONE_LIMITS_MAX], far;
    uint32_t *venue; /* those of some subject, ascending, each once */
    size_t venue_count;
    uint64_t *subject_start; /* by venue number */
    uint32_t *subject;
    _Atomic uint32_t **least; /* of a subject of several venues: the least time of each point and
                                 place; else NULL */
    contour_rings *rings;     /* of each subject */
    lender *pens;             /* what a thread draws with */
    atomic_size_t done;
} drawing;

static inline bool is_single(const isochrone_request *r, size_t subject)
{
    return r->subject_start[subject + 1] - r->subject_start[subject] == 1;
}

/* What drawing.pens lends. */
extern const lender_kind pens_of_drawing;
/* Of blocks of drawing.venue: searched from; those that are a subject alone are drawn, the others
 * give their times to `least`. */
MUST_CHECK status venues_draw(void *drawing, block b, error *err);
/* Of blocks of subjects, once all venues are done: those of several venues. */
MUST_CHECK status shared_draw(void *drawing, block b, error *err);

#endif
