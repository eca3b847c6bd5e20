/* Sets of places and the union of their outlines.
 *
 * Sets may overlap (catchments of neighbouring venues), and a dissolve takes groups that do not:
 * sets are packed into batches, first fit in row order, so that each batch is dissolved at once. */
#include <string.h>

#include "engine/results_model.h"

/* One set a row, margin places left out. */
static status fill_sets(build *b, const made_table *t, uint64_t **start_out, uint32_t **place_out,
                        error *err)
{
    const place_set **of_row = memory_new(t->rows, sizeof *of_row);
    uint64_t *start = arena_take(b->memory, t->rows + 1, sizeof *start);
    uint32_t *place = NULL;
    size_t most = 0;
    status s =
        of_row != NULL && start != NULL ? STATUS_OK : memory_error(err, t->rows * sizeof *start);
    for (size_t i = 0; s == STATUS_OK && i < t->set_count; i++)
        of_row[t->sets[i].row] = &t->sets[i];
    for (size_t r = 0; s == STATUS_OK && r < t->rows; r++)
        most += of_row[r] != NULL ? of_row[r]->count : 0;
    if (s == STATUS_OK && (place = arena_take(b->memory, most, sizeof *place)) == NULL)
        s = memory_error(err, most * sizeof *place);
    size_t used = 0;
    for (size_t r = 0; s == STATUS_OK && r < t->rows; r++) {
        start[r] = used;
        for (size_t i = 0; of_row[r] != NULL && i < of_row[r]->count; i++) {
            uint32_t row = b->row_of_place[of_row[r]->places[i]];
            if (row != PLACE_NONE)
                place[used++] = row;
        }
    }
    if (s == STATUS_OK)
        start[t->rows] = used;
    memory_free(of_row);
    *start_out = start;
    *place_out = place;
    return s;
}

/* Sets that share no place go into one batch.
 */
typedef struct batches {
    size_t places, count, capacity;
    uint32_t **group_of_place; /* a batch: local group of each place, UINT32_MAX none */
    size_t *group_count;
    size_t *batch_of_set, *group_of_set;
} batches;

static bool fits(const uint32_t *group_of_place, const uint32_t *place, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (group_of_place[place[i]] != UINT32_MAX)
            return false;
    }
    return true;
}

static status batch_add(batches *x, error *err)
{
    if (x->count == x->capacity) {
        size_t wanted = x->capacity == 0 ? 8 : 2 * x->capacity;
        uint32_t **groups = memory_resize(x->group_of_place, wanted, sizeof *groups);
        if (groups != NULL)
            x->group_of_place = groups;
        size_t *counts = memory_resize(x->group_count, wanted, sizeof *counts);
        if (counts != NULL)
            x->group_count = counts;
        if (groups == NULL || counts == NULL)
            return memory_error(err, wanted * sizeof *groups);
        x->capacity = wanted;
    }
    uint32_t *group = memory_new(x->places, sizeof *group);
    if (group == NULL)
        return memory_error(err, x->places * sizeof *group);
    memset(group, 0xFF, x->places * sizeof *group);
    x->group_of_place[x->count] = group;
    x->group_count[x->count++] = 0;
    return STATUS_OK;
}

static status pack(batches *x, const uint64_t *start, const uint32_t *place, size_t sets,
                   error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sets; i++) {
        const uint32_t *set = place + start[i];
        size_t size = (size_t)(start[i + 1] - start[i]), k = 0;
        while (k < x->count && !fits(x->group_of_place[k], set, size))
            k++;
        if (k == x->count)
            s = batch_add(x, err);
        if (s != STATUS_OK)
            return s;
        uint32_t group = (uint32_t)x->group_count[k]++;
        x->batch_of_set[i] = k;
        x->group_of_set[i] = group;
        for (size_t m = 0; m < size; m++)
            x->group_of_place[k][set[m]] = group;
    }
    return s;
}

/* Appends one row of outlines to a builder. */
static status append_row(polygons_builder *to, const polygons *from, size_t row, error *err)
{
    status s = polygons_builder_row(to, err);
    for (uint64_t p = from->part_start[row]; s == STATUS_OK && p < from->part_start[row + 1]; p++) {
        s = polygons_builder_part(to, err);
        for (uint64_t k = from->ring_start[p]; s == STATUS_OK && k < from->ring_start[p + 1]; k++) {
            s = polygons_builder_ring(to, err);
            for (uint64_t i = from->point_start[k]; s == STATUS_OK && i < from->point_start[k + 1];
                 i++)
                s = polygons_builder_point(to, from->x[i], from->y[i], err);
        }
    }
    return s;
}

static status gather(const batches *x, polygons *const *dissolved, size_t sets, polygons **out,
                     error *err)
{
    polygons_builder *to = NULL;
    status s = polygons_builder_new(&to, err);
    for (size_t i = 0; s == STATUS_OK && i < sets; i++)
        s = append_row(to, dissolved[x->batch_of_set[i]], x->group_of_set[i], err);
    if (s == STATUS_OK)
        s = polygons_build(to, out, err);
    polygons_builder_free(to);
    return s;
}

static status dissolve(const batches *x, const topology *borders, size_t sets, polygons **out,
                       error *err)
{
    polygons **dissolved = memory_new(x->count, sizeof *dissolved);
    status s = dissolved != NULL ? STATUS_OK : memory_error(err, x->count * sizeof *dissolved);
    for (size_t k = 0; s == STATUS_OK && k < x->count; k++)
        s = topology_dissolve(borders, x->group_of_place[k], x->group_count[k], &dissolved[k], err);
    if (s == STATUS_OK)
        s = gather(x, dissolved, sets, out, err);
    for (size_t k = 0; dissolved != NULL && k < x->count; k++)
        polygons_free(dissolved[k]);
    memory_free(dissolved);
    return s;
}

status results_sets(build *b, const made_table *t, result_table *shape, error *err)
{
    uint64_t *start = NULL;
    uint32_t *place = NULL;
    polygons *outlines = NULL;
    status s = fill_sets(b, t, &start, &place, err);
    shape->set_start = start;
    shape->set_place = place;
    if (s != STATUS_OK || b->r->borders == NULL || t->rows == 0)
        return s;
    batches x = {.places = b->place_count,
                 .batch_of_set = memory_new(t->rows, sizeof(size_t)),
                 .group_of_set = memory_new(t->rows, sizeof(size_t))};
    s = x.batch_of_set != NULL && x.group_of_set != NULL
            ? pack(&x, start, place, t->rows, err)
            : memory_error(err, t->rows * sizeof(size_t));
    if (s == STATUS_OK)
        s = dissolve(&x, b->r->borders, t->rows, &outlines, err);
    if (s == STATUS_OK)
        s = results_own_shape(b, outlines, err);
    shape->set_outlines = s == STATUS_OK ? outlines : NULL;
    for (size_t k = 0; k < x.count; k++)
        memory_free(x.group_of_place[k]);
    memory_free(x.group_of_place);
    memory_free(x.group_count);
    memory_free(x.batch_of_set);
    memory_free(x.group_of_set);
    return s;
}
