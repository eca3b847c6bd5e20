/* Lists, choices and placeholders of descriptors. */
#include "engine/plugin/plugin_values.h"

#include <math.h>
#include <string.h>

static text_slice trimmed(text_slice s)
{
    while (s.size > 0 && (s.at[0] == ' ' || s.at[0] == '\t'))
        s = text_slice_of(s.at + 1, s.size - 1);
    while (s.size > 0 && (s.at[s.size - 1] == ' ' || s.at[s.size - 1] == '\t'))
        s.size--;
    return s;
}

text_slice list_next(text_slice *rest, char mark)
{
    const char *end = rest->size > 0 ? memchr(rest->at, mark, rest->size) : NULL;
    size_t size = end != NULL ? (size_t)(end - rest->at) : rest->size;
    text_slice one = text_slice_of(rest->at, size);
    size_t used = end != NULL ? size + 1 : size;
    *rest = text_slice_of(rest->at + used, rest->size - used);
    return trimmed(one);
}

size_t choice_index(const char *choices, const char *word)
{
    text_slice rest = text_slice_of(choices, strlen(choices));
    for (size_t i = 0; rest.size > 0; i++) {
        if (text_equal(list_next(&rest, '|'), word))
            return i;
    }
    return SIZE_MAX;
}

size_t choices_count(const char *choices)
{
    size_t count = 1;
    for (const char *c = choices; *c != '\0'; c++)
        count += *c == '|';
    return count;
}

bool is_assumption(const char *basis)
{
    return basis != NULL && strncmp(basis, "assumed", strlen("assumed")) == 0;
}

status choices_split(const char *choices, arena *memory, const char *const **out, size_t *count,
                     error *err)
{
    size_t capacity = choices_count(choices);
    const char **list = arena_take(memory, capacity, sizeof *list);
    if (list == NULL)
        return memory_error(err, capacity * sizeof *list);
    *count = 0;
    for (text_slice rest = text_slice_of(choices, strlen(choices)); rest.size > 0;) {
        text_slice one = list_next(&rest, '|');
        list[*count] = arena_text_n(memory, one.at, one.size);
        if (list[(*count)++] == NULL)
            return memory_error(err, one.size);
    }
    *out = list;
    return STATUS_OK;
}

distribution distribution_of(const char *name)
{
    static const char *const names[] = {
        [DISTRIBUTION_FIXED] = "fixed",
        [DISTRIBUTION_UNIFORM] = "uniform",
        [DISTRIBUTION_TRIANGULAR] = "triangular",
        [DISTRIBUTION_BETA] = "beta",
    };
    if (name == NULL)
        return DISTRIBUTION_FIXED;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return (distribution)i;
    }
    return DISTRIBUTION_UNKNOWN;
}

const char *text_fill(const char *text, const char *placeholder_name, const char *with,
                      arena *memory, bool *failed)
{
    if (text == NULL)
        return NULL;
    size_t size = strlen(placeholder_name);
    const char *open = text, *filled = NULL;
    for (open = strchr(text, '{'); open != NULL; open = strchr(open + 1, '{')) {
        if (strncmp(open + 1, placeholder_name, size) == 0 && open[1 + size] == '}')
            break;
    }
    if (open == NULL)
        filled = arena_text(memory, text);
    else
        filled = arena_format(memory, "%.*s%s%s", (int)(open - text), text, with, open + size + 2);
    if (filled == NULL)
        *failed = true;
    return filled;
}

void number_for_name(double value, char *buffer, size_t size)
{
    char text[64];
    (void)text_from_f64(fabs(value), text, sizeof text);
    for (char *c = text; *c != '\0'; c++) {
        if (*c == '.' || *c == '+')
            *c = '_';
        else if (*c == '-')
            *c = 'm';
    }
    (void)snprintf(buffer, size, "%s%s", value < 0 ? "m" : "", text);
}
