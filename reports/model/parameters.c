/* Parameters as people read them: their titles, their values, and the sentence of a note. */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "reports/model/build.h"
#include "reports/model/messages.h"

static const char *cell(const table *t, const char *name, size_t row)
{
    return text_or_empty(table_find(t, name), row);
}

/* --- values --- */

void text_add_shortest(text_buffer *to, double value, language lang)
{
    char text[64];
    int decimals = 0;
    for (double step = 1; decimals < 4 && fabs(round(value * step) - value * step) > 1e-9;
         step *= 10)
        decimals++;
    (void)text_number(value, decimals, lang, text, sizeof text);
    text_add(to, text);
}

static void add_slice(text_buffer *to, text_slice s, language lang)
{
    double value = 0;
    if (text_to_f64(s, '.', &value))
        text_add_shortest(to, value, lang);
    else
        text_add_n(to, s.at, s.size);
}

/* "a=10": the letter of a function, then its value. */
static bool is_of_function(text_slice s)
{
    return s.size > 2 && s.at[0] >= 'a' && s.at[0] <= 'h' && s.at[1] == '=';
}

static text_slice next_part(const char **text)
{
    const size_t size = strcspn(*text, ";");
    const text_slice s = text_slice_of(*text, size);
    *text += (*text)[size] ? size + 1 : size;
    return s;
}

/* The one value of every function; false when they differ. */
static bool same_everywhere(const char *text, text_slice *value)
{
    size_t count = 0;
    while (*text) {
        const text_slice s = next_part(&text);
        if (!is_of_function(s))
            return false;
        const text_slice own = text_slice_of(s.at + 2, s.size - 2);
        if (count++ > 0 && (own.size != value->size || memcmp(own.at, value->at, own.size) != 0))
            return false;
        *value = own;
    }
    return count > 0;
}

const char *parameter_value_said(arena *into, language lang, const char *text,
                                 const char *unit_label)
{
    text_buffer b = {0};
    text_slice one;
    if (same_everywhere(text, &one)) {
        add_slice(&b, one, lang);
        text = "";
    }
    for (size_t said = 0; *text; said++) {
        const text_slice s = next_part(&text);
        const bool of_function = is_of_function(s);
        if (said > 0)
            text_add(&b, of_function ? ", " : lang == LANGUAGE_FR ? "\u00a0; " : "; ");
        if (of_function)
            text_add_format(&b, "%c\u00a0: ", s.at[0]);
        add_slice(&b, of_function ? text_slice_of(s.at + 2, s.size - 2) : s, lang);
    }
    text_add(&b, *unit_label ? "\u00a0" : "");
    text_add(&b, unit_label);
    const char *const said = b.failed ? NULL : arena_text(into, b.at ? b.at : "");
    text_buffer_clear(&b);
    return said;
}

/* --- titles --- */

static const char *indicator_cell(const report_model *m, const char *id, const char *name)
{
    const result_table *const t = results_find(m->results, "indicators");
    for (size_t row = 0; t && row < t->rows->rows; row++) {
        if (strcmp(cell(t->rows, "indicator", row), id) == 0)
            return cell(t->rows, name, row);
    }
    return "";
}

static const char *bare_title(const table *t, size_t row)
{
    const char *const title = cell(t, "title", row), *const id = cell(t, "parameter", row);
    return *title ? title : *id ? id : cell(t, "name", row);
}

const char *parameter_title_at(const report_model *m, size_t row, arena *into)
{
    const table *const t = results_find(m->results, "parameters")->rows;
    const char *const title = bare_title(t, row), *const plugin = cell(t, "plugin", row);
    bool shared = false;
    for (size_t i = 0; i < t->rows; i++)
        shared = shared || (strcmp(bare_title(t, i), title) == 0 &&
                            strcmp(cell(t, "plugin", i), plugin) != 0);
    const char *const indicator = shared ? indicator_cell(m, plugin, "title") : "";
    return *indicator ? arena_format(into, "%s (%s)", title, indicator) : title;
}

/* --- in a note --- */

bool is_added_indicator(const report_model *m, const char *plugin)
{
    const char *const origin = indicator_cell(m, plugin, "origin");
    return *origin && strcmp(origin, "built_in") != 0;
}

static bool is_assumed(const table *t, size_t row)
{
    const column *const c = table_find(t, "assumed");
    double said = 0;
    return (c && value_number(c, row, &said) && said > 0) ||
           strncmp(cell(t, "basis", row), "assumed", strlen("assumed")) == 0;
}

static status add_parameter(const report_model *m, const table *t, size_t row, arena *into,
                            text_buffer *b, error *err)
{
    const unit *const known = unit_find(cell(t, "unit", row));
    const char *const label = known ? tr(m->lang, known->label_fr, known->label_en) : "";
    const char *const value = parameter_value_said(into, m->lang, cell(t, "value", row), label);
    if (!value)
        return memory_error(err, 64);
    text_add_format(b, " %s %s", bare_title(t, row), value);
    if (is_assumed(t, row))
        text_add(b, tr(m->lang, M_NOTE_PARAMETER_ASSUMED));
    return STATUS_OK;
}

status note_add_parameters(const report_model *m, const char *plugin, arena *into, text_buffer *b,
                           error *err)
{
    enum { SHOWN_MAX = 6 };
    const result_table *const t = results_find(m->results, "parameters");
    size_t count = 0;
    status s = STATUS_OK;
    for (size_t row = 0; t && s == STATUS_OK && row < t->rows->rows; row++) {
        if (strcmp(cell(t->rows, "plugin", row), plugin) != 0 || count > SHOWN_MAX)
            continue;
        if (count == 0)
            note_add_sentence(b, tr(m->lang, M_NOTE_PARAMETERS));
        text_add(b, count == 0 ? "" : ",");
        if (count++ == SHOWN_MAX)
            text_add(b, " …");
        else
            s = add_parameter(m, t->rows, row, into, b, err);
    }
    if (count > 0 && count <= SHOWN_MAX)
        text_add(b, ".");
    return s;
}
