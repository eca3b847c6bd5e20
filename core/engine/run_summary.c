#include "base/units.h"

#include "engine/run_steps.h"

enum { SUMMARY_LINES = 12, LABEL_DEFAULT_DECIMALS = 2 };

/* A text column's value, NULL when there is none. */
static const char *text_of(const table *t, const char *name, size_t row)
{
    const column *c = table_find(t, name);
    const char *text = c != NULL && c->type == COLUMN_TEXT ? column_text(c, row) : "";
    return text[0] != '\0' ? text : NULL;
}

static void add_total(const table *t, size_t row, language lang, text_buffer *out)
{
    char number[64];
    const column *value = table_find(t, "value");
    if (value == NULL || value->type != COLUMN_F64 || column_state(value, row) != VALUE_PRESENT) {
        return;
    }
    const char *title = text_of(t, tr(lang, "title", "title_en"), row);
    const char *code = text_of(t, "unit", row), *name = text_of(t, "name", row);
    const unit *u = code != NULL ? unit_find(code) : NULL;
    double amount = value->at.f64[row];
    int decimals = amount == (double)(int64_t)amount && amount < 1e15 && amount > -1e15
                       ? 0
                       : LABEL_DEFAULT_DECIMALS;
    (void)text_number(amount, decimals, lang, number, sizeof number);
    text_add_format(out, "  %s%s%s %s\n", title != NULL ? title : name != NULL ? name : "",
                    tr(lang, " : ", ": "), number, u != NULL ? tr(lang, u->label_fr, u->label_en) : "");
}

void run_summarise(const results *r, run_summary *summary)
{
    const result_table *totals = results_find(r, "totals");
    summary->published = true;
    for (size_t row = 0; totals != NULL && row < totals->rows->rows && row < SUMMARY_LINES; row++) {
        add_total(totals->rows, row, summary->language, &summary->lines);
    }
}
