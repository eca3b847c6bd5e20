/* All that a finished job leaves: columns, tables, place sets, totals, log. */
#include <string.h>

#include "engine/store/job_keep.h"

/* --- keeping --- */

static void pack_column(pack_writer *w, const made_output *o, const made_column *c)
{
    pack_u64(w, c->rows);
    pack_bytes(w, c->values, c->rows * value_bytes(o->is->type));
    pack_bytes(w, c->state, c->rows);
    if (o->is->type != BASSIN_TEXT)
        return;
    pack_u64(w, c->words.count);
    pack_bytes(w, c->words.start, ((size_t)c->words.count + 1) * sizeof *c->words.start);
    pack_bytes(w, c->words.bytes, (size_t)c->words.start[c->words.count]);
}

static void pack_table(pack_writer *w, const made_table *t)
{
    pack_u64(w, t->made);
    pack_u64(w, t->rows);
    pack_u64(w, t->set_count);
    for (size_t i = 0; i < t->set_count; i++) {
        pack_u64(w, t->sets[i].row);
        pack_bytes(w, t->sets[i].places, t->sets[i].count * sizeof *t->sets[i].places);
    }
    pack_u64(w, t->reach != NULL);
    for (size_t i = 0; t->reach != NULL && i < t->rows; i++) {
        const reach_row *r = &t->reach[i];
        pack_u64(w, r->venues != NULL);
        pack_bytes(w, r->venues, r->count * sizeof *r->venues);
        pack_f64(w, r->limit_min);
    }
}

static void pack_total(pack_writer *w, const made_total *t)
{
    pack_text(w, t->name);
    pack_text(w, t->title_fr);
    pack_text(w, t->title_en);
    pack_text(w, t->unit);
    pack_f64(w, t->value);
    pack_f64(w, t->low);
    pack_f64(w, t->high);
    pack_u64(w, (uint64_t)t->state);
    pack_u64(w, (uint64_t)t->decimals);
}

static void pack_lines(pack_writer *w, const plugin_job *job)
{
    pack_u64(w, job->lines_lost);
    pack_u64(w, job->line_count);
    for (size_t i = 0; i < job->line_count; i++) {
        pack_u64(w, (uint64_t)job->lines[i].level);
        pack_text(w, job->lines[i].text);
    }
}

void job_result_keep(job_file *f, const plugin_job *job)
{
    pack_writer w = {0};
    error err;
    if (!job_store_writes(f->store))
        return;
    job_body_begin(&w);
    for (size_t i = 0; i < job->is->tables.count; i++)
        pack_table(&w, &job->tables[i]);
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        for (size_t m = 0; m < job->outputs[i].count; m++)
            pack_column(&w, &job->outputs[i], &job->outputs[i].columns[m]);
    }
    pack_u64(&w, job->total_count);
    for (size_t i = 0; i < job->total_count; i++)
        pack_total(&w, &job->totals[i]);
    pack_lines(&w, job);
    if (!w.failed) {
        job_file_replace(f, &(job_record){.kind = JOB_RECORD_RESULT}, &w);
    } else {
        (void)memory_error(&err, w.size);
        job_store_stop(f->store, &err);
    }
    pack_writer_clear(&w);
}

/* --- finding --- */

typedef struct result_reader {
    pack_reader from;
    plugin_job *job;
    bool memory_lacks;
} result_reader;

static bool stopped(const result_reader *r)
{
    return r->from.failed || r->memory_lacks;
}

/* `count` items in the job's memory; NULL when there are none, or once it failed. */
static void *copied(result_reader *r, size_t count, size_t size)
{
    size_t bytes = 0, wanted = 0;
    const void *at = unpack_bytes(&r->from, &bytes);
    r->from.failed =
        r->from.failed || __builtin_mul_overflow(count, size, &wanted) || wanted != bytes;
    void *copy = stopped(r) ? NULL : arena_take(r->job->memory, count, size);
    r->memory_lacks = r->memory_lacks || (!r->from.failed && copy == NULL);
    if (copy != NULL && bytes > 0)
        memcpy(copy, at, bytes);
    return copy;
}

/* As many items as there are. */
static uint32_t *rows_copied(result_reader *r, size_t *count)
{
    size_t bytes = 0;
    pack_reader ahead = r->from;
    (void)unpack_bytes(&ahead, &bytes);
    *count = bytes / sizeof(uint32_t);
    return copied(r, *count, sizeof(uint32_t));
}

static const char *text_copied(result_reader *r)
{
    const char *text = unpack_text(&r->from);
    r->from.failed = r->from.failed || text == NULL;
    const char *copy = stopped(r) ? NULL : arena_text(r->job->memory, text);
    r->memory_lacks = r->memory_lacks || (!r->from.failed && copy == NULL);
    return copy;
}

/* No list is longer than what is left of the body. */
static size_t count_read(result_reader *r)
{
    const uint64_t count = unpack_u64(&r->from);
    r->from.failed = r->from.failed || count > r->from.size;
    return r->from.failed ? 0 : (size_t)count;
}

static void fill(result_reader *r, void *to, size_t wanted)
{
    size_t bytes = 0;
    const void *at = unpack_bytes(&r->from, &bytes);
    r->from.failed = r->from.failed || bytes != wanted;
    if (!r->from.failed && bytes > 0)
        memcpy(to, at, bytes);
}

static void read_words(result_reader *r, made_column *c)
{
    const size_t count = count_read(r);
    size_t bytes = 0;
    const uint64_t *start = copied(r, count + 1, sizeof *start);
    if (start != NULL)
        bytes = (size_t)start[count];
    const char *text = copied(r, bytes, 1);
    const uint32_t *index = c->values;
    for (size_t row = 0; row < c->rows && !stopped(r); row++)
        r->from.failed = index[row] >= count;
    if (!stopped(r))
        c->words = (words){.bytes = text, .start = start, .count = (uint32_t)count};
}

static size_t rows_of(const plugin_job *job, const made_output *o)
{
    if (o->made_table == NO_INDEX)
        return o->rows;
    return job->tables[o->made_table].made ? job->tables[o->made_table].rows : 0;
}

static void read_output(result_reader *r, made_output *o)
{
    const size_t rows = rows_of(r->job, o), bytes = value_bytes(o->is->type);
    error ignored;
    if (stopped(r))
        return;
    if (columns_allocate(o, rows, &ignored) != STATUS_OK) {
        r->memory_lacks = true;
        return;
    }
    for (size_t m = 0; m < o->count && !stopped(r); m++) {
        made_column *c = &o->columns[m];
        r->from.failed = unpack_u64(&r->from) != rows || r->from.failed;
        fill(r, c->values, rows * bytes);
        fill(r, c->state, rows);
        memory_free(c->text); /* as sealed */
        c->text = NULL;
        if (o->is->type == BASSIN_TEXT)
            read_words(r, c);
    }
}

static void read_sets(result_reader *r, made_table *t)
{
    const size_t count = count_read(r);
    t->sets = count > 0 ? memory_new(count, sizeof *t->sets) : NULL;
    r->memory_lacks = r->memory_lacks || (count > 0 && t->sets == NULL);
    t->set_capacity = t->set_count = 0;
    for (size_t i = 0; i < count && !stopped(r); i++) {
        place_set set = {.row = (size_t)unpack_u64(&r->from)};
        set.places = rows_copied(r, &set.count);
        r->from.failed = r->from.failed || set.row >= t->rows;
        t->sets[i] = set;
        t->set_capacity = t->set_count = i + 1;
    }
}

static void read_reach(result_reader *r, made_table *t)
{
    if (unpack_u64(&r->from) == 0 || stopped(r))
        return;
    t->reach = arena_take(r->job->memory, t->rows, sizeof *t->reach);
    r->memory_lacks = r->memory_lacks || t->reach == NULL;
    for (size_t i = 0; i < t->rows && !stopped(r); i++) {
        const bool said = unpack_u64(&r->from) != 0;
        reach_row row = {.venues = NULL};
        const uint32_t *venues = rows_copied(r, &row.count);
        row.venues = said ? venues : NULL;
        row.limit_min = unpack_f64(&r->from);
        t->reach[i] = row;
    }
}

static void read_table(result_reader *r, made_table *t)
{
    t->made = unpack_u64(&r->from) != 0;
    t->rows = (size_t)unpack_u64(&r->from);
    r->from.failed = r->from.failed || t->rows >= UINT32_MAX;
    if (stopped(r)) {
        t->rows = 0;
        return;
    }
    read_sets(r, t);
    read_reach(r, t);
}

static void read_totals(result_reader *r)
{
    plugin_job *job = r->job;
    const size_t count = count_read(r);
    job->totals = count > 0 ? memory_new(count, sizeof *job->totals) : NULL;
    r->memory_lacks = r->memory_lacks || (count > 0 && job->totals == NULL);
    for (size_t i = 0; i < count && !stopped(r); i++) {
        made_total *t = &job->totals[i];
        t->name = text_copied(r);
        t->title_fr = text_copied(r);
        t->title_en = text_copied(r);
        t->unit = text_copied(r);
        t->value = unpack_f64(&r->from);
        t->low = unpack_f64(&r->from);
        t->high = unpack_f64(&r->from);
        t->state = (value_state)unpack_u64(&r->from);
        t->decimals = (int32_t)unpack_u64(&r->from);
        job->total_capacity = job->total_count = i + 1;
    }
}

static void read_lines(result_reader *r, error *err)
{
    const size_t lost = (size_t)unpack_u64(&r->from), count = count_read(r);
    for (size_t i = 0; i < count && !stopped(r); i++) {
        const int32_t level = (int32_t)unpack_u64(&r->from);
        const log_line line = {.level = level, .text = text_copied(r)};
        const call_said said = {.lines = &line, .count = 1};
        if (!stopped(r) && job_log(r->job, &said, err) != STATUS_OK)
            r->memory_lacks = true;
    }
    r->job->lines_lost = lost;
}

static void read_all(result_reader *r, error *err)
{
    plugin_job *job = r->job;
    for (size_t i = 0; i < job->is->tables.count && !stopped(r); i++)
        read_table(r, &job->tables[i]);
    for (size_t i = 0; i < job->is->outputs.count && !stopped(r); i++)
        read_output(r, &job->outputs[i]);
    if (!stopped(r))
        read_totals(r);
    if (!stopped(r))
        read_lines(r, err);
}

status job_result_find(const job_file *f, plugin_job *job, bool *found, error *err)
{
    unsigned char *body = NULL;
    job_record record;
    *found = false;
    status s = job_file_read(f, JOB_RECORD_RESULT, 0, 0, &body, &record, err);
    if (s != STATUS_OK || body == NULL)
        return s;
    result_reader r = {.from = {.at = body, .size = (size_t)record.size}, .job = job};
    read_all(&r, err);
    *found = !stopped(&r);
    if (!*found) {
        job_outputs_drop(job);
        job->line_count = job->lines_lost = 0;
    }
    if (r.memory_lacks)
        s = memory_error(err, (size_t)record.size);
    memory_free(body);
    return s;
}
