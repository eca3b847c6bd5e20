#include "table/groups.h"

#include <string.h>

#include "base/blocks.h"
#include "base/memory.h"
#include "table/messages.h"

enum {
    BLOCK_OF_ROWS = 1 << 16, /* of one count of parts */
    ROWS_AT_ONCE = 1 << 12,
    PART_BITS = 9, /* about 2^9 parts: each fits a core's cache */
    DIGIT_BITS = 11,
    DIGITS = 1 << DIGIT_BITS,
    INSERTION_MAX = 24
};

struct groups {
    group_source source;
    unsigned first_bits, second_bits, minor_bits; /* of a member's key; the rest is its part */
    size_t parts, blocks;
    size_t *place;         /* of part p in block b: [b * parts + p] */
    size_t *part_start;    /* parts + 1 */
    size_t *first_group;   /* of each part; parts + 1 */
    group_member *members; /* by part */
};

void groups_free(groups *g)
{
    if (!g)
        return;
    memory_free(g->place);
    memory_free(g->part_start);
    memory_free(g->first_group);
    memory_free(g->members);
    memory_free(g);
}

static unsigned bits_of(uint32_t count)
{
    return count > 1 ? 32 - (unsigned)__builtin_clz(count - 1) : 0;
}

/* --- rows to parts --- */

typedef void take_rows(groups *g, size_t block_index, size_t begin, const group_row *rows,
                       size_t count);

static void count_rows(groups *g, size_t block_index, size_t begin, const group_row *rows,
                       size_t count)
{
    size_t *counts = g->place + block_index * g->parts;
    (void)begin;
    for (size_t i = 0; i < count; i++)
        counts[rows[i].first >> g->first_bits]++;
}

static void place_rows(groups *g, size_t block_index, size_t begin, const group_row *rows,
                       size_t count)
{
    size_t *place = g->place + block_index * g->parts;
    const uint32_t first_mask = (uint32_t)((UINT64_C(1) << g->first_bits) - 1);
    for (size_t i = 0; i < count; i++) {
        const group_row *r = &rows[i];
        uint64_t key = (uint64_t)(r->first & first_mask) << g->second_bits | r->second;
        g->members[place[r->first >> g->first_bits]++] =
            (group_member){.key = (uint32_t)(key << g->minor_bits | r->minor),
                           .row = (uint32_t)(begin + i),
                           .weight = r->weight};
    }
}

static status each_row(groups *g, block b, take_rows *take, error *err)
{
    group_row *rows = memory_new(ROWS_AT_ONCE, sizeof *rows);
    if (!rows)
        return memory_error(err, ROWS_AT_ONCE * sizeof *rows);
    for (size_t begin = b.begin; begin < b.end; begin += ROWS_AT_ONCE) {
        size_t left = b.end - begin, count = left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE;
        g->source.read(g->source.context, begin, begin + count, rows);
        take(g, b.index, begin, rows, count);
    }
    memory_free(rows);
    return STATUS_OK;
}

static status count_block(void *context, block b, error *err)
{
    return each_row(context, b, count_rows, err);
}

static status place_block(void *context, block b, error *err)
{
    return each_row(context, b, place_rows, err);
}

/* Counts to places: by part, then by block, so that rows keep their order within a part. */
static void counts_to_places(groups *g)
{
    size_t at = 0;
    for (size_t p = 0; p < g->parts; p++) {
        g->part_start[p] = at;
        for (size_t b = 0; b < g->blocks; b++) {
            size_t *place = &g->place[b * g->parts + p], count = *place;
            *place = at;
            at += count;
        }
    }
    g->part_start[g->parts] = at;
}

/* --- one part --- */

static inline bool before(const group_member *a, const group_member *b)
{
    return a->weight < b->weight || (a->weight == b->weight && a->row < b->row);
}

static void insertion_sort(group_member *m, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        group_member moved = m[i];
        size_t at = i;
        for (; at > 0 && before(&moved, &m[at - 1]); at--)
            m[at] = m[at - 1];
        m[at] = moved;
    }
}

static void merge(const group_member *a, size_t a_count, const group_member *b, size_t b_count,
                  group_member *out)
{
    const group_member *a_end = a + a_count, *b_end = b + b_count;
    while (a < a_end && b < b_end) {
        bool second = before(b, a);
        *out++ = *(second ? b : a);
        a += !second;
        b += second;
    }
    memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
    memcpy(out + (a_end - a), b, (size_t)(b_end - b) * sizeof *b);
}

/* `spare` has room for as many. Runs sorted by insertion, then merged by two. */
static void sort_by_weight(group_member *m, size_t count, group_member *spare)
{
    group_member *from = m, *to = spare;
    for (size_t i = 0; i < count; i += INSERTION_MAX)
        insertion_sort(m + i, count - i < INSERTION_MAX ? count - i : INSERTION_MAX);
    for (size_t run = INSERTION_MAX; run < count; run *= 2) {
        for (size_t i = 0; i < count; i += 2 * run) {
            size_t left = count - i, a = left < run ? left : run;
            size_t b = left - a < run ? left - a : run;
            merge(from + i, a, from + i + a, b, to + i);
        }
        group_member *merged = to;
        to = from;
        from = merged;
    }
    if (from != m)
        memcpy(m, from, count * sizeof *m);
}

/* Stable, one digit; true where there was something to sort. */
static bool sort_digit(const group_member *from, group_member *to, size_t count, unsigned shift)
{
    uint32_t starts[DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        starts[from[i].key >> shift & (DIGITS - 1)]++;
    if (starts[from[0].key >> shift & (DIGITS - 1)] == count)
        return false;
    for (uint32_t d = 0, at = 0; d < DIGITS; d++) {
        uint32_t in_digit = starts[d];
        starts[d] = at;
        at += in_digit;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
    return true;
}

static size_t run_end(const group_member *m, size_t begin, size_t count)
{
    size_t end = begin + 1;
    while (end < count && m[end].key == m[begin].key)
        end++;
    return end;
}

static status sort_part(void *context, block b, error *err)
{
    groups *g = context;
    group_member *own = g->members + g->part_start[b.begin];
    size_t count = g->part_start[b.begin + 1] - g->part_start[b.begin];
    unsigned bits = g->first_bits + g->second_bits + g->minor_bits;
    if (!count)
        return STATUS_OK;
    group_member *other = memory_new(count, sizeof *other), *from = own, *to = other;
    if (!other)
        return memory_error(err, count * sizeof *other);
    for (unsigned shift = 0; shift < bits; shift += DIGIT_BITS) {
        if (sort_digit(from, to, count, shift)) {
            group_member *sorted = to;
            to = from;
            from = sorted;
        }
    }
    if (from != own)
        memcpy(own, from, count * sizeof *own);
    for (size_t begin = 0, end = 0; begin < count; begin = end) {
        end = run_end(own, begin, count);
        sort_by_weight(own + begin, end - begin, other);
        g->first_group[b.begin]++;
    }
    memory_free(other);
    return STATUS_OK;
}

/* --- the whole --- */

static status groups_shape(groups *g, error *err)
{
    const group_source *s = &g->source;
    g->second_bits = bits_of(s->codes);
    g->minor_bits = bits_of(s->minors);
    if (g->second_bits + g->minor_bits > 32 || s->rows > UINT32_MAX)
        return error_set(err, STATUS_INPUT, M_TABLE_TOO_MANY_GROUPS, s->rows, (size_t)s->codes);
    unsigned free_bits = 32 - g->second_bits - g->minor_bits;
    g->first_bits = g->second_bits > PART_BITS ? g->second_bits - PART_BITS : 0;
    if (g->first_bits > free_bits)
        g->first_bits = free_bits;
    g->parts = s->codes ? ((s->codes - 1) >> g->first_bits) + 1 : 0;
    g->blocks = blocks_count(s->rows, BLOCK_OF_ROWS);
    g->place = memory_new(g->blocks, g->parts * sizeof *g->place);
    g->part_start = memory_new(g->parts + 1, sizeof *g->part_start);
    g->first_group = memory_new(g->parts + 1, sizeof *g->first_group);
    g->members = memory_new(s->rows, sizeof *g->members);
    if (!g->place || !g->part_start || !g->first_group || !g->members)
        return memory_error(err, s->rows * sizeof *g->members);
    return STATUS_OK;
}

static void number_groups(groups *g)
{
    size_t at = 0;
    for (size_t p = 0; p <= g->parts; p++) {
        size_t count = g->first_group[p];
        g->first_group[p] = at;
        at += count;
    }
}

static status groups_sort(groups *g, error *err)
{
    int threads = g->source.threads;
    status result = blocks_run(g->source.rows, BLOCK_OF_ROWS, threads, NULL, count_block, g, err);
    if (result != STATUS_OK)
        return result;
    counts_to_places(g);
    result = blocks_run(g->source.rows, BLOCK_OF_ROWS, threads, NULL, place_block, g, err);
    if (result == STATUS_OK)
        result = blocks_run(g->parts, 1, threads, NULL, sort_part, g, err);
    if (result == STATUS_OK)
        number_groups(g);
    return result;
}

status groups_new(groups **out, const group_source *source, error *err)
{
    *out = NULL;
    groups *g = memory_new(1, sizeof *g);
    if (!g)
        return memory_error(err, sizeof *g);
    g->source = *source;
    status result = groups_shape(g, err);
    if (result == STATUS_OK)
        result = groups_sort(g, err);
    if (result != STATUS_OK) {
        groups_free(g);
        return result;
    }
    *out = g;
    return STATUS_OK;
}

size_t groups_count(const groups *g)
{
    return g->first_group[g->parts];
}

typedef struct visiting {
    const groups *groups;
    void (*visit)(void *, size_t, const group *);
    void *context;
} visiting;

static group group_of(const groups *g, size_t part, const group_member *m, size_t count)
{
    uint64_t pair = (uint64_t)m->key >> g->minor_bits;
    const uint64_t seconds = (UINT64_C(1) << g->second_bits) - 1;
    const uint64_t minors = (UINT64_C(1) << g->minor_bits) - 1;
    return (group){.first = (uint32_t)((uint64_t)part << g->first_bits | pair >> g->second_bits),
                   .second = (uint32_t)(pair & seconds),
                   .minor = (uint32_t)(m->key & minors),
                   .members = m,
                   .count = count};
}

static status visit_part(void *context, block b, error *err)
{
    const visiting *v = context;
    const groups *g = v->groups;
    const group_member *m = g->members + g->part_start[b.begin];
    size_t count = g->part_start[b.begin + 1] - g->part_start[b.begin];
    size_t index = g->first_group[b.begin];
    (void)err;
    for (size_t begin = 0, end = 0; begin < count; begin = end) {
        end = run_end(m, begin, count);
        group found = group_of(g, b.begin, m + begin, end - begin);
        v->visit(v->context, index++, &found);
    }
    return STATUS_OK;
}

status groups_each(const groups *g, void (*visit)(void *, size_t, const group *), void *context,
                   error *err)
{
    visiting v = {.groups = g, .visit = visit, .context = context};
    return blocks_run(g->parts, 1, g->source.threads, NULL, visit_part, &v, err);
}
