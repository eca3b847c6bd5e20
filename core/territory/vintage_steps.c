#include "territory/vintage_steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "territory/codes.h"
#include "territory/support.h"
#include "territory/vintage_messages.h"

enum { ARRONDISSEMENT_COUNT = 45 };
static const double SHARE_TOLERANCE = 1e-6;

/* One row of a passage table. */
typedef struct passage_row {
    uint32_t from, to, row;
    int32_t before, after;
    double ratio;
} passage_row;

typedef struct stepping {
    const conversion_options *options;
    arena *memory;
    faults *list;
    step_list *out;
    passage_row *rows;
    size_t row_count;
    int32_t first, last; /* years that the passage covers; both 0: none */
} stepping;

/* --- codes --- */

static void arrondissement(size_t i, char *out)
{
    static const struct {
        unsigned first;
        size_t count;
    } towns[] = {{75101, 20}, {69381, 9}, {13201, 16}};
    size_t town = 0;
    while (i >= towns[town].count) {
        i -= towns[town++].count;
    }
    unsigned code = towns[town].first + (unsigned)i;
    for (size_t k = COMMUNE_CODE_BYTES; k-- > 0; code /= 10) {
        out[k] = (char)('0' + code % 10);
    }
    out[COMMUNE_CODE_BYTES] = '\0';
}

static status add_words(stepping *s, const table *t, const char *name, size_t *count)
{
    const column *c = text_column(t, name);
    for (uint32_t i = 0; c && i < c->words.count; i++) {
        if (*words_at(&c->words, i)) {
            s->out->code[(*count)++] = words_at(&c->words, i);
        }
    }
    return STATUS_OK;
}

static size_t words_of(const table *t, const char *name)
{
    const column *c = text_column(t, name);
    return c ? c->words.count : 0;
}

static status add_arrondissements(stepping *s, size_t *count)
{
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < ARRONDISSEMENT_COUNT; i++) {
        error err;
        char code[COMMUNE_CODE_BYTES + 1];
        arrondissement(i, code);
        s->out->code[*count] = arena_text(s->memory, code);
        s->out->code[*count + 1] = commune_of_arrondissement(code);
        rc = s->out->code[*count] ? STATUS_OK
                                  : fault_of(memory_error(&err, sizeof code), &err, s->list);
        *count += 2;
    }
    return rc;
}

/* Every code that a step may name, in the order of its bytes. */
static status number_codes(stepping *s)
{
    const vintage_history *h = s->options->history;
    const table *passage = s->options->passage ? s->options->passage->rows : NULL;
    size_t count = 0;
    size_t most = 2 * (size_t)ARRONDISSEMENT_COUNT + (h ? h->code_count : 0);
    most += 2 * s->options->fold_count;
    most += passage ? words_of(passage, "from") + words_of(passage, "to") : 0;
    status rc = take_array(s->memory, most, sizeof *s->out->code, &s->out->code, s->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; h && i < h->code_count; i++) {
        s->out->code[count++] = h->code[i];
    }
    for (size_t i = 0; i < s->options->fold_count; i++) {
        s->out->code[count++] = s->options->folds[i].from;
        s->out->code[count++] = s->options->folds[i].to;
    }
    if (passage) {
        rc = add_words(s, passage, "from", &count);
        rc = rc == STATUS_OK ? add_words(s, passage, "to", &count) : rc;
    }
    if (rc == STATUS_OK && s->options->arrondissements != ARRONDISSEMENTS_AS_THEY_ARE) {
        rc = add_arrondissements(s, &count);
    }
    qsort(s->out->code, count, sizeof *s->out->code, compare_texts);
    for (size_t i = 0; i < count; i++) {
        const size_t kept = s->out->code_count;
        if (!kept || strcmp(s->out->code[kept - 1], s->out->code[i]) != 0) {
            s->out->code[s->out->code_count++] = s->out->code[i];
        }
    }
    return rc;
}

static uint32_t code_number(const stepping *s, const char *code)
{
    return (uint32_t)sorted_find((const char *const *)s->out->code, s->out->code_count, code);
}

/* --- the passage table --- */

static int compare_passage(const void *a, const void *b)
{
    const passage_row *x = a;
    const passage_row *y = b;
    if (x->after != y->after) {
        return x->after < y->after ? -1 : 1;
    }
    if (x->before != y->before) {
        return x->before < y->before ? -1 : 1;
    }
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return x->to != y->to ? (x->to < y->to ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

static int64_t year_at(const column *c, size_t row, int64_t otherwise)
{
    const bool told = c && c->type == COLUMN_I64 && column_state(c, row) == VALUE_PRESENT;
    return told ? c->at.i64[row] : otherwise;
}

static status read_passage(stepping *s)
{
    const table *t = s->options->passage->rows;
    const column *from = text_column(t, "from");
    const column *to = text_column(t, "to");
    const column *ratio = number_column_of(t, "ratio");
    const column *before = table_find(t, "year_from");
    const column *after = table_find(t, "year_to");
    status rc = take_array(s->memory, t->rows, sizeof *s->rows, &s->rows, s->list);
    for (size_t row = 0; s->rows && row < t->rows; row++) {
        const int64_t y0 = year_at(before, row, s->options->from);
        const int64_t y1 = year_at(after, row, s->options->to);
        if (before && after && y0 >= y1) {
            rc = faults_refuse(s->list, table_source(t, row), M_VINTAGE_PASSAGE_YEARS,
                               (long long)y0, (long long)y1);
            continue;
        }
        const bool told = ratio && column_state(ratio, row) == VALUE_PRESENT;
        s->rows[s->row_count++] = (passage_row){.from = code_number(s, text_at(from, row)),
                                                .to = code_number(s, text_at(to, row)),
                                                .row = (uint32_t)row,
                                                .before = (int32_t)y0,
                                                .after = (int32_t)y1,
                                                .ratio = told ? ratio->at.f64[row] : 1};
    }
    if (s->rows) {
        qsort(s->rows, s->row_count, sizeof *s->rows, compare_passage);
    }
    for (size_t i = 0; i < s->row_count; i++) {
        const passage_row *p = &s->rows[i];
        const int32_t low = p->before < p->after ? p->before : p->after;
        const int32_t high = p->before < p->after ? p->after : p->before;
        s->first = s->first == 0 || low < s->first ? low : s->first;
        s->last = high > s->last ? high : s->last;
    }
    return rc;
}

/* Sums over the rows of one pair of years, by the code on one side. */
static bool sums_to_one(double sum)
{
    return fabs(sum - 1) <= SHARE_TOLERANCE;
}

/* Rows read the other way round: how many, and the first as it is now. */
typedef struct turned_rows {
    size_t count;
    passage_row first;
} turned_rows;

static void turn_row(passage_row *p, turned_rows *turned)
{
    const uint32_t from = p->from;
    p->from = p->to;
    p->to = from;
    turned->first = turned->count++ ? turned->first : *p;
}

static status check_shares(stepping *s, passage_row *rows, size_t count, turned_rows *turned)
{
    double *of_from = NULL;
    double *of_to = NULL;
    const size_t codes = s->out->code_count;
    status rc = take_array(s->memory, codes, sizeof *of_from, &of_from, s->list);
    rc = rc == STATUS_OK ? take_array(s->memory, codes, sizeof *of_to, &of_to, s->list) : rc;
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < count; i++) {
        of_from[rows[i].from] += rows[i].ratio;
    }
    for (size_t i = 0; i < count; i++) {
        of_to[rows[i].to] += sums_to_one(of_from[rows[i].from]) ? 0 : rows[i].ratio;
    }
    for (size_t i = 0; i < count; i++) {
        const double sum = of_from[rows[i].from];
        if (sums_to_one(sum)) {
            rows[i].ratio /= sum;
        } else if (sums_to_one(of_to[rows[i].to])) {
            rows[i].ratio /= of_to[rows[i].to];
            turn_row(&rows[i], turned);
        } else {
            rc = faults_refuse(s->list, table_source(s->options->passage->rows, rows[i].row),
                               M_VINTAGE_PASSAGE_SUM, s->out->code[rows[i].from],
                               SHOWN(shown(sum, 6)), (int)rows[i].before, (int)rows[i].after);
        }
    }
    return rc;
}

static size_t same_years(const stepping *s, size_t first)
{
    size_t end = first;
    while (end < s->row_count && s->rows[end].before == s->rows[first].before &&
           s->rows[end].after == s->rows[first].after) {
        end++;
    }
    return end;
}

enum { FATE_UNKNOWN = 0, FATE_STANDING, FATE_GONE };

/* A row that takes a code which an earlier row ended, and brings one that stands, is backwards. */
static void turn_gone(passage_row *rows, size_t count, uint8_t *fate, turned_rows *turned)
{
    for (size_t i = 0; i < count; i++) {
        if (fate[rows[i].from] == FATE_GONE && fate[rows[i].to] != FATE_GONE) {
            turn_row(&rows[i], turned);
        }
    }
    for (size_t i = 0; i < count; i++) {
        fate[rows[i].from] = FATE_GONE;
    }
    for (size_t i = 0; i < count; i++) {
        fate[rows[i].to] = FATE_STANDING;
    }
}

static status check_passage(stepping *s)
{
    turned_rows turned = {0};
    uint8_t *fate = NULL;
    status rc = take_array(s->memory, s->out->code_count, sizeof *fate, &fate, s->list);
    for (size_t i = 0; rc == STATUS_OK && i < s->row_count;) {
        const size_t end = same_years(s, i);
        turn_gone(s->rows + i, end - i, fate, &turned);
        i = end;
    }
    for (size_t i = 0; fate && i < s->row_count;) {
        const size_t end = same_years(s, i);
        const status one = check_shares(s, s->rows + i, end - i, &turned);
        rc = rc == STATUS_OK ? one : rc;
        i = end;
    }
    if (rc == STATUS_OK && turned.count) {
        faults_note(s->list, table_source(s->options->passage->rows, turned.first.row),
                    M_VINTAGE_PASSAGE_TURNED, turned.count, s->out->code[turned.first.to],
                    s->out->code[turned.first.from]);
        qsort(s->rows, s->row_count, sizeof *s->rows, compare_passage);
    }
    return rc;
}

static bool passage_has(const stepping *s, int32_t year)
{
    return s->row_count && year > s->first && year <= s->last;
}

/* --- steps in time --- */

static status add_step(stepping *s, size_t edges, int32_t before, int32_t after, step **out)
{
    step *made = &s->out->at[s->out->count++];
    *made = (step){.before = before, .after = after, .count = edges};
    *out = made;
    return take_array(s->memory, edges, sizeof *made->edges, &made->edges, s->list);
}

static status add_event(stepping *s, const vintage_event *event)
{
    step *made = NULL;
    const vintage_history *h = s->options->history;
    const status rc = add_step(s, event->edge_count, event->year - 1, event->year, &made);
    for (size_t i = 0; rc == STATUS_OK && i < event->edge_count; i++) {
        made->edges[i] = (step_edge){.from = code_number(s, h->code[event->edges[i].from]),
                                     .to = code_number(s, h->code[event->edges[i].to]),
                                     .ratio = (double)NAN,
                                     .known = true};
    }
    return rc;
}

/* A table without years is written from the conversion's year to the other, maybe back in time. */
static int32_t late_year(const passage_row *p)
{
    return p->before > p->after ? p->before : p->after;
}

static status add_passage(stepping *s, const passage_row *rows, size_t count)
{
    step *made = NULL;
    const bool back = rows->before > rows->after;
    const status rc = add_step(s, count, back ? rows->after : rows->before, late_year(rows), &made);
    made->written_back = back;
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        made->edges[i] = (step_edge){.from = back ? rows[i].to : rows[i].from,
                                     .to = back ? rows[i].from : rows[i].to,
                                     .ratio = rows[i].ratio,
                                     .known = true};
    }
    return rc;
}

static status add_arrondissement_step(stepping *s, int32_t year)
{
    step *made = NULL;
    const bool fold = s->options->arrondissements == ARRONDISSEMENTS_FOLD;
    const status rc = add_step(s, ARRONDISSEMENT_COUNT, year, year, &made);
    for (size_t i = 0; rc == STATUS_OK && i < ARRONDISSEMENT_COUNT; i++) {
        char code[COMMUNE_CODE_BYTES + 1];
        arrondissement(i, code);
        const uint32_t part = code_number(s, code);
        const uint32_t whole = code_number(s, commune_of_arrondissement(code));
        made->edges[i] = (step_edge){.from = fold ? part : whole,
                                     .to = fold ? whole : part,
                                     .ratio = (double)NAN,
                                     .known = true};
    }
    return rc;
}

/* Events of years that the passage does not cover, and the passage, in the order of time. */
static status add_steps_in_time(stepping *s)
{
    const vintage_history *h = s->options->history;
    size_t row = 0;
    status rc = STATUS_OK;
    for (size_t e = 0; rc == STATUS_OK && h && e < h->event_count; e++) {
        while (rc == STATUS_OK && row < s->row_count &&
               late_year(&s->rows[row]) <= h->events[e].year) {
            const size_t end = same_years(s, row);
            rc = add_passage(s, s->rows + row, end - row);
            row = end;
        }
        if (rc == STATUS_OK && !passage_has(s, h->events[e].year)) {
            rc = add_event(s, &h->events[e]);
        }
    }
    while (rc == STATUS_OK && row < s->row_count) {
        const size_t end = same_years(s, row);
        rc = add_passage(s, s->rows + row, end - row);
        row = end;
    }
    return rc;
}

static int compare_edges(const void *a, const void *b)
{
    const step_edge *x = a;
    const step_edge *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return (x->to > y->to) - (x->to < y->to);
}

static void turn_step(step *s)
{
    const int32_t before = s->before;
    s->before = s->after;
    s->after = before;
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t from = s->edges[i].from;
        s->edges[i].from = s->edges[i].to;
        s->edges[i].to = from;
        if (!s->written_back) {
            s->edges[i].ratio = (double)NAN; /* shares of the other way tell nothing of this one */
        }
    }
}

static void turn_back(step_list *steps)
{
    for (size_t i = 0; i < steps->count / 2; i++) {
        const step first = steps->at[i];
        steps->at[i] = steps->at[steps->count - 1 - i];
        steps->at[steps->count - 1 - i] = first;
    }
    for (size_t i = 0; i < steps->count; i++) {
        turn_step(&steps->at[i]);
    }
}

/* Which steps the conversion goes through: those between its two years. */
static void bound(step_list *steps, int32_t from, int32_t to)
{
    const int32_t way = to >= from ? 1 : -1;
    steps->begin = steps->count;
    steps->end = 0;
    for (size_t i = 0; i < steps->count; i++) {
        const step *s = &steps->at[i];
        if (way * s->before >= way * from && steps->begin == steps->count) {
            steps->begin = i;
        }
        if (way * s->after <= way * to) {
            steps->end = i + 1;
        }
    }
    steps->end = steps->end < steps->begin ? steps->begin : steps->end;
}

/* The step made last goes to its place among those of the conversion. */
static void place_last(step_list *steps, size_t at)
{
    const step made = steps->at[steps->count - 1];
    memmove(&steps->at[at + 1], &steps->at[at], (steps->count - 1 - at) * sizeof made);
    steps->at[at] = made;
    steps->end++;
}

static status add_folds(stepping *s)
{
    step *made = NULL;
    const conversion_options *o = s->options;
    if (!o->fold_count) {
        return STATUS_OK;
    }
    const status rc = add_step(s, o->fold_count, o->to, o->to, &made);
    for (size_t i = 0; rc == STATUS_OK && i < o->fold_count; i++) {
        made->edges[i] = (step_edge){.from = code_number(s, o->folds[i].from),
                                     .to = code_number(s, o->folds[i].to),
                                     .ratio = (double)NAN,
                                     .known = true};
    }
    if (rc == STATUS_OK) {
        place_last(s->out, s->out->end);
    }
    return rc;
}

static status add_fold_or_unfold(stepping *s)
{
    step_list *steps = s->out;
    const bool fold = s->options->arrondissements == ARRONDISSEMENTS_FOLD;
    if (s->options->arrondissements == ARRONDISSEMENTS_AS_THEY_ARE) {
        return STATUS_OK;
    }
    const status rc = add_arrondissement_step(s, fold ? s->options->from : s->options->to);
    if (rc == STATUS_OK) {
        place_last(steps, fold ? steps->begin : steps->end);
    }
    return rc;
}

static status check_cover(const stepping *s)
{
    const conversion_options *o = s->options;
    const int32_t low = o->from < o->to ? o->from : o->to;
    const int32_t high = o->from < o->to ? o->to : o->from;
    if (!o->history && !s->row_count && o->from != o->to) {
        return faults_refuse(s->list, SOURCE_NONE, M_VINTAGE_NOTHING);
    }
    bool whole = o->history || low >= s->first;
    whole = whole && (o->history || high <= s->last);
    for (size_t i = 0; i < s->row_count; i++) {
        const int32_t y0 = s->rows[i].before;
        const int32_t y1 = s->rows[i].after;
        whole = whole && !(y0 < low && low < y1) && !(y0 < high && high < y1);
    }
    return whole || low == high ? STATUS_OK
                                : faults_refuse(s->list, SOURCE_NONE, M_VINTAGE_NOT_COVERED,
                                                (int)s->first, (int)s->last, (int)low, (int)high);
}

status steps_build(const conversion_options *options, arena *memory, step_list *out,
                   faults *faults_list)
{
    stepping s = {.options = options, .memory = memory, .list = faults_list, .out = out};
    *out = (step_list){0};
    status rc = number_codes(&s);
    if (rc == STATUS_OK && options->passage) {
        rc = read_passage(&s);
        rc = rc == STATUS_OK ? check_passage(&s) : rc;
    }
    if (rc == STATUS_OK) {
        rc = check_cover(&s);
    }
    if (rc == STATUS_OK) {
        const size_t most =
            (options->history ? options->history->event_count : 0) + s.row_count + 2;
        rc = take_array(memory, most, sizeof *out->at, &out->at, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = add_steps_in_time(&s);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    if (options->to < options->from) {
        turn_back(out);
    }
    bound(out, options->from, options->to);
    rc = add_folds(&s);
    rc = rc == STATUS_OK ? add_fold_or_unfold(&s) : rc;
    for (size_t i = 0; i < out->count; i++) {
        qsort(out->at[i].edges, out->at[i].count, sizeof *out->at[i].edges, compare_edges);
    }
    return rc == STATUS_OK ? steps_weigh(options, memory, out, faults_list) : rc;
}
