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

/* --- several of a role --- */

/* What is taken once: the same format, or for programmes, which share one, the same name;
 * facilities located and facilities counted are the same numbers. */
static bool is_same_source(const found_file *a, const found_file *b)
{
    static const char facilities[] = "insee-bpe";
    const size_t size = sizeof facilities - 1;
    if (strncmp(a->by->id, facilities, size) == 0 && strncmp(b->by->id, facilities, size) == 0) {
        return true;
    }
    return a->by == b->by &&
           (strcmp(a->by->id, "anct-programme") != 0 || strcmp(a->name, b->name) == 0);
}

static void add_best(const found_file **list, size_t *count, const found_file *f)
{
    for (size_t i = 0; i < *count; i++) {
        if (is_same_source(list[i], f)) {
            list[i] = is_better(f, list[i]) ? f : list[i];
            return;
        }
    }
    if (*count < LISTS_MAX) {
        list[(*count)++] = f;
    }
}

/* Two vintages of one census are not two lists. */
static void add_list(chosen *c, const found_file *f)
{
    for (size_t i = 0; i < c->list_count; i++) {
        const found_file *other = c->lists[i];
        if (other->by == f->by && *file_vintage(f) && *file_vintage(other) &&
            strcmp(file_vintage(f), file_vintage(other)) != 0) {
            c->lists[i] = is_better(f, other) ? f : other;
            return;
        }
    }
    if (c->list_count < LISTS_MAX) {
        c->lists[c->list_count++] = f;
    }
}

static void add_each(const found_file **list, size_t *count, const found_file *f)
{
    if (*count < LISTS_MAX) {
        list[(*count)++] = f;
    }
}

/* Any list of communes can be a zoning of its own: its reader says so. */
static bool is_known_zoning(const found_file *f)
{
    return strcmp(f->role, "zoning") == 0 && strcmp(f->by->id, "zoning") != 0;
}

static void add_of_several(chosen *c, const found_file *f)
{
    if (strcmp(f->role, "venues") == 0) {
        add_list(c, f);
    } else if (strcmp(f->role, "roads") == 0) {
        add_roads(c, f);
    } else if (is_known_zoning(f)) {
        add_best(c->zonings, &c->zoning_count, f);
    } else if (strcmp(f->role, "context") == 0) {
        add_best(c->contexts, &c->context_count, f);
    } else if (strcmp(f->role, "addresses") == 0) {
        add_each(c->addresses, &c->address_count, f);
    } else if (strcmp(f->role, "venue-themes") == 0) {
        add_each(c->themes, &c->theme_count, f);
    }
}

void files_choose(const found_files *files, chosen *out)
{
    *out = (chosen){.communes = NULL};
    for (size_t i = 0; i < files->count; i++) {
        const found_file *f = &files->at[i];
        const found_file **place = place_of(out, f->role);
        if (!place) {
            add_of_several(out, f);
        } else if (is_better(f, *place)) {
            *place = f;
        }
    }
}

bool role_is_chosen(const char *role)
{
    static const char *const several[] = {"venues", "roads", "context"};
    chosen none = {.communes = NULL};
    for (size_t i = 0; i < sizeof several / sizeof *several; i++) {
        if (strcmp(several[i], role) == 0) {
            return true;
        }
    }
    return place_of(&none, role) != NULL;
}

bool theme_is_of(const found_file *theme, const found_file *list)
{
    return list->by && strcmp(list->by->id, "tiers-lieux-census") == 0 &&
           strcmp(file_vintage(theme), file_vintage(list)) == 0;
}

static bool is_in(const found_file *const *list, size_t count, const found_file *f)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == f) {
            return true;
        }
    }
    return false;
}

static bool has_its_list(const chosen *c, const found_file *theme)
{
    for (size_t i = 0; i < c->list_count; i++) {
        if (theme_is_of(theme, c->lists[i])) {
            return true;
        }
    }
    return false;
}

bool file_is_chosen(const chosen *c, const found_file *f)
{
    const found_file *const all[] = {c->communes,  c->names,     c->membership, c->population,
                                     c->density,   c->flows,     c->detail,     c->cells,
                                     c->postcodes, c->movements, c->roads};
    return is_in(all, sizeof all / sizeof *all, f) || is_in(c->lists, c->list_count, f) ||
           is_in(c->zonings, c->zoning_count, f) || is_in(c->contexts, c->context_count, f) ||
           is_in(c->addresses, c->address_count, f) ||
           (is_in(c->themes, c->theme_count, f) && has_its_list(c, f));
}
