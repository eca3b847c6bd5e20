/* Figures of places brought up to territories, by the rule that each output declares. */
#include <string.h>

#include "base/blocks.h"
#include "engine/results/results_model.h"

status members_build(const territory *t, const grouping *g, members *out, error *err)
{
    *out = (members){.start = memory_new(g->group_count + 1, sizeof *out->start),
                     .place = memory_new(t->place_count, sizeof *out->place)};
    uint64_t *next = memory_new(g->group_count + 1, sizeof *next);
    if (out->start == NULL || out->place == NULL || next == NULL) {
        memory_free(next);
        return memory_error(err, t->place_count * sizeof *out->place);
    }
    for (size_t p = 0; p < t->place_count; p++) {
        if (t->kept[p] && g->of_place[p] < g->group_count)
            out->start[g->of_place[p] + 1]++;
    }
    for (size_t i = 0; i < g->group_count; i++)
        out->start[i + 1] += out->start[i];
    memcpy(next, out->start, (g->group_count + 1) * sizeof *next);
    for (size_t p = 0; p < t->place_count; p++) {
        if (t->kept[p] && g->of_place[p] < g->group_count)
            out->place[next[g->of_place[p]]++] = (uint32_t)p;
    }
    memory_free(next);
    return STATUS_OK;
}

void members_clear(members *m)
{
    memory_free(m->start);
    memory_free(m->place);
    *m = (members){.start = NULL};
}

static size_t is_beyond(const value_source *s, size_t row)
{
    return s->state != NULL && s->state[row] == VALUE_BEYOND_LIMIT;
}

static bool number_of(const value_source *s, size_t row, double *out)
{
    if (s->values == NULL || (s->state != NULL && s->state[row] != VALUE_PRESENT))
        return false;
    if (s->type == COLUMN_F64)
        *out = ((const double *)s->values)[row];
    else if (s->type == COLUMN_I64)
        *out = (double)((const int64_t *)s->values)[row];
    else
        *out = (double)((const uint32_t *)s->values)[row];
    return true;
}

/* Sums over present members in place order: plain within blocks, pairwise over them. A group where
 * no member has a value is missing; a mean over a weight of zero is a rate over nobody. */
value_state aggregate_group(const aggregate_rule *a, const members *m, size_t group, double *out)
{
    double *values = a->work, *weights = a->work + a->places;
    size_t known = 0, beyond = 0;
    *out = 0.0;
    for (uint64_t i = m->start[group]; i < m->start[group + 1]; i++) {
        double value = 0.0, weight = 1.0;
        beyond += is_beyond(&a->value, m->place[i]);
        if (!number_of(&a->value, m->place[i], &value))
            continue;
        if (a->rule == BASSIN_AGGREGATE_MEAN && !number_of(&a->weight, m->place[i], &weight))
            continue;
        values[known] = value * weight;
        weights[known++] = weight;
    }
    if (known == 0 && beyond > 0)
        return VALUE_BEYOND_LIMIT;
    if (known == 0)
        return m->start[group] == m->start[group + 1] ? VALUE_NOT_APPLICABLE : VALUE_MISSING;
    double sum = blocks_sum(values, known);
    if (a->rule == BASSIN_AGGREGATE_MEAN) {
        double weight = blocks_sum(weights, known);
        if (!(weight > 0.0))
            return VALUE_NOT_APPLICABLE;
        sum /= weight;
    }
    *out = sum;
    return VALUE_PRESENT;
}
