/* The columns and tables that every job makes: families unfolded, names and titles in full. */
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/plan/plan_model.h"
#include "engine/plugin/plugin_values.h"

/* Names being made for one job. */
typedef struct naming {
    plan *p;
    const plan_plugin *plugin;
    plugin_job *job;
    const char *label_fr, *label_en; /* of the mode: " (à vélo)" or "" */
    bool failed;                     /* out of memory */
} naming;

static void mode_labels(naming *n)
{
    n->label_fr = mode_label(n->job->suffix, LANGUAGE_FR, n->p->memory);
    n->label_en = mode_label(n->job->suffix, LANGUAGE_EN, n->p->memory);
    n->failed = n->failed || n->label_fr == NULL || n->label_en == NULL;
}

/* What replaces the placeholder of one member. */
typedef struct member_words {
    const char *name; /* of the placeholder: "function", "limits"; "" none */
    char id[72], fr[96], en[96];
} member_words;

static void decimal_comma(char *text)
{
    char *point = strchr(text, '.');
    if (point != NULL)
        *point = ',';
}

static void member_of(const naming *n, placeholder what, size_t param, size_t member,
                      member_words *out)
{
    *out = (member_words){.name = ""};
    if (what == PLACEHOLDER_FUNCTION) {
        out->name = "function";
        (void)snprintf(out->id, sizeof out->id, "%c", (int)('a' + (int)member));
        (void)snprintf(out->fr, sizeof out->fr, "%s", function_title(member, LANGUAGE_FR));
        (void)snprintf(out->en, sizeof out->en, "%s", function_title(member, LANGUAGE_EN));
    } else if (what == PLACEHOLDER_PARAM) {
        double value = n->plugin->params[param].value.value[member];
        out->name = n->plugin->params[param].is->id;
        number_for_name(value, out->id, sizeof out->id);
        (void)text_from_f64(value, out->fr, sizeof out->fr);
        (void)text_from_f64(value, out->en, sizeof out->en);
        decimal_comma(out->fr);
    }
}

static const char *fill(naming *n, const char *text, const member_words *w, const char *with)
{
    return text_fill(text, w->name, with, n->p->memory, &n->failed);
}

/* A title with the mode at its end. */
static const char *with_label(naming *n, const char *text, const char *label)
{
    if (text == NULL || label == NULL || label[0] == '\0')
        return text;
    const char *joined = arena_format(n->p->memory, "%s%s", text, label);
    n->failed = n->failed || joined == NULL;
    return joined;
}

/* "prefix" + id + "_mode" for the shared tables; the id alone inside a plugin's own table. */
static const char *column_name(naming *n, const char *id, bool shared)
{
    const char *suffix = n->job->suffix;
    if (id == NULL || !shared)
        return id;
    const char *name = arena_format(n->p->memory, "%s%s%s%s", n->plugin->prefix, id,
                                    suffix[0] != '\0' ? "_" : "", suffix);
    n->failed = n->failed || name == NULL;
    return name;
}

/* The file name of a map sheet, from the column when the plugin gives none: "gap_{function}" makes
 * "gap". Reports add the mode. */
static const char *sheet_name(naming *n, const bassin_output *o)
{
    const char *sheet = o->map->sheet, *name = NULL;
    if (sheet != NULL && sheet[0] != '\0') {
        name = arena_text(n->p->memory, sheet);
    } else {
        size_t size = strcspn(o->id, "{");
        while (size > 1 && o->id[size - 1] == '_')
            size--;
        name = arena_format(n->p->memory, "%s%.*s", n->plugin->prefix, (int)size, o->id);
    }
    n->failed = n->failed || name == NULL;
    return name;
}

static result_map *map_of(naming *n, const bassin_output *o, const member_words *w)
{
    if (o->map == NULL)
        return NULL;
    result_map *m = arena_take(n->p->memory, 1, sizeof *m);
    if (m == NULL) {
        n->failed = true;
        return NULL;
    }
    *m = (result_map){.kind = (map_kind)o->map->kind,
                      .palette = (palette_id)o->map->palette,
                      .sheet = sheet_name(n, o),
                      .title_fr = with_label(n, fill(n, o->map->title_fr, w, w->fr), n->label_fr),
                      .title_en = with_label(n, fill(n, o->map->title_en, w, w->en), n->label_en),
                      .breaks = o->map->breaks,
                      .break_count = o->map->breaks != NULL ? o->map->break_count : 0,
                      .show_venues = o->map->show_venues != 0,
                      .labels_fr = o->map->labels_fr,
                      .labels_en = o->map->labels_en};
    return m;
}

/* The column that weighs a mean: one of the territory, else an output of this plugin. */
static const char *weight_of(naming *n, const bassin_output *o, const member_words *w)
{
    if (o->aggregate != BASSIN_AGGREGATE_MEAN)
        return NULL;
    const char *id = fill(n, o->weight, w, w->id);
    if (id == NULL || table_find(n->plugin->ground->territory->places, id) != NULL)
        return id;
    return column_name(n, id, true);
}

static void name_column(naming *n, const made_output *out, size_t member, placeholder what,
                        size_t param, made_column *c)
{
    const bassin_output *o = out->is;
    member_words w;
    member_of(n, what, param, member, &w);
    c->name = column_name(n, fill(n, o->id, &w, w.id), out->made_table == NO_INDEX);
    c->title_fr = with_label(n, fill(n, o->title_fr, &w, w.fr), n->label_fr);
    c->title_en = with_label(n, fill(n, o->title_en, &w, w.en), n->label_en);
    c->reading_fr = fill(n, o->reading_fr, &w, w.fr);
    c->reading_en = fill(n, o->reading_en, &w, w.en);
    c->weight = weight_of(n, o, &w);
    c->map = map_of(n, o, &w);
}

static status name_output(naming *n, size_t i, faults *faults_list)
{
    const bassin_output *o = descriptor_output(n->plugin->is, i);
    made_output *out = &n->job->outputs[i];
    size_t param;
    placeholder what = descriptor_placeholder(n->plugin->is, o->id, &param);
    out->is = o;
    out->count = 1;
    out->made_table = descriptor_find_table(n->plugin->is, o->table);
    out->table = out->made_table == NO_INDEX ? plan_table_name(n->plugin->ground, o->table)
                                             : n->job->tables[out->made_table].name;
    if (what == PLACEHOLDER_FUNCTION)
        out->count = BASSIN_FUNCTIONS;
    else if (what == PLACEHOLDER_PARAM)
        out->count = n->plugin->params[param].value.count;
    if (out->count > FAMILY_MAX)
        return faults_refuse(faults_list,
                             n->plugin->said != NULL ? n->plugin->said->where : SOURCE_NONE,
                             M_JUDGE_SUFFIX, n->plugin->is->id, n->plugin->params[param].is->id,
                             (unsigned)FAMILY_MAX);
    out->columns = arena_take(n->p->memory, out->count, sizeof *out->columns);
    for (size_t m = 0; out->columns != NULL && m < out->count; m++)
        name_column(n, out, m, what, param, &out->columns[m]);
    n->failed = n->failed || out->columns == NULL;
    return STATUS_OK;
}

static void name_table(naming *n, size_t i)
{
    const bassin_table *t = descriptor_table(n->plugin->is, i);
    n->job->tables[i] = (made_table){.is = t,
                                     .name = column_name(n, t->id, true),
                                     .title_fr = with_label(n, t->title_fr, n->label_fr),
                                     .title_en = with_label(n, t->title_en, n->label_en)};
}

static status name_job(plan *p, plan_plugin *plugin, plugin_job *job, faults *faults_list)
{
    naming n = {.p = p, .plugin = plugin, .job = job};
    size_t outputs = plugin->is->outputs.count, tables = plugin->is->tables.count;
    error err = {.status = STATUS_OK};
    status s = STATUS_OK;
    job->outputs = arena_take(p->memory, outputs, sizeof *job->outputs);
    job->tables = arena_take(p->memory, tables, sizeof *job->tables);
    n.failed = job->outputs == NULL || job->tables == NULL;
    mode_labels(&n);
    for (size_t i = 0; !n.failed && i < tables; i++)
        name_table(&n, i);
    for (size_t i = 0; !n.failed && s == STATUS_OK && i < outputs; i++)
        s = name_output(&n, i, faults_list);
    if (!n.failed)
        return s;
    (void)memory_error(&err, outputs * sizeof *job->outputs);
    return faults_add_error(faults_list, SOURCE_NONE, &err);
}

status plan_outputs(plan *p, plan_plugin *plugin, faults *faults_list)
{
    bool each = (plugin->is->flags & BASSIN_PER_MODE) != 0;
    error err = {.status = STATUS_OK};
    plugin->job_count = each && p->data->cost_count > 1 ? p->data->cost_count : 1;
    plugin->jobs = arena_take(p->memory, plugin->job_count, sizeof *plugin->jobs);
    plugin->prefix =
        plugin->loaded->kind == PLUGIN_BUILT_IN ? "" : plugin_prefix(plugin->is->id, p->memory);
    if (plugin->jobs == NULL || plugin->prefix == NULL) {
        (void)memory_error(&err, plugin->job_count * sizeof *plugin->jobs);
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    status worst = STATUS_OK;
    for (size_t m = 0; m < plugin->job_count; m++) {
        plugin_job *job = &plugin->jobs[m];
        *job = (plugin_job){.plugin = plugin,
                            .loaded = plugin->loaded,
                            .is = plugin->is,
                            .params = plugin->params,
                            .mode = m,
                            .suffix = m == 0 ? "" : p->data->costs[m]->mode,
                            .stage = NO_INDEX};
        status s = name_job(p, plugin, job, faults_list);
        if (s != STATUS_OK)
            worst = s;
    }
    return worst;
}
