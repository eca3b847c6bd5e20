#include "reports/maps/svg_ids.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

/* Where an identifier stands: id="...", url(#...) or xlink:href="#...". */
static const char *const openings[] = {"id=\"", "url(#", "href=\"#"};

static size_t opening_at(const char *at, const char *end)
{
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        const size_t n = strlen(openings[i]);
        if ((size_t)(end - at) > n && memcmp(at, openings[i], n) == 0)
            return n;
    }
    return 0;
}

static size_t identifier_length(const char *at, const char *end)
{
    size_t n = 0;
    while (at + n < end && at[n] != '"' && at[n] != ')')
        n++;
    return n;
}

/* One number of a path with two decimals at most; returns the bytes read. */
static size_t number_copy(const char *at, const char *end, text_buffer *out)
{
    size_t n = 0;
    while (at + n < end &&
           ((at[n] >= '0' && at[n] <= '9') || at[n] == '.' || (n == 0 && at[n] == '-')))
        n++;
    double value = 0;
    char shown[64];
    if (!text_to_f64(text_slice_of(at, n), '.', &value)) {
        text_add_n(out, at, n);
        return n;
    }
    size_t size = text_from_f64_fixed(value, 2, shown, sizeof shown);
    while (size > 0 && strchr(shown, '.') && (shown[size - 1] == '0' || shown[size - 1] == '.')) {
        const bool mark = shown[size - 1] == '.';
        shown[--size] = '\0';
        if (mark)
            break;
    }
    text_add_n(out, shown, size);
    return n;
}

/* The inside of d="...": up to its closing quote. */
static const char *path_copy(const char *at, const char *end, text_buffer *out)
{
    while (at < end && *at != '"') {
        if (*at == '-' || (*at >= '0' && *at <= '9')) {
            at += number_copy(at, end, out);
        } else {
            text_add_n(out, at++, 1);
        }
    }
    return at;
}

typedef struct tidying {
    const char *kept; /* copied up to here */
    text_buffer *out;
    interner *seen;
} tidying;

static status identifier_copy(tidying *t, const char *id, const char *end, const char **next,
                              error *err)
{
    const size_t n = identifier_length(id, end);
    uint32_t number = 0;
    const status s = interner_add(t->seen, text_slice_of(id, n), &number, err);
    text_add_n(t->out, t->kept, (size_t)(id - t->kept));
    text_add_format(t->out, "n%u", number);
    *next = t->kept = id + n;
    return s;
}

status svg_tidy(const text_buffer *svg, text_buffer *out, error *err)
{
    static const char path_mark[] = " d=\"";
    const char *at = svg->at, *const end = svg->at + svg->size;
    tidying t = {.kept = at, .out = out};
    status s = interner_new(&t.seen, err);
    while (s == STATUS_OK && at < end) {
        const size_t opening = opening_at(at, end);
        if (opening > 0) {
            s = identifier_copy(&t, at + opening, end, &at, err);
        } else if ((size_t)(end - at) > strlen(path_mark) &&
                   memcmp(at, path_mark, strlen(path_mark)) == 0) {
            text_add_n(out, t.kept, (size_t)(at + strlen(path_mark) - t.kept));
            at = t.kept = path_copy(at + strlen(path_mark), end, out);
        } else {
            at++;
        }
    }
    if (s == STATUS_OK)
        text_add_n(out, t.kept, (size_t)(end - t.kept));
    interner_free(t.seen);
    return s == STATUS_OK && out->failed ? memory_error(err, svg->size) : s;
}
