#include "table/table.h"

#include <string.h>

#include "table/frozen.h"
#include "table/messages.h"

const column *table_find(const table *t, const char *name)
{
    for (size_t c = 0; c < t->column_count; c++) {
        if (strcmp(t->columns[c].name, name) == 0)
            return &t->columns[c];
    }
    return NULL;
}

status table_column(const table *t, const char *name, column_type type, const column **out,
                    error *err)
{
    const column *found = table_find(t, name);
    *out = NULL;
    if (!found)
        return error_set(err, STATUS_INPUT, M_TABLE_NO_COLUMN, t->name, name);
    if (found->type != type) {
        error en;
        status result = error_set(err, STATUS_INPUT, M_TABLE_COLUMN_TYPE, name, t->name,
                                  column_type_label(found->type, LANGUAGE_FR),
                                  column_type_label(type, LANGUAGE_FR));
        (void)error_set(&en, STATUS_INPUT, M_TABLE_COLUMN_TYPE, name, t->name,
                        column_type_label(found->type, LANGUAGE_EN),
                        column_type_label(type, LANGUAGE_EN));
        if (err)
            memcpy(err->en, en.en, sizeof err->en);
        return result;
    }
    *out = found;
    return STATUS_OK;
}

source_ref table_source(const table *t, size_t row)
{
    if (!t->source_file || row >= t->rows)
        return SOURCE_NONE;
    return source_at(t->source_files[t->source_file[row]], t->source_row[row], 0);
}
