#include <string.h>

#include "territory/flows_work.h"
#include "territory/support.h"

/* Workers by mode and occupation: of a residence, or of the whole; those who work in their commune
 * apart, for they alone walk or work at home in numbers. */
typedef struct share_table {
    double inside[SHARE_CELLS], between[SHARE_CELLS];
} share_table;

/* Where the walk through the detail stands: both files are in the order of their pairs. */
typedef struct share_walk {
    size_t next; /* first detail cell of the pair, or after it */
    uint32_t o;  /* of `of_origin` */
    bool has_origin;
    share_table of_origin, of_all;
} share_walk;

static bool within(const flow_cell *c)
{
    return c->o == c->j;
}

static void add_share(share_table *t, const flow_cell *c)
{
    double *cells = within(c) ? t->inside : t->between;
    cells[c->mode * CS_COUNT + c->cs] += c->workers;
}

static double share_total(const double *cells)
{
    double total = 0;
    for (size_t i = 0; i < SHARE_CELLS; i++) {
        total += cells[i];
    }
    return total;
}

static status add_row(flows_work *w, const flow_row *row)
{
    if (w->made_count == w->made_capacity) {
        const size_t capacity = w->made_capacity ? w->made_capacity * 2 : 4096;
        flow_row *grown = memory_resize(w->made, capacity, sizeof *grown);
        if (!grown) {
            error err;
            return fault_of(memory_error(&err, capacity * sizeof *grown), &err, w->list);
        }
        w->made = grown;
        w->made_capacity = capacity;
    }
    w->made[w->made_count++] = *row;
    return STATUS_OK;
}

/* Poisson approximation on census weights, V = n(w-1), where a file tells no variance (METHODS.md
 * 3). */
static double variance_of(const flows_work *w, const flow_cell *c, double scale)
{
    return c->variance >= 0 ? c->variance * scale * scale
                            : c->workers * scale * (w->in->weight - 1);
}

/* The pair's own cells, scaled to its total in the base file. */
static status share_by_pair(flows_work *w, const flow_cell *pair, size_t begin, size_t end,
                            double total)
{
    status rc = STATUS_OK;
    const double scale = pair->workers / total;
    for (size_t i = begin; rc == STATUS_OK && i < end; i++) {
        flow_row row = {.cell = w->detail.at[i], .shares = SHARES_DETAIL};
        row.cell.variance = variance_of(w, &row.cell, scale);
        row.cell.workers *= scale;
        row.cell.row = pair->row;
        rc = add_row(w, &row);
    }
    return rc;
}

static status share_by_table(flows_work *w, const flow_cell *pair, const double *cells,
                             double total, share_source source)
{
    status rc = STATUS_OK;
    for (uint32_t i = 0; rc == STATUS_OK && i < SHARE_CELLS; i++) {
        if (cells[i] > 0) {
            flow_row row = {.cell = *pair, .shares = source};
            row.cell.mode = i / CS_COUNT;
            row.cell.cs = i % CS_COUNT;
            row.cell.workers = pair->workers * (cells[i] / total);
            row.cell.variance = row.cell.workers * (w->in->weight - 1);
            rc = add_row(w, &row);
        }
    }
    return rc;
}

/* Every pair without a detail of its own: by its residence, else by the whole. */
static status share_by_others(flows_work *w, share_walk *walk, const flow_cell *pair)
{
    const double *origin = within(pair) ? walk->of_origin.inside : walk->of_origin.between;
    const double *all = within(pair) ? walk->of_all.inside : walk->of_all.between;
    const double of_origin = walk->has_origin ? share_total(origin) : 0;
    if (of_origin > 0) {
        w->pairs_of[SHARES_DETAIL_ORIGIN]++;
        return share_by_table(w, pair, origin, of_origin, SHARES_DETAIL_ORIGIN);
    }
    const double of_all = share_total(all);
    if (of_all > 0) {
        w->pairs_of[SHARES_DETAIL_ALL]++;
        return share_by_table(w, pair, all, of_all, SHARES_DETAIL_ALL);
    }
    flow_row row = {.cell = *pair, .shares = SHARES_ASSUMED};
    row.cell.variance = variance_of(w, pair, 1);
    w->pairs_of[SHARES_ASSUMED]++;
    return add_row(w, &row);
}

/* Shares of the residence `o`: the cells of the detail that begin at walk->next or before. */
static void enter_origin(const flows_work *w, share_walk *walk, uint32_t o)
{
    if (walk->has_origin && walk->o == o) {
        return;
    }
    while (walk->next < w->detail.count && w->detail.at[walk->next].o < o) {
        walk->next++;
    }
    memset(&walk->of_origin, 0, sizeof walk->of_origin);
    for (size_t i = walk->next; i < w->detail.count && w->detail.at[i].o == o; i++) {
        add_share(&walk->of_origin, &w->detail.at[i]);
    }
    walk->o = o;
    walk->has_origin = true;
}

static status share_pair(flows_work *w, share_walk *walk, const flow_cell *pair)
{
    double total = 0;
    enter_origin(w, walk, pair->o);
    while (walk->next < w->detail.count && w->detail.at[walk->next].o == pair->o &&
           w->detail.at[walk->next].work < pair->work) {
        walk->next++;
    }
    size_t end = walk->next;
    while (end < w->detail.count && same_pair(&w->detail.at[end], pair)) {
        total += w->detail.at[end++].workers;
    }
    if (total > 0) {
        w->pairs_of[SHARES_DETAIL]++;
        const status rc = share_by_pair(w, pair, walk->next, end, total);
        walk->next = end;
        return rc;
    }
    return share_by_others(w, walk, pair);
}

static status share_assumed(flows_work *w, const flow_cell *pair)
{
    double cells[SHARE_CELLS] = {0};
    for (size_t m = 0; w->in->mode_share && w->in->cs_share && m < COMMUTE_MODE_COUNT; m++) {
        for (size_t s = 0; s < CS_COUNT; s++) {
            cells[m * CS_COUNT + s] = w->in->mode_share[m] * w->in->cs_share[s];
        }
    }
    const double total = share_total(cells);
    w->pairs_of[SHARES_ASSUMED]++;
    if (total > 0) {
        return share_by_table(w, pair, cells, total, SHARES_ASSUMED);
    }
    flow_row row = {.cell = *pair, .shares = SHARES_ASSUMED};
    row.cell.variance = variance_of(w, pair, 1);
    return add_row(w, &row);
}

/* The detail alone: its cells are the flows. */
static status share_detail_alone(flows_work *w)
{
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < w->detail.count; i++) {
        flow_row row = {.cell = w->detail.at[i], .shares = SHARES_DETAIL};
        row.cell.variance = variance_of(w, &row.cell, 1);
        rc = add_row(w, &row);
    }
    return rc;
}

status flows_share(flows_work *w)
{
    status rc = STATUS_OK;
    share_walk walk = {0};
    if (!w->in->base) {
        return share_detail_alone(w);
    }
    for (size_t i = 0; i < w->detail.count; i++) {
        add_share(&walk.of_all, &w->detail.at[i]);
    }
    for (size_t i = 0; rc == STATUS_OK && i < w->base.count; i++) {
        rc =
            w->in->detail ? share_pair(w, &walk, &w->base.at[i]) : share_assumed(w, &w->base.at[i]);
    }
    return rc;
}
