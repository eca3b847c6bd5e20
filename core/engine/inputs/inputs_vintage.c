/* Every file of a run in one geography: the pivot vintage (METHODS.md section 7). */
#include <string.h>

#include "engine/inputs/inputs.h"
#include "engine/messages.h"
#include "territory/support.h"
#include "territory/vintage_inputs.h"

typedef struct conversion_run {
    const inputs *in;
    vintage_converter *converter;
    int32_t *vintage; /* of each input */
    faults *list;
} conversion_run;

static status judge(const conversion_run *c, size_t i)
{
    const scenario_input *said = c->in->said[i];
    return converter_judge(c->converter, c->in->roles[i], c->in->all[i], said->vintage, said->where,
                           &c->vintage[i], c->list);
}

/* The population first: it tells the shares of splits, by its own vintage. */
static status judge_all(const conversion_run *c)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < c->in->count; i++) {
        status one = strcmp(c->in->roles[i], "population") == 0 ? judge(c, i) : STATUS_OK;
        if (one == STATUS_OK && c->in->all[i] == &c->in->population) {
            one = converter_weigh(c->converter, c->in->population.rows, c->vintage[i], c->list);
        }
        result = result == STATUS_OK ? one : result;
    }
    for (size_t i = 0; i < c->in->count; i++) {
        status one = strcmp(c->in->roles[i], "population") != 0 ? judge(c, i) : STATUS_OK;
        result = result == STATUS_OK ? one : result;
    }
    return result;
}

static status convert(const conversion_run *c, size_t i, carry_log *log)
{
    imported *one = (imported *)(uintptr_t)c->in->all[i]; /* the inputs own it */
    return converter_convert(c->converter, c->in->roles[i], c->vintage[i], one, log, c->list);
}

/* The communes first: what they do not have is counted with another in every other file. */
static status convert_all(const conversion_run *c, carry_log *log)
{
    status result = STATUS_OK;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < c->in->count; i++) {
            const bool places = c->in->all[i] == &c->in->communes;
            status s = places == (pass == 0) ? convert(c, i, log) : STATUS_OK;
            result = result == STATUS_OK ? s : result;
        }
    }
    return result;
}

status inputs_convert(const scenario *s, inputs *in, carry_log **log, faults *faults_list)
{
    error err;
    conversion_run c = {.in = in, .list = faults_list};
    const converter_options options = {
        .movements = in->movements.rows != NULL ? &in->movements : NULL,
        .passage = in->passage.rows != NULL ? &in->passage : NULL,
        .pivot = s->pivot_vintage,
        .where = s->movements.path != NULL ? s->movements.where : s->passage.where};
    if (s->pivot_vintage == 0) {
        return faults_refuse(faults_list, options.where, M_VINTAGE_NO_PIVOT);
    }
    status result = take_array(in->memory, in->count, sizeof *c.vintage, &c.vintage, faults_list);
    if (result == STATUS_OK) {
        result = fault_of(carry_log_new(log, &err), &err, faults_list);
    }
    if (result == STATUS_OK) {
        result = converter_new(&options, &c.converter, faults_list);
    }
    result = result == STATUS_OK ? judge_all(&c) : result;
    result = result == STATUS_OK ? convert_all(&c, *log) : result;
    converter_free(c.converter);
    return result;
}
