/* Codes as words, figures and signs, in the report's language. */
#include "reports/html/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "reports/html/messages.h"
#include "reports/html/numbers.h"

typedef struct code_word {
    const char *column, *code, *fr, *en;
} code_word;

static const code_word code_words[] = {
    {"status", "open", M_WORD_OPEN},
    {"status", "project", M_WORD_PROJECT},
    {"status", "candidate", M_WORD_CANDIDATE},
    {"status", "closed", M_WORD_CLOSED},
    {"quality", "point", M_QUALITY_POINT},
    {"quality", "housenumber", M_QUALITY_HOUSENUMBER},
    {"quality", "street", M_QUALITY_STREET},
    {"quality", "locality", M_QUALITY_LOCALITY},
    {"quality", "doubtful", M_QUALITY_DOUBTFUL},
    {"quality", "commune", M_QUALITY_COMMUNE},
    {"quality", "none", M_QUALITY_NONE},
    {"effect", "none", M_EFFECT_NONE},
    {"effect", "nearby", M_EFFECT_NEARBY},
    {"effect", "commune", M_EFFECT_COMMUNE},
    {"effect", "elsewhere", M_EFFECT_ELSEWHERE},
    {"effect", "absent", M_EFFECT_ABSENT},
    {"placement", "coordinates", M_WORD_COORDINATES},
    {"placement", "address", M_WORD_ADDRESS},
    {"placement", "postcode", M_WORD_POSTCODE},
    {"placement", "commune", M_WORD_COMMUNE},
    {"placement", "none", M_WORD_NONE},
    {"family", "ACT", M_WORD_ACT},
    {"family", "ART", M_WORD_ART},
    {"family", "AGR", M_WORD_AGR},
    {"family", "EDU", M_WORD_EDU},
    {"family", "XXX", M_WORD_OTHER},
    {"family", "", M_WORD_OTHER},
    {"scope", "all", M_WORD_ALL_VENUES},
    {"scope", "third_places", M_WORD_THIRD_PLACES},
    {"mode", "unknown", M_WORD_UNKNOWN},
    {"mode", "home", M_WORD_HOME},
    {"mode", "walk", M_WORD_WALK},
    {"mode", "bicycle", M_WORD_BICYCLE},
    {"mode", "two_wheeler", M_WORD_TWO_WHEELER},
    {"mode", "car", M_WORD_CAR},
    {"mode", "transit", M_WORD_TRANSIT},
    {"mode", "non_motorised", M_WORD_NON_MOTORISED},
    {"severity", "fault", M_WORD_FAULT},
    {"severity", "warning", M_WORD_WARNING},
    {"severity", "note", M_WORD_NOTE},
    {"reliability", "bonne", M_WORD_GOOD},
    {"reliability", "correcte", M_WORD_FAIR},
    {"reliability", "fragile", M_WORD_FRAGILE},
    {"reliability", "insuffisante", M_WORD_POOR},
    {"basis", "assumed", M_WORD_ASSUMED},
    {"origin", "built_in", M_WORD_BUILT_IN},
    {"origin", "library", M_WORD_LIBRARY},
    {"origin", "program", M_WORD_PROGRAM},
    {"state", "done", M_WORD_DONE},
    {"state", "failed", M_WORD_FAILED},
    {"outcome", "read", M_WORD_READ},
    {"outcome", "used", M_WORD_USED},
    {"outcome", "rejected", M_WORD_REJECTED},
    {"outcome", "ignored", M_WORD_IGNORED},
    {"role", "communes", M_ROLE_COMMUNES},
    {"role", "names", M_ROLE_NAMES},
    {"role", "membership", M_ROLE_MEMBERSHIP},
    {"role", "population", M_ROLE_POPULATION},
    {"role", "cells", M_ROLE_CELLS},
    {"role", "flows", M_ROLE_FLOWS},
    {"role", "detail", M_ROLE_DETAIL},
    {"role", "perimeter", M_ROLE_PERIMETER},
    {"role", "matrix", M_ROLE_MATRIX},
    {"role", "travel_times", M_ROLE_MATRIX},
    {"role", "group", M_ROLE_GROUP},
    {"role", "density", M_ROLE_DENSITY},
    {"role", "venues", M_ROLE_VENUES},
    {"role", "postcodes", M_ROLE_POSTCODES},
    {"role", "addresses", M_ROLE_ADDRESSES},
    {"role", "roads", M_ROLE_ROADS},
    {"role", "series", M_ROLE_SERIES},
    {"role", "movements", M_ROLE_MOVEMENTS},
    {"role", "passage", M_ROLE_PASSAGE},
    {"parameter", "flows", M_WORD_FLOWS},
    {"kind", "ACT.COWORK", M_KIND_ACT_COWORK},
    {"kind", "ACT.TELE", M_KIND_ACT_TELE},
    {"kind", "ACT.COLLAB", M_KIND_ACT_COLLAB},
    {"kind", "ACT.CAFE", M_KIND_ACT_CAFE},
    {"kind", "ACT.KITCHEN", M_KIND_ACT_KITCHEN},
    {"kind", "ACT.LIVINGLAB", M_KIND_ACT_LIVINGLAB},
    {"kind", "ACT.SOCIAL", M_KIND_ACT_SOCIAL},
    {"kind", "ACT.FS", M_KIND_ACT_FS},
    {"kind", "ACT.EPN", M_KIND_ACT_EPN},
    {"kind", "ART.FABLAB", M_KIND_ART_FABLAB},
    {"kind", "ART.HACK", M_KIND_ART_HACK},
    {"kind", "ART.MAKER", M_KIND_ART_MAKER},
    {"kind", "ART.GARAGE", M_KIND_ART_GARAGE},
    {"kind", "ART.TEXTILE", M_KIND_ART_TEXTILE},
    {"kind", "ART.BOUTIQUE", M_KIND_ART_BOUTIQUE},
    {"kind", "ART.ATELIER", M_KIND_ART_ATELIER},
    {"kind", "ART.REPAIR", M_KIND_ART_REPAIR},
    {"kind", "ART.MANUF", M_KIND_ART_MANUF},
    {"kind", "ART.CULT", M_KIND_ART_CULT},
    {"kind", "ART.FRICHE", M_KIND_ART_FRICHE},
    {"kind", "AGR.PROD", M_KIND_AGR_PROD},
    {"kind", "AGR.VENTE", M_KIND_AGR_VENTE},
    {"kind", "AGR.NOURR", M_KIND_AGR_NOURR},
    {"kind", "EDU.INNOV", M_KIND_EDU_INNOV},
    {"kind", "EDU.CAMPUS", M_KIND_EDU_CAMPUS},
    {"kind", "EDU.MICROFOLIE", M_KIND_EDU_MICROFOLIE},
    {"kind", "EDU.MEDIA", M_KIND_EDU_MEDIA},
    {"kind", "XXX.AUTRE", M_KIND_XXX_AUTRE},
};

const char *word_of_code(const page *p, const char *column_name, const char *code)
{
    const char *const name = strstr(column_name, "reliability") ? "reliability" : column_name;
    for (size_t i = 0; i < sizeof code_words / sizeof *code_words; i++) {
        if (strcmp(code_words[i].column, name) == 0 && strcmp(code_words[i].code, code) == 0)
            return tr(p->lang, code_words[i].fr, code_words[i].en);
    }
    return code;
}

const char *function_words(page *p, size_t f)
{
    static const char *const titles[8][2] = {
        {M_FUNCTION_A_TITLE}, {M_FUNCTION_B_TITLE}, {M_FUNCTION_C_TITLE}, {M_FUNCTION_D_TITLE},
        {M_FUNCTION_E_TITLE}, {M_FUNCTION_F_TITLE}, {M_FUNCTION_G_TITLE}, {M_FUNCTION_H_TITLE}};
    return tr(p->lang, titles[f % 8][0], titles[f % 8][1]);
}

const char *function_alone(page *p, size_t f)
{
    return function_words(p, f) + strlen("a. ");
}

const char *places_counted(const page *p, double count)
{
    const bool one = count == 1 || (count == 0 && p->lang == LANGUAGE_FR);
    if (!one)
        return p->model->places_word;
    return p->model->cells ? tr(p->lang, M_ONE_CELL) : tr(p->lang, M_ONE_COMMUNE);
}

const char *units_counted(const page *p, double count)
{
    const bool one = count == 1 || (count == 0 && p->lang == LANGUAGE_FR);
    if (!p->model->of_cells)
        return places_counted(p, count);
    return one ? tr(p->lang, M_ONE_CELL) : tr(p->lang, M_MANY_CELLS);
}

const char *venues_counted(const page *p, double count)
{
    const bool one = count == 1 || (count == 0 && p->lang == LANGUAGE_FR);
    return one ? tr(p->lang, M_ONE_VENUE) : tr(p->lang, M_VENUES_WORD);
}

const char *place_of_code(const page *p, const char *code)
{
    const report_model *const m = p->model;
    for (size_t row = 0; m->places && row < m->places->rows->rows; row++) {
        if (strcmp(m->place_code[row], code) == 0)
            return *m->place_name[row] ? m->place_name[row] : code;
    }
    return code;
}

const char *column_heading(page *p, const result_table *t, size_t c)
{
    const column *const k = &t->rows->columns[c];
    const char *const own = tr(p->lang, k->title_fr, k->title_en), *const title =
                                                                       own && *own ? own : k->name;
    const unit *const known = unit_find(k->unit);
    const char *label = known ? tr(p->lang, known->label_fr, known->label_en) : "";
    if (strcmp(k->unit, "{index}") == 0 || strcmp(k->unit, "{class}") == 0 ||
        strcmp(k->unit, "{person}") == 0 || strcmp(k->unit, "{worker}") == 0 ||
        strcmp(k->unit, "{venue}") == 0 || strcmp(k->unit, "{job}") == 0)
        label = "";
    if (number_sense_of(p->model, t, c) == SENSE_SHARE)
        label = "%";
    if (!*label || strstr(title, label) || strchr(title, '('))
        return title;
    return page_say(p, M_HEADING_UNIT, title, label);
}

bool reads_as_number(const result_table *t, size_t c)
{
    const column *const k = &t->rows->columns[c];
    return k->type != COLUMN_TEXT && strncmp(k->name, "function_", 9) != 0 &&
           strcmp(k->name, "in_scope") != 0;
}

void put_sign(page *p, value_state state)
{
    put(p, "<abbr title=\"");
    put_text(p, state_title(state, p->lang));
    put(p, "\">");
    put_text(p, state_sign(state, p->lang));
    put(p, "</abbr>");
}

/* Weight of a function in a venue: 1 in full, 0.5 in part. */
static void put_offer(page *p, double weight)
{
    put_text(p, weight >= 1  ? tr(p->lang, M_WORD_YES)
                : weight > 0 ? tr(p->lang, M_WORD_PARTLY)
                             : tr(p->lang, M_WORD_NO));
}

static void put_number(page *p, const result_table *t, size_t c, size_t row, double value)
{
    char text[256];
    const column *const k = &t->rows->columns[c];
    if (strncmp(k->name, "function_", 9) == 0) {
        put_offer(p, value);
    } else if (strcmp(k->name, "in_scope") == 0) {
        put_text(p, value > 0 ? tr(p->lang, M_WORD_THIRD_PLACE) : tr(p->lang, M_WORD_OTHER_VENUE));
    } else {
        (void)value_in_words(p->model, t, c, row, false, text, sizeof text);
        put_text(p, text);
    }
}

void put_value(page *p, const result_table *t, size_t c, size_t row)
{
    const column *const k = &t->rows->columns[c];
    const value_state state = column_state(k, row);
    double value = 0;
    if (state != VALUE_PRESENT)
        put_sign(p, state);
    else if (value_number(k, row, &value))
        put_number(p, t, c, row, value);
    else if (!*column_text(k, row))
        put_sign(p, VALUE_MISSING);
    else
        put_text(p, word_of_code(p, k->name, column_text(k, row)));
}
