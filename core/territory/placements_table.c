/* How each venue was placed: the ledger that stands beside the balance of rows. */
#include <math.h>
#include <string.h>

#include "territory/messages.h"
#include "territory/venue_draft.h"

enum {
    AT_ID,
    AT_NAME,
    AT_COMMUNE,
    AT_PLACEMENT,
    AT_QUALITY,
    AT_SCORE,
    AT_DISTANCE,
    AT_UNCERTAINTY,
    AT_OTHERS,
    AT_OTHERS_EN,
    AT_DOUBTS,
    AT_DOUBTS_EN,
    AT_EFFECT,
    AT_DOUBT_COUNT,
    AT_COUNT
};

static const column_spec specs[AT_COUNT] = {
    {"id", M_COLUMN_CODE, "", COLUMN_TEXT, 0},
    {"name", M_COLUMN_NAME, "", COLUMN_TEXT, 0},
    {"code", M_COLUMN_COMMUNE, "", COLUMN_TEXT, 0},
    {"placement", M_COLUMN_PLACEMENT, "", COLUMN_TEXT, 0},
    {"quality", M_COLUMN_QUALITY, "", COLUMN_TEXT, 0},
    {"score", M_COLUMN_SCORE, "1", COLUMN_F64, 2},
    {"distance_km", M_COLUMN_DISTANCE, "km", COLUMN_F64, 3},
    {"uncertainty_km", M_COLUMN_UNCERTAINTY, "km", COLUMN_F64, 2},
    {"alternatives", M_COLUMN_OTHERS, "", COLUMN_TEXT, 0},
    {"alternatives_en", M_COLUMN_OTHERS_EN, "", COLUMN_TEXT, 0},
    {"doubts", M_COLUMN_DOUBTS, "", COLUMN_TEXT, 0},
    {"doubts_en", M_COLUMN_DOUBTS_EN, "", COLUMN_TEXT, 0},
    {"effect", M_COLUMN_EFFECT, "", COLUMN_TEXT, 0},
    {"doubt_count", M_COLUMN_DOUBT_COUNT, "1", COLUMN_U32, 0},
};

const char *quality_name(placement_quality q)
{
    static const char *const names[] = {"point",    "housenumber", "street", "locality",
                                        "doubtful", "commune",     "none"};
    return names[q];
}

const char *effect_name(placement_effect e)
{
    static const char *const names[] = {"none", "nearby", "commune", "elsewhere", "absent"};
    return names[e];
}

static status lines_text(table_builder *b, size_t column_index, size_t row,
                         const venue_lines *lines, language lang, error *err)
{
    text_buffer all = {.at = NULL};
    for (const venue_line *l = lines->first; l; l = l->next) {
        text_add(&all, all.size ? (lang == LANGUAGE_FR ? " ; " : "; ") : "");
        text_add(&all, tr(lang, l->fr, l->en));
    }
    const status rc = all.failed ? memory_error(err, all.size)
                                 : venue_put_text(b, column_index, row, all.at ? all.at : "", err);
    text_buffer_clear(&all);
    return rc;
}

static status fill_row(table_builder *b, const territory *t, const venue_draft *v, size_t row,
                       error *err)
{
    const struct {
        size_t at;
        const char *text;
    } texts[] = {{AT_ID, v->id},
                 {AT_NAME, v->name},
                 {AT_COMMUNE, v->place == PLACE_NONE ? "" : t->code[v->place]},
                 {AT_PLACEMENT, placement_name(v->how)},
                 {AT_QUALITY, quality_name(v->quality)},
                 {AT_EFFECT, effect_name(v->effect)}};
    const struct {
        size_t at;
        double value;
    } numbers[] = {
        {AT_SCORE, v->score}, {AT_DISTANCE, v->distance_km}, {AT_UNCERTAINTY, v->uncertainty_km}};
    const struct {
        size_t at;
        const venue_lines *lines;
        language lang;
    } lines[] = {{AT_OTHERS, &v->others, LANGUAGE_FR},
                 {AT_OTHERS_EN, &v->others, LANGUAGE_EN},
                 {AT_DOUBTS, &v->doubts, LANGUAGE_FR},
                 {AT_DOUBTS_EN, &v->doubts, LANGUAGE_EN}};
    uint32_t doubts = 0;
    status rc = STATUS_OK;
    for (const venue_line *d = v->doubts.first; d; d = d->next) {
        doubts++;
    }
    table_builder_u32(b, AT_DOUBT_COUNT, row, doubts);
    for (size_t i = 0; rc == STATUS_OK && i < sizeof texts / sizeof texts[0]; i++) {
        rc = venue_put_text(b, texts[i].at, row, texts[i].text, err);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (isfinite(numbers[i].value)) {
            table_builder_f64(b, numbers[i].at, row, numbers[i].value);
        } else {
            table_builder_state(b, numbers[i].at, row, VALUE_NOT_APPLICABLE);
        }
    }
    for (size_t i = 0; rc == STATUS_OK && i < sizeof lines / sizeof lines[0]; i++) {
        rc = lines_text(b, lines[i].at, row, lines[i].lines, lines[i].lang, err);
        if (rc == STATUS_OK && !lines[i].lines->first) {
            table_builder_state(b, lines[i].at, row, VALUE_NOT_APPLICABLE);
        }
    }
    return rc;
}

status placements_table(const territory *t, const venue_draft *all, size_t count, table **out,
                        error *err)
{
    table_builder *b = NULL;
    size_t index = 0;
    status rc = table_builder_new(&b, "placements", err);
    for (size_t c = 0; rc == STATUS_OK && c < AT_COUNT; c++) {
        rc = table_builder_column(b, &specs[c], &index, err);
    }
    if (rc == STATUS_OK) {
        rc = venue_rows(b, all, count, err);
    }
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        rc = fill_row(b, t, &all[i], i, err);
    }
    if (rc == STATUS_OK) {
        rc = table_build(b, out, err);
    }
    table_builder_free(b);
    return rc;
}
