/* The rows of a matrix, from the order of the file to that of their `to` and `from`. */
#include "network/travel/matrix.h"

#include <math.h>
#include <stdlib.h>

#include "network/messages.h"
#include "table/reader.h"

/* A row on its way: where it goes within its `to`, and where it comes from. */
typedef struct placed_row {
    uint32_t from;
    uint32_t row; /* of the table */
} placed_row;

typedef struct taking {
    const table *t;
    const column *from, *to, *minutes, *km;
    const uint8_t *from_wanted, *to_wanted;
    placed_row *placed;
    matrix_rows *out;
    faults *list;
    size_t clashes;
} taking;

void matrix_rows_clear(matrix_rows *m)
{
    memory_free(m->start);
    memory_free(m->from);
    memory_free(m->minutes);
    memory_free(m->km);
    *m = (matrix_rows){0};
}

static bool serves(const taking *k, size_t row)
{
    return column_state(k->from, row) == VALUE_PRESENT &&
           column_state(k->to, row) == VALUE_PRESENT && k->from_wanted[k->from->at.u32[row]] &&
           k->to_wanted[k->to->at.u32[row]];
}

static double value_of(const column *c, size_t row)
{
    return c && column_state(c, row) == VALUE_PRESENT ? c->at.f64[row] : (double)NAN;
}

/* Counting sort by `to`; rows of one `to` stay in the order of the file. */
static status place_rows(taking *k, error *err)
{
    matrix_rows *m = k->out;
    m->start = memory_new(m->to_count + 1, sizeof *m->start);
    if (!m->start)
        return memory_error(err, (m->to_count + 1) * sizeof *m->start);
    for (size_t row = 0; row < k->t->rows; row++)
        if (serves(k, row))
            m->start[k->to->at.u32[row] + 1]++;
    for (size_t t = 0; t < m->to_count; t++)
        m->start[t + 1] += m->start[t];
    m->count = (size_t)m->start[m->to_count];
    k->placed = memory_new(m->count, sizeof *k->placed);
    if (!k->placed)
        return memory_error(err, m->count * sizeof *k->placed);
    for (size_t row = 0; row < k->t->rows; row++)
        if (serves(k, row))
            k->placed[m->start[k->to->at.u32[row]]++] =
                (placed_row){.from = k->from->at.u32[row], .row = (uint32_t)row};
    for (size_t t = m->to_count; t > 0; t--)
        m->start[t] = m->start[t - 1];
    m->start[0] = 0;
    return STATUS_OK;
}

static int by_from(const void *a, const void *b)
{
    const placed_row *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool same_value(double a, double b)
{
    return (isnan(a) && isnan(b)) || !(a < b || a > b || isnan(a) || isnan(b));
}

static bool rows_agree(const taking *k, size_t a, size_t b)
{
    return same_value(value_of(k->minutes, a), value_of(k->minutes, b)) &&
           same_value(value_of(k->km, a), value_of(k->km, b));
}

static void refuse_clash(taking *k, size_t first, size_t second)
{
    const source_ref at = table_source(k->t, second);
    if (++k->clashes <= READER_MAX_FAULTS)
        (void)faults_refuse(k->list, at, M_MATRIX_CLASH, column_text(k->from, second),
                            column_text(k->to, second),
                            (unsigned long long)table_source(k->t, first).line);
}

/* One `to`: sorted, equal rows merged. Returns where the next `to` begins. */
static uint64_t settle(taking *k, uint64_t begin, uint64_t end, uint64_t at)
{
    matrix_rows *m = k->out;
    size_t last = 0;
    qsort(k->placed + begin, (size_t)(end - begin), sizeof *k->placed, by_from);
    for (uint64_t i = begin; i < end; i++) {
        const placed_row p = k->placed[i];
        if (i > begin && k->placed[i - 1].from == p.from) {
            m->twice++;
            if (!rows_agree(k, last, p.row))
                refuse_clash(k, last, p.row);
            continue;
        }
        last = p.row;
        m->from[at] = p.from;
        m->minutes[at] = value_of(k->minutes, p.row);
        m->km[at] = value_of(k->km, p.row);
        m->without_minutes += isnan(m->minutes[at]) ? 1 : 0;
        m->without_km += isnan(m->km[at]) ? 1 : 0;
        at++;
    }
    return at;
}

static status settle_all(taking *k, error *err)
{
    matrix_rows *m = k->out;
    uint64_t at = 0;
    m->from = memory_new(m->count, sizeof *m->from);
    m->minutes = memory_new(m->count, sizeof *m->minutes);
    m->km = memory_new(m->count, sizeof *m->km);
    if (!m->from || !m->minutes || !m->km)
        return memory_error(err, m->count * (sizeof *m->from + 2 * sizeof *m->km));
    for (uint64_t t = 0, begin = 0; t < m->to_count; t++) {
        const uint64_t end = m->start[t + 1];
        m->start[t] = at;
        at = settle(k, begin, end, at);
        begin = end;
    }
    m->start[m->to_count] = at;
    m->count = (size_t)at;
    return STATUS_OK;
}

status matrix_rows_take(const table *t, const uint8_t *from_wanted, const uint8_t *to_wanted,
                        matrix_rows *out, faults *faults_list)
{
    error err = {0};
    taking k = {.t = t,
                .km = table_find(t, "km"),
                .from_wanted = from_wanted,
                .to_wanted = to_wanted,
                .out = out,
                .list = faults_list};
    *out = (matrix_rows){0};
    status result = table_column(t, "from", COLUMN_TEXT, &k.from, &err);
    if (result == STATUS_OK)
        result = table_column(t, "to", COLUMN_TEXT, &k.to, &err);
    if (result == STATUS_OK)
        result = table_column(t, "minutes", COLUMN_F64, &k.minutes, &err);
    if (result == STATUS_OK && t->rows >= UINT32_MAX)
        result = error_set(&err, STATUS_INPUT, M_MATRIX_LARGE, (unsigned long long)t->rows);
    if (result == STATUS_OK) {
        out->from_count = k.from->words.count;
        out->to_count = k.to->words.count;
        result = place_rows(&k, &err);
    }
    if (result == STATUS_OK)
        result = settle_all(&k, &err);
    memory_free(k.placed);
    if (result)
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    if (k.clashes > READER_MAX_FAULTS)
        (void)faults_refuse(faults_list, SOURCE_NONE, M_MATRIX_CLASHES,
                            (unsigned long long)(k.clashes - READER_MAX_FAULTS));
    return k.clashes > 0 ? STATUS_INPUT : STATUS_OK;
}

uint64_t matrix_rows_find(const matrix_rows *m, uint32_t from, uint32_t to)
{
    if (from == MATRIX_NONE || to == MATRIX_NONE)
        return UINT64_MAX;
    uint64_t low = m->start[to], high = m->start[to + 1];
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (m->from[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->start[to + 1] && m->from[low] == from ? low : UINT64_MAX;
}
