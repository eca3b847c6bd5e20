#include <string.h>

#include "table/damage.h"
#include "territory/importing.h"
#include "territory/messages.h"
#include "territory/support.h"

static bool is_listed(const recognition *seen, const importer *by)
{
    for (size_t i = 0; i < seen->other_count; i++) {
        if (strcmp(seen->others[i]->role, by->role) == 0) {
            return true;
        }
    }
    return false;
}

/* The first importer of every other role that the header fits; a code alone fits any. */
enum { OTHER_COLUMNS = 2 };

static void see_others(recognition *seen, const importing *r, const importer *const *importers)
{
    for (size_t i = 0; seen->by && importers[i] && seen->other_count < RECOGNITION_OTHERS; i++) {
        const importer *by = importers[i];
        const header_fit fit = header_fit_of(by, r->request, r->names, r->header->rows);
        if (strcmp(by->role, seen->by->role) != 0 && !is_listed(seen, by) && fit.fits &&
            fit.columns >= OTHER_COLUMNS) {
            seen->others[seen->other_count++] = by;
        }
    }
}

static bool reads(const importer *by, const column *names, size_t count, const char *header)
{
    for (size_t c = 0; c < by->column_count; c++) {
        const char *alias = NULL;
        const char *taken = header_of(names, count, &by->columns[c], &alias);
        if (taken && strcmp(taken, header) == 0) {
            return true;
        }
    }
    return false;
}

/* The columns that the importer leaves; all of them when no importer fits. */
static void see_unread(recognition *seen, const importing *r)
{
    for (size_t i = 0; i < r->header->rows; i++) {
        char name[64];
        const char *header = column_text(r->names, i);
        if (seen->by && seen->by->headerless) {
            break;
        }
        if (seen->by && reads(seen->by, r->names, r->header->rows, header)) {
            continue;
        }
        (void)text_escape(text_slice_of(header, strnlen(header, 40)), name, sizeof name);
        list_add(seen->unread, name);
    }
}

static void see_layer(recognition *seen, const layer *from)
{
    seen->is_layer = from != NULL;
    if (from) {
        const size_t size = strnlen(from->name, sizeof seen->sheet - 1);
        memcpy(seen->sheet, from->name, size);
        seen->sheet[size] = '\0';
        seen->header_row = from->header_row;
    }
}

/* Texts of a layer are UTF-8 by now; what was broken before shows (quirk 8). */
static void see_damage(recognition *seen, const importing *r)
{
    damage d;
    const table *t = r->source ? r->source->cells : NULL;
    for (size_t row = 0; t && row < t->rows; row++) {
        for (size_t c = 0; c < t->column_count; c++) {
            const char *at = column_text(&t->columns[c], row);
            const text_slice text = text_slice_of(at, strlen(at));
            if (!damage_find(text, false, 0, &d) || seen->damaged++) {
                continue;
            }
            const damage_label label = damage_label_of(text, false, &d);
            faults_warn(r->list, table_source(t, row), M_TERRITORY_DAMAGED, t->columns[c].name,
                        label.bytes, label.word);
        }
    }
}

void recognition_see(recognition *seen, const importing *r, const importer *const *importers)
{
    if (!seen) {
        return;
    }
    seen->by = header_choose(importers, r->request, r->names, r->header->rows, &seen->nearest);
    see_layer(seen, r->source);
    see_others(seen, r, importers);
    see_unread(seen, r);
    see_damage(seen, r);
}
