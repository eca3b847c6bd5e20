/* Who lives and works where: rank-size populations, jobs, density levels, groupings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/synthetic/land.h"

enum { STREAM_RANK = 30, STREAM_POPULATION = 31, STREAM_JOBS = 32 };
static const double mean_population = 1900.0; /* France: about 68 M over 35,000 communes */
static const double employed_share =
    0.43; /* employed residents over population, census order of magnitude */

static double squared(double v)
{
    return v * v;
}

static double distance2(const commune *a, const commune *b)
{
    return squared(a->x_m - b->x_m) + squared(a->y_m - b->y_m);
}

/* The n-th town is the commune farthest from the towns before it, with chance; the first is the
 * most central. `nearest` holds the squared distance of each commune to the towns so far. */
static void choose_towns(const land *l, size_t *order, size_t towns, double *nearest)
{
    double x = 0.0, y = 0.0;
    for (size_t c = 0; c < l->count; c++) {
        x += l->communes[c].x_m / (double)l->count;
        y += l->communes[c].y_m / (double)l->count;
    }
    double reach2 = 1.0;
    for (size_t c = 0; c < l->count; c++)
        reach2 = fmax(reach2, squared(l->communes[c].x_m - x) + squared(l->communes[c].y_m - y));
    for (size_t t = 0; t < towns; t++) {
        double best = -1.0;
        for (size_t c = 0; c < l->count; c++) {
            const commune *it = &l->communes[c];
            if (t == 0)
                nearest[c] = 1e30;
            else
                nearest[c] = fmin(nearest[c], distance2(it, &l->communes[order[t - 1]]));
            const double value =
                t == 0 ? 1.0 / (1.0 + squared(it->x_m - x) + squared(it->y_m - y))
                       : nearest[c] * (0.3 + land_uniform(l, STREAM_RANK, c, (uint32_t)t));
            if (value > best) {
                best = value;
                order[t] = c;
            }
        }
    }
}

typedef struct appeal {
    double value;
    size_t commune;
} appeal;
static int by_appeal(const void *a, const void *b)
{
    const appeal *x = a, *y = b;
    if (x->value > y->value || x->value < y->value)
        return x->value > y->value ? -1 : 1;
    return x->commune < y->commune ? -1 : x->commune > y->commune;
}

/* After the towns: suburbs of the large ones first, then the rest by chance. */
static void rank_others(const land *l, size_t *order, size_t towns, appeal *appeals)
{
    size_t count = 0;
    for (size_t c = 0; c < l->count; c++) {
        double value = 0.0;
        int town = 0;
        for (size_t t = 0; t < towns; t++) {
            town |= order[t] == c;
            value += exp(-sqrt(distance2(&l->communes[c], &l->communes[order[t]])) / 7000.0) /
                     (double)(t + 1);
        }
        if (!town)
            appeals[count++] =
                (appeal){.value = value * 3.0 + land_uniform(l, STREAM_RANK, c, 0), .commune = c};
    }
    qsort(appeals, count, sizeof *appeals, by_appeal);
    for (size_t i = 0; i < count; i++)
        order[towns + i] = appeals[i].commune;
}

/* Population of rank r proportional to 1 / r (Zipf), within 12 % of it. */
static void populate(land *l, const size_t *order)
{
    double harmonic = 0.0;
    for (size_t r = 1; r <= l->count; r++)
        harmonic += 1.0 / (double)r;
    const double first = mean_population * (double)l->count / harmonic;
    for (size_t r = 0; r < l->count; r++) {
        commune *it = &l->communes[order[r]];
        const double noise = 0.88 + 0.24 * land_uniform(l, STREAM_POPULATION, order[r], 0);
        it->rank = (uint32_t)r;
        it->population = fmax(18.0, round(first / ((double)r + 1.0) * noise));
        it->employed = round(it->population * employed_share *
                             (0.94 + 0.12 * land_uniform(l, STREAM_POPULATION, order[r], 1)));
    }
}

/* Jobs concentrate in towns: about 150 per 100 employed residents in the first, 45 in villages. */
static void employ(land *l, size_t towns)
{
    double jobs = 0.0, employed = 0.0;
    for (size_t c = 0; c < l->count; c++) {
        commune *it = &l->communes[c];
        const double ratio = it->rank < towns ? 1.55 - 0.35 * (double)it->rank / (double)towns
                                              : 0.30 + 0.45 * land_uniform(l, STREAM_JOBS, c, 0);
        it->jobs = it->employed * ratio;
        jobs += it->jobs;
        employed += it->employed;
    }
    for (size_t c = 0; c < l->count; c++)
        l->communes[c].jobs *= employed / jobs;
}

/* In the manner of the seven-level density grid: by population and inhabitants per km2. */
static uint32_t density_level(const commune *c, size_t towns)
{
    const double density = c->population / c->area_km2;
    if (c->population > 50000.0 && density > 1000.0)
        return 1;
    if (c->population > 15000.0 && density > 500.0)
        return 2;
    if (c->rank < towns)
        return c->population > 5000.0 ? 4 : 5;
    if (density > 300.0)
        return 3;
    return density > 90.0 ? 5 : density > 25.0 ? 6 : 7;
}

/* Each commune joins the head (one of the `heads` largest) that attracts it most: size over squared
 * distance. */
static uint32_t head_of(const land *l, const size_t *order, size_t heads, size_t c)
{
    double best = -1.0;
    size_t chosen = order[0];
    for (size_t h = 0; h < heads; h++) {
        const commune *head = &l->communes[order[h]];
        const double pull =
            order[h] == c ? 1e30
                          : pow(head->population, 0.4) / (1e6 + distance2(head, &l->communes[c]));
        if (pull > best) {
            best = pull;
            chosen = order[h];
        }
    }
    return (uint32_t)chosen;
}

static size_t heads_for(size_t communes, size_t communes_per_head)
{
    return communes / communes_per_head > 1 ? communes / communes_per_head : 2;
}

status land_people(land *l, error *err)
{
    const size_t towns = heads_for(l->count, 24);
    size_t *order = arena_take(l->memory, l->count, sizeof *order);
    appeal *appeals = arena_take(l->memory, l->count, sizeof *appeals);
    double *nearest = arena_take(l->memory, l->count, sizeof *nearest);
    if (order == NULL || appeals == NULL || nearest == NULL)
        return memory_error(err, l->count * sizeof *appeals);
    choose_towns(l, order, towns, nearest);
    rank_others(l, order, towns, appeals);
    populate(l, order);
    employ(l, towns);
    for (size_t c = 0; c < l->count; c++) {
        commune *it = &l->communes[c];
        it->density7 = density_level(it, towns);
        it->epci = head_of(l, order, towns, c);
        it->bassin_vie = head_of(l, order, heads_for(l->count, 30), c);
        it->zone_emploi = head_of(l, order, heads_for(l->count, 115), c);
        it->arrondissement = head_of(l, order, heads_for(l->count, 110), c);
    }
    return STATUS_OK;
}
