/* What a plugin declares, judged as data before any of its functions is called. All faults at once.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/units.h"
#include "engine/plan_messages.h"
#include "engine/plugin/job.h"
#include "engine/plugin/plugin_descriptor.h"
#include "engine/plugin/plugin_values.h"

typedef struct judgement {
    const bassin_plugin *p;
    const char *id; /* printable, also when it is at fault */
    source_ref at;
    faults *list;
    status worst;
} judgement;

#define REFUSE(j, ...) ((j)->worst = faults_refuse((j)->list, (j)->at, __VA_ARGS__))

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_word(char c)
{
    return is_lower(c) || (c >= '0' && c <= '9');
}

/* A letter, then letters, digits and the characters of `more`. */
static bool is_name(const char *text, const char *more)
{
    if (text == NULL || !is_lower(text[0]))
        return false;
    for (const char *c = text; *c != '\0'; c++) {
        if (!is_word(*c) && strchr(more, *c) == NULL)
            return false;
    }
    return true;
}

/* "coverage", or "fr.lab.indicator": no empty part. */
static bool is_plugin_id(const char *id)
{
    if (!is_name(id, "_-.") || strlen(id) > 64)
        return false;
    if (strchr(id, '.') == NULL && strchr(id, '-') != NULL)
        return false;
    for (const char *dot = strchr(id, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
        if (!is_lower(dot[1]))
            return false;
    }
    return true;
}

static bool is_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

static bool is_utf8(const char *text)
{
    return text == NULL || text_utf8_valid_prefix(text, strlen(text)) == strlen(text);
}

static void judge_text(judgement *j, const char *what, const char *text)
{
    if (is_empty(text))
        REFUSE(j, M_JUDGE_TEXT, j->id, what);
    else if (!is_utf8(text))
        REFUSE(j, M_JUDGE_UTF8, j->id, what);
}

static void judge_optional_text(judgement *j, const char *what, const char *text)
{
    if (!is_utf8(text))
        REFUSE(j, M_JUDGE_UTF8, j->id, what);
}

static void judge_unit(judgement *j, const char *what, const char *id, const char *code)
{
    if (code == NULL || unit_find(code) == NULL)
        REFUSE(j, M_JUDGE_UNIT, j->id, what, id, code == NULL ? "NULL" : code);
}

static void judge_type(judgement *j, const char *what, const char *id, int32_t type)
{
    if (type < BASSIN_F64 || type > BASSIN_TEXT)
        REFUSE(j, M_JUDGE_TYPE, j->id, what, id, (int)type);
}

/* --- parameters --- */

static bool in_bounds(const bassin_param *q, double value)
{
    return isfinite(value) &&
           (!(q->lowest < q->highest) || (value >= q->lowest && value <= q->highest));
}

static void judge_fallback_list(judgement *j, const bassin_param *q)
{
    const char *text = q->fallback_text;
    bool good = !is_empty(text);
    size_t count = 0;
    for (text_slice rest = text_slice_of(text, good ? strlen(text) : 0); good && rest.size > 0;
         count++) {
        double value = 0.0;
        text_slice one = list_next(&rest, ';');
        good = text_to_f64(one, '.', &value) && in_bounds(q, value);
    }
    if (!good || count > LIST_MAX)
        REFUSE(j, M_JUDGE_LIST, j->id, q->id, is_empty(text) ? "" : text);
}

static void judge_fallback(judgement *j, const bassin_param *q)
{
    switch (q->kind) {
    case BASSIN_PARAM_NUMBER:
    case BASSIN_PARAM_BY_FUNCTION:
        if (!isfinite(q->lowest) || !isfinite(q->highest) || q->lowest > q->highest ||
            !in_bounds(q, q->fallback))
            REFUSE(j, M_JUDGE_RANGE, j->id, q->id, q->lowest, q->highest, q->fallback);
        break;
    case BASSIN_PARAM_LIST:
        judge_fallback_list(j, q);
        break;
    case BASSIN_PARAM_CHOICE:
        if (is_empty(q->choices) || is_empty(q->fallback_text) ||
            choice_index(q->choices, q->fallback_text) == NO_INDEX)
            REFUSE(j, M_JUDGE_CHOICES, j->id, q->id,
                   is_empty(q->fallback_text) ? "" : q->fallback_text,
                   is_empty(q->choices) ? "" : q->choices);
        break;
    case BASSIN_PARAM_TEXT:
        judge_text(j, "fallback_text", q->fallback_text == NULL ? NULL : "-");
        break;
    default:
        REFUSE(j, M_JUDGE_KIND, j->id, q->id, (unsigned)q->kind);
    }
}

static void judge_distribution(judgement *j, const bassin_param *q)
{
    if (q->distribution != NULL && distribution_of(q->distribution) == DISTRIBUTION_UNKNOWN)
        REFUSE(j, M_JUDGE_DISTRIBUTION, j->id, q->id, q->distribution);
    bool sane = isfinite(q->low) && isfinite(q->high) && q->low <= q->high;
    if (sane && q->low < q->high)
        sane = in_bounds(q, q->low) && in_bounds(q, q->high);
    if (!sane)
        REFUSE(j, M_JUDGE_PLAUSIBLE, j->id, q->id, q->low, q->high);
}

/* A text in both languages says the same of where a default comes from. */
static void judge_basis(judgement *j, const bassin_param *q)
{
    if (q->basis_en != NULL &&
        (q->basis == NULL || is_assumption(q->basis) != is_assumption(q->basis_en)))
        REFUSE(j, M_JUDGE_BASIS, j->id, q->id);
}

static void judge_param(judgement *j, size_t i)
{
    const bassin_param *q = descriptor_param(j->p, i);
    if (!is_name(q->id, "-_") || strcmp(q->id, "function") == 0) {
        REFUSE(j, M_JUDGE_NAME, j->id, "params", q->id == NULL ? "NULL" : q->id, '-');
        return;
    }
    if (descriptor_find_param(j->p, q->id) != i)
        REFUSE(j, M_JUDGE_TWICE, j->id, "params", q->id);
    judge_text(j, "param.title_fr", q->title_fr);
    judge_text(j, "param.title_en", q->title_en);
    judge_optional_text(j, "param.basis", q->basis);
    judge_optional_text(j, "param.basis_en", q->basis_en);
    judge_basis(j, q);
    judge_unit(j, "params", q->id, q->unit);
    judge_fallback(j, q);
    judge_distribution(j, q);
}

/* --- inputs --- */

static void judge_input(judgement *j, size_t i)
{
    const bassin_input *in = descriptor_input(j->p, i);
    size_t param;
    if (!is_name(in->table, "_") || is_empty(in->column)) {
        REFUSE(j, M_JUDGE_NAME, j->id, "inputs", is_empty(in->table) ? "" : in->table, '_');
        return;
    }
    placeholder what = descriptor_placeholder(j->p, in->column, &param);
    if (what != PLACEHOLDER_NONE && what != PLACEHOLDER_FUNCTION)
        REFUSE(j, M_JUDGE_INPUT_FAMILY, j->id, in->column);
    judge_type(j, "inputs", in->column, in->type);
    judge_unit(j, "inputs", in->column, in->unit);
}

/* --- tables --- */

static bool is_base_table(const char *name)
{
    static const char *const base[] = {"places", "venues", "territories"};
    for (size_t i = 0; i < sizeof base / sizeof *base; i++) {
        if (strcmp(name, base[i]) == 0)
            return true;
    }
    return false;
}

static bool is_reserved_table(const char *name)
{
    static const char *const taken[] = {
        "flows",      "totals",     "parameters", "sources", "balance",  "rejects",      "warnings",
        "indicators", "dictionary", "run",        "series",  "vintages", "vintage_links"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (strcmp(name, taken[i]) == 0)
            return true;
    }
    return is_base_table(name);
}

static const bassin_output *output_in(const bassin_plugin *p, const char *table_id, const char *id)
{
    for (size_t i = 0; i < p->outputs.count; i++) {
        const bassin_output *o = descriptor_output(p, i);
        if (o->table != NULL && o->id != NULL && strcmp(o->table, table_id) == 0 &&
            (id == NULL || strcmp(o->id, id) == 0))
            return o;
    }
    return NULL;
}

static bool has_coordinates(const bassin_plugin *p, const bassin_table *t)
{
    static const char *const wanted[2][5] = {{"lon", "lat", NULL},
                                             {"lon_a", "lat_a", "lon_b", "lat_b", NULL}};
    if (t->geometry == BASSIN_GEOMETRY_NONE || t->geometry == BASSIN_GEOMETRY_PLACE_SET)
        return true;
    if (t->geometry != BASSIN_GEOMETRY_POINT && t->geometry != BASSIN_GEOMETRY_LINE)
        return false;
    for (const char *const *id = wanted[t->geometry == BASSIN_GEOMETRY_LINE]; *id != NULL; id++) {
        const bassin_output *o = output_in(p, t->id, *id);
        if (o == NULL || o->type != BASSIN_F64)
            return false;
    }
    return true;
}

/* A sheet is known by its French name. */
static void judge_sheet(judgement *j, const char *id, const char *fr, const char *en)
{
    judge_optional_text(j, "sheet_fr", fr);
    judge_optional_text(j, "sheet_en", en);
    if (en != NULL && is_empty(fr))
        REFUSE(j, M_JUDGE_SHEET_EN, j->id, id);
}

static void judge_table(judgement *j, size_t i)
{
    const bassin_table *t = descriptor_table(j->p, i);
    if (!is_name(t->id, "_")) {
        REFUSE(j, M_JUDGE_NAME, j->id, "tables", t->id == NULL ? "NULL" : t->id, '_');
        return;
    }
    if (is_reserved_table(t->id))
        REFUSE(j, M_JUDGE_TABLE_TAKEN, j->id, t->id);
    if (descriptor_find_table(j->p, t->id) != i)
        REFUSE(j, M_JUDGE_TWICE, j->id, "tables", t->id);
    judge_text(j, "table.title_fr", t->title_fr);
    judge_text(j, "table.title_en", t->title_en);
    judge_sheet(j, t->id, t->sheet_fr, t->sheet_en);
    if (output_in(j->p, t->id, NULL) == NULL)
        REFUSE(j, M_JUDGE_TABLE_EMPTY, j->id, t->id);
    else if (t->key != NULL && output_in(j->p, t->id, t->key) == NULL)
        REFUSE(j, M_JUDGE_TABLE_KEY, j->id, t->id, t->key);
    if (!has_coordinates(j->p, t))
        REFUSE(j, M_JUDGE_GEOMETRY, j->id, t->id, (unsigned)t->geometry);
}

/* --- outputs --- */

/* The id with its placeholder taken as one letter is a name. */
static bool is_output_id(const char *id)
{
    if (!is_lower(id[0]))
        return false;
    for (const char *c = id; *c != '\0'; c++) {
        if (*c == '{') {
            c = strchr(c, '}');
            if (c == NULL)
                return false;
        } else if (!is_word(*c) && *c != '_') {
            return false;
        }
    }
    return strlen(id) <= 64;
}

static void judge_aggregate(judgement *j, const bassin_output *o)
{
    if (o->aggregate == BASSIN_AGGREGATE_NONE)
        return;
    if (o->aggregate > BASSIN_AGGREGATE_MEAN || strcmp(o->table, "places") != 0 ||
        o->type == BASSIN_TEXT)
        REFUSE(j, M_JUDGE_AGGREGATE, j->id, o->id, (unsigned)o->aggregate);
    if (o->aggregate == BASSIN_AGGREGATE_MEAN && is_empty(o->weight))
        REFUSE(j, M_JUDGE_WEIGHT, j->id, o->id, "");
}

static bool breaks_are_good(const bassin_map *m)
{
    if (m->breaks == NULL)
        return true;
    if (m->break_count == 0 || m->break_count > 5)
        return false;
    for (uint32_t i = 0; i < m->break_count; i++) {
        if (!isfinite(m->breaks[i]) || (i > 0 && m->breaks[i] <= m->breaks[i - 1]))
            return false;
    }
    return true;
}

/* As many words as classes, in both languages. Without breaks, classes are counted at the end: only
 * yes and no can be named. */
static void judge_labels(judgement *j, const bassin_output *o)
{
    const bassin_map *m = o->map;
    const size_t classes = m->breaks != NULL ? (size_t)m->break_count + 1 : 2;
    judge_optional_text(j, "map.labels_fr", m->labels_fr);
    judge_optional_text(j, "map.labels_en", m->labels_en);
    if ((m->labels_fr == NULL) != (m->labels_en == NULL) ||
        (m->labels_fr != NULL &&
         (choices_count(m->labels_fr) != classes || choices_count(m->labels_en) != classes)))
        REFUSE(j, M_JUDGE_LABELS, j->id, o->id, classes);
}

static void judge_map(judgement *j, const bassin_output *o)
{
    const bassin_map *m = o->map;
    if (m == NULL)
        return;
    bool place = strcmp(o->table, "places") == 0, venue = strcmp(o->table, "venues") == 0;
    bool fits =
        (m->kind == BASSIN_MAP_CHOROPLETH && place) || (m->kind == BASSIN_MAP_VENUES && venue);
    if (!fits || m->palette < BASSIN_PALETTE_YLGNBU || m->palette > BASSIN_PALETTE_PUOR ||
        o->type == BASSIN_TEXT)
        REFUSE(j, M_JUDGE_MAP, j->id, o->id, (unsigned)m->kind, (unsigned)m->palette);
    if (!breaks_are_good(m))
        REFUSE(j, M_JUDGE_BREAKS, j->id, o->id, (unsigned)m->break_count);
    for (const char *c = m->sheet; c != NULL && *c != '\0'; c++) {
        if (!is_word(*c) && *c != '_') {
            REFUSE(j, M_JUDGE_SHEET, j->id, o->id, m->sheet);
            break;
        }
    }
    judge_text(j, "map.title_fr", m->title_fr);
    judge_text(j, "map.title_en", m->title_en);
    judge_labels(j, o);
}

static void judge_output_texts(judgement *j, const bassin_output *o)
{
    judge_text(j, "output.title_fr", o->title_fr);
    judge_text(j, "output.title_en", o->title_en);
    judge_sheet(j, o->id, o->sheet_fr, o->sheet_en);
    judge_optional_text(j, "output.reading_fr", o->reading_fr);
    judge_optional_text(j, "output.reading_en", o->reading_en);
}

static void judge_output_twice(judgement *j, size_t i)
{
    const bassin_output *o = descriptor_output(j->p, i);
    for (size_t k = 0; k < i; k++) {
        const bassin_output *other = descriptor_output(j->p, k);
        if (!is_empty(other->id) && !is_empty(other->table) && strcmp(o->id, other->id) == 0 &&
            strcmp(o->table, other->table) == 0)
            REFUSE(j, M_JUDGE_TWICE, j->id, "outputs", o->id);
    }
}

static void judge_output(judgement *j, size_t i)
{
    const bassin_output *o = descriptor_output(j->p, i);
    size_t param;
    if (is_empty(o->id) || is_empty(o->table) || !is_output_id(o->id)) {
        REFUSE(j, M_JUDGE_NAME, j->id, "outputs", o->id == NULL ? "NULL" : o->id, '_');
        return;
    }
    if (descriptor_placeholder(j->p, o->id, &param) == PLACEHOLDER_BAD)
        REFUSE(j, M_JUDGE_PLACEHOLDER, j->id, "outputs", o->id);
    if (!is_base_table(o->table) && descriptor_find_table(j->p, o->table) == SIZE_MAX)
        REFUSE(j, M_JUDGE_TABLE, j->id, o->id, o->table);
    judge_output_twice(j, i);
    judge_output_texts(j, o);
    judge_unit(j, "outputs", o->id, o->unit);
    judge_type(j, "outputs", o->id, o->type);
    if (o->decimals < -1 || o->decimals > 15)
        REFUSE(j, M_JUDGE_DECIMALS, j->id, o->id, (int)o->decimals);
    judge_aggregate(j, o);
    judge_map(j, o);
}

/* --- stages and the whole --- */

static void judge_stage(judgement *j, size_t i)
{
    const bassin_stage *s = descriptor_stage(j->p, i);
    bool known = s->over == NULL || strcmp(s->over, "places") == 0 ||
                 strcmp(s->over, "venues") == 0 || strcmp(s->over, "flows") == 0;
    if (!known)
        REFUSE(j, M_JUDGE_STAGE, j->id, (unsigned)i, s->over);
    if (s->run == NULL && s->finish == NULL)
        REFUSE(j, M_JUDGE_STAGE_EMPTY, j->id, (unsigned)i);
}

static void judge_flags(judgement *j)
{
    const uint32_t needs = BASSIN_NEED_COSTS | BASSIN_NEED_FLOW_COSTS | BASSIN_NEED_NEIGHBOURS |
                           BASSIN_NEED_GROUPS | BASSIN_NEED_FLOWS;
    if ((j->p->flags & ~(uint32_t)(BASSIN_PER_MODE | BASSIN_COMMUNES)) != 0 ||
        (j->p->needs & ~needs) != 0)
        REFUSE(j, M_JUDGE_FLAGS, j->id, j->p->flags, j->p->needs);
}

static void judge_all(judgement *j)
{
    const bassin_plugin *p = j->p;
    judge_text(j, "title_fr", p->title_fr);
    judge_text(j, "title_en", p->title_en);
    judge_text(j, "version", p->version);
    judge_text(j, "method_fr", p->method_fr);
    judge_text(j, "method_en", p->method_en);
    judge_flags(j);
    for (size_t i = 0; i < p->params.count; i++)
        judge_param(j, i);
    for (size_t i = 0; i < p->inputs.count; i++)
        judge_input(j, i);
    for (size_t i = 0; i < p->tables.count; i++)
        judge_table(j, i);
    for (size_t i = 0; i < p->outputs.count; i++)
        judge_output(j, i);
    for (size_t i = 0; i < p->stages.count; i++)
        judge_stage(j, i);
    if (p->stages.count == 0)
        REFUSE(j, M_JUDGE_NO_STAGE, j->id);
}

status plugin_judge(const bassin_plugin *plugin, const char *path, faults *faults_list)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    const char *name = slash != NULL ? slash + 1 : path != NULL ? path : "?";
    judgement j = {.id = name, .at = source_at(path, 0, 0), .list = faults_list};
    error flaw = {.status = STATUS_OK};
    bassin_plugin *copy = NULL;
    arena *memory = NULL;
    error err = {.status = STATUS_OK};
    if (plugin->abi_major != BASSIN_ABI_MAJOR)
        return faults_refuse(faults_list, j.at, M_PLUGIN_ABI, name, (unsigned)plugin->abi_major,
                             (unsigned)plugin->abi_minor, (unsigned)BASSIN_ABI_MAJOR,
                             (unsigned)BASSIN_ABI_MINOR);
    j.worst = arena_new(&memory, &err);
    if (j.worst == STATUS_OK)
        j.worst = descriptor_copy(plugin, memory, &copy, &flaw, &err);
    if (j.worst != STATUS_OK) {
        j.worst = faults_add_error(faults_list, j.at, &err);
    } else if (copy == NULL) {
        error_prefix(&flaw, M_JUDGE_CONTEXT, name);
        j.worst = faults_add_error(faults_list, j.at, &flaw);
    } else if (!is_plugin_id(copy->id) || !is_utf8(copy->id)) {
        REFUSE(&j, M_JUDGE_ID, name, copy->id == NULL ? "NULL" : copy->id);
    } else {
        j.p = copy;
        j.id = copy->id;
        judge_all(&j);
    }
    arena_free(memory);
    return j.worst;
}
