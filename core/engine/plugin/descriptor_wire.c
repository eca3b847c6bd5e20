/* A descriptor as bytes: every struct is a list of fields, packed in order. */
#include "engine/plugin/descriptor_wire.h"

#include <stdlib.h>
#include <string.h>

#include "engine/plugin/plugin_descriptor.h"

typedef enum field_kind {
    FIELD_TEXT,
    FIELD_NUMBER, /* bytes as they are: the two sides are one program */
    FIELD_FUNCTION
} field_kind;

typedef struct field {
    field_kind kind;
    size_t offset, size;
} field;

#define SIZED(type, name) offsetof(type, name), sizeof(((type *)0)->name)
#define TEXT(type, name)                                                                           \
    {                                                                                              \
        FIELD_TEXT, SIZED(type, name)                                                              \
    }
#define NUMBER(type, name)                                                                         \
    {                                                                                              \
        FIELD_NUMBER, SIZED(type, name)                                                            \
    }
#define FUNCTION(type, name)                                                                       \
    {                                                                                              \
        FIELD_FUNCTION, SIZED(type, name)                                                          \
    }
#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static const field plugin_fields[] = {
    NUMBER(bassin_plugin, size),      NUMBER(bassin_plugin, abi_major),
    NUMBER(bassin_plugin, abi_minor), TEXT(bassin_plugin, id),
    TEXT(bassin_plugin, title_fr),    TEXT(bassin_plugin, title_en),
    TEXT(bassin_plugin, version),     TEXT(bassin_plugin, method_fr),
    TEXT(bassin_plugin, method_en),   NUMBER(bassin_plugin, flags),
    NUMBER(bassin_plugin, needs),     FUNCTION(bassin_plugin, prepare),
    FUNCTION(bassin_plugin, release), FUNCTION(bassin_plugin, check)};
static const field param_fields[] = {TEXT(bassin_param, id),
                                     TEXT(bassin_param, title_fr),
                                     TEXT(bassin_param, title_en),
                                     TEXT(bassin_param, unit),
                                     NUMBER(bassin_param, kind),
                                     NUMBER(bassin_param, lowest),
                                     NUMBER(bassin_param, highest),
                                     NUMBER(bassin_param, fallback),
                                     TEXT(bassin_param, fallback_text),
                                     TEXT(bassin_param, choices),
                                     TEXT(bassin_param, basis),
                                     NUMBER(bassin_param, low),
                                     NUMBER(bassin_param, high),
                                     TEXT(bassin_param, distribution),
                                     TEXT(bassin_param, basis_en)};
static const field input_fields[] = {TEXT(bassin_input, table), TEXT(bassin_input, column),
                                     TEXT(bassin_input, unit), NUMBER(bassin_input, type),
                                     NUMBER(bassin_input, flags)};
static const field output_fields[] = {
    TEXT(bassin_output, table),      TEXT(bassin_output, id),
    TEXT(bassin_output, title_fr),   TEXT(bassin_output, title_en),
    TEXT(bassin_output, unit),       NUMBER(bassin_output, type),
    NUMBER(bassin_output, decimals), NUMBER(bassin_output, aggregate),
    TEXT(bassin_output, weight),     TEXT(bassin_output, sheet_fr),
    TEXT(bassin_output, reading_fr), TEXT(bassin_output, reading_en),
    NUMBER(bassin_output, lowest),   NUMBER(bassin_output, highest),
    TEXT(bassin_output, sheet_en)};
static const field map_fields[] = {
    NUMBER(bassin_map, size),        NUMBER(bassin_map, kind),    NUMBER(bassin_map, palette),
    TEXT(bassin_map, sheet),         TEXT(bassin_map, title_fr),  TEXT(bassin_map, title_en),
    NUMBER(bassin_map, show_venues), TEXT(bassin_map, labels_fr), TEXT(bassin_map, labels_en)};
static const field table_fields[] = {TEXT(bassin_table, id),       TEXT(bassin_table, title_fr),
                                     TEXT(bassin_table, title_en), NUMBER(bassin_table, geometry),
                                     TEXT(bassin_table, sheet_fr), TEXT(bassin_table, key),
                                     TEXT(bassin_table, sheet_en)};
static const field stage_fields[] = {NUMBER(bassin_stage, size), TEXT(bassin_stage, over),
                                     FUNCTION(bassin_stage, run), FUNCTION(bassin_stage, merge),
                                     FUNCTION(bassin_stage, finish)};

/* A member that joins a struct of the ABI joins its list above too. */
#define WHOLE(type, last)                                                                          \
    _Static_assert(sizeof(type) - offsetof(type, last) - sizeof(((type *)0)->last) <               \
                       _Alignof(type),                                                             \
                   #type " has members after " #last)
WHOLE(bassin_plugin, check);
WHOLE(bassin_param, basis_en);
WHOLE(bassin_input, flags);
WHOLE(bassin_output, sheet_en);
WHOLE(bassin_map, labels_en);
WHOLE(bassin_table, sheet_en);
WHOLE(bassin_stage, finish);

typedef struct list_shape {
    size_t offset; /* of the list in the plugin */
    size_t size;   /* of an element */
    const field *fields;
    size_t field_count;
} list_shape;
#define LIST(name, type, fields)                                                                   \
    {                                                                                              \
        offsetof(bassin_plugin, name), sizeof(type), fields, COUNT_OF(fields)                      \
    }
static const list_shape lists[] = {
    LIST(params, bassin_param, param_fields), LIST(inputs, bassin_input, input_fields),
    LIST(outputs, bassin_output, output_fields), LIST(tables, bassin_table, table_fields),
    LIST(stages, bassin_stage, stage_fields)};

/* As many as plugin_descriptor.c reads; more breaks than this are as wrong as this many. */
enum { ELEMENTS_MAX = 4096, BREAKS_MAX = 64 };

/* --- packing --- */

static void pack_fields(pack_writer *w, const field *fields, size_t count, const void *from)
{
    for (size_t i = 0; i < count; i++) {
        const unsigned char *at = (const unsigned char *)from + fields[i].offset;
        const void *pointer = NULL;
        uint64_t number = 0;
        if (fields[i].kind == FIELD_NUMBER)
            memcpy(&number, at, fields[i].size);
        else
            memcpy(&pointer, at, sizeof pointer);
        if (fields[i].kind == FIELD_TEXT)
            pack_text(w, pointer);
        else
            pack_u64(w, fields[i].kind == FIELD_NUMBER ? number : pointer != NULL);
    }
}

static void pack_map(pack_writer *w, const bassin_map *map)
{
    pack_u64(w, map != NULL);
    if (map == NULL)
        return;
    const size_t breaks = map->break_count < BREAKS_MAX ? map->break_count : BREAKS_MAX;
    pack_fields(w, map_fields, COUNT_OF(map_fields), map);
    pack_u64(w, map->breaks != NULL);
    pack_bytes(w, map->breaks, map->breaks != NULL ? breaks * sizeof *map->breaks : 0);
}

void descriptor_pack(pack_writer *w, const bassin_plugin *full)
{
    pack_fields(w, plugin_fields, COUNT_OF(plugin_fields), full);
    for (size_t l = 0; l < COUNT_OF(lists); l++) {
        bassin_list list;
        memcpy(&list, (const unsigned char *)full + lists[l].offset, sizeof list);
        pack_u64(w, list.count);
        for (size_t i = 0; i < list.count; i++)
            pack_fields(w, lists[l].fields, lists[l].field_count,
                        (const unsigned char *)list.items + i * list.stride);
    }
    for (size_t i = 0; i < full->outputs.count; i++)
        pack_map(w, descriptor_output(full, i)->map);
}

/* --- unpacking --- */

/* Stands for a function that lies in a worker. */
static _Noreturn void called_a_mark(void)
{
    abort();
}

/* Texts are copied: the message dies before the descriptor. */
static bool unpack_fields(pack_reader *r, const field *fields, size_t count, void *to,
                          arena *memory)
{
    for (size_t i = 0; i < count; i++) {
        unsigned char *at = (unsigned char *)to + fields[i].offset;
        if (fields[i].kind == FIELD_TEXT) {
            const char *text = unpack_text(r);
            const char *copy = arena_text(memory, text);
            if (text != NULL && copy == NULL)
                return false;
            memcpy(at, &copy, sizeof copy);
        } else if (fields[i].kind == FIELD_NUMBER) {
            const uint64_t number = unpack_u64(r);
            memcpy(at, &number, fields[i].size);
        } else if (unpack_u64(r) != 0) {
            void (*const mark)(void) = called_a_mark;
            memcpy(at, &mark, sizeof mark);
        }
    }
    return true;
}

static bool unpack_map(pack_reader *r, bassin_output *to, arena *memory)
{
    if (unpack_u64(r) == 0)
        return true;
    size_t bytes = 0;
    bassin_map *map = arena_take(memory, 1, sizeof *map);
    if (map == NULL || !unpack_fields(r, map_fields, COUNT_OF(map_fields), map, memory))
        return false;
    const bool has_breaks = unpack_u64(r) != 0;
    const void *from = unpack_bytes(r, &bytes);
    map->size = sizeof *map;
    map->break_count = (uint32_t)(bytes / sizeof *map->breaks);
    double *breaks = has_breaks ? arena_take(memory, map->break_count, sizeof *breaks) : NULL;
    if (has_breaks && breaks == NULL)
        return false;
    if (has_breaks && from != NULL)
        memcpy(breaks, from, map->break_count * sizeof *breaks);
    map->breaks = breaks;
    to->map = map;
    return true;
}

static bool unpack_list(pack_reader *r, const list_shape *shape, bassin_plugin *to, arena *memory)
{
    const uint64_t count = unpack_u64(r);
    if (count > ELEMENTS_MAX)
        r->failed = true;
    if (r->failed)
        return true;
    unsigned char *items = arena_take(memory, (size_t)count, shape->size);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!unpack_fields(r, shape->fields, shape->field_count, items + i * shape->size, memory))
            return false;
    }
    const bassin_list list = {.items = count > 0 ? items : NULL,
                              .count = (uint32_t)count,
                              .stride = (uint32_t)shape->size};
    memcpy((unsigned char *)to + shape->offset, &list, sizeof list);
    return true;
}

/* Sizes are this host's: the copy is full. */
static void sizes_set(bassin_plugin *p)
{
    p->size = sizeof *p;
    for (size_t i = 0; i < p->stages.count; i++) {
        bassin_stage *stages = NULL;
        memcpy(&stages, &p->stages.items, sizeof stages); /* ours: unpack_list made it */
        stages[i].size = sizeof *stages;
    }
}

status descriptor_unpack(pack_reader *r, arena *memory, bassin_plugin **out, error *err)
{
    bassin_plugin *p = arena_take(memory, 1, sizeof *p);
    *out = NULL;
    bool good = p != NULL && unpack_fields(r, plugin_fields, COUNT_OF(plugin_fields), p, memory);
    for (size_t l = 0; good && l < COUNT_OF(lists); l++)
        good = unpack_list(r, &lists[l], p, memory);
    for (size_t i = 0; good && !r->failed && i < p->outputs.count; i++) {
        bassin_output *outputs = NULL;
        memcpy(&outputs, &p->outputs.items, sizeof outputs); /* ours too */
        good = unpack_map(r, &outputs[i], memory);
    }
    if (!good)
        return memory_error(err, sizeof *p);
    if (r->failed)
        return STATUS_OK;
    sizes_set(p);
    *out = p;
    return STATUS_OK;
}
