/* Shares of splits: by the population of the parts on the later side of the step. */
#include <math.h>
#include <stdlib.h>

#include "territory/support.h"
#include "territory/vintage_steps.h"

/* One population file, by code of the steps; NaN where it has none. */
typedef struct weighing {
    double **population; /* one array a file */
    const split_weights *files;
    size_t file_count;
    size_t *order; /* of the files, for the step at hand */
} weighing;

static status read_weights(weighing *w, const conversion_options *options, arena *memory,
                           const step_list *steps, faults *list)
{
    w->files = options->weights;
    w->file_count = options->weight_count;
    status rc = take_array(memory, w->file_count, sizeof(double *), &w->population, list);
    rc = rc == STATUS_OK ? take_array(memory, w->file_count, sizeof *w->order, &w->order, list)
                         : rc;
    for (size_t f = 0; rc == STATUS_OK && f < w->file_count; f++) {
        const table *t = w->files[f].rows;
        const column *code = text_column(t, "code");
        const column *value = number_column_of(t, "population");
        rc = take_array(memory, steps->code_count, sizeof(double), &w->population[f], list);
        for (size_t c = 0; rc == STATUS_OK && c < steps->code_count; c++) {
            w->population[f][c] = (double)NAN;
        }
        for (size_t row = 0; rc == STATUS_OK && code && value && row < t->rows; row++) {
            const size_t c = sorted_find((const char *const *)steps->code, steps->code_count,
                                         column_text(code, row));
            if (c < steps->code_count && column_state(value, row) == VALUE_PRESENT) {
                w->population[f][c] = value->at.f64[row];
            }
        }
    }
    return rc;
}

/* How far a file is from the year wanted: those of that year and beyond it first (the parts exist
 * there as the step makes them), then the others, then those of an unknown year. */
static int64_t distance_of(const split_weights *file, const step *s)
{
    const int32_t way = s->after >= s->before ? 1 : -1;
    const int64_t ahead = (int64_t)way * (file->vintage - s->after);
    if (file->vintage == VINTAGE_NONE) {
        return INT32_MAX;
    }
    return ahead >= 0 ? ahead : 10000 - ahead;
}

static void order_files(weighing *w, const step *s)
{
    for (size_t f = 0; f < w->file_count; f++) {
        size_t at = f;
        while (at > 0 && distance_of(&w->files[w->order[at - 1]], s) >
                             distance_of(&w->files[f], s)) {
            w->order[at] = w->order[at - 1];
            at--;
        }
        w->order[at] = f;
    }
}

static bool weigh_by(const double *population, step_edge *edges, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += population[edges[i].to]; /* NaN where one is unknown */
    }
    for (size_t i = 0; total > 0 && i < count; i++) {
        edges[i].ratio = population[edges[i].to] / total;
    }
    return total > 0;
}

static void weigh(weighing *w, step_edge *edges, size_t count)
{
    for (size_t f = 0; f < w->file_count; f++) {
        if (weigh_by(w->population[w->order[f]], edges, count)) {
            return;
        }
    }
    for (size_t i = 0; i < count; i++) {
        edges[i].ratio = 1 / (double)count;
        edges[i].known = count == 1;
    }
}

status steps_weigh(const conversion_options *options, arena *memory, step_list *steps,
                   faults *faults_list)
{
    weighing w = {0};
    const status rc = read_weights(&w, options, memory, steps, faults_list);
    for (size_t i = 0; rc == STATUS_OK && i < steps->count; i++) {
        step *s = &steps->at[i];
        order_files(&w, s);
        for (size_t first = 0; first < s->count;) {
            size_t end = first;
            while (end < s->count && s->edges[end].from == s->edges[first].from) {
                end++;
            }
            if (isnan(s->edges[first].ratio)) {
                weigh(&w, s->edges + first, end - first);
            }
            first = end;
        }
    }
    return rc;
}
