/* The four lines that INSEE prints under a map: Lecture, Champ, Source, Note. */
#include <math.h>
#include <string.h>

#include "base/units.h"
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

static void drop_bytes(text_buffer *b, size_t count)
{
    b->size -= count;
    b->at[b->size] = '\0';
}

static bool ends(const text_buffer *b, const char *suffix)
{
    const size_t n = strlen(suffix);
    return !b->failed && b->size >= n && memcmp(b->at + b->size - n, suffix, n) == 0 &&
           (b->size == n || strchr(" (,\n", b->at[b->size - n - 1]));
}

/* "à Le Mans" is said "au Mans", "de Les Ulis" "des Ulis". */
static void add_name(text_buffer *b, const char *name, language lang)
{
    const bool le = starts(name, "Le "), les = starts(name, "Les ");
    if (lang == LANGUAGE_FR && (le || les)) {
        const size_t article = le ? strlen("Le ") : strlen("Les ");
        const bool to = ends(b, "à "), of = ends(b, "de ");
        if (to || of) {
            drop_bytes(b, to ? strlen("à ") : strlen("de "));
            text_add(b, to ? (le ? "au " : "aux ") : (le ? "du " : "des "));
            name += article;
        }
    }
    text_add(b, name);
}

/* The template says the unit itself ("{value} min", "{value} %"), or it goes with the figure. */
static bool says_unit(const char *after, const column *c)
{
    while (*after == ' ' || starts(after, "\xc2\xa0"))
        after += *after == ' ' ? 1 : 2;
    const struct unit *const u = unit_find(c->unit);
    return starts(after, c->unit) ||
           (u && *u->label_fr && (starts(after, u->label_fr) || starts(after, u->label_en)));
}

/* A count needs no decimals in a sentence: "8 des huit fonctions". */
static bool is_count(const column *c, size_t row, double *value)
{
    return strcmp(c->unit, "1") == 0 && value_number(c, row, value) && *value == floor(*value);
}

/* A sentence of a plugin that reads ill with no function or one. The bytes used of the pattern; 0
 * when it is another sentence. */
static size_t add_few(text_buffer *b, const char *after, double count, language lang)
{
    const char *const many = tr(lang, M_FEW_FUNCTIONS);
    if ((count != 0 && count != 1) || !starts(after, many))
        return 0;
    text_add(b, count == 0 ? tr(lang, M_FEW_FUNCTIONS_NONE) : tr(lang, M_FEW_FUNCTIONS_ONE));
    return strlen(many);
}

static void add_template(text_buffer *b, const char *pattern, const char *name, const column *c,
                         size_t row, bool estimate, language lang)
{
    while (*pattern) {
        if (starts(pattern, "{name}")) {
            add_name(b, name, lang);
            pattern += strlen("{name}");
        } else if (starts(pattern, "{value}")) {
            char value[512];
            double count = 0;
            pattern += strlen("{value}");
            const bool counts = is_count(c, row, &count);
            const size_t few = counts ? add_few(b, pattern, count, lang) : 0;
            pattern += few;
            if (few > 0)
                continue;
            if (counts)
                (void)text_number(count, 0, lang, value, sizeof value);
            else
                (void)value_for_people(c, row, estimate, !says_unit(pattern, c), lang, value,
                                       sizeof value);
            text_add(b, value);
        } else {
            text_add_n(b, pattern++, 1);
        }
    }
}

/* A space before French double punctuation, and a figure's unit, never begin a line. */
static status keep_line(const report_model *m, arena *into, text_buffer *b, const char **out,
                        error *err)
{
    char *const clean = b->failed ? NULL : arena_take(into, b->size + 1, 2);
    if (!clean)
        return memory_error(err, b->size);
    size_t used = 0;
    const char *const text = b->at ? b->at : "";
    for (size_t i = 0; text[i]; i++) {
        const bool before_mark = text[i] == ' ' && text[i + 1] && strchr(":;!?%", text[i + 1]);
        const bool after_digit =
            text[i] == ' ' && i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9';
        if (m->lang == LANGUAGE_FR && (before_mark || after_digit)) {
            clean[used++] = '\xc2';
            clean[used++] = '\xa0';
        } else {
            clean[used++] = text[i];
        }
    }
    clean[used] = '\0';
    *out = clean_copy(into, clean);
    return *out ? STATUS_OK : memory_error(err, used);
}

static const char *row_name(const report_model *m, const result_table *t, size_t row)
{
    if (t == m->places)
        return *m->place_name[row] ? m->place_name[row] : m->place_code[row];
    const column *c = table_find(t->rows, "name");
    if (!c)
        c = table_find(t->rows, "id");
    return text_or_empty(c, row);
}

/* The place that most readers know among those with a value in the highest class; venues: the
 * highest value. */
static bool telling_row(const report_model *m, const map_panel *p, size_t *row)
{
    size_t k = p->value_class_count;
    while (k > 0 && p->classes[k - 1].count == 0)
        k--;
    if (k == 0)
        return false;
    const column *const c = &p->table->rows->columns[p->column];
    double best = -INFINITY;
    for (size_t i = 0; i < p->table->rows->rows; i++) {
        double weight = 0;
        if (p->class_of_row[i] != k - 1 || !value_number(c, i, &weight))
            continue;
        if (p->table == m->places)
            weight = m->population[i];
        if (weight > best) {
            best = weight;
            *row = i;
        }
    }
    return best > -INFINITY;
}

static void add_reading(const report_model *m, text_buffer *b, const result_table *t,
                        size_t column_index, size_t row)
{
    const result_column *const hint = t->columns ? &t->columns[column_index] : NULL;
    const column *const c = &t->rows->columns[column_index];
    const bool estimate = hint && hint->estimate;
    const char *const own = hint ? tr(m->lang, hint->reading_fr, hint->reading_en) : NULL;
    const char *const plain =
        t == m->places ? tr(m->lang, M_READING_PLACE) : tr(m->lang, M_READING_VENUE);
    char name[256];
    (void)text_clean(row_name(m, t, row), name, sizeof name);
    add_template(b, own && *own ? own : plain, name, c, row, estimate, m->lang);
}

/* One cell alone has no meaning: what is read is the mean of its commune. */
static void add_reading_of_commune(const report_model *m, text_buffer *b, const map_panel *p,
                                   size_t cell)
{
    const result_table *const t = results_find(m->results->by_commune, "places");
    const column *const code = t ? table_find(t->rows, "code") : NULL;
    const column *const name = t ? table_find(t->rows, "name") : NULL;
    const char *const wanted = text_or_empty(table_find(m->places->rows, "commune"), cell);
    const column *const of_cell = &p->table->rows->columns[p->column];
    for (size_t i = 0; code && i < t->rows->column_count; i++) {
        const column *const c = &t->rows->columns[i];
        for (size_t row = 0; strcmp(c->name, of_cell->name) == 0 && row < t->rows->rows; row++) {
            double value = 0;
            char clean[256];
            if (strcmp(text_or_empty(code, row), wanted) != 0 || !value_number(c, row, &value))
                continue;
            const char *const own = tr(m->lang, t->columns[i].reading_fr, t->columns[i].reading_en);
            (void)text_clean(text_or_empty(name, row), clean, sizeof clean);
            text_add(b, tr(m->lang, M_READING_MEAN));
            add_template(b, own && *own ? own : tr(m->lang, M_READING_PLACE), clean, c, row,
                         t->columns[i].estimate, m->lang);
        }
    }
}

static status reading_of_panels(const report_model *m, const map_sheet *sheet, const char **out,
                                error *err)
{
    text_buffer b = {0};
    const map_panel *best = NULL;
    size_t row = 0;
    /* The first map that reaches the highest class of the sheet. */
    for (size_t i = 0; i < sheet->panel_count; i++) {
        const map_panel *const p = &sheet->panels[i];
        size_t candidate = 0;
        if (!telling_row(m, p, &candidate))
            continue;
        if (!best || p->class_of_row[candidate] > best->class_of_row[row]) {
            best = p;
            row = candidate;
        }
    }
    const bool of_cells = best && best->table == m->places && m->results->by_commune;
    if (of_cells)
        add_reading_of_commune(m, &b, best, row);
    if (best && sheet->panel_count > 1 && !of_cells) {
        text_add(&b, tr(m->lang, M_READING_MAP));
        text_add(&b, *best->letter ? best->letter : best->title);
        text_add(&b, ", ");
    }
    if (best && !of_cells)
        add_reading(m, &b, best->table, best->column, row);
    const status s = keep_line(m, m->memory, &b, out, err);
    text_buffer_clear(&b);
    return s;
}

/* The largest flow that stays in the territory is told; when none does, the largest. */
static const flow_line *telling_flow(const report_model *m)
{
    for (size_t i = 0; i < m->flow_count; i++) {
        if (m->flows[i].work != ROW_NONE)
            return &m->flows[i];
    }
    return &m->flows[0];
}

static status reading_of_flows(const report_model *m, const char **out, error *err)
{
    const flow_line *const f = telling_flow(m);
    text_buffer b = {0};
    char workers[64];
    (void)number_for_people(f->workers, "{worker}", 0, true, m->lang, workers, sizeof workers);
    text_add(&b, workers);
    text_add(&b, tr(m->lang, M_READING_FLOW_LIVING));
    add_name(&b, m->place_name[f->residence], m->lang);
    if (*f->work_name) {
        text_add(&b, tr(m->lang, M_READING_FLOW_WORKING));
        add_name(&b, f->work_name, m->lang);
    } else {
        text_add(&b, tr(m->lang, M_READING_FLOW_OUTSIDE));
    }
    text_add(&b, ".");
    const status s = keep_line(m, m->memory, &b, out, err);
    text_buffer_clear(&b);
    return s;
}

/* --- note --- */

static void add_sentence(text_buffer *b, const char *text)
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
            add_sentence(b, tr(m->lang, M_NOTE_ASSUMED));
        else
            text_add(b, ",");
        add_sentence(b, column_text(title, row));
    }
    if (count > 0)
        text_add(b, ".");
    return b->failed ? memory_error(err, 256) : STATUS_OK;
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
    add_sentence(b, sentence);
    return STATUS_OK;
}

/* "3 lieux sans localisation ne sont pas sur la carte." */
static status add_count(const report_model *m, text_buffer *b, size_t count, const char *one,
                        const char *several, error *err)
{
    char number[48];
    (void)text_number((double)count, 0, m->lang, number, sizeof number);
    if (count > 0)
        add_sentence(b, number);
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
        add_sentence(b, text);
        return add_count(m, b, m->flow_hidden, tr(m->lang, M_NOTE_FLOW_HIDDEN),
                         tr(m->lang, M_NOTE_FLOWS_HIDDEN), err);
    }
    if (sheet->kind == SHEET_REACH) {
        const char *text = NULL;
        const status s = reach_note(m, &sheet->panels[0], &text, err);
        if (s == STATUS_OK)
            add_sentence(b, text);
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
        add_sentence(&b, tr(m->lang, M_NOTE_QUANTILE));
    if (has_open_bounds(sheet))
        add_sentence(&b, tr(m->lang, M_NOTE_UPPER));
    if (sheet->estimate)
        add_sentence(&b, tr(m->lang, M_NOTE_ESTIMATE));
    add_sentence(&b, tr(m->lang, m->results->note_fr, m->results->note_en));
    if (s == STATUS_OK)
        s = add_assumed(m, sheet_plugin(sheet), &b, err);
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

/* The largest value; of places, the most populated one among the tenth with the largest values
 * would need an order: the most populated place that has a value reads as well. */
static bool telling_row_of_column(const report_model *m, const result_table *t, size_t column_index,
                                  size_t *row)
{
    double best = -INFINITY;
    for (size_t i = 0; i < t->rows->rows; i++) {
        double weight = 0;
        if (!value_number(&t->rows->columns[column_index], i, &weight))
            continue;
        if (t == m->places)
            weight = m->population[i];
        if (weight > best) {
            best = weight;
            *row = i;
        }
    }
    return best > -INFINITY;
}

status four_lines_of(const report_model *m, const result_table *t, size_t column_index, arena *into,
                     four_lines *out, error *err)
{
    text_buffer b = {0};
    size_t row = 0;
    *out = (four_lines){"", "", "", ""};
    if (telling_row_of_column(m, t, column_index, &row))
        add_reading(m, &b, t, column_index, row);
    status s = keep_line(m, into, &b, &out->reading, err);
    text_buffer_clear(&b);
    if (s == STATUS_OK)
        s = champ_and_source(m, into, out, err);
    if (s == STATUS_OK && t->columns && t->columns[column_index].estimate)
        add_sentence(&b, tr(m->lang, M_NOTE_ESTIMATE));
    add_sentence(&b, tr(m->lang, m->results->note_fr, m->results->note_en));
    if (s == STATUS_OK && t->columns)
        s = add_assumed(m, t->columns[column_index].plugin, &b, err);
    if (s == STATUS_OK)
        s = keep_line(m, into, &b, &out->note, err);
    text_buffer_clear(&b);
    return s;
}
