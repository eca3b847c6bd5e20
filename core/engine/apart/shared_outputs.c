/* The outputs of base tables, in memory that workers write to. */
#include "engine/apart/shared_outputs.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page_bytes(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

/* Of an array, in whole pages, with the one that is left empty. */
static size_t span_of(size_t bytes)
{
    const size_t page = page_bytes();
    return (bytes + page - 1) / page * page + page;
}

static bool is_lent(const made_output *o)
{
    return o->made_table == NO_INDEX;
}

static size_t size_of_all(const plugin_job *job, size_t output_count)
{
    size_t size = page_bytes(); /* a job without outputs has a descriptor too */
    for (size_t i = 0; i < output_count; i++) {
        const made_output *o = &job->outputs[i];
        if (is_lent(o))
            size += o->count * (span_of(o->rows * value_bytes(o->is->type)) + span_of(o->rows));
    }
    return size;
}

/* The next array, right against the page that is left empty. */
static void *take(const shared_memory *m, size_t *used, size_t bytes)
{
    *used += span_of(bytes);
    return (unsigned char *)m->at + *used - page_bytes() - bytes;
}

static status lend_one(made_output *o, const shared_memory *m, size_t *used, error *err)
{
    for (size_t i = 0; i < o->count; i++) {
        made_column *c = &o->columns[i];
        c->rows = o->rows;
        c->lent = true;
        c->values = take(m, used, o->rows * value_bytes(o->is->type));
        c->state = take(m, used, o->rows);
        memset(c->state, BASSIN_MISSING, o->rows);
        if (o->is->type == BASSIN_TEXT && (c->text = memory_new(o->rows, sizeof *c->text)) == NULL)
            return memory_error(err, o->rows * sizeof *c->text);
    }
    return STATUS_OK;
}

status shared_outputs_lend(plugin_job *job, error *err)
{
    const size_t outputs = job->is->outputs.count;
    size_t used = 0;
    status s = shared_memory_new(&job->lent, "bassin-outputs", size_of_all(job, outputs), err);
    if (s != STATUS_OK)
        return s;
    s = shared_memory_pin(&job->lent, err);
    for (size_t i = 0; s == STATUS_OK && i < outputs; i++) {
        if (is_lent(&job->outputs[i]))
            s = lend_one(&job->outputs[i], &job->lent, &used, err);
    }
    return s;
}

static void part_after(const void *at, size_t bytes)
{
    unsigned char *end = NULL;
    memcpy(&end, &at, sizeof end);
    (void)mprotect(end + bytes, page_bytes(), PROT_NONE);
}

void shared_outputs_part(const plugin_job *job, size_t output_count)
{
    for (size_t i = 0; i < output_count; i++) {
        const made_output *o = &job->outputs[i];
        for (size_t m = 0; is_lent(o) && m < o->count; m++) {
            part_after(o->columns[m].values, o->rows * value_bytes(o->is->type));
            part_after(o->columns[m].state, o->rows);
        }
    }
}
