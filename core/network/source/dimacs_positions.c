/* Positions of a DIMACS graph: "v NODE X Y". */
#include <string.h>

#include "network/messages.h"
#include "network/source/dimacs.h"
#include "network/source/dimacs_lines.h"
#include "network/source/dimacs_text.h"

typedef struct points_reading {
    const dimacs_text *text;
    dimacs_graph *graph;
    dimacs_unit unit;
    atomic_uchar *seen;
    atomic_bool twice; /* a node has two positions: told by a second look, in order */
    bool tells;
} points_reading;

/* Metres farther than the Earth is round are another unit; a path of a few of them would not fit
 * the 2^32 metres of a cost. */
static bool position_fits(dimacs_unit unit, int64_t x, int64_t y)
{
    const int64_t lon_max = 180000000, lat_max = 90000000, round_m = 40000000;
    if (unit == DIMACS_METRES)
        return x >= -round_m && x <= round_m && y >= -round_m && y <= round_m;
    return x >= -lon_max && x <= lon_max && y >= -lat_max && y <= lat_max;
}

static bool point_parse(const points_reading *r, dimacs_chunk *c, const char *at, const char *end,
                        uint32_t *node, int64_t xy[2])
{
    if (!dimacs_node(c, r->text, &at, end, node))
        return false;
    const char *begin = dimacs_blanks(at, end);
    if (!dimacs_number(&at, end, true, &xy[0]) || !dimacs_number(&at, end, true, &xy[1]))
        return dimacs_fault_note(c, DIMACS_NUMBER, at, 0);
    at = dimacs_blanks(at, end);
    if (at < end)
        return dimacs_fault_note(c, DIMACS_LINE, at, 0);
    return position_fits(r->unit, xy[0], xy[1]) || dimacs_fault_note(c, DIMACS_POSITION, begin, 0);
}

static bool point_take(void *context, dimacs_chunk *c, uint64_t number, const char *at,
                       const char *end)
{
    points_reading *r = context;
    uint32_t node = 0;
    int64_t xy[2] = {0};
    const int64_t scale = r->unit == DIMACS_METRES ? 1 : 10;
    (void)number;
    if (!point_parse(r, c, at, end, &node, xy))
        return false;
    if (atomic_exchange_explicit(&r->seen[node], 1, memory_order_relaxed) != 0) {
        atomic_store(&r->twice, true);
        return r->tells && dimacs_fault_note(c, DIMACS_TWICE, at, (uint64_t)node + r->text->lowest);
    }
    r->graph->x[node] = (int32_t)(xy[0] * scale);
    r->graph->y[node] = (int32_t)(xy[1] * scale);
    return true;
}

/* In order, on one thread: which of two lines is the second does not depend on the threads. */
static status points_look_again(dimacs_text *t, points_reading *r, error *err)
{
    t->threads = 1;
    r->tells = true;
    memset(r->seen, 0, r->graph->node_count);
    for (size_t i = 0; i < t->chunk_count; i++)
        t->chunks[i].faults = 0;
    return dimacs_text_read(t, point_take, r, err);
}

static status points_read(dimacs_text *t, points_reading *r, error *err)
{
    dimacs_graph *g = r->graph;
    g->x = memory_new(g->node_count, sizeof *g->x);
    g->y = memory_new(g->node_count, sizeof *g->y);
    r->seen = memory_new(g->node_count, sizeof *r->seen);
    if (!g->x || !g->y || !r->seen)
        return memory_error(err, g->node_count * (2 * sizeof *g->x + 1));
    status result = dimacs_text_read(t, point_take, r, err);
    if (result == STATUS_OK && atomic_load(&r->twice))
        result = points_look_again(t, r, err);
    return result;
}

/* Every node has a position: the first that has none, and how many there are. */
static status points_whole(const dimacs_text *t, const points_reading *r)
{
    uint64_t missing = 0, first = 0;
    for (uint32_t n = 0; n < r->graph->node_count; n++) {
        if (atomic_load_explicit(&r->seen[n], memory_order_relaxed))
            continue;
        first = missing++ == 0 ? n + t->lowest : first;
    }
    return missing == 0 ? STATUS_OK
                        : faults_refuse(t->list, source_at(t->name, 0, 0), M_DIMACS_MISSING,
                                        (unsigned long long)missing, (unsigned long long)first);
}

static status points_problem(dimacs_text *t, const dimacs_graph *g)
{
    uint64_t nodes = 0;
    bool found = false;
    status result = dimacs_problem(t, "aux sp co", &nodes, 1, &found);
    if (result == STATUS_OK && found && nodes != g->node_count)
        result = faults_refuse(t->list, source_at(t->name, 0, 0), M_DIMACS_NODES,
                               (unsigned long long)nodes, (unsigned long long)g->node_count);
    return result;
}

static status positions_read(dimacs_text *t, dimacs_unit unit, dimacs_graph *g)
{
    error err = {0};
    points_reading r = {.text = t, .graph = g, .unit = unit};
    status result = dimacs_text_cut(t, &err), judged = STATUS_OK;
    if (result == STATUS_OK)
        judged = points_problem(t, g);
    if (result == STATUS_OK && judged == STATUS_OK)
        result = points_read(t, &r, &err);
    if (result == STATUS_OK && judged == STATUS_OK)
        judged = dimacs_text_judge(t);
    if (result == STATUS_OK && judged == STATUS_OK)
        judged = points_whole(t, &r);
    dimacs_text_clear(t);
    memory_free(r.seen);
    return result ? faults_add_error(t->list, source_at(t->name, 0, 0), &err) : judged;
}

static dimacs_text text_of(const dimacs_graph *g, int threads, progress *p, faults *faults_list)
{
    return (dimacs_text){.letter = 'v',
                         .threads = threads,
                         .cancel = p ? p->cancel : NULL,
                         .progress = p,
                         .list = faults_list,
                         .lowest = g->first_id,
                         .highest = (uint64_t)g->first_id + g->node_count - 1};
}

status dimacs_positions_parse(const char *bytes, size_t size, const char *name, dimacs_unit unit,
                              int threads, progress *p, dimacs_graph *g, faults *faults_list)
{
    dimacs_text t = text_of(g, threads, p, faults_list);
    t.bytes = bytes;
    t.size = size;
    t.name = name;
    return positions_read(&t, unit, g);
}

status dimacs_positions_read(const char *path, dimacs_unit unit, int threads, progress *p,
                             dimacs_graph *g, faults *faults_list)
{
    dimacs_text t = text_of(g, threads, p, faults_list);
    dimacs_file file = {0};
    status result = dimacs_file_open(&file, path, &t);
    if (result == STATUS_OK)
        result = positions_read(&t, unit, g);
    dimacs_file_close(&file);
    return result;
}
