/* Two finished jobs side by side; what one job left. */
#include <math.h>
#include <string.h>

#include "engine/conformance/conformance_messages.h"
#include "engine/conformance/conformance_checks.h"

enum { VALUE_BYTES = 96 };
static const double RELATIVE = 1e-9;

/* --- values as text --- */

static const char *state_name(uint8_t state)
{
    static const char *const names[] = {"PRESENT",        "MISSING",        "UNREACHABLE",
                                        "BEYOND_LIMIT",   "NOT_APPLICABLE", "SECRET",
                                        "NOT_SIGNIFICANT"};
    return state < sizeof names / sizeof *names ? names[state] : "?";
}

static const char *text_at(const made_column *c, size_t row)
{
    return words_at(&c->words, ((const uint32_t *)c->values)[row]);
}

static double number_at(const made_output *o, const made_column *c, size_t row)
{
    if (o->is->type == BASSIN_F64)
        return ((const double *)c->values)[row];
    if (o->is->type == BASSIN_I64)
        return (double)((const int64_t *)c->values)[row];
    return (double)((const uint32_t *)c->values)[row];
}

/* "12.5", a text, or the state as the header calls it. */
static void value_say(const made_output *o, const made_column *c, size_t row, char out[VALUE_BYTES])
{
    if (c->state[row] != BASSIN_PRESENT)
        (void)snprintf(out, VALUE_BYTES, "%s", state_name(c->state[row]));
    else if (o->is->type == BASSIN_TEXT)
        (void)snprintf(out, VALUE_BYTES, "\"%.80s\"", text_at(c, row));
    else
        (void)text_from_f64(number_at(o, c, row), out, VALUE_BYTES);
}

/* --- columns --- */

static bool numbers_near(double a, double b)
{
    return a == b || fabs(a - b) <= RELATIVE * fmax(fabs(a), fabs(b));
}

static bool rows_alike(const made_output *o, const made_column *a, const made_column *b, size_t row,
                       likeness how)
{
    const size_t bytes = value_bytes(o->is->type);
    if (a->state[row] != b->state[row])
        return false;
    if (o->is->type == BASSIN_TEXT)
        return a->state[row] != BASSIN_PRESENT || strcmp(text_at(a, row), text_at(b, row)) == 0;
    if (how == SAME_VALUES && o->is->type == BASSIN_F64)
        return numbers_near(number_at(o, a, row), number_at(o, b, row));
    return memcmp((const char *)a->values + row * bytes, (const char *)b->values + row * bytes,
                  bytes) == 0;
}

static bool columns_alike(const plugin_job *job, const made_output *o, const made_column *a,
                          const made_column *b, likeness how, error *why)
{
    if (a->rows != b->rows) {
        (void)error_set(why, STATUS_INPUT, M_CONFORM_ROWS, o->table, a->rows, b->rows);
        return false;
    }
    for (size_t row = 0; row < a->rows; row++) {
        char label[160], first[VALUE_BYTES], second[VALUE_BYTES];
        if (rows_alike(o, a, b, row, how))
            continue;
        row_label(job, o->table, row, label, sizeof label);
        value_say(o, a, row, first);
        value_say(o, b, row, second);
        (void)error_set(why, STATUS_INPUT, M_CONFORM_DIFFERS, o->table, a->name, label, first,
                        second);
        return false;
    }
    return true;
}

/* --- totals, geometries, log --- */

static bool same_double(double a, double b, likeness how)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b);
    return how == SAME_VALUES ? numbers_near(a, b) : memcmp(&a, &b, sizeof a) == 0;
}

static bool total_alike(const made_total *a, const made_total *b, likeness how)
{
    return strcmp(a->name, b->name) == 0 && a->state == b->state &&
           same_double(a->value, b->value, how) && same_double(a->low, b->low, how) &&
           same_double(a->high, b->high, how);
}

static bool totals_alike(const plugin_job *a, const plugin_job *b, likeness how, error *why)
{
    if (a->total_count != b->total_count) {
        (void)error_set(why, STATUS_INPUT, M_CONFORM_ROWS, "totals", a->total_count,
                        b->total_count);
        return false;
    }
    for (size_t i = 0; i < a->total_count; i++) {
        char first[VALUE_BYTES], second[VALUE_BYTES];
        if (total_alike(&a->totals[i], &b->totals[i], how))
            continue;
        (void)text_from_f64(a->totals[i].value, first, sizeof first);
        (void)text_from_f64(b->totals[i].value, second, sizeof second);
        (void)error_set(why, STATUS_INPUT, M_CONFORM_DIFFERS, "totals", "value", a->totals[i].name,
                        first, second);
        return false;
    }
    return true;
}

static bool set_alike(const place_set *a, const place_set *b)
{
    return a->row == b->row && a->count == b->count &&
           (a->count == 0 || memcmp(a->places, b->places, a->count * sizeof *a->places) == 0);
}

static bool sets_alike(const made_table *a, const made_table *b, error *why)
{
    bool alike = a->made == b->made && a->set_count == b->set_count;
    for (size_t i = 0; alike && i < a->set_count; i++)
        alike = set_alike(&a->sets[i], &b->sets[i]);
    if (!alike)
        (void)error_set(why, STATUS_INPUT, M_CONFORM_SETS, a->name);
    return alike;
}

/* Other blocks log other lines. */
static bool log_alike(const plugin_job *a, const plugin_job *b, error *why)
{
    bool alike = a->line_count == b->line_count;
    for (size_t i = 0; alike && i < a->line_count; i++)
        alike = strcmp(a->lines[i].text, b->lines[i].text) == 0;
    if (!alike)
        (void)error_set(why, STATUS_INPUT, M_CONFORM_LOG, a->line_count, b->line_count);
    return alike;
}

bool jobs_alike(const plugin_job *a, const plugin_job *b, likeness how, error *why)
{
    bool alike = true;
    for (size_t i = 0; alike && i < a->is->outputs.count; i++) {
        const made_output *o = &a->outputs[i];
        for (size_t m = 0; alike && m < o->count; m++)
            alike = columns_alike(a, o, &o->columns[m], &b->outputs[i].columns[m], how, why);
    }
    for (size_t t = 0; alike && t < a->is->tables.count; t++)
        alike = sets_alike(&a->tables[t], &b->tables[t], why);
    alike = alike && totals_alike(a, b, how, why);
    return alike && (how == SAME_VALUES || log_alike(a, b, why));
}

/* --- one job --- */

/* 0 may be a count of no row, which is known, and a text may say so; any other value is made up. */
static bool may_be_known(const made_output *o, const made_column *c, size_t row)
{
    return o->is->type == BASSIN_TEXT || number_at(o, c, row) == 0.0;
}

knowledge job_says_of_nothing(const plugin_job *job, error *why)
{
    knowledge said = SAYS_NOTHING;
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; o->made_table == NO_INDEX && m < o->count; m++) {
            const made_column *c = &o->columns[m];
            for (size_t row = 0; row < c->rows; row++) {
                char label[160], value[VALUE_BYTES];
                const bool none = may_be_known(o, c, row);
                if (c->state[row] != BASSIN_PRESENT || (none && said == SAYS_NONE))
                    continue;
                row_label(job, o->table, row, label, sizeof label);
                value_say(o, c, row, value);
                (void)(none ? error_set(why, STATUS_INPUT, M_CONFORM_NONE, o->table, c->name, label,
                                        value)
                            : error_set(why, STATUS_INPUT, M_CONFORM_INVENTED, o->table, c->name,
                                        label, value));
                said = SAYS_NONE;
                if (!none)
                    return SAYS_SOMETHING;
            }
        }
    }
    return said;
}

static bool has_value(const made_column *c)
{
    for (size_t row = 0; row < c->rows; row++) {
        if (c->state[row] == BASSIN_PRESENT)
            return true;
    }
    return c->rows == 0;
}

bool job_fills_all(const plugin_job *job, error *why)
{
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; m < o->count; m++) {
            if (has_value(&o->columns[m]))
                continue;
            (void)error_set(why, STATUS_INPUT, M_CONFORM_EMPTY, o->table, o->columns[m].name);
            return false;
        }
    }
    return true;
}
