/* Which stretches of roads stand in urban areas: those whose middle is inside an outline. */
#include "geo/locator.h"
#include "network/build/builder.h"
#include "network/messages.h"

enum { STRETCHES_AT_ONCE = 1 << 18 };

/* The middles of the stretches that begin at references begin .. end - 1. */
typedef struct middles {
    double *x, *y;
    uint32_t *row;
} middles;

/* A stretch without two nodes of the file has no middle: it makes no arc either. */
static void middles_fill(const osm_roads *r, size_t begin, size_t end, middles *m)
{
    for (size_t i = begin; i < end; i++) {
        uint32_t from = r->way_ref[i],
                 to = i + 1 < r->counts.refs ? r->way_ref[i + 1] : OSM_NODE_NONE;
        if (to == OSM_NODE_NONE)
            to = from;
        if (from == OSM_NODE_NONE)
            from = to;
        m->x[i - begin] = from == OSM_NODE_NONE ? 0 : r->node_lon[from] / 2 + r->node_lon[to] / 2;
        m->y[i - begin] = from == OSM_NODE_NONE ? 0 : r->node_lat[from] / 2 + r->node_lat[to] / 2;
    }
}

static status stretches_mark(builder *b, const locator *l, middles *m)
{
    const size_t total = (size_t)b->roads->counts.refs;
    for (size_t begin = 0; begin < total; begin += STRETCHES_AT_ONCE) {
        const size_t end = total - begin < STRETCHES_AT_ONCE ? total : begin + STRETCHES_AT_ONCE;
        middles_fill(b->roads, begin, end, m);
        status result =
            locator_find_all(l, m->x, m->y, end - begin, b->options->threads, m->row, b->err);
        if (result)
            return result;
        for (size_t i = begin; i < end; i++)
            b->urban[i] = m->row[i - begin] != LOCATED_NOWHERE;
        if (build_cancelled(b))
            return error_set(b->err, STATUS_INTERRUPTED, M_BUILD_INTERRUPTED);
    }
    return STATUS_OK;
}

status urban_mark(builder *b)
{
    locator *l = NULL;
    middles m = {0};
    const size_t refs = (size_t)b->roads->counts.refs;
    const size_t batch = refs < STRETCHES_AT_ONCE ? refs : STRETCHES_AT_ONCE;
    if (!b->options->urban)
        return STATUS_OK;
    status result = locator_new(&l, b->options->urban, b->err);
    if (result)
        return result;
    b->urban = memory_new(refs, 1);
    m = (middles){.x = memory_new(batch, sizeof *m.x),
                  .y = memory_new(batch, sizeof *m.y),
                  .row = memory_new(batch, sizeof *m.row)};
    if (!b->urban || !m.x || !m.y || !m.row)
        result = memory_error(b->err, refs + batch * 20);
    else
        result = stretches_mark(b, l, &m);
    memory_free(m.x);
    memory_free(m.y);
    memory_free(m.row);
    locator_free(l);
    return result;
}
