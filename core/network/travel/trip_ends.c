#include "network/travel/trip_ends.h"

#include <math.h>
#include <string.h>

#include "network/messages.h"
#include "network/travel/snap.h"
#include "network/travel/trip_ids.h"
#include "table/reader.h"

static const char *const lon_names[] = {"lon", "longitude", NULL};
static const char *const lat_names[] = {"lat", "latitude", NULL};

static const wanted_column wanted[] = {
    {.name = "id", .type = COLUMN_TEXT, .required = true},
    {.name = "node", .type = COLUMN_I64},
    {.name = "lon", .aliases = lon_names, .type = COLUMN_F64, .lowest = -180, .highest = 180},
    {.name = "lat", .aliases = lat_names, .type = COLUMN_F64, .lowest = -90, .highest = 90},
    {.name = "x", .type = COLUMN_F64},
    {.name = "y", .type = COLUMN_F64},
};

typedef struct reading {
    const trip_ends_options *options;
    trip_ends *out;
    faults *list;
    const column *node;  /* NULL: placed by coordinates */
    const column *x, *y; /* longitude and latitude, or metres */
    size_t told;         /* faults of rows, then warnings of points without a node */
} reading;

static status out_of_memory(const reading *r, size_t bytes)
{
    error err = {0};
    (void)memory_error(&err, bytes);
    return faults_add_error(r->list, source_at(r->options->path, 0, 0), &err);
}

/* --- what the list says --- */

static status choose_columns(reading *r)
{
    const table *t = r->out->rows;
    const network_positions positions = r->options->network->positions;
    const source_ref header = source_at(r->options->path, 1, 0);
    r->node = table_find(t, "node");
    if (r->node)
        return STATUS_OK;
    if (positions == POSITIONS_NONE)
        return faults_refuse(r->list, header, M_TRIP_WANTS_NODE);
    const bool degrees = positions == POSITIONS_DEGREES;
    r->x = table_find(t, degrees ? "lon" : "x");
    r->y = table_find(t, degrees ? "lat" : "y");
    if (r->x && r->y)
        return STATUS_OK;
    return degrees ? faults_refuse(r->list, header, M_TRIP_WANTS_DEGREES)
                   : faults_refuse(r->list, header, M_TRIP_WANTS_METRES);
}

/* A fault of a row; beyond READER_MAX_FAULTS they are only counted. */
static bool tell_row(reading *r)
{
    return ++r->told <= READER_MAX_FAULTS;
}

static status check_present(reading *r, const column *c)
{
    status result = STATUS_OK;
    for (size_t i = 0; c && i < r->out->count; i++) {
        if (column_state(c, i) == VALUE_PRESENT && (c->type != COLUMN_TEXT || *column_text(c, i)))
            continue;
        result = STATUS_INPUT;
        if (tell_row(r))
            (void)faults_refuse(r->list, table_source(r->out->rows, i), M_TRIP_EMPTY, c->name);
    }
    return result;
}

static status check_ids(reading *r)
{
    code_index *index = NULL;
    if (r->options->ids_repeat)
        return STATUS_OK;
    status result = code_index_new(&index, r->out->rows, "id", r->list);
    code_index_free(index);
    return result;
}

static status check_rows(reading *r)
{
    status of_ids = check_present(r, table_find(r->out->rows, "id"));
    status of_nodes = check_present(r, r->node);
    status of_x = check_present(r, r->x);
    status of_y = check_present(r, r->y);
    status result = of_ids ? of_ids : of_nodes ? of_nodes : of_x ? of_x : of_y;
    return result ? result : check_ids(r);
}

static status tell_more(const reading *r)
{
    return r->told > READER_MAX_FAULTS
               ? faults_refuse(r->list, source_at(r->options->path, 0, 0), M_TRIP_MORE_FAULTS,
                               r->told - READER_MAX_FAULTS)
               : STATUS_OK;
}

/* --- labels --- */

static bool needs_quotes(const char *text)
{
    return text[strcspn(text, ",\"\r\n")] != '\0';
}

static void add_label(text_buffer *b, const char *text)
{
    if (!needs_quotes(text)) {
        text_add(b, text);
        return;
    }
    text_add(b, "\"");
    for (; *text; text++) {
        text_add_n(b, text, 1);
        if (*text == '"')
            text_add(b, "\"");
    }
    text_add(b, "\"");
}

static status make_labels(const reading *r)
{
    trip_ends *e = r->out;
    text_buffer b = {0};
    const column *id = table_find(e->rows, "id");
    e->word = id->at.u32;
    e->label_start = memory_new((size_t)id->words.count + 1, sizeof *e->label_start);
    if (!e->label_start)
        return out_of_memory(r, id->words.count * sizeof *e->label_start);
    for (uint32_t w = 0; w < id->words.count; w++) {
        add_label(&b, words_at(&id->words, w));
        e->label_start[w + 1] = b.size;
        const size_t size = (size_t)(e->label_start[w + 1] - e->label_start[w]);
        e->label_max = size > e->label_max ? size : e->label_max;
    }
    e->labels = b.at;
    return b.failed ? out_of_memory(r, b.capacity) : STATUS_OK;
}

/* --- nodes --- */

static status judge_node(reading *r, size_t i, uint8_t found)
{
    const source_ref at = table_source(r->out->rows, i);
    const long long id = (long long)r->node->at.i64[i];
    if (found == TRIP_ID_ABSENT && tell_row(r))
        return faults_refuse(r->list, at, M_TRIP_NO_SUCH_NODE, id);
    if (found == TRIP_ID_SPLIT && tell_row(r))
        faults_warn(r->list, at, M_TRIP_SPLIT, id);
    return found == TRIP_ID_ABSENT ? STATUS_INPUT : STATUS_OK;
}

static status place_by_ids(reading *r)
{
    error err = {0};
    trip_ends *e = r->out;
    uint8_t *found = memory_new(e->count, sizeof *found);
    if (!found)
        return out_of_memory(r, e->count);
    status result = trip_ids_find(r->options->network, r->node->at.i64, e->count,
                                  r->options->threads, e->node, found, &err);
    if (result)
        result = faults_add_error(r->list, SOURCE_NONE, &err);
    for (size_t i = 0; i < e->count && err.status == STATUS_OK; i++) {
        status judged = judge_node(r, i, found[i]);
        e->split += found[i] == TRIP_ID_SPLIT;
        result = result ? result : judged;
    }
    memory_free(found);
    return result;
}

static void take_snap(reading *r, const snaps *s, size_t i)
{
    trip_ends *e = r->out;
    e->node[i] = s->node[i];
    if (s->node[i] != SNAP_NONE) {
        e->walk_m[i] = (uint32_t)s->m[i];
        e->walk[i] = snap_walk(r->options->network, e->walk_m[i]);
        return;
    }
    e->far++;
    if (tell_row(r))
        faults_warn(r->list, table_source(e->rows, i), M_TRIP_FAR,
                    column_text(table_find(e->rows, "id"), i), (unsigned)(SNAP_LIMIT_M / 1000));
}

static status place_by_points(reading *r)
{
    error err = {0};
    trip_ends *e = r->out;
    snapper *snapper_made = NULL;
    snaps found = {0};
    status result = snapper_new(&snapper_made, r->options->network, r->options->threads, &err);
    if (result == STATUS_OK)
        result = snap_points(snapper_made, r->x->at.f64, r->y->at.f64, e->count,
                             r->options->threads, &found, &err);
    for (size_t i = 0; i < e->count && result == STATUS_OK; i++)
        take_snap(r, &found, i);
    e->walks = true;
    e->walk_max_m = (uint32_t)found.max_m;
    e->walk_mean_m = found.mean_m;
    snaps_clear(&found);
    snapper_free(snapper_made);
    return result ? faults_add_error(r->list, SOURCE_NONE, &err) : STATUS_OK;
}

static status place(reading *r)
{
    trip_ends *e = r->out;
    e->node = memory_new(e->count, sizeof *e->node);
    e->walk_m = memory_new(e->count, sizeof *e->walk_m);
    e->walk = memory_new(e->count, sizeof *e->walk);
    if (!e->node || !e->walk_m || !e->walk)
        return out_of_memory(r, 3 * e->count * sizeof *e->node);
    status result = r->node ? place_by_ids(r) : place_by_points(r);
    if (result == STATUS_OK && r->told > READER_MAX_FAULTS)
        faults_warn(r->list, source_at(r->options->path, 0, 0), M_TRIP_MORE_FAR,
                    r->told - READER_MAX_FAULTS);
    return result;
}

status trip_ends_read(const trip_ends_options *options, trip_ends *out, faults *faults_list)
{
    reading r = {.options = options, .out = out, .list = faults_list};
    const read_options how = {.path = options->path,
                              .columns = wanted,
                              .column_count = sizeof wanted / sizeof *wanted,
                              .threads = options->threads};
    *out = (trip_ends){0};
    status result = table_read(&how, &out->rows, NULL, faults_list);
    if (result)
        return result;
    out->count = out->rows->rows;
    result = choose_columns(&r);
    if (result == STATUS_OK)
        result = check_rows(&r);
    if (result == STATUS_OK)
        result = make_labels(&r);
    if (result == STATUS_OK)
        result = place(&r);
    if (result == STATUS_INPUT)
        (void)tell_more(&r);
    return result;
}

void trip_ends_clear(trip_ends *e)
{
    table_free(e->rows);
    memory_free(e->label_start);
    memory_free(e->labels);
    memory_free(e->node);
    memory_free(e->walk_m);
    memory_free(e->walk);
    *e = (trip_ends){0};
}
