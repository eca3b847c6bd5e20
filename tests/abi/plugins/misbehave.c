/* Breaks one rule of the header, the one that its parameter names. */
#include <bassin/plugin.h>

#include <math.h>
#include <string.h>

static int is(const bassin_job *job, const char *word)
{
    return strcmp(job->param[0].text, word) == 0;
}

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    const bassin_slot *value = &job->out[0].items[0];
    (void)before;
    (void)partial;
    for (size_t p = block->begin; p < block->end; p++) {
        value->at.f64[p] = 0.5;
        value->state[p] = BASSIN_PRESENT;
        if (p == 300 && is(job, "nan"))
            value->at.f64[p] = NAN;
        if (p == 300 && is(job, "range"))
            value->at.f64[p] = 7.0;
        if (p == 300 && is(job, "state"))
            value->state[p] = 99;
        if (p == 300 && is(job, "forgotten"))
            value->state[p] = BASSIN_MISSING;
        if ((p == 300 || p == 10) && is(job, "fail"))
            return bassin_fail(err, BASSIN_E_DATA, (int64_t)p, "no such thing: %d", 12);
        if (p == 300 && is(job, "foreign_row"))
            return job->host->text(job, 1, 0, 0, "not mine", err);
    }
    return BASSIN_OK;
}

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    (void)before;
    (void)total;
    if (is(job, "table"))
        return job->host->table_rows(job, "undeclared", 3, err);
    if (is(job, "total")) {
        const bassin_total t = {.size = sizeof t,
                                .name = "half",
                                .title_fr = "x",
                                .title_en = "x",
                                .unit = "parsec",
                                .low = NAN,
                                .high = NAN};
        return job->host->total(job, &t, err);
    }
    return BASSIN_OK;
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "misbehave",
    .title_fr = "Fautif",
    .title_en = "Misbehaving",
    .version = "1.0.0",
    .method_fr = "Aucune.",
    .method_en = "None.",
    .params = BASSIN_LIST(
        bassin_param, {.id = "fault",
                       .title_fr = "Faute",
                       .title_en = "Fault",
                       .unit = "",
                       .kind = BASSIN_PARAM_CHOICE,
                       .fallback_text = "none",
                       .choices = "none|nan|range|state|forgotten|fail|foreign_row|table|total"}),
    .outputs = BASSIN_LIST(bassin_output,
                           {.table = "places",
                            .id = "misbehaved",
                            .title_fr = "Valeur",
                            .title_en = "Value",
                            .unit = "1",
                            .type = BASSIN_F64,
                            .lowest = 0,
                            .highest = 1},
                           {.table = "places",
                            .id = "misbehaved_text",
                            .title_fr = "Texte",
                            .title_en = "Text",
                            .unit = "",
                            .type = BASSIN_TEXT,
                            .decimals = -1}),
    .stages =
        BASSIN_LIST(bassin_stage,
                    {.size = sizeof(bassin_stage), .over = "places", .run = run, .finish = finish}),
};
