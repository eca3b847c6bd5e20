#include "table/gather_cells.h"

#include <string.h>

#include "table/quick_number.h"

/* --- any cell: the rules of the plain reader --- */

static status set_state(chunk_reading *c, gathered_column *out, size_t row, value_state state,
                        error *err)
{
    if (!out->state)
        out->state = memory_new(c->out->capacity, 1);
    if (!out->state)
        return memory_error(err, c->out->capacity);
    out->state[row] = (uint8_t)state;
    return STATUS_OK;
}

static bool lies_in_text(const chunk_reading *c, text_slice s)
{
    uintptr_t at = (uintptr_t)s.at;
    return at >= (uintptr_t)c->reading->start && at < (uintptr_t)c->reading->end;
}

static status keep_text(chunk_reading *c, gathered_column *out, size_t row, text_slice s,
                        error *err)
{
    bool kept = lies_in_text(c, s)
                    ? chunk_words_add(&out->words, s, c->reading->end, &out->values.u32[row])
                    : chunk_words_copy(&out->words, s, &out->values.u32[row]);
    return kept ? STATUS_OK : memory_error(err, s.size);
}

status gather_cell(chunk_reading *c, size_t i, size_t row, const cell *k, error *err)
{
    const wanted_column *w = c->reading->columns[i].wanted;
    gathered_column *out = &c->out->columns[i];
    text_slice text;
    typed_value v;
    if (!decoder_cell(&c->decoder, k, &text))
        return memory_error(err, k->size * 3);
    if (typed_read(w, text, &c->mark, c->line, &v) != TYPED_SOUND) {
        c->declined = true;
        return STATUS_OK;
    }
    if (v.state != VALUE_PRESENT)
        return set_state(c, out, row, v.state, err);
    if (w->type == COLUMN_TEXT)
        return keep_text(c, out, row, v.text, err);
    if (w->type == COLUMN_F64)
        out->values.f64[row] = v.at.f64;
    else if (w->type == COLUMN_I64)
        out->values.i64[row] = v.at.i64;
    else
        out->values.u32[row] = v.at.u32;
    return STATUS_OK;
}

/* The quotes were walked: a cell that begins with one ends with one. */
static status any_cell(chunk_reading *c, size_t i, size_t row, text_slice s, error *err)
{
    cell k = {.at = s.at, .size = s.size};
    if (s.size && *s.at == '"') {
        if (s.size < 2 || s.at[s.size - 1] != '"') {
            c->declined = true;
            return STATUS_OK;
        }
        k = (cell){.at = s.at + 1, .size = s.size - 2, .quoted = true};
        k.doubled = k.size && memchr(k.at, '"', k.size);
    }
    return gather_cell(c, i, row, &k, err);
}

/* --- the usual cells: bare, in UTF-8, without blanks around --- */

static inline text_slice cell_at(const chunk_reading *c, size_t mark, bool last)
{
    const char *start = c->base + (uint32_t)(c->index[mark] + 1);
    const char *end = c->base + c->index[mark + 1];
    if (last && end > start && end[-1] == '\r')
        end--;
    return text_slice_of(start, (size_t)(end - start));
}

static inline bool is_usual_text(text_slice s)
{
    return s.size && *s.at != '"' && *s.at != ' ' && *s.at != '\t';
}

static inline bool take_mark(chunk_reading *c, char seen)
{
    if (!c->mark.mark)
        c->mark = (decimal_mark){.mark = seen, .line = c->line};
    return c->mark.mark == seen;
}

static inline bool in_range(const wanted_column *w, double value)
{
    return !(w->lowest < w->highest) || (value >= w->lowest && value <= w->highest);
}

/* True: the value is set. */
static inline bool quick_cell(chunk_reading *c, const wanted_column *w, gathered_column *out,
                              size_t row, text_slice s)
{
    char seen = 0;
    switch (w->type) {
    case COLUMN_TEXT:
        return is_usual_text(s) && !c->latin1 &&
               chunk_words_add(&out->words, s, c->reading->end, &out->values.u32[row]);
    case COLUMN_F64:
        return quick_f64(s, &seen, &out->values.f64[row]) && in_range(w, out->values.f64[row]) &&
               (!seen || take_mark(c, seen));
    case COLUMN_U32:
        return quick_u32(s, &out->values.u32[row]) && in_range(w, out->values.u32[row]);
    case COLUMN_I64:
        break;
    }
    return false;
}

status gather_cells(chunk_reading *c, size_t i, size_t rows, error *err)
{
    const typed_column *k = &c->reading->columns[i];
    gathered_column *out = &c->out->columns[i];
    bool last = k->source + 1 == c->fields;
    status result = STATUS_OK;
    for (size_t r = 0; result == STATUS_OK && !c->declined && r < rows; r++) {
        text_slice s = cell_at(c, r * c->fields + k->source, last);
        size_t row = c->out->rows + r;
        if (!quick_cell(c, k->wanted, out, row, s))
            result = any_cell(c, i, row, s, err);
    }
    return result;
}
