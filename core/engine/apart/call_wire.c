/* What a call left, as bytes, and done again. */
#include "engine/apart/call_wire.h"

#include <string.h>

#include "engine/plan_messages.h"

/* --- packing --- */

static void pack_answer(pack_writer *w, const call_answer *a)
{
    pack_u64(w, (uint64_t)(uint32_t)a->code);
    pack_u64(w, (uint64_t)a->told.row);
    pack_bytes(w, a->told.message, sizeof a->told.message);
}

static void pack_log(pack_writer *w, const plugin_call *c)
{
    pack_u64(w, c->lines_lost);
    pack_u64(w, c->line_count);
    for (size_t i = 0; i < c->line_count; i++) {
        pack_u64(w, (uint64_t)(uint32_t)c->lines[i].level);
        pack_text(w, c->lines[i].text);
    }
}

/* The rows where this call may have left texts: of a block, its own. */
static bool text_rows(const plugin_call *c, const made_output *o, const made_column *made,
                      size_t *begin, size_t *end)
{
    *begin = c->once ? 0 : c->begin;
    *end = c->once ? made->rows : c->end;
    return made->text != NULL && (c->once || (c->over != NULL && strcmp(c->over, o->table) == 0));
}

/* A list of (output, member, row, text), after its length. */
static void pack_texts(pack_writer *w, plugin_call *c)
{
    const plugin_job *job = c->state->job;
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; m < o->count; m++) {
            size_t begin = 0, end = 0;
            if (!text_rows(c, o, &o->columns[m], &begin, &end))
                continue;
            for (size_t row = begin; row < end; row++) {
                if (o->columns[m].text[row] == NULL)
                    continue;
                pack_u64(w, 1);
                pack_u64(w, i);
                pack_u64(w, m);
                pack_u64(w, row);
                pack_text(w, o->columns[m].text[row]);
                o->columns[m].text[row] = NULL;
            }
        }
    }
    pack_u64(w, 0);
}

static void pack_table(pack_writer *w, const plugin_job *job, size_t t)
{
    const made_table *made = &job->tables[t];
    pack_u64(w, made->made);
    if (!made->made)
        return;
    pack_u64(w, made->rows);
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; o->made_table == t && m < o->count; m++) {
            const size_t bytes = o->is->type == BASSIN_TEXT ? 0 : value_bytes(o->is->type);
            pack_bytes(w, o->columns[m].values, made->rows * bytes);
            pack_bytes(w, o->columns[m].state, made->rows);
        }
    }
}

static void pack_sets(pack_writer *w, made_table *made, size_t since)
{
    pack_u64(w, made->set_count - since);
    for (size_t i = since; i < made->set_count; i++) {
        pack_u64(w, made->sets[i].row);
        pack_bytes(w, made->sets[i].places, made->sets[i].count * sizeof *made->sets[i].places);
    }
    for (size_t row = 0; made->reach != NULL && row < made->rows; row++) {
        reach_row *reach = &made->reach[row];
        if (reach->venues == NULL)
            continue;
        pack_u64(w, 1);
        pack_u64(w, row);
        pack_f64(w, reach->limit_min);
        pack_bytes(w, reach->venues, reach->count * sizeof *reach->venues);
        *reach = (reach_row){.venues = NULL};
    }
    pack_u64(w, 0);
}

static void pack_totals(pack_writer *w, const plugin_job *job, size_t since)
{
    pack_u64(w, job->total_count - since);
    for (size_t i = since; i < job->total_count; i++) {
        const made_total *t = &job->totals[i];
        pack_text(w, t->name);
        pack_text(w, t->title_fr);
        pack_text(w, t->title_en);
        pack_text(w, t->unit);
        pack_f64(w, t->value);
        pack_f64(w, t->low);
        pack_f64(w, t->high);
        pack_u64(w, t->state);
        pack_u64(w, (uint64_t)(uint32_t)t->decimals);
    }
}

void call_pack(pack_writer *w, plugin_call *c, const call_answer *answer, const call_mark *since)
{
    const plugin_job *job = c->state->job;
    pack_answer(w, answer);
    pack_log(w, c);
    const bool finishing = c->once && !c->preparing;
    for (size_t t = 0; finishing && t < job->is->tables.count; t++)
        pack_table(w, job, t);
    pack_texts(w, c);
    if (!finishing)
        return;
    for (size_t t = 0; t < job->is->tables.count; t++)
        pack_sets(w, &job->tables[t], since->sets[t]);
    pack_totals(w, job, since->totals);
}

/* --- doing it again --- */

static void unpack_answer(pack_reader *r, call_answer *a)
{
    size_t size = 0;
    a->told = (bassin_error){.size = sizeof a->told};
    a->code = (bassin_status)(uint32_t)unpack_u64(r);
    a->told.status = a->code;
    a->told.row = (int64_t)unpack_u64(r);
    const void *message = unpack_bytes(r, &size);
    if (message == NULL || size != sizeof a->told.message) {
        r->failed = true;
        return;
    }
    memcpy(a->told.message, message, size);
    a->told.message[size - 1] = '\0';
}

static void replay_log(pack_reader *r, plugin_call *c)
{
    const size_t lost = (size_t)unpack_u64(r);
    const uint64_t count = unpack_u64(r);
    for (uint64_t i = 0; i < count && !r->failed; i++) {
        const int32_t level = (int32_t)(uint32_t)unpack_u64(r);
        const char *text = unpack_text(r);
        plugin_host.log(&c->seen, level, text);
    }
    c->lines_lost += lost;
}

/* The first refusal stays. */
static void note(call_answer *a, bassin_status code, const bassin_error *told)
{
    if (a->code != BASSIN_OK || code == BASSIN_OK)
        return;
    a->code = code;
    a->told = *told;
}

static void replay_texts(pack_reader *r, plugin_call *c, call_answer *a)
{
    bassin_error told = {.size = sizeof told, .row = -1};
    while (unpack_u64(r) == 1 && !r->failed) {
        const uint32_t output = (uint32_t)unpack_u64(r), member = (uint32_t)unpack_u64(r);
        const size_t row = (size_t)unpack_u64(r);
        const char *text = unpack_text(r);
        if (!r->failed)
            note(a, plugin_host.text(&c->seen, output, member, row, text, &told), &told);
    }
}

/* The bytes of an array of exactly that size; anything else is no call. */
static void take_array(pack_reader *r, void *to, size_t bytes)
{
    size_t size = 0;
    const void *from = unpack_bytes(r, &size);
    if (from == NULL || size != bytes)
        r->failed = true;
    else if (bytes > 0)
        memcpy(to, from, bytes);
}

/* Whether what is left to read can hold that many rows: nothing is allocated for rows that a worker
 * only claims. */
static bool holds_rows(const pack_reader *r, const plugin_job *job, size_t t, size_t rows)
{
    size_t row_bytes = 0, all = 0;
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        if (o->made_table == t)
            row_bytes += o->count * (o->is->type == BASSIN_TEXT ? 1 : value_bytes(o->is->type) + 1);
    }
    return !__builtin_mul_overflow(row_bytes, rows, &all) && all <= r->size - r->offset;
}

static void replay_table(pack_reader *r, plugin_call *c, size_t t, call_answer *a)
{
    plugin_job *job = c->state->job;
    bassin_error told = {.size = sizeof told, .row = -1};
    if (unpack_u64(r) == 0 || r->failed)
        return;
    const size_t rows = (size_t)unpack_u64(r);
    r->failed = r->failed || !holds_rows(r, job, t, rows);
    if (r->failed)
        return;
    if (!job->tables[t].made)
        note(a, plugin_host.table_rows(&c->seen, descriptor_table(job->is, t)->id, rows, &told),
             &told);
    if (!job->tables[t].made || job->tables[t].rows != rows) {
        r->failed = r->failed || a->code == BASSIN_OK;
        return;
    }
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; o->made_table == t && m < o->count && !r->failed; m++) {
            const size_t bytes = o->is->type == BASSIN_TEXT ? 0 : value_bytes(o->is->type);
            take_array(r, o->columns[m].values, rows * bytes);
            take_array(r, o->columns[m].state, rows);
        }
    }
}

static void replay_sets(pack_reader *r, plugin_call *c, const char *id, call_answer *a)
{
    bassin_error told = {.size = sizeof told, .row = -1};
    size_t size = 0;
    const uint64_t count = unpack_u64(r);
    for (uint64_t i = 0; i < count && !r->failed; i++) {
        const size_t row = (size_t)unpack_u64(r);
        const uint32_t *places = unpack_bytes(r, &size);
        if (!r->failed)
            note(a, plugin_host.place_set(&c->seen, id, row, places, size / sizeof *places, &told),
                 &told);
    }
    while (unpack_u64(r) == 1 && !r->failed) {
        const size_t row = (size_t)unpack_u64(r);
        const double limit_min = unpack_f64(r);
        const uint32_t *venues = unpack_bytes(r, &size);
        if (!r->failed)
            note(a,
                 plugin_reach.within(&c->seen, id, row, venues, size / sizeof *venues, limit_min,
                                     &told),
                 &told);
    }
}

static void replay_totals(pack_reader *r, plugin_call *c, call_answer *a)
{
    bassin_error told = {.size = sizeof told, .row = -1};
    const uint64_t count = unpack_u64(r);
    for (uint64_t i = 0; i < count && !r->failed; i++) {
        bassin_total t = {.size = sizeof t};
        t.name = unpack_text(r);
        t.title_fr = unpack_text(r);
        t.title_en = unpack_text(r);
        t.unit = unpack_text(r);
        t.value = unpack_f64(r);
        t.low = unpack_f64(r);
        t.high = unpack_f64(r);
        t.state = (uint32_t)unpack_u64(r);
        t.decimals = (int32_t)(uint32_t)unpack_u64(r);
        if (!r->failed)
            note(a, plugin_host.total(&c->seen, &t, &told), &told);
    }
}

/* What a plugin left before it failed counts for nothing but its log. */
static void replay_effects(pack_reader *r, plugin_call *c, call_answer *a)
{
    const bassin_plugin *is = c->state->job->is;
    const bool finishing = c->once && !c->preparing;
    for (size_t t = 0; finishing && t < is->tables.count && a->code == BASSIN_OK; t++)
        replay_table(r, c, t, a);
    if (a->code == BASSIN_OK)
        replay_texts(r, c, a);
    for (size_t t = 0; finishing && t < is->tables.count && a->code == BASSIN_OK; t++)
        replay_sets(r, c, descriptor_table(is, t)->id, a);
    if (finishing && a->code == BASSIN_OK)
        replay_totals(r, c, a);
}

status call_replay(pack_reader *r, plugin_call *c, call_answer *out, error *err)
{
    unpack_answer(r, out);
    if (!r->failed)
        replay_log(r, c);
    if (!r->failed && out->code == BASSIN_OK)
        replay_effects(r, c, out);
    return r->failed ? error_set(err, STATUS_PLUGIN, M_APART_ANSWER) : STATUS_OK;
}
