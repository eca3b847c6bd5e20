#include "network/travel/trip_path.h"

#include <math.h>
#include <string.h>

#include "network/messages.h"
#include "network/search/search.h"
#include "network/travel/snap.h"
#include "network/travel/trip_ends.h"
#include "network/travel/trip_ids.h"

/* --- ends --- */

static status place_by_id(const network *n, int threads, trip_end *e, error *err)
{
    uint8_t found = TRIP_ID_ABSENT;
    status result = trip_ids_find(n, &e->node_id, 1, threads, &e->node, &found, err);
    if (result || found == TRIP_ID_FOUND)
        return result;
    return found == TRIP_ID_SPLIT
               ? error_set(err, STATUS_INPUT, M_TRIP_SPLIT, (long long)e->node_id)
               : error_set(err, STATUS_INPUT, M_TRIP_NO_SUCH_NODE, (long long)e->node_id);
}

static status place_by_point(const network *n, const char *typed, int threads, trip_end *e,
                             error *err)
{
    snapper *snapper_made = NULL;
    snaps found = {0};
    status result = snapper_new(&snapper_made, n, threads, err);
    if (result == STATUS_OK)
        result = snap_points(snapper_made, &e->x, &e->y, 1, 1, &found, err);
    if (result == STATUS_OK && found.node[0] == SNAP_NONE)
        result = error_set(err, STATUS_INPUT, M_TRIP_FAR, typed, (unsigned)(SNAP_LIMIT_M / 1000));
    if (result == STATUS_OK) {
        e->node = found.node[0];
        e->walk_m = (uint32_t)found.m[0];
        e->walk = snap_walk(n, e->walk_m);
    }
    snaps_clear(&found);
    snapper_free(snapper_made);
    return result;
}

status trip_end_at(const network *n, double x, double y, const char *typed, int threads,
                   trip_end *out, error *err)
{
    *out = (trip_end){.x = x, .y = y, .node = NETWORK_NONE};
    if (n->positions == POSITIONS_NONE)
        return error_set(err, STATUS_INPUT, M_PATH_NO_POSITIONS, typed);
    return place_by_point(n, typed, threads, out, err);
}

static bool point_read(const network *n, const char *typed, const char *comma, trip_end *e)
{
    const bool degrees = n->positions == POSITIONS_DEGREES;
    return text_to_f64(text_slice_of(typed, (size_t)(comma - typed)), '.', &e->x) &&
           text_to_f64(text_slice_of(comma + 1, strlen(comma + 1)), '.', &e->y) &&
           (!degrees || (fabs(e->x) <= 180 && fabs(e->y) <= 90));
}

status trip_end_read(const network *n, const char *typed, int threads, trip_end *out, error *err)
{
    const char *comma = strchr(typed, ',');
    *out = (trip_end){.by_node = comma == NULL, .node = NETWORK_NONE};
    if (!comma && text_to_i64(text_slice_of(typed, strlen(typed)), &out->node_id))
        return place_by_id(n, threads, out, err);
    if (comma && n->positions == POSITIONS_NONE)
        return error_set(err, STATUS_INPUT, M_PATH_NO_POSITIONS, typed);
    if (comma && point_read(n, typed, comma, out))
        return place_by_point(n, typed, threads, out, err);
    return error_set(err, STATUS_INPUT, M_PATH_END, typed);
}

/* --- the path --- */

static uint32_t way_of(const network *n, const search_step *step)
{
    return n->arc_way ? n->arc_way[step->link] : NETWORK_NONE;
}

/* Steps to nodes, and to stretches of one way. */
static void take_steps(const network *n, const search_step *steps, size_t count, trip_path *p)
{
    for (size_t i = 0; i < count; i++) {
        const road_link *link = &n->to.link[steps[i].link];
        const uint32_t way = way_of(n, &steps[i]);
        trip_stretch *last = p->stretch_count > 0 ? &p->stretch[p->stretch_count - 1] : NULL;
        if (!last || last->way != way) {
            last = &p->stretch[p->stretch_count++];
            *last = (trip_stretch){.way = way, .first = i};
        }
        p->node[i] = steps[i].node;
        last->count++;
        last->time += link->time;
        last->length_m += link->length_m;
        p->cost += road_link_cost(link);
    }
    p->node[count] = p->to.node;
    p->node_count = count + 1;
    p->time = (uint64_t)road_cost_time(p->cost) + p->from.walk + p->to.walk;
    p->length_m = (uint64_t)road_cost_m(p->cost) + p->from.walk_m + p->to.walk_m;
}

status trip_path_find(const network *n, const trip_end *from, const trip_end *to,
                      const atomic_int *cancel, trip_path *out, error *err)
{
    const search_options options = {.labels = SEARCH_COSTS, .cancel = cancel};
    search *s = NULL;
    search_step *steps = NULL;
    size_t count = 0;
    *out = (trip_path){.from = *from, .to = *to};
    status result = search_new(&s, &n->to, &options, err);
    if (result == STATUS_OK)
        result = search_path(s, to->node, from->node, &steps, &count, err);
    if (result == STATUS_OK && count == 0 && from->node != to->node)
        result = error_set(err, STATUS_INPUT, M_PATH_NONE);
    if (result)
        goto done;
    out->node = memory_new(count + 1, sizeof *out->node);
    out->stretch = memory_new(count, sizeof *out->stretch);
    if (out->node && out->stretch)
        take_steps(n, steps, count, out);
    else
        result = memory_error(err, count * (sizeof *out->node + sizeof *out->stretch));
done:
    memory_free(steps);
    search_free(s);
    return result;
}

void trip_path_clear(trip_path *p)
{
    memory_free(p->node);
    memory_free(p->stretch);
    *p = (trip_path){0};
}

int trip_second_decimals(const network *n)
{
    return n->units_per_minute > 600 ? 3 : n->units_per_minute > 60 ? 1 : 0;
}
