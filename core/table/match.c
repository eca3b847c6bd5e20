#include "table/match.h"

#include <string.h>

#include "table/messages.h"

enum { FOLDED_BYTES = 512, NAMES_SHOWN = 40 };

typedef enum comparison { COMPARE_EXACT, COMPARE_FOLDED } comparison;

static text_slice trimmed(const char *text)
{
    size_t size = strlen(text);
    while (size && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        size--;
    while (size && (*text == ' ' || *text == '\t')) {
        text++;
        size--;
    }
    return text_slice_of(text, size);
}

/* '?' in an alias is a digit: the year in the name of a column. */
static bool starts_as(const char *name, text_slice alias)
{
    for (size_t i = 0; i < alias.size; i++) {
        const bool digit = name[i] >= '0' && name[i] <= '9';
        if (alias.at[i] == '?' ? !digit : name[i] != alias.at[i])
            return false;
    }
    return true;
}

/* Names longer than the buffer are compared by their beginnings only when exact. */
static text_slice folded(text_slice s, char buffer[FOLDED_BYTES])
{
    size_t size = text_fold(s, buffer, FOLDED_BYTES);
    return size < FOLDED_BYTES ? text_slice_of(buffer, strlen(buffer)) : s;
}

static bool name_is(const char *name, const char *alias, comparison how)
{
    char name_buffer[FOLDED_BYTES], alias_buffer[FOLDED_BYTES];
    text_slice n = trimmed(name), a = text_slice_of(alias, strlen(alias));
    bool prefix = a.size > 1 && a.at[a.size - 1] == '*';
    if (prefix)
        a.size--;
    if (how == COMPARE_FOLDED) {
        n = folded(n, name_buffer);
        a = folded(a, alias_buffer);
    }
    if (prefix ? n.size < a.size : n.size != a.size)
        return false;
    return a.size > 0 && starts_as(n.at, a);
}

bool column_alias_fits(const char *alias, const char *header, bool with_folding)
{
    return name_is(header, alias, with_folding ? COMPARE_FOLDED : COMPARE_EXACT);
}

typedef struct match {
    int64_t first, second;
} match;

static match match_alias(const header_names *header, const char *alias, comparison how)
{
    match m = {.first = MATCH_NONE, .second = MATCH_NONE};
    for (size_t i = 0; i < header->count && m.second == MATCH_NONE; i++) {
        if (!name_is(header->names[i], alias, how))
            continue;
        if (m.first == MATCH_NONE)
            m.first = (int64_t)i;
        else
            m.second = (int64_t)i;
    }
    return m;
}

static match match_wanted(const header_names *header, const wanted_column *w)
{
    const char *own[] = {w->name, NULL};
    const char *const *aliases = w->aliases ? w->aliases : own;
    match m = {.first = MATCH_NONE, .second = MATCH_NONE};
    for (size_t i = 0; aliases[i] && m.first == MATCH_NONE; i++)
        m = match_alias(header, aliases[i], COMPARE_EXACT);
    for (size_t i = 0; aliases[i] && m.first == MATCH_NONE; i++)
        m = match_alias(header, aliases[i], COMPARE_FOLDED);
    return m;
}

size_t columns_match_score(const header_names *header, const wanted_column *wanted,
                           size_t wanted_count)
{
    size_t score = 0;
    for (size_t i = 0; i < wanted_count; i++) {
        if (match_wanted(header, &wanted[i]).first != MATCH_NONE)
            score += wanted[i].required ? READER_MAX_COLUMNS : 1;
    }
    return score;
}

static void list_names(const header_names *header, text_buffer *out)
{
    for (size_t i = 0; i < header->count && i < NAMES_SHOWN; i++) {
        text_add(out, i ? ", " : "");
        text_add(out, header->names[i]);
    }
    if (header->count > NAMES_SHOWN)
        text_add(out, ", …");
}

static const char *wanted_label(const wanted_column *w)
{
    return w->aliases && w->aliases[0] ? w->aliases[0] : w->name;
}

static status refuse_missing(const header_names *header, const wanted_column *w, source_ref at,
                             faults *list)
{
    text_buffer names = {0};
    const char *near = text_suggest(wanted_label(w), header->names, header->count);
    list_names(header, &names);
    const char *found = names.at && !names.failed ? names.at : "";
    if (near)
        (void)faults_refuse(list, at, M_READ_SUGGEST_COLUMN, wanted_label(w), near, found);
    else
        (void)faults_refuse(list, at, M_READ_MISSING_COLUMN, wanted_label(w), found);
    text_buffer_clear(&names);
    return STATUS_INPUT;
}

status columns_match(const header_names *header, const wanted_column *wanted, size_t wanted_count,
                     source_ref at, int64_t *position, faults *faults_list)
{
    status result = STATUS_OK;
    for (size_t i = 0; i < wanted_count; i++) {
        match m = match_wanted(header, &wanted[i]);
        position[i] = m.first;
        if (m.second != MATCH_NONE)
            result =
                faults_refuse(faults_list, at, M_READ_AMBIGUOUS_COLUMN, wanted_label(&wanted[i]),
                              (size_t)m.first + 1, header->names[m.first], (size_t)m.second + 1,
                              header->names[m.second]);
        else if (m.first == MATCH_NONE && wanted[i].required)
            result = refuse_missing(header, &wanted[i], at, faults_list);
    }
    return result;
}
