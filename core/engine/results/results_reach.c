/* Catchments as regions of travel time, drawn by the engine of costs that gave the places their
 * times. */
#include <stdlib.h>
#include <string.h>

#include "engine/results/results_model.h"
#include "network/travel/isochrones.h"

/* Rows of all tables of a job, one after the other, as subjects (who is reached) and limits. */
typedef struct reach_plan {
    const reach_row **rows; /* NULL: of a table that is not drawn */
    size_t row_count;
    double limit[ISOCHRONE_LIMITS_MAX];
    size_t limit_count;
    uint64_t *subject_start;
    uint32_t *subject_venue;
    size_t subject_count;
    size_t *drawn; /* of each row, its row among subjects x limits */
} reach_plan;

static void plan_clear(reach_plan *p)
{
    memory_free(p->rows);
    memory_free(p->subject_start);
    memory_free(p->subject_venue);
    memory_free(p->drawn);
}

static int ascending(const void *a, const void *b)
{
    const double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* False: more limits than can be drawn at once. */
static bool limit_add(reach_plan *p, double limit_min)
{
    size_t k = 0;
    while (k < p->limit_count && p->limit[k] != limit_min)
        k++;
    if (k == ISOCHRONE_LIMITS_MAX)
        return false;
    p->limit[k] = limit_min;
    p->limit_count = k == p->limit_count ? k + 1 : p->limit_count;
    return true;
}

/* Every row says what it is. */
static bool is_drawn(const made_table *t)
{
    for (size_t r = 0; t->reach != NULL && r < t->rows; r++) {
        if (t->reach[r].venues == NULL)
            return false;
    }
    return t->reach != NULL && t->rows > 0;
}

static size_t tables_of(const plugin_job *job)
{
    return job->is->tables.count;
}

static status rows_gather(reach_plan *p, const plugin_job *job, error *err)
{
    size_t count = 0;
    for (size_t t = 0; t < tables_of(job); t++)
        count += job->tables[t].rows;
    p->rows = memory_new(count, sizeof *p->rows);
    p->drawn = memory_new(count, sizeof *p->drawn);
    if (p->rows == NULL || p->drawn == NULL)
        return memory_error(err, count * 2 * sizeof *p->drawn);
    for (size_t t = 0; t < tables_of(job); t++) {
        const made_table *from = &job->tables[t];
        const bool drawn = is_drawn(from);
        for (size_t r = 0; r < from->rows; r++)
            p->rows[p->row_count++] = drawn ? &from->reach[r] : NULL;
    }
    return STATUS_OK;
}

static bool limits_find(reach_plan *p)
{
    bool fits = true;
    for (size_t r = 0; r < p->row_count && fits; r++)
        fits = p->rows[r] == NULL || limit_add(p, p->rows[r]->limit_min);
    qsort(p->limit, p->limit_count, sizeof *p->limit, ascending);
    return fits && p->limit_count > 0;
}

static bool same_venues(const reach_row *a, const reach_row *b)
{
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->venues, b->venues, a->count * sizeof *a->venues) == 0);
}

/* Rows that follow each other with the same venues are of one subject. */
static void subjects_fill(reach_plan *p)
{
    const reach_row *last = NULL;
    for (size_t r = 0; r < p->row_count; r++) {
        const reach_row *row = p->rows[r];
        size_t k = 0;
        if (row == NULL)
            continue;
        if (last == NULL || !same_venues(row, last)) {
            uint64_t *start = &p->subject_start[p->subject_count++];
            if (row->count > 0)
                memcpy(p->subject_venue + start[0], row->venues, row->count * sizeof *row->venues);
            start[1] = start[0] + row->count;
        }
        while (p->limit[k] != row->limit_min)
            k++;
        p->drawn[r] = (p->subject_count - 1) * p->limit_count + k;
        last = row;
    }
}

static status subjects_find(reach_plan *p, error *err)
{
    size_t uses = 0;
    for (size_t r = 0; r < p->row_count; r++)
        uses += p->rows[r] != NULL ? p->rows[r]->count : 0;
    p->subject_start = memory_new(p->row_count + 1, sizeof *p->subject_start);
    p->subject_venue = memory_new(uses, sizeof *p->subject_venue);
    if (p->subject_start == NULL || p->subject_venue == NULL)
        return memory_error(err, (p->row_count + uses) * sizeof *p->subject_start);
    subjects_fill(p);
    return STATUS_OK;
}

static isochrone_request request_of(const build *b, const reach_plan *p)
{
    const territory *t = b->d->territory;
    const venues *v = b->d->venues;
    const bool degrees = t->epsg == 4326;
    return (isochrone_request){
        .epsg = t->epsg,
        .place_x = degrees ? t->lon : t->x_m,
        .place_y = degrees ? t->lat : t->y_m,
        .venue_x = degrees ? v->lon : v->x_m,
        .venue_y = degrees ? v->lat : v->y_m,
        .land = t->borders,
        .limit_min = p->limit,
        .limit_count = p->limit_count,
        .subject_start = p->subject_start,
        .subject_venue = p->subject_venue,
        .subject_count = p->subject_count,
    };
}

/* The rows of each table, from those of subjects x limits. */
static status outlines_share(build *b, const plugin_job *job, const reach_plan *p,
                             const polygons *drawn, const polygons **outlines, error *err)
{
    status s = STATUS_OK;
    size_t first = 0;
    for (size_t t = 0; t < tables_of(job) && s == STATUS_OK; t++) {
        polygons *own = NULL;
        const size_t rows = job->tables[t].rows;
        if (rows > 0 && p->rows[first] != NULL) {
            s = polygons_select(drawn, p->drawn + first, rows, &own, err);
            if (s == STATUS_OK)
                s = results_own_shape(b, own, err);
            outlines[t] = s == STATUS_OK ? own : NULL;
        }
        first += rows;
    }
    return s;
}

status results_reach(build *b, const plugin_job *job, const polygons **outlines,
                     isochrone_facts *facts, error *err)
{
    reach_plan p = {0};
    polygons *drawn = NULL;
    *facts = (isochrone_facts){0};
    if (b->d->engines == NULL || b->d->communes != NULL)
        return STATUS_OK;
    status s = rows_gather(&p, job, err);
    if (s == STATUS_OK && limits_find(&p)) {
        s = subjects_find(&p, err);
        const isochrone_request request = request_of(b, &p);
        if (s == STATUS_OK)
            s = cost_engine_isochrones(b->d->engines[job->mode], &request, &drawn, facts, err);
        if (s == STATUS_OK && drawn != NULL)
            s = outlines_share(b, job, &p, drawn, outlines, err);
    }
    polygons_free(drawn);
    plan_clear(&p);
    return s;
}
