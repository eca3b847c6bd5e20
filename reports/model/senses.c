/* What the numbers of each column say: as they are, yes or no, a share. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "reports/model/build.h"
#include "reports/model/classes.h"
#include "reports/model/messages.h"

/* Identifiers, counts and positions, though they may all be 0 or 1. */
static bool is_plain_name(const char *name)
{
    static const char *const plain[] = {
        "vintage", "year",   "from_year",      "to_year", "line", "rank",  "member", "decimals",
        "places",  "weight", "places_outside", "rows",    "lon",  "lat",   "lon_a",  "lat_a",
        "lon_b",   "lat_b",  "doubt_count",    "score",   "low",  "value", "high"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (strcmp(plain[i], name) == 0)
            return true;
    }
    return strncmp(name, "function_", strlen("function_")) == 0; /* weights of venues */
}

static bool is_made(const result_column *hint)
{
    return hint && hint->plugin && *hint->plugin;
}

static bool has_two_classes(const result_map *map)
{
    return map && (map->palette == PALETTE_BINARY || map->break_count == 1);
}

/* May be told as words or in percent: no unit, no "(1)" in the title that says how to read it;
 * three decimals at least, as a share has, or a flag: of the territory, or one that its indicator
 * maps in two classes. */
static bool may_be_share(const column *c, const result_column *hint)
{
    const bool unitless = !*c->unit || strcmp(c->unit, "1") == 0;
    const bool said = strstr(c->title_fr, "(1)") || strstr(c->title_en, "(1)");
    if (c->type == COLUMN_TEXT || !unitless || said || is_plain_name(c->name))
        return false;
    return c->type == COLUMN_F64 ? c->decimals >= 3 : !is_made(hint) || has_two_classes(hint->map);
}

/* Values as printed, within 0 and 1; `yes_no`: nothing between. */
static bool within_one(const column *c, size_t rows, bool *yes_no)
{
    const double half = c->type == COLUMN_F64 ? 0.5 * pow(10, -c->decimals) : 0;
    size_t present = 0;
    *yes_no = true;
    for (size_t row = 0; row < rows; row++) {
        double v = 0;
        if (!value_number(c, row, &v))
            continue;
        present++;
        if (v < -half || v > 1 + half)
            return false;
        *yes_no = *yes_no && (fabs(v) <= half || fabs(v - 1) <= half);
    }
    return present > 0;
}

static number_sense own_sense(const result_table *t, size_t column_index)
{
    const column *const c = &t->rows->columns[column_index];
    const result_column *const hint = t->columns ? &t->columns[column_index] : NULL;
    bool yes_no = false;
    if (!may_be_share(c, hint) || !within_one(c, t->rows->rows, &yes_no))
        return SENSE_NUMBER;
    return yes_no && !(hint && hint->of_cells) ? SENSE_YES_NO
           : c->type == COLUMN_F64             ? SENSE_SHARE
                                               : SENSE_NUMBER;
}

size_t column_of_places(const report_model *m, const result_table *t, size_t column_index)
{
    const result_column *const hint = t->columns ? &t->columns[column_index] : NULL;
    const table *const places = m->places ? m->places->rows : NULL;
    if (!places || t == m->places || !is_made(hint))
        return SIZE_MAX;
    const column *const twin = table_find(places, t->rows->columns[column_index].name);
    const size_t at = twin ? (size_t)(twin - places->columns) : SIZE_MAX;
    const bool same =
        twin && m->places->columns && strcmp(m->places->columns[at].plugin, hint->plugin) == 0;
    return same ? at : SIZE_MAX;
}

/* A mean of yes or no is a share, though it may be 0 or 1 everywhere. */
static number_sense sense_of(const report_model *m, const result_table *t, size_t column_index,
                             const uint8_t *of_places)
{
    const column *const c = &t->rows->columns[column_index];
    const size_t twin = column_of_places(m, t, column_index);
    const number_sense own = own_sense(t, column_index);
    bool yes_no = false;
    if (twin == SIZE_MAX || !of_places || of_places[twin] == SENSE_NUMBER)
        return own;
    return c->type == COLUMN_F64 && c->decimals > 0 && within_one(c, t->rows->rows, &yes_no)
               ? SENSE_SHARE
               : own;
}

static status table_senses(report_model *m, const result_table *t, const uint8_t *of_places,
                           const uint8_t **out, error *err)
{
    uint8_t *const senses = arena_take(m->memory, t->rows->column_count + 1, sizeof *senses);
    if (!senses)
        return memory_error(err, t->rows->column_count);
    for (size_t c = 0; c < t->rows->column_count; c++)
        senses[c] = (uint8_t)sense_of(m, t, c, of_places);
    *out = senses;
    return STATUS_OK;
}

status senses_build(report_model *m, error *err)
{
    const results *const r = m->results;
    const uint8_t **const senses = arena_take(m->memory, r->table_count + 1, sizeof *senses);
    const uint8_t *of_places = NULL;
    status s = senses ? STATUS_OK : memory_error(err, r->table_count * sizeof *senses);
    if (s == STATUS_OK && m->places)
        s = table_senses(m, m->places, NULL, &of_places, err);
    for (size_t t = 0; s == STATUS_OK && t < r->table_count; t++)
        s = table_senses(m, &r->tables[t], of_places, &senses[t], err);
    m->senses = senses;
    return s;
}

number_sense number_sense_of(const report_model *m, const result_table *t, size_t column_index)
{
    const results *const r = m->results;
    for (size_t i = 0; i < r->table_count; i++) {
        const result_table *const own = &r->tables[i];
        const bool same = own == t || (strcmp(own->name, t->name) == 0 &&
                                       own->rows->column_count == t->rows->column_count);
        if (same)
            return (number_sense)m->senses[i][column_index];
    }
    return SENSE_NUMBER;
}

size_t yes_no_word(const report_model *m, const result_table *t, size_t column_index, bool yes,
                   char *buffer, size_t size)
{
    const result_map *const map = t->columns ? t->columns[column_index].map : NULL;
    const char *word = map ? tr(m->lang, map->labels_fr, map->labels_en) : NULL;
    size_t k = map && map->break_count > 0 ? class_of(yes, map->breaks, map->break_count) : yes;
    for (; word && k > 0; k--)
        word = strchr(word, '|') ? strchr(word, '|') + 1 : NULL;
    const size_t own = word ? strcspn(word, "|") : 0;
    const int n = own > 0 ? snprintf(buffer, size, "%.*s", (int)own, word)
                          : snprintf(buffer, size, "%s",
                                     yes ? tr(m->lang, M_CLASS_YES) : tr(m->lang, M_CLASS_NO));
    return n < 0 ? 0 : (size_t)n;
}

size_t value_in_words(const report_model *m, const result_table *t, size_t column_index, size_t row,
                      bool with_unit, char *buffer, size_t size)
{
    const column *const c = &t->rows->columns[column_index];
    const number_sense sense = number_sense_of(m, t, column_index);
    double value = 0;
    if (sense != SENSE_NUMBER && value_number(c, row, &value))
        return sense == SENSE_SHARE
                   ? quantity_for_people(100 * value, "%", 1, false, m->lang, buffer, size)
                   : yes_no_word(m, t, column_index, value > 0.5, buffer, size);
    return value_for_people(c, row, t->columns && t->columns[column_index].estimate, with_unit,
                            m->lang, buffer, size);
}
