/* Drafts of networks drawn at random, with every oddity: parallel arcs, loops, arcs of no time. */
#ifndef TEST_DRAFTS_H
#define TEST_DRAFTS_H

#include "network/graph/network.h"

/* Node i has id 10 * i + 1 and stands somewhere in a degree about (2.5, 48.5); every seventh is
 * split; a third of the arcs have no way; ways have names and classes, and there is one fact. */
road_draft draft_drawn(uint32_t seed, size_t nodes, size_t arcs);
/* The node of the draft that has an id. */
size_t draft_node_of_id(int64_t id);

#endif
