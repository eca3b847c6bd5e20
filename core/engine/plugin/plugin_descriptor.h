/* engine/plugin/plugin_descriptor.h: a plugin's constant data, copied into structs of this host's
 * size.
 *
 * A plugin of another minor of the same major has shorter or longer structs: every list is read by
 * its stride, a tail that is missing reads as zero, a tail that is unknown is left out. Private. */
#ifndef ENGINE_PLUGIN_DESCRIPTOR_H
#define ENGINE_PLUGIN_DESCRIPTOR_H

#include <bassin/plugin.h>

#include "base/memory.h"

/* Full-size copy in `memory`; texts stay the plugin's. When sizes make the descriptor unreadable,
 * *out is NULL, `flaw` says why (its status is STATUS_INPUT, else STATUS_OK), and the call returns
 * STATUS_OK. */
MUST_CHECK status descriptor_copy(const bassin_plugin *plugin, arena *memory, bassin_plugin **out,
                                  error *flaw, error *err);

/* Elements of a full-size copy. */
static inline const bassin_param *descriptor_param(const bassin_plugin *p, size_t i)
{
    return (const bassin_param *)p->params.items + i;
}
static inline const bassin_input *descriptor_input(const bassin_plugin *p, size_t i)
{
    return (const bassin_input *)p->inputs.items + i;
}
static inline const bassin_output *descriptor_output(const bassin_plugin *p, size_t i)
{
    return (const bassin_output *)p->outputs.items + i;
}
static inline const bassin_table *descriptor_table(const bassin_plugin *p, size_t i)
{
    return (const bassin_table *)p->tables.items + i;
}
static inline const bassin_stage *descriptor_stage(const bassin_plugin *p, size_t i)
{
    return (const bassin_stage *)p->stages.items + i;
}

/* What stands between braces in an id. */
typedef enum placeholder {
    PLACEHOLDER_NONE,
    PLACEHOLDER_FUNCTION,
    PLACEHOLDER_PARAM,
    PLACEHOLDER_BAD
} placeholder;
/* The kind of the id's one placeholder; *param the index of the LIST parameter. */
placeholder descriptor_placeholder(const bassin_plugin *p, const char *id, size_t *param);
/* Index of a parameter, output or table by id; SIZE_MAX when absent. */
size_t descriptor_find_param(const bassin_plugin *p, const char *id);
size_t descriptor_find_table(const bassin_plugin *p, const char *id);

#endif
