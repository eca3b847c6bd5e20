/* The draft made whole: ways and their names, the nodes that arcs touch, the facts. */
#include <math.h>
#include <string.h>

#include "base/arrays.h"
#include "network/build/builder.h"
#include "network/build/profile_rules.h"

typedef unsigned long long ull;

/* --- ways --- */

static status word_of(builder *b, const char *text, uint32_t *word)
{
    return interner_add(b->words, text_slice_of(text, strlen(text)), word, b->err);
}

/* "Avenue Foch (D 12)", "D 12", or "". */
static status way_name(builder *b, road_tags tags, uint32_t *word)
{
    const char *name = tag_of(tags, "name"), *ref = tag_of(tags, "ref");
    text_buffer both = {0};
    if (!*name || !*ref)
        return word_of(b, *name ? name : ref, word);
    text_add(&both, name);
    text_add(&both, " (");
    text_add(&both, ref);
    text_add(&both, ")");
    status result = both.failed ? memory_error(b->err, both.capacity) : word_of(b, both.at, word);
    text_buffer_clear(&both);
    return result;
}

/* "residential"; for what is not a highway, the value that opened it: "ferry". */
static status way_class(builder *b, road_tags tags, uint32_t *word)
{
    const road_wanted *wanted = road_profile_wanted(b->options->profile);
    const char *value = tag_of(tags, "highway");
    for (size_t i = 0; i < wanted->way_count && !*value; i++) {
        const char *given = tag_of(tags, wanted->ways[i].key);
        if (strcmp(given, wanted->ways[i].value) == 0)
            value = given;
    }
    return word_of(b, value, word);
}

status draft_way(builder *b, size_t way, road_tags tags)
{
    road_draft *d = b->draft;
    const size_t at = d->way_count;
    int64_t *id = array_grown(d->way_id, &b->way_capacity, at + 1, sizeof *id);
    if (!id)
        return memory_error(b->err, (at + 1) * sizeof *id);
    d->way_id = id;
    uint32_t *name = array_grown(d->way_name, &b->name_capacity, at + 1, sizeof *name);
    if (!name)
        return memory_error(b->err, (at + 1) * sizeof *name);
    d->way_name = name;
    uint32_t *class = array_grown(d->way_class, &b->class_capacity, at + 1, sizeof *class);
    if (!class)
        return memory_error(b->err, (at + 1) * sizeof *class);
    d->way_class = class;
    d->way_id[at] = b->roads->way_id[way];
    b->way_of[way] = (uint32_t)at;
    d->way_count++;
    status result = at == 0 ? word_of(b, "", &name[0]) : STATUS_OK; /* word 0 */
    if (result == STATUS_OK)
        result = way_name(b, tags, &name[at]);
    return result == STATUS_OK ? way_class(b, tags, &class[at]) : result;
}

static status words_copy(builder *b)
{
    road_draft *d = b->draft;
    const size_t count = interner_count(b->words);
    size_t bytes = 0;
    for (uint32_t w = 0; w < count; w++)
        bytes += interner_at(b->words, w).size + 1;
    d->word_start = memory_new(count + 1, sizeof *d->word_start);
    d->word_bytes = memory_new(bytes, 1);
    if (!d->word_start || !d->word_bytes)
        return memory_error(b->err, bytes + (count + 1) * sizeof *d->word_start);
    d->word_count = count;
    for (uint32_t w = 0; w < count; w++) {
        const text_slice s = interner_at(b->words, w);
        if (s.size > 0)
            memcpy(d->word_bytes + d->word_start[w], s.at, s.size);
        d->word_start[w + 1] = d->word_start[w] + s.size + 1;
    }
    return STATUS_OK;
}

/* --- nodes --- */

/* Degrees to whole 1e-7 degrees, the precision of OSM itself. */
static int32_t position_of(double degrees)
{
    return (int32_t)llround(degrees * 1e7);
}

static void node_keep(builder *b, uint32_t file_node, bool split)
{
    road_draft *d = b->draft;
    d->node_id[d->node_count] = b->roads->node_id[file_node];
    d->x[d->node_count] = position_of(b->roads->node_lon[file_node]);
    d->y[d->node_count] = position_of(b->roads->node_lat[file_node]);
    if (d->node_flags)
        d->node_flags[d->node_count] = split ? NODE_SPLIT : 0;
    d->node_count++;
}

static status nodes_room(builder *b, size_t total)
{
    road_draft *d = b->draft;
    d->node_id = memory_new(total, sizeof *d->node_id);
    d->x = memory_new(total, sizeof *d->x);
    d->y = memory_new(total, sizeof *d->y);
    if (b->copy_count > 0)
        d->node_flags = memory_new(total, sizeof *d->node_flags);
    return d->node_id && d->x && d->y && (b->copy_count == 0 || d->node_flags)
               ? STATUS_OK
               : memory_error(b->err, total * (sizeof *d->node_id + 9));
}

/* Keeps the nodes that an arc touches, those of the file in its order, then the copies; arcs get
 * their new numbers, and the numbers of their ways. */
static status nodes_keep(builder *b)
{
    road_draft *d = b->draft;
    const size_t of_file = (size_t)b->roads->counts.nodes, total = of_file + b->copy_count;
    uint32_t *number = memory_new(total, sizeof *number);
    status result = number ? nodes_room(b, total) : memory_error(b->err, total * sizeof *number);
    if (result)
        goto done;
    for (size_t i = 0; i < d->arc_count; i++)
        number[d->arcs[i].from] = number[d->arcs[i].to] = 1;
    for (size_t n = 0; n < total; n++) {
        if (!number[n])
            continue;
        number[n] = (uint32_t)d->node_count;
        if (n < of_file)
            node_keep(b, (uint32_t)n, b->split && b->split[n]);
        else
            node_keep(b, b->copies[n - of_file], true);
    }
    for (size_t i = 0; i < d->arc_count; i++) {
        d->arcs[i].from = number[d->arcs[i].from];
        d->arcs[i].to = number[d->arcs[i].to];
        d->arcs[i].way = b->way_of[d->arcs[i].way];
    }
done:
    memory_free(number);
    return result;
}

/* --- facts --- */

static status facts_say(builder *b)
{
    const osm_roads_counts *c = &b->roads->counts;
    const osm_build_facts *f = b->facts;
    const struct {
        const char *key;
        ull value;
    } counts[] = {
        {"nodes_in_file", c->nodes_in_file},
        {"nodes_on_highways", c->highway_nodes},
        {"highway_ways", c->highway_ways},
        {"ways_open", f->ways_open},
        {"ways_closed", f->ways_closed},
        {"nodes_closed", f->nodes_closed},
        {"nodes_delayed", f->nodes_delayed},
        {"tags_unread", f->tags_unread},
        {"crossings_open", f->crossings_open},
        {"crossings_at_assumed_speed", f->crossings_assumed},
        {"segments_urban", f->segments_urban},
        {"turns_applied", f->turns_applied},
        {"turns_unplaced", f->turns_unplaced},
        {"turns_exempt", f->turns_exempt},
        {"turns_of_other_modes", f->turns_of_others},
        {"turns_conditional_ignored", f->turns_conditional},
        {"turns_unknown_ignored", f->turns_unknown},
        {"turns_via_ways_ignored", c->via_way_turns},
        {"turns_incomplete", c->incomplete_turns},
        {"junctions_split", f->nodes_split},
        {"nodes_missing", c->missing_refs},
    };
    status result = road_draft_fact(b->draft, b->err, "format", "osm");
    if (result == STATUS_OK)
        result = road_draft_fact(b->draft, b->err, "profile", "%s",
                                 road_profile_name(b->options->profile));
    for (size_t i = 0; i < sizeof counts / sizeof *counts && result == STATUS_OK; i++)
        result = road_draft_fact(b->draft, b->err, counts[i].key, "%llu", counts[i].value);
    return result;
}

status draft_finish(builder *b)
{
    status result = nodes_keep(b);
    if (result == STATUS_OK)
        result = words_copy(b);
    return result == STATUS_OK ? facts_say(b) : result;
}
