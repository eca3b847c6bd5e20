#include "datasets/starter/choose.h"

#include <string.h>

const char *file_vintage(const found_file *f)
{
    return f->from ? f->from->vintage : "";
}

int32_t file_geography(const found_file *f)
{
    return f->from ? f->from->geography : 0;
}

/* Whether `a` serves better than `b`, of the same role. */
static bool is_better(const found_file *a, const found_file *b)
{
    if (!b) {
        return true;
    }
    if (a->told != b->told) {
        return a->told;
    }
    const int newer = strcmp(file_vintage(a), file_vintage(b));
    if (newer != 0) {
        return newer > 0;
    }
    /* of two that nothing tells apart, the larger is the less likely an extract */
    return a->bytes != b->bytes ? a->bytes > b->bytes : strcmp(a->name, b->name) > 0;
}

static const found_file **place_of(chosen *c, const char *role)
{
    const struct {
        const char *role;
        const found_file **place;
    } places[] = {{"communes", &c->communes},     {"names", &c->names},
                  {"membership", &c->membership}, {"population", &c->population},
                  {"density", &c->density},       {"flows", &c->flows},
                  {"detail", &c->detail},         {"cells", &c->cells},
                  {"postcodes", &c->postcodes},   {"movements", &c->movements}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (strcmp(places[i].role, role) == 0) {
            return places[i].place;
        }
    }
    return NULL;
}

static void add_roads(chosen *c, const found_file *f)
{
    if (!c->roads) {
        c->roads = f;
    } else if (c->other_road_count < LISTS_MAX) {
        c->other_roads[c->other_road_count++] = f;
    }
}

void files_choose(const found_files *files, chosen *out)
{
    *out = (chosen){.communes = NULL};
    for (size_t i = 0; i < files->count; i++) {
        const found_file *f = &files->at[i];
        const found_file **place = place_of(out, f->role);
        if (place && is_better(f, *place)) {
            *place = f;
        } else if (strcmp(f->role, "venues") == 0 && out->list_count < LISTS_MAX) {
            out->lists[out->list_count++] = f;
        } else if (strcmp(f->role, "roads") == 0) {
            add_roads(out, f);
        }
    }
}

bool file_is_chosen(const chosen *c, const found_file *f)
{
    const found_file *const all[] = {c->communes,  c->names,     c->membership, c->population,
                                     c->density,   c->flows,     c->detail,     c->cells,
                                     c->postcodes, c->movements, c->roads};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i] == f) {
            return true;
        }
    }
    for (size_t i = 0; i < c->list_count; i++) {
        if (c->lists[i] == f) {
            return true;
        }
    }
    return false;
}
