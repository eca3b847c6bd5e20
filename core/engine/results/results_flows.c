/* The largest commuting flows, and the new tables of plugins. */
#include <math.h>
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/results/results_model.h"
#include "network/travel/isochrones.h"

enum {
    F_O,
    F_O_NAME,
    F_J,
    F_J_NAME,
    F_WORKERS,
    F_KM,
    F_RELIABILITY,
    F_LON_A,
    F_LAT_A,
    F_LON_B,
    F_LAT_B,
    F_COUNT
};

static const column_spec flow_columns[F_COUNT] = {
    {"o", "Commune de résidence", "Commune of residence", "", COLUMN_TEXT, -1},
    {"o_name", "Nom de la commune de résidence", "Name of the commune of residence", "",
     COLUMN_TEXT, -1},
    {"j", "Commune de travail", "Commune of work", "", COLUMN_TEXT, -1},
    {"j_name", "Nom de la commune de travail", "Name of the commune of work", "", COLUMN_TEXT, -1},
    {"workers", "Actifs occupés", "Employed residents", "{person}", COLUMN_F64, 0},
    {"crow_km", "Distance à vol d’oiseau", "Straight-line distance", "km", COLUMN_F64, 1},
    {"reliability", "Fiabilité", "Reliability", "", COLUMN_TEXT, -1},
    {"lon_a", "Longitude de la résidence", "Longitude of residence", "1", COLUMN_F64, 6},
    {"lat_a", "Latitude de la résidence", "Latitude of residence", "1", COLUMN_F64, 6},
    {"lon_b", "Longitude du travail", "Longitude of work", "1", COLUMN_F64, 6},
    {"lat_b", "Latitude du travail", "Latitude of work", "1", COLUMN_F64, 6},
};

/* Coefficient of variation of a sum: 5, 10, 20 % (METHODS.md section 8). The class is a code, the
 * same word in every language of machine tables. */
static const char *reliability_word(double workers, double variance)
{
    double cv = workers > 0.0 ? sqrt(variance) / workers : INFINITY;
    if (cv <= 0.05)
        return "bonne";
    if (cv <= 0.10)
        return "correcte";
    return cv <= 0.20 ? "fragile" : "insuffisante";
}

typedef struct flow_pair {
    size_t first; /* row of the flows table */
    double workers, variance;
} flow_pair;

/* Pairs of distinct places, residence kept, large enough to be shown alone. */
static status list_pairs(const build *b, flow_pair **out, size_t *count, error *err)
{
    const flows *f = b->d->flows;
    const bassin_flows *all = &b->p->flows;
    flow_pair *pairs = memory_new(f->pair_count, sizeof *pairs);
    *out = pairs;
    *count = 0;
    if (pairs == NULL)
        return memory_error(err, f->pair_count * sizeof *pairs);
    for (size_t i = 0; i < f->pair_count; i++) {
        flow_pair pair = {.first = f->pair_start[i]};
        uint32_t o = f->o[pair.first], j = f->j[pair.first];
        if (j == WORK_OUTSIDE || o == j || b->row_of_commune[o] == PLACE_NONE)
            continue;
        for (uint64_t row = f->pair_start[i]; row < f->pair_start[i + 1]; row++) {
            pair.workers += all->workers[row];
            pair.variance += all->variance[row];
        }
        if (pair.workers >= FLOW_LISTED_WORKERS)
            pairs[(*count)++] = pair;
    }
    return STATUS_OK;
}

static void set_degrees(maker *m, size_t c, size_t row, double lon, double lat)
{
    if (isfinite(lon) && isfinite(lat)) {
        table_builder_f64(m->builder, c, row, lon);
        table_builder_f64(m->builder, c + 1, row, lat);
    }
}

static status fill_pair(maker *m, size_t row, const flow_pair *pair, error *err)
{
    const build *b = m->b;
    const territory *t = b->communes;
    uint32_t o = b->d->flows->o[pair->first], j = b->d->flows->j[pair->first];
    const column *crow = table_find(b->d->flows->rows, "crow_km");
    const char *texts[] = {t->code[o], t->name[o], t->code[j], t->name[j]};
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sizeof texts / sizeof *texts; i++)
        s = maker_text(m, F_O + i, row, texts[i], err);
    if (s == STATUS_OK)
        s = maker_text(m, F_RELIABILITY, row, reliability_word(pair->workers, pair->variance), err);
    table_builder_f64(m->builder, F_WORKERS, row, pair->workers);
    if (crow != NULL && column_state(crow, pair->first) == VALUE_PRESENT)
        table_builder_f64(m->builder, F_KM, row, crow->at.f64[pair->first]);
    set_degrees(m, F_LON_A, row, t->lon[o], t->lat[o]);
    set_degrees(m, F_LON_B, row, t->lon[j], t->lat[j]);
    return s;
}

status results_flows(build *b, error *err)
{
    static const result_table shape = {.title_fr =
                                           "Principaux flux domicile-travail (200 actifs ou plus)",
                                       .title_en = "Main commuting flows (200 workers or more)",
                                       .sheet_fr = "Domicile-travail",
                                       .sheet_en = "Commuting",
                                       .geometry = RESULT_LINES};
    flow_pair *pairs = NULL;
    size_t count = 0;
    maker m;
    if (b->d->flows == NULL)
        return STATUS_OK;
    status s = list_pairs(b, &pairs, &count, err);
    if (s != STATUS_OK)
        return s;
    s = maker_begin(&m, b, "flows", err);
    for (size_t i = 0; s == STATUS_OK && i < F_COUNT; i++)
        s = maker_column(&m, &flow_columns[i], NULL, NULL, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, count, err);
    for (size_t i = 0; s == STATUS_OK && i < count; i++)
        s = fill_pair(&m, i, &pairs[i], err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    memory_free(pairs);
    return s;
}

/* --- new tables --- */

static result_geometry geometry_of(uint32_t g)
{
    switch (g) {
    case BASSIN_GEOMETRY_PLACE_SET:
        return RESULT_PLACE_SETS;
    case BASSIN_GEOMETRY_POINT:
        return RESULT_POINTS;
    case BASSIN_GEOMETRY_LINE:
        return RESULT_LINES;
    default:
        return RESULT_PLAIN;
    }
}

static status table_columns(maker *m, size_t plugin, size_t job, size_t index, error *err)
{
    const plugin_job *from = &m->b->p->plugins[plugin].jobs[job];
    status s = STATUS_OK;
    for (size_t i = 0; i < from->is->outputs.count; i++) {
        const made_output *o = &from->outputs[i];
        for (size_t c = 0; o->made_table == index && s == STATUS_OK && c < o->count; c++) {
            const column_spec spec = {
                o->columns[c].name,       o->columns[c].title_fr,
                o->columns[c].title_en,   o->is->unit,
                (column_type)o->is->type, o->is->type == BASSIN_F64 ? o->is->decimals : -1};
            result_column origin;
            s = result_column_of(m->b, plugin, job, o, c, &origin, err);
            if (s == STATUS_OK)
                s = maker_column(m, &spec, &origin, NULL, err);
        }
    }
    return s;
}

static status table_values(maker *m, const plugin_job *from, size_t index, error *err)
{
    status s = STATUS_OK;
    size_t next = 0;
    for (size_t i = 0; i < from->is->outputs.count; i++) {
        const made_output *o = &from->outputs[i];
        for (size_t c = 0; o->made_table == index && s == STATUS_OK && c < o->count; c++) {
            value_source source = source_of_made(o, &o->columns[c]);
            s = maker_copy(m, next++, &source, NULL, err);
        }
    }
    return s;
}

static status plugin_table(build *b, size_t plugin, size_t job, size_t index,
                           const polygons *isochrones, const isochrone_facts *facts, error *err)
{
    const plugin_job *from = &b->p->plugins[plugin].jobs[job];
    const made_table *t = &from->tables[index];
    result_table shape = {.title_fr = t->title_fr,
                          .title_en = t->title_en,
                          .sheet_fr = t->is->sheet_fr,
                          .sheet_en = t->is->sheet_en,
                          .geometry = geometry_of(t->is->geometry),
                          .set_outlines = isochrones,
                          .isochrone_step_m = isochrones != NULL ? facts->step_m : 0,
                          .isochrone_least_km2 = isochrones != NULL ? facts->least_m2 / 1e6 : 0};
    maker m;
    status s = maker_begin(&m, b, t->name, err);
    if (s == STATUS_OK)
        s = table_columns(&m, plugin, job, index, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, t->rows, err);
    if (s == STATUS_OK)
        s = table_values(&m, from, index, err);
    if (s == STATUS_OK && shape.geometry == RESULT_PLACE_SETS)
        s = results_sets(b, t, &shape, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}

static status job_tables(build *b, size_t plugin, size_t job, error *err)
{
    const plugin_job *from = &b->p->plugins[plugin].jobs[job];
    const size_t count = from->is->tables.count;
    const polygons **isochrones = memory_new(count, sizeof *isochrones);
    isochrone_facts facts = {0};
    status s = isochrones != NULL ? results_reach(b, from, isochrones, &facts, err)
                                  : memory_error(err, count * sizeof *isochrones);
    for (size_t t = 0; s == STATUS_OK && t < count; t++) {
        if (from->tables[t].made) /* else the run file did not ask for it */
            s = plugin_table(b, plugin, job, t, isochrones[t], &facts, err);
    }
    memory_free(isochrones);
    return s;
}

status results_plugin_tables(build *b, error *err)
{
    status s = STATUS_OK;
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        const plan_plugin *plugin = &b->p->plugins[k];
        for (size_t j = 0; j < plugin->job_count; j++) {
            if (job_counts(&plugin->jobs[j]) && s == STATUS_OK)
                s = job_tables(b, k, j, err);
        }
    }
    return s;
}
