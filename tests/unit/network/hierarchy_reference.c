#include "hierarchy_reference.h"

#include "base/arrays.h"
#include "base/random.h"

#include <stdlib.h>

/* Tests have no use for a status here. */
static void must(bool good)
{
    if (!good)
        abort();
}

void arc_list_add(arc_list *l, uint32_t from, uint32_t to, uint32_t time, uint32_t length_m)
{
    l->at = array_grown(l->at, &l->capacity, l->count + 1, sizeof *l->at);
    must(l->at != NULL);
    l->at[l->count++] =
        (struct listed_arc){.from = from, .to = to, .time = time, .length_m = length_m};
}

void arc_list_clear(arc_list *l)
{
    memory_free(l->at);
    memory_free(l->start);
    memory_free(l->link);
    *l = (arc_list){0};
}

road_arcs arc_list_to(arc_list *l)
{
    memory_free(l->start);
    memory_free(l->link);
    l->start = memory_new((size_t)l->node_count + 2, sizeof *l->start);
    l->link = memory_new(l->count, sizeof *l->link);
    must(l->start && l->link);
    for (size_t i = 0; i < l->count; i++)
        l->start[l->at[i].to + 2]++;
    for (size_t n = 0; n <= l->node_count; n++)
        l->start[n + 1] += l->start[n];
    for (size_t i = 0; i < l->count; i++) {
        const struct listed_arc *a = &l->at[i];
        l->link[l->start[a->to + 1]++] =
            (road_link){.node = a->from, .time = a->time, .length_m = a->length_m};
    }
    return (road_arcs){.node_count = l->node_count, .start = l->start, .link = l->link};
}

/* --- shapes --- */

static uint32_t draw(uint32_t trial, uint32_t row, uint32_t k, uint32_t below)
{
    random_words w = random_philox(random_key_of(27, "hierarchy"), trial, row, k, 0);
    return w.word[0] % below;
}

/* An arc with a drawn cost: one in six of no time, one in six of no length. */
static void arc_draw(arc_list *l, uint32_t from, uint32_t to, uint32_t trial)
{
    uint32_t row = (uint32_t)l->count;
    uint32_t time = draw(trial, row, 1, 6) == 0 ? 0 : draw(trial, row, 2, 40);
    uint32_t length_m = draw(trial, row, 3, 6) == 0 ? 0 : draw(trial, row, 4, 500);
    arc_list_add(l, from, to, time, length_m);
}

static void both_ways(arc_list *l, uint32_t a, uint32_t b, uint32_t trial)
{
    arc_draw(l, a, b, trial);
    arc_draw(l, b, a, trial);
}

static void any_arcs(arc_list *l, uint32_t trial, uint32_t count, uint32_t times, uint32_t lengths)
{
    for (uint32_t i = 0; i < count; i++)
        arc_list_add(l, draw(trial, i, 5, l->node_count), draw(trial, i, 6, l->node_count),
                     draw(trial, i, 7, times), draw(trial, i, 8, lengths));
}

static void grid_draw(arc_list *l, uint32_t trial, uint32_t side)
{
    l->node_count = side * side;
    for (uint32_t n = 0; n < l->node_count; n++) {
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t other = k == 0 ? n + 1 : n + side, kind = draw(trial, n, 9 + k, 6);
            if (other >= l->node_count || (k == 0 && other % side == 0))
                continue;
            if (kind != 0)
                arc_draw(l, n, other, trial);
            if (kind != 1)
                arc_draw(l, other, n, trial);
        }
    }
}

/* Lines, circles, spokes: i is joined to the next, and to node 0. */
static void ring_draw(arc_list *l, shape s, uint32_t trial)
{
    for (uint32_t i = 1; i < l->node_count; i++) {
        uint32_t next = i + 1 < l->node_count ? i + 1 : 1;
        if (s == SHAPE_CHAIN || s == SHAPE_STAR || s == SHAPE_WHEEL)
            both_ways(l, s == SHAPE_CHAIN ? i - 1 : 0, i, trial);
        if (s == SHAPE_WHEEL)
            both_ways(l, i, next, trial);
        if (s == SHAPE_ROUND)
            arc_draw(l, i - 1, i, trial);
        if (s == SHAPE_CHAIN && draw(trial, i, 11, 9) == 0)
            arc_draw(l, i, draw(trial, i, 12, l->node_count), trial);
    }
    if (s == SHAPE_ROUND && l->node_count > 0)
        arc_draw(l, l->node_count - 1, 0, trial);
}

static void pairs_draw(arc_list *l, shape s, uint32_t trial)
{
    for (uint32_t a = 0; a < l->node_count; a++)
        for (uint32_t b = 0; b < l->node_count; b++)
            if (a != b && (s == SHAPE_COMPLETE || a % 2 != b % 2))
                arc_draw(l, a, b, trial);
}

void shape_draw(arc_list *out, shape s, uint32_t trial, uint32_t size)
{
    uint32_t side = 1;
    *out = (arc_list){.node_count = size};
    while (side * side < size)
        side++;
    if (s == SHAPE_RANDOM)
        any_arcs(out, trial, draw(trial, 0, 20, 7 * size), 40, 500);
    else if (s == SHAPE_SPARSE)
        any_arcs(out, trial, size, 40, 500);
    else if (s == SHAPE_NOTHING)
        any_arcs(out, trial, 2 * size, 1, 1);
    else if (s == SHAPE_TIES)
        any_arcs(out, trial, 3 * size, 2, 2);
    else if (s == SHAPE_GRID)
        grid_draw(out, trial, side);
    else if (s == SHAPE_COMPLETE || s == SHAPE_LADDERS)
        pairs_draw(out, s, trial);
    else
        ring_draw(out, s, trial);
}

/* How fast a line of the grid is: every third line twice as fast, every ninth four times... */
static uint32_t line_speed(uint32_t line)
{
    uint32_t speed = 1;
    for (; line > 0 && line % 3 == 0 && speed < 16; line /= 3)
        speed *= 2;
    return speed;
}

static void road_draw(arc_list *l, uint32_t a, uint32_t b, uint32_t speed)
{
    uint32_t row = (uint32_t)l->count, length_m = 400 + draw(77, row, 1, 600);
    if (speed < 4 && draw(77, a, 2 + b % 2, 10) < 4)
        return;
    arc_list_add(l, a, b, length_m / speed, length_m);
    if (draw(77, row, 4, 12) != 0)
        arc_list_add(l, b, a, length_m / speed + draw(77, row, 5, 20), length_m);
}

void roads_draw(arc_list *out, uint32_t side)
{
    *out = (arc_list){.node_count = side * side};
    for (uint32_t y = 0; y < side; y++) {
        for (uint32_t x = 0; x < side; x++) {
            uint32_t node = y * side + x;
            if (x + 1 < side)
                road_draw(out, node, node + 1, line_speed(y));
            if (y + 1 < side)
                road_draw(out, node, node + side, line_speed(x));
        }
    }
}

/* --- a query without tricks: positions are swept upwards from the node --- */

static road_cost *climb(const road_hierarchy *h, const road_arcs *half, uint32_t node)
{
    road_cost *cost = memory_new(h->node_count, sizeof *cost);
    must(cost != NULL);
    for (uint32_t at = 0; at < h->node_count; at++)
        cost[at] = ROAD_COST_NONE;
    cost[h->position[node]] = 0;
    for (uint32_t at = h->position[node] + 1; at-- > 0;) {
        for (uint32_t i = half->start[at]; cost[at] != ROAD_COST_NONE && i < half->start[at + 1];
             i++) {
            const road_link *l = &half->link[i];
            road_cost through = 0;
            if (!__builtin_add_overflow(cost[at], road_link_cost(l), &through) &&
                through < cost[l->node])
                cost[l->node] = through;
        }
    }
    return cost;
}

road_cost hierarchy_cost(const road_hierarchy *h, uint32_t from, uint32_t to)
{
    road_cost *up = climb(h, &h->up, from), *down = climb(h, &h->down, to), best = ROAD_COST_NONE;
    for (uint32_t at = 0; at < h->node_count; at++) {
        road_cost sum = 0;
        if (up[at] != ROAD_COST_NONE && !__builtin_add_overflow(up[at], down[at], &sum) &&
            sum < best)
            best = sum;
    }
    memory_free(up);
    memory_free(down);
    return best;
}

void hierarchy_costs_to(const road_hierarchy *h, uint32_t to, road_cost *cost)
{
    road_cost *at_position = climb(h, &h->down, to);
    for (uint32_t at = 0; at < h->node_count; at++) {
        for (uint32_t i = h->up.start[at]; i < h->up.start[at + 1]; i++) {
            const road_link *l = &h->up.link[i];
            road_cost through = 0;
            if (!__builtin_add_overflow(at_position[l->node], road_link_cost(l), &through) &&
                through < at_position[at])
                at_position[at] = through;
        }
    }
    for (uint32_t n = 0; n < h->node_count; n++)
        cost[n] = at_position[h->position[n]];
    memory_free(at_position);
}
