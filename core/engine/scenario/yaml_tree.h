/* engine/scenario/yaml_tree.h: a YAML text as a small immutable tree that knows where each value
 * stands.
 *
 * libfyaml reads; its document is copied into an arena and let go. Scalars stay raw text: `01004`,
 * `2A004` and `NO` are never numbers or booleans. Aliases, anchors, tags, a second document and a
 * nesting past YAML_DEPTH_LIMIT are refused: a run file needs none of them. Private to the room. */
#ifndef ENGINE_YAML_TREE_H
#define ENGINE_YAML_TREE_H

#include "base/memory.h"
#include "base/text.h"

enum { YAML_DEPTH_LIMIT = 12, YAML_KEYS_LIMIT = 4096, YAML_BYTES_LIMIT = 1 << 20 };

typedef enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING } yaml_kind;

typedef struct yaml_node {
    yaml_kind kind;
    uint64_t line, column;         /* 1-based; column in characters */
    const char *text;              /* scalar: NUL-terminated, "" for an empty value */
    size_t count;                  /* elements of a sequence, pairs of a mapping */
    const struct yaml_node *items; /* sequence */
    const struct yaml_pair *pairs; /* mapping, in the order of the file */
} yaml_node;
typedef struct yaml_pair {
    yaml_node key, value; /* the key is a scalar */
} yaml_pair;

/* `name` stands in the faults, which show an excerpt. *root NULL when refused. Taken from `memory`.
 */
MUST_CHECK status yaml_parse(text_slice text, const char *name, arena *memory,
                             const yaml_node **root, faults *faults_list);
/* NULL when the mapping has no such key. */
const yaml_node *yaml_find(const yaml_node *mapping, const char *key);

#endif
