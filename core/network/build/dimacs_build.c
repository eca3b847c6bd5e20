#include "network/build/dimacs_build.h"

#include <math.h>
#include <string.h>

#include "base/blocks.h"
#include "geo/projection.h"

enum { ARCS_A_BLOCK = 1 << 15 };

typedef struct measuring {
    road_draft *draft;
} measuring;

static uint32_t straight_m(const road_draft *d, uint32_t a, uint32_t b)
{
    if (d->positions == POSITIONS_DEGREES)
        return (uint32_t)llround(
            1000.0 * haversine_km(d->x[a] / 1e7, d->y[a] / 1e7, d->x[b] / 1e7, d->y[b] / 1e7));
    double dx = (double)d->x[a] - d->x[b], dy = (double)d->y[a] - d->y[b];
    double m = sqrt(dx * dx + dy * dy);
    return m < UINT32_MAX ? (uint32_t)llround(m) : UINT32_MAX;
}

static status measure_block(void *context, block b, error *err)
{
    road_draft *d = ((const measuring *)context)->draft;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++)
        d->arcs[i].length_m = straight_m(d, d->arcs[i].from, d->arcs[i].to);
    return STATUS_OK;
}

/* The arcs of the graph become those of the draft in the room that they have, grown: from the last
 * to the first, since each grows into what follows it. */
static status arcs_take(dimacs_graph *g, road_draft *d, error *err)
{
    _Static_assert(sizeof(draft_arc) >= sizeof(dimacs_arc), "each arc grows");
    char *room = memory_resize(g->arcs, g->arc_count, sizeof *d->arcs);
    if (!room)
        return memory_error(err, g->arc_count * sizeof *d->arcs);
    g->arcs = NULL;
    for (size_t i = g->arc_count; i-- > 0;) {
        dimacs_arc a;
        memcpy(&a, room + i * sizeof a, sizeof a);
        const draft_arc arc = {.from = a.from, .to = a.to, .time = a.weight, .way = NETWORK_NONE};
        memcpy(room + i * sizeof arc, &arc, sizeof arc);
    }
    d->arcs = (void *)room;
    d->arc_count = d->arc_capacity = g->arc_count;
    return STATUS_OK;
}

static status nodes_take(dimacs_graph *g, const dimacs_options *options, road_draft *d, error *err)
{
    d->node_id = memory_new(g->node_count, sizeof *d->node_id);
    if (!d->node_id)
        return memory_error(err, g->node_count * sizeof *d->node_id);
    for (uint32_t i = 0; i < g->node_count; i++)
        d->node_id[i] = (int64_t)i + g->first_id;
    d->node_count = g->node_count;
    d->x = g->x;
    d->y = g->y;
    g->x = g->y = NULL;
    if (d->x)
        d->positions =
            options->coordinates_unit == DIMACS_METRES ? POSITIONS_METRES : POSITIONS_DEGREES;
    return STATUS_OK;
}

static status facts_tell(const dimacs_options *options, road_draft *d, error *err)
{
    const char *unit = options->units_per_minute == 60000 ? "ms"
                       : options->units_per_minute == 600 ? "ds"
                                                          : "s";
    static const char *const places[] = {
        [POSITIONS_NONE] = "none", [POSITIONS_DEGREES] = "degrees", [POSITIONS_METRES] = "metres"};
    status result = road_draft_fact(d, err, "format", "dimacs");
    if (result == STATUS_OK)
        result = road_draft_fact(d, err, "weight_unit", "%s", unit);
    if (result == STATUS_OK)
        result = road_draft_fact(d, err, "positions", "%s", places[d->positions]);
    if (result == STATUS_OK)
        result = road_draft_fact(d, err, "lengths", "%s",
                                 d->lengths ? "straight lines between positions" : "none");
    return result;
}

status dimacs_draft(dimacs_graph *g, const dimacs_options *options, road_draft *out, progress *p,
                    error *err)
{
    measuring m = {.draft = out};
    *out = (road_draft){.units_per_minute = options->units_per_minute, .lengths = g->x != NULL};
    status result = nodes_take(g, options, out, err);
    if (result == STATUS_OK)
        result = arcs_take(g, out, err);
    if (result == STATUS_OK && out->lengths)
        result = blocks_run(out->arc_count, ARCS_A_BLOCK, options->threads, p ? p->cancel : NULL,
                            measure_block, &m, err);
    if (result == STATUS_OK)
        result = facts_tell(options, out, err);
    dimacs_graph_clear(g);
    return result;
}

status dimacs_build(const dimacs_options *options, road_draft *out, progress *p,
                    faults *faults_list)
{
    error err = {0};
    dimacs_graph g = {0};
    status result = dimacs_read(options->path, options->threads, p, &g, faults_list);
    if (result == STATUS_OK && options->coordinates)
        result = dimacs_positions_read(options->coordinates, options->coordinates_unit,
                                       options->threads, p, &g, faults_list);
    if (result == STATUS_OK && dimacs_draft(&g, options, out, p, &err))
        result = faults_add_error(faults_list, source_at(options->path, 0, 0), &err);
    dimacs_graph_clear(&g);
    return result;
}
