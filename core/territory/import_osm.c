/* Venues out of an OSM extract: the taxonomy says which tags call for which kind. */
#include <string.h>
#include <strings.h>

#include "territory/importing.h"
#include "territory/support.h"
#include "territory/venues.h"

static bool is_extract(const char *path)
{
    const size_t size = strlen(path);
    return size > 4 && strcasecmp(path + size - 4, ".pbf") == 0;
}

/* "a=b|c=d|e=f": the rules of all kinds, in the order of the taxonomy. */
static const char *rules_of(const taxonomy *kinds, arena *memory)
{
    const char *text = "";
    for (size_t i = 0; text && i < kinds->count; i++) {
        if (*kinds->kinds[i].osm) {
            text = *text ? arena_format(memory, "%s|%s", text, kinds->kinds[i].osm)
                         : kinds->kinds[i].osm;
        }
    }
    return text;
}

/* The tags: what the columns are called in the file, but for the columns of the reader itself. */
static const char *keys_of(const importer *by, arena *memory)
{
    const char *text = "";
    for (size_t c = 0; text && c < by->column_count; c++) {
        const char *const *aliases = by->columns[c].aliases;
        for (; text && aliases && *aliases; aliases++) {
            if (**aliases != '@') {
                text = *text ? arena_format(memory, "%s,%s", text, *aliases) : *aliases;
            }
        }
    }
    return text;
}

status import_osm(const importing *r, const importer *const *importers, layer_options *options)
{
    error err;
    const taxonomy *kinds = r->request->kinds;
    options->threads = r->request->threads;
    for (size_t i = 0; kinds && is_extract(r->request->path) && importers[i]; i++) {
        const char *role = r->request->role;
        if (!importers[i]->osm || (role && strcmp(importers[i]->role, role) != 0)) {
            continue;
        }
        options->osm_rules = rules_of(kinds, r->memory);
        options->osm_keys = keys_of(importers[i], r->memory);
        if (!options->osm_rules || !options->osm_keys) {
            return fault_of(memory_error(&err, 1024), &err, r->list);
        }
    }
    return STATUS_OK;
}
