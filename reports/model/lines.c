/* The four lines that INSEE prints under a map: Lecture, Champ, Source, Note. */
#include <string.h>

#include "reports/model/build.h"
#include "reports/model/messages.h"

const char *line_word_text(line_word w, language lang)
{
    switch (w) {
    case LINE_READING:
        return tr(lang, M_LINE_READING);
    case LINE_CHAMP:
        return tr(lang, M_LINE_CHAMP);
    case LINE_SOURCE:
        return tr(lang, M_LINE_SOURCE);
    case LINE_NOTE:
        break;
    }
    return tr(lang, M_LINE_NOTE);
}

static bool starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* --- note --- */

void note_add_sentence(text_buffer *b, const char *text)
{
    if (!text || !*text)
        return;
    if (b->size > 0)
        text_add(b, " ");
    text_add(b, text);
}

static bool shows(const map_sheet *sheet, const char *prefix)
{
    for (size_t i = 0; i < sheet->panel_count; i++) {
        const map_panel *const p = &sheet->panels[i];
        if (starts(p->table->rows->columns[p->column].name, prefix))
            return true;
    }
    return false;
}

/* "a=20;b=20" is 20 where all functions agree, "" where they do not; "20" is itself. */
static const char *same_for_all(arena *into, const char *value)
{
    const char *const first = strchr(value, '=');
    if (!first)
        return value;
    const size_t size = strcspn(first + 1, ";");
    for (const char *at = first; at; at = strchr(at + 1, '=')) {
        if (strcspn(at + 1, ";") != size || strncmp(at + 1, first + 1, size) != 0)
            return "";
    }
    const char *const found = arena_text_n(into, first + 1, size);
    return found ? found : "";
}

/* The threshold of a white zone as the run had it: a row of `parameters`; "" when it varies. */
static const char *white_zone_value(const report_model *m)
{
    static const char *const names[] = {"name", "parameter", "id", NULL};
    const result_table *const t = results_find(m->results, "parameters");
    const column *const value = t ? table_find(t->rows, "value") : NULL;
    for (size_t i = 0; value && value->type == COLUMN_TEXT && names[i]; i++) {
        const column *const name = table_find(t->rows, names[i]);
        for (size_t row = 0; name && row < t->rows->rows; row++) {
            const char *const text = text_or_empty(name, row);
            if (strcmp(text, "white-zone") == 0 || strcmp(text, "coverage.white-zone") == 0)
                return same_for_all(m->memory, column_text(value, row));
        }
    }
    return "";
}

/* Assumed parameters of the plugin that made what the sheet shows; those of others are not its
 * concern. */
static status add_assumed(const report_model *m, const char *of, text_buffer *b, error *err)
{
    const result_table *const t = results_find(m->results, "parameters");
    const column *const plugin = t ? table_find(t->rows, "plugin") : NULL;
    const column *const title = t ? table_find(t->rows, "title") : NULL;
    const column *const assumed = t ? table_find(t->rows, "assumed") : NULL;
    if (!plugin || !title || !assumed || assumed->type != COLUMN_U32)
        return STATUS_OK;
    size_t count = 0;
    for (size_t row = 0; row < t->rows->rows; row++) {
        if (assumed->at.u32[row] == 0 || strcmp(column_text(plugin, row), of) != 0)
            continue;
        if (count++ == 0)
            note_add_sentence(b, tr(m->lang, M_NOTE_ASSUMED));
        else
            text_add(b, ",");
        note_add_sentence(b, column_text(title, row));
    }
    if (count > 0)
        text_add(b, ".");
    return b->failed ? memory_error(err, 256) : STATUS_OK;
}

/* What the indicator that made a column was set to, where nothing else on the page says so. */
static status add_settings(const report_model *m, const char *plugin, arena *into, text_buffer *b,
                           error *err)
{
    return is_added_indicator(m, plugin) ? note_add_parameters(m, plugin, into, b, err)
                                         : add_assumed(m, plugin, b, err);
}

static status add_white_note(const report_model *m, text_buffer *b, error *err)
{
    const char *const value = white_zone_value(m);
    const char *const place = m->cells ? tr(m->lang, M_PLACES_CELL) : tr(m->lang, M_PLACES_COMMUNE);
    double minutes = 0;
    char shown[64];
    const size_t digits = strspn(value, "0123456789.");
    const bool one = digits > 0 && text_to_f64(text_slice_of(value, digits), '.', &minutes) &&
                     !strpbrk(value, ";,|=");
    if (one)
        (void)quantity_for_people(minutes, "min", 0, false, m->lang, shown, sizeof shown);
    const char *const sentence = one ? say(m->memory, m->lang, M_NOTE_WHITE, place, shown)
                                     : say(m->memory, m->lang, M_NOTE_WHITE_PLAIN, place);
    if (!sentence)
        return memory_error(err, 256);
    note_add_sentence(b, sentence);
    return STATUS_OK;
}

/* "3 lieux sans localisation ne sont pas sur la carte." */
static status add_count(const report_model *m, text_buffer *b, size_t count, const char *one,
                        const char *several, error *err)
{
    char number[48];
    (void)text_number((double)count, 0, m->lang, number, sizeof number);
    if (count > 0)
        note_add_sentence(b, number);
    if (count > 0)
        text_add(b, count == 1 ? one : several);
    return b->failed ? memory_error(err, 128) : STATUS_OK;
}

static status add_kind_notes(const report_model *m, const map_sheet *sheet, text_buffer *b,
                             error *err)
{
    if (sheet->kind == SHEET_FLOWS) {
        const char *const text = say(m->memory, m->lang, M_NOTE_FLOWS, m->flow_count);
        if (!text)
            return memory_error(err, 256);
        note_add_sentence(b, text);
        return add_count(m, b, m->flow_hidden, tr(m->lang, M_NOTE_FLOW_HIDDEN),
                         tr(m->lang, M_NOTE_FLOWS_HIDDEN), err);
    }
    if (sheet->kind == SHEET_REACH) {
        const char *text = NULL;
        const status s = reach_note(m, &sheet->panels[0], &text, err);
        if (s == STATUS_OK)
            note_add_sentence(b, text);
        return s;
    }
    if (sheet->kind != SHEET_VENUES)
        return STATUS_OK;
    const status s = add_count(m, b, m->venue_not_placed, tr(m->lang, M_NOTE_VENUE_NOT_PLACED),
                               tr(m->lang, M_NOTE_VENUES_NOT_PLACED), err);
    return s != STATUS_OK ? s
                          : add_count(m, b, m->venue_not_open, tr(m->lang, M_NOTE_VENUE_NOT_OPEN),
                                      tr(m->lang, M_NOTE_VENUES_NOT_OPEN), err);
}

static bool has_breaks(const map_sheet *sheet, breaks_kind kind)
{
    for (size_t i = 0; i < sheet->panel_count; i++) {
        if (sheet->panels[i].breaks == kind)
            return true;
    }
    return false;
}

static bool has_open_bounds(const map_sheet *sheet)
{
    for (size_t i = 0; i < sheet->panel_count; i++) {
        const map_panel *const p = &sheet->panels[i];
        if (!p->whole && p->value_class_count > 1)
            return true;
    }
    return false;
}

/* The plugin that made what the sheet shows; "" for the territory's own columns. */
static const char *sheet_plugin(const map_sheet *sheet)
{
    const map_panel *const p = sheet->panel_count > 0 ? &sheet->panels[0] : NULL;
    const bool told = p && p->table->columns && p->table->columns[p->column].plugin;
    return told ? p->table->columns[p->column].plugin : "";
}

static status note_of_sheet(const report_model *m, const map_sheet *sheet, const char **out,
                            error *err)
{
    text_buffer b = {0};
    status s = STATUS_OK;
    if (shows(sheet, "white_") || shows(sheet, "gap_"))
        s = add_white_note(m, &b, err);
    if (s == STATUS_OK)
        s = add_kind_notes(m, sheet, &b, err);
    if (has_breaks(sheet, BREAKS_QUANTILE))
        note_add_sentence(&b, tr(m->lang, M_NOTE_QUANTILE));
    if (has_open_bounds(sheet))
        note_add_sentence(&b, tr(m->lang, M_NOTE_UPPER));
    if (sheet->estimate)
        note_add_sentence(&b, tr(m->lang, M_NOTE_ESTIMATE));
    note_add_sentence(&b, tr(m->lang, m->results->note_fr, m->results->note_en));
    if (s == STATUS_OK)
        s = add_settings(m, sheet_plugin(sheet), m->memory, &b, err);
    if (s == STATUS_OK)
        s = keep_line(m, m->memory, &b, out, err);
    text_buffer_clear(&b);
    return s;
}

static status fixed_line(const report_model *m, arena *into, const char *text, const char **out,
                         error *err)
{
    text_buffer b = {0};
    text_add(&b, text ? text : "");
    const status s = keep_line(m, into, &b, out, err);
    text_buffer_clear(&b);
    return s;
}

static status champ_and_source(const report_model *m, arena *into, four_lines *out, error *err)
{
    const results *const r = m->results;
    const status s = fixed_line(m, into, tr(m->lang, r->champ_fr, r->champ_en), &out->champ, err);
    return s == STATUS_OK
               ? fixed_line(m, into, tr(m->lang, r->source_fr, r->source_en), &out->source, err)
               : s;
}

status sheet_lines(const report_model *m, map_sheet *sheet, error *err)
{
    status s = sheet->kind == SHEET_FLOWS ? reading_of_flows(m, &sheet->lines.reading, err)
               : sheet->kind == SHEET_REACH
                   ? reach_reading(m, &sheet->panels[0], &sheet->lines.reading, err)
                   : reading_of_panels(m, sheet, &sheet->lines.reading, err);
    if (s == STATUS_OK)
        s = champ_and_source(m, m->memory, &sheet->lines, err);
    if (s == STATUS_OK)
        s = note_of_sheet(m, sheet, &sheet->lines.note, err);
    return s;
}

status four_lines_of(const report_model *m, const result_table *t, size_t column_index,
                     const rows_shown *shown, arena *into, four_lines *out, error *err)
{
    text_buffer b = {0};
    *out = (four_lines){"", "", "", ""};
    status s = reading_of_column(m, t, column_index, shown, into, &out->reading, err);
    if (s == STATUS_OK)
        s = champ_and_source(m, into, out, err);
    if (s == STATUS_OK && t->columns && t->columns[column_index].estimate)
        note_add_sentence(&b, tr(m->lang, M_NOTE_ESTIMATE));
    note_add_sentence(&b, tr(m->lang, m->results->note_fr, m->results->note_en));
    if (s == STATUS_OK && t->columns)
        s = add_settings(m, t->columns[column_index].plugin, into, &b, err);
    if (s == STATUS_OK)
        s = keep_line(m, into, &b, &out->note, err);
    text_buffer_clear(&b);
    return s;
}
