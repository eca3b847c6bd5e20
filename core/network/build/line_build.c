#include "network/build/line_build.h"

#include <string.h>
#include <strings.h>

#include "geo/layer.h"
#include "network/build/line_work.h"
#include "network/build/osm_build.h"
#include "network/messages.h"

enum { DS_PER_MINUTE = 600 };

bool line_build_reads(const char *path)
{
    static const char *const sheets[] = {".xlsx",   ".ods", ".xlsx.gz",
                                         ".ods.gz", ".pbf", ".parquet"};
    const size_t size = strlen(path);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        const size_t ending = strlen(sheets[i]);
        if (size >= ending && strcasecmp(path + size - ending, sheets[i]) == 0)
            return false;
    }
    return layer_is_called_for(path);
}

/* --- reading --- */

static status layer_of_lines(zygote *z, const line_options *o, layer **out, faults *list)
{
    text_buffer only = {0};
    error err = {0};
    line_columns_wanted(o, &only);
    const layer_options options = {.path = o->path,
                                   .name = o->layer,
                                   .prefer = "troncon_de_route|troncon_route",
                                   .only = only.at};
    status result = only.failed ? faults_add_error(list, SOURCE_NONE, (memory_error(&err, 0), &err))
                                : layer_read(z, &options, out, list);
    text_buffer_clear(&only);
    if (result == STATUS_OK && (*out)->kind != GEOMETRY_LINE)
        result = faults_refuse(list, source_at(o->path, 0, 0), M_LINES_KIND, (*out)->name);
    return result;
}

/* Two different points at least. */
static bool part_is_line(const polylines *l, uint64_t part)
{
    const uint64_t first = l->point_start[part];
    for (uint64_t i = first + 1; i < l->point_start[part + 1]; i++)
        if (line_position(l->x[i]) != line_position(l->x[first]) ||
            line_position(l->y[i]) != line_position(l->y[first]))
            return true;
    return false;
}

/* Which features are open, their speeds and directions. */
static line_reason judge_feature(line_work *b, size_t row)
{
    const polylines *l = b->source->lines;
    line_direction direction = LINE_BOTH;
    bool drawn = false;
    if (l->part_start[row] == l->part_start[row + 1])
        return LINE_NO_GEOMETRY;
    const line_reason reason = line_columns_judge(&b->columns, row, &b->kmh[row], &direction);
    if (reason != LINE_OPEN)
        return reason;
    b->direction[row] = (uint8_t)direction;
    for (uint64_t part = l->part_start[row]; part < l->part_start[row + 1]; part++) {
        b->open[part] = part_is_line(l, part);
        drawn = drawn || b->open[part];
    }
    return drawn ? LINE_OPEN : LINE_SHORT;
}

static status judge_features(line_work *b)
{
    const polylines *l = b->source->lines;
    b->open = memory_new(l->parts, 1);
    b->kmh = memory_new(l->rows, sizeof *b->kmh);
    b->direction = memory_new(l->rows, 1);
    if (!b->open || !b->kmh || !b->direction)
        return memory_error(b->err, l->parts + l->rows * (sizeof *b->kmh + 1));
    for (size_t row = 0; row < l->rows; row++)
        b->reasons[judge_feature(b, row)]++;
    return STATUS_OK;
}

static void tell(const line_work *b, double tolerance_m, faults *list)
{
    const source_ref at = source_at(b->options->path, 0, 0);
    const line_join_facts *f = &b->joined.facts;
    line_columns_tell(&b->columns, b->options, b->source, list);
    faults_note(list, at, M_LINES_JOINED, (unsigned long long)f->ends,
                (unsigned long long)b->joined.count, tolerance_m, (unsigned long long)f->apart,
                f->apart_max_m, (unsigned long long)f->on_vertices,
                (unsigned long long)f->dangling);
    if (f->dangling_near > 0)
        faults_warn(list, at, M_LINES_DANGLING, (unsigned long long)f->dangling,
                    (unsigned long long)f->ends, (unsigned long long)f->dangling_near, f->near_m);
    if (b->segments_long > 0)
        faults_warn(list, at, M_GRAPH_LONG, (unsigned long long)b->segments_long,
                    (unsigned)SEGMENT_LIMIT_KM);
}

/* --- the whole --- */

static status draft_make(line_work *b, double tolerance_m)
{
    status result =
        line_join(b->source->lines, b->open, tolerance_m, b->progress, &b->joined, b->err);
    if (result == STATUS_OK)
        result = line_work_arcs(b);
    if (result == STATUS_OK)
        result = line_work_ways(b);
    if (result == STATUS_OK)
        result = line_joined_dangling(&b->joined, b->progress, b->err);
    return result == STATUS_OK ? line_work_facts(b, tolerance_m) : result;
}

static status refuse_closed(const line_work *b, faults *list)
{
    const size_t *n = b->reasons;
    return faults_refuse(list, source_at(b->options->path, 0, 0), M_LINES_NONE,
                         (unsigned long long)b->source->cells->rows,
                         (unsigned long long)n[LINE_SPEED_ZERO],
                         (unsigned long long)n[LINE_WITHOUT_SPEED],
                         (unsigned long long)n[LINE_ACCESS], (unsigned long long)n[LINE_NOT_BUILT]);
}

static status build(line_work *b, double tolerance_m, faults *list)
{
    status result = line_columns_find(b->options, b->source, &b->columns, list);
    if (result)
        return result;
    result = judge_features(b);
    if (result == STATUS_OK && b->reasons[LINE_OPEN] == 0) {
        line_columns_tell(&b->columns, b->options, b->source, list);
        return refuse_closed(b, list);
    }
    if (result == STATUS_OK)
        result = draft_make(b, tolerance_m);
    if (result)
        return faults_add_error(list, source_at(b->options->path, 0, 0), b->err);
    tell(b, tolerance_m, list);
    return STATUS_OK;
}

status line_build(zygote *z, const line_options *options, road_draft *out, progress *p,
                  faults *faults_list)
{
    error err = {0};
    layer *source = NULL;
    const double tolerance_m = options->tolerance_m < 0 ? LINE_TOLERANCE_M : options->tolerance_m;
    *out = (road_draft){
        .units_per_minute = DS_PER_MINUTE, .positions = POSITIONS_DEGREES, .lengths = true};
    if (!(tolerance_m <= LINE_TOLERANCE_MAX_M))
        return faults_refuse(faults_list, SOURCE_NONE, M_LINES_TOLERANCE, tolerance_m,
                             LINE_TOLERANCE_MAX_M);
    status result = layer_of_lines(z, options, &source, faults_list);
    line_work b = {.options = options, .source = source, .progress = p, .draft = out, .err = &err};
    if (result == STATUS_OK)
        result = build(&b, tolerance_m, faults_list);
    line_columns_clear(&b.columns);
    line_joined_clear(&b.joined);
    interner_free(b.words);
    memory_free(b.open);
    memory_free(b.kmh);
    memory_free(b.direction);
    layer_free(source);
    return result;
}
