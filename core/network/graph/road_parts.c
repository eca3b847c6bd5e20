/* Strongly connected components by Tarjan's algorithm (SIAM J. Comput. 1, 1972), without recursion.
 */
#include "network/graph/road_parts.h"

#include "base/memory.h"
#include "network/messages.h"

enum { UNSEEN = 0, VISITS_A_LOOK = 1 << 16 }; /* a few milliseconds */
#define PART_NONE UINT32_MAX

typedef struct walk {
    const road_arcs *arcs;
    uint32_t *seen; /* order of the first visit, from 1 */
    uint32_t *low;  /* the earliest visit reachable */
    uint32_t *next; /* the next arc to follow */
    uint32_t *path; /* nodes being visited, deepest last */
    uint32_t *open; /* visited nodes without a part yet */
    uint32_t *part;
    uint32_t path_size, open_size, visits, parts;
    const atomic_int *cancel;
    bool stopped;
} walk;

static void enter(walk *w, uint32_t node)
{
    w->seen[node] = w->low[node] = ++w->visits;
    if (w->visits % VISITS_A_LOOK == 0 && w->cancel)
        w->stopped = atomic_load(w->cancel) != 0;
    w->next[node] = w->arcs->start[node];
    w->path[w->path_size++] = node;
    w->open[w->open_size++] = node;
}

static void lower(walk *w, uint32_t node, uint32_t value)
{
    if (value < w->low[node])
        w->low[node] = value;
}

/* All arcs of `node` are followed: closes its part if it is the part's root. */
static void leave(walk *w, uint32_t node)
{
    w->path_size--;
    if (w->path_size > 0)
        lower(w, w->path[w->path_size - 1], w->low[node]);
    if (w->low[node] != w->seen[node])
        return;
    uint32_t member = PART_NONE;
    do {
        member = w->open[--w->open_size];
        w->part[member] = w->parts;
    } while (member != node);
    w->parts++;
}

static void visit_from(walk *w, uint32_t root)
{
    enter(w, root);
    while (w->path_size > 0 && !w->stopped) {
        uint32_t node = w->path[w->path_size - 1];
        if (w->next[node] == w->arcs->start[node + 1]) {
            leave(w, node);
            continue;
        }
        uint32_t head = w->arcs->link[w->next[node]++].node;
        if (w->seen[head] == UNSEEN)
            enter(w, head);
        else if (w->part[head] == PART_NONE)
            lower(w, node, w->seen[head]);
    }
}

status road_parts_find(const road_arcs *arcs, const atomic_int *cancel, uint32_t *part,
                       uint32_t *parts, error *err)
{
    size_t n = arcs->node_count;
    status result = STATUS_OK;
    walk w = {.arcs = arcs, .cancel = cancel, .part = part};
    uint32_t *room = memory_new(n, 5 * sizeof *room);
    if (!room)
        return memory_error(err, n * 5 * sizeof *room);
    w.seen = room;
    w.low = room + n;
    w.next = room + 2 * n;
    w.path = room + 3 * n;
    w.open = room + 4 * n;
    for (size_t i = 0; i < n; i++)
        part[i] = PART_NONE;
    for (uint32_t i = 0; i < arcs->node_count && !w.stopped; i++)
        if (w.seen[i] == UNSEEN)
            visit_from(&w, i);
    *parts = w.parts;
    if (w.stopped)
        result = error_set(err, STATUS_INTERRUPTED, M_NETWORK_STOPPED);
    memory_free(room);
    return result;
}
