/* The main commuting flows, one line a residence-work pair. */
#include <math.h>
#include <string.h>
#include <stdlib.h>

#include "base/hash.h"
#include "reports/model/build.h"

/* Columns of the table flows under the names that it may give them. */
static const char *const residence_names[] = {"residence", "residence_code", "origin", "code", "o", NULL};
static const char *const work_names[] = {"work", "work_code", "destination", "j", NULL};

static const column *text_column(const table *t, const char *const *names)
{
    for (size_t i = 0; names[i]; i++) {
        const column *const c = table_find(t, names[i]);
        if (c && c->type == COLUMN_TEXT)
            return c;
    }
    return NULL;
}

typedef struct flow_columns {
    const column *residence, *work, *workers;
} flow_columns;

static bool flow_columns_find(const table *t, flow_columns *out)
{
    *out = (flow_columns){text_column(t, residence_names), text_column(t, work_names), table_find(t, "workers")};
    return out->residence && out->work && out->workers;
}

static status places_index(const report_model *m, interner *codes, error *err)
{
    for (size_t p = 0; p < m->places->rows->rows; p++) {
        uint32_t index = 0;
        const char *const code = m->place_code[p];
        const status s = interner_add(codes, text_slice_of(code, strlen(code)), &index, err);
        if (s != STATUS_OK)
            return s;
    }
    return STATUS_OK;
}

/* Codes are distinct and interned in row order: the index is the row. */
static uint32_t place_of(const interner *codes, const column *c, size_t row, size_t places)
{
    const char *const code = column_text(c, row);
    const uint32_t at = interner_find(codes, text_slice_of(code, strlen(code)));
    return at == INTERN_NONE || at >= places ? (uint32_t)ROW_NONE : at;
}

typedef struct pair {
    uint32_t residence, work;
    size_t row; /* rows of one pair are summed in their order */
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

static size_t pairs_gather(const report_model *m, const flow_columns *c, const interner *codes, size_t rows, pair *pairs)
{
    const size_t places = m->places->rows->rows;
    size_t count = 0;
    for (size_t row = 0; row < rows; row++) {
        pair p = {.residence = place_of(codes, c->residence, row, places),
                  .work = place_of(codes, c->work, row, places),
                  .row = row};
        if (p.residence != ROW_NONE && p.work != ROW_NONE && p.residence != p.work &&
            value_number(c->workers, row, &p.workers))
            pairs[count++] = p;
    }
    qsort(pairs, count, sizeof *pairs, pair_by_places);
    size_t merged = 0;
    for (size_t i = 0; i < count; i++) {
        if (merged > 0 && pairs[merged - 1].residence == pairs[i].residence && pairs[merged - 1].work == pairs[i].work)
            pairs[merged - 1].workers += pairs[i].workers;
        else
            pairs[merged++] = pairs[i];
    }
    qsort(pairs, merged, sizeof *pairs, pair_by_workers);
    return merged;
}

static bool pair_drawn(const results *r, const pair *p)
{
    return isfinite(r->place_x_m[p->residence]) && isfinite(r->place_x_m[p->work]);
}

static status lines_keep(report_model *m, const pair *pairs, size_t count, error *err)
{
    const results *const r = m->results;
    flow_line *const lines = arena_take(m->memory, FLOW_LINES_MAX, sizeof *lines);
    if (!lines)
        return memory_error(err, FLOW_LINES_MAX * sizeof *lines);
    for (size_t i = 0; i < count && pairs[i].workers >= FLOW_SHOWN_FROM; i++) {
        const pair *const p = &pairs[i];
        if (m->flow_count == FLOW_LINES_MAX) {
            m->flow_hidden++;
        } else if (pair_drawn(r, p)) {
            lines[m->flow_count++] = (flow_line){
                .x_a = r->place_x_m[p->residence], .y_a = r->place_y_m[p->residence],
                .x_b = r->place_x_m[p->work], .y_b = r->place_y_m[p->work],
                .workers = p->workers, .residence = p->residence, .work = p->work,
            };
        }
    }
    m->flows = lines;
    return STATUS_OK;
}

status flow_lines_build(report_model *m, error *err)
{
    const result_table *const t = results_find(m->results, "flows");
    flow_columns c;
    if (!t || !m->places || !flow_columns_find(t->rows, &c))
        return STATUS_OK;
    interner *codes = NULL;
    pair *pairs = NULL;
    status s = interner_new(&codes, err);
    if (s == STATUS_OK)
        s = places_index(m, codes, err);
    if (s != STATUS_OK)
        goto done;
    pairs = memory_new(t->rows->rows, sizeof *pairs);
    if (!pairs) {
        s = memory_error(err, t->rows->rows * sizeof *pairs);
        goto done;
    }
    s = lines_keep(m, pairs, pairs_gather(m, &c, codes, t->rows->rows, pairs), err);
done:
    memory_free(pairs);
    interner_free(codes);
    return s;
}
