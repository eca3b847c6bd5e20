/* The extension by which a plugin says that a row is what reaches a venue within a limit. */
#include <math.h>
#include <string.h>

#include "engine/job/runner.h"

/* Texts for programmers of plugins: English, as the header. */
#define ARGUMENT(err, ...) bassin_fail((err), BASSIN_E_ARGUMENT, -1, __VA_ARGS__)

static made_table *table_of(plugin_call *c, const char *table_id, size_t row)
{
    const size_t t =
        table_id != NULL ? descriptor_find_table(c->state->job->is, table_id) : NO_INDEX;
    if (!c->once || c->preparing || t == NO_INDEX)
        return NULL;
    made_table *to = &c->state->job->tables[t];
    return to->made && row < to->rows && to->is->geometry == BASSIN_GEOMETRY_PLACE_SET ? to : NULL;
}

static bassin_status reach_within(const bassin_job *job, const char *table_id, size_t row,
                                  const uint32_t *reached, size_t count, double limit_min,
                                  bassin_error *err)
{
    plugin_call *c = job->context;
    made_table *to = table_of(c, table_id, row);
    arena *memory = c->state->job->memory;
    if (to == NULL)
        return ARGUMENT(err, "reach: only in finish, for a row of a declared table of place sets");
    if ((reached == NULL && count > 0) || !isfinite(limit_min) || limit_min < 0)
        return ARGUMENT(err, "reach: NULL venues, or a limit of %g min", limit_min);
    for (size_t i = 0; i < count; i++) {
        if (reached[i] >= job->venue_count)
            return ARGUMENT(err, "reach: venue %u of %zu", (unsigned)reached[i], job->venue_count);
    }
    if (to->reach == NULL)
        to->reach = arena_take(memory, to->rows, sizeof *to->reach);
    uint32_t *copy = arena_take(memory, count, sizeof *copy);
    if (to->reach == NULL || copy == NULL)
        return bassin_fail(err, BASSIN_E_MEMORY, (int64_t)row, "reach: out of memory");
    if (count > 0)
        memcpy(copy, reached, count * sizeof *copy);
    to->reach[row] = (reach_row){.venues = copy, .count = count, .limit_min = limit_min};
    return BASSIN_OK;
}

const bassin_reach plugin_reach = {.size = sizeof(bassin_reach), .within = reach_within};
