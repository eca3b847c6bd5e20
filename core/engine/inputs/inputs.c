#include "engine/inputs/inputs.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/messages.h"
#include "engine/run_steps.h"

/* One file to read, and where it goes. */
typedef struct wanted_input {
    const char *role;
    const char *read_as; /* the role of its importers */
    const scenario_input *input;
    imported *into;
    const char *const *numbers; /* headers read besides */
    size_t number_count;
    int32_t *year; /* NULL, or where the year that the file tells goes */
} wanted_input;

typedef struct wanted_inputs {
    wanted_input *items;
    size_t count, capacity;
} wanted_inputs;

static void want(wanted_inputs *w, const char *role, const scenario_input *input, imported *into)
{
    if (input->path != NULL && !input->doubtful && w->count < w->capacity) {
        w->items[w->count++] =
            (wanted_input){.role = role, .read_as = role, .input = input, .into = into};
    }
}

/* The flows of one census year. */
static void want_series(wanted_inputs *w, const scenario_series *series, imported *into,
                        int32_t *year)
{
    const size_t before = w->count;
    want(w, "series", &series->input, into);
    if (w->count > before) {
        w->items[before].read_as = "flows";
        w->items[before].year = year;
    }
}

/* A file of addresses serves every list that names it: read once. */
static void want_addresses(const scenario_venues *v, inputs *in, wanted_inputs *w)
{
    for (size_t i = 0; i < v->address_count; i++) {
        const scenario_input *input = &v->addresses[i];
        bool known = input->path == NULL;
        for (size_t k = 0; !known && k < w->count; k++) {
            known = strcmp(w->items[k].role, "addresses") == 0 &&
                    strcmp(w->items[k].input->path, input->path) == 0;
        }
        if (!known) {
            want(w, "addresses", input, &in->addresses[in->address_count++]);
        }
    }
}

static size_t address_total(const scenario *s)
{
    size_t total = 0;
    for (size_t i = 0; i < s->venue_list_count; i++) {
        total += s->venues[i].address_count;
    }
    return total;
}

static size_t theme_total(const scenario *s)
{
    size_t total = 0;
    for (size_t i = 0; i < s->venue_list_count; i++) {
        total += s->venues[i].theme_count;
    }
    return total;
}

static void want_all(const scenario *s, inputs *in, wanted_inputs *w)
{
    want(w, "communes", &s->communes, &in->communes);
    want(w, "names", &s->names, &in->names);
    want(w, "membership", &s->membership, &in->membership);
    want(w, "population", &s->population, &in->population);
    want(w, "cells", &s->cells, &in->cells);
    want(w, "density", &s->density, &in->density);
    want(w, "flows", &s->flows, &in->flows);
    want(w, "detail", &s->detail, &in->detail);
    want(w, "foreign_places", &s->foreign, &in->foreign);
    want(w, "perimeter", &s->keep_file, &in->keep);
    want(w, "movements", &s->movements, &in->movements);
    want(w, "passage", &s->passage, &in->passage);
    for (size_t i = 0; i < s->series_count; i++) {
        want_series(w, &s->series[i], &in->series[i], &in->series_year[i]);
    }
    for (size_t i = 0; i < s->mode_count; i++) {
        want(w, "travel_times", &s->travel[i].matrix, &in->matrices[i]);
    }
    for (size_t i = 0; i < s->group_count; i++) {
        want(w, "group", &s->groups[i].input, &in->groups[i]);
    }
    for (size_t i = 0; i < s->zoning_count; i++) {
        want(w, "zoning", &s->zonings[i].input, &in->zonings[i]);
    }
    for (size_t i = 0; i < s->context_count; i++) {
        const scenario_context *c = &s->contexts[i];
        want(w, "context", &c->input, &in->contexts[i]);
        if (w->count > 0 && w->items[w->count - 1].into == &in->contexts[i]) {
            w->items[w->count - 1].numbers = c->columns;
            w->items[w->count - 1].number_count = c->column_count;
        }
    }
    for (size_t i = 0, theme = 0; i < s->venue_list_count; i++) {
        want(w, "venues", &s->venues[i].input, &in->venues[i]);
        want(w, "postcodes", &s->venues[i].postcodes, &in->postcodes[i]);
        want_addresses(&s->venues[i], in, w);
        for (size_t k = 0; k < s->venues[i].theme_count; k++) {
            want(w, "venue-themes", &s->venues[i].themes[k].input, &in->themes[theme++]);
        }
    }
}

/* --- are they there --- */

static status check_file(const char *file, const char *path, source_ref where, faults *faults_list)
{
    struct stat facts;
    if (stat(path, &facts) != 0) {
        return errno == ENOENT || errno == ENOTDIR
                   ? faults_refuse(faults_list, where, M_INPUT_ABSENT, file, path)
                   : faults_refuse(faults_list, where, M_INPUT_UNREADABLE, file, path,
                                   strerror(errno));
    }
    if (!S_ISREG(facts.st_mode)) {
        return faults_refuse(faults_list, where, M_INPUT_NOT_REGULAR, file, path);
    }
    if (access(path, R_OK) != 0) {
        return faults_refuse(faults_list, where, M_INPUT_UNREADABLE, file, path, strerror(errno));
    }
    return STATUS_OK;
}

static status check_networks(const scenario *s, faults *faults_list)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < s->mode_count; i++) {
        const scenario_travel *t = &s->travel[i];
        const scenario_input *n = &t->network;
        const status files[] = {
            n->path != NULL ? check_file(n->file, n->path, n->where, faults_list) : STATUS_OK,
            t->urban != NULL ? check_file(t->urban, t->urban, n->where, faults_list) : STATUS_OK,
            t->profile != NULL && !profile_is_built_in(t->profile)
                ? check_file(t->profile, t->profile, n->where, faults_list)
                : STATUS_OK,
        };
        for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
            result = result == STATUS_OK ? files[k] : result;
        }
    }
    return result;
}

/* --- reading --- */

/* What reading takes beside the files. */
typedef struct reading_means {
    const run_environment *environment;
    const taxonomy *kinds;
    int threads;
} reading_means;

static status read_one(const reading_means *means, const wanted_input *wanted, faults *faults_list)
{
    const run_environment *environment = means->environment;
    const scenario_input *input = wanted->input;
    status result = check_file(input->file, input->path, input->where, faults_list);
    if (result != STATUS_OK) {
        return result;
    }
    const import_request request = {
        .path = input->path,
        .member = input->member,
        .format = input->format,
        .role = wanted->read_as,
        .encoding = input->encoding,
        .epsg = input->epsg,
        .vintage = input->vintage,
        .bindings = input->bindings,
        .binding_count = input->binding_count,
        .numbers = wanted->numbers,
        .number_count = wanted->number_count,
        .workers = environment->workers,
        .kinds = means->kinds,
        .threads = means->threads,
        .where = input->where,
    };
    result = import_file(environment->importers, &request, wanted->into, faults_list);
    if (result == STATUS_OK && wanted->year != NULL) {
        *wanted->year = wanted->into->vintage;
    }
    if (result == STATUS_OK && input->vintage != 0) {
        wanted->into->vintage = input->vintage; /* the run file knows better than the file */
    }
    return result;
}

static status read_wanted(const reading_means *means, const wanted_inputs *w, faults *faults_list)
{
    const run_environment *environment = means->environment;
    status result = STATUS_OK;
    for (size_t i = 0; i < w->count && !progress_cancelled(environment->progress); i++) {
        status one = read_one(means, &w->items[i], faults_list);
        result = result == STATUS_OK ? one : result;
        progress_advance(environment->progress, i + 1, w->count);
    }
    return result;
}

/* Themes say more of the venues of their list. */
static status join_themes(const scenario *s, inputs *in, faults *faults_list)
{
    status result = STATUS_OK;
    for (size_t i = 0, theme = 0; i < s->venue_list_count; i++) {
        for (size_t k = 0; k < s->venues[i].theme_count; k++, theme++) {
            if (in->venues[i].rows == NULL || in->themes[theme].rows == NULL) {
                continue;
            }
            status one = imported_join(&in->venues[i], &in->themes[theme],
                                       &in->themes_matched[theme], faults_list);
            result = result == STATUS_OK ? one : result;
        }
    }
    return result;
}

/* --- what the next steps want --- */

static const imported *given(const imported *i)
{
    return i->rows != NULL ? i : NULL;
}

static void hand_over(const scenario *s, inputs *in, const wanted_inputs *w)
{
    for (size_t i = 0; i < s->group_count; i++) {
        in->group_inputs[i] =
            (group_input){.title = s->groups[i].name, .rows = given(&in->groups[i])};
    }
    for (size_t i = 0; i < s->zoning_count; i++) {
        in->zoning_inputs[i] = (zoning_input){.name = s->zonings[i].name,
                                              .year = s->zonings[i].year,
                                              .rows = &in->zonings[i],
                                              .where = s->zonings[i].input.where};
    }
    for (size_t i = 0; i < s->context_count; i++) {
        in->context_inputs[i] =
            (context_input){.rows = &in->contexts[i], .where = s->contexts[i].input.where};
    }
    for (size_t i = 0; i < s->venue_list_count; i++) {
        const scenario_venues *v = &s->venues[i];
        in->venue_lists[i] = (venue_list){
            .id = v->list,
            .rows = given(&in->venues[i]),
            .kind = v->kind,
            .kind_map = v->kind_map,
            .kind_map_count = v->kind_map_count,
            .status = v->status,
            .postcodes = given(&in->postcodes[i]),
            .by_address = v->address_count > 0,
            .date = s->date,
            .itinerants_aside = v->itinerants != NULL && strcmp(v->itinerants, "aside") == 0,
            .where = v->input.where,
        };
    }
    for (size_t i = 0; i < in->address_count; i++) {
        in->address_tables[i] = &in->addresses[i];
    }
    for (size_t i = 0; i < w->count; i++) {
        in->all[i] = w->items[i].into;
        in->roles[i] = w->items[i].role;
        in->said[i] = w->items[i].input;
    }
    in->count = w->count;
}

static status inputs_allocate(const scenario *s, inputs *in, wanted_inputs *w, error *err)
{
    const size_t themes = theme_total(s);
    const size_t files = address_total(s);
    w->capacity = 12 + s->mode_count + s->series_count + s->group_count + s->zoning_count +
                  s->context_count + 2 * s->venue_list_count + files + themes;
    in->zonings = arena_take(in->memory, s->zoning_count + 1, sizeof *in->zonings);
    in->zoning_inputs = arena_take(in->memory, s->zoning_count + 1, sizeof *in->zoning_inputs);
    in->contexts = arena_take(in->memory, s->context_count + 1, sizeof *in->contexts);
    in->context_inputs = arena_take(in->memory, s->context_count + 1, sizeof *in->context_inputs);
    w->items = arena_take(in->memory, w->capacity, sizeof *w->items);
    in->groups = arena_take(in->memory, s->group_count + 1, sizeof *in->groups);
    in->group_inputs = arena_take(in->memory, s->group_count + 1, sizeof *in->group_inputs);
    in->series = arena_take(in->memory, s->series_count + 1, sizeof *in->series);
    in->series_year = arena_take(in->memory, s->series_count + 1, sizeof *in->series_year);
    in->matrices = arena_take(in->memory, s->mode_count + 1, sizeof *in->matrices);
    in->venues = arena_take(in->memory, s->venue_list_count + 1, sizeof *in->venues);
    in->postcodes = arena_take(in->memory, s->venue_list_count + 1, sizeof *in->postcodes);
    in->addresses = arena_take(in->memory, files + 1, sizeof *in->addresses);
    in->address_tables = arena_take(in->memory, files + 1, sizeof *in->address_tables);
    in->themes = arena_take(in->memory, themes + 1, sizeof *in->themes);
    in->themes_matched = arena_take(in->memory, themes + 1, sizeof *in->themes_matched);
    in->venue_lists = arena_take(in->memory, s->venue_list_count + 1, sizeof *in->venue_lists);
    in->all = arena_take(in->memory, w->capacity, sizeof *in->all);
    in->roles = arena_take(in->memory, w->capacity, sizeof *in->roles);
    in->said = arena_take(in->memory, w->capacity, sizeof *in->said);
    bool made = in->zonings != NULL && in->zoning_inputs != NULL && in->contexts != NULL &&
                in->context_inputs != NULL && w->items != NULL && in->groups != NULL &&
                in->group_inputs != NULL && in->venues != NULL && in->postcodes != NULL &&
                in->addresses != NULL && in->address_tables != NULL && in->themes != NULL &&
                in->themes_matched != NULL && in->venue_lists != NULL && in->all != NULL &&
                in->roles != NULL && in->said != NULL && in->series != NULL &&
                in->matrices != NULL && in->series_year != NULL;
    return made ? STATUS_OK : memory_error(err, w->capacity * sizeof *w->items);
}

status inputs_read(const scenario *s, const run_environment *environment, const taxonomy *kinds,
                   inputs **out, faults *faults_list)
{
    const reading_means means = {
        .environment = environment, .kinds = kinds, .threads = run_threads(s)};
    error err;
    arena *memory = NULL;
    wanted_inputs w = {0};
    *out = NULL;
    if (arena_new(&memory, &err) != STATUS_OK) {
        return faults_add_error(faults_list, SOURCE_NONE, &err);
    }
    inputs *in = arena_take(memory, 1, sizeof *in);
    if (in == NULL) {
        arena_free(memory);
        return faults_add_error(faults_list, SOURCE_NONE, (memory_error(&err, sizeof *in), &err));
    }
    in->memory = memory;
    status result = inputs_allocate(s, in, &w, &err);
    if (result != STATUS_OK) {
        (void)faults_add_error(faults_list, SOURCE_NONE, &err);
        goto done;
    }
    want_all(s, in, &w);
    const status networks = check_networks(s, faults_list);
    const status read = read_wanted(&means, &w, faults_list);
    result = networks != STATUS_OK ? networks : read;
    if (result == STATUS_OK) {
        result = join_themes(s, in, faults_list);
    }
    hand_over(s, in, &w);
done:
    if (result == STATUS_OK) {
        *out = in;
    } else {
        inputs_free(in);
    }
    return result;
}

static bool is_looked_up(const char *role)
{
    static const char *const roles[] = {"postcodes",      "addresses", "perimeter",
                                        "foreign_places", "movements", "passage"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(role, roles[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* What was read, and how much of it is used. */
static status balance_one(ledger *balance, const char *role, const imported *one, size_t used,
                          error *err)
{
    size_t entry = 0;
    const table *rows = one->rows;
    const size_t read = rows->rows + one->left_out;
    const char *file = rows->source_file_count > 0 ? rows->source_files[0] : "";
    status result = ledger_open(balance, role, file, &entry, err);
    if (result == STATUS_OK) {
        ledger_read(balance, entry, read, (double)read);
        ledger_use(balance, entry, used, (double)used);
    }
    if (result == STATUS_OK && used < rows->rows) {
        const size_t left = rows->rows - used;
        result = ledger_ignore(balance, entry, left, (double)left, err, M_INPUT_NO_SUCH_VENUE);
    }
    if (result == STATUS_OK && one->left_out > 0) {
        result = ledger_ignore(balance, entry, one->left_out, (double)one->left_out, err,
                               one->left_out_fr, one->left_out_en);
    }
    return result;
}

status inputs_balance(const inputs *in, ledger *balance, error *err)
{
    status result = STATUS_OK;
    size_t theme = 0;
    for (size_t i = 0; i < in->count && result == STATUS_OK; i++) {
        const char *role = in->roles[i];
        const table *rows = in->all[i]->rows;
        if (strcmp(role, "venue-themes") == 0) {
            result = balance_one(balance, role, in->all[i], in->themes_matched[theme++], err);
        } else if (is_looked_up(role) && rows != NULL) {
            result = balance_one(balance, role, in->all[i], rows->rows, err);
        }
    }
    return result;
}

void inputs_free(inputs *in)
{
    if (in == NULL) {
        return;
    }
    for (size_t i = 0; i < in->count; i++) {
        imported_clear((imported *)(uintptr_t)in->all[i]);
    }
    arena_free(in->memory);
}
