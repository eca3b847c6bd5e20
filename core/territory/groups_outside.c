/* How many communes of each group lie outside the perimeter: a group of which some do is shown for
 * a part only, and says so.
 *
 * Counted: communes loaded and not kept, and those that the membership, COG or group file names in
 * départements none of whose communes was loaded. Codes of another vintage, in départements that
 * were, are not taken for communes. */
#include <string.h>

#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/support.h"

static void count_in(grouping *g, uint32_t *outside, const char *zone)
{
    const size_t at = sorted_find(g->code, g->group_count, zone);
    if (at < g->group_count) {
        outside[at]++;
    }
}

static void count_dropped(const draft *d, level l, grouping *g, uint32_t *outside)
{
    for (size_t i = 0; i < d->count; i++) {
        if (d->fate[i] != FATE_KEPT) {
            count_in(g, outside, d->level[l][i]);
        }
    }
}

/* Rows of `from` whose commune is of a département that was not loaded. */
static void count_beyond(const territory *t, const table *from, const char *zone_name, grouping *g,
                         uint32_t *outside)
{
    const column *code = from != NULL ? text_column(from, "code") : NULL;
    const column *zone = from != NULL ? text_column(from, zone_name) : NULL;
    const column *type = from != NULL ? text_column(from, "type") : NULL;
    for (size_t row = 0; code != NULL && zone != NULL && row < from->rows; row++) {
        const bool commune = type == NULL || strcmp(text_at(type, row), "COM") == 0;
        if (commune && !territory_covers(t, text_at(code, row))) {
            count_in(g, outside, text_at(zone, row));
        }
    }
}

/* The COG file names départements and regions, the membership file the rest; where both name a
 * level, the membership file is taken, so that no commune counts twice. */
static void count_level(const territory *t, const draft *d, level l, grouping *g, uint32_t *outside)
{
    const table *membership = d->in->membership != NULL ? d->in->membership->rows : NULL;
    const table *names = d->in->names != NULL ? d->in->names->rows : NULL;
    const bool told = membership != NULL && text_column(membership, level_name(l)) != NULL;
    count_dropped(d, l, g, outside);
    count_beyond(t, told ? membership : names, level_name(l), g, outside);
}

static void count_own(const territory *t, const draft *d, size_t number, grouping *g,
                      uint32_t *outside)
{
    const table *from = d->in->groups[number].rows->rows;
    const column *code = text_column(from, "code"), *group = text_column(from, "group");
    for (size_t row = 0; row < from->rows; row++) {
        const uint32_t loaded = draft_find(d, text_at(code, row));
        const bool counted = loaded != PLACE_NONE ? d->fate[loaded] != FATE_KEPT
                                                  : !territory_covers(t, text_at(code, row));
        if (counted) {
            count_in(g, outside, text_at(group, row));
        }
    }
}

static void count_group(const territory *t, const draft *d, grouping *g, uint32_t *outside)
{
    static const char own[] = "group_";
    uint64_t number = 0;
    for (int l = 0; l < LEVEL_COUNT; l++) {
        if (strcmp(g->level, level_name((level)l)) == 0) {
            count_level(t, d, (level)l, g, outside);
        }
    }
    if (strncmp(g->level, own, strlen(own)) == 0) {
        const char *digits = g->level + strlen(own);
        if (text_to_u64(text_slice_of(digits, strlen(digits)), &number) && number > 0) {
            count_own(t, d, (size_t)number - 1, g, outside);
        }
    }
}

status territory_groups_outside(territory *t, const draft *d, grouping *list)
{
    status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < t->grouping_count; i++) {
        uint32_t *outside = NULL;
        rc = take_array(t->memory, list[i].group_count, sizeof *outside, &outside, d->list);
        if (rc == STATUS_OK) {
            count_group(t, d, &list[i], outside);
            list[i].outside = outside;
        }
    }
    return rc;
}
