/* Markdown of method pages, line by line. */
#include "reports/html/markdown.h"

#include <string.h>

typedef enum open_block { OPEN_NONE = 0, OPEN_PARAGRAPH, OPEN_LIST } open_block;

static void block_close(open_block *open, text_buffer *out)
{
    if (*open == OPEN_PARAGRAPH)
        text_add(out, "</p>\n");
    else if (*open == OPEN_LIST)
        text_add(out, "</ul>\n");
    *open = OPEN_NONE;
}

/* Text between two marks; false when the second one is missing on the line. */
static bool between(text_slice s, size_t at, const char *mark, text_slice *inner)
{
    const size_t n = strlen(mark);
    if (s.size - at < n || memcmp(s.at + at, mark, n) != 0)
        return false;
    for (size_t i = at + n; i + n <= s.size; i++) {
        if (memcmp(s.at + i, mark, n) == 0 && i > at + n) {
            *inner = text_slice_of(s.at + at + n, i - at - n);
            return true;
        }
    }
    return false;
}

static void inline_markup(text_slice s, text_buffer *out)
{
    size_t plain = 0, i = 0;
    while (i < s.size) {
        text_slice inner;
        const bool strong = between(s, i, "**", &inner),
                   code = !strong && between(s, i, "`", &inner);
        if (!strong && !code) {
            i++;
            continue;
        }
        text_add_markup(out, text_slice_of(s.at + plain, i - plain));
        text_add(out, strong ? "<strong>" : "<code>");
        text_add_markup(out, inner);
        text_add(out, strong ? "</strong>" : "</code>");
        i += inner.size + (strong ? 4 : 2);
        plain = i;
    }
    text_add_markup(out, text_slice_of(s.at + plain, s.size - plain));
}

static size_t heading_level(text_slice line)
{
    size_t level = 0;
    while (level < line.size && line.at[level] == '#')
        level++;
    return level > 0 && level < line.size && line.at[level] == ' ' ? level : 0;
}

static void put_heading_line(text_slice line, size_t level, text_buffer *out)
{
    const unsigned shown = level <= 2 ? 3 : level == 3 ? 4 : 5;
    text_add_format(out, "<h%u>", shown);
    inline_markup(text_slice_of(line.at + level + 1, line.size - level - 1), out);
    text_add_format(out, "</h%u>\n", shown);
}

static void put_item(text_slice line, open_block *open, text_buffer *out)
{
    if (*open != OPEN_LIST) {
        block_close(open, out);
        text_add(out, "<ul>\n");
        *open = OPEN_LIST;
    }
    text_add(out, "<li>");
    inline_markup(text_slice_of(line.at + 2, line.size - 2), out);
    text_add(out, "</li>\n");
}

static void put_words(text_slice line, open_block *open, text_buffer *out)
{
    if (*open != OPEN_PARAGRAPH) {
        block_close(open, out);
        text_add(out, "<p>");
        *open = OPEN_PARAGRAPH;
    } else {
        text_add(out, "\n");
    }
    inline_markup(line, out);
}

static void put_markdown_line(text_slice line, open_block *open, text_buffer *out)
{
    const size_t level = heading_level(line);
    if (line.size == 0) {
        block_close(open, out);
    } else if (level > 0) {
        block_close(open, out);
        put_heading_line(line, level, out);
    } else if (line.size > 2 && line.at[0] == '-' && line.at[1] == ' ') {
        put_item(line, open, out);
    } else {
        put_words(line, open, out);
    }
}

void markdown_to_markup(const char *text, text_buffer *out)
{
    open_block open = OPEN_NONE;
    while (*text) {
        const size_t size = strcspn(text, "\r\n");
        put_markdown_line(text_slice_of(text, size), &open, out);
        text += size;
        if (*text == '\r')
            text++;
        if (*text == '\n')
            text++;
    }
    block_close(&open, out);
}
