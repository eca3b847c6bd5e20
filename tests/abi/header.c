/* The same in C17, warnings as errors: header.cpp. */
#include <bassin/plugin.h>

_Static_assert(sizeof(bassin_error) == 512, "caller-owned error");

static bassin_status run(const bassin_job *job, const bassin_block *block, const void *before,
                         void *partial, bassin_error *err)
{
    const bassin_column *in = &job->in[0].items[0];
    const double sorted[] = {1.0, 2.0};
    (void)before;
    (void)partial;
    if (!BASSIN_HAS(job->host, service) || !BASSIN_HAS(job, cell_m) || job->host->service == NULL)
        return bassin_fail(err, BASSIN_E_MISSING, -1, "older than %d", 1);
    if (bassin_is_present(in, 0) && bassin_text_at(in, 0)[0] == '\0')
        return bassin_fail(err, BASSIN_E_DATA, 3, "row %d", 3);
    bassin_set(&job->out[0].items[0], block->begin, bassin_quantile(sorted, 2, 0.5));
    return bassin_level_at(job->groups, 0)->row_count > 0 ? BASSIN_OK : BASSIN_E_INTERNAL;
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.test.header",
    .stages = BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .run = run}),
};
