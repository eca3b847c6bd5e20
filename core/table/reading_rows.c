#include <inttypes.h>
#include <string.h>

#include "table/gather.h"
#include "table/messages.h"

static void refuse_defect(reading *r)
{
    const record *k = &r->record;
    text_place p = reading_place(r, k->start, k->line, k->defect_at), quote = p;
    if (!reading_lists(r))
        return;
    if (k->quote_at)
        quote = reading_place(r, k->start, k->line, k->quote_at);
    source_ref at = reading_source(r, &p);
    if (k->defect == RECORD_UNCLOSED_QUOTE)
        (void)faults_refuse(r->faults, at, M_READ_UNCLOSED_QUOTE, quote.line);
    else if (k->defect == RECORD_AFTER_QUOTE)
        (void)faults_refuse(r->faults, at, M_READ_AFTER_QUOTE, quote.line);
    else if (k->quote_at)
        (void)faults_refuse(r->faults, at, M_READ_QUOTED_TOO_LONG, (int)READER_MAX_FIELD_BYTES,
                            quote.line);
    else
        (void)faults_refuse(r->faults, at, M_READ_FIELD_TOO_LONG, (int)READER_MAX_FIELD_BYTES);
    reading_excerpt(r, &p, k->defect_at);
}

static void refuse_ragged(reading *r)
{
    text_place p = reading_place(r, r->record.start, r->record.line, r->record.start);
    if (!reading_lists(r))
        return;
    (void)faults_refuse(r->faults, source_at(r->file, r->record.line, 0), M_READ_RAGGED,
                        r->header.count, r->record.count);
    reading_excerpt(r, &p, r->record.start);
}

static void refuse_value(reading *r, const typed_column *c, const cell *k, typed_defect defect,
                         text_slice value)
{
    text_place p = reading_place(r, r->record.start, r->record.line, k->at);
    if (!reading_lists(r))
        return;
    typed_refuse(r->faults, reading_source(r, &p), c, defect, value, &r->mark);
    reading_excerpt(r, &p, k->at);
}

static status add_row(reading *r, uint64_t line, size_t *row, error *err)
{
    status result = table_builder_rows(r->builder, 1, row, err);
    if (result == STATUS_OK)
        table_builder_from(r->builder, *row, r->source, line);
    return result;
}

static status add_values(reading *r, error *err)
{
    size_t row = 0;
    status result = add_row(r, r->record.line, &row, err);
    for (size_t i = 0; result == STATUS_OK && i < r->column_count; i++) {
        const typed_column *c = &r->columns[i];
        const cell *k = &r->record.cells[c->source];
        text_slice value;
        if (!decoder_cell(&r->decoder, k, &value))
            return memory_error(err, k->size * 3);
        typed_defect defect = typed_set(r->builder, c, row, value, &r->mark, r->record.line, err);
        if (defect == TYPED_FAILED)
            return err->status;
        if (defect != TYPED_SOUND)
            refuse_value(r, c, k, defect, value);
    }
    return result;
}

/* Empty lines at the end are nothing; before a row they are ragged rows, or, in a file of one
 * column, empty values. */
static status settle_blanks(reading *r, error *err)
{
    status result = STATUS_OK;
    if (r->header.count == 1) {
        size_t row = 0;
        for (uint64_t i = 0; result == STATUS_OK && i < r->blank_count; i++)
            result = add_row(r, r->blank_line + i, &row, err);
    } else if (reading_lists(r)) {
        (void)faults_refuse(r->faults, source_at(r->file, r->blank_line, 0), M_READ_BLANK_LINE,
                            r->header.count);
    }
    r->blank_line = r->blank_count = 0;
    return result;
}

static status add_record(reading *r, error *err)
{
    if (r->record.blank) {
        if (!r->blank_count++)
            r->blank_line = r->record.line;
        return STATUS_OK;
    }
    status result = r->blank_count ? settle_blanks(r, err) : STATUS_OK;
    if (result != STATUS_OK)
        return result;
    if (r->record.defect != RECORD_SOUND)
        refuse_defect(r);
    else if (r->record.count != r->header.count)
        refuse_ragged(r);
    else
        return add_values(r, err);
    return STATUS_OK;
}

static status read_records(reading *r, error *err)
{
    status result = STATUS_OK;
    while (result == STATUS_OK && record_next(&r->scanner, &r->record))
        result = add_record(r, err);
    return result;
}

status reading_rows(reading *r)
{
    error err = {0};
    if (read_records(r, &err) != STATUS_OK)
        return reading_failed(r, &err);
    r->facts.rows = table_builder_row_count(r->builder);
    r->facts.decimal_mark = r->mark.mark;
    if (r->fault_count > READER_MAX_FAULTS)
        (void)faults_refuse(r->faults, source_at(r->file, 0, 0), M_READ_MORE_FAULTS,
                            r->fault_count - READER_MAX_FAULTS);
    if (r->fault_count)
        return STATUS_INPUT;
    if (!r->facts.rows)
        faults_warn(r->faults, source_at(r->file, 0, 0), M_READ_NO_ROW);
    return STATUS_OK;
}

status reading_gather(reading *r, table **out)
{
    error err = {0};
    gathered *all = NULL;
    bool declined = true;
    *out = NULL;
    if (r->tuning.plain)
        return STATUS_OK;
    status result = gather_rows(r, &all, &declined, &err);
    if (result == STATUS_OK && !declined)
        result = assemble_table(r, all, out, &err);
    gathered_free(all, r);
    if (result != STATUS_OK)
        return reading_failed(r, &err);
    if (*out) {
        r->facts.rows = (*out)->rows;
        r->facts.decimal_mark = r->mark.mark;
    }
    return STATUS_OK;
}
