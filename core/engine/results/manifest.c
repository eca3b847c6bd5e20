/* run.json: what went in, what was set, what ran. Nothing of clock, host, path, user or threads, so
 * that the same run gives the same bytes anywhere. */
#include <jansson.h>
#include <libfyaml.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/plan_messages.h"
#include "engine/job/job_params.h"
#include "engine/results/results_model.h"

/* Keys sorted; 15 digits print most decimals as they were typed. */
#define DUMP_FLAGS (JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(15))
enum { FINGERPRINT_DIGITS = 12 };

/* Once out of memory it stays failed; checked at the end. */
typedef struct writer {
    bool failed;
} writer;

static void put(writer *w, json_t *object, const char *key, json_t *value)
{
    if (value == NULL || json_object_set_new(object, key, value) != 0)
        w->failed = true;
}

static void push(writer *w, json_t *array, json_t *value)
{
    if (value == NULL || json_array_append_new(array, value) != 0)
        w->failed = true;
}

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

/* Whole numbers print as such. */
static json_t *number(double value)
{
    if (!isfinite(value))
        return json_null();
    if (value == floor(value) && fabs(value) < 9007199254740992.0)
        return json_integer((json_int_t)value);
    return json_real(value);
}

static json_t *inputs(writer *w, const build *b)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < b->input_count; i++) {
        const imported *in = b->inputs[i];
        json_t *one = json_object();
        put(w, one, "role", json_string(b->input_roles[i]));
        put(w, one, "file", json_string(input_file(in)));
        put(w, one, "content_sha256", json_string(b->input_content[i].hex));
        put(w, one, "rows", json_integer((json_int_t)in->facts.rows));
        put(w, one, "encoding", json_string(encoding_word(in->facts.encoding)));
        put(w, one, "importer", text_or_null(in->by != NULL ? in->by->id : NULL));
        put(w, one, "vintage", in->vintage != 0 ? json_integer(in->vintage) : json_null());
        push(w, list, one);
    }
    return list;
}

static json_t *parameters(writer *w, const build *b)
{
    json_t *all = json_object();
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        const plan_plugin *plugin = &b->p->plugins[k];
        json_t *own = json_object();
        for (size_t i = 0; i < plugin->is->params.count; i++) {
            const plugin_param *q = &plugin->params[i];
            json_t *one = json_object();
            put(w, one, "value", text_or_null(param_text(q, b->memory)));
            put(w, one, "unit", json_string(q->is->unit));
            put(w, one, "given", json_boolean(q->said));
            put(w, own, q->is->id, one);
        }
        put(w, all, plugin->is->id, own);
    }
    return all;
}

static json_t *plugins(writer *w, const build *b)
{
    json_t *list = json_array();
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        const plan_plugin *plugin = &b->p->plugins[k];
        json_t *one = json_object();
        put(w, one, "id", json_string(plugin->is->id));
        put(w, one, "version", json_string(plugin->is->version));
        put(w, one, "sha256", json_string(plugin->loaded->sha256));
        put(w, one, "builtin", json_boolean(plugin->loaded->kind == PLUGIN_BUILT_IN));
        push(w, list, one);
    }
    return list;
}

/* A path loses its folders; "5 km/h" is no path. */
static const char *fact_value(const char *value)
{
    return value[0] == '/' ? base_name_of(value) : value;
}

static json_t *travel(writer *w, const build *b)
{
    static const char *const sources[] = {
        [TRAVEL_ESTIMATE] = "estimate", [TRAVEL_ROADS] = "roads", [TRAVEL_MATRIX] = "matrix"};
    json_t *list = json_array();
    for (size_t i = 0; i < b->d->cost_count; i++) {
        const costs *c = b->d->costs[i];
        const costs_facts *facts = b->cost_facts != NULL ? b->cost_facts[i] : NULL;
        json_t *one = json_object(), *known = json_object();
        for (size_t f = 0; facts != NULL && f < facts->count; f++)
            put(w, known, facts->item[f].key, json_string(fact_value(facts->item[f].value)));
        put(w, one, "mode", json_string(c->mode));
        put(w, one, "source", json_string(sources[c->source]));
        put(w, one, "limit_min", number(c->limit_min));
        put(w, one, "facts", known);
        push(w, list, one);
    }
    return list;
}

static json_t *cell(const column *c, size_t row)
{
    if (column_state(c, row) != VALUE_PRESENT)
        return json_null();
    switch (c->type) {
    case COLUMN_F64:
        return number(c->at.f64[row]);
    case COLUMN_I64:
        return json_integer((json_int_t)c->at.i64[row]);
    case COLUMN_U32:
        return json_integer((json_int_t)c->at.u32[row]);
    case COLUMN_TEXT:
        break;
    }
    return json_string(column_text(c, row));
}

/* A listed table as an array of objects. */
static json_t *table_rows(writer *w, const build *b, const char *name)
{
    json_t *list = json_array();
    const table *t = NULL;
    for (size_t i = 0; i < b->r->table_count; i++) {
        if (strcmp(b->r->tables[i].name, name) == 0)
            t = b->r->tables[i].rows;
    }
    for (size_t row = 0; t != NULL && row < t->rows; row++) {
        json_t *one = json_object();
        for (size_t c = 0; c < t->column_count; c++)
            put(w, one, t->columns[c].name, cell(&t->columns[c], row));
        push(w, list, one);
    }
    return list;
}

static json_t *failures(writer *w, const build *b)
{
    json_t *list = json_array();
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        for (size_t j = 0; j < b->p->plugins[k].job_count; j++) {
            const plugin_job *job = &b->p->plugins[k].jobs[j];
            if (!job->failed)
                continue;
            json_t *one = json_object();
            put(w, one, "plugin", json_string(job->is->id));
            put(w, one, "mode", json_string(job->suffix));
            put(w, one, "stage",
                job->stage == NO_INDEX ? json_null() : json_integer((json_int_t)job->stage + 1));
            put(w, one, "message",
                json_string(error_text(&job->failure, b->d->scenario->language)));
            push(w, list, one);
        }
    }
    return list;
}

static json_t *notes(writer *w, const build *b)
{
    json_int_t warnings = 0, told = 0;
    for (size_t i = 0; b->d->notes != NULL && i < faults_count(b->d->notes); i++) {
        severity s = faults_at(b->d->notes, i)->severity;
        warnings += s == SEVERITY_WARNING;
        told += s == SEVERITY_NOTE;
    }
    json_t *one = json_object();
    put(w, one, "warnings", json_integer(warnings));
    put(w, one, "notes", json_integer(told));
    return one;
}

static json_t *perimeter_of(writer *w, const build *b)
{
    const scenario *s = b->d->scenario;
    json_t *one = json_object();
    put(w, one, "title", json_string(b->r->seen.territory_title));
    put(w, one, "keep", text_or_null(s->perimeter.keep));
    put(w, one, "margin_km", number(s->perimeter.margin_km));
    put(w, one, "vintage", s->pivot_vintage > 0 ? json_integer(s->pivot_vintage) : json_null());
    put(w, one, "epsg", json_integer(b->d->territory->epsg));
    put(w, one, "places", json_integer((json_int_t)b->place_count));
    put(w, one, "places_margin",
        json_integer((json_int_t)(b->d->territory->place_count - b->place_count)));
    put(w, one, "venues", json_integer((json_int_t)b->venue_count));
    return one;
}

/* Those that this room sees, then those that were handed down. */
static json_t *libraries(writer *w, const build *b)
{
    library_version geo[GEO_LIBRARIES];
    json_t *all = json_object();
    geo_versions(geo);
    for (size_t i = 0; i < GEO_LIBRARIES; i++)
        put(w, all, geo[i].name, text_or_null(geo[i].version));
    for (size_t i = 0; i < b->input_count; i++) {
        if (b->inputs[i]->facts.duckdb[0])
            put(w, all, "duckdb", json_string(b->inputs[i]->facts.duckdb));
    }
    put(w, all, "jansson", json_string(jansson_version_str()));
    put(w, all, "libfyaml", json_string(fy_library_version()));
    for (size_t i = 0; i < b->d->library_count; i++)
        put(w, all, b->d->libraries[i].name, text_or_null(b->d->libraries[i].version));
    return all;
}

/* The files as they lie on disk: another order of their rows is another file, not another run. */
static json_t *files(writer *w, const build *b)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < b->input_count; i++) {
        json_t *one = json_object();
        put(w, one, "file", json_string(input_file(b->inputs[i])));
        put(w, one, "sha256", json_string(b->inputs[i]->facts.sha256));
        push(w, list, one);
    }
    return list;
}

/* What decides the figures: inputs, settings, programs, seed. */
static json_t *decisive(writer *w, const build *b)
{
    json_t *root = json_object();
    put(w, root, "bassin", json_string(BASSIN_VERSION));
    put(w, root, "inputs", inputs(w, b));
    put(w, root, "parameters", parameters(w, b));
    put(w, root, "plugins", plugins(w, b));
    char seed[32]; /* as text: 64 bits do not fit a JSON number everywhere */
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)b->d->scenario->seed);
    put(w, root, "seed", json_string(seed));
    put(w, root, "territory", perimeter_of(w, b));
    put(w, root, "travel", travel(w, b));
    put(w, root, "intra_insee", json_boolean(b->d->scenario->intra_insee));
    return root;
}

static status dump(build *b, const writer *w, const json_t *root, const char **out, error *err)
{
    char *text = w->failed ? NULL : json_dumps(root, DUMP_FLAGS);
    *out = text != NULL ? arena_format(b->memory, "%s\n", text) : NULL;
    free(text); /* jansson's own allocation */
    return *out != NULL ? STATUS_OK : memory_error(err, 65536);
}

status results_manifest(build *b, error *err)
{
    const scenario *s = b->d->scenario;
    results *r = &b->r->seen;
    writer w = {.failed = false};
    const char *text = NULL;
    json_t *root = decisive(&w, b);
    status result = dump(b, &w, root, &text, err);
    if (result == STATUS_OK) {
        sha256_hex digest = sha256_of(text, strlen(text));
        r->fingerprint = arena_text_n(b->memory, digest.hex, FINGERPRINT_DIGITS);
        put(&w, root, "fingerprint", text_or_null(r->fingerprint));
        put(&w, root, "libraries", libraries(&w, b));
        put(&w, root, "title", text_or_null(s->title));
        put(&w, root, "language", json_string(tr(s->language, "fr", "en")));
        put(&w, root, "date", text_or_null(s->date));
        put(&w, root, "run_file",
            json_pack("{s:s, s:s}", "file", base_name_of(s->path), "sha256", s->sha256));
        put(&w, root, "balance", table_rows(&w, b, "balance"));
        put(&w, root, "vintages", table_rows(&w, b, "vintages"));
        put(&w, root, "totals", table_rows(&w, b, "totals"));
        put(&w, root, "plugin_failures", failures(&w, b));
        put(&w, root, "messages", notes(&w, b));
        result = dump(b, &w, root, &r->settled_json, err);
    }
    if (result == STATUS_OK) {
        put(&w, root, "files", files(&w, b));
        result = dump(b, &w, root, &r->manifest_json, err);
    }
    json_decref(root);
    return result;
}
