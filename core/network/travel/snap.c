#include "network/travel/snap.h"

#include <math.h>

#include "base/blocks.h"
#include "network/graph/node_tree.h"

struct snapper {
    node_tree *tree;
};

status snapper_new(snapper **out, const network *n, int threads, error *err)
{
    snapper *s = memory_new(1, sizeof *s);
    if (!s)
        return memory_error(err, sizeof *s);
    status result = node_tree_new(&s->tree, n, threads, err);
    if (result) {
        snapper_free(s);
        return result;
    }
    *out = s;
    return STATUS_OK;
}

void snapper_free(snapper *s)
{
    if (!s)
        return;
    node_tree_free(s->tree);
    memory_free(s);
}

typedef struct snapping {
    const snapper *snapper;
    const double *lon, *lat;
    snaps *out;
} snapping;

static status snap_block(void *context, block b, error *err)
{
    const snapping *s = context;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++) {
        double m = 0;
        s->out->node[i] = SNAP_NONE;
        s->out->m[i] = NAN;
        if (isnan(s->lon[i]) || isnan(s->lat[i]))
            continue;
        uint32_t node = node_tree_nearest(s->snapper->tree, s->lon[i], s->lat[i], &m);
        if (node == NETWORK_NONE)
            continue;
        s->out->m[i] = floor(m + 0.5);
        if (s->out->m[i] <= SNAP_LIMIT_M)
            s->out->node[i] = node;
    }
    return STATUS_OK;
}

/* Whole metres: the sum is exact in any order. */
static void summarise(snaps *s)
{
    size_t snapped = 0;
    double sum = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->node[i] == SNAP_NONE) {
            s->far += isnan(s->m[i]) ? 0 : 1;
            continue;
        }
        snapped++;
        sum += s->m[i];
        s->max_m = s->m[i] > s->max_m ? s->m[i] : s->max_m;
    }
    s->mean_m = snapped > 0 ? sum / (double)snapped : 0;
}

status snap_points(const snapper *s, const double *lon, const double *lat, size_t count,
                   int threads, snaps *out, error *err)
{
    snapping context = {.snapper = s, .lon = lon, .lat = lat, .out = out};
    *out = (snaps){.count = count};
    out->node = memory_new(count, sizeof *out->node);
    out->m = memory_new(count, sizeof *out->m);
    if (!out->node || !out->m)
        return memory_error(err, count * (sizeof *out->node + sizeof *out->m));
    status result = blocks_run(count, BLOCK_ROWS, threads, NULL, snap_block, &context, err);
    if (result == STATUS_OK)
        summarise(out);
    return result;
}

void snaps_clear(snaps *s)
{
    memory_free(s->node);
    memory_free(s->m);
    *s = (snaps){0};
}
