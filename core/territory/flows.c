#include "territory/flows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/projection.h"
#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/flows_work.h"
#include "territory/messages.h"
#include "territory/support.h"

const char *commute_mode_name(commute_mode m)
{
    static const char *const names[COMMUTE_MODE_COUNT] = {
        "unknown", "home", "walk", "bicycle", "two_wheeler", "car", "transit", "non_motorised"};
    return names[m];
}

const char *commute_mode_title(commute_mode m, language lang)
{
    const char *const titles[COMMUTE_MODE_COUNT] = {
        tr(lang, M_MODE_UNKNOWN), tr(lang, M_MODE_HOME),         tr(lang, M_MODE_WALK),
        tr(lang, M_MODE_BICYCLE), tr(lang, M_MODE_TWO_WHEELER),  tr(lang, M_MODE_CAR),
        tr(lang, M_MODE_TRANSIT), tr(lang, M_MODE_NON_MOTORISED)};
    return titles[m];
}

/* --- reading: which rows have a known residence --- */

typedef struct flow_columns {
    const column *o, *j, *mode, *cs, *workers, *variance;
    const column *respondents; /* rows of the file behind one of the table; NULL: one each */
} flow_columns;

typedef struct flow_count {
    size_t rows; /* of the file */
    double workers;
} flow_count;

/* What became of the rows of a file. `far`: those ignored whose département has no loaded commune.
 */
typedef struct flow_counts {
    flow_count read, used, ignored, far, unknown, abroad, elsewhere;
    flow_count border, located; /* of abroad: in a neighbouring country; of these, with a point */
    const char *first_unknown;
} flow_counts;

static const column *u32_column_of(const table *t, const char *name)
{
    const column *c = table_find(t, name);
    return c && c->type == COLUMN_U32 ? c : NULL;
}

static flow_columns columns_of(const table *t)
{
    return (flow_columns){.o = text_column(t, "o"),
                          .j = text_column(t, "j"),
                          .mode = text_column(t, "mode"),
                          .cs = table_find(t, "cs"),
                          .workers = number_column_of(t, "workers"),
                          .variance = number_column_of(t, "variance"),
                          .respondents = u32_column_of(t, "respondents")};
}

static size_t file_rows(const flow_columns *c, size_t row)
{
    return c->respondents && column_state(c->respondents, row) == VALUE_PRESENT
               ? c->respondents->at.u32[row]
               : 1;
}

static void count_rows(flow_count *n, size_t rows, double workers)
{
    n->rows += rows;
    n->workers += workers;
}

static double number_or(const column *c, size_t row, double otherwise)
{
    return c && column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : otherwise;
}

static commute_mode mode_of(const char *name)
{
    for (int m = 1; m < COMMUTE_MODE_COUNT; m++) {
        if (strcmp(commute_mode_name((commute_mode)m), name) == 0) {
            return (commute_mode)m;
        }
    }
    return COMMUTE_UNKNOWN;
}

static status read_mode(const flows_work *w, const table *t, const flow_columns *c, size_t row,
                        flow_cell *out)
{
    const char *mode = text_at(c->mode, row);
    out->mode = (uint32_t)mode_of(mode);
    if (*mode && out->mode == COMMUTE_UNKNOWN) {
        return faults_refuse(w->list, table_source(t, row), M_FLOWS_MODE, mode);
    }
    out->cs = c->cs && c->cs->type == COLUMN_U32 && column_state(c->cs, row) == VALUE_PRESENT
                  ? c->cs->at.u32[row]
                  : 0;
    return out->cs < CS_COUNT ? STATUS_OK
                              : faults_refuse(w->list, table_source(t, row), M_FLOWS_CS, out->cs);
}

static status read_work(flows_work *w, const char *code, flow_cell *out)
{
    error err;
    const uint32_t j = territory_place(w->t, code);
    const char *work = j == PLACE_NONE ? code : w->t->code[j];
    out->j = j == PLACE_NONE ? WORK_OUTSIDE : j;
    return fault_of(interner_add(w->codes, text_slice_of(work, strlen(work)), &out->work, &err),
                    &err, w->list);
}

static bool is_located(const flows_work *w, const char *code)
{
    const uint32_t row = w->foreign ? code_index_find(w->foreign, code) : ROW_NONE;
    return row != ROW_NONE &&
           isfinite(number_or(number_column_of(w->in->foreign->rows, "lon"), row, (double)NAN)) &&
           isfinite(number_or(number_column_of(w->in->foreign->rows, "lat"), row, (double)NAN));
}

static void count_work(const flows_work *w, flow_counts *n, const char *code, const flow_cell *c,
                       size_t rows)
{
    count_rows(&n->used, rows, c->workers);
    if (c->j == WORK_OUTSIDE) {
        const bool commune = commune_code_form(code) == CODE_COMMUNE;
        count_rows(commune ? &n->elsewhere : &n->abroad, rows, c->workers);
        if (is_border_code(code)) {
            count_rows(&n->border, rows, c->workers);
            if (is_located(w, code)) {
                count_rows(&n->located, rows, c->workers);
            }
        }
    }
}

/* Each row of the file is a reject of its own; those of one cell share its first line, and its
 * workers equally. */
static status reject_rows(flows_work *w, size_t entry, source_ref at, const char *code, size_t rows,
                          double workers)
{
    error err;
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < rows; i++) {
        rc = ledger_reject(w->balance, entry, at.line, workers / (double)rows, code, &err,
                           M_FLOWS_UNKNOWN_CODE);
    }
    return fault_of(rc, &err, w->list);
}

/* One row: used, ignored (residence outside the places) or rejected (unknown residence). */
static status read_row(flows_work *w, const table *t, const flow_columns *c, size_t entry,
                       size_t row, flow_counts *n, flow_cells *into)
{
    const char *code = text_at(c->o, row);
    const uint32_t o = territory_place(w->t, code);
    const double workers = number_or(c->workers, row, 0);
    const size_t rows = file_rows(c, row);
    count_rows(&n->read, rows, workers);
    if (o == PLACE_NONE && territory_knows(w->t, code)) {
        count_rows(&n->ignored, rows, workers);
        if (!territory_covers(w->t, code)) {
            count_rows(&n->far, rows, workers);
        }
        return STATUS_OK;
    }
    if (o == PLACE_NONE) {
        const bool first = n->unknown.rows == 0 || strcmp(code, n->first_unknown) < 0;
        n->first_unknown = first ? code : n->first_unknown;
        count_rows(&n->unknown, rows, workers);
        return reject_rows(w, entry, table_source(t, row), code, rows, workers);
    }
    flow_cell *cell = &into->at[into->count];
    *cell = (flow_cell){.o = o,
                        .row = (uint32_t)row,
                        .workers = workers,
                        .variance = number_or(c->variance, row, -1)};
    status rc = read_mode(w, t, c, row, cell);
    if (rc == STATUS_OK) {
        rc = read_work(w, text_at(c->j, row), cell);
    }
    if (rc == STATUS_OK) {
        into->count++;
        count_work(w, n, text_at(c->j, row), cell, rows);
    }
    return rc;
}

static void tell(const flows_work *w, const table *t, const flow_counts *n)
{
    const source_ref file = source_at(file_of(t), 0, 0);
    const flow_count *const told[] = {&n->unknown, &n->abroad, &n->elsewhere, &n->far};
    shown_number rows[4], workers[4];
    for (size_t i = 0; i < 4; i++) {
        rows[i] = shown((double)told[i]->rows, 0);
        workers[i] = shown(told[i]->workers, 1);
    }
    if (n->unknown.rows) {
        faults_warn(w->list, file, M_FLOWS_UNKNOWN, SHOWN(rows[0]), n->first_unknown);
    }
    if (n->abroad.rows) {
        faults_warn(w->list, file, M_FLOWS_ABROAD, SHOWN(rows[1]), SHOWN(workers[1]));
    }
    if (n->border.rows) {
        const shown_number border = shown(n->border.workers, 1);
        const shown_number located = shown(n->located.workers, 1);
        const shown_number nowhere = shown(n->abroad.workers - n->border.workers, 1);
        faults_note(w->list, file, M_FLOWS_BORDER, SHOWN(border), SHOWN(located), SHOWN(nowhere));
    }
    if (n->elsewhere.rows) {
        faults_note(w->list, file, M_FLOWS_ELSEWHERE, SHOWN(rows[2]), SHOWN(workers[2]));
    }
    if (n->far.rows) {
        faults_note(w->list, file, M_FLOWS_FAR, SHOWN(rows[3]), SHOWN(workers[3]));
    }
}

static status read_file(flows_work *w, const char *role, const imported *in, flow_cells *into)
{
    error err;
    size_t entry = 0;
    flow_counts n = {0};
    const table *t = in->rows;
    const flow_columns c = columns_of(t);
    status rc = take_array(w->scratch, t->rows, sizeof *into->at, &into->at, w->list);
    if (rc == STATUS_OK) {
        rc = fault_of(ledger_open(w->balance, role, file_of(t), &entry, &err), &err, w->list);
    }
    for (size_t row = 0; rc == STATUS_OK && row < t->rows; row++) {
        rc = read_row(w, t, &c, entry, row, &n, into);
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    into->read = n.read.workers;
    ledger_read(w->balance, entry, n.read.rows, n.read.workers);
    ledger_use(w->balance, entry, n.used.rows, n.used.workers);
    tell(w, t, &n);
    return n.ignored.rows ? fault_of(ledger_ignore(w->balance, entry, n.ignored.rows,
                                                   n.ignored.workers, &err, M_TERRITORY_OUTSIDE),
                                     &err, w->list)
                          : STATUS_OK;
}

/* --- a pair twice in the base file --- */

typedef struct pair_words {
    uint32_t o, j, row;
} pair_words;

static int compare_pair_words(const void *a, const void *b)
{
    const pair_words *x = a;
    const pair_words *y = b;
    if (x->o != y->o) {
        return x->o < y->o ? -1 : 1;
    }
    if (x->j != y->j) {
        return x->j < y->j ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static status refuse_pair(const flows_work *w, const table *t, const flow_columns *c, size_t a,
                          size_t b)
{
    const source_ref first = table_source(t, a);
    const source_ref second = table_source(t, b);
    return faults_refuse(w->list, second, M_FLOWS_DUPLICATE, text_at(c->o, b), text_at(c->j, b),
                         (unsigned long long)first.line, (unsigned long long)second.line);
}

static status refuse_repeated_pairs(const flows_work *w)
{
    pair_words *pairs = NULL;
    size_t refused = 0;
    const table *t = w->in->base->rows;
    const flow_columns c = columns_of(t);
    status rc = take_array(w->scratch, t->rows, sizeof *pairs, &pairs, w->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t row = 0; row < t->rows; row++) {
        pairs[row] = (pair_words){c.o->at.u32[row], c.j->at.u32[row], (uint32_t)row};
    }
    qsort(pairs, t->rows, sizeof *pairs, compare_pair_words);
    for (size_t i = 1; i < t->rows; i++) {
        const bool same = pairs[i].o == pairs[i - 1].o && pairs[i].j == pairs[i - 1].j;
        if (same && ++refused <= READER_MAX_FAULTS) {
            rc = refuse_pair(w, t, &c, pairs[i - 1].row, pairs[i].row);
        }
    }
    if (refused > READER_MAX_FAULTS) {
        return faults_refuse(w->list, source_at(file_of(t), 0, 0), M_TERRITORY_MORE_FAULTS,
                             refused - READER_MAX_FAULTS);
    }
    return rc;
}

/* --- order --- */

int compare_flow_cells(const void *a, const void *b)
{
    const flow_cell *x = a;
    const flow_cell *y = b;
    const uint32_t left[] = {x->o, x->work, x->mode, x->cs};
    const uint32_t right[] = {y->o, y->work, y->mode, y->cs};
    for (size_t i = 0; i < 4; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    if (x->workers < y->workers || x->workers > y->workers) {
        return x->workers < y->workers ? -1 : 1;
    }
    if (x->variance < y->variance || x->variance > y->variance) {
        return x->variance < y->variance ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

typedef struct ranked_code {
    const char *code;
    uint32_t index;
} ranked_code;

static int compare_ranked(const void *a, const void *b)
{
    return strcmp(((const ranked_code *)a)->code, ((const ranked_code *)b)->code);
}

/* Replaces interned work codes by their rank in byte order. */
static status rank_codes(flows_work *w)
{
    error err;
    ranked_code *codes = NULL;
    uint32_t *rank = NULL;
    const uint32_t count = interner_count(w->codes);
    status rc = take_array(w->scratch, count, sizeof *codes, &codes, w->list);
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, count, sizeof *rank, &rank, w->list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(w->scratch, count, sizeof *w->by_rank, &w->by_rank, w->list);
    }
    for (uint32_t i = 0; rc == STATUS_OK && i < count; i++) {
        const text_slice code = interner_at(w->codes, i);
        codes[i] = (ranked_code){arena_text_n(w->scratch, code.at, code.size), i};
        if (!codes[i].code) {
            rc = fault_of(memory_error(&err, code.size), &err, w->list);
        }
    }
    if (rc != STATUS_OK) {
        return rc;
    }
    qsort(codes, count, sizeof *codes, compare_ranked);
    for (uint32_t i = 0; i < count; i++) {
        rank[codes[i].index] = i;
        w->by_rank[i] = codes[i].code;
    }
    flow_cells *const files[] = {&w->base, &w->detail};
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; i < files[f]->count; i++) {
            files[f]->at[i].work = rank[files[f]->at[i].work];
        }
    }
    return STATUS_OK;
}

static bool same_cell(const flow_cell *a, const flow_cell *b)
{
    return same_pair(a, b) && a->mode == b->mode && a->cs == b->cs;
}

/* Sorts, then adds up the rows of one cell (folded arrondissements; modes that were merged). */
static void merge_cells(flow_cells *c)
{
    size_t merged = 0;
    if (c->count == 0) {
        return; /* a file that was not given */
    }
    qsort(c->at, c->count, sizeof *c->at, compare_flow_cells);
    for (size_t i = 0; i < c->count; i++) {
        flow_cell *last = merged ? &c->at[merged - 1] : NULL;
        if (!last || !same_cell(last, &c->at[i])) {
            c->at[merged++] = c->at[i];
            continue;
        }
        const bool told = last->variance >= 0 && c->at[i].variance >= 0;
        last->workers += c->at[i].workers;
        last->variance = told ? last->variance + c->at[i].variance : -1;
        last->row = c->at[i].row < last->row ? c->at[i].row : last->row;
    }
    c->count = merged;
}

/* --- the table --- */

typedef enum flow_column {
    AT_O,
    AT_J,
    AT_WORK_CODE,
    AT_MODE,
    AT_CS,
    AT_WORKERS,
    AT_VARIANCE,
    AT_CROW,
    AT_SHARES,
    AT_ABROAD,
    AT_ABROAD_CROW,
    AT_COUNT
} flow_column;

static const column_spec specs[AT_COUNT] = {
    {"o", M_COLUMN_RESIDENCE, "1", COLUMN_U32, 0},
    {"j", M_COLUMN_WORK, "1", COLUMN_U32, 0},
    {"work_code", M_COLUMN_WORK_CODE, "", COLUMN_TEXT, 0},
    {"mode", M_COLUMN_MODE, "{class}", COLUMN_U32, 0},
    {"cs", M_COLUMN_CS, "{class}", COLUMN_U32, 0},
    {"workers", M_COLUMN_WORKERS, "{person}", COLUMN_F64, -1},
    {"variance", M_COLUMN_VARIANCE, "1", COLUMN_F64, -1},
    {"crow_km", M_COLUMN_CROW, "km", COLUMN_F64, 3},
    {"shares", M_COLUMN_SHARES, "{class}", COLUMN_U32, 0},
    {"abroad", M_COLUMN_ABROAD, "{class}", COLUMN_U32, 0},
    {"abroad_crow_km", M_COLUMN_ABROAD_CROW, "km", COLUMN_F64, 3},
};

static double crow_km(const territory *t, const flow_cell *c)
{
    if (c->j == WORK_OUTSIDE) {
        return (double)NAN;
    }
    return c->o == c->j ? 0 : haversine_km(t->lon[c->o], t->lat[c->o], t->lon[c->j], t->lat[c->j]);
}

/* Straight line to the work place abroad; NaN where its point is not known. */
static double abroad_km(const flows_work *w, const flow_cell *c, const char *work)
{
    const uint32_t row = w->foreign ? code_index_find(w->foreign, work) : ROW_NONE;
    if (c->j != WORK_OUTSIDE || row == ROW_NONE) {
        return (double)NAN;
    }
    const column *lon = number_column_of(w->in->foreign->rows, "lon");
    const column *lat = number_column_of(w->in->foreign->rows, "lat");
    const double x = number_or(lon, row, (double)NAN);
    const double y = number_or(lat, row, (double)NAN);
    return haversine_km(w->t->lon[c->o], w->t->lat[c->o], x, y);
}

static void fill_abroad(const flows_work *w, table_builder *b, size_t row, const flow_cell *c,
                        const char *work)
{
    const bool abroad = c->j == WORK_OUTSIDE && is_border_code(work);
    const double km = abroad ? abroad_km(w, c, work) : (double)NAN;
    const work_abroad how = !abroad ? ABROAD_NO : isfinite(km) ? ABROAD_LOCATED : ABROAD_NO_POINT;
    table_builder_u32(b, AT_ABROAD, row, (uint32_t)how);
    if (isfinite(km)) {
        table_builder_f64(b, AT_ABROAD_CROW, row, km);
    }
}

static status fill_row(const flows_work *w, table_builder *b, size_t row, const flow_row *from,
                       error *err)
{
    const flow_cell *c = &from->cell;
    const double km = crow_km(w->t, c);
    const char *work = w->by_rank[c->work];
    table_builder_u32(b, AT_O, row, c->o);
    table_builder_u32(b, AT_J, row, c->j);
    table_builder_u32(b, AT_MODE, row, c->mode);
    table_builder_u32(b, AT_CS, row, c->cs);
    table_builder_f64(b, AT_WORKERS, row, c->workers);
    table_builder_f64(b, AT_VARIANCE, row, c->variance);
    table_builder_u32(b, AT_SHARES, row, (uint32_t)from->shares);
    fill_abroad(w, b, row, c, work);
    if (isfinite(km)) {
        table_builder_f64(b, AT_CROW, row, km);
    }
    return *work ? table_builder_text(b, AT_WORK_CODE, row, text_slice_of(work, strlen(work)), err)
                 : STATUS_OK;
}

static status fill_rows(const flows_work *w, table_builder *b, error *err)
{
    size_t first = 0;
    uint32_t *sources = NULL;
    const table *t = w->in->base ? w->in->base->rows : w->in->detail->rows;
    status rc = table_builder_sources(b, t, w->scratch, &sources, err);
    if (rc == STATUS_OK) {
        rc = table_builder_rows(b, w->made_count, &first, err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < w->made_count; i++) {
        const uint32_t row = w->made[i].cell.row;
        rc = fill_row(w, b, i, &w->made[i], err);
        if (t->source_row) {
            table_builder_from(b, i, sources[t->source_file[row]], t->source_row[row]);
        }
    }
    return rc;
}

static status build_table(const flows_work *w, table **out)
{
    error err;
    table_builder *b = NULL;
    size_t index = 0;
    status rc = table_builder_new(&b, "flows", &err);
    for (size_t c = 0; rc == STATUS_OK && c < AT_COUNT; c++) {
        rc = table_builder_column(b, &specs[c], &index, &err);
    }
    if (rc == STATUS_OK) {
        rc = fill_rows(w, b, &err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, out, &err);
    }
    table_builder_free(b);
    return fault_of(rc, &err, w->list);
}

static status find_pairs(const flows_work *w, flows *f)
{
    uint64_t *start = NULL;
    const status rc = take_array(f->memory, w->made_count + 1, sizeof *start, &start, w->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < w->made_count; i++) {
        if (i == 0 || !same_pair(&w->made[i - 1].cell, &w->made[i].cell)) {
            start[f->pair_count++] = i;
        }
    }
    start[f->pair_count] = w->made_count;
    f->pair_start = start;
    return STATUS_OK;
}

/* --- the whole --- */

static double total_workers(const flow_cells *c)
{
    double total = 0;
    for (size_t i = 0; i < c->count; i++) {
        total += c->at[i].workers;
    }
    return total;
}

static void tell_difference(const flows_work *w)
{
    const double of_detail = total_workers(&w->detail);
    const double of_base = total_workers(&w->base);
    const shown_number detail = shown(of_detail, 1), base = shown(of_base, 1);
    const shown_number gap = shown(of_base > 0 ? 100 * (of_detail / of_base - 1) : 0, 2);
    const shown_number own = shown((double)w->pairs_of[SHARES_DETAIL], 0);
    const shown_number pairs = shown((double)w->base.count, 0);
    const shown_number origin = shown((double)w->pairs_of[SHARES_DETAIL_ORIGIN], 0);
    const shown_number all = shown((double)w->pairs_of[SHARES_DETAIL_ALL], 0);
    faults_note(w->list, source_at(file_of(w->in->detail->rows), 0, 0), M_FLOWS_DIFFERENCE,
                SHOWN(detail), SHOWN(base), SHOWN(gap), SHOWN(own), SHOWN(pairs), SHOWN(origin),
                SHOWN(all));
}

static status read_inputs(flows_work *w)
{
    status rc = STATUS_OK;
    if (!w->in->base && !w->in->detail) {
        return faults_refuse(w->list, SOURCE_NONE, M_FLOWS_NO_INPUT);
    }
    if (w->in->base) {
        rc = refuse_repeated_pairs(w);
        if (rc == STATUS_OK) {
            rc = read_file(w, "flows", w->in->base, &w->base);
        }
    }
    if (rc == STATUS_OK && w->in->detail) {
        rc = read_file(w, "detail", w->in->detail, &w->detail);
    }
    return rc == STATUS_OK ? rank_codes(w) : rc;
}

static status make_rows(flows_work *w)
{
    status rc = read_inputs(w);
    if (rc != STATUS_OK) {
        return rc;
    }
    merge_cells(&w->base);
    merge_cells(&w->detail);
    rc = flows_share(w);
    if (rc == STATUS_OK && w->in->base && w->in->detail) {
        tell_difference(w);
    } else if (rc == STATUS_OK && !w->in->detail) {
        faults_warn(w->list, source_at(file_of(w->in->base->rows), 0, 0), M_FLOWS_ASSUMED);
    }
    return rc;
}

static status flows_new(flows **out, error *err)
{
    arena *memory = NULL;
    const status rc = arena_new(&memory, err);
    if (rc != STATUS_OK) {
        return rc;
    }
    *out = arena_take(memory, 1, sizeof **out);
    if (!*out) {
        arena_free(memory);
        return memory_error(err, sizeof **out);
    }
    (*out)->memory = memory;
    return STATUS_OK;
}

static status freeze(const flows_work *w, flows *f)
{
    table *rows = NULL;
    status rc = build_table(w, &rows);
    if (rc != STATUS_OK) {
        return rc;
    }
    f->rows = rows;
    f->count = rows->rows;
    f->o = rows->columns[AT_O].at.u32;
    f->j = rows->columns[AT_J].at.u32;
    f->detailed = w->in->detail != NULL;
    return find_pairs(w, f);
}

status flows_build(const territory *t, const flows_inputs *in, ledger *balance, flows **out,
                   faults *faults_list)
{
    error err;
    flows *made = NULL;
    flows_work w = {.t = t, .in = in, .balance = balance, .list = faults_list};
    *out = NULL;
    status rc = arena_new(&w.scratch, &err);
    if (rc == STATUS_OK) {
        rc = interner_new(&w.codes, &err);
    }
    if (rc == STATUS_OK) {
        rc = flows_new(&made, &err);
    }
    rc = fault_of(rc, &err, faults_list);
    if (rc == STATUS_OK && in->foreign) {
        rc = code_index_new(&w.foreign, in->foreign->rows, "code", faults_list);
    }
    if (rc == STATUS_OK) {
        rc = make_rows(&w);
    }
    if (rc == STATUS_OK) {
        rc = freeze(&w, made);
    }
    memory_free(w.made);
    interner_free(w.codes);
    code_index_free(w.foreign);
    arena_free(w.scratch);
    if (rc != STATUS_OK) {
        flows_free(made);
        return rc;
    }
    *out = made;
    return STATUS_OK;
}

void flows_free(flows *f)
{
    if (f) {
        table_free((table *)(uintptr_t)f->rows);
        arena_free(f->memory);
    }
}
