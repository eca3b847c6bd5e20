#include "territory/vintage_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/support.h"
#include "territory/vintage_carry.h"
#include "territory/vintage_messages.h"

/* --- ends: where each word of a code column goes --- */

static status take_ends(carrying *w, size_t c)
{
    const column *code = w->code[c];
    size_t most = 1;
    for (uint32_t i = 0; i < code->words.count; i++) {
        size_t links = 0;
        (void)conversion_find(w->by, words_at(&code->words, i), &links);
        most += links ? links : 1;
    }
    status rc = take_array(w->scratch, most, sizeof *w->ends[c], &w->ends[c], w->list);
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, (size_t)code->words.count + 1, sizeof *w->words[c],
                        &w->words[c], w->list);
    }
    return rc;
}

static void end_add(carrying *w, size_t c, size_t *count, const char *target,
                    const vintage_link *link)
{
    w->ends[c][(*count)++] =
        (carry_end){.text = target, .ratio = link ? link->ratio : 1, .link = link};
}

static status find_ends(carrying *w, size_t c)
{
    const column *code = w->code[c];
    size_t count = 0;
    const status rc = take_ends(w, c);
    for (uint32_t i = 0; rc == STATUS_OK && i <= code->words.count; i++) {
        size_t links = 0;
        const char *word = i < code->words.count ? words_at(&code->words, i) : "";
        const vintage_link *link = *word ? conversion_find(w->by, word, &links) : NULL;
        word_ends *ends = &w->words[c][i];
        ends->first = (uint32_t)count;
        if (!link && *word && conversion_loses(w->by, word)) {
            ends->lost = true;
            continue;
        }
        for (size_t k = 0; k < links; k++) {
            end_add(w, c, &count, link[k].to, &link[k]);
        }
        if (!link) {
            end_add(w, c, &count, word, NULL);
        }
        ends->count = (uint32_t)count - ends->first;
    }
    w->end_count[c] = count;
    return rc;
}

/* Targets get numbers in the order of their bytes, shared by both columns. */
static status number_targets(carrying *w)
{
    size_t count = 0;
    for (size_t c = 0; c < w->plan->code_count; c++) {
        count += w->end_count[c];
    }
    const char **all = NULL;
    status rc = take_array(w->scratch, count, sizeof *all, &all, w->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    count = 0;
    for (size_t c = 0; c < w->plan->code_count; c++) {
        for (size_t i = 0; i < w->end_count[c]; i++) {
            all[count++] = w->ends[c][i].text;
        }
    }
    qsort(all, count, sizeof *all, compare_texts);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept || strcmp(all[kept - 1], all[i]) != 0) {
            all[kept++] = all[i];
        }
    }
    w->targets = (const char *const *)all;
    for (size_t c = 0; c < w->plan->code_count; c++) {
        for (size_t i = 0; i < w->end_count[c]; i++) {
            w->ends[c][i].target = (uint32_t)sorted_find(w->targets, kept, w->ends[c][i].text);
        }
    }
    return STATUS_OK;
}

/* --- rows: their canonical rank, and the number of their key --- */

static bool same_value(const column *c, size_t a, size_t b)
{
    if (column_state(c, a) != column_state(c, b)) {
        return false;
    }
    switch (c->type) {
    case COLUMN_F64:
        return !(c->at.f64[a] < c->at.f64[b]) && !(c->at.f64[a] > c->at.f64[b]);
    case COLUMN_I64:
        return c->at.i64[a] == c->at.i64[b];
    case COLUMN_U32:
    case COLUMN_TEXT:
        break;
    }
    return c->at.u32[a] == c->at.u32[b];
}

static status order_rows(carrying *w, bool keys_only, size_t *order)
{
    error err;
    const carry_plan *p = w->plan;
    const char **names = NULL;
    size_t count = 0;
    status rc =
        take_array(w->scratch, p->code_count + p->column_count + 1, sizeof *names, &names, w->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t c = 0; !keys_only && c < p->code_count; c++) {
        names[count++] = p->codes[c];
    }
    for (size_t c = 0; c < p->column_count; c++) {
        if (w->columns[c] && (!keys_only || p->columns[c].rule == CARRY_KEY)) {
            names[count++] = p->columns[c].name;
        }
    }
    return fault_of(table_order(w->t, (const char *const *)names, count, order, &err), &err,
                    w->list);
}

static bool same_key(const carrying *w, size_t a, size_t b)
{
    bool same = true;
    for (size_t c = 0; same && c < w->plan->column_count; c++) {
        same = !w->columns[c] || w->plan->columns[c].rule != CARRY_KEY ||
               same_value(w->columns[c], a, b);
    }
    return same;
}

/* Sums must not depend on the order of the file: rows get their place in the order of all their
 * values. */
static status rank_rows(carrying *w)
{
    size_t *order = NULL;
    const size_t rows = w->t->rows;
    status rc = take_array(w->scratch, rows, sizeof *order, &order, w->list);
    rc = rc == STATUS_OK ? take_array(w->scratch, rows, sizeof *w->rank, &w->rank, w->list) : rc;
    rc = rc == STATUS_OK ? take_array(w->scratch, rows, sizeof *w->key, &w->key, w->list) : rc;
    rc = rc == STATUS_OK ? order_rows(w, false, order) : rc;
    for (size_t i = 0; rc == STATUS_OK && i < rows; i++) {
        w->rank[order[i]] = (uint32_t)i;
    }
    rc = rc == STATUS_OK ? order_rows(w, true, order) : rc;
    for (size_t i = 1; rc == STATUS_OK && i < rows; i++) {
        w->key[order[i]] = w->key[order[i - 1]] + !same_key(w, order[i - 1], order[i]);
    }
    return rc;
}

/* --- pieces --- */

static const word_ends *ends_of(const carrying *w, size_t c, size_t row)
{
    const column *code = w->code[c];
    const bool told = column_state(code, row) == VALUE_PRESENT;
    return &w->words[c][told ? code->at.u32[row] : code->words.count];
}

static status take_pieces(carrying *w)
{
    size_t most = 0;
    for (size_t row = 0; row < w->t->rows; row++) {
        size_t of_row = 1;
        for (size_t c = 0; c < w->plan->code_count; c++) {
            of_row *= ends_of(w, c, row)->count;
        }
        most += of_row;
    }
    status rc = take_array(w->scratch, most, sizeof *w->pieces, &w->pieces, w->list);
    return rc == STATUS_OK ? take_array(w->memory, w->t->rows, sizeof *w->lost, &w->lost, w->list)
                           : rc;
}

static void cut_row(carrying *w, size_t row)
{
    const bool flow = w->plan->code_count > 1;
    const word_ends *first = ends_of(w, 0, row);
    const word_ends *second = flow ? ends_of(w, 1, row) : NULL;
    if (first->lost || (flow && second->lost)) {
        w->lost[w->lost_count++] = row;
        return;
    }
    for (uint32_t i = 0; i < first->count; i++) {
        const carry_end *a = &w->ends[0][first->first + i];
        for (uint32_t k = 0; k < (flow ? second->count : 1); k++) {
            const carry_end *b = flow ? &w->ends[1][second->first + k] : NULL;
            w->pieces[w->piece_count++] = (carry_piece){.target = {a->target, b ? b->target : 0},
                                                        .key = w->key[row],
                                                        .rank = w->rank[row],
                                                        .row = (uint32_t)row,
                                                        .ratio = a->ratio * (b ? b->ratio : 1),
                                                        .link = {a->link, b ? b->link : NULL}};
        }
    }
}

static int compare_pieces(const void *a, const void *b)
{
    const carry_piece *x = a;
    const carry_piece *y = b;
    const uint32_t left[] = {x->target[0], x->target[1], x->key, x->rank};
    const uint32_t right[] = {y->target[0], y->target[1], y->key, y->rank};
    for (size_t i = 0; i < 4; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

static bool same_cell(const carry_piece *a, const carry_piece *b)
{
    return a->target[0] == b->target[0] && a->target[1] == b->target[1] && a->key == b->key;
}

static status find_cells(carrying *w)
{
    qsort(w->pieces, w->piece_count, sizeof *w->pieces, compare_pieces);
    status rc = take_array(w->memory, w->piece_count + 1, sizeof *w->start, &w->start, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < w->piece_count; i++) {
        if (i == 0 || !same_cell(&w->pieces[i - 1], &w->pieces[i])) {
            w->start[w->cell_count++] = i;
        }
    }
    if (rc == STATUS_OK) {
        w->start[w->cell_count] = w->piece_count;
    }
    return rc;
}

/* --- a cell twice in the table --- */

bool carry_is_first_part(const carrying *w, const carry_piece *p)
{
    bool first = true;
    for (size_t c = 0; c < w->plan->code_count; c++) {
        const vintage_link *l = p->link[c];
        first = first && (!l || l == w->by->links || strcmp(l[-1].from, l->from) != 0);
    }
    return first;
}

static bool same_source(const carrying *w, const carry_piece *a, const carry_piece *b)
{
    bool same = same_cell(a, b) && a->row != b->row && carry_is_first_part(w, b);
    for (size_t c = 0; same && c < w->plan->code_count; c++) {
        same = same_value(w->code[c], a->row, b->row);
    }
    return same;
}

static status refuse_repeated(const carrying *w)
{
    size_t refused = 0;
    status rc = STATUS_OK;
    for (size_t i = 1; w->plan->unique && i < w->piece_count; i++) {
        const carry_piece *a = &w->pieces[i - 1];
        const carry_piece *b = &w->pieces[i];
        if (same_source(w, a, b) && ++refused <= READER_MAX_FAULTS) {
            const size_t early = a->row < b->row ? a->row : b->row;
            const size_t late = a->row < b->row ? b->row : a->row;
            rc = faults_refuse(w->list, table_source(w->t, late), M_VINTAGE_REPEATED,
                               column_text(w->code[0], late), w->plan->code_count > 1 ? " → " : "",
                               w->plan->code_count > 1 ? column_text(w->code[1], late) : "",
                               (unsigned long long)table_source(w->t, early).line);
        }
    }
    return rc;
}

/* --- the whole --- */

static status begin(carrying *w)
{
    const carry_plan *p = w->plan;
    status rc =
        take_array(w->scratch, p->column_count + 1, sizeof *w->columns, &w->columns, w->list);
    for (size_t c = 0; rc == STATUS_OK && c < p->code_count; c++) {
        error err;
        rc = fault_of(table_column(w->t, p->codes[c], COLUMN_TEXT, &w->code[c], &err), &err,
                      w->list);
    }
    w->measure = SIZE_MAX;
    for (size_t c = 0; rc == STATUS_OK && c < p->column_count; c++) {
        const carry_rule rule = p->columns[c].rule;
        w->columns[c] = rule == CARRY_SUM || rule == CARRY_MEAN
                            ? number_column_of(w->t, p->columns[c].name)
                            : table_find(w->t, p->columns[c].name);
        if (rule == CARRY_SUM && w->columns[c] && w->measure == SIZE_MAX) {
            w->measure = c;
        }
    }
    return rc;
}

static status cut(carrying *w)
{
    status rc = STATUS_OK;
    for (size_t c = 0; rc == STATUS_OK && c < w->plan->code_count; c++) {
        rc = find_ends(w, c);
    }
    rc = rc == STATUS_OK ? number_targets(w) : rc;
    rc = rc == STATUS_OK ? rank_rows(w) : rc;
    rc = rc == STATUS_OK ? take_pieces(w) : rc;
    for (size_t row = 0; rc == STATUS_OK && row < w->t->rows; row++) {
        cut_row(w, row);
    }
    return rc == STATUS_OK ? find_cells(w) : rc;
}

static status hand_over(carrying *w, carried *out)
{
    uint32_t *row = NULL;
    double *ratio = NULL;
    status rc = take_array(w->memory, w->piece_count, sizeof *row, &row, w->list);
    rc = rc == STATUS_OK ? take_array(w->memory, w->piece_count, sizeof *ratio, &ratio, w->list)
                         : rc;
    for (size_t i = 0; rc == STATUS_OK && i < w->piece_count; i++) {
        row[i] = w->pieces[i].row;
        ratio[i] = w->pieces[i].ratio;
    }
    out->piece_start = w->start;
    out->piece_row = row;
    out->piece_ratio = ratio;
    return rc;
}

status table_carry(const table *t, const carry_plan *plan, const conversion *by, carried *out,
                   faults *faults_list)
{
    error err;
    carrying w = {.t = t, .plan = plan, .by = by, .list = faults_list};
    *out = (carried){0};
    status rc = arena_new(&w.scratch, &err);
    rc = rc == STATUS_OK ? arena_new(&w.memory, &err) : rc;
    rc = fault_of(rc, &err, faults_list);
    out->report.memory = w.memory;
    rc = rc == STATUS_OK ? begin(&w) : rc;
    rc = rc == STATUS_OK ? cut(&w) : rc;
    rc = rc == STATUS_OK ? refuse_repeated(&w) : rc;
    rc = rc == STATUS_OK ? carry_values(&w, &out->rows) : rc;
    rc = rc == STATUS_OK ? carry_account(&w, &out->report) : rc;
    rc = rc == STATUS_OK ? hand_over(&w, out) : rc;
    arena_free(w.scratch);
    if (rc != STATUS_OK) {
        carried_clear(out);
    }
    return rc;
}

void carry_report_clear(carry_report *r)
{
    arena_free(r->memory);
    *r = (carry_report){0};
}

void carried_clear(carried *c)
{
    table_free(c->rows);
    carry_report_clear(&c->report);
    *c = (carried){0};
}

bool carry_is_needed(const conversion *by, const table *t, const char *const *codes,
                     size_t code_count)
{
    for (size_t i = 0; i < code_count; i++) {
        const column *c = text_column(t, codes[i]);
        for (uint32_t k = 0; c && k < c->words.count; k++) {
            size_t count = 0;
            const char *word = words_at(&c->words, k);
            const vintage_link *link = conversion_find(by, word, &count);
            const bool same = link && count == 1 && strcmp(link->from, link->to) == 0;
            if ((link && !same) || (*word && conversion_loses(by, word))) {
                return true;
            }
        }
    }
    return false;
}
