/* The four lines that stand under every map, chart and table, and the page of methods. */
#include <math.h>
#include <string.h>

#include "base/blocks.h"
#include "engine/plan_messages.h"
#include "engine/results/results_model.h"

/* A text buffer's content in the results' memory. */
static status keep_text(build *b, text_buffer *from, const char **out, error *err)
{
    *out = from->failed ? NULL : arena_text(b->memory, from->at != NULL ? from->at : "");
    text_buffer_clear(from);
    return *out != NULL ? STATUS_OK : memory_error(err, 1024);
}

/* --- champ: who and where --- */

static double kept_population(const build *b, double *work)
{
    size_t known = 0;
    for (size_t i = 0; i < b->commune_count; i++) {
        double population = b->communes->population[b->commune_rows[i]];
        if (isfinite(population))
            work[known++] = population;
    }
    return known > 0 ? blocks_sum(work, known) : -1.0;
}

/* The cells that stand for the communes, and what they weigh. */
static void champ_cells(const build *b, language lang, text_buffer *line)
{
    const territory *t = b->d->territory;
    char cells[64], persons[64], side[32];
    double population = 0;
    for (size_t i = 0; i < b->place_count; i++)
        population +=
            isfinite(t->population[b->place_rows[i]]) ? t->population[b->place_rows[i]] : 0;
    (void)text_number((double)b->place_count, 0, lang, cells, sizeof cells);
    (void)text_number(population, 0, lang, persons, sizeof persons);
    (void)text_number(t->cell_m, 0, lang, side, sizeof side);
    if (lang == LANGUAGE_FR)
        text_add_format(line, ", %s carreaux habités de %s m (%s habitants selon la grille)", cells,
                        side, persons);
    else
        text_add_format(line, ", %s inhabited cells of %s m (%s residents by the grid)", cells,
                        side, persons);
}

static status champ(build *b, language lang, double population, const char **out, error *err)
{
    char places[64], persons[64];
    text_buffer line = {.at = NULL};
    const char *title = b->r->seen.territory_title;
    (void)text_number((double)b->commune_count, 0, lang, places, sizeof places);
    /* A perimeter without a name is titled by its number of communes: said once. */
    const size_t digits = strspn(title, "0123456789\xc2\xa0\xe2\x80\xaf"); /* and their spaces */
    if (title[0] != '\0' && strcmp(title + digits, " communes") != 0)
        text_add_format(&line, "%s, ", title);
    text_add_format(&line, "%s communes", places);
    if (population >= 0.0) {
        (void)text_number(population, 0, lang, persons, sizeof persons);
        if (lang == LANGUAGE_FR)
            text_add_format(&line, ", %s habitants (population municipale)", persons);
        else
            text_add_format(&line, ", %s residents (legal population)", persons);
    }
    if (b->d->communes != NULL)
        champ_cells(b, lang, &line);
    if (b->d->scenario->pivot_vintage > 0) {
        if (lang == LANGUAGE_FR)
            text_add_format(&line, ", géographie au 1er janvier %d",
                            (int)b->d->scenario->pivot_vintage);
        else
            text_add_format(&line, ", geography of 1 January %d",
                            (int)b->d->scenario->pivot_vintage);
    }
    text_add(&line, ".");
    return keep_text(b, &line, out, err);
}

/* --- source --- */

static bool named_before(const build *b, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (b->inputs[i]->by == b->inputs[index]->by &&
            b->inputs[i]->vintage == b->inputs[index]->vintage)
            return true;
    }
    return false;
}

/* Credit that the licence asks for wherever travel times are shown. */
static void source_roads(const build *b, language lang, text_buffer *line)
{
    road_source road;
    for (size_t mode = 0; mode < b->d->cost_count; mode++) {
        if (!road_source_at(b, mode, &road))
            continue;
        text_add_format(line, "%s, %s%s", tr(lang, road.credit_fr, road.credit_en),
                        tr(lang, road.title_fr, road.title_en), lang == LANGUAGE_FR ? " ; " : "; ");
    }
}

static status source(build *b, language lang, const char **out, error *err)
{
    text_buffer line = {.at = NULL};
    for (size_t i = 0; i < b->input_count; i++) {
        const imported *in = b->inputs[i];
        if (in->by == NULL || named_before(b, i))
            continue;
        bool producer = in->by->producer != NULL && in->by->producer[0] != '\0';
        text_add_format(&line, "%s%s%s", producer ? in->by->producer : "", producer ? ", " : "",
                        tr(lang, in->by->title_fr, in->by->title_en));
        if (in->vintage != 0)
            text_add_format(&line, " %d", (int)in->vintage);
        text_add(&line, lang == LANGUAGE_FR ? " ; " : "; ");
    }
    source_roads(b, lang, &line);
    text_add(&line, tr(lang, M_LINE_COMPUTED));
    return keep_text(b, &line, out, err);
}

/* --- note --- */

static bool uses_travel(const plan *p)
{
    for (size_t k = 0; k < p->plugin_count; k++) {
        if ((p->plugins[k].is->needs & (BASSIN_NEED_COSTS | BASSIN_NEED_FLOW_COSTS)) != 0)
            return true;
    }
    return false;
}

static void sentence(text_buffer *line, const char *text)
{
    text_add(line, line->size > 0 ? " " : "");
    text_add(line, text);
}

bool travel_is_estimated(const build *b)
{
    for (size_t i = 0; uses_travel(b->p) && i < b->d->cost_count; i++) {
        if (b->d->costs[i]->source == TRAVEL_ESTIMATE)
            return true;
    }
    return false;
}

/* "Communes...: 12." where there are any. */
static void sentence_count(text_buffer *line, language lang, const char *text, size_t count)
{
    char number[64];
    if (count == 0)
        return;
    (void)text_number((double)count, 0, lang, number, sizeof number);
    sentence(line, text);
    text_add_format(line, " %s.", number);
}

static void note_travel(const build *b, language lang, text_buffer *line)
{
    if (!travel_is_estimated(b))
        return;
    sentence(line, tr(lang, M_LINE_ESTIMATE));
    sentence_count(line, lang, tr(lang, M_LINE_NO_DENSITY), places_without_density(b->communes));
    sentence_count(line, lang, tr(lang, M_LINE_CAUTION), b->caution_count);
}

static void note_failures(const build *b, language lang, text_buffer *line)
{
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        const plan_plugin *plugin = &b->p->plugins[k];
        for (size_t j = 0; j < plugin->job_count; j++) {
            if (!plugin->jobs[j].failed)
                continue;
            text_add_format(line,
                            lang == LANGUAGE_FR ? "%sL’indicateur « %s » n’a pas pu être calculé."
                                                : "%sThe indicator “%s” could not be computed.",
                            line->size > 0 ? " " : "",
                            tr(lang, plugin->is->title_fr, plugin->is->title_en));
        }
    }
}

static status note(build *b, language lang, const char **out, error *err)
{
    text_buffer line = {.at = NULL};
    if (b->d->communes != NULL)
        sentence(&line, tr(lang, M_LINE_CELL_MEANS));
    note_travel(b, lang, &line);
    if (b->d->flows != NULL && !b->d->flows->detailed)
        sentence(&line, tr(lang, M_LINE_SHARES));
    note_failures(b, lang, &line);
    return keep_text(b, &line, out, err);
}

/* --- methods --- */

static status methods(build *b, error *err)
{
    text_buffer page = {.at = NULL};
    language lang = b->d->scenario->language;
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        const bassin_plugin *is = b->p->plugins[k].is;
        text_add_format(&page, "## %s\n\n%s\n\n", tr(lang, is->title_fr, is->title_en),
                        tr(lang, is->method_fr, is->method_en));
    }
    return keep_text(b, &page, &b->r->seen.method_pages, err);
}

status results_lines(build *b, error *err)
{
    results *r = &b->r->seen;
    double *work = memory_new(b->commune_count, sizeof *work);
    if (work == NULL)
        return memory_error(err, b->commune_count * sizeof *work);
    double population = kept_population(b, work);
    memory_free(work);
    status s = champ(b, LANGUAGE_FR, population, &r->champ_fr, err);
    if (s == STATUS_OK)
        s = champ(b, LANGUAGE_EN, population, &r->champ_en, err);
    if (s == STATUS_OK)
        s = source(b, LANGUAGE_FR, &r->source_fr, err);
    if (s == STATUS_OK)
        s = source(b, LANGUAGE_EN, &r->source_en, err);
    if (s == STATUS_OK)
        s = note(b, LANGUAGE_FR, &r->note_fr, err);
    if (s == STATUS_OK)
        s = note(b, LANGUAGE_EN, &r->note_en, err);
    return s == STATUS_OK ? methods(b, err) : s;
}
