/* The line Lecture: one row of what is shown, in the indicator's own sentence where it has one. */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "reports/model/build.h"
#include "reports/model/messages.h"

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

/* What a sentence tells of: a value, and whose it is. */
typedef struct told {
    const char *name;
    const result_table *from;
    size_t column, row;
    number_sense sense;
} told;

static const column *told_column(const told *w)
{
    return &w->from->rows->columns[w->column];
}

/* A share of one in percent, whose sign the sentence may bring itself. */
static void add_share(text_buffer *b, const char *after, double value, language lang)
{
    char text[64];
    after += strspn(after, " \xc2\xa0");
    if (*after == '%')
        (void)number_for_people(100 * value, "%", 1, false, lang, text, sizeof text);
    else
        (void)quantity_for_people(100 * value, "%", 1, false, lang, text, sizeof text);
    text_add(b, text);
}

static void add_figure(text_buffer *b, const char *after, const told *w, language lang)
{
    const column *const c = told_column(w);
    const bool estimate = w->from->columns && w->from->columns[w->column].estimate;
    char value[512];
    double count = 0;
    if (is_count(c, w->row, &count))
        (void)text_number(count, 0, lang, value, sizeof value);
    else
        (void)value_for_people(c, w->row, estimate, !says_unit(after, c), lang, value,
                               sizeof value);
    text_add(b, value);
}

/* Bytes of the pattern that it stands for besides "{value}". */
static size_t add_value(const report_model *m, text_buffer *b, const char *after, const told *w)
{
    char word[256];
    double value = 0;
    const bool present = value_number(told_column(w), w->row, &value);
    if (present && w->sense == SENSE_SHARE) {
        add_share(b, after, value, m->lang);
        return 0;
    }
    if (present && w->sense == SENSE_YES_NO) {
        (void)yes_no_word(m, w->from, w->column, value > 0.5, word, sizeof word);
        text_add(b, word);
        return 0;
    }
    const bool counts = is_count(told_column(w), w->row, &value);
    const size_t few = counts ? add_few(b, after, value, m->lang) : 0;
    if (few == 0)
        add_figure(b, after, w, m->lang);
    return few;
}

static void add_template(const report_model *m, text_buffer *b, const char *pattern, const told *w)
{
    while (*pattern) {
        if (starts(pattern, "{name}")) {
            add_name(b, w->name, m->lang);
            pattern += strlen("{name}");
        } else if (starts(pattern, "{title}")) {
            text_add(b, tr(m->lang, told_column(w)->title_fr, told_column(w)->title_en));
            pattern += strlen("{title}");
        } else if (starts(pattern, "{value}")) {
            pattern += strlen("{value}");
            pattern += add_value(m, b, pattern, w);
        } else {
            text_add_n(b, pattern++, 1);
        }
    }
}

/* A space before French double punctuation, and a figure's unit, never begin a line. */
status keep_line(const report_model *m, arena *into, text_buffer *b, const char **out, error *err)
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

static const char *own_sentence(const report_model *m, const result_table *t, size_t column_index)
{
    const result_column *const hint = t->columns ? &t->columns[column_index] : NULL;
    const char *const own = hint ? tr(m->lang, hint->reading_fr, hint->reading_en) : NULL;
    return own && *own ? own : NULL;
}

/* Said of a place; a group of them has it from there. */
static const char *sentence_of(const report_model *m, const result_table *t, size_t column_index)
{
    const char *const own = own_sentence(m, t, column_index);
    const size_t twin = own ? SIZE_MAX : column_of_places(m, t, column_index);
    return twin == SIZE_MAX ? own : own_sentence(m, m->places, twin);
}

bool has_sentence(const report_model *m, const result_table *t, size_t column_index)
{
    return sentence_of(m, t, column_index) != NULL;
}

static const char *plain_sentence(const report_model *m, const result_table *t, bool word)
{
    if (t == m->places)
        return word ? tr(m->lang, M_READING_PLACE_WORD) : tr(m->lang, M_READING_PLACE);
    return word ? tr(m->lang, M_READING_VENUE_WORD) : tr(m->lang, M_READING_VENUE);
}

/* A mean that is no share must be told as one. */
static bool is_mean_of_places(const report_model *m, const result_table *t, size_t column_index)
{
    const result_table *const d = results_find(m->results, "dictionary");
    const char *const name = t->rows->columns[column_index].name;
    for (size_t row = 0; d && row < d->rows->rows; row++) {
        if (strcmp(text_or_empty(table_find(d->rows, "table"), row), t->name) == 0 &&
            strcmp(text_or_empty(table_find(d->rows, "column"), row), name) == 0)
            return strcmp(text_or_empty(table_find(d->rows, "aggregate"), row), "mean") == 0;
    }
    return false;
}

static void add_reading(const report_model *m, text_buffer *b, const result_table *t,
                        size_t column_index, size_t row)
{
    char name[256];
    const char *const sentence = sentence_of(m, t, column_index);
    const number_sense sense = number_sense_of(m, t, column_index);
    (void)text_clean(row_name(m, t, row), name, sizeof name);
    const told w = {name, t, column_index, row, sense};
    if (sentence && !own_sentence(m, t, column_index) && sense != SENSE_SHARE &&
        is_mean_of_places(m, t, column_index))
        text_add(b, tr(m->lang, M_READING_GROUP));
    add_template(m, b, sentence ? sentence : plain_sentence(m, t, sense != SENSE_NUMBER), &w);
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
    const number_sense sense =
        number_sense_of(m, p->table, p->column) == SENSE_NUMBER ? SENSE_NUMBER : SENSE_SHARE;
    for (size_t i = 0; code && i < t->rows->column_count; i++) {
        const column *const c = &t->rows->columns[i];
        for (size_t row = 0; strcmp(c->name, of_cell->name) == 0 && row < t->rows->rows; row++) {
            double value = 0;
            char clean[256];
            if (strcmp(text_or_empty(code, row), wanted) != 0 || !value_number(c, row, &value))
                continue;
            const char *const own = own_sentence(m, t, i);
            const told w = {clean, t, i, row, sense};
            (void)text_clean(text_or_empty(name, row), clean, sizeof clean);
            text_add(b, tr(m->lang, M_READING_MEAN));
            add_template(m, b, own ? own : tr(m->lang, M_READING_PLACE), &w);
        }
    }
}

status reading_of_panels(const report_model *m, const map_sheet *sheet, const char **out,
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

status reading_of_flows(const report_model *m, const char **out, error *err)
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

/* Among those shown: of places, the most populated that has a value; else the largest value. */
static bool telling_row_of_column(const report_model *m, const result_table *t, size_t column_index,
                                  const rows_shown *shown, size_t *row)
{
    const size_t count = shown ? shown->count : t->rows->rows;
    double best = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        const size_t at = shown && shown->rows ? shown->rows[i] : i;
        double weight = 0;
        if (!value_number(&t->rows->columns[column_index], at, &weight))
            continue;
        if (t == m->places)
            weight = m->population[at];
        if (weight > best) {
            best = weight;
            *row = at;
        }
    }
    return best > -INFINITY;
}

status reading_of_column(const report_model *m, const result_table *t, size_t column_index,
                         const rows_shown *shown, arena *into, const char **out, error *err)
{
    text_buffer b = {0};
    size_t row = 0;
    if (telling_row_of_column(m, t, column_index, shown, &row))
        add_reading(m, &b, t, column_index, row);
    const status s = keep_line(m, into, &b, out, err);
    text_buffer_clear(&b);
    return s;
}
