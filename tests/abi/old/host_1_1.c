/* A host of ABI 1.1: structs are those of its header, lists are read by stride, no further than it
 * knows them. */
#include "host_1_1.h"

#include <string.h>

#include "1.1/bassin/plugin.h"

enum { PLACES = 4 };

/* Element i of a list as this host knows it: what it does not know is left out. */
static void element(const bassin_list *list, size_t i, void *to, size_t size)
{
    const unsigned char *from = (const unsigned char *)list->items + i * list->stride;
    memset(to, 0, size);
    memcpy(to, from, list->stride < size ? list->stride : size);
}

static void keep_line(const bassin_job *job, int32_t level, const char *utf8)
{
    old_run *run = job->context;
    (void)level;
    (void)snprintf(run->log, sizeof run->log, "%s", utf8);
}

static bassin_status any_partial(const bassin_job *job, uint32_t stage, size_t bytes,
                                 bassin_error *err)
{
    (void)job;
    (void)stage;
    return bytes <= sizeof(double) ? BASSIN_OK : bassin_fail(err, BASSIN_E_ARGUMENT, -1, "bytes");
}

static bassin_status run_stage(const bassin_plugin *is, const bassin_job *job)
{
    const bassin_block block = {.size = sizeof block, .end = PLACES};
    bassin_error err = {.size = sizeof err, .row = -1};
    bassin_stage stage;
    double total = 0.0;
    element(&is->stages, 0, &stage, sizeof stage);
    bassin_status s = is->prepare != NULL ? is->prepare(job, &err) : BASSIN_OK;
    if (s == BASSIN_OK)
        s = stage.run(job, &block, NULL, &total, &err);
    return s == BASSIN_OK && stage.finish != NULL ? stage.finish(job, NULL, &total, &err) : s;
}

int host_1_1_run(const void *plugin, old_run *out)
{
    const bassin_host host = {
        .size = sizeof host, .abi_minor = 1, .log = keep_line, .partial = any_partial};
    const bassin_costs costs = {.size = sizeof costs, .mode = "car", .limit_min = 30.0};
    uint8_t state[PLACES] = {BASSIN_MISSING, BASSIN_MISSING, BASSIN_MISSING, BASSIN_MISSING};
    const bassin_slot slot = {.size = sizeof slot,
                              .type = BASSIN_F64,
                              .rows = PLACES,
                              .at.f64 = out->value,
                              .state = state};
    const bassin_slots slots = {.items = &slot, .count = 1, .stride = sizeof slot};
    bassin_plugin is = {.size = sizeof is};
    bassin_param param;
    bassin_output output;
    uint32_t size;
    memcpy(&size, plugin, sizeof size);
    memcpy(&is, plugin, size < sizeof is ? size : sizeof is);
    element(&is.params, 0, &param, sizeof param);
    element(&is.outputs, 0, &output, sizeof output);
    const bassin_value value = {.value = &param.fallback, .count = 1};
    const bassin_job job = {.size = sizeof job,
                            .host = &host,
                            .out = &slots,
                            .param = &value,
                            .place_count = PLACES,
                            .costs = &costs,
                            .context = out};
    out->basis = param.basis;
    out->title_fr = output.title_fr;
    return run_stage(&is, &job);
}
