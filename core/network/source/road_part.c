#include "network/source/road_part.h"

#include "base/arrays.h"

enum { TURN_PAIRS_MAX = 1024 }; /* of one relation; a real one has a handful */

status road_part_open(road_part *part, error *err)
{
    return interner_new(&part->words, err);
}

void road_part_clear(road_part *part)
{
    interner_free(part->words);
    memory_free(part->ways);
    memory_free(part->refs);
    memory_free(part->tags);
    memory_free(part->turns);
    memory_free(part->turn_tags);
    memory_free(part->nodes);
    *part = (road_part){0};
}

/* One more item at the end of a growing array of the part. */
#define APPEND(p, array, count, capacity, item)                                                    \
    do {                                                                                           \
        void *grown = array_grown((p)->array, &(p)->capacity, (p)->count + 1, sizeof *(p)->array); \
        if (!grown)                                                                                \
            return memory_error(err, ((p)->count + 1) * sizeof *(p)->array);                       \
        (p)->array = grown;                                                                        \
        (p)->array[(p)->count++] = (item);                                                         \
        return STATUS_OK;                                                                          \
    } while (0)

status road_part_ref(road_part *p, int64_t id, error *err)
{
    APPEND(p, refs, ref_count, ref_capacity, id);
}

status road_part_tag(road_part *p, part_tag tag, error *err)
{
    APPEND(p, tags, tag_count, tag_capacity, tag);
}

status road_part_way(road_part *p, int64_t id, bool highway, error *err)
{
    const part_way way = {
        .id = id, .ref_end = p->ref_count, .tag_end = p->tag_count, .highway = highway};
    APPEND(p, ways, way_count, way_capacity, way);
}

status road_part_node(road_part *p, part_node node, error *err)
{
    APPEND(p, nodes, node_count, node_capacity, node);
}

status road_part_node_tag(road_part *p, part_tag tag, error *err)
{
    p->nodes[p->node_count - 1].tag_count++;
    return road_part_tag(p, tag, err);
}

/* --- turn restrictions --- */

turn_role road_turn_role(text_slice role, bool node, bool way)
{
    if (way && text_equal(role, "from"))
        return TURN_FROM;
    if (way && text_equal(role, "to"))
        return TURN_TO;
    if ((node || way) && text_equal(role, "via"))
        return node ? TURN_VIA_NODE : TURN_VIA_WAY;
    return TURN_NONE;
}

status road_part_turn_tag(road_part *p, part_tag tag, error *err)
{
    APPEND(p, turn_tags, turn_tag_count, turn_tag_capacity, tag);
}

static status add_turn(road_part *p, part_turn turn, error *err)
{
    APPEND(p, turns, turn_count, turn_capacity, turn);
}

static size_t members_of(turn_role role, const turn_member *members, size_t count, int64_t *first)
{
    size_t found = 0;
    for (size_t i = count; i-- > 0;)
        if (members[i].role == role) {
            *first = members[i].id;
            found++;
        }
    return found;
}

/* Every `from` with every `to`: no_entry has several of the one, no_exit of the other. */
static status add_pairs(road_part *p, part_turn turn, const turn_member *members, size_t count,
                        error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        if (members[i].role != TURN_FROM)
            continue;
        turn.from = members[i].id;
        for (size_t k = 0; k < count && result == STATUS_OK; k++) {
            if (members[k].role != TURN_TO)
                continue;
            turn.to = members[k].id;
            result = add_turn(p, turn, err);
        }
    }
    return result;
}

status road_part_turn(road_part *p, int64_t relation, const turn_member *members, size_t count,
                      error *err)
{
    size_t tag_begin = p->turn_count > 0 ? p->turns[p->turn_count - 1].tag_end : 0;
    part_turn turn = {.relation = relation, .tag_begin = tag_begin, .tag_end = p->turn_tag_count};
    int64_t none = 0;
    size_t from = members_of(TURN_FROM, members, count, &none);
    size_t to = members_of(TURN_TO, members, count, &none);
    size_t via_ways = members_of(TURN_VIA_WAY, members, count, &none);
    size_t via = members_of(TURN_VIA_NODE, members, count, &turn.via);
    bool complete = from > 0 && to > 0 && via == 1 && from <= TURN_PAIRS_MAX / to;
    if (via_ways == 0 && complete)
        return add_pairs(p, turn, members, count, err);
    p->via_ways += via_ways > 0;
    p->incomplete += via_ways == 0;
    p->turn_tag_count = tag_begin;
    return STATUS_OK;
}

/* --- ids wanted --- */

bool road_ids_find(road_ids *w, int64_t id, uint32_t *index)
{
    size_t low = w->cursor < w->count && w->id[w->cursor] <= id ? w->cursor : 0;
    size_t high = low, step = 1; /* the first id not below is in [low, high] */
    while (high < w->count && w->id[high] < id) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    high = high < w->count ? high : w->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    w->cursor = low;
    *index = (uint32_t)low;
    return low < w->count && w->id[low] == id;
}
