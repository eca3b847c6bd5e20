/* What the table of descriptors cannot say of travel modes. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "engine/messages.h"
#include "engine/scenario/scenario_read.h"

typedef enum network_file {
    NETWORK_FILE_BUILT,
    NETWORK_FILE_OSM,
    NETWORK_FILE_LINES,
    NETWORK_FILE_NONE
} network_file;

static bool ends_with(const char *text, const char *ending)
{
    const size_t size = strlen(text), wanted = strlen(ending);
    return size > wanted && strcasecmp(text + size - wanted, ending) == 0;
}

/* By its name alone: what it is indeed is told when it is read. */
static network_file network_file_of(const char *file)
{
    static const char *const osm[] = {".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xz", ".osm.zst"};
    static const char *const layers[] = {".gpkg",    ".shp",        ".geojson", ".json",
                                         ".gpkg.gz", ".geojson.gz", ".json.gz", ".zip"};
    for (size_t i = 0; i < sizeof osm / sizeof *osm; i++) {
        if (ends_with(file, osm[i])) {
            return NETWORK_FILE_OSM;
        }
    }
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        if (ends_with(file, layers[i])) {
            return NETWORK_FILE_LINES;
        }
    }
    return ends_with(file, ".net") ? NETWORK_FILE_BUILT : NETWORK_FILE_NONE;
}

bool profile_is_built_in(const char *profile)
{
    return strcmp(profile, "car") == 0 || strcmp(profile, "bike") == 0 ||
           strcmp(profile, "foot") == 0;
}

static yaml_node place_of(source_ref where)
{
    return (yaml_node){.line = where.line, .column = where.column};
}

/* The first key that has a meaning for a layer of lines alone; NULL: none was given. */
static const char *lines_key(const scenario_travel *t)
{
    return t->network.binding_count > 0 ? t->network.bindings[0].column
           : t->speed_count > 0         ? "speeds"
           : !isnan(t->tolerance_m)     ? "tolerance"
           : t->network.member != NULL  ? "layer"
                                        : NULL;
}

/* Keys that every file has and that say nothing of a network. */
static const char *foreign_key(const scenario_input *input)
{
    return input->format != NULL                ? "format"
           : input->encoding != ENCODING_DETECT ? "encoding"
           : input->epsg != 0                   ? "crs"
           : input->vintage != 0                ? "vintage"
                                                : NULL;
}

static void refuse_network(scenario_reader *r, const travel_draft *d)
{
    const scenario_travel *t = &d->from;
    const yaml_node at = place_of(t->network.where);
    const network_file form = network_file_of(t->network.file);
    const char *lines_only = lines_key(t), *foreign = foreign_key(&t->network);
    const char *building = t->profile != NULL ? "profile" : t->urban != NULL ? "urban" : NULL;
    if (form == NETWORK_FILE_NONE) {
        REFUSE(r, &at, M_RUN_FILE_NETWORK_KIND, t->network.file);
    }
    if (form == NETWORK_FILE_BUILT && building != NULL) {
        REFUSE(r, &at, M_RUN_FILE_NETWORK_BUILT, t->network.file, building);
    }
    if (form == NETWORK_FILE_BUILT || form == NETWORK_FILE_OSM) {
        lines_only = lines_only != NULL ? lines_only : foreign;
    } else {
        lines_only = foreign;
    }
    if (lines_only != NULL) {
        REFUSE(r, &at, M_RUN_FILE_NETWORK_LINES, t->network.file, lines_only);
    }
}

static void refuse_mode(scenario_reader *r, const travel_draft *d, bool twice)
{
    const yaml_node at = place_of(d->where);
    const scenario_travel *t = &d->from;
    const bool roads = t->network.where.line > 0, matrix = t->matrix.where.line > 0;
    const int sources = roads + matrix + (d->estimate != NULL);
    if (twice) {
        REFUSE(r, &at, M_RUN_FILE_MODE_TWICE, d->mode);
    } else if (sources != 1) {
        if (sources > 1) {
            REFUSE(r, &at, M_RUN_FILE_MODE_SEVERAL, d->mode);
        } else {
            REFUSE(r, &at, M_RUN_FILE_MODE_SOURCE, d->mode);
        }
    } else if (d->estimate != NULL && strcmp(d->mode, "car") != 0) {
        REFUSE(r, &at, M_RUN_FILE_MODE_ESTIMATE, d->mode);
    } else if (roads && strcmp(d->mode, "transit") == 0) {
        REFUSE(r, &at, M_RUN_FILE_MODE_TRANSIT, d->mode);
    } else if (t->network.file != NULL) {
        refuse_network(r, d);
    }
    if (!roads && (t->profile != NULL || t->urban != NULL)) {
        REFUSE(r, &at, M_RUN_FILE_NETWORK_ONLY, t->profile != NULL ? "profile" : "urban");
    }
}

/* METHODS.md section 4 adds the minute to trips by car; a matrix is taken as it is. */
static double parking_of(const travel_draft *d)
{
    const double car_parking_min = 1;
    const bool by_car = strcmp(d->mode, "car") == 0 && d->from.matrix.file == NULL;
    return !isnan(d->parking_min) ? d->parking_min : by_car ? car_parking_min : 0;
}

static travel_mode mode_of(const travel_draft *d)
{
    return (travel_mode){
        .id = d->mode,
        .source = d->from.network.file != NULL  ? TRAVEL_ROADS
                  : d->from.matrix.file != NULL ? TRAVEL_MATRIX
                                                : TRAVEL_ESTIMATE,
        .limit_min = d->limit_min,
        .circuity = d->circuity,
        .parking_min = parking_of(d),
    };
}

void travel_judge(scenario_reader *r)
{
    travel_draft fallback = {.mode = "car", .estimate = "crow-fly"};
    size_t given = r->draft->travel_count;
    const size_t count = given > 0 ? given : 1;
    const travel_draft *drafts = given > 0 ? r->draft->travel : &fallback;
    travel_mode *modes = arena_take(r->memory, count, sizeof *modes);
    scenario_travel *travel = arena_take(r->memory, count, sizeof *travel);
    if (modes == NULL || travel == NULL) {
        reader_out_of_memory(r);
        return;
    }
    section_defaults(section_find(&root_section, "travel")->section, &fallback);
    if (given == 0) {
        faults_note(r->faults_list, source_at(r->path, 0, 0), M_RUN_FILE_TRAVEL_DEFAULT);
    }
    for (size_t i = 0; i < count; i++) {
        bool twice = false;
        if (drafts[i].mode == NULL) {
            continue; /* its fault is already told */
        }
        for (size_t k = 0; k < i; k++) {
            twice =
                twice || (drafts[k].mode != NULL && strcmp(drafts[k].mode, drafts[i].mode) == 0);
        }
        if (given > 0) {
            refuse_mode(r, &drafts[i], twice);
        }
        travel[i] = drafts[i].from;
        modes[i] = mode_of(&drafts[i]);
        modes[i].path =
            travel[i].network.path != NULL ? travel[i].network.path : travel[i].matrix.path;
    }
    r->draft->scenario.modes = modes;
    r->draft->scenario.travel = travel;
    r->draft->scenario.mode_count = count;
}
