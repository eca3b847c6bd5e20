/* Turn restrictions: a junction is split so that a search over nodes follows them, at the same
 * costs; compared with a search over arcs that looks every turn up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "maps.h"

/* A crossroads: 1 west, 2 south, 3 east, 4 north, about node 5; a way for each arm, ending there:
 *
 *          4
 *          |way 14
 *   1 --- 5 --- 3      way 11 from 1, way 13 to 3
 *   way 11 |way 12 from 2
 *          2
 */
static const osm_node cross[] = {
    {1, 2, 48.001}, {2, 2.001, 48}, {3, 2.002, 48.001}, {4, 2.001, 48.002}, {5, 2.001, 48.001}};
static const int64_t arm_1[] = {1, 5}, arm_2[] = {2, 5}, arm_3[] = {5, 3}, arm_4[] = {5, 4};
static const osm_tag street[] = {{"highway", "residential"}};
static const osm_way arms[] = {
    {.id = 11, .nodes = arm_1, .node_count = 2, .tags = street, .tag_count = 1},
    {.id = 12, .nodes = arm_2, .node_count = 2, .tags = street, .tag_count = 1},
    {.id = 13, .nodes = arm_3, .node_count = 2, .tags = street, .tag_count = 1},
    {.id = 14, .nodes = arm_4, .node_count = 2, .tags = street, .tag_count = 1}};

enum { RELATIONS_MAX = 64, MEMBERS = 3 };

/* A relation a row: from, via, to, tags. */
typedef struct turn_row {
    int64_t from, via, to;
    const char *key, *value;
} turn_row;

typedef struct turn_map {
    osm_member members[RELATIONS_MAX][MEMBERS];
    osm_tag tags[RELATIONS_MAX][2];
    osm_relation relations[RELATIONS_MAX];
    osm_contents contents;
} turn_map;

static void turns_add(turn_map *m, const turn_row *rows, size_t count)
{
    assert_true(count <= RELATIONS_MAX);
    for (size_t i = 0; i < count; i++) {
        m->members[i][0] = (osm_member){OSM_MEMBER_WAY, rows[i].from, "from"};
        m->members[i][1] = (osm_member){OSM_MEMBER_NODE, rows[i].via, "via"};
        m->members[i][2] = (osm_member){OSM_MEMBER_WAY, rows[i].to, "to"};
        m->tags[i][0] = (osm_tag){"type", "restriction"};
        m->tags[i][1] = (osm_tag){rows[i].key, rows[i].value};
        m->relations[i] = (osm_relation){.id = (int64_t)i + 1,
                                         .members = m->members[i],
                                         .member_count = MEMBERS,
                                         .tags = m->tags[i],
                                         .tag_count = 2};
    }
    m->contents.relations = m->relations;
    m->contents.relation_count = count;
}

/* --- which turns a network allows --- */

/* Whether one may go from node `a` by `via` to node `b`, by ids, through any copy of `via`. */
static bool passes(const network *g, int64_t a, int64_t via, int64_t b)
{
    for (uint32_t v = 0; v < g->node_count; v++) {
        bool in = false;
        if (g->node_id[v] != via)
            continue;
        for (uint32_t i = g->to.start[v]; i < g->to.start[v + 1]; i++)
            in |= g->node_id[g->to.link[i].node] == a;
        for (uint32_t n = 0; n < g->node_count && in; n++)
            for (uint32_t i = g->to.start[n]; i < g->to.start[n + 1]; i++)
                if (g->node_id[n] == b && g->to.link[i].node == v)
                    return true;
    }
    return false;
}

/* Whatever copies its arcs lead between, a street costs what it cost. */
static void costs_kept(const network *g, const network *plain)
{
    for (uint32_t n = 0; n < g->node_count; n++)
        for (uint32_t i = g->to.start[n]; i < g->to.start[n + 1]; i++) {
            const road_cost before = map_arc(plain, g->node_id[g->to.link[i].node], g->node_id[n]);
            assert_true(road_link_cost(&g->to.link[i]) == before);
        }
}

/* "1>3" for each turn at node 5 that is not allowed, in order. */
static const char *forbidden(const network *g, size_t arms_count)
{
    static char text[256];
    text[0] = '\0';
    for (char a = '1'; a < (char)('1' + arms_count); a++)
        for (char b = '1'; b < (char)('1' + arms_count); b++)
            if (!passes(g, a - '0', 5, b - '0')) {
                const char turn[] = {a, '>', b, ' ', '\0'};
                strcat(text, turn);
            }
    return text;
}

typedef struct crossroads_case {
    turn_row rows[3];
    size_t count;
    const char *forbidden;
    size_t copies; /* nodes 5 of the network */
} crossroads_case;

static void turns_at_a_crossroads(void **state)
{
    (void)state;
    static const crossroads_case cases[] = {
        {{{11, 5, 14, "restriction", "no_left_turn"}}, 1, "1>4 ", 2},
        {{{11, 5, 13, "restriction", "only_straight_on"}}, 1, "1>1 1>2 1>4 ", 2},
        {{{11, 5, 11, "restriction", "no_u_turn"}}, 1, "1>1 ", 2},
        {{{13, 5, 11, "restriction", "no_straight_on"}},
         1,
         "3>1 ",
         2}, /* a way that begins there */
        {{{11, 5, 14, "restriction", "no_left_turn"}, {11, 5, 12, "restriction", "no_right_turn"}},
         2,
         "1>2 1>4 ",
         2},
        {{{11, 5, 14, "restriction", "no_left_turn"}, {13, 5, 14, "restriction", "no_right_turn"}},
         2,
         "1>4 3>4 ",
         2}, /* the same exits: one copy for both */
        {{{11, 5, 14, "restriction", "no_left_turn"}, {12, 5, 11, "restriction", "no_left_turn"}},
         2,
         "1>4 2>1 ",
         3},
        {{{11, 5, 13, "restriction", "only_straight_on"},
          {11, 5, 12, "restriction", "only_right_turn"}},
         2,
         "1>1 1>4 ",
         2}, /* several "only": any of them */
        {{{11, 5, 13, "restriction", "only_straight_on"},
          {11, 5, 13, "restriction", "no_straight_on"}},
         2,
         "1>1 1>2 1>3 1>4 ",
         2},
        {{{11, 5, 14, "restriction:conditional", "no_left_turn @ (Mo-Fr)"}}, 1, "", 1},
        {{{11, 5, 14, "restriction:hgv", "no_left_turn"}}, 1, "", 1},
        {{{11, 5, 14, "restriction", "no_nothing_known"}}, 1, "1>4 ", 2},
        {{{11, 5, 14, "restriction", "stop"}}, 1, "", 1},
        {{{99, 5, 14, "restriction", "no_left_turn"}}, 1, "", 1}, /* not in the file */
        {{{11, 4, 14, "restriction", "no_left_turn"}}, 1, "", 1}, /* does not end there */
        {{{11, 5, 98, "restriction", "only_straight_on"}}, 1, "", 1},
    };
    turn_map free_turns = {
        .contents = {.nodes = cross, .node_count = 5, .ways = arms, .way_count = 4}};
    osm_build_facts plain_facts;
    network *plain = map_graph(&free_turns.contents, &plain_facts);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        turn_map m = {.contents = {.nodes = cross, .node_count = 5, .ways = arms, .way_count = 4}};
        osm_build_facts facts;
        turns_add(&m, cases[i].rows, cases[i].count);
        network *g = map_graph(&m.contents, &facts);
        size_t copies = 0, split = 0;
        for (uint32_t n = 0; n < g->node_count; n++) {
            copies += g->node_id[n] == 5;
            split += (g->node_flags[n] & NODE_SPLIT) != 0;
        }
        if (strcmp(forbidden(g, 4), cases[i].forbidden) != 0 || copies != cases[i].copies)
            fail_msg("case %zu: forbidden \"%s\", expected \"%s\"; %zu copies, expected %zu", i,
                     forbidden(g, 4), cases[i].forbidden, copies, cases[i].copies);
        /* No trip begins or ends at any of several copies. */
        assert_int_equal(split, copies > 1 ? copies : 0);
        assert_int_equal(facts.nodes_split, copies > 1);
        costs_kept(g, plain);
        network_free(g);
    }
    network_free(plain);
}

static void what_is_not_applied_is_counted(void **state)
{
    (void)state;
    static const turn_row rows[] = {{11, 5, 14, "restriction:conditional", "no_left_turn @ (Mo)"},
                                    {11, 5, 14, "restriction:hgv", "no_left_turn"},
                                    {11, 5, 14, "restriction", "stop"},
                                    {99, 5, 14, "restriction", "no_left_turn"},
                                    {11, 77, 14, "restriction", "no_left_turn"},
                                    {11, 5, 12, "restriction", "no_right_turn"}};
    turn_map m = {.contents = {.nodes = cross, .node_count = 5, .ways = arms, .way_count = 4}};
    osm_build_facts facts;
    turns_add(&m, rows, 6);
    network *g = map_graph(&m.contents, &facts);
    assert_int_equal(facts.turns_conditional, 1);
    assert_int_equal(facts.turns_of_others, 1);
    assert_int_equal(facts.turns_unknown, 1);
    assert_int_equal(facts.turns_unplaced, 2);
    assert_int_equal(facts.turns_applied, 1);
    assert_string_equal(map_fact(g, "turns_applied"), "1");
    assert_string_equal(map_fact(g, "turns_unplaced"), "2");
    network_free(g);
}

static void walkers_turn_as_they_like(void **state)
{
    (void)state;
    static const turn_row rows[] = {{11, 5, 14, "restriction", "no_left_turn"}};
    turn_map m = {.contents = {.nodes = cross, .node_count = 5, .ways = arms, .way_count = 4}};
    osm_build_facts facts;
    road_profile *foot = map_profile(MAP_PROFILE("foot"));
    turns_add(&m, rows, 1);
    network *g = map_graph_of(&m.contents, foot, NULL, &facts);
    assert_int_equal(facts.turns_of_others, 1);
    assert_string_equal(forbidden(g, 4), "");
    network_free(g);
    road_profile_free(foot);
}

/* Several members of a role, in one relation. */
static void several_ways_in_one_relation(void **state)
{
    (void)state;
    static const osm_member entry[] = {{OSM_MEMBER_WAY, 11, "from"},
                                       {OSM_MEMBER_WAY, 13, "from"},
                                       {OSM_MEMBER_NODE, 5, "via"},
                                       {OSM_MEMBER_WAY, 14, "to"}};
    static const osm_member leave[] = {{OSM_MEMBER_WAY, 12, "from"},
                                       {OSM_MEMBER_NODE, 5, "via"},
                                       {OSM_MEMBER_WAY, 11, "to"},
                                       {OSM_MEMBER_WAY, 13, "to"}};
    static const osm_tag no_entry[] = {{"type", "restriction"}, {"restriction", "no_entry"}};
    static const osm_tag no_exit[] = {{"type", "restriction"}, {"restriction", "no_exit"}};
    static const osm_relation relations[] = {
        {.id = 1, .members = entry, .member_count = 4, .tags = no_entry, .tag_count = 2},
        {.id = 2, .members = leave, .member_count = 4, .tags = no_exit, .tag_count = 2}};
    const osm_contents contents = {.nodes = cross,
                                   .node_count = 5,
                                   .ways = arms,
                                   .way_count = 4,
                                   .relations = relations,
                                   .relation_count = 2};
    osm_build_facts facts;
    network *g = map_graph(&contents, &facts);
    assert_string_equal(forbidden(g, 4), "1>4 2>1 2>3 3>4 ");
    network_free(g);
}

/* A way that begins and ends at the junction, and one that passes it before it ends there. */
static void loops_and_ways_that_pass_twice(void **state)
{
    (void)state;
    static const int64_t loop[] = {5, 2, 3, 5}, bypass[] = {1, 5, 4, 3, 5};
    const osm_way looping[] = {
        arms[0],
        arms[3],
        {.id = 20, .nodes = loop, .node_count = 4, .tags = street, .tag_count = 1}};
    static const turn_row into[] = {{11, 5, 20, "restriction", "no_right_turn"}};
    static const turn_row round[] = {{20, 5, 20, "restriction", "no_left_turn"}};
    static const turn_row back[] = {{20, 5, 20, "restriction", "no_u_turn"}};
    static const turn_row out[] = {{20, 5, 11, "restriction", "no_left_turn"}};
    static const struct {
        const turn_row *rows;
        const char *forbidden;
    } cases[] = {{into, "1>2 1>3 "},
                 {round, "2>3 3>2 "}, /* from one end of the loop into the other */
                 {back, "2>2 3>3 "},
                 {out, "2>1 3>1 "}};
    osm_build_facts facts;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        turn_map m = {
            .contents = {.nodes = cross, .node_count = 5, .ways = looping, .way_count = 3}};
        turns_add(&m, cases[i].rows, 1);
        network *g = map_graph(&m.contents, &facts);
        assert_string_equal(forbidden(g, 4), cases[i].forbidden);
        network_free(g);
    }
    /* Only the arc that ends the way is from it; passing the first time is free. */
    const osm_way passing[] = {
        arms[1], {.id = 21, .nodes = bypass, .node_count = 5, .tags = street, .tag_count = 1}};
    static const turn_row ends[] = {{21, 5, 12, "restriction", "no_left_turn"}};
    turn_map m = {.contents = {.nodes = cross, .node_count = 5, .ways = passing, .way_count = 2}};
    turns_add(&m, ends, 1);
    network *g = map_graph(&m.contents, &facts);
    assert_string_equal(forbidden(g, 4), "3>2 ");
    network_free(g);
}

/* --- against a search over arcs --- */

enum { SIDE = 6, NODES = SIDE * SIDE, EDGES_MAX = 4 * NODES, TRIALS = 12 };

/* Each street of the grid between two crossings is a way of its own. */
typedef struct lattice {
    osm_node nodes[NODES];
    osm_way ways[EDGES_MAX];
    int64_t refs[EDGES_MAX][2];
    size_t way_count;
} lattice;

static const osm_tag one_way[] = {{"highway", "residential"}, {"oneway", "yes"}};

static void street_add(lattice *l, size_t a, size_t b, bool oneway)
{
    const size_t w = l->way_count++;
    l->refs[w][0] = (int64_t)a + 1;
    l->refs[w][1] = (int64_t)b + 1;
    l->ways[w] = (osm_way){.id = 100 + (int64_t)w,
                           .nodes = l->refs[w],
                           .node_count = 2,
                           .tags = oneway ? one_way : street,
                           .tag_count = oneway ? 2 : 1};
}

static void lattice_draw(lattice *l, random_key key, uint32_t trial)
{
    l->way_count = 0;
    for (size_t i = 0; i < NODES; i++) {
        const random_words w = random_philox(key, trial, (uint32_t)i, 0, 0);
        l->nodes[i] = (osm_node){.id = (int64_t)i + 1,
                                 .lon = 2 + 0.001 * (double)(i % SIDE) + 1e-6 * (w.word[0] % 300),
                                 .lat = 48 + 0.001 * (double)(i / SIDE) + 1e-6 * (w.word[1] % 300)};
        if (i % SIDE + 1 < SIDE)
            street_add(l, i, i + 1, w.word[2] % 4 == 0);
        if (i / SIDE + 1 < SIDE)
            street_add(l, i, i + SIDE, w.word[3] % 4 == 0);
    }
}

/* An arc of the plain network: its ends by id, its cost, its way. */
typedef struct plain_arc {
    int64_t from, to, way;
    road_cost cost;
} plain_arc;

static size_t arcs_of(const network *g, plain_arc *arcs)
{
    size_t count = 0;
    for (uint32_t n = 0; n < g->node_count; n++)
        for (uint32_t i = g->to.start[n]; i < g->to.start[n + 1]; i++)
            arcs[count++] = (plain_arc){.from = g->node_id[g->to.link[i].node],
                                        .to = g->node_id[n],
                                        .way = g->way_id[g->arc_way[i]],
                                        .cost = road_link_cost(&g->to.link[i])};
    return count;
}

/* Whether the rows allow going on from arc a to arc b: every way has two nodes and is straight, so
 * that a U-turn is the way itself. */
static bool turn_allowed(const plain_arc *a, const plain_arc *b, const turn_row *rows, size_t count)
{
    bool only = false, only_this = false;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].from != a->way || rows[i].via != a->to)
            continue;
        bool exits = false; /* it speaks of something only if its way can be entered from there */
        exits = rows[i].to == b->way;
        if (strncmp(rows[i].value, "only_", 5) == 0) {
            only = true;
            only_this |= exits;
        } else if (exits) {
            return false;
        }
    }
    return !only || only_this;
}

/* Bellman-Ford over arcs: the least cost of arriving by each arc from a node. */
static void reference(const plain_arc *arcs, size_t count, const turn_row *rows, size_t turns,
                      int64_t from, road_cost *cost)
{
    bool changed = true;
    for (size_t a = 0; a < count; a++)
        cost[a] = arcs[a].from == from ? arcs[a].cost : ROAD_COST_NONE;
    while (changed) {
        changed = false;
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < count && cost[a] != ROAD_COST_NONE; b++)
                if (arcs[a].to == arcs[b].from && cost[a] + arcs[b].cost < cost[b] &&
                    turn_allowed(&arcs[a], &arcs[b], rows, turns)) {
                    cost[b] = cost[a] + arcs[b].cost;
                    changed = true;
                }
    }
}

/* The same over the nodes of a network, from the one node of an id. */
static void over_nodes(const network *g, uint32_t from, road_cost *cost)
{
    bool changed = true;
    for (uint32_t n = 0; n < g->node_count; n++)
        cost[n] = n == from ? 0 : ROAD_COST_NONE;
    while (changed) {
        changed = false;
        for (uint32_t n = 0; n < g->node_count; n++)
            for (uint32_t i = g->to.start[n]; i < g->to.start[n + 1]; i++) {
                road_cost before = cost[g->to.link[i].node],
                          after = before + road_link_cost(&g->to.link[i]);
                if (before != ROAD_COST_NONE && after < cost[n]) {
                    cost[n] = after;
                    changed = true;
                }
            }
    }
}

/* Rows drawn at junctions of the lattice; only_ rows point to ways that can be entered. */
static size_t rows_draw(const plain_arc *arcs, size_t count, random_key key, uint32_t trial,
                        turn_row *rows)
{
    size_t made = 0;
    for (uint32_t k = 0; made < 30 && k < 4000; k++) {
        const random_words w = random_philox(key, trial, k, 1, 0);
        const plain_arc *a = &arcs[w.word[0] % count], *b = &arcs[w.word[1] % count];
        if (a->to != b->from)
            continue;
        const bool back = a->way == b->way;
        rows[made++] = (turn_row){.from = a->way,
                                  .via = a->to,
                                  .to = b->way,
                                  .key = "restriction",
                                  .value = back                 ? "no_u_turn"
                                           : w.word[2] % 3 == 0 ? "only_straight_on"
                                                                : "no_left_turn"};
    }
    return made;
}

static void trial_compare(const network *plain, const network *split, const plain_arc *arcs,
                          size_t count, const turn_row *rows, size_t turns, size_t *compared)
{
    static road_cost by_arc[EDGES_MAX * 2], by_node[NODES * 8];
    assert_true(split->node_count <= NODES * 8);
    for (uint32_t from = 0; from < split->node_count; from++) {
        if (split->node_flags[from] & NODE_SPLIT)
            continue;
        reference(arcs, count, rows, turns, split->node_id[from], by_arc);
        over_nodes(split, from, by_node);
        for (uint32_t to = 0; to < split->node_count; to++) {
            road_cost expected = ROAD_COST_NONE;
            if (to == from || (split->node_flags[to] & NODE_SPLIT))
                continue;
            for (size_t a = 0; a < count; a++)
                if (arcs[a].to == split->node_id[to] && by_arc[a] < expected)
                    expected = by_arc[a];
            assert_true(by_node[to] == expected);
            *compared += 1;
        }
    }
    assert_true(plain->node_count == NODES);
}

static void costs_are_those_of_a_search_over_arcs(void **state)
{
    (void)state;
    static lattice l;
    static plain_arc arcs[EDGES_MAX * 2];
    const random_key key = random_key_of(26, "turns");
    size_t compared = 0, longer = 0;
    osm_build_facts facts;
    for (uint32_t trial = 0; trial < TRIALS; trial++) {
        turn_row rows[RELATIONS_MAX];
        static turn_map m;
        lattice_draw(&l, key, trial);
        m.contents = (osm_contents){
            .nodes = l.nodes, .node_count = NODES, .ways = l.ways, .way_count = l.way_count};
        network *plain = map_graph(&m.contents, &facts);
        const size_t count = arcs_of(plain, arcs);
        const size_t turns = rows_draw(arcs, count, key, trial, rows);
        turns_add(&m, rows, turns);
        network *split = map_graph(&m.contents, &facts);
        assert_int_equal(facts.turns_applied, turns);
        assert_true(facts.nodes_split > 5);
        trial_compare(plain, split, arcs, count, rows, turns, &compared);
        longer += split->node_count > plain->node_count;
        network_free(split);
        network_free(plain);
    }
    assert_true(compared > 1000 && longer > TRIALS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_at_a_crossroads),
        cmocka_unit_test(what_is_not_applied_is_counted),
        cmocka_unit_test(walkers_turn_as_they_like),
        cmocka_unit_test(several_ways_in_one_relation),
        cmocka_unit_test(loops_and_ways_that_pass_twice),
        cmocka_unit_test(costs_are_those_of_a_search_over_arcs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
