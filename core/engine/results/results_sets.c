/* Sets of places and the union of their outlines. Sets may overlap: catchments of neighbouring
 * venues. */
#include "engine/results/results_model.h"

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

status results_sets(build *b, const made_table *t, result_table *shape, error *err)
{
    uint64_t *start = NULL;
    uint32_t *place = NULL;
    polygons *outlines = NULL;
    status s = fill_sets(b, t, &start, &place, err);
    shape->set_start = start;
    shape->set_place = place;
    if (s != STATUS_OK || shape->set_outlines != NULL || b->r->borders == NULL || t->rows == 0)
        return s;
    s = topology_dissolve_sets(b->r->borders, start, place, t->rows, &outlines, err);
    if (s == STATUS_OK)
        s = results_own_shape(b, outlines, err);
    shape->set_outlines = s == STATUS_OK ? outlines : NULL;
    return s;
}
