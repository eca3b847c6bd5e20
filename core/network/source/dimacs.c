#include "network/source/dimacs.h"

#include <string.h>

#include "network/messages.h"
#include "network/source/dimacs_lines.h"
#include "network/source/dimacs_text.h"

/* More nodes than this a line is a slip of the pen, not a graph. */
enum { NODES_AN_ARC_MAX = 16, NODES_ALWAYS = 1 << 20 };

void dimacs_graph_clear(dimacs_graph *g)
{
    memory_free(g->arcs);
    memory_free(g->x);
    memory_free(g->y);
    *g = (dimacs_graph){0};
}

bool dimacs_like(const char *bytes, size_t size)
{
    const char *at = bytes, *end = bytes + size;
    while (at < end && (*at == 'c' || *at == '\n' || *at == '\r')) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        at = line ? line + 1 : end;
    }
    const char *after = at < end ? dimacs_blanks(at + 1, end) : end;
    if (after == end || after == at + 1)
        return false;
    return (*at == 'p' && end - after > 1 && memcmp(after, "sp", 2) == 0) ||
           (*at == 'a' && *after >= '0' && *after <= '9');
}

bool dimacs_announced(const char *bytes, size_t size, uint64_t *nodes, uint64_t *arcs)
{
    const char *at = bytes, *end = bytes + size;
    uint64_t numbers[2] = {0};
    while (at < end) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        if (!line)
            return false; /* cut within a line */
        at = dimacs_blanks(at, line);
        if (at < line && *at == 'p' && dimacs_problem_line(at, line, "sp", numbers, 2)) {
            *nodes = numbers[0];
            *arcs = numbers[1];
            return true;
        }
        at = line + 1;
    }
    return false;
}

/* --- arcs --- */

typedef struct arcs_reading {
    const dimacs_text *text;
    dimacs_graph *graph;
} arcs_reading;

static bool arc_take(void *context, dimacs_chunk *c, uint64_t number, const char *at,
                     const char *end)
{
    const arcs_reading *r = context;
    dimacs_arc arc = {0};
    int64_t weight = 0;
    if (!dimacs_node(c, r->text, &at, end, &arc.from) ||
        !dimacs_node(c, r->text, &at, end, &arc.to))
        return false;
    const char *begin = dimacs_blanks(at, end);
    if (!dimacs_number(&at, end, false, &weight))
        return dimacs_fault_note(c, DIMACS_NUMBER, at, 0);
    if (weight > DIMACS_WEIGHT_MAX)
        return dimacs_fault_note(c, DIMACS_WEIGHT, begin, (uint64_t)weight);
    at = dimacs_blanks(at, end);
    if (at < end)
        return dimacs_fault_note(c, DIMACS_LINE, at, 0);
    arc.weight = (uint32_t)weight;
    if (number < r->graph->arc_count)
        r->graph->arcs[number] = arc;
    return true;
}

/* Without a line p, ids count from 0 and the largest is the last node. */
static void nodes_settle(dimacs_graph *g)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < g->arc_count; i++) {
        highest = g->arcs[i].from > highest ? g->arcs[i].from : highest;
        highest = g->arcs[i].to > highest ? g->arcs[i].to : highest;
    }
    g->node_count = g->arc_count > 0 ? highest + 1 : 0;
}

static uint64_t nodes_max(uint64_t arcs)
{
    uint64_t most = NODES_ALWAYS + NODES_AN_ARC_MAX * arcs;
    return most < UINT32_MAX ? most : UINT32_MAX - 1;
}

/* What the line p says, or what stands for it. */
static status problem_take(dimacs_text *t, dimacs_graph *g)
{
    uint64_t numbers[2] = {0};
    bool found = false;
    status result = dimacs_problem(t, "sp", numbers, 2, &found);
    if (result)
        return result;
    g->first_id = found ? 1 : 0;
    t->lowest = g->first_id;
    t->highest = found ? numbers[0] : nodes_max(t->items) - 1;
    if (t->items >= UINT32_MAX || (found && numbers[0] > nodes_max(t->items)))
        return faults_refuse(t->list, source_at(t->name, 0, 0), M_DIMACS_LARGE,
                             (unsigned long long)numbers[0], (unsigned long long)t->items);
    if (found && numbers[1] != t->items)
        return faults_refuse(t->list, source_at(t->name, 0, 0), M_DIMACS_ARCS,
                             (unsigned long long)numbers[1], (unsigned long long)t->items);
    if (t->items == 0)
        return faults_refuse(t->list, source_at(t->name, 0, 0), M_DIMACS_EMPTY);
    if (!found)
        faults_note(t->list, source_at(t->name, 0, 0), M_DIMACS_FROM_ZERO);
    g->node_count = found ? (uint32_t)numbers[0] : 0;
    g->arc_count = (size_t)t->items;
    return STATUS_OK;
}

static status arcs_read(dimacs_text *t, dimacs_graph *g, error *err)
{
    arcs_reading r = {.text = t, .graph = g};
    g->arcs = memory_new(g->arc_count, sizeof *g->arcs);
    if (!g->arcs)
        return memory_error(err, g->arc_count * sizeof *g->arcs);
    status result = dimacs_text_read(t, arc_take, &r, err);
    if (result == STATUS_OK && g->first_id == 0)
        nodes_settle(g);
    return result;
}

static status graph_read(dimacs_text *t, dimacs_graph *out)
{
    error err = {0};
    status result = dimacs_text_cut(t, &err), judged = STATUS_OK;
    if (result == STATUS_OK)
        judged = problem_take(t, out);
    if (result == STATUS_OK && judged == STATUS_OK)
        result = arcs_read(t, out, &err);
    if (result == STATUS_OK && judged == STATUS_OK)
        judged = dimacs_text_judge(t);
    dimacs_text_clear(t);
    return result ? faults_add_error(t->list, source_at(t->name, 0, 0), &err) : judged;
}

static dimacs_text text_of(int threads, progress *p, faults *faults_list)
{
    return (dimacs_text){.letter = 'a',
                         .threads = threads,
                         .cancel = p ? p->cancel : NULL,
                         .progress = p,
                         .list = faults_list};
}

status dimacs_parse(const char *bytes, size_t size, const char *name, int threads, progress *p,
                    dimacs_graph *out, faults *faults_list)
{
    dimacs_text t = text_of(threads, p, faults_list);
    t.bytes = bytes;
    t.size = size;
    t.name = name;
    return graph_read(&t, out);
}

status dimacs_read(const char *path, int threads, progress *p, dimacs_graph *out,
                   faults *faults_list)
{
    dimacs_text t = text_of(threads, p, faults_list);
    dimacs_file file = {0};
    status result = dimacs_file_open(&file, path, &t);
    if (result == STATUS_OK)
        result = graph_read(&t, out);
    dimacs_file_close(&file);
    return result;
}
