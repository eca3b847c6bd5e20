/* The columns and tables that every job makes: families unfolded, names and titles in full. */
#include <string.h>

#include "base/hash.h"
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

/* The file name of a map sheet, from the output's id when the plugin gives none: "gap_{function}"
 * makes "gap". Reports add the mode. */
static const char *sheet_name(naming *n, const bassin_output *o)
{
    const char *sheet = o->map->sheet;
    size_t size = sheet != NULL ? strlen(sheet) : 0;
    if (size == 0) {
        sheet = o->id;
        size = strcspn(sheet, "{");
        while (size > 1 && sheet[size - 1] == '_')
            size--;
    }
    const char *name = arena_text_n(n->p->memory, sheet, size);
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
                      .show_venues = o->map->show_venues != 0};
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

/* "fr.lab.green-space" -> "green_space_"; "" for a built-in plugin. */
static const char *prefix_of(plan *p, const plan_plugin *plugin)
{
    const char *id = plugin->is->id, *dot = strrchr(id, '.');
    if (plugin->loaded->kind == PLUGIN_BUILT_IN)
        return "";
    char *prefix = arena_format(p->memory, "%s_", dot != NULL ? dot + 1 : id);
    for (char *c = prefix; c != NULL && *c != '\0'; c++) {
        if (*c == '-')
            *c = '_';
    }
    return prefix;
}

status plan_outputs(plan *p, plan_plugin *plugin, faults *faults_list)
{
    bool each = (plugin->is->flags & BASSIN_PER_MODE) != 0;
    error err = {.status = STATUS_OK};
    plugin->job_count = each && p->data->cost_count > 1 ? p->data->cost_count : 1;
    plugin->jobs = arena_take(p->memory, plugin->job_count, sizeof *plugin->jobs);
    plugin->prefix = prefix_of(p, plugin);
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

/* --- names claimed twice --- */

typedef struct claims {
    interner *names; /* "table\nname" */
    const char **owner;
    size_t capacity;
    faults *list;
    status worst;
    error err;
} claims;

static bool claim_room(claims *c, uint32_t index)
{
    if (index < c->capacity)
        return true;
    size_t wanted = c->capacity == 0 ? 256 : 2 * c->capacity;
    const char **grown = memory_resize(c->owner, wanted, sizeof *grown);
    if (grown == NULL)
        return false;
    c->owner = grown;
    c->capacity = wanted;
    return true;
}

static void claim(claims *c, const char *table_name, const char *name, const char *owner,
                  source_ref at)
{
    char key[256];
    uint32_t index, before = interner_count(c->names);
    int size = snprintf(key, sizeof key, "%s\n%s", table_name, name);
    text_slice slice = text_slice_of(key, size < (int)sizeof key ? (size_t)size : sizeof key - 1);
    if (c->err.status != STATUS_OK || interner_add(c->names, slice, &index, &c->err) != STATUS_OK)
        return;
    if (index < before) {
        c->worst =
            faults_refuse(c->list, at, M_PLAN_CLASH, name, table_name, c->owner[index], owner);
    } else if (!claim_room(c, index)) {
        (void)memory_error(&c->err, c->capacity * 2 * sizeof *c->owner);
    } else {
        c->owner[index] = owner;
    }
}

static void claim_base(claims *c, const char *name, const table *t)
{
    for (size_t i = 0; t != NULL && i < t->column_count; i++)
        claim(c, name, t->columns[i].name, "bassin", SOURCE_NONE);
}

/* `cells`: the columns of places go to the table communes too. */
static void claim_job(claims *c, const plan_plugin *plugin, const plugin_job *job, bool cells)
{
    source_ref at = plugin->said != NULL ? plugin->said->where : SOURCE_NONE;
    const char *id = plugin->is->id;
    for (size_t i = 0; i < plugin->is->tables.count; i++)
        claim(c, "", job->tables[i].name, id, at);
    for (size_t i = 0; i < plugin->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; m < o->count; m++) {
            claim(c, o->table, o->columns[m].name, id, at);
            if (o->is->aggregate != BASSIN_AGGREGATE_NONE)
                claim(c, "territories", o->columns[m].name, id, at);
            if (cells && strcmp(o->table, "places") == 0)
                claim(c, "communes", o->columns[m].name, id, at);
        }
    }
}

static bool makes_column(const plan *p, const char *table_name, const char *name)
{
    for (size_t k = 0; k < p->plugin_count; k++) {
        const plan_plugin *plugin = &p->plugins[k];
        for (size_t j = 0; !plugin->dropped && j < plugin->job_count; j++) {
            for (size_t i = 0; i < plugin->is->outputs.count; i++) {
                const made_output *o = &plugin->jobs[j].outputs[i];
                for (size_t m = 0; m < o->count; m++) {
                    if (strcmp(o->table, table_name) == 0 && strcmp(o->columns[m].name, name) == 0)
                        return true;
                }
            }
        }
    }
    return false;
}

/* Every mean is weighed by a column that the run has. */
static void check_weights(claims *c, const plan *p, const plan_plugin *plugin)
{
    for (size_t j = 0; j < plugin->job_count; j++) {
        for (size_t i = 0; i < plugin->is->outputs.count; i++) {
            const made_output *o = &plugin->jobs[j].outputs[i];
            for (size_t m = 0; m < o->count; m++) {
                const char *weight = o->columns[m].weight;
                const column *base =
                    weight != NULL ? table_find(plugin->ground->territory->places, weight) : NULL;
                bool number = base != NULL && base->type != COLUMN_TEXT;
                if (weight != NULL && !number && !makes_column(p, plugin->ground->table, weight))
                    c->worst = faults_refuse(c->list, SOURCE_NONE, M_JUDGE_WEIGHT, plugin->is->id,
                                             o->columns[m].name, weight);
            }
        }
    }
}

status plan_clashes(plan *p, faults *faults_list)
{
    claims c = {.list = faults_list};
    if (interner_new(&c.names, &c.err) != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &c.err);
    for (size_t i = 0; i < p->ground_count; i++) {
        claim_base(&c, p->ground[i].table, p->ground[i].territory->places);
        claim(&c, p->ground[i].table, "border", "bassin", SOURCE_NONE);
    }
    claim_base(&c, "venues", p->data->venues->rows);
    claim_base(&c, "territories", p->territories);
    for (size_t k = 0; k < p->plugin_count; k++) {
        for (size_t j = 0; !p->plugins[k].dropped && j < p->plugins[k].job_count; j++)
            claim_job(&c, &p->plugins[k], &p->plugins[k].jobs[j], p->ground_count > 1);
        if (!p->plugins[k].dropped)
            check_weights(&c, p, &p->plugins[k]);
    }
    interner_free(c.names);
    memory_free(c.owner);
    if (c.err.status != STATUS_OK)
        return faults_add_error(faults_list, SOURCE_NONE, &c.err);
    return c.worst;
}
