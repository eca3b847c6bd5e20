#include <stdlib.h>
#include <string.h>

#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

/* Labels of INSEE's 7-level density grid. */
static const char *const density_names[] = {"Grands centres urbains",
                                            "Centres urbains intermédiaires",
                                            "Ceintures urbaines",
                                            "Petites villes",
                                            "Bourgs ruraux",
                                            "Rural à habitat dispersé",
                                            "Rural à habitat très dispersé"};
enum { DENSITY_LEVELS = 7 };

/* Zone and zone name of each place; "" none. */
typedef struct zoning {
    const char *level, *title_fr, *title_en;
    const char **code, **name;
} zoning;

typedef struct zone {
    const char *code, *name;
} zone;

static int compare_zones(const void *a, const void *b)
{
    const zone *x = a;
    const zone *y = b;
    const int order = strcmp(x->code, y->code);
    return order ? order : strcmp(y->name, x->name); /* the named one of two first */
}

/* Distinct zones of the kept places, in the order of their code. */
static size_t distinct_zones(const territory *t, const zoning *z, zone *out)
{
    size_t count = 0;
    size_t distinct = 0;
    for (size_t i = 0; i < t->place_count; i++) {
        if (t->kept[i] && *z->code[i]) {
            out[count++] = (zone){z->code[i], z->name[i]};
        }
    }
    qsort(out, count, sizeof *out, compare_zones);
    for (size_t i = 0; i < count; i++) {
        if (distinct == 0 || strcmp(out[distinct - 1].code, out[i].code) != 0) {
            out[distinct++] = out[i];
        }
    }
    return distinct;
}

static uint32_t group_of(const grouping *g, const char *code)
{
    const size_t at = sorted_find(g->code, g->group_count, code);
    return at < g->group_count ? (uint32_t)at : GROUP_NONE;
}

static status fill_grouping(territory *t, const draft *d, const zoning *z, const zone *zones,
                            size_t count, grouping *out)
{
    error err;
    const char **code = arena_take(t->memory, count, sizeof *code);
    const char **name = arena_take(t->memory, count, sizeof *name);
    uint32_t *of_place = arena_take(t->memory, t->place_count, sizeof *of_place);
    *out = (grouping){.level = arena_text(t->memory, z->level),
                      .title_fr = arena_text(t->memory, z->title_fr),
                      .title_en = arena_text(t->memory, z->title_en),
                      .group_count = count,
                      .code = (const char *const *)code,
                      .name = (const char *const *)name,
                      .of_place = of_place};
    bool whole = code && name && of_place && out->level && out->title_fr && out->title_en;
    for (size_t i = 0; whole && i < count; i++) {
        code[i] = arena_text(t->memory, zones[i].code);
        name[i] = arena_text(t->memory, *zones[i].name ? zones[i].name : zones[i].code);
        whole = code[i] && name[i];
    }
    if (!whole) {
        return fault_of(memory_error(&err, count * sizeof *code), &err, d->list);
    }
    for (size_t i = 0; i < t->place_count; i++) {
        of_place[i] = group_of(out, z->code[i]);
    }
    return STATUS_OK;
}

/* Adds the grouping unless no kept place has a zone. */
static status add_grouping(territory *t, const draft *d, const zoning *z, grouping *list)
{
    zone *zones = NULL;
    status rc = take_array(d->scratch, t->place_count, sizeof *zones, &zones, d->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    const size_t count = distinct_zones(t, z, zones);
    if (count == 0) {
        return STATUS_OK;
    }
    rc = fill_grouping(t, d, z, zones, count, &list[t->grouping_count]);
    t->grouping_count += rc == STATUS_OK;
    return rc;
}

static status take_zoning(const territory *t, const draft *d, zoning *z)
{
    status rc = take_array(d->scratch, t->place_count, sizeof *z->code, &z->code, d->list);
    if (rc == STATUS_OK) {
        rc = take_array(d->scratch, t->place_count, sizeof *z->name, &z->name, d->list);
    }
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        z->code[i] = z->name[i] = "";
    }
    return rc;
}

/* INSEE writes ZZZZZZZZZ for a commune in no zone of a level: it belongs to none, not to one of
 * that name. */
static bool is_outside_zones(const char *code)
{
    return *code && code[strspn(code, "Z")] == '\0';
}

static status add_level(territory *t, const draft *d, const size_t *rows, level l, grouping *list)
{
    zoning z = {.level = level_name(l),
                .title_fr = level_title(l, LANGUAGE_FR),
                .title_en = level_title(l, LANGUAGE_EN)};
    const status rc = take_zoning(t, d, &z);
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        z.code[i] = is_outside_zones(d->level[l][rows[i]]) ? "" : d->level[l][rows[i]];
        z.name[i] = d->level_label[l][rows[i]];
    }
    return rc == STATUS_OK ? add_grouping(t, d, &z, list) : rc;
}

static status add_density(territory *t, const draft *d, grouping *list)
{
    static const char *const codes[] = {"1", "2", "3", "4", "5", "6", "7"};
    zoning z = {.level = "densite",
                .title_fr = tr(LANGUAGE_FR, M_TITLE_DENSITE),
                .title_en = tr(LANGUAGE_EN, M_TITLE_DENSITE)};
    const status rc = take_zoning(t, d, &z);
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        const uint32_t density = t->density[i];
        if (density >= 1 && density <= DENSITY_LEVELS) {
            z.code[i] = codes[density - 1];
            z.name[i] = density_names[density - 1];
        }
    }
    return rc == STATUS_OK ? add_grouping(t, d, &z, list) : rc;
}

static status add_whole(territory *t, const draft *d, grouping *list)
{
    zoning z = {.level = "france",
                .title_fr = tr(LANGUAGE_FR, M_TITLE_FRANCE),
                .title_en = tr(LANGUAGE_EN, M_TITLE_FRANCE)};
    const status rc = take_zoning(t, d, &z);
    for (size_t i = 0; rc == STATUS_OK && i < t->place_count; i++) {
        z.code[i] = "FR";
        z.name[i] = t->title;
    }
    return rc == STATUS_OK ? add_grouping(t, d, &z, list) : rc;
}

static status account_group(const draft *d, const imported *in, size_t used)
{
    error err;
    size_t entry = 0;
    const size_t rows = in->rows->rows;
    status rc = ledger_open(d->balance, "group", file_of(in->rows), &entry, &err);
    if (rc == STATUS_OK) {
        ledger_read(d->balance, entry, rows, (double)rows);
        ledger_use(d->balance, entry, used, (double)used);
    }
    if (rc == STATUS_OK && used < rows) {
        rc = ledger_ignore(d->balance, entry, rows - used, (double)(rows - used), &err,
                           M_TERRITORY_NOT_LOADED);
    }
    return fault_of(rc, &err, d->list);
}

static status add_own(territory *t, const draft *d, size_t number, grouping *list)
{
    size_t used = 0;
    code_index *index = NULL;
    const group_input *g = &d->in->groups[number];
    const column *code = text_column(g->rows->rows, "code");
    const column *group = text_column(g->rows->rows, "group");
    const column *name = text_column(g->rows->rows, "group_name");
    zoning z = {.level = arena_format(t->memory, "group_%zu", number + 1),
                .title_fr = g->title,
                .title_en = g->title};
    status rc = take_zoning(t, d, &z);
    if (rc == STATUS_OK) {
        rc = code_index_new(&index, g->rows->rows, "code", d->list);
    }
    code_index_free(index);
    for (size_t row = 0; rc == STATUS_OK && row < g->rows->rows->rows; row++) {
        const uint32_t place = code_index_find(t->by_code, text_at(code, row));
        if (place != ROW_NONE) {
            z.code[place] = text_at(group, row);
            z.name[place] = text_at(name, row);
            used++;
        }
    }
    if (rc == STATUS_OK) {
        rc = add_grouping(t, d, &z, list);
    }
    return rc == STATUS_OK ? account_group(d, g->rows, used) : rc;
}

status territory_groups(territory *t, const draft *d, const size_t *rows)
{
    grouping *list = NULL;
    const size_t most = LEVEL_COUNT + 2 + d->in->group_count;
    status rc = take_array(t->memory, most, sizeof *list, &list, d->list);
    t->groupings = list;
    for (int l = 0; rc == STATUS_OK && l < LEVEL_COUNT; l++) {
        rc = add_level(t, d, rows, (level)l, list);
    }
    if (rc == STATUS_OK) {
        rc = add_density(t, d, list);
    }
    if (rc == STATUS_OK) {
        rc = add_whole(t, d, list);
    }
    for (size_t g = 0; rc == STATUS_OK && g < d->in->group_count; g++) {
        rc = add_own(t, d, g, list);
    }
    return rc == STATUS_OK ? territory_groups_outside(t, d, list) : rc;
}
