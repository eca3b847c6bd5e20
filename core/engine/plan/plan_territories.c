/* The rows of the table `territories`: level by level, groups by code, kept places only. */
#include <math.h>
#include <string.h>

#include "base/blocks.h"
#include "engine/plan/plan_model.h"

enum {
    T_LEVEL,
    T_CODE,
    T_NAME,
    T_POPULATION,
    T_PLACES,
    T_OUTSIDE,
    T_CELLS,
    T_CELL_POPULATION,
    T_IMPUTED,
    T_COUNT
};

/* The last columns are there where places are cells. */
static status add_columns(table_builder *b, bool cells, error *err)
{
    static const column_spec specs[T_COUNT] = {
        {"level", "Maille", "Level", "", COLUMN_TEXT, -1},
        {"code", "Code", "Code", "", COLUMN_TEXT, -1},
        {"name", "Nom", "Name", "", COLUMN_TEXT, -1},
        {"population", "Population municipale", "Legal population", "{person}", COLUMN_F64, 0},
        {"places", "Nombre de communes", "Number of communes", "1", COLUMN_U32, -1},
        {"places_outside", "Communes du territoire hors du périmètre",
         "Communes of the territory outside the perimeter", "1", COLUMN_U32, -1},
        {"cells", "Nombre de carreaux", "Number of cells", "1", COLUMN_U32, -1},
        {"cells_population", "Population des carreaux", "Population of the cells", "{person}",
         COLUMN_F64, 1},
        {"imputed_share", "Part de la population des carreaux imputée par l’Insee",
         "Share of the population of the cells imputed by INSEE", "%", COLUMN_F64, 2},
    };
    const size_t count = cells ? T_COUNT : T_CELLS;
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < count; i++) {
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

/* The kept cells of one group: how many, their inhabitants, and the share imputed. `work` holds
 * twice as many values as there are cells. */
static void fill_cells(table_builder *b, const territory *cells, const grouping *g, size_t group,
                       size_t row, double *work)
{
    size_t known = 0, imputed = 0;
    uint32_t count = 0;
    double *of_imputed = work + cells->place_count;
    for (size_t p = 0; p < cells->place_count; p++) {
        if (!cells->kept[p] || g->of_place[p] != group)
            continue;
        count++;
        if (!isfinite(cells->population[p]))
            continue;
        work[known++] = cells->population[p];
        if (cells->imputed[p])
            of_imputed[imputed++] = cells->population[p];
    }
    table_builder_u32(b, T_CELLS, row, count);
    if (known == 0)
        return;
    const double persons = blocks_sum(work, known);
    table_builder_f64(b, T_CELL_POPULATION, row, persons);
    if (persons > 0)
        table_builder_f64(b, T_IMPUTED, row, 100.0 * blocks_sum(of_imputed, imputed) / persons);
}

/* `cells`: NULL where places are communes; its groups are the same. */
static status add_level(table_builder *b, const territory *t, const territory *cells, size_t level,
                        double *work, error *err)
{
    const grouping *g = &t->groupings[level];
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
        if (s == STATUS_OK && cells != NULL)
            fill_cells(b, cells, &cells->groupings[level], i, first + i, work);
    }
    return s;
}

/* The groups as the ABI shows them, in the order of the rows. */
static status add_groups(plan *p, plan_ground *ground, error *err)
{
    const territory *t = ground->territory;
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
    ground->groups = (bassin_groups){
        .levels = {.items = levels, .count = (uint32_t)t->grouping_count, .stride = sizeof *levels},
        .rows = row};
    return STATUS_OK;
}

status plan_territories(plan *p, error *err)
{
    const territory *t = plan_communes(p)->territory;
    const territory *cells = p->ground_count > 1 ? p->ground[0].territory : NULL;
    const size_t most = t->place_count + (cells != NULL ? cells->place_count : 0);
    table_builder *b = NULL;
    double *work = memory_new(most, 2 * sizeof *work);
    status s = work != NULL ? table_builder_new(&b, "territories", err)
                            : memory_error(err, most * 2 * sizeof *work);
    if (s == STATUS_OK)
        s = add_columns(b, cells != NULL, err);
    for (size_t i = 0; s == STATUS_OK && i < t->grouping_count; i++)
        s = add_level(b, t, cells, i, work, err);
    if (s == STATUS_OK)
        s = table_build(b, &p->territories, err);
    for (size_t i = 0; s == STATUS_OK && i < p->ground_count; i++)
        s = add_groups(p, &p->ground[i], err);
    table_builder_free(b);
    memory_free(work);
    return s;
}
