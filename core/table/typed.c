#include "table/typed.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "table/match.h"
#include "table/messages.h"

enum { VALUE_SHOWN_BYTES = 80 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static text_slice trimmed(text_slice s)
{
    while (s.size && is_blank(s.at[s.size - 1]))
        s.size--;
    while (s.size && is_blank(*s.at)) {
        s.at++;
        s.size--;
    }
    return s;
}

/* INSEE's signs in place of a number. */
static value_state number_state(text_slice s)
{
    static const struct {
        const char *text;
        value_state state;
    } signs[] = {{"", VALUE_MISSING},          {"s", VALUE_SECRET},     {"NA", VALUE_MISSING},
                 {"nd", VALUE_MISSING},        {"n.d.", VALUE_MISSING}, {"…", VALUE_MISSING},
                 {"///", VALUE_NOT_APPLICABLE}};
    if (s.size > 4 || (s.size && *s.at >= '0' && *s.at <= '9'))
        return VALUE_PRESENT;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (text_equal(s, signs[i].text))
            return signs[i].state;
    }
    return VALUE_PRESENT;
}

static bool is_not_finite_word(text_slice s)
{
    static const char *const words_of[] = {"nan", "inf", "infinity", "1.#inf", "1.#ind", "1.#qnan"};
    char lower[16];
    if (s.size && (*s.at == '+' || *s.at == '-')) {
        s.at++;
        s.size--;
    }
    if (s.size >= sizeof lower)
        return false;
    for (size_t i = 0; i < s.size; i++)
        lower[i] = (char)(s.at[i] >= 'A' && s.at[i] <= 'Z' ? s.at[i] + 32 : s.at[i]);
    for (size_t i = 0; i < sizeof words_of / sizeof *words_of; i++) {
        if (text_equal(text_slice_of(lower, s.size), words_of[i]))
            return true;
    }
    return false;
}

static char mark_in(text_slice s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (s.at[i] == '.' || s.at[i] == ',')
            return s.at[i];
    }
    return 0;
}

/* A well-written number past the largest double, which text_to_f64 refuses too. */
static bool is_overflow(text_slice s)
{
    double mantissa = 0;
    int64_t exponent = 0;
    char mark = mark_in(s);
    size_t e = 0;
    while (e < s.size && s.at[e] != 'e' && s.at[e] != 'E')
        e++;
    return e < s.size && text_to_f64(text_slice_of(s.at, e), mark ? mark : '.', &mantissa) &&
           text_to_i64(text_slice_of(s.at + e + 1, s.size - e - 1), &exponent);
}

static typed_defect not_a_number(text_slice s)
{
    return is_not_finite_word(s) || is_overflow(s) ? TYPED_NOT_FINITE : TYPED_NOT_NUMBER;
}

static typed_defect read_f64(text_slice s, decimal_mark *mark, uint64_t line, double *out)
{
    char seen = mark_in(s);
    if (!text_to_f64(s, seen ? seen : '.', out))
        return not_a_number(s);
    if (!isfinite(*out))
        return TYPED_NOT_FINITE;
    if (!seen || seen == mark->mark)
        return TYPED_SOUND;
    if (mark->mark)
        return TYPED_MARK;
    *mark = (decimal_mark){.mark = seen, .line = line};
    return TYPED_SOUND;
}

static typed_defect read_whole(text_slice s, int64_t lowest, int64_t highest, int64_t *out)
{
    double value = 0;
    if (text_to_i64(s, out))
        return *out < lowest ? TYPED_BELOW : *out > highest ? TYPED_ABOVE : TYPED_SOUND;
    char seen = mark_in(s);
    return text_to_f64(s, seen ? seen : '.', &value) ? TYPED_NOT_WHOLE : not_a_number(s);
}

static typed_defect check_range(const wanted_column *w, double value)
{
    if (!(w->lowest < w->highest))
        return TYPED_SOUND;
    return value < w->lowest ? TYPED_BELOW : value > w->highest ? TYPED_ABOVE : TYPED_SOUND;
}

static typed_defect read_number(const wanted_column *w, text_slice s, decimal_mark *mark,
                                uint64_t line, typed_value *out)
{
    bool u32 = w->type == COLUMN_U32;
    double value = 0;
    int64_t whole = 0;
    typed_defect defect = w->type == COLUMN_F64 ? read_f64(s, mark, line, &value)
                                                : read_whole(s, u32 ? 0 : INT64_MIN,
                                                             u32 ? UINT32_MAX : INT64_MAX, &whole);
    if (defect != TYPED_SOUND)
        return defect;
    defect = check_range(w, w->type == COLUMN_F64 ? value : (double)whole);
    if (w->type == COLUMN_F64)
        out->at.f64 = value;
    else if (u32)
        out->at.u32 = (uint32_t)whole;
    else
        out->at.i64 = whole;
    return defect;
}

typed_defect typed_read(const wanted_column *w, text_slice text, decimal_mark *mark, uint64_t line,
                        typed_value *out)
{
    text_slice s = trimmed(text);
    *out = (typed_value){.state = VALUE_PRESENT, .text = text};
    if (w->type == COLUMN_TEXT) {
        out->state = s.size ? VALUE_PRESENT : VALUE_MISSING;
        return TYPED_SOUND;
    }
    out->state = number_state(s);
    return out->state == VALUE_PRESENT ? read_number(w, s, mark, line, out) : TYPED_SOUND;
}

static typed_defect set_f64(table_builder *b, const typed_column *c, size_t row, double value)
{
    const typed_defect defect = check_range(c->wanted, value);
    if (defect == TYPED_SOUND)
        table_builder_f64(b, c->target, row, value);
    return defect;
}

static typed_defect set_whole(table_builder *b, const typed_column *c, size_t row, int64_t value)
{
    const typed_defect defect = check_range(c->wanted, (double)value);
    if (defect != TYPED_SOUND)
        return defect;
    if (c->wanted->type == COLUMN_U32)
        table_builder_u32(b, c->target, row, (uint32_t)value);
    else
        table_builder_i64(b, c->target, row, value);
    return TYPED_SOUND;
}

typed_defect typed_set_i64(table_builder *b, const typed_column *c, size_t row, int64_t value)
{
    if (c->wanted->type == COLUMN_F64)
        return set_f64(b, c, row, (double)value);
    if (c->wanted->type == COLUMN_U32 && (value < 0 || value > UINT32_MAX))
        return value < 0 ? TYPED_BELOW : TYPED_ABOVE;
    return set_whole(b, c, row, value);
}

typed_defect typed_set_f64(table_builder *b, const typed_column *c, size_t row, double value)
{
    if (!isfinite(value))
        return TYPED_NOT_FINITE;
    if (c->wanted->type == COLUMN_F64)
        return set_f64(b, c, row, value);
    if (value < -0x1p63 || value >= 0x1p63)
        return value < 0 ? TYPED_BELOW : TYPED_ABOVE;
    return value == floor(value) ? typed_set_i64(b, c, row, (int64_t)value) : TYPED_NOT_WHOLE;
}

typed_defect typed_set(table_builder *b, const typed_column *c, size_t row, text_slice value,
                       decimal_mark *mark, uint64_t line, error *err)
{
    typed_value v;
    typed_defect defect = typed_read(c->wanted, value, mark, line, &v);
    if (defect != TYPED_SOUND)
        return defect;
    if (v.state != VALUE_PRESENT)
        table_builder_state(b, c->target, row, v.state);
    else if (c->wanted->type == COLUMN_F64)
        table_builder_f64(b, c->target, row, v.at.f64);
    else if (c->wanted->type == COLUMN_U32)
        table_builder_u32(b, c->target, row, v.at.u32);
    else if (c->wanted->type == COLUMN_I64)
        table_builder_i64(b, c->target, row, v.at.i64);
    else if (table_builder_text(b, c->target, row, v.text, err) != STATUS_OK)
        return TYPED_FAILED;
    return TYPED_SOUND;
}

static void refuse_range(faults *list, source_ref at, const typed_column *c, typed_defect defect,
                         const char *shown)
{
    const wanted_column *w = c->wanted;
    bool ranged = w->lowest < w->highest;
    double low = ranged ? w->lowest : 0;
    double high = ranged                  ? w->highest
                  : w->type == COLUMN_U32 ? (double)UINT32_MAX
                                          : (double)INT64_MAX;
    char limit[64];
    text_from_f64(defect == TYPED_BELOW ? low : high, limit, sizeof limit);
    if (defect == TYPED_ABOVE)
        (void)faults_refuse(list, at, M_READ_ABOVE, shown, limit, w->name);
    else if (low == 0)
        (void)faults_refuse(list, at, M_READ_NEGATIVE, shown, w->name);
    else
        (void)faults_refuse(list, at, M_READ_BELOW, shown, limit, w->name);
}

void typed_refuse(faults *list, source_ref at, const typed_column *c, typed_defect defect,
                  text_slice value, const decimal_mark *mark)
{
    char shown[VALUE_SHOWN_BYTES + 4];
    const char *name = c->wanted->name;
    if (text_escape(value, shown, VALUE_SHOWN_BYTES) >= VALUE_SHOWN_BYTES)
        memcpy(shown + strlen(shown), "…", sizeof "…");
    switch (defect) {
    case TYPED_NOT_NUMBER:
        (void)faults_refuse(list, at, M_READ_NOT_NUMBER, shown, name);
        break;
    case TYPED_NOT_WHOLE:
        (void)faults_refuse(list, at, M_READ_NOT_WHOLE, shown, name);
        break;
    case TYPED_NOT_FINITE:
        (void)faults_refuse(list, at, M_READ_NOT_FINITE, shown, name);
        break;
    case TYPED_MARK:
        (void)faults_refuse(list, at, M_READ_MARK, shown, mark->mark, mark->line, name);
        break;
    case TYPED_BELOW:
    case TYPED_ABOVE:
        refuse_range(list, at, c, defect, shown);
        break;
    case TYPED_SOUND:
    case TYPED_FAILED:
        break;
    }
}

status typed_columns(table_builder *b, const wanted_column *wanted, size_t wanted_count,
                     const int64_t *position, typed_column *out, size_t *count, error *err)
{
    *count = 0;
    for (size_t i = 0; i < wanted_count; i++) {
        const wanted_column *w = &wanted[i];
        typed_column *c = &out[*count];
        if (position[i] == MATCH_NONE)
            continue;
        *c = (typed_column){.wanted = w, .source = (size_t)position[i]};
        column_spec spec = {.name = w->name,
                            .title_fr = w->title_fr,
                            .title_en = w->title_en,
                            .unit = w->unit,
                            .type = w->type,
                            .decimals = w->decimals};
        status result = table_builder_column(b, &spec, &c->target, err);
        if (result != STATUS_OK)
            return result;
        ++*count;
    }
    return STATUS_OK;
}
