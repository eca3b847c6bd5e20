#include "territory/vintage_roles.h"

#include <string.h>

#include "territory/support.h"

static const vintage_role roles[] = {
    {.role = "communes",
     .codes = {"code"},
     .code_count = 1,
     .sums = {"population"},
     .classes = {"density7"},
     .unique = true},
    {.role = "names", .codes = {"code"}, .code_count = 1, .unique = true},
    {.role = "membership",
     .codes = {"code"},
     .code_count = 1,
     .classes = {"density7"},
     .unique = true},
    {.role = "population",
     .codes = {"code"},
     .code_count = 1,
     .sums = {"population"},
     .unique = true},
    {.role = "density",
     .codes = {"code"},
     .code_count = 1,
     .classes = {"density7"},
     .unique = true},
    {.role = "group", .codes = {"code"}, .code_count = 1, .by_people = true},
    {.role = "perimeter", .codes = {"code"}, .code_count = 1, .by_people = true},
    {.role = "flows", .codes = {"o", "j"}, .code_count = 2, .sums = {"workers"}, .unique = true},
    {.role = "detail",
     .codes = {"o", "j"},
     .code_count = 2,
     .keys = {"mode", "cs"},
     .sums = {"workers", "variance"},
     .counts = {"respondents"}},
    {.role = "series", .codes = {"o", "j"}, .code_count = 2, .sums = {"workers"}, .unique = true},
    /* Minutes and km of merged communes are those of the one that keeps the code. */
    {.role = "travel_times", .codes = {"from", "to"}, .code_count = 2, .unique = true},
    {.role = "venues", .codes = {"commune"}, .code_count = 1, .by_people = true, .recoded = true},
    {.role = "postcodes", .codes = {"code"}, .code_count = 1, .by_people = true, .recoded = true},
    {.role = "cells",
     .codes = {"commune"},
     .code_count = 1,
     .recoded = true,
     .form = RECODE_RUN_ON},
    {.role = "zoning",
     .codes = {"code"},
     .code_count = 1,
     .by_people = true,
     .recoded = true,
     .form = RECODE_LIST},
    {.role = "context",
     .codes = {"code"},
     .code_count = 1,
     .sums = {"facilities*", "fiscal_households"},
     .unique = true,
     .figures = true},
    {.role = "facilities", .codes = {"code"}, .code_count = 1, .recoded = true},
    {.role = "addresses", .codes = {"code"}, .code_count = 1, .by_people = true, .recoded = true},
};

const vintage_role *vintage_role_find(const char *role)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (strcmp(roles[i].role, role) == 0) {
            return &roles[i];
        }
    }
    return NULL;
}

static bool holds(const char *const *names, size_t most, const char *name)
{
    for (size_t i = 0; i < most && names[i]; i++) {
        const size_t size = strlen(names[i]);
        const bool any = names[i][size - 1] == '*';
        if (any ? strncmp(names[i], name, size - 1) == 0 : strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* Things that are counted ("{person}") add up; a ratio, a median, a number whose unit tells nothing
 * does not. A crosstab counts. */
static carry_rule figure_rule(const vintage_role *r, const column *c, bool crosstab)
{
    const bool counted = c->unit && c->unit[0] == '{' && !strchr(c->unit, '/');
    return crosstab || counted || holds(r->sums, sizeof r->sums / sizeof r->sums[0], c->name)
               ? CARRY_SUM
               : CARRY_MEDIAN;
}

static carry_rule rule_of(const vintage_role *r, const column *c, bool crosstab)
{
    if (r->figures && c->type == COLUMN_F64) {
        return figure_rule(r, c, crosstab);
    }
    if (holds(r->keys, sizeof r->keys / sizeof r->keys[0], c->name)) {
        return CARRY_KEY;
    }
    if (holds(r->sums, sizeof r->sums / sizeof r->sums[0], c->name)) {
        return CARRY_SUM;
    }
    if (holds(r->counts, sizeof r->counts / sizeof r->counts[0], c->name) &&
        c->type == COLUMN_U32) {
        return CARRY_COUNT;
    }
    if (holds(r->classes, sizeof r->classes / sizeof r->classes[0], c->name)) {
        return CARRY_LARGEST;
    }
    return strcmp(c->name, "name") == 0 ? CARRY_NAME : CARRY_LEADER;
}

status vintage_role_columns(const vintage_role *r, const imported *in, arena *a,
                            carried_column **out, size_t *count, faults *faults_list)
{
    const table *t = in->rows;
    const bool crosstab = in->by && in->by->empty_is_zero;
    const status rc = take_array(a, t->column_count + 1, sizeof **out, out, faults_list);
    *count = 0;
    for (size_t c = 0; rc == STATUS_OK && c < t->column_count; c++) {
        const column *one = &t->columns[c];
        if (!holds(r->codes, r->code_count, one->name)) {
            (*out)[(*count)++] =
                (carried_column){.name = one->name, .rule = rule_of(r, one, crosstab)};
        }
    }
    return rc;
}
