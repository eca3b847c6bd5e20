/* Makes a table of its own, with a number and a text a row. */
#include <bassin/plugin.h>

enum { AREAS = 3 };

static bassin_status finish(const bassin_job *job, const void *before, void *total,
                            bassin_error *err)
{
    static const char *const names[AREAS] = {"nord", "centre", "sud"};
    (void)before;
    (void)total;
    bassin_status s = job->host->table_rows(job, "areas", AREAS, err);
    for (uint32_t row = 0; s == BASSIN_OK && row < AREAS; row++) {
        bassin_set(&job->out[0].items[0], row, 10.0 * (row + 1));
        s = job->host->text(job, 1, 0, row, names[row], err);
    }
    return s;
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.test.areas",
    .title_fr = "Secteurs",
    .title_en = "Areas",
    .version = "1.0.0",
    .method_fr = "Trois secteurs.",
    .method_en = "Three areas.",
    .outputs = BASSIN_LIST(bassin_output,
                           {.table = "areas",
                            .id = "size_km2",
                            .title_fr = "Superficie",
                            .title_en = "Size",
                            .unit = "km2",
                            .type = BASSIN_F64},
                           {.table = "areas",
                            .id = "label",
                            .title_fr = "Nom",
                            .title_en = "Name",
                            .unit = "",
                            .type = BASSIN_TEXT,
                            .decimals = -1}),
    .tables = BASSIN_LIST(bassin_table, {.id = "areas",
                                         .title_fr = "Secteurs",
                                         .title_en = "Areas",
                                         .sheet_fr = "Mes secteurs",
                                         .sheet_en = "My areas",
                                         .key = "label"}),
    .stages = BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .finish = finish}),
};
