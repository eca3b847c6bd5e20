#include "engine/plugin/pipe_yaml.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "engine/plugin/pipe_messages.h"
#include "engine/scenario/excerpt.h"

/* --- faults --- */

source_ref pipe_at(const pipe_reader *r, const yaml_node *node)
{
    return source_at(r->path, node->line, node->column);
}

void pipe_refused(pipe_reader *r, const yaml_node *node, status s)
{
    char excerpt[640];
    if (excerpt_make(r->text, node->line, node->column, excerpt, sizeof excerpt))
        faults_excerpt(r->list, excerpt);
    r->worst = s;
}

void pipe_out_of_memory(pipe_reader *r)
{
    error err = {.status = STATUS_OK};
    (void)memory_error(&err, 256);
    r->worst = faults_add_error(r->list, source_at(r->path, 0, 0), &err);
}

void *pipe_room(pipe_reader *r, size_t count, size_t size)
{
    void *at = arena_take(r->memory, count, size);
    if (at == NULL)
        pipe_out_of_memory(r);
    return at;
}

/* --- mappings and lists --- */

static bool is_key(const pipe_keys *keys, const char *name)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (strcmp(keys->names[i], name) == 0)
            return true;
    }
    return false;
}

bool pipe_mapping(pipe_reader *r, const yaml_node *node, const pipe_keys *keys)
{
    if (node->kind != YAML_MAPPING) {
        PIPE_REFUSE(r, node, M_PIPE_MAPPING, keys->names[0]);
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        const yaml_node *key = &node->pairs[i].key;
        if (is_key(keys, key->text))
            continue;
        const char *near = text_suggest(key->text, keys->names, keys->count);
        if (near != NULL)
            PIPE_REFUSE(r, key, M_PIPE_KEY_SUGGEST, key->text, near);
        else
            PIPE_REFUSE(r, key, M_PIPE_KEY, key->text);
    }
    for (size_t i = 0; i < keys->needed; i++) {
        if (yaml_find(node, keys->names[i]) == NULL)
            PIPE_REFUSE(r, node, M_PIPE_KEY_MISSING, keys->names[i]);
    }
    return true;
}

const yaml_node *pipe_list(pipe_reader *r, const yaml_node *map, const char *key, size_t *count)
{
    const yaml_node *node = yaml_find(map, key);
    (void)r;
    *count = 0;
    if (node == NULL || (node->kind == YAML_SCALAR && node->text[0] == '\0'))
        return NULL;
    *count = node->kind == YAML_SEQUENCE ? node->count : 1;
    return node->kind == YAML_SEQUENCE ? node->items : node;
}

/* --- scalars --- */

static const char *scalar(pipe_reader *r, const yaml_node *node, const char *key)
{
    if (node->kind == YAML_SCALAR && node->text[0] != '\0')
        return node->text;
    PIPE_REFUSE(r, node, M_PIPE_SCALAR, key);
    return NULL;
}

const char *pipe_text(pipe_reader *r, const yaml_node *map, const char *key)
{
    const yaml_node *node = yaml_find(map, key);
    return node != NULL ? scalar(r, node, key) : NULL;
}

void pipe_texts(pipe_reader *r, const yaml_node *map, const char *key, bool one_for_all,
                const char **fr, const char **en)
{
    static const char *const languages[] = {"fr", "en"};
    const yaml_node *node = yaml_find(map, key);
    *fr = *en = NULL;
    if (node == NULL)
        return;
    if (one_for_all && node->kind == YAML_SCALAR) {
        *fr = scalar(r, node, key);
    } else if (node->kind != YAML_MAPPING) {
        PIPE_REFUSE(r, node, M_PIPE_LANGUAGES, key);
    } else if (pipe_mapping(r, node, PIPE_KEYS(languages, 2))) {
        *fr = pipe_text(r, node, "fr");
        *en = pipe_text(r, node, "en");
    }
}

bool pipe_number_of(pipe_reader *r, const yaml_node *node, const char *unit_code, double *out)
{
    const size_t size = node->kind == YAML_SCALAR ? strlen(node->text) : 0;
    const text_slice typed = text_slice_of(node->text, size);
    if (size > 0 && ((text_to_f64(typed, '.', out) && isfinite(*out)) ||
                     (unit_code != NULL && quantity_parse(typed, unit_code, out))))
        return true;
    PIPE_REFUSE(r, node, M_PIPE_NUMBER, size > 0 ? node->text : "",
                unit_code != NULL ? unit_code : "1");
    return false;
}

bool pipe_number(pipe_reader *r, const yaml_node *map, const char *key, const char *unit_code,
                 double *out)
{
    const yaml_node *node = yaml_find(map, key);
    return node != NULL && pipe_number_of(r, node, unit_code, out);
}

void pipe_range(pipe_reader *r, const yaml_node *map, const char *key, const char *unit_code,
                double *low, double *high)
{
    const yaml_node *node = yaml_find(map, key);
    double ends[2];
    *low = *high = 0.0;
    if (node == NULL)
        return;
    if (node->kind != YAML_SEQUENCE || node->count != 2) {
        PIPE_REFUSE(r, node, M_PIPE_RANGE, key);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (!pipe_number_of(r, &node->items[i], unit_code, &ends[i]))
            return;
    }
    if (!(ends[0] < ends[1]))
        PIPE_REFUSE(r, node, M_PIPE_RANGE, key);
    *low = ends[0];
    *high = ends[1];
}

uint32_t pipe_choice_of(pipe_reader *r, const yaml_node *node, const pipe_word *words, size_t count)
{
    const char *names[16];
    size_t named = 0;
    const char *text = node->kind == YAML_SCALAR ? node->text : "";
    text_buffer list = {.at = NULL};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].word, text) == 0) {
            text_buffer_clear(&list);
            return words[i].value;
        }
        text_add_format(&list, "%s%s", i > 0 ? ", " : "", words[i].word);
        if (named < sizeof names / sizeof *names)
            names[named++] = words[i].word;
    }
    const char *near = text_suggest(text, names, named);
    if (near != NULL)
        PIPE_REFUSE(r, node, M_PIPE_WORD_SUGGEST, text, near);
    else
        PIPE_REFUSE(r, node, M_PIPE_WORD, text, list.failed || list.at == NULL ? "" : list.at);
    text_buffer_clear(&list);
    return 0;
}

uint32_t pipe_choice(pipe_reader *r, const yaml_node *map, const char *key, const pipe_word *words,
                     size_t count, uint32_t fallback)
{
    const yaml_node *node = yaml_find(map, key);
    return node != NULL ? pipe_choice_of(r, node, words, count) : fallback;
}

bool pipe_yes(pipe_reader *r, const yaml_node *map, const char *key)
{
    static const pipe_word words[] = {{"yes", 1},   {"no", 0},  {"true", 1},
                                      {"false", 0}, {"oui", 1}, {"non", 0}};
    return pipe_choice(r, map, key, words, sizeof words / sizeof *words, 0) != 0;
}
