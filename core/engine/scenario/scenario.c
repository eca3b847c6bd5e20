#include "engine/scenario/scenario.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/files.h"
#include "base/hash.h"
#include "engine/messages.h"
#include "engine/scenario/scenario_read.h"

typedef struct loader {
    scenario_reader reader;
    scenario_draft draft;
    const scenario_overrides *overrides;
    const char *run_folder; /* with its slash, or "" */
    bool read;              /* to the end, faults or not */
} loader;

static const char *or_default(loader *l, const char *made)
{
    if (made == NULL) {
        reader_out_of_memory(&l->reader);
    }
    return made != NULL ? made : "";
}

/* --- paths --- */

static size_t folder_size(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) + 1 : 0;
}

static const char *path_under(loader *l, const char *folder, const char *path)
{
    if (path[0] == '/' || folder[0] == '\0') {
        return path;
    }
    bool slash = folder[strlen(folder) - 1] == '/';
    return or_default(l, arena_format(l->reader.memory, "%s%s%s", folder, slash ? "" : "/", path));
}

/* --data wins, from the current folder; then `data:`, from the run file; then the run file's
 * folder. */
static void choose_data_folder(loader *l)
{
    scenario *s = &l->draft.scenario;
    if (l->overrides->data_folder != NULL) {
        s->data_folder = or_default(l, arena_text(l->reader.memory, l->overrides->data_folder));
    } else if (l->draft.data != NULL) {
        s->data_folder = path_under(l, l->run_folder, l->draft.data);
    }
}

static const char *resolve(loader *l, const char *file)
{
    const scenario *s = &l->draft.scenario;
    return path_under(l, s->data_folder != NULL ? s->data_folder : l->run_folder, file);
}

static void resolve_input(loader *l, scenario_input *input)
{
    input->path = input->file != NULL ? resolve(l, input->file) : NULL;
}

/* The lists were made by this loader: writable until it hands them over. */
static scenario_venues *venue_lists(loader *l)
{
    return (scenario_venues *)(uintptr_t)l->draft.scenario.venues;
}

static scenario_zoning *zonings(loader *l)
{
    return (scenario_zoning *)(uintptr_t)l->draft.scenario.zonings;
}

static scenario_context *contexts(loader *l)
{
    return (scenario_context *)(uintptr_t)l->draft.scenario.contexts;
}

static scenario_group *groups(loader *l)
{
    return (scenario_group *)(uintptr_t)l->draft.scenario.groups;
}

static void resolve_travel(loader *l, scenario_travel *t)
{
    resolve_input(l, &t->network);
    resolve_input(l, &t->matrix);
    if (t->profile != NULL && !profile_is_built_in(t->profile)) {
        t->profile = resolve(l, t->profile);
    }
    if (t->urban != NULL) {
        t->urban = resolve(l, t->urban);
    }
}

static void resolve_paths(loader *l)
{
    scenario *s = &l->draft.scenario;
    scenario_input *const single[] = {&s->communes, &s->names,     &s->membership, &s->population,
                                      &s->cells,    &s->density,   &s->flows,      &s->detail,
                                      &s->foreign,  &s->keep_file, &s->movements,  &s->passage};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        resolve_input(l, single[i]);
    }
    for (size_t i = 0; i < s->group_count; i++) {
        resolve_input(l, &groups(l)[i].input);
    }
    for (size_t i = 0; i < s->zoning_count; i++) {
        resolve_input(l, &zonings(l)[i].input);
    }
    for (size_t i = 0; i < s->context_count; i++) {
        resolve_input(l, &contexts(l)[i].input);
    }
    for (size_t i = 0; i < s->series_count; i++) {
        resolve_input(l, &((scenario_series *)(uintptr_t)s->series)[i].input);
    }
    for (size_t i = 0; i < l->draft.travel_count; i++) {
        resolve_travel(l, &((travel_draft *)(uintptr_t)l->draft.travel)[i].from);
    }
    for (size_t i = 0; i < s->venue_list_count; i++) {
        resolve_input(l, &venue_lists(l)[i].input);
        resolve_input(l, &venue_lists(l)[i].postcodes);
        scenario_input *files = (scenario_input *)(uintptr_t)venue_lists(l)[i].addresses;
        for (size_t k = 0; k < venue_lists(l)[i].address_count; k++) {
            resolve_input(l, &files[k]);
        }
        for (size_t k = 0; k < venue_lists(l)[i].theme_count; k++) {
            resolve_input(l, (scenario_input *)(uintptr_t)&venue_lists(l)[i].themes[k].input);
        }
    }
}

/* --- what the table of descriptors cannot say --- */

/* "lists/fabriques.csv.gz" -> "fabriques" */
static const char *stem(loader *l, const char *path)
{
    const char *name = path + folder_size(path);
    size_t size = strcspn(name, ".");
    return or_default(l, arena_text_n(l->reader.memory, name, size > 0 ? size : strlen(name)));
}

static void name_lists(loader *l)
{
    for (size_t i = 0; i < l->draft.scenario.venue_list_count; i++) {
        scenario_venues *v = &venue_lists(l)[i];
        if (v->list == NULL && v->input.file != NULL) {
            v->list = stem(l, v->input.file);
        }
    }
}

static void judge_cache(loader *l)
{
    scenario *s = &l->draft.scenario;
    const char *cache = l->draft.cache;
    s->no_cache = cache != NULL && strcmp(cache, "no") == 0;
    s->cache = cache != NULL && !s->no_cache ? path_under(l, l->run_folder, cache) : NULL;
}

static void judge_formats(loader *l)
{
    static const char *const fallback[] = {"gpkg", "xlsx", "html", "maps", "csv"};
    scenario *s = &l->draft.scenario;
    if (s->formats == NULL) {
        s->formats = fallback;
        s->format_count = sizeof fallback / sizeof *fallback;
        return;
    }
    const char **kept = arena_take(l->reader.memory, s->format_count + 1, sizeof *kept);
    size_t count = 0;
    if (kept == NULL) {
        reader_out_of_memory(&l->reader);
        return;
    }
    for (size_t i = 0; i < s->format_count; i++) {
        if (strcmp(s->formats[i], "pdf") != 0) {
            kept[count++] = s->formats[i];
        } else {
            faults_note(l->reader.faults_list, source_at(l->reader.path, 0, 0), M_RUN_FILE_NO_PDF);
        }
    }
    s->formats = kept;
    s->format_count = count;
}

/* DESIGN.md section 6: `date:`, else SOURCE_DATE_EPOCH, else none. */
static void judge_date(loader *l)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds = 0;
    struct tm day;
    if (l->draft.scenario.date != NULL || epoch == NULL || epoch[0] == '\0') {
        return;
    }
    bool read =
        text_to_u64(text_slice_of(epoch, strlen(epoch)), &seconds) && seconds < 253402300800u;
    time_t at = (time_t)seconds;
    if (!read || gmtime_r(&at, &day) == NULL) {
        faults_warn(l->reader.faults_list, SOURCE_NONE, M_RUN_FILE_EPOCH, epoch);
        return;
    }
    l->draft.scenario.date =
        or_default(l, arena_format(l->reader.memory, "%04d-%02d-%02d", day.tm_year + 1900,
                                   day.tm_mon + 1, day.tm_mday));
}

static void judge_scalars(loader *l)
{
    scenario *s = &l->draft.scenario;
    const scenario_overrides *o = l->overrides;
    const char *arrondissements = l->draft.arrondissements, *id = l->draft.language_id;
    s->fold_arrondissements = arrondissements == NULL || strcmp(arrondissements, "fold") == 0;
    s->cells_are_places = s->cells.file != NULL && l->draft.cells_as != NULL &&
                          strcmp(l->draft.cells_as, "places") == 0;
    s->intra_insee = l->draft.intra != NULL && strcmp(l->draft.intra, "insee") == 0;
    s->language = id != NULL && strcmp(id, "en") == 0 ? LANGUAGE_EN : LANGUAGE_FR;
    if (o->language >= 0) {
        s->language = o->language == (int32_t)LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_FR;
    }
    s->threads = o->threads > 0 ? o->threads : s->threads;
    s->perimeter.margin_km = l->draft.margin_km;
    s->duplicates = (duplicate_rule){
        .keep = l->draft.merge_duplicates != NULL && strcmp(l->draft.merge_duplicates, "no") == 0,
        .distance_km =
            l->draft.duplicate_m > 0 ? l->draft.duplicate_m / 1000 : DUPLICATE_DISTANCE_KM,
        .likeness =
            l->draft.duplicate_likeness > 0 ? l->draft.duplicate_likeness : DUPLICATE_LIKENESS,
    };
    s->title = s->title != NULL ? s->title : stem(l, l->reader.path);
}

static void judge(loader *l, const yaml_node *root)
{
    const yaml_node *territory_node = yaml_find(root, "territory");
    if (territory_node != NULL && territory_node->kind == YAML_MAPPING &&
        yaml_find(territory_node, "communes") == NULL &&
        yaml_find(territory_node, "places") == NULL) {
        REFUSE(&l->reader, territory_node, M_RUN_FILE_NO_COMMUNES);
    }
    choose_data_folder(l);
    resolve_paths(l);
    name_lists(l);
    travel_judge(&l->reader);
    judge_cache(l);
    judge_formats(l);
    judge_date(l);
    judge_scalars(l);
    scenario_override(&l->reader, l->overrides);
}

/* --- loading --- */

static bool take_text(loader *l, text_slice text, const char *path)
{
    scenario *s = &l->draft.scenario;
    l->reader.text = text;
    s->path = or_default(l, arena_text(l->reader.memory, path));
    l->reader.path = s->path;
    l->run_folder = or_default(l, arena_text_n(l->reader.memory, path, folder_size(path)));
    memcpy(s->sha256, sha256_of(text.at, text.size).hex, sizeof s->sha256);
    return l->reader.result == STATUS_OK;
}

static void read_run_file(loader *l)
{
    const yaml_node *root = NULL;
    l->reader.result =
        yaml_parse(l->reader.text, l->reader.path, l->reader.memory, &root, l->reader.faults_list);
    if (root == NULL) {
        return;
    }
    section_read(&l->reader, &root_section, root, &l->draft);
    judge(l, root);
    l->read = l->reader.result == STATUS_OK || l->reader.result == STATUS_INPUT;
}

status scenario_load(const char *path, const scenario_overrides *overrides, scenario **out,
                     faults *faults_list)
{
    error err;
    file_view file = {0};
    *out = NULL;
    status result = file_map(path, &file, &err);
    if (result != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    result = scenario_parse(text_slice_of(file.at, file.size), path, overrides, out, faults_list);
    file_unmap(&file);
    return result;
}

status scenario_parse(text_slice text, const char *path, const scenario_overrides *overrides,
                      scenario **out, faults *faults_list)
{
    static const scenario_overrides none = {.language = -1};
    arena *memory = NULL;
    error err;
    *out = NULL;
    if (arena_new(&memory, &err) != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    loader l = {.overrides = overrides != NULL ? overrides : &none};
    l.reader = (scenario_reader){
        .path = path, .memory = memory, .draft = &l.draft, .faults_list = faults_list};
    l.draft.scenario.memory = memory;
    if (take_text(&l, text, path)) {
        read_run_file(&l);
    }
    scenario *made = l.read ? arena_take(memory, 1, sizeof *made) : NULL;
    if (made != NULL) {
        *made = l.draft.scenario;
        *out = made;
    } else {
        if (l.reader.result == STATUS_OK) {
            reader_out_of_memory(&l.reader);
        }
        arena_free(memory);
    }
    return l.reader.result;
}

void scenario_free(scenario *s)
{
    if (s != NULL) {
        arena_free(s->memory);
    }
}
