#include "markup.h"

#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 64 };

typedef struct tag {
    const char *name;
    size_t size;
    bool closing, alone;
    const char *begin, *end; /* from "<" to after ">" */
} tag;

static const char *const void_elements[] = {"meta", "br", "input", "link", "img", "hr"};

static bool named(const tag *t, const char *name)
{
    return t->size == strlen(name) && strncasecmp(t->name, name, t->size) == 0;
}

static bool is_void(const tag *t)
{
    for (size_t i = 0; i < sizeof void_elements / sizeof *void_elements; i++) {
        if (named(t, void_elements[i]))
            return true;
    }
    return false;
}

/* The end of a tag, quotes skipped; NULL when there is none. */
static const char *tag_end(const char *at)
{
    char quote = '\0';
    for (; *at; at++) {
        if (quote && *at == quote)
            quote = '\0';
        else if (!quote && (*at == '"' || *at == '\''))
            quote = *at;
        else if (!quote && *at == '<')
            return NULL;
        else if (!quote && *at == '>')
            return at + 1;
    }
    return NULL;
}

/* 1: a tag, 0: the end, -1: broken. */
static int next_tag(const char **at, tag *out)
{
    const char *open = strchr(*at, '<');
    if (open && strncmp(open, "<!DOCTYPE", 9) == 0)
        open = strchr(open + 1, '<');
    if (!open)
        return 0;
    out->begin = open;
    out->closing = open[1] == '/';
    out->name = open + (out->closing ? 2 : 1);
    out->size = strcspn(out->name, " \n/>");
    out->end = tag_end(open + 1);
    if (!out->end || out->size == 0)
        return -1;
    out->alone = out->end[-2] == '/' || is_void(out);
    *at = out->end;
    if (!out->closing && (named(out, "script") || named(out, "style"))) {
        const char *const close = strstr(out->end, named(out, "script") ? "</script" : "</style");
        if (!close)
            return -1;
        *at = close;
    }
    return 1;
}

const char *markup_fault(const char *text)
{
    tag open[DEPTH_MAX], t;
    size_t depth = 0;
    const char *at = text;
    int more;
    while ((more = next_tag(&at, &t)) == 1) {
        if (t.alone && !t.closing)
            continue;
        if (!t.closing && depth == DEPTH_MAX)
            return t.begin;
        if (!t.closing) {
            open[depth++] = t;
            continue;
        }
        if (depth == 0 || open[depth - 1].size != t.size ||
            strncasecmp(open[depth - 1].name, t.name, t.size) != 0)
            return t.begin;
        depth--;
    }
    return more < 0 ? t.begin : depth > 0 ? open[depth - 1].begin : NULL;
}

size_t markup_count(const char *text, const char *name)
{
    tag t;
    size_t count = 0;
    while (next_tag(&text, &t) == 1)
        count += !t.closing && named(&t, name);
    return count;
}

static void tag_attributes(const tag *t, attribute_seen seen, void *context)
{
    const char *at = t->name + t->size;
    while (at < t->end) {
        const char *const equals = memchr(at, '=', (size_t)(t->end - at));
        if (!equals || equals[1] != '"')
            return;
        const char *name = equals;
        while (name > at && name[-1] != ' ')
            name--;
        const char *const close = strchr(equals + 2, '"');
        if (!close)
            return;
        seen(context, name, (size_t)(equals - name), equals + 2, (size_t)(close - equals - 2));
        at = close + 1;
    }
}

void markup_attributes(const char *text, attribute_seen seen, void *context)
{
    tag t;
    while (next_tag(&text, &t) == 1) {
        if (!t.closing)
            tag_attributes(&t, seen, context);
    }
}
