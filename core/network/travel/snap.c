#include "network/travel/snap.h"

#include <math.h>

#include "base/blocks.h"
#include "geo/locator.h"

struct snapper {
    nearest_index *index;
};

status snapper_new(snapper **out, const network *n, error *err)
{
    status result = STATUS_OK;
    snapper *s = memory_new(1, sizeof *s);
    uint8_t *use = memory_new(n->node_count, 1);
    double *lon = memory_new(n->node_count, sizeof *lon);
    double *lat = memory_new(n->node_count, sizeof *lat);
    if (!s || !use || !lon || !lat) {
        result = memory_error(err, n->node_count * (2 * sizeof *lon + 1));
        goto done;
    }
    for (uint32_t i = 0; i < n->node_count; i++) {
        use[i] = node_takes_trips(n->node_flags[i]);
        lon[i] = network_lon(n, i);
        lat[i] = network_lat(n, i);
    }
    result = nearest_index_new(&s->index, lon, lat, use, n->node_count, err);
    if (result)
        goto done;
    *out = s;
    s = NULL;
done:
    snapper_free(s);
    memory_free(use);
    memory_free(lon);
    memory_free(lat);
    return result;
}

void snapper_free(snapper *s)
{
    if (!s)
        return;
    nearest_index_free(s->index);
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
        double km = 0;
        s->out->node[i] = SNAP_NONE;
        s->out->m[i] = NAN;
        if (isnan(s->lon[i]) || isnan(s->lat[i]))
            continue;
        uint32_t node = nearest_find(s->snapper->index, s->lon[i], s->lat[i], &km);
        if (node == LOCATED_NOWHERE)
            continue;
        s->out->m[i] = floor(1000.0 * km + 0.5);
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
