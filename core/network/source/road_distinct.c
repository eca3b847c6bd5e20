/* Neighbouring extracts share the ways that cross their border: each is kept once. */
#include <stdlib.h>
#include <string.h>

#include "network/source/road_join.h"

/* Where an object stands: parts in order, then objects in order. */
typedef struct mention {
    int64_t id;
    size_t part, index;
} mention;

static int mention_compare(const void *a, const void *b)
{
    const mention *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static size_t objects_of(const road_part *p, bool ways)
{
    return ways ? p->way_count : p->turn_count;
}

/* Drops the ways that `dropped` marks: their references and tags with them. */
static void ways_drop(road_part *p, const uint8_t *dropped)
{
    size_t kept = 0, ref = 0, tag = 0, ref_begin = 0, tag_begin = 0;
    for (size_t w = 0; w < p->way_count; w++) {
        part_way way = p->ways[w];
        const size_t refs = way.ref_end - ref_begin, tags = way.tag_end - tag_begin;
        if (!dropped[w] && refs > 0)
            memmove(p->refs + ref, p->refs + ref_begin, refs * sizeof *p->refs);
        if (!dropped[w] && tags > 0)
            memmove(p->tags + tag, p->tags + tag_begin, tags * sizeof *p->tags);
        if (!dropped[w]) {
            ref += refs;
            tag += tags;
        }
        ref_begin = way.ref_end;
        tag_begin = way.tag_end;
        way.ref_end = ref;
        way.tag_end = tag;
        if (!dropped[w])
            p->ways[kept++] = way;
    }
    p->way_count = kept;
    p->ref_count = ref;
    p->tag_count = tag;
}

static void turns_drop(road_part *p, const uint8_t *dropped)
{
    size_t kept = 0;
    for (size_t t = 0; t < p->turn_count; t++)
        if (!dropped[t])
            p->turns[kept++] = p->turns[t];
    p->turn_count = kept;
}

static status mentions_list(const road_reading *r, bool ways, mention **out, size_t *count,
                            error *err)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < r->part_count; i++)
        total += objects_of(&r->roads[i], ways);
    *out = memory_new(total, sizeof **out);
    if (!*out)
        return memory_error(err, total * sizeof **out);
    for (size_t i = 0; i < r->part_count; i++)
        for (size_t k = 0; k < objects_of(&r->roads[i], ways); k++)
            (*out)[at++] =
                (mention){.id = ways ? r->roads[i].ways[k].id : r->roads[i].turns[k].relation,
                          .part = i,
                          .index = k};
    if (total > 1)
        qsort(*out, total, sizeof **out, mention_compare);
    *count = total;
    return STATUS_OK;
}

/* A restriction has a row for each pair of ways, all in one part: those of the first part stay. */
static bool repeats(const mention *first, const mention *other, bool ways)
{
    return first->id == other->id && (ways || first->part != other->part);
}

static status marks_make(const road_reading *r, uint8_t **marks, bool ways, error *err)
{
    mention *mentions = NULL;
    size_t count = 0, first = 0;
    status result = mentions_list(r, ways, &mentions, &count, err);
    for (size_t i = 0; i < r->part_count && result == STATUS_OK; i++) {
        marks[i] = memory_new(objects_of(&r->roads[i], ways), 1);
        if (!marks[i])
            result = memory_error(err, objects_of(&r->roads[i], ways));
    }
    for (size_t i = 1; i < count && result == STATUS_OK; i++) {
        if (mentions[first].id != mentions[i].id)
            first = i;
        else if (repeats(&mentions[first], &mentions[i], ways))
            marks[mentions[i].part][mentions[i].index] = 1;
    }
    memory_free(mentions);
    return result;
}

static status distinct(road_reading *r, bool ways, error *err)
{
    uint8_t **marks = memory_new(r->part_count, sizeof *marks);
    if (!marks)
        return memory_error(err, r->part_count * sizeof *marks);
    status result = marks_make(r, marks, ways, err);
    for (size_t i = 0; i < r->part_count && result == STATUS_OK; i++) {
        if (ways)
            ways_drop(&r->roads[i], marks[i]);
        else
            turns_drop(&r->roads[i], marks[i]);
    }
    for (size_t i = 0; i < r->part_count; i++)
        memory_free(marks[i]);
    memory_free(marks);
    return result;
}

status road_reading_distinct(road_reading *r, error *err)
{
    status result = distinct(r, true, err);
    return result == STATUS_OK ? distinct(r, false, err) : result;
}
