/* Outlines of merged communes: dissolved, their common borders gone. */
#include <string.h>

#include "geo/topology.h"
#include "territory/support.h"
#include "territory/vintage_roles.h"

status carried_owners(const carried *c, const table *old, uint32_t **owner, faults *faults_list)
{
    double *best = NULL;
    const column *before = text_column(old, "code");
    const column *after = text_column(c->rows, "code");
    status rc = take_array(c->report.memory, old->rows, sizeof **owner, owner, faults_list);
    rc = rc == STATUS_OK ? take_array(c->report.memory, old->rows, sizeof *best, &best, faults_list)
                         : rc;
    for (size_t row = 0; rc == STATUS_OK && row < old->rows; row++) {
        (*owner)[row] = UINT32_MAX;
    }
    for (size_t r = 0; rc == STATUS_OK && r < c->rows->rows; r++) {
        for (size_t i = c->piece_start[r]; i < c->piece_start[r + 1]; i++) {
            const uint32_t row = c->piece_row[i];
            const bool own = strcmp(text_at(before, row), text_at(after, r)) == 0;
            const double claim = own ? 2 : c->piece_ratio[i];
            if (claim > best[row]) {
                best[row] = claim;
                (*owner)[row] = (uint32_t)r;
            }
        }
    }
    return rc;
}

/* Copies one row, ring by ring. */
static status copy_outline(polygons_builder *b, const polygons *p, size_t row, error *err)
{
    status rc = polygons_builder_row(b, err);
    for (uint64_t part = p->part_start[row]; rc == STATUS_OK && part < p->part_start[row + 1];
         part++) {
        rc = polygons_builder_part(b, err);
        for (uint64_t k = p->ring_start[part]; rc == STATUS_OK && k < p->ring_start[part + 1];
             k++) {
            rc = polygons_builder_ring(b, err);
            for (uint64_t i = p->point_start[k]; rc == STATUS_OK && i < p->point_start[k + 1];
                 i++) {
                rc = polygons_builder_point(b, p->x[i], p->y[i], err);
            }
        }
    }
    return rc;
}

typedef struct dissolving {
    const carried *c;
    const polygons *old;
    const table *old_rows;
    const uint32_t *owner;
    uint32_t *members;  /* old rows of a new row */
    uint32_t *only;     /* the latest of them */
    uint32_t *group;    /* of a new row among those dissolved; UINT32_MAX: not */
    size_t *merging;    /* old rows to dissolve */
    const char **codes; /* theirs */
    uint32_t *group_of; /* theirs */
    size_t merging_count, group_count;
    faults *list;
} dissolving;

static status dissolving_take(dissolving *d)
{
    arena *a = d->c->report.memory;
    const size_t after = d->c->rows->rows;
    const size_t before = d->old_rows->rows;
    status rc = take_array(a, after, sizeof *d->members, &d->members, d->list);
    rc = rc == STATUS_OK ? take_array(a, after, sizeof *d->only, &d->only, d->list) : rc;
    rc = rc == STATUS_OK ? take_array(a, after, sizeof *d->group, &d->group, d->list) : rc;
    rc = rc == STATUS_OK ? take_array(a, before, sizeof *d->merging, &d->merging, d->list) : rc;
    rc = rc == STATUS_OK ? take_array(a, before, sizeof *d->codes, &d->codes, d->list) : rc;
    return rc == STATUS_OK ? take_array(a, before, sizeof *d->group_of, &d->group_of, d->list) : rc;
}

static void find_groups(dissolving *d)
{
    const column *code = text_column(d->old_rows, "code");
    for (size_t row = 0; row < d->old_rows->rows; row++) {
        if (d->owner[row] != UINT32_MAX) {
            d->members[d->owner[row]]++;
            d->only[d->owner[row]] = (uint32_t)row;
        }
    }
    for (size_t r = 0; r < d->c->rows->rows; r++) {
        d->group[r] = d->members[r] > 1 ? (uint32_t)d->group_count++ : UINT32_MAX;
    }
    for (size_t row = 0; row < d->old_rows->rows; row++) {
        const uint32_t r = d->owner[row];
        if (r != UINT32_MAX && d->group[r] != UINT32_MAX) {
            d->merging[d->merging_count] = row;
            d->codes[d->merging_count] = text_at(code, row);
            d->group_of[d->merging_count++] = d->group[r];
        }
    }
}

static status dissolve(const dissolving *d, polygons **out)
{
    error err;
    polygons *chosen = NULL;
    polygons *sound = NULL;
    topology *borders = NULL;
    const char *file = d->old_rows->source_file_count ? d->old_rows->source_files[0] : "";
    status rc = polygons_select(d->old, d->merging, d->merging_count, &chosen, &err);
    rc = fault_of(rc, &err, d->list);
    if (rc == STATUS_OK) {
        rc = polygons_repair(chosen, (const char *const *)d->codes, file, &sound, d->list);
    }
    if (rc == STATUS_OK) {
        rc = topology_build(sound, 0, &borders, &err);
        rc = rc == STATUS_OK ? topology_dissolve(borders, d->group_of, d->group_count, out, &err)
                             : rc;
        rc = fault_of(rc, &err, d->list);
    }
    topology_free(borders);
    polygons_free(sound);
    polygons_free(chosen);
    return rc;
}

static status assemble(const dissolving *d, const polygons *dissolved, polygons **out)
{
    error err;
    polygons_builder *b = NULL;
    status rc = polygons_builder_new(&b, &err);
    for (size_t r = 0; rc == STATUS_OK && r < d->c->rows->rows; r++) {
        if (d->group[r] != UINT32_MAX) {
            rc = copy_outline(b, dissolved, d->group[r], &err);
        } else if (d->members[r]) {
            rc = copy_outline(b, d->old, d->only[r], &err);
        } else {
            rc = polygons_builder_row(b, &err);
        }
    }
    rc = rc == STATUS_OK ? polygons_build(b, out, &err) : rc;
    polygons_builder_free(b);
    return fault_of(rc, &err, d->list);
}

status carried_outlines(const carried *c, const polygons *old, const table *old_rows,
                        const uint32_t *owner, polygons **out, faults *faults_list)
{
    polygons *dissolved = NULL;
    dissolving d = {.c = c, .old = old, .old_rows = old_rows, .owner = owner, .list = faults_list};
    status rc = dissolving_take(&d);
    if (rc == STATUS_OK) {
        find_groups(&d);
        rc = d.group_count ? dissolve(&d, &dissolved) : STATUS_OK;
    }
    rc = rc == STATUS_OK ? assemble(&d, dissolved, out) : rc;
    polygons_free(dissolved);
    return rc;
}
