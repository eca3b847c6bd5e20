/* The tables about the run itself: totals, parameters, balance, rejects, warnings. */
#include <math.h>
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/job/job_params.h"
#include "engine/plugin/plugin_values.h"
#include "engine/results/results_model.h"

static status columns_of(maker *m, const column_spec *specs, size_t count, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < count; i++)
        s = maker_column(m, &specs[i], NULL, NULL, err);
    return s;
}

static status begin(maker *m, build *b, const char *name, const column_spec *specs, size_t count,
                    error *err)
{
    status s = maker_begin(m, b, name, err);
    return s == STATUS_OK ? columns_of(m, specs, count, err) : s;
}

static status texts(maker *m, size_t row, const char *const *values, size_t count, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < count; i++)
        s = maker_text(m, i, row, values[i], err);
    return s;
}

/* --- totals --- */

enum {
    T_INDICATOR,
    T_NAME,
    T_UNIT,
    T_TITLE_FR,
    T_TITLE_EN,
    T_VALUE,
    T_LOW,
    T_HIGH,
    T_DECIMALS,
    T_COUNT
};
/* The order of the columns in the table; T_... above are the texts first. */
static const column_spec total_columns[] = {
    {"indicator", "Indicateur", "Indicator", "", COLUMN_TEXT, -1},
    {"name", "Nom", "Name", "", COLUMN_TEXT, -1},
    {"value", "Valeur", "Value", "1", COLUMN_F64, -1},
    {"low", "Borne basse", "Low", "1", COLUMN_F64, -1},
    {"high", "Borne haute", "High", "1", COLUMN_F64, -1},
    {"unit", "Unité", "Unit", "", COLUMN_TEXT, -1},
    {"title_fr", "Intitulé", "Title in French", "", COLUMN_TEXT, -1},
    {"title_en", "Intitulé en anglais", "Title", "", COLUMN_TEXT, -1},
    {"decimals", "Décimales", "Decimals", "1", COLUMN_I64, -1},
};
static const size_t total_at[T_COUNT] = {0, 1, 5, 6, 7, 2, 3, 4, 8};

static status total_row(maker *m, size_t row, const char *indicator_id, const made_total *t,
                        error *err)
{
    const char *const values[] = {indicator_id, t->name, t->unit, t->title_fr, t->title_en};
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sizeof values / sizeof *values; i++)
        s = maker_text(m, total_at[i], row, values[i], err);
    if (t->state == VALUE_PRESENT)
        table_builder_f64(m->builder, total_at[T_VALUE], row, t->value);
    else
        table_builder_state(m->builder, total_at[T_VALUE], row, t->state);
    bool interval = t->state == VALUE_PRESENT && !isnan(t->low) && !isnan(t->high);
    if (interval) {
        table_builder_f64(m->builder, total_at[T_LOW], row, t->low);
        table_builder_f64(m->builder, total_at[T_HIGH], row, t->high);
    }
    table_builder_i64(m->builder, total_at[T_DECIMALS], row, t->decimals);
    return s;
}

static size_t total_count(const plan *p)
{
    size_t count = 0;
    for (size_t k = 0; k < p->plugin_count; k++) {
        for (size_t j = 0; j < p->plugins[k].job_count; j++)
            count += job_counts(&p->plugins[k].jobs[j]) ? p->plugins[k].jobs[j].total_count : 0;
    }
    return count;
}

static status total_rows(maker *m, const plan *p, error *err)
{
    status s = STATUS_OK;
    size_t row = 0;
    for (size_t k = 0; k < p->plugin_count; k++) {
        for (size_t j = 0; j < p->plugins[k].job_count; j++) {
            const plugin_job *job = &p->plugins[k].jobs[j];
            for (size_t i = 0; job_counts(job) && s == STATUS_OK && i < job->total_count; i++)
                s = total_row(m, row++, p->plugins[k].is->id, &job->totals[i], err);
        }
    }
    return s;
}

status results_totals(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Chiffres clés",
                                       .title_en = "Key figures",
                                       .sheet_fr = "Synthèse",
                                       .sheet_en = "Summary"};
    maker m;
    status s =
        begin(&m, b, "totals", total_columns, sizeof total_columns / sizeof *total_columns, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, total_count(b->p), err);
    if (s == STATUS_OK)
        s = total_rows(&m, b->p, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}

/* --- parameters --- */

enum { DUPLICATE_PARAMETERS = 2 };

enum {
    P_PLUGIN,
    P_PARAMETER,
    P_TITLE,
    P_VALUE,
    P_UNIT,
    P_BASIS,
    P_LOW,
    P_HIGH,
    P_ASSUMED,
    P_COUNT
};
static const column_spec parameter_columns[P_COUNT] = {
    {"plugin", "Indicateur", "Indicator", "", COLUMN_TEXT, -1},
    {"parameter", "Paramètre", "Parameter", "", COLUMN_TEXT, -1},
    {"title", "Intitulé", "Title", "", COLUMN_TEXT, -1},
    {"value", "Valeur", "Value", "", COLUMN_TEXT, -1},
    {"unit", "Unité", "Unit", "", COLUMN_TEXT, -1},
    {"basis", "Origine", "Basis", "", COLUMN_TEXT, -1},
    {"low", "Borne basse", "Low", "1", COLUMN_F64, -1},
    {"high", "Borne haute", "High", "1", COLUMN_F64, -1},
    {"assumed", "Hypothèse sans source (1)", "Assumption without a source (1)", "1", COLUMN_U32,
     -1},
};

/* Where the value comes from: what the plugin says of its default, else the run. */
static const char *basis_of(const plugin_param *q, language lang)
{
    const bassin_param *is = q->is;
    const char *basis = lang == LANGUAGE_EN && is->basis_en != NULL ? is->basis_en : is->basis;
    if (q->said)
        return tr(lang, M_PARAMETER_SAID);
    return basis != NULL ? basis : "";
}

static status parameter_row(maker *m, size_t row, const plan_plugin *plugin, const plugin_param *q,
                            error *err)
{
    const char *basis = basis_of(q, m->b->d->scenario->language);
    const char *value = param_text(q, m->b->memory);
    if (value == NULL)
        return memory_error(err, 256);
    const char *const values[] = {plugin->is->id,
                                  q->is->id,
                                  tr(m->b->d->scenario->language, q->is->title_fr, q->is->title_en),
                                  value,
                                  q->is->unit,
                                  basis};
    status s = texts(m, row, values, sizeof values / sizeof *values, err);
    if (q->low < q->high) {
        table_builder_f64(m->builder, P_LOW, row, q->low);
        table_builder_f64(m->builder, P_HIGH, row, q->high);
    }
    table_builder_u32(m->builder, P_ASSUMED, row, is_assumption(basis));
    return s;
}

/* Of the run itself: how venues of several lists are told to be the same. */
typedef struct run_parameter {
    const char *name, *fr, *en, *unit;
    double value, usual, low, high;
} run_parameter;

static status run_parameter_row(maker *m, size_t row, const run_parameter *q, error *err)
{
    char value[32];
    (void)text_from_f64(q->value, value, sizeof value);
    const char *const values[] = {
        "duplicates", q->name, tr(m->b->d->scenario->language, q->fr, q->en),
        value,        q->unit, "assumed"};
    status s = texts(m, row, values, sizeof values / sizeof *values, err);
    table_builder_f64(m->builder, P_LOW, row, q->low);
    table_builder_f64(m->builder, P_HIGH, row, q->high);
    table_builder_u32(m->builder, P_ASSUMED, row, fabs(q->value - q->usual) < 1e-9);
    return s;
}

static status duplicate_parameters(maker *m, size_t row, error *err)
{
    const scenario *s = m->b->d->scenario;
    const run_parameter all[] = {{"distance", M_PARAMETER_DUPLICATE_DISTANCE, "m",
                                  s->duplicates.distance_km * 1000, DUPLICATE_DISTANCE_KM * 1000,
                                  50, 500},
                                 {"likeness", M_PARAMETER_DUPLICATE_LIKENESS, "1",
                                  s->duplicates.likeness, DUPLICATE_LIKENESS, 0.4, 0.9}};
    status result = STATUS_OK;
    for (size_t i = 0; result == STATUS_OK && i < DUPLICATE_PARAMETERS; i++)
        result = run_parameter_row(m, row + i, &all[i], err);
    return result;
}

status results_parameters(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Paramètres",
                                       .title_en = "Parameters",
                                       .sheet_fr = "Paramètres",
                                       .sheet_en = "Parameters"};
    const size_t of_run = b->d->scenario->venue_list_count > 1 ? DUPLICATE_PARAMETERS : 0;
    size_t rows = of_run, row = 0;
    maker m;
    for (size_t k = 0; k < b->p->plugin_count; k++)
        rows += b->p->plugins[k].is->params.count;
    status s = begin(&m, b, "parameters", parameter_columns, P_COUNT, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, rows, err);
    for (size_t k = 0; k < b->p->plugin_count; k++) {
        const plan_plugin *plugin = &b->p->plugins[k];
        for (size_t i = 0; s == STATUS_OK && i < plugin->is->params.count; i++)
            s = parameter_row(&m, row++, plugin, &plugin->params[i], err);
    }
    if (s == STATUS_OK && of_run > 0)
        s = duplicate_parameters(&m, row, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}

/* --- balance, rejects, warnings --- */

/* A copy of `from` in the order given: in column `file`, names without folders (no host path leaves
 * the run); without column `line` unless wanted. */
typedef struct listing {
    const table *from;
    const size_t *order; /* NULL: as it is */
    bool lines;
} listing;

static status copy_columns(maker *m, const listing *l, error *err)
{
    status s = STATUS_OK;
    for (size_t c = 0; s == STATUS_OK && c < l->from->column_count; c++) {
        const column *k = &l->from->columns[c];
        const column_spec spec = {k->name, k->title_fr, k->title_en, k->unit, k->type, k->decimals};
        if (l->lines || strcmp(k->name, "line") != 0)
            s = maker_column(m, &spec, NULL, NULL, err);
    }
    return s == STATUS_OK ? maker_rows(m, l->from->rows, err) : s;
}

static status copy_names(maker *m, size_t at, const listing *l, const column *file, error *err)
{
    status s = STATUS_OK;
    for (size_t row = 0; s == STATUS_OK && row < l->from->rows; row++) {
        size_t from = l->order != NULL ? l->order[row] : row;
        s = maker_text(m, at, row, base_name_of(column_text(file, from)), err);
    }
    return s;
}

static status copy_values(maker *m, const listing *l, error *err)
{
    status s = STATUS_OK;
    for (size_t c = 0, at = 0; s == STATUS_OK && c < l->from->column_count; c++) {
        const column *k = &l->from->columns[c];
        value_source source = source_of_column(k);
        if (!l->lines && strcmp(k->name, "line") == 0)
            continue;
        s = k->type == COLUMN_TEXT && strcmp(k->name, "file") == 0
                ? copy_names(m, at, l, k, err)
                : maker_copy(m, at, &source, l->order, err);
        at++;
    }
    return s;
}

static status copy_listing(maker *m, build *b, const listing *l, error *err)
{
    status s = maker_begin(m, b, l->from->name, err);
    if (s == STATUS_OK)
        s = copy_columns(m, l, err);
    return s == STATUS_OK ? copy_values(m, l, err) : s;
}

static status list_table(build *b, const table *from, const result_table *shape, error *err)
{
    const listing l = {.from = from, .lines = true};
    maker m;
    status s = copy_listing(&m, b, &l, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, shape, err);
    maker_end(&m);
    return s;
}

/* A list of rows of input files, in an order that owes nothing to that of the files; its lines
 * apart. */
static status list_rows(build *b, const table *from, const size_t *order, const result_table *shape,
                        error *err)
{
    table *with_lines = NULL;
    maker m;
    status s = copy_listing(&m, b, &(listing){from, order, true}, err);
    if (s == STATUS_OK)
        s = table_build(m.builder, &with_lines, err);
    maker_end(&m);
    if (s != STATUS_OK)
        return s;
    results_own_table(b, with_lines);
    result_table listed = *shape;
    listed.with_lines = with_lines;
    s = copy_listing(&m, b, &(listing){from, order, false}, err);
    if (s == STATUS_OK)
        s = maker_finish(&m, &listed, err);
    maker_end(&m);
    return s;
}

static status list_rejects(build *b, const table *rejects, error *err)
{
    static const result_table shape = {.title_fr = "Lignes rejetées",
                                       .title_en = "Rejected rows",
                                       .sheet_fr = "Qualité",
                                       .sheet_en = "Quality"};
    static const char *const by[] = {"role", "file", "value", "reason", "weight", "line"};
    size_t *order = arena_take(b->memory, rejects->rows, sizeof *order);
    status s = order != NULL ? table_order(rejects, by, sizeof by / sizeof *by, order, err)
                             : memory_error(err, rejects->rows * sizeof *order);
    return s == STATUS_OK ? list_rows(b, rejects, order, &shape, err) : s;
}

status results_balance(build *b, error *err)
{
    static const result_table balance_shape = {.title_fr = "Bilan des lignes lues",
                                               .title_en = "Balance of rows read",
                                               .sheet_fr = "Qualité",
                                               .sheet_en = "Quality"};
    table *balance = NULL, *rejects = NULL;
    if (b->d->balance == NULL)
        return STATUS_OK;
    status s = ledger_tables(b->d->balance, &balance, &rejects, err);
    if (s == STATUS_OK)
        s = list_table(b, balance, &balance_shape, err);
    if (s == STATUS_OK)
        s = list_rejects(b, rejects, err);
    table_free(balance);
    table_free(rejects);
    return s;
}

/* --- a series of census years --- */

status results_series(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Emploi par recensement",
                                       .title_en = "Employment by census",
                                       .sheet_fr = "Domicile-travail",
                                       .sheet_en = "Commuting"};
    return b->d->series != NULL ? list_table(b, b->d->series, &shape, err) : STATUS_OK;
}

/* --- vintages --- */

/* Listed only when a file changed vintage. */
status results_vintages(build *b, error *err)
{
    static const result_table summary_shape = {.title_fr = "Passages de millésime",
                                               .title_en = "Changes of vintage",
                                               .sheet_fr = "Qualité",
                                               .sheet_en = "Quality"};
    static const result_table links_shape = {.title_fr = "Communes passées",
                                             .title_en = "Communes carried",
                                             .sheet_fr = "Qualité",
                                             .sheet_en = "Quality"};
    table *summary = NULL, *links = NULL;
    if (carry_log_count(b->d->vintages) == 0)
        return STATUS_OK;
    status s = carry_log_tables(b->d->vintages, &summary, &links, err);
    if (s == STATUS_OK)
        s = list_table(b, summary, &summary_shape, err);
    if (s == STATUS_OK)
        s = list_table(b, links, &links_shape, err);
    table_free(summary);
    table_free(links);
    return s;
}

/* --- warnings --- */

enum { W_SEVERITY, W_FR, W_EN, W_FILE, W_LINE, W_COUNT };
static const column_spec warning_columns[W_COUNT] = {
    {"severity", "Gravité", "Severity", "", COLUMN_TEXT, -1},
    {"text", "Message", "Message in French", "", COLUMN_TEXT, -1},
    {"text_en", "Message en anglais", "Message", "", COLUMN_TEXT, -1},
    {"file", "Fichier", "File", "", COLUMN_TEXT, -1},
    {"line", "Ligne", "Line", "1", COLUMN_I64, -1},
};

static const char *severity_word(severity s)
{
    static const char *const names[] = {
        [SEVERITY_FAULT] = "fault", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note"};
    return names[s];
}

typedef struct warning {
    const char *severity, *fr, *en, *file;
    uint64_t line;
} warning;

static status warning_row(maker *m, size_t row, const warning *w, error *err)
{
    const char *const values[] = {w->severity, w->fr, w->en, w->file};
    status s = texts(m, row, values, sizeof values / sizeof *values, err);
    if (w->line > 0)
        table_builder_i64(m->builder, W_LINE, row, (int64_t)w->line);
    return s;
}

/* Of one job: its failure, then its lines. */
static status job_warnings(maker *m, const plugin_job *job, error *err)
{
    const char *id = job->is->id;
    status s = STATUS_OK;
    if (job->failed) {
        warning w = {"fault", job->failure.fr, job->failure.en, "", 0};
        s = maker_rows(m, 1, err);
        if (s == STATUS_OK)
            s = warning_row(m, m->rows - 1, &w, err);
    }
    for (size_t i = 0; s == STATUS_OK && i < job->line_count; i++) {
        const char *text = arena_format(m->b->memory, "%s: %s", id, job->lines[i].text);
        warning w = {severity_word(job->lines[i].level == BASSIN_LOG_WARNING ? SEVERITY_WARNING
                                                                             : SEVERITY_NOTE),
                     text, text, "", 0};
        s = text != NULL ? maker_rows(m, 1, err) : memory_error(err, 256);
        if (s == STATUS_OK)
            s = warning_row(m, m->rows - 1, &w, err);
    }
    return s;
}

/* The notes in the order they were told, then what the plugins said. */
static status warning_rows(maker *m, error *err)
{
    const build *b = m->b;
    size_t noted = b->d->notes != NULL ? faults_count(b->d->notes) : 0;
    status s = maker_rows(m, noted, err);
    for (size_t i = 0; s == STATUS_OK && i < noted; i++) {
        const fault *f = faults_at(b->d->notes, i);
        warning w = {severity_word(f->severity), f->fr, f->en, base_name_of(f->file), f->line};
        s = warning_row(m, i, &w, err);
    }
    for (size_t k = 0; !b->p->told_in_notes && k < b->p->plugin_count; k++) {
        for (size_t j = 0; s == STATUS_OK && j < b->p->plugins[k].job_count; j++)
            s = job_warnings(m, &b->p->plugins[k].jobs[j], err);
    }
    return s;
}

/* Faults, warnings, notes; by file and text within each. */
static status warning_order(build *b, const table *told, const size_t **out, error *err)
{
    static const char *const by[] = {"file", "text", "text_en", "line"};
    static const severity ranks[] = {SEVERITY_FAULT, SEVERITY_WARNING, SEVERITY_NOTE};
    size_t *by_text = arena_take(b->memory, told->rows, sizeof *by_text);
    size_t *order = arena_take(b->memory, told->rows, sizeof *order), count = 0;
    if (by_text == NULL || order == NULL)
        return memory_error(err, told->rows * sizeof *order);
    status s = table_order(told, by, sizeof by / sizeof *by, by_text, err);
    for (size_t k = 0; s == STATUS_OK && k < sizeof ranks / sizeof *ranks; k++) {
        for (size_t i = 0; i < told->rows; i++) {
            const char *word = column_text(&told->columns[W_SEVERITY], by_text[i]);
            if (strcmp(word, severity_word(ranks[k])) == 0)
                order[count++] = by_text[i];
        }
    }
    *out = order;
    return s;
}

status results_warnings(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Avertissements",
                                       .title_en = "Warnings",
                                       .sheet_fr = "Qualité",
                                       .sheet_en = "Quality"};
    const size_t *order = NULL;
    table *told = NULL;
    maker m;
    status s = begin(&m, b, "warnings", warning_columns, W_COUNT, err);
    if (s == STATUS_OK)
        s = warning_rows(&m, err);
    if (s == STATUS_OK)
        s = table_build(m.builder, &told, err);
    maker_end(&m);
    if (s == STATUS_OK)
        s = warning_order(b, told, &order, err);
    if (s == STATUS_OK)
        s = list_rows(b, told, order, &shape, err);
    table_free(told);
    return s;
}
