/* The table of communes where places are cells: what was loaded of them, what plugins made by
 * commune, and what their cells come to, weighted by population (docs/decisions/023). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"
#include "engine/plan_messages.h"
#include "engine/results/results_model.h"

/* METHODS.md section 8: fragile at best where more than half of the population is imputed. */
static const double imputed_limit_percent = 50.0;

enum { OWN_CELLS, OWN_POPULATION, OWN_IMPUTED, OWN_RELIABILITY, OWN_COUNT };

static const column_spec own_columns[OWN_COUNT] = {
    {"cells", "Nombre de carreaux", "Number of cells", "1", COLUMN_U32, -1},
    {"cells_population", "Population des carreaux", "Population of the cells", "{person}",
     COLUMN_F64, 1},
    {"imputed_share", "Part de la population des carreaux imputée par l’Insee",
     "Share of the population of the cells imputed by INSEE", "%", COLUMN_F64, 2},
    {"access_reliability", "Fiabilité des temps d’accès", "Reliability of travel times", "",
     COLUMN_TEXT, -1},
};

/* Cells of every commune as the groups of an aggregate. Kept communes have kept cells only. */
typedef struct cells_of {
    const territory *cells;
    members by_commune;
    double *work; /* 2 * cells */
} cells_of;

static cells_of cells_of_build(const build *b, double *work)
{
    const territory *t = b->d->territory;
    return (cells_of){.cells = t,
                      .by_commune = {.start = (uint64_t *)(uintptr_t)t->cell_start,
                                     .place = (uint32_t *)(uintptr_t)t->cell},
                      .work = work};
}

/* --- columns of its own --- */

static void put_population(maker *m, const cells_of *c, size_t first, size_t row, size_t commune)
{
    const territory *t = c->cells;
    size_t known = 0, imputed = 0;
    double *of_imputed = c->work + t->place_count;
    for (uint64_t i = t->cell_start[commune]; i < t->cell_start[commune + 1]; i++) {
        const double persons = t->population[t->cell[i]];
        if (!isfinite(persons))
            continue;
        c->work[known++] = persons;
        if (t->imputed[t->cell[i]])
            of_imputed[imputed++] = persons;
    }
    table_builder_u32(m->builder, first + OWN_CELLS, row,
                      (uint32_t)(t->cell_start[commune + 1] - t->cell_start[commune]));
    if (known == 0)
        return;
    const double all = blocks_sum(c->work, known);
    table_builder_f64(m->builder, first + OWN_POPULATION, row, all);
    if (all > 0)
        table_builder_f64(m->builder, first + OWN_IMPUTED, row,
                          100.0 * blocks_sum(of_imputed, imputed) / all);
}

static double imputed_percent(const territory *t, size_t commune)
{
    double all = 0, imputed = 0;
    for (uint64_t i = t->cell_start[commune]; i < t->cell_start[commune + 1]; i++) {
        const double persons = t->population[t->cell[i]];
        all += isfinite(persons) ? persons : 0;
        imputed += isfinite(persons) && t->imputed[t->cell[i]] ? persons : 0;
    }
    return all > 0 ? 100.0 * imputed / all : 0;
}

static const char *reliability(const build *b, const territory *cells, size_t commune, bool held)
{
    if (cells->cell_start[commune] == cells->cell_start[commune + 1])
        return NULL;
    if (held)
        return "insuffisante";
    return travel_is_estimated(b) || imputed_percent(cells, commune) > imputed_limit_percent
               ? "fragile"
               : "bonne";
}

static status own_values(maker *m, const cells_of *c, size_t first, error *err)
{
    const build *b = m->b;
    m->b->caution_count = 0; /* communes, not cells */
    uint8_t *held = memory_new(b->communes->place_count, sizeof *held);
    if (held == NULL)
        return memory_error(err, b->communes->place_count);
    if (travel_is_estimated(b))
        caution_places(b->d->caution, b->communes, held);
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < m->rows; i++) {
        const size_t commune = b->commune_rows[i];
        m->b->caution_count += held[commune];
        put_population(m, c, first, i, commune);
        s = maker_text(m, first + OWN_RELIABILITY, i,
                       reliability(b, c->cells, commune, held[commune] != 0), err);
    }
    memory_free(held);
    return s;
}

/* --- what cells come to: sums and means as the output says; of a text, the one that most
 * inhabitants have --- */

static bool is_text(const made_output *o)
{
    return o->is->type == BASSIN_TEXT;
}

static bool has_column(const made_output *o)
{
    return o->is->aggregate != BASSIN_AGGREGATE_NONE || is_text(o);
}

/* A share of the population, 0 or 1 of each cell: how many inhabitants is asked too. */
static bool is_flag(const made_output *o)
{
    return o->is->aggregate == BASSIN_AGGREGATE_MEAN && o->is->type == BASSIN_F64 &&
           strcmp(o->is->unit, "1") == 0 && strcmp(o->is->weight, "population") == 0 &&
           fabs(o->is->lowest) <= 0 && fabs(o->is->highest - 1) <= 0;
}

static status declare_count(maker *m, const made_column *c, const result_column *from, error *err)
{
    const column_spec spec = {.name = arena_format(m->b->memory, "%s_population", c->name),
                              .title_fr = arena_format(m->b->memory, "%s (habitants)", c->title_fr),
                              .title_en =
                                  arena_format(m->b->memory, "%s (inhabitants)", c->title_en),
                              .unit = "{person}",
                              .type = COLUMN_F64,
                              .decimals = 1};
    result_column plain = *from;
    plain.map = NULL;
    plain.sheet_fr = plain.sheet_en = plain.reading_fr = plain.reading_en = NULL;
    plain.output = "";
    if (spec.name == NULL || spec.title_fr == NULL || spec.title_en == NULL)
        return memory_error(err, 256);
    return maker_column(m, &spec, &plain, NULL, err);
}

static status declare_of_cells(maker *m, size_t plugin, size_t job, const made_output *o,
                               size_t member, size_t *next, const void *context, error *err)
{
    result_column from;
    const made_column *c = &o->columns[member];
    const column_spec spec = is_text(o) ? spec_of_made(o, c) : spec_of_aggregate(o, c);
    (void)next;
    (void)context;
    if (!has_column(o))
        return STATUS_OK;
    status s = result_column_of(m->b, plugin, job, o, member, &from, err);
    from.of_cells = true;
    if (s == STATUS_OK)
        s = maker_column(m, &spec, &from, NULL, err);
    if (s == STATUS_OK && is_flag(o))
        s = declare_count(m, c, &from, err);
    return s;
}

typedef struct held_text {
    uint32_t word;
    double persons;
} held_text;

static int by_word(const void *a, const void *b)
{
    const held_text *x = a, *y = b;
    return (x->word > y->word) - (x->word < y->word);
}

/* The text of the largest share of the inhabitants; among equals the first by its bytes. */
static const char *most_held(const cells_of *c, const made_column *from, size_t commune,
                             held_text *buffer)
{
    const territory *t = c->cells;
    const uint32_t *word = from->values;
    size_t count = 0;
    const char *best = NULL;
    double most = -1;
    for (uint64_t i = t->cell_start[commune]; i < t->cell_start[commune + 1]; i++) {
        const uint32_t cell = t->cell[i];
        if (from->state[cell] == BASSIN_PRESENT)
            buffer[count++] =
                (held_text){word[cell], isfinite(t->population[cell]) ? t->population[cell] : 0};
    }
    qsort(buffer, count, sizeof *buffer, by_word);
    for (size_t i = 0; i < count;) {
        double persons = 0;
        const uint32_t one = buffer[i].word;
        for (; i < count && buffer[i].word == one; i++)
            persons += buffer[i].persons;
        const char *text = words_at(&from->words, one);
        if (persons > most || (!(persons < most) && strcmp(text, best) < 0)) {
            most = persons;
            best = text;
        }
    }
    return best;
}

static status fill_text(maker *m, const cells_of *c, const made_column *from, size_t at, error *err)
{
    held_text *buffer = memory_new(c->cells->place_count, sizeof *buffer);
    if (buffer == NULL)
        return memory_error(err, c->cells->place_count * sizeof *buffer);
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < m->rows; i++)
        s = maker_text(m, at, i, most_held(c, from, m->b->commune_rows[i], buffer), err);
    memory_free(buffer);
    return s;
}

/* Inhabitants of the cells where the flag is 1. */
static void fill_count(maker *m, const cells_of *c, const made_column *from, size_t at)
{
    const territory *t = c->cells;
    const double *flag = from->values;
    for (size_t i = 0; i < m->rows; i++) {
        const size_t commune = m->b->commune_rows[i];
        size_t known = 0;
        for (uint64_t k = t->cell_start[commune]; k < t->cell_start[commune + 1]; k++) {
            const uint32_t cell = t->cell[k];
            if (from->state[cell] == BASSIN_PRESENT && isfinite(t->population[cell]))
                c->work[known++] = flag[cell] * t->population[cell];
        }
        if (known > 0)
            table_builder_f64(m->builder, at, i, blocks_sum(c->work, known));
    }
}

static void fill_number(maker *m, const cells_of *c, const made_output *o, const made_column *from,
                        size_t at)
{
    aggregate_rule rule = {.rule = o->is->aggregate,
                           .value = source_of_made(o, from),
                           .work = c->work,
                           .places = c->cells->place_count};
    if (from->weight != NULL)
        rule.weight = weight_source(m->b, &m->b->p->ground[0], from->weight);
    for (size_t i = 0; i < m->rows; i++) {
        double value = 0.0;
        const value_state state =
            aggregate_group(&rule, &c->by_commune, m->b->commune_rows[i], &value);
        if (state == VALUE_PRESENT)
            table_builder_f64(m->builder, at, i, value);
        else
            table_builder_state(m->builder, at, i, state);
    }
}

static status fill_of_cells(maker *m, size_t plugin, size_t job, const made_output *o,
                            size_t member, size_t *next, const void *context, error *err)
{
    const cells_of *c = context;
    const made_column *from = &o->columns[member];
    (void)plugin;
    (void)job;
    if (!has_column(o))
        return STATUS_OK;
    const size_t at = (*next)++;
    if (is_text(o))
        return fill_text(m, c, from, at, err);
    fill_number(m, c, o, from, at);
    if (is_flag(o))
        fill_count(m, c, from, (*next)++);
    return STATUS_OK;
}

/* --- the table --- */

static status declare(maker *m, const table *from, size_t *made, size_t *of_cells, error *err)
{
    status s = base_columns(m, place_columns, PLACE_COLUMNS, from, err);
    for (size_t i = 0; s == STATUS_OK && i < OWN_COUNT; i++)
        s = maker_column(m, &own_columns[i], NULL, NULL, err);
    *made = m->count;
    if (s == STATUS_OK)
        s = visit_columns(m, "communes", declare_made, 0, NULL, err);
    *of_cells = m->count;
    return s == STATUS_OK ? visit_columns(m, "places", declare_of_cells, 0, NULL, err) : s;
}

status results_communes(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Communes",
                                       .title_en = "Communes",
                                       .sheet_fr = "Communes",
                                       .sheet_en = "Communes",
                                       .geometry = RESULT_COMMUNES};
    const table *from = b->communes->places;
    size_t made = 0, of_cells = 0, context = 0;
    maker m;
    if (b->d->communes == NULL)
        return STATUS_OK;
    double *work = memory_new(b->d->territory->place_count, 2 * sizeof *work);
    status s = maker_begin(&m, b, "communes", err);
    if (s == STATUS_OK && work == NULL)
        s = memory_error(err, b->d->territory->place_count * 2 * sizeof *work);
    const cells_of c = cells_of_build(b, work);
    if (s == STATUS_OK)
        s = declare(&m, from, &made, &of_cells, err);
    if (s == STATUS_OK)
        s = context_columns(&m, b->d->place_context, &context, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, b->commune_count, err);
    if (s == STATUS_OK)
        s = base_values(&m, place_columns, PLACE_COLUMNS, from, b->commune_rows, err);
    if (s == STATUS_OK)
        s = border_values(&m, b->communes, b->commune_rows, err);
    if (s == STATUS_OK)
        s = own_values(&m, &c, PLACE_COLUMNS, err);
    if (s == STATUS_OK)
        s = visit_columns(&m, "communes", copy_made, made, b->commune_rows, err);
    if (s == STATUS_OK)
        s = visit_columns(&m, "places", fill_of_cells, of_cells, &c, err);
    if (s == STATUS_OK)
        s = context_values(&m, b->d->place_context, context, b->commune_rows, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    memory_free(work);
    return s;
}

/* --- the view by commune --- */

/* The tables of the run, cells left out; communes are its places. */
static status view_tables(build *b, results *view, error *err)
{
    results_owned *r = b->r;
    size_t count = 0;
    r->commune_tables = memory_new(r->table_count, sizeof *r->commune_tables);
    if (r->commune_tables == NULL)
        return memory_error(err, r->table_count * sizeof *r->commune_tables);
    for (size_t i = 0; i < r->table_count; i++) {
        if (strcmp(r->tables[i].name, "places") == 0)
            continue;
        result_table *to = &r->commune_tables[count++];
        *to = r->tables[i];
        if (strcmp(to->name, "communes") == 0) {
            to->name = "places";
            to->geometry = RESULT_PLACES;
        }
        if (to->geometry == RESULT_PLACE_SETS) /* sets of cells: only their outlines are left */
            to->set_start = NULL;
    }
    view->tables = r->commune_tables;
    view->table_count = count;
    return STATUS_OK;
}

status results_by_commune(build *b, error *err)
{
    results_owned *r = b->r;
    results *view = &r->communes;
    if (b->d->communes == NULL)
        return STATUS_OK;
    *view = r->seen;
    view->outlines = NULL;
    view->borders = NULL;
    view->context = NULL;
    status s = results_ground(b, b->communes, b->commune_rows, b->commune_count, view,
                              &r->commune_borders, err);
    if (s == STATUS_OK)
        s = view_tables(b, view, err);
    if (s == STATUS_OK)
        r->seen.by_commune = view;
    return s;
}
