/* Does a block write only its own rows? The outputs are copied before it, compared after. */
#include <string.h>

#include "engine/conformance/conformance_messages.h"
#include "engine/conformance/conformance_checks.h"

struct runner {
    job_state *state;
    const runner_kind *kind;
    runner *inner;
    block_watch *watch;
};

/* The columns of one output before a block, side by side. */
typedef struct copy_before {
    unsigned char *bytes;
} copy_before;

/* The parts of a column: where they lie, and how many bytes a row takes. */
enum { PARTS = 3 };
typedef struct column_part {
    const unsigned char *at;
    size_t bytes;
} column_part;

static void parts_of(const made_output *o, const made_column *c, column_part out[PARTS])
{
    out[0] = (column_part){c->values, value_bytes(o->is->type)};
    out[1] = (column_part){c->state, sizeof *c->state};
    out[2] = (column_part){(const unsigned char *)c->text, c->text != NULL ? sizeof *c->text : 0};
}

static bool is_watched(const made_output *o)
{
    return o->made_table == NO_INDEX && o->rows > 0;
}

static status take(const made_output *o, copy_before *out, error *err)
{
    column_part part[PARTS];
    size_t row_bytes = 0, at = 0;
    for (size_t m = 0; m < o->count; m++) {
        parts_of(o, &o->columns[m], part);
        for (size_t k = 0; k < PARTS; k++)
            row_bytes += part[k].bytes;
    }
    out->bytes = memory_new(o->rows, row_bytes);
    if (out->bytes == NULL)
        return memory_error(err, o->rows * row_bytes);
    for (size_t m = 0; m < o->count; m++) {
        parts_of(o, &o->columns[m], part);
        for (size_t k = 0; k < PARTS; k++) {
            if (part[k].bytes > 0)
                memcpy(out->bytes + at, part[k].at, o->rows * part[k].bytes);
            at += o->rows * part[k].bytes;
        }
    }
    return STATUS_OK;
}

/* The first row outside of [begin, end) that is not what it was; o->rows when there is none. */
static size_t first_changed(const column_part *part, const unsigned char *before, size_t rows,
                            size_t begin, size_t end)
{
    for (size_t row = 0; part->bytes > 0 && row < rows; row++) {
        if ((row < begin || row >= end) &&
            memcmp(part->at + row * part->bytes, before + row * part->bytes, part->bytes) != 0)
            return row;
    }
    return rows;
}

static void compare(runner *r, const made_output *o, const copy_before *before, size_t stage,
                    block b)
{
    const char *over = stage_over(r->state->job, stage);
    const bool own = strcmp(o->table, over) == 0;
    size_t at = 0;
    for (size_t m = 0; m < o->count; m++) {
        column_part part[PARTS];
        parts_of(o, &o->columns[m], part);
        for (size_t k = 0; k < PARTS; k++) {
            const size_t row = first_changed(&part[k], before->bytes + at, o->rows,
                                             own ? b.begin : 0, own ? b.end : 0);
            at += o->rows * part[k].bytes;
            if (row == o->rows || r->watch->strayed)
                continue;
            char label[160];
            row_label(r->state->job, o->table, row, label, sizeof label);
            r->watch->strayed = true;
            (void)error_set(&r->watch->stray, STATUS_INPUT, M_CONFORM_STRAY, stage + 1, b.begin,
                            b.end, over, label, o->table, o->columns[m].name);
        }
    }
}

static status watch_lend(job_state *s, error *err)
{
    const runner_kind *kind = runner_of(s->job->loaded);
    return kind->lend != NULL ? kind->lend(s, err) : STATUS_OK;
}

static status watch_open(job_state *s, int lanes, runner **out, error *err)
{
    runner *r = memory_new(1, sizeof *r);
    *out = r;
    if (r == NULL)
        return memory_error(err, sizeof *r);
    *r = (runner){.state = s, .kind = runner_of(s->job->loaded), .watch = s->options->trial->watch};
    return r->kind->open(s, lanes, &r->inner, err);
}

static void *watch_partial_new(runner *r, size_t stage)
{
    return r->kind->partial_new(r->inner, stage);
}

static void watch_partial_free(runner *r, size_t stage, void *partial)
{
    r->kind->partial_free(r->inner, stage, partial);
}

static status watch_block(runner *r, int lane, size_t stage, block b, void *partial,
                          call_said *said, error *err)
{
    const plugin_job *job = r->state->job;
    const size_t count = stage_over(job, stage) != NULL ? job->is->outputs.count : 0;
    copy_before *before = memory_new(count, sizeof *before);
    status s = before != NULL ? STATUS_OK : memory_error(err, count * sizeof *before);
    for (size_t i = 0; s == STATUS_OK && i < count; i++) {
        if (is_watched(&job->outputs[i]))
            s = take(&job->outputs[i], &before[i], err);
    }
    if (s == STATUS_OK)
        s = r->kind->block(r->inner, lane, stage, b, partial, said, err);
    for (size_t i = 0; before != NULL && i < count; i++) {
        if (s == STATUS_OK && is_watched(&job->outputs[i]))
            compare(r, &job->outputs[i], &before[i], stage, b);
        memory_free(before[i].bytes);
    }
    memory_free(before);
    return s;
}

static status watch_merge(runner *r, int lane, size_t stage, void *into, const void *from,
                          error *err)
{
    return r->kind->merge(r->inner, lane, stage, into, from, err);
}

static status watch_finish(runner *r, size_t stage, void *total, call_said *said, error *err)
{
    return r->kind->finish(r->inner, stage, total, said, err);
}

static void watch_close(runner *r)
{
    if (r == NULL)
        return;
    r->kind->close(r->inner);
    memory_free(r);
}

const runner_kind runner_watch = {
    .lend = watch_lend,
    .open = watch_open,
    .partial_new = watch_partial_new,
    .partial_free = watch_partial_free,
    .block = watch_block,
    .merge = watch_merge,
    .finish = watch_finish,
    .close = watch_close,
};
