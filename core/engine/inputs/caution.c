#include "engine/inputs/caution.h"

#include <string.h>

#include "table/reader.h"

status caution_read(const char *path, table **out, faults *faults_list)
{
    static const wanted_column columns[] = {
        {.name = "departement", .type = COLUMN_TEXT, .decimals = -1, .unit = "", .required = true},
    };
    const read_options options = {
        .path = path, .columns = columns, .column_count = sizeof columns / sizeof *columns};
    return table_read(&options, out, NULL, faults_list);
}

bool caution_holds(const table *list, const char *departement)
{
    const column *codes = list != NULL ? table_find(list, "departement") : NULL;
    for (size_t row = 0; codes != NULL && row < list->rows; row++) {
        if (strcmp(column_text(codes, row), departement) == 0) {
            return true;
        }
    }
    return false;
}

void caution_places(const table *list, const territory *t, uint8_t *held)
{
    const column *departement = table_find(t->places, "departement");
    bool known = departement != NULL && departement->type == COLUMN_TEXT;
    for (size_t p = 0; p < t->place_count; p++) {
        held[p] = known && caution_holds(list, column_text(departement, p));
    }
}

size_t places_without_density(const territory *t)
{
    size_t count = 0;
    for (size_t p = 0; p < t->place_count; p++) {
        count += t->kept[p] && (t->density[p] < 1 || t->density[p] > 7);
    }
    return count;
}
