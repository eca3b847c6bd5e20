/* Descriptors read by stride. */
#include "engine/plugin/plugin_descriptor.h"

#include <stdlib.h>
#include <string.h>

#include "engine/plan_messages.h"

/* The least that a struct of ABI 1 holds; later fields read as zero when they are not there. */
#define UP_TO(type, field) ((uint32_t)(offsetof(type, field) + sizeof(((type *)0)->field)))
enum { LIST_ITEMS_MAX = 4096 };

/* Copies a list into elements of `full` bytes. */
static status list_copy(bassin_list *list, uint32_t least, uint32_t full, arena *memory,
                        error *flaw, error *err)
{
    const bassin_list from = *list;
    if (from.count == 0) {
        *list = (bassin_list){.stride = full};
        return STATUS_OK;
    }
    if (from.items == NULL || from.stride < least || from.count > LIST_ITEMS_MAX) {
        (void)error_set(flaw, STATUS_INPUT, M_PLUGIN_STRIDE, from.stride, least);
        return STATUS_OK;
    }
    unsigned char *to = arena_take(memory, from.count, full);
    if (to == NULL)
        return memory_error(err, (size_t)from.count * full);
    size_t bytes = from.stride < full ? from.stride : full;
    for (size_t i = 0; i < from.count; i++)
        memcpy(to + i * full, (const unsigned char *)from.items + i * from.stride, bytes);
    *list = (bassin_list){.items = to, .count = from.count, .stride = full};
    return STATUS_OK;
}

/* A map is a struct behind a pointer, with its own size. */
static status map_copy(bassin_output *o, arena *memory, error *flaw, error *err)
{
    if (o->map == NULL)
        return STATUS_OK;
    uint32_t size = o->map->size;
    if (size < UP_TO(bassin_map, title_en)) {
        (void)error_set(flaw, STATUS_INPUT, M_PLUGIN_MAP_SIZE, size, UP_TO(bassin_map, title_en));
        return STATUS_OK;
    }
    bassin_map *copy = arena_take(memory, 1, sizeof *copy);
    if (copy == NULL)
        return memory_error(err, sizeof *copy);
    memcpy(copy, o->map, size < sizeof *copy ? size : sizeof *copy);
    o->map = copy;
    return STATUS_OK;
}

static status maps_copy(bassin_plugin *p, arena *memory, error *flaw, error *err)
{
    bassin_output *outputs = NULL;
    memcpy(&outputs, &p->outputs.items, sizeof outputs); /* ours: list_copy made it */
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < p->outputs.count; i++)
        s = map_copy(&outputs[i], memory, flaw, err);
    return s;
}

/* A stage tells its own size, which may be less than the list's stride. */
static void stages_trim(bassin_plugin *p, error *flaw)
{
    bassin_stage *stages = NULL;
    memcpy(&stages, &p->stages.items, sizeof stages);
    for (size_t i = 0; i < p->stages.count; i++) {
        uint32_t size = stages[i].size;
        if (size < UP_TO(bassin_stage, run))
            (void)error_set(flaw, STATUS_INPUT, M_PLUGIN_STAGE_SIZE, size,
                            UP_TO(bassin_stage, run));
        else if (size < sizeof stages[i])
            memset((unsigned char *)&stages[i] + size, 0, sizeof stages[i] - size);
    }
}

static status lists_copy(bassin_plugin *p, arena *memory, error *flaw, error *err)
{
    const struct {
        bassin_list *list;
        uint32_t least, full;
    } lists[] = {
        {&p->params, UP_TO(bassin_param, fallback_text), sizeof(bassin_param)},
        {&p->inputs, UP_TO(bassin_input, type), sizeof(bassin_input)},
        {&p->outputs, UP_TO(bassin_output, decimals), sizeof(bassin_output)},
        {&p->tables, UP_TO(bassin_table, geometry), sizeof(bassin_table)},
        {&p->stages, UP_TO(bassin_stage, run), sizeof(bassin_stage)},
    };
    status s = STATUS_OK;
    for (size_t i = 0; s == STATUS_OK && i < sizeof lists / sizeof *lists; i++)
        s = list_copy(lists[i].list, lists[i].least, lists[i].full, memory, flaw, err);
    return s;
}

status descriptor_copy(const bassin_plugin *plugin, arena *memory, bassin_plugin **out, error *flaw,
                       error *err)
{
    *out = NULL;
    *flaw = (error){.status = STATUS_OK};
    if (plugin->size < UP_TO(bassin_plugin, stages)) {
        (void)error_set(flaw, STATUS_INPUT, M_PLUGIN_SIZE, plugin->size,
                        UP_TO(bassin_plugin, stages));
        return STATUS_OK;
    }
    bassin_plugin *copy = arena_take(memory, 1, sizeof *copy);
    if (copy == NULL)
        return memory_error(err, sizeof *copy);
    memcpy(copy, plugin, plugin->size < sizeof *copy ? plugin->size : sizeof *copy);
    status s = lists_copy(copy, memory, flaw, err);
    if (s == STATUS_OK && flaw->status == STATUS_OK)
        s = maps_copy(copy, memory, flaw, err);
    if (s == STATUS_OK && flaw->status == STATUS_OK)
        stages_trim(copy, flaw);
    if (s == STATUS_OK && flaw->status == STATUS_OK)
        *out = copy;
    return s;
}

size_t descriptor_find_param(const bassin_plugin *p, const char *id)
{
    for (size_t i = 0; i < p->params.count; i++) {
        const char *other = descriptor_param(p, i)->id;
        if (other != NULL && strcmp(other, id) == 0)
            return i;
    }
    return SIZE_MAX;
}

size_t descriptor_find_table(const bassin_plugin *p, const char *id)
{
    for (size_t i = 0; i < p->tables.count; i++) {
        const char *other = descriptor_table(p, i)->id;
        if (other != NULL && strcmp(other, id) == 0)
            return i;
    }
    return SIZE_MAX;
}

placeholder descriptor_placeholder(const bassin_plugin *p, const char *id, size_t *param)
{
    const char *open = strchr(id, '{'), *close = strchr(id, '}');
    *param = SIZE_MAX;
    if (open == NULL && close == NULL)
        return PLACEHOLDER_NONE;
    if (open == NULL || close == NULL || close < open || strchr(close + 1, '{') != NULL ||
        strchr(close + 1, '}') != NULL)
        return PLACEHOLDER_BAD;
    size_t size = (size_t)(close - open) - 1;
    if (size == strlen("function") && memcmp(open + 1, "function", size) == 0)
        return PLACEHOLDER_FUNCTION;
    for (size_t i = 0; i < p->params.count; i++) {
        const bassin_param *q = descriptor_param(p, i);
        if (q->id != NULL && strlen(q->id) == size && memcmp(open + 1, q->id, size) == 0 &&
            q->kind == BASSIN_PARAM_LIST) {
            *param = i;
            return PLACEHOLDER_PARAM;
        }
    }
    return PLACEHOLDER_BAD;
}
