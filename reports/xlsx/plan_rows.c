#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "reports/xlsx/plan.h"

enum { LINE_POINTS = 15, NOTE_POINTS = 13 };

const char *book_text(book_plan *p, const char *text)
{
    const char *copy = arena_text(p->memory, text ? text : "");
    p->failed |= !copy;
    return copy ? copy : "";
}

const char *book_kept(book_plan *p, const char *text)
{
    p->failed |= !text;
    return text ? text : "";
}

const char *book_format(book_plan *p, const char *format, ...)
{
    char small[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n >= 0 && (size_t)n < sizeof small)
        return book_text(p, small);
    char *large = n < 0 ? NULL : arena_take(p->memory, (size_t)n + 1, 1);
    if (large) {
        va_start(args, format);
        (void)vsnprintf(large, (size_t)n + 1, format, args);
        va_end(args);
    }
    p->failed |= !large;
    return large ? large : "";
}

void rows_add(book_plan *p, row_list *to, const book_cell *cells, size_t count)
{
    if (to->count == to->capacity) {
        size_t wanted = to->capacity ? 2 * to->capacity : 16;
        book_row *grown = arena_take(p->memory, wanted, sizeof *grown);
        p->failed |= !grown;
        if (!grown)
            return;
        if (to->count)
            memcpy(grown, to->rows, to->count * sizeof *grown);
        to->rows = grown;
        to->capacity = wanted;
    }
    book_cell *copy = arena_take(p->memory, count, sizeof *copy);
    p->failed |= !copy;
    if (!copy)
        return;
    if (count)
        memcpy(copy, cells, count * sizeof *copy);
    to->rows[to->count++] = (book_row){.cells = copy, .count = count};
}

void rows_blank(book_plan *p, row_list *to)
{
    rows_add(p, to, NULL, 0);
}

size_t characters_of(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

void rows_text(book_plan *p, row_list *to, cell_look look, const char *text, size_t span,
               double characters)
{
    bool small = look == LOOK_NOTE, wraps = small || look == LOOK_TEXT;
    const book_cell cell = {.kind = CELL_TEXT, .look = look, .text = text};
    if (!*text)
        return;
    rows_add(p, to, &cell, 1);
    if (p->failed)
        return;
    book_row *row = &to->rows[to->count - 1];
    size_t lines = wraps ? lines_of(text, characters * (small ? 1.4 : 1.15)) : 1;
    row->span = wraps ? span : 0;
    row->height = look == LOOK_TITLE ? 24
                  : look == LOOK_HEADING
                      ? 20
                      : (double)(lines * (small ? NOTE_POINTS : LINE_POINTS)) + 2;
}

/* In French no line begins with a double punctuation mark. */
static const char *typographic(book_plan *p, const char *text)
{
    text_buffer b = {.at = NULL};
    if (p->lang != LANGUAGE_FR)
        return text;
    for (; *text; text++) {
        bool before =
            *text == ' ' && text[1] && strchr(":;?!", text[1]) && (text[2] == ' ' || !text[2]);
        text_add_n(&b, before ? "\xc2\xa0" : text, before ? 2 : 1);
    }
    const char *copy = book_text(p, b.failed || !b.at ? "" : b.at);
    p->failed |= b.failed;
    text_buffer_clear(&b);
    return copy;
}

void rows_lines(book_plan *p, row_list *to, const four_lines *lines, size_t span, double characters)
{
    const char *const texts[] = {lines->reading, lines->champ, lines->source, lines->note};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *colon = p->lang == LANGUAGE_FR ? "\xc2\xa0: " : ": ";
        if (texts[i] && *texts[i])
            rows_text(p, to, LOOK_NOTE,
                      book_format(p, "%s%s%s", line_word_text((line_word)i, p->lang), colon,
                                  typographic(p, texts[i])),
                      span, characters);
    }
}
