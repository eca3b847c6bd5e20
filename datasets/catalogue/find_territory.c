/* A territory given by a name or an EPCI, looked for in the communes that were fetched. */
#include <string.h>
#include <sys/stat.h>

#include "datasets/catalogue/fetching.h"
#include "datasets/catalogue/found.h"

/* One file of communes: the word is found in it, or stays as it was. What cannot be read does not
 * help. */
static status look_in_file(const fetch_options *o, fetch_plan *plan, const char *path,
                           const char *role, faults *aside, error *err)
{
    imported in = {0};
    status s = STATUS_OK;
    const import_request request = {.path = path, .role = role, .workers = o->workers};
    if (import_file(o->importers, &request, &in, aside) == STATUS_OK) {
        s = territory_word_find(o->areas, in.rows, plan->memory, &plan->word, err);
    }
    imported_clear(&in);
    return s;
}

static status look_in_folder(const fetch_options *o, fetch_plan *plan, const char *folder,
                             const char *role, faults *aside, error *err)
{
    found_files *found = NULL;
    status s = STATUS_OK;
    if (found_scan(folder, o->importers, o->workers, o->progress, &found, aside) != STATUS_OK) {
        return STATUS_OK;
    }
    for (size_t i = 0; s == STATUS_OK && i < found->count; i++) {
        if (strcmp(found->at[i].role, role) == 0 && !territory_word_is_whole(&plan->word)) {
            s = look_in_file(o, plan, found->at[i].path, role, aside, err);
        }
    }
    found_free(found);
    return s;
}

static status look_in(const fetch_options *o, fetch_plan *plan, const char *role, faults *aside,
                      error *err)
{
    struct stat facts;
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < plan->count; i++) {
        const fetch_item *item = &plan->items[i];
        const char *folder = unpack_folder_of(item->path, plan->memory);
        if (strcmp(item->entry->role, role) != 0 || territory_word_is_whole(&plan->word) ||
            stat(item->path, &facts) != 0) {
            continue;
        }
        const bool unpacked = item->entry->archive != ARCHIVE_KEPT && folder &&
                              stat(folder, &facts) == 0 && S_ISDIR(facts.st_mode);
        s = unpacked ? look_in_folder(o, plan, folder, role, aside, err)
                     : look_in_file(o, plan, item->path, role, aside, err);
    }
    return s;
}

status plan_find_territory(const fetch_options *o, fetch_plan *plan, error *err)
{
    faults *aside = NULL;
    status s = faults_new(&aside, err);
    if (s == STATUS_OK) {
        s = look_in(o, plan, "membership", aside, err);
    }
    if (s == STATUS_OK && !territory_word_is_whole(&plan->word)) {
        s = look_in(o, plan, "names", aside, err);
    }
    faults_free(aside);
    return s;
}
