#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arrays.h"
#include "base/text.h"
#include "network/graph/network.h"

void road_draft_clear(road_draft *d)
{
    memory_free(d->node_id);
    memory_free(d->x);
    memory_free(d->y);
    memory_free(d->node_flags);
    memory_free(d->arcs);
    memory_free(d->way_id);
    memory_free(d->way_name);
    memory_free(d->way_class);
    memory_free(d->word_start);
    memory_free(d->word_bytes);
    memory_free(d->facts);
    arena_free(d->facts_memory);
    *d = (road_draft){0};
}

status road_draft_arc(road_draft *d, draft_arc arc, error *err)
{
    draft_arc *grown = array_grown(d->arcs, &d->arc_capacity, d->arc_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (d->arc_count + 1) * sizeof *grown);
    d->arcs = grown;
    d->arcs[d->arc_count++] = arc;
    return STATUS_OK;
}

status road_draft_fact(road_draft *d, error *err, const char *key, const char *format, ...)
{
    char value[512];
    va_list values;
    va_start(values, format);
    (void)vsnprintf(value, sizeof value, format, values);
    va_end(values);
    value[text_utf8_valid_prefix(value, strlen(value))] = '\0'; /* cut within a letter */
    if (!d->facts_memory) {
        status result = arena_new(&d->facts_memory, err);
        if (result)
            return result;
    }
    network_fact *grown =
        array_grown(d->facts, &d->fact_capacity, d->fact_count + 1, sizeof *grown);
    if (!grown)
        return memory_error(err, (d->fact_count + 1) * sizeof *grown);
    d->facts = grown;
    const network_fact fact = {.key = arena_text(d->facts_memory, key),
                               .value = arena_text(d->facts_memory, value)};
    if (!fact.key || !fact.value)
        return memory_error(err, sizeof value);
    d->facts[d->fact_count++] = fact;
    return STATUS_OK;
}
