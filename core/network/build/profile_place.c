#include "network/build/profile_place.h"

#include <string.h>

/* The text of a line, 1-based, without its end; empty past the last. */
static text_slice line_at(const file_view *f, uint64_t line)
{
    const char *at = f->at, *end = f->at ? f->at + f->size : f->at;
    for (uint64_t k = 1; k < line && at < end; k++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        at = stop ? stop + 1 : end;
    }
    const char *stop = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    return text_slice_of(at, at < end ? (size_t)((stop ? stop : end) - at) : 0);
}

/* Past the end of the field that begins at `at`: on its separator, or at the end. */
static size_t field_end(text_slice line, char separator, size_t at)
{
    bool quoted = false;
    while (at < line.size && (quoted || line.at[at] != separator)) {
        quoted ^= line.at[at] == '"';
        at++;
    }
    return at;
}

/* What a header is called, without quotes, nor the end of a line of DOS. */
static text_slice bare(text_slice field)
{
    while (field.size > 0 && strchr("\"\r", field.at[field.size - 1]))
        field.size--;
    return field.size > 0 && field.at[0] == '"' ? text_slice_of(field.at + 1, field.size - 1)
                                                : field;
}

uint64_t field_column(const field_places *p, uint64_t line, const char *field)
{
    const text_slice header = line_at(&p->file, 1), row = line_at(&p->file, line);
    size_t head = header.size >= 3 && memcmp(header.at, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, at = 0;
    while (head <= header.size) {
        const size_t end = field_end(header, p->separator, head);
        if (text_equal(bare(text_slice_of(header.at + head, end - head)), field))
            return at <= row.size ? at + 1 : 0;
        head = end + 1;
        at = field_end(row, p->separator, at) + 1;
    }
    return 0;
}
