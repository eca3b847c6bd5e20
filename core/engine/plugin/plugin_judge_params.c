/* The parameters that a plugin declares, judged. */
#include <math.h>

#include "engine/job/job.h"
#include "engine/plugin/plugin_judgement.h"
#include "engine/plugin/plugin_values.h"

static bool in_bounds(const bassin_param *q, double value)
{
    return isfinite(value) &&
           (!(q->lowest < q->highest) || (value >= q->lowest && value <= q->highest));
}

static void judge_fallback_list(judgement *j, const bassin_param *q)
{
    const char *text = q->fallback_text;
    bool good = !is_empty(text);
    size_t count = 0;
    for (text_slice rest = text_slice_of(text, good ? strlen(text) : 0); good && rest.size > 0;
         count++) {
        double value = 0.0;
        text_slice one = list_next(&rest, ';');
        good = text_to_f64(one, '.', &value) && in_bounds(q, value);
    }
    if (!good || count > LIST_MAX)
        REFUSE(j, M_JUDGE_LIST, j->id, q->id, is_empty(text) ? "" : text);
}

static void judge_fallback(judgement *j, const bassin_param *q)
{
    switch (q->kind) {
    case BASSIN_PARAM_NUMBER:
    case BASSIN_PARAM_BY_FUNCTION:
        if (!isfinite(q->lowest) || !isfinite(q->highest) || q->lowest > q->highest ||
            !in_bounds(q, q->fallback))
            REFUSE(j, M_JUDGE_RANGE, j->id, q->id, q->lowest, q->highest, q->fallback);
        break;
    case BASSIN_PARAM_LIST:
        judge_fallback_list(j, q);
        break;
    case BASSIN_PARAM_CHOICE:
        if (is_empty(q->choices) || is_empty(q->fallback_text) ||
            choice_index(q->choices, q->fallback_text) == NO_INDEX)
            REFUSE(j, M_JUDGE_CHOICES, j->id, q->id,
                   is_empty(q->fallback_text) ? "" : q->fallback_text,
                   is_empty(q->choices) ? "" : q->choices);
        break;
    case BASSIN_PARAM_TEXT:
        judge_text(j, "fallback_text", q->fallback_text == NULL ? NULL : "-");
        break;
    default:
        REFUSE(j, M_JUDGE_KIND, j->id, q->id, (unsigned)q->kind);
    }
}

static void judge_distribution(judgement *j, const bassin_param *q)
{
    if (q->distribution != NULL && distribution_of(q->distribution) == DISTRIBUTION_UNKNOWN)
        REFUSE(j, M_JUDGE_DISTRIBUTION, j->id, q->id, q->distribution);
    bool sane = isfinite(q->low) && isfinite(q->high) && q->low <= q->high;
    if (sane && q->low < q->high)
        sane = in_bounds(q, q->low) && in_bounds(q, q->high);
    if (!sane)
        REFUSE(j, M_JUDGE_PLAUSIBLE, j->id, q->id, q->low, q->high);
}

/* A text in both languages says the same of where a default comes from. */
static void judge_basis(judgement *j, const bassin_param *q)
{
    if (q->basis_en != NULL &&
        (q->basis == NULL || is_assumption(q->basis) != is_assumption(q->basis_en)))
        REFUSE(j, M_JUDGE_BASIS, j->id, q->id);
}

void judge_param(judgement *j, size_t i)
{
    const bassin_param *q = descriptor_param(j->p, i);
    if (!is_name(q->id, "-_") || strcmp(q->id, "function") == 0) {
        REFUSE(j, M_JUDGE_NAME, j->id, "params", q->id == NULL ? "NULL" : q->id, '-');
        return;
    }
    if (descriptor_find_param(j->p, q->id) != i)
        REFUSE(j, M_JUDGE_TWICE, j->id, "params", q->id);
    judge_text(j, "param.title_fr", q->title_fr);
    judge_text(j, "param.title_en", q->title_en);
    judge_optional_text(j, "param.basis", q->basis);
    judge_optional_text(j, "param.basis_en", q->basis_en);
    judge_basis(j, q);
    judge_unit(j, "params", q->id, q->unit);
    judge_fallback(j, q);
    judge_distribution(j, q);
}
