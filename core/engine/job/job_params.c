#include "engine/job/job_params.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "engine/plan_messages.h"
#include "engine/plugin/plugin_values.h"

/* --- the default --- */

static size_t elements_of(const char *text)
{
    size_t count = 1;
    for (const char *c = text; *c != '\0'; c++)
        count += *c == ';';
    return count;
}

static status default_list(plugin_param *param, arena *memory, error *err)
{
    const char *text = param->is->fallback_text;
    size_t count = 0;
    const size_t most = elements_of(text);
    double *values = arena_take(memory, most, sizeof *values);
    if (values == NULL)
        return memory_error(err, most * sizeof *values);
    for (text_slice rest = text_slice_of(text, strlen(text)); rest.size > 0 && count < most;
         count++) {
        if (!text_to_f64(list_next(&rest, ';'), '.', &values[count]))
            return error_set(err, STATUS_INPUT, M_PARAM_FALLBACK, param->is->id);
    }
    param->value = (bassin_value){.value = values, .count = (uint32_t)count};
    return STATUS_OK;
}

status param_default(plugin_param *param, arena *memory, error *err)
{
    const bassin_param *q = param->is;
    if (q->kind == BASSIN_PARAM_LIST)
        return default_list(param, memory, err);
    size_t count = q->kind == BASSIN_PARAM_BY_FUNCTION ? BASSIN_FUNCTIONS : 1;
    double *values = arena_take(memory, count, sizeof *values);
    if (values == NULL)
        return memory_error(err, count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = q->kind == BASSIN_PARAM_CHOICE
                        ? (double)choice_index(q->choices, q->fallback_text)
                        : q->fallback;
    bool text = q->kind == BASSIN_PARAM_CHOICE || q->kind == BASSIN_PARAM_TEXT;
    param->value = (bassin_value){.value = values,
                                  .count = q->kind == BASSIN_PARAM_TEXT ? 0 : (uint32_t)count,
                                  .text = text ? q->fallback_text : NULL};
    return STATUS_OK;
}

void param_widen(plugin_param *param)
{
    param->low = param->is->low;
    param->high = param->is->high;
    if (!(param->low < param->high) || param->value.count == 0)
        return;
    param->low = fmin(param->low, param->value.value[0]);
    param->high = fmax(param->high, param->value.value[0]);
}

/* --- as text --- */

char *param_text(const plugin_param *param, arena *into)
{
    text_buffer b = {.at = NULL};
    const bassin_value *v = &param->value;
    if (v->text != NULL)
        return arena_text(into, v->text);
    bool letters = param->is->kind == BASSIN_PARAM_BY_FUNCTION;
    for (uint32_t i = 0; i < v->count; i++) {
        char number[64];
        (void)text_from_f64(v->value[i], number, sizeof number);
        if (letters)
            text_add_format(&b, "%s%c=%s", i > 0 ? ";" : "", (int)('a' + i), number);
        else
            text_add_format(&b, "%s%s", i > 0 ? ";" : "", number);
    }
    char *text = b.failed ? NULL : arena_text(into, b.at != NULL ? b.at : "");
    text_buffer_clear(&b);
    return text;
}

/* --- from text --- */

static bool read_number(const bassin_param *q, text_slice text, double *out)
{
    return text_to_f64(text, '.', out) && isfinite(*out) &&
           (!(q->lowest < q->highest) || (*out >= q->lowest && *out <= q->highest));
}

/* One number, or several apart by ";". */
static bool read_numbers(plugin_param *param, const char *text, arena *memory, bool *failed)
{
    const size_t most = param->is->kind == BASSIN_PARAM_LIST ? elements_of(text) : 1;
    double *values = most <= LIST_MAX ? arena_take(memory, most, sizeof *values) : NULL;
    size_t count = 0;
    *failed = values == NULL && most <= LIST_MAX;
    if (values == NULL)
        return false;
    text_slice rest = text_slice_of(text, strlen(text));
    do {
        text_slice one = param->is->kind == BASSIN_PARAM_LIST ? list_next(&rest, ';') : rest;
        if (!read_number(param->is, one, &values[count]))
            return false;
        count++;
    } while (count < most);
    param->value = (bassin_value){.value = values, .count = (uint32_t)count};
    return true;
}

static bool read_functions(plugin_param *param, const char *text, arena *memory, bool *failed)
{
    double *values = arena_take(memory, BASSIN_FUNCTIONS, sizeof *values);
    *failed = values == NULL;
    if (values == NULL)
        return false;
    memcpy(values, param->value.value, BASSIN_FUNCTIONS * sizeof *values);
    for (text_slice rest = text_slice_of(text, strlen(text)); rest.size > 0;) {
        text_slice one = list_next(&rest, ';');
        if (one.size < 3 || one.at[0] < 'a' || one.at[0] >= 'a' + BASSIN_FUNCTIONS ||
            one.at[1] != '=' ||
            !read_number(param->is, text_slice_of(one.at + 2, one.size - 2),
                         &values[one.at[0] - 'a']))
            return false;
    }
    param->value = (bassin_value){.value = values, .count = BASSIN_FUNCTIONS};
    return true;
}

static bool read_word(plugin_param *param, const char *text, arena *memory, bool *failed)
{
    const bool choice = param->is->kind == BASSIN_PARAM_CHOICE;
    const size_t index = choice ? choice_index(param->is->choices, text) : 0;
    if (index == SIZE_MAX)
        return false;
    double *value = arena_take(memory, 1, sizeof *value);
    const char *copy = arena_text(memory, text);
    *failed = value == NULL || copy == NULL;
    if (*failed)
        return false;
    *value = (double)index;
    param->value = (bassin_value){.value = value, .count = choice ? 1 : 0, .text = copy};
    return true;
}

bool param_read(plugin_param *param, const char *text, arena *memory, bool *failed)
{
    *failed = false;
    switch (param->is->kind) {
    case BASSIN_PARAM_NUMBER:
    case BASSIN_PARAM_LIST:
        return read_numbers(param, text, memory, failed);
    case BASSIN_PARAM_BY_FUNCTION:
        return read_functions(param, text, memory, failed);
    default:
        return read_word(param, text, memory, failed);
    }
}
