#include "table/reader.h"

#include <string.h>

#include "base/files.h"
#include "table/messages.h"
#include "table/reading.h"

static status read_all(reading *r, const char *bytes, size_t size, table **out)
{
    error err = {0};
    status result = reading_open(r, bytes, size);
    if (result == STATUS_OK)
        result = reading_header(r);
    if (result == STATUS_OK)
        result = reading_gather(r, out);
    if (result != STATUS_OK || *out)
        return result;
    result = reading_rows(r);
    if (result != STATUS_OK)
        return result;
    unpacked_clear(&r->text); /* the columns hold copies: the text goes before the table is made */
    result = table_build(r->builder, out, &err);
    return result == STATUS_OK ? STATUS_OK : reading_failed(r, &err);
}

status table_read_bytes(const char *bytes, size_t size, const read_options *options, table **out,
                        read_facts *facts, faults *faults_list)
{
    const read_tuning tuning = {.threads = options->threads};
    return table_read_tuned(bytes, size, options, &tuning, out, facts, faults_list);
}

status table_read_tuned(const char *bytes, size_t size, const read_options *options,
                        const read_tuning *tuning, table **out, read_facts *facts,
                        faults *faults_list)
{
    reading r;
    *out = NULL;
    status result = reading_init(&r, options, faults_list);
    r.tuning = *tuning;
    r.bytes = bytes;
    r.byte_count = size;
    r.digest_wanted = facts && tuning->mapped;
    if (result == STATUS_OK)
        result = read_all(&r, bytes, size, out);
    reading_digest(&r);
    if (facts)
        *facts = r.facts;
    reading_clear(&r);
    return result;
}

status table_read(const read_options *options, table **out, read_facts *facts, faults *faults_list)
{
    error err = {0};
    file_view file = {0};
    *out = NULL;
    status result = file_map(options->path, &file, &err);
    if (result != STATUS_OK)
        return faults_add_error(faults_list, source_at(options->path, 0, 0), &err);
    const read_tuning tuning = {.threads = options->threads, .mapped = true};
    result = table_read_tuned(file.at, file.size, options, &tuning, out, facts, faults_list);
    file_unmap(&file);
    return result;
}

/* --- the header alone --- */

static status names_table(const reading *r, table **out, error *err)
{
    table_builder *b = NULL;
    size_t name = 0, row = 0;
    column_spec spec = {.name = "name", .type = COLUMN_TEXT};
    status result = table_builder_new(&b, "header", err);
    if (result == STATUS_OK)
        result = table_builder_column(b, &spec, &name, err);
    if (result == STATUS_OK)
        result = table_builder_rows(b, r->header.count, &row, err);
    for (size_t i = 0; result == STATUS_OK && i < r->header.count; i++) {
        const char *text = r->header.names[i];
        result = table_builder_text(b, name, i, text_slice_of(text, strlen(text)), err);
    }
    if (result == STATUS_OK)
        result = table_build(b, out, err);
    table_builder_free(b);
    return result;
}

status table_read_header(const read_options *options, table **out, faults *faults_list)
{
    error err = {0};
    file_view file = {0};
    reading r = {0};
    *out = NULL;
    status result = file_map(options->path, &file, &err);
    if (result != STATUS_OK)
        return faults_add_error(faults_list, source_at(options->path, 0, 0), &err);
    result = reading_init(&r, options, faults_list);
    r.header_only = true;
    if (result == STATUS_OK)
        result = reading_open(&r, file.at, file.size);
    if (result == STATUS_OK)
        result = reading_header(&r);
    if (result == STATUS_OK && names_table(&r, out, &err) != STATUS_OK)
        result = reading_failed(&r, &err);
    reading_clear(&r);
    file_unmap(&file);
    return result;
}

/* --- texts that another reader split into cells --- */

typedef struct retyping {
    const table *cells;
    table_builder *builder;
    typed_column *columns;
    size_t column_count;
    decimal_mark mark;
    faults *faults;
    size_t fault_count;
} retyping;

static status retype_source(retyping *t, error *err)
{
    status result = STATUS_OK;
    uint32_t index = 0;
    for (size_t i = 0; result == STATUS_OK && i < t->cells->source_file_count; i++)
        result = table_builder_source(t->builder, t->cells->source_files[i], &index, err);
    for (size_t r = 0; result == STATUS_OK && t->cells->source_file && r < t->cells->rows; r++)
        table_builder_from(t->builder, r, t->cells->source_file[r], t->cells->source_row[r]);
    return result;
}

static status retype_row(retyping *t, size_t row, error *err)
{
    source_ref at = table_source(t->cells, row);
    for (size_t i = 0; i < t->column_count; i++) {
        const typed_column *c = &t->columns[i];
        const char *text = column_text(&t->cells->columns[c->source], row);
        text_slice value = text_slice_of(text, strlen(text));
        typed_defect defect = typed_set(t->builder, c, row, value, &t->mark, at.line, err);
        if (defect == TYPED_FAILED)
            return err->status;
        if (defect == TYPED_SOUND)
            continue;
        at.column = c->source + 1;
        if (t->fault_count++ < READER_MAX_FAULTS)
            typed_refuse(t->faults, at, c, defect, value, &t->mark);
    }
    return STATUS_OK;
}

static status retype_rows(retyping *t, error *err)
{
    size_t first = 0;
    status result = table_builder_rows(t->builder, t->cells->rows, &first, err);
    if (result == STATUS_OK)
        result = retype_source(t, err);
    for (size_t r = 0; result == STATUS_OK && r < t->cells->rows; r++)
        result = retype_row(t, r, err);
    return result;
}

static status match_cells(const table *cells, const wanted_column *columns, size_t column_count,
                          arena *a, int64_t *position, faults *faults_list, error *err)
{
    const char **names = arena_take(a, cells->column_count, sizeof *names);
    if (!names)
        return memory_error(err, cells->column_count * sizeof *names);
    for (size_t c = 0; c < cells->column_count; c++)
        names[c] = cells->columns[c].type == COLUMN_TEXT ? cells->columns[c].name : "";
    source_ref at = table_source(cells, 0);
    header_names header = {.names = names, .count = cells->column_count};
    return columns_match(&header, columns, column_count, source_at(at.file, 0, 0), position,
                         faults_list);
}

static status retype(retyping *t, const wanted_column *columns, size_t column_count, arena *a,
                     table **out, error *err)
{
    size_t before = faults_count(t->faults);
    int64_t *position = arena_take(a, column_count, sizeof *position);
    t->columns = arena_take(a, column_count, sizeof *t->columns);
    if (!position || !t->columns)
        return memory_error(err, column_count * sizeof *t->columns);
    status result = match_cells(t->cells, columns, column_count, a, position, t->faults, err);
    if (result == STATUS_OK)
        result = table_builder_new(&t->builder, t->cells->name, err);
    if (result == STATUS_OK)
        result = typed_columns(t->builder, columns, column_count, position, t->columns,
                               &t->column_count, err);
    if (result == STATUS_OK)
        result = retype_rows(t, err);
    if (t->fault_count > READER_MAX_FAULTS)
        (void)faults_refuse(t->faults, source_at(table_source(t->cells, 0).file, 0, 0),
                            M_READ_MORE_FAULTS, t->fault_count - READER_MAX_FAULTS);
    if (result != STATUS_OK || faults_count(t->faults) > before)
        return result == STATUS_OK ? STATUS_INPUT : result;
    return table_build(t->builder, out, err);
}

status table_type(const table *cells, const wanted_column *columns, size_t column_count,
                  table **out, faults *faults_list)
{
    error err = {0};
    arena *a = NULL;
    retyping t = {.cells = cells, .faults = faults_list};
    *out = NULL;
    status result = arena_new(&a, &err);
    if (result == STATUS_OK)
        result = retype(&t, columns, column_count, a, out, &err);
    if (err.status != STATUS_OK)
        result = faults_add_error(faults_list, SOURCE_NONE, &err);
    table_builder_free(t.builder);
    arena_free(a);
    return result;
}
