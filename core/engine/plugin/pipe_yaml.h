/* engine/plugin/pipe_yaml.h: values of a pipe plugin's descriptor, each judged where it stands.
 * Private to the floor. */
#ifndef ENGINE_PLUGIN_PIPE_YAML_H
#define ENGINE_PLUGIN_PIPE_YAML_H

#include "engine/scenario/yaml_tree.h"

typedef struct pipe_reader {
    const char *path; /* in faults */
    text_slice text;  /* of the descriptor, for excerpts */
    arena *memory;
    faults *list;
    status worst;
} pipe_reader;

/* The keys of a mapping; those before `needed` must be there. */
typedef struct pipe_keys {
    const char *const *names;
    size_t needed, count;
} pipe_keys;
#define PIPE_KEYS(list, needed_count)                                                              \
    (&(const pipe_keys){                                                                           \
        .names = (list), .needed = (needed_count), .count = sizeof(list) / sizeof *(list)})

/* A word of the descriptor and what it means. */
typedef struct pipe_word {
    const char *word;
    uint32_t value;
} pipe_word;

/* Notes the latest fault: shows its line, keeps its status. */
void pipe_refused(pipe_reader *r, const yaml_node *node, status s);
source_ref pipe_at(const pipe_reader *r, const yaml_node *node);
#define PIPE_REFUSE(r, node, ...)                                                                  \
    pipe_refused((r), (node), faults_refuse((r)->list, pipe_at((r), (node)), __VA_ARGS__))
void pipe_out_of_memory(pipe_reader *r);

/* False after a fault when the node is no mapping; unknown keys (with the one that is perhaps
 * meant) and missing ones are faults. */
bool pipe_mapping(pipe_reader *r, const yaml_node *node, const pipe_keys *keys);
/* The elements of a list, or the one value that stands in its place; count 0 when absent. */
const yaml_node *pipe_list(pipe_reader *r, const yaml_node *map, const char *key, size_t *count);
/* A text; NULL when the key is absent, or after a fault. */
const char *pipe_text(pipe_reader *r, const yaml_node *map, const char *key);
/* {fr: ..., en: ...}, both of them; NULL where the key is absent. `one_for_all`: a text alone
 * stands for both. */
void pipe_texts(pipe_reader *r, const yaml_node *map, const char *key, bool one_for_all,
                const char **fr, const char **en);
/* A number, or a quantity in the unit ("20 min"). False when the key is absent, or after a fault.
 */
bool pipe_number(pipe_reader *r, const yaml_node *map, const char *key, const char *unit_code,
                 double *out);
/* The same of a value alone. */
bool pipe_number_of(pipe_reader *r, const yaml_node *node, const char *unit_code, double *out);
/* [low, high] */
void pipe_range(pipe_reader *r, const yaml_node *map, const char *key, const char *unit_code,
                double *low, double *high);
bool pipe_yes(pipe_reader *r, const yaml_node *map, const char *key);
/* One of the words; `fallback` when the key is absent. */
uint32_t pipe_choice(pipe_reader *r, const yaml_node *map, const char *key, const pipe_word *words,
                     size_t count, uint32_t fallback);
/* The same of a value alone. */
uint32_t pipe_choice_of(pipe_reader *r, const yaml_node *node, const pipe_word *words,
                        size_t count);
/* Zeroed room; NULL and a fault out of memory. */
void *pipe_room(pipe_reader *r, size_t count, size_t size);

#endif
