/* The table of indicators: what ran, in which version, where it comes from, and what is missing. */
#include "engine/plan_messages.h"
#include "engine/results/results_model.h"

enum { I_ID, I_TITLE, I_VERSION, I_ORIGIN, I_STATE, I_REASON, I_SHA256, I_COUNT };
static const column_spec columns[I_COUNT] = {
    {"indicator", "Indicateur", "Indicator", "", COLUMN_TEXT, -1},
    {"title", "Intitulé", "Title", "", COLUMN_TEXT, -1},
    {"version", "Version", "Version", "", COLUMN_TEXT, -1},
    {"origin", "Origine", "Origin", "", COLUMN_TEXT, -1},
    {"state", "État", "State", "", COLUMN_TEXT, -1},
    {"reason", "Raison", "Reason", "", COLUMN_TEXT, -1},
    {"sha256", "Empreinte SHA-256", "SHA-256", "", COLUMN_TEXT, -1},
};

static const char *origin_word(plugin_kind from)
{
    static const char *const named[] = {
        [PLUGIN_BUILT_IN] = "built_in", [PLUGIN_LIBRARY] = "library", [PLUGIN_PIPE] = "program"};
    return named[from];
}

/* The first job that failed; NULL when all came through. */
static const plugin_job *failed_job(const plan_plugin *plugin)
{
    for (size_t j = 0; j < plugin->job_count; j++) {
        if (plugin->jobs[j].failed)
            return &plugin->jobs[j];
    }
    return NULL;
}

static status indicator_row(maker *m, size_t row, const plan_plugin *plugin, error *err)
{
    const language lang = m->b->d->scenario->language;
    const plugin_job *failed = failed_job(plugin);
    const char *const values[I_COUNT] = {
        [I_ID] = plugin->is->id,
        [I_TITLE] = tr(lang, plugin->is->title_fr, plugin->is->title_en),
        [I_VERSION] = plugin->is->version,
        [I_ORIGIN] = origin_word(plugin->loaded->kind),
        [I_STATE] = failed != NULL ? "failed" : "done",
        [I_REASON] = failed != NULL ? error_text(&failed->failure, lang) : NULL,
        [I_SHA256] = plugin->loaded->sha256,
    };
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < I_COUNT; i++)
        s = maker_text(m, i, row, values[i], err);
    return s;
}

status results_indicators(build *b, error *err)
{
    static const result_table shape = {
        .title_fr = "Indicateurs", .title_en = "Indicators", .sheet_fr = "Qualité"};
    maker m;
    status s = maker_begin(&m, b, "indicators", err);
    for (size_t i = 0; s == STATUS_OK && i < I_COUNT; i++)
        s = maker_column(&m, &columns[i], NULL, NULL, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, b->p->plugin_count, err);
    for (size_t k = 0; s == STATUS_OK && k < b->p->plugin_count; k++)
        s = indicator_row(&m, k, &b->p->plugins[k], err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}
