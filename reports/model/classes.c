/* Class breaks: quantiles, equal intervals, Fisher-Jenks; and their rounding for a legend. */
#include "reports/model/classes.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

size_t class_of(double value, const double *breaks, size_t break_count)
{
    size_t k = 0;
    while (k < break_count && breaks[k] <= value)
        k++;
    return k;
}

/* Keeps a break when it leaves values on both sides of it and above the break before. */
static void keep_break(const double *sorted, size_t count, double value, double *breaks,
                       size_t *kept)
{
    if (value > sorted[0] && value <= sorted[count - 1] &&
        (*kept == 0 || value > breaks[*kept - 1]))
        breaks[(*kept)++] = value;
}

size_t classes_quantile(const double *sorted, size_t count, size_t class_count, double *breaks)
{
    size_t kept = 0;
    for (size_t k = 1; count > 0 && k < class_count; k++) {
        /* Nearest rank: the first value that k/class_count of the values are below. */
        const size_t rank = (size_t)ceil((double)k * (double)count / (double)class_count);
        keep_break(sorted, count, sorted[rank < count ? rank : count - 1], breaks, &kept);
    }
    return kept;
}

size_t classes_equal(const double *sorted, size_t count, size_t class_count, double *breaks)
{
    size_t kept = 0;
    if (count == 0)
        return 0;
    const double low = sorted[0], width = (sorted[count - 1] - low) / (double)class_count;
    for (size_t k = 1; k < class_count; k++)
        keep_break(sorted, count, low + width * (double)k, breaks, &kept);
    return kept;
}

enum { JENKS_DISTINCT_MAX = 2000 };

/* Distinct values with how often they occur, and prefix sums of weight, weight*x, weight*x*x about
 * the mean (so that squares do not swallow the differences). */
typedef struct jenks {
    size_t count, class_count;
    double *value, *weight, *sum, *square; /* sums have count + 1 */
    double *cost, *next; /* least cost of the first i values in k and k + 1 classes */
    uint32_t *from;      /* class_count x (count + 1): where the last class begins */
} jenks;

static void jenks_clear(jenks *j)
{
    memory_free(j->value);
    memory_free(j->weight);
    memory_free(j->sum);
    memory_free(j->square);
    memory_free(j->cost);
    memory_free(j->next);
    memory_free(j->from);
}

static status jenks_new(jenks *j, size_t capacity, size_t class_count, error *err)
{
    *j = (jenks){.class_count = class_count};
    j->value = memory_new(capacity, sizeof *j->value);
    j->weight = memory_new(3 * capacity + 3, sizeof *j->weight);
    j->sum = memory_new(capacity + 1, sizeof *j->sum);
    j->square = memory_new(capacity + 1, sizeof *j->square);
    j->cost = memory_new(capacity + 1, sizeof *j->cost);
    j->next = memory_new(capacity + 1, sizeof *j->next);
    j->from = memory_new((capacity + 1) * (class_count + 1), sizeof *j->from);
    if (j->value && j->weight && j->sum && j->square && j->cost && j->next && j->from)
        return STATUS_OK;
    jenks_clear(j);
    *j = (jenks){0};
    return memory_error(err, capacity * sizeof(double));
}

static size_t distinct_count(const double *sorted, size_t count)
{
    size_t distinct = count > 0;
    for (size_t i = 1; i < count; i++)
        distinct += sorted[i] > sorted[i - 1];
    return distinct;
}

static void jenks_gather(jenks *j, const double *sorted, size_t count, bool thinned)
{
    const size_t steps = thinned ? JENKS_DISTINCT_MAX : count;
    for (size_t i = 0; i < steps; i++) {
        const double x = sorted[thinned ? i * (count - 1) / (steps - 1) : i];
        if (j->count == 0 || x > j->value[j->count - 1])
            j->value[j->count++] = x;
        j->weight[j->count - 1] += 1;
    }
}

static void jenks_prefix(jenks *j)
{
    double total = 0, weight = 0;
    for (size_t i = 0; i < j->count; i++) {
        total += j->weight[i] * j->value[i];
        weight += j->weight[i];
    }
    const double mean = total / weight;
    double *const cumulated = j->weight + j->count;
    cumulated[0] = 0;
    for (size_t i = 0; i < j->count; i++) {
        const double x = j->value[i] - mean, w = j->weight[i];
        cumulated[i + 1] = cumulated[i] + w;
        j->sum[i + 1] = j->sum[i] + w * x;
        j->square[i + 1] = j->square[i] + w * x * x;
    }
}

/* Squared deviations of values begin..end from their mean. */
static double jenks_spread(const jenks *j, size_t begin, size_t end)
{
    const double *const cumulated = j->weight + j->count;
    const double w = cumulated[end] - cumulated[begin], s = j->sum[end] - j->sum[begin];
    return fmax(0, j->square[end] - j->square[begin] - s * s / w);
}

static void jenks_step(jenks *j, size_t k)
{
    uint32_t *const from = j->from + k * (j->count + 1);
    for (size_t end = k; end <= j->count; end++) {
        double best = INFINITY;
        for (size_t begin = k - 1; begin < end; begin++) {
            const double cost = j->cost[begin] + jenks_spread(j, begin, end);
            if (cost < best) {
                best = cost;
                from[end] = (uint32_t)begin;
            }
        }
        j->next[end] = best;
    }
    memcpy(j->cost, j->next, (j->count + 1) * sizeof *j->cost);
    for (size_t i = 0; i < k; i++)
        j->cost[i] = INFINITY;
}

static void jenks_solve(jenks *j, double *breaks, size_t *break_count)
{
    for (size_t i = 0; i <= j->count; i++)
        j->cost[i] = i == 0 ? 0 : INFINITY;
    for (size_t k = 1; k <= j->class_count; k++)
        jenks_step(j, k);
    size_t end = j->count;
    for (size_t k = j->class_count; k > 1; k--) {
        end = j->from[k * (j->count + 1) + end];
        breaks[k - 2] = j->value[end];
    }
    *break_count = j->class_count - 1;
}

status classes_jenks(const double *sorted, size_t count, size_t class_count, double *breaks,
                     size_t *break_count, error *err)
{
    jenks j = {0};
    *break_count = 0;
    const size_t distinct = distinct_count(sorted, count);
    if (distinct < 2 || class_count < 2)
        return STATUS_OK;
    const bool thinned = distinct > JENKS_DISTINCT_MAX;
    const size_t capacity = thinned ? JENKS_DISTINCT_MAX : distinct;
    const status s = jenks_new(&j, capacity, class_count < capacity ? class_count : capacity, err);
    if (s != STATUS_OK)
        return s;
    jenks_gather(&j, sorted, count, thinned);
    if (j.class_count > j.count)
        j.class_count = j.count;
    jenks_prefix(&j);
    jenks_solve(&j, breaks, break_count);
    jenks_clear(&j);
    return STATUS_OK;
}

/* Values strictly below a break. */
static size_t count_below(const double *sorted, size_t count, double value)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A rounded break may move a few values near it to the next class: at most one in fifty. */
static bool rounding_fits(const double *sorted, size_t count, double exact, double rounded)
{
    const size_t a = count_below(sorted, count, exact), b = count_below(sorted, count, rounded);
    const size_t moved = a > b ? a - b : b - a;
    return b > 0 && b < count && moved * 50 <= count;
}

/* The break with fewest digits: to the nearest, or just below, since any number down to the value
 * before the break cuts the same classes. */
static double break_rounded(const double *sorted, size_t count, double exact, double above)
{
    const double size = fmax(fabs(sorted[count - 1]), fabs(sorted[0]));
    const int top = size > 0 ? (int)floor(log10(size)) : 0;
    for (int digits = 0; digits < 6; digits++) {
        const double step = pow(10, digits - top);
        const double tries[] = {round(exact * step) / step, floor(exact * step) / step};
        for (size_t i = 0; i < 2; i++) {
            if (tries[i] > above && rounding_fits(sorted, count, exact, tries[i]))
                return tries[i];
        }
    }
    return exact;
}

void classes_round(const double *sorted, size_t count, double *breaks, size_t *break_count)
{
    size_t kept = 0;
    for (size_t k = 0; k < *break_count; k++) {
        const double above = kept > 0 ? breaks[kept - 1] : -INFINITY;
        const double chosen = break_rounded(sorted, count, breaks[k], above);
        if (chosen > above)
            breaks[kept++] = chosen;
    }
    *break_count = kept;
}
