/* The order in which plugins run; those that wait for one another. */
#include <string.h>

#include "engine/plan/plan_model.h"
#include "engine/plan_messages.h"

/* Plugins move: what pointed at them by index or address is made to point anew. */
static void place_in_order(plan *p, const size_t *order, size_t count, plan_plugin *sorted,
                           size_t *at)
{
    for (size_t i = 0; i < p->plugin_count; i++)
        at[i] = NO_INDEX;
    for (size_t i = 0; i < count; i++) {
        at[order[i]] = i;
        sorted[i] = p->plugins[order[i]];
    }
    for (size_t i = 0; i < count; i++) {
        plan_plugin *plugin = &sorted[i];
        for (size_t j = 0; j < plugin->job_count; j++)
            plugin->jobs[j].plugin = plugin;
        for (size_t k = 0; k < plugin->is->inputs.count; k++) {
            plan_input *in = &plugin->inputs[k];
            for (size_t m = 0; m < in->count; m++) {
                if (in->sources[m].plugin != NO_INDEX)
                    in->sources[m].plugin = at[in->sources[m].plugin];
            }
        }
        memset(plugin->needs, 0, p->plugin_count * sizeof *plugin->needs);
        for (size_t k = 0; k < plugin->is->inputs.count; k++) {
            const plan_input *in = &plugin->inputs[k];
            for (size_t m = 0; !in->absent && m < in->count; m++) {
                if (in->sources[m].plugin != NO_INDEX)
                    plugin->needs[in->sources[m].plugin] = true;
            }
        }
    }
    p->plugins = sorted;
    p->plugin_count = count;
}

/* --- cycles --- */

/* A walk from readers to what they read. Every step back onto the walk closes a cycle, which is
 * told once: without those steps no cycle is left. */
typedef struct walk {
    const plan *p;
    size_t *path, depth;
    bool *seen, *on_path;
    faults *list;
    status worst;
} walk;

/* The first column of `maker` that `reader` reads. */
static const char *column_read(const plan_plugin *reader, const plan *p, size_t maker)
{
    for (size_t i = 0; i < reader->is->inputs.count; i++) {
        const plan_input *in = &reader->inputs[i];
        for (size_t m = 0; in->sources != NULL && !in->absent && m < in->count; m++) {
            const input_source *from = &in->sources[m];
            if (from->base == NULL && from->plugin == maker)
                return p->plugins[maker].jobs[0].outputs[from->output].columns[from->member].name;
        }
    }
    return "?";
}

/* "a reads x of b, which reads y of a" */
static void tell_path(const walk *w, size_t begin, text_buffer *fr, text_buffer *en)
{
    const plan *p = w->p;
    for (size_t i = begin; i < w->depth; i++) {
        const plan_plugin *reader = &p->plugins[w->path[i]];
        const size_t maker = w->path[i + 1 < w->depth ? i + 1 : begin];
        const char *column_name = column_read(reader, p, maker), *id = p->plugins[maker].is->id;
        error step;
        if (i == begin)
            (void)error_set(&step, STATUS_INPUT, M_PLAN_READS, reader->is->id, column_name, id);
        else
            (void)error_set(&step, STATUS_INPUT, M_PLAN_WHICH_READS, column_name, id);
        text_add(fr, step.fr);
        text_add(en, step.en);
    }
}

static void refuse_cycle(walk *w, size_t to)
{
    size_t begin = 0;
    text_buffer fr = {.at = NULL}, en = {.at = NULL};
    const plan_plugin *first = &w->p->plugins[to];
    while (w->path[begin] != to)
        begin++;
    tell_path(w, begin, &fr, &en);
    const bool told = !fr.failed && !en.failed;
    w->worst =
        faults_refuse(w->list, first->said != NULL ? first->said->where : SOURCE_NONE, M_PLAN_CYCLE,
                      told ? fr.at : first->is->id, told ? en.at : first->is->id);
    text_buffer_clear(&fr);
    text_buffer_clear(&en);
}

static void walk_from(walk *w, size_t k)
{
    w->seen[k] = w->on_path[k] = true;
    w->path[w->depth++] = k;
    for (size_t i = 0; i < w->p->plugin_count; i++) {
        if (!w->p->plugins[k].needs[i] || w->p->plugins[i].dropped)
            continue;
        if (w->on_path[i])
            refuse_cycle(w, i);
        else if (!w->seen[i])
            walk_from(w, i);
    }
    w->on_path[k] = false;
    w->depth--;
}

status plan_cycles(plan *p, faults *faults_list)
{
    const size_t n = p->plugin_count;
    error err = {.status = STATUS_OK};
    walk w = {.p = p,
              .path = arena_take(p->memory, n, sizeof *w.path),
              .seen = arena_take(p->memory, n, sizeof *w.seen),
              .on_path = arena_take(p->memory, n, sizeof *w.on_path),
              .list = faults_list};
    if (w.path == NULL || w.seen == NULL || w.on_path == NULL) {
        (void)memory_error(&err, n * sizeof *w.path);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    for (size_t k = 0; k < n; k++) {
        if (!w.seen[k] && !p->plugins[k].dropped)
            walk_from(&w, k);
    }
    return w.worst;
}

/* --- order --- */

static bool ready(const plan *p, size_t k, const bool *placed)
{
    for (size_t i = 0; i < p->plugin_count; i++) {
        if (p->plugins[k].needs[i] && !placed[i] && !p->plugins[i].dropped)
            return false;
    }
    return true;
}

status plan_order(plan *p, error *err)
{
    size_t n = p->plugin_count, count = 0, wanted = 0;
    size_t *order = arena_take(p->memory, n, sizeof *order),
           *at = arena_take(p->memory, n, sizeof *at);
    bool *placed = arena_take(p->memory, n, sizeof *placed);
    plan_plugin *sorted = arena_take(p->memory, n, sizeof *sorted);
    if (order == NULL || at == NULL || placed == NULL || sorted == NULL)
        return memory_error(err, n * sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        wanted += !p->plugins[i].dropped;
    for (size_t next = 0; count < wanted && next < n; next++) {
        if (placed[next] || p->plugins[next].dropped || !ready(p, next, placed))
            continue;
        placed[next] = true;
        order[count++] = next;
        next = NO_INDEX; /* from the first again: the order asked for, wherever it can be kept */
    }
    place_in_order(p, order, count, sorted, at);
    return STATUS_OK;
}
