/* The rows of the table `territories`: level by level, groups by code, kept places only. */
#include <math.h>
#include <string.h>

#include "base/blocks.h"
#include "engine/plan_model.h"

enum { T_LEVEL, T_CODE, T_NAME, T_POPULATION, T_PLACES, T_OUTSIDE, T_COUNT };

static status add_columns(table_builder *b, error *err)
{
    static const column_spec specs[T_COUNT] = {
        {"level", "Maille", "Level", "", COLUMN_TEXT, -1},
        {"code", "Code", "Code", "", COLUMN_TEXT, -1},
        {"name", "Nom", "Name", "", COLUMN_TEXT, -1},
        {"population", "Population municipale", "Legal population", "{person}", COLUMN_F64, 0},
        {"places", "Nombre de communes", "Number of communes", "1", COLUMN_U32, -1},
        {"places_outside", "Communes du territoire hors du périmètre",
         "Communes of the territory outside the perimeter", "1", COLUMN_U32, -1},
    };
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < T_COUNT; i++) {
        size_t index;
        s = table_builder_column(b, &specs[i], &index, err);
    }
    return s;
}

static status set_text(table_builder *b, size_t c, size_t row, const char *text, error *err)
{
    return table_builder_text(b, c, row, text_slice_of(text, strlen(text)), err);
}

/* Population and number of kept places of one group; a group without any known population is
 * missing. `work` holds place_count values. */
static void fill_group(table_builder *b, const territory *t, const grouping *g, size_t group,
                       size_t row, double *work)
{
    size_t known = 0;
    uint32_t places = 0;
    for (size_t p = 0; p < t->place_count; p++) {
        if (!t->kept[p] || g->of_place[p] != group)
            continue;
        places++;
        if (isfinite(t->population[p]))
            work[known++] = t->population[p];
    }
    table_builder_u32(b, T_PLACES, row, places);
    table_builder_u32(b, T_OUTSIDE, row, g->outside != NULL ? g->outside[group] : 0);
    if (known > 0)
        table_builder_f64(b, T_POPULATION, row, blocks_sum(work, known));
}

static status add_level(table_builder *b, const territory *t, const grouping *g, double *work,
                        error *err)
{
    size_t first;
    status s = table_builder_rows(b, g->group_count, &first, err);
    for (size_t i = 0; s == STATUS_OK && i < g->group_count; i++) {
        s = set_text(b, T_LEVEL, first + i, g->level, err);
        if (s == STATUS_OK)
            s = set_text(b, T_CODE, first + i, g->code[i], err);
        if (s == STATUS_OK)
            s = set_text(b, T_NAME, first + i, g->name[i] != NULL ? g->name[i] : g->code[i], err);
        if (s == STATUS_OK)
            fill_group(b, t, g, i, first + i, work);
    }
    return s;
}

/* The groups as the ABI shows them, in the order of the rows. */
static status add_groups(plan *p, error *err)
{
    const territory *t = p->data->territory;
    bassin_level *levels = arena_take(p->memory, t->grouping_count, sizeof *levels);
    if (levels == NULL)
        return memory_error(err, t->grouping_count * sizeof *levels);
    size_t row = 0;
    for (size_t i = 0; i < t->grouping_count; i++) {
        const grouping *g = &t->groupings[i];
        levels[i] = (bassin_level){.size = sizeof levels[i],
                                   .id = g->level,
                                   .first_row = row,
                                   .row_count = g->group_count,
                                   .of_place = g->of_place};
        row += g->group_count;
    }
    p->groups = (bassin_groups){
        .levels = {.items = levels, .count = (uint32_t)t->grouping_count, .stride = sizeof *levels},
        .rows = row};
    return STATUS_OK;
}

status plan_territories(plan *p, error *err)
{
    const territory *t = p->data->territory;
    table_builder *b = NULL;
    double *work = memory_new(t->place_count, sizeof *work);
    status s = work != NULL ? table_builder_new(&b, "territories", err)
                            : memory_error(err, t->place_count * sizeof *work);
    if (s == STATUS_OK)
        s = add_columns(b, err);
    for (size_t i = 0; s == STATUS_OK && i < t->grouping_count; i++)
        s = add_level(b, t, &t->groupings[i], work, err);
    if (s == STATUS_OK)
        s = table_build(b, &p->territories, err);
    if (s == STATUS_OK)
        s = add_groups(p, err);
    table_builder_free(b);
    memory_free(work);
    return s;
}
