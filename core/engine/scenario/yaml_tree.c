#include "engine/scenario/yaml_tree.h"

#include <libfyaml.h>
#include <string.h>

#include "engine/scenario/excerpt.h"
#include "engine/messages.h"

typedef struct copier {
    const char *name;
    text_slice text;
    arena *memory;
    faults *faults_list;
    status result;
} copier;

static void excerpt_add(const copier *c, uint64_t line, uint64_t column)
{
    char excerpt[640];
    if (excerpt_make(c->text, line, column, excerpt, sizeof excerpt)) {
        faults_excerpt(c->faults_list, excerpt);
    }
}

static void out_of_memory(copier *c)
{
    error err;
    c->result = memory_error(&err, 0);
    (void)faults_add_error(c->faults_list, source_at(c->name, 0, 0), &err);
}

/* libfyaml marks scalars only: a collection keeps the position that its caller gave it, its key's;
 * an element of a list takes that of its first key. */
static void place_of(struct fy_node *n, yaml_node *out)
{
    const struct fy_mark *mark = NULL;
    if (n != NULL && fy_node_get_type(n) == FYNT_SCALAR) {
        struct fy_token *token = fy_node_get_scalar_token(n);
        mark = token != NULL ? fy_token_start_mark(token) : NULL;
    }
    if (mark != NULL) {
        out->line = (uint64_t)mark->line + 1;
        out->column = (uint64_t)mark->column + 1;
    }
}

static void refuse_at(copier *c, const yaml_node *n, const char *what)
{
    c->result =
        faults_refuse(c->faults_list, source_at(c->name, n->line, n->column), M_YAML_PLAIN, what);
    excerpt_add(c, n->line, n->column);
}

static void copy_node(copier *c, struct fy_node *n, size_t depth, yaml_node *out);

static void copy_scalar(copier *c, struct fy_node *n, yaml_node *out)
{
    size_t size = 0;
    const char *text = n != NULL ? fy_node_get_scalar(n, &size) : NULL;
    out->text = arena_text_n(c->memory, text != NULL ? text : "", text != NULL ? size : 0);
    if (out->text == NULL) {
        out_of_memory(c);
    } else if (n != NULL && fy_node_is_alias(n)) {
        refuse_at(c, out, "*");
    } else if (text != NULL && memchr(text, '\0', size) != NULL) {
        refuse_at(c, out, "\\0");
    }
}

static void copy_sequence(copier *c, struct fy_node *n, size_t depth, yaml_node *out)
{
    int count = fy_node_sequence_item_count(n);
    size_t room = count > 0 ? (size_t)count : 0;
    yaml_node *items = arena_take(c->memory, room > 0 ? room : 1, sizeof *items);
    void *step = NULL;
    struct fy_node *item;
    if (items == NULL) {
        out_of_memory(c);
        return;
    }
    while (out->count < room && (item = fy_node_sequence_iterate(n, &step)) != NULL) {
        yaml_node *copy = &items[out->count++];
        *copy = (yaml_node){.line = out->line, .column = out->column};
        copy_node(c, item, depth + 1, copy);
        if (copy->kind == YAML_MAPPING && copy->pairs != NULL && copy->count > 0) {
            copy->line = copy->pairs[0].key.line;
            copy->column = copy->pairs[0].key.column;
        }
    }
    out->items = items;
}

static void copy_key(copier *c, struct fy_node *key, yaml_pair *pair)
{
    place_of(key, &pair->key);
    if (key != NULL && fy_node_get_type(key) != FYNT_SCALAR) {
        refuse_at(c, &pair->key, "?");
    }
    copy_scalar(c, key != NULL && fy_node_get_type(key) == FYNT_SCALAR ? key : NULL, &pair->key);
    pair->value.line = pair->key.line;
    pair->value.column = pair->key.column;
}

static void check_repeated(copier *c, const yaml_pair *pairs, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (pairs[i].key.text != NULL && pairs[k].key.text != NULL &&
                strcmp(pairs[i].key.text, pairs[k].key.text) == 0) {
                const yaml_node *at = &pairs[i].key;
                c->result =
                    faults_refuse(c->faults_list, source_at(c->name, at->line, at->column),
                                  M_YAML_REPEATED, at->text, (unsigned long long)pairs[k].key.line,
                                  (unsigned long long)pairs[k].key.column);
                excerpt_add(c, at->line, at->column);
                break;
            }
        }
    }
}

static void copy_mapping(copier *c, struct fy_node *n, size_t depth, yaml_node *out)
{
    int count = fy_node_mapping_item_count(n);
    size_t room = count > 0 ? (size_t)count : 0;
    void *step = NULL;
    struct fy_node_pair *item;
    if (room > YAML_KEYS_LIMIT) {
        c->result = faults_refuse(c->faults_list, source_at(c->name, out->line, out->column),
                                  M_YAML_KEYS, room, (int)YAML_KEYS_LIMIT);
        return;
    }
    yaml_pair *pairs = arena_take(c->memory, room > 0 ? room : 1, sizeof *pairs);
    if (pairs == NULL) {
        out_of_memory(c);
        return;
    }
    while (out->count < room && (item = fy_node_mapping_iterate(n, &step)) != NULL) {
        yaml_pair *pair = &pairs[out->count++];
        *pair = (yaml_pair){.key = {.line = out->line, .column = out->column}};
        copy_key(c, fy_node_pair_key(item), pair);
        copy_node(c, fy_node_pair_value(item), depth + 1, &pair->value);
    }
    out->pairs = pairs;
    check_repeated(c, pairs, out->count);
}

static void copy_node(copier *c, struct fy_node *n, size_t depth, yaml_node *out)
{
    enum fy_node_type type = n != NULL ? fy_node_get_type(n) : FYNT_SCALAR;
    place_of(n, out);
    out->kind = type == FYNT_SEQUENCE  ? YAML_SEQUENCE
                : type == FYNT_MAPPING ? YAML_MAPPING
                                       : YAML_SCALAR;
    out->text = "";
    if (depth > YAML_DEPTH_LIMIT) {
        c->result = faults_refuse(c->faults_list, source_at(c->name, out->line, out->column),
                                  M_YAML_DEPTH, (int)YAML_DEPTH_LIMIT);
        excerpt_add(c, out->line, out->column);
        return;
    }
    if (n != NULL && fy_node_get_anchor(n) != NULL) {
        refuse_at(c, out, "&");
    } else if (n != NULL && fy_node_get_tag_token(n) != NULL) {
        refuse_at(c, out, "!");
    }
    if (type == FYNT_SCALAR) {
        copy_scalar(c, n, out);
    } else if (type == FYNT_SEQUENCE) {
        copy_sequence(c, n, depth, out);
    } else {
        copy_mapping(c, n, depth, out);
    }
}

/* libfyaml's own words: in English only, so both texts carry them. */
static void collect_diagnostics(copier *c, struct fy_diag *diag)
{
    void *step = NULL;
    struct fy_diag_error *e;
    size_t count = 0;
    while ((e = fy_diag_errors_iterate(diag, &step)) != NULL) {
        uint64_t line = e->line > 0 ? (uint64_t)e->line : 0;
        uint64_t column = e->column > 0 ? (uint64_t)e->column : 0;
        c->result = faults_refuse(c->faults_list, source_at(c->name, line, column), M_YAML_SYNTAX,
                                  e->msg != NULL ? e->msg : "?");
        excerpt_add(c, line, column);
        count++;
    }
    if (count == 0) {
        c->result = faults_refuse(c->faults_list, source_at(c->name, 0, 0), M_YAML_UNREADABLE);
    }
}

static bool parser_open(copier *c, struct fy_diag **diag, struct fy_parser **parser)
{
    struct fy_diag_cfg diag_options;
    fy_diag_cfg_default(&diag_options);
    diag_options.fp = NULL;
    *diag = fy_diag_create(&diag_options);
    if (*diag == NULL) {
        return false;
    }
    fy_diag_set_collect_errors(*diag, true);
    struct fy_parse_cfg options = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                            FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_JSON_NONE,
                                   .diag = *diag};
    *parser = fy_parser_create(&options);
    return *parser != NULL && fy_parser_set_string(*parser, c->text.at, c->text.size) == 0;
}

static bool text_check(copier *c)
{
    size_t valid = text_utf8_valid_prefix(c->text.at, c->text.size);
    const char *nul = memchr(c->text.at, '\0', c->text.size);
    size_t bad =
        nul != NULL && (size_t)(nul - c->text.at) < valid ? (size_t)(nul - c->text.at) : valid;
    if (c->text.size > YAML_BYTES_LIMIT) {
        c->result =
            faults_refuse(c->faults_list, source_at(c->name, 0, 0), M_YAML_SIZE, YAML_BYTES_LIMIT);
    } else if (bad < c->text.size) {
        uint64_t line = 1;
        for (size_t i = 0; i < bad; i++) {
            line += c->text.at[i] == '\n';
        }
        c->result = faults_refuse(c->faults_list, source_at(c->name, line, 0), M_YAML_NOT_TEXT);
    }
    return c->result == STATUS_OK;
}

static void parse_checked(copier *c, const yaml_node **root)
{
    struct fy_diag *diag = NULL;
    struct fy_parser *parser = NULL;
    struct fy_document *first = NULL, *second = NULL;
    yaml_node *node = arena_take(c->memory, 1, sizeof *node);
    if (node == NULL || !parser_open(c, &diag, &parser)) {
        out_of_memory(c);
        goto done;
    }
    first = fy_parse_load_document(parser);
    if (first != NULL && fy_document_root(first) != NULL) {
        *node = (yaml_node){.line = 1, .column = 1};
        copy_node(c, fy_document_root(first), 0, node);
        second = fy_parse_load_document(parser);
    }
    if (fy_parser_get_stream_error(parser)) {
        collect_diagnostics(c, diag);
    } else if (second != NULL) {
        c->result = faults_refuse(c->faults_list, source_at(c->name, 0, 0), M_YAML_SECOND);
    } else if (first == NULL || fy_document_root(first) == NULL) {
        c->result = faults_refuse(c->faults_list, source_at(c->name, 0, 0), M_YAML_EMPTY);
    }
    *root = c->result == STATUS_OK ? node : NULL;
done:
    fy_parse_document_destroy(parser, second);
    fy_parse_document_destroy(parser, first);
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
}

status yaml_parse(text_slice text, const char *name, arena *memory, const yaml_node **root,
                  faults *faults_list)
{
    copier c = {.name = name, .text = text, .memory = memory, .faults_list = faults_list};
    *root = NULL;
    if (text.size == 0) {
        return faults_refuse(faults_list, source_at(name, 0, 0), M_YAML_EMPTY);
    }
    if (text_check(&c)) {
        parse_checked(&c, root);
    }
    return c.result;
}

const yaml_node *yaml_find(const yaml_node *mapping, const char *key)
{
    for (size_t i = 0; mapping != NULL && mapping->kind == YAML_MAPPING && i < mapping->count;
         i++) {
        if (strcmp(mapping->pairs[i].key.text, key) == 0) {
            return &mapping->pairs[i].value;
        }
    }
    return NULL;
}
