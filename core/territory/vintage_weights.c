/* Shares of splits: by the population of the parts on the far side of the step.
 *
 * A population file tells the communes of its own year; merged ones of other years are sums of
 * them. So each file is walked along the steps, away from its year in both ways: a merger adds up,
 * a split loses (its parts are then taken from the file as it is, if it names them all). Of several
 * files the nearest in time wins, those beyond the step before those on its near side. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/support.h"
#include "territory/vintage_steps.h"

typedef struct weighing {
    step_list *steps;
    const split_weights *file;
    double *told;   /* by the file, of each code; NaN: not told */
    double *walked; /* where the walk is now */
    double *moved;  /* what a step brings to a code */
    uint32_t *uses; /* edges of the step at hand on one side of a code */
    int32_t way;
} weighing;

static status weighing_take(weighing *w, arena *memory, size_t codes, faults *list)
{
    status rc = take_array(memory, codes, sizeof(double), &w->told, list);
    rc = rc == STATUS_OK ? take_array(memory, codes, sizeof(double), &w->walked, list) : rc;
    rc = rc == STATUS_OK ? take_array(memory, codes, sizeof(double), &w->moved, list) : rc;
    return rc == STATUS_OK ? take_array(memory, codes, sizeof *w->uses, &w->uses, list) : rc;
}

static void read_file(weighing *w)
{
    const table *t = w->file->rows;
    const step_list *steps = w->steps;
    const column *code = text_column(t, "code");
    const column *value = number_column_of(t, "population");
    for (size_t c = 0; c < steps->code_count; c++) {
        w->told[c] = (double)NAN;
    }
    for (size_t row = 0; code && value && row < t->rows; row++) {
        const size_t c = sorted_find((const char *const *)steps->code, steps->code_count,
                                     column_text(code, row));
        if (c < steps->code_count && column_state(value, row) == VALUE_PRESENT) {
            w->told[c] = value->at.f64[row];
        }
    }
}

static void start_walk(weighing *w)
{
    memcpy(w->walked, w->told, w->steps->code_count * sizeof *w->walked);
}

/* One step of the walk, with the step's direction or against it. */
static void walk_step(weighing *w, const step *s, bool against)
{
    for (size_t i = 0; i < s->count; i++) {
        const step_edge *e = &s->edges[i];
        w->uses[against ? e->to : e->from]++;
        w->moved[against ? e->from : e->to] = 0;
    }
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t from = against ? s->edges[i].to : s->edges[i].from;
        const uint32_t to = against ? s->edges[i].from : s->edges[i].to;
        w->moved[to] += w->uses[from] > 1 ? (double)NAN : w->walked[from];
    }
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t from = against ? s->edges[i].to : s->edges[i].from;
        w->walked[from] = (double)NAN;
        w->uses[from] = 0;
    }
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t to = against ? s->edges[i].from : s->edges[i].to;
        w->walked[to] = w->moved[to];
    }
}

/* --- shares of one step --- */

static int64_t distance_of(const split_weights *file, const step *s, int32_t way)
{
    const int64_t ahead = (int64_t)way * (file->vintage - s->after);
    if (file->vintage == VINTAGE_NONE) {
        return INT32_MAX;
    }
    return ahead >= 0 ? ahead : 10000 - ahead;
}

static bool share_by(const double *population, step_edge *edges, size_t count, int64_t distance)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += population[edges[i].to]; /* NaN where one is unknown */
    }
    for (size_t i = 0; total > 0 && i < count; i++) {
        edges[i].ratio = population[edges[i].to] / total;
        edges[i].distance = distance;
    }
    return total > 0;
}

static size_t same_from(const step *s, size_t first)
{
    size_t end = first;
    while (end < s->count && s->edges[end].from == s->edges[first].from) {
        end++;
    }
    return end;
}

/* Splits of a step that no nearer file has shared out yet. */
static void share_step(const weighing *w, step *s)
{
    const int64_t distance = distance_of(w->file, s, w->way);
    for (size_t first = 0; first < s->count;) {
        const size_t end = same_from(s, first);
        step_edge *edges = s->edges + first;
        if (edges->distance > distance && !share_by(w->walked, edges, end - first, distance)) {
            (void)share_by(w->told, edges, end - first, distance);
        }
        first = end;
    }
}

/* --- the whole --- */

static void walk_file(weighing *w)
{
    step_list *steps = w->steps;
    size_t own = 0; /* the steps after the file's year begin here */
    while (own < steps->count && w->file->vintage != VINTAGE_NONE &&
           w->way * steps->at[own].after <= w->way * w->file->vintage) {
        own++;
    }
    start_walk(w);
    for (size_t i = own; i < steps->count; i++) {
        walk_step(w, &steps->at[i], false);
        share_step(w, &steps->at[i]);
    }
    start_walk(w);
    for (size_t i = own; i-- > 0;) {
        share_step(w, &steps->at[i]);
        walk_step(w, &steps->at[i], true);
    }
}

static void begin(step_list *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        for (size_t k = 0; k < steps->at[i].count; k++) {
            step_edge *e = &steps->at[i].edges[k];
            e->distance = isnan(e->ratio) ? INT64_MAX : -1; /* -1: told by a passage table */
        }
    }
}

static void share_equally(step *s)
{
    for (size_t first = 0; first < s->count;) {
        const size_t end = same_from(s, first);
        for (size_t i = first; i < end && isnan(s->edges[i].ratio); i++) {
            s->edges[i].ratio = 1 / (double)(end - first);
            s->edges[i].known = end - first == 1;
        }
        first = end;
    }
}

status steps_weigh(const conversion_options *options, arena *memory, step_list *steps,
                   faults *faults_list)
{
    weighing w = {.steps = steps, .way = options->to >= options->from ? 1 : -1};
    status rc = weighing_take(&w, memory, steps->code_count, faults_list);
    begin(steps);
    for (size_t f = 0; rc == STATUS_OK && f < options->weight_count; f++) {
        w.file = &options->weights[f];
        read_file(&w);
        walk_file(&w);
    }
    for (size_t i = 0; rc == STATUS_OK && i < steps->count; i++) {
        share_equally(&steps->at[i]);
    }
    return rc;
}
