/* Networks of many shapes, and the plainest answers of a hierarchy. */
#ifndef HIERARCHY_REFERENCE_H
#define HIERARCHY_REFERENCE_H

#include "network/graph/hierarchy.h"

/* Arcs by the node where they end, made from a list of arcs in any order. */
typedef struct arc_list {
    uint32_t node_count;
    size_t count, capacity;
    struct listed_arc {
        uint32_t from, to, time, length_m;
    } * at;
    uint32_t *start;
    road_link *link;
} arc_list;
void arc_list_add(arc_list *l, uint32_t from, uint32_t to, uint32_t time, uint32_t length_m);
road_arcs arc_list_to(arc_list *l); /* borrowed until the next call */
void arc_list_clear(arc_list *l);

typedef enum shape {
    SHAPE_RANDOM,   /* parallel arcs, loops, arcs of no time, nodes without arcs */
    SHAPE_SPARSE,   /* in pieces, mostly one-way */
    SHAPE_NOTHING,  /* every arc costs nothing */
    SHAPE_TIES,     /* costs of 0 and 1 alone: cycles of no cost, many equal paths */
    SHAPE_GRID,     /* streets, a third of them one-way */
    SHAPE_CHAIN,    /* a long line, both ways, with a few loops */
    SHAPE_ROUND,    /* a one-way circle */
    SHAPE_STAR,     /* all to one and back */
    SHAPE_WHEEL,    /* a star whose ends form a circle */
    SHAPE_COMPLETE, /* all to all */
    SHAPE_LADDERS,  /* two sides, all to all between them */
    SHAPE_COUNT
} shape;
/* About `size` nodes; the same for the same trial. */
void shape_draw(arc_list *out, shape s, uint32_t trial, uint32_t size);
/* A network like roads: a broken grid with faster lines, side x side nodes. */
void roads_draw(arc_list *out, uint32_t side);

/* Two full climbs and the best place where they meet; every node below the other is looked at. */
road_cost hierarchy_cost(const road_hierarchy *h, uint32_t from, uint32_t to);
/* Costs of all nodes of the network to one: a climb against the traffic, then a sweep down. */
void hierarchy_costs_to(const road_hierarchy *h, uint32_t to, road_cost *cost);

#endif
