#include "network/graph/network_check.h"

#include <string.h>

#include "base/blocks.h"
#include "base/text.h"
#include "network/messages.h"

enum { NODES_A_BLOCK = 1 << 16, UNITS_A_MINUTE_MAX = 60000 /* milliseconds */ };
static const int32_t LON_MAX = 1800000000, LAT_MAX = 900000000; /* 1e-7 degrees */

const char *section_name(section_kind kind)
{
    static const char *const names[SECTION_KINDS] = {[SECTION_COUNTS] = "counts",
                                                     [SECTION_NODE_ID] = "node.id",
                                                     [SECTION_X] = "node.x",
                                                     [SECTION_Y] = "node.y",
                                                     [SECTION_FLAGS] = "node.flags",
                                                     [SECTION_START] = "arc.start",
                                                     [SECTION_LINK] = "arc.link",
                                                     [SECTION_ARC_WAY] = "arc.way",
                                                     [SECTION_WAY_ID] = "way.id",
                                                     [SECTION_WAY_NAME] = "way.name",
                                                     [SECTION_WAY_CLASS] = "way.class",
                                                     [SECTION_WORD_START] = "word.start",
                                                     [SECTION_WORD_BYTES] = "word.bytes",
                                                     [SECTION_FACTS] = "facts",
                                                     [SECTION_POSITION] = "rank",
                                                     [SECTION_UP_START] = "up.start",
                                                     [SECTION_UP_LINK] = "up.link",
                                                     [SECTION_DOWN_START] = "down.start",
                                                     [SECTION_DOWN_LINK] = "down.link"};
    return names[kind];
}

bool network_counts_good(const network_counts *c)
{
    return c->node_count < NETWORK_NONE && c->arc_count < NETWORK_NONE &&
           c->way_count < NETWORK_NONE && c->word_count > 0 && c->word_count < NETWORK_NONE &&
           c->fact_count < NETWORK_NONE && c->units_per_minute > 0 &&
           c->units_per_minute <= UNITS_A_MINUTE_MAX && c->positions <= POSITIONS_METRES &&
           c->lengths <= 1 && c->hierarchy <= 1 && c->unused == 0 &&
           c->component_count <= c->node_count && c->main_size <= c->node_count &&
           (c->node_count == 0) == (c->component_count == 0) &&
           (c->node_count == 0) == (c->main_size == 0);
}

bool texts_good(const char *bytes, uint64_t size, uint64_t count)
{
    uint64_t found = 0;
    for (uint64_t i = 0; i < size; i++)
        found += bytes[i] == '\0';
    return found == count && (size == 0 || bytes[size - 1] == '\0') &&
           text_utf8_valid_prefix(bytes, (size_t)size) == size;
}

/* --- nodes and their arcs --- */

static bool starts_good(const network *n)
{
    if (n->to.start[0] != 0 || n->to.start[n->node_count] != n->arc_count)
        return false;
    for (uint32_t i = 0; i < n->node_count; i++)
        if (n->to.start[i] > n->to.start[i + 1])
            return false;
    return true;
}

static bool position_good(const network *n, size_t i)
{
    return n->positions != POSITIONS_DEGREES ||
           (n->x[i] >= -LON_MAX && n->x[i] <= LON_MAX && n->y[i] >= -LAT_MAX && n->y[i] <= LAT_MAX);
}

typedef struct checking {
    const network *network;
    _Atomic uint32_t main_nodes;
} checking;

static status refused(error *err, section_kind kind)
{
    return error_set(err, STATUS_INPUT, M_NETFILE_CONTENT, section_name(kind));
}

static status nodes_check(void *context, block b, error *err)
{
    checking *c = context;
    const network *n = c->network;
    uint32_t main_nodes = 0;
    for (size_t i = b.begin; i < b.end; i++) {
        if (!position_good(n, i))
            return refused(err, SECTION_X);
        if ((n->node_flags[i] & ~(NODE_MAIN | NODE_SPLIT)) != 0)
            return refused(err, SECTION_FLAGS);
        main_nodes += (n->node_flags[i] & NODE_MAIN) != 0;
    }
    atomic_fetch_add(&c->main_nodes, main_nodes);
    return STATUS_OK;
}

static status arcs_check(void *context, block b, error *err)
{
    const network *n = ((const checking *)context)->network;
    for (size_t i = b.begin; i < b.end; i++) {
        if (n->to.link[i].node >= n->node_count ||
            road_link_cost(&n->to.link[i]) == ROAD_COST_NONE ||
            (!n->lengths && n->to.link[i].length_m != 0))
            return refused(err, SECTION_LINK);
        if (n->arc_way && n->arc_way[i] >= n->way_count && n->arc_way[i] != NETWORK_NONE)
            return refused(err, SECTION_ARC_WAY);
    }
    return STATUS_OK;
}

/* --- words --- */

static status words_check(const network *n, uint64_t word_bytes, error *err)
{
    if (n->word_start[0] != 0 || n->word_start[n->word_count] != word_bytes)
        return refused(err, SECTION_WORD_START);
    for (uint32_t i = 0; i < n->word_count; i++)
        if (n->word_start[i] >= n->word_start[i + 1] || n->word_start[i + 1] > word_bytes ||
            n->word_bytes[n->word_start[i + 1] - 1] != '\0')
            return refused(err, SECTION_WORD_START);
    if (n->word_start[1] != 1 || !texts_good(n->word_bytes, word_bytes, n->word_count))
        return refused(err, SECTION_WORD_BYTES);
    for (uint32_t i = 0; i < n->way_count; i++) {
        if (n->way_name[i] >= n->word_count)
            return refused(err, SECTION_WAY_NAME);
        if (n->way_class[i] >= n->word_count)
            return refused(err, SECTION_WAY_CLASS);
    }
    return STATUS_OK;
}

status network_check(const network *n, uint64_t word_bytes, int threads, const atomic_int *cancel,
                     error *err)
{
    checking c = {.network = n};
    if (!starts_good(n))
        return refused(err, SECTION_START);
    status result = blocks_run(n->node_count, NODES_A_BLOCK, threads, cancel, nodes_check, &c, err);
    if (result == STATUS_OK && atomic_load(&c.main_nodes) != n->main_size)
        result = refused(err, SECTION_FLAGS);
    if (result == STATUS_OK)
        result = blocks_run(n->arc_count, NODES_A_BLOCK, threads, cancel, arcs_check, &c, err);
    if (result == STATUS_OK)
        result = words_check(n, word_bytes, err);
    return result;
}
