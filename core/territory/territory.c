#include "territory/territory.h"

#include <string.h>

#include "territory/codes.h"
#include "territory/draft.h"
#include "territory/messages.h"
#include "territory/support.h"

const char *point_class_name(point_class c)
{
    static const char *const names[] = {"given", "cells", "chef_lieu", "surface", "none"};
    return names[c];
}

static status read_draft(draft *d, const char **title)
{
    status (*const steps[])(draft *) = {draft_communes,   draft_names,    draft_zones,
                                        draft_population, draft_outlines, draft_points};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const status rc = steps[i](d);
        if (rc != STATUS_OK) {
            return rc;
        }
    }
    const status rc = draft_perimeter(d, title);
    return rc == STATUS_OK ? draft_balance(d) : rc;
}

static status freeze(territory *t, const draft *d, const char *title)
{
    error err;
    size_t *rows = NULL;
    size_t count = 0;
    status rc = take_array(d->scratch, d->count, sizeof *rows, &rows, d->list);
    for (size_t i = 0; rc == STATUS_OK && i < d->count; i++) {
        if (d->fate[i] != FATE_DROPPED) {
            rows[count++] = i;
        }
    }
    t->title = title ? arena_text(t->memory, title) : NULL;
    if (rc == STATUS_OK && !t->title) {
        rc = fault_of(memory_error(&err, 1), &err, d->list);
    }
    if (rc == STATUS_OK) {
        rc = territory_places(t, d, rows, count);
    }
    if (rc == STATUS_OK) {
        rc = territory_elsewhere(t, d);
    }
    return rc == STATUS_OK ? territory_groups(t, d, rows) : rc;
}

status territory_new(territory **out, error *err)
{
    arena *memory = NULL;
    status rc = arena_new(&memory, err);
    if (rc != STATUS_OK) {
        return rc;
    }
    *out = arena_take(memory, 1, sizeof **out);
    if (!*out) {
        arena_free(memory);
        return memory_error(err, sizeof **out);
    }
    (*out)->memory = memory;
    return STATUS_OK;
}

status territory_build(const territory_inputs *in, ledger *balance, territory **out,
                       faults *faults_list)
{
    error err;
    territory *t = NULL;
    const char *title = NULL;
    draft d = {.in = in, .balance = balance, .list = faults_list};
    *out = NULL;
    status rc = arena_new(&d.scratch, &err);
    if (rc == STATUS_OK) {
        rc = territory_new(&t, &err);
    }
    rc = fault_of(rc, &err, faults_list);
    if (rc == STATUS_OK) {
        rc = read_draft(&d, &title);
    }
    if (rc == STATUS_OK) {
        rc = freeze(t, &d, title);
    }
    polygons_free(d.outlines);
    arena_free(d.scratch);
    if (rc != STATUS_OK) {
        territory_free(t);
        return rc;
    }
    *out = t;
    return STATUS_OK;
}

/* The fields are const for those who read a territory; only its owner frees them. */
#define OWNED(type, field) ((type *)(uintptr_t)(field))

void territory_free(territory *t)
{
    if (t) {
        table_free(OWNED(table, t->places));
        polygons_free(OWNED(polygons, t->outlines));
        topology_free(OWNED(topology, t->borders));
        code_index_free(OWNED(code_index, t->by_code));
        arena_free(t->memory);
    }
}

uint32_t territory_place(const territory *t, const char *code)
{
    const uint32_t place = code_index_find(t->by_code, code);
    const char *commune = place == ROW_NONE ? commune_of_arrondissement(code) : NULL;
    return commune ? code_index_find(t->by_code, commune) : place;
}

bool territory_knows(const territory *t, const char *code)
{
    if (sorted_find(t->elsewhere, t->elsewhere_count, code) < t->elsewhere_count) {
        return true;
    }
    return commune_code_form(code) == CODE_COMMUNE && !territory_covers(t, code);
}

bool territory_covers(const territory *t, const char *code)
{
    char departement[DEPARTEMENT_CODE_BYTES];
    departement_of_commune(code, departement);
    return sorted_find(t->departements, t->departement_count, departement) < t->departement_count;
}
