#include "engine/inputs/series.h"

#include <stdlib.h>
#include <string.h>

#include "engine/messages.h"
#include "territory/codes.h"
#include "territory/support.h"

enum { YEARS_APART = 5 };

typedef struct figures {
    double residents, jobs, own;
} figures;

/* One census: what it says of every place. */
typedef struct census {
    int32_t year;
    const imported *file;
    const scenario_series *said;
    figures *of_place;
} census;

typedef struct series_work {
    const territory *t;
    ledger *balance;
    census *years; /* in the order of time */
    size_t year_count;
    arena *memory;
    faults *list;
} series_work;

/* --- years --- */

static int by_year(const void *a, const void *b)
{
    const census *x = a, *y = b;
    return (x->year > y->year) - (x->year < y->year);
}

static status judge_years(series_work *w, const scenario *s, const inputs *in)
{
    status result = take_array(w->memory, s->series_count, sizeof *w->years, &w->years, w->list);
    if (result != STATUS_OK) {
        return result;
    }
    for (size_t i = 0; i < s->series_count; i++) {
        const scenario_series *said = &s->series[i];
        const int32_t year = said->year != 0 ? said->year : in->series_year[i];
        if (year == 0) {
            result = faults_refuse(w->list, said->input.where, M_SERIES_YEAR);
            continue;
        }
        w->years[w->year_count++] = (census){.year = year, .file = &in->series[i], .said = said};
    }
    qsort(w->years, w->year_count, sizeof *w->years, by_year);
    for (size_t i = 1; i < w->year_count; i++) {
        const census *before = &w->years[i - 1], *after = &w->years[i];
        if (after->year - before->year < YEARS_APART) {
            result = faults_refuse(w->list, after->said->input.where, M_SERIES_TOO_CLOSE,
                                   (int)before->year, (int)after->year);
        }
    }
    if (s->series_count == 1) {
        result = faults_refuse(w->list, s->series[0].input.where, M_SERIES_ALONE);
    }
    return result;
}

/* --- one census --- */

typedef struct census_rows {
    const table *rows;
    const column *o, *j, *workers;
    size_t entry, *order;
    size_t used, outside;
    double used_weight, outside_weight, read_weight;
} census_rows;

static status count_row(const series_work *w, census *c, census_rows *r, size_t row)
{
    error err;
    const char *home = text_at(r->o, row);
    const uint32_t o = territory_place(w->t, home);
    const uint32_t j = territory_place(w->t, text_at(r->j, row));
    const bool told = column_state(r->workers, row) == VALUE_PRESENT;
    const double workers = told ? r->workers->at.f64[row] : 0;
    r->read_weight += workers;
    if (o == PLACE_NONE && !territory_knows(w->t, home)) {
        return fault_of(ledger_reject(w->balance, r->entry, table_source(r->rows, row).line,
                                      workers, home, &err, M_SERIES_UNKNOWN),
                        &err, w->list);
    }
    if (o == PLACE_NONE && j == PLACE_NONE) {
        r->outside++;
        r->outside_weight += workers;
        return STATUS_OK;
    }
    if (o != PLACE_NONE) {
        c->of_place[o].residents += workers;
        c->of_place[o].own += o == j ? workers : 0;
    }
    if (j != PLACE_NONE) {
        c->of_place[j].jobs += workers;
    }
    r->used++;
    r->used_weight += workers;
    return STATUS_OK;
}

static status close_balance(const series_work *w, const census_rows *r)
{
    error err;
    ledger_read(w->balance, r->entry, r->rows->rows, r->read_weight);
    ledger_use(w->balance, r->entry, r->used, r->used_weight);
    return r->outside == 0 ? STATUS_OK
                           : fault_of(ledger_ignore(w->balance, r->entry, r->outside,
                                                    r->outside_weight, &err, M_SERIES_OUTSIDE),
                                      &err, w->list);
}

/* Rows are added in the order of their codes: the sums owe nothing to the order of the file. */
static status count_census(const series_work *w, census *c)
{
    static const char *const by_pair[] = {"o", "j", "workers"};
    error err;
    census_rows r = {.rows = c->file->rows,
                     .o = text_column(c->file->rows, "o"),
                     .j = text_column(c->file->rows, "j"),
                     .workers = number_column_of(c->file->rows, "workers")};
    const char *file = r.rows->source_file_count > 0 ? r.rows->source_files[0] : "";
    status result =
        take_array(w->memory, w->t->place_count, sizeof *c->of_place, &c->of_place, w->list);
    if (result == STATUS_OK) {
        result = take_array(w->memory, r.rows->rows, sizeof *r.order, &r.order, w->list);
    }
    if (result == STATUS_OK) {
        result = fault_of(table_order(r.rows, by_pair, 3, r.order, &err), &err, w->list);
    }
    if (result == STATUS_OK) {
        result = fault_of(ledger_open(w->balance, "series", file, &r.entry, &err), &err, w->list);
    }
    for (size_t i = 0; result == STATUS_OK && i < r.rows->rows; i++) {
        result = count_row(w, c, &r, r.order[i]);
    }
    return result == STATUS_OK ? close_balance(w, &r) : result;
}

/* --- the table --- */

typedef enum series_column {
    S_LEVEL,
    S_CODE,
    S_NAME,
    S_YEAR,
    S_RESIDENTS,
    S_JOBS,
    S_OWN,
    S_SHARE,
    S_COUNT
} series_column;

static const column_spec specs[S_COUNT] = {
    {"level", "Maille", "Level", "", COLUMN_TEXT, -1},
    {"code", "Code", "Code", "", COLUMN_TEXT, -1},
    {"name", "Nom", "Name", "", COLUMN_TEXT, -1},
    {"year", "Recensement", "Census", "1", COLUMN_I64, -1},
    {"employed_residents", "Actifs ayant un emploi", "Employed residents", "{person}", COLUMN_F64,
     4},
    {"jobs", "Emplois occupés par les résidents du fichier", "Jobs held by residents of the file",
     "{job}", COLUMN_F64, 4},
    {"own_commune", "Travaillent dans leur commune", "Work in their commune", "{person}",
     COLUMN_F64, 4},
    {"share_own_commune", "Part travaillant dans sa commune", "Share working in their commune", "%",
     COLUMN_F64, 2},
};

static status put_text(table_builder *b, series_column at, size_t row, const char *text, error *err)
{
    return *text != '\0' ? table_builder_text(b, at, row, text_slice_of(text, strlen(text)), err)
                         : STATUS_OK;
}

static status put_row(table_builder *b, const char *level, const char *code, const char *name,
                      int32_t year, const figures *f, error *err)
{
    size_t row = 0;
    status result = table_builder_rows(b, 1, &row, err);
    result = result == STATUS_OK ? put_text(b, S_LEVEL, row, level, err) : result;
    result = result == STATUS_OK ? put_text(b, S_CODE, row, code, err) : result;
    result = result == STATUS_OK ? put_text(b, S_NAME, row, name, err) : result;
    if (result == STATUS_OK) {
        table_builder_i64(b, S_YEAR, row, year);
        table_builder_f64(b, S_RESIDENTS, row, f->residents);
        table_builder_f64(b, S_JOBS, row, f->jobs);
        table_builder_f64(b, S_OWN, row, f->own);
        if (f->residents > 0) {
            table_builder_f64(b, S_SHARE, row, 100 * f->own / f->residents);
        } else {
            table_builder_state(b, S_SHARE, row, VALUE_NOT_APPLICABLE);
        }
    }
    return result;
}

static status put_places(const series_work *w, table_builder *b, error *err)
{
    status result = STATUS_OK;
    for (size_t p = 0; p < w->t->place_count; p++) {
        for (size_t y = 0; w->t->kept[p] != 0 && result == STATUS_OK && y < w->year_count; y++) {
            result = put_row(b, "commune", w->t->code[p], w->t->name[p], w->years[y].year,
                             &w->years[y].of_place[p], err);
        }
    }
    return result;
}

static figures sum_of(const series_work *w, const grouping *g, size_t group, const census *c)
{
    figures sum = {0, 0, 0};
    for (size_t p = 0; p < w->t->place_count; p++) {
        if (w->t->kept[p] != 0 && g->of_place[p] == group) {
            sum.residents += c->of_place[p].residents;
            sum.jobs += c->of_place[p].jobs;
            sum.own += c->of_place[p].own;
        }
    }
    return sum;
}

static status put_groups(const series_work *w, const grouping *g, table_builder *b, error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < g->group_count; i++) {
        for (size_t y = 0; result == STATUS_OK && y < w->year_count; y++) {
            const figures sum = sum_of(w, g, i, &w->years[y]);
            result = put_row(b, g->level, g->code[i], g->name[i], w->years[y].year, &sum, err);
        }
    }
    return result;
}

static status build_table(const series_work *w, table **out)
{
    error err;
    table_builder *b = NULL;
    size_t index = 0;
    status result = table_builder_new(&b, "series", &err);
    for (size_t c = 0; result == STATUS_OK && c < S_COUNT; c++) {
        result = table_builder_column(b, &specs[c], &index, &err);
    }
    result = result == STATUS_OK ? put_places(w, b, &err) : result;
    for (size_t g = 0; result == STATUS_OK && g < w->t->grouping_count; g++) {
        result = put_groups(w, &w->t->groupings[g], b, &err);
    }
    result = result == STATUS_OK ? table_build(b, out, &err) : result;
    table_builder_free(b);
    return fault_of(result, &err, w->list);
}

status series_build(const scenario *s, const territory *t, const inputs *in, ledger *balance,
                    table **out, faults *faults_list)
{
    error err;
    series_work w = {.t = t, .balance = balance, .list = faults_list};
    *out = NULL;
    status result = fault_of(arena_new(&w.memory, &err), &err, faults_list);
    result = result == STATUS_OK ? judge_years(&w, s, in) : result;
    for (size_t i = 0; result == STATUS_OK && i < w.year_count; i++) {
        result = count_census(&w, &w.years[i]);
    }
    result = result == STATUS_OK ? build_table(&w, out) : result;
    arena_free(w.memory);
    return result;
}
