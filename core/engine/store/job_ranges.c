/* Ranges of finished blocks: the rows that they wrote, what they said, what they merged to. */
#include <string.h>

#include "engine/store/job_keep.h"

static size_t ranges_of(size_t blocks, uint8_t level)
{
    const size_t size = (size_t)1 << level;
    return blocks / size + (blocks % size != 0);
}

/* One a whole range; the last one has as many as its count has binary digits. */
static size_t nodes_of(size_t blocks, uint8_t level)
{
    const size_t rest = blocks & (((size_t)1 << level) - 1);
    return (blocks >> level) + (size_t)__builtin_popcountll(rest);
}

static bool partials_fit(size_t blocks, uint8_t level, size_t partial_bytes)
{
    return partial_bytes <= JOB_RANGES_PARTIAL_BYTES / nodes_of(blocks, level);
}

uint8_t job_range_level(size_t blocks, size_t partial_bytes)
{
    uint8_t level = 0;
    if (blocks == 0)
        return JOB_NO_RANGES;
    while (ranges_of(blocks, level) > JOB_RANGES_MAX ||
           (ranges_of(blocks, level) > 1 && !partials_fit(blocks, level, partial_bytes)))
        level++;
    return partials_fit(blocks, level, partial_bytes) ? level : JOB_NO_RANGES;
}

static bool is_over(const plugin_job *job, const made_output *o, size_t stage)
{
    const char *over = stage_over(job, stage);
    return o->made_table == NO_INDEX && over != NULL && strcmp(o->table, over) == 0;
}

/* --- keeping --- */

static void pack_rows(pack_writer *w, const made_output *o, const made_column *c, size_t begin,
                      size_t end)
{
    const size_t bytes = value_bytes(o->is->type);
    pack_bytes(w, c->state + begin, end - begin);
    if (o->is->type != BASSIN_TEXT) {
        pack_bytes(w, (const unsigned char *)c->values + begin * bytes, (end - begin) * bytes);
        return;
    }
    for (size_t row = begin; row < end; row++)
        pack_text(w, c->text[row]);
}

static void pack_said(pack_writer *w, const call_said *said)
{
    pack_u64(w, said->lost);
    pack_u64(w, said->count);
    for (size_t i = 0; i < said->count; i++) {
        pack_u64(w, (uint64_t)said->lines[i].level);
        pack_text(w, said->lines[i].text);
    }
}

void job_range_keep(job_file *f, const plugin_job *job, const job_range *r)
{
    pack_writer w = {0};
    const job_record record = {.kind = JOB_RECORD_RANGE,
                               .stage = r->stage,
                               .first = r->blocks.first,
                               .count = r->blocks.count};
    error err;
    job_body_begin(&w);
    for (size_t i = 0; i < job->is->outputs.count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; is_over(job, o, r->stage) && m < o->count; m++)
            pack_rows(&w, o, &o->columns[m], r->begin, r->end);
    }
    for (size_t i = 0; i < r->blocks.count; i++)
        pack_said(&w, &r->said[i]);
    pack_u64(&w, r->blocks.node_count);
    for (size_t i = 0; i < r->blocks.node_count; i++) {
        pack_u64(&w, r->blocks.nodes[i].block);
        pack_u64(&w, r->blocks.nodes[i].level);
        pack_bytes(&w, r->blocks.nodes[i].partial, r->partial_bytes);
    }
    if (!w.failed) {
        job_file_append(f, &record, &w);
    } else {
        (void)memory_error(&err, w.size);
        job_store_stop(f->store, &err);
    }
    pack_writer_clear(&w);
}

/* --- putting back: once to see that all is in shape, once for good --- */

typedef struct range_reader {
    pack_reader from;
    plugin_job *job;
    bool apply;
    bool memory_lacks;
} range_reader;

static const void *sized(range_reader *r, size_t wanted)
{
    size_t size = 0;
    const void *at = unpack_bytes(&r->from, &size);
    r->from.failed = r->from.failed || size != wanted;
    return r->from.failed ? NULL : at;
}

static const char *kept_text(range_reader *r, const char *text)
{
    char *copy = arena_text(r->job->memory, text);
    r->memory_lacks = r->memory_lacks || (text != NULL && copy == NULL);
    return copy;
}

static void unpack_rows(range_reader *r, const made_output *o, made_column *c, size_t begin,
                        size_t end)
{
    const size_t bytes = value_bytes(o->is->type), rows = end - begin;
    const void *state = sized(r, rows);
    if (r->apply && state != NULL && rows > 0)
        memcpy(c->state + begin, state, rows);
    if (o->is->type != BASSIN_TEXT) {
        const void *values = sized(r, rows * bytes);
        if (r->apply && values != NULL && rows > 0)
            memcpy((unsigned char *)c->values + begin * bytes, values, rows * bytes);
        return;
    }
    for (size_t row = begin; row < end && !r->from.failed; row++) {
        const char *text = unpack_text(&r->from);
        if (r->apply)
            c->text[row] = kept_text(r, text);
    }
}

static void unpack_said(range_reader *r, call_said *said)
{
    const size_t lost = (size_t)unpack_u64(&r->from), count = (size_t)unpack_u64(&r->from);
    r->from.failed = r->from.failed || count > LOG_LINES_A_CALL;
    log_line *lines = NULL;
    if (r->apply && count > 0) {
        lines = arena_take(r->job->memory, count, sizeof *lines);
        r->memory_lacks = r->memory_lacks || lines == NULL;
    }
    for (size_t i = 0; i < count && !r->from.failed; i++) {
        const int32_t level = (int32_t)unpack_u64(&r->from);
        const char *text = unpack_text(&r->from);
        r->from.failed = r->from.failed || text == NULL;
        if (lines != NULL)
            lines[i] = (log_line){.level = level, .text = kept_text(r, text)};
    }
    if (r->apply)
        *said = (call_said){.lines = lines, .count = lines != NULL ? count : 0, .lost = lost};
}

/* Whole subtrees of the range, in order. */
static void unpack_nodes(range_reader *r, const job_range *range, kept_range *kept, size_t *count)
{
    const size_t end = range->blocks.first + range->blocks.count;
    size_t next = range->blocks.first;
    *count = (size_t)unpack_u64(&r->from);
    r->from.failed = r->from.failed || *count > BLOCK_NODES_MAX;
    for (size_t i = 0; i < *count && !r->from.failed; i++) {
        const uint64_t at = unpack_u64(&r->from), level = unpack_u64(&r->from);
        const void *partial = sized(r, range->partial_bytes);
        r->from.failed = r->from.failed || at != next || level >= BLOCK_NODES_MAX ||
                         ((size_t)1 << level) > end - next;
        if (r->from.failed)
            return;
        kept->nodes[i] = (block_node){.block = (size_t)at,
                                      .level = (uint8_t)level,
                                      .partial = (void *)(uintptr_t)partial}; /* only read */
        next += (size_t)1 << level;
    }
    r->from.failed = r->from.failed || (range->partial_bytes > 0 && next != end);
}

static size_t unpack_range(range_reader *r, const job_range *range, kept_range *kept)
{
    size_t nodes = 0;
    for (size_t i = 0; i < r->job->is->outputs.count; i++) {
        made_output *o = &r->job->outputs[i];
        for (size_t m = 0; is_over(r->job, o, range->stage) && m < o->count; m++)
            unpack_rows(r, o, &o->columns[m], range->begin, range->end);
    }
    for (size_t i = 0; i < range->blocks.count && !r->from.failed; i++)
        unpack_said(r, &range->said[i]);
    unpack_nodes(r, range, kept, &nodes);
    return nodes;
}

status job_range_find(const job_file *f, plugin_job *job, job_range *range, kept_range *kept,
                      error *err)
{
    job_record found;
    status s = job_file_read(f, JOB_RECORD_RANGE, range->stage, range->blocks.first, &kept->body,
                             &found, err);
    if (s != STATUS_OK || kept->body == NULL)
        return s;
    range_reader r = {.from = {.at = kept->body, .size = (size_t)found.size}, .job = job};
    (void)unpack_range(&r, range, kept);
    if (r.from.failed || found.count != range->blocks.count) {
        memory_free(kept->body); /* another shape: as if damaged */
        kept->body = NULL;
        return STATUS_OK;
    }
    r.from.offset = 0;
    r.apply = true;
    range->blocks.node_count = unpack_range(&r, range, kept);
    range->blocks.nodes = kept->nodes;
    return r.memory_lacks ? memory_error(err, (size_t)found.size) : STATUS_OK;
}
