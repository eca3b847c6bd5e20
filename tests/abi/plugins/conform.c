/* A plugin that does one thing wrong, or none: FAULT says which. */
#include <bassin/plugin.h>
#include <stdlib.h>

enum {
    NONE,
    UNIT,      /* says that residents are kilometres */
    RANGE,     /* leaves its declared range */
    CLOCK,     /* another result every run */
    ORDER,     /* the result of a block depends on the block run before */
    BLOCK,     /* depends on where blocks begin */
    REPEAT,    /* adds to what is there */
    NEIGHBOUR, /* writes the row after its block */
    INVENT,    /* takes a value that is not there for 0 */
    OPTIONAL,  /* does not do without its optional input */
    EMPTY,     /* fails without places */
    SINGLE,    /* fails with one place */
    HIGHEST,   /* fails with a large parameter */
    REFUSE,    /* refuses a large parameter in prepare: allowed */
    UNFILLED,  /* never writes: allowed, told */
    LEAK       /* keeps memory: no release */
};

static double runs, last_block; /* what no plugin may have: state that changes */

static bassin_status prepare(const bassin_job *job, bassin_error *err)
{
    runs += 1.0;
    if (FAULT == LEAK)
        job->host->set_plan(job, calloc(1000, 1));
    last_block = -1.0;
    if (FAULT == REFUSE && job->param[0].value[0] > 50.0)
        return bassin_fail(err, BASSIN_E_ARGUMENT, -1, "limit is too far");
    return BASSIN_OK;
}

static double wrong(const bassin_block *block)
{
    return FAULT == CLOCK   ? runs
           : FAULT == ORDER ? last_block
           : FAULT == BLOCK ? (double)block->begin
           : FAULT == RANGE ? 1e9
                            : 0.0;
}

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    const bassin_column *population = &job->in[0].items[0], *extra = &job->in[1].items[0];
    const bassin_slot *out = &job->out[0].items[0];
    (void)before;
    (void)partial;
    if ((FAULT == OPTIONAL && extra->at.raw == NULL) ||
        (FAULT == SINGLE && job->place_count == 1) ||
        (FAULT == HIGHEST && job->param[0].value[0] > 50.0))
        return bassin_fail(err, BASSIN_E_DATA, (int64_t)block->begin, "cannot do this");
    for (size_t p = block->begin; p < block->end && FAULT != UNFILLED; p++) {
        if (FAULT != INVENT && !bassin_is_present(population, p))
            continue;
        const double more = FAULT == REPEAT ? out->at.f64[p] + 1.0 : 1.0;
        bassin_set(out, p, population->at.f64[p] + more + wrong(block));
    }
    if (FAULT == NEIGHBOUR && block->end < job->place_count)
        bassin_set(out, block->end, 7.0);
    last_block = (double)block->begin;
    return BASSIN_OK;
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)before;
    (void)total;
    if (FAULT == EMPTY && job->place_count == 0)
        return bassin_fail(err, BASSIN_E_DATA, -1, "there is no place");
    return BASSIN_OK;
}

BASSIN_EXPORT const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = CONFORM_ID,
    .title_fr = "Essai",
    .title_en = "Trial",
    .version = "0.1",
    .method_fr = "Population plus un.",
    .method_en = "Population plus one.",
    .params = BASSIN_LIST(bassin_param, {.id = "limit",
                                         .title_fr = "Limite",
                                         .title_en = "Limit",
                                         .unit = "min",
                                         .lowest = 1,
                                         .highest = 60,
                                         .fallback = 20}),
    .inputs = BASSIN_LIST(bassin_input,
                          {.table = "places",
                           .column = "population",
                           .unit = FAULT == UNIT ? "km" : "{person}",
                           .type = BASSIN_F64},
                          {.table = "places",
                           .column = "rent",
                           .unit = "EUR",
                           .type = BASSIN_F64,
                           .flags = BASSIN_INPUT_OPTIONAL}),
    .outputs = BASSIN_LIST(bassin_output, {.table = "places",
                                           .id = "more",
                                           .title_fr = "Plus un",
                                           .title_en = "Plus one",
                                           .unit = "{person}",
                                           .type = BASSIN_F64,
                                           .decimals = 0,
                                           .lowest = 0,
                                           .highest = 1e6}),
    .stages =
        BASSIN_LIST(bassin_stage,
                    {.size = sizeof(bassin_stage), .over = "places", .run = run, .finish = finish}),
    .prepare = prepare,
};
