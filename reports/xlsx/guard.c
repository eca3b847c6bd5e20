#include "reports/xlsx/guard.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "reports/model/numbers.h"
#include "reports/xlsx/messages.h"

/* --- texts --- */

/* Length of the code point that starts with this byte of valid UTF-8. */
static size_t step_of(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "_x0041_" is how the format writes a character by its number. */
static bool is_escape(const char *at)
{
    return at[0] == '_' && at[1] == 'x' && is_hex(at[2]) && is_hex(at[3]) && is_hex(at[4]) &&
           is_hex(at[5]) && at[6] == '_';
}

static bool is_dropped(const char *at)
{
    unsigned char c = (unsigned char)at[0], next = (unsigned char)at[1];
    bool control = c < 0x20 && c != '\t' && c != '\n';
    bool second = c == 0xc2 && next < 0xa0;                                   /* C1 controls */
    bool not_xml = c == 0xef && next == 0xbf && (unsigned char)at[2] >= 0xbe; /* U+FFFE, U+FFFF */
    return control || c == 0x7f || second || not_xml;
}

/* One valid code point; false when the cell is full. */
static bool point_add(text_buffer *out, const char *at, size_t step, size_t *units)
{
    size_t wanted = step == 4 ? 2 : is_escape(at) ? 7 : 1;
    if (is_dropped(at))
        return true;
    if (*units + wanted > GUARD_TEXT_MAX - 1) {
        text_add(out, "…");
        return false;
    }
    *units += wanted;
    if (is_escape(at))
        text_add(out, "_x005F_");
    else
        text_add_n(out, at, step);
    return true;
}

void guard_text(text_buffer *out, const char *text)
{
    size_t size = strlen(text), units = 0, at = 0;
    bool room = true;
    out->size = 0;
    text_add(out, ""); /* never NULL */
    while (room && at < size) {
        size_t valid = at + text_utf8_valid_prefix(text + at, size - at);
        while (room && at < valid) {
            size_t step = step_of((unsigned char)text[at]);
            room = point_add(out, text + at, step, &units);
            at += step;
        }
        if (room && at < size) {
            room = point_add(out, "\xef\xbf\xbd", 3, &units);
            at++;
        }
    }
    if (out->at)
        out->at[out->size] = '\0';
}

/* --- names of sheets --- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

static bool is_taken(const char *name, const guard_name *taken, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (same_name(name, taken[i].text))
            return true;
    }
    return same_name(name, "History"); /* kept by Excel */
}

/* The first `points` UTF-16 units, without blanks and apostrophes at the ends. */
static guard_name cut_name(const char *from, size_t units, const char *suffix)
{
    guard_name name = {""};
    size_t used = 0, room = units - strlen(suffix);
    while (*from == ' ' || *from == '\'')
        from++;
    for (size_t step; *from; from += step) {
        step = step_of((unsigned char)*from);
        size_t wanted = step == 4 ? 2 : 1;
        if (wanted > room)
            break;
        memcpy(name.text + used, from, step);
        used += step;
        room -= wanted;
    }
    while (used > 0 && (name.text[used - 1] == ' ' || name.text[used - 1] == '\''))
        used--;
    memcpy(name.text + used, suffix, strlen(suffix) + 1);
    return name;
}

guard_name guard_sheet_name(const char *wanted, const guard_name *taken, size_t count)
{
    text_buffer clean = {.at = NULL};
    guard_text(&clean, wanted);
    for (size_t i = 0; i < clean.size; i++) {
        if (strchr("[]:*?/\\\t\n", clean.at[i]))
            clean.at[i] = ' ';
    }
    const char *base = clean.at && clean.at[strspn(clean.at, " '")] ? clean.at : "Feuille";
    guard_name name = cut_name(base, GUARD_NAME_MAX, "");
    for (size_t n = 2; is_taken(name.text, taken, count); n++) {
        char suffix[24];
        (void)snprintf(suffix, sizeof suffix, " (%zu)", n);
        name = cut_name(base, GUARD_NAME_MAX, suffix);
    }
    text_buffer_clear(&clean);
    return name;
}

/* --- the workbook --- */

enum { FORMATS_MAX = 512 };

typedef struct known_format {
    cell_look look;
    const char *number; /* borrowed from the book */
    lxw_format *is;
} known_format;

struct guarded_book {
    lxw_workbook *is;
    const char *path;
    language lang;
    text_buffer text;
    known_format formats[FORMATS_MAX];
    size_t format_count;
};

status guarded_code(lxw_error code, const char *where, error *err)
{
    return code == LXW_NO_ERROR
               ? STATUS_OK
               : error_set(err, STATUS_ENVIRONMENT, M_XLSX_LIBRARY, where, lxw_strerror(code));
}

/* The library takes pointers to non-const characters and copies them. */
static char *loose(const char *text)
{
    union {
        const char *given;
        char *wanted;
    } both = {.given = text};
    return both.wanted;
}

static status properties_set(guarded_book *g, const book *b, error *err)
{
    lxw_doc_properties about = {.title = loose(b->title),
                                .subject = loose(b->subject),
                                .author = loose("bassin"),
                                .comments = loose(b->comments),
                                .keywords = loose(b->keywords),
                                .created = (time_t)b->created_s};
    return guarded_code(workbook_set_properties(g->is, &about), "properties", err);
}

status guarded_open(guarded_book **out, const book *b, const char *temporary_folder, error *err)
{
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = loose(temporary_folder), .use_zip64 = LXW_FALSE};
    guarded_book *g = memory_new(1, sizeof *g);
    *out = g;
    if (!g)
        return memory_error(err, sizeof *g);
    g->path = b->path;
    g->lang = b->lang;
    g->is = workbook_new_opt(b->path, &options);
    return g->is ? properties_set(g, b, err) : error_set(err, STATUS_ENVIRONMENT, M_XLSX_CREATE);
}

status guarded_close(guarded_book *g, error *err)
{
    struct stat facts;
    if (!g)
        return STATUS_OK;
    status s = g->is ? guarded_code(workbook_close(g->is), "close", err) : STATUS_OK;
    if (!s && (stat(g->path, &facts) || facts.st_size == 0))
        s = error_set(err, STATUS_ENVIRONMENT, M_XLSX_CREATE);
    text_buffer_clear(&g->text);
    memory_free(g);
    return s;
}

status guarded_sheet(guarded_book *g, const book_sheet *s, lxw_worksheet **out, error *err)
{
    *out = NULL;
    status judged = guarded_code(workbook_validate_sheet_name(g->is, s->name), s->name, err);
    if (!judged)
        *out = workbook_add_worksheet(g->is, s->name);
    return judged ? judged : *out ? STATUS_OK : error_set(err, STATUS_ENVIRONMENT, M_XLSX_CREATE);
}

/* --- looks --- */

enum {
    INK = 0x1f2933,
    BLUE = 0x1d4e79,
    PALE = 0xe8eef4,
    LINE = 0xc5ced6,
    GREY = 0x5f6b76,
    YELLOW = 0xfff7d6
};

static void look_of_header(lxw_format *f, bool estimate)
{
    format_set_bold(f);
    if (estimate)
        format_set_italic(f);
    format_set_text_wrap(f);
    format_set_align(f, LXW_ALIGN_CENTER);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(f, PALE);
    format_set_font_color(f, BLUE);
    format_set_border(f, LXW_BORDER_THIN);
    format_set_border_color(f, LINE);
}

static void look_of_body(lxw_format *f)
{
    format_set_bottom(f, LXW_BORDER_HAIR);
    format_set_bottom_color(f, LINE);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
}

static void look_of_text(lxw_format *f, cell_look look)
{
    format_set_num_format(f, "@");
    if (look == LOOK_TITLE) {
        format_set_bold(f);
        format_set_font_size(f, 15);
        format_set_font_color(f, BLUE);
    } else if (look == LOOK_SUBTITLE) {
        format_set_font_color(f, GREY);
    } else if (look == LOOK_HEADING) {
        format_set_bold(f);
        format_set_font_size(f, 12);
        format_set_font_color(f, BLUE);
    } else if (look == LOOK_NOTE || look == LOOK_TEXT) {
        format_set_text_wrap(f);
        format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
        if (look == LOOK_NOTE) {
            format_set_font_size(f, 9);
            format_set_font_color(f, GREY);
        }
    } else if (look == LOOK_LINK) {
        format_set_underline(f, LXW_UNDERLINE_SINGLE);
        format_set_font_color(f, BLUE);
        format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    }
}

static void look_set(lxw_format *f, cell_look look)
{
    format_set_font_color(f, INK);
    switch (look) {
    case LOOK_HEADER:
    case LOOK_HEADER_ESTIMATE:
        look_of_header(f, look == LOOK_HEADER_ESTIMATE);
        break;
    case LOOK_BODY_WRAPPED:
    case LOOK_BODY:
    case LOOK_CODE:
        if (look == LOOK_BODY_WRAPPED)
            format_set_text_wrap(f);
        look_of_body(f);
        format_set_align(f, LXW_ALIGN_LEFT);
        format_set_indent(f, 1); /* away from the number on its left */
        format_set_num_format(f, "@");
        break;
    case LOOK_SIGN:
        look_of_body(f);
        format_set_num_format(f, "@");
        format_set_align(f, LXW_ALIGN_RIGHT);
        format_set_font_color(f, GREY);
        break;
    case LOOK_NUMBER:
    case LOOK_NUMBER_ESTIMATE:
    case LOOK_STRONG_NUMBER:
        look_of_body(f);
        format_set_align(f, LXW_ALIGN_RIGHT);
        if (look == LOOK_NUMBER_ESTIMATE)
            format_set_italic(f);
        if (look == LOOK_STRONG_NUMBER)
            format_set_bold(f);
        break;
    case LOOK_INPUT:
        format_set_bold(f);
        format_set_bg_color(f, YELLOW);
        format_set_border(f, LXW_BORDER_THIN);
        format_set_border_color(f, LINE);
        break;
    default:
        look_of_text(f, look);
    }
}

static status format_of(guarded_book *g, const book_cell *c, lxw_format **out, error *err)
{
    const char *number = c->format ? c->format : "";
    for (size_t i = 0; i < g->format_count; i++) {
        if (g->formats[i].look == c->look && !strcmp(g->formats[i].number, number)) {
            *out = g->formats[i].is;
            return STATUS_OK;
        }
    }
    *out = g->format_count < FORMATS_MAX ? workbook_add_format(g->is) : NULL;
    if (!*out)
        return error_set(err, STATUS_ENVIRONMENT, M_XLSX_CREATE);
    look_set(*out, c->look);
    if (*number)
        format_set_num_format(*out, number);
    if (*number == '[') /* yes and no */
        format_set_align(*out, LXW_ALIGN_CENTER);
    g->formats[g->format_count++] = (known_format){.look = c->look, .number = number, .is = *out};
    return STATUS_OK;
}

/* --- cells --- */

/* "internal:'Km évités'!A1": an apostrophe in the name is doubled. */
static lxw_error link_write(guarded_book *g, lxw_worksheet *to, lxw_row_t row, lxw_col_t col,
                            const book_cell *c, lxw_format *f)
{
    text_buffer url = {.at = NULL};
    text_add(&url, "internal:'");
    for (const char *at = c->target; *at; at++)
        text_add_n(&url, *at == '\'' ? "''" : at, *at == '\'' ? 2 : 1);
    text_add(&url, "'!A1");
    lxw_error code = url.failed
                         ? LXW_ERROR_MEMORY_MALLOC_FAILED
                         : worksheet_write_url_opt(to, row, col, url.at, f, g->text.at, NULL);
    text_buffer_clear(&url);
    return code;
}

static lxw_error cell_write(guarded_book *g, lxw_worksheet *to, lxw_row_t row, lxw_col_t col,
                            const book_cell *c, lxw_format *f)
{
    switch (c->kind) {
    case CELL_NONE:
        return worksheet_write_blank(to, row, col, f);
    case CELL_NUMBER:
        return worksheet_write_number(to, row, col, c->number, f);
    case CELL_FORMULA:
        return worksheet_write_formula_num(to, row, col, c->text, f, c->number);
    case CELL_LINK:
        return link_write(g, to, row, col, c, f);
    case CELL_TEXT:
        break;
    }
    return worksheet_write_string(to, row, col, g->text.at, f);
}

/* A number that is not finite is missing. */
static book_cell sound(const guarded_book *g, const book_cell *c)
{
    bool number = c->kind == CELL_NUMBER || c->kind == CELL_FORMULA;
    if (!number || isfinite(c->number))
        return *c;
    return (book_cell){
        .kind = CELL_TEXT, .look = LOOK_SIGN, .text = state_sign(VALUE_MISSING, g->lang)};
}

status guarded_cell(guarded_book *g, lxw_worksheet *to, size_t row, size_t column_index,
                    const book_cell *cell, error *err)
{
    book_cell c = sound(g, cell);
    lxw_format *f = NULL;
    if (row >= GUARD_ROWS_MAX || column_index >= GUARD_COLUMNS_MAX)
        return error_set(err, STATUS_ENVIRONMENT, M_XLSX_LIMIT, "", row + 1, column_index + 1);
    status s = format_of(g, &c, &f, err);
    guard_text(&g->text, c.text && (c.kind == CELL_TEXT || c.kind == CELL_LINK) ? c.text : "");
    if (!s && g->text.failed)
        s = memory_error(err, g->text.capacity);
    if (!s)
        s = guarded_code(cell_write(g, to, (lxw_row_t)row, (lxw_col_t)column_index, &c, f), "cell",
                         err);
    return s;
}

status guarded_merge(guarded_book *g, lxw_worksheet *to, size_t row, size_t span,
                     const book_cell *cell, error *err)
{
    lxw_format *f = NULL;
    if (row >= GUARD_ROWS_MAX || span > GUARD_COLUMNS_MAX)
        return error_set(err, STATUS_ENVIRONMENT, M_XLSX_LIMIT, "", row + 1, span);
    status s = format_of(g, cell, &f, err);
    guard_text(&g->text, cell->text ? cell->text : "");
    if (!s && g->text.failed)
        s = memory_error(err, g->text.capacity);
    if (!s)
        s = guarded_code(worksheet_merge_range(to, (lxw_row_t)row, 0, (lxw_row_t)row,
                                               (lxw_col_t)(span - 1), g->text.at, f),
                         "merge", err);
    return s;
}
