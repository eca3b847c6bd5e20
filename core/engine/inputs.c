#include "engine/inputs.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/messages.h"

/* One file to read, and where it goes. */
typedef struct wanted_input {
    const char *role;
    const scenario_input *input;
    imported *into;
} wanted_input;

typedef struct wanted_inputs {
    wanted_input *items;
    size_t count, capacity;
} wanted_inputs;

static void want(wanted_inputs *w, const char *role, const scenario_input *input, imported *into)
{
    if (input->path != NULL && !input->doubtful && w->count < w->capacity) {
        w->items[w->count++] = (wanted_input){.role = role, .input = input, .into = into};
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
    want(w, "perimeter", &s->keep_file, &in->keep);
    for (size_t i = 0; i < s->group_count; i++) {
        want(w, "group", &s->groups[i].input, &in->groups[i]);
    }
    for (size_t i = 0; i < s->venue_list_count; i++) {
        want(w, "venues", &s->venues[i].input, &in->venues[i]);
        want(w, "postcodes", &s->venues[i].postcodes, &in->postcodes[i]);
        want_addresses(&s->venues[i], in, w);
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
        const char *path = s->modes[i].path;
        status one = path != NULL ? check_file(path, path, source_at(s->path, 0, 0), faults_list)
                                  : STATUS_OK;
        result = result == STATUS_OK ? one : result;
    }
    return result;
}

/* --- reading --- */

static status read_one(const run_environment *environment, const wanted_input *wanted,
                       faults *faults_list)
{
    const scenario_input *input = wanted->input;
    status result = check_file(input->file, input->path, input->where, faults_list);
    if (result != STATUS_OK) {
        return result;
    }
    const import_request request = {
        .path = input->path,
        .member = input->member,
        .format = input->format,
        .role = wanted->role,
        .encoding = input->encoding,
        .epsg = input->epsg,
        .vintage = input->vintage,
        .bindings = input->bindings,
        .binding_count = input->binding_count,
        .workers = environment->workers,
        .where = input->where,
    };
    result = import_file(environment->importers, &request, wanted->into, faults_list);
    if (result == STATUS_OK && input->vintage != 0) {
        wanted->into->vintage = input->vintage; /* the run file knows better than the file */
    }
    return result;
}

static status read_wanted(const run_environment *environment, const wanted_inputs *w,
                          faults *faults_list)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < w->count && !progress_cancelled(environment->progress); i++) {
        status one = read_one(environment, &w->items[i], faults_list);
        result = result == STATUS_OK ? one : result;
        progress_advance(environment->progress, i + 1, w->count);
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
            .where = v->input.where,
        };
    }
    for (size_t i = 0; i < in->address_count; i++) {
        in->address_tables[i] = &in->addresses[i];
    }
    for (size_t i = 0; i < w->count; i++) {
        in->all[i] = w->items[i].into;
        in->roles[i] = w->items[i].role;
    }
    in->count = w->count;
}

static status inputs_allocate(const scenario *s, inputs *in, wanted_inputs *w, error *err)
{
    size_t files = 0;
    for (size_t i = 0; i < s->venue_list_count; i++) {
        files += s->venues[i].address_count;
    }
    w->capacity = 9 + s->group_count + 2 * s->venue_list_count + files;
    w->items = arena_take(in->memory, w->capacity, sizeof *w->items);
    in->groups = arena_take(in->memory, s->group_count + 1, sizeof *in->groups);
    in->group_inputs = arena_take(in->memory, s->group_count + 1, sizeof *in->group_inputs);
    in->venues = arena_take(in->memory, s->venue_list_count + 1, sizeof *in->venues);
    in->postcodes = arena_take(in->memory, s->venue_list_count + 1, sizeof *in->postcodes);
    in->addresses = arena_take(in->memory, files + 1, sizeof *in->addresses);
    in->address_tables = arena_take(in->memory, files + 1, sizeof *in->address_tables);
    in->venue_lists = arena_take(in->memory, s->venue_list_count + 1, sizeof *in->venue_lists);
    in->all = arena_take(in->memory, w->capacity, sizeof *in->all);
    in->roles = arena_take(in->memory, w->capacity, sizeof *in->roles);
    bool made = w->items != NULL && in->groups != NULL && in->group_inputs != NULL &&
                in->venues != NULL && in->postcodes != NULL && in->addresses != NULL &&
                in->address_tables != NULL && in->venue_lists != NULL && in->all != NULL &&
                in->roles != NULL;
    return made ? STATUS_OK : memory_error(err, w->capacity * sizeof *w->items);
}

status inputs_read(const scenario *s, const run_environment *environment, inputs **out,
                   faults *faults_list)
{
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
    const status read = read_wanted(environment, &w, faults_list);
    result = networks != STATUS_OK ? networks : read;
    hand_over(s, in, &w);
done:
    if (result == STATUS_OK) {
        *out = in;
    } else {
        inputs_free(in);
    }
    return result;
}

status inputs_balance(const inputs *in, ledger *balance, error *err)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < in->count && result == STATUS_OK; i++) {
        const table *rows = in->all[i]->rows;
        bool ours = strcmp(in->roles[i], "postcodes") == 0 ||
                    strcmp(in->roles[i], "addresses") == 0 ||
                    strcmp(in->roles[i], "perimeter") == 0;
        size_t entry = 0;
        if (!ours || rows == NULL) {
            continue;
        }
        const char *file = rows->source_file_count > 0 ? rows->source_files[0] : "";
        result = ledger_open(balance, in->roles[i], file, &entry, err);
        if (result == STATUS_OK) {
            ledger_read(balance, entry, rows->rows, (double)rows->rows);
            ledger_use(balance, entry, rows->rows, (double)rows->rows);
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
