/* The values of a cell, out of those of its pieces. */
#include <math.h>
#include <string.h>

#include "territory/support.h"
#include "territory/vintage_carry.h"

typedef struct cell {
    const carry_piece *pieces;
    size_t count;
    const carry_piece *leader, *largest;
    size_t row; /* of the new table */
} cell;

static bool is_part(const carry_piece *p)
{
    for (size_t c = 0; c < CARRY_CODES_MAX; c++) {
        if (p->link[c] && p->link[c]->kind == LINK_SPLIT) {
            return true;
        }
    }
    return false;
}

static bool bears_its_code(const carry_piece *p)
{
    for (size_t c = 0; c < CARRY_CODES_MAX; c++) {
        if (p->link[c] && strcmp(p->link[c]->from, p->link[c]->to) != 0) {
            return false;
        }
    }
    return true;
}

static double size_of(const carrying *w, const carry_piece *p)
{
    const column *measure = w->measure != SIZE_MAX ? w->columns[w->measure] : NULL;
    if (w->plan->size) {
        return isnan(w->plan->size[p->row]) ? 0 : w->plan->size[p->row] * p->ratio;
    }
    return measure && column_state(measure, p->row) == VALUE_PRESENT
               ? measure->at.f64[p->row] * p->ratio
               : 0;
}

static void choose(const carrying *w, cell *c)
{
    c->leader = NULL;
    c->largest = &c->pieces[0];
    for (size_t i = 0; i < c->count; i++) {
        const carry_piece *p = &c->pieces[i];
        const double more = size_of(w, p) - size_of(w, c->largest);
        const bool tie = !(more > 0) && !(more < 0);
        if (more > 0 || (tie && bears_its_code(p) && !bears_its_code(c->largest))) {
            c->largest = p;
        }
        if (!c->leader && bears_its_code(p)) {
            c->leader = p;
        }
    }
    c->leader = c->leader ? c->leader : c->largest;
}

/* --- numbers --- */

static bool has_part(const cell *c)
{
    bool part = false;
    for (size_t i = 0; i < c->count; i++) {
        part = part || is_part(&c->pieces[i]);
    }
    return part;
}

static void leave_missing(carrying *w, table_builder *b, size_t at, size_t column_index,
                          const cell *c, value_state state)
{
    size_t *counter = has_part(c) ? w->missing_split : w->missing_merged;
    counter[column_index]++;
    table_builder_state(b, at, c->row, state);
}

/* The state of a sum with an unknown part: secret before the others. */
static value_state state_of(const column *from, const cell *c)
{
    value_state found = VALUE_PRESENT;
    for (size_t i = 0; i < c->count; i++) {
        const value_state one = column_state(from, c->pieces[i].row);
        if (one != VALUE_PRESENT && (found == VALUE_PRESENT || one == VALUE_SECRET)) {
            found = one;
        }
    }
    return found;
}

static void put_sum(carrying *w, table_builder *b, size_t at, size_t index, const cell *c)
{
    const column *from = w->columns[index];
    const value_state state = state_of(from, c);
    double sum = 0;
    for (size_t i = 0; i < c->count; i++) {
        const carry_piece *p = &c->pieces[i];
        sum += column_state(from, p->row) == VALUE_PRESENT ? from->at.f64[p->row] * p->ratio : 0;
    }
    if (state == VALUE_PRESENT) {
        table_builder_f64(b, at, c->row, sum);
        return;
    }
    if (index == w->measure) {
        w->missing_weight += sum;
    }
    if (c->count == 1) {
        table_builder_state(b, at, c->row, state); /* it was missing before */
    } else {
        leave_missing(w, b, at, index, c, state);
    }
}

static void put_mean(carrying *w, table_builder *b, size_t at, size_t index, const cell *c)
{
    const column *from = w->columns[index];
    const column *by = number_column_of(w->t, w->plan->columns[index].with);
    double weights = 0;
    double sum = 0;
    value_state state = has_part(c) ? VALUE_MISSING : state_of(from, c);
    if (c->count == 1 && !has_part(c)) {
        if (state == VALUE_PRESENT) {
            table_builder_f64(b, at, c->row, from->at.f64[c->pieces[0].row]);
        } else {
            table_builder_state(b, at, c->row, state);
        }
        return;
    }
    for (size_t i = 0; state == VALUE_PRESENT && i < c->count; i++) {
        const size_t row = c->pieces[i].row;
        state = by ? column_state(by, row) : VALUE_MISSING;
        weights += state == VALUE_PRESENT ? by->at.f64[row] : 0;
        sum += state == VALUE_PRESENT ? by->at.f64[row] * from->at.f64[row] : 0;
    }
    if (state == VALUE_PRESENT && weights > 0) {
        table_builder_f64(b, at, c->row, sum / weights);
    } else {
        leave_missing(w, b, at, index, c, state == VALUE_PRESENT ? VALUE_NOT_APPLICABLE : state);
    }
}

/* A part that is not the first of its row has no row of its own: missing counts as one. */
static void put_count(const carrying *w, table_builder *b, size_t at, size_t index, const cell *c)
{
    const column *from = w->columns[index];
    uint32_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const carry_piece *p = &c->pieces[i];
        const bool told = column_state(from, p->row) == VALUE_PRESENT;
        count += told && carry_is_first_part(w, p) ? from->at.u32[p->row] : 0;
    }
    if (count) {
        table_builder_u32(b, at, c->row, count);
    }
}

/* --- values that are one row's own --- */

/* A class of several rows: `with` wins, or says that they differ. Text columns alone have it. */
static status put_class(const carrying *w, table_builder *b, size_t at, size_t index, const cell *c,
                        error *err)
{
    const column *from = w->columns[index];
    const carried_column *wanted = &w->plan->columns[index];
    const char *first = column_text(from, c->pieces[0].row);
    bool told = false;
    for (size_t i = 0; from->type == COLUMN_TEXT && i < c->count; i++) {
        const char *one = column_text(from, c->pieces[i].row);
        told = told || (wanted->rule == CARRY_MIXED ? strcmp(one, first) != 0
                                                    : strcmp(one, wanted->with) == 0);
    }
    return told ? table_builder_text(b, at, c->row,
                                     text_slice_of(wanted->with, strlen(wanted->with)), err)
                : table_builder_value(b, at, c->row, from, c->largest->row, err);
}

static status put_value(carrying *w, table_builder *b, size_t at, size_t index, const cell *c,
                        error *err)
{
    const column *from = w->columns[index];
    const bool alone = c->count == 1 && !is_part(&c->pieces[0]);
    switch (w->plan->columns[index].rule) {
    case CARRY_SUM:
        put_sum(w, b, at, index, c);
        return STATUS_OK;
    case CARRY_COUNT:
        put_count(w, b, at, index, c);
        return STATUS_OK;
    case CARRY_MEAN:
        put_mean(w, b, at, index, c);
        return STATUS_OK;
    case CARRY_MEDIAN:
        if (!alone) {
            leave_missing(w, b, at, index, c, VALUE_MISSING);
            return STATUS_OK;
        }
        break;
    case CARRY_NAME:
        if (is_part(c->leader) && !bears_its_code(c->leader)) {
            leave_missing(w, b, at, index, c, VALUE_MISSING);
            return STATUS_OK;
        }
        break;
    case CARRY_LARGEST:
        return table_builder_value(b, at, c->row, from, c->largest->row, err);
    case CARRY_ABSORBING:
    case CARRY_MIXED:
        return put_class(w, b, at, index, c, err);
    case CARRY_KEY:
    case CARRY_LEADER:
        break;
    }
    return table_builder_value(b, at, c->row, from, c->leader->row, err);
}

/* --- the table --- */

static column_spec spec_of(const column *c)
{
    return (column_spec){.name = c->name,
                         .title_fr = c->title_fr,
                         .title_en = c->title_en,
                         .unit = c->unit,
                         .type = c->type,
                         .decimals = c->decimals};
}

static status add_columns(carrying *w, table_builder *b, size_t *at, error *err)
{
    size_t index = 0;
    status rc = STATUS_OK;
    for (size_t c = 0; rc == STATUS_OK && c < w->plan->code_count; c++) {
        const column_spec spec = spec_of(w->code[c]);
        rc = table_builder_column(b, &spec, &index, err);
    }
    for (size_t c = 0; rc == STATUS_OK && c < w->plan->column_count; c++) {
        if (w->columns[c]) {
            const column_spec spec = spec_of(w->columns[c]);
            rc = table_builder_column(b, &spec, &at[c], err);
        }
    }
    return rc;
}

static status put_cell(carrying *w, table_builder *b, const size_t *at, cell *c, error *err)
{
    status rc = STATUS_OK;
    choose(w, c);
    for (size_t k = 0; rc == STATUS_OK && k < w->plan->code_count; k++) {
        const char *code = w->targets[c->pieces[0].target[k]];
        if (*code) {
            rc = table_builder_text(b, k, c->row, text_slice_of(code, strlen(code)), err);
        }
    }
    for (size_t k = 0; rc == STATUS_OK && k < w->plan->column_count; k++) {
        rc = w->columns[k] ? put_value(w, b, at[k], k, c, err) : rc;
    }
    return rc;
}

static status put_cells(carrying *w, table_builder *b, const size_t *at, error *err)
{
    uint32_t *sources = NULL;
    size_t first = 0;
    status rc = table_builder_sources(b, w->t, w->scratch, &sources, err);
    rc = rc == STATUS_OK ? table_builder_rows(b, w->cell_count, &first, err) : rc;
    for (size_t i = 0; rc == STATUS_OK && i < w->cell_count; i++) {
        cell c = {.pieces = w->pieces + w->start[i],
                  .count = w->start[i + 1] - w->start[i],
                  .row = first + i};
        rc = put_cell(w, b, at, &c, err);
        if (rc == STATUS_OK && w->t->source_row) {
            const size_t row = c.leader->row;
            table_builder_from(b, c.row, sources[w->t->source_file[row]], w->t->source_row[row]);
        }
    }
    return rc;
}

status carry_values(carrying *w, table **out)
{
    error err;
    table_builder *b = NULL;
    size_t *at = NULL;
    const size_t columns = w->plan->column_count + 1;
    status rc = take_array(w->scratch, columns, sizeof *at, &at, w->list);
    rc = rc == STATUS_OK
             ? take_array(w->memory, columns, sizeof *w->missing_split, &w->missing_split, w->list)
             : rc;
    rc = rc == STATUS_OK ? take_array(w->memory, columns, sizeof *w->missing_merged,
                                      &w->missing_merged, w->list)
                         : rc;
    if (rc != STATUS_OK) {
        return rc;
    }
    rc = table_builder_new(&b, w->t->name, &err);
    rc = rc == STATUS_OK ? add_columns(w, b, at, &err) : rc;
    rc = rc == STATUS_OK ? put_cells(w, b, at, &err) : rc;
    rc = rc == STATUS_OK ? table_build(b, out, &err) : rc;
    table_builder_free(b);
    return fault_of(rc, &err, w->list);
}

double carry_weight(const carrying *w, const carry_piece *p)
{
    const column *measure = w->measure != SIZE_MAX ? w->columns[w->measure] : NULL;
    if (!measure) {
        return p->ratio;
    }
    return column_state(measure, p->row) == VALUE_PRESENT ? measure->at.f64[p->row] * p->ratio : 0;
}
