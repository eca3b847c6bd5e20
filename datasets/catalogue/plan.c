/* What a territory calls for, and what is already there. */
#include <string.h>
#include <sys/stat.h>

#include "datasets/catalogue/fetching.h"
#include "datasets/catalogue/messages.h"
#include "territory/support.h"

enum { ITEMS_MAX = 4096 };

/* --- which entries --- */

static bool listed(const char *list, const char *id)
{
    const size_t size = strlen(id);
    for (const char *at = list; *at;) {
        const size_t length = strcspn(at, ",");
        if (length == size && strncmp(at, id, size) == 0) {
            return true;
        }
        at += length + (at[length] == ',');
    }
    return false;
}

static bool is_wanted(const fetch_options *o, const fetch_plan *plan, const catalogue_entry *e)
{
    const unsigned level = plan->word.level == TERRITORY_UNKNOWN
                               ? TERRITORY_COMMUNE | TERRITORY_EPCI
                               : (unsigned)plan->word.level;
    return o->only ? listed(o->only, e->id) : (e->levels & level) != 0;
}

/* A file of the mainland has nothing to say of a territory overseas. */
static bool covers(const fetch_plan *plan, const catalogue_entry *e)
{
    return e->extent == EXTENT_FRANCE || plan->word.in_count == 0 ||
           territory_word_mainland(&plan->word);
}

static const char *cut_value(const area *a, cut by)
{
    switch (by) {
    case CUT_DEPARTEMENT:
        return a->departement;
    case CUT_REGION:
        return a->region;
    case CUT_OSM_AREA:
        return a->osm_area;
    default:
        return "";
    }
}

static bool has_file(const fetch_plan *plan, const char *file)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (strcmp(plan->items[i].file, file) == 0) {
            return true;
        }
    }
    return false;
}

static status add_item(const fetch_options *o, fetch_plan *plan, const catalogue_entry *e,
                       const char *value, error *err)
{
    const cut by = entry_cut(e);
    fetch_item item = {.entry = e,
                       .address = cut_text(e->address, by, value, plan->memory),
                       .file = cut_text(e->file, by, value, plan->memory),
                       .fetched = "",
                       .bytes = e->size};
    if (!item.address || !item.file) {
        return memory_error(err, strlen(e->address));
    }
    if (has_file(plan, item.file) || plan->count == ITEMS_MAX) {
        return STATUS_OK;
    }
    item.path = arena_format(plan->memory, "%s/%s", o->folder, item.file);
    if (!item.path) {
        return memory_error(err, strlen(o->folder));
    }
    plan->items[plan->count++] = item;
    return STATUS_OK;
}

static status add_entry(const fetch_options *o, fetch_plan *plan, const catalogue_entry *e,
                        error *err)
{
    const cut by = entry_cut(e);
    status s = STATUS_OK;
    if (by == CUT_NONE) {
        return add_item(o, plan, e, "", err);
    }
    for (size_t i = 0; s == STATUS_OK && i < plan->word.in_count; i++) {
        const char *value = cut_value(plan->word.in[i], by);
        if (*value) {
            s = add_item(o, plan, e, value, err);
        }
    }
    return s;
}

status plan_add(const fetch_options *o, fetch_plan *plan, bool cut_ones, error *err)
{
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < o->catalogue->count; i++) {
        const catalogue_entry *e = &o->catalogue->entries[i];
        if ((entry_cut(e) != CUT_NONE) != cut_ones || !is_wanted(o, plan, e)) {
            continue;
        }
        if (covers(plan, e)) {
            s = add_entry(o, plan, e, err);
        } else {
            plan->elsewhere++;
        }
    }
    return s;
}

/* --- what is there --- */

status item_look(fetch_item *item, arena *memory, const atomic_int *cancel, error *err)
{
    struct stat facts;
    provenance known;
    sha256_hex digest = {""};
    const char *part = part_path(item->path, memory);
    if (stat(item->path, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        const bool begun = part && stat(part, &facts) == 0 && facts.st_size > 0;
        item->state = begun ? ITEM_PART : ITEM_ABSENT;
        return STATUS_OK;
    }
    const bool told = provenance_read(item->path, memory, &known);
    item->bytes = (uint64_t)facts.st_size;
    item->fetched = told ? known.fetched : "";
    const char *expected = *item->entry->sha256 ? item->entry->sha256 : told ? known.sha256 : "";
    const bool same_size = !told || known.bytes == item->bytes;
    if (*expected && (same_size || *item->entry->sha256)) {
        const status s = sha256_of_file_until(item->path, cancel, &digest, err);
        if (s != STATUS_OK) {
            return s;
        }
    }
    const bool same = *expected && strcmp(expected, digest.hex) == 0;
    item->state = !*expected             ? ITEM_BY_HAND
                  : same && told         ? ITEM_THERE
                  : same                 ? ITEM_BY_HAND
                  : *item->entry->sha256 ? ITEM_OTHER
                                         : ITEM_CHANGED;
    return STATUS_OK;
}

/* --- the plan --- */

static status check_only(const fetch_options *o, error *err)
{
    for (const char *at = o->only; at && *at;) {
        const size_t size = strcspn(at, ",");
        const char *names[512];
        size_t count = 0;
        char typed[64] = "";
        char shown[128];
        memcpy(typed, at, size < sizeof typed ? size : sizeof typed - 1);
        if (!catalogue_find(o->catalogue, typed)) {
            for (size_t i = 0; i < o->catalogue->count && count < 512; i++) {
                names[count++] = o->catalogue->entries[i].id;
            }
            const char *near = text_suggest(typed, names, count);
            (void)text_escape(text_slice_of(typed, strlen(typed)), shown, sizeof shown);
            return near ? error_set(err, STATUS_USAGE, M_FETCH_ONLY_NEAR, shown, near)
                        : error_set(err, STATUS_USAGE, M_FETCH_ONLY, shown);
        }
        at += size + (at[size] == ',');
    }
    return STATUS_OK;
}

static status plan_fill(const fetch_options *o, fetch_plan *plan, error *err)
{
    status s = check_only(o, err);
    if (s == STATUS_OK) {
        s = territory_word_read(o->areas, o->territory, plan->memory, &plan->word, err);
    }
    if (s == STATUS_OK) {
        s = plan_add(o, plan, false, err);
    }
    for (size_t i = 0; s == STATUS_OK && i < plan->count; i++) {
        s = item_look(&plan->items[i], plan->memory, o->progress->cancel, err);
    }
    if (s == STATUS_OK && !territory_word_is_whole(&plan->word)) {
        s = plan_find_territory(o, plan, err);
    }
    const size_t looked = plan->count;
    plan->cut_waits = !territory_word_is_whole(&plan->word);
    if (s == STATUS_OK && !plan->cut_waits) {
        s = plan_add(o, plan, true, err);
    }
    for (size_t i = looked; s == STATUS_OK && i < plan->count; i++) {
        s = item_look(&plan->items[i], plan->memory, o->progress->cancel, err);
    }
    return s;
}

status fetch_plan_make(const fetch_options *options, fetch_plan **out, faults *faults_list)
{
    error err;
    arena *memory = NULL;
    fetch_plan *plan = NULL;
    *out = NULL;
    status rc = fault_of(arena_new(&memory, &err), &err, faults_list);
    if (rc == STATUS_OK) {
        rc = take_array(memory, 1, sizeof *plan, &plan, faults_list);
    }
    if (rc == STATUS_OK) {
        rc = take_array(memory, ITEMS_MAX, sizeof *plan->items, &plan->items, faults_list);
    }
    if (rc == STATUS_OK) {
        plan->memory = memory;
        rc = fault_of(plan_fill(options, plan, &err), &err, faults_list);
    }
    if (rc == STATUS_OK) {
        *out = plan;
    } else {
        arena_free(memory);
    }
    return rc;
}

void fetch_plan_free(fetch_plan *plan)
{
    if (plan) {
        arena_free(plan->memory);
    }
}
