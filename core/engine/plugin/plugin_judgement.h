/* engine/plugin/plugin_judgement.h: what the judges of a descriptor share. Private to them. */
#ifndef ENGINE_PLUGIN_JUDGEMENT_H
#define ENGINE_PLUGIN_JUDGEMENT_H

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/units.h"
#include "engine/plan_messages.h"
#include "engine/plugin/plugin_descriptor.h"

typedef struct judgement {
    const bassin_plugin *p;
    const char *id; /* printable, also when it is at fault */
    source_ref at;
    faults *list;
    status worst;
} judgement;

/* One more fault; the judgement goes on. */
#define REFUSE(j, ...) ((j)->worst = faults_refuse((j)->list, (j)->at, __VA_ARGS__))

static inline bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool is_word(char c)
{
    return is_lower(c) || (c >= '0' && c <= '9');
}

/* A letter, then letters, digits and the characters of `more`. */
static inline bool is_name(const char *text, const char *more)
{
    if (text == NULL || !is_lower(text[0]))
        return false;
    for (const char *c = text; *c != '\0'; c++) {
        if (!is_word(*c) && strchr(more, *c) == NULL)
            return false;
    }
    return true;
}

static inline bool is_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

static inline bool is_utf8(const char *text)
{
    return text == NULL || text_utf8_valid_prefix(text, strlen(text)) == strlen(text);
}

static inline void judge_text(judgement *j, const char *what, const char *text)
{
    if (is_empty(text))
        REFUSE(j, M_JUDGE_TEXT, j->id, what);
    else if (!is_utf8(text))
        REFUSE(j, M_JUDGE_UTF8, j->id, what);
}

static inline void judge_optional_text(judgement *j, const char *what, const char *text)
{
    if (!is_utf8(text))
        REFUSE(j, M_JUDGE_UTF8, j->id, what);
}

static inline void judge_unit(judgement *j, const char *what, const char *id, const char *code)
{
    char braced[32]; /* "person" for "{person}" */
    if (code != NULL && unit_find(code) != NULL)
        return;
    const int size = snprintf(braced, sizeof braced, "{%s}", code == NULL ? "" : code);
    if (size < (int)sizeof braced && unit_find(braced) != NULL)
        REFUSE(j, M_JUDGE_UNIT_BRACED, j->id, what, id, code, braced);
    else
        REFUSE(j, M_JUDGE_UNIT, j->id, what, id, code == NULL ? "NULL" : code);
}

static inline void judge_type(judgement *j, const char *what, const char *id, int32_t type)
{
    if (type < BASSIN_F64 || type > BASSIN_TEXT)
        REFUSE(j, M_JUDGE_TYPE, j->id, what, id, (int)type);
}

/* --- plugin_judge_params.c --- */
void judge_param(judgement *j, size_t i);

#endif
