/* The tables of places, venues and territories: what was loaded, then what the plugins made. */
#include <math.h>
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/results/results_model.h"
#include "geo/locator.h"

static column_spec spec_of(const wanted_base *w, const column *c)
{
    bool titled = c != NULL && c->title_fr != NULL && c->title_fr[0] != '\0';
    return (column_spec){.name = w->name,
                         .title_fr = titled ? c->title_fr : w->title_fr,
                         .title_en = titled && c->title_en[0] != '\0' ? c->title_en : w->title_en,
                         .unit = w->unit,
                         .type = w->type,
                         .decimals = w->decimals};
}

status base_columns(maker *m, const wanted_base *wanted, size_t count, const table *from,
                    error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < count; i++) {
        column_spec spec = spec_of(&wanted[i], table_find(from, wanted[i].name));
        s = maker_column(m, &spec, NULL, NULL, err);
    }
    return s;
}

status base_values(maker *m, const wanted_base *wanted, size_t count, const table *from,
                   const size_t *rows, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < count; i++) {
        const column *c = table_find(from, wanted[i].name);
        if (c == NULL || c->type != wanted[i].type)
            continue;
        value_source source = source_of_column(c);
        s = maker_copy(m, i, &source, rows, err);
    }
    return s;
}

status visit_columns(maker *m, const char *table_name, column_visit visit, size_t first,
                     const void *context, error *err)
{
    const plan *p = m->b->p;
    status s = STATUS_OK;
    size_t next = first;
    for (size_t k = 0; k < p->plugin_count; k++) {
        for (size_t j = 0; j < p->plugins[k].job_count; j++) {
            const plugin_job *job = &p->plugins[k].jobs[j];
            for (size_t i = 0; job_counts(job) && i < p->plugins[k].is->outputs.count; i++) {
                const made_output *o = &job->outputs[i];
                for (size_t c = 0;
                     strcmp(o->table, table_name) == 0 && s == STATUS_OK && c < o->count; c++)
                    s = visit(m, k, j, o, c, &next, context, err);
            }
        }
    }
    return s;
}

column_spec spec_of_made(const made_output *o, const made_column *c)
{
    return (column_spec){.name = c->name,
                         .title_fr = c->title_fr,
                         .title_en = c->title_en,
                         .unit = o->is->unit,
                         .type = (column_type)o->is->type,
                         .decimals = o->is->type == BASSIN_F64 ? o->is->decimals : -1};
}

status declare_made(maker *m, size_t plugin, size_t job, const made_output *o, size_t member,
                    size_t *next, const void *context, error *err)
{
    result_column from;
    column_spec spec = spec_of_made(o, &o->columns[member]);
    (void)next;
    (void)context;
    status s = result_column_of(m->b, plugin, job, o, member, &from, err);
    return s == STATUS_OK ? maker_column(m, &spec, &from, NULL, err) : s;
}

status copy_made(maker *m, size_t plugin, size_t job, const made_output *o, size_t member,
                 size_t *next, const void *context, error *err)
{
    value_source source = source_of_made(o, &o->columns[member]);
    (void)plugin;
    (void)job;
    return maker_copy(m, (*next)++, &source, context, err);
}

/* --- zonings and numbers by commune, after the plugins' columns --- */

status context_columns(maker *m, const table *from, size_t *first, error *err)
{
    status s = STATUS_OK;
    *first = m->count;
    for (size_t i = 0; from != NULL && s == STATUS_OK && i < from->column_count; i++) {
        const column *c = &from->columns[i];
        const column_spec spec = {c->name, c->title_fr, c->title_en, c->unit, c->type, c->decimals};
        s = maker_column(m, &spec, NULL, NULL, err);
    }
    return s;
}

status context_values(maker *m, const table *from, size_t first, const size_t *rows, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; from != NULL && s == STATUS_OK && i < from->column_count; i++) {
        const value_source source = source_of_column(&from->columns[i]);
        s = maker_copy(m, first + i, &source, rows, err);
    }
    return s;
}

/* --- places --- */

const wanted_base place_columns[PLACE_COLUMNS] = {
    {"code", "Code commune", "Commune code", "", COLUMN_TEXT, -1},
    {"name", "Commune", "Commune", "", COLUMN_TEXT, -1},
    {"population", "Population municipale", "Legal population", "{person}", COLUMN_F64, 0},
    {"point_class", "Origine du point", "Origin of the point", "", COLUMN_TEXT, -1},
    {"epci", "EPCI", "EPCI", "", COLUMN_TEXT, -1},
    {"departement", "Département", "Département", "", COLUMN_TEXT, -1},
    {"region", "Région", "Region", "", COLUMN_TEXT, -1},
    {"density7", "Grille de densité (1 à 7)", "Density grid (1 to 7)", "{class}", COLUMN_U32, -1},
    {"border", "Bord des données plus proche que le lieu ouvert le plus proche",
     "Edge of the data nearer than the nearest open venue", "1", COLUMN_U32, -1},
    {"area_km2", "Superficie", "Area", "km2", COLUMN_F64, 2},
    {"lon", "Longitude", "Longitude", "1", COLUMN_F64, 6},
    {"lat", "Latitude", "Latitude", "1", COLUMN_F64, 6},
};

status border_values(maker *m, const territory *t, const size_t *rows, error *err)
{
    const build *b = m->b;
    const column *edge = table_find(t->places, "border_km");
    nearest_index *index = NULL;
    if (edge == NULL || edge->type != COLUMN_F64)
        return STATUS_OK;
    const venues *v = b->d->venues;
    uint8_t *use = memory_new(v->count, sizeof *use);
    if (use == NULL)
        return memory_error(err, v->count);
    for (size_t i = 0; i < v->count; i++)
        use[i] = v->open[i] && isfinite(v->lon[i]) && isfinite(v->lat[i]);
    status s = nearest_index_new(&index, v->lon, v->lat, use, v->count, err);
    for (size_t i = 0; s == STATUS_OK && i < m->rows; i++) {
        size_t p = rows[i];
        double km = 0.0;
        if (column_state(edge, p) != VALUE_PRESENT || !isfinite(t->lon[p]) || !isfinite(t->lat[p]))
            continue;
        uint32_t found = nearest_find(index, t->lon[p], t->lat[p], &km);
        table_builder_u32(m->builder, PLACE_BORDER, i,
                          found == LOCATED_NOWHERE || edge->at.f64[p] < km);
    }
    nearest_index_free(index);
    memory_free(use);
    return s;
}

/* METHODS.md section 4: an estimate in a straight line is never better than fragile. */
static const column_spec reliability_column = {.name = "travel_reliability",
                                               .title_fr = "Fiabilité des temps estimés",
                                               .title_en = "Reliability of estimated times",
                                               .unit = "",
                                               .type = COLUMN_TEXT,
                                               .decimals = -1};

static status reliability_values(maker *m, size_t index, error *err)
{
    build *b = m->b;
    const territory *t = b->d->territory;
    uint8_t *held = memory_new(t->place_count, sizeof *held);
    if (held == NULL)
        return memory_error(err, t->place_count);
    caution_places(b->d->caution, t, held);
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < m->rows; i++) {
        bool insufficient = held[b->place_rows[i]] != 0;
        b->caution_count += insufficient;
        s = maker_text(m, index, i, insufficient ? "insuffisante" : "fragile", err);
    }
    memory_free(held);
    return s;
}

/* Where places are cells: whose each one is, and whether its figures are its own. */
static const wanted_base cell_columns[] = {
    {"commune", "Code de la commune", "Commune code", "", COLUMN_TEXT, -1},
    {"imputed", "Valeurs imputées par l’Insee (1)", "Figures imputed by INSEE (1)", "1", COLUMN_U32,
     -1},
};
enum { CELL_COLUMNS = 2 };

static status cell_values(maker *m, const table *from, size_t first, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < CELL_COLUMNS; i++) {
        value_source source = source_of_column(table_find(from, cell_columns[i].name));
        s = maker_copy(m, first + i, &source, m->b->place_rows, err);
    }
    return s;
}

status results_places(build *b, error *err)
{
    const bool cells = b->d->communes != NULL;
    const result_table shape = {.title_fr = cells ? "Carreaux" : "Communes",
                                .title_en = cells ? "Grid cells" : "Communes",
                                .sheet_fr = cells ? NULL : "Communes",
                                .sheet_en = cells ? NULL : "Communes",
                                .geometry = RESULT_PLACES};
    const bool estimated = travel_is_estimated(b);
    const size_t own = PLACE_COLUMNS + (cells ? CELL_COLUMNS : 0);
    const size_t first = own + (estimated ? 1 : 0); /* of the plugins' columns */
    const table *from = b->d->territory->places;
    const table *beside = cells ? NULL : b->d->place_context; /* of communes, row for row */
    size_t context = 0;
    wanted_base base[PLACE_COLUMNS];
    maker m;
    memcpy(base, place_columns, sizeof base);
    base[PLACE_POPULATION].decimals = cells ? 1 : 0; /* the grid counts halves */
    status s = maker_begin(&m, b, "places", err);
    if (s == STATUS_OK)
        s = base_columns(&m, base, PLACE_COLUMNS, from, err);
    if (s == STATUS_OK && cells)
        s = base_columns(&m, cell_columns, CELL_COLUMNS, from, err);
    if (s == STATUS_OK && estimated)
        s = maker_column(&m, &reliability_column, NULL, NULL, err);
    if (s == STATUS_OK)
        s = visit_columns(&m, "places", declare_made, first, NULL, err);
    if (s == STATUS_OK)
        s = context_columns(&m, beside, &context, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, b->place_count, err);
    if (s == STATUS_OK)
        s = base_values(&m, place_columns, PLACE_COLUMNS, from, b->place_rows, err);
    if (s == STATUS_OK)
        s = border_values(&m, b->d->territory, b->place_rows, err);
    if (s == STATUS_OK && cells)
        s = cell_values(&m, from, PLACE_COLUMNS, err);
    if (s == STATUS_OK && estimated)
        s = reliability_values(&m, own, err);
    if (s == STATUS_OK)
        s = visit_columns(&m, "places", copy_made, first, b->place_rows, err);
    if (s == STATUS_OK)
        s = context_values(&m, beside, context, b->place_rows, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}

/* --- venues --- */

static const wanted_base venue_columns[] = {
    {"id", "Identifiant", "Identifier", "", COLUMN_TEXT, -1},
    {"name", "Lieu", "Venue", "", COLUMN_TEXT, -1},
    {"list", "Liste", "List", "", COLUMN_TEXT, -1},
    {"kind", "Type", "Kind", "", COLUMN_TEXT, -1},
    {"family", "Famille", "Family", "", COLUMN_TEXT, -1},
    {"in_scope", "Tiers-lieu (1) ou autre lieu (0)", "Third place (1) or other venue (0)", "1",
     COLUMN_U32, -1},
    {"function_a", "Travailler autrement", "Working otherwise", "1", COLUMN_F64, 1},
    {"function_b", "Culture et savoirs", "Culture and knowledge", "1", COLUMN_F64, 1},
    {"function_c", "Moyens de recherche mutualisés", "Shared research", "1", COLUMN_F64, 1},
    {"function_d", "Créer, fabriquer, innover", "Create, make, innovate", "1", COLUMN_F64, 1},
    {"function_e", "Contribuer et participer", "Contribute and take part", "1", COLUMN_F64, 1},
    {"function_f", "Transition écologique", "Ecological transition", "1", COLUMN_F64, 1},
    {"function_g", "Services publics et droits sociaux", "Public services and social rights", "1",
     COLUMN_F64, 1},
    {"function_h", "Appropriation du numérique", "Digital skills", "1", COLUMN_F64, 1},
    {"status", "État", "Status", "", COLUMN_TEXT, -1},
    {"label", "Label", "Label", "", COLUMN_TEXT, -1},
    {"label_state", "État du label", "State of the label", "", COLUMN_TEXT, -1},
    {"label_start", "Label : début", "Label: start", "", COLUMN_TEXT, -1},
    {"label_end", "Label : fin", "Label: end", "", COLUMN_TEXT, -1},
    {"presence", "Présence", "Presence", "", COLUMN_TEXT, -1},
    {"hours_week", "Heures d’ouverture par semaine", "Opening hours a week", "h", COLUMN_F64, 2},
    {"open_saturday", "Ouvert le samedi", "Open on Saturday", "1", COLUMN_U32, -1},
    {"open_evening", "Ouvert après 19 h", "Open after 19:00", "1", COLUMN_U32, -1},
    {"by_appointment", "Sur rendez-vous", "By appointment", "1", COLUMN_U32, -1},
    {"wheelchair", "Accès en fauteuil roulant", "Wheelchair access", "", COLUMN_TEXT, -1},
    {"placement", "Mode de localisation", "Placement", "", COLUMN_TEXT, -1},
    {"quality", "Qualité de la localisation", "Quality of the placement", "", COLUMN_TEXT, -1},
    {"code", "Code commune", "Commune code", "", COLUMN_TEXT, -1},
    {"lon", "Longitude", "Longitude", "1", COLUMN_F64, 6},
    {"lat", "Latitude", "Latitude", "1", COLUMN_F64, 6},
    {"sources", "Identifiants d’origine", "Source ids", "", COLUMN_TEXT, -1},
};

status results_venues(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Lieux",
                                       .title_en = "Venues",
                                       .sheet_fr = "Lieux",
                                       .sheet_en = "Venues",
                                       .geometry = RESULT_POINTS};
    const size_t count = sizeof venue_columns / sizeof *venue_columns;
    const table *from = b->d->venues->rows;
    size_t context = 0;
    maker m;
    status s = maker_begin(&m, b, "venues", err);
    if (s == STATUS_OK)
        s = base_columns(&m, venue_columns, count, from, err);
    if (s == STATUS_OK)
        s = visit_columns(&m, "venues", declare_made, count, NULL, err);
    if (s == STATUS_OK)
        s = context_columns(&m, b->d->venue_context, &context, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, b->venue_count, err);
    if (s == STATUS_OK)
        s = base_values(&m, venue_columns, count, from, b->venue_rows, err);
    if (s == STATUS_OK)
        s = visit_columns(&m, "venues", copy_made, count, b->venue_rows, err);
    if (s == STATUS_OK)
        s = context_values(&m, b->d->venue_context, context, b->venue_rows, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}

/* --- territories --- */

column_spec spec_of_aggregate(const made_output *o, const made_column *c)
{
    column_spec spec = spec_of_made(o, c);
    if (spec.type != COLUMN_F64)
        spec.decimals =
            o->is->aggregate == BASSIN_AGGREGATE_SUM ? 0 : 2; /* sums and means of counts */
    spec.type = COLUMN_F64;
    return spec;
}

static status declare_aggregate(maker *m, size_t plugin, size_t job, const made_output *o,
                                size_t member, size_t *next, const void *context, error *err)
{
    result_column from;
    const column_spec spec = spec_of_aggregate(o, &o->columns[member]);
    (void)next;
    (void)context;
    if (o->is->aggregate == BASSIN_AGGREGATE_NONE)
        return STATUS_OK;
    status s = result_column_of(m->b, plugin, job, o, member, &from, err);
    from.map = NULL;
    from.reading_fr = from.reading_en = NULL; /* said of a place */
    return s == STATUS_OK ? maker_column(m, &spec, &from, NULL, err) : s;
}

value_source weight_source(const build *b, const plan_ground *ground, const char *name)
{
    const column *base = table_find(ground->territory->places, name);
    if (base != NULL)
        return source_of_column(base);
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        const plan_plugin *plugin = &b->p->plugins[k];
        for (size_t j = 0; j < plugin->job_count; j++) {
            for (size_t i = 0; job_counts(&plugin->jobs[j]) && i < plugin->is->outputs.count; i++) {
                const made_output *o = &plugin->jobs[j].outputs[i];
                for (size_t m = 0; strcmp(o->table, ground->table) == 0 && m < o->count; m++) {
                    if (strcmp(o->columns[m].name, name) == 0)
                        return source_of_made(o, &o->columns[m]);
                }
            }
        }
    }
    return (value_source){.values = NULL};
}

typedef struct level_work {
    const plan_ground *ground;
    const members *levels;
    double *work;
} level_work;

static status fill_aggregate(maker *m, size_t plugin, size_t job, const made_output *o,
                             size_t member, size_t *next, const void *context, error *err)
{
    const level_work *w = context;
    const territory *t = w->ground->territory;
    const made_column *c = &o->columns[member];
    (void)plugin;
    (void)job;
    (void)err;
    if (o->is->aggregate == BASSIN_AGGREGATE_NONE)
        return STATUS_OK;
    aggregate_rule rule = {.rule = o->is->aggregate,
                           .value = source_of_made(o, c),
                           .work = w->work,
                           .places = t->place_count};
    if (c->weight != NULL)
        rule.weight = weight_source(m->b, w->ground, c->weight);
    size_t row = 0, column_index = (*next)++;
    for (size_t i = 0; i < t->grouping_count; i++) {
        for (size_t g = 0; g < t->groupings[i].group_count; g++, row++) {
            double value = 0.0;
            value_state state = aggregate_group(&rule, &w->levels[i], g, &value);
            if (state == VALUE_PRESENT)
                table_builder_f64(m->builder, column_index, row, value);
            else
                table_builder_state(m->builder, column_index, row, state);
        }
    }
    return STATUS_OK;
}

static status fill_aggregates(maker *m, const plan_ground *ground, size_t *next, error *err)
{
    const territory *t = ground->territory;
    members *levels = memory_new(t->grouping_count, sizeof *levels);
    double *work = memory_new(t->place_count, 2 * sizeof *work);
    status s = levels != NULL && work != NULL ? STATUS_OK
                                              : memory_error(err, t->place_count * sizeof *work);
    for (size_t i = 0; s == STATUS_OK && i < t->grouping_count; i++)
        s = members_build(t, &t->groupings[i], &levels[i], err);
    const level_work w = {.ground = ground, .levels = levels, .work = work};
    if (s == STATUS_OK)
        s = visit_columns(m, ground->table, fill_aggregate, *next, &w, err);
    for (size_t i = 0; levels != NULL && i < t->grouping_count; i++)
        members_clear(&levels[i]);
    memory_free(levels);
    memory_free(work);
    return s;
}

static status territory_columns(maker *m, error *err)
{
    const table *from = m->b->p->territories;
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < from->column_count; i++) {
        const column *c = &from->columns[i];
        const column_spec spec = {c->name, c->title_fr, c->title_en, c->unit, c->type, c->decimals};
        s = maker_column(m, &spec, NULL, NULL, err);
    }
    return s;
}

static status territory_values(maker *m, error *err)
{
    const table *from = m->b->p->territories;
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < from->column_count; i++) {
        value_source source = source_of_column(&from->columns[i]);
        s = maker_copy(m, i, &source, NULL, err);
    }
    return s;
}

status results_territories(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Territoires",
                                       .title_en = "Territories",
                                       .sheet_fr = "Territoires",
                                       .sheet_en = "Territories",
                                       .geometry = RESULT_PLAIN};
    const plan *p = b->p;
    maker m;
    status s = maker_begin(&m, b, "territories", err);
    if (s == STATUS_OK)
        s = territory_columns(&m, err);
    const size_t own = m.count;
    if (s == STATUS_OK)
        s = visit_columns(&m, "territories", declare_made, 0, NULL, err);
    size_t from[2] = {0};
    for (size_t g = 0; s == STATUS_OK && g < p->ground_count; g++) {
        from[g] = m.count;
        s = visit_columns(&m, p->ground[g].table, declare_aggregate, 0, NULL, err);
    }
    if (s == STATUS_OK)
        s = maker_rows(&m, b->p->territories->rows, err);
    if (s == STATUS_OK)
        s = territory_values(&m, err);
    if (s == STATUS_OK)
        s = visit_columns(&m, "territories", copy_made, own, NULL, err);
    for (size_t g = 0; s == STATUS_OK && g < p->ground_count; g++)
        s = fill_aggregates(&m, &p->ground[g], &from[g], err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}
