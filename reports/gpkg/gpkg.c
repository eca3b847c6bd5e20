#include "reports/gpkg/gpkg.h"

#include <stdio.h>
#include <string.h>

#include "reports/gpkg/lines.h"
#include "reports/gpkg/messages.h"
#include "reports/gpkg/request.h"
#include "reports/gpkg/styles.h"

enum { PATH_BYTES = 4096, EPSG_DEGREES = 4326 };
static const worker_limits gpkg_limits = {
    .memory_bytes = UINT64_C(6) << 30, .cpu_s = 1800, .wall_s = 3600};

typedef struct gpkg_work {
    const results *from;
    report_model *model;
    report_model *communes; /* where places are cells; else NULL */
    arena *memory;
    parcel *things;
    polygons *outlines; /* of places, in the CRS of the results; owned */
    polygons *commune_outlines;
    gpkg_layer *layers;
    size_t layer_count;
} gpkg_work;

/* --- layers --- */

static status outlines_of(const results *r, polygons **out, error *err)
{
    if (r->borders)
        return topology_to_polygons(r->borders, out, err);
    return r->outlines ? outlines_project(r->outlines, r->epsg, out, err) : STATUS_OK;
}

static status outlines_of_places(gpkg_work *w, error *err)
{
    const results *r = w->from;
    status s = outlines_of(r, &w->outlines, err);
    return !s && r->by_commune ? outlines_of(r->by_commune, &w->commune_outlines, err) : s;
}

static status with_outlines(gpkg_work *w, gpkg_layer *l, const polygons *shape, size_t rows,
                            error *err)
{
    if (!shape || shape->rows != rows)
        return STATUS_OK;
    l->geometry = GPKG_OUTLINES;
    return parcel_shape(w->things, shape, &l->shape, err);
}

static status geometry_of(gpkg_work *w, const result_table *t, gpkg_layer *l, error *err)
{
    const results *r = t->geometry == RESULT_COMMUNES || t->geometry == RESULT_LINES
                           ? results_of_communes(w->from)
                           : w->from;
    const polygons *outlines = r == w->from ? w->outlines : w->commune_outlines;
    bool degrees = r->epsg == EPSG_DEGREES && r->place_lon;
    switch (t->geometry) {
    case RESULT_PLACES:
    case RESULT_COMMUNES:
        if (outlines)
            return with_outlines(w, l, outlines, t->rows->rows, err);
        l->x = degrees ? r->place_lon : r->place_x_m;
        l->y = degrees ? r->place_lat : r->place_y_m;
        break;
    case RESULT_POINTS:
        l->x = strcmp(t->name, "venues") ? NULL : r->venue_x_m;
        l->y = strcmp(t->name, "venues") ? NULL : r->venue_y_m;
        break;
    case RESULT_PLACE_SETS:
        return with_outlines(w, l, t->set_outlines, t->rows->rows, err);
    case RESULT_LINES:
        l->geometry = GPKG_LINES;
        return line_ends_find(r, t, w->memory, l, err);
    case RESULT_PLAIN:
        break;
    }
    if (l->x && l->y) {
        l->geometry = GPKG_POINTS;
        l->point_count = t->rows->rows;
    }
    return STATUS_OK;
}

static bool is_taken(const gpkg_work *w, const char *name, const char *title)
{
    for (size_t i = 0; i < w->layer_count; i++) {
        if ((name && !strcmp(w->layers[i].name, name)) ||
            (title && !strcmp(w->layers[i].title, title)))
            return true;
    }
    return false;
}

/* Names that the format or this file keeps for itself. */
static bool is_reserved(const char *name)
{
    static const char *const begins[] = {"gpkg_", "rtree_", "sqlite_"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (!strncmp(name, begins[i], strlen(begins[i])))
            return true;
    }
    return !strcmp(name, "run") || !strcmp(name, "layer_styles");
}

static status layer_add(gpkg_work *w, const result_table *t, error *err)
{
    const char *title = tr(w->from->language, t->title_fr, t->title_en);
    gpkg_layer l = {.geometry = GPKG_PLAIN, .shape = GPKG_NO_SHAPE};
    l.name = is_reserved(t->name) ? arena_format(w->memory, "table_%s", t->name) : t->name;
    l.title = title && *title && !is_taken(w, NULL, title) ? title : l.name;
    if (!l.name)
        return memory_error(err, strlen(t->name));
    status s = parcel_table(w->things, t->rows, &l.rows, err);
    if (!s)
        s = geometry_of(w, t, &l, err);
    if (!s)
        w->layers[w->layer_count++] = l;
    return s;
}

/* Layers with geometry first: the order in which a GIS lists them. */
static status layers_build(gpkg_work *w, error *err)
{
    const results *r = w->from;
    w->layers = arena_take(w->memory, r->table_count + 1, sizeof *w->layers);
    status s = w->layers ? outlines_of_places(w, err)
                         : memory_error(err, r->table_count * sizeof *w->layers);
    for (size_t i = 0; !s && i < r->table_count; i++) {
        if (r->tables[i].geometry != RESULT_PLAIN)
            s = layer_add(w, &r->tables[i], err);
    }
    for (size_t i = 0; !s && i < r->table_count; i++) {
        if (r->tables[i].geometry == RESULT_PLAIN)
            s = layer_add(w, &r->tables[i], err);
    }
    return s;
}

/* --- the run --- */

static size_t pairs_of_run(const results *r, const char *epsg, gpkg_pair *out)
{
    language lang = r->language;
    const gpkg_pair all[] = {{"title", r->title},
                             {"territory", r->territory_title},
                             {"software", "bassin"},
                             {"version", r->version},
                             {"fingerprint", r->fingerprint},
                             {"date", r->date},
                             {"language", lang == LANGUAGE_FR ? "fr" : "en"},
                             {"epsg", epsg},
                             {"scope", tr(lang, r->champ_fr, r->champ_en)},
                             {"source", tr(lang, r->source_fr, r->source_en)},
                             {"note", tr(lang, r->note_fr, r->note_en)},
                             {"manifest", r->settled_json}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].value && *all[i].value)
            out[count++] = all[i];
    }
    return count;
}

static status request_send(gpkg_work *w, zygote *z, const char *path, error *err)
{
    enum { PAIRS = 16 };
    gpkg_pair pairs[PAIRS];
    char epsg[32];
    pack_writer body = {.at = NULL};
    worker_answer answer = {.bytes = NULL};
    const char *date = w->from->date && *w->from->date ? w->from->date : "2000-01-01";
    (void)snprintf(epsg, sizeof epsg, "EPSG:%d", (int)w->from->epsg);
    gpkg_request q = {.path = path,
                      .date = date,
                      .epsg = w->from->epsg,
                      .lang = w->from->language,
                      .layers = w->layers,
                      .layer_count = w->layer_count,
                      .pairs = pairs};
    q.pair_count = pairs_of_run(w->from, epsg, pairs);
    status s = styles_build(w->model, w->communes, w->memory, &q.styles, &q.style_count, err);
    if (!s) {
        gpkg_request_pack(&q, &body);
        s = parcel_send(w->things, z, gpkg_job.name, &body, gpkg_limits, &answer, err);
    }
    worker_answer_clear(&answer);
    pack_writer_clear(&body);
    return s;
}

static status gpkg_write(const results *r, const report_request *request, error *err)
{
    gpkg_work w = {.from = r};
    char path[PATH_BYTES];
    int n = snprintf(path, sizeof path, "%s/results.gpkg", request->folder);
    if (n < 0 || n >= PATH_BYTES)
        return error_set(err, STATUS_ENVIRONMENT, M_GPKG_PATH);
    status s = arena_new(&w.memory, err);
    if (!s)
        s = parcel_new(&w.things, err);
    if (!s)
        s = report_model_build(r, &w.model, err);
    if (!s && r->by_commune)
        s = report_model_build(r->by_commune, &w.communes, err);
    if (!s)
        s = layers_build(&w, err);
    if (!s)
        s = request_send(&w, request->workers, path, err);
    parcel_free(w.things);
    report_model_free(w.model);
    report_model_free(w.communes);
    polygons_free(w.outlines);
    polygons_free(w.commune_outlines);
    arena_free(w.memory);
    return s;
}

const report_writer gpkg_writer = {
    .id = "gpkg",
    .title_fr = "GeoPackage pour un SIG",
    .title_en = "GeoPackage for a GIS",
    .write = gpkg_write,
};
