/* Reads the table of another plugin, by its name in the results, and what the run file gives beside
 * the communes and venues. */
#include <bassin/plugin.h>

#include <math.h>
#include <string.h>

enum { IN_SIZE, IN_LABEL, IN_ZONING, IN_CLASS, IN_VENUE_ZONING, IN_NOWHERE };

static bassin_status total(const bassin_job *job, const char *name, double value, bassin_error *err)
{
    const bassin_total t = {.size = sizeof t,
                            .name = name,
                            .title_fr = "Somme",
                            .title_en = "Sum",
                            .unit = "1",
                            .value = value,
                            .low = NAN,
                            .high = NAN};
    return job->host->total(job, &t, err);
}

static double sum_u32(const bassin_column *c)
{
    double sum = 0.0;
    for (size_t row = 0; row < c->rows; row++)
        sum += bassin_is_present(c, row) ? (double)c->at.u32[row] : 0.0;
    return sum;
}

static bassin_status finish(const bassin_job *job, const void *before, void *merged,
                            bassin_error *err)
{
    const bassin_column *size = job->in[IN_SIZE].items, *label = job->in[IN_LABEL].items;
    double sum = 0.0, letters = 0.0, classes = 0.0;
    (void)before;
    (void)merged;
    for (size_t row = 0; row < size->rows; row++) {
        sum += bassin_is_present(size, row) ? size->at.f64[row] : 0.0;
        letters += (double)strlen(bassin_text_at(label, row));
    }
    for (size_t p = 0; p < job->place_count; p++)
        classes += strcmp(bassin_text_at(job->in[IN_CLASS].items, p), "socle") == 0;
    bassin_status s = total(job, "size", sum, err);
    s = s == BASSIN_OK ? total(job, "letters", letters, err) : s;
    s = s == BASSIN_OK ? total(job, "zoned", sum_u32(job->in[IN_ZONING].items), err) : s;
    s = s == BASSIN_OK ? total(job, "classes", classes, err) : s;
    s = s == BASSIN_OK ? total(job, "zoned_venues", sum_u32(job->in[IN_VENUE_ZONING].items), err)
                       : s;
    return s == BASSIN_OK ? total(job, "nowhere", job->in[IN_NOWHERE].items->at.raw != NULL, err)
                          : s;
}

const bassin_plugin bassin_plugin_main = {
    BASSIN_HEADER,
    .id = "fr.test.area-sum",
    .title_fr = "Somme des secteurs",
    .title_en = "Sum of areas",
    .version = "1.0.0",
    .method_fr = "Somme.",
    .method_en = "Sum.",
    .inputs = BASSIN_LIST(
        bassin_input,
        {.table = "areas_areas", .column = "size_km2", .unit = "km2", .type = BASSIN_F64},
        {.table = "areas_areas", .column = "label", .unit = "", .type = BASSIN_TEXT},
        {.table = "places", .column = "zoning_frr", .unit = "1", .type = BASSIN_U32},
        {.table = "places", .column = "zoning_frr_class", .unit = "", .type = BASSIN_TEXT},
        {.table = "venues", .column = "zoning_frr", .unit = "1", .type = BASSIN_U32},
        {.table = "places",
         .column = "zoning_zrr",
         .unit = "1",
         .type = BASSIN_U32,
         .flags = BASSIN_INPUT_OPTIONAL}),
    .stages = BASSIN_LIST(bassin_stage, {.size = sizeof(bassin_stage), .finish = finish}),
};
