/* The model of a run: names and numbers gathered once, then each step of build.h. */
#include "reports/model/model.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "reports/model/build.h"
#include "reports/model/messages.h"

const char *clean_copy(arena *into, const char *text)
{
    if (!text)
        return "";
    const size_t size = strlen(text) + 1;
    char *const copy = arena_take(into, size, 1);
    if (copy)
        (void)text_clean(text, copy, size);
    return copy;
}

const char *say(arena *into, language lang, const char *fr, const char *en, ...)
{
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    const int size =
        lang == LANGUAGE_FR ? vsnprintf(NULL, 0, fr, args) : vsnprintf(NULL, 0, en, args);
    char *const text = size < 0 ? NULL : arena_take(into, (size_t)size + 1, 1);
    if (text && lang == LANGUAGE_FR)
        (void)vsnprintf(text, (size_t)size + 1, fr, again);
    else if (text)
        (void)vsnprintf(text, (size_t)size + 1, en, again);
    va_end(again);
    va_end(args);
    return text;
}

const char *text_or_empty(const column *c, size_t row)
{
    return c && c->type == COLUMN_TEXT ? column_text(c, row) : "";
}

static status texts_gather(report_model *m, const table *t, const char *name,
                           const char *const **out, error *err)
{
    const char **const texts = arena_take(m->memory, t->rows + 1, sizeof *texts);
    const column *const c = table_find(t, name);
    if (!texts)
        return memory_error(err, t->rows * sizeof *texts);
    for (size_t row = 0; row < t->rows; row++) {
        texts[row] = clean_copy(m->memory, text_or_empty(c, row));
        if (!texts[row])
            return memory_error(err, 1);
    }
    *out = texts;
    return STATUS_OK;
}

static status population_gather(report_model *m, error *err)
{
    const table *const t = m->places->rows;
    double *const population = arena_take(m->memory, t->rows + 1, sizeof *population);
    /* Means of cells are weighted by what the grid counts, not by the legal population. */
    const column *const c = table_find(t, m->of_cells ? "cells_population" : "population");
    if (!population)
        return memory_error(err, t->rows * sizeof *population);
    for (size_t row = 0; c && row < t->rows; row++) {
        if (!value_number(c, row, &population[row]))
            population[row] = 0;
    }
    m->population = population;
    return STATUS_OK;
}

static status places_gather(report_model *m, error *err)
{
    if (!m->places)
        return STATUS_OK;
    status s = texts_gather(m, m->places->rows, "name", &m->place_name, err);
    if (s == STATUS_OK)
        s = texts_gather(m, m->places->rows, "code", &m->place_code, err);
    if (s == STATUS_OK)
        s = population_gather(m, err);
    return s;
}

static status model_fill(report_model *m, error *err)
{
    status s = places_gather(m, err);
    if (s == STATUS_OK && m->venues)
        s = texts_gather(m, m->venues->rows, "name", &m->venue_name, err);
    if (s == STATUS_OK)
        s = senses_build(m, err);
    if (s == STATUS_OK)
        s = display_build(m, err);
    if (s == STATUS_OK)
        s = families_build(m, err);
    if (s == STATUS_OK)
        functions_offered(m);
    if (s == STATUS_OK)
        s = flow_lines_build(m, err);
    if (s == STATUS_OK)
        s = sheets_build(m, err);
    return s;
}

status report_model_build(const results *r, report_model **out, error *err)
{
    report_model *const m = memory_new(1, sizeof *m);
    *out = NULL;
    if (!m)
        return memory_error(err, sizeof *m);
    m->results = r;
    m->lang = r->language;
    m->places = results_find(r, "places");
    m->venues = results_find(r, "venues");
    /* With cells, a table `communes` is written beside the places (DESIGN.md 3). */
    m->cells = results_find(r, "communes") != NULL;
    m->of_cells = !m->cells && r->cell_m > 0;
    m->places_word = m->cells ? tr(m->lang, M_PLACES_CELLS) : tr(m->lang, M_PLACES_COMMUNES);
    status s = arena_new(&m->memory, err);
    if (s == STATUS_OK)
        s = model_fill(m, err);
    if (s == STATUS_OK)
        *out = m;
    else
        report_model_free(m);
    return s;
}

const map_sheet *report_model_sheet(const report_model *m, const char *name)
{
    for (size_t i = 0; i < m->sheet_count; i++) {
        if (strcmp(m->sheets[i].name, name) == 0)
            return &m->sheets[i];
    }
    return NULL;
}
