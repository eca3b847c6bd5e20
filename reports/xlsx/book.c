#include "reports/xlsx/book.h"

#include <string.h>

#include "reports/model/numbers.h"
#include "reports/parcel/published.h"
#include "reports/xlsx/messages.h"

enum { LISTED_MAX = 1 << 20, LINE_POINTS = 15 };

static size_t table_rows(const book_sheet *s)
{
    return s->has_table ? s->row_count + 1 : 0;
}

size_t sheet_height(const book_sheet *s)
{
    return s->above_count + table_rows(s) + s->below_count;
}

size_t sheet_width(const book_sheet *s)
{
    size_t width = s->has_table ? s->column_count : 1;
    for (size_t i = 0; i < s->above_count; i++)
        width = s->above[i].count > width ? s->above[i].count : width;
    for (size_t i = 0; i < s->below_count; i++)
        width = s->below[i].count > width ? s->below[i].count : width;
    return width;
}

size_t lines_of(const char *text, double characters)
{
    size_t lines = 1, used = 0;
    double room = characters < 1 ? 1 : characters;
    while (*text) {
        size_t bytes = strcspn(text, " \n"), word = 0;
        for (size_t i = 0; i < bytes; i++)
            word += ((unsigned char)text[i] & 0xc0) != 0x80;
        if (used > 0 && (double)(used + 1 + word) > room) {
            lines++;
            used = 0;
        }
        used += word + (used > 0);
        for (; (double)used > room; used -= (size_t)room)
            lines++;
        text += bytes;
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text != '\0';
    }
    return lines;
}

/* --- cells of the table --- */

static book_cell text_cell(const book_column *k, const column *c, size_t row)
{
    uint32_t word = c->at.u32[row];
    const char *text =
        k->shown && word < k->shown_count ? k->shown[word] : words_at(&c->words, word);
    return (book_cell){.kind = *text ? CELL_TEXT : CELL_NONE,
                       .look = k->wrapped ? LOOK_BODY_WRAPPED : LOOK_BODY,
                       .text = text};
}

static book_cell value_cell(const book *b, const book_column *k, const column *c, size_t row)
{
    double number = 0;
    value_state state = column_state(c, row);
    if (state != VALUE_PRESENT)
        return (book_cell){
            .kind = CELL_TEXT, .look = LOOK_SIGN, .text = state_sign(state, b->lang)};
    if (c->type == COLUMN_TEXT)
        return text_cell(k, c, row);
    if (!published_number(c, row, &number))
        return (book_cell){
            .kind = CELL_TEXT, .look = LOOK_SIGN, .text = state_sign(VALUE_MISSING, b->lang)};
    return (book_cell){.kind = CELL_NUMBER,
                       .look = k->estimate ? LOOK_NUMBER_ESTIMATE : LOOK_NUMBER,
                       .format = k->format,
                       .number = number};
}

static book_row header_of(const book_sheet *s, book_cell *cells)
{
    for (size_t i = 0; i < s->column_count; i++)
        cells[i] = (book_cell){.kind = CELL_TEXT,
                               .look = s->columns[i].estimate ? LOOK_HEADER_ESTIMATE : LOOK_HEADER,
                               .text = s->columns[i].title};
    return (book_row){.cells = cells, .count = s->column_count, .height = s->header_height};
}

/* Not every program grows a row to hold a wrapped text. */
static book_row body_of(const book *b, const book_sheet *s, size_t row, book_cell *cells)
{
    size_t lines = 1;
    for (size_t i = 0; i < s->column_count; i++) {
        cells[i] = value_cell(b, &s->columns[i], &s->from->columns[s->columns[i].index], row);
        if (cells[i].look != LOOK_BODY_WRAPPED || i >= s->width_count)
            continue;
        size_t own = lines_of(cells[i].text, s->widths[i] * 1.1 - 1.5);
        lines = own > lines ? own : lines;
    }
    return (book_row){.cells = cells,
                      .count = s->column_count,
                      .height = lines > 1 ? (double)lines * LINE_POINTS + 1 : 0};
}

static book_row copied(const book_row *from, book_cell *cells)
{
    book_row row = *from;
    for (size_t i = 0; i < row.count; i++)
        cells[i] = from->cells[i];
    row.cells = cells;
    return row;
}

book_row sheet_row(const book *b, const book_sheet *s, size_t row, book_cell *cells)
{
    memset(cells, 0, sheet_width(s) * sizeof *cells);
    if (row < s->above_count)
        return copied(&s->above[row], cells);
    row -= s->above_count;
    if (s->has_table && row == 0)
        return header_of(s, cells);
    if (row < table_rows(s))
        return body_of(b, s, row - 1, cells);
    return copied(&s->below[row - table_rows(s)], cells);
}

/* --- there --- */

static void cell_pack(const book_cell *c, pack_writer *w)
{
    pack_u64(w, c->kind);
    pack_u64(w, c->look);
    pack_text(w, c->text);
    pack_text(w, c->target);
    pack_text(w, c->format);
    pack_f64(w, c->number);
}

static void rows_pack(const book_row *rows, size_t count, pack_writer *w)
{
    pack_u64(w, count);
    for (size_t i = 0; i < count; i++) {
        pack_u64(w, rows[i].count);
        pack_u64(w, rows[i].span);
        pack_f64(w, rows[i].height);
        for (size_t c = 0; c < rows[i].count; c++)
            cell_pack(&rows[i].cells[c], w);
    }
}

static void columns_pack(const book_sheet *s, pack_writer *w)
{
    pack_u64(w, s->column_count);
    for (size_t i = 0; i < s->column_count; i++) {
        const book_column *k = &s->columns[i];
        pack_u64(w, k->index);
        pack_text(w, k->title);
        pack_text(w, k->format);
        pack_u64(w, k->estimate);
        pack_u64(w, k->wrapped);
        pack_u64(w, k->shown ? k->shown_count : 0);
        for (size_t j = 0; k->shown && j < k->shown_count; j++)
            pack_text(w, k->shown[j]);
    }
}

static void sheet_pack(const book_sheet *s, pack_writer *w)
{
    pack_text(w, s->name);
    rows_pack(s->above, s->above_count, w);
    rows_pack(s->below, s->below_count, w);
    pack_u64(w, s->has_table);
    pack_u64(w, s->rows);
    pack_u64(w, s->row_count);
    columns_pack(s, w);
    pack_f64(w, s->header_height);
    pack_u64(w, s->width_count);
    pack_bytes(w, s->widths, s->width_count * sizeof *s->widths);
    pack_u64(w, s->frozen);
    pack_u64(w, s->pages_wide);
    pack_u64(w, s->tab_colour);
}

void book_pack(const book *b, pack_writer *w)
{
    const char *const texts[] = {b->path,     b->title,    b->subject,
                                 b->comments, b->keywords, b->footer};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        pack_text(w, texts[i]);
    pack_u64(w, (uint64_t)b->created_s);
    pack_u64(w, b->lang);
    pack_u64(w, b->sheet_count);
    for (size_t i = 0; i < b->sheet_count; i++)
        sheet_pack(&b->sheets[i], w);
}

/* --- and back --- */

typedef struct unpacking {
    pack_reader *from;
    arena *memory;
} unpacking;

static const char *text(unpacking *u)
{
    const char *t = unpack_text(u->from);
    return t ? t : "";
}

/* A count, and a list of so many; no list once anything failed. */
static void *list_of(unpacking *u, size_t *count, size_t size)
{
    uint64_t wanted = unpack_u64(u->from);
    u->from->failed |= wanted > LISTED_MAX;
    *count = u->from->failed ? 0 : (size_t)wanted;
    void *list = arena_take(u->memory, *count, size);
    u->from->failed |= !list;
    *count = list ? *count : 0;
    return list;
}

static book_cell cell_unpack(unpacking *u)
{
    book_cell c = {.kind = (cell_kind)unpack_u64(u->from)};
    uint64_t look = unpack_u64(u->from);
    u->from->failed |= c.kind > CELL_LINK || look >= LOOK_COUNT;
    c.look = u->from->failed ? LOOK_TEXT : (cell_look)look;
    c.text = text(u);
    c.target = text(u);
    c.format = unpack_text(u->from);
    c.number = unpack_f64(u->from);
    return c;
}

static const book_row *rows_unpack(unpacking *u, size_t *count)
{
    book_row *rows = list_of(u, count, sizeof *rows);
    for (size_t i = 0; i < *count; i++) {
        book_cell *cells = list_of(u, &rows[i].count, sizeof *cells);
        rows[i].span = (size_t)unpack_u64(u->from);
        rows[i].height = unpack_f64(u->from);
        for (size_t c = 0; c < rows[i].count; c++)
            cells[c] = cell_unpack(u);
        rows[i].cells = cells;
    }
    return rows;
}

static void column_unpack(unpacking *u, book_column *k)
{
    k->index = unpack_u64(u->from);
    k->title = text(u);
    k->format = unpack_text(u->from);
    k->estimate = unpack_u64(u->from) != 0;
    k->wrapped = unpack_u64(u->from) != 0;
    const char **shown = list_of(u, &k->shown_count, sizeof *shown);
    for (size_t j = 0; j < k->shown_count; j++)
        shown[j] = text(u);
    k->shown = k->shown_count ? shown : NULL;
}

/* What the sheet asks of its table exists there. */
static bool table_fits(const book_sheet *s)
{
    if (!s->has_table)
        return true;
    if (!s->from || s->row_count > s->from->rows)
        return false;
    for (size_t i = 0; i < s->column_count; i++) {
        if (s->columns[i].index >= s->from->column_count)
            return false;
    }
    return true;
}

static void sheet_unpack(unpacking *u, const parcel_content *things, book_sheet *s)
{
    s->name = text(u);
    s->above = rows_unpack(u, &s->above_count);
    s->below = rows_unpack(u, &s->below_count);
    s->has_table = unpack_u64(u->from) != 0;
    s->rows = unpack_u64(u->from);
    s->row_count = (size_t)unpack_u64(u->from);
    book_column *columns = list_of(u, &s->column_count, sizeof *columns);
    for (size_t i = 0; i < s->column_count; i++)
        column_unpack(u, &columns[i]);
    s->columns = columns;
    s->header_height = unpack_f64(u->from);
    s->width_count = (size_t)unpack_u64(u->from);
    size_t size = 0;
    s->widths = unpack_bytes(u->from, &size);
    u->from->failed |= size / sizeof *s->widths != s->width_count;
    s->frozen = (size_t)unpack_u64(u->from);
    s->pages_wide = (size_t)unpack_u64(u->from);
    s->tab_colour = (uint32_t)unpack_u64(u->from);
    s->from = s->has_table ? parcel_table_at(things, s->rows) : NULL;
    u->from->failed |= !table_fits(s);
}

status book_unpack(pack_reader *r, const parcel_content *things, arena *memory, book *out,
                   error *err)
{
    unpacking u = {.from = r, .memory = memory};
    *out = (book){.path = text(&u)};
    out->title = text(&u);
    out->subject = text(&u);
    out->comments = text(&u);
    out->keywords = text(&u);
    out->footer = text(&u);
    out->created_s = (int64_t)unpack_u64(r);
    out->lang = unpack_u64(r) ? LANGUAGE_EN : LANGUAGE_FR;
    out->sheets = list_of(&u, &out->sheet_count, sizeof *out->sheets);
    for (size_t i = 0; i < out->sheet_count; i++)
        sheet_unpack(&u, things, &out->sheets[i]);
    return r->failed ? error_set(err, STATUS_ENVIRONMENT, M_XLSX_REQUEST) : STATUS_OK;
}
