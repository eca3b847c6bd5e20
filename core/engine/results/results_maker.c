/* Tables of the results, built column by column. */
#include <assert.h>
#include <string.h>

#include "engine/plan_messages.h"
#include "engine/results/results_model.h"

const char *base_name_of(const char *path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    return slash != NULL ? slash + 1 : path != NULL ? path : "";
}

status maker_begin(maker *m, build *b, const char *name, error *err)
{
    *m = (maker){.b = b};
    return table_builder_new(&m->builder, name, err);
}

void maker_end(maker *m)
{
    table_builder_free(m->builder);
    memory_free(m->columns);
    *m = (maker){.b = NULL};
}

status maker_column(maker *m, const column_spec *spec, const result_column *from, size_t *index,
                    error *err)
{
    static const result_column plain = {.plugin = "", .output = "", .mode = ""};
    if (m->count == m->capacity) {
        size_t wanted = m->capacity == 0 ? 32 : 2 * m->capacity;
        result_column *grown = memory_resize(m->columns, wanted, sizeof *grown);
        if (grown == NULL)
            return memory_error(err, wanted * sizeof *grown);
        m->columns = grown;
        m->capacity = wanted;
    }
    size_t made = 0;
    status s = table_builder_column(m->builder, spec, &made, err);
    if (s == STATUS_OK)
        m->columns[m->count++] = from != NULL ? *from : plain;
    if (index != NULL)
        *index = made;
    return s;
}

status maker_rows(maker *m, size_t rows, error *err)
{
    size_t first;
    m->rows += rows;
    return table_builder_rows(m->builder, rows, &first, err);
}

status maker_text(maker *m, size_t column_index, size_t row, const char *text, error *err)
{
    if (text == NULL)
        return STATUS_OK; /* missing */
    return table_builder_text(m->builder, column_index, row, text_slice_of(text, strlen(text)),
                              err);
}

static status copy_value(maker *m, size_t c, const value_source *from, size_t row, size_t to,
                         error *err)
{
    const uint32_t *index = from->values;
    switch (from->type) {
    case COLUMN_F64:
        table_builder_f64(m->builder, c, to, ((const double *)from->values)[row]);
        return STATUS_OK;
    case COLUMN_I64:
        table_builder_i64(m->builder, c, to, ((const int64_t *)from->values)[row]);
        return STATUS_OK;
    case COLUMN_U32:
        table_builder_u32(m->builder, c, to, index[row]);
        return STATUS_OK;
    case COLUMN_TEXT:
        break;
    }
    return maker_text(m, c, to, words_at(from->words, index[row]), err);
}

status maker_copy(maker *m, size_t column_index, const value_source *from, const size_t *rows,
                  error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < m->rows; i++) {
        size_t row = rows != NULL ? rows[i] : i;
        if (from->state != NULL && from->state[row] != VALUE_PRESENT)
            table_builder_state(m->builder, column_index, i, (value_state)from->state[row]);
        else
            s = copy_value(m, column_index, from, row, i, err);
    }
    return s;
}

value_source source_of_column(const column *c)
{
    return (value_source){
        .type = c->type, .values = c->at.f64, .state = c->state, .words = &c->words};
}

value_source source_of_made(const made_output *o, const made_column *c)
{
    return (value_source){.type = (column_type)o->is->type,
                          .values = c->values,
                          .state = c->state,
                          .words = &c->words};
}

status results_list(build *b, table *rows, const result_table *shape, error *err)
{
    results_owned *r = b->r;
    if (r->table_count == r->table_capacity) {
        size_t wanted = r->table_capacity == 0 ? 32 : 2 * r->table_capacity;
        result_table *tables = memory_resize(r->tables, wanted, sizeof *tables);
        if (tables != NULL)
            r->tables = tables;
        table **owned = memory_resize(r->rows, wanted, sizeof *owned);
        if (owned != NULL)
            r->rows = owned;
        if (tables == NULL || owned == NULL) {
            table_free(rows);
            return memory_error(err, wanted * sizeof *tables);
        }
        r->table_capacity = wanted;
    }
    result_table listed = *shape;
    listed.name = rows->name;
    listed.rows = rows;
    listed.title_fr = arena_text(b->memory, shape->title_fr);
    listed.title_en = arena_text(b->memory, shape->title_en);
    listed.sheet_fr = arena_text(b->memory, shape->sheet_fr);
    listed.sheet_en = arena_text(b->memory, shape->sheet_en);
    r->rows[r->table_count] = rows;
    r->tables[r->table_count++] = listed;
    bool lost = listed.title_fr == NULL || listed.title_en == NULL ||
                (shape->sheet_fr != NULL && listed.sheet_fr == NULL) ||
                (shape->sheet_en != NULL && listed.sheet_en == NULL);
    return lost ? memory_error(err, 256) : STATUS_OK;
}

void results_own_table(build *b, table *rows)
{
    results_owned *r = b->r;
    assert(r->apart_count < sizeof r->apart / sizeof *r->apart);
    r->apart[r->apart_count++] = rows;
}

status results_own_shape(build *b, polygons *shape, error *err)
{
    results_owned *r = b->r;
    if (r->shape_count == r->shape_capacity) {
        size_t wanted = r->shape_capacity == 0 ? 8 : 2 * r->shape_capacity;
        polygons **grown = memory_resize(r->shapes, wanted, sizeof *grown);
        if (grown == NULL) {
            polygons_free(shape);
            return memory_error(err, wanted * sizeof *grown);
        }
        r->shapes = grown;
        r->shape_capacity = wanted;
    }
    r->shapes[r->shape_count++] = shape;
    return STATUS_OK;
}

status maker_finish(maker *m, const result_table *shape, error *err)
{
    table *rows = NULL;
    status s = table_build(m->builder, &rows, err);
    if (s != STATUS_OK)
        return s;
    result_column *columns = arena_take(m->b->memory, m->count, sizeof *columns);
    if (columns == NULL) {
        table_free(rows);
        return memory_error(err, m->count * sizeof *columns);
    }
    if (m->count > 0)
        memcpy(columns, m->columns, m->count * sizeof *columns);
    result_table with = *shape;
    with.columns = columns;
    return results_list(m->b, rows, &with, err);
}

/* Texts of a plugin die with its library: the results keep copies. */
static const char *kept_text(build *b, const char *text, bool *failed)
{
    char *copy = arena_text(b->memory, text);
    *failed = *failed || (text != NULL && copy == NULL);
    return copy;
}

static const result_map *kept_map(build *b, const result_map *map, bool *failed)
{
    if (map == NULL)
        return NULL;
    result_map *copy = arena_take(b->memory, 1, sizeof *copy);
    double *breaks = arena_take(b->memory, map->break_count, sizeof *breaks);
    if (copy == NULL || breaks == NULL) {
        *failed = true;
        return NULL;
    }
    *copy = *map;
    copy->sheet = kept_text(b, map->sheet, failed);
    copy->title_fr = kept_text(b, map->title_fr, failed);
    copy->title_en = kept_text(b, map->title_en, failed);
    copy->labels_fr = kept_text(b, map->labels_fr, failed);
    copy->labels_en = kept_text(b, map->labels_en, failed);
    if (map->breaks != NULL) {
        memcpy(breaks, map->breaks, map->break_count * sizeof *breaks);
        copy->breaks = breaks;
    }
    return copy;
}

status result_column_of(build *b, size_t plugin, size_t job, const made_output *o, size_t member,
                        result_column *out, error *err)
{
    const plan_plugin *from = &b->p->plugins[plugin];
    const made_column *c = &o->columns[member];
    bool failed = false;
    *out = (result_column){.plugin = kept_text(b, from->is->id, &failed),
                           .output = kept_text(b, o->is->id, &failed),
                           .member = (uint32_t)member,
                           .mode = kept_text(b, from->jobs[job].suffix, &failed),
                           .map = kept_map(b, c->map, &failed),
                           .sheet_fr = kept_text(b, o->is->sheet_fr, &failed),
                           .sheet_en = kept_text(b, o->is->sheet_en, &failed),
                           .reading_fr = kept_text(b, c->reading_fr, &failed),
                           .reading_en = kept_text(b, c->reading_en, &failed),
                           .estimate = b->estimate[plugin][job]};
    return failed ? memory_error(err, 512) : STATUS_OK;
}
