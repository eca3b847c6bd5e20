#include "osm/features.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"
#include "osm/features_part.h"

static const double degree_to_radian = 0.017453292519943295;

/* One file on its way. parts: one per data frame, in file order. */
typedef struct finding {
    const char *bytes;
    const osm_query *query;
    pbf_frame *frames;
    size_t frame_count;
    features_part *parts;
    int64_t *wanted; /* ids of the nodes of the ways found, ascending, distinct */
    size_t wanted_count;
    double *lon, *lat; /* of each; NaN: not in the file */
} finding;

static status open_frames(finding *f, size_t size, error *err)
{
    size_t kept = 0;
    status s = pbf_frames(f->bytes, size, &f->frames, &f->frame_count, err);
    for (size_t i = 0; s == STATUS_OK && i < f->frame_count; i++) {
        if (f->frames[i].header)
            s = pbf_header_check(f->bytes, &f->frames[i], err);
        else
            f->frames[kept++] = f->frames[i];
    }
    if (s)
        return s;
    f->frame_count = kept;
    f->parts = memory_new(kept, sizeof *f->parts);
    return f->parts ? STATUS_OK : memory_error(err, kept * sizeof *f->parts);
}

static status find_block(void *context, block b, error *err)
{
    finding *f = context;
    status s = STATUS_OK;
    for (size_t i = b.begin; i < b.end && s == STATUS_OK; i++)
        s = features_part_find(&f->parts[i], f->bytes, &f->frames[i], f->query, err);
    return s;
}

/* --- the nodes of ways --- */

static int compare_ids(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static status want_nodes(finding *f, error *err)
{
    size_t total = 0, kept = 0;
    for (size_t i = 0; i < f->frame_count; i++)
        total += f->parts[i].ref_count;
    f->wanted = memory_new(total, sizeof *f->wanted);
    if (!f->wanted)
        return memory_error(err, total * sizeof *f->wanted);
    for (size_t i = 0, at = 0; i < f->frame_count; i++) {
        if (f->parts[i].ref_count)
            memcpy(f->wanted + at, f->parts[i].refs, f->parts[i].ref_count * sizeof *f->wanted);
        at += f->parts[i].ref_count;
    }
    if (total > 1)
        qsort(f->wanted, total, sizeof *f->wanted, compare_ids);
    for (size_t i = 0; i < total; i++)
        if (kept == 0 || f->wanted[kept - 1] != f->wanted[i])
            f->wanted[kept++] = f->wanted[i];
    f->wanted_count = kept;
    f->lon = memory_new(kept, sizeof *f->lon);
    f->lat = memory_new(kept, sizeof *f->lat);
    if (!f->lon || !f->lat)
        return memory_error(err, 2 * kept * sizeof *f->lon);
    for (size_t i = 0; i < kept; i++)
        f->lon[i] = f->lat[i] = (double)NAN;
    return STATUS_OK;
}

/* The first id wanted that is not below `id`. */
static size_t wanted_from(const finding *f, int64_t id)
{
    size_t low = 0, high = f->wanted_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->wanted[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static status positions_block(void *context, block b, error *err)
{
    finding *f = context;
    status s = STATUS_OK;
    for (size_t i = b.begin; i < b.end && s == STATUS_OK; i++) {
        features_part *p = &f->parts[i];
        size_t at = p->has_nodes ? wanted_from(f, p->first_node) : f->wanted_count;
        if (at < f->wanted_count && f->wanted[at] <= p->last_node)
            s = features_part_positions(p, f->bytes, &f->frames[i], f->wanted, f->wanted_count,
                                        err);
    }
    return s;
}

static void join_positions(finding *f)
{
    for (size_t i = 0; i < f->frame_count; i++)
        for (size_t k = 0; k < f->parts[i].position_count; k++) {
            const part_position *p = &f->parts[i].positions[k];
            if (isnan(f->lon[p->index])) {
                f->lon[p->index] = p->lon;
                f->lat[p->index] = p->lat;
            }
        }
}

/* --- the centre of a way --- */

typedef struct ring {
    double x, y, area; /* sums of the shoelace */
    double lon, lat;   /* sums of vertices */
    size_t count;
} ring;

/* Centroid of the area of a closed way, in degrees with longitudes shortened by the latitude; else
 * the mean of the vertices that the file holds. */
static bool way_centre(const finding *f, const int64_t *refs, size_t count, double *lon,
                       double *lat)
{
    const bool closed = count >= 4 && refs[0] == refs[count - 1];
    const size_t vertices = closed ? count - 1 : count;
    bool whole = true;
    ring r = {0};
    const size_t origin = count ? wanted_from(f, refs[0]) : 0;
    const double scale = count ? cos(f->lat[origin] * degree_to_radian) : 1;
    for (size_t i = 0; i < vertices; i++) {
        const size_t a = wanted_from(f, refs[i]), b = wanted_from(f, refs[(i + 1) % count]);
        if (isnan(f->lon[a])) {
            whole = false;
            continue;
        }
        r.lon += f->lon[a];
        r.lat += f->lat[a];
        r.count++;
        const double ax = (f->lon[a] - f->lon[origin]) * scale, ay = f->lat[a] - f->lat[origin];
        const double bx = (f->lon[b] - f->lon[origin]) * scale, by = f->lat[b] - f->lat[origin];
        const double cross = ax * by - bx * ay;
        r.area += cross;
        r.x += (ax + bx) * cross;
        r.y += (ay + by) * cross;
    }
    *lon = r.count ? r.lon / (double)r.count : (double)NAN;
    *lat = r.count ? r.lat / (double)r.count : (double)NAN;
    if (whole && closed && fabs(r.area) > 1e-15) {
        *lon = f->lon[origin] + r.x / (3 * r.area) / scale;
        *lat = f->lat[origin] + r.y / (3 * r.area);
    }
    return whole && count > 0;
}

/* --- the result --- */

static int compare_features(const void *a, const void *b)
{
    const osm_feature *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->id != y->id ? (x->id > y->id) - (x->id < y->id) : 0;
}

static status copy_feature(const finding *f, osm_features *out, osm_feature *to, error *err)
{
    const char **values = arena_take(out->memory, f->query->key_count + 1, sizeof *values);
    const char *rules = arena_text(out->memory, to->rules);
    if (!values || !rules)
        return memory_error(err, f->query->key_count * sizeof *values);
    for (size_t k = 0; k < f->query->key_count; k++) {
        values[k] = to->values[k] ? arena_text(out->memory, to->values[k]) : NULL;
        if (to->values[k] && !values[k])
            return memory_error(err, strlen(to->values[k]));
    }
    to->values = (const char *const *)values;
    to->rules = rules;
    return STATUS_OK;
}

static status join_part(const finding *f, const features_part *p, osm_features *out,
                        osm_feature *items, error *err)
{
    status s = STATUS_OK;
    for (size_t k = 0; s == STATUS_OK && k < p->count; k++) {
        const part_feature *from = &p->items[k];
        osm_feature *to = &items[out->count++];
        *to = from->is;
        if (to->kind == OSM_WAY)
            out->incomplete +=
                !way_centre(f, p->refs + from->ref_start, from->ref_count, &to->lon, &to->lat);
        s = copy_feature(f, out, to, err);
    }
    out->relations += p->relations;
    return s;
}

/* Sorted; an entity given twice counts once. */
static status join(const finding *f, osm_features *out, error *err)
{
    size_t total = 0, kept = 0;
    status s = STATUS_OK;
    for (size_t i = 0; i < f->frame_count; i++)
        total += f->parts[i].count;
    osm_feature *items = arena_take(out->memory, total + 1, sizeof *items);
    if (!items)
        return memory_error(err, total * sizeof *items);
    for (size_t i = 0; s == STATUS_OK && i < f->frame_count; i++)
        s = join_part(f, &f->parts[i], out, items, err);
    if (out->count > 1)
        qsort(items, out->count, sizeof *items, compare_features);
    for (size_t i = 0; i < out->count; i++)
        if (kept == 0 || compare_features(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    out->count = kept;
    out->items = items;
    return s;
}

static void finding_close(finding *f)
{
    for (size_t i = 0; f->parts && i < f->frame_count; i++)
        features_part_clear(&f->parts[i]);
    memory_free(f->parts);
    memory_free(f->frames);
    memory_free(f->wanted);
    memory_free(f->lon);
    memory_free(f->lat);
}

static status find(finding *f, size_t size, int threads, osm_features *out, error *err)
{
    status s = open_frames(f, size, err);
    if (s == STATUS_OK)
        s = blocks_run(f->frame_count, 1, threads, NULL, find_block, f, err);
    if (s == STATUS_OK)
        s = want_nodes(f, err);
    if (s == STATUS_OK && f->wanted_count > 0)
        s = blocks_run(f->frame_count, 1, threads, NULL, positions_block, f, err);
    if (s == STATUS_OK) {
        join_positions(f);
        s = join(f, out, err);
    }
    return s;
}

status osm_features_find(const char *bytes, size_t size, const osm_query *query, int threads,
                         osm_features **out, error *err)
{
    finding f = {.bytes = bytes, .query = query};
    arena *memory = NULL;
    osm_features *made = NULL;
    *out = NULL;
    status s = arena_new(&memory, err);
    if (s)
        return s;
    made = arena_take(memory, 1, sizeof *made);
    if (!made) {
        arena_free(memory);
        return memory_error(err, sizeof *made);
    }
    made->memory = memory;
    s = find(&f, size, threads, made, err);
    finding_close(&f);
    if (s)
        osm_features_free(made);
    else
        *out = made;
    return s;
}

void osm_features_free(osm_features *f)
{
    if (f)
        arena_free(f->memory);
}
