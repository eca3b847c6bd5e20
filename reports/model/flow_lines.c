/* The main commuting flows, one line a residence-work pair. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "geo/projection.h"
#include "reports/model/build.h"

typedef struct flow_columns {
    const column *residence, *work, *workers; /* codes of communes */
    const column *lon, *lat;                  /* of the work place; NULL: not given */
    const column *work_name;                  /* NULL: not given */
} flow_columns;

static bool flow_columns_find(const table *t, flow_columns *out)
{
    *out = (flow_columns){table_find(t, "o"),     table_find(t, "j"),     table_find(t, "workers"),
                          table_find(t, "lon_b"), table_find(t, "lat_b"), table_find(t, "j_name")};
    return out->residence && out->residence->type == COLUMN_TEXT && out->work &&
           out->work->type == COLUMN_TEXT && out->workers;
}

static status code_number(interner *codes, const char *code, uint32_t *out, error *err)
{
    return interner_add(codes, text_slice_of(code, strlen(code)), out, err);
}

/* Codes of places are distinct and come first: their numbers are rows. Others are outside. */
static status places_number(const report_model *m, interner *codes, error *err)
{
    status s = STATUS_OK;
    for (size_t p = 0; p < m->places->rows->rows && s == STATUS_OK; p++) {
        uint32_t number = 0;
        s = code_number(codes, m->place_code[p], &number, err);
    }
    return s;
}

typedef struct pair {
    uint32_t residence, work; /* numbers of codes */
    size_t row;               /* rows of one pair are summed in their order */
    double workers;
} pair;

static int pair_by_places(const void *a, const void *b)
{
    const pair *const p = a, *const q = b;
    if (p->residence != q->residence)
        return p->residence < q->residence ? -1 : 1;
    if (p->work != q->work)
        return p->work < q->work ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

static int pair_by_workers(const void *a, const void *b)
{
    const pair *const p = a, *const q = b;
    if (p->workers != q->workers)
        return p->workers > q->workers ? -1 : 1;
    return pair_by_places(a, b);
}

static size_t pairs_merge(pair *pairs, size_t count)
{
    size_t merged = 0;
    qsort(pairs, count, sizeof *pairs, pair_by_places);
    for (size_t i = 0; i < count; i++) {
        pair *const last = merged > 0 ? &pairs[merged - 1] : NULL;
        if (last && last->residence == pairs[i].residence && last->work == pairs[i].work)
            last->workers += pairs[i].workers;
        else
            pairs[merged++] = pairs[i];
    }
    qsort(pairs, merged, sizeof *pairs, pair_by_workers);
    return merged;
}

static status pairs_gather(const report_model *m, const flow_columns *c, interner *codes,
                           size_t rows, pair *pairs, size_t *count, error *err)
{
    status s = places_number(m, codes, err);
    *count = 0;
    for (size_t row = 0; row < rows && s == STATUS_OK; row++) {
        pair p = {.row = row};
        if (!value_number(c->workers, row, &p.workers))
            continue;
        s = code_number(codes, column_text(c->residence, row), &p.residence, err);
        if (s == STATUS_OK)
            s = code_number(codes, column_text(c->work, row), &p.work, err);
        if (s == STATUS_OK && p.residence < m->places->rows->rows && p.residence != p.work)
            pairs[(*count)++] = p;
    }
    if (s == STATUS_OK)
        *count = pairs_merge(pairs, *count);
    return s;
}

/* The point of a work place that is not in the table places, from its degrees. */
static status outside_point(const results *r, const flow_columns *c, size_t row, double *x,
                            double *y, error *err)
{
    enum { DEGREES = 4326 };
    projection *p = NULL;
    *x = *y = NAN;
    if (!c->lon || !c->lat || !value_number(c->lon, row, x) || !value_number(c->lat, row, y)) {
        *x = *y = NAN;
        return STATUS_OK;
    }
    if (r->epsg == DEGREES)
        return STATUS_OK;
    status s = projection_new(&p, DEGREES, r->epsg, err);
    if (s == STATUS_OK)
        s = projection_apply(p, x, y, 1, NULL, err);
    projection_free(p);
    return s;
}

/* Names of the margin stand in the table of flows only. */
static const char *name_of_work(const report_model *m, const flow_columns *c, const pair *p)
{
    const bool inside = p->work < m->places->rows->rows;
    if (inside && *m->place_name[p->work])
        return m->place_name[p->work];
    const column *const name = c->work_name;
    const bool said = name && name->type == COLUMN_TEXT &&
                      column_state(name, p->row) == VALUE_PRESENT && *column_text(name, p->row);
    if (said)
        return clean_copy(m->memory, column_text(name, p->row));
    return inside ? m->place_code[p->work] : "";
}

static status line_make(const report_model *m, const flow_columns *c, const pair *p, flow_line *out,
                        error *err)
{
    const results *const r = m->results;
    const bool inside = p->work < m->places->rows->rows;
    *out = (flow_line){.x_a = r->place_x_m[p->residence],
                       .y_a = r->place_y_m[p->residence],
                       .workers = p->workers,
                       .residence = p->residence,
                       .work = inside ? p->work : (uint32_t)ROW_NONE,
                       .work_name = name_of_work(m, c, p)};
    if (!out->work_name)
        return memory_error(err, 256);
    if (!inside)
        return outside_point(r, c, p->row, &out->x_b, &out->y_b, err);
    out->x_b = r->place_x_m[p->work];
    out->y_b = r->place_y_m[p->work];
    return STATUS_OK;
}

/* Pairs come by workers, the largest first: the first of a residence is its main flow out. */
static size_t pairs_keep_main(pair *pairs, size_t count, uint8_t *seen)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!seen[pairs[i].residence])
            pairs[kept++] = pairs[i];
        seen[pairs[i].residence] = 1;
    }
    return kept;
}

static status lines_keep(report_model *m, const flow_columns *c, const pair *pairs, size_t count,
                         error *err)
{
    flow_line *const lines = arena_take(m->memory, FLOW_LINES_MAX, sizeof *lines);
    status s = lines ? STATUS_OK : memory_error(err, FLOW_LINES_MAX * sizeof *lines);
    for (size_t i = 0; s == STATUS_OK && i < count && pairs[i].workers >= FLOW_SHOWN_FROM; i++) {
        if (m->flow_count == FLOW_LINES_MAX) {
            m->flow_hidden++;
            continue;
        }
        flow_line *const line = &lines[m->flow_count];
        s = line_make(m, c, &pairs[i], line, err);
        m->flow_count +=
            isfinite(line->x_a) && isfinite(line->y_a) && isfinite(line->x_b) && isfinite(line->y_b)
                ? 1
                : 0;
    }
    m->flows = lines;
    return s;
}

status flow_lines_build(report_model *m, error *err)
{
    const result_table *const t = results_find(m->results, "flows");
    flow_columns c;
    if (!t || !m->places || !flow_columns_find(t->rows, &c))
        return STATUS_OK;
    interner *codes = NULL;
    pair *const pairs = memory_new(t->rows->rows, sizeof *pairs);
    size_t count = 0;
    status s = pairs ? interner_new(&codes, err) : memory_error(err, t->rows->rows * sizeof *pairs);
    if (s == STATUS_OK)
        s = pairs_gather(m, &c, codes, t->rows->rows, pairs, &count, err);
    uint8_t *const seen = memory_new(m->places->rows->rows + 1, 1);
    if (s == STATUS_OK && !seen)
        s = memory_error(err, m->places->rows->rows);
    if (s == STATUS_OK)
        s = lines_keep(m, &c, pairs, pairs_keep_main(pairs, count, seen), err);
    memory_free(seen);
    interner_free(codes);
    memory_free(pairs);
    return s;
}
