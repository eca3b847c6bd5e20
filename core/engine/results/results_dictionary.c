/* The dictionary: every column of every table, what it means and which method made it. */
#include <string.h>

#include "engine/results/results_model.h"

enum {
    D_TABLE,
    D_COLUMN,
    D_TITLE_FR,
    D_TITLE_EN,
    D_UNIT,
    D_TYPE,
    D_PLUGIN,
    D_AGGREGATE,
    D_METHOD,
    D_DECIMALS,
    D_COUNT
};

static const column_spec dictionary_columns[D_COUNT] = {
    {"table", "Table", "Table", "", COLUMN_TEXT, -1},
    {"column", "Colonne", "Column", "", COLUMN_TEXT, -1},
    {"title_fr", "Intitulé", "Title in French", "", COLUMN_TEXT, -1},
    {"title_en", "Intitulé en anglais", "Title", "", COLUMN_TEXT, -1},
    {"unit", "Unité", "Unit", "", COLUMN_TEXT, -1},
    {"type", "Nature", "Type", "", COLUMN_TEXT, -1},
    {"plugin", "Indicateur", "Indicator", "", COLUMN_TEXT, -1},
    {"aggregate", "Agrégation vers les territoires", "Aggregation to territories", "", COLUMN_TEXT,
     -1},
    {"method", "Méthode", "Method", "", COLUMN_TEXT, -1},
    {"decimals", "Décimales", "Decimals", "1", COLUMN_I64, -1},
};

static const char *type_word(column_type type)
{
    static const char *const words_of_type[] = {[COLUMN_F64] = "number",
                                                [COLUMN_I64] = "integer",
                                                [COLUMN_U32] = "integer",
                                                [COLUMN_TEXT] = "text"};
    return words_of_type[type];
}

static const plan_plugin *plugin_named(const plan *p, const char *id)
{
    for (size_t k = 0; k < p->plugin_count; k++) {
        if (strcmp(p->plugins[k].is->id, id) == 0)
            return &p->plugins[k];
    }
    return NULL;
}

static const char *aggregate_word(const plan_plugin *plugin, const char *output_id)
{
    for (size_t i = 0; i < plugin->is->outputs.count; i++) {
        const bassin_output *o = descriptor_output(plugin->is, i);
        if (strcmp(o->id, output_id) != 0)
            continue;
        if (o->aggregate == BASSIN_AGGREGATE_SUM)
            return "sum";
        return o->aggregate == BASSIN_AGGREGATE_MEAN ? "mean" : "";
    }
    return "";
}

/* As the CSV shows it. */
static const table *fullest(const result_table *t)
{
    return t->with_lines != NULL ? t->with_lines : t->rows;
}

static status dictionary_row(maker *m, size_t row, const result_table *t, size_t c, error *err)
{
    static const result_column plain = {.plugin = "", .output = ""};
    const column *k = &fullest(t)->columns[c];
    const result_column *from = t->with_lines != NULL ? &plain : &t->columns[c];
    const plan_plugin *plugin = plugin_named(m->b->p, from->plugin);
    language lang = m->b->d->scenario->language;
    const char *const values[] = {
        t->name,
        k->name,
        k->title_fr,
        k->title_en,
        k->unit,
        type_word(k->type),
        from->plugin,
        plugin != NULL ? aggregate_word(plugin, from->output) : "",
        plugin != NULL ? tr(lang, plugin->is->method_fr, plugin->is->method_en) : "",
    };
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sizeof values / sizeof *values; i++)
        s = maker_text(m, i, row, values[i], err);
    table_builder_i64(m->builder, D_DECIMALS, row, k->decimals);
    return s;
}

status results_dictionary(build *b, error *err)
{
    static const result_table shape = {.title_fr = "Dictionnaire",
                                       .title_en = "Dictionary",
                                       .sheet_fr = "Dictionnaire",
                                       .sheet_en = "Dictionary"};
    const results_owned *r = b->r;
    size_t rows = 0, row = 0;
    maker m;
    for (size_t t = 0; t < r->table_count; t++)
        rows += fullest(&r->tables[t])->column_count;
    status s = maker_begin(&m, b, "dictionary", err);
    for (size_t i = 0; s == STATUS_OK && i < D_COUNT; i++)
        s = maker_column(&m, &dictionary_columns[i], NULL, NULL, err);
    if (s == STATUS_OK)
        s = maker_rows(&m, rows, err);
    for (size_t t = 0; t < r->table_count; t++) {
        for (size_t c = 0; s == STATUS_OK && c < fullest(&r->tables[t])->column_count; c++)
            s = dictionary_row(&m, row++, &r->tables[t], c, err);
    }
    if (s == STATUS_OK)
        s = maker_finish(&m, &shape, err);
    maker_end(&m);
    return s;
}
