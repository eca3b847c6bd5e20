/* Places, venues and territories of a job out of the files of in/. */
#include <math.h>
#include <string.h>

#include "engine/tables/job_tables_opening.h"
#include "engine/plugin/pipe_messages.h"

/* --- places and venues --- */

/* Names every row; a name that is empty or there already is a fault. */
static status index_rows(const tables_opener *o, const table *t, const column *level,
                         const column *code, row_index *out)
{
    error err = {.status = STATUS_OK};
    status worst = STATUS_OK;
    if (interner_new(&out->names, &err) != STATUS_OK)
        return faults_add_error(o->list, SOURCE_NONE, &err);
    for (size_t row = 0; t != NULL && row < t->rows; row++) {
        const char *name = column_text(code, row);
        size_t at = 0;
        if (name[0] == '\0')
            worst = faults_refuse(o->list, table_source(t, row), M_TABLES_NO_KEY, code->name);
        if (row_index_add(out, level != NULL ? column_text(level, row) : NULL, name, &at, &err) !=
            STATUS_OK)
            return faults_add_error(o->list, SOURCE_NONE, &err);
        if (at != row && name[0] != '\0' && worst == STATUS_OK)
            worst = faults_refuse(o->list, table_source(t, row), M_TABLES_TWICE, name,
                                  (size_t)table_source(t, at).line);
    }
    return worst;
}

static const char *const *text_array(const tables_opener *o, const table *t, const column *c,
                                     const column *instead)
{
    const size_t rows = t != NULL ? t->rows : 0;
    const char **texts = opener_room(o, rows, sizeof *texts);
    for (size_t row = 0; texts != NULL && row < rows; row++) {
        const bool there = csv_present(c, row);
        texts[row] = arena_text(o->memory, column_text(there ? c : instead, row));
        if (texts[row] == NULL)
            return NULL;
    }
    return texts;
}

/* NaN where there is none. */
static const double *number_array(const tables_opener *o, const table *t, const char *name)
{
    const size_t rows = t != NULL ? t->rows : 0;
    const column *c = t != NULL ? table_find(t, name) : NULL;
    double *values = opener_room(o, rows, sizeof *values);
    for (size_t row = 0; values != NULL && row < rows; row++)
        values[row] = csv_number(c, row);
    return values;
}

/* A column of 0 and 1; yes where it is not said. */
static const uint8_t *flag_array(const tables_opener *o, const table *t, const char *name)
{
    const size_t rows = t != NULL ? t->rows : 0;
    const column *c = t != NULL ? table_find(t, name) : NULL;
    uint8_t *values = opener_room(o, rows, 1);
    for (size_t row = 0; values != NULL && row < rows; row++) {
        values[row] = 1;
        if (csv_present(c, row) && csv_number(c, row) == 0.0)
            values[row] = 0;
    }
    return values;
}

/* `travel`, else what the point says: nothing is known of a row that has none. */
static status travel_array(const tables_opener *o, const table *t, const double *lon, uint8_t **out)
{
    static const char *const states[] = {"present", "missing", "unreachable"};
    const size_t rows = t != NULL ? t->rows : 0;
    const column *c = t != NULL ? table_find(t, FORM_TRAVEL) : NULL;
    status worst = STATUS_OK;
    uint8_t *state = opener_room(o, rows, 1);
    *out = state;
    for (size_t row = 0; state != NULL && row < rows; row++) {
        size_t k = 0;
        if (!isfinite(lon[row]))
            state[row] = BASSIN_MISSING;
        if (!csv_present(c, row))
            continue;
        while (k < 3 && strcmp(states[k], column_text(c, row)) != 0)
            k++;
        if (k == 3)
            worst =
                faults_refuse(o->list, table_source(t, row), M_TABLES_TRAVEL, column_text(c, row));
        state[row] = (uint8_t)k; /* the numbers of BASSIN_PRESENT, MISSING, UNREACHABLE */
    }
    return state != NULL ? worst : STATUS_ENVIRONMENT;
}

static status fill_places(tables_opener *o, const table *t)
{
    bassin_job *seen = &o->job->seen;
    row_names *n = &o->job->names;
    const column *code = table_find(t, "code");
    status s = index_rows(o, t, NULL, code, &o->places);
    n->places = "places";
    n->place_code = text_array(o, t, code, code);
    n->place_name = text_array(o, t, table_find(t, "name"), code);
    seen->place_count = t->rows;
    seen->place_kept = flag_array(o, t, "kept");
    seen->place_lon = number_array(o, t, "lon");
    seen->place_lat = number_array(o, t, "lat");
    seen->place_x_m = number_array(o, t, "x_m");
    seen->place_y_m = number_array(o, t, "y_m");
    if (n->place_code == NULL || n->place_name == NULL || seen->place_kept == NULL ||
        seen->place_lon == NULL || seen->place_lat == NULL || seen->place_x_m == NULL ||
        seen->place_y_m == NULL)
        return STATUS_ENVIRONMENT;
    status travel = travel_array(o, t, seen->place_lon, &o->place_state);
    return s == STATUS_OK ? travel : s;
}

status open_places(tables_opener *o)
{
    table *t = NULL;
    status s = opener_read(o, &form_places, false, &t);
    if (s == STATUS_OK)
        s = fill_places(o, t);
    if (s == STATUS_OK)
        s = opener_inputs(o, "places", t);
    table_free(t);
    return s;
}

static status venue_places(tables_opener *o, const table *t)
{
    const size_t rows = t != NULL ? t->rows : 0;
    uint32_t *place = opener_room(o, rows, sizeof *place);
    status worst = place != NULL ? STATUS_OK : STATUS_ENVIRONMENT;
    for (size_t row = 0; place != NULL && row < rows; row++) {
        size_t at = NO_INDEX;
        if (table_find(t, "place") != NULL)
            at = opener_row(o, &o->places, "places", t, "place", row, true, &worst);
        place[row] = at != NO_INDEX ? (uint32_t)at : BASSIN_OUTSIDE;
    }
    o->job->seen.venue_place = place;
    return worst;
}

static status fill_venues(tables_opener *o, const table *t)
{
    bassin_job *seen = &o->job->seen;
    const column *id = t != NULL ? table_find(t, "id") : NULL;
    status s = index_rows(o, t, NULL, id, &o->venues);
    seen->venue_count = t != NULL ? t->rows : 0;
    o->job->names.venue_id = text_array(o, t, id, id);
    seen->venue_open = flag_array(o, t, "open");
    seen->venue_lon = number_array(o, t, "lon");
    seen->venue_lat = number_array(o, t, "lat");
    seen->venue_x_m = number_array(o, t, "x_m");
    seen->venue_y_m = number_array(o, t, "y_m");
    if (o->job->names.venue_id == NULL || seen->venue_open == NULL || seen->venue_lon == NULL ||
        seen->venue_lat == NULL || seen->venue_x_m == NULL || seen->venue_y_m == NULL)
        return STATUS_ENVIRONMENT;
    status placed = venue_places(o, t);
    status travel = travel_array(o, t, seen->venue_lon, &o->venue_state);
    return s != STATUS_OK ? s : placed != STATUS_OK ? placed : travel;
}

status open_venues(tables_opener *o)
{
    table *t = NULL;
    status s = opener_read(o, &form_venues, true, &t);
    if (s == STATUS_OK)
        s = fill_venues(o, t);
    if (s == STATUS_OK)
        s = opener_inputs(o, "venues", t);
    table_free(t);
    return s;
}

/* --- territories --- */

/* The levels of a table whose rows are grouped by level. */
static status fill_levels(tables_opener *o, const table *t, bassin_level *levels, uint32_t *count)
{
    const column *level = table_find(t, "level");
    status worst = STATUS_OK;
    for (size_t row = 0; row < t->rows; row++) {
        const char *id = column_text(level, row);
        uint32_t k = 0;
        while (k < *count && strcmp(levels[k].id, id) != 0)
            k++;
        if (k + 1 < *count)
            worst = faults_refuse(o->list, table_source(t, row), M_TABLES_LEVELS, id);
        if (k < *count) {
            levels[k].row_count++;
            continue;
        }
        levels[k] = (bassin_level){.size = sizeof levels[k],
                                   .id = arena_text(o->memory, id),
                                   .first_row = row,
                                   .row_count = 1};
        if (levels[k].id == NULL)
            return opener_out_of_memory(o);
        *count += 1;
    }
    return worst;
}

static status open_level_places(tables_opener *o, bassin_level *level, uint32_t **of_place)
{
    uint32_t *rows = opener_room(o, o->job->seen.place_count, sizeof *rows);
    for (size_t p = 0; rows != NULL && p < o->job->seen.place_count; p++)
        rows[p] = BASSIN_OUTSIDE;
    level->of_place = *of_place = rows;
    return rows != NULL ? STATUS_OK : STATUS_ENVIRONMENT;
}

/* Which level a row of the territories is of. */
static uint32_t level_holding(const bassin_level *levels, uint32_t count, size_t row)
{
    uint32_t k = 0;
    while (k + 1 < count && row >= levels[k + 1].first_row)
        k++;
    return k;
}

static status open_memberships(tables_opener *o, const bassin_level *levels, uint32_t count,
                               uint32_t *const *of_place)
{
    table *t = NULL;
    status worst = opener_read(o, &form_memberships, true, &t);
    for (size_t i = 0; t != NULL && i < t->rows; i++) {
        const char *level = column_text(table_find(t, "level"), i);
        const char *code = column_text(table_find(t, "code"), i);
        size_t place = opener_row(o, &o->places, "places", t, "place", i, false, &worst);
        size_t row = row_index_find(&o->territories, level, code);
        if (row == NO_INDEX)
            worst = faults_refuse(o->list, table_source(t, i), M_TABLES_UNKNOWN, code, "code",
                                  "territories");
        if (place == NO_INDEX || row == NO_INDEX)
            continue;
        const uint32_t k = level_holding(levels, count, row);
        if (of_place[k][place] != BASSIN_OUTSIDE)
            worst = faults_refuse(o->list, table_source(t, i), M_TABLES_PAIR_TWICE,
                                  o->job->names.place_code[place], level);
        of_place[k][place] = (uint32_t)(row - levels[k].first_row);
    }
    table_free(t);
    return worst;
}

static status fill_territories(tables_opener *o, const table *t)
{
    const size_t rows = t != NULL ? t->rows : 0;
    const column *code = t != NULL ? table_find(t, "code") : NULL;
    const column *level = t != NULL ? table_find(t, "level") : NULL;
    uint32_t count = 0;
    bassin_groups *groups = opener_room(o, 1, sizeof *groups);
    bassin_level *levels = opener_room(o, rows, sizeof *levels);
    uint32_t **of_place = opener_room(o, rows, sizeof *of_place);
    if (groups == NULL || levels == NULL || of_place == NULL)
        return STATUS_ENVIRONMENT;
    status s = index_rows(o, t, level, code, &o->territories);
    o->job->names.territory_code = text_array(o, t, code, code);
    if (s == STATUS_OK && t != NULL)
        s = fill_levels(o, t, levels, &count);
    for (uint32_t k = 0; s == STATUS_OK && k < count; k++)
        s = open_level_places(o, &levels[k], &of_place[k]);
    *groups = (bassin_groups){.levels = {.items = levels, .count = count, .stride = sizeof *levels},
                              .rows = rows};
    o->job->seen.groups = groups;
    return s == STATUS_OK ? open_memberships(o, levels, count, of_place) : s;
}

status open_territories(tables_opener *o)
{
    table *t = NULL;
    status s = opener_read(o, &form_territories, true, &t);
    if (s == STATUS_OK)
        s = fill_territories(o, t);
    if (s == STATUS_OK)
        s = opener_inputs(o, "territories", t);
    table_free(t);
    return s;
}
