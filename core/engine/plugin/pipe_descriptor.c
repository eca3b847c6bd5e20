#include "engine/plugin/pipe_descriptor.h"

#include <string.h>

#include "base/units.h"
#include "engine/plugin/pipe_messages.h"
#include "engine/plugin/pipe_yaml.h"

enum { PIPE_FORMAT = 1, ITEMS_MAX = 4096 };

static const pipe_word types[] = {
    {"number", BASSIN_F64}, {"integer", BASSIN_I64}, {"count", BASSIN_U32}, {"text", BASSIN_TEXT}};
#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* --- parameters --- */

/* A parameter has one value, and the key that gives it tells its kind. */
static const pipe_word kinds[] = {{"value", BASSIN_PARAM_NUMBER},
                                  {"list", BASSIN_PARAM_LIST},
                                  {"choice", BASSIN_PARAM_CHOICE},
                                  {"text", BASSIN_PARAM_TEXT},
                                  {"by-function", BASSIN_PARAM_BY_FUNCTION}};

/* A choice may have a value besides: which one is the default. */
static void read_kind(pipe_reader *r, const yaml_node *node, bassin_param *q)
{
    const bool choice = yaml_find(node, "choice") != NULL;
    size_t found = 0;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (yaml_find(node, kinds[i].word) == NULL ||
            (choice && kinds[i].value == BASSIN_PARAM_NUMBER))
            continue;
        q->kind = kinds[i].value;
        found++;
    }
    if (found != 1)
        PIPE_REFUSE(r, node, M_PIPE_KIND, q->id != NULL ? q->id : "");
}

/* "10;20;30" of [10, 20 min, 30]. */
static const char *joined_numbers(pipe_reader *r, const yaml_node *node, const char *unit_code)
{
    size_t count = 0;
    const yaml_node *items = pipe_list(r, node, "list", &count);
    text_buffer b = {.at = NULL};
    for (size_t i = 0; i < count; i++) {
        double value = 0.0;
        char number[64];
        if (!pipe_number_of(r, &items[i], unit_code, &value))
            continue;
        (void)text_from_f64(value, number, sizeof number);
        text_add_format(&b, "%s%s", b.size > 0 ? ";" : "", number);
    }
    char *text = b.failed ? NULL : arena_text(r->memory, b.at != NULL ? b.at : "");
    if (text == NULL)
        pipe_out_of_memory(r);
    text_buffer_clear(&b);
    return text;
}

/* "one|two", and the default: the first, unless `value` says another. */
static void read_choices(pipe_reader *r, const yaml_node *node, bassin_param *q)
{
    size_t count = 0;
    const yaml_node *items = pipe_list(r, node, "choice", &count);
    text_buffer b = {.at = NULL};
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind != YAML_SCALAR || items[i].text[strcspn(items[i].text, "|")] != '\0')
            PIPE_REFUSE(r, &items[i], M_PIPE_SCALAR, "choice");
        else
            text_add_format(&b, "%s%s", b.size > 0 ? "|" : "", items[i].text);
    }
    q->choices = b.failed ? NULL : arena_text(r->memory, b.at != NULL ? b.at : "");
    if (q->choices == NULL)
        pipe_out_of_memory(r);
    text_buffer_clear(&b);
    q->fallback_text = pipe_text(r, node, "value");
    if (q->fallback_text == NULL && count > 0 && items[0].kind == YAML_SCALAR)
        q->fallback_text = items[0].text;
}

static void read_value(pipe_reader *r, const yaml_node *node, bassin_param *q)
{
    switch (q->kind) {
    case BASSIN_PARAM_LIST:
        q->fallback_text = joined_numbers(r, node, q->unit);
        break;
    case BASSIN_PARAM_CHOICE:
        read_choices(r, node, q);
        break;
    case BASSIN_PARAM_TEXT:
        q->fallback_text = pipe_text(r, node, "text");
        break;
    case BASSIN_PARAM_BY_FUNCTION:
        (void)pipe_number(r, node, "by-function", q->unit, &q->fallback);
        break;
    default:
        (void)pipe_number(r, node, "value", q->unit, &q->fallback);
    }
}

static void read_param(pipe_reader *r, const yaml_node *node, void *out)
{
    static const char *const keys[] = {"id",    "title",  "unit",        "value",
                                       "list",  "choice", "by-function", "text",
                                       "range", "basis",  "plausible",   "law"};
    bassin_param *q = out;
    if (!pipe_mapping(r, node, PIPE_KEYS(keys, 2)))
        return;
    q->id = pipe_text(r, node, "id");
    pipe_texts(r, node, "title", false, &q->title_fr, &q->title_en);
    read_kind(r, node, q);
    const bool worded = q->kind == BASSIN_PARAM_CHOICE || q->kind == BASSIN_PARAM_TEXT;
    q->unit = pipe_text(r, node, "unit");
    if (q->unit == NULL)
        q->unit = worded ? "" : "1";
    read_value(r, node, q);
    pipe_range(r, node, "range", q->unit, &q->lowest, &q->highest);
    pipe_texts(r, node, "basis", true, &q->basis, &q->basis_en);
    pipe_range(r, node, "plausible", q->unit, &q->low, &q->high);
    q->distribution = pipe_text(r, node, "law");
}

/* --- inputs --- */

static void read_input(pipe_reader *r, const yaml_node *node, void *out)
{
    static const char *const keys[] = {"table", "column", "unit", "type", "optional"};
    bassin_input *in = out;
    if (!pipe_mapping(r, node, PIPE_KEYS(keys, 2)))
        return;
    in->table = pipe_text(r, node, "table");
    in->column = pipe_text(r, node, "column");
    in->type = (int32_t)pipe_choice(r, node, "type", types, COUNT_OF(types), BASSIN_F64);
    in->unit = pipe_text(r, node, "unit");
    if (in->unit == NULL)
        in->unit = in->type == BASSIN_TEXT ? "" : "1";
    in->flags = pipe_yes(r, node, "optional") ? BASSIN_INPUT_OPTIONAL : 0;
}

/* --- outputs --- */

/* "sum", "none", "mean by population". */
static void read_aggregate(pipe_reader *r, const yaml_node *node, bassin_output *o)
{
    static const char mean_by[] = "mean by ";
    const char *text = pipe_text(r, node, "aggregate");
    if (text == NULL || strcmp(text, "none") == 0)
        return;
    if (strcmp(text, "sum") == 0) {
        o->aggregate = BASSIN_AGGREGATE_SUM;
    } else if (strncmp(text, mean_by, sizeof mean_by - 1) == 0) {
        o->aggregate = BASSIN_AGGREGATE_MEAN;
        o->weight = text + sizeof mean_by - 1;
    } else {
        PIPE_REFUSE(r, yaml_find(node, "aggregate"), M_PIPE_AGGREGATE, text);
    }
}

static void read_breaks(pipe_reader *r, const yaml_node *node, const char *unit_code, bassin_map *m)
{
    size_t count = 0;
    const yaml_node *items = pipe_list(r, node, "breaks", &count);
    double *breaks = count > 0 ? pipe_room(r, count, sizeof *breaks) : NULL;
    for (size_t i = 0; breaks != NULL && i < count; i++)
        (void)pipe_number_of(r, &items[i], unit_code, &breaks[i]);
    m->breaks = breaks;
    m->break_count = breaks != NULL ? (uint32_t)count : 0;
}

static void read_map(pipe_reader *r, const yaml_node *node, bassin_output *o)
{
    static const char *const keys[] = {"palette", "kind",   "sheet", "title",
                                       "breaks",  "labels", "venues"};
    static const pipe_word palettes[] = {{"ylgnbu", BASSIN_PALETTE_YLGNBU},
                                         {"viridis", BASSIN_PALETTE_VIRIDIS},
                                         {"ylorrd", BASSIN_PALETTE_YLORRD},
                                         {"binary", BASSIN_PALETTE_BINARY},
                                         {"puor", BASSIN_PALETTE_PUOR}};
    static const pipe_word map_kinds[] = {{"areas", BASSIN_MAP_CHOROPLETH},
                                          {"venues", BASSIN_MAP_VENUES}};
    const bool venues = o->table != NULL && strcmp(o->table, "venues") == 0;
    bassin_map *m = pipe_room(r, 1, sizeof *m);
    if (m == NULL || !pipe_mapping(r, node, PIPE_KEYS(keys, 1)))
        return;
    m->size = sizeof *m;
    m->palette = pipe_choice(r, node, "palette", palettes, COUNT_OF(palettes), 0);
    m->kind = pipe_choice(r, node, "kind", map_kinds, COUNT_OF(map_kinds),
                          venues ? BASSIN_MAP_VENUES : BASSIN_MAP_CHOROPLETH);
    m->sheet = pipe_text(r, node, "sheet");
    if (m->sheet == NULL)
        m->sheet = "";
    pipe_texts(r, node, "title", false, &m->title_fr, &m->title_en);
    if (yaml_find(node, "title") == NULL) {
        m->title_fr = o->title_fr;
        m->title_en = o->title_en;
    }
    read_breaks(r, node, o->unit, m);
    pipe_texts(r, node, "labels", false, &m->labels_fr, &m->labels_en);
    m->show_venues = pipe_yes(r, node, "venues");
    o->map = m;
}

static void read_decimals(pipe_reader *r, const yaml_node *node, bassin_output *o)
{
    double decimals = 2.0;
    const yaml_node *at = yaml_find(node, "decimals");
    o->decimals = o->type == BASSIN_F64 ? 2 : -1;
    if (at == NULL || !pipe_number_of(r, at, NULL, &decimals))
        return;
    if (decimals < 0.0 || decimals > 15.0 || decimals != (double)(int32_t)decimals)
        PIPE_REFUSE(r, at, M_PIPE_DECIMALS);
    else
        o->decimals = (int32_t)decimals;
}

static void read_output(pipe_reader *r, const yaml_node *node, void *out)
{
    static const char *const keys[] = {"table",     "id",  "title", "unit",    "type", "decimals",
                                       "aggregate", "map", "sheet", "reading", "range"};
    bassin_output *o = out;
    if (!pipe_mapping(r, node, PIPE_KEYS(keys, 3)))
        return;
    o->table = pipe_text(r, node, "table");
    o->id = pipe_text(r, node, "id");
    pipe_texts(r, node, "title", false, &o->title_fr, &o->title_en);
    o->type = (int32_t)pipe_choice(r, node, "type", types, COUNT_OF(types), BASSIN_F64);
    o->unit = pipe_text(r, node, "unit");
    if (o->unit == NULL)
        o->unit = o->type == BASSIN_TEXT ? "" : "1";
    read_decimals(r, node, o);
    read_aggregate(r, node, o);
    if (yaml_find(node, "map") != NULL)
        read_map(r, yaml_find(node, "map"), o);
    pipe_texts(r, node, "sheet", true, &o->sheet_fr, &o->sheet_en);
    pipe_texts(r, node, "reading", false, &o->reading_fr, &o->reading_en);
    pipe_range(r, node, "range", o->unit, &o->lowest, &o->highest);
}

/* --- tables --- */

static void read_table(pipe_reader *r, const yaml_node *node, void *out)
{
    static const char *const keys[] = {"id", "title", "geometry", "sheet", "key"};
    static const pipe_word geometries[] = {{"none", BASSIN_GEOMETRY_NONE},
                                           {"point", BASSIN_GEOMETRY_POINT},
                                           {"line", BASSIN_GEOMETRY_LINE}};
    bassin_table *t = out;
    if (!pipe_mapping(r, node, PIPE_KEYS(keys, 2)))
        return;
    t->id = pipe_text(r, node, "id");
    pipe_texts(r, node, "title", false, &t->title_fr, &t->title_en);
    t->geometry = pipe_choice(r, node, "geometry", geometries, COUNT_OF(geometries), 0);
    pipe_texts(r, node, "sheet", true, &t->sheet_fr, &t->sheet_en);
    t->key = pipe_text(r, node, "key");
}

/* --- the whole --- */

typedef void (*item_reader)(pipe_reader *r, const yaml_node *node, void *out);

static void read_items(pipe_reader *r, const yaml_node *root, const char *key, size_t size,
                       item_reader read, bassin_list *out)
{
    size_t count = 0;
    const yaml_node *items = pipe_list(r, root, key, &count);
    if (count > ITEMS_MAX) {
        PIPE_REFUSE(r, yaml_find(root, key), M_PIPE_ITEMS, key, (unsigned)ITEMS_MAX);
        return;
    }
    unsigned char *list = pipe_room(r, count, size);
    for (size_t i = 0; list != NULL && i < count; i++)
        read(r, &items[i], list + i * size);
    *out = (bassin_list){.items = list, .count = (uint32_t)count, .stride = (uint32_t)size};
}

static void read_needs(pipe_reader *r, const yaml_node *root, bassin_plugin *p)
{
    static const pipe_word needs[] = {{"costs", BASSIN_NEED_COSTS},
                                      {"flows", BASSIN_NEED_FLOWS},
                                      {"flow-costs", BASSIN_NEED_FLOW_COSTS},
                                      {"neighbours", BASSIN_NEED_NEIGHBOURS}};
    size_t count = 0;
    const yaml_node *items = pipe_list(r, root, "needs", &count);
    for (size_t i = 0; i < count; i++)
        p->needs |= pipe_choice_of(r, &items[i], needs, COUNT_OF(needs));
}

static void read_format(pipe_reader *r, const yaml_node *root)
{
    const yaml_node *node = yaml_find(root, "bassin-plugin");
    double format = 0.0;
    if (node == NULL || !pipe_number_of(r, node, NULL, &format))
        return;
    if (format != (double)PIPE_FORMAT)
        PIPE_REFUSE(r, node, M_PIPE_FORMAT, node->text, (int)PIPE_FORMAT);
}

static void read_program(pipe_reader *r, const yaml_node *root, pipe_descriptor *out)
{
    size_t count = 0;
    const yaml_node *items = pipe_list(r, root, "program", &count);
    out->program = pipe_room(r, count + 1, sizeof *out->program);
    out->program_at = pipe_room(r, count, sizeof *out->program_at);
    if (out->program == NULL || out->program_at == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind != YAML_SCALAR || items[i].text[0] == '\0') {
            PIPE_REFUSE(r, &items[i], M_PIPE_SCALAR, "program");
            continue;
        }
        out->program_at[out->program_count] = pipe_at(r, &items[i]);
        out->program[out->program_count++] = items[i].text;
    }
    if (count == 0 && yaml_find(root, "program") != NULL)
        PIPE_REFUSE(r, yaml_find(root, "program"), M_PIPE_SCALAR, "program");
}

/* What stands for the plugin's function: the program is run in its place (runner_pipe.c). */
static bassin_status program_mark(const bassin_job *job, const void *before, void *total,
                                  bassin_error *err)
{
    (void)job, (void)before, (void)total;
    return bassin_fail(err, BASSIN_E_INTERNAL, -1, "a program is no function");
}

static const bassin_stage program_stage = {.size = sizeof program_stage, .finish = program_mark};

static void read_root(pipe_reader *r, const yaml_node *root, pipe_descriptor *out)
{
    static const char *const keys[] = {
        "bassin-plugin", "id",       "version",  "title",  "method", "program", "outputs",
        "needs",         "per-mode", "communes", "params", "inputs", "tables"};
    bassin_plugin *p = pipe_room(r, 1, sizeof *p);
    if (p == NULL || !pipe_mapping(r, root, PIPE_KEYS(keys, 7)))
        return;
    p->size = sizeof *p;
    p->abi_major = BASSIN_ABI_MAJOR;
    p->abi_minor = BASSIN_ABI_MINOR;
    read_format(r, root);
    p->id = pipe_text(r, root, "id");
    p->version = pipe_text(r, root, "version");
    pipe_texts(r, root, "title", false, &p->title_fr, &p->title_en);
    pipe_texts(r, root, "method", false, &p->method_fr, &p->method_en);
    read_program(r, root, out);
    read_needs(r, root, p);
    p->flags = (pipe_yes(r, root, "per-mode") ? BASSIN_PER_MODE : 0) |
               (pipe_yes(r, root, "communes") ? BASSIN_COMMUNES : 0);
    read_items(r, root, "params", sizeof(bassin_param), read_param, &p->params);
    read_items(r, root, "inputs", sizeof(bassin_input), read_input, &p->inputs);
    read_items(r, root, "outputs", sizeof(bassin_output), read_output, &p->outputs);
    read_items(r, root, "tables", sizeof(bassin_table), read_table, &p->tables);
    p->stages = (bassin_list){&program_stage, 1, sizeof program_stage};
    out->plugin = p;
}

status pipe_descriptor_read(text_slice text, const char *path, arena *memory, pipe_descriptor *out,
                            faults *faults_list)
{
    pipe_reader r = {.path = path, .text = text, .memory = memory, .list = faults_list};
    const yaml_node *root = NULL;
    *out = (pipe_descriptor){.plugin = NULL};
    if (text.size == 0)
        return faults_refuse(faults_list, source_at(path, 0, 0), M_PIPE_EMPTY);
    status s = yaml_parse(text, path, memory, &root, faults_list);
    if (s != STATUS_OK)
        return s;
    read_root(&r, root, out);
    if (r.worst != STATUS_OK)
        out->plugin = NULL;
    return r.worst;
}
