/* What the host offers to a running plugin. Every function finds its call behind job->context: no
 * state of this file changes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "engine/plan_messages.h"
#include "engine/job/runner.h"

static plugin_call *call_of(const bassin_job *job)
{
    return job->context;
}

static const bassin_plugin *descriptor_of(const plugin_call *c)
{
    return c->state->job->is;
}

/* One a thread and a level of the merge tree: what a plugin may ask for at most. */
#define PARTIAL_BYTES_MAX ((size_t)1 << 30)

/* Rows of a new table: what reports can show of anything, and a slip of a plugin's counting. */
#ifdef BASSIN_WITHOUT_ROW_LIMIT /* cmake/flags.cmake */
enum { TABLE_ROWS_MAX = INT32_MAX };
#else
enum { TABLE_ROWS_MAX = 1 << 24 };
#endif

/* Texts for programmers of plugins: English, as the header. */
#define ARGUMENT(err, ...) bassin_fail((err), BASSIN_E_ARGUMENT, -1, __VA_ARGS__)

static bassin_status host_partial(const bassin_job *job, uint32_t stage, size_t bytes,
                                  bassin_error *err)
{
    plugin_call *c = call_of(job);
    if (!c->preparing)
        return ARGUMENT(err, "partial: only in prepare");
    if (stage >= descriptor_of(c)->stages.count)
        return ARGUMENT(err, "partial: stage %u of %u", (unsigned)stage,
                        (unsigned)descriptor_of(c)->stages.count);
    if (bytes > PARTIAL_BYTES_MAX)
        return ARGUMENT(err, "partial: %zu bytes, %zu at most", bytes, PARTIAL_BYTES_MAX);
    c->state->partial_bytes[stage] = bytes;
    return BASSIN_OK;
}

static void host_set_plan(const bassin_job *job, void *plugin_plan)
{
    plugin_call *c = call_of(job);
    if (c->preparing)
        c->plugin_plan = plugin_plan;
}

static arena *arena_of(arena **at)
{
    error ignored;
    if (*at == NULL && arena_new(at, &ignored) != STATUS_OK)
        *at = NULL;
    return *at;
}

/* A copy that no terminal and no report can stumble over; NULL when out of memory. */
static const char *text_safe(arena *into, const char *utf8)
{
    text_slice raw = text_slice_of(utf8, strlen(utf8));
    size_t needed = text_escape(raw, NULL, 0);
    char *copy = arena_take(into, needed + 1, 1);
    if (copy != NULL)
        (void)text_escape(raw, copy, needed + 1);
    return copy;
}

/* The same among the call's texts. */
static const char *text_copy(plugin_call *c, const char *utf8)
{
    arena *into = arena_of(&c->texts);
    return into != NULL ? text_safe(into, utf8) : NULL;
}

static void host_log(const bassin_job *job, int32_t level, const char *utf8)
{
    plugin_call *c = call_of(job);
    arena *into = utf8 != NULL && c->line_count < LOG_LINES_A_CALL ? arena_of(&c->texts) : NULL;
    if (into != NULL && c->lines == NULL)
        c->lines = arena_take(into, LOG_LINES_A_CALL, sizeof *c->lines);
    const char *text = into != NULL && c->lines != NULL ? text_copy(c, utf8) : NULL;
    if (text != NULL)
        c->lines[c->line_count++] = (log_line){.level = level, .text = text};
    else
        c->lines_lost++;
}

static int32_t host_cancelled(const bassin_job *job)
{
    return job_is_cancelled(call_of(job)->state);
}

static void *host_scratch(const bassin_job *job, size_t bytes)
{
    plugin_call *c = call_of(job);
    arena *into = arena_of(&c->scratch);
    return into != NULL ? arena_take(into, bytes, 1) : NULL;
}

static double host_uniform(const bassin_job *job, uint64_t draw, uint64_t row, uint32_t k)
{
    return random_uniform(call_of(job)->state->job->key, draw, row, k);
}

static double host_draw_param(const bassin_job *job, uint32_t param, uint64_t draw)
{
    plugin_call *c = call_of(job);
    if (param >= descriptor_of(c)->params.count)
        return 0.0;
    return plugin_param_draw(&c->state->job->params[param], c->state->job->key, draw, param);
}

static bassin_status host_nearest(const bassin_job *job, const uint8_t *use, size_t begin,
                                  size_t end, double *km, uint32_t *venue, bassin_error *err)
{
    nearest_venues *nearest = call_of(job)->state->job->nearest;
    error own = {.status = STATUS_OK};
    if (use == NULL || km == NULL || venue == NULL || begin > end || end > job->place_count)
        return ARGUMENT(err, "nearest_crow: places %zu to %zu, or a NULL array", begin, end);
    if (nearest_venues_find(nearest, job->place_lon, job->place_lat, use, begin, end, km, venue,
                            &own) != STATUS_OK)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "nearest_crow: %s", own.en);
    return BASSIN_OK;
}

static bassin_status host_table_rows(const bassin_job *job, const char *table_id, size_t rows,
                                     bassin_error *err)
{
    plugin_call *c = call_of(job);
    const bassin_plugin *is = descriptor_of(c);
    size_t t = table_id != NULL ? descriptor_find_table(is, table_id) : NO_INDEX;
    error own = {.status = STATUS_OK};
    if (!c->once || c->preparing)
        return ARGUMENT(err, "table_rows: only in finish");
    if (t == NO_INDEX || c->state->job->tables[t].made)
        return ARGUMENT(err, "table_rows: table \"%s\" is not declared, or made already",
                        table_id != NULL ? table_id : "NULL");
    if (rows > TABLE_ROWS_MAX)
        return ARGUMENT(err, "table_rows: too many rows for table \"%s\": %zu, %d at most",
                        table_id, rows, (int)TABLE_ROWS_MAX);
    for (size_t i = 0; i < is->outputs.count; i++) {
        made_output *o = &c->state->job->outputs[i];
        if (o->made_table != t)
            continue;
        if (columns_allocate(o, rows, &own) != STATUS_OK)
            goto out_of_memory;
        slots_show(o, c->state->slots[i]);
    }
    c->state->job->tables[t].made = true;
    c->state->job->tables[t].rows = rows;
    return BASSIN_OK;

out_of_memory:
    for (size_t i = 0; i < is->outputs.count; i++) {
        if (c->state->job->outputs[i].made_table != t)
            continue;
        columns_clear(&c->state->job->outputs[i]);
        slots_show(&c->state->job->outputs[i], c->state->slots[i]);
    }
    return bassin_fail(err, BASSIN_E_MEMORY, -1, "table_rows: %s", own.en);
}

static bassin_status host_text(const bassin_job *job, uint32_t output, uint32_t member, size_t row,
                               const char *utf8, bassin_error *err)
{
    plugin_call *c = call_of(job);
    const made_output *o = NULL;
    if (output < descriptor_of(c)->outputs.count)
        o = &c->state->job->outputs[output];
    if (o == NULL || member >= o->count || o->is->type != BASSIN_TEXT || utf8 == NULL ||
        c->preparing)
        return ARGUMENT(err, "text: output %u, member %u: no text column, or NULL",
                        (unsigned)output, (unsigned)member);
    const made_column *column_made = &o->columns[member];
    if (row >= column_made->rows)
        return ARGUMENT(err, "text: row %zu of %zu in \"%s\"", row, column_made->rows,
                        column_made->name);
    if (!c->once &&
        (c->over == NULL || strcmp(c->over, o->table) != 0 || row < c->begin || row >= c->end))
        return ARGUMENT(err, "text: row %zu of \"%s\" is not of this block", row,
                        column_made->name);
    if (text_utf8_valid_prefix(utf8, strlen(utf8)) != strlen(utf8))
        return bassin_fail(err, BASSIN_E_DATA, (int64_t)row, "text: not UTF-8");
    const char *copy = text_copy(c, utf8);
    if (copy == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, (int64_t)row, "text: out of memory");
    column_made->text[row] = copy;
    column_made->state[row] = BASSIN_PRESENT;
    return BASSIN_OK;
}

static int row_order(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

/* Ascending, each place once. */
static const uint32_t *set_copy(arena *memory, const uint32_t *places, size_t *count)
{
    uint32_t *copy = arena_take(memory, *count, sizeof *copy);
    size_t kept = 0;
    if (copy == NULL || *count == 0)
        return copy;
    memcpy(copy, places, *count * sizeof *copy);
    qsort(copy, *count, sizeof *copy, row_order);
    for (size_t i = 0; i < *count; i++) {
        if (i == 0 || copy[i] != copy[kept - 1])
            copy[kept++] = copy[i];
    }
    *count = kept;
    return copy;
}

static bassin_status set_add(plugin_call *c, made_table *t, size_t row, const uint32_t *places,
                             size_t count, bassin_error *err)
{
    if (t->set_count == t->set_capacity) {
        size_t wanted = t->set_capacity == 0 ? 64 : 2 * t->set_capacity;
        place_set *grown = memory_resize(t->sets, wanted, sizeof *grown);
        if (grown == NULL)
            return bassin_fail(err, BASSIN_E_MEMORY, (int64_t)row, "place_set: out of memory");
        t->sets = grown;
        t->set_capacity = wanted;
    }
    size_t kept = count;
    const uint32_t *copy = set_copy(c->state->job->memory, places, &kept);
    if (copy == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, (int64_t)row, "place_set: out of memory");
    t->sets[t->set_count++] = (place_set){.row = row, .places = copy, .count = kept};
    return BASSIN_OK;
}

static bassin_status host_place_set(const bassin_job *job, const char *table_id, size_t row,
                                    const uint32_t *places, size_t count, bassin_error *err)
{
    plugin_call *c = call_of(job);
    size_t t = table_id != NULL ? descriptor_find_table(descriptor_of(c), table_id) : NO_INDEX;
    if (!c->once || c->preparing || t == NO_INDEX)
        return ARGUMENT(err, "place_set: only in finish, for a declared table");
    made_table *to = &c->state->job->tables[t];
    if (to->is->geometry != BASSIN_GEOMETRY_PLACE_SET || !to->made || row >= to->rows)
        return ARGUMENT(err, "place_set: table \"%s\" has no place sets, or no row %zu", table_id,
                        row);
    if (places == NULL && count > 0)
        return ARGUMENT(err, "place_set: NULL places");
    for (size_t i = 0; i < count; i++) {
        if (places[i] >= job->place_count)
            return ARGUMENT(err, "place_set: place %u of %zu", (unsigned)places[i],
                            job->place_count);
    }
    return set_add(c, to, row, places, count, err);
}

static const char *total_name(plugin_job *job, const char *name)
{
    return job->suffix[0] == '\0' ? arena_text(job->memory, name)
                                  : arena_format(job->memory, "%s_%s", name, job->suffix);
}

const char *mode_words(const char *mode, language lang)
{
    static const struct {
        const char *id, *fr, *en;
    } known[] = {{"car", "en voiture", "by car"},
                 {"bike", "à vélo", "by bike"},
                 {"foot", "à pied", "on foot"},
                 {"transit", "en transports collectifs", "by public transport"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].id, mode) == 0)
            return tr(lang, known[i].fr, known[i].en);
    }
    return mode;
}

/* How a mode is said after a title; the first mode is not said. */
const char *mode_label(const char *suffix, language lang, arena *memory)
{
    return suffix[0] == '\0' ? "" : arena_format(memory, " (%s)", mode_words(suffix, lang));
}

/* Safe to print, as every text of a plugin; the mode behind it. NULL: out of memory. */
static const char *total_title(plugin_job *job, const char *title, language lang)
{
    const char *label = mode_label(job->suffix, lang, job->memory);
    const char *safe = text_safe(job->memory, title);
    return label != NULL && safe != NULL ? arena_format(job->memory, "%s%s", safe, label) : NULL;
}

static bool is_total_name(const char *name)
{
    if (name == NULL || name[0] < 'a' || name[0] > 'z')
        return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static bassin_status total_check(const plugin_job *job, const bassin_total *t, bassin_error *err)
{
    bool present = t->state == BASSIN_PRESENT;
    if (!is_total_name(t->name) || t->title_fr == NULL || t->title_en == NULL)
        return ARGUMENT(err, "total: name \"%s\" or its titles",
                        t->name != NULL ? t->name : "NULL");
    if (t->unit == NULL || unit_find(t->unit) == NULL)
        return ARGUMENT(err, "total %s: unknown unit \"%s\"", t->name,
                        t->unit != NULL ? t->unit : "NULL");
    if (t->state > BASSIN_NOT_SIGNIFICANT || t->decimals < -1 || t->decimals > 15)
        return ARGUMENT(err, "total %s: state %u, %d decimals", t->name, (unsigned)t->state,
                        (int)t->decimals);
    if (present &&
        (!isfinite(t->value) || isinf(t->low) || isinf(t->high) || isnan(t->low) != isnan(t->high)))
        return bassin_fail(err, BASSIN_E_DATA, -1, "total %s: value %g [%g, %g] is not finite",
                           t->name, t->value, t->low, t->high);
    if (present && !isnan(t->low) && (t->low > t->high))
        return bassin_fail(err, BASSIN_E_DATA, -1, "total %s: interval [%g, %g] is inverted",
                           t->name, t->low, t->high);
    size_t suffix = strlen(job->suffix);
    for (size_t i = 0; i < job->total_count; i++) {
        const char *other = job->totals[i].name;
        size_t size = strlen(other) - (suffix > 0 ? suffix + 1 : 0);
        if (strlen(t->name) == size && strncmp(other, t->name, size) == 0)
            return ARGUMENT(err, "total %s: given twice", t->name);
    }
    return BASSIN_OK;
}

/* The host's own size of a total, whatever the plugin's minor. */
static bool total_read(const bassin_total *from, bassin_total *to)
{
    if (from == NULL || from->size < offsetof(bassin_total, state))
        return false;
    *to = (bassin_total){.size = sizeof *to};
    memcpy(to, from, from->size < sizeof *to ? from->size : sizeof *to);
    return true;
}

static bassin_status host_total(const bassin_job *seen, const bassin_total *given,
                                bassin_error *err)
{
    plugin_call *c = call_of(seen);
    plugin_job *job = c->state->job;
    bassin_total t;
    if (!c->once || c->preparing || !total_read(given, &t))
        return ARGUMENT(err, "total: only in finish, with its size");
    bassin_status checked = total_check(job, &t, err);
    if (checked != BASSIN_OK)
        return checked;
    if (job->total_count == job->total_capacity) {
        size_t wanted = job->total_capacity == 0 ? 16 : 2 * job->total_capacity;
        made_total *grown = memory_resize(job->totals, wanted, sizeof *grown);
        if (grown == NULL)
            return bassin_fail(err, BASSIN_E_MEMORY, -1, "total: out of memory");
        job->totals = grown;
        job->total_capacity = wanted;
    }
    made_total made = {.name = total_name(job, t.name),
                       .title_fr = total_title(job, t.title_fr, LANGUAGE_FR),
                       .title_en = total_title(job, t.title_en, LANGUAGE_EN),
                       .unit = unit_find(t.unit)->code,
                       .value = t.value,
                       .low = t.low,
                       .high = t.high,
                       .state = (value_state)t.state,
                       .decimals = t.decimals};
    if (made.name == NULL || made.title_fr == NULL || made.title_en == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, -1, "total: out of memory");
    job->totals[job->total_count++] = made;
    return BASSIN_OK;
}

static const void *host_service(const bassin_job *job, const char *id)
{
    (void)job;
    return id != NULL && strcmp(id, BASSIN_SERVICE_REACH) == 0 ? &plugin_reach : NULL;
}

const bassin_host plugin_host = {
    .size = sizeof(bassin_host),
    .abi_minor = BASSIN_ABI_MINOR,
    .partial = host_partial,
    .set_plan = host_set_plan,
    .log = host_log,
    .cancelled = host_cancelled,
    .scratch = host_scratch,
    .uniform = host_uniform,
    .draw_param = host_draw_param,
    .nearest_crow = host_nearest,
    .table_rows = host_table_rows,
    .text = host_text,
    .place_set = host_place_set,
    .total = host_total,
    .service = host_service,
};
