#include "table/gather.h"

#include <string.h>

#include "base/blocks.h"
#include "base/files.h"
#include "table/frozen.h"
#include "table/gather_cells.h"

enum { TILE_BYTES = 1 << 16 };

typedef struct gathering {
    reading *reading;
    gathered *all;
    const char *rows_start, *rows_end;
    size_t digests; /* 1: the first block digests the file, the others gather */
    atomic_int declined;
} gathering;

static void gathered_clear(gathered *g, size_t column_count)
{
    for (size_t i = 0; g->columns && i < column_count; i++) {
        memory_free(g->columns[i].values.any);
        memory_free(g->columns[i].state);
        chunk_words_clear(&g->columns[i].words);
    }
    memory_free(g->columns);
    memory_free(g->line);
    *g = (gathered){0};
}

void gathered_free(gathered *all, const reading *r)
{
    for (size_t i = 0; all && i < r->survey.count; i++)
        gathered_clear(&all[i], r->column_count);
    memory_free(all);
}

/* --- one chunk --- */

/* Every newline may end a row, and the last row may have none. */
static status reserve(const reading *r, const text_chunk *chunk, gathered *out, error *err)
{
    out->capacity = (size_t)chunk->facts.newlines + 1;
    out->columns = memory_new(r->column_count, sizeof *out->columns);
    if (!out->columns)
        return memory_error(err, r->column_count * sizeof *out->columns);
    for (size_t i = 0; i < r->column_count; i++) {
        column_type type = r->columns[i].wanted->type;
        out->columns[i].values.any = memory_new(out->capacity, column_value_size(type));
        if (!out->columns[i].values.any)
            return memory_error(err, out->capacity * column_value_size(type));
    }
    if (!chunk->facts.quotes)
        return STATUS_OK;
    out->line = memory_new(out->capacity, sizeof *out->line);
    return out->line ? STATUS_OK : memory_error(err, out->capacity * sizeof *out->line);
}

/* The places of marks outside quotes. */
static size_t index_quoted(chunk_reading *c, const char *at, size_t size, uint32_t *out)
{
    const marks_kernel *k = c->kernel;
    size_t count = 0;
    char padded[MARKS_BLOCK];
    for (size_t i = 0; i < size; i += MARKS_BLOCK) {
        size_t left = size - i;
        if (left < MARKS_BLOCK)
            marks_pad(padded, at + i, left);
        marks_masks m = k->masks(left < MARKS_BLOCK ? padded : at + i, c->walk.separator);
        uint64_t inside = 0;
        if (m.quotes || c->walk.quoted)
            inside = quote_walk_block(&c->walk, at + i, m.quotes);
        c->inner_newlines |= (m.newlines & inside) != 0;
        count += k->flatten(m.marks & ~inside, (uint32_t)(at + i - c->base), out + count);
        c->newlines += (uint64_t)__builtin_popcountll(m.newlines & ~inside);
    }
    return count;
}

static size_t index_tile(chunk_reading *c, const char *at, size_t size)
{
    uint32_t *out = c->index + 1 + c->count;
    if (c->quotes)
        return index_quoted(c, at, size, out);
    uint64_t newlines = 0;
    size_t count =
        c->kernel->index(at, size, c->walk.separator, (uint32_t)(at - c->base), out, &newlines);
    c->newlines += newlines;
    return count;
}

/* Each record must end with a newline at its last mark; how many newlines there are is compared at
 * the end of the chunk, so that none of them is hidden among the others. */
static bool records_end_well(const chunk_reading *c, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        uint32_t before = c->index[r * c->fields], last = c->index[(r + 1) * c->fields];
        if (c->base[last] != '\n' || last - before > READER_MAX_FIELD_BYTES)
            return false;
    }
    return true;
}

static void place_lines(chunk_reading *c, size_t rows)
{
    for (size_t r = 0; c->out->line && r < rows; r++) {
        const char *start = c->base + (uint32_t)(c->index[r * c->fields] + 1);
        const char *end = c->base + c->index[(r + 1) * c->fields];
        c->out->line[c->out->rows + r] = (uint32_t)(c->line - c->out->first_line);
        c->line += 1 + (c->inner_newlines ? text_newlines(start, end) : 0);
    }
    if (!c->out->line)
        c->line += rows;
}

/* The whole records of the index; what remains is moved to its start. */
static status take_records(chunk_reading *c, error *err)
{
    size_t rows = c->count / c->fields, used = rows * c->fields;
    if (rows > c->out->capacity - c->out->rows || !records_end_well(c, rows)) {
        c->declined = true;
        return STATUS_OK;
    }
    place_lines(c, rows);
    status result = STATUS_OK;
    for (size_t i = 0; result == STATUS_OK && !c->declined && i < c->reading->column_count; i++)
        result = gather_cells(c, i, rows, err);
    c->out->rows += rows;
    memmove(c->index, c->index + used, (c->count - used + 1) * sizeof *c->index);
    c->count -= used;
    return result;
}

/* A record that the chunk does not end: the last of a text without a final newline, or one whose
 * quoted field goes on in the next chunk. */
static status take_rest(chunk_reading *c, error *err)
{
    cell *cells = NULL;
    const char *start = c->base + (uint32_t)(*c->index + 1);
    if (start >= c->end)
        return STATUS_OK;
    cells = memory_new(c->fields, sizeof *cells);
    if (!cells)
        return memory_error(err, c->fields * sizeof *cells);
    record rest = {.cells = cells, .capacity = c->fields};
    scanner s = {.at = start,
                 .end = c->walk.end,
                 .line = c->line,
                 .separator = c->walk.separator,
                 .field_limit = READER_MAX_FIELD_BYTES};
    status result = STATUS_OK;
    if (!record_next(&s, &rest) || rest.defect != RECORD_SOUND || rest.blank ||
        rest.count != c->fields || c->out->rows == c->out->capacity) {
        c->declined = true;
    } else {
        if (c->out->line)
            c->out->line[c->out->rows] = (uint32_t)(c->line - c->out->first_line);
        for (size_t i = 0; result == STATUS_OK && !c->declined && i < c->reading->column_count; i++)
            result = gather_cell(c, i, c->out->rows, &cells[c->reading->columns[i].source], err);
        c->out->rows++;
    }
    memory_free(cells);
    return result;
}

/* From inside a quoted field that began in an earlier chunk to the record after it. */
static void skip_to_record(chunk_reading *c)
{
    scanner s = {.at = c->base,
                 .end = c->walk.end,
                 .line = c->line,
                 .separator = c->walk.separator,
                 .field_limit = READER_MAX_FIELD_BYTES};
    cell first;
    record passed = {.cells = &first, .capacity = 1};
    scanner_leave_quotes(&s);
    if (s.at < s.end && *s.at == s.separator)
        s.at++;
    if (record_next(&s, &passed) && passed.defect != RECORD_SOUND)
        c->declined = true; /* the chunk where it begins declines it too */
    c->base = s.at;
    c->line = s.line;
}

static status read_chunk(chunk_reading *c, error *err)
{
    status result = STATUS_OK;
    for (const char *at = c->base; result == STATUS_OK && !c->declined && at < c->end;) {
        size_t left = (size_t)(c->end - at), size = left < TILE_BYTES ? left : TILE_BYTES;
        c->count += index_tile(c, at, size);
        result = take_records(c, err);
        at += size;
    }
    if (c->newlines != c->out->rows || c->walk.broken)
        c->declined = true;
    if (result == STATUS_OK && !c->declined)
        result = take_rest(c, err);
    return result;
}

static status settle_words(chunk_reading *c, error *err)
{
    for (size_t i = 0; i < c->reading->column_count; i++) {
        if (c->reading->columns[i].wanted->type == COLUMN_TEXT &&
            !chunk_words_settle(&c->out->columns[i].words))
            return memory_error(err, (size_t)(c->end - c->base));
    }
    return STATUS_OK;
}

static chunk_reading chunk_of(const gathering *g, size_t i)
{
    const reading *r = g->reading;
    const text_chunk *chunk = &r->survey.chunks[i];
    bool first = chunk->start <= g->rows_start;
    chunk_reading c = {
        .reading = r,
        .kernel = r->survey.kernel,
        .out = &g->all[i],
        .fields = r->header.count,
        .quotes = chunk->facts.quotes != 0,
        .latin1 = chunk->facts.high && r->decoder.encoding == ENCODING_LATIN1,
        .base = first ? g->rows_start : chunk->start,
        .end = chunk->end < g->rows_end ? chunk->end : g->rows_end,
        .line = first ? r->scanner.line : chunk->line,
        .decoder = {.encoding = r->decoder.encoding},
        .walk = {.start = g->rows_start, .end = g->rows_end, .separator = r->scanner.separator}};
    return c;
}

static status gather_chunk(gathering *g, size_t i, error *err)
{
    const text_chunk *chunk = &g->reading->survey.chunks[i];
    chunk_reading c = chunk_of(g, i);
    if (c.base >= c.end)
        return STATUS_OK;
    if (chunk->opens_quoted)
        skip_to_record(&c);
    c.out->first_line = c.line;
    if (c.base >= c.end)
        return STATUS_OK;
    status result = reserve(g->reading, chunk, c.out, err);
    size_t size = (size_t)(c.end - c.base), tile = size < TILE_BYTES ? size : TILE_BYTES;
    c.index = memory_new(tile + MARKS_SLACK + 1 + c.fields, sizeof *c.index);
    if (result == STATUS_OK && !c.index)
        result = memory_error(err, tile * sizeof *c.index);
    if (result == STATUS_OK) {
        *c.index = UINT32_MAX; /* the place before the first byte, modulo 2^32 */
        result = read_chunk(&c, err);
    }
    if (result == STATUS_OK && !c.declined)
        result = settle_words(&c, err);
    if (g->reading->survey.mapped)
        file_release(chunk->start, (size_t)(chunk->end - chunk->start));
    c.out->mark = c.mark;
    if (c.declined)
        atomic_store(&g->declined, 1);
    memory_free(c.index);
    decoder_clear(&c.decoder);
    return result;
}

static status gather_block(void *context, block b, error *err)
{
    gathering *g = context;
    if (b.begin >= g->digests)
        return gather_chunk(g, b.begin - g->digests, err);
    reading_digest(g->reading);
    return STATUS_OK;
}

/* --- all of them --- */

/* Empty lines at the end are nothing. */
static const char *without_blank_lines(const char *start, const char *end)
{
    while (end > start) {
        const char *stop = end[-1] == '\n' ? end - 1 : end;
        if (stop > start && stop[-1] == '\r')
            stop--;
        if (stop > start && stop[-1] != '\n')
            break;
        end = stop;
    }
    return end;
}

/* One decimal mark a file. */
static bool marks_agree(const gathered *all, size_t count, decimal_mark *mark)
{
    for (size_t i = 0; i < count; i++) {
        if (!all[i].mark.mark)
            continue;
        if (mark->mark && mark->mark != all[i].mark.mark)
            return false;
        if (!mark->mark)
            *mark = all[i].mark;
    }
    return true;
}

static bool is_plain_work(const reading *r)
{
    char separator = r->scanner.separator;
    bool strange = separator == '"' || separator == '\r' || separator == '\n' || !separator;
    for (size_t i = 0; i < r->survey.count; i++)
        strange |= r->survey.chunks[i].end - r->survey.chunks[i].start > CHUNK_MAX_BYTES;
    return strange || !r->survey.count;
}

static bool has_quotes(const survey *s)
{
    uint64_t quotes = 0;
    for (size_t i = 0; i < s->count; i++)
        quotes |= s->chunks[i].facts.quotes;
    return quotes != 0;
}

status gather_rows(reading *r, gathered **out, bool *declined, error *err)
{
    gathering g = {.reading = r, .rows_start = r->scanner.at, .digests = r->digest_wanted ? 1 : 0};
    bool sound = true;
    status result = STATUS_OK;
    *out = NULL;
    *declined = is_plain_work(r);
    g.rows_end = without_blank_lines(g.rows_start, r->end);
    if (*declined || g.rows_end == g.rows_start) {
        *declined = true;
        return STATUS_OK;
    }
    if (has_quotes(&r->survey))
        result = survey_quotes(&r->survey, g.rows_start, r->scanner.separator, &sound, err);
    g.all = memory_new(r->survey.count, sizeof *g.all);
    if (result == STATUS_OK && !g.all)
        result = memory_error(err, r->survey.count * sizeof *g.all);
    if (result == STATUS_OK && sound)
        result = blocks_run(g.digests + r->survey.count, 1, r->survey.threads, &g.declined,
                            gather_block, &g, err);
    *declined = !sound || atomic_load(&g.declined);
    if (*declined && (result == STATUS_INTERRUPTED || result == STATUS_OK))
        result = STATUS_OK;
    else if (result == STATUS_OK)
        *declined = !marks_agree(g.all, r->survey.count, &r->mark);
    if (result == STATUS_OK && !*declined) {
        *out = g.all;
        return STATUS_OK;
    }
    r->mark = (decimal_mark){0};
    gathered_free(g.all, r);
    return result;
}
